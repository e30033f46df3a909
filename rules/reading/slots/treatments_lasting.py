"""How long a treatment was given: « 4 à 6 mois de A en L1 », « A pendant au moins 12 semaines ».

The amount, the treatment, its line and setting stand in any order; words that tell that it was given change nothing.
What stands beside and is not understood leaves a demand open and an exclusion without effect.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules.criteria import AllOf, Kind, Not, OrganIs, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.junctions import either, together
from rules.organs import ORGAN_NAMES, ORGANS
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.joining import Read, Row
from rules.reading.segments import in_parenthesis, words_left
from rules.reading.treatments.responses import STANDS, STEADY
from rules.reading.treatments.things import things_of
from rules.reading.tumours import recogniser as tumour

_NUMBER = r"(?:\d{1,3}|une?|deux|trois|quatre|cinq|six|huit|neuf|douze|one|two|three|four|five|six|eight|nine|twelve)"
_UNIT = r"(?:semaines?|sem\.?|mois|ans?|annees?|jours?|j|weeks?|wks?|months?|years?|days?)(?![a-z])"
_MAY_HOLD = hinted(rf"\d\s?{_UNIT}|\b{_NUMBER}\s{_UNIT}")
_AMOUNT = re.compile(
    r"(?:(?P<least>≥|⩾|>\s?=|au moins|(?:un )?minimum(?: de)?|at least|a minimum of|des)|"
    r"(?P<more>>(?!\s?=)|plus d(?:e |')|depuis plus d(?:e |')|more than|over|longer than|superieure? a)|"
    r"(?P<most>≤|<\s?=|<|au (?:plus|maximum)|max(?:imum)?\.?(?: de)?|moins d(?:e |')|jusqu'a|less than|up to|"
    r"no more than|pas plus d(?:e |'))|(?P<between>entre|between|de|from))?\s?"
    rf"(?P<low>{_NUMBER})(?:\s?(?:{_UNIT})?\s?(?:a|-|et|to|and|ou)\s?(?P<high>{_NUMBER}))?\s?(?P<unit>{_UNIT})"
)
_WORDS = {
    "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5,
    "five": 5, "six": 6, "huit": 8, "eight": 8, "neuf": 9, "nine": 9, "douze": 12, "twelve": 12,
}  # fmt: skip
_RANK = (
    r"(?:(?:en |in |as |de |d'une? |une? )?(?:l(?P<l{0}>[1-4])|(?:(?P<n{0}>[1-4])\s?(?:re|ere|e|eme|nde|st|nd|rd|th)|"
    r"(?P<w{0}>premiere|deuxieme|seconde|troisieme|first|second|third))(?:[ -](?:lignes?|lines?))?))"
)
_LINE = re.compile(
    rf"(?<![a-z\d]){_RANK.format(1)}(?:\s?(?:ou|or|/|-|et)\s?{_RANK.format(2)})?(?![a-z\d+])"
    r"(?: (?:de (?:traitement|chimiotherapie)|metastatiques?|treatment|therapy|systemiques?|standards?))*"
)
_LINE_WORDS = {"premiere": 1, "first": 1, "deuxieme": 2, "seconde": 2, "second": 2, "troisieme": 3, "third": 3}
_SETTINGS = (
    (re.compile(r"\b(?:neo-?adjuvante?s?|pre-?operatoires?|neoadjuvant)\b"), "neoadjuvant"),
    (re.compile(r"\b(?:en (?:situation )?)?(?:adjuvante?s?|post-?operatoires?|adjuvant)\b"), "adjuvant"),
    (re.compile(r"\b(?:de |en )?(?:maintenance|entretien)\b"), "maintenance"),
)
_ADVANCED = re.compile(
    r"\b(?:(?:en|au|pour (?:la|une)|de la|d'une|a un|in the|for) (?:situation|phase|stade|maladie|disease|setting)s? )?"
    r"(?:localement )?(?:avancee?s?|metastatiques?|non resecables?|advanced|metastatic|unresectable)"
    r"(?:(?: (?:ou|et|or) |/| )(?:localement )?(?:avancee?s?|metastatiques?|non resecables?|advanced|metastatic))*"
    r"(?: (?:disease|setting))?"
)
_GIVEN = re.compile(
    r"\b(?:(?:les |the )?(?:patiente?s?|participante?s?|sujets?|subjects?)|qui|a|ont|ayant|avoir|doi(?:t|vent)|must|"
    r"should|has|have|had|having|been|ete|deja|already|recue?s?|received|receiving|beneficie\w*|traitee?s?|treated|"
    r"traitements?|treatments?|therapy|administree?s?|administered|given|donnee?s?|prise?s?|taken|anterieure?s?|"
    r"anterieurement|prealables?|prior|previous\w*|pendant|durant|during|duree|duration|depuis|for|since|en cours|"
    r"ongoing|minimale?|totale?|cumulee?|complete?s?|completee?s?|completed|terminee?s?|effectuee?s?|"
    r"par|avec|with|by|de|du|d'|des|of|la|le|les|l'|une?|the|an?|sous|au|aux|a base|based|standard|systemiques?|"
    r"(?:en )?(?:monotherapie|association|combinaison)|d'induction|induction|dans|on|in|consecuti\w+|continue?s?)\b"
)
_SEEN = r"\s?\((?:(?:tdm|irm|scanner|ct|mri|imagerie|imaging|recist|selon|par|1[.,]1|ou|et|or|and|v)[\s,/]*)+\)"
_STEADY = re.compile(
    rf"(?:,?\s?(?:(?:et|and|avec|with|une?|a)\s)*{STEADY}(?: (?:de la maladie|tumorale|documentee|radiologique|"
    rf"radiographique|au scanner|a l'imagerie|on imaging))*(?:{_SEEN})?"
    r"(?: dans les \d+ (?:jours|j|semaines) (?:avant|precedant) (?:le debut|l'inclusion|la randomisation|"
    r"l'entree)(?: du traitement| dans l'(?:etude|essai))?)?(?![\w]))+"
)
_SHIFTS = re.compile(
    r"\b(?:sauf|hors|hormis|except\w*|unless|si|if|apres|after|avant|before|dans les|within|derniere?|last|"
    r"il y a|delai|intervalle|interval|arret\w*|fin|interrompu\w*|wash-?out|recidive|rechute|relaps\w*|relapse|"
    r"progress\w+|pas|non|ne|jamais|never|no|not|aucun\w*|sans|without|autoris\w*|accept\w*|permis\w*|allowed|"
    r"esperance|life|suivi|follow|survie|survival|prevue?s?|planned|exclu\w*|stable|depuis (?!plus|au moins|≥|>))\b"
)
_EITHER = re.compile(r"\s*(?:,|/|\b(?:ou|or|et/ou|and/or)\b|,\s?(?:ou|or))\s*(?:(?:de |d'|du |par |une? |an? ))*")
_BOTH = re.compile(
    r"\s*(?:[+-]|\b(?:et|and|plus|avec|with|associee?s? (?:a|au))\b)\s*(?:(?:de |d'|du |par |une? |an? ))*"
)
_JOINTS = re.compile(r"\b(?:ou|or|et|and|et/ou|plus)\b")
_HAD = frozenset({"systemic_treatment"})
_OPEN: Test = Unread(Kind.PRIOR_TREATMENT)


@dataclass(frozen=True, slots=True)
class _Length:
    """Days: at least, and more than which it is too long."""

    least: int | None
    beyond: int | None


def lasting(clause: Clause) -> Read | None:
    """What a clause says of the length of a treatment; None where it is not surely that."""
    if not _MAY_HOLD.search(clause.plain):
        return None
    if read := _whole(clause):
        return read
    if clause.polarity is Polarity.EXCLUSION or _OPENS.search(clause.plain):
        return None
    cut = next((one for one in _ASIDE.finditer(clause.plain) if not in_parenthesis(clause.plain, one.start())), None)
    first = _whole(replace(clause, text=clause.text[: cut.start()])) if cut else None
    if first is None:
        return None
    return Read((*first.tests, (Kind.PRIOR_TREATMENT, True, _OPEN)), False)


def _whole(clause: Clause) -> Read | None:
    plain = clause.plain
    steady = _STEADY.search(plain)
    amounts = [one for one in _AMOUNT.finditer(plain) if steady is None or _apart(one, steady)]
    passed = [one.span() for one in (*amounts, *_ADVANCED.finditer(plain), *([steady] if steady else []))]
    if len(amounts) != 1 or _SHIFTS.search(_blank(plain, passed)):
        return None
    amount = amounts[0]
    length = _length(amount)
    line = next((one for one in _LINE.finditer(plain) if _apart(one, amount)), None)
    if length is None or not _is_of_its_length(clause, amount, line):
        return None
    ways = _ways(clause, line, _settings(plain))
    rest = _left(clause, [amount, *([line] if line else []), *([steady] if steady else [])])
    asked = [] if rest or ways is None else [_asked(parts, length, clause.polarity) for parts in ways]
    known = [one for one in asked if one is not None]
    if not known or len(known) < len(asked):
        return None
    test = either(known) if length.least is not None else together(known)
    rows: list[Row] = [(Kind.PRIOR_TREATMENT, True, test)]
    return Read((*rows, (Kind.EXTENT, True, STANDS)) if steady else tuple(rows), True)


def _is_of_its_length(clause: Clause, amount: re.Match[str], line: re.Match[str] | None) -> bool:
    """« 4 mois de A », « A pendant 4 mois »; « A ≥ 4 semaines » may as well be how long ago it ended."""
    starts = [one.start for one in things_of(clause)] + ([line.start()] if line else [])
    if starts and amount.end() <= min(starts):
        return _OF.match(clause.plain, amount.end()) is not None
    return amount[0].startswith("depuis") or _DURING.search(clause.plain[: amount.start()]) is not None


_OF = re.compile(r"\s?(?:complete?s?\s)?(?:de |d'|du |des |of |(?=first|second|prior|l[1-4]))")
_DURING = re.compile(
    r"(?:\b(?:pendant|durant|during|for|depuis|since|(?:prise?s?|recue?s?|administree?s?|taken|received|given)"
    r"(?: (?:pendant|durant|for))?)\s|^\W*(?:une? |la |the )?(?:duree|duration)\b[^:]{3,60}:?\s?)$"
)
_ASIDE = re.compile(r",\s(?=(?:avec|et|with|and|sans|without)\s)")
_OPENS = re.compile(
    r"\b(?:sauf|hors|hormis|except\w*|unless|si|if|autoris\w*|accept\w*|permis\w*|allowed|permitted|sinon|pour les|"
    r"chez les|avec ou sans|with or without|quel\w*|regardless|cohorte?s?|bras|refus\w*|intoler\w*)\b|[,;] (?:ou|or) "
)


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _apart(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.end() <= other.start() or other.end() <= one.start()


def _length(amount: re.Match[str]) -> _Length | None:
    low, high = (str(_WORDS.get(amount[name], amount[name])) if amount[name] else "" for name in ("low", "high"))
    first, last = (find_durations(f"{one} {amount['unit']}") if one else [] for one in (low, high))
    if not first or first[0].days is None:
        return None
    days, most = first[0].days[0], last[0].days if last else None
    if most is not None:
        return _Length(days, most[1] + 7)
    if amount["most"]:
        return _Length(None, days + 1)
    if amount["more"]:
        return _Length(days + 1, None)
    return _Length(days, None) if amount["least"] else None


def _settings(plain: str) -> frozenset[str]:
    told = frozenset(name for pattern, name in _SETTINGS if pattern.search(plain))
    if "neoadjuvant" in told and not re.search(r"(?<![a-z-])adjuvant", plain):
        told -= {"adjuvant"}
    return told or (frozenset({"advanced"}) if _ADVANCED.search(plain) else frozenset())


def _ways(clause: Clause, line: re.Match[str] | None, settings: frozenset[str]) -> list[list[Treated]] | None:
    """The treatments, each of which would do, by their parts; None where they are joined otherwise."""
    lines = _ranks(line) if line else frozenset[int]()
    said = Treated(treatments=frozenset(), lines=lines, settings=frozenset() if lines else settings)
    ways: list[list[Treated]] = []
    things = things_of(clause)
    for before, thing in zip([None, *things], things, strict=False):
        if thing.doubtful or (thing.names and thing.components):
            return None
        parts = [replace(said, treatments=part) for part in thing.components]
        parts = parts or [replace(said, treatments=frozenset(), names=thing.names)]
        joint = clause.plain[before.end : thing.start] if before else ""
        if before is None or _EITHER.fullmatch(joint):
            ways.append(parts)
        elif _BOTH.fullmatch(joint):
            ways[-1] += parts
        else:
            return None
    if not things:
        return [[replace(said, treatments=_HAD)]] if line else None
    return _as_one(ways)


def _as_one(ways: list[list[Treated]]) -> list[list[Treated]]:
    """Any of several drugs is one demand."""
    if len(ways) < _SEVERAL or any(len(parts) > 1 for parts in ways):
        return ways
    (first, *_), *_ = ways
    ids = frozenset(id_ for (one,) in ways for id_ in one.treatments)
    return [[replace(first, treatments=ids, names=frozenset(name for (one,) in ways for name in one.names))]]


_SEVERAL = 2


def _ranks(line: re.Match[str]) -> frozenset[int]:
    told = [line[f"{kind}{at}"] for at in (1, 2) for kind in "lnw" if line[f"{kind}{at}"]]
    return frozenset(_LINE_WORDS.get(one) or int(one) for one in told)


def _asked(parts: Sequence[Treated], length: _Length, polarity: Polarity) -> Test | None:
    """Of « A + B » both were given, and one of them so long: the other may have been stopped."""
    long = [replace(one, lasting_days=length.least) for one in parts]
    beyond = [replace(one, lasting_days=length.beyond) for one in parts]
    if length.least is None:
        return None if polarity is Polarity.EXCLUSION else Not(together(beyond))
    least: Test = long[0] if len(parts) == 1 else AllOf((*parts, either(long)))
    if length.beyond is None:
        return least
    return None if polarity is Polarity.EXCLUSION else AllOf((least, Not(together(beyond))))


def _left(clause: Clause, told: Sequence[re.Match[str]]) -> str:
    """The words that nothing of this accounts for."""
    found = [Found(*one.span(), _OPEN, Kind.PRIOR_TREATMENT) for one in told]
    found += [Found(one.start, one.end, _OPEN, Kind.PRIOR_TREATMENT) for one in things_of(clause)]
    patterns = (*(pattern for pattern, _ in _SETTINGS), _ADVANCED, _GIVEN)
    found += [
        Found(*one.span(), _OPEN, Kind.PRIOR_TREATMENT) for each in patterns for one in each.finditer(clause.plain)
    ]
    found += [Found(start, end, _OPEN, Kind.ORGAN) for start, end in _own_tumour(clause)]
    found += [Found(*one.span(), _OPEN, Kind.OTHER) for one in _JOINTS.finditer(clause.plain)]
    return words_left(clause, 0, len(clause.plain), found, parentheses=True)


def _own_tumour(clause: Clause) -> Iterator[tuple[int, int]]:
    """« … du cancer du pancréas », « … du pancréas » in a trial of it."""
    if not clause.organs:
        return
    for one in tumour.recognise(clause):
        if isinstance(one.test, OrganIs) and not one.test.all_solid and _is_own(one.test.organs, clause):
            yield one.start, one.end
    for name in ORGAN_NAMES.find(clause.text):
        if _is_own(name.ids, clause):
            yield name.start, name.end


def _is_own(organs: frozenset[str], clause: Clause) -> bool:
    return all(any(ORGANS.covers(own, organ) or ORGANS.covers(organ, own) for own in clause.organs) for organ in organs)
