"""The rows of the table of criteria, as JSON. An answer holds hundreds, and most of their words are of the trial alone:
those are encoded once a catalogue, and what a case tells once an answer, however many criteria it is told of.
"""

from typing import Any

from pydantic_core import to_json

from rules.criteria import Criterion, Origin
from rules.explain import deciding_leaf, explain
from rules.finding import CriterionFinding, Finding, QuietFinding
from rules.verdict import Verdict

MOST_KEPT = 65_536
"""Kept of the criteria of one catalogue: some twenty megabytes."""

_VERDICTS = {Verdict.MET: "met", Verdict.NOT_MET: "not_met", Verdict.UNKNOWN: "unknown"}


Told = tuple[Any, ...]
"""All that is told in a row, and all that explains it."""


class KeptRows:
    """Of the rows of one catalogue what is the same for every case: what stands around what is told, by criterion, and
    what is told where that is nothing of a case. They go with the catalogue; safe among threads."""

    def __init__(self) -> None:
        # A criterion stays with its words, so that nothing else gets its id.
        self._around: dict[int, tuple[Criterion, bytes, bytes]] = {}
        self._quiet: dict[tuple[str, Told], bytes] = {}

    def around(self, criterion: Criterion) -> tuple[Criterion, bytes, bytes]:
        """A criterion, and its row before and after what is told."""
        known = self._around.get(id(criterion))
        if known is None:
            _make_room(self._around)
            known = self._around[id(criterion)] = criterion, _before(criterion), _AFTER[criterion.origin]
        return known

    def quiet(self, key: Told, finding: CriterionFinding, leaf: QuietFinding, lang: str) -> bytes:
        """What is told where the case is silent."""
        known = self._quiet.get((lang, key))
        if known is None:
            _make_room(self._quiet)
            known = self._quiet[lang, key] = _told(finding, leaf, lang)
        return known


class Table:
    """The rows of one answer, in its language."""

    def __init__(self, kept: KeptRows, lang: str) -> None:
        self._kept = kept
        self._lang = lang
        self._told: dict[Told, bytes] = {}

    def row(self, finding: CriterionFinding) -> bytes:
        """The row of one criterion: a `CriterionAnswer`, as JSON."""
        leaf = deciding_leaf(finding)
        key = finding.verdict, finding.criterion.polarity, leaf[2:7]
        told = self._told.get(key)
        if told is None:
            told = self._told[key] = self._tell(key, finding, leaf)
        _, before, after = self._kept.around(finding.criterion)
        return before + told + after

    def _tell(self, key: Told, finding: CriterionFinding, leaf: Finding) -> bytes:
        if isinstance(leaf, QuietFinding):
            return self._kept.quiet(key, finding, leaf, self._lang)
        return _told(finding, leaf, self._lang)


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()


def _before(criterion: Criterion) -> bytes:
    head = {
        "id": criterion.id,
        "kind": criterion.kind,
        "key": criterion.key,
        "polarity": criterion.polarity,
        "text": criterion.text,
    }
    return to_json(head)[:-1] + b","


def _told(finding: CriterionFinding, leaf: Finding, lang: str) -> bytes:
    told = {
        "verdict": _VERDICTS[finding.verdict],
        "reason": leaf.reason,
        "field": leaf.field,
        "observed": leaf.observed,
        "explanation": explain(finding, lang),
    }
    return to_json(told)[1:-1]


_AFTER = {origin: b"," + to_json({"origin": origin})[1:] for origin in Origin}
