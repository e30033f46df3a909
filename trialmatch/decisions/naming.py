"""How trials, establishments and organs are called on screen."""

from rules.organs import ORGANS
from trialmatch.decisions.summary import Names
from trialmatch.matching.service import Catalogue
from trialmatch.places import name_of_finess


def names_in(catalogue: Catalogue | None) -> Names:
    """Names by the catalogue of the moment; a trial that left it keeps its id."""
    trials = catalogue.prepared.by_id if catalogue else {}

    def trial(trial_id: str) -> str:
        found = trials.get(trial_id)
        return (found.acronym or found.title if found else None) or trial_id

    def site(finess: str) -> str:
        return name_of_finess(finess) or finess

    def organ(code: str) -> str:
        return ORGANS.concepts[code].label_fr if code in ORGANS else code

    return Names(trial, site, organ)
