"""Counts for whoever follows the trials: from proposed to included, and why not. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.text import fold
from trialmatch.decisions.repository import STAGES, Tally
from trialmatch.decisions.words import REASON_WORDS, Reason, Step

REFUSALS = (Step.NOT_RETAINED, Step.NOT_INCLUDED)


class By(StrEnum):
    """What the rows of a table are."""

    TRIAL = "trial"
    SITE = "site"
    ORGAN = "organ"
    MONTH = "month"


COLUMN_OF = {By.TRIAL: "trial_id", By.SITE: "site_finess", By.ORGAN: "organ", By.MONTH: "month"}


@dataclass(frozen=True, slots=True)
class Names:
    """How ids are called on screen."""

    trial: Callable[[str], str]
    site: Callable[[str], str]
    organ: Callable[[str], str]

    def of(self, by: By, key: str | None) -> str:
        """The words of a row."""
        if key is None:
            return "non renseigné"
        match by:
            case By.TRIAL:
                return self.trial(key)
            case By.SITE:
                return self.site(key)
            case By.ORGAN:
                return self.organ(key)
            case By.MONTH:
                return month_words(key)

    def hold(
        self,
        words: str | None,
        *,
        trial_id: str,
        site: str | None,
        organ: str | None,
        reason: str | None = None,
        month: str | None = None,
    ) -> bool:
        """Whether all the words stand in what a proposition is called by; true without words."""
        asked = _folded(words or "").split()
        said = [
            *(trial_id, self.trial(trial_id), site or "", self.site(site) if site else ""),
            *(self.organ(organ) if organ else "", REASON_WORDS[Reason(reason)] if reason else ""),
            month_words(month) if month else "",
        ]
        text = _folded(" ".join(said)) if asked else ""
        return all(word in text for word in asked)


def _folded(text: str) -> str:
    return fold(text.replace("’", "'"))


MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905


def month_words(month: str) -> str:
    """« novembre 2026 »."""
    return f"{MONTHS[int(month[5:]) - 1]} {month[:4]}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `displayed`: how often its trials were shown, None where that is not known."""

    key: str | None
    label: str
    displayed: int | None
    stages: dict[str, int]
    not_retained: int
    not_included: int


def with_words(tallies: Iterable[Tally], words: str | None, names: Names) -> list[Tally]:
    """Those whose trial, site, organ, month or reason holds all the words."""
    if not words:
        return list(tallies)
    return [
        one
        for one in tallies
        if names.hold(
            words, trial_id=one.trial_id, site=one.site_finess, organ=one.organ, reason=one.reason, month=one.month
        )
    ]


def rows_by(by: By, tallies: Iterable[Tally], shown: Mapping[tuple[str, str], int] | None, names: Names) -> list[Row]:
    """The table by one dimension: by month the latest first, else those with most propositions first."""
    groups: dict[str | None, list[Tally]] = {}
    for one in tallies:
        groups.setdefault(_key(by, one), []).append(one)
    seen = _shown_by(by, shown)
    for key in seen or ():
        groups.setdefault(key, [])
    rows = [
        row_of(key, names.of(by, key), inside, None if seen is None else seen.get(key or "", 0))
        for key, inside in groups.items()
    ]
    if by is By.MONTH:
        return sorted(rows, key=lambda row: row.key or "", reverse=True)
    return sorted(rows, key=lambda row: (-row.stages["proposed"], fold(row.label), row.key or ""))


def row_of(key: str | None, label: str, tallies: Sequence[Tally], displayed: int | None) -> Row:
    """The sums of some tallies."""
    return Row(
        key,
        label,
        displayed,
        {name: sum(one.stages[name] for one in tallies) for name in STAGES},
        *(sum(one.number for one in tallies if one.state == state) for state in REFUSALS),
    )


def reasons_of(tallies: Iterable[Tally]) -> list[tuple[Reason, int, int]]:
    """Each reason with how many were not retained, and not included, for it: the most frequent first."""
    counts: dict[Reason, list[int]] = {}
    for one in tallies:
        if one.reason and one.state in REFUSALS:
            counts.setdefault(Reason(one.reason), [0, 0])[REFUSALS.index(Step(one.state))] += one.number
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1]), REASON_WORDS[item[0]]))
    return [(reason, before, after) for reason, (before, after) in ordered]


def _key(by: By, tally: Tally) -> str | None:
    found: str | None = getattr(tally, COLUMN_OF[by])
    return found


def _shown_by(by: By, shown: Mapping[tuple[str, str], int] | None) -> dict[str, int] | None:
    """What was shown is known by trial and month only."""
    if shown is None or by not in (By.TRIAL, By.MONTH):
        return None
    found: dict[str, int] = {}
    for (trial_id, month), number in shown.items():
        key = trial_id if by is By.TRIAL else month
        found[key] = found.get(key, 0) + number
    return found
