"""The compiled engine means what the reference engine means: verdicts, deciding kinds, questions, standing."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.compiled import CompiledCatalogue, OrganFirst
from rules.criteria import AllOf, AnyOf, AtLeast, Criterion, Leaf, Not, Polarity, Test, criterion, leaves
from rules.evaluate import judge_leaf
from rules.trial import Cohort, Site, SiteStatus, Trial, TrialStatus
from tests.compiled import pool
from tests.compiled.same import differences
from tests.properties.strategies import cases, leaf_tests
from tests.spec.test_spec import ALL_ROWS

LEAVES = st.one_of(st.sampled_from(pool.predicates()), leaf_tests)


def _parts(inner: st.SearchStrategy[Test]) -> st.SearchStrategy[tuple[Test, ...]]:
    return st.lists(inner, min_size=1, max_size=4).map(tuple)


TREES: st.SearchStrategy[Test] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(AllOf, _parts(inner)),
        st.builds(AnyOf, _parts(inner)),
        st.builds(AtLeast, st.integers(1, 4), _parts(inner)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)


@st.composite
def criteria(draw: st.DrawFn, prefix: str) -> tuple[Criterion, ...]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        test = draw(TREES)
        own = draw(st.one_of(st.just(next(leaves(test)).kind), st.sampled_from(pool.KINDS)))
        polarity = draw(st.sampled_from(list(Polarity)))
        key = draw(st.one_of(st.none(), st.booleans()))
        made.append(criterion(f"{prefix}-{number}", test, text="", kind=own, key=key, polarity=polarity))
    return tuple(made)


@st.composite
def trials(draw: st.DrawFn) -> tuple[Trial, ...]:
    statuses = st.sampled_from([TrialStatus.OPEN, TrialStatus.OPEN, TrialStatus.OPEN, TrialStatus.CLOSED])
    made = []
    for number in range(draw(st.integers(1, 4))):
        cohorts = tuple(
            Cohort(id=name, label=name, status=draw(statuses), criteria=draw(criteria(name)))
            for name in draw(st.sampled_from([(), (), ("A",), ("A", "B"), ("A", "B", "C")]))
        )
        sites = tuple(
            Site(
                name="centre",
                status=draw(st.sampled_from([SiteStatus.OPEN, SiteStatus.OPEN, SiteStatus.CLOSED])),
                cohorts=draw(st.frozensets(st.sampled_from([one.id for one in cohorts]))) if cohorts else frozenset(),
            )
            for _ in range(draw(st.integers(0, 2)))
        )
        text = draw(st.booleans())
        made.append(
            Trial(
                id=f"T-{number}",
                title="essai",
                status=draw(statuses),
                updated_at="2026-11-01",
                interventional=draw(st.sampled_from([None, True, False])),
                criteria=draw(criteria("own")),
                cohorts=cohorts,
                sites=sites,
                has_inclusion_text=True,
                has_exclusion_text=text,
            )
        )
    return tuple(made)


STATED = st.one_of(cases(), st.sampled_from(pool.spec_facts()), st.sampled_from(pool.coded_cases(7, 60)))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(catalogue=trials(), stated=st.lists(STATED, min_size=1, max_size=3))
def test_random_trees_trials_and_cases(catalogue: tuple[Trial, ...], stated: list[dict[str, object]]) -> None:
    assert differences(catalogue, [pool.picture(case) for case in stated]) == []


@pytest.mark.parametrize("seed", range(4))
def test_grown_trials_and_grown_cases(seed: int) -> None:
    pictures = [pool.picture(case) for case in pool.coded_cases(seed, 6)]
    assert differences(pool.trials(seed), pictures) == []


def test_the_sample_with_its_free_text() -> None:
    pictures = [pool.picture(case) for case in pool.sample_cases()]
    assert differences(pool.sample_trials(), pictures) == []


def test_every_predicate_against_what_the_spec_states() -> None:
    """Each set of facts of the spec tables against the predicate of its own row and a hundred others."""
    chance = random.Random(2026)  # noqa: S311 -- a seeded choice of predicates
    everything = pool.predicates()
    alone = {leaf: CompiledCatalogue.of(_asking([leaf])) for leaf in everything}
    for name, row in ALL_ROWS:
        picture = pool.picture(row.facts)
        for leaf in {*leaves(row.test), *chance.sample(everything, 40)}:
            state = alone[leaf].states(picture)
            assert state.tolist()[0] & 3 == int(judge_leaf(leaf, picture).verdict), (name, leaf)


def _asking(asked: Sequence[Leaf]) -> tuple[Trial, ...]:
    """Trials that each put one predicate."""
    return tuple(
        Trial(
            id=f"T-{number}",
            title="",
            status=TrialStatus.OPEN,
            updated_at="2026-11-01",
            criteria=(criterion("own", leaf, text=""),),
        )
        for number, leaf in enumerate(asked)
    )


def test_many_cases_in_one_matrix_are_judged_as_one_by_one() -> None:
    catalogue = pool.trials(3)
    pictures = [pool.picture(case) for case in pool.coded_cases(11, 150)]
    whole = CompiledCatalogue.of(catalogue)
    together = list(OrganFirst(whole).verdicts_of_many(iter(pictures)))
    assert [one.tolist() for one in together] == [whole.verdicts(picture).tolist() for picture in pictures]
