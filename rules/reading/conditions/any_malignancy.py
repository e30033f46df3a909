"""« Hémopathie maligne ou autre tumeur solide »: a list that names every malignancy is another cancer.

Only among exclusions, and only where solid tumours and those of the blood are both named and one of them is another
one, or one of the past: alone, « autre hémopathie maligne » is of the blood.
"""

import re

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.reading.clause import plain

_SOLID = r"(?:(?:tumeurs?|cancers?) (?:malignes? )?solides?|solid (?:tumou?rs?|cancers?|malignanc(?:y|ies)|neoplasms?))"
_BLOOD = (
    r"(?:hemopathies?(?: malignes?)?|(?:cancers?|tumeurs?|malignites?|neoplasies?) (?:malignes? )?(?:hematologiques?|"
    r"du sang|hematopoietiques?)|ha?ematologi(?:c|cal) (?:malignanc(?:y|ies)|cancers?|neoplasms?|tumou?rs?)|"
    r"blood cancers?)"
)
_PART = (
    r"(?:tumeurs? (?:cerebrales?|du snc|malignes?)|cancers?|leucemies?|lymphomes?|brain tumou?rs?|leuka?emias?|"
    r"lymphomas?|malignanc(?:y|ies))"
)
_OTHER = r"(?:(?:d'|de |d'une? |une? |an? |tout |toute |any |un )?(?:autres?|another|other|second|seconde|2e|2nd)\s)?"
_ITEM = rf"(?:d'une? |d'|de |des |du |une? |an? |of )?{_OTHER}(?:{_SOLID}|{_BLOOD}|{_PART})"
_LIST = hinted(
    rf"(?<![a-z'])(?P<list>{_ITEM}(?:\s?(?:,|/|\bou\b|\bor\b|\bet/ou\b|\bet\b)\s?(?:ou |or )?{_ITEM})+)(?![a-z-])"
)
_BOTH = hinted(
    r"(?<![a-z])(?P<list>(?P<other>autres?|another|other|second)\s(?P<what>(?:tumeurs?|cancers?|neoplasies?|malignites?)"
    r"(?: malignes?)?),? \(?(?:solides? (?:ou|et/ou|ou bien) hematologiques?|hematologiques? (?:ou|et/ou) solides?)\)?)"
)
_ALL_SOLID, _OF_BLOOD = re.compile(_SOLID), re.compile(_BLOOD)
_OTHER_CANCER = re.compile(r"\b(?:autres?|another|other) (?:cancers?|tumeurs? malignes?|malignanc(?:y|ies))\b")
_ENGLISH = re.compile(r"\b(?:another|other|second|an?)\s(?:solid|malignan|h)|malignanc|tumou?rs?\b|(?<=y )or\b")
_IS_OTHER = re.compile(r"\b(?:autres?|another|other|seconde?|2e|2nd)\b")
_PAST = re.compile(r"\b(?:antecedents?|atcd|history)\b(?: (?:personnels?|recents?|connus?|of|d(?:e |')))*\W*$")


def as_another_cancer(text: str, polarity: Polarity) -> str:
    """The text with such a list as « autre cancer »; itself where there is none."""
    if polarity is not Polarity.EXCLUSION:
        return text
    folded = plain(text)
    match = _BOTH.search(folded)
    if match is None and (match := _LIST.search(folded)) and not _names_all(folded, match):
        return text
    if match is None:
        return text
    words = "another cancer" if _ENGLISH.search(match["list"]) else "autre cancer"
    link = "d'" if re.match(r"d(?:'|e )", match["list"]) else ""
    return f"{text[: match.start()]}{link}{words}{text[match.end() :]}"


def _names_all(folded: str, match: re.Match[str]) -> bool:
    listed = match["list"]
    solid = _ALL_SOLID.search(listed) or _OTHER_CANCER.search(listed)
    told = _IS_OTHER.search(listed) or _PAST.search(folded, 0, match.start())
    return bool(solid and told and _OF_BLOOD.search(listed))
