"""« Lignes antérieures : 0 ou 1 »: how many lines came before, behind a label that says what is counted."""

import re
from collections.abc import Iterator

from rules.criteria import Kind, Polarity, PriorLines
from rules.reading.clause import Clause, Found

_LABELLED = re.compile(
    r"^\W*(?:nombre (?:de |d')|number of )?(?:(?:prior|previous) )?(?:lignes?|"
    r"lines?)(?: (?:de traitement|de chimiotherapie|systemiques?|"
    r"anterieures?|precedentes?|recues?|prior|of therapy))*\s?(?:autorisee?s? )?:\s?(?:(?P<most>≤|"
    r"< ?=|maximum|max|au plus|jusqu'a)\s?)?(?P<least>(?:≥|> ?=|au moins|minimum)\s?)?(?P<a>\d)(?:\s?(?:-|a|to|ou|or|"
    r"/)\s?(?P<b>\d))?\s?(?P<more>\+|ou plus|et plus)?\W*$"
)


def labelled(clause: Clause) -> Iterator[Found]:
    """The lines that a whole clause counts behind its label."""
    match = _LABELLED.match(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    if match is None or not re.search(r"anterieur|precedent|recue|prior|previous", match[0]):
        return
    low, high = int(match["a"]), int(match["b"] or match["a"])
    if match["most"]:
        low = 0
    open_ = match["least"] or match["more"]
    if low <= high:
        yield Found(*match.span(), PriorLines(low, None if open_ else high), Kind.LINE)
