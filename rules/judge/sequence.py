"""Treatments in the order of time: which was the last, and whether the disease progressed since.

The last is known where the list is whole and the others are earlier lines, of an early setting, or surely started
before; maintenance belongs to its line.
"""

from rules.criteria import State, Treated
from rules.infer.castration import is_castration
from rules.infer.treatments import EARLY_SETTINGS
from rules.judge.entry import agent_says
from rules.picture import Picture, Received, Tri
from rules.treatments import is_systemic
from rules.verdict import Verdict, all_of

_WHATEVER = frozenset({"systemic_treatment", "anticancer_treatment"})
_CAME_BACK = frozenset({"progression", "relapse"})


def progressed_since(test: Treated, picture: Picture) -> Tri | None:
    """The state that tells that the disease progressed after whichever treatment was the last; None if none does.

    Only where the outcome of any treatment will do: of one named treatment it is that treatment's own.
    """
    if not asks_of_whichever(test):
        return None
    told = state_told(picture, relapse="relapse" in test.outcomes)
    if told is None:
        return None
    answered = (entry for entry in picture.treatments if was_given(entry))
    return told if any(agent_says(test.treatments, entry) is Verdict.MET for entry in answered) else None


def asks_of_whichever(test: Treated) -> bool:
    """Whether the demand is that the disease came back after treatment, whichever it was, and nothing else."""
    bare = Treated(treatments=test.treatments, outcomes=test.outcomes)
    return test == bare and test.treatments <= _WHATEVER and bool(test.outcomes & _CAME_BACK)


def state_told(picture: Picture, *, relapse: bool) -> Tri | None:
    """The state by which the disease progressed (or relapsed, where that is asked too), where one is told."""
    states = [State.PROGRESSION, *([State.RELAPSE] if relapse else [])]
    return next((picture.states[one] for one in states if picture.states[one].verdict is Verdict.MET), None)


def was_given(entry: Received) -> bool:
    """Whether the treatment was surely received, for this cancer."""
    return entry.received and not entry.for_other_cancer and not entry.blinded


def is_last(entry: Received, picture: Picture) -> Verdict:
    """Whether no systemic treatment of this cancer came after it."""
    others = [
        other
        for other in picture.treatments
        if other is not entry and other.received and not other.for_other_cancer and _is_systemic(other)
        if not is_castration(other) or is_castration(entry)  # which goes on under whatever else is given
    ]
    verdict = all_of(_came_before(other, entry) for other in others)
    if verdict is Verdict.MET and not picture.treatments_complete:
        return Verdict.UNKNOWN
    return verdict


def _is_systemic(entry: Received) -> bool:
    return any(is_systemic(id_) for part in entry.components for id_ in part)


def _came_before(other: Received, entry: Received) -> Verdict:
    if other.line and entry.line:
        return Verdict.NOT_MET if other.line > entry.line else Verdict.MET
    if other.setting == "maintenance" and entry.line:
        return Verdict.MET
    if other.setting in EARLY_SETTINGS and entry.setting not in EARLY_SETTINGS:
        return Verdict.MET
    if other.ended and entry.started and other.ended.latest <= entry.started.earliest:
        return Verdict.MET
    if other.started and entry.ended and other.started.earliest > entry.ended.latest:
        return Verdict.NOT_MET
    if other.ended and entry.ended and other.ended.latest <= entry.ended.earliest:
        return Verdict.MET
    return Verdict.UNKNOWN
