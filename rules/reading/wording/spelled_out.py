"""What a sentence leaves out because it stands beside it, written out: one target of two heads, what changes nothing.

« Anticorps ou ITK anti-MET » is an antibody against MET or an inhibitor of it. « Anti-PD-1 seul ou combiné à une
chimiothérapie » is any anti-PD-1. « Permis, sans limite du nombre de lignes » is permitted. The meaning never changes.
"""

import re

from rules.hinted import hinted
from rules.markers import MARKER_NAMES
from rules.reading.clause import plain
from rules.reading.restated_scales import without_figures
from rules.treatments import find_treatments

_HEAD = (
    r"(?:anticorps(?:[- ](?:monoclona(?:l|ux)|bispecifiques?|(?:drogue-)?conjugues?|nus?))?|adcs?|car-?t|tki|itk|"
    r"inhibiteurs?(?: d(?:e |')tyrosine[- ]kinases?)?|inhibitors?|degradeurs?|degraders?|"
    r"petites? molecules?|small[- ]molecules?(?: inhibitors?)?|(?:monoclonal |bispecific )?antibod(?:y|ies)|vaccins?|"
    r"bispecifiques?|agonistes?|antagonistes?|agonists?|antagonists?|radioligands?)"
)
_TARGET = (
    r"(?: ?anti-?\s?| (?:ciblant|visant|dirigee?s? contre|targeting|directed against|against) "
    r"(?:le |la |l'|the )?)(?P<target>[a-z][\w.]*(?:-\d+)?)(?![\w-])"
)
_JOINT = r"\s?(?:,|/|\bet/ou\b|\bou\b|\bet\b|\bor\b|\band/or\b)\s(?:d'|de |an? |un |une |par )?"
_SHARED = hinted(rf"(?<![\w-])(?P<heads>{_HEAD}(?:{_JOINT}{_HEAD})*?)(?P<joint>{_JOINT})(?P<last>{_HEAD}){_TARGET}")
_ONE_HEAD = re.compile(rf"(?<![\w-]){_HEAD}(?![\w-])")
_SMALL = re.compile(r"petites? molecules?|small[- ]molecules?(?: inhibitors?)?")
_STOPS = (
    r"(?=\s*(?:$|[,;:.()]|(?:pour|depuis|dans|en|avant|apres|comme|lors|au cours|recue?s?|anterieur\w*|sauf|hors|for|"
    r"in|within|before|prior)\b))"
)
_PARTNER = (
    r"(?:(?!\b(?:et|ou|and|or|pour|depuis|dans|en|avant|apres|lors|recue?s?|anterieur\w*|sauf|hors)\b)"
    r"[^,;:.()])+?"
)
_ALONE_OR_NOT = hinted(
    r",?\s(?:(?:seule?s?|en monotherapie|alone|as monotherapy) (?:ou|or) (?:bien )?(?:(?:en )?(?:combin|associ)\w+)|"
    r"(?:seule?s?|en monotherapie|alone|as monotherapy) (?:ou|or)(?= (?:avec|with)\s)|"
    r"(?:combin|associ)\w+ (?:ou|or) (?:non|not))"
    rf"(?:(?: avec| with| a| au| aux)\s{_PARTNER})?{_STOPS}"
)
_LIMITLESS = hinted(
    r"(?<=[a-z]),?\s(?:sans|pas d(?:e|')|et sans|aucune?|with no|without|no)\s?(?:any |autre )?"
    r"(?:limit\w*|restriction\w*|maximum|plafond|nombre (?:maxim\w*|limite))[^,;:()\d]*$"
)
_INDIFFERENT = hinted(
    r"(?<=[a-z0-9)+-]{3}),?\s(?:et (?:ce(?:la)? )?)?(?:peu importe|qu'importe|sans (?:distinction|egard|consideration|"
    r"tenir compte)|independamment d|irrespective of|regardless of|without regard (?:to|for))\b[^,;:()]*$"
)
"""« Lymphome de grade 1 à 3a, peu importe le stade »: what does not matter, behind what does."""
_EVERY_TYPE_BUT = hinted(
    r"(?<=[a-z]),?\s(?:tou(?:te)?s? (?:les )?)(?:sous-)?(?:types?|histologies?)(?: histologiques?)?"
    r"(?=,?\s\(?(?:sauf|hors|hormis|excepte|a l'exception|a l'exclusion))"
)
"""« Carcinome rénal, tous types, hors sarcomatoïde »: what is excepted is excepted from the tumour."""
_PERMITS = re.compile(r"\b(?:permi|autoris|accept|admis|toler|possible|allow)\w*$")
_DEFINED = hinted(
    r"^\W*(?:(?:maladie|tumeur|cancer(?: du sein)?|disease|statut|status) )?(?:(?:est |is )?(?:(?:hormono|endocrino)-?"
    r"(?:sensib|resist)\w+|(?:endocrine|hormone)[- ](?:therapy[- ])?(?:sensitiv|resist)\w+|sensibilite (?:a l')?"
    r"(?:hormonotherapie|endocrinienne)|resistance (?:a l')?(?:hormonotherapie|endocrinienne))"
    r"(?: (?:primaire|secondaire|primary|secondary))?)(?:,? (?:definie? (?:par|comme)|defined (?:as|by)))?\s?:\s?"
)
"""« Maladie hormonosensible : … »: a word that only what stands behind it tells."""
_DURING_OR_AFTER = hinted(
    r"(?i)(?P<during>\b(?:sous|pendant|durant|during|while on|under|on)),? (?P<joint>ou|et/ou|or|and/or) "
    r"(?P<after>apr[èe]s|after|following),(?= \w)|(?P<during2>\b(?:sous|pendant|durant|during|while on|under|on)), "
    r"(?P<joint2>ou|et/ou|or|and/or) (?P<after2>apr[èe]s|after|following)(?= \w)"
)
"""« Progression sous, ou après, X »."""
_AFTER_EITHER = hinted(
    r"(?i)(?P<which>\b(?:ou|or) (?:[\w-]+ ){1,4}(?:ayant progress[ée]|en progression|"
    r"(?:that|which|who) ha(?:s|ve) progressed|progressing) )"
    r"(?:sous|pendant|durant|during|while on|under|on) (?:ou|et/ou|or|and/or) (?P<after>apr[èe]s|after|following)\b"
)
"""« Non résécable ou métastatique ayant progressé sous ou après X »: after it tells both, and joins nothing."""
_STATUS = r"(?:sensi(?:ble|tive)s?|resistant(?:e|s|es)?|refractair(?:e|es)|refractory)"
_STATUSES = rf"(?P<list>{_STATUS}(?:(?:\s?[,/]\s?(?:(?:ou|or) )?|\s(?:ou|et/ou|or|and/or)\s)-?{_STATUS})+)"
_OF_PLATINUM = (
    hinted(rf"\b{_STATUSES} (?:au|aux|a un|a tout|to|to a)\s?(?:sels? de )?(?:platin(?:e|es|um))\b"),
    hinted(rf"\bplatin(?:e|o|um)[- ]?{_STATUSES}(?! (?:au|aux|to)\b)"),
)
"""« Sensible, résistante ou réfractaire au platine »: each of them is of platinum."""
_INTOLERANCE_DEFINED = hinted(
    r"\s?\((?:l'|the )?intoleran(?:ce|t)s? (?:(?:etant|est|is|being) )?(?:definie?s?|defined)\b"
    r"(?![^()]*\b(?:exclu\w*|sauf|hors|except\w*|mais|but)\b)[^()]*\)"
)
"""What every trial calls an intolerance."""
_ONE_OF = hinted(
    r"\b(?P<by>par|avec|sous|de|with|by)\s(?:au moins|at least)\s(?:l'une?|une?|1|one)"
    r"(?: (?:des|de ces|of the) (?:\w+ )?(?:suivante?s?|following))?\s?:\s"
)


_ELSEWHERE = (
    r"(?:viscerales?|hepatiques?|osseuses?|pulmonaires?|pleurales?|peritoneales?|ganglionnaires?|surrenalien\w*|"
    r"surrenales?|os|foie|poumons?|extra-?hepatiques?)"
)
_IN_THE_HEAD = r"(?:cerebrales?|(?:du )?snc|(?:du )?cerveau|lepto-?meningees?|meningees?|du systeme nerveux central)"
_OR = r"\s?(?:,|/|\bet/ou\b|\bou\b|\bni\b|\bet\b)\s?"
_BRAIN_LAST = hinted(
    rf"\b(?P<head>metastases?|metas?|localisations? secondaires?)\s(?:a distance )?"
    rf"(?P<sites>{_ELSEWHERE}(?:{_OR}{_ELSEWHERE})*)(?P<joint>{_OR})(?P<brain>{_IN_THE_HEAD})"
    r"(?=(?:\s(?:connues?|documentees?|presentes?|exclues?))?\s*(?:$|[.;)]))"
)
_BRAIN_FIRST = hinted(
    rf"\b(?P<head>metastases?|metas?)\s(?P<brain>{_IN_THE_HEAD})(?P<joint>{_OR})(?P<sites>{_ELSEWHERE}(?:{_OR}{_ELSEWHERE})*)"
    r"(?=\s*(?:$|[.;)]))"
)
_BRAIN_BEFORE_NOUN = hinted(
    r"(?P<sites>\b(?:liver|hepatic|bone|lung|pulmonary|visceral|peritoneal|adrenal)(?:\s?(?:,|/|or|and)\s?(?:liver|"
    r"hepatic|"
    r"bone|lung|pulmonary|visceral|peritoneal|adrenal))*)(?=,?\s(?:or|and/or|and)\s(?:brain|cns|"
    r"leptomeningeal) metastas)"
)
_BY_THEMSELVES = re.compile(
    r"(?:^\W*|[,;:.]\s|\b(?:sans|pas d(?:e |')|aucune?|absence d(?:e |')|presence d(?:e |')|ou|et|avec|de|des|"
    r"les|toutes?)\s?)$"
)
_COUNTED = re.compile(r"(?:\d|\bune?|\bdeux|\btrois|\bplusieurs|\bmultiples?)\s?(?:[a-z]+\s)?$")
"""« Plus de 2 métastases hépatiques ou cérébrales »: the number is of both."""
_DENIES = re.compile(r"\b(?:sans|pas d(?:e |')|aucune?|absence d(?:e |'))\s?$")


def _each_with_its_noun(text: str) -> str:
    """« Métastases hépatiques ou cérébrales »: of the liver, or of the brain, which is a matter of its own."""
    folded = plain(text)
    if told := _BRAIN_BEFORE_NOUN.search(folded):
        return f"{text[: told.end('sites')]} metastases{text[told.end('sites') :]}"
    match = _BRAIN_LAST.search(folded) or _BRAIN_FIRST.search(folded)
    if (
        match is None
        or _COUNTED.search(folded, 0, match.start())
        or not _BY_THEMSELVES.search(folded, 0, match.start())
    ):
        return text
    joint = text[slice(*match.span("joint"))]
    joint = " ou " if "," in joint or "/" in joint else joint
    joint = " ni " if _DENIES.search(folded, 0, match.start()) else joint
    head, sites, brain = (_NOUNS.sub(_spelled, text[slice(*match.span(name))]) for name in ("head", "sites", "brain"))
    return f"{text[: match.start()]}{head} {sites}{joint}métastases {brain}{text[match.end() :]}"


def _spelled(match: re.Match[str]) -> str:
    return _SPELLED[plain(match[0]).removeprefix("du ")]


_NOUNS = re.compile(r"(?i)\b(?:du )?(?:cerveau|snc|os|foie|poumons?|syst[èe]me nerveux central)\b")
_SPELLED = {
    "cerveau": "cérébrales",
    "snc": "cérébrales",
    "systeme nerveux central": "cérébrales",
    "poumon": "pulmonaires",
    "poumons": "pulmonaires",
    "os": "osseuses",
    "foie": "hépatiques",
}
_CODE = hinted(r"(?i)\b(protocoles?|[ée]tudes?|essais?|protocol|study|trial)(?-i: ([A-Z]{2,8}) (\d[\d/-]*))(?![\w%])")
"""« Protocole HCC 17-220 »: the name of a trial, not of a tumour."""


_IN_FULL = re.compile(r"\b(?P<short>[A-Z][A-Z0-9-]{1,5}) \((?P<words>[A-Za-z]+(?:[ -][A-Za-z]+){1,6})\)")


def _without_names_in_full(text: str) -> str:
    """« ALK (anaplastic lymphoma kinase) » as « ALK »: a bracket of words that begin with its letters."""
    for match in reversed([*_IN_FULL.finditer(text)]):
        letters = [one for one in match["short"].lower() if one.isalpha()]
        heads = [word[0].lower() for word in re.split(r"[ -]", match["words"])]
        if letters == heads and MARKER_NAMES.exact(match["short"]):
            text = text[: match.end("short")] + text[match.end() :]
    return text


_SAID_OUT = hinted(
    r"(?i)\((?P<what>[^()]{3,40}?),? (?:sont |est |[ée]tant )?(?:exclue?s?|excluded|non (?:inclus|admis|"
    r"autoris[ée])\w*|"
    r"not (?:allowed|eligible))\)"
)
"""« Carcinome épidermoïde (nasopharynx exclu) »."""
_PLURAL = hinted(
    r"(?i)\b(?P<noun>m[ée]lanomes|(?:ad[ée]no)?carcinomes|cancers|tumeurs|lymphomes|sarcomes|gliomes) "
    r"(?P<stem>uv[ée]|uroth[ée]li|[ée]pith[ée]li|c[ée]r[ée]br|(?:colo)?rect|an|duod[ée]n|(?:cortico)?surr[ée]n|germin|"
    r"strom|m[ée]diastin|pleur|p[ée]riton[ée]|cervic|acr|vagin|endom[ée]tri|nas|bucc|r[ée]n|spin|m[ée]senchym)aux\b"
)
"""« Mélanomes uvéaux »: as the vocabulary has them."""
_OPEN_LIST = (
    r"(?:sans (?:toutefois )?s['’]y limiter|sans limitation|non limit[ée]e?s? [àa]|not (?:limited|restricted) to|"
    r"de (?:mani[èe]re|fa[çc]on) non (?:limitative|exhaustive)|non exclusivement|pas exclusivement|non limitativement|"
    r"sans que (?:la|cette) liste (?:ne )?soit (?:limitative|exhaustive)|sans exclusive|non exhausti(?:f|vement))"
)
_NOT_LIMITED = hinted(
    rf"(?i)(?P<open>\(\s?)?\b(?P<cue>y compris|incluant|notamment|including|telle?s? que|par exemple|such as),? "
    rf"(?:mais |et |but )?{_OPEN_LIST},?"
)
"""What a bracket lists so is an example, and narrows nothing."""
_OPEN_LABEL = hinted(
    r"(?i)\((?:liste (?:non exhaustive|non limitative|indicative)|non[- ]exhaustive list|entre autres|among others|"
    r"[àa] titre d['’]exemples?)\s?[:,]?\s"
)
_OR_NOT = hinted(r"(?i)(?<=\w) \([^(),;:]{2,30} (?:ou|or) (?:non|pas|not)\)")
"""« CBNPC (épidermoïde ou non) »: either."""

_CATEGORIES = hinted(
    r"(?P<ahead>\b(?:[Tt]out|[Tt]ous|[Aa]ny|[Aa]ll) [cp]?[TN]|"
    r"(?<![\w-])[cp]{0,2}N(?:[0-3x]|\+)(?:\s?[-–/]\s?N?[0-3])?),\s"
    r"(?=[cp]{0,2}(?:[NM][0-3x](?![\w.,])|N[1-3+]))"
)
"""« Ou tout T, N1-2, M0 »: the categories of one alternative, which no comma parts."""


def _each_of_platinum(text: str) -> str:
    for pattern in _OF_PLATINUM:
        if match := pattern.search(plain(text)):
            each = re.sub(rf"-?(?P<one>{_STATUS})", r"platine-\g<one>", match["list"])
            text = f"{text[: match.start()]}{each}{text[match.end() :]}"
    return text


def _at_once(match: re.Match[str]) -> str:
    words = match.groupdict()
    return " ".join(words[name] or words[f"{name}2"] for name in ("during", "joint", "after"))


_EDITION = hinted(
    r"(?i)\s?\((?:(?:selon|d'apr[èe]s|according to|as per|per|la|le|the|du|de|des|of|manuel|manual|stadification|"
    r"staging|classification|syst[èe]me|p?TNM|AJCC|UICC|IASLC|\d{1,2}(?:e|[èe]me|th)?|[ée]dition|[ée]d\.?|version|/|,)\s?|l['’])+\)"
)
"""« (selon la 8e édition de l'AJCC) »: by which book a stage is told."""
_GROUP_WITH = hinted(
    r"(?<=[,/A-Z] )(?P<or>(?:ou|or|et|and) )?(?P<g>(?:IV|I{1,3})[A-D]?\d?) (?:avec|with|si|if) "
    r"(?P<n>[cp]?[TN][0-4][a-d]?(?:\s?(?:,|/|-|ou|et|or)\s?[cp]?[TN]?[0-4][a-d]?)*)(?=\s*(?:$|[,;.)(]))"
)
"""« II, IIIA ou IIIB avec N2 »: said of the last group alone."""


def spelled_out(text: str) -> str:
    """The text with what is left out written in, and without what changes nothing; itself where there is nothing."""
    text = _SAID_OUT.sub(r"(hors \g<what>)", _CODE.sub(r"\1 \2-\3", without_figures(text)))
    text = _PLURAL.sub(lambda match: f"{match['noun']} {match['stem']}al", _without_names_in_full(text))
    text = _OR_NOT.sub("", _as_examples(_each_with_its_noun(_CATEGORIES.sub(r"\g<ahead> ", text))))
    text = _AFTER_EITHER.sub(r"\g<which>\g<after>", _DURING_OR_AFTER.sub(_at_once, text))
    text = _each_of_platinum(_without_forms(_only_one(text)))
    text = _GROUP_WITH.sub(r"\g<or>\g<g> (\g<n>)", _EDITION.sub("", text))
    folded = plain(text)
    if told := _INTOLERANCE_DEFINED.search(folded):
        text = f"{text[: told.start()]}{text[told.end() :]}"
        folded = plain(text)
    if (told := _DEFINED.match(folded)) and text[told.end() :].strip():
        text = text[told.end() :]
        folded = plain(text)
    if (told := _LIMITLESS.search(folded)) and _PERMITS.search(folded[: told.start()]):
        text = text[: told.start()]
        folded = plain(text)
    if told := _EVERY_TYPE_BUT.search(folded):
        text = f"{text[: told.start()]}{text[told.end() :]}"
        folded = plain(text)
    if told := _INDIFFERENT.search(folded):
        text = text[: told.start()]
        folded = plain(text)
    for match in reversed([*_ALONE_OR_NOT.finditer(folded)]):
        text = text[: match.start()] + text[match.end() :]
    folded = plain(text)
    for match in reversed([*_ONE_OF.finditer(folded)]):
        text = f"{text[: match.end('by')]} {text[match.end() :]}"
    return _distributed(text)


def _as_examples(text: str) -> str:
    text = _OPEN_LABEL.sub("(par exemple ", text)
    return _NOT_LIMITED.sub(lambda match: "(par exemple" if match["open"] else match["cue"], text)


_FORM = (
    r"(?:(?:une? |des |les |la |l'|d'|de )?(?:chimiotherapies?|chemotherapy|anticorps(?: (?:monoclonaux|monoclonal|"
    r"conjugues?|bispecifiques?|drogue conjugues?))?|adc|petites? molecules?|small molecules?|antibod(?:y|ies)|"
    r"antibody[- ]drug conjugates?))"
)
_FORMS_TOLD = hinted(
    r"\b(?:ciblant|visant|targeting|dirigee?s? contre|directed (?:at|against))\s[^,;.()]{2,40}(?P<forms>,?\s\(?(?:"
    rf"y compris|incluant|including)\s{_FORM}(?:\s?(?:,|/|et|ou|and|or|et/ou)\s?{_FORM})*\)?)(?=\s*(?:$|[;.)]))"
)
"""« Tout médicament ciblant A, y compris chimiothérapie ou anticorps conjugué »: in whatever form, and no other."""


def _without_forms(text: str) -> str:
    told = _FORMS_TOLD.search(plain(text))
    return text[: told.start("forms")] + text[told.end("forms") :] if told else text


_ONLY_ONE = hinted(
    r"(?i)^\W*(?P<drug>[a-zà-ü][\w-]{5,20}) (?:(?:comme |en tant que )?(?:seul|unique)) (?P<class>(?:TKI|ITK|"
    r"inhibiteur|anti-|traitement|hormonoth|immunoth|chimio)[^,;:.()]{0,40}?) "
    r"(?:ant[ée]rieure?|pr[ée]alable|re[çc]ue?)\W*$"
)
"""« Lorlatinib seul TKI ALK antérieur »: that one, and no other of them."""


def _only_one(text: str) -> str:
    match = _ONLY_ONE.match(text)
    if match is None or not find_treatments(match["drug"]):
        return text
    return f"{match['drug']} antérieur et aucun {match['class']} antérieur autre que {match['drug']}"


def _distributed(text: str) -> str:
    """« Anticorps ou petite molécule ciblant X »: each of them aimed at X."""
    match = _SHARED.search(plain(text))
    if match is None:
        return text
    aim = text[match.end("last") : match.end()]
    start, end = match.start(), match.end("last")
    kept = text[start:end]
    for head in reversed([*_ONE_HEAD.finditer(plain(kept))]):
        word = "inhibiteur" if _SMALL.fullmatch(head[0]) else kept[slice(*head.span())]
        kept = f"{kept[: head.start()]}{word}{aim}{kept[head.end() :]}"
    return f"{text[:start]}{kept}{text[match.end() :]}"
