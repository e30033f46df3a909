"""The disease in a clause of criteria: extent, states, stage, TNM, sites of metastasis, and the setting planned.

A clause about another cancer than the one discussed is left alone. What the words say of the setting of an earlier
treatment belongs to the treatments.
"""

import re
from dataclasses import replace
from itertools import pairwise

from rules.criteria import (
    AllOf,
    AnyOf,
    Extent,
    ExtentIn,
    Kind,
    MetastasisIn,
    Not,
    Setting,
    SettingIs,
    StageIn,
    State,
    StateIs,
    Test,
    TnmIs,
    Unread,
    leaves,
)
from rules.hinted import hinted
from rules.junctions import together
from rules.kinds import Polarity
from rules.organs import ORGAN_NAMES, ORGANS
from rules.reading.clause import Clause, Found
from rules.reading.confirmed import widened
from rules.reading.disease.groups import grouped
from rules.reading.disease.roles import Role, Term
from rules.reading.disease.sites import find_site_terms
from rules.reading.disease.stages import find_stage_terms
from rules.reading.disease.tumour_context import names_another
from rules.reading.disease.words import find_terms
from rules.reading.neutral import NEUTRAL
from rules.reading.phrases import negated, shifted, without_overlap
from rules.reading.subgroups import is_label, is_one_of_several, is_open_parenthesis, speaks_of_a_part

_SETTING_NAMES: tuple[tuple[str, frozenset[Setting]], ...] = (
    (r"neo-?adjuvante?s?", frozenset({Setting.NEOADJUVANT})),
    (r"peri-?operatoires?|perioperative|peri-operative", frozenset({Setting.NEOADJUVANT, Setting.ADJUVANT})),
    (r"pre-?operatoires?|preoperative", frozenset({Setting.NEOADJUVANT})),
    (r"adjuvante?s?", frozenset({Setting.ADJUVANT})),
    (r"maintenance|entretien", frozenset({Setting.MAINTENANCE})),
    (r"consolidation", frozenset({Setting.CONSOLIDATION})),
)
_PLANNED = (
    r"(?:candidate?s?(?:\(e\)s?)?|eligibles?|relevant|justiciables?|indication|projet|planned|scheduled|"
    r"candidates?|eligible|suitable|prevue?s?|devant recevoir|programme\w*|planifie\w*)"
)
_KIND_OF = (
    r"(?:traitements?|chimiotherapies?|chimio|hormonotherapies?|immunotherapies?|therapy|chemotherapy|treatment|"
    r"systemic)"
)
_PAST = re.compile(
    r"anterieur|prior|previous|\brecu|received|\bapres\b|\bafter\b|\bfollowing|progress|rechut|relaps|termin|"
    r"complet|depuis|since|\bfin\b|within|dans les|\bpas d|aucun|sans|\bno\b|\bnot\b|"
    r"autorise|allowed|permis|permitted|accept|sauf|except|traites? par|treated with|\bnon\b|antecedent|history|"
    r"toxic|in case|si\b|deja|already|[<>≥≤]"
)
_NOT_A_DEMAND = hinted(
    r"\b(?:uln|lsn|asat|alat|ast|alt|alp|sgot|sgpt|bilirubin\w*|transaminases?|creatinine\w*|phosphatases?|"
    r"neutrophil\w*|pnn|plaquettes|platelets?|"
    r"hemoglobin\w*)\b|(?:\b(?:is|are|est|sont|be) defin\w+)|will be considered|^\W*(?:note|nb|remarque)\b|"
    r"examples? includ|\bincludes? patients|\b(?:is|are) (?:strongly )?(?:encouraged|optional|recommended)\b|"
    r"is calculated|calcule\w* |\bcomptent?\b|(?:do|does) not affect|"
    r"\b(?<!ne )(?:may|peuvent|pourront|peut|allowed|permitted|acceptable|autorise\w*|acceptee?s?|permise?s?|admise?s?|"
    r"toleree?s?|(?:are|is|"
    r"sont|est|be) (?:also |egalement )?eligibles?(?! (?:for|to|a|au|pour)\b))\b|"
    r"tumou?r (?:block|tissue|sample)|(?<!soft )\btissue\b|\btissus?\b(?! mous)|archiv|specimens?|samples?\b|"
    r"(?<!\ben )\bblocs?\b|echantillon|prelevement|"
    r"materiel tumoral|intercurrent"
)
_WHOLE_TWO = (
    r"(?:en|au|dans un|in|in the|situation|contexte|setting|phase|de|d'un|d'une|a|au|un|une|pour|for|an?|le|la|to|"
    r"of|[\s,])"
)
_ALL_EXTENTS = hinted(
    r"\bmetastati(?:que|c)s?\s(?:ou|or)\snon(?:[- ]metastati(?:que|c)s?)?\b"
    r"(?![- ](?:resec|oper|chirurg|extirp|access|curab|elig))|"
    r"\bavec ou sans metastases?(?: a distance)?\b|\bwith or without (?:distant )?metasta(?:ses|sis)\b|"
    r"\b(?:quel que soit le|tous|all|any) (?:les )?(?:stades?|stages?)\b|"
    r"\bau stade localise\w* (?:comme|ou|et) (?:au stade )?(?:avance\w*|metastatique)"
)
_JUDGED = hinted(
    r"\bscores? (?:pronostiques? )?(?:de |d')(?:bellmunt|khorana|gustave|rmh|royal marsden|grim|lipi|okuda|mayo)\b"
    r"[^,;()]*(?:\([^()]*\))?|"
    r"\b(?:crises? viscerales?|visceral crisis|atteintes? viscerales? (?:etendues?|massives?|symptomatiques?|"
    r"menacantes?))"
    r"[^,;()]*(?:\([^()]*\))?|"
    r"\b(?:(?:pas|absence) (?:de |d')?|sans |non )?(?:reponses? (?:tumorale )?(?:(?:histologiques?|pathologiques?|"
    r"anatomopathologiques?) (?:tumorale )?completes?|completes? (?:histologiques?|pathologiques?|"
    r"anatomopathologiques?))|"
    r"pathologic(?:al)? complete response)\b"
    r"[^,;()]*(?:\([^()]*\))?|\b(?:rcb|residual cancer burden)[- ](?:0|i{1,3})\b[^,;()]*|"
    r"^\W*(?:(?:pas|absence) (?:de |d')?|sans |non[- ]|no )?pcr(?= ?(?:$|\(|(?:a|apres|sur|after|"
    r"at)\b))[^,;()]*(?:\([^()]*\))?"
)
"""Prognosis, visceral crisis, response on the specimen: what a board judges that no form has."""
_SETTING_HINT = hinted(r"adjuvant|operat|maintenance|entretien|consolidation")
_INDICATED = re.compile(
    r"\b(?:necessitant|requerant|requiring|indication (?:de|a un|d'un)|justifiant)\s(?:d'un |une? |le |"
    r"l'initiation d'un |(?:initiation of )?)(?:debut de )?(?:traitement|therapy|treatment)(?: systemique)?"
    r"(?=\W*(?:$|selon|according|per|as per|based|,? ?\(?(?:criteres|iwcll|gelf)))"
)
_CRITERION = r"(?:(?:≥|>=|> =|au moins|at least|minimum) ?(?:1|une?|one)|l'un) (?:des |de ces |of the )?"
_ACTIVE = re.compile(
    r"(?:\b(?:mal(?:adie|\.)? active|active disease|llc active|active cll)\b[\s,:(]*"
    r"(?:avec |with |selon |per |d'apres )?)?"
    rf"(?:{_CRITERION}(?:criteres? |criteri(?:on|a) )?(?:d'indication (?:therapeutique|de traitement) )?"
    r"(?:(?:de |d'|du |des )?(?:iwcll|gelf)(?: (?:20)?\d\d)?)(?: criteri(?:on|a))?"
    r"(?: (?:de |d'|for )(?:traitement|indication|mise en traitement|treatment))?|"
    rf"(?:criteres? )?(?:iwcll|gelf)(?: (?:20)?\d\d)?(?: (?:avec|with) {_CRITERION}(?:criteres?|criteri(?:on|a))"
    r"(?: (?:de|d'|for) ?(?:traitement|indication|treatment))?)?(?=\W*$|\s?:))"
    r"(?:\)|\s?[:(](?!.*\b(?:pas|sans|hors|sauf|no|not|without|ecog|oms|ps|age)\b).*$)?"
)
"""« Maladie active, ≥ 1 critère iwCLL : … »: what the items are is known, any of them says that treatment is due."""
_HAEMATOLOGY = hinted(r"iwcll|gelf|\bllc\b|\bcll\b|lymphom|waldenstr|myelom")


_INNER = re.compile(r"\([^()]*\)")
_EITHER_BEFORE = re.compile(
    r"(?:,|\b(?:ou|or)\b)\s*(?:(?:de|d'un|un|une|a|au|en|any|tout|soit|cancer|maladie|disease)\s)*$"
)
_OF_A_SCORE = re.compile(r"\b(?:scores?|facteurs?|criteres? de|index|indice|bilan|imagerie)\b[^()]{0,40}$")
_APART = frozenset({Kind.HISTOLOGY, Kind.COMORBIDITY})
"""Grades and liver function, read by the tables of stages, are criteria of their own."""


def recognise(clause: Clause) -> list[Found]:
    """Everything the clause says of the extent, the states, the stage and the setting of the disease now."""
    every = [
        Found(match.start(), match.end(), Unread(Kind.OTHER), Kind.OTHER)
        for match in _ALL_EXTENTS.finditer(clause.plain)
    ]
    every += [
        Found(*match.span(), Unread(Kind.COMORBIDITY), Kind.COMORBIDITY) for match in _JUDGED.finditer(clause.plain)
    ]
    terms: list[Term] = []
    for term in (*find_site_terms(clause), *find_stage_terms(clause), *find_terms(clause)):
        taken = [(one.start, one.end) for one in terms] + [(one.start, one.end) for one in every]
        if all(term.end <= start or end <= term.start for start, end in taken):
            terms.append(term)
    settings = _settings(clause) if _SETTING_HINT.search(clause.plain) else []
    if not (every or terms or settings) and not _HAEMATOLOGY.search(clause.plain):
        return []
    if names_another(clause) or is_one_of_several(clause) or speaks_of_a_part(clause):
        return []
    if _NOT_A_DEMAND.search(_INNER.sub(lambda match: " " * len(match[0]), clause.plain)):
        return []
    terms = [one for one in terms if not _only_illustrates(clause, one, terms)]
    apart = [Found(one.start, one.end, one.test, one.kind) for one in terms if one.kind in _APART]
    joined = [one for one in terms if one.kind not in _APART]
    found = [*apart, *grouped(clause, sorted(joined, key=lambda term: term.start))]
    found = [one for one in found if not _asks_nothing(one)]
    if clause.polarity is Polarity.INCLUSION:
        found = _of_one_tumour(_as_alternatives(clause, found))
    else:
        found = [_any_site(clause, one) for one in found]
    found = [_of_this_organ(clause, one) for one in found]
    every = [one for one in every if not _of_a_treatment(clause, one)]
    return widened(clause.plain, without_overlap([*every, *found, *settings, *_indicated(clause)]))


_OF = re.compile(
    r"\s(?:(?:locale?|loco-?regionale?|ganglionnaire) )?(?:d'un |du |de la |de l'|de |"
    r"d')(?:(?:cancers?|carcinomes?|tumeurs?|k) "
    r"(?:primiti\w+ )?(?:du |de la |de l'|de |d')?)?"
)
_TREATED_BEFORE = re.compile(r"\s(?:deja )?(?:traitee?|operee?|irradiee?)(?= ?$)")


def _of_this_organ(clause: Clause, one: Found) -> Found:
    """« Récidive locale d'un cancer du sein » in a trial of the breast: of the tumour discussed, which goes unsaid."""
    if not clause.organs or not any(leaf == StateIs(State.RELAPSE) for leaf in leaves(one.test)):
        return one
    of = _OF.match(clause.plain, one.end)
    if of is None:
        return one
    named = next((each for each in ORGAN_NAMES.find(clause.text[of.end() :]) if each.start == 0), None)
    if named is None or not any(ORGANS.covers(own, id_) for own in clause.organs for id_ in named.ids):
        return one
    end = of.end() + named.end
    treated = _TREATED_BEFORE.match(clause.plain, end)
    return replace(one, end=treated.end() if treated else end)


def _of_one_tumour(found: list[Found]) -> list[Found]:
    """« pT2 G4, pT3-4, N1 »: categories that no tumour has together are alternatives, whatever joins them."""
    told = [values for one in found if (values := _values_of_t(one.test))]
    if not any(not first & second for first in told for second in told):
        return found
    return [
        replace(one, test=AnyOf((one.test, Unread(one.kind))))
        if any(isinstance(leaf, TnmIs) for leaf in leaves(one.test))
        else one
        for one in found
    ]


def _values_of_t(test: Test) -> frozenset[str]:
    """The T categories that a finding names."""
    told = (leaf for leaf in leaves(test) if isinstance(leaf, TnmIs) and leaf.component == "t")
    return frozenset[str]().union(*(leaf.values for leaf in told))


def _any_site(clause: Clause, one: Found) -> Found:
    """« Carcinose péritonéale, métastases osseuses » among the exclusions: each of them excludes."""
    sites = isinstance(one.test, AllOf) and all(
        isinstance(part, MetastasisIn) and not part.only for part in one.test.parts
    )
    if not sites or not isinstance(one.test, AllOf) or _BOTH.search(clause.plain, one.start, one.end):
        return one
    return replace(one, test=AnyOf(one.test.parts))


_BOTH = re.compile(r"\b(?:et|and|avec|with|associe\w*|plus|concomit\w*)\b|[&+]")


def _of_a_treatment(clause: Clause, one: Found) -> bool:
    """« traitement systémique antérieur, au stade localisé comme métastatique »: the settings of what excludes."""
    return clause.polarity is Polarity.EXCLUSION and _GIVEN.search(clause.plain[: one.start]) is not None


_GIVEN = re.compile(r"\b(?:traitements?|therap\w*|\w+therapies?|chimio\w*|treatment)\b")


def _as_alternatives(clause: Clause, found: list[Found]) -> list[Found]:
    """Stages or extents that no patient has together and that stand apart in one clause: one of them, or more.

    Behind « ou » each is an alternative with what stands beside it: « stade IIIB inéligible à une RCT, ou stade IV ».
    """
    alone = sorted((one for one in found if _place(one.test)), key=lambda one: one.start)
    if not any(_exclude(one.test, other.test) for one in alone for other in alone):
        return found
    if not all(_EITHER_BEFORE.search(clause.plain[one.end : other.start]) for one, other in pairwise(alone)):
        bare = [one for one in alone if isinstance(one.test, StageIn | ExtentIn)]
        tests: list[Test] = list(dict.fromkeys([*(one.test for one in bare), Unread(alone[0].kind)]))
        return [replace(one, test=AnyOf(tuple(tests))) if one in bare else one for one in found]
    parts = [_with_what_follows(clause, one, other, found) for one, other in pairwise(alone)]
    last = _with_its_tnm(alone[-1], found)
    whole = replace(alone[0], end=last.end, test=AnyOf((*parts, last.test)))
    return [whole, *(one for one in found if one.end <= whole.start or one.start >= whole.end)]


def _with_its_tnm(last: Found, found: list[Found]) -> Found:
    """« …, ou stade IV : M1a, M1b ou M1c »: the categories behind the last alternative are of it alone."""
    for one in found:
        if one.start >= last.end and any(isinstance(leaf, TnmIs) for leaf in leaves(one.test)):
            last = replace(last, end=one.end, test=AllOf((last.test, one.test)))
    return last


def _with_what_follows(clause: Clause, one: Found, other: Found, found: list[Found]) -> Test:
    """One alternative with the findings and the unread words between it and the next."""
    inside = [each for each in found if one.end <= each.start and each.end <= other.start]
    words = (token for token in clause.words if one.end <= token.start < other.start and token.word not in NEUTRAL)
    left = any(not any(each.start <= token.start < each.end for each in inside) for token in words)
    parts = [one.test, *(each.test for each in inside), *([Unread(one.kind)] if left else [])]
    return together(parts)


def _place(test: Test) -> StageIn | ExtentIn | None:
    """The stage or extent that a finding asks, by itself, with what qualifies it, or as one of its alternatives."""
    if isinstance(test, AnyOf):
        groups = frozenset[str]().union(*(part.groups for part in test.parts if isinstance(part, StageIn)))
        return StageIn(groups) if groups else None
    parts = test.parts if isinstance(test, AllOf) else (test,)
    places = [part for part in parts if isinstance(part, StageIn | ExtentIn)]
    return places[0] if len(places) == 1 else None


def _exclude(first: Test, second: Test) -> bool:
    one, other = _place(first), _place(second)
    if isinstance(one, ExtentIn) and isinstance(other, ExtentIn):
        return not one.extents & other.extents
    if isinstance(one, StageIn) and isinstance(other, StageIn) and one.groups and other.groups:
        return not any(_within(a, b) or _within(b, a) for a in one.groups for b in other.groups)
    return False


def _within(group: str, wide: str) -> bool:
    return group == wide or (group.startswith(wide) and group[len(wide)] not in "IV")


def _only_illustrates(clause: Clause, term: Term, terms: list[Term]) -> bool:
    """A term in a parenthesis that nobody reads whole, that belongs to a score, or that only permits something; one
    before the colon of « LAL R/R : ≥ 2 lignes », which says for whom the rest is asked."""
    plain = clause.plain
    if clause.polarity is Polarity.INCLUSION and is_label(plain, term.end):
        return True
    opening = plain.rfind("(", 0, term.start)
    if opening < 0 or plain.rfind(")", 0, term.start) > opening:
        return False
    if _beyond_cure(term) and any(_beyond_cure(one) and one.end <= opening for one in terms):
        return True  # « non résécable (pas de chirurgie curative possible) »
    closing = plain.find(")", term.end)
    inner = plain[opening : closing if closing >= 0 else len(plain)]
    if _OF_A_SCORE.search(plain[:opening]) or _NOT_A_DEMAND.search(inner) or "recommand" in inner:
        return True
    return is_open_parenthesis(plain, term.start, [(one.start, one.end) for one in terms])


def _beyond_cure(term: Term) -> bool:
    return term.role is Role.UNRESECTABLE


def _asks_nothing(one: Found) -> bool:
    if isinstance(one.test, AnyOf):
        return any(Not(part) in one.test.parts for part in one.test.parts)
    return isinstance(one.test, ExtentIn) and one.test.extents == frozenset(Extent)


def _settings(clause: Clause) -> list[Found]:
    """« candidat à une chimiothérapie adjuvante », « en situation néoadjuvante »: what is discussed, never the past."""
    plain = clause.plain
    if _PAST.search(plain):
        return []
    for names, settings in _SETTING_NAMES:
        match = _setting_match(names, plain)
        if match and negated(plain, match.start()) is None and not shifted(plain, match.start()):
            return [Found(match.start(), match.end(), SettingIs(settings), Kind.EXTENT)]
    return []


def _setting_match(name: str, plain: str) -> re.Match[str] | None:
    forms = (
        rf"\b{_PLANNED}\s(?:{_WHOLE_TWO}\s?)*{_KIND_OF}\s(?:systemique |medicale? |de |d')?(?:{name})(?![\w/-]|"
        rf"\s?(?:ou|et|or|and|et/ou)\s)",
        rf"\b{_PLANNED}\s(?:{_WHOLE_TWO}\s?)*(?:{name})\s{_KIND_OF}(?![\w/-])",
        rf"\b(?:en|in the|in an?|dans un|au)\s(?:contexte |situation |phase |cadre |setting )(?:de |d'|post-?|"
        rf"pre-?)?(?:{name})(?![\w/-]|\s?(?:ou|et|or|and|et/ou)\s)",
        rf"\bin (?:the|an?)\s(?:{name})\ssetting\b",
        rf"\b{_KIND_OF}\s(?:{name})\s(?:prevue?|planifiee?|indiquee?|programmee?|envisagee?)\b",
        rf"^\W*(?:en )?(?:situation )?(?:{name})\W*$",
    )
    found = next((match for form in forms if (match := re.search(form, plain))), None)
    if found:
        return found
    last = re.search(rf"(?<=,)\s(?:en )?(?:situation )?(?:{name})\W*$", plain)  # « CBNPC II-IIIA réséqué, adjuvant »
    return last if last and _OPERATED.search(plain[: last.start()]) else None


_OPERATED = re.compile(
    r"^(?!.*(?:therap|chimio|traitement|treatment)).*\b(?:resequee?s?|operee?s?|resected|operated)\b"
)


def _active(plain: str) -> list[re.Match[str]]:
    """The criteria of active disease, where their name stands: « LLC (critères iwCLL) » is how it was diagnosed."""
    found = _ACTIVE.finditer(plain) if "iwcll" in plain or "gelf" in plain else ()
    return [one for one in found if re.search(r"active|≥|>|moins|least|minimum|l'un", one[0])]


def _indicated(clause: Clause) -> list[Found]:
    """« nécessitant un traitement » in the indolent blood cancers, where it is a state of the disease."""
    if not _HAEMATOLOGY.search(clause.plain):
        return []
    return [
        Found(match.start(), match.end(), StateIs(State.TREATMENT_INDICATED), Kind.EXTENT)
        for match in (*_INDICATED.finditer(clause.plain), *_active(clause.plain))
        if negated(clause.plain, match.start()) is None and not shifted(clause.plain, match.start())
    ]
