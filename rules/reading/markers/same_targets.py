"""A target said twice under two of its names: « 4-1BB (CD137) », « TROP2 (TACSTD2) »."""

import re

from rules.hinted import hinted
from rules.text import fold

_NAMES = (
    "4-1bb cd137 tnfrsf9", "ox40 cd134 tnfrsf4", "b7-h3 cd276", "b7-h4 vtcn1", "pd-1 pd1 cd279 pdcd1",
    "pd-l1 pdl1 b7-h1 cd274", "ctla-4 ctla4 cd152", "lag-3 lag3 cd223", "tim-3 tim3 havcr2 cd366",
    "gitr cd357 tnfrsf18",
    "trop2 trop-2 tacstd2", "ceacam5 cd66e cea", "bcma tnfrsf17 cd269", "her2 erbb2 neu her-2", "her3 erbb3 her-3",
    "nectin-4 nectin4 pvrl4", "nectine-4 nectin-4 nectine4", "folr1 fralpha fra frα folr-alpha", "met c-met cmet hgfr",
    "egfr her1 erbb1", "vegfr2 kdr", "kit c-kit cd117", "psma folh1", "cldn18.2 claudin18.2 claudine18.2 claudin-18.2",
    "sstr2 sst2", "cd47 iap", "cd73 nt5e", "icos cd278", "cd40 tnfrsf5", "gprc5d", "tf cd142", "mesothelin msln",
    "mesotheline msln", "vista vsir", "ilt4 lilrb2", "axl ufo", "il-3r cd123", "siglec-3 cd33", "btk", "pi3k",
)  # fmt: skip
_ALIKE = {name: key for key, names in enumerate(_NAMES) for name in names.split()}
_TWICE = hinted(r"(?P<one>[\w.α-]*[\w.α])(?P<twice>\s?\(\s?(?:ou |or )?(?P<two>[\w.α-]{2,14})\s?\))")


def said_once(text: str) -> str:
    """The text without second names of what it has just named."""

    def once(match: re.Match[str]) -> str:
        one, two = fold(match["one"]).removeprefix("anti-").removeprefix("anti"), fold(match["two"])
        alike = _ALIKE.get(one)
        return match["one"] if alike is not None and alike == _ALIKE.get(two) else match[0]

    return _TWICE.sub(once, text)
