"""« … à l'exclusion de tout autre oncogène »: that what is asked is alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import AllOf, MarkerIs, Test
from rules.marker_results import MarkerDemand
from rules.markers import MARKERS
from rules.reading.clause import Clause
from rules.reading.markers.rest import targets_of

_CHANGE = r"(?:alterations?|anomalies?|mutations?|oncogenes?|drivers?|addictions?|aberrations?)"
_TELLS = (
    r"(?:sensibles?|sensitive|sensibilisantes?|activatri\w+|activating|oncogeni\w+|motrices?|majeure?s?|ciblables?|"
    r"actionn?ables?|targetable|connue?s?|known|genomi\w+|moleculaires?|driver|concomitante?s?|associee?s?|genetiques?)"
)
_ONE = (
    r"(?:(?:de |d'|of )?(?:tou(?:te?|s|tes)|any|aucune?)\s)?(?:de |d')?(?:autres?|other|"
    rf"another)\s(?:{_TELLS}\s)*{_CHANGE}"
    rf"(?:\s{_TELLS})*(?:\s(?:de l'|d'|du |de |of )?(?P<gene>egfr))?(?:\s{_TELLS})*"
)
_ALONE = re.compile(
    r"[\s,(]*\b(?:a l'exclusion|en l'absence|sans|absence|excluding|without|et sans|hormis|hors|et pas|"
    r"pas)\s?(?:de |d'|of |any )?"
    rf"(?P<first>{_ONE})(?:\s(?:et|ou|ni|and|or|and/or|"
    rf"et/ou)\s(?P<second>{_ONE.replace('<gene>', '<gene2>')}))?\)?(?=\W*$)"
)
_SENSITISING = ("L858R", "délétion exon 19", "insertion exon 20")


def nothing_else(clause: Clause) -> tuple[int, int] | None:
    """Where the end of a clause says so; None: nowhere, or at its start, where nothing is asked before."""
    if "autre" not in clause.plain and "other" not in clause.plain:
        return None
    match = _ALONE.search(clause.plain)
    return match.span() if match and match.start() else None


def others_absent(words: str, asked: Sequence[MarkerDemand], organs: frozenset[str]) -> Test | None:
    """That the others are absent, by the targets of the trial's organ; None where these are not known."""
    match = _ALONE.search(words)
    if match is None or not asked:
        return None
    demands: list[MarkerDemand] = []
    for part, gene in ((match["first"], match["gene"]), (match["second"], match["gene2"])):
        if not part:
            continue
        found = _of_gene(asked) if gene else _of_others(asked, organs)
        if not found:
            return None
        demands += found
    return AllOf(tuple(MarkerIs(replace(one, presence="absent")) for one in demands))


def _of_gene(asked: Sequence[MarkerDemand]) -> list[MarkerDemand]:
    """The usual mutations of EGFR that are not asked for; none where EGFR is not asked for at all."""
    named = frozenset().union(*(one.alterations for one in asked if "EGFR" in one.markers))
    others = [MarkerDemand.of("EGFR", "present", variants=(variant,)) for variant in _SENSITISING]
    return [one for one in others if not one.alterations & named] if named else []


def _of_others(asked: Sequence[MarkerDemand], organs: frozenset[str]) -> list[MarkerDemand]:
    own = frozenset(marker for one in asked for marker in one.markers)
    kept = [one for one in targets_of(organs) if not any(_akin(mine, other) for mine in own for other in one.markers)]
    return kept if len(kept) < len(targets_of(organs)) else []


def _akin(one: str, other: str) -> bool:
    return MARKERS.covers(one, other) or MARKERS.covers(other, one)
