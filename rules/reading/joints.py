"""How two neighbouring segments of a clause are joined: « et », « ou », or a comma that stands for one of them."""

import re

from rules.criteria import KEY_KINDS, Kind, Polarity
from rules.reading.clause import Clause
from rules.reading.segments import Segment

_OR = re.compile(r"\b(?:ou|or|et/ou|and/or|soit|versus)\b|;|(?<=\w)/(?=\w)")
_OPEN_END = ("autre", "other", "etc", "tout autre", "any other", "toute autre")


def starts_open_end(segment: Segment) -> bool:
    """« … ou autre traitement »: the open end of a list, that names nothing."""
    return segment.leftover.startswith(_OPEN_END)


def joint_of(before: Segment, after: Segment, clause: Clause) -> str:
    """`or` or `and`. A comma is « ou » between facts of one sort in a list, « et » between others."""
    if _OR.search(after.joint) or after.joint == "/":
        return "or"
    if after.joint != ",":
        return "and"
    if _names_tumours(before) and (_names_tumours(after) or starts_open_end(after)):
        return "or"
    alike = before.kind is after.kind or not {before.kind, after.kind} & KEY_KINDS
    if clause.polarity is Polarity.EXCLUSION:
        return "or" if alike else "and"
    return "or" if alike and _OR.search(clause.plain) else "and"


def _names_tumours(segment: Segment) -> bool:
    """Only organs and histologies: a list of them is always of alternatives, a tumour being one of them."""
    return bool(segment.tests) and all(one.kind in (Kind.ORGAN, Kind.HISTOLOGY) for one in segment.tests)
