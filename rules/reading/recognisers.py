"""The recognisers that are trusted with a verdict today, in the order in which equal spans are preferred.

Lines, delays, the extent of the disease and the tumour have recognisers too (`lines`, `delays`, `disease`, `tumour`).
They stay out while each rules out a live pair of the evaluation set: a wrong rule-out costs a patient a trial
(docs/quality.md).
"""

from rules.reading import brain, conditions, labs, markers, measures, other_cancers, patient, treatments
from rules.reading.compose import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (
    brain.recognise,
    measures.recognise,
    treatments.recognise,
    markers.recognise,
    patient.recognise,
    labs.recognise,
    other_cancers.recognise,
    conditions.recognise,
)
