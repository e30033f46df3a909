"""How near an open site is, for many trials at once: the access part of the score."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rules.trial import Cohort, Site, SiteStatus, Trial
from trialmatch.matching.sites import AGEING_LOSS, FAR_KM, NEAR_KM, FreshnessRule
from trialmatch.places import EARTH_RADIUS_KM, Point, point_of_finess

Numbers = NDArray[np.float64]

SITES_UNKNOWN, TO_OPEN, PLACE_UNKNOWN = 0.1, 0.2, 0.6
_UNDATED = 0


class AccessColumns:
    """The open sites of a catalogue as columns: where they are, when they were checked, which cohorts they carry."""

    def __init__(self, trials: Sequence[Trial]) -> None:
        self._known = [bool(trial.sites) for trial in trials]
        self._open = [[site for site in trial.sites if site.status is SiteStatus.OPEN] for trial in trials]
        sites = [site for open_ in self._open for site in open_]
        self._first = np.concatenate(([0], np.cumsum([len(open_) for open_ in self._open]))).astype(np.int64)
        points = [point_of_finess(site.finess) if site.finess else None for site in sites]
        self._lat = np.radians(np.array([point.lat if point else np.nan for point in points], dtype=np.float64))
        self._lon = np.radians(np.array([point.lon if point else np.nan for point in points], dtype=np.float64))
        self._checked = np.array([_checked(site) for site in sites], dtype=np.int64)

    def of(
        self,
        places: Sequence[int],
        cohorts: Sequence[Cohort | None],
        *,
        origin: Point | None,
        as_of: date,
        rule: FreshnessRule,
        radius_km: float | None,
    ) -> list[float]:
        """Access in 0–1 of each trial (by its place): the nearest open site that carries the cohort, less when its
        status is not fresh; 0.2 to open, 0.1 sites unknown."""
        sites = [self._carried(place, cohort) for place, cohort in zip(places, cohorts, strict=True)]
        flat = np.array([site for carried in sites for site in carried], dtype=np.int64)
        distances = self._distances(flat, origin)
        reach = _reach(distances) * self._freshness(flat, as_of, rule)
        within = np.isnan(distances) | (distances <= (np.inf if radius_km is None else radius_km))
        reach = np.where(within, reach, 0.0).tolist()
        found, start = [], 0
        for place, carried in zip(places, sites, strict=True):
            best = max(reach[start : start + len(carried)], default=0.0)
            start += len(carried)
            found.append(SITES_UNKNOWN if not self._known[place] else best or TO_OPEN)
        return found

    def _carried(self, place: int, cohort: Cohort | None) -> list[int]:
        first = int(self._first[place])
        return [
            first + number
            for number, site in enumerate(self._open[place])
            if cohort is None or not site.cohorts or cohort.id in site.cohorts
        ]

    def _distances(self, sites: NDArray[np.int64], origin: Point | None) -> Numbers:
        """Kilometres as the crow flies (haversine), to a tenth; not a number where either end is unknown."""
        if origin is None:
            return np.full(len(sites), np.nan)
        lat, lon = np.radians(origin.lat), np.radians(origin.lon)
        half_lat, half_lon = (self._lat[sites] - lat) / 2, (self._lon[sites] - lon) / 2
        chord = np.sin(half_lat) ** 2 + np.cos(lat) * np.cos(self._lat[sites]) * np.sin(half_lon) ** 2
        km: Numbers = np.round(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)), 1)
        return km

    def _freshness(self, sites: NDArray[np.int64], as_of: date, rule: FreshnessRule) -> Numbers:
        checked = self._checked[sites]
        age = as_of.toordinal() - checked
        dated = (checked != _UNDATED) & (age >= 0)
        fresh = dated & (age <= rule.fresh_days)
        ageing = dated & (age <= rule.ageing_days)
        loss = np.where(ageing, AGEING_LOSS["ageing"], AGEING_LOSS["stale"])
        return np.where(fresh, AGEING_LOSS["fresh"], loss)


def _checked(site: Site) -> int:
    return date.fromisoformat(site.verified_on).toordinal() if site.verified_on else _UNDATED


def _reach(distances: Numbers) -> Numbers:
    """Within NEAR_KM access is whole; beyond FAR_KM it is half; where nobody knows the way it is in between."""
    beyond = np.clip((distances - NEAR_KM) / (FAR_KM - NEAR_KM), 0.0, 1.0)
    return np.where(np.isnan(distances), PLACE_UNKNOWN, 1.0 - 0.5 * beyond)
