"""Where an exception from a tumour ends: « cancer de l'ovaire, hors mucineux, en rechute » asks the relapse.

What is excepted from a tumour is a tumour. An extent, a stage, a line or a marker behind the next comma is asked again,
whether or not the excepted words are known.
"""

import re
from collections.abc import Sequence

from rules.criteria import Kind, Polarity
from rules.reading.clause import Clause, Found
from rules.reading.segments import in_parenthesis

_TUMOUR = frozenset({Kind.ORGAN, Kind.HISTOLOGY})
_OF_THE_CASE = frozenset(
    {Kind.EXTENT, Kind.STAGE, Kind.LINE, Kind.PRIOR_TREATMENT, Kind.BIOMARKER, Kind.ECOG, Kind.AGE, Kind.COMORBIDITY}
)
_COMMA = re.compile(r",\s")
_GOES_ON = re.compile(r"\s*(?:et|ou|ni|and|or|nor|sauf|hors|but|mais|y compris|including)\b")
_NEAR = 24


def end_of_exception(clause: Clause, found: Sequence[Found], at: int, end: int) -> int:
    """The comma that an exception at `at` ends before, or `end`; `found` of its stretch."""
    if clause.polarity is Polarity.EXCLUSION or not all(one.kind in _TUMOUR for one in found if one.start < at):
        return end
    for comma in _COMMA.finditer(clause.plain, at, end):
        excepted = [one for one in found if at <= one.start < comma.start()]
        if any(one.kind not in _TUMOUR or one.end > comma.start() for one in excepted):
            return end
        behind = next((one for one in found if one.start >= comma.end()), None)
        if behind is None or _GOES_ON.match(clause.plain, comma.end()) or in_parenthesis(clause.plain, comma.start()):
            continue
        between = clause.plain[comma.end() : behind.start]
        if behind.kind in _OF_THE_CASE and "," not in between and len(between) <= _NEAR:
            return comma.start()
    return end
