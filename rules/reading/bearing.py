"""What a finding of an inclusion bears on: nobody, some patients, one limb of a list, or one of two alternatives.

« Quelle que soit la sensibilité au platine » asks for none; « (les EGFR mutés doivent avoir reçu un TKI) » asks it of
some; « stade IV (ou IIIB non irradiable) » asks the one or the other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import (
    AllOf,
    AnyOf,
    Kind,
    MetastasisIn,
    NoDemand,
    PriorLines,
    StageIn,
    StateIs,
    TnmIs,
    Unread,
    leaves,
)
from rules.hinted import hinted
from rules.junctions import together
from rules.kinds import Polarity, State
from rules.reading.clause import Clause, Found
from rules.reading.joining import NARROWED

_WHATEVER = hinted(
    r"\bquel(?:le)?s? qu(?:e |')?(?:soi(?:t|en)t?|en soi\w*)\s(?:(?:la|le|les|l'|leur|son|sa)\s?)?[^,;.():]*"
    r"(?:, (?:(?:la|le|les|leur|son|sa)\s|l')[^,;.():]*)*|"
    r"\b(?:regardless of|irrespective of|independamment d\w*)\b[^,;.():]*"
)
"""« quels que soient la sensibilité au platine, le stade ou le nombre de lignes »: each item of it begins with an
article, so that « quel que soit le stade, pas de métastase » keeps its second half."""
_PURPOSE = re.compile(
    r"\b(?:afin d[e']|pour(?: la| le| l'| les| une?)?|en vue d[e'](?: la| l')?|for(?: the)?|to|in order to)\s?"
    r"(?:(?:centrali[sz]ed|central|retrospective|prospective)\s)?"
    r"(?:mesur|evalu|determin|analy|recherch|test|assess|measur|dos(?:er|age)|typage|genotyp|confirm|valid|central)\w*"
    r"[^,;.]*$"
)
_SOME_PEOPLE = re.compile(
    r"\(\s?(?:les |tous les |the |all )?(?:patients?|patientes?|sujets?|participants?|subjects?|those|femmes?|hommes?|"
    r"women|men|malades)\s[^()]*$"
)
_OR_ELSE = re.compile(
    r"\s*\((?:ou|or)\s(?!a defaut|sinon|non\b|not\b)[^()]*\)|"
    r"\s?(?:ou|or) (?:(?:un|une|an|a|autre|other) )?(?:traitement |chimiotherapie |regime |regimen )?"
    r"(?:equivalente?s?|similaires?|comparables?|assimilee?s?|equivalent)\b"
)
_NOT_ASKED_IF = re.compile(
    r"[^;()]{0,25}\((?:non|pas|not) (?:exige|requis|obligatoire|necessaire|required|mandatory)\w* "
    r"(?:si|if|pour|for|chez|en cas)\b[^()]*\)"
)
"""« CA-125 ≥ 2 N (non exigé si bas grade) »."""
_EARLY_COUNTS = re.compile(r"[^;()]{0,40}\([^()]*adjuvant[^()]*\b(?:accept|permis|autoris|compt|inclu|toler)[^()]*\)")
"""« Au moins une ligne de platine (platine adjuvant accepté si …) »."""
_TO_COME = re.compile(
    r"\b(?:pouvant|devant|doit|doivent|va|vont|susceptibles?|acceptant|prete?s?|eligibles?|candidate?s?|aptes?|destine\w*|"
    r"programme\w*|prevue?s?|planned|scheduled|eligible|able|suitable|candidates?) (?:(?:a|de|d'|to|for|pour) ?)?"
    r"(?:recevoir|beneficier|etre (?:traite|opere|irradie|reseque)\w*|subir|receive|undergo|une? |an? )"
    r"(?:(?!\b(?:apres|ayant|deja|anterieur\w*|pretrait\w*|recue?s?|echec|progress\w*|after|prior|having)\b)[^;.])*$"
)
"""« Devant être traité par …, pouvant bénéficier d'une … »: what is to come is no earlier treatment."""
_ALTERNATIVE_KINDS = frozenset({Kind.STAGE, Kind.ORGAN, Kind.HISTOLOGY, Kind.LINE, Kind.PRIOR_TREATMENT, Kind.EXTENT})
_RESISTANT_NOW = re.compile(r"\b(?:\w*crpc|cprc\w*|castration)\b")


def bears_on_all(clause: Clause, one: Found) -> bool:
    """Whether a finding of an inclusion is asked of every patient, as far as the words around it tell."""
    plain, start = clause.plain, one.start
    if any(match.start() < start < match.end() for match in _WHATEVER.finditer(plain)):
        return False
    if one.kind is Kind.BIOMARKER and _PURPOSE.search(plain[:start]):
        return False
    if one.kind is Kind.PRIOR_TREATMENT and _TO_COME.search(plain[:start]):
        return False
    if one.kind is not Kind.STAGE and _is_of_a_definition(plain, start):
        return False
    opening = plain.rfind("(", 0, start)
    return not (opening > 0 and plain.find(")", opening, start) < 0 and _SOME_PEOPLE.search(plain[opening:start]))


def _is_of_a_definition(plain: str, start: int) -> bool:
    """« Risque favorable (favorable = t(8;21) ou NPM1 muté) », « haut risque (A ; B ; C) »: what a word means, or of
    what one thing will do."""
    opening = _bracket_before(plain, start)
    if opening <= 0:
        return False
    if _MEANS.match(plain, opening):
        return True
    return _OF_RISK.search(plain, 0, opening) is not None and _SEVERAL_WAYS.match(plain, opening) is not None


def _bracket_before(plain: str, start: int) -> int:
    """Where the outermost bracket around a place opens; -1 where it stands in none."""
    depth, outer = 0, -1
    for place in range(start):
        if plain[place] == "(":
            outer = place if depth == 0 else outer
            depth += 1
        elif plain[place] == ")" and depth:
            depth -= 1
    return outer if depth else -1


_GRADE = (
    r"(?:(?:tres )?(?:hauts?|eleves?|bas|faibles?|forts?|intermediaires?|(?:de)?favorables?|standards?|mauvais|bons?)|"
    r"high|low|intermediate|adverse|favou?rable|unfavou?rable|poor|good)"
)
_RISK = r"(?:risques?|risk|pronostics?|prognosis|volumes?|charge(?: tumorale)?|burden|grades? de malignite)"
_MEANS = re.compile(rf"\((?:{_RISK} )?(?:tres )?{_GRADE}(?: {_RISK})?\s?[=:]\s")
_OF_RISK = re.compile(
    rf"\b(?:{_GRADE}[- ](?:{_RISK})|{_RISK}(?: \w+)? {_GRADE})(?: (?:cytogenetique|moleculaire|genetique|de rechute|"
    r"de recidive|d'evolution|cytogenetic|molecular|disease|of relapse))?\s?$"
)
_SEVERAL_WAYS = re.compile(
    r"\((?:[^()]|\([^()]*\))*;\s|\((?:(?!\b(?:ou|or|et|and)\b)[^()]|\([^()]*\))*,\s(?:(?!\b(?:ou|or|et|and)\b)[^()]|\([^()]*\))*\)"
)
"""Things set side by side without a word that joins them: nobody says whether one will do."""


def _of_the_state(clause: Clause, one: Found) -> Found:
    """« CPRC nouvellement diagnostiqué »: it is the resistance that is new, not the disease."""
    if not isinstance(one.test, AllOf) or not _RESISTANT_NOW.search(clause.plain):
        return one
    parts = tuple(part for part in one.test.parts if part != _NEWLY)
    return one if len(parts) == len(one.test.parts) else replace(one, test=together(parts))


def _without_nodes(clause: Clause, one: Found) -> Found:
    """« Stade N1 : métastases ganglionnaires pelviennes »: the words only say what the category means."""
    nodes = isinstance(one.test, MetastasisIn) and all(site.endswith("lymph_node") for site in one.test.sites)
    if not nodes or not _NODAL.search(clause.plain):
        return one
    return replace(one, test=NoDemand(), kind=Kind.OTHER)


def means_nodes(clause: Clause, end: int) -> bool:
    """« Stade N1 : métastases ganglionnaires pelviennes »: whether a label that ends there is a nodal category."""
    behind = re.match(r"\s*:\s*(?:\w+ ){0,2}(?:ganglion|nod)", clause.plain[end:])
    return behind is not None and _NODAL.search(clause.plain, 0, end) is not None


_NODAL = re.compile(r"(?<![a-z\d])[cp]?n(?:\+|[1-3])")
_NEWLY = StateIs(State.NEWLY_DIAGNOSED)


def with_alternatives(clause: Clause, found: Sequence[Found]) -> list[Found]:
    """The findings of an inclusion, each with the alternative that stands right behind it, read or not; without the
    categories in parentheses that only detail one group of several."""
    found = [_of_the_last_group(clause, one) for one in found]
    kept = [_without_nodes(clause, _of_the_state(clause, one)) for one in _without_details(clause, found)]
    joined: list[Found] = []
    for one in kept:
        if joined and one.start < joined[-1].end:
            continue
        match = _OR_ELSE.match(clause.plain, one.end) if one.kind in _ALTERNATIVE_KINDS else None
        match = match or _NOT_ASKED_IF.match(clause.plain, one.end)
        if match is None and isinstance(one.test, PriorLines) and one.test.low:
            match = _EARLY_COUNTS.match(clause.plain, one.end)
        if match is None:
            joined.append(one)
            continue
        inside = [other.test for other in kept if match.start() < other.start < match.end() and other.kind is one.kind]
        alternatives = (one.test, *inside, *(() if inside else (Unread(one.kind),)))
        joined.append(replace(one, end=match.end(), test=AnyOf(alternatives)))
    return joined


def _without_details(clause: Clause, found: Sequence[Found]) -> list[Found]:
    """« IIA (T3N0), IIB (T4aN0) »: what a parenthesis details is one limb of the list."""
    details = [one for one in found if _is_tnm(one) and _in_bracket(clause.plain, one.start)]
    groups = any(isinstance(leaf, StageIn) for one in found if one not in details for leaf in leaves(one.test))
    if not groups or len(details) < _SEVERAL:
        return list(found)
    return [replace(one, test=NoDemand(), kind=Kind.OTHER) if one in details else one for one in found]


_SEVERAL = 2


_LAST_WITH_NODES = re.compile(
    r"(?:,|\bou|\bor|-)\s?(?:stades? |stages? )?(?P<last>(?:iv|i{1,3})[abc]?)\s\(?(?=[cp]?n[1-3])"
)


def _of_the_last_group(clause: Clause, one: Found) -> Found:
    """« IIB, IIIA ou IIIB N2 »: the category is of the last group only."""
    last = _LAST_WITH_NODES.search(clause.plain, one.start, one.end)
    if last is None or not isinstance(one.test, AllOf):
        return one
    groups = next((part for part in one.test.parts if isinstance(part, StageIn) and len(part.groups) > 1), None)
    nodes = next((part for part in one.test.parts if isinstance(part, TnmIs) and part.component == "n"), None)
    group = frozenset({last["last"].upper()})
    if groups is None or nodes is None or not group < groups.groups:
        return one
    either = AnyOf((StageIn(groups.groups - group), AllOf((StageIn(group), nodes))))
    return replace(one, test=together([*(part for part in one.test.parts if part not in (groups, nodes)), either]))


def _is_tnm(one: Found) -> bool:
    return one.kind in (Kind.STAGE, Kind.EXTENT) and any(isinstance(leaf, TnmIs) for leaf in leaves(one.test))


def _in_bracket(plain: str, position: int) -> bool:
    opening = max(plain.rfind("(", 0, position), plain.rfind("[", 0, position))
    return opening >= 0 and plain.find(")", opening, position) < 0


def of_its_sort(apart: Sequence[Found], kind: Kind, clause: Clause, *, opens: bool) -> list[Found]:
    """« Tumeur solide hors poumon, …, en progression après … »: a treatment behind the exception is no part of it."""
    if opens or clause.polarity is Polarity.EXCLUSION or kind not in NARROWED:
        return list(apart)
    return [
        replace(one, test=Unread(one.kind)) if one.kind in (Kind.PRIOR_TREATMENT, Kind.LINE) else one for one in apart
    ]
