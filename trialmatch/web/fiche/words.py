"""What the fields of the form suggest as one types, from the vocabulary: labels, and codes where there are some."""

from functools import cache

from pydantic import BaseModel, ConfigDict

from rules.conditions import CONDITIONS, is_medication
from rules.histologies import HISTOLOGIES
from rules.markers import MARKERS
from rules.organs import ORGANS
from rules.treatments import TREATMENTS
from rules.vocabulary.hierarchy import Hierarchy

HISTOLOGY_LENGTH_MAX = 60
"""Longer labels are combinations that nobody looks for in a list."""


class Suggestions(BaseModel):
    """The French labels of each notion, sorted."""

    model_config = ConfigDict(frozen=True)

    organs: tuple[str, ...]
    histologies: tuple[str, ...]
    markers: tuple[str, ...]
    treatments: tuple[str, ...]
    conditions: tuple[str, ...]
    medications: tuple[str, ...]


@cache
def suggestions() -> Suggestions:
    """All of them; they are the same for every visit."""
    conditions = {id_: concept.label_fr for id_, concept in CONDITIONS.concepts.items()}
    return Suggestions(
        organs=_labels(ORGANS),
        histologies=tuple(label for label in _labels(HISTOLOGIES) if len(label) <= HISTOLOGY_LENGTH_MAX),
        markers=_labels(MARKERS),
        treatments=_labels(TREATMENTS),
        conditions=tuple(sorted(label for id_, label in conditions.items() if not is_medication(id_))),
        medications=tuple(sorted(label for id_, label in conditions.items() if is_medication(id_))),
    )


def _labels(hierarchy: Hierarchy) -> tuple[str, ...]:
    """Without what a label says of itself in brackets."""
    return tuple(sorted({concept.label_fr.partition(" (compté")[0] for concept in hierarchy.concepts.values()}))
