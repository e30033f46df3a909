"""Earlier treatments by slots: any order of the words, composed classes, open names; half of the rows are traps."""

import pytest

from rules.criteria import AllOf, AnyOf, Not, Polarity, Test, Treated, Unread
from rules.reading.clause import Clause
from rules.reading.slots.treatments import read_treatments

READ: tuple[tuple[str, str], ...] = (
    ("E:Déjà exposé à un ITK de l'EGFR de 3e génération", "egfr_tki_3g"),
    ("E:Un CAR-T visant le BCMA, ou un bispécifique anti-BCMA, a déjà été administré", "bcma_bispecific,bcma_car_t"),
    ("E:Par le passé : inhibiteur de MALT1", "«anti-MALT1»"),
    ("E:Ayant reçu un inhibiteur de MALT1 ou de HPK1", "«anti-HPK1»,«anti-MALT1»"),
    (
        "E:Prior exposure to QX-4471, zorvitamab or a CD105-targeted antibody",
        "«QX-4471»,«anticorps anti-CD105»,«zorvitamab»",
    ),
    ("E:Luspatercept, sotatercept ou autre ligand-trap déjà reçus", "activin_ligand_trap,luspatercept,sotatercept"),
    ("E:Reçu auparavant : T-cell engager ou CAR-T visant DLL3", "dll3_bispecific,«CAR-T anti-DLL3»"),
    ("E:Une exposition antérieure au ribociclib constitue un motif d'exclusion", "ribociclib"),
    ("E:Inhibiteur d'HDAC déjà reçu (vorinostat, entinostat)", "(entinostat,vorinostat | (hdac_inhibitor & ?))"),
    ("E:Inhibiteur de ZXF9 déjà reçu (QX-4471)", "«QX-4471»,«anti-ZXF9»"),
    ("E:Anti-PD-1 antérieur, sauf en situation adjuvante", "anti_pd1@advanced"),
    ("E:Chimiothérapie antérieure à base de taxane", "taxane"),
    ("E:Prétraité par anti-CTLA-4 et anti-PD-1", "((anti_ctla4 & anti_pd1) | ((anti_ctla4 | anti_pd1) & ?))"),
    ("I:Une exposition antérieure à un anti-HER2 n'est pas permise", "not anti_her2"),
    ("I:Aucun traitement antérieur par inhibiteur de PARP n'est autorisé", "not parp_inhibitor"),
    ("I:Naïf de tout anti-VEGF et d'anti-PD-1", "not (antiangiogenic | anti_pd1)"),
    ("I:Ne doit avoir reçu ni docétaxel ni QX-4471", "not docetaxel,«QX-4471»"),
    ("I:Le nivolumab ou le pembrolizumab a été reçu en adjuvant", "nivolumab,pembrolizumab@adjuvant"),
    ("I:T-DXd déjà reçu, ou patiente non éligible", "(trastuzumab_deruxtecan | ?)"),
    ("I:Échec d'une association comprenant un IMiD et un anti-CD38", "(imid & anti_cd38 & (imid! | anti_cd38!))"),
    ("E:Inhibiteur pan-RAS ou multi-RAS déjà reçu", "pan_ras_inhibitor"),
    ("E:Dégradeur ou inhibiteur de ZXF9 déjà reçu (QX-4471)", "«QX-4471»,«anti-ZXF9»"),
    ("I:Réfractaire au moins à un IMiD et à un anti-CD38", "(imid! & anti_cd38!)"),
    ("I:Taxane déjà reçu, en adjuvant ou en métastatique", "taxane"),
    ("I:Aucun inhibiteur de KRAS reçu, y compris zoldonrasib", "not kras_inhibitor"),
    ("E:Anti-PD-1 déjà reçu pour un thymome ou pour toute autre tumeur", "anti_pd1"),
    ("E:Chimiothérapie, sauf adjuvante", "chemotherapy@advanced"),
    ("I:Ayant terminé une radiothérapie associée au carboplatine, à visée curative", "(radiotherapy & carboplatin)"),
    ("I:Asparaginase reçue, native ou pégylée", "asparaginase"),
)
LEFT = (
    ("E:Traitement concomitant par everolimus", "the present"),
    ("E:Pas d'immunothérapie antérieure", "denied among exclusions: meant either way"),
    ("E:Antécédent d'hypersensibilité à un anticorps monoclonal", "an allergy"),
    ("E:Cancer préalable traité par chimiothérapie", "another cancer"),
    ("E:Autre tumeur traitée par radiothérapie", "another cancer"),
    ("I:PRIOR CONCURRENT THERAPY:", "a heading"),
    ("I:Traitements antérieurs par chimiothérapie :", "a heading"),
    ("E:Major surgery prior to Study Day", "a date"),
    ("I:Candidat à un traitement par pembrolizumab", "what is to come"),
    ("I:Peut avoir déjà reçu un anti-PD-1", "leave"),
    ("I:Les traitements antérieurs par anti-PD-1 sont autorisés", "leave"),
    ("I:Doit avoir reçu deux lignes dont un taxane", "lines are counted elsewhere"),
    ("I:Non naïf d'immunothérapie", "denied twice"),
    ("I:Progression, avec un anti-PD-1 en cours de discussion", "nothing was received"),
    ("I:Absence de progression sous anti-PD-1", "what did not fail"),
    ("I:Au moins deux anti-PD-1 antérieurs ou équivalents", "a number, an alternative"),
    ("I:Anti-PD-1 déjà reçu si PD-L1 positif", "asked of some"),
    ("E:IRM réalisée avant le traitement par pembrolizumab", "a date"),
    ("E:Chimiothérapie, sauf contre-indication", "no exception of the past: perhaps the present"),
    ("I:Taxane, sauf adjuvant", "among demands nothing says that it was received"),
)
PARTLY = (
    ("E:Anthracyclines déjà reçues > 360 mg/m2", "(anthracycline & ?)"),
    ("E:Traitement antérieur ciblant le PSMA (un radioligand approuvé est permis)", None),
    (
        "I:Aucun taxane antérieur, excepté un cycle d'urgence",
        "not (taxane@adjuvant,locally_advanced,maintenance,metastatic,neoadjuvant | (taxane & ?))",
    ),
    ("E:Traitement systémique antérieur, y compris expérimental, dans les 4 semaines", "(systemic_treatment & ?)"),
    ("I:Pas de taxane antérieur pour le CPRCm", None),
    ("I:Sunitinib reçu antérieurement 2 ans", "sunitinib ; ?"),
    ("I:Réponse insuffisante ou intolérance au ruxolitinib (critères ELN)", "(ruxolitinib & ?)"),
    ("E:Non-réponse à un anti-PD-1 antérieur", "(anti_pd1 & ?)"),
    ("I:Ayant reçu un taxane ou une molécule apparentée", "(taxane | ?)"),
    ("I:N'ayant reçu ni taxane ni molécule apparentée", "not taxane ; ?"),
    ("E:Anti-PD-1, anti-CTLA-4 ou produit apparenté déjà reçus", "anti_ctla4,anti_pd1"),
    ("E:Taxane déjà reçu, ou hormonothérapie > 3 mois", "taxane ; (hormone_therapy & ?)"),
    ("E:Taxane déjà reçu, ou hormonothérapie, dans les 3 mois", "(hormone_therapy,taxane & ?)"),
    (
        "E:Taxane antérieur, sauf en urgence",
        "(taxane@adjuvant,locally_advanced,maintenance,metastatic,neoadjuvant | (taxane & ?))",
    ),
    ("E:Radiothérapie antérieure, sauf en urgence", "(radiotherapy & ?)"),
)


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_read_whole(sentence: str, expected: str) -> None:
    read = read_treatments(_clause(sentence))
    assert read is not None
    assert (" ; ".join(_told(test) for _, _, test in read.tests), read.whole) == (expected, True)


@pytest.mark.parametrize(("sentence", "why"), LEFT)
def test_left_alone(sentence: str, why: str) -> None:
    assert read_treatments(_clause(sentence)) is None, why


@pytest.mark.parametrize(("sentence", "expected"), PARTLY)
def test_read_in_part(sentence: str, expected: str | None) -> None:
    read = read_treatments(_clause(sentence))
    assert read is None or not read.whole
    if expected is not None and read is not None:
        assert " ; ".join(_told(test) for _, _, test in read.tests) == expected


def _clause(sentence: str) -> Clause:
    polarity = Polarity.EXCLUSION if sentence.startswith("E:") else Polarity.INCLUSION
    return Clause(sentence[2:], polarity)


def _told(test: Test) -> str:
    match test:
        case AllOf(parts):
            return f"({' & '.join(map(_told, parts))})"
        case AnyOf(parts):
            return f"({' | '.join(map(_told, parts))})"
        case Not(part):
            return f"not {_told(part)}"
        case Unread():
            return "?"
        case Treated():
            names = [*sorted(test.treatments), *(f"«{name}»" for name in sorted(test.names))]
            settings = f"@{','.join(sorted(test.settings))}" if test.settings else ""
            return f"{','.join(names)}{settings}{'!' if test.outcomes else ''}"
        case _:
            return str(test)
