"""The context of a mention: denied, doubtful, of a relative, or to come. Each is judged inside its own sentence."""

import re
from enum import StrEnum

from rules.reading.form.sentences import Role, Sentence


class Standing(StrEnum):
    """What a sentence says of one thing it names. UNSURE: it cannot be told, so nothing is read."""

    STATED = "stated"
    DENIED = "denied"
    SUSPECTED = "suspected"
    UNSURE = "unsure"


_BREAK = re.compile(r"[;()\[\]]|:\s|\.\s|\b(?:mais|puis|cependant|toutefois|en revanche|par contre)\b|->")
_DENIAL = re.compile(
    r"\b(?:(?:pas|plus(?!\s+(?:de\s+|d')(?:\d|la\s+moitie|moitie|deux|trois|quatre|cinq|six|dix|un\s+(?:an|mois|tiers)|"
    r"(?:la\s+)?taille|50))|absence|indemne|exempte?|denue|depourvue?)\s+(?:d'|de\s|du\s|des\s)|pas\s+(?:eu|encore|"
    r"retrouve)\b|"
    r"sans\b|no\b|not\b|without\b|never\b|nor\b|"
    r"aucune?s?\b|ni\b|jamais\b|nie\b|hors\b|negatif\s+pour|non[ -]$|exclu\w*\s+(?:une?|le|la)|"
    r"elimine\w*\s+(?:une?|le|la))"
)
_NOT_A_DENIAL = re.compile(
    r"\b(?:non\s+seulement|pas\s+seulement|sans\s+(?:doute|preciser|precision|attendre|delai|exclure|compter|pouvoir)|"
    r"pas\s+(?:de\s+doute|d'autres?|de\s+nouve\w+|de\s+contre-?\s?indication)|aucun\w*\s+(?:autres?|nouve\w+|doute|"
    r"contre-?\s?indication)|sans\s+(?:autres?|nouve\w+|contre-?\s?indication))\b"
)
_NEW_SCOPE = re.compile(
    r"\b(?:primitif\s+(?:re)?(?:trouve|connu|identifie)|sous|avec|malgre|depuis|chez|compte\s+tenu|en\s+raison|du\s+fait|car|apres|suivi\w*|traite\w*|connue?s?|"
    r"progression|apparition|persistance|contrairement|sauf|hormis|excepte|autres?\s+que|en\s+dehors)\b"
)
_GOES_ON = re.compile(r"^\s*(?:ni\b|ou\b|de\s|d'|des\s)")
_DENIED_AFTER = re.compile(
    r"^\s*(?:\([^)]{0,30}\)\s*)?(?::|=)?\s*(?:non\s*(?=$|[,.;)])|non\s+(?:retrouve|confirme|objective|vu|visible|"
    r"present|detecte)|"
    r"\w+(?:ique|ale|aire|euse)s?\s+(?:exclue?s?|eliminee?s?|ecartee?s?|infirmee?s?)\b|"
    r"absente?s?\b|(?:was\s+|were\s+)?(?:ruled\s+out|excluded|not\s+(?:seen|found|confirmed|detected|present))\b|negati|neg\b|exclue?s?\b|eliminee?s?\b|ecartee?s?\b|infirmee?s?\b|aucune?\b\s*(?=$|[,.;)])|0\s*(?=$|"
    r"[.;)]|,\s))"
)
_MINUS = re.compile(r"\s?-{1,2}\s*(?=$|[,.;)])")
"""« VIH -. »"""
_SUSPICION = re.compile(
    r"\b(?:suspicions?|suspect(?:e|es|s|ee?|ant)?|soupcon\w*|possibles?|probables?|probablement|eventuel\w*|doute|"
    r"evoqu\w+|"
    r"evocat\w+|compatibles?\s+avec|en\s+faveur|hypothese|semble\w*|aspect|allure|presum\w*|potentiel\w*)\b"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:risque|si|cas\s+d|prevention|prophyla\w+|preventi\w+|depist\w*|recherche|bilan|crainte|craindre|"
    r"surveillance|"
    r"contre-?\s?indic\w*|verifier|eliminer|exclure|vaccin\w*|serologies?|candidat\w*|eligib\w*|protocole|essai|"
    r"en\s+attente|score|taux)\b"
)
_SUSPECTED_AFTER = re.compile(
    r"^[^,;:()]{0,25}?\s*(?:\(\s*\?|\?|\b(?:possible|probable|suspect|a\s+confirmer|a\s+eliminer|a\s+explorer|"
    r"a\s+verifier|"
    r"non\s+exclu|evoqu|en\s+cours\s+d'(?:exploration|investigation)|\(a\s+confirmer|douteu))"
)


def standing(sentence: Sentence, start: int, end: int) -> Standing:
    """What the sentence says of the thing it names between two positions."""
    low = sentence.low
    if of_a_relative(sentence, end):
        return Standing.UNSURE
    minus = _MINUS.match(low, end)
    if minus or not (sentence.may_deny or sentence.may_doubt):
        return Standing.DENIED if minus else Standing.STATED
    clause = low[_clause_start(low, start) : start]
    if sentence.may_deny:
        if _DENIED_AFTER.match(low[end:]):
            return Standing.DENIED
        denial = _denied(clause, low[end:])
        if denial is not Standing.STATED:
            return denial
    if not sentence.may_doubt:
        return Standing.STATED
    near = clause[clause.rfind(",") + 1 :]
    if _HYPOTHETICAL.search(near):
        return Standing.UNSURE
    if _SUSPICION.search(near) or _SUSPECTED_AFTER.match(low[end:]):
        return Standing.SUSPECTED
    return Standing.STATED


def _clause_start(low: str, position: int) -> int:
    """Where the clause of a position begins; a parenthesis that closes before it is part of the clause."""
    last = 0
    for match in _BREAK.finditer(low, 0, position):
        last = match.end()
    return last


def _denied(clause: str, after: str) -> Standing:
    cue = _last_denial(clause)
    if cue is None:
        return Standing.STATED
    between = clause[cue.end() :]
    if len(between) > 90 or _NEW_SCOPE.search(between):
        return Standing.STATED
    if _NOT_A_DENIAL.match(clause, cue.start()):
        return Standing.UNSURE
    if "," not in between:
        joined = re.search(r"\bet\s+(?!d'|de\s)", between)
        return Standing.UNSURE if joined else Standing.DENIED
    tail = between[between.rfind(",") + 1 :]
    if _GOES_ON.match(tail) or re.match(r"^[^,;.():]{0,30}(?:,[^,;.():]{0,30}){0,4}\bni\b", after):
        return Standing.DENIED
    return Standing.UNSURE


def _last_denial(clause: str) -> re.Match[str] | None:
    last = None
    for match in _DENIAL.finditer(clause):
        last = match
    return last


def of_a_relative(sentence: Sentence, end: int) -> bool:
    """Whether a relative is named before what ends here, or beside it: « mère : cancer du sein »."""
    if sentence.role is Role.FAMILY:
        return True
    if not sentence.relatives:
        return False
    low = sentence.low
    stop = re.search(r"[,;.]", low[end:])
    edge = end + stop.start() if stop else len(low)
    return any(start < edge for start in sentence.relatives)


def part_around(low: str, start: int, end: int, marks: str = ",;:()") -> tuple[int, int]:
    """The part of a sentence between punctuation marks that holds a span; a comma inside a number is no mark."""
    first = start
    while first > 0 and not (low[first - 1] in marks and _is_mark(low, first - 1)):
        first -= 1
    last = end
    while last < len(low) and not (low[last] in marks and _is_mark(low, last)):
        last += 1
    return first, last


def _is_mark(low: str, index: int) -> bool:
    decimal = low[index] == "," and low[index - 1 : index].isdigit() and low[index + 1 : index + 2].isdigit()
    return not decimal


OF_ANOTHER = r"connue?s?\s+(?:et\s+)?(?:jamais|non)\s+traitee?s?|surveillance\s+active|par\s+ailleurs"
"""« LLC connue jamais traitée », « cancer sous surveillance active »: perhaps not the disease that is discussed."""


_ANOTHER_TIME = re.compile(
    r"\b(?:lors\s+d|au\s+diagnostic|au\s+moment|initial\w*|etait|avait|avant|a\s+l'(?:epoque|admission|entree)|ancien\w*|"
    r"anterieur\w*|precedemment|en\s+(?:janv|fevr|mars|avr|mai\b|juin|juil|aout|sept|oct|nov|dec|(?:19|20)\d\d)|pendant|"
    r"transitoire\w*|at\s+(?:admission|diagnosis|presentation|relapse|the\s+time)|was\b|during|previously)"
)


def of_another_time(low: str, position: int) -> bool:
    """« Child B7 lors de la décompensation de mars, A5 actuellement »: what changes, as it was then."""
    start, end = part_around(low, position, position, ",;:().")
    return bool(_ANOTHER_TIME.search(low[start:end]))
