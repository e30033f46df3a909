"""Whether brain metastases give symptoms: a seizure, a deficit, raised pressure told beside them, or none at all."""

import re

from rules.case import Condition
from rules.hinted import mark_of
from rules.reading.form.facts import Facts
from rules.reading.form.sentences import Role, Sentence

_METASTASES = re.compile(
    r"\b(?:metastas\w+|metas?|localisations?)\b[^.;]{0,25}\b(?:cerebr\w*|cerebell\w*|encephal\w*|snc|du\s+cervelet|"
    r"sus-?tentoriel\w*|sous-?tentoriel\w*)"
)
_SYMPTOM = re.compile(
    r"\b(?:crises?\s+(?:convulsi\w+|comitial\w*|d'epilepsie|epileptiqu\w*)|comitialite|convulsions?|etat\s+de\s+mal|"
    r"hemipar\w+|hemipleg\w+|hemianopsie|aphasie|dysphasie|ataxie|"
    r"deficits?\s+(?:moteur\w*|sensiti\w+|neurologique\w*|du\s+\w+|des?\s+membres?|brachi\w*|crura\w*|focal\w*)|"
    r"htic|hypertension\s+intra-?cranienne|cephalees|troubles?\s+(?:phasiques?|du\s+langage|visuels?|de\s+la\s+marche|"
    r"de\s+l'equilibre|cognitifs)|syndrome\s+cerebelleux|symptomatiques?)\b"
)
_NONE = re.compile(
    r"\b(?:asymptomatiques?|non\s+symptomatiques?|(?:sans|pas\s+de|aucun\w*)\s+(?:symptomes?|signe\w*\s+neurolog\w*|"
    r"deficit\w*|crise\w*|cephalee\w*))\b"
)
_OVER = re.compile(
    r"\b(?:resolu\w*|regress\w+|disparu\w*|amend\w+|recuper\w+|irradi\w+|stereotax\w+|radiochir\w+|operee?s?|"
    r"resequee?s?|traitee?s?|gamma\s?-?knife|stables?|ancien\w*|initial\w*|revel\w+|inaugural\w*|exerese)\b"
)
_DENIED = re.compile(r"\b(?:pas|sans|aucune?s?|ni|non|jamais|absence|risque|si|prevent\w+)\b[^.;,]{0,25}$")
_MAY_TELL = mark_of("cerebr", "cerebell", "encephal", "snc", "cervelet", "tentoriel")


def read_brain_symptoms(sentence: Sentence, facts: Facts) -> None:
    """Symptomatic, or not, as told beside brain metastases; what was treated since says nothing of today."""
    if not sentence.marks & _MAY_TELL or sentence.role is not Role.FACT:
        return
    low = sentence.low
    named = _METASTASES.search(low)
    if named is None or _DENIED.search(low[: named.start()]):
        return
    none = _NONE.search(low)
    if none:
        facts.add("conditions", Condition(name=_NAME, present=False), sentence.quote(*none.span()))
        return
    told = next((one for one in _SYMPTOM.finditer(low) if not _DENIED.search(low[: one.start()])), None)
    if told and not _OVER.search(low):
        facts.add("conditions", Condition(name=_NAME, present=True), sentence.quote(*told.span()))


_NAME = "métastases cérébrales symptomatiques"
