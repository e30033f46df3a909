"""The head of a list of which so many are asked: « au moins 2 des critères : … », "any of the following: …"."""

from typing import NamedTuple

from rules.hinted import hinted

_NUMBERS = {"un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4}
_COUNTED = hinted(
    r"[^:]{0,70}?\b(?:(?:au moins|at least|≥|>=|minimum)\s?(?P<number>\d|un|une|deux|trois|quatre|one|two|three|four)\s"
    r"(?:(?:des|parmi les|of the|de ces|facteurs?|criteres?|or more of the)\s)+|"
    r"(?:l'une?|une?|any|one) (?:au moins )?(?:des|de ces|of the|of these)\s(?:\d )?"
    r"(?=(?:criteres?|elements?|situations?|conditions?|facteurs?|cohortes?|cas|criteria|suivante?s?|"
    r"following)\b))[^:]{0,50}:\s*"
)


class Counted(NamedTuple):
    """How many of a list are asked, and where it begins."""

    minimum: int
    at: int


def counted_list(plain: str, start: int) -> Counted | None:
    """What a stretch that begins at `start` asks of the list it opens; None where it opens none."""
    match = _COUNTED.match(plain, start)
    if match is None:
        return None
    number = match["number"]
    return Counted(_NUMBERS.get(number) or int(number) if number else 1, match.end())
