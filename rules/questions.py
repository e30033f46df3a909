"""The questions that would settle most: what is unknown and key among the propositions, each with its answers.

An answer is a JSON Patch (RFC 6902) on the case as it was sent. Order (contract): first whether the list of treatments
is complete, when several questions hang on it; then what the room can answer; then pending results; then tests not
done; within each, the question that serves most trials first.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from rules.case import Case, CompleteList
from rules.criteria import ExtentIn, Kind, LineIn, MarkerIs, PriorLines, SettingIs, State, StateIs, Treated
from rules.explain import ask
from rules.finding import CriterionFinding, Finding, Reason, leaf_kind
from rules.open_names import ANY_DRUG, class_of_name
from rules.pair import asked_of, is_anonymous, subject
from rules.treatments import TREATMENTS, types_of

Patch = tuple[dict[str, object], ...]

ROOM, PENDING, NOT_DONE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its label and what it adds to the case."""

    label: str
    patch: Patch


@dataclass(frozen=True, slots=True)
class Question:
    """One question, the trials it decides, and its answers (none: the answer is to be typed in the form)."""

    kind: Kind
    name: str | None
    field: str
    question: str
    decides: tuple[str, ...]
    options: tuple[Option, ...]
    order: int


@dataclass(frozen=True, slots=True)
class Missing:
    """One unknown key item of one trial."""

    kind: Kind
    name: str | None
    field: str
    question: str
    leaf: Finding


def missing_of(findings: Iterable[CriterionFinding], lang: str = "fr") -> tuple[Missing, ...]:
    """What the findings of one proposition still ask, each question once. Those that are settled add nothing."""
    seen: dict[Hashable, Missing] = {}
    for finding, leaves in asked_of(findings):
        for leaf in leaves:
            kind = leaf_kind(leaf)
            words = ask(leaf, finding.criterion.text, lang)
            name = leaf.name if kind in (Kind.BIOMARKER, Kind.PRIOR_TREATMENT) else None
            seen.setdefault(
                (kind, words) if is_anonymous(leaf) or kind is not Kind.BIOMARKER else subject(leaf),
                Missing(kind, name, field_of(leaf), words, leaf),
            )
    return tuple(seen.values())


_FIELDS = {
    Kind.ORGAN: "tumour.topography",
    Kind.HISTOLOGY: "tumour.histology",
    Kind.STAGE: "stage",
    Kind.EXTENT: "disease.extent",
    Kind.LINE: "planned_line",
    Kind.PRIOR_TREATMENT: "treatments",
    Kind.BIOMARKER: "biomarkers",
    Kind.AGE: "patient.age",
    Kind.SEX: "patient.sex",
    Kind.ECOG: "performance.ecog",
    Kind.BRAIN_METASTASES: "disease.brain_metastases",
    Kind.MEASURABLE: "disease.measurable",
    Kind.LABS: "labs",
}


def field_of(leaf: Finding) -> str:
    """The field of the case that would answer."""
    if isinstance(leaf.test, StateIs):
        return _STATE_FIELDS.get(leaf.test.state, "disease")
    if isinstance(leaf.test, SettingIs):
        return "planned_setting"
    return _FIELDS.get(leaf_kind(leaf), "conditions")


_STATE_FIELDS = {
    State.RESECTABLE: "disease.resectable",
    State.CASTRATION_RESISTANT: "disease.castration_resistant",
    State.RELAPSE: "disease.phase",
    State.REFRACTORY: "disease.response",
}


def questions_of(rows: Iterable[tuple[str, Iterable[Missing]]], case: Case, lang: str = "fr") -> tuple[Question, ...]:
    """The questions of all propositions (trial id, what it still asks), in the order of the contract."""
    asked: dict[tuple[Kind, str], list[tuple[str, Missing]]] = {}
    for trial_id, missing in rows:
        for item in missing:
            asked.setdefault((item.kind, item.question), []).append((trial_id, item))
    questions = [_question(entries, case, lang) for entries in asked.values()]
    questions.sort(key=lambda one: (one.order, -len(one.decides), one.question))
    whole = _completeness(asked, case, lang)
    return (whole, *questions) if whole else tuple(questions)


def _question(entries: list[tuple[str, Missing]], case: Case, lang: str) -> Question:
    item = entries[0][1]
    return Question(
        kind=item.kind,
        name=item.name,
        field=item.field,
        question=item.question,
        decides=tuple(dict.fromkeys(trial_id for trial_id, _ in entries)),
        options=options_of(item.leaf, case, lang),
        order=_order(item.leaf),
    )


def _order(leaf: Finding) -> int:
    if leaf_kind(leaf) is not Kind.BIOMARKER:
        return ROOM
    return PENDING if leaf.reason == Reason.PENDING else NOT_DONE


def _completeness(asked: dict[tuple[Kind, str], list[tuple[str, Missing]]], case: Case, lang: str) -> Question | None:
    hanging = [
        (trial_id, item)
        for entries in asked.values()
        for trial_id, item in entries
        if item.leaf.reason == Reason.OPEN_LIST and item.kind in (Kind.PRIOR_TREATMENT, Kind.LINE)
    ]
    if len({item.question for _, item in hanging}) < 2 or CompleteList.TREATMENTS in case.complete:
        return None
    english = lang == "en"
    yes = Option("yes" if english else "oui", _append(case.complete, "/complete", "treatments"))
    return Question(
        kind=Kind.PRIOR_TREATMENT,
        name=None,
        field="complete",
        question="Is the list of treatments complete?" if english else "La liste des traitements est-elle complète ?",
        decides=tuple(dict.fromkeys(trial_id for trial_id, _ in hanging)),
        options=(yes,),
        order=0,
    )


def options_of(leaf: Finding, case: Case, lang: str) -> tuple[Option, ...]:
    """The answers to one unknown leaf, as patches on this case."""
    test = leaf.test
    if isinstance(test, MarkerIs):
        return _marker_options(test, leaf.name or "", case, lang)
    if isinstance(test, Treated):
        return _treated_options(test, case, lang)
    if isinstance(test, StateIs):
        return _state_options(test, case, lang)
    if isinstance(test, ExtentIn):
        return _extent_options(case, lang)
    if isinstance(test, (LineIn, PriorLines)):
        return tuple(Option(_ordinal(n, lang), (_add("/planned_line", n),)) for n in (1, 2, 3, 4))
    if leaf_kind(leaf) is Kind.ECOG:
        return tuple(Option(str(n), _set_in(case.performance, "performance", "ecog", n)) for n in range(5))
    if leaf_kind(leaf) is Kind.SEX:
        words = ("female", "male") if lang == "en" else ("femme", "homme")
        return tuple(
            Option(label, _set_in(case.patient, "patient", "sex", value))
            for label, value in zip(words, ("female", "male"), strict=True)
        )
    return ()


def _ordinal(n: int, lang: str) -> str:
    if lang == "en":
        return {1: "1st line", 2: "2nd line", 3: "3rd line"}.get(n, f"{n}th line")
    return "1re ligne" if n == 1 else f"{n}e ligne"


def _add(path: str, value: object) -> dict[str, object]:
    return {"op": "add", "path": path, "value": value}


def _append(entries: object, path: str, value: object) -> Patch:
    """Adds to a list of the case; a list that was not sent is made."""
    return (_add(f"{path}/-", value),) if entries else (_add(path, [value]),)


def _set_in(part: object, name: str, field: str, value: object) -> Patch:
    """Sets one field of an object of the case; an object that was not sent is made."""
    stated = part != type(part)()
    return (_add(f"/{name}/{field}", value),) if stated else (_add(f"/{name}", {field: value}),)


_PDL1_TPS = (("< 1 %", "negative", 0), ("1–49 %", "positive", "1-49"), ("≥ 50 %", "positive", 50))
_PDL1_CPS = (("< 1", "negative", 0), ("1–9", "positive", "1-9"), ("≥ 10", "positive", 10))


def _marker_options(test: MarkerIs, name: str, case: Case, lang: str) -> tuple[Option, ...]:
    answers: list[tuple[str, dict[str, object]]] = []
    if "PD-L1" in test.demand.markers:
        cps = test.demand.threshold is not None and test.demand.threshold.scale == "CPS"
        scale = {"assay": "CPS"} if cps else {"unit": "%", "assay": "TPS"}
        answers += [
            (label, {"name": "PD-L1", "status": status, "value": value, **scale})
            for label, status, value in (_PDL1_CPS if cps else _PDL1_TPS)
        ]
        name = "PD-L1"
    else:
        words = ("positive", "negative") if lang == "en" else ("positif", "négatif")
        positive: dict[str, object] = {"name": name, "status": "positive"}
        if test.demand.variant_text:
            positive["variant"] = test.demand.variant_text
        answers += [
            (f"{words[0]} ({test.demand.variant_text})" if test.demand.variant_text else words[0], positive),
            (words[1], {"name": name, "status": "negative"}),
        ]
    pending, undone = ("pending", "not done") if lang == "en" else ("en attente", "non fait")
    answers += [(pending, {"name": name, "status": "pending"}), (undone, {"name": name, "status": "not_tested"})]
    return tuple(Option(label, _append(case.biomarkers, "/biomarkers", value)) for label, value in answers)


def _treated_options(test: Treated, case: Case, lang: str) -> tuple[Option, ...]:
    yes, no = ("yes", "no") if lang == "en" else ("oui", "non")
    classes = {class_of_name(name) for name in test.names}
    types = sorted(type_ for id_ in test.treatments | classes for type_ in types_of(id_))
    if len(test.treatments) + len(test.names) != 1 or not types or ANY_DRUG in classes:
        return ()
    agent = next((TREATMENTS[id_].label_fr for id_ in test.treatments), None) or next(iter(test.names))
    value: dict[str, object] = {"type": types[0], "agents": [agent]}
    return (
        Option(yes, _append(case.treatments, "/treatments", value)),
        Option(no, _append(case.treatments, "/treatments", {**value, "received": False})),
    )


_STATE_VALUES: dict[State, tuple[str, object, object]] = {
    State.RESECTABLE: ("resectable", True, False),
    State.CASTRATION_RESISTANT: ("castration_resistant", True, False),
    State.RELAPSE: ("phase", "relapse", "initial"),
}


def _state_options(test: StateIs, case: Case, lang: str) -> tuple[Option, ...]:
    if test.state not in _STATE_VALUES:
        return ()
    field, yes, no = _STATE_VALUES[test.state]
    words = ("yes", "no") if lang == "en" else ("oui", "non")
    return tuple(
        Option(label, _set_in(case.disease, "disease", field, value))
        for label, value in zip(words, (yes, no), strict=True)
    )


def _extent_options(case: Case, lang: str) -> tuple[Option, ...]:
    words = (
        ("localised", "locally advanced", "metastatic")
        if lang == "en"
        else ("localisée", "localement avancée", "métastatique")
    )
    values = ("localised", "locally_advanced", "metastatic")
    return tuple(
        Option(label, _set_in(case.disease, "disease", "extent", value))
        for label, value in zip(words, values, strict=True)
    )
