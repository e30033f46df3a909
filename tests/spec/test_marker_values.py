"""Biomarker values against limits: PD-L1, HER2, receptors, other scales."""

import pytest

from rules.marker_results import MarkerDemand
from tests.spec.marker_rows import (
    MET,
    NEG,
    NOT_MET,
    POS,
    UNKNOWN,
    Row,
    cps,
    her2,
    judged,
    known,
    name_of,
    r,
    tps,
    want,
    without,
)

PDL1 = (
    Row((tps(60),), want("PD-L1", seuil=">= 50 %"), MET, "value_fits", ""),
    Row((tps(60),), want("PD-L1", seuil="CPS >= 1"), MET, "value_fits", "CPS ≥ TPS"),
    Row((tps(60),), want("PD-L1", seuil="TPS < 50 %"), NOT_MET, "value_outside", ""),
    Row((tps(0, NEG),), want("PD-L1", seuil="TPS < 50 %"), MET, "value_fits", ""),
    Row((tps(0, NEG),), want("PD-L1", seuil="CPS >= 1"), UNKNOWN, "straddles", "immune cells may count"),
    Row((tps(0, NEG),), want("PD-L1", seuil="TPS >= 1 %"), NOT_MET, "value_outside", ""),
    Row((cps(2, NEG),), want("PD-L1", seuil="CPS >= 1"), MET, "value_fits", "value beats status"),
    Row((cps(2, NEG),), want("PD-L1"), MET, "value_fits", "value beats status"),
    Row((cps(10),), want("PD-L1", seuil="TPS >= 50 %"), NOT_MET, "value_outside", "TPS is no more than CPS"),
    Row((cps(60),), want("PD-L1", seuil="TPS >= 50 %"), UNKNOWN, "straddles", "CPS is not TPS"),
    Row((r("PD-L1", POS),), want("PD-L1", seuil=">= 1 %"), UNKNOWN, "value_not_stated", "positive without a value"),
    Row((r("PD-L1", POS),), want("PD-L1"), MET, "found", "by the same usage"),
    Row((tps("< 1", NEG),), want("PD-L1", seuil="< 1 %"), MET, "value_fits", ""),
    Row((tps("1-49"),), want("PD-L1", seuil="TPS 1-49 %"), MET, "value_fits", ""),
    Row((tps("1-49"),), want("PD-L1", seuil=">= 50 %"), NOT_MET, "value_outside", ""),
    Row((tps("≥ 1"),), want("PD-L1", seuil=">= 50 %"), UNKNOWN, "straddles", ""),
    Row((tps("50-60"),), want("PD-L1", seuil="TPS >= 50 %"), MET, "value_fits", ""),
    Row((r("PD-L1", POS, value=60, unit="%"),), want("PD-L1", seuil=">= 50 %"), MET, "value_fits", "same writing"),
    Row(
        (r("PD-L1", POS, value=60, unit="%"),),
        want("PD-L1", seuil="TPS >= 50 %"),
        MET,
        "value_fits",
        "in the lung",
        "lung",
    ),
    Row(
        (r("PD-L1", POS, value=60, unit="%"),),
        want("PD-L1", seuil="TPS >= 50 %"),
        UNKNOWN,
        "scale_mismatch",
        "",
        "bladder",
    ),
    Row(
        (r("PD-L1", POS, value=5, unit="%", assay="IC"),),
        want("PD-L1", seuil="CPS >= 1"),
        UNKNOWN,
        "scale_mismatch",
        "",
    ),
    Row((tps(60), tps(0, NEG)), want("PD-L1", seuil=">= 50 %"), UNKNOWN, "conflict", "two biopsies"),
    Row((tps(60), cps(70)), want("PD-L1", seuil="CPS >= 10"), MET, "value_fits", ""),
    Row((tps(60), r("PD-L1", POS)), want("PD-L1", seuil=">= 50 %"), MET, "value_fits", "the bare word adds nothing"),
    Row((tps(20),), MarkerDemand.of("PD-L1", "absent", threshold="< 50 %"), MET, "value_fits", "as written"),
    Row(
        (r("PD-L1", NEG, assay="TPS"),),
        want("PD-L1", seuil=">= 50 %"),
        NOT_MET,
        "value_outside",
        "négatif is below 1 %",
    ),
    Row((tps(60),), want("PD-L1", seuil="fort"), UNKNOWN, "unread", "no comparison"),
    Row((tps(0, NEG),), want("PD-L1"), NOT_MET, "value_outside", ""),
)

HER2 = (
    Row((her2("0"),), want("HER2", seuil="HER2-low"), NOT_MET, "value_outside", ""),
    Row((her2("1+"),), want("HER2", seuil="HER2-low"), MET, "value_fits", "6a"),
    Row((her2(1),), want("HER2-low"), MET, "value_fits", "typed as a number"),
    Row((her2("2+"),), want("HER2", seuil="HER2-low"), UNKNOWN, "ish_not_stated", ""),
    Row((her2("2+"),), want("HER2"), UNKNOWN, "ish_not_stated", ""),
    Row((her2("2+"),), without("HER2"), UNKNOWN, "ish_not_stated", "even typed negative"),
    Row((her2("2+", "equivocal"),), known("HER2"), UNKNOWN, "ish_not_stated", ""),
    Row((her2("2+/ISH-"),), want("HER2", seuil="IHC 1+ ou 2+/ISH-"), MET, "value_fits", ""),
    Row((her2("2+", NEG, variant="FISH négatif"),), want("HER2-low"), MET, "value_fits", ""),
    Row((her2("2+", POS, variant="FISH amplifié"),), want("HER2"), MET, "value_fits", ""),
    Row((her2("2+", "equivocal"), r("HER2", NEG, assay="ISH")), want("HER2-low"), MET, "value_fits", "IHC then ISH"),
    Row((her2("2+", "equivocal"), r("HER2", POS, assay="FISH")), want("HER2"), MET, "value_fits", "IHC then ISH"),
    Row((her2("3+", POS),), want("HER2"), MET, "value_fits", ""),
    Row((her2("3+", POS),), want("HER2", seuil="IHC 3+"), MET, "value_fits", ""),
    Row((her2("3+", POS),), want("HER2-low"), NOT_MET, "value_outside", ""),
    Row((r("HER2", POS),), want("HER2", seuil="IHC 3+"), UNKNOWN, "less_precise", "or 2+/ISH+"),
    Row((r("HER2", POS),), want("HER2-low"), NOT_MET, "value_outside", "positive is not low", "breast"),
    Row((r("HER2", NEG),), want("HER2-low"), UNKNOWN, "less_precise", "0, 1+ or 2+/ISH-", "breast"),
    Row((r("HER2", NEG),), without("HER2"), MET, "value_outside", "", "breast"),
    Row((r("HER2", POS),), without("HER2"), NOT_MET, "value_fits", "HER2+ is never HER2-", "breast"),
    Row((r("HER2-low", POS),), want("HER2-low"), MET, "value_fits", ""),
    Row((r("HER2", NEG, "HER2-low"),), want("HER2"), NOT_MET, "value_outside", "low is not positive"),
    Row((her2("0"),), want("HER2", seuil="HER2 ultralow"), UNKNOWN, "less_precise", "0 is null or ultralow"),
    Row((r("HER2", NEG, "ultralow"),), want("HER2", seuil="HER2-low ou ultralow"), MET, "value_fits", ""),
    Row((her2("0"),), want("HER2", seuil="IHC 0"), MET, "value_fits", ""),
    Row((her2("0"), her2("1+")), want("HER2-low"), UNKNOWN, "conflict", "two biopsies"),
    Row((her2("3+", POS), her2("0")), want("HER2"), UNKNOWN, "conflict", ""),
    Row((her2("1+"), r("HER2", NEG)), without("HER2"), MET, "value_outside", "they agree"),
    Row((her2("3+", POS),), want("HER2", "mutation"), UNKNOWN, "other_alteration", "IHC sees no mutation"),
    Row((r("HER2", POS, "p.Tyr772_Ala775dup"),), want("HER2", "mutation"), MET, "found", "", "lung"),
    Row((r("HER2", POS, "p.Tyr772_Ala775dup"),), want("HER2"), MET, "found", "any alteration", "lung"),
    Row(
        (r("HER2", POS, "p.Tyr772_Ala775dup"),),
        want("HER2"),
        UNKNOWN,
        "other_alteration",
        "expression is meant",
        "breast",
    ),
    Row((r("HER2", POS),), want("HER2", "mutation"), UNKNOWN, "ambiguous_alteration", "which class?", "lung"),
    Row((r("HER2", POS),), want("HER2"), MET, "found", "the same usage", "lung"),
    Row((r("HER2", POS, "amplification"),), want("HER2", "amplification"), MET, "value_fits", "", "colorectum"),
    Row((her2("3+", POS),), want("HER2", "amplification"), UNKNOWN, "less_precise", ""),
    Row((her2("3+", POS),), want("HER2", "amplification", "surexpression"), MET, "value_fits", ""),
    Row((r("HER2", POS),), want("HER2", "IHC 3+"), UNKNOWN, "less_precise", "a limit typed as a variant"),
    Row((r("HER2", NEG, value="1+"), r("HER2", "pending", assay="ISH")), want("HER2-low"), MET, "value_fits", ""),
)

RECEPTORS = (
    Row((r("RE", POS, value=5, unit="%"),), want("ER", seuil="< 1 %"), NOT_MET, "value_outside", "6a"),
    Row((r("RE", POS, value=5, unit="%"),), want("ER", seuil="1-10 %"), MET, "value_fits", "6a"),
    Row((r("RP", NEG, value=0),), want("PR", seuil="< 1 %"), MET, "value_fits", "zero is zero in any unit"),
    Row((r("RE", NEG),), want("ER", seuil="< 1 %"), UNKNOWN, "value_not_stated", "6b: 10 % is a French habit"),
    Row((r("RE", NEG),), want("ER", seuil=">= 1 %"), UNKNOWN, "value_not_stated", "6b"),
    Row((r("RE", NEG),), want("ER", seuil="1-10 %"), UNKNOWN, "value_not_stated", "6b"),
    Row((r("RE", NEG),), want("ER", seuil=">= 10 %"), NOT_MET, "value_outside", "below 10 % for everybody"),
    Row((r("RE", POS),), want("ER", seuil=">= 1 %"), UNKNOWN, "value_not_stated", "positive without a value"),
    Row((r("RE", NEG),), without("ER"), MET, "negative", "by the same usage"),
    Row((r("RE", POS, value=5),), want("ER", seuil=">= 10 %"), UNKNOWN, "scale_mismatch", "5 % or Allred 5"),
    Row((r("RE", POS), r("RP", NEG)), want("RH"), MET, "found", "either receptor"),
    Row((r("RE", NEG),), want("RH"), UNKNOWN, "member_not_stated", "RP?"),
    Row((r("RE", NEG), r("RP", NEG)), want("RH"), NOT_MET, "negative", ""),
    Row((r("RH", NEG),), want("ER"), NOT_MET, "negative", ""),
    Row(
        (r("RE", NEG, value=0, unit="%"), r("RP", POS, value=80, unit="%")),
        want("RH", seuil="< 1 %"),
        NOT_MET,
        "value_fits",
        "",
    ),
    Row(
        (r("RE", NEG, value=0, unit="%"), r("RP", NEG, value=0, unit="%")),
        want("RH", seuil="< 1 %"),
        MET,
        "value_outside",
        "",
    ),
    Row((r("Ki67", POS, value=30, unit="%"),), want("Ki-67", seuil=">= 20 %"), MET, "value_fits", ""),
    Row((r("ESR1", POS, "D538G"),), want("ER"), UNKNOWN, "not_stated", "the gene is not the receptor"),
)

SCALES = (
    Row((r("TMB", POS, value=12, unit="mut/Mb"),), want("TMB", seuil=">= 10 mut/Mb"), MET, "value_fits", ""),
    Row((r("TMB", POS, value=12, unit="mut/Mb"),), want("TMB"), MET, "value_fits", ""),
    Row((r("TMB", POS),), want("TMB", seuil=">= 10 mut/Mb"), UNKNOWN, "value_not_stated", ""),
    Row((r("HRD", POS, value=50, assay="GIS"),), want("HRD", seuil="GIS >= 42"), MET, "value_fits", ""),
    Row((r("HRD", NEG, value=20),), want("HRD", seuil=">= 42"), NOT_MET, "value_outside", ""),
    Row(
        (r("FRα", POS, value=80, unit="%", assay="IHC PS2+"),),
        want("FOLR1", seuil=">= 75 % PS2+"),
        MET,
        "value_fits",
        "",
    ),
    Row(
        (r("FOLR1", POS, value=80, unit="%"),),
        want("FOLR1", seuil=">= 75 % PS2+"),
        UNKNOWN,
        "scale_mismatch",
        "at what intensity?",
    ),
    Row((r("FOLR1", POS, value=30, unit="%", assay="IHC"),), want("FOLR1", seuil=">= 25 % IHC"), MET, "value_fits", ""),
    Row(
        (r("FOLR1", NEG, value=20, unit="%"),),
        want("FOLR1", seuil=">= 75 % PS2+"),
        NOT_MET,
        "value_outside",
        "20 % of any staining: fewer still of 2+",
    ),
    Row(
        (r("claudine 18.2", POS, "2+/3+", value=80, unit="%"),),
        want("CLDN18.2", seuil=">= 75 % 2+/3+"),
        MET,
        "value_fits",
        "",
    ),
    Row((r("CLDN18.2", POS),), want("CLDN18.2", seuil=">= 75 %"), UNKNOWN, "value_not_stated", ""),
    Row((r("CLDN18.2", POS),), want("CLDN18.2"), MET, "found", ""),
    Row((r("B7-H3", POS, value="2+", assay="IHC"),), want("B7-H3", seuil="IHC >= 2+"), MET, "value_fits", ""),
    Row(
        (r("MET", POS, value=30, unit="%", assay="NGS"),),
        want("MET", seuil=">= 25 % IHC"),
        UNKNOWN,
        "scale_mismatch",
        "a VAF",
    ),
)

ROWS = (*PDL1, *HER2, *RECEPTORS, *SCALES)


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_result_against_demand(row: Row) -> None:
    verdict, reason = judged(row, row.results)
    assert (verdict, str(reason)) == (row.verdict, row.reason), row.why


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_order_of_results_does_not_matter(row: Row) -> None:
    assert judged(row, row.results)[0] is judged(row, row.results[::-1])[0]


@pytest.mark.parametrize("row", [row for row in ROWS if row.results], ids=name_of)
def test_adding_results_never_flips(row: Row) -> None:
    """More results may open a settled verdict (conflict), never turn it round."""
    whole, _ = judged(row, row.results)
    for index in range(len(row.results)):
        part, _ = judged(row, row.results[:index] + row.results[index + 1 :])
        assert {part, whole} != {MET, NOT_MET}
