"""Measurable disease and the sentences of course, read in one clause."""

import pytest

from rules.criteria import AnyOf, Kind, Measurable, Not, Polarity, Test, Unread
from rules.reading.clause import Clause
from rules.reading.measures import recognise

YES = Measurable()
EITHER = Unread(Kind.MEASURABLE)
LABS, OTHER = Unread(Kind.LABS), Unread(Kind.OTHER)
CONSENT, CONTRACEPTION = Unread(Kind.CONSENT), Unread(Kind.CONTRACEPTION)
ALLERGY = Unread(Kind.COMORBIDITY)

ROWS: list[tuple[str, list[Test]]] = [
    ("Maladie mesurable selon RECIST 1.1", [YES]),
    ("Au moins une lésion mesurable", [YES]),
    ("≥ 1 lésion cible mesurable (RECIST v1.1)", [YES]),
    ("At least one measurable lesion per RECIST 1.1", [YES]),
    ("Measurable disease according to PCWG3", [YES]),
    ("Maladie mesurable selon les critères IMWG", [YES]),
    ("Présence d'au moins une cible mesurable selon Lugano", [YES]),
    ("Maladie non mesurable", [Not(YES)]),
    ("Pas de lésion mesurable", [Not(YES)]),
    ("Maladie mesurable ou évaluable", [EITHER]),
    ("Measurable or non-measurable disease", [EITHER]),
    ("Maladie mesurable non obligatoire", [EITHER]),
    ("Mesurable RECIST 1.1 (bras 1 : non mesurable accepté)", [EITHER]),
    ("Lésion évaluable", [EITHER]),
    ("Maladie mesurable pour la cohorte d'expansion", [EITHER]),
    ("Espérance de vie ≥ 3 mois", [OTHER]),
    ("Life expectancy of at least 12 weeks", [OTHER]),
    ("Fonctions hématologique, hépatique et rénale adéquates", [LABS]),
    ("Adequate organ function", [LABS]),
    ("Fonctions d'organes et médullaire correctes (< 4 sem)", [LABS]),
    ("Fonctions hémato, rénale et coag satisfaisantes", [LABS]),
    ("Fonctions d'organes inadéquates", [LABS]),
    ("Bilan biologique adéquat (labo local)", [LABS]),
    ("Mesurable RECIST 1.1", [YES]),
    ("≥ 1 lésion cible RECIST 1.1", [YES]),
    ("Capable d'avaler des comprimés", [OTHER]),
    ("Bloc d'archive ou nouvelle biopsie", [OTHER]),
    ("Espérance de vie ≥ 12 sem", [OTHER]),
    ("Adequate bone marrow, hepatic and renal function", [LABS]),
    ("Contraception efficace pendant l'étude", [CONTRACEPTION]),
    ("Femme en âge de procréer : test de grossesse négatif", [CONTRACEPTION]),
    ("Refus de contraception", [CONTRACEPTION]),
    ("Consentement éclairé signé", [CONSENT]),
    ("Signature du consentement avant toute procédure", [CONSENT]),
    ("Signed informed consent", [CONSENT]),
    ("Affiliation à un régime de sécurité sociale", [CONSENT]),
    ("Patient sous tutelle ou curatelle", [CONSENT]),
    ("Tissu tumoral archivé disponible", [OTHER]),
    ("Availability of archival tumor tissue", [OTHER]),
    ("Vaccin vivant dans les 30 jours", [OTHER]),
    ("Live vaccine within 28 days", [OTHER]),
    ("Participation à un autre essai thérapeutique", [OTHER]),
    ("Enrolled in another clinical trial", [OTHER]),
    ("Impossibilité de se soumettre au suivi pour des raisons géographiques", [OTHER]),
    ("Hypersensibilité à l'un des excipients du produit à l'étude", [ALLERGY]),
    # traps
    ("Protéine M mesurable dans le sérum", []),
    ("Lésion cible irradiée auparavant", []),
    ("Tissu tumoral avec mutation EGFR", []),
    ("Clairance de la créatinine ≥ 60 mL/min", []),
    ("Femme enceinte ou allaitante", []),
    ("Insuffisance rénale sévère", []),
    ("Fonction cardiaque : FEVG ≥ 50 %", []),
    ("AVC dans les 6 mois précédant la signature du consentement", []),
    ("Stroke within 6 months prior to signing informed consent", []),
    ("Allergie à la pénicilline", []),
    ("Traitement par vaccin antitumoral antérieur", []),
    ("Biopsie prouvant une récidive", []),
    ("Âge ≥ 18 ans et consentement signé", [CONSENT]),
    ("Survie sans maladie", []),
    ("Traitement expérimental dans les 4 semaines", []),
    ("Charge virale VIH détectable", []),
    ("Hépatite B active", []),
    ("Chirurgie avec tissu sain péri-tumoral", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
@pytest.mark.parametrize("polarity", list(Polarity))
def test_measures(text: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, polarity))] == expected


def test_what_is_not_for_all_is_not_demanded() -> None:
    (found,) = recognise(Clause("Maladie mesurable (RECIST 1.1) ou lésion évaluable", Polarity.INCLUSION))
    assert found.test in (EITHER, AnyOf((YES, EITHER)))


def test_consent_does_not_hide_an_age() -> None:
    text = "Âge ≥ 18 ans et consentement signé"
    (found,) = recognise(Clause(text, Polarity.INCLUSION))
    assert text[found.start : found.end] == "consentement signé"
