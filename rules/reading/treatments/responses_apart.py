"""A response and what it was obtained by, told apart: « en RC ou RP après la dernière ligne de platine ».

It is asked that the treatment was received and that the disease does not progress now. A complete response alone asks
more, and is left to others; so is a response that is asked to be absent.
"""

import re
from dataclasses import replace

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.treatments import find_treatments

_OF = r"(?:completes?|complete|partielles?|partial|objectives?|objective|tumorales?|cliniques?|clinical|radiologiques?)"
_OR = r"\s?(?:,|ou|or|/|et/ou|and/or|et)\s?"
_SHORT = r"(?:rc|rp|cr|pr|sd|ms)"
_TOLD = rf"(?:\s?\(\s?(?:{_SHORT}|ou|or|/|,|selon|par|recist|gcig|1[.,]1|v|\s)+\))?"
_HAVING = (
    r"(?:(?:en|in|avec|with|ayant|having|(?:ayant|having) (?:obtenu|eu|had|achieved)|obtenu|achieved|presentant|"
    r"une?|an?|la|the|maladie|disease|stable|stabilite|(?:stable disease|maladie stable|stabilite) (?:ou|or))\s)*"
)
_RESPONSE = (
    rf"(?P<response>(?:{_OF}(?:{_OR}{_OF})* )?(?:reponses?|response)(?: {_OF}(?:{_OR}(?:(?:reponses?|"
    rf"response) )?{_OF})*)?"
    rf"{_TOLD}|(?:reponses? |response )?{_SHORT}(?:{_OR}{_SHORT})+|(?:ayant |having |have |has )?(?:repondu|responded)|"
    rf"(?:maladie |tumeur )?(?:controlee?|stable)s?{_TOLD}|(?:controle (?:de la maladie|tumoral)|"
    rf"disease control){_TOLD})"
)
_LINK = (
    r"(?:a (?:la |l'|une? )|aux? |a |to (?:the |their |a )?|apres (?:la |le |l'|une? |leur |sa )?|after (?:the |a |"
    r"their )?|"
    r"following (?:the |a )?|a l'issue d(?:e |')(?:la |l'|une? )?|suite a (?:la |l'|une? )?|au decours d(?:e |"
    r"')(?:la |l'|"
    r"une? )?|on |sous |pendant (?:la |le |l'|une? )?|lors d(?:e |')(?:la |l'|une? )?)"
)
_END = r"(?:la |le |l'|the )?(?:fin|end|completion) (?:d(?:e |'|u |es )|of )(?:la |le |l'|une? |the |a )?"
_LAST = r"(?:(?:derniere?s?|dernier|last|most recent|precedente?) (?:ligne (?:de |d'))?)*"
_RESPONDED = hinted(
    rf"(?:^|(?<=[\w)+-])[\s,:]\s?|(?<=,\s)){_HAVING}{_RESPONSE}\s(?P<link>{_LINK})(?:{_END})?{_LAST}"
    r"(?P<what>[^,;:()]{4,110}?)(?:\s\((?P<aside>[^()]{2,60})\))?(?P<rest>,\s?[^;:]*)?\W*$"
)
_BOTH = (
    rf"(?:completes?|complete){_OR}(?:reponses? )?(?:partielles?|partial)|"
    rf"(?:partielles?|partial){_OR}(?:completes?|complete)"
)
_NOW = hinted(
    rf"(?:^|[,\s])\s?(?:en|in|avec une|with an?)\s(?P<response>(?:rc|rp|cr|pr){_OR}(?:rc|rp|cr|pr)|"
    rf"(?:reponses?|response) (?:{_BOTH}){_TOLD}|(?:{_BOTH}) (?:reponses?|response){_TOLD}|reponse {_TOLD[:-1]})"
    r"\W*$"
)
_PEOPLE = re.compile(r"^\W*(?:les? |la |the )?(?:patient|participant|sujet|subject)e?s?\W*$", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:sans|pas|non|no|not|without|absence|aucun\w*|n'|jamais|never|except\w*|sauf|hors|si|if|unless|ou|or|"
    r"insuffisan\w*|"
    r"incomplete?|inadequate|inadaptee?|insufficient|suboptimal|lack|loss|perte|echec|fail\w*|months? of|mois de|"
    r"mauvaise|poor|asthme|hta|diabete|hypertension|infection|douleurs?|pain|allerg\w*)(?![\w-])"
)
_WHOLE_ALONE = re.compile(r"\b(?:completes?|complete|rc|cr)\b")
_PART_TOO = re.compile(r"\b(?:partielles?|partial|rp|pr|sd|stable|ms|objectives?|objective)\b")
_NO_MORE = re.compile(r"progress|subsequent|\bpuis\b|rechut|recidiv|relaps|recurr|developm|apparition|intoler")
_COUNTED = re.compile(
    r"^(?:(?:au moins|at least|≥|minimum|une? minimum de|plus de|more than)\s?)?\d{1,2}(?:\s?(?:a|-|to|ou|"
    r"or)\s?\d{1,2})?"
    r"\s(?:cycles?|cures?|mois|semaines?|months?|weeks?)\b"
)
_PLAN = re.compile(r"\b(?:prevue?s?|planned|envisag\w+|etude|study|essai|trial|anterieures? a)\b")
_INDUCTION = re.compile(r"^(?:chimiotherapie d')?induction (?:par|with|avec|de) ")


def response_apart(clause: Clause) -> list[Clause] | None:
    """What stands before, « sans progression », and the treatment as received; None where the clause is not that."""
    match = _RESPONDED.search(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    if match is None:
        return _steady_now(clause)
    response, what = match["response"], clause.text[slice(*match.span("what"))]
    alone = _WHOLE_ALONE.search(response) is not None and _PART_TOO.search(response) is None
    if _NO_MORE.search(clause.plain, match.start("what")):
        return None
    denied = _DENIED.search(clause.plain[: match.start("response")]) or _PLAN.search(match["what"])
    if alone or denied or not find_treatments(what):
        return None
    head = clause.text[: match.start()].strip(" ,:")
    what = what[_end_of_induction(match["what"]) :]
    rest = clause.text[slice(*match.span("rest"))].strip(" ,") if match["rest"] else ""
    told = [head, "sans progression", f"ayant reçu {what}", rest]
    if _COUNTED.match(match["what"]):
        told = [head, f"sans progression après {what}", rest]
    return [replace(clause, text=one) for one in told if one and not _PEOPLE.match(one)]


def _steady_now(clause: Clause) -> list[Clause] | None:
    """« Rechute platine-sensible, en RC ou RP »: as it is now."""
    match = _NOW.search(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    if match is None or _DENIED.search(clause.plain[: match.start("response")]):
        return None
    head = clause.text[: match.start()].strip(" ,:")
    return [replace(clause, text=one) for one in (head, "sans progression") if one]


def _end_of_induction(plain: str) -> int:
    told = _INDUCTION.match(plain)
    return told.end() if told else 0
