"""A directed acyclic graph of concepts, and what an observed concept says of an asked one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rules.errors import VocabularyError
from rules.verdict import Verdict
from rules.vocabulary.tables import rows, several

COMPARISONS = 32_768
"""Answers kept of each hierarchy: a set of readings against a set of asked concepts."""

COLUMNS = ("id", "label_fr", "label_en", "parents", "source")


@dataclass(frozen=True)
class Concept:
    """One notion of a vocabulary: stable id, French and English label, parents (more general ids), source."""

    id: str
    label_fr: str
    label_en: str
    parents: tuple[str, ...]
    source: str

    def label(self, lang: str) -> str:
        """The label in `fr` or `en`."""
        return self.label_en if lang == "en" else self.label_fr


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """Concepts by id. A concept is the set of itself and all below it; a parent is never only its children.

    Each is loaded once, and equal to itself.
    """

    name: str
    concepts: dict[str, Concept]

    def __post_init__(self) -> None:
        for concept in self.concepts.values():
            for parent in concept.parents:
                if parent not in self.concepts:
                    raise VocabularyError(f"{self.name}: {concept.id}: unknown parent {parent!r}")
        self._refuse_cycles()

    def _refuse_cycles(self) -> None:
        done: set[str] = set()
        for start in self.concepts:
            self._walk_up(start, (), done)

    def _walk_up(self, id_: str, path: tuple[str, ...], done: set[str]) -> None:
        if id_ in path:
            raise VocabularyError(f"{self.name}: cycle {' > '.join((*path, id_))}")
        if id_ in done:
            return
        for parent in self.concepts[id_].parents:
            self._walk_up(parent, (*path, id_), done)
        done.add(id_)

    def __contains__(self, id_: object) -> bool:
        return id_ in self.concepts

    def __getitem__(self, id_: str) -> Concept:
        return self.concepts[id_]

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        above: dict[str, frozenset[str]] = {}

        def climb(id_: str) -> frozenset[str]:
            if id_ not in above:
                parents = self.concepts[id_].parents
                above[id_] = frozenset({id_}).union(*(climb(parent) for parent in parents))
            return above[id_]

        for id_ in self.concepts:
            climb(id_)
        return above

    @cached_property
    def _below(self) -> dict[str, frozenset[str]]:
        below: dict[str, set[str]] = {id_: set() for id_ in self.concepts}
        for id_, above in self._above.items():
            for ancestor in above:
                below[ancestor].add(id_)
        return {id_: frozenset(ids) for id_, ids in below.items()}

    @cached_property
    def _below_as_bits(self) -> dict[str, int]:
        """What is below each, a bit a concept: whether two large sets meet is then told at once."""
        places = {id_: place for place, id_ in enumerate(self.concepts)}
        return {id_: sum(1 << places[one] for one in ids) for id_, ids in self._below.items()}

    def above(self, id_: str) -> frozenset[str]:
        """The concept and all that is more general."""
        return self._above[id_]

    def below(self, id_: str) -> frozenset[str]:
        """The concept and all that is more precise."""
        return self._below[id_]

    def covers(self, general: str, precise: str) -> bool:
        """Whether `precise` is `general` or below it."""
        return general in self._above[precise]

    def share(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether something may be one of `some` and one of `others` at once."""
        below = self._below_as_bits
        reached = [below[id_] for id_ in others]
        return any(below[id_] & reach for id_ in some for reach in reached)

    def compare(self, observed: str, asked: Iterable[str]) -> Verdict:
        """What one observed concept says of a set of asked ones.

        MET: an asked one covers it. NOT_MET: nothing below it is asked. UNKNOWN: it is less precise than what is asked.
        """
        wanted = frozenset(asked)
        if not wanted.isdisjoint(self._above[observed]):
            return Verdict.MET
        reach, below = self._below_as_bits[observed], self._below_as_bits
        return Verdict.UNKNOWN if any(reach & below[id_] for id_ in wanted) else Verdict.NOT_MET

    def compare_all(self, plausible: Iterable[str], asked: Iterable[str]) -> Verdict:
        """What a set of plausible readings says: MET or NOT_MET only when all of them agree; of none, UNKNOWN."""
        return self._compared(frozenset(plausible), frozenset(asked))

    @cached_property
    def _compared(self) -> Callable[[frozenset[str], frozenset[str]], Verdict]:
        def anew(plausible: frozenset[str], asked: frozenset[str]) -> Verdict:
            verdicts = {self.compare(observed, asked) for observed in plausible}
            return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN

        # Sets of ids only: nothing of what was typed is kept.
        return lru_cache(maxsize=COMPARISONS)(anew)


def load_hierarchy(name: str) -> Hierarchy:
    """The hierarchy of `<name>.csv` (columns id, label_fr, label_en, parents, source)."""
    concepts: dict[str, Concept] = {}
    for row in rows(name, columns=COLUMNS):
        if row["id"] in concepts:
            raise VocabularyError(f"{name}.csv: id {row['id']!r} twice")
        concepts[row["id"]] = Concept(
            row["id"], row["label_fr"], row["label_en"], several(row["parents"]), row["source"]
        )
    return Hierarchy(name, concepts)
