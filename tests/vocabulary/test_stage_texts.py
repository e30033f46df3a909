"""Stages as people type them: TNM, groups, other systems, and what must not be read as a stage."""

import pytest

from rules.staging import (
    StageValue,
    expand_range,
    extent_of,
    find_groups,
    find_stages,
    find_tnm,
    groups_of_organs,
    groups_of_values,
    judge_group,
    judge_stage,
    judge_tnm,
    meet_groups,
    parse_group,
    parse_tnm,
    read_stage,
    system_of,
)
from rules.verdict import Verdict

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def _words(codes: frozenset[str]) -> str:
    return " ".join(sorted(codes))


@pytest.mark.parametrize(
    ("text", "t", "n", "m", "prefix"),
    [
        ("pT2bN1M0", "T2b", "N1", "M0", "p"),
        ("cT4a cN1 M0", "T4a", "N1", "M0", "c"),
        ("adénocarcinome pT3 (m) pN1 (2/15) cM0, R0", "T3", "N1", "M0", "p"),
        ("T2-3 N+", "T2 T3", "N1 N2 N3", "", ""),
        ("T2a-c N0", "T2a T2b T2c", "N0", "", ""),
        ("T1/T2 N0", "T1 T2", "N0", "", ""),
        ("T1 ou T2, N0", "T1 T2", "N0", "", ""),
        ("TxN0", "", "N0", "", ""),
        ("t2n0m0", "T2", "N0", "M0", ""),
        ("T 2 N 0 M 0", "T2", "N0", "M0", ""),
        ("M1a", "", "", "M1a", ""),
        ("métastatique M1b", "", "", "M1b", ""),
        ("N0(i+)", "", "N0", "", ""),
        ("pN1(sn)", "", "N1", "", "p"),
        ("pN1mi", "", "N1mi", "", "p"),
        ("pN1(mi)", "", "N1mi", "", "p"),
        ("Tis", "Tis", "", "", ""),
        ("pTa", "Ta", "", "", "p"),
        ("Tis N0", "Tis", "N0", "", ""),
        ("ypT0 N0", "T0", "N0", "", "yp"),
        ("rT4a N0", "T4a", "N0", "", "r"),
        ("mrT3c N2", "T3c", "N2", "", "mr"),
        ("usT3N1", "T3", "N1", "", "us"),
        ("uT2N0", "T2", "N0", "", "u"),
        ("cT1c N- M0", "T1c", "N0", "M0", "c"),
        ("≥ T3", "T3 T4", "", "", ""),
        ("T3N2M1c2", "T3", "N2", "M1c2", ""),
        ("localised (T1c/T2N0M0)", "T1c T2", "N0", "M0", ""),
    ],
)
def test_a_tnm_is_found_with_its_categories(text: str, t: str, n: str, m: str, prefix: str) -> None:
    [mention] = find_tnm(text)
    tnm = mention.tnm
    assert (_words(tnm.t), _words(tnm.n), _words(tnm.m), tnm.prefix) == (t, n, m, prefix)


@pytest.mark.parametrize(
    "text",
    [
        "T2-weighted",
        "séquence T1",
        "séquences T1 et T2",
        "IRM : T1, T2 FLAIR, diffusion",
        "hypersignal T2",
        "en T1 après gadolinium",
        "vertèbre T4",
        "fracture de T4",
        "métastases vertébrales T4-T5",
        "lésions osseuses T4 et T12",
        "L2",
        "TSH, T3, T4",
        "TSH T3 T4",
        "T4 libre normale",
        "LAM M3",
        "LAM M1 avec t(8;21)",
        "évaluation à M1",
        "consultation à M3",
        "H1N1",
        "ASAT ≤ 2,5 N",
        "ta mère",
        "CD4, lymphocytes T4",
        "IDH1 muté",
        "prélèvement à T0",
        "T790M",
        "KRAS G12C",
        "diabète de type 2",
        "N-acétylcystéine",
        "MIN",
        "NX-1607",
        "ATA guideline",
        "insulin for T1 diabetes",
    ],
)
def test_what_is_no_tnm_is_not_read_as_one(text: str) -> None:
    assert find_tnm(text) == []


def test_two_times_are_two_tnm_with_their_places() -> None:
    text = "cT3 N1 puis chimiothérapie, ypT1 ypN0"
    first, second = find_tnm(text)
    assert (text[first.start : first.end], text[second.start : second.end]) == ("cT3 N1", "ypT1 ypN0")
    assert (first.tnm.after_treatment, second.tnm.after_treatment) == (False, True)
    assert parse_tnm("rT2", "N0", None).recurrent


@pytest.mark.parametrize(
    ("t", "n", "m", "read"),
    [
        ("2a", "1", "0", ("T2a", "N1", "M0")),
        ("pT2", "N1 (sn)", "Mx", ("T2", "N1", "")),
        ("cT2N1M0", None, None, ("T2", "N1", "M0")),
        ("is", "x", "1c", ("Tis", "", "M1c")),
        ("ypT0", "ypN0", None, ("T0", "N0", "")),
        ("T2", "N2 (3/12)", "M0 (scanner)", ("T2", "N2", "M0")),
        ("T2 ou T3", "N+", None, ("T2 T3", "N1 N2 N3", "")),
        ("non évalué", "", "?", ("", "", "")),
        (None, None, None, ("", "", "")),
        ("N2", None, None, ("", "", "")),
    ],
)
def test_fields_of_a_form(t: str | None, n: str | None, m: str | None, read: tuple[str, str, str]) -> None:
    tnm = parse_tnm(t, n, m)
    assert (_words(tnm.t), _words(tnm.n), _words(tnm.m)) == read


@pytest.mark.parametrize(
    ("observed", "asked", "verdict"),
    [
        ("T2a", "T2", MET),
        ("T2", "T2a", UNKNOWN),
        ("T3", "T2", NOT_MET),
        ("T2 T3", "T3 T4", UNKNOWN),
        ("T3 T4a", "T3 T4", MET),
        ("Tis", "T1", NOT_MET),
        ("M1b", "M1", MET),
        ("N1", "N1mi", UNKNOWN),
        ("", "N0", UNKNOWN),
    ],
)
def test_judging_a_component(observed: str, asked: str, verdict: Verdict) -> None:
    assert judge_tnm(frozenset(observed.split()), frozenset(asked.split())) is verdict


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("IIIB", "IIIB"),
        ("stade 3b", "IIIB"),
        ("IVA", "IVA"),
        ("stade III", "III"),
        ("Stade III B", "IIIB"),
        ("stade III c'est-à-dire", "III"),
        ("IIIB-IV", "IIIB IIIC IIID IV"),
        ("IIIB à IV", "IIIB IIIC IIID IV"),
        ("I à III", "I II III"),
        ("IIIA-C", "IIIA IIIB IIIC"),
        ("stade IIIA/B", "IIIA IIIB"),
        ("IVA-B", "IVA IVB"),
        ("IB1-2", "IB1 IB2"),
        ("3A à 4", "III IV"),
        ("stades II, III ou IV", "II III IV"),
        ("stage IIIB/IIIC/IV", "IIIB IIIC IV"),
        ("≥ IIIB", "IIIB IIIC IIID IV"),
        ("> IIIA", "IIIB IIIC IIID IV"),
        ("≤ IIIA", "0 I II IIIA"),
        ("jusqu'à IIIA", "0 I II IIIA"),
        ("IIIB ou plus", "IIIB IIIC IIID IV"),
        ("III sauf IIIC", "IIIA IIIB IIID"),
        ("stade III (IIIC exclu)", "IIIA IIIB IIID"),
        ("III non résécable", "III"),
        ("stade iii b", "IIIB"),
        ("iiib a iv", "IIIB IIIC IIID IV"),
        ("jusqu'a iiia", "0 I II IIIA"),
        ("stade supérieur ou égal à IIIB", "IIIB IIIC IIID IV"),
        ("IIIA N2", "IIIA"),
        ("IIIA1(i)", "IIIA1"),
        ("FIGO 2018 IIIC1", "IIIC1"),
        ("stade FIGO IIIC", "IIIC"),
        ("stade pIIIC", "IIIC"),
        ("0is", "0is"),
        ("IS", "IS"),
        ("stade III, 2 lignes", "III"),
        ("Tous stades", "0 I II III IV occult"),
        ("early", ""),
        ("phase III", ""),
        ("grade 3", ""),
        ("NYHA III", ""),
        ("stade III NYHA", ""),
        ("insuffisance rénale stade 3", ""),
        ("Ann Arbor III", ""),
        ("stade III (Ann Arbor)", ""),
        ("non précisé", ""),
        ("", ""),
    ],
)
def test_groups_as_typed(text: str, groups: str) -> None:
    assert _words(parse_group(text)) == groups


def test_groups_in_a_running_text_need_their_word() -> None:
    text = "Carcinome de stade IIIA, voie IV, 3 cures ; NYHA stade II ; CBNPC stade IV d'emblée."
    assert [text[mention.start : mention.end] for mention in find_groups(text)] == ["stade IIIA", "stade IV"]
    assert find_groups("essai de phase II, grade III, 2 mg en IV") == []


@pytest.mark.parametrize(
    ("observed", "asked", "organ", "verdict"),
    [
        ("IIIB", "III", "", MET),
        ("III", "IIIB", "", UNKNOWN),
        ("IIIA", "IIIB", "", NOT_MET),
        ("III", "IIIA IIIB IIIC", "", MET),
        ("III", "IIIA IIIB IIIC", "skin", UNKNOWN),
        ("III", "IIIA IIIB", "", UNKNOWN),
        ("III", "IIIA IIIB", "kidney", UNKNOWN),
        ("IV", "IVA IVB", "", UNKNOWN),
        ("IV", "IVA IVB", "lung", MET),
        ("IV", "IVA IVB", "larynx", UNKNOWN),
        ("I", "II", "", NOT_MET),
        ("II", "I", "", NOT_MET),
        ("IIIB IIIC", "III IV", "", MET),
        ("IIIA IIIB", "IIIB IV", "", UNKNOWN),
        ("IVC", "III IVA IVB", "", NOT_MET),
        ("", "IV", "", UNKNOWN),
        ("IV", "", "", UNKNOWN),
    ],
)
def test_judging_a_group(observed: str, asked: str, organ: str, verdict: Verdict) -> None:
    within = groups_of_organs(frozenset({organ})) if organ else None
    assert judge_group(frozenset(observed.split()), frozenset(asked.split()), within=within) is verdict


def test_two_statements_meet_where_they_agree() -> None:
    assert meet_groups(frozenset({"III"}), frozenset({"IIIB", "IV"})) == {"IIIB"}
    assert meet_groups(frozenset({"I"}), frozenset({"II", "III"})) == frozenset()
    assert expand_range("IIIB", "IIIC") == {"IIIB", "IIIC"}


@pytest.mark.parametrize(
    ("system", "value", "codes"),
    [
        ("Binet", "B", "binet B"),
        ("Binet", "a un stade C", "binet C"),
        ("Rai", "III-IV", "rai III IV"),
        ("ISS", "3", "iss III"),
        ("R-ISS", "II", "r_iss II"),
        ("R2-ISS", "III", "r2_iss III"),
        ("BCLC", "B-C", "bclc B C"),
        ("Gleason/ISUP", "4+3=7", "isup 3"),
        ("Gleason", "3 + 4 = 7", "isup 2"),
        ("Gleason", "7 (3+4)", "isup 2"),
        ("Gleason", "7", "isup 2 3"),
        ("Gleason", "≥ 8", "isup 4 5"),
        ("Gleason", "8-10", "isup 4 5"),
        ("Gleason", "6", "isup 1"),
        ("Gleason/ISUP", "Gleason 8 (4+4), ISUP 4", "isup 4"),
        ("Gleason/ISUP", "3", "isup 3"),
        ("ISUP", "2 à 4", "isup 2 3 4"),
        ("ELN 2022", "défavorable", "eln_2022 adverse"),
        ("ELN", "intermédiaire-2", "eln intermediate"),
        ("IPSS-R", "élevé ou très élevé", "ipss_r high very_high"),
        ("IPSS", "int-2", "ipss intermediate_2"),
        ("IPSS", "intermédiaire", "ipss intermediate_1 intermediate_2"),
        ("IPI", "≥ 3", "ipi 3 4 5"),
        ("aaIPI", "2-3", "aaipi 2 3"),
        ("IPI", "3 (âge, stade, LDH > 1 N)", "ipi 3"),
        ("Gleason", "< 7 and PSA < 10 ng/mL", "isup 1"),
        ("FLIPI", "élevé", "flipi 3 4 5"),
        ("IGCCCG", "mauvais pronostic", "igcccg poor"),
        ("Ann Arbor", "IIIB", "ann_arbor IIIB"),
        ("Ann Arbor", "IIEA", "ann_arbor IIA"),
        ("Ann Arbor", "III-IV", "ann_arbor III IV"),
        ("Lugano", "II bulky", "ann_arbor II"),
        ("FIGO", "3c", "figo IIIC"),
        ("FIGO", "grade 1", ""),
        ("Breslow", "2,3 mm", "breslow [2.3;2.3]"),
        ("Breslow", "> 1 mm", "breslow (1.0;inf]"),
        ("SBR", "grade III", "sbr III"),
        ("OMS SNC", "4", "who_cns 4"),
        ("Siewert", "II", "siewert II"),
        ("CPC", "disséminé", "valg extensive"),
        ("Masaoka-Koga", "IVA", "masaoka IVA"),
        ("D'Amico", "haut risque", "damico high"),
        ("Child-Pugh", "A", "child_pugh A5 A6"),
        ("Child-Pugh", "≤ B7", "child_pugh A5 A6 B7"),
        ("IMDC", "1-2", "imdc intermediate"),
        ("OMS TNE", "G2", "who_net G2"),
        ("Fuhrman", "3", "fuhrman 3"),
        ("UICC", "IIIB", "uicc IIIB"),
        ("INSS", "4S", "inss 4S"),
        ("INRG", "MS", "inrg MS"),
        ("inconnu", "III", ""),
        ("Binet", "non fait", ""),
    ],
)
def test_values_of_other_systems(system: str, value: str, codes: str) -> None:
    name, *wanted = codes.split() or [""]
    assert read_stage(system, value) == {StageValue(name, code) for code in wanted}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LLC stade B de Binet, del(17p)", ["stade B de Binet"]),
        ("myélome ISS III, R-ISS II", ["ISS III", "R-ISS II"]),
        ("lymphome stade IV Ann Arbor, IPI 3", ["stade IV Ann Arbor", "IPI 3"]),
        ("CHC BCLC B, Child-Pugh A5", ["BCLC B", "Child-Pugh A5"]),
        ("nivolumab + ipi 1 mg/kg", []),
        ("NIVO 3 mg/kg - IPI 1 mg/kg", []),
        ("sous IRS depuis 2 mois", []),
        ("father a child for 6 months", []),
        ("Breslow thickness ≥ 0.8 mm", ["Breslow thickness ≥ 0.8 mm"]),
        ("patient en bon état général", []),
    ],
)
def test_systems_in_a_running_text(text: str, found: list[str]) -> None:
    assert [text[mention.start : mention.end] for mention in find_stages(text)] == found


def _typed(*pairs: tuple[str, str]) -> frozenset[StageValue]:
    return frozenset().union(*(read_stage(system, value) for system, value in pairs))


@pytest.mark.parametrize(
    ("observed", "asked", "verdict", "why"),
    [
        ([("Binet", "C")], [("Binet", "B ou C")], MET, ""),
        ([("Binet", "A")], [("Binet", "B ou C")], NOT_MET, ""),
        ([("Binet", "A")], [("Rai", "0")], UNKNOWN, "no conversion"),
        ([("Binet", "A"), ("Rai", "I")], [("Rai", "I-II")], MET, "the asked system is stated"),
        ([("Gleason", "4+3")], [("ISUP", "≥ 3")], MET, ""),
        ([("Gleason", "7")], [("ISUP", "3")], UNKNOWN, "3+4 or 4+3"),
        ([("ISUP", "5")], [("Gleason", "8-10")], MET, ""),
        ([("Ann Arbor", "IIIB")], [("Ann Arbor", "III-IV")], MET, ""),
        ([("ELN", "défavorable")], [("ELN 2022", "défavorable")], UNKNOWN, "the edition is not stated"),
        ([("ISS", "III")], [("R-ISS", "III")], UNKNOWN, ""),
        ([("ISS", "I")], [("ISS", "III"), ("R-ISS", "III")], UNKNOWN, "any of them, one unknown"),
        ([("VALG", "limité")], [("UICC", "I-III")], MET, ""),
        ([("VALG", "étendu")], [("UICC", "IV")], UNKNOWN, "extensive is not exactly M1"),
        ([("VALG", "limité")], [("UICC", "IV")], NOT_MET, ""),
        ([("UICC", "IIIB")], [("VALG", "limité")], UNKNOWN, ""),
        ([("UICC", "IVA")], [("VALG", "étendu")], MET, ""),
        ([("Breslow", "2,3 mm")], [("Breslow", "> 2 mm")], MET, ""),
        ([("Breslow", "2,0 mm")], [("Breslow", "> 2 mm")], NOT_MET, ""),
        ([("Breslow", "1-3 mm")], [("Breslow", "> 2 mm")], UNKNOWN, ""),
        ([("Child-Pugh", "A")], [("Child-Pugh", "≤ B7")], MET, ""),
        ([], [("Binet", "A")], UNKNOWN, "silence"),
    ],
)
def test_judging_other_systems(
    observed: list[tuple[str, str]], asked: list[tuple[str, str]], verdict: Verdict, why: str
) -> None:
    assert judge_stage(_typed(*observed), _typed(*asked)) is verdict, why


def test_figo_is_uicc_in_the_ovary_only() -> None:
    figo = read_stage("FIGO", "IIIC")
    asked = frozenset({StageValue("uicc", "III")})
    assert judge_stage(figo, asked, organs=frozenset({"ovary"})) is MET
    assert judge_stage(figo, asked, organs=frozenset({"cervix"})) is UNKNOWN
    assert judge_stage(figo, asked) is UNKNOWN
    assert groups_of_values(figo, organs=frozenset({"fallopian_tube"})) == {"IIIC"}
    assert groups_of_values(figo, organs=frozenset({"cervix"})) == frozenset()
    assert system_of("stade de Binet") == "binet"


@pytest.mark.parametrize(
    ("organ", "groups", "tnm", "extents", "why"),
    [
        ("lung", "IV", "", "metastatic", ""),
        ("lung", "IIIB", "", "locally_advanced", ""),
        ("lung", "IIIA", "", "localised locally_advanced", ""),
        ("lung", "", "T2aN0M0", "localised", "IB in every edition"),
        ("lung", "", "T3N0M0", "borderline localised", "IIB: operable"),
        ("larynx", "IVA", "", "locally_advanced", "M0 there"),
        ("larynx", "", "cT4a cN1 M0", "locally_advanced", ""),
        ("larynx", "IV", "", "locally_advanced metastatic", ""),
        ("head_and_neck", "IVA", "", "localised locally_advanced metastatic", ""),
        ("ovary", "IIIC", "", "locally_advanced", "peritoneum is not M1"),
        ("kidney", "IV", "", "localised locally_advanced metastatic", "T4 or M1"),
        ("kidney", "IV", "T1N0M1", "metastatic", ""),
        ("breast", "", "M1", "metastatic", ""),
        ("breast", "IA", "", "localised", ""),
        ("breast", "IIIB", "", "locally_advanced", "T4"),
        ("breast", "", "cT2 cN1 M0", "borderline localised", "IIB: operable"),
        ("breast", "IIIA", "", "localised locally_advanced", ""),
        ("tonsil", "", "T2N0M0", "localised", "whatever p16 is"),
        ("tonsil", "", "T2N1M0", "localised locally_advanced", ""),
        ("tonsil", "", "T2N0", "localised locally_advanced metastatic", "M not told"),
        ("tonsil", "IVA", "T2N0M0", "localised locally_advanced", "a contradiction settles nothing"),
        ("skin", "IIC", "", "borderline localised", ""),
        ("colon", "IV", "", "metastatic", ""),
        ("colon", "", "T3N2aM0", "localised locally_advanced", "IIIB"),
        ("rectum", "I", "", "localised", ""),
        ("rectum", "", "T1N0M0", "localised locally_advanced", "a GIST is not ruled out"),
        ("prostate", "IVA", "", "locally_advanced", "N1 is not distant"),
        ("prostate", "IVB", "", "metastatic", ""),
        ("pancreas", "IA", "", "localised", ""),
        ("pancreas", "III", "", "localised locally_advanced", "N2 too"),
        ("pancreas", "IV", "", "metastatic", ""),
        ("stomach", "IA", "", "localised", ""),
        ("stomach", "IVB", "", "metastatic", ""),
        ("oesophagus", "IVA", "", "localised locally_advanced", "M0"),
        ("bladder", "I", "", "localised", ""),
        ("bladder", "IIIB", "", "locally_advanced", ""),
        ("bladder", "IVA", "", "locally_advanced metastatic", "T4b or M1a"),
        ("liver", "II", "", "localised", ""),
        ("liver", "IVA", "", "localised locally_advanced", "N1 is not distant"),
        ("liver", "IVB", "", "metastatic", ""),
        ("cervix", "IIB", "", "locally_advanced", ""),
        ("cervix", "IVA", "", "locally_advanced", "bladder or rectum"),
        ("cervix", "IVB", "", "metastatic", ""),
        ("nasopharynx", "", "T4N2M0", "locally_advanced", ""),
        ("corpus_uteri", "IA", "", "localised", ""),
        ("cns", "", "M0", "localised locally_advanced", ""),
        ("lymphoma", "IV", "", "localised locally_advanced metastatic", ""),
        ("", "IV", "", "localised locally_advanced metastatic", "organ not known"),
        ("lung", "", "", "localised locally_advanced metastatic", "silence"),
        ("lung", "IV", "M0", "localised locally_advanced metastatic", "a contradiction settles nothing"),
    ],
)
def test_extent(organ: str, groups: str, tnm: str, extents: str, why: str) -> None:
    found = extent_of(
        organs=frozenset({organ} - {""}),
        groups=frozenset(groups.split()),
        tnm=find_tnm(tnm)[0].tnm if tnm else None,
        age=None,
    )
    assert _words(found) == extents, why
