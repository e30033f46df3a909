"""Trials made ready to answer: what is worked out once for a catalogue, at the time it is read, never in a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rules.compiled import CompiledCatalogue, OrganFirst
from rules.trial import Trial
from trialmatch.matching.access import AccessColumns


@dataclass(frozen=True)
class Prepared:
    """The trials in the order given, compiled, with their open sites as columns. A value."""

    compiled: OrganFirst
    access: AccessColumns

    @staticmethod
    def of(trials: Iterable[Trial]) -> "Prepared":
        """What some trials need to answer."""
        compiled = OrganFirst(CompiledCatalogue.of(trials))
        return Prepared(compiled, AccessColumns(compiled.trials))

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The trials."""
        return self.compiled.trials

    @cached_property
    def by_id(self) -> dict[str, Trial]:
        """Each trial under its id."""
        return {trial.id: trial for trial in self.trials}

    @cached_property
    def in_order(self) -> tuple[Trial, ...]:
        """The trials by id."""
        return tuple(sorted(self.trials, key=lambda trial: trial.id))
