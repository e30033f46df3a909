"""TNM to stage group and back, by organ, edition, histology and age (tables `stage_schemes`, `stage_groups_*`).

All answers are sets: what the organ's tables allow. The editions that are not stated, the grade, the serum markers, the
clinical or pathological reading of one table count as unknown, so the sets join them. Answers are kept by organ,
categories and band of age, which patients share.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rules.errors import VocabularyError
from rules.staging.codes import Codes, CodeTree
from rules.staging.groups import GROUP_TREE
from rules.staging.tnm import TNM_TREE, Tnm
from rules.vocabulary.hierarchy import Hierarchy, load_hierarchy
from rules.vocabulary.tables import Row, rows, several

_TABLES = ("stage_groups_thorax_head", "stage_groups_digestive", "stage_groups_uro_gynae", "stage_groups_other")
_GROUP_COLUMNS = ("scheme", "edition", "t", "n", "m", "group", "source")
_SCHEME_COLUMNS = (
    *("scheme", "table", "organs", "histologies", "unstated", "age_from", "age_to", "p16", "after_treatment", "source"),
)
_EDITIONS = frozenset({7, 8, 9})
_ANY = "*"
_NOT_ASSESSED = "TX"
_SUPERSEDED_BY_P16 = 7
"""The last edition that staged the oropharynx without p16."""
_P16 = {"hpv_positive_oropharyngeal_scc": True, "hpv_negative_oropharyngeal_scc": False}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of a stage table: the groups of these T, N and M (an empty set is any)."""

    editions: frozenset[int]
    t: Codes
    n: Codes
    m: Codes
    groups: Codes


@dataclass(frozen=True, slots=True)
class Scheme:
    """A table and when it holds; ages are whole years at diagnosis, inclusive."""

    id: str
    organs: frozenset[str]
    histologies: frozenset[str]
    unstated: bool
    age_from: int
    age_to: int
    p16: str
    after_treatment: bool
    rows: tuple[GroupRow, ...]


def groups_of_tnm(
    *,
    organs: frozenset[str],
    tnm: Tnm,
    edition: int | None,
    age: int | None = None,
    histologies: frozenset[str] = frozenset(),
    p16: bool | None = None,
) -> Codes:
    """Every group that a TNM may be; empty: cannot tell (no table for an organ or histology, or no such TNM in it).

    `organs`, `histologies`: plausible ids. `edition` None: the union of 7, 8 and 9. `age` in years at diagnosis.
    Sources: UICC TNM 7th, 8th, 9th editions; AJCC 8 and Version 9; FIGO, as named in each row.
    """
    if not (tnm.t or tnm.n or tnm.m):
        return frozenset()
    p16 = _p16_of(histologies) if p16 is None else p16
    return _groups_of_tnm(organs, tnm, edition, age_band(age), histologies, p16)


@lru_cache(maxsize=8192)
def _groups_of_tnm(
    organs: frozenset[str],
    tnm: Tnm,
    edition: int | None,
    age: int | None,
    histologies: frozenset[str],
    p16: bool | None,
) -> Codes:
    found: set[str] = set()
    for organ in organs:
        here = set(_groups_here(organ, tnm, edition, age, histologies, p16))
        if not here:
            return frozenset()
        found |= here
    return frozenset(found)


def _p16_of(histologies: frozenset[str]) -> bool | None:
    """p16 as far as the histology itself tells it."""
    told = {_P16.get(id_) for id_ in histologies}
    return told.pop() if len(told) == 1 else None


def _groups_here(
    organ: str, tnm: Tnm, edition: int | None, age: int | None, histologies: frozenset[str], p16: bool | None
) -> Iterator[str]:
    for scheme in _applicable(organ, histologies, age):
        if (scheme.after_treatment and not tnm.after_treatment) or (scheme.p16 == "positive" and p16 is False):
            continue
        edition_here = edition
        if scheme.p16 == "negative" and p16:
            if edition not in {None, _SUPERSEDED_BY_P16}:
                continue
            edition_here = _SUPERSEDED_BY_P16
        for row in _rows_of(scheme, edition_here):
            if _allows(row.t, tnm.t) and _allows(row.n, tnm.n) and _allows(row.m, tnm.m):
                yield from row.groups


def _rows_of(scheme: Scheme, edition: int | None) -> Iterator[GroupRow]:
    return (row for row in scheme.rows if edition is None or edition in row.editions)


def _allows(pattern: Codes, observed: Codes) -> bool:
    return not pattern or not observed or any(TNM_TREE.overlap(one, other) for one in pattern for other in observed)


def m_of_group(
    organs: frozenset[str],
    group: str,
    *,
    edition: int | None = None,
    age: int | None = None,
    histologies: frozenset[str] = frozenset(),
) -> Codes:
    """Which of M0 and M1 a group allows in these organs; both where no table tells.

    A table that names the group itself speaks before one that only knows its numeral.
    Stage IV demands M1 in lung or breast, not in kidney or larynx; stage II allows M1 in a thyroid under 55.
    """
    return _m_of_group(organs, group, edition, age_band(age), histologies)


@lru_cache(maxsize=8192)
def _m_of_group(
    organs: frozenset[str], group: str, edition: int | None, age: int | None, histologies: frozenset[str]
) -> Codes:
    found: set[str] = set()
    for organ in organs:
        known = _known_rows(organ, edition, age, histologies)
        named = [row for row in known if any(GROUP_TREE.covers(group, other) for other in row.groups)]
        coarser = [row for row in known if any(GROUP_TREE.covers(other, group) for other in row.groups)]
        here = {code[:2] for row in named or coarser for code in row.m or ("M0", "M1")}
        found |= here or {"M0", "M1"}
    return frozenset(found or {"M0", "M1"})


def groups_of_m(
    organs: frozenset[str],
    m: str,
    *,
    edition: int | None = None,
    age: int | None = None,
    histologies: frozenset[str] = frozenset(),
) -> Codes:
    """Every group that an M category (`M0`, `M1`, `M1a`) allows in these organs; empty: cannot tell."""
    return _groups_of_m(organs, m, edition, age_band(age), histologies)


@lru_cache(maxsize=4096)
def _groups_of_m(
    organs: frozenset[str], m: str, edition: int | None, age: int | None, histologies: frozenset[str]
) -> Codes:
    found: set[str] = set()
    for organ in organs:
        known = _known_rows(organ, edition, age, histologies)
        here = {group for row in known if _allows(row.m, frozenset({m})) for group in row.groups}
        if not here:
            return frozenset()
        found |= here
    return frozenset(found)


@lru_cache(maxsize=4096)
def groups_of_organs(organs: frozenset[str], *, histologies: frozenset[str] = frozenset()) -> Codes | None:
    """Every group that exists in these organs, whatever the edition; None where one has no table."""
    found: set[str] = set()
    for organ in organs:
        here = {group for row in _known_rows(organ, None, None, histologies) for group in row.groups}
        if not here:
            return None
        found |= here
    return frozenset(found) or None


def _known_rows(organ: str, edition: int | None, age: int | None, histologies: frozenset[str]) -> list[GroupRow]:
    schemes = [scheme for scheme in _applicable(organ, histologies, age) if scheme.unstated or histologies]
    return [row for scheme in schemes for row in _rows_of(scheme, edition)]


def _applicable(organ: str, histologies: frozenset[str], age: int | None) -> list[Scheme]:
    return [
        scheme
        for scheme in _of_organ(organ)
        if (age is None or scheme.age_from <= age <= scheme.age_to)
        and (not histologies or _same_family(scheme.histologies, histologies))
    ]


def age_band(age: int | None) -> int | None:
    """The least age of which every table says the same as of this one: 55 for all from 55 on; None where not known."""
    limits = _age_limits()
    return None if age is None else limits[bisect_right(limits, age) - 1]


@cache
def _age_limits() -> tuple[int, ...]:
    """The ages from which some table holds, or holds no more."""
    schemes = _schemes()
    return tuple(sorted({age for scheme in schemes for age in (scheme.age_from, scheme.age_to + 1)}))


@cache
def _same_family(known: frozenset[str], observed: frozenset[str]) -> bool:
    tree = _histologies()
    return any(tree.covers(one, other) or tree.covers(other, one) for one in known for other in observed)


@cache
def _of_organ(organ: str) -> tuple[Scheme, ...]:
    """The schemes of the nearest organs, above or the same, that have some."""
    schemes = _schemes()
    nearest = nearest_organs(organ, frozenset(id_ for scheme in schemes for id_ in scheme.organs))
    return tuple(scheme for scheme in schemes if scheme.organs & nearest)


def nearest_organs(organ: str, known: frozenset[str]) -> frozenset[str]:
    """Of the known organs, the nearest that are this one or more general; none for an organ of no vocabulary."""
    tree = _organs()
    named = known & tree.above(organ) if organ in tree else frozenset()
    return frozenset(id_ for id_ in named if not any(id_ != other and tree.covers(id_, other) for other in named))


@cache
def _organs() -> Hierarchy:
    return load_hierarchy("organs")


@cache
def _histologies() -> Hierarchy:
    return load_hierarchy("histologies")


@cache
def _schemes() -> tuple[Scheme, ...]:
    tables: dict[str, list[GroupRow]] = {}
    for name in _TABLES:
        for row in rows(name, columns=_GROUP_COLUMNS):
            tables.setdefault(row["scheme"], []).append(_group_row(name, row))
    schemes = tuple(_scheme(row, tables) for row in rows("stage_schemes", columns=_SCHEME_COLUMNS))
    unused = tables.keys() - {row["table"] for row in rows("stage_schemes", columns=_SCHEME_COLUMNS)}
    if unused:
        raise VocabularyError(f"stage_schemes.csv: no scheme uses the tables {sorted(unused)}")
    return schemes


def _scheme(row: Row, tables: dict[str, list[GroupRow]]) -> Scheme:
    organs, histologies = frozenset(several(row["organs"])), frozenset(several(row["histologies"]))
    unknown = [*(id_ for id_ in organs if id_ not in _organs())]
    unknown += [id_ for id_ in histologies if id_ not in _histologies()]
    if unknown or row["table"] not in tables or row["p16"] not in {"", "positive", "negative"}:
        raise VocabularyError(f"stage_schemes.csv, {row['scheme']}: unknown table, p16 or ids {unknown}")
    return Scheme(
        row["scheme"],
        organs,
        histologies,
        row["unstated"] == "yes",
        int(row["age_from"] or 0),
        int(row["age_to"] or 999),
        row["p16"],
        row["after_treatment"] == "yes",
        tuple(tables[row["table"]]),
    )


def _group_row(name: str, row: Row) -> GroupRow:
    first, _, last = row["edition"].partition("-")
    editions = frozenset(range(int(first), int(last or first) + 1))
    groups = frozenset(several(row["group"]))
    if not editions <= _EDITIONS or not groups or not _known(groups, GROUP_TREE):
        raise VocabularyError(f"{name}.csv: edition or group of no system: {row}")
    t, n, m = (_pattern(name, row, letter) for letter in "tnm")
    return GroupRow(editions, t, n, m, groups)


def _pattern(name: str, row: Row, letter: str) -> Codes:
    codes = frozenset(several(row[letter])) - {_ANY}
    if not row[letter] or not _known(codes - {_NOT_ASSESSED}, TNM_TREE):
        raise VocabularyError(f"{name}.csv: {letter.upper()} of no system: {row}")
    return codes


def _known(codes: Iterable[str], tree: CodeTree) -> bool:
    heads = {head for head, _ in tree.leaves}
    return all(tree.head(code) in heads for code in codes)
