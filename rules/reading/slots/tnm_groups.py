"""Risk told by combinations of categories: « pT2 grade 4 N0 M0, pT3 tout grade N0 M0 ou tout pT N+ M0 ».

Each combination is one way in: its categories, its grade and what a bracket adds hold together; the next one begins
where a T stands again. A word of no class leaves the sentence to the other readers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.criteria import ExtentIn, Kind, NoDemand, StageIn, Test, TnmIs, Unread
from rules.hinted import hinted
from rules.junctions import either, together
from rules.reading.clause import Clause, Found
from rules.reading.disease.stages import category_of
from rules.reading.joining import Read
from rules.reading.segments import words_left
from rules.staging import StageValue, Tnm, TnmMention, find_tnm

_HINT = hinted(r"(?<![a-z])[cpy]{0,2}t\s?[≥>]?=?\s?[1-4]")
_BESIDE = hinted(r"grade|(?<![a-z])g\s?[1-4]|\b(?:tout|any|all|tous)\b|sarcomato|;")
_ANY = re.compile(
    r"\b(?:tout|tous|toute|any|all|quel(?:le)? que soit (?:le|la|son))\s(?:les\s)?(?:(?:stat\w+|stade|stage)\s)?"
    r"(?:[cp]{0,2}[tnm](?![a-z0-9+])|grades?|gr?(?![a-z0-9])\.?)(?:\sstage)?|"
    r"\b(?:[cp]{0,2}[tn]|grades?|gr?\.?)\s(?:quelconque|indifferent|any(?:\sstage)?)\b"
)
_ANY_T = re.compile(r"\b[cp]{0,2}t(?![a-z])")
_RANKS = r"(?:[≥>]=?\s?)?(?P<rank>[1-4](?:\s?(?:-|/|,|a|to|et|and|ou|or)\s?[1-4])*)(?![\d/]|\s?(?:ans|cm|mm|mois))"
_GRADE = re.compile(
    r"\b(?:(?:de |of )?(?:haut|high|bas|low)[- ]grade\b|"
    r"(?:(?:de |avec |with )?(?:grades?|gr\.?|g)\s?(?:(?:isup|who/isup|oms/isup|fuhrman|histologique|nucleaire|nuclear)"
    rf"\s)?|(?:isup|fuhrman)\s){_RANKS}(?:\s(?:isup|de fuhrman|fuhrman))?)"
)
_SARCOMATOID = re.compile(
    r"\b(?:avec |with )?(?:un |une |any |a )?(?:(?:contingent|composante|dedifferentiation|differenciation|features?|"
    r"component)\s)?sarcomato[iy]de?s?(?:\s(?:features?|differentiation|component|dedifferentiation))?\b"
)
_NO_RESIDUE = re.compile(
    r"\b(?:m1\s)?(?:sans (?:maladie|lesion|tumeur) (?:residuelle|visible|evaluable)|\(?ned\)?|sans evidence de maladie|"
    r"no evidence of disease|no residual disease)(?:\s(?:apres|after)\s(?:une? )?(?:resection|chirurgie|surgery|"
    r"metastasectomie|metastasectomy)(?:\s(?:complete|of [a-z]+|des? [a-z]+))*|\s(?:after|apres)\s(?:complete )?"
    r"resection)?"
)
_LABEL = re.compile(
    r"\b(?:(?:le|la|un|une|a|the|de|du|d'|of|au|with|avec|est|is|patients?|maladies?|disease|tumeurs?|tumou?rs?|"
    r"cancers?|carcinomes?|tres|very|haut|high|eleves?|bas|low|intermediaires?|intermediate|"
    r"risques?(?: de (?:recidive|rechute))?|risk(?: of (?:recurrence|relapse))?|groupes?|groups?|definie?s?|defined|"
    r"par|by|as|comme|selon|suit|suivants?|follows|following|soit|either|c'est-a-dire|stades?|stages?|classee?s?|"
    r"staged|classified|pathologiques?|pathological|cliniques?|clinical|categories|categorie|criteres?|criteria|"
    r"un des|one of|any of|l'un des)[\s:,(=-]*)+"
)
_OF_THE_KIDNEY = re.compile(r"\b(?:rcc|ccr|renale?s?|rein)\b")
_SEPARATOR = re.compile(r"\s*(?P<mark>[;,/•]|\b(?:ou bien|et/ou|and/or|ou|or)\b)\s*")
_KIDNEY = "kidney"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What stands between two joints: categories by component, what is asked with them."""

    joint: str
    categories: Mapping[str, Test]
    beside: tuple[Test, ...]
    leads: bool
    """Whether a grade stands in it before any category."""
    any_t: bool = False
    """Whether it says that any T will do."""


@dataclass(slots=True)
class _Way:
    """One combination while it is put together."""

    categories: dict[str, Test]
    beside: list[Test]
    any_t: bool

    @property
    def takes_a_grade(self) -> bool:
        """« pT2 grade 4 ou sarcomatoïde »: whether what follows a joint may still be of its grade."""
        return bool(self.beside) and set(self.categories) == {"t"}

    def test(self) -> Test:
        return together([*self.categories.values(), *self.beside])


def tnm_groups(clause: Clause) -> Read | None:
    """Such combinations as one criterion; None where there are none, or where a word is not understood."""
    if not (_HINT.search(clause.plain) and _BESIDE.search(clause.plain)):
        return None
    limbs = _limbs(clause)
    ways = _ways(limbs) if limbs else None
    if ways is None or len(ways) < _SEVERAL or not _agree(ways):
        return None
    return Read(((Kind.STAGE, True, either(list(dict.fromkeys(way.test() for way in ways)))),), True)


_SEVERAL = 2


def _limbs(clause: Clause) -> list[_Told] | None:
    """The stretches between the joints of the clause; None where a word is left that nothing accounts for."""
    plain = clause.plain
    beside = _beside(clause)
    masked = "".join(" " if any(one.start <= at < one.end for one in beside) else c for at, c in enumerate(clause.text))
    lists = [(one.start, one.end) for one in find_tnm(masked) if len(_components(one)) == 1]
    closed = [*lists, *((one.start, one.end) for one in beside)]
    cuts = [
        one for one in _SEPARATOR.finditer(plain) if all(not start < one.start("mark") < end for start, end in closed)
    ]
    starts = [("", 0), *((one["mark"], one.end()) for one in cuts)]
    ends = [*(one.start() for one in cuts), len(plain)]
    labels = [Found(one.start(), one.end(), Unread(), Kind.STAGE) for one in _LABEL.finditer(plain)]
    if clause.organs == {_KIDNEY}:
        labels += [Found(one.start(), one.end(), Unread(), Kind.STAGE) for one in _OF_THE_KIDNEY.finditer(plain)]
    told: list[Found] = [*beside, *labels]
    limbs = []
    for (joint, start), end in zip(starts, ends, strict=True):
        mentions = find_tnm(masked[start:end])
        told += [Found(start + one.start, start + one.end, Unread(), Kind.STAGE) for one in mentions]
        limb = _limb(joint, mentions, [one for one in beside if start <= one.start < end], start)
        any_t = any(_ANY_T.search(plain, one.start, one.end) for one in beside if start <= one.start < end)
        if limb is None:
            return None
        limbs.append(replace(limb, any_t=any_t and "t" not in limb.categories))
    return None if words_left(clause, 0, len(plain), told, parentheses=True) else limbs


def _beside(clause: Clause) -> list[Found]:
    """What stands beside the categories: « tout grade » asks nothing, a grade is a stage of its organ."""
    found: list[Found] = []
    for pattern, meaning in ((_ANY, _free), (_NO_RESIDUE, _open), (_GRADE, _grade), (_SARCOMATOID, _open)):
        found += [
            Found(one.start(), one.end(), meaning(one, clause), Kind.STAGE)
            for one in pattern.finditer(clause.plain)
            if all(one.end() <= other.start or other.end <= one.start() for other in found)
        ]
    return sorted(found, key=lambda one: one.start)


def _free(_: re.Match[str], __: Clause) -> Test:
    return NoDemand()


def _open(_: re.Match[str], __: Clause) -> Test:
    return Unread(Kind.HISTOLOGY)


def _grade(match: re.Match[str], clause: Clause) -> Test:
    """A grade of the kidney by its figures; of other organs, or by a word alone, it is not read."""
    ranks = [int(one) for one in re.findall(r"[1-4]", match["rank"] or "")]
    if not ranks or clause.organs != {_KIDNEY}:
        return Unread(Kind.HISTOLOGY)
    up = re.search(r"[≥>]", match[0])
    span = range(ranks[0] + (up[0] == ">" and "=" not in match[0]), 5) if up else range(min(ranks), max(ranks) + 1)
    values = {StageValue(system, str(rank)) for rank in span for system in ("fuhrman", "isup_renal")}
    return StageIn(values=frozenset(values)) if values else Unread(Kind.HISTOLOGY)


def _components(mention: TnmMention) -> list[str]:
    return [letter for letter in "tnm" if getattr(mention.tnm, letter)]


def _only(tnm: Tnm, letter: str) -> Tnm:
    t, n, m = (getattr(tnm, one) if one == letter else frozenset[str]() for one in "tnm")
    return Tnm(t, n, m, tnm.prefix)


def _limb(joint: str, mentions: Sequence[TnmMention], beside: Sequence[Found], start: int) -> _Told | None:
    """What one stretch holds; None where a component stands in it twice or is not known."""
    categories: dict[str, Test] = {}
    for mention in mentions:
        for letter in _components(mention):
            test = category_of(_only(mention.tnm, letter))
            if letter in categories or test is None:
                return None
            categories[letter] = test
        if not _components(mention):
            return None
    first = start + mentions[0].start if mentions else None
    asked = [one.test for one in beside if not isinstance(one.test, NoDemand)]
    leads = bool(asked) and not isinstance(beside[0].test, NoDemand) and (first is None or beside[0].start < first)
    return _Told(joint=joint, categories=categories, beside=tuple(asked), leads=leads)


def _ways(limbs: Sequence[_Told]) -> list[_Way] | None:
    """The limbs put together; None where it is not sure with what one of them goes."""
    ways: list[_Way] = []
    for limb in limbs:
        if not (limb.categories or limb.beside or limb.any_t):
            continue  # a label alone
        last = ways[-1] if ways else None
        if limb.leads and last and last.takes_a_grade:
            last.beside = [either([together(last.beside), *limb.beside])]
            last.categories |= limb.categories
        elif last and limb.joint == "," and _goes_on(last, limb):
            last.categories |= limb.categories
            last.beside += limb.beside
        elif limb.joint in (",", "/") and "t" not in limb.categories and not limb.any_t and limb.categories:
            return None  # « T3, N+ »: both, or either
        else:
            ways.append(_Way(dict(limb.categories), list(limb.beside), limb.any_t))
    return ways if all(way.categories or way.beside for way in ways) else None


def _goes_on(way: _Way, limb: _Told) -> bool:
    """« pT3, N0, M0 »: a comma inside one combination, where nobody would tell an alternative so."""
    further, have = limb.categories, ["t", *way.categories] if way.any_t else list(way.categories)
    if "t" in further or limb.any_t or not have or _first(further) <= _last(have):
        return False
    none = [
        isinstance(test, ExtentIn) or (isinstance(test, TnmIs) and test.values == {"N0"}) for test in further.values()
    ]
    return way.any_t or "n" in way.categories or all(none)


def _first(letters: Iterable[str]) -> int:
    return min(map("tnm".index, letters), default=len("tnm"))


def _last(letters: Iterable[str]) -> int:
    return max(map("tnm".index, letters))


def _agree(ways: Sequence[_Way]) -> bool:
    """« T2 ou T3 N0 »: a T by itself before one with its N may share it; so may those before a last M0."""
    for index, way in enumerate(ways):
        bare = set(way.categories) == {"t"} and not way.beside
        if bare and any("t" in other.categories and len(other.categories) > 1 for other in ways[index + 1 :]):
            return False
    with_m = ["m" in way.categories for way in ways if way.categories]
    return not (with_m and with_m[-1] and not any(with_m[:-1]) and len(with_m) > 1)
