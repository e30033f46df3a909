"""Earlier treatments: exposure by agent, class and setting; platinum interval; wash-outs and windows."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from rules.criteria import Platinum, PlatinumIs, StandardExhausted, State, Treated, Washout, Window
from rules.dates import PartialDate
from rules.dossier import Source
from rules.finding import Finding, Reason
from rules.infer.treatments import ADVANCED_SETTINGS
from rules.judge.entry import (
    agent_says,
    bounds_of,
    duration_says,
    end_of,
    line_says,
    long_ago_says,
    names_say,
    outcome_says,
    recent_says,
    relapse_says,
    setting_says,
)
from rules.judge.observe import found, from_tri
from rules.judge.sequence import is_last, progressed_since
from rules.kinds import PLATINUM_STATES
from rules.open_names import name_key
from rules.picture import Picture, Received
from rules.treatments import TREATMENTS, is_systemic
from rules.verdict import Verdict, all_of, any_of

ENDS_SOON_DAYS = 28
"""A minimal delay that ends within so many days is not broken: it goes to `to_confirm` with the date (contract)."""

RESISTANT_DAYS = 183
REFRACTORY_DAYS = 91
"""Platinum-free interval: ≤ 6 months resistant, progression during treatment or within 3 months refractory
(GCIG consensus; RAINFOL-02 and KEYNOTE-B96 protocols, registry pages read 2026)."""


def treated(test: Treated, picture: Picture) -> Finding:
    """Whether such a treatment was received. Not named is not 'not received' unless the list is whole."""
    judged = [(entry, _entry(test, entry, picture)) for entry in picture.treatments]
    name = treatment_words(test.treatments, test.names)
    verdict = any_of(verdict for _, verdict in judged)
    if verdict is Verdict.MET:
        entry = next(entry for entry, each in judged if each is Verdict.MET)
        return found(test, verdict, sources=(entry.source,), observed=entry.label, name=name)
    state = progressed_since(test, picture) if verdict is Verdict.UNKNOWN else None
    if state is not None:
        return found(test, Verdict.MET, sources=state.sources, name=name)
    if verdict is Verdict.UNKNOWN:
        entry = next(entry for entry, each in judged if each is Verdict.UNKNOWN)
        return found(
            test, verdict, sources=(entry.source,), observed=entry.label, name=name, reason=_why_unknown(entry)
        )
    denied = [entry for entry in picture.treatments if _denies(test, entry)]
    if denied:
        return found(
            test, Verdict.NOT_MET, sources=(denied[0].source,), name=name, observed=f"pas de {denied[0].label}"
        )
    if _closed(test, picture):
        return found(
            test, Verdict.NOT_MET, sources=_closing_sources(picture), name=name, observed=_closing_words(picture)
        )
    reason = Reason.OPEN_LIST if picture.treatments else Reason.NOT_STATED
    return found(test, Verdict.UNKNOWN, name=name, reason=reason)


def _denies(test: Treated, entry: Received) -> bool:
    denied = denied_by(entry)
    if denied is None:
        return bool(names_denied(entry)) and names_are(test, names_denied(entry))
    return all(TREATMENTS.covers(denied, asked) for asked in bounds_of(test.treatments, test.names))


def names_denied(entry: Received) -> frozenset[str]:
    """The open names of a drug that is stated as not received: it closes itself, and nothing of its class."""
    denied = not (entry.received or entry.for_other_cancer or entry.setting or len(entry.components) != 1)
    return entry.names if denied else frozenset()


def names_are(test: Treated, keys: frozenset[str]) -> bool:
    """Whether nothing is asked but drugs of these names."""
    return not test.treatments and all(name_key(name) in keys for name in test.names)


def denied_by(entry: Received) -> str | None:
    """« Pas d'immunothérapie »: stated as not received, which closes all that lies below it."""
    if entry.received or entry.for_other_cancer or entry.setting or len(entry.components) != 1 or entry.names:
        return None
    (part,) = entry.components
    return next(iter(part)) if len(part) == 1 else None


@lru_cache(maxsize=16_384)  # of the vocabulary
def treatment_words(treatments: frozenset[str], names: frozenset[str] = frozenset()) -> str:
    """The labels of the treatments asked, and the names of those that no vocabulary knows."""
    labels = [*(TREATMENTS[id_].label_fr for id_ in sorted(treatments)), *sorted(names)]
    shown = [*labels[:_MOST_NAMED], "…"] if len(labels) > _MOST_NAMED else labels
    return ", ".join(shown) or "traitement anticancéreux"


_MOST_NAMED = 8


def _why_unknown(entry: Received) -> Reason:
    return Reason.AMBIGUOUS_TERM if any(len(part) > 1 for part in entry.components) else Reason.LESS_PRECISE


def _closing_sources(picture: Picture) -> tuple[Source, ...]:
    return tuple(entry.source for entry in picture.treatments) or picture.lines.sources


def _closing_words(picture: Picture) -> str | None:
    """What says that nothing of the sort was received, where no treatment is listed."""
    if picture.treatments:
        return None
    return "aucun traitement antérieur" if picture.never_treated else "aucune ligne antérieure"


def _closed(test: Treated, picture: Picture) -> bool:
    """Whether what is not named was not received."""
    if picture.treatments_complete:
        return True
    if not is_of_systemic(test):
        return False
    return picture.never_treated or (is_of_advanced(test) and picture.no_advanced_line)


def is_of_systemic(test: Treated) -> bool:
    """Whether only systemic treatments are asked for."""
    return all(is_systemic(id_) for id_ in bounds_of(test.treatments, test.names))


def is_of_advanced(test: Treated) -> bool:
    """Whether only treatments of advanced disease are asked for."""
    return bool(test.settings) and test.settings <= ADVANCED_SETTINGS | {"advanced"}


def _entry(test: Treated, entry: Received, picture: Picture) -> Verdict:
    agent = any_of((agent_says(test.treatments, entry), names_say(test.names, entry)))
    if not entry.received:
        return Verdict.NOT_MET
    if agent is Verdict.NOT_MET:
        return Verdict.NOT_MET
    if entry.blinded:
        agent = Verdict.UNKNOWN
    return all_of(
        (
            agent,
            setting_says(test.settings, entry, picture),
            outcome_says(test.outcomes, entry, picture),
            recent_says(test.within_days, entry, picture.as_of),
            long_ago_says(test.since_days, entry, picture.as_of),
            relapse_says(test.relapse_within_days, entry),
            duration_says(test.lasting_days, entry, picture.as_of),
            line_says(test.lines, entry),
            is_last(entry, picture) if test.last else Verdict.MET,
        )
    )


def platinum_is(test: PlatinumIs, picture: Picture) -> Finding:
    """The last platinum's interval to progression against the limits of the definitions."""
    entries = [
        entry
        for entry in picture.treatments
        if entry.received and agent_says(frozenset({"platinum"}), entry) is Verdict.MET
    ]
    told = _platinum_told(picture)
    if not entries and not told:
        closed = picture.treatments_complete or picture.never_treated
        return found(test, Verdict.NOT_MET if closed else Verdict.UNKNOWN, sources=_closing_sources(picture))
    if not entries:
        return _by_statement(test, picture, told)
    told = told if _allowed(told) else ()
    last = max(entries, key=lambda entry: entry.ended.latest if entry.ended else date.min)
    span = _platinum_free_days(last) or _at_most_since(last, picture)
    if span is None and told:
        return _by_statement(test, picture, told)
    if span is None and Platinum.SENSITIVE not in test.statuses and _holds(last, picture):
        return found(test, Verdict.NOT_MET, sources=picture.states[State.PROGRESSION].sources, observed=last.label)
    if span is None:
        return found(test, Verdict.UNKNOWN, sources=(last.source,), observed=last.label, reason=Reason.NOT_STATED)
    statuses = _statuses(*span)
    if told and not statuses & _allowed(told):
        return found(test, Verdict.UNKNOWN, sources=(last.source,), observed=last.label, reason=Reason.CONFLICT)
    if told:
        statuses &= _allowed(told)
    verdict = Verdict.UNKNOWN
    if statuses <= test.statuses:
        verdict = Verdict.MET
    elif not statuses & test.statuses:
        verdict = Verdict.NOT_MET
    words = (
        f"intervalle sans platine {span[0]} j"
        if span[0] == span[1]
        else f"intervalle sans platine {span[0]}–{span[1]} j"
    )
    reason = Reason.STRADDLES if verdict is Verdict.UNKNOWN else None
    return found(test, verdict, sources=(last.source,), observed=words, reason=reason)


_ALLOWED = {
    State.PLATINUM_SENSITIVE: frozenset({Platinum.SENSITIVE}),
    State.PLATINUM_RESISTANT: frozenset({Platinum.RESISTANT, Platinum.REFRACTORY}),
    State.PLATINUM_REFRACTORY: frozenset({Platinum.RESISTANT, Platinum.REFRACTORY}),
}
"""What is called resistant may be refractory by the interval, and the other way: nobody measured it."""
_SAID = {State.PLATINUM_RESISTANT: Platinum.RESISTANT, State.PLATINUM_REFRACTORY: Platinum.REFRACTORY}


def _platinum_told(picture: Picture) -> tuple[State, ...]:
    return tuple(one for one in PLATINUM_STATES if picture.states[one].verdict is Verdict.MET)


def _allowed(told: tuple[State, ...]) -> frozenset[Platinum]:
    """The statuses that all statements allow; none: they contradict each other."""
    return frozenset(Platinum).intersection(*(_ALLOWED[one] for one in told))


def _by_statement(test: PlatinumIs, picture: Picture, told: tuple[State, ...]) -> Finding:
    """What the form calls the disease, where no dates tell the interval."""
    statuses, sources = _allowed(told), picture.states[told[0]].sources
    if not statuses:
        return found(test, Verdict.UNKNOWN, sources=sources, reason=Reason.CONFLICT)
    verdict = Verdict.NOT_MET if not statuses & test.statuses else Verdict.UNKNOWN
    if statuses <= test.statuses or any(_SAID.get(one) in test.statuses for one in told):
        verdict = Verdict.MET
    reason = Reason.LESS_PRECISE if verdict is Verdict.UNKNOWN else None
    return found(test, verdict, sources=sources, observed=sources[0].text if sources else None, reason=reason)


_LIMITS = (
    (Platinum.REFRACTORY, 0, REFRACTORY_DAYS),
    (Platinum.RESISTANT, REFRACTORY_DAYS + 1, RESISTANT_DAYS),
    (Platinum.SENSITIVE, RESISTANT_DAYS + 1, 100_000),
)


def _statuses(shortest: int, longest: int) -> set[Platinum]:
    """Every status that an interval between these days may be."""
    return {status for status, low, high in _LIMITS if shortest <= high and longest >= low}


def _at_most_since(entry: Received, picture: Picture) -> tuple[int, int] | None:
    """Where the disease is in progression now and nothing came after the platinum: no longer than since its end."""
    progressing = picture.states[State.PROGRESSION].verdict is Verdict.MET
    if not progressing or entry.ended is None or is_last(entry, picture) is not Verdict.MET:
        return None
    return 0, max(0, (picture.as_of - entry.ended.earliest).days)


def _holds(entry: Received, picture: Picture) -> bool:
    """Whether the disease that a last platinum treated is not in progression: nothing came back under it or since."""
    still = picture.states[State.PROGRESSION].verdict is Verdict.NOT_MET
    return still and entry.outcome not in {"progression", "relapse"} and is_last(entry, picture) is Verdict.MET


def _platinum_free_days(entry: Received) -> tuple[int, int] | None:
    progressed = entry.progressed or entry.came_back
    if entry.ended is None or progressed is None:
        return None
    return (
        max(0, (progressed.earliest - entry.ended.latest).days),
        max(0, (progressed.latest - entry.ended.earliest).days),
    )


def standard_exhausted(test: StandardExhausted, picture: Picture) -> Finding:
    """Met only by a statement (contract); broken by one, or, where earlier lines are asked for, by a first line."""
    if test.later and picture.no_advanced_line:
        return found(test, Verdict.NOT_MET, sources=picture.lines.sources, observed="aucune ligne antérieure")
    return from_tri(test, picture.standard_exhausted)


def washout(test: Washout, picture: Picture) -> Finding:
    """At least so many days since the last such treatment: broken only when it ends more than 28 days from now."""
    entries = _matching(test.treatments, picture)
    free_on = [day for entry in entries if (day := _free_on(entry, test.days, picture.as_of))]
    undated = [entry for entry in entries if end_of(entry, picture.as_of) is None]
    if free_on:
        earliest = max(day for day, _ in free_on)
        latest = max(day for _, day in free_on)
        if earliest > picture.as_of + timedelta(days=ENDS_SOON_DAYS):
            return found(test, Verdict.NOT_MET, observed=_possible_from(earliest), until=earliest)
        if latest > picture.as_of:
            return found(test, Verdict.UNKNOWN, reason=Reason.ENDS_SOON, observed=_possible_from(latest), until=latest)
    if undated:
        return found(test, Verdict.UNKNOWN, sources=(undated[0].source,))
    if free_on or picture.treatments_complete or picture.never_treated:
        return found(test, Verdict.MET, sources=_closing_sources(picture))
    return found(test, Verdict.UNKNOWN, reason=Reason.OPEN_LIST if picture.treatments else Reason.NOT_STATED)


def _possible_from(day: date) -> str:
    return f"possible à partir du {day:%d/%m/%Y}"


def _matching(treatments: frozenset[str], picture: Picture) -> list[Received]:
    asked = or_any(treatments)
    return [entry for entry in picture.treatments if entry.received and agent_says(asked, entry) is Verdict.MET]


def or_any(treatments: frozenset[str]) -> frozenset[str]:
    """The treatments that a delay runs from: any anticancer treatment where none is named."""
    return treatments or frozenset({"anticancer_treatment"})


def _free_on(entry: Received, days: int, as_of: date) -> tuple[date, date] | None:
    end = end_of(entry, as_of)
    if end is None:
        return None
    if entry.ongoing:
        # Stopping today is the soonest that the delay can start to run.
        end = PartialDate(as_of, as_of)
    return end.earliest + timedelta(days=days), end.latest + timedelta(days=days)


def window(test: Window, picture: Picture) -> Finding:
    """At most so many days since the last such treatment: a window that has closed rules out; undated it is unknown."""
    entries = _matching(test.treatments, picture)
    dated = list(_ends(entries, picture.as_of))
    if not entries:
        closed = picture.treatments_complete
        return found(test, Verdict.NOT_MET if closed else Verdict.UNKNOWN, sources=_closing_sources(picture))
    if not dated or len(dated) < len(entries):
        return found(test, Verdict.UNKNOWN, sources=(entries[0].source,), observed=entries[0].label)
    limit = picture.as_of - timedelta(days=test.days)
    if max(end.latest for end in dated) < limit:
        return found(test, Verdict.NOT_MET, sources=(entries[-1].source,), observed=entries[-1].label)
    if max(end.earliest for end in dated) >= limit:
        return found(test, Verdict.MET, sources=(entries[-1].source,), observed=entries[-1].label)
    return found(test, Verdict.UNKNOWN, sources=(entries[-1].source,), reason=Reason.STRADDLES)


def _ends(entries: list[Received], as_of: date) -> Iterator[PartialDate]:
    for entry in entries:
        end = end_of(entry, as_of) or entry.started
        if end is not None:
            yield end
