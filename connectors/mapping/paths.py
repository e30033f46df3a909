"""Where a value stands inside a record: `sites[].contact.mail`, `numbers[0]`, `.` for the record itself."""

import re
from collections.abc import Mapping, Sequence

_STEP = re.compile(r'"([^"]+)"|([^.\[\]"]+)|\[(\d*)\]')
Step = str | int | None
"""A name, an index, or None: each of a list."""


def split_path(path: str) -> tuple[Step, ...]:
    """The steps of a path; a name that holds a dot or a bracket stands between double quotes."""
    if path == ".":
        return ()
    return tuple(quoted or plain or (int(index) if index else None) for quoted, plain, index in _STEP.findall(path))


def found(value: object, steps: Sequence[Step]) -> object:
    """What is there, None when nothing is."""
    for position, step in enumerate(steps):
        match step:
            case None if isinstance(value, list):
                inner = [found(one, steps[position + 1 :]) for one in value]
                return [item for one in inner for item in (one if isinstance(one, list) else [one]) if item is not None]
            case int() if isinstance(value, list) and step < len(value):
                value = value[step]
            case str() if isinstance(value, Mapping) and step in value:
                value = value[step]
            case _:
                return None
    return value
