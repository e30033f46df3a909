"""The words of a clause about earlier treatments as groups: a list of treatments with the cues that hold for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rules.reading.treatments.settings import settings_in
from rules.reading.treatments.things import Thing, covers
from rules.reading.treatments.words import Slot, Word

JOINTS = frozenset({Slot.OR, Slot.AND, Slot.WITH, Slot.COMMA, Slot.SLASH})
_CUES = frozenset({Slot.RECEIVED, Slot.DENIED, Slot.NAIVE, Slot.FAILED})
_STARTS_GROUP = frozenset({*_CUES, Slot.AFTER})
_OF_TIME = re.compile(r"\d|week|day|month|year|semaine|jour|mois|sem$|[<>≤≥]")
_EXAMPLES = ("dont", "y compris", "meme", "including", "incluant", "includes", "included", "inclus")
"""After these words stand examples, where nothing is demanded."""


@dataclass(slots=True)
class Listed:
    """A list of treatments with the joints before each of them; `details`: what a parenthesis or « tel que » names."""

    things: list[Thing] = field(default_factory=list)
    joints: list[tuple[Slot, ...]] = field(default_factory=list)
    details: list[Thing] = field(default_factory=list)
    example: bool = False


@dataclass(slots=True)
class Group:
    """One list with its cues. `held`: what the treatments listed must contain, after such a word (`holding`).

    `combined`: what is listed are the parts of one treatment (« échec d'une association comprenant … »).
    """

    listed: Listed = field(default_factory=Listed)
    held: Listed | None = None
    holding: str = ""
    cues: list[Word] = field(default_factory=list)
    settings: str = ""
    own: bool = False
    unfit: bool = False
    narrower: bool = False
    combined: bool = False
    whenever: bool = False

    def has(self, *slots: Slot) -> bool:
        """Whether one of its cues is of these slots."""
        return any(word.slot in slots for word in self.cues)

    @property
    def negated(self) -> bool:
        """Whether it is said not to have been received."""
        return self.has(Slot.DENIED, Slot.NAIVE)

    @property
    def failed(self) -> bool:
        """Whether it is said to have failed."""
        return self.has(Slot.FAILED)

    @property
    def helped_little(self) -> bool:
        """Whether it is said to have had no sufficient response, which no outcome of a form tells surely."""
        return any(word.slot is Slot.FAILED and "respon" in word.text.replace("repon", "respon") for word in self.cues)

    @property
    def is_told(self) -> bool:
        """Whether its cues tell of the past, and do not deny each other."""
        neither = sum(word.text == "ni" for word in self.cues) > 1  # « ni chimiothérapie ni immunothérapie »
        told = (
            neither
            or self.has(Slot.RECEIVED, Slot.FAILED, Slot.NAIVE)
            or (self.negated and bool(self.settings or self.own or self.told_by_setting))
        )
        never = any(word.text in ("jamais", "never") for word in self.cues)
        return bool(self.all_things) and (told or never) and not (self.has(Slot.NAIVE) and self.has(Slot.DENIED))

    @property
    def told_by_setting(self) -> bool:
        """Whether each of its treatments is named with its setting (« traitement systémique adjuvant »)."""
        things = self.all_things
        return bool(things) and all(settings_in(thing.words, forbids=True) for thing in things)

    @property
    def all_things(self) -> list[Thing]:
        """The treatments listed and held."""
        return [*self.listed.things, *(self.held.things if self.held else [])]


@dataclass(slots=True)
class Parts:
    """The groups of a clause, what joins them, its exceptions (`left_open`: not all understood), and what is unread.

    `other_ways`: what is unread is a further alternative to the treatments listed (« A, B ou X »).
    """

    groups: list[Group] = field(default_factory=list)
    joints: list[str] = field(default_factory=list)
    exceptions: list[list[Word]] = field(default_factory=list)
    forbidden: bool = False
    surely_past: bool = True
    left_open: bool = False
    unread: str = ""
    other_ways: str = ""
    example: str = ""
    unread_first: bool = False


def groups_of(words: Sequence[Word]) -> Parts | None:
    """The groups of a clause; None where its words are not those of earlier treatments."""
    parts = Parts()
    main = _without_parentheses(words, parts)
    main = None if main is None else _without_exception(main, parts)
    if main is None or any(word.slot is Slot.RISKY for word in main):
        return None
    return parts if _grouped(_without_examples(_with_inclusion(main)), parts) else None


_FORM = re.compile(r"adcs?|car-?t|bispecifi\w*|anticorps|conjugue\w*|radioligands?|rlt|vaccins?|tkis?|itk|tces?|bites?")
"""Forms in which a target is reached: said beside it, they add nothing."""
_OF_A_LIST = JOINTS | {Slot.THING}
_COMPRISED = re.compile(r"(?:compris|inclus|included)\w*$")


def _with_inclusion(main: list[Word]) -> list[Word]:
    """« Anti-HER2, ADC compris » says « anti-HER2, y compris ADC »."""
    if len(main) < _LEAST or main[-1].slot is not Slot.HOLDING or not _COMPRISED.match(main[-1].text):
        return main
    at = len(main) - 1
    while at and (
        main[at - 1].slot in (Slot.THING, Slot.AND, Slot.OR, Slot.SLASH) or _FORM.fullmatch(main[at - 1].text)
    ):
        at -= 1
    if at == len(main) - 1 or not at or main[at - 1].slot is not Slot.COMMA:
        return main
    such = Word(Slot.SUCH, main[at].start, main[at].start, "")
    named = [word for word in main[at:-1] if word.slot is not Slot.OTHER]
    if any(word.thing for word in named):
        return [*main[: at - 1], such, *named]
    return [_with_conjugates(word) for word in main[: at - 1]]


_CONJUGATES = {"topoisomerase_1_inhibitor": "adc_topo1_payload"}


def _with_conjugates(word: Word) -> Word:
    """« Inhibiteur de topo I, ADC compris »: the conjugates that carry one too."""
    thing = word.thing
    if thing is None or len(thing.components) != 1:
        return word
    more = frozenset(_CONJUGATES[id_] for id_ in thing.components[0] if id_ in _CONJUGATES)
    return word._replace(thing=replace(thing, components=(thing.components[0] | more,)))


_LEAST = 3
"""Words in « A, B compris »."""


def _without_parentheses(words: Sequence[Word], parts: Parts) -> list[Word] | None:
    """The words outside parentheses; those inside are examples, exceptions, settings, or unread."""
    main: list[Word] = []
    inside: list[Word] | None = None
    for word in words:
        if word.slot is Slot.OPEN:
            if inside is not None:
                return None
            inside = []
        elif word.slot is Slot.CLOSE:
            if inside is None:
                return None
            main += _of_parenthesis(inside, parts)
            inside = None
        else:
            (main if inside is None else inside).append(word)
    return main if inside is None else None


def _of_parenthesis(inside: list[Word], parts: Parts) -> list[Word]:
    """The words that a parenthesis stands for."""
    slots = {word.slot for word in inside} - {Slot.ANY}
    if slots <= JOINTS:
        return []
    forms = [word for word in inside if word.slot is Slot.OTHER and _FORM.fullmatch(word.text)]
    if forms and len(inside) > len(forms) and {word.slot for word in inside if word not in forms} <= _OF_A_LIST:
        return _of_parenthesis([word for word in inside if word not in forms], parts)
    if slots & {Slot.EXCEPT, Slot.PERMITTED, Slot.FORBIDDEN, Slot.RISKY}:
        parts.exceptions.append([word for word in inside if word.slot is not Slot.EXCEPT])
        return []
    if Slot.THING in slots and slots <= {Slot.THING, Slot.SUCH, Slot.HOLDING, *JOINTS}:
        such = Word(Slot.SUCH, inside[0].start, inside[0].start, "" if Slot.SUCH in slots else "(")
        return [such, *(word for word in inside if word.slot not in (Slot.SUCH, Slot.HOLDING))]
    if slots <= {Slot.SETTING, Slot.OR, Slot.COMMA, Slot.SLASH, Slot.OWN}:
        return inside
    return [Word(Slot.OTHER, inside[0].start, inside[-1].end, " ".join(word.text for word in inside))]


def _without_exception(main: list[Word], parts: Parts) -> list[Word] | None:
    """The words before « sauf … », and without a last piece that permits (« …, X autorisé »)."""
    at = next((index for index, word in enumerate(main) if word.slot is Slot.EXCEPT), None)
    if at is not None:
        parts.exceptions.append(main[at + 1 :])
        main = main[:at]
    permits = next((index for index, word in enumerate(main) if word.slot is Slot.PERMITTED), None)
    if permits is None:
        return main
    comma = next((index for index in range(permits, 0, -1) if main[index].slot is Slot.COMMA), None)
    if comma is None or any(word.slot in _CUES for word in main[comma:]) or permits != len(main) - 1:
        return None
    parts.exceptions.append(main[comma + 1 :])
    return main[:comma]


def _without_examples(main: list[Word]) -> list[Word]:
    """Examples (« tel que A ou B ») folded into the treatment before them: they keep their place, marked SUCH."""
    kept: list[Word] = []
    inside, named = False, 0
    for word, following in zip(main, [*main[1:], None][: len(main)], strict=True):
        if named == 1 and word.slot is Slot.COMMA and following is not None and following.slot is Slot.OR:
            inside = False  # « ADC, en particulier anti-TROP2, ou taxane »: the list goes on behind its one example
        named += inside and word.slot is Slot.THING
        if word.slot is Slot.SUCH:
            inside, named = True, 0
            kept.append(word)
        elif inside and word.slot in (Slot.THING, *JOINTS):
            kept.append(Word(Slot.SUCH, word.start, word.end, word.text, word.thing))
        else:
            inside = False
            kept.append(word)
    return kept


def _grouped(main: list[Word], parts: Parts) -> bool:
    """Fills the groups; False where a word stands where it says nothing known."""
    parts.groups.append(Group())
    pending: list[Slot] = []
    last = max((index for index, word in enumerate(main) if word.slot is Slot.THING), default=-1)
    for index, word in enumerate(main):
        if word.slot in JOINTS:
            pending.append(word.slot)
        elif word.slot is Slot.NOR:
            pending.append(Slot.OR)
            parts.groups[-1].cues.append(word._replace(slot=Slot.DENIED))
        elif word.slot is Slot.NOW:
            beside = (main[near].slot for near in (index - 1, index + 1) if 0 <= near < len(main))
            parts.surely_past = parts.surely_past and Slot.OR in beside
            pending = []
        elif word.slot is Slot.SUCH:
            _exemplified(parts.groups[-1], word)
        elif _placed(parts, word, pending, followed=index < last):
            pending = []
        else:
            return False
    return bool(parts.groups[-1].all_things)


def _placed(parts: Parts, word: Word, pending: list[Slot], *, followed: bool) -> bool:
    """Puts a treatment, a cue or a qualifier where it belongs; `followed`: a treatment still stands after it."""
    group = parts.groups[-1]
    if word.slot is Slot.THING:
        return _listed(group, word, pending)
    if word.slot in _STARTS_GROUP:
        if group.all_things and pending and followed:
            parts.joints.append(_joint_of(pending))
            parts.groups.append(Group())
        parts.groups[-1].cues.append(word)
        return True
    if word.slot is Slot.OTHER:
        _unread(parts, group, word, pending)
        return True
    return _qualified(parts, group, word, pending)


def _listed(group: Group, word: Word, pending: list[Slot]) -> bool:
    """Puts a treatment on the list; without a joint it says precisely what the one before it is, or it is refused."""
    into = group.listed if group.held is None else group.held
    if word.thing is None:
        return False
    if not into.things or pending:
        into.joints.append(tuple(pending) if into.things else ())
        into.things.append(word.thing)
        return True
    before = into.things[-1]
    if covers(before, word.thing):
        into.things[-1] = replace(word.thing, words="|".join(filter(None, (before.words, word.thing.words))))
        return True
    return covers(word.thing, before)


def _exemplified(group: Group, word: Word) -> None:
    into = group.listed if group.held is None else group.held
    if word.thing is not None:
        into.details.append(word.thing)
    elif word.text != "(":
        into.example = into.example or not word.text or not into.details


def _qualified(parts: Parts, group: Group, word: Word, pending: list[Slot]) -> bool:
    match word.slot:
        case Slot.SETTING:
            group.settings = f"{group.settings} | {word.text}"
        case Slot.OWN:
            group.own = True
        case Slot.FORBIDDEN:
            parts.forbidden = True
        case Slot.HOLDING if group.listed.things:
            group.held, group.holding = Listed(), word.text
        case Slot.HOLDING:
            group.combined = True
        case Slot.UNFIT:
            group.unfit = True
            return bool(group.all_things) and Slot.OR in pending
        case Slot.NARROWER:
            group.narrower = True
        case Slot.ANY:
            group.whenever = group.whenever or _WHENEVER.search(word.text) is not None
        case _:
            pass
    return word.slot in _QUALIFIERS


_WHENEVER = re.compile(
    r"meme|even|moment|time|timing|ligne|setting|stade|stage|situation|line|induction|adjuvant|metasta|contexte?|cadre|"
    r"intention|intent|visee|indication"
)
_QUALIFIERS = frozenset({Slot.SETTING, Slot.OWN, Slot.FORBIDDEN, Slot.HOLDING, Slot.UNFIT, Slot.NARROWER, Slot.ANY})


def _unread(parts: Parts, group: Group, word: Word, pending: list[Slot]) -> None:
    apart = {Slot.OR, Slot.SLASH} & {*pending} and group.listed.things and group.held is None
    if (apart or (parts.other_ways and not parts.unread)) and not _OF_TIME.search(word.text):
        parts.other_ways = f"{parts.other_ways} {word.text}".strip()
        return
    if group.held is not None and only_examples(group.holding) and not _OF_TIME.search(word.text):
        parts.example = f"{parts.example} {word.text}".strip()
        return
    parts.unread_first = parts.unread_first or not group.all_things
    parts.unread = f"{parts.unread} {word.text}".strip()


def _joint_of(pending: list[Slot]) -> str:
    if Slot.OR in pending:
        return "or"
    return "and" if {Slot.AND, Slot.WITH} & {*pending} else "comma"


def only_examples(holding: str) -> bool:
    """Whether what stands after such a word is only by way of example."""
    return holding.startswith(_EXAMPLES)
