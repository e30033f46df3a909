"""One row of the spec tables: facts of a case, a test, the verdict it must have, and why."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.criteria import Test
from rules.evaluate import judge_test
from rules.finding import Finding
from rules.infer.build import picture_of
from rules.picture import Picture
from rules.reading.form import read_form
from rules.verdict import Verdict
from trialmatch.matching.case_schema import CaseIn

AS_OF = date(2026, 11, 24)

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


@dataclass(frozen=True)
class Row:
    """`facts`: parts of a case as the contract types them. `reason`: the reason code, where it matters."""

    facts: dict[str, Any]
    test: Test
    verdict: Verdict
    why: str
    reason: str | None = None
    tags: tuple[str, ...] = field(default=())


def picture(facts: dict[str, Any]) -> Picture:
    """The clinical picture of a case with these facts."""
    case = CaseIn.model_validate({"case_id": "SPEC", **facts}).to_case()
    return picture_of(read_form(case), as_of=AS_OF)


def judged(row: Row) -> Finding:
    """The finding of one row by the reference engine."""
    return judge_test(row.test, picture(row.facts))
