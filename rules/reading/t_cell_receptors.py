"""« Agent ciblant un autre récepteur T (CTLA-4, OX-40, CD137) »: the phrase by which sponsors name immunotherapies.

An agent on a co-inhibitory receptor is a checkpoint inhibitor, one on a stimulatory receptor a costimulatory agonist;
where neither is said, both are meant.
"""

import re
from collections.abc import Iterator

from rules.hinted import hinted

_AGENT = (
    r"(?:(?:un |une |d'un |d'une |tout |toute |any |an? )?(?:autres? |other |another )?(?:agents?|medicaments?|"
    r"molecules?|anticorps|traitements?|therapies?|immunotherapies?|antibod(?:y|ies)(?: or drugs?)?|drugs?|"
    r"treatments?|therapy))"
)
_AIMED = (
    r"(?:(?:specifiquement |specifically )?(?:dirige\w*|ciblant|agissant|visant|directed|targeting|targeted|acting|"
    r"modulant|d'|du|des|de|of|on)\s?(?:contre |sur |vers |to |at |against |on |against )?)"
)
_QUALITY = (
    r"(?:co-?inhibit\w+|inhibit\w+|co-?stimul\w+|stimul\w+|immunitaires?|immuns?|immune|t|t-?cells?|cells?|"
    r"lymphocyt\w+|cellules|des|du|de|la|le|les|of|the|on|ou|et|et/ou|or|and|/|checkpoint|point|points|controle)"
)
_RECEPTOR = (
    rf"(?:(?:l'|la |le |les |une? |d'une? |des |an? |the )?(?:autres? |another |other |tout autre )?"
    rf"(?:recepteurs?(?: {_QUALITY})+|(?:{_QUALITY} )+(?:receptors?|pathways?)|"
    r"(?:voies? )?(?:de (?:la )?)?(?:co-?stimulation|co-?inhibition)(?: des (?:lymphocytes|cellules) t| t)?|"
    r"(?:voies? (?:de |des )?)?points? de controle(?: immunitaires?)? des (?:lymphocytes|cellules) t)"
    rf"(?: (?:ou|et|or|and|et/ou) (?:(?:immune )?checkpoint pathways?|(?:les |des |un )?(?:voies? (?:de |des )?)?"
    r"points? de controle(?: immunitaires?)?(?: des (?:lymphocytes|cellules) t)?))?)"
)
_TARGET = (
    r"(?:anti-?)?(?:ctla-? ?4|ox-? ?40|cd137|4-1bb|lag-? ?3|tim-? ?3|tigit|gitr|icos|cd27|cd28|cd40|vista|kir|nkg2a|"
    r"btla|b7-?h3|pd-?l?[12])"
)
_NAMED = (
    r"(?:,?\s?\(?(?:p\.? ?ex\.?|par exemple|ex\.?|e\.?g\.?,?|tels? qu(?:e |')|comme|such as|notamment|dont|including|"
    rf"i\.?e\.?,?|:)?\s?{_TARGET}(?:\s?(?:,|/|ou|et|or|and|, ?(?:ou|or|et|and))\s?{_TARGET})*"
    r"(?:,?\s?(?:etc\.?|\.{2,3}))?\)?)?"
)
_PHRASE = hinted(rf"(?<![\w-]){_AGENT} {_AIMED}{_RECEPTOR}{_NAMED}(?![\w-])")
_T_CELL = re.compile(r"lymphocyt|\bt\b|t-?cell|inhibit|stimul|immun|checkpoint|controle")


def t_cell_agents(folded: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """(start, end, what they are any of) of every such phrase."""
    for match in _PHRASE.finditer(folded):
        if _T_CELL.search(match[0]):
            inhibits = re.search("inhib|controle|checkpoint", match[0]) is not None
            stimulates = "stimul" in match[0]
            ids = {"checkpoint_inhibitor"} if inhibits or not stimulates else set[str]()
            yield *match.span(), frozenset(ids | ({"costimulatory_agonist"} if stimulates or not inhibits else set()))
