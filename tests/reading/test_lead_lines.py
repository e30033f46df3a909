"""The first lines of protocols as officers type them, read whole; beside each family what must not be taken for it."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.test_slot_lines import brief

FIRST_OF_PLATINUM = "(prior 1- & {platinum; out progression,relapse; line 1})"
EACH = "{oxaliplatin; out progression} & {irinotecan; out progression}"
READ = (
    ("En progression pendant ou après une première ligne à base de platine", FIRST_OF_PLATINUM),
    ("Progression après une 1re ligne par sels de platine", FIRST_OF_PLATINUM),
    ("Prétraité par taxane-trastuzumab", "({taxane} & {trastuzumab})"),
    ("Traité par platine et anti-PD-1, de façon concomitante ou séquentielle", "({platinum} & {anti_pd1})"),
    ("Previously treated with platinum and anti-PD-1, in combination or sequentially", "({platinum} & {anti_pd1})"),
    ("Cancer RET+ naïf", "RET ; not {systemic_treatment}"),
    ("Anti-PD-1 naïf", "not {anti_pd1}"),
    ("En deuxième ligne après gemcitabine", "line 2-2 ; {gemcitabine}"),
    ("Réfractaire à oxaliplatine et irinotécan", f"({EACH})"),
    (
        "Ayant progressé après oxaliplatine, irinotécan et anti-EGFR (si RAS sauvage)",
        "({oxaliplatin} & {irinotecan} & ({oxaliplatin; out progression,relapse} | "
        "{irinotecan; out progression,relapse})) ; (not no RAS | {egfr_inhibitor})",
    ),
    (
        "N'ayant pas reçu de chimiothérapie, d'immunothérapie ou d'ITK si EGFR muté",
        "(not EGFR[mutation] | not {chemotherapy,immunotherapy,tki})",
    ),
    ("Ayant reçu un platine et, si éligible, un anti-PD-1", "{platinum} ; (not unread | {anti_pd1})"),
    ("TEP au 68Ga-DOTATATE positive", "SSTR"),
    ("SRS + WBRT", "unread"),
    ("Rectum localement avancé", "organ rectum ; extent borderline,locally_advanced"),
    ("Cancer du sein luminal", "organ breast ; (HR & no HER2)"),
    ("Cancer du sein non luminal", "organ breast ; unread"),
)


@pytest.mark.parametrize(("sentence", "expected"), READ, ids=[row[0] for row in READ])
def test_a_lead_line(sentence: str, expected: str) -> None:
    read = read_criteria(sentence, None)
    assert " ; ".join(brief(one.test) for one in read.criteria) == expected
