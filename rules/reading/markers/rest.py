"""« … ou autre driver »: which others may be meant, by what has a target in the organs of the trial."""

import re
from collections.abc import Iterable

from rules.criteria import AllOf, Kind, MarkerIs, Test, Unread, leaves
from rules.junctions import either
from rules.marker_results import MarkerDemand
from rules.markers import MARKERS, panel_targets

_CLASSES = {"MET": ("exon 14",), "BRAF": ("V600E",), "HER2": ("mutation",)}
"""What of a gene is a target: the rest of what befalls it is not."""
_TARGETED = re.compile(r"traite|therap|treat|\btt\b|ciblabl|actionn?abl|target|druggab|\baga\b|approuv|approved|valid")
_NO_TARGET_YET = ("KRAS", "NRG1")


def targets_of(organs: frozenset[str]) -> list[MarkerDemand]:
    """The alterations that have a target in one of the organs, as trials ask for them; none: organs not known."""
    every = panel_targets(organs)
    markers = sorted(one for one in every if not any(two != one and MARKERS.covers(two, one) for two in every))
    return [MarkerDemand.of(marker, "present", variants=_CLASSES.get(marker, ())) for marker in markers]


def as_target(demand: MarkerDemand) -> MarkerDemand:
    """« MET » among what a treatment is approved for is what of it is a target; what is told of it stays."""
    gene = min(demand.markers) if len(demand.markers) == 1 else ""
    bare = gene in _CLASSES and demand == MarkerDemand.of(gene, demand.presence)
    return MarkerDemand.of(gene, demand.presence, variants=_CLASSES[gene]) if bare else demand


def others_open(words: str, named: Iterable[str], organs: frozenset[str]) -> Test | None:
    """Who has one of the others may be meant, unless it is the trial's own; who has none is not. None: not known."""
    usual = targets_of(organs)
    if not usual:
        return None
    if not _TARGETED.search(words):
        usual += [MarkerDemand.of(marker, "present") for marker in _NO_TARGET_YET]
    told = frozenset(named)
    rest = [one for one in usual if not any(MARKERS.covers(two, min(one.markers)) for two in told)]
    return AllOf((either([MarkerIs(one) for one in rest]), Unread(Kind.BIOMARKER))) if rest else None


def others_of(usual: Iterable[MarkerDemand], named: Iterable[str]) -> list[MarkerDemand]:
    """The drivers of an organ, those without a target yet among them, that are none of the named ones."""
    told = frozenset(named)
    every = [*usual, *(MarkerDemand.of(marker, "present", variants=_OF_A_DRIVER[marker]) for marker in _NO_TARGET_YET)]
    return [one for one in every if not any(_akin(two, min(one.markers)) for two in told)]


def _akin(one: str, other: str) -> bool:
    return MARKERS.covers(one, other) or MARKERS.covers(other, one)


_OF_A_DRIVER = {"KRAS": ("mutation",), "NRG1": ("fusion",)}


def named_in(test: Test) -> frozenset[str]:
    """The markers that a test names."""
    return frozenset[str]().union(*(leaf.demand.markers for leaf in leaves(test) if isinstance(leaf, MarkerIs)))
