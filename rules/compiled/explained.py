"""The findings of the trials that are shown: what the reference engine says, where the compiled one points.

Only what is looked at is judged: of a criterion the leaves on which it hangs, of one that is still asked the tree.
"""

from collections.abc import Callable, Collection, Hashable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from rules.compiled.outcome import Outcome, Row, Shape
from rules.compiled.silence import Constants
from rules.compiled.states import MET, UNKNOWN, Bytes
from rules.criteria import (
    AgeIn,
    AllOf,
    AnyOf,
    AtLeast,
    BrainMetastasesIn,
    ExtentIn,
    FamilyOf,
    HistologyIs,
    Leaf,
    LineIn,
    Not,
    OrganIs,
    PerformanceIn,
    PriorLines,
    SexIs,
    StageIn,
    StateIs,
    Test,
    parts_of,
)
from rules.evaluate import combined, judge_leaf, speaking_for_patient
from rules.finding import CriterionFinding, Finding, PairFinding
from rules.pair import pair_of_best
from rules.picture import Picture
from rules.trial import Cohort, Trial
from rules.verdict import Verdict

_ALIKE: dict[type, Callable[[Any], Hashable]] = {
    **dict.fromkeys(
        (OrganIs, HistologyIs, FamilyOf, ExtentIn, LineIn, SexIs, BrainMetastasesIn, StageIn), lambda _: None
    ),
    AgeIn: lambda test: test.at_diagnosis,
    PerformanceIn: lambda test: test.scale,
    PriorLines: lambda test: test.of,
    StateIs: lambda test: test.state,
}
"""Types of which what is found hangs, in one picture, on the verdict and on this part of the test alone."""
_ALIKE_IF_SETTLED = frozenset({AgeIn, StageIn})
"""Those that may be unknown for several reasons."""
_VERDICTS = (
    (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET),
    (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET),
)
"""[whether a criterion excludes][value of its test] → the verdict that speaks for the patient."""


class Decided(NamedTuple):
    """A criterion of a trial that is shown: `verdict` speaks for the patient; `leaf`: the first leaf on which it hangs
    (its own node, where it hangs on none)."""

    row: Row
    verdict: Verdict
    leaf: int


class Explained:
    """Findings of one case, on demand. Equal tests of different trials are judged once."""

    def __init__(
        self,
        shape: Shape,
        picture: Picture,
        *,
        trials: tuple[Trial, ...],
        outcome: Outcome,
        quiet: Callable[[], Bytes],
        constants: Constants,
    ) -> None:
        """`quiet`: of each leaf, in which way it is untouched (`Family.quiet`); `constants`: what is then found."""
        self._shape = shape
        self._picture = picture
        self._trials = trials
        self._outcome = outcome
        self._ask_quiet = quiet
        self._constants = constants
        self._leaves: dict[int, Finding] = {}
        self._alike: dict[tuple[type, int, Hashable], Finding] = {}

    def rows(self, place: int) -> list[Decided]:
        """How the criteria of the part that speaks for a trial were decided, in order."""
        told, leaves, verdicts = self._outcome.told, self._shape.tree.leaves, _VERDICTS
        return [
            Decided(row, verdicts[excludes][told[node]], node if node < leaves else self._first(node))
            for row in self._outcome.criteria(place)
            for _, node, excludes, _ in (row,)
        ]

    def cohort(self, place: int) -> Cohort | None:
        """The cohort that speaks for a trial."""
        return self._outcome.cohort(place)

    def finding(self, one: Decided) -> Finding:
        """What is found of the first leaf on which a criterion hangs."""
        return self._tree(one.row.criterion.test, one.leaf) if one.leaf == one.row.node else self._leaf(one.leaf)

    def met(self, place: int, types: Collection[type]) -> Iterator[Finding]:
        """Of the key criteria that are met, the leaves of these types that are met themselves."""
        told = self._outcome.told
        for row in self._outcome.criteria(place):
            if row.criterion.key and _VERDICTS[row.excludes][told[row.node]] is Verdict.MET:
                for leaf in self._deciding(row.node):
                    if told[leaf] == MET and type(self._shape.predicates[leaf]) in types:
                        yield self._leaf(leaf)

    def ruling_out(self, place: int) -> PairFinding:
        """The judgement of the part that speaks for a trial that is ruled out, with no other criteria than those that
        are broken. Of each the leaves on which it hangs, in place of a tree the first of them."""
        return pair_of_best(
            self._trials[place],
            self.cohort(place),
            tuple(map(self._decided, self._outcome.broken_criteria(place))),
            verdict=self._outcome.verdict(place),
            part_verdict=self._outcome.part_verdict(place),
            status_reasons=self._outcome.status_reasons(place),
            closed_fits=self._outcome.closed_fits(place),
        )

    def open(self, place: int) -> tuple[CriterionFinding, ...]:
        """Only the findings that are an open question, with the leaves on which they hang. Of their trees no more than
        the verdict of each part: all that is asked for is there (`rules.pair.asked_of`)."""
        return tuple(
            self._decided(row)._replace(finding=self._outline(row)) for row in self._outcome.open_criteria(place)
        )

    def _outline(self, row: Row) -> Finding:
        if row.node < self._shape.tree.leaves:
            return self._leaf(row.node)
        test, verdicts, told = row.criterion.test, _VERDICTS[False], self._outcome.told
        parts = zip(parts_of(test), self._shape.tree.parts(row.node), strict=True)
        outlined = tuple(Finding(part, verdicts[told[number]]) for part, number in parts)
        return Finding(test, verdicts[told[row.node]], parts=outlined)

    @cached_property
    def _quiet(self) -> bytes:
        return self._ask_quiet().tobytes()

    def _decided(self, row: Row) -> CriterionFinding:
        leaves = tuple(map(self._leaf, self._deciding(row.node)))
        if not leaves:
            return self._whole(row)
        return CriterionFinding(row.criterion, _VERDICTS[row.excludes][self._outcome.told[row.node]], leaves[0], leaves)

    def _first(self, node: int) -> int:
        """The first leaf on which a combination hangs; the node itself where it hangs on none."""
        return next(iter(self._deciding(node)), node)

    def _deciding(self, node: int) -> list[int]:
        """The leaves on which a node hangs."""
        tree = self._shape.tree
        if node < tree.leaves:
            return [node]
        found: list[int] = []
        for part in tree.deciding(node, self._outcome.told):
            found += (part,) if part < tree.leaves else self._deciding(part)
        return found

    def _leaf(self, node: int) -> Finding:
        finding = self._leaves.get(node)
        if finding is None:
            test, way = self._shape.predicates[node], self._quiet[node]
            known = self._constants.of(test, way, self._picture) if way else self._told(test, self._outcome.told[node])
            finding = self._leaves[node] = known
        return finding

    def _told(self, test: Leaf, verdict: int) -> Finding:
        """What is found alike of several tests is judged once for all of them."""
        type_ = type(test)
        part = _ALIKE.get(type_)
        if part is None or not self._picture.organs.concepts or (verdict == UNKNOWN and type_ in _ALIKE_IF_SETTLED):
            return judge_leaf(test, self._picture)
        key = type_, verdict, part(test)
        alike = self._alike.get(key)
        if alike is None:
            alike = self._alike[key] = judge_leaf(test, self._picture)
        return Finding(test, *alike[1:])

    def _whole(self, row: Row) -> CriterionFinding:
        return speaking_for_patient(row.criterion, self._tree(row.criterion.test, row.node))

    def _tree(self, test: Test, node: int) -> Finding:
        if not isinstance(test, AllOf | AnyOf | AtLeast | Not):
            return self._leaf(node)
        parts = zip(parts_of(test), self._shape.tree.parts(node), strict=True)
        return combined(test, tuple(self._tree(part, number) for part, number in parts))
