"""How a live trial stands for a case: what its place among the propositions is reckoned from, whichever engine judged.

score = 0.35 fit + 0.30 specificity + 0.20 access + 0.15 certainty, each part in 0–1:
fit          share of the key criteria that the case is known to meet
specificity  1 a trial for the case's own alteration, 0.7 for its organ or histology, 0.3 for all comers
access       given by the service: near and open 1, far 0.5, to open 0.2, unknown 0.1; stale status lowers it, and a
             source that says closed where another says open
certainty    share of all criteria, screening ones too, that the case settles; halved for a trial without text; 0.8 of
             that where the sources of the trial disagree on what it is or asks
A compatible trial always comes before one to check, whatever the score (contract); then what hinges on a rare test and
what is set aside come last, then the score decides, then the id.
"""

from dataclasses import dataclass

from rules.finding import PairVerdict
from rules.trial import Trial

WEIGHTS = {"fit": 0.35, "specificity": 0.30, "access": 0.20, "certainty": 0.15}

WITHOUT_TEXT, DOUBTED = 0.5, 0.8
"""What is left of certainty for a trial without text, and where its sources disagree on what it is or asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Counts of the part that speaks for a live trial. `if_tested`: hinges only on a biomarker not tested in routine
    for the organ; `last`: comes after all others (observational, sites unknown, first line in a phase I silent on
    lines)."""

    trial: Trial
    verdict: PairVerdict
    key: int
    key_met: int
    criteria: int
    settled: int
    own_alteration: bool
    all_comers: bool
    if_tested: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The total and its parts, each 0–1, rounded so that equal answers are equal bytes."""

    total: float
    fit: float
    specificity: float
    access: float
    certainty: float


def score_of(standing: Standing, access: float) -> Score:
    """The documented score, given access in 0–1."""
    parts = {
        "fit": standing.key_met / standing.key if standing.key else 0.0,
        "specificity": specificity_of(own=standing.own_alteration, all_comers=standing.all_comers),
        "access": access,
        "certainty": _certainty(standing),
    }
    total = sum(WEIGHTS[name] * value for name, value in parts.items())
    return Score(round(total, 3), **{name: round(value, 2) for name, value in parts.items()})


def specificity_of(*, own: bool, all_comers: bool) -> float:
    """For the case's own alteration, for its organ or histology, or for all comers."""
    if own:
        return 1.0
    return 0.3 if all_comers else 0.7


def _certainty(standing: Standing) -> float:
    share = standing.settled / standing.criteria if standing.criteria else 0.0
    return share * certainty_left(standing.trial)


def certainty_left(trial: Trial) -> float:
    """What is left of certainty whatever the case: 1, less without text, less where sources disagree."""
    return (1.0 if trial.has_text else WITHOUT_TEXT) * (DOUBTED if trial.is_doubted else 1.0)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One live trial in its place."""

    standing: Standing
    score: Score

    @property
    def trial(self) -> Trial:
        """The trial."""
        return self.standing.trial
