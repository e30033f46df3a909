"""Treatments as syntheses say them, written before the reader knew them. Invented sentences."""

from tests.reading.form.rows import row, trap

PROGRESSES = ("state progression=yes", "state remission=no")

ROWS = (
    # Treatments.
    row(
        "poumon",
        "L1 carboplatine-pémétrexed-pembrolizumab de 01/2025 à 06/2025, réponse partielle.",
        "+carboplatine+pémétrexed+pembrolizumab L1 completed response from 2025-01 to 2025-06",
    ),
    row(
        "côlon", "Exposé à l'oxaliplatine, l'irinotécan et au bévacizumab.", "+oxaliplatine", "+irinotécan+bévacizumab"
    ),
    row("lymphome", "Réfractaire au R-CHOP.", "+R-CHOP progression"),
    row("myélome", "Réfractaire au lénalidomide, exposé au daratumumab.", "+lénalidomide progression", "+daratumumab"),
    row("prostate", "Castration en cours.", "+Castration ongoing"),
    row("prostate", "Sous castration par leuproréline depuis 2023.", "+leuproréline ongoing from 2023"),
    row("sein", "Opérée R0, pas de pCR.", "+surgery"),
    row("côlon", "Opéré en 2022 (pT3N1) puis 6 mois de CAPOX.", "+surgery to 2022", "pathological=pT3 pN1", "+CAPOX"),
    row(
        "prostate",
        "Prostatectomie en 2018, radiothérapie de rattrapage en 2020.",
        "+Prostatectomie to 2018",
        "+radiotherapy to 2020",
    ),
    row(
        "sein",
        "Progression sous létrozole-palbociclib en septembre 2026.",
        "+létrozole+palbociclib progression until 2026-09",
        *PROGRESSES,
    ),
    row(
        "poumon",
        "Radiochimiothérapie terminée en 04/2026 puis durvalumab d'entretien en cours.",
        "+radiotherapy to 2026-04",
        "+chemotherapy completed to 2026-04",
        "+durvalumab maintenance ongoing",
    ),
    row(
        "ovaire",
        "6 cycles de carboplatine-paclitaxel, dernier le 18/05/2026.",
        "+carboplatine-paclitaxel to 2026-05-18",
    ),
    row("ovaire", "Dernière cure de carboplatine le 03/04/2026.", "+carboplatine to 2026-04-03"),
    row("rein", "Nivolumab-ipilimumab en L1, arrêt pour colite.", "+Nivolumab-ipilimumab L1 stopped toxicity"),
    row(
        "mélanome",
        "Pembrolizumab adjuvant arrêté en 2025 pour hépatite.",
        "+Pembrolizumab adjuvant stopped toxicity to 2025",
    ),
    row("LAM", "J68 de l'allogreffe.", "+allogreffe from 2026-09-16"),
    row("LAM", "Induction 7+3 puis consolidation par aracytine haute dose.", "+7+3"),
    row(
        "myélome",
        "Autogreffe en 03/2022, entretien par lénalidomide jusqu'en 2025.",
        "+Autogreffe from 2022-03",
        "+lénalidomide maintenance to 2025",
    ),
    row("foie", "2 séances de TACE en 2025.", "+TACE to 2025"),
    row(
        "thyroïde",
        "Thyroïdectomie totale et irathérapie en 2019, réfractaire à l'iode.",
        "+Thyroïdectomie totale",
        "+irathérapie from 2019",
    ),
    row("poumon", "N'a jamais reçu d'anti-PD-1.", "-anti-PD-1"),
    row("poumon", "Jamais traité par immunothérapie.", "-immunotherapy"),
    row("sein", "Pas de chimiothérapie antérieure.", "-chemotherapy"),
    row("prostate", "Naïf de docétaxel et d'ARSI.", "-docétaxel", "-ARSI"),
    row(
        "poumon",
        "Aucun traitement systémique antérieur.",
        "-systemic_treatment",
    ),
    row("sein", "Hormonothérapie adjuvante toujours en cours.", "+hormone_therapy adjuvant ongoing"),
    row("poumon", "Osimertinib en cours depuis 2024.", "+Osimertinib ongoing from 2024"),
    row("ORL", "Cétuximab-5FU-cisplatine (EXTREME), 6 cures, progression à 2 mois.", "+Cétuximab+5FU-cisplatine"),
    row("pancréas", "FOLFIRINOX x 8 en première ligne, progression.", "+FOLFIRINOX L1 progression"),
    row("côlon", "FOLFOX-bévacizumab (L1, 12 cures, fin 03/2025).", "+FOLFOX+bévacizumab L1 completed to 2025-03"),
    row("lymphome", "CAR-T (axi-cel) en 05/2025.", "+axi-cel from 2025-05"),
    row("poumon", "Stéréotaxie sur la surrénale gauche en janvier 2026.", "+Stéréotaxie to 2026-01"),
    row("sein", "3 lignes antérieures."),
    trap("poumon", "Pembrolizumab récusé en raison d'une polyarthrite.", "has polyarthrite"),
    trap("poumon", "Patient refusant la chimiothérapie."),
    trap("sein", "Trastuzumab deruxtecan à débuter le 01/12/2026."),
    trap("côlon", "Chirurgie hépatique à rediscuter après 4 cures de FOLFIRI."),
    trap("prostate", "Pas d'indication à un docétaxel."),
    trap("poumon", "On retient une chimiothérapie par carboplatine-pémétrexed."),
    trap("rein", "Éventuelle néphrectomie de cytoréduction."),
    trap("poumon", "Radiothérapie antalgique programmée."),
)
