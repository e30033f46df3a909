"""How long the free text of one form takes to read: texts of 2,000 characters, each read once.

`python -m benchmarks.form_text [--profile]`. The texts join sentences of the test corpus in an order of their own, with
numbers and years changed, so that no run reads what a cache already holds.
"""

import cProfile
import pstats
import random
import re
import sys
from collections.abc import Iterator
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Figures, milliseconds, spread
from rules.case import Board, Case, Coded, TumourFacts
from rules.reading.form import read_form
from tests.reading.form.corpus import CORPUS

LENGTH = 2_000
TEXTS = 300
WARM_UP = 20
_NUMBER = re.compile(r"(?<![\w./,-])[1-9]\d?(?= (?:ans|mm|cures|cycles|mois|%|ng|G|mL|g)\b)")


def varied(sentence: str, rng: random.Random) -> str:
    """The sentence with other ages, sizes and values, so that it is not the one that was read before."""
    return _NUMBER.sub(lambda _: str(rng.randint(11, 89)), sentence)


def texts(rng: random.Random, count: int) -> Iterator[tuple[str, str]]:
    """Sites and texts of about 2,000 characters of sentences of that site, filled with those of all sites."""
    sites = sorted({row.site for row in CORPUS})
    for _ in range(count):
        site = rng.choice(sites)
        own = [row.text for row in CORPUS if row.site == site]
        rest = [row.text for row in CORPUS if row.site != site]
        chosen: list[str] = []
        for sentence in (*rng.sample(own, min(len(own), 15)), *rng.sample(rest, len(rest))):
            if sum(len(part) + 1 for part in chosen) + len(sentence) <= LENGTH:
                chosen.append(varied(sentence, rng))
        rng.shuffle(chosen)
        yield site, " ".join(chosen)


def case_of(site: str, text: str) -> Case:
    """A form with a typed site and a synthesis."""
    tumour = TumourFacts(topography=Coded(text=site))
    return Case(case_id="bench", rcp=Board(date="2026-11-23"), tumour=tumour, summary_text=text)


def cases_with_text(count: int) -> list[Case]:
    """Forms whose texts were never read before, by whatever run."""
    rng = random.Random()  # noqa: S311 - texts of a measure, nothing secret
    return [case_of(site, text) for site, text in texts(rng, count)]


def measure(count: int = TEXTS, *, warm_up: int = WARM_UP) -> Figures:
    """The time to read one text, in milliseconds."""
    cases = cases_with_text(warm_up + count)
    milliseconds(read_form, cases[:warm_up])
    times = milliseconds(read_form, cases[warm_up:])
    sentences = median((case.summary_text or "").count(". ") + 1 for case in cases)
    return {"characters": LENGTH, "sentences": sentences, "read_form": spread(times)}


def main() -> None:
    """Prints the median, the 95th centile and the worst time."""
    if "--profile" in sys.argv:
        _profile(cases_with_text(TEXTS))
        return
    figures = measure()
    table = Table(title=f"{TEXTS} texts of {LENGTH:,} characters, each read once")
    for column in ("median ms", "p95 ms", "worst ms", "sentences a text"):
        table.add_column(column, justify="right")
    times = (f"{figures['read_form'][name]:.2f}" for name in ("median", "p95", "worst"))
    table.add_row(*times, f"{figures['sentences']:.0f}")
    Console().print(table)


def _profile(cases: list[Case]) -> None:
    profile = cProfile.Profile()
    profile.enable()
    for case in cases:
        read_form(case)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
