"""How old the catalogue is, as every answer that shows trials says it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from pydantic import Field

from trialmatch.catalogue.snapshot import Snapshot
from trialmatch.catalogue.trial_view import View

OLD = "Catalogue ancien : vérifier l'ouverture des essais."


class WarningView(View):
    """Something the reader should know."""

    code: str = Field(examples=["catalogue_stale"])
    text: str


class AgeView(View):
    """When the catalogue was synchronised, and whether that is too long ago."""

    source: str
    synchronised_at: datetime
    stale: bool


@dataclass(frozen=True, slots=True)
class AgeRule:
    """`stale_hours`: from what age a catalogue is called old. `now` reads the clock."""

    now: Callable[[], datetime]
    stale_hours: float

    def of(self, snapshot: Snapshot) -> AgeView:
        """The age of a catalogue that answers."""
        hours = (self.now() - snapshot.synchronised_at).total_seconds() / 3600
        return AgeView(source=snapshot.source, synchronised_at=snapshot.synchronised_at, stale=hours > self.stale_hours)


class Dated(View):
    """An answer about trials, with the age of the catalogue that it is of."""

    catalogue: AgeView
    warnings: list[WarningView] = Field(description="`catalogue_stale` when the catalogue is old.")

    @classmethod
    def at(cls, age: AgeView, shown: View) -> Self:
        """What is shown, dated."""
        warnings = [WarningView(code="catalogue_stale", text=OLD)] if age.stale else []
        told = {name: getattr(shown, name) for name in type(shown).model_fields}
        return cls(**told, catalogue=age, warnings=warnings)
