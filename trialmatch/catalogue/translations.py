"""Translations: from the record of a trial to what is understood of it, made once and kept in the database.

Reading a protocol's text takes tens of milliseconds, reading what is kept one: a start, and every other process, takes
what some process made. What cannot be taken, for whatever reason, is made anew, so nothing here is ever a failure.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from itertools import islice

import structlog
from sqlalchemy import Executable, delete, exists
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from rules.trial import Trial
from trialmatch.catalogue.codec import TrialReader, written
from trialmatch.catalogue.reading import Key, Made, Record, Translate, each_translated
from trialmatch.db import Database
from trialmatch.errors import DatabaseError, LockBusyError, PayloadError
from trialmatch.tables import CatalogueTrial, KeptTranslation

TOGETHER = 200
"""Records translated, then kept in one short transaction and told in the log: a start that is killed loses no more."""
IDS_A_STATEMENT = 1_000
LOCK = "translate"
TURN_S = 300.0
"""How long a process waits for what another one is translating, before it translates by itself."""
WRITE_S = 5.0
log = structlog.get_logger("trialmatch.catalogue")


class Translations:
    """Translates records, and keeps what it made for this process and for others.

    `reader`: fingerprint of what translates, under which its trials are kept and found; None keeps nothing. A record
    that cannot be translated is not kept: it is refused quickly, and what made it fail may be gone next time.
    """

    def __init__(
        self,
        database: Database,
        translate: Translate,
        *,
        reader: str | None = None,
        write_s: float = WRITE_S,
        processes: int = 1,
    ) -> None:
        """`write_s`: how long another writer is waited for before a trial is not kept; `processes`: that read many."""
        self._database = database
        self._translate = translate
        self._reader = reader
        self._write_s = write_s
        self._processes = processes

    def kept(self, session: Session, keys: Collection[Key]) -> dict[Key, Trial]:
        """What this reader made of some records, as far as it is kept and can be read; equal leaves are one object."""
        found: dict[Key, Trial] = {}
        reader, damaged = TrialReader(), 0
        for key, payload in self._payloads(session, keys):
            try:
                found[key] = reader.read(payload)
            except PayloadError:
                damaged += 1
        if damaged:
            log.warning("catalogue.translations_damaged", count=damaged)
        return found

    def missing(self, session: Session, keys: Collection[Key]) -> set[Key]:
        """Of some records, those of which nothing is kept."""
        return set(keys) - {key for key, _ in self._payloads(session, keys)}

    def made(self, records: Mapping[Key, Record], *, check: Callable[[], None] | None = None) -> dict[Key, Made]:
        """Translates records, and keeps the trials. `check` is called before each: it raises to give up."""
        made: dict[Key, Made] = {}
        keeps = self._reader is not None
        pairs = sorted(records.items(), key=lambda item: item[0])
        with closing(each_translated(pairs, self._translate, processes=self._processes)) as rest:
            while fresh := dict(islice(_checked(rest, check), TOGETHER)):
                made.update(fresh)
                keeps = keeps and self._keep(fresh)
                log.info("catalogue.translated", count=len(made), trials=len(records))
        return made

    def prune(self) -> None:
        """Forgets what was made, by whatever reader, of records that are not current any more."""
        current = exists().where(
            col(CatalogueTrial.trial_id) == col(KeptTranslation.trial_id),
            col(CatalogueTrial.content_hash) == col(KeptTranslation.content_hash),
            col(CatalogueTrial.valid_to).is_(None),
        )
        if self._reader is not None:
            self._try(delete(KeptTranslation).where(~current))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One process at a time translates; those that waited find what it kept. Who cannot wait goes on."""
        with ExitStack() as stack:
            if self._reader is not None:
                try:
                    stack.enter_context(self._database.exclusive(LOCK, wait_s=TURN_S))
                except (DatabaseError, LockBusyError, SQLAlchemyError) as error:
                    log.warning("catalogue.turn_not_taken", error=type(error).__name__)
            yield

    def _payloads(self, session: Session, keys: Collection[Key]) -> Iterator[tuple[Key, bytes]]:
        ids = sorted({trial_id for trial_id, _ in keys}) if self._reader is not None else []
        wanted = set(keys)
        for start in range(0, len(ids), IDS_A_STATEMENT):
            rows = select(KeptTranslation.trial_id, KeptTranslation.content_hash, KeptTranslation.payload).where(
                KeptTranslation.reader == self._reader,
                col(KeptTranslation.trial_id).in_(ids[start : start + IDS_A_STATEMENT]),
            )
            for trial_id, content_hash, payload in session.exec(rows):
                if (trial_id, content_hash) in wanted:
                    yield (trial_id, content_hash), payload

    def _keep(self, made: Mapping[Key, Made]) -> bool:
        """Whether the trials could be kept; those of the same records by other readers go, as they are replaced."""
        payloads = [(key, _payload(one)) for key, one in made.items() if isinstance(one, Trial)]
        rows = [
            {"trial_id": trial_id, "content_hash": content_hash, "reader": self._reader, "payload": payload}
            for (trial_id, content_hash), payload in payloads
            if payload is not None
        ]
        if not rows:
            return True
        replaced = col(KeptTranslation.trial_id).in_([row["trial_id"] for row in rows])
        others = delete(KeptTranslation).where(replaced, col(KeptTranslation.reader) != self._reader)
        return self._try(self._insert().values(rows), others)

    def _insert(self) -> sqlite.Insert | postgresql.Insert:
        """A row that another process put meanwhile is the same one, unless it is damaged."""
        insert = sqlite.insert(KeptTranslation) if self._database.is_sqlite else postgresql.insert(KeptTranslation)
        given = insert.excluded.payload
        return insert.on_conflict_do_update(
            index_elements=["trial_id", "content_hash", "reader"],
            set_={"payload": given},
            where=col(KeptTranslation.payload) != given,
        )

    def _try(self, *statements: Executable) -> bool:
        """One short transaction. Its failure is told and does no harm: the database is read-only, locked or full."""
        try:
            with self._database.writing(wait_s=self._write_s) as session:
                for statement in statements:
                    session.execute(statement)
        except SQLAlchemyError as error:
            log.warning("catalogue.translations_not_kept", error=type(error).__name__)
            return False
        return True


def _checked(rest: Iterator[tuple[Key, Made]], check: Callable[[], None] | None) -> Iterator[tuple[Key, Made]]:
    """One record after the other, after asking whether to go on."""
    while True:
        if check is not None:
            check()
        try:
            one = next(rest)
        except StopIteration:
            return
        yield one


def _payload(trial: Trial) -> bytes | None:
    try:
        return written(trial)
    except PayloadError:
        log.warning("catalogue.trial_not_written")
        return None
