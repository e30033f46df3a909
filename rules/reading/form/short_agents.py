"""Clipped names that are agents only in a chain with one that is known: « carbo-étopo-atézo », « pembro-cis-taxol »."""

import re
from functools import cache

from rules.reading.form.hints import holds
from rules.reading.form.sentences import Sentence, plain_text
from rules.treatments import Components, TreatmentMention, agents_of, components_of

_CLIPPED = {
    "cis": "cisplatine", "etopo": "étoposide", "doxo": "doxorubicine", "dox": "doxorubicine", "ifo": "ifosfamide",
    "gem": "gemcitabine", "pem": "pémétrexed", "peme": "pémétrexed", "vino": "vinorelbine", "doc": "docétaxel",
    "caba": "cabazitaxel", "cyclo": "cyclophosphamide", "ipi": "ipilimumab", "avelu": "avélumab",
    "dosta": "dostarlimab", "enza": "enzalutamide", "abi": "abiratérone", "apa": "apalutamide",
    "daro": "darolutamide", "cobi": "cobimétinib", "tram": "tramétinib", "trame": "tramétinib", "bini": "binimétinib",
    "enco": "encorafénib", "pani": "panitumumab", "axi": "axitinib", "suni": "sunitinib", "aza": "azacitidine",
    "ven": "vénétoclax", "len": "lénalidomide", "ixa": "ixazomib", "ribo": "ribociclib", "palbo": "palbociclib",
    "abema": "abémaciclib", "fulv": "fulvestrant", "ai": "inhibiteur de l'aromatase", "beva": "bévacizumab",
    "carbo": "carboplatine", "pacli": "paclitaxel", "auto": "autogreffe",
}  # fmt: skip
_LINK = ("-", "/", "+")
_WORD = re.compile(rf"(?<![\w])(?:{'|'.join(sorted(_CLIPPED, key=len, reverse=True))})(?![\w])")


@cache
def _components(clipped: str) -> Components:
    return components_of(_CLIPPED[clipped])


def spelled(written: str) -> str:
    """An agent as it is kept: a clipped name that is none alone in full, any other as written."""
    whole = _CLIPPED.get(plain_text(written).lower())
    return whole if whole and not components_of(written) else written


def chained(sentence: Sentence, named: list[TreatmentMention]) -> list[TreatmentMention]:
    """The mentions with the clipped names that a sign, and nothing else, ties to one of them; left to right."""
    if not named or not holds(sentence.low, _LINK):
        return named
    words = [
        match
        for match in _WORD.finditer(sentence.low)
        if not any(mention.start < match.end() and match.start() < mention.end for mention in named)
    ]
    found = list(named)
    while tied := [match for match in words if _is_tied(sentence.low, match, found)]:
        words = [match for match in words if match not in tied]
        found += [TreatmentMention(*match.span(), _components(match[0]), match[0]) for match in tied]
    return sorted(found, key=lambda mention: mention.start) if len(found) > len(named) else named


def _is_tied(low: str, match: re.Match[str], found: list[TreatmentMention]) -> bool:
    before = low[match.start() - 1 : match.start()] in _LINK and match.start() > 0
    after = low[match.end() : match.end() + 1] in _LINK and match.end() < len(low)
    return any(
        (before and mention.end == match.start() - 1) or (after and mention.start == match.end() + 1)
        for mention in found
    )


_SHORT_HINT = ("GC ", "EP ", "MAP ", "IVA ", "R2 ", "VIP ", "AIM ", "DPC", "RCT")
_SHORT_PROTOCOL = re.compile(
    r"\b(?:GC|EP|MAP|IVA|R2|VIP|AIM)(?=\s*(?:x\s?\d|\(?\d+\s*(?:cures?|cycles?)))|"
    r"\bDPC\b(?=\s+(?:le\s|en\s|R[012]|pour\s|c.phalique|\(\d{4}|\d{2,4}\b|\())|(?<=apr.s\s)DPC\b|(?<=une\s)DPC\b|"
    r"\bRCT(?=\s+(?:concomitante|exclusive|terminee|en\s|de\s+\d|avec\s|\d\d\s*[Gg]y|\())|(?<=apr.s\s)RCT\b|"
    r"(?<=par\s)RCT\b"
)
"""Protocols whose letters are also another thing: only before a number of cycles, or as a radiotherapy is written."""


def short_protocols(text: str) -> list[TreatmentMention]:
    """Those of a text."""
    if not holds(text, _SHORT_HINT):
        return []
    return [TreatmentMention(*match.span(), agents_of(match[0]), match[0]) for match in _SHORT_PROTOCOL.finditer(text)]
