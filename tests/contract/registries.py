"""Real servers that answer as the two registries do: recorded, dated answers, and studies made for the tests.

What they do was read in the registries' documentation and, for ECLAIRE, in its server (DNUM-SocialGouv/eclaire).
"""

import gzip
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.responses import JSONResponse, PlainTextResponse

from connectors.archimaid_server.faults import FaultMiddleware, Faults

Study = dict[str, Any]
RECORDED = Path(__file__).parent / "recorded"


def recorded(name: str) -> list[Study]:
    """The recorded studies of a registry; their source and date stand in the file."""
    with gzip.open(RECORDED / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        return list(json.load(file)["studies"])


# ---------------------------------------------------------------- ClinicalTrials.gov

CTGOV_STATUS = {
    "a_venir": "NOT_YET_RECRUITING",
    "ouverte": "RECRUITING",
    "suspendue": "SUSPENDED",
    "close": "ACTIVE_NOT_RECRUITING",
    "terminee": "COMPLETED",
    "retiree": "WITHDRAWN",
}


def ctgov_study(study_id: str, status: str = "RECRUITING", updated: str = "2026-11-01", **changes: Any) -> Study:
    """A study with what the registry always says; `changes` replace whole modules."""
    return {
        "protocolSection": {
            "identificationModule": {"nctId": study_id, "briefTitle": f"Invented study {study_id}"},
            "statusModule": {"overallStatus": status, "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"}},
            "conditionsModule": {"conditions": ["Breast Cancer"]},
            "contactsLocationsModule": {"locations": [{"facility": "Invented", "city": "Lille", "country": "France"}]},
            **changes,
        }
    }


def as_ctgov(etude: Any) -> Any:
    """A study of the tests' feed as the registry would tell it; what is no study stays as it is."""
    if not isinstance(etude, Mapping):
        return etude
    updated = datetime.fromisoformat(etude["maj_le"]).astimezone(UTC).date().isoformat()
    head = {"nctId": etude["id"], "briefTitle": etude["titre"]}
    return ctgov_study(
        etude["id"], CTGOV_STATUS.get(etude["statut"], etude["statut"]), updated, identificationModule=head
    )


@dataclass
class CtgovServer:
    """API v2: `/version`, and `/studies` by query, chained by page tokens that are of one query only."""

    studies: list[Any] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    knows_version: bool = True
    loops: bool = False

    @property
    def published(self) -> str:
        """When the data was published: another day for other data."""
        told = json.dumps(self.studies, sort_keys=True, default=str).encode()
        ago = int.from_bytes(sha256(told).digest()[:3])
        return (datetime(2026, 11, 20) - timedelta(seconds=ago)).isoformat()  # noqa: DTZ001 - as the registry writes

    def app(self) -> FastAPI:
        app = FastAPI()
        app.add_middleware(FaultMiddleware, faults=self.faults)
        app.get("/api/v2/version")(self._version)
        app.get("/api/v2/studies")(self._studies)
        return app

    def _version(self) -> Response:
        if not self.knows_version:
            return PlainTextResponse("not found", status_code=404)
        return JSONResponse({"apiVersion": "2.0.5", "dataTimestamp": self.published})

    def _studies(self, request: Request) -> Response:
        asked = dict(request.query_params)
        token, size = asked.pop("pageToken", None), int(asked.get("pageSize", "10"))
        counted = asked.pop("countTotal", "false") == "true"
        mark = sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]
        start = 0
        if token is not None:
            offset, _, of = urlsafe_b64decode(token).decode().partition(":")
            if of != mark:
                return PlainTextResponse("pageToken is not valid", status_code=400)
            start = int(offset)
        found = [study for study in self.studies if _is_found(study, asked)]
        page: dict[str, Any] = {"studies": found[start : start + size]}
        if counted:
            page["totalCount"] = len(found)
        if self.loops and token is not None:
            page["nextPageToken"] = token
        elif start + size < len(found):
            page["nextPageToken"] = urlsafe_b64encode(f"{start + size}:{mark}".encode()).decode()
        return JSONResponse(page)


def _is_found(study: Any, asked: Mapping[str, str]) -> bool:
    protocol = study.get("protocolSection") if isinstance(study, dict) else None
    if not isinstance(protocol, dict):
        return True
    status = protocol.get("statusModule", {})
    wanted = asked.get("filter.overallStatus", "").split("|")
    known = {*CTGOV_STATUS.values(), "TERMINATED", "UNKNOWN"} - set(wanted)
    if wanted != [""] and status.get("overallStatus") in known:
        return False
    if asked.get("query.locn") == "France" and "France" not in json.dumps(protocol.get("contactsLocationsModule", {})):
        return False
    if "query.cond" in asked:
        said = json.dumps(protocol.get("conditionsModule", {})).lower()
        if not any(word.strip().lower() in said for word in asked["query.cond"].split(" OR ")):
            return False
    advanced = asked.get("filter.advanced", "")
    since = max((part[:10] for part in advanced.split("RANGE[")[1:]), default="")
    return not since or status.get("lastUpdatePostDateStruct", {}).get("date", "9999") >= since


# ---------------------------------------------------------------- ECLAIRE

IG = "https://interop.esante.gouv.fr/ig/fhir/eclaire/StructureDefinition"
FHIR_STATUS = {
    "a_venir": "approved",
    "ouverte": "active",
    "suspendue": "temporarily-closed-to-accrual",
    "close": "closed-to-accrual",
    "terminee": "completed",
    "retiree": "withdrawn",
}


def eclaire_study(
    study_id: str, status: str = "active", updated: str = "2026-11-01T08:00:00Z", **changes: Any
) -> Study:
    """A study as the base tells it, of tumours, and nothing else stated."""
    return {
        "resourceType": "ResearchStudy",
        "id": study_id,
        "meta": {"lastUpdated": updated},
        "title": f"Étude inventée {study_id}",
        "status": status,
        "extension": [{"url": f"{IG}/eclaire-therapeutic-area", "valueString": "Maladies [C] - Tumeurs [C04]"}],
        **changes,
    }


def as_eclaire(etude: Any) -> Any:
    """A study of the tests' feed as the base would tell it; what is no study stays as it is."""
    if not isinstance(etude, Mapping):
        return etude
    status = FHIR_STATUS.get(etude["statut"], etude["statut"])
    return eclaire_study(etude["id"], status, etude["maj_le"], title=etude["titre"])


SERVED_MAX = 10_000


@dataclass
class EclaireServer:
    """ResearchStudy by `_lastUpdated`, in pages; `as_it_is`: with links that go wrong as those of the base do."""

    studies: list[Any] = field(default_factory=list)
    others: Sequence[Study] = ()
    faults: Faults = field(default_factory=Faults)
    as_it_is: bool = False
    default_size: int = 20
    told_total: int | None = None
    offset_name: str = "_getpagesoffset"

    def app(self) -> FastAPI:
        app = FastAPI()
        app.add_middleware(FaultMiddleware, faults=self.faults)
        app.get("/R4/ResearchStudy")(self._search)
        return app

    def _search(self, request: Request) -> Response:
        asked = request.query_params
        size, offset = int(asked.get("_count", "20")), int(asked.get(self.offset_name, "0"))
        found = [study for study in self.studies if _is_recent(study, asked.get("_lastUpdated"))]
        total = len(found) if self.told_total is None else self.told_total
        links = [{"relation": "self", "url": str(request.url)}]
        if self.as_it_is:
            total = min(total, SERVED_MAX)
            if offset + size > SERVED_MAX or "search_after" in asked:
                return JSONResponse({"resourceType": "OperationOutcome"}, status_code=400)
            links += _links_of_the_base(request, total, offset, self.default_size)
        elif offset + size < len(found):
            there = request.url.include_query_params(**{self.offset_name: offset + size})
            links.append({"relation": "next", "url": str(there)})
        resources = [*found[offset : offset + size], *(self.others if "*" in asked.getlist("_include") else ())]
        bundle = {
            "resourceType": "Bundle",
            "type": "searchset",
            "total": total,
            "link": links,
            "entry": [{"fullUrl": "http://base.example/x", "resource": resource} for resource in resources],
        }
        body = json.dumps(bundle, ensure_ascii=False).encode()
        etag = f'W/"{sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"etag": etag})
        return Response(body, media_type="application/fhir+json", headers={"etag": etag})


def _links_of_the_base(request: Request, total: int, offset: int, step: int) -> list[dict[str, str]]:
    if total == SERVED_MAX:
        return [{"relation": "next", "url": str(request.url.include_query_params(search_after="1,A"))}]
    if total > offset * step and total > step:
        return [{"relation": "next", "url": str(request.url.include_query_params(_getpagesoffset=offset + step))}]
    return []


def _is_recent(study: Any, asked: str | None) -> bool:
    if asked is None or not isinstance(study, dict):
        return True
    updated = study.get("meta", {}).get("lastUpdated", "9999-01-01T00:00:00Z")
    return datetime.fromisoformat(updated) >= datetime.fromisoformat(asked.removeprefix("ge"))
