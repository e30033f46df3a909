"""No standard option left: « plus d'option standard », « échec des traitements standards », and the tails of these."""

import re
from collections.abc import Iterator

from rules.criteria import AllOf, AnyOf, Kind, Polarity, StandardExhausted, Test, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.treatments.context import is_left_open

_STANDARD_FR = r"(?:standards?|de reference|conventionnels?|conventionnelles?|valides?|validees?|recommandee?s?)"
_THERAPY_FR = (
    r"(?:options?(?: therapeutiques?| de traitement)?|alternatives?(?: therapeutiques?)?|traitements?|"
    r"therapies?|therapeutiques?|chimiotherapies?|lignes?(?: therapeutiques?)?)"
)
_THERAPY_EN = r"(?:therap(?:y|ies)|treatment options?|treatments?|therapeutic options?|options?|care|medical therapies)"
_STANDARD_EN = r"standard(?:[- ]of[- ]care)?"
_GIVEN = (
    r"(?:disponibles?|existante?s?|available|connue?s?|appropriee?s?|etablie?s?|approuvee?s?|possibles?|efficaces?|"
    r"options? available|options?)"
)
_NAMED_FR = rf"(?:{_THERAPY_FR} {_STANDARD_FR}|standards?(?: therapeutiques?| de traitement| de soins)?)"
_ALL_FR = r"(?:tous les |toutes les |les |l'ensemble des )"
_BENEFIT_FR = (
    r"(?:connue?s? )?(?:pour )?(?:apportant|apporter|offrant|conferant|conferer|procurant|susceptibles? "
    r"(?:d'apporter|"
    r"d'offrir|"
    r"de conferer)) un benefice(?: clinique)?"
)
_BENEFIT_EN = (
    r"(?:known |likely |expected |that (?:would|may|could|will|is likely to) |which (?:would|may) )?(?:to )?"
    r"(?:provide|confer|convey|providing|conferring) (?:a |any )?(?:meaningful )?clinical benefit"
)
_WHO = r"(?:(?:pour|a) (?:laquelle|lequel|lesquel\w+|qui) |(?:for|to) (?:which|whom) |there (?:is|are) |dont )*"

_EXHAUSTED: tuple[str, ...] = (
    rf"{_WHO}(?:plus d(?:e |')|pas d(?:e |')|aucune?s? |sans |absence d(?:e |')|(?:il )?n'(?:existe|y a) (?:pas ou )?"
    rf"(?:pas|plus|aucune?) ?(?:d(?:e |'))?|ne dispos\w+ (?:pas|plus) d(?:e |'))(?:autres? )?"
    rf"(?:{_NAMED_FR}|(?:option|alternative) therapeutique(?= (?:disponible|validee?|standard))|(?:options?|"
    rf"alternatives?|traitements?|"
    rf"therapies?)(?: therapeutiques?)?(?: approuvee?s?| disponibles?| curati\w+)*(?= {_BENEFIT_FR}| connue?s? "
    rf"{_BENEFIT_FR}))(?: {_GIVEN})*(?: {_BENEFIT_FR})?"
    r"(?: n'(?:existe|est disponible)| n'est (?:disponible|possible))?(?: ou juge\w* approprie\w*)?",
    rf"(?:en )?(?:echec|echappement)s?(?: ou (?:intoleran\w+|contre-indication))?,? (?:aux? |a |d(?:e |')|des |du )"
    rf"(?:{_ALL_FR})?(?:differents )?{_NAMED_FR}(?: {_GIVEN})*",
    rf"(?:en )?(?:progression|rechute|echec)(?: (?:ou|et/ou) (?:intoleran\w+|echec))? (?:aux?|a|apres|sous|malgre) "
    rf"(?:{_ALL_FR})?"
    rf"(?:traitements|therapeutiques|therapies) {_BENEFIT_FR}",
    rf"(?:resistante?s?|refractaires?)(?: (?:ou|et/ou|/|et) (?:intolerante?s?|resistante?s?))? (?:aux |a "
    rf"(?:{_ALL_FR})?|a tout )"
    rf"{_NAMED_FR}(?: {_GIVEN})*",
    rf"(?:a |ont |ayant |avoir |deja )*(?:recu|epuise) (?:tous les |toutes les |l'ensemble des |tous |toutes "
    rf"){_NAMED_FR}(?: {_GIVEN})*",
    rf"epuise(?:r|e|es|s|ment)? (?:d(?:e |')|tous |toutes |les |des )+{_NAMED_FR}(?: {_GIVEN})*",
    rf"(?:ayant |en |a )?progress\w+ (?:sous|apres|malgre)(?: (?:ou|et) (?:apres|sous))? (?:tous |toutes )?les "
    rf"{_NAMED_FR}(?: {_GIVEN})*",
    r"(?:en )?(?:impasse|echappement) therapeutique",
    rf"(?:toutes les |toutes |tous les |l'ensemble des ){_NAMED_FR}(?: {_GIVEN})*(?: (?:pour lesquel\w+|auxquel\w+|"
    rf"dont)[^,;:.]{{3,60}}?)?"
    r" (?:ont ete |a ete |sont |etant )?(?:epuise|recu|administre|utilise|tente)e?s?(?:,? ou (?:il )?n'(?:en "
    r")?existe\w* pas|,? ou "
    r"contre-indique\w*)?",
    rf"(?:a recu |recu )?(?:toutes les |tous les ){_NAMED_FR}(?: {_GIVEN})*(?: pour l[ae]s?quel\w+ (?:le |la "
    rf")?patiente? "
    r"(?:a ete |est |etait )?(?:juge\w* )?(?:candidate?|eligible))?,? (?:ont ete |deja )?(?:recue?s|utilisee?s|"
    r"administree?s)"
    r"(?:,? ou (?:qu')?il n'en existe (?:pas|aucun\w*))?",
    rf"{_WHO}(?:no|without)(?: (?:other|further|available|effective|existing|remaining|known|appropriate|alternative|"
    rf"additional|approved|suitable)){{0,3}} {_STANDARD_EN} {_THERAPY_EN}(?: {_GIVEN})?(?: (?:is |are |that is "
    rf")?(?:available|"
    r"exists?|remain\w*))?",
    rf"(?:have |has |with )*(?:no|without)(?: (?:other|further|available|known|alternative|satisfactory|approved|"
    rf"suitable))* "
    rf"{_THERAPY_EN}(?: options?)?(?: available)? {_BENEFIT_EN}",
    rf"{_STANDARD_EN} {_THERAPY_EN} (?:do(?:es)? not exist|(?:is|are) not available|(?:has|have) (?:failed|"
    r"been exhausted))",
    rf"(?:has |have |having )*exhausted (?:all )?(?:available |known )?{_STANDARD_EN} {_THERAPY_EN}(?: {_GIVEN})?",
    rf"(?:refractory|resistant) (?:to )?(?:(?:or|and/or) intolerant (?:of|to) )?(?:all )?(?:available |"
    rf"existing )?{_STANDARD_EN} {_THERAPY_EN}",
    rf"(?:(?:have|has|having) )?(?:failed|progressed (?:on|after|despite|following)|received|failure of) (?:all "
    rf")(?:available |existing |"
    rf"known )?{_STANDARD_EN} {_THERAPY_EN}(?: available)?",
)
_MAY_BE_EXHAUSTED = hinted(
    r"standard|option|alternative|impasse|echapp|referenc|valid|conventionn|recommand|epuis|benefi|approuv|approved|"
    r"habituel|usuel"
)
_UNFIT = (
    r"(?:intoleran\w*|non eligib\w*|ineligib\w*|inelig\w*|refus\w*|declin\w*|not (?:eligib\w*|suitable|candidates?)|"
    r"unsuitable|"
    r"contre-indi\w*|contraindi\w*|inadapte\w*|inapproprie\w*|non appropriee?s?|non adaptee?s?|non indiquee?s?|"
    r"indisponibles?|"
    r"non disponibles?|juge\w* (?:non appropri\w+|inappropri\w+|inadapt\w+))"
)
_TAIL = (
    r"(?:,?\s*(?:ou|or|et/ou|and/or)\s+(?:(?:est|etre|sont|a|are|is|have|has|being|who|qui|y|for whom|being)\s+)*"
    rf"(?:(?:(?:le |un |the )?(?:{_NAMED_FR}|{_STANDARD_EN} {_THERAPY_EN})\s+(?:est |is )?)?{_UNFIT}|"
    rf"(?:sans|without)\s+(?:autre )?(?:{_NAMED_FR}|traitement actif(?: requis)?)(?: {_GIVEN})*|"
    r"(?:pour l[ae]s?quel\w*|for (?:which|whom))\s+(?:aucun |no )(?:traitement )?standards? (?:therapy |treatment "
    r")?(?:n'existe|"
    r"n'est disponible|exists?|is available))"
    r"(?:\s+(?:a|aux?|to|for|of|pour|ces|ceux-ci|celui-ci|such|these|this|those|them|it|les|le|derniers?|par "
    r"l'investigateur|"
    r"selon l'investigateur|par|l'investigateur|"
    r"traitements?|therap\w*|treatments?|standards?|disponibles?|available))*(?=\s*(?:$|[,;.)]|ou\b|or\b)))*"
)
_OR_REFUSED = (
    r"(?:\s?,?\s(?:ou|or)\s(?:intolerance|refus|ineligibilite|contre-indication|refusal)(?:\s?(?:/|ou|et/ou|or)\s?"
    r"(?:intolerance|refus|ineligibilite|contre-indication))*(?:\s(?:du|de la) patiente?)?\s(?:a|aux?|de|des?|of)\s"
    r"(?:ceux-ci|celui-ci|ces (?:derniers|traitements)|(?:les |ces )?(?:traitements? )?standards?|them|these))*"
)
_STANDARD = (
    rf"(?:{_NAMED_FR}(?: {_GIVEN})*|{_STANDARD_EN} {_THERAPY_EN}(?: {_GIVEN})?|(?:traitements?|therapies?|"
    rf"therapeutiques?|options?) {_BENEFIT_FR}|{_THERAPY_EN} (?:{_BENEFIT_EN}|with proven benefit)|"
    r"(?:therapeutiques|traitements) (?:habituel(?:le)?s|approuve\w*|usuels))"
)
_WORSE = (
    r"(?:progress\w+|rechut\w+|recidiv\w+|echecs?|echappement|reponses? (?:insuffisantes?|inadequates?)|"
    r"resistan\w+|refract\w+|"
    r"fail(?:ed|ure|ing)|relaps\w+|(?:insufficient|inadequate) response)"
)
_UNABLE = (
    r"(?:intoleran\w+|inelig\w+|ineligibilite|non eligib\w+|contre-indicat\w+|not (?:a )?(?:eligible|candidates?|"
    r"suitable)|"
    r"unsuitable|exhaust\w+|epuis\w+|refus\w*|declin\w*|unable to (?:tolerate|receive))"
)
_LINK = (
    r"(?:\s?(?:,|/)\s?|\s?,?\s(?:ou|or|et/ou|and/or)\s)(?:(?:a|ont|est|sont|have|has|are|is|been|be|une?|un|l')\s?)*"
)
_UNDER = (
    r"(?:\s(?:sous|pendant|lors d(?:es|u|e)|during|apres|aux?|a|malgre|d(?:es|u|e)|vis-a-vis d(?:es|u|e)|on|after|"
    r"to|despite|following|of|for|with|ou|or|et|and|"
    r"against))+(?:\s(?:le|la|les|l'|un|une|the|their|any|prior|au moins un|at least one|approved))*"
)
_OPEN_TAIL = (
    rf"(?:\s?,?\s(?:ou|or)\s(?:{_WHO}(?:pas|plus|aucune?|absence|sans|no|without|il n'(?:existe|y a) (?:pas|plus|"
    rf"aucune?)|n'ayant "
    rf"(?:pas|plus))\s?(?:(?:d(?:e |')|available|effective|existing|other|approved|autre)\s?)*{_STANDARD}|"
    rf"{_WHO}(?:le |un )?{_STANDARD} (?:est |is )?{_UNFIT}|{_UNABLE} (?:a (?:celui-ci|ceux-ci|ce dernier|ces "
    rf"derniers)|"
    r"to (?:it|these|them))|juge\w* (?:in|non )approprie\w*)(?: par (?:l'investigateur|le medecin\w*)| selon "
    r"l'investigateur)?"
    r"(?: (?:n'existe|exists?|is available|est disponible|remains?))?)*"
)
_UNDER_STANDARD = re.compile(
    rf"(?<![a-z-])(?:en )?(?P<worse>(?:{_WORSE}|{_UNABLE})(?:{_LINK}(?:{_WORSE}|"
    rf"{_UNABLE}))*){_UNDER}\s(?P<all>{_ALL_FR}|"
    rf"toutes? |tous |all )?{_STANDARD}{_OPEN_TAIL}{_OR_REFUSED}{_TAIL}"
)
"""« Progression, réponse insuffisante ou intolérance sous le traitement standard, ou pas de standard »."""
_EXHAUSTED_RES = tuple(
    hinted(rf"(?<![a-z-])(?:{pattern})(?![a-z]){_TAIL}(?: selon l'investigateur)?") for pattern in _EXHAUSTED
)
_NOT_EXHAUSTED = re.compile(
    r"\b(?:pas|not|sans|si|if|ou non|whether|jamais|never|au moins une?|at least one|premiere ligne|"
    r"first[- ]line)\b[^,;:.]{0,40}$"
)
_PARTIAL = re.compile(
    r"\s*(?:de|en|d') ?(?:1|premiere|l1|deuxieme|seconde|2)|\s*(?:of|in) (?:first|second)|"
    r"\s*(?:autorise|permis|curati|a visee curative|with curative|adjuv|neoadjuv|d'entretien|de maintenance|for "
    r"(?:the )?adjuv|"
    r"pour (?:la |le )?(?:prevention|prophyl|traitement local))"
)


def standard_exhausted(clause: Clause) -> Iterator[Found]:
    """« Plus d'option standard », « échec des traitements standards », with its « ou intolérant » tail."""
    if clause.polarity is Polarity.EXCLUSION or not _MAY_BE_EXHAUSTED.search(clause.plain):
        return
    found = [*_under_standard(clause), *_nothing_left(clause)]
    yield from sorted(found, key=lambda one: one.start - one.end)


def _under_standard(clause: Clause) -> Iterator[Found]:
    """Who progressed under some treatment answers « progression sous traitement standard », unless all are meant."""
    for match in _UNDER_STANDARD.finditer(clause.plain):
        if _stands(clause, match):
            yield Found(*match.span(), _failed(match), Kind.PRIOR_TREATMENT)


def _stands(clause: Clause, match: re.Match[str]) -> bool:
    """Whether nothing around the words denies them, or makes them of a part."""
    before, after = clause.plain[: match.start()], clause.plain[match.end() :]
    return not (_NOT_EXHAUSTED.search(before) or _PARTIAL.match(after) or is_left_open(clause.plain, *match.span()))


SOME_STANDARD = Treated(treatments=frozenset({"systemic_treatment", "local_drug_delivery", "interventional_radiology"}))
"""What whoever failed a standard treatment was surely given, be it into the bladder or the liver."""


def _failed(match: re.Match[str]) -> Test:
    outcomes = {"progression", "relapse", *({"toxicity"} if "intoleran" in match["worse"] else ())}
    if match["all"] is not None or not re.search(_WORSE, match["worse"]):
        return _given_first(StandardExhausted(), match[0])
    had = Treated(
        treatments=frozenset({"systemic_treatment"}), settings=frozenset({"advanced"}), outcomes=frozenset(outcomes)
    )
    ways = (StandardExhausted(), had)
    if _REFUSED.search(match[0]):
        return AnyOf((*ways, Unread(Kind.PRIOR_TREATMENT)))
    return _given_first(AnyOf(ways), match[0])


_REFUSED = re.compile(r"refus|declin")
"""Who refused it may have had none, and have it left."""
_ENDED = re.compile(rf"{_WORSE}|echapp|recu|received|epuise|exhausted|administre|utilise|failed")
_OR_NONE = re.compile(
    rf"{_UNABLE}|{_UNFIT}|\b(?:pas|plus|aucune?s?|absence|sans|no|not|without|"
    r"n'(?:en )?existe\w*|n'est|indisponib\w*|inadapt\w*|"
    r"impasse)\b"
)
_USED_UP = re.compile(r"\b(?:epuis|exhaust)\w*")


def _given_first(test: Test, words: str) -> Test:
    """Who progressed under standard treatments was given some; who may be unfit for it, or has none, need not be."""
    said = _USED_UP.sub("recu", words)
    return AllOf((SOME_STANDARD, test)) if _ENDED.search(said) and not _OR_NONE.search(said) else test


def _nothing_left(clause: Clause) -> Iterator[Found]:
    matches = [match for pattern in _EXHAUSTED_RES for match in pattern.finditer(clause.plain)]
    for match in sorted(matches, key=lambda one: one.start() - one.end()):
        if _stands(clause, match):
            yield Found(*match.span(), _given_first(StandardExhausted(), match[0]), Kind.PRIOR_TREATMENT)
