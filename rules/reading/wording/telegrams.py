"""Short ways of saying what the recognisers know in words: « 0 tt », « métastatique / non curable »."""

import re

from rules.hinted import hinted
from rules.markers import MARKER_NAMES
from rules.reading.clause import plain

_NONE_OF = hinted(
    r"(?i)(?P<lead>^\W*|[,;:(]\s|\b(?:et|ou|and|or|avec|with)\s)(?:0|z[ée]ro)\s(?=(?:(?P<en>prior|previous)\b|"
    r"(?:ttt?s?|trt|traitements?|chimio\w*|immuno\w*|hormono\w*|th[ée]rapies?|ant[ée]c[ée]dents?|atcds?|radio\w*|rt|"
    r"chirurgie|m[ée]ta\w*|exposition|systemic|chemo\w*)\b))"
)
_MATE = (
    r"(?:(?:localement )?avancee?s?|advanced|metastatiques?|metastatic|m\+|palliati(?:f|ve)s?|non resecables?|"
    r"inoperables?)"
)
_INCURABLE = r"(?:non[- ]curables?|incurables?|not[- ]curable|non[- ]?curati(?:f|ve)s?|non[- ]curative)"
_SETTING = r"(?:situations?|stades?|phases?|maladies?|contexte|setting|disease|cancer|stage)"
_JOINT = r"\s?(?:/|,|\bet/ou\b|\bou\b|\band/or\b|\bor\b|\bet\b|\band\b)\s?"
_NOT_CURABLE = hinted(
    rf"\b(?P<noun>{_SETTING})\s(?:{_MATE}{_JOINT})*{_INCURABLE}(?:{_JOINT}{_MATE})*(?![\w-])|"
    rf"\b(?:{_MATE}{_JOINT})*{_INCURABLE}(?:{_JOINT}{_MATE})*\s(?P<en>{_SETTING})\b"
)
_TREATED = re.compile(
    r"\b(?:trait\w+|ttt?|therap\w+|\w*chimio\w*|\w*chemo\w*|immuno\w*|hormono\w*|treat\w+|lignes?|lines?|recue?s?|received)\b"
    r"[^.;]{0,60}$"
)
_SMALL = r"(?:c[bp]?pc|sclc|(?:carcinome )?a petites cellules|small[- ]cell)"
_NOT_SMALL = r"(?:cbnpc|nsclc|non a petites cellules|non[- ]small[- ]cell)"
_MIXED_WORD = r"(?:mixtes?|mixed|combinee?s?|combined|composites?)"
_MIXED = hinted(
    rf"\b(?:(?:histo(?:logies?)?|histology|carcinomes?|carcinomas?|tumeurs?|formes?|composantes?)\s)?(?:{_MIXED_WORD}\s"
    rf"(?:{_SMALL}\s?(?:/|-|\+|et|and)\s?{_NOT_SMALL}|{_NOT_SMALL}\s?(?:/|-|\+|et|and)\s?{_SMALL})|"
    rf"(?:{_SMALL}\s?(?:/|-|\+|et|and)\s?{_NOT_SMALL}|{_NOT_SMALL}\s?(?:/|-|\+|et|and)\s?{_SMALL})\s{_MIXED_WORD})(?![\w-])"
)

_OTHERS = hinted(
    r"(?P<joint>,?\s(?:et/ou|and/or|ou|et|or|and|ni)\s)(?P<other>(?:d'|de )?(?:toute?s? |any )?(?:autres?|other) "
    r"(?:\w+ )?(?:drivers?|alterations?|anomalies?|aberrations?|mutations?|addictions?|genes?|rearrangements?|fusions?|"
    r"biomarqueurs?)(?: [a-z'-]+){0,3}?(?: (?:de |du |d'|of )?[a-z0-9]+)?)\s\(\s?"
    r"(?:(?:p\.? ?ex\.?|par exemple|ex\.?|e\.g\.,?|i\.e\.,?|notamment|dont|"
    r"telle?s? que|comme|"
    r"such as|including|incl\.)[\s:]*)?(?P<list>[^():;]{3,120}?)(?:,?\s?(?:…|\.\.\.|etc\.?))?\s?\)"
)
_NARROWED = re.compile(
    r"\b(?:sauf|hors|except\w*|si|if|sans|non|pas|no|not|selon|avec|with|without|apres|quel\w*|any|tout\w*)\b"
)

_VARIANTS = re.compile(r"[A-Z]\d{2,4}[A-Z*](?:\s?(?:,|/|\bou\b|\bor\b|\bet\b|\band\b)\s?[A-Z]\d{2,4}[A-Z*])*")

_BY_ITS_STAGE = hinted(
    r"\s(?:localement[ -]avanc[ée]e?s?|locally[- ]advanced)(?P<mark>,\s|\s\(|\s:\s)(?=(?:de )?[Ss]ta(?:d|g)es? "
    r"(?:III?)[A-C]?(?:\s?(?:-|–|/|,|à|ou|et|or|to|and)\s?(?:III?)[A-C]?)*(?![\w/-]|\s?(?:-|–|/|,|à|ou|et|or|to|and)\s?I))"
)
"""« Cancer du rectum localement avancé, stade II ou III »: the stage tells what is meant by it."""


def _others_listed(text: str) -> str:
    """« EGFR, ALK ou autre driver (ROS1, RET) » as « EGFR, ALK, ROS1, RET ou autre driver »."""
    told = _OTHERS.search(plain(text))
    if told is None or _NARROWED.search(told["list"]):
        return text
    names = text[slice(*told.span("list"))]
    listed = MARKER_NAMES.find(names) or _VARIANTS.fullmatch(names)
    if not (listed and MARKER_NAMES.find(text[: told.start()])):
        return text
    joint, other = (text[slice(*told.span(name))] for name in ("joint", "other"))
    return f"{text[: told.start()]}, {names}{joint}{other}{text[told.end() :]}"


def in_words(text: str) -> str:
    """The text with such words written out; itself where there are none."""
    text = _NONE_OF.sub(lambda match: f"{match['lead']}{'no' if match['en'] else 'aucun'} ", text)
    text = _others_listed(_BY_ITS_STAGE.sub(lambda match: " (" if "(" in match["mark"] else " ", text))
    folded = plain(text)
    for match in reversed([*_MIXED.finditer(folded)]):
        text = f"{text[: match.start()]}CBPC combiné{text[match.end() :]}"
    folded = plain(text)
    for match in reversed([*_NOT_CURABLE.finditer(folded)]):
        if _TREATED.search(folded[: match.start()]):
            said = "advanced disease" if match["en"] else f"{match['noun']} avancée"
            text = f"{text[: match.start()]}{said}{text[match.end() :]}"
    return text
