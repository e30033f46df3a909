"""Laboratory names, units and limits of normal."""

import pytest

from rules.labs import LABS, find_labs, in_canonical_unit, limit_of_normal, read_lab

NAMES = [
    ("clairance créat", "creatinine_clearance"),
    ("Cl créat", "creatinine_clearance"),
    ("lymphocytes CD4", "cd4"),
    ("Ph Alc", "alp"),
    ("PNN", "neutrophils"),
    ("ANC", "neutrophils"),
    ("Polynucléaires neutrophiles", "neutrophils"),
    ("plaquettes", "platelets"),
    ("Hb", "haemoglobin"),
    ("Hémoglobine", "haemoglobin"),
    ("HbA1c", "hba1c"),
    ("créatininémie", "creatinine"),
    ("clairance de la créatinine", "creatinine_clearance"),
    ("Clairance de la créatinine (Cockcroft)", "creatinine_clearance"),
    ("DFG", "creatinine_clearance"),
    ("CKD-EPI", "creatinine_clearance"),
    ("bilirubine", "bilirubin_total"),
    ("bilirubine conjuguée", "bilirubin_direct"),
    ("TGO", "ast"),
    ("ALAT (TGP)", "alt"),
    ("PAL", "alp"),
    ("alkaline phosphatase", "alp"),
    ("CA-125", "ca_125"),
    ("CA 19-9", "ca_19_9"),
    ("ACE", "cea"),
    ("β-HCG", "hcg"),
    ("TP", "prothrombin_time"),
    ("kaliémie", "potassium"),
    ("K+", "potassium"),
    ("calcémie", "calcium"),
    ("calcémie corrigée", "calcium_corrected"),
    ("QTcF", "qtc"),
    ("FEVG", "lvef"),
    ("uracilémie", "uracil"),
    ("β2-microglobuline", "beta2_microglobulin"),
    ("PSA libre", None),
    ("créatinine urinaire", None),
    ("rapport PSA libre/total", None),
    ("ASAT/ALAT", None),
    ("ALK", None),
    ("", None),
]


@pytest.mark.parametrize(("typed", "lab"), NAMES)
def test_names(typed: str, lab: str | None) -> None:
    assert read_lab(typed) == (frozenset({lab}) if lab else frozenset())


UNITS = [
    ("neutrophils", 1500, "/mm3", 1.5),
    ("neutrophils", 1500, "cellules/mm³", 1.5),
    ("neutrophils", 1.5, "G/L", 1.5),
    ("neutrophils", 1.5, "10*9/L", 1.5),
    ("neutrophils", 1.5, "x 10⁹/L", 1.5),
    ("neutrophils", 1.5, "Giga/L", 1.5),
    ("neutrophils", 1.5, "10^3/µL", 1.5),
    ("neutrophils", 1500, "G/L", None),
    ("neutrophils", 1.5, "mg/dL", None),
    ("neutrophils", 1.5, "", None),
    ("platelets", 150000, "/mm3", 150),
    ("haemoglobin", 10.5, "g/dL", 10.5),
    ("haemoglobin", 70, "g/L", 7),
    ("haemoglobin", 105, "g/dL", None),
    ("haemoglobin", 6, "mmol/L", 9.666),
    ("creatinine", 1.5, "mg/dL", 132.6),
    ("creatinine", 12, "mg/L", 106.08),
    ("creatinine", 90, "μmol/L", 90),
    ("creatinine", 90, "umol/l", 90),
    ("creatinine_clearance", 48, "mL/min/1,73 m²", 48),
    ("creatinine_clearance", 1, "mL/s", 60),
    ("bilirubin_total", 2, "mg/dL", 34.2),
    ("ast", 40, "UI/L", 40),
    ("ast", 2.5, "N", None),
    ("albumin", 3.5, "g/dL", 35),
    ("calcium", 10, "mg/dL", 2.495),
    ("glucose", 1.26, "g/L", 6.99426),
    ("inr", 1.2, "", 1.2),
    ("psa", 4, "µg/L", 4),
    ("hcg", 5, "mUI/mL", 5),
    ("afp", 400, "UI/mL", 484),
    ("testosterone", 50, "ng/dL", 1.7335),
    ("qtc", 0.48, "s", 480),
    ("lvef", 55, "%", 55),
    ("lvef", 0.55, "%", None),
    ("hba1c", 48, "mmol/mol", None),
    ("uracil", 16, "µg/L", 16),
    ("beta2_microglobulin", 5.5, "mg/L", 5.5),
]


@pytest.mark.parametrize(("lab", "value", "unit", "expected"), UNITS)
def test_units(lab: str, value: float, unit: str, expected: float | None) -> None:
    assert in_canonical_unit(lab, value, unit) == (None if expected is None else pytest.approx(expected))


def test_a_conversion_leaves_no_rounding_dust() -> None:
    assert in_canonical_unit("haemoglobin", 70, "g/L") == 7.0


LIMITS = [
    ("alt", "upper", "male", 60, (40, 60)),
    ("alt", "upper", None, 60, (30, 60)),  # sex not stated: of both
    ("alt", "upper", "male", 12, None),  # an adult's limit is not a child's
    ("alt", "upper", "male", None, None),
    ("alt", "lower", "male", 60, None),
    ("albumin", "lower", "female", 70, (32, 40)),
    ("inr", "upper", "female", 5, (1.1, 1.3)),
    ("psa", "upper", "male", 70, None),
]


@pytest.mark.parametrize(("lab", "which", "sex", "age", "expected"), LIMITS)
def test_limits_of_normal(
    lab: str, which: str, sex: str | None, age: int | None, expected: tuple[float, float] | None
) -> None:
    assert limit_of_normal(lab, which, sex=sex, age=age) == expected


def test_every_canonical_unit_converts_to_itself() -> None:
    for lab in LABS.values():
        middle = (lab.plausible.low + lab.plausible.high) / 2
        assert in_canonical_unit(lab.id, middle, lab.canonical_unit) == pytest.approx(middle), lab.id


def test_every_limit_is_plausible_and_in_order() -> None:
    for lab in LABS.values():
        for limit in lab.limits.values():
            assert lab.plausible.contains(limit.low), lab.id
            assert lab.plausible.contains(limit.high), lab.id
        for sex in ("female", "male"):
            lower, upper = lab.limits.get(("lower", sex)), lab.limits.get(("upper", sex))
            assert lower is None or upper is None or lower.high < upper.low, lab.id


def test_found_in_a_sentence() -> None:
    sentence = "PNN ≥ 1,5 G/L, plaquettes ≥ 100 G/L, clairance de la créatinine ≥ 50 mL/min, ALK réarrangé"
    found = [(sentence[mention.start : mention.end], *mention.ids) for mention in find_labs(sentence)]
    assert found == [
        ("PNN", "neutrophils"),
        ("plaquettes", "platelets"),
        ("clairance de la créatinine", "creatinine_clearance"),
    ]
