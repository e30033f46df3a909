"""The figures of the contract (`trialmatch evaluate`). Pure; shares are None where nothing could be counted."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trialmatch.evaluation.pairs import VERDICTS, Judgement, Pair, cases_of

LIVE = frozenset({"compatible", "to_check"})
GAIN = {"compatible": 2.0, "to_check": 1.0}

Judged = Mapping[Pair, Judgement]


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure of one evaluation."""

    pairs: int
    macro_f1: float
    f1: dict[str, float]
    accuracy: float
    confusion: dict[str, dict[str, int]]
    live: int
    dead: int
    false_rule_outs: int
    false_rule_out_share: float | None
    false_rule_outs_by_kind: dict[str, int]
    false_proposals: int
    false_proposal_share: float | None
    false_proposals_by_kind: dict[str, int]
    reason_in_common: float | None
    reason_precision: float | None
    reason_recall: float | None
    missing_f1: float | None
    precision_at_3: float | None
    ndcg_at_5: float | None
    mrr: float | None
    quiet: float | None
    ranked_cases: int
    quiet_cases: int


def figures(gold: Judged, found: Judged, orders: Mapping[str, Sequence[str]]) -> Figures:
    """All figures of the judged pairs; a pair that the program did not answer counts as ruled out."""
    answered = {pair: found.get(pair, Judgement("ruled_out")) for pair in gold}
    confusion = {want: dict.fromkeys(VERDICTS, 0) for want in VERDICTS}
    for pair, want in gold.items():
        confusion[want.verdict][answered[pair].verdict] += 1
    f1 = {verdict: _f1(confusion, verdict) for verdict in VERDICTS}
    live = [pair for pair, want in gold.items() if want.verdict in LIVE]
    dead = [pair for pair, want in gold.items() if want.verdict not in LIVE]
    lost = [pair for pair in live if answered[pair].verdict == "ruled_out"]
    proposed = [pair for pair in dead if answered[pair].verdict in LIVE]
    common, precision, recall = _reasons(gold, answered)
    p3, ndcg, mrr, ranked = _rankings(gold, orders)
    quiet, quiet_cases = _quiet(gold, answered)
    return Figures(
        pairs=len(gold),
        macro_f1=sum(f1.values()) / len(f1),
        f1=f1,
        accuracy=_share(sum(confusion[verdict][verdict] for verdict in VERDICTS), len(gold)) or 0.0,
        confusion=confusion,
        live=len(live),
        dead=len(dead),
        false_rule_outs=len(lost),
        false_rule_out_share=_share(len(lost), len(live)),
        false_rule_outs_by_kind=_by_kind(answered[pair] for pair in lost),
        false_proposals=len(proposed),
        false_proposal_share=_share(len(proposed), len(dead)),
        false_proposals_by_kind=_by_kind(gold[pair] for pair in proposed),
        reason_in_common=common,
        reason_precision=precision,
        reason_recall=recall,
        missing_f1=_missing(gold, answered),
        precision_at_3=p3,
        ndcg_at_5=ndcg,
        mrr=mrr,
        quiet=quiet,
        ranked_cases=ranked,
        quiet_cases=quiet_cases,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(confusion: dict[str, dict[str, int]], verdict: str) -> float:
    hit = confusion[verdict][verdict]
    said = sum(confusion[want][verdict] for want in VERDICTS)
    meant = sum(confusion[verdict].values())
    return 2 * hit / (said + meant) if said + meant else 1.0


def _by_kind(judgements: Iterable[Judgement]) -> dict[str, int]:
    counts: Counter[str] = Counter(kind for judgement in judgements for kind in judgement.reasons)
    return dict(sorted(counts.items()))


def _reasons(gold: Judged, answered: Judged) -> tuple[float | None, float | None, float | None]:
    both = [
        (want.reasons, answered[pair].reasons)
        for pair, want in gold.items()
        if want.verdict == "ruled_out" and answered[pair].verdict == "ruled_out"
    ]
    shared = sum(1 for want, got in both if want & got)
    hits = sum(len(want & got) for want, got in both)
    return (
        _share(shared, len(both)),
        _share(hits, sum(len(got) for _, got in both)),
        _share(hits, sum(len(want) for want, _ in both)),
    )


def _missing(gold: Judged, answered: Judged) -> float | None:
    pairs = [pair for pair, want in gold.items() if "to_check" in (want.verdict, answered[pair].verdict)]
    hits = sum(len(gold[pair].missing & answered[pair].missing) for pair in pairs)
    total = sum(len(gold[pair].missing) + len(answered[pair].missing) for pair in pairs)
    return 2 * hits / total if total else None


def _rankings(
    gold: Judged, orders: Mapping[str, Sequence[str]]
) -> tuple[float | None, float | None, float | None, int]:
    rows = []
    for case_id in cases_of(gold):
        gains = {trial: GAIN[j.verdict] for (case, trial), j in gold.items() if case == case_id and j.verdict in LIVE}
        if gains:
            judged = [trial for trial in orders.get(case_id, ()) if (case_id, trial) in gold]
            rows.append((_precision_at_3(judged, gains), _ndcg(judged, gains), _reciprocal(judged, gains)))
    if not rows:
        return None, None, None, 0
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return means[0], means[1], means[2], len(rows)


def _precision_at_3(order: Sequence[str], gains: Mapping[str, float]) -> float:
    """Share of live trials among the first min(3, number of live); 0 if none is proposed."""
    depth = min(3, len(gains))
    return sum(1 for trial in order[:depth] if trial in gains) / depth


def _ndcg(order: Sequence[str], gains: Mapping[str, float], depth: int = 5) -> float:
    got = sum(gains.get(trial, 0.0) / math.log2(place + 2) for place, trial in enumerate(order[:depth]))
    ideal = sorted(gains.values(), reverse=True)[:depth]
    return got / sum(gain / math.log2(place + 2) for place, gain in enumerate(ideal))


def _reciprocal(order: Sequence[str], gains: Mapping[str, float]) -> float:
    return next((1 / place for place, trial in enumerate(order, 1) if trial in gains), 0.0)


def _quiet(gold: Judged, answered: Judged) -> tuple[float | None, int]:
    """Share of the cases without a gold `compatible` that were given none."""
    without = [
        case_id
        for case_id in cases_of(gold)
        if not any(want.verdict == "compatible" for (case, _), want in gold.items() if case == case_id)
    ]
    silent = [
        case_id
        for case_id in without
        if not any(got.verdict == "compatible" for (case, _), got in answered.items() if case == case_id)
    ]
    return _share(len(silent), len(without)), len(without)
