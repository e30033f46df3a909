"""Which large B-cell lymphoma a case has, where its histology only says that it is one.

staged    a stage of Ann Arbor or an IPI, which a primary lymphoma of the brain does not have (EANO 2023)
NOS       « LDGCB NOS »: none of the entities that WHO names apart (5th edition, 2022)
de novo   arisen as such: not transformed from an indolent lymphoma, nor of Richter
"""

import re
from dataclasses import replace

from rules.criteria import State
from rules.dossier import Dossier, Source
from rules.histologies import HISTOLOGIES
from rules.organs import ORGANS
from rules.picture import Readings
from rules.staging import read_stage
from rules.text import fold

_DIFFUSE, _OUTSIDE_CNS = frozenset({"dlbcl"}), frozenset({"dlbcl_outside_cns"})
_TRANSFORMED = HISTOLOGIES.below("transformed_dlbcl") | HISTOLOGIES.below("richter_transformation")
_ARISEN_AS_SUCH = HISTOLOGIES.below("dlbcl_outside_cns") - _TRANSFORMED - _OUTSIDE_CNS
_UNSPECIFIED = frozenset({"dlbcl_nos"})
_NOS = re.compile(
    r"\b(?:lymphome (?:b )?(?:diffus )?a grandes cellules(?: b)?|lymphome b (?:diffus )?a grandes cellules|ldgcb|lbdgc|"
    r"lbgc|dlbcl|diffuse large b[- ]cell lymphoma),?\s\(?(?:nos|sai|sans autre indication)\b"
)


def refined(histologies: Readings, site_organs: frozenset[str], dossier: Dossier) -> Readings:
    """The histologies of a case that has some diffuse large B-cell lymphoma, as precise as the form allows."""
    if not histologies.concepts <= _DIFFUSE | _OUTSIDE_CNS or not histologies.concepts:
        return histologies
    of_brain = any(ORGANS.covers("cns", organ) for organ in site_organs)
    source = None if of_brain else _staged_as_nodal(dossier)
    concepts = histologies.concepts if source is None else _OUTSIDE_CNS
    if told := next((told for told in dossier.states if told.state is State.TRANSFORMED and not told.holds), None):
        concepts, source = _ARISEN_AS_SUCH, told.source
    typed = dossier.stated.tumour.histology
    if match := _NOS.search(fold(typed.text or "") if typed else ""):
        concepts, source = _UNSPECIFIED, Source("tumour.histology.text", match[0])
    elif match := _NOS.search(fold(dossier.stated.summary_text or "")):
        concepts, source = _UNSPECIFIED, Source("summary_text", match[0], read=True)
    if concepts == histologies.concepts or source is None:
        return histologies
    return replace(histologies, concepts=concepts, sources=(*histologies.sources, source))


def is_not_transformed(histologies: frozenset[str]) -> bool:
    """Whether a large B-cell lymphoma is named that did not arise from another lymphoma."""
    return bool(histologies) and histologies <= _ARISEN_AS_SUCH


def _staged_as_nodal(dossier: Dossier) -> Source | None:
    for other, source in dossier.listed(lambda case: case.stage.other, "stage.other"):
        if any(value.system in ("ann_arbor", "ipi") for value in read_stage(other.system, other.value)):
            return source
    return None
