"""A whole form: sentences are read apart, hiding one only takes away, and what the form states is not said twice."""

import pytest

from rules.case import (
    Biomarker,
    Board,
    Case,
    Coded,
    CompleteList,
    Condition,
    DiseaseFacts,
    Lab,
    Patient,
    Performance,
    Treatment,
    TumourFacts,
)
from rules.reading.form import read_form
from rules.reading.form.sentences import sentences_of
from tests.reading.form.flat import BOARD_DAY, flat, read

LUNG = (
    "Femme de 63 ans, OMS 1. ADK bronchique stade IV (foie, os) découvert en 2025. EGFR muté exon 19, PD-L1 5 % (TPS). "
    "Sous Tagrisso depuis mars 2025 (1re ligne). Progression hépatique au scanner du 04/11/2026. "
    "IRM cérébrale normale. HTA sous amlodipine, pas de diabète. DFG 72 mL/min. Question : 2e ligne ?"
)
BREAST = (
    "Mastectomie droite en 2019 (pT2N1). Chimiothérapie adjuvante : 3 FEC puis 3 docétaxel. Létrozole depuis 2020. "
    "Récidive osseuse en septembre 2026. RE 90 %, RP 20 %, HER2 0. Recherche de mutation ESR1 en cours. "
    "Mère : cancer du sein à 50 ans. Karnofsky 80 %. Avis pour la 1re ligne métastatique."
)
CLL = (
    "Patient de 78 ans, OMS 1. LLC Binet C. FISH : del(17p), TP53 muté. Ibrutinib de 2019 à 2024. "
    "Hb 9,2 g/dL, plaquettes 60 G/L. Critères iwCLL remplis. Pas de syndrome de Richter. Quelle 2e ligne ?"
)
PROSTATE = (
    "Cancer de prostate métastatique osseux d'emblée. Décapeptyl depuis 2022. Résistance à la castration en 03/2025. "
    "Docétaxel 6 cures terminé en 10/2025. PSA 41 ng/mL. Pas de lésion mesurable. BRCA1/2 non mutés. "
    "Embolie pulmonaire en 2024 sous Eliquis. Question : place du lutétium ?"
)
FORMS = (("poumon", LUNG), ("sein", BREAST), ("LLC", CLL), ("prostate", PROSTATE))


def names(lines: set[str]) -> set[str]:
    """A treatment by its name alone: a later sentence may add its outcome, never another treatment."""
    return {line.split(" ")[0] if line.startswith("+") else line for line in lines}


@pytest.mark.parametrize(("site", "text"), FORMS, ids=[site for site, _ in FORMS])
def test_hiding_a_sentence_never_adds_a_fact(site: str, text: str) -> None:
    whole = names(flat(read(text, site)))
    sentences = [sentence.original for sentence in sentences_of(text)]
    assert len(sentences) >= 8
    for hidden in range(len(sentences)):
        left = " ".join(sentences[:hidden] + sentences[hidden + 1 :])
        assert names(flat(read(left, site))) <= whole, sentences[hidden]


@pytest.mark.parametrize(("site", "text"), FORMS, ids=[site for site, _ in FORMS])
def test_every_fact_comes_from_one_sentence(site: str, text: str) -> None:
    apart = [names(flat(read(sentence.original, site))) for sentence in sentences_of(text)]
    assert names(flat(read(text, site))) <= set().union(*apart)


def test_a_form_is_read_whole() -> None:
    facts = flat(read(LUNG, "poumon"))
    assert {"age=63", "sex=female", "ecog=1", "site=liver", "site=bone", "brain=none", "line=2"} <= facts
    assert {"+Tagrisso L1 ongoing from 2025-03", "no diabète", "DFG 72 mL/min", "state progression=yes"} <= facts


def test_two_sentences_that_differ_say_nothing() -> None:
    assert "ecog=1" not in flat(read("OMS 1. PS 2.", "poumon"))
    assert not any(line.startswith("ecog") for line in flat(read("OMS 1. PS 2.", "poumon")))


def test_two_dates_that_agree_give_the_more_precise() -> None:
    facts = flat(read("Rechute en 2026. Rechute en mai 2026.", "sein"))
    assert {line for line in facts if line.startswith("relapsed")} == {"relapsed=2026-05"}


def form(text: str, **fields: object) -> Case:
    base: dict[str, object] = {
        "case_id": "form",
        "rcp": Board(date=BOARD_DAY),
        "tumour": TumourFacts(topography=Coded(text="poumon")),
    }
    return Case(**{**base, **fields}, summary_text=text)  # type: ignore[arg-type]


def test_age_and_sex_of_the_form_are_not_read_again() -> None:
    facts = flat(read_form(form("Homme de 67 ans.", patient=Patient(age=66, sex="male"))))
    assert facts == set()


def test_a_contradiction_is_stated() -> None:
    dossier = read_form(form("PS 2.", performance=Performance(ecog=1)))
    assert dossier.read.performance.ecog == 2
    said = list(dossier.said(lambda case: case.performance.ecog, "performance.ecog"))
    assert [value for value, _ in said] == [1, 2]
    assert said[1][1].text == "PS 2"
    assert said[1][1].read


def test_a_treatment_of_the_list_is_not_added_again() -> None:
    stated = (Treatment(type="targeted_therapy", agents=("osimertinib",), line=1, status="ongoing"),)
    facts = flat(read_form(form("Sous Tagrisso depuis 2024 (L1).", treatments=stated)))
    assert facts == set()


def test_a_general_entry_is_made_precise_without_a_second_line() -> None:
    stated = (Treatment(type="chemotherapy", line=1, setting="metastatic", ended_on="2026-02"),)
    facts = flat(read_form(form("Carboplatine-pémétrexed x 4.", treatments=stated)))
    assert facts == {"+Carboplatine+pémétrexed metastatic L1 to 2026-02"}


def test_a_word_of_the_kind_is_not_a_second_treatment() -> None:
    stated = (Treatment(type="chemotherapy", agents=("cisplatine", "vinorelbine"), setting="adjuvant"),)
    assert flat(read_form(form("Chimiothérapie adjuvante en 2024.", treatments=stated))) == set()


def test_no_list_is_whole_beside_a_treatment_that_could_not_be_told() -> None:
    assert "whole treatments" not in flat(read("Docétaxel. Pas d'autre traitement reçu.", "poumon"))
    assert "whole treatments" not in flat(read("Traité par XZ-1234. Pas d'autre traitement reçu.", "poumon"))
    assert "whole treatments" in flat(read("Docétaxel x 4. Pas d'autre traitement reçu.", "poumon"))


def test_untreated_is_not_believed_beside_a_treatment() -> None:
    stated = (Treatment(type="surgery", setting="curative"),)
    assert "whole treatments" not in flat(read_form(form("Naïf de traitement.", treatments=stated)))


def test_a_result_of_the_list_is_not_added_again() -> None:
    stated = (Biomarker(name="EGFR", status="negative"), Biomarker(name="PD-L1", status="positive", value=60, unit="%"))
    facts = flat(read_form(form("EGFR non muté, ALK négatif.", biomarkers=stated)))
    assert facts == {"ALK negative"}


def test_a_pending_result_of_the_text_adds_nothing_to_a_known_one() -> None:
    stated = (Biomarker(name="EGFR", status="positive", variant="L858R"),)
    assert flat(read_form(form("EGFR en attente.", biomarkers=stated))) == set()


def test_conditions_and_labs_of_the_form_are_not_added_again() -> None:
    case = form(
        "HTA, BPCO. DFG 44 mL/min.",
        conditions=(Condition(name="hypertension artérielle", present=True),),
        labs=(Lab(name="DFG", value=44, unit="mL/min"),),
    )
    assert flat(read_form(case)) == {"has BPCO"}


def test_metastatic_from_the_start_does_not_contradict_a_relapse() -> None:
    facts = flat(read_form(form("Métastatique d'emblée en 2022.", disease=DiseaseFacts(phase="relapse"))))
    assert "phase=initial" not in facts
    assert "extent=metastatic" in facts


@pytest.mark.parametrize(
    ("topography", "histology", "expected"),
    [
        ("K sein D QSI (mastectomie 2023)", None, {"+mastectomie to 2023"}),
        ("LLC Binet C", None, {"stage Binet C"}),
        ("prostate", "ADK prostatique, Gleason 4+5", {"stage Gleason 4+5"}),
        ("Hypopharynx", "carcinome épidermoïde, p16 négatif", {"p16 negative"}),
        ("K pulmonaire droit", "ADK", set()),
        ("sein gauche", "CCI RE+ HER2-", {"RE positive", "HER2 negative"}),
    ],
)
def test_a_typed_term_says_more_than_organ_and_name(topography: str, histology: str | None, expected: set[str]) -> None:
    tumour = TumourFacts(topography=Coded(text=topography), histology=Coded(text=histology) if histology else None)
    assert flat(read_form(Case(case_id="typed", tumour=tumour))) == expected


def test_a_form_without_text_is_its_own_dossier() -> None:
    case = Case(case_id="bare")
    assert read_form(case).read == Case(case_id="bare")


def test_states_carry_their_words() -> None:
    (state,) = read("Pas de syndrome de Richter.", "LLC").states
    assert not state.holds
    assert state.source.field == "summary_text"
    assert state.source.read
    assert "Richter" in state.source.text


def test_the_list_is_whole_in_the_partial_case() -> None:
    assert read("Naïf de traitement.", "poumon").read.complete == frozenset({CompleteList.TREATMENTS})
