"""What stage groups and TNM say of where the disease is: localised, locally advanced, metastatic, as a set.

"borderline" beside "localised": operable, though some would type it "locally advanced".
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from rules.errors import VocabularyError
from rules.staging.codes import Codes
from rules.staging.groups import GROUP_TREE, meet_groups
from rules.staging.tnm import Tnm
from rules.staging.uicc import age_band, groups_of_organs, groups_of_tnm, m_of_group, nearest_organs
from rules.vocabulary.tables import rows, several

LOCALISED, LOCALLY_ADVANCED, METASTATIC = "localised", "locally_advanced", "metastatic"
BORDERLINE = "borderline"
ALL_EXTENTS: Codes = frozenset({LOCALISED, LOCALLY_ADVANCED, METASTATIC})
"""Nothing is known of the extent."""
_NOT_METASTATIC: Codes = ALL_EXTENTS - {METASTATIC}
_OF_M0 = _NOT_METASTATIC | {BORDERLINE}
_COLUMNS = ("organ", "groups", "extents", "source")


@dataclass(frozen=True, slots=True)
class _ExtentRow:
    organ: str
    groups: Codes
    extents: Codes


def extent_of(
    *,
    organs: frozenset[str],
    groups: Codes,
    tnm: Tnm | None,
    age: int | None,
    histologies: frozenset[str] = frozenset(),
    edition: int | None = None,
) -> Codes:
    """The extents that stated groups and a TNM leave possible, at the time they describe; all three: nothing known.

    M1 is metastatic and M0 is not. A group is metastatic only where the organ's groups demand M1 (contract,
    "Implication is knowledge"). Statements that exclude each other leave everything possible.
    """
    return _extent_of(organs, groups, tnm, age_band(age), histologies, edition)


# Of organs, categories and bands of age, which patients share.
@lru_cache(maxsize=8192)
def _extent_of(
    organs: frozenset[str],
    groups: Codes,
    tnm: Tnm | None,
    age: int | None,
    histologies: frozenset[str],
    edition: int | None,
) -> Codes:
    stated = _with_tnm(organs, groups, tnm, age, histologies, edition)
    spread = _m(organs, groups, tnm, age, histologies)
    extents: Codes = frozenset({METASTATIC}) if "M1" in spread else frozenset()
    if "M0" in spread:
        agreed = stated or not groups
        early = _early(organs, tnm) if tnm and agreed and "M1" not in spread else frozenset()
        grouped = _without_metastasis(organs, stated)
        extents |= early & grouped or grouped
    return extents or ALL_EXTENTS


def _with_tnm(
    organs: frozenset[str],
    groups: Codes,
    tnm: Tnm | None,
    age: int | None,
    histologies: frozenset[str],
    edition: int | None,
) -> Codes:
    if tnm is None:
        return groups
    derived = groups_of_tnm(organs=organs, tnm=tnm, edition=edition, age=age, histologies=histologies)
    return meet_groups(groups, derived) if groups and derived else groups or derived


def _m(organs: frozenset[str], groups: Codes, tnm: Tnm | None, age: int | None, histologies: frozenset[str]) -> Codes:
    both: Codes = frozenset({"M0", "M1"})
    of_groups: Codes = frozenset()
    for group in groups:
        of_groups |= m_of_group(organs, group, age=age, histologies=histologies)
    of_tnm = frozenset(code[:2] for code in tnm.m) if tnm else frozenset()
    return (of_groups or both) & (of_tnm or both)


def _without_metastasis(organs: frozenset[str], groups: Codes) -> Codes:
    if not organs or not groups:
        return _NOT_METASTATIC
    return frozenset().union(
        *(_extents(organ, part) for organ in organs for group in groups for part in _parts_of_m0(organ, group))
    )


def _early(organs: frozenset[str], tnm: Tnm) -> Codes:
    """What the categories alone say, early or advanced, where they say so of every organ in question."""
    categories = frozenset(t[:2] + n[:2] for t in tnm.t for n in tnm.n)
    found = [row for organ in organs for row in _rows() if row.organ in nearest_organs(organ, frozenset({row.organ}))]
    told = [row.extents for row in found if categories and categories <= row.groups]
    return frozenset().union(*told) if organs and len(told) == len(organs) else frozenset()


def _parts_of_m0(organ: str, group: str) -> Codes:
    """What a group may be without metastasis: IV of a larynx is IVA or IVB."""
    here = frozenset({organ})
    within = groups_of_organs(here) or frozenset()
    parts = {part for part in within if GROUP_TREE.covers(group, part) and "M0" in m_of_group(here, part)}
    return frozenset(parts - {group}) or frozenset({group})


def _extents(organ: str, group: str) -> Codes:
    near = nearest_organs(organ, _organs_with_rows())
    for row in _rows():
        if row.organ in near and any(GROUP_TREE.covers(known, group) for known in row.groups):
            return row.extents
    return _NOT_METASTATIC


@cache
def _organs_with_rows() -> frozenset[str]:
    return frozenset(row.organ for row in _rows())


@cache
def _rows() -> tuple[_ExtentRow, ...]:
    table = []
    for row in rows("stage_extent", columns=_COLUMNS):
        extents = frozenset(several(row["extents"]))
        if not extents or not extents <= _OF_M0 or not row["groups"]:
            raise VocabularyError(f"stage_extent.csv, {row['organ']}: no group, or extents other than of M0: {row}")
        table.append(_ExtentRow(row["organ"], frozenset(several(row["groups"])), extents))
    return tuple(table)
