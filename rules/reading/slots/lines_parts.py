"""The slots of a clause as statements: joined words of one class made one, then cut at separators and parentheses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.reading.slots.lines_slots import Count, Slot, Span
from rules.reading.slots.lines_words import LOCALLY_ADVANCED
from rules.reading.treatments.named_treatments import Named, concepts_of
from rules.reading.treatments.settings import settings_in
from rules.treatments import is_systemic

OPENING, CLOSING = "([", ")]"
_SEPARATORS = frozenset(",;:=&oi+./")
CURATIVE = frozenset({"neoadjuvant", "adjuvant", "curative"})
GENERIC = frozenset({"systemic_treatment", "anticancer_treatment"})
_FAR_WORDS = re.compile(
    r"(?<!localement )(?<!locally )(?<!locally-)(?:avance|advanced|incurable|dissemin|\biv[abc]?\b)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One statement: its slots and how it is joined to what stands before it (`,` `&` `o` `i` `+` `:` `(`)."""

    slots: tuple[Slot, ...]
    joint: str
    polarity: Polarity
    depth: int = 0
    behind_lines: bool = False
    widens: bool = False
    """Joined by « y compris » or "including", which may take more in."""
    restricts: bool = False
    """Joined by « à base de » or « comportant » alone: only such lines are meant."""
    group: int = -1
    """Where the parenthesis opens in which it stands."""

    @property
    def letters(self) -> str:
        """Its classes, a letter a slot."""
        return "".join(slot.letter for slot in self.slots)

    def only(self, letters: str) -> bool:
        """Whether it holds no slot of another class."""
        return set(self.letters) <= set(letters)

    def has(self, letters: str) -> bool:
        """Whether it holds a slot of one of these classes."""
        return bool(set(self.letters) & set(letters))

    def first(self, letter: str) -> Slot | None:
        """Its first slot of a class."""
        return next((slot for slot in self.slots if slot.letter == letter), None)

    @property
    def count(self) -> Count | None:
        """The one count that it holds."""
        counts = [slot.count for slot in self.slots if slot.letter == "N" and slot.count]
        return counts[0] if len(counts) == 1 else None

    @property
    def span(self) -> Span | None:
        """The one length of time that it holds."""
        spans = [slot.span for slot in self.slots if slot.span]
        return spans[0] if len(spans) == 1 else None

    @property
    def named(self) -> Named | None:
        """The one list of treatments that it names."""
        lists = [slot.named for slot in self.slots if slot.named]
        return lists[0] if len(lists) == 1 else None

    @property
    def outcomes(self) -> frozenset[str]:
        """Every outcome that it names."""
        return frozenset().union(*(slot.outcomes for slot in self.slots))

    def settings(self, *, forbids: bool) -> frozenset[str] | None:
        """The settings that its words tell beside the treatments' own (empty: none); None where not understood."""
        found: set[str] = set()
        for slot in self.slots:
            if slot.letter in "SX":
                one = _advanced(slot.words, forbids=forbids)
            elif slot.letter == "A":
                one = settings_in(re.sub(r"\s(?:setting|therapy|treatment)$", "", slot.words), forbids=forbids)
                one = one or None
            elif slot.letter == "M":
                one = frozenset({"maintenance"})
            elif slot.letter == "U":
                one = CURATIVE
            else:
                continue
            if one is None:
                return None
            found |= one
        return frozenset(found)


def _advanced(words: str, *, forbids: bool) -> frozenset[str] | None:
    """What « métastatique », « avancé ou récidivant » mean; what is forbidden reaches no further than its words."""
    if re.search("castration|cprc|crpc", words):
        return None
    if not forbids or _FAR_WORDS.search(words):
        return frozenset({"advanced"})
    far = "metastati" in words or "palliati" in words or "r/m" in words
    locally = "avance" in words or "advanced" in words or LOCALLY_ADVANCED in words
    if far and locally:
        return frozenset({"advanced"})
    return frozenset({"metastatic", "palliative"}) if far else None


def is_generic(named: Named | None) -> bool:
    """Whether a list names treatment in general, of no setting."""
    if named is None or len(named.items) != 1 or len(named.items[0].components) != 1 or named.items[0].details:
        return False
    return named.items[0].components[0] <= GENERIC and concepts_of(named, forbids=False) is not None


def is_early(named: Named | None) -> bool:
    """Whether a list is said of a (neo)adjuvant setting."""
    return named is not None and any(
        (settings_in(item.words, forbids=False) or frozenset()) & {"adjuvant", "neoadjuvant"} for item in named.items
    )


def is_local(named: Named | None) -> bool:
    """Whether a list names local treatments only, which may be said of a lesion."""
    ids = [id_ for item in named.items for part in item.components for id_ in part] if named else []
    return bool(ids) and not any(id_ in GENERIC or is_systemic(id_) for id_ in ids)


def parts_of(slots: Sequence[Slot], polarity: Polarity, *, depth: int = 0, group: int = -1) -> list[Part]:
    """The statements of a clause in their order, those of parentheses behind what they stand in."""
    inner: list[Part] = []
    own: list[Slot] = []
    found: list[Part] = []
    at = 0
    while at < len(slots):
        if slots[at].letter in OPENING:
            end = _closing(slots, at)
            child = list(slots[at + 1 : end])
            if not {slot.letter for slot in child} <= set("Ro,/;:&"):
                inner += parts_of(child, polarity, depth=depth + 1, group=slots[at].start if group < 0 else group)
            at = end + 1
            continue
        own.append(slots[at])
        at += 1
    for told, links, piece in _cut(reduce(own)):
        widens = any(_WIDENS.match(link.words) for link in links)
        restricts = bool(links) and all(_RESTRICTS.match(link.words) for link in links)
        for index, each in enumerate(_subject_apart(piece)):
            link = "&" if index else told or ("(" if depth else "")
            part = Part(tuple(each), link, polarity, depth, widens=widens, restricts=restricts, group=group)
            found.append(part)
    return _inserted(found, inner)


def _subject_apart(piece: list[Slot]) -> list[list[Slot]]:
    """« Maladie avancée réfractaire à … »: the disease that is asked for, then what is asked of it."""
    return [piece[:1], piece[1:]] if piece[0].letter == "X" and len(piece) > 1 else [piece]


def _inserted(found: list[Part], inner: list[Part]) -> list[Part]:
    """What stands in parentheses goes behind the statement that it stands in or after."""
    ordered = list(found)
    for part in inner:
        start = part.slots[0].start
        index = sum(other.slots[0].start < start for other in ordered)
        ordered.insert(index, part)
    return ordered


def _closing(slots: Sequence[Slot], at: int) -> int:
    depth = 0
    for index in range(at, len(slots)):
        depth += (slots[index].letter in OPENING) - (slots[index].letter in CLOSING)
        if depth == 0:
            return index
    return len(slots)


def _cut(slots: Sequence[Slot]) -> Iterator[tuple[str, list[Slot], list[Slot]]]:
    """The pieces between separators: how each is joined, by which words, its slots."""
    piece: list[Slot] = []
    links: list[Slot] = []
    before: list[Slot] = []
    for slot in [*slots, None]:
        if slot is not None and slot.letter in _SEPARATORS:
            links.append(slot)
            continue
        if links or slot is None:
            if piece:
                yield _joint_of(before), before, piece
            before, piece, links = links, [], []
        if slot is not None:
            piece.append(slot)


def _joint_of(links: list[Slot]) -> str:
    letters = [{"/": "o", ";": ",", ".": ",", "=": ":"}.get(link.letter, link.letter) for link in links]
    return max(letters, key=_RANK.index, default="")


_WIDENS = hinted(r"y compris|inclu(?:ant|ding)|meme|even")
_RESTRICTS = re.compile(r"a base d|conten|comport|contain|avec|with")
_RANK = ["", ",", ":", "&", "+", "i", "o"]

_REDUCTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"-|QT"), ""),
    (re.compile(r"(?<=[fT])ro(?=Dr)|(?<=[fT])(?<=r)o(?=D)"), ""),
    (re.compile(r"oDrz?~|oDrz?(?=$|[,;])|oD~"), "time"),
    (re.compile(r"(?<=w)[^&]*&(?=z?f)|(?<=wD)[^&]*&(?=z?f)"), "between"),
    (re.compile(r"[ef]r,o[ef]r?,(?=[^oef])"), "outcome"),
    (re.compile(r"[ef](?:r?,?[o/]r?[ef]|r?,[ef](?=r?,?[o/,]))+(r?)"), "outcome"),
    (re.compile(r"r[o&/]+r(?=[^o])"), "first"),
    (re.compile(r"R(?:[,o/&]+R)+"), "first"),
    (re.compile(r"S[,o/&]+[SX]"), "first"),
    (re.compile(r"X[o/&]+[SX]"), "first"),
    (re.compile(r"ss+"), "first"),
)


def reduce(slots: Sequence[Slot]) -> list[Slot]:
    """The slots with joined words of one class made one: « progression ou intolérance à », « pendant ou après »."""
    now = list(slots)
    for pattern, how in _REDUCTIONS:
        while match := pattern.search("".join(slot.letter for slot in now)):
            now[match.start() : match.end()] = _merged(now[match.start() : match.end()], how)
    return now


def _merged(slots: list[Slot], how: str) -> list[Slot]:
    if not how:
        return []
    if how == "time":
        return [slot for slot in slots if slot.letter == "D"]
    if how == "between":
        return slots[:-1]
    first, last = slots[0], slots[-1]
    words = " ".join(slot.words for slot in slots)
    if how == "first":
        return [replace(first, end=last.end, words=words)]
    named = [slot for slot in slots if slot.letter in "ef"]
    letter = (
        "f" if all(slot.letter == "f" for slot in named) else "V" if any(slot.letter == "f" for slot in named) else "e"
    )
    outcomes = frozenset[str]().union(*(slot.outcomes for slot in named))
    merged = replace(first, letter=letter, end=last.end, words=words, outcomes=outcomes)
    links = [slot for slot in slots if slot.letter == "r"]
    return [merged, *links[-1:]]
