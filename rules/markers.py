"""Biomarkers: what they are called, what a bare "positive" says of each, and where each is tested in routine."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rules.errors import VocabularyError
from rules.lexicon import Mention, load_lexicon
from rules.remembered import remembered
from rules.text import Token, fold, tokens
from rules.vocabulary.hierarchy import load_hierarchy
from rules.vocabulary.tables import rows, several

MARKERS = load_hierarchy("markers")
MARKER_NAMES = load_lexicon("marker_names", MARKERS)
_ORGANS = load_hierarchy("organs")

AMBIGUOUS = frozenset({"ambiguous"})

_KINDS = frozenset({"gene", "protein", "signature", "receptor", "cytogenetic", "virus"})

_NEEDED: dict[str, frozenset[str]] = {
    "RAS": frozenset({"KRAS", "NRAS"}),  # HRAS is not part of "RAS" in colorectal guidelines (ESMO 2023)
    "MSI": frozenset({"MLH1", "MSH2", "MSH6", "PMS2"}),
    "H3": frozenset({"H3-3A", "H3C2", "H3C3"}),
}
"""The members that must all be negative for an umbrella to be negative, where that is not all of its children."""

_OPEN_UMBRELLAS = frozenset({"HRR", "SWI/SNF", "SSTR", "HPV", "SDH", "HLA-A*02"})
"""Umbrellas whose list of members differs between trials: members alone never make them negative."""

_CAPITALS_ONLY = frozenset(
    {
        *("re", "ro", "er", "pr", "rp", "rh", "hr", "ar", "met", "kit", "ret", "src", "fus", "rel", "fas", "fh", "smo"),
        *("max", "set", "cic", "syk", "axl", "ras", "baf", "rer", "gis", "fap", "tls"),
    }
)
_RECEPTOR_LETTERS = frozenset({"re", "ro", "er", "pr", "rp", "rh", "hr", "fap", "tls"})
"""Also what other things abbreviate: familial polyposis, tumour lysis syndrome."""
_STATUS_NEXT = re.compile(
    r"\s*(?:[-+:=(<>%/]|>=|<=|\d|pos|neg|et\b|and\b|ou\b|or\b|faible|fort|low|high|entre\b|between\b|"
    r"superieur|inferieur|au moins|at least)"
)
_DRUG_BEFORE = re.compile(
    r"(?:\banti|\bcontre|\binhib\w+(?: de| du| des| d'| of| the)*|\bitk|\btki|\bselective)[\s'-]*$"
)
_DRUG_AFTER = re.compile(
    r"(?:\s*[\[(][^\])]{1,12}[\])]|[/\w(),-]{0,12}(?<=[/\w)])(?=[\s-]))?[\s)\]-]*"
    r"(?:inhib|tki\b|itk\b|antagoni|agoni|blocker|modulat|degrad|pathway|signal|radioligand|target|directed|antibod|"
    r"anticorps|therap|phos\b|phosphatase)"
)
_SIGN_NEXT = re.compile(r"[\s-]*(?:[-+]|pos|neg)")
"""« Ph+ » is the chromosome; « Ph II » is a phase."""
_OTHER_WORDS = frozenset({"eGFR", "PD-(L)1"})
"""Spelt like a marker and meaning another thing: filtration rate, the class of drugs."""


@dataclass(frozen=True, slots=True)
class MarkerFacts:
    """What a marker is. `classes` by organ ("" for all others): what its bare status speaks of; `ambiguous`: unclear.

    `loss_marker`: a bare status has no polarity ("negative" may be "lost" or "nothing found").
    """

    marker: str
    kind: str
    classes: dict[str, frozenset[str]]
    loss_marker: bool
    scales: frozenset[str]

    def default(self, organs: frozenset[str] = frozenset()) -> frozenset[str]:
        """The alteration classes that the bare status speaks of, in a disease of these organs."""
        for organ, classes in self.classes.items():
            if organ and all_within(organs, organ):
                return classes
        return self.classes[""]


@cache
def _all_facts() -> dict[str, MarkerFacts]:
    table: dict[str, MarkerFacts] = {}
    for row in rows("marker_facts", columns=("marker", "kind", "default", "loss_marker", "scales", "source")):
        marker = row["marker"]
        if marker not in MARKERS or marker in table or row["kind"] not in _KINDS:
            raise VocabularyError(f"marker_facts.csv: {marker!r}: unknown, twice, or of unknown kind {row['kind']!r}")
        loss_marker, scales = row["loss_marker"] == "true", frozenset(several(row["scales"]))
        table[marker] = MarkerFacts(marker, row["kind"], _classes(row["default"]), loss_marker, scales)
    missing = MARKERS.concepts.keys() - table.keys()
    if missing:
        raise VocabularyError(f"marker_facts.csv: no row for {sorted(missing)}")
    return table


def _classes(cell: str) -> dict[str, frozenset[str]]:
    first, *by_organ = cell.split(";")
    classes = {organ: frozenset(several(value)) for organ, _, value in (part.partition("=") for part in by_organ)}
    return {**classes, "": frozenset(several(first))}


def marker_facts(marker: str) -> MarkerFacts:
    """The facts of one marker id. Raises VocabularyError on an id that is not in the vocabulary."""
    facts = _all_facts().get(marker)
    if facts is None:
        raise VocabularyError(f"{marker!r} is not a marker: use an id of markers.csv")
    return facts


@cache
def _routine() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in rows("marker_routine", columns=("marker", "organs", "source")):
        if row["marker"] not in MARKERS:
            raise VocabularyError(f"marker_routine.csv: unknown marker {row['marker']!r}")
        table[row["marker"]] = frozenset(several(row["organs"]))
    return table


@lru_cache(maxsize=4_096)
def usual_classes(marker: str, organs: frozenset[str]) -> frozenset[str]:
    """The alteration classes that a bare status of the marker speaks of, in a disease of these organs."""
    return marker_facts(marker).default(organs)


@lru_cache(maxsize=16_384)
def is_routine(marker: str, organs: frozenset[str]) -> bool:
    """Whether the marker is tested in routine (France, 2026) in any of the organs (ids of organs.csv)."""
    listed = _routine().get(marker, frozenset())
    return any(listed & _above(organ) for organ in organs)


def all_within(organs: frozenset[str], organ: str) -> bool:
    """Whether every possible organ is `organ` or below it; ids above another of the set are passed over."""
    precise = [one for one in organs if not any(one in _above(other) for other in organs - {one})]
    return bool(precise) and all(organ in _above(one) for one in precise)


def _above(organ: str) -> frozenset[str]:
    return _ORGANS.above(organ) if organ in _ORGANS else frozenset({organ})


PANEL_NAME = "altération ciblable (panel)"
LARGE_PANEL_NAME = "altération ciblable (panel large)"
"""How a panel that found nothing to target stands among the results; no marker of the vocabulary bears this name."""

_TARGETS = frozenset(
    {"EGFR", "ALK", "ROS1", "RET", "NTRK", "NTRK1", "NTRK2", "NTRK3", "MET", "BRAF", "HER2", "FGFR2", "FGFR3", "IDH1"}
)
"""Alterations with a targeted treatment in some tumour (ESCAT I–II, ESMO 2024) that a panel reports."""


def panel_targets(organs: frozenset[str]) -> frozenset[str]:
    """The markers that « pas d'altération ciblable » speaks of: those with a target that are routine for the organ."""
    return frozenset(marker for marker in _TARGETS if is_routine(marker, organs))


_OF_LARGE_PANELS = frozenset(
    {"AKT1", "ARID1A", "ESR1", "FGFR1", "FGFR4", "HRAS", "KIT", "KRAS", "MAP2K1", "NF1", "NRAS", "PDGFRA", "PIK3CA"}
)
"""Genes beside those with a target, and those of homologous recombination, that every panel of hundreds of genes reads
(FoundationOne CDx label, FDA P170019; TruSight Oncology 500 gene list)."""


@cache
def large_panel_targets() -> frozenset[str]:
    """The markers that a large panel without any (other) alteration leaves negative, whatever the organ."""
    repair = frozenset(id_ for id_ in MARKERS.below("HRR") if id_ not in _OPEN_UMBRELLAS)
    return (_TARGETS | _OF_LARGE_PANELS | repair) & MARKERS.concepts.keys()


@cache
def needed_to_exclude(marker: str) -> frozenset[str]:
    """The members whose negative results together make an umbrella negative; none: only its own result does."""
    if marker in _OPEN_UMBRELLAS:
        return frozenset()
    children = (id_ for id_, concept in MARKERS.concepts.items() if marker in concept.parents)
    return _NEEDED.get(marker) or frozenset(children)


@remembered(4096)
def read_marker(text: str) -> frozenset[str]:
    """The markers that a name field may mean: the whole text, else what it mentions; none: unknown name."""
    exact = MARKER_NAMES.exact(text)
    return exact or _joined(MARKER_NAMES.find(text))


def _joined(mentions: Iterable[Mention]) -> frozenset[str]:
    """What mentions of one name field mean: one inside another is the precise one, else each is possible."""
    ids = frozenset(id_ for mention in mentions for id_ in mention.ids)
    return frozenset(id_ for id_ in ids if not any(other != id_ and MARKERS.covers(id_, other) for other in ids))


def find_markers(text: str, words: list[Token] | None = None) -> list[Mention]:
    """The markers named in running text, left to right.

    Names that are also words ("met", "kit", "re") count in capitals only; receptor letters (RE, PR, HR …) only before a
    status or a value; drugs against a marker ("anti-PD-L1", "EGFR TKI") and "ALK phos" are no mention. `words`: the
    text already cut into words.
    """
    found = MARKER_NAMES.find_tokens(tokens(text) if words is None else words)
    return [mention for mention in found if _is_mention(text, mention)]


def _is_mention(text: str, mention: Mention) -> bool:
    written = text[mention.start : mention.end]
    before, after = fold(text[: mention.start]), fold(text[mention.end :])
    if _DRUG_BEFORE.search(before) or _DRUG_AFTER.match(after):
        return False
    word = written.lower()
    if written in _OTHER_WORDS:
        return False
    if word == "ph" and not _SIGN_NEXT.match(after):
        return False
    if word in _CAPITALS_ONLY and not written.isupper():
        return False
    return word not in _RECEPTOR_LETTERS or bool(_STATUS_NEXT.match(after))
