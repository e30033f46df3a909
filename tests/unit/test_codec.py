"""What is written of a trial comes back equal, whatever its fields hold; what is not ours is refused."""

import json
import zlib
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.grow import grown_trials
from rules.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Leaf,
    MarkerIs,
    Not,
    OrganIs,
    SexIs,
    TnmIs,
    Unread,
    criterion,
)
from rules.kinds import Kind
from rules.marker_results import MarkerDemand
from rules.markers import MARKERS
from rules.trial import Cohort, Identifiers, Site, Trial, TrialStatus
from tests.compiled.pool import predicates, sample_trials
from trialmatch.catalogue.codec import TrialReader, written
from trialmatch.errors import PayloadError

PLAIN = Trial(id="A", title="Étude A", status=TrialStatus.OPEN, updated_at="2026-11-01T08:00:00+00:00")
DEMANDS = st.builds(
    MarkerDemand, markers=st.frozensets(st.sampled_from(sorted(MARKERS.concepts)), min_size=1, max_size=3)
)
"""Markers are checked when a demand is made: only those that there are."""


def asking(*leaves: Leaf) -> Trial:
    return replace(PLAIN, criteria=tuple(criterion(f"c{n}", leaf, text="…") for n, leaf in enumerate(leaves)))


def same(trial: Trial) -> bool:
    """Equal, of the same types in every field (what is written tells 1, 1.0 and true apart), and of the same hash."""
    back = TrialReader().read(written(trial))
    return back == trial and hash(back) == hash(trial) and written(back) == written(trial)


def payload(*lines: object) -> bytes:
    return zlib.compress("\n".join(json.dumps(line) for line in lines).encode())


def told(**changes: Any) -> dict[str, Any]:
    return {"id": "A", "title": "Étude A", "status": "open", "updated_at": "2026", **changes}


@pytest.mark.parametrize("type_", get_args(Leaf), ids=lambda type_: type_.__name__)
@settings(max_examples=40)
@given(data=st.data())
def test_every_type_of_leaf_comes_back(type_: type[Leaf], data: st.DataObject) -> None:
    strategy = st.builds(MarkerIs, demand=DEMANDS) if type_ is MarkerIs else st.from_type(type_)
    leaf = data.draw(strategy)
    assume("nan" not in repr(leaf))
    assert same(asking(leaf))


def test_the_leaves_of_the_spec_tables_come_back() -> None:
    assert {type(leaf) for leaf in predicates()} <= set(get_args(Leaf))
    assert same(asking(*predicates()))


def test_the_sample_and_what_grows_from_it_come_back() -> None:
    trials = grown_trials(sample_trials(), 300)
    reader = TrialReader()
    back = tuple(reader.read(written(trial)) for trial in trials)
    assert back == trials
    assert [hash(trial) for trial in back] == [hash(trial) for trial in trials]
    assert [written(trial) for trial in back] == [written(trial) for trial in trials]


@given(st.builds(Identifiers), st.lists(st.builds(Site), max_size=3), st.text(), st.none() | st.booleans())
def test_what_surrounds_the_criteria_comes_back(
    identifiers: Identifiers, sites: list[Site], title: str, interventional: bool | None
) -> None:
    trial = replace(PLAIN, identifiers=identifiers, sites=tuple(sites), title=title, interventional=interventional)
    assert same(trial)


def test_combinations_and_cohorts_come_back() -> None:
    lung, female = OrganIs(frozenset({"lung", "breast"})), SexIs("female")
    tests = (AllOf((lung, Not(female))), AnyOf((lung, AllOf((female, lung)))), AtLeast(2, (lung, female, Not(lung))))
    criteria = tuple(criterion(f"c{n}", test, text="ligne 1\nligne 2", kind=Kind.OTHER) for n, test in enumerate(tests))
    cohort = Cohort(id="C1", label="Cohorte « 1 »", status=TrialStatus.CLOSED, criteria=criteria[:2])
    assert same(replace(PLAIN, criteria=criteria, cohorts=(cohort,), contradictions=("a", "b")))


def test_halves_of_characters_come_back() -> None:
    assert same(replace(PLAIN, title="\ud83d\ude00 \ud800 \u2028 \x00 \r\n"))


def test_equal_leaves_are_one_object() -> None:
    reader = TrialReader()
    first = reader.read(written(asking(OrganIs(frozenset({"lung", "breast"})), SexIs("male"))))
    second = reader.read(written(asking(SexIs("male"), OrganIs(frozenset({"breast", "lung"})))))
    assert first.criteria[0].test is second.criteria[1].test
    assert first.criteria[1].test is second.criteria[0].test


def test_a_field_that_is_added_is_written() -> None:
    """Nothing lists the fields by hand: every one of a trial at another value than its default is told."""
    full = next(trial for trial in sample_trials() if trial.cohorts and trial.contradictions == ())
    given = json.loads(zlib.decompress(written(full)).decode().split("\n")[-1])
    defaults = {field.name: field.default for field in fields(Trial)}
    assert set(given) == {name for name, default in defaults.items() if getattr(full, name) != default}


class Word(StrEnum):
    FEMALE = "female"


class Narrower(OrganIs):
    """No class of ours."""


@pytest.mark.parametrize(
    "trial",
    [
        asking(SexIs(Word.FEMALE)),
        asking(Narrower(frozenset())),
        asking(OrganIs({"lung"})),  # type: ignore[arg-type]
        asking(OrganIs(frozenset({1}))),  # type: ignore[arg-type]
        asking(Unread(kind="other")),  # type: ignore[arg-type]
        asking(TnmIs([], frozenset())),  # type: ignore[arg-type]
        replace(PLAIN, has_inclusion_text=1),
        replace(PLAIN, sentences=True),
        replace(PLAIN, sites=[]),
    ],
)
def test_what_is_not_declared_is_not_written(trial: Trial) -> None:
    with pytest.raises(PayloadError):
        written(trial)


def a_criterion(test: object) -> dict[str, Any]:
    return {"id": "c", "kind": "sex", "key": True, "polarity": "inclusion", "text": "", "origin": "read", "test": test}


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        (b"", "error"),
        (written(PLAIN)[:-3], "error"),
        (written(PLAIN)[:20] + b"\x00\x00" + written(PLAIN)[22:], "error"),
        (payload([]), "keys"),
        (payload({}), "missing"),
        (payload(told(colour="red")), "Trial has no field.*colour"),
        (payload(told(status="ajar")), "ajar"),
        (payload(told(title=None)), "NoneType where str is declared"),
        (payload(["Gone", {}], told()), "not known: Gone"),
        (payload(["SexIs", {"sexe": "male"}], told()), "SexIs has no field.*sexe"),
        (payload(["SexIs", {}], told()), "missing"),
        (payload(told(criteria=[a_criterion(0)])), "IndexError"),
        (payload(told(criteria=[a_criterion(["Gone", {}])])), "not known: Gone"),
        (payload(told(criteria=[a_criterion(["AllOf", {"parts": []}])])), "AllOf of nothing"),
        (payload(["MarkerIs", {"demand": {"markers": ["GONE"], "presence": "present"}}], told()), "GONE"),
    ],
)
def test_what_is_not_ours_is_refused(damaged: bytes, why: str) -> None:
    with pytest.raises(PayloadError, match=why):
        TrialReader().read(damaged)


def test_the_damages_above_are_the_only_ones() -> None:
    good = payload(["SexIs", {"sex": "male"}], told(criteria=[a_criterion(0)]))
    (only,) = TrialReader().read(good).criteria
    assert isinstance(only, Criterion)
    assert only.test == SexIs("male")
