"""« Traitement dirigé contre EGFR ou ALK non indiqué »: who has no alteration that such a treatment is given for.

Who has one may still have no indication, so that is left open.
"""

import re
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, MarkerIs, Polarity, Unread
from rules.hinted import hinted
from rules.marker_results import MarkerDemand
from rules.reading.clause import Clause
from rules.reading.joining import Read
from rules.reading.markers.tokens import words_of
from rules.reading.markers.words import FILLER, MARKER, SEPARATOR
from rules.reading.slots import markers

_DRUG = r"(?:therap(?:ies?|y)|traitements?|treatments?|inhibiteurs?(?: de tyrosine kinases?)?|inhibitors?|tki|itk)"
_AT = (
    r"(?:dirigee?s? contre|ciblant|visant|contre|d(?:e |')|directed (?:at|against|to)|targeting|against|"
    r"specifiques? d(?:e |')|anti-?)\s?(?:l'|la |le |the )?"
)
_GENES = r"(?P<{name}>(?:anti-?)?[a-z][a-z0-9]{{1,7}}[a-z0-9,/ -]{{0,60}}?)"
_THERAPY = (
    rf"(?:une? |tout |any |an? |le |la |les |l')*{_DRUG}(?:\s(?:ciblee?s?|specifiques?))?\s(?:par )?(?:{_AT})?"
    rf"{_GENES.format(name='after')}|{_GENES.format(name='before')}-?\s?(?:directed|targeted|targeting)[ -]{_DRUG}"
)
_NOT = r"(?:n'(?:est|etant)|ne (?:sont|soi(?:t|ent)|soit)|is|are|non|being)?\s?(?:pas |not )?"
_INDICATED = r"(?:indique\w*|indicated|justifie\w*|recommande\w*|recommended|appropri\w+)"
_AS = (
    r"(?:\s(?:comme|as|en|in|pour|for|the|la|le|une?|an?|traitement|therapie|therapy|treatment|primary|initiale?|premiere|"
    r"first|first-line|1(?:re|ere|st)?|l1|ligne|line|intention))*"
)
_LEAD = r"^\W*(?:(?:confirmation|documentation|preuve|proof|evidence)\s(?:(?:of|that|de|que|qu'|d'|documentee)\s?)*)?"
_STATED = hinted(rf"{_LEAD}(?:{_THERAPY})\s(?P<no>{_NOT}){_INDICATED}{_AS}(?P<why>\s?(?::|,|car|because|\().*)?\W*$")
_DENIED = hinted(
    rf"^\W*(?:pas d'|sans |aucune |absence d'|no )indications?\s(?:a|de|d'|pour|for|of|to)\s?(?:{_THERAPY})"
    rf"{_AS}(?P<why>\s?(?::|,|car|because|\().*)?\W*$"
)
_NEGATES = re.compile(r"\b(?:n'|ne |non|not|pas)")
_GIVEN_FOR = {
    "EGFR": ("mutation",),
    "ALK": ("fusion",),
    "ROS1": ("fusion",),
    "RET": ("fusion",),
    "NTRK": ("fusion",),
    "BRAF": ("V600E",),
    "MET": ("exon 14",),
    "KRAS": ("G12C",),
}
"""What of a gene such treatments are given for, in the diseases whose trials say so."""


def unindicated(clause: Clause) -> Read | None:
    """The reading of a demand that is about nothing else."""
    if clause.polarity is not Polarity.INCLUSION:
        return None
    stated = _STATED.match(clause.plain)
    match = stated if stated and _NEGATES.search(stated["no"]) else _DENIED.match(clause.plain)
    if match is None:
        return None
    if match["why"]:
        why = replace(clause, text=clause.text[match.start("why") :].lstrip(" :,(").rstrip(" ."))
        if (read := markers.read(why)) is not None and read.whole:
            return read
    name = "after" if match["after"] else "before"
    absent = _absent(replace(clause, text=clause.text[slice(*match.span(name))]))
    if not absent:
        return None
    return Read(((Kind.BIOMARKER, True, AnyOf((AllOf(absent), Unread(Kind.BIOMARKER)))),), True)


def _absent(genes: Clause) -> tuple[MarkerIs, ...]:
    """That each of the genes named has none of it; none where a word is not one of them."""
    words = words_of(replace(genes, text=re.sub(r"(?i)anti-?", " ", genes.text).replace("-", " ")))
    named = [min(word.markers) for word in words if word.part == MARKER and len(word.markers) == 1]
    if not named or any(word.part not in (MARKER, SEPARATOR, FILLER) for word in words):
        return ()
    if any(one not in _GIVEN_FOR for one in named):
        return ()
    return tuple(MarkerIs(MarkerDemand.of(one, "absent", variants=_GIVEN_FOR[one])) for one in named)
