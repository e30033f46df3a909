"""The last of several treatments, asked of some only: « A, B et C si RAS sauvage », « A with B, if eligible ».

What stands before it is asked of everybody. The condition is a marker, or what the patient can have; any other may be
meant of all that is named, and is left to those who read conditions.
"""

import re
from dataclasses import replace

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.markers import MARKER_NAMES
from rules.reading.clause import Clause
from rules.treatments import find_treatments

_IF = r"(?:si|s'il est|s'ils sont|if|en cas de|in case of|lorsque|when|chez les|dans les|for|pour les)"
_JOINT = r"(?:,? (?:et|and|plus|avec|with|ainsi que|as well as)|,|\s?\+)"
_DET = r"(?:(?:un|une|a|an|le|la|l'|du|des|de|d'|the|par)\s?(?<=[\s']))*"
_ONE = r"(?:(?!\b(?:et|and|avec|with|plus)\b)[^,;:()]){3,60}"
_LAST_IF = hinted(
    rf"{_JOINT}\s(?:,\s?)?(?:"
    rf"(?P<open>\(?){_IF}\s?(?P<when>[^,;:()]{{3,60}}),\s?(?P<last>{_ONE})|"
    rf"(?P<what>{_DET}{_ONE}?)(?:,\s?|\s)\(?{_IF}\s(?P<then>[^,;:()]{{3,60}})\)?)\W*$"
)
_CAN_HAVE = re.compile(
    r"^\W*(?:(?:clinically |cliniquement |clinically|deemed |juge\w* |est |is |are |le patient est |the patient is |"
    r"patient )*)"
    r"(?:(?:eligib|indiqu|indicat|disponib|availab|possib|appropri|accessib|rembours|reimburs|applicab|approuv|"
    r"approved|"
    r"toler|adapt|suitab|faisab|feasib|pertinent|relevant|justifi)\w*|(?:non|not|pas de|no) contre-?\s?indi\w*|"
    r"(?:not |no )contraindi\w*|(?:l')?absence de contre-indication)(?: (?:par l'amm|localement|locally|"
    r"en france))?\W*$"
)
_HAD = re.compile(
    r"\b(?:re[c]ue?s?|received|pre-?traite\w*|traite(?:e|s|es)? (?:par|avec)|treated with|pretreated|progress\w*|"
    r"refractai\w*|refractory|resistan\w*|intoleran\w*|echecs?|echappement|fail\w*|apres|after|expose\w*|exposed)\b"
)
_NONE = re.compile(
    r"\b(?:n'|ne\b|pas\b|aucun\w*|sans\b|jamais\b|non[- ]|naif|naive|vierge|no\b|not\b|never\b|without\b|absence|"
    r"eligib|candidat|relev|prevu|planned|devant\b|autoris|permis|allowed|accept|sauf\b|hors\b|except|avant\b|before\b)"
)
_ONE_OF_MANY = re.compile(r"\b(?:ou|or)\b")


def tail_apart(clause: Clause) -> list[Clause] | None:
    """What is asked of all, and the last treatment under its condition; None where the clause is not of that shape."""
    match = _LAST_IF.search(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    if match is None or "(" in clause.plain[: match.start()]:
        return None
    names = ("when", "last") if match["when"] else ("then", "what")
    when, last = (clause.text[slice(*match.span(name))].strip() for name in names)
    head = clause.text[: match.start()].rstrip(" ,")
    if not (MARKER_NAMES.find(when) or _CAN_HAVE.match(clause.plain[slice(*match.span(names[0]))])):
        return None
    before = clause.plain[: match.start()]
    if _NONE.search(before) or not _HAD.search(before):
        return None
    if not (find_treatments(last) and _ends_in_a_treatment(head)):
        return None
    if not match[0].startswith(",") or _AND.match(match[0]):
        head = _AND_LAST.sub(r" et \g<last>", head)
    return [replace(clause, text=head), replace(clause, text=f"si {when} : ayant reçu {_bare(last)}")]


_AND = re.compile(r"\W*(?:et|and|plus|ainsi|as well)\b|\s?\+")
_AND_LAST = re.compile(r",\s(?P<last>(?!et |and |ou |or )[^,]+)$")
"""« A, B, C » of « A, B, C et D »: each of them."""


def _ends_in_a_treatment(head: str) -> bool:
    """Whether the list that is cut open names treatments, and is no choice between them."""
    last = re.split(r",|\+| et | and ", head)[-1]
    return bool(find_treatments(last)) and not _ONE_OF_MANY.search(last)


def _bare(last: str) -> str:
    return re.sub(r"^(?:(?:un|une|an?|le|la|du|des|de|the|par)\s|[ld]['’])+", "", last)
