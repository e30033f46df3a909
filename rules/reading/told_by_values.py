"""A result and, behind a colon, the values that it is defined by: « HER2-low avancé : IHC 1+, ou 2+ non amplifié ».

What stands behind the colon then says nothing of some patients only: it is the bracket that others write, and is read
as such. A colon behind which another marker or any further demand stands is left alone.
"""

import re

from rules.hinted import hinted
from rules.reading.clause import plain

_HER2 = (
    r"her-?2(?:/neu)?(?:[ -](?:ultra-?low|low|faible|bas|exprime\w*|positi\w+|negati\w+|pos|neg)|\s?[+-](?=[\s:]))"
    r"(?:\s?(?:et/ou|ou|/)\s?(?:her-?2[ -])?(?:ultra-?low|faible))?"
)
_TRIPLE = r"(?:triple[ -]?negati\w+|tnbc|cstn)(?:\s\((?:tnbc|cstn|tn)\))?"
_ISH = r"(?:f?ish|cish|sish|dish|dual-?ish|hybridation in situ|in situ hybridi[sz]ation)"
_SCORE = (
    rf"(?:score|scores|ihc|immunohistochimie|immunohistochemistry|her-?2(?:/neu)?|{_ISH}|[0-3]\s?\+|[0-3]|"
    r"non[- ]amplifi\w+|not amplified|amplifi\w+|sans amplification|without amplification|avec amplification|"
    r"(?:absence|presence) d'amplification|negati\w+|positi\w+|neg|pos|[+-]|marquage|membranaire|staining|"
    r"membrane|faint|faible|incomplet)"
)
_JOINED = r"(?:,|/|\(|\)|et/ou|and/or|ou|or|et|and|soit|either|avec|with|en|par|by|a|un|une|d'|de|la|le|l'|[:;])"
_RULE = r"(?:selon|d'apres|per|as per|according to|asco|cap|asco/cap|recommandations?|guidelines?|20\d\d|les|the)"
_STEROID = (
    r"(?:re|rp|ro|er|pr|rh|recepteurs?|hormonaux|hormonal|hormone|oestrogenes?|progesterone|estrogen|receptors?|"
    r"(?:<|≤|<=|inferieure?s? a|moins de|less than)\s?\d{1,2}\s?%|cellules?|cells?|des|of)"
)
_OF_HER2 = rf"(?:{_SCORE}|{_JOINED}|{_RULE})"
_OF_TRIPLE = rf"(?:{_STEROID}|{_OF_HER2})"
_SAMPLES = (
    r"(?:\s?\((?:(?:sur|on|quel que soit|n'importe quel(?:le)?|tout|any|le|la|un|une|the|prelevements?|biopsies?|"
    r"echantillons?|tissus?|samples?|specimens?|primiti(?:f|ve)|metasta\w+|recents?|anciens?|archives?|archive|"
    r"stades?|precoces?|ou|or|et|and|early|stage|localement|central\w*|labo\w*|local|locale?|laboratoire|,|/)\s?)+\))?"
)
_TOLD = tuple(
    hinted(
        rf"^(?P<before>[^:;]*?)\b(?P<marker>{marker})(?P<after>[^:;]*?)\s?:\s*(?P<values>(?:{value}\s?)+){_SAMPLES}\W*$"
    )
    for marker, value in ((_TRIPLE, _OF_TRIPLE), (_HER2, _OF_HER2))
)
_OTHER_RESULT = re.compile(
    r"her-?2|\bpd-?l1|\b(?:re|rp|rh|er|pr|hr)\s?(?:\+|-|/|positi|negati)|triple|brca|pik3ca|esr1"
)
_NAMED = re.compile(r"her-?2")
_FIGURES = re.compile(r"\d|negati|amplifi")


def values_in_brackets(text: str) -> str:
    """The values behind the colon in brackets behind the result that they define; the text itself where none are."""
    if ":" not in text:
        return text
    folded = plain(text)
    for pattern in _TOLD:
        match = pattern.match(folded)
        if (
            match is None
            or not _FIGURES.search(match["values"])
            or match["values"].count("(") != match["values"].count(")")
        ):
            continue
        if _OTHER_RESULT.search(f"{match['before']} {match['after']}"):
            continue
        values = text[slice(*match.span("values"))].strip(" ,;")
        named = "" if pattern is _TOLD[0] or _NAMED.match(plain(values)) else "HER2 "
        return f"{text[: match.end('after')]} ({named}{values})"
    return text
