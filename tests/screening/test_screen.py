"""Screening says of every pair what the reference engine says of it, and counts what it said."""

import json
import pickle
import random
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from rules.compiled import CompiledCatalogue, OrganFirst
from rules.criteria import Kind
from rules.finding import PairFinding, PairVerdict
from rules.infer.build import picture_of
from rules.pair import judge_pair, missing, reason_kinds
from rules.picture import Picture
from rules.reading.form import read_form
from tests.screening.samples import (
    AS_OF,
    MANY_CASES,
    SEVERAL_COHORTS,
    SUSPENDED,
    TODAY,
    cases,
    etude,
    grown_lines,
    trial,
    trials,
)
from trialmatch.commands.screen import read_draft
from trialmatch.errors import InputFileError
from trialmatch.matching.lines import read_case_line
from trialmatch.matching.options import WHOLE
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.service import Catalogue, MatchService
from trialmatch.screening import CatalogueScreen, LiveCase, TrialScreening, screen, screen_all
from trialmatch.screening.feasibility import GROUPS, Feasibility
from trialmatch.screening.live_cases import in_order
from trialmatch.screening.one_trial import as_if_open

SCREENED = (SEVERAL_COHORTS, MANY_CASES, SUSPENDED, "ARC-DI-D-12", "ARC-UP-D-01")


@cache
def pictures() -> tuple[Picture, ...]:
    return tuple(picture_of(read_form(case), as_of=AS_OF) for case in cases())


@cache
def judged(trial_id: str) -> tuple[PairFinding, ...]:
    """Every case against one trial, by the reference engine."""
    return tuple(judge_pair(trial(trial_id), picture) for picture in pictures())


@cache
def screened(trial_id: str) -> TrialScreening:
    return screen(trial(trial_id), cases(), today=TODAY, as_of=AS_OF)


@pytest.mark.parametrize("trial_id", SCREENED)
def test_the_verdicts_are_those_of_the_reference_engine(trial_id: str) -> None:
    wanted = {
        case.case_id: (
            pair.verdict,
            {kind for kind, _ in missing(pair)},
            pair.best.cohort.id if pair.best.cohort else None,
        )
        for case, pair in zip(cases(), judged(trial_id), strict=True)
        if pair.verdict is not PairVerdict.RULED_OUT
    }
    found = {row.case_id: (row.verdict, set(row.unknown), row.cohort) for row in screened(trial_id).live}
    assert {id_: (verdict, cohort) for id_, (verdict, _, cohort) in found.items()} == {
        id_: (verdict.value, cohort) for id_, (verdict, _, cohort) in wanted.items()
    }
    # `missing` leaves out what another question settles too: nothing is asked that the screen does not call unknown.
    assert [id_ for id_, (_, kinds, _) in wanted.items() if not kinds <= found[id_][1]] == []


@pytest.mark.parametrize("trial_id", SCREENED)
def test_what_ruled_cases_out_is_what_the_reference_engine_gives(trial_id: str) -> None:
    reasons = [reason_kinds(pair) for pair in judged(trial_id) if pair.verdict is PairVerdict.RULED_OUT]
    counts = screened(trial_id).feasibility
    assert counts.broken == Counter(kind for kinds in reasons for kind in kinds)
    assert counts.alone == Counter(kinds[0] for kinds in reasons if len(kinds) == 1)


@pytest.mark.parametrize("group", GROUPS)
def test_every_case_is_counted_once_in_each_group(group: str) -> None:
    counts = screened(MANY_CASES).feasibility
    assert counts.cases == len(cases())
    by_verdict = Counter({one: sum(row[one] for row in counts.by(group).values()) for one in PairVerdict})
    assert by_verdict == counts.verdicts


def test_the_groups_are_what_the_case_states() -> None:
    counts = screened(MANY_CASES).feasibility
    sites = Counter(case.rcp.site_finess for case in cases())
    months = Counter(case.rcp.date[:7] if case.rcp.date else None for case in cases())
    assert {site: sum(row.values()) for site, row in counts.by("site").items()} == sites
    assert {month: sum(row.values()) for month, row in counts.by("month").items()} == months
    assert list(counts.by("month")) == sorted(filter(None, months)) + [None] * (None in months)
    assert sum(counts.by("organ")["lung"].values()) == 9


def test_a_sentence_that_costs_cases_is_named_with_its_kind() -> None:
    counts = screened(SEVERAL_COHORTS).feasibility
    assert counts.criteria_alone.total() >= counts.alone.total() > 0
    assert all(counts.criteria[one] >= count for one, count in counts.criteria_alone.items())


def test_the_score_and_the_group_are_those_of_the_answer() -> None:
    whole = Catalogue(Prepared.of([trial(MANY_CASES)]), "test")
    options = WHOLE.model_copy(update={"as_of": AS_OF})
    for row in screened(MANY_CASES).live:
        answer = MatchService().match(cases()[row.line - 1], whole, options=options, today=TODAY)
        [shown] = answer.propositions
        assert (shown.verdict, shown.score, shown.group) == (row.verdict, row.score, row.group)


def test_compatible_cases_come_first_then_by_score_then_by_id() -> None:
    live = screened(MANY_CASES).live
    assert [row.verdict for row in live] == sorted(row.verdict for row in live)
    for one, other in pairwise(live):
        if one.verdict == other.verdict:
            assert (-one.score, one.case_id) < (-other.score, other.case_id)


def test_the_day_is_the_boards_unless_told() -> None:
    dated = [replace(cases()[0], case_id="A"), replace(cases()[0], case_id="B")]
    assert dated[0].rcp.date == AS_OF.isoformat()
    late = screen(trial(MANY_CASES), dated, today=AS_OF.replace(year=2030))
    assert late == screen(trial(MANY_CASES), dated, today=TODAY, as_of=AS_OF)


@pytest.mark.parametrize("held", [1, 7, 1_000])
def test_the_order_does_not_hang_on_what_fits_in_memory(tmp_path: Path, held: int) -> None:
    chance = random.Random(11)  # noqa: S311 - a seeded generator is the point
    rows = [
        LiveCase(
            case_id=f"é{chance.randrange(40)}",
            trial_id="T",
            verdict=chance.choice(("compatible", "to_check")),
            group="main",
            score=chance.randrange(5) / 7,
            cohort=None,
            unknown=("biomarker",),
            line=line,
        )
        for line in range(200)
    ]
    blocks = [tuple(rows[start : start + 9]) for start in range(0, len(rows), 9)]
    ordered = [row for some in in_order(blocks, tmp_path, held=held) for row in some]
    assert ordered == sorted(rows, key=lambda row: row.place)


# --- drafts -----------------------------------------------------------------------------------------------------


def test_a_draft_is_judged_as_the_trial_that_it_becomes(tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    words = {name: part for name, part in etude(SEVERAL_COHORTS).items() if name not in ("id", "titre", "maj_le")}
    draft.write_text(json.dumps({**words, "titre": trial(SEVERAL_COHORTS).title}), encoding="utf-8")
    found = screen(read_draft(draft), cases(), today=TODAY, as_of=AS_OF)
    wanted = screen(as_if_open(trial(SEVERAL_COHORTS)), cases(), today=TODAY, as_of=AS_OF)
    assert found.feasibility == wanted.feasibility
    assert [replace(row, trial_id=SEVERAL_COHORTS) for row in found.live] == list(wanted.live)


def test_a_draft_of_a_line_is_enough(tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text('{"localisations": [{"libelle": "Poumon", "cim10": ["C34"]}], "age_max": 60}', encoding="utf-8")
    counts = screen(read_draft(draft), cases(), today=TODAY, as_of=AS_OF).feasibility
    assert counts.verdicts[PairVerdict.TO_CHECK] > 0, "without a text nothing is compatible"
    assert set(counts.broken) == {Kind.ORGAN, Kind.HISTOLOGY, Kind.AGE}
    assert counts.alone[Kind.AGE] > 0


def test_a_draft_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text('{"age_min": "vieux"}', encoding="utf-8")
    with pytest.raises(InputFileError, match="age_min"):
        read_draft(draft)
    draft.write_text("[1", encoding="utf-8")
    with pytest.raises(InputFileError, match=r"draft\.json"):
        read_draft(draft)


def test_a_trial_that_is_not_open_is_ruled_out_by_that_unless_taken_as_open() -> None:
    assert screened(SUSPENDED).feasibility.broken[Kind.STATUS] == len(cases())
    opened = screen(as_if_open(trial(SUSPENDED)), cases(), today=TODAY, as_of=AS_OF)
    assert opened.feasibility.broken[Kind.STATUS] == 0
    assert opened.live


# --- the whole catalogue ----------------------------------------------------------------------------------------


def test_every_pair_of_the_catalogue_is_as_the_reference_engine_judges_it() -> None:
    in_order_of_ids = sorted(trials(), key=lambda one: one.id)
    wanted = [
        (case.case_id, one.id, verdict)
        for case, picture in zip(cases(), pictures(), strict=True)
        for one in in_order_of_ids
        if (verdict := judge_pair(one, picture).verdict) is not PairVerdict.RULED_OUT
    ]
    found = screen_all(trials(), cases(), today=TODAY, as_of=AS_OF)
    assert list(found.live) == wanted
    of_trials = {row["trial_id"]: row for row in found.counts["trials"]}
    for one in in_order_of_ids:
        verdicts = Counter(verdict for _, id_, verdict in wanted if id_ == one.id)
        counted = {verdict: of_trials[one.id][verdict] for verdict in PairVerdict}
        verdicts[PairVerdict.RULED_OUT] = len(cases()) - verdicts.total()
        assert counted == {verdict: verdicts[verdict] for verdict in PairVerdict}
    assert sum(found.counts["best"].values()) == found.counts["cases"] == len(cases())


def test_the_counts_of_two_halves_add_up() -> None:
    asked = CatalogueScreen(trials()[:12], as_of=AS_OF, today=TODAY)
    lines = list(enumerate(cases(), 1))
    blocks = [block for some in (lines[:13], lines[13:], []) for block in asked.blocks(some)]
    total = asked.nothing()
    for block in blocks:
        total += block.counts
    [whole] = asked.blocks(lines)
    assert asked.report(total) == asked.report(whole.counts)
    assert Feasibility() + screened(MANY_CASES).feasibility == screened(MANY_CASES).feasibility


def test_a_compiled_catalogue_that_travels_judges_the_same() -> None:
    home = OrganFirst(CompiledCatalogue.of(trials()))
    away = pickle.loads(pickle.dumps(home))  # noqa: S301 - our own bytes
    items = [read_case_line(line.encode(), 1) for line in grown_lines(60)]
    seen = [picture_of(read_form(item), as_of=AS_OF) for item in items if not hasattr(item, "problem")]
    assert len(seen) == 60
    for picture in (*pictures(), *seen):
        assert home.verdicts(picture).tolist() == away.verdicts(picture).tolist()
