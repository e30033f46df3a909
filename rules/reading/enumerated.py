"""Numbered items inside one line: « l'un des suivants : (1) A ; (2) B », « 1) A 2) B 3) C »."""

import re
from dataclasses import dataclass
from functools import lru_cache

_MARK = re.compile(
    r"(?:(?<=^)|(?<=[\s:;,.(]))\(?(?P<mark>\d{1,2}|[a-h]|i{1,3}|iv|vi{0,3}|ix|x)(?:\)|(?<=\d)[.](?=\s))\s*(?=\S)"
)
"""« (1) », « 2) », « a) », « (iii) », « 4. »."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Enumerated:
    """The words before the items (« l'un des suivants ») and the items, each behind its mark."""

    head: str
    items: tuple[tuple[str, str], ...]


@lru_cache(maxsize=20_000)
def items_in(line: str) -> Enumerated | None:
    """The items of a line that numbers them from the first on; None where it does not, or where words stand between."""
    if ")" not in line and ". " not in line:
        return None
    marks = _in_order([match for match in _MARK.finditer(line) if not _inside(line, match.start())])
    if len(marks) < _LEAST:
        return None
    head = line[: marks[0].start()].strip()
    if head and not head.endswith(":"):
        return None
    ends = [*(match.start() for match in marks[1:]), len(line)]
    items = [(one["mark"], line[one.end() : end].strip(" ;,.")) for one, end in zip(marks, ends, strict=True)]
    return Enumerated(head.rstrip(": "), tuple(items)) if all(len(text) > 1 for _, text in items) else None


def _inside(line: str, at: int) -> bool:
    """Whether a place stands in parentheses that were opened before; « a) » has none of its own."""
    before = re.sub(r"(?:(?<=^)|(?<=[\s:;,.]))\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)", "", line[:at])
    return before.count("(") > before.count(")")


def _in_order(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that count on from the first one: 1, 2, 3, or a, b, c, or i, ii, iii."""
    if not found:
        return []
    for series in (tuple(str(number) for number in range(1, 30)), tuple("abcdefgh"), _ROMAN):
        kept: list[re.Match[str]] = []
        for match in found:
            if len(kept) < len(series) and match["mark"] == series[len(kept)]:
                kept.append(match)
        if kept and kept[0] is found[0]:
            return kept
    return []
