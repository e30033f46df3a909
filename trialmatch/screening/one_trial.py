"""Which cases suit one trial, in order, and how many there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from rules.case import Case
from rules.compiled import Outcome
from rules.criteria import Criterion, Kind
from rules.finding import PairVerdict
from rules.picture import Picture
from rules.standing import score_of
from rules.trial import SiteStatus, Trial, TrialStatus
from trialmatch.matching.lines import BadLine
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.sites import FreshnessRule, origin_of
from trialmatch.screening.base import Columns, Encoded, Screen, Seen
from trialmatch.screening.feasibility import CaseVerdict, Feasibility, feasibility_of
from trialmatch.screening.live_cases import LiveCase, LiveCases, in_order

_KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class TrialScreening:
    """What the cases came to: those that suit the trial, in order, the counts of all, and those that are no case."""

    live: LiveCases
    feasibility: Feasibility
    problems: tuple[BadLine, ...]


def screen(
    trial: Trial,
    cases: Iterable[Case],
    *,
    today: date,
    as_of: date | None = None,
    freshness: FreshnessRule | None = None,
) -> TrialScreening:
    """Which cases suit a trial: judged on `as_of`, else on their board's date, else `today`. Pure."""
    asked = TrialScreen(trial, as_of=as_of, today=today, freshness=freshness)
    live: list[LiveCase] = []
    counts = Feasibility()
    problems: list[BadLine] = []
    for block in asked.blocks(enumerate(cases, 1)):
        live += block.rows
        counts += block.counts
        problems += block.problems
    return TrialScreening(tuple(sorted(live, key=lambda row: row.place)), counts, tuple(problems))


def as_if_open(trial: Trial) -> Trial:
    """The trial with every cohort and site open: for a draft, and for one that is still to open."""
    return replace(
        trial,
        status=TrialStatus.OPEN,
        cohorts=tuple(replace(cohort, status=TrialStatus.OPEN) for cohort in trial.cohorts),
        sites=tuple(replace(site, status=SiteStatus.OPEN) for site in trial.sites),
    )


_ITS_PLACE = np.zeros(1, dtype=np.intp)


class TrialScreen(Screen[LiveCases, Feasibility]):
    """One trial asked of every case."""

    column_types: ClassVar[Mapping[str, str]] = {
        "case_id": "string",
        "trial_id": "string",
        "verdict": "string",
        "group": "string",
        "score": "double",
        "cohort": "string",
        "unknown": "list",
        "line": "int64",
    }

    def __init__(
        self, trial: Trial, *, as_of: date | None, today: date, freshness: FreshnessRule | None = None
    ) -> None:
        super().__init__(as_of=as_of, today=today)
        self.trial = trial
        self._prepared = Prepared.of([trial])
        self._freshness = freshness or FreshnessRule()

    def judge(self, seen: Sequence[Seen]) -> tuple[LiveCases, Feasibility]:
        # Whatever the organ, everything is judged: what rules a case out alone is only told by what else would.
        outcomes = [self._prepared.compiled.whole.judge(one.picture) for one in seen]
        live = [self._live(one, out) for one, out in zip(seen, outcomes, strict=True) if _is_live(out)]
        return tuple(live), feasibility_of(_case_verdict(one, out) for one, out in zip(seen, outcomes, strict=True))

    def _live(self, seen: Seen, outcome: Outcome) -> LiveCase:
        standing = outcome.standings()[0]
        cohort = outcome.cohort(0)
        case, picture = seen.case, seen.picture
        [access] = self._prepared.access.of(
            _ITS_PLACE,
            outcome.cohort_numbers(_ITS_PLACE),
            origin=origin_of(case.rcp.site_finess, case.patient.postal_code),
            as_of=picture.as_of,
            rule=self._freshness,
            radius_km=None,
        )
        return LiveCase(
            case_id=case.case_id,
            trial_id=self.trial.id,
            verdict=outcome.verdict(0).value,
            group="if_tested" if standing.if_tested else "main",
            score=score_of(standing, access).total,
            cohort=cohort.id if cohort else None,
            unknown=tuple(kind.value for kind in sorted(outcome.unknown(0), key=_KINDS.index)),
            line=seen.line,
        )

    def ndjson(self, rows: LiveCases) -> bytes:
        return "".join(row.json_line() for row in rows).encode()

    def columns(self, rows: LiveCases) -> Columns:
        return {name: [getattr(row, name) for row in rows] for name in self.column_types}

    def rows_of(self, columns: Columns) -> LiveCases:
        plain = [column.plain() if isinstance(column, Encoded) else column for column in columns.values()]
        rows = (dict(zip(columns, row, strict=True)) for row in zip(*plain, strict=True))
        return tuple(LiveCase.of(row) for row in rows)

    def arranged(self, rows: Iterable[LiveCases], folder: Path) -> Iterator[LiveCases]:
        return in_order(rows, folder)

    def report(self, counts: Feasibility) -> dict[str, Any]:
        return {"trial_id": self.trial.id, **counts.as_json()}


def _is_live(outcome: Outcome) -> bool:
    return outcome.verdict(0) is not PairVerdict.RULED_OUT


def _case_verdict(seen: Seen, outcome: Outcome) -> CaseVerdict:
    verdict = outcome.verdict(0)
    out = verdict is PairVerdict.RULED_OUT
    return CaseVerdict(
        verdict=verdict,
        groups={"organ": _organ(seen.picture), "site": seen.case.rcp.site_finess, "month": _month(seen.case)},
        asked=frozenset() if out else outcome.unknown(0),
        broken=outcome.reasons(0) if out else frozenset(),
        criteria=frozenset(_sentence(row.criterion) for row in outcome.broken_criteria(0)) if out else frozenset(),
    )


def _sentence(criterion: Criterion) -> tuple[str, str]:
    """The sentence or axis that a criterion is of: one sentence may ask several things (`inc-01.1`, `inc-01.2`)."""
    stem, _, part = criterion.id.rpartition(".")
    return (stem if stem and part.isdigit() else criterion.id, criterion.text)


def _organ(picture: Picture) -> str | None:
    return "|".join(sorted(picture.organs.concepts)) or None


def _month(case: Case) -> str | None:
    return case.rcp.date[: len("2026-11")] if case.rcp.date else None
