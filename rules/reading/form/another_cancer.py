"""Whether a sentence speaks of another cancer than the one discussed, and from where on."""

import re
from functools import cache

from rules.conditions import CONDITIONS
from rules.hinted import mark_of
from rules.histologies import HISTOLOGY_NAMES, organs_implied
from rules.lexicon import Mention
from rules.organs import ORGAN_NAMES, ORGANS
from rules.reading.form.organs import may_be_of, touches
from rules.reading.form.sentences import Role, Sentence

ANOTHER = re.compile(
    r"\b(?:atcd|antecedents?|autre\s+cancer|second\s+cancer|2e\s+cancer|deuxieme\s+cancer|cancers?\s+anterieurs?|prior|previous|"
    r"history\s+of|hx|"
    r"cancer\s+associe|par\s+ailleurs)\b"
)
"""What announces something that the patient had or has beside."""
_MAY_BE_ANOTHER = mark_of(
    "atcd",
    "antecedent",
    "autre",
    "second",
    "2e",
    "deuxieme",
    "anterieur",
    "associe",
    "ailleurs",
    "prior",
    "previous",
    "history",
    "hx",
)
_BEGINNING = re.compile(r"\W*(?:(?:un|une|le|la|son|suivie?\s+pour\s+un|deuxieme|second|2e)\s+)?")
_PAST = re.compile(
    r"\bremission\b|\bguerie?\b|\bsurveillance\b|\b(?:operee?|traitee?|irradiee?)\s+(?:en|le|il\s+y\s+a)\b|"
    r"\bsans\s+(?:recidive|rechute)|\bpas\s+de\s+(?:recidive|rechute)|\bstable\s+sans\s+traitement"
)
_OF_NOW = re.compile(
    r"\bmetasta\w+|\bprogress\w+|\b(?<!pas de )(?<!sans )(?:rechute|recidive)\b|\bstade\s+iv|\bcarcinose|\bligne\b|"
    r"\bdecouvert|\bquestion|\bla\s+rcp|\ba\s+discuter"
)
_FOR = re.compile(
    r"\bpour\s+(?:le|la|l'|son|sa|un|une|ce|cette)\s*(?:(?:ancien|autre|second|precedent)\s+)?(?:(?P<organ>sein|"
    r"prostate)"
    r"(?=\s*(?:$|[.,;)]|en\s+20|depuis))|(?=cancer|carcinome|adenocarcinome|k\s|lymphome|leucemie|llc\b|smd\b|lmmc\b|syndrome\s+myelo|melanome|"
    r"myelome))"
)
_CONTRALATERAL = re.compile(r"\b(?:cancer|carcinome|k|tumeur|sein)\b[^.;,]{0,25}\bcontro-?lateral")
_OF_THE_SKIN = frozenset({"basal_cell_carcinoma", "non_melanoma_skin_cancer", "melanoma"})


def speaks_of_another_cancer(sentence: Sentence, organs: frozenset[str]) -> bool:
    """Whether a sentence of history names a cancer of another organ: its stage and treatments are that one's."""
    if sentence.role is Role.FAMILY:
        return True
    low, cancers = sentence.low, sentence.cancers
    if "lateral" in low and _CONTRALATERAL.search(low):
        return True
    if "pour " in low and _named_after_for(sentence, organs):
        return True
    if sentence.role is Role.HISTORY or (sentence.marks & _MAY_BE_ANOTHER and ANOTHER.search(low)):
        return any(elsewhere(mention, organs) for mention in cancers)
    return bool(cancers) and of_the_past(sentence, cancers[0]) and elsewhere(cancers[0], organs)


def begins_with_another(sentence: Sentence, organs: frozenset[str]) -> bool:
    """Whether the subject of a sentence is a cancer that is surely of another organ; whose course it tells is open."""
    if _begins_with_an_organ(sentence, organs):
        return True
    first = next(iter(sentence.cancers), None)
    return bool(first and _BEGINNING.fullmatch(sentence.low[: first.start]) and elsewhere(first, organs))


_ORGAN_OF_THEN = re.compile(
    r"\W*(?P<organ>seins?|prostate|colon|rectum|vessie|reins?|uterus|endometre|col|ovaires?|thyroide|larynx|estomac|pancreas|peau|orl)"
    r"\s+(?:(?:d|g|droite?|gauche)\s+)?(?:\(?(?:en\s+)?(?:19|20)\d\d|[cpy]{0,2}t[0-4])"
)
_ORGANS_WRITTEN = {
    "uteru": "uterus", "endom": "corpus_uteri", "col": "cervix", "rectu": "rectum", "orl": "head_and_neck"
}  # fmt: skip


def _begins_with_an_organ(sentence: Sentence, organs: frozenset[str]) -> bool:
    """« Côlon D 2019 pT3N0 opéré » in the file of another cancer."""
    match = _ORGAN_OF_THEN.match(sentence.low)
    if match is None or not organs:
        return False
    word = match["organ"]
    named = {_ORGANS_WRITTEN[word[:5]]} if word[:5] in _ORGANS_WRITTEN else ORGAN_NAMES.exact(word)
    return bool(named) and not any(touches(organ, organs) for organ in named)


_SECOND_SITE = re.compile(
    r"\b(?:2e|2eme|deuxieme|seconde?)\s+(?:localisation|primitif|neoplasie|cancer|tumeur)\b(?!\s+(?:de\s+)?(?:metasta|secondaire))|"
    r"\b(?:deux|double|2)\s+(?:cancers?|neoplasies?|primitifs?|localisations?\s+(?:primitives?|tumorales?)|tumeurs\s+(?:primitives|"
    r"synchrones))\b|\bcancers\s+synchrones\b"
)
_MAY_BE_SECOND = mark_of("localisation", "primitif", "neoplasie", "cancer", "tumeur")


_SHORT = 4
"""« RCC » is as often a complete response."""


def _apart(mention: Mention, organs: frozenset[str]) -> bool:
    """Elsewhere, and not both of the blood, where one becomes the other."""
    named = frozenset().union(*(_organs_named(id_) for id_ in mention.ids))
    both = may_be_of("haematologic", organs) and may_be_of("haematologic", named)
    return not both and elsewhere(mention, organs)


def another_from(sentence: Sentence, organs: frozenset[str]) -> int | None:
    """Where the sentence turns to a cancer that is surely of another organ (« … lors du suivi d'un cancer colique
    opéré en 2018 »), or to a second one of whatever organ; what is told from there on may be of that one."""
    places = [one.start for one in sentence.cancers if one.end - one.start > _SHORT and _apart(one, organs)]
    if sentence.marks & _MAY_BE_SECOND and (second := _SECOND_SITE.search(sentence.low)):
        places.append(second.start())
    return min(places, default=None)


def lists_a_cancer(sentence: Sentence) -> bool:
    """Whether a sentence of history names a cancer, of whatever organ: its markers may be that one's."""
    return sentence.role is Role.HISTORY and bool(sentence.cancers)


@cache
def _organs_named(condition: str) -> frozenset[str]:
    """The organs of a kind of cancer, by its label and by the histology that it names."""
    label = CONDITIONS[condition].label_fr
    implied = organs_implied(frozenset().union(*(found.ids for found in HISTOLOGY_NAMES.find(label))))
    return implied or frozenset().union(*(found.ids for found in ORGAN_NAMES.find(label)))


def elsewhere(mention: Mention, organs: frozenset[str]) -> bool:
    """Whether the cancer named is surely of another organ than the tumour discussed; an unknown one may be the same."""
    if not organs:
        return False
    other = frozenset().union(*(_organs_named(id_) for id_ in mention.ids))
    if not other:
        return bool(mention.ids & _OF_THE_SKIN) and not any(_may_be(organ, organs) for organ in ("skin", "eye", "uvea"))
    return not any(ORGANS.below(one) & ORGANS.below(mine) for one in other if one in ORGANS for mine in organs)


def _may_be(organ: str, organs: frozenset[str]) -> bool:
    return organ not in ORGANS or any(ORGANS.below(organ) & ORGANS.below(mine) for mine in organs)


def _named_after_for(sentence: Sentence, organs: frozenset[str]) -> bool:
    """« Létrozole en cours pour son cancer du sein », « … pour le sein », where the tumour discussed is not there."""
    match = _FOR.search(sentence.low)
    if match is None:
        return False
    named = {"sein": "breast", "prostate": "prostate"}.get(match["organ"] or "")
    if named:
        return bool(organs) and not touches(named, organs)
    return any(mention.start >= match.start() and elsewhere(mention, organs) for mention in sentence.cancers)


def of_the_past(sentence: Sentence, mention: Mention) -> bool:
    """« Cancer du sein 2014, en rémission … »: a sentence that begins with a cancer and tells what became of it."""
    low = sentence.low
    return bool(
        _BEGINNING.fullmatch(low[: mention.start])
        and _PAST.search(low, mention.end)
        and not _OF_NOW.search(low, mention.end)
    )
