"""`mapping check`, `sheet check` and `template` as a user runs them: a real process, real files."""

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.test_files import ROOT, run

EXAMPLES = ROOT / "examples" / "mappings"


def test_a_mapping_is_checked_on_a_sample() -> None:
    done = run("mapping", "check", EXAMPLES / "api-json.yaml", "--sample", EXAMPLES / "api-json.sample.json")
    assert done.returncode == 3
    for told in ("INV-101", "centres.verifie_le", "2026-11-17", "« Pré-ouverture » is not in `values`", "oms_max"):
        assert told in done.stdout
    assert "4 records: 3 read, 1 set aside" in done.stdout


def test_a_field_that_nothing_fills_is_named(tmp_path: Path) -> None:
    text = (EXAMPLES / "api-json.yaml").read_text("utf-8").replace("promoteur: sponsor.name", "promoteur: sponsor.nom")
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    done = run("mapping", "check", tmp_path / "m.yaml", "--sample", EXAMPLES / "api-json.sample.json", "--records", "0")
    assert "Filled by no record" in done.stdout
    assert "\n  promoteur\n" in done.stdout


def test_a_bad_mapping_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("mapping: 1\nsource: a\nlisting: {format: xml}\nfields: {}\n", "utf-8")
    done = run("mapping", "check", tmp_path / "m.yaml", "--sample", EXAMPLES / "api-json.sample.json")
    assert done.returncode == 2
    assert "m.yaml: line 3: listing.format" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_template_is_written_filled_in_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "essais.xlsx"
    assert run("template", path).returncode == 0
    again = run("template", path)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    assert run("sheet", "check", path).returncode == 0
    book = load_workbook(path)
    book["Essais"].append(["ESSAI-1", None, "Étude inventée", None, None, "ouvret"])
    book.save(path)
    done = run("sheet", "check", path)
    assert done.returncode == 3
    for told in ("feuille Essais, ligne 3", "« Statut »", "« ouvret » n'est pas connu", "mis de côté : 1"):
        assert told in done.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["essais.xlsx"]


def test_what_is_no_spreadsheet_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("bonjour", "utf-8")
    done = run("sheet", "check", tmp_path / "a.csv")
    assert (done.returncode, "aucune feuille d'essais" in done.stderr) == (2, True)
    assert run("template", tmp_path / "a.txt").returncode == 2
    assert run("template", tmp_path / "nowhere" / "a.csv").returncode == 2
