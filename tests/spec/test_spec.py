"""Every row of the spec tables, judged by both engines."""

from collections.abc import Iterator

import pytest

from rules.compiled import RULED_OUT, CompiledCatalogue
from rules.criteria import Polarity, criterion
from rules.trial import Trial, TrialStatus
from rules.verdict import Verdict
from tests.spec import rows_course, rows_disease, rows_implied, rows_open_names, rows_patient, rows_told, rows_tumour
from tests.spec.table import Row, judged, picture

TABLES = (rows_tumour, rows_disease, rows_course, rows_implied, rows_open_names, rows_patient, rows_told)


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


@pytest.mark.parametrize("row", [row for _, row in ALL_ROWS], ids=[name for name, _ in ALL_ROWS])
def test_row_compiled(row: Row) -> None:
    """Asked for, what is not met rules out; as an exclusion, what is met does; what does neither is unknown."""
    asked, excluded = (
        Trial(
            id=polarity.value,
            title="",
            status=TrialStatus.OPEN,
            updated_at="2026-11-01",
            criteria=(criterion("own", row.test, text="", polarity=polarity),),
        )
        for polarity in (Polarity.INCLUSION, Polarity.EXCLUSION)
    )
    ruled_out = [int(one) == RULED_OUT for one in CompiledCatalogue.of((asked, excluded)).verdicts(picture(row.facts))]
    verdict = {(True, False): Verdict.NOT_MET, (False, True): Verdict.MET, (False, False): Verdict.UNKNOWN}
    assert verdict[ruled_out[0], ruled_out[1]] is row.verdict, row.why
