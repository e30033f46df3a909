"""Text → lines → clauses: bullets and headings off, nested lists joined to their head, cuts at semicolons and stops."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rules.hinted import hinted
from rules.reading.clause import plain
from rules.reading.enumerated import items_in
from rules.reading.parts import heads_a_section

_MARK = (
    r"(?:[-*•·–—▪◦‣■□●○►▸➢✓✔☐→⇒°§❖◆◇♦]|[-=]>|>(?=\s+[^\W\d_])|\(?\d{1,2}[.)](?!\d)|\d{1,2}(?:[-–—/]\s+(?!\d)|"
    r"\s[-–—]\s+(?=[^\W\d_]))|"
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
    r"parmi)\b[^:;]{0,60}:(?=[^;]*;)|(?:≥|>=|> =|au moins|at least|minimum) ?(?:1|une?|one) "
    r"(?:des |of the |de ces )?(?:\w+ )?(?:criteres?|criteri(?:on|a)|signes?|facteurs?|elements?|"
    r"factors?)\b[^:;]{0,60}:(?=[^;]*;)"
)
_GOES_ON = re.compile(
    r"(?:ou|or|et/ou|and/or|soit)\b|(?:exception|sauf|hors|excepte|a l'exception|except|unless)\b|"
    r"(?:(?:ps|oms|ecog)\W{0,3})?\d(?:\W{1,3}\w+){0,2}\W+(?:si|if|accept\w*|autoris\w*|possible|permis\w*|allowed)\b"
)
_UNTREATED = re.compile(
    r"(?:sans|en l'absence d|pas d|without|no)\b[^;:]{0,50}\b(?:chimio|chemo|neo-?adj|traitement|treatment|"
    r"ct\b)[^;]{0,60}"
    r"(?<![a-z])[cp]?[tn]\s?[0-4+]"
)
"""« Après chimio : ypT2 ou plus ; sans chimio : pT3 ou plus »: the two ways of one risk."""
_COMBINED = re.compile(
    r"(?<![a-z])[cpy]{0,2}t\s?(?:[≥>]=?\s?)?[1-4][^;:]{0,30}(?:\s|,)(?:[cp]?n[0-3+]|grades?\b|g[1-4]|[cp]?m0)"
)
_COMBINATION = re.compile(
    r"\s*(?:(?:tout|any|all)\s[cp]{0,2}t\b|[cp]{0,2}t\s(?:any|quelconque)\b|[cpy]{0,2}t\s?(?:[≥>]=?\s?)?[1-4])(?:[a-d]?\s*(?:;|$)|[^;:]{0,30}(?:\s|,)"
    r"(?:[cp]?n[0-3+]|grades?\b|g[1-4]|[cp]?m0))"
)
"""« pT2 grade 4 N0 M0 ; pT3 N0 M0 »: nobody has two T, so what follows is another way in."""
_OPENS_LIST = re.compile(r"(?i):$|\b(?:ci[- ]?dessous|ci[- ]?apr[èe]s|suivants?|suivantes?|the following)$")
_LONGEST_OPENING = 20
_ALTERNATIVE = re.compile(r"(?:ou|or|et/ou|and/or)\s(?=\S)")
"""A line that goes on with « ou … » is an alternative to the line before it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion line as written, with the head of the list it stands in (or nothing).

    `section`: the heading that names the cohorts or part that it is asked of; `mark`: its number in a list.
    """

    text: str
    head: str = ""
    section: str = ""
    mark: str = ""

    @property
    def opens(self) -> bool:
        """Whether it is the head of a list."""
        return _opens_list(self.text)


def _opens_list(line: str) -> bool:
    end = line.rstrip()
    return _OPENS_LIST.search(end, max(0, len(end) - _LONGEST_OPENING)) is not None


@dataclass(slots=True)
class _Section:
    """The heading under which lines stand, how deep it is, and whether its lines are deeper than it."""

    heading: str = ""
    depth: tuple[int, bool] = (-1, False)
    deeper: bool | None = None

    def over(self, depth: tuple[int, bool]) -> str:
        """The heading over a line of that depth; a list that stood deeper than its heading ends with its items."""
        if self.heading and self.deeper is None:
            self.deeper = depth > self.depth
        if self.deeper and depth <= self.depth:
            self.heading = ""
        return self.heading


def lines_of(text: str | None) -> list[Line]:
    """The criterion lines of a text; an indented or dashed item under a line that ends in a colon keeps its head."""
    found: list[Line] = []
    head, head_depth, section = "", (-1, False), _Section()
    numbered = len(_NUMBERED.findall(text or "")) >= _A_FEW
    for raw in (text or "").splitlines():
        line = _BULLET.sub("", _NUMBERED.sub("", raw) if numbered else raw).strip()
        if not line or _HEADING.match(plain(line)):
            continue
        depth = (len(raw) - len(raw.lstrip()), _BULLET.match(raw) is not None)
        if head and depth <= head_depth:
            head, head_depth = "", (-1, False)
        if heads_a_section(plain(line)):
            section = _Section(line.rstrip(" :."), depth)
            continue
        if found and _ALTERNATIVE.match(plain(line)):
            found[-1] = replace(found[-1], text=f"{found[-1].text} ; {line}")
            continue
        numbering = items_in(raw.strip())
        whole = raw.strip() if numbering and not numbering.head else line
        found += _with_items(Line(whole, head, section.over(depth)))
        if not head and _opens_list(line):
            head, head_depth = line.rstrip(": "), depth
    return found


def _with_items(line: Line) -> list[Line]:
    """The line, or the items that it numbers: « l'un des suivants : (1) A ; (2) B »."""
    listed = items_in(line.text)
    if listed is None:
        return [line]
    head = line.head or listed.head
    first = [replace(line, text=f"{listed.head} :")] if listed.head else []
    return first + [Line(text, head, line.section, mark) for mark, text in listed.items]


@lru_cache(maxsize=20_000)
def clauses_of(line: str) -> tuple[str, ...]:
    """The clauses of a line: cut at semicolons and full stops that stand outside parentheses.

    « une altération : A ; B ; C » is one clause: its semicolons separate alternatives.
    """
    alternatives = _ONE_OF.search(plain(line))
    cuts = _without_gene(line)
    cuts += [
        match.span()
        for match in _CUT.finditer(line)
        if _depth(line, match.start()) == 0
        and not _is_abbreviation(line, match)
        and not (
            alternatives and match.start() > alternatives.start() and not _OF_ITS_OWN.match(plain(line), match.end())
        )
        and not _goes_on(plain(line), match.start(), match.end())
        and not _excepts_too(plain(line), match.start(), match.end())
    ]
    return tuple(part for part in _pieces(line, sorted(cuts)) if part)


_WITHOUT_GENE = hinted(
    r",\s(?=(?:et )?(?:sans|without)\s(?:\w+ )?(?:mutations?|rearrangements?|fusions?|alterations?|amplifications?|"
    r"translocations?|deletions?)\b)"
)
_LEFT_OUT = hinted(r"\b(?:hors|sauf|hormis|excepte\w*|except|excluding|other than)\s[^,;:()]{2,60}$")


def _without_gene(line: str) -> list[tuple[int, int]]:
    """« Gliome hors NF1, sans mutation BRAF »: what is denied behind an exception is no part of it."""
    folded = plain(line)
    return [
        match.span()
        for match in _WITHOUT_GENE.finditer(folded)
        if _depth(line, match.start()) == 0 and _LEFT_OUT.search(folded[: match.start()])
    ]


_BUT_CANCERS = hinted(
    r"\W*(?:tout |un |any )?(?:antecedents? d(?:e |')|atcd d(?:e |')|historique d(?:e |')|history of )?(?:2n?d|2e|"
    r"2eme|second\w*|"
    r"deuxieme|autres?|other|another|prior|previous|concurrent)\s(?:k|cancers?|tumeurs?|neoplas\w*|malign\w*|primary)\b"
    r"[^;:]*\b(?:sauf|hors|hormis|excepte\w*|except|excluding|a l'exception|unless|other than)\b"
)
_CURED = re.compile(
    r"\W*(?:(?:stades?|stage|in situ|carcinomes?|carcinoma|cancers?|k|prostate|sein|col|peau|skin|breast|cervix|"
    r"melanomes?|"
    r"baso\w*|spino\w*|autres? (?:k|cancers?|tumeurs?)|tumeurs?|cis|ccis|lentigo|vessie|bladder|thyroide|"
    r"gleason)\b)[^;]*"
    r"(?:in situ|remission|gueri|traite|treated|sans maladie|sans recidive|disease[- ]free|bas risque|low[- ]risk|"
    r"\bans\b|years|"
    r"gleason|localise|superficiel|opere|resequ|curati)"
)


def _excepts_too(text: str, start: int, end: int) -> bool:
    """« 2e cancer sauf baso ; stade I en rémission ; … »: a further cancer that the exception lets in."""
    return _BUT_CANCERS.match(text, 0, start) is not None and _CURED.match(text, end) is not None


_OF_ITS_OWN = re.compile(
    r"\s*(?:les|la|le|l'|the|toutefois|note|nb)\b[^;]*\b(?:ne sont pas|n'est pas|sont|est|are|is) "
    r"(?:exclu|autoris|accept|permis|admis|eligib|allowed|permitted|not excl|toler)"
)
"""« …, l'un de : A ou B ; les mutations de C ne sont pas exclues »: a sentence, and none of the alternatives."""
_NEVER_ENDS = re.compile(
    r"(?i)(?:^|[\W\d_])(?:inh(?:ib)?|tum|mut|ampl|r[ée]arr|surexpr|expr|c\.-[àa]-d|p\. ?ex|par ex|ex|e\.g|i\.e|cf|"
    r"incl|excl|vs|env|"
    r"max|min|mini|gl|gr|st|loc|coh|no|dr|pr|approx|th[ée]r|adk|ad[ée]noca?|carc|nb|sup|inf|ant|post|resp|anti|sp|spp|"
    r"v|r[ée]f|art|[ée]d|tt|ttt|trt|atcd|ttts|bio|cp|cps)$"
)
"""Words written short after which a sentence goes on (« inh. PARP »), unless a common word with a capital follows."""
_COMMON = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ']{1,}\b")
_CAPITALS = re.compile(r"[A-ZÀ-Ý]{2,}|[A-Z][\d/-]")
_SHORTENED = re.compile(
    r"(?i)(?:^|[\W_])(?:av|sal|s[ée]r|[ée]p|neuro|cut|pulm|h[ée]p|r[ée]n|card|p[ée]riph|syst|intens|conc|pr[ée]al|"
    r"ant[ée]r|chim|"
    r"m[ée]ta|m[ée]tast|rech|r[ée]cid|r[ée]g|glandes? sal|hist|cyto|diag|dg|prog|conf|doc|d[ée]f|[ée]q|équiv|equiv|"
    r"insuf|insuff|"
    r"inop|irr[ée]s|r[ée]s|prim|sec|mal|lymph|gangl|visc|abdo|pelv|thor)$"
)


def _is_abbreviation(line: str, match: re.Match[str]) -> bool:
    """« inh. PARP », « loc. av. SNC »: the stop of a word written short, no end of a sentence."""
    if not match[0].startswith("."):
        return False
    before, after = line[: match.start()], line[match.end() :]
    if _NEVER_ENDS.search(before):
        return (
            _COMMON.match(after) is None
            or re.search(r"(?i)(?:inh(?:ib)?|tum|c\.-[àa]-d|p\. ?ex|e\.g|i\.e)$", before) is not None
        )
    return _SHORTENED.search(before) is not None and _CAPITALS.match(after) is not None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether what follows a cut belongs to what stands before it; « 0-2 si A ; 0-3 si B » are two."""
    if "yp" in text and _UNTREATED.match(text, end):
        return "yp" in text[:start]
    if _COMBINED.search(text, 0, start) and _COMBINATION.match(text, end):
        return True
    on = _GOES_ON.match(text, end)
    return on is not None and not (on[0][-2:] in ("si", "if") and re.search(r"\b(?:si|if)\b", text[:start]))


def _pieces(line: str, cuts: list[tuple[int, int]]) -> Iterator[str]:
    start = 0
    for begin, end in cuts:
        yield line[start:begin].strip()
        start = end
    yield line[start:].strip().rstrip(".;")


def _depth(text: str, end: int) -> int:
    return sum(text.count(sign, 0, end) for sign in "([") - sum(text.count(sign, 0, end) for sign in ")]")
