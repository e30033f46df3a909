"""Abbreviations that a text gives itself: « radiochimiothérapie concomitante (RCC) », later « avant la RCC ».

Written out for the recognisers, who may know the same letters for something else (renal cell carcinoma).
"""

import re
from collections.abc import Mapping

from rules.reading.clause import plain

_GIVEN = re.compile(r"(?P<words>[^\W\d_][\w'’-]*(?:\s[\w'’-]+){0,5})\s\((?P<short>[A-Z]{2,6})\)")
_SHORT = re.compile(r"\s\([A-Z]{2,6}\)")
"""What most texts lack: the words before it are looked for only where it stands."""
_LINKS = frozenset({"de", "du", "des", "la", "le", "les", "a", "au", "aux", "et", "ou", "of", "the", "and", "or", "un"})


def own_abbreviations(*texts: str | None) -> dict[str, str]:
    """What each abbreviation of a text stands for, where its letters are those of the words before it, in order."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _GIVEN.finditer(text) if text and _SHORT.search(text) else ():
            if long := _long_form(match["words"].split(), match["short"]):
                found.setdefault(match["short"], long)
    return found


def _long_form(words: list[str], short: str) -> str | None:
    """The shortest run of the last words that begins with the first letter and holds the others; its last word one."""
    for start in range(len(words) - 1, -1, -1):
        run = words[start:]
        telling = [word for word in map(plain, run) if word not in _LINKS]
        if telling and telling[0] == plain(run[0]) and _spells(telling, short.lower()):
            return " ".join(run)
    return None


def _spells(words: list[str], short: str) -> bool:
    """Whether the letters stand in the words in order, each word opened by one of them."""
    at = 0
    for word in words:
        if at >= len(short) or word[0] != short[at]:
            return False
        at += 1
        for letter in word[1:]:
            left = len(short) - at
            if left > len(words) - words.index(word) - 1 and at < len(short) and letter == short[at]:
                at += 1
    return at == len(short)


def written_out(text: str, own: Mapping[str, str]) -> str:
    """A sentence with the text's own abbreviations written out, but where they are given."""
    for short, long in own.items():
        if short in text and f"({short})" not in text:
            text = re.sub(rf"(?<![\w/-]){short}(?![\w/-])", long, text)
    return text
