"""Writes docs/criteria.md from the spec tables: what each kind of criterion means, row by row.

`python -m scripts.criteria_reference` writes the page; tests/house/test_docs.py says when it is out of date.
"""

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from enum import Enum
from pathlib import Path

from rules.criteria import KEY_KINDS, AllOf, AnyOf, AtLeast, Kind, MarkerIs, Not, Test, leaves
from rules.explain import kind_label
from rules.marker_results import MarkerDemand
from tests.spec import rows_course, rows_disease, rows_open_names, rows_patient, rows_tumour
from tests.spec.table import AS_OF, Row

PAGE = Path("docs/criteria.md")
MODULES = (rows_tumour, rows_disease, rows_course, rows_open_names, rows_patient)
COMBINED = "Combinations"
HEAD = f"""# What each criterion means

Written by `make docs` from the spec tables in `tests/spec/`; the tests run every row below on the engine. Do not edit
it: change the table.

Each row is a case that states the given facts and nothing else, a test that a trial may put, and the verdict. `met`
always speaks for the patient. `unknown` is never a no: it makes a key criterion a question, and a screening criterion
one more line « à confirmer à la sélection ». The reason code stands where the table fixes it; `why` is in French, the
language of the field. The day of judgement is {AS_OF.isoformat()}.

| kind | français | asked |
| --- | --- | --- |
"""


def reference() -> str:
    """The whole page."""
    sections: dict[str, list[Row]] = {name: [] for name in (*(kind.value for kind in Kind), COMBINED)}
    for row in rows():
        sections[_section(row.test)].append(row)
    index = [_index_line(kind, rows_of=len(sections[kind.value])) for kind in Kind if kind is not Kind.STATUS]
    bodies = [_body(name, found) for name, found in sections.items() if found]
    return HEAD + "\n".join(index) + "\n\n" + "\n".join(bodies)


def rows() -> Iterator[Row]:
    """Every row of every table, in the order of the files."""
    for module in MODULES:
        for name, table in vars(module).items():
            if name.isupper() and isinstance(table, list) and table and isinstance(table[0], Row):
                yield from table


def _section(test: Test) -> str:
    kinds = {leaf.kind for leaf in leaves(test)}
    return kinds.pop().value if len(kinds) == 1 else COMBINED


def _index_line(kind: Kind, *, rows_of: int) -> str:
    name = f"[{kind.value}](#{kind.value})" if rows_of else f"{kind.value} (no row)"
    asked = "key: at the board" if kind in KEY_KINDS else "screening: by the investigator"
    return f"| {name} | {kind_label(kind, 'fr')} | {asked} |"


def _body(name: str, found: list[Row]) -> str:
    lines = [f"## {name}", "", "| facts | criterion | verdict | reason | why |", "| --- | --- | --- | --- | --- |"]
    lines += [_line(row) for row in found]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    facts = "<br>".join(_cell(fact) for fact in _facts(row.facts)) or "nothing stated"
    reason = f"`{row.reason}`" if row.reason else ""
    return f"| {facts} | {_cell(in_words(row.test))} | {row.verdict.name.lower()} | {reason} | {_cell(row.why)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _facts(value: object, path: str = "") -> Iterator[str]:
    """`patient.age: 75`; list entries by their place, as the answers of the service name them."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _facts(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for number, item in enumerate(value):
            yield from _facts(item, f"{path}[{number}]")
    else:
        yield f"{path}: {_value(value)}"


def in_words(test: Test) -> str:
    """A test in words: its name, then what it asks for; parts of a combination in brackets."""
    match test:
        case AllOf(parts):
            return " and ".join(f"({in_words(part)})" for part in parts)
        case AnyOf(parts):
            return " or ".join(f"({in_words(part)})" for part in parts)
        case AtLeast(minimum, parts):
            return f"at least {minimum} of: " + ", ".join(f"({in_words(part)})" for part in parts)
        case Not(part):
            return f"not ({in_words(part)})"
        case MarkerIs(demand):
            return _demand(demand)
        case leaf:
            return _leaf(leaf)


def _demand(demand: MarkerDemand) -> str:
    name = demand.label or "/".join(sorted(demand.markers))
    return " ".join(part for part in (name, demand.variant_text, str(demand.presence)) if part)


def _leaf(leaf: object) -> str:
    asked = [
        f"{field.name.replace('_', ' ')} {_value(value)}"
        for field in fields(leaf)  # type: ignore[arg-type]  # every leaf is a dataclass
        if (value := getattr(leaf, field.name))
        not in (None if field.default is MISSING else field.default, frozenset())
    ]
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type(leaf).__name__).strip()
    return f"{name}: {'; '.join(asked)}" if asked else name


def _value(value: object) -> str:
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        parts = [_value(item) for item in value]
        return ", ".join(sorted(parts) if isinstance(value, frozenset) else parts)
    return str(value)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
