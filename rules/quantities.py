"""Numbers as they are typed in French and English: intervals, comparisons, durations, performance scales."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, inf

from rules.errors import CaseError
from rules.hinted import hinted
from rules.remembered import remembered
from rules.text import CharTable, fold
from rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Interval:
    """What is known, or asked, of a number: it lies between `low` and `high`, ends included unless open."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exactly(cls, value: float) -> "Interval":
        """A number that is known."""
        return cls(value, value)

    def contains(self, value: float) -> bool:
        """Whether one number lies in it."""
        return self.exactly(value).within(self) is Verdict.MET

    def within(self, asked: "Interval") -> Verdict:
        """What this observed interval says of an asked one: MET inside, NOT_MET apart, UNKNOWN where it straddles."""
        if self._below(asked) or asked._below(self):
            return Verdict.NOT_MET
        low_fits = self.low > asked.low or (self.low == asked.low and (self.low_open or not asked.low_open))
        high_fits = self.high < asked.high or (self.high == asked.high and (self.high_open or not asked.high_open))
        return Verdict.MET if low_fits and high_fits else Verdict.UNKNOWN

    def _below(self, other: "Interval") -> bool:
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))


_WORDS: dict[str, int] = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "vingt": 20,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20,
}  # fmt: skip
_ORDINALS: dict[str, int] = {
    "premier": 1, "premiere": 1, "first": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "third": 3,
    "quatrieme": 4, "fourth": 4, "cinquieme": 5, "fifth": 5, "sixieme": 6, "sixth": 6,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}

_FIGURE = r"(?:\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
_WORD = r"(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")(?![a-z])"
NUMBER = rf"(?:{_FIGURE}|{_WORD})"

_POWER = r"10\s*(?:\^|\*|e|exp)?\s*[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]\s*/\s*(?:l|litre|ml|ul|mm[3³])\b"
_NORMAL = (
    r"(?:la |the )?(?:(?:limite )?(?:superieure|inferieure)(?: a| de)? la normale"
    r"|limite (?:superieure|inferieure) de la normale|limite normale (?:superieure|inferieure)|limite de la normale"
    r"|normale?s?(?: superieure| inferieure)?"
    r"|(?:the )?(?:institutional )?(?:upper|lower) limit of (?:the )?normal(?: range)?"
    r"|lsn|lns|lsvn|uln|unl|lln|lin|n)\b"
)
_TIME = (
    r"(?:ans?|annees?|years?|yrs?|mois|months?|semaines?|sem\b\.?|weeks?|wks?|jours?|days?|j|heures?|hours?|h"
    r"|demi-vies?|half-li(?:fe|ves))\b"
)
_PER = r"(?!et/|and/)[a-z]{0,9}\s?/\s?(?:24\s?h|[a-z]{1,5}[0-9³²]?)\b(?:\s?/\s?1[.,]73\s?m[2²])?"
_PLAIN = (
    r"(?:%|pour cent|percent|msec|ms|mmhg|kg|mg|cm|mm|gy|points?|lignes?|lines?|cycles?|cures?)"
    r"(?![a-z]|\s?/\s?(?:[a-z]|24))"
)
_UNIT = rf"(?:\s*(?:[x*×]|fois)?\s*(?:{_POWER}|{_NORMAL})|[\s-]*{_TIME}|\s*(?:{_PLAIN}|{_PER}))"

_DECIMAL_UNITS = re.compile(r"g/l|giga/l|t/l|g/dl|mg/dl|mmol/l|%|.*10\^9/l|.*(?:\bn|lsn|uln)$")


@remembered(1024)
def unit_key(text: str) -> str:
    """The comparable form of a unit: µ as u, powers as 10^9, per mm³ as per µl, UI as U, no spaces, lower case."""
    folded = _flat(text).replace("×", "x").replace("*", "^" if "10*" in text else "x")
    for sign, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True):
        folded = folded.replace(sign, digit)
    folded = re.sub(r"\s+", "", folded)
    folded = re.sub(r"^(?:x|fois)(?=\d|n|l|u)", "", folded)
    folded = re.sub(r"10(?:\^|e|exp)?([369])(?=/)", r"10^\1", folded)
    folded = re.sub(r"^(?:cellules?|cells?|elements?|elts?|pnn|plaquettes?|copies?|cop)/", "/", folded)
    folded = re.sub(r"^giga/l", "g/l", folded).replace("1,73", "1.73")
    folded = re.sub(r"/(?:mm3|mcl|microl|ul)$", "/ul", folded)
    folded = re.sub(r"(?:mcg|microg)(?=/)", "ug", folded)
    folded = re.sub(r"(?:micromol|mcmol)(?=/)", "umol", folded)
    return re.sub(r"^(m|k|u|)(?:ui|iu)(?=/)", r"\1u", folded)


def limit_named(unit_text: str) -> str | None:
    """`upper` or `lower` when a unit is a multiple of a limit of normal (« x LSN », « N », « ULN », « LLN »)."""
    unit = _flat(unit_text).strip()
    if not re.fullmatch(rf"(?:[x*×]|fois)?\s*{_NORMAL}", unit):
        return None
    return "lower" if re.search(r"inferieure|lower|\blln\b|\blin\b", unit) else "upper"


def _flat(text: str) -> str:
    """Lower case without accents, of exactly the same length, so that spans stay true; superscripts are kept."""
    return text.lower() if text.isascii() else text.translate(_FLAT)


def _flat_char(char: str) -> str:
    if char in "µμ":
        return "u"
    if char.isdigit() and not char.isdecimal():
        return char
    folded = fold(char)
    return folded if len(folded) == 1 else char.lower()


_FLAT = CharTable(_flat_char)


def parse_number(text: str, *, unit: str = "") -> float | None:
    """A whole text as a number: « 1,5 », « 1 500 », "10,000", « deux », « L2 », « 2e », « IIe »; else None.

    One comma or point before exactly three digits marks thousands ("1,500/mm3"), save after a zero ("0,125") and in a
    unit that has no thousands ("1.500 G/L").
    """
    flat = _flat(text).strip()
    if re.fullmatch(_FIGURE, flat):
        return _figure(flat, unit)
    if flat in _WORDS:
        return float(_WORDS[flat])
    return _ordinal(flat)


def _figure(flat: str, unit: str) -> float:
    joined = flat.replace(" ", "")
    marks = [char for char in joined if char in ",."]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        return float(joined.replace("," if decimal == "." else ".", "").replace(decimal, "."))
    if len(marks) > 1 or (marks and " " not in flat and _is_thousands(joined, unit)):
        return float(re.sub(r"[.,]", "", joined))
    return float(joined.replace(",", "."))


def _is_thousands(joined: str, unit: str) -> bool:
    grouped = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", joined) is not None
    return grouped and not _DECIMAL_UNITS.fullmatch(unit_key(unit))


_RANK = re.compile(r"l(\d{1,2})|(\d{1,2}) ?(?:l|e|er|re|ere|eme|nd|nde|st|rd|th)|([iv]+)(?:e|er|re|ere|eme)")


def _ordinal(flat: str) -> float | None:
    if flat in _ORDINALS:
        return float(_ORDINALS[flat])
    match = _RANK.fullmatch(flat)
    if match is None:
        return None
    if match[3]:
        return float(_ROMAN[match[3]]) if match[3] in _ROMAN else None
    return float(match[1] or match[2])


@dataclass(frozen=True, slots=True)
class Comparison:
    """A limit found in a text: half-open span in the original, the asked interval, the unit as written (or "")."""

    span: tuple[int, int]
    interval: Interval
    unit_text: str


_GE = (
    r"≥|⩾|>=|=>|>\s?(?:/|ou|or)\s?=|(?:superieure?s?|sup\.?|plus grande?) ou ega(?:le?s?|ux)(?: a)?"
    r"|egale?s? ou superieure?s? a|(?:d')?au moins|(?:au |a )?minimum|min\.?(?= ?[:\d])|pas moins de|a partir de"
    r"|des(?= \d)|at least|(?:greater|higher|more)(?: than)? or equal(?: to)?|(?:not?|no) (?:less|fewer|lower) than"
    r"|minimum of|equal or (?:greater|superior)"
)
_LE = (
    r"≤|⩽|<=|=<|<\s?(?:/|ou|or)\s?=|(?:inferieure?s?|inf\.?|plus petite?) ou ega(?:le?s?|ux)(?: a)?"
    r"|egale?s? ou inferieure?s? a|au plus|(?:au )?maximum|max\.?(?= ?[:\d])|(?:pas|jamais) plus de|jusqu'au?"
    r"|(?:\bne (?:doi(?:t|vent) (?:pas|jamais) |pas )?|sans |n')(?:depass|exced)(?:e|ent|ant|er)(?: pas)?"
    r"|(?:must|should|does|do|may|can) not exceed|at most|up to"
    r"|(?:less|lower|fewer|smaller)(?: than)? or equal(?: to)?|(?:not?|no) (?:more|greater|higher) than"
    r"|(?:not|without) exceed(?:ing)?|maximum of"
)
_GT = (
    r">|(?:strictement )?superieure?s? a|plus (?:de|d')|au-dela de|au-dessus de"
    r"|(?<!\bne )(?:depassant|excedant)|(?:more|greater|higher|older|longer|larger) than|above|over|exceeding"
)
_LT = (
    r"<|(?:strictement )?inferieure?s? a|moins (?:de|d')|en dessous de|au-dessous de"
    r"|(?:less|lower|fewer|younger|shorter|smaller) than|below|under"
)

_COMPARATOR = rf"(?:(?P<ge>{_GE})|(?P<le>{_LE})|(?P<gt>{_GT})|(?P<lt>{_LT}))"
_LINK = r"\s*(?:a|au|de|d'|of|to|:|=)?\s*(?:l'equivalent de )?"
_AFTER_OR_MORE = (
    r",?\s*(?:(?:ou|et|and|or) (?:plus|more|older|over|above|superieure?s?|greater|higher|longer)"
    r"|(?:au )?minimum|minimal|\+(?!\d))"
)
_AFTER_OR_LESS = (
    r",?\s*(?:(?:ou|et|and|or) (?:moins|less|younger|under|below|inferieure?s?|lower|fewer)"
    r"|(?:au )?maximum|au plus|maximal|at most)"
)
_START = r"(?<![\w.,/-])"
_CHAIN = hinted(
    rf"{_START}(?P<a>{_FIGURE})(?P<ua>{_UNIT})?\s*(?P<s1>≤|<=|<)\s*[a-z][a-z .'-]{{0,30}}?\s*"
    rf"(?P<s2>≤|<=|<)\s*(?P<b>{_FIGURE})(?P<ub>{_UNIT})?"
)
_BETWEEN = re.compile(
    rf"\b(?:entre|between)\s+(?P<a>{NUMBER})(?P<ua>{_UNIT})?(?:\s*inclus)?\s*(?:et|and)\s+"
    rf"(?P<b>{NUMBER})(?P<ub>{_UNIT})?"
)
_FROM_TO = re.compile(
    rf"{_START}(?:(?:de|from)\s+)?(?P<a>{NUMBER})(?P<ua>{_UNIT})?(?:\s+(?:a|to)\s+|\s*-\s*)"
    rf"(?P<b>{NUMBER})(?P<ub>{_UNIT})?(?![\w/]|-\d)"
)
_PREFIX = re.compile(rf"(?<![a-z]){_COMPARATOR}{_LINK}(?P<a>{NUMBER})(?P<ua>{_UNIT})?")
_POSTFIX = hinted(
    rf"{_START}(?P<a>{NUMBER})(?P<ua>{_UNIT})?\s*(?:(?P<ge>{_AFTER_OR_MORE})|(?P<le>{_AFTER_OR_LESS}))(?![a-z])"
)
_BARE_LIMIT = re.compile(rf"(?<![a-z]){_COMPARATOR}{_LINK}(?P<unit>{_NORMAL})")
_REVERSED = re.compile(rf"{_START}(?P<a>{_FIGURE})(?P<ua>{_UNIT})?\s*(?P<sign>≤|<=|≥|>=|<|>)\s*(?=[a-z])")


def find_comparisons(text: str) -> list[Comparison]:
    """Every limit in a text, left to right, never overlapping: « ≥ 18 ans », « de 18 à 75 ans », "< 10,000/mm3"."""
    flat = _flat(text)
    found: list[Comparison] = []
    for reader in (_chains, _ranges, _prefixes, _bare_limits, _postfixes, _reversals):
        for one in reader(flat, text):
            if not any(one.span[0] < other.span[1] and other.span[0] < one.span[1] for other in found):
                found.append(one)
    return sorted(found, key=lambda one: one.span)


def _chains(flat: str, text: str) -> Iterator[Comparison]:
    for match in _CHAIN.finditer(flat):
        yield from _bounded(match, text, (match["s1"] == "<", match["s2"] == "<"))


def _ranges(flat: str, text: str) -> Iterator[Comparison]:
    for pattern in (_BETWEEN, _FROM_TO):
        for match in pattern.finditer(flat):
            yield from _bounded(match, text)


def _bounded(match: re.Match[str], text: str, open_: tuple[bool, bool] = (False, False)) -> Iterator[Comparison]:
    unit = _written(match, text, "ub") or _written(match, text, "ua")
    low, high = parse_number(match["a"], unit=unit), parse_number(match["b"], unit=unit)
    if low is not None and high is not None and low <= high:
        yield Comparison(match.span(), Interval(low, high, *open_), unit)


def _written(match: re.Match[str], text: str, group: str) -> str:
    start, end = match.span(group)
    return text[start:end].strip(" \t\n-\u00a0\u202f") if start >= 0 else ""


def _prefixes(flat: str, text: str) -> Iterator[Comparison]:
    for match in _PREFIX.finditer(flat):
        yield from _one_sided(match, text, _operator(match))


def _bare_limits(flat: str, text: str) -> Iterator[Comparison]:
    """« LDH ≤ LSN »: once the limit of normal."""
    for match in _BARE_LIMIT.finditer(flat):
        yield Comparison(match.span(), _asked(_operator(match), 1.0), _written(match, text, "unit"))


def _postfixes(flat: str, text: str) -> Iterator[Comparison]:
    for match in _POSTFIX.finditer(flat):
        yield from _one_sided(match, text, _operator(match))


def _reversals(flat: str, text: str) -> Iterator[Comparison]:
    mirrored = {"≤": "ge", "<=": "ge", "≥": "le", ">=": "le", "<": "gt", ">": "lt"}
    for match in _REVERSED.finditer(flat):
        yield from _one_sided(match, text, mirrored[match["sign"]])


def _operator(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return next(name for name in ("ge", "le", "gt", "lt") if groups.get(name) is not None)


def _one_sided(match: re.Match[str], text: str, operator: str) -> Iterator[Comparison]:
    unit = _written(match, text, "ua")
    value = parse_number(match["a"], unit=unit)
    if value is not None:
        yield Comparison(match.span(), _asked(operator, value), unit)


def _asked(operator: str, value: float) -> Interval:
    if operator in ("ge", "gt"):
        return Interval(value, inf, low_open=operator == "gt")
    return Interval(-inf, value, high_open=operator == "lt")


DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25, "hour": 1 / 24}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in a text. `days`: least and most (a month is 30.4375 days: 3 are 91, 6 are 183), None for
    half-lives. `months`: the same in calendar months, where it was written in months or years."""

    span: tuple[int, int]
    days: tuple[int, int] | None
    months: tuple[int, int] | None = None


_UNITS_OF_TIME = (
    (r"half-li(?:fe|ves)|demi-vies?|demi vies?|half li(?:fe|ves)", "half_life"),
    (r"ans?|annees?|years?|yrs?", "year"),
    (r"mois|months?", "month"),
    (r"semaines?|sem|weeks?|wks?", "week"),
    (r"jours?|j|days?", "day"),
    (r"heures?|hours?|h", "hour"),
)
_DURATION = re.compile(
    rf"{_START}(?P<a>{NUMBER})(?:\s*(?:a|to|-|ou|or|et|and)\s*(?P<b>{NUMBER}))?[\s-]*"
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for words, name in _UNITS_OF_TIME)})(?![a-z])"
)


def find_durations(text: str) -> list[Duration]:
    """Every length of time in a text: « 6 mois », « 28 j », "4 to 6 weeks", "5 half-lives" (of unknown days)."""
    return [duration for match in _DURATION.finditer(_flat(text)) if (duration := _duration(match))]


def _duration(match: re.Match[str]) -> Duration | None:
    low, high = parse_number(match["a"]), parse_number(match["b"] or match["a"])
    unit = next(name for _, name in _UNITS_OF_TIME if match[name])
    if low is None or high is None or low > high:
        return None
    if unit == "half_life":
        return Duration(match.span(), None)
    rounded = ceil if unit == "hour" else round
    days = rounded(low * DAYS[unit]), rounded(high * DAYS[unit])
    if unit not in {"month", "year"}:
        return Duration(match.span(), days)
    months = low * (12 if unit == "year" else 1), high * (12 if unit == "year" else 1)
    whole = months[0].is_integer() and months[1].is_integer()
    return Duration(match.span(), days, (int(months[0]), int(months[1])) if whole else None)


_KARNOFSKY: dict[int, frozenset[int]] = {
    0: frozenset({90, 100}),
    1: frozenset({70, 80}),
    2: frozenset({50, 60}),
    3: frozenset({30, 40}),
    4: frozenset({10, 20}),
    5: frozenset({0}),
}


def karnofsky_of_ecog(ecog: int) -> frozenset[int]:
    """The Karnofsky scores an ECOG may stand for (0 = 90–100, 1 = 70–80 …). Raises CaseError outside 0–5.

    Source: contract, "Age and performance"; usual equivalence (Oken 1982). Lansky is never derived.
    """
    if ecog not in _KARNOFSKY:
        raise CaseError("performance.ecog: expected 0 to 5")
    return _KARNOFSKY[ecog]


def ecog_of_karnofsky(karnofsky: int) -> frozenset[int]:
    """The ECOG grades a Karnofsky score may stand for; between two tens, those of both. CaseError outside 0–100."""
    if not 0 <= karnofsky <= 100:
        raise CaseError("performance.karnofsky: expected 0 to 100")
    tens = {karnofsky // 10 * 10, -(-karnofsky // 10) * 10}
    return frozenset(ecog for ecog, scores in _KARNOFSKY.items() if scores & tens)
