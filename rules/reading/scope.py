"""Which cohorts a line speaks of: « Cohorte A : … », « B5 et B7 : … », « COHORTES OVAIRE : … », « Partie 2 : … »."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.reading.clause import plain
from rules.text import key

CohortName = tuple[str, str]
"""Id and label of a cohort."""

_WORD = (
    r"(?:cohortes?|cohorts?|coh\.?|parties?|parts?|bras|arms?|groupes?|groups?|sous-etudes?|"
    r"sous etudes?|sub-?stud(?:y|ies)|"
    r"sous-protocoles?|subprotocols?|volets?|modules?|strates?|phases?|expansions?|etapes?|stages?)"
)
_MARK = r"(?:[a-z]?\d{0,2}[a-z]?|[ivx]{1,4})(?![a-z0-9])"
_MARKS = rf"({_MARK}(?:\s*(?:,|et|and|ou|or|&|/|\+|a|to|-)\s*{_MARK})*)"
_NAMED = re.compile(rf"\b({_WORD})\s+{_MARKS}")
_BARE = re.compile(rf"^{_MARKS}\s*(?:\([^)]*\))?$")
_PREFIX = re.compile(r"^(?:\[([^\]:]{1,40})\]\s*:?\s*(?=\S)|([^:;]{1,120}?)\s*:\s*(?=\S))")
_OPENING = re.compile(
    rf"^((?:pour|dans|en|chez|in|for)\s(?:tou(?:te)?s )?(?:les? |la |l'|the )?(?:patients? (?:de|du|"
    rf"des) (?:la |les? )?)?{_WORD}\s{_MARKS}"
    r"(?: (?:seulement|uniquement|only))?)\s?,\s(?=\S)"
)
"""« Pour la phase 2, … »: a scope closed by a comma."""
_OPENS = frozenset("PpDdEeCcIiFf")
_ALL_CASES = re.compile(
    r"(?i)^(?:dans tous les cas|pour (?:tous|toutes?)(?: les (?:patients?|cohortes?|bras|"
    r"participants?))?|in all cases)\s?[,:]\s"
)
_EVERY = re.compile(rf"\b(?:toutes?|tous|all|every)\b.{{0,12}}\b{_WORD}|^(?:tou(?:te)?s|all)(?: les? \w+)?$")
_SUFFIX = re.compile(
    rf"\s*\((?:(?P<but>sauf|hors|except|excepte|excluding)\s|(?:pour|for|seulement|uniquement|only)\s)?"
    rf"(?:les? |la |the )?(?P<marks>(?:{_WORD}\s+)?{_MARKS})(?:\s(?:seulement|uniquement|only))?\)\s*$"
)
_STEP = re.compile(
    r"(?:(?:a|au|pour|en|at|for) (?:l'|la |le |the )?)?(?:etapes?|steps?|(?:pre-?)?selection|(?:pre-?)?screening|"
    r"randomi[sz]ation|inclusion|enregistrement|registration|enrol+ment)(?:\s(?:[0-9]|[ivx]{1,3}))?"
    r"(?:\s\((?:pre-?)?\w+\))?$"
)
"""A step that every participant goes through: what is asked at it is asked of all."""
_HERE = re.compile(
    r"(?:(?:en|pour|in|for) (?:la |l'|the )?)?(?:france|ue|eu|europe|union europeenne|european union)"
    r"(?: (?:only|uniquement|seulement))?$"
)
_ELSEWHERE = re.compile(
    r"(?:(?:au|aux|en|pour|in|for) (?:le |la |les |the )?)?(?:japon|japan|chine|china|coree(?: du sud)?|"
    r"(?:south )?korea|"
    r"etats-unis|us|usa|united states|royaume-uni|uk|canada|hors (?:ue|europe|france)|ex-us|non-eu)"
    r"(?: (?:only|uniquement|seulement))?$"
)
"""What is asked in France is asked; what is asked of participants of another country is not ours to judge."""
_FOR = re.compile(
    r"^(?:pour|dans|en|chez|in|for)\s(?:tou(?:te)?s )?(?:les? |la |l'|the )?(?:patients? (?:de|du|des) (?:la |les? )?)?"
)
_SMALL = frozenset(
    {"et", "and", "ou", "or", "de", "la", "le", "du", "des", "the", "of", "a", "en", "pour", "for", "tou"}
)
_LEAD = re.compile(rf"^\W*{_WORD}\b")


@dataclass(frozen=True, slots=True)
class Scoped:
    """A line without its scope: `cohorts` None speaks of the whole trial; empty, of a part that has no such cohort."""

    text: str
    cohorts: frozenset[str] | None


def scoped(text: str, cohorts: Sequence[CohortName]) -> Scoped:
    """The scope of a line, by its words before the colon."""
    text = _ALL_CASES.sub("", text)
    opening = _OPENING.match(plain(text)) if text[:1] in _OPENS and "," in text else None
    if opening:
        text = f"{text[: opening.end(1)]} : {text[opening.end() :]}"
    match = _PREFIX.match(text)
    prefix = plain(match[1] or match[2]).strip() if match else ""
    prefix = _FOR.sub("", prefix) if opening else prefix
    rest = text[match.end() :] if match else text
    if _STEP.match(prefix) or _HERE.match(prefix):
        return Scoped(rest, None)
    if _ELSEWHERE.match(prefix):
        return Scoped(text, frozenset())
    if not cohorts:
        return Scoped(text, frozenset()) if _LEAD.match(prefix) and _NAMED.search(prefix) else Scoped(text, None)
    return _suffixed(text, cohorts) or _prefixed(text, prefix, rest, cohorts)


def _prefixed(text: str, prefix: str, rest: str, cohorts: Sequence[CohortName]) -> Scoped:
    if _EVERY.search(prefix):
        return Scoped(rest, None)
    named = _narrowed(_by_marks(prefix, cohorts), prefix, cohorts) or _by_words(prefix, cohorts)
    if named or (prefix and (_LEAD.match(prefix) or _BARE.match(prefix))):
        return Scoped(rest if named else text, frozenset(named))
    return Scoped(text, None)


def _suffixed(text: str, cohorts: Sequence[CohortName]) -> Scoped | None:
    """« … (B1) », « … (partie 2 seulement) », « … (sauf cohorte C) »: a scope told behind the words it bears on."""
    match = _SUFFIX.search(plain(text))
    if match is None:
        return None
    marks = match["marks"]
    named = _by_marks(marks, cohorts)
    if not named and not _LEAD.match(marks):
        return None
    if match["but"]:
        named = {id_ for id_, _ in cohorts} - named if named else set()
    return Scoped(text[: match.start()], frozenset(named))


def _by_marks(prefix: str, cohorts: Sequence[CohortName]) -> set[str]:
    marks = {mark for match in _NAMED.finditer(prefix) for mark in _split(match[2])}
    bare = _BARE.match(prefix)
    marks |= set(_split(bare[1])) if bare else set()
    words = {match[1].rstrip("s") for match in _NAMED.finditer(prefix)}
    return {id_ for id_, label in cohorts if any(_has_mark(mark, words, id_, label) for mark in marks)}


def _narrowed(named: set[str], prefix: str, cohorts: Sequence[CohortName]) -> set[str]:
    """« Partie 2 LLC » among several parts 2: those whose name shares most of the further words, if any does."""
    further = set(key(_NAMED.sub(" ", prefix)).split()) - _SMALL
    if len(named) < 2 or not further:
        return named
    shared = {id_: len(further & set(key(f"{id_} {label}").split())) for id_, label in cohorts if id_ in named}
    most = max(shared.values())
    return {id_ for id_, count in shared.items() if count == most} if most else named


def _split(marks: str) -> list[str]:
    return [mark for mark in re.split(r"\s*(?:,|\bet\b|\band\b|\bou\b|\bor\b|&|/|\+)\s*", marks) if mark]


def _has_mark(mark: str, words: set[str], id_: str, label: str) -> bool:
    own = plain(id_)
    if own == mark or re.fullmatch(rf"(?:p|se|sp|c|ph|part|partie|cohorte?|bras|arm)[ -]?{re.escape(mark)}", own):
        return True
    head = plain(label)
    return any(re.match(rf"{re.escape(word)}s?\s+{re.escape(mark)}(?![a-z0-9])", head) for word in words)


def _by_words(prefix: str, cohorts: Sequence[CohortName]) -> set[str]:
    """Cohorts whose label holds every telling word of the prefix; one or two words do without « cohorte »
    (« LLC : … », « Pancréas : … »), unless every cohort has them."""
    telling = {word for word in key(_LEAD.sub("", prefix)).split() if len(word) > 2}
    if not telling or (not _LEAD.match(prefix) and len(key(prefix).split()) > _SHORT):
        return set()
    named = {id_ for id_, label in cohorts if telling <= set(key(f"{id_} {label}").split())}
    return named if _LEAD.match(prefix) or len(named) < len(cohorts) else set()


_SHORT = 2
