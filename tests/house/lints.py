"""Home-made lints: what ruff, mypy and import-linter cannot see. Each gives the lines of a source and what is wrong."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

Violation = tuple[int, str]

MAX_FUNCTION_LINES = 45
MAX_FILE_LINES = 450
NAMES_THE_WORD = "# names-the-word:"
"""On the line of a string, or the line above: it has to name the forbidden word (to read it), and why."""

CLOCK = {
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "sqlalchemy.func.now"),
    *("sqlmodel.func.now", "sqlalchemy.func.current_timestamp", "sqlmodel.func.current_timestamp"),
}
IMPURE = {"open", "print", "input", "exec", "eval"}
IMPURE_MODULES = {"random", "logging", "secrets", "uuid"}
MOCKS = {"unittest.mock", "mock", "pytest_mock", "respx", "responses", "pytest_httpx"}
SLEEPS = {"time.sleep", "asyncio.sleep"}
PATCHES = {"setattr", "setitem", "delattr", "delitem"}

_LEFT_OVER = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK|NotImplemented" + r"Error)\b|\bfor n" + r"ow\b"
)
_FORBIDDEN_WORD = re.compile(r"[ée]ligib(?:le|ilit)", re.IGNORECASE)
_MACHINE = re.compile(
    "|".join((r"(?<![\w.])/wo" + r"rk/", r"(?<![\w.])/tm" + r"p/w\b", r"py" + r"pi\.org", r"python" + r"hosted"))
)


def impure(source: str) -> Iterator[Violation]:
    """The rules never read a clock, a file or chance, and never speak."""
    tree = ast.parse(source)
    names = _imported(tree)
    calls = ((node.lineno, _dotted(node.func, names)) for node in ast.walk(tree) if isinstance(node, ast.Call))
    forbidden = [(line, name) for line, name in calls if name in IMPURE]
    forbidden += [(line, name) for line, name in _imports(tree) if name.split(".")[0] in IMPURE_MODULES]
    forbidden += [(line, name) for line, name in _references(tree) if name in CLOCK]
    for line, name in forbidden:
        yield line, f"{name}: the rules are pure (what they need is passed to them)"


def reads_clock(source: str) -> Iterator[Violation]:
    """Time is read in one module and passed on."""
    for line, name in _references(ast.parse(source)):
        if name in CLOCK:
            yield line, f"{name}: only trialmatch/clock.py reads the clock"


def mocks(source: str) -> Iterator[Violation]:
    """Tests run the real parts: nothing is mocked or patched."""
    tree = ast.parse(source)
    for line, name in _imports(tree):
        if any(name == mock or name.startswith(f"{mock}.") for mock in MOCKS):
            yield line, f"{name}: tests run the real parts"
    for line, name in _references(tree):
        if name.startswith(("mocker.", "unittest.mock.")):
            yield line, f"{name}: tests run the real parts"
        elif name.startswith("monkeypatch.") and name.split(".")[-1] in PATCHES:
            yield line, f"{name}: only the environment and the folder may be changed"


def fixed_sleeps(source: str) -> Iterator[Violation]:
    """A sleep is only ever the pause of a loop that waits for a condition."""
    tree = ast.parse(source)
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.While | ast.For | ast.AsyncFor)]
    allowed = {id(inner) for loop in loops for inner in ast.walk(loop)}
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _dotted(node.func, names) in SLEEPS and id(node) not in allowed:
            yield node.lineno, "a fixed sleep: wait for a condition, with a deadline"


def long_functions(source: str) -> Iterator[Violation]:
    """Decorators (tables of tests) and the docstring do not count."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            lines = (node.end_lineno or node.lineno) - first.lineno + 2
            if lines > MAX_FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {lines} lines, {MAX_FUNCTION_LINES} at most"


def stubs(source: str) -> Iterator[Violation]:
    """A body of `...` or `pass` is for protocols, abstract methods and overloads only."""
    tree = ast.parse(source)
    protocols = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _is_protocol(node)]
    allowed = {id(inner) for protocol in protocols for inner in ast.walk(protocol)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and id(node) not in allowed and _is_empty(node):
            yield node.lineno, f"{node.name} does nothing"


def left_over(text: str) -> Iterator[Violation]:
    """Words that admit that something is missing."""
    yield from _matches(text, _LEFT_OVER, "finish it")


def names_the_machine(text: str) -> Iterator[Violation]:
    """Paths of one machine, hosts of a package registry."""
    yield from _matches(text, _MACHINE, "names a machine or a registry")


def forbidden_word_in_python(source: str) -> Iterator[Violation]:
    """In our own words nobody is declared fit for inclusion; docstrings and marked strings are not shown."""
    tree, lines = ast.parse(source), source.splitlines()
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            around = lines[max(node.lineno - 2, 0) : node.end_lineno]
            if _FORBIDDEN_WORD.search(node.value) and not any(NAMES_THE_WORD in line for line in around):
                yield node.lineno, "the word that only the investigator may use"


def forbidden_word_in_text(text: str) -> Iterator[Violation]:
    """As above, for pages, styles and scripts."""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if _FORBIDDEN_WORD.search(line) and "names-the-word:" not in "".join(lines[max(number - 2, 0) : number]):
            yield number, "the word that only the investigator may use"


def imports_of(source: str) -> set[str]:
    """The full names of the modules (or members) that a source imports."""
    return set(_imported(ast.parse(source)).values())


def python_files(*folders: str) -> list[Path]:
    """The Python files of the folders that exist, sorted."""
    return sorted(path for folder in folders for path in Path(folder).rglob("*.py"))


def _imports(tree: ast.AST) -> Iterator[Violation]:
    """Line and full name of every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _references(tree: ast.AST) -> Iterator[Violation]:
    """Every import, and every use of a name or dotted name, by its full imported name."""
    names = _imported(tree)
    yield from _imports(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and (name := _dotted(node, names)):
            yield node.lineno, name


def _imported(tree: ast.AST) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _dotted(node: ast.AST, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute) and (base := _dotted(node.value, names)):
        return f"{base}.{node.attr}"
    return ""


def _is_protocol(node: ast.ClassDef) -> bool:
    return any("Protocol" in ast.unparse(base) for base in node.bases)


def _is_empty(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if any(
        ast.unparse(decorator).split(".")[-1] in {"abstractmethod", "overload"} for decorator in node.decorator_list
    ):
        return False
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return all(
        isinstance(item, ast.Pass)
        or (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant) and item.value.value is ...)
        for item in body
    )


def _matches(text: str, pattern: re.Pattern[str], message: str) -> Iterator[Violation]:
    for number, line in enumerate(text.splitlines(), 1):
        if match := pattern.search(line):
            yield number, f"{match[0]!r}: {message}"
