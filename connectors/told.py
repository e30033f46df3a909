"""What a registry told, value by value: each knows its JSON path, so that what cannot be read is said where it is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar, cast

from pydantic_core import PydanticCustomError

from connectors.archimaid.tolerance import MAX_TEXT, as_date, as_instant, as_text, is_blank
from connectors.base import FieldProblem
from connectors.plain_text import plain

Read = TypeVar("Read")


class Unreadable(Exception):
    """A value that is not of the kind that it must be; `reason` says what would be right and quotes nothing."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Told:
    """One value of a record and its path; None stands for what is absent, and so does everything below it."""

    value: object
    path: str

    def __getitem__(self, name: str) -> "Told":
        if self.value is None:
            return Told(None, f"{self.path}.{name}")
        if not isinstance(self.value, Mapping):
            raise Unreadable(self.path, "an object is expected")
        return Told(self.value.get(name), f"{self.path}.{name}")

    def at(self, *names: str) -> "Told":
        """The value at the end of these names; raises Unreadable where one of them is below what is no object."""
        told = self
        for name in names:
            told = told[name]
        return told

    def each(self) -> Iterator["Told"]:
        """The entries of a list, null ones left out; a single value is a list of one, as some servers write it."""
        if not isinstance(self.value, list | tuple):
            yield from () if self.value is None else (self,)
            return
        for index, entry in enumerate(self.value):
            if entry is not None:
                yield Told(entry, f"{self.path}[{index}]")

    def code(self) -> str | None:
        """Text as it stands, None when blank; raises Unreadable for anything but text or a whole number."""
        return None if is_blank(self.value) else self._read(as_text) or None

    def text(self) -> str | None:
        """Text without markup; None when it says nothing."""
        if isinstance(self.value, str) and len(self.value) > MAX_TEXT:
            raise Unreadable(self.path, f"{len(self.value)} characters: at most {MAX_TEXT} are read")
        written = self.code()
        return (plain(written) or None) if written else None

    def required(self) -> str:
        """Text that must say something."""
        if written := self.text():
            return written
        raise Unreadable(self.path, "is missing")

    def day(self) -> date | None:
        """A calendar day; None where the registry gives no more than a year or a month."""
        written = self.code()
        if written is None or len(written) in {4, 7}:
            return None
        return cast("date", self._read(as_date))

    def instant(self) -> datetime | None:
        """An instant; a bare day is its first one."""
        return None if is_blank(self.value) else cast("datetime", self._read(as_instant))

    def _read(self, read: Callable[[object], Read]) -> Read:
        try:
            return read(self.value)
        except PydanticCustomError as error:
            raise Unreadable(self.path, error.message()) from None


@dataclass(slots=True)
class ShownOnly:
    """Reads the fields that no verdict hangs on: one that cannot be read is left out, and named in `left_out`."""

    left_out: list[FieldProblem] = field(default_factory=list)

    def text(self, told: Told, *names: str) -> str | None:
        """Text at the end of these names."""
        return self(lambda: told.at(*names).text())

    def __call__(self, read: Callable[[], Read]) -> Read | None:
        """What `read` reads, None when it cannot."""
        try:
            return read()
        except Unreadable as error:
            self.left_out.append(FieldProblem(error.path, error.reason))
            return None
