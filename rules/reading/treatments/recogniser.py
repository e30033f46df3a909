"""Earlier treatments that a clause demands or forbids: by drug, class, setting and outcome.

A treatment counts only with a cue of the past beside it (antérieur, reçu, prétraité, naïf, progression sous …): a drug
that is merely named may be the trial's own. What is not surely understood is left unread.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.lazily import Lazily
from rules.reading.phrases import without_overlap
from rules.reading.treatments.any_lines import any_lines
from rules.reading.treatments.asides import asides
from rules.reading.treatments.context import (
    for_a_group,
    heads_a_case,
    is_excepted,
    is_left_open,
    is_of_a_group,
    is_timed_later,
    speaks_of_some,
)
from rules.reading.treatments.courses import courses, left_open
from rules.reading.treatments.incidents import for_screening
from rules.reading.treatments.minus import LESS, ids_of
from rules.reading.treatments.named_treatments import MARK, Marked, Named, marked, received
from rules.reading.treatments.patterns import (
    AFTER,
    ALLOWED,
    ALLOWED_LAST,
    ALTERNATIVE,
    ANYTIME,
    BOUNDARY,
    COMPOUND,
    CONDITION,
    CONDITIONAL,
    CONSEQUENCE,
    CONTINUED,
    CORES,
    DENIED,
    FAILED_FIRST,
    HISTORY,
    INNER,
    LATE,
    LATE_BETWEEN,
    LATE_TOO,
    LEAD,
    LIST_HEAD,
    MAY_ALLOW,
    MAY_HOLD,
    NAIVE_OF,
    NEGATIVE,
    NEVER_GIVEN,
    NEVER_HAD,
    NO_DEMAND,
    NONE_FOR_ADVANCED,
    NOR,
    OF_THIS_CANCER,
    OR_UNFIT,
    OUTCOMES,
    OUTCOMES_OF,
    PERMITTED,
    PREDICATE,
    SEGMENT,
    SEVERAL,
    SHIFTED,
    SOON,
    SOON_TOO,
    STARTS,
    SUCH_AS,
    TIMED,
    UNLESS,
    S,
    T,
    exception_at,
    limits_of,
)
from rules.reading.treatments.platinum import platinum_status
from rules.reading.treatments.responses import responses
from rules.reading.treatments.sequences import if_received, sequences
from rules.reading.treatments.settings import settings_in
from rules.reading.treatments.standard import standard_exhausted
from rules.reading.treatments.states import in_this_disease, treatment_states
from rules.treatment_sets import less
from rules.treatments import TREATMENTS


@dataclass(frozen=True, slots=True)
class _Cue:
    """Where a treatment is said to be received: its span with the words that lead in, and whether they deny it."""

    start: int
    end: int
    negated: bool
    named: Named
    words: str


def _compiled(pattern: str) -> Lazily:
    return Lazily(rf"(?<![a-z{MARK}-])" + pattern.replace("{inner}", INNER).replace("{s}", S))


_CORE_RES = tuple((part, _compiled(pattern)) for part, pattern in CORES)
_OUTCOME_RES = tuple(_compiled(pattern) for pattern in OUTCOMES_OF)
_RELAPSE_RES = tuple(
    (late, _compiled(pattern))
    for late, pattern in ((False, SOON_TOO), (False, SOON), (True, LATE), (True, LATE_TOO), (True, LATE_BETWEEN))
)
_ISOTOPE = re.compile(r"\s*\[\d")
"""« Une thérapie ciblée [177Lu]Lu-PSMA » is no targeted therapy."""
_SUCH_AS, _NOR = re.compile(SUCH_AS), re.compile(NOR)
_LISTED = re.compile(rf"\s*\({T}\)(?P<s>{S})")
"""« Traitement systémique antérieur (chimio, immuno) pour … »: the parenthesis only lists what the class holds."""
_NARROWED = re.compile(
    r"\s*,(?! (?:sauf|hors|except\w*|hormis|a l'exception)\b)[^.;]{0,80}\b(?:a visee|non curati\w*|curati\w*|"
    r"adjuvant\w*|palliati\w*|en situation|au stade|setting)\b"
)
"""A setting further on may narrow what is forbidden."""
_MAY_RELAPSE = hinted(r"progress|rechut|recidiv|relaps|recurr")
_OF_THIS_CANCER = re.compile(OF_THIS_CANCER)
_ANYTIME, _UNLESS, _CONDITION = re.compile(ANYTIME), re.compile(UNLESS), re.compile(CONDITION)
_ASIDE_CONDITION = re.compile(r"\(?\b(?:si|if) [^,;.:()]{1,40}[,)]")
"""« …, dont un ITK de 3e génération si T790M, et … »: a condition of what stands before it only."""
_NAIVE_RES = tuple(_compiled(pattern) for pattern in NAIVE_OF)
_NONE_RE = _compiled(NONE_FOR_ADVANCED)
_NEVER_RE = _compiled(NEVER_HAD)
_NEVER_GIVEN_RE = _compiled(NEVER_GIVEN)
_COMPOUND_RE = _compiled(COMPOUND)
_CONTINUED_RE = re.compile(CONTINUED.replace("{s}", S))


_HEADED = re.compile(rf"^\W*{T}\s*:\s*(?:deja|jamais|prealable\w*|anterieur\w*|already|never)\s")
"""« Brentuximab : déjà reçu »: the words before the colon are the treatment itself."""


def recognise(clause: Clause) -> list[Found]:
    """The earlier treatments that a clause asserts or denies, each with the words it covers."""
    text = marked(clause)
    if conditional := list(if_received(clause, text)):
        return conditional
    if is_of_a_group(clause):
        return for_a_group(_read(clause, text), clause.polarity)
    return [] if speaks_of_some(clause) and not _HEADED.match(text.text) else _read(clause, text)


def _read(clause: Clause, text: Marked) -> list[Found]:
    if told := list(for_screening(clause, text)):
        return told
    found = [*responses(clause, text), *asides(clause, text), *sequences(clause, text), *courses(clause, text)]
    found += [*platinum_status(clause), *standard_exhausted(clause), *treatment_states(clause)]
    found += any_lines(clause, text)
    if text.lists and MAY_HOLD.search(text.text):
        for reader in (_allowed, _naive, _relapsed, _outcomes, _received, _none_for_advanced, _compound, _continued):
            found += reader(clause, text)
    return without_overlap([*found, *left_open(clause, text)])


def _received(clause: Clause, text: Marked) -> Iterator[Found]:
    for part, pattern in _CORE_RES:
        if part == "demand" and clause.polarity is Polarity.EXCLUSION:
            continue
        for match in pattern.finditer(text.text):
            cue = _cue(text, match, free=part == "verb")
            if cue:
                yield from _found(clause, text, cue)


def _outcomes(clause: Clause, text: Marked) -> Iterator[Found]:
    for pattern in _OUTCOME_RES:
        for match in pattern.finditer(text.text):
            cue = _cue(text, match, free=True)
            words = match[0].split(MARK)[0]
            withstood = re.search(r"resistan|refract", words)
            of_a_state = re.search(r"(?<!oxali)platin|castration", clause.plain[match.start() : match.end()])
            if (withstood and of_a_state) or re.search(r"allerg|hypersens|excipient", clause.plain):
                continue
            if cue and not _absent(text, cue) and (not cue.negated or STARTS.search(text.text[: cue.start])):
                named = [ids for cause, ids in OUTCOMES if re.search(cause, words)]
                outcomes: frozenset[str] = frozenset().union(*named)
                after = re.search(rf"\s{AFTER}\s", words)
                if after and "progression" in outcomes:
                    outcomes |= {"relapse"}
                for one in _found(clause, text, cue, Treated(treatments=frozenset(), outcomes=outcomes)):
                    either = after and clause.polarity is Polarity.INCLUSION and not withstood
                    yield replace(one, test=_any_failed(one.test) if either else one.test)


def _any_failed(test: Test) -> Test:
    """« Progression après A et B »: both were given, and one of them may have ended well."""
    parts = test.parts if isinstance(test, AllOf) else ()
    treated = [part for part in parts if isinstance(part, Treated)]
    if not parts or len(treated) < len(parts):
        return test
    had = (replace(part, outcomes=frozenset()) for part in treated)
    return AllOf((*had, AnyOf(tuple(treated))))


def _absent(text: Marked, cue: _Cue) -> bool:
    """« Sans signe de progression sous X »: a negation that is not next to what it denies."""
    return re.search(r"\b(?:no|sans|absence|without|non)\b", SEGMENT.split(text.text[: cue.start])[-1]) is not None


def _relapsed(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Rechute dans les 12 mois suivant la fin de la chimiothérapie adjuvante », « > 12 mois après » in what is "
    "asked."""
    if not _MAY_RELAPSE.search(text.text):
        return
    for late, pattern in _RELAPSE_RES:
        for match in pattern.finditer(text.text):
            cue = _cue(text, match, free=True)
            days = _days(match["time"])
            if not cue or not days or cue.negated or _absent(text, cue):
                continue
            if not late or clause.polarity is Polarity.INCLUSION:
                like = Treated(treatments=frozenset(), relapse_within_days=days)
                yield from _found(clause, text, replace(cue, negated=late), like)


def _naive(clause: Clause, text: Marked) -> Iterator[Found]:
    for pattern in _NAIVE_RES:
        for match in pattern.finditer(text.text):
            cue = _cue(text, match, free=True)
            if cue and not cue.negated and not re.search(r"\bnon[\s-]*$", text.text[: match.start()]):
                each = replace(cue.named, each=True) if match[0].startswith("nai") else cue.named
                yield from _found(clause, text, replace(cue, start=match.start(), negated=True, named=each))


def _none_for_advanced(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Aucun traitement systémique pour la maladie avancée » needs no other cue."""
    for match in _NONE_RE.finditer(text.text):
        cue = _cue(text, match, free=False)
        if cue and cue.negated and settings_in(cue.words, forbids=True):
            yield from _found(clause, text, cue)
    if clause.polarity is Polarity.EXCLUSION:
        return
    for match in _NEVER_RE.finditer(text.text):
        cue = _cue(text, match, free=False)
        if cue and cue.negated:
            yield from _found(clause, text, cue)
    for match in _NEVER_GIVEN_RE.finditer(text.text):
        cue = _cue(text, match, free=False)
        if cue and not cue.negated:
            yield from _found(clause, text, replace(cue, negated=True))


def _compound(clause: Clause, text: Marked) -> Iterator[Found]:
    """« … 2 lignes antérieures comportant A, B et C »: what earlier lines must have held."""
    for match in _COMPOUND_RE.finditer(text.text):
        before = text.text[: match.start()]
        named = text.first(*match.span())
        failed = FAILED_FIRST.match(before)
        demand = HISTORY.search(before) and not NO_DEMAND.search(before[failed.end() :] if failed else before)
        demand = demand and LIST_HEAD.search(before) and not ALTERNATIVE.search(before)
        if named and demand and clause.polarity is Polarity.INCLUSION and not _shifted(before):
            yield from _found(clause, text, _Cue(*match.span(), False, named, match[0]))


def _continued(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Avoir reçu 1 à 2 lignes de X, et 1 chimiothérapie à base de platine »."""
    for match in _CONTINUED_RE.finditer(text.text) if clause.polarity is Polarity.INCLUSION else ():
        before = text.text[: match.start()]
        named = text.first(*match.span())
        plainly = _ASIDE_CONDITION.sub("", before)
        if named and HISTORY.search(before) and not NO_DEMAND.search(before) and not _shifted(plainly):
            start = match.start() + len(re.split(r"(?:1|une?|one)\s", match[0])[0])
            yield from _found(clause, text, _Cue(start, match.end(), False, named, match[0]))


def _allowed(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Chimiothérapie adjuvante autorisée si terminée depuis plus de 6 mois »: what it forbids, in either section."""
    may = MAY_ALLOW.search(text.text) is not None
    for match in (*ALLOWED.finditer(text.text), *ALLOWED_LAST.finditer(text.text)) if may else ():
        named = text.first(*match.span())
        days = _days(match["time"] if match["ended"] else match["soon"])
        if named is None or not days or not STARTS.search(text.text[: match.start()]):
            continue
        settings = settings_in(match[0][named.end - match.start() :], forbids=True)
        limit = Treated(treatments=frozenset(), settings=settings or frozenset())
        late = replace(limit, within_days=days) if match["ended"] else replace(limit, relapse_within_days=days)
        test = received(named, late, forbids=True, negated=False)
        if test is not None and settings is not None:
            inclusion = clause.polarity is Polarity.INCLUSION
            yield Found(*match.span(), Not(test) if inclusion else test, Kind.PRIOR_TREATMENT)


def _cue(text: Marked, match: re.Match[str], *, free: bool) -> _Cue | None:
    """The cue of a match, unless what stands before may change its meaning; `free`: any other words may stand there."""
    named = text.first(*match.span())
    lead = LEAD.search(text.text, 0, match.start())
    if named is None or lead is None or text.count(*match.span()) != 1 or is_excepted(text.text[: named.start]):
        return None
    if _ISOTOPE.match(text.text, match.end()) or SEVERAL.search(text.text, match.start(), named.start):
        return None
    negatives = NEGATIVE.findall(lead[0] + text.text[match.start() : named.start])
    before = text.text[: lead.start()]
    free = free or (re.match(r"(?:sans|without)\b", lead[0]) is not None)
    if re.search(r"\bmay\b", lead[0]) or len(negatives) > 1 or _shifted(before) or not (free or STARTS.search(before)):
        return None
    start = lead.start() if negatives or free or re.search(r"\d", lead[0]) else match.start()
    return _Cue(start, match.end(), bool(negatives), named, text.text[match.start() : match.end()])


def _shifted(before: str) -> bool:
    segment = SEGMENT.split(before)[-1]
    return any(
        pattern.search(where) for pattern, where in ((CONDITIONAL, before), (SHIFTED, segment), (DENIED, segment))
    )


_OWED = re.compile(
    r"\s*,?\s*\(?(?:est |sont |is |are )?(?:obligatoires?|exigee?s?|requise?s?|imperati\w+|required|mandatory)\)?"
    r"(?=\s*(?:$|[,;.)]))"
)


def _found(clause: Clause, text: Marked, cue: _Cue, like: Treated | None = None) -> Iterator[Found]:
    """What is said of the treatments of a cue; nothing when the words after it may change it."""
    forbids = cue.negated != (clause.polarity is Polarity.EXCLUSION)
    owed = None if forbids else _OWED.match(text.text, cue.end)
    cue = replace(cue, end=owed.end()) if owed and not cue.negated else cue
    of_this = _OF_THIS_CANCER.match(text.text, cue.end)
    cue = _with_its_tail(text, replace(cue, end=of_this.end()) if of_this else cue, forbids=forbids)
    settings = settings_in(cue.words, forbids=forbids)
    if settings is None:
        return
    if clause.polarity is Polarity.EXCLUSION and (listed := _COLON_LIST.match(text.text, cue.end)):
        test = _one_of_these(text, cue, listed)
        if test is not None and not like:
            yield Found(cue.start, listed.end(), test, Kind.PRIOR_TREATMENT)
            return
    said = replace(like or Treated(treatments=frozenset()), settings=settings)
    test, end = _said(text, cue, said, forbids=forbids, excepts=forbids and not like)
    if test is not None:
        test = in_this_disease(test) if of_this and forbids else test
        yield Found(cue.start, end, Not(test) if cue.negated else test, Kind.PRIOR_TREATMENT)


_INNER = re.compile(r"\([^()]*\)")
_EARLY_ALLOWED = re.compile(
    r"^\s*\([^()]*(?:curati\w*|adjuvant\w*|stade precoce|early)[^()]*(?:autoris\w*|permis\w*|accept\w*|"
    r"allowed)[^()]*\)"
)
"""« … à visée non curative (traitement curatif autorisé) »: it only says what the setting says already."""
_COLON_LIST = re.compile(rf"\s*:\s*(?=[^;.]*{MARK})(?:(?!sauf|hors\b|except|autoris|\bsi\b|dans les|[<>≤≥])[^;])*$")


def _one_of_these(text: Marked, cue: _Cue, listed: re.Match[str]) -> Test | None:
    """« Immunothérapie antérieure : IL-2, anti-PD-1, … »: those are excluded surely, others of the class perhaps."""
    named = [one for at, one in text.lists.items() if listed.start() <= at < listed.end()]
    ids = frozenset(id_ for one in named for id_ in (ids_of(one) or ()))
    head = ids_of(cue.named)
    if cue.negated or not head or not ids or any(not TREATMENTS.above(id_) & head for id_ in ids):
        return None
    others = AllOf((Treated(treatments=head), Unread(Kind.PRIOR_TREATMENT)))
    return AnyOf((Treated(treatments=ids), others))


def _with_its_tail(text: Marked, cue: _Cue, *, forbids: bool) -> _Cue:
    """The cue with the words after it that take nothing away, and with the setting that « ni … » puts off."""
    anytime = _ANYTIME.match(text.text, cue.end)
    cue = replace(cue, end=anytime.end()) if anytime else cue
    such = _SUCH_AS.match(text.text, cue.end) if forbids else None
    cue = replace(cue, end=such.end()) if such else cue
    listed = _LISTED.match(text.text, cue.end)
    cue = replace(cue, end=listed.end(), words=f"{cue.words} {listed['s']}") if listed else cue
    nor = _NOR.match(text.text, cue.end) if cue.negated else None
    return replace(cue, end=nor.end(), words=f"{cue.words} {nor['setting']}") if nor else cue


def _said(text: Marked, cue: _Cue, said: Treated, *, forbids: bool, excepts: bool) -> tuple[Test | None, int]:
    """`said` of the treatments of a cue, and where its words end; `excepts`: an exception may stand after it."""
    exception = exception_at(text.text, cue.end) if excepts else None
    if exception:
        return _with_exception(cue, said, exception), exception.end()
    if _is_changed(text, cue, forbids=forbids):
        return None, cue.end
    test = received(cue.named, said, forbids=forbids, negated=cue.negated)
    if test is not None and (taken := LESS.match(text.text, cue.end)):
        narrowed = _less(text, test, taken)
        return (narrowed, taken.end()) if narrowed else (test, cue.end)
    return (test, cue.end) if test is None or forbids or cue.negated else _with_leave(text, cue, test)


def _less(text: Marked, test: Test, taken: re.Match[str]) -> Test | None:
    """The test without the treatments of an exception (« autre que l'osimertinib »)."""
    named = text.first(*taken.span("less"))
    ids = ids_of(named) if named else None
    if not isinstance(test, Treated) or ids is None:
        return None
    if any(TREATMENTS.covers("radiotherapy", id_) for id_ in ids):
        return None  # « hors irradiation mammaire »: a technique or a dose may be of that site too
    left = less(test.treatments, ids)
    return replace(test, treatments=left) if left else None


def _is_changed(text: Marked, cue: _Cue, *, forbids: bool) -> bool:
    """Whether the words after a cue, or those around it, leave something else of it."""
    rest = text.text[cue.end :]
    if forbids and settings_in(cue.words, forbids=True):
        rest = _EARLY_ALLOWED.sub(" ", rest)
    permitted = PERMITTED.search(rest) or PERMITTED.search(_INNER.sub(" ", rest))
    if permitted or PREDICATE.match(rest) or (cue.negated and not BOUNDARY.match(rest)):
        return True
    if not forbids and not cue.negated and heads_a_case(rest):
        return True
    if forbids and _NARROWED.match(rest):
        return True
    if forbids and (CONSEQUENCE.match(rest) or TIMED.match(rest) or is_timed_later(rest)):
        return True
    return is_left_open(text.text, cue.start, cue.end)


def _with_leave(text: Marked, cue: _Cue, test: Test) -> tuple[Test, int]:
    """« Sauf contre-indication », « si T790M »: who had it answers, and for who had it not it stays open.

    After a colon the leave may be for all that stands there, and is left to composition.
    """
    leave = (
        _UNLESS.match(text.text, cue.end) or _CONDITION.match(text.text, cue.end) or OR_UNFIT.match(text.text, cue.end)
    )
    if not leave or (":" in text.text[: cue.start] and leave.re is not OR_UNFIT):
        return test, cue.end
    end = cue.end + len(leave[0].rstrip(" ,/"))
    return AnyOf((test, Unread(Kind.PRIOR_TREATMENT))), end


def _with_exception(cue: _Cue, said: Treated, exception: re.Match[str]) -> Test | None:
    """What an exception leaves forbidden: « sauf adjuvant », « sauf si terminé depuis > 6 mois », or both."""
    ended, later = limits_of(exception)
    early = settings_in(exception["setting"] or "", forbids=False)
    if said.settings or early is None or any(time and not _days(time) for time in (ended, later)):
        return None
    left = [replace(said, settings=frozenset({"advanced"}))] if early else []
    left += [replace(said, settings=early, within_days=_days(ended))] if ended else []
    left += [replace(said, settings=early, relapse_within_days=_days(later))] if later else []
    tests = [received(cue.named, one, forbids=True, negated=cue.negated) for one in left]
    known = tuple(test for test in tests if test is not None)
    if len(known) < len(tests) or not early <= {"neoadjuvant", "adjuvant", "curative"}:
        return None
    return known[0] if len(known) == 1 else AnyOf(known)


def _days(words: str | None) -> int | None:
    durations = find_durations(words or "")
    return durations[0].days[0] if durations and durations[0].days else None
