"""Whether a sentence says that the treatments told are all there are, or that there was none."""

import re
from dataclasses import dataclass

from rules.conditions import is_other_cancer
from rules.reading.form_hints import holds
from rules.reading.form_sentences import Role, Sentence

_TREATMENTS = r"(?:traitements?|t{2,3}s?|trts?)"
_OF_CANCER = r"(?:anti-?cancereux|anti-?tumora\w+|oncologiques?|specifiques?|carcinologiques?|systemiques?(?=\s+ni))"
_NAIVE = re.compile(
    rf"\bnai(?:f|ve)s?\s+(?:de|d')\s*(?:tout\w*\s+)?{_TREATMENTS}(?:\s+(?:anti-?cancereux|anti-?tumora\w+|"
    r"oncologique\w*|specifique\w*|anterieure?s?|prealables?))*\b"
    r"|\b(?:n'a\s+(?:jamais\s+)?(?:encore\s+)?recu\s+(?:aucun|de)|aucun|pas\s+(?:encore\s+)?de|absence\s+de|"
    rf"sans)\s+{_TREATMENTS}\s+(?:{_OF_CANCER}\s*)*"
    r"(?:recue?s?|anterieure?s?|prealables?|a\s+ce\s+jour|jusqu'a\s+present|(?:debute|commence|initie|entrepris|"
    r"administre|delivre|realise)e?s?)\b|"
    r"\bn'a\s+(?:encore\s+)?recu\s+aucun\s+traitement\b|"
    rf"\b(?:aucun|pas\s+de)\s+{_TREATMENTS}\s+(?:anti-?cancereux|anti-?tumora\w+|oncologiques?)\s*(?=$|[.,;])|"
    rf"\b(?:aucun|pas\s+de)\s+{_TREATMENTS}(?=\s+pour\s+(?:ce|cette|son|sa)\s+(?:cancer|tumeur|neoplasie|melanome|"
    r"sarcome|carcinome|lymphome|leucemie|myelome)\b)|"
    r"\bpatiente?\s+(?:jamais|non)\s+(?:encore\s+)?traitee?\b|"
    r"(?:^\W*(?:(?:elle|il)\s+n'a\s+)?jamais\s+(?:ete\s+)?|\b(?:tumeur|cancer|carcinome|neoplasie|lesion|maladie)\s+"
    r"(?:jamais|non\s+encore|pas\s+encore)\s+)traitee?(?=\W*$|\s*[.;])"
)
_NEVER_TREATED = re.compile(
    r"\b(?:jamais|non\s+encore|pas\s+encore)\s+(?:ete\s+)?traitee?\b(?=\s*(?:$|[.,;)]|(?:a\s+ce\s+jour|jusqu'(?:a\s+"
    r"present|ici)|auparavant|anterieurement|a\s+ce\s+stade)\b|pour\s+(?:ce|cette|son|sa)\s))"
)
"""« LLC Binet C jamais traitée », « …, jamais traité, … »: in the singular, of the tumour or of the patient."""
_ONLY_A_PART = re.compile(
    r"\b(?:re-?chute|recidive|recurrence|metastases?|metas?|lesions?|nodules?|localisations?|adenopath\w+|cerebr\w+|"
    r"cerveau|foyers?|progression|carcinose|epanchement|atteinte|compression|second\w*|deuxieme|autre)\b"
)
_NO_OTHER = re.compile(
    rf"\b(?:pas\s+d'|aucun\w*\s+|sans\s+)autres?\s+{_TREATMENTS}\b(?:\s+(?:anti-?cancereux|anti-?tumora\w+|"
    r"oncologiques?|specifiques?))*\s*(?:recue?s?|anterieure?s?|prealables?|administre\w*|a\s+ce\s+jour|"
    r"que\s+(?:ceux|celui)\S*|(?=$|[.,;)]))"
)
_BUT_THESE = re.compile(
    rf"\b(?:aucun\w*|pas\s+de|pas\s+d'autres?)\s+{_TREATMENTS}\s+(?:(?:recue?s?|anterieure?s?|prealables?)\s+)?"
    r"(?:en\s+dehors\s+(?:de\s+|du\s+|des\s+|d')|hormis\s|autres?\s+que\s|excepte\s)"
)
"""« Aucun traitement en dehors de l'orchidectomie »."""
_ONLY_PARTLY = re.compile(
    r"^[^.;,]{0,50}\b(?:depuis|systemiques?|locaux|local|adjuvant\w*|pour\s+(?:cette|la|sa|ce)|en\s+cours|"
    r"habituel\w*|chroniques?|personnel\w*|au\s+long\s+cours|propose\w*|possible\w*|hormona\w*|"
    r"de\s+(?:la|cette|sa)\s+(?:rechute|recidive|metastase)|cerebra\w*|metastati\w*)\b"
)
_OF_THIS_CANCER = re.compile(
    r"\s*(?:recue?s?\s+)?pour\s+(?:ce|cette|sa|son)\s+(?:cancer|tumeur|maladie|neoplasie|melanome|sarcome|carcinome|"
    r"lymphome|leucemie|myelome|hemopathie)\b"
)


@dataclass(frozen=True, slots=True)
class WholeList:
    """The words that close the list of treatments; `none_at_all`: there is none; `of_this_cancer`: it speaks of the
    cancer discussed only, and says nothing of what was given for another."""

    words: str
    none_at_all: bool
    of_this_cancer: bool


def whole_list(sentence: Sentence) -> WholeList | None:
    """What the sentence says of the list; None: nothing."""
    low = sentence.low
    if not holds(low, ("trait", "tt", "trt")) or sentence.relatives:
        return None
    for pattern, none_at_all in ((_BUT_THESE, False), (_NO_OTHER, False), (_NAIVE, True), (_NEVER_TREATED, True)):
        match = pattern.search(low)
        if match and pattern is _NEVER_TREATED and not _is_of_the_cancer(sentence, match.start()):
            continue
        if match is None:
            continue
        after = low[match.end() :]
        of_this = _OF_THIS_CANCER.match(after)
        if of_this or pattern is _BUT_THESE or not (_ONLY_PARTLY.match(after) or _ONLY_PARTLY.match(match[0])):
            return WholeList(sentence.quote(*match.span()), none_at_all, bool(of_this))
    return None


def _is_of_the_cancer(sentence: Sentence, position: int) -> bool:
    """Whether « jamais traité » speaks of the cancer or of its patient: before it the sentence names nothing else that
    can be treated."""
    before = sentence.low[:position]
    before = before[before.rfind(";") + 1 :]
    if _ONLY_A_PART.search(before) or sentence.role is not Role.FACT:
        return False
    named = (mention.ids for mention in sentence.conditions if mention.end <= position)
    return all(any(is_other_cancer(id_) for id_ in ids) for ids in named)
