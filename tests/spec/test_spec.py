"""Every row of the spec tables, judged by the reference engine."""

from collections.abc import Iterator

import pytest

from tests.spec import rows_disease, rows_patient, rows_tumour
from tests.spec.table import Row, judged

TABLES = (rows_tumour, rows_disease, rows_patient)


def rows() -> Iterator[tuple[str, Row]]:
    for module in TABLES:
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, list) and value and isinstance(value[0], Row):
                for number, row in enumerate(value, 1):
                    yield f"{name}-{number}", row


ALL_ROWS = list(rows())


@pytest.mark.parametrize("row", [row for _, row in ALL_ROWS], ids=[name for name, _ in ALL_ROWS])
def test_row(row: Row) -> None:
    finding = judged(row)
    assert finding.verdict is row.verdict, f"{row.why}: {finding}"
    if row.reason is not None:
        assert next(finding.leaves()).reason == row.reason, row.why
