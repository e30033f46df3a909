"""`trialmatch match`: cases of a file against a feed file, one answer a line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.progress import Progress

from rules.case import Case
from trialmatch.clock import SystemClock
from trialmatch.commands.files import case_lines, load_catalogue
from trialmatch.matching.answer import as_json
from trialmatch.matching.lines import BadLine
from trialmatch.matching.options import WHOLE
from trialmatch.matching.service import Catalogue, MatchService

BAD_LINES = 3
"""Exit status when at least one line was no case (contract)."""


def match_files(catalogue: Path, cases: Path, output: Path, *, as_of: date | None, console: Console) -> int:
    """Writes one answer a case, in order; returns the exit status. The output appears whole or not at all."""
    loaded = load_catalogue(catalogue)
    for reason in loaded.set_aside:
        console.print(f"set aside: {reason}", markup=False)
    bad = 0
    with replacing(output) as out, Progress(console=console, transient=True) as progress:
        task = progress.add_task("judging", total=_lines(cases))
        for item in case_lines(cases):
            bad += isinstance(item, BadLine)
            out.write(answer_line(item, loaded.catalogue, as_of) + "\n")
            progress.advance(task)
    if bad:
        console.print(f"{bad} malformed line(s): each has its problem in its place in {output}")
    return BAD_LINES if bad else 0


def answer_line(item: Case | BadLine, catalogue: Catalogue, as_of: date | None) -> str:
    """One line of the output: an answer, or the problem in its place."""
    if isinstance(item, BadLine):
        return json.dumps({"case_id": item.case_id, "error": item.problem}, ensure_ascii=False)
    options = WHOLE.model_copy(update={"as_of": as_of}) if as_of else WHOLE
    answer = MatchService().match(item, catalogue, options=options, today=SystemClock().today())
    return as_json(answer).decode()


def _lines(path: Path) -> int | None:
    try:
        with path.open("rb") as handle:
            return sum(1 for line in handle if line.strip())
    except OSError:
        return None


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """A text file that takes the place of `path` only when it is whole."""
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("w", encoding="utf-8") as handle:
            yield handle
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
