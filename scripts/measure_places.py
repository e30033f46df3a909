"""How typed names of establishments are linked: `python -m scripts.measure_places [--misses]`.

Two halves of a table written by hand (tests/places/): the tuning half, whose misses may be looked at, and the held-out
half, of which only counts are told. Then the register's own names of the establishments that treat cancer, with their
town: shortened as they are (« HU PARIS OUEST SITE G POMPIDOU APHP »), they are typed names too.
"""

import argparse
import csv
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trialmatch.places.linking import link_establishment
from trialmatch.places.register import by_finess, table

TABLES = Path(__file__).resolve().parents[1] / "tests" / "places"
HALVES = ("tuning", "held_out")
OUTCOMES = ("right", "unlinked", "wrong site", "wrong town")


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


def register_rows() -> Iterator[Row]:
    """Each establishment that treats cancer, by both of its names in the register."""
    for row in table("establishments.csv"):
        if row["cancer"] == "1" and row["finess"] in by_finess():
            for name in filter(None, (row["name"], row["long_name"])):
                yield Row(name, row["town"], row["finess"], link_establishment(name, city=row["town"]) or "")


def tell(what: str, found: list[Row], *, misses: bool) -> None:
    """One line of counts, then the misses when asked."""
    counts = Counter(row.outcome for row in found)
    told = ", ".join(f"{outcome} {counts[outcome]}" for outcome in OUTCOMES)
    print(f"{what}: {len(found)} strings: {told}")
    for row in found if misses else ():
        if row.outcome != "right":
            print(f"  {row.outcome}: {row.name!r} ({row.city}) meant {row.meant or '-'} got {row.linked or '-'}")


def main() -> None:
    """Counts of all, and the misses of all but the held-out half when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list the misses, but not of the held-out half")
    asked = parser.parse_args()
    began = time.perf_counter()
    link_establishment("CHU")
    print(f"tables read in {time.perf_counter() - began:.2f} s")
    for half in HALVES:
        tell(half, list(rows(half)), misses=asked.misses and half == "tuning")
    began = time.perf_counter()
    found = list(register_rows())
    print(f"{len(found)} new strings in {time.perf_counter() - began:.2f} s")
    tell("register", found, misses=asked.misses)


if __name__ == "__main__":
    main()
