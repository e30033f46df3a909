"""How the live trials of a case stand, as columns: the reckoning of `rules.standing` for all of them at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.compiled.states import Bytes, Places
from rules.compiled.verdicts import TO_CHECK
from rules.finding import PairVerdict
from rules.standing import WEIGHTS, Standing, specificity_of
from rules.trial import Trial

Bools = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Standings:
    """One row a live trial, in the order of the catalogue: its place there, and the columns of a `Standing`."""

    trials: tuple[Trial, ...]
    places: Places
    verdicts: Bytes
    counts: NDArray[np.intp]
    own_alteration: Bools
    all_comers: Bools
    certainty_left: Numbers
    if_tested: Bools
    last: Bools
    by_id: Places

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, row: int) -> Standing:
        key, key_met, criteria, settled = self.counts[row].tolist()
        return Standing(
            trial=self.trials[self.places[row]],
            verdict=PairVerdict.TO_CHECK if self.verdicts[row] == TO_CHECK else PairVerdict.COMPATIBLE,
            key=key,
            key_met=key_met,
            criteria=criteria,
            settled=settled,
            own_alteration=bool(self.own_alteration[row]),
            all_comers=bool(self.all_comers[row]),
            if_tested=bool(self.if_tested[row]),
            last=bool(self.last[row]),
        )

    def any_unread(self) -> bool:
        """Whether a sentence of one of the trials was not read."""
        return any(self.trials[place].sentences > self.trials[place].sentences_read for place in self.places.tolist())

    def order(self, access: Numbers) -> Places:
        """The rows in the order of propositions (`rules.standing`), given access in 0–1 of each."""
        # Rounded as it is shown, so that trials of the same score come by id.
        score = np.array([round(total, 3) for total in self._totals(access).tolist()])
        return np.lexsort((self.by_id, -score, self.last, self.if_tested, self.verdicts))

    def _totals(self, access: Numbers) -> Numbers:
        key, key_met, criteria, settled = self.counts.T
        fit = np.divide(key_met, key, out=np.zeros(len(self)), where=key > 0)
        certainty = np.divide(settled, criteria, out=np.zeros(len(self)), where=criteria > 0)
        certainty = certainty * self.certainty_left
        usual = np.where(
            self.all_comers, specificity_of(own=False, all_comers=True), specificity_of(own=False, all_comers=False)
        )
        specificity = np.where(self.own_alteration, specificity_of(own=True, all_comers=False), usual)
        parts = {"fit": fit, "specificity": specificity, "access": access, "certainty": certainty}
        total: Numbers = sum((WEIGHTS[name] * part for name, part in parts.items()), np.zeros(len(self)))
        return total
