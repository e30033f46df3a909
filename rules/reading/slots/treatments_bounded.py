"""What a demand that is not all understood surely asks: that one of the treatments it names was received.

« 4 à 6 cycles de A + B en L1, terminés sans progression »: whatever the rest asks, who never had A nor B is not meant.
Only where the words that name the treatment also tell that it was given (received, completed, so many cycles of it,
progression after it), and no alternative, exception or condition stands beside that it does not bear on.
"""

import re

from rules.criteria import AllOf, Kind, Polarity, Test, Treated, Unread
from rules.reading.clause import Clause
from rules.reading.joining import Read
from rules.reading.treatments.named_treatments import MARK
from rules.reading.treatments.things import Thing, things_of
from rules.treatments import TREATMENTS

_MAY_HOLD = re.compile(
    r"recu|received|trait|treat|progress|rechut|recidiv|relaps|recurr|echec|echou|fail|refract|resist|repon|respon|"
    r"stab|"
    r"control|cycle|cure|mois|month|semaine|week|dernier|last|dont|requis|obligat|epuis|exhaust|termin|achev|"
    r"complet|anter|prealabl|prior|previous|subi|eu "
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
    r"(?:recue?s?|received|epuise\w*|exhausted|beneficie\w*|administree?s?|subie?s?|undergone|(?:pre-?)?traite(?:e|"
    r"s|es)? (?:par|avec)|"
    r"(?:pre-?)?treated (?:with|by)|exposee?s? a|exposed to|(?:a|ont|ayant|avoir) (?:deja )?eu)"
)
_DONE = (
    r"(?:recue?s?|received|anterieure?s?|prealables?|terminee?s?|acheve\w*|completed|finie?s?|administree?s?|"
    r"realisee?s?|delivree?s?|effectuee?s?)"
)
_OUTCOME = (
    r"(?:progress\w+|rechut\w+|recidiv\w+|relaps\w+|recurr\w+|echecs?|failures?|failed|refract\w+|resistan\w+|"
    r"reponses?|response|repond\w+|respond\w+|stables?|stabilit\w+|stabilis\w+|controle\w*|pd|sd|evoluti\w+|"
    r"persistan\w+|residuel\w*)"
)
_THROUGH = (
    r"(?:sous|apres|pendant|durant|malgre|suivant|au cours d(?:e|u|es)|a l'issue d(?:e|u|es)|on|after|following|during)"
)
_AGAINST = r"(?:refract\w+|resistan\w+|echecs?|failures?|failed|repond\w+|respond\w+|reponses?|response)"
_TO = r"(?:a|aux?|d(?:e|u|es)|to|of|with)"
_PAST = r"(?:anterieure?s?|prealables?|recue?s?|requis(?:es?)?|obligatoires?|pre-?traite(?:e|s|es)?|prior|previous)"
_LAST = r"(?:derniere? (?:traitement|ligne)|traitement le plus recent|last (?:treatment|line|therapy))"
_SURELY = r"(?:(?:obligatoirement|imperativement|necessairement) )?"
_LABEL = re.compile(
    rf"(?<![a-z])(?:(?:{_PAST}|{_LAST})(?: (?:recue?|requis|obligatoires?|systemiques?))?\s?(?P<colon>:)|"
    r"pre-?traite(?:e|s|es)?\s?(?P<opens>\())"
)
_NEXT = (
    r"\s*(?:(?:par|de|d'|du|des|a|au|aux|une?|la|le|l'|avec|type|base|of|with|to|an?|etait|est|comportant|contenant|"
    r"incluant|recue?)\s*){0,4}"
)
_SURE = tuple(
    re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])")
    for pattern in (
        rf"{_GIVEN}(?![a-z]){_LEAD}{_G}",
        rf"{MARK}{_LEAD}(?<![a-z]){_DONE}",
        rf"(?:{_PAST}|{_LAST}){_NEXT}{_G}",
        rf"(?<![a-z])dont {_SURELY}(?:(?:au moins|au minimum) )?(?:une?|1|de la|du|des) {_G}",
        rf"{_G}{_LEAD}(?<![a-z])(?:a|ont|ayant|has|have) (?:echoue|failed)",
        rf"(?<![a-z])(?:un|une|1) seule? (?:et unique )?{MARK}+",
        rf"{_NUMBER}\s?{_UNITS}(?: (?:complete?s?|au moins|minimum|environ))? (?:de |d'|du |of ){_LEAD}{_G}",
        rf"{_OUTCOME}(?![a-z]){_LEAD}(?<![a-z]){_THROUGH} {_LEAD}{_G}",
        rf"{_AGAINST}(?![a-z]){_LEAD}(?<![a-z]){_TO} {_LEAD}{_G}",
        rf"(?<!\S)\W*(?:≥|>\s?=|au moins|at least|minimum)\s?{_NUMBER}\s(?:autres? |prior |previous )?{_G}(?=\W*$)",
    )
)
_LIMIT = (
    r"(?:<|≤|au plus|max\w*\.?(?: de)?|moins d(?:e |')|less than|fewer than|(?:pas|jamais) plus d(?:e |')|"
    r"no more than|up to|jusqu'a)"
)
_DOUBT = re.compile(
    r"(?:≥|>\s?=?|au moins|plus d(?:e |')|at least|more than)\s?\d+\s?(?:jours?|j|semaines?|sem|mois|ans?|weeks?|days?|"
    r"months?)(?![a-z])(?! (?:d(?:e|'|u)|apres|suivant|after|of))|"
    r"\b(?:depuis|il y a|delais?|interval\w*|wash-?out|since|ago|n'|ne\b|accessib\w*|amenable|justifi\w*|adapt\w*|"
    r"pas|non|sans|aucun\w*|jamais|ni|absence|nai[fv]\w*|"
    r"vierges?|no|not|never|without|refus\w*|inelig\w*|"
    r"eligib\w*|devant (?:etre|recevoir)|pouvant|doi(?:t|vent) (?:etre (?!trait)|beneficier)|"
    r"contre-indi\w*|contraindi\w*|candidat\w*|prevue?s?|planif\w*|planned|indique\w*|indication|"
    r"relevant|"
    r"susceptib\w*|envisag\w*|programm\w*|recevoir|receive|recevant|receiving|recoi\w+|recevra\w*|debut\w*|commenc\w*|"
    r"en cours|actuel\w*|ongoing|a venir|futur\w*|prochain\w*|upcoming|"
    r"peut|peuvent|may|can|will|possibles?|potentiel\w*|besoin|necessit\w*|requier\w*|requi\w*|allerg\w*|hypersens\w*|"
    r"resecab\w*|avant|before|prior to|until|predict\w*|attendue?s?|risque|defini\w*|toxicit\w*|toler\w*)|"
    rf"{_LIMIT}\s?{_NUMBER}\s(?:{_UNITS}(?! (?:de suivi|apres|after|suivant))|lignes?|lines?|autres?|traitements?|{_G})"
)
"""Beside the treatment itself: it may then not have been given, or a limit is meant."""
_OPENS = re.compile(
    r"\b(?:si|s'il|s'ils|if|sauf|hors|hormis|except\w*|autres? qu\w*|unless|sinon|autoris\w*|permis\w*|accept\w*|"
    r"admis\w*|allowed|permitted|facultati\w*|optional\w*|le cas echeant|refus\w*|eventuel\w*|quel\w* que|regardless|"
    r"avec ou sans|with or without|chez(?! (?:qui|lesquel))|pour les|for patients|selon|depending|naifs?|naives?|"
    r"cohorte?s?|bras|compte\w*|"
    r"exclu\w*|dispens\w*|au moins l'un\w*|parmi|ou non|or not|ok|suites|sequelles?|recuper\w*|cicatri\w*|grade|"
    r"complications?|strates?|strata|groupes?)(?![a-z])"
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
_ENDS_LIKE = re.compile(
    rf"(?:[{MARK}{_ANY_LINE}\d]|1re|2e|premiere|deuxieme|first|second|adjuvante?s?|metastatiques?|avancee?s?|advanced|"
    r"recidivante?s?|sous|apres|pendant|during|after|on|rp|rc|pr|cr|stables?|complete|partielle|cycles?|cures?|mois|"
    r"reponse)[\s,;]*$"
)
_OUTCOME_ENDS = re.compile(rf"(?<![a-z]){_OUTCOME}(?: [a-z]+)?[\s,;]*$")
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
_ASIDE = re.compile(
    r"(?:seule?s?|en monotherapie|alone|as monotherapy)\s(?:ou|et/ou|or)\s(?:en |in )?(?:association|combinaison|"
    r"combines?|"
    r"combinee?s?|combination)(?:\s(?:a|avec|with)\s[^,;]*)?"
)
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
    for label in _LABEL.finditer(plain):
        chars[label.end() - 1] = " "  # « Traitement antérieur : A », « prétraité (A et B) »
    text = "".join(chars)
    for pattern in (_PAREN, _ASIDE):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return _LINE.sub(lambda match: _ANY_LINE * len(match[0]), text)


def _alternatives_bear(text: str) -> bool:
    """Whether every « ou » joins neighbours of a list, or two sides each of which tells that a treatment was given."""
    if text.count("(") > text.count(")"):
        return False
    return all(_joins(text, match) for match in _EITHER.finditer(text))


def _joins(text: str, either: re.Match[str]) -> bool:
    before, after = text[: either.start()], text[either.end() :]
    if _ENDS_LIKE.search(before) and _LIKE.match(after):
        return True
    if _OUTCOME_ENDS.search(before) and _OUTCOME_NEXT.match(after):
        return True
    return _is_sure(re.split(r"[,;:]", before.rstrip(" ,;"))[-1]) and _is_sure(re.split(r"[,;:]", after)[0])


def _is_sure(words: str) -> bool:
    return not _DOUBT.search(words) and any(pattern.search(words) for pattern in _SURE)


def _asked_in(stretch: re.Match[str], things: list[Thing]) -> list[Thing]:
    """The treatments of a stretch whose words surely tell that they were given."""
    words = stretch[0]
    if not _is_sure(words):
        return []
    named = [thing for thing in things if stretch.start() <= thing.start < stretch.end()]
    return named if _ANY_LINE not in words else [*named, _ANY]


def _any_of(things: list[Thing]) -> Treated | None:
    ids = frozenset(id_ for thing in things for part in thing.components for id_ in part)
    names = frozenset(name for thing in things for name in thing.names)
    if any(TREATMENTS.covers("supportive_care", id_) for id_ in ids) or not (ids or names):
        return None
    return Treated(treatments=ids, names=names)
