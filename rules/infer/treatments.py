"""Treatments as typed → what was received: agents read as concepts; the agent beats the typed type."""

import re
from dataclasses import replace

from rules.case import CompleteList, Treatment
from rules.dates import PartialDate
from rules.dossier import Dossier, Source
from rules.organs import ORGANS
from rules.picture import Received
from rules.text import fold
from rules.treatments import TREATMENTS, agents_of, is_blinded, is_systemic, open_keys

_OTHERS = re.compile(r"\b(?:autres?|other|ailleurs|otherwise|d'autre)\b")
ADVANCED_SETTINGS = frozenset({"metastatic", "palliative", "locally_advanced"})
EARLY_SETTINGS = frozenset({"neoadjuvant", "adjuvant", "curative"})
OWN_SETTINGS = ADVANCED_SETTINGS | EARLY_SETTINGS | {"maintenance"}
"""Every setting that a treatment of the cancer itself may have: one whose setting is not told is in one of them."""


def treatments_of(dossier: Dossier, organs: frozenset[str]) -> tuple[Received, ...]:
    """Every treatment entry of the form and of its text, understood.

    Hydroxycarbamide alone in acute leukaemia only keeps leucocytes down until treatment begins (ELN 2022): trials take
    who had no more than that for untreated.
    """
    listed = dossier.listed(lambda case: case.treatments, "treatments")
    entries = tuple(
        _received(detailed(treatment, dossier.details.get(index)), source)
        for index, (treatment, source) in enumerate(listed)
    )
    if organs and not any(ORGANS.covers(one, organ) for one in _CASTRATED_FOR for organ in organs):
        entries = tuple(_no_castration(entry) for entry in entries)
    if not organs or not all(ORGANS.covers("acute_leukaemia", organ) for organ in organs):
        return entries
    return tuple(
        replace(entry, components=CYTOREDUCTION) if entry.components == HYDROXYCARBAMIDE else entry for entry in entries
    )


_CASTRATED_FOR = ("prostate", "testis")
_SURGERY = frozenset({"surgery"})
_OPERATIONS = frozenset(TREATMENTS.below("surgery") - {"surgery", "surgical_castration", "orchiectomy"})


def _no_castration(entry: Received) -> Received:
    """An operation that is typed as no more than that: outside prostate and testis it is no hormone treatment."""
    parts = tuple(_OPERATIONS if part == _SURGERY else part for part in entry.components)
    return entry if parts == entry.components else replace(entry, components=parts)


def detailed(stated: Treatment, told: Treatment | None) -> Treatment:
    """A treatment of the form with what its text adds: what the form does not tell of it."""
    if told is None:
        return stated
    return replace(
        stated,
        setting=stated.setting or told.setting,
        line=stated.line or told.line,
        status=stated.status or (told.status if stated.outcome != "progression" else None),
        outcome=stated.outcome or told.outcome,
        started_on=stated.started_on or told.started_on,
        ended_on=stated.ended_on or told.ended_on,
        progressed_on=stated.progressed_on or told.progressed_on,
    )


HYDROXYCARBAMIDE = (frozenset({"hydroxycarbamide"}),)
CYTOREDUCTION = (frozenset({"cytoreduction"}),)
"""What hydroxycarbamide is of an acute leukaemia: whoever had no more is untreated (ELN 2022)."""


def treatments_complete(dossier: Dossier, treatments: tuple[Received, ...]) -> bool:
    """Whether the sender, or the text, says that the list is whole.

    « Pas d'autre traitement reçu » speaks of the treatments beside it: it closes nothing where none is systemic.
    """
    if dossier.stated.planned_setting == "maintenance" and not any(entry.received for entry in treatments):
        return False  # whole and empty, of a patient whose treatment is kept up: it was listed elsewhere
    if CompleteList.TREATMENTS in dossier.stated.complete:
        return True
    if CompleteList.TREATMENTS not in dossier.read.complete:
        return False
    others = any(_OTHERS.search(fold(words)) for path, words in dossier.quotes.items() if path.startswith("complete"))
    return not others or any(
        is_systemic(id_) or any(TREATMENTS.covers(one, id_) for one in OF_MYELODYSPLASIA)
        for entry in treatments
        if entry.received
        for part in entry.components
        for id_ in part
    )


OF_MYELODYSPLASIA = ("esa", "activin_ligand_trap")
"""What trials of low-risk myelodysplasia count among earlier treatments, though it is supportive care elsewhere."""


def _received(treatment: Treatment, source: Source) -> Received:
    typed = " + ".join(treatment.agents)
    components = _components(treatment)
    ended = treatment.ended_on or (treatment.started_on if _takes_a_day(treatment, components) else None)
    return Received(
        components=components,
        received=treatment.received,
        blinded=is_blinded(typed),
        setting=treatment.setting,
        line=treatment.line,
        ongoing=treatment.status == "ongoing",
        stopped=treatment.status == "stopped",
        outcome=treatment.outcome,
        started=_date(treatment.started_on),
        ended=_date(ended),
        progressed=_date(treatment.progressed_on),
        for_other_cancer=treatment.for_other_cancer,
        source=source,
        names=frozenset[str]().union(*(open_keys(agent) for agent in treatment.agents)),
        label=typed or TREATMENTS[treatment.type].label_fr if treatment.type in TREATMENTS else typed or treatment.type,
    )


def _takes_a_day(treatment: Treatment, components: tuple[frozenset[str], ...]) -> bool:
    """An operation is over on the day on which it began."""
    surgical = all(part and all(TREATMENTS.covers("surgery", id_) for id_ in part) for part in components)
    return surgical and treatment.received and treatment.status != "ongoing"


def _components(treatment: Treatment) -> tuple[frozenset[str], ...]:
    typed_type = frozenset({treatment.type if treatment.type in TREATMENTS else "anticancer_treatment"})
    components: list[frozenset[str]] = []
    for agent in treatment.agents:
        read = agents_of(agent)
        components += read or (typed_type,)
    if not components:
        components.append(typed_type)
    return tuple(components)


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
