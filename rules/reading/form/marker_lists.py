"""Results with no gene beside them: a variant whose gene everybody knows, a list that a panel found intact."""

import re
from collections.abc import Iterator

from rules.case import Biomarker
from rules.hinted import mark_of
from rules.reading.form.context import Standing, of_a_relative, standing
from rules.reading.form.marker_groups import Group
from rules.reading.form.sentences import Sentence

_GENE_OF = {
    "t790m": "EGFR",
    "c797s": "EGFR",
    "g1202r": "ALK",
    "g2032r": "ROS1",
    "c481s": "BTK",
    "l265p": "MYD88",
    "k27m": "H3",
}
MAY_BE_WELL_KNOWN = mark_of(*_GENE_OF)
"""Variants called without their gene (ESMO: resistance to EGFR, ALK, ROS1, BTK inhibitors; WHO: Waldenström)."""
_VARIANT = re.compile(r"\b(?:h3\s?)?(?P<variant>k27m|t790m|c797s|g1202r|g2032r|c481s|l265p)\b")
_GENE_BEFORE = re.compile(r"\b(?:egfr|alk|ros1|btk|myd88)\b[^,;:.]{0,20}$")
_GENE_AFTER = re.compile(r"^[^,;:.]{0,25}\b(?:egfr|alk|ros1|btk|myd88)\b")
_ABSENT_AFTER = re.compile(
    r"^\s*(?::|=|est\s+)?\s*(?:neg\w*|-(?=\s|$|[,;.)])|absente?\b|non\s+(?:detecte|retrouve|trouve)\w*)"
)
_OPEN_AFTER = re.compile(
    r"^[^,;.]{0,25}?(?:\b(?:recherche\w*|en\s+(?:attente|cours)|demande\w*|non\s+(?:fait|recherch|realis)\w*|pending|a\s+\w+er)\b|"
    r"\?)"
)
_FOUND_AFTER = re.compile(
    r"^\s*(?:mute\w*|pos\w*|\+|retrouvee?|presente?|detectee?|acquise?|,|\.|$|\)|;|a\s+la|en\s+cis|en\s+trans)"
)
_SOUGHT_BEFORE = re.compile(
    r"\b(?:recherche\w*|statut|test\w*|pas\s+de|sans|si|suspicion|anti|no|not|without|if|nor|ni)\b[^,;:.]{0,25}$"
)
_DENIED_BEFORE = re.compile(r"\b(?:pas\s+de|absence\s+de|sans|no|without)\s+(?:mutation\s+)?(?:de\s+resistance\s+)?$")

_NONE_OF = re.compile(
    r"(?:\b(?:pas|aucune?s?|absence|sans)\s+(?:de\s+|d'|d'une?\s+)?(?:autres?\s+)?(?P<noun>addictions?|alterations?|anomalies?|"
    r"mutations?|drivers?|cibles?|rearrangements?|fusions?)\b[^.;:()]{0,70}|"
    r"\b(?:panel|ngs|profil\s+moleculaire|biologie\s+moleculaire|sequencage)\b[^.;:()]{0,40}\bnegati\w*\s*)[:(]\s*$"
)
_ALL_OF = re.compile(r"\bautres?\b")


def well_known_variants(sentence: Sentence) -> Iterator[tuple[Biomarker, int, int]]:
    """« T790M neg », « rebiopsie : G1202R »: the gene is in the variant."""
    for match in _VARIANT.finditer(sentence.low):
        before, after = sentence.low[: match.start()], sentence.low[match.end() :]
        if (
            _GENE_BEFORE.search(before)
            or _GENE_AFTER.match(after)
            or of_a_relative(sentence, match.end())
            or _OPEN_AFTER.match(after)
        ):
            continue
        gene, variant = _GENE_OF[match["variant"]], match["variant"].upper()
        if _ABSENT_AFTER.match(after) or _DENIED_BEFORE.search(before):
            yield Biomarker(name=f"{gene} {variant}", status="negative"), *match.span()
        elif _is_found(sentence, match):
            yield Biomarker(name=gene, status="positive", variant=variant), *match.span()


def _is_found(sentence: Sentence, match: re.Match[str]) -> bool:
    low = sentence.low
    told = not _SOUGHT_BEFORE.search(low[: match.start()]) and bool(_FOUND_AFTER.match(low[match.end() :]))
    return told and standing(sentence, *match.span()) is Standing.STATED


def found_intact(sentence: Sentence, group: Group) -> str | None:
    """« Pas d'addiction oncogénique (EGFR, ALK, ROS1) », « panel négatif : EGFR, KRAS »: what all the genes of the list
    are without; empty: any alteration; None: it is no such list."""
    if len(group.names) < _SEVERAL:
        return None
    match = _NONE_OF.search(sentence.low[: group.names[0].start])
    if match is None or _ALL_OF.search(match[0]):
        return None
    end = sentence.low[group.names[-1].end :].lstrip()
    if end[:1] not in ("", ")", ".", ";"):
        return None
    noun = (match["noun"] or "").rstrip("s")
    return noun if noun in ("mutation", "rearrangement", "fusion") else ""


_SEVERAL = 2

_TRIPLE_NEGATIVE = re.compile(r"\btriples?[- ]neg\w*|\btnbc\b|\bcstn\b")


def triple_negative(sentence: Sentence) -> Iterator[tuple[Biomarker, int, int]]:
    """« Triple négatif », of a breast."""
    for match in _TRIPLE_NEGATIVE.finditer(sentence.low):
        if standing(sentence, *match.span()) is Standing.STATED:
            for name in ("RE", "RP", "HER2"):
                yield Biomarker(name=name, status="negative"), *match.span()
