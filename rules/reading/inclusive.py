"""What an inclusion takes in besides what it names: « A, y compris B », « A incluant B », « A, B inclus ».

Sponsors write so what others write as a list. B then narrows nothing: a tumour stands beside A as one of a list, and
a site, a stage or a form of the disease that A may have as well is left out. Other words behind « y compris »
(treatments, findings of a test) are left to those who read them.
"""

import re
from collections.abc import Sequence

from rules.hinted import hinted
from rules.histologies import HISTOLOGIES
from rules.kinds import Polarity
from rules.organs import ORGANS
from rules.reading.clause import Clause, plain
from rules.reading.segments import in_parenthesis
from rules.reading.tumours.names import Name, names
from rules.text import tokens

_ARTICLE = r"(?:(?:le|la|les|des|une?|du|de la|the|an?|ceux de|celui de|celle de|ceux du) |l')?"
_CUE = hinted(
    r"(?:,\s|\s|\s?\()(?:y compris|incluant|including|notamment|dont(?= l| d))\s"
    rf"(?P<article>{_ARTICLE})(?P<what>[^;:.()]+)"
)
_LAST = hinted(
    rf"(?:,\s|\s?\(|\set )(?P<article>{_ARTICLE})(?P<what>[^;:.(),]{{3,90}}?)\s"
    r"(?:(?:sont |est |sera |seront )?(?:y )?compris(?:es?)?|(?:est |sont )?(?:aussi |egalement )?inclus(?:es?)?|"
    r"included)(?P<if> (?:a condition|sous reserve|si|tant que|pourvu)\b[^;()]*)?"
    r"(?=\s*(?:$|[,;.)]))"
)
_HINT = re.compile(r"compris|inclu|notamment|dont")
_FORMS = (
    r"(?:formes?|variantes?|variants?|sous-types?|histologies?|types?|contingents?|composantes?|differenciations?|"
    r"tumeurs?|maladies?|lesions?|localisations?|sites?|patients? (?:avec|ayant|presentant|porteurs? d(?:e |'|es ))|"
    r"(?:those|patients) with|subtypes?|components?|tous les|toutes les|all)"
)
_STATE = (
    r"(?:metasta\w*|atteintes?|envahissements?|extensions?|localisations?|recidiv\w*|rechut\w*|refractaires?|"
    r"oligometasta\w*|carcinoses?|localement|avancee?s?|locaux|locale?s?|regiona\w*|ganglion\w*|cerebra\w*|cerveau|snc|"
    r"systeme|nerveux|central|osseuses?|os|hepatiques?|pulmonaires?|peritonea\w*|viscera\w*|leptomening\w*|mening\w*|"
    r"asymptomatiques?|stables?|traitee?s?|synchrones?|metachrones?|brain|metastas\w*|disease|recurren\w*|spread|"
    r"involvement|de novo|d'emblee|stades?|stages?|patients?|ayant|presentant|pleura\w*|resecables?|operables?|"
    r"chez|homme|symptomatiques?|i{1,3}[abc]?|iv[abc]?|[tnm]\d[a-d]?|distance|"
    r"avec|sans|with|without|les|la|le|l|des|de|du|d|a|au|aux|et|ou|and|or|en|une?|the|of)"
)
_ONLY_STATES = re.compile(rf"(?:{_STATE}(?:[\s,/'-]+|$))+")
_TELLS_A_STATE = re.compile(
    r"chez l'homme|metasta|atteinte|envahiss|extension|recidiv|rechut|refract|carcinose|localis|local|ganglion|"
    r"cerebr|mening|stade|stage|recurren|involvement|d'emblee|de novo|\bi{1,3}[abc]?\b|\biv[abc]?\b|[tnm]\d"
)
_WORDS_BESIDE = (
    "forme variante variant sou type histologie rare primitif primitive tumeur cancer carcinome patient atteint "
    "atteinte avec un une le la les l de du des d et ou and or the of a au aux en egalement aussi notamment y compris "
    "toute tou maladie syndrome localise localisee site origine subtype form tumour tumor ainsi que autre"
)
_BY_THE_WAY = frozenset(_WORDS_BESIDE.split())
_LIST_AND = re.compile(r"(?i)\s(?:et|and)\s(?:(?:le|la|les|des|une?|du|the)\s|l['’]|d['’])?")
_SOLID = hinted(r"\b(?:tumeurs?|cancers?) solides?\b|\bsolid (?:tumou?rs?|cancers?)\b|\bhemopathies?\b")
_FORM_FIRST = re.compile(rf"(?i){_FORMS}\s(?=\w{{5}})")


def taking_in(text: str, polarity: Polarity) -> str:
    """The text of an inclusion with what it takes in besides written as one of a list, or left out."""
    if polarity is not Polarity.INCLUSION or not _HINT.search(folded := plain(text)):
        return text
    for pattern in (_CUE, _LAST):
        for match in reversed([*pattern.finditer(folded)]):
            text = _rewritten(text, match) or text
        folded = plain(text)
    return text


def _rewritten(text: str, match: re.Match[str]) -> str | None:
    """The text with one such aside rewritten; None where it is none that changes nothing."""
    head = text[: match.start()]
    opened = match[0].lstrip().startswith("(")
    closing = text.find(")", match.end())
    if not head.strip() or in_parenthesis(head, len(head)) or (opened and text[match.end() : match.end() + 1] != ")"):
        return None
    end = match.end() + 1 if opened and closing >= 0 else match.end()
    what, rest = text[match.start("what") : match.end("what")], text[end:]
    if match.groupdict().get("if") and not _is_form(match):
        return None
    of_it = "dont" in match[0][: match.start("what") - match.start()]  # « dont la composante est … » is asked
    listed = _listed(head, what, rest)
    if of_it:
        return listed
    kept = _without(head, what)
    return f"{kept}{rest}" if kept is not None else listed or _of_what_is_named(head, what, rest, form=_is_form(match))


def _without(head: str, what: str) -> str | None:
    """What stays where a part of the tumour, people or a state is taken in; None where it is none of them."""
    folded = plain(what)
    part = _OF_A_PART.match(folded) or _OF_PEOPLE.match(folded)
    if part and names(Clause(head, Polarity.INCLUSION)):
        return f"{head}{what[part.end() :]}"
    if not _is_of_a_state(folded):
        return None
    if not _goes_further(plain(head), folded):
        return head
    beyond = _ONE_MORE.fullmatch(folded) and not _EVERY_ONE.search(plain(head))
    return f"{head} ou {what}" if beyond else None


def _of_what_is_named(head: str, what: str, rest: str, *, form: bool) -> str | None:
    """What stays beside « tumeurs solides », « tumeurs rares » and a named tumour, of which a form is taken in."""
    if _SOLID.search(plain(head)):
        return _of_solid(head, what, rest)
    if names(Clause(head, Polarity.INCLUSION)):
        return f"{head}{rest}" if form else None
    # « tumeurs rares, y compris A »: A alone would be asked of all
    vague = _VAGUE.search(plain(head)) and _all_names("tumeur, ", what)
    return f"{head}{rest}" if vague else None


def _is_of_a_state(what: str) -> bool:
    return _ONLY_STATES.fullmatch(what) is not None and _TELLS_A_STATE.search(what) is not None


def _goes_further(head: str, what: str) -> bool:
    """« Localement avancé, y compris métastatique »: what is taken in lies beyond what was named."""
    return bool(_FAR.search(what) and _NEAR.search(head)) and not _FAR.search(head)


_OF_A_PART = re.compile(
    r"(?:(?:avec|ayant|presentant|with|having) )?(?:une? |des |any |an? )?(?:differenciations?|"
    r"composantes?|contingents?|"
    r"variantes?|variants?|components?|differentiation)\b[^,]*"
)
"""« …, y compris avec différenciation épidermoïde »: what the tumour may hold besides."""
_OF_PEOPLE = re.compile(
    r"(?:(?:les|des|chez les?|tous les|toutes les) )?(?:patiente?s?|participante?s?|sujets?|malades?|"
    r"ceux|celles|femmes?|"
    r"hommes?|personnes?|enfants?|adolescente?s?|patients|subjects|women|men)\b(?! et\b)[^,]*"
)
"""« …, y compris les patients traités par … », « hommes inclus »: asked of nobody."""
_ONE_MORE = re.compile(r"(?:les? )?(?:stades? )?(?:iv[abc]?|metastatiques?|m1[abc]?)")
_EVERY_ONE = re.compile(r"\b(?:tou(?:te)?s|all|any|quel(?:le)?s?)\b")
_VAGUE = re.compile(r"\b(?:tumeurs?|cancers?|neoplasies?|hemopathies?|maladies? rares?|tumou?rs?|malignan\w+)\b")
_FAR = re.compile(r"metasta|\biv|\bm1|stade 4")
_NEAR = re.compile(r"local|stade|stage|precoce|resec|opera|[tn][0-4]|\bm0")


def _is_form(match: re.Match[str]) -> bool:
    """« …, formes mixtes incluses »: of whatever form, where the form is no name."""
    return match.re.pattern == _LAST.pattern and re.match(rf"{_FORMS}\b", match["what"]) is not None


def _listed(head: str, what: str, rest: str) -> str | None:
    """« A métastatique, y compris B » as « A ou B métastatique », where both are names of tumours and nothing else is
    said of B; up to the first comma behind which no name stands."""
    before = names(Clause(head, Polarity.INCLUSION))
    if not before:
        return None
    named = before[-1].end
    for stop in (len(what), what.find(",")):
        one = _LIST_AND.sub(", ", what[:stop]) if stop > 0 else ""
        one = _FORM_FIRST.sub("", one, count=1) if _FORM_FIRST.match(plain(one)) else one
        if one and (beside := _all_names(f"{head[:named]} ou ", one)):
            tail = f"{what[stop:]}{rest}"
            return f"{head}{tail}" if _are_of(beside, before) else f"{_joined(head, named, one, beside)}{tail}"
    return None


def _joined(head: str, named: int, one: str, beside: Sequence[Name]) -> str:
    """B behind the name of A, in whose site it is where B has none of its own; what is said of A alone stays with A."""
    site = _SITE.search(head, 0, named)
    if site and site.end() == named and len(beside) == 1 and not beside[0].organs:
        within = f"{one}{site[0]}"
        found = names(Clause(within, Polarity.INCLUSION))
        one = within if len(found) == 1 and found[0].organs and found[0].histologies else one
    moved = not head[named:].strip(" ,") or _ONLY_STATES.fullmatch(plain(head[named:]).strip(" ,"))
    return f"{head[:named]} ou {one}{head[named:]}" if moved else f"{head} ou {one}"


_SITE = re.compile(r"(?i)\s(?:de la |de l['’]|du |des )[\w-]+$")


def _are_of(beside: Sequence[Name], before: Sequence[Name]) -> bool:
    """Whether what is taken in is a part of what was named: « glioblastome, y compris gliosarcome »."""
    named = frozenset[str]().union(*(one.histologies for one in before))
    told = [id_ for one in beside for id_ in one.histologies]
    return bool(told) and all(any(HISTOLOGIES.covers(wide, id_) for wide in named) for id_ in told)


def _all_names(head: str, what: str) -> list[Name]:
    """The names of a stretch behind a head; none where it says something else."""
    clause = Clause(f"{head}{what}", Polarity.INCLUSION)
    found = [one for one in names(clause) if one.end > len(head)]
    return [] if _words_beside(clause, found, len(head)) else found


def _of_solid(head: str, what: str, rest: str) -> str | None:
    """« Tumeur solide, notamment A, B ou C »: A, B and C are solid; a lymphoma or a glioma stands beside them."""
    one = f"tumeur solide, {what}"
    if not _all_names("tumeur solide, ", what):
        return None
    organs = frozenset[str]().union(*(name.organs for name in names(Clause(one, Polarity.INCLUSION))))
    if any(ORGANS.covers(wide, organ) for organ in organs for wide in ("haematologic", "cns")):
        return f"{head}, y compris {_LAST_OR.sub(' et ', what)}{rest}"
    return f"{head}{rest}"


_LAST_OR = re.compile(r"\s(?:ou|or)\s")


def _words_beside(clause: Clause, found: list[Name], start: int) -> list[str]:
    return [
        one.word
        for one in tokens(clause.plain)
        if one.start >= start
        and one.word not in _BY_THE_WAY
        and not any(name.start <= one.start < name.end for name in found)
    ]
