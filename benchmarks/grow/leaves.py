"""One leaf of a criterion varied as protocols of one family vary it: limits, delays, and the sets it asks for."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeVar

from benchmarks.grow.limits import other_lab
from benchmarks.grow.markers import varied_demand
from benchmarks.grow.sets import (
    apparatuses,
    near_conditions,
    near_histologies,
    near_metastatic_sites,
    near_organs,
    near_treatments,
    some_of,
    varied_set,
)
from rules import criteria as asked
from rules.kinds import BrainState, Extent, Scale

T = TypeVar("T")

DAYS = (7, 10, 14, 21, 28, 30, 35, 42, 56, 60, 84, 91, 122, 152, 183, 274, 365, 548, 730, 1096, 1826)
"""Delays that protocols write: weeks, then months of 30.4 days and years of 365.25."""
_ADULT_LOW = (16, 18, 18, 18, 18, 18, 20, 21, 40, 50, 55, 60, 65, 70, 75)
_CHILD_LOW = (0, 0, 1, 2, 3, 6, 10, 12)
_ADULT_HIGH = (None, 65, 70, 75, 79, 80, 84, 85, 90, 99, 100)
_CHILD_HIGH = (15, 17, 18, 19, 21, 25, 30)
_SETTINGS = ("adjuvant", "curative", "locally_advanced", "maintenance", "metastatic", "neoadjuvant", "palliative")
_OUTCOMES = ("progression", "relapse", "response", "stable", "toxicity")
_GROUPS = ("0", "I", "IA", "IB", "II", "IIA", "IIB", "IIC", "III", "IIIA", "IIIB", "IIIC", "IV", "IVA", "IVB", "IVC")
_TNM = {
    "t": ("T0", "Tis", "T1", "T1a", "T1b", "T1c", "T2", "T2a", "T2b", "T3", "T3a", "T3b", "T4", "T4a", "T4b", "T4d"),
    "n": ("N0", "N1", "N1a", "N1b", "N1c", "N2", "N2a", "N2b", "N2c", "N3", "N3a", "N3b"),
    "m": ("M0", "M1", "M1a", "M1b", "M1c", "M1d"),
}
_LINES = ((1, 1), (1, 2), (1, None), (2, 2), (2, 3), (2, None), (3, 3), (3, 4), (3, None), (4, None))
_OTHER_CANCER_DAYS = (365, 548, 730, 913, 1096, 1461, 1826, 2557, 3652)
_EXTENTS = (
    frozenset({Extent.METASTATIC}),
    frozenset({Extent.LOCALLY_ADVANCED, Extent.METASTATIC}),
    frozenset({Extent.LOCALLY_ADVANCED, Extent.METASTATIC, Extent.BORDERLINE}),
    frozenset({Extent.LOCALLY_ADVANCED, Extent.BORDERLINE}),
    frozenset({Extent.LOCALISED, Extent.BORDERLINE}),
    frozenset({Extent.LOCALISED, Extent.BORDERLINE, Extent.LOCALLY_ADVANCED}),
)
"""Each beside the ones it is exchanged for."""


@dataclass(slots=True)
class Family:
    """What one grown trial varies together: its organs, and the numbers that several of its criteria share."""

    chance: Random
    organs: frozenset[str]
    numbers: dict[tuple[str, object], Any] = field(default_factory=dict)

    @property
    def apparatuses(self) -> frozenset[str]:
        return apparatuses(self.organs)

    def shared(self, what: str, value: T, others: tuple[T, ...], *, share: float) -> T:
        """The value that stands for this one in the whole trial: another with probability `share`, else itself."""
        at = (what, value)
        if at not in self.numbers:
            self.numbers[at] = self.chance.choice(others) if self.chance.random() < share else value
        found: T = self.numbers[at]
        return found

    def some(self, ids: frozenset[str], near: Callable[[str], tuple[str, ...]], strength: int) -> frozenset[str]:
        return varied_set(ids, near, self.chance, strength)

    def days(self, days: int | None, *, share: float) -> int | None:
        """Another delay, or with probability `share` one where there was none."""
        if days is None and self.chance.random() >= share:
            return None
        return self.chance.choice(DAYS)


def _organ(leaf: asked.OrganIs, family: Family, strength: int) -> asked.Leaf:
    return (
        leaf
        if leaf.all_solid
        else replace(leaf, organs=family.some(leaf.organs, near_organs(family.apparatuses), strength))
    )


def _family_of(leaf: asked.FamilyOf, family: Family, strength: int) -> asked.Leaf:
    return replace(leaf, organs=family.some(leaf.organs, near_organs(family.apparatuses), strength))


def _histology(leaf: asked.HistologyIs, family: Family, strength: int) -> asked.Leaf:
    near = near_histologies(family.apparatuses)
    return replace(leaf, histologies=family.some(leaf.histologies, near, strength))


def _marker(leaf: asked.MarkerIs, family: Family, strength: int) -> asked.Leaf:
    return asked.MarkerIs(varied_demand(leaf.demand, family.organs, family.chance, strength))


def _treated(leaf: asked.Treated, family: Family, strength: int) -> asked.Leaf:
    chance = family.chance
    settings, outcomes = leaf.settings, leaf.outcomes
    if settings or chance.random() < 0.15 * strength:
        settings = _varied_words(settings, _SETTINGS, chance)
    if outcomes or chance.random() < 0.05 * strength:
        outcomes = _varied_words(outcomes, _OUTCOMES, chance)
    return asked.Treated(
        treatments=family.some(leaf.treatments, near_treatments, strength),
        settings=settings,
        outcomes=outcomes,
        within_days=family.days(leaf.within_days, share=0.15 * strength if leaf.since_days is None else 0),
        since_days=family.days(leaf.since_days, share=0),
        relapse_within_days=family.days(leaf.relapse_within_days, share=0),
        lasting_days=family.days(leaf.lasting_days, share=0),
        lines=leaf.lines,
        last=leaf.last,
    )


def _varied_words(words: frozenset[str], all_words: tuple[str, ...], chance: Random) -> frozenset[str]:
    """Some in, some out; never none."""
    return frozenset(word for word in all_words if (word in words) is not (chance.random() < 0.2)) or words


def _washout(leaf: asked.Washout | asked.Window, family: Family, strength: int) -> asked.Leaf:
    treatments = family.some(leaf.treatments, near_treatments, strength - 1) if leaf.treatments else leaf.treatments
    return replace(leaf, treatments=treatments, days=family.chance.choice(DAYS))


def _prior_lines(leaf: asked.PriorLines, family: Family, strength: int) -> asked.Leaf:
    low = max(0, leaf.low + family.chance.choice((-1, 0, 0, 1)))
    high = None if leaf.high is None else max(low, leaf.high + family.chance.choice((-1, 0, 1, 2)))
    of = family.some(leaf.of, near_treatments, strength) if leaf.of else leaf.of
    if not of and strength > 1:
        of = frozenset({family.chance.choice(near_treatments("chemotherapy") + near_treatments("immunotherapy"))})
    return asked.PriorLines(low, high, of)


def _condition(leaf: asked.HasCondition, family: Family, strength: int) -> asked.Leaf:
    chance = family.chance
    treated_by = family.some(leaf.treated_by, near_conditions, strength) if leaf.treated_by else leaf.treated_by
    days = family.days(leaf.within_days, share=0.1 * strength)
    return asked.HasCondition(
        conditions=family.some(leaf.conditions, near_conditions, strength),
        within_days=days,
        active=leaf.active if chance.random() < 0.9 else not leaf.active,
        suspected_too=leaf.suspected_too or chance.random() < 0.03,
        treated_by=treated_by,
    )


def _medication(leaf: asked.TakesMedication, family: Family, strength: int) -> asked.Leaf:
    return replace(leaf, medications=family.some(leaf.medications, near_conditions, strength))


def _other_cancer(leaf: asked.OtherCancer, family: Family, strength: int) -> asked.Leaf:
    chance = family.chance
    days = leaf.within_days
    if days is not None or (not leaf.ever and chance.random() < 0.2 * strength):
        days = chance.choice(_OTHER_CANCER_DAYS)
    excepted = leaf.excepted
    if excepted or strength > 1:
        excepted = family.some(excepted or frozenset({"in_situ_carcinoma"}), near_conditions, strength)
    return replace(leaf, within_days=days, excepted=excepted)


def _metastasis(leaf: asked.MetastasisIn, family: Family, strength: int) -> asked.Leaf:
    return replace(leaf, sites=family.some(leaf.sites, near_metastatic_sites, strength))


def _stage(leaf: asked.StageIn, family: Family, strength: int) -> asked.Leaf:
    if not leaf.groups:
        return leaf
    return replace(leaf, groups=_beside(leaf.groups, _GROUPS, family.chance, strength))


def _tnm(leaf: asked.TnmIs, family: Family, strength: int) -> asked.Leaf:
    return replace(leaf, values=_beside(leaf.values, _TNM[leaf.component], family.chance, strength))


def _beside(values: frozenset[str], order: tuple[str, ...], chance: Random, strength: int) -> frozenset[str]:
    """One value less, or the one before or after one of them more."""
    kept = set(values)
    for _ in range(strength):
        one = chance.choice(sorted(kept))
        if one in order and (len(kept) == 1 or chance.random() < 0.6):
            at = order.index(one) + chance.choice((-1, 1))
            kept.add(order[min(max(at, 0), len(order) - 1)])
        elif len(kept) > 1:
            kept.remove(one)
    return frozenset(kept)


def _lab(leaf: asked.LabIn, family: Family, strength: int) -> asked.Leaf:
    return other_lab(leaf, family.chance, strength)


def _age(leaf: asked.AgeIn, family: Family, _strength: int) -> asked.Leaf:
    child = (leaf.low is not None and leaf.low < 16) or (leaf.high is not None and leaf.high <= 30)
    low, high = leaf.low, leaf.high
    if low is not None:
        low = family.shared("age from", low, _CHILD_LOW if child else _ADULT_LOW, share=0.4)
    if high is not None:
        high = family.shared("age to", high, _CHILD_HIGH if child else _ADULT_HIGH, share=0.4)
    return leaf if low is not None and high is not None and low > high else replace(leaf, low=low, high=high)


def _performance(leaf: asked.PerformanceIn, family: Family, _strength: int) -> asked.Leaf:
    if leaf.scale is Scale.ECOG and leaf.high is not None:
        high = family.shared("ecog to", float(leaf.high), (1.0, 1.0, 2.0, 2.0, 3.0), share=0.4)
        return leaf if leaf.low is not None and leaf.low > high else replace(leaf, high=high)
    if leaf.scale in (Scale.KARNOFSKY, Scale.LANSKY) and leaf.low is not None:
        return replace(leaf, low=family.shared("karnofsky from", float(leaf.low), (40.0, 60.0, 70.0, 80.0), share=0.5))
    return leaf


def _line(leaf: asked.LineIn, family: Family, _strength: int) -> asked.Leaf:
    near = tuple(pair for pair in _LINES if abs(pair[0] - leaf.low) <= 1)
    low, high = family.shared("line", (leaf.low, leaf.high), near or _LINES, share=0.4)
    return asked.LineIn(low, high)


def _extent(leaf: asked.ExtentIn, family: Family, _strength: int) -> asked.Leaf:
    if leaf.extents not in _EXTENTS:
        return leaf
    at = _EXTENTS.index(leaf.extents)
    return asked.ExtentIn(family.shared("extent", leaf.extents, _EXTENTS[max(at - 1, 0) : at + 2], share=0.3))


def _brain(leaf: asked.BrainMetastasesIn, family: Family, _strength: int) -> asked.Leaf:
    states = frozenset(some_of(tuple(BrainState), family.chance, share=0.5))
    return leaf if not states or family.chance.random() < 0.7 else asked.BrainMetastasesIn(states)


Variation = Callable[[Any, Family, int], asked.Leaf]

RICH: dict[type, Variation] = {
    asked.OrganIs: _organ,
    asked.FamilyOf: _family_of,
    asked.HistologyIs: _histology,
    asked.MarkerIs: _marker,
    asked.Treated: _treated,
    asked.Washout: _washout,
    asked.Window: _washout,
    asked.PriorLines: _prior_lines,
    asked.HasCondition: _condition,
    asked.TakesMedication: _medication,
    asked.OtherCancer: _other_cancer,
    asked.MetastasisIn: _metastasis,
    asked.LabIn: _lab,
    asked.StageIn: _stage,
    asked.TnmIs: _tnm,
}
"""Leaves of which a large catalogue holds many different ones: sets, delays and limits."""

PLAIN: dict[type, Variation] = {
    asked.AgeIn: _age,
    asked.PerformanceIn: _performance,
    asked.LineIn: _line,
    asked.ExtentIn: _extent,
    asked.BrainMetastasesIn: _brain,
}
"""Leaves of which any catalogue holds the same few."""
