"""Could a trial find its patients: how many cases suit it, by organ, site and month, and what ruled the others out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from rules.criteria import Kind
from rules.finding import PairVerdict

GROUPS = ("organ", "site", "month")
"""By what cases are counted: the organ of the tumour, the board's site (`rcp.site_finess`), the month of `rcp.date`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseVerdict:
    """What one case came to: its verdict, the kinds that are asked or broken, and the criteria that are broken."""

    verdict: PairVerdict
    groups: Mapping[str, str | None]
    asked: frozenset[Kind]
    broken: frozenset[Kind]
    criteria: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Counts of cases; those of two stretches of a file add up.

    `tallies`: by group, its value (None: not stated) and verdict. `unknown`: cases to check, by kind asked. `broken`:
    cases ruled out, by kind; `alone`: those that only this kind rules out. `criteria`: the same by axis or sentence
    (id, text) of the part that speaks for the trial; `criteria_alone`: those that no other kind rules out (an axis and
    a sentence often say the same, so both are counted).
    """

    verdicts: Counter[PairVerdict] = field(default_factory=Counter)
    tallies: Counter[tuple[str, str | None, PairVerdict]] = field(default_factory=Counter)
    unknown: Counter[Kind] = field(default_factory=Counter)
    broken: Counter[Kind] = field(default_factory=Counter)
    alone: Counter[Kind] = field(default_factory=Counter)
    criteria: Counter[tuple[str, str]] = field(default_factory=Counter)
    criteria_alone: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: "Feasibility") -> "Feasibility":
        """The counts of both."""
        return Feasibility(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def cases(self) -> int:
        """How many cases were judged."""
        return self.verdicts.total()

    def by(self, group: str) -> dict[str | None, dict[PairVerdict, int]]:
        """Verdicts by value of a group: months in their order, else where most cases are live first."""
        found: dict[str | None, dict[PairVerdict, int]] = {}
        for (of, value, verdict), count in self.tallies.items():
            if of == group:
                found.setdefault(value, dict.fromkeys(PairVerdict, 0))[verdict] = count
        by_name = sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))
        return dict(by_name if group == "month" else sorted(by_name, key=_live_first))

    def as_json(self) -> dict[str, Any]:
        """The counts as JSON, most frequent first."""
        return {
            "cases": self.cases,
            **{verdict.value: self.verdicts[verdict] for verdict in PairVerdict},
            **{
                f"by_{group}": [
                    {group: value, **{verdict.value: count for verdict, count in counts.items()}}
                    for value, counts in self.by(group).items()
                ]
                for group in GROUPS
            },
            "unknown": [{"kind": kind.value, "cases": count} for kind, count in frequent(self.unknown)],
            "ruled_out_by": [
                {"kind": kind.value, "cases": count, "alone": self.alone[kind]} for kind, count in frequent(self.broken)
            ],
            "ruled_out_by_criterion": [
                {"id": one[0], "text": one[1], "cases": count, "alone": self.criteria_alone[one]}
                for one, count in frequent(self.criteria)
            ],
        }


def frequent(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """Most frequent first, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _live_first(item: tuple[str | None, dict[PairVerdict, int]]) -> tuple[int, int, int]:
    counts = item[1]
    return (-counts[PairVerdict.COMPATIBLE], -counts[PairVerdict.TO_CHECK], -counts[PairVerdict.RULED_OUT])


def feasibility_of(cases: Iterable[CaseVerdict]) -> Feasibility:
    """The counts of some cases."""
    found = Feasibility()
    for case in cases:
        found.verdicts[case.verdict] += 1
        found.tallies.update((group, value, case.verdict) for group, value in case.groups.items())
        if case.verdict is PairVerdict.TO_CHECK:
            found.unknown.update(case.asked)
        if case.verdict is PairVerdict.RULED_OUT:
            found.broken.update(case.broken)
            found.criteria.update(case.criteria)
            if len(case.broken) == 1:
                found.alone.update(case.broken)
                found.criteria_alone.update(case.criteria)
    return found
