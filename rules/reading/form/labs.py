"""Laboratory values of one sentence: a name, a number, and a unit that is written (or that the value never lacks)."""

import re
from collections.abc import Iterator

from rules.case import Lab
from rules.hinted import mark_of
from rules.labs import LAB_NAMES, LAB_TEXT_NAMES, in_canonical_unit
from rules.lexicon import Mention
from rules.quantities import NUMBER, parse_number
from rules.reading.form.dates import only_date
from rules.reading.form.facts import Facts
from rules.reading.form.sentences import Role, Sentence

_UNIT = (
    r"%|(?:x\s*)?10\s*\^?\s*[0-9]\s*/\s*(?:l|mm3)|/\s?(?:mm3|ul|l)\b|[a-z]{1,6}\s?/\s?(?:[a-z]{1,5}[0-9]?|"
    r"24\s?h)(?:\s?/\s?1[.,]73\s?m2?)?|"
    r"giga\s?/\s?l|x\s?(?:lsn|n|uln)\b|(?:lsn|uln)\b|mm\s?hg|msec|ms\b"
)
_LINK = (
    r"(?:\s*\([^)\d]{0,20}\))?\s*(?:(?:totale?|serique|actuel\w*|corrigee?|estimee?|mdrd|ckd-?epi|cg|cockcroft|"
    r"creat\w*|clair\w*)\s*){0,2}(?:[:=]|(?:est\s+|mesuree?\s+|stable\s+|actuellement\s+|evaluee?\s+|dosee?\s+|"
    r"reste\w*\s+|remonte\w*\s+|revenue?\s+|baisse\w*\s+)?(?:a|de)\s)?\s*"
)
_MAY_MEASURE = mark_of(*"0123456789")
_ONLY_WITH_UNIT = (
    (re.compile(r"\bclairance(?:\s+creat)?\b\.?(?=\s*(?:[:=]|a\s)?\s*\d{1,3}\s*ml\s?/\s?min)"), "clairance"),
    (re.compile(r"\btp(?=\s*(?:[:=]|a\s)?\s*\d{2,3}\s*%)"), "TP"),
)
_MAY_BE_SHORT = mark_of(*(name.lower() for _, name in _ONLY_WITH_UNIT))
"""Names that are also another thing, and are a laboratory value only right before its unit."""
_ARROW = r"\s*(?:->|>{1,2}|=>)\s*"
_VALUE = re.compile(
    rf"{_LINK}(?:de\s+)?(?P<first>{NUMBER})(?P<unit0>\s*(?:{_UNIT}))?(?P<series>(?:{_ARROW}{NUMBER}(?:\s*(?:{_UNIT}))?){{0,4}})\s*(?P<unit>{_UNIT})?"
)
_LAST = re.compile(rf"{_ARROW}(?P<value>{NUMBER})\s*(?P<unit>{_UNIT})?$", re.IGNORECASE)
_NO_VALUE_AFTER = re.compile(
    r"\s*(?:(?:au\s+)?nadir|puis\s+(?:a\s+)?\d|-\s?\d|a\s+\d|et\s+\d|ou\s+\d|mois|ans|semaines|jours|sem\b|cures?|cycles?|x\s?n\b)"
)
_NOT_NOW = re.compile(
    r"\b(?:si|objectif|seuil|limite|doit|jusqu|nadir|initiale?|au\s+diagnostic|doublement|avant|etait)\b"
)

_NO_MORE = re.compile(r"[^;.,]{0,35}?\b(?:resol[uv]\w*|corrigee?|normalisee?)\b")
_USUAL_UNIT = {"creatinine_clearance": "mL/min", "psa": "ng/mL"}
"""Values that French files write without a unit because there is only one."""


def read_labs(sentence: Sentence, facts: Facts) -> None:
    """Values as they stand now; limits (« PSA < 0,1 ») and wished values are none; of a series, the last."""
    if not sentence.marks & _MAY_MEASURE or sentence.asks or sentence.role is Role.FAMILY:
        return
    named = sentence.named(LAB_TEXT_NAMES)
    for mention in (*named, *_short_names(sentence)) if sentence.marks & _MAY_BE_SHORT else named:
        if len(mention.ids) != 1:
            continue
        (lab,) = mention.ids
        read = _value_after(sentence, mention.end, lab)
        start = max(sentence.low.rfind(mark, 0, mention.start) for mark in ",;:(.") + 1
        if read is None or _NOT_NOW.search(sentence.low[start : mention.end]):
            continue
        value, unit, end = read
        stop = re.search(r"[;:.](?!\d)|,(?!\d)", sentence.low[end:])
        part = sentence.low[start : end + (stop.start() if stop else len(sentence.low))]
        if _NO_MORE.match(sentence.low, end):
            continue
        name = sentence.written(mention.start, mention.end)
        day = None if "depuis" in part else only_date(part) or _day_of_the_bracket(sentence.low, mention.start)
        item = Lab(name=name, value=value, unit=unit, measured_on=day)
        facts.add("labs", item, sentence.quote(mention.start, end))


def _day_of_the_bracket(low: str, start: int) -> str | None:
    """« Récidive biologique en 2021 (PSA 6) »: the day of what the bracket stands behind."""
    opened = low.rfind("(", 0, start)
    if opened < 0 or ")" in low[opened:start]:
        return None
    return only_date(low[max(low.rfind(mark, 0, opened) for mark in ".;,") + 1 : opened])


def _short_names(sentence: Sentence) -> Iterator[Mention]:
    low = sentence.low
    for pattern, name in _ONLY_WITH_UNIT:
        for match in pattern.finditer(low) if name.lower() in low else ():
            yield Mention(*match.span(), LAB_NAMES.exact(name), "synonym", 1.0)


def _value_after(sentence: Sentence, position: int, lab: str) -> tuple[float, str, int] | None:
    match = _VALUE.match(sentence.low, position)
    if match is None or _NO_VALUE_AFTER.match(sentence.low, match.end()):
        return None
    number, unit = match["first"], _written(sentence, match, "unit0") or _written(sentence, match, "unit")
    last = _LAST.search(sentence.text[match.start("series") : match.end("series")]) if match["series"] else None
    if match["series"]:
        if last is None:
            return None
        number, unit = last["value"], last["unit"] or unit
    typed = (unit or _USUAL_UNIT.get(lab, "")).strip()
    value = parse_number(number, unit=typed)
    if value is None or not typed or in_canonical_unit(lab, value, typed) is None:
        return None
    return value, typed, match.end()


def _written(sentence: Sentence, match: re.Match[str], group: str) -> str | None:
    start, end = match.span(group)
    return sentence.text[start:end] if start >= 0 else None
