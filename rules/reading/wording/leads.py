"""The first lines of a protocol as officers type them, written as the recognisers know them.

- « Première ligne à base de platine », « par A et B » is one of it, of « A + B »; « taxane-platine » is both.
- « Concomitants ou séquentiels » is either way, and asks nothing.
- « RET+ naïf » is naive of treatment; « en 2e ligne après A » had A; « chimioréfractaire (A, B) », to each.
"""

import re

from rules.hinted import Expression, hinted
from rules.reading.clause import plain
from rules.treatments import find_treatments

_COURSE = r"(?:\s(?:de traitement(?: systemique)?|systemique|standard|anterieure|prealable|metastatique))*"
_LINE_OF = hinted(
    r"\b(?:progress\w*|echec|rechut\w*|recidiv\w*|refractaire|apres|suite a)\s[^,;:.()]{0,40}?"
    rf"\b(?P<line>(?:1re|1ere|premiere) ligne{_COURSE})\s"
    r"(?:a base (?=d)|(?:par|avec|associant|combinant)\s(?:(?:bi|tri)?chimiotherapie (?:par |de |a base de ))?"
    r"(?:(?:une? |l')?(?:association|combinaison|doublet) (?:de |d'|par )?)?)(?P<what>[^,;:.()]{4,80}?)"
    r"(?=\s*(?:$|[,;.()]| (?:et|ou) (?:une?|ayant|en|sans|avec|non)\b| (?:pour|en|dans|depuis|datant) ))"
)
"""What a line was made of, told behind it."""
_RANK_BETWEEN = hinted(
    r"\b(?P<what>chimiotherapie|chemotherapy|traitement|therapie)(?P<rank> (?:de |d'|en )(?:1re|1ere|premiere|2e|"
    r"deuxieme) "
    r"ligne(?: de traitement)?)(?P<of> a base de?\b ?'?[^,;:.()]{4,50}?)(?=\s*(?:$|[,;.()]| (?:pour|en|dans|depuis|"
    r"et|ou) ))"
)
"""« Chimiothérapie de première ligne à base de platine »: the rank behind what it is of."""
_HAD_FIRST = hinted(
    r"\b(?:recu|received)\s(?P<line>(?:une |la |leur |sa )?(?:1re|1ere|premiere) ligne(?: de (?:chimiotherapie|"
    r"traitement)"
    r"(?: systemique)?)?\s(?:a base )?(?:de |d'|par |avec |associant ))(?P<what>[^,;:.()]{4,80}?)"
    r"(?=\s*(?:$|[,;.()]| (?:et|ou) (?:une?|ayant|en|sans|avec|non)\b| (?:pour|en|dans|depuis|datant) ))"
)
"""« Ayant reçu une première ligne de platine »: platinum as first line."""
_OF_WHICH = hinted(
    r"(?i)(?<=\w),?\sdont (?:au moins )?(?:une|1) (?:ligne )?(?:(?:à base |contenant )(?:de |d['’]|des |du |un |une )|"
    r"(?<=ligne )(?:de |d['’]|par |contenant (?:un |une )))(?=\w)"
)
"""« 2 lignes dont une (ligne) à base de platine »: with it."""
_CLEAN = re.compile(r"(?i)\b(?:chirurgie|exérèse)(?: curative)? (?P<r>R0)(?![\w/-])")
_AROMATASE = re.compile(
    r"\b(?P<by>sous|par|par un|un|à un|avec un|et|ou|d['’]un) IA\b(?![-/ ]?(?:[1-3]|à|ou|I))(?!\s?,?\s?stade)"
)
_INTOLERANT = re.compile(
    r"(?i)\bintolérante?s? (?:ou|et/ou) (?:en )?(?:échec|progression|réfractaires?|résistante?s?)(?: (?:sous|de|"
    r"d['’]|à|a|aux?))*"
    r"(?P<to> (?=l['’]|\w))"
)
_WITHSTOOD_OR = re.compile(
    r"(?i)(?P<extent>(?:avanc[ée]e?s?|m[ée]tastatiques?|r[ée]cidivante?s?|r[ée]s[ée]cables?)),? (?:réfractaires?|"
    r"résistante?s?) "
    r"(?P<or>ou|et/ou) (?=intolérante?s? (?:à|aux?) )"
)
_WITH_IMMUNO = re.compile(
    r"(?i)(?P<cue>\b(?:candidate?s?|éligibles?|relevant|justiciables?|eligible) (?:à|pour|d['’]|for|to) ?(?:une |a )?)"
    r"(?:immuno-?chimiothérapie|chimio-?immunothérapie|chemo-?immunotherapy) (?=(?:n[ée]o-?adj|p[ée]ri-?op|"
    r"pr[ée]-?op|adj)[^\s,;.]*\s*(?:$|[,;.]))"
)
_PLANNED = re.compile(
    r"(?i)(?<=, )(?P<what>chimiothérapie|radiochimiothérapie|traitement)(?P<when> (?:néo-?adjuvante?|péri-?opératoire|"
    r"préopératoire|adjuvante?))(?: [A-Z]{4,8})? (?:prévue?|planifiée?|envisagée?|programmée?)(?=\s*(?:$|[,;.]))"
)
_DUAL = re.compile(
    r"(?i)(?:double|bi-?) ?(?:immunothérapie|immunotherapy) \((?P<a>\w+(?:mab))\s?[-+/]\s?(?P<b>\w+(?:mab))\)"
)
_PROGRESSING = re.compile(r"(?i)(?<=[a-zé]) progressant (?=sous|après)")
_AFTER_LINES = re.compile(
    r"(?i)(?P<adj>\b(?:récidivante?|métastatique|avancée?)) après (?=(?:au moins|≥|>=|\d) ?(?:une|deux|"
    r"trois|\d)? ?lignes?)"
)
_AFTER_LAST = re.compile(r"(?i)(?<=, )(?:après|after) (?P<what>(?:\w[\w-]*)(?: (?:et|and|ou|or|\+) \w[\w-]*){0,2})\W*$")
"""« …, after platinum »."""
_POST = re.compile(r"(?i)(?<=[,;] )post-(?=\w+(?:nib|mab|platine?|platinum|lisib|ciclib|IO\b|anti-|TKI|ITK))")
_OF_COMPLETING = re.compile(
    r"(?i)(?P<when>\bwithin \d+ (?:days|weeks|months|years)) (?:of|after|from|following) (?:the )?(?:completing|"
    r"finishing|"
    r"stopping|discontinuing|completion of|end of|discontinuation of) (?:of )?(?:the )?"
)
_BASED = re.compile(r"(?i)\b(?P<a>[\w-]+)-(?P<b> or [\w-]+-based)\b")
"""« 5-FU- or gemcitabine-based therapy »."""
_BOTH_BASED = re.compile(
    r"(?i)(?<=line of )(?P<a>[\w-]+)- and (?P<b>[\w-]+)-based"
    r"(?: (?:combination )?(?:chemotherapy|therapy|treatment|regimen))?"
)
_DET = r"(?:(?:de|des|du|un|une|la|le|les)\s|[dl]['’])"
_ARTICLES = re.compile(rf"^{_DET}+")
_AND = re.compile(rf",? (?:et|plus) {_DET}*(?=\w)")

_CHAINED = hinted(
    r"(?<![\w-])(?P<chain>(?:[a-z]{5,}s?-)*(?:platine|taxanes?|fluoropyrimidines?|anthracyclines?|immunotherapie|"
    r"bevacizumab|trastuzumab|gemcitabine|pemetrexed|etoposide)(?:-[a-z]{5,}s?)+)(?![\w-])|"
    r"(?<![\w-])(?P<end>(?:[a-z]{5,}s?-)+(?:platine|chimiotherapie|chemotherapy|taxanes?|fluoropyrimidines?|"
    r"anthracyclines?|"
    r"immunotherapie))(?![\w-])"
)
"""« Taxane-trastuzumab-pertuzumab »: a protocol by its drugs or classes."""

_WAY = (
    r"(?:concomitant\w*|concurrent\w*|simultane\w*|conjoint\w*|ensemble|associe\w*|combine\w*|combined|in combination|"
    r"combination|together|en (?:association|combinaison)|concurrently)"
)
_TURN = (
    r"(?:sequentiel\w*|sequential\w*|successi\w*|separe\w*|separate\w*|in sequence|consecuti\w*|l'un apres l'autre|"
    r"en sequence)"
)
_EITHER_WAY = hinted(
    rf"(?:,?\s\(?(?:de (?:facon|maniere) |(?:given |administered |recus? |administres? |donnes? )?(?:either |soit )?)"
    rf"(?:{_WAY}\s?(?:,? ?(?:ou|or|soit|/)|et/ou|and/or)\s?(?:de (?:facon|maniere) |en )?{_TURN}|"
    rf"{_TURN}\s?(?:,? ?(?:ou|or|soit|/)|et/ou|and/or)\s?(?:de (?:facon|maniere) |en )?{_WAY})\)?)(?=\s*(?:$|[,;.)]))"
)
_SEVERAL = re.compile(r"(?:\b(?:et|and|plus)\b|[+/])")

_NAIVE = hinted(r"(?<=[\w+]),?\s(?P<naive>naifs?|naives?|vierges?)(?=\s*(?:$|[,;.)]))")
_NO_STATE = re.compile(
    r"\b(?:ou|or|et|and|non|not|pas|soit|either|castration|hormone|bcg|ni|traitements?|treatment|therap\w+)$"
)


_NEXT_AFTER = hinted(
    r"(?<!\bou )(?<!\bor )(?<!\bou en )(?P<line>\b(?:(?:en|in|as)\s)?(?:(?:[2-4](?:e|eme|nde|nd|rd|th)|deuxieme|"
    r"seconde|troisieme|second|third)"
    r"[- ](?:lignes?|line)|l[2-4]|[2-4]l),?)\s(?P<after>apres|after)\s(?:une? |la |le |l')?"
    r"(?P<what>(?!(?:echec|progression|rechute|premiere|1)\b)[^,;:.()]{4,60}?)(?=\s*(?:$|[,;.()]))"
)
_REFRACTORY_TO = hinted(
    r"\b(?:chimio-?(?:refractaire|resistante?)s?|chemo-?(?:refractory|resistant))\s?\((?P<what>[^():;]{6,150})\)"
)
_WITHSTOOD = hinted(
    r"\b(?:refractaires?|resistante?s?|refractory|resistant)\s(?P<to>a la |a l'|aux? |a |to )"
    r"(?P<what>(?!(?:la )?castration)[^();:]{4,200})$"
)
_LISTED = re.compile(r",\s(?:(?:et|and|ainsi que)\s)?|\s(?:et|and)\s")
_EACH = re.compile(
    r"(?P<joint>,\s(?:(?:et|and|ainsi que)\s)?|\s(?:et|and)\s)(?:à |a |aux? |to )?(?:(?:la|le|les|the)\s|l['’])?"
)


_WRITTEN: tuple[tuple[re.Pattern[str] | Expression, str], ...] = (
    (_AROMATASE, r"\g<by> inhibiteur d'aromatase"),
    (_OF_COMPLETING, r"\g<when> after completion of "),
    (_BASED, r"\g<a>-based\g<b>"),
    (_BOTH_BASED, r"\g<a> + \g<b>"),
    (_INTOLERANT, r"en échec ou intolérant à\g<to>"),
    (_WITHSTOOD_OR, r"\g<extent> en échec \g<or> "),
    (_WITH_IMMUNO, r"\g<cue>chimiothérapie "),
    (_PLANNED, r"candidat à une \g<what>\g<when>"),
    (_DUAL, r"\g<a> + \g<b>"),
    (_PROGRESSING, ", en progression "),
    (_AFTER_LINES, r"\g<adj>, "),
    (_POST, "prétraité par "),
    (_CLEAN, r"résection \g<r>"),
    (_OF_WHICH, " dont au moins une avec "),
)


def leads_spelled(text: str) -> str:
    """The text with such words written out; itself where there are none."""
    for match in reversed([*_RANK_BETWEEN.finditer(plain(text))]):
        rank, of = (text[slice(*match.span(name))] for name in ("rank", "of"))
        text = f"{text[: match.start('rank')]}{of}{rank}{text[match.end() :]}"
    for pattern, written in _WRITTEN:
        text = pattern.sub(written, text)
    if (told := _AFTER_LAST.search(text)) and _ends_in_a_name(text.rstrip(" .")) and _all_treatments(told["what"]):
        text = f"{text[: told.start()]}prétraité par {told['what']}"
    text = _without_ways(_lines_of(_unchained(text)))
    folded = plain(text)
    if (told := _REFRACTORY_TO.search(folded)) and _all_treatments(text[slice(*told.span("what"))]):
        what = text[slice(*told.span("what"))]
        text = f"{text[: told.start()].rstrip()}, en progression après {what}{text[told.end() :]}"
        folded = plain(text)
    if (told := _WITHSTOOD.search(folded)) and _is_list(text[slice(*told.span("what"))]):
        to = "to" if told["to"] == "to " else "au"
        text = f"{text[: told.start('to')]}{to} {_to_each(text[told.start('what') :], to)}"
        folded = plain(text)
    if (told := _NEXT_AFTER.search(folded)) and _all_treatments(text[slice(*told.span("what"))]):
        text = f"{text[: told.end('line')]}, prétraité par {text[slice(*told.span('what'))]}{text[told.end() :]}"
        folded = plain(text)
    for match in reversed([*_NAIVE.finditer(folded)]):
        if not (_NO_STATE.search(folded[: match.start()]) or _ends_in_a_name(text[: match.start()])):
            text = f"{text[: match.start()]}, naïf de traitement{text[match.end() :]}"
    return text


def _ends_in_a_name(text: str) -> bool:
    """« Anti-PD-1 naïf »: of it."""
    return any(one.end == len(text) for one in find_treatments(text))


def _lines_of(text: str) -> str:
    """« Première ligne à base de A et de B » as « première ligne de A + B »."""
    for match in reversed([*_LINE_OF.finditer(plain(text))]):
        what = text[slice(*match.span("what"))]
        what = _ARTICLES.sub("", what)
        parts = _AND.split(plain(what))
        if not all(_all_treatments(part) for part in parts):
            continue
        named = " + ".join(_AND.split(what)) if len(parts) > 1 else what
        text = f"{text[: match.end('line')]} de {named}{text[match.end('what') :]}"
    for match in reversed([*_HAD_FIRST.finditer(plain(text))]):
        what = text[slice(*match.span("what"))]
        if _all_treatments(what):
            text = f"{text[: match.start('line')]}{what} en première ligne{text[match.end('what') :]}"
    return text


def _all_treatments(text: str) -> bool:
    """Whether a treatment is named in it, and nothing of another sort stands first."""
    return bool(find_treatments(text))


def _to_each(text: str, to: str) -> str:
    """« A, B et C » as « A, au B et au C »."""
    return _EACH.sub(lambda match: f"{match['joint']}{to} ", text)


def _is_list(text: str) -> bool:
    """Whether several treatments are named, each of which is meant; what is said behind the last of them may stand."""
    parts = _LISTED.split(text)
    known = [bool(find_treatments(part)) for part in parts]
    return len(parts) > 1 and all(known) and not re.search(r"\b(?:ou|or)\b", ", ".join(parts[:-1]))


def _unchained(text: str) -> str:
    for match in reversed([*_CHAINED.finditer(plain(text))]):
        chain = text[slice(*match.span())]
        parts = chain.split("-")
        known = find_treatments(chain)
        whole = len(known) == 1 and (known[0].start, known[0].end) == (0, len(chain))
        if whole or not all(find_treatments(part) for part in parts):
            continue
        text = f"{text[: match.start()]}{' + '.join(parts)}{text[match.end() :]}"
    return text


def _without_ways(text: str) -> str:
    folded = plain(text)
    for match in reversed([*_EITHER_WAY.finditer(folded)]):
        before = text[: match.start()]
        if _SEVERAL.search(folded[: match.start()]) and find_treatments(before):
            text = before + text[match.end() :]
    return text
