"""Wordings of earlier treatment written as the recognisers know them. The meaning never changes.

- A chemo-immunotherapy of a solid tumour is a chemotherapy with an immunotherapy; of a lymphoma it may be an anti-CD20.
- Treatments that proved their benefit are the standard ones. All of them received, or none that can be given (not
  fit, not tolerated, not available), is « no standard option left »; a refusal is not.
- « X, dernier traitement reçu », « le dernier traitement doit avoir été X »: X as the last treatment.
"""

import re

from rules.hinted import Expression, hinted
from rules.organs import ORGANS
from rules.reading.clause import plain

_CHEMO_IMMUNO = hinted(
    r"(?<![\w-])(?:chimio-?\s?immuno(?:-?therapie)?s?|immuno-?chimio(?:-?therapie)?s?|"
    r"chemo-?immuno-?therap(?:y|ies)|immuno-?chemo-?therap(?:y|ies))(?![\w-])"
)
_THERAPY = (
    r"(?:options?(?: therapeutiques?| de traitement)?|alternatives?(?: therapeutiques?)?|traitements?|therapies?|"
    r"therapeutiques?|therap(?:y|ies)|treatments?(?: options?)?|therapeutic options?|regimens?)"
)
_BENEFIT = (
    r"(?:(?:connue?s? |reconnue?s? |known |shown |proven |demonstrated |expected )?(?:(?:pour|to|qui|that|which) )?"
    r"(?:(?:ayant|ont|avoir|a|have|has) (?:deja |clairement )?)?"
    r"(?:prouve|demontre|montre|fait la preuve d|confere|apporte|conferant|apportant|apporter|conferer|procurant|"
    r"confer(?:ring)?|provid(?:e|ing)|convey(?:ing)?|demonstrated|shown|proven|with)(?:e |'|d | )?"
    r"(?:(?:un|leur|une|a|any|proven|demonstrated|known|meaningful|d'un) )*(?:clinical )?(?:benefices?|efficacite|"
    r"benefit|efficacy)"
    r"(?: (?:cliniques?|de survie|en survie|reconnu|prouve|demontre|significatif|clinique significatif|in survival|"
    r"documente))*)"
)
_WITH_BENEFIT = hinted(rf"(?<![\w-])(?:standard )?(?P<what>{_THERAPY}),? {_BENEFIT}(?![\w-])")
_FR_STANDARD = (
    r"(?:standards?|de reference|conventionnel(?:le)?s?|validee?s?|recommandee?s?|usuel(?:le)?s?|habituel(?:le)?s?)"
)
_GIVEN = (
    r"(?: (?:disponibles?|existante?s?|available|connue?s?|appropriee?s?|approuvee?s?|possibles?|indiquee?s?|"
    r"pour (?:sa|la|leur|cette|ce type de) (?:maladie|tumeur|cancer)|for (?:their|the|this) (?:disease|tumou?r|"
    r"cancer)))*"
)
_STANDARD = (
    rf"(?:(?:tous les |toutes les |l'ensemble des |l'integralite des |les |des |all (?:the |available |known )?|"
    rf"available |the )?"
    rf"(?:(?:traitements|therapies|therapeutiques|options(?: therapeutiques| de traitement)?|lignes(?: de "
    rf"traitement)?) "
    rf"{_FR_STANDARD}|standards(?: therapeutiques| de traitement)?|"
    rf"standard(?:[- ]of[- ]care)? (?:therapies|treatments|treatment options|options|therapy|treatment)|"
    rf"(?<=all )(?:available )?standard(?:[- ]of[- ]care)? (?:therapy|treatment)){_GIVEN})"
)
_HAD = (
    r"(?:(?:ayant|avoir|a|ont|doit avoir|doivent avoir|aura|has|have|having|must have|should have|must|been|ete|deja|"
    r"already|patients?|qui|who) )*"
    r"(?:recue?s?|epuisee?s?|beneficie d(?:e|es)|traitee?s? (?:par|avec)|received|exhausted|been treated with|had)"
)
_CANNOT = (
    r"(?:intolerante?s?|intoleran(?:ce|ts?)|inelig\w+|non[- ](?:eligibles?|candidate?s?|adaptee?s?|indiquee?s?|"
    r"accessibles?|disponibles?)|"
    r"contre-indi\w+|contraindi\w+|inaptes?|not (?:a )?(?:candidates?|eligible|suitable|fit|appropriate|"
    r"tolerate)(?: for)?|"
    r"unsuitable(?: for)?|unfit(?: for)?|ineligible(?: for)?|intolerant(?: to| of)?|"
    r"(?:ne |n')?(?:peut|peuvent|pouvant|pouvaient|ayant pu|pas pu)(?: pas)?(?: etre)? ?(?:les |en |y |l'|le )?"
    r"(?:recevoir|recue?s?|beneficier|pretendre|tolerer|avoir acces)|"
    r"(?:pas |plus )(?:eligibles?|candidate?s?|accessibles?|acces)|"
    r"(?:empechee?s?|incapables?|dans l'(?:impossibilite|incapacite)) (?:de |d')(?:les |en |y )?"
    r"(?:recevoir|beneficier|tolerer)|"
    r"(?:unable|not able) to (?:receive|tolerate)|cannot (?:receive|tolerate))"
)
_REFUSED = r"(?:refus\w*|les (?:ayant|a|ont) refuse\w*|declin\w*|have refused|has refused)"
_TO_THEM = (
    r"(?: (?:a|aux?|de|des|to|of|for|les|par|by) ?(?:(?:l'|la |le |les |ces |the )?(?:ceux-ci|celles-ci|ces derniers|"
    r"derniers|traitements?|"
    r"therap\w+|options?|recevoir|them|those|these|such|treatments?|patiente?s?|investigateur|tous|toutes))*)?"
)
_TAIL = (
    r"(?:\s?,?\s(?:ou|or|sauf|except|hormis|unless|sinon|et/ou)\s(?:(?:bien|en cas d(?:e |')|si |if |est |etre |"
    r"sont |etait |etant |y |n'y |n'en "
    r"|ne |n'|qui |who |is |are |be |being |un |une |le |patients? |juge\w* |considere\w* |deemed |pour |to be |a ))*"
    rf"(?:{_CANNOT}|(?P<ref>{_REFUSED})){_TO_THEM})"
)
_ALL_OR_UNFIT = hinted(
    rf"(?<![\w-])(?:{_HAD} {_STANDARD}|{_STANDARD}(?: (?:ont ete|ayant ete|etant|deja|tous|toutes|have been))* "
    rf"(?:recue?s|"
    rf"administree?s|epuisee?s|received|exhausted))(?P<tail>{_TAIL.replace('?P<ref>', '?:')}+)(?=\s*(?:$|[,;.)]))"
)
_UNFIT_FIRST = hinted(
    rf"(?<![\w-]){_HAD}(?P<tail>(?:,? (?:or|ou) (?:(?:is|are|be|est|etre|sont) )?(?:{_CANNOT}|{_REFUSED})(?: (?:to|"
    rf"for|a))?)+,? "
    rf"{_STANDARD})(?=\s*(?:$|[,;.)]))"
)
_LAST = r"(?:dernier|derniere|last|most recent)"
_OF_LAST = r"(?:traitements?|lignes?|therap(?:ie|y)|treatment|line)"
_QUALIFIED = (
    r"(?: (?:systemiques?|anti-?cancereux|anti-?cancereuse|anti-?tumoral|therapeutique|de traitement|oncologique|"
    r"systemic))*"
)
_AT_LAST = (
    r"(?: (?:recue?|en date|administree?|suivie?|received|etant|obligatoirement|"
    r"avant (?:l'|la )(?:inclusion|randomisation)))*"
)
_AS_LAST = hinted(
    rf"(?<=\w|\))(?:,\s(?:(?:comme|en|en tant que|etant|qui (?:doit etre|est|etait)|as|being) )?|"
    rf"\s(?:comme|en|en tant que|etant|qui (?:doit etre|est|etait)|as|being) )(?:le |la |son |sa |leur |the |their )?"
    rf"{_LAST} {_OF_LAST}{_QUALIFIED}{_AT_LAST}(?=\s*(?:$|[,;.)(]))"
)
_LAST_IS = hinted(
    rf"^\W*(?:(?:le|la|the|son|leur) )?(?:{_LAST} {_OF_LAST}{_QUALIFIED}|{_OF_LAST}{_QUALIFIED} (?:la|le) plus "
    rf"recente?){_AT_LAST}"
    r"(?:\s?:\s?| (?:doit|devait|est|etait|must|should|is|was|a|avait)(?: (?:avoir|etre|have|be|been|imperativement|"
    r"obligatoirement|ete|"
    r"comporte|contenu|compris|inclus|comporter|contenir|comprendre|inclure|include|included|contain|contained))* )"
    r"(?P<what>(?:(?!\b(?:termine|arrete|interrompu|date|remonte|administre|il y a|depuis|plus de|moins de|"
    r"completed|ended|"
    r"at least|au moins|doit|pas|not)\w*)[^;.:,])+)$"
)
_UNPROGRESSED = (
    r"(?:sans (?:signe de |evidence de |aucune )?progression|(?:n'a|n'ont|n'ayant) pas progresse|absence de "
    r"progression|"
    r"without (?:disease )?progression|no progression)(?: de la maladie| tumorale| depuis)?"
)
_DONE_WITHOUT = hinted(
    r"^\W*(?:(?:ayant|avoir|a|ont|doit|doivent|qui|have|has|having|must) )*(?:termine|acheve|complete|fini|completed|"
    rf"finished)e?s? (?P<what>[^,;:()]+?)(?:,? (?:et|and)|,)? {_UNPROGRESSED}\W*$|"
    r"^\W*(?P<what2>[^,;:()]+?) (?:(?:est|sont|etait|is|was) )?(?:terminee?s?|achevee?s?|completee?s?|completed|"
    r"finie?s?)"
    rf"(?:,? (?:et|and)|,)? {_UNPROGRESSED}\W*$"
)
_MAY_HOLD = hinted(
    r"(?i)immuno|standard|r[eé]f[eé]rence|conventionn|valid|recommand|usuel|habituel|b[eé]n[eé]fi|efficac|derni|"
    r"\blast\b|recent|r[eé]cent|progress"
)


def treatments_spelled(text: str, organs: frozenset[str]) -> str:
    """The text with these wordings spelled out; itself where there are none. `organs`: of the trial."""
    if not _MAY_HOLD.search(text):
        return text
    if _is_solid(organs):
        text = _replaced(_CHEMO_IMMUNO, text, "chimio-immunothérapie combinée")
    for match in reversed([*_WITH_BENEFIT.finditer(plain(text))]):
        what = text[match.start("what") : match.end("what")]
        said = f"standard {what}" if re.search("benefit|efficacy", match[0]) else f"{what} standards"
        text = f"{text[: match.start()]}{said}{text[match.end() :]}"
    return _last(_standard(text))


def _is_solid(organs: frozenset[str]) -> bool:
    return bool(organs) and not any(ORGANS.covers("haematologic", organ) for organ in organs)


def _replaced(pattern: Expression, text: str, words: str) -> str:
    for match in reversed([*pattern.finditer(plain(text))]):
        text = f"{text[: match.start()]}{words}{text[match.end() :]}"
    return text


def _standard(text: str) -> str:
    folded = plain(text)
    for pattern in (_ALL_OR_UNFIT, _UNFIT_FIRST):
        match = pattern.search(folded)
        if match is not None:
            left = "sans option standard disponible"
            if re.search(_REFUSED, match["tail"]):
                left += " ou refus de celle-ci"
            return f"{text[: match.start()]}{left}{text[match.end() :]}"
    return text


def _last(text: str) -> str:
    folded = plain(text)
    if done := _DONE_WITHOUT.match(folded):
        what = "what" if done["what"] else "what2"
        return f"Absence de progression après {text[slice(*done.span(what))]}"
    if told := _LAST_IS.match(folded):
        return f"{text[told.start('what') : told.end('what')]} comme dernier traitement"
    if (behind := _AS_LAST.search(folded)) and _NAMED.search(folded[: behind.start()]):
        return f"{text[: behind.start()]} comme dernier traitement{text[behind.end() :]}"
    return text


_NAMED = re.compile(r"\b(?:sous|apres|par|avec|on|after|with|recu|received|progress\w*)\b")
