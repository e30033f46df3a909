"""Treatments as typed → what was received: agents read as concepts; the agent beats the typed type."""

from rules.case import CompleteList, Treatment
from rules.dates import PartialDate
from rules.dossier import Dossier, Source
from rules.picture import Received
from rules.treatments import TREATMENTS, agents_of, is_blinded

ADVANCED_SETTINGS = frozenset({"metastatic", "palliative", "locally_advanced"})
EARLY_SETTINGS = frozenset({"neoadjuvant", "adjuvant", "curative"})


def treatments_of(dossier: Dossier) -> tuple[Received, ...]:
    """Every treatment entry of the form and of its text, understood."""
    return tuple(
        _received(treatment, source) for treatment, source in dossier.listed(lambda case: case.treatments, "treatments")
    )


def treatments_complete(dossier: Dossier) -> bool:
    """Whether the sender, or the text, says that the list is whole."""
    return any(CompleteList.TREATMENTS in case.complete for case in (dossier.stated, dossier.read))


def _received(treatment: Treatment, source: Source) -> Received:
    typed = " + ".join(treatment.agents)
    return Received(
        components=_components(treatment),
        received=treatment.received,
        blinded=is_blinded(typed),
        setting=treatment.setting,
        line=treatment.line,
        ongoing=treatment.status == "ongoing",
        outcome=treatment.outcome,
        started=_date(treatment.started_on),
        ended=_date(treatment.ended_on),
        progressed=_date(treatment.progressed_on),
        for_other_cancer=treatment.for_other_cancer,
        source=source,
        label=typed or TREATMENTS[treatment.type].label_fr if treatment.type in TREATMENTS else typed or treatment.type,
    )


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
