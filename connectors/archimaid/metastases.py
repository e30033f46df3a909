"""Places of the axis « localisation » that are sites of metastasis (CIM-10 C77 to C79): the trial is about these.

« Métastases cérébrales de tumeur solide (C79.3) » asks for brain metastases, whatever the primary tumour.
"""

from collections.abc import Iterator, Sequence

from connectors.archimaid.schema import Localisation
from rules.criteria import BrainMetastasesIn, Criterion, Kind, MetastasisIn, Test, criterion
from rules.junctions import either
from rules.kinds import BrainState

_BRAIN = "C793"
_SITES = {
    "C77": "lymph_node", "C780": "lung", "C782": "pleura", "C786": "peritoneum", "C787": "liver", "C792": "skin",
    "C795": "bone", "C796": "ovary", "C797": "adrenal",
}  # fmt: skip
"""CIM-10 FR (ATIH 2025), C77–C79."""
_PRESENT = frozenset(BrainState) - {BrainState.NONE}


def metastasis_criteria(places: Sequence[Localisation], prefix: str) -> Iterator[Criterion]:
    """One criterion where every place is a metastatic site that is known, else none (any place suffices)."""
    codes = [code.replace(".", "").strip().upper() for place in places for code in place.cim10]
    tests = [_test(code) for code in codes]
    if not tests or any(not place.cim10 for place in places):
        return
    known = [test for test in dict.fromkeys(tests) if test is not None]
    if len(known) < len(set(tests)):
        return
    whole: Test = either(known)
    kind = Kind.BRAIN_METASTASES if isinstance(whole, BrainMetastasesIn) else Kind.EXTENT
    text = " · ".join(place.libelle for place in places)
    yield criterion(f"{prefix}siege-metastatique", whole, text=text, kind=kind, key=True)


def _test(code: str) -> Test | None:
    if code == _BRAIN:
        return BrainMetastasesIn(_PRESENT)
    site = _SITES.get(code) or _SITES.get(code[:3])
    return MetastasisIn(frozenset({site})) if site else None
