"""The compiled catalogue: its distinct predicates by family, its tests as a tree, its trials as a layout."""

from collections.abc import Iterator, Sequence

import numpy as np

from rules.compiled.bits import LeafBits
from rules.compiled.families import by_type, family_of
from rules.compiled.layout import layout_of
from rules.compiled.outcome import Outcome
from rules.compiled.ragged import Array
from rules.compiled.states import VERDICT, Bytes
from rules.compiled.tree import Tree
from rules.compiled.verdicts import verdicts_of
from rules.criteria import Criterion, leaves
from rules.picture import Picture
from rules.trial import Trial

SIDE_BY_SIDE = 64
"""Cases judged at once in a batch: their bytes lie side by side, so that one reduction serves them all."""


class CompiledCatalogue:
    """Judges cases against every trial at once, with the meaning of the reference engine (`rules.pair`).

    A value: what it remembers between cases changes no answer. Safe among threads.
    """

    def __init__(self, trials: Sequence[Trial]) -> None:
        self.trials = tuple(trials)
        criteria = [one for trial in self.trials for one in _criteria_of(trial)]
        families = by_type(leaf for one in criteria for leaf in leaves(one.test))
        distinct = [leaf for tests in families.values() for leaf in tests]
        self.places = {trial.id: place for place, trial in enumerate(self.trials)}
        self.criteria = len(criteria)
        self.predicates = len(distinct)
        self._families = [family_of(type_, tests) for type_, tests in families.items()]
        self._bits = LeafBits(distinct)
        self._tree = Tree(distinct, dict.fromkeys(one.test for one in criteria))
        self._layout = layout_of(self.trials, self._tree)

    def states(self, picture: Picture) -> Bytes:
        """[predicates] → the state of every distinct predicate for one case."""
        columns = [family.judge(picture) for family in self._families]
        return np.concatenate(columns) if columns else np.zeros(0, dtype=np.uint8)

    def verdicts(self, picture: Picture) -> Bytes:
        """[trials] → 0 compatible, 1 to check, 2 ruled out."""
        return self._verdicts(self.states(picture))

    def judge(self, picture: Picture) -> Outcome:
        """One case, with what decided and what is asked at hand."""
        return Outcome(self.trials, self._layout, self._tree, self._bits, self.states(picture))

    def verdicts_of_many(self, pictures: Iterator[Picture]) -> Iterator[Bytes]:
        """[cases at once, trials] by chunks, in order: the verdicts of many cases, in bounded memory."""
        chunk: list[Bytes] = []
        for picture in pictures:
            chunk.append(self.states(picture))
            if len(chunk) == SIDE_BY_SIDE:
                yield self._side_by_side(chunk)
                chunk = []
        if chunk:
            yield self._side_by_side(chunk)

    def _side_by_side(self, chunk: list[Bytes]) -> Bytes:
        states = np.ascontiguousarray(np.stack(chunk).T)
        return np.ascontiguousarray(self._verdicts(states).T)

    def _verdicts(self, states: Array) -> Bytes:
        values = self._tree.values(states & VERDICT)
        questions = self._tree.masks(values, self._bits.questions(states))
        return verdicts_of(values, questions, self._layout)


def _criteria_of(trial: Trial) -> Iterator[Criterion]:
    yield from trial.criteria
    for cohort in trial.cohorts:
        yield from cohort.criteria
