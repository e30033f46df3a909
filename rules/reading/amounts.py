"""How many cycles or doses of a treatment were given: « 3 ou 4 cycles de A », « A (au moins 6 cures) ».

Whether there were so many is confirmed at screening; that the treatment was given is asked. An amount that is only a
limit (« au plus 2 cycles de A ») asks for none of it, unless it stands in a parenthesis behind what is asked.
"""

import re
from collections.abc import Callable

from rules.criteria import Kind, Not, Polarity, Unread, leaves
from rules.hinted import hinted
from rules.reading.clause import plain
from rules.reading.joining import Read, Row

FOR_SCREENING: Row = (Kind.OTHER, False, Unread(Kind.OTHER))
"""How many cycles there were is confirmed at screening."""

_N = (
    r"(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve)"
)
_LEAST = (
    r"(?:≥|> ?=|(?:d')?au moins|(?:d'un )?minimum(?: de| of)?|au minimum|at least|a minimum of|plus d(?:e |')|>|"
    r"more than)"
)
_UNIT = (
    r"(?:cycles?|cures?|doses?|injections?|perfusions?|infusions?|courses?|administrations?|instillations?|"
    r"sequences?)"
)
_FULL = r"(?: (?:complete?s?|entiere?s?|full|consecuti\w+|recue?s?|administree?s?))?"
_RANGE = rf"{_N}(?:\s?(?:a|-|–|ou|et|to|or)\s?{_N})?"
_LIMIT = r"(?:≤|<|au plus|au maximum|max(?:imum)?\.?(?: de)?|at most|up to|jusqu'a|moins d(?:e |')|less than)"
_AMOUNT = hinted(
    rf"(?<![\w<≤])(?:{_LEAST}\s?)?{_RANGE}\s?{_UNIT}{_FULL} (?:d'une? |d'|de |du |des |of an? |of )"
    r"(?!(?:plus|moins|more|less|l1|l2|premiere|deuxieme|first|second|traitement|treatment)\b)"
)
_ASIDE = hinted(
    rf"\s?,?\s?\(\s?(?:(?:{_LEAST}|{_LIMIT})\s?)?{_RANGE}\s?{_UNIT}{_FULL}"
    r"(?: (?:minimum|au minimum|au moins|max(?:imum)?\.?|au maximum|au plus))?\s?\)"
)
_BEHIND = hinted(rf",\s?{_LEAST}\s?{_RANGE}\s?{_UNIT}{_FULL}(?=\s*(?:$|[,;.]))")
_EVERY = hinted(r"\s?,?\(?\s?(?:toutes les \d semaines|every \d weeks|q\d ?w|q\d ?sem|hebdomadaires?|weekly)\s?\)?")
_ONLY_A_LIMIT = re.compile(
    rf"(?:{_LIMIT}|pas plus d(?:e |')|no more than|fewer than|moins de|pas|sans|jamais|aucun\w*|sauf|hors|except\w*|"
    r"unless|si|if|ou|or|not|no|non|hormis|entre|between|toleree?s?|:)\s?$"
)
_TO_COME = re.compile(
    r"\b(?:prevue?s?|planifi\w*|planned|programm\w*|recevr\w+|recevoir|will|avant (?:la|une|leur) (?:chirurgie|"
    r"greffe)|candidat\w*|eligib\w*|inelig\w*|au plus|maximum|max|accept\w*|autoris\w*|permis\w*|toler\w*|allowed|"
    r"permitted|possibles?|sauf|hors|except\w*|unless|(?:chimio|immuno|hormono)\w*-?naiv\w*|cohorte?s?|bras|si|if)\b"
)
_TELLS = re.compile(
    r"\b(?:recue?s?|anter\w*|deja|apres|sous|suite|progress\w*|termin\w*|prealab\w*|prior|previous\w*|received|after|"
    r"following|pre-?trait\w*|traitee?s?|treated|completed|beneficie\w*|suivie?s?|echec|refract\w*|administree?s?)\b"
)


def with_amounts(text: str, polarity: Polarity, read: Read, again: Callable[[str, Polarity], Read]) -> Read | None:
    """A demand read without its amounts, where that reads all the rest; None where it has none or says no more."""
    if polarity is Polarity.EXCLUSION or read.whole:
        return None
    shorter = _without(text)
    if shorter is None:
        return None
    told = again(shorter, polarity)
    asks = [leaf for _, _, test in told.tests for leaf in leaves(test)]
    if not told.whole or any(isinstance(leaf, Unread) and leaf.kind is not Kind.OTHER for leaf in asks):
        return None
    if not any(kind is Kind.PRIOR_TREATMENT for kind, _, _ in told.tests):
        return None
    if any(isinstance(test, Not) for _, _, test in told.tests):
        return None
    return Read((*told.tests, FOR_SCREENING), True, told.permits)


def _without(text: str) -> str | None:
    """The text without amounts that are no limits of it; with a word that it was given where none is left."""
    told = plain(text)
    found = [one for one in _AMOUNT.finditer(told) if not _ONLY_A_LIMIT.search(told[: one.start()])]
    aside = [*_ASIDE.finditer(told), *_BEHIND.finditer(told)]
    if not (found or aside):
        return None
    every = list(_EVERY.finditer(told)) if found else []
    cuts = sorted(one.span() for one in (*found, *aside, *every))
    left, at = "", 0
    for start, end in cuts:
        left += text[at:start] if start >= at else ""
        at = max(at, end)
    left += text[at:]
    folded = plain(left)
    if _TO_COME.search(folded) or not left.strip():
        return None
    return left if _TELLS.search(folded) else f"A reçu {left}"
