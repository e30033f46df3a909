"""What holds of any records of any sources: the order they come in, two merges, what a group may hold, the verdicts."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.archimaid.records import read_etude
from connectors.archimaid.translate import trial_of
from connectors.base import RawRecord
from rules.finding import PairFinding
from rules.pair import judge_pair
from rules.verdict import Verdict
from tests.merging.build import (
    ARCHIMAID,
    CTGOV,
    ECLAIRE,
    ENGLISH,
    EXCLUSION,
    INCLUSION,
    NCT,
    RULES,
    SHEET,
    etude,
    linked,
    site,
    told,
    understood,
)
from tests.properties.hiding import picture_sent
from tests.properties.strategies import cases
from trialmatch.catalogue.merging.identity import identity_of
from trialmatch.catalogue.merging.joining import groups_of
from trialmatch.catalogue.merging.merge import merged_catalogue
from trialmatch.catalogue.merging.model import Member, Ref, SourceRule, Told

NAMES = {rule.name: rule for rule in RULES}
SITES = [site("CHU Lille", "Lille"), site("CHU Lille", "Lille", "ferme"), site("Lille University Hospital", "Lille")]
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "nct": st.sampled_from([NCT, "NCT05609578", "en cours"]),
    "eudract": st.sampled_from(["2019-001234-12", "2020-004321-21"]),
    "eu_ct": st.sampled_from(["2022-500014-26-00", "2022-500014-26-01", "2023-503456-12"]),
    "id_rcb": st.sampled_from(["2019-A01234-53", "2019-001234-12"]),
    "acronyme": st.sampled_from(["KRYSTAL-7", "Krystal 7", "PRISM"]),
    "promoteur": st.sampled_from(["Mirati", "Mirati Therapeutics, Inc.", "Unicancer"]),
    "statut": st.sampled_from(["ouverte", "close", "a_venir", "terminee"]),
    "phase": st.sampled_from(["I", "II", "III", "NA"]),
    "age_min": st.sampled_from([12, 18]),
    "criteres_inclusion": st.sampled_from([INCLUSION, ENGLISH["criteres_inclusion"]]),
    "criteres_non_inclusion": st.sampled_from([EXCLUSION, ENGLISH["criteres_non_inclusion"]]),
    "cohortes": st.just([{"id": "A", "libelle": "Cohorte A", "statut": "ouverte"}]),
    "centres": st.lists(st.sampled_from(SITES), min_size=1, max_size=2),
}
RECORDS = st.fixed_dictionaries({}, optional=FIELDS)
LISTED = st.lists(st.tuples(st.sampled_from(RULES), st.integers(1, 3), RECORDS), max_size=9)


def stored(listed: list[tuple[SourceRule, int, dict[str, Any]]]) -> dict[Ref, Told]:
    by_id = {(rule, f"{rule.name}-{number}"): fields for rule, number, fields in listed}
    return told({rule: [etude(one, **by_id[rule, one]) for of, one in by_id if of == rule] for rule in RULES})


def merged(records: dict[Ref, Told]) -> tuple[Any, ...]:
    return merged_catalogue(records, RULES, link=linked)


@given(LISTED, st.randoms(use_true_random=False))
def test_the_order_of_sources_and_records_does_not_count(listed: Any, chance: Any) -> None:
    records = stored(listed)
    shuffled = list(records.items())
    chance.shuffle(shuffled)
    assert merged(dict(shuffled)) == merged(records)


@given(LISTED)
def test_a_group_holds_one_record_of_a_deciding_source_and_one_nct(listed: Any) -> None:
    records = stored(listed)
    members = [Member(NAMES[source], one, identity_of(each.record)) for (source, one), each in records.items()]
    groups = groups_of(members)
    for group in groups:
        deciding = [one.rule.name for one in group.members if one.rule.decides]
        assert deciding
        assert len(set(deciding)) == len(deciding)
        assert len({one.identity.nct for one in group.members if one.identity.nct}) <= 1
        assert not any(one.rule.decides for one in group.shared)
    placed = [one.ref for group in groups for one in group.members]
    assert len(set(placed)) == len(placed)
    assert {ref for ref in records if NAMES[ref[0]].decides} <= set(placed)


@given(LISTED)
def test_every_trial_keeps_the_contract_and_tells_where_each_field_comes_from(listed: Any) -> None:
    catalogue = merged(stored(listed))
    assert len({one.trial_id for one in catalogue}) == len(catalogue)
    for one in catalogue:
        read = read_etude(one.record)
        assert isinstance(read, RawRecord)
        assert (read.record_id, read.left_out) == (one.trial_id, ())
        told_of = {path.split("[")[0].split(".")[0] for path in one.origin.fields}
        assert told_of == set(one.record) - {name for name in ("identifiants", "centres") if not one.record.get(name)}
        assert all(number < len(one.origin.sources) for number in one.origin.fields.values())


@given(LISTED)
def test_merging_what_was_merged_changes_nothing(listed: Any) -> None:
    catalogue = merged(stored(listed))
    again = merged(told({ARCHIMAID: [dict(one.record) for one in catalogue]}))
    assert [(one.record, one.content_hash) for one in again] == [(one.record, one.content_hash) for one in catalogue]


@given(LISTED)
def test_a_catalogue_of_one_source_is_its_records(listed: Any) -> None:
    records = {ref: one for ref, one in stored(listed).items() if ref[0] == ARCHIMAID.name}
    assert {one.trial_id: (one.record, one.content_hash, one.disagreements) for one in merged(records)} == {
        record_id: (one.record, one.content_hash, ()) for (_, record_id), one in records.items()
    }


@given(LISTED)
def test_a_registry_never_decides_whether_or_where_a_trial_is_open(listed: Any) -> None:
    records = stored(listed)
    deciding = {ref: one for ref, one in records.items() if NAMES[ref[0]].decides}
    for one in merged(records):
        assert (
            one.record["statut"]
            == deciding[one.origin.sources[0].source, one.origin.sources[0].record_id].record["statut"]
        )
        named = [each for ref, each in deciding.items() if ref in {(s.source, s.record_id) for s in one.origin.sources}]
        known = [place["nom"] for each in named for place in each.record.get("centres", [])]
        assert {place["nom"] for place in one.record.get("centres", [])} <= set(known)


COMPLETE = etude(
    "ARC-1",
    nct=NCT,
    phase="III",
    acronyme="KRYSTAL-7",
    promoteur="Mirati",
    localisations=[{"libelle": "Poumon", "cim10": ["C34"]}],
    criteres_inclusion=INCLUSION,
    criteres_non_inclusion=EXCLUSION,
    centres=[site("CHU Lille", "Lille", finess="590000188")],
)

ALONE = trial_of(COMPLETE)


def findings(pair: PairFinding) -> list[Verdict]:
    return [finding.verdict for finding in pair.best.findings]


@settings(max_examples=60)
@given(cases(), st.lists(st.tuples(st.sampled_from([ECLAIRE, CTGOV]), RECORDS), min_size=1, max_size=2))
def test_registries_move_no_verdict_of_a_complete_record(case: Any, listed: Any) -> None:
    registries = [(rule, {**fields, "nct": NCT}) for rule, fields in listed]
    records = told(
        {ARCHIMAID: [COMPLETE]}
        | {rule: [etude(rule.name, **fields) for of, fields in registries if of == rule][:1] for rule, _ in registries}
    )
    (one,) = merged(records)
    alone, enriched = (judge_pair(trial, picture_sent(case)) for trial in (ALONE, understood(one)))
    assert (alone.verdict, findings(alone)) == (enriched.verdict, findings(enriched))


@given(RECORDS)
def test_a_sheet_that_says_nothing_more_leaves_the_record_as_it_was(fields: Any) -> None:
    own = etude("ARC-1", **{**fields, "nct": NCT})
    (one,) = merged(told({ARCHIMAID: [own], SHEET: [etude("S-1", nct=NCT, statut=own["statut"])]}))
    assert {name: one.record[name] for name in own} == own
