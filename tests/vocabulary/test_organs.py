"""Primary sites and sites of metastasis: codes, words, and what must never be taken for another."""

import csv
from importlib.resources import files

import pytest

from rules.organs import (
    CODE_SYSTEMS,
    METASTATIC_SITE_NAMES,
    METASTATIC_SITES,
    ORGAN_NAMES,
    ORGANS,
    is_known_code,
    is_metastatic_code,
    organs_of_code,
    with_wholes,
)
from rules.terms import read_term
from rules.text import key
from rules.verdict import Verdict

APPAREILS = [
    "387910009",
    "57171008",
    "1290040004",
    "81745001",
    "272673000",
    "39937001",
    "76752008",
    "86762007",
    "53065001",
    "90264002",
    "25087005",
    "122489005",
    "312419003",
    "87784001",
    "119253004",
]
ORGANES = [
    "C3211",
    "C88",
    "C9357",
    "C3483",
    "C3163",
    "C3167",
    "C3172",
    "C3171",
    "C3174",
    "C4861",
    "C9300",
    "C27262",
    "C3242",
    "MED-237",
    "MED-251",
    "303270005",
    "MED-255",
    "306721000",
    "4596009",
    "3120008",
    "74262004",
    "48477009",
    "21974007",
    "54066008",
    "32849002",
    "69695003",
    "30315005",
    "385294005",
    "15776009",
    "431491007",
    "64033007",
    "89837001",
    "C94529",
    "23952005",
    "71252005",
    "15497006",
    "18911002",
    "41216001",
    "40689003",
    "21483005",
    "84782009",
    "23451007",
    "69748006",
    "72410000",
    "C12664",
    "39937001",
    "76752008",
    "87784001",
    "1290040004",
    "57171008",
    "119253004",
    "86762007",
    "122489005",
    "312419003",
    "53065001",
    "90264002",
    "387910009",
]
NOT_IN_CIM10 = {"C27", "C28", "C29", "C35", "C36", "C42", "C59", "C87", "C89", "C98", "C99", "D08"}
SAYS_NOTHING = {"C26", "C76", "C77", "C78", "C79", "C80", "C97", "D09", "D17", "D18", "D36", "D48"}
THREE_CHARACTERS = [f"C{n:02d}" for n in range(100)] + [f"D{n:02d}" for n in range(49)]


def code_rows() -> list[dict[str, str]]:
    text = files("rules.vocabulary").joinpath("organ_codes.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def primary(text: str) -> frozenset[str]:
    return read_term(text, ORGAN_NAMES, ORGANS).concepts


def judge(code: str, *asked: str) -> Verdict:
    wanted = frozenset().union(*(organs_of_code("cim-10", one) for one in asked))
    return ORGANS.compare_all(organs_of_code("cim-10", code), with_wholes(wanted))


@pytest.mark.parametrize("code", APPAREILS)
def test_every_appareil_of_the_frcp_is_an_organ(code: str) -> None:
    assert organs_of_code("frcp-appareil", code)


def test_the_57_organes_of_the_frcp_are_organs() -> None:
    assert len(ORGANES) == 57
    assert [code for code in ORGANES if not organs_of_code("frcp-organe", code)] == []


@pytest.mark.parametrize("code", THREE_CHARACTERS)
def test_every_three_character_tumour_code_is_covered(code: str) -> None:
    assert is_known_code("cim-10", code) == (code not in NOT_IN_CIM10)
    assert bool(organs_of_code("cim-10", code)) == (code not in NOT_IN_CIM10 | SAYS_NOTHING)


# The lingual tonsil is oropharynx (UICC), though C02 is otherwise the mobile tongue.
APART_FROM_THEIR_CATEGORY = {"C02.4"}
SUBCATEGORIES = [
    row["code"]
    for row in code_rows()
    if row["system"] == "cim-10" and "." in row["code"] and row["ids"] and row["code"] not in APART_FROM_THEIR_CATEGORY
]


@pytest.mark.parametrize("code", [code for code in SUBCATEGORIES if code[:3] not in SAYS_NOTHING])
def test_a_code_is_never_ruled_out_of_a_trial_that_asks_its_category(code: str) -> None:
    assert judge(code, code[:3]) is not Verdict.NOT_MET


@pytest.mark.parametrize(
    ("system", "code", "organs"),
    [
        ("cim-10", "C50.2", {"breast"}),
        ("cim-10", "C502", {"breast"}),
        ("cim-10", " c34.1 ", {"lung"}),
        ("cim-10", "C16.9+0", {"stomach"}),
        ("cim-10", "C49.30", {"soft_tissue"}),
        ("cim-10", "C80.0", {"unknown_primary"}),
        ("cim-10", "C83.3", {"nhl"}),
        ("cim-10", "C91.1", {"cll"}),
        ("cim-10", "C45.0", {"pleura"}),
        ("cim-10", "C45.1", {"peritoneum"}),
        ("cim-10", "C69.3", {"choroid"}),
        ("cim-10", "D05.1", {"breast"}),
        ("cim-10", "D32.0", {"meninges"}),
        ("cim-10", "D46.9", {"mds"}),
        ("cim-o-3", "C42.1", {"haematologic"}),
        ("cim-o-3", "C44.5", {"skin"}),
        ("cim-o-3", "C34.1", {"lung"}),
        ("frcp-organe", "C88", {"immunoproliferative"}),
        ("frcp-organe", "MED-255", {"lung", "trachea"}),
    ],
)
def test_what_a_code_names(system: str, code: str, organs: set[str]) -> None:
    assert organs_of_code(system, code) == organs


@pytest.mark.parametrize(
    ("system", "code"),
    [
        *(
            ("cim-10", code)
            for code in ("C77", "C77.9", "C78.0", "C78.7", "C79.3", "C80", "C80.9", "C76.1", "C26.9", "C97")
        ),
        *(("cim-o-3", code) for code in ("C77.1", "C80.9", "C76.2")),
    ],
)
def test_a_code_that_says_nothing_of_the_primary_is_known_and_empty(system: str, code: str) -> None:
    assert organs_of_code(system, code) == frozenset()
    assert is_known_code(system, code)


@pytest.mark.parametrize(
    ("system", "code"),
    [
        *(("cim-10", code) for code in ("", "C", "C5", "C99", "I50.0", "poumon", "C50.2A")),
        ("frcp-organe", "C8"),
        ("frcp-organe", "C881"),
        ("adicap", "C34"),
    ],
)
def test_what_is_no_code_of_a_tumour_is_unknown(system: str, code: str) -> None:
    assert not is_known_code(system, code)
    assert organs_of_code(system, code) == frozenset()


def test_metastatic_codes() -> None:
    metastatic = ("C77.1", "C78", "C79.3", "C787")
    assert all(is_metastatic_code("cim-10", code) for code in metastatic)
    assert not any(is_metastatic_code("cim-10", code) for code in ("C34.1", "C80.0", "C80.9", "C7", ""))
    assert not is_metastatic_code("cim-o-3", "C77.1"), "a lymph node may be the primary site of a lymphoma"
    assert not is_metastatic_code("frcp-organe", "C78")


@pytest.mark.parametrize(
    ("code", "asked", "verdict"),
    [
        ("C16.0", ["C16"], Verdict.MET),
        ("C16.0", ["C15", "C16"], Verdict.MET),
        ("C16.0", ["C15"], Verdict.UNKNOWN),
        ("C16.9", ["C15"], Verdict.NOT_MET),
        ("C16.2", ["C16.0"], Verdict.NOT_MET),
        ("C18.7", ["C20"], Verdict.NOT_MET),
        ("C20", ["C18"], Verdict.NOT_MET),
        ("C19", ["C18"], Verdict.UNKNOWN),
        ("C19", ["C18", "C20"], Verdict.MET),
        ("C57.0", ["C56"], Verdict.UNKNOWN),
        ("C56", ["C45.1"], Verdict.NOT_MET),
        ("C48.2", ["C56", "C57.0"], Verdict.UNKNOWN),
        ("C24.1", ["C22.1", "C23", "C24.0"], Verdict.UNKNOWN),
        ("C22.9", ["C22.1"], Verdict.UNKNOWN),
        ("C25.0", ["C22"], Verdict.NOT_MET),
        ("C54.9", ["C54.1"], Verdict.MET),
        ("C53.1", ["C54"], Verdict.NOT_MET),
        ("C55", ["C53"], Verdict.UNKNOWN),
        ("C91.1", ["C83.0"], Verdict.UNKNOWN),
        ("C81.9", ["C85.9"], Verdict.NOT_MET),
        ("C92.0", ["C91.0"], Verdict.NOT_MET),
        ("C95.0", ["C92.0"], Verdict.UNKNOWN),
        ("C64", ["C65", "C66"], Verdict.NOT_MET),
        ("C48.0", ["C49"], Verdict.MET),
        ("C01", ["C10"], Verdict.MET),
        ("C01", ["C04", "C06"], Verdict.NOT_MET),
        ("C80.0", ["C34"], Verdict.NOT_MET),
        ("C80.9", ["C34"], Verdict.UNKNOWN),
        ("C79.3", ["C71"], Verdict.UNKNOWN),
        ("C69.9", ["C69.3", "C69.4"], Verdict.UNKNOWN),
    ],
)
def test_what_a_case_code_says_of_the_codes_of_a_trial(code: str, asked: list[str], verdict: Verdict) -> None:
    assert judge(code, *asked) is verdict


def test_parts_together_ask_the_whole() -> None:
    asked = frozenset({"colon", "rectosigmoid", "rectum"})
    assert ORGANS.compare("colorectum", asked) is Verdict.UNKNOWN
    assert ORGANS.compare("colorectum", with_wholes(asked)) is Verdict.MET
    assert with_wholes(frozenset({"choroid", "iris_ciliary_body"})) >= {"uvea"}
    assert with_wholes(frozenset({"renal_pelvis", "ureter", "bladder", "urethra"})) >= {"urothelium"}
    assert with_wholes(frozenset({"ovary"})) == {"ovary"}
    assert "eye" not in with_wholes(frozenset({"uvea"}))


def test_every_organ_is_solid_or_haematologic_and_none_is_both() -> None:
    solid, blood = ORGANS.below("solid_site"), ORGANS.below("haematologic")
    assert not solid & blood
    assert solid | blood == set(ORGANS.concepts)
    assert METASTATIC_SITES.below("distant_site") == set(METASTATIC_SITES.concepts)


@pytest.mark.parametrize(
    ("typed", "organs"),
    [
        ("K bronchique LSD", {"lung"}),
        ("Cancer bronchique lobe moyen", {"lung"}),
        ("LIG", {"lung"}),
        ("ADK du hile pulmonaire", {"lung"}),
        ("Carcinome épidermoïde des VADS", {"head_and_neck"}),
        ("JOG", {"oesophagogastric_junction"}),
        ("adénocarcinome du cardia, Siewert II", {"siewert_2"}),
        ("Œsophage", {"oesophagus"}),
        ("oesophage", {"oesophagus"}),
        ("côlon", {"colon"}),
        ("COLONS", {"colon"}),
        ("K colon droit", {"right_colon"}),
        ("sigmoïde", {"sigmoid"}),
        ("charnière recto-sigmoïdienne", {"rectosigmoid"}),
        ("ADK du bas rectum", {"lower_rectum"}),
        ("QSE sein gauche", {"breast"}),
        ("tête du pancréas", {"pancreas"}),
        ("VBIH", {"intrahepatic_bile_duct"}),
        ("VBP", {"extrahepatic_bile_duct"}),
        ("cholangiocarcinome hilaire", {"perihilar_bile_duct"}),
        ("corps utérin", {"corpus_uteri"}),
        ("endomètre", {"corpus_uteri"}),
        ("K du col", {"cervix"}),
        ("plancher buccal", {"oral_cavity"}),
        ("sillon amygdaloglosse", {"oropharynx"}),
        ("SNC", {"cns"}),
        ("CUP", {"unknown_primary"}),
        ("métastases hépatiques de primitif inconnu", {"unknown_primary"}),
        ("TVES", {"upper_urinary_tract"}),
        ("LLC", {"cll"}),
        ("lymphome cérébral primitif", {"nhl"}),
        ("lymphome gastrique", {"nhl"}),
        ("triple-negative breast cancer", {"breast"}),
        ("gastric or gastroesophageal junction adenocarcinoma", {"stomach", "oesophagogastric_junction"}),
        ("mésothéliome", {"pleura", "peritoneum", "heart"}),
        ("cuisse", {"soft_tissue", "skin", "bone"}),
    ],
)
def test_words_that_name_a_primary(typed: str, organs: set[str]) -> None:
    assert primary(typed) == organs


@pytest.mark.parametrize(
    "text",
    [
        "traitement per os",
        "OS at 12 months",
        "all patients",
        "alk",
        "phosphatases alcalines",
        "côté droit",
        "agoniste de la LH-RH",
        "3 mm",
        "response rate",
        "thrombose du sinus veineux",
        "étude à deux bras",
        "la maladie",
        "col",
        "infarctus du myocarde",
    ],
)
def test_words_that_name_no_organ(text: str) -> None:
    assert ORGAN_NAMES.find(text) == []


@pytest.mark.parametrize(
    "text", ["métastase hépatique", "métastases osseuses", "brain metastases", "carcinose péritonéale"]
)
def test_a_metastasis_is_not_the_name_of_a_primary(text: str) -> None:
    assert ORGAN_NAMES.exact(text) == frozenset()


@pytest.mark.parametrize(
    ("typed", "sites"),
    [
        ("os", {"bone"}),
        ("osseuses", {"bone"}),
        ("foie", {"liver"}),
        ("hépatique", {"liver"}),
        ("surrénale", {"adrenal"}),
        ("carcinose péritonéale", {"peritoneum"}),
        ("cérébral", {"brain"}),
        ("brain", {"brain"}),
        ("ganglionnaire", {"lymph_node"}),
        ("ADP", {"lymph_node"}),
        ("ADP sus-claviculaire", {"supraclavicular_lymph_node"}),
        ("ganglions à distance", {"distant_lymph_node"}),
        ("méningite carcinomateuse", {"meninges"}),
        ("moelle osseuse", {"bone_marrow"}),
        ("médiastin", {"mediastinum", "mediastinal_lymph_node"}),
        ("sous-cutané", {"subcutaneous"}),
    ],
)
def test_sites_of_metastasis_as_typed(typed: str, sites: set[str]) -> None:
    assert METASTATIC_SITE_NAMES.exact(typed) == sites


def test_what_is_visceral() -> None:
    visceral = METASTATIC_SITES.below("visceral")
    assert {"liver", "lung", "pleura", "peritoneum", "adrenal", "brain"} <= visceral
    assert not visceral & {"bone", "bone_marrow", "lymph_node", "distant_lymph_node", "skin", "soft_tissue"}


def test_the_same_word_is_a_primary_or_a_metastasis_by_where_it_is_typed() -> None:
    assert ORGAN_NAMES.exact("foie") == {"liver"}
    assert METASTATIC_SITE_NAMES.exact("foie") == {"liver"}
    assert METASTATIC_SITES.compare("brain", {"cns"}) is Verdict.MET
    assert METASTATIC_SITES.compare("meninges", {"brain"}) is Verdict.NOT_MET
    assert METASTATIC_SITES.compare("cns", {"brain"}) is Verdict.UNKNOWN


@pytest.mark.parametrize("name", ["organ_names", "metastatic_site_names"])
def test_no_name_stands_twice(name: str) -> None:
    text = files("rules.vocabulary").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    keys = [key(row["text"]) for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))]
    assert len(keys) == len(set(keys))
    assert len(keys) >= 400


def test_code_systems_are_those_of_the_table() -> None:
    assert {row["system"] for row in code_rows()} == set(CODE_SYSTEMS)


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("tumeur du col", "cervix"),
        ("tumeur du col vésical", "bladder"),
        ("cancer des sinus", "nasal_sinus"),
        ("cancer des sinus piriformes", "hypopharynx"),
        ("néo gastrique", "stomach"),
        ("K base de langue", "base_of_tongue"),
    ],
)
def test_a_word_more_makes_another_site(text: str, organ: str) -> None:
    assert ORGAN_NAMES.exact(text) == {organ}


@pytest.mark.parametrize("text", ["ADP cervicale", "curage cervical", "néovessie", "chimio néo"])
def test_a_node_or_a_pouch_is_no_primary(text: str) -> None:
    assert not ORGAN_NAMES.find(text)
