"""The recognisers that decide verdicts, in the order in which equal spans are preferred."""

from rules.reading import (
    brain,
    conditions,
    delays,
    disease,
    labs,
    lines,
    markers,
    measures,
    other_cancers,
    patient,
    treatments,
    tumour,
)
from rules.reading.compose import Recogniser
from rules.reading.operated import operated
from rules.reading.untreated_relapse import untreated_relapse

RECOGNISERS: tuple[Recogniser, ...] = (
    brain.recognise,
    measures.recognise,
    treatments.recognise,
    operated,
    untreated_relapse,
    lines.recognise,
    delays.recognise,
    tumour.recognise,
    disease.recognise,
    markers.recognise,
    patient.recognise,
    labs.recognise,
    other_cancers.recognise,
    conditions.recognise,
)
