"""A tumour that heads alternatives: « CBNPC EGFR muté ou ALK réarrangé » is a NSCLC, and one of the two.

Only where every other alternative is understood and names no tumour itself: « mélanome cutané ou muqueux réfractaire »
may be another one.
"""

from collections.abc import Sequence

from rules.criteria import HistologyIs, Kind, OrganIs, Test, Unread, leaves
from rules.junctions import either, together
from rules.reading.segments import Segment

_TUMOUR = frozenset({Kind.ORGAN, Kind.HISTOLOGY})


def head_apart(segments: Sequence[Segment], own: Sequence[Test], others: Sequence[Test]) -> tuple[Test, Test] | None:
    """What the head of alternatives asks, and the alternatives without it; None where they may not share it.

    `own`: the tests of the first segment, `others`: those of the further segments.
    """
    first, *rest = segments
    if not rest or first.excepted is not None or any(not _is_predicate(one) for one in rest):
        return None
    heads = [test for one, test in zip(first.tests, own, strict=False) if one.kind in _TUMOUR and _names(test)]
    said = [test for test in own if test not in heads]
    begins = first.tests and first.tests[0].kind in _TUMOUR
    if not heads or not begins or any(first.negated) or not (said or first.leftover) or any(map(_names, said)):
        return None
    limb = together([*said, Unread(Kind.OTHER)]) if first.leftover else together(said)
    return together(heads), either([limb, *others])


def _is_predicate(segment: Segment) -> bool:
    understood = bool(segment.tests) and not segment.leftover and segment.excepted is None
    return understood and not any(_names(one.test) or one.kind in _TUMOUR for one in segment.tests)


def _names(test: Test) -> bool:
    return any(isinstance(leaf, OrganIs | HistologyIs) for leaf in leaves(test))
