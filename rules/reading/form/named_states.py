"""States that a form calls by their name: oligometastatic, borderline, biochemical relapse, volume, no disease left."""

import re

from rules.hinted import mark_of
from rules.kinds import State
from rules.reading.form.context import Standing, part_around, standing
from rules.reading.form.dates import is_recent
from rules.reading.form.facts import Facts
from rules.reading.form.organs import only_of
from rules.reading.form.sentences import Role, Sentence

_OLIGO = re.compile(r"\boligo-?\s?metasta(?:ti\w+|s\w+)|\boligo-?\s?metas?\b")
_MANY = re.compile(
    r"\b(?:poly|pluri|multi)-?\s?metastati\w+|\bmetastases?\s+(?:\w+\s+){0,2}?(?:diffuses|innombrables)\b|"
    r"\binnombrables\s+(?:metastases|lesions\s+secondaires)\b"
)
_BORDERLINE = re.compile(r"\bborderline\b|\b(?:resecabilite|resectabilite)\s+limite\b|\blimite\s+(?:de\s+)?resecab\w+")
_BORDERLINE_TUMOUR = re.compile(r"\bresec\w+|\bresect\w+")
_BIOCHEMICAL = re.compile(
    r"\b(?:recidive|rechute|echappement|recurrence)\s+(?:purement\s+|exclusivement\s+)?(?:biochimique|biologique|du\s+psa)\b"
)
_VOLUME = re.compile(r"\b(?:(?P<high>haut|fort|high)|faible|bas|low)[\s-]volume\b")
_OF_METASTASES = re.compile(r"metasta|chaarted|\bm(?:hspc|cphs|hnpc|cspc)|hormono")
_NED = re.compile(r"\bned\b|\bno\s+evidence\s+of\s+disease\b")
_SINCE_OVER = re.compile(
    r"\b(?:puis|mais|suivie?|trait\w+|irradie\w*|rattrapage|avant|jusqu\w*|secondairement|devenu\w*|initial\w*|"
    r"metasta\w*|progress\w+)\b"
)
"""Words behind or before a state that make it one of another day."""
_MAY_TELL = mark_of("oligo", "metastati", "diffuses", "innombrables", "borderline", "limite", "biochimi")
_MAY_TELL_MORE = mark_of("biologique", "psa", "volume", "ned", "evidence")
_DAYS_LATELY = 183


def read_named_states(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """The states that the sentence names as those of today."""
    if not sentence.marks & (_MAY_TELL | _MAY_TELL_MORE) or sentence.role is not Role.FACT or sentence.asks:
        return
    low = sentence.low
    if "metas" in low:
        _how_many(sentence, facts)
    _tell(sentence, facts, _NED, State.REMISSION)
    if only_of("pancreas", organs) or _BORDERLINE_TUMOUR.search(low):
        _tell(sentence, facts, _BORDERLINE, State.BORDERLINE)
    if only_of("prostate", organs):
        for match in _BIOCHEMICAL.finditer(low):
            if not _SINCE_OVER.search(low.replace(match[0], " ")):
                _add(sentence, facts, match, State.BIOCHEMICAL_RELAPSE)
        if _OF_METASTASES.search(low):
            for match in _VOLUME.finditer(low):
                _add(sentence, facts, match, State.HIGH_VOLUME, holds=bool(match["high"]))


def _how_many(sentence: Sentence, facts: Facts) -> None:
    """Few metastases, or many."""
    for match in _OLIGO.finditer(sentence.low):
        _add(sentence, facts, match, State.OLIGOMETASTATIC)
    for match in _MANY.finditer(sentence.low):
        _add(sentence, facts, match, State.OLIGOMETASTATIC, holds=False)


def _tell(sentence: Sentence, facts: Facts, pattern: re.Pattern[str], state: State) -> None:
    for match in pattern.finditer(sentence.low):
        _add(sentence, facts, match, state)


def _add(sentence: Sentence, facts: Facts, match: re.Match[str], state: State, *, holds: bool = True) -> None:
    """The state, stated of today; one that is denied does not hold."""
    start, end = part_around(sentence.low, *match.span())
    if is_recent(sentence, sentence.low[start:end], days=_DAYS_LATELY) is False:
        return
    said = standing(sentence, *match.span())
    if said is Standing.STATED or (said is Standing.DENIED and holds and state is not State.REMISSION):
        facts.add_state(state, sentence.quote(*match.span()), holds=holds and said is Standing.STATED)
