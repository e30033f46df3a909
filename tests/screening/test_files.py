"""`trialmatch screen` on files: NDJSON and Parquet, in one process and in several, with lines that are no case."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from rules.case import Case
from tests.screening.samples import AS_OF, MANY_CASES, SEVERAL_COHORTS, grown_lines, rows, small_feed, trial
from trialmatch.commands.files import case_lines
from trialmatch.commands.screen import ScreenRequest, screen_files
from trialmatch.errors import InputFileError, ScreeningError
from trialmatch.screening import TrialScreen
from trialmatch.screening.base import AT_ONCE
from trialmatch.screening.files import CasesFile
from trialmatch.screening.local import local_blocks
from trialmatch.screening.parquet import ROWS_A_GROUP, ParquetRows, RowSpan, read_rows
from trialmatch.screening.partitions import ByteSpan, byte_spans

ROOT = Path(__file__).parents[2]
IDS = (SEVERAL_COHORTS, MANY_CASES, "ARC-UP-D-01", "ARC-DI-D-12")
FEW, SEVERAL_PARTITIONS = 300, 1_300
BAD = (
    '{"case_id": "A", "patient": {"age": "old"}}',
    "{not json",
    '{"case_id": "B", "summary_text": "né le 12/03/1956"}',
)


@pytest.fixture
def asked(tmp_path: Path) -> ScreenRequest:
    cases = tmp_path / "cases.ndjson"
    cases.write_text("\n".join(grown_lines(FEW)) + "\n", encoding="utf-8")
    return ScreenRequest(cases=cases, catalogue=small_feed(tmp_path, *IDS), as_of=AS_OF)


def run(request: ScreenRequest, *, status: int = 0) -> tuple[str, str]:
    out, errors = (Console(file=io.StringIO(), width=160) for _ in range(2))
    assert screen_files(request, console=out, errors=errors) == status
    return tuple(console.file.getvalue() for console in (out, errors))  # type: ignore[attr-defined]


def written(request: ScreenRequest, folder: Path, suffix: str, **changes: Any) -> tuple[bytes, bytes]:
    """What a run wrote: the output and the counts."""
    folder.mkdir()
    output, counts = folder / f"out{suffix}", folder / "counts.json"
    run(replace(request, output=output, counts=counts, **changes))
    assert sorted(folder.iterdir()) == sorted([output, counts]), "nothing else is left"
    return output.read_bytes(), counts.read_bytes()


@pytest.mark.parametrize(("trial_id", "suffix"), [(MANY_CASES, ".parquet"), (None, ".ndjson")])
def test_the_number_of_processes_changes_no_byte(
    asked: ScreenRequest, tmp_path: Path, trial_id: str | None, suffix: str
) -> None:
    asked.cases.write_text("\n".join(grown_lines(SEVERAL_PARTITIONS)), encoding="utf-8")
    assert len(list(CasesFile.of(asked.cases).partitions())) >= 2
    one, two = (
        written(replace(asked, trial=trial_id), tmp_path / f"p{number}", suffix, processes=number) for number in (1, 2)
    )
    assert one == two
    assert len(one[0]) > 1_000


@pytest.mark.parametrize("trial_id", [MANY_CASES, None])
def test_parquet_and_ndjson_say_the_same(asked: ScreenRequest, tmp_path: Path, trial_id: str | None) -> None:
    table = pa.table({"received_on": ["2026"] * FEW, "case": list(grown_lines(FEW))})
    cases = tmp_path / "cases.parquet"
    pq.write_table(table, cases, row_group_size=170)
    lines, lines_counts = written(replace(asked, trial=trial_id), tmp_path / "a", ".ndjson", processes=1)
    output, counts = written(replace(asked, trial=trial_id, cases=cases), tmp_path / "b", ".parquet", processes=1)
    assert counts == lines_counts
    assert pq.read_table(pa.BufferReader(output)).to_pylist() == [json.loads(line) for line in lines.splitlines()]


def test_lines_that_are_no_case_spoil_only_themselves(tmp_path: Path) -> None:
    good = grown_lines(40)
    mixed = [BAD[0], *good[:20], BAD[1], "", "  ", *good[20:], BAD[2]]
    feed = small_feed(tmp_path, *IDS)
    whole, spoilt = tmp_path / "whole.ndjson", tmp_path / "spoilt.ndjson"
    whole.write_text("\n".join(good), encoding="utf-8")
    spoilt.write_text("\n".join(mixed), encoding="utf-8")
    pq.write_table(pa.table({"case": [*mixed, None]}), tmp_path / "spoilt.parquet")
    outputs = []
    for cases, status in ((whole, 0), (spoilt, 3), (tmp_path / "spoilt.parquet", 3)):
        output = tmp_path / f"{cases.name}.out.ndjson"
        _, errors = run(ScreenRequest(cases=cases, catalogue=feed, output=output, as_of=AS_OF), status=status)
        outputs.append(output.read_bytes())
        problems = output.with_name(output.name + ".problems.ndjson")
        assert problems.exists() == bool(status)
        if status:
            assert [(row["case_id"], row["error"]["line"]) for row in rows(problems)] == [
                ("A", 1),
                (None, 22),
                ("B", 45),
            ]
            assert "3 line(s) are no case" in errors
            assert "line 22" in errors
            assert "1956" not in errors + problems.read_text(encoding="utf-8")
    assert outputs[0] == outputs[1] == outputs[2] != b""


def test_without_an_output_the_first_and_the_counts_are_shown(asked: ScreenRequest) -> None:
    shown, _ = run(replace(asked, trial=MANY_CASES, processes=1))
    assert f"{MANY_CASES}: {FEW} cases" in shown
    for words in (
        "GEN-RCP-",
        "By organ",
        "By site",
        "By month",
        "2026-03",
        "alone",
        "To check, by what is still unknown",
    ):
        assert words in shown
    shown, _ = run(replace(asked, processes=1))
    assert f"{FEW} cases × 4 trials" in shown


@pytest.mark.parametrize(
    "text", [b"", b"\n", b"a", b"a\n", b"a\n\nbb\r\n ccc", b"\n\na\n", b"a\n" * 50 + b"end"], ids=range(7)
)
@pytest.mark.parametrize("size", [1, 3, 10, 1_000])
def test_partitions_hold_every_line_once_with_its_number(tmp_path: Path, text: bytes, size: int) -> None:
    path = tmp_path / "cases.ndjson"
    path.write_bytes(text)
    spans = list(byte_spans(path, size))
    assert sum(span.weight for span in spans) == len(text)
    found = [line for span in spans for line in span.lines()]
    assert [item for _, item in found] == list(case_lines(path))
    assert [number for number, _ in found] == [n for n, line in enumerate(text.split(b"\n"), 1) if line.strip()]
    assert all(isinstance(span, ByteSpan) for span in spans)


@pytest.mark.parametrize("size", [1, 7, 1_024, 5_000])
def test_row_spans_hold_every_row_once_with_its_number(tmp_path: Path, size: int) -> None:
    path = tmp_path / "cases.parquet"
    texts = [f'{{"case_id": "C{number}"}}' if number % 5 else None for number in range(60 if size < 8 else 3_000)]
    pq.write_table(pa.table({"case": texts}), path, row_group_size=25 if size < 8 else 2_100)
    spans = list(CasesFile.of(path).partitions()) if size == AT_ONCE else _spans(path, size)
    assert sum(span.weight for span in spans) == len(texts)
    found = [(number, item.case_id) for span in spans for number, item in span.lines() if isinstance(item, Case)]
    assert found == [(number, f"C{number - 1}") for number in range(1, len(texts) + 1) if (number - 1) % 5]


def _spans(path: Path, size: int) -> list[Any]:
    groups = [
        pq.ParquetFile(path).metadata.row_group(group).num_rows for group in range(pq.ParquetFile(path).num_row_groups)
    ]
    spans, first = [], 1
    for group, count in enumerate(groups):
        for start in range(0, count, size):
            spans.append(RowSpan(str(path), group, start, min(start + size, count), first))
            first += spans[-1].weight
    return spans


@pytest.mark.parametrize("rows_at_a_time", [999, ROWS_A_GROUP])
def test_the_bytes_of_a_parquet_file_hang_on_its_rows_alone(tmp_path: Path, rows_at_a_time: int) -> None:
    count = ROWS_A_GROUP + 1_234
    columns = {
        "case_id": [f"é{number}" for number in range(count)],
        "unknown": [["line"] * (n % 3) for n in range(count)],
    }
    types = {"case_id": "string", "unknown": "list"}
    paths = tmp_path / "whole.parquet", tmp_path / "parts.parquet"
    for path, step in zip(paths, (count, rows_at_a_time), strict=True):
        with ParquetRows(path, types) as file:
            for start in range(0, count, step):
                file.write({name: column[start : start + step] for name, column in columns.items()})
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sum(len(some["unknown"]) for some in read_rows(paths[0])) == count


def test_a_parquet_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def write(rows: list[object]) -> None:
        with ParquetRows(tmp_path / "rows.parquet", {"case_id": "string"}) as file:
            file.write({"case_id": ["A"]})
            file.write({"case_id": rows})

    with pytest.raises(pa.ArrowTypeError):
        write([object()])
    assert list(tmp_path.iterdir()) == []
    write(["B"])
    assert list(tmp_path.iterdir()) == [tmp_path / "rows.parquet"]


def test_what_is_no_file_of_cases_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"none\.ndjson"):
        CasesFile.of(tmp_path / "none.ndjson")
    with pytest.raises(InputFileError, match=r"none\.parquet"):
        CasesFile.of(tmp_path / "none.parquet")
    path = tmp_path / "cases.parquet"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(InputFileError, match="no Parquet file"):
        CasesFile.of(path)
    pq.write_table(pa.table({"case_id": ["A"], "json": ["{}"]}), path)
    with pytest.raises(InputFileError, match=r"`case` of JSON text is expected, found case_id, json"):
        CasesFile.of(path)


def test_a_process_that_is_killed_ends_the_run_with_a_word(asked: ScreenRequest) -> None:
    asked.cases.write_text("\n".join(grown_lines(SEVERAL_PARTITIONS)), encoding="utf-8")
    partitions = list(CasesFile.of(asked.cases).partitions()) * 8
    screen, done = TrialScreen(trial(MANY_CASES), as_of=AS_OF, today=AS_OF), list[int]()
    blocks = local_blocks(screen, partitions, 2, done.append)
    next(blocks)
    for process in active_children():
        process.kill()
    with pytest.raises(ScreeningError, match="a process ended before its work"):
        list(blocks)


def test_what_fails_elsewhere_is_told_without_what_it_holds(asked: ScreenRequest) -> None:
    gone = ByteSpan(str(asked.cases.with_name("secret")), 0, 10, 31)
    with pytest.raises(ScreeningError, match=r"^lines from 31: FileNotFoundError at pathlib:\d+$"):
        list(TrialScreen(trial(MANY_CASES), as_of=AS_OF, today=AS_OF).blocks_of(gone))


def test_the_command_writes_what_was_asked(tmp_path: Path) -> None:
    cases = tmp_path / "cases.ndjson"
    cases.write_text("\n".join([*grown_lines(30), BAD[1]]), encoding="utf-8")
    words = ("--catalogue", small_feed(tmp_path, *IDS), "--trial", MANY_CASES, "--cases", cases, "--as-of", AS_OF)
    command = [sys.executable, "-m", "trialmatch", "screen", *map(str, words), "--output", str(tmp_path / "out.ndjson")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 3, done.stderr
    found = rows(tmp_path / "out.ndjson")
    assert list(found[0]) == ["case_id", "trial_id", "verdict", "group", "score", "cohort", "unknown", "line"]
    assert f"{MANY_CASES}" in done.stdout


def test_a_trial_or_a_catalogue_that_is_not_there_is_said_plainly(asked: ScreenRequest) -> None:
    with pytest.raises(InputFileError, match="no trial NOBODY"):
        run(replace(asked, trial="NOBODY"))
    with pytest.raises(InputFileError, match="--catalogue is expected"):
        run(replace(asked, catalogue=None))
    with pytest.raises(InputFileError, match="--cluster needs --output"):
        run(replace(asked, cluster="tcp://127.0.0.1:1"))
