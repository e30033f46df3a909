"""The finding trees of the trials that are shown: what the reference engine says, where the compiled one points."""

from rules.compiled.outcome import Outcome
from rules.criteria import Criterion
from rules.evaluate import judge_test, speaking_for_patient
from rules.finding import CriterionFinding, Finding, PairFinding
from rules.pair import pair_of_best
from rules.picture import Picture
from rules.trial import Trial


class Explained:
    """Findings of one case, on demand. Equal criteria of different trials are judged once."""

    def __init__(self, trials: tuple[Trial, ...], picture: Picture, outcome: Outcome) -> None:
        self._trials = trials
        self._picture = picture
        self._outcome = outcome
        self._judged: dict[int, Finding] = {}

    def pair(self, place: int) -> PairFinding:
        """The whole judgement of the part that speaks for a trial."""
        return pair_of_best(
            self._trials[place],
            self._outcome.cohort(place),
            self._findings(self._outcome.criteria(place)),
            verdict=self._outcome.verdict(place),
            closed_fits=self._outcome.closed_fits(place),
        )

    def open(self, place: int) -> tuple[CriterionFinding, ...]:
        """Only the findings that are an open question."""
        return self._findings(self._outcome.open_criteria(place))

    def _findings(self, criteria: list[tuple[int, Criterion]]) -> tuple[CriterionFinding, ...]:
        return tuple(speaking_for_patient(criterion, self._finding(row, criterion)) for row, criterion in criteria)

    def _finding(self, row: int, criterion: Criterion) -> Finding:
        finding = self._judged.get(row)
        if finding is None:
            finding = self._judged[row] = judge_test(criterion.test, self._picture)
        return finding
