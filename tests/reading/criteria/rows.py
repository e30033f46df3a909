"""A row of the corpus, and what a reading of its sentence is worth beside what is meant."""

from dataclasses import dataclass
from enum import StrEnum

from rules.criteria import Criterion
from rules.kinds import Polarity
from rules.reading.criteria_text import read_criteria
from tests.reading.criteria.facts import Formula, both, denied
from tests.reading.criteria.leaves import formula
from tests.reading.criteria.logic import bounded, entails
from tests.reading.criteria.notation import NOTHING, shown


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the inclusions ("I") or the exclusions ("E"), and the meanings that a careful reader accepts.

    In an exclusion the meaning is what excludes. `organs`: what the trial's axes name, where it matters.
    """

    sentence: str
    side: str
    meaning: str | tuple[str, ...]
    organs: frozenset[str] = frozenset()

    @property
    def meanings(self) -> tuple[str, ...]:
        return (self.meaning,) if isinstance(self.meaning, str) else self.meaning

    @property
    def polarity(self) -> Polarity:
        return Polarity.INCLUSION if self.side == "I" else Polarity.EXCLUSION


class Worth(StrEnum):
    """RIGHT: the meaning. PARTLY: some of it, the rest unread. WRONG: something that is not meant, or a part lost."""

    RIGHT = "right"
    PARTLY = "partly"
    UNREAD = "unread"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the sentence holds for sure (`least`), and outside which it surely does not (`most`)."""

    least: Formula
    most: Formula

    @property
    def says_something(self) -> bool:
        return not (entails(True, self.most) and entails(self.least, False))


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and its reading. `rules_out`: a read criterion that can rule out; `wrongly`: and would, where it must not;
    `holds_wrongly`: the sentence is taken to hold where it may not."""

    row: Row
    reading: tuple[str, ...]
    worth: Worth
    rules_out: int = 0
    wrongly: int = 0
    holds_wrongly: bool = False
    demands: bool = True
    """Whether the sentence asks something that can be read."""
    asserts: bool = True
    """Whether the reading says something."""


def judged(row: Row) -> Judged:
    """The row, read and compared with each of its meanings; the kindest comparison stands."""
    criteria = _read(row)
    reading = tuple(shown(one.test) for one in criteria)
    parts = [_bounds(text, row.polarity) for text in reading]
    whole = Bounds(both(part.least for part in parts), both(part.most for part in parts))
    meant = [_bounds(text, row.polarity) for text in row.meanings]
    worth = [_worth(whole, one) for one in meant]
    best = meant[min(range(len(meant)), key=lambda index: _KINDEST.index(worth[index]))]
    breaking = [part for part in parts if not entails(True, part.most)]
    return Judged(
        row,
        reading,
        min(worth, key=_KINDEST.index),
        rules_out=len(breaking),
        wrongly=sum(not any(entails(one.most, part.most) for one in meant) for part in breaking),
        holds_wrongly=not entails(whole.least, best.least),
        demands=best.says_something,
        asserts=whole.says_something,
    )


_KINDEST = list(Worth)


def _read(row: Row) -> tuple[Criterion, ...]:
    texts = (row.sentence, None) if row.polarity is Polarity.INCLUSION else (None, row.sentence)
    read = read_criteria(*texts, organs=row.organs)
    return (*read.criteria, *(one for ones in read.by_cohort.values() for one in ones))


def _bounds(text: str, polarity: Polarity) -> Bounds:
    """When the criterion is met: an exclusion where what it describes is absent, and always where it asks nothing."""
    meant = formula(text)
    met = meant if polarity is Polarity.INCLUSION or text == NOTHING else denied(meant)
    return Bounds(bounded(met, best=False), bounded(met, best=True))


def _worth(read: Bounds, meant: Bounds) -> Worth:
    sound = entails(meant.most, read.most) and entails(read.least, meant.least)
    if not sound:
        return Worth.WRONG
    if entails(read.most, meant.most) and entails(meant.least, read.least):
        return Worth.RIGHT
    return Worth.PARTLY if read.says_something else Worth.UNREAD
