"""`/v1/sync/runs`: each synchronisation and what it changed; decisions upon held ones; the history of a trial."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from trialmatch.db import Database
from trialmatch.errors import LeaseLostError, SyncBusyError, SyncDecisionError, UnknownRunError
from trialmatch.http.guard import WriteGuard
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.sync import archive, repository
from trialmatch.sync.held import run_of
from trialmatch.sync.outcome import SyncOutcome, outcome_of
from trialmatch.sync.plan import Refused
from trialmatch.sync.service import SyncService
from trialmatch.sync.views import (
    ChangeView,
    HistoryPage,
    RecordView,
    RunDetail,
    RunPage,
    RunView,
    SetAsideView,
    VersionView,
)
from trialmatch.tables import RunOutcome

NUMBER_MAX = 2**31 - 1
RunId = Annotated[int, Path(ge=1, le=NUMBER_MAX)]
Limit = Annotated[int, Query(ge=1, le=200, description="Rows a page.")]
Before = Annotated[int | None, Query(ge=1, le=NUMBER_MAX, description="Only those before this number.")]
NO_NUL = r"^[^\x00]*$"
TrialId = Annotated[str, Path(max_length=200, pattern=NO_NUL)]
Source = Annotated[str | None, Query(max_length=40, pattern=NO_NUL)]
Outcome = Annotated[RunOutcome | None, Query()]
After = Annotated[
    str, Query(max_length=200, pattern=NO_NUL, description="Only changes of trials whose id comes after this one.")
]


def run_router(
    *,
    database: Callable[[], Database],
    service: Callable[[], SyncService],
    settled: Callable[[], object],
    guard: WriteGuard,
) -> APIRouter:
    """The routes. `settled` is called once a decision was written: it shows the catalogue that came of it."""
    router = APIRouter(prefix="/v1", tags=["sync"])
    _add_runs(router, database)
    _add_history(router, database)
    _add_decisions(router, service, settled, guard)
    return router


def _add_runs(router: APIRouter, database: Callable[[], Database]) -> None:
    @router.get(
        "/sync/runs", summary="Les synchronisations · The synchronisations", responses=problem_answers(422, 500)
    )
    def list_runs(limit: Limit = 50, before: Before = None, source: Source = None, outcome: Outcome = None) -> RunPage:
        with database().reading() as session:
            rows = repository.runs_page(session, limit=limit + 1, before=before, source=source, outcome=outcome)
            runs = [RunView.model_validate(outcome_of(session, row)) for row in rows[:limit]]
        return RunPage(runs=runs, next_before=runs[-1].run_id if len(rows) > limit else None)

    @router.get(
        "/sync/runs/{run_id}",
        summary="Une synchronisation, ce qu'elle a changé · A synchronisation, what it changed",
        responses=problem_answers(404, 422, 500),
    )
    def show_run(run_id: RunId, limit: Limit = 200, after: After = "") -> RunDetail:
        try:
            with database().reading() as session:
                run = run_of(session, run_id)
                changes = archive.changes_of_run(session, run, limit=limit + 1, after=after)
                refused = [
                    Refused(row.record_id, row.path, row.reason, row.scope, row.last_good_kept)
                    for row in repository.set_aside_of(session, run_id)
                ]
                return _detail(outcome_of(session, run), changes, refused, limit)
        except UnknownRunError as error:
            raise ProblemError(404, f"{error}.") from None


def _add_history(router: APIRouter, database: Callable[[], Database]) -> None:
    @router.get(
        "/trials/{trial_id}/history",
        tags=["trials"],
        summary="Les versions d'un essai · The versions of a trial",
        responses=problem_answers(404, 422, 500),
    )
    def show_history(trial_id: TrialId, limit: Limit = 50, before: Before = None) -> HistoryPage:
        with database().reading() as session:
            found = archive.history_of(session, trial_id, limit=limit + 1, before=before)
        if not found and before is None:
            raise ProblemError(404, "No trial, of now or of the past, has this id: GET /v1/trials lists those of now.")
        versions = [VersionView.of(version) for version in found[:limit]]
        more = versions[-1].version_id if len(found) > limit else None
        return HistoryPage(trial_id=trial_id, versions=versions, next_before=more)

    @router.get(
        "/trials/{trial_id}/history/{version_id}",
        tags=["trials"],
        summary="Un essai tel qu'il était · A trial as it was",
        responses=problem_answers(404, 422, 500),
    )
    def show_version(trial_id: TrialId, version_id: RunId) -> RecordView:
        with database().reading() as session:
            record = archive.record_of(session, trial_id, version_id)
        if record is None:
            raise ProblemError(404, "The trial has no such version: GET /v1/trials/{id}/history lists them.")
        return RecordView(trial_id=trial_id, version_id=version_id, record=dict(record))


def _add_decisions(
    router: APIRouter, service: Callable[[], SyncService], settled: Callable[[], object], guard: WriteGuard
) -> None:
    answers = problem_answers(401, 403, 404, 409, 422, 500)

    @router.post(
        "/sync/runs/{run_id}/accept",
        summary="Accepter une liste retenue · Accept a held listing",
        dependencies=[Depends(guard)],
        responses=answers,
    )
    def accept_run(run_id: RunId) -> RunView:
        view = _decided(lambda: service().accept(run_id))
        settled()
        return view

    @router.post(
        "/sync/runs/{run_id}/refuse",
        summary="Refuser une liste retenue · Refuse a held listing",
        dependencies=[Depends(guard)],
        responses=answers,
    )
    def refuse_run(run_id: RunId) -> RunView:
        return _decided(lambda: service().refuse(run_id))


def _decided(decide: Callable[[], SyncOutcome]) -> RunView:
    try:
        return RunView.model_validate(decide())
    except UnknownRunError as error:
        raise ProblemError(404, f"{error}.") from None
    except (SyncDecisionError, SyncBusyError, LeaseLostError) as error:
        raise ProblemError(409, f"{error}.") from None


def _detail(outcome: SyncOutcome, changes: list[archive.TrialChange], refused: list[Refused], limit: int) -> RunDetail:
    shown = [ChangeView.of(change) for change in changes[:limit]]
    return RunDetail(
        **{name: getattr(RunView.model_validate(outcome), name) for name in RunView.model_fields},
        changes=shown,
        next_after=shown[-1].trial_id if len(changes) > limit else None,
        records_set_aside=[SetAsideView.of(one) for one in refused],
    )
