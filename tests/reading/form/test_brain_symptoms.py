"""Whether brain metastases are told to give symptoms, and whether a disease is told to be beyond a cure."""

import pytest

from rules.case import Case
from rules.criteria import State
from rules.reading.form import read_form

NAME = "métastases cérébrales symptomatiques"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("IRM : deux métastases cérébrales avec hémiparésie droite.", True),
        ("Métastase cérébelleuse de 20 mm, syndrome cérébelleux, sous dexaméthasone.", True),
        ("Métastases cérébrales : crises convulsives, lévétiracétam.", True),
        ("Trois métastases cérébrales asymptomatiques.", False),
        ("Métastases encéphaliques, pas de déficit, sans corticoïdes.", False),
        ("Métastases cérébrales révélées par une aphasie, irradiées en mars.", None),
        ("Pas de métastase cérébrale, céphalées de tension.", None),
        ("Métastases hépatiques, céphalées.", None),
        ("Métastase cérébrale, pas de crise d'épilepsie connue.", False),
    ],
)
def test_symptoms(text: str, told: bool | None) -> None:
    read = read_form(Case(case_id="X", summary_text=text)).read
    assert {one.present for one in read.conditions if one.name == NAME} == ({told} if told is not None else set())


@pytest.mark.parametrize(
    ("text", "beyond"),
    [
        ("Non accessible à la transplantation ni à une résection.", True),
        ("Rechute pulmonaire, non accessible à un rattrapage.", True),
        ("Récidive de 6 cm, ni chirurgie ni réirradiation.", True),
        ("Ni chirurgie ni radiothérapie possibles.", True),
        ("Inaccessible à une chirurgie ou une radiothérapie.", True),
        ("Ni chirurgie ni radiothérapie antérieures.", False),
        ("Biopsie non accessible, chirurgie à discuter.", False),
        ("Accessible à un rattrapage.", False),
    ],
)
def test_beyond_a_cure(text: str, beyond: bool) -> None:
    states = read_form(Case(case_id="X", summary_text=text)).states
    assert any(one.state is State.CURABLE and not one.holds for one in states) is beyond
