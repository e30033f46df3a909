"""Names alone among the exclusions: « Inhibiteur de KRAS », « ADC anti-TROP2 ou à charge topo I ».

An agent or a class that acts on a target is meant as received. Wide classes, hormones, radiotherapy and surgery are
not: they may be meant of the present.
"""

import re

from rules.criteria import Kind, Polarity, Treated
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.reading.joining import Read
from rules.reading.treatments.things import things_of
from rules.reading.treatments.words import Slot, words_of
from rules.treatments import TREATMENTS

_MAY_HOLD = hinted(r"anti-?|inhib|adc|car-?t|conjugu|bispecif|mab(?![a-z])|ib(?![a-z])|cell|ciblant|target|engager")
_LISTED = frozenset({Slot.THING, Slot.OR, Slot.COMMA, Slot.SLASH, Slot.ANY})
_ROOTS = frozenset({"targeted_therapy", "immunotherapy", "cell_therapy", "adc", "bispecific_antibody", "car_t"})
_TOO_WIDE = _ROOTS - {"car_t", "adc"} | {"tki", "monoclonal_antibody", "cancer_vaccine", "antiangiogenic"}
_MOSTLY = 0.6
"""Of the characters, names."""
_LONG = 110
"""Characters: a longer item says more than names."""


def bare(clause: Clause) -> Read | None:
    """The treatments that an item of the exclusions consists of, as received; None where it is not surely that."""
    plain = clause.plain.strip()
    if clause.polarity is not Polarity.EXCLUSION or len(plain) > _LONG or not _MAY_HOLD.search(plain):
        return None
    things = things_of(clause)
    named = sum(thing.end - thing.start for thing in things)
    if not things or plain.endswith(":") or named < len(plain) * _MOSTLY:
        return None
    words = words_of(clause.plain, things)
    if any(word.slot not in _LISTED for word in words):
        return None
    if any(thing.doubtful or thing.names or len(thing.components) != 1 or thing.words.strip("| ") for thing in things):
        return None
    if _joined_otherwise(clause, things[0].end):
        return None
    ids = frozenset(id_ for thing in things for id_ in thing.components[0])
    if not all(TREATMENTS.above(id_) & _ROOTS for id_ in ids) or ids & _TOO_WIDE:
        return None
    return Read(((Kind.PRIOR_TREATMENT, True, Treated(treatments=ids)),), True)


_OTHERWISE = re.compile(r"\b(?:puis|suivi|avec|plus|et|and|with)\b|[+&]")


def _joined_otherwise(clause: Clause, after: int) -> bool:
    """« A puis B », « A + B »: not any of them."""
    return _OTHERWISE.search(clause.plain, after) is not None
