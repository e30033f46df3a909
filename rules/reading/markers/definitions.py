"""Definitions in brackets that only restate a result, and lists of genes by their family or their document.

« HER2 négatif (IHC 0 ou 1+, ou FISH < 1,8 si IHC 2+) » is HER2 negative, as everybody defines it. A bracket that leaves
out a part of the definition (« IHC 0 », « 3+ ») narrows, and stays for the recognisers to read.
"""

import re

from rules.hinted import hinted
from rules.reading.clause import plain

_HER2_NEGATIVE = hinted(
    r"\bher-?2(?:/neu)?\s?(?:[- ]?negati(?:f|ve)s?|[- ]?neg\.?|-)\s?(?:(?:est |is )?(?:defini\w* (?:par|comme)|"
    r"defined (?:as|"
    r"by))\s?"
    r":?\s?)?(?P<bracket>\((?P<inner>[^()]*)\))"
)
_RESTATES = re.compile(
    r"(?:score|scores|ihc|immunohistochimie|immuno|f?ish|sish|dish|cish|hybridation in situ|her-?2|ratio|cep-?17|/|,|"
    r";|:|"
    r"0|1\+|2\+|1|2|ou|or|et|and|et/ou|soit|either|si|if|avec|with|en|par|by|a|to|-|non|not|pas|negati\w*|neg|\bneg\.|"
    r"amplifi\w+|amplification|sans|without|no|faite?s?|realisee?s?|done|performed|disponible|available|test|ihc0|"
    r"selon|per|asco|cap|asco/cap|recommandations?|guidelines?|criteres?|20\d\d|[<≤]|\d[.,]\d+|copies?|copie|nombre|de|"
    r"moyen|cellules?|cell|gene|par cellule|d'|l'|-(?!\d))"
)
_TOKEN = re.compile(r"asco/cap|[a-z][a-z0-9'/-]*|[0-3]\+|\d+(?:[.,]\d+)?|[<≤≥>=,;:/+-]")
_ZERO = re.compile(r"(?<![\d.,])0(?!\d|[.,]\d)|\bihc0\b")
_ONE = re.compile(r"(?<!\d)1\s?\+|(?<![\d.,])1(?=\s?(?:\)|,|ou|or|/|;|$))")
_BY_ISH = re.compile(r"ish|hybridation|amplifi|ratio")


def _restates_negative(inner: str) -> bool:
    """Whether a bracket tells all that is HER2 negative: 0, 1+, and 2+ (or whatever IHC) that is not amplified."""
    if not (_ZERO.search(inner) and _ONE.search(inner) and _BY_ISH.search(inner)):
        return False
    return all(_RESTATES.fullmatch(word) for word in _TOKEN.findall(inner)) and not re.search(r"3\s?\+|[>≥]", inner)


_HPV = hinted(r"\bhpv\s?(?:\+|positi(?:f|ve)s?)\s?\((?P<inner>[^()]*\bp16\b[^()]*)\)")
_P16_ONLY = re.compile(
    r"(?:(?:ihc|immuno\w*|par|en|by|on|et/ou|ou|or|pcr|adn|arn|dna|rna|ish|hybridation|in|situ|hpv(?:-?\s?1[68])?|"
    r"positi\w+|positive|\+|biologie|moleculaire|test|typage|,|/|;)\W*)*"
)
_WRITTEN = (
    (
        hinted(
            r",?\s(?:primaire|primitive|de novo|primary) (?:ou|or) (?:secondaire|secondary) (?:a|to) (?:une? |"
            r"an? )?[^,;:.()]+"
            r"(?=\s*(?:$|[,;.)]))"
        ),
        "",
    ),
    (
        hinted(
            r"\s?\((?:[^()]{0,80}\b(?:ou|or) )?(?:toutes? (?:les )?(?:autres? )?(?:tumeurs? solides?|histologies?)|"
            r"tou[st] (?:les )?"
            r"types? (?:tumoraux|tumora\w*|histologiques?)|any (?:other )?(?:solid )?tumou?r(?: type)?s?)\)"
        ),
        "",
    ),
    (
        hinted(
            r"\s?\((?![^()]*(?:mesurable|measurable|progress|evolut|[≥≤<>]))[^()]{0,30}\b(?:pcwg ?\d?|"
            r"i?m?recist(?: ?v?\d\.\d)?|"
            r"rano(?: ?\d\.\d)?|lugano(?: \d{4})?|iwcll(?: \d{4})?|cheson(?: \d{4})?)\b[^()]{0,30}\)"
        ),
        "",
    ),
    (
        hinted(
            r"(?:(?<=sans )|(?<=absence d')|(?<=pas d'))autres? (?=(?:alterations?|mutations?|fusions?|anomalies?|"
            r"rearrangements?) "
            r"(?:de |du |d'|de l')?(?:egfr|alk|ros1|braf|ret|met|k-?ras|her-?2|ntrk|fgfr))"
        ),
        "",
    ),
    (
        hinted(
            r"(?:(?<=\dp\))|(?<=\dq\))|(?<=tp53))\s\((?:≥|>=?|au moins)\s?\d+\s?% "
            r"(?:des |de |of )?(?:noyaux|cellules|nuclei|cells)[^()]*\)"
        ),
        "",
    ),
    (
        hinted(
            r"\s?\((?:(?:sous-)?type )?(?:non[- ]?)?(?:gcb|gc|abc)(?:\s?(?:ou|,|/|et|or|and)\s?(?:non[- ]?)?(?:gcb|"
            r"gc|abc))+\)"
        ),
        "",
    ),
    (hinted(r"\((?:tres )?probablement\)(?=\s*pathog)"), "pathogène ou probablement"),
    (hinted(r"\(likely\)(?=\s*pathog)"), "pathogenic or likely"),
    (hinted(r"\bconstit\.?(?=[\s,;)/])"), "constitutionnelle"),
    (hinted(r"(?<=\bbrca) ?1 ?(?:et/ou|and/or|&) ?2\b"), "1/2"),
    (
        hinted(r"(?:≥|>=)\s?(?:1|une?|one)\s?(?=(?:alteration|anomalie|mutation|variant|gene)s?\b)"),
        "au moins une ",
    ),
    (
        hinted(
            r"(?:(?:≥|>=|at least|au moins|any)\s?(?:1|one|l'une?|une?)|(?<![a-z'])l'une?|(?<![a-z])one|"
            r"(?<![a-z])any)\s?"
            r"(?:of|des|parmi)(?: the| les)?(?: \d+)?(?= (?:hrr|hr|homologous recombination(?: repair)?) genes?\b)"
        ),
        "",
    ),
    (
        hinted(
            r"(?:,\s?)?\b(?:d'|de )?(?:(?:au moins )?(?:une?|l'un)|an?|any|one)\s(?:(?:autres?|other|"
            r"another) )?(?:des )?"
            r"genes? (?:de la liste|of the list|parmi(?: la liste)?|suivants?|from the list|in the list)"
            r"(?=\s?[:(](?!\s?(?:cf|voir|see|liste|annexe|protoc)))"
        ),
        "",
    ),
    (
        hinted(
            r"(?:(?<=gene)|(?<=genes)) (?:impliques? dans la |de la (?:voie de )?|de )?(?:reparation de l'adn|ddr|"
            r"dna damage repair|"
            r"dna repair|reparation)(?=\s?[:(])"
        ),
        "",
    ),
    (
        hinted(
            r"\s?\((?:(?:selon|cf\.?|voir|see|per|as per|dans|in) )?(?:la |the |une? )?(?:liste|list|panel|panneau|"
            r"annexe|appendix)"
            r"(?: \w+){0,2}? (?:du |au |de l'|in |of |the |en )*(?:protocole?|annexe|etude|study|protocol|appendix)"
            r"(?: \w{1,3})?\)"
        ),
        "",
    ),
    (
        hinted(
            r"\b(?:la |l'une? des |genes? (?:de la )?)?(?:famille|family|complexe|groupe)(?: (?:de |des |d'|"
            r"du )?(?:genes? )?)?"
            r"\s?fanc(?:oni|-?x)?\b(?! (?:anemia|anemie))|\bfanc(?:-?x|\*)? (?:family|famille|genes?)\b"
        ),
        "FANCA, FANCB, FANCC, FANCD2, FANCE, FANCF, FANCG, FANCI, FANCL, FANCM",
    ),
)


def restated(text: str) -> str:
    """The text without such brackets, families written out; itself where there are none."""
    folded = plain(text)
    for match in reversed([*_HER2_NEGATIVE.finditer(folded)]):
        if _restates_negative(match["inner"]):
            text = text[: match.start("bracket")].rstrip() + text[match.end("bracket") :]
    folded = plain(text)
    for match in reversed([*_HPV.finditer(folded)]):
        if _P16_ONLY.fullmatch(match["inner"].replace("p16", "")):
            text = f"{text[: match.start()]}HPV positif ou p16 positif{text[match.end() :]}"
    for pattern, words in _WRITTEN:
        folded = plain(text)
        for match in reversed([*pattern.finditer(folded)]):
            text = text[: match.start()] + words + text[match.end() :]
    return text
