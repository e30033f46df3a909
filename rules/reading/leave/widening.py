"""What a later sentence of an inclusion text gives leave to: other tumours (« sarcomes acceptés »), other ages.

A permission asks nothing of anybody, but whoever it names is no longer left out by the sentence it widens.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rules.criteria import AgeIn, AllOf, AnyOf, Criterion, Kind, Polarity, Test, Unread, leaves
from rules.hinted import hinted
from rules.markers import MARKER_NAMES
from rules.reading.clause import Clause, Found, plain
from rules.reading.joining import Read
from rules.reading.leave.grants import widened
from rules.reading.performance import allowed
from rules.reading.subordinate import asks_nothing
from rules.treatments import find_treatments

_TUMOUR = frozenset({Kind.ORGAN, Kind.HISTOLOGY})
_WIDENED = _TUMOUR | {Kind.ECOG}
ACCEPTED = re.compile(
    r"^\W*(?P<label>(?:sont |est |are |is |also )*(?:egalement |aussi )?(?:acceptee?s?|autorisee?s?|admis\w*|permis\w*|"
    r"inclu\w*|eligibles?|allowed|accepted|permitted|included)(?: egalement| aussi)?)\s*:\s*"
)
"""« Sont acceptés : … »: the whole line behind it is a permission."""
_A_PART = hinted(
    r"\b(?:composantes?|contingents?|differenciations?|components?|differentiation|antecedents?|"
    r"history|autres? cancers?|"
    r"other cancers?|second)\b"
)
"""« Contingent épidermoïde accepté »: of the tumour asked for, not another tumour."""
_MINORS = re.compile(r"\b(?:ados?|adolescents?|enfants?|mineure?s?|pediatri\w*|paediatric\w*|children)\b")


def permits_of(clause: Clause, found: Iterable[Found]) -> tuple[Test, ...]:
    """The tumours, or the value of a scale, that an inclusion gives leave to."""
    if clause.polarity is not Polarity.INCLUSION or _A_PART.search(clause.plain):
        return ()
    if scale := allowed(clause):
        return (scale,)
    if not (ACCEPTED.match(clause.plain) or asks_nothing(clause)):
        return ()
    named = tuple(dict.fromkeys(one.test for one in found if one.kind in _TUMOUR))
    return named if len(named) < 2 else (AllOf(named),)  # an organ and its histology are one tumour


def with_permits(criteria: Iterable[Criterion], permits: Sequence[Test]) -> tuple[Criterion, ...]:
    """The criteria, those that ask for a tumour or a scale widened by what is permitted of it besides."""
    scales = tuple(one for one in permits if next(leaves(one)).kind is Kind.ECOG)
    others = tuple(dict.fromkeys(one for one in permits if one not in scales))
    tumours = tuple(one for one in others if any(leaf.kind in _TUMOUR for leaf in leaves(one)))
    asked = (_widened(one, scales if one.kind is Kind.ECOG else tumours) for one in criteria)
    return tuple(_with_others(one, others) for one in asked)


def _with_others(one: Criterion, permits: Sequence[Test]) -> Criterion:
    if not permits or one.polarity is not Polarity.INCLUSION or one.kind in _TUMOUR & _kinds_of(permits):
        return one
    test = widened(one.test, permits)
    return one if test is one.test else replace(one, test=test)


def _kinds_of(permits: Iterable[Test]) -> frozenset[Kind]:
    return frozenset(leaf.kind for permit in permits for leaf in leaves(permit))


def _widened(one: Criterion, permits: tuple[Test, ...]) -> Criterion:
    if not permits or one.polarity is not Polarity.INCLUSION or one.kind not in _WIDENED:
        return one
    return replace(one, test=AnyOf((one.test, *permits)))


_PERMITTED = re.compile(
    r"\s?\((?P<what>[^():;]{3,80}?)\s(?:sont |est |are |is )?(?:egalement |aussi |also )?"
    r"(?:autorise|permi|accepte|admi|tolere|possible|allowed|permitted|accepted)\w*\)"
)
_NARROWS = re.compile(
    r"\b(?:non|pas|ni|not|no|seule?s?|seulement|uniquement|only|alone|sauf|except\w*|unless|si|if|que|than|max\w*|"
    r"jusqu\w*|"
    r"up to)\b|\d"
)

_DENIES = re.compile(
    r"\b(?:aucune?s?|pas|jamais|sans|ni|no|not|never|without|naif\w*|naive|vierges?|absence|untreated|non)\b"
)


def without_permission(text: str) -> str:
    """An inclusion without brackets that permit treatments: « (anti-CD19 et autogreffe antérieurs autorisés) ».

    Beside a denial the bracket is its exception, and stays: « aucun traitement antérieur (résection permise) ».
    """
    if _DENIES.search(plain(text)):
        return _without_permitted_markers(text)
    for match in reversed([*_PERMITTED.finditer(plain(text))]):
        if not _NARROWS.search(re.sub(r"(?<=[a-z])-?\d+\b", "", match["what"])) and find_treatments(
            text[slice(*match.span())]
        ):
            text = text[: match.start()] + text[match.end() :]
    return text


_MARKER_PERMITTED = hinted(
    r"\s?\((?P<what>[^():;]{3,120}?)\s(?:sont |est |are |is |reste(?:nt)? |remain )?(?:egalement |aussi |also )?"
    r"(?:autorise|permi|accepte|admi|tolere|possible|allowed|permitted|accepted|eligible|incluable)\w*"
    r"(?:\s?\[[^\[\]]*\])?\)"
)


def _without_permitted_markers(text: str) -> str:
    """« Absence de mutation EGFR (mutations KRAS autorisées) »: of a gene that is not denied nothing is asked."""
    for match in reversed([*_MARKER_PERMITTED.finditer(plain(text))]):
        outside = f"{text[: match.start()]} ; {text[match.end() :]}"
        own, permitted = _markers_in(outside), _markers_in(text[slice(*match.span("what"))])
        if own and permitted and not own & permitted and not _NARROWS.search(_without_ids(match["what"])):
            text = text[: match.start()] + text[match.end() :]
    return text


def _without_ids(words: str) -> str:
    return re.sub(r"\b[a-z]+-?\d\w*", "", words)


def _markers_in(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(one.ids for one in MARKER_NAMES.find(text)))


def ages_together(texts: Sequence[str], reads: Sequence[Read]) -> list[Read]:
    """« ≥ 18 ans ; adolescents de 12 à 18 ans si ≥ 40 kg »: one limit or the other."""
    kept = list(reads)
    first = next((index for index, read in enumerate(reads) if _age_rows(read)), None)
    if first is None:
        return kept
    for index in range(first + 1, len(reads)):
        others = _age_rows(reads[index])
        if (older := _OLDER.match(plain(texts[index]))) and (beyond := _beyond(kept[first], int(older["age"]))):
            kept[first] = _or_age(kept[first], (beyond,))
            kept[index] = replace(reads[index], tests=tuple(row for row in reads[index].tests if row[2] not in others))
            continue
        if others and _MINORS.search(plain(texts[index])):
            kept[first] = _or_age(kept[first], others)
            kept[index] = replace(reads[index], tests=tuple(row for row in reads[index].tests if row[2] not in others))
    return kept


_OLDER = re.compile(
    r"\W*(?:et |ou |and |or )?(?:apres|au-?\s?dela d(?:e |')|plus d(?:e |')|a partir d(?:e |')|over|above|>=?|"
    r"≥)\s?(?P<age>\d{2})"
    r"(?: ans| years)?(?: inclus)?\s?(?:[:,]|si\b|if\b|avec\b|uniquement\b|seulement\b|only\b|\()"
)
"""« 18-75 ans ; > 75 si G8 > 14 »."""


def _beyond(read: Read, age: int) -> Test | None:
    """Those older than the limit that was read, on a condition; None where there is no such limit."""
    limits = [leaf.high for test in _age_rows(read) for leaf in leaves(test) if isinstance(leaf, AgeIn)]
    if not any(high is not None and abs(high - age) <= 1 for high in limits):
        return None
    return AllOf((AgeIn(age, None), Unread(Kind.OTHER)))


def _age_rows(read: Read) -> tuple[Test, ...]:
    return tuple(test for _, _, test in read.tests if any(isinstance(leaf, AgeIn) for leaf in leaves(test)))


def _or_age(read: Read, others: tuple[Test, ...]) -> Read:
    own = _age_rows(read)
    rows = tuple((kind, key, AnyOf((test, *others)) if test in own else test) for kind, key, test in read.tests)
    return replace(read, tests=rows)
