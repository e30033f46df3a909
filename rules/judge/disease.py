"""Extent, states, setting, metastases, brain, measurability."""

from rules.criteria import (
    BrainMetastasesIn,
    BrainState,
    Extent,
    ExtentIn,
    Measurable,
    MetastasisIn,
    Setting,
    SettingIs,
    State,
    StateIs,
)
from rules.finding import Finding, Reason
from rules.judge.observe import compare, found, from_tri
from rules.organs import METASTATIC_SITES
from rules.picture import Picture
from rules.verdict import Verdict

_EXTENT_WORDS = {
    frozenset({Extent.METASTATIC}): "maladie métastatique",
    frozenset({Extent.LOCALLY_ADVANCED}): "maladie localement avancée",
    frozenset({Extent.LOCALISED}): "maladie localisée",
    frozenset({Extent.LOCALISED, Extent.BORDERLINE}): "maladie localisée",
    frozenset({Extent.BORDERLINE, Extent.LOCALLY_ADVANCED}): "maladie localement avancée",
    frozenset(Extent) - {Extent.METASTATIC}: "maladie non métastatique",
}


def extent_in(test: ExtentIn, picture: Picture) -> Finding:
    """Where the disease is now; one in remission that was never metastatic is not « avancée ou métastatique »."""
    cleared = picture.spread.cleared
    advanced = Extent.METASTATIC in test.extents and Extent.LOCALISED not in test.extents
    if cleared and advanced and Extent.METASTATIC not in picture.extent.values:
        return found(test, Verdict.NOT_MET, sources=cleared, observed="maladie en rémission")
    return compare(test, picture.extent, test.extents, observed=_EXTENT_WORDS.get(picture.extent.values))


def state_is(test: StateIs, picture: Picture) -> Finding:
    """A state of the disease; metastatic disease is not taken for unresectable, nor localised for resectable."""
    fact = picture.states[test.state]
    unresectable = picture.states[State.RESECTABLE].verdict is Verdict.NOT_MET
    metastatic = picture.extent.values == frozenset({Extent.METASTATIC})
    if test.state is State.CURABLE and not fact.sources and unresectable and metastatic:
        return found(test, Verdict.NOT_MET, sources=picture.states[State.RESECTABLE].sources)
    return from_tri(test, fact)


def setting_is(test: SettingIs, picture: Picture) -> Finding:
    """The setting under discussion; an early setting cannot hold for a disease that is metastatic and unresectable."""
    finding = compare(test, picture.settings, test.settings)
    early = test.settings <= {Setting.NEOADJUVANT, Setting.ADJUVANT, Setting.LOCAL_CURATIVE}
    metastatic = picture.extent.values == frozenset({Extent.METASTATIC})
    unresectable = picture.states[State.RESECTABLE].verdict is Verdict.NOT_MET
    if finding.verdict is Verdict.UNKNOWN and early and metastatic and unresectable:
        return found(test, Verdict.NOT_MET, sources=picture.extent.sources)
    return finding


def metastasis_in(test: MetastasisIn, picture: Picture) -> Finding:
    """A metastasis at one of the sites; a site that is not named is unknown unless the list is whole."""
    here = [site for site in picture.spread.sites if METASTATIC_SITES.compare(site, test.sites) is Verdict.MET]
    elsewhere = picture.spread.sites - set(here)
    sources = picture.spread.site_sources
    if test.only:
        return _only(test, picture, bool(here), bool(elsewhere))
    if here:
        return found(test, Verdict.MET, sources=sources)
    if _no_metastasis(picture) or picture.spread.sites_complete:
        return found(test, Verdict.NOT_MET, sources=sources or picture.extent.sources)
    return found(test, Verdict.UNKNOWN, reason=Reason.OPEN_LIST if sources else None)


def _only(test: MetastasisIn, picture: Picture, here: bool, elsewhere: bool) -> Finding:
    if elsewhere or _no_metastasis(picture):
        return found(test, Verdict.NOT_MET, sources=picture.spread.site_sources or picture.extent.sources)
    whole = here and picture.spread.sites_complete
    return found(
        test,
        Verdict.MET if whole else Verdict.UNKNOWN,
        sources=picture.spread.site_sources,
        reason=None if whole else Reason.OPEN_LIST,
    )


def _no_metastasis(picture: Picture) -> bool:
    return picture.extent.told and Extent.METASTATIC not in picture.extent.values


def brain_metastases_in(test: BrainMetastasesIn, picture: Picture) -> Finding:
    """Brain metastases as typed; a disease that is not metastatic has none."""
    fact = picture.spread.brain
    if not fact.told and _no_metastasis(picture):
        verdict = Verdict.MET if BrainState.NONE in test.states else Verdict.NOT_MET
        return found(test, verdict, sources=picture.extent.sources)
    return compare(test, fact, test.states)


def measurable(test: Measurable, picture: Picture) -> Finding:
    """Measurable disease, as stated."""
    return from_tri(test, picture.measurable)
