"""Results that are none: not asked for, awaited, failed, or of a variant of which nobody knows what it means."""

import re

from rules.hinted import marks_of_any
from rules.reading.form.sentences import Sentence

_PENDING = re.compile(
    r"\b(?:en\s+(?:attente|cours(?!\s+(?:de\b|du\b|d')(?!\s*(?:realisation|analyse|determination))))|demandee?s?|"
    r"a\s+venir|attendue?s?|non\s+(?:encore\s+)?(?:recue?s?|rendue?s?|"
    r"disponibles?)|pas\s+encore|a\s+recuperer|pending|awaited|awaiting|requested|not\s+(?:yet\s+)?available)\b"
)
_NOT_TESTED = re.compile(
    r"\b(?:non|pas|jamais)\s+(?:ete\s+)?(?:faite?s?|recherchee?s?|realisee?s?|testee?s?|effectuee?s?|determinee?s?|"
    r"evaluee?s?)\b|\bnot\s+(?:yet\s+)?(?:been\s+)?(?:done|tested|performed|assessed|sent|determined)\b|\buntested\b|\ba\s+(?:faire|rechercher|demander|realiser|completer)\b"
)
_FAILED = re.compile(
    r"\b(?:non\s+contributi\w+|ininterpretable\w*|non\s+interpretable\w*|echec|insuffisan\w+|non\s+informati\w+|inconclusive|not\s+evaluable|failed)\b"
)
_VUS = re.compile(
    r"\b(?:vus|(?:(?:variant|mutation|alteration)\w*\s+)?de\s+signification\s+(?:clinique\s+)?(?:indeterminee|inconnue|"
    r"incertaine))\b"
)
_MAY_BE_UNTOLD = marks_of_any(_VUS, _NOT_TESTED, _PENDING, _FAILED)


def untold(sentence: Sentence, before: str, after: str) -> str | None:
    """The status of such a result, by the words before and after a list of names; None: it may be a result."""
    if not sentence.marks & _MAY_BE_UNTOLD:
        return None
    if _VUS.search(after):
        return "equivocal"
    for pattern, state in ((_NOT_TESTED, "not_tested"), (_PENDING, "pending"), (_FAILED, "not_interpretable")):
        if pattern.search(after):
            return state
    return "equivocal" if _VUS.search(before) else None
