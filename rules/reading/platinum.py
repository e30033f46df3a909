"""Two states that treatments leave: platinum-resistant, -refractory or -sensitive disease; no standard option left."""

import re
from collections.abc import Iterator

from rules.criteria import (
    AnyOf,
    Kind,
    Not,
    Platinum,
    PlatinumIs,
    Polarity,
    PriorLines,
    StandardExhausted,
    Test,
    Treated,
)
from rules.organs import ORGANS
from rules.reading.clause import Clause, Found

_FAMILY = frozenset({"female_genital"})
"""Where the platinum-free interval is counted as GCIG does; elsewhere other limits hold (small-cell lung: 90 days)."""

_STATUS = r"(?:resistan(?:te?s?|ce)|sensi(?:bles?|bilite|tive|tivity)|refracta(?:ires?)|refractory)"
_STATUSES = rf"{_STATUS}(?:\s*(?:/|,|ou|or|et/ou|and/or)\s*(?:platin\w+[- ])?{_STATUS})?"
_PLATINUM = (
    r"(?:(?:la |une |the )?(?:chimio(?:therapie)?s? |chemotherapy )?(?:a base d(?:e |'))?(?:les |"
    r"aux )?(?:sels? d(?:e |'))?"
    r"(?:platine?s?|platinum)(?:[- ](?:based|containing)(?: (?:chemo)?therapy)?)?)"
)
_NAMED = re.compile(
    rf"\b(?:platin(?:e|um|o|es)?[\s-]*(?P<after>{_STATUSES})|(?P<before>{_STATUSES})\s+(?:au|aux|a|"
    rf"to)\s+{_PLATINUM}(?![a-z]))"
)
_NOT_ME = re.compile(
    r"\b(?:pas|not|sans|no|jamais|never|candidats?|si|if|number|nombre|regardless|quel(?:le)? que soit|irrespective|"
    r"independam\w*|statut)\b[^,;:.]{0,30}$|\b(?:non|"
    r"no|not|pas|for|pour)[\s-]*$"
)
_LONG_DEFINITION = re.compile(
    r"\bsi\s+(?:1|une)\s+(?:seule\s+)?ligne\s+(?:a base )?d(?:e |')(?:sels? de )?platine\s*[:,].{0,60}?\bprogression\s+"
    r"(?:entre\s+)?>\s?(?:91|90|3)\s?(?:j|jours|mois)\s+(?:et|a)\s+(?:≤|<=|<)?\s?(?:183|180|182|6)\s?(?:j|jours|"
    r"mois)(?:[^,;.]{0,40})?$"
)

_STANDARD_FR = r"(?:standards?|de reference|conventionnels?|valides?|validees?|recommandee?s?)"
_THERAPY_FR = (
    r"(?:options?(?: therapeutiques?)?|alternatives?(?: therapeutiques?)?|traitements?|therapies?|"
    r"therapeutiques?)"
)
_THERAPY_EN = r"(?:therap(?:y|ies)|treatments?|options?|treatment options?|care|medical therapies)"
_STANDARD_EN = r"standard(?:[- ]of[- ]care)?"
_GIVEN = r"(?:disponibles?|existante?s?|available|connus?|appropries?|etablis?|approuves?)"
_EXHAUSTED: tuple[str, ...] = (
    rf"(?:plus d(?:e |')|pas d(?:e |')|aucune?s? |sans |absence d(?:e |')|il n'existe (?:pas|plus) d(?:e |"
    rf"'))(?:autres? )?"
    rf"(?:{_THERAPY_FR} {_STANDARD_FR}|(?:option|alternative) therapeutique(?= (?:disponible|validee?|"
    rf"standard)))(?: {_GIVEN})?",
    rf"(?:en )?(?:echec|echappement)s? (?:aux? |de (?:tous )?(?:les |l')?|des |du |"
    rf"a (?:tous )?les )(?:differents )?{_THERAPY_FR} {_STANDARD_FR}"
    rf"(?: {_GIVEN})?",
    rf"refractaires? (?:(?:ou|et/ou|/) intolerante?s? )?(?:aux |a tous les |"
    rf"a tout )(?:{_THERAPY_FR} )?{_STANDARD_FR}(?: {_GIVEN})?",
    rf"(?:a |ont |ayant |avoir )?(?:recu|epuise) (?:(?:tous|toutes|"
    rf"l'ensemble d\w+) )(?:les )?{_THERAPY_FR} {_STANDARD_FR}(?: {_GIVEN})?",
    rf"epuise(?:r|e|es|s|ment)? (?:tous |toutes |les |des )+{_THERAPY_FR} {_STANDARD_FR}(?: {_GIVEN})?",
    rf"progress\w+ (?:sous|apres|malgre) (?:tous |toutes )?les {_THERAPY_FR} {_STANDARD_FR}(?: {_GIVEN})?",
    r"(?:en )?(?:impasse|echappement) therapeutique",
    rf"(?:no|without)(?: (?:other|further|available|effective|existing|remaining|known|appropriate|alternative|"
    rf"additional)){{0,2}} "
    rf"{_STANDARD_EN} {_THERAPY_EN}(?: (?:is |are |that is )?(?:available|exists?|remain\w*))?",
    rf"{_STANDARD_EN} {_THERAPY_EN} (?:do(?:es)? not exist|(?:is|are) not available|(?:has|have) (?:failed|"
    rf"been exhausted))",
    rf"exhausted (?:all )?(?:available |known )?{_STANDARD_EN} {_THERAPY_EN}",
    rf"(?:refractory|resistant) (?:to )?(?:(?:or|and/or) intolerant (?:of|to) )?(?:all )?(?:available |"
    rf"existing )?{_STANDARD_EN} {_THERAPY_EN}",
    rf"(?:failed|progressed (?:on|after|despite|following)|received|failure of) (?:all )(?:available |existing |"
    rf"known )?{_STANDARD_EN} {_THERAPY_EN}"
    r"(?: available)?",
)
_MAY_BE_EXHAUSTED = re.compile(r"standard|option|alternative|impasse|echapp|referenc|valid|conventionn|recommand|epuis")
_TAIL = (
    r"(?:,?\s*(?:ou|or|et/ou|and/or)\s+(?:(?:est|etre|sont|a|are|is|have|has|being|who|qui|y|for whom|being)\s+)*"
    r"(?:intoleran\w*|non eligib\w*|ineligib\w*|inelig\w*|refus\w*|declin\w*|not (?:eligib\w*|suitable|"
    r"candidates?)|unsuitable|"
    r"contre-indi\w*|contraindi\w*|inadapte\w*|inapproprie\w*)"
    r"(?:\s+(?:a|aux?|to|for|of|pour|ces|ceux-ci|celui-ci|such|these|this|those|them|it|les|le|derniers?|"
    r"traitements?|therap\w*|"
    r"treatments?|standards?|disponibles?|available))*(?=\s*(?:$|[,;.)])))*"
)
_EXHAUSTED_RES = tuple(re.compile(rf"(?<![a-z-]){pattern}(?![a-z]){_TAIL}") for pattern in _EXHAUSTED)
_NOT_EXHAUSTED = re.compile(
    r"\b(?:pas|not|sans|si|if|ou non|whether|jamais|never|au moins une?|at least one|premiere ligne|"
    r"first[- ]line)\b[^,;:.]{0,40}$"
)
_PARTIAL = re.compile(
    r"\s*(?:de|en|d') ?(?:1|premiere|l1|deuxieme|seconde|2)|\s*(?:of|in) (?:first|second)|"
    r"\s*(?:autorise|permis)"
)


def platinum_status(clause: Clause) -> Iterator[Found]:
    """Platinum-sensitive, -resistant, -refractory, by name or by the long definition of one platinum line."""
    if "platin" not in clause.plain:
        return
    for match in _LONG_DEFINITION.finditer(clause.plain):
        only = PriorLines(1, 1, frozenset({"platinum"}))
        resistant = PlatinumIs(frozenset({Platinum.RESISTANT}))
        yield Found(*match.span(), AnyOf((Not(only), resistant)), Kind.PRIOR_TREATMENT)
    for match in _NAMED.finditer(clause.plain):
        test = _platinum_test(clause, match["after"] or match["before"])
        if test is not None and not _NOT_ME.search(clause.plain[: match.start()]):
            yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def _platinum_test(clause: Clause, words: str) -> Test | None:
    """Resistant, said alone, takes refractory in: relapse within six months is what both share."""
    sensitive, resistant, refractory = "sensi" in words, "resistan" in words, "refract" in words
    if clause.organs and not all(ORGANS.above(organ) & _FAMILY for organ in clause.organs):
        if sensitive:
            return None
        return Treated(treatments=frozenset({"platinum"}), outcomes=frozenset({"progression"}))
    statuses = {Platinum.SENSITIVE} if sensitive else set()
    statuses |= {Platinum.RESISTANT} if resistant else set()
    statuses |= {Platinum.REFRACTORY} if refractory or resistant else set()
    return PlatinumIs(frozenset(statuses))


def standard_exhausted(clause: Clause) -> Iterator[Found]:
    """« Plus d'option standard », « échec des traitements standards », with its « ou intolérant » tail."""
    if clause.polarity is Polarity.EXCLUSION or not _MAY_BE_EXHAUSTED.search(clause.plain):
        return
    for pattern in _EXHAUSTED_RES:
        for match in pattern.finditer(clause.plain):
            before, after = clause.plain[: match.start()], clause.plain[match.end() :]
            if not _NOT_EXHAUSTED.search(before) and not _PARTIAL.match(after):
                yield Found(*match.span(), StandardExhausted(), Kind.PRIOR_TREATMENT)
