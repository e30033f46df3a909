"""A trial whose sources disagree: where it stands, alike for both engines; what is judged of it stays."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.compiled import CompiledCatalogue
from rules.standing import DOUBTED, certainty_left, score_of
from rules.trial import Disagreement, Disputed, Said, Site, SiteStatus, Trial, TrialStatus
from tests.compiled import pool
from tests.compiled.same import differences
from tests.properties.hiding import picture_sent
from trialmatch.matching.access import AccessColumns
from trialmatch.matching.sites import FreshnessRule

AS_OF = date(2026, 11, 24)


def doubted(trial: Trial, *about: Disputed, site: str | None = None) -> Trial:
    said = (Said(source="archimaid", record_id="A", value="x"), Said(source="eclaire", record_id="E", value="y"))
    told = tuple(Disagreement(about=one, field="f", said=said, site=site) for one in about)
    return replace(trial, disagreements=told)


@settings(max_examples=10)
@given(st.sampled_from(pool.sample_cases()), st.lists(st.sampled_from(list(Disputed)), max_size=3), st.integers(0, 5))
def test_both_engines_score_a_doubted_trial_alike(case: dict[str, object], about: list[Disputed], every: int) -> None:
    trials = [
        doubted(trial, *about) if number % 6 == every else trial for number, trial in enumerate(pool.sample_trials())
    ]
    picture = picture_sent(case)
    assert differences(trials, [picture]) == []
    standings = CompiledCatalogue.of(trials).judge(picture).standings()
    access = np.linspace(0, 1, len(standings))
    scores = [score_of(standings[row], access[row]).total for row in range(len(standings))]
    order = sorted(
        range(len(standings)),
        key=lambda row: (
            int(standings.verdicts[row]),
            standings[row].if_tested,
            standings[row].last,
            -scores[row],
            standings[row].trial.id,
        ),
    )
    assert standings.order(access).tolist() == order


@pytest.mark.parametrize(
    ("about", "left"),
    [
        ((), 1.0),
        ((Disputed.RECRUITMENT,), 1.0),
        ((Disputed.SITE,), 1.0),
        ((Disputed.AGE,), DOUBTED),
        ((Disputed.SPONSOR, Disputed.PHASE), DOUBTED),
        ((Disputed.SHARED,), DOUBTED),
    ],
)
def test_what_is_left_of_certainty(about: tuple[Disputed, ...], left: float) -> None:
    whole = replace(pool.sample_trials()[0], has_inclusion_text=True, has_exclusion_text=True)
    assert certainty_left(doubted(whole, *about)) == left
    assert certainty_left(doubted(replace(whole, has_exclusion_text=False), *about)) == left / 2


def trial(*sites: Site) -> Trial:
    return Trial(id="T", title="T", status=TrialStatus.OPEN, updated_at="2026-11-01", sites=sites)


NEAR = Site(name="CHU Lille", status=SiteStatus.OPEN, verified_on="2026-11-20")
FAR = Site(name="CH Lens", status=SiteStatus.OPEN, verified_on="2026-11-20")
WAITING = Site(name="CH Arras", status=SiteStatus.PLANNED)


@pytest.mark.parametrize(
    ("given", "access"),
    [
        (trial(NEAR), 0.6),  # open, and nobody knows how far
        (doubted(trial(NEAR), Disputed.RECRUITMENT), 0.3),
        (doubted(trial(NEAR), Disputed.SITE, site="CHU Lille"), 0.3),
        (doubted(trial(NEAR, FAR), Disputed.SITE, site="CHU Lille"), 0.6),  # the other site stands for it
        (doubted(trial(NEAR), Disputed.AGE), 0.6),
        (trial(WAITING), 0.2),
        (doubted(trial(WAITING), Disputed.RECRUITMENT), 0.1),
        (trial(), 0.1),
        (doubted(trial(), Disputed.RECRUITMENT), 0.05),
    ],
)
def test_a_contradicted_opening_halves_access(given: Trial, access: float) -> None:
    nobody = np.zeros(1, dtype=np.intp)
    found = AccessColumns([given]).of(nobody, nobody, origin=None, as_of=AS_OF, rule=FreshnessRule(), radius_km=None)
    assert found.tolist() == [access]
