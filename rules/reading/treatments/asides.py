"""What names treatments and asks nothing that a board can tell of them: late effects, delays of the protocol, doses.

It is told with a kind that is confirmed at screening, so that it neither decides nor asks. An exclusion by dose still
reaches only somebody who had the treatment.
"""

import re
from collections.abc import Iterator

from rules.criteria import AllOf, Kind, NoDemand, Polarity, PriorLines, Treated, Unread
from rules.hinted import hinted
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.treatments.minus import ids_of
from rules.reading.treatments.named_treatments import MARK, Marked, concepts_of, received
from rules.reading.treatments.patterns import INNER, PAST, S, T
from rules.reading.treatments.settings import settings_in
from rules.treatments import TREATMENTS

_EFFECTS = hinted(
    r"^\W*(?:tous? les |toutes? les |any |all )?(?:eig?|aes?|toxicites?|effets? (?:indesirables?|secondaires?|"
    r"residuels?)|"
    r"evenements? indesirables?|sequelles?|toxicit(?:y|ies)|adverse events?|side effects?)"
    r"(?:\s(?!sous|pendant|ayant)[\w-]+){0,4}? (?:des?|du|lies? aux?|liees? aux?|from|related to|of|d'un|due? a)\s?"
    r"(?:(?:un |les |le |la |any |the |tout )?(?:traitements?|therap\w+|treatments?|chimio\w*|radioth\w*)\b|"
    rf"(?:les |le |la )?{MARK}).*\b(?:non (?:revenu|resol|recuper)\w*|revenu\w*|resol\w*|recuper\w*|recover\w*|"
    rf"persist\w*|"
    r"grade)\b.*$"
)
_PROTOCOL_DELAY = re.compile(
    r"(?:dans|avant|within|pendant|respectant|selon)\s(?:les |le |la |the )?(?:delais?|periode|fenetre|wash-?out|"
    r"time "
    r"?frames?|window)(?: de wash-?out| minim\w+)?(?: (?:du|par le|defini\w*|prevu\w*|precise\w*|specifie\w*|fixe\w*|"
    r"requis\w*|specified|defined|in the|by the|per)(?: (?:au|par le|dans le|in the|by the))?(?: (?:protocole?|essai|"
    r"study))?)+"
)
_AS_RECOMMENDED = hinted(
    rf"^\W*{T}{S}\s(?:selon les (?:recommandations?|pratiques?|habitudes?|standards?)(?: locales| du centre)?|per "
    r"(?:local|standard) (?:guidelines|practice)|according to (?:local |standard )?guidelines)"
)
_CHECKED = hinted(
    rf"(?:stade |statut |stage |status )?(?:evalue\w*|determine\w*|etabli\w*|mesure\w*|assessed|determined)\s(?:a|"
    rf"au|avant|"
    rf"lors d[eu]|at|before|prior to)\s?(?:(?:l'|le |la |the )?(?:initiation|debut|moment|start|diagnostic)(?: "
    rf"d(?:e |u |'))?)?"
    rf"\s?(?:de |l'|la |le |the |of )*{T}{S}(?: pre-?operatoire| preoperative)?"
)
"""When a fact was established, beside a treatment."""
_ANY_NUMBER = re.compile(
    rf"^\W*(?:nb|nombre|number) (?:d(?:e |')|of )(?:prior )?(?:{T}|lignes?|lines?|traitements?)(?:\s{PAST}|\s(?:de "
    rf"traitement|"
    r"of therapy))*\s(?:libres?|illimitee?s?|non limitee?s?|sans limite|indifferent|quelconque|unlimited|not limited)"
    r"(?:\s*,[^;.]*)?(?=\s*(?:$|[;.]))|"
    rf"^\W*(?:(?:ensuite|puis|then) )?(?:lignes?|lines?|any number (?:of|de) (?:prior )?lignes?|any number of lines|"
    rf"pas de "
    rf"(?:limite|maximum|limitation)(?: superieure)?(?: (?:d(?:e |u )|au )(?:nombre de )?lignes?)?)(?: (?:anterieures?|"
    rf"precedentes?|de traitement|systemiques?|d'{MARK}+|de {MARK}+|of {MARK}+))*"
    r"(?:(?<=lignes)|(?<=ligne)|(?<=lines))? ?(?P<free>illimitee?s?|non limitee?s?|sans limite)(?: (?:en|au|dans|pour) "
    r"(?:la |une )?(?:(?:situation |stade |phase |maladie )?(?:recidive|rechute|metastatique|avancee?)))?(?=\s*(?:$|"
    r"[,;.]))|"
    rf"^\W*(?:any number (?:of|de)|nombre (?:illimite|libre|quelconque) d(?:e |')|sans limite d(?:e |'|u nombre de )|"
    rf"pas "
    rf"de (?:limite|maximum|limitation) (?:d(?:e |u )|au )(?:nombre de )?)\s?(?:prior )?(?:lignes?|"
    rf"lines?)(?: (?:anterieures?|"
    rf"precedentes?|de traitement|systemiques?|of (?:prior )?therapy|d'{MARK}+|de {MARK}+|of {MARK}+))*"
    r"(?=\s*(?:$|[,;.]))"
)
_IF_ANY = re.compile(
    rf"^(?=[^;.]*{MARK})[^;.]*(?:s'il y en a(?: eu)?|le cas echeant|si (?:realisee?s?|faite?s?|applicable|"
    rf"indiquee?s?)|if "
    r"(?:any|applicable|given|indicated))[^;.]*\b(?:terminee?s?|acheve\w*|finie?s?|complet\w+|realisee?s?)\W*$"
)
"""« Chimiothérapie adjuvante (s'il y en a eu) terminée »: no treatment is asked."""
_NEXT_LINE = re.compile(r"\bprevue?s? (?:comme|en) (?:prochaine|nouvelle) ligne\b|\bplanned as (?:the )?next line\b")
"""What the trial itself is to be."""
_TO_RECEIVE = re.compile(
    r"^\W*(?:patients?|sujets?|participants?)?\s*(?:(?:pouvant|doivent pouvoir|doit pouvoir|apte a|aptes a|en "
    r"mesure de|"
    r"able to|suitable to) (?:recevoir|receive)|eligibles? (?:a|au|to))\s(?:le |la |un |une |the |a "
    r")?(?:traitements?|"
    r"chimiotherapies?|treatment|chemotherapy|therapy|schemas?|protocole)\s(?:standards?|de l'(?:etude|essai)|"
    r"experimenta\w+|prevu\w*|retenu\w*|du protocole|per protocol|of the study|study)(?:\s(?:retenu\w*|prevu\w*|"
    r"de l'(?:etude|essai)|choisi\w*))*(?=\s*(?:$|[.;]))"
)
_EXPERIMENTAL = hinted(
    r"(?:^|(?<=, )|(?<=ou )|(?<=/ ))\W*(?:tout |any |un )?(?:autres?|other|another) (?:produits?|traitements?|"
    r"agents?|"
    r"medicaments?|therapies?|drugs?|therap\w+|treatments?)(?: (?:anti-?cancere\w+))?(?: (?:ou|or) (?:\w+ )?)?\s?"
    r"(?:experimenta\w+|investigational|a l'etude|en cours d'(?:evaluation|investigation|etude))"
    r"(?:\s(?:ou|et/ou|or) anti-?cancere\w+)?(?: (?:pour|contre|for) [^,;.()]{2,40})?(?:\s\([^()]*\))?(?=\s*(?:$|"
    r"[,;.]))"
)
_DOSED = re.compile(
    rf"(?P<t>{T})(?:\s(?!(?:et|ou|and|or|dans|within|sauf)\b)[\w'/-]+){{0,4}}?\s?(?:[>≥<≤]=?|= ?[<>]|plus d(?:e |')|"
    r"more than|a dose de|over|at least|au moins|sur plus d(?:e |'))\s?(?:=\s?)?\d+(?:[.,]\d+)? ?(?:gy|%)"
    r"(?: (?:de|of|sur|to|a) (?:la |the |l')?(?:moelle|bone marrow|marrow|volume|reserve medullaire|poumons?|lungs?)"
    r"(?: osseuse)?)?(?:\s*,?\s*(?:dans|within|<|≤|in) ?(?:les |the |last |derniers? )*(?P<time>\d{1,2} ?(?:mois|"
    r"months?|"
    r"semaines?|sem|weeks?|ans?|years?))(?: (?:avant|precedant|before|prior to)[^,;.()]{0,40})?)?"
)
_TOO_MANY = re.compile(
    rf"(?P<more>plus d(?:e |')|more than |> ?)?(?P<least>(?:≥|> ?=|au moins|at least) ?)?(?P<n>\d{{1,2}}) "
    rf"(?:cycles?|cures?) "
    rf"(?:d(?:e |')|of ){INNER}(?P<t>{T})(?P<s>{S})(?:\s{PAST}|\srecue?s?)?"
)
_UNDER_FIRST = re.compile(
    r"(?:progress\w+|rechute)(?: (?!rapid|precoc|fulmin|lent|biochim|biolog|explos|sympto|cereb|early|"
    r"isole)\w+)? (?:sous|"
    r"pendant|au cours d(?:e |')|during|on) (?:la |the |une )?(?:1re|1ere|"
    r"premiere|"
    r"first)[ -](?:ligne|line)(?: de traitement| therapy| treatment)?"
)
_AT_A_STAGE = re.compile(
    rf"\W*{T}\s(?:au stade|en situation|en phase|a la phase|at the stage|in the setting)\s(?!adjuv|neoadjuv|avance|"
    rf"precoce|localise|"
    rf"metasta|locale)"
    r"[^,;.()]{2,40}(?=\s*(?:$|[;.]))"
)
_SHORTEST_CYCLE = 14
"""Days: who was treated for less cannot have had so many cycles (weekly schedules are counted by cycles of weeks)."""
_MAY_HOLD = re.compile(
    r"grade|revenu|resol|recuper|recover|persist|delai|wash-?out|window|time ?frame|fenetre|periode|selon les|per |"
    r"according|cycle|cure|ligne|line|stade|\bnb\b|nombre|number|situation|phase|setting|evalue|determine|etabli|"
    r"mesure|assessed|"
    r"s'il y|echeant|\bsi \w+ee?s?\b|if (?:any|appl|giv|ind)|recevoir|receive|eligib|experimenta|investigation|"
    r"a l'etude|evaluation|gy\b|%"
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
    for checked in _CHECKED.finditer(text.text):
        yield Found(*checked.span(), NoDemand(), Kind.OTHER)
    yield from _excluded(clause, text) if clause.polarity is Polarity.EXCLUSION else _included(clause, text)


def _included(clause: Clause, text: Marked) -> Iterator[Found]:
    if number := _ANY_NUMBER.match(text.text):
        yield Found(*number.span(), NoDemand(), Kind.OTHER)
    elif _IF_ANY.match(text.text):
        yield Found(0, len(clause.plain), Unread(Kind.OTHER), Kind.OTHER)
    if following := _NEXT_LINE.search(clause.plain):
        yield Found(0, following.end(), Unread(Kind.OTHER), Kind.OTHER)


def _excluded(clause: Clause, text: Marked) -> Iterator[Found]:
    for match in _EXPERIMENTAL.finditer(clause.plain):
        yield Found(*match.span(), Unread(Kind.OTHER), Kind.OTHER)
    yield from _dosed(text)
    yield from _too_many(text)
    yield from _at_a_stage(text)
    for match in _UNDER_FIRST.finditer(clause.plain):
        failed = Treated(
            treatments=frozenset({"systemic_treatment"}), outcomes=frozenset({"progression"}), lines=frozenset({1})
        )
        yield Found(*match.span(), AllOf((PriorLines(1, None), failed)), Kind.LINE)


def _too_many(text: Marked) -> Iterator[Found]:
    """« Plus de 3 cycles de chimiothérapie »: not reached by who was treated for too short a time."""
    for match in _TOO_MANY.finditer(text.text):
        named = text.first(*match.span("t"))
        settings = settings_in(match["s"], forbids=True)
        if named is None or not (match["more"] or match["least"]) or settings is None:
            continue
        days = _SHORTEST_CYCLE * (int(match["n"]) - (1 if match["least"] else 0))
        said = Treated(treatments=frozenset(), lasting_days=days or None, settings=settings)
        test = received(named, said, forbids=True, negated=False)
        if test is not None and not re.search(r"\b(?:sans|pas|no|non|moins)\b", text.text[: match.start()]):
            yield Found(*match.span(), AllOf((test, Unread(Kind.PRIOR_TREATMENT))), Kind.PRIOR_TREATMENT)


def _at_a_stage(text: Marked) -> Iterator[Found]:
    """« Chimiothérapie au stade CPRCm »: it can only reach somebody who had it, at whatever stage."""
    match = _AT_A_STAGE.match(text.text)
    named = text.first(*match.span()) if match else None
    ids = ids_of(named) if named else None
    if match and ids and not any(TREATMENTS.covers("supportive_care", id_) for id_ in ids):
        had = Treated(treatments=ids)
        yield Found(*match.span(), AllOf((had, Unread(Kind.PRIOR_TREATMENT))), Kind.PRIOR_TREATMENT)


def _dosed(text: Marked) -> Iterator[Found]:
    """« RT > 30 Gy », « ≥ 25 % de la moelle »: the figure is for screening, that there was radiotherapy is not."""
    for match in _DOSED.finditer(text.text) if re.search(r"gy\b|%", text.text) else ():
        named = text.first(*match.span())
        concepts = concepts_of(named, forbids=True) if named else None
        given = concepts is not None and all(TREATMENTS.covers("radiotherapy", id_) for id_ in concepts)
        if concepts is None or not given or re.search(r"\b(?:sans|pas|no|non)\b", text.text[: match.start()]):
            continue
        durations = find_durations(match["time"] or "")
        days = durations[0].days[0] if durations and durations[0].days else None
        if match["time"] and days is None:
            continue
        had = Treated(treatments=concepts, within_days=days)
        kind = Kind.OTHER if re.search("moelle|marrow|medullaire", match[0]) else Kind.PRIOR_TREATMENT
        yield Found(*match.span(), AllOf((had, Unread(Kind.OTHER))), kind)
