"""A disease that did not progress under a treatment: « sans progression après 4 à 6 cycles de platine-étoposide ».

Asked of trials of maintenance and consolidation: the treatment was received, and the disease does not progress now. How
many cycles there were is confirmed at screening. Never read among exclusions.
"""

import re
from collections.abc import Iterator

from rules.criteria import AllOf, Kind, Not, Polarity, State, StateIs, Test, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.treatments.named_treatments import Marked, received
from rules.reading.treatments.patterns import S, T
from rules.reading.treatments.settings import settings_in

_RESPONSE = (
    r"(?:reponses?|response|rc|rp|cr|pr|remission)(?: (?:complete|partielle|objective|tumorale|partial)(?:\s?(?:ou|et|"
    r"or|/)\s?(?:complete|partielle|partial))?)*"
    r"(?: ?\([^()]{1,40}\))?"
)
_WHOLE_OR_PART = (
    r"(?:completes?|partielles?|partial)\s?(?:,\s?)?(?:ou|et/ou|or|/)\s?(?:(?:reponses?|response) )?"
    r"(?:completes?|partielles?|partial)"
)
_STABLE = r"(?:stables?|stabilites?|stabilisations?|sd|maladies? stables?|stable disease|controlee?s?|disease control)"
_DISEASE = r"(?:maladie |disease |tumeur |patients? |en |avec |with |in )*"
STEADY = (
    rf"(?:{_DISEASE}{_RESPONSE}(?:\s?(?:,|/|ou|or)\s?{_DISEASE}(?:{_RESPONSE}|{_STABLE}))+|"
    rf"{_DISEASE}{_STABLE}\s(?:ou|or)\s{_DISEASE}{_RESPONSE}|"
    r"(?:en|ayant|avec|in|with)\s(?:une? |a )?(?:reponses?|response|rp|pr)(?: (?:partielle|objective|tumorale|"
    r"partial))*"
    r"(?=\s(?:apres|a l'issue|au decours|a la fin|after|following))|"
    rf"(?<!sans )(?<!pas de )(?<!absence de )(?<!no )(?<!without ){_DISEASE}"
    rf"(?:une? |a )?(?:reponses?|response) {_WHOLE_OR_PART}(?: ?\([^()]{{1,40}}\))?|"
    rf"{_DISEASE}(?:controlee?s?|controle (?:de la maladie|tumoral)|disease control|controlled)"
    r"(?=\s(?:\([^()]{1,40}\) )?(?:apres|a l'issue|au decours|a la fin|after|following))|"
    rf"(?<!survie )(?<!survival )"
    r"(?:absence de |sans |pas de |no |without )(?:signes? de |evidence of )?(?:progression|rechute)(?: de la maladie|"
    r" tumorale| radiologique)?|non[- ]progressi(?:f|ve|fs|ves)|n'ayant pas progresse|"
    r"(?:maladie |patients? )?qui n'(?:a|ont) pas progresse|(?:has |have |having )?not progressed)"
)
_AFTER = (
    r"\s?,?\s?(?:apres|a l'issue d(?:e |')|au decours d(?:e |'|u |es )|a la fin d(?:e |')|after|"
    r"following)\s?(?:la |le |les |l'|une? |the )?(?:fin d(?:e |')(?:la |le |l')?)?"
    r"(?P<cycles>(?:au moins |at least |≥ ?|minimum )?\d{1,2}(?:\s?(?:a|-|to|ou|or)\s?\d{1,2})?\s(?:cycles?|cures?|"
    r"mois|semaines?|months?|weeks?)\s(?:d(?:e |')|of )(?:(?:chimiotherapie d')?induction (?:par |de |"
    r"with ))?)?(?:la |le |l'|une? )?"
)
_STEADY_AFTER = hinted(rf"(?<![a-z-]){STEADY}{_AFTER}(?P<t>{T})(?P<s>{S})")
_UNNAMED = (
    r"(?:traitements?|therapie|induction|treatment|therapy|(?:1re|1ere|premiere) ligne|"
    r"first[- ]line)(?: (?:standards?|initiale?|d'induction|"
    r"de (?:1re|1ere|premiere) ligne|systemique|systemic|induction|therapy|treatment|anti-?cancereux))*"
)
_LATER = (
    r"(?:(?P<rank>[2-4])\s?(?:e|eme|nde|nd|rd|th)|(?P<word>deuxieme|seconde|troisieme|second|third))[ -]"
    r"(?:lignes?|line)"
    r"(?: (?:de |a base de )?(?:traitement|chimiotherapie|platine|chemotherapy|treatment|therapy))?"
)
_STILL = (
    r"(?:\s?,?\s(?:et )?(?:sans|no|without) (?:signes? de |evidence of )?(?:progression|rechute|recidive)"
    r"(?: de la maladie| tumorale| radiologique| depuis)?)?"
)
_STEADY_NOW = re.compile(rf"^\W*{STEADY}(?:{_AFTER}(?:{_UNNAMED}|{_LATER}))?{_STILL}(?=\s*(?:$|[,;.(]))")
_STEADY_LAST = hinted(
    rf"(?:,|\bet|\band)\s(?P<said>{STEADY}(?: (?:selon )?recist(?: 1[.,]1)?)?(?:\s?\([^()]{{1,60}}\))?)\W*$"
)
"""« 4 à 6 cycles de A en L1, sans progression (RC, RP ou stabilité) »."""
_TOLD = re.compile(rf"progress|rechut|recid|relaps|recurr|echec|refract|{STEADY}")
_RANKS = {"deuxieme": 2, "seconde": 2, "second": 2, "troisieme": 3, "third": 3}
_MAY_HOLD = hinted(r"progress|repons|respons|stab|remission|rechute|control|\br[cp]\b|\b[cp]r\b")


def responses(clause: Clause, text: Marked) -> Iterator[Found]:
    """The demands that the disease did not progress, with the treatment it did not progress under."""
    if clause.polarity is Polarity.EXCLUSION or not _MAY_HOLD.search(text.text):
        return
    for match in _STEADY_AFTER.finditer(text.text):
        test = _received(text, match)
        if test is not None:
            yield Found(*match.span(), test, Kind.EXTENT)
    last = _STEADY_LAST.search(text.text)
    if last and not _TOLD.search(text.text[: last.start()]):
        yield Found(*last.span("said"), STANDS, Kind.EXTENT)
    if now := _STEADY_NOW.match(text.text):
        rank = int(now["rank"]) if now["rank"] else _RANKS.get(now["word"] or "")
        line = Treated(treatments=frozenset({"systemic_treatment"}), lines=frozenset({rank})) if rank else None
        yield Found(*now.span(), AllOf((STANDS, line)) if line else STANDS, Kind.EXTENT)


STANDS: Test = Not(StateIs(State.PROGRESSION))


def _received(text: Marked, match: re.Match[str]) -> Test | None:
    named = text.first(*match.span("t"))
    settings = settings_in(match["s"], forbids=False)
    if named is None or settings is None or text.count(*match.span("t")) != 1:
        return None
    had = received(named, Treated(treatments=frozenset(), settings=settings), forbids=False, negated=False)
    if had is None:
        return None
    counted = (Unread(Kind.OTHER),) if match["cycles"] else ()
    return AllOf((STANDS, had, *counted))
