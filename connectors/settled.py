"""A listing whose pages were read one after the other: what was met twice, and what stands for the whole of it."""

from dataclasses import dataclass

from connectors.archimaid.records import refuse_clashes
from connectors.errors import ListingShifted
from connectors.listing import Listed, is_read, tag_of


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole listing, page by page as it was served, without what is out of scope."""

    pages: tuple[tuple[Listed, ...], ...]

    @property
    def records(self) -> tuple[Listed, ...]:
        """All of them, in order."""
        return tuple(one for page in self.pages for one in page)

    @property
    def tag(self) -> str:
        """Stands for what is listed, in order, as an ETag does."""
        told = (f"{one.record_id} {one.fingerprint}" if is_read(one) else str(one) for one in self.records)
        return tag_of(*(one.encode("utf-8", "backslashreplace") for one in told))


def settled(listing: Listing, *, final: bool) -> Listing:
    """The listing, ids that clash set aside.

    An id met on two pages may be a clash of the source or a trial that moved while the pages were read: unless this
    is the `final` reading, it is taken as a move. Raises ListingShifted.
    """
    seen: set[str] = set()
    for page in listing.pages:
        ids = {one.record_id for one in page if is_read(one)}
        if not final and not seen.isdisjoint(ids):
            raise ListingShifted("listing changed while it was read: a trial is on two pages")
        seen |= ids
    met: dict[str, str] = {}
    return Listing(tuple(refuse_clashes(page, seen=met) for page in listing.pages))
