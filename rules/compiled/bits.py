"""The bits that a mask carries: of the leaves on which a value hangs, their kinds, and what of it is asked."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.compiled.codes import codes_of
from rules.compiled.ragged import as_column
from rules.compiled.states import RARE, SILENT_IN_EXCLUSION, SILENT_IN_INCLUSION, UNKNOWN, VERDICT, Bytes, Words
from rules.criteria import KEY_KINDS, Kind, Leaf, Unread
from rules.finding import asks_alteration

KINDS: Final = (*(kind for kind in Kind if kind in KEY_KINDS), *(kind for kind in Kind if kind not in KEY_KINDS))
"""Every kind has the bit of its place here; the key ones come first, so that they fit the asked fields below."""

KEYS: Final = len(KEY_KINDS)
ASKED_IN_INCLUSION: Final = 20
ASKED_IN_EXCLUSION: Final = ASKED_IN_INCLUSION + KEYS
ASKED_UNNAMED: Final = ASKED_IN_EXCLUSION + KEYS
"""Where the three fields of asked key kinds begin: of a named leaf by polarity, of one that names nothing."""

ALL_KINDS: Final = np.uint64((1 << len(KINDS)) - 1)
ALL_KEYS: Final = np.uint64((1 << KEYS) - 1)


def kind_bit(kind: Kind) -> int:
    """The bit of a kind."""
    return 1 << KINDS.index(kind)


def kinds_of(mask: int) -> frozenset[Kind]:
    """The kinds of a mask."""
    return frozenset(kind for place, kind in enumerate(KINDS) if mask >> place & 1)


class LeafBits:
    """The masks of leaves from their states: bytes for what every verdict needs, `whole` words for the rest."""

    IN_INCLUSION, IN_EXCLUSION, UNNAMED = 1, 2, 4
    USUAL_IN_INCLUSION, USUAL_IN_EXCLUSION, USUAL_UNNAMED, USUAL = 8, 16, 32, 64

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        named = [not (isinstance(leaf, Unread) and not leaf.name) for leaf in leaves]
        key = [leaf.kind in KEY_KINDS for leaf in leaves]
        self._kind = np.array([kind_bit(leaf.kind) for leaf in leaves], dtype=np.uint64)
        asked = [(3 if name else 4) if is_key else 0 for name, is_key in zip(named, key, strict=True)]
        self._asked = np.array(asked, dtype=np.uint8)
        self._kinds: list[int] = self._kind.tolist()
        self._alterations = [asks_alteration(leaf) for leaf in leaves]
        self._asks_alteration = np.array(self._alterations, dtype=bool)

    def asks_alteration(self, leaf: int) -> bool:
        """Whether one leaf asks for an alteration."""
        return self._alterations[leaf]

    def any_alteration(self, leaves: NDArray[np.bool_]) -> bool:
        """Whether one of some leaves asks for an alteration."""
        return bool((self._asks_alteration & leaves).any())

    def kind(self, leaf: int) -> int:
        """The bit of the kind of one leaf."""
        return self._kinds[leaf]

    def codes(self, states: Bytes) -> Bytes:
        """[leaves, …] → their codes (`rules.compiled.codes`), with what every verdict needs."""
        return codes_of(states & VERDICT, self._open(states))

    def whole_codes(self, states: Bytes) -> NDArray[np.uint16]:
        """The same with all that `questions` tells."""
        return codes_of(states & VERDICT, self.questions(states).astype(np.uint16))

    def _open(self, states: Bytes) -> Bytes:
        """[leaves, …] → whether each is asked where it is unknown: in an inclusion, in an exclusion, without a name."""
        open_: Bytes = as_column(self._asked, states) & ~((states & (SILENT_IN_INCLUSION | SILENT_IN_EXCLUSION)) >> 2)
        return open_

    def questions(self, states: Bytes) -> Bytes:
        """[leaves, …] → of an unknown leaf, whether it is asked: in an inclusion, in an exclusion, as one without a
        name; the same again where it is no rare test; and whether it is none at all."""
        asked = self._open(states)
        usual = (states & RARE) == 0
        bits: Bytes = asked | ((asked << 3) | np.uint8(self.USUAL)) * usual
        open_: Bytes = bits * ((states & VERDICT) == UNKNOWN)
        return open_

    def whole(self, states: Bytes) -> Words:
        """[leaves] → their kinds, and what is asked of them."""
        asked = self.questions(states).astype(np.uint64)
        words = self._kind.copy()
        for place, field in enumerate((ASKED_IN_INCLUSION, ASKED_IN_EXCLUSION, ASKED_UNNAMED)):
            here = (asked >> np.uint64(place)) & np.uint64(1)
            words |= ((self._kind & ALL_KEYS) * here) << np.uint64(field)
        return words
