"""An exclusion of several tumours whose last words may be of all: « lymphome de Burkitt ou lymphome T réfractaire ».

Nobody says whether the first is left out whatever its state; it is left out in that state only, as the last one is.
"""

import re
from dataclasses import replace

from rules.criteria import AllOf, HistologyIs, Not, OrganIs, Polarity, Test, leaves
from rules.junctions import together
from rules.reading.clause import Clause
from rules.reading.joining import Read

_LAST_OF_A_LIST = re.compile(
    r"[^\s,;:(]\s(?:ou|or|et|and)\s(?!(?:un|une|an?|tou(?:te)?s?|autres?|any|other|antecedents?|atcd|history|les|the|"
    r"presence|atteinte)\b)[^,;:()]+(?:\([^()]*\)\W*)?$"
)
_SEVERAL = 2


def with_shared_tail(clause: Clause, read: Read) -> Read:
    """The reading, what stands behind the last tumour of a list asked of those before it too."""
    if clause.polarity is not Polarity.EXCLUSION or len(read.tests) < _SEVERAL:
        return read
    *before, (_, _, last) = read.tests
    tail = _tail(last)
    if not tail or not all(_is_tumour(test) for _, _, test in before) or not _LAST_OF_A_LIST.search(clause.plain):
        return read
    rows = tuple((kind, key, AllOf((test, *tail))) for kind, key, test in before)
    return replace(read, tests=(*rows, read.tests[-1]))


def _tail(test: Test) -> tuple[Test, ...]:
    """What a test asks beside a tumour; nothing where it names none (« mixte comportant … »)."""
    if not isinstance(test, AllOf):
        return ()
    parts = tuple(part for part in test.parts if not _is_tumour(part))
    named = any(_is_tumour(part) and not isinstance(part, Not) for part in test.parts)
    return (together(parts),) if parts and named else ()


def _is_tumour(test: Test) -> bool:
    return all(isinstance(leaf, OrganIs | HistologyIs) for leaf in leaves(test))
