"""What a sentence leaves to another of the same text: « un de ces gènes », « autre que ceux décrits ci-dessus ».

Genes are put in its place only where the text has a single list of them, so that nobody has to guess which is meant.
An exception told elsewhere cannot be taken away here: what the sentence asks then settles nothing.
"""

import re
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Polarity, Unread
from rules.hinted import hinted
from rules.markers import MARKER_NAMES
from rules.reading.clause import plain
from rules.reading.joining import Read
from rules.text import tokens

_GENE = r"[A-Z][A-Z0-9]{1,6}(?:-?\d{1,2})?(?![\w-])"
_JOINT = r"(?:\s?,\s?|\s?/\s?|,?\s(?:et/ou|ou|et|and/or|or|and)\s)"
_LIST = re.compile(rf"(?<![\w-]){_GENE}(?:{_JOINT}{_GENE})+")
_WORD = re.compile(_GENE)
_REFERS = re.compile(
    r"(?i)(?P<of>d['’])?(?:(?:au moins|at least) )?(?:l['’]une?|une?|any|one) "
    r"(?:de ces|des|parmi ces|of these|of the) (?:(?:m[êe]mes|above|same) )?g[èe]nes?\b"
    r"(?P<said> (?:ci-dessus|cit[ée]s))?"
)


_MAY_REFER = re.compile(r"[gG][èeÈE][nN][eE]")


def genes_listed(text: str | None) -> str:
    """The only list of genes of a text as it is written; "" where there is none, or more than one."""
    if not text or not _MAY_REFER.search(text) or not _REFERS.search(text):
        return ""
    found = {match[0] for match in _LIST.finditer(text) if all(map(_is_marker, _WORD.findall(match[0])))}
    return found.pop() if len(found) == 1 else ""


def _is_marker(word: str) -> bool:
    return bool(MARKER_NAMES.find_tokens(tokens(word)))


def with_genes(text: str, genes: str) -> str:
    """The text with the genes in the place of « un de ces gènes »."""
    match = _REFERS.search(text) if genes else None
    if match is None or not ("ces" in match[0].lower() or "these" in match[0].lower() or match["said"]):
        return text
    return f"{text[: match.start()]}{'de ' if match['of'] else ''}{genes}{text[match.end() :]}"


_LISTED = (
    r"(?:decri|mention|cite|list|prevu|permis|autoris|specifi|defini|enumer|described|listed|allowed|permitted|noted)"
)
_EXCEPT = r"(?:autres?|other|hors|sauf|hormis|except\w*|en dehors|a l'exclusion|differente?s?)"
_ELSEWHERE = hinted(
    rf"\b{_EXCEPT}\b[^.;()]{{0,40}}\b(?:ci-dessus|plus haut|susmentionne\w*|precites?|precitees?|above|"
    rf"{_LISTED}\w* (?:aux?|dans|par|in|under|en) (?:les? |la |l'|the )?"
    r"(?:criter|inclusion|protocol|paragraph|section))"
)
"""« Traitement autre que ceux décrits ci-dessus », « sauf ceux permis au protocole »."""


def with_exceptions_elsewhere(text: str, read: Read, polarity: Polarity) -> Read:
    """A reading whose exceptions another sentence tells: it excludes nobody, and leaves nobody out."""
    if not _ELSEWHERE.search(plain(text)):
        return read
    join = AllOf if polarity is Polarity.EXCLUSION else AnyOf
    return replace(
        read, tests=tuple((kind, key, join((test, Unread(kind)))) for kind, key, test in read.tests), whole=False
    )
