"""The recognisers of one clause, in the order in which equal spans are preferred."""

from rules.reading.compose import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = ()
