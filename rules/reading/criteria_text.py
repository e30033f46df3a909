"""Criteria text → criteria: every sentence is kept, read or not."""

from dataclasses import dataclass

from rules.criteria import Criterion, Kind, Origin, Polarity, Unread


@dataclass(frozen=True, slots=True)
class ReadText:
    """The criteria of a text, the number of its sentences, and how many of them were read."""

    criteria: tuple[Criterion, ...]
    sentences: int
    read: int


def read_criteria(inclusion: str | None, exclusion: str | None, *, prefix: str = "") -> ReadText:
    """One criterion a line (the feed's own rule); a line that is not read stays, unknown, for the investigator."""
    criteria = [
        Criterion(
            id=f"{prefix}{short}-{number:02d}",
            kind=Kind.OTHER,
            key=False,
            polarity=polarity,
            text=line,
            origin=Origin.READ,
            test=Unread(Kind.OTHER),
        )
        for text, polarity, short in (
            (inclusion, Polarity.INCLUSION, "inc"),
            (exclusion, Polarity.EXCLUSION, "exc"),
        )
        for number, line in enumerate(lines_of(text), 1)
    ]
    return ReadText(tuple(criteria), len(criteria), 0)


def lines_of(text: str | None) -> list[str]:
    """The non-empty lines of a text."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
