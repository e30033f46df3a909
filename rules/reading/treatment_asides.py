"""What names treatments and yet asks nothing that a board can tell of them: late effects, delays of the protocol, doses.

It is told with a kind that is confirmed at screening, so that it neither decides nor asks. An exclusion by dose still
reaches only somebody who had the treatment.
"""

import re
from collections.abc import Iterator

from rules.criteria import AllOf, Kind, NoDemand, Polarity, Treated, Unread
from rules.reading.clause import Clause, Found
from rules.reading.named_treatments import MARK, Marked, concepts_of
from rules.reading.treatment_patterns import S, T
from rules.quantities import find_durations

_EFFECTS = re.compile(
    r"^\W*(?:tous? les |toutes? les |any |all )?(?:eig?|aes?|toxicites?|effets? (?:indesirables?|secondaires?|residuels?)|"
    r"evenements? indesirables?|sequelles?|toxicit(?:y|ies)|adverse events?|side effects?)"
    r"(?:\s(?!sous|pendant|ayant)[\w-]+){0,4}? (?:des?|du|lies? aux?|liees? aux?|from|related to|of|d'un|due? a)\s?"
    r"(?:(?:un |les |le |la |any |the |tout )?(?:traitements?|therap\w+|treatments?|chimio\w*|radioth\w*)\b|"
    rf"(?:les |le |la )?{MARK}).*\b(?:non (?:revenu|resol|recuper)\w*|revenu\w*|resol\w*|recuper\w*|recover\w*|persist\w*|"
    r"grade)\b.*$"
)
_PROTOCOL_DELAY = re.compile(
    r"(?:dans|avant|within|pendant|respectant|selon)\s(?:les |le |la |the )?(?:delais?|periode|fenetre|wash-?out|time "
    r"?frames?|window)(?: de wash-?out| minim\w+)?(?: (?:du|par le|defini\w*|prevu\w*|precise\w*|specifie\w*|fixe\w*|"
    r"requis\w*|specified|defined|in the|by the|per)(?: (?:au|par le|dans le|in the|by the))?(?: (?:protocole?|essai|"
    r"study))?)+"
)
_AS_RECOMMENDED = re.compile(
    rf"^\W*{T}{S}\s(?:selon les (?:recommandations?|pratiques?|habitudes?|standards?)(?: locales| du centre)?|per "
    r"(?:local|standard) (?:guidelines|practice)|according to (?:local |standard )?guidelines)"
)
_TO_RECEIVE = re.compile(
    r"^\W*(?:patients?|sujets?|participants?)?\s*(?:(?:pouvant|doivent pouvoir|doit pouvoir|apte a|aptes a|en mesure de|"
    r"able to|suitable to) (?:recevoir|receive)|eligibles? (?:a|au|to))\s(?:le |la |un |une |the |a )?(?:traitements?|"
    r"chimiotherapies?|treatment|chemotherapy|therapy|schemas?|protocole)\s(?:standards?|de l'(?:etude|essai)|"
    r"experimenta\w+|prevu\w*|retenu\w*|du protocole|per protocol|of the study|study)(?:\s(?:retenu\w*|prevu\w*|"
    r"de l'(?:etude|essai)|choisi\w*))*(?=\s*(?:$|[.;]))"
)
_EXPERIMENTAL = re.compile(
    r"(?:^|(?<=, )|(?<=ou )|(?<=/ ))\W*(?:tout |any |un )?(?:autres?|other|another) (?:produits?|traitements?|agents?|"
    r"medicaments?|therapies?|drugs?|therap\w+|treatments?)(?: (?:anti-?cancere\w+))?(?: (?:ou|or) (?:\w+ )?)?\s?"
    r"(?:experimenta\w+|investigational|a l'etude|en cours d'(?:evaluation|investigation|etude))"
    r"(?:\s(?:ou|et/ou|or) anti-?cancere\w+)?(?: (?:pour|contre|for) [^,;.()]{2,40})?(?:\s\([^()]*\))?(?=\s*(?:$|[,;.]))"
)
_DOSED = re.compile(
    rf"(?P<t>{T})(?:\s(?!(?:et|ou|and|or|dans|within|sauf)\b)[\w'/-]+){{0,4}}?\s?(?:[>≥<≤]=?|= ?[<>]|plus d(?:e |')|"
    r"more than|a dose de|over|at least|au moins|sur plus d(?:e |'))\s?(?:=\s?)?\d+(?:[.,]\d+)? ?(?:gy|%)"
    r"(?: (?:de|of|sur|to|a) (?:la |the |l')?(?:moelle|bone marrow|marrow|volume|reserve medullaire|poumons?|lungs?)"
    r"(?: osseuse)?)?(?:\s*,?\s*(?:dans|within|<|≤|in) ?(?:les |the |last |derniers? )*(?P<time>\d{1,2} ?(?:mois|months?|"
    r"semaines?|sem|weeks?|ans?|years?))(?: (?:avant|precedant|before|prior to)[^,;.()]{0,40})?)?"
)
_MAY_HOLD = re.compile(
    r"grade|revenu|resol|recuper|recover|persist|delai|wash-?out|window|time ?frame|fenetre|periode|selon les|per |"
    r"according|recevoir|receive|eligib|experimenta|investigation|a l'etude|evaluation|gy\b|%"
)


def asides(clause: Clause, text: Marked) -> Iterator[Found]:
    """What is confirmed at screening, each with the words it covers."""
    if not _MAY_HOLD.search(clause.plain):
        return
    whole = (0, len(clause.plain))
    if _EFFECTS.search(text.text):
        yield Found(*whole, Unread(Kind.WASHOUT), Kind.WASHOUT)
    elif (delay := _PROTOCOL_DELAY.search(text.text)) and text.lists and min(text.lists) < delay.start():
        yield Found(min(text.lists), delay.end(), Unread(Kind.WASHOUT), Kind.WASHOUT)
    elif recommended := _AS_RECOMMENDED.match(text.text):
        yield Found(*recommended.span(), NoDemand(), Kind.OTHER)
    elif receive := _TO_RECEIVE.match(clause.plain):
        yield Found(*receive.span(), Unread(Kind.COMORBIDITY), Kind.COMORBIDITY)
    if clause.polarity is Polarity.EXCLUSION:
        for match in _EXPERIMENTAL.finditer(clause.plain):
            yield Found(*match.span(), Unread(Kind.OTHER), Kind.OTHER)
        yield from _dosed(text)


def _dosed(text: Marked) -> Iterator[Found]:
    """« RT > 30 Gy », « ≥ 25 % de la moelle »: the figure is for screening, that there was radiotherapy is not."""
    for match in _DOSED.finditer(text.text) if re.search(r"gy\b|%", text.text) else ():
        named = text.first(*match.span())
        concepts = concepts_of(named, forbids=True) if named else None
        if concepts != frozenset({"radiotherapy"}) or re.search(r"\b(?:sans|pas|no|non)\b", text.text[: match.start()]):
            continue
        durations = find_durations(match["time"] or "")
        days = durations[0].days[0] if durations and durations[0].days else None
        if match["time"] and days is None:
            continue
        had = Treated(treatments=concepts, within_days=days)
        yield Found(*match.span(), AllOf((had, Unread(Kind.OTHER))), Kind.PRIOR_TREATMENT)
