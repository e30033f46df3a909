"""Exclusions of what was given shortly before the trial, of which part is not read: a delay, for the screening."""

import re

from rules.criteria import AllOf, AnyOf, Kind, Polarity, Test, Treated, Unread, leaves
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.reading.joining import Read, Row

_SHORT = (
    r"(?:[1-9]|[1-5]\d) ?(?:jours?|j|days?)|(?:[1-9]|1\d|2[0-6]) ?(?:semaines?|sem|weeks?|wks?)|[1-6] ?(?:mois|months?)"
)
_RECENT = hinted(
    rf"(?:\b(?:dans les|au cours des|within|moins de|<)|[<≤]=?) ?(?:{_SHORT})(?: ou \d[^,;]{{0,30}})? "
    r"(?:avant|precedant|qui precedent|prior to|before|preceding)\b|"
    rf"(?:\b(?:dans les|au cours des|within|moins de)|[<≤]=?) ?(?:{_SHORT})\W*$"
)
_SINCE = re.compile(r"progress|rechut|recidiv|refract|resist|relaps")


_ADVERSE = hinted(
    r"\b(?:effets? (?:indesirable|secondaire)|evenements? indesirable|toxicites?|adverse (?:event|"
    r"effect|reaction))s?\b|"
    r"\b(?:concomitante?s?|concurrent|simultanee?s?)\b|"
    r"\b(?:empechant|interdisant|contre-?indiquant|compromettant|precluding|preventing)\b"
)
"""What a treatment did to the patient, what it forbids, what is given beside the trial: the form does not tell it."""


def as_delay(clause: Clause, read: Read) -> Read:
    """« Toute thérapie (y compris …) dans les 3 semaines avant la première dose », « effet indésirable de … »: nobody
    is asked about it."""
    if clause.polarity is not Polarity.EXCLUSION or read.whole:
        return read
    late = _RECENT.search(clause.plain) and not _SINCE.search(clause.plain)
    if not late and not _ADVERSE.search(clause.plain):
        return read
    return Read(tuple(_row(row) for row in read.tests), False, read.permits)


def _row(row: Row) -> Row:
    kind, _, test = row
    told = kind is Kind.PRIOR_TREATMENT and all(isinstance(leaf, Treated | Unread) for leaf in leaves(test))
    return (Kind.WASHOUT, False, test) if told and not _settles(test) else row


def _settles(test: Test) -> bool:
    """Whether a test may hold by what was read of it alone."""
    match test:
        case AllOf(parts):
            return all(_settles(part) for part in parts)
        case AnyOf(parts):
            return any(_settles(part) for part in parts)
        case _:
            return not isinstance(test, Unread)
