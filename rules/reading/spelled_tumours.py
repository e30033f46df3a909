"""What is said of a tumour at the head of a line, written as the vocabularies have it. The meaning never changes.

- « Gliome IDH muté de grade 2 ou 3 » is a glioma of grade 2 or a glioma of grade 3, IDH mutated.
- « Sarcome des tissus mous, grade 2-3 » is graded by the FNCLCC; « codélété », of a glioma, is of 1p/19q.
- « Platinum-naive », « BCG-naïf » is naive of it.
"""

import re

from rules.hinted import hinted
from rules.histologies import HISTOLOGY_NAMES
from rules.reading.clause import plain

_MAY_HOLD = hinted(r"(?i)\bgrades?\b|cod[ée]l[ée]|-na[iï]")
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
_GLIAL = hinted(r"glio(?:m|b)|astrocyt|oligodendr|glial")
_NAIVE = re.compile(
    r"(?i)(?<![\w-])(?P<what>(?!treatment|therapy|traitement|castration|hormon)[a-zé][\w/]*(?:-\d)?)-"
    r"na[iï](?:ve|f|fs|ves)(?!\w|\s?\()"
)


def tumours_spelled(text: str) -> str:
    """The text with such words written out; itself where there are none."""
    if not _MAY_HOLD.search(text):
        return text
    folded = plain(text)
    if _GLIAL.search(folded) or "meningiom" in folded:
        text = _codeleted(_graded(text))
    elif _OF_SOFT_TISSUE.search(folded) and not _OF_BONE.search(folded):
        text = _soft_tissue_graded(text)
    if naive := _NAIVE.search(text):
        rest = f"{text[: naive.start()].rstrip()} {text[naive.end() :].lstrip()}".strip(" .,")
        return f"{rest}, naïf de {naive['what']}"
    return text


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
    return next(
        (name for name in (f"{noun} grade {grade}", f"grade {grade} {noun}") if HISTOLOGY_NAMES.exact(name)), ""
    )


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
