"""`trialmatch screen`: which cases of a file suit a trial, a draft of one, or each trial of a catalogue."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from connectors.archimaid.records import read_etude
from connectors.archimaid.translate import trial_of_etude
from connectors.errors import RecordMalformed
from rules.trial import Trial
from trialmatch.clock import SystemClock
from trialmatch.commands.files import load_catalogue
from trialmatch.commands.match import BAD_LINES, replacing
from trialmatch.errors import InputFileError
from trialmatch.machine import usable_cores
from trialmatch.screening.all_trials import CatalogueScreen
from trialmatch.screening.base import Block, C, R, Screen
from trialmatch.screening.extras import cluster_blocks
from trialmatch.screening.files import CasesFile, problems_path
from trialmatch.screening.local import local_blocks
from trialmatch.screening.one_trial import TrialScreen, as_if_open
from trialmatch.screening.report import print_catalogue, print_trial
from trialmatch.screening.run import Screened, write_screened

DRAFT = {"id": "draft", "titre": "draft", "statut": "ouverte", "maj_le": "2026-01-01T00:00:00Z"}
"""What a draft need not say yet."""

PARTITIONS_OF_CLUSTER = 64
"""At least, so that a few dozen workers all have work; larger files have more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRequest:
    """What was asked on the command line: a catalogue, one trial of it, or a draft."""

    cases: Path
    catalogue: Path | None = None
    trial: str | None = None
    draft: Path | None = None
    as_if_open: bool = False
    output: Path | None = None
    counts: Path | None = None
    as_of: date | None = None
    processes: int | None = None
    cluster: str | None = None


def screen_files(request: ScreenRequest, *, console: Console, errors: Console) -> int:
    """Writes what was asked, prints the counts; returns the exit status (3: some lines were no case)."""
    today = SystemClock().today()
    if request.trial or request.draft:
        trial = _trial(request, errors)
        one = TrialScreen(trial, as_of=request.as_of, today=today)
        found = _run(one, request, errors)
        print_trial(f"{trial.id} {trial.acronym or ''}".strip(), found, console)
        bad = found.bad
    else:
        every = CatalogueScreen(_trials(request, errors), as_of=request.as_of, today=today)
        pairs = _run(every, request, errors)
        print_catalogue(every.ids, pairs, console)
        bad = pairs.bad
    return BAD_LINES if bad else 0


def _run(screen: Screen[R, C], request: ScreenRequest, errors: Console) -> Screened[R, C]:
    file = CasesFile.of(request.cases)
    with _progress(errors, file.weight) as advance, _blocks(screen, file, request, advance) as blocks:
        found = write_screened(screen, blocks, request.output)
    if request.counts:
        with replacing(request.counts) as handle:
            json.dump(screen.report(found.counts), handle, ensure_ascii=False, indent=1)
            handle.write("\n")
    _tell_problems(found, request.output, errors)
    return found


@contextmanager
def _blocks(
    screen: Screen[R, C], file: CasesFile, request: ScreenRequest, advance: Callable[[int], None]
) -> Iterator[Iterator[Block[R, C]]]:
    if request.cluster is None:
        processes = 1 if file.is_small else request.processes or usable_cores()
        yield local_blocks(screen, file.partitions(), processes, advance)
        return
    if request.output is None:
        raise InputFileError("--cluster needs --output: the workers leave their parts beside it")
    folder = request.output.absolute().with_name(f"{request.output.name}.parts")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield cluster_blocks(screen, file.partitions(PARTITIONS_OF_CLUSTER), request.cluster, folder, advance)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _progress(errors: Console, total: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("screening"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("screening", total=total)
        yield lambda weight: progress.advance(task, weight)


def _tell_problems(found: Screened[Any, Any], output: Path | None, errors: Console) -> None:
    if not found.bad:
        return
    where = f", all in {problems_path(output)}" if output else ""
    errors.print(f"{found.bad:,} line(s) are no case{where}:", markup=False, highlight=False, soft_wrap=True)
    for one in found.problems:
        words = f"  line {one.problem['line']} {one.case_id or ''}: {one.problem['detail']}"
        errors.print(words, markup=False, highlight=False, soft_wrap=True)


def _trials(request: ScreenRequest, errors: Console) -> tuple[Trial, ...]:
    if request.catalogue is None:
        raise InputFileError("--catalogue is expected, or --draft")
    loaded = load_catalogue(request.catalogue)
    for reason in loaded.set_aside:
        errors.print(f"set aside: {reason}", markup=False)
    return tuple(map(as_if_open, loaded.catalogue.trials)) if request.as_if_open else loaded.catalogue.trials


def _trial(request: ScreenRequest, errors: Console) -> Trial:
    if request.draft:
        return read_draft(request.draft)
    trial = next((one for one in _trials(request, errors) if one.id == request.trial), None)
    if trial is None:
        raise InputFileError(f"{request.catalogue}: no trial {request.trial}")
    return trial


def read_draft(path: Path) -> Trial:
    """The trial of an étude in JSON, taken as open; id, title, status and date may lack. Raises InputFileError."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputFileError(f"{path}: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputFileError(f"{path}: {error}") from None
    record = read_etude({**DRAFT, **told} if isinstance(told, dict) else told)
    if isinstance(record, RecordMalformed):
        raise InputFileError(f"{path}: {record}")
    return as_if_open(trial_of_etude(record.shape))
