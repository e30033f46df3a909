"""Criteria text → criteria: every sentence is kept, read or not, with its words and the cohorts it speaks of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rules.criteria import (
    KEY_KINDS,
    AllOf,
    AnyOf,
    Criterion,
    Kind,
    NoDemand,
    Not,
    Origin,
    Polarity,
    Test,
    Unread,
    leaves,
)
from rules.reading.all_listed import all_listed
from rules.reading.amounts import with_amounts
from rules.reading.asides import OTHERS, without_asides, without_open_lists
from rules.reading.back_reference import genes_listed, with_exceptions_elsewhere, with_genes
from rules.reading.by_definition import by_definition
from rules.reading.clause import Clause, plain
from rules.reading.compose import Recogniser, read_clause
from rules.reading.joining import Read, says_nothing
from rules.reading.joints import is_linked
from rules.reading.kinds import told_kind
from rules.reading.labelled import PEOPLE, SCALE, VALUE, asked_of, label_before, tumour_of
from rules.reading.leave.grants import narrowed_by_the_next
from rules.reading.leave.left_open import left_open, opened_by_the_next
from rules.reading.leave.restricted_leave import with_leave
from rules.reading.leave.widening import ACCEPTED, ages_together, with_permits
from rules.reading.lists import DENYING_HEAD, Item, ListMode, asks_one_of, items_of, without_list_tail
from rules.reading.measures import defines_measurable, is_a_size
from rules.reading.of_parts import any_of_parts, asked_apart, is_asked_otherwise, opened
from rules.reading.own_site import sparing_own
from rules.reading.own_words import own_abbreviations, written_out
from rules.reading.parts import CohortName, is_part, marked, named, nearest
from rules.reading.parts_told import (
    Parts,
    is_waived,
    is_what_all_are_asked,
    last_of_a_part,
    part_spared,
    parts_told,
)
from rules.reading.recognisers import RECOGNISERS
from rules.reading.scope import Scoped, asked_of_everybody, is_value_of, of_its_first_part, of_some_cohorts, scoped
from rules.reading.sentences import Line, clauses_of, lines_of
from rules.reading.wording.plainer import plainer
from rules.reading.wording.worded import worded


@dataclass(frozen=True, slots=True)
class ReadText:
    """The criteria of a text, those of single cohorts apart, its number of sentences, and how many were read whole."""

    criteria: tuple[Criterion, ...]
    sentences: int
    read: int
    by_cohort: Mapping[str, tuple[Criterion, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One clause with where it stands; `head`: the words it hangs on, where alone it may say nothing."""

    id: str
    text: str
    polarity: Polarity
    scope: Scoped
    head: str = ""
    always: bool = False
    """Whether it is read behind its head even where alone it says something."""
    label: str = ""
    """What its line begins with, where that is another clause."""
    of_a_part: bool = False
    """Whether its line told it of single parts, beside what it asks of all."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """How the sentences of one trial are read: by whom, for which organs, with which abbreviations of its own."""

    recognisers: Sequence[Recogniser]
    organs: frozenset[str]
    own: Mapping[str, str]
    genes: str = ""
    """The list of genes that « un de ces gènes » means."""

    def read(self, sentence: _Sentence) -> Read:
        """The sentence; asked of the tumour alone that its line begins with."""
        read, label = self._read(sentence), plain(sentence.label)
        if not label or sentence.polarity is Polarity.EXCLUSION:
            return read
        tumour = tumour_of(label, self._clause(sentence.label, Polarity.INCLUSION), self.organs)
        return asked_of(tumour, read) if tumour else read

    def _read(self, sentence: _Sentence) -> Read:
        """The sentence; behind its head where alone nothing of it is understood."""
        if sentence.always:
            return self._clause(f"{sentence.head} : {sentence.text}", sentence.polarity)
        read = self._clause(without_list_tail(sentence.text), sentence.polarity)
        linked = is_linked(sentence.head)
        denied = DENYING_HEAD.match(plain(sentence.head)) is not None
        own = label_before(plain(sentence.text)) if linked and not says_nothing(read) else None
        if not sentence.head or own or not (linked or denied or says_nothing(read)):
            return read
        if denied and sentence.polarity is Polarity.INCLUSION:
            behind = self._clause(f"{sentence.head} {sentence.text}", sentence.polarity) if linked else read
            return behind if linked and not says_nothing(behind) else self._denied(sentence.text)
        link = " " if linked else " : "
        behind = self._clause(f"{sentence.head}{link}{sentence.text}", sentence.polarity)
        if linked and not says_nothing(read):
            return read if says_nothing(behind) else behind
        return (
            read
            if says_nothing(behind) or _says(behind) <= _says(self._clause(sentence.head, sentence.polarity))
            else behind
        )

    def _denied(self, text: str) -> Read:
        """An item of « aucun des éléments suivants : », asked to be absent."""
        read = self._clause(text, Polarity.EXCLUSION)
        return Read(tuple((kind, key, Not(test)) for kind, key, test in read.tests), read.whole)

    def _clause(self, text: str, polarity: Polarity) -> Read:
        return _read_text(
            with_genes(written_out(text, self.own), self.genes), polarity, self.organs, tuple(self.recognisers)
        )


@lru_cache(maxsize=20_000)
def _read_text(text: str, polarity: Polarity, organs: frozenset[str], recognisers: tuple[Recogniser, ...]) -> Read:
    """One sentence; the same words, which trials share and a synchronisation meets again, are read once."""
    text = worded(text, polarity, organs)
    read = with_exceptions_elsewhere(text, _without_examples(text, polarity, organs, recognisers), polarity)
    read = left_open(text, polarity, sparing_own(read, polarity, organs))
    return replace(read, tests=tuple((kind, key, by_definition(test)) for kind, key, test in read.tests))


def _without_examples(
    text: str, polarity: Polarity, organs: frozenset[str], recognisers: tuple[Recogniser, ...]
) -> Read:
    """Examples in a parenthesis narrow nothing: read without them, unless they are all that is understood."""

    def again(part: str, side: Polarity) -> Read:
        return _without_examples(part, side, organs, recognisers)

    if (told := with_leave(text, polarity, again) or all_listed(text, polarity, again)) is not None:
        return told
    text, without = without_asides(text, polarity)
    if (shorter := without_open_lists(without)) != without:
        read = _plainly(shorter, polarity, organs, recognisers)
        if read.whole and not says_nothing(read):
            return read
    if without != text and polarity is Polarity.INCLUSION and OTHERS.search(text):
        full = _plainly(text, polarity, organs, recognisers)  # what stands for « les autres » is no mere example
        if full.whole:
            return full
    read = _plainly(without, polarity, organs, recognisers)
    if without == text or (not says_nothing(read) and (read.whole or polarity is Polarity.INCLUSION)):
        return read
    return _plainly(text, polarity, organs, recognisers)


def _plainly(text: str, polarity: Polarity, organs: frozenset[str], recognisers: tuple[Recogniser, ...]) -> Read:
    """One sentence; where it is not read whole, without the words that only tell how it was found out."""

    def again(part: str, side: Polarity) -> Read:
        return _plainly(part, side, organs, recognisers)

    read = read_clause(Clause(text, polarity, organs), recognisers)
    if (told := with_amounts(text, polarity, read, again)) is not None:
        return told
    if read.whole or (shorter := plainer(text, demand=polarity is Polarity.INCLUSION)) == text:
        return read
    told = read_clause(Clause(shorter, polarity, organs), recognisers)
    before, after = _told(read), _told(told)
    return told if told.whole or (after[0] < before[0] and after[1] >= before[1]) else read


def _told(read: Read) -> tuple[int, int]:
    """How many of its leaves are unread, and how many ask something."""
    every = [leaf for _, _, test in read.tests for leaf in leaves(test)]
    unread = sum(isinstance(leaf, Unread) for leaf in every)
    return unread, len(every) - unread


def _says(read: Read) -> frozenset[Test]:
    """What a sentence asks by itself: an item that adds nothing to its head is not understood by it."""
    return frozenset(
        leaf for _, _, test in read.tests for leaf in leaves(test) if not isinstance(leaf, Unread | NoDemand)
    )


@dataclass(slots=True)
class _Gathered:
    """What was read so far of one trial's text."""

    criteria: list[Criterion] = field(default_factory=list)
    by_cohort: dict[str, list[Criterion]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    permits: list[Test] = field(default_factory=list)
    sentences: int = 0

    def add(self, sentence: _Sentence, read: Read, *, count: int = 1) -> None:
        """The criteria of one sentence (or of a list of `count`), for the trial or the cohorts it speaks of."""
        self.sentences += count
        self.permits += read.permits if sentence.polarity is Polarity.INCLUSION else ()
        if not read.whole:
            self.unread.append(sentence.text)
        for one in _criteria_of(sentence, read):
            if sentence.scope.cohorts:
                for cohort in sorted(sentence.scope.cohorts):
                    self.by_cohort.setdefault(cohort, []).append(one)
            else:
                self.criteria.append(one)


def read_criteria(
    inclusion: str | None,
    exclusion: str | None,
    *,
    cohorts: Sequence[CohortName] = (),
    organs: frozenset[str] = frozenset(),
    prefix: str = "",
    recognisers: Sequence[Recogniser] = RECOGNISERS,
) -> ReadText:
    """The criteria of an inclusion and an exclusion text. `organs`: what the trial's axes name."""
    if not cohorts:
        inclusion, exclusion = of_its_first_part(inclusion, exclusion)
    own, gathered = own_abbreviations(inclusion, exclusion), _Gathered()
    reader = _Reader(recognisers, organs, own, genes_listed(inclusion))
    for text, polarity, short in ((inclusion, Polarity.INCLUSION, "inc"), (exclusion, Polarity.EXCLUSION, "exc")):
        for number, item in enumerate(items_of(lines_of(text), polarity), 1):
            _take(item, polarity, f"{prefix}{short}-{number:02d}", cohorts, reader, gathered)
    return ReadText(
        with_permits(gathered.criteria, gathered.permits),
        gathered.sentences,
        gathered.sentences - len(gathered.unread),
        {cohort: with_permits(found, gathered.permits) for cohort, found in gathered.by_cohort.items()},
        tuple(gathered.unread),
    )


def _take(
    item: Item, polarity: Polarity, id_: str, cohorts: Sequence[CohortName], reader: _Reader, gathered: _Gathered
) -> None:
    if item.mode is not ListMode.EACH and (own := _limbs_of_cohorts(item, cohorts)):
        for number, (line, scope) in enumerate(own, 1):
            sentence = _Sentence(f"{id_}{chr(ord('a') + number % 26)}", line.text, polarity, scope, line.head)
            gathered.add(sentence, reader.read(sentence))
        return
    if item.mode is not ListMode.EACH:
        sentence = _Sentence(id_, item.text, polarity, _scope_of(item.lines[0], cohorts))
        gathered.add(sentence, _list_read(item, polarity, reader), count=len(item.lines))
        return
    (whole,) = item.lines
    line = replace(whole, text=asked_of_everybody(whole.text))
    sentences = list(_clauses(line, polarity, id_, cohorts))
    reads = [reader.read(sentence) for sentence in sentences]
    texts = [sentence.text for sentence in sentences]
    if polarity is Polarity.INCLUSION:
        reads = opened_by_the_next(texts, ages_together(texts, reads))
    else:
        reads = narrowed_by_the_next(texts, reads)
    told: list[tuple[_Sentence, Read]] = []
    for sentence, read in zip(sentences, reads, strict=True):
        asks = told_kind(plain(sentence.text)) in KEY_KINDS and not is_linked(sentence.text.rstrip(" :"))
        only_a_head = line.opens and says_nothing(read) and not (asks and not asks_one_of(plain(line.text)))
        if not only_a_head:
            told.append((sentence, read))
    shown_whole = line.text != whole.text or any(sentence.of_a_part for sentence, _ in told)
    for sentence, read in _beside_parts(told, cohorts):
        gathered.add(replace(sentence, text=whole.text) if shown_whole else sentence, read)  # whom it is of is kept


_Told = Sequence[tuple[_Sentence, Read]]


def _beside_parts(told: _Told, cohorts: Sequence[CohortName]) -> _Told:
    """The sentences of a line; what it asks of all not asked again of the parts that it asks something else."""
    parts = [(sentence, read) for sentence, read in told if sentence.of_a_part]
    if not parts:
        return told
    found: list[tuple[_Sentence, Read]] = []
    for sentence, read in told[: len(told) - len(parts)]:
        asked = asked_apart(read, [(part.text, one) for part, one in parts])
        apart = [one.scope.cohorts or () for one, own in parts if is_asked_otherwise(one.text, own, asked.of_others)]
        others = frozenset(id_ for id_, _ in cohorts).difference(*apart)
        found.append((sentence, asked.of_all))
        if asked.of_others.tests and others:
            of_them = replace(sentence, id=f"{sentence.id}r", scope=Scoped(sentence.text, others))
            found.append((of_them, asked.of_others))
        elif asked.of_others.tests:
            found[-1] = (sentence, Read((*asked.of_all.tests, *opened(asked.of_others).tests), False, read.permits))
    parts = [(part, one) for part, one in parts if not is_what_all_are_asked(part.text)]
    if cohorts or len(parts) < 2:
        return [*found, *parts]
    first = parts[0][0]
    text = " ; ".join(part.text for part, _ in parts)
    return [*found, (replace(first, text=text, scope=Scoped(text, None)), any_of_parts([read for _, read in parts]))]


def _limbs_of_cohorts(item: Item, cohorts: Sequence[CohortName]) -> list[tuple[Line, Scoped]]:
    """« L'une des 3 cohortes : (1) A ; (2) B »: each item with the cohort that it is of, where all of them are.

    By its own scope, by its number where the head speaks of cohorts, or by the words of the cohort's label.
    """
    own = [(line, scoped(line.text, cohorts)) for line in item.lines]
    if any(scope.cohorts is not None for _, scope in own):
        return [(replace(line, text=scope.text), scope) for line, scope in own]
    numbered = [marked(line.mark, cohorts) if line.mark else set() for line in item.lines]
    if not is_part(item.lines[0].head) or not cohorts:
        return []
    if not all(len(found) == 1 for found in numbered):
        numbered = [nearest(line.text, cohorts) for line in item.lines]
    told = [next(iter(found)) for found in numbered if len(found) == 1]
    if len(told) != len(item.lines) or len(set(told)) != len(told):
        return []
    return [(line, Scoped(line.text, frozenset({id_}))) for line, id_ in zip(item.lines, told, strict=True)]


def _list_read(item: Item, polarity: Polarity, reader: _Reader) -> Read:
    """The items of a list as one criterion: any of them, or all of them together; those of one line first as one."""
    if item.mode is ListMode.ANY and all(line.mark for line in item.lines):
        together = reader.read(_Sentence("-", item.text, polarity, Scoped("", None)))
        if together.whole and _says(together):
            return together
    nowhere = Scoped("", None)
    reads = [reader.read(_Sentence("-", line.text, polarity, nowhere, line.head)) for line in item.lines]
    tests = [_whole_test(read, polarity) for read in reads]
    whole: Test = AnyOf(tuple(tests)) if item.mode is ListMode.ANY else AllOf(tuple(tests))
    told = [kind for read in reads for kind, _, _ in read.tests]
    kind = next((one for one in told if one in KEY_KINDS), told[0])
    key = any(leaf.kind in KEY_KINDS for leaf in leaves(whole))
    if told_kind(plain(item.lines[0].head)) is Kind.BRAIN_METASTASES:
        kind, key = Kind.BRAIN_METASTASES, False  # « SNC, l'un des cas suivants : » is of the brain whatever it lists
    return Read(((kind, key, whole),), all(read.whole for read in reads))


def _whole_test(read: Read, polarity: Polarity) -> Test:
    tests = tuple(test for _, _, test in read.tests)
    if len(tests) == 1:
        return tests[0]
    return AllOf(tests) if polarity is Polarity.INCLUSION else AnyOf(tests)


def _scope_of(line: Line, cohorts: Sequence[CohortName]) -> Scoped:
    """The cohorts of a line, by its own words, by its head's, or by the heading it stands under."""
    own = scoped(line.text, cohorts)
    for over in (line.head, line.section):
        if own.cohorts is None and over:
            own = Scoped(own.text, scoped(f"{over} : {line.text}", cohorts).cohorts)
    return own


def _clauses(line: Line, polarity: Polarity, id_: str, cohorts: Sequence[CohortName]) -> Iterator[_Sentence]:
    scope = _scope_of(line, cohorts)
    limb = last_of_a_part(line.text) if cohorts and scope.cohorts and polarity is Polarity.INCLUSION else None
    if limb and scope.cohorts:
        yield from _of_one_scope(line, Scoped(limb[0], _but(scope.cohorts, cohorts)), polarity, id_, cohorts)
        yield from _of_one_scope(line, Scoped(limb[1], scope.cohorts), polarity, f"{id_}s", cohorts)
        return
    if scope.cohorts is None and cohorts and (spared := part_spared(scope.text)):
        scope = Scoped(spared.said, _but(named(spared.part, cohorts), cohorts))
    parts = parts_told(scope.text) if scope.cohorts is None and polarity is Polarity.INCLUSION else None
    if parts and (len(parts.told) > 1 or not named(parts.told[0].part, cohorts)):
        yield from _of_parts(line, parts, id_, cohorts)
        return
    apart = of_some_cohorts(scope.text, cohorts) if scope.cohorts is None else None
    if apart is None:
        yield from _of_one_scope(line, scope, polarity, id_, cohorts)
        return
    text, said, own = apart
    inclusion = polarity is Polarity.INCLUSION
    others = _but(own, cohorts) if not inclusion or is_waived(said) or is_value_of(said, text) else None
    yield from _of_one_scope(line, Scoped(text, others), polarity, id_, cohorts)
    if not is_waived(said):
        yield _Sentence(f"{id_}s", said, polarity, Scoped(said, own), of_a_part=inclusion and others is None)


def _but(own: Iterable[str], cohorts: Sequence[CohortName]) -> frozenset[str]:
    """The other cohorts of the trial."""
    return frozenset(id_ for id_, _ in cohorts).difference(own)


def _of_parts(line: Line, parts: Parts, id_: str, cohorts: Sequence[CohortName]) -> Iterator[_Sentence]:
    """What is asked of all, then what each part is asked by itself."""
    if parts.text:
        yield from _of_one_scope(line, Scoped(parts.text, None), Polarity.INCLUSION, id_, cohorts)
    for letter, (part, said) in zip(_LETTERS, parts.told, strict=False):
        own = Scoped(said, frozenset(named(part, cohorts) if cohorts else ()))
        yield _Sentence(f"{id_}{letter}", said, Polarity.INCLUSION, own, of_a_part=True)


_LETTERS = "stuvwxyz"


def _of_one_scope(
    line: Line, scope: Scoped, polarity: Polarity, id_: str, cohorts: Sequence[CohortName]
) -> Iterator[_Sentence]:
    clauses = clauses_of(scope.text)
    label = label_before(clauses[0]) if len(clauses) > 1 else ""
    accepted = ""
    for index, clause in enumerate(clauses):
        suffix = "" if len(clauses) == 1 else chr(ord("a") + index % 26)
        inner = scoped(clause, cohorts) if index else scope
        apart = index > 0 and inner.cohorts is not None
        head = label if index and label and not DENYING_HEAD.match(plain(label)) else line.head
        scaled = index > 0 and SCALE.fullmatch(label) is not None and VALUE.match(clause) is not None
        sized = index > 0 and defines_measurable(plain(clauses[0])) and is_a_size(plain(clause))
        always = scaled or sized or (index > 0 and not apart and PEOPLE.match(plain(label)) is not None)
        text, own = (inner.text, inner) if apart else (clause, scope)
        over = label if index and not apart and not label_before(clause) else ""
        one = _Sentence(f"{id_}{suffix}", text, polarity, own, head, always, over)
        yield replace(one, head=accepted, always=True) if accepted and polarity is Polarity.INCLUSION else one
        opened = ACCEPTED.match(plain(clause))
        accepted = opened["label"] if opened else accepted


def _criteria_of(sentence: _Sentence, read: Read) -> Iterator[Criterion]:
    """A sentence of a part that is no cohort of the catalogue is kept, unread: nobody knows whom it speaks of."""
    nobody = sentence.scope.cohorts is not None and not sentence.scope.cohorts
    rows = ((Kind.OTHER, False, Unread(Kind.OTHER)),) if nobody else read.tests
    for index, (kind, key, test) in enumerate(rows):
        suffix = f".{index + 1}" if len(rows) > 1 else ""
        yield Criterion(
            id=f"{sentence.id}{suffix}",
            kind=kind,
            key=key,
            polarity=sentence.polarity,
            text=sentence.text,
            origin=Origin.READ,
            test=test,
        )
