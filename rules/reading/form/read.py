"""The free text of a form → facts, as a partial case beside the stated one.

Reading is by sentence and the results are merged, so that leaving a sentence out only takes away what it said. When it
is not sure, nothing is read: a wrong fact can rule a patient out of a trial.
"""

import re
from dataclasses import dataclass, replace

from rules.case import Case
from rules.criteria import State
from rules.dates import PartialDate
from rules.dossier import Dossier
from rules.hinted import marks_of_any
from rules.infer.tumour import tumour_of
from rules.reading.form.another_cancer import (
    another_from,
    begins_with_another,
    lists_a_cancer,
    speaks_of_another_cancer,
)
from rules.reading.form.brain import read_brain_symptoms
from rules.reading.form.conditions import read_conditions
from rules.reading.form.context import Standing, standing
from rules.reading.form.course import read_course
from rules.reading.form.disease import read_disease
from rules.reading.form.facts import Fact, Facts, StateFact, case_of, settled, states_of
from rules.reading.form.labs import read_labs
from rules.reading.form.markers import read_markers
from rules.reading.form.merge import PERHAPS_SPREAD, add_treatments, without_past_extent, without_restated
from rules.reading.form.named_states import read_named_states
from rules.reading.form.organs import may_be_of
from rules.reading.form.patient import read_performance, read_person, read_suitability
from rules.reading.form.plan import read_plan
from rules.reading.form.platinum import read_platinum
from rules.reading.form.presentation import read_presentation
from rules.reading.form.sentences import Sentence, plain_text, sentences_of
from rules.reading.form.sites import may_be_spread, read_sites
from rules.reading.form.stage import read_stages
from rules.reading.form.treatment_plans import tells_a_course
from rules.reading.form.treatments import TreatmentReading, read_treatments
from rules.reading.form.tumour import tumour_told
from rules.reading.form.variants import read_variants
from rules.remembered import remembered


def read_form(case: Case) -> Dossier:
    """The dossier of a case: what it states, and what its synthesis and typed tumour terms say beyond organ and name.

    A fact that the form states in a field of its own is read again only where it differs or is more precise. Unknown:
    what no sentence says, says in doubt, or says twice in two ways.
    """
    today = PartialDate.parse(case.rcp.date) if case.rcp.date else None
    summary = sentences_of(case.summary_text, today) if case.summary_text else []
    terms = _typed_terms(case)
    unread = Dossier.of(case)
    motive = case.rcp.motive
    if not summary and not terms and not motive:
        return unread
    facts = Facts()
    tumour = tumour_told(case, summary) if summary else None
    if tumour is not None:
        facts.add("tumour.topography", *tumour)
    organs = tumour_of(unread).organs.concepts
    treatments = _without_a_thin_end(summary, [_read(sentence, facts, organs) for sentence in summary])
    told = [_said_by(text, today if _TELLS_A_DAY.search(plain_text(text)) else None, organs) for text in terms]
    if motive:
        told.append(_said_by_motive(motive, organs))
    for said in told:
        facts.facts += said.facts
        facts.states += said.states
        treatments += said.treatments
    if not facts.facts and not facts.states and not any(one.tells for one in treatments):
        return unread
    details = add_treatments(case, treatments, facts, organs)
    read_presentation(case, facts, today)
    if any(fact.path == "disease.extent" and fact.value == "locally_advanced" for fact in facts.facts):
        for sentence in summary:
            if may_be_spread(sentence, organs):
                facts.add(PERHAPS_SPREAD, True, sentence.original)
    facts = without_restated(case, without_past_extent(case, facts))
    single, listed, quotes = settled(facts)
    return Dossier(case, case_of(case.case_id, single, listed), quotes, states_of(facts.states), details)


_A_NOTE = 3
"""Fewer sentences are a note of what was given."""


def _without_a_thin_end(summary: list[Sentence], treatments: list[TreatmentReading]) -> list[TreatmentReading]:
    """The readings without a last one that may as well be what is proposed: « Progression. L2 : FOLFIRI 6 cures. »"""
    if len(summary) < _A_NOTE:
        return treatments
    readings = zip(summary, treatments, strict=True)
    named = [
        place for place, (sentence, told) in enumerate(readings) if sentence.treatments and _may_end(sentence, told)
    ]
    last = max(named, default=None)
    if last is None or any(tells_a_course(sentence.low) for sentence in summary[last + 1 :] if not sentence.asks):
        return treatments
    if treatments[last].thin:
        treatments[last] = TreatmentReading(unresolved=True)
    return treatments


def _may_end(sentence: Sentence, reading: TreatmentReading) -> bool:
    """« Pas d'ADT » ends no list."""
    return sentence.asks or reading.unresolved or any(item.received for item, _ in reading.entries)


def _typed_terms(case: Case) -> list[str]:
    terms = (case.tumour.topography, case.tumour.histology)
    return [term.text for term in terms if term and term.text]


def _read(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> TreatmentReading:
    """One sentence of the synthesis."""
    blood = not organs or may_be_of("haematologic", organs)
    another = speaks_of_another_cancer(sentence, organs)
    read_person(sentence, facts)
    read_performance(sentence, facts)
    read_suitability(sentence, facts)
    read_labs(sentence, facts)
    read_conditions(sentence, facts, organs, blood=blood)
    read_plan(sentence, facts)
    foreign = another or begins_with_another(sentence, organs)
    if foreign:
        return read_treatments(sentence, another_cancer=True) if another else TreatmentReading(unresolved=True)
    turn = another_from(sentence, organs)
    if turn is None:
        return _read_of_this_one(sentence, facts, organs)
    own = Sentence(sentence.original, sentence.text[:turn], sentence.today)
    return replace(_read_of_this_one(own, facts, organs), unresolved=True)


def _read_of_this_one(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> TreatmentReading:
    """What a sentence says of the tumour discussed."""
    told_before, states_before = len(facts.facts), len(facts.states)
    read_disease(sentence, facts, organs)
    read_course(sentence, facts, organs)
    read_named_states(sentence, facts, organs)
    _forget_remission(sentence, facts, told_before, states_before)
    read_sites(sentence, facts, organs)
    read_stages(sentence, facts, organs)
    read_platinum(sentence, facts, organs)
    read_variants(sentence, facts)
    read_brain_symptoms(sentence, facts)
    if not lists_a_cancer(sentence):
        read_markers(sentence, facts, organs)
    return read_treatments(sentence, another_cancer=False)


_GROWN_AGAIN = re.compile(
    r"\b(?:repousse|(?:cyto-?\s?ponction|biopsie|cytologie)\s+positive|nouve\w+\s+(?:adenopathie|lesion|metastase|nodule)s?|reprise\s+evolutive|recroissance|reapparition|regrowth)\b"
)
_CALLED_OFF = re.compile(
    r"\b(?:chirurgie|resection|exerese|intervention|laparotomie|hepatectomie|dpc|duodeno\w*|surgery)\s+(?:\w+\s+)?(?:annulee?|avortee?|"
    r"interrompue|blanche|aborted|cancelled|non\s+realisable)\b"
)
_MAY_BE_BACK = marks_of_any(_GROWN_AGAIN, _CALLED_OFF)
_OF_A_REMISSION = (State.REMISSION, State.MRD_NEGATIVE, State.MRD_POSITIVE)


def _forget_remission(sentence: Sentence, facts: Facts, told: int, states: int) -> None:
    """« RC, MRD négative. Rechute en octobre »: what was before a relapse that a later sentence tells is over; so is
    whether it could be resected."""
    back = any(fact.path == "disease.phase" and fact.value == "relapse" for fact in facts.facts[told:])
    if not (back or sentence.marks & _MAY_BE_BACK):
        return
    grown = _GROWN_AGAIN.search(sentence.low)
    if back or _CALLED_OFF.search(sentence.low) or (grown and standing(sentence, *grown.span()) is Standing.STATED):
        kept = [one for one in facts.states[:states] if not _is_over(one)]
        facts.states = kept + facts.states[states:]
        earlier = [fact for fact in facts.facts[:told] if fact.path != "disease.resectable"]
        facts.facts = earlier + facts.facts[told:]


def _is_over(one: StateFact) -> bool:
    return one.state in _OF_A_REMISSION or (one.state is State.PROGRESSION and not one.holds)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a typed tumour term says beyond organ and name, in order."""

    facts: tuple[Fact, ...]
    states: tuple[StateFact, ...]
    treatments: tuple[TreatmentReading, ...]


_TELLS_A_DAY = re.compile(r"\d{4}|j\s?\+?\s?\d", re.IGNORECASE)
"""A year or « J12 »: only beside them does the day of the board tell something."""


# The tumours of most cases are called by the same few hundred terms.
@remembered(8192)
def _said_by(term: str, today: PartialDate | None, organs: frozenset[str]) -> _Said:
    facts = Facts()
    treatments = tuple(_read_term(sentence, facts, organs) for sentence in sentences_of(term, today))
    return _Said(tuple(facts.facts), tuple(facts.states), treatments)


@remembered(4096)
def _said_by_motive(motive: str, organs: frozenset[str]) -> _Said:
    """What the motive of the meeting says: the situation (« rechute ») and what is discussed (« L1 métastatique »)."""
    facts = Facts()
    for sentence in sentences_of(motive):
        if not sentence.asks:
            read_disease(sentence, facts, organs)
            read_sites(sentence, facts, organs)
        asked = Sentence(sentence.original, f"question : {sentence.text}")
        read_disease(asked, facts, organs)
        read_plan(asked, facts)
    return _Said(tuple(facts.facts), tuple(facts.states), ())


def _read_term(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> TreatmentReading:
    """A typed tumour term: only what belongs to the tumour itself."""
    read_disease(sentence, facts, organs)
    read_stages(sentence, facts, organs)
    read_markers(sentence, facts, organs)
    read_variants(sentence, facts)
    return read_treatments(sentence, another_cancer=False)
