"""The free text of a form → sentences, each a fact of its own: nothing read in one depends on another.

Cut at line ends and at the stops that end a sentence, not at those of decimals, dates and abbreviations. Each is kept
as written, and in plain ASCII with its case and signs, which is what the vocabularies are asked about.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from anyascii import anyascii

from rules.conditions import CONDITION_TEXT_NAMES, find_conditions, is_other_cancer
from rules.dates import PartialDate
from rules.hinted import mark_of, marks_of, marks_of_any
from rules.lexicon import Lexicon, Mention
from rules.markers import MARKER_NAMES, find_markers
from rules.reading.form.hints import STAGES, TREATMENTS, Lazy, bit_of, may_name, vocabularies_in
from rules.reading.form.years import Written, with_years
from rules.staging import StageMention, find_stages
from rules.text import Token, tokens
from rules.treatments import TreatmentMention, find_treatments

_SIGNS = {
    "≥": ">=", "≤": "<=", "⩾": ">=", "⩽": "<=", "’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "−": "-", "‑": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "→": "->", "⟶": "->", "×": "x", "µ": "u", "μ": "u", "±": "+/-",
    "«": '"', "»": '"', "…": ".", "•": "-", "⁹": "^9", "³": "3", "²": "2", "⁶": "^6", "°": "e", "\t": " ",
}  # fmt: skip


class _Plain(dict[int, str]):
    """Character → plain form, learnt as it is met (`str.translate`)."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = char if char.isascii() else _SIGNS.get(char) or anyascii(char) or " "
        self[code] = plain
        return plain


_PLAIN = _Plain()
_ABBREVIATIONS = frozenset(
    re.split(
        r"\s+",
        "dr pr mr mme mlle me st ste env cf ex vs max sem art fig no num tel av avr janv fev fevr juil sept oct nov "
        "dec apr ant post sup inf ggl gg lat "
        "bilat dt gche resp moy approx hebdo inj comp cp adj neoadj chir chimio radioth trt ttt atcd hosp med",
    )
)
_STOP = re.compile(r"[.!?](?:[)\"](?=\s))?(?P<gap>\s+|(?=[A-Z][a-z]{2}))")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789'-"
_INITIAL = re.compile(r"(?:^|\s)(?:M|[pcs])\.$")
_BULLET = re.compile(r"^\s*(?:[-*o>]\s+|\d{1,2}[.)]\s+|#+\s*|-(?=[a-z]))", re.IGNORECASE)
_HEAD = re.compile(r"^[^:.?]{2,60}:\s*$")

_QUESTION = re.compile(
    r"^\W*(?:questions?\b|avis\s+(?:sur|pour|concernant|quant|de\s+la\s+rcp|rcp|:)|quel(?:le)?s?\b|place\s+(?:d|"
    r"pour)|faut-il|"
    r"peut-on|peut-il|possibilite\s+d|choix\s+d|que\s+(?:faire|proposer)|conduite\s+a\s+tenir|cat\s*[:?]|demande\s+d|"
    r"motif\b|discussion\b|indication\s+(?:d|a\s+un)(?!e\s+(?:changer|traitement|reprise)|"
    r"'un\s+(?:nouveau\s+)?traitement|\s+traitement)|interet\s+d)"
)
_PLAN = re.compile(
    r"^\W*(?:(?:projets?|propositions?|plans?|programme|decision|conclusion|options?|ppt?s|conduite|attitude|"
    r"rcp|staff|recos?|recommandations?|"
    r"schema propose|therapeutique)(?:\s+\w+){0,2}\s*(?:(?:du\s+)?[\d/]+\s*)?(?:rcp)?\s*:|projet\b|"
    r"proposition\b|(?:on|nous|la rcp|"
    r"rcp)\s+(?:propos|discut|prevo|valid)|"
    r"(?:a|reste a)\s+(?:discuter|definir|prevoir|envisager)|prevoir\b|(?:proposer|discuter|envisager|debuter)\b)"
)
_OPEN = re.compile(r"\ba\s+(?:discuter|definir|envisager|prevoir|choisir|proposer)\b")
_MAY_BE_OPEN = mark_of("discut", "defin", "envisag", "prevo", "chois", "propos")
_HISTORY = re.compile(
    r"^\W*(?:(?:principaux\s+)?(?:atcd|antecedents?)\b|comorbidites?\b|terrain\b|histoire\s+medicale|pmh\b|(?:past\s+)?medical\s+history\b|hx\s*:)|"
    r"^\W*(?:atcds?|antecedents?)\s+\w+\s*:"
)
_RELATIVE = re.compile(
    r"\b(?:mere|pere|parents?|s(?:oe|e)urs?|freres?|fratrie|tantes?|oncles?|cousine?s?|grands?[- ]?(?:mere|pere|"
    r"parents?|"
    r"tante|oncle)s?|filles?|fils|neveu|niece|famil\w+|conjoint\w*|epouse|epoux|mari|femme\s+de(?!\s+\d)|apparentes?)\b"
)
_MAY_NAME_RELATIVES = mark_of(
    "mere", "pere", "parent", "soeur", "seur", "frere", "fratrie", "tante", "oncle", "cousin", "fille", "fils", "neveu",
    "niece", "famil", "conjoint", "epou", "mari", "femme",
)  # fmt: skip
_MAY_DENY = mark_of(
    "pas", "plus", "absen", "indemne", "exempt", "denu", "depourvu", "sans", "aucun", "ni", "jamais", "hors",
    "neg", "non", "exclu", "no", "not", "without", "never", "nor", "ruled",
    "elimine", "ecarte", "infirme", "0", "fait",
)  # fmt: skip
_MAY_DOUBT = mark_of(
    "su", "soupcon", "possib", "probab", "eventuel", "doute", "evo", "compatib", "faveur", "hypothese", "sembl",
    "aspect", "allure", "presum", "potentiel", "risque", "si", "cas", "prevent", "prophyla", "depist", "recherch",
    "bilan", "crain", "surveill", "indic", "verifier", "eliminer", "exclu", "vaccin", "serologie", "candidat",
    "eligib", "protocole", "essai", "attente", "score", "taux", "?", "confirmer", "explor", "investig",
)  # fmt: skip
_ADJECTIVE = re.compile(r"\b(?:polypose|cancers?)\s+\w*\s*famil|medecin\s+(?:de\s+)?famil|jeune\s+(?:fille|femme)")
_FAMILY_HEAD = re.compile(r"^\W*(?:atcd|antecedents?|histoire|contexte|enquete)s?\s+(?:\w+\s+)?famil")
_MAY_BE_FAMILY, _MAY_BE_HISTORY = marks_of_any(_FAMILY_HEAD), marks_of_any(_HISTORY)
_MAY_ASK, _MAY_PLAN = marks_of_any(_QUESTION), marks_of_any(_PLAN)
_MAY_HAVE_A_ROLE = _MAY_BE_FAMILY | _MAY_BE_HISTORY | _MAY_ASK | _MAY_PLAN | mark_of("?")


class Role(StrEnum):
    """What a sentence does: tells a fact, asks, plans, or lists what the patient had before."""

    FACT = "fact"
    QUESTION = "question"
    PLAN = "plan"
    HISTORY = "history"
    FAMILY = "family"


@dataclass(frozen=True)
class Sentence:
    """`original`: as written; `text`: in ASCII, its dates with their years, the head of its list before it; `today`:
    the day of the board; `added`: the characters of the text that nobody wrote."""

    original: str
    text: str
    today: PartialDate | None = None
    added: tuple[tuple[int, int], ...] = ()

    @Lazy
    def low(self) -> str:
        """The text in small letters, span for span."""
        return self.text.lower()

    @Lazy
    def marks(self) -> int:
        """What stands in it, as the bits of `rules.hinted`: a reader whose words are not there has nothing to read."""
        return marks_of(self.text)

    @Lazy
    def role(self) -> Role:
        """What the sentence does, by its first words and its last sign."""
        marks = self.marks
        if not marks & _MAY_HAVE_A_ROLE:
            return Role.FACT
        if marks & _MAY_BE_FAMILY and _FAMILY_HEAD.match(self.low):
            return Role.FAMILY
        if self.low.rstrip(' )"').endswith("?") or (marks & _MAY_ASK and _QUESTION.match(self.low)):
            return Role.QUESTION
        if marks & _MAY_PLAN and _PLAN.match(self.low):
            return Role.PLAN
        return Role.HISTORY if marks & _MAY_BE_HISTORY and _HISTORY.match(self.low) else Role.FACT

    @Lazy
    def asks(self) -> bool:
        """Whether it speaks of what is to be done, not of what was."""
        return self.role in (Role.QUESTION, Role.PLAN)

    @Lazy
    def discusses(self) -> bool:
        """As `asks`, or a line or setting « à définir »."""
        return self.asks or bool(self.marks & _MAY_BE_OPEN and _OPEN.search(self.low))

    @Lazy
    def treatments(self) -> list[TreatmentMention]:
        """The treatments that it names."""
        return find_treatments(self.text, self.words) if may_name(self._vocabularies, TREATMENTS) else []

    @Lazy
    def conditions(self) -> list[Mention]:
        """The conditions and medicines that it names."""
        signs = "<" in self.text or ">" in self.text
        return find_conditions(self.text) if signs else self.named(CONDITION_TEXT_NAMES)

    @Lazy
    def cancers(self) -> list[Mention]:
        """Those of its conditions that are cancers."""
        return [mention for mention in self.conditions if any(is_other_cancer(id_) for id_ in mention.ids)]

    @Lazy
    def words(self) -> list[Token]:
        """Its words in comparable form: cut once, for all vocabularies."""
        return tokens(self.text)

    @Lazy
    def _vocabularies(self) -> int:
        return vocabularies_in(self.words)

    def named(self, lexicon: Lexicon) -> list[Mention]:
        """What it names of a vocabulary; searched only where words of one of its phrases are there."""
        return lexicon.find_tokens(self.words) if self._vocabularies & bit_of(lexicon) else []

    @Lazy
    def markers(self) -> list[Mention]:
        """The biomarkers that it names."""
        return find_markers(self.text, self.words) if self._vocabularies & bit_of(MARKER_NAMES) else []

    @Lazy
    def stages(self) -> list[StageMention]:
        """The stages of named systems."""
        return find_stages(self.text) if may_name(self._vocabularies, STAGES) else []

    @Lazy
    def relatives(self) -> list[int]:
        """Where it names a relative of the patient."""
        if not self.marks & _MAY_NAME_RELATIVES:
            return []
        return [match.start() for match in _RELATIVE.finditer(self.low) if not self._is_adjective(match)]

    @Lazy
    def may_deny(self) -> bool:
        """Whether a word is there without which nothing is denied."""
        return bool(self.marks & _MAY_DENY)

    @Lazy
    def may_doubt(self) -> bool:
        """Whether a word is there without which nothing is in doubt, to come, or only feared."""
        return bool(self.marks & _MAY_DOUBT)

    def _is_adjective(self, match: re.Match[str]) -> bool:
        return bool(_ADJECTIVE.search(self.low, max(0, match.start() - 20), match.end()))

    def quote(self, start: int, end: int) -> str:
        """The words between two positions as written; the whole sentence where its plain form is of another length."""
        if self.added:
            start, end = self._typed_at(start), self._typed_at(end)
        return self.original[start:end].strip(" ,;:") if self._same_length else self.original

    def written(self, start: int, end: int) -> str:
        """A name between two positions as written, or in plain letters where the two forms differ in length."""
        if not self._same_length:
            return self.text[start:end]
        if self.added:
            start, end = self._typed_at(start), self._typed_at(end)
        return self.original[start:end]

    def _typed_at(self, position: int) -> int:
        return Written(self.text, self.added).typed_at(position)

    @Lazy
    def _same_length(self) -> bool:
        return len(self.original) == len(self.text) - sum(length for _, length in self.added)


def plain_text(text: str) -> str:
    """ASCII with its case; of the same length but for signs such as ≥ and ligatures."""
    return text if text.isascii() else text.translate(_PLAIN)


def sentences_of(text: str, today: PartialDate | None = None) -> list[Sentence]:
    """The sentences of a text, in order. A line that only ends in a colon is the head of the lines after it."""
    found: list[Sentence] = []
    head = ""
    for raw in unicodedata.normalize("NFC", text).splitlines():
        line = raw.strip()
        bulleted = _BULLET.match(line)
        head = head if bulleted else ""
        line = line[bulleted.end() :] if bulleted and bulleted.end() < len(line) else line
        if _HEAD.match(line):
            head = plain_text(line.strip()) + " "
            continue
        for part in _cut(line):
            written = with_years(plain_text(part), today)
            added = tuple([(start + len(head), length) for start, length in written.added]) if written.added else ()
            found.append(Sentence(part, head + written.text, today, added))
    return found


def _cut(line: str) -> list[str]:
    plain = plain_text(line)
    written = None
    if len(plain) != len(line):
        written = list(accumulate((1 if char.isascii() else len(_PLAIN[ord(char)]) for char in line), initial=0))
    parts: list[str] = []
    start = 0
    for stop in _STOP.finditer(plain):
        if _ends_here(plain, stop.start("gap"), stop.end()):
            parts.append(_written(line, written, start, stop.start("gap")))
            start = stop.end()
    parts.append(_written(line, written, start, len(plain)))
    return [part for part in parts if any(char.isalnum() for char in part)]


def _written(line: str, places: list[int] | None, start: int, end: int) -> str:
    """A span of the plain form in the line as written; `places`: where each of its characters begins in the plain."""
    if places is not None:
        start, end = bisect_left(places, start), bisect_left(places, end)
    return line[start:end].strip()


_AGE_NEXT = re.compile(r"\d{2} ?ans\b")
"""« DFG 52. 69 ans, OMS 0 »: no decimal."""


def _ends_here(plain: str, stop: int, following: int) -> bool:
    """Whether the stop before this place ends a sentence."""
    if plain[stop - 1] in "!?" or plain[stop - 2 : stop - 1] in "!?":
        return True
    before, after = _word_before(plain[max(0, stop - 25) : stop].lower()), plain[following]
    if before in _ABBREVIATIONS:
        return False
    if before.isdigit() and plain[stop - 2 - len(before)] == "/" and after.isdigit():
        return True
    if after.isupper() or after in '"(-':
        return not _INITIAL.search(plain[max(0, stop - 4) : stop])
    if after.isdigit() and before.isdigit():
        return _AGE_NEXT.match(plain, following) is not None
    return after.isdigit() or (after.islower() and len(before) > 3)


def _word_before(low: str) -> str:
    """The word right before the stop that a text ends in."""
    told = (low[:-1] if low.endswith((")", '"')) else low)[:-1]
    return told[len(told.rstrip(_LETTERS)) :]
