"""Every trial of a catalogue against every case: counts by trial, and the live pairs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from rules.case import Case
from rules.compiled import RULED_OUT, CompiledCatalogue, OrganFirst
from rules.finding import PairVerdict
from rules.trial import Trial
from trialmatch.matching.lines import BadLine
from trialmatch.screening.base import Columns, Encoded, Screen, Seen

LIVE = (PairVerdict.COMPATIBLE, PairVerdict.TO_CHECK)
"""The verdicts of live pairs, by their number in the compiled engine."""


@dataclass(frozen=True, slots=True)
class LivePairs:
    """Live pairs in columns [pairs]: the place of the case in `case_ids`, that of the trial by id, the verdict."""

    case_ids: tuple[str, ...]
    case: NDArray[np.int32]
    trial: NDArray[np.int32]
    verdict: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.case)


@dataclass(frozen=True, slots=True, eq=False)
class TrialCounts:
    """`verdicts` [trials, 3]: cases by trial and verdict; `best` [3]: cases by the best verdict that a trial has."""

    verdicts: NDArray[np.int64]
    best: NDArray[np.int64]

    def __add__(self, other: "TrialCounts") -> "TrialCounts":
        """The counts of both."""
        return TrialCounts(self.verdicts + other.verdicts, self.best + other.best)

    @property
    def cases(self) -> int:
        """How many cases were judged."""
        return int(self.best.sum())


@dataclass(frozen=True, slots=True)
class CatalogueScreening:
    """What the cases came to: live pairs (case id, trial id, verdict) case by case, counts by trial (`report`), and
    those that are no case."""

    live: tuple[tuple[str, str, PairVerdict], ...]
    counts: Mapping[str, Any]
    problems: tuple[BadLine, ...]


def screen_all(
    trials: Iterable[Trial], cases: Iterable[Case], *, today: date, as_of: date | None = None
) -> CatalogueScreening:
    """Every trial against every case: judged on `as_of`, else on their board's date, else `today`. Pure."""
    asked = CatalogueScreen(trials, as_of=as_of, today=today)
    live: list[tuple[str, str, PairVerdict]] = []
    counts = asked.nothing()
    problems: list[BadLine] = []
    for block in asked.blocks(enumerate(cases, 1)):
        live += asked.pairs(block.rows)
        counts += block.counts
        problems += block.problems
    return CatalogueScreening(tuple(live), asked.report(counts), tuple(problems))


class CatalogueScreen(Screen[LivePairs, TrialCounts]):
    """A catalogue asked of every case; the pairs come case by case, then by trial id."""

    column_types: ClassVar[Mapping[str, str]] = {"case_id": "string", "trial_id": "string", "verdict": "string"}

    def __init__(self, trials: Iterable[Trial], *, as_of: date | None, today: date) -> None:
        super().__init__(as_of=as_of, today=today)
        self._compiled = OrganFirst(CompiledCatalogue.of(sorted(trials, key=lambda trial: trial.id)))
        self.ids = tuple(trial.id for trial in self._compiled.trials)

    def judge(self, seen: Sequence[Seen]) -> tuple[LivePairs, TrialCounts]:
        verdicts = np.empty((len(seen), len(self.ids)), dtype=np.uint8)
        for row, of_case in enumerate(self._compiled.verdicts_of_many(one.picture for one in seen)):
            verdicts[row] = of_case
        case, trial = np.nonzero(verdicts != RULED_OUT)
        by_trial = [(verdicts == number).sum(axis=0) for number in range(RULED_OUT + 1)]
        best = verdicts.min(axis=1, initial=RULED_OUT)
        return (
            LivePairs(
                tuple(one.case.case_id for one in seen),
                case.astype(np.int32),
                trial.astype(np.int32),
                verdicts[case, trial],
            ),
            TrialCounts(np.stack(by_trial, axis=1).astype(np.int64), np.bincount(best, minlength=3).astype(np.int64)),
        )

    def pairs(self, rows: LivePairs) -> Iterator[tuple[str, str, PairVerdict]]:
        """The rows one by one: case id, trial id, verdict."""
        for case, trial, verdict in zip(rows.case.tolist(), rows.trial.tolist(), rows.verdict.tolist(), strict=True):
            yield rows.case_ids[case], self.ids[trial], LIVE[verdict]

    def ndjson(self, rows: LivePairs) -> bytes:
        heads = [f'{{"case_id": {json.dumps(id_, ensure_ascii=False)}, "trial_id": ' for id_ in rows.case_ids]
        trials = [json.dumps(id_, ensure_ascii=False) for id_ in self.ids]
        tails = [f'{trial}, "verdict": "{verdict.value}"}}\n' for trial in trials for verdict in LIVE]
        tail = rows.trial * len(LIVE) + rows.verdict
        pairs = zip(rows.case.tolist(), tail.tolist(), strict=True)
        return "".join([heads[case] + tails[number] for case, number in pairs]).encode()

    def columns(self, rows: LivePairs) -> Columns:
        return {
            "case_id": Encoded(rows.case_ids, rows.case),
            "trial_id": Encoded(self.ids, rows.trial),
            "verdict": Encoded([verdict.value for verdict in LIVE], rows.verdict.astype(np.int32)),
        }

    def rows_of(self, columns: Columns) -> LivePairs:
        case, trial, verdict = (_encoded(columns, name) for name in self.column_types)
        places = {id_: place for place, id_ in enumerate(self.ids)}
        live = {one.value: number for number, one in enumerate(LIVE)}
        return LivePairs(
            tuple(case.values),
            case.index,
            np.array([places[id_] for id_ in trial.values], dtype=np.int32)[trial.index],
            np.array([live[one] for one in verdict.values], dtype=np.uint8)[verdict.index],
        )

    def arranged(self, rows: Iterable[LivePairs], folder: Path) -> Iterator[LivePairs]:  # noqa: ARG002 - in order
        yield from rows

    def report(self, counts: TrialCounts) -> dict[str, Any]:
        verdicts = zip(self.ids, counts.verdicts.tolist(), strict=True)
        return {
            "cases": counts.cases,
            "best": dict(zip(PairVerdict, counts.best.tolist(), strict=True)),
            "trials": [
                {"trial_id": id_, **dict(zip(PairVerdict, of_trial, strict=True))} for id_, of_trial in verdicts
            ],
        }


def _encoded(columns: Columns, name: str) -> Encoded:
    column = columns[name]
    if not isinstance(column, Encoded):
        raise TypeError(f"{name} is a column of few distinct texts")
    return column
