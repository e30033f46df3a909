"""« Non accessible à un traitement local curatif » in all its wordings: beyond a cure, or within reach of one.

A denial, a word of access and a list of local treatments, each with its adjectives, in the order in which sentences
have them. A list that names surgery alone speaks of resection; one with radiotherapy, ablation or « curatif » of a
cure. A word that is none of these leaves the phrase to the others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.criteria import AllOf, AnyOf, Extent, ExtentIn, Kind, MetastasisIn, Not, State, StateIs, Test, Unread
from rules.hinted import hinted
from rules.junctions import together

_UNRESECTABLE: Test = Not(StateIs(State.RESECTABLE))
_NOT_CURABLE: Test = Not(StateIs(State.CURABLE))


_BEYOND_LOCAL: Test = AnyOf(
    (
        AllOf((ExtentIn(frozenset({Extent.METASTATIC})), Not(MetastasisIn(frozenset({"liver"}), only=True)))),
        Unread(Kind.EXTENT),
    )
)
"""« Ni à un traitement locorégional »: surely so where it spread beyond the liver, else for the board to say."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A half-open span with the condition it asserts; `denied`: the disease is beyond what is named."""

    start: int
    end: int
    test: Test
    denied: bool


_KNOWN = (
    r"connue?s?|etablie?s?|disponibles?|existante?s?|possibles?|validee?s?|standards?|reconnue?s?|envisageables?|"
    r"available|known|exists?"
)
_SURGERY = (
    r"(?:chirurgies?|resections?|exereses?|operations?|surgery|surgical resection|surgical excision|excision|"
    r"hepatectomies?|metastasectomies?|duodeno-?pancreatectomies?|cystectomies?|lobectomies?)"
)
_CURES = (
    r"(?:(?:radio-?chimio|chimio-?radio|re-?radio|radio|curie|brachy|proton)-?therap(?:ies?|y)|chimio-?radiations?|"
    r"radio-?chimiotherapies?|chemo-?radio(?:therapy|ations?)|chemo-?radiations?|(?:re-?)?irradiations?|radiations?|"
    r"radiation therapy|rt|rct|crt|transplantations?(?: hepatiques?)?|greffes? hepatiques?|liver transplant(?:ation)?|"
    r"ablations?|thermo-?ablations?|radiofrequence|stereotaxies?|sbrt)"
)
_GENERAL = (
    r"(?:traitements?|therap(?:ie|ies|y)|prises? en charge|approches?|strategies?|interventions?|gestes?|options?|"
    r"solutions?|treatments?|modalit(?:e|es|y|ies)|management|option)"
)
_CURATIVE = (
    r"(?:(?:a |de |d')?(?:visee|intention|but|vocation|intent) curati(?:ve|f)|(?:potentiellement |potentially )?"
    r"curati(?:fs?|ves?)(?:[- ]intent)?|(?:with|of) (?:a )?curative intent|radica(?:le?s?|ux)|definiti(?:fs?|ves?))"
)
_SORT = (
    r"(?:locale?s?|locaux|locally|loco-?regiona(?:le?s?|ux)|multi-?moda(?:le?s?|ux|lity)|chirurgica(?:le?s?|ux)|"
    r"surgical|"
    r"completes?|complete|combinee?s?|combined|concomitante?s?|concurrent|sequentielle?s?|percutanee?s?|percutaneous|"
    r"hepatiques?|hepatic|thoraciques?|externes?|external(?: beam)?|conformationnelle|supplementaires?|additional|"
    r"further|nouve(?:au|lle)|standards?|standard|large|macroscopiquement|carcinologiques?|stereotaxiques?|"
    r"stereotactic|"
    r"d'exerese|de rattrapage|salvage|thermiques?|conservatrice|systemique et local|simple|intensi(?:f|ve))"
)
_ADJECTIVE = rf"(?:{_CURATIVE}|{_SORT})"
_DET = r"(?:(?:une?|l[ae]|l'|les|des|tout|toute|toute autre|an?|the|any|other|autre|par|de|d'|du|de la|de l')\s?)*"
_ONE = (
    rf"{_DET}(?:{_ADJECTIVE},? (?:et |and )?)*(?:{_SURGERY}|{_CURES}|{_GENERAL})"
    rf"(?:,? (?:(?:et|and|ou|or) )?{_ADJECTIVE}(?!,? (?:(?:et|and) )?(?:{_ADJECTIVE} )*(?:{_SURGERY}|{_CURES}|"
    rf"{_GENERAL})))*"
)
_TO = r"(?:a|au|aux|d'|de|du|des|pour|par|for|to|by|with|from|of)"
_JOINT = (
    r"(?:\s?,?\s?(?:(?:et/ou|and/or|ou bien|ou|et|ni|nor|or|and)\b|/|\+)\s?|\s?,\s?|\s(?=(?:par|by)\s))"
    rf"(?:{_TO}(?:(?<=')|\s))?"
)
_LIST = rf"(?P<list>{_ONE}(?:{_JOINT}{_ONE})*)"
_BARE = r"(?P<list>(?:un |a )?(?:curati(?:ve intent|f)|projet curatif|visee curative))"
_OF_IT = (
    r"(?:\s(?:du|de la|de l'|des|of the|d'une?)\s?(?:(?:tumeur|maladie|lesions?|primitif|recidive|rechute|cancer|"
    r"tumou?r|"
    r"disease|metastases?)(?: primitive)?))?"
)
_ASIDE = (
    r"(?:\s?\((?:[^()]*\b(?:chirurg\w*|resec\w*|surg\w*|radio\w*|irradi\w*|rt|rct|ablati\w*|transplant\w*|avis|rcp|"
    r"selon|"
    r"investigat\w*)\b[^()]*)\))?"
)
_WITH = (
    r"(?:,? (?:avec ou sans|with or without|associee? ou non a|±|\+/-)(?: une?| la)? (?:chimiotherapie|chemotherapy|"
    r"radiotherapie|traitement systemique|radiotherapy))?"
)
_END = (
    rf"{_OF_IT}{_WITH}{_ASIDE}"
    r"(?![a-z]|[ -](?:mini|coelio|laparo|robot|conserv|endoscop|trans-?oral|ambulatoire|palliati))"
)
_ABLE = (
    r"(?:(?:plus )?(?:accessibles?|eligibles?|candidate?s?|candidates?|amenables?|amenable|relevant|releve(?:nt|r)?|"
    r"justiciables?|susceptibles? (?:d'etre|de beneficier|d'un[e]?)|susceptible|aptes?|suitable|appropriate|"
    r"traitables?|"
    r"curables?|indication|beneficier|considered (?:suitable|amenable|eligible|a candidate)|a (?:suitable )?candidate|"
    r"treatable|proposables?|(?:etre )?(?:traitee?s?|operee?s?|prise? en charge)(?= par)|(?:be )?treated(?= "
    r"(?:by|with))))"
)
_NOT = (
    r"(?:(?:(?:qui |that |which |who |disease )*(?:n'(?:est|sont|etait|etant|etaient|ayant)|"
    r"ne (?:sont|soit|peu(?:ven)?t|pouvant|pourra(?:it)?|relevant|releve(?:nt)?|saurai(?:t|ent))|is|are|was|be|being|"
    r"deemed|juge[es]{0,2}|considere[es]{0,2})(?: etre)? )?(?:pas|(?<!ou )(?<!et )plus|non|not|no longer)|non|pas|in|"
    r"un)"
)
_DENIED = hinted(
    rf"(?<![a-z0-9])(?:{_NOT}[- ]?{_ABLE} (?:{_TO}(?:(?<=')|\s))?|"
    rf"(?:qui )?ne (?:peu(?:ven)?t|pouvant|pourra(?:it)?)(?: pas| plus)? {_ABLE} (?:{_TO}(?:(?<=')|\s))?|"
    r"(?:qui )?ne (?:relevant|releve(?:nt)?|pouvant(?: etre)?(?: beneficier| relever)|peu(?:ven)?t(?: etre)? "
    r"(?:beneficier|relever))(?: pas| plus)? (?:d'|de |du )|"
    r"(?:ineligibles?|inaccessibles?|ineligible|unsuitable|unamenable|unfit|inapte) (?:a|au|aux|pour|for|to|d'|de)\s?|"
    r"(?:contre-indication|contre-indique\w*|contraindication|contraindicated) (?:a|au|aux|pour|for|to)\s)"
    rf"{_LIST}{_END}"
)
_BEYOND = hinted(
    r"(?<![a-z0-9])(?:hors|au-?\s?dela|en dehors|beyond|outside)(?: d(?:e |'|u |es )| of | )(?:(?:la |l'|le |"
    r"toute? |any )?"
    r"(?:ressources?|portee|possibilites?|projets?|atteinte|perspectives?|options?|reach|champ|therapeutiques?)"
    r"(?: d(?:e |'|u |es )| of )?(?:therapeutiques? (?:de |d'))?)*"
    rf"{_LIST}{_END}"
)
_NONE = hinted(
    r"(?<![a-z0-9])(?:pas|aucune?|sans|absence|no|without|plus|lack)(?: d(?:e |')| of | )(?:(?:autre |d'|other |"
    r"available )?"
    r"(?P<chance>possibilites?|options?|indications?|perspectives?|solutions?|alternatives?|projets?|chances?|"
    r"possibility|"
    r"prospect)(?: therapeutiques?)?(?: d(?:e |'|u )| of | for )?)?"
    rf"{_LIST}{_OF_IT}(?P<may>\s(?:n'(?:est|existe)|n'etant|is|are|soit|sont)?\s?(?:possibles?|envisageables?|"
    rf"realisables?|"
    r"disponibles?|faisables?|possible|feasible|available|existe|existante?|proposables?|indique[es]{0,2}))?"
    r"(?![a-z])"
)
_NO_CURE = hinted(
    r"(?<![a-z0-9])(?:(?:pas|aucune?|sans|absence|plus|il n'(?:existe|y a) (?:pas|plus|aucune?))(?: d(?:e |'))?\s?|"
    r"(?:no|without|lack of)\s)(?:(?:autres?|other|available|known|established)\s)*"
    r"(?:(?:options?|alternatives?|solutions?|possibilites?|perspectives?)"
    r"(?: (?:therapeutiques?|de traitement))? (?:a visee |d'intention )?curati(?:ves?|fs?)|"
    rf"curative (?:therapeutic |treatment )?options?)(?: (?:{_KNOWN}))*(?![a-z])"
)
"""« Sans option curative établie », "no curative option": nothing is said of standard treatment."""
_UNTREATABLE = hinted(
    r"(?<![a-z0-9])(?:(?:ni|non|pas|not|in|un|ir)[- ]?(?:resecables?|operables?|resectable|extirpables?)"
    r"\s?,?\s?(?:et/ou|et|ou|ni|/|and|or|nor)\s?)?(?:(?:non|pas|ni|not)[- ]|ir-?|in-?|"
    r"un-?)(?:re-?)?irradiables?(?![a-z])"
)
"""« Non irradiable », « ni opérable ni irradiable »."""
_WITHIN = hinted(
    rf"(?<![a-z0-9])(?<!non )(?<!pas )(?<!not )(?<!non-)(?<!ni )(?<!nor )(?<!plus )(?:{_ABLE}|pouvant "
    rf"(?:beneficier|relever|recevoir)|may benefit) ?(?:{_TO}(?:(?<=')|\s))?"
    rf"(?:{_LIST}|{_BARE.replace('<list>', '<bare>')}){_END}"
)
_POSSIBLE = hinted(
    rf"(?<![a-z0-9]){_LIST}{_OF_IT} (?:(?:est|soit|is|jugee?|encore|still) )*(?:possibles?|envisageables?|realisables?|"
    r"envisagee?s?|possible|feasible)(?![a-z])"
)
"""« Traitement curatif possible »."""
_HINT = hinted(
    r"access|eligib|candidat|amenab|relev|justiciab|benefi|suscept|suitab|curab|curati|irradi|apte|unfit|propos|"
    r"radica|definit|resec|treatab|contre-?indi|contraindi"
)
_HAS_SURGERY = re.compile(rf"\b{_SURGERY}\b")
_HAS_CURE = re.compile(rf"\b(?:{_CURES}|{_CURATIVE})(?![a-z])")
_SAYS_CURATIVE = re.compile(rf"\b{_CURATIVE}(?![a-z])")
_LOCAL = re.compile(r"\b(?:locale?s?|locaux|locally|local|loco-?regiona\w+)\b")
_GENERAL_ONE = re.compile(rf"\b{_GENERAL}\b")
_CHEMORADIATION = re.compile(r"radio-?chim|chimio-?rad|chemo-?rad|\brct\b|\bcrt\b")
_PLAIN_SURGERY = re.compile(rf"{_DET}(?:{_SORT} )*(?:chirurgies?|operations?|surgery|interventions?)(?: {_SORT})*")
"""« Non éligible à une chirurgie » may be for the patient's health (`suitability`)."""
_STARTS_APART = re.compile(r"\b(?:ou|or|et|and|ni|nor|/)\b|[,/+]")
_FOR_A_PLACE = re.compile(r"\b(?:etude|essai|trial|study|protocole|selection|inclusion)\b")
_BEFORE_NOT = re.compile(
    r"(?:\b(?:ne|ni|nor|plus|no longer|cannot|never|jamais|sans|without|aucune?|no|(?:non|pas|not)"
    r"(?![- ](?:chirurgicalement |surgically )?(?:resec|oper|metasta|extirp|petites|small|epid|squam)))\b|"
    r"n')[^,;:.()]{0,25}$"
)


def told_beyond(words: str) -> Test | None:
    """What words say that stand behind one of several stages, where they only tell that it is beyond cure."""
    bare = _JOINTS_AND_VERBS.sub(" ", words)
    simple = [_UNRESECTABLE for _ in _SIMPLE.finditer(bare)]
    bare = _SIMPLE.sub(" ", bare)
    tests: list[Test] = [*simple]
    for reach in reaches(bare):
        if not reach.denied:
            return None
        tests.append(reach.test)
        bare = bare[: reach.start] + " " * (reach.end - reach.start) + bare[reach.end :]
    return together(list(dict.fromkeys(tests))) if tests and not re.search(r"[a-z0-9]", bare) else None


_SIMPLE = re.compile(
    r"\b(?:(?:non|pas|not|in)[- ]?(?:(?:chirurgicalement|surgically|d'emblee) )?(?:resecables?|operables?|resectable|"
    r"extirpables?)|irresecables?|irresectable|unresectable|inoperable)\b"
)
_JOINTS_AND_VERBS = re.compile(
    r"^\W*(?:et|and|mais|but|si|if|juge[es]{0,2}|considere[es]{0,2}|deemed|maladie|disease)\b"
)


def reaches(plain: str) -> Iterator[Reach]:
    """The phrases of access to a local treatment in a plain text, left to right of each sort, without overlap."""
    if not _HINT.search(plain):
        return
    found: list[Reach] = []
    for one in (*_denials(plain), *_accesses(plain)):
        if all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    yield from sorted(found, key=lambda one: one.start)


def _denials(plain: str) -> Iterator[Reach]:
    for match in _UNTREATABLE.finditer(plain):
        yield Reach(*match.span(), _NOT_CURABLE, True)
    for pattern in (_DENIED, _BEYOND, _NONE):
        for match in pattern.finditer(plain):
            test = _beyond(match["list"])
            sure = pattern is _DENIED or _SAYS_CURATIVE.search(match["list"])
            if pattern is _NONE and not (match["may"] or match["chance"]):
                sure = None
            if test is not None and sure and not _FOR_A_PLACE.search(match[0]):
                yield Reach(*match.span(), test, True)
    for match in _NO_CURE.finditer(plain):
        yield Reach(*match.span(), _NOT_CURABLE, True)


def _beyond(listed: str) -> Test | None:
    """What it asks to be beyond all of a list; None where the list names no local treatment."""
    cure, surgery = _HAS_CURE.search(listed), _HAS_SURGERY.search(listed)
    local = _LOCAL.search(listed)
    if not (cure or surgery):
        return None
    if _only_surgery(listed):
        said = _SAYS_CURATIVE.search(listed) or not _PLAIN_SURGERY.fullmatch(listed.strip())
        return _UNRESECTABLE if said else None
    apart = [part for part in _STARTS_APART.split(listed) if part.strip()]
    loose = [
        part for part in apart if _LOCAL.search(part) and not (_HAS_CURE.search(part) or _HAS_SURGERY.search(part))
    ]
    return AllOf((_NOT_CURABLE, _BEYOND_LOCAL)) if local and loose and len(apart) > 1 else _NOT_CURABLE


def _only_surgery(listed: str) -> bool:
    """« une résection curative »: surgery, curative or not, and nothing else."""
    without = _SAYS_CURATIVE.sub(" ", listed)
    return bool(_HAS_SURGERY.search(listed)) and not (_HAS_CURE.search(without) or _GENERAL_ONE.search(without))


def _accesses(plain: str) -> Iterator[Reach]:
    """« Accessible à une chirurgie ou une radiothérapie curative »: a cure is within reach."""
    for match in (*_WITHIN.finditer(plain), *_POSSIBLE.finditer(plain)):
        listed = match["list"] or match.groupdict().get("bare") or ""
        if _BEFORE_NOT.search(plain, 0, match.start()) or _FOR_A_PLACE.search(match[0]):
            continue
        if not (_SAYS_CURATIVE.search(listed) or _CHEMORADIATION.search(listed)):
            continue
        yield Reach(*match.span(), StateIs(State.RESECTABLE if _only_surgery(listed) else State.CURABLE), False)
