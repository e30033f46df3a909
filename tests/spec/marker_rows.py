"""Words for the tables of results against demands."""

from typing import Any, NamedTuple

from rules.marker_results import MarkerDemand, MarkerReason, MarkerResult, judge, read_result
from rules.verdict import Verdict

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
POS, NEG = "positive", "negative"


class Row(NamedTuple):
    results: tuple[MarkerResult, ...]
    demand: MarkerDemand
    verdict: Verdict
    reason: str
    why: str
    organ: str = ""
    complete: bool = False


def r(name: str, status: str = POS, variant: str | None = None, **more: Any) -> MarkerResult:
    return read_result(name, status, variant, **more)


def want(name: str, *variants: str, seuil: str | None = None) -> MarkerDemand:
    return MarkerDemand.of(name, "present", variants=variants, threshold=seuil)


def without(name: str, *variants: str) -> MarkerDemand:
    return MarkerDemand.of(name, "absent", variants=variants)


def known(name: str) -> MarkerDemand:
    return MarkerDemand.of(name, "known")


def tps(value: object, status: str = POS) -> MarkerResult:
    return r("PD-L1", status, value=value, unit="%", assay="TPS")


def cps(value: object, status: str = POS) -> MarkerResult:
    return r("PD-L1", status, value=value, assay="CPS")


def her2(value: object, status: str = NEG, **more: Any) -> MarkerResult:
    return r("HER2", status, value=value, assay="IHC", **more)


def ngs(name: str, status: str, variant: str | None = None) -> MarkerResult:
    return r(name, status, variant, assay="NGS")


def name_of(row: Row) -> str:
    told = " & ".join(result.observed for result in row.results) or "silence"
    asked = f"{row.demand.label or '+'.join(sorted(row.demand.markers))} {row.demand.variant_text}".strip()
    return f"{told} | {row.demand.presence} {asked} {row.organ}"


def judged(row: Row, results: tuple[MarkerResult, ...]) -> tuple[Verdict, MarkerReason]:
    organs = frozenset({row.organ}) if row.organ else frozenset()
    judgement = judge(results, row.demand, organs=organs, complete=row.complete)
    return judgement.verdict, judgement.reason
