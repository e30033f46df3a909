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
    registry,
    together,
    treatments,
    tumour,
)
from tests.reading.criteria.rows import Row

_MODULES = (patient, tumour, disease, brain, treatments, delays, markers, health, laboratory, boilerplate, together)


def _gathered() -> dict[str, tuple[Row, ...]]:
    tables: dict[str, tuple[Row, ...]] = {}
    for module in (*_MODULES, registry):
        for kind, rows in module.TABLES.items():
            tables[kind] = (*tables.get(kind, ()), *rows)
    return tables


TABLES = _gathered()
