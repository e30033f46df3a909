"""The registries through a whole synchronisation: stored, merged with who decides, cross-checked, not written twice."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from connectors.archimaid.records import read_feed
from connectors.clinicaltrials.client import ClinicalTrialsSource
from connectors.eclaire.client import EclaireSource
from connectors.memory import InMemorySource
from rules.trial import Trial
from tests.contract.eclaire_studies import NUMBER, OTHERS, STUDY
from tests.contract.registries import CtgovServer, EclaireServer, ctgov_study, recorded
from tests.integration.conftest import NOW, POLICY, READER, Bench, Stage, study, titled
from trialmatch.catalogue.holder import CatalogueHolder
from trialmatch.catalogue.merging.model import Role, SourceRule
from trialmatch.catalogue.rebuild import Merger
from trialmatch.catalogue.translations import Translations
from trialmatch.sync.service import SyncService
from trialmatch.tables import RunOutcome, SyncMode

RULES = (
    SourceRule("archimaid"),
    SourceRule("eclaire", Role.ENRICHES, 0),
    SourceRule("clinicaltrials", Role.ENRICHES, 1),
)
SITE = {"nom": "Centre inventé", "ville": "Lille", "statut": "ouvert", "verifie_le": "2026-11-20"}


@pytest.fixture(params=["sqlite"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service(bench: Bench) -> SyncService:
    translations = Translations(bench.database, titled, reader=READER)
    return SyncService(bench.database, clock=bench.clock, translations=translations, merger=Merger(RULES))


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def decided(service: SyncService, **changes: object) -> None:
    etudes = [study("ARC-1", identifiants={"nct": "NCT00000001", "eu_ct": NUMBER}, centres=[SITE], **changes)]
    assert service.run(InMemorySource(read_feed(etudes), name="archimaid")).outcome is RunOutcome.SUCCEEDED


def trials(bench: Bench) -> dict[str, Trial]:
    snapshot = CatalogueHolder(bench.database, Translations(bench.database, titled, reader=READER)).load()
    return {trial.id: trial for trial in snapshot.trials} if snapshot else {}


def test_a_trial_that_the_registry_closed_is_told_to_who_calls_it_open(
    bench: Bench, service: SyncService, running_stage: tuple[Stage, str], opened: ExitStack
) -> None:
    stage, url = running_stage
    server = CtgovServer([ctgov_study("NCT00000001"), ctgov_study("NCT00000002")])
    stage.app = server.app()
    source = opened.enter_context(ClinicalTrialsSource(url, policy=POLICY))
    decided(service)
    first = service.run(source)
    assert (first.outcome, first.mode, first.added) == (RunOutcome.SUCCEEDED, SyncMode.FULL, 2)
    assert set(trials(bench)) == {"ARC-1"}
    assert trials(bench)["ARC-1"].disagreements == ()

    bench.clock.instant = NOW + timedelta(hours=1)
    server.studies[0] = ctgov_study("NCT00000001", "COMPLETED", "2026-11-23")
    second = service.run(source)
    assert (second.outcome, second.mode, second.changed, second.withdrawn) == (
        RunOutcome.SUCCEEDED,
        SyncMode.INCREMENTAL,
        1,
        0,
    )
    assert trials(bench)["ARC-1"].disagreements


def test_twice_without_change_is_one_request_and_no_write(
    bench: Bench, service: SyncService, running_stage: tuple[Stage, str], opened: ExitStack
) -> None:
    stage, url = running_stage
    server = CtgovServer(list(recorded("clinicaltrials")))
    stage.app = server.app()
    source = opened.enter_context(ClinicalTrialsSource(url, policy=POLICY))
    decided(service)
    first = service.run(source, full=True)
    assert (first.added, first.set_aside) == (5, 0)
    server.faults.clear()
    again = service.run(source, full=True)
    assert (again.outcome, again.catalogue_version) == (RunOutcome.UNCHANGED, None)
    assert [seen.path for seen in server.faults.seen] == ["/api/v2/version"]


def test_eclaire_fills_in_what_nobody_else_says(
    bench: Bench, service: SyncService, running_stage: tuple[Stage, str], opened: ExitStack
) -> None:
    stage, url = running_stage
    server = EclaireServer([*recorded("eclaire"), STUDY], others=OTHERS)
    stage.app = server.app()
    source = opened.enter_context(EclaireSource(f"{url}/R4", policy=POLICY))
    decided(service)
    run = service.run(source)
    assert (run.outcome, run.added, run.set_aside) == (RunOutcome.SUCCEEDED, 5, 0)
    assert set(trials(bench)) == {"ARC-1"}
    again = service.run(source, full=True)
    assert again.outcome is RunOutcome.UNCHANGED
    assert len(server.faults.seen) == 2
