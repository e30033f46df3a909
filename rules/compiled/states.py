"""How the judgement of one predicate is written in a byte: its verdict, and by whom it is not asked about.

The low two bits are the verdict (0 not met, 1 unknown, 2 met). Two flags mark an unknown predicate that is no question
to the board, by the polarity of the criterion that holds it (contract: a known alteration is asked about only where the
test is routine); one marks an unknown biomarker that nobody tests in routine for the organ.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]
Words = NDArray[np.uint64]

NOT_MET: Final = 0
UNKNOWN: Final = 1
MET: Final = 2
VERDICT: Final = np.uint8(0b0011)
SILENT_IN_INCLUSION: Final = 0b0100
SILENT_IN_EXCLUSION: Final = 0b1000
RARE: Final = 0b10000
