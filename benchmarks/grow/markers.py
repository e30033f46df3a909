"""Demands on biomarkers varied as trials vary them: limits, variants, classes of alteration, genes of one kind."""

from collections import defaultdict
from dataclasses import replace
from functools import cache
from random import Random

from benchmarks.grow.sets import in_order
from rules.alterations import Alteration, parse_alteration
from rules.marker_results import MarkerDemand, Score, Threshold
from rules.markers import MARKERS, is_routine, marker_facts
from rules.organs import ORGANS

HOTSPOTS: dict[str, tuple[tuple[str, str], ...]] = {
    "KRAS": (("G12", "CDVRAS"), ("G13", "DCV"), ("Q61", "HLRK"), ("A146", "TV"), ("K117", "N")),
    "NRAS": (("Q61", "RKLH"), ("G12", "DCV"), ("G13", "RD")),
    "HRAS": (("Q61", "RLK"), ("G12", "VS"), ("G13", "R")),
    "BRAF": (("V600", "EKRDM"), ("K601", "EN"), ("G469", "AVR"), ("L597", "QRS"), ("D594", "GN"), ("G466", "VE")),
    "EGFR": (("L858", "R"), ("T790", "M"), ("L861", "Q"), ("G719", "ACS"), ("S768", "I"), ("C797", "S"), ("E709", "K")),
    "HER2": (("S310", "FY"), ("L755", "SP"), ("V777", "L"), ("V842", "I"), ("D769", "HY")),
    "PIK3CA": (("H1047", "RLY"), ("E545", "KAG"), ("E542", "K"), ("N345", "K"), ("C420", "R"), ("Q546", "KR")),
    "AKT1": (("E17", "K"), ("L52", "R")),
    "ESR1": (("D538", "G"), ("Y537", "SNC"), ("L536", "HPR"), ("E380", "Q")),
    "IDH1": (("R132", "HCGSL"),),
    "IDH2": (("R172", "KMS"), ("R140", "QWL")),
    "FGFR2": (("N549", "KH"), ("S252", "W"), ("C382", "R")),
    "FGFR3": (("S249", "C"), ("R248", "C"), ("Y373", "C"), ("G370", "C")),
    "RET": (("M918", "T"), ("C634", "RYW"), ("V804", "ML"), ("G810", "RSC")),
    "ALK": (("G1202", "R"), ("L1196", "M"), ("F1174", "L"), ("R1275", "Q")),
    "ROS1": (("G2032", "R"), ("D2033", "N")),
    "MET": (("D1228", "NH"), ("Y1230", "CH")),
    "KIT": (("V654", "A"), ("D816", "VH"), ("T670", "I"), ("W557", "R")),
    "PDGFRA": (("D842", "VY"),),
    "GNAQ": (("Q209", "LP"),),
    "GNA11": (("Q209", "L"),),
    "TP53": (("R175", "H"), ("R248", "QW"), ("R273", "HC"), ("Y220", "C"), ("G245", "S")),
    "CTNNB1": (("S45", "FP"), ("T41", "A"), ("D32", "Y")),
    "BTK": (("C481", "SRFY"), ("T474", "I"), ("L528", "W")),
    "MYD88": (("L265", "P"),),
    "EZH2": (("Y646", "NFSH"), ("A682", "G")),
    "POLE": (("P286", "R"), ("V411", "L")),
    "FLT3": (("D835", "YVH"), ("F691", "L")),
    "JAK2": (("V617", "F"),),
}
"""Where the known variants of a gene are, and what stands there instead (COSMIC, OncoKB: general knowledge)."""
_SPECIAL = {
    "EGFR": ("délétion exon 19", "insertion exon 20"),
    "HER2": ("insertion exon 20", "amplification", "surexpression"),
    "MET": ("saut exon 14", "amplification", "surexpression"),
    "MTAP": ("délétion homozygote", "perte d'expression"),
    "CDKN2A": ("délétion homozygote", "perte d'expression"),
    "FLT3": ("ITD",),
}
_CLASSES = ("mutation", "fusion", "amplification", "délétion homozygote", "perte d'expression", "mutation tronquante")
_PERCENT = (1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)
_SCALES = {"PD-L1": ("TPS", "CPS", "IC", "TAP", None), "CLDN18.2": (None,), "ER": (None,), "PR": (None,)}


@cache
def read(text: str, marker: str) -> frozenset[Alteration]:
    """The alterations that a variant names, each text read once."""
    return parse_alteration(text, marker)


@cache
def variants_of(marker: str) -> tuple[str, ...]:
    """What trials may ask of a marker, as typed and readable; the classes only where no variant is known."""
    spots = HOTSPOTS.get(marker, ())
    texts = (*(f"{place}{changed}" for place, many in spots for changed in many), *_SPECIAL.get(marker, ()))
    return tuple(text for text in (*texts, *_CLASSES) if read(text, marker))


@cache
def _of_kind() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for marker in sorted(MARKERS.concepts):
        found[marker_facts(marker).kind].append(marker)
    return {kind: tuple(markers) for kind, markers in found.items()}


@cache
def routine_markers(organs: frozenset[str], kind: str | None = None) -> tuple[str, ...]:
    """The markers that are tested in routine in one of the organs (none named: in any), of one kind."""
    where = organs or frozenset(ORGANS.concepts)
    of_kind = sorted(MARKERS.concepts) if kind is None else _of_kind()[kind]
    return tuple(marker for marker in of_kind if is_routine(marker, where))


def varied_demand(demand: MarkerDemand, organs: frozenset[str], chance: Random, strength: int) -> MarkerDemand:
    """Another demand of the same sort: of its limit, of its variants, or on other genes of its kind."""
    if demand.unread:
        return demand
    if demand.threshold is not None:
        return replace(demand, threshold=_other_limit(demand.threshold, demand.markers, chance))
    if chance.random() < 0.25 * strength:
        demand = _of_others(demand, organs, chance, several=strength > 1)
    if marker_facts(min(demand.markers)).kind != "gene" or chance.random() < 0.2:
        return demand
    return _of_variants(demand, chance, strength)


def _other_limit(limit: Threshold, markers: frozenset[str], chance: Random) -> Threshold:
    if limit.scores:
        scores = frozenset(one for one in Score if (one in limit.scores) is not (chance.random() < 0.2))
        return replace(limit, scores=scores or limit.scores)
    value = float(chance.choice(_PERCENT) if chance.random() < 0.5 else chance.randint(1, 95))
    scale = chance.choice(_SCALES.get(min(markers), (limit.scale,)))
    unit = None if scale == "CPS" else limit.unit or ("%" if scale else None)
    if limit.op == "range":
        return replace(limit, value=value, upper=value + chance.choice((5, 9, 10, 20, 25, 49)))
    turned = {">=": ">", ">": ">=", "<": "<=", "<=": "<"}.get(limit.op, limit.op)
    return replace(limit, value=value, scale=scale, unit=unit, op=turned if chance.random() < 0.2 else limit.op)


def _of_others(demand: MarkerDemand, organs: frozenset[str], chance: Random, *, several: bool) -> MarkerDemand:
    """The demand on one other marker of its kind, or on any of several; variants stay behind with their gene."""
    own = min(demand.markers)
    kind = marker_facts(own).kind
    usual = routine_markers(organs, kind)
    pool = usual if usual and chance.random() < 0.5 else _of_kind()[kind]
    count = chance.choice((1, 2, 2, 3, 4, 5)) if several and demand.presence != "known" else 1
    kept = {own} if count > 1 else set()
    markers = frozenset({*kept, *chance.sample(pool, min(count, len(pool)))})
    label = " ou ".join(in_order(markers))
    plain = frozenset(one for one in demand.alterations if one == Alteration(kind=one.kind))
    words = demand.variant_text if plain and plain == demand.alterations else ""
    alterations = plain if words else frozenset()
    any_of = len(markers) > 1
    return replace(demand, markers=markers, any_of=any_of, label=label, variant_text=words, alterations=alterations)


def _of_variants(demand: MarkerDemand, chance: Random, strength: int) -> MarkerDemand:
    own = min(demand.markers)
    known = variants_of(own)
    if not known:
        return demand
    count = min(len(known), chance.choice((1, 1, 1, 2, 2, 3)) + (strength > 3))
    texts = chance.sample(known, count)
    alterations = frozenset(one for text in texts for one in read(text, own))
    return replace(demand, alterations=alterations, variant_text=" ou ".join(texts))
