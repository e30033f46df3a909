"""`trialmatch evaluate`: the program's answers against judged pairs."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import track

from trialmatch.clock import SystemClock
from trialmatch.commands.files import case_lines, load_catalogue
from trialmatch.errors import InputFileError
from trialmatch.evaluation.metrics import Figures, figures
from trialmatch.evaluation.pairs import Judgement, Pair, Split, judgements_of, order_of, read_gold
from trialmatch.evaluation.report import print_figures, print_wrong
from trialmatch.matching.lines import BadLine
from trialmatch.matching.options import WHOLE
from trialmatch.matching.service import MatchService


def evaluate_files(
    catalogue: Path,
    cases: Path,
    gold: Path,
    *,
    as_of: date | None,
    split: Split,
    json_path: Path | None,
    console: Console,
) -> Figures:
    """Prints the figures; the wrong pairs too, but those of the held-out part are never listed."""
    wanted = read_gold(gold, split=split)
    found, orders = _answers(catalogue, cases, as_of, console)
    result = figures(wanted, found, orders)
    print_figures(result, console)
    if split == "held-out":
        console.print("held-out: counts only, its rows stay unread")
    else:
        print_wrong(_open_part(wanted, split), found, console)
    if json_path:
        json_path.write_text(json.dumps(asdict(result), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return result


def _open_part(wanted: dict[Pair, Judgement], split: Split) -> dict[Pair, Judgement]:
    return wanted if split in ("development", "all") else {}


def _answers(
    catalogue: Path, cases: Path, as_of: date | None, console: Console
) -> tuple[dict[Pair, Judgement], dict[str, list[str]]]:
    loaded = load_catalogue(catalogue)
    service, today = MatchService(), SystemClock().today()
    options = WHOLE.model_copy(update={"as_of": as_of}) if as_of else WHOLE
    found: dict[Pair, Judgement] = {}
    orders: dict[str, list[str]] = {}
    items = list(case_lines(cases))
    for item in track(items, "judging", console=console, transient=True):
        if isinstance(item, BadLine):
            raise InputFileError(f"{cases}: case {item.case_id}: {item.problem.get('detail')}")
        answer = service.match(item, loaded.catalogue, options=options, today=today)
        found.update(judgements_of(answer))
        orders[answer.case_id] = order_of(answer)
    return found, orders
