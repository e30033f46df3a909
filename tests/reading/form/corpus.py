"""All rows of the corpus of form sentences."""

from tests.reading.form import (
    corpus_conditions,
    corpus_course,
    corpus_dictated,
    corpus_disease,
    corpus_markers,
    corpus_patient,
    corpus_plan,
    corpus_second,
    corpus_sites,
    corpus_syntheses_disease,
    corpus_syntheses_patient,
    corpus_syntheses_results,
    corpus_syntheses_treatments,
    corpus_telegraphic,
    corpus_treatments,
)
from tests.reading.form.rows import Row

MODULES = (
    corpus_conditions,
    corpus_course,
    corpus_dictated,
    corpus_disease,
    corpus_markers,
    corpus_patient,
    corpus_plan,
    corpus_second,
    corpus_sites,
    corpus_syntheses_disease,
    corpus_syntheses_patient,
    corpus_syntheses_results,
    corpus_syntheses_treatments,
    corpus_telegraphic,
    corpus_treatments,
)
CORPUS: tuple[Row, ...] = tuple(row for module in MODULES for row in module.ROWS)
