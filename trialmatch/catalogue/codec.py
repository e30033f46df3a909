"""An understood trial as compact bytes and back, exactly: driven by the fields that the dataclasses declare.

The bytes are lines of JSON, deflated: each distinct leaf on a line of its own, then the trial, whose tests name a leaf
by the number of its line. A field at its default is left out. Sets are sorted: equal trials have equal bytes.
"""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Protocol, Union, cast, get_args, get_origin, get_type_hints

from rules.criteria import Leaf
from rules.errors import RulesError
from rules.trial import Trial
from trialmatch.errors import PayloadError

LEAVES = frozenset(get_args(Leaf))
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, RulesError, TypeError, ValueError, zlib.error)
"""What bytes that are not ours may meet on the way."""


def written(trial: Trial) -> bytes:
    """The bytes of a trial. Raises PayloadError when it holds what its fields do not declare."""
    lines: dict[str, int] = {}
    try:
        told = form_of(Trial).write(trial, lines)
        return zlib.compress("\n".join((*lines, _json(told))).encode("utf-8", "surrogatepass"))
    except _FAULTS as error:
        raise PayloadError(f"this trial cannot be written: {type(error).__name__}: {error}") from error


class TrialReader:
    """Reads trials that were written; equal leaves of all that one reader reads are one object."""

    def __init__(self) -> None:
        self._leaves: dict[str, object] = {}

    def read(self, payload: bytes) -> Trial:
        """The trial. Raises PayloadError when the bytes are damaged, or name a class or a field that is not ours."""
        try:
            *lines, told = zlib.decompress(payload).decode("utf-8", "surrogatepass").split("\n")
            leaves = [self._leaves.get(line) or self._leaf(line) for line in lines]
            return cast("Trial", form_of(Trial).read(json.loads(told), leaves))
        except _FAULTS as error:
            raise PayloadError(f"a kept trial cannot be read: {type(error).__name__}: {error}") from error

    def _leaf(self, line: str) -> object:
        name, told = json.loads(line)
        made = self._leaves[line] = _leaf_form(name).read(told, ())
        return made


class Form(Protocol):
    """How a value of one declared type is told in JSON. `lines`: the leaves so far, by their text."""

    def write(self, value: object, lines: dict[str, int]) -> Any: ...

    def read(self, told: Any, leaves: Sequence[object]) -> Any: ...


@cache
def form_of(hint: Any) -> Form:
    """The form of a declared type. Raises PayloadError for a type that has none."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _of_union(inner)
    if origin is Literal:
        return _Word({value: value for value in inner})
    if origin is frozenset:
        return _Many(frozenset, form_of(inner[0]))
    if origin is tuple and inner[1:] == (...,):
        return _Many(tuple, form_of(inner[0]))
    if origin is tuple:
        return _Row([form_of(one) for one in inner])
    if isinstance(hint, type):
        return _of_class(hint)
    raise PayloadError(f"no form is known for a value of {hint}")


def _of_union(types: tuple[Any, ...]) -> Form:
    some = [one for one in types if one is not NoneType]
    form = form_of(some[0]) if len(some) == 1 else _OneOf({one.__name__: one for one in some})
    return form if len(some) == len(types) else _Maybe(form)


def _of_class(type_: type) -> Form:
    if issubclass(type_, Enum):
        return _Word({member: member.value for member in type_})
    if type_ is float:
        return _Plain((float, int))
    if type_ in (str, int, bool):
        return _Plain((type_,))
    if is_dataclass(type_):
        return _Fields(type_)
    raise PayloadError(f"no form is known for a value of {type_.__name__}")


class _Plain:
    """A value that JSON has too, of exactly these types: an enum where a text is declared would not come back."""

    def __init__(self, types: tuple[type, ...]) -> None:
        self._types = types

    def write(self, value: object, _: dict[str, int]) -> Any:
        return self.read(value, ())

    def read(self, told: Any, _: Sequence[object]) -> Any:
        if type(told) not in self._types:
            raise PayloadError(f"{type(told).__name__} where {self._types[0].__name__} is declared")
        return told


class _Word:
    """A word of a closed list, as its value."""

    def __init__(self, told: dict[Any, Any]) -> None:
        self._told = told
        self._meant = {value: word for word, value in told.items()}

    def write(self, value: object, _: dict[str, int]) -> Any:
        meant = self._meant.get(self._told.get(value))
        if type(meant) is not type(value):
            raise PayloadError(f"{type(value).__name__} where one of {list(self._told)} is declared")
        return self._told[value]

    def read(self, told: Any, _: Sequence[object]) -> Any:
        return self._meant[told]


class _Maybe:
    """A value or None."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def write(self, value: object, lines: dict[str, int]) -> Any:
        return None if value is None else self._form.write(value, lines)

    def read(self, told: Any, leaves: Sequence[object]) -> Any:
        return None if told is None else self._form.read(told, leaves)


class _Many:
    """A tuple of any length, in order; or a set, sorted."""

    def __init__(self, make: type[tuple[Any, ...]] | type[frozenset[Any]], form: Form) -> None:
        self._make = make
        self._form = form

    def write(self, value: object, lines: dict[str, int]) -> Any:
        if type(value) is not self._make:
            raise PayloadError(f"{type(value).__name__} where {self._make.__name__} is declared")
        told = [self._form.write(one, lines) for one in cast("Sequence[object]", value)]
        return sorted(told, key=_json) if self._make is frozenset else told

    def read(self, told: Any, leaves: Sequence[object]) -> Any:
        read = self._form.read
        return self._make([read(one, leaves) for one in told])


class _Row:
    """A tuple of so many values, each of its own type."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = forms

    def write(self, value: object, lines: dict[str, int]) -> Any:
        if type(value) is not tuple:
            raise PayloadError(f"{type(value).__name__} where tuple is declared")
        return [form.write(one, lines) for form, one in zip(self._forms, value, strict=True)]

    def read(self, told: Any, leaves: Sequence[object]) -> Any:
        return tuple(form.read(one, leaves) for form, one in zip(self._forms, told, strict=True))


class _Fields:
    """A dataclass: its fields by name, without those at their default."""

    def __init__(self, type_: type) -> None:
        self._type = type_
        self._made: dict[str, Form] | None = None
        self._defaults = {field.name: field.default for field in fields(type_)}
        if not all(field.init for field in fields(type_)):
            raise PayloadError(f"{type_.__name__}: a field that is not given when it is made cannot be told")

    @property
    def _forms(self) -> dict[str, Form]:
        """Worked out at first use: a test may hold tests."""
        if self._made is None:
            hints = get_type_hints(self._type)
            self._made = {name: form_of(hints[name]) for name in self._defaults}
        return self._made

    def write(self, value: object, lines: dict[str, int]) -> Any:
        if type(value) is not self._type:
            raise PayloadError(f"{type(value).__name__} where {self._type.__name__} is declared")
        given = {name: getattr(value, name) for name in self._forms}
        told = {name: one for name, one in given.items() if not _same(one, self._defaults[name])}
        return {name: self._forms[name].write(one, lines) for name, one in told.items()}

    def read(self, told: Any, leaves: Sequence[object]) -> Any:
        forms = self._forms
        if not told.keys() <= forms.keys():
            raise PayloadError(f"{self._type.__name__} has no field {sorted(told.keys() - forms.keys())}")
        return self._type(**{name: forms[name].read(one, leaves) for name, one in told.items()})


class _OneOf:
    """One of several dataclasses, under its name; a leaf stands on a line of its own and is told by its number."""

    def __init__(self, types: dict[str, type]) -> None:
        self._types = types

    def write(self, value: object, lines: dict[str, int]) -> Any:
        type_ = type(value)
        if self._types.get(type_.__name__) is not type_:
            raise PayloadError(f"{type_.__name__} where one of {sorted(self._types)} is declared")
        told = [type_.__name__, _class(self._types, type_.__name__).write(value, lines)]
        return lines.setdefault(_json(told), len(lines)) if type_ in LEAVES else told

    def read(self, told: Any, leaves: Sequence[object]) -> Any:
        if type(told) is int:
            return leaves[told]
        name, inner = told
        return _class(self._types, name).read(inner, leaves)


def _class(types: dict[str, type], name: str) -> Form:
    if name not in types:
        raise PayloadError(f"a class that is not known: {name}")
    return form_of(types[name])


_leaf_form: Callable[[str], Form] = cache(lambda name: _class({one.__name__: one for one in LEAVES}, name))


def _same(value: object, default: object) -> bool:
    return default is not MISSING and type(value) is type(default) and value == default


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
