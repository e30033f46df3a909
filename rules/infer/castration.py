"""What a whole list of treatments says of a prostate cancer: resistance to castration takes a castration that lasts.

Resistance is a progression at castrate testosterone (EAU–ESTRO guidelines 2024, definition of CRPC). The median time to
it under castration alone is about a year in metastatic disease (CHAARTED, LATITUDE control arms); PSA progression needs
three rises a week apart after a nadir, so that less than three months of castration are never resistance. Trials of the
hormone-sensitive phase call « newly diagnosed » who has had no other treatment than that.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from rules.dossier import Source
from rules.kinds import State
from rules.organs import surely_in
from rules.picture import Received
from rules.treatments import TREATMENTS
from rules.verdict import Verdict

RECENT_DAYS = 92


def is_prostate(organs: frozenset[str]) -> bool:
    """Whether the organ is known to be the prostate."""
    return surely_in(organs, "prostate")


def castration_states(own: tuple[Received, ...], as_of: date, *, initial: bool) -> Iterable[tuple[State, bool, Source]]:
    """States that follow from the treatments of the cancer, where their list is whole."""
    hormones = [entry for entry in own if any(_may_be_hormonal(part) for part in entry.components)]
    if not all(_just_begun(entry, as_of) for entry in hormones):
        return
    source = hormones[0].source if hormones else Source("complete", "aucune castration", rule="never_castrated")
    yield State.CASTRATION_RESISTANT, False, source
    if initial and hormones and len(hormones) == len(own):
        yield State.NEWLY_DIAGNOSED, True, source


def is_castration(entry: Received) -> bool:
    """Whether it is castration alone, which goes on under whatever else is given."""
    return all(all(TREATMENTS.covers("adt", id_) for id_ in part) for part in entry.components)


def _may_be_hormonal(part: frozenset[str]) -> bool:
    """Whether it may be castration, or a hormone treatment that goes with it."""
    return TREATMENTS.compare_all(part, {"hormone_therapy"}) is not Verdict.NOT_MET


def _just_begun(entry: Received, as_of: date) -> bool:
    return entry.started is not None and entry.started.earliest >= as_of - timedelta(days=RECENT_DAYS)
