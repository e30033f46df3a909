"""The states of the disease: relapse, progression, remission, resectable, curable … as yes, no or unknown."""

from collections.abc import Callable, Iterable
from datetime import date

from rules.case import Case, Suitability
from rules.criteria import Extent, State
from rules.dossier import Dossier, Source
from rules.infer.castration import castration_states, is_castration, is_prostate
from rules.infer.disease import COME_BACK, METASTATIC, NOT_METASTATIC, currency, distant_organs, extents_of_m
from rules.infer.entities import is_not_transformed
from rules.infer.treatments import CYTOREDUCTION
from rules.infer.tumour import Tumour
from rules.organs import surely_in
from rules.picture import Possible, Received, Tri
from rules.text import fold
from rules.treatments import is_systemic
from rules.verdict import Verdict


def states_of(
    dossier: Dossier,
    treatments: tuple[Received, ...],
    *,
    complete: bool,
    extent: Possible[Extent],
    tumour: Tumour,
    as_of: date,
) -> dict[State, Tri]:
    """Every state of the disease as yes, no or unknown."""
    organs = tumour.organs.concepts
    found: dict[State, list[tuple[bool, Source]]] = {state: [] for state in State}
    for statement in dossier.states:
        found[statement.state].append((statement.holds, statement.source))
    for state, holds, source in _stated_states(dossier):
        found[state].append((holds, source))
    own = tuple(
        entry
        for entry in treatments
        if entry.received and not entry.for_other_cancer and entry.components != CYTOREDUCTION
    )
    for state, holds, source in _followed_states(dossier, own, complete=complete, extent=extent):
        found[state].append((holds, source))
    if complete and is_prostate(organs):
        for state, holds, source in castration_states(own, as_of, initial=bool(currency(dossier))):
            found[state].append((holds, source))
    _fill(found, _implied_states(dossier, treatments, extent, organs))
    _fill(found, list(_undone(found)))
    if surely_in(organs, "haematologic"):
        _fill(found, _blood_states(dossier, own, progressing=_tri(found[State.PROGRESSION])))
    if currency(dossier) and is_not_transformed(tumour.histologies.concepts):
        _fill(found, [(State.TRANSFORMED, False, _INITIAL)])
    return {state: _tri(statements) for state, statements in found.items()}


def _undone(found: dict[State, list[tuple[bool, Source]]]) -> Iterable[tuple[State, bool, Source]]:
    """What came back or resists is no longer newly diagnosed; what progresses is not in remission."""
    for state, other in (
        (State.RELAPSE, State.NEWLY_DIAGNOSED),
        (State.REFRACTORY, State.NEWLY_DIAGNOSED),
        (State.PROGRESSION, State.REMISSION),
    ):
        fact = _tri(found[state])
        if fact.verdict is Verdict.MET:
            yield other, False, fact.sources[0]


def _fill(found: dict[State, list[tuple[bool, Source]]], implied: Iterable[tuple[State, bool, Source]]) -> None:
    """What follows, of the states of which nothing is said."""
    for state, holds, source in implied:
        if not found[state]:
            found[state].append((holds, source))


_NOTHING_SAID = Tri()


def _tri(statements: list[tuple[bool, Source]]) -> Tri:
    if not statements:
        return _NOTHING_SAID
    answers = {holds for holds, _ in statements}
    sources = tuple(source for _, source in statements)
    if len(answers) == 2:
        return Tri(Verdict.UNKNOWN, sources, True)
    return Tri(Verdict.MET if answers.pop() else Verdict.NOT_MET, sources)


_RESPONSES: dict[str, tuple[tuple[State, bool], ...]] = {
    "complete_remission": ((State.REMISSION, True), (State.PROGRESSION, False)),
    "mrd_positive": ((State.MRD_POSITIVE, True), (State.MRD_NEGATIVE, False)),
    "mrd_negative": ((State.MRD_NEGATIVE, True), (State.MRD_POSITIVE, False)),
    "refractory": ((State.REFRACTORY, True), (State.REMISSION, False)),
    "progression": ((State.PROGRESSION, True), (State.REMISSION, False)),
    "stable": ((State.PROGRESSION, False), (State.REMISSION, False)),
    "partial_response": ((State.PROGRESSION, False),),
}


_BOOLEAN_STATES: tuple[tuple[State, Callable[[Case], bool | None], str], ...] = (
    (State.RESECTABLE, lambda case: case.disease.resectable, "disease.resectable"),
    (State.CASTRATION_RESISTANT, lambda case: case.disease.castration_resistant, "disease.castration_resistant"),
)
_Follows = dict[str, tuple[tuple[State, bool], ...]]
_WORDED_STATES: tuple[tuple[Callable[[Case], str | None], str, _Follows], ...] = (
    (
        lambda case: case.disease.phase,
        "disease.phase",
        {"relapse": ((State.RELAPSE, True), (State.NEWLY_DIAGNOSED, False))},
    ),
    (lambda case: case.disease.relapsed_on, "disease.relapsed_on", {"*": ((State.RELAPSE, True),)}),
    (
        lambda case: case.disease.castration_resistant_on,
        "disease.castration_resistant_on",
        {"*": ((State.CASTRATION_RESISTANT, True),)},
    ),
    (lambda case: case.disease.response, "disease.response", _RESPONSES),
    (lambda case: case.disease.extent, "disease.extent", {"remission": ((State.REMISSION, True),)}),
    (
        lambda case: case.disease.intent,
        "disease.intent",
        {
            "curative": ((State.CURABLE, True),),
            "palliative": ((State.CURABLE, False), (State.RESECTABLE, False)),
        },
    ),
    (
        lambda case: case.planned_setting,
        "planned_setting",
        {
            "neoadjuvant": ((State.CURABLE, True),),
            "adjuvant": ((State.CURABLE, True),),
            "local_curative": ((State.CURABLE, True),),
        },
    ),
)


def _stated_states(dossier: Dossier) -> Iterable[tuple[State, bool, Source]]:
    for state, get, path in _BOOLEAN_STATES:
        for holds, source in dossier.said(get, path):
            yield state, holds, source
    for get_text, path, follows in _WORDED_STATES:
        for text, source in dossier.said(get_text, path):
            for state, holds in follows.get(text, follows.get("*", ())):
                yield state, holds, source
    for holds, source in dossier.said(lambda case: case.disease.resectable, "disease.resectable"):
        if holds:
            yield State.CURABLE, True, source
    for progression, source in dossier.listed(lambda case: case.disease.progression, "disease.progression"):
        at = Source(source.field, source.text or progression, source.read)
        yield State.PROGRESSION, True, at
        yield State.REMISSION, False, at


def _implied_states(
    dossier: Dossier, treatments: tuple[Received, ...], extent: Possible[Extent], organs: frozenset[str]
) -> Iterable[tuple[State, bool, Source]]:
    """What nothing states but what follows: a last treatment that failed, an operation that is planned.

    Metastatic disease that went on under treatment given for it is beyond a local treatment of curative intent.
    """
    own = [entry for entry in treatments if entry.received and not entry.for_other_cancer]
    failed = [entry for entry in own if entry.outcome == "progression" or entry.progressed]
    if last := next((entry for entry in failed if is_last_of(entry, own)), None):
        yield State.PROGRESSION, True, Source(last.source.field, "progression", last.source.read, "last_treatment")
    metastatic = extent.values == METASTATIC and not extent.conflict
    if under := next((entry for entry in failed if metastatic and _is_of_a_line(entry)), None):
        yield State.CURABLE, False, Source(under.source.field, "progression", under.source.read, "metastatic_line")
    elif metastatic and _is_in_later_line(dossier, organs):
        yield State.CURABLE, False, Source("planned_line", "ligne ultérieure", rule="later_line")
    elif metastatic and _is_widespread(dossier, organs):
        yield State.CURABLE, False, Source("disease.metastatic_sites", "plusieurs sites", rule="widespread")
    fit = any(item.purpose == "surgery" and item.suitable for item in _suitabilities(dossier))
    planned = {setting for setting, _ in dossier.said(lambda case: case.planned_setting, "planned_setting")}
    if fit and currency(dossier) and extent.told and extent.values <= NOT_METASTATIC and planned == {"neoadjuvant"}:
        yield State.RESECTABLE, True, Source("suitability", "chirurgie possible", rule="planned_operation")
    visceral = sorted(distant_organs(dossier) & _VISCERAL) if is_prostate(organs) else []
    if visceral:
        yield State.HIGH_VOLUME, True, Source("disease.metastatic_sites", visceral[0], rule="visceral")


def _blood_states(
    dossier: Dossier, own: tuple[Received, ...], *, progressing: Tri
) -> Iterable[tuple[State, bool, Source]]:
    """Of a blood disease: one that progresses after a systemic treatment has come back (IMWG 2016, iwCLL 2018), and a
    line under discussion says that it is to be treated."""
    given = next((entry for entry in own if any(is_systemic(id_) for part in entry.components for id_ in part)), None)
    if given and progressing.verdict is Verdict.MET:
        source = progressing.sources[0]
        yield State.RELAPSE, True, Source(source.field, source.text, source.read, "progression_after_treatment")
    for line, source in dossier.said(lambda case: case.planned_line, "planned_line"):
        yield State.TREATMENT_INDICATED, True, Source(source.field, str(line), source.read, "planned_line")


_VISCERAL = frozenset({"liver", "lung", "brain", "adrenal", "peritoneum", "pleura"})
"""Any of them makes the metastases of a prostate cancer of high volume (CHAARTED)."""
_NOT_CURED_ONCE_SPREAD = (
    "lung",
    "breast",
    "pancreas",
    "stomach",
    "oesophagus",
    "biliary_tract",
    "head_and_neck",
    "bladder",
    "urothelium",
    "corpus_uteri",
)
"""Where metastases in several organs are not treated to cure (ESMO guidelines of each organ, 2020–2025); elsewhere
(colon and rectum, kidney, germ cells, sarcoma, endocrine tumours, melanoma …) they may be."""


def _is_of_a_line(entry: Received) -> bool:
    return entry.setting in {"metastatic", "palliative"} or (entry.line is not None and entry.setting is None)


def _is_in_later_line(dossier: Dossier, organs: frozenset[str]) -> bool:
    """A later line of metastatic disease where metastases are not treated to cure, and nobody speaks of few of them."""
    return (
        _is_not_cured_once_spread(organs)
        and not _says_few(dossier)
        and any(line > 1 for line, _ in dossier.said(lambda case: case.planned_line, "planned_line"))
    )


def _is_not_cured_once_spread(organs: frozenset[str]) -> bool:
    return surely_in(organs, *_NOT_CURED_ONCE_SPREAD)


def _says_few(dossier: Dossier) -> bool:
    return "oligo" in fold(dossier.stated.summary_text or "") or "oligo" in fold(str(dossier.stated.rcp.motive or ""))


def _is_widespread(dossier: Dossier, organs: frozenset[str]) -> bool:
    """Metastases in two organs at least, a systemic line under discussion, and nobody speaks of few of them."""
    if not _is_not_cured_once_spread(organs):
        return False
    lines = any(True for _ in dossier.said(lambda case: case.planned_line, "planned_line"))
    sites = distant_organs(dossier)
    return lines and len(sites) >= _SEVERAL and not _says_few(dossier)


_SEVERAL = 2


def is_last_of(entry: Received, own: list[Received]) -> bool:
    """Whether no other treatment began after the end of this one, or still goes on."""
    others = [one for one in own if one is not entry and not is_castration(one)]
    if entry.ended is None:
        return entry.ongoing and all(_is_before(one, entry) for one in others)
    return all(
        not one.ongoing and one.started is not None and one.started.latest < entry.ended.earliest for one in others
    )


def _is_before(one: Received, entry: Received) -> bool:
    """Whether a treatment was over when another began."""
    over = not one.ongoing and one.ended is not None and entry.started is not None
    return over and one.ended is not None and entry.started is not None and one.ended.latest <= entry.started.latest


def _suitabilities(dossier: Dossier) -> list[Suitability]:
    return [item for item, _ in dossier.listed(lambda case: case.suitability, "suitability")]


def _followed_states(
    dossier: Dossier, own: tuple[Received, ...], *, complete: bool, extent: Possible[Extent]
) -> Iterable[tuple[State, bool, Source]]:
    for entry in own:
        if entry.outcome == "relapse":
            yield State.RELAPSE, True, Source(entry.source.field, "rechute", entry.source.read)
        if entry.outcome == "progression":
            yield State.REFRACTORY, True, Source(entry.source.field, "progression", entry.source.read)
    if not currency(dossier):
        return
    stated = any(dossier.said(lambda case: case.disease.phase, "disease.phase"))
    source = _INITIAL if stated else _UNTOUCHED
    untreated = never_progressed(dossier, own, complete=complete)
    early = _staged_without_metastasis(dossier, extent) or (complete and before_surgery(own))
    if untreated or (early and not _came_back(dossier, own)):
        yield State.RELAPSE, False, source
        yield State.REFRACTORY, False, source
    if untreated and stated:
        yield State.NEWLY_DIAGNOSED, True, source
    if untreated and complete:
        yield State.REMISSION, False, source


def before_surgery(own: Iterable[Received]) -> bool:
    """Whether all that was given was given before a first operation."""
    settings = {entry.setting for entry in own}
    return settings == {"neoadjuvant"}


_INITIAL = Source("disease.phase", "phase initiale", rule="first_treatment")
_UNTOUCHED = Source("treatments", "aucun traitement antérieur", rule="never_treated")


def _staged_without_metastasis(dossier: Dossier, extent: Possible[Extent]) -> bool:
    """An initial phase staged M0, or before or right after an operation: a first presentation (contract, tricky 2a),
    unless something tells a course since."""
    planned = {setting for setting, _ in dossier.said(lambda case: case.planned_setting, "planned_setting")}
    if planned and planned <= {"neoadjuvant", "adjuvant", "local_curative"}:
        return True
    staged = any(source.field.startswith("stage") for source in extent.sources)
    if staged and extent.values <= NOT_METASTATIC and not extent.conflict:
        return True
    return any(extents == NOT_METASTATIC for basis in _BASES for extents, _ in extents_of_m(dossier, basis))


_BASES = ("clinical", "pathological", "post_treatment")


def _came_back(dossier: Dossier, own: Iterable[Received]) -> bool:
    """Whether anything says that the initial phase is past a first treatment: a progression, or a later line (contract,
    "phase = initial is not 'never treated'"); what is planned is not told by a form that lists treatments."""
    later = any(line > 1 for line, _ in dossier.said(lambda case: case.planned_line, "planned_line"))
    progressed = any(dossier.listed(lambda case: case.disease.progression, "disease.progression"))
    failed = any(entry.outcome in {"progression", "relapse"} or entry.progressed for entry in own)
    responses = {text for text, _ in dossier.said(lambda case: case.disease.response, "disease.response")}
    told = any(statement.holds for statement in dossier.states if statement.state in COME_BACK)
    return later or progressed or failed or told or bool(responses & {"refractory", "progression"})


def never_progressed(dossier: Dossier, own: tuple[Received, ...], *, complete: bool) -> bool:
    """Whether the initial phase is before any treatment: a first line under discussion, or a whole, empty list."""
    planned = {line for line, _ in dossier.said(lambda case: case.planned_line, "planned_line")}
    told = any(dossier.listed(lambda case: case.disease.progression, "disease.progression"))
    given = [entry for entry in own if entry.components != CYTOREDUCTION]
    return not told and not given and (planned == {1} or complete)
