"""Lists of genes: the class that the words before a list give to all of it, and whether one of them suffices."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.kinds import Polarity
from rules.markers import marker_facts
from rules.reading.clause import Clause
from rules.reading.markers.demands import Item, tells_itself

_HEAD = re.compile(
    r"\b(?:mutations?|alterations?|anomalies?|aberrations?|defects?|variants?|fusions?|rearrang\w+|"
    r"amplifications?|addictions? oncogeniques?|drivers?)\b"
)
_SHIFTED = re.compile(
    r"\b(?:sans|pas|absence|aucune?|non?|not|without|negati\w+|analys\w+|test\w*|panel|statut|status|recherche)\b"
)
_DENIED = re.compile(r"\b(?:sans|pas|absence|aucune?|non?|not|without|negati\w+)\b")
_TESTED = re.compile(
    r"\b(?:analys\w+|test\w*|panel|statut|status|recherche|sequen\w+)\s(?:for|of|d'une?|de|des|d')?\s?(?:\w+ ){0,2}$"
)
_LISTS = re.compile(
    r"(?:\b(?:following(?: \w+)?|suivante?s?|genes?|including|include|parmi|among|such as|telle?s? que)|"
    r":)\W*(?:the )?$"
)
_KINDS = (
    r"(?:genes?|alterations?|mutations?|anomalies?|aberrations?|fusions?|addictions?|markers?|biomarkers?|marqueurs?|"
    r"biomarqueurs?)"
)
_ANY_OF = re.compile(
    rf"\b(?:une? (?:des? |seule )?{_KINDS}\b(?=[^:]{{0,60}}:)|(?:au moins une?|l'une?|une?) (?:des |d'|de ces |"
    rf"parmi )?"
    rf"(?:[\w-]+ ){{0,2}}?{_KINDS}(?= ?(?:suivante?s?|parmi|:))|"
    rf"(?:any|one|at least one)(?: or more)?(?: one)? (?:of )?(?:the |these )?(?:[\w-]+ ){{0,2}}(?:following|"
    rf"{_KINDS})|"
    r"haut risque(?: cytogenetique)?(?= ?[:(])|high[- ]risk (?:cytogenetics?|features?|abnormalit\w+))\b[^.;]{0,200}$"
)
_NEAR, _FAR = 120, 500


def headed(items: list[Item], clause: Clause) -> None:
    """« mutation d'un des gènes suivants : ATM, PALB2 »: the class that the clause names before the list."""
    asked = [item for item in items if not (item.denied and (item.own or item.shared))]
    if len(asked) < len(items) and items[: len(asked)] == asked:
        items = asked  # « une mutation parmi A, B, C, sans mutation D »
    open_ones = [item for item in items if item.bare and not item.shared and not item.status and not tells_itself(item)]
    if len(items) < 2 or not open_ones or any(item.denied or item.negative for item in items):
        return
    if not all(item.unknown or marker_facts(item.marker).kind == "gene" for item in items):
        return
    head = _head(clause.plain[: items[0].start], alone=items[0] in open_ones)
    if head:
        for item in open_ones:
            item.shared = [head]


_TUMOUR_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:cbnpc|nsclc|cpnpc|adenocarcinomes?(?: (?:pulmonaires?|bronchiques?))?|cancers? (?:bronchiques?|"
    r"du poumon)|tumeurs? solides?|solid tumou?rs?)(?: (?:avancee?s?|metastatiques?|advanced|metastatic))?\s$"
)
_ENDS = re.compile(r"\s*(?:$|[,;.(])")
_OR = frozenset({"ou", "or", "et/ou", "and/or"})
_MEASURED_TOO = frozenset({"HER2", "MET"})


def bare_genes(items: Sequence[Item], clause: Clause) -> bool:
    """« CBNPC ROS1, … », « BRCA1/2 ou PALB2 » as the whole of a line: genes that are named where they are altered."""
    genes = all(item.markers and not item.unknown and marker_facts(item.marker).kind == "gene" for item in items)
    if genes and (_only_drivers(items, clause) or _one_told(items, clause)):
        return True
    plain = all(item.bare and not item.shared and not item.denied and not item.status for item in items)
    if clause.polarity is not Polarity.INCLUSION or not genes or not plain or any(map(tells_itself, items)):
        return False
    before, after = clause.plain[: items[0].start], clause.plain[items[-1].end :]
    joints = {item.joint for item in items[1:]}
    if len(items) > 1 and not before.strip(" -*>#.") and not after.strip(" .;"):
        return bool(joints & _OR) and joints <= _OR | {",", "/"}
    told = _TUMOUR_BEFORE.search(before) is not None and _ENDS.match(after) is not None
    return told and not joints - _OR and not any(item.markers & _MEASURED_TOO for item in items)


_DRIVERS = frozenset(
    ("EGFR", "ALK", "ROS1", "RET", "BRAF", "NTRK", "NTRK1", "NTRK2", "NTRK3", "MET", "HER2", "KRAS", "NRG1")
)
_MANY = 2
_ENDED = re.compile(r"\W*$")


def _only_drivers(items: Sequence[Item], clause: Clause) -> bool:
    """« EGFR, ALK, ROS1, MET exon 14 » among the exclusions, « absence d'EGFR/ALK/ROS1 »: drivers, by name alone."""
    sure = [item for item in items if item.markers <= _DRIVERS - _MEASURED_TOO]
    drivers = len(sure) >= _MANY and all(item.markers <= _DRIVERS for item in items)
    if not drivers or any(item.shared or item.status or item.limits or item.negative is not None for item in items):
        return False
    before, after = clause.plain[: items[0].start], clause.plain[items[-1].end :]
    if any(item.denied for item in items):
        return items[0].denied and all(item.denied or item.still_denied for item in items)
    alone = not before.strip(" -*>#.") and _ENDED.match(after) is not None
    return clause.polarity is Polarity.EXCLUSION and alone


_SUBSTITUTION = re.compile(r"(?i)(?:p\.)?[a-z]\d{2,4}[a-z*]")


def _one_told(items: Sequence[Item], clause: Clause) -> bool:
    """« JAK2 V617F, CALR ou MPL » as the whole of a line: what one is asked to be tells that the others are altered."""
    if any(item.own and not any(_SUBSTITUTION.fullmatch(one) for one in item.own) for item in items):
        return False
    told = [item for item in items if tells_itself(item) or any(_SUBSTITUTION.fullmatch(one) for one in item.own)]
    bare = [item for item in items if item not in told]
    joints = {item.joint for item in items[1:]}
    if not told or not bare or clause.polarity is not Polarity.INCLUSION or any(item.denied for item in items):
        return False
    if any(not item.bare or item.shared or item.status or item.markers & _MEASURED_TOO for item in bare):
        return False
    before, after = clause.plain[: items[0].start], clause.plain[items[-1].end :]
    whole = not before.strip(" -*>#.") and _ENDED.match(after) is not None
    return whole and bool(joints & _OR) and joints <= _OR | {",", "/"}


def as_altered(items: Sequence[Item]) -> list[Item]:
    """The genes of such a list, those that nothing was said of as altered."""
    return [one if tells_itself(one) or one.own else replace(one, shared=["alteration"]) for one in items]


def _head(before: str, *, alone: bool) -> str:
    """The class in the words before a list, or nothing; a list that is announced may stand far from it."""
    near = before[-_NEAR:]
    heads = list(_HEAD.finditer(near))
    if alone and heads and not _SHIFTED.search(near) and "," not in near[heads[-1].end() :]:
        return heads[-1][0]
    far = re.sub(r"\([^()]*\)", " ", before)[-_FAR:]
    if not _LISTS.search(far):
        return ""
    for head in reversed(list(_HEAD.finditer(far))):
        around = far[max(0, head.start() - 40) :]
        if not _DENIED.search(around) and not _TESTED.search(far[: head.start()]):
            return head[0]
    return ""


def is_any_of(items: Sequence[Item], clause: Clause) -> bool:
    """Whether the words before the names say that one of them suffices (« une altération : … », "one or more of")."""
    if len(items) < 2:
        return False
    return _ANY_OF.search(clause.plain[max(0, items[0].start - _FAR) : items[0].start]) is not None


def members_named(items: Sequence[Item], clause: Clause) -> list[Item]:
    """« Gènes HRR : ATM, BRCA1, … »: the members that an umbrella stands for, any of them altered; empty: no list."""
    first, members = items[0], list(items[1:])
    if len(members) < 3 or not first.bare or first.shared or any(not item.bare or item.shared for item in members):
        return []
    between = clause.plain[first.end : members[0].start]
    named = _GENES_ARE.fullmatch(between) is not None and not clause.plain[: first.start].strip(" (-")
    if not named or not all(item.unknown or marker_facts(item.marker).kind == "gene" for item in members):
        return []
    for item in members:
        item.shared = ["alteration"]
    return members


_GENES_ARE = re.compile(r"\)?\s?(?:genes?)?\s?:\s?|\)?\s?genes?\s?\(")
_ONE_FACTOR = re.compile(
    r"(?:\b(?:porteur|presentant|avec|with)\s)?(?:\b(?:au moins|at least)\s)?\b(?:une?|l'une?|one)\s(?:des? |d'|"
    r"of (?:the )?)?"
    r"(?:facteurs?|criteres?|factors?|criteria|anomalies?|caracteristiques?|features?)(?:\s(?:suivante?s?|"
    r"following))?"
    r"(?:\s(?:de|d'|of)?\s?(?:(?:tres )?haut risque|mauvais pronostic|high[- ]risk|poor prognosis))?"
    r"(?:\s(?:cytogenetiques?|moleculaires?|genetiques?))?(?:\s(?:suivante?s?|following))?\s?[:(]\s?$"
)


def one_factor(plain: str, start: int, end: int) -> int:
    """Where « au moins un facteur de haut risque : … » begins, if the list fills the clause; else the list's start."""
    head = _ONE_FACTOR.search(plain[:start])
    return head.start() if head and re.match(r"\W*$", plain[end:]) else start


_ONE_CRITERION = re.compile(
    r"\b(?:au moins une? (?:des )?|l'une? des |un des |any of |one (?:or more )?of |"
    r"at least one (?:of )?)[^:.]{0,60}:"
)
_WORDS = re.compile(r"[a-z0-9]{2,}")


def is_one_of_several(plain: str, start: int, end: int) -> bool:
    """« au moins un des critères : FLT3-ITD, MRD+ … »: whether the stretch is one item of a list of alternatives."""
    heads = list(_ONE_CRITERION.finditer(plain, 0, start + 1))
    if not heads or heads[-1].end() > start + 1:
        return False
    before, after = plain[heads[-1].end() : start], plain[end:]
    return _WORDS.search(before) is not None or re.match(r"[^.]*?[,;/]\s*\w|\s(?:ou|or)\s", after) is not None
