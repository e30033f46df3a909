"""A page of a FHIR search: its studies, what came with them, its links, and what the server says went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from connectors.eclaire.fhir import codes
from connectors.errors import SourceRejected, SourceUnavailable
from connectors.told import Told, Unreadable

TOTAL_MAX = 10_000
"""The base counts no further: a total of 10 000 is 10 000 or more."""

_FAILED = frozenset(("fatal", "error"))


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of a searchset. `studies` are what was searched for, `included` the rest, by `Type/id`."""

    studies: tuple[object, ...]
    included: Mapping[str, object]
    total: int | None
    next_url: str | None
    offset_in_links: bool


def read_page(payload: object) -> SearchPage:
    """A searchset as it was answered.

    Raises SourceUnavailable when the server tells an error instead of, or among, its results: the page is then not
    whole. Raises SourceRejected when it is no searchset.
    """
    bundle = Told(payload, "$")
    try:
        if bundle["resourceType"].value == "OperationOutcome":
            raise SourceUnavailable(f"the base answered an error: {_outcome(bundle)}")
        if bundle["resourceType"].value != "Bundle" or bundle["type"].code() not in {"searchset", None}:
            raise SourceRejected("the answer is no page of a FHIR search: $.resourceType: a searchset is expected")
        return _page(bundle)
    except Unreadable as error:
        raise SourceRejected(f"the answer is no page of a FHIR search: {error.path}: {error.reason}") from None


def _page(bundle: Told) -> SearchPage:
    studies: list[object] = []
    included: dict[str, object] = {}
    for entry in bundle["entry"].each():
        kind, resource = _resource(entry)
        if kind == "OperationOutcome":
            _refuse_errors(resource)
        elif kind is None or (kind == "ResearchStudy" and entry["search"]["mode"].value != "include"):
            studies.append(resource.value)
        else:
            included[f"{kind}/{resource['id'].value}"] = resource.value
    urls = {link["relation"].code(): link["url"].code() for link in bundle["link"].each()}
    return SearchPage(
        studies=tuple(studies),
        included=included,
        total=_total(bundle["total"]),
        next_url=urls.get("next"),
        offset_in_links=any("_getpagesoffset" in (url or "") for url in urls.values()),
    )


def _resource(entry: Told) -> tuple[str | None, Told]:
    """What an entry holds and of which type; None where that cannot be read: the record is then malformed."""
    try:
        resource = entry["resource"]
    except Unreadable:
        return None, entry
    kind = resource.value.get("resourceType") if isinstance(resource.value, Mapping) else None
    return (kind if isinstance(kind, str) else None), resource


def _refuse_errors(outcome: Told) -> None:
    severities = {issue["severity"].code() for issue in outcome["issue"].each()}
    if severities & _FAILED:
        raise SourceUnavailable(f"the base answered results with an error among them: {_outcome(outcome)}")


def _outcome(outcome: Told) -> str:
    """The codes of what went wrong; the words of a server are not repeated."""
    said = [code for issue in outcome["issue"].each() if (code := issue["code"].code())]
    said += [code for issue in outcome["issue"].each() for code in codes(issue["details"])]
    return ", ".join(code[:40] for code in said[:3]) or "without a code"


def _total(told: Told) -> int | None:
    if told.value is None:
        return None
    if isinstance(told.value, bool) or not isinstance(told.value, int) or told.value < 0:
        raise Unreadable(told.path, "a whole number is expected")
    return told.value


def next_address(here: httpx.URL, page: SearchPage, *, read: int, by_offset: bool) -> httpx.URL | None:
    """Where the listing goes on after `read` studies; None at its end.

    The base computes the offset of its `next` link from its default page size, whatever `_count` asks, and leaves the
    link out too early (DNUM-SocialGouv/eclaire, `EsResearchStudyRepository.buildSearchLinks`, read 2026-11-25): where
    its links carry an offset, it is set to what has been read. Any other link is followed as it is.
    Raises SourceRejected for a link that leads to another server.
    """
    short = page.total is not None and read < page.total and by_offset and bool(page.studies)
    if page.next_url is None:
        return here.copy_set_param("_getpagesoffset", str(read)) if short else None
    try:
        there = here.join(page.next_url)
    except httpx.InvalidURL:
        raise SourceRejected("the link to the next page cannot be read as an address") from None
    if (there.scheme, there.host, there.port) != (here.scheme, here.host, here.port) or there.userinfo:
        raise SourceRejected(
            f"the link to the next page leads to another server, {there.scheme}://{there.netloc.decode('ascii')}: "
            "if it is the right one, set it as the address of the source"
        )
    return there.copy_set_param("_getpagesoffset", str(read)) if "_getpagesoffset" in there.params else there
