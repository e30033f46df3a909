"""`GET /metrics`: what Prometheus reads. Names that the service gave itself, numbers, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from connectors.archimaid_server.faults import status
from tests.api.services import CASES, MATCH, NOW, Service, away, running_service, wait_until

TOKEN = "a-metrics-token-of-the-tests"
MONITORING = Path(__file__).parents[2] / "examples" / "monitoring"


def read(service: Service, **headers: str) -> dict[str, Metric]:
    answer = service.client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def value(families: dict[str, Metric], sample: str, **labels: str) -> float:
    found = [
        one.value
        for family in families.values()
        for one in family.samples
        if one.name == sample and labels.items() <= one.labels.items()
    ]
    assert found, f"no {sample} with {labels}"
    return sum(found)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("watched")) as service:
        wait_until(lambda: service.client.get("/v1/sync").json()["runs"][0]["outcome"] == "succeeded")
        yield service


def test_the_catalogue_and_the_synchronisation_are_told(watched: Service) -> None:
    found, run = read(watched), watched.client.get("/v1/sync").json()["runs"][0]
    ready = watched.client.get("/readyz").json()
    assert value(found, "trialmatch_ready") == value(found, "trialmatch_database_up") == 1
    assert value(found, "trialmatch_catalogue_trials") == ready["trials"]
    assert value(found, "trialmatch_catalogue_age_seconds") == 0
    assert value(found, "trialmatch_catalogue_synchronised_timestamp_seconds") == NOW.timestamp()
    assert value(found, "trialmatch_catalogue_stale") == 0
    source = run["source"]
    assert value(found, "trialmatch_sync_runs_total", source=source, outcome="succeeded") == 1
    assert value(found, "trialmatch_sync_runs_total", source=source, outcome="failed") == 0
    assert value(found, "trialmatch_sync_last_success_timestamp_seconds", source=source) == NOW.timestamp()
    assert value(found, "trialmatch_sync_last_run_records", source=source, change="listed") == run["listed"]
    assert value(found, "trialmatch_sync_last_run_records", source=source, change="set_aside") == run["set_aside"]
    assert value(found, "trialmatch_sync_last_run_duration_seconds", source=source) >= 0
    assert value(found, "trialmatch_sync_leader") == value(found, "trialmatch_sync_elections_total") == 1
    assert value(found, "trialmatch_sync_held", source=source) == value(found, "trialmatch_sync_running") == 0


def test_sites_are_told_by_status_and_freshness(watched: Service) -> None:
    sites: dict[str, int] = {}
    for row in watched.client.get("/v1/trials", params={"limit": 500}).json()["trials"]:
        for site in watched.client.get(f"/v1/trials/{row['id']}").json()["sites"]:
            sites[site["status"]] = sites.get(site["status"], 0) + 1
    found = read(watched)
    for word, count in sites.items():
        assert value(found, "trialmatch_catalogue_sites", status=word) == count


def test_requests_are_counted_by_template_and_status(watched: Service) -> None:
    def counted(route: str, status: str) -> float:
        found = read(watched)["trialmatch_http_requests"].samples
        return sum(
            one.value
            for one in found
            if one.name.endswith("_total") and (one.labels["route"], one.labels["status"]) == (route, status)
        )

    before = counted(MATCH, "200"), counted("/v1/trials/{trial_id}", "404"), counted("unmatched", "404")
    for _ in range(3):
        assert watched.client.post(MATCH, json={"case": CASES[0]}).status_code == 200
    assert watched.client.get("/v1/trials/SECRET-NAME").status_code == 404
    assert watched.client.get("/dupont-jean-1950").status_code == 404
    wait_until(lambda: counted("unmatched", "404") == before[2] + 1)
    assert counted(MATCH, "200") == before[0] + 3
    assert counted("/v1/trials/{trial_id}", "404") == before[1] + 1
    told = watched.client.get("/metrics").text
    assert "SECRET-NAME" not in told
    assert "dupont" not in told
    assert value(read(watched), "trialmatch_http_request_duration_seconds_count", route=MATCH) >= 3


def test_a_failed_run_is_counted_and_the_age_goes_on(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        service.clock.instant = NOW.replace(day=27)
        service.source.plan(status(401), times=None)
        assert service.client.post("/v1/sync").status_code == 202
        wait_until(lambda: service.client.get("/v1/sync").json()["runs"][0]["outcome"] == "failed")
        found = read(service)
        assert value(found, "trialmatch_sync_runs_total", outcome="failed") == 1
        assert value(found, "trialmatch_catalogue_age_seconds") == 3 * 86400
        assert value(found, "trialmatch_catalogue_stale") == 1
        assert value(found, "trialmatch_sync_last_success_timestamp_seconds") == NOW.timestamp()


def test_without_the_database_the_rest_is_told(tmp_path: Path) -> None:
    with running_service(tmp_path) as service, away(tmp_path / "service.db"):
        found = read(service)
        assert value(found, "trialmatch_database_up") == 0
        assert value(found, "trialmatch_ready") == 1
        assert not any(name.startswith("trialmatch_sync") for name in found)


def test_without_a_catalogue_that_is_told(tmp_path: Path) -> None:
    with running_service(tmp_path, sourced=False) as empty:
        found = read(empty)
        assert value(found, "trialmatch_ready") == 0
        assert "trialmatch_catalogue_age_seconds" not in found


def test_a_token_guards_the_metrics(tmp_path: Path) -> None:
    with running_service(tmp_path, sourced=False, metrics_token=TOKEN) as service:
        assert service.client.get("/metrics").status_code == 401
        assert service.client.get("/metrics", headers={"Authorization": "Bearer no"}).status_code == 403
        assert value(read(service, Authorization=f"Bearer {TOKEN}"), "trialmatch_build_info") == 1


def test_without_a_token_a_proxy_cannot_pass_them_on(watched: Service) -> None:
    refused = watched.client.get("/metrics", headers={"Host": "essais.example"})
    assert refused.status_code == 403
    assert "TRIALMATCH_METRICS_TOKEN" in refused.json()["detail"]


def test_the_alerts_ask_for_metrics_that_are_told(watched: Service) -> None:
    watched.client.post(MATCH, json={"case": CASES[0]})
    wait_until(lambda: f'route="{MATCH}"' in watched.client.get("/metrics").text)
    told = {(one.name, name) for family in read(watched).values() for one in family.samples for name in one.labels}
    samples = {one.name for family in read(watched).values() for one in family.samples}
    rules = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    assert len(rules) >= 8
    for rule in rules:
        assert {"alert", "expr", "labels", "annotations"} <= rule.keys()
        assert rule["annotations"].keys() == {"summary", "description"}
        assert rule["expr"].count("(") == rule["expr"].count(")")
        for name, labels in re.findall(r"(trialmatch_\w+)(?:\{([^}]*)\})?", rule["expr"]):
            assert name in samples, rule["alert"]
            for label in re.findall(r"(\w+)=~?\"", labels):
                assert (name, label) in told, rule["alert"]


def test_the_example_reads_the_route_and_the_rules_that_there_are(watched: Service) -> None:
    example = yaml.safe_load((MONITORING / "prometheus.yml").read_text(encoding="utf-8"))
    [job] = example["scrape_configs"]
    assert httpx.get(f"{watched.address}{job['metrics_path']}", trust_env=False).status_code == 200
    assert all((MONITORING / name).is_file() for name in example["rule_files"])
