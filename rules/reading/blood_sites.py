"""« LNH primitif du SNC », « lymphome gastrique » among the exclusions: of the lymphomas, those of one place.

Where the vocabulary has no entity of the place, nothing says of a case that its lymphoma began there.
"""

from rules.criteria import HistologyIs, Test, leaves
from rules.hinted import hinted

AT_A_SITE = hinted(
    r"\b(?:lymphom\w*|lm?nhb?|lbdgc|ldgcb|lb|dlbcl|nhl|leucemi\w*|plasmocytomes?)\b[^,;:()]{0,30}?"
    r"\b(?:primiti\w+|primary|snc|cns|cereb\w+|cerv\w+|mediast\w+|gastri\w+|digesti\w+|testic\w+|mamma\w+|(?:intra-?)?ocul\w+|"
    r"cutan\w+|osseu\w+|pulmon\w+|mening\w+|uter\w+|surren\w+|thyroid\w+|pleur\w+|epidur\w+|breast|skin|bone|lung|"
    r"extra-?(?:nodal|gangli)\w*)\b"
)
_OF_ANY_PLACE = frozenset(
    {"lymphoma", "nhl", "dlbcl", "b_cell_lymphoma", "t_cell_lymphoma", "t_nk_nhl", "leukaemia", "follicular_lymphoma"}
)


def may_be_anywhere(test: Test) -> bool:
    """Whether a test is of a lymphoma that may be of any place."""
    return any(isinstance(leaf, HistologyIs) and leaf.histologies <= _OF_ANY_PLACE for leaf in leaves(test))
