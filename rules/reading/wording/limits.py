"""Limits written as the recognisers know them: « âge minimal : 18 ans », « pas plus de 75 ans »."""

from rules.hinted import hinted

_YEARS = r"(?P<n>\d{2})(?=\s?(?:ans\b|years\b|years?[- ]old|$|[,;.)]))"
_SAID = (
    r"(?:\s(?:requise?|exig[ée]|autoris[ée]|accept[ée]|permise?|d['’]inclusion|[àa] l['’]inclusion|required|allowed))?"
)
_IS = r"\s?(?::|=|\bde\b|d['’]|\best de\b|\bof\b|\bis\b)?\s?"
_LEAST = hinted(
    rf"(?i)\b(?:[âa]ge (?:minimal|minimum|min\.?|le plus bas)|(?:minimum|minimal|min\.?) age){_SAID}{_IS}{_YEARS}"
)
_MOST = hinted(
    rf"(?i)\b(?:[âa]ge (?:maximal|maximum|max\.?|limite)|(?:maximum|maximal|max\.?) age){_SAID}{_IS}{_YEARS}"
)
_NOT_OVER = hinted(
    rf"(?i)^(?P<lead>\W*(?:(?:[âa]ge|patients?|sujets?|age|aged|[âa]g[ée]e?s?)\s?:?\s?(?:de |d['’])?)?)"
    rf"(?:pas plus|jamais plus|no more|not more) (?:de|que|than|d['’])\s?{_YEARS}"
)
_EQUAL_FIRST = hinted(
    r"(?i)\b[ée]ga(?:le?s?|ux)\s(?:ou|et/ou)\s(?P<way>sup[ée]rieur|inf[ée]rieur)(?P<end>e?s?)\s(?P<to>[àa]u?x?)(?![\w'’])"
)
_NAIVE = hinted(r"(?i)\btraitement[ -]na[ïi](?:f|ve)s?(?!\w)")


def limits_spelled(text: str) -> str:
    """The text with such limits written out; itself where there are none."""
    text = _LEAST.sub(r"âge ≥ \g<n>", text)
    text = _MOST.sub(r"âge ≤ \g<n>", text)
    text = _NOT_OVER.sub(r"\g<lead>≤ \g<n>", text)
    text = _EQUAL_FIRST.sub(lambda match: f"{match['way']}{match['end']} ou égal {match['to']}", text)
    return _NAIVE.sub("naïf de traitement", text)
