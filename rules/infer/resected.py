"""Measurable disease: as stated, and none where the whole of a localised tumour was taken out and nothing came back."""

from collections.abc import Iterable

from rules.case import Case
from rules.criteria import Extent
from rules.dossier import Dossier, Source
from rules.infer.patient import tri_of
from rules.organs import ORGANS
from rules.picture import Possible, Received, Tri
from rules.treatments import TREATMENTS
from rules.verdict import Verdict

_LOCALISED = frozenset({Extent.LOCALISED, Extent.BORDERLINE})
_LEFT_BEHIND = ("cns", "haematologic", "urothelium")
"""Where surgery that is called curative may leave what can be measured, or nothing is measured."""


def measurable_of(
    dossier: Dossier,
    organs: frozenset[str],
    treatments: Iterable[Received],
    extent: Possible[Extent],
    back: Tri,
) -> Tri:
    """What is stated, and what a resection implies; the two may be a conflict. `back`: whether the disease relapsed."""
    said = list(dossier.said(_stated, "disease.measurable"))
    resected = _resection(treatments) if _is_first(dossier) and _may_be_gone(organs, extent, back) else None
    if resected is not None:
        said.append((False, Source(resected.source.field, resected.label, resected.source.read, "resected")))
    return tri_of(said)


def _stated(case: Case) -> bool | None:
    return case.disease.measurable


def _is_first(dossier: Dossier) -> bool:
    """Whether the disease is said to be a first one, and not a relapse."""
    return {phase for phase, _ in dossier.said(lambda case: case.disease.phase, "disease.phase")} == {"initial"}


def _may_be_gone(organs: frozenset[str], extent: Possible[Extent], back: Tri) -> bool:
    """Localised, of an organ that is known, and nothing that came back."""
    if back.verdict is Verdict.MET or not extent.told or extent.conflict or not extent.values <= _LOCALISED:
        return False
    return bool(organs) and not any(_leaves_some(organ) for organ in organs)


def _leaves_some(organ: str) -> bool:
    return organ not in ORGANS or any(
        root in ORGANS and (ORGANS.covers(root, organ) or ORGANS.covers(organ, root)) for root in _LEFT_BEHIND
    )


def _resection(treatments: Iterable[Received]) -> Received | None:
    for one in treatments:
        done = one.received and not one.ongoing and not one.blinded and not one.for_other_cancer
        if done and one.setting == "curative" and any(_is_surgery(part) for part in one.components):
            return one
    return None


def _is_surgery(component: frozenset[str]) -> bool:
    return bool(component) and all(id_ in TREATMENTS and TREATMENTS.covers("surgery", id_) for id_ in component)
