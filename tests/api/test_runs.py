"""`/v1/sync/runs`: every run, what it changed and could not read; held ones decided upon; the history of a trial."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.services import EXAMPLES, Service, running_service, wait_until

SECRET = "a-shared-secret-of-the-tests"
BEARER = {"Authorization": f"Bearer {SECRET}"}
FEED: list[dict[str, Any]] = json.loads((EXAMPLES / "feed.json").read_text(encoding="utf-8"))["etudes"][:12]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Path]]:
    """A service whose feed the tests write, one after the other: the runs of all of them are its history."""
    folder = tmp_path_factory.mktemp("runs")
    feed = folder / "feed.json"
    listed(feed, FEED)
    with running_service(folder, secret=SECRET, feed=feed, sync_full_interval_hours=1) as service:
        yield service, feed


def listed(feed: Path, etudes: list[dict[str, Any]]) -> None:
    draft = feed.with_suffix(".draft")
    draft.write_text(json.dumps(etudes, ensure_ascii=False), encoding="utf-8")
    draft.replace(feed)


def run(service: Service) -> dict[str, Any]:
    """One run, to its end and until its catalogue answers: a whole listing, as the clock goes on by two hours."""
    service.clock.instant += timedelta(hours=2)
    started: list[httpx.Response] = []

    def begun() -> bool:
        started.append(service.client.post("/v1/sync", headers=BEARER))
        return started[-1].status_code != 409  # the one before is swapping its catalogue

    wait_until(begun)
    address = f"/v1/sync/runs/{started[-1].json()['run_id']}"
    wait_until(lambda: service.client.get(address).json()["outcome"] != "running")
    told = dict(service.client.get(address).json())
    wait_until(lambda: told["catalogue_version"] in {None, version(service)})
    return told


def version(service: Service) -> str:
    return str(service.client.get("/readyz").json()["catalogue_version"])


def test_a_run_tells_what_it_changed_and_could_not_read(guarded: tuple[Service, Path]) -> None:
    service, feed = guarded
    long = "Critère. " * 200
    first = {**FEED[0], "statut": "suspendue", "criteres_inclusion": f"{long}fin"}
    listed(feed, [first, *FEED[1:11], {**FEED[11], "statut": "?"}])
    told = run(service)
    assert (told["outcome"], told["changed"], told["status_changes"], told["set_aside"]) == ("succeeded", 1, 1, 1)
    [change] = told["changes"]
    assert (change["trial_id"], change["kind"]) == (FEED[0]["id"], "changed")
    before = FEED[0]["statut"]
    assert change["statuses"] == [{"of": "trial", "name": None, "before": before, "after": "suspendue"}]
    [text] = [one for one in change["fields"] if one["path"] == "criteres_inclusion"]
    assert len(text["after"]) <= 402
    [aside] = told["records_set_aside"]
    assert (aside["record_id"], aside["last_good_kept"], aside["scope"]) == (FEED[11]["id"], True, "record")
    assert told["next_after"] is None

    trial = service.client.get(f"/v1/trials/{FEED[11]['id']}").json()
    assert "statut" in trial["unreadable"]["reason"]
    assert trial["unreadable"]["source"] == "archimaid"
    assert service.client.get(f"/v1/trials/{FEED[1]['id']}").json()["unreadable"] is None

    listed(feed, [first, *FEED[1:]])
    run(service)
    assert service.client.get(f"/v1/trials/{FEED[11]['id']}").json()["unreadable"] is None


def test_the_history_of_a_trial_is_read(guarded: tuple[Service, Path]) -> None:
    service, feed = guarded
    trial_id = FEED[5]["id"]
    for title in ("Deuxième titre", "Troisième titre"):
        listed(feed, [{**one, "titre": title} if one["id"] == trial_id else one for one in FEED])
        run(service)
    listed(feed, [one for one in FEED if one["id"] != trial_id])
    gone = run(service)
    listed(feed, FEED)
    back = run(service)

    history = service.client.get(f"/v1/trials/{trial_id}/history").json()
    versions = history["versions"]
    assert [one["change"]["kind"] for one in versions] == ["changed", "changed", "changed", "added"]
    assert [one["valid_to"] is None for one in versions] == [True, False, False, False]
    assert (versions[0]["run_id"], versions[1]["closed_by_run_id"]) == (back["run_id"], gone["run_id"])
    assert {one["source"] for one in versions} == {"archimaid"}
    assert [(one["path"], one["after"]) for one in versions[1]["change"]["fields"]] == [("titre", "Troisième titre")]
    pages, before = [], None
    for _ in versions:
        asked = {"limit": 1} | ({"before": before} if before else {})
        page = service.client.get(f"/v1/trials/{trial_id}/history", params=asked).json()
        pages += page["versions"]
        before = page["next_before"]
    assert (pages, before) == (versions, None)
    second = service.client.get(f"/v1/trials/{trial_id}/history/{versions[2]['version_id']}").json()
    assert second["record"]["titre"] == "Deuxième titre"
    assert gone["changes"][0]["kind"] == "withdrawn"


def test_runs_are_read_page_by_page_and_filtered(guarded: tuple[Service, Path]) -> None:
    service, _ = guarded
    everything = service.client.get("/v1/sync/runs", params={"limit": 200}).json()
    assert everything["next_before"] is None
    runs, before = [], None
    while True:
        page = service.client.get("/v1/sync/runs", params={"limit": 2, **({"before": before} if before else {})}).json()
        runs += page["runs"]
        before = page["next_before"]
        if before is None:
            break
    assert runs == everything["runs"]
    assert [one["run_id"] for one in runs] == sorted((one["run_id"] for one in runs), reverse=True)
    fine = service.client.get("/v1/sync/runs", params={"outcome": "succeeded", "source": "archimaid"}).json()["runs"]
    assert {one["outcome"] for one in fine} == {"succeeded"}
    assert service.client.get("/v1/sync/runs", params={"source": "nobody"}).json()["runs"] == []


def test_a_held_run_shows_what_would_change_and_is_decided_upon(guarded: tuple[Service, Path]) -> None:
    service, feed = guarded
    before = version(service)
    listed(feed, FEED[:2])
    held = run(service)
    assert (held["outcome"], held["withdrawn"]) == ("held", 10)
    assert held["held_because"][0] == {
        "kind": "trials_lost",
        "count": 10,
        "total": 12,
        "words": "10 of 12 trials are no longer listed",
    }
    assert [one["kind"] for one in held["changes"]] == ["withdrawn"] * 10
    address = f"/v1/sync/runs/{held['run_id']}"
    part = service.client.get(address, params={"limit": 4}).json()
    rest = service.client.get(address, params={"limit": 200, "after": part["next_after"]}).json()
    assert part["changes"] + rest["changes"] == held["changes"]
    assert version(service) == before

    refused = service.client.post(f"{address}/refuse", headers=BEARER)
    assert (refused.status_code, refused.json()["outcome"]) == (200, "refused")
    assert service.client.post(f"{address}/refuse", headers=BEARER).status_code == 409
    accepted = service.client.post(f"{address}/accept", headers=BEARER)
    assert (accepted.status_code, accepted.json()["outcome"]) == (200, "succeeded")
    assert version(service) == accepted.json()["catalogue_version"] != before
    again = service.client.post(f"{address}/accept", headers=BEARER)
    assert (again.status_code, "only a held run" in again.json()["detail"]) == (409, True)
    assert [one["kind"] for one in service.client.get(address).json()["changes"]] == ["withdrawn"] * 10


@pytest.mark.parametrize("decision", ["accept", "refuse"])
def test_a_decision_asks_for_the_secret(guarded: tuple[Service, Path], decision: str) -> None:
    service, _ = guarded
    address = f"/v1/sync/runs/1/{decision}"
    assert service.client.post(address).status_code == 401
    assert service.client.post(address, headers={"Authorization": "Bearer no"}).status_code == 403
    assert service.client.post(f"/v1/sync/runs/999/{decision}", headers=BEARER).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/sync/runs/999", 404),
        ("/v1/sync/runs/0", 422),
        ("/v1/sync/runs/99999999999999999999", 422),
        ("/v1/sync/runs?limit=0", 422),
        ("/v1/sync/runs?outcome=fine", 422),
        ("/v1/sync/runs?source=%00", 422),
        ("/v1/trials/nobody/history", 404),
        ("/v1/trials/a%00/history", 422),
        ("/v1/trials/nobody/history/1", 404),
    ],
)
def test_what_is_not_there_is_a_problem(guarded: tuple[Service, Path], path: str, status: int) -> None:
    answer = guarded[0].client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
