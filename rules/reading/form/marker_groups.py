"""Biomarkers named in one sentence, in the lists in which they share a status."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rules.markers import MARKER_NAMES
from rules.reading.form.sentences import Sentence

_CONNECTOR = re.compile(
    r"\s*(?P<join>,\s*(?:et|ni|ou)\b|,|/|(?<=\s)\+(?=\s)|(?<=\w)-(?=\w)|&|\bet\b|\bou\b|\bni\b|et/ou)\s*(?:(?:de|"
    r"du|des|le|la|les)\s+|d'|de\s+l'|l')?(?:genes?\s+)?"
)
_CUT = re.compile(r"\s(?:et|ni|ou|avec|mais|puis|sans|pas)\s")
_MASKED = re.compile(r"(?<=\d)[.,](?=\d)|(?<=\bp)\.(?=\s?\(?[A-Za-z]{1,3}\d)|(?<=18)\.(?=2)")
_AFTER = re.compile(r"[^,;.:()\n]*(?:\s*:\s*[^,;.:()\n]*)?(?:\([^()]*\)[^,;.:()\n]*)*")

_OWN_RESULT = re.compile(r"pmmr|dmmr|\bmss\b|msi[- ]?h|instab|stable")
NOUN = re.compile(
    r"\b(?:mutations?|fusions?|rearrangements?|translocations?|amplifications?|deletions?|insertions?|"
    r"duplications?|pertes?(?:\s+d'expression)?|sauts?|"
    r"variants?|alterations?|anomalies?|surexpressions?|hypermethylations?|methylations?|codeletions?|skipping)\b"
)

SLASH = frozenset({"/", "-", "+", "&"})
"""What joins names into one (« EGFR/ALK »)."""


class Named(NamedTuple):
    """One marker named: half-open span, id."""

    start: int
    end: int
    marker: str


class Group(NamedTuple):
    """Names that stand in one list (« EGFR, ALK et ROS1 »), what joins them, and the words before and after."""

    names: tuple[Named, ...]
    joins: tuple[str, ...]
    before: str
    after: str


def names_in(sentence: Sentence) -> list[Named]:
    """The markers that a sentence names, each with one meaning."""
    found: list[Named] = list(_glued(sentence)) if _MAY_BE_GLUED.search(sentence.text) else []
    for mention in sentence.markers:
        end = mention.end
        if sentence.text[end : end + 1] == ")" and "(" in sentence.text[mention.start : end]:
            end += 1
        if len(mention.ids) == 1 and mention.ids != {"CTDNA"}:
            found.append(Named(mention.start, end, next(iter(mention.ids))))
    return sorted(found, key=lambda name: name.start) if found else found


_GLUED = re.compile(
    r"(?<![\w-])(?P<origin>[gst](?=[A-Z]))?(?P<gene>[A-Z][A-Z0-9]{1,5})(?P<state>mut|m|wt|WT)?(?![\w-])"
)


_MAY_BE_GLUED = re.compile(r"[A-Z0-9](?:m|wt|WT)|[gst][A-Z]")


def _glued(sentence: Sentence) -> Iterator[Named]:
    """« TP53m », « IDHwt », « gBRCA2 »: a gene with its state or its origin in one word; only the gene is the name."""
    for match in _GLUED.finditer(sentence.text):
        if not (match["origin"] or match["state"]) or MARKER_NAMES.exact(match[0]):
            continue
        ids = MARKER_NAMES.exact(match["gene"])
        if len(ids) == 1:
            yield Named(match.start("gene"), match.end("gene"), next(iter(ids)))


def groups_of(sentence: Sentence, names: list[Named]) -> Iterator[Group]:
    """The lists of names, left to right."""
    text = _MASKED.sub("~", sentence.text)
    index, edge = 0, 0
    while index < len(names):
        last = index
        joins: list[str] = []
        while last + 1 < len(names):
            match = _CONNECTOR.match(text.lower(), names[last].end)
            if (
                match is None
                or match.end() != names[last + 1].start
                or _closes(text, names[last], joins, match["join"])
            ):
                break
            joins.append(match["join"].strip(", ") or ",")
            last += 1
        following = names[last + 1].start if last + 1 < len(names) else len(text)
        after = _after(text, names[last].end, following)
        yield Group(tuple(names[index : last + 1]), tuple(joins), _before(text, edge, names[index].start), after)
        edge = names[last].end + len(after)
        index = last + 1


def _closes(text: str, name: Named, joins: list[str], join: str) -> bool:
    """Whether the list ends here: « A et B, C », or a name that is its own result (pMMR)."""
    own = name.marker == "MSI" and _OWN_RESULT.search(text[name.start : name.end].lower())
    return bool(own) or bool(joins and joins[-1] in ("et", "ou") and join == ",")


def _after(text: str, start: int, following: int) -> str:
    match = _AFTER.match(text, start)
    end = match.end() if match else start
    if end > following:
        end = following
        opened = text.rfind("(", start, end)
        if opened >= 0 and ")" not in text[opened:end]:
            end = opened
        cut = _CUT.search(text, start, end) or NOUN.search(text.lower(), start + 2, end)
        end = min(end, cut.start()) if cut else end
    return text[start:end]


def _before(text: str, edge: int, start: int) -> str:
    before = text[edge:start]
    return before[max([before.rfind(mark) for mark in ",;:.()"]) + 1 :]
