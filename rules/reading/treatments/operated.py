"""A tumour that was operated on: « CBNPC réséqué de stade II », "completely resected", « opéré par néphrectomie ».

How completely is confirmed at screening. What can, shall or may not be operated on is told by others; so are
metastases, which are not the tumour. Never read among exclusions.
"""

import re

from rules.criteria import AllOf, Kind, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.segments import in_parenthesis
from rules.treatments import TREATMENTS, find_treatments

_WHOLLY = (
    r"(?:(?:completement|totalement|entierement|macroscopiquement|integralement|completely|fully|radically|"
    r"macroscopically|curatively) )"
)
_HOW = r"(?:(?:chirurgicalement|surgically|deja|already|prealablement|previously) )"
_OPERATED = hinted(
    rf"(?<![\w-])(?P<wholly>(?:{_WHOLLY}|{_HOW})*)(?:resequee?s?|operee?s?|resected|operated(?: on)?)(?![\w-])"
    r"(?P<margin>(?:\s(?:en |in |with )?\(?r(?P<r>[012])(?:\s?(?:/|-|ou|or|et)\s?r[012])*\)?)?)"
    r"(?P<after>(?:\s(?:chirurgicalement|surgically|a visee curative|with curative intent|en totalite|"
    r"completement|completely))*)(?P<by>\s(?:par|by)\s(?P<what>[^,;:().]{4,60}))?"
)
_NOT = re.compile(
    r"(?:\b(?:ou|or|et/ou|non|not|pas|jamais|never|sans|without|no|un|peut|peuvent|pouvant|can|may|could|etre|be|"
    r"will|sera|seront|"
    r"doit|doivent|must|a|to|avant d'etre|pourra|devra|potentiellement|potentially|si|if|in)[\s-]*(?:encore |yet |ete |"
    r"been |etre |be |incompletement |partiellement )*|incompletely |incompletement |partiellement |partially |"
    r"\bmets?\.?\s)$"
)
_OF_ELSE = re.compile(
    r"\b(?:metasta\w*|in situ|basocellul\w*|superficiel\w*|mets?\b\.?|avec ou sans|with or without|lesions?|"
    r"ganglion\w*|nodes?|autres?|other|antecedents?|"
    r"history|recidives?|cerebra\w*|brain|"
    r"polypes?|adenomes?|fracture\w*|patients? (?:non|not))\b[^,;:.]*$|\b(?:biops|ponction)\w*\s(?:ou|or|et/ou)\s$"
)


def operated(clause: Clause) -> list[Found]:
    """Where a clause says that the tumour was operated on."""
    if clause.polarity is Polarity.EXCLUSION:
        return []
    found = []
    for match in _OPERATED.finditer(clause.plain):
        before = clause.plain[: match.start()]
        if _NOT.search(before) or _OF_ELSE.search(before) or _GOES_ON.match(clause.plain, match.end()):
            continue
        if in_parenthesis(clause.plain, match.start()):
            continue
        end, by = _by(clause, match)
        wholly = _WHOLE.search(f"{match['wholly']}{match['after']}") or match["margin"].strip(" ()") == "r0"
        test: Test = Treated(treatments=by)
        if wholly:
            test = AllOf((test, Unread(Kind.OTHER)))
        found.append(Found(match.start(), end, test, Kind.PRIOR_TREATMENT))
    return found


_GOES_ON = re.compile(
    r"\s?(?:ou|or|/|et/ou)\s(?:non|not|pas)\b|\s(?:de |d'|du |des |for |pour |of )(?!stade|haut|risque)|"
    r",?\s?(?:\b(?:ou|or|et/ou)\b|/)|,\s(?:resecab|operab|non\b|inoper|unresec|resectab|[^,;:]*:)|[^;]*:"
)
_WHOLE = re.compile(r"compl|total|entier|macro|integr|fully|radic|curative")


def _by(clause: Clause, match: re.Match[str]) -> tuple[int, frozenset[str]]:
    """Where it ends, and which operation it was where that is told."""
    end = match.start("by") if match["by"] else match.end()
    named = find_treatments(clause.text[slice(*match.span("what"))]) if match["by"] else []
    if len(named) != 1 or match["what"][: named[0].start].strip() not in _ARTICLES:
        return end, _SURGERY
    (one,) = named
    ids = frozenset(id_ for part in one.components for id_ in part)
    surgical = len(one.components) == 1 and all(TREATMENTS.covers("surgery", id_) for id_ in ids)
    return (match.start("what") + one.end, ids) if surgical else (end, _SURGERY)


_ARTICLES = frozenset({"", "une", "un", "a", "an"})
_SURGERY = frozenset({"surgery"})
