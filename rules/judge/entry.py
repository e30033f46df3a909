"""What one treatment entry says of each part of a demand: agent, setting, outcome, time, line.

Each part is a function of its own, so that the compiled engine can ask for every distinct value of a part once.
"""

import re
from datetime import date
from functools import lru_cache

from rules.criteria import State
from rules.dates import PartialDate, at_least_days_ago
from rules.infer.treatments import ADVANCED_SETTINGS, OWN_SETTINGS
from rules.open_names import ANY_DRUG, class_of_name, is_of_a_target, name_key
from rules.picture import Picture, Received
from rules.treatments import TREATMENTS
from rules.verdict import Verdict, any_of, negate


def agent_says(asked: frozenset[str], entry: Received) -> Verdict:
    """Whether one of the components is of the treatments asked."""
    return any_of(TREATMENTS.compare_all(part, asked) for part in entry.components)


def names_say(asked: frozenset[str], entry: Received) -> Verdict:
    """Whether it was typed under one of these open names; another open name may be the same drug, a known drug is not.

    Of no name: NOT_MET, so that it may be joined to what `agent_says`.
    """
    return any_of(_name_says(name, entry) for name in sorted(asked))


def _name_says(name: str, entry: Received) -> Verdict:
    if name_key(name) in entry.names:
        return Verdict.MET
    other = all(_is_another(name, part) for part in entry.components)
    return Verdict.NOT_MET if other else Verdict.UNKNOWN


_CLASS = re.compile(
    r"anti_|.*_(?:inhibitor|targeted|agonist|antagonist|antibody|therapy|degrader|agent|vaccine|trap|payload|engager|"
    r"car_t|tki|mab|adc|bispecific|treatment|transplant|care|delivery|virus|analogue)$"
)
"""Ids of classes, some of which have no agent below them."""
_KINASE_DRUGS = frozenset({"tki", "mtki"})


@lru_cache(maxsize=16_384)  # of the vocabulary
def _is_another(name: str, part: frozenset[str]) -> bool:
    """Whether what a component may be is surely not the drug of an open name."""
    class_ = class_of_name(name)
    if TREATMENTS.compare_all(part, frozenset({class_})) is Verdict.NOT_MET:
        return True
    if not part or not all(_is_one_drug(id_) for id_ in part):
        return False
    # A kinase inhibitor has more targets than its class tells.
    kinase = any(TREATMENTS.above(id_) & _KINASE_DRUGS for id_ in part)
    return not (is_of_a_target(name) and kinase and class_ in (ANY_DRUG, "tki"))


def _is_one_drug(id_: str) -> bool:
    """One drug, whatever its formulations (« liposomal_irinotecan ») and the classes that are disputed of it."""
    return all(id_ in below for below in TREATMENTS.below(id_)) and not _CLASS.match(id_)


def bounds_of(treatments: frozenset[str], names: frozenset[str]) -> frozenset[str]:
    """The treatments asked, an open name by the class that it is surely of."""
    return treatments | {class_of_name(name) for name in names}


def setting_says(asked: frozenset[str], entry: Received, picture: Picture) -> Verdict:
    """`advanced` stands for every setting that is not an early one; another cancer's treatment is in none of them."""
    if not asked:
        return Verdict.MET
    if entry.for_other_cancer:
        return Verdict.NOT_MET
    if entry.setting in asked or (entry.setting is None and asked >= OWN_SETTINGS):
        return Verdict.MET
    advanced = "advanced" in asked
    if advanced and picture.no_advanced_line and entry.setting not in ADVANCED_SETTINGS:
        return Verdict.NOT_MET
    if advanced and (entry.setting in ADVANCED_SETTINGS or entry.line is not None):
        return Verdict.MET
    if entry.setting is None or entry.setting == "maintenance":
        return Verdict.UNKNOWN
    return Verdict.NOT_MET


def line_says(asked: frozenset[int], entry: Received) -> Verdict:
    """Whether it was one of these lines."""
    if not asked:
        return Verdict.MET
    if entry.line is None:
        return Verdict.UNKNOWN
    return Verdict.MET if entry.line in asked else Verdict.NOT_MET


def duration_says(days: int | None, entry: Received, as_of: date) -> Verdict:
    """Given for at least so many days, from its start to its end, or to today where it goes on."""
    if days is None:
        return Verdict.MET
    end = end_of(entry, as_of)
    if entry.started is None:
        return Verdict.UNKNOWN
    if end is None:
        return Verdict.NOT_MET if (as_of - entry.started.earliest).days < days else Verdict.UNKNOWN
    if (end.earliest - entry.started.latest).days >= days:
        return Verdict.MET
    return Verdict.NOT_MET if (end.latest - entry.started.earliest).days < days else Verdict.UNKNOWN


def outcome_says(asked: frozenset[str], entry: Received, picture: Picture) -> Verdict:
    """Whether it ended with one of these outcomes. One that goes on and holds a disease that is told not to progress
    has not failed; while nobody says how the disease is now, an outcome may be an older one."""
    if not asked:
        return Verdict.MET
    if entry.outcome in asked:
        return Verdict.MET
    if entry.progressed and asked & {"progression", "relapse"}:
        return Verdict.MET
    return Verdict.NOT_MET if holds(entry, picture) and asked <= _FAILURES else Verdict.UNKNOWN


_FAILURES = frozenset({"progression", "relapse", "toxicity"})


def holds(entry: Received, picture: Picture) -> bool:
    """Whether the disease, by its own state, does not progress under the treatment, or since where it was the last."""
    if entry.kept_off:
        return True
    steady = picture.states[State.PROGRESSION].verdict is Verdict.NOT_MET
    return entry.ongoing and entry.outcome in {"response", "stable"} and not entry.progressed and steady


def end_of(entry: Received, as_of: date) -> PartialDate | None:
    """When it ended: today where it goes on, None where nobody says."""
    if entry.ongoing:
        return PartialDate(as_of, as_of)
    return entry.ended


def recent_says(days: int | None, entry: Received, as_of: date) -> Verdict:
    """Less than so many days ago: what is not that long ago."""
    return Verdict.MET if days is None else negate(long_ago_says(days, entry, as_of))


def long_ago_says(days: int | None, entry: Received, as_of: date) -> Verdict:
    """Whether it ended at least so many days ago."""
    if days is None:
        return Verdict.MET
    end = end_of(entry, as_of)
    return Verdict.UNKNOWN if end is None else at_least_days_ago(end, days, as_of=as_of)


def relapse_says(days: int | None, entry: Received) -> Verdict:
    """Whether the disease came back during it or at most so many days after its end."""
    if days is None:
        return Verdict.MET
    back = entry.progressed or entry.came_back
    if entry.ended is None or back is None:
        return Verdict.UNKNOWN
    shortest = (back.earliest - entry.ended.latest).days
    longest = (back.latest - entry.ended.earliest).days
    if longest <= days:
        return Verdict.MET
    return Verdict.NOT_MET if shortest > days else Verdict.UNKNOWN
