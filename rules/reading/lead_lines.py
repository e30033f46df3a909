"""Lead lines: the tumour first, then what is said of it between commas, each piece read by itself.

« Carcinome urothélial de la vessie, opéré, ypT2-4 et/ou ypN+ après chimiothérapie néoadjuvante »: an « ou » joins the
words of its own piece, and a reader of whole sentences reads a piece as well. Pieces that may be one list (a kind of
fact told twice, with « ou »; a denial that goes on) stay together.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from rules.criteria import KEY_KINDS, HistologyIs, Kind, NoDemand, OrganIs, Polarity, Test, Unread, leaves
from rules.hinted import hinted
from rules.histologies import HISTOLOGIES
from rules.organs import ORGANS
from rules.reading.clause import Clause, plain
from rules.reading.joining import Read
from rules.reading.markers.tokens import names_something
from rules.reading.second_look import may_break
from rules.reading.segments import in_parenthesis
from rules.vocabulary.hierarchy import Hierarchy

_MOST = 6
_COMMA = re.compile(r"(?<!\bou)(?<!\bor)(?<!\bet)(?<!\band),\s")
_LEVEL = r"(?:tres )?(?:faible|bas|intermediaire|modere|eleve|haut|high|low|intermediate)"
_RISK = hinted(
    rf",?\s(?:a|de|d'un|avec un|at)\s(?:(?:tres )?(?:haut|faible|bas|fort|high|low)s?\s(?:risques?|risk)|risques?\s"
    rf"{_LEVEL}(?:(?:\s?(?:-|,|/)\s?|\s(?:ou|et|a)\s){_LEVEL})*)(?:\s(?:de|d'|of)\s?(?:recidive|rechute|progression|"
    r"recurrence|relapse))?(?:\s\((?P<inner>[^()]*)\))?(?![a-z-])"
)
"""« À risque élevé de récidive (pT3, pT4 ou pN+) »: a group of risk, and what is meant by it."""
_TELLING = re.compile(r"\d")
_OR = re.compile(r"\b(?:ou|or|et/ou|and/or|/|ni|nor)\b")
_BINDS = hinted(
    r":\s|;|\b(?:si|if|sauf|hors|hormis|excepte\w*|except|unless|soit|either|ou bien|lorsque|when|quel(?:le)?s? que|"
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
    if clause.polarity is not Polarity.INCLUSION or not (", " in clause.plain or _RISK.search(clause.plain)):
        return None
    if _BINDS.search(clause.plain):
        return None
    pieces = _together(_cut(clause), reader)
    if len(pieces) < 2:
        return None
    reads = [reader(piece) for piece in pieces]
    if not _names_tumours(reads[0]) or any(map(_names_tumours, reads[2:])) or _is_another(pieces[1], *reads[:2]):
        return None  # none, or a list of them
    reads = [reads[0], *(_in_context(pieces[0], *each, reader) for each in zip(pieces[1:], reads[1:], strict=True))]
    reads = [_as_a_question(*each) for each in zip(pieces, reads, strict=True)]
    told = Read(
        tuple(row for one in reads for row in one.tests),
        all(one.whole for one in reads),
        tuple(permit for one in reads for permit in one.permits),
    )
    return told if _open(told) < _open(read) and _decided(read) <= _sure(told) else None


def _cut(clause: Clause) -> list[Clause]:
    """The clause at its commas and around its group of risk; a piece that leans on the one before it stays with it.

    A bracket behind the group says what is meant by it, and stands for it."""
    texts, start = [], 0
    for first, last, said in sorted(_cuts(clause), key=lambda cut: (cut[0], -cut[1])):
        if first >= start:
            texts += [clause.text[start:first].strip(), said]
            start = last
    texts = [text for text in (*texts, clause.text[start:].strip()) if text.strip(" ,;.")]
    return [replace(clause, text=text) for text in texts] if 1 < len(texts) <= _MOST else [clause]


def _cuts(clause: Clause) -> Iterator[tuple[int, int, str]]:
    """Where a piece ends and where the next begins, with the piece between them."""
    for match in _COMMA.finditer(clause.plain):
        if not in_parenthesis(clause.plain, match.start()) and not _GOES_ON.match(clause.plain, match.end()):
            yield match.start(), match.end(), ""
    for match in _RISK.finditer(clause.plain):
        if not in_parenthesis(clause.plain, match.start()):
            inner = clause.text[slice(*match.span("inner"))] if match["inner"] else ""
            yield (
                match.start(),
                match.end(),
                inner if _TELLING.search(inner) and _OR.search(plain(inner)) else match[0].strip(" ,"),
            )


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
    joint = _OR.search(_OUTER.sub(lambda inner: " " * len(inner[0]), after.plain))
    if joint is None:
        return False
    if _DENIES.search(before.plain):
        return True
    known = _matters(reader(before))
    if first := _matters(reader(replace(after, text=after.text[: joint.start()]))):
        return bool(first & known)
    told = _matters(reader(after))  # « en rechute, progressif ou réfractaire après une ligne »: all of the course
    return not told or bool(told & known) or bool(told & _OF_THE_COURSE and known & _OF_THE_COURSE)


_OF_THE_COURSE = frozenset({Kind.EXTENT, Kind.LINE, Kind.PRIOR_TREATMENT})
_OUTER = re.compile(r"\([^()]*\)")


def _matters(read: Read) -> frozenset[Kind]:
    """What the criteria of a piece are of, those of which something is read."""
    sure = [row for row in read.tests if any(not isinstance(leaf, Unread | NoDemand) for leaf in leaves(row[2]))]
    return frozenset(kind for kind, _, _ in sure) & KEY_KINDS


def _sure(read: Read) -> frozenset[Kind]:
    told = (leaf for _, _, test in read.tests for leaf in leaves(test))
    return frozenset(leaf.kind for leaf in told if not isinstance(leaf, Unread | NoDemand))


def _decided(read: Read) -> frozenset[Kind]:
    """What may rule somebody out."""
    return _sure(replace(read, tests=tuple(row for row in read.tests if may_break(row[2]))))


def _names_tumours(read: Read) -> bool:
    return any(isinstance(leaf, OrganIs | HistologyIs) for _, _, test in read.tests for leaf in leaves(test))


def _is_another(piece: Clause, first: Read, read: Read) -> bool:
    """Whether the second piece names a tumour that is not just the first one told closer (« TVIM »)."""
    if not _names_tumours(read):
        return False
    if _OR.search(_OUTER.sub("", piece.plain)) or not read.whole:
        return True
    told = [(_named(one, OrganIs), _named(one, HistologyIs)) for one in (first, read)]
    (organs, types), (others, more) = told
    return not (_share(organs, others, ORGANS) and _share(types, more, HISTOLOGIES))


def _named(read: Read, of: type[OrganIs] | type[HistologyIs]) -> frozenset[str]:
    every = (leaf for _, _, test in read.tests for leaf in leaves(test))
    return frozenset(
        id_
        for leaf in every
        if isinstance(leaf, of)
        for id_ in (leaf.organs if isinstance(leaf, OrganIs) else leaf.histologies)
    )


def _share(ids: frozenset[str], others: frozenset[str], graph: Hierarchy) -> bool:
    """Whether something may be both; what is not told excludes nothing."""
    return not ids or not others or any(graph.below(one) & graph.below(other) for one in ids for other in others)


def _in_context(first: Clause, piece: Clause, alone: Read, reader: Callable[[Clause], Read]) -> Read:
    """A piece that says little alone (« non traité ») read behind the tumour that it is said of."""
    if alone.whole:
        return alone
    own = reader(first).tests
    both = reader(replace(piece, text=f"{first.text}, {piece.text}"))
    return Read(both.tests[len(own) :], True) if both.whole and both.tests[: len(own)] == own else alone


def _as_a_question(piece: Clause, read: Read) -> Read:
    """An unread piece that names a marker is a question, though its other words are for screening."""
    if _sure(read) or any(key for _, key, _ in read.tests) or not names_something(piece):
        return read
    return replace(read, tests=((Kind.BIOMARKER, True, Unread(Kind.BIOMARKER)),))


def _open(read: Read) -> int:
    """How much is left open: unread words, those that are questions first."""
    rows: list[tuple[bool, Test]] = [(key, test) for _, key, test in read.tests]
    return sum(10 if key else 1 for key, test in rows for leaf in leaves(test) if isinstance(leaf, Unread))
