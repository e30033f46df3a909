"""Words that say that a biomarker is not asked: « quel que soit le statut PD-L1 », « HER2 positif ou négatif »."""

import re
from collections.abc import Iterator

from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.reading.markers.tokens import words_of
from rules.reading.markers.words import (
    MARKER,
    Word,
)

_WHATEVER = hinted(
    r"\b(?:quel(?:le)?s? que soi(?:t|en)t?|independamment|regardless|irrespective|whatever|with or without|"
    r"avec ou sans|sans tenir compte|peu importe|tou[ts] (?:niveaux?|statuts?))\b[^.;,]*|"
    r"\bany\b[^.;,]{0,30}\bstatus\b"
)
_NOT_OWED = hinted(
    r"(?:\s?:\s?(?:l'|son )?(?:expression|statut|resultat|recherche)(?=\snon\s))?(?:\s(?:sur|dans|par|en|on|"
    r"in|by)\s[^,;.()]{2,40}?)?\s?\)?\s?(?:(?:n')?(?:est|sont|is|are)\s)?(?:non|pas|not)\s(?:selecti\w*|"
    r"requis\w*|exige\w*|necessaires?|obligatoires?|demande\w*|"
    r"required|mandatory|needed)|\s?\)?\s?(?:indifferent\w*|facultati\w*|optionnel\w*|optional)(?![a-z])"
)
"""« expression PD-L1 non requise »."""
_CLASS_BEFORE = re.compile(
    r"(?<![a-z])(?:expressions?|sur-?expressions?|mutations?|statuts?|status|fusions?|rearrangements?|"
    r"amplifications?|"
    r"positivite)\s(?:d(?:e |u |')|of )?$"
)
_OR_NOT = hinted(r"\b(?:ou non|or not|quelconques?|all[- ]comers)\b")
_BOTH = hinted(
    r"(?:positi\w+|(?<=[a-z0-9])\s?\+)\s?(?:ou|or)\s?(?:negati\w+|-(?!\w))|"
    r"(?<![a-z0-9])([a-z0-9-]{2,8}?)\s?-?(?:positi\w+|\+)\s?(?:ou|or|et|and|/)\s?\1\s?-?(?:negati\w+|-(?!\w))|"
    r"negati\w+\s?(?:ou|or)\s?positi\w+|\bmut\w+\s(?:ou|or)\s(?:non[- ]mut\w+|sauvages?|wild[- ]type)|"
    r"(?:sauvages?|wild[- ]type)\s(?:ou|or)\smut\w+"
)
_GOES_ON = re.compile(
    r"\s(?:et|and|avec|ayant|who|qui)\s(?![^.;,]{0,40}\b(?:status|statuts?|expression|levels?|niveaux?)\b)"
)
_KNOWN_OR_NOT = hinted(
    r"(?P<head>(?:(?:statuts?|status|resultats?|results?)\s)?(?:[a-z0-9/+.'-]+\s){1,4}?)"
    r"\b(?:connu\w*|known|disponible\w*|available|documente\w*|documented)\b(?:\s?\([^()]*\))?[^.;:(),]{0,40},?\s"
    r"(?:ou|or)\s[^.;:(),]{0,40}?"
    r"(?:\ba (?:determiner|realiser|evaluer|tester|faire|rechercher)\b|\bto be (?:determined|tested|assessed|"
    r"evaluated)\b|"
    r"\b(?:inconnu\w*|unknown|non connu\w*|determinable\w*)\b|"
    r"\b(?:echantillons?|prelevements?|tissus?|materiel|blocs?|tissue|samples?)\s[^.;:(),]{0,30}(?:pour|to|for)\s"
    r"[^.;:(),]{0,20}(?:determin|test|evalu|analys)\w*)[^.;:(),]*"
)
_OF_A_STATUS = re.compile(r"\b(?:statuts?|status|resultats?|results?|expression)\b")
_OF_A_FINDING = re.compile(r"\bmut(?!ationn)|\bfusion|rearrang|amplif|positi|negati|\+")
"""« statut MMR connu ou à déterminer »: whoever is not tested yet will be, so that nobody is left out."""
_FREE = re.compile(
    r"(?:\s(?:p\.)?[a-z]?\d{2,4}[a-z]?)?\s?(?:(?:est|is|etant)\s)?(?:mut\w*|amplifi\w*|positi\w*|rearrang\w*|"
    r"altere\w*|methyle\w*|exprim\w*|"
    r"surexprim\w*|\+)\s?(?:(?:ou|or)\s)(?:non(?:[- ](?:mut|amplifi|rearrang|alter|methyl|exprim|"
    r"surexprim)\w*)?|not|pas)"
    r"(?![a-z-])"
)
"""« BRAF muté ou non »."""
_MUTATED = r"mut(?:e|ee|es|ees|ant|ated|ant)?(?:\s(?:p\.)?[a-z]?\d{2,4}[a-z]?)?"
_WILD = r"(?:sauvages?|wild[- ]?type|wt|non[- ]mut\w+)"
_BOTH_VALUES = hinted(
    rf"(?:\s(?:p\.)?[a-z]\d{{2,4}}[a-z]?)?\s?:?\s?(?:{_MUTATED}\s(?:ou|or|/)\s{_WILD}|{_WILD}\s?(?:ou|or|"
    rf"/)\s?{_MUTATED}|"
    r"positi\w+\s?(?:ou|or|/)\s?negati\w+|negati\w+\s?(?:ou|or|/)\s?positi\w+|\+\s?(?:ou|or|/)\s?-(?!\w))(?![a-z-])"
)
"""« RAS muté ou sauvage », « BRAF sauvage ou muté V600 »."""
_OF_ITS_VALUE = re.compile(
    r"\b(?:scores?|statuts?|status|niveaux?|levels?|expression|resultats?|results?|tps|cps|ic|tc|intensite|"
    r"pourcentage|taux)\b"
)
_PART = re.compile(r"[,;.()]")


def indifferent(clause: Clause) -> list[tuple[int, int]]:
    """The spans that say so: nothing is asked there, so nothing is left unread."""
    plain = clause.plain
    if not any(one.search(plain) for one in (_WHATEVER, _OR_NOT, _BOTH, _BOTH_VALUES, _KNOWN_OR_NOT, _NOT_OWED)):
        return []
    named = [word for word in words_of(clause) if word.part == MARKER]
    return list(dict.fromkeys([*_spans(plain, named), *unasked(clause)]))


def unasked(clause: Clause) -> list[tuple[int, int]]:
    """The spans that name a result and say that any will do: they are read, and ask nothing."""
    plain = clause.plain
    named = [word for word in words_of(clause) if word.part == MARKER]
    spans = [
        match.span()
        for match in _KNOWN_OR_NOT.finditer(plain)
        if any(match.start() <= word.start < match.end() for word in named)
        and _OF_A_STATUS.search(match["head"])
        and not _OF_A_FINDING.search(match["head"])
    ]
    spans += _whatever(plain, named)
    for word in named:
        match = _BOTH_VALUES.match(plain, word.end) or _FREE.match(plain, word.end) or _NOT_OWED.match(plain, word.end)
        if match and not any(start < match.end() and word.start < end for start, end in spans):
            named_by = _CLASS_BEFORE.search(plain[: word.start])
            spans.append((named_by.start() if named_by else word.start, match.end()))
    return sorted(spans)


def _whatever(plain: str, named: list[Word]) -> Iterator[tuple[int, int]]:
    """« Tout statut PD-L1 », « PD-L1 quel que soit le score »: alone in the clause, or right behind the name."""
    for match in _WHATEVER.finditer(plain):
        inside = any(match.start() <= word.start < match.end() for word in named)
        if inside:
            if match[0].startswith("tou") and not plain[: match.start()].strip(" -*>#."):
                further = _GOES_ON.search(plain, match.start(), match.end())
                yield match.start(), further.start() if further else match.end()
            continue
        before = [word for word in named if not plain[word.end : match.start()].strip() and word.end <= match.start()]
        if before and _OF_ITS_VALUE.search(match[0]):
            yield before[-1].start, match.end()


def _spans(plain: str, named: list[Word]) -> Iterator[tuple[int, int]]:
    for match in _WHATEVER.finditer(plain):
        inside = [word for word in named if match.start() <= word.start < match.end()]
        if inside:
            further = _GOES_ON.search(plain, inside[-1].end, match.end())
            yield match.start(), further.start() if further else match.end()
    for pattern in (_OR_NOT, _BOTH):
        for match in pattern.finditer(plain):
            part = max((one.end() for one in _PART.finditer(plain, 0, match.start())), default=0)
            inside = [word for word in named if part <= word.start < match.end()]
            if inside:
                yield inside[-1 if pattern is _OR_NOT else 0].start, match.end()
