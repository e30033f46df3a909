"""Every node of a criterion in one line, and the line cut into its parts: how the corpus writes what is meant.

ecog 0-1            age 18-75             sex female           organ lung & histology nsclc
stage III,IVA       stage binet B,C       tnm T T3,T4          extent metastatic
prior 1-2           prior 0-1 of chemotherapy                  line 2-
treated anti_pd1 in advanced with progression within 183       washout 28 chemotherapy
KRAS[G12C]          PD-L1>=50% TPS        no HER2              neutrophils >=1.5 G/L
`&`, `|` and `not` join, brackets group; `~` is a part that can only stay unread, `-` asks nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.criteria import (
    AgeIn,
    AllOf,
    AnyOf,
    AtLeast,
    BrainMetastasesIn,
    ExtentIn,
    LineIn,
    MarkerIs,
    Measurable,
    MetastasisIn,
    NoDemand,
    Not,
    PerformanceIn,
    PlatinumIs,
    PriorLines,
    SettingIs,
    SexIs,
    StageIn,
    StandardExhausted,
    StateIs,
    SuitableFor,
    Test,
    TnmIs,
    Treated,
    Unread,
    Washout,
    Window,
)
from rules.marker_results import MarkerDemand
from tests.reading import notation

UNREAD, NOTHING = "~", "-"


def shown(test: Test) -> str:
    """One test in the notation of the corpus."""
    match test:
        case AllOf(parts):
            return "(" + " & ".join(map(shown, parts)) + ")"
        case AnyOf(parts):
            return "(" + " | ".join(map(shown, parts)) + ")"
        case AtLeast(minimum, parts):
            return f"atleast {minimum} (" + " | ".join(map(shown, parts)) + ")"
        case Not(part):
            return f"not {shown(part)}"
        case Unread():
            return UNREAD
        case NoDemand():
            return NOTHING
        case MarkerIs(demand):
            return _marker(demand)
        case _:
            return _disease(test)


def _marker(demand: MarkerDemand) -> str:
    """As the other tables write it, but for a range, whose ends may be open; unread variants stay unread."""
    limit = demand.threshold
    if limit is not None and limit.op == "range":
        name = "/".join(sorted(demand.markers))
        low, high = ">" if limit.low_open else ">=", "<" if limit.upper_open else "<="
        tail = f"{limit.unit or ''}{f' {limit.scale}' if limit.scale else ''}"
        return f"{name}{low}{limit.value:g}{high}{limit.upper:g}{tail}"
    written = notation.shown(MarkerIs(demand))
    if not demand.unread:
        return written
    joint = "&" if demand.presence == "absent" else "|"
    return f"({written} {joint} {UNREAD})" if demand.alterations else UNREAD


def _disease(test: Test) -> str:
    match test:
        case StageIn():
            return _stage(test)
        case TnmIs(component, values, _):
            return f"tnm {component.upper()} {','.join(sorted(values))}"
        case ExtentIn(extents):
            return f"extent {','.join(sorted(extents))}"
        case StateIs(state):
            return f"state {state}"
        case SettingIs(settings):
            return f"setting {','.join(sorted(settings))}"
        case MetastasisIn(sites, only):
            return f"metastasis {_ids(sites)}{' only' if only else ''}"
        case _:
            return _treatment(test)


def _stage(test: StageIn) -> str:
    written = [f"stage {_ids(test.groups)}"] if test.groups else []
    for system in sorted({value.system for value in test.values}):
        written.append(f"stage {system} {_ids(value.code for value in test.values if value.system == system)}")
    return written[0] if len(written) == 1 else "(" + " | ".join(written) + ")"


def _treatment(test: Test) -> str:
    match test:
        case LineIn(low, high):
            return f"line {_span(low, high)}"
        case PriorLines(low, high, of):
            return f"prior {_span(low, high)}{f' of {_ids(of)}' if of else ''}"
        case Treated():
            return _treated(test)
        case PlatinumIs(statuses):
            return f"platinum {','.join(sorted(statuses))}"
        case StandardExhausted():
            return "standard exhausted"
        case Washout(treatments, days):
            return f"washout {days} {_ids(treatments or {'anticancer_treatment'})}"
        case Window(treatments, days):
            return f"window {days} {_ids(treatments or {'anticancer_treatment'})}"
        case _:
            return _patient(test)


def _treated(test: Treated) -> str:
    words = [f"treated {_ids(test.treatments)}"]
    words += [f"in {_ids(test.settings)}"] if test.settings else []
    words += [f"with {_ids(test.outcomes)}"] if test.outcomes else []
    words += [f"within {test.within_days}"] if test.within_days is not None else []
    words += [f"since {test.since_days}"] if test.since_days is not None else []
    words += [f"relapsing {test.relapse_within_days}"] if test.relapse_within_days is not None else []
    words += [f"lasting {test.lasting_days}"] if test.lasting_days is not None else []
    words += [f"line {','.join(map(str, sorted(test.lines)))}"] if test.lines else []
    words += ["last"] if test.last else []
    return " ".join(words)


def _patient(test: Test) -> str:
    match test:
        case AgeIn(low, high, at_diagnosis):
            return f"age{' at diagnosis' if at_diagnosis else ''} {_span(low, high)}"
        case SexIs(sex):
            return f"sex {sex}"
        case PerformanceIn(scale, low, high):
            return f"{scale} {_span(low, high)}"
        case SuitableFor(purpose):
            return f"suitable {purpose}"
        case BrainMetastasesIn(states):
            return f"brain {_ids(states)}"
        case Measurable():
            return "measurable"
        case _:
            return notation.shown(test)


def _span(low: float | None, high: float | None) -> str:
    return f"{'' if low is None else f'{low:g}'}-{'' if high is None else f'{high:g}'}"


def _ids(ids: Iterable[str]) -> str:
    return ",".join(sorted(ids))


@dataclass(frozen=True, slots=True)
class Node:
    """A joint of the notation: `and`, `or`, `not`, `atleast N`, or `leaf` with its text."""

    joint: str
    parts: tuple["Node", ...] = ()
    text: str = ""
    minimum: int = 0


def cut(text: str) -> Node:
    """The tree of a line of the notation. Raises ValueError where it is not well formed."""
    parts = [part.strip() for part in _outside(text.strip(), "|")]
    if len(parts) > 1:
        return Node("or", tuple(cut(part) for part in parts))
    parts = [part.strip() for part in _outside(text.strip(), "&")]
    if len(parts) > 1:
        return Node("and", tuple(cut(part) for part in parts))
    return _single(parts[0])


def _single(text: str) -> Node:
    if not text:
        raise ValueError("an empty part")
    if text.startswith("("):
        if not text.endswith(")"):
            raise ValueError(f"{text}: words after a bracket")
        return cut(text[1:-1])
    if text.startswith("not "):
        return Node("not", (_single(text[4:].strip()),))
    if text.startswith("atleast "):
        minimum, rest = text.removeprefix("atleast ").split(" ", 1)
        inner = cut(rest)
        return Node("atleast", inner.parts if inner.joint == "or" else (inner,), minimum=int(minimum))
    return Node("leaf", text=text)


def _outside(text: str, sign: str) -> Iterator[str]:
    """The text cut at a sign that stands between spaces, outside brackets."""
    depth, start = 0, 0
    for place, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            raise ValueError(f"{text}: a bracket too many")
        if not depth and text[place - 1 : place + 2] == f" {sign} ":
            yield text[start:place]
            start = place + 1
    if depth:
        raise ValueError(f"{text}: a bracket is open")
    yield text[start:]
