"""Values of biomarker tests: intervals on a scale, IHC scores, and the limits that trials set."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from rules.quantities import Interval
from rules.text import fold


class Score(StrEnum):
    """IHC intensity with ISH where it decides, as ASCO/CAP 2023 and ESMO 2023 tell HER2 apart."""

    NULL = "0"
    ULTRALOW = "0<"
    ONE = "1+"
    TWO_ISH_NEGATIVE = "2+/ISH-"
    TWO_ISH_POSITIVE = "2+/ISH+"
    THREE = "3+"


_TWO = frozenset({Score.TWO_ISH_NEGATIVE, Score.TWO_ISH_POSITIVE})
_STEPS = (
    frozenset({Score.NULL, Score.ULTRALOW}),
    frozenset({Score.ONE}),
    _TWO,
    frozenset({Score.THREE}),
)
SCORE_LOW = frozenset({Score.ONE, Score.TWO_ISH_NEGATIVE})
SCORE_POSITIVE = frozenset({Score.TWO_ISH_POSITIVE, Score.THREE})
SCORE_NEGATIVE = frozenset(Score) - SCORE_POSITIVE


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit as written: `op` (>=, >, <=, <, =, range, score) with `value` (and `upper`), or the accepted `scores`.

    `unit`: "%", "mut/mb" or None; `scale`: TPS, CPS, IC, TAP, GIS, H_SCORE, ALLRED …, a staining mark ("2+ or more")
    or None.
    """

    op: str
    value: float
    unit: str | None = None
    scale: str | None = None
    upper: float | None = None
    upper_open: bool = False
    low_open: bool = False
    scores: frozenset[Score] = frozenset()

    @property
    def interval(self) -> Interval:
        """The values that satisfy it."""
        if self.op in (">=", ">"):
            return Interval(self.value, inf, self.op == ">")
        if self.op in ("<=", "<"):
            return Interval(-inf, self.value, high_open=self.op == "<")
        upper = self.value if self.upper is None else self.upper
        return Interval(self.value, upper, self.low_open, self.upper_open)


_NUMBER = r"(\d+(?:[.,]\d+)?)"
_UNIT = r"(?:\s*(?:%|mut(?:ations?)?\s*/\s*(?:mb|megabases?)|mutations? par megabase))?"
_COMPARISON = re.compile(rf"(>=|<=|=>|=<|>|<|=)\s*{_NUMBER}")
_RANGE = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:-|a|to|et|and)\s*{_NUMBER}(?!\s*\+)")
_AT_LEAST_AFTER = re.compile(rf"{_NUMBER}{_UNIT}\s*(?:ou plus|et plus|or more|or greater|au moins|minimum)")
_SCALES = (
    ("CPS", re.compile(r"\bcps\b|combined positive score|score combine")),
    ("TPS", re.compile(r"\btps\b|tumou?r proportion score|cellules tumorales|tumou?r cells|\btc\b")),
    ("IC", re.compile(r"\bic\b|cellules immunitaires|immune cells")),
    ("TAP", re.compile(r"\btap\b|tumou?r area positivity")),
    ("GIS", re.compile(r"\bgis\b|instabilite genomique|genomic instability")),
    ("H_SCORE", re.compile(r"\bh-?\s?score\b")),
    ("ALLRED", re.compile(r"\ballred\b")),
    ("KRENNING", re.compile(r"krenning")),
    ("SUV", re.compile(r"\bsuv")),
    ("VAF", re.compile(r"\bvaf\b|frequence allelique|allele frequency")),
    ("RATIO", re.compile(r"\bratio\b|cep\s?17")),
    ("COPIES", re.compile(r"nombre de copies|copy number|\bgcn\b|\bcn\b")),
)
_WORDS = (
    (re.compile(r"superieure?s?\s+ou\s+egale?s?\s+a|au moins|greater than or equal to|at least|minimum de"), ">="),
    (re.compile(r"inferieure?s?\s+ou\s+egale?s?\s+a|au plus|less than or equal to|at most|maximum de"), "<="),
    (re.compile(r"superieure?s?\s+a|plus de|greater than|more than"), ">"),
    (re.compile(r"inferieure?s?\s+a|moins de|less than|below"), "<"),
)
_ISH = r"(?:d?ish|fish|cish|sish|hybridation in situ)"
_ISH_SIGN = re.compile(
    rf"{_ISH}\s*(?:\+|-|:|est|is|=)?\s*(non\s*-?\s*ampl\w*|not amplified|neg\w*|ampl\w*|pos\w*)|{_ISH}\s*([-+])"
    rf"|((?:(?:non|sans|without|pas d'|absence d')\s*-?\s*)?amplif\w*|not amplified)"
)
_STAINING = re.compile(
    r"ps\s?2\s?\+|(?:>=\s*)?[123]\s*\+(?:\s*(?:/|-|ou|et|or|and|a|to)\s*[123]\s*\+)*"
    r"(?:\s*(?:ou|et|or|and)\s(?:plus|more|greater|higher|above|superieure?)\b)?"
)
_OR_MORE = re.compile(r"ps|>=|plus|more|greater|higher|above|superieur")
_LISTED = r"(?:\s*(?:/|,|-|\bou\b|\bor\b|\bet\b|\band\b|\ba\b|\bto\b)\s*(?:ihc\s*)?[0-3])+\s*\+"
_SCORE_MARK = re.compile(
    r"(?<![\d.,])([0-3])\s*\+|(?:ihc|score|her2)\s*(?:>=|<=|=|:|de|a)?\s*([0-3])(?!\d|[.,]\d|\s*%)"
    rf"|(?<![\d.,/])([0-3])(?={_LISTED})"
)


def scale_of(text: str) -> str | None:
    """The scale that a text names, or None."""
    folded = fold(text)
    return next((scale for scale, pattern in _SCALES if pattern.search(folded)), None)


def unit_of(text: str) -> str | None:
    """`%` or `mut/mb` where the text says so, else None."""
    folded = fold(text)
    if "%" in folded or "pourcent" in folded or "percent" in folded:
        return "%"
    return "mut/mb" if re.search(r"mut\w*\s*(?:/|par|per)\s*m", folded) else None


def _normalised(text: str) -> str:
    folded = fold(text)
    for words, sign in _WORDS:
        folded = words.sub(sign, folded)
    return folded.replace("=>", ">=").replace("=<", "<=")


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def read_threshold(text: str) -> Threshold | None:
    """The limit of a `seuil` or a sentence; None: it is no comparison that can be read."""
    folded = _normalised(text)
    if "%" in folded:
        return _comparison(_STAINING.sub(" ", folded), staining_of(folded))
    scores = read_scores(text)
    if scores:
        return Threshold("score", 0, scores=scores)
    return _comparison(folded, None)


def staining_of(text: str) -> str | None:
    """The intensity that counted cells must have, by one name: PS2+, ">= 2+" and "2+/3+" are the same cells."""
    match = _STAINING.search(_normalised(text))
    if match is None:
        return None
    intensities = sorted({int(digit) for digit in re.findall(r"[123]", match[0])})
    at_least = _OR_MORE.search(match[0]) is not None or intensities[-1] == 3
    return f"{intensities[0]}+" + (" or more" if at_least and intensities[0] < 3 else "")


def _comparison(folded: str, mark: str | None) -> Threshold | None:
    scales = {scale for scale, pattern in _SCALES if pattern.search(folded)}
    if len(scales) > 1 or re.search(r"\bou\b(?! (?:plus|egal))|\bor\b(?! (?:more|greater))", folded):
        return None  # a choice of two limits is not one limit
    scale, unit = mark or next(iter(scales), None), unit_of(folded)
    signs = [(match[1], _number(match[2])) for match in _COMPARISON.finditer(folded)]
    if len(signs) == 2:
        return _between(signs, unit, scale)
    if len(signs) == 1:
        return Threshold(signs[0][0], signs[0][1], unit, scale)
    after = _AT_LEAST_AFTER.search(folded)
    if after:
        return Threshold(">=", _number(after[1]), unit, scale)
    between = _RANGE.search(folded)
    if between and not signs:
        return Threshold("range", _number(between[1]), unit, scale, upper=_number(between[2]))
    return None


def _between(signs: list[tuple[str, float]], unit: str | None, scale: str | None) -> Threshold | None:
    low = next(((op, number) for op, number in signs if op in (">=", ">")), None)
    high = next(((op, number) for op, number in signs if op in ("<=", "<")), None)
    if low is None or high is None or low[1] > high[1]:
        return None
    return Threshold("range", low[1], unit, scale, upper=high[1], upper_open=high[0] == "<", low_open=low[0] == ">")


def read_interval(value: float | str) -> Interval | None:
    """What a typed value says: 60, "60 %", "< 1", "1-49", "50–60 %"; None: no number."""
    if not isinstance(value, str):
        return Interval(float(value), float(value))
    folded = _normalised(value)
    threshold = _comparison(folded, None)
    if threshold is not None:
        within = threshold.interval
        return Interval(max(within.low, 0.0), within.high, within.low_open, within.high_open)
    plain = re.search(rf"(?<![\w.,]){_NUMBER}(?!\s*\+|[\w])", folded)
    return Interval(_number(plain[1]), _number(plain[1])) if plain else None


def read_scores(text: str) -> frozenset[Score]:
    """The IHC scores that a text accepts or reports: "3+", "1+ ou 2+/ISH-", "HER2-low"; empty: none named."""
    folded = _normalised(text)
    named = _named_scores(folded)
    folded = re.sub(r"her-?2", "her2 ", folded)
    marks = [(match, int(match[1] or match[2] or match[3])) for match in _SCORE_MARK.finditer(folded)]
    return named | _at_steps(folded, marks) if marks else named


def _named_scores(folded: str) -> frozenset[Score]:
    found: set[Score] = set()
    rest = folded
    if re.search(r"ultra-?\s?(?:low|faible)", folded):
        found.add(Score.ULTRALOW)
        rest = re.sub(r"ultra-?\s?(?:low|faible)", "", folded)
    if re.search(r"\blow\b|her2low|\bfaible", rest):
        found |= SCORE_LOW
    if re.search(r"her-?2\s*(?:\+(?!\s*/)|positi)", rest):
        found |= SCORE_POSITIVE
    if re.search(r"\bnull\b", rest):
        found.add(Score.NULL)
    if re.search(r"\bzero\b", rest):
        found |= _STEPS[0]
    return frozenset(found)


def _at_steps(folded: str, marks: list[tuple[re.Match[str], int]]) -> frozenset[Score]:
    found: set[Score] = set()
    for index, (match, step) in enumerate(marks):
        end = marks[index + 1][0].start() if index + 1 < len(marks) else len(folded)
        sign = re.search(r"(>=|<=|>|<)\s*(?:ihc|score|her2)?\s*$", folded[: match.start()]) or re.search(
            r"(>=|<=|>|<)", match[0]
        )
        above = re.match(r"\s*(?:ou|et|or|and) (?:plus|more|greater|higher|above|superieur)", folded[match.end() : end])
        found |= _ish(_reach(sign[1] if sign else ">=" if above else "=", step), folded[match.end() : end])
    if len(marks) == 2 and re.search(r"^\s*(?:a|-|to)\s*$", folded[marks[0][0].end() : marks[1][0].start()]):
        found |= frozenset().union(*_STEPS[marks[0][1] : marks[1][1] + 1])
    return frozenset(found)


def _reach(sign: str, step: int) -> frozenset[Score]:
    steps: Iterable[frozenset[Score]] = {
        ">=": _STEPS[step:],
        ">": _STEPS[step + 1 :],
        "<=": _STEPS[: step + 1],
        "<": _STEPS[:step],
    }.get(sign, (_STEPS[step],))
    return frozenset().union(*steps)


def _ish(scores: frozenset[Score], after: str) -> frozenset[Score]:
    """The ISH that stands behind a 2+ narrows it; it never changes another score."""
    positive = ish_sign(after)
    if positive is None:
        return scores
    return scores - {Score.TWO_ISH_NEGATIVE if positive else Score.TWO_ISH_POSITIVE}


def ish_sign(text: str) -> bool | None:
    """Whether a text says that ISH is amplified, or not, or (None) says nothing of it."""
    match = _ISH_SIGN.search(fold(text))
    if match is None:
        return None
    word = next(part for part in match.groups() if part)
    return not re.match(r"non|not|neg|-|sans|without|pas|absence", word)
