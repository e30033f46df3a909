"""A list of tumours with something said of single ones: « LF R/R, LCM (≥ 2 lignes) ou LDGCB R/R » is one any-of.

Each member keeps what is said of it; words of a member that are not understood narrow that member alone. What stands
before the first name or behind the last one is left outside: it is said of them all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.criteria import AnyOf, Kind, Not, OrganIs, Test, Unread, leaves
from rules.kinds import Polarity
from rules.reading import disease, markers
from rules.reading.clause import Clause, Found
from rules.reading.neutral import NEUTRAL
from rules.reading.phrases import masked, negated
from rules.reading.subgroups import of_a_subgroup
from rules.reading.tumour_context import is_apart
from rules.reading.tumour_entities import all_of, asked_of
from rules.reading.tumour_groups import excepted, groups_of, is_primary
from rules.reading.tumour_names import Name

_CUT = re.compile(r",|;|\bet/ou\b|\band/or\b|\bou\b|\bor\b|\bet\b|\band\b")
_TOGETHER = frozenset({"et", "and"})
_ARTICLE = re.compile(r"\s*(?:(?:d'|l'|(?:un|une|an?|the|le|la|les|de|du|des)\s))*")
_BARE = re.compile(r"[\s(]*(?:(?:d'|l'|(?:de|du|des|la|le|les|the|cancers?|k)\s))*$")
_EXCEPT = re.compile(r"\b(?:sauf|hors|hormis|excepte\w*|except|unless|a l'exception|autorise\w*|possible\w*)\b")


@dataclass(frozen=True, slots=True)
class _Member:
    """One stretch of a list between two separators, and what it asks; None: no tumour is named in it."""

    start: int
    end: int
    test: Test | None
    qualified: bool = False
    sure: bool = False


def listed(clause: Clause, every: Sequence[Name]) -> list[Found]:
    """The list as findings that each hold the whole any-of of a run of members; empty where there is none."""
    if clause.polarity is Polarity.EXCLUSION and not _EXCEPT.search(clause.plain, every[0].end if every else 0):
        return []  # composition joins the members of an exclusion by itself, but for those that an exception follows
    said = [one for recognise in (disease.recognise, markers.recognise) for one in recognise(clause)]
    members = [_member(clause, span, every, said) for span in _stretches(clause, every, said)]
    first = next((index for index, member in enumerate(members) if member.test), None)
    if first is None or sum(member.test is not None for member in members) < 2 or not any(m.sure for m in members):
        return []
    last = max(index for index, member in enumerate(members) if member.test)
    return _runs(clause, members[first : last + 1])


def _runs(clause: Clause, members: list[_Member]) -> list[Found]:
    """An inclusion asks one of all, a member that nobody reads among them; an exclusion each by itself."""
    if clause.polarity is Polarity.EXCLUSION:
        return [Found(one.start, one.end, one.test, _kind(one.test)) for one in members if one.test]
    tests = list(dict.fromkeys(one.test or Unread(Kind.HISTOLOGY) for one in members))
    whole = AnyOf(tuple(tests)) if len(tests) > 1 else tests[0]
    return [Found(members[0].start, members[-1].end, whole, _kind(whole))]


def _kind(test: Test) -> Kind:
    return Kind.ORGAN if any(isinstance(leaf, OrganIs) for leaf in leaves(test)) else Kind.HISTOLOGY


def _stretches(clause: Clause, every: Sequence[Name], said: Sequence[Found]) -> list[tuple[int, int]]:
    """The stretches between the separators of the list that stand outside parentheses and outside what is read."""
    text = clause.plain
    spans, start = [], 0
    for match in _CUT.finditer(text):
        if text.count("(", 0, match.start()) > text.count(")", 0, match.start()):
            continue
        if any(one.start <= match.start() < one.end for one in (*every, *said)):
            continue
        behind = _ARTICLE.match(text, match.end())
        if match[0] in _TOGETHER and not any(name.start == (behind.end() if behind else -1) for name in every):
            continue
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(text))]


def _member(clause: Clause, span: tuple[int, int], every: Sequence[Name], said: Sequence[Found]) -> _Member:
    start, end = span
    inside = [name for name in every if start <= name.start and name.end <= end]
    groups = [group for group in groups_of(clause, inside) if _counts(clause, group, start, end)]
    if not groups:
        return _Member(start, end, None)
    begin, stop = groups[0][0].start, groups[0][-1].end
    parts = list(asked_of(groups[0]).parts)
    apart = excepted(clause, stop, every)
    if apart and apart[0] <= end:
        stop = apart[0]
        parts.append(apart[1])
    for group in groups[1:]:
        whole = asked_of(group).whole
        denied = negated(masked(clause.plain), group[0].start) is not None
        parts.append(Not(whole) if denied and whole else Unread(Kind.HISTOLOGY))
        stop = max(stop, group[-1].end)
    own = [one for one in said if begin <= one.start and one.end <= end]
    parts += [one.test for one in own]
    stop = max([stop, *(one.end for one in own)])
    if _words_left(clause, begin, stop if end == len(clause.plain) else end, groups, own):
        parts.append(Unread(Kind.HISTOLOGY))
        stop = max(stop, end if end < len(clause.plain) else stop)
    sure = is_primary(clause, groups[0])
    return _Member(begin, stop, all_of(tuple(parts)), len(parts) > 1, sure)


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


def _words_left(clause: Clause, start: int, end: int, groups: Sequence[Sequence[Name]], own: Sequence[Found]) -> bool:
    spans = [(name.start, name.end) for group in groups for name in group] + [(one.start, one.end) for one in own]
    text = clause.plain
    return any(
        token.word not in NEUTRAL
        for token in clause.words
        if start <= token.start < end
        and not any(first <= token.start < last for first, last in spans)
        and text.count("(", start, token.start) <= text.count(")", start, token.start)
    )
