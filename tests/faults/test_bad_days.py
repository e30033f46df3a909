"""What servers do on bad days, a test each: the catalogue serves, nothing is half-applied, the row tells, it heals."""

from datetime import UTC, datetime, timedelta

import pytest

from connectors.archimaid_server import faults as fault
from tests.faults.conftest import POLICY, TRIALS, Watched, good
from tests.integration.conftest import NOW
from tests.servers import closed_port
from trialmatch.sync.service import SyncOutcome
from trialmatch.tables import RunOutcome, SyncMode

FAILED, HELD, SUCCEEDED = RunOutcome.FAILED, RunOutcome.HELD, RunOutcome.SUCCEEDED
UNAVAILABLE, REJECTED = "source_unavailable", "source_rejected"


def told(watched: Watched, outcome: SyncOutcome) -> str:
    """What the row of the run says, as another process reads it."""
    [row] = watched.scene.bench.service.recent(limit=1)
    assert (row.run_id, row.outcome, row.ended_at is not None) == (outcome.run_id, outcome.outcome, True)
    assert row.catalogue_version is None
    assert (row.added, row.changed, row.withdrawn) == (0, 0, 0) or row.outcome is HELD
    assert row.error_message
    return row.error_message


# --- nobody answers, or not in time ---------------------------------------------------------------------------


def test_connection_refused(watched: Watched) -> None:
    outcome = watched.scene.sync(url=f"http://127.0.0.1:{closed_port()}")
    assert (outcome.outcome, outcome.error_code) == (FAILED, UNAVAILABLE)
    assert "no connection could be made: is the server up, is the address right?" in told(watched, outcome)
    watched.still_serves()
    watched.heals()


def test_slow_drip(watched: Watched) -> None:
    watched.scene.faults.plan(fault.dripping(0.1, chunk_bytes=64), times=None)
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.error_code) == (FAILED, UNAVAILABLE)
    assert "took longer than 0.8 s" in told(watched, outcome)
    watched.still_serves()
    watched.heals()


def test_time_out_in_the_middle_of_the_body(watched: Watched) -> None:
    watched.scene.faults.plan(fault.stalled(after_bytes=300, silence_s=1.5), times=None, page=3)
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.error_code) == (FAILED, UNAVAILABLE)
    assert "nothing came for 0.4 s" in told(watched, outcome)
    watched.still_serves()
    watched.heals()


def test_cut_off_in_the_middle_of_the_body(watched: Watched) -> None:
    watched.scene.faults.plan(fault.cut_off(after_bytes=300), times=None, page=4)
    outcome = watched.scene.sync()
    assert "the connection broke before the answer was whole" in told(watched, outcome)
    watched.still_serves()
    watched.heals()


# --- what comes is no listing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        pytest.param(fault.half_json(), "no whole JSON document", id="truncated JSON"),
        pytest.param(fault.latin_1(), "is not UTF-8", id="wrong encoding"),
        pytest.param(fault.html(), "JSON is expected, the answer is text/html", id="HTML instead of JSON"),
        pytest.param(fault.body(b'{"etudes": []}'), "is no page of an ARCHIMAID listing", id="another shape"),
        pytest.param(fault.body(b"[" * 200_000), "nested too deeply", id="a bomb of brackets"),
    ],
)
@pytest.mark.parametrize("page", [1, 4])
def test_what_comes_is_no_listing(watched: Watched, bad: fault.Fault, words: str, page: int) -> None:
    watched.scene.faults.plan(bad, times=None, page=page)
    outcome = watched.scene.sync()
    assert outcome.outcome is FAILED
    assert words in told(watched, outcome)
    watched.still_serves()
    watched.heals()


# --- the server says no -----------------------------------------------------------------------------------------


def test_401(watched: Watched) -> None:
    outcome = watched.scene.sync(token="un-ancien-jeton")
    assert (outcome.outcome, outcome.error_code) == (FAILED, REJECTED)
    words = told(watched, outcome)
    assert "answered 401: a valid token is needed" in words
    assert "un-ancien-jeton" not in words
    assert watched.scene.pages_asked == ["1"]
    watched.still_serves()
    watched.heals()


def test_429_that_asks_for_a_moment_is_waited_for(watched: Watched) -> None:
    watched.scene.faults.plan(fault.status(429, retry_after="1"), page=2)
    outcome = watched.scene.sync()
    assert outcome.outcome is SUCCEEDED
    assert watched.scene.pages_asked == ["1", "2", "2", "3", "4"]
    assert set(watched.scene.bench.titles()) == {one["id"] for one in good()}


def test_429_that_asks_for_an_hour_is_left_alone(watched: Watched) -> None:
    watched.scene.faults.plan(fault.status(429, retry_after="3600"), times=None, page=2)
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.error_code, outcome.retry_after_s) == (FAILED, UNAVAILABLE, 3600)
    assert "answered 429" in told(watched, outcome)
    assert watched.scene.pages_asked == ["1", "2"]
    watched.still_serves()
    watched.heals()


def test_500_three_times_then_well(watched: Watched) -> None:
    watched.scene.faults.plan(fault.status(500), times=3, page=2)
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.changed) == (SUCCEEDED, TRIALS)
    assert watched.scene.pages_asked == ["1", "2", "2", "2", "2", "3", "4"]
    assert watched.scene.bench.titles() == {one["id"]: one["titre"] for one in good(version="2")}


def test_500_that_does_not_end(watched: Watched) -> None:
    watched.scene.faults.plan(fault.status(500), times=None, page=2)
    outcome = watched.scene.sync()
    assert "answered 500" in told(watched, outcome)
    assert watched.scene.pages_asked == ["1", "2", "2", "2", "2"]
    watched.still_serves()
    watched.heals()


def test_redirect_loop(watched: Watched) -> None:
    watched.scene.faults.plan(fault.redirected_to("/api/v1/etudes?page=1"), times=None)
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.error_code) == (FAILED, UNAVAILABLE)
    assert "redirected more than 3 times" in told(watched, outcome)
    assert len(watched.scene.faults.seen) <= POLICY.attempts * (POLICY.redirects_max + 1)
    watched.still_serves()
    watched.heals()


# --- the pages do not fit together ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "page", "words"),
    [
        pytest.param(fault.repeated_page(1, as_page=3), 3, "two pages are the same", id="a page repeated"),
        pytest.param(fault.missing_page(), 3, "page 3 of 4 is empty", id="a page missing"),
        pytest.param(fault.status(404), 4, "page 4 is no longer there", id="a page not found"),
        pytest.param(fault.wrong_page(2), 3, "page 3 was asked, page 2 answered", id="pages reordered"),
        pytest.param(fault.changing_total(), 3, "41 on 4 at page 3", id="total changing midway"),
    ],
)
def test_pages_that_do_not_fit_together(watched: Watched, bad: fault.Fault, page: int, words: str) -> None:
    watched.scene.faults.plan(bad, times=None, page=page)
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.error_code) == (FAILED, UNAVAILABLE)
    assert "listing changed while it was read" in told(watched, outcome)
    assert words in told(watched, outcome)
    watched.still_serves()
    watched.heals()


def test_a_listing_that_moves_once_is_read_again(watched: Watched) -> None:
    watched.scene.faults.plan(fault.changing_total(), page=3)
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.changed) == (SUCCEEDED, TRIALS)
    assert watched.scene.bench.titles() == {one["id"]: one["titre"] for one in good(version="2")}


# --- the listing fits together, and is not true -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "page", "words"),
    [
        pytest.param(fault.shrunk(0.1), 1, "39 of 40 trials are no longer listed", id="nearly all trials gone"),
        pytest.param(fault.closed(), None, "40 of 40 open trials would not be open any more", id="every trial closed"),
        pytest.param(fault.clashing_ids(), None, "36 of 40 records of the listing cannot be read", id="ids that clash"),
        pytest.param(
            fault.etudes_altered(lambda etude: {**etude, "centres": []}),
            None,
            "80 of 80 sites of the trials that stay are no longer listed",
            id="every site gone",
        ),
        pytest.param(
            fault.etudes_altered(lambda etude: {**etude, "statut": etude["statut"].encode().hex()}),
            None,
            "40 of 40 records of the listing cannot be read",
            id="another vocabulary",
        ),
    ],
)
def test_a_listing_that_is_not_true_is_held(watched: Watched, bad: fault.Fault, page: int | None, words: str) -> None:
    watched.scene.faults.plan(bad, times=None, page=page)
    outcome = watched.scene.sync()
    assert outcome.outcome is HELD
    assert words in told(watched, outcome)
    assert f"--refuse {outcome.run_id}" in told(watched, outcome)
    watched.still_serves()
    assert watched.scene.sync().outcome is RunOutcome.STILL_HELD
    watched.still_serves()
    healed = watched.heals()
    superseded = [run for run in watched.scene.bench.service.recent() if run.run_id == outcome.run_id]
    assert [(run.outcome, run.about_run_id) for run in superseded] == [(RunOutcome.SUPERSEDED, healed.run_id)]


def test_nine_trials_in_ten_gone(watched: Watched) -> None:
    """Whole, coherent, four trials on one page."""
    watched.scene.serve(good(version="2", trials=TRIALS // 10))
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.listed, outcome.withdrawn) == (HELD, 4, 36)
    assert "36 of 40 trials are no longer listed" in told(watched, outcome)
    watched.still_serves()
    watched.heals()


def test_two_trials_under_one_id(watched: Watched) -> None:
    """Nobody knows whose the record is: neither trial is changed, neither leaves, both say so."""
    listed = good(version="2")
    watched.scene.serve([*listed[:7], {**listed[7], "id": "T003"}, *listed[8:]])
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.changed, outcome.withdrawn) == (SUCCEEDED, TRIALS - 2, 0)
    kept = {one.record_id: one.reason for one in watched.scene.bench.service.set_aside(outcome.run_id)}
    assert kept.keys() == {"T003", "T007"}
    assert "two records have one id" in kept["T007"]
    titles = watched.scene.bench.titles()
    assert {trial_id for trial_id, title in titles.items() if title.endswith("1")} == {"T003", "T007"}
    watched.heals()


# --- clocks -----------------------------------------------------------------------------------------------------


def test_a_clock_an_hour_ahead_costs_no_change(watched: Watched) -> None:
    """The source dates a change from our future, is set right, and then changes something within that hour."""
    scene = watched.scene
    ahead = (scene.bench.clock.instant + timedelta(hours=1)).isoformat()
    listed = good(version="2")
    scene.serve([{**listed[0], "maj_le": ahead}, *listed[1:]], generated_at=ahead)
    outcome = scene.sync()
    assert (outcome.outcome, outcome.changed) == (SUCCEEDED, TRIALS)
    scene.bench.clock.instant += timedelta(minutes=20)
    right = scene.bench.clock.instant.isoformat()
    scene.serve([*listed[:5], {**listed[5], "titre": "Corrigé", "maj_le": right}, *listed[6:]], generated_at=right)
    later = scene.sync(full=None)
    assert (later.mode, later.outcome) == (SyncMode.INCREMENTAL, SUCCEEDED)
    assert scene.bench.titles()["T005"] == "Corrigé"
    assert later.since is not None
    assert later.since <= outcome.started_at


def test_every_instant_an_hour_ahead(watched: Watched) -> None:
    watched.scene.faults.plan(fault.clock_ahead(timedelta(hours=1)), times=None)
    assert watched.scene.sync().outcome is SUCCEEDED
    snapshot = watched.scene.bench.holder.load()
    assert snapshot is not None
    assert snapshot.synchronised_at == watched.scene.bench.clock.instant
    watched.heals(good(version="3"))


def test_the_same_instants_in_another_zone_change_nothing(watched: Watched) -> None:
    scene = watched.scene
    paris = [{**one, "maj_le": one["maj_le"].replace("08:00:00Z", "09:00:00+01:00")} for one in good()]
    scene.serve(paris, generated_at="2026-11-24T08:55:00+01:00")
    assert scene.sync().outcome is RunOutcome.UNCHANGED
    assert scene.served() == watched.version


# --- records that nobody expects --------------------------------------------------------------------------------


def test_one_record_with_five_megabytes_of_text(watched: Watched) -> None:
    huge = "Le patient doit avoir signé le consentement. " * (5 * 1024 * 1024 // 45)
    listed = good(version="2")
    watched.scene.serve([{**listed[0], "criteres_inclusion": huge}, *listed[1:]])
    outcome = watched.scene.sync()
    assert (outcome.outcome, outcome.changed, outcome.set_aside) == (SUCCEEDED, TRIALS - 1, 1)
    [refused] = watched.scene.bench.service.set_aside(outcome.run_id)
    assert (refused.record_id, refused.last_good_kept) == ("T000", True)
    assert "at most 200000" in refused.reason
    assert len(refused.reason) < 200
    assert watched.scene.bench.titles()["T000"] == watched.titles["T000"]
    watched.heals(good(version="3"))


def test_a_record_with_scripts_in_its_title(watched: Watched) -> None:
    """It is text, kept as it is: the pages show it as text (tests/browser)."""
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    listed = [{**good(version="2")[0], "titre": bad}, *good(version="2")[1:]]
    watched.scene.serve(listed)
    assert watched.scene.sync().outcome is SUCCEEDED
    assert watched.scene.bench.titles() == {one["id"]: one["titre"] for one in listed}
    watched.heals(good(version="3"))


def test_the_age_goes_on_while_days_are_bad(watched: Watched) -> None:
    """What a reader is told of the age is when the source was last read well, whatever was tried since."""
    watched.scene.faults.plan(fault.status(503), times=None)
    for _ in range(3):
        watched.scene.bench.clock.instant += timedelta(hours=20)
        assert watched.scene.sync().outcome is FAILED
        watched.still_serves()
    assert watched.scene.bench.clock.instant - NOW > timedelta(hours=48)
    assert watched.heals().ended_at == watched.scene.bench.clock.instant > datetime(2026, 11, 26, tzinfo=UTC)
