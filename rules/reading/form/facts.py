"""Facts read from sentences, and how they make one partial case: what agrees is kept, what differs says nothing.

Two sentences that give one fact two values ("PS 1", then "PS 2") leave it unread: which one speaks of now is for a
person to say, and the form's own field is where it is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from rules.case import (
    Biomarker,
    Case,
    Coded,
    CompleteList,
    Condition,
    DiseaseFacts,
    Lab,
    Medication,
    OtherStage,
    Patient,
    Performance,
    StageFacts,
    Suitability,
    TnmTyped,
    Treatment,
    TumourFacts,
)
from rules.dossier import Source, StateStatement
from rules.kinds import State
from rules.staging import parse_group

Value = str | int | float | bool | TnmTyped | Coded
Entry = Biomarker | Treatment | Lab | Condition | Medication | Suitability | OtherStage | CompleteList | str
T = TypeVar("T")


class Fact(NamedTuple):
    """One statement: `path` of the case (a list's path without index), its value, the words it came from."""

    path: str
    value: Value | Entry
    quote: str


class StateFact(NamedTuple):
    """A state of the disease that a sentence tells."""

    state: State
    holds: bool
    quote: str


@dataclass
class Facts:
    """What the sentences of a form said, in order."""

    facts: list[Fact] = field(default_factory=list)
    states: list[StateFact] = field(default_factory=list)

    def add(self, path: str, value: Value | Entry, quote: str) -> None:
        """One more statement."""
        self.facts.append(Fact(path, value, quote))

    def add_state(self, state: State, quote: str, *, holds: bool = True) -> None:
        """One more state of the disease."""
        self.states.append(StateFact(state, holds, quote))

    def of(self, path: str) -> list[Fact]:
        """The statements of one path."""
        return [fact for fact in self.facts if fact.path == path]


SINGLE = (
    "patient.age", "patient.age_months", "patient.sex", "tumour.diagnosed_on", "tumour.topography",
    "stage.clinical", "stage.pathological", "stage.post_treatment", "stage.group",
    "disease.phase", "disease.extent", "disease.resectable", "disease.brain_metastases", "disease.castration_resistant",
    "disease.castration_resistant_on", "disease.measurable", "disease.relapsed_on",
    "disease.standard_options_exhausted", "performance.ecog", "performance.g8", "performance.karnofsky",
    "planned_line", "planned_setting",
)  # fmt: skip
LISTED = (
    "biomarkers", "treatments", "labs", "conditions", "medications", "suitability", "stage.other",
    "disease.metastatic_sites", "tumour.without", "complete",
)  # fmt: skip

_STRONGER: dict[str, tuple[Value, ...]] = {
    "disease.phase": ("relapse",),
    "disease.extent": ("metastatic",),
    "disease.castration_resistant": (True,),
}
"""A later course does not contradict an earlier one: metastatic from the start, then in relapse, is in relapse."""


def settled(facts: Facts) -> tuple[dict[str, Value | Entry], dict[str, list[Value | Entry]], dict[str, str]]:
    """Single values that agree, list entries without doubles, and the quote of each (path, or path[index])."""
    single: dict[str, Value | Entry] = {}
    listed: dict[str, list[Value | Entry]] = {}
    quotes: dict[str, str] = {}
    by_path: dict[str, list[Fact]] = {}
    for fact in facts.facts:
        by_path.setdefault(fact.path, []).append(fact)
    for path in SINGLE:
        said = by_path.get(path)
        if said is None:
            continue
        value = _agreed(path, [fact.value for fact in said])
        if value is not None:
            single[path] = value
            quotes[path] = next((fact.quote for fact in said if fact.value == value), said[0].quote)
    for path in LISTED:
        for fact in by_path.get(path, []):
            entries = listed.setdefault(path, [])
            if fact.value not in entries:
                quotes[f"{path}[{len(entries)}]"] = fact.quote
                entries.append(fact.value)
    return single, listed, quotes


def _agreed(path: str, values: list[Value | Entry]) -> Value | Entry | None:
    distinct = list(dict.fromkeys(values))
    stronger = [value for value in distinct if value in _STRONGER.get(path, ())]
    if stronger:
        return stronger[0]
    if path == "disease.relapsed_on":  # of several relapses, the last is the one of now
        return max([str(value) for value in distinct], key=lambda day: (day[:4], len(day), day))
    if path == "tumour.diagnosed_on":
        return _most_precise([str(value) for value in distinct])
    if path == "stage.group":
        groups = {parse_group(str(value)) for value in distinct}
        return str(distinct[0]) if len(groups) == 1 else None
    if any(isinstance(value, TnmTyped) for value in distinct):
        return _joined([value for value in distinct if isinstance(value, TnmTyped)])
    return distinct[0] if len(distinct) == 1 else None


def _joined(typed: list[TnmTyped]) -> TnmTyped | None:
    """T, N and M of several statements; a letter with two values is left out, « M0 » and « cM0 » are one."""

    def only(values: set[str | None]) -> str | None:
        told = {value.lstrip("cC").upper(): value for value in sorted(filter(None, values), key=len)}
        return next(iter(told.values())) if len(told) == 1 else None

    one = TnmTyped(t=only({v.t for v in typed}), n=only({v.n for v in typed}), m=only({v.m for v in typed}))
    return one if one != TnmTyped() else None


def _most_precise(dates: list[str]) -> str | None:
    """The one date that all the others are less precise forms of."""
    longest = max(dates, key=len, default=None)
    return longest if longest and all(longest.startswith(one) for one in dates) else None


def case_of(case_id: str, single: Mapping[str, Value | Entry], listed: Mapping[str, list[Value | Entry]]) -> Case:
    """The partial case of settled facts."""

    def under(prefix: str) -> dict[str, Any]:
        return {path.removeprefix(prefix): value for path, value in single.items() if path.startswith(prefix)}

    def all_of(path: str, kind: type[T]) -> tuple[T, ...]:
        return tuple(entry for entry in listed.get(path, []) if isinstance(entry, kind))

    disease = DiseaseFacts(**under("disease."))
    stage = StageFacts(**under("stage."))
    line, setting = single.get("planned_line"), single.get("planned_setting")
    return Case(
        case_id=case_id,
        patient=Patient(**under("patient.")),
        tumour=TumourFacts(**under("tumour."), without=all_of("tumour.without", str)),
        stage=replace(stage, other=all_of("stage.other", OtherStage)),
        disease=replace(disease, metastatic_sites=all_of("disease.metastatic_sites", str)),
        performance=Performance(**under("performance.")),
        biomarkers=all_of("biomarkers", Biomarker),
        treatments=all_of("treatments", Treatment),
        planned_line=line if isinstance(line, int) else None,
        planned_setting=setting if isinstance(setting, str) else None,
        suitability=all_of("suitability", Suitability),
        labs=all_of("labs", Lab),
        conditions=all_of("conditions", Condition),
        medications=all_of("medications", Medication),
        complete=frozenset(all_of("complete", CompleteList)),
    )


def states_of(states: Iterable[StateFact]) -> tuple[StateStatement, ...]:
    """The states read, each once."""
    once = dict.fromkeys((fact.state, fact.holds) for fact in states)
    first = {(fact.state, fact.holds): fact.quote for fact in reversed(list(states))}
    return tuple(
        StateStatement(state, holds, Source("summary_text", first[state, holds], read=True)) for state, holds in once
    )
