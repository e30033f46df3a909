"""Biomarkers of a clause: lists, scores beside one another, results only to be known, and what is not asked."""

import pytest

from rules.kinds import Polarity
from rules.markers import MARKERS
from rules.reading.clause import Clause
from rules.reading.markers import recogniser as markers
from tests.reading.notation import read

ASKED = (
    ("Carcinome HER2+ (IHC 3+ ou FISH+)", "HER2"),
    ("HER2 3+ ou FISH+", "(HER2{3+} | HER2[amplification])"),
    ("RE et RP négatifs : moins de 1 %", "(no ER<1% & no PR<1%)"),
    ("récepteurs des œstrogènes et de la progestérone exprimés à 10 % au plus", "(ER<=10% & PR<=10%)"),
    ("HER2 négatif avec mutation germinale BRCA", "(no HER2 & BRCA[mutation germline])"),
    ("E:Tumeur HER2+ ou RE négatif", "(HER2 | no ER)"),
    ("dMMR (perte d'au moins une protéine MLH1, MSH2, MSH6 ou PMS2) ou MSI-H", "MSI[loss]"),
    ("Statut dMMR par IHC et/ou MSI-H par PCR", "MSI[loss]"),
    ("E:CBF : t(8;21) ou inv(16)", "CBF"),
    ("CBNPC RET, jamais traité", "RET"),
    ("PALB2 ou BRCA1/2", "(PALB2 | BRCA)"),
    (
        "E:Autre altération oncogénique (EGFR, ALK, toute mutation de KRAS autre que G12C)",
        "(EGFR | ALK | (KRAS[mutation] & no KRAS[G12C]))",
    ),
    ("Cohorte exploratoire : CPS < 1", "(PD-L1<1 CPS | unread)"),
    ("expression TROP2 non requise", "NoDemand()"),
    (
        "porteur d'une altération : EGFR del19 ou L858R ; ALK ; MET exon 14 ; RET ; BRAF V600E ; NTRK",
        "(EGFR[L858R+mutation deletion exon 19] | ALK | MET[mutation skipping exon 14] | RET | BRAF[V600E] | NTRK)",
    ),
    ("une altération : saut exon 14 MET ; RET ; ALK", "(MET[mutation skipping exon 14] | RET | ALK)"),
    ("maladie avancée, non traitée, KRAS G12D, PD-L1 TPS ≥ 50 %", "(KRAS[G12D] & PD-L1>=50% TPS)"),
    ("TMB ≥ 10 mut/Mb, MSS, KRAS muté", "(TMB>=10mut/mb & no MSI & KRAS[mutation])"),
    ("Expression de PD-L1 connue", "known PD-L1"),
    ("Expression HER2 disponible", "known HER2"),
    ("statut del(17p) connu (sauvage ou délété)", "known del17p"),
    ("statut BRAF connu (muté ou sauvage)", "known BRAF"),
    ("statuts RE, RP et HER2 connus", "(known ER & known PR & known HER2)"),
    ("résultat MSI exigé", "known MSI"),
    ("résultats BRCA1/2 et gènes HRR requis", "(known BRCA & known HRR)"),
    ("E:Mutation EGFR, fusion ROS1 ou autre altération ciblable", "((EGFR[mutation] | ROS1[fusion]) | unread)"),
    ("E:EGFR ou ALK muté, ou toute autre mutation motrice connue", "((EGFR[mutation] | ALK) | unread)"),
    ("absence de mutation EGFR, ALK ou autre driver", "((no EGFR[mutation] & no ALK) & unread)"),
    ("mutation d'EGFR, ALK, etc.", "((EGFR[mutation] | ALK) | unread)"),
    ("Altération d'ATM prédictive d'une perte de la protéine", "ATM"),
    ("E:NF-1 et/ou altération RAS", "(NF1 | RAS)"),
    ("perte homozygote de CDKN2A et/ou MTAP", "(CDKN2A[loss homozygous] | MTAP[loss homozygous])"),
    ("perte de MTAP (IHC) ou délétion (NGS)", "MTAP[loss]"),
    ("amplification de MET ou exon 14", "MET[amplification+mutation skipping exon 14]"),
    ("RET réarrangé ou muté", "RET[fusion+mutation]"),
    ("mutation MET exon 14", "MET[mutation skipping exon 14]"),
    ("délétion de l'exon 19 ou mutation L858R (exon 21) de l'EGFR", "EGFR[L858R+mutation deletion exon 19]"),
    ("mutation activatrice de l'EGFR (L858R, del 19, etc.)", "EGFR[mutation]"),
    ("HER2 mutations in exons 18, 19, or 20", "HER2[mutation exon 18+mutation exon 19+mutation exon 20]"),
    ("addiction oncogénique connue (ALK, RET, BRAF V600E)", "(ALK | RET | BRAF[V600E])"),
    ("sans addiction oncogénique (EGFR, ALK, ROS1)", "(no EGFR & no ALK & no ROS1)"),
    ("drivers oncogéniques (EGFR, ALK)", "(EGFR | ALK)"),
    ("Altération délétère, germinale ou somatique, d'un gène HRR", "HRR[mutation]"),
    ("recherche de mutation EGFR négative", "no EGFR[mutation]"),
    ("recherche de mutation BRAF obligatoire", "known BRAF"),
    ("HER2- et RH+, BRCA muté", "(no HER2 & (HR & BRCA[mutation]))"),
    ("HER2 positif (IHC 3+ ou IHC 2+/ISH+), PD-L1 CPS ≥ 1", "(HER2{2+/ISH+,3+} & PD-L1>=1 CPS)"),
    ("sans addiction EGFR/ALK/ROS1, PD-L1 < 1 %", "((no EGFR & no ALK & no ROS1) & PD-L1<1%)"),
    (
        "E:mutations (epidermal growth factor receptor [EGFR], mesenchymal-epithelial transition [MET], or "
        "neurotrophic receptor kinase [NTRK])",
        "(EGFR[mutation] | MET[mutation] | NTRK)",
    ),
    ("CBNPC KRAS G12C, épidermoïde ou non", "KRAS[G12C]"),
    ("tumeur MSS, BRAF muté ou sauvage", "NoDemand()"),
    ("RH+ (RE ≥10% ou RP ≥10%)", "HR>=10%"),
    ("fusion ETV6-NTRK3", "NTRK3[fusion]"),
    ("STK11/RET altérés", "(STK11 | RET)"),
    ("ATM muté ou perdu", "ATM[loss+mutation]"),
    ("BAP1 perdu", "BAP1[loss]"),
    ("KRASmut", "KRAS[mutation]"),
    ("RASwt, BRAF-wt", "(no RAS & no BRAF)"),
    ("statut MMR déficient", "MSI[loss]"),
    ("MSIH", "MSI[loss]"),
    ("Claudin18.2 ≥ 40 %", "CLDN18.2>=40%"),
    ("1p/19q codélété", "1p/19q"),
    ("au moins une ligne antérieure, RE ≥ 10 % et HER2 positif", "(ER>=10% & HER2)"),
    ("at least one prior line, CD19+ and CD20+", "(CD19 & CD20)"),
    ("une des altérations suivantes : KRAS muté et TP53 muté", "(KRAS[mutation] | TP53[mutation])"),
    ("HER2 3+ ou 2+ amplifié", "HER2{2+/ISH+,3+}"),
    ("HER2 positif (3+ ou amplification en FISH)", "HER2"),
    ("HER2 positif (IHC 3+ ou IHC 2+ avec FISH/CISH amplifiée)", "HER2{2+/ISH+,3+}"),
    ("HER2 0 ou 1+ ou 2+ FISH-", "HER2{0,0<,1+,2+/ISH-}"),
    ("HER2 0/1+/2+ ISH-", "HER2{0,0<,1+,2+/ISH-}"),
    ("HER2 négatif : IHC 0 ou 1+, ou FISH négative", "no HER2"),
    ("HER2 non surexprimé et non amplifié", "no HER2"),
    ("HER2-low ou ultralow", "HER2{0<,1+,2+/ISH-}"),
    ("HER2 score of 1+ or greater", "HER2{1+,2+/ISH+,2+/ISH-,3+}"),
    ("RH+/HER2 faible", "(HR & HER2{1+,2+/ISH-})"),
    ("hormone receptor positive (HR+)/HER2-low", "(HR & HER2{1+,2+/ISH-})"),
    ("RH+ : RE et/ou RP > 1 %", "HR>1%"),
    ("RE ≥ 1 % ou RP ≥ 1 %, HER2 négatif (0, 1+ ou 2+ non amplifié)", "((ER>=1% | PR>=1%) & no HER2{0,0<,1+,2+/ISH-})"),
    (
        "Triple négatif ou RH faible+/HER2- (RE entre 1 et 9 % des cellules)",
        "(no ER & no PR & no HER2) ; (HRrange1-10% & no HER2 & ERrange1-9%)",
    ),
    ("PD-L1 TAP ≥ 10 %", "PD-L1>=10% TAP"),
    ("PD-L1 IC ≥ 5 %", "PD-L1>=5% IC"),
    ("PD-L1 TC ≥ 1 % ou IC ≥ 1 %", "(PD-L1>=1% TPS | PD-L1>=1% IC)"),
    ("score TPS PD-L1 ≥ 50 %", "PD-L1>=50% TPS"),
    ("TEP PSMA positive (≥ 2 lésions)", "PSMA"),
    ("CLDN18.2 positive (≥ 75 % des cellules tumorales avec marquage 2+/3+)", "CLDN18.2>=75% 2+ or more"),
    ("mutation ESR1 détectée sur ADNtc", "ESR1[mutation]"),
    ("KRAS G12D mutation in tumor tissue or circulating tumor DNA", "KRAS[G12D]"),
    ("ADNct positif", "CTDNA"),
    ("E:mutation T315I", "ABL1[T315I]"),
    ("mutation gBRCA1/2 ou gPALB2", "(BRCA[mutation germline] | PALB2[mutation germline])"),
    ("NPM1m sans FLT3-ITD", "(NPM1[mutation] & no FLT3[mutation internal_tandem_duplication exon 14 itd])"),
    ("RAD51C/D mutation", "(RAD51C[mutation] | RAD51D[mutation])"),
    (
        "BRAF (class II or III), RAS (H/K/N) or NF1 mutation",
        "(BRAF[mutation class_2+mutation class_3] | RAS[mutation] | NF1[mutation])",
    ),
    (
        "likely pathogenic alteration, as judged centrally, in one or more of the following genes: ATM, BAP1 and CHEK2",
        "(ATM | BAP1 | CHEK2)",
    ),
    ("E:mutation in any of the following genes: EGFR, ALK and BRAF V600E", "(EGFR[mutation] | ALK | BRAF[V600E])"),
    ("Gènes HRR : ATM, PALB2, CHEK2", "((ATM | PALB2 | CHEK2) | unread)"),
    ("haut risque cytogénétique : del(17p), t(4;14), t(14;16)", "(del17p | t(4;14) | t(14;16))"),
    ("Patients with FGFR3 mutations are also eligible", "(FGFR3[mutation] | unread)"),
    (
        "au moins un des critères : FLT3-ITD, rechute précoce",
        "(FLT3[mutation internal_tandem_duplication exon 14 itd] | unread)",
    ),
    (
        "MET mutations or amplifications, high MET expression, RET translocations",
        "(MET[amplification+mutation] | MET[overexpression] | RET[fusion])",
    ),
    ("not harboring an activating EGFR mutation", "no EGFR[mutation]"),
    ("confirmation of MSS or pMMR status", "no MSI"),
    ("Non-microsatellite instability high (non-MSI high)", "no MSI[loss]"),
    ("E:gènes EGFR, ALK ou RET altérés (les mutations KRAS ne sont pas exclues)", "(EGFR | ALK | RET)"),
    ("carcinome avancé avec mutation BRAF V600E (test local) : formes classiques ou folliculaires", "BRAF[V600E]"),
)

TRAPS = (
    ("PALB2", ""),
    ("E:CBNPC RET", ""),
    ("RAS, BRAF", ""),
    ("Quel que soit le niveau d'expression de FOLR1", ""),
    ("endomètre dMMR / pMMR", "NoDemand()"),
    ("recherche de mutation EGFR réalisée", ""),
    ("E:NF1 et/ou RAS", ""),
    ("HER2 négatif ou HER2-low", ""),
    ("PD-L1 IC/TPS", ""),
    ("iRAS, iKRAS G12C", ""),
    ("Ph II : biopsie à la rechute", ""),
    ("non-EGFR germline variants", ""),
    ("E:Patient must not have MSI-H disease", ""),
    ("mutation BCR-ABL1", ""),
    ("patients ALK+ éligibles après un ITK", ""),
    ("Estrogen receptor positive (ER+) patients must have received endocrine therapy", ""),
    ("Patients with BRAF V600E tumors and few symptoms are not required to have had an inhibitor", ""),
    ("Patients with ERBB2 mutations may enter, as are patients with HER2-positive cancer", ""),
    ("cancer (TNBC, HR+/HER2-negative or HER2-low, HR-/HER2+)", ""),
    ("Tissu insuffisant pour confirmer le statut dMMR", ""),
    ("to be assessed for TROP2 and other markers (PD-L1) expression", ""),
    ("si statut MMR/MSI inconnu, test central", ""),
    ("population CD23+ (si CD23- : pas de t(11;14))", "CD23" if "CD23" in MARKERS else ""),
    ("BRAF status, TP53 mutation status, IGHV status results needed before treatment", ""),
    ("known RAS mutation, BRAF (type I) mutation, NF1 and/or RAS activation status", ""),
    ("HER2 + ou -", "NoDemand()"),
    ("High PD-L1 expression", ""),
)


@pytest.mark.parametrize(("sentence", "expected"), ASKED)
def test_asked(sentence: str, expected: str) -> None:
    assert read(markers.recognise, sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), TRAPS)
def test_traps(sentence: str, expected: str) -> None:
    assert read(markers.recognise, sentence) == expected


INDIFFERENT = (
    ("CBNPC, quel que soit le statut PD-L1", ["quel que soit le statut PD-L1"]),
    (
        "quel que soit le niveau d'expression de FOLR1 et au moins une ligne",
        ["quel que soit le niveau d'expression de FOLR1"],
    ),
    ("enrolled regardless of ER and PR status", ["regardless of ER and PR status"]),
    ("VADS, HPV+ ou HPV-", ["HPV+ ou HPV-"]),
    ("cancer du sein HER2 positif ou négatif", ["HER2 positif ou négatif"]),
    ("tumeur MSS, BRAF muté ou sauvage", ["BRAF muté ou sauvage"]),
    ("CBNPC KRAS G12C, épidermoïde ou non", []),
    ("quel que soit le nombre de lignes", []),
)


@pytest.mark.parametrize(("sentence", "expected"), INDIFFERENT)
def test_indifferent_words_are_told_apart(sentence: str, expected: list[str]) -> None:
    spans = markers.indifferent(Clause(sentence, Polarity.INCLUSION))
    assert [sentence[start:end] for start, end in spans] == expected
