"""`GET /v1/template.xlsx` and `.csv`: the spreadsheet that an officer fills in."""

from datetime import UTC, datetime

import pytest

from connectors.spreadsheet.source import read_files_of
from tests.api.services import Service


@pytest.mark.parametrize(("suffix", "media_type"), [("xlsx", "spreadsheetml.sheet"), ("csv", "text/csv")])
def test_the_template_is_downloaded(service: Service, suffix: str, media_type: str) -> None:
    answer = service.client.get(f"/v1/template.{suffix}")
    assert answer.status_code == 200
    assert media_type in answer.headers["Content-Type"]
    assert f'filename="modele-essais.{suffix}"' in answer.headers["Content-Disposition"]
    reading = read_files_of([("modele", answer.content)], changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert (reading.records, reading.problems) == ((), ())
