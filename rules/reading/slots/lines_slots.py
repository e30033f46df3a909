"""A clause as slots: each known word a letter of its class, with what it says; a word of no class is « ? »."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from rules.hinted import hinted
from rules.quantities import find_durations
from rules.reading.clause import Clause
from rules.reading.slots import lines_words as words
from rules.reading.treatments.named_treatments import MARK, Named, marked


@dataclass(frozen=True, slots=True)
class Count:
    """How many, inclusive; `limit`: told by « au moins », « plus de » …; `bare`: a mere number."""

    low: int
    high: int | None
    bare: bool = False
    most: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in days, inclusive; an end that is not told is None. `bare`: so long, no limit."""

    low: int | None
    high: int | None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One word or phrase: its class, where it stands, what it says."""

    letter: str
    start: int
    end: int
    words: str
    count: Count | None = None
    span: Span | None = None
    named: Named | None = None
    outcomes: frozenset[str] = frozenset()


_OUTCOMES = {
    "progression": frozenset({"progression"}),
    "relapse": frozenset({"progression", "relapse"}),
    "refusal": frozenset({"toxicity"}),
}
_CLASSES = tuple((letter.partition(":")[0], letter.partition(":")[2]) for letter, _ in words.CLASSES)
_CLASS_RE = re.compile("|".join(f"((?:{pattern})(?:(?<=')|(?![a-z])))" for _, pattern in words.CLASSES))
"""Each class a group of its own (no pattern of a class may hold another); the first that matches wins."""
_SETTINGS = (
    ("S", hinted(words.ADVANCED)),
    ("A", hinted(words.EARLY)),
    ("M", hinted(words.MAINTENANCE)),
)
_SUBJECT = re.compile(r"(?:maladie|tumeur|cancer|tumou?r|disease|carcinom|adenocarcinom)")
"""« Maladie avancée, … » asks for it; « pour la maladie avancée » is the setting of a treatment."""
_PUNCTUATION = re.compile(r"[,;:()=/.+\[\]-]")
_TREATMENT = re.compile(f"{MARK}+")
_WORD = re.compile(r"[^\s,;:()=/.+\[\]]+")
_COUNTABLE = re.compile(
    r"\s?(?:(?:seule?|autre|autres|prior|previous|anterieure?s?|precedente?s?|systemi\w+|standards?|more|additional|"
    r"completes?|different\w*|de|d'|deja|recue?s?)\s)*"
    r"(?:lignes?(?![a-z])|lines?(?![a-z])|cycles?|cures?|courses?|l(?=\s?(?:[a-z]|$|,|\()))"
)
_COUNTABLE_TOO = re.compile(
    rf"\s?(?:(?:prior|previous|systemi\w+|standards?|different\w*|types? de|classes? de)\s)*(?:{MARK}|traitements?|"
    r"therap|regimens?|schemas?|protocoles?|treatments?)"
)
_ONE = frozenset({"un", "une", "one"})


def slots_of(clause: Clause) -> tuple[Slot, ...]:
    """The slots of a clause, words that say nothing left out."""
    return _slots(clause)


@lru_cache(maxsize=64)
def _slots(clause: Clause) -> tuple[Slot, ...]:
    text = marked(clause)
    told = _with_capitals(clause.text, text.text)
    found: list[Slot] = []
    at = 0
    while at < len(told):
        if told[at].isspace() or told[at] in "\"'":
            at += 1
            continue
        slot = _slot(told, at, text.lists.get(at))
        if slot.words == "l" and found and found[-1].letter == "N":
            slot = replace(slot, letter="L")
        if slot.words in ("r", "s") and [one.letter for one in found[-2:]] == ["T", "-"]:
            slot = _status(slot)
        if slot.letter == "S" and _SUBJECT.match(slot.words):
            slot = replace(slot, letter="X")
        if slot.letter != "_":
            found.append(slot)
        at = slot.end
    return tuple(found)


def _status(slot: Slot) -> Slot:
    """« platine-R », « platine-S »."""
    if slot.words == "s":
        return replace(slot, letter="P", words="sensible")
    return replace(slot, letter="f", words="resistant", outcomes=_OUTCOMES["progression"])


_CAPITALS = re.compile(r"(?<![\w/'-])LA(?![\w/'-])")


def _with_capitals(written: str, text: str) -> str:
    """« maladie LA ou métastatique »: locally advanced, where not all is in capitals."""
    for match in _CAPITALS.finditer(written) if "LA" in written and not written.isupper() else ():
        text = f"{text[: match.start()]}{words.LOCALLY_ADVANCED}{text[match.end() :]}"
    return text


def _slot(text: str, at: int, named: Named | None) -> Slot:
    if treatment := _TREATMENT.match(text, at):
        end = named.end if named else treatment.end()
        return Slot("T" if named else "?", at, end, text[at:end], named=named)
    for reader in _READERS if words.NUMBER_RE.search(text, at, at + _FAR) else _READERS[-2:]:
        slot = reader(text, at)
        if slot is not None:
            return slot
    if punctuation := _PUNCTUATION.match(text, at):
        return Slot(punctuation[0], at, punctuation.end(), punctuation[0])
    unknown = _WORD.match(text, at)
    end = unknown.end() if unknown else at + 1
    return Slot("?", at, end, text[at:end])


def _setting(text: str, at: int) -> Slot | None:
    if at and text[at - 1].isalnum():
        return None
    for letter, pattern in _SETTINGS:
        if match := pattern.match(text, at):
            return Slot(letter, at, match.end(), match[0])
    return None


def _word(text: str, at: int) -> Slot | None:
    if at and text[at - 1].isalnum() and text[at - 1] != "l":
        return None
    match = _CLASS_RE.match(text, at)
    if match is None or match.end() == at or match.lastindex is None:
        return None
    letter, variety = _CLASSES[match.lastindex - 1]
    return Slot(letter, at, match.end(), match[0], outcomes=_OUTCOMES.get(variety, frozenset()))


def _rank(text: str, at: int) -> Slot | None:
    match = words.RANK_RE.match(text, at)
    if match is None:
        return None
    low = _ordinal(match["o"] or match["s"])
    high = _ordinal(match["o2"] or match["s2"] or match["o"] or match["s"])
    if high < low or (match["past"] and match["later"]):
        return None
    if match["past"]:
        low += 1
    open_ = match["later"] or match["from"] or match["past"]
    return Slot("O", at, match.end(), match[0], count=Count(low, None if open_ else high, over=bool(match["past"])))


_FAR = 48
"""So far ahead a number may stand that a length of time, a rank or a count begins with (« pas plus de 2 »)."""


def _ordinal(word: str) -> int:
    digits = re.search(r"\d", word)
    return int(digits[0]) if digits else words.ORDINALS[word]


def _number(word: str) -> int:
    bare = re.sub(r"\s?\(.*", "", word)
    return words.NUMBERS.get(bare) or int(bare)


_IS_LEAST, _IS_MOST = re.compile(words.LEAST), re.compile(words.MOST)
_IS_MORE, _IS_LESS = re.compile(words.MORE), re.compile(words.LESS)


def _bounds(comparison: str, number: int) -> tuple[int | None, int | None]:
    """The range that a number stands for behind its comparison; (n, n) where there is none."""
    if not comparison:
        return number, number
    for pattern, low, high in (
        (_IS_MOST, None, number),
        (_IS_LEAST, number, None),
        (_IS_MORE, number + 1, None),
        (_IS_LESS, None, number - 1),
    ):
        if pattern.fullmatch(comparison):
            return low, high
    return None, None


def _count(text: str, at: int) -> Slot | None:
    match = words.COUNT_RE.match(text, at)
    if match is None or (at and (text[at - 1].isalnum() or text[at - 1] in "-.,/")):
        return None
    count = _count_of(match)
    if count is None:
        return None
    after = words.ONLY.match(text, match.end())
    end = after.end() if after else match.end()
    told = match["c"] or match["b"] or match["tail"] or after or words.ONLY_BEFORE.search(text, 0, at)
    counted = _COUNTABLE.match(text, end) or (_COUNTABLE_TOO.match(text, end) and (told or match["a"] not in _ONE))
    counted = counted or re.match(r"\s*(?:$|[,;.)(])", text[end:])
    if not counted:
        return None
    if not told:
        count = Count(count.low, count.high, bare=True)
    return Slot("N", at, end, text[at:end], count=count)


def _count_of(match: re.Match[str]) -> Count | None:
    first = _number(match["a"])
    low, high = _bounds(match["c"] or "", first)
    over = bool(match["c"] and _IS_MORE.fullmatch(match["c"]) and not _IS_MOST.fullmatch(match["c"]))
    if match["b"]:
        return _range(match, low, high)
    tail = match["tail"] or ""
    if tail:
        if match["c"]:
            return None
        low, high = (0, first) if re.search("moins|fewer|less|max|au plus|at most", tail) else (first, None)
    return Count(low or 0, high, most=not low, over=over)


def _range(match: re.Match[str], low: int | None, high: int | None) -> Count | None:
    second = _number(match["b"])
    joint = match["to"].strip()
    if match["d"]:
        other_low, other_high = _bounds(match["d"], second)
        low, high = (low if low is not None else other_low), (high if high is not None else other_high)
        return Count(low, high) if match["c"] and low is not None and high is not None and low <= high else None
    if match["c"] or low is None or match["tail"]:
        return None
    alternative = joint in ("ou", "or", "et", "and", "/") and not re.match("entre|between", match[0])
    if not joint or second <= low or (alternative and second != low + 1):
        return None
    return Count(low, second)


def _time(text: str, at: int) -> Slot | None:
    match = words.TIME_RE.match(text, at)
    if match is None or (at and text[at - 1].isalnum()):
        return None
    span = _span_of(match)
    return None if span is None else Slot("D", at, match.end(), match[0], span=span)


def _span_of(match: re.Match[str]) -> Span | None:
    within = words.WITHIN.match(match[0]) is not None
    if match["year"]:
        return Span(0, 365) if within else None
    first = _days(match["a"], match["u"] or match["v"])
    second = _days(match["b"], match["v"]) if match["b"] else None
    if first is None:
        return None
    low, high = _bounds(match["c"] or "", first)
    if second is not None:
        if match["d"]:
            other_low, other_high = _bounds(match["d"], second)
            low, high = (low if match["c"] else other_low), other_high if other_high is not None else high
        elif match["c"] or within:
            return None
        else:
            low, high = first, second
        return Span(low, high) if low is not None and high is not None and low < high else None
    if match["tail"]:
        return Span(first, None) if re.search("plus$|more|moins|minimum", match["tail"]) else Span(None, first)
    if not match["c"]:
        return Span(0, first) if within else Span(first, first, bare=True)
    return Span(low, high)


def _days(number: str, unit: str | None) -> int | None:
    found = find_durations(f"{_number(number)} {unit}") if unit else []
    return found[0].days[0] if found and found[0].days else None


_READERS: tuple[Callable[[str, int], Slot | None], ...] = (_time, _rank, _count, _setting, _word)
"""Where a number is near, all of them; else the last two."""
