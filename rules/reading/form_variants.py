"""Variants of the histology that a text denies: « sans contingent sarcomatoïde », « LBDGC NOS, de novo »."""

import re

from rules.hinted import mark_of
from rules.kinds import State
from rules.reading.form_facts import Facts
from rules.reading.form_organs import only_of
from rules.reading.form_sentences import Role, Sentence

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
_NEW = re.compile(r"\bde\s+novo\b|\bnos\b|\bsai\b|\bsans\s+autre\s+(?:indication|specificite)\b")
_MAY_BE_NEW = mark_of("novo", "nos", "sai", "autre")
_DIFFUSE = re.compile(
    r"\b(?:l[bd]+gcb?|ld?gcb|lbdgc|lnh\s+b\s+a\s+grandes\s+cellules|(?:lymphome|lymphoma)\b[^.;]{0,40}\b(?:grandes\s+"
    r"cellules|large))"
)


def read_variants(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """The variants that a sentence, or a typed histology, denies."""
    marks = sentence.marks
    if not marks & (_MAY_DENY | _MAY_BE_NEW) or sentence.role is not Role.FACT or sentence.relatives:
        return
    if marks & _MAY_DENY:
        for match in _DENIED.finditer(sentence.low):
            if _NOT_ALL.match(sentence.low, match.end()):
                continue
            named = {name for one in _ONE.finditer(match["words"]) for name, told in one.groupdict().items() if told}
            for name, _, ids in _OF_WORDS:
                for id_ in ids if name in named else ():
                    facts.add("tumour.without", id_, sentence.quote(*match.span()))
    if marks & _MAY_BE_NEW and (not organs or only_of("haematologic", organs)):
        _of_no_other(sentence, facts)


def _of_no_other(sentence: Sentence, facts: Facts) -> None:
    """A diffuse large B-cell lymphoma « NOS » or « de novo »: neither transformed, nor of a transplant, which have
    names of their own (WHO 2022)."""
    named = _DIFFUSE.search(sentence.low)
    told = _NEW.search(sentence.low) if named else None
    if told is None:
        return
    for id_ in ("transformed_dlbcl", "ptld"):
        facts.add("tumour.without", id_, sentence.quote(*told.span()))
    facts.add_state(State.TRANSFORMED, sentence.quote(*told.span()), holds=False)
