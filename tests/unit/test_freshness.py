"""How old the status of a site is, and how that moves its place."""

from datetime import date

import numpy as np
import pytest

from rules.trial import Site, SiteStatus, Trial, TrialStatus
from trialmatch.matching.access import AccessColumns
from trialmatch.matching.sites import AGEING_LOSS, FreshnessRule, site_answers
from trialmatch.places import point_of_postal_code

AS_OF = date(2026, 11, 24)
RULE = FreshnessRule(30, 60)


@pytest.mark.parametrize(
    ("verified_on", "freshness"),
    [
        ("2026-11-24", "fresh"),
        ("2026-10-25", "fresh"),
        ("2026-10-24", "ageing"),
        ("2026-09-25", "ageing"),
        ("2026-09-24", "stale"),
        ("1999-01-01", "stale"),
        ("2026-11-25", "stale"),
        ("2062-11-01", "stale"),
        (None, "stale"),
    ],
)
def test_a_status_ages_by_the_settings(verified_on: str | None, freshness: str) -> None:
    assert RULE.of(verified_on, AS_OF) == freshness


@pytest.mark.parametrize(("verified_on", "freshness"), [("2026-11-30", "fresh"), ("2026-12-02", "stale")])
def test_a_check_since_the_form_was_dated_is_not_of_the_future(verified_on: str, freshness: str) -> None:
    assert FreshnessRule(30, 60, today=date(2026, 12, 1)).of(verified_on, AS_OF) == freshness


def trial(id_: str, *sites: Site) -> Trial:
    return Trial(id=id_, title=id_, status=TrialStatus.OPEN, updated_at="2026-11-01T08:00:00Z", sites=sites)


def site(name: str, verified_on: str | None, finess: str = "590000188", status: SiteStatus = SiteStatus.OPEN) -> Site:
    return Site(name=name, status=status, finess=finess, verified_on=verified_on)


def test_stale_sites_come_after_the_others_that_are_open_however_near() -> None:
    far_and_fresh = site("far", "2026-11-20", finess="140000555")
    sites = (
        site("closed", "2026-11-20", status=SiteStatus.CLOSED),
        site("undated", None),
        site("old", "2026-01-01"),
        site("ageing", "2026-10-20"),
        far_and_fresh,
    )
    shown = site_answers(
        trial("A", *sites),
        cohort=None,
        origin=point_of_postal_code("59000"),
        as_of=AS_OF,
        rule=RULE,
        radius_km=None,
    )
    assert [one["name"] for one in shown] == ["ageing", "far", "old", "undated", "closed"]
    assert [one["freshness"] for one in shown] == ["ageing", "fresh", "stale", "stale", "fresh"]


def test_a_trial_whose_open_sites_are_stale_loses_rank() -> None:
    dates = {
        "fresh": "2026-11-20",
        "ageing": "2026-10-20",
        "old": "2026-01-01",
        "undated": None,
        "future": "2062-01-01",
    }
    trials = [trial(name, site(name, verified_on)) for name, verified_on in dates.items()]
    access = AccessColumns(trials).of(
        np.arange(len(trials)),
        np.zeros(len(trials), dtype=np.intp),
        origin=point_of_postal_code("59000"),
        as_of=AS_OF,
        rule=RULE,
        radius_km=None,
    )
    stale = AGEING_LOSS["stale"]
    assert access.tolist() == [1.0, AGEING_LOSS["ageing"], stale, stale, stale]
