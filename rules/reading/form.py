"""The free text of a form → facts, as a partial case beside the stated one."""

from rules.case import Case
from rules.dossier import Dossier


def read_form(case: Case) -> Dossier:
    """The dossier of a case: what it states, with what its typed terms mean; its synthesis is not read here."""
    return Dossier.of(case)
