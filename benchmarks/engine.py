"""One case against catalogues of several sizes: the compiled engine, and the reference engine on the same cases.

Four costs are told apart: the first case of an organ (its smaller catalogue is made then and kept), the early cases of
an organ that was met, new cases once many others came before, and a case met again. Every time is of one judgement,
done once; no case is judged twice but where that is what is measured. The pictures are made apart for « verdicts
alone » and inside the time for whole answers.
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
    """`sizes`: trials, and how many cases the reference engine judges there. `early`: of the cases that come first
    (`warm_up`), those that count as early ones; `answers`: whole answers before those that are timed."""

    sizes: tuple[tuple[int, int], ...] = ((60, 40), (1_000, 12), (5_000, 3), (30_000, 1))
    early: int = 250
    warm_up: int = 1_000
    answers: int = 50
    cases: int = 150


FULL = EngineScale()
QUICK = EngineScale(sizes=((60, 4), (300, 1)), early=30, warm_up=60, answers=5, cases=20)


def measure(scale: EngineScale, tell: Tell) -> Figures:
    """One row a size."""
    largest = max(trials for trials, _ in scale.sizes)
    tell(f"growing {largest:,} trials")
    grown = grown_trials(real_trials(), largest)
    rows = []
    for number, (size, referenced) in enumerate(scale.sizes):
        tell(f"one case against {size:,} trials", number, len(scale.sizes))
        rows.append(_row(grown[:size], referenced, scale))
    return {"early": scale.early, "warm_up": scale.warm_up, "rows": rows}


def _row(trials: tuple[Trial, ...], referenced: int, scale: EngineScale) -> Figures:
    watch = Stopwatch()
    compiled = CompiledCatalogue.of(trials)
    compile_seconds = watch.seconds
    cases = Cases(scale.warm_up + scale.answers + 3 * scale.cases)
    engine = OrganFirst(compiled)
    alone, answering = _Alone(engine), _Answering(engine)
    settled()
    early = alone.judge(_pictures(cases.new(scale.early)))
    late = alone.judge(_pictures(cases.new(scale.warm_up - scale.early)))
    pictures = _pictures(cases.new(scale.cases))
    new, again = alone.judge(pictures), alone.judge(pictures)
    answering.milliseconds(cases.new(scale.answers), TEN)
    fresh = cases.new(scale.cases)
    ten = answering.milliseconds(fresh, TEN)
    defaults = answering.milliseconds(cases.new(scale.cases), DEFAULTS)
    reference = _reference(trials, _pictures(fresh[:referenced]))
    return {
        **described(compiled),
        "compile_seconds": compile_seconds,
        "verdicts_first": spread(early.first + late.first + new.first),
        "verdicts_early": spread(early.met),
        "verdicts_new": spread(new.met),
        "verdicts_again": spread(again.met + again.first),
        "left_by_organ": median(len(engine.around(picture).places) for picture in pictures),
        "ten_explained": spread(ten),
        "defaults": spread(defaults),
        "reference": spread(reference),
        "ratio_verdicts": median(reference) / median(new.met or new.first),
        "ratio_ten_explained": median(reference) / median(ten[:referenced]),
    }


def _pictures(cases: Sequence[Case]) -> list[Picture]:
    return [picture_of_case(case) for case in cases]


@dataclass(frozen=True, slots=True)
class _Judged:
    """Milliseconds of the cases of an organ met before, and of the first case of each."""

    met: list[float]
    first: list[float]


class _Alone:
    """Verdicts of pictures that were made before."""

    def __init__(self, engine: OrganFirst) -> None:
        self._engine = engine
        # An organ is met while its smaller catalogue is kept: a new object says that it was made.
        self._met: dict[int, Neighbourhood] = {}

    def judge(self, pictures: Sequence[Picture]) -> _Judged:
        judged = _Judged([], [])
        for picture in pictures:
            times = milliseconds(self._engine.verdicts, [picture])
            around = self._engine.around(picture)
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


def _reference(trials: tuple[Trial, ...], pictures: Sequence[Picture]) -> list[float]:
    """The reference engine: every trial, every finding tree; it neither ranks nor writes an answer."""

    def judge_all(picture: Picture) -> object:
        return [judge_pair(trial, picture) for trial in trials]

    return milliseconds(judge_all, pictures)
