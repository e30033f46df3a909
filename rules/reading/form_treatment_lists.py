"""Whether a sentence says that the treatments told are all there are, or that there was none."""

import re
from dataclasses import dataclass

from rules.reading.form_hints import holds
from rules.reading.form_sentences import Sentence

_TREATMENTS = r"(?:traitements?|t{2,3}s?|trts?)"
_OF_CANCER = r"(?:anti-?cancereux|anti-?tumora\w+|oncologiques?|specifiques?|carcinologiques?|systemiques?(?=\s+ni))"
_NAIVE = re.compile(
    rf"\bnai(?:f|ve)s?\s+(?:de|d')\s*(?:tout\w*\s+)?{_TREATMENTS}(?:\s+(?:anti-?cancereux|anti-?tumora\w+|"
    r"oncologique\w*|specifique\w*|anterieure?s?|prealables?))*\b"
    r"|\b(?:n'a\s+(?:jamais\s+)?(?:encore\s+)?recu\s+(?:aucun|de)|aucun|pas\s+(?:encore\s+)?de|absence\s+de|"
    rf"sans)\s+{_TREATMENTS}\s+(?:{_OF_CANCER}\s*)*"
    r"(?:recue?s?|anterieure?s?|prealables?|a\s+ce\s+jour|jusqu'a\s+present|debute\w*\s+a\s+ce\s+jour)\b|"
    r"\bn'a\s+(?:encore\s+)?recu\s+aucun\s+traitement\b|"
    rf"\b(?:aucun|pas\s+de)\s+{_TREATMENTS}\s+(?:anti-?cancereux|anti-?tumora\w+|oncologiques?)\s*(?=$|[.,;])|"
    rf"\b(?:aucun|pas\s+de)\s+{_TREATMENTS}(?=\s+pour\s+(?:ce|cette|son|sa)\s+(?:cancer|tumeur|neoplasie|melanome|"
    r"sarcome|carcinome|lymphome|leucemie|myelome)\b)|"
    r"\bpatiente?\s+(?:jamais|non)\s+(?:encore\s+)?traitee?\b|"
    r"(?:^\W*(?:(?:elle|il)\s+n'a\s+)?jamais\s+(?:ete\s+)?|\b(?:tumeur|cancer|carcinome|neoplasie|lesion|maladie)\s+"
    r"(?:jamais|non\s+encore|pas\s+encore)\s+)traitee?(?=\W*$|\s*[.;])"
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
    if not holds(low, ("trait", "tt", "trt")):
        return None
    for pattern, none_at_all in ((_BUT_THESE, False), (_NO_OTHER, False), (_NAIVE, True)):
        match = pattern.search(low)
        if match is None:
            continue
        after = low[match.end() :]
        of_this = _OF_THIS_CANCER.match(after)
        if of_this or pattern is _BUT_THESE or not (_ONLY_PARTLY.match(after) or _ONLY_PARTLY.match(match[0])):
            return WholeList(sentence.quote(*match.span()), none_at_all, bool(of_this))
    return None
