"""Conditions beside the cancer under discussion (comorbidities, other cancers, medicines) and how they are written."""

import re
from functools import cache

from rules.lexicon import Lexicon, Mention, load_lexicon
from rules.text import Token, fold, key, tokens
from rules.vocabulary.hierarchy import load_hierarchy
from rules.vocabulary.tables import rows

TYPED_ONLY = "typed field only"

_SIGN_WORDS = {"≥": "ge", ">=": "ge", "≤": "le", "<=": "le", ">": "gt", "<": "lt"}
_SIGNS = re.compile(r"≥|≤|>=|<=|>|<")

CONDITIONS = load_hierarchy("conditions")
"""Other cancers are `other_cancer` and below, current medicines `medication` and below."""

CONDITION_NAMES = load_lexicon("condition_names", CONDITIONS)
"""Every name, for a typed field: `conditions[].name`, `medications[].name`."""


def _names_of_running_text() -> Lexicon:
    """All names but abbreviations that mean something else in a sentence (EP, PR, FA, LED …)."""
    table = rows("condition_names", columns=("text", "ids", "lang", "source"))
    typed = {key(row["text"]) for row in table if row["source"].startswith(TYPED_ONLY)}
    kept = {phrase: ids for phrase, ids in CONDITION_NAMES.phrases.items() if phrase not in typed}
    return Lexicon("condition_names in running text", kept)


CONDITION_TEXT_NAMES = _names_of_running_text()


def find_conditions(text: str) -> list[Mention]:
    """The conditions that a sentence names, left to right, spans in the original; « NYHA ≥ II » is not « NYHA II ».

    It reads names only: negation, suspicion, dates and words of severity around them are the caller's to judge.
    """
    signs = [Token(_SIGN_WORDS[match[0]], *match.span()) for match in _SIGNS.finditer(text)]
    words = sorted([*tokens(text), *signs], key=lambda token: token.start)
    return CONDITION_TEXT_NAMES.find_tokens(words)


def is_other_cancer(id_: str) -> bool:
    """Whether a concept is another cancer than the one under discussion."""
    return CONDITIONS.covers("other_cancer", id_)


def is_medication(id_: str) -> bool:
    """Whether a concept is a medicine rather than a condition."""
    return CONDITIONS.covers("medication", id_)


EVENTS = (
    "cerebrovascular_event",
    "acute_coronary_syndrome",
    "coronary_revascularisation",
    "thromboembolism",
    "haemorrhage",
    "gi_perforation",
    "bowel_obstruction",
    "fistula",
    "abscess",
    "seizures",
    "pancreatitis",
    "diverticulitis",
    "pneumonia",
    "sepsis",
    "severe_infection",
    "angina",
    "hypertensive_crisis",
    "transplant_rejection",
    "myocarditis",
    "fracture",
    "infection",
)
"""What comes and goes: such an entry is of its date, not of today. Everything else that is not over is there now."""


@cache
def is_event(id_: str) -> bool:
    """Whether a condition is an event rather than a lasting state; chronic infections are states."""
    lasting = any(CONDITIONS.covers(each, id_) for each in ("hiv", "viral_hepatitis", "tuberculosis", "htlv1"))
    return not lasting and any(CONDITIONS.covers(each, id_) for each in EVENTS)


_SO = r"(?<!non )(?<!pas )(?<!jamais )(?<!not )(?<!de )(?<!sans )(?<!no )\b"
_IS = (
    r"\s+(?:(?:viral\w*|vhc|hcv|vhb|hbv|du|de\s+l'hepatite|[bc])\s+){0,2}(?:est\s+|reste\s+|is\s+|:\s*)?"
    r"(?:negati|nul)\w*"
)
_CLEARED = re.compile(
    rf"{_SO}(?:eradi(?:qu|cat)\w*|rvs\d*|svr\d*|reponse\s+virologique\s+soutenue|sustained\s+virologic\w*\s+response|"
    rf"indetectables?|undetectable|clairance\s+virale|cleared|(?:arn|rna|pcr|charge\s+virale|viral\s+load|viremie|cv){_IS})\b"
)
_SILENT = re.compile(
    rf"{_SO}(?:controlee?s?|controlled|suppressed|(?:adn|dna){_IS}|non\s+replicati\w+|inacti\w+|post(?=[- ])|"
    r"porteu[rs]\w*\s+(?:sain|inacti)\w*)\b"
)
"""A « cirrhose post-VHC » tells where it came from, not that the virus is there."""


def is_cleared(words: str) -> str | None:
    """The words that tell that nothing is found of a virus any more: « éradiqué », « RVS », « ARN indétectable »."""
    match = _CLEARED.search(fold(words))
    return match[0] if match else None


def is_silent(words: str) -> str | None:
    """The words that tell that a virus is gone or held down: « contrôlé sous ténofovir » too."""
    match = _CLEARED.search(folded := fold(words)) or _SILENT.search(folded)
    return match[0] if match else None
