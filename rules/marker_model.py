"""A biomarker result as it was read, and what a trial demands of one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from rules.alterations import Alteration, AlterationKind, conjuncts, is_precise, parse_alteration, without_denial
from rules.errors import CaseError, CriterionError
from rules.marker_values import (
    SCORE_NEGATIVE,
    SCORE_POSITIVE,
    Score,
    Threshold,
    ish_sign,
    read_interval,
    read_scores,
    read_threshold,
    scale_of,
    staining_of,
    unit_of,
)
from rules.markers import MARKER_NAMES, MARKERS, marker_facts, read_marker
from rules.quantities import Interval
from rules.remembered import remembered
from rules.text import fold

Presence = Literal["present", "absent", "known"]

STATUSES = frozenset({"positive", "negative", "equivocal", "not_tested", "pending", "not_interpretable"})


class Assay(StrEnum):
    """What a test looks at."""

    IHC = "ihc"
    ISH = "ish"
    MOLECULAR = "molecular"


_ASSAYS = (
    (Assay.ISH, re.compile(r"\b(?:d|f|c|s)?ish\b|hybridation")),
    (Assay.IHC, re.compile(r"\bihc\b|immuno|\btps\b|\bcps\b|\b22c3\b|\b28-8\b|\bsp142\b|\bsp263\b")),
    (
        Assay.MOLECULAR,
        re.compile(r"\bngs\b|\bpcr\b|sequen[cs]|sanger|panel|\brna|\barn\b|\badn|\bdna|idylla|\bwes\b|exome|genom"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerResult:
    """One result. `markers`: what its name may mean (none: unknown name, kept as typed in `name`).

    `alterations`: each set is one finding, any one of its members; `tested`: what a negative result looked for, where
    it says so. `value` in `unit` (`%`, `mut/mb`) on `scale` (TPS, CPS …); `scores`: the IHC scores that are possible.
    """

    markers: frozenset[str]
    status: str
    alterations: tuple[frozenset[Alteration], ...] = ()
    tested: frozenset[Alteration] = frozenset()
    value: Interval | None = None
    unit: str | None = None
    scale: str | None = None
    scores: frozenset[Score] = frozenset()
    assay: Assay | None = None
    specimen: str | None = None
    tested_on: str | None = None
    vus: bool = False
    observed: str = ""
    name: str = ""


def read_result(  # noqa: PLR0913 -- the fields of one entry of a case
    name: str,
    status: str,
    variant: str | None = None,
    value: float | str | None = None,
    unit: str | None = None,
    assay: str | None = None,
    specimen: str | None = None,
    *,
    tested_on: str | None = None,
) -> MarkerResult:
    """Reads one typed result. Raises CaseError on a status that is not one of `case.schema.json`.

    A variant in the name says what was looked for ("KRAS G12C", negative); a variant in its own field says what was
    found, whatever the status (contract: value with its scale, then variant, then status).
    """
    if status not in STATUSES:
        raise CaseError(f"biomarkers: status {status!r}: one of {', '.join(sorted(STATUSES))}")
    result = _read(name, status, variant, value, unit, assay, specimen)
    return result if tested_on is None else replace(result, tested_on=tested_on)


# « EGFR négatif », « PD-L1 60 % » are the results of many cases; only their day is of each.
@remembered(8192)
def _read(
    name: str,
    status: str,
    variant: str | None,
    value: float | str | None,
    unit: str | None,
    assay: str | None,
    specimen: str | None,
) -> MarkerResult:
    markers = read_marker(name)
    words = " ".join(str(part) for part in (value if isinstance(value, str) else "", unit or "", assay or "") if part)
    result = MarkerResult(
        markers=markers,
        status=status,
        assay=_assay(f"{assay or ''} {unit or ''} {name}"),
        specimen=specimen,
        observed=_observed(name, status, variant, value, unit, assay),
    )
    if not markers:
        bare = not variant and value is None
        return replace(result, name=name if bare else "")
    result = _with_value(result, f"{words} {name} {variant or ''}", value, unit)
    variant = variant or ("fusion" if _BY_BOTH_GENES.match(name) else None)
    told = (variant or "", value if isinstance(value, str) else "", "" if variant else _denied_by(assay))
    typed = " ; ".join(part for part in told if part)
    result = _with_alterations(result, name, typed)
    return _with_scores(result, f"{words} {variant or ''}", name, value)


_BY_BOTH_GENES = re.compile(r"\s*[A-Z][A-Z0-9]{2,8}\s?(?:-|::)\s?(?:BRAF|RAF1|FGFR[1-4]|NRG1|RET|NTRK[1-3])\s*$")
"""« KIAA1549-BRAF »: a fusion, whatever else is known of the second gene."""
_DENIED_BY_ASSAY = re.compile(
    r"(?:pas d(?:e |')|sans |absence d(?:e |')|no |non[- ]?)(?:amplifi\w*|mut\w*|rearrang\w*|fusion\w*)"
)


def _denied_by(assay: str | None) -> str:
    """« NGS, pas d'amplification » typed as the test: what it did not find."""
    denied = _DENIED_BY_ASSAY.search(fold(assay)) if assay else None
    return denied[0] if denied else ""


_STATUS_WORDS = {
    "positive": "positif",
    "negative": "négatif",
    "equivocal": "équivoque",
    "not_tested": "non recherché",
    "pending": "en attente",
    "not_interpretable": "ininterprétable",
}


def _observed(
    name: str, status: str, variant: str | None, value: float | str | None, unit: str | None, assay: str | None
) -> str:
    """The result as typed, in one line; the status only where nothing else tells."""
    figure = f"{value:g}" if isinstance(value, (int, float)) else value
    told = [part for part in (variant, assay if figure else None, figure, unit if figure else None) if part]
    word = _STATUS_WORDS.get(status, status)
    tail = [word] if not told or (status != "positive" and not figure) else []
    return " ".join([name, *told, *tail])


def _assay(text: str) -> Assay | None:
    folded = fold(text)
    return next((kind for kind, pattern in _ASSAYS if pattern.search(folded)), None)


def _with_value(result: MarkerResult, words: str, value: float | str | None, unit: str | None) -> MarkerResult:
    percent = unit_of(words)
    scale = (staining_of(words) if percent == "%" else None) or scale_of(words)
    typed = f"{value} {unit}" if isinstance(value, str) and unit else value
    return replace(result, value=None if typed is None else read_interval(typed), unit=percent, scale=scale)


def _with_alterations(result: MarkerResult, name: str, typed: str) -> MarkerResult:
    marker = min(result.markers)
    found, denied = _findings(typed, marker)
    if not found and not denied:
        found, denied = _named_in(name, marker, result.status)
    if result.specimen == "germline":
        found = tuple(frozenset(replace(one, origin="germline") for one in group) for group in found)
    uncertain = any(one.significance == "vus" for group in found for one in group)
    if result.status == "negative":
        found, looked_for = _of_negative(found)
        denied |= looked_for
    return replace(result, alterations=found, tested=denied, vus=uncertain)


def _findings(typed: str, marker: str) -> tuple[tuple[frozenset[Alteration], ...], frozenset[Alteration]]:
    """What a text says was found, one set a finding, and what it says was looked for in vain."""
    found: list[frozenset[Alteration]] = []
    denied: frozenset[Alteration] = frozenset()
    for part in conjuncts(typed):
        affirmed = without_denial(part)
        core = parse_alteration(affirmed, marker) if affirmed else frozenset()
        if any(is_precise(one) for one in core):
            denied |= core
        else:
            read = parse_alteration(part, marker)
            found += [read] if read else []
    return tuple(found), denied


def _named_in(name: str, marker: str, status: str) -> tuple[tuple[frozenset[Alteration], ...], frozenset[Alteration]]:
    """What the name itself tells: found when positive, looked for when negative."""
    named = parse_alteration(name if marker == "MSI" else _rest(name), marker)
    if not named:
        return (), frozenset()
    return ((), named) if status == "negative" else ((named,), frozenset())


def _rest(name: str) -> str:
    """The name without the words that name the marker."""
    rest = name
    for mention in reversed(MARKER_NAMES.find(name)):
        joined = re.match(r"[a-z0-9+]*(?:\.\d)?", fold(name[mention.end :]))
        end = mention.end + (joined.end() if joined and not name[mention.end : mention.end + 1].isspace() else 0)
        rest = rest[: mention.start] + " " + rest[end:]
    return f"{_SPELT.get(fold(name).split()[0], '')} {rest}".strip() if name.strip() else rest


_SPELT = {
    "metex14": "exon 14",
    "flt3-itd": "ITD",
    "flt3-tkd": "TKD",
    "h3k27m": "K27M",
    "gbrca": "mutation germinale",
    "sbrca": "mutation somatique",
}
"""Names that hold an alteration in one word."""


def _of_negative(
    found: tuple[frozenset[Alteration], ...],
) -> tuple[tuple[frozenset[Alteration], ...], frozenset[Alteration]]:
    """A negative result: a VUS beside it changes nothing, and a bare class ("mutation") is what was looked for."""
    kept = tuple(group for group in found if not all(one.significance == "vus" for one in group))
    classes = tuple(group for group in kept if all(_is_bare_class(one) for one in group))
    return tuple(group for group in kept if group not in classes), frozenset().union(*classes)


def _is_bare_class(one: Alteration) -> bool:
    """A class, up to a whole exon ("exon 14", "délétion exon 19"): no codon, no partner names what would be there."""
    named = one.codons is not None or one.partner is not None
    stated = (AlterationKind.WILD_TYPE, AlterationKind.LOSS, AlterationKind.OVEREXPRESSION)
    return not named and one.kind not in stated


def _with_scores(result: MarkerResult, words: str, name: str, value: float | str | None) -> MarkerResult:
    """IHC scores, with the ISH that stands beside them; a percentage of cells is no score."""
    scored = "ihc" in _scales(result.markers) or result.assay is Assay.IHC or "+" in words
    if result.unit == "%" or not scored:
        return result
    scores = _score_of_number(result, value) or read_scores(words) or read_scores(_score_words(name))
    sign = ish_sign(words)
    if scores and sign is not None and scores == SCORE_TWO:
        scores -= SCORE_NEGATIVE if sign else SCORE_POSITIVE
    return replace(result, scores=scores)


SCORE_TWO = frozenset({Score.TWO_ISH_NEGATIVE, Score.TWO_ISH_POSITIVE})


def _score_words(name: str) -> str:
    return name if re.search(r"low|faible|zero|null|\d\s*\+", fold(name)) else ""


def _scales(markers: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(marker_facts(marker).scales for marker in markers))


def _score_of_number(result: MarkerResult, value: float | str | None) -> frozenset[Score]:
    """0, 1, 2 or 3 typed as the IHC score of a marker that has one."""
    plain = str(value).strip() if value is not None else ""
    number = re.fullmatch(r"([0-3])(?:\.0)?", plain)
    if number is None or result.assay is Assay.ISH or result.scale is not None:
        return frozenset()
    if "ihc" not in _scales(result.markers):
        return frozenset()
    return read_scores(f"IHC {number[1]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerDemand:
    """What a trial asks of a marker. `markers`: what its name may mean, or, `any_of`, those of which one suffices.

    Without `alterations`, by the name's own usage; a `threshold` must be satisfied as written, whatever the presence.
    `unread`: part of the demand could not be read, so it is never wholly met nor broken by what was read.
    """

    markers: frozenset[str]
    presence: Presence
    alterations: frozenset[Alteration] = frozenset()
    threshold: Threshold | None = None
    any_of: bool = False
    unread: bool = False
    label: str = ""
    variant_text: str = ""

    def __post_init__(self) -> None:
        unknown = [marker for marker in self.markers if marker not in MARKERS]
        if unknown or not self.markers:
            raise CriterionError(f"marker demand {self.label!r}: unknown or no marker {unknown}: ids of markers.csv")

    @classmethod
    def of(
        cls,
        name: str,
        presence: str,
        *,
        variants: Sequence[str] = (),
        alterations: frozenset[Alteration] = frozenset(),
        threshold: Threshold | str | None = None,
        variant_text: str = "",
    ) -> "MarkerDemand":
        """The demand on a marker as typed ("KRAS G12C", "pMMR", "HER2-low"), present, absent or known.

        `variants` as typed, or `alterations` already read. Raises CriterionError when no marker is named.
        """
        markers = read_marker(name)
        if presence not in ("present", "absent", "known"):
            raise CriterionError(f"marker demand {name!r}: presence {presence!r}: one of present, absent, known")
        if not markers:
            raise CriterionError(f"marker demand {name!r}: names no marker of markers.csv")
        texts = tuple(variants) or tuple(part for part in re.split(r"\s+ou\s+", variant_text) if part)
        limit = read_threshold(threshold) if isinstance(threshold, str) else threshold
        limit = limit or _limit_in(texts, name, markers)
        read = {text: _read_variant(text, markers) for text in texts} if limit is None or alterations else {}
        unread = any(not found for found in read.values()) or (isinstance(threshold, str) and limit is None)
        named = parse_alteration(name if "MSI" in markers else _rest(name), min(markers))
        asked = alterations or frozenset().union(*read.values()) or named
        wild = bool(asked) and all(one.kind is AlterationKind.WILD_TYPE for one in asked)
        if wild:
            presence = {"present": "absent", "absent": "present"}.get(presence, presence)
            asked = frozenset(Alteration(kind=one.of) for one in asked if one.of is not None)
        return cls(
            markers=markers,
            presence="absent" if presence == "absent" else "present" if presence == "present" else "known",
            alterations=asked,
            threshold=limit,
            unread=unread,
            label=name,
            variant_text=variant_text or " ou ".join(variants),
        )


def _limit_in(texts: Sequence[str], name: str, markers: frozenset[str]) -> Threshold | None:
    """A limit typed as a variant ("IHC 3+", "TPS ≥ 50 %") or in the name ("HER2-low")."""
    read = [read_threshold(text) for text in texts if not _read_variant(text, markers)]
    if len(read) == 1 and len(texts) == 1:
        return read[0]
    if read and len(read) == len(texts) and all(limit is not None and limit.scores for limit in read):
        return Threshold("score", 0, scores=frozenset().union(*(limit.scores for limit in read if limit is not None)))
    return read_threshold(name) if not texts and _score_words(name) and "ihc" in _scales(markers) else None


def _read_variant(text: str, markers: frozenset[str]) -> frozenset[Alteration]:
    return frozenset(one for marker in markers for one in parse_alteration(text, marker))
