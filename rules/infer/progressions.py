"""When the disease came back after a treatment, where another field of the form tells it.

castration   the onset of castration resistance is the progression after every treatment of the hormone-sensitive phase
             (EAU–ESTRO guidelines 2024, definition of CRPC)
first line   before any line for advanced disease, the relapse under discussion is the one after (neo)adjuvant treatment
"""

from dataclasses import replace

from rules.dates import PartialDate
from rules.dossier import Dossier
from rules.infer.treatments import EARLY_SETTINGS
from rules.picture import Lines, Received

_PROGRESSED = frozenset({"progression", "relapse"})


def with_progressions(treatments: tuple[Received, ...], dossier: Dossier, lines: Lines) -> tuple[Received, ...]:
    """The treatments, with the date of the progression that followed where it is implied."""
    resistant = _first(dossier, "castration_resistant_on")
    relapsed = _first(dossier, "relapsed_on") if lines.prior.high == 0 else None
    return tuple(_dated(entry, resistant, relapsed) for entry in treatments)


def _first(dossier: Dossier, field: str) -> PartialDate | None:
    told = [text for text, _ in dossier.said(lambda case: getattr(case.disease, field), f"disease.{field}")]
    return PartialDate.parse(told[0]) if len(set(told)) == 1 else None


def _dated(entry: Received, resistant: PartialDate | None, relapsed: PartialDate | None) -> Received:
    if entry.progressed or entry.for_other_cancer or entry.ended is None or entry.outcome in _PROGRESSED:
        return entry
    if resistant and entry.ended.latest < resistant.earliest:
        return replace(entry, came_back=resistant)
    early = entry.setting in EARLY_SETTINGS
    if relapsed and early and entry.ended.latest < relapsed.earliest:
        return replace(entry, came_back=relapsed)
    return entry
