"""The house rules, on the whole tree. `lints.py` says each rule; `test_lints.py` shows that it can fail."""

import re
import socket
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from sys import stdlib_module_names

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import lints

ROOT = Path(__file__).parents[2]
PACKAGES = ("rules", "connectors", "trialmatch")
CODE = (*PACKAGES, "tests", "benchmarks", "scripts")
COMES_WITH = {"pydantic_core": "pydantic", "starlette": "fastapi"}
"""Parts of a declared library that have a name of their own; its documentation sends there."""
LOCKS = ("build", "runtime", "cluster", "dev")
TEXTS = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".csv", ".yaml", ".yml", ".json", ".sh", ""}
THE_ONLY_CLOCK = Path("trialmatch/clock.py")
SPEAKS_OF_LEFT_OVERS = {Path("tests/house/lints.py"), Path("tests/house/test_lints.py"), Path("pyproject.toml")}


@pytest.fixture(autouse=True)
def _in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def _found(paths: Iterable[Path], lint: Callable[[str], Iterator[lints.Violation]]) -> list[str]:
    return [f"{path}:{line}: {what}" for path in paths for line, what in lint(path.read_text(encoding="utf-8"))]


def _repository_files() -> list[Path]:
    """What is committed or would be; in a tree without git (an archive), the packages, tests and docs."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], capture_output=True, check=False
    )
    if listed.returncode == 0:
        return sorted(path for name in listed.stdout.decode().split("\0") if name and (path := Path(name)).is_file())
    return sorted(path for folder in (*CODE, "docs") for path in Path(folder).rglob("*") if path.is_file())


def _texts() -> list[Path]:
    return [path for path in _repository_files() if path.suffix in TEXTS and "examples" not in path.parts]


# --- the code -------------------------------------------------------------------------------------------------


def test_the_rules_are_pure() -> None:
    assert _found(lints.python_files("rules"), lints.impure) == []


def test_one_module_reads_the_clock() -> None:
    others = [path for path in lints.python_files("connectors", "trialmatch") if path != THE_ONLY_CLOCK]
    assert _found(others, lints.reads_clock) == []


def test_tests_mock_nothing() -> None:
    assert _found(lints.python_files("tests", "benchmarks"), lints.mocks) == []


def test_tests_wait_for_conditions() -> None:
    assert _found(lints.python_files("tests", "benchmarks"), lints.fixed_sleeps) == []


def test_functions_are_short() -> None:
    assert _found(lints.python_files(*CODE), lints.long_functions) == []


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in lints.python_files(*CODE)}
    assert {path: lines for path, lines in lengths.items() if lines > lints.MAX_FILE_LINES} == {}


def test_no_function_is_a_stub() -> None:
    assert _found(lints.python_files(*PACKAGES, "benchmarks", "scripts"), lints.stubs) == []


def test_nothing_is_left_over() -> None:
    texts = [path for path in _texts() if path.suffix != ".csv" and path not in SPEAKS_OF_LEFT_OVERS]
    assert _found(texts, lints.left_over) == []


def test_no_machine_or_registry_is_named() -> None:
    assert _found(_texts(), lints.names_the_machine) == []


def test_the_word_of_the_investigator_is_not_ours() -> None:
    pages = [path for path in _texts() if path.parts[0] == "trialmatch" and path.suffix in {".html", ".css", ".js"}]
    # rules/reading holds patterns of what protocols and forms write, and no sentence of ours.
    ours = [path for path in lints.python_files("rules", "trialmatch") if "reading" not in path.parts]
    found = _found(ours, lints.forbidden_word_in_python)
    assert found + _found(pages, lints.forbidden_word_in_text) == []


def test_sources_know_nothing_of_each_other() -> None:
    """One folder of connectors/ is one outside format: it may go without the others noticing.

    All translate to the étude of `archimaid`, which is what is stored, merged and read.
    """
    folders = {path.name for path in Path("connectors").iterdir() if path.is_dir() and path.name != "__pycache__"}
    crossed = [
        f"{path} imports {name}"
        for path in lints.python_files(*(f"connectors/{folder}" for folder in folders))
        for name in lints.imports_of(path.read_text(encoding="utf-8"))
        if name.startswith("connectors.") and name.split(".")[1] in folders - {path.parts[1], "archimaid"}
    ]
    assert crossed == []


def test_only_declared_libraries_are_imported() -> None:
    """What the packages import is a runtime dependency of ours or an extra, never one that comes along by chance."""
    declared = {canonicalize_name(one.name) for part in ("runtime", "cluster") for one in _declared()[part]}
    distributions = packages_distributions()
    strangers = [
        f"{path} imports {name}"
        for path in lints.python_files(*PACKAGES)
        for name in {full.split(".")[0] for full in lints.imports_of(path.read_text(encoding="utf-8"))}
        if name not in stdlib_module_names | set(PACKAGES) | {"None"}
        and not declared
        & {canonicalize_name(owner) for owner in [COMES_WITH.get(name, ""), *distributions.get(name, [])]}
    ]
    assert strangers == []


# --- what is installed ----------------------------------------------------------------------------------------


def _declared() -> dict[str, list[Requirement]]:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    return {
        "runtime": [Requirement(item) for item in project["project"]["dependencies"]],
        "cluster": [
            requirement
            for items in project["project"]["optional-dependencies"].values()
            for requirement in map(Requirement, items)
            if requirement.name != project["project"]["name"]
        ],
        **{name: [Requirement(item) for item in groups[name] if isinstance(item, str)] for name in ("build", "dev")},
    }


def _locked(name: str) -> dict[str, set[str]]:
    """Name → locked versions (several where the markers differ)."""
    locked: dict[str, set[str]] = {}
    for match in re.finditer(r"^([\w.\-]+)(?:\[[^\]]*\])?==([^\s;]+)", _lock_text(name), re.MULTILINE):
        locked.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return locked


def _lock_text(name: str) -> str:
    return Path(f"requirements/{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_by_hash(name: str) -> None:
    entries = re.split(r"\n(?=[^\s#])", _lock_text(name).strip())
    assert [entry.splitlines()[0] for entry in entries if not re.search(r"==\S+.*\n\s+--hash=sha256:", entry)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_host(name: str) -> None:
    assert re.findall(r".*://.*|^-.*|.*(?:index-url|find-links|trusted-host).*", _lock_text(name), re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_locks_cover_the_declaration(name: str) -> None:
    locked = _locked(name)
    stale = [
        f"{requirement} is locked at {versions or 'nothing'}: run `make lock`"
        for requirement in _declared()[name]
        if not (versions := locked.get(canonicalize_name(requirement.name), set()))
        or not all(requirement.specifier.contains(version, prereleases=True) for version in versions)
    ]
    assert stale == []


def test_tests_run_on_the_versions_of_the_service() -> None:
    dev = _locked("dev")
    for lock in ("runtime", "cluster"):
        assert {name: versions for name, versions in _locked(lock).items() if dev.get(name) != versions} == {}


def test_every_dependency_has_its_reason() -> None:
    text = Path("pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r"^ +(?:\"[a-z][\w.\-\[\]]*[=><~].*|\{include-group.*)$", text, re.MULTILINE)
    assert len(listed) >= sum(len(requirements) for requirements in _declared().values())
    assert [line for line in listed if not re.search(r"# \w+.* .*\w+", line)] == []


# --- one way to build -----------------------------------------------------------------------------------------


def _pip_steps(text: str) -> set[str]:
    """What pip is asked to do, without where it is and where it writes."""
    joined = text.replace("\\\n", " ")
    steps = re.findall(r"(?:bin/pip|\$\(PIP\)) ((?:install|wheel)[^&\n]*)", joined)
    return {" ".join(re.sub(r"--target \S+", "", step).split()) for step in steps}


def test_the_image_is_built_by_steps_that_make_runs() -> None:
    image, make = _pip_steps(Path("Dockerfile").read_text()), _pip_steps(Path("Makefile").read_text())
    assert len(image) == 4
    assert image - make == set()


def test_the_image_is_not_root_and_is_watched() -> None:
    lines = Path("Dockerfile").read_text(encoding="utf-8").splitlines()
    last_stage = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert {"USER trialmatch", "EXPOSE 8000"} <= set(last_stage)
    assert any(line.startswith("HEALTHCHECK") for line in last_stage)
    assert all(re.search(r":\d[\w.\-]+", line) for line in lines if line.startswith("FROM "))


def test_the_readme_names_what_make_can_do() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = set(re.findall(r"(?:`|^\s*\$? ?|&& )(?:[A-Z]+=\S+ )*make ([a-z]+)", readme, re.MULTILINE))
    assert {"run", "test"} <= commands
    assert commands - targets == set()


def test_continuous_integration_runs_make_test() -> None:
    assert "exec make test" in Path(".ci/run").read_text(encoding="utf-8")
    assert Path(".ci/run").stat().st_mode & 0o111
    assert ".venv" in Path(".gitignore").read_text(encoding="utf-8")


def test_the_network_is_closed_outside_loopback() -> None:
    documentation_address = "192.0.2.1"  # RFC 5737: never anybody's
    with pytest.raises(RuntimeError, match="loopback only"):
        socket.create_connection((documentation_address, 80), timeout=1)
    with pytest.raises(RuntimeError, match="loopback only"):
        socket.getaddrinfo("example.org", 443)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        assert server.fileno() > 0


def test_each_decision_says_what_enforces_it() -> None:
    pages = sorted(Path("docs/adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(len(pages)))
    headings = ["## Context", "## Decision", "## Consequences", "## What enforces it"]
    texts = {page: page.read_text(encoding="utf-8").splitlines() for page in pages}
    assert [
        page for page, lines in texts.items() if [line for line in lines if line.startswith("## ")] != headings
    ] == []
    assert [page for page, lines in texts.items() if len(lines) > 60] == []


def test_the_glossary_has_one_pair_a_notion() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", Path("docs/GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)
    pairs = [(french, english) for french, english in rows if french not in {"français", "---"}]
    assert len(pairs) >= 80
    assert len({french for french, _ in pairs}) == len(pairs) == len({english for _, english in pairs})
