"""Tests of criteria in one line, so that a table of sentences can be read: `ER<1% & PR<1%`."""

from rules.alterations import Alteration
from rules.criteria import (
    AllOf,
    AnyOf,
    ExtentIn,
    HasCondition,
    HistologyIs,
    LabIn,
    MarkerIs,
    MetastasisIn,
    Not,
    OrganIs,
    OtherCancer,
    StateIs,
    TakesMedication,
    Test,
    TnmIs,
    Treated,
    Unread,
)
from rules.kinds import Polarity
from rules.marker_results import MarkerDemand, Threshold
from rules.reading.clause import Clause, Found
from rules.reading.compose import Recogniser


def read(recognise: Recogniser, sentence: str) -> str:
    """What a recogniser finds in a sentence of the inclusions, or (it starts with "E:") of the exclusions."""
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    clause = Clause(sentence.removeprefix("E:"), polarity)
    found = recognise(clause)
    _in_place(clause, found)
    return " ; ".join(shown(one.test) for one in found)


def _in_place(clause: Clause, found: list[Found]) -> None:
    """Spans lie inside the clause, in order, and never overlap."""
    ends = [0, *(one.end for one in found)]
    for before, one in zip(ends, found, strict=False):
        assert before <= one.start < one.end <= len(clause.text), (clause.text, found)


def shown(test: Test) -> str:
    """One test in the notation of the tables."""
    match test:
        case AllOf(parts):
            return "(" + " & ".join(map(shown, parts)) + ")"
        case AnyOf(parts):
            return "(" + " | ".join(map(shown, parts)) + ")"
        case Not(part):
            return f"not {shown(part)}"
        case MarkerIs(demand):
            return _demand(demand)
        case OrganIs(organs, all_solid):
            return "organ " + ",".join([*sorted(organs), *(["ALL SOLID"] if all_solid else [])])
        case HistologyIs(histologies):
            return "histology " + ",".join(sorted(histologies))
        case _:
            return "unread" if isinstance(test, Unread) else _disease(test) or _patient(test)


def _disease(test: Test) -> str | None:
    match test:
        case ExtentIn(extents):
            return "extent " + ",".join(sorted(extents))
        case StateIs(state):
            return state.value
        case TnmIs(component, values, _):
            return f"{component} " + ",".join(sorted(values))
        case MetastasisIn(sites, only):
            return f"metastasis {'only ' if only else ''}" + ",".join(sorted(sites))
        case _:
            return None


def _patient(test: Test) -> str:
    match test:
        case HasCondition():
            words = [",".join(sorted(test.conditions))]
            words += [f"within {test.within_days}"] if test.within_days else []
            words += ["active"] if test.active else []
            words += [f"treated by {','.join(sorted(test.treated_by))}"] if test.treated_by else []
            return " ".join([*words, *(["or suspected"] if test.suspected_too else [])])
        case TakesMedication(medications):
            return "takes " + ",".join(sorted(medications))
        case Treated() if test == Treated(treatments=test.treatments, names=test.names):
            return "TREATED " + ",".join([*sorted(test.treatments), *(f"«{name}»" for name in sorted(test.names))])
        case OtherCancer():
            within = f" within {test.within_days}" if test.within_days else ""
            excepted = f" except {','.join(sorted(test.excepted))}" if test.excepted else ""
            return f"other cancer{' ever' if test.ever else ''}{within}{excepted}"
        case LabIn():
            low = "" if test.low is None else f" {'>=' if test.low_included else '>'}{test.low:g}"
            high = "" if test.high is None else f" {'<=' if test.high_included else '<'}{test.high:g}"
            return f"{test.lab}{low}{high} {test.times or test.unit}".rstrip()
        case _:
            return str(test)


def _demand(demand: MarkerDemand) -> str:
    name = "/".join(sorted(demand.markers))
    limit = _limit(demand.threshold) if demand.threshold else ""
    classes = "+".join(sorted({_alteration(one) for one in demand.alterations}))
    sign = {"present": "", "absent": "no ", "known": "known "}[demand.presence]
    return f"{sign}{name}{limit}{f'[{classes}]' if classes else ''}"


def _limit(limit: Threshold) -> str:
    if limit.scores:
        return "{" + ",".join(sorted(score.value for score in limit.scores)) + "}"
    upper = f"-{limit.upper:g}" if limit.upper is not None else ""
    scale = f" {limit.scale}" if limit.scale else ""
    return f"{limit.op}{limit.value:g}{upper}{limit.unit or ''}{scale}"


def _alteration(one: Alteration) -> str:
    if one.reference and one.codons:
        return f"{one.reference}{one.codons[0]}{one.changed or ''}"
    words = [one.origin, one.effect and one.effect.value, f"exon {one.exon}" if one.exon else None]
    words += [*sorted(one.traits - {"sensitising", "exon_20_insertion"})]
    words += [f"not codon {one.not_codon}"] if one.not_codon else []
    return " ".join([one.kind.value, *(word for word in words if word)])
