"""What is measured on: the real trials and those grown from them, grown cases as lines, forms and pictures."""

import gc
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.grow import grown_cases
from benchmarks.measure import Figures
from rules.case import Case
from rules.compiled import CompiledCatalogue
from rules.infer.build import picture_of
from rules.picture import Picture
from rules.reading.form import read_form
from rules.trial import Trial
from trialmatch.commands.files import load_catalogue
from trialmatch.matching.lines import read_case_line

EXAMPLES = Path(__file__).parent.parent / "examples"
FEED = EXAMPLES / "feed.json"
TODAY = date(2026, 11, 24)
"""The day of judgement of a case that names no board; no figure hangs on the day when it was measured."""


@cache
def real_trials() -> tuple[Trial, ...]:
    """The trials of the sample feed."""
    return load_catalogue(FEED).catalogue.trials


@cache
def real_cases() -> tuple[dict[str, Any], ...]:
    """The sample cases, as they are sent."""
    lines = (EXAMPLES / "cases.ndjson").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


def coded_cases(count: int, *, seed: int = 2026) -> Iterator[dict[str, Any]]:
    """Grown cases, as they are sent: no free text, none twice."""
    return grown_cases(real_cases(), count, seed=seed)


def case_line(case: dict[str, Any]) -> bytes:
    """The line of a file that holds the case."""
    return json.dumps(case, ensure_ascii=False).encode()


def case_of(line: bytes) -> Case:
    """The case of a line. Raises ValueError for a line that is none."""
    case = read_case_line(line, 1)
    if not isinstance(case, Case):
        raise ValueError(f"a grown case is refused: {case.problem['detail']}")  # noqa: TRY004 - of a wrong value
    return case


def picture_of_case(case: Case) -> Picture:
    """The clinical picture, on the day of its board."""
    return picture_of(read_form(case), as_of=date.fromisoformat(case.rcp.date) if case.rcp.date else TODAY)


class Cases:
    """Cases that are handed out once: whoever asks gets new ones."""

    def __init__(self, count: int) -> None:
        self._rest = coded_cases(count)

    def new(self, count: int) -> list[Case]:
        """So many cases. Raises ValueError where there are not as many left."""
        some = [case_of(case_line(case)) for case in islice(self._rest, count)]
        if len(some) < count:
            raise ValueError(f"{count} more cases are asked for, {len(some)} are left: make more")
        return some


def described(catalogue: CompiledCatalogue) -> Figures:
    """What every figure is told with."""
    return {
        "trials": len(catalogue.trials),
        "criteria": catalogue.criteria,
        "predicates": catalogue.predicates,
    }


def settled() -> None:
    """The collector has done what it has to do with the set-up, so that it does not do it while something is timed."""
    gc.collect()
