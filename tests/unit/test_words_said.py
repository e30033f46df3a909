"""A code of the contract is never shown as it is: each has its words in French."""

from collections.abc import Iterator
from typing import get_args

import pytest

from rules.case import Case, DiseaseFacts, Patient
from rules.dossier import Dossier
from trialmatch.matching.case_schema import CaseIn, DiseaseIn, PatientIn

FIELDS = [
    (PatientIn, "sex", "patient"),
    (DiseaseIn, "phase", "disease"),
    (DiseaseIn, "extent", "disease"),
    (DiseaseIn, "brain_metastases", "disease"),
    (DiseaseIn, "response", "disease"),
    (CaseIn, "planned_setting", ""),
]
SAME_IN_FRENCH = {"adjuvant", "progression", "maintenance", "consolidation", "surveillance"}


def _codes() -> Iterator[tuple[str, str, str]]:
    for model, name, part in FIELDS:
        for choice in get_args(model.model_fields[name].annotation):
            for code in get_args(choice):
                yield part, name, code


@pytest.mark.parametrize(("part", "name", "code"), list(_codes()))
def test_a_code_is_shown_in_words(part: str, name: str, code: str) -> None:
    holders = {"patient": Patient, "disease": DiseaseFacts}
    case = Case(case_id="C", **({part: holders[part](**{name: code})} if part else {name: code}))
    [(value, source)] = Dossier.of(case).said(
        lambda one: getattr(getattr(one, part) if part else one, name), f"{part}.{name}".lstrip(".")
    )
    assert value == code
    assert code in SAME_IN_FRENCH or source.text != code
