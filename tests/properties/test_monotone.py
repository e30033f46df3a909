"""Adding a fact never flips a settled verdict; hiding one never rules a live trial out (contracts/matching.md)."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from rules.criteria import AllOf, AnyOf, Not, Test
from rules.evaluate import judge_test
from rules.verdict import Verdict, negate
from tests.properties.hiding import facts_of, hidden
from tests.properties.strategies import any_tests, cases
from tests.spec.table import picture


@given(cases(), any_tests, st.data())
def test_hiding_facts_never_turns_met_or_unknown_into_not_met(
    case: dict[str, Any], test: Test, data: st.DataObject
) -> None:
    whole = picture(_facts(case))
    assume(not whole.conflicts)
    paths = facts_of(case)
    assume(paths)
    gone = data.draw(st.lists(st.sampled_from(paths), min_size=1, unique=True))
    before = judge_test(test, whole).verdict
    after = judge_test(test, picture(_facts(hidden(case, gone)))).verdict
    assert {before, after} != {Verdict.MET, Verdict.NOT_MET}, "a settled verdict flipped"
    if before is Verdict.UNKNOWN:
        assert after is not Verdict.NOT_MET, "hiding facts broke a criterion that was open"


def _facts(case: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in case.items() if key != "case_id"}


@given(cases(), any_tests)
def test_double_negation_and_de_morgan(case: dict[str, Any], test: Test) -> None:
    seen = picture(_facts(case))
    verdict = judge_test(test, seen).verdict
    assert judge_test(Not(Not(test)), seen).verdict is verdict
    if isinstance(test, AllOf):
        other = AnyOf(tuple(Not(part) for part in test.parts))
        assert judge_test(other, seen).verdict is negate(verdict)


@given(cases(), any_tests)
def test_judging_twice_gives_the_same_tree(case: dict[str, Any], test: Test) -> None:
    assert judge_test(test, picture(_facts(case))) == judge_test(test, picture(_facts(case)))


@given(cases(), st.lists(any_tests, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_order_of_parts_does_not_matter(case: dict[str, Any], parts: list[Test], chance: Any) -> None:
    seen = picture(_facts(case))
    shuffled = list(parts)
    chance.shuffle(shuffled)
    assert judge_test(AllOf(tuple(parts)), seen).verdict is judge_test(AllOf(tuple(shuffled)), seen).verdict
    assert judge_test(AnyOf(tuple(parts)), seen).verdict is judge_test(AnyOf(tuple(shuffled)), seen).verdict
