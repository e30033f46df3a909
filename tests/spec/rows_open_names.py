"""Drugs that no vocabulary knows, by the name they are written under."""

from rules.criteria import Treated
from tests.spec.facts import ALL_TREATMENTS, merged, treated
from tests.spec.rows_disease import given
from tests.spec.table import MET, NOT_MET, UNKNOWN, Row

_QX = Treated(treatments=frozenset(), names=frozenset({"QX4471"}))

OPEN_NAMES = [
    Row(treated(agents=["QX-4471"]), _QX, MET, "un nom que le vocabulaire ignore, écrit des deux côtés"),
    Row(merged(treated(agents=["Keytruda"]), ALL_TREATMENTS), _QX, NOT_MET, "une molécule connue en est une autre"),
    Row(merged(treated(agents=["KX-9920"]), ALL_TREATMENTS), _QX, UNKNOWN, "un autre nom de code peut être le sien"),
    Row(treated(agents=["Keytruda"]), _QX, UNKNOWN, "liste ouverte", "open_list"),
    Row(treated(type="targeted_therapy", agents=["QX4471"], received=False), _QX, NOT_MET, "dit non reçu"),
    Row(
        treated(type="targeted_therapy", agents=["QX4471"], received=False),
        given("egfr_inhibitor"),
        UNKNOWN,
        "une molécule inconnue non reçue ne dit rien de sa classe",
        "open_list",
    ),
    Row(
        merged(treated(type="immunotherapy", agents=["zorvitamab"]), ALL_TREATMENTS),
        given("monoclonal_antibody"),
        MET,
        "le segment-clé de la DCI dit la classe",
    ),
    Row(
        merged(treated(type="chemotherapy", agents=["inhibiteur de ZXF9"]), ALL_TREATMENTS),
        Treated(treatments=frozenset(), names=frozenset({"anti-ZXF9"})),
        MET,
        "une cible que le vocabulaire ignore",
    ),
]
