"""Words that name a type of tumour only beside a noun that stands elsewhere, or nowhere: « mucineux », « B1 ».

A word is completed by the noun that governs its list, else by the nouns of the organs of the trial, and counts where
the completed phrase is a name of the vocabulary. Nothing is a type that no name of the vocabulary holds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rules.criteria import AllOf, AnyOf, HistologyIs, Kind, Not, OrganIs, Test, Unread
from rules.histologies import HISTOLOGIES, HISTOLOGY_NAMES, MOLECULAR_SUBTYPES, organs_implied
from rules.organs import ORGAN_NAMES, ORGANS, with_wholes
from rules.reading.clause import plain
from rules.reading.tumours.names import ONLY_STATE, TOO_GENERAL
from rules.text import tokens

_BARE = frozenset({"carcinoma", "neuroendocrine_carcinoma"})
_RICHTER = frozenset({"richter_transformation"})
_NO_SITE = frozenset({"solid_site", "haematologic", "endocrine"})
_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("kidney", ("carcinome renal", "carcinome renal a", "carcinome")),
    ("thyroid", ("carcinome {} de la thyroide", "carcinome thyroidien", "carcinome")),
    ("breast", ("carcinome {} du sein", "carcinome {} infiltrant du sein", "tumeur {} du sein", "carcinome", "tumeur")),
    ("urothelium", ("carcinome urothelial", "carcinome urothelial a", "carcinome")),
    ("pleura", ("mesotheliome",)),
    ("thymus", ("thymome", "carcinome thymique", "carcinome")),
    ("liver", ("chc", "carcinome hepatocellulaire", "cholangiocarcinome", "carcinome")),
    ("biliary_tract", ("cholangiocarcinome", "carcinome {} des voies biliaires", "carcinome")),
    ("skin", ("melanome", "carcinome")),
    ("uvea", ("melanome",)),
    ("soft_tissue", ("sarcome", "liposarcome", "tumeur")),
    ("bone", ("osteosarcome", "sarcome", "chondrosarcome")),
    ("cns", ("gliome", "astrocytome", "tumeur")),
    ("lymphoma", ("lymphome", "lymphome a", "lymphome du", "lymphome b")),
    ("salivary_gland", ("carcinome {} des glandes salivaires", "adenocarcinome", "carcinome")),
    ("lung", ("carcinome", "adenocarcinome", "carcinome {} bronchique")),
    ("testis", ("tumeur germinale", "tumeur")),
    ("ovary", ("carcinome", "tumeur", "carcinome a")),
    ("tubo_ovarian", ("carcinome", "tumeur", "carcinome a")),
    ("uterus", ("carcinome", "carcinome a", "sarcome", "adenocarcinome")),
    ("pancreas", ("carcinome {} du pancreas", "carcinome a cellules", "adenocarcinome", "carcinome", "tumeur")),
    ("digestive", ("adenocarcinome", "carcinome", "tumeur")),
)
"""What a bare word is said of in a trial of an organ, the most telling noun first."""
_ANY_NOUN = ("carcinome", "adenocarcinome", "carcinome a")
_ENGLISH = ("{} carcinoma", "{} adenocarcinoma")
"""What an English adjective stands before: « mucinous », « clear cell or low-grade serous »."""
_GENERIC = frozenset(
    {"carcinome", "adenocarcinome", "carcinome a", "tumeur", "cancer", "lymphome", "sarcome", "composante a"}
)
"""Nouns of any organ: those of the trial's own organs are asked before them."""
_ENDINGS = (
    (re.compile(r"euses?\b"), "eux"),
    (re.compile(r"ives?\b"), "if"),
    (re.compile(r"(?<=[a-z]{3})ees?\b"), "e"),
    (re.compile(r"(?<=[a-z]{3})elles?\b"), "el"),
    (re.compile(r"(?<=[a-z]{4}al)es?\b"), ""),
    (re.compile(r"(?<=[a-z]{4}an)es?\b"), ""),
)
_SPELT = (
    (re.compile(r"\bvesiculaires?\b"), "folliculaire"),
    (re.compile(r"\b(?:transitionnel\w*|transitional(?: cell)?)\b"), "urothelial"),
    (re.compile(r"\b(?:hg|high[- ]grade|grade eleve)\b"), "haut grade"),
    (re.compile(r"\b(?:bg|low[- ]grade|faible grade)\b"), "bas grade"),
    (re.compile(r"\bbag(?:ue)? a chaton\b"), "cellules en bague a chaton"),
)


@dataclass(frozen=True, slots=True)
class Type:
    """What a word names: the phrase it stands for, and its organs and histologies."""

    phrase: str
    organs: frozenset[str]
    histologies: frozenset[str]

    @property
    def test(self) -> Test:
        """The organ named or implied, and the histology."""
        organs = self.organs or organs_implied(self.histologies)
        parts: list[Test] = [OrganIs(with_wholes(organs))] if organs else []
        parts += [HistologyIs(self.histologies)] if self.histologies else []
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    @property
    def kind(self) -> Kind:
        """Of the organ where one is named or implied."""
        return Kind.ORGAN if self.organs or organs_implied(self.histologies) else Kind.HISTOLOGY


@lru_cache(maxsize=4096)
def named(phrase: str) -> Type | None:
    """A phrase that is a name of the vocabularies all of it; None: it is none, or names no type and no site."""
    for text in _spellings(phrase):
        histologies = HISTOLOGY_NAMES.exact(text) - TOO_GENERAL
        if histologies & MOLECULAR_SUBTYPES.keys():
            return None
        organs = ORGAN_NAMES.exact(text) - _NO_SITE
        histologies = frozenset() if histologies == _BARE and organs else histologies
        if histologies == _BARE:
            return None
        if not histologies and any(ORGANS.covers("haematologic", organ) for organ in organs):
            return None  # « MGUS », « lymphome du sein »: of the blood, of a type that is not told
        if histologies == _RICHTER:
            return None  # a condition too
        if histologies:
            return Type(text, _own_site(organs, histologies), histologies)
        if organs:
            return Type(text, organs, histologies)
    return None


def _own_site(organs: frozenset[str], histologies: frozenset[str]) -> frozenset[str]:
    """« mésothéliome péritonéal »: the site named, where the entity has others too; else the one that it implies."""
    implied = organs_implied(histologies)
    if not implied or (organs and all(any(ORGANS.covers(one, organ) for one in implied) for organ in organs)):
        return organs
    return frozenset()


_NAME_WORDS = frozenset(
    word for lexicon in (HISTOLOGY_NAMES, ORGAN_NAMES) for phrase in lexicon.phrases for word in phrase.split()
) | {"grade", "eleve", "cell", "a", "chaton"}
"""The words of all names, and those that `_SPELT` may take with a noun before them."""


@lru_cache(maxsize=4096)
def _may_be_part(word: str) -> bool:
    """Whether words may stand in a name: each of them does, however they are spelt."""
    spelt = {again for text in _spellings(word) for again in _spellings(text)}
    known = any(all(token.word in _NAME_WORDS for token in tokens(text)) for text in spelt)
    return known and re.search(r"[a-z]", plain(word)) is not None


def completed(word: str, nouns: Sequence[str], organs: frozenset[str]) -> Type | None:
    """The type that a bare word names behind one of the nouns of its list, else of the organs of the trial."""
    if not _may_be_part(word):
        return None
    own = [noun for noun in nouns if noun not in _GENERIC]
    english = _ENGLISH if named(word) is None else ()
    for noun in (*own, *_nouns_of(organs), *(noun for noun in nouns if noun in _GENERIC), *english):
        for text in _spellings(word):
            for phrase in _joined(noun, text):
                found = named(phrase)
                if found is not None and found.histologies and (noun not in _GENERIC or _fits(found, organs)):
                    return found
    return None


_COURSE = re.compile(
    r"(?:localise\w*|non (?:resec|oper|metast|avanc|progress|evolut|recidiv|traite|pretraite)\w*|avance\w*|"
    r"resec\w*|inoper\w*|oper\w*|progressi\w*|evoluti\w*|recidiv\w*|recent\w*|actif\w*|active\w*|"
    r"symptomati\w*|asymptomati\w*|stables?|localized|resectable|unresectable|recurrent|avanc\w+).*"
)
"""Words of the course, which the vocabulary has inside some names."""
_BY_WORD = {
    "sarcomateu": frozenset({"sarcoma", "carcinosarcoma", "sarcomatoid_carcinoma"}),
    "sarcomatou": frozenset({"sarcoma", "carcinosarcoma", "sarcomatoid_carcinoma"}),
}


def meant(word: str, nouns: Sequence[str], organs: frozenset[str]) -> Type | None:
    """What a word names by itself, and behind the nouns beside it: « sarcomatoïde » in a list of mesotheliomas."""
    if ONLY_STATE.fullmatch(word) or _COURSE.fullmatch(word):
        return None
    if (known := _BY_WORD.get(re.sub(r"(?:ses?|es?|s|x)$", "", word))) is not None:
        return Type(word, frozenset(), known)
    alone = named(word)
    if alone is not None and not alone.histologies:
        return alone
    own = completed(word, [noun for noun in nouns if noun not in _GENERIC], frozenset())
    if own is not None:
        return own
    beside = completed(word, nouns, organs)
    if alone is None or beside is None or alone.histologies >= beside.histologies:
        return alone or beside
    if _wider(alone.histologies, beside.histologies):
        return alone
    return Type(beside.phrase, frozenset(), alone.histologies | beside.histologies)


def _wider(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return all(any(HISTOLOGIES.covers(one, id_) for one in wide) for id_ in narrow)


def _joined(noun: str, word: str) -> Iterator[str]:
    if "{}" in noun:
        yield noun.format(word)
        return
    yield f"{noun} {word}"
    if re.match(r"(?:petites|grandes|cellules|haut|bas)\b", word):
        yield f"{noun} {'de' if word[0] in 'hb' else 'a'} {word}"


@lru_cache(maxsize=1024)
def _nouns_of(organs: frozenset[str]) -> tuple[str, ...]:
    found = [
        noun
        for place, nouns in _NOUNS
        if any(ORGANS.covers(place, organ) or ORGANS.covers(organ, place) for organ in organs)
        for noun in nouns
    ]
    return tuple(found) or (_ANY_NOUN if organs else ())


def _fits(found: Type, organs: frozenset[str]) -> bool:
    """Whether a completed name may be of the organs of the trial: « folliculaire » is of a lymphoma, or the thyroid."""
    implied = organs_implied(found.histologies)
    return not (implied and organs) or any(
        ORGANS.covers(one, organ) or ORGANS.covers(organ, one) for one in implied for organ in organs
    )


@lru_cache(maxsize=4096)
def _spellings(text: str) -> tuple[str, ...]:
    """Each once, in the order in which they are tried."""
    folded = [plain(text).strip(" '\"-")]
    for changes in (_SPELT, _ENDINGS):
        folded.append(folded[-1])
        for pattern, instead in changes:
            folded[-1] = pattern.sub(instead, folded[-1])
    return tuple(dict.fromkeys((*folded, re.sub(r"(?<=[a-z]{4})s\b", "", folded[-1]))))


_OF_THE_OVARY = frozenset({"ovary", "fallopian_tube", "tubo_ovarian", "primary_peritoneum", "peritoneum"})
_LOW = frozenset({"low_grade_serous_carcinoma", "endometrioid_low_grade"})
_HIGH = frozenset({"high_grade_serous_carcinoma", "endometrioid_high_grade"})
_NO_HIGH = _LOW | {"borderline_neoplasm", "mucinous_adenocarcinoma"}
_MIXED: tuple[tuple[str, frozenset[str]], ...] = (
    ("breast", frozenset({"breast_mixed_ductal_lobular"})),
    ("lung", frozenset({"combined_sclc"})),
    ("pleura", frozenset({"biphasic_mesothelioma"})),
    ("testis", frozenset({"mixed_germ_cell_tumour"})),
    ("stomach", frozenset({"gastric_mixed"})),
    ("liver", frozenset({"combined_hepatocholangiocarcinoma"})),
)
"""What a tumour of two types is called in an organ."""


def graded(low: bool, organs: frozenset[str]) -> Test | None:
    """« De bas grade », « de haut grade » by themselves: what of the organ is, what is not; the rest is open."""
    if organs and organs <= _OF_THE_OVARY:
        sure, never = (_LOW, _HIGH | {"carcinosarcoma", "clear_cell_adenocarcinoma"}) if low else (_HIGH, _NO_HIGH)
        rest = AllOf((Not(HistologyIs(never)), Unread(Kind.HISTOLOGY)))
        return AnyOf((HistologyIs(sure), rest))
    if organs and all(ORGANS.covers("cns", organ) for organ in organs):
        return HistologyIs(frozenset({"low_grade_glioma" if low else "high_grade_glioma"}))
    return None


def mixed(organs: frozenset[str]) -> Test | None:
    """« Histologie mixte » in a trial of one organ; None: nobody knows of what."""
    ids = {id_ for place, ids in _MIXED for id_ in ids for organ in organs if ORGANS.covers(place, organ)}
    alone = len({place for place, _ in _MIXED for organ in organs if ORGANS.covers(place, organ)}) == 1
    return HistologyIs(frozenset(ids)) if ids and alone else None


_USUAL: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "cervix",
        frozenset({"squamous_cell_carcinoma", "cervical_scc", "cervical_adenocarcinoma", "adenosquamous_carcinoma"}),
    ),
    ("lung", frozenset({"lung_adenocarcinoma", "lung_squamous", "sclc"})),
    ("ovary", _HIGH | _LOW | {"clear_cell_adenocarcinoma", "mucinous_adenocarcinoma"}),
    ("corpus_uteri", frozenset({"endometrial_endometrioid_carcinoma", "uterine_serous_carcinoma"})),
    ("kidney", frozenset({"clear_cell_rcc"})),
    ("prostate", frozenset({"prostate_adenocarcinoma"})),
    ("pancreas", frozenset({"pancreatic_ductal"})),
    ("urothelium", frozenset({"urothelial_carcinoma"})),
    ("liver", frozenset({"hcc"})),
    ("colorectum", frozenset({"colorectal_adenocarcinoma"})),
    ("oesogastric", frozenset({"oesogastric_adenocarcinoma", "oesophageal_scc"})),
)


def other_than_usual(organs: frozenset[str]) -> Test | None:
    """« Toute autre histologie »: none of the usual ones of the organ; which of the others is meant stays open."""
    usual = [ids for place, ids in _USUAL for organ in organs if ORGANS.covers(place, organ)]
    if not usual:
        return None
    ids = frozenset(id_ for one in usual for id_ in one if id_ in HISTOLOGIES)
    return AllOf((Not(HistologyIs(ids)), Unread(Kind.HISTOLOGY)))
