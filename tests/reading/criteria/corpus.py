"""The whole corpus: its tables by kind, written before any of its sentences was read by the program."""

from tests.reading.criteria import (
    boilerplate,
    brain,
    delays,
    disease,
    health,
    laboratory,
    markers,
    patient,
    together,
    treatments,
    tumour,
)
from tests.reading.criteria.rows import Row

_MODULES = (patient, tumour, disease, brain, treatments, delays, markers, health, laboratory, boilerplate, together)

TABLES: dict[str, tuple[Row, ...]] = {kind: rows for module in _MODULES for kind, rows in module.TABLES.items()}
