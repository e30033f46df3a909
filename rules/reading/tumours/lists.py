"""A list of tumours with something said of single ones: « LF R/R, LCM (≥ 2 lignes) ou LDGCB R/R » is one any-of.

Each member keeps what is said of it; words of a member that are not understood narrow that member alone. What stands
before the first name or behind the last one is left outside: it is said of them all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.criteria import AllOf, AnyOf, Kind, Not, OrganIs, Test, Unread, leaves
from rules.histologies import HISTOLOGIES
from rules.kinds import Polarity
from rules.organs import ORGANS
from rules.reading.clause import Clause, Found
from rules.reading.disease import recogniser as disease
from rules.reading.disease.tumour_context import is_apart
from rules.reading.markers import recogniser as markers
from rules.reading.neutral import NEUTRAL
from rules.reading.phrases import masked, negated
from rules.reading.subgroups import is_open_parenthesis, of_a_subgroup
from rules.reading.tumours.entities import Asked, all_of, asked_at, asked_of, histologies_in, organs_in
from rules.reading.tumours.groups import exception_in, groups_of, is_primary
from rules.reading.tumours.names import Name
from rules.vocabulary.hierarchy import Hierarchy

_CUT = re.compile(
    r",(?!\s(?:sauf|hors|hormis|excepte|a l'ex|sans|avec ou|with or|without|exclu))|;|:|\bet/ou\b|\band/or\b|"
    r"\b(?<!avec )ou\b(?! (?:sans|non)\b)|\b(?<!with )or\b(?! (?:without|not)\b)|\bet\b|\band\b"
)
_TOGETHER = frozenset({"et", "and"})
_ARTICLE = re.compile(r"\s*(?:(?:d'|l'|(?:un|une|an?|the|le|la|les|de|du|des)\s))*")
_BARE = re.compile(r"[\s(]*(?:(?:d'|l'|(?:de|du|des|la|le|les|the|cancers?|k)\s))*$")
_LISTED = re.compile(r"\b(?:ou|or)\b|,")
_EITHER = re.compile(r"\b(?:ou|or|et/ou|and/or)\b")
_SHORT = 6
_ANOTHER_THOUGHT = re.compile(
    r"(?:avec|with|ayant|having|pour|for|dont|whose|which|that|who|qui|non|not|sans|without|en|in|stades?|stage|"
    r"jamais|au|"
    r"au moins|at least|apres|after|naif\w*|progress\w*|age|chez|ou a|[<>≥≤]|\d)"
)
_EXCEPT = re.compile(r"\b(?:sauf|hors|hormis|excepte\w*|except|unless|a l'exception|autorise\w*|possible\w*)\b")

_EXCEPTED = re.compile(r"\((?:sauf|hors|hormis|except\w*|a l'exception)\b")


@dataclass(frozen=True, slots=True)
class _Member:
    """One stretch of a list between two separators, and what it asks; no tumour named in it: `asked` is None."""

    start: int
    end: int
    test: Test | None
    asked: Asked | None = None
    sure: bool = False


def listed(clause: Clause, every: Sequence[Name]) -> list[Found]:
    """The list as findings that each hold the whole any-of of a run of members; empty where there is none."""
    if clause.polarity is Polarity.EXCLUSION and not _EXCEPT.search(clause.plain, every[0].end if every else 0):
        return []  # composition joins the members of an exclusion by itself, but for those that an exception follows
    said = [one for recognise in (disease.recognise, markers.recognise) for one in recognise(clause)]
    spans, apart = _before_an_exception(clause, every, said)
    members = [_member(clause, span, every, said) for span in spans]
    named = [index for index, member in enumerate(members) if member.asked]
    if len(named) < 2 or not any(member.sure for member in members):
        return []
    run = members[named[0] : named[-1] + 1]
    if clause.polarity is Polarity.EXCLUSION:
        return [Found(one.start, one.end, one.test, _kind(one.test)) for one in run if one.test]
    if not _are_alternatives(clause, run):
        return []
    rest = members[named[-1] + 1 :]
    whole = _any_of(run, open_ended=bool(rest) and _goes_on(clause, rest[0], said))
    return [replace(whole, end=apart[1], test=AllOf((whole.test, apart[2])))] if apart else [whole]


def _any_of(run: Sequence[_Member], *, open_ended: bool) -> Found:
    """One of all; a member that nobody reads is among them."""
    unread = Unread(Kind.HISTOLOGY)
    tests = list(dict.fromkeys([*(one.test or unread for one in run), *([unread] if open_ended else [])]))
    whole = AnyOf(tuple(tests)) if len(tests) > 1 else tests[0]
    return Found(run[0].start, run[-1].end, whole, _kind(whole))


def _are_alternatives(clause: Clause, run: Sequence[_Member]) -> bool:
    """Members that « ou » joins, or that no patient can have together; what only details the first is none."""
    asked = [member.asked for member in run if member.asked]
    if all(is_detail(asked[0], other) for other in asked[1:]):
        return False
    either = any(_EITHER.search(clause.plain[one.end : other.start]) for one, other in pairwise(run))
    return either or any(_exclude(one, other) for one in asked for other in asked)


def is_detail(first: Asked, other: Asked) -> bool:
    """Whether the other names nothing beyond the first: its organs and its histologies lie within."""
    if other.organ and not (first.organ and _covers(organs_in(first), organs_in(other), ORGANS)):
        return False
    own = histologies_in(first)
    return not own or _covers(own, histologies_in(other), HISTOLOGIES)


def _covers(wide: frozenset[str], narrow: frozenset[str], hierarchy: Hierarchy) -> bool:
    return all(any(hierarchy.covers(one, id_) for one in wide) for id_ in narrow)


def _exclude(one: Asked, other: Asked) -> bool:
    organs = not _share(organs_in(one), organs_in(other), ORGANS)
    return organs or not _share(histologies_in(one), histologies_in(other), HISTOLOGIES)


def _share(one: frozenset[str], other: frozenset[str], hierarchy: Hierarchy) -> bool:
    if not one or not other:
        return True
    return any(hierarchy.below(first) & hierarchy.below(second) for first in one for second in other)


def _goes_on(clause: Clause, rest: _Member, said: Sequence[Found]) -> bool:
    """Whether the list seems to go on with a member whose words nobody knows."""
    text = clause.plain[rest.start : rest.end].strip()
    if _ANOTHER_THOUGHT.match(text) or any(one.start < rest.end and rest.start < one.end for one in said):
        return False
    words = [token for token in clause.words if rest.start <= token.start < rest.end]
    return 0 < len(words) <= _SHORT and any(token.word not in NEUTRAL for token in words)


def _kind(test: Test) -> Kind:
    return Kind.ORGAN if any(isinstance(leaf, OrganIs) for leaf in leaves(test)) else Kind.HISTOLOGY


def _stretches(clause: Clause, every: Sequence[Name], said: Sequence[Found]) -> list[tuple[int, int]]:
    """The stretches between the separators of the list that stand outside parentheses and outside what is read."""
    text = clause.plain
    spans, start = [], 0
    taken = [(one.start, one.end) for one in every] + [(one.start, one.end) for one in said]
    for match in _CUT.finditer(text):
        if text.count("(", 0, match.start()) > text.count(")", 0, match.start()):
            continue
        if any(first <= match.start() < last for first, last in taken):
            continue
        behind = _ARTICLE.match(text, match.end())
        if match[0] in _TOGETHER and not any(name.start == (behind.end() if behind else -1) for name in every):
            continue
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(text))]


def _before_an_exception(
    clause: Clause, every: Sequence[Name], said: Sequence[Found]
) -> tuple[list[tuple[int, int]], tuple[int, int, Test] | None]:
    """The stretches of an inclusion, and what « A ou B, hors C » excepts of them all behind a comma at its end."""
    spans = _stretches(clause, every, said)
    start, end = spans[-1]
    apart = exception_in(clause, start, end, every) if clause.polarity is Polarity.INCLUSION else None
    if apart is None or apart[1] != end or clause.plain[: apart[0]].rstrip()[-1:] != ",":
        return spans, None
    return [*spans[:-1], (start, len(clause.plain[: apart[0]].rstrip(" ,")))], apart


def _member(clause: Clause, span: tuple[int, int], every: Sequence[Name], said: Sequence[Found]) -> _Member:
    start, end = span
    apart = exception_in(clause, start, end, every)
    inside = [name for name in every if start <= name.start and name.end <= end]
    inside = [name for name in inside if not (apart and apart[0] <= name.start < apart[1])]
    groups = [group for group in groups_of(clause, inside) if _counts(clause, group, start, end)]
    if not groups:
        return _Member(start, end, None)
    begin = groups[0][0].start
    asked, told = asked_at(clause.plain, groups[0])
    parts = list(asked.parts)
    if apart:
        parts.append(apart[2])
    parts += [_further(clause, group) for group in groups[1:]]
    own = [one for one in said if begin <= one.start and one.end <= end and not _illustrates(clause, one, every, said)]
    parts += [one.test for one in own]
    reached = max([told, groups[-1][-1].end, *(one.end for one in own), apart[1] if apart else 0])
    last = end == len(clause.plain)
    first = start == 0 and clause.polarity is Polarity.INCLUSION
    begin, stop = begin if first else _first_word(clause, start), reached if last else end
    spans = (
        [(name.start, name.end) for group in groups for name in group]
        + [(groups[0][0].start, told)]
        + [(one.start, one.end) for one in own]
    )
    lost = apart is None and _EXCEPTED.search(clause.plain, begin, stop) is not None
    if lost or _words_left(clause, begin, stop, [*spans, *([apart[:2]] if apart else [])]):
        parts.append(Unread(Kind.HISTOLOGY))
    return _Member(begin, stop, all_of(tuple(dict.fromkeys(parts))), asked, is_primary(clause, groups[0]))


def _illustrates(clause: Clause, one: Found, every: Sequence[Name], said: Sequence[Found]) -> bool:
    """Something in a parenthesis that lists cases, or of which part is not read: the member is not held to it."""
    known = [(name.start, name.end) for name in every] + [(other.start, other.end) for other in said]
    if not is_inside(clause.plain, one.start):
        return False
    opening = clause.plain.rfind("(", 0, one.start)
    closing = clause.plain.find(")", one.start)
    listed_there = _LISTED.search(clause.plain, opening, closing if closing >= 0 else len(clause.plain))
    return listed_there is not None or is_open_parenthesis(clause.plain, one.start, known)


def is_inside(plain: str, position: int) -> bool:
    """Whether a place stands in a parenthesis."""
    return plain.count("(", 0, position) > plain.count(")", 0, position)


def _further(clause: Clause, group: Sequence[Name]) -> Test:
    """Another tumour in the same member: what is denied is denied, how the rest belongs to the first is not known."""
    whole = asked_of(group).whole
    denied = negated(masked(clause.plain), group[0].start) is not None
    return Not(whole) if denied and whole else Unread(Kind.HISTOLOGY)


def _first_word(clause: Clause, start: int) -> int:
    return next((token.start for token in clause.words if token.start >= start), start)


def _counts(clause: Clause, group: Sequence[Name], start: int, end: int) -> bool:
    """A primary by its words, or a bare site that is all the member says (« …, pancréas, ovaire »)."""
    if is_primary(clause, group):
        return True
    first, last = group[0].start, group[-1].end
    if is_apart(clause, first, last) or of_a_subgroup(clause, first, last):
        return False
    if any(name.histologies for name in group):
        return True
    return _BARE.fullmatch(clause.plain, start, first) is not None and not clause.plain[last:end].strip(" ()")


def _words_left(clause: Clause, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    text = clause.plain
    return any(
        token.word not in NEUTRAL
        for token in clause.words
        if start <= token.start < end
        and not any(first <= token.start < last for first, last in spans)
        and text.count("(", start, token.start) <= text.count(")", start, token.start)
    )
