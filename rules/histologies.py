"""Histologies: what a code or a word names, what it becomes in an organ, and the organ it implies.

Sources: WHO Classification of Tumours, 5th series; ICD-O-3 as in JDV_Morphologie_CISIS (ANS); ADICAP; CIM-10 FR (ATIH).
"""

import re
from collections.abc import Callable
from functools import cache

from rules.errors import VocabularyError
from rules.lexicon import load_lexicon
from rules.organs import ORGANS
from rules.shortened import with_short_forms
from rules.vocabulary.hierarchy import Hierarchy, load_hierarchy
from rules.vocabulary.tables import Row, rows, several

HISTOLOGIES = load_hierarchy("histologies")
HISTOLOGY_NAMES = with_short_forms(load_lexicon("histology_names", HISTOLOGIES), "histology_shortened")

FAMILIES = frozenset(
    {
        "carcinoma",
        "sarcoma",
        "melanoma",
        "neuroendocrine",
        "germ_cell",
        "trophoblastic",
        "sex_cord_stromal",
        "mesothelioma",
        "cns_tumour",
        "embryonal",
        "esthesioneuroblastoma",
        "thymoma",
        "lymphoid",
        "myeloid",
        "histiocytic",
        "in_situ",
        "borderline_neoplasm",
        "benign_neoplasm",
    }
)
"""Families of tumour: no concept is below two of them. Thymic carcinoma is a carcinoma, so `thymic` is none."""

MOLECULAR_SUBTYPES: dict[str, str] = {
    "triple_negative_breast": "triple_negative",
    "her2_positive_breast": "her2_positive",
    "her2_negative_breast": "her2_negative",
    "her2_low_breast": "her2_low",
    "her2_ultralow_breast": "her2_ultralow",
    "hr_positive_breast": "hr_positive",
    "hr_negative_breast": "hr_negative",
    "hr_positive_her2_negative_breast": "hr_positive_her2_negative",
    "luminal_a_breast": "luminal_a",
    "luminal_b_breast": "luminal_b",
    "inflammatory_breast": "clinical_t4d",
    "hpv_positive_oropharyngeal_scc": "hpv_positive",
    "hpv_negative_oropharyngeal_scc": "hpv_negative",
    "medulloblastoma_wnt": "wnt",
    "medulloblastoma_shh": "shh",
    "medulloblastoma_group_3_4": "non_wnt_non_shh",
    "ph_positive_all": "bcr_abl1_positive",
    "ph_negative_all": "bcr_abl1_negative",
    "ph_positive_b_all": "bcr_abl1_positive",
    "ph_negative_b_all": "bcr_abl1_negative",
}
"""Concepts that a text names and that markers (or stage T4d) decide → the key of that requirement.

They are never compared in the hierarchy: use `morphology_of` first.
"""

_CIM_O = re.compile(r"\d{4}[0-369]")
_ADICAP = re.compile(r"[A-Z][0-9EM][A-Z]\d(?:[AB]?\d)?")
_ADICAP_FULL = re.compile(r"[A-Z]{4}([A-Z][0-9EM][A-Z]\d(?:[AB]?\d)?)")


def histology_of_code(system: str, code: str) -> frozenset[str]:
    """The histologies a `cim-o-3` morphology or an `adicap` code may mean; dots, spaces, slashes and case do not count.

    ADICAP: the lesion (A7A0) or the full code that ends with it (BHGSA7A0). Empty: unknown system or code, which leaves
    the histology unknown. A CIM-O-3 code without its behaviour digit is unknown: the digit is never guessed.
    """
    plain = _plain(code)
    if system == "cim-o-3":
        plain = plain.removeprefix("M")
        return _CODES.get((system, plain), frozenset()) if _CIM_O.fullmatch(plain) else frozenset()
    if system != "adicap":
        return frozenset()
    full = _ADICAP_FULL.fullmatch(plain)
    return _adicap(full[1] if full else plain)


def _adicap(lesion: str) -> frozenset[str]:
    if not _ADICAP.fullmatch(lesion):
        return frozenset()
    return _CODES.get(("adicap", lesion)) or _CODES.get(("adicap", lesion[:4]), frozenset())


def histology_of_site_code(system: str, code: str) -> frozenset[str]:
    """The histologies that a CIM-10 code fixes, by longest prefix (C43 melanoma, C83.3 DLBCL); empty if it fixes none.

    CIM-O-3 topographies fix none: there C44 is the skin, melanoma included.
    """
    if system != "cim-10":
        return frozenset()
    plain = _plain(code.partition("+")[0])
    for length in range(len(plain), 2, -1):
        found = _SITE_CODES.get(plain[:length])
        if found:
            return found
    return frozenset()


def _plain(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def morphology_of(histologies: frozenset[str]) -> frozenset[str]:
    """The histologies with every molecular subtype replaced by the entity that it is a subtype of.

    "Ductal, triple-negative" is one tumour: the entity is left out where a more precise histology stands beside it.
    """
    named = frozenset(id_ for id_ in histologies if id_ not in MOLECULAR_SUBTYPES)
    bases = frozenset(base for id_ in histologies - named for base in _morphology(id_))
    return named | frozenset(base for base in bases if not HISTOLOGIES.below(base) & named)


def _morphology(id_: str) -> frozenset[str]:
    if id_ not in MOLECULAR_SUBTYPES:
        return frozenset({id_})
    return _most_precise(
        frozenset(base for parent in HISTOLOGIES[id_].parents for base in _morphology(parent)), HISTOLOGIES
    )


@cache
def entity_in(organs: frozenset[str], histologies: frozenset[str]) -> frozenset[str]:
    """The histologies as entities of the organ: lung and adenocarcinoma → adenocarcinoma of the lung.

    Each plausible reading is refined when all plausible organs agree, else left as it is. Readings that cannot be of
    these organs (kidney and "CCR": colorectal or renal) are left out as long as one stays. The result is never wider
    than what was given, so that naming the organ settles verdicts and turns none.
    """
    if not organs:
        return histologies
    readings = frozenset(id_ for id_ in histologies if _may_be_in(id_, organs)) or histologies
    if readings >= _BARE_CARCINOMA and not any(ORGANS.below(organ) & ORGANS.below("lung") for organ in organs):
        readings -= {"neuroendocrine_carcinoma"}
    return frozenset(id_ for reading in readings for id_ in _refined(organs, reading))


_BARE_CARCINOMA = frozenset({"carcinoma", "neuroendocrine_carcinoma"})
"""What a bare "carcinome" may be: small-cell too, but only in the lung is that left unsaid."""


def _refined(organs: frozenset[str], reading: str) -> frozenset[str]:
    results = {_refined_in(organ, reading) for organ in organs}
    return results.pop() if len(results) == 1 else frozenset({reading})


def _refined_in(organ: str, reading: str) -> frozenset[str]:
    above = HISTOLOGIES.above(reading)
    candidates = [
        (place, matched, shared)
        for place, listed, entities in _BY_ORGAN
        if ORGANS.covers(place, organ)
        for matched in listed & above
        if (shared := frozenset().union(*(_shared(reading, entity) for entity in entities)))
    ]
    candidates = _keep_most_precise(candidates, lambda row: row[0], ORGANS)
    candidates = _keep_most_precise(candidates, lambda row: row[1], HISTOLOGIES)
    return frozenset().union(*(shared for _, _, shared in candidates)) or frozenset({reading})


_Candidate = tuple[str, str, frozenset[str]]


def _keep_most_precise(
    candidates: list[_Candidate], concept: Callable[[_Candidate], str], hierarchy: Hierarchy
) -> list[_Candidate]:
    kept = _most_precise(frozenset(concept(row) for row in candidates), hierarchy)
    return [row for row in candidates if concept(row) in kept]


def _most_precise(ids: frozenset[str], hierarchy: Hierarchy) -> frozenset[str]:
    return frozenset(id_ for id_ in ids if hierarchy.below(id_) & ids == {id_})


def _shared(reading: str, entity: str) -> frozenset[str]:
    """The most general concepts below both; of a subtype that markers decide, only the one that was named."""
    shared = frozenset(
        id_
        for id_ in HISTOLOGIES.below(reading) & HISTOLOGIES.below(entity)
        if id_ not in MOLECULAR_SUBTYPES or id_ == reading
    )
    return frozenset(id_ for id_ in shared if HISTOLOGIES.above(id_) & shared == {id_})


def _may_be_in(reading: str, organs: frozenset[str]) -> bool:
    """Only tumours of solid organs are bound to their organ: a lymphoma may sit anywhere."""
    implied = _organs_of(reading)
    if not implied or any(ORGANS.covers("haematologic", organ) for organ in implied):
        return True
    return any(ORGANS.below(one) & ORGANS.below(other) for one in implied for other in organs)


@cache
def organs_implied(histologies: frozenset[str]) -> frozenset[str]:
    """The organs that the histologies imply, together; empty as soon as one reading implies none, or of nothing."""
    implied = [_organs_of(id_) for id_ in histologies]
    return frozenset().union(*implied) if all(implied) else frozenset()


@cache
def _organs_of(histology: str) -> frozenset[str]:
    rows_above = frozenset(id_ for id_ in HISTOLOGIES.above(histology) if id_ in _ORGANS_OF)
    return frozenset().union(*(_ORGANS_OF[id_] for id_ in _most_precise(rows_above, HISTOLOGIES)))


def families(id_: str) -> frozenset[str]:
    """The root family of a concept; empty when it is too general to have one (`solid`, `leukaemia`)."""
    return HISTOLOGIES.above(id_) & FAMILIES


def _ids(row: Row, column: str, hierarchy: Hierarchy) -> frozenset[str]:
    ids = frozenset(several(row[column]))
    unknown = [id_ for id_ in ids if id_ not in hierarchy]
    if unknown or not ids:
        raise VocabularyError(f"{hierarchy.name}: no or unknown ids {unknown} in row {row}")
    return ids


def _load_codes() -> dict[tuple[str, str], frozenset[str]]:
    table: dict[tuple[str, str], frozenset[str]] = {}
    for row in rows("histology_codes", columns=("system", "code", "id", "label", "source")):
        at = (row["system"], _plain(row["code"]))
        if at in table:
            raise VocabularyError(f"histology_codes.csv: {at} twice")
        table[at] = _ids(row, "id", HISTOLOGIES)
    return table


def _load_by_organ() -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    table = []
    for row in rows("histology_by_organ", columns=("organ", "histology", "entity", "source")):
        listed, entities = _ids(row, "histology", HISTOLOGIES), _ids(row, "entity", HISTOLOGIES)
        apart = [id_ for id_ in listed if not any(_shared(id_, entity) for entity in entities)]
        if apart:
            raise VocabularyError(f"histology_by_organ.csv: {row['organ']}: {apart} and {row['entity']} share nothing")
        table += [(organ, listed, entities) for organ in _ids(row, "organ", ORGANS)]
    return tuple(table)


_CODES = _load_codes()
_SITE_CODES = {
    _plain(row["code"]): _ids(row, "histology", HISTOLOGIES)
    for row in rows("code_histology", columns=("system", "code", "histology", "source"))
}
_BY_ORGAN = _load_by_organ()
_ORGANS_OF = {
    row["histology"]: _ids(row, "organs", ORGANS)
    for row in rows("histology_organs", columns=("histology", "organs", "source"))
}
