"""The grown feed: repeatable, readable by the connector, never a real étude again."""

import json
from functools import cache
from pathlib import Path

import pytest

from benchmarks.grow.etudes import TEXTS, Etude, grown_etudes
from connectors.archimaid.records import read_feed
from connectors.archimaid.translate import trial_of_etude
from connectors.errors import RecordMalformed
from rules.compiled import CompiledCatalogue

FEED = Path(__file__).parents[2] / "examples" / "feed.json"
SIZE = 400
ASKED = ("age_min", "age_max", "oms_max", "lignes", "biomarqueurs", "localisations", *TEXTS)


@cache
def real() -> tuple[Etude, ...]:
    return tuple(json.loads(FEED.read_text(encoding="utf-8"))["etudes"])


@cache
def grown() -> tuple[Etude, ...]:
    return tuple(grown_etudes(real(), SIZE))


def test_the_real_ones_come_first() -> None:
    assert grown()[: len(real())] == real()
    assert list(grown_etudes(real(), 7)) == list(real()[:7])


def test_a_feed_needs_a_real_etude() -> None:
    with pytest.raises(ValueError, match="at least one"):
        next(grown_etudes((), 10))


def test_the_seed_decides() -> None:
    assert list(grown_etudes(real(), 90)) == list(grown()[:90])
    assert list(grown_etudes(real(), 90, seed=1)) != list(grown()[:90])


def test_no_grown_etude_asks_what_a_real_one_asks() -> None:
    known = [[one.get(part) for part in ASKED] for one in real()]
    assert [one["id"] for one in grown()[len(real()) :] if [one.get(part) for part in ASKED] in known] == []


def test_ids_are_unique_and_sentences_differ() -> None:
    assert len({one["id"] for one in grown()}) == SIZE
    sentences = {line for one in grown() for part in TEXTS for line in (one.get(part) or "").splitlines()}
    known = {line for one in real() for part in TEXTS for line in (one.get(part) or "").splitlines()}
    assert len(sentences) > 2 * len(known)


def test_the_connector_reads_them_and_they_put_more_questions() -> None:
    records = read_feed({"etudes": list(grown()[:120])})
    read = [record for record in records if not isinstance(record, RecordMalformed)]
    assert len(read) == 120
    trials = tuple(trial_of_etude(record.shape) for record in read)
    before = CompiledCatalogue.of(trials[: len(real())]).predicates
    assert CompiledCatalogue.of(trials).predicates > 1.15 * before
