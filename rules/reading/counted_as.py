"""How lines are counted, as the readers of lines know it.

« (néoadj + adj = 1 ligne ; maintenance = non comptée) » is « (néoadjuvant/adjuvant compte pour une ligne, … ) ».
"""

import re

from rules.hinted import hinted
from rules.reading.clause import plain

_TOLD = (
    r"(?:=|:|(?:(?:sont|est|is|are) )?(?:compt\w+|consider\w+|counts?|counted)(?: (?:ensemble|together))?"
    r"(?: (?:comme|pour|as|for))?)"
)
_ONCE = hinted(
    rf"(?:l'ensemble |les traitements? |traitements? )?\bneo-?adj\w*\.?\s?(?:\+|et/ou|et|ou|/|±|puis|and/or|and|or)\s?"
    rf"adj\w*\.?(?: (?:treatments?|therap\w+))?\s?{_TOLD}\s?(?:une?|1|one|a)\s?(?:(?:seule|single|unique)\s)?"
    r"(?:lignes?|lines?)(?![a-z])"
)
_NEVER = hinted(r"\b(?P<what>maintenance|entretien)\s?[=:]\s?(?:non[- ]compt\w+|pas compt\w+|not counted|0 ligne)")


def counting_spelled(text: str) -> str:
    """The text with such rules written out, those of one bracket joined by commas; itself where there are none."""
    folded = plain(text)
    told = [(match, "néoadjuvant/adjuvant compte pour une ligne") for match in _ONCE.finditer(folded)]
    told += [(match, f"{match['what']} non comptée") for match in _NEVER.finditer(folded)]
    for match, words in sorted(told, key=lambda one: -one[0].start()):
        text = f"{text[: match.start()]}{words}{text[match.end() :]}"
    return re.sub(r"\([^()]*\)", lambda inner: inner[0].replace(" ;", ",").replace(";", ","), text) if told else text
