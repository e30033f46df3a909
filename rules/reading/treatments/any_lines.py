"""That earlier treatment does not matter: any number of lines, no minimum nor maximum, treated before or not.

What does not matter is asked of nobody. A number beside it (« au moins 2 lignes, sans maximum ») stays what it is.
"""

import re
from collections.abc import Iterator

from rules.criteria import Kind, NoDemand, Polarity
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.treatments.named_treatments import MARK, Marked

_LIMIT = (
    r"(?:limit(?:e|es|ation|ations|s)?|restrictions?|plafonds?|seuils?|contraintes?|exigences?|maximum|minimum|"
    r"(?:nombre|number)(?: de lignes)? (?:(?:minim|maxim)\w+|limite|requis|impose|defini|fixe|exige|precis|required)|"
    r"minimal|maximal|(?:upper|lower) limit|borne)(?: (?:superieure?|inferieure?|haute|basse|minim\w+|maxim\w+))?"
)
_NONE = (
    r"(?:il n'y a |there (?:is|are) )?(?:pas d(?:e |')|aucune?s? |sans |absence d(?:e |')|no |without (?:any |a )?|ni )"
)
_NOR = r"(?:\s?(?:,|/)\s?|\s)(?:(?:ni|ou|et|or|nor|and)\s)?(?:d(?:e |')|sans )?"
_MATTER = rf"(?:lignes?|lines?|traitements?|treatments?|therap(?:ie|ies|y)|regimens?|schemas?|protocoles?|{MARK}+)"
_SAID = (
    r"(?:(?:ligne|line|traitement|treatment|therap(?:ie|y|ies))s?|anterieure?s?|precedente?s?|prealables?|recue?s?|"
    r"prior|previous|systemi(?:que|c)s?|therapeutiques?|anti-?cancer\w*|de|d'|du|des|la|le|les|of|the|for|en|au|aux|"
    r"stade|situation|phase|deja|"
    rf"metastati\w+|avancee?s?|advanced|palliati\w+|(?:neo-?)?adjuvante?s?|maladie|{MARK}+)"
)
_OF_LINES = (
    r"(?:(?:sur|du|de|d'|des|au|a|quant a(?:u)?|concernant|pour|for|on|to|of|in|d') ?)*(?:(?:le|la|les|the) )?"
    rf"(?:(?:nombre|nb|number) (?:de |d'|of )?)?(?:(?:prior|previous|systemic) )?{_MATTER}(?:\s?{_SAID})*"
)
_FREE = (
    r"(?:(?:est |sont |is |are )?(?:illimite|non limite|non restreint|non defini|non impose|non precise|libre|"
    r"indifferent|quelconque|"
    r"unlimited|not limited|unrestricted|any)(?:e|s|es)?|sans (?:limite|limitation|restriction|importance)|"
    r"(?:n'est |ne sont )?pas limite(?:e|s|es)?|au choix|peu importe|0 (?:a|ou) n)"
)
_WHATEVER = (
    r"(?:quel(?:le)?s? qu[e'](?: ?en)?\s?soi(?:t|ent)|peu importe|n'importe quel(?:le)?|independamment d[eu]|"
    r"regardless of|irrespective of|whatever|any)"
)
_ANY = (
    rf"{_NONE}{_LIMIT}(?:{_NOR}{_LIMIT})*(?:\s{_OF_LINES})?|"
    rf"(?:nombre|nb|number) (?:de |d'|of ){_MATTER}(?:\s?{_SAID})*\s?:?\s?{_FREE}|"
    rf"(?:lignes?|lines?)(?:\s{_SAID})*\s?:?\s?{_FREE}|"
    rf"(?:toutes? |tout |any |all )(?:les |of the )?(?:(?:nombre|number) (?:de |d'|of ))?(?:prior |previous )?"
    rf"(?:lignes?|lines?)(?:\s{_SAID})*(?:\s(?:confondue?s?|acceptee?s?|admise?s?|autorisee?s?|permises?|possibles?|"
    r"allowed|accepted|permitted))?|"
    rf"{_WHATEVER} (?:le |la |les |l'|the )?(?:(?:nombre|nb|number|type|nature) (?:de |d'|of ))?"
    rf"(?:prior |previous )?{_MATTER}(?:\s?{_SAID})*|"
    rf"(?:(?<!.)(?:avec ou sans|with or without|±|\+/-) (?:an? |une? |any )?(?:prior |previous "
    rf")?{_MATTER}(?:\s?(?:par|by|with|"
    rf"a base d(?:e |'))?\s?{_SAID})*(?:\s?(?:par|by|with|a base d(?:e |'))\s?{MARK}+)?)|"
    r"(?:pre-?)?traite(?:e|s|es)?(?: anterieurement| auparavant)? ou non(?: (?:traite(?:e|s|es)?|anterieurement|"
    r"auparavant|prealablement))*|"
    r"(?:previously )?(?:treated or (?:un|non-?)treated|untreated or (?:previously )?treated)"
)
_ANY_RE = re.compile(
    rf"(?:^\W*|(?<=[,;(:]) ?|(?<=, )|(?<=\()|(?<=et )|(?<=and ))(?:{_ANY})(?=\s*(?:$|[,;.)]))"
    r"(?!,?\s(?:sauf|hors|hormis|except\w*|mais|but|unless))"
)
_MAY_HOLD = hinted(
    r"limit|restrict|plafond|seuil|contrainte|exigence|minim|maxim|nombre|number|\bnb\b|lignes?|lines?|avec ou|with or|"
    r"±|\+/-|ou non|treated or"
)
_NOT_OF_LINES = re.compile(r"\b(?:age|poids|taille|weight|lesions?|metastases?|sites?|ganglions?|cycles? a venir)\b")
_OF_TREATMENT = re.compile(rf"lign|\blines?\b|trait|treat|therap|regimen|schema|protocol|{MARK}")


def any_lines(clause: Clause, text: Marked) -> Iterator[Found]:
    """The words that say so, each as what asks nothing."""
    if clause.polarity is not Polarity.INCLUSION or not _MAY_HOLD.search(clause.plain):
        return
    for match in _ANY_RE.finditer(text.text):
        told = _OF_TREATMENT.search(match[0]) or _OF_TREATMENT.search(text.text[: match.start()])
        if told and not _NOT_OF_LINES.search(match[0]):
            yield Found(
                match.start() + len(match[0]) - len(match[0].lstrip(" ,;(:")), match.end(), NoDemand(), Kind.OTHER
            )
