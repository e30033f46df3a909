"""Decisions on SQLite and PostgreSQL: people who act at once, and what is deleted in its time."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from tests.integration.conftest import NOW, wait_until
from trialmatch.clock import FixedClock
from trialmatch.db import Database
from trialmatch.decisions.repository import Asked
from trialmatch.decisions.schemas import DecisionIn, Person
from trialmatch.decisions.service import DecisionService, Recorded
from trialmatch.decisions.tables import DecisionEvent, DisplayedCount, Followed
from trialmatch.decisions.words import CaseVerdict, Step
from trialmatch.housekeeping import Housekeeping
from trialmatch.http.problems import ProblemError

DOCTOR = Person(role="doctor", user_id="u-1")
TOGETHER = 6


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def service(database: Database, clock: FixedClock) -> DecisionService:
    return DecisionService(database, clock=clock, knows_trial=lambda _: True)


def act(event: Step, *, case_id: str = "c-1", after: int | None = None) -> DecisionIn:
    return DecisionIn(
        case_id=case_id,
        trial_id="A",
        event=event,
        by=DOCTOR,
        after=after,
        catalogue_version="ab" * 8,
        match_id="cd" * 8,
        verdict=CaseVerdict.TO_CHECK,
    )


def at_once(service: DecisionService, acts: list[DecisionIn], key: str | None = None) -> list[Recorded | int]:
    """What each of them is answered: the record, or the status of the refusal."""
    barrier, answers = Barrier(len(acts)), list[Recorded | int]()

    def decide(asked: DecisionIn) -> None:
        barrier.wait()
        try:
            answers.append(service.record(asked, key=key))
        except ProblemError as error:
            answers.append(error.status_code)

    threads = [Thread(target=decide, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_those_who_decide_at_once_one_is_recorded(service: DecisionService, database: Database) -> None:
    answers = at_once(service, [act(Step.PROPOSED, after=0)] * TOGETHER)
    assert sorted(one if isinstance(one, int) else 0 for one in answers) == [0, *[409] * (TOGETHER - 1)]
    with database.reading() as session:
        assert len(session.exec(select(DecisionEvent)).all()) == 1
        assert len(session.exec(select(Followed)).all()) == 1


def test_one_act_sent_many_times_at_once_is_one_event(service: DecisionService, database: Database) -> None:
    answers = at_once(service, [act(Step.RETAINED, after=0)] * TOGETHER, key="one-act-of-one-person")
    assert sorted(one.new for one in answers if isinstance(one, Recorded)) == [False] * (TOGETHER - 1) + [True]
    with database.reading() as session:
        assert len(session.exec(select(DecisionEvent)).all()) == 1


def test_what_is_shown_at_once_is_counted_whole(service: DecisionService, database: Database) -> None:
    threads = [Thread(target=service.count_displayed, args=(["A", "B"],)) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        rows = session.exec(select(DisplayedCount)).all()
        assert {(row.trial_id, row.shown, row.day) for row in rows} == {
            ("A", TOGETHER, NOW.date()),
            ("B", TOGETHER, NOW.date()),
        }


def test_the_sums_are_those_of_the_events(service: DecisionService) -> None:
    for number, steps in enumerate(([Step.PROPOSED], [Step.RETAINED, Step.INCLUDED], [Step.PROPOSED, Step.UNDONE])):
        for step in steps:
            service.record(act(step, case_id=f"c-{number}"))
    tallies, _ = service.counts(Asked())
    assert sum(one.number for one in tallies) == 2
    assert {name: sum(one.stages[name] for one in tallies) for name in ("proposed", "retained", "included")} == {
        "proposed": 2,
        "retained": 1,
        "included": 1,
    }


def test_what_has_had_its_time_is_deleted_whole(
    service: DecisionService, database: Database, clock: FixedClock
) -> None:
    service.record(act(Step.PROPOSED, case_id="old-1"))
    service.record(act(Step.PROPOSED, case_id="kept-1"))
    keeping = Housekeeping([("decisions", lambda: service.erase_old(days=30))], every_s=0.05)
    keeping.start()
    clock.instant = NOW + timedelta(days=20)
    service.record(act(Step.RETAINED, case_id="kept-1"))
    clock.instant = NOW + timedelta(days=31)

    def left() -> list[str]:
        with database.reading() as session:
            return sorted(set(session.exec(select(DecisionEvent.case_id))))

    wait_until(lambda: left() == ["kept-1"], "the old decision is deleted")
    keeping.stop(wait_s=5)
    total, views = service.search(Asked(), limit=10, offset=0)
    assert (total, [event.number for event in views[0].events]) == (1, [1, 2])
