"""The rows of the table of criteria, as JSON: an answer holds hundreds, and many of them tell the same of the case."""

from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import to_json

from rules.compiled import Decided, Explained
from rules.criteria import Kind, Origin, Polarity
from rules.explain import explain
from rules.finding import CriterionFinding, Finding, Reason
from rules.marker_findings import MarkerReason
from rules.verdict import Verdict

FIRST_TO_CONFIRM = ("pneumopathie", "interstiti", "auto-immun", "autoimmun", "cérébral", "snc", "leptomén")
"""What boards want to see first among what the investigator confirms (DESIGN.md)."""

_VERDICTS = {Verdict.MET: "met", Verdict.NOT_MET: "not_met", Verdict.UNKNOWN: "unknown"}
_WORDS = {one: one.value for words in (Kind, Polarity, Origin, Reason, MarkerReason) for one in words}
"""Members as plain words: of those, JSON is written five times as fast."""


class Told(NamedTuple):
    """What a case tells of a criterion; `more`: what of it stands after the text of one that is to be confirmed."""

    verdict: str
    reason: str | None
    field: str | None
    observed: str | None
    explanation: str
    more: str


class Shown(NamedTuple):
    """The rows of a trial (each a `CriterionAnswer`) as a JSON array, and what the investigator confirms at screening:
    unknown and not key."""

    rows: bytes
    to_confirm: list[str]


class Table:
    """The rows of one answer, in its language."""

    def __init__(self, explained: Explained, lang: str) -> None:
        self._explained = explained
        self._lang = lang
        self._of_leaf: dict[tuple[int, Verdict, bool], Told] = {}
        self._alike: dict[tuple[Any, ...], Told] = {}

    def of(self, place: int) -> Shown:
        """The rows of one trial, and what is to be confirmed: what boards look for first comes first."""
        rows: list[dict[str, Any]] = []
        confirmed: dict[str, bool] = {}
        for one in self._explained.rows(place):
            criterion, told = one.row.criterion, self._told(one)
            rows.append(
                {
                    "id": criterion.id,
                    "kind": _WORDS[criterion.kind],
                    "key": criterion.key,
                    "polarity": _WORDS[criterion.polarity],
                    "text": criterion.text,
                    "verdict": told.verdict,
                    "reason": told.reason,
                    "field": told.field,
                    "observed": told.observed,
                    "explanation": told.explanation,
                    "origin": _WORDS[criterion.origin],
                }
            )
            if one.verdict is Verdict.UNKNOWN and not criterion.key and criterion.text:
                confirmed.setdefault(criterion.text + told.more, _comes_first(criterion.text))
        return Shown(to_json(rows), sorted(confirmed, key=lambda line: not confirmed[line]))

    def _told(self, one: Decided) -> Told:
        key = one.leaf, one.verdict, one.row.excludes
        told = self._of_leaf.get(key)
        if told is None:
            told = self._of_leaf[key] = self._tell(one)
        return told

    def _tell(self, one: Decided) -> Told:
        leaf = self._explained.finding(one)
        # All that is told, and all that explains it: many leaves say the same.
        key = one.verdict, one.row.excludes, leaf[2:7]
        told = self._alike.get(key)
        if told is None:
            told = self._alike[key] = _told(one, leaf, self._lang)
        return told


def _told(one: Decided, leaf: Finding, lang: str) -> Told:
    explanation = explain(CriterionFinding(one.row.criterion, one.verdict, leaf, (leaf,)), lang)
    more = explanation.rstrip(".") if leaf.until is not None else leaf.observed
    return Told(
        verdict=_VERDICTS[one.verdict],
        reason=_WORDS[leaf.reason] if leaf.reason else None,
        field=leaf.field,
        observed=leaf.observed,
        explanation=explanation,
        more=f" ({more})" if more else "",
    )


@lru_cache(maxsize=65_536)  # of the catalogue
def _comes_first(text: str) -> bool:
    folded = text.lower()
    return any(word in folded for word in FIRST_TO_CONFIRM)
