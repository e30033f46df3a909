"""What clauses ask and forbid of earlier treatments: regions, forms, owners, exceptions, what is only bounded."""

import pytest

from rules.criteria import Not, Treated, Unread, leaves
from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

WHOLE = (
    ("E:Irradiation du thorax ou de l'abdomen déjà réalisée", "TREATED abdominal_radiotherapy,thoracic_radiotherapy"),
    ("E:Radiothérapie antérieure du cou ou de la tête", "TREATED head_neck_radiotherapy"),
    ("E:Previous chest or breast irradiation", "TREATED breast_radiotherapy,thoracic_radiotherapy"),
    (
        "E:Irradiation axillaire ou mammaire préalable",
        "(TREATED breast_radiotherapy | (TREATED radiotherapy & unread))",
    ),
    (
        "E:Greffe préalable de moelle autologue/allogénique ou de rein",
        "(kidney_transplant | TREATED stem_cell_transplant)",
    ),
    ("E:Greffe antérieure de moelle allogénique ou d'organe", "(organ_transplant | TREATED allogeneic_transplant)"),
    ("E:Traitement antérieur ciblant GPC3 (CAR-T, anticorps conjugué, bispécifique)", "TREATED gpc3_targeted"),
    ("E:Anti-TROP2 antérieur, ADC compris", "TREATED anti_trop2"),
    ("E:Inhibiteur de topoisomérase I déjà reçu, ADC compris", "TREATED adc_topo1_payload,topoisomerase_1_inhibitor"),
    ("E:Sotorasib déjà pris", "TREATED sotorasib"),
    ("E:ATCD d'iFGFR, QZXR ou tazémétostat", "TREATED fgfr_inhibitor,tazemetostat,«QZXR»"),
    (
        "E:Anti-PD-L1 antérieur ou autre agent dirigé contre un récepteur co-inhibiteur (LAG-3, TIGIT)",
        "TREATED anti_pdl1,checkpoint_inhibitor",
    ),
    (
        "I:Jamais d'anti-PD-1 ni d'agent ciblant un autre récepteur T (CTLA-4, GITR)",
        "not TREATED anti_pd1,checkpoint_inhibitor,costimulatory_agonist",
    ),
    ("E:Anti-PD-1 PD-L1 TIGIT déjà administrés, même en locorégional", "TREATED anti_pd1_pdl1,anti_tigit"),
    ("E:Toute immunothérapie, y compris anti-LAG3/TIM-3/PD-L1, même en induction", "TREATED immunotherapy"),
    ("E:Irradiation abdominale antérieure, curiethérapie comprise", "TREATED abdominal_radiotherapy"),
    ("E:Anti-CTLA-4 à tout moment", "TREATED anti_ctla4"),
    ("E:Hormonothérapie déjà débutée", "TREATED hormone_therapy"),
    ("I:Ni taxane ni anthracycline", "not TREATED anthracycline,taxane"),
    (
        "I:BCG-naïf (jamais de BCG, ou dernier BCG > 2 ans)",
        "(not TREATED bcg | Washout(treatments=frozenset({'bcg'}), days=730))",
    ),
    ("I:Anti-BRAF ± anti-MEK reçu ou refusé", "(TREATED braf_inhibitor | unread)"),
    ("I:Chirurgie terminée, ± chimiothérapie (néo)adjuvante", "TREATED surgery"),
    ("I:Gemcitabine et cisplatine reçus ou non tolérés", "((TREATED gemcitabine & TREATED cisplatin) | unread)"),
)
BUT = (
    "Aucun traitement du mésothéliome autre que la chirurgie",
    "Pas d'autre traitement que la chirurgie pour le sarcome",
    "No prior therapy other than surgery",
    "Traitement antérieur : chirurgie seule",
    "Le carcinome n'a été traité que par chirurgie",
    "Pas de traitement du CHC hormis chirurgie ou radiofréquence",
    "Aucun traitement antérieur du cancer de la vessie (résection transurétrale de vessie permise)",
)
BOUNDED = (
    ("Récidive dans les 9 mois suivant la dernière instillation de BCG", "bcg"),
    ("Avoir épuisé platine, taxane et bévacizumab", "platinum"),
    ("Meilleure réponse SD ou PD sous un schéma contenant un anti-PD-1", "anti_pd1"),
    ("Carcinome de Merkel chez qui l'anti-PD-L1 a échoué, seul ou en association", "anti_pdl1"),
    ("Progression radiologique franche sous le même double blocage", "pertuzumab,trastuzumab"),
)
LEFT = (
    "I:Doit recevoir 4 cycles de docétaxel dans l'étude",
    "I:Prévu pour 6 cycles de platine",
    "I:Récidive sous surveillance, ou après radiothérapie",
    "I:Réponse attendue au traitement par anti-PD-1",
    "I:Lignes antérieures",
    "I:Chimiothérapie et radiothérapie terminées depuis 4 semaines",
    "I:Délai depuis le traitement antérieur : chimiothérapie 3 semaines, radiothérapie 2 semaines",
    "I:Dernière dose de chimiothérapie reçue > 21 jours",
    "I:Pas d'autre traitement curatif que la chirurgie",
    "I:Aucun traitement du mélanome autre que la chirurgie n'est disponible",
    "I:Traité par radiothérapie seule ou par chirurgie",
    "E:Progression rapide sous 1re ligne",
    "E:Inhibiteur de PARP antérieur, sauf en entretien",
    "I:Toutes les lésions progressives doivent être accessibles au traitement local",
    "I:Allogreffe à venir dans le mois, ou autogreffe reçue récemment",
    "I:Moins de 3 cures de docétaxel reçues",
    "I:Suites de chirurgie antérieure de grade < 2",
    "I:Maladie stable sans chimiothérapie récente",
    "E:Chimiothérapie antérieure pour une maladie auto-immune",
    "E:Radiothérapie antérieure du territoire à irradier",
    "E:Radiothérapie antérieure de plus de 30 % de la moelle",
    "I:Pas de radiothérapie prévue",
    "I:Pas de contre-indication à la chimiothérapie",
)
"""Sentences that may rule out nobody."""


def _tests(sentence: str) -> list[object]:
    text = f"- {sentence[2:]}"
    read = read_criteria(None, text) if sentence.startswith("E:") else read_criteria(text, None)
    return [one.test for one in read.criteria]


@pytest.mark.parametrize(("sentence", "test"), WHOLE)
def test_reads_whole(sentence: str, test: str) -> None:
    assert " ; ".join(shown(one) for one in _tests(sentence)) == test


@pytest.mark.parametrize("sentence", BUT)
def test_forbids_all_but_what_is_named(sentence: str) -> None:
    (test,) = _tests(f"I:{sentence}")
    named = {id_ for leaf in leaves(test) if isinstance(leaf, Treated) for id_ in leaf.treatments}
    assert isinstance(test, Not)
    assert {"systemic_treatment", "radiotherapy"} <= named or "radiotherapy" in named
    assert "surgery" not in named


@pytest.mark.parametrize(("sentence", "treatments"), BOUNDED)
def test_asks_one_of_the_treatments_named_whatever_the_rest_asks(sentence: str, treatments: str) -> None:
    shown_ = " ; ".join(shown(one) for one in _tests(f"I:{sentence}"))
    assert f"(TREATED {treatments} & unread)" in shown_


@pytest.mark.parametrize("sentence", LEFT)
def test_leaves_open(sentence: str) -> None:
    for test in _tests(sentence):
        alone = [leaf for leaf in leaves(test) if isinstance(leaf, Treated)]
        assert not alone or any(isinstance(leaf, Unread) for leaf in leaves(test)), shown(test)
