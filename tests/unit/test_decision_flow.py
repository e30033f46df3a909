"""Which decision may follow which, and what the funnel counts of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmatch.decisions.flow import FIRST, Told, next_steps, reached, standing
from trialmatch.decisions.words import Step

S = Step


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([], {S.PROPOSED, S.RETAINED, S.NOT_RETAINED}),
        ([S.PROPOSED], {S.RETAINED, S.NOT_RETAINED}),
        ([S.NOT_RETAINED], {S.PROPOSED, S.RETAINED}),
        (
            [S.RETAINED],
            {S.ADDRESSED, S.OFFERED, S.ACCEPTED, S.SCREENED, S.INCLUDED, S.NOT_INCLUDED, S.NOT_RETAINED},
        ),
        (
            [S.RETAINED, S.OFFERED],
            {S.ADDRESSED, S.ACCEPTED, S.SCREENED, S.INCLUDED, S.NOT_INCLUDED, S.NOT_RETAINED},
        ),
        ([S.RETAINED, S.ACCEPTED], {S.ADDRESSED, S.OFFERED, S.SCREENED, S.INCLUDED, S.NOT_INCLUDED, S.NOT_RETAINED}),
        ([S.RETAINED, S.SCREENED], {S.INCLUDED, S.NOT_INCLUDED}),
        ([S.RETAINED, S.INCLUDED], set()),
        ([S.RETAINED, S.NOT_INCLUDED], {S.PROPOSED, S.RETAINED}),
        ([S.RETAINED, S.ADDRESSED, S.NOT_RETAINED, S.PROPOSED, S.RETAINED, S.SCREENED], {S.INCLUDED, S.NOT_INCLUDED}),
    ],
)
def test_what_may_come_next(held: list[Step], expected: set[Step]) -> None:
    assert set(next_steps(held)) == expected


def test_what_was_undone_no_longer_holds_and_its_undoing_neither() -> None:
    told = [Told(1, S.PROPOSED), Told(2, S.RETAINED), Told(3, S.UNDONE, 2), Told(4, S.NOT_RETAINED)]
    assert [one.step for one in standing(told)] == [S.PROPOSED, S.NOT_RETAINED]
    assert standing([Told(1, S.PROPOSED), Told(2, S.UNDONE, 1)]) == []


def test_a_step_that_was_passed_over_counts() -> None:
    everything = {S.PROPOSED, S.RETAINED, S.ADDRESSED, S.OFFERED, S.ACCEPTED, S.SCREENED, S.INCLUDED}
    assert reached([S.RETAINED, S.INCLUDED]) == everything
    assert reached([S.RETAINED, S.ADDRESSED]) == {S.PROPOSED, S.RETAINED, S.ADDRESSED}
    assert reached([S.NOT_RETAINED]) == {S.PROPOSED}
    assert reached([]) == frozenset()


@given(st.lists(st.integers(min_value=0, max_value=9), max_size=12))
def test_whatever_is_walked_the_funnel_never_widens_and_undoing_goes_back(choices: list[int]) -> None:
    held: list[Step] = []
    for choice in choices:
        steps = next_steps(held)
        if not steps:
            break
        assert S.UNDONE not in steps
        before, held = held, [*held, steps[choice % len(steps)]]
        told = [Told(number, step) for number, step in enumerate(held, 1)]
        assert [one.step for one in standing([*told, Told(len(held) + 1, S.UNDONE, len(held))])] == before
        got = reached(held)
        assert reached(before) <= got
        assert (S.INCLUDED in got) <= (S.ADDRESSED in got) <= (S.RETAINED in got) <= (S.PROPOSED in got)
    assert held == [] or held[0] in FIRST
