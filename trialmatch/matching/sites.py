"""The sites of a proposition: freshness and distance."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from rules.trial import Contact, Site, SiteStatus, Trial
from trialmatch.matching.answer import ContactAnswer, SiteAnswer
from trialmatch.places import Point, distance_km, point_of_finess, point_of_postal_code

Freshness = Literal["fresh", "ageing", "stale"]

NEAR_KM, FAR_KM = 30.0, 200.0
"""Within NEAR_KM access is whole; beyond FAR_KM it is half: a day's travel across the two regions."""

AGEING_LOSS: dict[Freshness, float] = {"fresh": 1.0, "ageing": 0.9, "stale": 0.7}
"""What is left of access when the status of a site was not checked lately."""


@dataclass(frozen=True, slots=True)
class FreshnessRule:
    """Days since the last check up to which a status is fresh, then ageing."""

    fresh_days: int = 30
    ageing_days: int = 60
    today: date | None = None
    """A form that is dated some days ago does not make a check since then one of the future."""

    def of(self, verified_on: str | None, as_of: date) -> Freshness:
        """`stale` when undated, dated in the future, or older than ageing."""
        if verified_on is None:
            return "stale"
        checked = _day(verified_on)
        if checked > self.latest(as_of):
            return "stale"
        age = (as_of - checked).days
        return "fresh" if age <= self.fresh_days else "ageing" if age <= self.ageing_days else "stale"

    def latest(self, as_of: date) -> date:
        """The last day on which a check can have been made."""
        return as_of if self.today is None else max(as_of, self.today)


@lru_cache(maxsize=4_096)  # of the catalogue
def _day(iso: str) -> date:
    return date.fromisoformat(iso)


@dataclass(frozen=True, slots=True)
class Reach:
    """From where sites are looked at, and how old their status may be."""

    origin: Point | None
    rule: FreshnessRule


def origin_of(site_finess: str | None, postal_code: str | None) -> Point | None:
    """Where distances are counted from: the patient's postal code, else the board's site."""
    here = point_of_postal_code(postal_code) if postal_code else None
    return here or (point_of_finess(site_finess) if site_finess else None)


def site_answers(
    trial: Trial, *, cohort: str | None, origin: Point | None, as_of: date, rule: FreshnessRule, radius_km: float | None
) -> list[SiteAnswer]:
    """The sites of a trial (those that carry the cohort), open and near first."""
    carried = [site for site in trial.sites if not cohort or not site.cohorts or cohort in site.cohorts]
    answers = [_answer(site, origin=origin, as_of=as_of, rule=rule) for site in carried]
    if radius_km is not None:
        answers = [answer for answer in answers if (far := answer["distance_km"]) is None or far <= radius_km]
    return sorted(answers, key=_place)


_STATUS_ORDER: dict[str, int] = {
    SiteStatus.OPEN: 0,
    SiteStatus.PLANNED: 1,
    SiteStatus.SUSPENDED: 2,
    SiteStatus.CLOSED: 3,
}


def _place(site: SiteAnswer) -> tuple[int, bool, float, str]:
    far = site["distance_km"]
    return _STATUS_ORDER[site["status"]], site["freshness"] == "stale", 10_000.0 if far is None else far, site["name"]


def _answer(site: Site, *, origin: Point | None, as_of: date, rule: FreshnessRule) -> SiteAnswer:
    return SiteAnswer(
        finess=site.finess,
        name=site.name,
        city=site.city,
        status=site.status.value,
        verified_on=site.verified_on,
        verified_by=site.verified_by,
        freshness=rule.of(site.verified_on, as_of),
        distance_km=_distance_km(origin.lat, origin.lon, site.finess) if origin and site.finess else None,
        contact=_contact(site.contact) if site.contact else None,
        investigator=site.investigator,
        places=site.places,
    )


@lru_cache(maxsize=65_536)  # of the postal codes and the sites of two regions
def _distance_km(lat: float, lon: float, finess: str) -> float | None:
    there = point_of_finess(finess)
    return round(distance_km(Point(lat, lon), there), 1) if there else None


@lru_cache(maxsize=4_096)  # of the catalogue
def _contact(contact: Contact) -> ContactAnswer:
    return ContactAnswer(name=contact.name, phone=contact.phone, email=contact.email)
