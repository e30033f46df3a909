"""Toxicity of an earlier immunotherapy, by its grade: « EI immuno-induit ≥ grade 3 sous immunothérapie antérieure ».

Only where the whole run of words is of it; of one organ (« colite immuno-induite ») is the matter of `conditions`.
"""

import re

from rules.criteria import AllOf, HasCondition, Kind, Test, Unread
from rules.hinted import hinted
from rules.immune_toxicity import GRADE, OF_IMMUNITY, SEVERE, lowest_grade
from rules.junctions import either
from rules.reading.clause import Clause, Found

_EVENT = (
    r"(?:effets?(?: (?:indesirables?|secondaires?))?|evenements?(?: indesirables?)?|eig?s?|toxicites?|tox|"
    r"complications?|reactions?|"
    r"manifestations?|adverse (?:events?|reactions?|effects?)|side effects?|events?|toxicit(?:y|ies)|aes?)"
)
_PAST = r"(?:anterieur(?:e?s?|ement)|prealables?|passee?s?|connue?s?|documentee?s?|known|prior|previous|past)"
_LEAD = (
    r"(?:(?:(?:antecedents?|atcd|survenue|presence|histoire|notion)(?: personnels?)? (?:de |d'|d'une? )|history of |"
    r"tou(?:t|te|s|tes) |an?y? |une? |des? |d')|{past} )".replace("{past}", _PAST)
)
_DRUG = (
    r"(?:immunotherap(?:ie|y|ies)|(?:anticorps |anti-?)?(?:anti-?)?pd-?\s?\(?l?\)?-?\s?1(?:\s?/\s?(?:pd-?)?l1)?|"
    r"anti-?ctla-?4|(?:immune )?checkpoint inhibitors?|"
    r"inhibiteurs? d(?:e|u|es) (?:points? de controle|checkpoints?)(?: (?:immunitaires?|immuns?))?|ici|io|icis)"
)
_UNDER = (
    r"(?:(?:sous|avec|lors d(?:e |')|au cours d(?:e |')|pendant|apres|lie(?:e?s?) a|imput\w+ a|d(?:u|ue?s) a|on|with|"
    r"during|from|related to|due to|following|after|while on|while receiving)\s?"
    rf"(?:(?:une?|l'|la|le|an?|any|tout|{_PAST}|traitements?|therap(?:ie|y)|treatment|par|de|d'|with|of)\s?)*"
    rf"{_DRUG}(?:\s{_PAST}| therapy| treatment)*)"
)
_SPACE = r"[\s,(]*"
_RUN = hinted(
    rf"(?<![a-z])(?:{_LEAD})*(?:(?:{_EVENT}|{OF_IMMUNITY}|{GRADE}|{_PAST}|{_UNDER})(?![a-z\d])\)?{_SPACE})*"
    rf"\b{OF_IMMUNITY}\b\)?(?:{_SPACE}(?:{_EVENT}|{OF_IMMUNITY}|{GRADE}|{_PAST}|{_UNDER})(?![a-z\d])\)?)*"
)
_IS_EVENT = re.compile(rf"\b(?:{_EVENT}|iraes?)(?![a-z])")
_EVERY = re.compile(rf"(?<![a-z\d]){GRADE}(?![a-z])")
_NOT_OVER = re.compile(r"^\W*(?:non|pas|not|persist|en cours|actuel|ongoing|active?s?\b|actif|unresolved|toujours)")
_WENT_BACK = re.compile(
    r"^\W*(?:resolu|revenu|recuper|regress|resolved|recovered|ayant|doi|must|should|has|have|qui|that)"
)


def recognise(clause: Clause) -> list[Found]:
    """Every run of words that tells of such a toxicity with its grade, in an exclusion."""
    found = []
    for match in _RUN.finditer(clause.plain):
        test = asked(match[0])
        behind = clause.plain[match.end() :]
        if test is None or not _IS_EVENT.search(match[0]) or _NOT_OVER.match(behind) or _WENT_BACK.match(behind):
            continue
        end = match.start() + len(match[0].rstrip(" ,("))
        found.append(Found(match.start(), end, test, Kind.COMORBIDITY))
    return found


def asked(words: str) -> Test | None:
    """What a run of such words asks; None where it tells no grade, or several."""
    grades = {lowest_grade(one[0]) for one in _EVERY.finditer(words)}
    if len(grades) != 1:
        return None
    grade = grades.pop()
    severe = HasCondition(conditions=frozenset({SEVERE}))
    of_any = HasCondition(conditions=frozenset({"immune_related_toxicity"}))
    open_ = Unread(Kind.COMORBIDITY)
    if grade == 1:
        return of_any
    if grade == 2:
        return either([severe, AllOf((of_any, open_))])
    return severe if grade == 3 else AllOf((severe, open_))


_ITS_WORDS = re.compile(rf"(?<![a-z\d])(?:{OF_IMMUNITY}|{GRADE})(?![a-z])")


def told_in(words: str) -> tuple[Test, str] | None:
    """What words about a stop for toxicity say of the toxicity itself, and the words without these.

    None where it is none of immunity, or its grades are several.
    """
    if not re.search(rf"\b{OF_IMMUNITY}\b", words):
        return None
    graded = _EVERY.search(words) is not None
    test = asked(words) if graded else HasCondition(conditions=frozenset({"immune_related_toxicity"}))
    return (test, _ITS_WORDS.sub(" ", words)) if test else None
