"""A sentence of alternatives that was read in part leaves nobody out: what was not read may be another way in.

« Récidive après radiothérapie, ou forme X de stade III » of which the second half is not understood still asks the
question; it does not rule out who has no recurrence. A sentence without alternatives keeps what was surely read.
"""

from collections.abc import Iterable
from dataclasses import replace

from rules.criteria import AnyOf, Criterion, HistologyIs, OrganIs, Origin, Polarity, Unread, leaves
from rules.hinted import hinted
from rules.reading.clause import plain

_ALTERNATIVES = hinted(r"\bou\b|\bor\b|;|/")


def with_unread_ways(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """The criteria, those read in part from a sentence of alternatives unable to rule out."""
    return tuple(_open(one) if _is_one_way(one) else one for one in criteria)


def _is_one_way(one: Criterion) -> bool:
    if one.origin is not Origin.READ or one.polarity is Polarity.EXCLUSION:
        return False
    found = tuple(leaves(one.test))
    unread = sum(isinstance(leaf, Unread) for leaf in found)
    of_tumour = all(isinstance(leaf, Unread | OrganIs | HistologyIs) for leaf in found)
    return 0 < unread < len(found) and not of_tumour and _ALTERNATIVES.search(plain(one.text)) is not None


def _open(one: Criterion) -> Criterion:
    return replace(one, test=AnyOf((one.test, Unread(one.kind))))
