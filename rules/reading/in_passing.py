"""What is told in passing: how a progression was seen, that a status is known, that a driver has its therapy.

Each is written as the readers know it; what may change the meaning (one sort of progression, a gene for which no
therapy is known) is left as it stands.
"""

from rules.hinted import hinted

_ADJ = (
    r"(?:clini(?:que|cal)(?:ment)?|radiologi(?:que|cal)(?:ment)?|radiographi(?:que|c)|radio|biologique|biochimique|"
    r"PSA|osseuse|[àa] l'imagerie|documentée?|confirmée?|objective)"
)
_BACK = r"(?P<p>progression|r[ée]cidive|rechute|PD)"
_DRIVER = (
    r"\b(?:l'|de |d'|du |un r[ée]arrangement |une fusion |une mutation )*"
    r"(?:EGFR|ALK|ROS-?1|RET|BRAF ?V600E?|NTRK(?: ?1(?:[/-]\d)+)?|"
    r"MET(?: ?ex(?:on)? ?14| ?\((?:saut|skipping)[^()]*\)))"
)
"""What a targeted therapy is approved for in lung cancer (EMA), whatever the line; not every BRAF or MET has one."""
_MARKER = r"(?P<m>PD-?L1|HER2|MSI|MMR|BRCA|HPV|p16|EGFR|ALK|KRAS|BRAF|TMB)"
_WHATEVER = (
    r",? quel(?:le)? (?:qu'il soit|que soit (?:le |la )?(?:score|r[ée]sultat|niveau|taux|valeur|statut)"
    r"(?: d'expression)?)"
)
TOLD_IN_PASSING = (
    (hinted(r",\s?(?:\.{3}|…)(?=\s?\))"), "…"),
    (
        hinted(
            r"(?i)\bdrivers? (?:oncog[ée]niques?|mol[ée]culaires?)(?: (?:connu|identifi[ée]|document[ée])s?)?(?= ?\()"
        ),
        "altération driver",
    ),
    (
        hinted(
            rf"(?P<l>{_DRIVER}(?:\s?(?:,|/|ou|et/ou|or)\s?{_DRIVER})*),? "
            r"(?:pour l(?:a|es)?quel(?:le|les|s)?|for which) (?:une? |il existe une? |a |an )?"
            r"(?:traitements?|th[ée]rapies?|targeted therap(?:y|ies)|treatments?)(?: cibl[ée]e?s?)?"
            r"(?: (?:est|sont|existe|is|are))?"
            r"(?: (?:disponibles?|approuv[ée]e?s?|valid[ée]e?s?|available|approved))?(?=\s*(?:$|[,;.)]))"
        ),
        r"\g<l>",
    ),
    (
        hinted(
            rf"(?i)\bstatut {_MARKER} (?:fourni|renseign[ée]|disponible|document[ée]|d[ée]termin[ée]|obtenu)\b"
            rf"(?:{_WHATEVER})?"
        ),
        r"statut \g<m> connu",
    ),
    (hinted(rf"(?i)(?:\bstatut )?\b{_MARKER} connu{_WHATEVER}"), r"statut \g<m> connu"),
    (
        hinted(
            r"(?i),? sur (?:des |les )?tests? (?:de routine|locaux|locales|standards?)(?: (?:locaux|de routine))?,?"
        ),
        "",
    ),
    (
        hinted(
            rf"(?i)\b{_BACK} {_ADJ}(?:\s?(?:,|/|et/ou|et|ou|and/or|or)\s?{_ADJ})+"
            r"(?= (?:sous|pendant|apr[èe]s|malgr[ée]|au cours|lors|durant|on|after|during|depuis))"
        ),
        r"\g<p>",
    ),
    (hinted(rf"(?i)\b{_BACK} radio(?= (?:sous|pendant|apr[èe]s|malgr[ée]|au|lors))"), r"\g<p>"),
    (
        hinted(
            r"(?i)\b[ée]checs?,? \((?:par )?progression (?:ou|et/ou) (?:intol[ée]rance|toxicit[ée])"
            r"(?: inacceptable)?\) (?:d'une? |d'|de |du |[àa] une? |[àa] |aux? )(?:ant[ée]rieure? )?"
        ),
        "Progression ou intolérance sous ",
    ),
    (hinted(r"(?i)\ballogreffes?(?= ou (?:greffe|transplantation)s? d['’]organe)"), "allogreffe de cellules souches"),
)
"""The pattern, and what is read for it."""
