"""Which entity a disease of the blood is, where its histology only names the group that it belongs to.

staged    a stage of Ann Arbor or an IPI: no primary lymphoma of the brain has one (EANO 2023)
NOS       « LDGCB NOS »: none of the large B-cell lymphomas that WHO names apart (5th edition, 2022)
de novo   arisen as such: not transformed from an indolent lymphoma, nor of Richter
genes     NPM1 or CEBPA mutated, a normal karyotype, RUNX1, CBFB or KMT2A rearranged: no promyelocytic leukaemia, which
          t(15;17) defines (WHO 2022, ELN 2022)
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
_ARISEN_AS_SUCH, _UNSPECIFIED = frozenset({"dlbcl_de_novo"}), frozenset({"dlbcl_nos"})
_NOT_TRANSFORMED = HISTOLOGIES.below("dlbcl_de_novo") - HISTOLOGIES.below("dlbcl_double_hit")
_AML, _OTHER_THAN_APL = frozenset({"aml"}), frozenset({"non_apl_aml"})
_NOS = re.compile(
    r"\b(?:lymphome (?:b )?(?:diffus )?a grandes cellules(?: b)?|lymphome b (?:diffus )?a grandes cellules|ldgcb|lbdgc|"
    r"lbgc|dlbcl|diffuse large b[- ]cell lymphoma),?\s\(?(?:nos|sai|sans autre indication)\b"
)
_NO_APL_BESIDE = re.compile(r"^(?:npm1|cebpa|t\(8;21\)|inv\(16\)|runx1\W+runx1t1|cbfb\W+myh11|kmt2a|mll)\b")
_NORMAL_KARYOTYPE = re.compile(
    r"(?<!\bou )\bcaryotype (?:conventionnel |medullaire |46,? ?x[xy],? ?)?(?:est )?(?:normal\b|46,? ?x[xy] ?\[)|"
    r"\bnormal karyotype\b"
)


def refined(histologies: Readings, site_organs: frozenset[str], dossier: Dossier) -> Readings:
    """The histologies of a case, as precise as the rest of the form allows."""
    concepts, source = histologies.concepts, None
    if concepts == _AML:
        concepts, source = _OTHER_THAN_APL, _excludes_promyelocytic(dossier)
    elif concepts and concepts <= _DIFFUSE | _OUTSIDE_CNS:
        concepts, source = _large_cell(concepts, site_organs, dossier)
    if source is None or concepts == histologies.concepts:
        return histologies
    return replace(histologies, concepts=concepts, sources=(*histologies.sources, source))


def is_not_transformed(histologies: frozenset[str]) -> bool:
    """Whether a large B-cell lymphoma is named that did not arise from another lymphoma."""
    return bool(histologies) and histologies <= _NOT_TRANSFORMED


def _large_cell(
    concepts: frozenset[str], site_organs: frozenset[str], dossier: Dossier
) -> tuple[frozenset[str], Source | None]:
    typed = dossier.stated.tumour.histology
    if match := _NOS.search(fold(typed.text or "") if typed else ""):
        return _UNSPECIFIED, Source("tumour.histology.text", match[0])
    if match := _NOS.search(fold(dossier.stated.summary_text or "")):
        return _UNSPECIFIED, Source("summary_text", match[0], read=True)
    if told := next((told for told in dossier.states if told.state is State.TRANSFORMED and not told.holds), None):
        return _ARISEN_AS_SUCH, told.source
    of_brain = any(ORGANS.covers("cns", organ) for organ in site_organs)
    staged = None if of_brain else _staged_as_nodal(dossier)
    return (_OUTSIDE_CNS, staged) if staged else (concepts, None)


def _staged_as_nodal(dossier: Dossier) -> Source | None:
    for other, source in dossier.listed(lambda case: case.stage.other, "stage.other"):
        if any(value.system in ("ann_arbor", "ipi") for value in read_stage(other.system, other.value)):
            return source
    return None


def _excludes_promyelocytic(dossier: Dossier) -> Source | None:
    for marker, source in dossier.listed(lambda case: case.biomarkers, "biomarkers"):
        if marker.status == "positive" and _NO_APL_BESIDE.match(fold(marker.name)):
            return source if source.text else Source(source.field, marker.name, source.read)
    match = _NORMAL_KARYOTYPE.search(fold(dossier.stated.summary_text or ""))
    return Source("summary_text", match[0], read=True) if match else None
