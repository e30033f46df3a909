"""What the recognisers of patient, disease, brain and measures share: spans, negations, words that shift the subject.

All patterns are searched in `Clause.plain`: lower case, no accents, one character for each of the original.
"""

import re
from collections.abc import Iterable

from rules.hinted import hinted
from rules.reading.clause import Found

LEAST = (
    r"(?:\\?>\s?=|=\s?\\?>|≥|superieure?s? ou ega(?:l|ux|le|les) (?:a|au|aux)\b|(?:d')?au moins\b|a partir "
    r"d[eu]\b|minimum\b"
    r"(?: de\b| of\b)?|at least\b|(?:greater|more|higher) than or equals? to\b|no(?:t)? less than\b|minimum of\b)"
)
ABOVE = (
    r"(?:(?<!=)\\?(?<!=\\)>(?!\s?=)|(?:strictement )?superieure?s? a\b|(?:de )?plus de\b|(?:more|greater|higher|"
    r"older) than\b|over\b|above\b)"
)
MOST = (
    r"(?:\\?<\s?=|=\s?\\?<|≤|inferieure?s? ou ega(?:l|ux|le|les) (?:a|au|aux)\b|au plus\b|jusqu'a\b|"
    r"max(?:imum|i)?\b\.?(?: de\b| of\b)?|"
    r"at most\b|up to\b|(?:less|lower) than or equals? to\b|no(?:t)? (?:more|greater|worse|higher|older) than\b)"
)
BELOW = (
    r"(?:(?<!=)\\?(?<!=\\)<(?!\s?=)|(?:strictement )?inferieure?s? a\b|(?:de )?moins de\b|(?:less|lower|younger|"
    r"fewer) than\b|under\b|below\b)"
)
SIGN = rf"(?:{LEAST}|{ABOVE}|{MOST}|{BELOW})"

_NO_NEGATION = hinted(
    r"non[- ]a[- ]petites[- ]cellules|non[- ]small[- ]cell|non[- ]hodgkin\w*|non[- ](?:epidermoide|squamous|seminom\w*|"
    r"pulmonaire|clear[- ]cell|keratini\w*|invasive|infiltrant\w*)"
)
_NEGATED = re.compile(
    r"(?:\b(?:pas (?:de |d'|en )?|absence (?:de |d' ?|of )|sans |aucune? |non[- ]?|no |not |without |ni |nor |free "
    r"of |indemnes? de |"
    r"exempts? de |lack of )(?:(?:any|known|connue?s?|signes?|preuve|evidence|maladie|disease|de|d'|of|la|une?|"
    r"documentee?s?|"
    r"documented|antecedents?|history|presence|have|has|had|avoir|presenter|presentant|ayant|an?) ?)*)$"
)
_SHIFTED = re.compile(
    r"\b(?:pas|sans|aucun\w*|absence|non|no|not|without|ni|nor|never|jamais|sauf|hors|hormis|excepte\w*|except|unless|"
    r"other than|autres? qu\w*|a l'exception|a l'exclusion|either or|risques? (?:(?:(?:tres|ou|a|et) )?(?:faible|"
    r"bas|intermediaire|modere|eleve|haut|important|accru|majeur)e?s?(?:,? ))*(?:de|d'|metasta)|risk "
    r"(?:of|for)|suspicion|suspectee?s?|"
    r"suspected|survie|"
    r"survival|antecedents?|history|prevention|eviter|avoid|avec ou sans|with or without|quel que soit|regardless|"
    r"excluding|excluant|exclu\w*|but not|mais pas|such as|e\.g\.?|tels? que?|par exemple|irrespective|"
    r"potentiel\w*|potential\w*|prouver|refusant|declin\w*)\b"
)
_OTHER_CANCER = hinted(
    r"\b(?:autres?|second\w*|deuxieme|other|another|prior|previous|concurrent|concomitant\w*|synchronous|"
    r"additional|different|"
    r"history of|antecedents? d\w* ?(?:un |une |tout )?)\s?(?:active |invasive |primary |primitive? |pathologie |"
    r"affection |"
    r"maladie |type of |forms? of )*(?:cancers?|tumeurs?|neoplas\w*|malign\w*|carcinom\w*|primar\w+ (?:malign\w*|"
    r"cancer\w*|"
    r"tumou?r\w*)|hemopath\w*)|\bin situ\b|baso-?cellulaire|basal[- ]cell|spino-?cellulaire cutane|non[- ]?melanoma|"
    r"(?:adequately|curatively) treated|traitee?s? (?:de facon curative|curativement)|carcinome du col in|"
    r"cancers? (?:de la peau )?non melano\w*|malignan\w* (?:within|in the (?:past|last))"
)
_OF_THE_DISEASE = hinted(
    r"\b(?:non|not|pas)[- ](?:chirurgicalement |surgically )?(?:resec|opera|metasta|extirp|accessible|eligible|"
    r"candidat|curable|relevant|"
    r"amenable|suitable|resect)\w*|\bno longer\b|\bfor which no\b|\bpour le(?:s)?quel\w* (?:il n'existe )?aucun\w*"
)
_SEGMENT = re.compile(r"[,;:(]|\.\s")


def masked(plain: str) -> str:
    """The text with the « non » of « non à petites cellules » and the like covered, spans unchanged."""
    return _NO_NEGATION.sub(lambda match: "x" * len(match[0]), plain)


def negated(plain: str, start: int) -> int | None:
    """Where the negation begins that ends right before `start`; None if none does."""
    match = _NEGATED.search(plain[:start].rstrip(" ") + " ")
    if not match or re.search(r"\b(?:avec ou|with or)\s$", plain[: match.start()]):
        return None
    return match.start()


def segment_before(plain: str, start: int) -> str:
    """What stands before `start` in its part of the clause (since the last comma, colon or parenthesis)."""
    return _SEGMENT.split(plain[:start])[-1]


def shifted(plain: str, start: int) -> bool:
    """Whether a negation, an exception, a risk, a suspicion or a past stands before, in the same part of the clause."""
    before = _OF_THE_DISEASE.sub("", segment_before(plain, start))
    return _SHIFTED.search(before[-60:]) is not None


def about_other_cancer(plain: str) -> bool:
    """Whether the clause speaks of another cancer than the one under discussion."""
    return _OTHER_CANCER.search(plain) is not None


def longest_apart(found: Iterable[Found]) -> list[Found]:
    """The longest findings that do not overlap, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


def without_overlap(found: Iterable[Found]) -> list[Found]:
    """Left to right; of two that overlap, the one given first is kept."""
    kept: list[Found] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
