"""A panel that found nothing (else) to target: « NGS : KRAS G12C, pas d'autre altération ciblable ».

Read as one negative result of the panel; which genes it speaks of depends on the organ (`rules.infer.markers`).
"""

import re
from collections.abc import Iterator

from rules.case import Biomarker
from rules.hinted import mark_of, marks_of_any
from rules.markers import LARGE_PANEL_NAME, PANEL_NAME
from rules.reading.form.marker_groups import names_in
from rules.reading.form.sentences import Sentence

_NOTHING_TO_TARGET = re.compile(
    r"\b(?:pas|sans|aucune?|absence|rien|ni)\b(?:\s+(?:d'|de\s|d'une?\s)?(?:autres?|autre chose)?\s*)?"
    r"(?:\s*(?:d'|de\s)?(?:alterations?|anomalies?|mutations?|cibles?|addictions?|drivers?|biomarqueurs?|"
    r"moleculaires?|genomiques?|oncogeniques?|therapeutiques?)\s*){0,3}"
    r"(?:d'autre\s+)?(?:de\s+|d')?(?:ciblables?|actionn?ables?|therapeutique|motrices?|conductrices?|"
    r"drivers?)\b"
)
_NOTHING = re.compile(
    r"(?:\bngs|\bpanel\b|\bbiologie moleculaire|\bprofil (?:moleculaire|genomique)|\bsequencage|\banalyse moleculaire)"
    r"[^.;?]{0,80}?"
    r"(?:\b(?:pas|sans|aucune?|absence|ni)\b\s+(?:d'|de\s|d'une?\s)?(?:autres?\s)?(?:alterations?|anomalies?|mutations?|"
    r"variants?)(?:\s(?:moleculaires?|genomiques?|oncogeniques?|retrouvee?s?|detectee?s?|identifiee?s?|pathogenes?|"
    r"significati\w+|d'interet|notable?s?|associee?s?|sur le panel))*(?=\s*(?:$|[.;,(])))"
)
_MAY_BE_A_PANEL = marks_of_any(_NOTHING)
"""« NGS : KRAS G12C, pas d'autre altération »: a panel that found nothing (else) at all."""
_MAY_NAME_A_TARGET = mark_of("able", "therapeutique", "motrice", "conductrice", "driver")
_UNSURE = re.compile(
    r"\?|\b(?:constitutionnel\w*|germina\w*|oncogenetique)|\b(?:en attente|en cours|a completer|partiel\w*|"
    r"non contributi\w*|si\b|mere|pere)"
)
_LARGE = re.compile(
    r"\b(?:large\s+panel|(?:panel|ngs)\s+(?:tumoral\w*\s+)?(?:tres\s+)?(?:large|etendu|elargi|complet)|foundation\s?one\w*|cgp|"
    r"comprehensive|exomes?|genomes?|wes|wgs|pfmg|plan\s+france\s+medecine|tso\s?-?500|oncomine\s+comprehensive|"
    r"(?:[3-9]\d\d|1\s?\d{3})\s+genes)\b"
)
"""A panel of hundreds of genes, and not of those that are routine for the organ."""

MAY_FIND_NOTHING = _MAY_NAME_A_TARGET | _MAY_BE_A_PANEL


_NORMAL_KARYOTYPE = re.compile(
    r"\bcaryotype\s+(?:\w+\s+){0,2}?(?::\s*)?normal\b|\bcaryotype\b[^.;]{0,30}\b46\s?,\s?x[xy]\b(?!\s?,)"
)
_SEEN_IN_A_KARYOTYPE = ("t(15;17)", "t(8;21)", "inv(16)", "monosomie 7")


def normal_karyotype(sentence: Sentence) -> Iterator[tuple[Biomarker, int, int]]:
    """« Caryotype normal »: none of the changes that a karyotype shows (ELN 2022); a fusion in the molecular test may
    still be found."""
    match = _NORMAL_KARYOTYPE.search(sentence.low)
    if match is not None and not _UNSURE.search(sentence.low):
        for name in _SEEN_IN_A_KARYOTYPE:
            yield Biomarker(name=name, status="negative", assay="caryotype"), *match.span()


_THAN = re.compile(
    r"\s*que\s+(?:la\s+|le\s+|les\s+|l'|celles?\s+de\s+)?(?:(?P<fusion>fusions?|rearrangements?)|mutations?)?\s*(?:de\s+|d'|du\s+)?"
)


def _but_these(sentence: Sentence, end: int) -> Iterator[tuple[Biomarker, int, int]]:
    """« … que la fusion ALK »: what follows is the alteration that there is."""
    than = _THAN.match(sentence.low, end)
    if than is None:
        return
    for name in names_in(sentence):
        if name.start == than.end():
            variant = "fusion" if than["fusion"] else None
            yield (
                Biomarker(name=sentence.written(name.start, name.end), status="positive", variant=variant),
                end,
                name.end,
            )


def panel_without_target(sentence: Sentence) -> Iterator[tuple[Biomarker, int, int]]:
    """The one result that such a sentence states."""
    match = _NOTHING_TO_TARGET.search(sentence.low) if sentence.marks & _MAY_NAME_A_TARGET else None
    match = match or (_NOTHING.search(sentence.low) if sentence.marks & _MAY_BE_A_PANEL else None)
    if match is None or _UNSURE.search(sentence.low):
        return
    # « pas d'autre » than what this sentence names; than what stands elsewhere, it would say more once that is hidden.
    if "autre" not in match[0] or names_in(sentence):
        yield from _but_these(sentence, match.end())
        large = match.re is _NOTHING and _LARGE.search(sentence.low)
        yield Biomarker(name=LARGE_PANEL_NAME if large else PANEL_NAME, status="negative", assay="NGS"), *match.span()
