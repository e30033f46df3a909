"""The further clauses of a line that begins with a tumour: « LAM : RC2 ; RC1 si > 60 ans » asks a myeloma nothing."""

import re
from collections.abc import Sequence

from rules.criteria import AnyOf, HistologyIs, Not, OrganIs, Test, leaves
from rules.junctions import together
from rules.reading.joining import Read
from rules.reading.on_axes import OnAxes, said_of
from rules.reading.organ_labels import named_organs
from rules.verdict import Verdict


def tumour_of(label: str, read: Read, organs: frozenset[str]) -> Test | None:
    """The tumour that a plain label is, and nothing else; `organs`: of the trial, which is asked of all of them."""
    tests = [test for _, _, test in read.tests]
    if not (read.whole and is_one_of_several(tests, organs)):
        named = named_organs(label)
        return named if named and is_one_of_several([named], organs) else None
    return together(tests)


def is_one_of_several(tests: Sequence[Test], organs: frozenset[str]) -> bool:
    """Whether what a label asks is a tumour and nothing else, and one of several that the trial is about."""
    if len(organs) < _SEVERAL or not tests:
        return False
    if not all(isinstance(leaf, OrganIs | HistologyIs) for test in tests for leaf in leaves(test)):
        return False
    return said_of(together(tests), OnAxes(organs)) is Verdict.UNKNOWN


_SEVERAL = 2


def asked_of(tumour: Test, read: Read) -> Read:
    """What a clause asks, of patients with a tumour alone; one that names a tumour says itself whom it is of."""
    every = (leaf for _, _, test in read.tests for leaf in leaves(test))
    if any(isinstance(leaf, OrganIs | HistologyIs) for leaf in every):
        return read
    rows = tuple((kind, key, AnyOf((Not(tumour), test))) for kind, key, test in read.tests)
    return Read(rows, read.whole, read.permits)


VALUE = re.compile(r"[0-4]\s?(?:-|–|à|ou|,|/)\s?[0-4]\b(?!\s?(?:ans|lignes?|mois))|[0-4]\s(?:si|accept|autoris|chez)")
PEOPLE = re.compile(
    r"(?:(?:pour|chez|for|in) )?(?:(?:les|the|tous les|all) )?(?:patients?|patientes?|participants?|sujets?|subjects?|"
    r"malades?|femmes?|hommes?|women|men) (?:avec|sans|with|without|ayant|having|porteu|atteint|dont|n'ayant|non |naif|"
    r"pretrait|traite|de plus|de moins|age)|(?:en cas d|si |if |in case of )"
)
"""« Patients avec AGA : A ; B »: each further clause of the line is asked of them alone."""
SCALE = re.compile(r"(?:PS|ECOG|OMS|WHO)(?: (?:PS|ECOG|OMS|WHO))?")


def label_before(clause: str) -> str:
    """« Enfortumab : naïf (B1) ; déjà reçu (B2) »: what the further clauses of the line speak of; so does the scale of
    « ECOG 0-2 si ≥ 75 ans ; 0-3 si < 75 ans »."""
    match = re.match(
        r"((?:[^:()]|\([^:()]{1,20}\)){3,60}?)\s*:\s|((?:PS|ECOG|OMS|WHO)(?: (?:PS|ECOG|OMS|WHO))?)\s(?=\d)", clause
    )
    return (match[1] or match[2]) if match else ""
