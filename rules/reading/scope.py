"""Which cohorts a line speaks of: « Cohorte A : … », « B5 et B7 : … », « COHORTES OVAIRE : … », « Partie 2 : … »."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rules.hinted import hinted
from rules.reading.clause import plain
from rules.reading.parts import MARKS, WORD, CohortName, is_like_a_mark, is_marked, leads, marked, named

_PREFIX = re.compile(r"^(?:\[([^\]:]{1,40})\]\s*:?\s*(?=\S)|([^:;]{1,120}?)\s*:\s*(?=\S))")
_EQUALS = re.compile(rf"^(?:[^:;=]{{1,30}}:\s*)?((?:{WORD}\s+)?{MARKS})(?:\s?\([^()]*\))?\s*=\s*(?=\S)")
"""« C1 et C3 = … », also behind a label (« Mutations : C1 et C3 = … »)."""
_SHUT = re.compile(r"\(([^()]{1,40})\)\s*:?\s*(?=\S)")
_OPENING = re.compile(
    rf"^((?:pour|dans|en|chez|in|for)\s(?:tou(?:te)?s )?(?:les? |la |l'|the )?(?:patients? (?:de|du|"
    rf"des) (?:la |les? )?)?{WORD}\s{MARKS}"
    r"(?: (?:seulement|uniquement|only))?)\s?,\s(?=\S)"
)
"""« Pour la phase 2, … »: a scope closed by a comma."""
_OPENING_WORDS = re.compile(
    rf"^((?:pour|dans|en|chez|in|for)\s(?:les? |la |l'|the )?({WORD}\s[^,:;]{{2,40}}?))\s?,\s(?=\S)"
)
_OPENS = frozenset("PpDdEeCcIiFf")
_ALL_CASES = re.compile(
    r"(?i)^(?:dans tous les cas|pour (?:tous|toutes?)(?: les (?:patients?|cohortes?|bras|"
    r"participants?))?|in all cases)\s?[,:]\s"
)
_EVERY = re.compile(rf"\b(?:toutes?|tous|all|every)\b.{{0,12}}\b{WORD}|^(?:tou(?:te)?s|all)(?: les? \w+)?$")
_LISTED = rf"(?:{WORD}\s+)?{MARKS}(?:\s?(?:,|et|and|/)\s?{WORD}\s+{MARKS})*"
_SUFFIX = hinted(
    rf"\s*[(\[](?:(?P<but>sauf|hors|except|excepte|excluding)\s|(?:pour|for|en|dans|in|seulement|uniquement|only)\s)?"
    rf"(?:les? |la |the )?(?P<marks>{_LISTED})(?:\s(?:seulement|uniquement|only))?[)\]]\s*$"
)
_BEHIND = hinted(
    rf"(?<=[\w)])\s?,?\s(?:(?:seulement|uniquement|only)\s)?(?:pour|for|en|dans|in) (?:les? |la |the )?"
    rf"(?P<marks>{WORD}\s+{MARKS}(?:\s?(?:,|et|and|/)\s?{WORD}\s+{MARKS})*)(?:\s(?:seulement|uniquement|only))?[.\s]*$"
)
"""« Clairance ≥ 30 mL/min pour la cohorte A »."""
_TOOK_PART = re.compile(
    r"\b(?:inclu\w*|trait\w*|particip\w*|enrol\w*|random\w*|treated|included|dose\w*)\b[^,;]{0,30}$"
)
_OF_A_PART = hinted(rf"\s*\((?P<words>{WORD}\s[^():]{{3,40}}?)\s(?:seulement|uniquement|only)\)\s*$")
"""« métastases à distance (bras exploratoire seulement) »."""
_OF_A_NAMED_PART = hinted(rf"(?<=[^;.\s])\s*\((?P<words>{WORD}\s(?!{MARKS}\))[^():;,]{{2,40}}?)\)\s*$")
"""« IPI ≥ 2 (cohorte LBDGC) », where a cohort has that name."""
_BEHIND_A_COLON = re.compile(rf"(?<=[\w)])\s?(?::|=|→|->|=>)\s?(?P<words>{WORD}\s[^:;()]{{1,40}})$")
"""« BRAF V600E muté : cohorte 2 »: whom a line is of, told last."""
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


class Scoped(NamedTuple):
    """A line without its scope: `cohorts` None speaks of the whole trial; empty, of a part that has no such cohort."""

    text: str
    cohorts: frozenset[str] | None


def scoped(text: str, cohorts: Sequence[CohortName]) -> Scoped:
    """The scope of a line, by its words before the colon."""
    return _scoped(text, tuple(cohorts))


@lru_cache(maxsize=20_000)
def _scoped(text: str, cohorts: tuple[CohortName, ...]) -> Scoped:
    text = _ALL_CASES.sub("", text)
    opening = _OPENING.match(plain(text)) if text[:1] in _OPENS and "," in text else None
    if text[:1] in _OPENS and not opening and (words := _OPENING_WORDS.match(plain(text))) and named(words[2], cohorts):
        opening = words
    if opening:
        text = f"{text[: opening.end(1)]} : {text[opening.end() :]}"
    if "=" in text and (equals := _EQUALS.match(plain(text))) and (own := named(equals[1].strip(), cohorts)):
        return Scoped(text[equals.end() :], frozenset(own))
    if text.startswith("(") and (shut := _SHUT.match(text)) and (own := named(plain(shut[1]).strip(), cohorts)):
        return Scoped(text[shut.end() :], frozenset(own))
    match = _PREFIX.match(text)
    match = None if match and _is_open(match[0]) else match
    prefix = plain(match[1] or match[2]).strip() if match else ""
    prefix = _FOR.sub("", prefix) if opening else prefix
    rest = text[match.end() :] if match else text
    if _STEP.match(prefix) or _HERE.match(prefix):
        return Scoped(rest, None)
    if _ELSEWHERE.match(prefix):
        return Scoped(text, frozenset())
    if match_part := _OF_A_PART.search(plain(text)):
        return Scoped(text[: match_part.start()], frozenset(named(match_part["words"], cohorts) if cohorts else ()))
    if not cohorts:
        return Scoped(text, frozenset()) if is_marked(prefix) else Scoped(text, None)
    return _named_behind(text, cohorts) or _suffixed(text, cohorts) or _prefixed(text, prefix, rest, cohorts)


def _named_behind(text: str, cohorts: Sequence[CohortName]) -> Scoped | None:
    """The line of a part that stands behind it: after a colon, or in a bracket where no other is named before it."""
    words = plain(text)
    match = _BEHIND_A_COLON.search(words)
    if match is None:
        match = _OF_A_NAMED_PART.search(words)
        match = match if match and not re.search(rf"\({WORD}\s", words[: match.start()]) else None
    found = named(match["words"], cohorts) if match else set[str]()
    return Scoped(text[: match.start()], frozenset(found)) if match and found else None


def _is_open(prefix: str) -> bool:
    """Whether the colon stands inside a parenthesis that opens before it."""
    return prefix.count("(") > prefix.count(")") or prefix.count("[") > prefix.count("]")


def _prefixed(text: str, prefix: str, rest: str, cohorts: Sequence[CohortName]) -> Scoped:
    if _EVERY.search(prefix):
        return Scoped(rest, None)
    if (topical := _topical(text, prefix, rest, cohorts)) is not None:
        return topical
    found = named(_FOR.sub("", prefix), cohorts)
    if found or (prefix and (leads(prefix) or is_like_a_mark(prefix, cohorts))):
        return Scoped(rest if found else text, frozenset(found))
    return Scoped(text, None)


_PART = rf"{WORD}(?: (?:d'|de |of )?(?!{WORD})[a-z]{{4,14}}| d'{WORD})?\s+{MARKS}[^()]*?"
_TOPIC = re.compile(
    rf"^(?!{WORD}\b)(?P<topic>[a-z]{{3}}[^,;:()\[\]]{{0,60}}?)\s?(?:,\s?|\s[-–—]\s|\(\s?|\[\s?)"
    rf"(?:(?:pour|dans|en|for|in)\s)?(?:les? |la |l'|the )?"
    rf"(?:(?P<words>{_PART})\s?(?:\((?P<precise>{MARKS})\))?|"
    rf"(?P<marks>(?=[^)\]]*(?:[a-z]\d|\d[a-z])){MARKS}))\s?[)\]]?$"
)
"""« Traitements antérieurs, B2 : … », « Histologie (cohortes A et B) : … »: a matter, then whom it is asked of."""


def _topical(text: str, prefix: str, rest: str, cohorts: Sequence[CohortName]) -> Scoped | None:
    match = _TOPIC.match(prefix)
    if match is None:
        return None
    marks = match["precise"] or match["marks"]
    found = marked(marks, cohorts) if marks else named(match["words"], cohorts)
    if not found:
        return Scoped(text, frozenset()) if match["words"] or is_like_a_mark(marks, cohorts) else None
    return Scoped(f"{text[: match.end('topic')]} : {rest}", frozenset(found))


_INSIDE = re.compile(r"\([^()]*\)")
_SEVERAL = re.compile(r";|\w{3}\.\s")
"""Several sentences: the scope behind the last of them is of it alone."""


def _suffixed(text: str, cohorts: Sequence[CohortName]) -> Scoped | None:
    """« … (B1) », « … (partie 2 seulement) », « … (sauf cohorte C) »: a scope told behind the words it bears on."""
    words = plain(text)
    suffix = _SUFFIX.search(words)
    match = suffix or _BEHIND.search(words)
    if match is None or _SEVERAL.search(_INSIDE.sub("", words[: match.start()])):
        return None
    if suffix is None and _TOOK_PART.search(words[: match.start()]):
        return None
    if suffix and re.search(rf"[\d%\w+]\s\({WORD}\s+{MARKS}\)\s?(?:,|(?:ou|et|or|and)\s)", words[: match.start()]):
        return None  # « ≥ 50 % (bras 1), < 1 % (bras 2) »: each part its own
    marks = match["marks"]
    found = marked(marks, cohorts)
    if not found and not leads(marks):
        return None
    if match.groupdict().get("but"):
        found = {id_ for id_, _ in cohorts} - found if found else set()
    return Scoped(text[: match.start()], frozenset(found))


_INNER = hinted(
    rf"\s?[(\[]\s?(?:(?P<what>[^()\[\]:;]{{2,80}}?)\s(?:pour|en|dans|for|in)\s(?:la |les |l'|"
    rf"the )?(?P<part>{WORD}\b[^()\[\]:;]"
    rf"{{0,60}})|(?P<label>[^()\[\]:;]{{1,60}}?)\s?:\s?(?P<said>[^()\[\];]{{2,120}}))[)\]]"
)
_GRANTED = re.compile(
    r"\b(?:peu(?:t|vent)\b|may\b|can\b|sinon\b|accept|autoris|permis|possib|toler|admis|allow|permit|ok\b|si\b|if\b)"
)
_SCALE = re.compile(
    r"\W*(?:(?:ps|ecog|oms|who)\W{0,3}){0,2}[<>≥≤=]{0,2}\s?[0-4](?:\s?(?:-|/|ou|a|or|to|,)\s?[0-4])?\W*"
)
_SCALE_NAMED = re.compile(r"\b(?:ps|ecog|oms|who)\b")


def of_some_cohorts(text: str, cohorts: Sequence[CohortName]) -> tuple[str, str, frozenset[str]] | None:
    """« PS 0-2 (PS 0-1 pour la cohorte 2) »: the text without it, what is asked of some cohorts, and of which."""
    if "(" not in text and "[" not in text:
        return None
    words = plain(text)
    for match in _INNER.finditer(words):
        inside, told = ("what", "part") if match["what"] else ("said", "label")
        if told == "label" and not leads(match["label"].strip()) and leads(match["said"].strip()):
            inside, told = told, inside  # « (≥ 12 ans : cohorte 2) »
        part = match[told]
        found = named(part.strip(), cohorts) if leads(part) else set[str]()
        if found and len(found) < len(cohorts) and not _GRANTED.search(match[inside]) and text[: match.start()].strip():
            said = text[match.start(inside) : match.end(inside)].strip()
            scale = _SCALE_NAMED.search(words[: match.start()])
            if scale and _SCALE.fullmatch(plain(said)) and not _SCALE_NAMED.search(plain(said)):
                said = f"{text[scale.start() : scale.end()]} {said}"
            return text[: match.start()] + text[match.end() :], said, frozenset(found)
    return None


_AGE = re.compile(
    r"\W*(?:(?:patients?|participants?|sujets?|subjects?)\s)?(?:(?:age|ages|agee?s?|aged)\s)?(?:de |d')?"
    r"(?:[<>≥≤]=?|plus de|moins de|au moins|at least|entre|from|de)?\s?\d\d\s?"
    r"(?:(?:-|a|et|to|and)\s?\d\d\s?)?(?:ans|years?(?: of age| old)?)?(?:\s(?:ou|et|or) (?:plus|older|moins))?"
    r"(?:\s?(?:,|et|and)\s(?:(?:poids|weight)\s)?[<>≥≤]=?\s?\d\d\s?kg)?\W*"
)
_OF_AGE = re.compile(r"\bans\b|\bages?\b|\bagee|\byears?\b")


def is_value_of(said: str, asked: str = "") -> bool:
    """Whether what is asked of some is another value of a scale, or another age, instead of the one asked of the
    others (`asked`)."""
    words = plain(said)
    if _SCALE.fullmatch(words):
        return True
    return bool(_AGE.fullmatch(words) and _OF_AGE.search(f"{words} {plain(asked)}") and _AGE.fullmatch(plain(asked)))


_PART_LABEL = re.compile(
    r"(?im)^[\s*•-]*(?:partie|part|cohorte|cohort|volet)\s+(?P<mark>[0-9]{1,2}[a-c]?|[a-d]|"
    r"[ivx]{1,3})(?:\s?\([^()\n]{0,40}\))?\s*:\s+"
)
_ANY_PART = re.compile(
    r"(?i)\b(?:parties?|parts?|cohortes?|cohorts?|volets?)\s+(?P<mark>[0-9]{1,2}[a-c]?|[a-d]|[ivx]{1,3})(?!\w)"
)
_FIRST_PART = frozenset({"1", "a", "i"})


def of_its_first_part(inclusion: str | None, exclusion: str | None) -> tuple[str | None, str | None]:
    """The texts without « Partie 1 : » where no other part is spoken of: what is asked there is asked of all."""
    both = f"{inclusion or ''}\n{exclusion or ''}"
    if not _PART_LABEL.search(both) or {one["mark"].lower() for one in _ANY_PART.finditer(both)} - _FIRST_PART:
        return inclusion, exclusion
    return (_PART_LABEL.sub("", inclusion) if inclusion else inclusion), (
        _PART_LABEL.sub("", exclusion) if exclusion else exclusion
    )


_EVERYBODY = hinted(
    r"^\W*(?:(?:pour|dans|chez|for|in) )?(?:(?:les (?:deux|trois|quatre|\d)|toutes? les?|tous les|"
    r"(?:l')?ensemble d(?:es|e l[ae'])|chacune? des|chaque|all|both|each|every)\s?(?:the )?"
    r"(?:cohortes?|cohorts?|bras|arms?|parties?|parts?|phases?|groupes?|groups?|volets?|patiente?s?|participante?s?|"
    r"sujets?|subjects?)(?: (?:confondue?s?|reunie?s?))?|"
    r"phases? (?:i|1)[ab]?\s?(?:/|et|and|&|\+)\s?(?:phase )?(?:ii|2)[ab]?)\s?(?::|\s[-–])\s?(?=\S)"
)


def asked_of_everybody(text: str) -> str:
    """« Toutes les cohortes : A », « Tous les patients : A » is A; the text itself where nobody is named so."""
    match = _EVERYBODY.match(plain(text))
    return text[match.end() :] if match else text
