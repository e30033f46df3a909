"""The setting that words tell of a treatment: adjuvant, for advanced disease, of curative intent, maintenance."""

import re

from rules.hinted import hinted

_ADVANCED_MATE = (
    r"(?:(?:localement|locally)[ -])?(?:r/m(?![a-z/])|m\+|"
    r"(?<!de )(?:stades?|stages?) (?:iii ?[abc]?(?:[ -][abc])?\s?(?:/|,|-|ou|a|et|or)\s?)*iv[abc]?(?![a-z])|"
    r"avance\w*|advanced|"
    r"metastati\w*|metas(?:tases?)?(?=\s*(?:$|[,;.)/])|\s(?:ou|et|or|and)\s)|"
    r"(?:non[ -]?|un)rese[a-z]*|"
    r"inoperable\w*|"
    r"recurrent|recidivant\w*|relapsed|(?:en )?rechute(?! (?:apres|sous|malgre|post)\b)|"
    r"(?:en )?recidive(?! (?:biochimi|biologi|du psa|locale resec|apres|sous|malgre|post))|"
    r"m(?:nsclc|crc|pdac|rcc|tnbc|uc|bc|"
    r"hcc))"
)
_FREE_WORD = (
    r"(?!(?:autres?|other|second|another|prior|anterieur\w*|recu\w*|received|ou|or|et|and|non|pas|not|hormono\w*|"
    r"castrat\w*|"
    r"crpc|m?hspc|m?cspc|sensi\w*|prostat\w*|prevention|reduc\w*)\b)[a-z0-9/-]+"
)
_DISEASE_NOUN = (
    r"(?:settings?|disease|stage|cancers?|maladie|phase|situation|nsclc|sclc|cbnpc|carcinom\w*|adenocarcinom\w*|"
    r"tumou?rs?|"
    r"tumeurs?|melanom\w*|sarcom\w*|lymphom\w*|solid tumou?rs?)"
)
_ADVANCED_SETTING = (
    r"(?:(?:recue?s?|administree?s?|given|received|delivered|prescrite?s?|delivree?s?|donnee?s?)\s)?"
    r"(?:en|au|aux|dans|pour|in|for|at|du|de|contre|to treat|of)\s"
    rf"(?:(?:le|la|l'|un|une|the|their|cette|ce|leur|contexte|traitement|treatment|traiter|of|d'|de|du|stade)\s?)*"
    rf"(?:{_FREE_WORD}\s){{0,4}}?(?:{_ADVANCED_MATE}(?:\s?(?:/|,|et/ou|and/or|ou|et|or|and)\s?|"
    rf"\s)){{0,4}}{_ADVANCED_MATE}"
    rf"(?:\s{_DISEASE_NOUN})?(?:\s(?:locale|loco-?regionale))?(?:\s{_ADVANCED_MATE})?"
    rf"(?:\s(?:ou|et/ou|or)\s(?:pour\s|for\s)?(?:la\s|le\s|l'|une?\s|"
    rf"the\s)?{_DISEASE_NOUN}\s{_ADVANCED_MATE})?(?![a-z])"
)
EARLY = (
    r"(?:\(?neo-?\)?[ -]?)?(?:adjuvante?s?|adj(?![a-z])\.?)|peri-?operatoires?|perioperative|"
    r"(?:pre|post|peri)-?op(?:eratoires?|erative)?(?![a-z])(?:\s?\(port\))?"
)
_EARLY_SETTING = (
    rf"(?:(?:en|in|pour|de|as|dans|au)\s(?:(?:the|le|un|cadre|situation|contexte|phase|traitement|setting)\s)*)?"
    rf"(?:{EARLY})(?:\s?(?:/|ou|et|or|and|et/ou|and/or)\s?(?:{EARLY}))?(?:\ssetting)?(?![a-z])"
    r"(?!\s(?:ou|et|comme|or|and|/)\s(?:en |au stade |in )?(?:situation )?(?:metasta|avance|advanced))"
    r"(?!\s?(?:,|/|ou|et|or|and)\s[^()]{0,60}\b(?:lignes?|lines?)\s?\))"
)
"""« (adjuvant, 1re ou 2e ligne) » is not adjuvant treatment alone."""
_CURATIVE_SETTING = (
    r"(?:en|au|pour un)\s(?:situation|stade|phase)\s(?:precoce|localisee?)(?![a-z])|a visee curative|"
    r"curatives?(?![a-z])|with curative intent|"
    r"curative[- ]intent"
)
_PALLIATIVE_SETTING = r"a visee (?:non[ -]curative|palliative)|with (?:non-?curative|palliative) intent"
_MAINTENANCE_SETTING = r"(?:en|de|d'|as|in) ?(?:maintenance|entretien)(?: setting)?(?![a-z])|maintenance(?![a-z])"
SETTING = rf"(?:{_EARLY_SETTING}|{_PALLIATIVE_SETTING}|{_CURATIVE_SETTING}|{_MAINTENANCE_SETTING}|{_ADVANCED_SETTING})"
"""One setting in words, to stand inside a larger pattern."""

_SETTING = hinted(SETTING)


def settings_in(text: str, *, forbids: bool) -> frozenset[str] | None:
    """The settings that a piece of a marked clause names (empty: none); None where one is not understood.

    « Métastatique » alone, in what is forbidden, does not reach a treatment for locally advanced disease.
    """
    found: set[str] = set()
    for match in _SETTING.finditer(text):
        settings = _settings_of(match[0], forbids=forbids)
        if settings is None:
            return None
        found |= settings
    return frozenset(found)


def _settings_of(words: str, *, forbids: bool) -> set[str] | None:
    if re.search(r"maintenance|entretien", words):
        return {"maintenance"}
    if re.search(r"curative|precoce|localise", words) and "non" not in words and "adj" not in words:
        return {"neoadjuvant", "adjuvant", "curative"}
    if re.search(r"adj|operat|op(?![a-z])", words):
        return _early(words)
    if re.search(r"(?<!localement )(?<!locally )(?<!localement-)(?<!locally-)(?:avance|advanced)", words):
        return {"advanced"}
    if re.search(r"palliati|non[ -]?curati", words):
        return {"metastatic", "palliative"} if forbids else {"advanced"}
    if forbids and re.search(r"\br/m\b|\bm\+", words):
        return {"metastatic", "palliative"}
    far = re.search(r"metasta|(?:stades?|stages?) iv", words)
    if not far and not re.search(r"(?:stades?|stages?) iii", words):
        return None if forbids else {"advanced"}
    locally = re.search(r"avance|advanced|(?:stades?|stages?) iii", words)
    return {"metastatic", "palliative"} if forbids and not locally else {"advanced"}


def _early(words: str) -> set[str]:
    if re.search(r"(?:pre|post)-?op", words):
        return ({"neoadjuvant"} if "pre" in words else set()) | ({"adjuvant"} if "post" in words else set())
    if re.search(r"operat|peri-?op|\(neo-?\)", words):
        return {"neoadjuvant", "adjuvant"}
    after = re.search(r"(?<!neo)(?<!neo-)(?<!neo )(?<!neo\)-)adj", words)
    return ({"neoadjuvant"} if "neo" in words else set()) | ({"adjuvant"} if after else set())
