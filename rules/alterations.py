"""Reading of alterations as they are typed, French and English, and their comparison."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rules.alteration_kinds import Alteration, AlterationKind, Effect, covers, exon_of, has_exons
from rules.hinted import hinted
from rules.markers import marker_facts
from rules.remembered import remembered
from rules.text import fold

__all__ = [
    "Alteration",
    "AlterationKind",
    "Effect",
    "conjuncts",
    "covers",
    "is_precise",
    "parse_alteration",
    "without_denial",
]

_THREE = dict(
    zip(
        re.findall("...", "alaargasnaspcysglngluglyhisileleulysmetpheproserthrtrptyrvalter"),
        "arndcqeghilkmfpstwyv*",
        strict=True,
    )
) | {"stop": "*"}
_AA = "acdefghiklmnpqrstvwy"
_THREE_BEFORE = re.compile(rf"(?<![a-z])({'|'.join(_THREE)})(?=\d)")
_THREE_AFTER = re.compile(rf"(?<=\d)({'|'.join(_THREE)})(?![a-z])")
_THREE_AFTER_FS = re.compile(rf"(?<=\d)({'|'.join(_THREE)})(?=fs)")

_RANGE = hinted(
    rf"(?<![a-z0-9])(del\s*)?(?:p\.\(?)?[{_AA}](\d{{1,4}})[_-][{_AA}](\d{{1,4}})\s*(delins|del|ins|dup|(?![a-z0-9]))"
)
_INDEL = hinted(rf"(?<![a-z0-9])(?:p\.\(?)?[{_AA}](\d{{2,4}})[{_AA}]?(delins|del|ins|dup|fs)")
_SUBSTITUTION = re.compile(
    rf"(?<![a-z0-9])(?:p\.\(?|h3\s*(?:\.[1-3])?)?([{_AA}])(\d{{2,4}})([{_AA}x*])(?![a-z0-9])"
    rf"((?:\s*(?:/|ou|or|,)\s*[{_AA}](?![a-z0-9_'.-]))*)"
)
_CODON = re.compile(rf"(?<![a-z0-9])(?:p\.)?([{_AA}])(\d{{2,4}})(?![a-z0-9_])")
_CODON_WORD = hinted(r"codons?\s*(\d{1,4}(?:\s*(?:,|/|et|ou|and|or)\s*\d{1,4})*)")
_NUMBER_LIST = r"(\d{1,2}(?:\s*(?:,|/|et|ou|and|or|-|a|to|&)\s*\d{1,2})*)"
_EXON = re.compile(rf"(?:exons?|ex)[\s-]*{_NUMBER_LIST}(?!\d)")
_SHORT_INDEL = hinted(r"(?<![a-z0-9])(del|ins|dup)\s*-?(\d{1,2})(?![\d\s]*[pq])(?!\d)")
_EXON_LETTER = hinted(r"(?<![a-z0-9])e(19|20)\s*(del|ins)(?![a-z])")
_FUSION_PAIR = re.compile(r"(?<![a-z0-9-])([a-z][a-z0-9]{1,9})\s*(?:::|-|/)\s*([a-z][a-z0-9]{1,9})(?![a-z0-9])")
_PARTNER_WORD = re.compile(r"(?:fusion|rearrangement|translocation)\s+(?:avec|with|de|du gene)?\s*([a-z]+\d+[a-z0-9]*)")

_DELETION = hinted(r"\b(?:micro)?deletion|\bdelete|\bdel(?:\b|(?=\d))|(?<=\d)del\b|homdel")
_INSERTION = re.compile(r"\binsertion|\bins(?:\b|(?=\d))|(?<=\d)ins\b|\bduplication|\bdup(?:\b|(?=\d))|(?<=\d)dup\b")
_SKIPPING = re.compile(r"\bsaut\b|skip|epissage|splic|metex14|\bmet\s*ex")
_FUSION = re.compile(r"fusion|rearrang|translocat|translocation|transloque|::|\bbreak-?apart")
_AMPLIFICATION = re.compile(r"amplif|\bcopy number gain|\bgain du nombre de copies|\bgain de copies")
_LOST = hinted(
    r"\bpert[e]\b|\bperdu|\bloss\b|\blost\b|\bextinction|absence d'expression|absence of expression|\bdeficien|"
    r"\bdeficit|\bdmmr\b|\bmmrd\b|expression nulle|\bnon exprime|\bnot expressed"
)
_NOT_EXPRESSED = re.compile(r"absence d'expression|absence of expression|non exprime|not expressed")
_MSI_STABLE = re.compile(r"\bmss\b|\bpmmr\b|p-mmr|mmrp|\bstable|msi-?\s?l|\bno instab|\bnon instab|pas d'instab|\bneg")
_MSI_HIGH = re.compile(r"msi-?\s?h|\bmsi\b|dmmr|d-mmr|mmrd|instab|\bhigh\b|eleve|deficien|deficit|\bperte\b|\bloss\b")
_KEPT = re.compile(
    r"\bconserv|\bpreserv|\bintact|\bretained|\bmainten|\bproficien|\bpresence d'expression|\bnormale?\b"
)
_OVEREXPRESSION = re.compile(r"surexpr|sur-expr|over-?expr|hyperexpr|\bexpression|\bexprime|\bexpressed")
_MUTATION = re.compile(r"\bmut(?:e|ee|es|ation|ant|ated)?s?\b|\bmutation|\bvariant|\bpathogen|\bc\.\d|\bm\+")
_TRUNCATION = re.compile(r"tronqu|troncatur|truncat|non-?sens|nonsense|frame-?shift|decalage du cadre|\bstop\b")
_ANY = re.compile(r"\balter|\banomali|\baberration|\baltered|\bactivation\b")
_INACTIVATING = re.compile(r"inactiv|perte de fonction|loss[- ]of[- ]function|\blof\b|deleter")
_ACTIVATING = re.compile(r"activat|gain de fonction|gain[- ]of[- ]function|oncogeni")
_WILD = re.compile(r"\bwild[- ]?type\b|\bwt\b|\bsauvage|\bunmutated\b|\bnegati|\bindetecta")
_DENIED = re.compile(r"\b(?:non|pas d[e']?|absence d[e']?|sans|aucune?|no|not|without|absence of)\b")
_VUS = re.compile(
    r"\bvus\b|\bvsi\b|\bvous\b(?= )|signification (?:clinique )?(?:incertaine|inconnue|indeterminee)|"
    r"uncertain significance|unknown significance|\bclasse 3\b(?! braf)|\bvariant de classe 3"
)
_BENIGN = re.compile(r"\bbenin|\bbenign|polymorphisme|polymorphism")
_NOT_CODON = re.compile(rf"\bnon[- ]?[{_AA}](\d{{2,4}})([{_AA}]?)\b")
_SPLIT = re.compile(r"\s*[;]\s*|\s+(?:ou|or)\s+(?!\d|[a-z]\b)|\s*,\s+(?!\d|[a-z]\b)")
_AND = re.compile(r"\s*\+\s+|\s+\+\s*|\s+(?:et|and|avec|with)\s+(?!\d|[a-z]\b)")

_BRAF_CLASSES = (
    {600: "class_1"}
    | dict.fromkeys((464, 469, 597, 601), "class_2")
    | dict.fromkeys((466, 581, 594, 595, 596), "class_3")
)
"""Yao et al., Nature 2017;548:234: class I V600, II RAS-independent dimers, III kinase-impaired."""
_EGFR_RESISTANCE = frozenset({790, 797, 796, 792})
_EGFR_ATYPICAL = frozenset({709, 719, 720, 747, 768, 861})


_AND_COMMA = re.compile(_AND.pattern + r"|\s*[;,]\s+(?!\d|[a-z]\b)")
_ORIGIN = hinted(r"germin|germline|constitutionn|somati")


@remembered(8192)
def parse_alteration(text: str, marker: str) -> frozenset[Alteration]:
    """The alterations of `marker` that a typed text names, any one of them; empty: not read.

    "G12C", "p.Gly12Cys", "V600E/K" (two), "délétion exon 19", "saut d'exon 14", "fusion EML4-ALK", "non amplifié",
    "VUS". Several named together ("L858R + T790M") come as one set here: see `conjuncts`.
    """
    folded = fold(text)
    found: set[Alteration] = set()
    for piece in _SPLIT.split(folded):
        found |= _piece(_one_letter(piece), marker)
    return frozenset(_qualified(one, folded, marker) for one in found)


def conjuncts(text: str) -> list[str]:
    """The parts of a result that were all found: "L858R + T790M" → two, "V600E/K" → one."""
    folded = fold(text)
    qualified = _VUS.search(folded) or _BENIGN.search(folded) or _ORIGIN.search(folded)
    pattern = _AND if qualified else _AND_COMMA  # "p.Cys61Gly, VUS" is one finding
    return [part for part in pattern.split(folded) if part.strip()]


def _one_letter(text: str) -> str:
    text = _EXON_LETTER.sub(r"exon \1 \2", text)
    text = _THREE_AFTER_FS.sub(lambda match: _THREE[match[1]], text)
    text = _THREE_BEFORE.sub(lambda match: _THREE[match[1]], text)
    return _THREE_AFTER.sub(lambda match: _THREE[match[1]], text)


def _piece(text: str, marker: str) -> set[Alteration]:
    if marker_facts(marker).kind != "gene" and marker != "MSI":
        state = _state(text, low_is_negative=marker_facts(marker).kind == "signature")
        if state is not None:
            return {Alteration(kind=state)}
    found = _precise(text, marker)
    if marker == "MSI" or not _absent(text) or _LOST.search(text):
        return {_grouped(one, text, marker) for one in found}
    return {_denied(one) for one in found if one.kind is AlterationKind.WILD_TYPE or not is_precise(one)}


def _denied(one: Alteration) -> Alteration:
    wild = one.kind is AlterationKind.WILD_TYPE
    return one if wild else Alteration(kind=AlterationKind.WILD_TYPE, of=one.kind)


def is_precise(one: Alteration) -> bool:
    """Whether it says more than its class: its absence then leaves the rest of the class open."""
    return any((one.effect, one.exon, one.codons, one.partner, one.traits, one.significance, one.not_codon))


def without_denial(text: str) -> str | None:
    """What a text denies ("absence de T790M" → "t790m"), or None where it denies nothing or names a kept expression."""
    folded = fold(text)
    if _NOT_CODON.search(folded) or _LOST.search(folded) or not _DENIED.search(folded):
        return None
    return _DENIED.sub(" ", folded)


def _precise(text: str, marker: str) -> set[Alteration]:
    for reader in (_msi, _excluded_codon, _polarity, _variants, _exons, _tandem, _named_kinds):
        found = set(reader(text, marker))
        if found:
            return found
    return set()


def _absent(text: str) -> bool:
    return bool(_DENIED.search(_NOT_CODON.sub("", text)))


def _state(text: str, *, low_is_negative: bool) -> AlterationKind | None:
    """Positive or negative, of a marker that is no gene."""
    if re.search(r"\bneg|\bunmethyl|\bnon\b|\bpas d|\babsen|\bsans\b|\bnot\b|\bno\b", text):
        return AlterationKind.WILD_TYPE
    if re.search(r"\bfaible|\blow\b", text):
        return AlterationKind.WILD_TYPE if low_is_negative else None
    present = r"\bpos|\bmethyl|\bpresen|\bhigh\b|\beleve|\bfort|\bdetect|\bmut|\bexpr|\bdelet|\bdel\b|\bcodelet"
    return AlterationKind.ANY if re.search(present, text) else None


def _msi(text: str, marker: str) -> Iterator[Alteration]:
    if marker != "MSI":
        return
    kept = _KEPT.search(text) and not re.search(r"non|not|perte", text)
    if kept or _MSI_STABLE.search(text):
        yield Alteration(kind=AlterationKind.WILD_TYPE)
    elif _MSI_HIGH.search(text):
        yield Alteration(kind=AlterationKind.WILD_TYPE if _absent(text) else AlterationKind.LOSS)


def _excluded_codon(text: str, _marker: str) -> Iterator[Alteration]:
    match = _NOT_CODON.search(text)
    if match:
        changed = match[2].upper() or None
        yield Alteration(kind=AlterationKind.MUTATION, not_codon=int(match[1]), not_changed=changed)


def _polarity(text: str, marker: str) -> Iterator[Alteration]:
    """Loss of expression and its contrary, the words that give a loss marker its sign."""
    lost, inactive = bool(_LOST.search(text)), bool(_INACTIVATING.search(text))
    if lost and not inactive:
        denied = _DENIED.search(_NOT_EXPRESSED.sub("", text))
        if denied:
            yield Alteration(kind=AlterationKind.WILD_TYPE, of=AlterationKind.LOSS)
        elif not _DELETION.search(text):
            yield Alteration(kind=AlterationKind.LOSS, effect=_loss_effect(text))
    elif _KEPT.search(text):
        of = AlterationKind.LOSS if marker_facts(marker).loss_marker else None
        yield Alteration(kind=AlterationKind.WILD_TYPE, of=of)
    elif _WILD.search(text) and not _variants_named(text, marker):
        yield Alteration(kind=AlterationKind.WILD_TYPE, of=_class_of_assay(text))


def _class_of_assay(text: str) -> AlterationKind | None:
    """What a negative IHC or ISH leaves out; a plain "sauvage" is of mutations, fusions and losses."""
    if re.search(r"\b[dfcs]?ish\b", text):
        return AlterationKind.AMPLIFICATION
    return AlterationKind.OVEREXPRESSION if re.search(r"\bihc\b|immuno", text) else None


def _loss_effect(text: str) -> Effect | None:
    return Effect.NO_EXPRESSION if re.search(r"expr|ihc|immuno|proteine|protein", text) else None


def _variants_named(text: str, marker: str) -> bool:
    return next(_variants(text, marker), None) is not None


def _variants(text: str, marker: str) -> Iterator[Alteration]:
    for match in _RANGE.finditer(text):
        effect = Effect.DELETION if match[1] else _INDEL_EFFECT.get(match[4])
        yield _at(marker, int(match[2]), int(match[3]), effect)
    text = _RANGE.sub(" ", text)
    for match in _INDEL.finditer(text):
        yield _at(marker, int(match[1]), int(match[1]), _INDEL_EFFECT[match[2]])
    for match in _SUBSTITUTION.finditer(text):
        for changed in (match[3], *re.findall(rf"(?:/|ou|or|,)\s*([{_AA}])", match[4])):
            yield _substituted(marker, match[1], int(match[2]), changed)
    if has_exons(marker):
        for match in _CODON.finditer(_SUBSTITUTION.sub(" ", text)):
            yield replace(_at(marker, int(match[2]), int(match[2]), None), reference=match[1].upper())
    for match in _CODON_WORD.finditer(text):
        for codon in re.findall(r"\d+", match[1]):
            yield _at(marker, int(codon), int(codon), None)


_INDEL_EFFECT = {
    "del": Effect.DELETION,
    "ins": Effect.INSERTION,
    "dup": Effect.INSERTION,
    "delins": Effect.DELETION_INSERTION,
    "fs": Effect.TRUNCATION,
}


def _at(marker: str, first: int, last: int, effect: Effect | None) -> Alteration:
    exon = exon_of(marker, first, last)
    return Alteration(kind=AlterationKind.MUTATION, effect=effect, codons=(first, last), exon=exon)


def _substituted(marker: str, reference: str, codon: int, changed: str) -> Alteration:
    if changed == "x":  # any amino acid at this codon
        return replace(_at(marker, codon, codon, None), reference=reference.upper())
    effect = Effect.TRUNCATION if changed == "*" else Effect.SUBSTITUTION
    return replace(_at(marker, codon, codon, effect), reference=reference.upper(), changed=changed.upper())


def _exons(text: str, marker: str) -> Iterator[Alteration]:
    for match in _SHORT_INDEL.finditer(text):
        yield Alteration(kind=AlterationKind.MUTATION, effect=_INDEL_EFFECT[match[1]], exon=int(match[2]))
    if _SHORT_INDEL.search(text):
        return
    for match in _EXON.finditer(text):
        for exon in _numbers(match[1]):
            effect = _exon_effect(text, marker, exon)
            yield Alteration(kind=AlterationKind.MUTATION, effect=effect, exon=exon)


def _numbers(text: str) -> list[int]:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 2 and re.search(r"\d\s*(?:-|a|to)\s*\d", text):
        return list(range(numbers[0], numbers[1] + 1))
    return numbers


def _exon_effect(text: str, marker: str, exon: int) -> Effect | None:
    if _SKIPPING.search(text) or (marker == "MET" and exon == 14):
        return Effect.SKIPPING  # "mutation de l'exon 14 de MET" is written for skipping
    if _DELETION.search(text):
        return Effect.DELETION
    if _INSERTION.search(text):
        return Effect.INSERTION
    return Effect.TRUNCATION if _TRUNCATION.search(text) else None


def _tandem(text: str, marker: str) -> Iterator[Alteration]:
    if marker == "FLT3" and re.search(r"\bitd\b|duplication (?:interne )?en tandem|internal tandem", text):
        effect = Effect.TANDEM_DUPLICATION
        yield Alteration(kind=AlterationKind.MUTATION, effect=effect, exon=14, traits=frozenset({"itd"}))
    if marker == "FLT3" and re.search(r"\btkd\b|domaine tyrosine kinase", text):
        yield Alteration(kind=AlterationKind.MUTATION, traits=frozenset({"tkd"}))


def _named_kinds(text: str, marker: str) -> Iterator[Alteration]:
    if _FUSION.search(text) or _partner(text, marker):
        yield Alteration(kind=AlterationKind.FUSION, partner=_partner(text, marker))
    if _AMPLIFICATION.search(text):
        yield Alteration(kind=AlterationKind.AMPLIFICATION)
    if _DELETION.search(text) or (_LOST.search(text) and not _INACTIVATING.search(text)):
        yield _deleted(text, marker)
    if _OVEREXPRESSION.search(text) and not _LOST.search(text):
        yield Alteration(kind=AlterationKind.OVEREXPRESSION)
    if _INACTIVATING.search(text):
        yield Alteration(kind=AlterationKind.LOSS)
        yield Alteration(kind=AlterationKind.MUTATION)
    elif _TRUNCATION.search(text):
        yield Alteration(kind=AlterationKind.MUTATION, effect=Effect.TRUNCATION)
    elif _is_mutation(text, marker):
        effect = Effect.SKIPPING if _SKIPPING.search(text) and marker == "MET" else None
        exon = 14 if effect else None
        yield Alteration(kind=AlterationKind.MUTATION, effect=effect, exon=exon)
    if _ANY.search(text) and not _ACTIVATING.search(text):
        yield Alteration(kind=AlterationKind.ANY)


def _is_mutation(text: str, marker: str) -> bool:
    words = (_MUTATION, _ACTIVATING, _VUS, _BENIGN, _INSERTION)
    if any(pattern.search(text) for pattern in words):
        return True
    if _SKIPPING.search(text) and marker == "MET":
        return True
    return bool(_traits(text, marker)) and not _AMPLIFICATION.search(text) and not _DELETION.search(text)


def _deleted(text: str, marker: str) -> Alteration:
    """A deletion: of the gene, or (in a gene known by its exons) of some codons."""
    if has_exons(marker) and not re.search(r"homozyg|gene|biallel|bi-allel", text):
        return Alteration(kind=AlterationKind.MUTATION, effect=Effect.DELETION)
    return Alteration(kind=AlterationKind.LOSS, effect=Effect.DELETION)


def _partner(text: str, marker: str) -> str | None:
    gene = re.sub(r"[^a-z0-9]", "", marker.lower())
    for match in _FUSION_PAIR.finditer(text):
        pair = [match[1], match[2]]
        if gene in pair and pair[0] != pair[1]:
            pair.remove(gene)
            word = pair[0]
            return word.upper() if word not in _NO_PARTNER else None
    named = _PARTNER_WORD.search(text)
    return named[1].upper() if named and named[1] != gene else None


_NO_PARTNER = frozenset(
    {
        *("fusion", "rearrangement", "rearrange", "rearrangee", "rearranged", "amplification", "amplifie", "gene"),
        *("mutation", "mutant", "mute", "mutated", "altere", "altered", "positif", "positive", "negatif", "negative"),
        *("ihc", "fish", "ngs", "non", "itd", "tkd", "wt", "low", "high"),
    }
)


def _traits(text: str, marker: str) -> frozenset[str]:
    found: set[str] = set()
    if re.search(r"bi-?allel", text):
        found.add("biallelic")
    if re.search(r"homozyg|homdel", text):
        found.add("homozygous")
    if re.search(r"heterozyg|mono-?allel", text):
        found.add("heterozygous")
    if marker == "BRAF":
        found |= {f"class_{_ROMAN[match]}" for match in re.findall(r"class[e]?s?\s*(iii|ii|i|1|2|3)\b", text)}
    if marker == "EGFR":
        if _EGFR_ATYPICAL_WORDS.search(text):
            found.add("atypical")
        elif re.search(r"sensibilis|sensiti[sz]|\bcommun|\bcommon|classique|classical|frequente", text):
            found.add("sensitising")
    return frozenset(found)


_EGFR_ATYPICAL_WORDS = re.compile(
    r"atypi|uncommon|\brares?\b|non[- ]commun|peu commun|non[- ]classique|non[- ]classical|non[- ]common"
)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "1": 1, "2": 2, "3": 3}


def _grouped(one: Alteration, text: str, marker: str) -> Alteration:
    """With its group: as written, then as the variant itself tells."""
    if one.kind is AlterationKind.WILD_TYPE:
        return one
    return replace(one, traits=one.traits | _traits(text, marker) | _own_traits(one, marker))


def _qualified(one: Alteration, text: str, marker: str) -> Alteration:
    """With origin and significance, that the whole text gives to all it names; "germinale ou somatique" is neither."""
    if one.kind is AlterationKind.WILD_TYPE:
        return one
    origins = {"somatic" if match[0] == "somati" else "germline" for match in _ORIGIN.finditer(text)}
    braf_class = marker == "BRAF" and "class_3" in _traits(text, marker)
    significance = "vus" if _VUS.search(text) and not braf_class else "benign" if _BENIGN.search(text) else None
    return replace(one, origin=origins.pop() if len(origins) == 1 else None, significance=significance)


def _own_traits(one: Alteration, marker: str) -> frozenset[str]:
    if marker == "EGFR":
        return _egfr_group(one)
    if one.codons is None:
        return frozenset({"class_2"}) if marker == "BRAF" and one.kind is AlterationKind.FUSION else frozenset()
    if marker == "FLT3" and one.exon == 20:
        return frozenset({"tkd"})
    named = _BRAF_CLASSES.get(one.codons[0]) if marker == "BRAF" else None
    return frozenset({named}) if named else frozenset()


def _egfr_group(one: Alteration) -> frozenset[str]:
    """Sensitising: exon 19 deletion, L858R. ESMO oncogene-addicted NSCLC 2023."""
    if one.exon == 19 and one.effect in (Effect.DELETION, Effect.DELETION_INSERTION):
        return frozenset({"sensitising"})
    if one.exon == 20 and one.effect is Effect.INSERTION:
        return frozenset({"exon_20_insertion"})
    codon = one.codons[0] if one.codons else None
    if codon == 858 and one.changed == "R":
        return frozenset({"sensitising"})
    if codon in _EGFR_RESISTANCE:
        return frozenset({"resistance"})
    return frozenset({"atypical"}) if codon in _EGFR_ATYPICAL else frozenset()
