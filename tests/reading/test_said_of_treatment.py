"""Wordings of earlier treatment that say the same otherwise, or ask nothing: half of the rows are traps."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.test_slot_lines import brief

FREE = (
    "Pas de nombre minimum ni maximum de lignes",
    "Aucune limite au nombre de traitements antérieurs",
    "Sans limitation du nombre de lignes de chimiothérapie",
    "There is no maximum number of prior therapies",
    "Toutes lignes confondues",
    "Prétraités ou non",
    "Avec ou sans traitement antérieur par taxane",
    "Nombre de lignes antérieures : indifférent",
    "N'importe quel nombre de lignes antérieures",
)
"""They ask nothing."""
BACK = "out progression,relapse"
STANDARD = f"{{systemic_treatment; in advanced; {BACK}}}"
SAID = (
    ("Au moins 2 lignes antérieures, sans limite supérieure", "prior 2- ; NoDemand()"),
    ("Au moins une ligne, pas de maximum", "prior 1- ; NoDemand()"),
    ("Stade IV, toute ligne antérieure", "StageIn"),
    (
        "A reçu toutes les options thérapeutiques ayant prouvé un bénéfice, ou y est intolérant ou inéligible",
        "exhausted",
    ),
    ("Ayant reçu tous les traitements standards, ou ne pouvant les recevoir", "exhausted"),
    ("Ayant reçu les traitements de référence, ou empêchée de les recevoir", "exhausted"),
    ("Ayant reçu tous les traitements standards, ou les ayant refusés", "(exhausted | unread)"),
    ("Has received, or is intolerant to, all treatment known to confer clinical benefit", "exhausted"),
    ("Must have received all standard therapies, or be ineligible or intolerant", "exhausted"),
    ("Toutes les thérapeutiques validées ont été reçues, sauf contre-indication", "exhausted"),
    ("Échec du traitement standard ou refus", f"(exhausted | {STANDARD} | unread)"),
    ("Plus de traitement standard disponible, ou inéligible à celui-ci", "exhausted"),
    ("Progression sous lorlatinib, dernier traitement reçu", f"{{lorlatinib; {BACK}; last}}"),
    ("Dernier traitement : anti-PD-1", "{anti_pd1; last}"),
    ("Le traitement le plus récent doit avoir comporté un inhibiteur de CDK4/6", "{cdk46_inhibitor; last}"),
    ("Localement avancé : non résécable", "(not extent borderline,locally_advanced | not resectable)"),
    ("Maladie localement avancée : non résécable", "extent borderline,locally_advanced ; not resectable"),
    ("Taxane antérieur, en situation adjuvante ou métastatique", "{taxane}"),
)
STAY_IN = (
    "Maladie localement avancée sans traitement curatif ou métastatique",
    "Sarcome localement avancé non éligible à un traitement curatif ou métastatique",
    "Not amenable to a curative treatment or metastatic",
)
"""No setting of a treatment: the metastatic ones are asked for as well, or at least not left out."""
ASKED = (
    "Pas de limite d'âge",
    "Sans limite du nombre de métastases",
    "Nombre de lignes illimité, sauf anti-HER2",
    "Dernier traitement terminé depuis plus de 4 semaines",
    "Dernière ligne : au moins 3 mois",
    "Traitement standard disponible",
)
"""Near misses: they are not read as earlier treatment that does not matter, nor as the last one."""


def _read(sentence: str) -> str:
    return " ; ".join(brief(one.test) for one in read_criteria(f"- {sentence}", None).criteria)


@pytest.mark.parametrize("sentence", FREE)
def test_what_does_not_matter_asks_nothing(sentence: str) -> None:
    assert _read(sentence) == "NoDemand()"


@pytest.mark.parametrize(("sentence", "test"), SAID)
def test_reads_what_is_said_otherwise(sentence: str, test: str) -> None:
    assert _read(sentence) == test or (test == "StageIn" and _read(sentence).startswith(test))


@pytest.mark.parametrize("sentence", ASKED)
def test_near_misses_name_no_treatment(sentence: str) -> None:
    assert "last" not in _read(sentence)
    assert "exhausted" not in _read(sentence)


def test_a_chemo_immunotherapy_is_what_its_disease_makes_of_it() -> None:
    text = "- Échec d'une chimio-immunothérapie"
    lung = read_criteria(text, None, organs=frozenset({"lung"})).criteria
    unknown = read_criteria(text, None).criteria
    assert "anti_cd20" not in " ".join(brief(one.test) for one in lung)
    assert "anti_cd20" in " ".join(brief(one.test) for one in unknown)


WHOLE = "in adjuvant,curative,locally_advanced,maintenance,metastatic,neoadjuvant,palliative"
MORE = (
    ("I:≥ 1 chimio antérieure (néoadj, adj ou méta)", "{chemotherapy}"),
    ("I:Au moins un taxane antérieur, en adjuvant ou métastatique", "{taxane}"),
    ("I:≥ 1 platine pour maladie avancée", "{platinum; in advanced}"),
    ("I:Sein : ≥ 1 chimiothérapie antérieure", "(not organ breast | {chemotherapy})"),
    ("I:Sein, ovaire : au moins deux lignes", "(not organ breast,ovary | prior 2-)"),
    ("I:Chirurgie (± radiothérapie) terminée", "{surgery}"),
    ("I:Une seule ligne avant la L2 en cours", "prior 1-1"),
    ("I:Progression sous docétaxel (ou intolérance)", "{docetaxel; out progression,toxicity}"),
    ("I:Rechute sensible, résistante ou réfractaire au platine", "(relapse | progression) ; {platinum}"),
    ("I:Rechute sensible ou résistante au platine", "relapse ; {platinum}"),
    ("I:Cancer de l'ovaire sensible, résistant ou réfractaire au platine", "organ ovary ; {platinum}"),
    (
        "E:Anti-PD-1 antérieur arrêté pour toxicité, ou donné avec une radiothérapie",
        "{anti_pd1; out toxicity} ; unread",
    ),
    (
        "I:Progression sous 1re ligne de chimiothérapie",
        "(prior 1- & {chemotherapy; out progression,relapse; line 1})",
    ),
    ("I:Progression sous L1 systémique", "prior 1-"),
    ("I:Traités par au moins 6 mois d'anti-HER2", "{anti_her2; long 183}"),
    ("I:≥ 3 mois d'hormonothérapie antérieure", "{hormone_therapy; long 91}"),
    ("E:Chimiothérapie adjuvante dans l'année précédente", "({chemotherapy} & unread)"),
    ("I:A reçu un taxane (ou contre-indication)", "({taxane} | unread)"),
    ("I:Progression sous cabozantinib (ou inéligible)", "({cabozantinib; out progression} | unread)"),
    ("I:Jusqu'à deux lignes de chimiothérapie en plus", "prior 0-2 of chemotherapy"),
    ("I:Anti-PD-1 administré dans la ligne immédiatement précédente", "{anti_pd1; last}"),
    (
        "I:Pas de traitement systémique antérieur en situation de récidive/métastase",
        "not {systemic_treatment; in metastatic,palliative}",
    ),
    ("I:Aucune chimiothérapie antérieure pour un stade IIIB ou IV", "not {chemotherapy; in advanced}"),
    ("I:A reçu au moins une dose de chimiothérapie adjuvante par platine", "{platinum; in adjuvant}"),
    ("E:Avoir reçu les deux agents (paclitaxel et éribuline)", "({paclitaxel} & {eribulin})"),
    ("E:Chimiothérapie antérieure autre que celle décrite ci-dessus", "({chemotherapy} & not unread)"),
    ("I:Aucun traitement antérieur hors ceux mentionnés", "(not {systemic_treatment} | unread)"),
    ("E:Radiothérapie antérieure du col ou du pelvis", "{pelvic_radiotherapy}"),
    ("I:A déjà reçu du cisplatine ou y est inéligible", "({cisplatin} | unread)"),
    ("I:Lymphome en rechute après CAR-T", "organ lymphoma ; histology lymphoma ; {car_t; out progression,relapse}"),
    ("I:RT-CT terminée, sans progression", "(not progression & ({radiotherapy} & {chemotherapy}))"),
    ("I:Au moins un ARPI, quel que soit le stade", "{arpi}"),
    ("E:Plus de 3 lignes antérieures toutes confondues", "prior 4-"),
    ("E:Inhibiteur de KRAS", "{kras_inhibitor}"),
    ("E:Anti-PD-1, anti-PD-L1 ou anti-CTLA-4", "{anti_ctla4,anti_pd1,anti_pdl1}"),
    ("E:ADC à inhibiteur de topo-isomérase I", "{adc_topo1_payload}"),
    ("E:Greffe de moelle ou de cellules souches antérieure", "{stem_cell_transplant}"),
    ("E:Chimiothérapie antérieure du phéochromocytome", f"({{chemotherapy; {WHOLE}}} | {{chemotherapy; in advanced}})"),
    (
        "E:Association systémique antérieure pour la maladie métastatique",
        "{systemic_treatment; in metastatic,palliative}",
    ),
)
FOR_SCREENING = (
    ("E:Effet indésirable imputé à un anti-PD-1 ayant conduit à son arrêt", "other {anti_pd1; out toxicity}"),
    ("E:Toxicité de grade 3 sous anti-PD-1 ayant entraîné son arrêt", "other ({anti_pd1; out toxicity} & unread)"),
    ("E:Patient ayant arrêté un ITK pour intolérance", "other {tki; out toxicity}"),
    ("E:Autre essai ou autre traitement systémique en cours", "other unread"),
    ("E:Irradiation antérieure de plus de 50 % de la moelle osseuse", "other ({radiotherapy} & unread)"),
    ("E:Antécédent de cancer du sein infiltrant, sauf traité il y a plus de 10 ans", "other_cancer unread"),
    ("I:La chimiothérapie doit avoir été terminée au moins 4 semaines avant l'inclusion", "washout unread"),
)
"""They name treatments, and are no question for the board."""
WIDE = (
    "E:Immunothérapie",
    "E:Hormonothérapie",
    "E:Anti-PD-1 + anti-CTLA-4",
    "E:Contre-indication au bévacizumab",
    "I:Une ligne de chimiothérapie, adjuvante ou métastatique",
    "I:Un seul traitement antérieur par immunothérapie",
    "E:Pas d'arrêt d'un anti-PD-1 pour toxicité",
    "E:Allergie au carboplatine, paclitaxel ou bévacizumab",
    "E:Concurrent use of systemic steroids",
    "E:Plus d'un cycle de gemcitabine",
    "I:Rein : clairance > 60 mL/min",
    "I:Poumon : radiothérapie antérieure interdite",
)
"""They rule out nobody by a treatment."""


def _rows(sentence: str) -> list[tuple[str, bool, str]]:
    inclusion = f"- {sentence[2:]}" if sentence.startswith("I:") else None
    exclusion = f"- {sentence[2:]}" if sentence.startswith("E:") else None
    return [(one.kind.value, one.key, brief(one.test)) for one in read_criteria(inclusion, exclusion).criteria]


@pytest.mark.parametrize(("sentence", "test"), MORE)
def test_reads_settings_labels_and_names(sentence: str, test: str) -> None:
    assert " ; ".join(row[2] for row in _rows(sentence)) == test


@pytest.mark.parametrize(("sentence", "row"), FOR_SCREENING)
def test_is_for_screening(sentence: str, row: str) -> None:
    ((kind, key, test),) = _rows(sentence)
    assert f"{kind} {test}" == row
    assert not key


@pytest.mark.parametrize("sentence", WIDE)
def test_rules_out_nobody_by_a_treatment(sentence: str) -> None:
    assert not any(test.startswith("{") for _, _, test in _rows(sentence))


@pytest.mark.parametrize("sentence", STAY_IN)
def test_an_extent_behind_a_treatment_is_no_setting(sentence: str) -> None:
    assert "extent metastatic" in _read(sentence) or _read(sentence).endswith(" | unread)")
