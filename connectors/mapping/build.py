"""One record of an export → an étude, by the rules of a mapping. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from connectors.archimaid.records import Record, is_shown_only, read_etude
from connectors.archimaid.tolerance import is_blank
from connectors.base import FieldProblem
from connectors.errors import RecordMalformed
from connectors.listing import undated
from connectors.mapping.content import Raw
from connectors.mapping.document import Cohorts, Labels, Markers, Places, Sites, SourceMapping, rules_of
from connectors.mapping.kinds import ValueProblem, read_value, shown, target_of
from connectors.mapping.paths import Step, found, split_path
from connectors.mapping.rules import Closed, Repeated, Rule, zone_of

Location = tuple[str | int, ...]
Objects = Places | Markers | Sites | Cohorts

_PROBLEMS_NAMED = 3
_NAMED = re.compile(r"\{([^{}]+)\}")
_steps = lru_cache(maxsize=4096)(split_path)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the names of a rule are looked up in: an item of a list, a row, or numbered columns of the record.

    `flat`: names are those of columns, whole. `column` is the pattern of numbered columns, `{n}` already set.
    """

    root: object
    item: object
    flat: bool
    column: str | None = None

    def look(self, name: str) -> object:
        """The value of that name, None when there is none. `$.name` is one of the whole record."""
        place = self.item
        if name.startswith("$."):
            place, name = self.root, name[2:]
        elif self.column is not None:
            name = self.column.replace("{}", name)
        if name == ".":
            return place
        if isinstance(place, Mapping) and name in place:
            return place[name]
        steps: tuple[Step, ...] = (name,) if self.flat else _steps(name)
        return found(place, steps)


@dataclass(slots=True)
class _Builder:
    mapping: SourceMapping
    rows: Sequence[object]
    problems: list[tuple[Location, str, str]] = field(default_factory=list)

    def build(self, fields: Closed, scope: Scope, at: Location) -> dict[str, object]:
        """The object that these rules make; what cannot be read is noted and left out."""
        made: dict[str, object] = {}
        for name in type(fields).model_fields:
            value = self._field(getattr(fields, name), scope, (*at, name))
            if not is_blank(value) and value not in ([], {}):
                made[name] = value
        return made

    def _field(self, told: object, scope: Scope, at: Location) -> object:
        match told:
            case Rule():
                return self._value(told, scope, at)
            case Labels():
                labels = self._value(told.from_labels, scope, at)
                return [{"libelle": label} for label in labels] if isinstance(labels, list) else None
            case Places() | Markers() | Sites() | Cohorts():
                return self._objects(told, scope, at)
            case Closed():
                return self.build(told, scope, at)
            case _:
                return None

    def _objects(self, told: Objects, scope: Scope, at: Location) -> list[dict[str, object]]:
        rules = [rule for _, rule in rules_of(told.fields)]
        items = (one for one in _items(told, scope, self.rows) if _says_something(one, rules))
        return [self.build(told.fields, item, (*at, index)) for index, item in enumerate(items)]

    def _value(self, rule: Rule, scope: Scope, at: Location) -> object:
        zone = zone_of(rule.zone or self.mapping.zone)
        target = target_of([step for step in at if isinstance(step, str)])
        try:
            return read_value(_told(rule, scope), rule, target, zone)
        except ValueProblem as problem:
            self.problems.append((at, " + ".join(f"« {name} »" for name in rule.paths), str(problem)))
            return None


def study_of(raw: Raw, mapping: SourceMapping, *, exported_at: datetime | None) -> Record | RecordMalformed:
    """The étude of one record, or why there is none; fields that are only shown and unreadable are left out.

    Without a rule for `maj_le` the étude carries `exported_at`, and does not say when it changed.
    """
    if raw.problem is not None or not isinstance(raw.value, Mapping):
        return RecordMalformed(record_id=None, path=raw.where, reason=raw.problem or "an object is expected")
    rows = raw.rows or (raw.value,)
    scope = Scope(raw.value, raw.value, flat=mapping.listing.format == "csv")
    builder = _Builder(mapping, rows)
    etude = builder.build(mapping.fields, scope, ())
    builder.problems += _contradictions(mapping, [replace(scope, root=row, item=row) for row in rows])
    costly = [problem for problem in builder.problems if not is_shown_only(problem[0])]
    if costly:
        return _malformed(raw, etude, costly)
    dated = "maj_le" in etude or exported_at is None
    read = read_etude(etude if dated else {**etude, "maj_le": _instant(exported_at)}, path=raw.where)
    if isinstance(read, RecordMalformed):
        return read
    left_out = (*read.left_out, *(FieldProblem(*_path_and_reason(raw, one)) for one in builder.problems))
    return replace(read if dated else undated(read), left_out=left_out)


def _contradictions(mapping: SourceMapping, rows: Sequence[Scope]) -> Iterator[tuple[Location, str, str]]:
    """Names of the trial itself that the rows of one trial tell differently; a row may leave out what another says."""
    if len(rows) == 1:
        return
    for names, rule in rules_of(mapping.fields):
        for name in rule.paths if "fields" not in names else ():
            told = {str(value): shown(value) for row in rows if _says(value := row.look(name))}
            if len(told) > 1:
                yield names, f"« {name} »", f"the rows of one trial differ: {' and '.join(sorted(told.values()))}"


def _instant(exported_at: datetime | None) -> str:
    return exported_at.isoformat() if exported_at else ""


def _told(rule: Rule, scope: Scope) -> object:
    """The value that a rule speaks of, as it stands in the export."""
    if rule.from_ is not None:
        return scope.look(rule.from_)
    if rule.first_of is not None:
        return next((value for name in rule.first_of if _says(value := scope.look(name))), None)
    if rule.join is not None:
        parts = [value for name in rule.join if _says(value := scope.look(name))]
        return rule.joined_by.join(_as_text(part) for part in parts) if parts else None
    if rule.template is not None:
        return _filled(rule.template, scope)
    return rule.constant


def _filled(template: str, scope: Scope) -> str | None:
    values = {name: scope.look(name.strip()) for name in _NAMED.findall(template)}
    if not all(_says(value) for value in values.values()):
        return None
    return _NAMED.sub(lambda match: _as_text(values[match[1]]), template)


def _as_text(value: object) -> str:
    if isinstance(value, Mapping):
        raise ValueProblem("a text is expected, not an object")
    return "\n".join(map(_as_text, value)) if isinstance(value, list) else str(value)


def _items(told: Objects, scope: Scope, rows: Sequence[object]) -> Iterator[Scope]:
    """The scope of each object of a list."""
    if told.rows:
        yield from (replace(scope, item=row, column=None) for row in rows)
    elif told.columns is not None:
        for number in range(1, told.up_to + 1):
            yield replace(scope, column=told.columns.replace("{n}", str(number)))
    else:
        yield from (replace(scope, item=item, column=None) for item in _listed(told, scope))


def _listed(told: Repeated, scope: Scope) -> list[object]:
    value = scope.look(told.each or ".")
    if isinstance(value, str) and told.split:
        parts = re.split("|".join(map(re.escape, told.split)), value)
        return [part.strip() for part in parts if part.strip()]
    return value if isinstance(value, list) else [value] if _says(value) else []


def _says_something(scope: Scope, rules: Sequence[Rule]) -> bool:
    """Whether an object says anything of its own: numbered columns go on further than what is filled in."""
    own = (name for rule in rules for name in rule.paths if not name.startswith("$."))
    return any(_says(scope.look(name)) for name in own)


def _says(value: object) -> bool:
    return not is_blank(value) and value not in ([], {})


def _malformed(raw: Raw, etude: Mapping[str, object], problems: Sequence[tuple[Location, str, str]]) -> RecordMalformed:
    told = [_path_and_reason(raw, problem) for problem in problems[:_PROBLEMS_NAMED]]
    reason = "; ".join([told[0][1], *(f"{path}: {why}" for path, why in told[1:])])
    if (more := len(problems) - len(told)) > 0:
        reason += f"; and {more} more"
    record_id = etude.get("id")
    return RecordMalformed(record_id=str(record_id)[:80] if record_id else None, path=told[0][0], reason=reason)


def _path_and_reason(raw: Raw, problem: tuple[Location, str, str]) -> tuple[str, str]:
    location, names, reason = problem
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).removeprefix(".")
    return f"{raw.where}: {place}", f"{names or 'the constant'}: {reason}"
