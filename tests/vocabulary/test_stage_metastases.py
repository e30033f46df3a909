"""What a stage group says of metastases, and an organ of its groups, against the published tables."""

import pytest

from rules.staging import Tnm, find_tnm, groups_of_m, groups_of_organs, groups_of_tnm, m_of_group
from rules.staging.groups import GROUP_TREE


@pytest.mark.parametrize(
    ("organ", "group", "m", "why"),
    [
        ("lung", "IV", {"M1"}, "stage IV of the lung is M1"),
        ("lung", "IIIB", {"M0"}, ""),
        ("breast", "IV", {"M1"}, ""),
        ("colon", "IV", {"M1"}, ""),
        ("rectum", "IVA", {"M1"}, ""),
        ("pancreas", "IV", {"M1"}, ""),
        ("larynx", "IVA", {"M0"}, "T4a or N2"),
        ("larynx", "IV", {"M0", "M1"}, "IVA and IVB are M0, IVC is M1"),
        ("larynx", "IVC", {"M1"}, ""),
        ("head_and_neck", "IVA", {"M0", "M1"}, "M1a in a nasopharynx of the 9th edition"),
        ("cervix", "IVA", {"M0"}, "bladder or rectum"),
        ("cervix", "IVB", {"M1"}, ""),
        ("corpus_uteri", "IVA", {"M0"}, ""),
        ("bladder", "IVA", {"M0", "M1"}, "T4b or M1a"),
        ("bladder", "IVB", {"M1"}, ""),
        ("prostate", "IVA", {"M0"}, "N1"),
        ("prostate", "IV", {"M0", "M1"}, ""),
        ("oesophagus", "IVA", {"M0"}, ""),
        ("stomach", "IVA", {"M0"}, "T4b, clinical"),
        ("stomach", "IV", {"M0", "M1"}, ""),
        ("liver", "IVA", {"M0"}, "N1"),
        ("thymus", "IVA", {"M0", "M1"}, ""),
        ("kidney", "IV", {"M0", "M1"}, "T4"),
        ("testis", "III", {"M0", "M1"}, "serum markers, or M1 without a stage IV"),
        ("thyroid", "II", {"M0", "M1"}, "M1 under 55"),
        ("ovary", "IIIC", {"M0"}, "peritoneum is not M1"),
        ("ovary", "IV", {"M1"}, ""),
        ("gallbladder", "IVB", {"M0", "M1"}, "N2"),
        ("lymphoma", "IV", {"M0", "M1"}, "no TNM"),
        ("cns", "IV", {"M0", "M1"}, "no TNM"),
    ],
)
def test_a_group_implies_metastases_only_where_it_demands_them(organ: str, group: str, m: set[str], why: str) -> None:
    assert m_of_group(frozenset({organ}), group) == m, why


def test_histology_and_age_decide_where_the_organ_does_not() -> None:
    skin, thyroid = frozenset({"skin"}), frozenset({"thyroid"})
    assert m_of_group(skin, "IV") == {"M0", "M1"}
    assert m_of_group(skin, "IV", histologies=frozenset({"cutaneous_melanoma"})) == {"M1"}
    papillary = frozenset({"papillary_thyroid_carcinoma"})
    assert m_of_group(thyroid, "II", edition=8, age=40, histologies=papillary) == {"M1"}
    assert groups_of_m(thyroid, "M1", edition=8, age=40, histologies=papillary) == {"II"}
    assert groups_of_m(frozenset({"lung"}), "M1", edition=8) == {"IVA", "IVB"}
    assert groups_of_m(frozenset({"testis"}), "M1") == {"IIIA", "IIIB", "IIIC"}


def test_several_organs_join_and_an_unknown_one_tells_nothing() -> None:
    tnm = find_tnm("T2N0M0")[0].tnm
    both = groups_of_tnm(organs=frozenset({"breast", "larynx"}), tnm=tnm, edition=8)
    assert both == {"IIA", "II"}
    assert groups_of_tnm(organs=frozenset({"breast", "cns"}), tnm=tnm, edition=8) == frozenset()
    assert groups_of_tnm(organs=frozenset(), tnm=tnm, edition=8) == frozenset()
    assert groups_of_organs(frozenset({"cns"})) is None


def test_a_histology_that_no_table_of_the_organ_holds_tells_nothing() -> None:
    tnm = find_tnm("T2N0M0")[0].tnm
    angiosarcoma = frozenset({"angiosarcoma"})
    assert groups_of_tnm(organs=frozenset({"breast"}), tnm=tnm, edition=8, histologies=angiosarcoma) == frozenset()


def test_nothing_of_the_tnm_known_tells_nothing() -> None:
    assert groups_of_tnm(organs=frozenset({"lung"}), tnm=Tnm(), edition=8) == frozenset()


def test_the_groups_of_an_organ_say_what_a_numeral_is_made_of() -> None:
    within = groups_of_organs(frozenset({"lung"}))
    assert within is not None
    assert {"IIIA", "IIIB", "IIIC"} <= within
    assert not any(GROUP_TREE.covers("IIID", group) for group in within)
