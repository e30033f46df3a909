"""What goes into the merge and what comes out of it, as frozen values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.trial import Disagreement
from trialmatch.catalogue.content import Record
from trialmatch.catalogue.merging.identity import Identity

Ref = tuple[str, str]
"""A record by its source and its id there."""

Link = Callable[[str, str | None], str | None]
"""Name and town of an establishment → its FINESS, None where it cannot be told."""


class Role(StrEnum):
    """What a source may say: whether and where a trial is open, or only what is written of it elsewhere."""

    DECIDES = "decides"
    ENRICHES = "enriches"


@dataclass(frozen=True, slots=True)
class SourceRule:
    """The place of a source among the others: the lowest rank speaks first."""

    name: str
    role: Role = Role.DECIDES
    rank: int = 0

    @property
    def decides(self) -> bool:
        """Whether its trials enter the catalogue, and its sites are open or closed by its word."""
        return self.role is Role.DECIDES


@dataclass(frozen=True, slots=True)
class Member:
    """A record as the joining sees it: whose it is, and what it is known by."""

    rule: SourceRule
    record_id: str
    identity: Identity

    @property
    def ref(self) -> Ref:
        """Its source and id."""
        return self.rule.name, self.record_id

    @property
    def place(self) -> tuple[bool, int, str, str]:
        """Its place in every list: those that decide first, then by rank, source and id."""
        return not self.rule.decides, self.rule.rank, self.rule.name, self.record_id


@dataclass(frozen=True, slots=True)
class Told:
    """A current record: an étude, with the instant from which its source told it so (None: about to be stored)."""

    record: Record
    content_hash: str
    valid_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A record that a trial was made of."""

    source: str
    record_id: str
    role: Role
    updated_at: str
    valid_from: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSite:
    """A site that only a registry names: told as such, never counted as open. `status` in the words of an étude."""

    source: int
    name: str
    status: str
    city: str | None = None
    checked_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a trial comes from: its records, the record (by number) of each field, the sites that registries name."""

    sources: tuple[Source, ...]
    fields: Mapping[str, int] = field(default_factory=dict)
    registry_sites: tuple[ListedSite, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRecord:
    """A trial of the catalogue: the merged étude, where each field comes from, where its sources disagree."""

    trial_id: str
    record: Record
    content_hash: str
    origin: Origin
    disagreements: tuple[Disagreement, ...] = ()
