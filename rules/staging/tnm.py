"""TNM as typed, in a field or inside a text. A component is the set of categories it may be; none: not known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.remembered import remembered
from rules.staging.codes import Codes, CodeTree
from rules.verdict import Verdict

_SUB = ("mi", *(letter + digit for letter in "abcde" for digit in "123"))
TNM_TREE = CodeTree(
    (
        *(("T0", ("",)), ("Tis", ("",)), ("Ta", ("",))),
        *((f"T{number}", _SUB) for number in "1234"),
        *(("N0", ("",)), *((f"N{number}", _SUB) for number in "123")),
        *(("M0", ("",)), ("M1", _SUB[1:])),
    )
)
"""Every category that some organ has: `T2` covers T2a, T2a1 …; there is no "T2 without more"."""


@dataclass(frozen=True, slots=True)
class Tnm:
    """Possible T, N and M categories (`T2a`, `N1mi`, `M0`); an empty set is unknown (absent, or X).

    `prefix` as written, lower case: c, p, yc, yp, r, u, mr, a …, or nothing.
    """

    t: Codes = frozenset()
    n: Codes = frozenset()
    m: Codes = frozenset()
    prefix: str = ""

    @property
    def recurrent(self) -> bool:
        """Whether the r prefix says that it describes a recurrence."""
        return self.prefix.startswith("r")

    @property
    def after_treatment(self) -> bool:
        """Whether the y prefix says that it was set after a first treatment."""
        return "y" in self.prefix


@dataclass(frozen=True, slots=True)
class TnmMention:
    """A TNM found in a text, with its half-open span."""

    start: int
    end: int
    tnm: Tnm


_PREFIX = r"(?P<prefix>(?:ryp|ryc|yp|yc|rp|rc|mr|us|[cpyrau])?)"
_VALUES = {
    "T": r"(?:is(?:pd|pu)?|x|0|[1-4](?:mic?|[a-e][1-3]?)?|a)",
    "N": r"(?:x|0|[1-3](?:mic?|[a-c][1-3]?)?|\+|-(?![\w-]))",
    "M": r"(?:x|0|1[a-e]?[1-3]?|\+)",
}
_NOTE = r"(?:\s?\((?!\s{0,3}(?:[cpyr]{0,2}[TNM]\d|(?:ou|or)\b))[^()]{1,25}\))"
_RANK = r"(?:(?:>=|<=|[≥≤<>])\s?)?"
_JOIN = r"(?:\s{0,3}[-–/]\s{0,3}|\s{1,3}(?:à|a|to|ou|or|et|and)\s{1,3}|\s{0,3},\s{0,3}(?=[cpy]{0,2}[TNM]))"
_END = r"(?=$|[^A-Za-z0-9À-ÿ+]|[cpy]{0,2}[NM]\s?[0-9X+]|R[012X](?![A-Za-z0-9]))"


def _component(letter: str) -> str:
    value, marked = _VALUES[letter], rf"(?:[cpyrau]{{0,2}}{letter})"
    more = rf"(?:{_JOIN}(?:{marked}?{value}|[a-e][1-3]?){_END})"
    return rf"{_PREFIX}(?P<letter>{letter})\s?{_RANK}{value}{_NOTE}{{0,3}}{more}{{0,6}}{_NOTE}{{0,3}}{_END}"


_COMPONENT = {
    letter: re.compile(rf"(?P<rank>{_RANK})(?<![A-Za-z0-9À-ÿ]){_component(letter)}", re.IGNORECASE) for letter in "TNM"
}
_MAY_BE = {
    letter: re.compile(rf"[{letter}{letter.lower()}]\s?{_RANK}[{first}]")
    for letter, first in zip("TNM", ("iIxX0-4aA", "xX0-3+-", "xX01+"), strict=True)
}
"""How each begins, far quicker to look for."""
_NEXT = {letter: re.compile(rf"[\s,;/.:+-]{{0,3}}{_component(letter)}", re.IGNORECASE) for letter in "NM"}
_PART = re.compile(
    r"(?P<rank>>=|<=|[≥≤<>])|(?P<join>[-–/,]|\b(?:à|a|to|ou|or|et|and)\b(?=\s))|(?P<letter>[TNM])?\s?"
    r"(?P<value>is(?:pd|pu)?|x|[0-4](?:mic?|[a-e][1-3]?)?|\+|(?<![A-Za-z])[a-e][1-3]?(?![A-Za-z]))",
    re.IGNORECASE,
)
_OTHER_BEFORE = {
    "T": re.compile(
        r"(?:s[ée]quences?|pond[ée]r\w*|signal|signaux|weighted|irm|mri|flair|vert[èe]br\w*|corps|rachis|dorsal\w*|"
        r"thorac\w*|niveau|hauteur|fracture|tassement|lyse|cost\w*|c[ôo]te|lymphocytes?|diab[èe]te|type|libre|free|tsh|ft|"
        r"en|à|au|temps|time|entre|m[ée]tastases?|osseu\w*|l[ée]sions?|atteinte|regard|[ée]pidurite|laminectomie|apophyse|lames?|disque|cyphoplastie|vertebroplast\w*|d|T[34])\s{0,3}(?:de|du|en|le|la|:|,|-)?\s{0,3}$",
        re.IGNORECASE,
    ),
    "N": re.compile(r"(?:h\d|≤|≥|x|fois|\d)\s{0,3}$", re.IGNORECASE),
    "M": re.compile(
        r"(?:lam|la|lal|aml|fab|mois|month|à|de|type|phénotype|macrophages?|muscarini\w+|master|cons\w*|visite|evaluation|"
        r"évaluation|entre|jusqu'à|cycle)\s{0,3}[-:]?\s{0,3}$",
        re.IGNORECASE,
    ),
}
_OTHER_AFTER = re.compile(
    r"\s{1,3}T\d|\s{0,3}(?:[-/,]|et|à)?\s{0,3}(?:(?:[TDL](?:[5-9]|1[0-2])|[LS][1-5]|C[1-7])\b|w\b|weighted|pond|flair|gado|inject|fat|fs\b|libre|tsh|"
    r"post|pr[ée]-|hyper|hypo|signal|-?stir|map|lymph|helper|diab)",
    re.IGNORECASE,
)


def find_tnm(text: str) -> list[TnmMention]:
    """Every TNM of a running text, left to right. Magnetic-resonance T1, vertebra T4, AML M3 and the like are none."""
    found: list[TnmMention] = []
    position = 0
    for first in _components(text):
        if first.start() < position:
            continue
        parts = [first, *_following(text, first)]
        position = parts[-1].end()
        if _is_tnm(text, parts):
            found.append(TnmMention(first.start(), position, _joined(parts)))
    return found


def _components(text: str) -> list[re.Match[str]]:
    """Every T, N and M of the text, left to right; of two that begin together, the longer first."""
    there = [pattern for letter, pattern in _COMPONENT.items() if _MAY_BE[letter].search(text)]
    matches = [match for pattern in there for match in pattern.finditer(text)]
    return sorted(matches, key=lambda match: (match.start(), -match.end()))


def _following(text: str, first: re.Match[str]) -> Iterator[re.Match[str]]:
    position, prefix = first.end(), first["prefix"].lower()
    for letter in "TNM"["TNM".index(first["letter"].upper()) + 1 :]:
        match = _NEXT[letter].match(text, position)
        if match and _same_time(prefix, match["prefix"].lower()):
            yield match
            position = match.end()


def _same_time(first: str, second: str) -> bool:
    """« pT3 pN1 cM0 » is one TNM, « cT3 ypN0 » are two."""
    return not second or (("y" in first) == ("y" in second) and ("r" in first) == ("r" in second))


def _is_tnm(text: str, parts: list[re.Match[str]]) -> bool:
    first = parts[0]
    if len(parts) > 1:
        return True
    letter, value = first["letter"], _value_text(first)
    if letter.islower() or re.match(r"\s", value) or _OTHER_AFTER.match(text, first.end()):
        return False
    if not _codes(letter, _ranked(first)) or first["prefix"].lower() != first["prefix"]:
        return False
    if first["prefix"]:
        return True
    if letter == "T" and re.fullmatch(r"[0aA]", value):
        return False
    return not _OTHER_BEFORE[letter].search(text[max(first.start() - 25, 0) : first.start()])


def _value_text(match: re.Match[str]) -> str:
    return match[0][match.end("letter") - match.start() :]


def _joined(parts: list[re.Match[str]]) -> Tnm:
    codes = {part["letter"].upper(): _codes(part["letter"], _ranked(part)) for part in parts}
    prefix = next((part["prefix"].lower() for part in parts if part["prefix"]), "")
    t, n, m = (codes.get(letter, frozenset()) for letter in "TNM")
    return Tnm(t, n, m, prefix)


def _ranked(part: re.Match[str]) -> str:
    return (part.groupdict().get("rank") or "") + _value_text(part)


def _codes(letter: str, expression: str) -> Codes:
    """The categories of « 2-3 », « 1 ou 2 », « 2a-c », « ≥ 3 », « + », « X »."""
    letter = letter.upper()
    micro = re.search(r"\(\s{0,3}mi", expression) is not None
    plain = re.sub(r"\([^()]*\)", "", expression)
    if plain.strip() == "-":
        return frozenset({f"{letter}0"})
    values: Codes = frozenset()
    last, rank, ranged = "", "", False
    for part in _PART.finditer(plain):
        if part["rank"]:
            rank = part["rank"]
        elif part["join"]:
            ranged = part["join"] in {"-", "–", "à", "a", "to"}
        else:
            code = _code(letter, part["value"], last, micro=micro)
            values |= TNM_TREE.between(last, code) if ranged and last and code else _compared(rank, code, letter)
            last, rank, ranged = code or last, "", False
    return values


def _code(letter: str, value: str, last: str, *, micro: bool) -> str:
    value = value.lower()
    if value == "x":
        return ""
    if value.startswith("is"):
        return letter + "is"
    if value[0] in "abcde" and last:
        return TNM_TREE.head(last) + value
    if value == "+":
        return letter + "+"
    return letter + value.replace("mic", "mi") + ("mi" if micro and value == "1" else "")


def _compared(rank: str, code: str, letter: str) -> Codes:
    if not code:
        return frozenset()
    if code.endswith("+"):
        return frozenset({"M1"}) if letter == "M" else TNM_TREE.between(f"{letter}1", _LAST[letter])
    if rank in {">=", "≥"}:
        return TNM_TREE.between(code, _LAST[letter])
    if rank == ">":
        return TNM_TREE.minus(TNM_TREE.between(code, _LAST[letter]), {code})
    if rank in {"<=", "≤"}:
        return TNM_TREE.between(f"{letter}0", code)
    if rank == "<":
        return TNM_TREE.minus(TNM_TREE.between(f"{letter}0", code), {code})
    return frozenset({code})


_LAST = {"T": "T4", "N": "N3", "M": "M1"}
_BARE = re.compile(rf"\s{{0,3}}{_PREFIX}(?P<letter>[TNM]?)\s?(?P<value>.*?)\s{{0,3}}", re.IGNORECASE | re.DOTALL)


@remembered(4096)
def parse_tnm(t: str | None, n: str | None, m: str | None) -> Tnm:
    """The TNM of three fields as typed, with or without prefix and letter; a field may hold all three.

    What cannot be read, is X or is absent is unknown (an empty set).
    """
    parsed = Tnm()
    for letter, cell in (("T", t), ("N", n), ("M", m)):
        parsed = _with_cell(parsed, letter, cell or "")
    return parsed


def _with_cell(parsed: Tnm, letter: str, cell: str) -> Tnm:
    whole = _COMPONENT["T"].match(cell.strip())
    parts = [whole, *_following(cell.strip(), whole)] if whole else []
    if len(parts) > 1:
        found = _joined(parts)
        return Tnm(found.t or parsed.t, found.n or parsed.n, found.m or parsed.m, found.prefix or parsed.prefix)
    bare = _BARE.fullmatch(cell)
    if not bare or bare["letter"].upper() not in {"", letter}:
        return parsed
    typed = _COMPONENT[letter].match(f"{bare['prefix']}{letter}{bare['value'] or 'x'}")
    if not typed:
        return parsed
    prefix = parsed.prefix or bare["prefix"].lower()
    codes = _codes(letter, _ranked(typed))
    if letter == "T":
        return replace(parsed, t=codes or parsed.t, prefix=prefix)
    if letter == "N":
        return replace(parsed, n=codes or parsed.n, prefix=prefix)
    return replace(parsed, m=codes or parsed.m, prefix=prefix)


@remembered(4_096)
def judge_tnm(observed: Codes, asked: Codes) -> Verdict:
    """What the possible categories of one component say of the asked ones; an empty set is UNKNOWN."""
    return TNM_TREE.judge(observed, asked)
