"""The names that a text gives to cohorts and parts, and which cohorts of the catalogue they are.

By mark: « cohorte A », « C1 et C2 », « phases Ib et II », « 2a à 2d »; by words of the label: « Pancréas »,
« l'expansion CCR ». Roman figures are figures.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rules.reading.clause import plain
from rules.text import key

CohortName = tuple[str, str]
"""Id and label of a cohort."""

WORD = (
    r"(?:cohortes?|cohorts?|coh\.?|parties?|parts?|bras|arms?|groupes?|groups?|sous-etudes?|"
    r"sous etudes?|ss-? ?etudes?|s/s-?etudes?|sub-?stud(?:y|ies)|"
    r"sous-protocoles?|subprotocols?|volets?|modules?|strates?|phases?|expansions?|escalades?|etapes?|"
    r"stages?(?! (?:i{1,3}|iv)[a-c]?\b)|"
    r"optimi[sz]ations?|dose[- ](?:escalation|expansion|optimi[sz]ation)|run-?in|lead-?in)"
)
"""What a part of a trial is called (plain text)."""
_MARK = r"(?:[a-z]?\d{0,2}[a-z]?|[ivx]{1,4}[a-c]?)(?![a-z0-9])"
MARKS = rf"{_MARK}(?:\s*(?:,|et|and|ou|or|&|/|\+|a|to|-)\s*{_MARK})*"
_NAMED = re.compile(rf"\b({WORD})\s+({MARKS})")
_BARE = re.compile(rf"^({MARKS})\s*(?:\([^)]*\))?$")
_LEAD = re.compile(rf"^\W*{WORD}\b")
_ONLY = re.compile(r"\s*\b(?:seulement|uniquement|exclusivement|only)\b\s*")
_SMALL = frozenset(
    {"et", "and", "ou", "or", "de", "la", "le", "du", "des", "the", "of", "a", "en", "pour", "for", "tou"}
)
_GENERIC_WORDS = (
    "mutation traitement treatment therapy tumeur tumour tumor age stade stage ligne line biologie histologie "
    "histology maladie disease cancer carcinome solide solid patient statut status biomarqueur biomarker expression "
    "performance metastase metastatique avance advanced antecedent localisation organe prelevement tissu biopsie "
    "imagerie dose"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
"""A label of these alone is what a line is about, not whom it speaks of, whatever the labels of cohorts hold."""
_SHORT = 2
_HEADING = re.compile(
    r"^(?:pour |dans |en |chez )?(?:la |les |l'|the )?(?:"
    rf"(?:toutes? (?:les )?|tous (?:les )?|all (?:the )?|every ){WORD}|"
    rf"{WORD}\s+{MARKS}(?:\s?(?:,|et|and|/)\s?(?:{WORD}\s+)?{MARKS})*|"
    r"(?:cohorte d')?(?:escalade|expansion)(?: de dose)?)"
    r"(?:\s?\([^()]{1,80}\))?(?:\s(?:seulement|uniquement|only|exclusivement))?\s?[:.]?$"
)
_ROMANS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_RANGE = re.compile(r"([a-z]?)(\d{0,2})([a-z]?)\s*(?:-|\ba\b|\bto\b)\s*([a-z]?)(\d{0,2})([a-z]?)")
_CALLED = r"(?:p|se|sp|c|ph|part|partie|phase|cohorte?|bras|arm)"
_ROMAN = re.compile(rf"(?P<called>(?:{_CALLED}[ -]?)?)(?P<roman>iv|vi|v|i{{1,3}})(?P<part>[a-c]?)")


@lru_cache(maxsize=20_000)
def heads_a_section(line: str) -> bool:
    """Whether a plain line names cohorts or parts and nothing else: what follows is asked of these (« PARTIE 2 »)."""
    return _HEADING.match(line) is not None


def is_part(words: str) -> bool:
    """Whether words speak of cohorts or parts (« l'une des 3 cohortes »)."""
    return re.search(rf"\b{WORD}\b", plain(words)) is not None


def nearest(text: str, cohorts: Sequence[CohortName]) -> set[str]:
    """The cohorts whose labels share most words with a text."""
    words = set(key(text).split()) - _SMALL
    shared = {id_: len(words & (set(key(label).split()) - _SMALL)) for id_, label in cohorts}
    most = max(shared.values(), default=0)
    return {id_ for id_, count in shared.items() if count == most} if most else set()


def leads(prefix: str) -> bool:
    """Whether words begin like the name of a part, known or not."""
    return _LEAD.match(prefix) is not None


def is_like_a_mark(prefix: str, cohorts: Sequence[CohortName]) -> bool:
    """Whether words are a mark as those of the catalogue are (« C8 » beside C1 to C7): of a part it does not hold."""
    bare = _BARE.match(prefix)
    return bare is not None and _shape(next(_split(bare[1]), "")) in {_shape(plain(id_)) for id_, _ in cohorts}


def _shape(mark: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[a-z]", "a", mark))


def is_marked(prefix: str) -> bool:
    """Whether words name a part by a mark (« cohorte A »)."""
    return _LEAD.match(prefix) is not None and _NAMED.search(prefix) is not None


def named(prefix: str, cohorts: Sequence[CohortName]) -> set[str]:
    """The cohorts that words name, by marks, else by words of their labels; « A et B » names both."""
    prefix = _ONLY.sub(" ", prefix).strip()
    by_marks = _narrowed(_by_marks(prefix, cohorts, parts=True), prefix, cohorts)
    return by_marks or _by_words(prefix, cohorts) or _by_words_of_each(prefix, cohorts)


def marked(marks: str, cohorts: Sequence[CohortName]) -> set[str]:
    """The cohorts that are named by marks alone."""
    return _by_marks(marks, cohorts)


def _by_marks(prefix: str, cohorts: Sequence[CohortName], *, parts: bool = False) -> set[str]:
    """The cohorts with these marks; `parts`: those of which a mark names the whole (« Partie 2 »: 2A and 2B)."""
    marks = {mark for match in _NAMED.finditer(prefix) for mark in _split(match[2])}
    bare = _BARE.match(prefix)
    marks |= set(_split(bare[1])) if bare else set()
    marks |= {mark for match in _FURTHER.finditer(prefix) for mark in _split(match[1])} if marks else set()
    words = {match[1].rstrip("s") for match in _NAMED.finditer(prefix)}
    found = {mark: {id_ for id_, label in cohorts if _has_mark(mark, words, id_, label)} for mark in marks}
    if parts and words:
        found = {mark: ids or _whole_of(mark, cohorts) for mark, ids in found.items()}
    return set[str]().union(*found.values())


def _whole_of(mark: str, cohorts: Sequence[CohortName]) -> set[str]:
    """The cohorts that are parts of what a mark names: 2A and 2B of « Partie 2 », A1 and A2-A3 of « Partie A »."""
    if mark.isdigit():
        return {id_ for id_, _ in cohorts if re.fullmatch(rf"{_CALLED}?[ -]?{mark}[a-z]", plain(id_))}
    own = re.compile(rf"{re.escape(mark)}\d{{1,2}}")
    return {id_ for id_, _ in cohorts if len(mark) == 1 and all(own.fullmatch(one) for one in _split(_joined(id_)))}


def _joined(id_: str) -> str:
    """« B4-B5 » as « b4,b5 »: an id that holds several marks."""
    return re.sub(r"(?<=\d)\s?[-/+]\s?(?=[a-z]\d)", ",", plain(id_))


_FURTHER = re.compile(rf"(?:,|/|\bet\b|\band\b)\s?({MARKS})(?=\s?(?:$|,|/|\())")


def _narrowed(found: set[str], prefix: str, cohorts: Sequence[CohortName]) -> set[str]:
    """« Partie 2 LLC » among several parts 2: those whose name shares most of the further words, if any does."""
    further = set() if _BARE.match(prefix) else set(key(_NAMED.sub(" ", prefix)).split()) - _SMALL
    if len(found) < 2 or not further:
        return found
    shared = {id_: len(further & set(key(f"{id_} {label}").split())) for id_, label in cohorts if id_ in found}
    most = max(shared.values())
    return {id_ for id_, count in shared.items() if count == most} if most else found


def _split(marks: str) -> Iterator[str]:
    """Each mark, those of a range (« 2a à 2d ») one by one."""
    for mark in re.split(r"\s*(?:,|\bet\b|\band\b|\bou\b|\bor\b|&|/|\+)\s*", marks):
        if mark:
            yield mark
            yield from _of_range(mark)


def _of_range(mark: str) -> Iterator[str]:
    match = _RANGE.fullmatch(mark)
    if match is None:
        return
    first, low, part, last, high, to = match.groups()
    if low and high and not (part or to) and first == (last or first) and int(low) < int(high):
        yield from (f"{first}{number}" for number in range(int(low), int(high) + 1))
    elif part and to and low == (high or low) and part < to:
        yield from (f"{first}{low}{chr(code)}" for code in range(ord(part), ord(to) + 1))
    elif first and last and not (low or high or part or to) and first < last:
        yield from (chr(code) for code in range(ord(first), ord(last) + 1))


def _has_mark(mark: str, words: set[str], id_: str, label: str) -> bool:
    own, mark, head = _figures(plain(id_)), _figures(mark), plain(label)
    if own == mark or re.fullmatch(rf"{_CALLED}[ -]?{re.escape(mark)}", own) or mark in _split(_joined(id_)):
        return True
    return any(_figures_behind(word, head, mark) for word in words)


def _figures_behind(word: str, head: str, mark: str) -> bool:
    """Whether a label begins with the word and the mark (« Phase Ib - LLC » for « phase 1b »)."""
    match = re.match(rf"{re.escape(word)}s?\s+([a-z0-9]+)(?![a-z0-9])", head)
    return match is not None and _figures(match[1]) == mark


def _figures(mark: str) -> str:
    """Roman figures as figures: « IIa » is « 2a », « P-II » is « p-2 »."""
    match = _ROMAN.fullmatch(mark)
    return f"{match['called']}{_ROMANS[match['roman']]}{match['part']}" if match else mark


def _by_words(prefix: str, cohorts: Sequence[CohortName]) -> set[str]:
    """Cohorts whose label holds every telling word of the prefix; one or two words do without « cohorte »
    (« LLC : … », « Pancréas : … »), unless every cohort has them."""
    led = _LEAD.match(prefix) is not None
    telling = {word for word in key(_LED_ONLY.sub("", prefix)).split() if len(word) > 2}
    if not telling or (not led and telling <= _GENERIC) or (not led and len(key(prefix).split()) > _SHORT):
        return set()
    found = {id_ for id_, label in cohorts if telling <= set(key(f"{id_} {label}").split())}
    told = {id_ for id_, label in cohorts if id_ in found and _ends_with(prefix, plain(label))}
    if told:
        return told
    if not _DENIED.search(prefix):
        found = {id_ for id_, label in cohorts if id_ in found and not _DENIED.search(plain(label))} or found
    return found if led or len(found) < len(cohorts) else set()


def _ends_with(prefix: str, label: str) -> bool:
    """Whether words end with the whole label, sign included: « cohorte HER2+ », not the one called HER2-low."""
    return re.search(rf"(?<!\w){re.escape(label)}\s*$", prefix) is not None and re.search(r"[+-]", label) is not None


_DENIED = re.compile(r"\b(?:non|not|sans|without|hors|no)\b")
"""« Cohorte muté » beside « Cohorte non muté »: words that a label denies do not name it."""
_LED_ONLY = re.compile(rf"^\W*(?!expansion\b|escalade\b|optimi|dose|run|lead){WORD}\b")
"""« Cohorte pancréas »: the word for a part tells nothing; « expansion » and « escalade » do."""


def _by_words_of_each(prefix: str, cohorts: Sequence[CohortName]) -> set[str]:
    parts = [part for part in re.split(r"\s(?:et|and|ou|or|/|\+)\s|\s?[,/]\s?", prefix) if part]
    found = [_by_words(part, cohorts) for part in parts]
    return set[str]().union(*found) if len(parts) > 1 and all(found) else set()
