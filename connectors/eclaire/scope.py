"""Which studies of ECLAIRE are of oncology: the base lists all of medicine, and cannot be asked for a part of it."""

import re

from connectors.eclaire.fhir import text_of, words
from connectors.told import Told, Unreadable
from rules.text import fold

_AREA = re.compile(r"\bc04\b|neoplasm|tumeur|cancer|oncolog")
_TUMOUR = re.compile(
    r"cancer|tumeur|tumor\b|tumors\b|tumour|carcino|neoplas|lymphom|leuk[ae]*emi|leucemi|leukemi|myelom|sarcom|melanom|"
    r"gliom|glioblastom|blastom|mesotheliom|thymom|seminom|chordom|myelodysplas|myeloprolifera|metasta|malignan|"
    r"\bmalins?\b|\bmalignes?\b|oncolog|macroglobulin|waldenstrom|mastocyt|histiocyt"
)


def is_oncology(study: Told) -> bool:
    """Whether a study is filed under tumours (MeSH C04), or speaks of one where it is filed elsewhere or nowhere.

    A study that cannot be read this far is in scope, so that it is told as malformed rather than passed over.
    """
    try:
        study["id"].required()
        area = text_of(study, "eclaire-therapeutic-area")
        if area and _AREA.search(fold(area)):
            return True
        said = [study["title"].text() or "", *words(study["condition"])]
        return any(_TUMOUR.search(fold(text)) for text in said)
    except Unreadable:
        return True
