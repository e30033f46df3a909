"""How cost grows with size: verdicts alone of new cases, and whole answers, against trials and distinct predicates.

Three walks. `grown`: every trial brings words of its own, so predicates grow with trials. `sharing`: more trials made
of the criteria of one pool, so predicates stay. `predicates`: as many trials throughout, made of larger and larger
pools.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.grow import grown_trials
from benchmarks.grow.shared import sharing_trials
from benchmarks.measure import Figures, Tell, milliseconds, slope, spread
from benchmarks.samples import TODAY, Cases, described, picture_of_case, real_trials, settled
from rules.case import Case
from rules.compiled import CompiledCatalogue, OrganFirst
from rules.trial import Trial
from trialmatch.matching.access import AccessColumns
from trialmatch.matching.options import MatchOptions
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.service import Catalogue, MatchService

TEN = MatchOptions(max_results=10, include_ruled_out=False)


@dataclass(frozen=True, slots=True)
class CostScale:
    """`pool`: trials whose criteria the sharing ones are made of. `pools`: the same at `fixed` trials throughout."""

    sizes: tuple[int, ...] = (500, 1_000, 2_500, 5_000, 10_000)
    pool: int = 500
    pools: tuple[int, ...] = (60, 250, 1_000, 5_000)
    fixed: int = 5_000
    warm_up: int = 150
    cases: int = 60


FULL = CostScale()
QUICK = CostScale(sizes=(60, 120, 240), pool=60, pools=(60, 120), fixed=120, warm_up=20, cases=10)


def measure(scale: CostScale, tell: Tell) -> Figures:
    """One row a point of each walk, and the power of size that each walk's cost grows with."""
    largest = max(*scale.sizes, *scale.pools)
    tell(f"growing {largest:,} trials")
    grown = grown_trials(real_trials(), largest)
    measured, walks = _Measured(scale), _walks(grown, scale)
    steps, done = sum(len(walk) for walk in walks.values()), 0
    figures: Figures = {"warm_up": scale.warm_up, "pool": scale.pool, "fixed": scale.fixed, "walks": {}}
    for name, walk in walks.items():
        rows = []
        for pool, size in walk:
            tell(f"{name}: {size:,} trials", done, steps)
            rows.append(measured.row(sharing_trials(pool, size)))
            done += 1
        figures["walks"][name] = {"rows": rows, **_powers(rows, "predicates" if name == "predicates" else "trials")}
    return figures


def _walks(grown: tuple[Trial, ...], scale: CostScale) -> dict[str, list[tuple[tuple[Trial, ...], int]]]:
    """The points of each walk: a pool, and how many trials are made of its criteria."""
    return {
        "grown": [(grown[:size], size) for size in scale.sizes],
        "sharing": [(grown[: scale.pool], size) for size in scale.sizes],
        "predicates": [(grown[:pool], scale.fixed) for pool in scale.pools],
    }


def _powers(rows: Sequence[Figures], size: str) -> Figures:
    sizes = [row[size] for row in rows]
    return {
        "power_verdicts": slope(sizes, [row["verdicts_new"]["median"] for row in rows]),
        "power_ten_explained": slope(sizes, [row["ten_explained"]["median"] for row in rows]),
    }


class _Measured:
    """The same cases against every catalogue, so that only the catalogue differs."""

    def __init__(self, scale: CostScale) -> None:
        cases = Cases(scale.warm_up + 2 * scale.cases)
        self._warm_up, self._whole = cases.new(scale.warm_up), cases.new(scale.cases)
        self._pictures = [picture_of_case(case) for case in cases.new(scale.cases)]
        for case in self._whole:  # their terms are known from the first catalogue on, not from the second
            picture_of_case(case)

    def row(self, trials: tuple[Trial, ...]) -> Figures:
        """The engine is new, and warmed up with cases of its own."""
        engine = OrganFirst(CompiledCatalogue.of(trials))
        service, catalogue = MatchService(), Catalogue(Prepared(engine, AccessColumns(trials)), "grown")

        def answer(case: Case) -> object:
            return service.match(case, catalogue, options=TEN, today=TODAY)

        settled()
        milliseconds(answer, self._warm_up)
        return {
            **described(engine.whole),
            "verdicts_new": spread(milliseconds(engine.verdicts, self._pictures)),
            "ten_explained": spread(milliseconds(answer, self._whole)),
        }
