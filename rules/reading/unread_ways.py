"""A sentence of alternatives that was read in part leaves nobody out: what was not read may be another way in.

« Récidive après radiothérapie, ou forme X de stade III » of which the second half is not understood still asks the
question; it does not rule out who has no recurrence. A sentence without alternatives keeps what was surely read.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rules.criteria import AnyOf, Criterion, HistologyIs, OrganIs, Origin, Polarity, StageIn, Unread, leaves
from rules.hinted import hinted
from rules.reading.clause import plain
from rules.reading.several_tumours import line_of

_ALTERNATIVES = hinted(r"\bou\b|\bor\b|;|/")


def with_unread_ways(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """The criteria, those read in part from a sentence of alternatives unable to rule out."""
    every = tuple(criteria)
    scores = Counter(line_of(one) for one in every if _is_of_a_score(one))
    return tuple(
        _open(one) if _is_one_way(one) or (scores[line_of(one)] > 1 and _is_of_a_score(one)) else one for one in every
    )


def _is_of_a_score(one: Criterion) -> bool:
    """« IPSS int-2 ou haut, R-IPSS haut, cytopénies sévères »: two scores of one disease say how bad it is, either."""
    return one.origin is Origin.READ and one.polarity is Polarity.INCLUSION and bool(_scores(one))


def _scores(one: Criterion) -> frozenset[str]:
    found = (leaf for leaf in leaves(one.test) if isinstance(leaf, StageIn))
    return frozenset(value.system for leaf in found for value in leaf.values) & _SCORES


_SCORES = frozenset(
    {
        "ipss",
        "ipss_r",
        "ipss_m",
        "iss",
        "r_iss",
        "r2_iss",
        "rai",
        "binet",
        "dipss",
        "dipss_plus",
        "mipss70",
        "damico",
        "nccn_prostate",
    }
)


def _is_one_way(one: Criterion) -> bool:
    if one.origin is not Origin.READ or one.polarity is Polarity.EXCLUSION:
        return False
    found = tuple(leaves(one.test))
    unread = sum(isinstance(leaf, Unread) for leaf in found)
    of_tumour = all(isinstance(leaf, Unread | OrganIs | HistologyIs) for leaf in found)
    return 0 < unread < len(found) and not of_tumour and _ALTERNATIVES.search(plain(one.text)) is not None


def _open(one: Criterion) -> Criterion:
    return replace(one, test=AnyOf((one.test, Unread(one.kind))))
