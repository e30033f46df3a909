"""Which step may follow which. Pure: the history of one case and one trial in, what may come next out.

A board proposes, retains or not; then the trial is addressed to the investigator and offered to the patient, in either
order; accepted; in selection; included or not. Steps may be passed over, never walked backwards: what was recorded by
mistake is undone. What was not retained, or did not lead to an inclusion, may be discussed again at a later board.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialmatch.decisions.words import Step

_RANKS = {
    Step.PROPOSED: 0,
    Step.RETAINED: 1,
    Step.ADDRESSED: 2,
    Step.OFFERED: 2,
    Step.ACCEPTED: 3,
    Step.SCREENED: 4,
    Step.INCLUDED: 5,
    Step.NOT_INCLUDED: 5,
}
FIRST = (Step.PROPOSED, Step.RETAINED, Step.NOT_RETAINED)
"""What a discussion begins with."""
_DISCUSSED_AGAIN = (Step.PROPOSED, Step.RETAINED)
_ENDS = frozenset({Step.NOT_RETAINED, Step.NOT_INCLUDED})
_ANY_ORDER = (Step.ADDRESSED, Step.OFFERED)

OPEN_STATES = (Step.PROPOSED, Step.RETAINED, Step.ADDRESSED, Step.OFFERED, Step.ACCEPTED, Step.SCREENED)
"""States that wait for somebody to go on."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event: its number from 1, what it was, and for `undone` the number that it took back."""

    number: int
    step: Step
    undoes: int | None = None


def standing(events: Iterable[Told]) -> list[Told]:
    """The events that still hold, in order: what was undone is left out, and so is its undoing."""
    held: list[Told] = []
    for event in events:
        if event.step is Step.UNDONE:
            held = [one for one in held if one.number != event.undoes]
        else:
            held.append(event)
    return held


def next_steps(held: Sequence[Step]) -> tuple[Step, ...]:
    """What may be recorded after these steps, `undone` apart."""
    if not held:
        return FIRST
    last = held[-1]
    if last in _ENDS:
        return _DISCUSSED_AGAIN
    if last is Step.INCLUDED:
        return ()
    if last is Step.PROPOSED:
        return (Step.RETAINED, Step.NOT_RETAINED)
    discussion = _last_discussion(held)
    reached = max(_RANKS[step] for step in discussion)
    selecting = Step.SCREENED in discussion
    further = [step for step, rank in _RANKS.items() if rank > reached or (step in _ANY_ORDER and not selecting)]
    left = [step for step in further if step not in discussion]
    return tuple(left if selecting else [*left, Step.NOT_RETAINED])


def _last_discussion(held: Sequence[Step]) -> Sequence[Step]:
    """The steps since the trial was last set aside."""
    ends = [index for index, step in enumerate(held) if step in _ENDS]
    return held[ends[-1] + 1 :] if ends else held


REACHES: dict[Step, tuple[Step, ...]] = {
    Step.PROPOSED: (Step.PROPOSED,),
    Step.NOT_RETAINED: (Step.PROPOSED,),
    Step.RETAINED: (Step.PROPOSED, Step.RETAINED),
    Step.ADDRESSED: (Step.PROPOSED, Step.RETAINED, Step.ADDRESSED),
    Step.OFFERED: (Step.PROPOSED, Step.RETAINED, Step.OFFERED),
    Step.ACCEPTED: (Step.PROPOSED, Step.RETAINED, Step.OFFERED, Step.ACCEPTED),
    Step.SCREENED: (Step.PROPOSED, Step.RETAINED, Step.ADDRESSED, Step.OFFERED, Step.ACCEPTED, Step.SCREENED),
    Step.NOT_INCLUDED: (Step.PROPOSED, Step.RETAINED),
    Step.INCLUDED: (
        *(Step.PROPOSED, Step.RETAINED, Step.ADDRESSED, Step.OFFERED),
        *(Step.ACCEPTED, Step.SCREENED, Step.INCLUDED),
    ),
}
"""What each step says has been, whether it was recorded or passed over: nobody is included without having accepted."""


def reached(held: Iterable[Step]) -> frozenset[Step]:
    """Every stage that these steps tell of: what the funnel counts."""
    return frozenset(stage for step in held for stage in REACHES[step])
