"""Names by their clipped words: « carcinome épidermoïde anal » is also « CE anal », « CEC anal », « SCC anal ».

Table: `vocabulary/<table>.csv`. A short form is made of a name that says more than the words it clips, never of these
words alone, and never takes the place of a name that the vocabulary has already.
"""

import re
from collections.abc import Iterator

from rules.lexicon import Lexicon
from rules.text import key
from rules.vocabulary.tables import rows, several

_Rule = tuple[str, re.Pattern[str], str]

_CLIPPED_AT_MOST = 2
"""Shortenings in one name: « CEC peu diff »."""

_NOT_CLIPPED = re.compile(r"\b(?:non|no|pas|hors|sans|not)\b")
"""« non épidermoïde »: the reader of the lung knows it by its own words."""


def with_short_forms(lexicon: Lexicon, table: str) -> Lexicon:
    """The lexicon with what the table of shortenings makes of its names; what two names share stands for both."""
    rules = list(_rules(table))
    made: dict[str, frozenset[str]] = {}
    todo = dict(lexicon.phrases)
    for _ in range(_CLIPPED_AT_MOST):
        fresh: dict[str, frozenset[str]] = {}
        for phrase, ids in todo.items():
            for short in _clipped(phrase, rules):
                if short not in lexicon.phrases and not ids <= made.get(short, frozenset()):
                    made[short] = fresh[short] = made.get(short, frozenset()) | ids
        todo = fresh
    return Lexicon(lexicon.name, {**lexicon.phrases, **made})


def _rules(table: str) -> Iterator[_Rule]:
    for row in rows(table, columns=("words", "short", "where", "source")):
        words = re.escape(key(row["words"]))
        pattern = rf"^{words}(?=\s)" if row["where"] == "start" else rf"(?<=\s){words}\b|^{words}(?=\s)"
        for short in several(row["short"]):
            yield key(row["words"]), re.compile(pattern), key(short)


def _clipped(phrase: str, rules: list[_Rule]) -> Iterator[str]:
    if _NOT_CLIPPED.search(phrase):
        return
    for words, pattern, short in rules:
        if words not in phrase:
            continue
        clipped, count = pattern.subn(short, phrase)
        if count and clipped != phrase:
            yield clipped
