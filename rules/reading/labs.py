"""Limits of laboratory values and measures in a clause, in canonical units or in multiples of a limit of normal.

A figure counts for a lab only where nothing but words of the same measure stands between them. A limit whose unit is
not known for the lab, or that depends on something not read, is left unread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf, isinf

from rules.criteria import AllOf, AnyOf, HasCondition, Kind, LabIn, MetastasisIn, Polarity, Test
from rules.labs import LAB_TEXT_NAMES, LABS, in_canonical_unit
from rules.lexicon import Mention
from rules.quantities import Comparison, find_comparisons, limit_named
from rules.reading.clause import Clause, Found

_ANOTHER_QUANTITY = re.compile(
    r"\b(?:libre|free(?! light)|doublement|doubling|densite|density|velocit\w*|urinaire|urinary|urine|lcr|csf|nadir|"
    r"augment\w*|increase\w*|"
    r"rise|rising|elevation|variation|baisse|decrease\w*|progression|delta|ascension|apres|after|chute|initiale?|"
    r"au diagnostic|"
    r"at diagnosis|transfusion\w*)\b"
)
_BETWEEN = re.compile(r"[^\d;:]{0,70}|[^\d;]{0,70}:\s*")
_LIST = re.compile(
    r"[\s,/()]*(?:(?:et|ou|and|or|et/ou|and/or|le|la|les|the|d[eu]s?|l'|serum|serique|taux)\b[\s,/()']*)*"
)
_DENIED = re.compile(r"\b(?:pas|sans|absence|non|not|without|no)\b")
_UNIT_TAIL = re.compile(r"\s?(?:\(?(?:x|×)?\s?(?:lsn|uln|lns)\)?)")
_EQUIVALENT = re.compile(r"\s*[\[(]?\s*(?:soit\s|i\.e\.,?\s|or\s|ou\s|=\s?|equivalent (?:a|to)\s)?\s*")
_CASES: tuple[tuple[re.Pattern[str], Test], ...] = (
    (re.compile(r"gilbert"), HasCondition(conditions=frozenset({"gilbert_syndrome"}))),
    (
        re.compile(
            r"metastas\w+ hepatiqu\w+|metastases? (?:au|du) foie|(?:liver|hepatic) metastas[ei]s|"
            r"(?:liver|hepatic) involvement|atteinte hepatique"
        ),
        MetastasisIn(frozenset({"liver"})),
    ),
    (re.compile(r"metastas\w+ osseu\w+|bone metastas[ei]s"), MetastasisIn(frozenset({"bone"}))),
)
"""What usually allows another limit, and the test it is."""

_FOR_SOME = re.compile(r"\b(?:for|pour|chez|if|si|en cas)\b[^,;:()]{0,70}[,:]?\s*$")
_ALLOWS = re.compile(r"\b(?:si|if|or|ou|sauf|except|unless|for|pour|hors|chez|en cas)\b")
_SHORT_NAMES = (
    (re.compile(r"\b(?:clairance|clearance|clcr|crcl)\b"), "creatinine_clearance", re.compile(r"ml\s?/\s?min")),
    (re.compile(r"\btp\b"), "prothrombin_time", re.compile(r"%")),
    (re.compile(r"\bcrp\b"), "crp", re.compile(r"mg\s?/\s?l")),
)
_COUNTS = frozenset({"neutrophils", "leukocytes", "lymphocytes", "platelets", "eosinophils", "monocytes"})
_WITHOUT_UNIT = frozenset(
    {
        "neutrophils",
        "platelets",
        "haemoglobin",
        "leukocytes",
        "lymphocytes",
        "lvef",
        "prothrombin_time",
        "creatinine_clearance",
        "spo2",
        "qtc",
        "fev1",
        "bmi",
    }
)
"""Labs whose usual unit is left out in writing, the figure telling it (plausible range of labs.csv)."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """A list of labs and the comparison that stands behind it."""

    labs: tuple[str, ...]
    start: int
    end: int
    comparison: Comparison
    joint: str


def recognise(clause: Clause) -> list[Found]:
    """Every limit of the clause that is surely of one lab, with the exceptions that are plain."""
    found: list[Found] = []
    for limit in _limits(clause):
        test = _test(clause, limit)
        if test is None or (found and limit.start < found[-1].end):
            continue
        behind = _behind(clause, limit, test)
        if behind is not None:
            found.append(Found(limit.start, behind[0], behind[1], Kind.LABS))
    return found


def _plain_text(clause: Clause) -> str:
    """ "1.5 times the ULN" as the comparison reader knows it; same length."""
    return re.sub(r"(?i)(?<=\d )times\b", "fois ", clause.text.replace("\\", " "))


def _limits(clause: Clause) -> Iterator[_Limit]:
    mentions = [one for one in LAB_TEXT_NAMES.find_tokens(clause.words) if len(one.ids) == 1]
    if not mentions and not any(pattern.search(clause.plain) for pattern, _, _ in _SHORT_NAMES):
        return
    comparisons = find_comparisons(_plain_text(clause))
    mentions = sorted([*mentions, *_by_unit(clause, comparisons, mentions)], key=lambda one: one.start)
    taken = -1
    for comparison in comparisons:
        before = [one for one in mentions if taken < one.start and one.end <= comparison.span[0]]
        if not before:
            continue
        listed = [before[-1]]
        for mention in reversed(before[:-1]):
            if not _LIST.fullmatch(clause.plain[mention.end : listed[0].start]):
                break
            listed.insert(0, mention)
        between = clause.plain[listed[-1].end : comparison.span[0]]
        if not _BETWEEN.fullmatch(between) or _is_another(clause, listed[0].start, between):
            continue
        if _FOR_SOME.search(clause.plain[: listed[0].start]) and clause.polarity is Polarity.INCLUSION:
            continue
        joint = clause.plain[listed[0].end : listed[-1].start] if len(listed) > 1 else ""
        labs = tuple(dict.fromkeys(min(one.ids) for one in listed))
        taken = comparison.span[1]
        yield _Limit(labs, listed[0].start, comparison.span[1], comparison, joint)


def _by_unit(clause: Clause, comparisons: Sequence[Comparison], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Short names that only the unit behind them makes a lab of: « clairance ≥ 50 mL/min », « TP ≥ 70 % »."""
    for pattern, lab, units in _SHORT_NAMES:
        for match in pattern.finditer(clause.plain):
            free = not any(one.start < match.end() and match.start() < one.end for one in mentions)
            behind = next((one for one in comparisons if 0 <= one.span[0] - match.end() <= 30), None)
            if free and behind and units.match(behind.unit_text.lower().strip()):
                yield Mention(match.start(), match.end(), frozenset({lab}), "synonym", 1.0)


def _is_another(clause: Clause, start: int, between: str) -> bool:
    before = re.split(r"[,;:]", clause.plain[max(0, start - 40) : start])[-1]
    return bool(_ANOTHER_QUANTITY.search(between) or _ANOTHER_QUANTITY.search(before) or _DENIED.search(between))


def _test(clause: Clause, limit: _Limit) -> Test | None:
    tests = [_lab(clause, lab, limit.comparison) for lab in limit.labs]
    known = [one for one in tests if one is not None]
    if len(known) < len(tests):
        return None
    if len(known) == 1:
        return known[0]
    outside = limit.comparison.interval.low > -inf and clause.polarity is Polarity.EXCLUSION
    either = re.search(r"\bou\b|\bor\b", limit.joint) is not None
    if outside and (either or "/" in limit.joint or "," in limit.joint):
        return AnyOf(tuple(known))
    if either and "et/ou" not in limit.joint and "and/or" not in limit.joint:
        return AnyOf(tuple(known))
    return AllOf(tuple(known))


def _lab(clause: Clause, lab: str, comparison: Comparison) -> LabIn | None:
    low, high = comparison.interval.low, comparison.interval.high
    times = limit_named(comparison.unit_text) if comparison.unit_text else None
    if times is None and _UNIT_TAIL.match(clause.plain, comparison.span[1]):
        return None
    if times and lab == "creatinine_clearance":
        return None  # a clearance has no limit of normal: the figure is of the creatinine
    unit = None
    if times is None:
        written = comparison.unit_text or _usual_unit(lab, high if isinf(low) else low)
        if written is None:
            return None
        converted = [None if isinf(value) else in_canonical_unit(lab, value, written) for value in (low, high)]
        if any(one is None and not isinf(value) for one, value in zip(converted, (low, high), strict=True)):
            return None
        unit, ends = LABS[lab].canonical_unit, converted
    else:
        ends = [None if isinf(value) else value for value in (low, high)]
    return LabIn(
        lab=lab,
        low=ends[0],
        high=ends[1],
        low_included=not comparison.interval.low_open,
        high_included=not comparison.interval.high_open,
        unit=unit,
        times=times,
    )


def _usual_unit(lab: str, value: float) -> str | None:
    """The unit that is meant where none is written."""
    if LABS[lab].canonical_unit == "":
        return ""
    if lab not in _WITHOUT_UNIT:
        return None
    if lab in _COUNTS and value >= 500:
        return "/mm3"
    if lab == "haemoglobin" and value >= 20:
        return None
    return LABS[lab].canonical_unit


def _behind(clause: Clause, limit: _Limit, own: Test) -> tuple[int, Test] | None:
    """The limit with what stands behind it: the same in another unit, or another limit where something allows it.

    None: what stands there may change the limit and cannot be read.
    """
    plain = clause.plain
    stop = _reach(clause, limit)
    behind = plain[limit.end : stop]
    seconds = [one for one in find_comparisons(_plain_text(clause)) if limit.end <= one.span[0] < stop]
    cases = [(match.end(), test) for pattern, test in _CASES for match in pattern.finditer(behind)]
    if not seconds:
        return None if cases and _ALLOWS.search(behind) else (limit.end, own)
    if not cases:
        if _EQUIVALENT.fullmatch(plain[limit.end : seconds[0].span[0]]):
            return (_closed(plain, seconds[0].span[1]), own) if _is_same(clause, limit, seconds[0]) else None
        return None if _ALLOWS.search(behind) else (limit.end, own)
    second = _in_unit_of(seconds[0], limit.comparison)
    alternative = _test(clause, _Limit(limit.labs, limit.start, second.span[1], second, limit.joint))
    if alternative is None or len(seconds) > 1 or len(cases) > 1 or clause.polarity is Polarity.EXCLUSION:
        return None
    end = max(limit.end + cases[0][0], second.span[1])
    return _closed(plain, end), AnyOf((own, AllOf((cases[0][1], alternative))))


def _reach(clause: Clause, limit: _Limit) -> int:
    """As far as words may speak of this limit: to the next lab, or the end of the sentence."""
    stops = [one.start for one in LAB_TEXT_NAMES.find_tokens(clause.words) if one.start >= limit.end]
    ends = (re.compile(r"\.\s"), *(pattern for pattern, _, _ in _SHORT_NAMES))
    stops += [match.start() for end in ends for match in end.finditer(clause.plain, limit.end)]
    return min([*stops, len(clause.plain)])


def _in_unit_of(second: Comparison, first: Comparison) -> Comparison:
    """« ≤ 1,5 LSN (≤ 3 si Gilbert) »: the second figure is in the unit of the first."""
    return second if second.unit_text else replace(second, unit_text=first.unit_text)


def _closed(plain: str, end: int) -> int:
    return end + 1 if plain[end : end + 1] in (")", "]") else end


def _is_same(clause: Clause, limit: _Limit, second: Comparison) -> bool:
    """« ≥ 1,5 G/L (≥ 1500/mm3) »: one limit in two units, within rounding."""
    for lab in limit.labs:
        first, other = _lab(clause, lab, limit.comparison), _lab(clause, lab, second)
        if first is None or other is None or first.times != other.times:
            return False
        for one, two in ((first.low, other.low), (first.high, other.high)):
            if (one is None) != (two is None) or (
                one is not None and two is not None and abs(one - two) > 0.06 * abs(one)
            ):
                return False
    return True
