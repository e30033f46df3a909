"""A mapping document as YAML → checked, or every error with its line, its path and what would be right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from connectors.archimaid import tolerance
from connectors.errors import ConnectorError
from connectors.mapping.document import SourceMapping, rules_of
from connectors.mapping.kinds import target_of
from connectors.mapping.rules import Rule

MAX_BYTES = 1024 * 1024
Location = Sequence[str | int]

_EXPECTED = {
    "extra_forbidden": "no such name here: check its spelling against docs/contracts/source-mapping.schema.json",
    "missing": "is missing",
    "model_type": "names with their values are expected",
    "model_attributes_type": "names with their values are expected",
    "string_pattern_mismatch": "lower case letters, digits, - and _ are expected",
}


@dataclass(frozen=True, slots=True)
class MappingError:
    """One error of a document: the line (from 1), the path in it, and what would be right."""

    line: int
    path: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.path}: {self.reason}" if self.path else f"line {self.line}: {self.reason}"


class MappingUnreadable(ConnectorError):
    """A document that cannot be used, with all its errors."""

    def __init__(self, name: str, errors: Sequence[MappingError]) -> None:
        super().__init__(f"{name}: " + "; ".join(str(error) for error in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class LoadedMapping:
    """A checked document, and the hash of what it says."""

    document: SourceMapping
    digest: str


def load_mapping(path: Path) -> LoadedMapping:
    """The mapping document of a file. Raises MappingUnreadable."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise MappingUnreadable(path.name, [MappingError(1, "", f"cannot be read: {error.strerror}")]) from None
    return read_mapping(content, name=path.name)


def read_mapping(content: bytes, *, name: str = "mapping") -> LoadedMapping:
    """The mapping document that these bytes hold. Raises MappingUnreadable."""
    node = _composed(content, name)
    if errors := [*_twice(node)]:
        raise MappingUnreadable(name, errors)
    try:
        value = yaml.constructor.SafeConstructor().construct_document(node)
        document = SourceMapping.model_validate(value)
    except yaml.YAMLError as error:
        raise MappingUnreadable(name, [_of_yaml(error)]) from None
    except ValidationError as error:
        raise MappingUnreadable(name, _of_pydantic(error, node)) from None
    if errors := [*_unknown_values(document, node)]:
        raise MappingUnreadable(name, errors)
    return LoadedMapping(document, sha256(document.model_dump_json().encode()).hexdigest())


def _composed(content: bytes, name: str) -> yaml.Node:
    if len(content) > MAX_BYTES:
        raise MappingUnreadable(name, [MappingError(1, "", f"{len(content)} bytes: at most {MAX_BYTES} are read")])
    try:
        text = content.decode("utf-8-sig")
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise MappingUnreadable(name, [MappingError(line, "", "a YAML alias (*name): write it out instead")])
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        raise MappingUnreadable(name, [MappingError(1, "", "the document must be UTF-8")]) from None
    except yaml.YAMLError as error:
        raise MappingUnreadable(name, [_of_yaml(error)]) from None
    except RecursionError:
        raise MappingUnreadable(name, [MappingError(1, "", "nested too deeply")]) from None
    if not isinstance(node, yaml.MappingNode):
        raise MappingUnreadable(name, [MappingError(1, "", "a document with mapping, source, listing and fields")])
    return node


def _of_yaml(error: yaml.YAMLError) -> MappingError:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "no valid YAML"
    return MappingError(mark.line + 1 if mark else 1, "", f"no valid YAML: {reason}")


def _of_pydantic(error: ValidationError, node: yaml.Node) -> list[MappingError]:
    found: dict[tuple[str, str], MappingError] = {}
    for problem in error.errors(include_input=False, include_url=False):
        location = [part for part in problem["loc"] if not _is_of_union(part)]
        line, path = _place(node, location)
        found.setdefault((path, _reason(problem)), MappingError(line, path, _reason(problem)))
    return sorted(found.values(), key=lambda one: one.line)


def _is_of_union(part: str | int) -> bool:
    """Pydantic names the branch of a union in the place of an error: the document has no such step."""
    return isinstance(part, str) and (part in {"Places", "Labels", "from_labels", "[key]"} or "[" in part)


def _reason(problem: ErrorDetails) -> str:
    return _EXPECTED.get(problem["type"], problem["msg"])


def _place(node: yaml.Node, location: Location) -> tuple[int, str]:
    """The line of what is at a location, or of the last thing above it that is there; and the path."""
    line = node.start_mark.line + 1
    for part in location:
        found = _child(node, part)
        if found is None:
            break
        key, node = found
        line = key.start_mark.line + 1
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return line, path.removeprefix(".")


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _twice(node: yaml.Node, path: str = "") -> Iterator[MappingError]:
    """Names that stand twice in one place: YAML would keep the last without a word."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _twice(child, path)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        here = f"{path}.{key.value}".removeprefix(".")
        if str(key.value) in seen:
            yield MappingError(key.start_mark.line + 1, here, "stands twice: keep one")
        seen.add(str(key.value))
        yield from _twice(value, here)


def _unknown_values(document: SourceMapping, node: yaml.Node) -> Iterator[MappingError]:
    """Values of closed lists that the rules give and that no étude may have."""
    for names, rule in rules_of(document.fields):
        choices = target_of(names).choices
        for step, given in _given(rule) if choices is not None else ():
            for one in given if isinstance(given, list) else [given]:
                try:
                    tolerance.one_of(choices)(one) if choices is not None else None
                except PydanticCustomError as error:
                    line, path = _place(node, ("fields", *names, *step))
                    yield MappingError(line, path, error.message())


def _given(rule: Rule) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, value in (rule.values or {}).items():
        if value is not None:
            yield ("values", name), value
    for name in ("otherwise", "default", "constant"):
        if (value := getattr(rule, name)) is not None and not (name == "constant" and rule.values):
            yield (name,), value
