"""The tumour of a grown case: codes beside the one it had, and TNM, group and extent that fit each other."""

from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from rules.histologies import HISTOLOGIES, histology_of_code
from rules.organs import ORGANS, organs_of_code
from rules.staging.extent import extent_of
from rules.staging.tnm import parse_tnm
from rules.staging.uicc import groups_of_tnm
from rules.vocabulary.tables import rows, several

Json = dict[str, Any]

EDITION = 8
_DRAWS = 20
_MORPHOLOGIES = {
    "C34": ("8140/3", "8140/3", "8140/3", "8070/3", "8070/3", "8041/3", "8560/3"),
    "C50": ("8500/3", "8500/3", "8500/3", "8520/3", "8480/3"),
    "C18": ("8140/3", "8140/3", "8480/3"),
    "C20": ("8140/3", "8140/3", "8480/3"),
    "C25": ("8140/3", "8500/3"),
    "C15": ("8070/3", "8140/3"),
    "C16": ("8140/3", "8490/3", "8145/3"),
    "C56": ("8461/3", "8460/3", "8380/3", "8310/3"),
    "C67": ("8120/3", "8130/3"),
    "C53": ("8070/3", "8140/3"),
}
"""What tumours of a place usually are (CIM-O-3), as often as in life."""
_PLAIN = ("8010/3", "8070/3", "8120/3", "8140/3", "8500/3", "8720/3", "9732/3", "9823/3")
"""Codes of a histology without particulars."""
_ANY_PART = ("C34", "C50")
"""Places whose parts the tables do not tell apart."""
_T = {
    "localised": ("T1", "T1a", "T1b", "T2", "T2a", "T2b", "T3"),
    "locally_advanced": ("T2", "T3", "T3a", "T3b", "T4", "T4a", "T4b"),
    "metastatic": ("T1b", "T2", "T2a", "T3", "T3b", "T4", "T4a"),
}
_N = {
    "localised": ("N0", "N0", "N0", "N1"),
    "locally_advanced": ("N0", "N1", "N2", "N3"),
    "metastatic": ("N0", "N1", "N2", "N3"),
}
_M = {"localised": ("M0",), "locally_advanced": ("M0",), "metastatic": ("M1", "M1a", "M1b", "M1c")}
_OTHER_SYSTEMS = {
    "Gleason": ("6 (3+3)", "7 (3+4)", "7 (4+3)", "8 (4+4)", "9 (4+5)", "9 (5+4)", "10 (5+5)"),
    "Binet": ("A", "B", "C"),
    "R-ISS": ("I", "II", "III"),
}
_FIGO = {
    "localised": ("IA", "IB", "IC"),
    "locally_advanced": ("IIB", "IIIA", "IIIB", "IIIC"),
    "metastatic": ("IVA", "IVB"),
}
_SITES = {
    "lung": ("bone", "brain", "liver", "adrenal", "lung", "pleura", "lymph_node"),
    "breast": ("bone", "bone", "liver", "lung", "brain", "lymph_node", "pleura"),
    "prostate": ("bone", "bone", "lymph_node", "liver", "lung"),
    "digestive": ("liver", "liver", "lung", "peritoneum", "lymph_node", "bone"),
    "female_genital": ("peritoneum", "peritoneum", "liver", "lymph_node", "pleura"),
    "solid_site": ("lung", "liver", "bone", "lymph_node", "brain"),
}
"""Where tumours of an organ go, the most usual more than once."""


@dataclass(frozen=True, slots=True)
class Tumour:
    """What the real case says of its tumour, as the service understands it."""

    organs: frozenset[str]
    histologies: frozenset[str]
    extent: str | None
    relapse: bool
    treated_as_metastatic: bool

    def within(self, organ: str) -> bool:
        """Whether every possible organ is this one or below it."""
        return bool(self.organs) and all(organ in ORGANS.above(one) for one in self.organs)


@cache
def _organ_codes() -> dict[str, frozenset[str]]:
    table = rows("organ_codes", columns=("system", "code", "ids", "label", "source"))
    return {row["code"]: frozenset(several(row["ids"])) for row in table if row["system"] == "cim-10"}


@cache
def _place_of(organs: frozenset[str]) -> str | None:
    """The shortest CIM-10 code that says these organs and no other."""
    codes = [code for code, said in _organ_codes().items() if said == organs]
    return min(codes, key=lambda code: (len(code), code), default=None)


@cache
def _plain_codes() -> dict[str, str]:
    """By histology, its malignant CIM-O-3 code: the usual one, else the one with the shortest label."""
    table = rows("histology_codes", columns=("system", "code", "id", "label", "source"))
    malignant = [row for row in table if row["system"] == "cim-o-3" and row["code"].endswith("/3")]
    return {
        row["id"]: row["code"] for row in sorted(malignant, key=lambda row: (row["code"] in _PLAIN, -len(row["label"])))
    }


@cache
def _morphology_of(histologies: frozenset[str]) -> str | None:
    """A malignant CIM-O-3 code of the histology, or of the nearest one above it."""
    if len(histologies) != 1:
        return None
    coded = _plain_codes()
    above = HISTOLOGIES.above(min(histologies)) & coded.keys()
    nearest = min(above, key=lambda id_: (-len(HISTOLOGIES.above(id_)), coded[id_] not in _PLAIN, id_), default=None)
    return coded[nearest] if nearest else None


@cache
def _codes_beside(code: str) -> tuple[str, ...]:
    """The CIM-10 codes of the same three characters; haematology and the eye keep theirs: each says another disease."""
    if code[:3] in _ANY_PART:
        return tuple(f"{code[:3]}.{digit}" for digit in "1389")
    if code[:3] == "C69" or code[:3] > "C80":
        return (code,)
    return tuple(sorted({code} | {one for one in _organ_codes() if one.startswith(f"{code[:3]}.")}))


def varied_tumour(stated: Json, known: Tumour, chance: Random) -> Json:
    """Codes of the same place and of its usual histologies; a text only where nothing could be coded."""
    place, kind = stated.get("topography", {}), stated.get("histology", {})
    code = place.get("code") or _place_of(known.organs)
    if code:
        place = {"system": "cim-10", "code": chance.choice((code, *_codes_beside(code)))}
    morphology = kind.get("code") if kind.get("system") == "cim-o-3" else _morphology_of(known.histologies)
    if morphology:
        usual = _MORPHOLOGIES.get((code or "")[:3], ())
        kind = {"system": "cim-o-3", "code": chance.choice((morphology, morphology, *usual))}
    parts = {"topography": place, "histology": kind, "grade": stated.get("grade")}
    return {name: part for name, part in parts.items() if part}


def with_codes(known: Tumour, stated: Json) -> Tumour:
    """The tumour as its new codes say it."""
    place, kind = stated.get("topography", {}), stated.get("histology", {})
    organs = organs_of_code(place.get("system", ""), place.get("code", ""))
    histologies = histology_of_code(kind.get("system", ""), kind.get("code", ""))
    return replace(known, organs=organs or known.organs, histologies=histologies or known.histologies)


def drawn_extent(tumour: Tumour, chance: Random) -> str | None:
    """Where the disease is now; None where nothing would say it (haematology, brain)."""
    if tumour.within("haematologic") or tumour.within("nervous_system"):
        return tumour.extent
    if tumour.treated_as_metastatic or (tumour.extent == "metastatic" and chance.random() < 0.6):
        return "metastatic"
    return chance.choice(("localised", "locally_advanced", "metastatic", tumour.extent or "metastatic"))


def varied_stage(stage: Json, tumour: Tumour, extent: str | None, chance: Random) -> Json:
    """A TNM and group that fit the extent (at diagnosis: any, where it came back), and values of other systems."""
    other = [_other_value(one, extent, chance) for one in stage.get("other", ())]
    found: Json = {"other": other} if other else {}
    for basis in ("clinical", "pathological"):
        if basis in stage or (basis == "clinical" and not found and "pathological" not in stage):
            then = chance.choice(("localised", "locally_advanced")) if tumour.relapse else extent
            found |= _tnm(tumour, then, basis[0], chance)
    return found


def _tnm(tumour: Tumour, extent: str | None, prefix: str, chance: Random) -> Json:
    if extent not in _T:
        return {}
    for _ in range(_DRAWS):
        t, n, m = chance.choice(_T[extent]), chance.choice(_N[extent]), chance.choice(_M[extent])
        parsed = parse_tnm(t, n, m)
        groups = groups_of_tnm(organs=tumour.organs, tnm=parsed, edition=EDITION, histologies=tumour.histologies)
        possible = extent_of(organs=tumour.organs, groups=groups, tnm=parsed, age=None, edition=EDITION)
        if groups and extent in possible:
            basis = {"c": "clinical", "p": "pathological"}[prefix]
            tnm = {"t": f"{prefix}{t}", "n": f"{prefix}{n}", "m": m}
            stated = {"group": next(iter(groups))} if len(groups) == 1 and chance.random() < 0.5 else {}
            return {basis: tnm, "edition": EDITION, **stated}
    return {}


def _other_value(one: Json, extent: str | None, chance: Random) -> Json:
    values = _FIGO.get(extent or "", ()) if one["system"] == "FIGO" else _OTHER_SYSTEMS.get(one["system"], ())
    return {"system": one["system"], "value": chance.choice(values or (one["value"],))}


def drawn_sites(tumour: Tumour, chance: Random) -> list[str]:
    """One to three sites of metastasis, the usual ones of the organ first."""
    usual = next(sites for organ, sites in _SITES.items() if tumour.within(organ) or organ == "solid_site")
    return sorted(set(chance.sample(usual, chance.choice((1, 1, 2, 2, 3)))))
