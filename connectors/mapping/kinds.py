"""What sort of value each field of an étude holds, and how a value of an export is read as one."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum, StrEnum
from typing import assert_never

from pydantic_core import PydanticCustomError

from connectors.archimaid import schema, tolerance
from connectors.dates import USUAL, day_of, read_date
from connectors.mapping.html import text_of_html
from connectors.mapping.rules import Rule
from rules.text import fold


class Kind(Enum):
    """The sort of a field."""

    TEXT = "a text"
    TEXTS = "texts"
    WHOLE = "a whole number"
    FLAG = "yes or no"
    DAY = "a date"
    INSTANT = "an instant"


@dataclass(frozen=True, slots=True)
class Target:
    """A field of an étude: its sort, and its closed list where it has one."""

    kind: Kind = Kind.TEXT
    choices: type[StrEnum] | None = None


class ValueProblem(Exception):
    """A value that cannot be read; the message says what would be right."""


_TEXTS, _WHOLE, _DAY = Target(Kind.TEXTS), Target(Kind.WHOLE), Target(Kind.DAY)
_TARGETS: Mapping[str, Target] = {
    "maj_le": Target(Kind.INSTANT),
    "type": Target(choices=schema.TypeEtude),
    "statut": Target(choices=schema.Statut),
    "centres.statut": Target(choices=schema.StatutCentre),
    "centres.places": Target(choices=schema.Places),
    "cohortes.statut": Target(choices=schema.StatutCohorte),
    "exigence": Target(choices=schema.Exigence),
    "sexe": Target(choices=schema.Sexe),
    "situations": Target(Kind.TEXTS, schema.Situation),
    "toutes_tumeurs_solides": Target(Kind.FLAG),
    **dict.fromkeys(("age_min", "age_max", "oms_min", "oms_max"), _WHOLE),
    **dict.fromkeys(("ouverte_le", "fin_prevue_le", "verifie_le"), _DAY),
    **dict.fromkeys(("specialites", "traitements", "histologies", "stades", "lignes", "variants", "cim10"), _TEXTS),
    "localisations": _TEXTS,
    "centres.cohortes": _TEXTS,
}
_YES = frozenset(("true", "oui", "vrai", "yes", "o", "y", "1"))
_NO = frozenset(("false", "non", "faux", "no", "n", "0"))
_NUMBER = re.compile(r"(\d+)(?:[.,]0+)?\s*(?:ans?|years?|yrs?|y)?\.?", re.IGNORECASE)
_GROUPED = re.compile(r"(?<=\d)[\s.](?=\d{3}(?:\D|$))")
_SHOWN_LENGTH = 40


def target_of(names: Sequence[str]) -> Target:
    """The field that a path of names (`centres`, `statut`) leads to."""
    steps = [name for name in names if name != "fields"]
    return _TARGETS.get(".".join(steps[-2:])) or _TARGETS.get(steps[-1]) or Target()


def read_value(value: object, rule: Rule, target: Target, zone: tzinfo) -> object:
    """A value of the export as the field has it, None where it says nothing. Raises ValueProblem."""
    if rule.html:
        value = _each(value, lambda one: text_of_html(one) if isinstance(one, str) else one)
    if rule.split:
        value = [part for one in _as_list(value) for part in _split(one, rule.split)]
    if tolerance.is_blank(value) or value == []:
        return rule.default
    if rule.values is not None:
        value = _mapped(value, rule, target)
    return _typed(value, rule, target, zone)


def _typed(value: object, rule: Rule, target: Target, zone: tzinfo) -> object:
    if value is None or value == []:
        return None
    match target.kind:
        case Kind.TEXTS:
            texts = [_text(one) for one in _as_list(value) if not tolerance.is_blank(one)]
            return [_chosen(one, target.choices) for one in texts]
        case Kind.TEXT if isinstance(value, list):
            return "\n".join(_text(one) for one in value if not tolerance.is_blank(one))
        case Kind.TEXT:
            return _chosen(_text(value), target.choices)
        case Kind.WHOLE:
            return _whole(value)
        case Kind.FLAG:
            return _flag(value)
        case Kind.DAY | Kind.INSTANT:
            return _date(value, rule, target.kind, zone)
    assert_never(target.kind)


def _mapped(value: object, rule: Rule, target: Target) -> object:
    """The value under the name it has here; of several, each."""
    known = {_key(name): here for name, here in (rule.values or {}).items()}
    found: list[object] = []
    for one in _as_list(value):
        here = _of(one, known, rule, target)
        found += here if isinstance(here, list) else [] if here is None else [here]
    if target.kind is Kind.TEXTS or len(found) > 1:
        return list(dict.fromkeys(map(str, found)))
    return found[0] if found else None


def _of(one: object, known: Mapping[str, object], rule: Rule, target: Target) -> object:
    if isinstance(one, list | Mapping):
        raise ValueProblem("a single value is expected, not an object or a list")
    if (key := _key(_text(one))) in known:
        return known[key]
    if target.choices is not None:
        try:
            return tolerance.one_of(target.choices)(one)
        except PydanticCustomError:
            pass
    if "otherwise" in rule.model_fields_set:
        return rule.otherwise
    raise ValueProblem(f"{shown(one)} is not in `values`; known: {', '.join(rule.values or ())}")


def _chosen(text: str, choices: type[StrEnum] | None) -> str:
    if choices is None:
        return text
    try:
        return tolerance.one_of(choices)(text).value
    except PydanticCustomError:
        raise ValueProblem(f"{shown(text)} is not one of {', '.join(choices)}: map it in `values`") from None


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case str() | int() | float():
            return str(value)
        case _:
            raise ValueProblem("a text is expected, not an object or a list")


def _whole(value: object) -> int:
    text = _GROUPED.sub("", _text(value).replace("\u00a0", " ").replace("\u202f", " ").strip())
    if isinstance(value, bool) or (match := _NUMBER.fullmatch(text)) is None or len(match[1]) > 9:
        raise ValueProblem(f"{shown(value)} is no whole number, as 18 or « 18,0 »")
    return int(match[1])


def _flag(value: object) -> bool:
    word = fold(_text(value)).strip()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueProblem(f"{shown(value)} is neither yes nor no (oui, non, true, false, 1, 0): map it in `values`")


def _date(value: object, rule: Rule, kind: Kind, zone: tzinfo) -> str:
    forms = rule.dates or USUAL
    instant = read_date(value, forms, zone)
    if instant is None:
        raise ValueProblem(f"{shown(value)} is no date in the format {' or '.join(forms)}: set `dates`")
    return day_of(instant, zone).isoformat() if kind is Kind.DAY else instant.isoformat()


def _split(value: object, separators: Iterable[str]) -> list[object]:
    if not isinstance(value, str):
        return [] if value is None else [value]
    parts = re.split("|".join(re.escape(one) for one in separators), value)
    return [part.strip() for part in parts if part.strip()]


def _each(value: object, change: Callable[[object], object]) -> object:
    return [change(one) for one in value] if isinstance(value, list) else change(value)


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def shown(value: object) -> str:
    """A short code as it was given; anything longer may be free text, and is not repeated."""
    text = str(value)
    return f"« {text} »" if not isinstance(value, list | Mapping) and len(text) <= _SHOWN_LENGTH else "the value"
