"""The lines of an upload: those that are cases, and what is wrong with the others."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from rules.case import Case
from trialmatch.http.fields import IDENTITY_REFUSED
from trialmatch.matching.lines import BadLine, read_case_line
from trialmatch.session.schemas import LineFault, LineRefused

MOST_CASES = 500
"""Of one session: a board has some forty."""
_FIELD = re.compile(r"(\w[\w.\[\]]*): ")


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line that is a case, as it was sent."""

    case_id: str
    line: bytes


def sort_lines(body: bytes, *, known: Collection[str]) -> tuple[list[KeptLine], list[LineRefused]]:
    """Cases, and refused lines with their number from 1. `known`: ids of the cases that the session has already."""
    seen, kept, refused = set(known), list[KeptLine](), list[LineRefused]()
    for number, line in enumerate(body.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        case = read_case_line(line, number)
        if not isinstance(case, Case):
            refused.append(_unlike_a_case(number, case))
        elif case.case_id in seen:
            refused.append(
                _refused(number, case, "known", "The session has a case of this id already: each case once.")
            )
        elif len(seen) >= MOST_CASES:
            refused.append(_refused(number, case, "full", f"A session holds {MOST_CASES} cases: open another one."))
        else:
            seen.add(case.case_id)
            kept.append(KeptLine(case.case_id, line.strip()))
    return kept, refused


def _unlike_a_case(number: int, bad: BadLine) -> LineRefused:
    status, detail = int(str(bad.problem["status"])), str(bad.problem["detail"])
    fields = [] if status == 400 else [found[1] for part in detail.split("; ") if (found := _FIELD.match(part))]
    code: LineFault = "unreadable" if status == 400 else "identity" if IDENTITY_REFUSED in detail else "fields"
    return LineRefused(line=number, case_id=bad.case_id, status=status, code=code, fields=fields, detail=detail)


def _refused(number: int, case: Case, code: LineFault, detail: str) -> LineRefused:
    return LineRefused(line=number, case_id=case.case_id, status=422, code=code, fields=[], detail=detail)
