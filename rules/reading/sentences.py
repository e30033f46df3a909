"""Text → lines → clauses: bullets and headings off, nested lists joined to their head, cuts at semicolons and stops."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.reading.clause import plain

_MARK = (
    r"(?:[-*•·–—▪◦‣■□●○►▸➢✓✔☐→⇒°§❖◆◇♦]|[-=]>|>(?=\s+[^\W\d_])|\(?\d{1,2}[.)](?!\d)|\d{1,2}(?:[-–—/]\s+(?!\d)|\s[-–—]\s+(?=[^\W\d_]))|"
    r"\(?(?:[a-z]|[ivx]{2,5})[.)]|\([IVX]{1,4}\)|(?:[IE]|C?NI|CI|CE|Inc|Exc)\s?[-.]?\d{1,2}\s?[-–—.)/]\s|o\s)"
)
_BULLET = re.compile(rf"^\s*(?:{_MARK}\s*){{1,2}}")
"""What stands before the words of an item: dots, dashes, arrows, « 1. », « 2- », « (iv) », « E3 - »."""
_NUMBERED = re.compile(r"(?m)^\s*(?:[IE]|C?NI|CI|CE)\d{1,2}\s+(?=\S)")
_A_FEW = 3
"""« I1 Carcinome … », « E4 Corticoïdes … »: where so many lines of a text begin like that, it numbers them."""
_HEADING = re.compile(
    r"^(?:key |main |principaux |principales )?(?:inclusion|exclusion|non[- ]?inclusion|criteres? d'inclusion|"
    # names-the-word: the heading of a registry's text
    r"criteres? de non[- ]inclusion|criteres? d'exclusion|criteria|eligibility)(?: criteria)?\s*(?:\([^)]*\))?\s*:?$"
)
_CUT = re.compile(r"\s*;\s*|(?<=[a-zà-ÿ0-9)%])\.\s+(?=[A-ZÀ-Ý])")
_ONE_OF = re.compile(
    r"\b(?:une? (?:alteration|mutation|anomalie|fusion|des)|au moins une?|l'une? des|l'un de|any of|one of|either|"
    r"parmi)\b[^:;]{0,60}:(?=[^;]*;)"
)
_GOES_ON = re.compile(
    r"(?:ou|or|et/ou|and/or|soit)\b|(?:exception|sauf|hors|excepte|a l'exception|except|unless)\b|"
    r"(?:(?:ps|oms|ecog)\W{0,3})?\d(?:\W{1,3}\w+){0,2}\W+(?:si|if|accept\w*|autoris\w*|possible|permis\w*|allowed)\b"
)
_OPENS_LIST = re.compile(r"(?i):\s*$|\b(?:ci[- ]?dessous|ci[- ]?apr[èe]s|suivants?|suivantes?|the following)\s*$")
_ALTERNATIVE = re.compile(r"(?:ou|or|et/ou|and/or)\s(?=\S)")
"""A line that goes on with « ou … » is an alternative to the line before it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion line as written, with the head of the list it stands in (or nothing)."""

    text: str
    head: str = ""

    @property
    def opens(self) -> bool:
        """Whether it is the head of a list."""
        return _OPENS_LIST.search(self.text) is not None


def lines_of(text: str | None) -> list[Line]:
    """The criterion lines of a text; an indented or dashed item under a line that ends in a colon keeps its head."""
    found: list[Line] = []
    head, head_depth = "", (-1, False)
    numbered = len(_NUMBERED.findall(text or "")) >= _A_FEW
    for raw in (text or "").splitlines():
        line = _BULLET.sub("", _NUMBERED.sub("", raw) if numbered else raw).strip()
        if not line or _HEADING.match(plain(line)):
            continue
        depth = (len(raw) - len(raw.lstrip()), _BULLET.match(raw) is not None)
        if head and depth <= head_depth:
            head, head_depth = "", (-1, False)
        if found and _ALTERNATIVE.match(plain(line)):
            found[-1] = Line(f"{found[-1].text} ; {line}", found[-1].head)
            continue
        found.append(Line(line, head))
        if _OPENS_LIST.search(line) and not head:
            head, head_depth = line.rstrip(": "), depth
    return found


def clauses_of(line: str) -> list[str]:
    """The clauses of a line: cut at semicolons and full stops that stand outside parentheses.

    « une altération : A ; B ; C » is one clause: its semicolons separate alternatives.
    """
    alternatives = _ONE_OF.search(plain(line))
    cuts = [
        match.span()
        for match in _CUT.finditer(line)
        if _depth(line, match.start()) == 0
        and not (alternatives and match.start() > alternatives.start())
        and not _goes_on(plain(line), match.start(), match.end())
    ]
    return [part for part in _pieces(line, cuts) if part]


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether what follows a cut belongs to what stands before it; « 0-2 si A ; 0-3 si B » are two."""
    on = _GOES_ON.match(text, end)
    return on is not None and not (on[0][-2:] in ("si", "if") and re.search(r"\b(?:si|if)\b", text[:start]))


def _pieces(line: str, cuts: list[tuple[int, int]]) -> Iterator[str]:
    start = 0
    for begin, end in cuts:
        yield line[start:begin].strip()
        start = end
    yield line[start:].strip().rstrip(".;")


def _depth(text: str, end: int) -> int:
    return text.count("(", 0, end) - text.count(")", 0, end)
