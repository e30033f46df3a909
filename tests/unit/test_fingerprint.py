"""A reader is told by all that it reads with, and by nothing else."""

from pathlib import Path
from sys import stdlib_module_names

from tests.house.lints import imports_of, python_files
from trialmatch.catalogue.fingerprint import LIBRARIES, parts_of, reader_fingerprint

ROOT = Path(__file__).parents[2]
OF_THE_SERVICE = {"client.py"}
"""Fetches the records, and reads none of them."""


def test_a_fingerprint_is_a_hash_of_this_code() -> None:
    assert reader_fingerprint() == reader_fingerprint()
    assert len(reader_fingerprint()) == 64


def test_code_tables_and_their_names_count(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "a.py").write_text("1")
    before = list(parts_of([folder]))
    (folder / "__pycache__" / "a.cpython-311.pyc").write_bytes(b"1")
    assert list(parts_of([folder])) == before == [("rules/a.py", b"1")]
    (folder / "words.csv").write_text("a,b")
    assert list(parts_of([folder])) == [*before, ("rules/words.csv", b"a,b")]


def test_every_library_that_reads_counts() -> None:
    reading = [ROOT / "rules", ROOT / "connectors" / "archimaid"]
    files = [path for path in python_files(*map(str, reading)) if path.name not in OF_THE_SERVICE]
    imported = {name.split(".")[0] for path in files for name in imports_of(path.read_text(encoding="utf-8"))}
    assert imported - stdlib_module_names - {"rules", "connectors", "None"} - {"pydantic_core"} == set(LIBRARIES)
