"""A leaf of the notation as a formula over facts. Raises ValueError on an id or a word that nobody knows."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from rules.conditions import CONDITIONS
from rules.histologies import HISTOLOGIES
from rules.kinds import BrainState, Platinum, Setting, State
from rules.labs import LABS, in_canonical_unit
from rules.marker_values import SCORE_POSITIVE, Score
from rules.markers import MARKERS, needed_to_exclude
from rules.organs import METASTATIC_SITES, ORGANS
from rules.quantities import find_durations
from rules.staging.groups import GROUP_TREE
from rules.staging.tnm import TNM_TREE
from rules.treatments import TREATMENTS
from rules.vocabulary.hierarchy import Hierarchy
from rules.vocabulary.tables import rows
from tests.reading.criteria.facts import Choice, Formula, Has, Open, Reaches, both, denied, either
from tests.reading.criteria.notation import NOTHING, UNREAD, Node, cut

_EXTENTS = ("localised", "locally_advanced", "metastatic")
_SETTINGS = ("neoadjuvant", "adjuvant", "curative", "maintenance", "advanced", "metastatic", "locally_advanced")
_OUTCOMES = ("progression", "relapse", "toxicity", "response", "stable")
_PURPOSES = ("cisplatin", "intensive_chemotherapy", "transplant", "surgery", "radiotherapy")


def formula(text: str) -> Formula:
    """A line of the notation as a formula."""
    return _formula(cut(text))


def _formula(node: Node) -> Formula:
    if node.joint == "leaf":
        return _leaf(node.text)
    parts = [_formula(part) for part in node.parts]
    if node.joint == "not":
        return denied(parts[0])
    if node.joint == "atleast":
        return _at_least(node.minimum, parts)
    return both(parts) if node.joint == "and" else either(parts)


def _at_least(minimum: int, parts: list[Formula]) -> Formula:
    if minimum <= 0:
        return True
    if len(parts) < minimum:
        return False
    return either([both([parts[0], _at_least(minimum - 1, parts[1:])]), _at_least(minimum, parts[1:])])


def _leaf(text: str) -> Formula:
    if text in (UNREAD, NOTHING):
        return Open() if text == UNREAD else True
    word, _, rest = text.partition(" ")
    if word in _BY_WORD:
        return _BY_WORD[word](rest)
    if word.split(",")[0] in CONDITIONS and not word.startswith("metastasis"):
        return _condition(text)
    if word in LABS:
        return _lab(word, rest)
    return _marker(text)


def _known(ids: str, allowed: Hierarchy | Iterable[str]) -> list[str]:
    named = ids.strip().split(",")
    unknown = [one for one in named if one not in (allowed if isinstance(allowed, Hierarchy) else set(allowed))]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: not an id")
    return named


def _below(tree: Hierarchy, ids: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(tree.below(id_) for id_ in ids))


def _choice(axis: str, allowed: Iterable[str]) -> Callable[[str], Formula]:
    return lambda rest: Choice(axis, frozenset(_known(rest, allowed)))


def _organ(rest: str) -> Formula:
    if rest == "ALL SOLID":
        return Choice("organ", frozenset(ORGANS.concepts) - ORGANS.below("haematologic"))
    named = [one for one in rest.split(",") if one != "ALL SOLID"]
    precise = Choice("organ", _below(ORGANS, _known(",".join(named), ORGANS)))
    return either([precise, _organ("ALL SOLID")]) if len(named) < len(rest.split(",")) else precise


def _histology(rest: str) -> Formula:
    return Choice("histology", _below(HISTOLOGIES, _known(rest, HISTOLOGIES)))


def _extent(rest: str) -> Formula:
    """Borderline is both of its neighbours: it tells no sentence from another."""
    members = frozenset(_known(rest, (*_EXTENTS, "borderline"))) - {"borderline"}
    return Choice("extent", members or frozenset({"localised", "locally_advanced"}))


def _stage(rest: str) -> Formula:
    """Groups of UICC (FIGO has the same names), or values of another system by its id."""
    system, _, codes = rest.rpartition(" ")
    named = codes.split(",")
    if system in {"", "uicc", "figo"}:
        return Choice("stage", _group_leaves(named))
    if "tree" in _systems().get(system, set()):
        return Choice(f"stage {system}", _group_leaves(named))
    return Choice(f"stage {system}", frozenset(_known(codes, _systems().get(system, set()))))


@cache
def _systems() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("stage_systems", columns=("system", "names", "value", "value_names", "order", "source")):
        found.setdefault(row["system"], set()).add(row["value"])
    return found


def _group_leaves(codes: Iterable[str]) -> frozenset[str]:
    return _tree_leaves(GROUP_TREE.leaves, GROUP_TREE.covers, codes)


def _tree_leaves(
    heads: Iterable[tuple[str, tuple[str, ...]]], covers: Callable[[str, str], bool], codes: Iterable[str]
) -> frozenset[str]:
    every = [head + tail for head, tails in heads for tail in tails]
    found = {code: [leaf for leaf in every if covers(code, leaf)] for code in codes}
    if not all(found.values()):
        raise ValueError(f"{', '.join(code for code, ones in found.items() if not ones)}: not a code")
    return frozenset(leaf for ones in found.values() for leaf in ones)


def _tnm(rest: str) -> Formula:
    """M tells the extent of the disease; M1 with a letter more than that."""
    component, codes = rest.split(" ")

    def leaves(named: list[str]) -> Formula:
        return Choice(f"tnm {component}", _tree_leaves(TNM_TREE.leaves, TNM_TREE.covers, named))

    if component != "M":
        return leaves(codes.split(","))
    of_m = {"M0": Choice("extent", frozenset({"localised", "locally_advanced"})), "M1": _METASTATIC}
    return either(of_m.get(code) or both([_METASTATIC, leaves([code])]) for code in codes.split(","))


_METASTATIC = Choice("extent", frozenset({"metastatic"}))


def _metastasis(rest: str) -> Formula:
    """A site beyond the lymph nodes and the peritoneum is metastatic disease."""
    ids = _known(rest.removesuffix(" only"), METASTATIC_SITES)
    words = frozenset({"only"}) if rest.endswith(" only") else frozenset()
    near = ("lymph_node", "peritoneum", "soft_tissue", "skin")
    return either(
        Has(sort="metastasis", id=id_, words=words)
        if any(METASTATIC_SITES.covers(one, id_) for one in near)
        else both([Has(sort="metastasis", id=id_, words=words), _METASTATIC])
        for id_ in ids
    )


def _between(axis: str, span: str, *, offset: int = 0, step: float = 1) -> Formula:
    """A span "low-high" of a scale that has steps: above its end comes the next step."""
    match = re.fullmatch(r"([\d.]*)-([\d.]*)", span)
    if not match:
        raise ValueError(f"{span}: not a span")
    low, high = (float(end) + offset if end else None for end in match.groups())
    over = None if high is None else Reaches(axis, high + step)
    return both([Reaches(axis, low) if low else True, denied(over) if over else True])


def _age(rest: str) -> Formula:
    axis = "age at diagnosis" if rest.startswith("at diagnosis ") else "age"
    return _between(axis, rest.removeprefix("at diagnosis "))


def _prior(rest: str) -> Formula:
    span, _, of = rest.partition(" of ")
    axis = f"prior of {','.join(sorted(_known(of, TREATMENTS)))}" if of else "prior"
    return _between(axis, span)


def _treated(rest: str) -> Formula:
    pattern = r"(\S+)(?: in (\S+))?(?: with (\S+))?(?: within (\S+))?(?: since (\S+))?(?: relapsing (\S+))?"
    match = re.fullmatch(pattern, rest)
    if not match:
        raise ValueError(f"treated {rest}: not well formed")
    ids, settings, outcomes, *delays = match.groups()
    within, since, relapsing = (None if delay is None else days(delay) for delay in delays)
    known = {one.replace("palliative", "metastatic") for one in settings.split(",")} if settings else {None}
    if {one for one in known if one} - set(_SETTINGS):
        raise ValueError(f"{settings}: not a setting")
    return either(
        Has(sort="treated", id=id_, setting=setting, outcome=outcome, within=within, since=since, relapsing=relapsing)
        for id_ in _known(ids, TREATMENTS)
        for setting in sorted(known, key=str)
        for outcome in (_known(outcomes, _OUTCOMES) if outcomes else [None])
    )


def days(text: str) -> int:
    """« 28 », "6m", "4w", "5y" in days, as the project counts them."""
    if text.isdigit():
        return int(text)
    unit = {"d": "days", "w": "weeks", "m": "months", "y": "years"}[text[-1]]
    (found,) = find_durations(f"{text[:-1]} {unit}")
    if found.days is None:
        raise ValueError(f"{text}: not a length of time")
    return found.days[0]


def _recent(rest: str) -> Formula:
    delay, ids = rest.split(" ")
    return either(Has(sort="treated", id=id_, within=days(delay)) for id_ in _known(ids, TREATMENTS))


def _condition(text: str) -> Formula:
    match = re.fullmatch(r"(\S+)(?: within (\S+))?( active)?(?: treated by (\S+))?( or suspected)?", text)
    if not match:
        raise ValueError(f"{text}: not well formed")
    words = frozenset(word for word, told in (("active", match[3]), ("suspected", match[5])) if told)
    words |= {f"treated by {match[4]}"} if match[4] else frozenset()
    within = days(match[2]) if match[2] else None
    return either(
        _elsewhere(id_) or Has(sort="condition", id=id_, words=words, within=within)
        for id_ in _known(match[1], CONDITIONS)
    )


def _elsewhere(id_: str) -> Formula | None:
    """Conditions that another leaf tells too: brain metastases, and the classes of Child and Pugh."""
    if id_ in {"brain_metastases", "cns_metastases"}:
        return Choice("brain", frozenset({"treated_stable", "active", "untreated"}))
    letters = re.fullmatch(r"(child_pugh|cirrhosis_child)_(a|b_or_c|b|c|b7|b8_9)", id_)
    if not letters:
        return None
    of = {"a": ("A5", "A6"), "b": ("B7", "B8", "B9"), "c": ("C",), "b7": ("B7",), "b8_9": ("B8", "B9")}
    points = frozenset(point for letter in letters[2].split("_or_") for point in of[letter])
    cirrhosis = True if letters[1] == "child_pugh" else Has(sort="condition", id="cirrhosis")
    return both([Choice("stage child_pugh", points), cirrhosis])


def _other_cancer(rest: str) -> Formula:
    """Without a delay it is one that is active; whether one of the past counts is not said."""
    match = re.fullmatch(r"cancer( ever)?(?: within (\S+))?(?: except (\S+))?", rest)
    if not match:
        raise ValueError(f"other {rest}: not well formed")
    excepted = frozenset(_known(match[3], CONDITIONS)) if match[3] else frozenset()
    if match[2]:
        return Has(sort="other cancer", id="-", words=excepted, within=days(match[2]))
    if match[1]:
        return Has(sort="other cancer", id="-", words=excepted, within=_EVER)
    now, ever = (Has(sort="other cancer", id="-", words=excepted, within=within) for within in (0, _EVER))
    return either([now, both([ever, Open()])])


_EVER = 100 * 366


def _lab(lab: str, rest: str) -> Formula:
    """A limit as written, in the canonical unit; six significant figures tell two limits apart."""
    limits = re.findall(r"(>=|<=|>|<)([\d.]+)", rest)
    unit = re.sub(r"(>=|<=|>|<)[\d.]+", "", rest).strip()
    if not limits:
        raise ValueError(f"{lab} {rest}: no limit")
    times = unit in {"upper", "lower"}
    axis = f"{lab} {unit}" if times else lab

    def place(value: str) -> float:
        figure = float(value) if times or not unit else in_canonical_unit(lab, float(value), unit)
        if figure is None:
            raise ValueError(f"{lab}: {unit}: not a unit of it")
        return float(f"{figure:.3g}")

    return both(_compared(axis, sign, place(value)) for sign, value in limits)


def _compared(axis: str, sign: str, value: float) -> Formula:
    if sign in (">=", "<"):
        reached = Reaches(axis, value)
        return reached if sign == ">=" else denied(reached)
    beyond = Reaches(axis, value, True)
    return beyond if sign == ">" else denied(beyond)


_NAMES = re.compile("|".join(re.escape(id_) for id_ in sorted(MARKERS.concepts, key=len, reverse=True)))
_LIMIT = re.compile(r"(>=|<=|>|<|=)([\d.]+)")


def _marker(text: str) -> Formula:
    """`no KRAS[G12C]`, `known PD-L1`, `PD-L1>=50% TPS`, `HER2{1+,2+/ISH-}`; a limit holds whatever the sign."""
    sign = next((word for word in ("no", "known") if text.startswith(f"{word} ")), "")
    rest, markers = text.removeprefix(sign).strip(), []
    while match := _NAMES.match(rest):
        markers.append(match[0])
        rest = rest[match.end() :]
        if not rest.startswith("/"):
            break
        rest = rest[1:]
    if not markers:
        raise ValueError(f"{text}: neither a word of the notation nor a marker")
    if sign == "known":
        return both(Has(sort="known", id=member) for marker in markers for member in _members(marker))
    parts = [_one_marker(marker, rest) for marker in markers]
    return denied(either(parts)) if sign == "no" and not _LIMIT.match(rest) and "{" not in rest else either(parts)


def _members(marker: str) -> list[str]:
    members = sorted(needed_to_exclude(marker)) if marker != "MSI" else []
    return members or [marker]


def _one_marker(marker: str, rest: str) -> Formula:
    if rest.startswith("{"):
        scores = _known(rest.strip("{}"), [score.value for score in Score])
        return Choice(f"score {marker}", frozenset(scores))
    if _LIMIT.match(rest):
        limits, scale = _LIMIT.findall(rest), _LIMIT.sub("", rest).strip()
        scale = "% TPS" if marker == "PD-L1" and scale == "%" else scale
        each = [
            both(_compared(f"{member} {scale}", sign, float(value)) for sign, value in limits)
            for member in _members(marker)
        ]
        return both(each) if limits[0][0] in ("<", "<=") else either(each)
    if not re.fullmatch(r"(?:\[[^\]]+\])?", rest):
        raise ValueError(f"{marker}{rest}: not well formed")
    classes = rest.strip("[]").split("+") if rest else [""]
    return either(_altered(member, one) for one in classes for member in _members(marker))


def _altered(marker: str, words: str) -> Formula:
    if words.startswith("wild_type"):
        return denied(Has(sort="marker", id=marker, words=frozenset({"mutation"})))
    if marker == "HER2" and words in {"", "overexpression", "amplification"}:
        return Choice("score HER2", frozenset(score.value for score in SCORE_POSITIVE))
    if marker == "MSI" and words == "loss":
        words = ""
    return Has(sort="marker", id=marker, words=_words_of(words))


def _words_of(words: str) -> frozenset[str]:
    """The constraints of an alteration, each of which may be alone: "G12C" is a mutation, of codon G12."""
    change = re.fullmatch(r"([A-Z]\d+)([A-Z]?)", words)
    if change:
        return frozenset({"mutation", change[1], words})
    found = re.findall(r"exon \d+|not codon \d+|\S+", words)
    return frozenset(found) - {"any", "substitution"}


def _has(sort: str, allowed: Hierarchy | Iterable[str]) -> Callable[[str], Formula]:
    return lambda rest: either(Has(sort=sort, id=id_) for id_ in _known(rest, allowed))


def _scale(name: str, step: float) -> Callable[[str], Formula]:
    return lambda rest: _between(name, rest, step=step)


_BY_WORD: dict[str, Callable[[str], Formula]] = {
    "organ": _organ,
    "histology": _histology,
    "stage": _stage,
    "tnm": _tnm,
    "extent": _extent,
    "state": _has("state", list(State)),
    "setting": _has("setting", list(Setting)),
    "metastasis": _metastasis,
    "brain": _choice("brain", list(BrainState)),
    "measurable": lambda _: Has(sort="measurable", id="-"),
    "line": lambda rest: _between("prior", rest, offset=-1),
    "prior": _prior,
    "treated": _treated,
    "platinum": _choice("platinum", list(Platinum)),
    "standard": lambda _: Has(sort="standard exhausted", id="-"),
    "washout": lambda rest: denied(_recent(rest)),
    "window": _recent,
    "age": _age,
    "sex": _choice("sex", ["female", "male"]),
    "ecog": _scale("ecog", 1),
    "karnofsky": _scale("karnofsky", 10),
    "lansky": _scale("lansky", 10),
    "g8": _scale("g8", 0.5),
    "suitable": _has("suitable", _PURPOSES),
    "takes": _has("medication", CONDITIONS),
    "other": _other_cancer,
}
