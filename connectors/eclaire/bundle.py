"""A page of a FHIR search: its studies, what came with them, its links, and what the server says went wrong."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

import httpx

from connectors.eclaire.fhir import codes
from connectors.errors import SourceRejected, SourceUnavailable
from connectors.told import Told, Unreadable

TOTAL_MAX = 10_000
"""The base counts no further: a total of 10 000 is 10 000 or more."""

_FAILED = frozenset(("fatal", "error"))


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of a searchset. `studies` are what was searched for, `included` the rest, by `Type/id`; `by_offset`:
    its links go on by offsets, as those of the base do."""

    studies: tuple[object, ...]
    included: Mapping[str, object]
    total: int | None
    next_url: str | None
    by_offset: bool


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
        by_offset=any(name in (url or "") for url in urls.values() for name in _OFFSETS),
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


def next_address(here: httpx.URL, page: SearchPage, *, read: int, size: int, by_offset: bool) -> httpx.URL | None:
    """Where the listing goes on after `read` studies, `size` of them at most; None at its end, or where it cannot.

    The base computes the offset of its `next` link from its default page size, whatever `_count` asks, and leaves the
    link out too early; from 10 000 on it links by `search_after`, which it then refuses (DNUM-SocialGouv/eclaire,
    `EsResearchStudyRepository` and `ElasticsearchBodyBuilder`, read 2026-11-25). Where its links are of these two
    kinds, the offset is what has been read. Any other link is followed as it is.
    Raises SourceRejected for a link that leads to another server.
    """
    there = None if page.next_url is None else _linked(here, page.next_url)
    if there is not None and not _OFFSETS & set(there.params):
        return there
    if not (by_offset and page.studies and read < (page.total or 0)):
        return None
    return here.copy_merge_params({"_getpagesoffset": str(read), "_count": str(min(size, TOTAL_MAX - read))})


_OFFSETS = frozenset(("_getpagesoffset", "search_after"))


def _linked(here: httpx.URL, url: str) -> httpx.URL:
    try:
        there = here.join(url)
    except (httpx.InvalidURL, UnicodeError):
        raise SourceRejected("the link to the next page cannot be read as an address") from None
    if (there.scheme, there.host, there.port) != (here.scheme, here.host, here.port) or there.userinfo:
        raise SourceRejected(
            f"the link to the next page leads to another server, {there.scheme}://{there.netloc.decode('ascii')}: "
            "if it is the right one, set it as the address of the source"
        )
    return there


def last_instant(page: SearchPage) -> str | None:
    """When the last study of a page that says so was updated, as the base writes it; those that do not come last."""
    for study in reversed(page.studies):
        with suppress(Unreadable):
            if (instant := Told(study, "$")["meta"]["lastUpdated"].code()) is not None:
                return instant
    return None


def without_repeated(pages: Iterable[SearchPage], met: Iterable[SearchPage]) -> list[SearchPage]:
    """Pages without the studies that were met before just as they are."""
    known = {json.dumps(study, sort_keys=True) for page in met for study in page.studies}
    return [
        replace(page, studies=tuple(one for one in page.studies if json.dumps(one, sort_keys=True) not in known))
        for page in pages
    ]
