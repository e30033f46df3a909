"""Terms of extent, state and stage that stand side by side, put together as the words between them say.

« ou » and commas of a list are alternatives, adjacency is all-of, a parenthesis makes precise what stands before it.
« Non résécable » qualifies what is not metastatic, unless nothing else is there to be qualified (contract).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.criteria import (
    AllOf,
    AnyOf,
    Extent,
    ExtentIn,
    Kind,
    Not,
    StageIn,
    State,
    StateIs,
    Test,
    TnmIs,
    Unread,
    leaves,
)
from rules.junctions import either, together
from rules.reading.clause import Clause, Found
from rules.reading.disease.roles import ADVANCED, LOCALLY_ADVANCED, METASTATIC, UNRESECTABLE, Role, Term
from rules.staging import StageValue

_FILL = (
    r"(?:en|de|du|d'|a|au|un|une|la|le|les|des|stades?|stages?|phase|situation|maladies?|diseases?|formes?|"
    r"tumeurs?|cancers?|carcinomes?|carcinomas?|adenocarcinomes?|melanomes?|"
    r"tumou?rs?|either|soit|with|avec|is|est|cliniquement|chirurgicalement|documentee?s?|histologiquement|"
    r"confirmee?s?|confirmed|d'emblee|synchrones?|metachrones?|solid|solides?|"
    r"qui est|that is|which is|who are|who is|that are|qui sont|initialement|be|have|has|presentant|presence of|"
    r"presence de|prouvee?s?|classee?s?|"
    r"colorectal|colorectaux|ccr|crc|cbnpc|nsclc|melanoma|histologically|"
    r"clinical|clinique|pathologique|juge[es]{0,2}|considere[es]{0,2}|surgically|currently|actuellement|in|the|"
    r"setting|an|epithelial|invasif|invasive|c'est-a-dire|i\.e\.?,?|defined as|defini\w* par)"
)
_JOINT = re.compile(
    rf"[\s)\]]*(?P<joint>(?:,\s?)?(?:et/ou|and/or|ou bien|ou|or|et|and|/|\+|-)?)\s*(?:{_FILL}(?:(?<=')|(?![a-z]))"
    rf"[\s,]*)*[\s(\[]*"
)


@dataclass(frozen=True, slots=True)
class _Node:
    start: int
    end: int
    role: Role
    test: Test
    kind: Kind


def grouped(clause: Clause, terms: Sequence[Term]) -> list[Found]:
    """One finding a run of terms; a run that contradicts itself is not understood, and left out."""
    found = []
    for run in _runs(clause.plain, terms):
        node = _built(clause.plain, run)
        if node:
            end = _with_parenthesis(clause.plain, node.start, node.end)
            found.append(Found(node.start, end, node.test, node.kind))
    return found


def are_joined(plain: str, end: int, start: int) -> bool:
    """Whether only words of a list stand between two terms."""
    return _JOINT.fullmatch(plain, end, start) is not None


def _runs(plain: str, terms: Sequence[Term]) -> list[list[Term]]:
    runs: list[list[Term]] = []
    for term in terms:
        joined = _JOINT.fullmatch(plain, runs[-1][-1].end, term.start) if runs else None
        if joined and not (joined["joint"].strip() == "," and _is_of_a_score(term)):
            runs[-1].append(term)
        else:
            runs.append([term])
    return runs


def _is_of_a_score(term: Term) -> bool:
    """« Avancé ou métastatique, risque IMDC intermédiaire »: a score is asked besides."""
    return isinstance(term.test, StageIn) and not term.test.groups


def _with_parenthesis(plain: str, start: int, end: int) -> int:
    opened = plain.count("(", start, end) - plain.count(")", start, end)
    return end + 1 if opened > 0 and plain[end : end + 1] == ")" else end


def _built(plain: str, run: Sequence[Term]) -> _Node | None:
    nodes = [_Node(term.start, term.end, term.role, term.test, term.kind) for term in run]
    if len(nodes) > 1 and nodes[0].role in _PLACES and _SAID_AGAIN.search(plain, nodes[0].end, nodes[1].start):
        nodes = [replace(nodes[1], start=nodes[0].start), *nodes[2:]]
    nodes, joints = _folded(plain, nodes)
    test = _combined(nodes, joints)
    if test is None:
        return None
    return _Node(nodes[0].start, nodes[-1].end, nodes[0].role, test, nodes[0].kind)


def _folded(plain: str, nodes: list[_Node]) -> tuple[list[_Node], list[str]]:
    """Parenthesised terms joined to the node before them; then the joints between what is left."""
    kept: list[_Node] = []
    inner: list[_Node] = []
    base = nodes[0].start
    for node in nodes:
        deep = plain.count("(", base, node.start) > plain.count(")", base, node.start)
        if deep and kept:
            inner.append(node)
            continue
        _absorb(plain, kept, inner)
        inner = []
        kept.append(node)
    _absorb(plain, kept, inner)
    return kept, [_joint(plain, one, other) for one, other in pairwise(kept)]


def _absorb(plain: str, kept: list[_Node], inner: list[_Node]) -> None:
    if not inner:
        return
    joints = [_joint(plain, one, other) for one, other in pairwise(inner)]
    if len(inner) == 1 and inner[0].role is Role.UNRESECTABLE:
        kept.append(inner[0])
        return
    test = _combined(inner, joints)
    last = kept[-1]
    if test is None:
        return
    if _restates(plain, kept, inner):
        kept[-1] = replace(last, end=inner[-1].end)
        return
    if last.test == ADVANCED and isinstance(test, AnyOf):
        # « avancé (non résécable, métastatique ou récidivant) »: what may be resected without being advanced is neither
        test = AnyOf(tuple(AllOf((_BEYOND, part)) if part == UNRESECTABLE else part for part in test.parts))
        kept[-1] = replace(last, end=inner[-1].end, test=test)
        return
    if isinstance(last.test, StageIn) and len(last.test.groups) > 1 and _is_tnm(test):
        test = AnyOf((test, Unread(Kind.STAGE)))
    kept[-1] = replace(last, end=inner[-1].end, test=_all([last.test, test]) or last.test)


_BEYOND = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED}))
"""Without the borderline one, which is operable."""


def _restates(plain: str, kept: list[_Node], inner: list[_Node]) -> bool:
    """A stage in parentheses after alternatives says them again; one that is read in part says nothing surely."""
    closing = plain.find(")", inner[-1].end)
    rest = plain[inner[-1].end : closing if closing >= 0 else len(plain)]
    return len(kept) > 1 or re.search(r"[a-z0-9]", rest) is not None


def _is_tnm(test: Test) -> bool:
    """Of several groups, the categories in parentheses may speak of the last only (« IIIB à IV (M1a) »)."""
    return any(isinstance(leaf, TnmIs) for leaf in leaves(test))


def _joint(plain: str, one: _Node, other: _Node) -> str:
    match = _JOINT.fullmatch(plain, one.end, other.start)
    word = match["joint"].strip() if match else ""
    if other.role is Role.UNRESECTABLE and word not in ("ou", "or", "/") and _OWN_VERB.match(plain, other.start):
        return "to all"
    if re.search(r"ou|or|/", word):
        return "or"
    if re.search(r"et|and|\+", word):
        return "and"
    return "comma" if word.startswith(",") else "none"


_OWN_VERB = re.compile(r"n'|ne |is not|are not|cannot")
"""« Localement avancé ou récidivant et n'est pas accessible à …»: said of all of it."""


def _combined(nodes: list[_Node], joints: list[str]) -> Test | None:
    at = next((index for index, joint in enumerate(joints) if joint == "comma"), None)
    if at is not None and _stand_apart(nodes[: at + 1], nodes[at + 1 :]):
        both = [_combined(nodes[: at + 1], joints[:at]), _combined(nodes[at + 1 :], joints[at + 1 :])]
        return _all([test for test in both if test]) if all(both) else None
    nodes, joints = _qualified(*_of_the_fourth(nodes, _resolved(nodes, joints)))
    chains: list[list[Test]] = [[nodes[0].test]]
    for joint, node in zip(joints, nodes[1:], strict=True):
        if joint == "or":
            chains.append([node.test])
        else:
            chains[-1].append(node.test)
    tests = [_all(chain) for chain in chains]
    return _any([test for test in tests if test]) if all(tests) else None


def _stand_apart(stages: list[_Node], rest: list[_Node]) -> bool:
    """« Stade IIB ou IIIA, résécable ou à la limite de l'être »: the stage, and one of the two; « nouvellement
    diagnostiqué, localisé ou métastatique »: new, and of either extent."""
    if len(stages) == 1 and stages[0].test == StateIs(State.NEWLY_DIAGNOSED):
        return len(rest) > 1 and all(node.role in _PLACES for node in rest)
    staged = all(node.role is Role.STAGE for node in stages) and all(node.role is not Role.STAGE for node in rest)
    return staged and len(rest) > 1 and rest[0].test == StateIs(State.RESECTABLE)


_PLACES = frozenset({Role.METASTATIC, Role.ADVANCED, Role.EXTENT})
_SAID_AGAIN = re.compile(r"c'est-a-dire|\bi\.e\b|\bdefin\w* (?:as|par|comme)\b")
"""« Avancé, c'est-à-dire de stade IIIB ou IV »: what follows says which."""
_OF_CASTRATION = (StateIs(State.CASTRATION_RESISTANT), Not(StateIs(State.CASTRATION_RESISTANT)))


def _resolved(nodes: list[_Node], joints: list[str]) -> list[str]:
    """Commas as the list they are in; « localement avancé et métastatique », « stades II et III » as alternatives."""
    return [_as_meant(nodes[index], nodes[index + 1], joints[index:]) for index in range(len(joints))]


def _as_meant(one: _Node, other: _Node, following: list[str]) -> str:
    joint = following[0]
    if joint == "comma":
        listed = "or" in following
        if one.test in _OF_CASTRATION and other.role in _PLACES:
            return "and"  # « résistant à la castration, avancé ou métastatique »
        attaches = other.role is Role.UNRESECTABLE and (one.test == LOCALLY_ADVANCED or not listed)
        joint = "to all" if attaches and not listed else "none" if attaches else ("or" if listed else "and")
    places = {one.role, other.role} <= _PLACES and one.test != other.test and not _is_inside(one, other)
    return "or" if joint == "and" and (places or _groups_only(one, other)) else joint


def _is_inside(one: _Node, other: _Node) -> bool:
    """« localement avancé, non métastatique »: the second says no more than the first."""
    if not (isinstance(one.test, ExtentIn) and isinstance(other.test, ExtentIn)):
        return False
    return one.test.extents <= other.test.extents or other.test.extents <= one.test.extents


def _groups_only(one: _Node, other: _Node) -> bool:
    return all(isinstance(node.test, StageIn) and node.test.groups for node in (one, other))


def _qualified(nodes: list[_Node], joints: list[str]) -> tuple[list[_Node], list[str]]:
    """« Non résécable » moved onto what it qualifies; standing alone, or as an alternative, it stays."""
    nodes, joints = list(nodes), list(joints)
    index = 0
    while index < len(nodes):
        to_all = index > 0 and joints[index - 1] == "to all"
        near = _neighbour(nodes, joints, index)
        if near is None:
            index += 1
            continue
        targets = _targets(nodes, joints, near, to_all=to_all) if near < index else [near]
        for target in targets:
            nodes[target] = replace(nodes[target], test=_unresectable(nodes[target], nodes[index].test))
        low, high = min(nodes[index].start, nodes[near].start), max(nodes[index].end, nodes[near].end)
        nodes[near] = replace(nodes[near], start=low, end=high)
        del nodes[index]
        del joints[min(index, near)]
    return nodes, joints


def _of_the_fourth(nodes: list[_Node], joints: list[str]) -> tuple[list[_Node], list[str]]:
    """« Stade IIIB, IIIC ou IV M1a »: the category of metastasis is of stage IV alone."""
    for index, joint in enumerate(joints):
        one, other = nodes[index], nodes[index + 1]
        if joint != "none" or not isinstance(one.test, StageIn) or not _is_of_m(other.test):
            continue
        fourth = frozenset(code for code in one.test.groups if code.startswith("IV"))
        if not fourth or fourth == one.test.groups:
            continue
        last = AllOf((StageIn(fourth, _values_of(one.test, fourth)), other.test))
        rest = one.test.groups - fourth
        whole = replace(one, end=other.end, test=AnyOf((StageIn(rest, _values_of(one.test, rest)), last)))
        return [*nodes[:index], whole, *nodes[index + 2 :]], [*joints[:index], *joints[index + 1 :]]
    return nodes, joints


def _is_of_m(test: Test) -> bool:
    return test == METASTATIC or (isinstance(test, TnmIs) and test.component == "m")


def _values_of(test: StageIn, groups: frozenset[str]) -> frozenset[StageValue]:
    return frozenset(value for value in test.values if value.code in groups)


def _neighbour(nodes: list[_Node], joints: list[str], index: int) -> int | None:
    """The node that a « non résécable » at `index` leans on: the one before it, else the one after."""
    if nodes[index].role is not Role.UNRESECTABLE:
        return None
    if index > 0 and joints[index - 1] in ("none", "to all"):
        return index - 1
    return index + 1 if index + 1 < len(nodes) and joints[index] == "none" else None


def _targets(nodes: list[_Node], joints: list[str], last: int, *, to_all: bool) -> list[int]:
    """What stands before and is qualified: the last word, or, where that is metastatic, the alternatives before it.

    Behind a comma it is said of every alternative that is not metastatic (« en rechute ou réfractaire, non curable »).
    """
    if not _is_metastatic(nodes[last]) and not to_all:
        return [last]
    others = [] if _is_metastatic(nodes[last]) else [last]
    index = last - 1
    while index >= 0 and joints[index] == "or":
        if not _is_metastatic(nodes[index]) and nodes[index].role is not Role.UNRESECTABLE:
            others.append(index)
        index -= 1
    return others or [last]


def _is_metastatic(node: _Node) -> bool:
    if isinstance(node.test, StageIn):
        return bool(node.test.groups) and all(code.startswith("IV") for code in node.test.groups)
    return node.role is Role.METASTATIC


def _unresectable(node: _Node, qualifier: Test) -> Test:
    """What stands there, beyond resection (or beyond any curative treatment: `qualifier`)."""
    test = node.test
    if test == ADVANCED:
        return AnyOf((AllOf((LOCALLY_ADVANCED, qualifier)), METASTATIC))
    if isinstance(test, StageIn) and not _is_metastatic(node):
        fourth = frozenset(code for code in test.groups if code.startswith("IV"))
        if fourth:
            rest = StageIn(test.groups - fourth, frozenset(value for value in test.values if value.code not in fourth))
            last = StageIn(fourth, frozenset(value for value in test.values if value.code in fourth))
            return AnyOf((AllOf((rest, qualifier)), last))
    if isinstance(test, AnyOf) and any(_is_of_the_fourth(part) for part in test.parts):
        return either([part if _is_of_the_fourth(part) else AllOf((part, qualifier)) for part in test.parts])
    return _all([test, qualifier]) or test


def _is_of_the_fourth(test: Test) -> bool:
    """« Stade IV métastatique », one limb of several."""
    parts = test.parts if isinstance(test, AllOf) else ()
    fourth = [one for one in parts if isinstance(one, StageIn) and all(code.startswith("IV") for code in one.groups)]
    return bool(fourth) and any(_is_of_m(one) for one in parts)


def _all(tests: list[Test]) -> Test | None:
    """All-of, with extents met together; None where they leave nothing."""
    if len(tests) == 1:
        return tests[0]
    tests = [part for test in tests for part in (test.parts if isinstance(test, AllOf) else (test,))]
    if any(Not(test) in tests for test in tests):
        return None
    extents = [test for test in tests if isinstance(test, ExtentIn)]
    others = list(dict.fromkeys(test for test in tests if not isinstance(test, ExtentIn)))
    parts: list[Test] = []
    if extents:
        common = frozenset.intersection(*(test.extents for test in extents))
        if not common:
            return None
        parts.append(ExtentIn(common))
    parts += [part for test in others for part in (test.parts if isinstance(test, AllOf) else (test,))]
    parts = list(dict.fromkeys(parts))
    return together(parts)


def _any(tests: list[Test]) -> Test:
    """Any-of, with extents and stage groups joined."""
    extents = [test for test in tests if isinstance(test, ExtentIn)]
    stages = [test for test in tests if isinstance(test, StageIn)]
    flat = [part for test in tests for part in (test.parts if isinstance(test, AnyOf) else (test,))]
    others: list[Test] = [test for test in flat if not isinstance(test, ExtentIn | StageIn)]
    extents += [test for test in flat if isinstance(test, ExtentIn) and test not in extents]
    stages += [test for test in flat if isinstance(test, StageIn) and test not in stages]
    parts: list[Test] = []
    if stages:
        groups = frozenset().union(*(test.groups for test in stages))
        parts.append(StageIn(groups, frozenset().union(*(test.values for test in stages))))
    if extents:
        parts.append(ExtentIn(frozenset().union(*(test.extents for test in extents))))
    parts += list(dict.fromkeys(others))
    return either(parts)
