"""A span that is told by its two ends: « au moins 24 mois mais pas plus de 60 mois » is 24 to 60 months."""

from rules.hinted import hinted
from rules.reading.clause import plain

_UNIT = r"(?:semaines?|mois|ans|annees?|jours?|cycles?|cures?|weeks?|months?|years?|days?|cycles?)"
_BOTH_ENDS = hinted(
    r"(?:au moins|au minimum|un minimum de|minimum|at least|plus de|more than|≥|>=?)\s?(?P<low>\d{1,3})"
    rf"(?:\s(?P<unit>{_UNIT}))?,?\s(?:(?:mais|et|but|and)\s)?"
    r"(?:pas plus de|pas plus d'|au plus|au maximum|maximum|moins de|no more than|not more than|at most|less than|"
    r"up to|jusqu'a|≤|<=?)\s?(?P<high>\d{1,3})\s(?P<last>" + _UNIT + r")(?![a-z])"
)


def ranges_spelled(text: str) -> str:
    """The text with such a span as « 24 à 60 mois ». Two units that differ, or no order, leave it as it is."""
    match = _BOTH_ENDS.search(plain(text))
    if match is None or int(match["low"]) >= int(match["high"]):
        return text
    if match["unit"] and match["unit"].rstrip("s") != match["last"].rstrip("s"):
        return text
    unit = text[slice(*match.span("last"))]
    joint = "to" if match["last"] in _ENGLISH else "à"
    return f"{text[: match.start()]}{match['low']} {joint} {match['high']} {unit}{text[match.end() :]}"


_ENGLISH = frozenset({"weeks", "months", "years", "days"})
