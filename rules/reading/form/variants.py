"""Variants of the histology that a text denies: « sans contingent sarcomatoïde »."""

import re

from rules.hinted import mark_of
from rules.reading.form.facts import Facts
from rules.reading.form.sentences import Role, Sentence

_OF_WORDS = (
    ("sarcomatoide", r"sarcomato\w*", ("sarcomatoid_carcinoma",)),
    ("micropapillaire", r"micro-?papillaires?", ("urothelial_micropapillary", "breast_micropapillary")),
    ("plasmocytoide", r"plasmocyto\w*", ("urothelial_plasmacytoid",)),
    ("neuroendocrine", r"neuro-?\s?endocrines?",
     ("neuroendocrine_carcinoma", "prostate_neuroendocrine_differentiation")),
    ("petites", r"(?:a|de)\s+petites\s+cellules", ("small_cell_carcinoma",)),
    ("bague", r"(?:a\s+cellules\s+)?(?:en\s+)?bague\s+a\s+chaton|(?:a\s+)?cellules\s+independantes",
     ("signet_ring_cell_carcinoma",)),
    ("epidermoide", r"(?:epidermo\w*|malpighien\w*|squameu\w*)", ("urothelial_squamous_differentiation",)),
    ("glandulaire", r"glandulaires?", ("urothelial_glandular_differentiation",)),
)  # fmt: skip
"""Name, the words of it, and what they deny beside a tumour of another name (WHO 5th series)."""
_WORD = "|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _OF_WORDS)
_ONE = re.compile(_WORD)
_ANY = "|".join(pattern for _, pattern, _ in _OF_WORDS)
_DENIED = re.compile(
    r"\b(?:pas\s+de|sans|aucune?s?|absence\s+de|ni\s+de)\s+(?:contingents?|composantes?|differenciations?|variants?|"
    r"secteurs?|foyers?|aspects?|formes?|histologies?)\s+"
    rf"(?P<words>(?:{_ANY})(?:\s*(?:,|/|ni|ou|et)\s*(?:(?:de|d'|a)\s+)?(?:{_ANY}))*)"
)
_NOT_ALL = re.compile(r"\s*(?:majoritaire|predominant|significati|pur|exclusi|superieur|>|de\s+plus)")
_MAY_DENY = mark_of("conting", "composant", "differenci", "variant", "secteur", "foyer", "aspect", "forme", "histolog")


def read_variants(sentence: Sentence, facts: Facts) -> None:
    """The variants that a sentence, or a typed histology, denies."""
    marks = sentence.marks
    if not marks & _MAY_DENY or sentence.role is not Role.FACT or sentence.relatives:
        return
    for match in _DENIED.finditer(sentence.low):
        if _NOT_ALL.match(sentence.low, match.end()):
            continue
        named = {name for one in _ONE.finditer(match["words"]) for name, told in one.groupdict().items() if told}
        for name, _, ids in _OF_WORDS:
            for id_ in ids if name in named else ():
                facts.add("tumour.without", id_, sentence.quote(*match.span()))
