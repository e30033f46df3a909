"""A sentence of alternatives that was read in part leaves nobody out: what was not read may be another way in.

« Récidive après radiothérapie, ou forme X de stade III » of which the second half is not understood still asks the
question; it does not rule out who has no recurrence. A sentence without alternatives keeps what was surely read.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rules.criteria import AnyOf, Criterion, HistologyIs, Kind, OrganIs, Origin, Polarity, StageIn, Unread, leaves
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
    return 0 < unread < len(found) and not of_tumour and _ALTERNATIVES.search(_said(one)) is not None


def _said(one: Criterion) -> str:
    """The plain words of a sentence that may hold another way in: a permission in a bracket holds none, nor does one
    about how a marker is measured where something else is asked."""
    words = _PERMITS.sub("", plain(one.text))
    return words if one.kind is Kind.BIOMARKER else _SAMPLED.sub("", _MEASURED.sub("", words))


_INSIDE = r"(?:[^()\[\]]|\[[^\[\]]*\])*"
_PERMITS = re.compile(
    rf"\((?!(?:ou|or|soit)\b){_INSIDE}\b\d[^()]*\b(?:cycles?|cures?|jours?|days?|semaines?|weeks?)\s(?:accept|autoris|"
    rf"permis|admis|toler|allow|permit)\w*{_INSIDE}\)"
)
_MEASURED = re.compile(rf"\((?!(?:ou|or|soit)\b){_INSIDE}\b(?:ihc|f?ish|his|cps|tps)\b{_INSIDE}\)")
_SAMPLED = re.compile(
    r"\b(?:sur|dans|on|in) (?:la |le |l'|the |une? )?(?:biopsie|piece operatoire|biopsy|tumeur|tissu|prelevement)"
    r"(?: \w+)? (?:ou|or) (?:sur )?(?:la |le |l'|the |une? )?"
    r"(?:biopsie|piece operatoire|piece|surgical specimen|metastase)"
)
"""« sur la biopsie ou la pièce opératoire »: where it was found."""


def _open(one: Criterion) -> Criterion:
    return replace(one, test=AnyOf((one.test, Unread(one.kind))))
