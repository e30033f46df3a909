"""Decisions over HTTP: recorded, refused, undone, found, counted, exported, reminded of, forgotten."""

import csv
import io
import itertools
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.api.services import CASES, MATCH, NOW, Service, running_service

DECISIONS = "/v1/decisions"
SECRET = "a-shared-secret-of-the-tests"
DOCTOR = {"role": "doctor", "user_id": "u-17"}


_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def trials(service: Service) -> list[str]:
    return [str(one["id"]) for one in service.client.get("/v1/trials").json()["trials"]]


@pytest.fixture
def case_id() -> str:
    return f"dcr-{next(_NUMBERS)}"


@pytest.fixture(autouse=True)
def _time_begins_anew(service: Service) -> None:
    service.clock.instant = NOW


def first(case_id: str, trial_id: str, event: str = "proposed", **changes: Any) -> dict[str, Any]:
    answered = {"catalogue_version": "ab" * 32, "match_id": "cd" * 12, "verdict": "compatible"}
    coded = {"site_finess": "590000188", "organ": "lung"}
    return {"case_id": case_id, "trial_id": trial_id, "event": event, "by": DOCTOR, **answered, **coded, **changes}


def then(case_id: str, trial_id: str, event: str, **changes: Any) -> dict[str, Any]:
    return {"case_id": case_id, "trial_id": trial_id, "event": event, "by": DOCTOR, **changes}


def post(service: Service, asked: dict[str, Any], expected: int = 201, **headers: str) -> dict[str, Any]:
    answer = service.client.post(DECISIONS, json=asked, headers=headers)
    assert answer.status_code == expected, answer.text
    return dict(answer.json())


def errors(answer: dict[str, Any]) -> dict[str, str]:
    return {one["field"]: one["code"] for one in answer["errors"]}


def test_an_answer_becomes_a_decision_and_goes_on_to_inclusion(service: Service, case_id: str) -> None:
    answer = service.client.post(MATCH, json={"case": {**CASES[0], "case_id": case_id}}).json()
    found = answer["propositions"][0]
    answered = {name: answer[name] for name in ("catalogue_version", "match_id")} | {"verdict": found["verdict"]}
    post(service, first(case_id, found["trial_id"], **answered, cohort="A"))
    for event in ("retained", "addressed", "offered", "accepted", "screened"):
        view = post(service, then(case_id, found["trial_id"], event))
        assert (view["state"], view["next"] != []) == (event, True)
    view = post(service, then(case_id, found["trial_id"], "included"))
    assert (view["version"], view["state_words"], view["next"], view["can_undo"]) == (7, "inclus", [], True)
    last = view["events"][-1]
    assert (last["cohort"], last["organ"], last["site_finess"], last["month"]) == ("A", "lung", "590000188", "2026-11")
    assert {name: last[name] for name in answered} == answered
    assert (last["by"], last["at"]) == (DOCTOR, "2026-11-24T08:00:00Z")


def test_a_decision_is_undone_by_another_event(service: Service, trials: list[str], case_id: str) -> None:
    post(service, first(case_id, trials[0]))
    refused = then(case_id, trials[0], "not_retained", reason="too_far")
    assert post(service, refused)["state"] == "not_retained"
    view = post(service, then(case_id, trials[0], "undone"))
    assert (view["state"], view["version"]) == ("proposed", 3)
    assert [(one["event"], one["undone"]) for one in view["events"]] == [
        ("proposed", False),
        ("not_retained", True),
        ("undone", False),
    ]
    assert view["events"][1]["reason_words"] == "trop loin"
    assert post(service, then(case_id, trials[0], "undone", undoes=1))["state"] is None
    assert "nothing to undo" in post(service, then(case_id, trials[0], "undone"), 409)["detail"]
    assert post(service, then(case_id, trials[0], "retained"))["state"] == "retained"


def test_only_the_last_event_is_undone(service: Service, trials: list[str], case_id: str) -> None:
    post(service, first(case_id, trials[0]))
    post(service, then(case_id, trials[0], "retained"))
    assert "number 2" in post(service, then(case_id, trials[0], "undone", undoes=1), 409)["detail"]


def test_a_step_that_cannot_follow_is_told_with_those_that_can(
    service: Service, trials: list[str], case_id: str
) -> None:
    told = post(service, first(case_id, trials[0], "included"), 409)["detail"]
    assert told == "`included` cannot follow the state `none`; expected: proposed, retained, not_retained."
    post(service, first(case_id, trials[0]))
    told = post(service, then(case_id, trials[0], "addressed"), 409)["detail"]
    assert told == "`addressed` cannot follow the state `proposed`; expected: retained, not_retained."


def test_who_saw_an_older_state_is_told(service: Service, trials: list[str], case_id: str) -> None:
    post(service, first(case_id, trials[0], after=0))
    post(service, then(case_id, trials[0], "retained", after=1))
    told = post(service, then(case_id, trials[0], "not_retained", reason="no_slot", after=1), 409)["detail"]
    assert told.startswith("There are 2 events by now, not 1")


def test_the_same_act_sent_twice_is_recorded_once(service: Service, trials: list[str], case_id: str) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    sent = first(case_id, trials[0], after=0)
    assert post(service, sent, 201, **key) == post(service, sent, 200, **key)
    assert "another request" in post(service, {**sent, "trial_id": trials[1]}, 422, **key)["detail"]
    assert post(service, sent, 422, **{"Idempotency-Key": "short"})["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"event": "not_retained"}, "body", "value_error"),
        ({"reason": "too_far"}, "body", "value_error"),
        ({"event": "not_retained", "reason": "other"}, "body", "value_error"),
        ({"event": "not_retained", "reason": "selection_failed"}, "body", "value_error"),
        ({"event": "not_retained", "reason": "tired"}, "reason", "enum"),
        ({"event": "archived"}, "event", "enum"),
        ({"organ": "elbow"}, "organ", "value_error"),
        ({"month": "2026-13"}, "month", "string_pattern_mismatch"),
        ({"site_finess": "59"}, "site_finess", "string_pattern_mismatch"),
        ({"trial_id": "NO-SUCH-TRIAL"}, "trial_id", "unknown_trial"),
        ({"match_id": None}, "match_id", "missing"),
        ({"verdict": "eligible"}, "verdict", "enum"),
        ({"after": "1"}, "after", "int_type"),
        ({"colour": "red"}, "colour", "extra_forbidden"),
    ],
)
def test_what_is_wrong_is_named(
    service: Service, trials: list[str], case_id: str, changes: dict[str, Any], field: str, code: str
) -> None:
    sent = {**first(case_id, trials[0]), **changes}
    assert errors(post(service, sent, 422)) == {field: code}
    assert service.client.post(f"{DECISIONS}/search", json={"case_ids": [case_id]}).json()["total"] == 0


IDENTITIES = [
    *("1850578006084", "185057800608491", "jean.dupont@example.org", "DUPONT", "Dupont-Jean", "DUPONT-03051962"),
    *("dupont.1962-05-03", "Jean Dupont 1", "é1", "", "a" * 65, "0612345678"),
]


@pytest.mark.parametrize("identity", IDENTITIES)
def test_a_case_id_that_may_be_somebody_is_refused_and_told_nowhere(
    service: Service, trials: list[str], identity: str
) -> None:
    answer = service.client.post(DECISIONS, json=first(identity, trials[0]))
    assert answer.status_code == 422
    service.log_line(answer)
    if identity:
        assert identity not in answer.text + service.logs.getvalue()
    assert service.client.post(f"{DECISIONS}/erase", json={"case_id": identity}).status_code == 422


@pytest.mark.parametrize(
    "text",
    [
        *("1850578006084", "né le 03/05/1962", "voir 12/11/1958", "06 12 34 56 78", "jean@example.org", "IPP 80012345"),
        *("M. Dupont refuse", "Mme DURAND hésite", "le Dr Petit préfère", "une\nligne", "   ", "x" * 141),
    ],
)
def test_a_remark_that_may_name_somebody_is_refused(
    service: Service, trials: list[str], case_id: str, text: str
) -> None:
    sent = first(case_id, trials[0], "not_retained", reason="other", reason_text=text)
    answer = service.client.post(DECISIONS, json=sent)
    assert answer.status_code == 422
    service.log_line(answer)
    assert text not in answer.text
    assert text.strip() == "" or text not in service.logs.getvalue()


def test_a_remark_of_a_few_words_is_kept_and_never_logged(service: Service, trials: list[str], case_id: str) -> None:
    text = "attente du TEP, décision en RCP de recours"
    view = post(service, first(case_id, trials[0], "not_retained", reason="other", reason_text=text))
    assert view["events"][0]["reason_text"] == text
    assert text not in service.logs.getvalue()
    assert case_id not in service.logs.getvalue()


def test_a_case_is_found_by_a_body_and_never_by_an_address(service: Service, trials: list[str], case_id: str) -> None:
    post(service, first(case_id, trials[0]))
    post(service, first(case_id, trials[1], "retained"))
    found = service.client.post(f"{DECISIONS}/search", json={"case_ids": [case_id]}).json()
    assert (found["total"], {one["trial_id"] for one in found["followed"]}) == (2, set(trials[:2]))
    only = service.client.post(f"{DECISIONS}/search", json={"case_ids": [case_id], "state": "retained"}).json()
    assert [one["trial_id"] for one in only["followed"]] == [trials[1]]
    assert service.client.get(DECISIONS, params={"case_id": case_id}).status_code == 422
    listed = service.client.get(DECISIONS, params={"trial_id": trials[1], "organ": "lung", "limit": 500}).json()
    assert case_id in {one["case_id"] for one in listed["followed"]}


def test_a_case_is_forgotten_when_asked(service: Service, trials: list[str], case_id: str) -> None:
    post(service, first(case_id, trials[0]))
    post(service, then(case_id, trials[0], "retained"))
    assert service.client.post(f"{DECISIONS}/erase", json={"case_id": case_id}).json() == {"events": 2}
    assert service.client.post(f"{DECISIONS}/search", json={"case_ids": [case_id]}).json()["total"] == 0


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, list[str]]]:
    """A service of its own, with a small history."""
    with running_service(tmp_path_factory.mktemp("counted")) as service:
        trials = [str(one["id"]) for one in service.client.get("/v1/trials").json()["trials"]]
        a, b = trials[:2]
        post(service, first("c-1", a))
        post(service, then("c-1", a, "retained"))
        post(service, then("c-1", a, "addressed"))
        post(service, then("c-1", a, "included"))
        post(service, first("c-2", a, "not_retained", reason="too_far", month="2026-10"))
        post(service, first("c-3", a, "retained", site_finess="800006124", organ="breast"))
        post(service, then("c-3", a, "not_included", reason="selection_failed"))
        post(service, first("c-4", b))
        post(service, first("c-5", b))
        post(service, then("c-5", b, "undone"))
        shown = {"trial_ids": [a, b, "NO-SUCH-TRIAL"]}
        for _ in range(3):
            assert service.client.post(f"{DECISIONS}/displayed", json=shown).status_code == 204
        yield service, trials


FUNNEL = ("displayed", "proposed", "retained", "addressed", "included", "not_retained", "not_included")


def _funnel(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in FUNNEL)


def _summary(service: Service, **asked: str) -> dict[str, Any]:
    return dict(service.client.get(f"{DECISIONS}/summary", params=asked).json())


def test_the_funnel_by_trial_site_organ_and_month(counted: tuple[Service, list[str]]) -> None:
    service, (a, b, *_) = counted
    table = _summary(service)
    assert _funnel(table["total"]) == (6, 4, 2, 1, 1, 1, 1)
    assert {row["key"]: _funnel(row) for row in table["rows"]} == {a: (3, 3, 2, 1, 1, 1, 1), b: (3, 1, 0, 0, 0, 0, 0)}
    sites = {row["key"]: _funnel(row) for row in _summary(service, by="site")["rows"]}
    assert sites == {"590000188": (None, 3, 1, 1, 1, 1, 0), "800006124": (None, 1, 1, 0, 0, 0, 1)}
    assert [row["label"] for row in _summary(service, by="organ")["rows"]] == ["Bronches, poumon", "Sein"]
    months = [(row["label"], row["proposed"]) for row in _summary(service, by="month")["rows"]]
    assert months == [("novembre 2026", 3), ("octobre 2026", 1)]


def test_the_reasons_of_refusal(counted: tuple[Service, list[str]]) -> None:
    service, _ = counted
    assert {row["label"]: (row["not_retained"], row["not_included"]) for row in _summary(service)["reasons"]} == {
        "trop loin": (1, 0),
        "échec de sélection": (0, 1),
    }


def test_words_and_filters_narrow_the_table(counted: tuple[Service, list[str]]) -> None:
    service, (a, *_) = counted
    assert _funnel(_summary(service, q="TROP loin")["total"])[:3] == (None, 1, 0)
    assert _funnel(_summary(service, q=f"{a.lower()} sein")["total"])[:3] == (None, 1, 1)
    assert _funnel(_summary(service, from_month="2026-11", to_month="2026-11")["total"]) == (6, 3, 2, 1, 1, 0, 1)
    assert _funnel(_summary(service, organ="breast")["total"])[:3] == (None, 1, 1)
    assert _summary(service, q="zzzz")["rows"] == []


def _lines(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_table_for_a_spreadsheet(counted: tuple[Service, list[str]]) -> None:
    service, (a, *_) = counted
    lines = _lines(service.client.get(f"{DECISIONS}.csv"))
    assert len(lines) == 4
    [included] = [line for line in lines if line["inclus"] == "1"]
    assert (included["essai"], included["organe"], included["mois"]) == (a, "Bronches, poumon", "novembre 2026")
    assert "c-1" not in service.client.get(f"{DECISIONS}.csv").text
    events = _lines(service.client.get(f"{DECISIONS}.csv", params={"lines": "events"}))
    assert [line["événement"] for line in events if line["cas"] == "c-5"] == ["proposé en RCP", "annulé"]
    assert [line["annulé"] for line in events if line["cas"] == "c-5"] == ["oui", ""]


def test_no_cell_is_run_by_a_spreadsheet(service: Service, trials: list[str], case_id: str) -> None:
    evil = '=HYPERLINK("http://x";"y")'
    sent = first(case_id, trials[0], "not_retained", reason="other", reason_text=evil, cohort="@SUM(1)")
    post(service, sent)
    lines = _lines(service.client.get(f"{DECISIONS}.csv", params={"lines": "events"}))
    [line] = [line for line in lines if line["cas"] == case_id]
    assert (line["précision"], line["cohorte"]) == (f"'{evil}", "'@SUM(1)")


def test_what_waits_too_long_is_reminded_of(counted: tuple[Service, list[str]]) -> None:
    service, (_, b, *_) = counted
    reminders = f"{DECISIONS}/reminders"
    assert service.client.get(reminders).json() == {"days": 14, "total": 0, "reminders": []}
    service.clock.instant = NOW + timedelta(days=20)
    told = service.client.get(reminders).json()
    assert [(one["followed"]["case_id"], one["followed"]["trial_id"], one["days"]) for one in told["reminders"]] == [
        ("c-4", b, 20)
    ]
    assert told["reminders"][0]["followed"]["next"] == ["retained", "not_retained"]
    assert service.client.get(reminders, params={"days": 30}).json()["total"] == 0
    service.clock.instant = NOW


def test_all_of_it_is_guarded(tmp_path: Any) -> None:
    with running_service(tmp_path, secret=SECRET, sourced=False) as service:
        calls = [("POST", DECISIONS), ("POST", f"{DECISIONS}/displayed"), ("POST", f"{DECISIONS}/erase")]
        calls += [("POST", f"{DECISIONS}/search"), ("GET", DECISIONS), ("GET", f"{DECISIONS}/summary")]
        calls += [("GET", f"{DECISIONS}.csv"), ("GET", f"{DECISIONS}/reminders"), ("GET", f"{DECISIONS}/words")]
        for method, path in calls:
            body = {} if method == "POST" else None
            assert service.client.request(method, path, json=body).status_code == 401, path
            wrong = {"Authorization": "Bearer not-the-secret-of-it"}
            assert service.client.request(method, path, json=body, headers=wrong).status_code == 403, path
        right = {"Authorization": f"Bearer {SECRET}"}
        answer = service.client.post(DECISIONS, json=first("c-9", "ANY-TRIAL"), headers=right)
        assert answer.status_code == 201, "without a catalogue no decision is lost"
