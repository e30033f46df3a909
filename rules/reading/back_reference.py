"""« Mutation d'un de ces gènes »: the genes that another sentence of the same text lists.

Only where the text has a single list of genes, so that nobody has to guess which is meant.
"""

import re

from rules.markers import MARKER_NAMES
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


def genes_listed(text: str | None) -> str:
    """The only list of genes of a text as it is written; "" where there is none, or more than one."""
    if not text or not _REFERS.search(text):
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
