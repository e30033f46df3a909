"""Grafts listed in one phrase: « greffe de cellules souches, de moelle, de tissu ou d'organe solide »."""

import re

from rules.criteria import HasCondition, Kind, Test, Treated, Unread
from rules.junctions import either
from rules.reading.clause import Clause, Found

_ORGANS = {
    r"organes?(?: solides?)?": "organ_transplant",
    r"foie": "liver_transplant",
    r"reins?": "kidney_transplant",
    r"coeur": "heart_transplant",
    r"poumons?": "lung_transplant",
    r"cornee": "corneal_transplant",
}
_SORT = r"(?:allogeniques?|autologues?|allo|auto)"
_CELLS = (
    rf"(?:cellules souches(?: hematopoietiques)?|csh|moelle(?: osseuse)?)"
    rf"(?: \(?{_SORT}(?:\s?(?:/|,|ou|et|et/ou)\s?{_SORT})?\)?)?"
)
_OBJECT = rf"(?:{'|'.join(_ORGANS)}|{_CELLS}|pancreas|tissus?(?: (?:allogenique|humain)s?)?)"
_GRAFT = r"(?P<graft>(?:allo|auto)?-?greffes?|transplantations?)"
_NEXT = (
    r"\s?(?:,|/|et/ou|ou|et)\s?(?:toute )?(?:(?:auto|allo)?-?(?:greffes?|transplantations?) )?(?:de |d'|du |"
    r"des )?(?:une? )?"
)
_PHRASE = re.compile(
    rf"(?:\b(?:antecedents? (?:de |d')|toute ))?\b{_GRAFT}(?: (?:anterieure?s?|prealables?))?(?: {_SORT})?\s(?:de |"
    rf"d'|du )(?:une? )?"
    rf"(?P<objects>{_OBJECT}(?:{_NEXT}{_OBJECT})*)(?![a-z])"
)


def recognise(clause: Clause) -> list[Found]:
    """Any of the grafts listed, where an organ is among them; those of stem cells alone are treatments."""
    match = _PHRASE.search(clause.plain) if "greff" in clause.plain or "transplant" in clause.plain else None
    if match is None:
        return []
    if len(re.findall(rf"\b{_OBJECT}\b", match["objects"])) < 2:
        return []
    organs = frozenset(id_ for words, id_ in _ORGANS.items() if re.search(rf"\b{words}\b", match["objects"]))
    if not organs:
        return []
    tests: list[Test] = [HasCondition(conditions=organs)]
    cells = frozenset(_sort_of(match, cell) for cell in re.finditer(_CELLS, match["objects"]))
    if cells:
        tests.append(Treated(treatments=cells))
    if re.search(r"tissu|pancreas", match["objects"]):
        tests.append(Unread(Kind.COMORBIDITY))
    return [Found(*match.span(), either(tests), Kind.COMORBIDITY)]


def _sort_of(match: re.Match[str], cell: re.Match[str]) -> str:
    """The graft named last before the cells: « greffe d'organe ou allogreffe de cellules souches »; or right after."""
    after = set(re.findall(r"\b(allo|auto)", cell[0]))
    if after:
        return _BY_SORT.get(after.pop(), "") if len(after) == 1 else "stem_cell_transplant"
    said = match[0][: match.start("objects") - match.start() + cell.start()]
    sort = re.findall(r"(allo|auto)?-?(?:greffes?|transplantations?)", said)[-1]
    return _BY_SORT.get(sort, "stem_cell_transplant")


_BY_SORT = {"allo": "allogeneic_transplant", "auto": "autologous_transplant"}
