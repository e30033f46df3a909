"""Sentences on brain metastases and on measurable disease."""

from tests.reading.criteria.rows import Row

_ANY = "brain treated_stable,active,untreated"
_NOT_CONTROLLED = "brain active,untreated"

BRAIN = (
    Row("Métastases cérébrales connues", "E", _ANY),
    Row("Meta cerebrales", "E", _ANY),
    Row("Métastases du SNC actives et/ou méningite carcinomateuse", "E", f"{_NOT_CONTROLLED} | leptomeningeal_disease"),
    Row(
        "Métastases cérébrales non traitées ou symptomatiques",
        "E",
        ("brain untreated | (brain active & ~)", f"brain untreated | ({_NOT_CONTROLLED} & ~)", _NOT_CONTROLLED),
    ),
    Row(
        "Métastases cérébrales sauf si irradiées, stables > 4 sem et sans corticoïdes",
        "E",
        (_NOT_CONTROLLED, f"{_NOT_CONTROLLED} | ({_ANY} & ~)"),
    ),
    Row(
        "Métastases cérébrales traitées et stables depuis 3 mois autorisées",
        "I",
        ("brain none,treated_stable", "brain none | (brain treated_stable & ~)"),
    ),
    Row("Absence de métastase cérébrale à l'IRM", "I", "brain none"),
    Row(
        "Patients avec métastases cérébrales asymptomatiques éligibles",
        "I",
        ("-", "~", f"brain none,treated_stable | ({_NOT_CONTROLLED} & ~)"),
    ),
    Row("Pas de métas cérébrales évolutives", "I", "brain none,treated_stable"),
    Row("ATCD de métastases cérébrales", "E", _ANY),
    Row("Atteinte leptoméningée", "E", "leptomeningeal_disease"),
    Row("Métastases cérébrales > 3 cm", "E", f"{_ANY} & ~"),
    Row("Métastases cérébrales nécessitant une neurochirurgie en urgence", "E", f"{_ANY} & ~"),
    Row("IRM cérébrale obligatoire à l'inclusion", "I", "~"),
    Row("IRM cérébrale obligatoire si antécédent de métastases cérébrales", "I", ("~", "brain none | ~")),
    Row(
        "Radiothérapie stéréotaxique cérébrale < 2 semaines",
        "E",
        (
            "treated stereotactic_radiotherapy within 2w & ~",
            "treated cranial_radiotherapy within 2w & ~",
            "~",
            "not washout 14 stereotactic_radiotherapy & ~",
        ),
    ),
    Row("Au moins une métastase cérébrale mesurable", "I", (f"{_ANY} & ~", f"{_ANY} & measurable & ~")),
    Row(
        "Métastases cérébrales stables (non éligibles si évolutives)",
        "I",
        ("brain treated_stable | (brain none & ~)", "brain none,treated_stable", "brain treated_stable"),
    ),
    Row(
        "Tumeur cérébrale primitive ou métastase cérébrale",
        "E",
        (
            f"organ brain | {_ANY}",
            f"organ cns | {_ANY}",
            f"{_ANY} | ~",
            f"{_ANY} | brain_tumour | organ cns",
            f"(organ brain & histology cns_tumour) | {_ANY}",
        ),
    ),
    Row(
        "Corticoïdes à dose > 10 mg/j pour œdème cérébral",
        "E",
        ("takes systemic_corticosteroids & ~", "~", "takes corticosteroids & ~"),
    ),
    Row(
        "Compression médullaire ou métastases cérébrales non contrôlées",
        "E",
        f"spinal_cord_compression | {_NOT_CONTROLLED}",
    ),
    Row("Active CNS metastases", "E", _NOT_CONTROLLED),
    Row(
        "Untreated or symptomatic brain metastases or leptomeningeal disease",
        "E",
        (
            "brain untreated | (brain active & ~) | leptomeningeal_disease",
            f"brain untreated | ({_NOT_CONTROLLED} & ~) | leptomeningeal_disease",
            f"{_NOT_CONTROLLED} | leptomeningeal_disease",
        ),
    ),
    Row(
        "Patients with stable, previously treated brain metastases are eligible",
        "I",
        ("brain none,treated_stable", "-", "brain none,treated_stable | ~"),
    ),
    Row("Known brain metastases, unless asymptomatic", "E", (f"{_ANY} & ~", f"{_NOT_CONTROLLED} & ~")),
    Row("Prior whole brain radiotherapy", "E", "treated whole_brain_radiotherapy"),
    Row("No history of leptomeningeal carcinomatosis", "I", "not leptomeningeal_disease"),
    Row(
        "Brain metastases are not an exclusion if controlled",
        "I",
        ("brain none,treated_stable", "-", "brain none,treated_stable | ~"),
    ),
    Row("History of stroke, seizures or brain metastases", "E", f"stroke | seizures | {_ANY}"),
    Row("Measurable disease outside the brain", "I", ("measurable & ~", "measurable")),
)

MEASURABLE = (
    Row("Maladie mesurable (RECIST 1.1)", "I", "measurable"),
    Row("Au moins une lésion cible mesurable en dehors d'un territoire irradié", "I", ("measurable", "measurable & ~")),
    Row("maladie mesurable ou évaluable", "I", ("measurable | ~",)),
    Row("Lésion mesurable non exigée", "I", "-"),
    Row("Absence de lésion mesurable", "E", "not measurable"),
    Row("Maladie mesurable selon PCWG3 ou lésion osseuse évaluable", "I", "measurable | ~"),
    Row(
        "Pic monoclonal sérique ≥ 5 g/L ou urinaire ≥ 200 mg/24h",
        "I",
        "serum_m_protein >=5 g/L | urine_m_protein >=200 mg/24h",
    ),
    Row("Lésion ≥ 10 mm accessible à une biopsie", "I", "~"),
    Row("At least one measurable lesion per RECIST v1.1", "I", "measurable"),
    Row("Measurable disease is not required", "I", "-"),
    Row("No measurable disease", "E", "not measurable"),
    Row("Only non-measurable disease", "E", ("not measurable",)),
)

TABLES = {"brain_metastases": BRAIN, "measurable": MEASURABLE}
