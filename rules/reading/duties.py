"""« Le patient ne doit pas avoir reçu A » among the exclusions: whoever received A is left out, as by « A reçu A ».

Protocols write their exclusions as duties, and an officer copies them under the head of the exclusions. A duty not to
is then no double negation, while « absence de A » may well exclude whoever has no A.
"""

import re

from rules.hinted import hinted
from rules.kinds import Polarity
from rules.reading.clause import plain
from rules.reading.frames import PEOPLE

_WHO = (
    rf"(?:(?:les? |la |l'|the |tous les |all )?{PEOPLE} |(?:il|elle|ils|elles|he|she|they) |"
    r"(?:(?:la |le |l'|the )?(?:tumeur|maladie|cancer|tumou?r|disease) ))?"
)
_NOT_TO = (
    r"(?:ne (?:doi(?:t|vent)|devr(?:a|ont|ait|aient)|peu(?:t|vent)|saurait) (?:pas|jamais|en aucun cas|plus) |"
    r"(?:must|should|may|shall|can) ?not (?:currently )?)"
)
_PAST = (
    r"(?P<past>(?:avoir|have) (?:deja |previously )?(?=(?:recu|ete|eu|subi|beneficie|progress|"
    r"received|been|had|undergone|"
    r"participe|presente|termine|debute)))"
)
_STATE = (
    r"(?:avoir (?:d[e']s? ?|une? )?|presenter (?:d[e']s? ?|une? )?|comporter (?:d[e']s? ?|une? )?|"
    r"porter (?:d[e']s? ?|une? )?|"
    r"etre (?:porteu(?:rs?|ses?) |atteinte?s? )(?:d[e']s? ?|d'une? )|etre (?=en |sous |enceinte|inelig|candidat)|"
    r"have (?:any |an? )?(?!to\b)|harbou?r (?:any |an? )?|be (?=pregnant|breast|on |under ))"
)
_DUTY = hinted(rf"^\W*{_WHO}{_NOT_TO}(?:{_PAST}|{_STATE})")
_NOR = re.compile(r"(?i)\s(?:ni|nor)\s(?:d(?:e |'))?")
_RECEIVED_OF = re.compile(r"(?i)(?<=^a reçu )(?:d['’]|de )(?!la |l')")


def undone(text: str, polarity: Polarity) -> str:
    """The text of an exclusion that is written as a duty not to, without the duty; any other text itself."""
    match = _DUTY.match(plain(text)) if polarity is Polarity.EXCLUSION else None
    if match is None or not text[match.end() :].strip():
        return text
    lead = "A " if match["past"] else ""
    return _RECEIVED_OF.sub("", f"{lead}{_NOR.sub(' ou ', text[match.end() :])}")
