"""Treatments in the order of time: which was the last, and whether the disease progressed since.

The last is known where the list is whole and the others are earlier lines, of an early setting, or surely started
before; maintenance belongs to its line.
"""

from dataclasses import replace

from rules.criteria import State, Treated
from rules.infer.treatments import EARLY_SETTINGS
from rules.picture import Picture, Received, Tri
from rules.treatments import TREATMENTS, is_systemic
from rules.verdict import Verdict, all_of

_WHATEVER = frozenset({"systemic_treatment", "anticancer_treatment"})
_CAME_BACK = frozenset({"progression", "relapse"})


def progressed_since(test: Treated, picture: Picture) -> Tri | None:
    """The state that tells that the disease progressed after whichever treatment was the last; None if none does.

    Only where the outcome of any treatment will do: of one named treatment it is that treatment's own.
    """
    if not test.treatments <= _WHATEVER or not test.outcomes & _CAME_BACK or test.last:
        return None
    states = [State.PROGRESSION, *([State.RELAPSE] if "relapse" in test.outcomes else [])]
    told = next((picture.states[one] for one in states if picture.states[one].verdict is Verdict.MET), None)
    if told is None:
        return None
    bare = replace(test, outcomes=frozenset())
    return told if any(_answers(bare, entry) for entry in picture.treatments) else None


def _answers(test: Treated, entry: Received) -> bool:
    if not entry.received or entry.for_other_cancer or entry.blinded:
        return False
    if test != Treated(treatments=test.treatments):
        return False
    return any(TREATMENTS.compare_all(part, test.treatments) is Verdict.MET for part in entry.components)


def is_last(entry: Received, picture: Picture) -> Verdict:
    """Whether no systemic treatment of this cancer came after it."""
    others = [
        other
        for other in picture.treatments
        if other is not entry and other.received and not other.for_other_cancer and _is_systemic(other)
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
