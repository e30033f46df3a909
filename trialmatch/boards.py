"""What serves a board besides the judging of one case: decisions, running sessions, and what is deleted in its time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.catalogue.snapshot import Snapshot
from trialmatch.clock import Clock
from trialmatch.db import Database
from trialmatch.decisions.service import DecisionService
from trialmatch.housekeeping import Housekeeping, Job
from trialmatch.matching.service import Catalogue, MatchService
from trialmatch.session.beforehand import Beforehand
from trialmatch.session.expiry import Expiry
from trialmatch.session.sealing import Sealer, key_of
from trialmatch.session.service import SessionService
from trialmatch.settings import Settings


@dataclass(frozen=True)
class Boards:
    """The parts, running. `sessions` is None where no key is set."""

    decisions: DecisionService
    sessions: SessionService | None
    housekeeping: Housekeeping
    beforehand: Beforehand | None

    @staticmethod
    def open(
        settings: Settings,
        database: Database,
        holder: CatalogueHolder,
        *,
        match: MatchService,
        clock: Clock,
        also: Sequence[tuple[str, Job]] = (),
    ) -> "Boards":
        """Starts them: what has had its time is deleted at once (`also` what others keep), what is due is judged."""
        decisions = DecisionService(database, clock=clock, knows_trial=_knows_trial(holder))
        expiry = Expiry(database, clock=clock)
        jobs = [
            ("sessions", expiry.turn),
            ("decisions", lambda: decisions.erase_old(days=settings.decision_retention_days)),
            *also,
        ]
        sessions = beforehand = None
        if settings.session_key is not None:
            sealer = Sealer(key_of(settings.session_key.get_secret_value()))
            sessions = SessionService(
                database,
                sealer,
                clock=clock,
                expiry=expiry,
                hours=settings.session_hours,
                match=match,
                current=_current(holder),
            )
            beforehand = Beforehand(sessions, database, every_s=settings.catalogue_poll_seconds)
            beforehand.start()
        housekeeping = Housekeeping(jobs, every_s=settings.housekeeping_seconds)
        housekeeping.start()
        return Boards(decisions, sessions, housekeeping, beforehand)

    def close(self, *, wait_s: float) -> None:
        """What goes on has some seconds to end."""
        self.housekeeping.stop(wait_s=wait_s)
        if self.beforehand is not None:
            self.beforehand.stop(wait_s=wait_s)


def catalogue_of(holder: CatalogueHolder) -> Catalogue | None:
    """The catalogue that answers, None before the first synchronisation."""
    held = holder.current
    return answering(held) if held else None


def answering(held: Snapshot) -> Catalogue:
    """A snapshot as the matching takes it."""
    return Catalogue(held.prepared, held.version, held.source, held.synchronised_at)


def _current(holder: CatalogueHolder) -> Callable[[], Catalogue | None]:
    return lambda: catalogue_of(holder)


def _knows_trial(holder: CatalogueHolder) -> Callable[[str], bool]:
    """Any trial, as long as there is no catalogue to look into: a decision is not lost for that."""

    def knows(trial_id: str) -> bool:
        held = holder.current
        return held is None or trial_id in held.prepared.by_id

    return knows
