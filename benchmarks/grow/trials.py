"""A larger catalogue grown from a real one at the level of the understood trial: no text is read again.

Each grown trial takes one real trial and changes what protocols of one family change between each other. In life every
protocol has its own words, so the number of distinct leaves grows with the catalogue: a tally keeps it doing so.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random

from benchmarks.grow.leaves import PLAIN, RICH, Family
from benchmarks.grow.sets import apparatuses, some_of
from rules.criteria import AllOf, AnyOf, AtLeast, Criterion, FamilyOf, Leaf, Not, OrganIs, Test, leaves
from rules.kinds import Kind, Origin, Polarity
from rules.trial import Cohort, Identifiers, Site, SiteStatus, Trial, TrialStatus

DRAWS = 8
"""How often a leaf that should be a new one is drawn until it is."""
MARGIN = 1.01
MOST_OF_ONE_TYPE = 1.5
"""So many times its own rate a type may give where the others have no more to give."""
_PARTS_KEPT = 0.95
_READ_KEPT = 0.88
_OF_ANOTHER_PATIENT = frozenset({Kind.ORGAN, Kind.HISTOLOGY, Kind.AGE, Kind.SEX, Kind.ECOG})
_TRIAL_STATUSES = (*(TrialStatus.OPEN,) * 17, TrialStatus.SUSPENDED, TrialStatus.PLANNED, TrialStatus.CLOSED)
_COHORT_STATUSES = (TrialStatus.OPEN, TrialStatus.OPEN, TrialStatus.CLOSED, TrialStatus.SUSPENDED)
_SITE_STATUSES = (*(SiteStatus.OPEN,) * 7, SiteStatus.PLANNED, SiteStatus.SUSPENDED, SiteStatus.CLOSED)


def grown_trials(trials: Sequence[Trial], size: int, *, seed: int = 2026) -> tuple[Trial, ...]:
    """`size` trials: the real ones first, then varied ones; a smaller catalogue is the start of a larger one.

    Distinct leaves stay at least as many a criterion as among the real ones. Equal leaves, tests and criteria are the
    same objects. Raises ValueError without a real trial.
    """
    if not trials:
        raise ValueError("a catalogue grows from at least one trial")
    growth = _Growth(trials, Random(seed))  # noqa: S311 -- a seeded generator is the point
    with _without_collector():
        return (*trials[:size], *(growth.another(index) for index in range(len(trials), size)))


@contextmanager
def _without_collector() -> Iterator[None]:
    """The collector of cycles pauses: it would walk millions of frozen values again and again, none in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def criteria_of(trial: Trial) -> Iterable[Criterion]:
    """The criteria of the trial, then those of its cohorts."""
    yield from trial.criteria
    for cohort in trial.cohorts:
        yield from cohort.criteria


class _Tally:
    """The leaves of the catalogue so far, and whether one more of a type should be a new one."""

    def __init__(self, trials: Sequence[Trial]) -> None:
        self.known: dict[Leaf, Leaf] = {}
        self.distinct: Counter[type] = Counter()
        self.criteria = 0
        for trial in trials:
            for one in criteria_of(trial):
                self.criteria += 1
                for leaf in leaves(one.test):
                    self.shared(leaf)
        self.rate = {type_: count / self.criteria for type_, count in self.distinct.items()}
        self.least = MARGIN * len(self.known) / self.criteria

    def shared(self, leaf: Leaf) -> Leaf:
        """The one object that stands for all equal leaves."""
        found = self.known.get(leaf)
        if found is None:
            found = self.known[leaf] = leaf
            self.distinct[type(leaf)] += 1
        return found

    def wants_new(self, type_: type) -> bool:
        """Whether the catalogue, or the leaves of this type, repeat themselves more than the real ones."""
        usual = self.rate.get(type_, 0) * self.criteria
        few = len(self.known) < self.least * self.criteria
        return self.distinct[type_] < (MOST_OF_ONE_TYPE * usual if few else usual)


class _Growth:
    """What the grown trials share: the tally, the interned tests and criteria, and what a trial may borrow."""

    def __init__(self, trials: Sequence[Trial], chance: Random) -> None:
        self.trials = trials
        self.chance = chance
        self.tally = _Tally(trials)
        self.sites = tuple(dict.fromkeys(site for trial in trials for site in trial.sites))
        self.organs = {trial.id: organs_of(trial) for trial in trials}
        self.loans = self._loans()
        self._tests: dict[tuple[object, ...], Test] = {}
        self._criteria: dict[tuple[int, int, str], Criterion] = {}

    def another(self, index: int) -> Trial:
        """A trial of the family of a real one, whose tests are not the same."""
        source = self.chance.choice(self.trials)
        draft = _Draft(self, Family(self.chance, self.organs[source.id]))
        criteria, cohorts = draft.criteria(source), draft.cohorts(source)
        while _tests(criteria, cohorts) == _tests(source.criteria, source.cohorts):
            draft = _Draft(self, Family(self.chance, self.organs[source.id]))
            criteria, cohorts = draft.criteria(source), draft.cohorts(source)
        return replace(
            source,
            id=f"GEN-{index:06d}",
            acronym=f"{source.acronym or 'ESSAI'}-{index:06d}",
            identifiers=Identifiers(nct=f"NCT9{index:07d}"),
            status=self.chance.choice(_TRIAL_STATUSES),
            criteria=criteria,
            cohorts=cohorts,
            sites=self._sites(source, cohorts),
        )

    def joined(self, test: Test, parts: tuple[Test, ...]) -> Test:
        """The combination of other parts; equal combinations are one object (their parts are already)."""
        at = (type(test), getattr(test, "minimum", 0), *map(id, parts))
        found = self._tests.get(at)
        if found is None:
            found = self._tests[at] = _rebuilt(test, parts)
        return found

    def criterion(self, source: Criterion, test: Test, id_: str) -> Criterion:
        """The source with another test or id; equal ones are one object."""
        if test is source.test and id_ == source.id:
            return source
        at = (id(source), id(test), id_)
        found = self._criteria.get(at)
        if found is None:
            found = self._criteria[at] = Criterion(
                id=id_,
                kind=source.kind,
                key=source.key,
                polarity=source.polarity,
                text=source.text,
                origin=source.origin,
                test=test,
            )
        return found

    def _loans(self) -> dict[str, tuple[Criterion, ...]]:
        """By trial: what others of its apparatus ask of a patient that both may take."""
        by_apparatus: dict[str, list[Trial]] = defaultdict(list)
        for trial in self.trials:
            for apparatus in sorted(apparatuses(self.organs[trial.id])) or [""]:
                by_apparatus[apparatus].append(trial)
        return {
            trial.id: tuple(
                one
                for apparatus in sorted(apparatuses(self.organs[trial.id])) or [""]
                for other in by_apparatus[apparatus]
                if other is not trial
                for one in other.criteria
                if one.origin is Origin.READ and one.kind not in _OF_ANOTHER_PATIENT
                if not one.key or one.polarity is Polarity.EXCLUSION
            )
            for trial in self.trials
        }

    def _sites(self, source: Trial, cohorts: tuple[Cohort, ...]) -> tuple[Site, ...]:
        """Some of its own and one or two of others, most of them open, each for cohorts that are there."""
        chance, ids = self.chance, frozenset(cohort.id for cohort in cohorts)
        own = list(some_of(source.sites, chance, share=0.8)) + chance.sample(self.sites, min(2, len(self.sites)))
        named = {site.name: site for site in own}
        return tuple(
            replace(site, status=chance.choice(_SITE_STATUSES), cohorts=site.cohorts & ids) for site in named.values()
        )


class _Draft:
    """One grown trial: an equal leaf of the source becomes the same leaf everywhere in it."""

    def __init__(self, growth: _Growth, family: Family) -> None:
        self.growth = growth
        self.family = family
        self.leaves: dict[Leaf, Leaf] = {}
        self.taken: set[str] = set()

    def criteria(self, source: Trial) -> tuple[Criterion, ...]:
        """Most criteria of the source, varied, and about as many of others as it lost."""
        chance = self.family.chance
        kept = [one for one in source.criteria if self._stays(one)] or list(source.criteria[:1])
        self.taken = {one.id for one in criteria_of(source)}
        own = [self._varied(one, one.id) for one in kept]
        loans = self.growth.loans[source.id]
        lost = len(source.criteria) - len(kept)
        borrowed = chance.sample(loans, min(len(loans), chance.randint(lost // 2, lost + lost // 2 + 1)))
        return (*own, *(self._varied(one, self._free_id(one)) for one in borrowed))

    def cohorts(self, source: Trial) -> tuple[Cohort, ...]:
        """Most cohorts, one of them perhaps twice under two names, one or another closed."""
        chance = self.family.chance
        kept = list(some_of(source.cohorts, chance, share=0.88)) or list(source.cohorts[:1])
        cohorts = [self._cohort(one, one.id, one.label) for one in kept]
        if kept and chance.random() < 0.5:
            again = chance.choice(kept)
            self.leaves = {}  # a cohort of its own: its leaves are varied anew
            cohorts.append(self._cohort(again, f"{again.id}-bis", f"{again.label} bis"))
        return tuple(cohorts)

    def _cohort(self, cohort: Cohort, id_: str, label: str) -> Cohort:
        chance = self.family.chance
        status = chance.choice(_COHORT_STATUSES) if chance.random() < 0.3 else cohort.status
        kept = [one for one in cohort.criteria if self._stays(one)]
        new = id_ != cohort.id
        criteria = tuple(self._varied(one, self._free_id(one) if new else one.id) for one in kept)
        return Cohort(id=id_, label=label, status=status, criteria=criteria)

    def _stays(self, one: Criterion) -> bool:
        if one.kind is Kind.ORGAN or isinstance(one.test, FamilyOf):
            return True  # the family that an organ has of its own goes with it: no source can leave it out
        return self.family.chance.random() < (_READ_KEPT if one.origin is Origin.READ else _PARTS_KEPT)

    def _free_id(self, one: Criterion) -> str:
        """An id that no criterion of the trial has, of the form that the reader gives."""
        side = "inc" if one.polarity is Polarity.INCLUSION else "exc"
        number = 61
        while (id_ := f"{side}-{number}") in self.taken:
            number += 1
        self.taken.add(id_)
        return id_

    def _varied(self, one: Criterion, id_: str) -> Criterion:
        self.growth.tally.criteria += 1
        return self.growth.criterion(one, self._test(one.test), id_)

    def _test(self, test: Test) -> Test:
        match test:
            case AllOf(parts) | AnyOf(parts):
                chance = self.family.chance
                some = some_of(parts, chance, share=_PARTS_KEPT) if len(parts) > 3 else parts
                return self._of_parts(test, some or parts)
            case AtLeast(_, parts):
                return self._of_parts(test, parts)
            case Not(part):
                return self._of_parts(test, (part,))
            case _:
                return self._leaf(test)

    def _of_parts(self, test: Test, parts: tuple[Test, ...]) -> Test:
        return self.growth.joined(test, tuple(self._test(part) for part in parts))

    def _leaf(self, leaf: Leaf) -> Leaf:
        found = self.leaves.get(leaf)
        if found is None:
            found = self.leaves[leaf] = self.growth.tally.shared(self._drawn(leaf))
        return found

    def _drawn(self, leaf: Leaf) -> Leaf:
        """Another leaf of its type; one that the catalogue has not yet where it repeats itself too much."""
        plain, rich = PLAIN.get(type(leaf)), RICH.get(type(leaf))
        if plain is not None:
            return plain(leaf, self.family, 1)
        if rich is None:
            return leaf
        if not self.growth.tally.wants_new(type(leaf)):
            return leaf if self.family.chance.random() < 0.5 else rich(leaf, self.family, 1)
        first = None
        for strength in range(1, DRAWS + 1):
            other = rich(leaf, self.family, 1 + strength // 2)
            if other not in self.growth.tally.known:
                return other
            first = first or other
        return first or leaf


def organs_of(trial: Trial) -> frozenset[str]:
    """The organs that the trial asks for, without those that it only names to leave them out; all solid ones: none."""
    asked = [
        leaf
        for one in criteria_of(trial)
        if one.kind is Kind.ORGAN and one.polarity is Polarity.INCLUSION
        for leaf in leaves(one.test)
        if isinstance(leaf, OrganIs)
    ]
    if any(leaf.all_solid for leaf in asked):
        return frozenset()
    return frozenset().union(*(leaf.organs for leaf in asked))


def _rebuilt(test: Test, parts: tuple[Test, ...]) -> Test:
    match test:
        case AtLeast(minimum, _):
            return AtLeast(minimum, parts)
        case Not():
            return Not(parts[0])
        case AllOf():
            return AllOf(parts)
        case _:
            return AnyOf(parts)


def _tests(criteria: Sequence[Criterion], cohorts: Sequence[Cohort]) -> list[Test]:
    return [one.test for group in (criteria, *(cohort.criteria for cohort in cohorts)) for one in group]
