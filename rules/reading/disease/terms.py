"""Words of extent and state, each with what it asserts; whether they speak of now is for `disease_words`."""

import re

from rules.criteria import AllOf, AnyOf, Kind, Not, PriorLines, State, StateIs, Test, Unread
from rules.hinted import hinted
from rules.reading.disease.course import COURSE, NEITHER, NOR
from rules.reading.disease.roles import (
    ADVANCED,
    BORDERLINE,
    CASTRATION_RESISTANT,
    EARLY,
    FIRST_SEEN,
    HIGH_VOLUME,
    LATER_SEEN,
    LOCALISED,
    LOCALLY_ADVANCED,
    METASTATIC,
    NOT_CURABLE,
    NOT_METASTATIC,
    OLIGOMETASTATIC,
    REFRACTORY,
    RELAPSE,
    REMISSION,
    UNRESECTABLE,
    Role,
    and_more,
)

_OF_A_CURE = re.compile(
    r"radio|irradiat|\brt\b|\brct\b|traitement|treatment|therap|option|ressource|resource|curatif|"
    r"curab(?!\w*(?: par| by)(?: (?:la|une))? (?:chirurg|surg|resec)[^()]*$)"
)


def as_told(test: Test, words: str) -> Test:
    """« Non accessible à un traitement curatif » speaks of surgery or radiotherapy, « non résécable » of surgery."""
    if test == METASTATIC or test in _WITH_METASTASES:
        return _as_seen(test, words)
    if test == HIGH_VOLUME:
        return test if _HIGH.search(words) else Not(test)
    if test not in (UNRESECTABLE, StateIs(State.RESECTABLE)) or not _OF_A_CURE.search(words):
        return test
    return NOT_CURABLE if test == UNRESECTABLE else StateIs(State.CURABLE)


_WITH_METASTASES: tuple[Test, ...] = (
    AllOf((CASTRATION_RESISTANT, METASTATIC)),
    AllOf((Not(CASTRATION_RESISTANT), METASTATIC)),
    OLIGOMETASTATIC,
)
_AT_FIRST = re.compile(r"d'emblee|synchron|de novo|au diagnostic")
_NUMBERED = re.compile(r"\d")
"""« Oligométastatique (1 à 3 lésions) »: how many there are is counted on the images of the screening."""
_METACHRONOUS = re.compile(r"metachron")
_VOLUME = re.compile(r"(?:haut|fort|high|faible|bas|low)[- ]volume")
_HIGH = re.compile(r"haut|fort|high")


def _as_seen(test: Test, words: str) -> Test:
    """« Métastatique d'emblée » is of a disease that never came back, « métachrone » of one that did."""
    parts: list[Test] = [test]
    if _AT_FIRST.search(words) and not _METACHRONOUS.search(words):
        parts.append(FIRST_SEEN)
    elif _METACHRONOUS.search(words) and not _AT_FIRST.search(words):
        parts.append(LATER_SEEN)
    volumes = {bool(_HIGH.match(one[0])) for one in _VOLUME.finditer(words)}
    if len(volumes) == 1:
        parts.append(HIGH_VOLUME if volumes.pop() else Not(HIGH_VOLUME))
    if test == OLIGOMETASTATIC and _NUMBERED.search(words):
        parts.append(Unread(Kind.OTHER))
    return test if len(parts) == 1 else AllOf((*(test.parts if isinstance(test, AllOf) else (test,)), *parts[1:]))


_CR_NAMES = r"(?:mcrpc|m-crpc|mcprc|cprcm|crpcm|cpmrc|cprc-m)"
_HS_NAMES = r"(?:mhspc|mcspc|mhnpc|mcphs|cphsm|cpmhs|mhspca)"
_SEEN = (
    r"(?:[ ,(]{1,2}(?:d'emblee|synchrones?|metachrones?|de novo|(?:presente?s? )?(?:au diagnostic|at "
    r"diagnosis)(?: initial)?|"
    r"(?:de |a |avec )?(?:haut|faible|bas|fort) volume(?: tumoral| metastatique)?|(?:high|low)[- ]volume)\)?"
    r"(?:\s(?:ou|or|et|and)\s(?:d'emblee|synchrones?|metachrones?|de novo))?)*"
)
"""When metastases were found and how much there is of them, behind what names them."""
_LOCAL = r"(?:chirurgie|resection|exerese|radio-?chimiotherapie|chimio-?radiotherapie|radiotherapie|irradiation|rt|rct)"
_CURATIVE = (
    r"(?:traitements? (?:local |loco-?regional |locaux |a visee )*curatifs?|traitement a visee curative|"
    rf"(?:{_LOCAL}(?: radicale?| chirurgicale| complete| definitive)?(?: ou | et/ou | et |/)"
    r"(?:une? |a une? |la |par )?)?"
    rf"{_LOCAL} (?:(?:a visee )?curatives?|radicale|definitive|complete))"
)
_CURATIVE_EN = (
    r"(?:curative(?:[- ]intent)? (?:\w+ )?(?:treatment|therapy|surgery|resection|options?|radiotherapy)"
    r"(?: (?:or|and/or) (?:curative )?(?:radiotherapy|radiation(?: therapy)?|chemoradiotherapy|surgery|resection))?|"
    r"(?:surgery|resection|treatment|therapy|radiotherapy|surgical resection) (?:with|of) curative intent|"
    r"(?:complete |surgical |radical )*resection|local(?:ized)? curative \w+)"
)
_TAIL_CURATIVE = (
    r"(?:\s?\((?:[^()]*(?:chirurg|resection|surg|radio|rt\b)[^()]*)\)|(?:,)?\s(?:par |by )(?:chirurgie|resection|"
    r"surgery)(?: (?:ou|et/ou|et|or|and/or) (?:par )?(?:radiotherapie|irradiation|rt|radiation(?: therapy)?|"
    r"radiotherapy|rct))?|"
    rf",? (?:ou|ni|et/ou) (?:a |pour )?(?:une? |la )?{_LOCAL}(?: (?:curative|definitive|radicale|concomitante|a "
    rf"visee curative))*)?"
)


_TABLE: tuple[tuple[str, Role, Test], ...] = (
    (NOR, Role.STATE, NEITHER),
    (
        r"borderline[- ](?:resectable|resecables?|operable)|(?:resecabilite|resectabilite) (?:limite|borderline)|"
        r"(?:a la )?limite (?:de (?:la )?|du )?(?:resecable|resecabilite)|"
        r"(?<=resecable ou )borderline|(?<=resecables ou )borderline|(?<=resectable or )borderline|"
        r"(?<=resecable/)borderline|"
        r"borderline(?=(?: ou |/| or |, )(?:localement|loc\.|locally|resecable|resectable))",
        Role.EXTENT,
        BORDERLINE,
    ),
    (
        r"(?:non|pas|not|in)[ -]?(?:(?:chirurgicalement|surgically|completely|curativement|d'emblee) )"
        r"?(?:resecables?|resectables?|operables?|extirpables?|resectable)"
        r"(?: (?:chirurgicalement|d'emblee|surgically|a visee curative))?|irresecables?|irresectable|"
        r"nonresectable|surgically (?:un|non-?)resectable",
        Role.UNRESECTABLE,
        UNRESECTABLE,
    ),
    (r"unresectable|un-resectable|inoperable", Role.UNRESECTABLE, UNRESECTABLE),
    (
        rf"(?:hors|au[- ]dela) (?:de )?(?:(?:toute )?ressources? (?:therapeutiques? )?(?:d'un |de |d'une )?|"
        rf"(?:tout )?projets? (?:therapeutiques? )?|(?:toute )?possibilites? (?:de |d'un |d'une ))?(?:{_CURATIVE}|"
        rf"curati(?:f|fs|ve|ves)(?![a-z]))|"
        rf"(?:pour (?:lequel|laquelle|lesquels|lesquelles) )?(?:il n'existe (?:pas|aucun) (?:de |d')?|"
        rf"aucun |sans )(?:traitements? (?:standard )?(?:a visee )?curati(?:f|fs|ve|ves))(?: (?:disponible|"
        rf"possible|n'existe))?s?(?! ?(?:anterieur|prealable|recu|precedent|prior|deja))|"
        r"(?:for which )?(?:there is )?no (?:standard )?curative (?:treatment|therapy|options?)"
        r"(?: (?:exists?|is available|available))?|incurables?(?! (?:to|by|with|for) )",
        Role.UNRESECTABLE,
        UNRESECTABLE,
    ),
    (
        rf"(?:(?:ne (?:relevant|pouvant|sont|peut)\s?(?:pas )?(?:beneficier )?|non |pas |qui ne (?:peut|releve|"
        rf"relevent) (?:pas )?(?:beneficier )?)"
        rf"(?:accessibles?|eligibles?|candidats?|amenables?|relevant|justiciables?|susceptibles?|pas)?\s?(?:a|d'|"
        rf"de|pour|au)\s?(?:un |une |la |tout |l')?{_CURATIVE}"
        rf"|(?:sans|pas d'|pas de|aucune) (?:possibilite|option|indication) (?:de |d'un |therapeutique )?{_CURATIVE}"
        rf"|(?:non|pas) curables?(?: par (?:la |une )?(?:chirurgie|resection|radiotherapie)"
        rf"(?: (?:ou|et/ou|et) (?:par )?(?:la )?(?:chirurgie|radiotherapie|radiochimiotherapie))?| chirurgicalement)?"
        rf"|(?:non|pas) (?:accessibles?|eligibles?|candidats?) (?:a|pour) (?:une )?(?:la )?(?:resection|exerese)"
        rf"(?: chirurgicale| complete| curative| hepatique| en bloc| a visee curative)*(?! (?:mini|coelio|laparo|"
        rf"robot|conserv))"
        rf"(?:(?: ou (?:a )?(?:une )?| et/ou (?:a )?(?:une )?|/){_LOCAL}(?: curative| a visee curative| radicale)?)?)"
        rf"{_TAIL_CURATIVE}(?! (?:anterieur|prealable|recu|precedent|prior|deja))",
        Role.UNRESECTABLE,
        UNRESECTABLE,
    ),
    (
        rf"(?:ne )?(?:relevant|relevent|releve|pouvant(?: relever| beneficier)?|etant (?:accessible|"
        rf"eligible)s?|candidate?s?) ni "
        rf"(?:d'une?|de|a une?|a la|a|pour une?)? ?(?:la )?{_LOCAL}(?: (?:curative|a visee curative|"
        rf"radicale|exclusive))?"
        rf"(?:,)? ni (?:d'une?|de|a une?|a la|a|pour une?)? ?(?:la )?{_LOCAL}(?: (?:curative|"
        rf"a visee curative|radicale|exclusive))?|"
        rf"(?:sans|pas de) (?:possibilite de )?{_LOCAL}\s?(?:/| ou |"
        rf" ni )\s?(?:de )?{_LOCAL} (?:a visee )?curati(?:f|ve)s?"
        rf"(?: (?:possible|envisageable|envisagee)s?)?|"
        rf"hors (?:de )?(?:toute )?(?:possibilite de |portee d'une )?{_LOCAL}(?:\s?/\s?| ou | et |"
        rf", ){_LOCAL} (?:a visee )?curati(?:f|ve)s?|"
        rf"(?:non|pas|in)[ -]?(?:accessibles?|eligibles?|candidate?s?) (?:a|au|pour) (?:une? |la )?{_LOCAL}"
        rf"(?:\s?/\s?|,? ou (?:a |une )*|,? ni (?:a |une )*){_LOCAL}",
        Role.UNRESECTABLE,
        NOT_CURABLE,
    ),
    (
        rf"(?:not (?:be )?(?:amenable|suitable|eligible|accessible|candidates?|curable|a candidate|considered "
        rf"(?:amenable|suitable|curable))|ineligible|not curable|unsuitable|incurable)"
        rf" (?:to|for|by|with) (?:a |any |local |locoregional |surgery or )*{_CURATIVE_EN}{_TAIL_CURATIVE}",
        Role.UNRESECTABLE,
        UNRESECTABLE,
    ),
    (
        rf"resecables?(?: (?:d'emblee|chirurgicalement))?|operables?(?: d'emblee)?|resectable|operable|"
        rf"accessibles? a une (?:chirurgie curative|resection(?: "
        rf"chirurgicale)?(?: complete)?(?: curative)?(?: en bloc)?)|"
        rf"(?:accessibles?|eligibles?|candidate?s?|relevant|justiciables?) (?:a|d'|de|pour) ?(?:un |une |la )?"
        rf"{_CURATIVE}|amenable to {_CURATIVE_EN}|curables? par (?:la )?(?:chirurgie|resection)",
        Role.STATE,
        StateIs(State.RESECTABLE),
    ),
    (
        r"(?:pas de|absence de|sans|aucune?|no) (?:maladie )?m(?:1|\+)|non[- ]?metastati(?:que|ques|"
        r"c)|sans (?:metastases?|dissemination)(?: a distance| "
        r"decelables?| connues?| detectables?)*|"
        r"(?:absence|pas) (?:de |d'extension )?metasta(?:ses?|tique)(?: a distance)?|(?:no|without|absence of)(?: "
        r"any| known| evidence of| radiographic| signs? of)*"
        r" (?:distant )?(?:metasta(?:sis|ses|tic disease)|m1 disease)|\bm0\b(?! status|\s?/\s?m[1x])|indemnes? de "
        r"metastases?(?: a distance)?|nm(?:crpc|cprc)(?=x)",
        Role.EXTENT,
        NOT_METASTATIC,
    ),
    (r"nm-?crpc|cprc ?nm|nmcprc|cprcnm", Role.STATE, AllOf((CASTRATION_RESISTANT, NOT_METASTATIC))),
    (rf"{_CR_NAMES}{_SEEN}", Role.STATE, AllOf((CASTRATION_RESISTANT, METASTATIC))),
    (r"crpc|cprc", Role.STATE, CASTRATION_RESISTANT),
    (rf"{_HS_NAMES}{_SEEN}", Role.STATE, AllOf((Not(CASTRATION_RESISTANT), METASTATIC))),
    (r"hspc|cspc|cphs", Role.STATE, Not(CASTRATION_RESISTANT)),
    (
        r"non[- ]?(?:resistante?s? a la castration|castration[- ]resistant)|sensibles? a la castration|naifs? de "
        r"castration|"
        r"castration[- ](?:sensitive|naive|responsive)",
        Role.STATE,
        Not(CASTRATION_RESISTANT),
    ),
    (
        r"hormono-?(?:sensibles?|naifs?|dependante?s?)|hormone[- ](?:sensitive|naive)",
        Role.STATE,
        Not(CASTRATION_RESISTANT),
    ),
    (
        r"(?:(?:en |au )?(?:phase|stade|situation|statut|etat) (?:de |d')?)?(?:la )?(?:resistante?s?|refractaires?|"
        r"resistance|echappement) a la castration|castrat(?:ion|e)[- ](?:resistan(?:t|ce)|refractory)",
        Role.STATE,
        CASTRATION_RESISTANT,
    ),
    (
        r"hormono-?(?:resistante?s?|refractaires?|resistance)|echappement hormonal|hormone[- ](?:refractory|resistant)",
        Role.STATE,
        CASTRATION_RESISTANT,
    ),
    (
        rf"(?:maladies? |disease |stade |en phase |en situation )?(?:oligo-?metastati(?:que|ques|c)(?: disease)?"
        rf"{_SEEN}|oligo-?metasta(?:ses?|sis){_SEEN})(?:\s?\((?=[^()]*\d)[^()]{{1,70}}\))?",
        Role.METASTATIC,
        OLIGOMETASTATIC,
    ),
    (
        r"(?:(?:au moins|at least|≥|>=) |(?<=presence d')|^\W*)(?:une?|1|one) (?:ou plusieurs |or more )?(?:lesions?|"
        r"localisations?|sites?|foyers?) (?:a distance )?metastati(?:ques?|c)|(?:at least|≥|>=) (?:one|1) (?:or "
        r"more )?metastatic "
        r"(?:lesions?|sites?)(?! (?:biops|for|amenable))",
        Role.METASTATIC,
        METASTATIC,
    ),
    (
        r"metastases? (?:(?:passees?|anterieures?|anciennes?|actuelles?|presentes?|connues?|past|present)(?: (?:ou|"
        r"et/ou|et|or) |,\s)?)+"
        r"(?=\W|$)",
        Role.METASTATIC,
        METASTATIC,
    ),
    (
        r"(?:maladies? |en phase |en situation |au stade |stade )?metastati(?:que|ques|c)(?: (?:disease|stage))?"
        rf"{_SEEN}|"
        r"metastases? a distance|(?:distant|systemic) metasta(?:sis|ses)|presence (?:de|of)(?: distant)? "
        r"metasta(?:ses?|sis)(?=\W*$)|^\W*(?:toutes? )?metasta(?:ses?|sis)"
        r"(?: cliniques?(?: (?:ou|et/ou) radiologiques?)?| connues?| documentees?)?"
        r"(?=\W*$|\s?[,(]\s?(?:y compris|meme|quel|synchron|including)|\s(?:quel(?:le)?s? qu|ou (?:rechute|recidive)))|"
        r"(?:de novo|synchronous|metachronous) metastatic(?: disease)?|maladie disseminee",
        Role.METASTATIC,
        METASTATIC,
    ),
    (r"metastase(?=s? (?:non |in|ir|un)?(?:resecable|operable))s?", Role.METASTATIC, METASTATIC),
    (
        r"(?:localement|loc\.?) (?:avancee?s?|evoluee?s?)(?: et)? (?:non |pas )(?:accessibles?|eligibles?|candidate?s?|"
        r"amenables?) (?:a|pour) (?:une? |la )?(?:chirurgie|operation)"
        r"(?! (?:ou|et|ni|/)|[ ,]*(?:curat|radic|conserv|mini|d'emblee|a visee|[a-z]*-?scop))|"
        r"locally[- ]advanced (?:\w+ )?(?:and )?not (?:amenable|eligible|suitable|accessible|candidates?) (?:to|for) "
        r"(?:surgery|surgical resection)(?! (?:or|and|with)|/)",
        Role.EXTENT,
        AllOf((LOCALLY_ADVANCED, UNRESECTABLE)),
    ),
    (
        r"locally(?:[- ]| )advanced|localement[- ](?:tres )?(?:avancee?s?|evoluee?s?)|loc\.? ?avancee?s?|"
        r"loco-?regional(?:ement|e)?s? avancee?s?|loco-?regionally advanced|"
        r"avancee?s? localement",
        Role.EXTENT,
        LOCALLY_ADVANCED,
    ),
    (
        r"(?:a un |au |en |de )?(?:stade |stage |phase )?(?:avancee?s?|advanced)(?:[- ](?:stage|disease))?",
        Role.ADVANCED,
        ADVANCED,
    ),
    (r"(?:(?:au |de |a un )?stade )?(?:localisee?s?|localized|localised)", Role.EXTENT, LOCALISED),
    (
        r"(?:maladies?|tumeurs?|stades?|cancers?|formes?|atteintes?) (?:strictement |purement "
        r")?loco-?regiona(?:le?s?|ux)"
        r"(?! ?avanc)|loco-?regional disease",
        Role.EXTENT,
        NOT_METASTATIC,
    ),
    (
        r"(?:a un |au |de )?(?:stade|maladie) precoce|early[- ]stage|(?:early|precoces?)(?= (?:\w+[ -])"
        r"{0,3}(?:cancer|carcinoma|nsclc|breast|tumou?r|disease))|"
        r"(?<=sein )precoce|(?<=invasif )precoce|early(?= breast)",
        Role.EXTENT,
        EARLY,
    ),
    *COURSE,
    (
        r"(?:en (?:situation de )?|au stade de )?(?:rechutes?|recidives?)|rechutee?s?|recidivante?s?|recidivees?|"
        r"recurrente?s?|relaps(?:e|ed|ing)|recurrent|recurrence",
        Role.STATE,
        RELAPSE,
    ),
    (
        r"(?:a |de |avec un )?(?:haut|fort|faible|bas) volume(?: tumoral| metastatique)?|"
        r"(?:high|low)[- ]volume(?: disease)?",
        Role.STATE,
        HIGH_VOLUME,
    ),
    (r"refractaires?|refractory", Role.STATE, REFRACTORY),
    (
        r"nouvellement diagnostique(?:e|s|es)?|newly[- ]diagnosed|de diagnostic recent|recemment diagnostique(?:e|"
        r"s|es)?|de novo diagnosed",
        Role.STATE,
        StateIs(State.NEWLY_DIAGNOSED),
    ),
    (
        r"(?:en )?(?:remission complete de rang|rc) ?(?:>=|≥) ?2|(?:en )?(?:(?:remission complete de rang|rc) ?2|"
        r"(?:2e|2eme|deuxieme) (?:rc\b|remission complete))(?: \(rc2\))?,? "
        r"(?:ou (?:plus|au-?\s?dela|ulterieure)|et (?:plus|au-?\s?dela))|cr ?2 or (?:beyond|later|greater|more)|"
        r"second or (?:later|subsequent) (?:complete )?remission|(?:cr|rc) ?2\+",
        Role.STATE,
        AllOf((REMISSION, RELAPSE)),
    ),
    (
        r"(?:en )?(?:(?:1re|1ere|premiere) (?:rc\b|remission complete)|rc ?1\b|first complete remission|cr ?1\b)"
        r"(?: \((?:rc|cr) ?1\))?(?!,? ?(?:ou|et|or|and|/|-|a) ?(?:en )?(?:rc|cr|2|deux|second|plus|later|au))",
        Role.STATE,
        AllOf((REMISSION, AnyOf((PriorLines(0, 1), Not(RELAPSE))))),
    ),
    (
        r"(?:en )?(?:1re|1ere|premiere|rc ?1|cr ?1|first) ?(?:ou|et|or|and|/|-|a) ?(?:2e|2eme|deuxieme|rc ?2|cr ?2|"
        r"second)(?: (?:rc\b|remission complete|remission|complete remission))?",
        Role.STATE,
        AllOf((REMISSION, AnyOf((Not(RELAPSE), Unread(Kind.EXTENT))))),
    ),
    (
        r"(?:en )?(?:(?:1re|1ere|premiere|2e|deuxieme) rc\b|rc[12]\b|cr[12]\b|(?:premiere|1re|1ere|deuxieme|2e|"
        r"first|second) (?:remission|reponse) "
        r"complete|(?:first|second) complete remission)",
        Role.STATE,
        AllOf((REMISSION, RELAPSE, Unread(Kind.EXTENT))),
    ),
    (
        r"(?:en )?remission complete|en reponse complete|(?:in )?complete remission",
        Role.STATE,
        REMISSION,
    ),
    (
        r"^\W*progression(?: tumorale| de la maladie)?(?: confirmee| prouvee| averee)?(?=\W*$)|"
        r"(?:maladie |disease )?en progression(?: (?:documentee|radiologique|tumorale|clinique|selon \w+))?|"
        r"progressive disease|(?:documented|radiographic|radiological|objective) "
        r"(?:disease |tumou?r )?progression|progression (?:radiologique |tumorale |clinique |de la maladie |"
        r"objective )*documentee|maladie (?:progressive|evolutive)|"
        r"progression (?:radiologique|tumorale|de la maladie)(?: (?:selon|prouvee|confirmee|objective)[^,;()]{0,25})?",
        Role.STATE,
        StateIs(State.PROGRESSION),
    ),
    (
        r"(?:(?:antecedents?|atcd|histoire|history) (?:connue?s? )?(?:de |d'|d'un |of |of an? )?|known )?"
        r"(?:(?:lymphomes? (?:\w+ ){0,2}|folliculaire |indolent |lnh (?:b )?)transformee?s?|transformed (?:follicular|"
        r"indolent|lymphoma|nhl|dlbcl)(?: lymphoma)?|"
        r"(?:(?:signes?|preuves?|arguments?|evidence|elements?|presence|existence) (?:cliniques?|histologiques?|"
        r"biologiques?|d'une |d'|de |en faveur d'une |pour une |of |for |any )*)?"
        r"(?:transformation (?:histologique|agressive|en (?:un )?(?:lymphome (?:agressif|de haut grade|"
        r"b diffus[^,;()]*)|lbdgc|ldgcb|dlbcl))(?: (?:documentee|prouvee|connue|actuelle|averee))?|"
        r"(?:histologic(?:al)?|aggressive|large[- ]cell) transformation|"
        r"transformation (?:to|into) (?:an? )?(?:aggressive|high[- ]grade|large[- ]cell|dlbcl)[a-z -]{0,20}))",
        Role.STATE,
        StateIs(State.TRANSFORMED),
    ),
    (
        r"(?:antecedents?|atcd|histoire|history) (?:connue?s? )?(?:de |d'|d'un |of |of an? )(?:lnh|lymphomes?|"
        r"lymphoma|nhl|maladie lymphoide)(?: (?:non[- ]hodgkinien|b|a cellules b))? (?:indolents?|de bas grade|"
        r"low[- ]grade)|history of (?:an? )?(?:indolent|low[- ]grade) (?:b[- ]cell )?(?:lymphoma|nhl|"
        r"non-hodgkin lymphoma)",
        Role.STATE,
        StateIs(State.TRANSFORMED),
    ),
    (
        r"(?:mrd|maladie residuelle (?:minimale|mesurable|detectable)|(?:minimal|measurable) residual disease)(?: "
        r"?\(mrd\))?[ -]?(?:>=|≥|>)\s?(?:10|0[.,]0|1)[^,;)]{0,12}",
        Role.STATE,
        and_more(StateIs(State.MRD_POSITIVE)),
    ),
    (
        r"(?:mrd|maladie residuelle (?:minimale|mesurable|detectable)|(?:minimal|measurable) residual disease)(?: "
        r"?\(mrd\))?[ -]?(?:status )?(?:negati(?:ve|f|vity)e?s?|indetectable|undetectable|neg\b)|"
        r"mrd ?-(?![\w]|\s?\w)|umrd",
        Role.STATE,
        StateIs(State.MRD_NEGATIVE),
    ),
    (
        r"(?:mrd|maladie residuelle (?:minimale|mesurable)|(?:minimal|measurable) residual disease)(?: ?\(mrd\))"
        r"?[ -]?(?:status )?(?:positi(?:ve|f|vity)e?s?|detectable|persistante|pos\b|\+)",
        Role.STATE,
        StateIs(State.MRD_POSITIVE),
    ),
)
PATTERNS = tuple((hinted(rf"(?<![a-z0-9])(?:{words})(?![a-z])"), role, test) for words, role, test in _TABLE)
