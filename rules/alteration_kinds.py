"""The alteration of a gene as a set of constraints, and what an observed one says of an asked one."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rules.errors import VocabularyError
from rules.verdict import Verdict, all_of
from rules.vocabulary.tables import rows


class AlterationKind(StrEnum):
    """Classes that different tests look for; none stands for another."""

    ANY = "any"
    MUTATION = "mutation"
    FUSION = "fusion"
    AMPLIFICATION = "amplification"
    LOSS = "loss"
    OVEREXPRESSION = "overexpression"
    WILD_TYPE = "wild_type"


class Effect(StrEnum):
    """What a mutation or a loss does, as reports name it."""

    SUBSTITUTION = "substitution"
    DELETION = "deletion"
    INSERTION = "insertion"
    DELETION_INSERTION = "deletion_insertion"
    TANDEM_DUPLICATION = "internal_tandem_duplication"
    SKIPPING = "skipping"
    TRUNCATION = "truncation"
    NO_EXPRESSION = "no_expression"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """A class of alteration, of no gene in particular. A field that is None or empty constrains nothing.

    `codons`: first and last, inclusive; `reference`, `changed`: one-letter amino acids; `traits`: BRAF class, EGFR
    group, `homozygous`, `biallelic`; `origin`: germline or somatic; `significance`: `vus` or `benign`; `not_codon`: any
    but this codon (with `not_changed`: but this amino acid there); `of`: for WILD_TYPE, the only class that is absent.
    """

    kind: AlterationKind
    effect: Effect | None = None
    exon: int | None = None
    codons: tuple[int, int] | None = None
    reference: str | None = None
    changed: str | None = None
    partner: str | None = None
    traits: frozenset[str] = frozenset()
    origin: str | None = None
    significance: str | None = None
    not_codon: int | None = None
    not_changed: str | None = None
    of: AlterationKind | None = None


RIVALS: tuple[frozenset[str], ...] = (
    frozenset({"class_1", "class_2", "class_3"}),
    frozenset({"sensitising", "atypical", "exon_20_insertion", "resistance"}),
    frozenset({"homozygous", "heterozygous"}),
    frozenset({"itd", "tkd"}),
)
"""Traits of which one alteration has only one."""

_GENOMIC = frozenset({AlterationKind.MUTATION, AlterationKind.FUSION, AlterationKind.LOSS})


@cache
def _exons() -> dict[str, tuple[tuple[int, int, int], ...]]:
    table: dict[str, tuple[tuple[int, int, int], ...]] = {}
    for row in rows("exons", columns=("gene", "exon", "first_codon", "last_codon", "source")):
        try:
            exon, first, last = int(row["exon"]), int(row["first_codon"]), int(row["last_codon"])
        except ValueError as error:
            raise VocabularyError(f"exons.csv: {row}: exon and codons must be whole numbers") from error
        table[row["gene"]] = (*table.get(row["gene"], ()), (exon, first, last))
    return table


def has_exons(gene: str) -> bool:
    """Whether the codons of the gene's exons are known here."""
    return gene in _exons()


def exon_of(gene: str, first: int, last: int) -> int | None:
    """The exon that holds both codons, or None: not known here."""
    return next((exon for exon, start, end in _exons().get(gene, ()) if start <= first <= last <= end), None)


@lru_cache(maxsize=16_384)
def covers(asked: Alteration, observed: Alteration) -> Verdict:
    """Whether the observed alteration is one of those asked. UNKNOWN: it is less precise, or a VUS.

    NOT_MET is of this alteration alone: another one of the same gene may be present beside it.
    """
    if observed.kind is AlterationKind.WILD_TYPE:
        return _of_wild_type(asked, observed)
    if observed.significance == "vus":
        return Verdict.UNKNOWN
    if observed.significance == "benign":
        return Verdict.MET if asked.kind is AlterationKind.WILD_TYPE else Verdict.NOT_MET
    if asked.kind is AlterationKind.WILD_TYPE:
        return Verdict.NOT_MET if asked.of in (None, observed.kind) else Verdict.UNKNOWN
    return all_of((_kind(asked, observed), *_constraints(asked, observed)))


def _of_wild_type(asked: Alteration, observed: Alteration) -> Verdict:
    """What "nothing of this class was found" says: without a class, of mutations, fusions and losses only."""
    if asked.kind is AlterationKind.WILD_TYPE:
        return Verdict.MET if observed.of in (None, asked.of) else Verdict.UNKNOWN
    if observed.of is None:
        absent = asked.kind in _GENOMIC or asked.kind is AlterationKind.ANY
        return Verdict.NOT_MET if absent else Verdict.UNKNOWN
    return Verdict.NOT_MET if asked.kind is observed.of else Verdict.UNKNOWN


def _kind(asked: Alteration, observed: Alteration) -> Verdict:
    if asked.kind in (AlterationKind.ANY, observed.kind):
        return Verdict.MET
    if observed.kind is AlterationKind.ANY:
        return Verdict.UNKNOWN
    pair = {asked.kind, observed.kind}
    if pair == {AlterationKind.LOSS, AlterationKind.MUTATION}:
        truncated = asked.kind is AlterationKind.LOSS and observed.effect is Effect.TRUNCATION and asked.effect is None
        return Verdict.MET if truncated else Verdict.UNKNOWN
    if pair == {AlterationKind.AMPLIFICATION, AlterationKind.OVEREXPRESSION}:
        return Verdict.UNKNOWN
    return Verdict.NOT_MET


def _constraints(asked: Alteration, observed: Alteration) -> Iterator[Verdict]:
    same_kind = asked.kind is observed.kind
    if same_kind and asked.effect is not None:
        gone = asked.effect is Effect.NO_EXPRESSION and _no_protein(observed)
        yield Verdict.MET if gone else _effect(asked.effect, observed.effect)
    for wanted, seen in (
        (asked.exon, observed.exon),
        (asked.reference, observed.reference),
        (asked.changed, observed.changed),
        (asked.partner, observed.partner),
        (asked.origin, observed.origin),
    ):
        if wanted is not None:
            yield _equal(wanted, seen)
    if asked.codons is not None:
        yield _codons(asked.codons, asked.changed, observed)
    if asked.not_codon is not None:
        yield _not_codon(asked, asked.not_codon, observed)
    for trait in asked.traits:
        yield _trait(trait, observed.traits)


def _no_protein(observed: Alteration) -> bool:
    """A gene lost on both copies makes no protein; a plain "perte" is of both, unless it says of one."""
    return "heterozygous" not in observed.traits and (observed.effect is None or "homozygous" in observed.traits)


def _equal(asked: object, observed: object) -> Verdict:
    if observed is None:
        return Verdict.UNKNOWN
    return Verdict.MET if asked == observed else Verdict.NOT_MET


def _effect(asked: Effect, observed: Effect | None) -> Verdict:
    if observed is None:
        return Verdict.UNKNOWN
    if asked is observed or {asked, observed} == {Effect.DELETION, Effect.DELETION_INSERTION}:
        return Verdict.MET
    if {asked, observed} == {Effect.INSERTION, Effect.TANDEM_DUPLICATION}:
        return Verdict.MET if asked is Effect.INSERTION else Verdict.UNKNOWN
    if {asked, observed} in ({Effect.INSERTION, Effect.DELETION_INSERTION}, {Effect.DELETION, Effect.NO_EXPRESSION}):
        return Verdict.UNKNOWN
    return Verdict.NOT_MET


def _codons(asked: tuple[int, int], changed: str | None, observed: Alteration) -> Verdict:
    if observed.codons is None:
        named = asked == (observed.not_codon, observed.not_codon)
        excluded = named and observed.not_changed in (None, changed)
        return Verdict.NOT_MET if excluded else Verdict.UNKNOWN
    first, last = observed.codons
    if asked[0] <= first and last <= asked[1]:
        return Verdict.MET
    return Verdict.NOT_MET if last < asked[0] or asked[1] < first else Verdict.UNKNOWN


def _not_codon(asked: Alteration, codon: int, observed: Alteration) -> Verdict:
    if observed.codons is None:
        same = (observed.not_codon, observed.not_changed) == (codon, asked.not_changed)
        other = same or observed.kind not in (AlterationKind.MUTATION, AlterationKind.ANY)
        return Verdict.MET if other else Verdict.UNKNOWN
    first, last = observed.codons
    if not first <= codon <= last:
        return Verdict.MET
    if asked.not_changed is None or observed.effect not in (None, Effect.SUBSTITUTION):
        return Verdict.NOT_MET if asked.not_changed is None else Verdict.MET
    if observed.changed is None:
        return Verdict.UNKNOWN
    return Verdict.NOT_MET if observed.changed == asked.not_changed else Verdict.MET


def _trait(asked: str, observed: frozenset[str]) -> Verdict:
    if asked in observed:
        return Verdict.MET
    rival = any(asked in group and observed & group for group in RIVALS)
    return Verdict.NOT_MET if rival else Verdict.UNKNOWN
