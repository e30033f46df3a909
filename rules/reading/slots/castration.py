"""A castration that goes on, medical or surgical: what every trial of resistant prostate cancer asks in passing.

« ADT en cours ou orchidectomie bilatérale », « castration chirurgicale ou médicale maintenue ». A disease that resists
castration is under one; for others it may be begun for the trial, so that nobody is left out by it.
"""

import re

from rules.criteria import AnyOf, Kind, Polarity, State, StateIs, Test, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.reading.joining import Read

_HINT = hinted(r"castr|orchi[de]|pulpectomie|androgen|\badt\b|lh-?rh|gn-?rh")
_NAMED = (
    r"(?:castration|(?:suppression|privation|deprivation|blocage)s? androgenique|"
    r"androgen[- ](?:deprivation|suppression)"
    r"(?:[- ]therapy)?|adt|castree?s?|castrated|orchidectomies?|orchiectomy|orchidectomy|pulpectomies?|"
    r"(?:(?:analogues?|agonistes?|antagonistes?|agonists?|antagonists?|analogs?)(?:\s?(?:/|ou|or|et)\s?|\s)?)+"
    r"(?:(?:de )?(?:la |du )?(?:lh-?rh|gn-?rh))|(?:lh-?rh|gn-?rh) (?:(?:agonist|antagonist|analog(?:ue)?)s?"
    r"(?:\s?(?:/|ou|or)\s?)?)+)"
)
_ABOUT = (
    r"(?:en cours|poursuivie?s?|poursuite|maintenue?s?|maintien|continue?s?|continued|continuing|continuous|ongoing|"
    r"current|concurrent|concomitante?|stable|efficace|effective|sous|under|on|chirurgicale?s?|chirurgicalement|"
    r"medicale?s?|medicalement|chimique|surgical(?:ly)?|medical(?:ly)?|chemical(?:ly)?|pharmacologique|bilaterale?s?|"
    r"bilateral|sous-albuginea?le|prealable|anterieure?|prior|previous|recevant|recevoir|recoi(?:t|vent)|receiving|"
    r"receive|ayant (?:recu|eu|subi)|a eu|a subi|ont eu|undergone|having|have|had|has|avoir|etre|ete|est|sont|ont|a|is|"
    r"are|be|been|doi(?:t|vent)|must|should|deja|already|traitee?s?|traitements?|treated|treatment|therapy|therapie|"
    r"antecedents?|history of|il|elle|ils|patients?|hommes?|men|participants?|sujets?|subjects?|"
    r"qui|who|avec|with|by|par|de|du|des|la|le|les|une?|the|an?|soit|either|ou|or|et/ou|and/or|et|and|pendant|"
    r"durant|throughout|during|toute|tout|all|duree|duration|etude|essai|study|trial|of|pour|for|si|if|not|non|"
    r"operee?s?|primaire)"
)
_WHOLE = re.compile(rf"\W*(?:(?:[dl]'|(?:{_NAMED}|{_ABOUT})(?![a-z']))\W*)+")
_NAME = re.compile(rf"(?<![a-z]){_NAMED}(?![a-z])")
_NOW = re.compile(
    r"\b(?:en cours|poursui\w+|maint\w+|contin\w+|ongoing|current\w*|sous|under|recevant|recoi\w+|receiv\w+|efficace|"
    r"effective|castree?s?|castrated|on)\b"
)
_PROSTATE = "prostate"
_NOT_ASKED: Test = Unread(Kind.OTHER)
_CASTRATED: Test = AnyOf(
    (
        StateIs(State.CASTRATION_RESISTANT),
        Treated(treatments=frozenset({"surgical_castration"})),
        Treated(treatments=frozenset({"adt"}), within_days=0),
        _NOT_ASKED,
    )
)


def castration(clause: Clause) -> Read | None:
    """A clause that asks for such a castration and nothing else; None where a word asks more."""
    if clause.polarity is not Polarity.INCLUSION or not _HINT.search(clause.plain):
        return None
    if clause.organs and _PROSTATE not in clause.organs:
        return None  # of a breast it is that of the ovaries
    if not (_NAME.search(clause.plain) and _NOW.search(clause.plain) and _WHOLE.fullmatch(clause.plain)):
        return None
    return Read(((Kind.OTHER, False, _CASTRATED),), True)
