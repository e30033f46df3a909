"""What a demand that is not all understood surely asks: that one of the treatments it names was received.

« 4 à 6 cycles de A + B en L1, terminés sans progression »: whatever the rest asks, who never had A nor B is not meant.
Only where the words that name the treatment also tell that it was given (received, completed, so many cycles of it,
progression after it), and no alternative, exception or condition stands beside that it does not bear on.
"""

import re

from rules.criteria import AllOf, Kind, Polarity, Test, Treated, Unread
from rules.reading.clause import Clause
from rules.reading.joining import Read
from rules.reading.named_treatments import MARK
from rules.reading.treatment_things import Thing, things_of
from rules.treatments import TREATMENTS

_MAY_HOLD = re.compile(
    r"recu|received|trait|treat|progress|rechut|recidiv|relaps|recurr|echec|fail|refract|resist|repon|respon|stab|"
    r"control|cycle|cure|mois|month|semaine|week|termin|achev|complet|anter|prealabl|prior|previous|subi|eu "
)
_ANY_LINE = "¶"
_G = f"[{MARK}{_ANY_LINE}]+"
_NUMBER = r"(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|huit|douze|one|two|three|four|six)"
_UNITS = (
    r"(?:cycles?|cures?|mois|semaines|sem\.?|injections?|instillations?|doses?|perfusions?|administrations?|months?|"
    r"weeks?|courses?|infusions?)"
)
_LEAD = r"[^,;:()]{0,60}?"
_GIVEN = (
    r"(?:recue?s?|received|beneficie\w*|administree?s?|subie?s?|undergone|(?:pre-?)?traite(?:e|s|es)? (?:par|avec)|"
    r"(?:pre-?)?treated (?:with|by)|exposee?s? a|exposed to|(?:a|ont|ayant|avoir) (?:deja )?eu)"
)
_DONE = (
    r"(?:recue?s?|received|anterieure?s?|prealables?|terminee?s?|acheve\w*|completed|finie?s?|administree?s?|"
    r"realisee?s?|delivree?s?|effectuee?s?)"
)
_OUTCOME = (
    r"(?:progress\w+|rechut\w+|recidiv\w+|relaps\w+|recurr\w+|echecs?|failures?|failed|refract\w+|resistan\w+|"
    r"reponses?|response|repond\w+|respond\w+|stables?|stabilit\w+|stabilis\w+|controle\w*|pd|evoluti\w+)"
)
_THROUGH = (
    r"(?:sous|apres|pendant|durant|malgre|suivant|a|aux?|au cours d(?:e|u|es)|d(?:e|u|es)|on|after|following|during|to|"
    r"of|with)"
)
_SURE = tuple(
    re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])")
    for pattern in (
        rf"{_GIVEN}(?![a-z]){_LEAD}{_G}",
        rf"{_G}{_LEAD}(?<![a-z]){_DONE}",
        rf"{_NUMBER}\s?{_UNITS}(?: (?:complete?s?|au moins|minimum|environ))? (?:de |d'|du |of ){_LEAD}{_G}",
        rf"{_OUTCOME}(?![a-z]){_LEAD}(?<![a-z]){_THROUGH} {_LEAD}{_G}",
        rf"(?<!\S)\W*(?:≥|>\s?=|au moins|at least|minimum)\s?{_NUMBER}\s(?:autres? |prior |previous )?{_G}(?=\W*$)",
    )
)
_DOUBT = re.compile(
    r"\b(?:pas|non|sans|aucun\w*|jamais|ni|absence|nai[fv]\w*|vierges?|no|not|never|without|refus\w*|inelig\w*|"
    r"eligib\w*|contre-indi\w*|contraindi\w*|candidat\w*|prevue?s?|planif\w*|planned|indique\w*|indication|relevant|"
    r"susceptib\w*|envisag\w*|programm\w*|recevoir|receive|recevant|receiving|recoi\w+|recevra\w*|debut\w*|commenc\w*|"
    r"en cours|actuel\w*|ongoing|"
    r"peut|peuvent|may|can|will|possibles?|potentiel\w*|besoin|necessit\w*|requier\w*|requi\w*|allerg\w*|hypersens\w*|"
    r"resecab\w*|avant|before|prior to|until|jusqu\w*|au plus|max\w*|moins d\w*|<|≤|less|fewer|pas plus|up to|"
    r"predict\w*|attendue?s?|risque|defini\w*|toxicit\w*|toler\w*)"
)
"""Beside the treatment itself: it may then not have been given, or a limit is meant."""
_OPENS = re.compile(
    r"\b(?:si|s'il|s'ils|if|sauf|hors|hormis|except\w*|autres? qu\w*|unless|sinon|autoris\w*|permis\w*|accept\w*|"
    r"admis\w*|allowed|permitted|facultati\w*|optional\w*|le cas echeant|refus\w*|eventuel\w*|quel\w* que|regardless|"
    r"avec ou sans|with or without|chez|pour les|for patients|selon|depending|naifs?|naives?|cohorte?s?|bras|compte\w*|"
    r"exclu\w*|dispens\w*|au moins l'un\w*|parmi|ou non|or not)(?![a-z])"
)
"""Anywhere: what is asked may not be asked of all."""
_EITHER = re.compile(r"(?<![a-z])(?:et/ou|and/or|ou|or|soit|either)(?![a-z])")
_ARTICLES = (
    r"(?:(?:de|du|des|une?|la|le|les|par|avec|a|au|aux|en|an?|the|tout|toute|autre|apres|sous|pendant|bien)\s|d'|l')*"
)
_LIKE = re.compile(
    rf"\s*{_ARTICLES}(?:{MARK}|\d|(?:neo-?)?adjuv|metasta|avance|advanced|recid|l[1-9](?!\w)|apres|sous|"
    r"pendant|after|during|rc\b|rp\b|cr\b|pr\b|stab|premiere|deuxieme|seconde|second|third)"
)
_OUTCOME_NEXT = re.compile(rf"\s*{_ARTICLES}(?:en )?{_OUTCOME}[^,;:()]*{MARK}")
_LINE = re.compile(
    r"(?<![a-z\d])(?:(?:l[1-4]|[1-4]l)(?![a-z\d])(?: (?:ou|et|/) l[1-4](?![a-z\d]))?|(?:(?:1re|1ere|2e|2eme|3e|"
    r"premiere|"
    r"deuxieme|seconde|troisieme|first|second)[ -](?:(?:ou|et|or) (?:2e|2eme|3e|deuxieme|seconde|second|third)[ -])?)?"
    r"(?:lignes?|lines?)(?: (?:de|of) (?:traitement|treatment|therapy))?(?![a-z]))"
)
"""A line of treatment without its name: some systemic treatment."""
_ANY = Thing(0, 0, (frozenset({"systemic_treatment"}),))
_STRETCH = re.compile(r"[^,;:]+")
_PAREN = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OPEN: Test = Unread(Kind.PRIOR_TREATMENT)


def bounded(clause: Clause) -> Read | None:
    """« One of these was received, and something unread », or None where not even that is sure."""
    bound = bound_of_demand(clause)
    return None if bound is None else Read(((Kind.PRIOR_TREATMENT, True, AllOf((bound, _OPEN))),), False)


def bound_of_demand(clause: Clause) -> Treated | None:
    """The treatments of which a demand surely asks that one was received."""
    if clause.polarity is not Polarity.INCLUSION or not _MAY_HOLD.search(clause.plain):
        return None
    if clause.plain.rstrip().endswith(":") or _OPENS.search(clause.plain):
        return None
    things = things_of(clause)
    text = _marked(clause.plain, things)
    if not _alternatives_bear(text):
        return None
    asked = [one for stretch in _STRETCH.finditer(text) for one in _asked_in(stretch, things)]
    return _any_of(asked)


def _marked(plain: str, things: list[Thing]) -> str:
    """The clause with its treatments covered, parentheses blanked."""
    chars = list(plain)
    for thing in things:
        chars[thing.start : thing.end] = MARK * (thing.end - thing.start)
    text = _PAREN.sub(lambda match: " " * len(match[0]), "".join(chars))
    return _LINE.sub(lambda match: _ANY_LINE * len(match[0]), text)


def _alternatives_bear(text: str) -> bool:
    """Whether every « ou » only joins treatments, numbers or settings, or outcomes of a treatment behind it."""
    if text.count("(") != text.count(")"):
        return False
    return all(
        _LIKE.match(text, match.end()) or _OUTCOME_NEXT.match(text, match.end()) for match in _EITHER.finditer(text)
    )


def _asked_in(stretch: re.Match[str], things: list[Thing]) -> list[Thing]:
    """The treatments of a stretch whose words surely tell that they were given."""
    words = stretch[0]
    if _DOUBT.search(words) or not any(pattern.search(words) for pattern in _SURE):
        return []
    named = [thing for thing in things if stretch.start() <= thing.start < stretch.end()]
    return named if _ANY_LINE not in words else [*named, _ANY]


def _any_of(things: list[Thing]) -> Treated | None:
    ids = frozenset(id_ for thing in things for part in thing.components for id_ in part)
    names = frozenset(name for thing in things for name in thing.names)
    if any(TREATMENTS.covers("supportive_care", id_) for id_ in ids) or not (ids or names):
        return None
    return Treated(treatments=ids, names=names)
