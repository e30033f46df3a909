"""How officers name a tumour in the first lines of a protocol, written as the recognisers know it.

- « Rectum localement avancé » is a cancer of it; « luminal » without more is RH+/HER2-; « GEP-NET G2 » is a TNE G2.
- « SRS positive » tells the receptor; « CCRm, primitif gauche » is a left colorectal cancer.
- « HER2-low ou ultra-low » is one of the two; « (A, B, C exclu) » is A or B without C.
- « Early-stage cT1c N1-2 ou T2-4 » is what its categories say.
"""

import re

from rules.hinted import hinted
from rules.reading.clause import plain

_RECEPTORS = hinted(
    r"(?<![\w-])(?:srs|octreoscan|scintigraphie (?:a l'octreotide|octreoscan|sstr)|tep (?:a(?: la|"
    r" au)? )?(?:\(?68\)?-?\s?ga-?\s?)?"
    r"dota-?(?:toc|tate|noc|peptides?)|(?:tep|pet)[ -](?:sstr|dota\w*)|dotatate pet|68ga-dota\w+(?: pet)?|"
    r"imagerie (?:fonctionnelle )?(?:des recepteurs de la somatostatine|sstr)|tep aux? analogues de la somatostatine)"
    r"(?:/(?:ct|tdm|scanner))?(?:\s(?P<sign>positi(?:f|ve|fs|ves)|negati(?:f|ve))(?![\w-])|\s?\+(?=\s*(?:$|[,;.)])))"
)
_OF_ORGAN = {
    "rectum": "du rectum", "colon": "du côlon", "sein": "du sein", "ovaire": "de l'ovaire",
    "endometre": "de l'endomètre",
    "pancreas": "du pancréas", "estomac": "de l'estomac", "oesophage": "de l'œsophage", "anus": "de l'anus",
    "canal anal": "du canal anal", "vulve": "de la vulve", "col": "du col de l'utérus",
    "col uterin": "du col de l'utérus",
    "col de l'uterus": "du col de l'utérus", "col uterus": "du col de l'utérus", "vessie": "de la vessie",
    "prostate": "de la prostate", "thyroide": "de la thyroïde",
}  # fmt: skip
_BARE = hinted(
    r"^\W*(?P<organ>(?:bas |moyen |haut )?rectum(?: (?:bas|moyen|haut))?|colon|sein|ovaire|endometre|pancreas|"
    r"estomac|oesophage|œsophage|anus|canal anal|vulve|"
    r"col(?: uterin| de l'uterus| uterus)?|vessie|prostate|thyroide)s?,?\s(?=(?:localement avance|loc\w* avance|avance|"
    r"metastatique|m\+|platine|platino|rh|re\+|er\+|hr\+|her2|triple|tn\b|stades?|figo|non resecable|inoperable|"
    r"resecable|borderline|recidiv|persistant|en rechute|en recidive|[cp]?t[1-4]|i[ab][1-3]?\b|ii|iv|haut risque|"
    r"haut grade|"
    r"dmmr|pmmr|msi|mss|kras|ras|braf|brca|l[1-4]\b|[1-4]l\b|1re|operee?|resequee?|de haut|hrd|mute|infiltrant|"
    r"inflammatoire|luminal))"
)
_LUMINAL = hinted(
    r"(?<![\w-])(?<!non )(?<!hors )(?<!not )luminal(?:e|ux|es)?(?:[ -](?:a(?:\s?(?:/|ou|et|or|-)\s?b)?|"
    r"b))?(?![\w-])(?!\s?[(/,:-]?\s?(?:her2|rh|re\b|"
    r"er|hr|rp))(?! (?:like )?(?:her2|androgen|ar\b))"
)
_RECEPTORS_TOLD = re.compile(r"her-?2|\b(?:rh|re|rp|er|hr)\s?(?:\+|-|positi|negati|>|≥)|recepteurs? hormona")
_OR_ULTRA = hinted(
    r"(?i)(?P<low>her-?2[- ]?(?:low|faible))(?P<joint>\s(?:ou|or|et/ou)\s|\s?/\s?)(?P<ultra>ultra-?\s?(?:low|faible))"
)
_NET = re.compile(r"\b(?i:GEP-?NETs?)\b(?:,?\s(?:of\s|de\s)?(?=(?:[Gg]rades?|G) ?[1-3]))?")
_GRADE = r"(?:[Gg]rades?|G) ?[1-3](?:\s?(?:-|/|,|ou|or|et|à|to)\s?G?[1-3])*"
_NET_GRADE = re.compile(
    r"\b(?P<net>(?:TNE|NET|[Tt]umeurs? neuroendocrines?)s?\b[^,;:()]{0,60}?)\s"
    rf"\((?P<grade>{_GRADE})(?P<rest>[,;]\s[^()]*)?\)"
)
_NEC_G3 = re.compile(r"\bNECs?\b,? (?:de )?(?:[Gg]rade 3|G ?3)(?![\w/-])")
"""By its name."""
_GRADE_BETWEEN = re.compile(
    rf"\b(?P<net>(?:TNE|NET|NEC)s?) (?P<grade>{_GRADE})(?P<ki>(?: \([^()]*\))?) (?P<of>(?:(?:du|de la)\s|"
    rf"de l['’])\w+(?: gr[êe]le| digestif)?)"
)
_KI67 = re.compile(rf"(?P<grade>\b{_GRADE}),?\s\((?P<ki>Ki-?\s?67[^()]*)\)")
_USUAL = re.compile(r"(?i)ki-?\s?67\D{0,12}(?:3\s?(?:-|–|à|to|et)\s?20|<\s?3|≤\s?20|>\s?20|0\s?(?:-|à)\s?20)\s?%?\s*$")
"""What the grades are defined by."""
_NET_OF = re.compile(r"\b(?P<net>NETs?|TNE|TNEs),?\s(?:of|de)\s(?=(?:[Gg]rades?) ?[1-3])")
_OUT = hinted(
    r",\s(?P<what>(?!(?:et|ou|patients?|and|or)\b)[^,;:()]{3,40}?)\s(?:est )?(?:exclue?s?|excluded)(?P<end>,\s|\)|\s?$)"
)
_ALONE_OUT = hinted(r"\((?P<what>[^,;:()]{3,40}?)\s(?:est )?(?:exclue?s?|excluded)\)")
_VERB = re.compile(r"\b(?:sont|sera|seront|est|is|are|be|patient\w*|non|not|pas)\b")
_SIDE = hinted(
    r"(?<=[,(] )(?:(?:tumeur |localisation |cancer )?(?:primiti(?:f|ve) )?(?:du )?(?:cote |colon |colique )?"
    r"(?P<side>gauche|droite?)|(?P<en>left|right)(?:[- ]sided)?(?: colon)?(?: primary)?(?: tumou?r)?)(?=\s*(?:$|[,;)]))"
)
_COLORECTAL = re.compile(r"\bccr|\bmcrc\b|\bcrc\b|colorectal")
_COLORECTAL_NAME = re.compile(r"(?i)(?:carcinome |cancer )?colorectal(?: cancer| carcinoma)?|\b(?:CCR|CRC)\b")
_PRIMARY = (
    r"(?:cancers?|carcinomes?|adenocarcinomes?|tumeurs?|melanomes?|sarcomes?|ccr\b|cbnpc|cbpc|chc|tne|gist|k |"
    r"lymphomes?|"
    r"carcinoma|adenocarcinoma|melanoma|sarcoma|nsclc|sclc|crc|leiomyosarcomes?|cholangiocarcinomes?|"
    r"(?:breast|colorectal|lung|prostate|kidney|renal|ovarian|pancreatic|gastric|thyroid)\b)"
)
_METASTASES_OF = hinted(
    r"^\W*(?:patients? (?:ayant|avec|porteurs? d|presentant|with) (?:des |de |')?)?(?P<mets>(?:(?:liver|lung|brain|"
    r"bone|hepatic|"
    r"pulmonary|cerebral|unresectable|resectable|"
    r"synchronous) )*(?:oligo-?)?metastas[ei]s?(?:\(s\))?(?:\s(?!d[eu']?\s|d'|des\s|"
    r"of\b|from\b|issue|provenant|secondaire|chez|avec|apres|sans|dans|,)[^\s,;:()]+){0,6}?(?: \([^()]{1,25}\))?)\s"
    rf"(?:issues? |secondaires? (?:a )?|provenant |originaires? )?(?:d'une? |d'|de |du |des |of (?:an? )?|"
    rf"from (?:an? )?|un )"
    rf"(?P<tumour>{_PRIMARY}[^,;:()]*)"
)
"""« Métastases hépatiques d'un cancer colorectal »: the tumour, and where it went."""
_BARE_METASTASES = re.compile(r"(?i)m[ée]tastas[ei]s?(?:\(s\))?")
_BACK_OF = hinted(
    r"^\W*(?P<back>(?:premiere |1re )?(?:rechute|recidive|progression)(?: (?:platine-?\s?sensible|locale|metastatique|"
    rf"tardive))?) (?:d'une? |d'|de |du )(?P<tumour>{_PRIMARY}[^,;:()]*?)"
    r" (?=(?:plus|moins|au moins|apres|sous|dans|survenue?|>|<|≥|≤|\d|avant|a plus|a moins)\b)"
)
"""« Rechute d'un cancer de l'ovaire plus de 6 mois après … »: the tumour first."""
_OLIGO = re.compile(r"(?i)^oligo-?m[ée]tastas[ei]s?\b")
_STATE = r"(?:positi(?:f|ve)|negati(?:f|ve)|low|amplifiee?|surexprimee?|positive|negative|\+|-)"
_SUBTYPE = (
    rf"(?:(?:her-?2|rh|re|hr|er)[^\s,;]*(?: {_STATE})?|triples?[- ]negati\w+|tnbc|luminal\w*(?: [ab])?|hormono\w+)"
)
_OF_BOTH = hinted(rf"(?<![\w-]){_SUBTYPE} (?:ou|or|et/ou) {_SUBTYPE}(?P<at> )(?=(?:avec|with|et|and|ayant|having) )")
"""« RH+ ou triple négatif avec mutation BRCA »: of both."""
_GRADE_FIRST = re.compile(
    r"(?P<net>\b(?:TNE|NET|[Tt]umeurs? neuroendocrines?)s?\b[^,;:()]{0,60}?\bG ?[1-3](?:\s?(?:-|/|,|ou|or|et|à|"
    r"to)\s?G?[1-3])*)"
    r"\s(?=(?:m[ée]tasta|progress|avanc|localement|non r[ée]s|inop[ée]r|bien diff))"
)
_SSA = re.compile(r"(?<=sous )(?<!\w)analogues?(?!\s(?:de|d['’]|du|nucl|lh|gn))(?!\w)")
_STAGED = re.compile(
    r"(?i:(?P<extent>\b(?:localement )?avanc[ée]e?s?|locally advanced|advanced|pr[ée]coces?|localis[ée]e?s?)) "
    r"\((?=(?:I{1,3}|IV)[A-D]?\d?(?![\w])(?!\s?(?:/|ou|or)\s?R))"
)
_GYNAECOLOGICAL = re.compile(r"\b(?:col|cervical|cervix|uter\w*|endometr\w*|ovair\w*|ovar\w*|vulv\w*)\b")
_EARLY = hinted(
    r"\b(?:early[- ]stage|early|precoce|a un stade precoce|"
    r"de stade precoce)(?P<c>,?\s\(?)(?=c?t[1-4][a-d]?\S*\s?(?:[-/,]\s?)?"
    r"(?:c?n[0-3]|a\b|to\b|-))"
)


def primaries_spelled(text: str) -> str:
    """The text with such words written out; itself where there are none."""
    text = _NET.sub(lambda match: "TNE gastro-entéro-pancréatique" + (" " if match[0][-1:].isspace() else ""), text)
    text = _GRADE_BETWEEN.sub(_grade_last, _NEC_G3.sub("NEC", text))
    text = _NET_GRADE.sub(lambda match: f"{match['net']} {match['grade']}{match['rest'] or ''}", text)
    text = _KI67.sub(lambda match: match[0] if _USUAL.search(match["ki"]) else f"{match['grade']}, {match['ki']}", text)
    text = _left_out(_NET_OF.sub(r"\g<net> ", _OR_ULTRA.sub(r"\g<low>\g<joint>HER2-ultralow", text)))
    folded = plain(text)
    if (told := _SIDE.search(folded)) and _COLORECTAL.search(folded):
        side = "gauche" if (told["side"] or told["en"]) in {"gauche", "left"} else "droit"
        text = f"{text[: told.start()].rstrip(' ,')}{text[told.end() :]}"
        text = _COLORECTAL_NAME.sub(f"cancer colorectal {side}", text, count=1)
        folded = plain(text)
    text = _of_the_primary(text)
    text = _STAGED.sub(_with_its_system, text)
    for match in reversed([*_OF_BOTH.finditer(plain(text))]):
        text = f"{text[: match.start('at')]},{text[match.start('at') :]}"
    text = _GRADE_FIRST.sub(r"\g<net>, ", text)
    if "TNE" in text or "NET" in text or "neuroendocrine" in text:
        text = _SSA.sub("analogues de la somatostatine", text)
    folded = plain(text)
    if told := _EARLY.search(folded):
        text = f"{text[: told.start()]}M0{told['c']}{text[told.end() :]}"
    return _of_the_tumour(text)


def _grade_last(match: re.Match[str]) -> str:
    """« TNE G2 (Ki-67 …) du pancréas »: the organ next to the tumour."""
    organ = "pancréatique" if plain(match["of"]) == "du pancreas" else match["of"]
    return f"{match['net']} {organ} {match['grade']}{match['ki']}"


def _of_the_primary(text: str) -> str:
    """« Métastases de A », « rechute de A »: A, and what is said of it."""
    folded = plain(text)
    if told := _METASTASES_OF.match(folded):
        mets, tumour = (text[slice(*told.span(name))] for name in ("mets", "tumour"))
        few = _OLIGO.match(mets)
        beside = f"oligométastatique{mets[few.end() :]}" if few else f"avec {mets}"
        beside = "métastatique" if _BARE_METASTASES.fullmatch(mets) else beside
        return f"{tumour.rstrip()} {beside}{text[told.end() :]}"
    if told := _BACK_OF.match(folded):
        back, tumour = (text[slice(*told.span(name))] for name in ("back", "tumour"))
        return f"{tumour}, {back.strip().lower()} {text[told.end() :].lstrip()}"
    return text


def _with_its_system(match: re.Match[str]) -> str:
    """« Col localement avancé (IB3-IVA) » with the name of what it is staged by."""
    gynaecological = _GYNAECOLOGICAL.search(plain(match.string[: match.start()]))
    return f"{match['extent']} ({'FIGO' if gynaecological else 'stade'} "


def _left_out(text: str) -> str:
    """« A (B, C exclu), avancé » as « A (B), hors C, avancé »."""
    if (told := _OUT.search(plain(text))) and not _VERB.search(told["what"]):
        closes = told["end"] == ")"
        what = text[slice(*told.span("what"))]
        if closes:
            return f"{text[: told.start()]}), hors {what}{_COMMA.sub(', ', text[told.end() :])}"
        if told["end"].strip() == ",":
            return f"{text[: told.start()]}, hors {what}{told['end']}{text[told.end() :]}"
    return _ALONE_OUT.sub(lambda match: f"(hors {match['what']})", text)


_COMMA = re.compile(r"^\s(?=\w)")


def _of_the_tumour(text: str) -> str:
    folded = plain(text)
    for match in reversed([*_RECEPTORS.finditer(folded)]):
        sign = "négatif" if (match["sign"] or "").startswith("neg") else "positif"
        text = f"{text[: match.start()]}SSTR {sign}{text[match.end() :]}"
    if told := _BARE.match(plain(text)):
        name = told["organ"].replace("œ", "oe")
        organ = _OF_ORGAN.get(name, f"du {name}" if "rectum" in name else None)
        if organ:
            text = f"Cancer {organ} {text[told.end() :]}"
    folded = plain(text)
    told = _LUMINAL.search(folded)
    if told and not _RECEPTORS_TOLD.search(folded):
        text = f"{text[: told.start()]}RH+/HER2-{text[told.end() :]}"
    return text
