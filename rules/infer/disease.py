"""Stage, extent, states and setting: what the form says of the disease now, and what it says of its beginning.

Contract, "Stage at diagnosis is not the disease now": with `phase = relapse` TNM and group describe the first
diagnosis unless M1 (or an r prefix) says otherwise. Where the phase is not stated, an M0 or an early group speaks for
nothing that a relapse would undo, so that stating the relapse later contradicts no verdict.
"""

import re
from collections.abc import Iterable, Sequence

from rules.case import Case, CompleteList, TnmTyped
from rules.criteria import BrainState, Extent, Setting, State
from rules.dossier import Dossier, Source
from rules.infer.named_stages import extents_by_name
from rules.organs import METASTATIC_SITE_NAMES, METASTATIC_SITES, ORGANS
from rules.picture import Conflict, Possible, Received, Spread, StagePicture
from rules.remembered import remembered
from rules.staging import (
    StageValue,
    Tnm,
    extent_of,
    groups_of_m,
    groups_of_tnm,
    groups_of_values,
    meet_groups,
    parse_group,
    parse_tnm,
    read_stage,
)
from rules.staging.groups import GROUP_TREE
from rules.text import fold

GroupStatements = Sequence[tuple[frozenset[str], Source]]
"""What is told of the group, with its places."""

ALL_EXTENTS = frozenset(Extent)
NOT_METASTATIC = frozenset({Extent.LOCALISED, Extent.BORDERLINE, Extent.LOCALLY_ADVANCED})
METASTATIC = frozenset({Extent.METASTATIC})

_STATED_EXTENT = {
    "localised": frozenset({Extent.LOCALISED, Extent.BORDERLINE}),
    "locally_advanced": frozenset({Extent.LOCALLY_ADVANCED}),
    "metastatic": METASTATIC,
}
_STAGED_EXTENT = {
    frozenset({"localised"}): frozenset({Extent.LOCALISED}),
    frozenset({"localised", "borderline"}): frozenset({Extent.LOCALISED, Extent.BORDERLINE}),
    frozenset({"locally_advanced"}): frozenset({Extent.BORDERLINE, Extent.LOCALLY_ADVANCED}),
    frozenset({"metastatic"}): METASTATIC,
    frozenset({"localised", "locally_advanced"}): NOT_METASTATIC,
    frozenset({"localised", "borderline", "locally_advanced"}): NOT_METASTATIC,
    frozenset({"locally_advanced", "metastatic"}): ALL_EXTENTS - {Extent.LOCALISED},
}
"""What a stage says in terms of extent; any other set says nothing."""


def currency(dossier: Dossier) -> bool | None:
    """Whether TNM and group tell the disease now: True at the initial phase, False at relapse, None if not stated.

    Where no phase is stated, a cancer that was never treated is as it was found, unless something tells a course.
    """
    phases = {phase for phase, _ in dossier.said(lambda case: case.disease.phase, "disease.phase")}
    if len(phases) > 1:
        return None
    return phases == {"initial"} if phases else True if _is_untouched(dossier) else None


def _is_untouched(dossier: Dossier) -> bool:
    cases = (dossier.stated, dossier.read)
    if not any(CompleteList.TREATMENTS in case.complete for case in cases):
        return False
    given = any(one.received and not one.for_other_cancer for case in cases for one in case.treatments)
    diseases = [case.disease for case in cases]
    told = any(one.relapsed_on or one.progression or one.response for one in diseases)
    came_back = any(one.holds and one.state in COME_BACK for one in dossier.states)
    others = any(_OTHERS.search(fold(words)) for path, words in dossier.quotes.items() if path.startswith("complete"))
    later = any(case.planned_line is not None and case.planned_line > 1 for case in cases)
    return not (given or told or came_back or others or later)


COME_BACK = frozenset({State.RELAPSE, State.REFRACTORY, State.PROGRESSION})
_OTHERS = re.compile(r"\b(?:autres?|dehors|hormis|excepte)\b")
"""« Pas d'autre traitement reçu » tells of one that was, if not which."""


def stage_of(
    dossier: Dossier,
    statements: GroupStatements,
    *,
    organs: frozenset[str],
    histologies: frozenset[str],
    extent: Possible[Extent],
) -> StagePicture:
    """The stage as sets: the groups that are told (`groups_told`), and those of M."""
    current = currency(dossier)
    groups: frozenset[str] = frozenset()
    conflict = False
    for stated, _ in statements:
        agreed = meet_groups(groups, stated) if groups else stated
        conflict = conflict or not agreed
        groups = agreed or groups | stated
    sources = tuple(source for _, source in statements)
    now = groups if current is not False else frozenset()
    metastatic = extent.values == METASTATIC
    if metastatic:
        demanded = metastatic_groups(organs, histologies)
        now = _most_precise((meet_groups(now, demanded) if now else demanded) or demanded) if demanded else now
        if demanded and current is False:
            sources = extent.sources
    values, value_sources = _other_values(dossier)
    return StagePicture(
        groups=Possible(now, sources, conflict),
        values=values,
        value_sources=value_sources,
        clinical=_tnm(dossier, "clinical"),
        pathological=_tnm(dossier, "pathological"),
        current=True if metastatic and now else _group_is_now(dossier, current),
    )


def _most_precise(groups: frozenset[str]) -> frozenset[str]:
    """The groups without those that an edition calls by a general name: M1 of a prostate is IV (UICC 8), which is IVB
    (AJCC 8)."""
    return frozenset(
        one for one in groups if not any(one != other and GROUP_TREE.covers(one, other) for other in groups)
    )


def _group_is_now(dossier: Dossier, current: bool | None) -> bool | None:
    """A group typed as such, in a form that shows no sign of a course since, tells the disease now."""
    if current is not None or dossier.stated.stage.group is None:
        return current
    case = dossier.stated
    course = case.treatments or dossier.read.treatments or case.disease.progression or case.disease.relapsed_on
    later = case.planned_line is not None and case.planned_line > 1
    return None if course or later else True


def metastatic_groups(organs: frozenset[str], histologies: frozenset[str]) -> frozenset[str]:
    """The groups that M1 has in the organ. None for the ovary, where "metastatic" may be typed of the peritoneum."""
    if not organs or any(_peritoneal(organ) for organ in organs):
        return frozenset()
    return groups_of_m(organs, "M1", histologies=histologies)


def _tnm(dossier: Dossier, basis: str) -> Tnm | None:
    typed = _tnm_typed(dossier.stated, basis) or _tnm_typed(dossier.read, basis)
    return parse_tnm(typed.t, typed.n, typed.m) if typed else None


def _tnm_typed(case: Case, basis: str) -> TnmTyped | None:
    typed: TnmTyped | None = getattr(case.stage, basis)
    return typed


def groups_told(
    dossier: Dossier, *, organs: frozenset[str], histologies: frozenset[str], age: int | None
) -> GroupStatements:
    """What the stated group, else TNM by organ and edition, else another system says of the group."""
    found: list[tuple[frozenset[str], Source]] = []
    for text, source in dossier.said(lambda case: case.stage.group, "stage.group"):
        groups = parse_group(text)
        if groups:
            found.append((groups, source))
    if found:
        return found
    for basis in ("pathological", "clinical"):
        tnm = _tnm(dossier, basis)
        if tnm is None:
            continue
        groups = groups_of_tnm(
            organs=organs, tnm=tnm, edition=dossier.stated.stage.edition, age=age, histologies=histologies
        )
        if groups:
            return [(groups, Source(f"stage.{basis}", tnm_words(dossier, basis)))]
    values, sources = _other_values(dossier)
    converted = groups_of_values(values, organs=organs) if values else frozenset()
    return [(converted, sources[0])] if converted else []


def tnm_words(dossier: Dossier, basis: str) -> str:
    """The TNM as typed, for display."""
    typed = _tnm_typed(dossier.stated, basis) or _tnm_typed(dossier.read, basis)
    return " ".join(part for part in (typed.t, typed.n, typed.m) if part) if typed else ""


def _other_values(dossier: Dossier) -> tuple[frozenset[StageValue], tuple[Source, ...]]:
    values: set[StageValue] = set()
    sources: list[Source] = []
    for other, source in dossier.listed(lambda case: case.stage.other, "stage.other"):
        read = read_stage(other.system, other.value)
        if read:
            values |= read
            sources.append(Source(source.field, source.text or f"{other.system} {other.value}", source.read))
    return frozenset(values), tuple(sources)


def spread_of(
    dossier: Dossier,
    staged: GroupStatements,
    *,
    organs: frozenset[str],
    treatments: Iterable[Received],
    histologies: frozenset[str],
    age: int | None,
) -> Spread:
    """Extent now: stated extent, metastatic sites, progression, M and group where they speak of now."""
    sites, site_sources, complete = _metastatic_sites(dossier)
    brain, brain_conflict = _brain(dossier)
    if complete and not brain.told and _none_may_be_cerebral(dossier):
        source = Source("complete", "metastatic_sites", rule="complete_list")
        brain = Possible(frozenset({BrainState.NONE}), (source,))
    statements = list(_extent_statements(dossier, organs, sites, site_sources, brain))
    statements += _from_treatments(treatments)
    statements += _from_stage(dossier, staged, organs, histologies, age)
    if complete and not sites and not statements:
        statements.append((NOT_METASTATIC, Source("complete", "metastatic_sites", rule="complete_list")))
    extent = _met_together(statements)
    conflicts = []
    if extent.conflict:
        conflicts.append(_conflict(extent.sources))
    if brain_conflict:
        conflicts.append(brain_conflict)
    return Spread(extent, sites, site_sources, complete, brain, tuple(conflicts), _cleared(dossier))


def _cleared(dossier: Dossier) -> tuple[Source, ...]:
    """In remission of a first disease that was M0; each of the three has to be stated."""
    free = [
        one for text, one in dossier.said(lambda case: case.disease.extent, "disease.extent") if text == "remission"
    ]
    phases = {phase for phase, _ in dossier.said(lambda case: case.disease.phase, "disease.phase")}
    bases = ("clinical", "pathological", "post_treatment")
    local = [one for basis in bases for extents, one in extents_of_m(dossier, basis) if extents == NOT_METASTATIC]
    return (free[0], local[0]) if free and local and phases == {"initial"} else ()


def _met_together(statements: list[tuple[frozenset[Extent], Source]]) -> Possible[Extent]:
    possible = ALL_EXTENTS
    for extents, _ in statements:
        possible &= extents
    sources = tuple(source for _, source in statements)
    return Possible(possible, sources) if possible else Possible(ALL_EXTENTS, sources, True)


def _conflict(sources: tuple[Source, ...]) -> Conflict:
    return Conflict(tuple(source.field for source in sources), tuple(source.text for source in sources))


def _extent_statements(
    dossier: Dossier,
    organs: frozenset[str],
    sites: frozenset[str],
    site_sources: tuple[Source, ...],
    brain: Possible[BrainState],
) -> Iterable[tuple[frozenset[Extent], Source]]:
    for text, source in dossier.said(lambda case: case.disease.extent, "disease.extent"):
        if text in _STATED_EXTENT:
            yield _STATED_EXTENT[text], source
    if any(_distant(site, organs) for site in sites):
        yield METASTATIC, site_sources[0]
    for basis in ("clinical", "pathological", "post_treatment"):
        yield from extents_of_m(dossier, basis)
    for progression, source in dossier.listed(lambda case: case.disease.progression, "disease.progression"):
        if progression == "distant":
            yield METASTATIC, Source(source.field, source.text or "à distance", source.read, "distant_progression")
    yield from extents_by_name(
        *_other_values(dossier), organs=organs, sites=site_sources, current=currency(dossier) is True
    )
    if brain.told and not brain.conflict and BrainState.NONE not in brain.values and not _is_blood_or_cns(organs):
        yield METASTATIC, Source(brain.sources[0].field, brain.sources[0].text, brain.sources[0].read, "brain")


def extents_of_m(dossier: Dossier, basis: str) -> Iterable[tuple[frozenset[Extent], Source]]:
    """What the M category of one basis says of the extent."""
    for typed, read in ((_tnm_typed(dossier.stated, basis), False), (_tnm_typed(dossier.read, basis), True)):
        if typed is None or not typed.m:
            continue
        m = parse_tnm(None, None, typed.m).m
        at = Source(f"stage.{basis}.m", typed.m, read, "m_category")
        if m and all(code.startswith("M1") for code in m):
            yield METASTATIC, at
        elif m and all(code.startswith("M0") for code in m) and currency(dossier):
            yield NOT_METASTATIC, at


def _from_stage(
    dossier: Dossier,
    staged: GroupStatements,
    organs: frozenset[str],
    histologies: frozenset[str],
    age: int | None,
) -> list[tuple[frozenset[Extent], Source]]:
    found: list[tuple[frozenset[Extent], Source]] = []
    for groups, source in staged:
        told = extent_of(
            organs=organs,
            groups=groups,
            tnm=_tnm(dossier, "clinical") or _tnm(dossier, "pathological"),
            age=age,
            histologies=histologies,
            edition=dossier.stated.stage.edition,
        )
        extents = _STAGED_EXTENT.get(frozenset(told))
        if extents and (currency(dossier) or extents == METASTATIC):
            found.append((extents, Source(source.field, source.text, source.read, "stage_group")))
    return found


def _from_treatments(treatments: Iterable[Received]) -> list[tuple[frozenset[Extent], Source]]:
    return [
        (METASTATIC, Source(entry.source.field, "situation métastatique", entry.source.read, "treatment_setting"))
        for entry in treatments
        if entry.setting == "metastatic" and entry.received and not entry.for_other_cancer
    ]


def distant_organs(dossier: Dossier) -> frozenset[str]:
    """The organs, lymph nodes left out, in which a form names metastases."""
    sites, _, _ = _metastatic_sites(dossier)
    told = {site for site in sites if not METASTATIC_SITES.covers("lymph_node", site) and site != "other"}
    return frozenset(site for site in told if not (METASTATIC_SITES.above(site) - {site}) & told)


def _distant(site: str, organs: frozenset[str]) -> bool:
    """Whether a site of metastasis alone makes the disease metastatic (contract: never lymph nodes, nor the peritoneum
    of an ovary)."""
    if METASTATIC_SITES.covers("lymph_node", site):
        return "distant" in site
    if METASTATIC_SITES.covers("peritoneum", site):
        return bool(organs) and not any(_peritoneal(organ) for organ in organs)
    return bool(organs) and not _is_blood_or_cns(organs)


def _peritoneal(organ: str) -> bool:
    return ORGANS.covers("tubo_ovarian", organ) or ORGANS.covers("peritoneum", organ)


def _is_blood_or_cns(organs: frozenset[str]) -> bool:
    return not organs or any(ORGANS.covers("haematologic", organ) or ORGANS.covers("cns", organ) for organ in organs)


def _metastatic_sites(dossier: Dossier) -> tuple[frozenset[str], tuple[Source, ...], bool]:
    sites: set[str] = set()
    sources: list[Source] = []
    for typed, source in dossier.listed(lambda case: case.disease.metastatic_sites, "disease.metastatic_sites"):
        known = _sites_of(typed)
        if len(known) == 1:
            sites |= known
            sources.append(Source(source.field, source.text or typed, source.read))
    complete = any("metastatic_sites" in case.complete for case in (dossier.stated, dossier.read))
    return frozenset(sites), tuple(sources), complete


@remembered(4096)
def _sites_of(typed: str) -> frozenset[str]:
    """The sites of metastasis that a typed one may be."""
    known = frozenset({typed}) if typed in METASTATIC_SITES else METASTATIC_SITE_NAMES.exact(typed)
    return known or frozenset().union(*(mention.ids for mention in METASTATIC_SITE_NAMES.find(typed)))


@remembered(4096)
def _names_the_brain(typed: str) -> bool:
    return "brain" in METASTATIC_SITE_NAMES.exact(typed) or typed == "brain"


def _none_may_be_cerebral(dossier: Dossier) -> bool:
    """Whether every site that is named is understood, and none is of the central nervous system or may be."""
    named = [_sites_of(typed) for typed, _ in dossier.listed(lambda case: case.disease.metastatic_sites, "")]
    return all(len(sites) == 1 and not _may_be_cerebral(next(iter(sites))) for sites in named)


def _may_be_cerebral(site: str) -> bool:
    return METASTATIC_SITES.covers("cns", site) or METASTATIC_SITES.covers(site, "brain") or site == "other"


_ANY_BRAIN_STATE = frozenset(BrainState)
_BRAIN_METASTASES = _ANY_BRAIN_STATE - {BrainState.NONE}


def _brain(dossier: Dossier) -> tuple[Possible[BrainState], Conflict | None]:
    statements: list[tuple[frozenset[BrainState], Source]] = [
        (_brain_states(text), source)
        for text, source in dossier.said(lambda case: case.disease.brain_metastases, "disease.brain_metastases")
    ]
    for typed, source in dossier.listed(lambda case: case.disease.metastatic_sites, "disease.metastatic_sites"):
        if _names_the_brain(typed):
            statements.append((_BRAIN_METASTASES, Source(source.field, source.text or typed, source.read)))
    statements += [(_BRAIN_METASTASES, source) for source in _staged_as_cerebral(dossier)]
    possible = _ANY_BRAIN_STATE
    for states, _ in statements:
        possible &= states
    sources = tuple(source for _, source in statements)
    if possible:
        return Possible(possible, sources), None
    return Possible(_ANY_BRAIN_STATE, sources, True), _conflict(sources)


def _staged_as_cerebral(dossier: Dossier) -> Iterable[Source]:
    """M1d, which only a melanoma has: metastases of the central nervous system (AJCC 8)."""
    for basis in ("clinical", "pathological"):
        for typed, read in ((_tnm_typed(dossier.stated, basis), False), (_tnm_typed(dossier.read, basis), True)):
            if typed and typed.m and _M1D.match(typed.m):
                yield Source(f"stage.{basis}.m", typed.m, read, "m_category")


_M1D = re.compile(r"[cpyru]*m1d", re.IGNORECASE)


def _brain_states(text: str) -> frozenset[BrainState]:
    stated = BrainState(text)
    if stated is BrainState.ACTIVE:
        return frozenset({BrainState.ACTIVE, BrainState.UNTREATED})
    return frozenset({stated})


_ANY_SETTING = frozenset(Setting)
_LINE_SETTINGS = frozenset({Setting.ADVANCED, Setting.MAINTENANCE, Setting.CONSOLIDATION})
_BEFORE_ANY_TREATMENT = _ANY_SETTING - {Setting.MAINTENANCE, Setting.CONSOLIDATION}


def settings_of(dossier: Dossier, *, planned_line: frozenset[int], never_treated: bool) -> Possible[Setting]:
    """The settings that may be under discussion."""
    statements: list[tuple[frozenset[Setting], Source]] = [
        (frozenset({Setting(text)}), source)
        for text, source in dossier.said(lambda case: case.planned_setting, "planned_setting")
    ]
    for line, source in dossier.said(lambda case: case.planned_line, "planned_line"):
        if planned_line == {line}:
            statements.append((_LINE_SETTINGS, source))
    if never_treated:
        source = Source("treatments", "aucun traitement antérieur", rule="never_treated")
        statements.append((_BEFORE_ANY_TREATMENT, source))
    possible = _ANY_SETTING
    for settings, _ in statements:
        possible &= settings
    sources = tuple(source for _, source in statements)
    return Possible(possible, sources) if possible else Possible(_ANY_SETTING, sources, True)
