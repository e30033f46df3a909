"""An exclusion that is not understood but names treatments: it can only reach somebody who received one of them.

« Maintenance par pembrolizumab poursuivie plus de … » excludes nobody who never had pembrolizumab; whether it excludes
who had is left open. Not where the words deny (« sans », « naïf ») or where the treatment may be the trial's own.
"""

import re

from rules.criteria import AllOf, Kind, Polarity, Test, Treated, Unread
from rules.reading.clause import Clause
from rules.treatments import TREATMENTS, find_treatments

KINDS = frozenset({Kind.PRIOR_TREATMENT, Kind.LINE, Kind.WASHOUT})
_DENIES = re.compile(
    r"\b(?:sans|pas|absence|non|jamais|aucune?s?|ni|naifs?|naives?|no|not|never|without|lack|refus\w*|moins|less|"
    r"fewer|hypersens\w*|allerg\w*|contre-indi\w*|contraindi\w*|intoleran\w*|candidat\w*|eligib\w*|prevu\w*|planned|"
    r"necessit\w*|requir\w*|relevant|autres? que|other than|sauf|except\w*|hors|hormis|unless)\b"
)
_TOO_WIDE = frozenset({"anticancer_treatment", "supportive_care"})


def exposed_and_more(clause: Clause, kind: Kind) -> Test | None:
    """« One of these was received, and something unread »; None where the clause does not bear it."""
    if clause.polarity is not Polarity.EXCLUSION or kind not in KINDS or _DENIES.search(clause.plain):
        return None
    named = frozenset(
        id_
        for mention in find_treatments(clause.text, clause.words)
        for component in mention.components
        for id_ in component
        if not TREATMENTS.covers("supportive_care", id_)
    )
    if not named or named & _TOO_WIDE:
        return None
    return AllOf((Treated(treatments=named), Unread(kind)))
