"""« Mutations non sensibilisantes (insertions de l'exon 20) »: alterations of EGFR, whose name is left out."""

import re

from rules.criteria import AnyOf, Kind, MarkerIs, Test, Unread
from rules.marker_results import MarkerDemand
from rules.markers import MARKER_NAMES
from rules.reading.clause import Clause, Found

_INSENSITIVE = re.compile(
    r"(?:(?:les|des|the|toutes?|any)\s)?(?:mutations?\s(?:(?:de l'|d')?egfr\s)?(?:dites?\s)?non[- ]sensibilis\w+|"
    r"non[- ]?sensiti[sz]ing\s(?:egfr\s)?mutations?)"
    r"(?:\s(?:de |d'|of )?(?:l')?egfr)?"
    r"\s?\((?P<open>(?:p\. ?ex\.|ex(?:emple)?s?\.?|e\.g\.,?|telles? que|such as|dont|notamment|including)\s?:?\s?)?"
    r"(?:les\s|the\s)?(?:insertions?\s(?:de l'|dans l'|in |of |d'|)\s?(?:l')?exon ?20|exon ?20 insertions?|ins ?20)"
    r"(?P<more>[^()]*)\)"
)


def insensitive(clause: Clause) -> list[Found]:
    """The finding, where the clause names no other gene; what is only an example leaves the rest unread."""
    if "sensi" not in clause.plain or not (match := _INSENSITIVE.search(clause.plain)):
        return []
    if any(mention.ids != {"EGFR"} for mention in MARKER_NAMES.find_tokens(clause.words)):
        return []
    test: Test = MarkerIs(MarkerDemand.of("EGFR", "present", variants=("insertion exon 20",)))
    if match["open"] or match["more"].strip():
        test = AnyOf((test, Unread(Kind.BIOMARKER)))
    return [Found(match.start(), match.end(), test, Kind.BIOMARKER)]
