"""The metrics of the catalogue and of the synchronisation, made when they are asked for."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from trialmatch import ENGINE_VERSION
from trialmatch.matching.service import Catalogue
from trialmatch.matching.sites import Freshness, FreshnessRule
from trialmatch.monitoring.stored import ENDED, SourceState, Stored
from trialmatch.tables import RunOutcome

FRESHNESS: tuple[Freshness, ...] = ("fresh", "ageing", "stale")
RECORDS = ("listed", "added", "changed", "withdrawn", "unchanged", "set_aside")


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known at one moment. `stored` is None while the database does not answer."""

    now: datetime
    catalogue: Catalogue | None
    stored: Stored | None
    leads: bool | None = None
    """Whether this machine runs the schedule; None: nobody says."""


class Exposition(Collector):
    """One moment as Prometheus metrics. No label holds anything but names that the service gave itself."""

    def __init__(self, moment: Moment, *, freshness: FreshnessRule, stale_hours: float) -> None:
        self._moment = moment
        self._freshness = freshness
        self._stale_hours = stale_hours

    def collect(self) -> Iterator[Metric]:
        """All of them."""
        build = GaugeMetricFamily("trialmatch_build_info", "Always 1; which version answers.", labels=["version"])
        build.add_metric([ENGINE_VERSION], 1)
        yield build
        moment = self._moment
        yield _gauge("trialmatch_database_up", "Whether the database answers.", moment.stored is not None)
        ready = moment.catalogue is not None and bool(moment.catalogue.trials)
        yield _gauge("trialmatch_ready", "Whether this process has a catalogue to answer from.", ready)
        if moment.catalogue is not None:
            yield from self._of_catalogue(moment.catalogue)
        if moment.stored is not None:
            yield from _of_sources(moment.stored.sources)
            yield from _of_leader(moment.stored, leads=moment.leads)

    def _of_catalogue(self, catalogue: Catalogue) -> Iterator[Metric]:
        synced = catalogue.synchronised_at
        if synced is not None:
            age = max(0.0, (self._moment.now - synced).total_seconds())
            yield _gauge("trialmatch_catalogue_synchronised_timestamp_seconds", "Last success.", synced.timestamp())
            yield _gauge("trialmatch_catalogue_age_seconds", "Since the last success of a synchronisation.", age)
            stale = age > self._stale_hours * 3600
            yield _gauge("trialmatch_catalogue_stale", "Whether answers warn that the catalogue is old.", stale)
        trials = GaugeMetricFamily("trialmatch_catalogue_trials", "Trials of the catalogue.", labels=["status"])
        for status, count in sorted(Counter(trial.status.value for trial in catalogue.trials).items()):
            trials.add_metric([status], count)
        yield trials
        yield self._sites(catalogue)

    def _sites(self, catalogue: Catalogue) -> Metric:
        today = self._moment.now.date()
        counts = Counter(
            (site.status.value, self._freshness.of(site.verified_on, today))
            for trial in catalogue.trials
            for site in trial.sites
        )
        family = GaugeMetricFamily("trialmatch_catalogue_sites", "Sites of all trials.", labels=["status", "freshness"])
        for status in sorted({status for status, _ in counts}):
            for freshness in FRESHNESS:
                family.add_metric([status, freshness], counts.get((status, freshness), 0))
        return family


def _of_sources(sources: tuple[SourceState, ...]) -> Iterator[Metric]:
    runs = CounterMetricFamily("trialmatch_sync_runs", "Runs that ended, by outcome.", labels=["source", "outcome"])
    last = GaugeMetricFamily(
        "trialmatch_sync_last_run_records", "Records of the last run that ended.", labels=["source", "change"]
    )
    for source in sources:
        for outcome in ENDED:
            runs.add_metric([source.name, outcome.value], source.runs.get(outcome, 0))
        if source.last is not None:
            for change in RECORDS:
                last.add_metric([source.name, change], getattr(source.last, change))
    yield runs
    yield last
    for name, told, value in _PER_SOURCE:
        family = GaugeMetricFamily(f"trialmatch_sync_{name}", told, labels=["source"])
        for source in sources:
            found = value(source)
            if found is not None:
                family.add_metric([source.name], found)
        yield family


def _seconds(source: SourceState) -> float | None:
    last = source.last
    return (last.ended_at - last.started_at).total_seconds() if last and last.ended_at else None


_PER_SOURCE: tuple[tuple[str, str, Callable[[SourceState], float | None]], ...] = (
    (
        "last_success_timestamp_seconds",
        "When a run last reached its end.",
        lambda source: source.last_success_at.timestamp() if source.last_success_at else None,
    ),
    (
        "last_run_timestamp_seconds",
        "When a run last ended, well or not.",
        lambda source: source.last.ended_at.timestamp() if source.last and source.last.ended_at else None,
    ),
    ("last_run_duration_seconds", "How long the last run took.", _seconds),
    ("running", "Runs under way.", lambda source: source.runs.get(RunOutcome.RUNNING, 0)),
    ("held", "Listings that wait for a person.", lambda source: source.runs.get(RunOutcome.HELD, 0)),
    (
        "unreadable_trials",
        "Trials that answer by their last good version, as the source's is not readable.",
        lambda source: source.unreadable,
    ),
)


def _of_leader(stored: Stored, *, leads: bool | None) -> Iterator[Metric]:
    yield CounterMetricFamily(
        "trialmatch_sync_elections", "Leaders elected so far.", value=stored.leader.term if stored.leader else 0
    )
    if leads is not None:
        yield _gauge("trialmatch_sync_leader", "Whether this machine runs the schedule.", leads)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=float(value))
