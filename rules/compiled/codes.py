"""A judgement as bits, so that one bitwise OR joins both its verdict and what it leaves to ask.

No bit: met. Every bit: not met. Anything between: unknown, which has the bit OPEN and those of what is asked. AND is
then a bitwise OR of the parts: one that is met adds nothing, one that is not met covers all, unknown ones add up. OR is
the same of the opposites. Beside the code of each node lies that of its opposite, so that both are at hand.
"""

from typing import Any, Final

import numpy as np

from rules.compiled.ragged import Array
from rules.compiled.states import NOT_MET, UNKNOWN, Bytes

MET_CODE: Final = 0
OPEN: Final = 128
"""The bit of what is unknown; those below it tell what is asked."""


def not_met_code(dtype: np.dtype[Any]) -> Any:
    """Every bit of a type."""
    return np.invert(dtype.type(0))


def codes_of(verdicts: Bytes, bits: Array) -> Array:
    """The codes of verdicts (0 not met, 1 unknown, 2 met); `bits`: of unknown ones, what is asked."""
    codes: Array = (bits | bits.dtype.type(OPEN)) * (verdicts == UNKNOWN)
    codes |= (verdicts == NOT_MET) * not_met_code(bits.dtype)
    return codes


def opposite(codes: Array, out: Array) -> None:
    """Met where it was not and the other way round; what is unknown stays so."""
    one = codes.dtype.type(1)
    settled = (codes + one) <= one  # the highest code and one more is nothing
    np.bitwise_xor(codes, settled * not_met_code(codes.dtype), out=out)


def values_of(codes: Array) -> Bytes:
    """The verdicts of codes: 0 not met, 1 unknown, 2 met."""
    # A sum of whole columns: to write at the places of each verdict would cost several times as much.
    values: Bytes = (codes == MET_CODE).view(np.uint8) + (codes != not_met_code(codes.dtype))
    return values
