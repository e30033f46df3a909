"""« Au moins 2 lignes dont 1 en situation métastatique »: what is counted before may have been around surgery.

Lines are counted of advanced disease. Of two lines of which one was for it, the other may be one of those or treatment
around surgery.
"""

import re
from dataclasses import replace

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.reading.clause import Clause

_ONE = r"(?:1|une?|one)"
_LATE = (
    r"(?:(?:pour|en|au|a|in|for|dans|de|of)\s(?:la |le |l'|un |une |the |a )?(?:(?:maladie|situation|stade|phase|"
    r"disease|"
    r"setting|cancer) )?(?:localement )?(?:avancee?|metastatique|advanced|metastatic|m\+)"
    r"(?:\s?(?:ou|/|or|et)\s?(?:localement )?(?:avancee?|metastatique|advanced|metastatic))?(?: disease| setting|"
    r" cancer)?)"
)
_OF_WHICH = hinted(
    r"(?P<count>(?:au moins|≥|> ?=|at least|minimum(?: de)?)\s?(?:2|deux|two)\s(?:(?:prior|previous|chemotherapy|"
    r"systemic|"
    r"anterieures) )*(?:lignes?|lines?|"
    r"regimens?|schemas?|chimiotherapies|systemic (?:treatments|therapies|regimens))(?P<of>[^,;:()]{0,50}?)),?\s\(?"
    rf"(?:(?:dont|including|incluant|parmi lesquel\w+|with)\s(?:au moins |at least )?{_ONE}(?: ligne| line)?|"
    rf"(?:au moins |at least )?{_ONE} of (?:which|them))\s{_LATE}\)?(?=\s*(?:$|[,;.)]))"
)


def lines_of_which(clause: Clause) -> list[Clause] | None:
    """What stands before, one line of advanced disease, and another or treatment around surgery."""
    match = _OF_WHICH.search(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    if match is None or _DENIED.search(clause.plain[: match.start()]):
        return None
    chemo = re.search(r"chimio|chemo", match[0])
    sort = "chimiothérapie" if chemo else "traitement systémique"
    around = "une chimiothérapie néoadjuvante ou adjuvante" if chemo else f"un {sort} néoadjuvant ou adjuvant"
    head = _LINK.sub("", clause.text[: match.start()]).strip(" ,:")
    rest = clause.text[match.end() :].strip(" ,.;")
    told = [
        head,
        f"au moins une ligne de {sort} en situation métastatique",
        f"au moins 2 lignes de {sort}, ou ayant reçu {around}",
        rest,
    ]
    return [replace(clause, text=one) for one in told if one and re.search(r"\w", one)]


_LINK = re.compile(
    r"(?i)[\s,]*(?:pr[ée]-?trait[ée]e?s? (?:par|avec)|ayant re[çc]u|(?:have |has |having )?(?:received|had)|apr[èe]s|"
    r"after|"
    r"previously treated with)\s*$"
)
_DENIED = re.compile(r"\b(?:pas|sans|aucun\w*|no|not|without|jamais|ou|or|si|if|sauf)\b[^,;]*$")
