"""The few words of a proposition: why it is specific, and what it tests."""

from collections.abc import Iterable
from itertools import islice

from rules.criteria import (
    ExtentIn,
    HistologyIs,
    Kind,
    LineIn,
    MarkerIs,
    PerformanceIn,
    PriorLines,
    StageIn,
    StateIs,
    Treated,
)
from rules.finding import Finding
from rules.trial import Trial

MOST_WORDS = 3

_MOST_SPECIFIC_FIRST: tuple[type, ...] = (
    MarkerIs,
    StateIs,
    Treated,
    LineIn,
    PriorLines,
    HistologyIs,
    StageIn,
    ExtentIn,
    PerformanceIn,
)
_RANK = {type_: rank for rank, type_ in enumerate(_MOST_SPECIFIC_FIRST)}


FROM_TEXT = "summary_text"


TELLING = frozenset(_MOST_SPECIFIC_FIRST)
"""Types of tests that tell why a trial fits."""


def observed_facts(met: Iterable[Finding], lang: str = "fr") -> dict[str, bool]:
    """The two or three observed facts that make the trial fit, the most specific first, in words; and of each whether
    a field states it: the others were read from the text of the form. `met`: the leaves, of `TELLING` types, that make
    key criteria met."""
    leaves = [leaf for leaf in met if leaf.observed]
    leaves.sort(key=lambda leaf: _RANK[type(leaf.test)])
    stated: dict[str, bool] = {}
    for leaf in leaves:
        words = _words(leaf, lang)
        stated[words] = stated.get(words, False) or not (leaf.field or "").startswith(FROM_TEXT)
    return dict(islice(stated.items(), MOST_WORDS))


def _words(leaf: Finding, lang: str) -> str:
    observed = leaf.observed or ""
    if isinstance(leaf.test, PerformanceIn):
        return observed.replace("OMS", "ECOG") if lang == "en" else observed
    if getattr(leaf.test, "kind", None) is Kind.LINE and observed == "ligne 1":
        return "1st line" if lang == "en" else "1re ligne"
    if getattr(leaf.test, "kind", None) is Kind.LINE and observed.startswith("ligne "):
        return f"line {observed[6:]}" if lang == "en" else f"{observed[6:]}e ligne"
    return observed


def tested(trial: Trial) -> str | None:
    """What is tested, with its comparator, in one line."""
    drugs = " + ".join(trial.treatments)
    parts = [part for part in (drugs, trial.comparison) if part]
    return ", ".join(parts) or None
