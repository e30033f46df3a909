"""Lead lines: the tumour first, then what is said of it between commas, each piece read by itself.

« Carcinome urothélial de la vessie, opéré, ypT2-4 et/ou ypN+ après chimiothérapie néoadjuvante »: an « ou » joins the
words of its own piece, and a reader of whole sentences reads a piece as well. Pieces that may be one list (a kind of
fact told twice, with « ou »; a denial that goes on) stay together.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from rules.criteria import KEY_KINDS, HistologyIs, Kind, NoDemand, OrganIs, Polarity, Test, Unread, leaves
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.reading.joining import Read
from rules.reading.segments import in_parenthesis

_MOST = 6
_COMMA = re.compile(r"(?<!\bou)(?<!\bor)(?<!\bet)(?<!\band),\s")
_OR = re.compile(r"\b(?:ou|or|et/ou|and/or|/|ni|nor)\b")
_BINDS = hinted(
    r"[:;]|\b(?:si|if|sauf|hors|hormis|excepte\w*|except|unless|soit|either|ou bien|lorsque|when|quel(?:le)?s? que|"
    r"a condition|provided|chez|pour (?:les|ceux|lesquel\w+)|au moins (?:un|une|deux|\d) (?:des|de ces|criteres?)|"
    r"parmi|among|dont|including|y compris|incluant|exclu\w*|autoris\w*|accept\w*|permis\w*|allowed|permitted)\b"
)
"""Words that tie what stands on both sides of a comma, or that others read."""
_GOES_ON = re.compile(
    r"(?:ou|or|et|and|ni|nor|et/ou|and/or|mais|but|selon|according|defini\w*|defined|c'est|i\.e|comme|tel\w*|such|"
    r"with|avec|sans|without|par|by|apres|after|sous|puis|then|suivi\w*|followed|qui|who|that|which|le|la|les|the|de|du|"
    r"des)\b|d'"
)
"""A piece that leans on the one before it."""
_DENIES = re.compile(r"\b(?:sans|pas|aucune?|absence|ni|non|no|not|without|jamais|never|naif\w*|naive)\b")


def lead_pieces(clause: Clause, read: Read, reader: Callable[[Clause], Read]) -> Read | None:
    """The pieces of a line that was not read whole, where that settles more; None: it has none, or they settle less."""
    if clause.polarity is not Polarity.INCLUSION or ", " not in clause.plain or _BINDS.search(clause.plain):
        return None
    pieces = _together(_cut(clause), reader)
    if len(pieces) < 2:
        return None
    reads = [reader(piece) for piece in pieces]
    if not _names_tumours(reads[0]) or any(map(_names_tumours, reads[1:])):
        return None  # none, or a list of them
    reads = [reads[0], *(_in_context(pieces[0], *each, reader) for each in zip(pieces[1:], reads[1:], strict=True))]
    told = Read(
        tuple(row for one in reads for row in one.tests),
        all(one.whole for one in reads),
        tuple(permit for one in reads for permit in one.permits),
    )
    return told if _open(told) < _open(read) and _sure(read) <= _sure(told) else None


def _cut(clause: Clause) -> list[Clause]:
    """The clause at its commas; a piece that leans on the one before it stays with it."""
    cuts = [
        match
        for match in _COMMA.finditer(clause.plain)
        if not in_parenthesis(clause.plain, match.start()) and not _GOES_ON.match(clause.plain, match.end())
    ]
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(clause.text)]
    texts = [clause.text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return [replace(clause, text=text) for text in texts] if all(texts) and len(texts) <= _MOST else [clause]


def _together(pieces: list[Clause], reader: Callable[[Clause], Read]) -> list[Clause]:
    """Neighbours that may be one list put together again."""
    kept = pieces[:1]
    for piece in pieces[1:]:
        if _may_go_on(kept[-1], piece, reader):
            kept[-1] = replace(piece, text=f"{kept[-1].text}, {piece.text}")
        else:
            kept.append(piece)
    return kept


def _may_go_on(before: Clause, after: Clause, reader: Callable[[Clause], Read]) -> bool:
    """« A, B ou C »: what stands right behind the comma is of the kind of what stands before it."""
    joint = _OR.search(after.plain)
    if joint is None:
        return False
    if _DENIES.search(before.plain):
        return True
    first = _kinds(reader(replace(after, text=after.text[: joint.start()])))
    return not first or bool(first & _kinds(reader(before)))


def _kinds(read: Read) -> frozenset[Kind]:
    """What a piece surely tells of, at the board."""
    return _sure(read) & KEY_KINDS


def _sure(read: Read) -> frozenset[Kind]:
    told = (leaf for _, _, test in read.tests for leaf in leaves(test))
    return frozenset(leaf.kind for leaf in told if not isinstance(leaf, Unread | NoDemand))


def _names_tumours(read: Read) -> bool:
    return any(isinstance(leaf, OrganIs | HistologyIs) for _, _, test in read.tests for leaf in leaves(test))


def _in_context(first: Clause, piece: Clause, alone: Read, reader: Callable[[Clause], Read]) -> Read:
    """A piece that says little alone (« non traité ») read behind the tumour that it is said of."""
    if alone.whole:
        return alone
    own = reader(first).tests
    both = reader(replace(piece, text=f"{first.text}, {piece.text}"))
    return Read(both.tests[len(own) :], True) if both.whole and both.tests[: len(own)] == own else alone


def _open(read: Read) -> int:
    """How much is left open: unread words, those that are questions first."""
    rows: list[tuple[bool, Test]] = [(key, test) for _, key, test in read.tests]
    return sum(10 if key else 1 for key, test in rows for leaf in leaves(test) if isinstance(leaf, Unread))
