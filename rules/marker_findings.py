"""What one result says of one marker: value with its scale, then variant, then status (matching contract)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import inf

from rules.alterations import Alteration, AlterationKind, covers, parse_alteration
from rules.marker_model import SCORE_TWO, Assay, MarkerResult
from rules.marker_values import SCORE_NEGATIVE, SCORE_POSITIVE, Score, Threshold
from rules.markers import AMBIGUOUS, all_within, marker_facts, usual_classes
from rules.quantities import Interval
from rules.verdict import Verdict, any_of


class MarkerReason(StrEnum):
    """Why a judgement is what it is. First the facts that settle, then what leaves it open, the most telling first."""

    FOUND = "found"
    NEGATIVE = "negative"
    OTHER_VARIANT = "other_variant"
    VALUE_FITS = "value_fits"
    VALUE_OUTSIDE = "value_outside"
    RESULT_KNOWN = "result_known"
    IMPLIED = "implied"
    CONFLICT = "conflict"
    UNREAD = "unread"
    AMBIGUOUS_TERM = "ambiguous_term"
    PENDING = "pending"
    ISH_NOT_STATED = "ish_not_stated"
    AMBIGUOUS_POLARITY = "ambiguous_polarity"
    VUS = "vus"
    EQUIVOCAL = "equivocal"
    NEEDS_CONFIRMATION = "needs_confirmation"
    STRADDLES = "straddles"
    VALUE_NOT_STATED = "value_not_stated"
    SCALE_MISMATCH = "scale_mismatch"
    LESS_PRECISE = "less_precise"
    AMBIGUOUS_ALTERATION = "ambiguous_alteration"
    OTHER_ALTERATION = "other_alteration"
    CTDNA_NOT_DETECTED = "ctdna_not_detected"
    GERMLINE_ONLY = "germline_only"
    MEMBER_NOT_STATED = "member_not_stated"
    NOT_INTERPRETABLE = "not_interpretable"
    NOT_TESTED = "not_tested"
    NOT_STATED = "not_stated"


RANK = {reason: rank for rank, reason in enumerate(MarkerReason)}
"""The most telling reason first."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one result says: MET it is there, NOT_MET it is not, UNKNOWN with the reason."""

    verdict: Verdict
    reason: MarkerReason


@dataclass(frozen=True, slots=True)
class Context:
    """What the judgement needs beside results: possible organs, and whether the list of results is whole."""

    organs: frozenset[str] = frozenset()
    complete: bool = False

    def is_lung(self) -> bool:
        """The one organ where a bare PD-L1 percentage is a TPS."""
        return all_within(self.organs, "lung")

    def is_leukaemic(self) -> bool:
        """Blood is then the tumour itself, not circulating DNA."""
        return any(all_within(self.organs, organ) for organ in ("leukaemia", "myeloid", "myeloma"))


_NO_RESULT = {
    "pending": MarkerReason.PENDING,
    "not_tested": MarkerReason.NOT_TESTED,
    "not_interpretable": MarkerReason.NOT_INTERPRETABLE,
}

_ONE_VARIANT = frozenset(
    {"KRAS", "NRAS", "HRAS", "RAS", "BRAF", "EGFR", "IDH1", "IDH2", "GNAQ", "GNA11", "AKT1", "MYD88"}
)
"""Genes whose primary hot-spot variants do not go together: one that is named answers for the others.

Not those where several variants are usual (ESR1, PIK3CA, KIT, FLT3, TP53), nor resistance variants. Of one gene only:
mutual exclusivity between genes is never an implication.
"""

_IHC_VARIANT = {"BRAF": "V600E", "IDH1": "R132H", "H3": "K27M", "H3-3A": "K27M"}
"""Antibodies that see one variant: VE1, H09, K27M."""

_IHC_SCREENING = frozenset({"ROS1", "NTRK", "NTRK1", "NTRK2", "NTRK3", "RET"})
"""Positive by IHC is to be confirmed by FISH or NGS (ESMO NTRK 2019; INCa ROS1); ALK by IHC is not."""

_POSITIVE_FROM = {"ER": (1.0, 10.0), "PR": (1.0, 10.0), "HR": (1.0, 10.0), "PD-L1": (1.0, 1.0), "TMB": (10.0, 10.0)}
"""Below the first a value is negative, from the second positive for everybody; between, the status decides."""

_ALLRED_MOST = 8.0

USUAL_LIMITS = frozenset({0.0, _ALLRED_MOST, *(limit for limits in _POSITIVE_FROM.values() for limit in limits)})
"""The numbers that a value is held against beside the limits that trials write."""

_STATE_KINDS = frozenset(
    {AlterationKind.ANY, AlterationKind.OVEREXPRESSION, AlterationKind.FUSION, AlterationKind.LOSS}
)


def unknown(reason: MarkerReason) -> Said:
    """The result leaves it open."""
    return Said(Verdict.UNKNOWN, reason)


def says_present(
    result: MarkerResult, marker: str, asked: frozenset[Alteration], *, lenient: bool, context: Context
) -> Said:
    """Whether one of the asked alterations is there; none asked: positive by the name's own usage.

    `lenient`: any alteration of the gene fits (contract: no variant listed = any alteration).
    """
    if result.status in _NO_RESULT:
        return unknown(_NO_RESULT[result.status])
    gene = marker_facts(marker).kind == "gene" or marker == "MSI"
    state = not gene and all(one.kind in _STATE_KINDS for one in asked)
    if state and not marker_facts(marker).loss_marker:
        return _state(result, marker, context)
    return _altered(result, marker, asked, lenient=lenient, context=context)


def _state(result: MarkerResult, marker: str, context: Context) -> Said:
    by_value = _by_cut(result, marker)
    if by_value is not None:
        return by_value
    if result.alterations:
        kinds = {one.kind is AlterationKind.WILD_TYPE for group in result.alterations for one in group}
        if kinds == {True}:
            return _absent(result, (), context)
        return Said(Verdict.MET, MarkerReason.FOUND) if kinds == {False} else unknown(MarkerReason.LESS_PRECISE)
    if result.status == "equivocal":
        return unknown(MarkerReason.EQUIVOCAL)
    if result.status == "positive":
        return Said(Verdict.MET, MarkerReason.FOUND)
    return _absent(result, (), context)


def _by_cut(result: MarkerResult, marker: str) -> Said | None:
    """What a value alone says of "positive", where usage has a limit; TPS 0 leaves the CPS open."""
    cut = _POSITIVE_FROM.get(marker)
    if cut is None or result.value is None or result.scale not in (None, "TPS", "CPS"):
        return None
    if result.value.low >= cut[1]:
        return Said(Verdict.MET, MarkerReason.VALUE_FITS)
    below = result.value.high < cut[0] or (result.value.high == cut[0] and result.value.high_open)
    if not below:
        return None
    if marker == "PD-L1" and result.scale != "CPS" and result.status != "negative":
        return unknown(MarkerReason.STRADDLES)
    return Said(Verdict.NOT_MET, MarkerReason.VALUE_OUTSIDE)


def _altered(
    result: MarkerResult, marker: str, asked: frozenset[Alteration], *, lenient: bool, context: Context
) -> Said:
    default = usual_classes(marker, context.organs)
    wanted = asked or frozenset(Alteration(kind=kind) for kind in _kinds(default) or {AlterationKind.ANY})
    if result.status == "equivocal":
        return unknown(MarkerReason.VUS if result.vus else MarkerReason.EQUIVOCAL)
    if result.alterations:
        said = _by_findings(result, marker, wanted, context)
        genomic = lenient and not asked and (AlterationKind.MUTATION in _kinds(default) or default == AMBIGUOUS)
        if genomic and said.reason is MarkerReason.OTHER_ALTERATION:
            return Said(Verdict.MET, MarkerReason.FOUND)
        return said
    if result.tested:
        return _by_tested(result, marker, wanted, context)
    if marker_facts(marker).loss_marker or marker == "MSI":
        return unknown(MarkerReason.AMBIGUOUS_POLARITY)
    return _by_status(result, marker, wanted, bare=not asked, context=context)


_KNOWN_KINDS = {kind.value: kind for kind in AlterationKind}


@lru_cache(maxsize=1_024)
def _kinds(classes: frozenset[str]) -> frozenset[AlterationKind]:
    """The alteration classes of a cell of marker_facts.csv; words of a state ("expression", "high") are expression."""
    return frozenset(_KNOWN_KINDS.get(name, AlterationKind.OVEREXPRESSION) for name in classes if name not in AMBIGUOUS)


def _by_findings(result: MarkerResult, marker: str, wanted: frozenset[Alteration], context: Context) -> Said:
    verdicts = [_one_finding(group, wanted) for group in result.alterations]
    if Verdict.MET in verdicts:
        return Said(Verdict.MET, MarkerReason.FOUND)
    if Verdict.UNKNOWN in verdicts:
        return unknown(MarkerReason.VUS if result.vus else MarkerReason.LESS_PRECISE)
    observed = [one for group in result.alterations for one in group]
    if all(one.kind is AlterationKind.WILD_TYPE for one in observed):
        return _absent(result, wanted, context)
    if all(_excludes(marker, one, asked, result, context) for one in observed for asked in wanted):
        return Said(Verdict.NOT_MET, MarkerReason.OTHER_VARIANT)
    return unknown(MarkerReason.OTHER_ALTERATION)


@lru_cache(maxsize=16_384)
def _one_finding(group: frozenset[Alteration], wanted: frozenset[Alteration]) -> Verdict:
    """A finding that is one of several alternatives: settled only when they agree."""
    verdicts = {any_of(covers(asked, one) for asked in wanted) for one in group}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN


def _excludes(marker: str, observed: Alteration, asked: Alteration, result: MarkerResult, context: Context) -> bool:
    """Whether finding one alteration says that the asked one is not there."""
    if observed.kind is AlterationKind.WILD_TYPE:
        return covers(asked, observed) is Verdict.NOT_MET
    if observed.kind is AlterationKind.FUSION is asked.kind:
        return True  # two partners of one gene in one tumour: not seen
    if not observed.kind is asked.kind is AlterationKind.MUTATION or "resistance" in observed.traits | asked.traits:
        return False
    whole_list = context.complete and result.assay is Assay.MOLECULAR
    return marker in _ONE_VARIANT or whole_list


def _by_tested(result: MarkerResult, marker: str, wanted: frozenset[Alteration], context: Context) -> Said:
    """A negative result that says what it looked for excludes that, and nothing else."""
    if any(one.kind is AlterationKind.WILD_TYPE for one in result.tested):
        return unknown(MarkerReason.AMBIGUOUS_POLARITY)  # "pMMR: négatif", "RAS sauvage: négatif"
    looked_for = result.tested | _whole_gene(marker, result.tested)
    if all(any(covers(tested, asked) is Verdict.MET for tested in looked_for) for asked in wanted):
        return _absent(result, wanted, context)
    return unknown(MarkerReason.OTHER_ALTERATION)


_ROUTINE_EXONS = {"EGFR": {18, 19, 20, 21}, "KRAS": {2, 3, 4}, "NRAS": {2, 3, 4}, "HRAS": {2, 3, 4}}


def _whole_gene(marker: str, tested: frozenset[Alteration]) -> frozenset[Alteration]:
    """ "No mutation of exons 18 to 21" is how reports write that EGFR is not mutated."""
    exons = {one.exon for one in tested if one.effect is None and one.codons is None}
    routine = _ROUTINE_EXONS.get(marker)
    return frozenset({Alteration(kind=AlterationKind.MUTATION)}) if routine and routine <= exons else frozenset()


def _by_status(
    result: MarkerResult, marker: str, wanted: frozenset[Alteration], *, bare: bool, context: Context
) -> Said:
    told = _told(result, marker, context)
    if result.status == "negative":
        if not told:
            return unknown(MarkerReason.AMBIGUOUS_ALTERATION)
        if all(any(covers(one, asked) is Verdict.MET for one in told) for asked in wanted):
            return _absent(result, wanted, context)
        return unknown(MarkerReason.OTHER_ALTERATION)
    if result.assay is Assay.IHC and marker in _IHC_SCREENING:
        return unknown(MarkerReason.NEEDS_CONFIRMATION)
    if not told:
        return Said(Verdict.MET, MarkerReason.FOUND) if bare else unknown(MarkerReason.AMBIGUOUS_ALTERATION)
    verdicts = {any_of(covers(asked, one) for asked in wanted) for one in told}
    if verdicts == {Verdict.MET}:
        return Said(Verdict.MET, MarkerReason.FOUND)
    found = verdicts != {Verdict.NOT_MET}
    return unknown(MarkerReason.LESS_PRECISE if found else MarkerReason.OTHER_ALTERATION)


def _told(result: MarkerResult, marker: str, context: Context) -> frozenset[Alteration]:
    """What a bare status speaks of, by assay and usage; empty: it cannot be told."""
    default = usual_classes(marker, context.organs)
    kinds = _kinds(default) if default != AMBIGUOUS else frozenset()
    if result.assay is Assay.IHC and AlterationKind.FUSION not in kinds:
        if marker in _IHC_VARIANT:
            return parse_alteration(_IHC_VARIANT[marker], marker)
        kinds = frozenset({AlterationKind.OVEREXPRESSION})
    elif result.assay is Assay.ISH:
        fused = AlterationKind.FUSION in kinds
        kinds = frozenset({AlterationKind.FUSION if fused else AlterationKind.AMPLIFICATION})
    elif result.assay is Assay.MOLECULAR and not kinds - {AlterationKind.OVEREXPRESSION}:
        kinds = frozenset({AlterationKind.MUTATION})
    origin = "germline" if result.specimen == "germline" and result.status == "positive" else None
    return frozenset(Alteration(kind=kind, origin=origin) for kind in kinds)


def _absent(result: MarkerResult, wanted: Iterable[Alteration], context: Context) -> Said:
    """Nothing found: says no only where the specimen would have shown it."""
    if result.specimen == "blood" and not context.is_leukaemic():
        return unknown(MarkerReason.CTDNA_NOT_DETECTED)
    germline = [one.origin == "germline" for one in wanted]
    if result.specimen == "germline" and not (germline and all(germline)):
        return unknown(MarkerReason.GERMLINE_ONLY)
    if result.specimen in ("primary", "metastasis") and any(germline):
        return unknown(MarkerReason.LESS_PRECISE)
    return Said(Verdict.NOT_MET, MarkerReason.NEGATIVE)


def her2_scores(result: MarkerResult, context: Context) -> tuple[frozenset[Score], bool]:
    """The scores of HER2 that a result leaves possible (empty: it says nothing), and whether by IHC or ISH itself."""
    if result.status in _NO_RESULT or _blood_negative(result, context):
        return frozenset(), False
    if result.scores:
        return result.scores, True
    observed = {one for group in result.alterations for one in group}
    expressed = {AlterationKind.AMPLIFICATION, AlterationKind.OVEREXPRESSION}
    if any(one.kind in expressed for one in observed):
        return SCORE_POSITIVE, True
    if any(one.of in expressed for one in observed) or any(one.kind in expressed for one in result.tested):
        return SCORE_NEGATIVE, True
    if observed or result.tested or result.status == "equivocal" or result.assay is Assay.MOLECULAR:
        return frozenset(), False
    spoken_of = usual_classes("HER2", context.organs) != AMBIGUOUS or result.assay is not None
    if not spoken_of:
        return frozenset(), False
    return SCORE_POSITIVE if result.status == "positive" else SCORE_NEGATIVE, result.assay is not None


def _blood_negative(result: MarkerResult, context: Context) -> bool:
    return result.specimen == "blood" and result.status == "negative" and not context.is_leukaemic()


def within_scores(observed: frozenset[Score], accepted: frozenset[Score]) -> Said:
    """Whether the possible scores are accepted: all, none, or (UNKNOWN) some of them."""
    if observed <= accepted:
        return Said(Verdict.MET, MarkerReason.VALUE_FITS)
    if not observed & accepted:
        return Said(Verdict.NOT_MET, MarkerReason.VALUE_OUTSIDE)
    return unknown(MarkerReason.ISH_NOT_STATED if observed == SCORE_TWO else MarkerReason.LESS_PRECISE)


def says_within(result: MarkerResult, marker: str, threshold: Threshold, context: Context) -> Said:
    """Whether the value satisfies a limit. A status without a value says only what every usage of it says."""
    if result.status in _NO_RESULT:
        return unknown(_NO_RESULT[result.status])
    if threshold.scores:
        scores = result.scores
        return within_scores(scores, threshold.scores) if scores else unknown(MarkerReason.VALUE_NOT_STATED)
    if result.value is None:
        return _without_value(result, marker, threshold, context)
    scales = _threshold_scales(marker, threshold)
    said = {_on_scale(result, marker, threshold, scale, context) for scale in scales}
    return said.pop() if len(said) == 1 else unknown(MarkerReason.SCALE_MISMATCH)


def _threshold_scales(marker: str, threshold: Threshold) -> tuple[str | None, ...]:
    """A PD-L1 limit without a scale: a percentage is of tumour cells; a bare number may be TPS or CPS."""
    if marker != "PD-L1" or threshold.scale is not None:
        return (threshold.scale,)
    return ("TPS",) if threshold.unit == "%" else ("TPS", "CPS")


def _on_scale(result: MarkerResult, marker: str, threshold: Threshold, scale: str | None, context: Context) -> Said:
    if result.value is None:
        return unknown(MarkerReason.VALUE_NOT_STATED)
    written = result.scale
    if written is None and marker == "PD-L1":
        unnamed = threshold.scale is None and result.unit == threshold.unit
        written = "TPS" if result.unit == "%" and context.is_lung() else scale if unnamed else None
    value = _converted(result.value, written, scale, marker)
    if not _same_unit(result, marker, threshold):
        return unknown(MarkerReason.SCALE_MISMATCH)
    if value is None and written is None and scale in _CELL_COUNTS:
        fewer = Interval(0.0, result.value.high, high_open=result.value.high_open)  # than of any staining
        said = _compared(fewer, threshold)
        return unknown(MarkerReason.SCALE_MISMATCH) if said.verdict is Verdict.UNKNOWN else said
    return unknown(MarkerReason.SCALE_MISMATCH) if value is None else _compared(value, threshold)


def _compared(value: Interval, threshold: Threshold) -> Said:
    verdict = value.within(threshold.interval)
    if verdict is Verdict.UNKNOWN:
        return unknown(MarkerReason.STRADDLES)
    return Said(verdict, MarkerReason.VALUE_FITS if verdict is Verdict.MET else MarkerReason.VALUE_OUTSIDE)


_OWN_SCALE = {"HRD": "GIS"}
_CELL_COUNTS = frozenset({"1+ or more", "2+ or more", "3+"})


def _converted(value: Interval, written: str | None, scale: str | None, marker: str) -> Interval | None:
    """The value on the asked scale: CPS ≥ TPS on one test, and nothing else converts."""
    own = _OWN_SCALE.get(marker)
    written, scale = written or own, scale or own
    if written == scale or (scale is None and written in _CELL_COUNTS):
        return value
    if (written, scale) == ("TPS", "CPS"):
        return Interval(value.low, inf, value.low_open)
    if (written, scale) == ("CPS", "TPS"):
        return Interval(0.0, value.high, high_open=value.high_open)
    return None


def _same_unit(result: MarkerResult, marker: str, threshold: Threshold) -> bool:
    value = result.value
    if result.unit == threshold.unit or value is None:
        return marker == "TMB" or result.unit != "%" or result.assay is not Assay.MOLECULAR
    if {result.unit, threshold.unit} == {"%", "mut/mb"}:
        return False
    allred = marker in ("ER", "PR", "HR") and result.unit is None and 0 < value.high <= _ALLRED_MOST
    return not allred  # a bare 5 is 5 % or an Allred score


def _without_value(result: MarkerResult, marker: str, threshold: Threshold, context: Context) -> Said:
    if result.status == "equivocal":
        return unknown(MarkerReason.EQUIVOCAL)
    if _blood_negative(result, context):
        return unknown(MarkerReason.CTDNA_NOT_DETECTED)
    below = _negative_below(result, marker, threshold, context) if result.status == "negative" else None
    if below is None:
        return unknown(MarkerReason.VALUE_NOT_STATED)
    said = _compared(Interval(0.0, below, high_open=True), threshold)
    return unknown(MarkerReason.VALUE_NOT_STATED) if said.verdict is Verdict.UNKNOWN else said


def _negative_below(result: MarkerResult, marker: str, threshold: Threshold, context: Context) -> float | None:
    """The highest limit below which anybody writes "négatif": 10 % for receptors in France, TPS 1 %, CPS 10."""
    if marker in ("ER", "PR", "HR") and threshold.scale is None:
        return 10.0
    if marker != "PD-L1":
        return None
    named = result.scale
    if named == "CPS":
        return 10.0 if threshold.scale == "CPS" else None
    tps = threshold.scale == "TPS" or (threshold.scale is None and threshold.unit == "%")
    return 1.0 if tps and (named == "TPS" or context.is_lung()) else None
