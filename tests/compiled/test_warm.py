"""What is made ahead of the cases: the smaller catalogues of the organs that the trials name."""

import threading

import pytest

from rules.compiled import CompiledCatalogue, OrganFirst
from tests.compiled import pool
from trialmatch.catalogue.warming import Warming
from trialmatch.matching.prepared import Prepared

DEADLINE_S = 60.0


def made(catalogue: OrganFirst) -> int:
    """How many smaller catalogues were made so far."""
    return int(catalogue._kept.cache_info().misses)


@pytest.fixture
def catalogue() -> OrganFirst:
    return OrganFirst(CompiledCatalogue.of(pool.trials(1)))


def test_the_first_case_of_a_named_organ_finds_its_catalogue_made(catalogue: OrganFirst) -> None:
    assert made(catalogue) == 0
    steps = list(catalogue.warm())
    ready = made(catalogue)
    assert 0 < ready <= len(steps)
    lung = pool.picture({"tumour": {"topography": {"system": "cim-10", "code": "C34.1"}}})
    around, _ = catalogue.judge(lung)
    assert 0 < len(around.places) < len(catalogue.trials)
    assert made(catalogue) == ready


def test_most_cases_find_theirs(catalogue: OrganFirst) -> None:
    list(catalogue.warm())
    pictures = [pool.picture(case) for case in pool.sample_cases()]
    ready = made(catalogue)
    for picture in pictures:
        catalogue.around(picture)
    assert made(catalogue) - ready <= len(pictures) / 10


def test_a_warm_catalogue_answers_as_a_cold_one(catalogue: OrganFirst) -> None:
    cold = OrganFirst(catalogue.whole)
    list(catalogue.warm())
    for case in pool.sample_cases():
        picture = pool.picture(case)
        assert catalogue.verdicts(picture).tolist() == cold.verdicts(picture).tolist()


def test_it_is_warmed_in_the_background_and_a_newer_one_instead() -> None:
    old, new = Prepared.of(pool.trials(1)), Prepared.of(pool.trials(2))
    warming = Warming()
    warming.begin(old)
    warming.begin(new)
    for thread in _warmers():
        thread.join(DEADLINE_S)
    assert made(new.compiled) > 0
    expected = OrganFirst(new.compiled.whole)
    list(expected.warm())
    assert made(new.compiled) == made(expected)
    assert warming.stop(wait_s=DEADLINE_S)


def test_it_is_left_when_the_service_ends() -> None:
    warming = Warming()
    assert warming.stop(wait_s=0)
    warming.begin(Prepared.of(pool.trials(1)))
    assert warming.stop(wait_s=DEADLINE_S)
    assert _warmers() == []


def _warmers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "catalogue-warm"]
