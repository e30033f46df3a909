"""How typed names of establishments are linked: `python -m scripts.measure_places [--misses]`.

Two halves of a table written by hand (tests/places/): the tuning half, whose misses may be looked at, and the held-out
half, of which only counts are told.
"""

import argparse
import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trialmatch.places.linking import link_establishment
from trialmatch.places.register import by_finess

TABLES = Path(__file__).resolve().parents[1] / "tests" / "places"
HALVES = ("tuning", "held_out")


@dataclass(frozen=True, slots=True)
class Row:
    """One typed name, with the FINESS ET that it means (empty: none) and the one it was linked to."""

    name: str
    city: str
    meant: str
    linked: str

    @property
    def outcome(self) -> str:
        """right, unlinked (it means one), wrong site (of the right town), or wrong town."""
        if self.linked == self.meant:
            return "right"
        if not self.linked:
            return "unlinked"
        towns = by_finess()
        return "wrong site" if self.meant and towns[self.meant].town == towns[self.linked].town else "wrong town"


def rows(half: str) -> Iterator[Row]:
    """The rows of a half, each linked."""
    text = (TABLES / f"facilities_{half}.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        linked = link_establishment(row["name"], city=row["city"] or None, postal_code=row["postal_code"] or None)
        yield Row(row["name"], row["city"], row["finess"], linked or "")


def main() -> None:
    """Counts of both halves, and the misses of the tuning half when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list the misses of the tuning half")
    asked = parser.parse_args()
    for half in HALVES:
        began = time.perf_counter()
        found = list(rows(half))
        seconds = time.perf_counter() - began
        counts = {outcome: 0 for outcome in ("right", "unlinked", "wrong site", "wrong town")}
        for row in found:
            counts[row.outcome] += 1
        told = ", ".join(f"{outcome} {count}" for outcome, count in counts.items())
        print(f"{half}: {len(found)} strings: {told} ({seconds:.2f} s)")
        if asked.misses and half == "tuning":
            for row in found:
                if row.outcome != "right":
                    print(f"  {row.outcome}: {row.name!r} ({row.city}) meant {row.meant or '-'} got {row.linked or '-'}")


if __name__ == "__main__":
    main()
