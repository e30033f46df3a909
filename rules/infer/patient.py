"""Age, sex, performance, labs, conditions, medicines and what the patient can have."""

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from rules.case import Case, CompleteList, Condition, Lab, Medication
from rules.conditions import CONDITION_NAMES, CONDITIONS
from rules.dates import PartialDate, read_date
from rules.dossier import Dossier, Source
from rules.immune_toxicity import SEVERE, severe_in
from rules.infer.doses import corticosteroid_dose
from rules.labs import in_canonical_unit, read_lab
from rules.organs import METASTATIC_SITE_NAMES, ORGANS
from rules.picture import Conflict, HeldCondition, Measured, PatientPicture, Possible, Tri
from rules.terms import affirmed_part, read_typed
from rules.text import fold
from rules.verdict import Verdict

T = TypeVar("T")
AGES = frozenset(range(131))


def settle(statements: list[tuple[T, Source]], everything: frozenset[T]) -> Possible[T]:
    """One value from its statements: what all of them say, everything when none is made or they differ."""
    if not statements:
        return Possible(everything)
    values = {value for value, _ in statements}
    sources = tuple(source for _, source in statements)
    if len(values) == 1:
        return Possible(frozenset(values), sources)
    return Possible(everything, sources, len(values) > 1)


def age_of(dossier: Dossier) -> Possible[int]:
    """Completed years."""
    stated = list(dossier.said(lambda case: case.patient.age, "patient.age"))
    if not stated:
        stated = [
            (months // 12, source)
            for months, source in dossier.said(lambda case: case.patient.age_months, "patient.age_months")
        ]
    return settle(stated, AGES)


def age_at_diagnosis(dossier: Dossier, age: Possible[int], as_of: date) -> Possible[int]:
    """The ages the patient may have had at diagnosis: the birthday and a partial date leave a range."""
    dates = list(dossier.said(lambda case: case.tumour.diagnosed_on, "tumour.diagnosed_on"))
    if not age.told or len(dates) != 1:
        return Possible(AGES)
    diagnosed = PartialDate.parse(dates[0][0])
    now = next(iter(age.values))
    shortest = max(0, _whole_years(diagnosed.latest, as_of))
    longest = _whole_years(diagnosed.earliest, as_of) + 1
    ages = frozenset(range(max(0, now - longest), now - shortest + 1))
    return Possible(ages, (*age.sources, dates[0][1]))


def _whole_years(earlier: date, later: date) -> int:
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def sex_of(dossier: Dossier, organs: frozenset[str]) -> Possible[str]:
    """Stated, or implied by the organ (prostate, testis, penis: male; ovary, uterus, vulva …: female; breast: none)."""
    stated = list(dossier.said(lambda case: case.patient.sex, "patient.sex"))
    if implied := _sex_of_organs(organs):
        stated.append((implied, Source("tumour.topography", "organe", rule="organ_implies_sex")))
    return settle(stated, _SEXES)


_SEXES = frozenset({"female", "male"})


@lru_cache(maxsize=4096)  # of the vocabulary
def _sex_of_organs(organs: frozenset[str]) -> str | None:
    implied = {_sex_of_organ(organ) for organ in organs}
    return implied.pop() if len(implied) == 1 else None


_MALE = ("prostate", "testis", "penis", "male_genital")
_FEMALE = ("ovary", "fallopian_tube", "uterus", "endometrium", "cervix", "vulva", "vagina", "female_genital")


def _sex_of_organ(organ: str) -> str | None:
    for roots, sex in ((_MALE, "male"), (_FEMALE, "female")):
        if any(root in ORGANS and ORGANS.covers(root, organ) for root in roots):
            return sex
    return None


def performance_of(dossier: Dossier) -> dict[str, Possible[float]]:
    """Each scale apart; ECOG and Karnofsky are compared by intervals where a criterion asks for the other one."""
    return {
        name: settle(
            [(float(value), source) for value, source in dossier.said(get, f"performance.{name}")], frozenset()
        )
        for name, get in _SCALES
    }


_SCALES: tuple[tuple[str, Callable[[Case], float | None]], ...] = (
    ("ecog", lambda case: case.performance.ecog),
    ("g8", lambda case: case.performance.g8),
    ("karnofsky", lambda case: case.performance.karnofsky),
    ("lansky", lambda case: case.performance.lansky),
)


def labs_of(dossier: Dossier) -> tuple[Measured, ...]:
    """Every lab value, in canonical units where its name and unit are understood."""
    return tuple(_measured(lab, source) for lab, source in dossier.listed(lambda case: case.labs, "labs"))


def _measured(lab: Lab, source: Source) -> Measured:
    converted = {id_: in_canonical_unit(id_, lab.value, lab.unit) for id_ in read_lab(lab.name)}
    return Measured(
        values={id_: value for id_, value in converted.items() if value is not None},
        name=lab.name,
        observed=f"{lab.name} {lab.value:g} {lab.unit}",
        measured=PartialDate.parse(lab.measured_on) if lab.measured_on else None,
        source=source,
    )


def conditions_of(dossier: Dossier) -> tuple[HeldCondition, ...]:
    """Every condition of the form and of its text, and the meninges where they are a site of metastasis."""
    listed = dossier.listed(lambda case: case.conditions, "conditions")
    sites = dossier.listed(lambda case: case.disease.metastatic_sites, "disease.metastatic_sites")
    named = tuple(part for item, source in listed for part in _parts(_held(item, source)))
    denied = (_other_status(one) for one in named if one.present and not one.suspected)
    meninges = (_meninges(site, source) for site, source in sites if _is_meninges(site))
    severe = (replace(one, concepts=frozenset({SEVERE})) for one in named if one.present and severe_in(fold(one.name)))
    return (*named, *(one for one in denied if one), *severe, *meninges)


_STATUSES = {"postmenopausal": "premenopausal", "premenopausal": "postmenopausal"}


def _other_status(held: HeldCondition) -> HeldCondition | None:
    """Who is past the menopause is not before it."""
    other = _STATUSES.get(min(held.concepts)) if len(held.concepts) == 1 else None
    return replace(held, concepts=frozenset({other}), present=False) if other else None


def _is_meninges(site: str) -> bool:
    """The leptomeninges; a metastasis of the dura mater is another matter."""
    return METASTATIC_SITE_NAMES.exact(site) == {"meninges"} and not re.search(r"dur|pachy", fold(site))


def _meninges(site: str, source: Source) -> HeldCondition:
    at = Source(source.field, source.text or site, source.read, "meningeal_site")
    return replace(_held(Condition(name=site, present=True), at), concepts=frozenset({"leptomeningeal_disease"}))


def medications_of(dossier: Dossier) -> tuple[HeldCondition, ...]:
    """Every current medicine, read in the same vocabulary as conditions."""
    return tuple(
        _medicine(item, source) for item, source in dossier.listed(lambda case: case.medications, "medications")
    )


def _medicine(item: Medication, source: Source) -> HeldCondition:
    held = _held(Condition(name=_DOSE.sub(" ", item.name).strip() or item.name, present=True), source)
    if held.concepts != {"systemic_corticosteroids"} or not (dose := corticosteroid_dose(item)):
        return held
    return replace(held, concepts=frozenset({dose}))


_DOSE = re.compile(
    r"(?<![\w.,])\d[\d\s.,]*(?:mg|µg|ug|mcg|g|ml|ui)\b(?:\s?/\s?(?:j(?:our)?|kg|24h|sem\w*))*", re.IGNORECASE
)
"""« Pantoprazole 20 mg »: how much is no part of the name (« mg » is also how myasthenia is written)."""


def _held(item: Condition, source: Source) -> HeldCondition:
    return HeldCondition(
        concepts=read_typed(item.name, CONDITION_NAMES, CONDITIONS).concepts,
        name=item.name,
        present=item.present,
        suspected=item.certainty == "suspected",
        since=read_date(item.since) if item.since else None,
        ended=PartialDate.parse(item.ended_on) if item.ended_on else None,
        source=source if source.text else Source(source.field, item.name, source.read),
    )


def _parts(held: HeldCondition) -> tuple[HeldCondition, ...]:
    """« HTA, diabète », « AHAI contrôlée sous prednisone »: what one entry names apart is each of it."""
    if len(held.concepts) == 1 or CONDITION_NAMES.exact(held.name) or _NOT_BOTH.search(fold(held.name)):
        return (held,)
    told = [mention.ids for mention in CONDITION_NAMES.find(affirmed_part(held.name))]
    apart = all(
        CONDITIONS.compare_all(one, other) is CONDITIONS.compare_all(other, one) is Verdict.NOT_MET
        for one, other in itertools.combinations(told, 2)
    )
    if len(told) < _SEVERAL or not apart:
        return (held,)
    return tuple(replace(held, concepts=ids) for ids in told)


_NOT_BOTH = re.compile(
    r"\b(?:sans|pas|non|aucune?s?|ni|ou|vs|versus|no|not|or|without|absence|negati\w+|post|apres|suite|secondaire\w*|risque|suspi\w+|"
    r"suspect\w*|probables?|possibles?|famili\w+|mere|pere|allergi\w+|intoleran\w+|contre\S*|prophyla\w+|arret\w*|"
    r"sevr\w+|gueri\w*|resolu\w*|ancien\w*|antecedents?|atcd|remission|bilan|depist\w+)\b|[/?]"
)
"""Words that deny, doubt or date one of the two, or leave open which."""
_SEVERAL = 2


def is_complete(dossier: Dossier, which: CompleteList) -> bool:
    """Whether the sender, or the text, says that a list is whole."""
    return any(which in case.complete for case in (dossier.stated, dossier.read))


def suitability_of(dossier: Dossier) -> dict[str, Tri]:
    """What the patient can have, as stated; statements that differ are a conflict."""
    found: dict[str, list[tuple[bool, Source]]] = {}
    for item, source in dossier.listed(lambda case: case.suitability, "suitability"):
        at = source if source.text else Source(source.field, "oui" if item.suitable else "non", source.read)
        found.setdefault(item.purpose, []).append((item.suitable, at))
    return {purpose: tri_of(statements) for purpose, statements in found.items()}


def tri_of(statements: list[tuple[bool, Source]]) -> Tri:
    """A yes-or-no fact from its statements."""
    answers = {holds for holds, _ in statements}
    sources = tuple(source for _, source in statements)
    if len(answers) != 1:
        return Tri(Verdict.UNKNOWN, sources, len(answers) > 1)
    return Tri(Verdict.MET if answers.pop() else Verdict.NOT_MET, sources)


def patient_of(dossier: Dossier, *, organs: frozenset[str], as_of: date) -> PatientPicture:
    """Everything about the patient apart from the cancer."""
    age = age_of(dossier)
    return PatientPicture(
        age_years=age,
        age_at_diagnosis=age_at_diagnosis(dossier, age, as_of),
        sex=sex_of(dossier, organs),
        performance=performance_of(dossier),
        labs=labs_of(dossier),
        conditions=conditions_of(dossier),
        conditions_complete=is_complete(dossier, CompleteList.CONDITIONS),
        medications=medications_of(dossier),
        medications_complete=is_complete(dossier, CompleteList.MEDICATIONS),
        suitability=suitability_of(dossier),
    )


def conflicts_in(patient: PatientPicture) -> tuple[Conflict, ...]:
    """The conflicts among the patient's single-valued facts."""
    return (
        *conflicts_of(patient.age_years),
        *conflicts_of(patient.sex),
        *(conflict for scale in patient.performance.values() for conflict in conflicts_of(scale)),
    )


def conflicts_of(*facts: Possible[T]) -> tuple[Conflict, ...]:
    """The conflicts among single-valued facts."""
    return tuple(
        Conflict(tuple(source.field for source in fact.sources), tuple(source.text for source in fact.sources))
        for fact in facts
        if fact.conflict
    )
