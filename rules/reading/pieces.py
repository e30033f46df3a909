"""What one clause says of several: two predicates of one sentence, and what a parenthesis asks of some patients only.

« Le patient a reçu A et n'a pas B » asks A and the absence of B. « Échec d'une ligne (les patients EGFR mutés doivent
avoir reçu un inhibiteur d'EGFR) » asks the inhibitor of those patients alone. Each piece is then read by itself.
"""

import re
from dataclasses import replace

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.reading.conditional_tails import tail_apart
from rules.reading.frames import PEOPLE
from rules.reading.lines.lines_of_which import lines_of_which
from rules.reading.markers.tokens import names_something
from rules.reading.segments import in_parenthesis
from rules.reading.subordinate import without_uncounted
from rules.reading.treatments.residual import residual
from rules.reading.treatments.responses_apart import response_apart

_WHOM = (
    rf"(?:(?:les? |la |l'|the |tous les |all )?{PEOPLE} |"
    r"(?:pour|chez|parmi|si|en cas d|lorsque|for|if|in case of|among|in) )"
)
_DUTY = (
    r"(?:doi(?:t|vent)|devr(?:a|ont)|must|should|(?:est|sont|is|are) (?:exige\w*|requis\w*|obligatoire\w*|required|"
    r"mandatory)|"
    r"exige\w*|requis\w*|obligatoires?|required|mandatory|imperati\w*)\b"
)
_OF_SOME = re.compile(
    rf"\s?[(\[]\s?(?P<said>{_WHOM}(?:[^()\[\]:]{{2,80}}?:\s?(?=\S)[^()\[\]]*|"
    rf"[^()\[\]]{{3,90}}?\b{_DUTY}[^()\[\]]*))[)\]]"
)
"""« (les patients EGFR mutés doivent avoir reçu … ) », « (pour les BRAF mutés : … ) »."""
_NOT_ASKED = re.compile(
    r"\b(?:autoris\w*|accept\w*|permis\w*|toler\w*|possibles?|admis\w*|allowed|permitted|acceptable|peu(?:ven)?t|may|"
    r"can|"
    r"recommand\w*|pas (?:exige|requis|obligatoire)\w*|non (?:exige|requis|obligatoire)\w*|not (?:required|mandatory)|"
    r"recist|contracep\w*|grossesse|pregnan\w*)\b"
)
_NEXT = hinted(
    r",?\s(?:et|and|mais|but)\s(?:(?:(?:que |qui )?(?:il|elle|ils|elles|le patient|la patiente|les patient\w*|they|"
    r"he or she|the patient)\s)?"
    r"(?=(?:n'(?:a|ont|est|sont|ayant|y)\b|ne\s|doi(?:t|vent)\b|devr(?:a|ont)\b|(?:a|ont) (?:deja )?(?:recu|ete|eu|"
    r"progress|termin|subi|beneficie|echoue)\w*\b|must\b|ha(?:s|ve) (?:not )?(?:received|had|been|progressed|no )|"
    r"do(?:es)? not\b|(?:est|sont) (?:en|age|atteint|porteu)\w*))|"
    r"(?=(?:la tumeur|le cancer|la maladie|the tumou?r|the disease) (?:est|a|doit|porte|presente|is|has|must)\b))"
)
"""Where a second predicate begins: « et n'a pas … », « and must have … »."""
_A_VERB = re.compile(
    r"\b(?:a|ont|est|sont|doi(?:t|vent)|devr(?:a|ont)|must|has|have|had|is|are|presente\w*|porte\w*|il|elle)\b"
)


def pieces_of(clause: Clause) -> list[Clause]:
    """The clauses that an inclusion is made of; the clause itself where it is one."""
    if clause.polarity is not Polarity.INCLUSION:
        return [clause]
    clause = without_uncounted(clause)
    if last := _last_out(clause):
        return [
            replace(clause, text=clause.text[: last.start()]),
            replace(clause, text=clause.text[last.start("last") :]),
        ]
    for told_apart in (tail_apart, response_apart, lines_of_which, residual):
        if apart := told_apart(clause):
            return apart
    text, asides = _without_asides(clause)
    main = clause if text == clause.text else Clause(text, clause.polarity, clause.organs)
    return [*_predicates(main), *(Clause(aside, clause.polarity, clause.organs) for aside in asides)]


_LAST_OUT = re.compile(r",\s(?P<last>(?!meme\b|y compris|ou\b|et\b)[^,;:()]+?\s(?:exclue?|excluded))\W*$")


def _last_out(clause: Clause) -> re.Match[str] | None:
    """« HER2 négatif, triple négatif exclu »: the verdict is of the last marker, what stands before it is asked."""
    match = _LAST_OUT.search(clause.plain) if "exclu" in clause.plain else None
    if match is None or re.search(r"\b(?:ou|et|or|and)\b", match["last"]):
        return None
    sides = (clause.text[: match.start()], match["last"])
    return match if all(names_something(replace(clause, text=side)) for side in sides) else None


def _without_asides(clause: Clause) -> tuple[str, list[str]]:
    """The clause without what is asked of some in parentheses, and those demands."""
    if "(" not in clause.text and "[" not in clause.text:
        return clause.text, []
    kept, asides, start = "", [], 0
    for match in _OF_SOME.finditer(clause.plain):
        behind_words = clause.plain[: match.start()].strip()
        if _NOT_ASKED.search(match["said"]) or not behind_words or in_parenthesis(clause.plain, match.start()):
            continue
        kept += clause.text[start : match.start()]
        asides.append(clause.text[match.start("said") : match.end("said")].strip())
        start = match.end()
    return (kept + clause.text[start:], asides) if asides else (clause.text, [])


def _predicates(clause: Clause) -> list[Clause]:
    """The predicates of a sentence, each with its own verb; « si » and exceptions bind what follows them."""
    cuts = [
        match
        for match in _NEXT.finditer(clause.plain)
        if not in_parenthesis(clause.plain, match.start())
        and _A_VERB.search(clause.plain, 0, match.start())
        and not _BINDS.search(clause.plain, 0, match.start())
        and not _SET_APART.search(clause.plain, match.end())
    ]
    if not cuts:
        return [clause]
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(clause.text)]
    parts = [clause.text[start:end].strip(" ,") for start, end in zip(starts, ends, strict=True)]
    return [Clause(part, clause.polarity, clause.organs) for part in parts if part]


_SET_APART = re.compile(r"\bou bien\b|, ?ou (?:alors|ils?|elles?)\b")
"""« A et n'est pas B, ou bien C »: C stands against both."""
_BINDS = re.compile(
    r"\b(?:si|s'il|s'ils|sauf|lorsque|quand|dont|lesquel\w*|laquelle|if|unless|when|who|which|that|in whom|qui|ou|or|"
    r"soit|"
    r"either|a condition|provided|chez)\b"
)
