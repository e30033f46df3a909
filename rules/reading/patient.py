"""The patient in a clause of criteria: age, sex, performance, and what he or she can have.

Sex is read only where it is the subject of the criterion; both sexes ask nothing, and are left to the neutral words.
"""

import re
from dataclasses import replace

from rules.criteria import Kind, SexIs, Unread
from rules.hinted import hinted
from rules.reading import age, performance, suitability
from rules.reading.clause import Clause, Found
from rules.reading.phrases import without_overlap
from rules.reading.slots.menopause import status_asked

_LEAD = (
    r"^[^\w<>≥≤]*(?:(?:patients?|sujets?|participants?|adultes?|adults?|subjects?|personnes?|jeunes?|be|is|a|an|"
    r"must be|healthy)\s(?:de\s)?)*(?:sexe\s?:?\s)?"
)
_MALE = hinted(
    _LEAD
    + r"(?P<sex>hommes?|men\b|males?|masculin|garcons?)\b(?:\s(?:patients?|subjects?|participants?|adults?|gender|"
    r"sex))?"
)
_FEMALE = hinted(
    _LEAD + r"(?P<sex>femmes?|women|woman|females?|feminin|filles?)\b(?:\s(?:patients?|subjects?|participants?|adults?|"
    r"gender|sex))?"
)
_SUBJECT_GOES_ON = re.compile(
    r"\s*(?:(?:uniquement|exclusivement|seulement|only)\b|$|[.,;]?\s*$|,?\s*\(?(?:age|agee|ages|aged|de plus de|"
    r"de \d|entre \d|d'au moins|ayant|avec un cancer|"
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
_MENOPAUSE = hinted(
    r"\b(?:(?:pre|post|peri|non|not|en|statut|status|confirme\w*|documente\w*|phase)[- ]?(?:ou |or |/ ?|et )?)*"
    r"(?:menopaus\w*|postmenopaus\w*|premenopaus\w*|perimenopaus\w*)|"
    r"\b(?P<sign>amenorr\w*|avec regles\b|with spontaneous menses|spontaneous menses|regles spontanees|"
    r"ovariectomie bilaterale|bilateral (?:salpingo-?)?oophorectomy)"
)
_DEFINED = re.compile(r"amenorr|regles\b|menses|\bfsh\b|estradiol|ovariecto|oophorec|hysterect")
_OTHER_MATTER = re.compile(
    r"\bstage|\bstade|mutation|cancer|carcinom|\brh\s?\+|\bher-?2|\ber\s?\+|metasta|\blignes?\b|ecog|\boms\b|"
    r"pancreat|hepat"
)
_LONGEST_DEFINITION = 400
_CHILDBEARING = re.compile(
    r"contracep|grossesse|pregnan|procre|child-?bearing|fertil|\bbras\b|analogue|agoniste|\blh-?rh\b|gnrh|aromatase|"
    r"tamoxif|hormonoth|endocrine"
)
_STEP = re.compile(r"^\W*(?:etape|step)\s?\w{0,3}(?:\s?\([^)]*\))?(?: registration| enregistrement)?\s*:\s*")
_MEN = re.compile(r"\b(?:hommes?|men|males?|masculin|garcons?)\b")
_WOMEN = re.compile(r"\b(?:femmes?|women|females?|feminin|filles?)\b")


def recognise(clause: Clause) -> list[Found]:
    """Everything the clause says of the patient; spans do not overlap."""
    found = without_overlap(
        [
            *suitability.recognise(clause),
            *performance.recognise(clause),
            *_menopause(clause),
            *_sex(clause),
            *age.recognise(clause),
        ]
    )
    return _from_step(clause.plain, found)


def _from_step(plain: str, found: list[Found]) -> list[Found]:
    """« Étape 0 : âge ≥ 18 ans »: the step of a trial without cohorts restricts nothing."""
    step = _STEP.match(plain)
    if step and found and found[0].start <= step.end():
        found[0] = replace(found[0], start=0)
    return found


def _menopause(clause: Clause) -> list[Found]:
    """Menopausal status: for screening. Its definition holds ages and delays that are limits of nobody's age."""
    word = _MENOPAUSE.search(clause.plain)
    if word is None or _CHILDBEARING.search(clause.plain):
        return []
    start, end = _defined(clause.plain, word)
    return [Found(start, end, status_asked(clause) or Unread(Kind.OTHER), Kind.OTHER)]


def _defined(plain: str, word: re.Match[str]) -> tuple[int, int]:
    """The word with its definition: in parentheses, or the rest of a clause that speaks of nothing else."""
    bracket = re.match(r"\s?\([^()]*(?:\([^()]*\)[^()]*)*\)", plain[word.end() :])
    if bracket and _DEFINED.search(bracket[0]):
        return word.start(), word.end() + bracket.end()
    rest = plain[word.end() :]
    whole = word["sign"] or _DEFINED.search(rest) or re.match(r"\s?(?::|depuis|since|,? defin)", rest)
    if not whole or _OTHER_MATTER.search(plain) or len(plain) > _LONGEST_DEFINITION:
        return word.span()
    return (0 if word["sign"] else word.start()), len(plain)


def _sex(clause: Clause) -> list[Found]:
    plain = clause.plain
    for pattern, sex in ((_MALE, "male"), (_FEMALE, "female")):
        match = pattern.match(plain)
        if match and _SUBJECT_GOES_ON.match(plain, match.end()) and not _about_both_or_fertility(plain):
            return [Found(match.start("sex"), match.end(), SexIs(sex), Kind.SEX)]
    return []


def _about_both_or_fertility(plain: str) -> bool:
    return bool(_NOT_THE_SUBJECT.search(plain) or (_MEN.search(plain) and _WOMEN.search(plain)))
