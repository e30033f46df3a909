"""`GET /v1/trials`: the catalogue that answers, and each trial as it was understood."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query

from rules.criteria import OrganIs, leaves
from rules.organs import ORGANS
from rules.text import fold
from rules.trial import Trial, TrialStatus
from rules.verdict import Verdict
from trialmatch.catalogue.age import AgeRule, Dated
from trialmatch.catalogue.merging.model import Origin
from trialmatch.catalogue.snapshot import Snapshot
from trialmatch.catalogue.trial_view import TrialPage, TrialRow, TrialView
from trialmatch.http.fields import FieldError
from trialmatch.http.problems import ProblemError, problem_answers

Words = Annotated[str | None, Query(max_length=200, description="Words of the id, acronym, title or NCT number.")]
Organ = Annotated[str | None, Query(max_length=64, description="An organ of the vocabulary.", examples=["lung"])]
Status = Annotated[TrialStatus | None, Query(description="Status of the trial.")]
Limit = Annotated[int, Query(ge=1, le=500, description="Rows a page.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Rows to pass over.")]


class DatedPage(Dated, TrialPage):
    """A page of the catalogue, with its age."""


class DatedTrial(Dated, TrialView):
    """One trial, whole, with the age of the catalogue."""


def catalogue_router(
    *,
    current: Callable[[], Snapshot],
    origin: Callable[[Snapshot, str], Origin | None],
    age: AgeRule,
    unreadable: Callable[[str], object | None] = lambda _: None,
) -> APIRouter:
    """The routes; `current` gives the catalogue that answers, or raises the 503 of a service without one.

    `age` tells how old it is, `origin` where one of its trials comes from, `unreadable` why a trial answers by its
    last good version only, None where its record is read well.
    """
    router = APIRouter(prefix="/v1", tags=["trials"])

    @router.get(
        "/trials",
        summary="Essais du catalogue · Trials of the catalogue",
        responses=problem_answers(422, 500, 503),
    )
    def list_trials(
        q: Words = None, organ: Organ = None, status: Status = None, limit: Limit = 50, offset: Offset = 0
    ) -> DatedPage:
        _refuse_unknown(organ)
        catalogue = current()
        found = [trial for trial in catalogue.trials if _passes(trial, q, organ, status)]
        rows = [TrialRow.of(trial) for trial in found[offset : offset + limit]]
        version = catalogue.version
        page = TrialPage(total=len(found), limit=limit, offset=offset, catalogue_version=version, trials=rows)
        return DatedPage.at(age.of(catalogue), page)

    @router.get(
        "/trials/{trial_id}",
        summary="Un essai, ses critères tels que compris · A trial, its criteria as understood",
        responses=problem_answers(404, 422, 500, 503),
    )
    def show_trial(trial_id: str) -> DatedTrial:
        catalogue = current()
        trial = catalogue.prepared.by_id.get(trial_id)
        if trial is None:
            raise ProblemError(404, "No trial of the catalogue has this id: GET /v1/trials lists them.")
        shown = TrialView.of(trial, origin=origin(catalogue, trial_id), unreadable=unreadable(trial_id))
        return DatedTrial.at(age.of(catalogue), shown)

    return router


def _refuse_unknown(organ: str | None) -> None:
    if organ is not None and organ not in ORGANS:
        message = "an organ of the vocabulary is expected, as `lung`"
        wrong = FieldError(field="organ", code="unknown_organ", message=message)
        raise ProblemError(422, "1 field is not as the contract asks.", errors=[wrong])


def _passes(trial: Trial, words: str | None, organ: str | None, status: TrialStatus | None) -> bool:
    return (
        (status is None or trial.status is status)
        and (words is None or _names(trial, words))
        and (organ is None or _takes(trial, organ))
    )


def _names(trial: Trial, words: str) -> bool:
    named = fold(" ".join(part for part in (trial.id, trial.acronym, trial.title, trial.identifiers.nct) if part))
    return all(word in named for word in fold(words).split())


def _takes(trial: Trial, organ: str) -> bool:
    """Whether the trial may take a tumour of this organ: none of its own organ criteria leaves it out."""
    solid = ORGANS.covers("solid_site", organ)
    own = [leaf for criterion in trial.criteria for leaf in leaves(criterion.test) if isinstance(leaf, OrganIs)]
    return all((leaf.all_solid and solid) or ORGANS.compare(organ, leaf.organs) is not Verdict.NOT_MET for leaf in own)
