"""An exclusion that is not understood but names treatments or genes: it can only reach somebody who has one of them.

« Maintenance par pembrolizumab poursuivie plus de … » excludes nobody who never had pembrolizumab; whether it excludes
who had is left open. An exception only takes away from what is excluded, so that the words before it tell. Not where
they deny (« sans », « naïf ») or where the treatment may be the trial's own.
"""

import re

from rules.criteria import KEY_KINDS, AllOf, Kind, MarkerIs, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.junctions import either
from rules.marker_results import MarkerDemand
from rules.markers import find_markers, marker_facts
from rules.reading.clause import Clause
from rules.reading.treatments.named_treatments import MARK, marked
from rules.treatments import TREATMENTS

KINDS = frozenset({Kind.PRIOR_TREATMENT, Kind.LINE, Kind.WASHOUT})
_RECEIVED = re.compile(
    r"\b(?:anterieur\w*|prealables?|deja|recue?s?|atcd|antecedents?|prior|previous\w*|received|expose\w*|exposition|"
    r"exposure|pretraite\w*)\b"
)
"""Of a clause of another kind (a marker, an organ), only these tell that a treatment received is meant."""
_TREATED = re.compile(
    r"\b(?:traitements?|therapies?|agents?|inhibiteurs?|anticorps|therapy|treatments?|inhibitors?|antibod\w+)\b"
)
"""« Tout agent ciblant la voie ILT déjà reçu »: whatever it is, who never was treated had none."""
_LISTED = re.compile(
    rf"{MARK}+(?:\s?(?:,|/|ou|et/ou|or)\s?{MARK}+)*\s?,? (?:ou|or) (?:tout |toute |any )?(?:autres?|"
    rf"other) [^,;.()]{{3,60}}\s"
    r"(?:deja recue?s?|anterieure?s?|recue?s?|received|previously)\W*"
)
"""« Anti-PD-1, anti-CTLA-4 ou autre agent ciblant un checkpoint déjà reçu »: each that is named excludes by itself."""
_AT_ITS_HEAD = 2
"""Characters: an item of the list that begins with a treatment (« anti-PD-1, anti-CTLA-4 »)."""
_EXCEPTION = re.compile(
    r"[\s,(]+(?:sauf|hormis|hors|except\w*|a l'exception|a l'exclusion|unless|autres? qu(?:e|')|other than)(?![a-z])"
)
_NOT_DENIED = hinted(
    r"\b(?:ou|or) (?:prevue?s?|planned)\b|\b(?:sans|without) (?:aucune )?(?:reponse|benefice|response|benefit)\b"
)
"""« Reçu ou prévu », « sans réponse »: who never received it is not meant all the same (the plan is the trial's)."""
_DENIES = re.compile(
    r"\b(?:sans|pas|absence|non|jamais|aucune?s?|ni|naifs?|naives?|no|not|never|without|lack|refus\w*|moins|less|"
    r"fewer|hypersens\w*|allerg\w*|contre-indi\w*|contraindi\w*|candidat\w*|eligib\w*|prevu\w*|planned|"
    r"necessit\w*|requir\w*|relevant|autres? que|other than|sauf|except\w*|hors|hormis|unless)\b"
)
_TOO_WIDE = frozenset({"anticancer_treatment", "supportive_care"})


_ALLOWED = re.compile(r"\([^()]*\b(?:autorise|permis|accepte|tolere|admis|ok\b|allowed|permitted|accepted)[^()]*\)")
"""« Traitement antérieur (chirurgie autorisée) »: what it allows is not what it excludes."""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def named_and_more(clause: Clause, kind: Kind) -> Test | None:
    """« One of these is there, and something unread »; None where the clause does not bear it."""
    exception = _EXCEPTION.search(clause.plain)
    told = _ALLOWED.sub(_blank, clause.plain[: exception.start()] if exception else clause.plain)
    if clause.polarity is not Polarity.EXCLUSION or _DENIES.search(_NOT_DENIED.sub("", told)):
        return None
    alone = kind in KEY_KINDS and min(marked(clause).lists, default=9) <= _AT_ITS_HEAD
    if kind in KINDS or alone or _RECEIVED.search(clause.plain):
        return _received(clause, told, kind if kind in KINDS else Kind.PRIOR_TREATMENT)
    return _altered(clause) if kind is Kind.BIOMARKER else None


def _altered(clause: Clause) -> Test | None:
    named = [mention.ids for mention in find_markers(clause.text, clause.words)]
    genes = sorted({next(iter(ids)) for ids in named if len(ids) == 1})
    if not genes or any(len(ids) != 1 for ids in named) or any(marker_facts(gene).kind != "gene" for gene in genes):
        return None
    tests: list[Test] = [MarkerIs(MarkerDemand.of(gene, "present")) for gene in genes]
    there: Test = either(tests)
    return AllOf((there, Unread(Kind.BIOMARKER)))


def _received(clause: Clause, told: str, kind: Kind) -> Test | None:
    named = frozenset(
        id_
        for start, list_ in marked(clause).lists.items()
        for item in list_.items
        for component in item.components
        for id_ in component
        if told[start : start + 1].strip()
        if not TREATMENTS.covers("supportive_care", id_)
    )
    if named and not named & _TOO_WIDE and _LISTED.fullmatch(marked(clause).text):
        return Treated(treatments=named)
    if not named or named & _TOO_WIDE:
        if not (_RECEIVED.search(told) and _TREATED.search(told)):
            return None
        named = frozenset({"anticancer_treatment"})
    return AllOf((Treated(treatments=named), Unread(kind)))
