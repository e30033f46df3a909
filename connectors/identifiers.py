"""The numbers under which registries know a trial, told by their form alone."""

import re
from collections.abc import Iterable

_FORMS = {
    "nct": re.compile(r"\bNCT\d{8}\b", re.IGNORECASE),
    "eu_ct": re.compile(r"\b20\d\d-5\d{5}-\d\d-\d\d\b"),
    "eudract": re.compile(r"\b20\d\d-0\d{5}-\d\d\b(?!-)"),
    "id_rcb": re.compile(r"\b20\d\d-A\d{5}-\d\d\b", re.IGNORECASE),
}
"""ClinicalTrials.gov; EU CT (CTIS, numbers from 500000 on); EudraCT (before it, 2004–2025); ID-RCB (ANSM)."""


def identifiers_in(texts: Iterable[str]) -> dict[str, str]:
    """Of each registry the first number that the texts hold, in capitals; a registry that is not named is absent."""
    found: dict[str, str] = {}
    for text in texts:
        for registry, form in _FORMS.items():
            if registry not in found and (match := form.search(text)):
                found[registry] = match[0].upper()
    return found
