"""Abbreviations written out before a text is read: « tt antérieur par RT » → « traitement antérieur … ».

The sentence that is shown stays as written; only what the recognisers look at is expanded. Table:
`vocabulary/abbreviations.csv`, each row with its reason.
"""

import re
from collections.abc import Mapping
from functools import cache

from rules.hinted import hinted
from rules.vocabulary.tables import rows, several

_WORDS = re.compile(r"[^\W\d_]+")
_INHIBITOR = hinted(r"(?<![\w-])i(?=(?:PARP|CDK|BTK|PI3K|MEK|BRAF|RAF|BCL-?2|mTOR|KRAS|EGFR|FGFR|IDH|ATR)s?(?![a-z]))")
"""« iPARP », « iCDK4/6 »: the class written as one word."""


_EXTENTS = {"m": "metastatic", "a": "advanced", "u": "unresectable", "la": "locally advanced"}
_PREFIXED = re.compile(
    r"(?<![\w/-])(?:(?P<extent>m|a|u|la|la/m)"
    r"(?=(?:NSCLC|SCLC|TNBC|BTC|PDAC|RCC|ccRCC|HCC|CRC|MCC|CSCC|cSCC|BCC|HNSCC)(?!\w))|(?P<course>r|nd?)(?=GBM(?!\w)))"
)
"""« aNSCLC », « uHCC », « laBCC », « rGBM »: the extent or the course as one letter before the abbreviation."""

_SUFFIXED = hinted(r"(?<![\w/-])(?P<name>CBNPC|CPNPC|CBPC|CSTN|ADKP|CRCC|ccRCC|CHC|TGNS|CU|CE)m(?!\w)")
"""« CBNPCm »."""

_OPTIONAL_ENDING = hinted(r"(?<=\w)\((?:s|e|es|x|ne|nes|le|les|aux)\)")
"""« Métastase(s) osseuse(s) »."""


_NOW_OR_ONCE = re.compile(
    r"(?i)\b(?P<now>(?:atteint|envahit|infiltre|touche|concerne)s?) ou (?:a|ont) (?:d[ée]j[àa] )?"
    r"(?:atteint|envahi|infiltr[ée]|touch[ée]|concern[ée])\b"
)
"""« Atteint ou a atteint le SNC »: one verb in two tenses, no alternative."""


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(rf"(?<![\w/-])(?:{row['pattern']})(?![\w-])", re.IGNORECASE if row["case"] == "any" else 0),
            row["words"],
        )
        for row in _rows()
    )


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(rows("abbreviations", columns=("hint", "pattern", "words", "case", "why")))


@cache
def _hints() -> Mapping[str, tuple[int, ...]]:
    """Which rows each word may call for: a line without any of them is left alone."""
    found: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(_rows()):
        for word in several(row["hint"]):
            found[word] = (*found.get(word, ()), number)
    return found


def expanded(text: str) -> str:
    """The text with its abbreviations written out; nothing else changes."""
    text = _OPTIONAL_ENDING.sub("", text)
    if " ou a " in text or " ou ont " in text:
        text = _NOW_OR_ONCE.sub(r"\g<now>", text)
    hints = _hints()
    called = {number for word in _WORDS.findall(text.lower()) for number in hints.get(word, ())}
    for number in sorted(called):
        pattern, words = _table()[number]
        text = pattern.sub(words, text)
    text = _SUFFIXED.sub(r"\g<name> métastatique", _PREFIXED.sub(_extent, text))
    return _INHIBITOR.sub("inhibiteur de ", text)


def _extent(match: re.Match[str]) -> str:
    if match["course"]:
        return "recurrent " if match["course"] == "r" else "newly diagnosed "
    return " or ".join(_EXTENTS[part] for part in match["extent"].split("/")) + " "
