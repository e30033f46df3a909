"""The second look at words that the recognisers did not read whole: by what is named and how it is meant.

A recogniser knows phrases; a slot reader knows things (treatments, markers, tumours) and cues (received, denied,
failed, when), in any order, and gives a reading only where every other word is one that changes nothing. It is asked
last, of what is still unread, and never overrules what was read whole.
"""

from collections.abc import Callable, Sequence

from rules.reading.clause import Clause
from rules.reading.joining import Read
from rules.reading.slots import markers
from rules.reading.slots.lines import lines
from rules.reading.slots.treatments import read_treatments

SlotReader = Callable[[Clause], Read | None]
"""The reading of a clause, or None where its words are not all understood. What it leaves unread in it is `Unread`."""

SLOT_READERS: tuple[SlotReader, ...] = (lines, read_treatments, markers.read)
"""In the order in which they are asked; the first whole reading wins, else the first that reads something."""


def second_look(clause: Clause, readers: Sequence[SlotReader] | None = None) -> Read | None:
    """The first whole reading of a clause, else the first partial one, else None."""
    partial: Read | None = None
    for reader in SLOT_READERS if readers is None else readers:
        read = reader(clause)
        if read is not None and read.whole:
            return read
        partial = partial or read
    return partial
