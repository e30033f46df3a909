"""When the disease came back after a treatment, where another field of the form tells it.

castration   the onset of castration resistance is the progression after every treatment of the hormone-sensitive phase
             (EAU–ESTRO guidelines 2024, definition of CRPC)
between      a relapse dated after one treatment, and before whatever came next, is the one after that treatment
maintenance  the progression under a maintenance treatment is the one after the line that it maintains
on it        what is given until the disease progresses (immunotherapy, targeted and hormone treatment, maintenance) and
             was stopped, with progression for its outcome, was stopped for it
first line   before any line for advanced disease, the relapse under discussion is the one after (neo)adjuvant treatment
"""

from collections.abc import Mapping
from dataclasses import replace

from rules.criteria import State
from rules.dates import PartialDate
from rules.dossier import Dossier
from rules.infer.states import is_last_of
from rules.infer.treatments import EARLY_SETTINGS
from rules.picture import Lines, Received, Tri
from rules.treatments import is_systemic, types_of
from rules.verdict import Verdict

_PROGRESSED = frozenset({"progression", "relapse"})


def with_progressions(treatments: tuple[Received, ...], dossier: Dossier, lines: Lines) -> tuple[Received, ...]:
    """The treatments, with the date of the progression that followed where it is implied."""
    resistant = _first(dossier, "castration_resistant_on")
    relapse = _first(dossier, "relapsed_on")
    first = relapse if lines.prior.high == 0 else None
    treatments = tuple(_maintained(_stopped_for_it(entry), treatments) for entry in treatments)
    return tuple(
        _between(_dated(entry, resistant, first), relapse, treatments) if relapse else _dated(entry, resistant, first)
        for entry in treatments
    )


def kept_off(treatments: tuple[Received, ...], states: Mapping[State, Tri], *, complete: bool) -> tuple[Received, ...]:
    """The treatments; the last of all, stopped as it was not tolerated, did not fail where the disease does not
    progress now."""
    if not complete or states[State.PROGRESSION].verdict is not Verdict.NOT_MET:
        return treatments
    own = [entry for entry in treatments if entry.received and not entry.for_other_cancer]
    return tuple(
        replace(entry, kept_off=True)
        if entry in own and entry.outcome == "toxicity" and not entry.progressed and is_last_of(entry, own)
        else entry
        for entry in treatments
    )


_UNTIL_PROGRESSION = frozenset({"immunotherapy", "targeted_therapy", "hormone_therapy"})


def _stopped_for_it(entry: Received) -> Received:
    """The entry with the progression for which it was stopped, the day it ended."""
    ended = entry.ended
    if not entry.stopped or ended is None or entry.outcome != "progression" or entry.progressed or entry.came_back:
        return entry
    kinds = [types_of(id_) for part in entry.components for id_ in part]
    lasting = entry.setting == "maintenance" or all(one & _UNTIL_PROGRESSION for one in kinds)
    advanced = entry.setting not in EARLY_SETTINGS and not entry.for_other_cancer
    return replace(entry, came_back=ended) if kinds and lasting and advanced else entry


def _maintained(entry: Received, treatments: tuple[Received, ...]) -> Received:
    """The entry with the progression under the maintenance that followed it, nothing else having come between."""
    ended = entry.ended
    if not _may_take_date(entry) or entry.setting == "maintenance" or ended is None or not _is_systemic(entry):
        return entry
    others = [
        (one.started, one)
        for one in treatments
        if one is not entry and one.received and not one.for_other_cancer and _is_systemic(one)
    ]
    starts = [start for start, _ in others if start is not None]
    if len(starts) < len(others):
        return entry
    later = [(start, one) for start, one in others if start is not None and start.earliest >= ended.latest]
    between = [one for start, one in others if start is not None and start.latest > ended.earliest]
    if not later or len(between) > len(later):
        return entry
    first_start, first = min(later, key=lambda each: each[0].earliest)
    alone = all(start.earliest > first_start.latest for start, one in later if one is not first)
    back = first.progressed or (first.ended if first.outcome in _PROGRESSED else None)
    return replace(entry, came_back=back) if alone and back and first.setting == "maintenance" else entry


def _between(entry: Received, relapse: PartialDate, treatments: tuple[Received, ...]) -> Received:
    """The entry with the relapse that lies after its end and before the start of every later treatment."""
    if not _may_take_date(entry) or not entry.ended or entry.ended.latest >= relapse.earliest:
        return entry
    others = [one for one in treatments if one is not entry and one.received and one.setting != "maintenance"]
    apart = all(_is_apart(other, entry.ended, relapse) for other in others if _is_systemic(other))
    return replace(entry, came_back=relapse) if apart and _is_systemic(entry) else entry


def _is_apart(other: Received, ended: PartialDate, relapse: PartialDate) -> bool:
    """Whether another treatment was over before this one ended, or began after the relapse."""
    before = other.ended is not None and other.ended.latest <= ended.latest
    return before or (other.started is not None and other.started.earliest >= relapse.earliest)


def _is_systemic(entry: Received) -> bool:
    return any(is_systemic(id_) for part in entry.components for id_ in part)


def _may_take_date(entry: Received) -> bool:
    return not (entry.progressed or entry.came_back or entry.for_other_cancer or entry.outcome in _PROGRESSED)


def _first(dossier: Dossier, field: str) -> PartialDate | None:
    told = [text for text, _ in dossier.said(lambda case: getattr(case.disease, field), f"disease.{field}")]
    return PartialDate.parse(told[0]) if len(set(told)) == 1 else None


def _dated(entry: Received, resistant: PartialDate | None, relapsed: PartialDate | None) -> Received:
    if entry.ended is None or not _may_take_date(entry):
        return entry
    if resistant and entry.ended.latest < resistant.earliest:
        return replace(entry, came_back=resistant)
    early = entry.setting in EARLY_SETTINGS
    if relapsed and early and entry.ended.latest < relapsed.earliest:
        return replace(entry, came_back=relapsed)
    return entry
