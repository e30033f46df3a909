"""The command line: serve, sync, sources, mapping, sheet, template, match, screen, evaluate, explain, demo."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from trialmatch.errors import TrialmatchError

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, help="Judges RCP cases against the open trials of a region."
)

mappings = typer.Typer(no_args_is_help=True, help="Mappings of exports that have other names than ours.")
sheets = typer.Typer(no_args_is_help=True, help="Spreadsheets of trials and sites.")
app.add_typer(mappings, name="mapping")
app.add_typer(sheets, name="sheet")

CatalogueFile = Annotated[Path, typer.Option(help="A feed page, or a list of études (JSON).")]
CasesFile = Annotated[Path, typer.Option(help="Cases, one a line (NDJSON).")]
AsOf = Annotated[str | None, typer.Option(help="The day of the judgement, YYYY-MM-DD; else the board's date.")]
EXAMPLES = Path("examples")
RUN_MAX = 2**31 - 1


class SplitName(StrEnum):
    """The part of the evaluation set to look at."""

    ALL = "all"
    DEVELOPMENT = "development"
    HELD_OUT = "held-out"


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("a calendar date YYYY-MM-DD is expected", param_hint="--as-of") from None


@app.command()
def match(
    catalogue: CatalogueFile, cases: CasesFile, output: Annotated[Path, typer.Option()], as_of: AsOf = None
) -> None:
    """Judge cases of a file against a feed file; one answer a line, in order."""
    from trialmatch.commands.match import match_files

    raise typer.Exit(match_files(catalogue, cases, output, as_of=_day(as_of), console=Console(stderr=True)))


@app.command()
def screen(  # noqa: PLR0913, PLR0917 - an argument is an option
    cases: Annotated[Path, typer.Option(help="Cases: NDJSON, or Parquet with a column `case` of JSON text.")],
    catalogue: Annotated[Path | None, typer.Option(help="A feed page, or a list of études (JSON).")] = None,
    trial: Annotated[str | None, typer.Option(help="One trial; else each of the catalogue.")] = None,
    draft: Annotated[Path | None, typer.Option(help="An étude (JSON) that is in no catalogue, taken as open.")] = None,
    as_if_open: Annotated[bool, typer.Option(help="Take trials, cohorts and sites as open.")] = False,
    output: Annotated[Path | None, typer.Option(help="Live pairs: .parquet, else NDJSON.")] = None,
    counts: Annotated[Path | None, typer.Option(help="Write the counts here too (JSON).")] = None,
    as_of: AsOf = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Default: one a core.")] = None,
    cluster: Annotated[str | None, typer.Option(help="Address of a Dask scheduler, tcp://host:8786.")] = None,
) -> None:
    """Find the cases of a file that suit a trial, or a draft of one, or count them for each trial."""
    from trialmatch.commands.screen import ScreenRequest, screen_files

    request = ScreenRequest(
        cases=cases,
        catalogue=catalogue,
        trial=trial,
        draft=draft,
        as_if_open=as_if_open,
        output=output,
        counts=counts,
        as_of=_day(as_of),
        processes=processes,
        cluster=cluster,
    )
    raise typer.Exit(screen_files(request, console=Console(width=140), errors=Console(stderr=True)))


@app.command()
def evaluate(
    catalogue: CatalogueFile,
    cases: CasesFile,
    gold: Annotated[Path, typer.Option(help="Judged pairs, one a line (NDJSON).")],
    as_of: AsOf = None,
    split: Annotated[SplitName, typer.Option()] = SplitName.ALL,
    json: Annotated[Path | None, typer.Option(help="Write the figures here too.")] = None,
) -> None:
    """Measure the answers against judged pairs, and list the wrong ones."""
    from trialmatch.commands.evaluate import evaluate_files

    evaluate_files(
        catalogue, cases, gold, as_of=_day(as_of), split=split.value, json_path=json, console=Console(width=160)
    )


@app.command()
def explain(
    case_id: str,
    trial_id: str,
    catalogue: CatalogueFile = EXAMPLES / "feed.json",
    cases: CasesFile = EXAMPLES / "cases.ndjson",
    as_of: AsOf = None,
) -> None:
    """Print the whole finding tree of one case and one trial."""
    from trialmatch.commands.explain import explain_pair

    explain_pair(catalogue, cases, case_id, trial_id, as_of=_day(as_of), console=Console(width=180))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Default: settings, loopback.")] = None,
    port: Annotated[int | None, typer.Option(help="Default: settings, 8000.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes that share the port.")] = None,
) -> None:
    """Run the service."""
    from trialmatch.commands.serve import serve_forever

    raise typer.Exit(serve_forever(host, port, workers))


@app.command()
def sync(
    full: Annotated[bool, typer.Option(help="Read the whole listing, not only the changes.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would change; write nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --dry-run: the plan as JSON.")] = False,
    accept: Annotated[
        int | None, typer.Option(metavar="RUN", min=1, max=RUN_MAX, help="Apply what a held run has read.")
    ] = None,
    refuse: Annotated[
        int | None, typer.Option(metavar="RUN", min=1, max=RUN_MAX, help="Leave the catalogue as it is.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="One source; else all, one after another.")] = None,
) -> None:
    """Synchronise the catalogue with its sources once, or decide upon a run that waits for a person."""
    from trialmatch.commands.sync import decide, show_what_it_would_do, sync_once

    asked = [full or dry_run or source is not None, accept is not None, refuse is not None]
    if sum(asked) > 1 or (json and not dry_run):
        raise typer.BadParameter(
            "one of --full/--dry-run/--source (with --json), --accept RUN, --refuse RUN is expected"
        )
    run_id = refuse if accept is None else accept
    if run_id is not None:
        raise typer.Exit(decide(run_id, accept=accept is not None, console=Console()))
    if dry_run:
        raise typer.Exit(show_what_it_would_do(full=full, source=source, as_json=json, console=Console()))
    raise typer.Exit(sync_once(full=full, source=source, console=Console()))


@app.command()
def sources() -> None:
    """List the sources: when each was read, when it is due, who runs the schedule."""
    from trialmatch.commands.sources import list_sources

    raise typer.Exit(list_sources(Console(width=140)))


@mappings.command("check")
def mapping_check(
    mapping: Annotated[Path, typer.Argument(help="The mapping document (YAML).")],
    sample: Annotated[Path, typer.Option(help="An export, or a page of it, as a file.")],
    records: Annotated[int, typer.Option(min=0, help="How many records to show.")] = 3,
) -> None:
    """Show what a mapping makes of a sample; 3 when something of it cannot be read."""
    from trialmatch.commands.exports import check_mapping

    raise typer.Exit(check_mapping(mapping, sample, records=records, console=Console(width=140)))


@sheets.command("check")
def sheet_check(file: Annotated[Path, typer.Argument(help="A workbook (.xlsx), a .csv, or a folder of them.")]) -> None:
    """List what cannot be read in a spreadsheet; 3 when there is anything."""
    from trialmatch.commands.exports import check_sheet

    raise typer.Exit(check_sheet(file, console=Console(width=160)))


@app.command()
def template(file: Annotated[Path, typer.Argument(help="A new file, .xlsx or .csv.")]) -> None:
    """Write the spreadsheet that a StARCC officer fills in."""
    from trialmatch.commands.exports import write_template

    write_template(file, console=Console())


@app.command()
def demo(
    port: Annotated[int, typer.Option(envvar="PORT")] = 8000,
    examples: Annotated[Path, typer.Option(help="Folder with feed.json and cases.ndjson.")] = EXAMPLES,
) -> None:
    """A running service with the sample catalogue, synchronised from the reference server."""
    from trialmatch.demo import run_demo

    run_demo(port, examples)


def main() -> None:
    """The entry point: an error of ours is one line on stderr, not a stack."""
    try:
        app()
    except TrialmatchError as error:
        told = str(error)
    except Exception as error:
        from trialmatch.db import failure_words

        if (words := failure_words(error)) is None:
            raise
        told = words
    else:
        return
    Console(stderr=True).print(f"trialmatch: {told}", markup=False, highlight=False, soft_wrap=True)
    raise SystemExit(2)
