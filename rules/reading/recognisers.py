"""The recognisers that decide verdicts, in the order in which equal spans are preferred."""

from rules.reading import brain, labs, measures, patient
from rules.reading.compose import Recogniser
from rules.reading.conditions import other_cancers
from rules.reading.conditions import recogniser as conditions
from rules.reading.disease import recogniser as disease
from rules.reading.lines import recogniser as lines
from rules.reading.markers import recogniser as markers
from rules.reading.treatments import delays
from rules.reading.treatments import recogniser as treatments
from rules.reading.treatments.operated import operated
from rules.reading.treatments.untreated_relapse import untreated_relapse
from rules.reading.tumours import recogniser as tumour

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
