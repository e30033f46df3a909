"""Where a sentence of a form ends, and what it does."""

import pytest

from rules.reading.form.sentences import Role, sentences_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PSA 3,8 ng/mL. OMS 1.", ["PSA 3,8 ng/mL.", "OMS 1."]),
        ("Stade cT2N0. Projet chirurgical.", ["Stade cT2N0.", "Projet chirurgical."]),
        ("Question : L1. Essai ?", ["Question : L1.", "Essai ?"]),
        ("KRAS p.G12C retrouvé. MSS.", ["KRAS p.G12C retrouvé.", "MSS."]),
        ("Vu par le Dr. Martin ce jour. OMS 0.", ["Vu par le Dr. Martin ce jour.", "OMS 0."]),
        ("Nodules (max. 22 mm) à droite.", ["Nodules (max. 22 mm) à droite."]),
        ("MTX 15 mg/sem. en cours.", ["MTX 15 mg/sem. en cours."]),
        ("IRM du 12.11.2026 normale.", ["IRM du 12.11.2026 normale."]),
        ("L2 ? Essai ?", ["L2 ?", "Essai ?"]),
        ("OMS 1\nPSA 12 ng/mL", ["OMS 1", "PSA 12 ng/mL"]),
        ("LLC Binet C. Hb 9 g/dL. DFG 60 mL/min. Essai ?", ["LLC Binet C.", "Hb 9 g/dL.", "DFG 60 mL/min.", "Essai ?"]),
        ("PD-L1 ≥ 50 %. Œdème cérébral.", ["PD-L1 ≥ 50 %.", "Œdème cérébral."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.original for sentence in sentences_of(text)] == expected


def test_a_heading_goes_with_the_lines_under_it() -> None:
    first, second = sentences_of("ATCD :\n- HTA\n- LLC Binet A")
    assert first.role is second.role is Role.HISTORY


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Question : 2e ligne", Role.QUESTION),
        ("Chirurgie ou surveillance ?", Role.QUESTION),
        ("Avis pour la suite.", Role.QUESTION),
        ("Avis cardiologique : pas de contre-indication.", Role.FACT),
        ("Projet : lobectomie.", Role.PLAN),
        ("ATCD : HTA.", Role.HISTORY),
        ("ATCD familiaux : cancer du sein.", Role.FAMILY),
        ("Indication de traitement selon iwCLL.", Role.FACT),
    ],
)
def test_the_role_of_a_sentence(text: str, role: Role) -> None:
    assert sentences_of(text)[0].role is role
