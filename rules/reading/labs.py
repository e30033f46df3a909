"""Limits of laboratory values and measures in a clause, in canonical units or in multiples of a limit of normal.

A figure counts for a lab only where nothing but words of the same measure stands between them. A limit whose unit is
not known for the lab, or that depends on something not read, is left unread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf, isinf

from rules.criteria import AllOf, AnyOf, HasCondition, Kind, LabIn, MetastasisIn, Polarity, Test, Unread
from rules.hinted import hinted
from rules.junctions import either
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
            r"metastas\w+ hepatiqu\w+|metastases? (?:(?:au|du|de) )?(?:le )?foie|(?:liver|hepatic) metastas[ei]s|"
            r"(?:liver|hepatic) involvement|(?:atteinte|localisation|envahissement)s? hepatiques?|\bsi foie\b"
        ),
        MetastasisIn(frozenset({"liver"})),
    ),
    (re.compile(r"metastas\w+ osseu\w+|bone metastas[ei]s"), MetastasisIn(frozenset({"bone"}))),
)
"""What usually allows another limit, and the test it is."""

_FOR_SOME = re.compile(r"\b(?:for|pour|chez|if|si|en cas)\b[^,;:()]{0,70}[,:]?\s*$")
_EXAMPLES = re.compile(r"\b(?:co-?morbidit|dysfonction|defaillance|fragil|inapt|unfit|ineligib)\w*[^()]{0,40}\([^()]*$")
"""« comorbidité (FE ≤ 50 %, …) »: figures that tell who is meant, and are asked of nobody."""

_ALLOWS = re.compile(r"\b(?:si|if|or|ou|sauf|except|unless|for|pour|hors|chez|en cas)\b")
_SHORT_NAMES = (
    (
        hinted(
            r"\b(?:clairance|clearance|clcr|crcl|cl)\b(?: (?:de la )?creat\w*)?(?:\s?\((?:cockcroft|mdrd|ckd)[^()]*\))?"
        ),
        "creatinine_clearance",
        re.compile(r"ml\s?/\s?min"),
    ),
    (hinted(r"\bgb\b"), "leukocytes", re.compile(r"g/l|giga|/\s?mm|/\s?[uµμ]|x?\s?10")),
    (hinted(r"\btp\b"), "prothrombin_time", re.compile(r"%")),
    (hinted(r"\bcrp\b"), "crp", re.compile(r"mg\s?/\s?l")),
)
_TRANSAMINASES = hinted(
    r"(?<!pyruvic )(?<!oxaloacetic )(?<!pyruvate )(?<!oxaloacetate )(?<!aspartate )(?<!alanine )"
    r"\b(?:transaminases|aminotransferases)\b"
)
_BOTH = frozenset({"ast", "alt"})
_TIME_UNIT = re.compile(r"(?:j|jours?|days?|d|sem\w*|weeks?|mois|months?|ans?|years?|h|heures?|hours?)\b")
_WHEN_MEASURED = re.compile(
    r"\s?\((?:[<≤]=?|dans les|within|bilan)\s?\d+ ?(?:j|jours?|days?|d|sem\w*|weeks?)\b[^()]*\)|"
    r"\s?\((?:cockcroft|mdrd|ckd|echo|muga|fridericia|bazett)[^()]*\)"
)
_BY_SEX = re.compile(
    r"[\s(/]*(?:chez |pour |for |in )?(?:l'|les |la )?(?:h|f|hommes?|femmes?|males?|females?|men|women)\b"
)
_ALLOWED_MORE = re.compile(
    r"\(\s?(?P<value>\d+(?:[.,]\d+)?)\s*(?:x\s?)?(?:n|lsn|uln)?\s(?=(?:si|if|en cas|pour|for)\b)"
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
        "albumin",
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


_AFTER_TREATMENT = re.compile(
    r"[^,;:()]{0,14}\b(?:apres|after|en post-?op\w*)\s(?:la |le |the )?(?:chirurgie|prostatectomie|"
    r"radiotherapie|traitement|surgery|"
    r"radical|treatment)"
)


def recognise(clause: Clause) -> list[Found]:
    """Every limit of the clause that is surely of one lab, with the exceptions that are plain."""
    found: list[Found] = []
    for limit in _limits(clause):
        test = _test(clause, limit)
        if _AFTER_TREATMENT.match(clause.plain, limit.end):
            continue  # « PSA < 0,1 après prostatectomie, puis … »: what it was
        if test is None or (found and limit.start < found[-1].end):
            continue
        behind = _behind(clause, limit, test)
        if behind is not None:
            found.append(Found(limit.start, behind[0], behind[1], Kind.LABS))
    return found


def _plain_text(clause: Clause) -> str:
    """ "1.5 times the ULN" and "=\\< 3" as the comparison reader knows them; same length."""
    signs = re.sub(
        r"=\s?\\?([<>])|\\([<>])=", lambda match: f"{match[1] or match[2]}=".ljust(len(match[0])), clause.text
    )
    return re.sub(r"(?i)(?<=\d )times\b", "fois ", signs.replace("\\", " "))


def _limits(clause: Clause) -> Iterator[_Limit]:
    mentions = [one for one in LAB_TEXT_NAMES.find_tokens(clause.words) if len(one.ids) == 1]
    mentions = [one for one in mentions if clause.text[one.start : one.end] != "EGFR" or _RENAL.search(clause.plain)]
    mentions += [Mention(*match.span(), _BOTH, "synonym", 1.0) for match in _TRANSAMINASES.finditer(clause.plain)]
    if not mentions and not any(pattern.search(clause.plain) for pattern, _, _ in _SHORT_NAMES):
        return
    comparisons = [_one_sided(clause, one) for one in find_comparisons(_plain_text(clause)) if not _is_time(one)]
    comparisons = _two_sided(clause, comparisons)
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
        if not _BETWEEN.fullmatch(between) or _SCALE.search(between) or _is_another(clause, listed[0].start, between):
            continue
        if _FOR_SOME.search(clause.plain[: listed[0].start]) and clause.polarity is Polarity.INCLUSION:
            continue
        if _EXAMPLES.search(clause.plain[: listed[0].start]) or _LIMIT_BEFORE.search(clause.plain[: listed[0].start]):
            continue
        joint = clause.plain[listed[0].end : listed[-1].start] if len(listed) > 1 else ""
        labs = tuple(dict.fromkeys(id_ for one in listed for id_ in sorted(one.ids)))
        taken = comparison.span[1]
        yield _Limit(labs, listed[0].start, comparison.span[1], comparison, joint)


_RENAL = re.compile(r"ml|clairance|clearance|renal|creatinin|mdrd|ckd|filtration|cockcroft")
"""« EGFR » in capitals is the receptor, unless the kidney is spoken of."""
_SCALE = re.compile(r"\b(?:ps|oms|ecog|who|age|ages|karnofsky|ik|kps)\b")
_LIMIT_BEFORE = re.compile(
    r"(?:[<>≤≥]=?|\b(?:moins|plus|less|more) (?:de|than))\s?\d[\d.,]*\s?%?\s(?:de |d'|des |of )$"
)
"""« < 5 % de blastes et < 1 % de … »: the figure of the first stands before it."""


_AND = re.compile(r"\s?,?\s?(?:(?:et|and|mais|but|&)\s)?\s?")


def _two_sided(clause: Clause, comparisons: Sequence[Comparison]) -> list[Comparison]:
    """« ≥ 0,5 et ≤ 3 G/L »: a lower and an upper limit of one figure, with the unit that one of them has."""
    kept: list[Comparison] = []
    for one in comparisons:
        before = kept[-1] if kept else None
        both = _together(before, one) if before else None
        if before and both and _AND.fullmatch(clause.plain, before.span[1], one.span[0]):
            kept[-1] = both
        else:
            kept.append(one)
    return kept


def _together(first: Comparison, second: Comparison) -> Comparison | None:
    """The interval between two limits that look at each other, in one unit; None where they do not."""
    lower, upper = (first, second) if isinf(first.interval.high) else (second, first)
    ends = lower.interval, upper.interval
    if not isinf(ends[0].high) or not isinf(ends[1].low) or isinf(ends[0].low) or isinf(ends[1].high):
        return None
    if ends[0].low >= ends[1].high or (first.unit_text and second.unit_text and first.unit_text != second.unit_text):
        return None
    interval = replace(ends[0], high=ends[1].high, high_open=ends[1].high_open)
    return Comparison((first.span[0], second.span[1]), interval, second.unit_text or first.unit_text)


def _is_time(one: Comparison) -> bool:
    """« (< 28 j) »: when it is measured, not what."""
    return _TIME_UNIT.match(one.unit_text.strip().lower()) is not None


def _is_grade(clause: Clause, one: Comparison) -> bool:
    return re.search(r"\bgrades?\s?$", clause.plain[: one.span[0]]) is not None


def _one_sided(clause: Clause, one: Comparison) -> Comparison:
    """« ≥ 8-10 g/dL »: the sign is of the first figure, and what the second one is for is not said."""
    sign = re.search(r"(≥|>=?|≤|<=?)\s?$", clause.plain[: one.span[0]])
    interval = one.interval
    if not sign or isinf(interval.low) or isinf(interval.high):
        return one
    above = sign[1] in ("≥", ">", ">=")
    return replace(one, interval=replace(interval, high=inf) if above else replace(interval, low=-inf))


def _by_unit(clause: Clause, comparisons: Sequence[Comparison], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Short names that only the unit behind them makes a lab of: « clairance ≥ 50 mL/min », « TP ≥ 70 % »."""
    for pattern, lab, units in _SHORT_NAMES:
        for match in pattern.finditer(clause.plain):
            free = not any(one.start < match.end() and match.start() < one.end for one in mentions)
            behind = next((one for one in comparisons if 0 <= one.span[0] - match.end() <= 30), None)
            if free and behind and (units.match(behind.unit_text.lower().strip()) or _is_told(lab, match[0], behind)):
                yield Mention(match.start(), match.end(), frozenset({lab}), "synonym", 1.0)


def _is_told(lab: str, name: str, behind: Comparison) -> bool:
    """Without a unit: « clairance ≥ 40 » and « GB ≥ 3000 » can be nothing else; « Cl » may be the chloride."""
    low, high = behind.interval.low, behind.interval.high
    value = high if isinf(low) else low
    if behind.unit_text:
        return False
    if lab == "leukocytes":
        return 500 <= value <= 50_000
    return lab == "creatinine_clearance" and not name.startswith("cl ") and name != "cl" and 10 <= value <= 120


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
    one_of = re.search(r"\bou\b|\bor\b", limit.joint) is not None
    if outside and (one_of or "/" in limit.joint or "," in limit.joint):
        return AnyOf(tuple(known))
    if one_of and "et/ou" not in limit.joint and "and/or" not in limit.joint:
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
    if lab == "albumin":
        return "g/dL" if value <= 6 else "g/L"
    return LABS[lab].canonical_unit


def _behind(clause: Clause, limit: _Limit, own: Test) -> tuple[int, Test] | None:
    """The limit with what stands behind it: the same in another unit, or another limit where something allows it.

    None: what stands there may change the limit and cannot be read.
    """
    plain = clause.plain
    if _BY_SEX.match(plain, limit.end):
        return None
    stop = _reach(clause, limit)
    behind = plain[limit.end : stop]
    seconds = _seconds(clause, limit, stop)
    cases = [(match.end(), test) for pattern, test in _CASES for match in pattern.finditer(behind)]
    if not seconds:
        return None if cases and _ALLOWS.search(behind) else (_measured(plain, limit.end), own)
    if not cases and _EQUIVALENT.fullmatch(plain[limit.end : seconds[0].span[0]]):
        return (_closed(plain, seconds[0].span[1]), own) if _is_same(clause, limit, seconds[0]) else None
    if not cases and not _ALLOWS.search(behind):
        return limit.end, own
    return _with_cases(clause, limit, own, seconds, cases)


def _measured(plain: str, end: int) -> int:
    when = _WHEN_MEASURED.match(plain, end)
    return when.end() if when else end


def _seconds(clause: Clause, limit: _Limit, stop: int) -> list[Comparison]:
    """Further figures for the same lab; « (5 N si métastases hépatiques) » has the sign of the first."""
    written = [one for one in find_comparisons(_plain_text(clause)) if limit.end <= one.span[0] < stop]
    found = [one for one in written if not _is_time(one) and not _is_grade(clause, one)]
    more = _ALLOWED_MORE.search(clause.plain, limit.end, stop)
    if found or not more:
        return found
    value, interval = float(more["value"].replace(",", ".")), limit.comparison.interval
    interval = replace(interval, high=value) if isinf(interval.low) else replace(interval, low=value)
    return [Comparison(more.span("value"), interval, "")]


def _with_cases(
    clause: Clause, limit: _Limit, own: Test, seconds: Sequence[Comparison], cases: Sequence[tuple[int, Test]]
) -> tuple[int, Test] | None:
    """The limit, or another one for some; who they are may stay open, and among the exclusions stays so."""
    plain = clause.plain
    if len(seconds) > 1:
        return None
    second = _in_unit_of(seconds[0], limit.comparison)
    alternative = _test(clause, _Limit(limit.labs, limit.start, second.span[1], second, limit.joint))
    if alternative is None:
        return None
    close = plain.find(")", second.span[1]) + 1 if "(" in plain[limit.end : second.span[0]] else 0
    end = max(limit.end + max((end for end, _ in cases), default=0), second.span[1], close)
    if clause.polarity is Polarity.EXCLUSION:
        return _closed(plain, end), AllOf((own, Unread(Kind.LABS)))
    who: Test = Unread(Kind.LABS)
    if cases:
        said = len(re.findall(r"\b(?:ou|or|et/ou)\b|/|,", plain[second.span[1] : _closed(plain, end)]))
        tests = [*(test for _, test in cases), *([who] if said >= len(cases) else [])]
        who = either(tests)
    return _closed(plain, end), AnyOf((own, AllOf((who, alternative))))


def _reach(clause: Clause, limit: _Limit) -> int:
    """As far as words may speak of this limit: to the next lab, or the end of the sentence."""
    stops = [one.start for one in LAB_TEXT_NAMES.find_tokens(clause.words) if one.start >= limit.end]
    stops += [match.start() for match in _TRANSAMINASES.finditer(clause.plain, limit.end)]
    ends = (
        re.compile(
            r"\.\s|,\s(?!(?:in which|auquel|ou|or|sauf|unless|except|si|if|et|and)\b)(?=[a-z][^,;()≤≥<>]{0,40}[≤≥<>])"
        ),
        *(pattern for pattern, _, _ in _SHORT_NAMES),
    )
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
