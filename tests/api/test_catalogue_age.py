"""Every answer that shows trials says when the catalogue is old."""

import json
from pathlib import Path
from typing import Any

from tests.api.services import CASES, MATCH, NOW, Service, running_service


def answers(service: Service) -> dict[str, dict[str, Any]]:
    trials = service.client.get("/v1/trials").json()
    line = json.dumps(CASES[0], ensure_ascii=False) + "\n"
    batch = service.client.post(
        f"{MATCH}/batch", content=line.encode(), headers={"Content-Type": "application/x-ndjson"}
    )
    return {
        "match": service.client.post(MATCH, json={"case": CASES[0]}).json(),
        "batch": json.loads(batch.text.splitlines()[0]),
        "trials": trials,
        "trial": service.client.get(f"/v1/trials/{trials['trials'][0]['id']}").json(),
    }


def codes(answer: dict[str, Any]) -> list[str]:
    return [one["code"] for one in answer["warnings"]]


def test_an_old_catalogue_is_told_in_every_answer(tmp_path: Path) -> None:
    with running_service(tmp_path, catalogue_stale_hours=24) as service:
        for what, answer in answers(service).items():
            assert answer["catalogue"]["stale"] is False, what
            assert "catalogue_stale" not in codes(answer), what
        service.clock.instant = NOW.replace(day=26)
        for what, answer in answers(service).items():
            assert answer["catalogue"]["stale"] is True, what
            assert "catalogue_stale" in codes(answer), what
            assert answer["catalogue"]["synchronised_at"].startswith("2026-11-24"), what
