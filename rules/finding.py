"""What the reference engine found: one Finding a node, each with its verdict, reason code and observation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rules.criteria import Criterion, Kind, MarkerIs, Not, Test
from rules.marker_findings import MarkerReason
from rules.trial import Cohort
from rules.verdict import Verdict, negate


class Reason(StrEnum):
    """Why a verdict is what it is, where the verdict alone does not tell."""

    NOT_STATED = "not_stated"
    AMBIGUOUS_TERM = "ambiguous_term"
    AMBIGUOUS_POLARITY = "ambiguous_polarity"
    LESS_PRECISE = "less_precise"
    CONFLICT = "conflict"
    OPEN_LIST = "open_list"
    STRADDLES = "straddles"
    PENDING = "pending"
    NOT_TESTED = "not_tested"
    EQUIVOCAL = "equivocal"
    SUSPECTED = "suspected"
    OUTDATED = "outdated"
    ENDS_SOON = "ends_soon"
    UNREAD = "unread"
    NO_LIMIT_WRITTEN = "no_limit_written"
    OTHER_BASIS = "other_basis"
    IMPLIED = "implied"
    UNNAMED_VARIANT = "unnamed_variant"


class Finding(NamedTuple):
    """The judgement of one node: `verdict` of the test itself (an exclusion is turned in CriterionFinding).

    `name`: the marker, treatment or condition it is about, as shown; `field` and `observed`: where in the case and
    what; `until`: the day from which it no longer breaks; `routine`: of a marker, whether it is tested in routine for
    the organ.
    """

    test: Test
    verdict: Verdict
    reason: Reason | MarkerReason | None = None
    name: str | None = None
    field: str | None = None
    observed: str | None = None
    until: date | None = None
    routine: bool = True
    parts: tuple["Finding", ...] = ()

    def leaves(self) -> Iterator["Finding"]:
        """The leaf findings, left to right."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


class CriterionFinding(NamedTuple):
    """The judgement of one criterion: `verdict` speaks for the patient whatever the polarity; `leaves`: the leaf
    findings on which it hangs."""

    criterion: Criterion
    verdict: Verdict
    finding: Finding
    leaves: tuple[Finding, ...]

    def kinds(self, verdict: Verdict) -> tuple[Kind, ...]:
        """The kinds of the leaves that made the criterion `verdict` (its own kind when none stands out)."""
        deciding = tuple(dict.fromkeys(leaf_kind(leaf) for leaf in self.deciding(verdict)))
        return deciding or (self.criterion.kind,)

    def deciding(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The leaf findings on which the criterion hangs, where it is `verdict`."""
        return self.leaves if self.verdict is verdict else ()


def deciding_leaves(finding: Finding) -> tuple[Finding, ...]:
    """The leaf findings on which the verdict of a test hangs."""
    return tuple(_deciding(finding, finding.verdict)) if finding.parts else (finding,)


def leaf_kind(finding: Finding) -> Kind:
    """The kind of a leaf finding."""
    kind: Kind = getattr(finding.test, "kind", Kind.OTHER)
    return kind


def asks_alteration(test: Test) -> bool:
    """Whether a leaf asks for an alteration to be there."""
    return isinstance(test, MarkerIs) and test.demand.presence == "present"


def is_rare(finding: Finding) -> bool:
    """An unknown biomarker that nobody tests in routine for the organ, unless somebody said that it is under way."""
    if not isinstance(finding.test, MarkerIs) or finding.verdict is not Verdict.UNKNOWN:
        return False
    return not finding.routine and finding.reason not in (Reason.PENDING, Reason.CONFLICT)


def _deciding(finding: Finding, verdict: Verdict) -> Iterator[Finding]:
    if not finding.parts:
        yield finding
        return
    for part in finding.parts:
        if part.verdict is _wanted(finding, verdict):
            yield from _deciding(part, part.verdict)


def _wanted(finding: Finding, verdict: Verdict) -> Verdict:
    return negate(verdict) if isinstance(finding.test, Not) else verdict


class PairVerdict(StrEnum):
    """The answer for one case and one trial (contracts/matching.md)."""

    COMPATIBLE = "compatible"
    TO_CHECK = "to_check"
    RULED_OUT = "ruled_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The judgement of a trial's own criteria with those of one cohort (None: a trial without cohorts)."""

    cohort: Cohort | None
    open: bool
    verdict: PairVerdict
    findings: tuple[CriterionFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFinding:
    """The whole judgement of a case against a trial: `best` is the part that speaks for the trial; `closed_fits`: a
    cohort that is closed would not be ruled out; `parts`: every part that was judged, for who wants to see them all."""

    trial_id: str
    verdict: PairVerdict
    status_reasons: tuple[str, ...]
    best: Part
    textless: bool
    closed_fits: bool
    parts: tuple[Part, ...]
