"""The finding trees of the trials that are shown: what the reference engine says, where the compiled one points."""

from collections.abc import Iterable

from rules.compiled.outcome import Outcome, Row
from rules.criteria import AllOf, AnyOf, AtLeast, Not, Test, parts_of
from rules.evaluate import combined, judge_leaf, speaking_for_patient
from rules.finding import CriterionFinding, Finding, PairFinding
from rules.pair import pair_of_best
from rules.picture import Picture
from rules.trial import Trial


class Explained:
    """Findings of one case, on demand. Equal tests of different trials are judged once."""

    def __init__(self, trials: tuple[Trial, ...], picture: Picture, outcome: Outcome) -> None:
        self._trials = trials
        self._picture = picture
        self._outcome = outcome
        self._judged: dict[int, Finding] = {}

    def pair(self, place: int) -> PairFinding:
        """The whole judgement of the part that speaks for a trial."""
        return self._pair(place, self._outcome.criteria(place))

    def ruling_out(self, place: int) -> PairFinding:
        """The same of a trial that is ruled out, with no other criteria than those that are broken."""
        return self._pair(place, self._outcome.broken_criteria(place))

    def open(self, place: int) -> tuple[CriterionFinding, ...]:
        """Only the findings that are an open question."""
        return self._findings(self._outcome.open_criteria(place))

    def _pair(self, place: int, criteria: Iterable[Row]) -> PairFinding:
        return pair_of_best(
            self._trials[place],
            self._outcome.cohort(place),
            self._findings(criteria),
            verdict=self._outcome.verdict(place),
            part_verdict=self._outcome.part_verdict(place),
            closed_fits=self._outcome.closed_fits(place),
        )

    def _findings(self, criteria: Iterable[Row]) -> tuple[CriterionFinding, ...]:
        return tuple(
            speaking_for_patient(row.criterion, self._finding(row.criterion.test, row.node)) for row in criteria
        )

    def _finding(self, test: Test, node: int) -> Finding:
        finding = self._judged.get(node)
        if finding is None:
            finding = self._judged[node] = self._judge(test, node)
        return finding

    def _judge(self, test: Test, node: int) -> Finding:
        match test:
            case AllOf() | AnyOf() | AtLeast() | Not():
                parts = zip(parts_of(test), self._outcome.parts(node), strict=True)
                return combined(test, tuple(self._finding(part, number) for part, number in parts))
            case _:
                return judge_leaf(test, self._picture)
