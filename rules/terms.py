"""A typed term as the set of concepts it may mean: exact, curated synonym, then by similarity, always shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.lexicon import Lexicon, Mention
from rules.remembered import remembered
from rules.text import fold
from rules.vocabulary.hierarchy import Hierarchy

_DENIED = re.compile(
    r"\b(?:sans|pas de|pas d'|absence de|absence d'|ni|without|no|hors|sauf|a l'exception d\w*|a l'exclusion d\w*|"
    r"excluding|except\w*)\b[^,;.()]*"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The concepts a term may mean (none: not read), how it was read, and how surely (0–1)."""

    concepts: frozenset[str]
    how: str = "unread"
    confidence: float = 0.0


def read_term(text: str, lexicon: Lexicon, hierarchy: Hierarchy) -> Reading:
    """Reads one typed term. Words that a term denies ("sans composante à petites cellules") are left out."""
    exact = lexicon.exact(text)
    if exact:
        return Reading(exact, "exact", 1.0)
    affirmed = affirmed_part(text)
    mentions = lexicon.find(affirmed)
    if mentions:
        return Reading(_joined(mentions, hierarchy), "synonym", 1.0)
    similar = lexicon.similar(affirmed)
    if similar:
        ids = frozenset().union(*(mention.ids for mention in similar))
        return Reading(ids, "fuzzy", round(max(mention.confidence for mention in similar), 2))
    return Reading(frozenset())


@remembered(8192)
def read_typed(text: str, lexicon: Lexicon, hierarchy: Hierarchy) -> Reading:
    """As `read_term`, of a field of a form: the same terms are typed in case after case."""
    return read_term(text, lexicon, hierarchy)


def affirmed_part(text: str) -> str:
    """The text with what it denies blanked out; same length, so spans stay true."""
    folded = fold(text)
    if len(folded) != len(text):
        return text
    kept = list(text)
    for match in _DENIED.finditer(folded):
        kept[match.start() : match.end()] = " " * (match.end() - match.start())
    return "".join(kept)


def _joined(mentions: Iterable[Mention], hierarchy: Hierarchy) -> frozenset[str]:
    joined: frozenset[str] = frozenset()
    for mention in mentions:
        joined = mention.ids if not joined else refine(joined, mention.ids, hierarchy) or joined | mention.ids
    return joined


def refine(first: frozenset[str], second: frozenset[str], hierarchy: Hierarchy) -> frozenset[str]:
    """What two statements of one thing leave possible: the more precise where they agree, nothing where they do not."""
    if not first or not second:
        return first or second
    kept = {precise for precise in second if hierarchy.above(precise) & first}
    kept |= {precise for precise in first if hierarchy.above(precise) & second}
    return frozenset(kept) or _common(first, second, hierarchy)


def _common(first: frozenset[str], second: frozenset[str], hierarchy: Hierarchy) -> frozenset[str]:
    common = {id_ for one in first for other in second for id_ in hierarchy.below(one) & hierarchy.below(other)}
    return frozenset(id_ for id_ in common if not (hierarchy.above(id_) - {id_}) & common)


def label_of(concepts: Iterable[str], hierarchy: Hierarchy, lang: str = "fr") -> str:
    """The labels of a set of concepts, in a fixed order."""
    return " ou ".join(hierarchy[id_].label(lang) for id_ in sorted(concepts))
