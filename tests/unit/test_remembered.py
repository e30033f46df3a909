"""What is kept of the terms of cases: bounded, never a text longer than a term."""

from rules.remembered import LONGEST_TERM, remembered


def test_a_term_is_worked_out_once_and_a_longer_text_each_time() -> None:
    worked_out: list[str] = []

    @remembered(8)
    def letters(text: str, least: int = 0) -> int:
        worked_out.append(text)
        return max(len(text), least)

    term, text = "é" * LONGEST_TERM, "é" * (LONGEST_TERM + 1)
    assert [letters(one) for one in (term, text, term, text)] == [100, 101, 100, 101]
    assert worked_out == [term, text, text]


def test_a_long_text_is_not_kept_wherever_it_stands() -> None:
    worked_out: list[str] = []

    @remembered(8)
    def joined(first: str, *, second: str) -> str:
        worked_out.append(second)
        return first + second

    long = "a" * (LONGEST_TERM + 1)
    assert joined("b", second=long) == joined("b", second=long)
    assert worked_out == [long, long]


def test_no_more_are_kept_than_told() -> None:
    worked_out: list[int] = []

    @remembered(2)
    def doubled(number: int) -> int:
        worked_out.append(number)
        return 2 * number

    assert [doubled(one) for one in (1, 2, 3, 1)] == [2, 4, 6, 2]
    assert worked_out == [1, 2, 3, 1]


def test_a_number_and_its_decimal_form_are_two_values() -> None:
    @remembered(8)
    def typed(value: float) -> str:
        return repr(value)

    assert [typed(1), typed(1.0), typed(1)] == ["1", "1.0", "1"]
