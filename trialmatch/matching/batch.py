"""Many cases in one exchange: each line answered as `POST /v1/match` would, in its place."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import structlog

from trialmatch.matching.answer import as_json
from trialmatch.matching.lines import BadLine, bad_line, read_case_line
from trialmatch.matching.options import MatchOptions
from trialmatch.matching.service import Catalogue, MatchService

log = structlog.get_logger("trialmatch.matching.batch")


@dataclass(frozen=True, slots=True)
class Batch:
    """One exchange: the catalogue and the options are those of its beginning."""

    service: MatchService
    catalogue: Catalogue
    options: MatchOptions
    today: date
    now: datetime

    def answer(self, lines: Sequence[tuple[int, bytes | None]]) -> bytes:
        """Numbered lines → one line of answer each; None is a line that was too long to keep."""
        return b"".join(self._answer(number, line) + b"\n" for number, line in lines)

    def _answer(self, number: int, line: bytes | None) -> bytes:
        if line is None:
            return _as_line(bad_line(None, 413, "The line is longer than a case may be.", number))
        case = read_case_line(line, number)
        if isinstance(case, BadLine):
            return _as_line(case)
        try:
            return as_json(
                self.service.match(case, self.catalogue, options=self.options, today=self.today, now=self.now)
            )
        except Exception as error:  # noqa: BLE001 -- whatever is wrong with one case, the others are answered
            log.error("batch.case_failed", error=type(error).__name__)  # noqa: TRY400 -- no stack: it may quote the case
            return _as_line(bad_line(case.case_id, 500, "This case could not be judged.", number))


def _as_line(bad: BadLine) -> bytes:
    return json.dumps({"case_id": bad.case_id, "error": bad.problem}, ensure_ascii=False).encode()
