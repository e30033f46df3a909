"""A state that treatments leave: platinum-resistant, -refractory or -sensitive disease."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from rules.criteria import (
    AllOf,
    AnyOf,
    Kind,
    Not,
    Platinum,
    PlatinumIs,
    PriorLines,
    Test,
    Treated,
)
from rules.hinted import hinted
from rules.organs import ORGANS
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found

_FAMILY = frozenset({"female_genital"})
"""Where the platinum-free interval is counted as GCIG does; elsewhere other limits hold (small-cell lung: 90 days)."""

_CODED_WITH_IT = frozenset({"peritoneum", "retroperitoneum"})
"""ICD-10 C48, under which a primary peritoneal carcinoma of ovarian type is listed beside C56 and C57."""
_STATUS = r"(?:resistan(?:te?s?|ce)|sensi(?:bles?|bilite|tive|tivity)|refracta(?:ires?)|refractory)"
_STATUSES = rf"{_STATUS}(?:\s*(?:/|,|ou|or|et/ou|and/or)\s*(?:platin\w+[- ])?{_STATUS})?"
_PLATINUM = (
    r"(?:(?:la |une |the )?(?:chimio(?:therapie)?s? |chemotherapy )?(?:a base d(?:e |'))?(?:les |"
    r"aux )?(?:sels? d(?:e |'))?"
    r"(?:platine?s?|platinum)(?:[- ](?:based|containing)(?: (?:chemo)?therapy)?)?)"
)
_NAMED = re.compile(
    rf"\b(?:platin(?:e|um|o|es)?[\s-]*(?P<after>{_STATUSES})|(?P<before>{_STATUSES})\s+(?:au|aux|a|"
    rf"to)\s+{_PLATINUM}(?![a-z]))"
)
_NOT_ME = re.compile(
    r"\b(?:pas|not|sans|no|jamais|never|candidats?|si|if|number|nombre|regardless|quel(?:le)? que soit|irrespective|"
    r"independam\w*|statut)\b[^,;:.]{0,30}$|\b(?:non|"
    r"no|not|pas|for|pour)[\s-]*$|\b(?:lignes?|lines?|chimio\w*|chemo\w*|therap\w*|traitements?)\b[^;:.]{0,60}"
    r"\b(?:pour|en|for|in|au)\s(?:la |une |the |stade )?(?:maladie|phase|situation|disease|setting|stade|forme)\s*$"
)
_LONG_DEFINITION = re.compile(
    r"\bsi\s+(?:1|une)\s+(?:seule\s+)?ligne\s+(?:a base )?d(?:e |')(?:sels? de "
    r")?platine\s*[:,].{0,120}?\bprogression\s+"
    r"(?:entre\s+)?>\s?(?:91|90|3)\s?(?:j|jours|mois)\s+(?:et|a)\s+(?:≤|<=|<)?\s?(?:183|180|182|6)\s?(?:j|jours|"
    r"mois)(?:[^,;.]{0,40})?$"
)

_LONG_LATER = re.compile(
    r"\bsi\s+(?:≥|>=|> ?=|au moins)?\s?(?:2|deux)(?: (?:a|ou) (?:\d|plus))?\s+lignes\s+(?:a base )?d(?:e |')(?:sels? "
    r"de )?platine\s*[:,]"
    r".{0,60}?\bprogression\s+(?:pendant\s+ou\s+)?(?:dans\s+les\s+|≤\s?|<=\s?)(?:183|180|182|6)\s?(?:j|jours|mois)"
    r"(?:[^,;.]{0,40})?$"
)
_TIME = r"(?P<n>\d{1,3}|six|twelve|trois|three)[ -]?(?P<unit>mois|months?|jours?|j|days?)(?![a-z])"
_MORE = (
    r"(?P<more>>|≥|> ?=|plus d(?:e |')|superieur\w* a |au moins (?:de |d')?|more than |(?:of )?at least |greater than )"
)
_LESS = r"(?P<less><|≤|< ?=|moins d(?:e |')|inferieur\w* a |dans (?:les|un delai de) |within |less than )"
_OF_PLATINUM = (
    r"(?:(?:la |le |l'|the |leur |une? )?(?:fin|derniere (?:dose|cure|administration|perfusion|ligne|chimiotherapie)|"
    r"dernier "
    r"(?:traitement|cycle)|last (?:dose|cycle|line|regimen)|end|completion|arret|derniere|last)\s*(?:d(?:e |'|u |es )|"
    r"of |a base "
    r"de |par )?(?:la |le |the |leur )?(?:chimio(?:therapie)? |traitement |ligne |prior )*(?:a base d(?:e |')|par |"
    r"d(?:e |'))?"
    r"(?:sels? d(?:e |'))?platin(?:e|es|um)(?:[- ](?:based|containing)(?: (?:chemo)?therapy| regimen| chemotherapy)?)?)"
)
_INTERVALS = (
    re.compile(
        r"(?:(?:avec (?:un )?)?(?:intervalle|delai|periode) (?:libre |sans )*(?:d(?:e |'))?(?:traitement (?:par "
        r")?)?(?:sels? de )?platine|"
        rf"(?<![a-z])(?:isp|pfi|ilp|ptfi)(?![a-z])|platinum[- ]free interval)(?: \((?:isp|pfi|ilp)\))?\s*:?\s*(?:of |"
        rf"de |d')?"
        rf"(?:{_MORE}|{_LESS})\s?{_TIME}"
    ),
    re.compile(
        r"(?:en |documented |disease )?(?:rechute|recidiv\w+|progress\w+|relaps\w+|recurr\w+)(?: (?:survenue?s?|"
        r"documentee?s?|radiologique|"
        rf"de la maladie|tumorale))*\s+(?:(?:pendant|sous|during|on) (?:ou|or) )?(?:{_MORE}|"
        rf"{_LESS})\s?{_TIME}(?:\s?[(\[]\s?\d+\s?(?:jours|days|j|semaines|weeks)\s?[)\]])?\s+(?:apres|after|"
        rf"suivant|following|from|of|qui suivent)\s+{_OF_PLATINUM}"
    ),
)
_FIRST = re.compile(r"(?:primitivement|primairement|d'emblee|primary|primarily)[\s-]+$")
"""Refractory to the first platinum line: the last one, which is what is judged, is the first only if it is alone."""
_PLATINUM_ONLY = frozenset({"platinum"})
_EARLY_AFTER_FIRST = Treated(treatments=_PLATINUM_ONLY, lines=frozenset({1}), relapse_within_days=91)
_MAY_HOLD = hinted(r"platin|\b(?:isp|pfi|ilp|ptfi)\b")
_SIX_MONTHS, _THREE_MONTHS = range(180, 185), range(90, 93)


def platinum_status(clause: Clause) -> Iterator[Found]:
    """Platinum-sensitive, -resistant, -refractory, by name or by the long definition of one platinum line."""
    if not _MAY_HOLD.search(clause.plain):
        return
    for match in _LONG_DEFINITION.finditer(clause.plain):
        only = PriorLines(1, 1, frozenset({"platinum"}))
        resistant = PlatinumIs(frozenset({Platinum.RESISTANT}))
        yield Found(*match.span(), AnyOf((Not(only), resistant)), Kind.PRIOR_TREATMENT)
    for match in _LONG_LATER.finditer(clause.plain):
        several = PriorLines(2, None, frozenset({"platinum"}))
        early = PlatinumIs(frozenset({Platinum.RESISTANT, Platinum.REFRACTORY}))
        yield Found(*match.span(), AnyOf((Not(several), early)), Kind.PRIOR_TREATMENT)
    yield from _intervals(clause)
    yield from _first_line(clause) if of_ovary(clause) else ()
    for match in _NAMED.finditer(clause.plain):
        test = _platinum_test(clause, match["after"] or match["before"])
        before = clause.plain[: match.start()]
        first = _FIRST.search(before)
        if test is not None and first:
            test = AnyOf((AllOf((test, PriorLines(1, 1, _PLATINUM_ONLY))), _EARLY_AFTER_FIRST))
        if test is not None and not _NOT_ME.search(before):
            yield Found(first.start() if first else match.start(), match.end(), test, Kind.PRIOR_TREATMENT)


def _first_line(clause: Clause) -> Iterator[Found]:
    """« Progression plus de 6 mois après la dernière dose de platine de première ligne »: of that line, whatever came
    next; behind « sensible au platine » in a bracket it says what is meant."""
    for match in _INTERVALS[1].finditer(clause.plain):
        line = _OF_FIRST_LINE.match(clause.plain, match.end())
        durations = find_durations(f"{match['n']} {match['unit']}")
        if line is None or not durations or not durations[0].days or _NOT_ME.search(clause.plain[: match.start()]):
            continue
        given = Treated(treatments=_PLATINUM_ONLY, lines=frozenset({1}))
        soon = replace(given, relapse_within_days=durations[0].days[1])
        named = _MEANT.search(clause.plain, 0, match.start())
        test = AllOf((given, Not(soon))) if match["more"] else soon
        yield Found(named.start() if named else match.start(), line.end(), test, Kind.PRIOR_TREATMENT)


_OF_FIRST_LINE = re.compile(
    r"\s(?:de (?:la )?|of |en |in )?(?:premiere|1(?:re|ere)|first|1st)[ -](?:ligne|line)(?: platinum)?(?![a-z])|"
    r"\s(?:de )?l1(?![\d])"
)
_MEANT = re.compile(
    r"(?:sensible (?:au|aux sels de) platine|platine[- ]sensible|platinum[- ]sensitive(?: disease)?|"
    r"(?:resistante? (?:au|aux sels de)|refractaire (?:au|aux sels de)) platine|"
    r"platine[- ](?:resistante?|refractaire))\s?[(,:]\s?$"
)


def _intervals(clause: Clause) -> Iterator[Found]:
    """« Intervalle sans platine > 6 mois », « rechute dans les 6 mois suivant la dernière dose de platine »."""
    if not of_ovary(clause):
        return
    for pattern in _INTERVALS:
        for match in pattern.finditer(clause.plain):
            if _OF_FIRST_LINE.match(clause.plain, match.end()):
                continue
            durations = find_durations(f"{match['n']} {match['unit']}")
            days = durations[0].days[0] if durations and durations[0].days else 0
            statuses = _statuses(days, more=bool(match["more"]))
            if statuses and not _NOT_ME.search(clause.plain[: match.start()]):
                yield Found(*match.span(), PlatinumIs(statuses), Kind.PRIOR_TREATMENT)


def _statuses(days: int, *, more: bool) -> frozenset[Platinum]:
    """What an interval longer or shorter than six (three) months is called; other limits have no name."""
    if days in _SIX_MONTHS:
        return frozenset({Platinum.SENSITIVE} if more else {Platinum.RESISTANT, Platinum.REFRACTORY})
    if days in _THREE_MONTHS:
        return frozenset({Platinum.SENSITIVE, Platinum.RESISTANT} if more else {Platinum.REFRACTORY})
    return frozenset()


def of_ovary(clause: Clause) -> bool:
    """Whether the trial is of the family in which the platinum-free interval is counted so, or of none."""
    return _of_ovary(clause.organs)


@lru_cache(maxsize=1024)
def _of_ovary(organs: frozenset[str]) -> bool:
    of_family = {organ for organ in organs if ORGANS.above(organ) & _FAMILY}
    return not organs or (bool(of_family) and organs - of_family <= _CODED_WITH_IT)


def _platinum_test(clause: Clause, words: str) -> Test | None:
    """Resistant, said alone, takes refractory in: relapse within six months is what both share."""
    sensitive, resistant, refractory = "sensi" in words, "resistan" in words, "refract" in words
    if not of_ovary(clause):
        if sensitive:
            return None
        return Treated(treatments=frozenset({"platinum"}), outcomes=frozenset({"progression"}))
    statuses = {Platinum.SENSITIVE} if sensitive else set()
    statuses |= {Platinum.RESISTANT} if resistant else set()
    statuses |= {Platinum.REFRACTORY} if refractory or resistant else set()
    return PlatinumIs(frozenset(statuses))
