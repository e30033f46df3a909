"""Whether the process is alive, and whether it can answer."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from trialmatch import ENGINE_VERSION
from trialmatch.matching.service import Catalogue


class Health(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"
    engine_version: str = ENGINE_VERSION


class Readiness(BaseModel):
    """Whether there is a catalogue to answer from, and how old it is."""

    model_config = ConfigDict(frozen=True)

    ready: bool
    detail: str = Field(examples=["312 trials, synchronised 2.0 hours ago."])
    trials: int = 0
    catalogue_version: str | None = None
    synchronised_at: datetime | None = None
    age_hours: float | None = Field(default=None, description="Hours since the last synchronisation that succeeded.")
    stale: bool = False
    database: bool = Field(default=True, description="Whether the database answers: it renews the catalogue.")


NO_DATABASE = "The database does not answer"


def readiness(catalogue: Catalogue | None, *, now: datetime, stale_hours: float, database: bool = True) -> Readiness:
    """An old catalogue still answers, also while the database does not, and says so; an empty one does not."""
    if catalogue is None or not catalogue.trials:
        detail = "No catalogue yet: synchronise with the source (POST /v1/sync)."
        return Readiness(ready=False, detail=detail if database else f"No catalogue. {NO_DATABASE}.", database=database)
    synced = catalogue.synchronised_at
    age = round((now - synced).total_seconds() / 3600, 2) if synced else None
    told = f"synchronised {age:.1f} hours ago" if age is not None else "of unknown age"
    without = "" if database else f" {NO_DATABASE}: the catalogue in memory does."
    return Readiness(
        ready=True,
        detail=f"{len(catalogue.trials)} trials, {told}.{without}",
        trials=len(catalogue.trials),
        catalogue_version=catalogue.version,
        synchronised_at=synced,
        age_hours=age,
        stale=age is not None and age > stale_hours,
        database=database,
    )


def health_router(
    *,
    catalogue: Callable[[], Catalogue | None],
    database: Callable[[], bool],
    now: Callable[[], datetime],
    stale_hours: float,
) -> APIRouter:
    """`/healthz` and `/readyz`, for whoever watches the service; `database` tells whether that one answers."""
    router = APIRouter(tags=["health"])
    no_store = {"Cache-Control": "no-store"}

    @router.get("/healthz", summary="Le service tourne · The process is alive")
    def healthz(response: Response) -> Health:
        response.headers.update(no_store)
        return Health()

    @router.get(
        "/readyz",
        summary="Le service peut répondre · The service can answer",
        responses={503: {"model": Readiness, "description": "No catalogue to answer from."}},
    )
    def readyz(response: Response) -> Readiness:
        response.headers.update(no_store)
        found = readiness(catalogue(), now=now(), stale_hours=stale_hours, database=database())
        response.status_code = 200 if found.ready else 503
        return found

    return router
