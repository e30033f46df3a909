"""Criteria text → criteria: every sentence is kept, read or not, with its words and the cohorts it speaks of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rules.criteria import Criterion, Kind, Origin, Polarity, Unread
from rules.reading.clause import Clause
from rules.reading.compose import Read, Recogniser, read_clause
from rules.reading.recognisers import RECOGNISERS
from rules.reading.scope import CohortName, Scoped, scoped
from rules.reading.sentences import Line, clauses_of, lines_of


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
    """One clause with where it stands."""

    id: str
    text: str
    polarity: Polarity
    scope: Scoped


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
    criteria: list[Criterion] = []
    by_cohort: dict[str, list[Criterion]] = {}
    unread: list[str] = []
    sentences = list(_sentences(inclusion, exclusion, cohorts, prefix))
    for sentence in sentences:
        read = read_clause(Clause(sentence.text, sentence.polarity, organs), recognisers)
        if not read.whole:
            unread.append(sentence.text)
        for one in _criteria_of(sentence, read):
            if sentence.scope.cohorts:
                for cohort in sentence.scope.cohorts:
                    by_cohort.setdefault(cohort, []).append(one)
            else:
                criteria.append(one)
    return ReadText(
        tuple(criteria),
        len(sentences),
        len(sentences) - len(unread),
        {cohort: tuple(found) for cohort, found in by_cohort.items()},
        tuple(unread),
    )


def _sentences(
    inclusion: str | None, exclusion: str | None, cohorts: Sequence[CohortName], prefix: str
) -> Iterator[_Sentence]:
    for text, polarity, short in ((inclusion, Polarity.INCLUSION, "inc"), (exclusion, Polarity.EXCLUSION, "exc")):
        for number, line in enumerate(lines_of(text), 1):
            yield from _clauses(line, polarity, f"{prefix}{short}-{number:02d}", cohorts)


def _clauses(line: Line, polarity: Polarity, id_: str, cohorts: Sequence[CohortName]) -> Iterator[_Sentence]:
    scope = scoped(line.text, cohorts)
    if scope.cohorts is None and line.head:
        head = scoped(f"{line.head} : {line.text}", cohorts)
        scope = Scoped(line.text, head.cohorts)
    clauses = clauses_of(scope.text)
    for index, clause in enumerate(clauses):
        suffix = "" if len(clauses) == 1 else chr(ord("a") + index % 26)
        inner = scoped(clause, cohorts) if index else scope
        apart = index > 0 and inner.cohorts is not None
        yield _Sentence(f"{id_}{suffix}", inner.text if apart else clause, polarity, inner if apart else scope)


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
