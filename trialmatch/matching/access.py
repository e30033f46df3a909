"""How near an open site is, for many trials at once: the access part of the score."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rules.compiled import Places, Ragged
from rules.trial import Cohort, Disputed, Site, SiteStatus, Trial
from trialmatch.matching.sites import AGEING_LOSS, FAR_KM, NEAR_KM, FreshnessRule
from trialmatch.places import EARTH_RADIUS_KM, Point, point_of_finess

Numbers = NDArray[np.float64]

SITES_UNKNOWN, TO_OPEN, PLACE_UNKNOWN = 0.1, 0.2, 0.6
DISPUTED = 0.5
"""What is left of access where another source says that the trial, or its site, takes nobody any more."""
_UNDATED = 0


class AccessColumns:
    """The open sites of a catalogue as columns: where they are, when they were checked, which cohorts they carry."""

    def __init__(self, trials: Sequence[Trial]) -> None:
        open_ = [[site for site in trial.sites if site.status is SiteStatus.OPEN] for trial in trials]
        sites = [site for of_trial in open_ for site in of_trial]
        first = np.concatenate(([0], np.cumsum([len(of_trial) for of_trial in open_]))).tolist()
        cohorts = [_cohorts(trial) for trial in trials]
        carried = [
            [first[place] + number for number, site in enumerate(open_[place]) if _carries(site, cohort)]
            for place, of_trial in enumerate(cohorts)
            for cohort in of_trial
        ]
        self._parts = Ragged.of(carried)
        self._first_part = np.concatenate(([0], np.cumsum([len(of_trial) for of_trial in cohorts]))).astype(np.intp)
        self._known = np.array([bool(trial.sites) for trial in trials], dtype=bool)
        points = [point_of_finess(site.finess) if site.finess else None for site in sites]
        self._lat = np.radians(np.array([point.lat if point else np.nan for point in points], dtype=np.float64))
        self._lon = np.radians(np.array([point.lon if point else np.nan for point in points], dtype=np.float64))
        self._checked = np.array([_checked(site) for site in sites], dtype=np.intp)
        left = [[_left(site, trial) for site in of_trial] for trial, of_trial in zip(trials, open_, strict=True)]
        self._left = np.array([one for of_trial in left for one in of_trial], dtype=np.float64)
        self._left_unplaced = np.array([DISPUTED if _is_disputed(trial) else 1.0 for trial in trials], dtype=np.float64)

    def of(
        self,
        places: Places,
        cohorts: Places,
        *,
        origin: Point | None,
        as_of: date,
        rule: FreshnessRule,
        radius_km: float | None,
    ) -> Numbers:
        """Access in 0–1 of each trial (by its place, with the number of the cohort that speaks, 0 without cohorts): the
        nearest open site that carries it, less when its status is not fresh; 0.2 to open, 0.1 sites unknown; half of
        that where a source says that the trial, or the site, takes nobody any more."""
        carried = self._parts.take(self._first_part[places] + cohorts)
        distances = self._distances(carried.flat, origin)
        within = np.isnan(distances) | (distances <= (np.inf if radius_km is None else radius_km))
        left = self._freshness(carried.flat, as_of, rule) * self._left[carried.flat]
        reach = np.where(within, _reach(distances) * left, 0.0)
        best = carried.reduce_members(np.maximum, reach, 0)
        unplaced = np.where(self._known[places], TO_OPEN, SITES_UNKNOWN) * self._left_unplaced[places]
        return np.where(best > 0, best, unplaced)

    def _distances(self, sites: Places, origin: Point | None) -> Numbers:
        """Kilometres as the crow flies (haversine), to a tenth; not a number where either end is unknown."""
        if origin is None:
            return np.full(len(sites), np.nan)
        lat, lon = np.radians(origin.lat), np.radians(origin.lon)
        half_lat, half_lon = (self._lat[sites] - lat) / 2, (self._lon[sites] - lon) / 2
        chord = np.sin(half_lat) ** 2 + np.cos(lat) * np.cos(self._lat[sites]) * np.sin(half_lon) ** 2
        km: Numbers = np.round(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)), 1)
        return km

    def _freshness(self, sites: Places, as_of: date, rule: FreshnessRule) -> Numbers:
        checked = self._checked[sites]
        age = as_of.toordinal() - checked
        dated = (checked != _UNDATED) & (checked <= rule.latest(as_of).toordinal())
        fresh = dated & (age <= rule.fresh_days)
        ageing = dated & (age <= rule.ageing_days)
        loss = np.where(ageing, AGEING_LOSS["ageing"], AGEING_LOSS["stale"])
        return np.where(fresh, AGEING_LOSS["fresh"], loss)


def _cohorts(trial: Trial) -> Sequence[Cohort | None]:
    return trial.cohorts or (None,)


def _carries(site: Site, cohort: Cohort | None) -> bool:
    return cohort is None or not site.cohorts or cohort.id in site.cohorts


def _is_disputed(trial: Trial) -> bool:
    """Whether a source says of the whole trial that it takes nobody any more."""
    return any(one.about is Disputed.RECRUITMENT for one in trial.disagreements)


def _left(site: Site, trial: Trial) -> float:
    if not trial.disagreements:
        return 1.0
    own = any(one.about is Disputed.SITE and one.site == site.name for one in trial.disagreements)
    return DISPUTED if own or _is_disputed(trial) else 1.0


def _checked(site: Site) -> int:
    return date.fromisoformat(site.verified_on).toordinal() if site.verified_on else _UNDATED


def _reach(distances: Numbers) -> Numbers:
    """Within NEAR_KM access is whole; beyond FAR_KM it is half; where nobody knows the way it is in between."""
    beyond = np.clip((distances - NEAR_KM) / (FAR_KM - NEAR_KM), 0.0, 1.0)
    return np.where(np.isnan(distances), PLACE_UNKNOWN, 1.0 - 0.5 * beyond)
