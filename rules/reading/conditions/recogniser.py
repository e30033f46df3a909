"""Comorbidities and current medicines of a clause: names of the vocabulary, with time, activity and suspicion.

Severity, control and doses are not read: a name that they narrow stands beside something unread, and rules nobody out
by itself. The brain, the meninges and other cancers have modules of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.conditions import CONDITIONS, find_conditions, is_medication, is_other_cancer
from rules.criteria import AllOf, HasCondition, Kind, Not, Polarity, TakesMedication, Test, Unread
from rules.hinted import hinted
from rules.junctions import either
from rules.quantities import find_durations
from rules.reading import immune_toxicity
from rules.reading.clause import Clause, Found
from rules.reading.conditions import transplants
from rules.reading.conditions import words as around
from rules.reading.conditions.asked import asked_of_all
from rules.reading.conditions.permitted import is_narrower, is_of_allergy, taken_back
from rules.reading.phrases import about_other_cancer
from rules.reading.subgroups import is_reversed

_ELSEWHERE = ("cns_metastases", "live_vaccine", "other_cancer", "hormonal_status")
"""Read by other modules, with all below them."""

_LIST = re.compile(
    r"[\s,/()-]*(?:(?:ou|or|et|and|et/ou|and/or|de|du|des|d'une?|d'|la|le|les|l'|of|any|une?|an?|infections?|par|le|"
    r"virus|to|antecedents?|history|maladies?|disease|connue?s?|known|toute?|autre)\b[\s,/()'-]*)*"
)
_OR_WORD = re.compile(r"\b(?:ou|or|et|and|et/ou|and/or)\b|/")
_OR = re.compile(r"\b(?:ou|or|et|and|et/ou|and/or)\b|,|/")
_BEFORE = re.compile(
    r"(?:\b(?:(?P<history>antecedents?(?: \w+){0,2}? d(?:e |es |u |'une? |')|(?:prior )?history of |"
    r"past history of |prior |previous )"
    r"|(?P<suspected>suspicion d(?:e |')|suspected |(?:known or suspected|connue? ou suspectee?) )"
    r"|(?P<active>active |ongoing |current |en cours d'|presence d(?:e |'une? |'))"
    r"|(?:known |documented |diagnosis of |a |an |any |une? |infection (?:active )?par (?:le |les )?|la |le |l'|"
    r"les ))+)$"
)
_AFTER = hinted(
    r"[\s(]*(?:(?P<suspected>(?:connue?s? |known |suspectee?s? |prouvee?s? |averee?s? )?(?:ou |et/ou |"
    r"or )(?:suspicion\b|suspectee?s?\b|suspected\b)|"
    r"suspectee?s?\b|suspected\b)|(?P<active>(?:cliniquement |clinically )?acti(?:ve|ves|f|fs)\b|en cours\b|"
    r"evoluti(?:ve|ves|f|fs)\b|"
    r"ongoing\b)|(?P<positive>(?:seropositi\w+|positi(?:ve|f|fs|ves))\b)|(?P<neutral>connue?s?\b|known\b|"
    r"documentee?s?\b|confirmee?s?\b|"
    r"preexistante?s?\b|chroniques? connues?\b|du greffon\b|de la greffe\b|de l'allogreffe\b|of the graft\b))\)?"
)
_NEGATIVE_AFTER = re.compile(r"[\s(-]*(?:est |sont |is |are )?(?:negati\w*|neg\b|absente?s?\b|exclue?s?\b)")
_ABSENT_AFTER = re.compile(r"[\s(-]*(?:est |sont |is |are )?(?:negati\w*|neg\b|absente?s?\b)")
"""Among the exclusions « X exclu » says what the section says."""

_SPOILED_AFTER = re.compile(
    r"[\s(:-]*(?:epi\b|indetect\w*|undetect\w*|serolog\w*|vaccin\w*|statut|status|test\w*|screening|antibod\w*|"
    r"anticorps|"
    r"scores?\b|"
    r"inhibit\w*|prophyla\w*|antigen\w*\b(?! posit))"
)
_SPOILED_BEFORE = hinted(
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
_WITHIN_BEFORE = re.compile(
    r"(?:survenue?s? |datant |remontant )?(?:dans les|au cours d[eu]s?|de moins de|depuis moins de|il y a moins de|"
    r"within(?: the)?(?: last| past)?|in the(?: last| past)?|during(?: the)?|[<≤]=?|depuis|for)\s?(?:moins de )?$"
)
_WITHIN_TAIL = re.compile(
    r"\s?(?:derniers?\b|dernieres?\b|precedents?\b|precedentes?\b)?(?:\s?(?:avant|precedant|prior to|before|of|"
    r"preceding|suivant)\s"
    r"(?:the |l'|la |le )?(?:inclusion|randomi[sz]ation|enrol\w+|study entry|screening|"
    r"start of (?:study )?treatment|first dose|"
    r"premiere dose|study treatment|signature du consentement|entree|registration|c1j1))?\)?"
)
_GRADE_2 = re.compile(
    r"(?:\s(?:peripherique|sensitive|sensory|peripheral|motrice|preexistante?))*[\s(,]*(?:de |of )?(?:"
    r"(?:grade|gr\.?)\s?(?:(?:≥|>=|superieure? ou egale? a)\s?2|>\s?1|2 "
    r"(?:ou plus|ou superieur|or (?:greater|higher|more|above))|2\+)|(?:≥|>=)\s?(?:grade |gr?\.?\s?)2|>\s?(?:grade |"
    r"g)1|"
    r"g(?:≥|>=)2)(?:\s?\(?(?:nci[- ])?(?:ctcae)?(?: v?\.?\d(?:\.\d)?)?\)?)?"
)
_STEROID_ELSEWHERE = re.compile(
    r"abirater|docetaxel|\bchop\b|premedic|prophyla|substitut|inhal|topi|\bloca|intra-?nasal|replacement"
)
_FALSE_MEDICATION = re.compile(r"\b(?:wash-?out|demi-vie|half-li|vaccin\w*|dans les \d+ jours|within \d+ days)\b")
_ACTIVE_WORD = re.compile(r"\b(?:acti(?:ve|ves|f|fs)|en cours|ongoing|evoluti(?:ve|f))\b")
_ACTIVE_BY_NAME = frozenset({"active_infection", "severe_infection"})
_LAST = hinted(
    r"(?i)(?:(?<=\d )|(?<=\bdeux )|(?<=\btrois )|(?<=\bsix )|(?<=\bcinq )|(?<=\bdouze )|(?<=\btwo )|(?<=\bthree ))"
    r"(?:derniers?|derni[èe]res?|last|past|previous|pr[ée]c[ée]dent\w*)(?= )"
)
"""« 12 derniers mois »: what stands between the figure and its unit."""
_IV_AFTER = re.compile(
    r"\s?(?:\(?iv\b|intravein|parenteral|intravenous|a (?:forte|haute)s? doses?|fortes? doses?|high[- ]dose)"
)
_BY_VEIN = re.compile(r"\biv\b|intrav|parenter")
_TAKEN_BEFORE = re.compile(
    r"(?:\b(?:prises?|traitements?|therapies?|administration|utilisation|use|treatment|therapy|besoin|need)"
    r"(?: (?:chroniques?|au long cours|en cours|concomitante?s?|actuel\w*|habituel\w*|quotidien\w*|regulie\w*|"
    r"continue?s?|"
    r"ongoing|concomitant|concurrent|chronic))*\s?(?:par|avec|de|d'|of|with|for)?\s?(?:(?:une?|des|les?|la|l'|"
    r"any)\s?)*)$"
)
_TAKEN_AFTER = re.compile(
    r"(?:\s(?:au long cours|en cours|chroniques?|concomitante?s?|ongoing|long[- ]term|quotidien\w*|regulie\w*))+"
)
_MILLIGRAMS = (
    r"(?:[<>≥≤]=?|a(?: la dose de)?|a plus de|de plus de|superieure?s? a|more than|exceeding|at)?\s?\(?[<>≥≤]?=?\s?\d+"
    r"(?:[.,]\d+)?\s?(?:mg|ug|g|ui)\b(?:\s?/\s?(?:jour|j|day|d|kg|24 ?h)\b|\s(?:daily|per day|a day|par jour|qd|"
    r"quotidien\w*)\b)*"
)
_EQUIVALENT = (
    r"(?:d'|de |of )?(?:eq(?:uivalents?|\.)?\s?)?(?:(?:a la |a |de |d'|of )?(?:prednisolone|prednisone|dexamethasone))?"
)
_DOSE_AFTER = re.compile(
    rf"[\s,(]*{_MILLIGRAMS}\s?{_EQUIVALENT}(?: (?:ou )?equivalente?s?| or equivalent)?(?:\s?/\s?(?:jour|j|day))?\)?"
)
_DOSE_BEFORE = re.compile(rf"{_MILLIGRAMS}\s?(?:(?:d'|de |of )?(?:eq(?:uivalents?|\.)?\s?)?(?:de |d'|of )?)$")
_CO_INFECTION = re.compile(r"\bco-?(?:infections?(?: active)?(?: (?:par|a|with|by))?(?: (?:le|les|the))?)?\s?$")
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
    treated_by: frozenset[str] = frozenset()
    open: bool = False

    @property
    def flags(self) -> tuple[int | None, bool, bool, frozenset[str], bool]:
        return (self.within_days, self.active, self.suspected, self.treated_by, self.open)

    @property
    def said(self) -> bool:
        """Whether anything is said of when, how active or how sure it is."""
        return bool(self.within_days or self.active or self.suspected)


def recognise(clause: Clause) -> list[Found]:
    """Conditions and medicines of the clause, one finding a list; of an ambiguous name, none."""
    if about_other_cancer(clause.plain) or is_reversed(clause):
        return []
    grafts = transplants.recognise(clause)
    if clause.polarity is Polarity.EXCLUSION:
        grafts += immune_toxicity.recognise(clause)
    named = [one for one in _names(clause) if all(one.end <= graft.start or one.start >= graft.end for graft in grafts)]
    names = _with_delays(clause, _apart([_around(clause, name) for name in named]))
    if clause.polarity is Polarity.EXCLUSION:
        names = _qualified_together(clause.plain, [_narrowed(clause, name, names) for name in names])
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
    found = [one for group in groups if (one := _found(clause, group))]
    found += grafts
    found.sort(key=lambda one: one.start)
    return taken_back(clause, found) if clause.polarity is Polarity.EXCLUSION else asked_of_all(clause, found)


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


def _apart(names: list[_Name]) -> list[_Name]:
    """Without the names that lie in the words of an earlier one (« > 10 mg/j d'équivalent prednisone »)."""
    kept: list[_Name] = []
    for name in names:
        if kept and name.start < kept[-1].end:
            if name.end > kept[-1].end:
                kept[-1] = replace(kept[-1], end=name.end)
            continue
        kept.append(name)
    return kept


def _with_delays(clause: Clause, names: list[_Name]) -> list[_Name]:
    """A delay that opens the sentence is of all it lists; one further on is of the events before it as well."""
    plain = clause.plain
    text = _LAST.sub(lambda match: " " * len(match[0]), clause.text)
    durations = [(*one.span, one.days[1]) for one in find_durations(text) if one.days]
    first = next((days for start, end, days in durations if around.delay_first(plain, start, end)), None)
    delays = [one for one in durations if around.is_delay(plain, one[0])] + around.spelled_delays(plain)
    dated = []
    for name in names:
        later = [days for start, _, days in sorted(delays) if start >= name.end and ";" not in plain[name.end : start]]
        days = first or (later[0] if later and around.are_events(name.concepts) else None)
        free = name.within_days is None and not is_medication(min(name.concepts))
        dated.append(replace(name, within_days=days) if days and free else name)
    return dated


def _narrowed(clause: Clause, name: _Name, names: Sequence[_Name]) -> _Name:
    """The name, left open where words around it narrow it; a medicine's dose is left to the words that remain."""
    plain = clause.plain
    begins = around.exception_before(plain, name.start)
    excepted = begins is not None and not any(other.start < begins for other in names)
    if is_medication(min(name.concepts)):
        by_vein = _IV_AFTER.match(plain, name.end) or _BY_VEIN.search(plain[name.start : name.end])
        return replace(name, open=name.open or excepted or by_vein is not None)
    raw = plain[name.end : _next_item(plain, name, names)]
    rest = _without(clause, raw, name.end, names)
    active = name.active or (not name.said and around.is_active_too(raw))
    open_ = name.open or excepted or around.is_broad(name.concepts) or around.label_narrows(plain, name.start)
    return replace(name, active=active, open=open_ or around.is_narrowed(rest, name.concepts, active=active))


def _qualified_together(plain: str, names: Sequence[_Name]) -> list[_Name]:
    """« HTA, diabète ou arythmie non contrôlés »: what qualifies the last item of a list is said of those before."""
    kept = _qualified_before(plain, names)
    for index in range(len(names) - 1):
        last, joint = index, ""
        while last + 1 < len(names) and _LIST.fullmatch(plain, names[last].end, names[last + 1].start):
            joint = plain[names[last].end : names[last + 1].start]
            last += 1
        name = names[index]
        if last == index or name.said or name.treated_by or is_medication(min(name.concepts)):
            continue
        if around.is_severe(name.concepts) or around.are_events(name.concepts):
            continue
        words = around.qualifier_of(plain, names[last].start, names[last].end)
        if words and (around.is_plural(words) or (_OR_WORD.search(joint) and around.is_controllable(name.concepts))):
            kept[index] = replace(name, concepts=around.uncontrolled(name.concepts, words), open=name.open)
            if kept[index].concepts == name.concepts:
                kept[index] = replace(name, open=True)
    return kept


def _qualified_before(plain: str, names: Sequence[_Name]) -> list[_Name]:
    """ "Uncontrolled diabetes or hypertension": in English what qualifies the first of two is said of both."""
    kept = list(names)
    for index, (one, other) in enumerate(pairwise(names), 1):
        words = around.qualifier_first(plain, one.start, one.end)
        if not words or other.said or not _OR_WORD.fullmatch(plain[one.end : other.start].strip()):
            continue
        if around.is_controllable(other.concepts) and not around.is_severe(other.concepts):
            severe = around.uncontrolled(other.concepts, words)
            kept[index] = replace(other, concepts=severe) if severe != other.concepts else replace(other, open=True)
    return kept


def _next_item(plain: str, name: _Name, names: Sequence[_Name]) -> int:
    """Where a comma stands before the next name, else the end of the clause."""
    end = name.end
    for other in sorted(names, key=lambda one: one.start):
        if other.start < end:
            continue
        comma = re.search(r"[,;]", plain[end : other.start])
        if comma:
            return end + comma.start()
        end = other.end
    return len(plain)


def _without(clause: Clause, raw: str, start: int, names: Sequence[_Name]) -> str:
    """A stretch with the other names and the delays in it blanked."""
    chars = list(raw)
    spans = [(one.start, one.end) for one in names]
    for one in find_durations(clause.text):
        cue = _WITHIN_BEFORE.search(clause.plain[: one.span[0]])
        spans.append((cue.start() if cue else one.span[0], _tail_end(clause.plain, one.span[1])))
    for first, last in spans:
        for index in range(max(first - start, 0), max(min(last - start, len(chars)), 0)):
            chars[index] = " "
    return "".join(chars)


def _tail_end(plain: str, end: int) -> int:
    tail = _WITHIN_TAIL.match(plain, end)
    return tail.end() if tail else end


def _names(clause: Clause) -> list[_Name]:
    names = []
    for mention in find_conditions(clause.text):
        if mention.ids == {"medication"} or clause.plain[: mention.start].endswith(("non-", "immuno-")):
            continue
        left_out = any(is_other_cancer(id_) or CONDITIONS.above(id_) & set(_ELSEWHERE) for id_ in mention.ids)
        if left_out or len(mention.ids) != 1 or _is_spoiled(clause.plain, mention.start, mention.end):
            continue
        if around.in_permission(clause.plain, mention.start) or is_of_allergy(
            clause.plain, mention.start, min(mention.ids)
        ):
            continue
        active = not mention.ids & _ACTIVE_BY_NAME and _ACTIVE_WORD.search(clause.plain, mention.start, mention.end)
        narrower = clause.polarity is Polarity.EXCLUSION and is_narrower(
            clause.plain, mention.start, mention.end, min(mention.ids)
        )
        names.append(_Name(mention.start, mention.end, mention.ids, active=bool(active), open=narrower))
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
    absent = _ABSENT_AFTER if clause.polarity is Polarity.EXCLUSION else _NEGATIVE_AFTER
    if negative := absent.match(plain, name.end):
        return replace(name, end=negative.end(), negative=True)
    if is_medication(min(name.concepts)):
        return _taken(plain, name)
    if treatment := around.treatment_behind(plain, name.end, name.concepts):
        name = replace(name, end=treatment[0], treated_by=treatment[1])
    dated = _dated(clause, name)
    # A treatment within the delay, and not the disease, is what « traitée dans les 2 ans » dates.
    return replace(dated, within_days=None) if treatment else dated


def _taken(plain: str, name: _Name) -> _Name:
    """A medicine with the words of taking it; a dose leaves it open, but for the limit at which corticoids are told."""
    before, after = _TAKEN_BEFORE.search(plain[: name.start]), _TAKEN_AFTER.match(plain, name.end)
    name = replace(name, start=before.start() if before else name.start, end=after.end() if after else name.end)
    if dose := _DOSE_AFTER.match(plain, name.end):
        over = around.over_the_limit(name.concepts, plain[name.start : name.end], plain[name.end :])
        return replace(name, end=dose.end(), concepts=over or name.concepts, open=not over)
    dose = _DOSE_BEFORE.search(plain[: name.start])
    return replace(name, start=dose.start(), open=True) if dose else name


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


def _found(clause: Clause, group: Sequence[_Name]) -> Found | None:
    start, end = group[0].start, group[-1].end
    if is_medication(min(group[0].concepts)):
        return Found(start, end, _medicines(group), Kind.COMORBIDITY)
    both = _CO_INFECTION.search(clause.plain[:start]) or re.match(r"co-?infection", clause.plain[start:])
    if both and len(group) > 1 and not any(name.negative for name in group):
        each = AllOf(tuple(_asked([name]) for name in _spread(group)))
        return Found(min(start, both.start()), end, each, _kind(group))
    if any(name.negative for name in group):
        whole = HasCondition(conditions=frozenset().union(*(name.concepts for name in group)))
        alone = group[-1].negative and not any(name.negative for name in group[:-1])
        return Found(start, end, Not(whole), Kind.COMORBIDITY) if alone else None
    return Found(start, end, _asked(_spread(group)), _kind(group))


def _medicines(group: Sequence[_Name]) -> Test:
    tests: list[Test] = []
    for open_ in (False, True):
        medicines = [name.concepts for name in group if name.open is open_]
        if medicines:
            own = TakesMedication(frozenset().union(*medicines))
            tests.append(AllOf((own, Unread(Kind.COMORBIDITY))) if open_ else own)
    return either(tests)


def _spread(group: Sequence[_Name]) -> list[_Name]:
    """What stands behind a list is of all of it: « infarctus, AVC ou AIT dans les 6 mois »."""
    last = group[-1]
    return [
        name
        if name.said or name.treated_by
        else replace(name, within_days=last.within_days, active=last.active, suspected=last.suspected)
        for name in group
    ]


def _asked(group: Sequence[_Name]) -> Test:
    by_flags: dict[tuple[int | None, bool, bool, frozenset[str], bool], frozenset[str]] = {}
    for name in group:
        by_flags[name.flags] = by_flags.get(name.flags, frozenset()) | name.concepts
    tests: list[Test] = []
    for (days, active, suspected, treated, open_), concepts in by_flags.items():
        own: Test = HasCondition(
            conditions=concepts, within_days=days, active=active, suspected_too=suspected, treated_by=treated
        )
        tests.append(AllOf((own, Unread(Kind.COMORBIDITY))) if open_ else own)
    return either(tests)


def _kind(group: Sequence[_Name]) -> Kind:
    return Kind.CONTRACEPTION if all(name.concepts <= _PREGNANT for name in group) else Kind.COMORBIDITY
