"""Whether a cancer of the ovary is called sensitive or resistant to platinum, in words or by the interval, of now."""

import re

from rules.hinted import mark_of
from rules.kinds import State
from rules.reading.form.context import Standing, standing
from rules.reading.form.dates import is_recent
from rules.reading.form.facts import Facts
from rules.reading.form.organs import only_of
from rules.reading.form.sentences import Role, Sentence

_PLATINUM = r"(?:sels?\s+de\s+)?platines?"
_WORDS = tuple(
    (
        state,
        re.compile(
            rf"\bplatin(?:e|o)?[\s-]?(?:{adjective})s?\b|\b(?:{adjective})s?\s+(?:a|au|aux|a\s+la|a\s+un)\s+(?:{_PLATINUM})\b"
        ),
    )
    for state, adjective in (
        (State.PLATINUM_SENSITIVE, r"sensibles?"),
        (State.PLATINUM_RESISTANT, r"resistante?s?"),
        (State.PLATINUM_REFRACTORY, r"refractaires?"),
    )
)
_MONTHS = r"(?P<{0}>\d{{1,2}})\s*(?:mois|m)\b"
_INTERVAL = re.compile(
    rf"\b(?:re-?chute|recidive|progression)\b[^.;:]{{0,40}}?\b(?:a|apres)\s+{_MONTHS.format('one')}\s+(?:du|de\s+la|apres\s+"
    rf"(?:le|la)|post)\s*(?:fin\s+(?:du|des|de\s+la)\s+)?(?:derniere?\s+(?:cure|dose|cycle|perf\w*)\s+(?:de|du|des)\s+)?"
    rf"(?:derniers?\s+)?{_PLATINUM}\b|"
    rf"(?:^|[,;(]\s*|\bsoit\s+){_MONTHS.format('two')}\s+apres\s+(?:le|la|les)\s+(?:derniere?s?\s+)?(?:(?:cure|dose|cycle)\s+"
    rf"(?:de|du|des)\s+)?{_PLATINUM}\b|"
    rf"\b(?:intervalle\s+(?:libre\s+)?(?:sans|de|depuis\s+le\s+dernier)?\s*{_PLATINUM}|ilp|pfi|tfip)\s*(?:[:=]|de|a)?\s*"
    rf"{_MONTHS.format('three')}"
)
_MAY_BE_OF_PLATINUM = mark_of("platin", "ilp", "pfi", "tfip")
_THEN_ONLY = re.compile(
    r"[^.;,]{0,30}\b(?:a\s+chaque|jusqu\w*|initialement|auparavant|alors|au\s+depart|en\s+(?:premiere|1re|l1)|a\s+la\s+(?:1re|"
    r"premiere|2e|deuxieme)|lors\s+d|then|initially|previously)\b"
)
"""« Platine-sensible à chaque rechute jusqu'à la 3e »: of then."""
_LATELY_DAYS = 365
_SENSITIVE_FROM, _RESISTANT_FROM, _RESISTANT_TO = 7, 4, 5
"""Months that are surely beyond, or surely within, the six months of the GCIG, and surely beyond three."""


def read_platinum(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """What the sentence says of the last platinum; of another day, nothing."""
    low = sentence.low
    if not sentence.marks & _MAY_BE_OF_PLATINUM or not only_of("tubo_ovarian", organs):
        return
    if sentence.role in (Role.FAMILY, Role.HISTORY) or is_recent(sentence, low, days=_LATELY_DAYS) is False:
        return
    for state, pattern in _WORDS:
        for match in pattern.finditer(low):
            if standing(sentence, *match.span()) is Standing.STATED and not _THEN_ONLY.match(low, match.end()):
                facts.add_state(state, sentence.quote(*match.span()))
    for match in _INTERVAL.finditer(low):
        state_told = _by_months(int(match["one"] or match["two"] or match["three"]))
        if state_told and not sentence.asks and standing(sentence, *match.span()) is Standing.STATED:
            facts.add_state(state_told, sentence.quote(*match.span()))


def _by_months(months: int) -> State | None:
    if months >= _SENSITIVE_FROM:
        return State.PLATINUM_SENSITIVE
    return State.PLATINUM_RESISTANT if _RESISTANT_FROM <= months <= _RESISTANT_TO else None
