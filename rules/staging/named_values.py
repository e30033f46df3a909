"""Values of a system that have names (« élevé », « B », « int-2 »), read as sets with ranges and comparisons."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rules.errors import VocabularyError
from rules.staging.codes import Codes
from rules.text import fold
from rules.vocabulary.tables import Row, several

_Holds = Callable[[int, list[int]], bool]
"""Of the rank of a code and the ranks of the named ones."""

_RANGE = re.compile(r"\s*(?:-|\ba\b|\bto\b|\bthrough\b)\s*")
_RANK = re.compile(
    r"(>=|<=|>|<|au moins|at least|au plus|at most|(?:superieur|inferieur)\w*(?: ou ega\w+)? (?:a|au))"
    r"\s*(?:stades?|risque|grades?|scores?|groupes?)?\s*:?\s*$"
)
_REACH = 60
_BETWEEN_VALUES = re.compile(
    r"(?:[\s,/()\-:;>=<+]|\b(?:ou|or|et|and|a|to|through|risk|risque|stade|stage|score|grade|class|classe|de|du)\b)*"
)
_MORE = re.compile(r"\s*(?:\+|(?:ou|et|or|and)\s+(?:plus|superieur\w*|higher|above|greater))(?![a-z0-9])")
_LESS = re.compile(r"\s*(?:ou|et|or|and)\s+(?:moins|inferieur\w*|lower|below|less)\b")


def without_signs(text: str) -> str:
    """Folded text: ASCII, lower case, `≥` as `>=`, every dash as `-`."""
    return fold(text)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    codes: Codes


@dataclass(frozen=True)
class NamedValues:
    """The codes of one system in order, and the folded names that stand for one or several of them."""

    order: dict[str, int | None]
    names: dict[str, Codes]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        spelt = "|".join(
            re.escape(name).replace(r"\ ", r"[\s-]+").replace(r"\+", r"\s*\+\s*")
            for name in sorted(self.names, key=len, reverse=True)
        )
        return re.compile(rf"(?<![a-z0-9.,+])(?:{spelt})(?![a-z0-9])(?![.,]\d)(?!\s*\+\s*\d)")

    def read(self, text: str) -> Codes:
        """The codes that a typed value may mean: lists are any-of, « I-III » a range, « ≥ 2 » a comparison."""
        if not self.names:
            return frozenset()
        folded = fold(text)
        found = [
            _Found(match.start(), match.end(), self.names[_canonical(match[0])])
            for match in self._pattern.finditer(folded)
            if not _is_a_word(match[0], match.start(), text, folded)
        ]
        return self._together(folded, found)

    def is_name(self, text: str) -> bool:
        """Whether a text is the name of a value, and nothing else."""
        return bool(self.names) and self._pattern.fullmatch(fold(text)) is not None

    def _together(self, folded: str, found: list[_Found]) -> Codes:
        """Only the first run of values: in « 3 (âge, LDH > 1 N) » the 1 is none."""
        codes: Codes = frozenset()
        for index, item in enumerate(found):
            before = found[index - 1] if index else None
            if before and not _BETWEEN_VALUES.fullmatch(folded, before.end, item.start):
                break
            joined = before and _RANGE.fullmatch(folded, before.end, item.start)
            codes |= self._between(before.codes, item.codes) if before and joined else self._one(folded, item)
        return codes

    def _one(self, folded: str, item: _Found) -> Codes:
        rank = _RANK.search(folded, max(item.start - _REACH, 0), item.start)
        sign = _sign(rank[1]) if rank else ""
        if sign == ">=" or _MORE.match(folded, item.end):
            return self._ranked(lambda order, named: order >= min(named), item.codes)
        if sign == "<=" or _LESS.match(folded, item.end):
            return self._ranked(lambda order, named: order <= max(named), item.codes)
        if sign == ">":
            return self._ranked(lambda order, named: order > max(named), item.codes)
        if sign == "<":
            return self._ranked(lambda order, named: order < min(named), item.codes)
        return item.codes

    def _between(self, first: Codes, last: Codes) -> Codes:
        ends = [order for code in first | last if (order := self.order[code]) is not None]
        if not ends:
            return first | last
        return frozenset(
            code for code, order in self.order.items() if order is not None and min(ends) <= order <= max(ends)
        )

    def _ranked(self, holds: _Holds, codes: Codes) -> Codes:
        named = [order for code in codes if (order := self.order[code]) is not None]
        if not named:
            return codes
        return frozenset(code for code, order in self.order.items() if order is not None and holds(order, named))


def named_values(system: str, entries: list[Row]) -> NamedValues:
    """The values of the rows of one system; raises VocabularyError on a value without a name or twice."""
    order: dict[str, int | None] = {}
    names: dict[str, set[str]] = {}
    for row in entries:
        if row["value"] in order or not row["value_names"]:
            raise VocabularyError(f"stage_systems.csv, {system}: value {row['value']!r} twice or without a name")
        order[row["value"]] = int(row["order"]) if row["order"] else None
        for name in several(row["value_names"]):
            names.setdefault(_canonical(fold(name)), set()).add(row["value"])
    return NamedValues(order, {name: frozenset(codes) for name, codes in names.items()})


def _sign(words: str) -> str:
    if words in {"au moins", "at least"} or words.startswith("superieur"):
        return ">" if words.startswith("superieur") and " ou " not in words else ">="
    if words in {"au plus", "at most"} or words.startswith("inferieur"):
        return "<" if words.startswith("inferieur") and " ou " not in words else "<="
    return words


def _canonical(name: str) -> str:
    return re.sub(r"\s*\+\s*", "+", re.sub(r"(?<=[a-z])[\s-]+", " ", name))


def _is_a_word(name: str, start: int, text: str, folded: str) -> bool:
    """A lone letter is a value only in upper case (« a un stade C » is C), unless the value is that letter alone."""
    if len(name) != 1 or not name.isalpha() or text.strip().lower() == name:
        return False
    return len(text) != len(folded) or not text[start].isupper()
