"""Lines of systemic treatment for advanced disease, counted as each disease counts them.

Rules (contract, "Lines are counted by disease"; RECIST-era trial practice, ESMO guidelines 2023–2025):
general   a systemic treatment for metastatic, palliative or locally advanced disease is a line; maintenance belongs to
          its line; radiotherapy, surgery, TACE and iodine 131 never are; (neo)adjuvant treatment is not a line unless
          relapse came during it or within 12 months: then it is not known; until a line is told to have failed, it may
          be the one under discussion
prostate  lines are counted within castration resistance; castration itself is no line
ovary     platinum around the first surgery is line 1 even when typed adjuvant
blood     a systemic treatment is a line, there being no adjuvant one; a planned sequence (induction, transplant,
          maintenance) is one, so that several entries are at least one line
"""

import itertools
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from rules.dates import PartialDate
from rules.dossier import Dossier, Source
from rules.infer.treatments import ADVANCED_SETTINGS, EARLY_SETTINGS, HYDROXYCARBAMIDE
from rules.organs import ORGANS
from rules.picture import Lines, Possible, Received, Span
from rules.treatments import TREATMENTS, is_line_forming
from rules.verdict import Verdict

MOST_LINES = 15
"""More lines than any patient has: the upper end of an open count."""

RELAPSE_MONTHS = 12
RADIOTHERAPY_DAYS = 21
"""How long after the last chemotherapy the irradiation that it goes with may end."""

ALL_LINES = frozenset(range(1, MOST_LINES + 1))


def with_counts(
    treatments: tuple[Received, ...], dossier: Dossier, *, complete: bool, organs: frozenset[str]
) -> tuple[Received, ...]:
    """The treatments, each with the least and the most lines that it is, and its number where a whole list tells it."""
    counted = tuple(
        replace(entry, in_lines=_in_lines(entry, treatments, dossier, organs, complete=complete))
        if entry.received and not entry.for_other_cancer
        else entry
        for entry in treatments
    )
    if complete and _is_first_course(dossier, treatments):
        return tuple(replace(one, line=one.line or 1) if one.in_lines == (1, 1) else one for one in counted)
    return _in_order(counted, dossier, organs) if complete else counted


def _in_order(treatments: tuple[Received, ...], dossier: Dossier, organs: frozenset[str]) -> tuple[Received, ...]:
    """The treatments of advanced disease numbered by date, where each is surely a line of its own: nobody numbers any,
    none overlaps the next, and each failed before the next began. In the blood a sequence may be one line, in the
    prostate lines are counted from the resistance to castration."""
    own = [
        entry
        for entry in treatments
        if entry.received and not entry.for_other_cancer and entry.setting not in EARLY_SETTINGS and entry.in_lines[1]
    ]
    stated = any(True for _ in dossier.said(lambda case: case.planned_line, "planned_line"))
    if stated or len(own) < _SEVERAL or not organs or _within(organs, "haematologic") or _within(organs, "prostate"):
        return treatments
    dated = sorted(((one.started.earliest, one) for one in own if one.started), key=lambda each: each[0])
    if len(dated) < len(own) or not all(_is_own_line(one) for one in own):
        return treatments
    ordered = [one for _, one in dated]
    if not all(_is_next(one, after) for one, after in itertools.pairwise(ordered)):
        return treatments
    numbers = {id(one): number for number, one in enumerate(ordered, start=1)}
    return tuple(replace(one, line=numbers[id(one)]) if id(one) in numbers else one for one in treatments)


_SEVERAL = 2
_FAILED = frozenset({"progression", "relapse"})


def _is_own_line(entry: Received) -> bool:
    return entry.line is None and entry.in_lines == (1, 1) and entry.setting in ADVANCED_SETTINGS


def _is_next(one: Received, after: Received) -> bool:
    """Whether a line failed, and the other began once it was over."""
    if one.ended is None or after.started is None or not (one.progressed or one.outcome in _FAILED):
        return False
    return one.ended.latest <= after.started.latest and one.ended.earliest <= after.started.earliest


def _in_lines(
    entry: Received, treatments: tuple[Received, ...], dossier: Dossier, organs: frozenset[str], *, complete: bool
) -> tuple[int, int]:
    if _is_with_radiotherapy(entry, treatments):
        return 0, int(_relapsed_soon(entry, dossier))
    least, most = _contribution(entry, dossier, organs)
    may_be_with_it = entry.setting == "locally_advanced" and not entry.line
    if may_be_with_it and not (complete and _has_no_radiotherapy(entry, treatments)):
        return 0, most  # an irradiation that is not told, or not dated, may go with it
    return least, most


def lines_of(dossier: Dossier, treatments: tuple[Received, ...], *, complete: bool, organs: frozenset[str]) -> Lines:
    """Counts lines from `planned_line` and from the treatments; where both are told they must agree, else unknown."""
    stated = list(dossier.said(lambda case: case.planned_line, "planned_line"))
    counted = _counted(dossier, treatments, complete=complete, organs=organs)
    lowest, highest = counted.low + 1, (counted.high if counted.high is not None else MOST_LINES) + 1
    planned = {setting for setting, _ in dossier.said(lambda case: case.planned_setting, "planned_setting")}
    if counted.low and not stated and planned == {"maintenance"}:
        lowest, highest = lowest - 1, max(highest - 1, lowest - 1)
    elif counted.low and not stated and planned <= EARLY_SETTINGS:
        lowest = max(counted.low, _failed(dossier, treatments) + 1)
        highest = lowest if complete and _is_first_course(dossier, treatments) else highest
    from_count = frozenset(range(lowest, highest + 1))
    possible = from_count & ALL_LINES
    for line, _ in stated:
        possible = possible & {line}
    sources = tuple(source for _, source in stated)
    if not possible:
        return Lines(Possible(ALL_LINES, sources, True), Span(0, None), sources)
    if stated:
        return Lines(Possible(possible, sources), Span(min(possible) - 1, max(possible) - 1), sources)
    told = possible != ALL_LINES
    sources = (tuple(entry.source for entry in treatments) or _WHOLE_LIST) if told else ()
    return Lines(Possible(possible, sources), counted, sources)


def _failed(dossier: Dossier, treatments: tuple[Received, ...]) -> int:
    """How many lines are told to have failed. Another one may be the line under discussion: maintenance belongs to it,
    and around the first surgery so do its last cycles. One of early disease is over once the disease relapses."""
    relapsed = any(phase == "relapse" for phase, _ in dossier.said(lambda case: case.disease.phase, "disease.phase"))
    return max(
        (
            entry.line or entry.in_lines[0]
            for entry in treatments
            if entry.received and not entry.for_other_cancer and entry.in_lines[0]
            if entry.progressed or entry.outcome in _ENDED or (relapsed and entry.setting in EARLY_SETTINGS)
        ),
        default=0,
    )


_ENDED = frozenset({"progression", "relapse", "toxicity"})


def _is_first_course(dossier: Dossier, treatments: tuple[Received, ...]) -> bool:
    """An initial phase of which all that was given was given before a first operation, and the disease responded."""
    own = [entry for entry in treatments if entry.received and not entry.for_other_cancer]
    phases = {phase for phase, _ in dossier.said(lambda case: case.disease.phase, "disease.phase")}
    progressed = any(dossier.listed(lambda case: case.disease.progression, "disease.progression"))
    responded = {(entry.setting, entry.outcome) for entry in own} == {("neoadjuvant", "response")}
    return phases == {"initial"} and responded and not any(entry.progressed for entry in own) and not progressed


_WHOLE_LIST = (Source("complete", "aucun traitement antérieur", rule="whole_list"),)
"""What tells the first line where the list of treatments is whole and empty."""


def _counted(dossier: Dossier, treatments: tuple[Received, ...], *, complete: bool, organs: frozenset[str]) -> Span:
    own = [
        entry
        for entry in treatments
        if entry.received and not entry.for_other_cancer and not _is_under_discussion(entry, dossier)
    ]
    numbered = [entry.line - int(_goes_on(entry)) for entry in own if entry.line and entry.in_lines[0]]
    low = max([*numbered, *(entry.in_lines[0] for entry in own if not entry.line)], default=0)
    if not complete:
        return Span(low, None)
    maybe_numbered = {entry.line for entry in own if entry.line and entry.in_lines[1]}
    unnumbered = [entry for entry in own if not entry.line and entry.in_lines[1]]
    # Before and after the first surgery of an ovary: two entries, one line.
    around = [entry for entry in unnumbered if _within(organs, "tubo_ovarian") and entry.setting in EARLY_SETTINGS]
    high = max(maybe_numbered, default=0) + len(unnumbered) - max(len(around) - 1, 0)
    return Span(low, max(low, high))


def _goes_on(entry: Received) -> bool:
    """A line that goes on and did not fail may be the one under discussion: it is not surely an earlier one."""
    return entry.ongoing and not entry.progressed and entry.outcome not in {"progression", "relapse", "toxicity"}


def _is_with_radiotherapy(entry: Received, treatments: tuple[Received, ...]) -> bool:
    """Chemotherapy given with an irradiation of curative intent is no line of advanced disease, as (neo)adjuvant."""
    if entry.setting != "locally_advanced" or entry.line or not entry.started or not entry.ended:
        return False
    return any(
        other.ended is not None
        and other.setting == "curative"
        and other.received
        and not other.for_other_cancer
        and _is_radiotherapy(other)
        and entry.started.earliest <= other.ended.latest <= entry.ended.latest + timedelta(days=RADIOTHERAPY_DAYS)
        for other in treatments
    )


def _has_no_radiotherapy(entry: Received, treatments: tuple[Received, ...]) -> bool:
    """Whether no irradiation of the list can be of the same time."""
    given = [
        other
        for other in treatments
        if other.received and not other.for_other_cancer and _is_radiotherapy(other)
        if other.setting in _MAY_CURE
    ]
    if not given:
        return True
    if not entry.started or not entry.ended:
        return False
    last = entry.ended.latest + timedelta(days=RADIOTHERAPY_DAYS)
    return all(other.started and other.started.earliest > last for other in given) or all(
        other.ended and other.ended.latest < entry.started.earliest for other in given
    )


_MAY_CURE = frozenset({None, "curative", "locally_advanced"})


def _is_radiotherapy(entry: Received) -> bool:
    return any(all(TREATMENTS.covers("radiotherapy", id_) for id_ in part) for part in entry.components)


def _is_under_discussion(entry: Received, dossier: Dossier) -> bool:
    """A line that has begun and is the very one under discussion: nothing is yet an earlier line by it."""
    planned = {line for line, _ in dossier.said(lambda case: case.planned_line, "planned_line")}
    return entry.ongoing and entry.line is not None and planned == {entry.line}


def _contribution(entry: Received, dossier: Dossier, organs: frozenset[str]) -> tuple[int, int]:
    """The least and the most lines that one entry may be."""
    if entry.setting == "maintenance" or not any(_may_form_line(component) for component in entry.components):
        return 0, 0
    certain = any(_surely_forms_line(component) for component in entry.components)
    certain = certain and not _only_keeps_down(entry, organs)
    if not organs and entry.line in (None, 1) and _given_in_prostate(entry):
        return 0, 1
    if _within(organs, "prostate"):
        return _prostate(entry, dossier, certain)
    if entry.line or entry.setting in ADVANCED_SETTINGS or _within(organs, "haematologic"):
        return int(certain), 1
    if _within(organs, "tubo_ovarian") and entry.setting in {"adjuvant", "neoadjuvant"} and _platinum(entry):
        return 1, 1
    if entry.setting in EARLY_SETTINGS:
        return 0, int(_relapsed_soon(entry, dossier))
    return 0, 1


def _only_keeps_down(entry: Received, organs: frozenset[str]) -> bool:
    """Hydroxycarbamide of what may be an acute leukaemia is no line of it (ELN 2022)."""
    may_be = not organs or any(
        ORGANS.covers("acute_leukaemia", id_) or ORGANS.covers(id_, "acute_leukaemia") for id_ in organs
    )
    return may_be and entry.components == HYDROXYCARBAMIDE


@lru_cache(maxsize=4096)  # the components of a treatment are of the vocabulary
def _may_form_line(component: frozenset[str]) -> bool:
    return any(
        is_line_forming(id_) or any(is_line_forming(below) for below in TREATMENTS.below(id_)) for id_ in component
    )


def _surely_forms_line(component: frozenset[str]) -> bool:
    return all(is_line_forming(id_) for id_ in component)


def _platinum(entry: Received) -> bool:
    return any(all(TREATMENTS.covers("platinum", id_) for id_ in component) for component in entry.components)


_PROSTATE_AGENTS = frozenset({"docetaxel", "cabazitaxel", "arpi", "adt"})


def _given_in_prostate(entry: Received) -> bool:
    """Without an organ such a treatment may be one of the hormone-sensitive phase, which is no line."""
    return all(TREATMENTS.compare_all(part, _PROSTATE_AGENTS) is Verdict.MET for part in entry.components)


def _prostate(entry: Received, dossier: Dossier, certain: bool) -> tuple[int, int]:
    if all(all(TREATMENTS.covers("adt", id_) for id_ in component) for component in entry.components):
        return 0, 0
    if entry.setting in EARLY_SETTINGS:
        return 0, 0
    since = [PartialDate.parse(text) for text, _ in dossier.said(lambda c: c.disease.castration_resistant_on, "")]
    if since and entry.ended and entry.ended.latest < since[0].earliest:
        return 0, 0
    if since and entry.started and entry.started.earliest >= since[0].latest:
        return int(certain), 1
    return 0, 1


def _relapsed_soon(entry: Received, dossier: Dossier) -> bool:
    """Whether relapse may have come during the treatment or within 12 months after it."""
    relapses = [PartialDate.parse(text) for text, _ in dossier.said(lambda c: c.disease.relapsed_on, "")]
    if entry.outcome in {"relapse", "progression"} and not (relapses and entry.ended):
        return True
    if not relapses or not entry.ended:
        return dossier.stated.disease.phase != "initial"
    return relapses[0].earliest <= entry.ended.latest + timedelta(days=RELAPSE_MONTHS * 31)


def _within(organs: frozenset[str], organ: str) -> bool:
    return bool(organs) and organ in ORGANS and all(ORGANS.covers(organ, id_) for id_ in organs)
