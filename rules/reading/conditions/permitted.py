"""What a parenthesis takes back from the conditions before it, and names that are narrower than what they name.

« Maladie auto-immune (vitiligo, diabète de type 1 : possibles) » excludes the other ones; « ascite symptomatique » is
not every ascites; « allergie au tocilizumab » is not taking it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rules.conditions import CONDITIONS, find_conditions, is_medication
from rules.criteria import AllOf, AnyOf, HasCondition, Kind, Not, Test, Unread
from rules.hinted import hinted
from rules.junctions import either
from rules.reading.clause import Clause, Found
from rules.reading.segments import EXCEPTION

_TAKES_BACK = re.compile(
    r"\((?=[^()]*(?:\b(?:sauf|hors|hormis|except\w*|a l'exception|en dehors|unless|autoris\w*|permis\w*|permitted|"
    r"accept\w*|toler\w*|admis\w*|possibles?|ok|allowed|eligibles?)\b|"
    r"\bn(?:e sont|'est) pas (?:exclu|un motif)|\bnot exclu))"
    r"(?P<words>[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_REPLACEMENT = re.compile(r"\b(?:substitu\w*|opotherap\w*|replacement|physiolog\w*)\b")
"""What replaces a hormone is no treatment of an active disease."""
_QUALIFIED = re.compile(
    r"\b(?:(?:non|mal|pas|not|poorly)[- ](?:bien |well )?(?:control|equilibr|stabilis)\w*|uncontrolled|symptomati\w*|"
    r"sever\w*|graves?|refractai\w*|refractory|massi\w*|abondante?s?|instables?|unstable)\b"
)
_SAID_BY_ID = re.compile(
    r"uncontrolled|severe|significant|unstable|decompensated|nyha|grade|active_infection|chronic|refractory"
)
_SEVERE_ANYWAY = frozenset({"spinal_cord_compression", "superior_vena_cava_syndrome"})
"""What a form seldom tells of before it has symptoms."""
_OF_ALLERGY = re.compile(
    r"\b(?:allerg\w*|hypersens\w*|intoleran\w*|anaphyla\w*|contre-?indication\w*|contraindication\w*)\b"
    r"(?!.*\b(?:sous|prise|traitements? (?:par|avec)|receiving|taking|use of|treatment with)\b)[^;]*$"
)
_CLASSES = {
    "strong_cyp3a4_inhibitor": re.compile(r"cyp|puissants?|strong"),
    "strong_cyp3a4_inducer": re.compile(r"cyp|puissants?|strong"),
    "enzyme_inducing_antiepileptic": re.compile(r"cyp|induc|epilep|convuls"),
    "immunosuppressant": re.compile(r"immun"),
    "bone_agent": re.compile(r"osseu|bone|denosumab|resorpt|xgeva"),
    "p2y12_inhibitor": re.compile(r"agreg|plaquet|platelet|p2y"),
}
"""Classes that a single medicine stands for in a typed field, with the words that tell of the class in a sentence."""
_QUALIFIED_AT_END = re.compile(
    r"(?:,? (?:(?:ou|et|or|and) )?[a-z-]+){1,4} "
    r"(?:(?:non|mal|pas) (?:bien )?(?:control\w+es|equilibr\w+es|stabilis\w+es)|instables|severes)\W*$"
)
_QUALIFIED_BEFORE = hinted(
    r"\b(?:uncontrolled|symptomatic|massive|large|severe|clinically significant)\b[^,;:()]{0,30}\b(?:or|and) $"
)


def is_narrower(plain: str, start: int, end: int, concept: str) -> bool:
    """Whether the words of a name, or those at the end of its list, say less than the concept it stands for."""
    words = plain[start:end]
    if is_medication(concept):
        return concept in _CLASSES and not _CLASSES[concept].search(plain)
    if _SAID_BY_ID.search(concept) or concept in _SEVERE_ANYWAY:
        return False
    if concept == "diarrhoea" and "chroni" in words:
        return True
    if _QUALIFIED.search(words) or _QUALIFIED_BEFORE.search(plain[:start]):
        return True
    return _QUALIFIED_AT_END.match(plain, end) is not None


def is_of_allergy(plain: str, start: int, concept: str) -> bool:
    """Whether a medicine is named for what the patient does not bear."""
    return is_medication(concept) and _OF_ALLERGY.search(plain[:start]) is not None


def taken_back(clause: Clause, found: Sequence[Found]) -> list[Found]:
    """The findings of an exclusion, each without what a parenthesis behind it permits."""
    if not found or "(" not in clause.plain:
        return list(found)
    stops = [one.start for one in found[1:]] + [len(clause.plain)]
    return [_taken_back(clause, one, stop) for one, stop in zip(found, stops, strict=True)]


def _taken_back(clause: Clause, one: Found, stop: int) -> Found:
    match = _TAKES_BACK.search(clause.plain, one.end, stop)
    if one.kind is not Kind.COMORBIDITY or match is None or ";" in clause.plain[one.end : match.start()]:
        return one
    adjacent = not clause.plain[one.end : match.start()].strip()
    if adjacent and EXCEPTION.search(match["words"]):
        return one  # an exception right behind what it narrows is put together with it in one place
    asked = [one.test] if isinstance(one.test, HasCondition) else []
    if isinstance(one.test, AnyOf):
        asked = [part for part in one.test.parts if isinstance(part, HasCondition)]
    if not asked:
        return one
    named = _named_in(clause, match.span("words"))
    if not named and _REPLACEMENT.search(match["words"]):
        return one
    others: tuple[Test, ...] = one.test.parts if isinstance(one.test, AnyOf) else ()
    kept = [part for part in others if not isinstance(part, HasCondition)]
    tests = [*kept, *(_without(part, named) for part in asked)]
    return replace(one, end=match.end() if adjacent else one.end, test=either(tests))


def _named_in(clause: Clause, span: tuple[int, int]) -> frozenset[str]:
    """The conditions that a parenthesis names, with what a replaced thyroid or a type 1 diabetes comes from."""
    mentions = find_conditions(clause.text[slice(*span)])
    named = {id_ for one in mentions if len(one.ids) == 1 for id_ in one.ids if not is_medication(id_)}
    words = clause.plain[slice(*span)]
    return frozenset(named | {id_ for pattern, id_ in _AUTOIMMUNE if pattern.search(words)})


_AUTOIMMUNE = (
    (re.compile(r"\bhypothyroid|\bthyroidite|\bthyroiditis|\bhashimoto"), "autoimmune_thyroiditis"),
    (re.compile(r"\bhyperthyroid|\bbasedow|\bgraves"), "graves_disease"),
    (
        re.compile(r"\bdiabetes? (?:de |mellitus )?(?:type )?t?(?:1|i)\b|\bd[tm]1\b|\btype (?:1|i) diabet"),
        "type_1_diabetes",
    ),
    (re.compile(r"\beczema|\bdermatite atopique|\batopic"), "psoriasis"),
)


def _without(test: HasCondition, named: frozenset[str]) -> Test:
    """The conditions asked, those that hold one of `named` cut down to what lies beside it."""
    if test.treated_by and not named:
        return test
    if not named:
        return AllOf((test, Not(Unread(Kind.COMORBIDITY))))
    kept = frozenset().union(*(_beside(id_, named) for id_ in test.conditions))
    return replace(test, conditions=kept) if kept else AllOf((test, Unread(Kind.COMORBIDITY)))


def _beside(id_: str, named: Iterable[str]) -> frozenset[str]:
    """A condition, or the parts of it that none of `named` touches."""
    touching = {one for one in named if CONDITIONS.covers(id_, one) or CONDITIONS.covers(one, id_)}
    if not touching:
        return frozenset({id_})
    free = {
        below
        for below in CONDITIONS.below(id_)
        if not any(CONDITIONS.covers(below, one) or CONDITIONS.covers(one, below) for one in touching)
    }
    return frozenset(
        below for below in free if not any(other != below and CONDITIONS.covers(other, below) for other in free)
    )
