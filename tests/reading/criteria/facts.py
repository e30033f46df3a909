"""What a formula of the corpus is made of: facts of a patient that hold or not, and how facts imply each other.

A leaf of the notation is a formula over elementary facts, so that "a or b" in one leaf and two leaves joined by or are
the same: `prior 1-1` and `line 2-2`, `no HR` and `no ER & no PR`, `washout 28 chemotherapy` and "not within 28 days".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rules.conditions import CONDITIONS
from rules.markers import MARKERS
from rules.organs import METASTATIC_SITES
from rules.treatments import TREATMENTS
from rules.vocabulary.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several exclusive values holds, and it is among these: organ, histology, extent, stage, HER2 score …"""

    axis: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reaches:
    """A number is at least `value` (`beyond`: greater than it)."""

    axis: str
    value: float
    beyond: bool = False

    @property
    def place(self) -> tuple[float, bool]:
        return self.value, self.beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Has:
    """Something that is there or not: a condition, a treatment received, a marker, a site of metastasis …"""

    sort: str
    id: str
    words: frozenset[str] = frozenset()
    setting: str | None = None
    outcome: str | None = None
    within: int | None = None
    since: int | None = None
    relapsing: int | None = None


Fact = Choice | Reaches | Has


@dataclass(frozen=True, slots=True)
class Joined:
    """All of the parts, or any of them."""

    joint: Literal["and", "or"]
    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """The part does not hold."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class Open:
    """What nobody read."""


Formula = Joined | Denied | Open | Choice | Reaches | Has | bool


def both(parts: Iterable[Formula]) -> Formula:
    """All of them; of nothing: true."""
    kept = tuple(part for part in parts if part is not True)
    if any(part is False for part in kept):
        return False
    return kept[0] if len(kept) == 1 else Joined("and", kept) if kept else True


def either(parts: Iterable[Formula]) -> Formula:
    """Any of them; of nothing: false."""
    kept = tuple(part for part in parts if part is not False)
    if any(part is True for part in kept):
        return True
    return kept[0] if len(kept) == 1 else Joined("or", kept) if kept else False


def denied(part: Formula) -> Formula:
    """The contrary."""
    if isinstance(part, Denied):
        return part.part
    return (not part) if isinstance(part, bool) else Denied(part)


_TREES: dict[str, Hierarchy] = {
    "condition": CONDITIONS,
    "medication": CONDITIONS,
    "treated": TREATMENTS,
    "marker": MARKERS,
    "known": MARKERS,
    "metastasis": METASTATIC_SITES,
}
_ADVANCED = frozenset({"advanced", "metastatic", "locally_advanced"})


def implies(fact: Fact, other: Fact) -> bool:
    """Whether one fact can never hold without the other (of numbers and of what is there; choices are cut apart)."""
    if isinstance(fact, Reaches) and isinstance(other, Reaches):
        return _reaches(fact, other)
    if isinstance(fact, Reaches) and isinstance(other, Has):
        return (
            other.sort == "treated"
            and fact.place > (0, False)
            and fact.axis.startswith("prior")
            and _line_is(other, fact)
        )
    if isinstance(fact, Has) and isinstance(other, Reaches):
        return fact.sort == "treated" and other.place <= (1, False) and _is_line(fact, other)
    if isinstance(fact, Has) and isinstance(other, Has):
        return fact.sort == other.sort and _has(fact, other)
    return False


def _reaches(fact: Reaches, other: Reaches) -> bool:
    if fact.place < other.place:
        return False
    return fact.axis == other.axis or (other.axis == "prior" and fact.axis.startswith("prior of "))


def _line_is(treated: Has, lines: Reaches) -> bool:
    """One line, or one of these treatments, is a treatment received for advanced disease."""
    of = lines.axis.removeprefix("prior of ").split(",") if lines.axis != "prior" else ["systemic_treatment"]
    bare = not (treated.outcome or treated.within or treated.since or treated.relapsing)
    return bare and treated.setting in {None, "advanced"} and all(TREATMENTS.covers(treated.id, one) for one in of)


def _is_line(treated: Has, lines: Reaches) -> bool:
    if treated.setting not in _ADVANCED:
        return False
    of = lines.axis.removeprefix("prior of ").split(",") if lines.axis != "prior" else ["systemic_treatment"]
    return any(TREATMENTS.covers(one, treated.id) for one in of)


def _has(fact: Has, other: Has) -> bool:
    tree = _TREES.get(fact.sort)
    if fact.id != other.id and (tree is None or not tree.covers(other.id, fact.id)):
        return False
    if fact.sort == "other cancer":
        return (fact.within or 0) <= (other.within or 0) and _all_covered(other.words, fact.words)
    if fact.sort == "condition":
        return _condition(fact, other)
    return other.words <= fact.words and _timed(fact, other)


def _all_covered(precise: Iterable[str], general: Iterable[str]) -> bool:
    return all(any(CONDITIONS.covers(one, id_) for one in general) for id_ in precise)


def _condition(fact: Has, other: Has) -> bool:
    """Active is recent; what is certain is also "known or suspected"."""
    if "suspected" in fact.words and "suspected" not in other.words:
        return False
    if "active" in other.words and "active" not in fact.words:
        return False
    recent = "active" in fact.words or (fact.within is not None and fact.within <= (other.within or 0))
    return other.within is None or recent


def _timed(fact: Has, other: Has) -> bool:
    same_setting = other.setting in {None, fact.setting} or (other.setting == "advanced" and fact.setting in _ADVANCED)
    same_outcome = other.outcome in {None, fact.outcome}
    failed = fact.relapsing is not None and other.outcome in {"progression", "relapse"}
    return (
        same_setting
        and (same_outcome or failed)
        and _at_most(fact.within, other.within)
        and (other.since is None or (fact.since is not None and fact.since >= other.since))
        and _at_most(fact.relapsing, other.relapsing)
    )


def _at_most(own: int | None, asked: int | None) -> bool:
    return asked is None or (own is not None and own <= asked)
