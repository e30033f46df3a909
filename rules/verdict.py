"""The three values of a judgement, with Kleene's strong logic written out.

    AND        met      unknown  not_met      OR         met      unknown  not_met
    met        met      unknown  not_met      met        met      met      met
    unknown    unknown  unknown  not_met      unknown    met      unknown  unknown
    not_met    not_met  not_met  not_met      not_met    met      unknown  not_met

Source: S. C. Kleene, Introduction to Metamathematics (1952), §64.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Never


class Verdict(IntEnum):
    """MET speaks for the patient; UNKNOWN is silence, never a no. Ordered, so AND is min and OR is max."""

    NOT_MET = 0
    UNKNOWN = 1
    MET = 2

    def __bool__(self) -> Never:
        raise TypeError("a Verdict has three values: compare it with Verdict.MET, NOT_MET or UNKNOWN")

    @property
    def word(self) -> str:
        """The word of the contract: `met`, `not_met` or `unknown`."""
        return self.name.lower()


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene AND; of nothing it is MET (nothing is demanded)."""
    return min(verdicts, default=Verdict.MET)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene OR; of nothing it is NOT_MET (nothing can satisfy it)."""
    return max(verdicts, default=Verdict.NOT_MET)


def negate(verdict: Verdict) -> Verdict:
    """Kleene NOT: unknown stays unknown."""
    return _NEGATED[verdict]


_NEGATED = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)


def at_least(minimum: int, verdicts: Iterable[Verdict]) -> Verdict:
    """MET when `minimum` are met, NOT_MET when they no longer can be, else UNKNOWN."""
    seen = list(verdicts)
    met = sum(1 for verdict in seen if verdict is Verdict.MET)
    open_ = sum(1 for verdict in seen if verdict is Verdict.UNKNOWN)
    if met >= minimum:
        return Verdict.MET
    return Verdict.UNKNOWN if met + open_ >= minimum else Verdict.NOT_MET
