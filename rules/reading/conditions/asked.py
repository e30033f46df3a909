"""What a condition named in an inclusion asks: of everybody, of those who have it, or nothing."""

import re

from rules.conditions import CONDITIONS
from rules.criteria import AllOf, AnyOf, HasCondition, Kind, Not, TakesMedication, Test, Unread, leaves
from rules.reading.clause import Clause, Found
from rules.reading.conditions.words import is_narrowed
from rules.reading.phrases import masked, negated
from rules.reading.segments import in_parenthesis
from rules.reading.subgroups import of_a_subgroup

_CONTROLLABLE = ("hiv", "viral_hepatitis", "tuberculosis", "diabetes", "hypertension")
_OBJECTS = ("organ_transplant", "gvhd")
"""What a trial may be about, so that a further condition in the sentence does not take the demand back."""

_CONTROLLED = re.compile(
    r"^\W*(?::|\+)|\b(?:control\w*|indetect\w*|undetect\w*|sous|on|traitee?s?|treated|gueri\w*|cured|charge|cv|cd4|"
    r"stables?|equilibr\w*|must|doi\w*)\b"
)
_PERMISSION = re.compile(
    r"\b(?:autoris\w*|accept\w*|admis\w*|allowed|eligib\w*|permis\w*|permitted|possibles?|ok|may|can|peu(?:t|vent))\b"
)
_FOR_SOME = re.compile(r"^\W*(?:pour|chez|si|for|if|en cas|lorsque|when|in)\b")
_BEFORE_LABEL = re.compile(
    r"^\W*(?:(?:antecedents?|patients?|avec|ayant|infection|infectes?|with|de|d'|par|le|la|un|une)\s?)*$"
)
_OPENS = re.compile(
    r"^\W*(?:(?:les?|la|un|une|des|d'|de|du|tout|all|a|an|the|patients?|participants?|sujets?|subjects?|personnes?|adultes?|adults?|"
    r"hommes?|femmes?|men|women|vivant|living|with|avec|ayant|having|presentant|souffrant|atteintes?|atteints?|porteurs?|porteuses?|"
    r"presence|diagnostic|diagnosis|of|antecedents?|history|infections?|infectee?s?|infected|by|par|le|virus|suivie?s?|pour|connue?s?|"
    r"known|maladies?|doi(?:t|vent) (?:avoir|presenter)|must have)\b[\s'(]*)*$"
)
"""A condition is asked of all where the sentence opens with it; one item among others is told of some, or of a plan."""
_LIMITED_AFTER = re.compile(
    r"[^,;.]{0,25}(?:[<>≥≤]|\b(?:laisse\w*|appreciation|renseign\w*|facultati\w*|statut|status|document\w* si)\b)"
)
_UNSURE = re.compile(
    r"\b(?:not|no|pas|sans|aucune?s?|absence|ni|nor|without|never|jamais|exclu\w*|may|can|could|eligible\w*|allowed|"
    r"autorise\w*|"
    r"permis\w*|permitted|peuvent|peut|except\w*|hors|sauf|unless|agree\w*|negati\w*|if|si|controlled|controle\w*|"
    r"acceptable\w*|"
    r"possible|provided|stable|risk|risque)\b"
)


def _as_narrow(clause: Clause, found: Found) -> Test:
    """« Pas d'asthme non contrôlé »: who has it under control is not left out."""
    held = found.test
    if isinstance(held, HasCondition) and is_narrowed(clause.plain[found.end :], held.conditions, active=held.active):
        return AllOf((held, Unread(found.kind)))
    return held


def asked_of_all(clause: Clause, found: list[Found]) -> list[Found]:
    """In an inclusion: denied where a negation stands right before; beside any other one, or a permission, not sure."""
    kept: list[Found] = []
    for one in found:
        denied = negated(masked(clause.plain), one.start)
        if denied is not None and not isinstance(one.test, Not):
            kept.append(Found(denied, one.end, Not(_as_narrow(clause, one)), one.kind))
        elif isinstance(one.test, Not):
            kept.append(one)
        elif (allowed := _if_controlled(clause, one)) is not None:
            return [*kept, allowed]
        elif _is_demand(clause, one):
            kept.append(one)
    return [one for one in kept if not of_a_subgroup(clause, one.start, one.end)]


def _is_demand(clause: Clause, one: Found) -> bool:
    """Whether a name in an inclusion asks it of every patient; a medicine is told as a circumstance."""
    if any(isinstance(leaf, TakesMedication) for leaf in leaves(one.test)):
        return False
    if in_parenthesis(clause.plain, one.start) or _LIMITED_AFTER.match(clause.plain, one.end):
        return False
    if not _OPENS.match(clause.plain[: one.start]):
        return False
    conditions = [id_ for leaf in leaves(one.test) if isinstance(leaf, HasCondition) for id_ in leaf.conditions]
    said = masked(clause.plain)
    if conditions and all(any(CONDITIONS.covers(each, id_) for each in _OBJECTS) for id_ in conditions):
        comma = re.search(r"[,;]", said[one.end :])
        said = said[: one.end + comma.start()] if comma else said
    return not _UNSURE.search(said)


def _if_controlled(clause: Clause, one: Found) -> Found | None:
    """« VIH : contrôlé », « VHC traité et guéri »: asks something only of those who have it, to the clause's end."""
    conditions = [id_ for leaf in leaves(one.test) if isinstance(leaf, HasCondition) for id_ in leaf.conditions]
    chronic = conditions and all(any(CONDITIONS.covers(each, id_) for each in _CONTROLLABLE) for id_ in conditions)
    if not chronic or _FOR_SOME.match(clause.plain) or _PERMISSION.search(clause.plain):
        return None
    if not _CONTROLLED.search(clause.plain[one.end :]):
        return None
    before = _BEFORE_LABEL.match(clause.plain[: one.start])
    start = 0 if before else one.start
    test = AnyOf((Not(HasCondition(conditions=frozenset(conditions))), Unread(Kind.COMORBIDITY)))
    return Found(start, len(clause.plain), test, Kind.COMORBIDITY)
