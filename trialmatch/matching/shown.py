"""How one trial is shown: as a proposition, or as ruled out with its reasons."""

from collections.abc import Mapping, Sequence

from rules.criteria import Kind
from rules.explain import explain, kind_label
from rules.finding import CriterionFinding, Finding, PairFinding, PairVerdict, leaf_kind
from rules.questions import Missing
from rules.standing import Ranked
from rules.trial import Cohort, Trial
from rules.verdict import Verdict
from trialmatch.matching.answer import (
    CohortRef,
    MissingAnswer,
    Proposition,
    RuledOut,
    RuledOutReason,
    ScoreParts,
    SiteAnswer,
)
from trialmatch.matching.doubts import disagreement_answers
from trialmatch.matching.rows import Shown
from trialmatch.matching.why import tested

REVERSIBLE_KINDS = frozenset({Kind.WASHOUT, Kind.ECOG, Kind.LABS})
"""What time or care can lift (contract): a delay, performance status, a lab value."""


def proposition(
    row: Ranked,
    shown: Shown,
    *,
    cohort: Cohort | None,
    facts: Mapping[str, bool],
    missing: Sequence[Missing],
    sites: list[SiteAnswer],
    lang: str,
) -> Proposition:
    """One live pair as it is shown. `cohort`: the one that speaks; `facts`: those that make it fit
    (`trialmatch.matching.why`); `missing`: what it still asks."""
    trial = row.trial
    nct = trial.identifiers.nct
    return Proposition(
        trial_id=trial.id,
        nct=nct,
        acronym=trial.acronym,
        title=trial.title,
        phase=trial.phase,
        sponsor=trial.sponsor,
        url=trial.url,
        verdict="compatible" if row.standing.verdict is PairVerdict.COMPATIBLE else "to_check",
        group="if_tested" if row.standing.if_tested else "main",
        tested=tested(trial),
        why=list(facts),
        why_read=[words for words, stated in facts.items() if not stated],
        score=row.score.total,
        score_parts=ScoreParts(
            fit=row.score.fit,
            specificity=row.score.specificity,
            access=row.score.access,
            certainty=row.score.certainty,
        ),
        cohort=CohortRef(id=cohort.id, label=cohort.label) if cohort else None,
        criteria=shown.rows,
        missing=[MissingAnswer(kind=one.kind, name=one.name, field=one.field, question=one.question) for one in missing]
        + _no_text(trial, lang),
        to_confirm=shown.to_confirm,
        sites=sites,
        registry_url=f"https://clinicaltrials.gov/study/{nct}" if nct else None,
        updated_at=trial.updated_at,
        unread=trial.sentences - trial.sentences_read,
        disagreements=disagreement_answers(trial, lang),
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


def ruled_out(trial: Trial, pair: PairFinding, lang: str) -> RuledOut:
    """One trial that does not fit, with every broken kind."""
    broken = [(one, _by_kind(one)) for one in pair.best.findings if one.verdict is Verdict.NOT_MET]
    closed = pair.closed_fits and pair.verdict is PairVerdict.RULED_OUT
    kinds = {kind for _, leaves in broken for kind in leaves}
    kinds |= {Kind.STATUS} if pair.status_reasons or closed else set()
    cohort = pair.best.cohort
    of_cohort = {id(criterion) for criterion in cohort.criteria} if cohort else ()
    reasons = _status_answers(trial, pair, lang) if Kind.STATUS in kinds else []
    for finding, leaves in broken:
        own_cohort = cohort.id if cohort and id(finding.criterion) in of_cohort else None
        reasons += _reason_answers(finding, leaves, own_cohort, lang)
    return RuledOut(
        trial_id=trial.id,
        nct=trial.identifiers.nct,
        acronym=trial.acronym,
        title=trial.title,
        near_miss=len(kinds) == 1,
        reversible=len(kinds) == 1 and kinds <= REVERSIBLE_KINDS,
        reasons=_each_kind_once(reasons),
    )


def _by_kind(finding: CriterionFinding) -> dict[Kind, Finding]:
    """Of each kind that breaks a criterion (`CriterionFinding.kinds`) the first leaf."""
    first: dict[Kind, Finding] = {}
    for leaf in finding.leaves:
        first.setdefault(leaf_kind(leaf), leaf)
    return first or {finding.criterion.kind: finding.finding}


def _each_kind_once(reasons: list[RuledOutReason]) -> list[RuledOutReason]:
    seen: dict[tuple[str, str], RuledOutReason] = {}
    for reason in reasons:
        seen.setdefault((reason["kind"], reason["id"]), reason)
    return list(seen.values())


def _reason_answers(
    finding: CriterionFinding, leaves: dict[Kind, Finding], cohort: str | None, lang: str
) -> list[RuledOutReason]:
    criterion, explanation = finding.criterion, explain(finding, lang)
    return [
        RuledOutReason(
            id=criterion.id,
            kind=kind,
            text=criterion.text,
            explanation=explanation,
            field=leaf.field,
            observed=leaf.observed,
            origin=criterion.origin,
            cohort=cohort,
            until=leaf.until,
        )
        for kind, leaf in leaves.items()
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
