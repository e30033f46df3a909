"""Biomarker results as typed, and those that the named molecular subtype of a breast cancer states."""

import re

from rules.case import Biomarker
from rules.dossier import Dossier, Source
from rules.marker_results import MarkerResult, read_result
from rules.markers import LARGE_PANEL_NAME, MARKERS, PANEL_NAME, large_panel_targets, panel_targets

_SUBTYPE_RESULTS: dict[str, tuple[tuple[str, str], ...]] = {
    "triple_negative_breast": (("ER", "negative"), ("PR", "negative"), ("HER2", "negative")),
    "her2_positive_breast": (("HER2", "positive"),),
    "her2_negative_breast": (("HER2", "negative"),),
    "hr_positive_breast": (("HR", "positive"),),
    "hr_negative_breast": (("HR", "negative"),),
    "hr_positive_her2_negative_breast": (("HR", "positive"), ("HER2", "negative")),
}
"""What each subtype says, by definition (ASCO/CAP 2020 for hormone receptors, 2023 for HER2)."""


def markers_of(
    dossier: Dossier, subtypes: tuple[tuple[str, Source], ...], organs: frozenset[str]
) -> tuple[tuple[MarkerResult, ...], tuple[Source, ...]]:
    """Every result, with where it stands; a subtype adds only the markers that no result names."""
    results: list[MarkerResult] = []
    sources: list[Source] = []
    for item, source in dossier.listed(lambda case: case.biomarkers, "biomarkers"):
        results.append(
            read_result(
                name=_looked_for(item),
                status=item.status,
                variant=item.variant,
                value=item.value,
                unit=item.unit,
                assay=item.assay,
                specimen=item.specimen,
                tested_on=item.tested_on,
            )
        )
        words = " ".join(str(part) for part in (item.name, item.variant or item.value or "") if part != "")
        sources.append(source if source.text else Source(source.field, words, source.read))
    named = {marker for result in results for marker in result.markers}
    open_ = {marker for result in results if result.status != "negative" for marker in result.markers}
    for result, source in zip(tuple(results), tuple(sources), strict=True):
        told = result.observed if result.status == "negative" else None
        if told and told.startswith((PANEL_NAME, LARGE_PANEL_NAME)):
            large = told.startswith(LARGE_PANEL_NAME)
            for marker in sorted(
                _silent_in_panel(large_panel_targets() if large else panel_targets(organs), named, open_)
            ):
                results.append(read_result(name=marker, status="negative", assay="NGS"))
                sources.append(Source(source.field, source.text, source.read, "panel_without_target"))
    for subtype, source in subtypes:
        for name, status in _SUBTYPE_RESULTS.get(subtype, ()):
            result = read_result(name=name, status=status)
            if not result.markers & named:
                results.append(result)
                sources.append(Source(source.field, source.text, source.read, "molecular_subtype"))
    return tuple(results), tuple(sources)


_DENIED_IN_ASSAY = re.compile(
    r"\b(?:pas|absence|sans)\s+(?:d'|de\s+)(?P<noun>amplification|mutation|fusion|r[ée]arrangement)|"
    r"\bnon\s+(?P<state>amplifi|mut|r[ée]arrang)",
    re.IGNORECASE,
)
_NOUNS = {"amplifi": "amplification", "mut": "mutation"}


def _looked_for(item: Biomarker) -> str:
    """« NGS, pas d'amplification » typed as the assay of a negative result: what was looked for and not found."""
    match = _DENIED_IN_ASSAY.search(item.assay or "") if item.status == "negative" and not item.variant else None
    if match is None:
        return item.name
    noun = match["noun"] or _NOUNS.get(match["state"].lower(), "réarrangement")
    return f"{noun} {item.name}"


def _silent_in_panel(targets: frozenset[str], named: set[str], open_: set[str]) -> frozenset[str]:
    """The markers that a panel without a target leaves negative: none that a result names, alone or, where it is not
    negative, with others."""
    return frozenset(
        marker
        for marker in targets
        if marker not in named and not any(MARKERS.covers(marker, one) or MARKERS.covers(one, marker) for one in open_)
    )
