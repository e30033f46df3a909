"""What sessions ask of the database. Nothing here commits; an expired row is never given."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, delete, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from trialmatch.session.tables import BoardSession, SessionCase


def open_session(session: Session, session_id: str, *, now: datetime, locked: bool = False) -> BoardSession | None:
    """A session that has not expired. `locked`: until the transaction ends (PostgreSQL; SQLite locks the whole)."""
    asked = select(BoardSession).where(BoardSession.id == session_id, col(BoardSession.expires_at) > now)
    return session.exec(asked.with_for_update() if locked else asked).first()


def cases_of(session: Session, session_id: str) -> Sequence[SessionCase]:
    """The cases of a session in order."""
    asked = select(SessionCase).where(SessionCase.session_id == session_id)
    return session.exec(asked.order_by(col(SessionCase.position))).all()


class Listed(NamedTuple):
    """A case as the list needs it: everything but its answer, which is large."""

    position: int
    sealed_case: bytes
    judged_for: str | None
    failed: bool
    compatible: int
    to_check: int


def without_answers(session: Session, session_id: str) -> list[Listed]:
    """The cases of a session in order, without their answers."""
    parts: list[Any] = [getattr(SessionCase, name) for name in Listed._fields]
    asked = sql_select(*parts).where(col(SessionCase.session_id) == session_id)
    return [Listed(*row) for row in session.execute(asked.order_by(col(SessionCase.position)))]


def case_at(session: Session, session_id: str, position: int) -> SessionCase | None:
    """One case of a session."""
    return session.get(SessionCase, (session_id, position))


def next_due(session: Session, *, key_id: str, judged_for: str, now: datetime) -> SessionCase | None:
    """A case that was not judged for this yet, of the session that was opened first."""
    due = (
        select(SessionCase)
        .join(BoardSession, col(BoardSession.id) == col(SessionCase.session_id))
        .where(
            col(BoardSession.expires_at) > now,
            BoardSession.key_id == key_id,
            or_(col(SessionCase.judged_for).is_(None), col(SessionCase.judged_for) != judged_for),
        )
    )
    return session.exec(due.order_by(col(BoardSession.opened_at), col(SessionCase.position)).limit(1)).first()


def keep_answer(session: Session, session_id: str, position: int, **values: object) -> bool:
    """Keeps what a case was judged; False where the session ended meanwhile."""
    own = update(SessionCase).where(col(SessionCase.session_id) == session_id, col(SessionCase.position) == position)
    return _count(session, own.values(**values)) == 1


def delete_session(session: Session, session_id: str) -> int:
    """A session and its cases; how many sessions went."""
    return _delete(session, [session_id])


def delete_expired(session: Session, *, now: datetime) -> int:
    """The sessions that have had their time, with their cases; how many sessions went."""
    expired = session.exec(select(BoardSession.id).where(col(BoardSession.expires_at) <= now)).all()
    return _delete(session, expired)


def any_expired(session: Session, *, now: datetime) -> bool:
    """Whether a session has had its time."""
    return session.exec(select(BoardSession.id).where(col(BoardSession.expires_at) <= now).limit(1)).first() is not None


def _delete(session: Session, ids: Iterable[str]) -> int:
    gone = list(ids)
    if not gone:
        return 0
    session.execute(delete(SessionCase).where(col(SessionCase.session_id).in_(gone)))
    return _count(session, delete(BoardSession).where(col(BoardSession.id).in_(gone)))


def _count(session: Session, statement: Any) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
