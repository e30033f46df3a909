"""What is found where nothing is told: the same for every case that is as silent, so it is made once."""

from rules.criteria import Leaf
from rules.evaluate import judge_leaf
from rules.finding import Finding
from rules.picture import Picture


class Constants:
    """Findings in which nothing of a case is told, by predicate and by the way in which the case is silent
    (`Family.quiet`). Safe among threads."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Leaf, Finding]] = {}

    def of(self, test: Leaf, way: int, picture: Picture) -> Finding:
        """The finding, made with this picture if none was as silent before."""
        key = id(test), way  # of the very object: a test is many words, and the value here keeps it
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (test, judge_leaf(test, picture))
        return known[1]
