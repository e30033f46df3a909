"""Treatments: what the files and the criteria write, and the pairs that must never be taken for one another."""

import pytest

from rules.treatments import (
    TREATMENT_NAMES,
    TREATMENTS,
    TYPES,
    agents_of,
    find_treatments,
    is_blinded,
    is_line_forming,
    is_systemic,
    treatments_of_code,
    types_of,
)
from rules.verdict import Verdict
from rules.vocabulary.tables import rows

OF_NO_TYPE = {"phototherapy", "photodynamic_therapy", "ttfields"}
"""Treatments that a form types as « autre »."""


def read(text: str) -> list[set[str]]:
    return [set(part) for part in agents_of(text)]


def named(text: str) -> list[str]:
    return [mention.name for mention in find_treatments(text)]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("atézolizumab", "atezolizumab"),
        ("Docétaxel", "docetaxel"),
        ("CISPLATINE", "cisplatin"),
        ("Keytruda", "pembrolizumab"),
        ("Tagrisso", "osimertinib"),
        ("Fémara", "letrozole"),
        ("Caelyx", "pegylated_liposomal_doxorubicin"),
        ("Abraxane", "nab_paclitaxel"),
        ("Décapeptyl", "triptorelin"),
        ("Lonsurf", "trifluridine_tipiracil"),
        ("Venclyxto", "venetoclax"),
        ("Rydapt", "midostaurin"),
        ("Pluvicto", "lutetium_psma_617"),
        ("177Lu-PSMA-617", "lutetium_psma_617"),
        ("MK2870", "sacituzumab_tirumotecan"),
        ("T-DXd", "trastuzumab_deruxtecan"),
        ("anti-PD-1", "anti_pd1"),
        ("anti PDL1", "anti_pdl1"),
        ("anti-PD-(L)1", "anti_pd1_pdl1"),
        ("ICI", "checkpoint_inhibitor"),
        ("ITK", "tki"),
        ("TKI anti-EGFR", "egfr_tki"),
        ("ITK anti-EGFR de 3e génération", "egfr_tki_3g"),
        ("sels de platine", "platinum"),
        ("iPARP", "parp_inhibitor"),
        ("CDK4/6i", "cdk46_inhibitor"),
        ("hormonothérapie de nouvelle génération", "arpi"),
        ("HTNG", "arpi"),
        ("ARSi", "arpi"),
        ("IMiD", "imid"),
        ("CAR-T", "car_t"),
        ("autogreffe", "autologous_transplant"),
        ("curage", "lymphadenectomy"),
        ("stéréotaxie", "stereotactic_radiotherapy"),
        ("irathérapie", "iodine_131"),
        ("RTE", "external_radiotherapy"),
        ("chimio", "chemotherapy"),
    ],
)
def test_names(text: str, id_: str) -> None:
    assert TREATMENT_NAMES.exact(text) == {id_}
    assert read(text) == [{id_}]


@pytest.mark.parametrize(
    ("text", "components"),
    [
        ("mFOLFOX6", [{"fluorouracil"}, {"folinic_acid"}, {"oxaliplatin"}]),
        ("XELOX", [{"capecitabine"}, {"oxaliplatin"}]),
        ("FOLFIRI + Avastin", [{"fluorouracil"}, {"folinic_acid"}, {"irinotecan"}, {"bevacizumab"}]),
        ("carboplatine-pemetrexed", [{"carboplatin"}, {"pemetrexed"}]),
        ("létrozole + Kisqali", [{"letrozole"}, {"ribociclib"}]),
        ("R-CHOP", [{"rituximab"}, {"cyclophosphamide"}, {"doxorubicin"}, {"vincristine"}, {"prednisone"}]),
        ("DHAP", [{"dexamethasone"}, {"cytarabine"}, {"cisplatin"}]),
        ("Vidaza venetoclax", [{"azacitidine"}, {"venetoclax"}]),
        ("7+3", [{"cytarabine"}, {"daunorubicin", "idarubicin"}]),
        ("radiochimiothérapie", [{"radiotherapy"}, {"chemotherapy"}]),
        ("radiochimiothérapie (cisplatine)", [{"radiotherapy"}, {"cisplatin"}]),
        ("chimiothérapie et cisplatine", [{"chemotherapy"}, {"cisplatin"}]),
        ("platine-étoposide", [{"platinum"}, {"etoposide"}]),
        ("TC", [{"docetaxel", "paclitaxel"}, {"cyclophosphamide", "carboplatin"}]),
        ("AI", [{"aromatase_inhibitor", "doxorubicin"}, {"aromatase_inhibitor", "ifosfamide"}]),
        ("pembrolizumab ou placebo", [{"pembrolizumab"}]),
        ("4 EC 100 puis 12 paclitaxel", [{"epirubicin"}, {"cyclophosphamide"}, {"paclitaxel"}]),
        ("pembrolizumab + ABC-1234", [{"pembrolizumab"}, {"anticancer_treatment"}]),
        ("docétaxel I.V.", [{"docetaxel"}]),
    ],
)
def test_components(text: str, components: list[set[str]]) -> None:
    assert read(text) == components


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("osimertinb", "osimertinib"),
        ("trastuzumb deruxtecan", "trastuzumab_deruxtecan"),
        ("pembrolizumb", "pembrolizumab"),
    ],
)
def test_a_misspelt_agent_is_read_by_similarity(text: str, id_: str) -> None:
    assert all(id_ in part for part in agents_of(text))
    assert agents_of(text)


@pytest.mark.parametrize("text", ["", "xyz", "ABC-1234", "MK-9999", "7.3", "6 cycles", "à préciser"])
def test_an_unknown_text_is_empty(text: str) -> None:
    assert agents_of(text) == ()


def test_an_unknown_agent_is_read_by_its_stem() -> None:
    assert read("blablatinib") == [{"tki"}]
    assert read("blablamab") == [{"monoclonal_antibody"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trastuzumab", "trastuzumab déruxtécan"),
        ("trastuzumab emtansine", "trastuzumab déruxtécan"),
        ("paclitaxel", "nab-paclitaxel"),
        ("anti-PD-1", "anti-PD-L1"),
        ("olaparib", "olaratumab"),
        ("MK-2870", "MK-2140"),
        ("lenvatinib", "lorlatinib"),
        ("ibrutinib", "imatinib"),
        ("KRAS G12C inhibitor", "KRAS G12D inhibitor"),
        ("CDK4/6 inhibitor", "CDK2 inhibitor"),
        ("TKI anti-EGFR de 2e génération", "TKI anti-EGFR de 3e génération"),
        ("autogreffe", "allogreffe"),
        ("prednisone", "prednisolone"),
        ("sotorasib", "sorafénib"),
        ("patritumab", "patritumab déruxtécan"),
        ("I-DXd", "T-DXd"),
    ],
)
def test_pairs_that_are_never_confused(one: str, other: str) -> None:
    (first,), (second,) = agents_of(one), agents_of(other)
    assert not first & second
    for left, right in ((first, second), (second, first)):
        assert TREATMENTS.compare_all(left, right) is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("observed", "asked", "verdict"),
    [
        ("osimertinib", "egfr_inhibitor", Verdict.MET),
        ("osimertinib", "targeted_therapy", Verdict.MET),
        ("osimertinib", "egfr_tki_1g", Verdict.NOT_MET),
        ("trastuzumab_deruxtecan", "anti_her2_adc", Verdict.MET),
        ("trastuzumab_deruxtecan", "adc_topo1_payload", Verdict.MET),
        ("trastuzumab_deruxtecan", "anti_her2_mab", Verdict.NOT_MET),
        ("trastuzumab_deruxtecan", "chemotherapy", Verdict.UNKNOWN),
        ("trastuzumab_deruxtecan", "sacituzumab_govitecan", Verdict.NOT_MET),
        ("abiraterone", "arpi", Verdict.MET),
        ("enzalutamide", "abiraterone", Verdict.NOT_MET),
        ("degarelix", "adt", Verdict.MET),
        ("degarelix", "arpi", Verdict.NOT_MET),
        ("ivonescimab", "anti_pd1", Verdict.MET),
        ("ivonescimab", "antiangiogenic", Verdict.MET),
        ("idecabtagene_vicleucel", "bcma_targeted", Verdict.MET),
        ("idecabtagene_vicleucel", "immunotherapy", Verdict.UNKNOWN),
        ("teclistamab", "bcma_targeted", Verdict.MET),
        ("belantamab_mafodotin", "bcma_targeted", Verdict.MET),
        ("cpx_351", "anthracycline", Verdict.MET),
        ("iodine_131", "systemic_treatment", Verdict.NOT_MET),
        ("lutetium_psma_617", "systemic_treatment", Verdict.MET),
        ("radium_223", "systemic_treatment", Verdict.UNKNOWN),
        ("bcg", "immunotherapy", Verdict.UNKNOWN),
        ("immunotherapy", "anti_pd1", Verdict.UNKNOWN),
        ("chemotherapy", "anti_pd1_pdl1", Verdict.NOT_MET),
        ("tace", "systemic_treatment", Verdict.NOT_MET),
        ("active_surveillance", "anticancer_treatment", Verdict.NOT_MET),
        ("prednisone", "anticancer_treatment", Verdict.NOT_MET),
    ],
)
def test_what_an_observed_treatment_says_of_an_asked_one(observed: str, asked: str, verdict: Verdict) -> None:
    assert TREATMENTS.compare(observed, {asked}) is verdict


def test_every_precise_treatment_has_a_type() -> None:
    untyped = {id_ for id_ in TREATMENTS.concepts if len(TREATMENTS.below(id_)) == 1 and not types_of(id_)}
    assert untyped == OF_NO_TYPE


def test_types_are_those_of_the_form() -> None:
    assert types_of("trastuzumab_deruxtecan") == {"targeted_therapy"}
    assert types_of("bcma_targeted") == {"cell_therapy", "chemotherapy", "immunotherapy", "targeted_therapy"}
    assert types_of("bcg") == {"immunotherapy"}
    assert {type_ for id_ in TREATMENTS.concepts for type_ in types_of(id_)} == TYPES


@pytest.mark.parametrize(
    "id_", ["carboplatin", "osimertinib", "letrozole", "nivolumab", "car_t", "lutetium_psma_617", "lutetium_dotatate"]
)
def test_systemic_treatments_form_lines(id_: str) -> None:
    assert is_systemic(id_)
    assert is_line_forming(id_)


@pytest.mark.parametrize(
    "id_",
    [
        "radiotherapy",
        "stereotactic_radiotherapy",
        "surgery",
        "surgical_castration",
        "tace",
        "sirt",
        "haic",
        "hipec",
        "bcg",
        "bcg_as_immunotherapy",
        "iodine_131",
        "radium_223",
        "prednisone",
        "supportive_care",
        "active_surveillance",
    ],
)
def test_other_treatments_form_no_line(id_: str) -> None:
    assert not is_systemic(id_)
    assert not is_line_forming(id_)


def test_a_transplant_is_systemic_but_no_line_of_its_own() -> None:
    assert is_systemic("autologous_transplant")
    assert not is_line_forming("autologous_transplant")


@pytest.mark.parametrize(
    ("text", "blinded"),
    [
        ("pembrolizumab ou placebo", True),
        ("olaparib vs placebo", True),
        ("essai en double aveugle", True),
        ("pembrolizumab", False),
        ("pembrolizumab, levée de l'aveugle faite", False),
        ("atézolizumab en ouvert", False),
    ],
)
def test_blinded_arms(text: str, *, blinded: bool) -> None:
    assert is_blinded(text) is blinded


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cancer résistant à la castration, naïf d'ARSi et d'abiratérone", ["ARSi", "abiratérone"]),
        ("Castration chirurgicale ou médicale", ["Castration chirurgicale"]),
        ("Stade IA, EP récente, marge R2, déficit en DPD, IHC immuno-histochimie", []),
        ("Récepteurs aux œstrogènes positifs", []),
        ("Extrême prudence ; le flot ; ici ; un vide ; 7.3 g/dL", []),
        ("Allogreffe d'organe ou allogreffe de CSH", ["allogreffe de CSH"]),
        ("Progression après ITK anti-EGFR de 3e génération", ["ITK anti-EGFR de 3e génération"]),
        ("Prior anti-PD-1, anti-PD-L1 or CTLA-4 inhibitors", ["anti-PD-1", "anti-PD-L1", "CTLA-4 inhibitors"]),
        ("4 AC puis paclitaxel, 7 + 3 en induction", ["AC", "paclitaxel", "7 + 3"]),
    ],
)
def test_running_text(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_a_protocol_in_running_text_carries_its_agents() -> None:
    (mention,) = find_treatments("Progression sous FOLFIRI.")
    assert mention.components == (frozenset({"fluorouracil"}), frozenset({"folinic_acid"}), frozenset({"irinotecan"}))
    assert (mention.start, mention.end) == (17, 24)


def test_codes_of_the_form() -> None:
    assert treatments_of_code("frcp", "C15632") == {"chemotherapy"}
    assert treatments_of_code("frcp", "MED-126") == {"autologous_transplant", "allogeneic_transplant"}
    assert treatments_of_code("frcp", "MED-226") == frozenset()
    assert treatments_of_code("frcp", "C99999") is None


def test_running_text_rules_are_about_known_names() -> None:
    for row in rows("treatment_text_rules", columns=("text", "rule", "why")):
        assert row["rule"] in {"never", "capitals", "any_case"}
        assert agents_of(row["text"]), row["text"]


@pytest.mark.parametrize(
    ("text", "name", "ids"),
    [
        (
            "ADC portant un inhibiteur de topo-isomérase I",
            "ADC portant un inhibiteur de topo-isomérase I",
            {"adc_topo1_payload"},
        ),
        (
            "topoisomerase 1 inhibitor antibody-drug conjugate",
            "topoisomerase 1 inhibitor antibody-drug conjugate",
            {"adc_topo1_payload"},
        ),
        ("trastuzumab déruxtécan", "trastuzumab déruxtécan", {"trastuzumab_deruxtecan"}),
        (
            "agent ciblant un récepteur T co-inhibiteur",
            "agent ciblant un récepteur T co-inhibiteur",
            {"checkpoint_inhibitor"},
        ),
        ("anticorps ciblant CLDN18.2", "anticorps ciblant CLDN18.2", {"anti_cldn18_2"}),
        ("un IP et un IMiD", "IP", {"proteasome_inhibitor"}),
        ("autre immuno", "immuno", {"immunotherapy"}),
    ],
)
def test_treatments_told_by_what_they_do(text: str, name: str, ids: set[str]) -> None:
    found = {mention.name: mention.components for mention in find_treatments(text)}
    assert found[name] == (frozenset(ids),)


@pytest.mark.parametrize("text", ["immuno-histochimie", "voie IP", "ADC et topotécan", "traitement ciblant la cause"])
def test_words_that_only_resemble_them(text: str) -> None:
    assert not {"immuno", "IP", text} & set(named(text))
