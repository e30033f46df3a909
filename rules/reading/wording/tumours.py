"""What is said of a tumour at the head of a line, written as the vocabularies have it. The meaning never changes.

- « Gliome IDH muté de grade 2 ou 3 » is a glioma of grade 2 or a glioma of grade 3, IDH mutated.
- « Sarcome des tissus mous, grade 2-3 » is graded by the FNCLCC; « codélété », of a glioma, is of 1p/19q.
- « Platinum-naive », « BCG-naïf » is naive of it.
"""

import re

from rules.hinted import hinted
from rules.histologies import HISTOLOGY_NAMES
from rules.reading.clause import plain

_MAY_HOLD = hinted(
    r"(?i)\bgrades?\b|cod[ée]l[ée]|-na[iï]|K27|\bNx\b|androg|-\s(?:or|ou|and|et)\s|de novo|chron|embl[ée]e|"
    r"IDH|uroth|R/R|iode\b|/\s?intol|\bHU\b|progressi|[ée]voluti|\d\sans\b|risque|sta[dg]es? [IV]+ \("
)
_DIGITS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_GRADE = r"(?:iv|i{1,3}|[1-4])(?![a-z0-9])"
_TO = r"\s?(?:-|/|,|\ba\b|\bto\b|\bou\b|\bet\b|\bor\b|\band\b|et/ou)\s?(?:de |of )?(?:grade )?"
_BY_WHO = r"(?:oms|who|snc|cns)"
_GRADES = (
    rf"(?:de |of )?(?:grades?|gr\.?)\s?(?:(?:{_BY_WHO}|histologiques?)\s)*(?P<list>{_GRADE}(?:{_TO}{_GRADE})*)"
    rf"(?:\s(?:de l'|selon l'|selon la classification )?{_BY_WHO}(?: (?:20)?\d\d)?)*"
)
_NOUN = (
    r"(?P<noun>(?:gliom|glioblastom|astrocytom|oligodendrogliom|oligoastrocytom|ependymom|meningiom|gangliogliom)"
    r"(?:es?|as?))"
)
_MIDDLE = r"(?P<mid>(?:\s(?!\b(?:ou|or|et/ou)\b|grade)[^\s,;:()]+){0,6}?)"
_BEHIND = hinted(rf"\b{_NOUN}{_MIDDLE},?\s\(?{_GRADES}\)?")
_AHEAD = hinted(rf"\b{_GRADES}\s(?P<mid>(?:(?!(?:and|or|with)\b)[^\s,;:()]+\s){{0,3}}?){_NOUN}")
_OF_SOFT_TISSUE = hinted(
    r"\b(?:sarcom[ae]s?\b|liposarc|leiomyosarc|fibrosarc|myxofibro|tissus mous|soft[- ]tissue|\bstm\b|\bsts\b|"
    r"angiosarc|synovialosarc)"
)
_OF_BONE = hinted(r"chondrosarc|osteosarc|\bewing|\bos\b|\bbone\b|fnclcc|endometr|uter")
_SOFT = r"(?:i{1,3}|[1-3])(?![a-z0-9])"
_SOFT_GRADE = hinted(rf"(?<![a-z])grades?\s(?:histologiques?\s)?(?=(?:de |of )?{_SOFT}(?:{_TO}{_SOFT})*)")
_OF_1P = r"(?! ?\(?(?:du |de |of )?1p)"
_CODELETED = hinted(
    rf"(?<!1p/19q )(?<!1p19q )(?<![a-z])(?P<word>(?:non[- ])?co-?delet(?:ee?s?|ed){_OF_1P}|"
    rf"codeletions?{_OF_1P})(?![a-z])"
)
_GLIAL = hinted(r"glio(?:m|b)|astrocyt|oligodendr|glial|ependym")
_NAIVE = re.compile(
    r"(?i)(?<![\w-])(?P<what>(?!treatment|therapy|traitement|castration|hormon)[a-zé][\w/]*(?:-\d)?)-"
    r"na[iï](?:ve|f|fs|ves)(?!\w|\s?\()"
)


_OF_THE_MIDLINE = re.compile(
    r"(?i)(?<=m[ée]diane )H3[ .,-]?K27M?[- ](?:mut|alt)[^\s,;]*|(?<=midline glioma, )H3[ ]?K27M?[- ](?:mut|alt)\w*"
)
"""« Gliome diffus de la ligne médiane H3K27M muté »: by its name."""
_NO_OR_UNTOLD_NODES = re.compile(
    r"(?<![A-Za-z])(?P<n0>[cp]?N0)\s?(?:ou|or|/|,|-)\s?[cp]?N?[xX](?![\w])|(?<![A-Za-z])[cp]?N[xX]\s?(?:ou|or|/)\s?(?P<last>[cp]?N0)(?!\w)"
)
"""« N0 ou Nx »: no nodes that one knows of."""
_ANDROGEN = re.compile(
    r"(?i)(?P<cue>\b(?:exprim\w+|express\w+)\b[^.;]*?)(?P<name>r[ée]cepteurs? (?:aux|des) androg[èe]nes|"
    r"androgen receptors?)"
    r"(?!\s?(?:\(?AR\)?\s?)?(?:positi|n[ée]gati|[+(≥>]))"
)
_BARE_CUE = re.compile(r"(?i)\b(?:exprim|express)\w+\s(?:l[ea]s?\s|the\s)?$")
_EITHER_IDH = re.compile(r"\bIDH-?1-?(?:\s?/\s?|\s(?:ou|or|et/ou|and/or)\s)(?:IDH-?)?2\b")
_SHARED_HYPHEN = re.compile(
    r"(?<=\w)-(?=\s(?:or|ou|and|et|and/or|et/ou)\s[A-Z][\w.]*[- ](?:mut|ampl|rearr|fus|alter|pos|driven))"
)
"""« IDH1- or IDH2-mutant »."""
_WHEN = r"(?:de novo|synchrones?|m[ée]tachrones?|d['’]embl[ée]e|synchronous|metachronous)"
_SEEN_LAST = re.compile(
    rf"(?i)(?P<meta>\bm[ée]tastati(?:que|c)s?)(?P<mid>(?:,?\s(?!ou\b|or\b|et\b|and\b|non\b|not\b)[\w'’-]+){{1,6}}?),?\s\(?"
    rf"(?P<seen>{_WHEN}(?:\s(?:ou|or|et/ou|/)\s{_WHEN})?)\)?(?=\s*(?:$|[,;.]))"
)
"""« Métastatique hormono-sensible de novo »: when the metastases were seen is said of them."""
_GRADED_SITE = re.compile(
    r"(?i)(?P<name>carcinomes? uroth[ée]lia(?:l|ux)|urothelial carcinoma)"
    r"(?P<site>(?:\s(?:de (?:la |l['’])|du |des |of the )[^\s,;:()]+"
    r"(?: (?:excr[ée]trices|sup[ée]rieures?|urinaires?|tract))*)+)"
    r"\s(?P<grade>de (?:haut|bas) grade)(?![\w-])"
)
"""« Carcinome urothélial de la vessie de haut grade » as the vocabulary has it."""


_WRITTEN_OUT = (
    (re.compile(r"\bR/R(?=\s(?:apr[èe]s|[àa] l|[àa]|aux?|after|to)\b)"), "en rechute ou réfractaire"),
    (re.compile(r"(?i)(?P<to>r[ée]fractaires? [àa] l['’]iode)(?!\s?(?:131|I131|radio|actif|\())(?!\w)"), r"\g<to> 131"),
    (
        re.compile(r"(?i)\b(?P<one>r[ée]sistan\w+|r[ée]fractaires?)\s?/\s?(?P<two>intol[ée]ran\w+)"),
        r"\g<one> ou \g<two>",
    ),
    (re.compile(r"(?<=[àa] l['’])HU\b"), "hydroxyurée"),
    (
        re.compile(
            r"\b(?P<stage>[Ss]ta[dg]es?) (?P<group>IV|I{1,3}) \((?P<parts>(?P=group)[A-D]\d?"
            r"(?:\s?(?:-|–|à|to|,|/|ou|or|et|and)\s?(?:(?:ou|or) )?(?:IV|I{1,3})?[A-D]\d?)*)\)"
        ),
        r"\g<stage> \g<parts>",
    ),
    (
        re.compile(
            r"(?i)(?<=\brisque) (?=(?:apr[èe]s [ée]chec|en (?:[ée]chec|rechute|r[ée]cidive|progression)|na[iï](?:f|ve)|"
            r"r[ée]fractaire|ne r[ée]pondant|non r[ée]pondeu|pr[ée]-?trait|trait[ée]|non trait|op[ée]r[ée]|"
            r"r[ée]s[ée]qu|nouvellement|ayant|n['’]ayant)\w*)"
        ),
        ", ",
    ),
)
_AGED = re.compile(
    r"^(?P<tumour>[A-Z][A-Za-z0-9/-]{1,9}|[A-Z][\w '’-]{0,40}?(?:omes?|[ée]mies?)(?: multiples?)?)\s"
    r"(?P<age>(?:≥|>=?|≤|<=?)\s?(?:1[6-9]|[2-9]\d)\sans)\b(?!\s?[,;]|\s(?:apr[èe]s|depuis|de suivi|sans|avant))"
)
"""« LAM ≥ 60 ans en première RC »."""
_PROGRESSIVE = re.compile(
    r"(?i)(?P<noun>\b(?:[\w-]{4,}omes?|tumeurs?|cancers?|mastocytoses?|TNE)\b"
    r"(?:\s(?!(?:non|not|ou|et|en|sous|apr[èe]s|trait[ée]\w*|par|avec|sans)\b)[\w'’-]+){0,5})\s"
    r"(?:progressi(?:f|ve)s?|[ée]voluti(?:f|ve)s?)"
    r"(?=\s*(?:$|[,;.(]|(?:selon|et|ou|non|dans|localement|m[ée]tasta\w*)\b))"
)
"""« Carcinome médullaire de la thyroïde progressif »."""


def tumours_spelled(text: str) -> str:
    """The text with such words written out; itself where there are none."""
    if not _MAY_HOLD.search(text):
        return text
    text = _SHARED_HYPHEN.sub("", _OF_THE_MIDLINE.sub("H3K27M", _EITHER_IDH.sub("IDH", text)))
    text = _NO_OR_UNTOLD_NODES.sub(lambda match: match["n0"] or match["last"], text)
    text = _ANDROGEN.sub(lambda match: f"{_BARE_CUE.sub('avec ', match['cue'])}{match['name']} positifs", text)
    text = _SEEN_LAST.sub(_seen_first, text)
    text = _GRADED_SITE.sub(r"\g<name> \g<grade>\g<site>", text)
    for pattern, words in _WRITTEN_OUT:
        text = pattern.sub(words, text)
    text = _AGED.sub(r"\g<tumour>, âge \g<age>,", text)
    text = _PROGRESSIVE.sub(r"\g<noun> en progression", text)
    folded = plain(text)
    if _GLIAL.search(folded) or "meningiom" in folded:
        text = _codeleted(_graded(text))
    elif _OF_SOFT_TISSUE.search(folded) and not _OF_BONE.search(folded):
        text = _soft_tissue_graded(text)
    if naive := _NAIVE.search(text):
        rest = f"{text[: naive.start()].rstrip()} {text[naive.end() :].lstrip()}".strip(" .,")
        return f"{rest}, naïf de {naive['what']}"
    return text


def _seen_first(match: re.Match[str]) -> str:
    """« Synchrone ou métachrone » asks nothing; else when they were seen stands behind the metastases."""
    seen = plain(match["seen"])
    both = "meta" in seen and re.search(r"sync|novo|emblee", seen) is not None
    when = "" if both else " métachrone" if "meta" in seen else " de novo"
    return f"{match['meta']}{when}{match['mid']}"


def _graded(text: str) -> str:
    """The noun with each of its grades, and what stands between them behind."""
    folded = plain(text)
    match = _BEHIND.search(folded) or _AHEAD.search(folded)
    if match is None:
        return text
    grades = _each(match["list"])
    noun, middle = text[slice(*match.span("noun"))], text[slice(*match.span("mid"))].strip()
    if plain(noun).startswith("gliobl"):  # of grade 4 by its name
        return f"{text[: match.start()]}{noun} {middle}{text[match.end() :]}" if grades == ["4"] else text
    told = [_known(noun.removesuffix("s"), grade) for grade in grades]
    if not all(told) or (len(grades) == 1 and not middle):
        return text
    rest = f" {_DIFFUSE.sub('', middle)}".rstrip()
    return f"{text[: match.start()]}{' ou '.join(told)}{rest}{text[match.end() :]}"


_DIFFUSE = re.compile(r"(?i)^diffuse?s?\b\s?")


def _known(noun: str, grade: str) -> str:
    """The name of that grade as the vocabulary has it; nothing where it has none."""
    names = (f"{noun} grade {grade}", f"grade {grade} {noun}", f"{noun} de grade {grade}")
    return next((name for name in names if HISTOLOGY_NAMES.exact(name)), "")


def _each(listed: str) -> list[str]:
    """The grades of a list; all between the ends of a range."""
    told = [_DIGITS.get(one, one) for one in re.findall(_GRADE, listed)]
    if re.search(r"-|\ba\b|\bto\b", listed) and len(told) == 2:
        return [str(number) for number in range(int(told[0]), int(told[1]) + 1)]
    return sorted(set(told))


def _soft_tissue_graded(text: str) -> str:
    match = _SOFT_GRADE.search(plain(text))
    return f"{text[: match.start()]}grade FNCLCC {text[match.end() :]}" if match else text


def _codeleted(text: str) -> str:
    match = _CODELETED.search(plain(text))
    if match is None:
        return text
    words = text[slice(*match.span("word"))]
    denied = match["word"].startswith("non")
    told = f"1p/19q {words}"
    if denied or "deletion" in match["word"]:
        told = "sans codélétion 1p/19q" if denied else f"{words} 1p/19q"
    return f"{text[: match.start()]}{told}{text[match.end() :]}"
