"""What is found where nothing is told: the same for every case that is as silent, so it is made once."""

from rules.criteria import Criterion, Leaf
from rules.evaluate import judge_leaf, speaking_for_patient
from rules.finding import CriterionFinding, QuietFinding
from rules.picture import Picture

MOST_ROWS = 65_536
"""Kept of the criteria of a catalogue."""


class Constants:
    """Findings in which nothing of a case is told, by predicate and by the way in which the case is silent
    (`Family.quiet`). Safe among threads."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Leaf, QuietFinding]] = {}
        self._rows: dict[tuple[int, int], CriterionFinding] = {}

    def row(self, criterion: Criterion, test: Leaf, way: int, picture: Picture) -> CriterionFinding:
        """The finding of a criterion that is nothing but this test."""
        key = id(criterion), way
        known = self._rows.get(key)
        if known is None:
            if len(self._rows) >= MOST_ROWS:
                self._rows.clear()
            known = self._rows[key] = speaking_for_patient(criterion, self.of(test, way, picture))
        return known

    def of(self, test: Leaf, way: int, picture: Picture) -> QuietFinding:
        """The finding, made with this picture if none was as silent before."""
        key = id(test), way  # of the very object: a test is many words, and the value here keeps it
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (test, QuietFinding(*judge_leaf(test, picture)))
        return known[1]
