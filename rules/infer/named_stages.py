"""Stages of an organ's own system that tell the extent of the disease by what they are called.

BCLC C      « advanced stage », beyond surgery, transplantation and ablation (BCLC 2022; EASL hepatocellular 2018)
ovary       FIGO III and IV are advanced disease, and so is any spread that a form names (ESMO–ESGO consensus 2019)
cervix      locally advanced from IB3, IIA2 and IIB to IVA (ESGO–ESTRO–ESP 2023); IIIC2 is N or M1 by the edition of
            the TNM: it says nothing
gynaecology IVB is spread to distant organs, every lower stage is not (FIGO 2009 to 2023)
"""

from collections.abc import Iterable

from rules.criteria import Extent
from rules.dossier import Source
from rules.organs import surely_in
from rules.staging import StageValue, read_stage

_ADVANCED_STAGES = frozenset({StageValue("bclc", "C")})
_ADVANCED = frozenset({Extent.LOCALLY_ADVANCED, Extent.METASTATIC})
_LOCALLY_ADVANCED = frozenset({Extent.LOCALLY_ADVANCED})
_NOT_METASTATIC = frozenset(Extent) - {Extent.METASTATIC}
_METASTATIC = frozenset({Extent.METASTATIC})
_LOCALLY_ADVANCED_CERVIX = ("IB3", "IIA2", "IIB", "IIIA", "IIIB", "IIIC1", "IVA")


def extents_by_name(
    values: frozenset[StageValue],
    sources: tuple[Source, ...],
    *,
    organs: frozenset[str],
    sites: tuple[Source, ...],
    current: bool,
) -> Iterable[tuple[frozenset[Extent], Source]]:
    """What the stages say of the extent, each with its source. `current`: they are of the disease as it is now;
    `sites`: where metastases are named."""
    told = [source for source in sources if read_stage("", source.text) & _ADVANCED_STAGES]
    if told and values & _ADVANCED_STAGES and current:
        yield _ADVANCED, _staged(told[0])
    figo = [value.code for value in values if value.system == "figo"]
    if not current:
        figo = []
    if surely_in(organs, "tubo_ovarian"):
        if figo and all(code.startswith(("III", "IV")) for code in figo):
            yield _ADVANCED, _staged(sources[0])
        elif sites:
            yield _ADVANCED, _staged(sites[0])
    elif len(figo) == 1 and surely_in(organs, "cervix", "corpus_uteri"):
        extents = _of_figo(figo[0], cervix=surely_in(organs, "cervix"))
        if extents:
            yield extents, _staged(sources[0])


def _of_figo(code: str, *, cervix: bool) -> frozenset[Extent]:
    if code == "IVB":
        return _METASTATIC
    if cervix and code in _LOCALLY_ADVANCED_CERVIX:
        return _LOCALLY_ADVANCED
    unsure = (code.startswith("IV") and code != "IVA") or (cervix and code in ("III", "IIIC", "IIIC2"))
    return frozenset() if unsure else _NOT_METASTATIC


def _staged(source: Source) -> Source:
    return Source(source.field, source.text, source.read, "advanced_stage")
