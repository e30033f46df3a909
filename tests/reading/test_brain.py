"""Brain metastases and leptomeningeal disease read in one clause."""

import pytest

from rules.criteria import AllOf, AnyOf, BrainMetastasesIn, BrainState, HasCondition, Kind, Not, Polarity, Test, Unread
from rules.reading.brain import recognise
from rules.reading.clause import Clause

INC, EXC = Polarity.INCLUSION, Polarity.EXCLUSION


def states(*names: str) -> BrainMetastasesIn:
    return BrainMetastasesIn(frozenset(BrainState(name) for name in names))


NONE = states("none")
PRESENT = states("treated_stable", "active", "untreated")
NOT_CONTROLLED = states("active", "untreated")
ALLOWED = states("none", "treated_stable")
UNTREATED = states("untreated")
MORE = Unread(Kind.BRAIN_METASTASES)
SYMPTOMATIC = AllOf((NOT_CONTROLLED, AnyOf((HasCondition(conditions=frozenset({"symptomatic_cns_metastases"})), MORE))))
LEPTO = HasCondition(conditions=frozenset({"leptomeningeal_disease"}))
OPEN = AnyOf((ALLOWED, AllOf((NOT_CONTROLLED, MORE))))
"""None or stable holds; active or untreated may, under a condition that a form does not tell."""

ROWS: list[tuple[str, Polarity, list[Test]]] = [
    ("Métastases cérébrales", EXC, [PRESENT]),
    ("Métastase cérébrale connue", EXC, [PRESENT]),
    ("Known brain metastases", EXC, [PRESENT]),
    ("Antécédent de métastases cérébrales", EXC, [PRESENT]),
    ("Pas de métastase cérébrale", INC, [NONE]),
    ("Absence de métastase du SNC", INC, [NONE]),
    ("No evidence of brain metastases", INC, [NONE]),
    ("Métastases cérébrales actives", EXC, [NOT_CONTROLLED]),
    ("Métastases cérébrales évolutives", EXC, [NOT_CONTROLLED]),
    ("Métastases du SNC non contrôlées ou symptomatiques", EXC, [NOT_CONTROLLED]),
    ("Active or progressing CNS metastases", EXC, [NOT_CONTROLLED]),
    ("Métastases cérébrales non traitées", EXC, [UNTREATED]),
    ("Untreated brain metastases", EXC, [UNTREATED]),
    ("Métastases cérébrales symptomatiques", EXC, [SYMPTOMATIC]),
    ("Métastases cérébrales symptomatiques ou non traitées", EXC, [AnyOf((UNTREATED, SYMPTOMATIC))]),
    ("Pas de métastase cérébrale active", INC, [ALLOWED]),
    ("No active CNS metastases", INC, [ALLOWED]),
    ("Métastases cérébrales, sauf si traitées et stables depuis 4 semaines", EXC, [NOT_CONTROLLED]),
    ("Brain metastases unless previously treated and stable", EXC, [NOT_CONTROLLED]),
    ("Métastases cérébrales actives (traitées et stables autorisées)", EXC, [NOT_CONTROLLED]),
    ("Métastases cérébrales autorisées si traitées et stables", INC, [ALLOWED]),
    ("Les métastases cérébrales traitées et stables sont acceptées", INC, [ALLOWED]),
    ("Métastases cérébrales traitées et stables autorisées", EXC, [NOT_CONTROLLED]),
    ("Treated brain metastases are allowed if stable for 4 weeks", INC, [ALLOWED]),
    ("Métastases cérébrales asymptomatiques autorisées", INC, [OPEN]),
    ("Métastases cérébrales traitées et stables", INC, [AnyOf((states("treated_stable"), AllOf((NONE, MORE))))]),
    ("Métastases cérébrales traitées et stables", EXC, [AllOf((states("treated_stable"), MORE))]),
    ("Métastase cérébrale ≥ 10 mm", INC, [AllOf((PRESENT, MORE))]),
    ("Métastases cérébrales nécessitant des corticoïdes", EXC, [AllOf((PRESENT, MORE))]),
    ("Méningite carcinomateuse", EXC, [LEPTO]),
    ("Atteinte leptoméningée connue", EXC, [LEPTO]),
    ("Leptomeningeal disease", EXC, [LEPTO]),
    ("Métastases cérébrales ou leptoméningées", EXC, [AnyOf((PRESENT, LEPTO))]),
    ("Métastases cérébrales actives et/ou méningite carcinomateuse", EXC, [AnyOf((NOT_CONTROLLED, LEPTO))]),
    (
        "Métastases cérébrales actives ou carcinose méningée (métastases irradiées permises si stables ≥ 1 mois)",
        EXC,
        [AnyOf((NOT_CONTROLLED, LEPTO))],
    ),
    ("Leptomeningeal disease or active brain metastases", EXC, [AnyOf((NOT_CONTROLLED, LEPTO))]),
    ("Pas de métastase cérébrale ni leptoméningée", INC, [AllOf((NONE, Not(LEPTO)))]),
    ("Patients must not have brain metastases", EXC, [PRESENT]),
    ("Pas de métastase cérébrale, ou métastases traitées et stables", INC, [ALLOWED]),
    ("SNC : pas de métastase cérébrale, ou métastases cérébrales traitées et asymptomatiques", INC, [ALLOWED]),
    ("Pas de métastase cérébrale ou asymptomatiques", INC, [OPEN]),
    ("Métastases cérébrales : traitées et stables", INC, [ALLOWED]),
    ("Métastases cérébrales : asymptomatiques ou stables", INC, [OPEN]),
    ("Métastases cérébrales traitées : stables depuis 4 semaines", INC, [OPEN]),
    ("Métastases cérébrales connues ou suspectées", EXC, [PRESENT]),
    ("Métastases cérébrales actives (traitées et stables : OK)", EXC, [NOT_CONTROLLED]),
    # traps
    ("Radiothérapie de métastases cérébrales dans les 14 jours", EXC, []),
    ("Au moins une lésion mesurable hors métastases cérébrales", INC, []),
    ("IRM cérébrale normale", INC, []),
    ("Tumeur cérébrale primitive", EXC, []),
    ("Accident vasculaire cérébral < 6 mois", EXC, []),
    ("Avec ou sans métastases cérébrales", INC, []),
    ("Corticoïdes pour métastases cérébrales", EXC, []),
    ("Imaging to rule out brain metastases", INC, []),
    ("Métastases hépatiques actives", EXC, []),
    ("Méningite bactérienne", EXC, []),
    ("Pas de métastase cérébrale", EXC, []),
    ("Irradiation cérébrale antérieure", EXC, []),
    ("Métastases cérébrales, infection active", EXC, [PRESENT]),
    ("Compression médullaire symptomatique", EXC, []),
    ("Envahissement tumoral connu du système nerveux central", EXC, [PRESENT]),
    ("Localisation secondaire, connue ou suspectée, au niveau du cerveau", EXC, [PRESENT]),
    ("Extension tumorale au SNC suspectée ou prouvée", EXC, [PRESENT]),
    ("Métastases connues ou suspectées du SNC", EXC, [PRESENT]),
    ("Suspected or confirmed brain metastases", EXC, [PRESENT]),
    ("Metastatic involvement of the central nervous system", EXC, [PRESENT]),
    ("Lésions cérébrales secondaires non traitées", EXC, [UNTREATED]),
    ("Envahissement métastatique symptomatique du SNC", EXC, [SYMPTOMATIC]),
    ("Metastases to the brain that are treated and stable are allowed", EXC, [NOT_CONTROLLED]),
    ("Absence d'atteinte métastatique connue du SNC", INC, [NONE]),
    ("Pas d'envahissement tumoral suspecté du système nerveux central", INC, [NONE]),
    ("Atteinte inflammatoire du système nerveux central", EXC, []),
    ("Lésion cérébrale traumatique", EXC, []),
    ("Disease of the central nervous system", EXC, []),
    ("Envahissement osseux connu", EXC, []),
]


@pytest.mark.parametrize(("text", "polarity", "expected"), ROWS)
def test_brain(text: str, polarity: Polarity, expected: list[Test]) -> None:
    assert [one.test for one in recognise(Clause(text, polarity))] == expected


def test_a_permission_lies_inside_the_span() -> None:
    text = "Métastases cérébrales actives (métastases traitées autorisées si stables, sans corticoïdes)"
    (found,) = recognise(Clause(text, EXC))
    assert (found.start, found.end, found.kind) == (0, len(text), Kind.BRAIN_METASTASES)


def test_in_the_blood_cancers_it_is_a_condition() -> None:
    clause = Clause("Atteinte du SNC", EXC, frozenset({"nhl"}))
    assert [one.test for one in recognise(clause)] == [HasCondition(conditions=frozenset({"cns_metastases"}))]
