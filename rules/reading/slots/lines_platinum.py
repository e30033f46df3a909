"""Platinum by slots: the status by its name, by the interval to progression, and by the number of platinum lines.

Only where the platinum-free interval is counted as GCIG does (`rules.reading.treatments.platinum`).
"""

from collections.abc import Sequence

from rules.criteria import AllOf, AnyOf, Kind, Not, Platinum, PlatinumIs, PriorLines, Test, Treated, Unread
from rules.reading.slots.lines_parts import Part
from rules.reading.slots.lines_slots import Span
from rules.reading.treatments.named_treatments import Named, concepts_of

PLATINUM = frozenset({"platinum"})
_EARLY_AFTER_FIRST = Treated(treatments=PLATINUM, lines=frozenset({1}), relapse_within_days=91)
_SIX_MONTHS, _THREE_MONTHS = range(178, 186), range(88, 94)


def is_platinum(named: Named | None) -> bool:
    """Whether a list names platinum and nothing else."""
    return named is not None and concepts_of(named, forbids=False) == PLATINUM


def platinum_test(part: Part, *, known: bool) -> Test | None:
    """The status that a statement names; `known`: the clause speaks of platinum, so « la dernière dose » is its own."""
    if part.has("T") and not is_platinum(part.named):
        return None
    if not (part.has("T") or known) or part.has("n"):
        return None
    if part.has("D"):
        return _by_interval(part)
    return _by_name(part) if part.has("T") and part.only("TfPFo") else None


def _by_name(part: Part) -> Test | None:
    words = " ".join(slot.words for slot in part.slots if slot.letter in "fP")
    if part.has("F"):
        if "refract" not in words:
            return None
        refractory = PlatinumIs(frozenset({Platinum.REFRACTORY}))
        return AnyOf((AllOf((refractory, PriorLines(1, 1, PLATINUM))), _EARLY_AFTER_FIRST))
    if part.has("P"):
        return None if part.has("f") else PlatinumIs(frozenset({Platinum.SENSITIVE}))
    if not ("refract" in words or "resist" in words):
        return None
    resistant = {Platinum.RESISTANT} if "resist" in words else set()
    return PlatinumIs(frozenset({Platinum.REFRACTORY, *resistant}))


def _by_interval(part: Part) -> Test | None:
    """« Progression ≤ 180 j après la dernière dose », « ISP > 6 mois »."""
    span = part.span
    if span is None or span.bare or not part.only("fDrzlTwpgCOHSXLo"):
        return None
    if not (part.has("f") and part.has("rzl")) and not part.has("w"):
        return None
    first = part.first("O")
    if first is not None:
        early = first.count is not None and first.count.high == 1 and span.low is None and span.high in _THREE_MONTHS
        return _EARLY_AFTER_FIRST if early or (first.count and span.low == 0 and span.high in _THREE_MONTHS) else None
    return status_of(span)


def status_of(span: Span) -> Test | None:
    """What an interval is called; None for limits that have no name."""
    low, high = span.low or 0, span.high
    if high is None:
        if low - 1 in _SIX_MONTHS or low in _SIX_MONTHS:
            return PlatinumIs(frozenset({Platinum.SENSITIVE}))
        if low - 1 in _THREE_MONTHS or low in _THREE_MONTHS:
            return PlatinumIs(frozenset({Platinum.SENSITIVE, Platinum.RESISTANT}))
        return None
    if high in _THREE_MONTHS and not low:
        return PlatinumIs(frozenset({Platinum.REFRACTORY}))
    if high not in _SIX_MONTHS:
        return None
    if not low:
        return PlatinumIs(frozenset({Platinum.RESISTANT, Platinum.REFRACTORY}))
    resistant = PlatinumIs(frozenset({Platinum.RESISTANT}))
    if low in _THREE_MONTHS or low - 1 in _THREE_MONTHS:
        return resistant
    early = AllOf((PlatinumIs(frozenset({Platinum.REFRACTORY})), Unread(Kind.PRIOR_TREATMENT)))
    return AnyOf((resistant, early)) if low < min(_THREE_MONTHS) else None


def nested(parts: Sequence[Part]) -> Test | None:
    """« 1 seule ligne de platine : ≥ 4 cycles, réponse, puis progression entre 3 et 6 mois »: of who had so many."""
    if not parts:
        return None
    head, rest = parts[0], parts[1:]
    if not head.only("NLTdp") or not is_platinum(head.named) or head.count is None or not rest:
        return None
    count = head.count
    lines = PriorLines(count.low, count.low if count.bare and count.low == 1 else count.high, PLATINUM)
    found: Test | None = None
    for part in rest:
        if part.only("NCTg") or part.only("RNC") or part.only("R"):
            continue
        test = platinum_test(part, known=True)
        if test is None and part.only("fD") and part.has("f") and part.span is not None:
            test = status_of(part.span)
        if test is None or found is not None:
            return None
        found = test
    return None if found is None else AnyOf((Not(lines), found))
