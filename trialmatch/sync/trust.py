"""Whether a listing is believed without a person: not when it suddenly loses, closes or garbles too much. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self

from trialmatch.settings import Settings
from trialmatch.sync.diff import Item, paired
from trialmatch.sync.plan import Plan, Record, StoredRecord
from trialmatch.tables import SetAsideScope

OPEN_TRIAL, OPEN_SITE = "ouverte", "ouvert"


class DoubtKind(StrEnum):
    """What is too much to be believed."""

    TRIALS_LOST = "trials_lost"
    TRIALS_CLOSED = "trials_closed"
    SITES_LOST = "sites_lost"
    SITES_CLOSED = "sites_closed"
    UNREADABLE = "unreadable"


_WORDS = {
    DoubtKind.TRIALS_LOST: "{count} of {total} trials are no longer listed",
    DoubtKind.TRIALS_CLOSED: "{count} of {total} open trials would not be open any more",
    DoubtKind.SITES_LOST: "{count} of {total} sites of the trials that stay are no longer listed",
    DoubtKind.SITES_CLOSED: "{count} of {total} open sites of the trials that stay would not be open any more",
    DoubtKind.UNREADABLE: "{count} of {total} records of the listing cannot be read",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason not to believe a listing: how many of how many."""

    kind: DoubtKind
    count: int
    total: int

    @property
    def words(self) -> str:
        """For a person."""
        return _WORDS[self.kind].format(count=self.count, total=self.total)

    def as_json(self) -> dict[str, object]:
        """As it is kept with the run."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRule:
    """From when a listing is held: more than a share (in per cent; 100 never holds) of what there is.

    `floor`: fewer trials than that are believed, so that a small catalogue is not held because one of them left. Two
    trials or more that are all that there is are never believed to go at once.
    """

    lost_percent: float = 20.0
    closed_percent: float = 20.0
    floor: int = 3

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As it is set."""
        return cls(
            lost_percent=settings.sync_hold_lost_percent,
            closed_percent=settings.sync_hold_closed_percent,
            floor=settings.sync_hold_floor_trials,
        )

    def doubt(self, kind: DoubtKind, touched: Mapping[str, int], total: int) -> Doubt | None:
        """`touched`: how much is lost of each trial (its id), `total`: how much there is."""
        count, trials = sum(touched.values()), len(touched)
        closing = kind in {DoubtKind.TRIALS_CLOSED, DoubtKind.SITES_CLOSED}
        if count * 100 <= (self.closed_percent if closing else self.lost_percent) * total:
            return None
        return Doubt(kind, count, total) if trials >= self.floor or (trials > 1 and count == total) else None


def doubts(current: Mapping[str, StoredRecord], plan: Plan, rule: HoldRule) -> tuple[Doubt, ...]:
    """Why applying a plan should wait for a person; nothing where no catalogue is there to protect."""
    if not current:
        return ()
    found = (*_of_trials(current, plan, rule), *_of_sites(current, plan, rule), _of_reading(plan, rule))
    return tuple(one for one in found if one is not None)


def _of_trials(current: Mapping[str, StoredRecord], plan: Plan, rule: HoldRule) -> Iterable[Doubt | None]:
    yield rule.doubt(DoubtKind.TRIALS_LOST, dict.fromkeys(plan.withdrawn, 1), len(current))
    open_ones = {trial_id for trial_id, stored in current.items() if _is_open(stored.record)}
    closed = {one.after.trial_id for one in plan.changed if not _is_open(one.after.record)}
    yield rule.doubt(DoubtKind.TRIALS_CLOSED, dict.fromkeys(open_ones & {*closed, *plan.withdrawn}, 1), len(open_ones))


def _of_sites(current: Mapping[str, StoredRecord], plan: Plan, rule: HoldRule) -> Iterable[Doubt | None]:
    gone = set(plan.withdrawn)
    staying = [_sites(stored.record) for trial_id, stored in current.items() if trial_id not in gone]
    lost, closed = {}, {}
    for change in plan.changed:
        pairs = [pair for pair in paired(_sites(change.before.record), _sites(change.after.record)) if pair[0]]
        if count := sum(1 for _, after in pairs if after is None):
            lost[change.after.trial_id] = count
        if count := sum(1 for before, after in pairs if _is_open_site(before) and not _is_open_site(after)):
            closed[change.after.trial_id] = count
    yield rule.doubt(DoubtKind.SITES_LOST, lost, sum(len(sites) for sites in staying))
    open_sites = sum(1 for sites in staying for site in sites if _is_open_site(site))
    yield rule.doubt(DoubtKind.SITES_CLOSED, closed, open_sites)


def _of_reading(plan: Plan, rule: HoldRule) -> Doubt | None:
    """A source whose records have another shape all of a sudden is not « in step »."""
    refused = [one for one in plan.set_aside if one.scope is SetAsideScope.RECORD and one.listed]
    return rule.doubt(DoubtKind.UNREADABLE, {str(number): 1 for number in range(len(refused))}, plan.listed)


def _is_open(record: Record) -> bool:
    return record.get("statut") == OPEN_TRIAL


def _is_open_site(site: Item | None) -> bool:
    return site is not None and site.get("statut") == OPEN_SITE


def _sites(record: Record) -> list[Item]:
    sites = record.get("centres")
    return [site for site in sites if isinstance(site, Mapping)] if isinstance(sites, list | tuple) else []
