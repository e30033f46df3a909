"""Exclusions that are written as duties not to; half of the rows are traps."""

import pytest

from rules.kinds import Polarity
from rules.reading.duties import undone
from tests.reading.test_bearing import _shown

SAME = None

ROWS = [
    ("Le patient ne doit pas avoir reçu de nivolumab", "A reçu nivolumab"),
    ("Les participantes ne doivent pas avoir été traitées par fulvestrant", "A été traitées par fulvestrant"),
    ("La patiente ne doit pas présenter de mutation ESR1", "mutation ESR1"),
    ("Ne doit pas avoir de métastase hépatique", "métastase hépatique"),
    ("Le patient ne doit pas avoir reçu d'olaparib ni de niraparib", "A reçu olaparib ou niraparib"),
    ("Patients must not have an ALK fusion", "ALK fusion"),
    ("Subject must not have received docetaxel", "A received docetaxel"),
    ("Absence de mutation ESR1", SAME),
    ("Patient n'ayant pas reçu de platine", SAME),
    ("Le patient ne doit pas participer à un autre essai", SAME),
    ("Le patient ne doit pas être opérable", SAME),
    ("Le patient doit avoir reçu un taxane", SAME),
    ("Patient non prétraité", SAME),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_the_duty_is_undone(text: str, expected: str | None) -> None:
    """Only a duty, and only where what follows is had or was done."""
    assert undone(text, Polarity.EXCLUSION) == (expected if expected is not SAME else text)


@pytest.mark.parametrize("text", [row[0] for row in ROWS])
def test_an_inclusion_means_what_it_says(text: str) -> None:
    """« Ne doit pas avoir reçu A » asks there that A was not received."""
    assert undone(text, Polarity.INCLUSION) == text


READ = [
    ("Le patient ne doit pas présenter de mutation BRAF V600E", "BRAF[V600E]"),
    ("Le patient ne doit pas avoir reçu de taxane", "TREATED taxane"),
    ("Absence de mutation BRAF V600E", "no BRAF[V600E]"),
]


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_whoever_has_it_is_left_out(sentence: str, expected: str) -> None:
    """And whoever has not is none of those meant."""
    assert _shown(None, sentence) == expected
