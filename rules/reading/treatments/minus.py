"""A class of treatments less some of them: « ITK anti-EGFR de 3e génération autre que l'osimertinib ».

The result is the widest classes and agents that hold nothing of what is taken away, so that who received only that is
not meant, and who received some treatment of the class that is not named is left open.
"""

import re

from rules.reading.treatments.named_treatments import Named
from rules.reading.treatments.patterns import ART, T

LESS = re.compile(
    r"\s*,?\s*\(?\s*(?:autres? qu(?:e |')|other than |sauf |hors |hormis |a l'exception d(?:e |es |u |')|a "
    r"l'exclusion "
    r"d(?:e |es |u |')|en dehors d(?:e |es |u |')|except(?:ing|ion of| for)? |excluding )\s?"
    rf"{ART}(?P<less>{T})\s*\)?(?=\s*(?:$|[,;.)]|(?:ou|or|et|and)(?![a-z])))"
)


def ids_of(named: Named) -> frozenset[str] | None:
    """Every treatment that a list may name; None where one of its items is a regimen of several."""
    if any(len(item.components) != 1 for item in named.items):
        return None
    return frozenset(id_ for item in named.items for part in item.components for id_ in part)
