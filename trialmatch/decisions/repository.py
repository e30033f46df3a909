"""What decisions ask of the database. Nothing here commits."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Integer, delete, func, tuple_
from sqlalchemy import select as sql_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from trialmatch.decisions.tables import DecisionEvent, DisplayedCount, Followed

STAGES = ("proposed", "retained", "addressed", "offered", "accepted", "screened", "included")


COUNTED_BY = ("trial_id", "site_finess", "organ", "month", "state", "reason")
_EMPTY = {"trial_id": "", "site_finess": None, "organ": None, "month": "", "state": None, "reason": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which propositions; None leaves a side open."""

    case_ids: tuple[str, ...] | None = None
    trial_id: str | None = None
    site: str | None = None
    organ: str | None = None
    from_month: str | None = None
    to_month: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Propositions that are alike in everything that is counted."""

    trial_id: str
    site_finess: str | None
    organ: str | None
    month: str
    state: str | None
    reason: str | None
    number: int
    stages: dict[str, int]


def events_of(session: Session, case_id: str, trial_id: str) -> Sequence[DecisionEvent]:
    """The events of one pair, in order."""
    return _events(session, [(case_id, trial_id)])


def events_of_all(session: Session, rows: Sequence[Followed]) -> dict[tuple[str, str], list[DecisionEvent]]:
    """The events of some pairs, each in order."""
    found: dict[tuple[str, str], list[DecisionEvent]] = {(row.case_id, row.trial_id): [] for row in rows}
    pairs = list(found)
    for start in range(0, len(pairs), 200):
        for event in _events(session, pairs[start : start + 200]):
            found[event.case_id, event.trial_id].append(event)
    return found


def _events(session: Session, pairs: Sequence[tuple[str, str]]) -> Sequence[DecisionEvent]:
    wanted = tuple_(col(DecisionEvent.case_id), col(DecisionEvent.trial_id)).in_(pairs)
    order = (col(DecisionEvent.case_id), col(DecisionEvent.trial_id), col(DecisionEvent.number))
    return session.exec(select(DecisionEvent).where(wanted).order_by(*order)).all()


def event_of_key(session: Session, key_hash: str) -> DecisionEvent | None:
    """The event that a request with this idempotency key recorded."""
    return session.exec(select(DecisionEvent).where(DecisionEvent.key_hash == key_hash)).first()


def followed_of(session: Session, case_id: str, trial_id: str) -> Followed | None:
    """Where a pair stands."""
    return session.exec(select(Followed).where(Followed.case_id == case_id, Followed.trial_id == trial_id)).first()


def search(session: Session, asked: Asked, *, limit: int, offset: int) -> tuple[int, Sequence[Followed]]:
    """How many there are, and some of them, the latest first."""
    where = _where(asked)
    total = session.exec(select(func.count()).select_from(Followed).where(*where)).one()
    rows = select(Followed).where(*where).order_by(col(Followed.last_at).desc(), col(Followed.id).desc())
    return total, session.exec(rows.limit(limit).offset(offset)).all()


def waiting(session: Session, asked: Asked, *, states: Iterable[str], before: datetime) -> Sequence[Followed]:
    """Those in one of these states of which nothing was heard since an instant, the oldest first."""
    still = (col(Followed.state).in_(list(states)), col(Followed.last_at) <= before)
    rows = select(Followed).where(*_where(asked), *still)
    return session.exec(rows.order_by(col(Followed.last_at), col(Followed.id))).all()


def tallies(session: Session, asked: Asked, *, counted_by: Collection[str] = COUNTED_BY) -> list[Tally]:
    """Sums by some of what can be counted by (the fewer, the faster); the rest of a tally is then empty.

    Pairs whose events were all undone do not count.
    """
    names = [name for name in COUNTED_BY if name in counted_by]
    by: list[Any] = [getattr(Followed, name) for name in names]
    sums: list[Any] = [func.sum(getattr(Followed, name).cast(Integer)) for name in STAGES]
    grouped = sql_select(*by, func.count(), *sums)
    counted = grouped.where(*_where(asked), col(Followed.state).is_not(None)).group_by(*by)
    return [_tally(names, row) for row in session.execute(counted)]


def _tally(names: Sequence[str], row: Sequence[Any]) -> Tally:
    """A row: what it is counted by, how many, the sums of the stages."""
    said: dict[str, Any] = {**_EMPTY, **dict(zip(names, row, strict=False))}
    number, *sums = row[len(names) :]
    return Tally(**said, number=number, stages=dict(zip(STAGES, sums, strict=True)))


def all_events(session: Session, asked: Asked) -> Sequence[DecisionEvent]:
    """The events of the pairs asked for, in the order in which they were recorded."""
    rows = select(DecisionEvent).join(
        Followed,
        (col(Followed.case_id) == col(DecisionEvent.case_id)) & (col(Followed.trial_id) == col(DecisionEvent.trial_id)),
    )
    return session.exec(rows.where(*_where(asked)).order_by(col(DecisionEvent.id))).all()


def displayed(session: Session, asked: Asked) -> dict[tuple[str, str], int]:
    """How often each trial was shown in each month."""
    rows = sql_select(col(DisplayedCount.trial_id), col(DisplayedCount.day), col(DisplayedCount.shown))
    if asked.trial_id is not None:
        rows = rows.where(col(DisplayedCount.trial_id) == asked.trial_id)
    if asked.from_month is not None:
        rows = rows.where(col(DisplayedCount.day) >= date.fromisoformat(f"{asked.from_month}-01"))
    found: dict[tuple[str, str], int] = {}
    for trial_id, day, shown in session.execute(rows):
        month = f"{day:%Y-%m}"
        if month <= (asked.to_month or "9"):
            found[trial_id, month] = found.get((trial_id, month), 0) + shown
    return found


def count_displayed(session: Session, trial_ids: Iterable[str], day: date) -> None:
    """One more for each trial on a day."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    for trial_id in sorted(set(trial_ids)):
        first = insert(DisplayedCount).values(day=day, trial_id=trial_id, shown=1)
        more = {"shown": DisplayedCount.shown + 1}
        session.execute(first.on_conflict_do_update(index_elements=["day", "trial_id"], set_=more))


def erase_case(session: Session, case_id: str) -> int:
    """Every event of a case is deleted; how many there were."""
    session.execute(delete(Followed).where(col(Followed.case_id) == case_id))
    return _count(session, delete(DecisionEvent).where(col(DecisionEvent.case_id) == case_id))


def erase_before(session: Session, instant: datetime) -> int:
    """The pairs of which nothing was heard since an instant are deleted whole; how many events there were."""
    old = select(Followed.case_id, Followed.trial_id).where(col(Followed.last_at) < instant)
    pairs = tuple_(col(DecisionEvent.case_id), col(DecisionEvent.trial_id)).in_(old)
    gone = _count(session, delete(DecisionEvent).where(pairs))
    session.execute(delete(Followed).where(col(Followed.last_at) < instant))
    return gone


def _where(asked: Asked) -> list[Any]:
    conditions: dict[str, Callable[[Any], Any]] = {
        "trial_id": col(Followed.trial_id).__eq__,
        "site": col(Followed.site_finess).__eq__,
        "organ": col(Followed.organ).__eq__,
        "from_month": col(Followed.month).__ge__,
        "to_month": col(Followed.month).__le__,
        "state": col(Followed.state).__eq__,
        "case_ids": col(Followed.case_id).in_,
    }
    given = ((condition, getattr(asked, name)) for name, condition in conditions.items())
    return [condition(value) for condition, value in given if value is not None]


def _count(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
