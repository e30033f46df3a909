"""Findings that an inclusion asks of some patients only, or of nobody: behind « si », a label, « y compris »."""

import re

from rules.criteria import BrainMetastasesIn, BrainState, Kind
from rules.reading.clause import Clause, Found

_FOR_SOME = re.compile(r"\b(?:(?:seulement |uniquement |only )?(?:si|if)|en cas d\w*|chez les?|in case of)\b")


def is_asked_of_some(clause: Clause, one: Found) -> bool:
    """« Métastases cérébrales (traitées si symptomatiques) » asks nobody to have any."""
    if isinstance(one.test, BrainMetastasesIn) and BrainState.NONE not in one.test.states:
        return _FOR_SOME.search(clause.plain, one.start) is not None
    if one.kind is Kind.STAGE and _FOR_STAGES.search(clause.plain[: one.start]):
        return True
    if one.kind in _OF_THE_TUMOUR and _labelled(clause.plain, one.start):
        return True
    if one.kind is Kind.BIOMARKER and _MEASURED_IN.search(clause.plain[: one.start]):
        return True
    return _of_some(clause.plain, one.start)


_MEASURED_IN = re.compile(
    r"\b(?:echantillons?|tissus?|blocs?|lames?|biopsies?|prelevements?|materiel|specimens?|samples?|blocks?|tissue)\b"
    r"[^;.]*\b(?:pour|afin d|permettant|destine|en vue d|for|to (?:test|assess|determine|"
    r"measure))\b(?![^;.]*\bet (?:la |une? )?"
    r"(?:mutation|tumeur))[^;.]*$"
)
"""« Échantillon fourni pour mesurer PD-L1 » asks for tissue, whatever is found in it."""
_FOR_STAGES = re.compile(r"\w\W+(?:pour|si|chez|en cas de|for|if)\s(?:les )?(?:stades? )?$")
"""« IRM cérébrale pour stade III/IV »: not asked of all to be of that stage."""
_OF_THE_TUMOUR = frozenset({Kind.STAGE, Kind.EXTENT, Kind.HISTOLOGY, Kind.ORGAN})


def _labelled(plain: str, start: int) -> bool:
    """« Statut p16 connu (p16+ : T3-4 seulement) »: behind a label in a parenthesis."""
    opening = plain.rfind("(", 0, start)
    if opening <= 0 or plain.rfind(")", opening, start) > opening:
        return False
    return re.match(r"\([^():;,]{2,30}\s?:\s", plain[opening:start]) is not None


def _of_some(plain: str, start: int) -> bool:
    """Whether a place stands in a parenthesis behind « si »: asked of some (« nourrissons : seulement si … »)."""
    opening = plain.rfind("(", 0, start)
    if opening < 0 or plain.rfind(")", opening, start) > opening:
        return False
    return _FOR_SOME.search(plain, opening, start) is not None or _INCLUDED.match(plain, opening) is not None


_INCLUDED = re.compile(r"\(\s?(?:y compris|incluant|including|inclu\w*|meme|compris)\b")
"""« LDGCB (y compris double hit) »: what is among them is asked of nobody."""
