"""The words of biomarker language: their parts of speech, and names that are spelt over several words.

Searched in the plain text (lower case, no accents, one character for each of the original).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rules.hinted import hinted
from rules.markers import MARKER_NAMES

MARKER, CLASS, VARIANT, QUALIFIER, STATE, LIMIT = "marker", "class", "variant", "qualifier", "state", "limit"
UNKNOWN = "unknown"
SEPARATOR, NEGATION, STATUS, KNOWN, FILLER, OPEN, CLOSE, BREAK, EXCEPT, EXAMPLE, ETC = (
    "separator", "negation", "status", "known", "filler", "open", "close", "break", "except", "example", "etc",
)  # fmt: skip


class Word(NamedTuple):
    """One piece of the clause: its part of speech, half-open span, and text (plain; a marker's name as written)."""

    part: str
    start: int
    end: int
    text: str
    markers: frozenset[str] = frozenset()


_EWING = hinted(
    r"(?<![a-z0-9])ews(?:r1)?\s?(?:-|::|/)\s?(?:fli1|erg|etv[14]|fev|wt1|atf1|creb1|nr4a3)(?![a-z0-9])|"
    r"(?<=rearrangement )ews(?:r1)?(?![a-z0-9])|(?<=rearrangement de )ews(?:r1)?(?![a-z0-9])|"
    r"(?<![a-z0-9])ews(?= rearrang)"
)


def ewing_fusions(plain: str) -> Iterator[list[Word]]:
    """« EWSR1-FLI1 », « réarrangement EWS »: the fusions of EWSR1 (EWS alone is the sarcoma)."""
    for match in _EWING.finditer(plain):
        fused = "fusion" if match.end() - match.start() > len("ewsr1") else ""
        name = Word(MARKER, match.start(), match.end(), "EWSR1", frozenset({"EWSR1"}))
        yield [Word(CLASS, match.start(), match.start(), fused), name] if fused else [name]


_LETTERS = hinted(r"(?<![a-z0-9])(re|ro|er)(\s?(?:,|/|et|and)\s?)(rp|pr|pgr)(?=\s?(?:,|/|et|and)[\s,a-z]{0,5}her-?2)")


def receptor_letters(plain: str) -> Iterator[list[Word]]:
    """« statuts RE, RP et HER2 connus »: receptor letters that HER2 explains."""
    for match in _LETTERS.finditer(plain):
        yield [Word(MARKER, match.start(1), match.end(1), match[1], frozenset({"ER"}))]
        yield [Word(MARKER, match.start(3), match.end(3), match[3], frozenset({"PR"}))]


_PROGESTERONE = re.compile(
    r"(?:recepteurs?|receptors?)\s[^.;,()]{0,14}o?e?strogen\w*\s?(?:et/ou|et|ou|and|or|/|,)\s?(?:a |aux? |de |d'|"
    r"to )?(?:la |l')?"
    r"(progesterone)(?![a-z])"
)


def progesterone(plain: str) -> Iterator[list[Word]]:
    """« récepteurs des estrogènes et de la progestérone »: the second receptor without its noun."""
    for match in _PROGESTERONE.finditer(plain):
        yield [Word(MARKER, match.start(1), match.end(1), "PR", frozenset({"PR"}))]


_ALLELE = hinted(r"(?i)(?<![a-z0-9])(HLA-?\s?[ABC]\s?\*\s?)\d\d:\d\d(?!\d)")
_FURTHER = re.compile(
    r"(?i)\s?(?:,|/|;|\bet/ou\b|\bou\b|\bor\b|\bet\b|\band\b)\s?(?:ou\s|or\s)?(?:[ABC]\s?\*\s?)?(\d\d:\d\d)(?!\d)"
)


def alleles(text: str) -> Iterator[list[Word]]:
    """« HLA-A*02:01, 02:05 ou 02:06 »: the alleles that only their numbers name."""
    for first in _ALLELE.finditer(text):
        position = first.end()
        while match := _FURTHER.match(text, position):
            position, name = match.end(), f"{first[1]}{match[1]}"
            if len(ids := MARKER_NAMES.exact(name)) == 1:
                yield [Word(MARKER, match.start(1), match.end(1), name, ids)]
