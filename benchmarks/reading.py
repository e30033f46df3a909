"""What comes before the judgement of one case: a coded form to its picture, and the free text of a form."""

from dataclasses import dataclass

from benchmarks import form_text, picture
from benchmarks.measure import Figures, Tell


@dataclass(frozen=True, slots=True)
class ReadingScale:
    """Cases that are timed after others, and texts."""

    warm_up: int = 1_000
    cases: int = 1_000
    texts: int = 300


FULL = ReadingScale()
QUICK = ReadingScale(warm_up=100, cases=100, texts=20)


def measure(scale: ReadingScale, tell: Tell) -> Figures:
    """The very first case must come first in this process."""
    tell("coded cases to their pictures", 0, 2)
    coded = picture.measure(warm_up=scale.warm_up, steady=scale.cases)
    tell("free texts", 1, 2)
    return {"coded": coded, "text": form_text.measure(scale.texts)}
