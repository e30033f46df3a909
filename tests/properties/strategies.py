"""Random cases that agree with themselves, and random tests over the same vocabulary."""

from typing import Any

from hypothesis import strategies as st

from rules.criteria import (
    AgeIn,
    AllOf,
    AnyOf,
    BrainMetastasesIn,
    BrainState,
    Extent,
    ExtentIn,
    HistologyIs,
    LineIn,
    MarkerIs,
    Measurable,
    Not,
    OrganIs,
    PerformanceIn,
    PriorLines,
    Scale,
    Setting,
    SettingIs,
    SexIs,
    StageIn,
    StandardExhausted,
    State,
    StateIs,
    Test,
    Treated,
)
from rules.marker_results import MarkerDemand

SITES = [
    ("C34.1", "lung"),
    ("C50.4", "breast"),
    ("C18.7", "colon"),
    ("C61", "prostate"),
    ("C56", "ovary"),
    ("C32.0", "larynx"),
]
MORPHOLOGIES = ["8140/3", "8070/3", "8041/3", "8500/3", "8461/3"]
AGENTS = ["osimertinib", "carboplatine", "docétaxel", "pembrolizumab", "FOLFOX", "létrozole", "Tagrisso", "olaparib"]
OPEN_AGENTS = ["zorvitamab", "QX-4471", "inhibiteur de ZXF9"]
MARKERS = ["EGFR", "KRAS", "ALK", "HER2", "BRAF", "MSI"]


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_none(item) for key, item in value.items() if item is not None}
        return {key: item for key, item in kept.items() if item not in ({}, [])}
    if isinstance(value, list):
        return [_without_none(item) for item in value]
    return value


treatment_entries = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["chemotherapy", "targeted_therapy", "immunotherapy", "hormone_therapy"]),
        "agents": maybe(st.lists(st.sampled_from([*AGENTS, *OPEN_AGENTS]), min_size=1, max_size=2, unique=True)),
        "setting": maybe(st.sampled_from(["neoadjuvant", "adjuvant", "metastatic", "maintenance"])),
        "outcome": maybe(st.sampled_from(["response", "progression", "relapse"])),
        "ended_on": maybe(st.sampled_from(["2024", "2025-06", "2026-10-20", "2026-11-16"])),
    }
)
marker_entries = st.fixed_dictionaries(
    {
        "name": st.sampled_from(MARKERS),
        "status": st.sampled_from(["positive", "negative", "pending", "not_tested"]),
    }
)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case whose facts agree: one site, one phase, at most one result a marker."""
    code, _ = draw(st.sampled_from(SITES))
    markers = draw(st.lists(marker_entries, max_size=4, unique_by=lambda item: item["name"]))
    case = {
        "case_id": "PROPERTY",
        "patient": {"age": draw(maybe(st.integers(10, 90))), "sex": None},
        "tumour": {
            "topography": {"system": "cim-10", "code": code},
            "histology": {"system": "cim-o-3", "code": draw(st.sampled_from(MORPHOLOGIES))},
        },
        "stage": {"clinical": {"m": draw(maybe(st.sampled_from(["M0", "M1"])))}},
        "disease": {
            "phase": draw(maybe(st.sampled_from(["initial", "relapse"]))),
            "extent": draw(maybe(st.sampled_from(["localised", "locally_advanced", "metastatic"]))),
            "resectable": draw(maybe(st.booleans())),
            "metastatic_sites": draw(
                st.lists(st.sampled_from(["liver", "bone", "lymph_node"]), max_size=2, unique=True)
            ),
            "brain_metastases": draw(maybe(st.sampled_from(["none", "treated_stable"]))),
            "measurable": draw(maybe(st.booleans())),
            "castration_resistant": draw(maybe(st.booleans())),
            "standard_options_exhausted": draw(maybe(st.booleans())),
        },
        "performance": {"ecog": draw(maybe(st.integers(0, 4)))},
        "biomarkers": markers,
        "treatments": draw(st.lists(treatment_entries, max_size=3)),
        "planned_line": draw(maybe(st.integers(1, 4))),
        "planned_setting": draw(maybe(st.sampled_from(["adjuvant", "advanced", "neoadjuvant"]))),
        "complete": draw(st.lists(st.sampled_from(["treatments", "conditions"]), max_size=2, unique=True)),
    }
    cleaned: dict[str, Any] = _without_none(case)
    return cleaned


leaf_tests: st.SearchStrategy[Test] = st.one_of(
    st.builds(
        OrganIs, st.frozensets(st.sampled_from([id_ for _, id_ in SITES]), min_size=1, max_size=3), st.booleans()
    ),
    st.builds(
        HistologyIs, st.frozensets(st.sampled_from(["nsclc", "sclc", "adenocarcinoma", "carcinoma"]), min_size=1)
    ),
    st.builds(StageIn, st.frozensets(st.sampled_from(["I", "II", "IIIB", "IV"]), min_size=1)),
    st.builds(ExtentIn, st.frozensets(st.sampled_from(list(Extent)), min_size=1, max_size=3)),
    st.builds(
        StateIs, st.sampled_from([State.RELAPSE, State.REFRACTORY, State.RESECTABLE, State.CASTRATION_RESISTANT])
    ),
    st.builds(SettingIs, st.frozensets(st.sampled_from(list(Setting)), min_size=1, max_size=3)),
    st.builds(LineIn, st.integers(1, 3), maybe(st.integers(3, 5))),
    st.builds(PriorLines, st.integers(0, 2), maybe(st.integers(2, 4))),
    st.builds(
        Treated,
        treatments=st.frozensets(
            st.sampled_from(["platinum", "taxane", "anti_pd1_pdl1", "egfr_inhibitor", "systemic_treatment"]), min_size=1
        ),
        settings=st.sampled_from([frozenset(), frozenset({"advanced"}), frozenset({"adjuvant"})]),
        within_days=maybe(st.sampled_from([28, 180])),
        names=st.frozensets(st.sampled_from(["zorvitamab", "QX4471", "anti-ZXF9"]), max_size=2),
    ),
    st.builds(
        MarkerIs, st.builds(MarkerDemand.of, st.sampled_from(MARKERS), st.sampled_from(["present", "absent", "known"]))
    ),
    st.builds(AgeIn, maybe(st.integers(12, 18)), maybe(st.integers(65, 80))),
    st.builds(SexIs, st.sampled_from(["female", "male"])),
    st.builds(PerformanceIn, st.sampled_from([Scale.ECOG, Scale.KARNOFSKY]), st.just(0), st.integers(1, 70)),
    st.builds(BrainMetastasesIn, st.frozensets(st.sampled_from(list(BrainState)), min_size=1, max_size=3)),
    st.just(Measurable()),
    st.builds(StandardExhausted, st.booleans()),
)

any_tests: st.SearchStrategy[Test] = st.recursive(
    leaf_tests,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)
