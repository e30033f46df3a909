"""What a clause says beside its main sentence: permissions, « si … », labels before a colon, « … sont exclus ».

A permission asks nothing of anybody. A condition makes what is asked hold for some only: « si A : B » is not A, or B.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rules.criteria import ExtentIn, Kind, Not, Polarity, Test, Unread, leaves, parts_of
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.frames import OR_ELSE
from rules.reading.segments import in_parenthesis

_PERMITS = (
    r"(?:autorise\w*|accepte\w*|acceptable\w*|permis\w*|admis\w*|tolere\w*|possibles?|eligibles?|incluables?|allowed|"
    r"permitted|acceptable|inclus(?:es?)?|ok(?! (?:pour|avec)\b))"
)
_PERMISSION = hinted(
    rf"(?:^|\s)(?:(?:est|sont|etre|is|are|be|reste\w*|will be|also|egalement|aussi|toutefois|cependant)\s)*{_PERMITS}"
    r"(?=\s*(?:$|[.;,(:]|si\b|if\b|sous reserve|a condition|provided|avant|before|apres|after|jusqu|until|pendant|"
    r"during|dans l|in (?:the|this)|pour (?:cet|l)|quel|selon|sans|for (?:this|the)|en cas|when|lorsque|as long|"
    r"unless|sauf|a dose|at|des lors|tant que|meme|y compris|including))|"
    r"\b(?:may|can|(?<!ne )(?:peu(?:ven)?t|pourr(?:on)?t)) (?:be |etre |concerner |interesser |"
    r"sieger |toucher |comporter |participe|participate|enrol|continue|"
    r"poursuivre|have|"
    r"avoir)|"
    r"\bne (?:constitue\w*|sont|est) pas (?:une? )?(?:critere|motif|contre|exclu)|\bnot (?:be )?exclu\w*|"
    r"\bare (?:also )?eligible\b|\bwill (?:also )?be eligible for\b|"
    r"\ba discuter\b|\bnon limite\w*|\bpas de limite\b|\bsans limite\b|\bno limit\b|"
    r"\bnot limited\b|\b(?:non|not) (?:requis\w*|required|exige\w*|necessaire\w*|obligatoire\w*|mandatory|necessary)\b|"
    r"\bcompt(?:ent|e|ee?s?|abilise\w*) (?:par|comme|pour)\b|\b(?:is|are) counted\b|\bcounts? as\b|"
    r"\b(?:nombre|nb|nbre|duree)\b[^,;:.]{0,60}\b(?:libres?|indifferente?s?)\b|\bpeu importe\b|"
    r"\bde preference\b|\bpreferentiellement\b|\bpreferably\b|\b(?:is|are|est|sont) (?:preferred|"
    r"recommandee?s?|recommended)\b|\bsouhaitables?\b|\bidealement\b|"
    r"\b(?:facultati\w*|optionne\w*|optional)\b"
)
_PREFERS = hinted(
    r"^\W*(?:(?:la |une |une certaine )?(?:priorite|preferences?)\b|(?:priority|preference)\b|(?:de|by|"
    r"in) preference\b)|"
    r"^[^,;:(]*\b(?:en priorite|prioritaires?|prioritairement|prioris\w+|prioriti[sz]\w+|privilegie\w*)\b[^;]*$|"
    r"^\W*(?:on (?:privilegi|prefer|favoris)\w*|privilegier|favoriser|il est (?:recommande|"
    r"conseille|"
    r"souhaitable|preferable|prevu|propose)|(?:preference|priority) (?:will be |is )?given)\b|"
    r"\b(?:en priorite|prioritaires?|prioritairement|privilegiee?s?|prioriti[sz]ed|a titre (?:indicatif|exploratoire|"
    r"informatif)|"
    r"(?:est|sont|is|are|be|sera|seront) (?:\w+ )?(?:recommandee?s?|conseillee?s?|encouragee?s?|encouraged|recommended|"
    r"souhaitee?s?|favou?red|preferred|preferee?s?))\W*$"
)
"""« Priorité aux MSI-H », « les BRCA2 mutés sont inclus en priorité »: others are taken as well."""
_FORBIDS = hinted(
    r"\bnon[- ](?:autoris|accept|permi|admis|toler|possib|eligib|inclus|incluab)|"
    r"\b(?:pas|not|n'est|ne sont|never|jamais|aucun\w*|no)\s(?:\w+\s){0,2}(?:autoris|accept|permi|admis|toler|"
    r"possib|eligib|allow|inclus|incluab)|\b(?:ineligib|inelig)\w*|\bmust\b|\bdoi(?:t|ven)t?\b|\bonly\b|"
    r"\bseul\w*\b|\buniquement\b"
)
_FUNCTION_OK = hinted(r"\b(?:fonctions?|fcts?|bilan|biolog\w*|bio|coag\w*|organes?|organ)\b[^;]*\bok\b")
"""« Fonction rénale OK » asks for a good one."""
_TO_BE_KNOWN = hinted(r"\ba (?:connaitre|preciser|renseigner|documenter|rechercher|tester|determiner)\b[^,;.]*$")
"""« Statut BRAF à préciser »: whatever it is."""
_LEAVES_OUT_LAST = re.compile(
    r"\s?[:=]?\s?(?:(?:est|sont|seront|is|are) )?(?:exclue?s?|excluded|interdite?s?|non(?: eligibles?|"
    r" inclu\w*)?|ineligibles?|"
    r"not eligible)\W*$"
)
_INDIFFERENT = hinted(
    r"^\W*(?:quel(?:le)?s? que soi(?:t|en)t?|toute?s? (?:les )?histologies?\b|"
    r"tou[st] (?:les )?(?:sous-|histo)?types?\b|"
    r"tou[st] (?:les )?(?:stades?|grades?)\b|"
    r"(?:pas d(?:e |')|sans )(?:age (?:minim\w*|maxim\w*)|limite|nombre (?:minim\w*|"
    r"maxim\w*)(?: (?:ni|ou|et) (?:minim\w*|maxim\w*))?(?= d))|no (?:upper|lower) (?:age )?limit|"
    r"independamment d|regardless of|irrespective of|any (?:histolog|tumou?r type)|all histolog|"
    r"(?:toutes? (?:les )?tumeurs?|any tumou?rs?|all[- ]?comers)(?=\W*$))[^;]*$"
)
_EVERY_ONE = re.compile(
    r"^\W*(?:tou(?:te)?[st]?|quel(?:le)?s? que soi(?:t|en)t) (?:les? |la )?(?:\w+ )?(?:(?:sous-|"
    r"histo-?)?types?|stades?|grades?|histologies?|"
    r"sous-groupes?|formes?|localisations?)(?: \w+)?\s?[,:(]\s?(?:y compris|dont|incluant|meme|"
    r"inclus\w*|including)?\b[^;.]*$"
)
"""« Tout sous-type : A, B ou C », « tous stades, y compris D »: what follows only spells out that all do."""
_CONDITION_FIRST = hinted(
    r"^\W*(?:si|en cas d[e']s?|lorsque|quand|chez (?:les|l[ae])|pour (?:les|tous? les|toutes? les)|if|in case of|when|"
    r"for(?: all)?(?= (?:patients|subjects|participants|those|women|men))|among|in (?=patients|participants|subjects))"
    r"\s?(?P<when>[^:;]{3,120}?)\s*(?P<sep>:|,(?=\s))\s*"
)
_CONDITION_LAST = hinted(
    r"(?<!sauf)(?<!hors)(?<!hormis)(?<!except)[\s,(]+(?:(?:si|uniquement si|seulement si|lorsque|if|only if|in case of|"
    r"when)\s|en cas d(?:es? |u |'\s?))(?P<when>[^;]{3,160})$|"
    r"[\s,(]+(?:uniquement |seulement )?s'(?=(?:ils?|elles?)\s)(?P<he>[^;]{3,160})$|"
    r",?\s(?:exigee?s?|requis\w*|obligatoires?|necessaires?|demandee?s?|required|mandatory)\s"
    r"(?:uniquement |seulement |only )?(?:pour|chez|dans|for|in)\s(?P<who>[^;:]{3,120})$|"
    r",?\s(?:chez|in|for)\s(?:(?:un|une|les|des|tous les|the|all|a)\s)?(?P<whom>(?:patient|sujet|participant|subject|"
    r"malade|femme|homme|enfant|adulte|adult|women|men|children)\w*\s(?:relevant|eligib|candidat|pouvant|dont|qui|sous|"
    r"avec|ayant|porteu|with|who|having|eligible)\w*[^;:]{3,120})$"
)
_PEOPLE_SAID = (
    r"^\W*(?:les |the |all |tous les |toutes les )?(?:patient|participant|subject|sujet|malade|individual)e?s?"
    r"(?:\(e\)s?|\(s\)|-e-s)?\s|^\W*(?:the |les )?(?:those|ceux|celles|women|men|femmes?|hommes?)\s"
)
_MUST = (
    r"\s(?:must|should|doi(?:t|vent)|devront|need to|are required to|will have to)\s|"
    r"\s(?=(?:must|doi(?:t|vent)|devront)$)"
)
_SUBJECT = hinted(
    rf"(?:{_PEOPLE_SAID})(?P<when>(?:with|having|avec|ayant|porteurs? d|porteuses? d|atteints? d|atteintes? d|"
    rf"presentant|"
    r"pouvant (?:recevoir|beneficier)|(?:eligibles?|aptes?|candidat\w*) (?:a|aux?|pour|for)(?= )|relevant d|able to|"
    r"who can|"
    r"suffering|older|younger|aged?|ages? d|agee?s? d|"
    r"de plus d|de moins d|who (?:have|had|are|were|received)|whose|dont|qui (?:ont|sont|etaient)|traitee?s? (?:par|"
    r"avec)|"
    r"previously|(?:[a-z0-9+-]+ ){0,3}(?:mutee?s?|amplifiee?s?|positi\w+|negati\w+|mutated|sauvages?|"
    r"rearrangee?s?)(?=\s))"
    rf"[^:;]{{0,100}}?)(?:{_MUST})"
)
_NAMED_SUBJECT = hinted(
    r"^\W*(?P<when>(?=[^:;,]*(?:[A-Z]{2}|[-+]|\b(?:positive|negative|mutated|mutant|"
    r"amplified)))[\w+/-]+(?: [\w+/-]+){0,3}) "
    r"(?:patients?|participants?|subjects?) (?:must|should|are required to|need to) "
)
"""« MSI-H patients must … »: a marker before the people."""
_LABEL = hinted(r"^\W*(?P<when>[^:;]{2,120}?)\s*:\s*(?=\S)")
_LEFT_OUT = hinted(
    r"\b(?:est|sont|seront|etre|are|is|be|will be)\s(?:\w+\s)?(?:exclu\w*|ineligib\w*\b(?! (?:a|au|"
    r"aux|to|for|pour)\b))|"
    r"\bne (?:sont|seront|peuvent|peut) pas (?:etre )?(?:eligib\w*|inclu\w*|admis\w*|particip\w*)\b(?! (?:a|au|aux)\b)|"
    r"\bne (?:sont|est|seront|sera) pas (?:acceptee?s?|autorisee?s?|admise?s?|permise?s?)\b|"
    r"\bnot (?:be )?(?:eligible|allowed|permitted|enrolled|included)\b(?! (?:to|for)\b)|"
    r"(?:\b(?:exclue?s?|excluded|interdite?s?)|[:=]\s*(?:non(?: eligibles?| inclu\w*)?|ineligibles?|"
    r"not eligible)|:\s*(?:non|pas|jamais) (?:autoris|permis|accept|admis)\w*)\W*$"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause that holds for some only: spans (half-open) of the condition and of what is then asked."""

    when: tuple[int, int]
    then: tuple[int, int]


_NOT_COUNTED = hinted(
    r"\b(?:ne (?:compte(?:nt)?|seront|sera|sont|est) pas (?:compte\w* |compta\w+ |considere\w* )?(?:comme |pour |"
    r"dans )?|"
    r"n'est pas (?:compte|consid)\w* (?:comme |pour )?|(?:is|are|will) not (?:be )?(?:count\w+|considered)(?: as)?)"
    r" ?(?:une? |des |as an? |les )?(?:nouvelles? |autres? )?(?:lignes?|lines?|traitements? anterieurs?|prior \w+)?"
    r"(?: (?:de traitement|of therapy|anterieures?))?\W*$|\bnon (?:comptee?s?|comptabilisee?s?)\W*$"
)
"""« La maintenance ne compte pas comme une ligne »: how others are counted, nothing asked."""
_EXPLAINS = hinted(
    r"^\W*(?:une? |la |le |l')?(?:rechutes?|recidives?|maladies? refractaires?|refractaires?|"
    r"progressions?|resistances?|intolerances?|"
    r"menopaus\w+|relapsed?|refractory)(?: (?:au|aux|a la|a l') ?\w+)?\s?(?:=|(?:est |sont |is |"
    r"are )?defin(?:ie?s?|ed)\b)"
)
_IS_DEFINED = re.compile(
    r"^\W*[\w/+ '-]{2,40}\s(?:is|are|est|sont|sera|seront) defin(?:ed|ie?s?) (?:as|by|par|comme)\b"
)
"""« Rechute = progression après … », "B-PLL is defined as …": what a word of another sentence means."""


_BOTH_SEXES = re.compile(
    r"^\W*(?:patients? |sujets? |participants? |adultes? |sexe )*(?P<one>hommes?|femmes?|men|women|males?|females?|"
    r"masculin|"
    r"feminin)(?: \([^()\d]*\))?\s?(?:/|ou|et|et/ou|or|and)\s?(?:les )?(?!(?P=one)\b)(?:hommes?|femmes?|men|women|"
    r"males?|"
    r"females?|masculin|feminin)(?: (?:adultes?|majeur\S*))?(?: \([^()\d]*\))?\W*$"
)
_SCALE_TO_USE = re.compile(
    r"^\W*(?:(?:il faut |on )?(?:utilis|emplo|appliqu)\w+|(?:please )?use)\s(?:l'|la |les |"
    r"the )?(?:(?:indices?|echelles?|"
    r"scores?|scales?) )?(?:de |d'|of )?(?:karnofsky|lansky|ecog|oms)\b"
)
"""« Utiliser Karnofsky au-delà de 16 ans »: how what another sentence asks is measured."""


_UNCOUNTED = re.compile(
    r"(?<=\w),\s[^,;:()]+\s(?:non compt\w+|ne compt\w+ pas[^,;]*|not (?:be )?counted[^,;]*|"
    r"(?:non|not) (?:requis|exige|obligatoire|necessaire|required|mandatory)\w*|facultati\w+|optionnel\w*|optional)\W*$"
)


_RIDER = hinted(r"compt|count|\bnon |\bnot |facultati|option")


def without_uncounted(clause: Clause) -> Clause:
    """« Au plus 2 lignes, adjuvant non compté »: without the words that say how others are counted."""
    told = _UNCOUNTED.search(clause.plain) if "," in clause.text and _RIDER.search(clause.plain) else None
    return replace(clause, text=clause.text[: told.start()]) if told else clause


def takes_all(clause: Clause) -> bool:
    """Whether an inclusion says that every type or stage will do, or only what a word of it means."""
    if clause.polarity is not Polarity.INCLUSION:
        return False
    if _PREFERS.search(clause.plain) and not _FORBIDS.search(clause.plain):
        return True
    counted = _NOT_COUNTED.search(clause.plain)
    if counted and not in_parenthesis(clause.plain, counted.start()) and not _UNCOUNTED.search(clause.plain):
        return re.search(r"compt|count|lign|line|consid", clause.plain) is not None
    if _TO_BE_KNOWN.search(clause.plain) and not re.search(r"[,;:]", clause.plain):
        return True
    if any(told.match(clause.plain) for told in (_IS_DEFINED, _BOTH_SEXES, _SCALE_TO_USE)):
        return True
    return _EVERY_ONE.match(clause.plain) is not None or _EXPLAINS.match(clause.plain) is not None


def asks_nothing(clause: Clause) -> bool:
    """Whether the clause only permits, or says that something does not matter, without a limit of its own."""
    plain = clause.plain
    return _INDIFFERENT.match(plain) is not None or (permission_of(clause) is not None and not _LIMITED.search(plain))


_LIMITED = re.compile(
    r"\b(?:si|if|sauf|unless|except\w*|a condition|provided|sous reserve|lorsque|when|maxim\w*|max|au plus|jusqu'a|"
    r"up to|depuis|since|for at least|as long as|tant que|stables?|controle\w*|controlled)\b|[<>≥≤]"
)


@lru_cache(maxsize=256)
def permission_of(clause: Clause) -> int | None:
    """Where the main sentence gives a permission (one in parentheses elaborates what stands before it)."""
    if _FORBIDS.search(clause.plain) or _FUNCTION_OK.search(clause.plain):
        return None
    starts = (match.start() for match in _PERMISSION.finditer(clause.plain))
    return next((start for start in starts if not in_parenthesis(clause.plain, start)), None)


def holds_its_demand(clause: Clause, one: Found, at: int) -> bool:
    """Whether a permission at `at` is a part of what was found and asked. It is not where what was found ends with its
    own permission: « Traitement antérieur du cancer du poumon permis »."""
    if not one.start <= at < one.end:
        return False
    granted = re.fullmatch(r"[\s\w]+", clause.plain[at : one.end]) is not None and asks_nothing(clause)
    return not (granted and one.kind is Kind.PRIOR_TREATMENT and not _denies(one.test))


def _denies(test: Test) -> bool:
    return isinstance(test, Not) or any(_denies(part) for part in parts_of(test))


def leaves_out(clause: Clause) -> bool:
    """Whether an inclusion says of somebody that he or she is left out (« les patients KRAS G12C sont exclus »)."""
    told = (match.start() for match in _LEFT_OUT.finditer(clause.plain))
    return clause.polarity is Polarity.INCLUSION and any(
        not in_parenthesis(clause.plain, start) and not OR_ELSE.search(clause.plain, 0, start) for start in told
    )


def who_is_left_out(clause: Clause) -> Clause:
    """Those of whom an inclusion says at its end that they are left out, as an exclusion: « T4 exclu » → « T4 »."""
    end = _LEAVES_OUT_LAST.search(clause.plain)
    text = clause.text[: end.start()] if end and clause.plain[: end.start()].strip() else clause.text
    return Clause(text, Polarity.EXCLUSION, clause.organs)


_LAST_LEFT_OUT = re.compile(
    r"(?P<main>[^;:]{5,}),\s(?P<what>(?!.*(?:,|\bet\b|\bou\b|\bsont\b|\bpatient))[^,;()]{2,50}?)\s(?:est )?"
    r"(?:exclue?s?|excluded)\W*$"
)


def last_left_out(clause: Clause) -> tuple[Clause, Clause] | None:
    """« GIST avancé, mutation D842V exclue »: what is asked, and what is left out of it as an exclusion."""
    match = _LAST_LEFT_OUT.match(clause.plain)
    if match is None:
        return None
    main, what = (clause.text[slice(*match.span(name))] for name in ("main", "what"))
    return Clause(main, clause.polarity, clause.organs), Clause(what, Polarity.EXCLUSION, clause.organs)


def condition_of(clause: Clause) -> Condition | None:
    """« Si A : B », « B si A »: which stretch is the condition and which is asked."""
    plain = clause.plain
    if (first := _CONDITION_FIRST.match(plain)) and first.end() < len(plain):
        return Condition(first.span("when"), (first.end(), len(plain)))
    if (subject := _SUBJECT.match(plain)) and subject.end() < len(plain):
        return Condition(subject.span("when"), (subject.end(), len(plain)))
    if (named := _NAMED_SUBJECT.match(clause.text)) and named.end() < len(plain):
        return Condition(named.span("when"), (named.end(), len(plain)))
    last = _CONDITION_LAST.search(plain)
    when = next((name for name in ("when", "he", "who", "whom") if last and last[name]), None)
    if last and when and not in_parenthesis(plain, last.start(when)) and not _BUT.search(plain[: last.start()]):
        return Condition(last.span(when), (0, last.start()))
    return None


_BUT = re.compile(r"\b(?:sauf|hors|hormis|excepte\w*|except\w*|unless|other than)(?: that| for)?$")
"""« … except in patients with Gilbert »: an exception, and not who is meant."""
_ONLY = re.compile(r"\b(?:uniquement|seulement|only)\b")
_OF_TYPES = hinted(r"\s(?:(?:dans|chez) (?:les|le cas des)|pour les|in|for)\s(?P<when>[^,;:]{3,80})$")


def holds_only_if(clause: Clause, condition: Condition) -> bool:
    """« Stade III uniquement si non résécable »: who is not of the first is not asked for the second."""
    return condition.then[0] == 0 and _ONLY.search(clause.plain, condition.then[1], condition.when[0]) is not None


def types_behind(clause: Clause) -> Condition | None:
    """« Ki-67 > 55 % dans les carcinomes neuroendocrines »: of which tumours something may be asked."""
    match = _OF_TYPES.search(clause.plain)
    if match is None or clause.polarity is not Polarity.INCLUSION or in_parenthesis(clause.plain, match.start("when")):
        return None
    return Condition(match.span("when"), (0, match.start()))


_FOR_TYPE = re.compile(
    r"^\W*(?:pour|dans|en cas d|for|in)\s?(?:le cas d[eu]s? |le |la |l'|un |une |des |de |d'|the |an? )?"
    r"(?P<when>[^,:;()]{3,80})\s*[:,]\s+(?=\S)"
)


def type_before(clause: Clause) -> Condition | None:
    """« Pour le CHC, Child-Pugh A »: of which tumour something may be asked, told first."""
    match = _FOR_TYPE.match(clause.plain)
    return Condition(match.span("when"), (match.end(), len(clause.plain))) if match else None


def is_an_extent(words: str, found: Sequence[Found]) -> bool:
    """Whether a label is one extent by its adjective alone, behind which no extent stands: « Localement avancé : non
    résécable » asks a metastatic patient nothing. « Maladie localement avancée : … » may be the demand itself."""
    first, *others = found
    return (
        _AN_EXTENT.fullmatch(words) is not None
        and isinstance(first.test, ExtentIn)
        and not any(isinstance(leaf, ExtentIn) for one in others for leaf in leaves(one.test))
    )


_AN_EXTENT = re.compile(
    r"\W*(?:(?:si|forme|formes|stade|les|pour les) )?(?:localement avancee?s?|locally advanced|loc\.? avancee?s?|"
    r"metastatiques?|metastatic|recidivante?s?)\W*"
)


def names_people(words: str) -> bool:
    """Whether a label that nothing was found in speaks of some patients all the same: an age, a sex, a country."""
    return _PEOPLE.search(words) is not None


def asks_something(words: str) -> bool:
    """Whether what stands behind a label is a demand, and not the list of what the label means."""
    return _DEMANDS.search(words) is not None


_DEMANDS = re.compile(
    r"\b(?:doi(?:t|ven)t|must|should|exige\w*|requis\w*|required|obligatoire\w*|recue?s?|received|reçu|controle\w*|"
    r"controlled|indetectable|undetectable|anterieur\w*|prior|lignes?|lines?|progress\w*|pas de|aucun\w*|no|sans|echec|"
    r"apres|after|naifs?|refus\w*|eligib\w*|possible\w*|au moins|at least)\b|[<>≥≤]"
)


_PEOPLE = re.compile(
    r"\b(?:patients?|sujets?|participants?|subjects?|femmes?|hommes?|women|men|adultes?|adults?|enfants?|children|"
    r"adolescents?|ans|years?|japon|japan|chine|china|coree|korea|etats-unis|usa?|ceux|those)\b|[<>≥≤]\s?\d"
)


LABEL_KINDS = frozenset(
    {
        Kind.ORGAN,
        Kind.HISTOLOGY,
        Kind.BIOMARKER,
        Kind.COMORBIDITY,
        Kind.SEX,
        Kind.STAGE,
        Kind.EXTENT,
        Kind.AGE,
        Kind.LINE,
    }
)
"""What a label before a colon may restrict a demand to."""


_DEFINES = re.compile(
    r"\b(?:defini\w* (?:par|comme|selon)|defined (?:by|as)|c'est-a-dire|i\.?e\.?|tel(?:le)?s? que|such as)\W*$"
)
"""« Inéligible au cisplatine, défini par : … »: what follows says what is meant."""


_LONG = 70
_OPENS_A_LIST = re.compile(
    r"\b(?:au moins|l'une?|une?|at least|one|any|\d)\b(?: \w+)? (?:des|parmi|de|of)\b[^:]{0,40}$|"
    r"\b(?:suivante?s?|following)\W*$|"
    r"c'est-a-dire"
)
"""« Métastases à haut risque, au moins 1 des 4 : … »: so long a label is the head of a list, not who is asked."""


_EQUALS = re.compile(r"^\W*(?P<when>[^:;,=<>≥≤]{3,40}?)\s=\s(?=[^\W\d_])(?!(?:ihc|f?ish|score|tps|cps|immuno\w*)\b)")
"""« BRAF muté = progression sous inhibiteur de BRAF »; not « HER2+ = IHC 3+ », which says what is meant."""


def label_of(clause: Clause) -> Condition | None:
    """« LLC : maladie mesurable », « Ag HBs+ : charge virale indétectable »: to be judged by what the label names."""
    if clause.polarity is not Polarity.INCLUSION:
        return None
    match = _LABEL.match(clause.plain) or _EQUALS.match(clause.plain)
    if match and match.re is _EQUALS and match["when"].count("(") > match["when"].count(")"):
        return None  # « à haut risque (haut risque = …) »: what a word of it means
    if match and (
        _DEFINES.search(match["when"]) or (len(match["when"]) > _LONG and _OPENS_A_LIST.search(match["when"]))
    ):
        return None
    return Condition(match.span("when"), (match.end(), len(clause.plain))) if match else None


def has_its_condition(clause: Clause, found: Sequence[Found], told: Condition) -> bool:
    """« ≤ 3 N [≤ 5 N for patients with liver metastases] »: the limit was read with the patients it is for."""
    return clause.plain[told.when[0] :].startswith(("patient", "participant", "subject")) and any(
        one.kind is Kind.LABS and any(isinstance(leaf, Unread) for leaf in leaves(one.test)) for one in found
    )
