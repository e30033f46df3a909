"""Women asked to be past the menopause, or before it: the status that opens a clause, with its definition behind it.

A definition changes nothing of what is asked, unless it lets a suppressed ovary count. Who else may enter behind « ou »
leaves the clause unread.
"""

import re

from rules.criteria import AllOf, AnyOf, HasCondition, Kind, Not, Polarity, SexIs, Test, Unread
from rules.reading.clause import Clause
from rules.reading.joining import Read, Row

_POST: Test = HasCondition(conditions=frozenset({"postmenopausal"}))
_PRE: Test = HasCondition(conditions=frozenset({"premenopausal"}))
_OPEN: Test = Unread(Kind.OTHER)
_HEAD = (
    r"\W*(?:(?:etre|avoir une?|have|must be|doi(?:t|vent) etre|confirmed|documented|statut|status|de|d'|:)\s?)*"
    r"(?P<women>(?:(?:des |les |the )?(?:femmes?|women|woman|females?|femelles?)\s(?:adultes? |patients? |adult )?)?)"
    r"(?:(?:patientes?|participantes?|patients|participants|subjects|adultes?|de sexe feminin|ayant|must be|"
    r"doi(?:t|vent) etre|est|sont|are|is|en|in|de|statut|status)\s)*"
)
_PRE_WORDS = r"(?:non|pas|not)[ -](?:post-?)?menopaus\w+|(?:pre|peri)-?\s?menopaus\w+"
_POST_WORDS = r"(?:post-?\s?)?menopaus\w+"
_ASKED = re.compile(
    rf"{_HEAD}(?:(?P<pre>{_PRE_WORDS})|(?P<post>{_POST_WORDS}))(?:\s(?:confirmee?s?|documentee?s?|averee?s?|status|"
    rf"women|woman|females?|patientes?|patients|women only))*"
    r"(?P<rest>$|\s*[(:\[].*$|,?\s(?:definie?s?|defined|selon|c'est-a-dire|as defined|soit|i\.e)\b.*$|\s?[.;]\s*$)"
)
_SUPPRESSED = re.compile(r"lh-?rh|gn-?rh|agoniste|analogue|suppression|castration|goserelin|leuprorelin|triptorelin")
_SET_ASIDE = re.compile(r"\b(?:hors|sans|absence|en dehors|without|excluding|other than|no)\b[^;]{0,80}$")
_OTHERS = re.compile(r"\bpre-?\s?(?:,|/|et|ou|and|or)|\b(?:sauf|except\w*|homme|hommes|men|ou non|or not|si|if)\b")


def menopause(clause: Clause) -> Read | None:
    """The menopausal status that a clause asks, or leaves out; None where it asks something else."""
    test = status_asked(clause)
    if test is None:
        return None
    rows: list[Row] = [(Kind.OTHER, False, test)]
    if clause.polarity is Polarity.INCLUSION and (asked := _ASKED.match(clause.plain)) and asked["women"]:
        rows.insert(0, (Kind.SEX, True, SexIs("female")))
    return Read(tuple(rows), True)


def status_asked(clause: Clause) -> Test | None:
    """As `menopause`, without whom it is asked of."""
    if "menopaus" not in clause.plain:
        return None
    match = _ASKED.match(clause.plain)
    if match is None or _OTHERS.search(clause.plain) or _counts_suppressed(match["rest"]):
        return None
    if match["pre"] and match["rest"].strip(" .;"):
        return None  # « préménopausée (…) » may go on to who else counts
    wanted, other = (_PRE, _POST) if match["pre"] else (_POST, _PRE)
    return AnyOf((wanted, AllOf((Not(other), _OPEN))))


def _counts_suppressed(definition: str) -> bool:
    return any(not _SET_ASIDE.search(definition[: one.start()]) for one in _SUPPRESSED.finditer(definition))
