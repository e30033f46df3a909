"""Molecular subtypes named as a histology: judged by their markers, since that is what defines them."""

import re
from collections.abc import Callable
from functools import cache

from rules.criteria import AllOf, AnyOf, HistologyIs, Kind, MarkerIs, Test, TnmIs, Unread
from rules.histologies import HISTOLOGIES, HISTOLOGY_NAMES, MOLECULAR_SUBTYPES
from rules.marker_results import MarkerDemand
from rules.text import fold


@cache
def _marker(name: str, presence: str, threshold: str | None = None) -> Test:
    return MarkerIs(MarkerDemand.of(name, presence, threshold=threshold))


def triple_negative() -> Test:
    """ER and PR below 1 %, HER2 not positive (ASCO/CAP 2020 and 2023)."""
    return AllOf((_marker("ER", "absent"), _marker("PR", "absent"), _marker("HER2", "absent")))


def hr_positive() -> Test:
    """ER or PR positive."""
    return AnyOf((_marker("ER", "present"), _marker("PR", "present")))


def hr_low_her2_negative() -> Test:
    """ER 1–10 %, HER2 negative (ASCO/CAP 2020: ER low positive)."""
    return AllOf((_marker("ER", "present", "1-10 %"), _marker("HER2", "absent")))


_HR = r"(?:rh|hr|re|er|recepteurs? hormonaux|hormone receptors?)"
_HER2_NEGATIVE = r"her-?2\s*(?:-|neg\w*)"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\btriple[ -]neg\w*|\b(?:tnbc|cstn)\b"), "triple_negative"),
    (re.compile(rf"\b{_HR}\s*(?:faible\w*|low).*{_HER2_NEGATIVE}"), "hr_low_her2_negative"),
    (re.compile(rf"\b{_HR}\s*(?:\+|pos\w*).*{_HER2_NEGATIVE}|luminal"), "hr_positive_her2_negative"),
    (re.compile(r"\bher-?2\s*(?:-\s*)?(?:low|faible)"), "her2_low"),
    (re.compile(r"\bher-?2\s*(?:\+|pos\w*)"), "her2_positive"),
)


def subtype_test(text: str) -> Test | None:
    """The markers that a named molecular subtype of breast cancer asks, None when the text names none."""
    folded = fold(text)
    for pattern, name in _PATTERNS:
        if pattern.search(folded):
            return _with_histology(text, _subtype(name))
    return None


def _subtype(name: str) -> Test:
    if name == "triple_negative":
        return triple_negative()
    if name == "hr_low_her2_negative":
        return hr_low_her2_negative()
    if name == "hr_positive_her2_negative":
        return AllOf((hr_positive(), _marker("HER2", "absent")))
    if name == "her2_low":
        return _marker("HER2", "present", "HER2-low")
    return _marker("HER2", "present")


def asked_by_subtype(id_: str) -> Test | None:
    """What a molecular subtype of the vocabulary asks; None where its markers are not settled (medulloblastoma)."""
    key = MOLECULAR_SUBTYPES[id_]
    if key in ("triple_negative", "her2_low", "hr_positive_her2_negative", "her2_positive"):
        return _subtype(key)
    if key in ("luminal_a", "luminal_b"):
        return AllOf((hr_positive(), Unread(Kind.BIOMARKER)))
    return _OTHERS.get(key, lambda: None)()


def _with_histology(text: str, subtype: Test) -> Test:
    named = frozenset().union(*(mention.ids for mention in HISTOLOGY_NAMES.find(text)))
    own = frozenset(id_ for id_ in named if id_ in HISTOLOGIES and not _is_subtype(id_))
    return AllOf((HistologyIs(own), subtype)) if own else subtype


def _is_subtype(id_: str) -> bool:
    return "molecular subtype" in HISTOLOGIES[id_].source


_OTHERS: dict[str, Callable[[], Test | None]] = {
    "her2_negative": lambda: _marker("HER2", "absent"),
    "hr_positive": hr_positive,
    "hr_negative": lambda: AllOf((_marker("ER", "absent"), _marker("PR", "absent"))),
    "clinical_t4d": lambda: TnmIs("t", frozenset({"T4d"})),
    "bcr_abl1_positive": lambda: _marker("BCR-ABL1", "present"),
    "bcr_abl1_negative": lambda: _marker("BCR-ABL1", "absent"),
}
