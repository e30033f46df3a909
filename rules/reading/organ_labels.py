"""A bare organ before a colon, where it says of whom earlier treatment is asked: « Sein : ≥ 1 chimiothérapie ».

« Rein : clairance > 60 » is of a function of everybody, so that only treatments and lines are asked of one organ.
"""

import re

from rules.criteria import Kind, OrganIs, Test
from rules.organs import ORGAN_NAMES, with_wholes
from rules.reading.kinds import guess_kind
from rules.treatments import find_treatments

_BETWEEN = re.compile(r"\s*(?:,|/|\bet\b|\bou\b|\band\b|\bor\b)\s*")
_LONG = 60
_OF_TREATMENT = frozenset({Kind.PRIOR_TREATMENT, Kind.LINE})


def asked_of_organs(label: str, demand: str) -> bool:
    """Whether a label is nothing but organs and what stands behind it is of earlier treatment."""
    if named_organs(label) is None:
        return False
    if guess_kind(demand) in _OF_TREATMENT or _COURSE.match(demand):
        return True
    return bool(_RECEIVED.search(demand) and find_treatments(demand))


_COURSE = re.compile(
    r"\W*(?:\w*crpc|cprc\w*|hormono-?(?:sensible|naif|resistant)\w*|hormone-sensitive|"
    r"(?:maladie )?resistante? a la castration|castration-resistant|progression\b|progressi(?:f|ve)s?\b|recidiv|"
    r"rechute|refractaire|relaps|refractory)"
)
"""« Prostate : CPRC »: how its own tumour stands."""
_RECEIVED = re.compile(
    r"anterieur|recu|≥|au moins|prior|received|at least|echec|progress|apres|refract|resist|naif|sans|pas"
)


def _named(words: str) -> frozenset[str]:
    return ORGAN_NAMES.exact(words) or _SHORT.get(words, frozenset())


_SHORT = {"col": frozenset({"cervix"}), "corps": frozenset({"corpus_uteri"})}
"""Names that are of one organ as a label, and hardly in a sentence."""


def named_organs(label: str) -> Test | None:
    """The tumours of the organs that a label is made of; None where a word of it is no organ."""
    words = label.strip(" :-•–")
    if not words or len(words) > _LONG:
        return None
    each = [_named(words)] if _named(words) else [_named(part) for part in _BETWEEN.split(words)]
    return OrganIs(with_wholes(frozenset().union(*each))) if all(each) else None
