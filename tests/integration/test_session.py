"""Sessions on SQLite and PostgreSQL: sealed to their place, judged by any process, anew when the catalogue changes."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from rules.trial import Trial, TrialStatus
from tests.integration.conftest import NOW, wait_until
from trialmatch.clock import FixedClock
from trialmatch.db import Database
from trialmatch.errors import SealError
from trialmatch.http.problems import ProblemError
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.service import Catalogue, MatchService
from trialmatch.session.beforehand import Beforehand
from trialmatch.session.expiry import Expiry
from trialmatch.session.sealing import Sealer, key_of
from trialmatch.session.service import SessionService
from trialmatch.session.tables import BoardSession, SessionCase

SEALER = Sealer(bytes(range(32)))
BODY = b"\n".join(json.dumps({"case_id": f"C-{number}"}).encode() for number in range(1, 6))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


class Held:
    """The catalogue that answers, as a process holds it: swapped whole."""

    def __init__(self) -> None:
        trial = Trial(id="A", title="A", status=TrialStatus.OPEN, updated_at="2026-11-01T08:00:00Z")
        self.catalogue = Catalogue(Prepared.of([trial]), "v1")

    def current(self) -> Catalogue:
        return self.catalogue


@pytest.fixture
def held() -> Held:
    return Held()


Maker = Callable[[], SessionService]


@pytest.fixture
def service_of(database: Database, clock: FixedClock, held: Held) -> Maker:
    """A service as each worker process has one of its own."""

    def made() -> SessionService:
        expiry = Expiry(database, clock=clock)
        match = MatchService()
        return SessionService(database, SEALER, clock=clock, expiry=expiry, hours=24, match=match, current=held.current)

    return made


def judged(service: SessionService, session_id: str) -> int:
    return service.show(session_id).progress.judged


def test_what_one_process_keeps_another_serves(service_of: Maker) -> None:
    one, other = service_of(), service_of()
    session_id = one.open(BODY).session_id
    assert other.case(session_id, 3).case == {"case_id": "C-3"}
    assert one.show(session_id).progress.judged == 1
    other.end(session_id)
    with pytest.raises(ProblemError, match="404"):
        one.case(session_id, 3)


def test_processes_judge_beforehand_together_without_getting_in_each_others_way(
    service_of: Maker, database: Database
) -> None:
    services = [service_of() for _ in range(3)]
    judges = [Beforehand(one, database, every_s=0.05) for one in services]
    for judge in judges:
        judge.start()
    session_id = services[0].open(BODY).session_id
    wait_until(lambda: judged(services[1], session_id) == 5, "all cases are judged")
    for judge in judges:
        judge.stop(wait_s=5)
    assert {row.failed for row in services[2].show(session_id).cases} == {False}


def test_another_catalogue_and_another_day_are_judged_anew(service_of: Maker, held: Held, clock: FixedClock) -> None:
    service = service_of()
    session_id = service.open(BODY).session_id
    while service.judge_one():
        continue
    assert judged(service, session_id) == 5
    held.catalogue = replace(held.catalogue, version="v2")
    assert (judged(service, session_id), service.is_due()) == (0, True)
    answer = service.case(session_id, 1).answer
    assert answer is not None
    assert (answer["catalogue_version"], judged(service, session_id)) == ("v2", 1)
    clock.instant = NOW + timedelta(hours=20)
    answer = service.case(session_id, 1).answer
    assert answer is not None
    assert answer["as_of"] == "2026-11-25"


def test_a_row_that_was_moved_or_changed_opens_nowhere(service_of: Maker, database: Database) -> None:
    service = service_of()
    mine, other = service.open(BODY).session_id, service.open(BODY).session_id
    with database.writing() as session:
        rows = session.exec(select(SessionCase).order_by(col(SessionCase.session_id), col(SessionCase.position))).all()
        by_place = {(row.session_id, row.position): row for row in rows}
        by_place[mine, 1].sealed_case = by_place[other, 1].sealed_case
        by_place[mine, 2].sealed_case = by_place[mine, 3].sealed_case
        by_place[mine, 4].sealed_case = by_place[mine, 4].sealed_case[:-1] + b"\x00"
    for position in (1, 2, 4):
        with pytest.raises(ProblemError, match="500"):
            service.case(mine, position)
    assert [row.failed for row in service.show(mine).cases] == [True, True, False, True, False]
    assert service.case(mine, 3).case == {"case_id": "C-3"}


def test_what_has_expired_is_gone_from_both_tables(service_of: Maker, database: Database, clock: FixedClock) -> None:
    service = service_of()
    service.open(BODY)
    clock.instant = NOW + timedelta(hours=12)
    later = service.open(BODY).session_id
    clock.instant = NOW + timedelta(hours=24)
    assert Expiry(database, clock=clock).turn() == 1
    with database.reading() as session:
        assert session.exec(select(BoardSession.id)).all() == [later]
        assert set(session.exec(select(SessionCase.session_id)).all()) == {later}


def test_sealing_twice_gives_other_bytes_that_open_at_their_place_alone() -> None:
    one, other = SEALER.seal(b"case", place="here"), SEALER.seal(b"case", place="here")
    assert one != other
    assert SEALER.open(one, place="here") == SEALER.open(other, place="here") == b"case"
    for sealed, place in ((one, "there"), (one[:-1], "here"), (b"", "here"), (one[:12], "here")):
        with pytest.raises(SealError):
            SEALER.open(sealed, place=place)
    with pytest.raises(SealError):
        Sealer(bytes(32)).open(one, place="here")


def test_a_key_is_read_in_either_alphabet_of_base64() -> None:
    key = bytes(range(0, 256, 8))
    for spelt in ("AAgQGCAoMDhASFBYYGhweICIkJigqLC4wMjQ2ODo8Pg", "AAgQGCAoMDhASFBYYGhweICIkJigqLC4wMjQ2ODo8Pg="):
        assert key_of(spelt) == key
    assert key_of("_-7-" + "A" * 39) == key_of("/+7+" + "A" * 39 + "=")
