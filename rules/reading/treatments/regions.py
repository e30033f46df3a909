"""Radiotherapy by the regions it was given to: « irradiation du pelvis ou des aires inguinales », "chest or breast RT".

Each region is a treatment of its own, so that a list of them is one; of a region that the vocabulary has no
radiotherapy for, only an irradiation is sure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.hinted import Expression, hinted

_RAYS = (
    r"(?:radiotherapies?|radioth\.?|irradiations?|rte?(?![a-z])|ebrt|radiotherapy|radiation(?: therapy)?|irradiees?)"
    r"(?: externes?)?"
)
_KNOWN: tuple[tuple[str, str], ...] = (
    (
        r"(?:tete(?: et (?:du )?cou)?|cou(?![a-z])|cervicales?|cervico-?faciales?|orl|vads|head(?: and neck)?|neck)",
        "head_neck_radiotherapy",
    ),
    (r"(?:thora(?:x|ciques?)|mediastin(?:ales?)?|poitrine|chest(?! wall)|thoracic)", "thoracic_radiotherapy"),
    (r"(?:poumons?|pulmonaires?|lungs?)", "lung_radiotherapy"),
    (r"(?:seins?|mammaires?|breasts?)", "breast_radiotherapy"),
    (
        r"(?:pelvis|pelviennes?|pelvic|petit bassin|col(?: de l'uterus| uterin)?(?![a-z])|uterus|uterines?|"
        r"(?:uterine )?cervix)",
        "pelvic_radiotherapy",
    ),
    (r"(?:abdomen|abdominales?|abdominal)", "abdominal_radiotherapy"),
    (r"(?:foie|hepatiques?|liver)", "liver_radiotherapy"),
    (r"(?:encephale|encephaliques?|cerebrales?|cerveau|craniennes?|brain|cranial)", "cranial_radiotherapy"),
)
_OTHERS = (
    r"(?:inguinales?|axillaires?|vesicales?|vessie|prostatiques?|prostate|rectales?|rectum|osseuses?|rachidiennes?|"
    r"rachis|vertebrales?|paroi(?: thoracique)?|chest wall|oesophagiennes?|oesophage|gastriques?|estomac|orbitaires?|"
    r"aires? (?:ganglionnaires?|axillaires?|inguinales?)|sus-claviculaires?|vulvaires?|vulve|renales?|inguinal|"
    r"axillary|bladder|spine|spinal|oesophageal|esophageal|groin|retroperitoneales?|retroperitoine|spleniques?|rate)"
)
_REGION = rf"(?:{'|'.join(pattern for pattern, _ in _KNOWN)}|{_OTHERS})(?![\w-])"
_LINK = (
    r"(?:(?:de|du|des|sur|au|aux|a|to|of|over)\s|d'|l')?(?:(?:la|le|les|the)\s|l')?(?:(?:region|zone|sphere|area)\s"
    r"(?:de la |du |de )?)?"
)
_JOINT = r"(?:\s?[,/]\s?|\s(?:ou|et|et/ou|or|and)\s)(?:de |du |sur |to )?"
_AFTER = hinted(rf"(?<![\w-])(?P<rays>{_RAYS})\s(?P<list>{_LINK}{_REGION}(?:{_JOINT}{_LINK}{_REGION})*)")
_BEFORE = hinted(rf"(?<![\w-])(?P<list>{_REGION}(?:{_JOINT}(?:the )?{_REGION})*)\s(?P<rays>{_RAYS})(?![a-z])")
_EACH = re.compile(_REGION)
_KNOWN_RES = tuple((re.compile(pattern), id_) for pattern, id_ in _KNOWN)


@dataclass(frozen=True, slots=True)
class Region:
    """Radiotherapy of one region: half-open span, its concept; `sure`: that of no wider one."""

    start: int
    end: int
    treatment: str
    sure: bool


def regions_of(folded: str) -> list[Region]:
    """The regions that radiotherapy is told of, each with its own words, left to right."""
    found = list(_of(_AFTER, folded))
    return found or list(_of(_BEFORE, folded))


def _of(pattern: Expression, folded: str) -> Iterator[Region]:
    for match in pattern.finditer(folded):
        each = [one.span() for one in _EACH.finditer(folded, *match.span("list"))]
        if not each:
            continue
        spans = [*each]
        if match.start("rays") < match.start("list"):
            spans[0] = (match.start(), spans[0][1])
        else:
            spans[-1] = (spans[-1][0], match.end())
        yield from _together([_region(folded, one, span) for one, span in zip(each, spans, strict=True)])


def _region(folded: str, words: tuple[int, int], span: tuple[int, int]) -> Region:
    named = next((id_ for pattern, id_ in _KNOWN_RES if pattern.fullmatch(folded, *words)), None)
    return Region(*span, named or "radiotherapy", named is not None)


def _together(regions: list[Region]) -> list[Region]:
    """« De la tête ou du cou »: neighbours of one concept are one."""
    kept: list[Region] = []
    for one in regions:
        if kept and one.sure and kept[-1].treatment == one.treatment:
            kept[-1] = Region(kept[-1].start, one.end, one.treatment, True)
        else:
            kept.append(one)
    return kept
