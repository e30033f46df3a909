"""What follows for screening: meninges, doses of corticoids, the menopause, a tumour that was taken out."""

import pytest

from rules.criteria import HasCondition, Measurable, TakesMedication
from tests.spec.facts import BREAST, COLON, INITIAL, RELAPSE, condition, merged, treated
from tests.spec.table import MET, NOT_MET, UNKNOWN, Row, judged

LOCALISED = {"disease": {"extent": "localised"}}
OPERATED = treated(type="surgery", setting="curative", status="completed", ended_on="2026-10-08")
LEPTOMENINGEAL = HasCondition(conditions=frozenset({"leptomeningeal_disease"}))
OVER_10_MG = TakesMedication(frozenset({"corticosteroids_over_10_mg"}))
PAST_MENOPAUSE = HasCondition(conditions=frozenset({"postmenopausal"}))
MEASURABLE = Measurable()


def sites(*names: str) -> dict:
    return {"disease": {"metastatic_sites": list(names)}}


def medicine(name: str, **rest: object) -> dict:
    return {"medications": [{"name": name, **rest}]}


ROWS = [
    Row(sites("méninges"), LEPTOMENINGEAL, MET, "le site est la méninge"),
    Row(sites("dure-mère"), LEPTOMENINGEAL, UNKNOWN, "la dure-mère n'est pas la leptoméninge"),
    Row(sites("brain"), LEPTOMENINGEAL, UNKNOWN, "le cerveau n'en dit rien"),
    Row(medicine("Solupred", dose="60 mg"), OVER_10_MG, MET, "60 mg"),
    Row(merged(medicine("prednisone", dose="5 mg/j"), {"complete": ["medications"]}), OVER_10_MG, NOT_MET, "5 mg"),
    Row(medicine("prednisone"), OVER_10_MG, UNKNOWN, "dose non dite"),
    Row(condition("ménopausée"), PAST_MENOPAUSE, MET, "dit"),
    Row(condition("non ménopausée"), PAST_MENOPAUSE, NOT_MET, "dit le contraire"),
    Row({}, PAST_MENOPAUSE, UNKNOWN, "non dit"),
    Row(merged(BREAST, INITIAL, LOCALISED, OPERATED), MEASURABLE, NOT_MET, "localisée, opérée, pas de rechute"),
    Row(merged(BREAST, LOCALISED, OPERATED), MEASURABLE, UNKNOWN, "peut-être une rechute"),
    Row(merged(BREAST, RELAPSE, LOCALISED, OPERATED), MEASURABLE, UNKNOWN, "une rechute"),
    Row(merged(BREAST, INITIAL, LOCALISED), MEASURABLE, UNKNOWN, "pas opérée"),
    Row(
        merged(COLON, INITIAL, {"disease": {"extent": "metastatic"}}, OPERATED),
        MEASURABLE,
        UNKNOWN,
        "le primitif seul a été enlevé",
    ),
    Row(
        merged(COLON, INITIAL, LOCALISED, treated(type="surgery", setting="palliative", status="completed")),
        MEASURABLE,
        UNKNOWN,
        "dérivation, pas résection",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.why)
def test_what_follows(row: Row) -> None:
    assert judged(row).verdict is row.verdict
