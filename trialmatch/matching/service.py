"""One case against the catalogue → one answer. Pure but for what it is given: no clock, no database."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice

from connectors.archimaid.search_link import search_address
from rules.case import Case
from rules.compiled import TO_CHECK, Explained, Near, Outcome, Standings
from rules.infer.build import picture_of
from rules.pair import judge_pair
from rules.picture import Picture
from rules.questions import Missing, missing_of, questions_of
from rules.reading.form import read_form
from rules.standing import Ranked, score_of
from rules.trial import Trial
from trialmatch import ENGINE_VERSION
from trialmatch.matching.answer import (
    Answer,
    CatalogueInfo,
    ConflictAnswer,
    Counts,
    OptionAnswer,
    Proposition,
    QuestionAnswer,
    ReadAs,
    RuledOut,
    Warning_,
)
from trialmatch.matching.doubts import is_openness_disputed
from trialmatch.matching.options import MatchOptions
from trialmatch.matching.prepared import Prepared
from trialmatch.matching.rows import Table
from trialmatch.matching.shown import proposition, ruled_out
from trialmatch.matching.sites import FreshnessRule, Reach, origin_of, site_answers
from trialmatch.matching.why import TELLING, observed_facts

ASKING_LEAST = 10
"""Questions are put for the trials that are shown, or for so many of the first where fewer are shown: of a large
catalogue hundreds may be live, and nobody asks for the sake of the hundredth."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The trials that answer, with their version and age. A value: swapped whole, never changed."""

    prepared: Prepared
    version: str
    source: str = "archimaid"
    synchronised_at: datetime | None = None

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The trials, in the order of the catalogue."""
        return self.prepared.trials


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known after judging: the picture, the trials that were judged, and the outcome of each of those."""

    picture: Picture
    near: Near
    outcome: Outcome

    def explained(self) -> Explained:
        """The finding trees of those trials, on demand."""
        return self.near.catalogue.explained(self.picture, self.outcome)


@dataclass(frozen=True, slots=True)
class Asking:
    """What each live trial still asks, worked out once: its card says it, and the questions gather it."""

    explained: Explained
    lang: str
    known: dict[int, tuple[Missing, ...]] = field(default_factory=dict)

    def of(self, place: int) -> tuple[Missing, ...]:
        """The unknown key items of one trial."""
        found = self.known.get(place)
        if found is None:
            found = self.known[place] = missing_of(self.explained.open(place), self.lang)
        return found


@dataclass(frozen=True, slots=True)
class InOrder:
    """The live trials as columns, with their access in 0–1, and the rows in the order of propositions."""

    standings: Standings
    access: list[float]
    order: list[int]

    def shown(self, most: int) -> Iterator[tuple[int, Ranked]]:
        """The first ones, each with its place in the catalogue that was judged."""
        for row in self.order[:most]:
            standing = self.standings[row]
            yield int(self.standings.places[row]), Ranked(standing, score_of(standing, self.access[row]))

    def asking(self, most: int) -> list[int]:
        """Of those to check, the places of the first ones: their questions are put."""
        to_check = [row for row in self.order if self.standings.verdicts[row] == TO_CHECK]
        return [int(self.standings.places[row]) for row in to_check[:most]]


@dataclass(frozen=True)
class MatchService:
    """Judges cases. `stale_hours`: from what age a catalogue is called old."""

    freshness: FreshnessRule = field(default_factory=FreshnessRule)
    stale_hours: int = 48

    def judge(self, case: Case, catalogue: Catalogue, *, as_of: date, open_only: bool = False) -> Judged:
        """Every trial of the catalogue judged, nothing cut: those of other organs are ruled out by that. `open_only`:
        and those that are closed, so that nothing more is asked of them."""
        picture = picture_of(read_form(case), as_of=as_of)
        return Judged(picture, *catalogue.prepared.compiled.judge(picture, open_only=open_only))

    def match(
        self, case: Case, catalogue: Catalogue, *, options: MatchOptions, today: date, now: datetime | None = None
    ) -> Answer:
        """The answer of the contract. `now` tells the age of the catalogue (None: a file, never stale)."""
        as_of = options.as_of or (date.fromisoformat(case.rcp.date) if case.rcp.date else today)
        judged = self.judge(case, catalogue, as_of=as_of, open_only=not options.include_ruled_out)
        origin = origin_of(case.rcp.site_finess, case.patient.postal_code)
        reach = Reach(origin, replace(self.freshness, today=today))
        live = _in_order(judged, catalogue, reach, options)
        explained = judged.explained()
        asked, table = Asking(explained, options.lang), Table(explained, options.lang)
        info, shown = self._info(catalogue, now), list(live.shown(options.max_results))
        return Answer(
            case_id=case.case_id,
            as_of=as_of,
            match_id=match_id(case.case_id, catalogue.version, as_of),
            engine_version=ENGINE_VERSION,
            catalogue_version=catalogue.version,
            catalogue=info,
            read_as=_read_as(judged.picture),
            propositions=[
                _proposition(row, place, asked, table=table, reach=reach, as_of=as_of, options=options)
                for place, row in shown
            ],
            ruled_out=_ruled_out(judged, explained, catalogue, options) if options.include_ruled_out else [],
            questions=_questions(
                [
                    (catalogue.trials[judged.near.places[place]].id, asked.of(place))
                    for place in live.asking(max(options.max_results, ASKING_LEAST))
                ],
                case,
                options.lang,
            ),
            examined=len(catalogue.trials),
            ruled_out_total=len(catalogue.trials) - len(live.standings),
            conflicts=[
                ConflictAnswer(fields=list(one.fields), values=list(one.values)) for one in judged.picture.conflicts
            ],
            warnings=_warnings(case, live.standings, [row.trial for _, row in shown], info, options.lang),
            counts=_counts(live.standings),
            archimaid_search_url=search_address(judged.picture),
        )

    def _info(self, catalogue: Catalogue, now: datetime | None) -> CatalogueInfo:
        synced = catalogue.synchronised_at
        hours = (now - synced).total_seconds() / 3600 if now and synced else 0.0
        return CatalogueInfo(
            source=catalogue.source,
            trials=len(catalogue.trials),
            synchronised_at=synced,
            stale=hours > self.stale_hours,
        )


def _in_order(judged: Judged, catalogue: Catalogue, reach: Reach, options: MatchOptions) -> "InOrder":
    standings = judged.outcome.standings()
    access = catalogue.prepared.access.of(
        judged.near.places[standings.places],
        judged.outcome.cohort_numbers(standings.places),
        origin=reach.origin,
        as_of=judged.picture.as_of,
        rule=reach.rule,
        radius_km=options.radius_km,
    )
    return InOrder(standings, access.tolist(), standings.order(access).tolist())


def _proposition(
    row: Ranked, place: int, asked: Asking, *, table: Table, reach: Reach, as_of: date, options: MatchOptions
) -> Proposition:
    explained = asked.explained
    cohort = explained.cohort(place)
    sites = site_answers(
        row.trial,
        cohort=cohort.id if cohort else None,
        origin=reach.origin,
        as_of=as_of,
        rule=reach.rule,
        radius_km=options.radius_km,
    )
    return proposition(
        row,
        table.of(place),
        cohort=cohort,
        facts=observed_facts(explained.met(place, TELLING), options.lang),
        missing=asked.of(place),
        sites=sites,
        lang=options.lang,
    )


def match_id(case_id: str, catalogue_version: str, as_of: date) -> str:
    """Leads back to the versions: the same call gives the same id, and nothing of the case can be read from it."""
    seed = json.dumps([case_id, catalogue_version, as_of.isoformat(), ENGINE_VERSION])
    return hashlib.sha256(seed.encode()).hexdigest()[:24]


def _read_as(picture: Picture) -> list[ReadAs]:
    return [
        ReadAs(
            field=one.field,
            text=one.text,
            concept="|".join(sorted(one.concepts)),
            label=one.label,
            how=one.how,
            confidence=one.confidence,
        )
        for one in picture.read_as
    ]


def _ruled_out(judged: Judged, explained: Explained, catalogue: Catalogue, options: MatchOptions) -> list[RuledOut]:
    """The trials of the case's own organ and of all solid tumours first, then the others, each by id."""
    shown = [explained.ruling_out(place) for place in judged.outcome.ruled_out()[: options.max_ruled_out].tolist()]
    trials = catalogue.prepared.by_id
    if len(shown) < options.max_ruled_out:
        near = judged.near.catalogue.places
        others = (trial for trial in catalogue.prepared.in_order if trial.id not in near)
        rest = islice(others, options.max_ruled_out - len(shown))
        shown += [judge_pair(trial, judged.picture) for trial in rest]
    return [ruled_out(trials[pair.trial_id], pair, options.lang) for pair in shown]


def _counts(live: Standings) -> Counts:
    main = ~live.if_tested
    to_check = live.verdicts == TO_CHECK
    return Counts(
        compatible=int((main & ~to_check).sum()),
        to_check=int((main & to_check).sum()),
        if_tested=int(live.if_tested.sum()),
    )


def _questions(rows: list[tuple[str, tuple[Missing, ...]]], case: Case, lang: str) -> list[QuestionAnswer]:
    return [
        QuestionAnswer(
            kind=one.kind,
            name=one.name,
            field=one.field,
            question=one.question,
            decides=list(one.decides),
            options=[OptionAnswer(label=option.label, set=list(option.patch)) for option in one.options],
        )
        for one in questions_of(rows, case, lang)
    ]


def _warnings(case: Case, live: Standings, shown: Iterable[Trial], info: CatalogueInfo, lang: str) -> list[Warning_]:
    english = lang == "en"
    found: list[tuple[str, str, str]] = []
    if info.stale:
        found.append(
            (
                "catalogue_stale",
                "Catalogue ancien : vérifier l'ouverture des essais.",
                "Old catalogue: check that trials are open.",
            )
        )
    if live.any_unread():
        found.append(
            (
                "criteria_unread",
                "Critères du texte non lus : à relire dans la fiche de l'essai.",
                "Some criteria of the text were not read.",
            )
        )
    if any(is_openness_disputed(trial) for trial in shown):
        found.append(
            (
                "sources_disagree",
                "Ouverture d'un essai contredite par une autre source : à vérifier auprès du centre.",
                "Another source contradicts that a trial is open: check with the site.",
            )
        )
    if case.patient.trial_wish == "refuses":
        found.append(("trial_refused", "Le patient ne souhaite pas d'essai.", "The patient does not wish a trial."))
    if case.planned_setting == "supportive_only":
        found.append(("supportive_only", "Soins de support exclusifs.", "Supportive care only."))
    return [Warning_(code=code, text=en if english else fr) for code, fr, en in found]
