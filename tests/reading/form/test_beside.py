"""What the text and the motive tell beside the fields of a form."""

from rules.case import Board, Case, Coded, Treatment, TumourFacts
from rules.infer.treatments import treatments_of
from rules.picture import Received
from rules.reading.form import read_form
from tests.reading.form.flat import BOARD_DAY, flat

FOLFIRI = Treatment(type="chemotherapy", agents=("FOLFIRI",), line=2)


def told(*treatments: Treatment, text: str) -> list[Received]:
    case = Case(
        case_id="beside",
        rcp=Board(date=BOARD_DAY),
        tumour=TumourFacts(topography=Coded(text="côlon")),
        treatments=treatments,
        summary_text=text,
    )
    return list(treatments_of(read_form(case), frozenset({"colon"})))


def test_a_treatment_of_the_form_takes_its_dates_from_the_text() -> None:
    (entry,) = told(FOLFIRI, text="FOLFIRI de février à octobre 2026.")
    assert entry.started
    assert entry.ended
    assert (entry.started.earliest.isoformat(), entry.ended.latest.isoformat()) == ("2026-02-01", "2026-10-31")
    assert entry.line == 2


def test_what_the_form_tells_stays() -> None:
    (entry,) = told(Treatment(type="chemotherapy", agents=("FOLFIRI",), ended_on="2026-10-05"), text="FOLFIRI 10/2026.")
    assert entry.ended
    assert entry.ended.latest.isoformat() == "2026-10-05"


def test_of_two_entries_alike_nobody_knows_which_is_meant() -> None:
    first, second = told(FOLFIRI, Treatment(type="chemotherapy", agents=("FOLFIRI",)), text="FOLFIRI jusqu'en 10/2026.")
    assert first.ended is None
    assert second.ended is None


def test_another_line_is_another_treatment() -> None:
    entries = told(FOLFIRI, text="FOLFIRI en L1 jusqu'en 10/2025.")
    assert entries[0].ended is None


def test_a_treatment_that_failed_is_not_going_on() -> None:
    failed = Treatment(type="chemotherapy", agents=("FOLFIRI",), outcome="progression")
    (entry,) = told(failed, text="FOLFIRI depuis février 2026.")
    assert entry.started
    assert not entry.ongoing


def test_an_operation_named_before_the_dated_one_was_done_too() -> None:
    entries = told(text="6 cures de FOLFOX. Colectomie droite et curage le 08/09/2026. Pas d'autre traitement reçu.")
    assert len(entries) == 3
    assert all(entry.received for entry in entries)


def phase(text: str = "Patiente vue ce jour.", *treatments: Treatment, **facts: object) -> str | None:
    tumour = TumourFacts(topography=Coded(text="sein"), diagnosed_on=str(facts.pop("diagnosed_on", "")) or None)
    fields: dict[str, object] = {"rcp": Board(date=BOARD_DAY), "tumour": tumour, "treatments": treatments, **facts}
    return read_form(Case(case_id="phase", summary_text=text, **fields)).read.disease.phase  # type: ignore[arg-type]


def test_a_cancer_of_these_months_is_at_its_first_presentation() -> None:
    assert phase(diagnosed_on="2026-10-20") == "initial"
    assert phase(diagnosed_on="2025-10-20") is None
    assert phase("Récidive axillaire.", diagnosed_on="2026-10-20") == "relapse"
    assert phase("Progression au scanner du 05/11/2026.", diagnosed_on="2026-10-20") is None


def test_an_adjuvant_treatment_after_the_operation_is_of_the_first_presentation() -> None:
    operated = Treatment(type="surgery", ended_on="2026-10-15")
    long_ago = Treatment(type="surgery", ended_on="2022-10-15")
    assert phase("Patiente vue ce jour.", operated, planned_setting="adjuvant") == "initial"
    assert phase("Patiente vue ce jour.", long_ago, planned_setting="adjuvant") is None
    assert phase("Patiente vue ce jour.", operated) is None


def motive(words: str, site: str = "côlon") -> set[str]:
    tumour = TumourFacts(topography=Coded(text=site))
    return flat(read_form(Case(case_id="motive", rcp=Board(date=BOARD_DAY, motive=words), tumour=tumour)))


def test_the_motive_tells_the_situation_and_what_is_discussed() -> None:
    assert motive("Rechute") == {"phase=relapse"}
    assert motive("L1 métastatique") == {"extent=metastatic", "line=1", "setting=advanced"}
    assert motive("Tumeur germinale métastatique", "testicule") == {"extent=metastatic"}


def test_a_motive_that_tells_nothing_of_the_disease() -> None:
    for words in ("Décision thérapeutique initiale", "Suspicion de rechute", "Rechute ?", "Réévaluation"):
        assert motive(words) == set(), words
