"""The tumour of a form whose fields name none: « Patiente suivie pour une thrombocytémie essentielle … ».

Only where neither organ nor histology is stated; sentences that may speak of two tumours say nothing.
"""

import re
from collections.abc import Iterable, Iterator

from rules.case import Case, Coded, TumourFacts
from rules.dossier import Dossier
from rules.histologies import HISTOLOGIES, HISTOLOGY_NAMES
from rules.infer.tumour import tumour_of
from rules.organs import ORGAN_NAMES, ORGANS
from rules.reading.form.context import OF_ANOTHER, Standing, standing
from rules.reading.form.sentences import Role, Sentence

_CANCER = re.compile(
    r"\b(?:cancers?|k|neo|neoplasie|tumeur|carcinome|adk|adenocarcinome)\s(?:d(?:u|e la|e l'|es|e)?\s?|l')?"
)
_OF_BEFORE = re.compile(r"\b(?:atcd|antecedents?|histoire d|ancienne?|metasta\w+ d|remission d'un autre)\b")
_END = re.compile(r"[,;:(]|\.\s|$")


def tumour_told(case: Case, summary: Iterable[Sentence]) -> tuple[Coded, str] | None:
    """The tumour told, as a typed term, and the words it came from; None where none or more than one is."""
    stated = tumour_of(Dossier.of(case))
    if stated.organs.concepts or stated.histologies.concepts or _coded(case):
        return None
    told = [(part, organs) for sentence in summary for part, organs in _told(sentence)]
    if not told or any(not _meets(told[0][1], organs) for _, organs in told):
        return None
    part = told[0][0]
    if any(_is_another_histology(part, other) for other, _ in told[1:]):
        return None
    return Coded(text=part), part


def _is_another_histology(part: str, other: str) -> bool:
    """« Plasmocytome en 2023 … myélome en 2026 »: which of them is discussed is not told."""
    first, second = (
        frozenset().union(*(found.ids for found in HISTOLOGY_NAMES.find(words))) for words in (part, other)
    )
    return bool(first and second) and not any(
        HISTOLOGIES.below(one) & HISTOLOGIES.below(two) for one in first for two in second
    )


def _coded(case: Case) -> bool:
    """A code that the vocabulary does not know names some tumour all the same."""
    return any(term is not None and term.code for term in (case.tumour.topography, case.tumour.histology))


_OF_ANOTHER = re.compile(rf"\b(?:{OF_ANOTHER}|transform\w*|richter|secondaire\s+a)\b")
"""Also « LLC transformée en … »: what this one was before."""


def _told(sentence: Sentence) -> Iterator[tuple[str, frozenset[str]]]:
    if sentence.role is not Role.FACT or sentence.relatives:
        return
    if _OF_BEFORE.search(sentence.low) or _OF_ANOTHER.search(sentence.low):
        return
    starts = [one.start for one in sentence.named(HISTOLOGY_NAMES) if _is_stated(sentence, one.start, one.end)]
    starts += [
        match.start()
        for match in _CANCER.finditer(sentence.low)
        if any(one.start == match.end() for one in sentence.named(ORGAN_NAMES))
        and _is_stated(sentence, match.start(), match.end())
    ]
    if not starts:
        return
    start = min(starts)
    end = _END.search(sentence.low, start)
    part = sentence.quote(start, end.start() if end else len(sentence.low))
    told = Case(case_id="", tumour=TumourFacts(topography=Coded(text=part)))
    organs = tumour_of(Dossier(Case(case_id=""), told)).organs
    if organs.concepts:
        yield part, organs.concepts


def _is_stated(sentence: Sentence, start: int, end: int) -> bool:
    return standing(sentence, start, end) is Standing.STATED


def _meets(some: frozenset[str], others: frozenset[str]) -> bool:
    return any(ORGANS.below(one) & ORGANS.below(other) for one in some for other in others)
