"""What a line asks of all, beside what it asks of single parts: a part that is asked otherwise is not asked both.

« Au moins 2 lignes (phase 2 : 1 à 3 lignes) »: two lines are asked of the other phases. « HER2 positif (non requis en
escalade) »: of the expansion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.criteria import AnyOf, Kind, NoDemand, OrganIs, Test, Unread, leaves
from rules.junctions import together
from rules.reading.joining import Read
from rules.reading.parts_told import is_waived

_NARROWED = frozenset({Kind.ORGAN, Kind.HISTOLOGY, Kind.EXTENT})
"""A part narrows the tumour of all: « tumeur solide (partie 2 : rein) »."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks of every part, and what only of those that it says nothing else of."""

    of_all: Read
    of_others: Read


def asked_apart(read: Read, parts: Sequence[tuple[str, Read]]) -> Asked:
    """What a line asks, beside the words and the reading of each part that it speaks of."""
    waived = any(is_waived(said) for said, _ in parts)
    otherwise = _kinds_of(one for _, one in parts)
    rows = [(row, waived or row[0] in otherwise) for row in read.tests]
    return Asked(
        Read(tuple(row for row, apart in rows if not apart), read.whole, read.permits),
        Read(tuple(row for row, apart in rows if apart), read.whole),
    )


def is_asked_otherwise(said: str, read: Read, of_others: Read) -> bool:
    """Whether a part is spared some of what its line asks, or is asked something else of that sort."""
    return is_waived(said) or bool(_kinds_of((read,)) & {kind for kind, _, _ in of_others.tests})


def opened(read: Read) -> Read:
    """As it was read, for who may be of a part that is asked something else."""
    return Read(tuple((kind, key, AnyOf((test, Unread(kind)))) for kind, key, test in read.tests), False)


def any_of_parts(parts: Sequence[Read]) -> Read:
    """What parts that the catalogue does not tell apart ask: any of it lets a patient in."""
    whole = all(one.whole for one in parts)
    tests = [together([test for _, _, test in one.tests]) for one in parts]
    kinds = [kind for one in parts for kind, _, test in one.tests if not isinstance(test, NoDemand)]
    key = any(key for one in parts for _, key, _ in one.tests)
    return Read(((kinds[0] if kinds else Kind.OTHER, key, AnyOf(tuple(tests))),), whole)


def _kinds_of(reads: Iterable[Read]) -> frozenset[Kind]:
    """The kinds that parts are asked something of; the tumour only where a part takes more of them."""
    rows = [(kind, test) for read in reads for kind, _, test in read.tests]
    asked = {kind for kind, test in rows if not isinstance(test, NoDemand | Unread)}
    wider = any(_takes_all(test) for _, test in rows)
    return frozenset(asked - _NARROWED | ({Kind.ORGAN, Kind.HISTOLOGY} if wider else set()))


def _takes_all(test: Test) -> bool:
    return any(isinstance(leaf, OrganIs) and leaf.all_solid for leaf in leaves(test))
