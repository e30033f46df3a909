"""Answers kept for the terms, codes and categories that come again from case to case; never for a longer text.

What is kept is vocabulary: a site, a drug, a marker, a stage. A text too long to be a term may tell of one person, so
it is worked out each time and not kept; no case and no synthesis is ever in it. What is kept is frozen, bounded in
number, and safe among threads, as `functools.lru_cache` is.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

LONGEST_TERM = 100
"""The longest text, in characters, that is taken for a term."""


def remembered(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keeps the last `most` answers of a pure function of terms and of frozen values; 1 and 1.0 are two values."""

    def keeping(work: Callable[P, R]) -> Callable[P, R]:
        known = cast("Callable[P, R]", lru_cache(maxsize=most, typed=True)(work))

        @wraps(work)
        def of_terms(*args: P.args, **named: P.kwargs) -> R:
            for arg in (*args, *named.values()) if named else args:
                if isinstance(arg, str) and len(arg) > LONGEST_TERM:
                    return work(*args, **named)
            return known(*args, **named)

        return of_terms

    return keeping
