"""A case as it is known: what the form states and what its free text was read to say, each with its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rules.case import Case
from rules.criteria import State

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands: path in the case, the words, and whether it was read from free text or follows by a rule."""

    field: str
    text: str
    read: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class StateStatement:
    """A state of the disease that only a text can tell."""

    state: State
    holds: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Dossier:
    """`stated`: the case as sent. `read`: what its free text says, as a partial case; `quotes`: path → words read."""

    stated: Case
    read: Case
    quotes: Mapping[str, str] = field(default_factory=dict)
    states: tuple[StateStatement, ...] = ()

    @staticmethod
    def of(case: Case) -> "Dossier":
        """The dossier of a case whose free text is not read."""
        return Dossier(case, Case(case_id=case.case_id))

    def said(self, get: Callable[[Case], T | None], path: str) -> Sequence[tuple[T, Source]]:
        """Every statement of one single-valued fact, the form's first."""
        stated, read = get(self.stated), get(self.read)
        if stated is None and read is None:  # most facts of most cases
            return ()
        found = [] if stated is None else [(stated, Source(path, _words(stated)))]
        return found if read is None else [*found, (read, self._quoted(path, read))]

    def listed(self, get: Callable[[Case], tuple[T, ...]], path: str) -> Sequence[tuple[T, Source]]:
        """Every entry of one list, the form's first."""
        stated, read = get(self.stated), get(self.read)
        if not stated and not read:
            return ()
        found = [(item, Source(f"{path}[{index}]", "")) for index, item in enumerate(stated)]
        return [*found, *((item, self._quoted(f"{path}[{index}]", "")) for index, item in enumerate(read))]

    def _quoted(self, path: str, value: object) -> Source:
        return Source("summary_text", self.quotes.get(path, _words(value)), read=True)


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)
