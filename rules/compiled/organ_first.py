"""The organ first: of the trials that the organ of a case leaves, and of no other, everything is judged.

Most trials of a catalogue are of other organs. Those are ruled out whatever else the case tells; the few that are left
are the same for all cases of one organ, so a smaller catalogue of them is made once and kept.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from rules.compiled.catalogue import CompiledCatalogue
from rules.compiled.outcome import Outcome
from rules.compiled.ragged import Ragged
from rules.compiled.states import MET, NOT_MET, Bytes, Places
from rules.compiled.tumour import Organs
from rules.compiled.verdicts import RULED_OUT
from rules.criteria import OrganIs, Polarity
from rules.picture import Picture
from rules.trial import Trial

SIDE_BY_SIDE = 64
"""Cases of one organ judged at once: their bytes lie side by side, so that one reduction serves them all."""

AT_ONCE = 1_024
"""Cases taken together in a batch, so that those of one organ find each other; bounds the memory."""

ORGANS_KEPT = 256
"""Smaller catalogues kept: one for each set of trials that the organs of cases leave, far fewer than cases."""


class Near(NamedTuple):
    """Some trials: their places in the whole catalogue, ascending, and the catalogue of them."""

    places: Places
    catalogue: CompiledCatalogue


class Neighbourhood:
    """The trials that an organ leaves: their places in the whole catalogue, ascending, and the catalogues of them, each
    made when it is first asked for."""

    def __init__(self, whole: CompiledCatalogue, places: Places) -> None:
        self._whole = whole
        self.places = places

    @cached_property
    def catalogue(self) -> CompiledCatalogue:
        """The catalogue of all of them: it also tells why a trial is ruled out."""
        return self._whole.among(self.places)

    @cached_property
    def open(self) -> Near:
        """Those that are open, without their closed cohorts: whatever a case tells, no other trial is proposed."""
        places = self.places[self._whole.is_open[self.places]]
        return Near(places, self._whole.among(places, open_only=True))


class OrganFirst:
    """A catalogue that judges by organ first. Same verdicts as the whole one; a value, safe among threads."""

    def __init__(self, whole: CompiledCatalogue) -> None:
        self.whole = whole
        tests: dict[OrganIs, int] = {}
        asked = [[tests.setdefault(test, len(tests)) for test in _organs_asked(trial)] for trial in whole.trials]
        self._organs = Organs(list(tests))
        self._asked = Ragged.of(asked)
        self._kept = lru_cache(maxsize=ORGANS_KEPT)(self._make)
        self._told = lru_cache(maxsize=ORGANS_KEPT)(self._left_by)

    def __reduce__(self) -> tuple[type["OrganFirst"], tuple[CompiledCatalogue]]:
        return OrganFirst, (self.whole,)

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The trials of the whole catalogue."""
        return self.whole.trials

    def around(self, picture: Picture) -> Neighbourhood:
        """The trials that the organ of a case does not rule out."""
        return self._left(self._organs.judge(picture))

    def _left(self, organs: Bytes) -> Neighbourhood:
        return self._told(organs.tobytes())

    def _left_by(self, told: bytes) -> Neighbourhood:
        """[tests of an organ] → the trials that they leave."""
        left = self._asked.reduce(np.minimum, np.frombuffer(told, dtype=np.uint8), MET) != NOT_MET
        return self._kept(np.packbits(left).tobytes())

    def _make(self, key: bytes) -> Neighbourhood:
        left = np.unpackbits(np.frombuffer(key, dtype=np.uint8), count=len(self.trials))
        return Neighbourhood(self.whole, np.flatnonzero(left))

    def warm(self) -> Iterator[None]:
        """Makes the smaller catalogue of each organ that the trials name, one a step: no case has to wait for it.

        Of an organ alone: where more is told that leaves other trials (a site, no histology in the brain), the case
        makes its own.
        """
        for organ in self._organs.named:
            self._left(self._organs.alone(organ)).catalogue  # noqa: B018 -- asked for, so that it is made
            yield

    def judge(self, picture: Picture, *, open_only: bool = False) -> tuple[Near, Outcome]:
        """The trials that the organ leaves, and the outcome of each of them; `open_only`: of those that are open."""
        around = self.around(picture)
        near = around.open if open_only else Near(around.places, around.catalogue)
        return near, near.catalogue.judge(picture)

    def verdicts(self, picture: Picture) -> Bytes:
        """[trials] → 0 compatible, 1 to check, 2 ruled out."""
        places, catalogue = self.around(picture).open
        verdicts = np.full(len(self.trials), RULED_OUT, dtype=np.uint8)
        verdicts[places] = catalogue.verdicts(picture)
        return verdicts

    def verdicts_of_many(self, pictures: Iterable[Picture]) -> Iterator[Bytes]:
        """The verdicts of each case [trials], in the order given, however many there are: memory stays the same."""
        rest = iter(pictures)
        while some := list(islice(rest, AT_ONCE)):
            yield from self._together(some)

    def _together(self, pictures: list[Picture]) -> Bytes:
        """[cases, trials] of some cases."""
        verdicts = np.full((len(pictures), len(self.trials)), RULED_OUT, dtype=np.uint8)
        together: dict[int, tuple[Neighbourhood, list[int]]] = {}
        for number, picture in enumerate(pictures):
            around = self.around(picture)
            together.setdefault(id(around), (around, []))[1].append(number)
        for around, numbers in together.values():
            places, catalogue = around.open
            for start in range(0, len(numbers), SIDE_BY_SIDE):
                cases = np.array(numbers[start : start + SIDE_BY_SIDE])
                states = np.stack([catalogue.states(pictures[case]) for case in cases], axis=1)
                verdicts[np.ix_(cases, places)] = catalogue.verdicts_of_states(states).T
        return verdicts


def _organs_asked(trial: Trial) -> Iterator[OrganIs]:
    """The organs that a trial asks for in criteria of their own: broken, they rule it out whatever else holds."""
    for criterion in trial.criteria:
        if isinstance(criterion.test, OrganIs) and criterion.polarity is Polarity.INCLUSION:
            yield criterion.test
