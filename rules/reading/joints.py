"""How two neighbouring segments of a clause are joined: « et », « ou », or a comma that stands for one of them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rules.criteria import KEY_KINDS, ExtentIn, HasCondition, Kind, OrganIs, Polarity, StageIn, State, StateIs, leaves
from rules.reading.clause import Clause
from rules.reading.segments import Segment

_OR = re.compile(r"\b(?:ou|or|et/ou|and/or|soit|versus)\b|;|(?<=\w)/(?=\w)")
_OF_THE_PATIENT = frozenset({Kind.AGE, Kind.SEX, Kind.ECOG})
_SOIT = re.compile(r"\s*(?:soit|either)\b")
"""« soit naïf, soit prétraité »."""
_OPEN_END = ("autre", "other", "etc", "tout autre", "any other", "toute autre")


def starts_open_end(segment: Segment) -> bool:
    """« … ou autre traitement »: the open end of a list, that names nothing."""
    return segment.leftover.startswith(_OPEN_END)


def joints_of(segments: Sequence[Segment], clause: Clause) -> list[str]:
    """`or` or `and` between each two neighbours. A comma is what the next word of the list says, else « et »."""
    told = [_told(before, after) for before, after in pairwise(segments)]
    return [
        one or _comma(segments[index : index + 2], told[index + 1 :], segments[index + 1 :], clause)
        for index, one in enumerate(told)
    ]


def _told(before: Segment, after: Segment) -> str:
    """What the word between says; nothing for a comma."""
    if after.joint == "/" and {before.kind, after.kind} & _OF_THE_PATIENT and before.kind is not after.kind:
        return "and"  # « > 18 ans / OMS 0-1 »
    if _OR.search(after.joint) or after.joint == "/":
        return "or"
    if after.joint != ",":
        return "and"
    if _SOIT.match(after.lead):
        return "or"
    return "or" if _names_tumours(before) and (_names_tumours(after) or starts_open_end(after)) else ""


def _comma(pair: Sequence[Segment], following: Sequence[str], rest: Sequence[Segment], clause: Clause) -> str:
    before, after = pair
    if clause.polarity is Polarity.INCLUSION and (
        _goes_on_as_list(before, after) or _are_stages(before, after) or _are_extents(before, after, clause)
    ):
        return "or"
    alike = before.kind is after.kind or not {before.kind, after.kind} & KEY_KINDS
    alike = alike or (_names_tumours(before) and (_is_such_a_disease(after) or _are_of_the_brain(before, after)))
    alike = alike or (_is_such_a_disease(before) and _names_tumours(after))
    alike = alike or (_is_a_transformed(before) and _names_tumours(after))
    alike = alike or (_names_tumours(before) and _is_a_transformed(after))
    if clause.polarity is Polarity.EXCLUSION:
        return "or" if alike else "and"
    if not alike or Kind.LABS in (before.kind, after.kind):
        return "and"  # « PNN ≥ 1,5, plaquettes ≥ 100, créatinine ≤ 1,5 N ou clairance ≥ 50 »: each is asked
    ends = next((index for index, joint in enumerate(following) if joint), None)
    listed = ends is not None and following[ends] == "or"
    return "or" if listed and all(one.kind is before.kind for one in rest[: (ends or 0) + 2]) else "and"


def _is_such_a_disease(segment: Segment) -> bool:
    """« leucémie à plasmocytes, POEMS ou amylose AL »: a disease of the same list, though no tumour by itself."""
    conditions = [leaf for one in segment.tests for leaf in leaves(one.test) if isinstance(leaf, HasCondition)]
    return bool(conditions) and all(leaf.conditions <= _OF_PLASMA_CELLS for leaf in conditions)


def _is_a_transformed(segment: Segment) -> bool:
    """« Médiastinal primitif, lymphome transformé, Burkitt »: one entity of a list, though read as a state."""
    return bool(segment.tests) and all(one.test == _TRANSFORMED for one in segment.tests)


def _are_of_the_brain(before: Segment, after: Segment) -> bool:
    """« Tumeur primitive du SNC, métastases du SNC et/ou méningite carcinomateuse »: what sits in one place."""
    organs = [leaf.organs for one in before.tests for leaf in leaves(one.test) if isinstance(leaf, OrganIs)]
    return after.kind is Kind.BRAIN_METASTASES and any(told <= _OF_THE_BRAIN for told in organs)


_TRANSFORMED = StateIs(State.TRANSFORMED)
_OF_THE_BRAIN = frozenset({"cns", "brain"})
_OF_PLASMA_CELLS = frozenset({"al_amyloidosis", "amyloidosis", "poems_syndrome", "mgus"})


_ONE_VALUE = re.compile(
    r"(?:stades? |stages? |figo |risque )?(?:(?:iv|i{1,3})(?:[abc]\d?)?|(?:tre |tres |very )?(?:faible|intermediaire|"
    r"eleve|low|intermediate|high|favorable|defavorable))(?: \d)?"
)
_TYPE = re.compile(
    r"(?:papillaire|folliculaire|medullaire|mucineux|mucineuse|lobulaire|canalaire|sereux|sereuse|endometrioide|"
    r"tubulaire|"
    r"oncocytaire|anaplasique|chromophobe|cribriforme|squameux|adenosquameux|epidermoide|neuroendocrine|papillary|"
    r"follicular|medullary|mucinous|lobular|ductal|serous|endometrioid|tubular|oncocytic|anaplastic|squamous|"
    r"adenosquamous)"
)


def _goes_on_as_list(before: Segment, after: Segment) -> bool:
    """« IA1 avec emboles, IA2 ou IIA1 », « papillaire, folliculaire, Hürthle »: a stage or a type has one value."""
    one = next((each for each in (before, after) if not each.tests), None)
    other = after if one is before else before
    if one is None:
        return False
    if _ONE_VALUE.fullmatch(one.leftover):
        if other is before and other.tests:  # « CBNPC IB (≥ 4 cm), II ou IIIA »
            return other.tests[-1].kind is Kind.STAGE
        return all(each.kind is Kind.STAGE for each in other.tests) and (
            bool(other.tests) or _ONE_VALUE.fullmatch(other.leftover) is not None
        )
    if _TYPE.fullmatch(one.leftover) is None:
        return False
    return not other.tests or (other is after and _names_tumours(other))  # behind « K du sein », types detail it


def _are_stages(before: Segment, after: Segment) -> bool:
    """« Stade III mesurable, stade IVB ou récidive »: groups of stages, side by side."""
    first, second = _groups(before), _groups(after)
    return bool(first and second) and first != second


def _groups(segment: Segment) -> frozenset[str]:
    told = (leaf for one in segment.tests for leaf in leaves(one.test) if isinstance(leaf, StageIn))
    return frozenset[str]().union(*(leaf.groups for leaf in told))


def _are_extents(before: Segment, after: Segment, clause: Clause) -> bool:
    """« Maladie avancée, récidivante ou métastatique »: what stands behind the comma holds the « ou » of the list."""
    if len(before.tests) != 1 or len(after.tests) != 1 or before.leftover or after.leftover:
        return False
    plain_extent = isinstance(before.tests[0].test, ExtentIn) and after.tests[0].kind is Kind.EXTENT
    return plain_extent and _OR.search(clause.plain, after.tests[0].start, after.tests[0].end) is not None


def _names_tumours(segment: Segment) -> bool:
    """Only organs and histologies: a list of them is always of alternatives, a tumour being one of them. A grade alone
    is no tumour (« sarcome, grade FNCLCC 2-3 »)."""
    named = bool(segment.tests) and all(one.kind in (Kind.ORGAN, Kind.HISTOLOGY) for one in segment.tests)
    return named and not all(isinstance(one.test, StageIn) for one in segment.tests)


def goes_with(before: Segment, after: Segment) -> bool:
    """« corticoïdes et anticoagulants autorisés »: both are."""
    return after.joint != "," or not before.tests or not after.tests or before.kind is after.kind


_LINKS = re.compile(
    r"(?i)\b(?:par|avec|de|des|du|d'|a|à|au|aux|pour|en|apr[èe]s|sous|contre|pendant|durant|suivant|depuis|malgr[ée]|"
    r"re[çc]ue?s?|received|with|by|of|to|for|in|"
    r"after|on|under|following|since)(?: (?:la|le|les|une?|the))?$"
)


_LONGEST_LINK = 20


def is_linked(head: str) -> bool:
    """Whether words end in one that joins them to what follows."""
    return _LINKS.search(head, max(0, len(head) - _LONGEST_LINK)) is not None
