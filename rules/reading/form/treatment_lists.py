"""Whether a sentence says that the treatments told are all there are, or that there was none."""

import re
from dataclasses import dataclass

from rules.conditions import is_other_cancer
from rules.hinted import mark_of, marks_of_any
from rules.reading.form.context import OF_ANOTHER
from rules.reading.form.sentences import Role, Sentence

_TREATMENTS = r"(?:traitements?|t{2,3}s?|trts?)"
_MAY_NAME_TREATMENTS = mark_of("trait", "tt", "trt", "recu", "treat", "therap", "only")
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
    r"present|ici)|auparavant|anterieurement|a\s+ce\s+stade)\b|pour\s+(?:ce|cette|son|sa)\s))|"
    r"(?:^|[.;,]\s*)non\s+traitee?(?=\s*(?:$|[.;,]))"
)
"""« LLC Binet C jamais traitée », « …, non traité, … »: in the singular, of the tumour or of the patient."""
_UNTOUCHED = re.compile(
    rf"\b(?:(?:vierges?|indemnes?)\s+(?:de|d')\s*(?:tout\w*\s+)?(?:{_TREATMENTS}|therapeutiques?|therapies?)"
    r"(?:\s+(?:anti-?cancereux|anti-?tumora\w+|oncologiques?|specifiques?|anterieure?s?|prealables?))*|"
    r"(?:jamais|non)\s+(?:ete\s+)?pre-?traitee?|rien\s+recu|treatment[- ]naive|never\s+(?:been\s+)?treated|"
    r"aucune\s+(?:therapie|therapeutique|prise\s+en\s+charge\s+therapeutique)\s+(?:anti-?cancereuse\s+)?(?:recue|anterieure|"
    r"prealable|engagee|entreprise|debutee|realisee|a\s+ce\s+jour)|"
    r"no\s+(?:prior|previous)\s+(?:anti-?cancer\s+)?(?:treatments?|therap(?:y|ies)))\b"
    r"(?=\s*(?:$|[.,;)]|(?:a\s+ce\s+jour|jusqu'(?:a\s+present|ici)|to\s+date|so\s+far)\b|pour\s+(?:ce|cette|son|sa)\s))"
)
"""« Vierge de tout traitement », « jamais prétraité »: of the patient or the tumour, not of one of its sites."""
_ONLY_A_PART = re.compile(
    r"\b(?:re-?chute|recidive|recurrence|metastases?|metas?|lesions?|nodules?|localisations?|adenopath\w+|cerebr\w+|"
    r"cerveau|foyers?|progression|carcinose|epanchement|atteinte|compression|second\w*|deuxieme|autre)\b"
)
_NO_OTHER = re.compile(
    rf"\b(?:(?:jamais|non)\s+(?:ete\s+)?traitee?s?|(?:pas|aucun)\s+(?:de\s+)?{_TREATMENTS})\s+par\s+ailleurs\b|"
    r"\bn'a\s+rien\s+recu\s+d'autre\b|\bnever\s+(?:been\s+)?treated\s+otherwise\b|"
    r"\bno\s+other\s+(?:anti-?cancer\s+)?(?:therap(?:y|ies)|treatments?)(?=\s*(?:$|[.,;)]|received|given|to\s+date))|"
    rf"\b(?:pas\s+d'|aucun\w*\s+|sans\s+)autres?\s+{_TREATMENTS}\b(?:\s+(?:anti-?cancereux|anti-?tumora\w+|"
    r"oncologiques?|specifiques?))*\s*(?:recue?s?|anterieure?s?|prealables?|administre\w*|a\s+ce\s+jour|"
    r"que\s+(?:ceux|celui)\S*|(?=$|[.,;)]))"
)
_BUT_THESE = re.compile(
    rf"\b(?:aucun\w*|pas\s+de|pas\s+d'autres?)\s+{_TREATMENTS}\s+(?:(?:recue?s?|anterieure?s?|prealables?)\s+)?"
    r"(?:en\s+dehors\s+(?:de\s+|du\s+|des\s+|d')|hormis\s|autres?\s+que\s|excepte\s)|"
    rf"\b(?:aucun\s+|pas\s+d')autres?\s+{_TREATMENTS}\s+(?:(?:recue?s?|anterieure?s?)\s+)?que\s(?!ceux|celui)"
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


_ONLY = re.compile(
    r"\bn'a\s+(?:jamais\s+)?(?:ete\s+traitee?\s+que\s+par|(?:recu|beneficie)\s+que(?!\s+(?:\d|deux|trois|quatre|quelques)))\b|"
    rf"\bseule?\s+{_TREATMENTS}\s+(?:anti-?cancereux\s+|oncologique\s+)?(?:recue?|administre\w*|a\s+ce\s+jour)\b|"
    rf"\b(?:pour|comme)\s+seule?\s+{_TREATMENTS}\b|"
    r"\btraitee?\s+(?:uniquement|exclusivement|seulement)\s+(?:par|avec)\b|"
    r"\b(?:uniquement|exclusivement|seulement)\s+traitee?\s+(?:par|avec)\b|"
    r"\b(?:only\s+(?:ever\s+)?(?:treated|received)|treated\s+only|only\s+treatment)\b"
)
"""« N'a reçu que du FOLFOX », « traitée uniquement par chirurgie »: what is named there is all."""
_AT_A_TIME = re.compile(
    r"\b(?:adjuvant\w*|neo-?adjuvant\w*|metasta\w*|rechute\w*|recidiv\w*|cerebr\w*|local\w*|douleur\w*|antalg\w*|"
    r"palliati\w*|initial\w*|alors|a\s+l'epoque|au\s+depart|lesions?|nodules?|actuel\w*|puis|"
    r"initially|currently)\b"
)
"""Beside « uniquement » they make it true of a time or a place only."""
_CLASSES = (
    (
        "systemic_treatment",
        rf"(?:{_TREATMENTS}|therapies?|therap(?:y|ies)|treatments?)\s+(?:anti-?\w+\s+)?(?:systemiques?|"
        r"generaux|par\s+voie\s+generale)|systemic\s+(?:anti-?cancer\s+)?(?:therap(?:y|ies)|treatments?)",
    ),
    ("chemotherapy", r"chimio(?:-?therapie)?s?|chemotherap(?:y|ies)"),
    ("immunotherapy", r"immunotherap(?:ie|ies|y)"),
    ("hormone_therapy", r"hormono-?therapies?|endocrine\s+therap(?:y|ies)"),
    ("targeted_therapy", r"therapies?\s+ciblees?|targeted\s+therap(?:y|ies)"),
)
_CLASS = "|".join(f"(?P<{id_}>{pattern})" for id_, pattern in _CLASSES)
_SO_FAR = (
    r"(?:\s+(?:anterieure?s?|prealables?|recue?s?|administre\w*|a\s+ce\s+jour|jusqu'a\s+present|received|given|"
    r"to\s+date|so\s+far))"
)
_NO_OTHER_OF = re.compile(
    rf"\b(?:(?:pas|jamais)\s+(?:(?:eu|recu)\s+)?d'|aucune?s?\s+|sans\s+|no\s+|ni\s+d')(?:autres?|other)\s+(?:{_CLASS})"
    rf"(?:{_SO_FAR}+|(?=\s*(?:$|[.,;)])))"
)
"""« Aucun autre traitement systémique », « pas d'autre chimiothérapie »: what is not named of that class."""
_NONE_OF = re.compile(
    rf"\b(?:(?:aucun|pas\s+(?:encore\s+)?de|absence\s+de|sans|no(?:\s+(?:prior|previous))?)\s+(?:{_CLASSES[0][1]}){_SO_FAR}|"
    rf"(?:n'a\s+(?:encore\s+)?(?:jamais|pas)\s+(?:recu|eu)\s+de|jamais\s+(?:recu\s+|eu\s+)?de|nai(?:f|ve)\s+de(?:\s+tout)?|"
    rf"(?:no\s+(?:prior|previous)|never\s+received(?:\s+any)?))\s+(?:{_CLASSES[0][1]})(?=\s*(?:$|[.,;)]|{_SO_FAR}))|"
    rf"(?:aucun|pas\s+de)\s+(?:{_CLASSES[0][1]})\s*,\s*(?:ni\s|(?:et\s+)?jamais\s+(?:eu\s+|recu\s+)?d))"
)
"""« Aucun traitement systémique reçu », « aucun traitement systémique, jamais d'immunothérapie »."""


@dataclass(frozen=True, slots=True)
class WholeList:
    """The words that close the list of treatments; `none_at_all`: there is none; `of_this_cancer`: it speaks of the
    cancer discussed only, and says nothing of what was given for another; `only`: what the sentence itself names;
    `but`: nothing but that (« aucun traitement hormis … »)."""

    words: str
    none_at_all: bool
    of_this_cancer: bool
    only: bool = False
    but: bool = False


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The words that say that nothing of a class was received; `other`: nothing but what is named."""

    words: str
    treatment: str
    other: bool


def none_of(sentence: Sentence) -> NoneOf | None:
    """What the sentence says of a whole class of treatments; None: nothing."""
    low = sentence.low
    if not sentence.marks & _OF_CLASS or sentence.relatives or sentence.role is not Role.FACT:
        return None
    if any(not any(is_other_cancer(id_) for id_ in mention.ids) for mention in sentence.conditions):
        return None  # « HTA, pas d'autre traitement systémique »: perhaps of that
    for pattern, other in ((_NO_OTHER_OF, True), (_NONE_OF, False)):
        match = pattern.search(low)
        if match is None or _ONLY_PARTLY.match(low[match.end() :]):
            continue
        named = next((id_ for id_, told in match.groupdict().items() if told), "systemic_treatment")
        return NoneOf(sentence.quote(*match.span()), named, other)
    return None


_OF_CLASS = mark_of("systemi", "autre chim", "autre immun", "autre horm", "autre ther", "generale", "other ")


_OF_THE_WHOLE = ((_NEVER_TREATED, True), (_UNTOUCHED, True))
_OF_ANOTHER = re.compile(rf"\b(?:{OF_ANOTHER})\b")


_MAY_TELL_THE_LIST = marks_of_any(_ONLY, _BUT_THESE, _NO_OTHER, _NAIVE, _NEVER_TREATED, _UNTOUCHED)


def whole_list(sentence: Sentence) -> WholeList | None:
    """What the sentence says of the list; None: nothing."""
    low = sentence.low
    if not sentence.marks & _MAY_NAME_TREATMENTS or not sentence.marks & _MAY_TELL_THE_LIST or sentence.relatives:
        return None
    only = _ONLY.search(low)
    if only and not _AT_A_TIME.search(low) and sentence.role is Role.FACT:
        return WholeList(sentence.quote(*only.span()), none_at_all=False, of_this_cancer=False, only=True)
    for pattern, none_at_all in ((_BUT_THESE, False), (_NO_OTHER, False), (_NAIVE, True), *_OF_THE_WHOLE):
        match = pattern.search(low)
        if match and none_at_all and _OF_ANOTHER.search(low):
            continue
        if match and (pattern, True) in _OF_THE_WHOLE and not _is_of_the_cancer(sentence, match.start()):
            continue
        if match is None:
            continue
        after = low[match.end() :]
        of_this = _OF_THIS_CANCER.match(after)
        if of_this or pattern is _BUT_THESE or not (_ONLY_PARTLY.match(after) or _ONLY_PARTLY.match(match[0])):
            words = sentence.quote(*match.span())
            return WholeList(words, none_at_all, bool(of_this), but=pattern is _BUT_THESE)
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
