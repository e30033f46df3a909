"""One case against the catalogue → one answer. Pure but for what it is given: no clock, no database."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from rules.case import Case
from rules.criteria import Kind
from rules.dossier import Dossier
from rules.explain import deciding_leaf, explain, kind_label
from rules.finding import CriterionFinding, Finding, PairFinding, PairVerdict, leaf_kind
from rules.infer.build import picture_of
from rules.pair import judge_pair, reason_kinds
from rules.picture import Picture
from rules.questions import missing_of, questions_of
from rules.rank import Ranked, names_organ, ranked
from rules.reading.form import read_form
from rules.trial import Trial
from rules.verdict import Verdict
from trialmatch import ENGINE_VERSION
from trialmatch.matching.answer import (
    Answer,
    CatalogueInfo,
    CohortRef,
    ConflictAnswer,
    CriterionAnswer,
    MissingAnswer,
    OptionAnswer,
    Proposition,
    QuestionAnswer,
    ReadAs,
    RuledOut,
    RuledOutReason,
    ScoreParts,
    SiteAnswer,
    Warning_,
)
from trialmatch.matching.options import MatchOptions
from trialmatch.matching.sites import FreshnessRule, access_of, origin_of, site_answers
from trialmatch.matching.why import tested, why
from trialmatch.places import Point

REVERSIBLE_KINDS = frozenset({Kind.WASHOUT, Kind.ECOG, Kind.LABS})
"""What time or care can lift (contract): a delay, performance status, a lab value."""

FIRST_TO_CONFIRM = ("pneumopathie", "interstiti", "auto-immun", "autoimmun", "cérébral", "snc", "leptomén")
"""What boards want to see first among what the investigator confirms (DESIGN.md)."""


@dataclass(frozen=True)
class Catalogue:
    """The trials that answer, with their version and age. A value: swapped whole, never changed."""

    trials: tuple[Trial, ...]
    version: str
    source: str = "archimaid"
    synchronised_at: datetime | None = None

    @cached_property
    def by_id(self) -> dict[str, Trial]:
        """The trials by id."""
        return {trial.id: trial for trial in self.trials}


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known after judging: the picture and every pair."""

    dossier: Dossier
    picture: Picture
    pairs: tuple[tuple[Trial, PairFinding], ...]


@dataclass(frozen=True)
class MatchService:
    """Judges cases. `stale_hours`: from what age a catalogue is called old."""

    freshness: FreshnessRule = field(default_factory=FreshnessRule)
    stale_hours: int = 48

    def judge(self, case: Case, catalogue: Catalogue, *, as_of: date) -> Judged:
        """Every trial of the catalogue judged, nothing cut."""
        dossier = read_form(case)
        picture = picture_of(dossier, as_of=as_of)
        return Judged(dossier, picture, tuple((trial, judge_pair(trial, picture)) for trial in catalogue.trials))

    def match(
        self, case: Case, catalogue: Catalogue, *, options: MatchOptions, today: date, now: datetime | None = None
    ) -> Answer:
        """The answer of the contract. `now` tells the age of the catalogue (None: a file, never stale)."""
        as_of = options.as_of or (date.fromisoformat(case.rcp.date) if case.rcp.date else today)
        judged = self.judge(case, catalogue, as_of=as_of)
        origin = origin_of(case.rcp.site_finess, case.patient.postal_code)
        rows, sites = self._ranked(judged, origin, options)
        out = [(trial, pair) for trial, pair in judged.pairs if pair.verdict is PairVerdict.RULED_OUT]
        info = self._info(catalogue, now)
        return Answer(
            case_id=case.case_id,
            as_of=as_of,
            match_id=match_id(case.case_id, catalogue.version, as_of),
            engine_version=ENGINE_VERSION,
            catalogue_version=catalogue.version,
            catalogue=info,
            read_as=_read_as(judged.picture),
            propositions=[proposition(row, sites[row.trial.id], options.lang) for row in rows[: options.max_results]],
            ruled_out=_ruled_out(out, judged.picture, options) if options.include_ruled_out else [],
            questions=[
                QuestionAnswer(
                    kind=one.kind,
                    name=one.name,
                    field=one.field,
                    question=one.question,
                    decides=list(one.decides),
                    options=[OptionAnswer(label=option.label, set=list(option.patch)) for option in one.options],
                )
                for one in questions_of(rows, case, options.lang)
            ],
            examined=len(judged.pairs),
            ruled_out_total=len(out),
            conflicts=[
                ConflictAnswer(fields=list(one.fields), values=list(one.values)) for one in judged.picture.conflicts
            ],
            warnings=_warnings(case, rows, info, options.lang),
        )

    def _ranked(
        self, judged: Judged, origin: Point | None, options: MatchOptions
    ) -> tuple[list[Ranked], dict[str, list[SiteAnswer]]]:
        sites: dict[str, list[SiteAnswer]] = {}
        live = []
        for trial, pair in judged.pairs:
            if pair.verdict is PairVerdict.RULED_OUT:
                continue
            cohort = pair.best.cohort.id if pair.best.cohort else None
            sites[trial.id] = site_answers(
                trial,
                cohort=cohort,
                origin=origin,
                as_of=judged.picture.as_of,
                rule=self.freshness,
                radius_km=options.radius_km,
            )
            live.append((trial, pair, access_of(sites[trial.id], known=bool(trial.sites))))
        return ranked(live, judged.picture), sites

    def _info(self, catalogue: Catalogue, now: datetime | None) -> CatalogueInfo:
        synced = catalogue.synchronised_at
        hours = (now - synced).total_seconds() / 3600 if now and synced else 0.0
        return CatalogueInfo(
            source=catalogue.source,
            trials=len(catalogue.trials),
            synchronised_at=synced,
            stale=hours > self.stale_hours,
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


def proposition(row: Ranked, sites: list[SiteAnswer], lang: str) -> Proposition:
    """One live pair as it is shown."""
    trial, pair = row.trial, row.pair
    cohort = pair.best.cohort
    nct = trial.identifiers.nct
    return Proposition(
        trial_id=trial.id,
        nct=nct,
        acronym=trial.acronym,
        title=trial.title,
        phase=trial.phase,
        sponsor=trial.sponsor,
        url=trial.url,
        verdict="compatible" if pair.verdict is PairVerdict.COMPATIBLE else "to_check",
        group="if_tested" if row.if_tested else "main",
        tested=tested(trial),
        why=why(pair, lang),
        score=row.score.total,
        score_parts=ScoreParts(
            fit=row.score.fit,
            specificity=row.score.specificity,
            access=row.score.access,
            certainty=row.score.certainty,
        ),
        cohort=CohortRef(id=cohort.id, label=cohort.label) if cohort else None,
        criteria=[criterion_answer(finding, lang) for finding in pair.best.findings],
        missing=[
            MissingAnswer(kind=one.kind, name=one.name, field=one.field, question=one.question)
            for one in missing_of(row, lang)
        ]
        + _no_text(trial, lang),
        to_confirm=to_confirm(pair, lang),
        sites=sites,
        registry_url=f"https://clinicaltrials.gov/study/{nct}" if nct else None,
        updated_at=trial.updated_at,
        unread=trial.sentences - trial.sentences_read,
    )


def _no_text(trial: Trial, lang: str) -> list[MissingAnswer]:
    if trial.has_text:
        return []
    words = (
        "The catalogue holds no full criteria text for this trial: ask the site."
        if lang == "en"
        else "Le catalogue n'a pas le texte complet des critères de cet essai : à demander au centre."
    )
    return [MissingAnswer(kind=Kind.OTHER, name=None, field="", question=words)]


def criterion_answer(finding: CriterionFinding, lang: str) -> CriterionAnswer:
    """One criterion of the table."""
    leaf = deciding_leaf(finding)
    criterion = finding.criterion
    return CriterionAnswer(
        id=criterion.id,
        kind=criterion.kind,
        key=criterion.key,
        polarity=criterion.polarity,
        text=criterion.text,
        verdict=_WORDS[finding.verdict],
        reason=leaf.reason,
        field=leaf.field,
        observed=leaf.observed,
        explanation=explain(finding, lang),
        origin=criterion.origin,
    )


_WORDS: dict[Verdict, Literal["met", "not_met", "unknown"]] = {
    Verdict.MET: "met",
    Verdict.NOT_MET: "not_met",
    Verdict.UNKNOWN: "unknown",
}


def to_confirm(pair: PairFinding, lang: str) -> list[str]:
    """What the investigator confirms at screening: unknown and not key; what boards look for first comes first."""
    lines = [
        _confirm_line(finding, lang)
        for finding in pair.best.findings
        if finding.verdict is Verdict.UNKNOWN and not finding.criterion.key and finding.criterion.text
    ]
    unique = list(dict.fromkeys(lines))
    return sorted(unique, key=lambda line: not any(word in line.lower() for word in FIRST_TO_CONFIRM))


def _confirm_line(finding: CriterionFinding, lang: str) -> str:
    leaf = deciding_leaf(finding)
    if leaf.until is not None:
        return f"{finding.criterion.text} ({explain(finding, lang).rstrip('.')})"
    if leaf.observed:
        return f"{finding.criterion.text} ({leaf.observed})"
    return finding.criterion.text


def _ruled_out(out: list[tuple[Trial, PairFinding]], picture: Picture, options: MatchOptions) -> list[RuledOut]:
    ordered = sorted(out, key=lambda row: (not names_organ(row[0], picture), row[0].id))
    return [ruled_out(trial, pair, options.lang) for trial, pair in ordered[: options.max_ruled_out]]


def ruled_out(trial: Trial, pair: PairFinding, lang: str) -> RuledOut:
    """One trial that does not fit, with every broken kind."""
    kinds = reason_kinds(pair)
    reasons = _status_answers(trial, pair, lang) if Kind.STATUS in kinds else []
    for finding in pair.best.findings:
        if finding.verdict is Verdict.NOT_MET:
            reasons += _reason_answers(finding, pair, lang)
    single = len(kinds) == 1
    return RuledOut(
        trial_id=trial.id,
        acronym=trial.acronym,
        title=trial.title,
        near_miss=single,
        reversible=single and kinds[0] in REVERSIBLE_KINDS,
        reasons=_each_kind_once(reasons),
    )


def _each_kind_once(reasons: list[RuledOutReason]) -> list[RuledOutReason]:
    seen: dict[tuple[str, str], RuledOutReason] = {}
    for reason in reasons:
        seen.setdefault((reason.kind, reason.id), reason)
    return list(seen.values())


def _reason_answers(finding: CriterionFinding, pair: PairFinding, lang: str) -> list[RuledOutReason]:
    by_kind: dict[Kind, Finding] = {}
    for leaf in finding.deciding(Verdict.NOT_MET) or (finding.finding,):
        by_kind.setdefault(leaf_kind(leaf), leaf)
    own_cohort = pair.best.cohort is not None and finding.criterion in pair.best.cohort.criteria
    return [
        RuledOutReason(
            id=finding.criterion.id,
            kind=kind if leaf.parts == () else finding.criterion.kind,
            text=finding.criterion.text,
            explanation=explain(finding, lang),
            field=leaf.field,
            observed=leaf.observed,
            origin=finding.criterion.origin,
            cohort=pair.best.cohort.id if own_cohort and pair.best.cohort else None,
            until=leaf.until,
        )
        for kind, leaf in by_kind.items()
    ]


_STATUS_WORDS = {
    "trial_planned": ("Essai pas encore ouvert.", "Trial not open yet."),
    "trial_suspended": ("Inclusions suspendues.", "Recruitment suspended."),
    "trial_closed": ("Inclusions closes.", "Recruitment closed."),
    "trial_completed": ("Essai terminé.", "Trial completed."),
    "trial_withdrawn": ("Essai retiré du catalogue.", "Trial withdrawn from the catalogue."),
    "no_open_site": ("Aucun centre ouvert dans la région.", "No open site in the region."),
    "no_open_cohort": ("Aucune cohorte ouverte.", "No open cohort."),
    "cohort_closed": ("La seule cohorte qui conviendrait est fermée.", "The only cohort that would fit is closed."),
}


def _status_answers(trial: Trial, pair: PairFinding, lang: str) -> list[RuledOutReason]:
    return [
        RuledOutReason(
            id="status",
            kind=Kind.STATUS,
            text=kind_label(Kind.STATUS, lang),
            explanation=_STATUS_WORDS[code][lang == "en"],
            field=None,
            observed=trial.status.value,
            origin="declared",
            cohort=None,
            until=None,
        )
        for code in pair.status_reasons or ("cohort_closed",)
    ]


def _warnings(case: Case, rows: list[Ranked], info: CatalogueInfo, lang: str) -> list[Warning_]:
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
    if any(row.trial.sentences > row.trial.sentences_read for row in rows):
        found.append(
            (
                "criteria_unread",
                "Critères du texte non lus : à relire dans la fiche de l'essai.",
                "Some criteria of the text were not read.",
            )
        )
    if case.patient.trial_wish == "refuses":
        found.append(("trial_refused", "Le patient ne souhaite pas d'essai.", "The patient does not wish a trial."))
    if case.planned_setting == "supportive_only":
        found.append(("supportive_only", "Soins de support exclusifs.", "Supportive care only."))
    return [Warning_(code=code, text=en if english else fr) for code, fr, en in found]
