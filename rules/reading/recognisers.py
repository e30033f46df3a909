"""The recognisers that are trusted with a verdict today, in the order in which equal spans are preferred.

Lines, delays and the extent of the disease have recognisers too (`lines`, `delays`, `disease`). They stay out until
they rule out no live pair of the evaluation set: a wrong rule-out costs a patient a trial (docs/quality.md).
"""

from rules.reading import brain, measures, patient, treatments
from rules.reading.compose import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = (
    brain.recognise,
    measures.recognise,
    treatments.recognise,
    patient.recognise,
)
