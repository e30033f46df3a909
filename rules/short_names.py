"""Abbreviations of histologies that only the organ beside them explains: « MM » on an axis of myeloma."""

import re
from collections.abc import Mapping
from functools import lru_cache

from rules.errors import VocabularyError
from rules.histologies import HISTOLOGIES
from rules.organs import ORGANS
from rules.vocabulary.tables import rows, several

_PLAIN = re.compile(r"[^A-Z0-9]")


def short_name(text: str, organs: frozenset[str], *, in_text: bool = False) -> frozenset[str]:
    """The histologies that an abbreviation means beside these organs; empty: none, or nobody knows.

    `in_text`: only those that a criterion of a trial of such organs may be read by too.
    """
    letters = _PLAIN.sub("", text)
    found = [(places, ids) for name, places, ids, texts in _TABLE if name == letters and (texts or not in_text)]
    return frozenset[str]().union(*(ids for places, ids in found if _meet(places, organs)))


@lru_cache(maxsize=1024)
def short_names(organs: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The abbreviations that a text may be read by in a trial of these organs."""
    return {
        name: short_name(name, organs, in_text=True)
        for name, places, _, texts in _TABLE
        if texts and _meet(places, organs)
    }


def _meet(places: frozenset[str], organs: frozenset[str]) -> bool:
    return any(ORGANS.covers(place, organ) for place in places for organ in organs)


def _load() -> tuple[tuple[str, frozenset[str], frozenset[str], bool], ...]:
    table = []
    for row in rows("histology_short_names", columns=("name", "organs", "ids", "text", "source")):
        places, ids = frozenset(several(row["organs"])), frozenset(several(row["ids"]))
        if any(one not in ORGANS for one in places) or any(one not in HISTOLOGIES for one in ids):
            raise VocabularyError(f"histology_short_names.csv: unknown ids in row {row}")
        table.append((row["name"], places, ids, row["text"] == "yes"))
    return tuple(table)


_TABLE = _load()
