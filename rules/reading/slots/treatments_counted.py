"""How many treatments of a class were received: « 1 ou 2 inhibiteurs d'ALK antérieurs », "≥ 2 prior TKIs".

Whoever had none had not one; how many there were is told by the lines that held one, and stays open where they do not
agree (an adjuvant one, one taken up again). A limit alone (« deux au plus ») asks for none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, PriorLines, Test, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.reading.joining import Read, Row
from rules.reading.treatments.named_treatments import MARK
from rules.reading.treatments.things import Thing, things_of
from rules.treatment_sets import less

_NUMBERS = {
    "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4,
}  # fmt: skip
_N = r"(?:[1-4]|une?|deux|trois|quatre|one|two|three|four)(?![\w.,]?\d)"
_MAY_HOLD = hinted(
    r"(?<![\w-])(?:seule?|unique|single|only|au moins|at least|minimum|au plus|max|at most|up to|jusqu|plus de|"
    r"more than|[≥≤<>]|(?:[1-4]|deux|trois|two|three) )"
)
_COUNT = (
    rf"(?:(?P<least>≥|> ?=|au moins|at least|(?:un )?minimum(?: de)?|a minimum of)|(?P<most>≤|< ?=|au plus|au maximum|"
    r"max(?:imum)?\.?(?: de)?|at most|up to|jusqu'a|pas plus d(?:e |')|no more than)|"
    r"(?P<more>>|plus d(?:e |')|more than)|(?P<less><|moins d(?:e |')|less than|fewer than)|"
    rf"(?P<exact>exactement|exactly|only|uniquement|seulement))?\s?(?P<low>{_N})"
    rf"(?:\s?(?:a|-|ou|et|to|or)\s?(?P<high>{_N}))?\s?(?P<only>seule?s?|uniques?|single)?(?: et (?:unique|seule?))?"
)
_GIVEN = (
    r"(?:(?:(?:les |le |la |the )?(?:patiente?s?|participante?s?|sujets?|subjects?|patients)|qui|a|ont|ayant|avoir|"
    r"has|have|having|doi(?:t|vent)|must|deja|already|recue?s?|received|been|exposed to|expose\w* a|traite(?:e|s|es)? "
    r"(?:par|avec)|treated with|l'|prior|previous)\s?)*"
)
_PAST = (
    r"(?:\s?,?\s?(?:anterieur(?:e|es|s)?|prealables?|deja|recue?s?|administree?s?|prior|previous(?:ly)?|received|"
    r"auparavant|au total|in total|differente?s?|different|distincte?s?|successi(?:f|fs|ve|ves)|approuvee?s?))*"
)
_OTHERWISE = rf"(?:\s?,?\(?\s?(?:sauf|hormis|hors|excepte|except(?: for)?|other than|autres? que) (?P<but>{MARK}+)\)?)?"
_WHOLE = re.compile(
    rf"[^\w{MARK}≥≤<>]*{_GIVEN}{_COUNT}\s?(?:(?:prior|previous|different|autres?|lignes? d(?:e |')|agents?|"
    rf"medicaments?|molecules?|drugs?|traitements? par|exposure to)\s?)*(?P<t>{MARK}+){_PAST}{_OTHERWISE}{_PAST}"
    r"(?:\s?(?P<end>au plus|au maximum|max(?:imum)?\.?|au moins|minimum|at most|or more|ou plus))?\W*"
)
_OPEN: Test = Unread(Kind.PRIOR_TREATMENT)


@dataclass(frozen=True, slots=True)
class _Range:
    low: int
    high: int | None


def counted(clause: Clause) -> Read | None:
    """What a demand says of how many treatments of a class were given; None where it is not surely that."""
    if clause.polarity is Polarity.EXCLUSION or not _MAY_HOLD.search(clause.plain):
        return None
    things = things_of(clause)
    if not things:
        return None
    match = _WHOLE.fullmatch(_marked(clause.plain, things))
    bounds = _bounds(match) if match else None
    if match is None or bounds is None:
        return None
    named = [one for one in things if match.start("t") <= one.start < match.end("t")]
    but = [one for one in things if match["but"] and match.start("but") <= one.start < match.end("but")]
    ids, apart = _ids(named), _ids(but)
    if not ids or (but and not apart) or len(named) + len(but) != len(things):
        return None
    kept = less(ids, apart) if apart else ids
    if not kept:
        return None
    rows: list[Row] = [(Kind.PRIOR_TREATMENT, True, _asked(kept, bounds))]
    if apart:
        rows.append((Kind.PRIOR_TREATMENT, True, AnyOf((Not(Treated(treatments=apart)), _OPEN))))
    return Read(tuple(rows), True)


def _marked(plain: str, things: Sequence[Thing]) -> str:
    for one in things:
        plain = plain[: one.start] + MARK * (one.end - one.start) + plain[one.end :]
    return plain


def _ids(things: Sequence[Thing]) -> frozenset[str]:
    """The classes named; nothing where one of them is not one class."""
    if any(len(one.components) != 1 or one.doubtful or one.names for one in things):
        return frozenset()
    return frozenset(id_ for one in things for id_ in one.components[0])


def _bounds(match: re.Match[str]) -> _Range | None:
    """The least and the most that are meant; None where the words do not settle it."""
    low = _NUMBERS.get(match["low"]) or int(match["low"])
    high = (_NUMBERS.get(match["high"]) or int(match["high"])) if match["high"] else None
    end = match["end"] or ""
    if match["most"] or end.startswith(("au pl", "au max", "max", "at m")):
        return _Range(0, high or low)
    if match["less"]:
        return _Range(0, low - 1)
    if match["more"]:
        return _Range(low + 1, None)
    if match["least"] or end:
        return _Range(low, high)
    if match["exact"] or match["only"] or high is not None or low > 1:
        return _Range(low, high or low)
    return None


def _asked(ids: frozenset[str], bounds: _Range) -> Test:
    had, counted_ = Treated(treatments=ids), PriorLines(bounds.low, bounds.high, ids)
    if bounds.low == 0:
        return AnyOf((counted_, _OPEN))
    if bounds == _Range(1, None):
        return had
    return AllOf((had, AnyOf((counted_, _OPEN))))
