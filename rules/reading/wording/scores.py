"""Groups of a score, told before or around its name, written as the tables have them: name first, then the groups.

« De pronostic intermédiaire ou mauvais (IGCCCG) », « risque favorable ELN 2022 », « haut risque selon l'IPSS-R ».
"""

import re

from rules.hinted import hinted

_SYSTEM = (
    r"(?:IGCCCG|IMDC|MSKCC|ELN(?:[ -]?20\d\d)?|IPSS(?:-?[RM])?|DIPSS(?:[- ]plus)?|s?-?MIPI|FLIPI|NCCN|D['’ ]?Amico|"
    r"R2?-?ISS|Sokal|ELTS|CLL-IPI|aaIPI|IPI)"
)
_LEVEL = (
    r"(?:(?:tr[èe]s |very )?(?:faible|bas|low|interm[ée]diaire|intermediate|haut|[ée]lev[ée]|high|favou?rable|"
    r"unfavou?rable|d[ée]favorable|bon|good|mauvais|poor|adverse)e?s?"
    r"(?:[- ](?:1|2|I{1,2})\b)?(?: (?:d[ée])?favorable)?)"
)
_LEVELS = (
    rf"(?P<levels>{_LEVEL}(?:\s?(?:,|/|-|\bou\b|\bet\b|\bor\b|\band\b|\bto\b|\bà\b)\s?(?:de |à |d['’]un )?{_LEVEL})*)"
)
_SCALE = (
    r"(?:pronosti(?:c|que)s?|risques?|groupes?(?: pronostiques?| de risque)?|risk(?: group)?|prognos(?:is|tic group))"
)
_PER = (
    r"\s?,?\s?\(?(?:(?:selon|d['’]apr[èe]s|per|as per|according to|by|du|de|des|d['’])\s?)?(?:l[ae]s? |the |l['’])?"
    r"(?:(?:crit[èe]res?|classification|scores?|groupes?|recommandations?)\s?(?:pronostiques? )?(?:de |du |d['’]|des )?"
    r"(?:l['’]|la |le )?)?"
)
_LEAD = r"(?P<lead>^|,?\s\(?)(?:(?:à|a|de|d['’]un|avec un|au|with|of|at)\s)?"
_ENDS = r"(?![\w-])\)?(?!\s?(?:[<>≥≤=]|\d|(?:de |of |score )?\d))"
_FORMS = (
    hinted(rf"(?i){_LEAD}{_SCALE}\s{_LEVELS}{_PER}(?P<name>{_SYSTEM}){_ENDS}"),
    hinted(rf"(?i){_LEAD}{_LEVELS}[ -]{_SCALE}{_PER}(?P<name>{_SYSTEM}){_ENDS}"),
    hinted(rf"(?i){_LEAD}{_SCALE}\s(?P<name>{_SYSTEM})\s{_LEVELS}(?![\w-])"),
)
_MAY_HOLD = re.compile(r"IGCCCG|IMDC|MSKCC|ELN|IPSS|MIPI|FLIPI|NCCN|Amico|ISS\b|Sokal|ELTS|IPI\b", re.IGNORECASE)


_ANY_LEVEL = re.compile(rf"(?i)\b{_LEVEL}")


def scores_spelled(text: str) -> str:
    """The text with the groups behind the name of their score; itself where there are none."""
    if not _MAY_HOLD.search(text):
        return text
    for pattern in _FORMS:
        match = pattern.search(text)
        if match is None or _ANY_LEVEL.search(re.split(r"[,;(]", text[: match.start()])[-1]):
            continue  # « intermédiaire-1 symptomatique à haut risque (DIPSS) »: a range that begins before
        joint = "" if match.start() == 0 else ", "
        opened = match[0].count("(") - match[0].count(")")
        if opened:
            continue
        levels = _with_the_utmost(match["name"], match["levels"])
        return f"{text[: match.start()]}{joint}{match['name']} {levels}{text[match.end() :]}"
    return text


_BEYOND = re.compile(r"(?i)NCCN|IPSS-?[RM]|CLL-IPI")
"""Scores with a group above the high one, and one below the low one, which are meant too."""
_HIGH = re.compile(r"(?i)\b(?:haut|[ée]lev[ée]|high)e?s?$")
_LOW = re.compile(r"(?i)^(?:faible|bas|low)e?s?\b")


def _with_the_utmost(name: str, levels: str) -> str:
    if not _BEYOND.match(name) or re.search(r"(?i)tr[èe]s|very", levels):
        return levels
    return (
        f"{'très faible ou ' if _LOW.search(levels) else ''}{levels}{' ou très élevé' if _HIGH.search(levels) else ''}"
    )
