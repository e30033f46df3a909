"""Records decisions, and tells where each case stands with each trial."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.decisions import repository
from trialmatch.decisions.flow import OPEN_STATES, Told, next_steps, reached, standing
from trialmatch.decisions.repository import COUNTED_BY, Asked, Tally
from trialmatch.decisions.schemas import DecisionIn, EventView, FollowedView, Person
from trialmatch.decisions.tables import DecisionEvent, Followed
from trialmatch.decisions.words import NEEDS_REASON, REASON_WORDS, STEP_WORDS, CaseVerdict, Reason, Step
from trialmatch.http.fields import FieldError
from trialmatch.http.problems import ProblemError

ATTEMPTS = 5
"""Two people may act on one pair in the same instant: the second one looks again."""
KnowsTrial = Callable[[str], bool]
_INHERITED = (
    *("cohort", "catalogue_version", "match_id", "verdict"),
    *("site_finess", "addressed_finess", "organ", "month"),
)
_CURRENT = ("cohort", "verdict", "site_finess", "addressed_finess", "organ")
_NEEDED_FIRST = ("catalogue_version", "match_id", "verdict")


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where the pair stands after the request; `new` is false where the same request had been recorded before."""

    view: FollowedView
    new: bool


class DecisionService:
    """Decisions of one database. `knows_trial`: whether a trial is in the catalogue (true where there is none)."""

    def __init__(self, database: Database, *, clock: Clock, knows_trial: KnowsTrial) -> None:
        self._database = database
        self._clock = clock
        self._knows_trial = knows_trial

    def record(self, asked: DecisionIn, *, key: str | None = None) -> Recorded:
        """Adds one event. Raises ProblemError: 409 when it may not follow, 422 when something is missing."""
        for attempt in range(ATTEMPTS):
            try:
                with self._database.writing() as session:
                    return self._record(session, asked, key)
            except IntegrityError:
                if attempt + 1 == ATTEMPTS:
                    break
        raise ProblemError(409, "Others decide on the same case and trial at this moment: read it again, then decide.")

    def _record(self, session: Session, asked: DecisionIn, key: str | None) -> Recorded:
        key_hash, request_hash = _sha256(key) if key else None, _sha256(asked.model_dump_json())
        # Read before the key is looked up: who finds the event of its own request here finds its key then.
        earlier = repository.events_of(session, asked.case_id, asked.trial_id)
        if key_hash and (before := repository.event_of_key(session, key_hash)) is not None:
            if before.request_hash != request_hash:
                raise ProblemError(422, "This Idempotency-Key served another request: make a new key for each act.")
            return Recorded(_view(repository.events_of(session, before.case_id, before.trial_id)), new=False)
        undoes = _checked(asked, earlier)
        values = self._values(asked, _spoken_last(earlier, undoes))
        event = DecisionEvent(
            case_id=asked.case_id,
            trial_id=asked.trial_id,
            number=len(earlier) + 1,
            step=asked.event,
            undoes=undoes,
            reason=asked.reason,
            reason_text=asked.reason_text,
            role=asked.by.role,
            user_id=asked.by.user_id,
            at=self._clock.now(),
            key_hash=key_hash,
            request_hash=request_hash if key_hash else None,
            **values,
        )
        session.add(event)
        _follow(session, [*earlier, event])
        session.flush()
        return Recorded(_view([*earlier, event]), new=True)

    def _values(self, asked: DecisionIn, before: DecisionEvent | None) -> dict[str, Any]:
        """What is said now, else what was said before. The first event says what was answered."""
        given = {name: getattr(asked, name) for name in _INHERITED}
        if before is None:
            if wrong := [_missing(name) for name in _NEEDED_FIRST if given[name] is None]:
                raise ProblemError(422, "The first event of a case and a trial says what was answered.", errors=wrong)
            if not self._knows_trial(asked.trial_id):
                told = FieldError(
                    field="trial_id", code="unknown_trial", message="a trial of the catalogue is expected"
                )
                raise ProblemError(422, "1 field is not as the contract asks.", errors=[told])
            given["month"] = given["month"] or self._clock.now().strftime("%Y-%m")
            return given
        return {name: getattr(before, name) if value is None else value for name, value in given.items()}

    def search(self, asked: Asked, *, limit: int, offset: int) -> tuple[int, list[FollowedView]]:
        """How many pairs there are, and some of them with their events, the latest first."""
        with self._database.reading() as session:
            total, rows = repository.search(session, asked, limit=limit, offset=offset)
            events = repository.events_of_all(session, rows)
        return total, [_view(events[row.case_id, row.trial_id]) for row in rows]

    def waiting(self, asked: Asked, *, days: int) -> Sequence[Followed]:
        """The pairs of which nothing was heard for so many days, the oldest first."""
        before = self._clock.now() - timedelta(days=days)
        with self._database.reading() as session:
            return repository.waiting(session, asked, states=OPEN_STATES, before=before)

    def views(self, rows: Sequence[Followed]) -> list[FollowedView]:
        """The same pairs with their events; one that was forgotten meanwhile is left out."""
        with self._database.reading() as session:
            events = repository.events_of_all(session, rows)
        return [_view(events[row.case_id, row.trial_id]) for row in rows if events[row.case_id, row.trial_id]]

    def counts(
        self, asked: Asked, *, counted_by: Collection[str] = COUNTED_BY
    ) -> tuple[list[Tally], dict[tuple[str, str], int]]:
        """Sums by some of what can be counted by, and how often each trial was shown in each month."""
        with self._database.reading() as session:
            sums = repository.tallies(session, asked, counted_by=counted_by)
            return sums, repository.displayed(session, asked)

    def events(self, asked: Asked) -> Sequence[DecisionEvent]:
        """The events of the pairs asked for, in the order in which they were recorded."""
        with self._database.reading() as session:
            return repository.all_events(session, asked)

    def count_displayed(self, trial_ids: Sequence[str]) -> None:
        """One more for each trial of the catalogue today, and nothing of the case for which they were shown."""
        known = [one for one in trial_ids if self._knows_trial(one)]
        with self._database.writing() as session:
            repository.count_displayed(session, known, self._clock.today())

    def erase_case(self, case_id: str) -> int:
        """Forgets a case, as somebody may ask; how many events there were."""
        with self._database.writing() as session:
            return repository.erase_case(session, case_id)

    def erase_old(self, *, days: int) -> int:
        """Deletes the pairs of which nothing was heard for so many days; how many events there were."""
        with self._database.writing() as session:
            return repository.erase_before(session, self._clock.now() - timedelta(days=days))

    def now(self) -> datetime:
        """The instant, by the clock of the service."""
        return self._clock.now()


def _checked(asked: DecisionIn, earlier: Sequence[DecisionEvent]) -> int | None:
    """Whether the event may follow; for an undoing, the number of the event that it takes back."""
    if asked.after is not None and asked.after != len(earlier):
        raise ProblemError(
            409, f"There are {len(earlier)} events by now, not {asked.after}: read them, then decide again."
        )
    held = standing(_told(earlier))
    if asked.event is Step.UNDONE:
        if not held:
            raise ProblemError(409, "There is nothing to undo.")
        if asked.undoes not in (None, held[-1].number):
            raise ProblemError(409, f"Only the last event that holds can be undone: number {held[-1].number}.")
        return held[-1].number
    expected = next_steps([one.step for one in held])
    if asked.event not in expected:
        state = held[-1].step if held else "none"
        names = ", ".join(expected) or "nothing but `undone`"
        raise ProblemError(409, f"`{asked.event}` cannot follow the state `{state}`; expected: {names}.")
    return None


def _spoken_last(earlier: Sequence[DecisionEvent], undoes: int | None) -> DecisionEvent | None:
    """The event whose site, cohort and answer go on: the last that holds, else the last that was told."""
    holding = {one.number for one in standing(_told(earlier)) if one.number != undoes}
    return next((one for one in reversed(earlier) if one.number in holding), earlier[-1] if earlier else None)


def _follow(session: Session, events: Sequence[DecisionEvent]) -> None:
    """Writes what the events come to."""
    last = events[-1]
    held = standing(_told(events))
    stages = reached(one.step for one in held)
    state = events[held[-1].number - 1] if held else None
    values: dict[str, Any] = {
        "version": len(events),
        "state": state.step if state else None,
        "reason": state.reason if state else None,
        "month": events[held[0].number - 1 if held else 0].month,
        "last_at": last.at,
        **{name: getattr(last, name) for name in _CURRENT},
        **{name: Step(name) in stages for name in repository.STAGES},
    }
    row = repository.followed_of(session, last.case_id, last.trial_id)
    if row is None:
        session.add(Followed(case_id=last.case_id, trial_id=last.trial_id, **values))
        return
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)


def _told(events: Sequence[DecisionEvent]) -> list[Told]:
    return [Told(one.number, Step(one.step), one.undoes) for one in events]


def _view(events: Sequence[DecisionEvent]) -> FollowedView:
    held = standing(_told(events))
    state = held[-1].step if held else None
    holding = {one.number for one in held}
    return FollowedView(
        case_id=events[0].case_id,
        trial_id=events[0].trial_id,
        version=len(events),
        state=state,
        state_words=STEP_WORDS[state] if state else None,
        next=list(next_steps([one.step for one in held])),
        can_undo=bool(held),
        events=[
            _event_view(one, undone=Step(one.step) is not Step.UNDONE and one.number not in holding) for one in events
        ],
    )


def _event_view(event: DecisionEvent, *, undone: bool) -> EventView:
    step = Step(event.step)
    reason = Reason(event.reason) if event.reason and step in NEEDS_REASON else None
    return EventView(
        number=event.number,
        event=step,
        words=STEP_WORDS[step],
        undoes=event.undoes,
        undone=undone,
        reason=reason,
        reason_words=REASON_WORDS[reason] if reason else None,
        reason_text=event.reason_text,
        cohort=event.cohort,
        catalogue_version=event.catalogue_version,
        match_id=event.match_id,
        verdict=CaseVerdict(event.verdict),
        site_finess=event.site_finess,
        addressed_finess=event.addressed_finess,
        organ=event.organ,
        month=event.month,
        by=Person.model_construct(role=event.role, user_id=event.user_id),
        at=event.at,
    )


def _missing(name: str) -> FieldError:
    return FieldError(field=name, code="missing", message="Field required")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
