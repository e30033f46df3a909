"""The families of tumour that an organ has of its own (table `organ_families.csv`)."""

from functools import cache

from rules.errors import VocabularyError
from rules.histologies import HISTOLOGIES
from rules.organs import ORGANS
from rules.vocabulary.tables import rows, several


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in rows("organ_families", columns=("organ", "families", "source")):
        families = frozenset(several(row["families"]))
        unknown = [id_ for id_ in families if id_ not in HISTOLOGIES]
        if row["organ"] not in ORGANS or unknown or not families:
            raise VocabularyError(f"organ_families.csv: {row['organ']}: unknown organ or family {unknown}")
        table[row["organ"]] = families
    return table


@cache
def own_families(organ: str) -> frozenset[str]:
    """The histology ids that name the organ's own families: those of the nearest organs above that have a row."""
    nearest = [id_ for id_ in ORGANS.above(organ) if id_ in _table()]
    closest = [id_ for id_ in nearest if not any(id_ != other and ORGANS.covers(id_, other) for other in nearest)]
    return frozenset().union(*(_table()[id_] for id_ in closest))
