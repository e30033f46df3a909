"""Biomarkers by slots: who has it or has it not (frames), how it was seen (evidence), what it is (the marker reader).

The words of frames and evidence change nothing of what is asked, so they are taken away; what is left is a telegram
that the recognisers of markers and tumours read, or the clause stays unread. What a frame denies is read as denied.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, MarkerIs, NoDemand, Not, Polarity, Test, Unread, leaves
from rules.hinted import hinted
from rules.junctions import either, together
from rules.reading.clause import Clause, Found, plain
from rules.reading.disease import recogniser as disease
from rules.reading.joining import Read, joined
from rules.reading.joints import joints_of
from rules.reading.markers import recogniser as markers
from rules.reading.markers.samples import asks_nothing, gives_a_sample
from rules.reading.markers.tokens import names_something
from rules.reading.segments import segments_of, words_left
from rules.reading.slots.marker_frames import Part, parts_of
from rules.reading.slots.marker_others import nothing_else, others_absent
from rules.reading.slots.marker_targets import HINT, targets
from rules.reading.slots.marker_telegram import telegram
from rules.reading.tumours import recogniser as tumour

_OF_SOME = re.compile(
    r"\b(?:si|if|sauf|exc|except\w*|excepte\w*|hormis|hors|en cas d|in case|chez les|pour les|lorsqu\w*|when|"
    r"unless|a moins|"
    r"inhibi\w+|anti-?\w+|recu\w*|received|progress\w*|traitee?s?|treated|eligibles?|autoris\w*|accept\w*|admis\w*|"
    r"allowed|permitted|possibles?|exclu\w*|cohortes?|cohorts?|bras|arms?|familia\w*|apparente\w*|vus)\b"
)

_NOT_OURS = hinted(
    r"^\W*(?:la |une? |the )?(?:recherches?|tests?|analyses?|depistages?|screening|testing|dosages?|bilan|"
    r"resultats?)\b|"
    r"\b(?:ou non|ou pas|or not|quel(?:le)?s? que|quelconque|regardless|irrespective|independa\w+|inconnue?s?|unknown|"
    r"whatever|avec ou sans|with or without|all[- ]comers)\b"
)
"""Tests that were done, and results that do not matter."""


def read(clause: Clause) -> Read | None:
    """A clause that speaks of biomarkers; None: of something else, or of words that are not all understood."""
    if not names_something(clause) and not HINT.search(clause.plain):
        return None
    if asks_nothing(clause.plain):
        none: Test = NoDemand() if clause.polarity is Polarity.INCLUSION else Not(NoDemand())
        return Read(((Kind.OTHER, False, none),), True) if names_something(clause) else None
    if gives_a_sample(clause.plain) and names_something(clause):
        return Read(((Kind.OTHER, False, Unread(Kind.OTHER)),), True)
    if (alone := nothing_else(clause)) is not None:
        return _beside_nothing(clause, alone)
    for one in targets(clause):
        if not re.search(r"[a-z0-9]", clause.plain[: one.start] + clause.plain[one.end :]):
            return _one(one.test)
    if _OF_SOME.search(clause.plain) or _NOT_OURS.search(clause.plain):
        return None
    clause = replace(clause, text=_without_passive(clause.text))
    return _together(clause, parts_of(clause.plain))


_PASSIVE = hinted(
    r"\s(?:doi(?:t|vent)|devr(?:a|ont)|must|should|shall|needs? to|has to|have to)\s(?:avoir ete|etre|have been|be)\s"
    r"(?=(?:prealablement |previously )?(?:mise?s? en evidence|identifi\w+|detect\w+|document\w+|confirm\w+|"
    r"demontre\w+|demonstrated|prouve\w+|proven|retrouve\w+|found|establish\w+|etabli\w*|objective\w+)\s"
    r"(?:sur|par|dans|en|a|au|lors|avant|on|in|by|from|using|at|prior|before)\b)"
)


def _without_passive(text: str) -> str:
    """« La mutation doit avoir été mise en évidence sur tissu ou plasma »: how it was seen, and no second predicate."""
    match = _PASSIVE.search(plain(text))
    return f"{text[: match.start()]} {text[match.end() :]}" if match else text


def _beside_nothing(clause: Clause, at: tuple[int, int]) -> Read | None:
    """« Mutation EGFR rare, à l'exclusion de tout autre oncogène »: what is asked, and that it is alone."""
    if clause.polarity is not Polarity.INCLUSION or clause.plain[at[1] :].strip(" .;"):
        return None
    read_first = read(replace(clause, text=clause.text[: at[0]].rstrip(" ,")))
    if read_first is None or not read_first.whole:
        return None
    asked = [leaf.demand for _, _, test in read_first.tests for leaf in leaves(test) if isinstance(leaf, MarkerIs)]
    others = others_absent(clause.plain[at[0] : at[1]], asked, clause.organs)
    return None if others is None else Read((*read_first.tests, (Kind.BIOMARKER, True, others)), True)


def _together(clause: Clause, parts: Sequence[Part]) -> Read | None:
    """The readings of the parts, all of them whole, as their joints join them."""
    read = [_part(clause, part) for part in parts]
    if any(one is None or not one.whole for one in read) or not read:
        return None
    rows = [row for one in read if one is not None for row in one.tests]
    joints = {part.joint for part in parts[1:]}
    alternatives = joints & {"ou", "or", "et/ou", "and/or"}
    if not alternatives and clause.polarity is Polarity.INCLUSION:
        return Read(tuple(rows), True)
    if len(parts) == 1:
        return Read(tuple(rows), True)
    if alternatives and joints - alternatives:
        return None
    if alternatives:
        if clause.polarity is Polarity.EXCLUSION:
            return Read(tuple(rows), True)
        return _one(either([_all_of(one) for one in read if one is not None]))
    return _one(together([test for _, _, test in rows])) if joints <= {"et", "and", ""} else None


def _all_of(read: Read) -> Test:
    return together([test for _, _, test in read.tests])


def _one(test: Test) -> Read:
    return Read(((Kind.BIOMARKER, True, test),), True)


def _part(clause: Clause, part: Part) -> Read | None:
    written = clause.text[part.start : part.end]
    if not part.denied and HINT.search(plain(written)):
        whole = _read(Clause(written.strip(" .;,"), clause.polarity, clause.organs), denied=False)
        if whole is not None and whole.whole:
            return whole
    text = telegram(written)
    if part.denied:
        text = f"sans {text}"
    return _read(Clause(text, clause.polarity, clause.organs), denied=part.denied)


def _read(clause: Clause, *, denied: bool) -> Read | None:
    own = list(targets(clause))
    rest = _without(clause, own)
    found = _apart([*own, *markers.recognise(rest), *tumour.recognise(rest), *disease.recognise(rest)])
    if not any(one.kind is Kind.BIOMARKER for one in found):
        return None
    if denied and any(one.kind is not Kind.BIOMARKER for one in found):
        return None
    segments = segments_of(clause, found)
    if any(one.kind is not Kind.BIOMARKER for one in found) and "or" in joints_of(segments, clause):
        return None
    read = joined(clause, segments)
    unread = any(_is_unread(test) for _, _, test in read.tests)
    left = words_left(clause, 0, len(clause.plain), found, parentheses=True)
    return replace(read, whole=read.whole and not unread and not left)


def _without(clause: Clause, found: Sequence[Found]) -> Clause:
    """The clause with nothing in the place of what was found, so that no word of it is taken in twice."""
    text = clause.text
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return replace(clause, text=text) if found else clause


def _is_unread(test: Test) -> bool:
    """Whether a part of it stands unread by itself; what is only open for who has another target is read."""
    match test:
        case Not(part):
            return _is_unread(part)
        case AnyOf(parts):
            return any(_is_unread(part) for part in parts)
        case AllOf(parts) if len(parts) == _TARGET_AND_OPEN and parts[1] == Unread(Kind.BIOMARKER):
            return _is_unread(parts[0])
        case _:
            return any(isinstance(leaf, Unread) for leaf in leaves(test))


_TARGET_AND_OPEN = 2


def _apart(found: list[Found]) -> list[Found]:
    """The longest findings that do not overlap, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)
