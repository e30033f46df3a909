"""Staging systems other than TNM (table `stage_systems`): values as typed, as sets, and what one says of another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rules.errors import VocabularyError
from rules.remembered import remembered
from rules.staging import thickness
from rules.staging.codes import Codes
from rules.staging.groups import GROUP_TREE, judge_group, parse_group, read_expression
from rules.staging.named_values import NamedValues, named_values, without_signs
from rules.staging.uicc import nearest_organs
from rules.text import fold
from rules.verdict import Verdict, any_of
from rules.vocabulary.tables import Row, rows, several


@dataclass(frozen=True, slots=True, order=True)
class StageValue:
    """A value of the last known level in a system: `StageValue("binet", "B")`, `StageValue("figo", "IIIC1")`."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class StageMention:
    """A stage of a named system found in a text: half-open span, and the values it may be."""

    start: int
    end: int
    values: frozenset[StageValue]


@dataclass(frozen=True, slots=True)
class _System:
    id: str
    names: tuple[str, ...]
    kind: str
    values: NamedValues


_COLUMNS = ("system", "names", "value", "value_names", "order", "source")
_CONVERSION_COLUMNS = ("from_system", "value", "to_system", "to_values", "organs", "source")
_TREE, _NAMED, _THICKNESS = "tree", "named", "mm"


@remembered(4096)
def read_stage(system: str, value: str) -> frozenset[StageValue]:
    """The values that a typed system and value may mean; empty: system or value not read.

    « Binet », « B »; « Gleason/ISUP », « 4+3=7 »; « Ann Arbor », « III-IV »; « IPSS-R », « élevé ou très élevé ».
    """
    known = _system_named(system) or _system_named(value)
    return _values(known, value) if known else frozenset()


def system_of(text: str) -> str | None:
    """The id of the system that a text names, None when it names none of ours."""
    known = _system_named(text)
    return known.id if known else None


def find_stages(text: str) -> list[StageMention]:
    """Every value of a named system in a text: after its name (« Binet B »), or before (« stade B de Binet »)."""
    found: list[StageMention] = []
    names = [(start, end, system) for start, end, system in _names_in(text) if _is_acronym(text[start:end])]
    for index, (start, end, system) in enumerate(names):
        stop = names[index + 1][0] if index + 1 < len(names) else len(text)
        after = re.split(r"[;\n)]|\.(?!\d)", _whole_words(text, end, min(stop, end + _REACH)))[0]
        values = _values(system, _first_words(after, system)) if _is_followed(text[start:end], after) else frozenset()
        if values:
            found.append(StageMention(start, end + len(after.rstrip(" ,(")), values))
            continue
        before = _VALUE_BEFORE.search(text, max(start - _REACH, 0), start)
        values = _values(system, before[0]) if before else frozenset()
        if before and values:
            found.append(StageMention(before.start(), end, values))
    return found


_REACH = 60
_ALSO_A_WORD = {"child", "chang", "heng", "clark", "rai", "murphy", "veterans", "barcelona", "barcelone"}
_DOSE = re.compile(r"^[\s:]*\d+(?:[.,]\d+)?\s?mg", re.IGNORECASE)


def _whole_words(text: str, start: int, end: int) -> str:
    cut = text[start:end]
    return cut if end >= len(text) or not text[end].isalnum() else cut.rsplit(" ", 1)[0]


def _is_followed(name: str, after: str) -> bool:
    """« child » and the like, in lower case, name a system only right before a value; a dose is no value."""
    if name in _ALSO_A_WORD and not re.match(r"[\s:]*[A-C0-4IV]{1,3}\d?\b", after):
        return False
    return not _DOSE.search(after)


def _is_acronym(name: str) -> bool:
    """« ipi » in lower case is ipilimumab, « irs » an antidepressant: short names count only as they are written."""
    return len(name) > 4 or not name.islower()


_VALUE_BEFORE = re.compile(
    r"(?:stades?|stages?|grades?|classes?|types?|groupes?|niveaux?)\s[^.;,\n]{1,25}$", re.IGNORECASE
)


def _first_words(text: str, system: _System) -> str:
    """What follows a name until the next clause: « B, stade initial » says B, « faible, moyen ou élevé » all three."""
    first, *others = re.split(r",\s(?!ou\b|et\b)", re.split(r"\s(?:avec|with|chez|dont|sous)\s", text)[0])
    for other in others:
        if not (system.kind != _THICKNESS and _is_value(system, re.split(r"\s(?:ou|et|or|and)\s", other)[0])):
            break
        first = f"{first}, {other}"
    return first


def _is_value(system: _System, words: str) -> bool:
    """Whether words are a value of the system, and nothing else."""
    words = words.strip()
    if not words:
        return False
    if system.kind == _TREE:
        return re.fullmatch(r"(?:IV|I{1,3})(?:[A-Da-d]\d?)?", words) is not None
    return system.values.is_name(words)


def judge_stage(
    observed: frozenset[StageValue], asked: frozenset[StageValue], *, organs: frozenset[str] = frozenset()
) -> Verdict:
    """Any-of over the asked systems: MET when all that is possible in one is asked, NOT_MET when nothing is.

    Else UNKNOWN. Values of one system are alternatives; a system that does not convert is UNKNOWN.
    """
    if not observed or not asked:
        return Verdict.UNKNOWN
    systems = sorted({value.system for value in asked})
    return any_of(_judge_system(system, observed, asked, organs) for system in systems)


def _judge_system(
    system: str, observed: frozenset[StageValue], asked: frozenset[StageValue], organs: frozenset[str]
) -> Verdict:
    wanted = frozenset(value.code for value in asked if value.system == system)
    own = frozenset(value.code for value in observed if value.system == system)
    if own:
        return _judge_codes(system, own, wanted)
    verdicts = set()
    for other in sorted({value.system for value in observed}):
        codes = frozenset(value.code for value in observed if value.system == other)
        verdicts.add(_judge_codes(system, _converted(other, codes, system, organs), wanted))
    settled = verdicts - {Verdict.UNKNOWN}
    return settled.pop() if len(settled) == 1 else Verdict.UNKNOWN


def _judge_codes(system: str, observed: Codes, wanted: Codes) -> Verdict:
    if not observed:
        return Verdict.UNKNOWN
    kind = _systems()[system].kind if system in _systems() else _NAMED
    if kind == _TREE:
        return judge_group(observed, wanted)
    if kind == _THICKNESS:
        return thickness.judge(observed, wanted)
    if observed <= wanted:
        return Verdict.MET
    return Verdict.UNKNOWN if observed & wanted else Verdict.NOT_MET


def groups_of_values(values: Iterable[StageValue], *, organs: frozenset[str]) -> Codes:
    """The UICC groups that values of other systems leave possible in these organs; empty: none converts."""
    groups: Codes = frozenset()
    for value in values:
        codes = frozenset({value.code})
        groups |= codes if value.system == "uicc" else _converted(value.system, codes, "uicc", organs)
    return groups


def _converted(system: str, codes: Codes, target: str, organs: frozenset[str]) -> Codes:
    """The union of what each code may be in the target; empty as soon as one does not convert."""
    found: Codes = frozenset()
    for code in codes:
        here = {one for row in _conversions() for one in _convert(row, system, code, target, organs)}
        if not here:
            return frozenset()
        found |= here
    return found


def _convert(row: Row, system: str, code: str, target: str, organs: frozenset[str]) -> tuple[str, ...]:
    if (row["from_system"], row["to_system"]) != (system, target):
        return ()
    known = frozenset(several(row["organs"]))
    if known and not (organs and all(nearest_organs(organ, known) for organ in organs)):
        return ()
    if row["value"] == "*":
        return (code,)
    same = GROUP_TREE.covers(row["value"], code) if _systems()[system].kind == _TREE else row["value"] == code
    return several(row["to_values"]) if same else ()


def _values(system: _System, text: str) -> frozenset[StageValue]:
    if system.kind == _TREE:
        codes = parse_group(text) if system.id == "uicc" else _tree_codes(system.id, text)
        return frozenset(StageValue(system.id, code) for code in codes)
    if system.kind == _THICKNESS:
        return frozenset(StageValue(system.id, code) for code in thickness.read(text))
    if system.id == "child_pugh":
        text = _POINTS.sub(_with_points, text)
    if system.id in {"gleason", "isup"}:
        return _gleason_or_isup(text, system.id)
    return frozenset(StageValue(system.id, code) for code in system.values.read(_without_names(system, text)))


_POINTS = re.compile(
    r"\b(?P<letter>[ABC])\s?\(\s?(?:score\s(?:de\s)?|=\s?)?(?P<low>[5-9])(?:\s?(?:-|–|à|to|ou|or|et|/)\s?(?P<high>[5-9]))?"
    r"\s?(?:points?|pts?)?\s?(?:\)|$)"
)


def _with_points(match: re.Match[str]) -> str:
    """« B (7 points) » as « B7 »."""
    low, high = int(match["low"]), int(match["high"] or match["low"])
    return " ou ".join(f"{match['letter']}{points}" for points in range(low, high + 1))


_MODIFIERS = re.compile(r"\b(IV|I{1,3}|[1-4])\s?([ABESX]{1,4}|bulky)(?![a-z0-9])", re.IGNORECASE)
_NUMERAL = re.compile(r"(?<![A-Za-z0-9,.])(?:[≥≤<>]=?\s?)?(?:IV|I{1,3}|(?<!\d)[1-4])(?![0-9]{2})")


def _tree_codes(system: str, text: str) -> Codes:
    """Numerals with their letters; of a lymphoma only A and B are kept (E, S, X and bulk say where, not how far)."""
    if system != "figo":
        text = _MODIFIERS.sub(_only_a_or_b, text)
    if system == "figo" and re.match(r"\s*grade\b", text, re.IGNORECASE):
        return frozenset()
    first = _NUMERAL.search(re.sub(r"\b(?:19|20)\d\d\b", "    ", text))
    read = read_expression(text, first.start()) if first else None
    return read[0] if read else frozenset()


def _only_a_or_b(match: re.Match[str]) -> str:
    letters = "" if match[2].lower() == "bulky" else match[2].upper()
    return match[1] + ("A" if "A" in letters else "B" if "B" in letters else "")


_ISUP_PART = re.compile(
    r"(?:isup|grade[ -]?groupe?|groupe de grade|\bgg)\D{0,12}?"
    r"((?:[<>]=?\s*)?[1-5](?:\s*(?:-|\ba\b|\bto\b|\bou\b|\bor\b|/|,(?=\s*[1-5]\s*(?:,|ou\b|or\b)))\s*[1-5](?![\d+]))*)"
    r"(?!\s*\+)(?!\d)"
)


def _gleason_or_isup(text: str, system: str) -> frozenset[StageValue]:
    folded = without_signs(text)
    isup = _ISUP_PART.search(folded)
    score = re.search(r"\d\s*\+\s*\d|(?<!\d)(?:[6-9]|10)(?!\d)", folded)
    if isup:
        codes = _systems()["isup"].values.read(isup[1])
    elif score or (system == "gleason" and "gleason" in folded):
        codes = _systems()["gleason"].values.read(_sums_only(folded))
    else:
        codes = _systems()["isup"].values.read(folded)
    return frozenset(StageValue("isup", code) for code in codes)


def _sums_only(folded: str) -> str:
    """« 7 (3+4) » and « 3+4=7 » without the total, which says less than the sum."""
    plain = re.sub(r"(?<![<>])=\s*\d+|gleason|score", " ", folded)
    if re.search(r"\d\s*\+\s*\d", plain):
        plain = re.sub(r"(?<![\d+])(?:[6-9]|10)(?!\d)(?!\s*\+)", " ", plain)
    return plain


def _without_names(system: _System, text: str) -> str:
    """The value without the name of its own system (« IPI » in « IPI 3 », the 2 of « R2-ISS »)."""
    for name in sorted(system.names, key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", " ", text, flags=re.IGNORECASE)
    return text


def _system_named(text: str) -> _System | None:
    """The system of the first and longest name in the text."""
    return next((system for _, _, system in _names_in(text)), None)


def _names_in(text: str) -> Iterator[tuple[int, int, _System]]:
    folded = fold(text)
    if len(folded) != len(text):
        folded = text.lower()
    for match in _name_pattern().finditer(folded):
        yield match.start(), match.end(), _systems()[_name_ids()[_plain(match[0])]]


def _plain(name: str) -> str:
    return re.sub(r"[\s'’-]+", " ", fold(name)).strip()


@cache
def _name_ids() -> dict[str, str]:
    ids: dict[str, str] = {}
    for system in _systems().values():
        for name in system.names:
            if ids.setdefault(_plain(name), system.id) != system.id:
                raise VocabularyError(f"stage_systems.csv: {name!r} names {ids[_plain(name)]} and {system.id}")
    return ids


@cache
def _name_pattern() -> re.Pattern[str]:
    names = sorted(_name_ids(), key=len, reverse=True)
    spelt = "|".join(re.escape(name).replace(r"\ ", r"[\s'’-]+") for name in names)
    return re.compile(rf"(?<![a-z0-9-])(?:{spelt})(?![a-z0-9])")


@cache
def _systems() -> dict[str, _System]:
    grouped: dict[str, list[Row]] = {}
    for row in rows("stage_systems", columns=_COLUMNS):
        grouped.setdefault(row["system"], []).append(row)
    return {id_: _system(id_, entries) for id_, entries in grouped.items()}


def _system(id_: str, entries: list[Row]) -> _System:
    names = several(entries[0]["names"])
    if not names or any(row["names"] for row in entries[1:]):
        raise VocabularyError(f"stage_systems.csv, {id_}: names belong on its first row, and only there")
    first = entries[0]["value"]
    kind = first if first in {_TREE, _THICKNESS} else _NAMED
    values = named_values(id_, [] if kind != _NAMED else entries)
    return _System(id_, names, kind, values)


@cache
def _conversions() -> tuple[Row, ...]:
    table = tuple(rows("stage_conversions", columns=_CONVERSION_COLUMNS))
    for row in table:
        unknown = {row["from_system"], row["to_system"]} - _systems().keys()
        if unknown or (row["value"] == "*") == bool(row["to_values"]):
            raise VocabularyError(f"stage_conversions.csv: unknown system or values: {row}")
    return table
