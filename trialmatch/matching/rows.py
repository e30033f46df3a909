"""The rows of the table of criteria, as JSON: an answer holds hundreds, and many of them tell the same of the case."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import to_json

from rules.compiled import Decided, Explained
from rules.criteria import Criterion, NoDemand, Polarity
from rules.explain import explain_leaf
from rules.finding import Finding
from rules.verdict import Verdict

FIRST_TO_CONFIRM = ("pneumopathie", "interstiti", "auto-immun", "autoimmun", "cérébral", "snc", "leptomén")
"""What boards want to see first among what the investigator confirms (DESIGN.md)."""

_WAYS = 2 * len(Verdict)
"""In how many ways a criterion can hang on a leaf: three verdicts, asked for or excluded."""
_VERDICTS = {Verdict.MET: "met", Verdict.NOT_MET: "not_met", Verdict.UNKNOWN: "unknown"}


class Told(NamedTuple):
    """What a case tells of a criterion, as members of its JSON; `more`: what of it stands after the text of one that
    is to be confirmed."""

    members: bytes
    more: str


class Frame(NamedTuple):
    """The JSON of a criterion before and after what a case tells of it; `first`: whether boards look for it first among
    what is to be confirmed."""

    before: bytes
    after: bytes
    first: bool


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
        self._of_leaf: dict[int, Told] = {}
        self._alike: dict[tuple[Any, ...], Told] = {}

    def of(self, place: int) -> Shown:
        """The rows of one trial, and what is to be confirmed: what boards look for first comes first."""
        rows: list[bytes] = []
        confirmed: dict[str, bool] = {}
        for one in self._explained.rows(place):
            criterion, (members, more) = one.row.criterion, self._told(one)
            before, after, first = _FRAMES.of(criterion)
            rows.append(before + members + after)
            if one.verdict is Verdict.UNKNOWN and not criterion.key and criterion.text:
                confirmed.setdefault(criterion.text + more, first)
        return Shown(b"[" + b",".join(rows) + b"]", sorted(confirmed, key=lambda line: not confirmed[line]))

    def _told(self, one: Decided) -> Told:
        key = one.leaf * _WAYS + 2 * one.verdict + one.row.excludes
        told = self._of_leaf.get(key)
        if told is None:
            told = self._of_leaf[key] = self._tell(one)
        return told

    def _tell(self, one: Decided) -> Told:
        leaf = self._explained.finding(one)
        said = leaf[2:7]  # all of a leaf that is told
        if leaf.observed is None and leaf.until is None:
            return _told_of_silence(one.verdict, one.row.criterion.polarity, said, self._lang)
        key = one.verdict, one.row.excludes, said  # many leaves say the same
        told = self._alike.get(key)
        if told is None:
            told = self._alike[key] = _told(one.verdict, one.row.criterion.polarity, said, self._lang)
        return told


def _told(verdict: Verdict, polarity: Polarity, said: tuple[Any, ...], lang: str) -> Told:
    leaf = Finding(NoDemand(), verdict, *said)
    explanation = explain_leaf(leaf, verdict, polarity, lang)
    more = explanation.rstrip(".") if leaf.until is not None else leaf.observed
    members = {
        "verdict": _VERDICTS[verdict],
        "reason": leaf.reason.value if leaf.reason else None,
        "field": leaf.field,
        "observed": leaf.observed,
        "explanation": explanation,
    }
    return Told(_members(members), f" ({more})" if more else "")


_told_of_silence = lru_cache(maxsize=8_192)(_told)
"""The same, kept from case to case: where nothing was observed, it is in the trials' own words alone."""


def _frame(one: Criterion) -> Frame:
    before = {"id": one.id, "kind": one.kind.value, "key": one.key, "polarity": one.polarity.value, "text": one.text}
    folded = one.text.lower()
    first = any(word in folded for word in FIRST_TO_CONFIRM)
    return Frame(b"{" + _members(before) + b",", b"," + _members({"origin": one.origin.value}) + b"}", first)


class _Frames:
    """The frames of the criteria shown last. Safe among threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[int, tuple[Criterion, Frame]] = {}

    def of(self, criterion: Criterion) -> Frame:
        """The frame of a criterion, by the very object: it is many words, and what is kept here keeps it."""
        known = self._known.get(id(criterion))
        if known is None:
            if len(self._known) >= self._most:
                self._known = {}
            known = self._known[id(criterion)] = criterion, _frame(criterion)
        return known[1]


_FRAMES = _Frames(32_768)


def _members(of_object: Mapping[str, object]) -> bytes:
    """The JSON of an object without its brackets."""
    return to_json(of_object)[1:-1]
