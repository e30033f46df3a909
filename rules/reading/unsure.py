"""Findings whose own words or neighbours say that they are not what they look like: left out, or left open.

« La première dose de RCC » is no kidney cancer, « seules altérations : MSI » is not every MSI, "should be completed a
week before" asks for no treatment. In an inclusion such a finding is left out; among the exclusions it stays beside
something unread, and rules nobody out by itself.
"""

import re
from dataclasses import replace

from rules.criteria import (
    AllOf,
    AnyOf,
    BrainMetastasesIn,
    BrainState,
    Extent,
    ExtentIn,
    HasCondition,
    Kind,
    LineIn,
    Not,
    Polarity,
    PriorLines,
    SettingIs,
    StageIn,
    TakesMedication,
    Test,
    Unread,
    leaves,
)
from rules.reading.clause import Clause, Found

_OK = re.compile(r"[:=]\s?(?:ok\b|autoris\w*|accept\w*|possibles?|permis\w*|admis\w*|toler\w*|eligibles?|allowed)\W*$")
_DOSE_OF = re.compile(
    r"\b(?:doses?|cures?|debut|fin|seances?|pendant|apres|avant|sous|par)\s(?:de |d'|du )?(?:la |l'|le )?$"
)
_OF_LYMPHOMA = re.compile(r"\b(?:lb|ldgcb|lbdgc|ldgc|lymphomes?|lymphoma)\b[^,;:]{0,20}$")
_CHOSEN = re.compile(r"[^,;.]{0,25}\b(?:choisi\w*|retenu\w*|chosen|selected|du protocole)\b")
_TO_BE_OVER = re.compile(
    r"[^,;.]{0,40}\b(?:should|must|doi(?:t|vent)|devr\w*)\s(?:have been |be |avoir ete |etre )?(?:completed|finished|"
    r"stopped|discontinued|terminee?s?|arretee?s?|achevee?s?|interrompue?s?)\b"
)
_NEXT_OBJECT = re.compile(
    r"\s*(?:,|/)\s*(?:intoleran|resistan|ineligib|non eligib|en echec|naif)[^;]*\b(?:a|au|aux|to)\s"
)
_VARIANTS = re.compile(
    r"\b(?:variantes?|variants?|sous-types?|subtypes?)\s(?:\w+ )?(?:including|y compris|incluant|such as|dont|"
    r"telle?s? que)\s(?:le |la |les |l'|the )?[a-z]?$"
)
_AGAIN = re.compile(r"\s(?:(?:actuelle|en cours|current)\s)?(?:prouvee?|confirmee?|documentee?|proven|confirmed)\b")
_BEFORE_A_DRUG = re.compile(
    r"\s(?:avant|before)\s(?:le |la |l'|les |the )?(?!inclusion|random|entree|enrol|etude|study|screening|selection|"
    r"traitement|treatment|premiere|first|debut|start|c1|j1)[a-z]"
)
_STEROIDS = ("corticosteroids", "systemic_corticosteroids")
_OF_THE_BRAIN = re.compile(r"\b(?:snc|cerebr\w*|cns|brain|encephal\w*|leptomening\w*|mening\w*)\b")
_OF_A_PATHWAY = re.compile(
    r"\b(?:voies?|pathways?|cascades?)\s(?:de signalisation |metaboliques? )?(?:(?:de la |de l'|des |"
    r"du |de |d')(?:proteines? )?)?$"
)
_PATHWAY_BEHIND = re.compile(r"(?:\s?[/-]\s?[a-z]\w+)*\s(?:signal(?:l?ing)? )?pathways?\b")
"""« Altération de la voie RAS/MAPK »: of any gene of it."""
_OR_MORE = re.compile(r"\d[^,;()]{0,12} ou $")
"""« Lésion de 3 cm ou plus accessible à une biopsie »: no lesion that is accessible no more."""
_INDICATION = re.compile(
    r"\b(?:indication|candidat\w*|prevue?s?|programmee?s?|planned)\b[^,;]{0,20}\b(?:chimio|hormono|radio)"
)
_PROGRESSING = re.compile(r"[^;]{0,20}\bsymptomati\w*,? (?:et|and) (?:en )?(?:progress|evolut)")
_ONLY_ONES = re.compile(r"\b(?:seules?|uniques?|only|sole)\b[^;]{0,25}$")
_MONTHS_BEHIND = re.compile(r"\s?\([<≤]?\s?\d+ ?(?:mois|semaines|sem|ans|months|weeks|years)\)")
_OF_A_VIRUS = re.compile(
    r"\b(?:infections?)(?: actives?)?\s(?:a |au |aux |par |with |by )?(?:le |les |la )?(?:virus )?"
    r"(?:vhb|vhc|vih|hbv|hcv|hiv|hepatit|ebv|cmv|covid|sars|"
    r"tubercul)"
)
_OF_TREATMENT = re.compile(r"\b(?:trait\w*|therap\w*|treat\w*|chimio\w*|lignes?|recue?s?|naifs?)\b[^;.]*$")
_FROM_SUBSTAGE = re.compile(r"(?:[>≥]=?|superieure?s? a|a partir d[eu])\s?(?:figo )?i{1,3}v?[abc]\d")
_OF_A_VEIN = re.compile(r"\s(?:du |de la |de |d'un )?(?:tronc|veines?) (?:porte|cave|sus|renale|splen|mesent)")


def surely(clause: Clause, one: Found) -> Found | None:
    """The finding as far as it is sure; None where an inclusion asks nothing of the sort."""
    if clause.polarity is Polarity.INCLUSION:
        return None if _asks_otherwise(clause.plain, one) else one
    if not _narrower(clause.plain, one):
        return one
    return replace(one, test=AllOf((one.test, Unread(one.kind))))


def _asks_otherwise(plain: str, one: Found) -> bool:
    before, after = plain[: one.start], plain[one.end :]
    words = plain[one.start : one.end]
    if one.kind is Kind.BRAIN_METASTASES:
        there = [leaf for leaf in leaves(one.test) if isinstance(leaf, BrainMetastasesIn)]
        asked = bool(there) and not any(BrainState.NONE in leaf.states for leaf in there)
        return asked and not isinstance(one.test, Not) and _OK.search(plain) is not None
    if one.kind in (Kind.ORGAN, Kind.HISTOLOGY):
        abbreviated = plain[one.start :].startswith("rcc") or words in ("r", "cc")
        in_course = abbreviated and _DOSE_OF.search(plain[: plain.rfind("rcc", 0, one.end + 3)]) is not None
        return in_course or _VARIANTS.search(before) is not None
    if one.kind is Kind.BIOMARKER:
        of_all = _OF_A_PATHWAY.search(before) or _PATHWAY_BEHIND.match(after)
        return bool(of_all or (words.startswith("alk") and _OF_LYMPHOMA.search(before)))
    if one.kind is Kind.LINE:
        return _CHOSEN.match(after) is not None or _of_one_tumour(plain, one)
    if one.kind is Kind.PRIOR_TREATMENT:
        over = _TO_BE_OVER.match(after) is not None and not isinstance(one.test, Not)
        return over or (isinstance(one.test, Not) and _BEFORE_A_DRUG.match(after) is not None)
    if one.kind is Kind.EXTENT:
        if (words.startswith("hors") and _OF_TREATMENT.search(before)) or (
            words.startswith("plus ") and _OR_MORE.search(before)
        ):
            return True  # « aucun traitement antérieur, hors chirurgie curative »: an exception
        again = _AGAIN.match(after) is not None and (plain.find(words) < one.start or words.count("rechute") > 1)
        return again or (words.startswith("refract") and _NEXT_OBJECT.match(after) is not None)
    vein = one.kind is Kind.COMORBIDITY and _OF_A_VEIN.match(after) is not None
    return vein or _of_a_partner(one)


def _of_one_tumour(plain: str, one: Found) -> bool:
    """« (pancréas L2-L3 ; CBNPC L2-L3 ; autres …) »: of one tumour among several."""
    opening, closing = plain.rfind("(", 0, one.start), plain.find(")", one.start)
    inside = opening >= 0 and plain.find(")", opening, one.start) < 0
    told = isinstance(one.test, LineIn | PriorLines)
    return inside and told and ";" in plain[opening : closing if closing >= 0 else len(plain)]


def _of_a_partner(one: Found) -> bool:
    """« With pregnant female partners … »: no trial asks for a pregnancy."""
    conditions = [leaf for leaf in leaves(one.test) if isinstance(leaf, HasCondition)]
    return one.kind is Kind.CONTRACEPTION and bool(conditions) and not isinstance(one.test, Not)


def _narrower(plain: str, one: Found) -> bool:
    before, after = plain[: one.start], plain[one.end :]
    if _of_the_brain(plain, one.test):
        return True
    if one.kind is Kind.EXTENT:
        return _INDICATION.search(plain[: one.end]) is not None and isinstance(one.test, SettingIs)
    if one.kind is Kind.BIOMARKER:
        return _ONLY_ONES.search(before) is not None
    if one.kind is Kind.STAGE:
        return _has_groups(one.test) and _FROM_SUBSTAGE.search(plain, max(one.start - 20, 0), one.end) is not None
    words = plain[one.start : one.end]
    if one.kind is Kind.BRAIN_METASTASES:
        return _PROGRESSING.search(words) is not None or _PROGRESSING.match(after) is not None
    if one.kind is Kind.COMORBIDITY:
        return _is_of_a_virus(words, one.test) or (isinstance(one.test, HasCondition) and _is_loose(one.test, after))
    return False


def _is_of_a_virus(words: str, test: Test) -> bool:
    """« Infection active VHB ou VHC », « co-infection active … »: not any active infection."""
    conditions = frozenset[str]().union(*(leaf.conditions for leaf in leaves(test) if isinstance(leaf, HasCondition)))
    return "active_infection" in conditions and _OF_A_VIRUS.search(words) is not None


def _is_loose(test: HasCondition, after: str) -> bool:
    """A condition said of one vein, or of the last months only."""
    vein = "thromboembolism" in test.conditions and _OF_A_VEIN.match(after) is not None
    return vein or (test.within_days is None and _MONTHS_BEHIND.match(after) is not None)


def _of_the_brain(plain: str, test: Test) -> bool:
    """« Métastases cérébrales symptomatiques, corticoïdes »: taken for the brain."""
    taken = isinstance(test, TakesMedication) and any(one in test.medications for one in _STEROIDS)
    return taken and _OF_THE_BRAIN.search(plain) is not None


def _has_groups(test: Test) -> bool:
    return any(isinstance(leaf, StageIn) and leaf.groups for leaf in leaves(test))


def strictly(test: Test) -> Test:
    """Among the exclusions « localement avancé » leaves in the borderline tumour, which such trials tell apart."""
    if isinstance(test, AllOf | AnyOf):
        return type(test)(tuple(strictly(part) for part in test.parts))
    if isinstance(test, ExtentIn) and test.extents >= _LOCALLY_ADVANCED:
        return ExtentIn(test.extents - {Extent.BORDERLINE})
    return test


_LOCALLY_ADVANCED = frozenset({Extent.LOCALLY_ADVANCED, Extent.BORDERLINE})
