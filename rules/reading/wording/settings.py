"""What is said around a treatment and narrows nothing: every setting, a part that is optional, the line discussed.

« (néoadjuvant, adjuvant ou métastatique) » is in any setting; « (chirurgie ± RT) » is the surgery; « avant la L2 en
cours » is what every earlier line is. « Tout traitement dans les 6 mois (chirurgie permise) » names what it forbids.
"""

import re

from rules.hinted import hinted
from rules.reading.clause import plain

_EARLY = r"(?:\(?neo-?\)?-?\s?adj(?:uvante?s?)?|adj(?:uvante?s?)?|peri-?operatoires?|a visee curative|curati(?:f|ve)s?)"
_LATE = r"(?:metastatiques?|metastatic|meta|m\+|avancee?s?|advanced|palliati(?:f|ve|ves|fs)|recidivante?s?|r/m)"
_LEAD = (
    r"(?:(?:en|au|aux|a|la|le|l'|in|for|pour|de|que ce soit|soit|either|whether) ?)*"
    r"(?:(?:situation|stade|phase|contexte|maladie|setting|traitement)s? )?"
)
_ONE = rf"{_LEAD}(?:{_EARLY}|{_LATE})(?: setting)?"
_SEP = r"\s?(?:,|/|\bet/ou\b|\bou\b|\bor\b|\bet\b|\band\b|\bcomme\b)\s?"
_EVERY = hinted(
    rf"(?P<open>\s?\(|,?\s)(?P<what>{_ONE}(?:{_SEP}(?:{_SEP})?{_ONE})+)(?P<close>\)|(?=\s*(?:$|[,;.)]|anterieur|"
    r"prealab|recu|prior)))"
)
_IS_EARLY, _IS_LATE = re.compile(r"adj|operat|curati"), re.compile(r"meta|avanc|advanc|m\+|palliat|recidiv|r/m")
_COUNTS = re.compile(r"\b(?:lignes?|lines?|l[1-9])\b")
_OF_A_TREATMENT = re.compile(
    r"\b(?:chimio\w*|trait\w+|therap\w+|immuno\w*|hormono\w*|anti-?\w+|inhibit\w+|platine|taxanes?|chemo\w*|treat\w+|"
    r"anthracyclines?|\w+(?:mab|nib|platine|taxel|lisib|ciclib))\b"
)
_SUITED = re.compile(
    r"\b(?:in)?(?:eligib\w+|accessib\w+|candidat\w+|relev\w+|justiciab\w+|susceptib\w+|suitab\w+|amenab\w+|aptes?|"
    r"fit|curab\w+|operab\w+|resecab\w+|localement avance\w*|locally advanced|sans traitement|without treatment)\b"
)
_OPTIONAL = hinted(
    r"(?<=\()(?:(?P<all>(?:±|\+/-|avec ou sans|with or without)\s?[^()\d]+)|"
    r"(?P<kept>[^()±]+?),?\s?(?:±|\+/-|avec ou sans|with or without)\s?[^(),;\d]+)(?=\))"
)
_GIVEN_WITH = re.compile(
    r"\b(?:radio\w*|rte?|irradiation|chimio\w*|chemo\w*|ct|chir\w*|surg\w*|hormono\w*|ht|immuno\w*|anti-?(?!hyp|bio|coag|vir|"
    r"eme|epi)\w+|curage|curie\w*|brachy\w*|exerese|resection|platine|\w+mab|\w+nib|adjuvant\w*)\b"
)
_DISCUSSED = hinted(
    r",?\s(?:avant|before|precedant|anterieures? a|prior to)\s(?:la |le |celle |the )?"
    r"(?:(?:l[1-9]|[1-9](?:re|e|eme)? ligne|ligne|line|traitement|treatment)\s?)?"
    r"(?:(?:de traitement )?(?:en cours(?: de discussion)?|discutee?|envisagee?|proposee?|consideree?|du protocole|"
    r"de l'(?:essai|etude)|sous discussion|under discussion))(?=\s*(?:$|[,;.)]))"
)
_TREATED = re.compile(rf"{_OF_A_TREATMENT.pattern}|\\b(?:standards?|lignes?|lines?|progress\\w*|recu\\w*|received)\\b")
_ANY_PLATINUM = hinted(
    r"\b(?:platine-?\s?)?sensibles?\s?(?:,|/|ou|et/ou|or|and|et)\s?(?:(?:ou|et) )?(?:platine-?\s?)?(?:partiellement )?"
    r"resistante?s?(?:\s?(?:,|/|ou|et/ou|or)\s?refractaires?)?\s(?:au |aux |a |to )(?:sels? de )?(?:platines?|platinum)"
)
"""« Sensible, résistante ou réfractaire au platine »: whatever came of it."""
_CAME_BACK = re.compile(r"\b(?:rechute|recidive|relapse|recurrence)\W*$")
_IN_ADDITION = hinted(
    r"(?<=\w)\s(?:en plus|en sus|supplementaires?|additionnelles?|in addition|additional)(?=\s*(?:$|[,;.)]))"
)
_UNIT = r"(?:jours?|j|semaines?|sem\.?|mois|ans?|days?|weeks?|months?|years?)(?![a-z])"
_ALLOW = r"(?:(?:est |reste )?(?:permis|autoris|accept|toler|admis|possible|allow|permit)\w*|ok|non comptee?)"
_RECENT = hinted(
    r"^\W*(?:tout |toute |any |un )?(?:autres? |other )?(?P<what>traitements?|therapies?|therapie|treatment|therapy)"
    r"(?: (?:anti-?\w+|oncologiques?|specifiques?|(?:du|de la|de l'|pour (?:le|la|l'|son|sa|ce|cette)) ?[\w' "
    r"-]{3,40}?))?"
    rf"\s(?P<when>(?:dans|within|au cours d\w+|during)\s(?:les |the |last |derniers )*\d{{1,2}}\s{_UNIT}"
    r"(?: (?:precedents?|avant|before|prior|qui precedent|derniers)[^();]*)?)"
    rf"\s?,?\s?(?:\(\s?(?:sauf |hors |hormis |except )?(?P<spared>chirurgie|chir|surgery|radiotherapie|rt|radiotherapy)"
    rf"(?: (?:\w+ )?(?:{_ALLOW}))?\s?\)|(?:sauf|hors|hormis|except|en dehors de la) (?P<but>chirurgie|chir|surgery|"
    rf"radiotherapie|"
    r"rt|radiotherapy))\W*$"
)
_MAY_HOLD = hinted(
    r"(?i)adj|op[eé]ratoire|curati|±|\+/-|avec ou sans|with or without|en cours|discut|envisag|propos|consid|protocole|"
    r"essai|[eé]tude|dans les|within|au cours|during|ceux|sensible|\(ou |\(or |\(et/ou|cell?e|celui|those|that|"
    r"m[eé]tasta|"
    r"stade|stage|trois|"
    r"deux|quatre|en plus|suppl[eé]ment|addition|ligne|line"
)


_ELSEWHERE = hinted(
    r",?\s(?:autres? qu(?:e |')|other than |hors |en dehors de |sauf )(?:ceux|celles?|celui|those|that)"
    r"(?: (?:qui (?:sont|est)|which (?:are|is)))?\s(?:decrit|mention|list|prevu|autoris|requis|exig|specifi|cit|permis|"
    r"defini|ci-|above|below|describ|allow|permit|requir|indiqu|detaill|enumer|precis)[^,;:()]*"
)
"""« Autre que ceux décrits ci-dessus »: it is told elsewhere which, and what is named beside it is no exception."""
_ALL_OF = hinted(
    r"\b(?:les|ces|the|all) (?:deux|trois|quatre|cinq|two|three|four|five)\s[^(),;:]{3,60}?\s?\(\s?(?P<each>[^()]+?)"
    r"(?P<and>,? (?:et|and) )(?P<last>[^(),]+?)\s?\)"
)
"""« Les quatre chimiothérapies (A, B, C et D) »: each of them."""
_OR_UNABLE = hinted(
    r"\s\((?P<or>(?:ou|or|et/ou|and/or) (?=[^()]*\b(?:intoler|contre-?indi|contraindi|inelig|refus|inapt|unfit|"
    r"non[- ](?:elig|candid|dispo|indiq)|pas (?:elig|candid)|impossib|indispo|toxicit|declin|not |unsuit|"
    r"unable))[^()]*)\)"
)
"""« Progression sous A (ou intolérance) »: the other way in, not a detail of the first."""
_BEFORE_LAST = hinted(
    r"(?:,?\s?(?:administree?s?|recue?s?|donnee?s?|delivree?s?|given|received|administered) )?(?:dans|en|lors de|"
    r"au cours de|in|as) (?:la |sa |leur |the )?(?:derniere ligne|ligne (?:immediatement )?precedente|"
    r"ligne la plus recente|precedente ligne|(?:immediately )?(?:previous|preceding|prior) line)(?: de traitement)?"
)


_BUT_EARLY = hinted(
    r"\b(?P<cue>sauf|hors|hormis|excepte|except|unless|a l'exception|a l'exclusion)\s?"
    r"(?:(?:for|d'|de|du|en cas de|si)\s?)?"
    r"(?:(?:1|un|une|one|le|la|l'|the|any|un seul|une seule|au plus 1|au plus un|prior|eventuel(?:le)?)\s)*"
    r"(?:(?:traitements?|therapies?|therapeutique|ligne|tt|ttt|trt)"
    r"(?: (?:systemiques?|medical|anterieure?|prealable))*\s)?"
    rf"(?:(?:en|de|a visee) )?(?P<what>{_EARLY}(?:\s?(?:,|/|\bet/ou\b|\bou\b|\bor\b)\s?{_EARLY})*)"
    r"(?:\s(?:systemic )?(?:therapy|treatment|setting)s?)?(?![\w-])"
)


def settings_spelled(text: str) -> str:
    """The text without such words, or with what they name; itself where there are none."""
    if not _MAY_HOLD.search(text):
        return text
    if recent := _RECENT.match(plain(text)):
        return _recent(text, recent)
    if told := _ANY_PLATINUM.search(plain(text)):
        back = _CAME_BACK.search(plain(text[: told.start()])) and "refract" in told[0]
        state = " ou progression" if back else ""  # who is refractory never was without disease
        text = f"{text[: told.start()].rstrip(' ,')}{state}, platine antérieur{text[told.end() :]}"
    for step in (_but_early, _or_unable, _told_elsewhere, _each_of, _in_the_last, _every_setting, _optional, _of_lines):
        text = step(text)
    return text


def _but_early(text: str) -> str:
    """« Sauf 1 traitement adjuvant », "except for adjuvant therapy": the setting alone is excepted."""
    match = _BUT_EARLY.search(plain(text))
    if match is None:
        return text
    return f"{text[: match.end('cue')]} {text[slice(*match.span('what'))]}{text[match.end() :]}"


def _or_unable(text: str) -> str:
    found = [*_OR_UNABLE.finditer(plain(text))]
    if not found or not _TREATED.search(plain(text)):
        return text
    for match in reversed(found):
        text = f"{text[: match.start()]}, {text[slice(*match.span('or'))]}{text[match.end() :]}"
    return text


def _told_elsewhere(text: str) -> str:
    told = _ELSEWHERE.search(plain(text))
    return f"{text[: told.start()]}{text[told.end() :]}, sauf si prévu ailleurs" if told else text


def _each_of(text: str) -> str:
    told = _ALL_OF.search(plain(text))
    if told is None:
        return text
    each = [*re.split(r"\s*,\s*", text[slice(*told.span("each"))]), text[slice(*told.span("last"))]]
    return f"{text[: told.start()]}{' et '.join(each)}{text[told.end() :]}"


def _in_the_last(text: str) -> str:
    told = _BEFORE_LAST.search(plain(text))
    return f"{text[: told.start()].rstrip()} comme dernier traitement{text[told.end() :]}" if told else text


def _every_setting(text: str) -> str:
    folded = plain(text)
    if not _OF_A_TREATMENT.search(folded) or _COUNTS.search(folded):
        return text
    for match in reversed([*_EVERY.finditer(folded)]):
        apart = match["open"].strip() == "(" or _given(folded[: match.start()])
        if apart and _IS_EARLY.search(match["what"]) and _IS_LATE.search(match["what"]) and _closes(match):
            text = f"{text[: match.start()]}{text[match.end() :]}"
    return text


def _given(before: str) -> bool:
    """Whether settings told without a bracket are those of a treatment that is named before them: « localement
    avancé, non éligible à un traitement curatif, ou métastatique » is no setting of anything."""
    return _OF_A_TREATMENT.search(before) is not None and _SUITED.search(before) is None


def _optional(text: str) -> str:
    for match in reversed([*_OPTIONAL.finditer(plain(text))]):
        if not _GIVEN_WITH.search(match[0]):
            continue
        if match["kept"]:
            text = f"{text[: match.start()]}{text[slice(*match.span('kept'))]}{text[match.end() :]}"
        else:
            text = f"{text[: match.start() - 1].rstrip()}{text[match.end() + 1 :]}"
    return text


def _of_lines(text: str) -> str:
    """What every earlier line is, and lines that are counted « en plus »."""
    for pattern in (_IN_ADDITION, _DISCUSSED):
        folded = plain(text)
        if _COUNTS.search(folded) and (told := pattern.search(folded)):
            text = f"{text[: told.start()]}{text[told.end() :]}"
    return text


def _closes(match: re.Match[str]) -> bool:
    """Whether a bracket that was opened closes, or none was."""
    return ("(" in match["open"]) == (match["close"] == ")")


def _recent(text: str, match: re.Match[str]) -> str:
    spared = match["spared"] or match["but"]
    what = "radiothérapie" if spared.startswith("chir") or spared == "surgery" else "chirurgie"
    return f"Traitement systémique ou {what} {text[slice(*match.span('when'))]}"
