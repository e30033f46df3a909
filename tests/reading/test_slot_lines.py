"""The slot reader of lines and courses: sentences in any order of words, half of them traps that it leaves alone."""

import pytest

from rules.criteria import AllOf, AnyOf, LineIn, Not, PlatinumIs, Polarity, PriorLines, StandardExhausted, Test, Treated
from rules.reading.clause import Clause
from rules.reading.slots.lines import lines
from tests.reading.notation import shown


def brief(test: Test) -> str:
    """A test in one line: `prior 1-3`, `{systemic_treatment; out progression}`."""
    match test:
        case AllOf(parts):
            return "(" + " & ".join(map(brief, parts)) + ")"
        case AnyOf(parts):
            return "(" + " | ".join(map(brief, parts)) + ")"
        case Not(part):
            return f"not {brief(part)}"
        case _:
            return _leaf(test)


def _leaf(test: Test) -> str:
    match test:
        case PriorLines(low, high, of):
            return f"prior {low}-{'' if high is None else high}" + (f" of {','.join(sorted(of))}" if of else "")
        case LineIn(low, high):
            return f"line {low}-{'' if high is None else high}"
        case PlatinumIs(statuses):
            return "platinum " + ",".join(sorted(statuses))
        case StandardExhausted():
            return "exhausted"
        case Treated():
            return "{" + "; ".join(_treated(test)) + "}"
        case _:
            return shown(test)


def _treated(test: Treated) -> list[str]:
    told = [",".join(sorted(test.treatments))]
    told += [f"in {','.join(sorted(test.settings))}"] if test.settings else []
    told += [f"out {','.join(sorted(test.outcomes))}"] if test.outcomes else []
    told += [f"soon {test.relapse_within_days}"] if test.relapse_within_days is not None else []
    told += [f"recent {test.within_days}"] if test.within_days is not None else []
    told += [f"long {test.lasting_days}"] if test.lasting_days is not None else []
    told += [f"line {','.join(map(str, sorted(test.lines)))}"] if test.lines else []
    return [*told, *(["last"] if test.last else [])]


def read(sentence: str, *organs: str) -> str:
    """What the reader says of a sentence (E: among the exclusions); « … » in front where it is not all."""
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    got = lines(Clause(sentence.removeprefix("E:"), polarity, frozenset(organs)))
    if got is None:
        return ""
    return ("" if got.whole else "… ") + " ; ".join(brief(test) for _, _, test in got.tests)


FAILED = "{systemic_treatment; out progression,relapse}"
SOME = "{interventional_radiology,local_drug_delivery,systemic_treatment}"
STANDARD = "{systemic_treatment; in advanced; out progression,relapse}"

ROWS: list[tuple[str, str]] = [
    # lines counted
    (
        "≥ 1 L antérieure en situation avancée, dont un platine et un anti-PD-(L)1",
        "prior 1- ; ({platinum} & {anti_pd1_pdl1})",
    ),
    (
        "Au minimum 2 lignes déjà reçues, avec exposition à un inhibiteur du protéasome et à un immunomodulateur",
        "prior 2- ; ({proteasome_inhibitor} & {imid})",
    ),
    ("1 à 3 lignes antérieures (≥ 2 cycles de chaque)", "prior 1-3 ; unread"),
    ("Nombre de lignes antérieures : 1 à 2", "prior 1-2"),
    ("Ne doit pas avoir reçu plus de deux lignes pour la maladie métastatique", "prior 0-2"),
    ("Pas plus d'une ligne (la chimiothérapie néoadjuvante n'est pas comptée)", "prior 0-1"),
    ("Ne doit pas avoir reçu plus d'une ligne comportant un anti-VEGFR", "prior 0-1 of vegfr_tki"),
    ("Au plus deux lignes, dont une chimiothérapie", ""),
    ("≥ 2 lignes antérieures (LPSNC : ≥ 1 ligne antérieure)", ""),
    ("Lignes ayant comporté un anti-CD20 et un alkylant", "({anti_cd20} & {alkylating_agent})"),
    ("Au moins 1 ARPI et au plus 2 taxanes reçus", "{arpi} ; prior 0-2 of taxane"),
    (
        "au moins une ligne antérieure, y compris adjuvante",
        "(prior 1- | {systemic_treatment; in adjuvant,neoadjuvant})",
    ),
    ("E:Plus de deux lignes pour la maladie avancée", "prior 3-"),
    ("E:Au plus deux lignes", ""),
    ("E:Deux lignes de traitement", ""),
    ("Deux lignes de traitement possibles après l'étude", ""),
    ("Au moins une ligne adjuvante", ""),
    ("Une ligne de traitement chez les patients mutés", ""),
    ("Au moins 2 lignes de traitement d'un autre cancer", ""),
    ("Plus d'une ligne, sauf hormonothérapie", ""),
    # the line asked for, and the one that came before
    ("Candidat à une L2 ou plus", "line 2-"),
    ("Troisième ligne métastatique ou plus", "line 3-"),
    ("E:Au-delà de la 2e ligne", "line 3-"),
    ("E:Deuxième ligne", ""),
    ("Deuxième ou troisième ligne métastatique", "line 2-3"),
    ("Progression après la 1re ligne", f"prior 1- ; {FAILED}"),
    # nothing before
    (
        "Absence de tout traitement antérieur du stade métastatique",
        "not {systemic_treatment; in metastatic,palliative}",
    ),
    ("Vierge de tout traitement de la maladie LA ou métastatique", "not {systemic_treatment; in advanced}"),
    (
        "Pas de traitement antérieur de la maladie avancée, sauf adjuvant terminé plus de 6 mois avant la rechute",
        "not {systemic_treatment; in advanced} ; not {anticancer_treatment; in adjuvant; soon 183}",
    ),
    (
        "Aucune thérapie systémique pour la maladie avancée (adjuvant autorisé)",
        "not {systemic_treatment; in advanced}",
    ),
    ("non traité", ""),
    ("Métastases cérébrales non traitées", ""),
    ("Aucun traitement local antérieur", ""),
    ("Pas de traitement antérieur, sauf hydroxyurée", ""),
    ("E:Aucun traitement antérieur", ""),
    # the disease came back
    ("A progressé sous la dernière ligne", FAILED),
    (
        "Progression lors de la dernière ligne ou dans les 60 jours suivant celle-ci",
        "({systemic_treatment; out progression; last} | {systemic_treatment; soon 60; last})",
    ),
    (
        "Progression après, ou intolérance à, au moins 1 ligne standard",
        f"prior 1- ; {FAILED.replace('se', 'se,toxicity')}",
    ),
    ("1 à 3 lignes, et progression sous la dernière", f"prior 1-3 ; {FAILED}"),
    ("Maladie progressive après un anti-PD-1 reçu au stade avancé", "{anti_pd1; in advanced; out progression,relapse}"),
    ("Fin de la chimio adjuvante > 6 mois avant la récidive", "not {chemotherapy; in adjuvant; soon 183}"),
    (
        "Intervalle d'au moins 12 mois entre la fin du traitement adjuvant et la rechute",
        "not {anticancer_treatment; in adjuvant; soon 364}",
    ),
    ("E:Progression sous la chimiothérapie de première ligne", "{chemotherapy; out progression; line 1}"),
    ("E:Paclitaxel déjà reçu en rechute", ""),
    ("Progression après radiothérapie", ""),
    ("Réfractaire, intolérant ou inéligible au sorafénib", "({sorafenib; out progression,toxicity} | unread)"),
    ("Rechute sous hormonothérapie adjuvante après au moins 12 mois de traitement", ""),
    ("Biopsie après progression sous osimertinib", ""),
    ("Progression prévue sous traitement systémique", ""),
    ("E:Cancer préalable traité par chimiothérapie", ""),
    # held, and so many cycles
    ("Pas de progression sous chimio d'induction", "not progression ; {chemotherapy}"),
    ("Maladie contrôlée (RC, RP ou SD) après 4 cycles de première ligne", "not progression ; unread"),
    ("Maladie stable ou réponse après 4 cycles", ""),
    ("Au moins 4 cycles de platine reçus sans progression", ""),
    ("Réponse complète après la chimiothérapie d'induction", "remission ; {chemotherapy}"),
    ("Réponse après la chimiothérapie d'induction", "(not progression & unread) ; {chemotherapy}"),
    ("Ayant reçu 2 à 4 cycles de carboplatine, sans progression", "… {carboplatin} ; unread ; unread"),
    ("Au plus 2 cures de carboplatine avant randomisation", "(not {carboplatin; long 28} | unread)"),
    ("Deux cycles minimum de carboplatine reçus", "{carboplatin} ; unread"),
    # standard treatment
    (
        "A reçu un traitement standard approprié, avec progression ou intolérance",
        FAILED.replace("se", "se,toxicity"),
    ),
    ("Échec thérapeutique après les traitements de référence", f"({SOME} & (exhausted | {STANDARD}))"),
    (
        "Maladie avancée, après traitements standards",
        f"extent locally_advanced,metastatic ; ({SOME} & exhausted)",
    ),
    ("Aucune alternative thérapeutique reconnue", "exhausted"),
    ("Plus de traitement standard disponible, ou refus de celui-ci", "(exhausted | unread)"),
    ("Progression malgré les traitements standards, ou pas de standard", f"(exhausted | {STANDARD})"),
    (
        "≥ 1 traitement standard reçu en situation avancée, puis progression, pas d'alternative selon l'investigateur",
        "{systemic_treatment; out progression,relapse} ; exhausted",
    ),
    (
        "Le traitement standard a échoué, n'est pas toléré ou n'existe pas",
        f"(exhausted | {STANDARD.replace('se', 'se,toxicity')})",
    ),
    ("Éligible au traitement standard", ""),
    ("Le traitement standard est donné pendant l'étude", ""),
    ("E:Échec des traitements standards", ""),
]


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_lines_and_courses(sentence: str, expected: str) -> None:
    assert read(sentence) == expected


PLATINUM_ROWS: list[tuple[str, str]] = [
    ("Récidive plus de 6 mois après le dernier sel de platine", "platinum sensitive"),
    ("Progression dans les 6 mois qui suivent la fin du platine", "platinum refractory,resistant"),
    (
        "1 seule ligne de platine = au moins 4 cycles, meilleure réponse autre que progression, puis progression > "
        "90 j et ≤ 180 j après la dernière dose",
        "(not prior 1-1 of platinum | platinum resistant)",
    ),
    (
        "2-3 lignes de platine : progression ≤ 180 j après la dernière dose",
        "(not prior 2-3 of platinum | platinum refractory,resistant)",
    ),
    (
        "Progression dans les 10 mois suivant le dernier platine",
        "({platinum; out progression; last} | {platinum; soon 304; last})",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), PLATINUM_ROWS, ids=[row[0] for row in PLATINUM_ROWS])
def test_platinum(sentence: str, expected: str) -> None:
    assert read(sentence, "ovary") == expected


def test_platinum_intervals_have_names_in_ovary_only() -> None:
    assert read("Rechute > 6 mois après le dernier platine", "lung") == "not {platinum; soon 183; last}"
