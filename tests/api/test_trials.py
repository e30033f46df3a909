"""`GET /v1/trials`: the catalogue, page by page, and each trial as it was understood."""

import pytest

from tests.api.services import Service


def test_the_catalogue_is_read_page_by_page(service: Service) -> None:
    whole = service.client.get("/v1/trials", params={"limit": 500}).json()
    assert whole["total"] == len(whole["trials"]) > 0
    pages = [
        service.client.get("/v1/trials", params={"limit": 7, "offset": offset}).json()["trials"]
        for offset in range(0, whole["total"], 7)
    ]
    assert [trial for page in pages for trial in page] == whole["trials"]
    assert service.client.get("/v1/trials", params={"offset": 10_000}).json()["trials"] == []


def test_the_filters_narrow(service: Service) -> None:
    def total(**asked: str) -> int:
        return int(service.client.get("/v1/trials", params=asked).json()["total"])

    everything = total()
    first = service.client.get("/v1/trials").json()["trials"][0]
    assert total(q=first["id"]) == 1
    assert total(q=first["id"].lower()) == 1
    assert 0 < total(status="open") <= everything
    assert total(status="open") + total(status="withdrawn") <= everything
    assert 0 < total(organ="lung") < everything
    assert total(q="zzzz") == 0


@pytest.mark.parametrize(
    "asked", [{"limit": "0"}, {"limit": "x"}, {"offset": "-1"}, {"status": "ouvert"}, {"organ": "coude"}]
)
def test_a_wrong_filter_is_named(service: Service, asked: dict[str, str]) -> None:
    answer = service.client.get("/v1/trials", params=asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(asked)


def test_a_trial_shows_its_criteria_as_understood(service: Service) -> None:
    rows = service.client.get("/v1/trials", params={"limit": 500}).json()["trials"]
    for row in rows:
        answer = service.client.get(f"/v1/trials/{row['id']}")
        assert answer.status_code == 200
        trial = answer.json()
        assert row.items() <= trial.items()
        ids = [one["id"] for one in trial["criteria"]]
        assert ids
        assert len(set(ids)) == len(ids)
        for criterion in trial["criteria"]:
            assert criterion["origin"] in {"declared", "curated", "read"}
            assert criterion["test"]["node"]
        assert trial["sentences_read"] + trial["unread"] == trial["sentences"]


def test_an_unknown_trial_is_not_found(service: Service) -> None:
    assert service.client.get("/v1/trials/nobody").status_code == 404
