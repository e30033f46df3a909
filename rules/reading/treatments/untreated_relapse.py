"""Nothing received for a relapse: « n'ayant pas reçu de chimiothérapie pour la récidive », « non traité pour … ».

Whoever had none of it for advanced disease had none for the relapse either. Whoever had some may have had it before,
so that nothing is broken by it.
"""

import re

from rules.criteria import AnyOf, Kind, Not, Polarity, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.treatments import find_treatments

_NONE = (
    r"(?:n'(?:a(?:yant)?|ont|avoir) (?:pas|jamais) (?:encore )?(?:ete traitee?s? (?:par|avec)|recu|eu) (?:de |d')?|"
    r"n'(?:a(?:yant)?|ont) recu aucune? |(?:pas|absence) d(?:e |')|sans |aucune? |"
    r"no (?:prior |previous )?|without (?:any |prior |previous )*|"
    r"not (?:have |having )?received (?:any |prior )*|never received (?:any )?)"
)
_BACK = (
    r"(?:rechutes?|recidives?|relapse|recurrence|(?:maladie|cancer|tumeur|disease) (?:recidivante?|en rechute|"
    r"en recidive)|"
    r"(?:recurrent|relapsed) (?:disease|cancer|setting))"
)
_FOR = (
    rf"(?: (?:anterieure?|prealable|systemique))* (?:pour|en situation de|en|au stade de|de|for|in|of)"
    rf" (?:la |le |leur |sa |cette |une |un |the |their )?(?:premiere )?{_BACK}"
)
_WHAT = r"(?P<what>[^,;:()]{4,60}?)"
_UNTREATED = hinted(
    rf"(?<![\w-])(?:{_NONE}{_WHAT}{_FOR}|non traitee?s? pour (?:la |leur |sa )?{_BACK}|"
    rf"untreated for (?:the |their )?{_BACK})(?![\w-])(?!\s?(?:/|,|ou|or|et/ou)\s?(?:la |une? )?(?:maladie )?(?:meta|"
    rf"avanc|adv))"
)


def untreated_relapse(clause: Clause) -> list[Found]:
    """Where a clause asks that nothing, or nothing of a sort, was received for the relapse."""
    if clause.polarity is Polarity.EXCLUSION:
        return []
    return [Found(*match.span(), test, Kind.PRIOR_TREATMENT) for match, test in _told(clause)]


def _told(clause: Clause) -> list[tuple[re.Match[str], AnyOf]]:
    told = []
    for match in _UNTREATED.finditer(clause.plain):
        ids = frozenset({"systemic_treatment"})
        if match["what"]:
            named = find_treatments(clause.text[slice(*match.span("what"))])
            if len(named) == 1 and len(named[0].components) == 1:
                ids = named[0].components[0]
            elif not _ANY.fullmatch(match["what"].strip()):
                continue
        none = Not(Treated(treatments=ids, settings=frozenset({"advanced"})))
        told.append((match, AnyOf((none, Unread(Kind.PRIOR_TREATMENT)))))
    return told


_ANY = re.compile(
    r"(?:systemic )?(?:traitements?|therapies?|treatments?|therapy)(?: (?:systemiques?|anticancereux|anterieure?s?))*"
)
