"""What the pieces of a line that are asked of single parts have in common is told by the first of them alone.

« CBNPC de stade III (bras 1) ou IV (bras 2) », « mutation KRAS G12C (cohorte A) ou G12D (cohorte B) ».
"""

import re
from typing import NamedTuple

from rules.criteria import Kind, Polarity
from rules.reading.clause import Clause, plain
from rules.reading.tumours import recogniser as tumour


class Told(NamedTuple):
    """A piece of a line with the words for the part that it is asked of."""

    part: str
    said: str


_TUMOUR = frozenset({Kind.ORGAN, Kind.HISTOLOGY})
_STAGE = re.compile(r"\b(?:stades?|stages?|figo|grades?)\s")
_GROUP = re.compile(r"(?:i{1,3}|iv)[abc]?\d?\b|[1-4][abc]?\b(?!\s?(?:re|e|er|eme|st|nd|rd|th|ligne|line)\b)")
_SHORT = 2
_NEAR = 30


def with_heads(told: tuple[Told, ...]) -> tuple[Told, ...]:
    """The pieces, what the first begins with told in each of the others that does not say it."""
    first, *others = told
    head = _tumour_in(first.said)
    return (first, *(one._replace(said=_headed(first.said, head, one.said)) for one in others))


def _headed(first: str, head: str, said: str) -> str:
    stage = _STAGE.search(plain(first))
    if stage and _GROUP.match(plain(said)):
        said = f"{first[stage.start() : stage.end()]}{said}"
    elif like := _like_the_last(first, said):
        return like
    return said if not head or _tumour_in(said, anywhere=True) else f"{head} {said}"


def _like_the_last(first: str, said: str) -> str:
    """« KRAS G12C » and « G12D »: of the same make as the last words of the first."""
    words, own = first.split(), said.split()
    alike = len(own) <= _SHORT and len(words) > len(own) and _shape(words[-len(own) :]) == _shape(own)
    return " ".join([*words[: -len(own)], *own]) if alike and re.search(r"\d", said) else ""


def _shape(words: list[str]) -> str:
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "9", plain(" ".join(words))))


def _tumour_in(text: str, *, anywhere: bool = False) -> str:
    """The words up to the end of the tumour that a piece begins with, or names at all."""
    found = [one for one in tumour.recognise(Clause(text, Polarity.INCLUSION)) if one.kind in _TUMOUR]
    if not found or (found[0].start > _NEAR and not anywhere):
        return ""
    end = found[0].end
    for one in found[1:]:
        end = one.end if one.start <= end + 1 else end
    return text[:end]
