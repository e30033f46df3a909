"""One biomarker result in words of the form: its name as written, with the alteration that was found or looked for."""

import re
from collections.abc import Iterator

from rules.alterations import parse_alteration
from rules.case import Biomarker
from rules.markers import marker_facts
from rules.reading.form.marker_groups import Named
from rules.reading.form.sentences import Sentence

_VARIANT = re.compile(
    r"\bsaut\s+(?:de\s+l'|d')?exon\s+\d+|(?:p[.~]\s?)?\(?\b[A-Z](?:[a-z]{2})?\d{1,4}(?:[A-Z](?:[a-z]{2})?|\*|fs\w*|"
    r"del|dup|ins\w*|_[A-Z]\w+)\b\)?|"
    r"\b(?:exons?|ex)\s?\d+\s+(?:saut\w*|skipp\w*|ins\w*|del\w*)|"
    r"\b(?:(?:deletion|insertion|duplication|mutation|del|ins)\s*(?:de\s+|dans\s+)?(?:l'|en\s+)?)?(?:exons?|"
    r"ex)\s?\d{1,2}\b|\b(?:del|ins)\s?(?:19|20)\b|"
    r"\bITD\b|\bTKD\b"
)
_NAMED_EVENT = re.compile(r"del|t\(|inv|trisomie|gain|complexe|codel|monosomie|ph\b|philadelphie", re.IGNORECASE)
_LOST = re.compile(r"\b(?:perdue?s?|perte|eteinte?)\b")
_FUSION_AFTER = re.compile(r"^\s+fusions?\b")


def is_event(sentence: Sentence, name: Named) -> bool:
    """Whether the name is itself an anomaly: « del(17p) », « t(11;14) », « caryotype complexe »."""
    written = sentence.text[name.start : name.end]
    if name.marker == "MET" and written.endswith("14"):
        return not sentence.text[name.end :].split(",")[0].strip(" .;)")
    return marker_facts(name.marker).kind == "cytogenetic" and bool(_NAMED_EVENT.search(written))


def alteration_of(word: str | None) -> str | None:
    """The noun of a participle (« muté »: mutation)."""
    for stem, noun in (
        ("mute", "mutation"),
        ("rearrang", "réarrangement"),
        ("transloq", "réarrangement"),
        ("amplifi", "amplification"),
        ("delet", "délétion"),
    ):
        if word and word.startswith(stem):
            return noun
    return None


def negative_of(sentence: Sentence, name: Named, looked_for: str | None) -> Biomarker:
    """What was looked for and not found; None: what is usual of that marker."""
    written = sentence.written(name.start, name.end)
    if name.marker == "IGHV":
        return Biomarker(name=written, status="negative", variant="non muté")
    facts = marker_facts(name.marker)
    if not looked_for or ("mutation" in facts.default() and looked_for == "mutation" and not facts.loss_marker):
        return Biomarker(name=written, status="negative")
    precise = any(char.isdigit() for char in looked_for)
    return Biomarker(name=f"{written} {looked_for}" if precise else f"{looked_for} {written}", status="negative")


def plain_noun(noun: str | None) -> str | None:
    """The noun as the vocabulary of alterations writes it."""
    if noun is None:
        return None
    return {"alteration": "altération", "anomalie": "altération", "rearrangement": "réarrangement"}.get(noun, noun)


def positive_of(sentence: Sentence, name: Named, word: str | None, after: str) -> Biomarker:
    """What was found; `word`: the participle that says it, `after`: the words behind the name."""
    written = sentence.written(name.start, name.end)
    if word and _LOST.search(after):
        return Biomarker(name=written, status="negative", variant="perte")
    noun = alteration_of(word)
    if noun == "mutation" and "mutation" in marker_facts(name.marker).default():
        noun = None
    if _FUSION_AFTER.match(after):
        noun = "fusion"
    if name.marker == "MGMT" and word and "methyl" in word:
        noun = "méthylé"
    return Biomarker(name=written, status="positive", variant=noun)


def result_of(sentence: Sentence, name: Named, status: str, variant: str | None = None) -> Biomarker:
    """A result of a marker, by the name that the form gives it."""
    return Biomarker(name=sentence.written(name.start, name.end), status=status, variant=variant)


def variant_of(after: str, marker: str) -> str | None:
    """The alteration written after a name, when it is one that can be read."""
    parts = [match[0].strip(" ()").replace("~", ".") for match in _VARIANT.finditer(after)]
    words = accented(" ".join(parts))
    if not parts or not parse_alteration(words, marker):
        return None
    return words


def accented(words: str) -> str:
    """« deletion » with the accent that was folded away."""
    return words.replace("eletion", "élétion").replace("earrangement", "éarrangement")


_REFUSED = re.compile(
    r"\s*(?::\s*)?(?:non\s*(?=$|[,.;)])|(?:est\s+)?(?:exclue?|eliminee?|ecartee?|infirmee?|absente?)\b|(?:non|pas)\s+retrouv|ruled\s+out)"
)


def mismatch_repair(sentence: Sentence, name: Named, before: str, after: str) -> Iterator[Biomarker]:
    """« pMMR », « MSI exclu », « perte de MLH1 »: stable or not; nothing where both are said."""
    words = f"{'conserve' if 'conserv' in before else ''} {sentence.low[name.start : name.end]}{after}"
    refused = "pmmr" not in words and _REFUSED.match(after)
    stable = (
        refused
        or re.search(r"\b(?:pmmr|mss)\b|\bstable|\bconserv|\bproficient|\bnegati|\bnon\s+msi", words)
        or re.search(r"\b(?:non|pas\s+(?:de|d'))\s*$", before)
    )
    unstable = re.search(
        r"\bdmmr\b|\bmsi[- ]?(?:h\b|high|elev|confirme)|\binstable|\bdeficient|\bpositi|\bperte\b|\bperdu", words
    )
    if stable and (refused or not (unstable and "dmmr" not in words)):
        yield Biomarker(name=sentence.written(name.start, name.end), status="negative", variant="MSS")
    elif unstable and not stable:
        yield Biomarker(name=sentence.written(name.start, name.end), status="positive", variant="dMMR")
