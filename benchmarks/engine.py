"""One case against catalogues of several sizes: the compiled engine, and the reference engine on the same cases.

Three costs are told apart: the first case of an organ (its smaller catalogue is made then and kept), new cases of an
organ that was met, and a case met again. Every time is of one judgement, done once; no case is judged twice but where
that is what is measured. The pictures are made apart for « verdicts alone » and inside the time for whole answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.grow import grown_trials
from benchmarks.measure import Figures, Stopwatch, Tell, milliseconds, spread
from benchmarks.samples import TODAY, Cases, described, picture_of_case, real_trials, settled
from rules.case import Case
from rules.compiled import CompiledCatalogue, Neighbourhood, OrganFirst
from rules.pair import judge_pair
from rules.picture import Picture
from rules.trial import Trial
from trialmatch.matching.access import AccessColumns
from trialmatch.matching.answer import as_json
from trialmatch.matching.options import MatchOptions
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.service import Catalogue, MatchService

TEN = MatchOptions(max_results=10, include_ruled_out=False)
DEFAULTS = MatchOptions()


@dataclass(frozen=True, slots=True)
class EngineScale:
    """`sizes`: trials, and how many cases the reference engine judges there. `warm_up`: cases that come first."""

    sizes: tuple[tuple[int, int], ...] = ((60, 40), (1_000, 12), (5_000, 3), (30_000, 1))
    warm_up: int = 250
    cases: int = 150


FULL = EngineScale()
QUICK = EngineScale(sizes=((60, 4), (300, 1)), warm_up=60, cases=20)


def measure(scale: EngineScale, tell: Tell) -> Figures:
    """One row a size."""
    largest = max(trials for trials, _ in scale.sizes)
    tell(f"growing {largest:,} trials")
    grown = grown_trials(real_trials(), largest)
    rows = []
    for number, (size, referenced) in enumerate(scale.sizes):
        tell(f"one case against {size:,} trials", number, len(scale.sizes))
        rows.append(_row(grown[:size], referenced, scale))
    return {"warm_up": scale.warm_up, "rows": rows}


def _row(trials: tuple[Trial, ...], referenced: int, scale: EngineScale) -> Figures:
    watch = Stopwatch()
    compiled = CompiledCatalogue.of(trials)
    compile_seconds = watch.seconds
    cases = Cases(scale.warm_up + 2 * scale.cases)
    # Two engines over one compiled catalogue: what the one remembers of a case, the other has never seen.
    answering, alone = _Answering(OrganFirst(compiled)), _Alone(OrganFirst(compiled))
    settled()
    first = cases.new(scale.warm_up)
    answering.milliseconds(first, TEN)
    warm_up = alone.judge([picture_of_case(case) for case in first])
    fresh = cases.new(scale.cases)
    ten = answering.milliseconds(fresh, TEN)
    pictures = [picture_of_case(case) for case in fresh]
    new = alone.judge(pictures)
    again = alone.judge(pictures)
    defaults = answering.milliseconds(cases.new(scale.cases), DEFAULTS)
    return {
        **described(compiled),
        "compile_seconds": compile_seconds,
        "verdicts_first": spread(warm_up.first + new.first),
        "verdicts_new": spread(new.met),
        "verdicts_again": spread(again.met + again.first),
        "live_of_organ": median(len(alone.around(picture).places) for picture in pictures),
        "ten_explained": spread(ten),
        "defaults": spread(defaults),
        **_against_reference(trials, pictures[:referenced], new.all[:referenced], ten[:referenced]),
    }


@dataclass(frozen=True, slots=True)
class _Judged:
    """Milliseconds of each case; those of an organ met before, and those of the first case of one."""

    all: list[float]
    met: list[float]
    first: list[float]


class _Alone:
    """Verdicts of pictures that were made before."""

    def __init__(self, engine: OrganFirst) -> None:
        self._engine = engine
        # An organ is met while its smaller catalogue is kept: a new object says that it was made.
        self._met: dict[int, Neighbourhood] = {}
        self.around = engine.around

    def judge(self, pictures: Sequence[Picture]) -> _Judged:
        judged = _Judged([], [], [])
        for picture in pictures:
            times = milliseconds(self._engine.verdicts, [picture])
            around = self._engine.around(picture)
            judged.all.extend(times)
            (judged.met if id(around) in self._met else judged.first).extend(times)
            self._met[id(around)] = around
        return judged


class _Answering:
    """Whole answers: the form read, its picture made, every trial judged, the first ones explained."""

    def __init__(self, engine: OrganFirst) -> None:
        self._service = MatchService()
        self._catalogue = Catalogue(Prepared(engine, AccessColumns(engine.trials)), "grown")

    def milliseconds(self, cases: Sequence[Case], options: MatchOptions) -> list[float]:
        def answer(case: Case) -> bytes:
            return as_json(self._service.match(case, self._catalogue, options=options, today=TODAY))

        return milliseconds(answer, cases)


def _against_reference(
    trials: tuple[Trial, ...], pictures: Sequence[Picture], verdicts: Sequence[float], ten: Sequence[float]
) -> Figures:
    """The reference engine on some of the same cases: every trial, every finding tree; it neither ranks nor writes."""

    def judge_all(picture: Picture) -> object:
        return [judge_pair(trial, picture) for trial in trials]

    reference = milliseconds(judge_all, pictures)
    return {
        "reference": spread(reference),
        "ratio_verdicts": median(reference) / median(verdicts),
        "ratio_ten_explained": median(reference) / median(ten),
    }
