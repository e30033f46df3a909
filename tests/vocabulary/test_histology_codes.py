"""Codes of histologies: CIM-O-3, ADICAP, and the CIM-10 codes that fix one."""

import hashlib

import pytest

from rules.histologies import HISTOLOGIES, families, histology_of_code, histology_of_site_code
from rules.vocabulary.tables import rows, several

CODES = rows("histology_codes", columns=("system", "code", "id", "label", "source"))


def one(*ids: str) -> frozenset[str]:
    return frozenset(ids)


JDV_MORPHOLOGIE = "74c0b322c07e0c309e6d5b1f61966de0979f5aa4cfe0d0c8eab2e9a93294285a"
"""SHA-256 of the 1,032 codes of JDV_Morphologie_CISIS (ANS, 2025-10), sorted, one a line."""


def test_every_code_of_the_national_morphology_list() -> None:
    codes = sorted(row["code"] for row in CODES if row["source"] == "JDV_Morphologie_CISIS")
    assert len(codes) == 1032
    assert hashlib.sha256("\n".join(codes).encode()).hexdigest() == JDV_MORPHOLOGIE
    assert all(histology_of_code("cim-o-3", code) for code in codes)


PAGET = {"8540/3", "8543/3"}
"""Coded /3, but Tis for UICC when no invasive carcinoma is under it."""


QUIET = {"in_situ", "borderline_neoplasm", "benign_neoplasm"}


def families_by_digit(digit: str) -> dict[str, frozenset[str]]:
    return {
        row["code"]: frozenset().union(*(families(id_) for id_ in several(row["id"])))
        for row in CODES
        if row["system"] == "cim-o-3" and row["code"].endswith(f"/{digit}") and row["code"] not in PAGET
    }


def test_behaviour_2_is_in_situ() -> None:
    assert {code: found for code, found in families_by_digit("2").items() if found != {"in_situ"}} == {}


@pytest.mark.parametrize("digit", ["3", "6", "9"])
def test_behaviour_3_6_9_is_malignant(digit: str) -> None:
    quiet = {code for code, found in families_by_digit(digit).items() if found & QUIET}
    assert quiet <= {"8825/3"}  # inflammatory myofibroblastic tumour: one entity, /1 before ICD-O-3.2


@pytest.mark.parametrize("digit", ["0", "1"])
def test_behaviour_0_1_is_never_in_situ_nor_a_common_carcinoma(digit: str) -> None:
    named = {code for code, found in families_by_digit(digit).items() if found & {"in_situ", "carcinoma", "melanoma"}}
    assert named <= {"8452/1", "8480/1"}  # solid pseudopapillary tumour, low-grade mucinous: WHO now says malignant


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ("8140/3", one("adenocarcinoma")),
        ("M8140/3", one("adenocarcinoma")),
        ("81403", one("adenocarcinoma")),
        ("8140 / 3", one("adenocarcinoma")),
        ("8041/3", one("small_cell_carcinoma")),
        ("8046/3", one("nsclc")),
        ("8500/2", one("dcis")),
        ("8500/3", one("ductal_adenocarcinoma")),
        ("8821/1", one("desmoid_tumour")),
        ("8130/2", one("urothelial_papillary_noninvasive")),
        ("9680/3", one("dlbcl")),
        ("8140", one()),
        ("8140/7", one()),
        ("1234/3", one()),
    ],
)
def test_cim_o_3(code: str, ids: frozenset[str]) -> None:
    assert histology_of_code("cim-o-3", code) == ids


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ("A7A0", one("adenocarcinoma")),
        ("BHGSA7A0", one("adenocarcinoma")),
        ("bh gs a7b2", one("ductal_adenocarcinoma")),
        ("PHRBE7T0", one("squamous_cell_carcinoma")),
        ("S7Z4", one("small_cell_carcinoma")),
        ("A5B2", one("dcis")),
        ("J7F4.1", one("follicular_grade_1")),
        ("J7F4B3", one("follicular_lymphoma_3b")),
        ("Z9Z9", one()),
        ("BHGS", one()),
    ],
)
def test_adicap(code: str, ids: frozenset[str]) -> None:
    assert histology_of_code("adicap", code) == ids


def test_codes_of_another_system_say_nothing() -> None:
    assert histology_of_code("cim-10", "8140/3") == histology_of_code("cim-o-3", "A7A0") == frozenset()


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        ("C43.5", one("cutaneous_melanoma")),
        ("C44.3", one("non_melanoma_skin_cancer")),
        ("C45.0", one("mesothelioma")),
        ("C46.9", one("kaposi_sarcoma")),
        ("C220", one("hcc")),
        ("C22.1", one("intrahepatic_cholangiocarcinoma")),
        ("C22.9", one()),
        ("C34.1", one()),
        ("C61", one()),
        ("C83.3", one("dlbcl")),
        ("C81.9", one("hodgkin_lymphoma")),
        ("C90.0", one("multiple_myeloma")),
        ("C92.1", one("cml")),
        ("D05.1", one("dcis")),
        ("D45", one("polycythaemia_vera")),
        ("D46.2", one("mds_excess_blasts")),
        ("D47.3", one("essential_thrombocythaemia")),
    ],
)
def test_cim_10_codes_that_fix_a_histology(code: str, ids: frozenset[str]) -> None:
    assert histology_of_site_code("cim-10", code) == ids


def test_every_cim_10_code_of_blood_has_a_haematologic_histology() -> None:
    for number in (*range(81, 87), 88, *range(90, 97)):
        found = histology_of_site_code("cim-10", f"C{number}")
        assert found, number
        assert all(HISTOLOGIES.covers("haematologic_neoplasm", id_) for id_ in found), number


def test_a_cim_o_topography_fixes_no_histology() -> None:
    assert histology_of_site_code("cim-o-3", "C44.5") == frozenset()
