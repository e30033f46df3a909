"""The compiled catalogue: its distinct predicates by family, its tests as a tree, its trials as a layout."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rules.compiled.bits import LeafBits
from rules.compiled.explained import Explained
from rules.compiled.families import by_type, family_of
from rules.compiled.layout import Layout, layout_of
from rules.compiled.outcome import Outcome, Shape
from rules.compiled.ragged import Array
from rules.compiled.silence import Constants
from rules.compiled.states import Bytes, Places
from rules.compiled.tree import Tree, grow
from rules.compiled.verdicts import Weighing, parts_of, trials_of
from rules.criteria import Criterion, Leaf, leaves
from rules.picture import Picture
from rules.trial import Trial


class CompiledCatalogue:
    """Judges cases against every trial at once, with the meaning of the reference engine (`rules.pair`).

    A value: what it remembers between cases changes no answer. Safe among threads.
    """

    def __init__(self, trials: tuple[Trial, ...], predicates: Sequence[Leaf], tree: Tree, layout: Layout) -> None:
        families = by_type(predicates)
        self.trials = trials
        self.places = {trial.id: place for place, trial in enumerate(trials)}
        self._predicates = tuple(predicates)
        self._families = [family_of(type_, tests) for type_, tests in families.items()]
        self._counts = [len(tests) for tests in families.values()]
        self._shape = Shape(tree, self._predicates, LeafBits(self._predicates), layout, Weighing(layout, tree.nodes))
        self._constants = Constants()

    def __reduce__(self) -> tuple[type["CompiledCatalogue"], tuple[tuple[Trial, ...], tuple[Leaf, ...], Tree, Layout]]:
        # The families are made anew: what they remember is of the cases of one process, and functions do not travel.
        return CompiledCatalogue, (self.trials, self._predicates, self._shape.tree, self._shape.layout)

    @staticmethod
    def of(trials: Iterable[Trial]) -> "CompiledCatalogue":
        """The catalogue of some trials."""
        trials = tuple(trials)
        criteria = [one for trial in trials for one in _criteria_of(trial)]
        families = by_type(leaf for one in criteria for leaf in leaves(one.test))
        predicates = [leaf for tests in families.values() for leaf in tests]
        tree, numbers = grow(predicates, dict.fromkeys(one.test for one in criteria))
        return CompiledCatalogue(trials, predicates, tree, layout_of(trials, numbers))

    @property
    def is_open(self) -> NDArray[np.bool_]:
        """[trials]: whether the status of each lets it be proposed at all."""
        return ~self._shape.layout.shut

    def among(self, places: Places, *, open_only: bool = False) -> "CompiledCatalogue":
        """The catalogue of some of the trials, without compiling them again; `open_only`: those of them that are open,
        without their closed cohorts."""
        layout = self._shape.layout
        parts = layout.parts.take(places)
        if open_only:
            parts = parts.only(layout.open[parts.flat])
        rows = layout.rows_of(parts.flat)
        tree, kept, nodes = self._shape.tree.among(layout.criteria.node[rows])
        layout = layout.among(places, parts, rows=rows, nodes=nodes)
        made = CompiledCatalogue(
            tuple(self.trials[place] for place in places), [self._predicates[leaf] for leaf in kept], tree, layout
        )
        made._constants = self._constants  # of the same predicates
        return made

    @property
    def criteria(self) -> int:
        """How many criteria the trials hold, equal ones of different trials counted each."""
        return int(self._shape.layout.groups.lengths.sum())

    @property
    def predicates(self) -> int:
        """How many distinct predicates they put."""
        return len(self._predicates)

    def states(self, picture: Picture) -> Bytes:
        """[predicates] → the state of every distinct predicate for one case."""
        columns = [family.judge(picture) for family in self._families]
        return np.concatenate(columns) if columns else np.zeros(0, dtype=np.uint8)

    def verdicts(self, picture: Picture) -> Bytes:
        """[trials] → 0 compatible, 1 to check, 2 ruled out."""
        return self.verdicts_of_states(self.states(picture))

    def judge(self, picture: Picture) -> Outcome:
        """One case, with what decided and what is asked at hand."""
        return Outcome(self.trials, self._shape, self.states(picture))

    def explained(self, picture: Picture, outcome: Outcome) -> Explained:
        """The findings of that outcome of that case, on demand."""
        return Explained(
            self._shape,
            picture,
            trials=self.trials,
            outcome=outcome,
            quiet=lambda: self._quiet(picture, outcome.states),
            constants=self._constants,
        )

    def _quiet(self, picture: Picture, states: Bytes) -> Bytes:
        """[predicates]: above 0 where the case leaves a predicate untouched (`Family.quiet`)."""
        ways, start = np.zeros(len(states), dtype=np.uint8), 0
        for family, count in zip(self._families, self._counts, strict=True):
            quiet = family.quiet(picture, states[start : start + count])
            if quiet is not None:
                ways[start : start + count] = quiet
            start += count
        return ways

    def verdicts_of_states(self, states: Array) -> Bytes:
        """[predicates, …] → [trials, …]: of one case, or of cases side by side."""
        shape = self._shape
        both, _ = shape.tree.codes(shape.bits.codes(states))
        weights = shape.weighing.weights(shape.weighing.codes(both), both)
        return trials_of(parts_of(weights, shape.layout), shape.layout)


def _criteria_of(trial: Trial) -> Iterator[Criterion]:
    yield from trial.criteria
    for cohort in trial.cohorts:
        yield from cohort.criteria
