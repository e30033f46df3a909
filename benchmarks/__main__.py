"""`python -m benchmarks [part …] [--quick]`: measures, and writes the page, its plots and its figures.

A quick run goes to build/benchmarks, so that only a whole one becomes the page of the documentation.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks.page import read_figures, write_figures, write_page
from benchmarks.parts import Asked, Part, measured

DOCS = Path("docs")
QUICK_OUTPUT = Path("build/benchmarks")

Parts = Annotated[list[Part] | None, typer.Argument(help="All of them where none is named.")]
Quick = Annotated[bool, typer.Option("--quick", help="Small sizes: a minute, and figures that mean little.")]
Requests = Annotated[int | None, typer.Option(min=1, help="Requests of the HTTP load.")]
Output = Annotated[Path | None, typer.Option(help="Folder of the page; default docs, build/benchmarks when quick.")]
PageOnly = Annotated[bool, typer.Option("--page-only", help="Measure nothing: the page again, from its figures.")]


def main(
    parts: Parts = None,
    quick: Quick = False,
    requests: Requests = None,
    output: Output = None,
    page_only: PageOnly = False,
) -> None:
    """Parts that are not run keep the figures that they have."""
    folder = output or (QUICK_OUTPUT if quick else DOCS)
    folder.mkdir(parents=True, exist_ok=True)
    console = Console()
    for part in () if page_only else parts or Part:
        figures = read_figures(folder)
        figures[part.value] = _shown(Asked(part, quick=quick, requests=requests), console)
        write_figures(folder, figures)
    write_page(folder, read_figures(folder))
    console.print(f"{folder / 'performance.md'}")


def _shown(asked: Asked, console: Console) -> dict[str, object]:
    columns = (SpinnerColumn(), TextColumn("{task.fields[part]}: {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("starting", total=None, part=asked.part.value)

        def tell(step: str, done: int = 0, of: int = 0) -> None:
            progress.update(task, description=f"{step} ({done + 1}/{of})" if of else step)

        found = measured(asked, tell)
        progress.update(task, description="measured", total=1, completed=1)
    return found


if __name__ == "__main__":
    typer.run(main)
