"""Lists of one denial and lines by what they held, written as the recognisers know them. The meaning never changes.

« X, sans contingent neuroendocrine ou à petites cellules » is X without either; « une première ligne à base de
platine » is a first line by platinum.
"""

import re

from rules.hinted import hinted

_NEITHER = hinted(
    r"(?i)(?P<joint>,?\s|^)(?P<said>(?:sans|absence de|pas de|aucune?|without|no)\s(?:contingents?|composantes?|"
    r"diff[ée]renciations?|caract[ée]ristiques?|variants?|secteurs?|foyers?|components?|features?|differentiation)\s"
    r"[^,;:()]{3,60})"
)
_OR = re.compile(r"\s(?:ou|or)\s(?!(?:non|not|sans|avec|with|without|moins|less)\b|[<≤])")
_LINE_OF = hinted(
    r"(?i)(?P<line>\b(?:premi[èe]re|deuxi[èe]me|seconde|1\s?(?:re|[èe]re)|2\s?(?:e|[èe]me))\sligne)\s"
    r"(?:[àa] base (?:de |d['’])|contenant |comportant |comprenant |incluant |reposant sur )"
    r"(?:(?:un|une|du|de la|des|les?)\s)?(?:sels? de )?(?=\w)"
)


def lists_spelled(text: str) -> str:
    """The text with such lists written out; itself where there are none."""
    text = _LINE_OF.sub(r"\g<line> par ", text)
    return _NEITHER.sub(lambda match: ("" if match["joint"] == "" else " ") + _OR.sub(" ni ", match["said"]), text)
