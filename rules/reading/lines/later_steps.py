"""What is asked later in a trial, after treatment that it gives itself: « passage en phase d'entretien : OMS 0-1 ».

Nobody at the board can tell it, and nobody is left out by it: it is for the trial team.
"""

import re

from rules.hinted import hinted
from rules.reading.clause import Clause

_HINT = hinted(r"passage|passer|poursui|randomi|etape|step|phase|entree|proceed|continu|advance to|move|partie")
_OWN = (
    r"(?:(?:de |pendant |durant |dans )?(?:l'essai|l'etude|le protocole|du protocole|protocolaire|the study|on study|"
    r"(?:d'|de l'|l')induction|(?:de la |la )?(?:phase|etape|periode) (?:d'induction|de pre-?phase|1|i|a)))"
)
_GIVEN = (
    r"(?:chimiotherapies?|chimio|traitements?|therapies?|cycles?|cures?|radio\w*|immunotherapies?|treatment|therapy)"
)
_PHASE = (
    r"(?:(?:la |le |l'|the |une? )?(?:phase|etape|periode|partie|step|part|period|temps)s?\s(?:de |d'|du )?(?:la |l')?"
    r"(?:2|ii|b|deux|two|suivante?|next|pre-?operatoire|chirurgicale|surgical|maintenance|entretien|consolidation|"
    r"extension|randomisee?|randomi[sz]ation|prolongation|intensification|adjuvante?|chirurgie|radiotherapie)s?|"
    r"(?:la |the )?(?:maintenance|consolidation|chirurgie|surgery|resection))"
)
_TO = (
    r"(?:pour (?:le |la |l'|un )?)?(?:criteres? (?:de |d'|pour (?:le |la |l')?))?(?:passage|passer|entree|entrer|acces|"
    r"poursuite|poursuivre|continuer|proceed(?:ing)?|to proceed|entry|to enter|continu(?:e|ation)|advance)\s?"
    r"(?:en|a|au|dans|vers|to|in|into|with|de|par)\s"
)
_LABEL = re.compile(
    rf"^\W*(?:{_TO}{_PHASE}|(?:pour |a |lors de |avant )?(?:la )?(?:randomisation|randomization)"
    r"(?=\s?\(?(?:apres|after|a l'issue))|"
    rf"(?:etape|step|phase|partie) (?:2|ii|deux))(?P<rest>[^:]{{0,70}}):"
)
_AFTER = re.compile(
    rf"(?:apres|after|a l'issue d(?:e |')|a la fin d(?:e |')|suivant|following|completion of)\s?"
    rf"(?:la |le |les |l'|the )?(?:(?:\d+ (?:cycles? d(?:e |'))?)?{_GIVEN}[^:()]{{0,25}}?\s?)?{_OWN}|"
    r"(?:apres|after) (?:l'|the )?induction"
)
_NAMES_IT = re.compile(
    r"(?:passage|passer|entrer|poursuivre|poursuite|proceed\w*|continu\w*|advance)\s?(?:en|a|au|dans|vers|to|into|with|de)"
)


def is_of_a_later_step(clause: Clause) -> bool:
    """Whether a label says that the clause is asked of patients who already had a part of the trial."""
    if ":" not in clause.text or not _HINT.search(clause.plain):
        return False
    label = _LABEL.match(clause.plain)
    return label is not None and (
        _AFTER.search(label[0]) is not None
        or _NAMES_IT.search(label[0][: len(label[0]) - len(label["rest"])]) is not None
    )
