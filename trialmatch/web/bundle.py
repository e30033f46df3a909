"""The web component in one file: its modules, in the order of their imports, each in a scope of its own.

Written for the few forms of import and export that these modules use; any other is an error. The file is plain script
(no import or export is left), so that it loads with or without `type="module"`.

`python -m trialmatch.web.bundle` (`make element`) writes it; a test checks that it is the one of its sources.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from trialmatch.errors import TrialmatchError

STATIC = Path(__file__).parent / "static"
MODULES = STATIC / "js" / "element"
STYLE = STATIC / "css" / "element.css"
ENTRY = "element.js"
BUNDLE = STATIC / "element" / "trialmatch-propositions.js"
HEAD = """\
// <trialmatch-propositions>, in one file. Written by `make element` from trialmatch/web/static/js/element and
// css/element.css: change those. Apache-2.0.
"""

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
_NAME = re.compile(r"(\w+)(?: as (\w+))?")
_LEFT = re.compile(r"^(import|export)\b.*", re.MULTILINE)


class BundleError(TrialmatchError):
    """A module cannot be put into the file; the message says which, and what would be right."""


def bundle(modules: dict[str, str], entry: str = ENTRY) -> str:
    """Name → source of each module, to one script that runs the entry. Raises BundleError."""
    parts = [_scoped(name, modules[name]) for name in _in_order(modules, entry)]
    return f'{HEAD}(() => {{\n"use strict";\n\n{"".join(parts)}}})();\n'


def sources() -> dict[str, str]:
    """The modules of the element, and its style sheet as the module that they import."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(MODULES.glob("*.js"))}
    return {**found, "sheet.js": f"export const SHEET = {json.dumps(_style(), ensure_ascii=False)};\n"}


def _style() -> str:
    """The sheet without its comments and indentation."""
    plain = re.sub(r"/\*.*?\*/", "", STYLE.read_text(encoding="utf-8"), flags=re.DOTALL)
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip())


def _in_order(modules: dict[str, str], entry: str) -> list[str]:
    """What a module imports comes before it."""
    done: dict[str, None] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in done:
            return
        if name in path:
            raise BundleError(f"modules import each other in a circle: {' → '.join((*path, name))}")
        if name not in modules:
            raise BundleError(f"{path[-1]} imports ./{name}, which is not there")
        for _, imported in _IMPORT.findall(modules[name]):
            visit(imported, (*path, name))
        done[name] = None

    if entry not in modules:
        raise BundleError(f"{entry} is not there")
    visit(entry, ())
    return list(done)


def _scoped(name: str, source: str) -> str:
    imports = "".join(
        f"const {{ {', '.join(_taken(names))} }} = {_variable(module)};\n" for names, module in _IMPORT.findall(source)
    )
    body, exports = _EXPORT.sub(r"\1 \2", _IMPORT.sub("", source)), [name for _, name in _EXPORT.findall(source)]
    left = _LEFT.search(body)
    if left:
        raise BundleError(f'{name}: {left[0]!r} is neither `import {{ … }} from "./x.js";` nor an export of a name')
    inside = f"{imports}{body.strip()}\nreturn {{ {', '.join(exports)} }};"
    return f"const {_variable(name)} = (() => {{\n{inside}\n}})();\n\n"


def _taken(names: str) -> Iterator[str]:
    """`a, b as c` → `a`, `b: c`."""
    for one in filter(None, (part.strip() for part in names.split(","))):
        match = _NAME.fullmatch(one)
        if match is None:
            raise BundleError(f"{one!r} cannot be imported: a name, or `name as other`, is expected")
        yield f"{match[1]}: {match[2]}" if match[2] else match[1]


def _variable(module: str) -> str:
    return "$" + module.removesuffix(".js").replace("-", "_")


def main() -> None:
    """Writes the file, if it is not the one of its sources already."""
    made = bundle(sources())
    if not BUNDLE.is_file() or BUNDLE.read_text(encoding="utf-8") != made:
        BUNDLE.parent.mkdir(parents=True, exist_ok=True)
        BUNDLE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
