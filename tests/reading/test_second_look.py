"""Which of two readings of a clause stands: what settles more of earlier treatments, never what is less sure."""

import pytest

from rules.reading.criteria_text import read_criteria
from tests.reading.notation import shown

ASKED = [
    ("Absence de réponse ou intolérance au ruxolitinib", "(TREATED ruxolitinib & unread)"),
    (
        "Au moins une ligne antérieure, sauf anti-BRAF",
        "(PriorLines(low=1, high=None, of=frozenset()) & (not TREATED braf_inhibitor | unread))",
    ),
    (
        "Au moins une ligne antérieure (hors hormonothérapie)",
        "(PriorLines(low=1, high=None, of=frozenset()) & (not TREATED hormone_therapy | unread))",
    ),
    ("Au plus 2 lignes antérieures, sauf anti-BRAF", "(PriorLines(low=0, high=2, of=frozenset()) | unread)"),
    (
        "Au moins une ligne antérieure, sauf anti-BRAF chez les mutés",
        "(PriorLines(low=1, high=None, of=frozenset()) | unread)",
    ),
    (
        "Au moins une ligne antérieure, sauf si contre-indication",
        "(PriorLines(low=1, high=None, of=frozenset()) | unread)",
    ),
]
EXCLUDED = [
    (
        "Tout traitement antitumoral antérieur : taxane, radiothérapie (chirurgie permise, sauf laser)",
        "TREATED radiotherapy,taxane",
    ),
    ("Radioligand PSMA", "(TREATED psma_radioligand & unread)"),
]


@pytest.mark.parametrize(("sentence", "expected"), ASKED)
def test_asks(sentence: str, expected: str) -> None:
    assert [shown(one.test) for one in read_criteria(sentence, None).criteria] == [expected]


@pytest.mark.parametrize(("sentence", "expected"), EXCLUDED)
def test_excludes(sentence: str, expected: str) -> None:
    assert [shown(one.test) for one in read_criteria(None, sentence).criteria] == [expected]
