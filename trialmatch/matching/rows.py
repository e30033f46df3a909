"""The rows of the table of criteria, as JSON. An answer holds hundreds, and most of their words are of the trial alone:
those are encoded once a catalogue, and what a case tells once an answer however many criteria it is told of.
"""

from typing import Any

from pydantic_core import to_json

from rules.criteria import Criterion
from rules.explain import deciding_leaf, explain
from rules.finding import CriterionFinding, Finding, QuietFinding
from rules.verdict import Verdict

MOST_ROWS = 32_768
"""Kept of one catalogue: some twenty megabytes."""

VERDICT_WORDS = {Verdict.MET: "met", Verdict.NOT_MET: "not_met", Verdict.UNKNOWN: "unknown"}


class KeptRows:
    """What is the same for every case: of each criterion its own part of the row, and its whole row where nothing of a
    case is told. They are of one catalogue, and go with it. Safe among threads."""

    def __init__(self) -> None:
        # What a key is made of stays with its value, so that nothing else gets its id.
        self._frames: dict[int, tuple[Criterion, bytes, bytes]] = {}
        self._quiet: dict[tuple[int, int, int, str], tuple[Criterion, Finding, bytes]] = {}

    def framed(self, criterion: Criterion, told: bytes) -> bytes:
        """A row: the part of its criterion around what is told."""
        frame = self._frames.get(id(criterion))
        if frame is None:
            _make_room(self._frames)
            frame = self._frames[id(criterion)] = (criterion, *_frame(criterion))
        return frame[1] + told + frame[2]

    def quiet(self, finding: CriterionFinding, leaf: QuietFinding, lang: str) -> bytes:
        """The row of a criterion of which nothing is told."""
        key = id(finding.criterion), id(leaf), int(finding.verdict), lang
        known = self._quiet.get(key)
        if known is None:
            _make_room(self._quiet)
            row = self.framed(finding.criterion, _told(finding, leaf, lang))
            known = self._quiet[key] = (finding.criterion, leaf, row)
        return known[2]


class Table:
    """The rows of one answer, in its language (`CriterionAnswer`, as JSON)."""

    def __init__(self, kept: KeptRows, lang: str) -> None:
        self._kept = kept
        self._lang = lang
        self._told: dict[tuple[Any, ...], bytes] = {}

    def row(self, finding: CriterionFinding) -> bytes:
        """The row of one criterion."""
        leaf = deciding_leaf(finding)
        if type(leaf) is QuietFinding:
            return self._kept.quiet(finding, leaf, self._lang)
        key = finding.verdict, finding.criterion.polarity, leaf[2:7]  # all that is told, and all that explains it
        told = self._told.get(key)
        if told is None:
            told = self._told[key] = _told(finding, leaf, self._lang)
        return self._kept.framed(finding.criterion, told)


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= MOST_ROWS:
        kept.clear()


def _frame(criterion: Criterion) -> tuple[bytes, bytes]:
    """What stands before and after what is told."""
    head = {
        "id": criterion.id,
        "kind": criterion.kind,
        "key": criterion.key,
        "polarity": criterion.polarity,
        "text": criterion.text,
    }
    return to_json(head)[:-1] + b",", b"," + to_json({"origin": criterion.origin})[1:]


def _told(finding: CriterionFinding, leaf: Finding, lang: str) -> bytes:
    told = {
        "verdict": VERDICT_WORDS[finding.verdict],
        "reason": leaf.reason,
        "field": leaf.field,
        "observed": leaf.observed,
        "explanation": explain(finding, lang),
    }
    return to_json(told)[1:-1]
