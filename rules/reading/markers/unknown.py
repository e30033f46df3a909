"""Results asked whatever they are; « PD-L1 inconnu » among the exclusions: whoever has none is left out."""

import re
from collections.abc import Sequence

from rules.criteria import Kind, Not, Polarity
from rules.hinted import hinted
from rules.junctions import together
from rules.reading.clause import Clause, Found
from rules.reading.markers.demands import Item, known_demand
from rules.reading.markers.tokens import words_of
from rules.reading.markers.words import BREAK, CLASS, LIMIT, MARKER, NEGATION, QUALIFIER, STATE, VARIANT, Word

_UNKNOWN = hinted(
    r"\b(?:inconnue?s?|unknown|indetermine\w*|indisponibles?|unavailable|(?:non|not) (?:connu\w*|known|"
    r"documente\w*|documented|"
    r"determine\w*|determined|teste\w*|tested|disponibles?|available|evaluables?|evalue\w*))(?![a-z-])"
)
_BETWEEN = re.compile(r"\s(?:(?:est|is|de )?statuts? |status )?(?:(?:est|is|reste|etant) )?")
_ALSO = re.compile(r"\s?(?:,|/)?\s?(?:ou|or|et/ou)\s(?:de |a |d'un )?(?:statuts? |status )?")


def unknown_results(clause: Clause, found: Sequence[Found]) -> list[Found]:
    """The findings, each of the marker right before; a result that is read before « ou inconnu » names it."""
    if clause.polarity is not Polarity.EXCLUSION:
        return []
    told: list[Found] = []
    for match in _UNKNOWN.finditer(clause.plain):
        words = [word for word in words_of(clause) if word.part == MARKER and word.end <= match.start()]
        if not words or len(words[-1].markers) != 1:
            continue
        word = words[-1]
        direct = _BETWEEN.fullmatch(clause.plain, word.end, match.start())
        before = next((one for one in found if one.start <= word.start < one.end), None)
        also = _ALSO.fullmatch(clause.plain, before.end, match.start()) if before else None
        if also is None and (direct is None or before is not None):
            continue
        start = match.start() if also else word.start
        test = Not(known_demand(Item(word.markers, word.text, word.start, word.end)))
        told.append(Found(start, match.end(), test, Kind.BIOMARKER))
    return told


_OWED_TO_BE_KNOWN = re.compile(
    r"\s(?:doi(?:t|vent)|devr(?:a|ont)|must|should|shall|ha(?:s|ve) to)\s(?:avoir ete |etre |be |"
    r"have been )?(?:connue?s?|"
    r"known|disponibles?|available|documente\w*|determine\w*|evalue\w*|mesure\w*|measured|assessed|teste\w*|tested|"
    r"realise\w*|recherche\w*)(?![a-z])"
)


def to_be_known(run: list[Word], plain: str) -> Found | None:
    """« L'expression de PD-L1 doit être connue »: a result, whatever it is."""
    owed = _OWED_TO_BE_KNOWN.match(plain, run[-1].end)
    if owed is None or any(word.part in _TELLING and not word.text.startswith("express") for word in run):
        return None
    asked = dict.fromkeys(known_demand(_named(word)) for word in run if word.part == MARKER and len(word.markers) == 1)
    return Found(run[0].start, owed.end(), together(list(asked)), Kind.BIOMARKER) if asked else None


def _named(word: Word) -> Item:
    return Item(word.markers, word.text, word.start, word.end)


_TELLING = frozenset({CLASS, VARIANT, QUALIFIER, STATE, LIMIT, NEGATION, BREAK})
