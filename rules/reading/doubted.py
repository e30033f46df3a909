"""What a list of exclusions writes as a demand: « naïf de … », « sans immunothérapie » may be meant either way."""

import re
from dataclasses import replace

from rules.criteria import AllOf, NoDemand, Not, Polarity, PriorLines, Treated, Unread, leaves
from rules.reading.clause import Clause, Found
from rules.reading.unsure import strictly


def doubted(one: Found, clause: Clause, *, alone: bool) -> Found:
    """« Naïf de … » in a list of exclusions may be meant either way: it then settles nothing.

    Standing alone it is rather a demand that slipped into the list: who is naive is then not asked about it.
    """
    if clause.polarity is Polarity.EXCLUSION and "borderline" not in clause.plain:
        one = replace(one, test=strictly(one.test))
    if clause.polarity is Polarity.EXCLUSION and isinstance(one.test, NoDemand):
        return replace(one, test=Not(one.test))  # what asks nothing excludes nobody
    denied = isinstance(one.test, Not) and all(isinstance(leaf, (Treated, PriorLines)) for leaf in leaves(one.test))
    if clause.polarity is Polarity.EXCLUSION and denied and (alone or not _WITHOUT.match(clause.plain, one.start)):
        if isinstance(one.test, Not) and _NAIVE.match(clause.plain):
            return Found(one.start, one.end, AllOf((one.test.part, Unread(one.kind))), one.kind)
        return Found(one.start, one.end, AllOf((one.test, Unread(one.kind))), one.kind)
    return one


_WITHOUT = re.compile(r"(?:sans|without|non traitee?s?|not (?:previously )?treated)\b")
"""« Tumeur MSI-H sans immunothérapie antérieure »: what stands before is left out where it is not treated."""
_NAIVE = re.compile(
    r"\W*(?:(?:doi(?:t|vent) |must )?(?:etre |be ))?(?:nai[fv]\w*|non (?:pre)?traite\w*|treatment[- ]naive)\b"
)
