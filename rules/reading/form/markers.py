"""Biomarker results of one sentence: names that share a status, the nouns before them, the values after them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from rules.case import Biomarker
from rules.hinted import mark_of, marks_of_any
from rules.markers import AMBIGUOUS, MARKER_NAMES, marker_facts, usual_classes
from rules.reading.form.context import Standing, of_a_relative, standing
from rules.reading.form.dates import only_date
from rules.reading.form.facts import Facts
from rules.reading.form.marker_before import DRIVERS, by_before, is_denied
from rules.reading.form.marker_groups import SLASH, Group, Named, groups_of, names_in
from rules.reading.form.marker_lists import MAY_BE_WELL_KNOWN, found_intact, triple_negative, well_known_variants
from rules.reading.form.marker_results import (
    alteration_of,
    is_event,
    mismatch_repair,
    negative_of,
    plain_noun,
    positive_of,
    result_of,
    variant_of,
)
from rules.reading.form.marker_untold import untold
from rules.reading.form.marker_values import (
    MAY_BE_PD_L1,
    VALUED,
    her2_score,
    oncotype_scores,
    pd_l1_values,
    psma_uptake,
    specimen_of,
    valued,
)
from rules.reading.form.organs import may_be_of, only_of
from rules.reading.form.panel import MAY_FIND_NOTHING, normal_karyotype, panel_without_target
from rules.reading.form.sentences import Role, Sentence

_UNSURE = re.compile(
    r"\b(?:suspicion|suspecte?\w*|a\s+confirmer|a\s+controler|douteu\w+|equivoque\w*|possible|probable|si|selon|"
    r"sauf|(?:not|un)\s?confirmed|to\s+be\s+confirmed|suspected|unclear|unknown|if|puis\s+(?:perte|negati\w*|positi\w*)|"
    r"(?<!non )(?<!pas )(?<!ete )recherchee?s?(?=\s*(?:$|[.;)])|\s+(?:(?:en|par|sur)\s+)?"
    r"(?!neg|pos|abs|pre|non|ret|det|tr)[\w-]{2,8}\s*(?:$|[.;)])))\b|\?|\banti\b|\binhibiteur"
)
_ONLY_IHC = re.compile(
    r"\s*:?\s*(?:\(?\s*(?:en\s+)?ihc\)?\s*:?\s*positi|positi\w*\s+(?:en|\()\s*ihc|(?:2|3)\+\s+en\s+ihc)"
)
"""ROS1 by immunohistochemistry alone only calls for FISH or sequencing."""
_MRD_OF = re.compile(r"\b(?:mrd|residuelle)\s+$")
_TO_CONFIRM = re.compile(r"\s*,\s*(?:(?:mais|resultat)\s+)?(?:a\s+(?:confirmer|verifier|controler)|non\s+confirme)")
_NEGATIVE = re.compile(
    r"\bno[nt][ -](?P<noun>mute\w*|rearrang\w*|amplifi\w*|altere\w*|surexprim\w*|exprim\w*|detect\w*|retrouve\w*|"
    r"delet\w*|methyl\w*|transloq\w*|codelet\w*)|"
    r"\b(?:pas|absence|aucune?|no)\s+(?:de\s+|d')?(?P<lack>mutation|alteration|rearrangement|amplification|fusion|"
    r"anomalie|surexpression)|"
    r"\b(?P<wild>sauvages?|wild[ -]?type|wt)\b|\b(?:negati(?:f|fs|ve|ves|vite)|absen(?:t|te|ts|tes)|neg)\b|"
    r"^-{1,3}(?=\s|$|[)/,;])|^\s-{1,3}(?=\s*(?:$|[)/,;]))"
)
_POSITIVE = re.compile(
    r"\b(?P<noun>mute\w*|rearrang\w*|amplifi\w*|altere\w*|surexprim\w*|hypermethyl\w*|methyl\w*|transloq\w*|"
    r"delete\w*|codelete\w*|perdue?s?|perte)\b|"
    r"\b(?:positi(?:f|fs|ve|ves|vite)|pos)\b|^(?:m|mut)\b|"
    r"^\s+mutation\s+(?:somatique|germinale|constitutionnelle|tumorale|pathogene|activatrice|presente|retrouvee|identifiee|"
    r"detectee)\b(?!\s*:?\s*(?:abs|neg|non|rech|en\s|\?))|"
    r"^\s(?:mut|fusion)\b(?!\s*(?:abs|neg|non|rech|en\s|:|\?))|"
    r"^\s(?:abn|aberrante?|anormale?)\b|^\+{1,3}(?=\s|$|[()/,;])|^\s\+{1,3}(?=\s*(?:$|[)/,;]|\())"
)
_A_NOUN = re.compile(r"(?:ment|tion)s?$")
_KEPT = re.compile(r"(?<!non )(?<!pas )\b(?:conserve\w*|intacte?s?|maintenue?s?)\b")
_PLURAL = re.compile(r"\b(?:\w+(?:es|ees|fs|ves|ts|tes)|sauvages|normaux)\b")

_SOUGHT = re.compile(r"\b(?:recherches?|tests?|statuts?|etude|analyse|demande)\b[^,;:()]*$")
_NOT_SOUGHT = re.compile(r"\b(?:pas|aucune|absence)\s+(?:de\s+|d')(?:recherche|test)\b[^,;:()]*$")
_OTHER_DENIAL = re.compile(r"\b(?:pas|aucune?)\s+(?:d'|de\s)?autres?\b[^,;:()]*$")
_ONLY_EXON = re.compile(r"(?:exons?|ex)\s?\d{1,2}", re.IGNORECASE)
_SEVERAL_EXONS = re.compile(r"\bexons?\s*\d+\s*(?:a|-|,|et|/)\s*\d")
_SCORE_ZERO = re.compile(r"\s*(?::\s*)?0\s*(?:$|[);/])")
_BY_PANEL = re.compile(r"\b(?:ngs|panel|sequencage|rna-?seq)\b(?![^:]*\b(?:ihc|immuno|fish)\b)")
_ITD_RATIO = re.compile(r"\s*\(?\s*ratio\s*(?:allelique\s*)?[:=]?\s*(?:a\s+|de\s+)?(?!0+(?:[.,~]0+)?(?![.,~\d]))\d")
_ASSAY = re.compile(r"\b(?:ihc|immuno-?histo\w*|[dcs]?f?ish|ngs|panel|sequencage|biopsie|pcr)\b")


def read_markers(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """Every result that the sentence gives; a name alone, a question or an inhibitor gives none."""
    if sentence.role is Role.FAMILY or sentence.asks:
        return
    found = list(_results(sentence))
    if only_of("breast", organs):
        found += triple_negative(sentence)
    if not found:
        return
    head = sentence.low.partition(":")[0]
    dated = head if ":" in sentence.low else sentence.low[: min(start for _, start, _ in found)]
    tested_on = only_date(dated) if _ASSAY.search(dated) else None
    specimen = specimen_of(sentence)
    sequenced = only_of("lung", organs) and _is_of_sequencing(sentence, [item for item, _, _ in found])
    for one, start, end in found:
        if organs and one.name == "RP" and not any(may_be_of(family, organs) for family in _WITH_RECEPTORS):
            continue  # a partial response
        item = replace(one, assay="NGS") if sequenced and _is_bare_her2(one) else one
        of_the_tumour = specimen == "germline" and MARKER_NAMES.exact(item.name) & _ON_THE_TUMOUR
        where = None if of_the_tumour else specimen
        told = replace(item, specimen=where, tested_on=tested_on) if where or tested_on else item
        if _is_of_no_class(item, organs) and _BY_PANEL.search(head):
            told = replace(told, assay="NGS")  # of mutations then
        facts.add("biomarkers", told, sentence.quote(start, end))


_WITH_RECEPTORS = ("breast", "female_genital", "cns")
_ON_THE_TUMOUR = frozenset({"ER", "PR", "HR", "HER2", "PD-L1", "KI67", "CLDN18.2", "FOLR1", "MSI", "HRD", "GIS"})
"""What no constitutional test tells (« triple négatif, BRCA1 constitutionnel »)."""
_SEQUENCED = re.compile(r"\b(?:ngs|panel|sequencage|adn|arn|biologie\s+moleculaire|mutations?)\b")


def _is_of_sequencing(sentence: Sentence, found: list[Biomarker]) -> bool:
    """Whether a list of results of a lung cancer is that of a panel, where HER2 is the gene and not the protein."""
    genes = {item.name for item in found} & {"EGFR", "KRAS", "BRAF"}
    return bool(genes) and (len(genes) > 1 or bool(_SEQUENCED.search(sentence.low)))


def _is_bare_her2(item: Biomarker) -> bool:
    return (
        item.name in ("HER2", "ERBB2") and item.status == "negative" and not (item.assay or item.value or item.variant)
    )


def _is_of_no_class(item: Biomarker, organs: frozenset[str]) -> bool:
    """« MET négatif »: of which alteration, the name does not tell."""
    if item.status != "negative" or item.assay or item.variant or item.value is not None:
        return False
    return any(usual_classes(marker, organs) == AMBIGUOUS for marker in MARKER_NAMES.exact(item.name))


_BESIDE_NAMES: tuple[tuple[int, Callable[[Sentence], Iterator[tuple[Biomarker, int, int]]]], ...] = (
    (MAY_BE_PD_L1, pd_l1_values),
    (mark_of("oncotype"), oncotype_scores),
    (MAY_FIND_NOTHING, panel_without_target),
    (mark_of("caryotype"), normal_karyotype),
    (MAY_BE_WELL_KNOWN, well_known_variants),
    (mark_of("psma"), psma_uptake),
)
"""What stands where a result beside the names of genes can be, and its reader."""


def _results(sentence: Sentence) -> Iterator[tuple[Biomarker, int, int]]:
    marks = sentence.marks
    for may_tell, read in _BESIDE_NAMES:
        if marks & may_tell:
            yield from read(sentence)
    names = names_in(sentence)
    if not names:
        return
    for group in groups_of(sentence, names):
        first, last = group.names[0].start, group.names[-1].end + len(group.after)
        if of_a_relative(sentence, last):
            continue
        for item in _of_group(sentence, group):
            yield item, max(0, first - len(group.before)), last


def _of_group(sentence: Sentence, group: Group) -> Iterator[Biomarker]:
    before, after = group.before.lower(), group.after.lower()
    if _UNSURE.search(after) or _UNSURE.search(before) or _MRD_OF.search(before):
        return
    if _TO_CONFIRM.match(sentence.low, group.names[-1].end + len(group.after)):
        return
    marks = sentence.marks
    intact = found_intact(sentence, group)
    if intact is not None:
        yield from (negative_of(sentence, name, plain_noun(intact or None)) for name in group.names)
        return
    sought = bool(marks & _MAY_BE_SOUGHT and _SOUGHT.search(before))
    if len(group.names) == 1 and group.names[0].marker == "ROS1" and _ONLY_IHC.match(after):
        return
    if marks & _MAY_BE_SOUGHT and _NOT_SOUGHT.search(before):
        yield from (result_of(sentence, name, "not_tested") for name in group.names)
        return
    state = untold(sentence, before, after)
    if state:
        yield from (result_of(sentence, name, state) for name in group.names)
        return
    if "autre" in before and _OTHER_DENIAL.search(before):
        return
    shared = _sharing(group, plural=bool(_PLURAL.search(after)))
    told = list(_by_after(sentence, group, shared))
    yield from told
    rest = group.names[: len(group.names) - len(shared)] if told else group.names
    if rest and not sought:
        joins = group.joins[: len(rest) - 1]
        yield from by_before(sentence, group._replace(names=rest, joins=joins, after=""))


_MAY_BE_SOUGHT = marks_of_any(_SOUGHT, _NOT_SOUGHT)


def _sharing(group: Group, *, plural: bool) -> tuple[Named, ...]:
    """The names that a status after the list is said of: all when the list is closed or the status plural."""
    if (
        len(group.names) == 1
        or plural
        or all(join in SLASH for join in group.joins)
        or group.joins[-1] in ("et", "ni", "ou")
    ):
        return group.names
    return group.names[-1:]


def _by_after(sentence: Sentence, group: Group, shared: tuple[Named, ...]) -> Iterator[Biomarker]:
    low = group.after.lower()
    last = group.names[-1]
    if last.marker == "MSI":
        yield from mismatch_repair(sentence, last, group.before.lower(), low)
        return
    if last.marker == "HER2":
        score = her2_score(sentence, last.end, name=sentence.written(last.start, last.end))
        if score:
            yield score
            return
    if last.marker in VALUED or sentence.text[last.start : last.end] == "GIS":
        value = valued(last.marker, sentence.written(last.start, last.end), sentence.low, last.end)
        if value:
            yield value
            return
    if last.marker == "PD-L1" and re.search(r"\d", low):
        return
    yield from tuple(_by_score(sentence, group, shared)) or _by_word(sentence, group, shared)


def _by_score(sentence: Sentence, group: Group, shared: tuple[Named, ...]) -> Iterator[Biomarker]:
    after = group.after.lower()
    if _SCORE_ZERO.match(after) and all(name.marker in DRIVERS for name in shared):
        yield from (result_of(sentence, name, "negative") for name in shared)
    elif group.names[-1].marker == "FLT3" and _ITD_RATIO.match(after):
        yield result_of(sentence, group.names[-1], "positive")


def _by_word(sentence: Sentence, group: Group, shared: tuple[Named, ...]) -> Iterator[Biomarker]:
    low = group.after.lower()
    negative, positive = _NEGATIVE.search(low), _POSITIVE.search(low)
    variant = variant_of(group.after, group.names[-1].marker)
    if negative and variant and _SEVERAL_EXONS.search(low):
        return
    if negative and (not positive or negative.start() <= positive.start() or _A_NOUN.search(positive[0])):
        looked_for = variant or alteration_of(negative["noun"]) or plain_noun(negative["lack"])
        if negative["wild"] and not variant:
            yield from (result_of(sentence, name, "negative", "sauvage") for name in shared)
            return
        yield from (negative_of(sentence, name, looked_for) for name in shared)
    elif _KEPT.search(low):
        yield from (
            result_of(sentence, name, "negative", "conservé")
            for name in shared
            if marker_facts(name.marker).loss_marker
        )
    elif (
        variant
        and len(group.names) == 1
        and (positive or not _ONLY_EXON.fullmatch(variant) or _is_the_met_exon(group, variant))
    ):
        if is_denied(group.before.lower()):
            yield negative_of(sentence, group.names[0], variant)
        else:
            yield result_of(sentence, group.names[0], "positive", variant)
    elif positive:
        yield from (positive_of(sentence, name, positive["noun"], low) for name in shared)
    elif len(group.names) == 1 and not group.before.strip() and is_event(sentence, group.names[0]):
        said = standing(sentence, group.names[0].start, group.names[0].end)
        if said is Standing.STATED:
            yield result_of(sentence, group.names[0], "positive")


def _is_the_met_exon(group: Group, variant: str) -> bool:
    """« MET exon 14 » is itself the finding."""
    return group.names[0].marker == "MET" and variant.endswith("14") and not group.before.strip()
