"""Comorbidities and current medicines of a clause: names of the vocabulary, with time, activity and suspicion.

Severity, control and doses are not read: their words stay outside the span, so that the clause is not wholly
understood and rules nobody out by itself. The brain, the meninges and other cancers have modules of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rules.conditions import CONDITIONS, find_conditions, is_medication, is_other_cancer
from rules.criteria import AnyOf, HasCondition, Kind, Not, Polarity, TakesMedication, Test
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.phrases import about_other_cancer, masked, negated
from rules.reading.subgroups import is_reversed, of_a_subgroup

_ELSEWHERE = ("cns_metastases", "live_vaccine", "other_cancer")
"""Read by other modules, with all below them."""

_LIST = re.compile(
    r"[\s,/()-]*(?:(?:ou|or|et|and|et/ou|and/or|de|du|des|d'une?|d'|la|le|les|l'|of|any|une?|an?|infections?|par|le|"
    r"virus|to|"
    r"antecedents?|history|maladies?|disease|connue?s?|known|toute?|autre)\b[\s,/()'-]*)*"
)
_OR = re.compile(r"\b(?:ou|or|et|and|et/ou|and/or)\b|,|/")
_BEFORE = re.compile(
    r"(?:\b(?:(?P<history>antecedents?(?: \w+){0,2}? d(?:e |es |u |'une? |')|(?:prior )?history of |"
    r"past history of |prior |previous )"
    r"|(?P<suspected>suspicion d(?:e |')|suspected |(?:known or suspected|connue? ou suspectee?) )"
    r"|(?P<active>active |ongoing |current |en cours d'|presence d(?:e |'une? |'))"
    r"|(?:known |documented |diagnosis of |a |an |any |une? |infection (?:active )?par (?:le |les )?|la |le |l'|"
    r"les ))+)$"
)
_AFTER = re.compile(
    r"[\s(]*(?:(?P<suspected>(?:connue?s? |known |suspectee?s? |prouvee?s? |averee?s? )?(?:ou |et/ou |"
    r"or )(?:suspicion\b|suspectee?s?\b|suspected\b)|"
    r"suspectee?s?\b|suspected\b)|(?P<active>(?:cliniquement |clinically )?acti(?:ve|ves|f|fs)\b|en cours\b|"
    r"evoluti(?:ve|ves|f|fs)\b|"
    r"ongoing\b)|(?P<positive>(?:seropositi\w+|positi(?:ve|f|fs|ves))\b)|(?P<neutral>connue?s?\b|known\b|"
    r"documentee?s?\b|confirmee?s?\b|"
    r"preexistante?s?\b|chroniques? connues?\b))\)?"
)
_NEGATIVE_AFTER = re.compile(r"[\s(-]*(?:est |sont |is |are )?(?:negati\w*|neg\b|absente?s?\b|exclue?s?\b)")
_SPOILED_AFTER = re.compile(
    r"[\s(:-]*(?:indetect\w*|undetect\w*|serolog\w*|vaccin\w*|statut|status|test\w*|screening|antibod\w*|anticorps|"
    r"scores?\b|"
    r"inhibit\w*|prophyla\w*|antigen\w*\b(?! posit))"
)
_SPOILED_BEFORE = re.compile(
    r"\b(?:risques?|risk\w*|prevention|prophyla\w*|depistage|screening|vaccin\w*(?: contre)?|tests?|dosage|famil\w*|"
    r"prevent\w*|eviter|avoid\w*|induced|hors|autres? qu[e']\w*|charge virale|viral load|adn|dna|arn|rna|score|"
    r"statut|status)"
    r"(?:[ '-]+(?:de|du|des|d|la|le|les|l|of|the|for|a|an|une?|contre|against|developing|cardiaque|virus)\b)*[ '(-]*$"
)
_WITHIN = re.compile(
    r"[\s,(]*(?:(?:survenue?s?|diagnostiquee?s?|occurring|occurred|remontant)\s)?(?:dans|au cours d[eu]s?|"
    r"datant d[eu]|durant|within|in|"
    r"during|depuis|il y a|de|<=|≤|<)\s?(?:(?:les?|des?|the|moins de|less than|a|past|last|previous|prior|derniers?|"
    r"precedents?)\s)*"
)
_WITHIN_TAIL = re.compile(
    r"\s?(?:derniers?\b|dernieres?\b|precedents?\b|precedentes?\b)?(?:\s?(?:avant|precedant|prior to|before|of|"
    r"preceding|suivant)\s"
    r"(?:the |l'|la |le )?(?:inclusion|randomi[sz]ation|enrol\w+|study entry|screening|"
    r"start of (?:study )?treatment|first dose|"
    r"premiere dose|study treatment|signature du consentement|entree|registration|c1j1))?\)?"
)
_GRADE_2 = re.compile(
    r"(?:\s(?:peripherique|sensitive|sensory|peripheral|motrice|preexistante?))*[\s(,]*(?:de |of )?(?:grade|"
    r"gr\.?)\s?(?:(?:≥|>=|superieure? ou egale? a)\s?2|>\s?1|2 "
    r"(?:ou plus|ou superieur|or (?:greater|higher|more|above))|"
    r"2\+)(?:\s?\(?(?:nci[- ])?(?:ctcae)?(?: v?\.?\d(?:\.\d)?)?\)?)?"
)
_STEROID_ELSEWHERE = re.compile(
    r"abirater|docetaxel|\bchop\b|premedic|prophyla|substitut|inhal|topi|\bloca|intra-?nasal|replacement"
)
_FALSE_MEDICATION = re.compile(r"\b(?:wash-?out|demi-vie|half-li|vaccin\w*|dans les \d+ jours|within \d+ days)\b")
_ACTIVE_WORD = re.compile(r"\b(?:acti(?:ve|ves|f|fs)|en cours|ongoing|evoluti(?:ve|f))\b")
_ACTIVE_BY_NAME = frozenset({"active_infection", "severe_infection"})
_LAST = re.compile(r"(?i)(?<=\d )(?:derniers?|derni[èe]res?|last|past|previous|pr[ée]c[ée]dent\w*)(?= )")
"""« 12 derniers mois »: what stands between the figure and its unit."""
_UNSURE = re.compile(
    r"\b(?:not|no|pas|sans|aucune?s?|absence|ni|nor|without|never|jamais|exclu\w*|may|can|could|eligible\w*|allowed|"
    r"autorise\w*|"
    r"permis\w*|permitted|peuvent|peut|except\w*|hors|sauf|unless|agree\w*|negati\w*|if|si|controlled|controle\w*|"
    r"acceptable\w*|"
    r"possible|provided|stable|risk|risque)\b"
)
_PREGNANT = frozenset({"pregnancy", "breast_feeding"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A condition named: its own words' span, concepts, and what stands around it."""

    start: int
    end: int
    concepts: frozenset[str]
    within_days: int | None = None
    active: bool = False
    suspected: bool = False
    negative: bool = False

    @property
    def flags(self) -> tuple[int | None, bool, bool]:
        return (self.within_days, self.active, self.suspected)


def recognise(clause: Clause) -> list[Found]:
    """Conditions and medicines of the clause, one finding a list; of an ambiguous name, none."""
    if about_other_cancer(clause.plain) or is_reversed(clause):
        return []
    names = [_around(clause, name) for name in _names(clause)]
    groups: list[list[_Name]] = []
    for name in names:
        before = groups[-1][-1] if groups else None
        same = before is not None and is_medication(min(before.concepts)) == is_medication(min(name.concepts))
        between = clause.plain[before.end : name.start] if before else ""
        if before and same and _LIST.fullmatch(between):
            if _OR.search(between):
                groups[-1].append(name)
            elif merged := _one(before, name):
                groups[-1][-1] = merged
            else:
                groups.append([name])
        else:
            groups.append([name])
    found = [one for group in groups if (one := _found(group))]
    return found if clause.polarity is Polarity.EXCLUSION else _asked_of_all(clause, found)


def _asked_of_all(clause: Clause, found: list[Found]) -> list[Found]:
    """In an inclusion: denied where a negation stands right before; beside any other one, or a permission, not sure."""
    kept: list[Found] = []
    for one in found:
        denied = negated(masked(clause.plain), one.start)
        if denied is not None and not isinstance(one.test, Not):
            kept.append(Found(denied, one.end, Not(one.test), one.kind))
        elif isinstance(one.test, Not) or not _UNSURE.search(masked(clause.plain)):
            kept.append(one)
    return [one for one in kept if not of_a_subgroup(clause, one.start, one.end)]


def _one(before: _Name, name: _Name) -> _Name | None:
    """Two names side by side, one inside the other, are the precise one (« HIV infection », « (NYHA III) »)."""
    first, second = min(before.concepts), min(name.concepts)
    if not (CONDITIONS.covers(first, second) or CONDITIONS.covers(second, first)):
        return None
    precise, other = (name, before) if CONDITIONS.covers(first, second) else (before, name)
    return replace(
        precise,
        start=before.start,
        end=name.end,
        within_days=precise.within_days or other.within_days,
        active=precise.active or other.active,
        suspected=precise.suspected or other.suspected,
        negative=precise.negative or other.negative,
    )


def _names(clause: Clause) -> list[_Name]:
    names = []
    for mention in find_conditions(clause.text):
        if mention.ids == {"medication"} or clause.plain[: mention.start].endswith("non-"):
            continue
        left_out = any(is_other_cancer(id_) or CONDITIONS.above(id_) & set(_ELSEWHERE) for id_ in mention.ids)
        if left_out or len(mention.ids) != 1 or _is_spoiled(clause.plain, mention.start, mention.end):
            continue
        active = not mention.ids & _ACTIVE_BY_NAME and _ACTIVE_WORD.search(clause.plain, mention.start, mention.end)
        names.append(_Name(mention.start, mention.end, mention.ids, active=bool(active)))
    return [name for name in names if not _is_other_use(clause.plain, min(name.concepts))]


def _is_spoiled(plain: str, start: int, end: int) -> bool:
    return bool(_SPOILED_BEFORE.search(plain[:start]) or _SPOILED_AFTER.match(plain, end))


def _is_other_use(plain: str, concept: str) -> bool:
    if not is_medication(concept):
        return False
    if CONDITIONS.covers("corticosteroids", concept) and _STEROID_ELSEWHERE.search(plain):
        return True
    return _FALSE_MEDICATION.search(plain) is not None


def _around(clause: Clause, name: _Name) -> _Name:
    """The name with the words before and behind it that say when, whether active, whether suspected."""
    plain = clause.plain
    name = _graded(plain, name)
    before = _BEFORE.search(plain[: name.start])
    if before and before[0].strip():
        suspected = bool(before["suspected"])
        active = name.active or (bool(before["active"]) and "presence" not in before[0])
        name = replace(name, start=before.start(), suspected=suspected, active=active)
    while after := _AFTER.match(plain, name.end):
        end = after.end() if "(" in plain[name.end : after.end()] or not after[0].endswith(")") else after.end() - 1
        flags = {key for key, value in after.groupdict().items() if value}
        name = replace(
            name, end=end, active=name.active or "active" in flags, suspected=name.suspected or "suspected" in flags
        )
    if negative := _NEGATIVE_AFTER.match(plain, name.end):
        return replace(name, end=negative.end(), negative=True)
    return _dated(clause, name)


def _graded(plain: str, name: _Name) -> _Name:
    grade = _GRADE_2.match(plain, name.end) if name.concepts == {"neuropathy"} else None
    return replace(name, end=grade.end(), concepts=frozenset({"neuropathy_grade_2_plus"})) if grade else name


def _dated(clause: Clause, name: _Name) -> _Name:
    opening = _WITHIN.match(clause.plain, name.end)
    if not opening:
        return name
    for duration in find_durations(_LAST.sub(lambda match: " " * len(match[0]), clause.text)):
        if opening.end() - 1 <= duration.span[0] <= opening.end() + 1 and duration.days:
            tail = _WITHIN_TAIL.match(clause.plain, duration.span[1])
            end = tail.end() if tail else duration.span[1]
            return replace(name, end=end, within_days=duration.days[1])
    return name


def _found(group: Sequence[_Name]) -> Found | None:
    start, end = group[0].start, group[-1].end
    if is_medication(min(group[0].concepts)):
        medicines = frozenset().union(*(name.concepts for name in group))
        return Found(start, end, TakesMedication(medicines), Kind.COMORBIDITY)
    if any(name.negative for name in group):
        whole = HasCondition(conditions=frozenset().union(*(name.concepts for name in group)))
        alone = group[-1].negative and not any(name.negative for name in group[:-1])
        return Found(start, end, Not(whole), Kind.COMORBIDITY) if alone else None
    return Found(start, end, _asked(_spread(group)), _kind(group))


def _spread(group: Sequence[_Name]) -> list[_Name]:
    """What stands behind a list is of all of it: « infarctus, AVC ou AIT dans les 6 mois »."""
    last = group[-1]
    return [
        name
        if any(name.flags)
        else replace(name, within_days=last.within_days, active=last.active, suspected=last.suspected)
        for name in group
    ]


def _asked(group: Sequence[_Name]) -> Test:
    by_flags: dict[tuple[int | None, bool, bool], frozenset[str]] = {}
    for name in group:
        by_flags[name.flags] = by_flags.get(name.flags, frozenset()) | name.concepts
    tests: list[Test] = [
        HasCondition(conditions=concepts, within_days=days, active=active, suspected_too=suspected)
        for (days, active, suspected), concepts in by_flags.items()
    ]
    return tests[0] if len(tests) == 1 else AnyOf(tuple(tests))


def _kind(group: Sequence[_Name]) -> Kind:
    return Kind.CONTRACEPTION if all(name.concepts <= _PREGNANT for name in group) else Kind.COMORBIDITY
