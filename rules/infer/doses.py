"""Corticoids by their dose: more than 10 mg of prednisone a day, the limit that trials set, or not more."""

import re

from rules.case import Medication
from rules.text import fold

OVER, UP_TO = "corticosteroids_over_10_mg", "corticosteroids_up_to_10_mg"
_LIMIT_MG = 10.0
_PREDNISONE_MG = (
    (r"prednis|solupred|cortancyl", 1.0),
    (r"methylpred|medrol", 1.25),
    (r"dexameth|neofordex|dectancyl|betameth|celestene", 6.67),
    (r"hydrocortis", 0.25),
)
"""Milligrams of prednisone that one milligram is worth (Vidal, HAS: 5 = 4 = 0.75 = 20 mg)."""
_A_DAY = re.compile(
    r"(?<![\d.,])(?P<mg>\d+(?:[.,]\d+)?)\s?mg(?:\s?(?:/|par)\s?(?:j(?:our)?|24\s?h|day)s?\b|\s?(?:daily|quotidien\w*))?"
    r"(?!\s?[/\w])"
)


def corticosteroid_dose(item: Medication) -> str | None:
    """The concept of a corticoid's dose; None where the drug or its dose a day is not sure."""
    name = fold(item.name)
    factors = {factor for words, factor in _PREDNISONE_MG if re.search(words, name)}
    if "methylpred" in name:
        factors -= {1.0}
    doses = [*_A_DAY.finditer(fold(item.dose or "")), *_A_DAY.finditer(name)]
    amounts = {float(one["mg"].replace(",", ".")) for one in doses}
    if len(factors) != 1 or len(amounts) != 1:
        return None
    return OVER if amounts.pop() * factors.pop() > _LIMIT_MG else UP_TO
