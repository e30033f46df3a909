"""No identity comes in, whatever field it is written in; and none of it goes out, in an answer or a log."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.services import MATCH, Service

NIR = "1850578006084"
IDENTITIES = {
    "NIR, 13 digits": NIR,
    "NIR, 15 digits": "185057800608491",
    "NIR, with spaces": "1 85 05 78 006 084 91",
    "NIR, in a sentence": "patient 2 62 03 59 350 123 vu en consultation",
    "birth date": "né le 03/05/1962",
    "birth date, in words": "Née le 3 mai 1962 à Lille",
    "birth date, either": "né(e) le 12.11.1958",
    "e-mail": "jean.dupont@example.org",
    "telephone": "06 12 34 56 78",
    "telephone, abroad": "+33 6 12 34 56 78",
}

WHOLE_CASE: dict[str, Any] = {
    "case_id": "C",
    "rcp": {"session_id": "S", "speciality": "thorax", "motive": "avis"},
    "patient": {"age": 60},
    "tumour": {
        "topography": {"system": "cim-10", "code": "C34.1", "text": "bronche"},
        "histology": {"text": "adénocarcinome"},
        "grade": "2",
    },
    "stage": {
        "clinical": {"t": "cT1", "n": "N0", "m": "M0"},
        "group": "I",
        "other": [{"system": "FIGO", "value": "I"}],
    },
    "disease": {"metastatic_sites": ["bone"]},
    "biomarkers": [
        {"name": "KRAS", "status": "positive", "variant": "G12C", "value": "2+", "unit": "%", "assay": "NGS"}
    ],
    "treatments": [{"type": "chemotherapy", "agents": ["cisplatine"]}],
    "labs": [{"name": "DFG", "value": 60, "unit": "mL/min"}],
    "conditions": [{"name": "HTA", "present": True, "since": "2020"}],
    "medications": [{"name": "Kardégic", "dose": "75 mg"}],
    "summary_text": "avis",
}


def _texts(value: Any, path: str = "") -> Iterator[str]:
    """The path of every text field of a case."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path


def _with(path: str, text: str) -> dict[str, Any]:
    case: Any = copy.deepcopy(WHOLE_CASE)
    *steps, last = [
        int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")
    ]
    place = case
    for step in steps:
        place = place[step]
    place[last] = text
    return dict(case)


def test_the_case_itself_is_accepted(service: Service) -> None:
    assert service.client.post(MATCH, json={"case": WHOLE_CASE}).status_code == 200


@pytest.mark.parametrize("path", list(_texts(WHOLE_CASE)))
def test_no_field_takes_an_identity(service: Service, path: str) -> None:
    for kind, text in IDENTITIES.items():
        answer = service.client.post(MATCH, json={"case": _with(path, text)})
        assert answer.status_code == 422, kind
        errors = answer.json()["errors"]
        assert [(error["field"], error["code"]) for error in errors] == [(f"case.{path}", "identity")], kind
        assert "is refused" in errors[0]["message"]
        assert text not in answer.text
        service.log_line(answer)
    logged = service.logs.getvalue()
    assert "http.request" in logged
    assert [text for text in IDENTITIES.values() if text in logged] == []


@pytest.mark.parametrize("name", ["nom", "Prénom", "birth_date", "NIR", "adresse", "télephone"])
def test_a_field_of_identity_is_refused_even_empty(service: Service, name: str) -> None:
    answer = service.client.post(MATCH, json={"case": {"case_id": "C", "patient": {name: "Dupont"}}})
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["code"] == "identity"
    assert error["field"].startswith("case.patient.")
    service.log_line(answer)
    assert "Dupont" not in answer.text + service.logs.getvalue()


def test_a_nir_as_a_number_is_refused(service: Service) -> None:
    for number in (int(NIR), float(NIR)):
        answer = service.client.post(MATCH, json={"case": {"case_id": "C", "planned_line": number}})
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == ["case.planned_line"]
        service.log_line(answer)
        assert NIR not in answer.text + service.logs.getvalue()


def test_a_nir_as_a_key_is_not_repeated(service: Service) -> None:
    answer = service.client.post(MATCH, json={"case": {"case_id": "C", NIR: "x"}})
    assert answer.status_code == 422
    service.log_line(answer)
    assert NIR not in answer.text + service.logs.getvalue()


ADDRESSES = [
    ("GET", f"/v1/trials/{NIR}", 404),
    ("GET", f"/v1/trials?q={NIR}", 200),
    ("GET", f"/{NIR}", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ADDRESSES)
def test_a_nir_in_an_address_is_not_logged(service: Service, method: str, path: str, status: int) -> None:
    answer = service.client.request(method, path)
    assert answer.status_code == status
    service.log_line(answer)
    assert NIR not in service.logs.getvalue()


def test_a_nir_as_a_method_goes_no_further_than_the_parser(service: Service) -> None:
    answer = service.client.request(NIR, "/")
    assert answer.status_code == 400
    assert NIR not in answer.text + service.logs.getvalue()
