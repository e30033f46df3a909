"""The table of typed names, written by hand: each with the FINESS ET that it means."""

import csv
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Facility(NamedTuple):
    """One typed name; `finess` is empty where it names none, or not one alone."""

    name: str
    city: str
    postal_code: str
    finess: str
    why: str


def facilities(half: str) -> list[Facility]:
    """The rows of `tuning` or `held_out`."""
    text = (HERE / f"facilities_{half}.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    return [Facility(*row) for row in rows[1:]]
