"""A sentence in the words that the recognisers know: what is short, joined or said aside is written out first.

The order counts: abbreviations before all, what is asked of the sponsor or taken in besides next, then what stands in
brackets, treatments before the settings that stand around them, and the markers last.
"""

import re

from rules.abbreviations import expanded
from rules.kinds import Polarity
from rules.reading.asides import NOTE
from rules.reading.conditions.any_malignancy import as_another_cancer
from rules.reading.counted_as import counting_spelled
from rules.reading.duties import undone
from rules.reading.inclusive import taking_in
from rules.reading.markers.spellings import markers_spelled
from rules.reading.own_site import for_its_site
from rules.reading.ranges import ranges_spelled
from rules.reading.told_by_values import values_in_brackets
from rules.reading.treatments.aimed_agents import aims_beside_agents
from rules.reading.wording.any_types import any_types_spelled
from rules.reading.wording.leads import leads_spelled
from rules.reading.wording.limits import limits_spelled
from rules.reading.wording.lists import lists_spelled
from rules.reading.wording.primaries import primaries_spelled
from rules.reading.wording.scores import scores_spelled
from rules.reading.wording.settings import settings_spelled
from rules.reading.wording.shapes import shapes_spelled
from rules.reading.wording.spelled_out import spelled_out
from rules.reading.wording.telegrams import in_words
from rules.reading.wording.treatments import treatments_spelled
from rules.reading.wording.tumours import tumours_spelled

_NPC = re.compile(r"(?i)\b(?:cancers?|tumeurs?|carcinomes?) (?:pulmonaires?|bronchi\w+|du poumon|des bronches) NPC\b")
"""« Cancer pulmonaire NPC »: « non à petites cellules », no nasopharynx."""


def worded(text: str, polarity: Polarity, organs: frozenset[str]) -> str:
    """The sentence written out; `organs`: of the trial, which say what some short words stand for."""
    text = as_another_cancer(
        undone(taking_in(expanded(_NPC.sub("CBNPC", NOTE.sub("(", any_types_spelled(text)))), polarity), polarity),
        polarity,
    )
    text = primaries_spelled(leads_spelled(text))
    text = counting_spelled(aims_beside_agents(values_in_brackets(text)))
    text = in_words(shapes_spelled(lists_spelled(limits_spelled(tumours_spelled(scores_spelled(text)))), polarity))
    text = spelled_out(settings_spelled(ranges_spelled(treatments_spelled(text, organs))))
    return for_its_site(markers_spelled(text), polarity)
