"""As oncologists dictate: outcomes told behind a name, a group beside the letters, the patient behind the disease."""

from tests.reading.form.rows import row, trap

ROWS = (
    row(
        "poumon",
        "Osimertinib depuis 03/2025, RP puis progression hépatique.",
        "+Osimertinib progression from 2025-03",
        "site=liver",
    ),
    row("poumon", "Pembrolizumab : progression à 6 mois.", "+Pembrolizumab progression"),
    row("prostate", "Enzalutamide puis progression osseuse.", "+Enzalutamide progression", "site=bone"),
    row(
        "estomac",
        "FOLFOX + trastuzumab débuté en 02/2026, 8 cures, réponse puis progression.",
        "+FOLFOX+trastuzumab progression from 2026-02",
    ),
    row(
        "sarcome",
        "Doxorubicine 6 cycles SD, puis trabectédine PD.",
        "+Doxorubicine stable",
        "+trabectédine progression",
    ),
    row("pancréas", "FOLFIRINOX 6 cures : stabilité.", "+FOLFIRINOX stable"),
    trap("mélanome", "Pembrolizumab adjuvant un an, puis progression.", "+Pembrolizumab adjuvant"),
    trap("poumon", "Nivolumab arrêté pour toxicité, progression à 6 mois.", "+Nivolumab stopped toxicity"),
    trap(
        "poumon",
        "Alectinib depuis 03/2024, arrêt en 01/2026, progression ensuite.",
        "+Alectinib stopped from 2024-03 to 2026-01",
    ),
    trap("poumon", "Atézolizumab depuis 02/2026, sans progression.", "+Atézolizumab ongoing from 2026-02"),
    trap("poumon", "Carboplatine-pemetrexed pour progression hépatique.", "+Carboplatine+pemetrexed", "site=liver"),
    trap("côlon", "FOLFOX 12 cures, progression à 2 ans.", "+FOLFOX"),
    trap("sein", "Létrozole, métastases cérébrales stables.", "site=brain"),
    trap("rein", "Pembrolizumab 24 mois puis progression.", "+Pembrolizumab"),
    row("poumon", "Classé cT3N2M0 (IIIB).", "clinical=cT3 cN2 cM0", "group=stade IIIB"),
    row("côlon", "pT4aN2b (9N+/22) M0.", "pathological=pT4a pN2b pM0"),
    row("mélanome", "pT4bN1a, IIIC.", "group=stade IIIC", "pathological=pT4b pN1a"),
    trap(
        "mélanome",
        "pT3bN1aM0 (IIIB ou IIIC).",
    ),
    trap("poumon", "T2N0, III lésions.", "clinical=T2 N0"),
    trap("poumon", "ypT2N1 (IIB).", "y=ypT2 ypN1"),
    row("lymphome", "LBDGC, H 66 ans.", "age=66", "sex=male"),
    row("LAM", "LAM secondaire, patient de 72 ans.", "age=72", "sex=male"),
    row("vessie", "H69, urothélial.", "age=69", "sex=male"),
    row("poumon", "Mme D. 74 ans.", "age=74", "sex=female"),
    row("poumon", "M. Durand, 71 ans.", "age=71", "sex=male"),
    row("anus", "Patiente VIH+, 52 ans.", "age=52", "has VIH", "sex=female"),
    trap("sein", "Rechute, femme opérée à 34 ans.", "+surgery", "phase=relapse"),
    trap(
        "sein",
        "Cancer du sein de sa mère, femme de 52 ans.",
    ),
    row("pancréas", "Localement avancé, non métastatique.", "clinical=M0", "extent=locally_advanced"),
    row("peau", "Non accessible à la chirurgie.", "resectable=no"),
    row("foie", "Cirrhose alcoolique sevrée.", "has Cirrhose alcoolique"),
    row("vessie", "Apte à la cystectomie.", "fit surgery=yes"),
    row("vessie", "Inéligible à la cystectomie.", "fit surgery=no"),
    row("ovaire", "4e ligne discutée.", "line=4"),
    trap(
        "poumon",
        "Anti-PD-L1 discuté.",
    ),
)
