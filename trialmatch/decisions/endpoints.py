"""`/v1/decisions`: record an act, undo it, find where cases stand, count, export, remind, forget.

No id of a case stands in an address: with a trial and an organ beside it, it says something of a patient's health, and
addresses are kept by browsers and proxies. What needs one is a POST.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import StringConstraints

from trialmatch.decisions import exported
from trialmatch.decisions.repository import COUNTED_BY, Asked
from trialmatch.decisions.schemas import (
    DecisionIn,
    DisplayedIn,
    Erased,
    EraseIn,
    Filters,
    FollowedPage,
    FollowedView,
    SearchIn,
)
from trialmatch.decisions.service import DecisionService
from trialmatch.decisions.summary import COLUMN_OF, By, Names, reasons_of, row_of, rows_by, with_words
from trialmatch.decisions.views import (
    ExportIn,
    FunnelRow,
    PageIn,
    ReasonRow,
    Reminder,
    Reminders,
    RemindersIn,
    SummaryIn,
    SummaryView,
    WordRow,
    WordsView,
)
from trialmatch.decisions.words import REASON_WORDS, STEP_WORDS
from trialmatch.http.guard import WriteGuard
from trialmatch.http.problems import problem_answers
from trialmatch.http.strict_json import StrictJsonRoute

NO_STORE = {"Cache-Control": "no-store"}
IdempotencyKey = Annotated[
    Annotated[str, StringConstraints(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")] | None,
    Header(alias="Idempotency-Key", description="One for each act: sent again, the same act is recorded once."),
]
READ = (401, 403, 422, 500)
WRITE = (400, 401, 403, 413, 415, 422, 500)


@dataclass(frozen=True, slots=True)
class DecisionParts:
    """What the routes need of the running service."""

    service: DecisionService
    names: Names


Current = Callable[[], DecisionParts]


def decisions_router(current: Current, *, guard: WriteGuard, reminder_days: int) -> APIRouter:
    """All of it behind the guard of writes: who reads decisions learns about cases."""
    router = APIRouter(
        prefix="/v1/decisions", tags=["decisions"], route_class=StrictJsonRoute, dependencies=[Depends(guard)]
    )
    _add_writes(router, current)
    _add_reads(router, current)
    _add_counts(router, current, reminder_days)
    return router


def _add_writes(router: APIRouter, current: Current) -> None:
    @router.post(
        "",
        status_code=201,
        summary="Enregistrer une décision · Record a decision",
        description="Adds one event, or takes the last one back (`undone`). Nothing is ever changed.",
        responses={200: {"model": FollowedView, "description": "Recorded before."}, **problem_answers(409, *WRITE)},
    )
    def record(asked: DecisionIn, response: Response, key: IdempotencyKey = None) -> FollowedView:
        recorded = current().service.record(asked, key=key)
        response.headers.update(NO_STORE)
        response.status_code = 201 if recorded.new else 200
        return recorded.view

    @router.post(
        "/displayed",
        status_code=204,
        summary="Compter les essais affichés · Count the trials that were shown",
        description="A number by trial and day; nothing of the case.",
        responses=problem_answers(*WRITE),
    )
    def count_displayed(shown: DisplayedIn) -> None:
        current().service.count_displayed(shown.trial_ids)

    @router.post(
        "/erase",
        summary="Effacer les décisions d’un cas · Forget the decisions of a case",
        responses=problem_answers(*WRITE),
    )
    def erase(asked: EraseIn) -> Erased:
        return Erased(events=current().service.erase_case(asked.case_id))


def _add_reads(router: APIRouter, current: Current) -> None:
    @router.post(
        "/search",
        summary="Chercher des décisions, aussi par cas · Find decisions, also by case",
        responses=problem_answers(*WRITE),
    )
    def search(asked: SearchIn, response: Response) -> FollowedPage:
        response.headers.update(NO_STORE)
        sides = asked.model_dump(exclude={"limit", "offset", "case_ids"})
        cases = None if asked.case_ids is None else tuple(asked.case_ids)
        return _page(current(), Asked(case_ids=cases, **sides), limit=asked.limit, offset=asked.offset)

    @router.get(
        "", summary="Décisions, les dernières d’abord · Decisions, the latest first", responses=problem_answers(*READ)
    )
    def list_decisions(asked: Annotated[PageIn, Query()], response: Response) -> FollowedPage:
        response.headers.update(NO_STORE)
        return _page(current(), _sides(asked, state=asked.state), limit=asked.limit, offset=asked.offset)

    @router.get("/words", summary="Mots des décisions · Words of decisions", responses=problem_answers(*READ))
    def words() -> WordsView:
        return WordsView(
            events=[WordRow(value=step, label=label) for step, label in STEP_WORDS.items()],
            reasons=[WordRow(value=reason, label=label) for reason, label in REASON_WORDS.items()],
        )


def _add_counts(router: APIRouter, current: Current, reminder_days: int) -> None:
    @router.get("/summary", summary="De proposé à inclus · From proposed to included", responses=problem_answers(*READ))
    def summary(asked: Annotated[SummaryIn, Query()], response: Response) -> SummaryView:
        response.headers.update(NO_STORE)
        return _summary(current(), asked)

    @router.get(
        "/reminders", summary="Sans suite depuis N jours · Unheard of for N days", responses=problem_answers(*READ)
    )
    def reminders(asked: Annotated[RemindersIn, Query()], response: Response) -> Reminders:
        response.headers.update(NO_STORE)
        days = reminder_days if asked.days is None else asked.days
        return _reminders(current(), asked, days)

    @router.get(
        ".csv",
        summary="Décisions pour un tableur · Decisions for a spreadsheet",
        response_class=Response,
        responses={
            200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "CSV."},
            **problem_answers(*READ),
        },
    )
    def export(asked: Annotated[ExportIn, Query()]) -> Response:
        name = "suivi.csv" if asked.lines == "summary" else "evenements.csv"
        headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(_csv(current(), asked), media_type=exported.MEDIA_TYPE, headers=headers)


def _sides(asked: Filters, *, state: str | None = None) -> Asked:
    return Asked(
        trial_id=asked.trial_id,
        site=asked.site,
        organ=asked.organ,
        from_month=asked.from_month,
        to_month=asked.to_month,
        state=state,
    )


def _page(parts: DecisionParts, asked: Asked, *, limit: int, offset: int) -> FollowedPage:
    total, found = parts.service.search(asked, limit=limit, offset=offset)
    return FollowedPage(total=total, limit=limit, offset=offset, followed=found)


def _summary(parts: DecisionParts, asked: SummaryIn) -> SummaryView:
    # Words may be of any column; without them the rows of the table are enough.
    needed = COUNTED_BY if asked.q else (COLUMN_OF[asked.by], "state", "reason")
    tallies, shown = parts.service.counts(_sides(asked), counted_by=needed)
    found = with_words(tallies, asked.q, parts.names)
    by_trial_alone = not (asked.q or asked.site or asked.organ)
    rows = rows_by(asked.by, found, shown if by_trial_alone else None, parts.names)
    total = row_of(None, "Total", found, sum(shown.values()) if by_trial_alone else None)
    return SummaryView(
        by=By(asked.by),
        total=FunnelRow.of(total),
        rows=[FunnelRow.of(row) for row in rows],
        reasons=[
            ReasonRow(reason=reason, label=REASON_WORDS[reason], not_retained=before, not_included=after)
            for reason, before, after in reasons_of(found)
        ],
    )


def _reminders(parts: DecisionParts, asked: RemindersIn, days: int) -> Reminders:
    names, now = parts.names, parts.service.now()
    waiting = [
        row
        for row in parts.service.waiting(_sides(asked), days=days)
        if names.hold(asked.q, trial_id=row.trial_id, site=row.site_finess, organ=row.organ)
    ]
    rows = waiting[asked.offset : asked.offset + asked.limit]
    views = {(view.case_id, view.trial_id): view for view in parts.service.views(rows)}
    reminders = [
        Reminder(
            trial=names.trial(row.trial_id),
            site=names.site(row.site_finess) if row.site_finess else None,
            organ=names.organ(row.organ) if row.organ else None,
            days=(now - row.last_at).days,
            last_at=row.last_at,
            followed=views[row.case_id, row.trial_id],
        )
        for row in rows
        if (row.case_id, row.trial_id) in views
    ]
    return Reminders(days=days, total=len(waiting), reminders=reminders)


def _csv(parts: DecisionParts, asked: ExportIn) -> str:
    if asked.lines == "summary":
        tallies, _ = parts.service.counts(_sides(asked))
        return exported.summary_csv(with_words(tallies, asked.q, parts.names), parts.names)
    events = parts.service.events(_sides(asked))
    found = [
        one
        for one in events
        if parts.names.hold(asked.q, trial_id=one.trial_id, site=one.site_finess, organ=one.organ, reason=one.reason)
    ]
    return exported.events_csv(found, parts.names)
