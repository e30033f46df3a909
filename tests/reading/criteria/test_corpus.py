"""The corpus is well written, every sentence of it survives its reading, and what rules out is right often enough."""

import re

import pytest

from rules.kinds import KEY_KINDS, Polarity
from rules.reading.criteria_text import read_criteria
from rules.text import fold
from tests.reading.criteria.corpus import TABLES
from tests.reading.criteria.leaves import formula
from tests.reading.criteria.logic import entails
from tests.reading.criteria.measured import Count, measured, together
from tests.reading.criteria.rows import Row

ROWS = [row for rows in TABLES.values() for row in rows]
RULING_OUT = 0.98
"""The least share of the read criteria that rule out where the sentence does: the corpus as it is read today."""

ALIKE = (
    ("prior 1-1", "line 2-2"),
    ("no HR", "no ER & no PR"),
    ("prior 0-0", "not treated systemic_treatment in advanced"),
    ("hiv | hepatitis_b", "hiv,hepatitis_b"),
    ("washout 28 chemotherapy", "not treated chemotherapy within 4w"),
    ("HER2", "HER2{3+,2+/ISH+}"),
    ("PD-L1>=1<50% TPS", "PD-L1>=1% & PD-L1<50%"),
    ("age 18- & age -75", "age 18-75"),
    ("organ tubo_ovarian", "organ ovary,fallopian_tube,primary_peritoneum"),
    ("organ head_and_neck & histology squamous_cell_carcinoma", "organ head_and_neck & histology hnscc"),
    ("sex male & organ prostate", "organ prostate"),
    ("not (hiv | gout)", "not hiv & not gout"),
)
NARROWER = (
    ("KRAS[G12C]", "KRAS[mutation]"),
    ("stage IIIB", "stage III"),
    ("osteoporosis | hepatitis_b active", "osteoporosis | hepatitis_b"),
    ("other cancer within 3y except basal_cell_carcinoma", "other cancer within 5y"),
    ("treated pembrolizumab in adjuvant", "treated anti_pd1"),
    ("prior 2- of chemotherapy", "prior 1-"),
    ("neutrophils >=1.5 G/L", "neutrophils >1000 /mm3"),
    ("metastasis liver only", "metastasis visceral"),
    ("organ colon", "organ colorectum"),
)
ILL_WRITTEN = ("zorglub", "organ zorglub", "ecog 0 to 1", "(age 18-", "age 18- &  & sex male", "treated surgery on 3")


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_means_the_same_is_the_same(one: str, other: str) -> None:
    assert entails(formula(one), formula(other))
    assert entails(formula(other), formula(one))


@pytest.mark.parametrize(("narrow", "wide"), NARROWER)
def test_what_asks_more_is_told_apart(narrow: str, wide: str) -> None:
    assert entails(formula(narrow), formula(wide))
    assert not entails(formula(wide), formula(narrow))


@pytest.mark.parametrize("text", ILL_WRITTEN)
def test_what_is_ill_written_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        formula(text)


def test_every_meaning_is_well_written() -> None:
    for row in ROWS:
        for meaning in row.meanings:
            formula(meaning)


def test_the_corpus_is_large_and_holds_every_kind() -> None:
    assert len(ROWS) >= 600
    assert len({(row.sentence, row.side) for row in ROWS}) == len(ROWS)
    assert {kind: len(TABLES[kind]) for kind in KEY_KINDS if len(TABLES[kind]) < 20} == {}


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_no_sentence_is_lost(rows: tuple[Row, ...]) -> None:
    for row in rows:
        texts = (row.sentence, None) if row.polarity is Polarity.INCLUSION else (None, row.sentence)
        kept = " ".join(one.text for one in read_criteria(*texts, organs=row.organs).criteria)
        assert _words(row.sentence) <= _words(kept), row.sentence


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", fold(text)))


@pytest.fixture(scope="module")
def counts() -> dict[str, Count]:
    return measured()


def test_what_rules_out_is_right(counts: dict[str, Count]) -> None:
    share = together(counts.values()).precision_of_ruling_out
    assert share is not None
    assert share >= RULING_OUT
