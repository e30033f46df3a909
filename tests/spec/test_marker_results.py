"""Biomarker results against demands: silence, variants, classes, losses, umbrellas, origin, demands."""

import pytest

from rules.errors import CaseError, CriterionError
from rules.marker_results import MarkerDemand, judge, read_result
from tests.spec.marker_rows import (
    MET,
    NEG,
    NOT_MET,
    POS,
    UNKNOWN,
    Row,
    her2,
    judged,
    known,
    name_of,
    ngs,
    r,
    tps,
    want,
    without,
)

SILENCE = (
    Row((), want("KRAS"), UNKNOWN, "not_stated", "silence is never a no"),
    Row((), want("KRAS"), UNKNOWN, "not_stated", "nor in a list stated complete", complete=True),
    Row((), without("KRAS"), UNKNOWN, "not_stated", "an exclusion is not broken by silence, nor met"),
    Row((r("EGFR", NEG),), want("KRAS"), UNKNOWN, "not_stated", "another gene says nothing", complete=True),
    Row(
        (r("EGFR", POS, "L858R"),),
        want("KRAS", "G12C"),
        UNKNOWN,
        "not_stated",
        "exclusivity of drivers: no implication",
    ),
    Row((r("EGFR", POS, "L858R"),), without("ALK"), UNKNOWN, "not_stated", "exclusivity of drivers: no implication"),
    Row((r("KRAS", "pending"),), want("KRAS"), UNKNOWN, "pending", "a result to come"),
    Row((r("KRAS", "pending", "G12C"),), want("KRAS", "G12C"), UNKNOWN, "pending", "what is searched, not found"),
    Row((r("KRAS", "not_tested"),), without("KRAS"), UNKNOWN, "not_tested", "says which"),
    Row((r("KRAS", "not_interpretable"),), want("KRAS"), UNKNOWN, "not_interpretable", "says which"),
    Row((r("MET", "equivocal"),), want("MET", "amplification"), UNKNOWN, "equivocal", "says which"),
    Row((r("EGFR", "equivocal", "L858R"),), want("EGFR"), UNKNOWN, "equivocal", "doubtful variant"),
    Row((r("KRAS", "not_tested"), r("KRAS", POS, "G12C")), want("KRAS", "G12C"), MET, "found", "a later test settles"),
    Row((r("zzz inconnu"),), want("KRAS"), UNKNOWN, "not_stated", "a name that is no marker"),
    Row((r("phosphatase alcaline"),), want("ALK"), UNKNOWN, "not_stated", "alk inside phosphatase alcaline"),
)

VARIANTS = (
    Row((r("KRAS", POS, "p.Gly12Cys"),), want("KRAS", "G12C"), MET, "found", "one variant, two spellings"),
    Row((r("KRAS G12C", POS),), want("KRAS", "G12C"), MET, "found", "variant in the name"),
    Row((r("KRAS G12C", NEG),), want("KRAS", "G12C"), NOT_MET, "negative", "what the name looked for"),
    Row((r("KRAS G12C", NEG),), want("KRAS"), UNKNOWN, "other_alteration", "the rest of the gene was not looked at"),
    Row((r("KRAS G12C", NEG),), want("KRAS", "G12D"), UNKNOWN, "other_alteration", "G12C is not G12D"),
    Row((r("KRAS", NEG, "absence de G12C"),), want("KRAS", "G12C"), NOT_MET, "negative", "denied in words"),
    Row((r("KRAS", POS, "G12D"),), want("KRAS", "G12C"), NOT_MET, "other_variant", "the variant answers for the gene"),
    Row((r("KRAS", POS, "G12D"),), without("KRAS", "G12C"), MET, "other_variant", "the excluded variant is absent"),
    Row((r("KRAS", POS),), want("KRAS", "G12C"), UNKNOWN, "less_precise", "positive without variant"),
    Row((r("KRAS", POS, "mutation"),), want("KRAS", "G12C"), UNKNOWN, "less_precise", "a mutation, which?"),
    Row((r("KRAS", POS, "G12X"),), want("KRAS", "G12C"), UNKNOWN, "less_precise", "codon 12, which?"),
    Row((r("KRAS", POS, "codon 12"),), want("KRAS", "Q61H"), NOT_MET, "other_variant", "another codon"),
    Row((r("KRAS", POS, "G12C"),), want("KRAS"), MET, "found", "any alteration"),
    Row((r("KRAS", POS, "G12C"),), want("KRAS", "mutation"), MET, "found", "G12C is a mutation"),
    Row(
        (r("KRAS", POS, "G12C"), r("KRAS", POS, "G12D")), want("KRAS", "G12C"), UNKNOWN, "conflict", "which of the two?"
    ),
    Row((r("KRAS", NEG),), want("KRAS", "G12C"), NOT_MET, "negative", "not mutated"),
    Row((r("KRAS", POS, "sauvage"),), want("KRAS", "G12C"), NOT_MET, "negative", "variant beats status"),
    Row((r("KRAS", POS, "sauvage"),), without("KRAS"), MET, "negative", "variant beats status"),
    Row((r("BRAF", POS, "V600E"),), want("BRAF", "V600E/K"), MET, "found", "either"),
    Row(
        (r("BRAF", POS, "V600E/K"),), want("BRAF", "V600E"), UNKNOWN, "less_precise", "kit that does not tell E from K"
    ),
    Row((r("BRAF", POS, "V600E/K"),), want("BRAF", "V600"), MET, "found", "both are V600"),
    Row((r("BRAF", POS, "K601E"),), want("BRAF", "classe II"), MET, "found", "class II"),
    Row((r("BRAF", POS, "V600E"),), want("BRAF", "classe II ou III"), NOT_MET, "other_variant", "class I"),
    Row((r("BRAF", POS, "V600E"),), want("BRAF", "non-V600"), NOT_MET, "other_variant", "non-V600"),
    Row((r("BRAF", POS, "G469A"),), want("BRAF", "non-V600"), MET, "found", "non-V600"),
    Row((r("BRAF", POS),), want("BRAF", "V600E"), UNKNOWN, "less_precise", "mutated, which?"),
    Row((r("BRAF", NEG, assay="IHC"),), want("BRAF", "V600E"), NOT_MET, "negative", "VE1 sees V600E"),
    Row(
        (r("BRAF", NEG, assay="IHC"),), want("BRAF", "classe III"), UNKNOWN, "other_alteration", "VE1 sees nothing else"
    ),
    Row((r("KRAS", POS, "G12V"),), want("KRAS", "non-G12C"), MET, "found", "another variant of the codon"),
    Row((r("KRAS", POS, "G12C"),), want("KRAS", "non-G12C"), NOT_MET, "other_variant", "the one left out"),
    Row((r("IDH1", POS, "R132C"),), want("IDH1", "R132"), MET, "found", "codon"),
    Row((r("ESR1", POS, "Y537S"),), want("ESR1", "D538G"), UNKNOWN, "other_alteration", "several go together"),
    Row((r("PIK3CA", POS, "H1047R"),), want("PIK3CA", "E545K"), UNKNOWN, "other_alteration", "double mutants"),
    Row(
        (ngs("PIK3CA", POS, "H1047R"),), want("PIK3CA", "E545K"), NOT_MET, "other_variant", "whole list", complete=True
    ),
    Row((r("ESR1", POS, "D538G"), r("ESR1", POS, "Y537S")), want("ESR1", "D538G"), MET, "found", "polyclonal"),
    Row((r("KIT", POS, "exon 11"),), want("KIT", "exon 9 ou 11"), MET, "found", "one of two exons"),
    Row(
        (r("KIT", POS, "exon 11"),),
        want("KIT", "exon 17"),
        UNKNOWN,
        "other_alteration",
        "secondary mutation may be there",
    ),
    Row((r("PDGFRA", POS, "p.Asp842Val"),), want("PDGFRA", "D842V"), MET, "found", "GIST"),
)

EGFR = (
    Row((r("EGFR", POS, "L858R"),), want("EGFR"), MET, "found", ""),
    Row((r("EGFR", POS, "délétion exon 19"),), want("EGFR", "mutation"), MET, "found", ""),
    Row((r("EGFR", POS, "E746_A750del"),), want("EGFR", "del19", "L858R"), MET, "found", "exon by codon"),
    Row((r("EGFR", POS, "del19"),), want("EGFR", "mutation sensibilisatrice"), MET, "found", "sensitising"),
    Row((r("EGFR", POS, "insertion exon 20"),), want("EGFR", "del19", "L858R"), NOT_MET, "other_variant", ""),
    Row((r("EGFR", POS, "p.Ala767_Val769dup"),), want("EGFR", "insertion exon 20"), MET, "found", "dup is insertion"),
    Row((r("EGFR", POS, "L858R"),), want("EGFR", "exon 20 insertion"), NOT_MET, "other_variant", ""),
    Row(
        (r("EGFR", POS, "mutation exon 20"),),
        want("EGFR", "insertion exon 20"),
        UNKNOWN,
        "less_precise",
        "T790M is exon 20",
    ),
    Row(
        (r("EGFR", POS, "T790M"),),
        want("EGFR", "insertion exon 20"),
        UNKNOWN,
        "other_alteration",
        "resistance goes with a driver",
    ),
    Row((r("EGFR", POS, "L858R"),), want("EGFR", "T790M"), UNKNOWN, "other_alteration", "T790M comes later"),
    Row((r("EGFR", POS, "L858R"), r("EGFR", POS, "T790M")), want("EGFR", "T790M"), MET, "found", "both stated"),
    Row((r("EGFR", POS, "L858R + T790M"),), want("EGFR", "T790M"), MET, "found", "both in one entry"),
    Row((r("EGFR T790M", NEG, specimen="blood"),), want("EGFR", "T790M"), UNKNOWN, "ctdna_not_detected", ""),
    Row((r("EGFR", POS, "G719X"),), want("EGFR", "mutation atypique"), MET, "found", ""),
    Row((r("EGFR", POS, "L858R"),), want("EGFR", "mutation atypique"), NOT_MET, "other_variant", ""),
    Row((r("EGFR", POS, "exon 21"),), want("EGFR", "L858R"), UNKNOWN, "less_precise", "L861Q is exon 21"),
    Row((r("EGFR", POS, "exon 21"),), want("EGFR", "del19"), NOT_MET, "other_variant", ""),
    Row(
        (r("EGFR", NEG, "pas de mutation des exons 18 à 21"),), without("EGFR"), MET, "negative", "how reports write it"
    ),
    Row((r("EGFR", POS, assay="IHC"),), want("EGFR", "mutation"), UNKNOWN, "other_alteration", "IHC sees no mutation"),
    Row((r("EGFR", NEG),), want("EGFR", "amplification"), UNKNOWN, "other_alteration", "the bare word is of mutations"),
    Row((r("EGFR", POS, "amplification"),), want("EGFR", "mutation"), UNKNOWN, "other_alteration", "another class"),
    Row((r("EGFR", POS, "amplification"),), want("EGFR"), MET, "found", "no variant listed: any alteration"),
    Row((r("EGFR", POS, "amplification"),), without("EGFR"), UNKNOWN, "other_alteration", "not wild type, not mutated"),
    Row((r("EGFR", NEG, "L858R"),), want("EGFR", "L858R"), MET, "found", "variant beats status"),
)

CLASSES = (
    Row((r("ALK", POS),), want("ALK"), MET, "found", ""),
    Row((r("ALK", POS),), want("ALK", "fusion"), MET, "found", "positive is rearranged"),
    Row((r("ALK", POS, assay="IHC"),), want("ALK", "réarrangement"), MET, "found", "ALK by IHC is enough"),
    Row((r("ROS1", POS, assay="IHC"),), want("ROS1"), UNKNOWN, "needs_confirmation", "ROS1 by IHC is a screen"),
    Row((r("ROS1", NEG, assay="IHC"),), want("ROS1"), NOT_MET, "negative", "a negative screen is negative"),
    Row((r("ALK", POS, "EML4-ALK"),), want("ALK", "fusion"), MET, "found", ""),
    Row((r("RET", POS, "KIF5B-RET"),), want("RET", "CCDC6-RET"), NOT_MET, "other_variant", "another partner"),
    Row((r("ALK", POS),), want("ALK", "G1202R"), UNKNOWN, "other_alteration", "resistance mutation"),
    Row((r("ALK", POS, "EML4-ALK"),), want("ALK", "mutation"), UNKNOWN, "other_alteration", "a fusion is no mutation"),
    Row((r("FGFR2", POS, "fusion"),), want("FGFR2", "réarrangement"), MET, "found", ""),
    Row((r("FGFR2", POS),), want("FGFR2", "fusion"), UNKNOWN, "less_precise", "mutation or fusion"),
    Row((r("FGFR2", NEG),), want("FGFR2", "fusion"), NOT_MET, "negative", ""),
    Row((r("FGFR3", POS, "S249C"),), want("FGFR", "mutation", "fusion"), MET, "found", "a member"),
    Row((r("MET", POS, "METex14"),), want("MET", "saut d'exon 14"), MET, "found", ""),
    Row((r("MET", POS, "amplification"),), want("MET", "saut d'exon 14"), UNKNOWN, "other_alteration", ""),
    Row((r("MET", POS),), want("MET", "amplification"), UNKNOWN, "ambiguous_alteration", "MET+ may be anything"),
    Row((r("MET", NEG),), want("MET", "amplification"), UNKNOWN, "ambiguous_alteration", "MET- of what?"),
    Row((r("MET", NEG, assay="FISH"),), want("MET", "amplification"), NOT_MET, "negative", ""),
    Row(
        (r("MET", NEG, assay="NGS, pas d'amplification"),),
        want("MET", "amplification"),
        NOT_MET,
        "negative",
        "the test says what it did not find",
    ),
    Row((ngs("MET", NEG),), want("MET", "saut d'exon 14"), NOT_MET, "negative", ""),
    Row((r("MET", NEG, "non amplifié"),), want("MET", "amplification"), NOT_MET, "negative", ""),
    Row((r("FLT3", POS, "ITD"),), want("FLT3", "ITD"), MET, "found", ""),
    Row((r("FLT3-ITD", NEG),), want("FLT3", "TKD"), UNKNOWN, "other_alteration", "only ITD was looked for"),
    Row((r("FLT3", POS, "D835Y"),), want("FLT3", "TKD"), MET, "found", ""),
    Row(
        (r("FLT3-ITD", NEG, specimen="blood"),), want("FLT3", "ITD"), NOT_MET, "negative", "blood is the tumour", "aml"
    ),
    Row((r("CCNE1", POS, "amplifié"),), want("CCNE1"), MET, "found", ""),
    Row((r("IGHV", NEG),), without("IGHV"), MET, "negative", "unmutated IGHV"),
    Row((r("IGHV", POS, "non muté"),), want("IGHV", "non muté"), MET, "negative", "variant beats status"),
    Row((r("del(17p)", POS),), want("del17p"), MET, "found", ""),
    Row((r("TP53", NEG),), want("del17p"), UNKNOWN, "not_stated", "mutation is not deletion"),
    Row((r("t(11;14)", NEG),), want("t(11;14)"), NOT_MET, "negative", ""),
    Row((r("MGMT", POS, "méthylé"),), want("MGMT"), MET, "found", ""),
    Row((r("MGMT", NEG, "non méthylé"),), want("MGMT", "méthylé"), NOT_MET, "negative", ""),
    Row((r("HPV", POS),), want("HPV"), MET, "found", ""),
    Row((r("p16", POS),), want("HPV"), UNKNOWN, "not_stated", "a surrogate is not the virus"),
)

LOSS = (
    Row((r("MTAP", NEG, assay="IHC"),), want("MTAP", "perte d'expression"), UNKNOWN, "ambiguous_polarity", "6c"),
    Row((r("MTAP", POS),), want("MTAP"), UNKNOWN, "ambiguous_polarity", "lost, or expressed?"),
    Row((r("MTAP", NEG),), without("MTAP"), UNKNOWN, "ambiguous_polarity", ""),
    Row((r("MTAP", NEG, "perte d'expression"),), want("MTAP"), MET, "found", ""),
    Row((r("MTAP", POS, "perte"),), want("MTAP", "perte d'expression"), MET, "found", "a plain loss"),
    Row((r("MTAP", POS, "perte hétérozygote"),), want("MTAP", "perte d'expression"), UNKNOWN, "less_precise", ""),
    Row((r("MTAP", NEG, "expression conservée"),), want("MTAP"), NOT_MET, "negative", ""),
    Row((r("MTAP", POS, "délétion homozygote"),), want("MTAP", "délétion homozygote"), MET, "found", ""),
    Row((r("MTAP", POS, "délétion homozygote"),), want("MTAP", "perte d'expression"), MET, "found", "no gene"),
    Row((r("MTAP", NEG, "perte d'expression"),), want("MTAP", "délétion homozygote"), UNKNOWN, "less_precise", ""),
    Row((r("ATM", NEG),), want("ATM"), UNKNOWN, "ambiguous_polarity", ""),
    Row((r("ATM", POS, "mutation"),), want("ATM", "mutation"), MET, "found", ""),
    Row((r("ATM", NEG, "mutation"),), want("ATM", "mutation"), NOT_MET, "negative", "looked for, not found"),
    Row((r("PTEN", NEG, "pas de perte d'expression"),), want("PTEN", "perte"), NOT_MET, "negative", ""),
    Row((r("SMARCB1", POS, "perte d'expression d'INI1"),), want("SMARCB1"), MET, "found", ""),
    Row((r("RB1", NEG),), without("RB1"), UNKNOWN, "ambiguous_polarity", ""),
    Row((r("MSI", NEG),), want("MSI"), NOT_MET, "negative", "MSI negative is MSS"),
    Row((r("MSS", POS),), want("MSI"), NOT_MET, "negative", "MSS is stable"),
    Row((r("MSS", NEG),), want("MSI"), UNKNOWN, "ambiguous_polarity", "not stable, or the test negative?"),
    Row((r("MMR", NEG),), want("dMMR"), UNKNOWN, "ambiguous_polarity", "bare MMR"),
    Row((r("MMR", NEG, "pMMR"),), want("MSS"), MET, "negative", ""),
    Row((r("MSI", POS),), want("dMMR"), MET, "found", "one notion"),
    Row((r("MSI", POS, value="MSS"),), want("MSI"), NOT_MET, "negative", "the value beats the status"),
    Row((r("MLH1", NEG, "perte d'expression"),), want("MSI"), MET, "found", "a lost MMR protein is dMMR"),
    Row((r("MLH1", NEG),), want("MSI"), UNKNOWN, "ambiguous_polarity", ""),
    Row((r("MLH1", POS, "conservée"),), want("MSI"), UNKNOWN, "member_not_stated", "one protein of four"),
    Row(
        tuple(r(protein, POS, "expression conservée") for protein in ("MLH1", "MSH2", "MSH6", "PMS2")),
        want("pMMR"), MET, "negative", "all four kept",
    ),
    Row((r("MLH1", POS, "perte"), r("MSI", POS, "MSS")), want("MSI"), UNKNOWN, "conflict", ""),
)  # fmt: skip

UMBRELLAS = (
    Row((r("KRAS", NEG), r("NRAS", NEG)), without("RAS"), MET, "negative", "RAS wild type"),
    Row((r("KRAS", NEG), r("NRAS", NEG)), want("RAS", "sauvage"), MET, "negative", "the same in words"),
    Row((r("KRAS", NEG),), without("RAS"), UNKNOWN, "member_not_stated", "NRAS?"),
    Row((r("KRAS", POS, "G12C"),), without("RAS"), NOT_MET, "found", ""),
    Row((r("KRAS", POS, "G12C"), r("NRAS", NEG)), want("RAS"), MET, "found", ""),
    Row((r("RAS", NEG),), want("KRAS", "G12C"), NOT_MET, "negative", ""),
    Row((r("RAS", POS),), want("KRAS"), UNKNOWN, "member_not_stated", "which?"),
    Row((r("RAS", NEG), r("KRAS", POS, "G12C")), want("KRAS"), UNKNOWN, "conflict", ""),
    Row((r("KRAS", NEG), r("KRAS", POS, "G12C")), want("KRAS", "G12C"), UNKNOWN, "conflict", ""),
    Row(
        (r("KRAS", NEG, specimen="blood"), r("KRAS", POS, "G12C", specimen="primary")),
        want("KRAS", "G12C"), MET, "found", "a negative ctDNA contradicts nothing",
    ),
    Row((r("NTRK", NEG),), want("NTRK1", "fusion"), NOT_MET, "negative", ""),
    Row((r("NTRK3", POS, "ETV6-NTRK3"),), want("NTRK", "fusion"), MET, "found", ""),
    Row((r("NTRK1", NEG), r("NTRK2", NEG)), want("NTRK"), UNKNOWN, "member_not_stated", "NTRK3?"),
    Row((r("BRCA1", NEG), r("BRCA2", NEG)), want("BRCA1/2"), NOT_MET, "negative", ""),
    Row((r("BRCA2", POS, "mutation pathogène"),), want("HRR"), MET, "found", ""),
    Row((r("BRCA", NEG), r("PALB2", NEG)), want("HRR"), UNKNOWN, "member_not_stated", "the list of genes is open"),
    Row((r("BRCA2", POS),), want("HRD"), MET, "implied", "by definition", "ovary"),
    Row((r("BRCA2", POS),), want("HRD"), UNKNOWN, "not_stated", "only in the ovary", "pancreas"),
    Row((r("IDH1", POS, "R132H"),), want("IDH"), MET, "found", ""),
)  # fmt: skip

ORIGIN = (
    Row((r("BRCA1", POS, "VUS"),), want("BRCA1"), UNKNOWN, "vus", "a VUS is never positive"),
    Row((r("BRCA1", POS, "VUS"),), without("BRCA1"), UNKNOWN, "vus", ""),
    Row((r("BRCA1", POS, "p.Cys61Gly, VUS"),), want("BRCA1"), UNKNOWN, "vus", "the VUS is that variant"),
    Row(
        (r("BRCA1", POS, "p.Cys61Gly"),),
        want("BRCA1", "mutation germinale ou somatique"),
        MET,
        "found",
        "either origin",
    ),
    Row((r("MET", POS, "saut exon 14, amplification"),), want("MET", "amplification"), MET, "found", "both were found"),
    Row((r("BRCA2", POS, "c.5946delT, germinale"),), want("BRCA2", "mutation germinale"), MET, "found", ""),
    Row((r("BRCA1", NEG, "VUS"),), want("BRCA1"), NOT_MET, "negative", "no pathogenic variant"),
    Row((r("ATM", "equivocal", "variant de signification incertaine"),), want("ATM"), UNKNOWN, "vus", ""),
    Row((r("KRAS", NEG, specimen="blood"),), without("KRAS"), UNKNOWN, "ctdna_not_detected", "not wild type"),
    Row((r("KRAS", NEG, "non muté", specimen="blood"),), want("KRAS"), UNKNOWN, "ctdna_not_detected", ""),
    Row((r("KRAS", POS, "G12C", specimen="blood"),), want("KRAS", "G12C"), MET, "found", "found is found"),
    Row(
        (r("BRCA1", NEG, specimen="germline"), r("BRCA2", NEG, specimen="germline")),
        want("BRCA"),
        UNKNOWN,
        "germline_only",
        "",
    ),
    Row((r("BRCA2", POS, specimen="germline"),), want("BRCA", "mutation germinale"), MET, "found", ""),
    Row((r("BRCA2", POS, specimen="primary"),), want("BRCA", "mutation germinale"), UNKNOWN, "less_precise", ""),
    Row((r("BRCA2", NEG, specimen="germline"),), want("BRCA2", "mutation germinale"), NOT_MET, "negative", ""),
)

KNOWN = (
    Row((r("EGFR", NEG),), known("EGFR"), MET, "result_known", ""),
    Row((r("EGFR", "pending"),), known("EGFR"), UNKNOWN, "pending", ""),
    Row((), known("EGFR"), UNKNOWN, "not_stated", ""),
    Row((r("KRAS", NEG, specimen="blood"),), known("KRAS"), UNKNOWN, "ctdna_not_detected", ""),
    Row((r("KRAS", NEG),), known("RAS"), UNKNOWN, "member_not_stated", ""),
    Row((r("KRAS", NEG), r("NRAS", NEG)), known("RAS"), MET, "result_known", ""),
    Row((r("MTAP", NEG),), known("MTAP"), MET, "result_known", "known, though not readable"),
    Row((r("BRCA1", NEG), r("BRCA2", POS)), known("BRCA"), MET, "result_known", ""),
    Row((tps(0, NEG),), known("PD-L1"), MET, "result_known", ""),
    Row((her2("3+", POS),), known("HER2"), MET, "result_known", ""),
)

DEMANDS = (
    Row((r("KRAS", POS, "G12C"),), want("KRAS", "G12C", "quelque chose"), MET, "found", "one alternative is enough"),
    Row((r("KRAS", POS, "G12D"),), want("KRAS", "G12C", "quelque chose"), UNKNOWN, "unread", "the other may fit"),
    Row((r("KRAS", NEG),), want("KRAS G12C"), NOT_MET, "negative", "variant in the demand's name"),
    Row((r("HPV/p16", POS),), want("HPV"), UNKNOWN, "ambiguous_term", "HPV or p16"),
    Row(
        (r("FGFR2", POS, "fusion"),),
        MarkerDemand(markers=frozenset({"FGFR2", "NTRK"}), presence="present", any_of=True),
        MET, "found", "one of several markers",
    ),
    Row(
        (r("FGFR2", NEG),),
        MarkerDemand(markers=frozenset({"FGFR2", "NTRK"}), presence="present", any_of=True),
        UNKNOWN, "not_stated", "NTRK is not stated",
    ),
    Row(
        (r("EGFR", NEG), r("ALK", NEG)),
        MarkerDemand(markers=frozenset({"EGFR", "ALK"}), presence="absent", any_of=True),
        MET, "negative", "none of several",
    ),
)  # fmt: skip

ROWS = (*SILENCE, *VARIANTS, *EGFR, *CLASSES, *LOSS, *UMBRELLAS, *ORIGIN, *KNOWN, *DEMANDS)


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_result_against_demand(row: Row) -> None:
    verdict, reason = judged(row, row.results)
    assert (verdict, str(reason)) == (row.verdict, row.reason), row.why


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_order_of_results_does_not_matter(row: Row) -> None:
    assert judged(row, row.results)[0] is judged(row, row.results[::-1])[0]


@pytest.mark.parametrize("row", [row for row in ROWS if row.results], ids=name_of)
def test_adding_results_never_flips(row: Row) -> None:
    """More results may open a settled verdict (conflict), never turn it round."""
    whole, _ = judged(row, row.results)
    for index in range(len(row.results)):
        part, _ = judged(row, row.results[:index] + row.results[index + 1 :])
        assert {part, whole} != {MET, NOT_MET}


def test_the_deciding_result_is_shown() -> None:
    results = (r("EGFR", NEG), r("KRAS", POS, "p.Gly12Cys"))
    judged = judge(results, want("KRAS", "G12C"))
    assert (judged.result_index, judged.observed) == (1, "KRAS p.Gly12Cys")


def test_value_is_shown_as_typed() -> None:
    assert tps(60).observed == "PD-L1 TPS 60 %"
    assert r("RE", NEG).observed == "RE négatif"


def test_unknown_status_is_refused() -> None:
    with pytest.raises(CaseError, match="status 'maybe'"):
        read_result("KRAS", "maybe")


def test_demand_on_no_marker_is_refused() -> None:
    with pytest.raises(CriterionError, match="names no marker"):
        want("phosphatase alcaline")
    with pytest.raises(CriterionError, match="presence"):
        MarkerDemand.of("KRAS", "maybe")
    with pytest.raises(CriterionError, match="unknown"):
        MarkerDemand(markers=frozenset({"NOPE"}), presence="present")
