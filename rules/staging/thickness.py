"""Breslow thickness in millimetres, as intervals: « 2,3 mm », « > 1 mm », « 1 à 2 mm »."""

import math
import re

from rules.staging.codes import Codes
from rules.text import fold
from rules.verdict import Verdict

_NUMBER = r"(\d{1,2}(?:[.,]\d{1,2})?)"
_RANGE = re.compile(rf"{_NUMBER}\s?(?:mm)?\s?(?:-|\ba\b|\bto\b|\bet\b)\s?{_NUMBER}\s?(?:mm|$|[^\d.,])")
_ONE = re.compile(rf"(>=|<=|>|<|au moins|at least|superieur\w*(?: strictement)? a|inferieur\w* a)?\s?{_NUMBER}(?!\d)")
_CODE = re.compile(r"([\[(])(\S+);(\S+)([\])])")


def read(text: str) -> Codes:
    """One interval in mm as a code, `[2.3;2.3]`, `(1.0;inf]`; empty when no number is there."""
    folded = fold(text)
    if between := _RANGE.search(folded):
        return frozenset({f"[{_mm(between[1])};{_mm(between[2])}]"})
    one = _ONE.search(folded)
    if not one:
        return frozenset()
    sign, value = one[1] or "", _mm(one[2])
    if sign in {">=", "au moins", "at least"}:
        return frozenset({f"[{value};inf]"})
    if sign == ">" or sign.startswith("superieur"):
        return frozenset({f"({value};inf]"})
    if sign == "<=":
        return frozenset({f"[0.0;{value}]"})
    if sign == "<" or sign.startswith("inferieur"):
        return frozenset({f"[0.0;{value})"})
    return frozenset({f"[{value};{value}]"})


def judge(observed: Codes, asked: Codes) -> Verdict:
    """MET when every observed interval lies in an asked one, NOT_MET when none touches, else UNKNOWN."""
    verdicts = {_one(code, asked) for code in observed}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN


def _one(code: str, asked: Codes) -> Verdict:
    low, high = _ends(code)
    wanted = [_ends(other) for other in asked]
    if any(start <= low and high <= end for start, end in wanted):
        return Verdict.MET
    return Verdict.UNKNOWN if any(start <= high and low <= end for start, end in wanted) else Verdict.NOT_MET


def _ends(code: str) -> tuple[float, float]:
    """The interval, closed: an open end is the next number that a float can hold."""
    match = _CODE.fullmatch(code)
    if not match:
        return (0.0, math.inf)
    low, high = float(match[2]), float(match[3])
    return (
        math.nextafter(low, math.inf) if match[1] == "(" else low,
        math.nextafter(high, 0.0) if match[4] == ")" else high,
    )


def _mm(number: str) -> float:
    return float(number.replace(",", "."))
