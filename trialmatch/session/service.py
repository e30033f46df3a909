"""Board sessions: opened with cases, judged beforehand, read case by case, ended. The one exception to « forgotten ».

Nothing of a case is ever logged; in the database it stands sealed only.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Any

import structlog
from sqlmodel import Session

from rules.case import Case
from trialmatch import ENGINE_VERSION
from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.errors import SealError
from trialmatch.http.problems import ProblemError
from trialmatch.matching.answer import Answer, as_json
from trialmatch.matching.lines import read_case_line
from trialmatch.matching.options import MatchOptions
from trialmatch.matching.service import Catalogue, MatchService
from trialmatch.session import repository
from trialmatch.session.expiry import Expiry
from trialmatch.session.lines import KeptLine, sort_lines
from trialmatch.session.repository import Listed
from trialmatch.session.schemas import CaseRow, LineRefused, Progress, SessionCaseView, SessionOpened, SessionView
from trialmatch.session.sealing import Sealer
from trialmatch.session.tables import BoardSession, SessionCase

ID_BYTES = 32
OPTIONS = MatchOptions(max_results=50, max_ruled_out=500)
QUIET = frozenset({"trial_refused", "supportive_only"})
"""Warnings of a patient to whom nothing is proposed."""
log = structlog.get_logger("trialmatch.session")


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer to keep: None where the case could not be judged."""

    answer: bytes | None
    compatible: int = 0
    to_check: int = 0


class SessionService:
    """The sessions of one database, under one key. `current`: the catalogue that answers, None where there is none."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        *,
        clock: Clock,
        expiry: Expiry,
        hours: int,
        match: MatchService,
        current: Callable[[], Catalogue | None],
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock
        self._expiry = expiry
        self._hours = hours
        self._match = match
        self._current = current
        self.something_due = Event()
        """Set when cases came in: whoever judges beforehand need not wait for its next turn."""

    def open(self, body: bytes) -> SessionOpened:
        """A new session with the cases of an NDJSON body. Raises ProblemError, 422, when no line of it is a case."""
        kept, refused = sort_lines(body, known=())
        if not kept:
            raise ProblemError(422, _no_case(refused))
        now = self._clock.now()
        opened = BoardSession(
            id=secrets.token_urlsafe(ID_BYTES),
            key_id=self._sealer.key_id,
            opened_at=now,
            expires_at=now + timedelta(hours=self._hours),
            cases=0,
        )
        with self._database.writing() as session:
            session.add(opened)
            session.flush()
            self._add(session, opened, kept)
        return self._told(opened, refused)

    def add(self, session_id: str, body: bytes) -> SessionOpened:
        """Further cases of a running session; those that are in it already are refused."""
        with self._database.writing() as session:
            opened = self._opened(session, session_id, locked=True)
            known = [self._payload(row)["case_id"] for row in repository.cases_of(session, session_id)]
            kept, refused = sort_lines(body, known=known)
            if not kept:
                raise ProblemError(422, _no_case(refused))
            self._add(session, opened, kept)
        return self._told(opened, refused)

    def _add(self, session: Session, opened: BoardSession, kept: Sequence[KeptLine]) -> None:
        for position, line in enumerate(kept, opened.cases + 1):
            sealed = self._sealer.seal(line.line, place=_place(opened.id, position, "case"))
            session.add(SessionCase(session_id=opened.id, position=position, sealed_case=sealed))
        opened.cases += len(kept)
        session.add(opened)

    def _told(self, opened: BoardSession, refused: list[LineRefused]) -> SessionOpened:
        self.something_due.set()
        log.info("session.cases_kept", count=opened.cases)
        return SessionOpened(session_id=opened.id, expires_at=opened.expires_at, cases=opened.cases, refused=refused)

    def show(self, session_id: str) -> SessionView:
        """The list of a session. Raises ProblemError, 404, when it ended, expired or never was."""
        self._expiry.purge()
        with self._database.reading() as session:
            opened = self._opened(session, session_id)
            stamp = self._stamp(self._current())
            rows = [self._row(session_id, stamp, one) for one in repository.without_answers(session, session_id)]
        return SessionView(
            session_id=session_id,
            opened_at=opened.opened_at,
            expires_at=opened.expires_at,
            progress=Progress(judged=sum(row.judged for row in rows), total=len(rows)),
            something_to_say=sum(row.compatible + row.to_check > 0 for row in rows),
            cases=rows,
        )

    def _row(self, session_id: str, stamp: str | None, listed: Listed) -> CaseRow:
        judged = listed.judged_for is not None and listed.judged_for == stamp
        counts = {"compatible": listed.compatible, "to_check": listed.to_check}
        try:
            plain = self._sealer.open(listed.sealed_case, place=_place(session_id, listed.position, "case"))
        except SealError:
            return CaseRow(position=listed.position, case_id="", title=None, judged=judged, failed=True, **counts)
        case = json.loads(plain)
        return CaseRow(
            position=listed.position,
            case_id=case["case_id"],
            title=_title(case),
            judged=judged,
            failed=listed.failed,
            **counts,
        )

    def case(self, session_id: str, position: int) -> SessionCaseView:
        """A case and its answer by the catalogue of the moment: judged now, where it was not beforehand."""
        self._expiry.purge()
        catalogue = self._current()
        stamp = self._stamp(catalogue)
        with self._database.reading() as session:
            opened = self._opened(session, session_id)
            row = repository.case_at(session, session_id, position)
            if row is None:
                raise ProblemError(404, f"This session has {opened.cases} cases, numbered from 1.")
            case = self._payload(row)
            answer = self._kept_answer(row, stamp)
        if answer is None and catalogue is not None and stamp is not None and row.judged_for != stamp:
            answer = self._judge(row, catalogue, stamp).answer
        told = None if answer is None else json.loads(answer)
        return SessionCaseView(position=position, cases=opened.cases, case=case, answer=told)

    def _kept_answer(self, row: SessionCase, stamp: str | None) -> bytes | None:
        if row.sealed_answer is None or stamp is None or row.judged_for != stamp:
            return None
        return self._opened_bytes(row.sealed_answer, _place(row.session_id, row.position, f"answer {stamp}"))

    def end(self, session_id: str) -> None:
        """Deletes a session and its cases. Raises ProblemError, 404, when there is none."""
        with self._database.writing() as session:
            self._opened(session, session_id)
            repository.delete_session(session, session_id)
        self._expiry.scrub()

    def is_due(self) -> bool:
        """Whether a case is to be judged beforehand."""
        stamp = self._stamp(self._current())
        return stamp is not None and self._next_due(stamp) is not None

    def judge_one(self) -> bool:
        """Judges one case that is due beforehand; False when none is."""
        catalogue = self._current()
        stamp = self._stamp(catalogue)
        row = None if stamp is None else self._next_due(stamp)
        if catalogue is None or stamp is None or row is None:
            return False
        self._judge(row, catalogue, stamp)
        return True

    def _next_due(self, stamp: str) -> SessionCase | None:
        with self._database.reading() as session:
            return repository.next_due(session, key_id=self._sealer.key_id, judged_for=stamp, now=self._clock.now())

    def _judge(self, row: SessionCase, catalogue: Catalogue, stamp: str) -> Judged:
        judged = self._judged(row, catalogue)
        place = _place(row.session_id, row.position, f"answer {stamp}")
        sealed = None if judged.answer is None else self._sealer.seal(judged.answer, place=place)
        with self._database.writing() as session:
            repository.keep_answer(
                session,
                row.session_id,
                row.position,
                sealed_answer=sealed,
                judged_for=stamp,
                failed=sealed is None,
                compatible=judged.compatible,
                to_check=judged.to_check,
            )
        return judged

    def _judged(self, row: SessionCase, catalogue: Catalogue) -> Judged:
        try:
            line = self._sealer.open(row.sealed_case, place=_place(row.session_id, row.position, "case"))
            case = read_case_line(line, row.position)
            if not isinstance(case, Case):
                return Judged(None)
            now = self._clock.now()
            answer = self._match.match(case, catalogue, options=OPTIONS, today=self._clock.today(), now=now)
        except Exception as error:  # noqa: BLE001 -- whatever is wrong with one case, the others are judged
            log.error("session.case_failed", error=type(error).__name__)  # noqa: TRY400 -- no stack: it may quote it
            return Judged(None)
        return Judged(as_json(answer), *_counts(answer))

    def _stamp(self, catalogue: Catalogue | None) -> str | None:
        """What an answer depends on besides its case: another one of these, and it is judged anew."""
        if catalogue is None or not catalogue.trials:
            return None
        parts = [catalogue.version, ENGINE_VERSION, self._clock.today().isoformat()]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _opened(self, session: Session, session_id: str, *, locked: bool = False) -> BoardSession:
        found = repository.open_session(session, session_id, now=self._clock.now(), locked=locked)
        if found is None:
            raise ProblemError(404, "No session is open under this id: it was ended, or its time is over.")
        if found.key_id != self._sealer.key_id:
            raise ProblemError(
                409, "This session was kept under another key (TRIALMATCH_SESSION_KEY): send its cases again."
            )
        return found

    def _payload(self, row: SessionCase) -> dict[str, Any]:
        plain = self._opened_bytes(row.sealed_case, _place(row.session_id, row.position, "case"))
        return dict(json.loads(plain))

    def _opened_bytes(self, sealed: bytes, place: str) -> bytes:
        try:
            return self._sealer.open(sealed, place=place)
        except SealError:
            raise ProblemError(500, "What is kept of this case cannot be opened: send it again.") from None


def _place(session_id: str, position: int, part: str) -> str:
    """Where sealed bytes belong: they open nowhere else."""
    return f"trialmatch session {session_id} case {position} {part}"


def _counts(answer: Answer) -> tuple[int, int]:
    """How many trials there are to speak of: compatible, to check. None for a patient to whom none is proposed."""
    if any(one.code in QUIET for one in answer.warnings):
        return 0, 0
    verdicts = [one.verdict for one in answer.propositions if one.group == "main"]
    return verdicts.count("compatible"), verdicts.count("to_check")


def _title(case: dict[str, Any]) -> str | None:
    tumour = case.get("tumour") or {}
    parts = [tumour.get(name) or {} for name in ("topography", "histology")]
    return " · ".join(part.get("text") or part.get("code") or "" for part in parts if part) or None


def _no_case(refused: Sequence[LineRefused]) -> str:
    if not refused:
        return "The body holds no line: one case a line is expected (NDJSON)."
    return f"No line is a case. Line {refused[0].line}: {refused[0].detail}"
