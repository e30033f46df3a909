"""What a trial is about beyond the tumour: a screening kind that its title or a cohort's label names is key (contract).

Active brain metastases, DFG 15–29, unfit for cisplatin: confirmed later in other trials, asked at the board in these.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from rules.abbreviations import expanded
from rules.criteria import (
    KEY_KINDS,
    BrainMetastasesIn,
    Criterion,
    HasCondition,
    LabIn,
    Polarity,
    SuitableFor,
    Test,
    leaves,
)
from rules.reading import brain, labs, patient
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.conditions import recogniser as conditions

_OF_SCREENING = (brain.recognise, patient.recognise, labs.recognise, conditions.recognise)
Subject = tuple[str, str]
"""A sort of fact and what of it: ("lab", "creatinine_clearance")."""


@lru_cache(maxsize=4096)
def objects_of(title: str) -> frozenset[Subject]:
    """The subjects of screening kinds that a title or label names."""
    read = read_clause(Clause(expanded(title), Polarity.INCLUSION), _OF_SCREENING)
    return frozenset(subject for _, _, test in read.tests for subject in _subjects(test))


def _subjects(test: Test) -> Iterable[Subject]:
    for leaf in leaves(test):
        match leaf:
            case SuitableFor(purpose):
                yield "suitable", purpose
            case BrainMetastasesIn():
                yield "brain", "metastases"
            case LabIn(lab=lab):
                yield "lab", lab
            case HasCondition(conditions=conditions):
                yield from (("condition", condition) for condition in conditions)
            case _:
                continue


def with_objects(criteria: Iterable[Criterion], objects: frozenset[Subject]) -> tuple[Criterion, ...]:
    """The criteria, those of a screening kind that the trial is about made key."""
    return tuple(replace(one, key=True) if _is_object(one, objects) else one for one in criteria)


def _is_object(one: Criterion, objects: frozenset[Subject]) -> bool:
    if one.kind in KEY_KINDS or one.polarity is Polarity.EXCLUSION or not objects:
        return False
    return not objects.isdisjoint(_subjects(one.test))
