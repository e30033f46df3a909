"""« IMDC intermédiaire (1 ou 2 facteurs) »: a bracket that tells the value of a scale once more, by its figures."""

import re

from rules.hinted import hinted
from rules.reading.clause import plain

_SCALE = hinted(r"\b(?:imdc|heng|mskcc|motzer)\b")
_COUNTS = {"good": {0}, "intermediate": {1, 2}, "poor": {3, 4, 5, 6}}
"""How many factors the groups of these scales have (IMDC: Heng 2009; MSKCC: Motzer 2002)."""
_VALUE = (
    r"(?:(?P<good{0}>favorables?|favou?rable|bons?|good)|(?P<intermediate{0}>intermediaires?|intermediate)|"
    r"(?P<poor{0}>defavorables?|unfavou?rable|mauvais|poor))"
    r"(?:[- ](?:risques?|risk|pronostics?|prognosis|group|groupe))?"
)
_FIGURES = (
    r"\s?\((?:(?:score|soit|i\.?e\.?|c'est-a-dire|avec|with|presence d(?:e |'))[:,]?\s?(?:imdc |de )?)*"
    r"(?:(?P<up>[≥>]=?\s?|au moins |at least )?(?P<low>\d)(?:\s?(?:a|-|ou|or|et|to|and)\s?(?P<high>\d))?)"
    r"(?P<more>\s(?:ou|or|et|and) (?:plus|more))?"
    r"(?:\s(?:facteurs?|points?|factors?|criteres?)(?: de (?:risque|mauvais pronostic)| pronostiques?| defavorables?|)"
    r"(?P<more2>\s(?:ou|or|et|and) (?:plus|more))?)?\)"
)
_RESTATED = re.compile(
    rf"(?:{_VALUE.format(1)}\s?(?:,|/|-|ou|or|et|and)\s?(?:de |a )?)?{_VALUE.format(2)}(?P<bracket>{_FIGURES})"
)


def without_figures(text: str) -> str:
    """The text without such brackets; one that means fewer than the group has stays, for it narrows."""
    folded = plain(text)
    if "(" not in folded or not _SCALE.search(folded):
        return text
    for match in reversed([*_RESTATED.finditer(folded)]):
        if _figures(match) in _groups(match):
            text = text[: match.start("bracket")] + text[match.end("bracket") :]
    return text


def _figures(match: re.Match[str]) -> set[int]:
    low = int(match["low"])
    if match["up"] or match["more"] or match["more2"]:
        return set(range(low + (match["up"] or "").strip().endswith(">"), 7))
    return set(range(low, int(match["high"] or low) + 1))


def _groups(match: re.Match[str]) -> list[set[int]]:
    """What the bracket may be of: the last value, or both."""
    first, last = (next((_COUNTS[name] for name in _COUNTS if match[f"{name}{at}"]), set()) for at in (1, 2))
    return [last, first | last]
