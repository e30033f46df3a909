"""The first presentation of a cancer, where no field and no sentence tells the phase.

A cancer diagnosed in the last four months, or an adjuvant treatment discussed in the four months after the operation:
unless something tells a course since. What states a phase is not overruled.
"""

from datetime import timedelta

from rules.case import Case, Treatment
from rules.dates import PartialDate
from rules.kinds import State
from rules.reading.form.facts import Facts

_LATELY = timedelta(days=123)


def read_presentation(case: Case, facts: Facts, today: PartialDate | None) -> None:
    """Adds the initial phase, where it follows."""
    if today is None or case.disease.phase or facts.of("disease.phase") or _tells_a_course(case, facts):
        return
    found = case.tumour.diagnosed_on
    if found and _is_recent(found, today):
        facts.add("disease.phase", "initial", found)
        return
    read = [fact for fact in facts.of("planned_setting") if isinstance(fact.value, str)]
    setting = case.planned_setting or (str(read[0].value) if len({fact.value for fact in read}) == 1 else None)
    given = [*case.treatments, *(fact.value for fact in facts.of("treatments") if isinstance(fact.value, Treatment))]
    own = [one for one in given if one.received and not one.for_other_cancer]
    operated = any(one.type == "surgery" and _is_recent(one.ended_on or one.started_on, today) for one in own)
    if setting == "adjuvant" and operated:
        facts.add("disease.phase", "initial", read[0].quote if read else setting)


def _tells_a_course(case: Case, facts: Facts) -> bool:
    disease = case.disease
    told = disease.relapsed_on or disease.progression or disease.response or disease.castration_resistant
    later = case.planned_line is not None and case.planned_line > 1
    failed = any(one.outcome in ("progression", "relapse") or one.progressed_on for one in case.treatments)
    read = any(
        fact.holds and fact.state in (State.RELAPSE, State.PROGRESSION, State.REFRACTORY, State.REMISSION)
        for fact in facts.states
    )
    return bool(told or later or failed or read or facts.of("disease.relapsed_on"))


def _is_recent(typed: str | None, today: PartialDate) -> bool:
    if typed is None:
        return False
    when = PartialDate.parse(typed)
    return today.latest - _LATELY <= when.latest and when.earliest <= today.latest
