"""Phrases of a vocabulary and the concepts they name: exact, found in running text, or by similarity as a set."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from rules.errors import VocabularyError
from rules.text import Token, key, tokens
from rules.vocabulary.hierarchy import Hierarchy
from rules.vocabulary.tables import rows, several

NAME_COLUMNS = ("text", "ids", "lang", "source")

SIMILAR = 88.0
"""Ratio (0–100) from which a misspelt word may be the known one; only words of six letters or more are compared."""

_NEVER_BY_SIMILARITY = re.compile(r"\d|^(?:non|pas|sans|anti|petites?|grandes?|in|hors|haut|bas)$")


class Mention(NamedTuple):
    """A phrase found in a text: half-open span in the original, and the concepts it may name."""

    start: int
    end: int
    ids: frozenset[str]
    how: str
    confidence: float


_Phrase = tuple[tuple[str, ...], frozenset[str]]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Comparable phrase → concept ids. Several ids: the phrase is ambiguous and stands for a set. None: the words are
    another expression ("au sein de"), and say nothing of this vocabulary. Each is loaded once, and equal to itself."""

    name: str
    phrases: Mapping[str, frozenset[str]]

    @cached_property
    def _by_first_word(self) -> dict[str, tuple[frozenset[str] | None, dict[str, list[_Phrase]]]]:
        """First word → the concepts of that word alone, and second word → its phrases, longest first."""
        index: dict[str, tuple[frozenset[str] | None, dict[str, list[_Phrase]]]] = {}
        for phrase, ids in self.phrases.items():
            words = tuple(phrase.split())
            _, longer = index.setdefault(words[0], (None, {}))
            if len(words) == 1:
                index[words[0]] = (ids, longer)
            else:
                longer.setdefault(words[1], []).append((words, ids))
        for _, longer in index.values():
            for entries in longer.values():
                entries.sort(key=lambda entry: -len(entry[0]))
        return index

    @cached_property
    def _fuzzy_words(self) -> list[str]:
        words = {word for phrase in self.phrases for word in phrase.split()}
        return sorted(word for word in words if len(word) >= 6 and not _NEVER_BY_SIMILARITY.search(word))

    @cached_property
    def _well_spelt(self) -> frozenset[str]:
        return frozenset(self._fuzzy_words)

    def exact(self, text: str) -> frozenset[str]:
        """The concepts of the whole text, or none."""
        return self.phrases.get(key(text), frozenset())

    def find(self, text: str) -> list[Mention]:
        """Every longest phrase of the vocabulary in a running text, left to right, never overlapping."""
        return self.find_tokens(tokens(text))

    def find_tokens(self, words: list[Token]) -> list[Mention]:
        """As `find`, on a text already cut into words."""
        found: list[Mention] = []
        first, reach = self._by_first_word, 0
        for index in [at for at, token in enumerate(words) if token[0] in first]:
            if index < reach:
                continue
            token = words[index]
            length, ids = self._longest(words, index)
            if ids:
                found.append(Mention(token.start, words[index + length - 1].end, ids, "synonym", 1.0))
            reach = index + length
        return found

    def _longest(self, words: list[Token], index: int) -> tuple[int, frozenset[str]]:
        alone, longer = self._by_first_word[words[index].word]
        if longer and index + 1 < len(words):
            for phrase, ids in longer.get(words[index + 1].word, ()):
                length = len(phrase)
                if length == 2 or tuple([token.word for token in words[index : index + length]]) == phrase:
                    return length, ids
        return (0, frozenset()) if alone is None else (1, alone)

    def similar(self, text: str) -> list[Mention]:
        """As `find`, after misspelt words of six letters or more are read as every known word they resemble.

        Digits, signs, negations and short words are only ever compared exactly.
        """
        words = tokens(text)
        readings = [self._spellings(token.word) for token in words]
        found: list[Mention] = []
        for index, spellings in enumerate(readings):
            for word, ratio in spellings:
                respelt = [*words]
                respelt[index] = Token(word, words[index].start, words[index].end)
                for mention in self.find_tokens(respelt):
                    if mention.start <= words[index].start < mention.end:
                        found.append(Mention(mention.start, mention.end, mention.ids, "fuzzy", ratio / 100))
        return found

    def _spellings(self, word: str) -> list[tuple[str, float]]:
        if len(word) < 6 or _NEVER_BY_SIMILARITY.search(word) or word in self._well_spelt:
            return []
        hits = process.extract(word, self._fuzzy_words, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=5)
        return [(hit, ratio) for hit, ratio, _ in hits]


def load_lexicon(name: str, hierarchy: Hierarchy) -> Lexicon:
    """The names of `<name>.csv` (columns text, ids, lang, source) with the labels of the hierarchy itself."""
    phrases: dict[str, set[str]] = {}
    for concept in hierarchy.concepts.values():
        for label in (concept.label_fr, concept.label_en):
            phrases.setdefault(key(label), set()).add(concept.id)
    for row in rows(name, columns=NAME_COLUMNS):
        ids = several(row["ids"])
        unknown = [id_ for id_ in ids if id_ not in hierarchy]
        if unknown or not key(row["text"]):
            raise VocabularyError(f"{name}.csv: {row['text']!r}: unknown concept {unknown}")
        phrases[key(row["text"])] = {*ids}
    phrases.pop("", None)
    return Lexicon(name, {phrase: frozenset(ids) for phrase, ids in phrases.items()})
