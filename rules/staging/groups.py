"""UICC/AJCC stage groups (FIGO has the same names) as typed, and what a stated group says of an asked one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rules.hinted import hinted
from rules.remembered import remembered
from rules.staging.codes import Codes, CodeTree
from rules.verdict import Verdict

_ABC = tuple(letter + digit for letter in "ABC" for digit in "123")
GROUP_TREE = CodeTree(
    (
        ("occult", ("",)),
        ("0", ("a", "is")),
        ("I", (*_ABC, "S")),
        ("II", _ABC),
        ("III", (*_ABC, "D")),
        ("IV", ("A", "B", "C")),
    ),
    uncommon=frozenset({"D", "S"}),
)
"""Every group of some organ. IIID (melanoma) and IS (testis) are not needed to cover III or I: see `judge_group`."""

ALL_GROUPS: Codes = frozenset({"occult", "0", "I", "II", "III", "IV"})
_LOWEST, _HIGHEST = "0", "IV"


@dataclass(frozen=True, slots=True)
class GroupMention:
    """Stage groups named in a text, with the half-open span of the words."""

    start: int
    end: int
    groups: Codes


def expand_range(low: str, high: str) -> Codes:
    """Every group from `low` to `high` inclusive: IIIB to IV is IIIB, IIIC, IIID and IV."""
    return GROUP_TREE.between(low, high)


@lru_cache(maxsize=4096)
def meet_groups(first: Codes, second: Codes) -> Codes:
    """The groups that two statements leave possible; empty when they exclude each other or one is empty."""
    return GROUP_TREE.meet(first, second)


def judge_group(observed: Codes, asked: Codes, *, within: Codes | None = None) -> Verdict:
    """MET when every possible group is asked, NOT_MET when none is, else UNKNOWN (also when a set is empty).

    III asked, IIIB stated: MET; IIIB asked, III stated: UNKNOWN; IIIA, IIIB and IIIC asked, III stated: MET.
    `within`: the groups that the organ has (`groups_of_organs`), which tell what III is made of.
    """
    return GROUP_TREE.judge(observed, asked, within=within)


_ITEM = re.compile(
    r"[cpyr]{0,2}(?:(?P<roman>IV|III|II|I)|(?P<arabic>[0-4])|(?P<occult>occulte?))"
    r"(?:(?P<tail>[A-D](?:[1-3](?:\(?i{1,3}\)?)?)?|is|s|a)|\s(?P<apart>(?-i:[A-D])[1-3]?|[a-d](?=\s{0,3}(?:$|[,;/)\n])))(?!['’.]))?"
    r"(?P<plus>\s?\+)?(?![A-Za-z0-9À-ÿ])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?P<letter>(?-i:[A-D])[1-3]?|(?P<digit>[1-3]))(?![A-Za-z0-9À-ÿ'’])")
_JOIN = re.compile(
    r"\s{0,3}(?:(?P<range>-|–|—|(?:jusqu['’])?(?:à|a|au|to|through|until|through to)(?=\s))|"
    r"(?P<list>/|,|\bet/ou\b|\bet\b|\bou\b|\bor\b|\band\b|&|;))\s{0,3}(?:et\s|ou\s|and\s|or\s)?\s{0,3}(?:(?:les?|au|du)\s{1,3})?"
    r"(?:stades?\s|stages?\s)?\s{0,3}",
    re.IGNORECASE,
)
_AT_LEAST = (
    r"(?P<least>>=|≥|(?:au moins|[àa] partir d[ue]|at least|from|sup[ée]rieure?s? ou [ée]ga(?:l|ux|les?) (?:[àa]|au)))"
)
_AT_MOST = (
    r"(?P<most><=|≤|(?:jusqu['’](?:[àa]|au)|au plus|up to|at most|inf[ée]rieure?s? ou [ée]ga(?:l|ux|les?) (?:[àa]|au)))"
)
_RANK = re.compile(
    rf"\s{{0,3}}(?:{_AT_LEAST}|{_AT_MOST}|(?P<above>>)|(?P<below><))"
    r"\s{0,3}(?:le |au |du )?(?:stades?\s|stages?\s)?\s{0,3}",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    r"\s{0,3}(?:ou|et|or|and)\s{1,3}(?:plus|sup[ée]rieure?s?|above|higher|au[- ]del[àa]|greater|worse)\b", re.IGNORECASE
)
_OR_LESS = re.compile(r"\s{0,3}(?:ou|et|or|and)\s{1,3}(?:moins|inf[ée]rieure?s?|below|lower|less)\b", re.IGNORECASE)
_WORD = hinted(
    r"\b(?:stades?|stages?|staging|FIGO|UICC|AJCC)\b"
    r"(?:[\s(]+(?:UICC|AJCC|FIGO|TNM|clinique|pathologique|clinical|pathologic(?:al)?|tumoral|initial|global|anatomique|"
    r"cTNM|pTNM|v?[789](?:\s?[eè]?\s?(?:e|è|ème|th|éd\w*\.?|edition))*|(?:19|20)\d\d)\)?)*[\s:=(]*(?:\bde\s|\bd[ue]\s)?",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\s{0,3}(?:tou(?:s|tes)(?: les)? stades?|tout stade|all stages?|any stage)\b", re.IGNORECASE)
_WITHOUT = re.compile(
    r"\b(?:sauf|hors|hormis|except[ée]\w*|[àa] l['’](?:exception|exclusion) d\w*|exclu\w*|except\w*|but not)"
    r"\s{0,3}:?\s{0,3}(?:les?\s|des?\s|du\s|for\s)?(?:stades?\s|stages?\s)?\s{0,3}",
    re.IGNORECASE,
)
_OTHER_SCALE = re.compile(
    r"NYHA|New York|KDIGO|\bMRC\b|\bIRC\b|insuffisance (?:r[ée]nale|cardiaque)|r[ée]nale chronique|\bCKD\b|"
    r"kidney (?:disease|failure|injury)|Lugano|Ann[- ]?Arbor|\bBinet\b|\bRai\b|\b(?:R2?-?)?ISS\b|Durie|Masaoka|"
    r"\bINSS\b|\bINRG\w*|BCLC|Barcelon|\bChild|\bGOLD\b|Siewert|Murphy|\bSIOP\b|PRETEXT|\bEnneking|\bVALG\b|"
    r"\bHTA\b|hypertension|escarre|pressure ulcer|fibrose|\bIPI\b|COVID|Hoehn",
    re.IGNORECASE,
)
_AROUND = 30
_MOST_ITEMS = 8


@remembered(4096)
def parse_group(text: str) -> Codes:
    """The groups that a stage field, an axis or a short phrase names; empty: none, or another system's.

    « IIIB », « stade 3b », « IIIB à IV », « ≥ IIIB », « IIIA/B », « III sauf IIIC », « III non résécable » (what
    follows is left to the reader). Roman or arabic, with or without the word « stade ».
    """
    if _OTHER_SCALE.search(text):
        return frozenset()
    if _EVERY.match(text):
        return ALL_GROUPS
    mentions = find_groups(text)
    if mentions:
        return frozenset().union(*(mention.groups for mention in mentions))
    start = len(text) - len(text.lstrip(" ([:"))
    read = read_expression(text, start)
    return read[0] if read else frozenset()


def find_groups(text: str) -> list[GroupMention]:
    """The groups of a running text, each after the word « stade », FIGO, UICC or AJCC; other scales' are left out."""
    found: list[GroupMention] = []
    position = 0
    while word := _WORD.search(text, position):
        position = word.end()
        read = read_expression(text, word.end())
        if not read:
            continue
        position = read[1]
        if not _OTHER_SCALE.search(_sentence_around(text, word.start(), read[1])):
            found.append(GroupMention(word.start(), read[1], read[0]))
    return found


def _sentence_around(text: str, start: int, end: int) -> str:
    before = re.split(r"[.;\n]", text[max(start - _AROUND, 0) : start])[-1]
    after = re.split(r"[.;\n]", text[end : end + _AROUND])[0]
    return before + text[start:end] + after


def read_expression(text: str, start: int) -> tuple[Codes, int] | None:
    """The groups of the expression that begins at `start`, and where it ends; None if none does."""
    rank = _RANK.match(text, start)
    read = _list(text, rank.end() if rank else start)
    if not read:
        return None
    groups, end = read
    groups = _ranked(groups, rank)
    for pattern, low, high in ((_OR_MORE, None, _HIGHEST), (_OR_LESS, _LOWEST, None)):
        if after := pattern.match(text, end):
            groups, end = _spread(groups, low=low, high=high), after.end()
    removed = _removed(text, end)
    return (GROUP_TREE.minus(groups, removed) if removed else groups), end


def _ranked(groups: Codes, rank: re.Match[str] | None) -> Codes:
    if rank is None:
        return groups
    upward = rank["least"] or rank["above"]
    spread = _spread(groups, high=_HIGHEST) if upward else _spread(groups, low=_LOWEST)
    return GROUP_TREE.minus(spread, groups) if rank["above"] or rank["below"] else spread


def _spread(groups: Codes, *, low: str | None = None, high: str | None = None) -> Codes:
    return frozenset().union(*(expand_range(low or group, high or group) for group in groups))


def _removed(text: str, start: int) -> Codes:
    """What « sauf IIIC » or « (IIIC exclu) » takes away, within the same sentence."""
    sentence = re.split(r"[.;\n]", text[start : start + 60])[0]
    without = _WITHOUT.search(sentence)
    read = _list(sentence, without.end()) if without else None
    if read:
        return read[0]
    after = re.search(r"(?:stades?\s)?(\S+)\s{1,3}(?:est |sont )?exclu", sentence)
    named = _list(after[1].lstrip("("), 0) if after else None
    return named[0] if named else frozenset()


def _list(text: str, start: int) -> tuple[Codes, int] | None:
    first = _ITEM.match(text, start)
    if not first:
        return None
    last = _name(first)
    groups, end = _plus(first, last), first.end()
    for range_, code, plus, stop in _more(text, first):
        groups |= expand_range(last, code) if range_ else plus
        last, end = code, stop
    return GROUP_TREE.simplest(groups), end


def _more(text: str, first: re.Match[str]) -> Iterator[tuple[bool, str, Codes, int]]:
    """The further items: whether a range leads to it, its code, its own groups, where it ends."""
    last, end, roman = _name(first), first.end(), bool(first["roman"])
    for _ in range(_MOST_ITEMS):
        join = _JOIN.match(text, end)
        if not join:
            return
        item = _ITEM.match(text, join.end())
        if item and _goes_on(item, join, roman=roman):
            last, end = _name(item), item.end()
            yield bool(join["range"]), last, _plus(item, last), end
            continue
        letter = _LETTER.match(text, join.end())
        code = _sibling(last, letter) if letter else ""
        if not letter or not code:
            return
        last, end = code, letter.end()
        yield bool(join["range"]), code, frozenset({code}), end


def _goes_on(item: re.Match[str], join: re.Match[str], *, roman: bool) -> bool:
    """After « III », « 2 » is no stage (« stade III, 2 lignes »); after « 3 » it is one but after a comma."""
    if item["arabic"]:
        return item["arabic"] == "0" or (not roman and (join["list"] or "-") != ",")
    return True


def _sibling(last: str, letter: re.Match[str]) -> str:
    """« IIIA-C », « IIIA/B », « IB1-2 »: the group that a bare letter or digit completes."""
    head = GROUP_TREE.head(last)
    tail = last[len(head) :]
    if letter["digit"]:
        return head + tail[0] + letter["digit"] if len(tail) == 2 else ""
    return head + letter["letter"] if tail else ""


def _plus(item: re.Match[str], code: str) -> Codes:
    return expand_range(code, _HIGHEST) if item["plus"] else frozenset({code})


_ARABIC = {"0": "0", "1": "I", "2": "II", "3": "III", "4": "IV"}


def _name(item: re.Match[str]) -> str:
    if item["occult"]:
        return "occult"
    head = item["roman"].upper() if item["roman"] else _ARABIC[item["arabic"]]
    tail = re.sub(r"(?<=\d)\(?i+\)?$", "", item["tail"] or item["apart"] or "", flags=re.IGNORECASE)
    if head == "0":
        return head + tail.lower() if tail.lower() in {"a", "is"} else head
    return head + ("S" if tail.lower() in {"s", "is"} else tail.upper())
