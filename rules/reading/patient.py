"""The patient in a clause of criteria: age, sex, performance, and what he or she can have.

Sex is read only where it is the subject of the criterion; both sexes ask nothing, and are left to the neutral words.
"""

import re

from rules.criteria import Kind, SexIs
from rules.reading import age, performance, suitability
from rules.reading.clause import Clause, Found
from rules.reading.phrases import without_overlap

_LEAD = (
    r"^[^\w<>≥≤]*(?:(?:patients?|sujets?|participants?|adultes?|adults?|subjects?|personnes?|jeunes?|be|is|a|an|"
    r"must be|healthy)\s(?:de\s)?)*(?:sexe\s?:?\s)?"
)
_MALE = re.compile(
    _LEAD
    + r"(?P<sex>hommes?|men\b|males?|masculin|garcons?)\b(?:\s(?:patients?|subjects?|participants?|adults?|gender|"
    r"sex))?"
)
_FEMALE = re.compile(
    _LEAD + r"(?P<sex>femmes?|women|woman|females?|feminin|filles?)\b(?:\s(?:patients?|subjects?|participants?|adults?|"
    r"gender|sex))?"
)
_SUBJECT_GOES_ON = re.compile(
    r"\s*(?:$|[.,;]?\s*$|,?\s*\(?(?:age|agee|ages|aged|de plus de|de \d|entre \d|d'au moins|ayant|avec un cancer|"
    r"avec un ca|avec une tumeur|"
    r"atteint|present|porteu|souffrant|with (?:a )?(?:histolog|cytolog|patholog|metasta|biopsy|localis|locali|"
    r"adenoc|castration|newly|breast|prostate|"
    r"ovar|cervical|endometr|advanced|confirmed|diagnos|stage|invasive|early|recurrent|high)|who have (?:histolog|"
    r"a diagnosis)|diagnosed|"
    r"[<>≥≤\\=]|\d|adulte|adult|menopausee?s?\b|postmenopausal|post-menopausal|premenopausal))"
)
_NOT_THE_SUBJECT = re.compile(
    r"contracep|gross|enceinte|procre|allait|pregnan|childbearing|fertil|partner|partenaire|sperm|test\b|lactat|"
    r"breast-?feed|nursing|abstin|"
    r"sexuel|sexual|amenorr|hysterec|ovariec|oophorec|considere|considered|condom|preservatif|barrier|barriere"
)
_MEN = re.compile(r"\b(?:hommes?|men|males?|masculin|garcons?)\b")
_WOMEN = re.compile(r"\b(?:femmes?|women|females?|feminin|filles?)\b")


def recognise(clause: Clause) -> list[Found]:
    """Everything the clause says of the patient; spans do not overlap."""
    return without_overlap(
        [*suitability.recognise(clause), *performance.recognise(clause), *_sex(clause), *age.recognise(clause)]
    )


def _sex(clause: Clause) -> list[Found]:
    plain = clause.plain
    for pattern, sex in ((_MALE, "male"), (_FEMALE, "female")):
        match = pattern.match(plain)
        if match and _SUBJECT_GOES_ON.match(plain, match.end()) and not _about_both_or_fertility(plain):
            return [Found(match.start("sex"), match.end(), SexIs(sex), Kind.SEX)]
    return []


def _about_both_or_fertility(plain: str) -> bool:
    return bool(_NOT_THE_SUBJECT.search(plain) or (_MEN.search(plain) and _WOMEN.search(plain)))
