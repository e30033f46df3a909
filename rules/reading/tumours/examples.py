"""Names that only spell out, in a parenthesis, what a tumour named before it may be.

« Cancer des voies biliaires (intra-hépatique, péri-hilaire, vésicule) »: of a list of which part is not read, or whose
members stand for more than one thing, no member may narrow what is asked.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rules.kinds import Polarity
from rules.organs import ORGANS
from rules.reading.clause import Clause
from rules.reading.subgroups import is_open_list
from rules.reading.tumours.entities import asked_of, organs_in
from rules.reading.tumours.groups import LINK
from rules.reading.tumours.names import Name

_BRACKET = re.compile(r"\((?P<inner>[^()]*)\)")
_LISTS = re.compile(r",|/|\b(?:ou|or|et|and)\b")
_SAYS_MORE = re.compile(
    r"\b(?:sauf|hors|hormis|excepte\w*|except|excluding|excluant|exclue?s?|excluded|sans|without|non|not|pas|a l'ex\w+|"
    r"uniquement|seulement|only|avec|with|si|if|dont)\b"
)


def without_examples(clause: Clause, every: Sequence[Name]) -> list[Name]:
    """The names of an inclusion, those left out that only give examples of a tumour named before their parenthesis."""
    if clause.polarity is not Polarity.INCLUSION or "(" not in clause.plain:
        return list(every)
    kept = list(every)
    for match in _BRACKET.finditer(clause.plain):
        if any(name.start < match.start() < name.end for name in kept):
            continue  # « liposarcome (dédifférencié ou myxoïde) »: the types that are meant, the first of them a name
        inside = [name for name in kept if match.start() < name.start and name.end <= match.end()]
        before = [name for name in kept if name.end <= match.start() + 1 and name not in inside]
        if inside and before and _only_shows(clause, match, inside) and not _goes_beyond(before, inside):
            kept = [name for name in kept if name not in inside]
    return kept


def _goes_beyond(before: Sequence[Name], inside: Sequence[Name]) -> bool:
    """« Leucémie aiguë (LAL-B, …, LMC) »: an example may lie outside what was named, which it then widens."""
    named = organs_in(asked_of(before))
    shown = frozenset[str]().union(
        *(organs_in(asked_of([name])) for name in inside if not name.hyphened and name.histologies)
    )
    return bool(named) and any(not any(ORGANS.covers(one, organ) for one in named) for organ in shown)


def _only_shows(clause: Clause, match: re.Match[str], inside: Sequence[Name]) -> bool:
    inner = match["inner"]
    if not _LISTS.search(inner) or _SAYS_MORE.search(inner) or ":" in clause.plain[: match.end()]:
        return False
    known = [(name.start, name.end) for name in inside]
    if is_open_list(clause.plain, match.start("inner"), match.end("inner"), known):
        return True
    return not all(LINK.fullmatch(clause.plain, one.end, other.start) for one, other in pairwise(inside))
