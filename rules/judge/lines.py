"""Lines of treatment: the one under discussion, and the earlier ones."""

from rules.criteria import LaterLine, LineIn, PriorLines
from rules.finding import Finding, Reason
from rules.infer.lines import MOST_LINES
from rules.judge.observe import compare, found
from rules.picture import Picture, Received
from rules.treatments import TREATMENTS
from rules.verdict import Verdict


def line_in(test: LineIn, picture: Picture) -> Finding:
    """The line that the patient would receive."""
    asked = frozenset(range(test.low, (test.high or MOST_LINES) + 1))
    return compare(test, picture.lines.planned, asked, observed=_line_words(picture))


def _line_words(picture: Picture) -> str | None:
    values = picture.lines.planned.values
    if not picture.lines.planned.told:
        return None
    first = min(values)
    return f"ligne {first}" if len(values) == 1 else f"ligne {first} ou au-delà"


def later_line(test: LaterLine, picture: Picture) -> Finding:
    """A first line under discussion is a question to the trial team; anything else passes (contract)."""
    first = picture.lines.planned.told and 1 in picture.lines.planned.values
    if not first:
        return found(test, Verdict.MET)
    return found(
        test, Verdict.UNKNOWN, sources=picture.lines.planned.sources, reason=Reason.NO_LIMIT_WRITTEN, observed="ligne 1"
    )


def prior_lines(test: PriorLines, picture: Picture) -> Finding:
    """Earlier lines for advanced disease, all of them or those that hold a given treatment."""
    low, high = picture.lines.prior.low, picture.lines.prior.high
    if test.of:
        low, high = _lines_with(test, picture)
    if picture.lines.planned.conflict:
        return found(test, Verdict.UNKNOWN, sources=picture.lines.sources, reason=Reason.CONFLICT)
    verdict = _range(low, high, test)
    reason = None
    if verdict is Verdict.UNKNOWN:
        reason = Reason.OPEN_LIST if picture.treatments and not picture.treatments_complete else Reason.NOT_STATED
    return found(test, verdict, sources=picture.lines.sources, reason=reason, observed=_prior_words(low, high))


def _range(low: int, high: int | None, test: PriorLines) -> Verdict:
    most = MOST_LINES if test.high is None else test.high
    if high is not None and test.low <= low and high <= most:
        return Verdict.MET
    if test.high is None and low >= test.low:
        return Verdict.MET
    if low > most or (high is not None and high < test.low):
        return Verdict.NOT_MET
    return Verdict.UNKNOWN


def _prior_words(low: int, high: int | None) -> str | None:
    if high == low:
        return f"{low} ligne{'s' if low > 1 else ''} antérieure{'s' if low > 1 else ''}"
    return f"au moins {low} ligne{'s' if low > 1 else ''} antérieure{'s' if low > 1 else ''}" if low else None


def _lines_with(test: PriorLines, picture: Picture) -> tuple[int, int | None]:
    """How many earlier lines hold one of the treatments: distinct numbered lines at least."""
    surely: set[int] = set()
    unnumbered = False
    for entry in picture.treatments:
        if not entry.received or entry.for_other_cancer or not _holds(entry, test.of):
            continue
        if entry.line:
            surely.add(entry.line)
        elif entry.in_lines[0]:
            unnumbered = True
    low = max(len(surely), int(unnumbered))
    if picture.no_advanced_line:
        return 0, 0
    if not picture.treatments_complete:
        return low, picture.lines.prior.high
    return low, _most_with(test, picture)


def _most_with(test: PriorLines, picture: Picture) -> int:
    may = [
        entry
        for entry in picture.treatments
        if entry.received and not entry.for_other_cancer and _may_hold(entry, test.of)
        if entry.line or entry.in_lines[1]
    ]
    numbered = {entry.line for entry in may if entry.line}
    return len(numbered) + sum(1 for entry in may if not entry.line)


def _holds(entry: Received, asked: frozenset[str]) -> bool:
    return any(TREATMENTS.compare_all(part, asked) is Verdict.MET for part in entry.components)


def _may_hold(entry: Received, asked: frozenset[str]) -> bool:
    return any(TREATMENTS.compare_all(part, asked) is not Verdict.NOT_MET for part in entry.components)
