"""The other direction: which cases suit a trial, or a draft of one; and a whole year against a whole catalogue."""

from trialmatch.screening.all_trials import CatalogueScreen as CatalogueScreen
from trialmatch.screening.all_trials import screen_all as screen_all
from trialmatch.screening.live_cases import LiveCase as LiveCase
from trialmatch.screening.one_trial import TrialScreen as TrialScreen
from trialmatch.screening.one_trial import TrialScreening as TrialScreening
from trialmatch.screening.one_trial import screen as screen
