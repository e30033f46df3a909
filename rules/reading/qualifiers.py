"""« Ou » between qualifiers of one noun: « glioblastome opéré ou biopsié », « LMC en phase accélérée ou blastique ».

The noun is asked all the same; what its qualifiers say stays unread beside it. Words that may name a disease, or that
begin a sentence of their own, are alternatives to all that stands before them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import Kind, Polarity
from rules.reading.clause import Clause
from rules.reading.segments import Segment

_OR = re.compile(r"ou|or|et/ou|and/or|/")
_TUMOURS = frozenset({Kind.ORGAN, Kind.HISTOLOGY})
_A_DISEASE = re.compile(
    r"[a-z]{3,}om[ae]s?\b|[a-z]{3,}emies?\b|[a-z]{3,}emias?\b|[a-z]{3,}oses?\b|[a-z]{3,}osis\b|\b(?:tumeurs?|tumou?rs?|"
    r"cancers?|neoplas\w*|maladies?|diseases?|syndromes?|kystes?|cysts?|histiocyt\w*|metasta\w*|primiti\w*|autres?|"
    r"other|toute?s?|any)\b"
)
_OWN = re.compile(
    r"\b(?:patients?|qui|who|that|ayant|having|avoir|a recu|doi(?:t|vent)|must|si|if|non|not|sans|without|pas|aucune?|"
    r"no|jamais|never|naif\w*|en (?:rechute|progression|recidive)|refractaire\w*|bien|alors)\b"
)
"""What may be a demand of its own, told by who has it or not."""
_SHORT_NAME = re.compile(r"\b[A-Z][A-Z0-9]{1,}")


def with_qualifiers(clause: Clause, segments: Sequence[Segment]) -> list[Segment]:
    """The segments of an inclusion, an alternative that only qualifies the tumour before it made a part of that."""
    kept = list(segments[:1])
    for segment in segments[1:]:
        if clause.polarity is Polarity.INCLUSION and _qualifies(clause, kept[-1], segment):
            last = kept[-1]
            kept[-1] = replace(last, end=segment.end, leftover=f"{last.leftover} {segment.leftover}")
        else:
            kept.append(segment)
    return kept


def _qualifies(clause: Clause, before: Segment, after: Segment) -> bool:
    if after.tests or not before.leftover or not _OR.fullmatch(after.joint) or after.excepted is not None:
        return False
    if not before.tests or before.tests[0].kind not in _TUMOURS or before.excepted is not None:
        return False
    last = max(one.end for one in before.tests if one.kind in _TUMOURS)
    words = clause.plain[after.start : after.end]
    behind = clause.plain[last : before.end]
    if not re.search(r"[a-z0-9]", behind) or _SHORT_NAME.search(clause.text, after.start, after.end):
        return False
    return not any(pattern.search(part) for pattern in (_A_DISEASE, _OWN) for part in (words, behind))
