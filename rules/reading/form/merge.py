"""What is read beside what the form states: nothing twice, and nothing less precise than a field already says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rules.case import Biomarker, Case, CompleteList, Condition, Lab, Medication, TnmTyped, Treatment
from rules.conditions import CONDITION_NAMES, CONDITIONS, is_other_cancer
from rules.labs import read_lab
from rules.markers import read_marker
from rules.reading.form.facts import Fact, Facts
from rules.reading.form.organs import may_be_of, only_of, touches
from rules.reading.form.treatment_dates import LOCAL
from rules.reading.form.treatments import TreatmentReading
from rules.remembered import remembered
from rules.terms import read_term
from rules.text import fold
from rules.treatments import TREATMENTS, TYPES, Components, agents_of
from rules.verdict import Verdict

_CONCLUSIVE = frozenset({"positive", "negative"})


class _Kept(NamedTuple):
    """An entry that is kept, what it is made of, and its words."""

    entry: Treatment
    components: Components
    quote: str


def add_treatments(
    case: Case, readings: Iterable[TreatmentReading], facts: Facts, organs: frozenset[str]
) -> dict[int, Treatment]:
    """The entries of all sentences without those that the form, or an earlier sentence, already holds; then whether
    the list is whole: never where a treatment was named of which it could not be told whether it was given.

    Returns what the sentences tell more of the form's own entries, by place."""
    told = [_without_other_organs(reading, organs) for reading in readings]
    kept: list[_Kept] = []
    details: dict[int, list[Treatment]] = {}
    for entry, quote in _without_plans(told):
        for place in _told_of(entry, case.treatments):
            details.setdefault(place, []).append(entry)
        rest = _beyond(entry, case.treatments)
        if rest is None:
            continue
        one = _Kept(rest, components_of(rest), quote)
        index = next((i for i, other in enumerate(kept) if _same(other, one)), None)
        if index is None:
            kept.append(one)
        else:
            joined = _joined(kept[index], one)
            kept[index] = _Kept(joined, components_of(joined), kept[index].quote)
    kept = [one for one in kept if not (_is_a_graft(one.entry) and organs and not may_be_of("haematologic", organs))]
    for one in kept:
        facts.add("treatments", one.entry, one.quote)
    all_told = (*case.treatments, *(one.entry for one in kept))
    given = any(_own(entry) and not _only_keeps_down(entry, organs) for entry in all_told)
    wholes = [reading.whole for reading in told if reading.whole]
    elsewhere = any(entry.for_other_cancer for entry in all_told)
    elsewhere = elsewhere or (bool(wholes) and _tells_another_cancer(case, facts))
    for whole in wholes:
        open_ = given if whole.none_at_all else any(one.unresolved or (one.bare and not whole.but) for one in told)
        if not open_ and not (whole.of_this_cancer and elsewhere):
            facts.add("complete", CompleteList.TREATMENTS, whole.words)
    every = _names_every_line(case, facts, [entry for entry in all_told if _own(entry)])
    for entry, quote in _none_of_a_class(told, all_told, whole=every):
        facts.add("treatments", entry, quote)
    told_more = ((place, _together(entries)) for place, entries in details.items())
    return {place: entry for place, entry in told_more if entry is not None}


_IN_ONE_ORGAN = {
    "mastectomy": ("breast", "skin", "soft_tissue"),
    "breast_conserving_surgery": ("breast", "skin", "soft_tissue"),
    "prostatectomy": ("prostate", "bladder", "colorectum", "soft_tissue"),
    "radical_prostatectomy": ("prostate", "bladder", "colorectum", "soft_tissue"),
    "hysterectomy": ("female_genital", "colorectum", "bladder", "peritoneum", "soft_tissue"),
    "laryngectomy": ("head_and_neck", "thyroid", "oesophagus"),
    "orchiectomy": ("testis", "prostate", "haematologic"),
    "cholecystectomy": ("biliary_tract", "liver", "pancreas", "stomach", "colorectum", "peritoneum"),
}
"""Operations on one organ, and of which tumours they may be; of another they are of another disease."""


def _without_other_organs(reading: TreatmentReading, organs: frozenset[str]) -> TreatmentReading:
    own = tuple(told for told in reading.entries if not _on_another_organ(told[0], organs))
    if len(own) == len(reading.entries):
        return reading
    return replace(reading, entries=own, unresolved=True)


def _on_another_organ(entry: Treatment, organs: frozenset[str]) -> bool:
    if entry.type != "surgery" or not organs or entry.for_other_cancer:
        return False
    named = frozenset().union(*components_of(entry))
    families = [family for id_ in named for family in _IN_ONE_ORGAN.get(id_, ())]
    here = any(touches(family, organs) or may_be_of(family, organs) for family in families)
    return named <= _IN_ONE_ORGAN.keys() and not here


_BARE_PLAN = re.compile(r"\W*(?:(?:chimio(?:therapie)?|traitement)\s+d')?induction\s+(?:par\s+|de\s+)?[^,;.]{2,40}\W*")


def _without_plans(told: list[TreatmentReading]) -> Iterator[tuple[Treatment, str]]:
    """« Aucun traitement reçu. Induction 7+3. »: named alone behind the words that close the list, it is what comes."""
    closed = False
    for reading in told:
        for entry, quote in reading.entries:
            if not (closed and _BARE_PLAN.fullmatch(fold(quote)) and entry == _bare(entry)):
                yield entry, quote
        closed = closed or (reading.whole is not None and not reading.whole.only)


def _bare(entry: Treatment) -> Treatment:
    """The entry as its name alone tells it."""
    return Treatment(type=entry.type, agents=entry.agents)


def _none_of_a_class(
    told: list[TreatmentReading], entries: Iterable[Treatment], *, whole: bool
) -> Iterator[tuple[Treatment, str]]:
    """« Aucun autre traitement systémique »: what is named of the class is all of it, where all of it was understood,
    in the same sentence or with the `whole` of the lines; « aucun traitement systémique reçu »: where none is named."""
    own = [entry for entry in entries if _own(entry)]
    for reading in told:
        said = reading.none_of
        if said is None:
            continue
        named = any(_is_of(said.treatment, entry) for entry in own)
        here = any(entry.received for entry, _ in reading.entries)
        unsure = any(one.unresolved for one in told) or not (here or whole)
        if named == said.other and not (said.other and unsure):
            yield Treatment(type=said.treatment, received=False), said.words


def _is_of(class_: str, entry: Treatment) -> bool:
    """Whether a treatment may be of a class."""
    return any(TREATMENTS.covers(class_, id_) for part in components_of(entry) for id_ in part)


def _names_every_line(case: Case, facts: Facts, own: list[Treatment]) -> bool:
    """Whether each line before the one under discussion is named, of a disease that had no earlier treatment: it is at
    its first presentation. One that was not sent would be missed by its number."""
    planned = {line for line in (case.planned_line, *_values(facts, "planned_line")) if isinstance(line, int)}
    phases = {phase for phase in (case.disease.phase, *_values(facts, "disease.phase")) if phase}
    if len(planned) != 1 or phases != {"initial"}:
        return False
    return {one.line for one in own if one.line} == set(range(1, planned.pop()))


def _values(facts: Facts, path: str) -> list[object]:
    return [fact.value for fact in facts.of(path)]


def _only_keeps_down(entry: Treatment, organs: frozenset[str]) -> bool:
    """Hydroxycarbamide of an acute leukaemia: whoever had no more is untreated (ELN 2022)."""
    return only_of("acute_leukaemia", organs) and components_of(entry) == (frozenset({"hydroxycarbamide"}),)


def _together(entries: list[Treatment]) -> Treatment | None:
    """What several sentences tell of one entry of the form, where nothing of it differs."""
    first = entries[0]
    for other in entries[1:]:
        pairs = ((first.outcome, other.outcome), (first.progressed_on, other.progressed_on))
        if not _may_be_one(first, other) or any(one and two and one != two for one, two in pairs):
            return None
        first = replace(
            first, line=first.line or other.line, setting=first.setting or other.setting,
            status=first.status or other.status,
            outcome=first.outcome or other.outcome, started_on=first.started_on or other.started_on,
            ended_on=first.ended_on or other.ended_on, progressed_on=first.progressed_on or other.progressed_on,
        )  # fmt: skip
    return first


def _told_of(entry: Treatment, stated: tuple[Treatment, ...]) -> list[int]:
    """The places of the stated entries of which a sentence tells more: the one that it can be speaking of, or all parts
    of one regimen."""
    if not entry.received or not entry.agents:
        return []
    mine = components_of(entry)
    places = [
        place
        for place, other in enumerate(stated)
        if other.received
        and other.agents
        and other.for_other_cancer == entry.for_other_cancer
        and _may_be_one(entry, other)
        and all(any(_related(part, one) for one in mine) for part in components_of(other))
    ]
    agents = [components_of(stated[place]) for place in places]
    return places if len(set(agents)) == len(agents) else []


def _may_be_one(first: Treatment, second: Treatment) -> bool:
    """Whether nothing that two entries tell of line, setting and dates differs."""
    pairs = (
        (first.line, second.line),
        (first.setting, second.setting),
        (first.started_on, second.started_on),
        (first.ended_on, second.ended_on),
    )
    return all(one is None or other is None or _agree(str(one), str(other)) for one, other in pairs)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _tells_another_cancer(case: Case, facts: Facts) -> bool:
    read = (fact.value for fact in facts.of("conditions") if isinstance(fact.value, Condition))
    return any(
        is_other_cancer(id_)
        for one in (*case.conditions, *read)
        for id_ in read_term(one.name, CONDITION_NAMES, CONDITIONS).concepts
    )


def _own(entry: Treatment) -> bool:
    return entry.received and not entry.for_other_cancer


def components_of(entry: Treatment) -> Components:
    """What a treatment entry is: its agents read, or its type where it has none."""
    typed = frozenset({entry.type if entry.type in TREATMENTS else "anticancer_treatment"})
    return tuple([part for agent in entry.agents for part in (agents_of(agent) or (typed,))]) or (typed,)


# The same few hundred drugs meet in every form.
@remembered(32768)
def _related(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two components may be the same treatment: one is the other, or makes it precise; nobody knows of none."""
    return not (first and second) or TREATMENTS.share(first, second)


def _takes_in(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return TREATMENTS.compare_all(narrow, wide) is Verdict.MET


def _beyond(entry: Treatment, stated: tuple[Treatment, ...]) -> Treatment | None:
    """What an entry says beyond the form's own list; None: nothing. Agents named under a stated general entry
    (« chimiothérapie, L1 ») take its line, setting and dates, so that they are no line more."""
    own = [other for other in stated if other.received == entry.received or not entry.received]
    if not entry.received:
        return None if any(_overlap(entry, other) for other in stated) else entry
    left = tuple(agent for agent in entry.agents if not any(_holds(other, agent) for other in own))
    general = [other for other in own if not other.agents and _overlap(entry, other)]
    if not entry.agents:
        return None if any(_overlap(entry, other) for other in own) else entry
    if not left:
        return None
    companions = [other for other in own if other.agents and _overlap(entry, other)]
    host = next(iter(general or companions), None)
    if host is None:
        return entry
    return replace(
        entry, agents=left, line=host.line or entry.line, setting=host.setting or entry.setting, status=host.status,
        started_on=host.started_on, ended_on=host.ended_on, outcome=host.outcome or entry.outcome,
    )  # fmt: skip


def _holds(stated: Treatment, agent: str) -> bool:
    """Whether a stated entry names this agent (or protocol): every part of it is there."""
    if not stated.agents:
        return False
    there = components_of(stated)
    return all(any(_related(part, other) for other in there) for part in agents_of(agent))


def _overlap(first: Treatment, second: Treatment) -> bool:
    there = components_of(second)
    return any(_related(part, other) for part in components_of(first) for other in there)


def _same(one: _Kept, other: _Kept) -> bool:
    """Whether two entries that were read are one treatment: the same agents, and nothing that tells them apart."""
    first, second = one.entry, other.entry
    if first.received != second.received or first.for_other_cancer != second.for_other_cancer:
        return False
    apart = (
        (first.line is not None and second.line is not None and first.line != second.line)
        or (first.setting is not None and second.setting is not None and first.setting != second.setting)
        or (first.started_on is not None and second.started_on is not None and first.started_on != second.started_on)
    )
    if (
        apart
        or _ended_apart(first, second)
        or _over_before(first, second)
        or _over_before(second, first)
        or _perhaps_another_operation(first, second)
    ):
        return False
    if not first.received:  # « ni chimiothérapie ni thérapie ciblée » denies both, though a conjugate is of either
        return all(any(_takes_in(mine, part) for mine in one.components) for part in other.components)
    for part in other.components:
        for mine in one.components:
            if _related(part, mine):
                break
        else:
            return False
    return True


def _ended_apart(first: Treatment, second: Treatment) -> bool:
    return bool(first.ended_on and second.ended_on and not _agree(first.ended_on, second.ended_on))


def _over_before(first: Treatment, second: Treatment) -> bool:
    """« Imatinib fini en 07/2024 », « reprise d'imatinib depuis 04/2026 »."""
    if not (first.ended_on and second.started_on):
        return False
    known = min(len(first.ended_on), len(second.started_on))
    return first.ended_on[:known] < second.started_on[:known]


def _perhaps_another_operation(first: Treatment, second: Treatment) -> bool:
    """« Opéré en 2021 » and « métastasectomie »: the day of one is not told of the other."""
    if first.type not in LOCAL or bool(first.agents) == bool(second.agents):
        return False
    return bool(first.started_on or first.ended_on) != bool(second.started_on or second.ended_on)


def _lasted(entry: Treatment) -> bool:
    return bool(entry.started_on and entry.ended_on)


def _is_a_graft(entry: Treatment) -> bool:
    """« Greffe », of what is not said."""
    return entry.type == "stem_cell_transplant" and not entry.agents


def _joined(one: _Kept, other: _Kept) -> Treatment:
    """One entry of two sentences; of a part of a regimen (« FOLFOX poursuivi seul »), only what became of it."""
    first, second = one.entry, other.entry
    vague = bool(second.agents) and all(part & TYPES for part in one.components)
    agents = (
        second.agents if vague else first.agents
    ) or second.agents  # « chimio-immunothérapie (carbo-taxol-nivolumab) »
    if not all(any(_related(mine, part) for part in other.components) for mine in one.components):
        return replace(first, outcome=first.outcome or second.outcome)
    if bool(first.agents) != bool(second.agents) and _lasted(second if first.agents else first):
        named = first if first.agents else second  # « HT 2015-2022 »: when it ended is not told of the one named
        return replace(named, line=first.line or second.line, setting=first.setting or second.setting)
    if first.status == "ongoing" and second.ended_on:
        first = replace(first, status=None)
    return replace(
        first, agents=agents, line=first.line or second.line, setting=first.setting or second.setting,
        status=first.status or second.status, outcome=first.outcome or second.outcome,
        started_on=first.started_on or second.started_on, ended_on=first.ended_on or second.ended_on,
    )  # fmt: skip


def without_past_extent(case: Case, facts: Facts) -> Facts:
    """The facts without a « localement avancé » beside which anything tells of metastases or of a relapse: it is of
    another day, or nobody knows of which."""
    disease, stage = case.disease, case.stage
    m1 = (*(tnm for tnm in (stage.clinical, stage.pathological, stage.post_treatment) if tnm), *_tnm_told(facts))
    spread = (
        disease.extent
        or disease.metastatic_sites
        or disease.progression
        or disease.relapsed_on
        or disease.phase == "relapse"
        or any(fact.path in _TELLS_SPREAD for fact in facts.facts)
        or any(fact.path == "disease.phase" and fact.value == "relapse" for fact in facts.facts)
        or any((tnm.m or "").lower().lstrip("cpyr").startswith(("m1", "m+")) for tnm in m1)
    )
    return Facts([fact for fact in facts.facts if not (spread and _is_local(fact))], facts.states)


PERHAPS_SPREAD = "disease.perhaps_spread"
_TELLS_SPREAD = frozenset({"disease.metastatic_sites", "disease.relapsed_on", PERHAPS_SPREAD})


def _is_local(fact: Fact) -> bool:
    return fact.path == "disease.extent" and fact.value == "locally_advanced"


def _tnm_told(facts: Facts) -> list[TnmTyped]:
    return [fact.value for fact in facts.facts if isinstance(fact.value, TnmTyped)]


def without_restated(case: Case, facts: Facts) -> Facts:
    """The facts without those that a list of the form already holds, and without age and sex where it has them."""
    return Facts([fact for fact in facts.facts if not _restated(case, fact)], facts.states)


def _restated(case: Case, fact: Fact) -> bool:
    match fact.value:
        case Biomarker() as item:
            return any(_says_as_much(stated, item) for stated in case.biomarkers)
        case Lab() as item:
            return any(
                read_lab(stated.name) & read_lab(item.name) and _same_value(stated, item) for stated in case.labs
            )
        case Condition() as item:
            return any(_covers(stated.name, item.name) and stated.present == item.present for stated in case.conditions)
        case Medication() as item:
            return any(_covers(stated.name, item.name) for stated in case.medications)
        case _:
            return _stated_already(case, fact)


def _stated_already(case: Case, fact: Fact) -> bool:
    if fact.path == "patient.sex":
        return case.patient.sex is not None
    if fact.path in ("patient.age", "patient.age_months"):
        return case.patient.age is not None or case.patient.age_months is not None
    if fact.path == "disease.phase":
        # « d'emblée métastatique » tells how the disease began: a relapse that the form states does not contradict it.
        return fact.value == "initial" and case.disease.phase is not None
    if fact.path == "disease.metastatic_sites":
        return fact.value in case.disease.metastatic_sites or CompleteList.METASTATIC_SITES in case.complete
    return fact.path == "disease.relapsed_on" and _less_precise(str(fact.value), case.disease.relapsed_on)


def _less_precise(read: str, stated: str | None) -> bool:
    return stated is not None and (stated.startswith(read) or read.startswith(stated))


def _says_as_much(stated: Biomarker, read: Biomarker) -> bool:
    """Whether a stated result of the same marker already says what was read, or more."""
    if read_marker(stated.name) != read_marker(read.name):
        return False
    if read.status not in _CONCLUSIVE:
        return True
    if stated.status not in _CONCLUSIVE:
        return False
    if read.value is not None or read.variant is not None:
        return stated.value == read.value and stated.variant == read.variant
    return stated.status == read.status and stated.name == read.name


def _same_value(stated: Lab, read: Lab) -> bool:
    return (stated.value, stated.unit.lower()) == (read.value, read.unit.lower()) or read.measured_on is None


def _covers(stated: str, read: str) -> bool:
    """Whether the form names the same condition, or a more precise one."""
    first = read_term(stated, CONDITION_NAMES, CONDITIONS).concepts
    second = read_term(read, CONDITION_NAMES, CONDITIONS).concepts
    return bool(first and second) and all(any(CONDITIONS.covers(general, one) for general in second) for one in first)
