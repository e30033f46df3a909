"""The order and length of treatments, a class less some of it, and what names treatments without asking of them."""

from dataclasses import replace

import pytest

from rules.criteria import (
    AllOf,
    AnyOf,
    Kind,
    NoDemand,
    Not,
    Polarity,
    PriorLines,
    StandardExhausted,
    Test,
    Treated,
    Unread,
    Washout,
    Window,
)
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.recognisers import RECOGNISERS
from rules.reading.treatments import delays
from rules.reading.treatments.exposure import named_and_more
from rules.reading.treatments.recogniser import recognise
from rules.reading.treatments.standard import SOME_STANDARD
from rules.treatment_sets import both, less

INC, EXC = Polarity.INCLUSION, Polarity.EXCLUSION
RELAPSED = frozenset({"progression", "relapse"})
OPEN, LATER = Unread(Kind.PRIOR_TREATMENT), Unread(Kind.OTHER)


def had(*treatments: str) -> Treated:
    return Treated(treatments=frozenset(treatments))


def relapsed(*treatments: str) -> Treated:
    return replace(had(*treatments), outcomes=RELAPSED)


def line(number: int, *treatments: str) -> Treated:
    return replace(had(*treatments), lines=frozenset({number}))


def lasting(days: int, *treatments: str) -> Treated:
    return replace(had(*treatments), lasting_days=days)


BTK = "btk_inhibitor"
ROWS: list[tuple[str, Polarity, list[Test]]] = [
    # the last line, and which line a drug was
    ("progression sous alectinib comme ligne la plus récente", INC, [replace(relapsed("alectinib"), last=True)]),
    (
        "progression sous alectinib comme ligne la plus récente",
        EXC,
        [replace(had("alectinib"), outcomes=frozenset({"progression"}))],
    ),
    ("sans progression sous alectinib comme ligne la plus récente", INC, []),
    ("alectinib donné en 1re ligne", INC, [line(1, "alectinib")]),
    (
        "alectinib donné en 1re ligne, ou en 2e ligne après crizotinib",
        INC,
        [AnyOf((line(1, "alectinib"), AllOf((line(2, "alectinib"), had("crizotinib")))))],
    ),
    ("réfractaire au traitement précédent", INC, [relapsed("anticancer_treatment")]),
    # how long it was given
    ("Imatinib pris au moins 6 mois", INC, [lasting(183, "imatinib")]),
    ("Imatinib pris pendant le repas", INC, []),
    ("4 à 6 mois de chimiothérapie", INC, [AllOf((lasting(122, "chemotherapy"), Not(lasting(190, "chemotherapy"))))]),
    ("Si inhibiteur de BTK antérieur : reçu ≥ 12 semaines", INC, [AnyOf((Not(had(BTK)), lasting(84, BTK)))]),
    (
        "Si inhibiteur de BTK antérieur : reçu ≥ 12 semaines (sauf toxicité)",
        INC,
        [AnyOf((Not(had(BTK)), lasting(84, BTK), OPEN))],
    ),
    ("Si inhibiteur de BTK antérieur : accord du promoteur", INC, []),
    ("au moins 4 cycles de docétaxel", INC, [AllOf((had("docetaxel"), LATER))]),
    ("Plus de 4 cycles de docétaxel", EXC, [AllOf((lasting(56, "docetaxel"), OPEN))]),
    ("Pas plus de 4 cycles de docétaxel", INC, [AnyOf((Not(lasting(56, "docetaxel")), OPEN))]),
    ("Au maximum 4 cycles de docétaxel", INC, [AnyOf((Not(lasting(56, "docetaxel")), OPEN))]),
    ("alectinib donné en L1 ou L2", INC, [replace(had("alectinib"), lines=frozenset({1, 2}))]),
    ("alectinib = dernier traitement reçu", INC, [replace(had("alectinib"), last=True)]),
    ("Inhibiteur de MEK déjà reçu, seul ou avec un anti-BRAF, peu importe la durée", INC, [had("mek_inhibitor")]),
    ("nombre d'hormonothérapies antérieures libre", INC, [NoDemand()]),
    # what it was followed by
    (
        "Exérèse après chimiothérapie néoadjuvante",
        INC,
        [replace(had("chemotherapy"), settings=frozenset({"neoadjuvant"}))],
    ),
    ("Éligible à une exérèse après chimiothérapie néoadjuvante", INC, []),
    ("Biopsie faite après progression sous alectinib", INC, [AllOf((relapsed("alectinib"), LATER))]),
    ("Biopsie faite après progression sous alectinib (facultatif)", INC, []),
    # a class less some of it
    (
        "Traitement antérieur par hormonothérapie, hors tamoxifène",
        EXC,
        [replace(had(), treatments=less(frozenset({"hormone_therapy"}), ["tamoxifen"]))],
    ),
    (
        "Immunothérapie antérieure : IL-2, anti-PD-1",
        EXC,
        [AnyOf((had("aldesleukin", "anti_pd1"), AllOf((had("immunotherapy"), OPEN))))],
    ),
    ("chimio, RT antérieure", EXC, [had("chemotherapy", "radiotherapy")]),
    ("Traitement antérieur ciblant BCMA", EXC, [had("bcma_targeted")]),
    ("Traitement antérieur par inhibiteur ou dégradeur de BTK", EXC, [had(BTK, "btk_degrader")]),
    # the standard treatment
    (
        "Progression ou intolérance sous le traitement standard",
        INC,
        [
            AnyOf(
                (
                    StandardExhausted(),
                    replace(
                        had("systemic_treatment"),
                        settings=frozenset({"advanced"}),
                        outcomes=RELAPSED | {"toxicity"},
                    ),
                )
            )
        ],
    ),
    ("Progression sous tous les traitements standards", INC, [AllOf((SOME_STANDARD, StandardExhausted()))]),
    ("échec de tous les standards", INC, [AllOf((SOME_STANDARD, StandardExhausted()))]),
    ("a reçu tous les traitements standards, ou standard non approprié", INC, [StandardExhausted()]),
    ("aucune option connue apportant un bénéfice clinique", INC, [StandardExhausted()]),
    ("No available therapy likely to convey clinical benefit", INC, [StandardExhausted()]),
    ("Réfractaire ou intolérant à tous les traitements standards", INC, [StandardExhausted()]),
    (
        "Traitement systémique adjuvant autorisé si dernière dose > 1 an",
        EXC,
        [replace(had("systemic_treatment"), settings=frozenset({"adjuvant"}), within_days=365)],
    ),
    ("Échec après au moins 4 cycles d'azacitidine", INC, [relapsed("azacitidine")]),
    # what asks nothing of them
    ("EI des traitements antérieurs revenus à un grade ≤ 1", INC, [Unread(Kind.WASHOUT)]),
    ("Chirurgie ou chimiothérapie dans les délais du protocole", EXC, [Unread(Kind.WASHOUT)]),
    ("RT selon les recommandations locales", INC, [NoDemand()]),
    ("Patient pouvant recevoir le traitement de l'étude", INC, [Unread(Kind.COMORBIDITY)]),
    ("Autre traitement expérimental", EXC, [LATER]),
    ("RT > 30 Gy", EXC, [AllOf((had("radiotherapy"), LATER))]),
    ("RT ≥ 25 % de la moelle osseuse", EXC, [AllOf((had("radiotherapy"), LATER))]),
    ("Pas de RT > 30 Gy", INC, []),
    ("Hormonothérapie au stade CPRC", EXC, [AllOf((had("hormone_therapy"), OPEN))]),
    ("Chimiothérapie prévue comme prochaine ligne", INC, [LATER]),
]


@pytest.mark.parametrize(("text", "polarity", "expected"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_sequences(text: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, polarity))] == expected


@pytest.mark.parametrize(
    ("text", "kind", "treatments"),
    [
        ("chimiothérapie, sauf adjuvante terminée > 2 ans", Kind.PRIOR_TREATMENT, {"chemotherapy"}),
        ("inhibiteur de CDK4/6 autre que le palbociclib déjà reçu", Kind.PRIOR_TREATMENT, {"cdk46_inhibitor"}),
        ("anti-PD-1, anti-CTLA-4 …", Kind.BIOMARKER, {"anti_pd1", "anti_ctla4"}),
        ("Mutation conférant une sensibilité aux anti-EGFR", Kind.BIOMARKER, None),
        ("Mutation après exposition aux anti-EGFR", Kind.BIOMARKER, {"egfr_inhibitor"}),
        ("Absence de chimiothérapie", Kind.PRIOR_TREATMENT, None),
        ("Ligne par lénalidomide sans réponse", Kind.LINE, {"lenalidomide"}),
        ("RT post-opératoire reçue ou prévue", Kind.PRIOR_TREATMENT, {"radiotherapy"}),
    ],
)
def test_who_was_exposed(text: str, kind: Kind, treatments: set[str] | None) -> None:
    test = named_and_more(Clause(text, EXC), kind)
    if treatments is None:
        assert test is None
    else:
        assert isinstance(test, AllOf)
        assert test.parts[0] == had(*treatments)


def test_naive_alone_among_the_exclusions_asks_nothing_of_who_is() -> None:
    read = read_clause(Clause("Naïf de tout traitement systémique", EXC), RECOGNISERS)
    assert [test for _, _, test in read.tests] == [AllOf((had("systemic_treatment"), OPEN))]
    read = read_clause(Clause("Patient naïf de tout traitement systémique", EXC), RECOGNISERS)
    assert [test for _, _, test in read.tests] == [AllOf((Not(had("systemic_treatment")), OPEN))]


def test_a_delay_less_what_is_excepted() -> None:
    (found,) = delays.recognise(Clause("Chimiothérapie < 4 semaines (hors capécitabine)", EXC))
    assert isinstance(found.test, Not)
    assert isinstance(found.test.part, Washout)
    assert "capecitabine" not in found.test.part.treatments
    (found,) = delays.recognise(Clause("Allogreffe reçue dans les 6 derniers mois", INC))
    assert found.test == Window(frozenset({"allogeneic_transplant"}), 183)


def test_the_rest_of_a_class_shares_nothing_with_what_is_taken() -> None:
    left = less(frozenset({"egfr_tki_3g"}), ["osimertinib"])
    assert "lazertinib" in left
    assert not left & {"osimertinib", "egfr_tki_3g"}
    assert both("monoclonal_antibody", "anti_cldn18_2") == frozenset({"zolbetuximab", "osemitamab"})


def test_progression_under_the_first_line_needs_one() -> None:
    found = recognise(Clause("Progression sous 1re ligne", EXC))
    assert isinstance(found[0].test, AllOf)
    assert found[0].test.parts[0] == PriorLines(1, None)
