"""Which sheet is which, and which of its columns is what: names are recognised whatever their case, accents, order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from connectors.spreadsheet.cells import is_empty
from connectors.spreadsheet.columns import COHORTS, SITES, TRIAL_OF, TRIALS, Column, slug
from connectors.spreadsheet.workbook import Cell, Sheet, letter

HEADER_ROWS = 20
"""A title and a word of explanation may stand above the names of the columns, no more."""

_ASIDE = re.compile(r"\([^)]*\)|\*")


class Role(Enum):
    """What the rows of a sheet are."""

    TRIALS = "Essais"
    SITES = "Centres"
    COHORTS = "Cohortes"
    FLAT = "Essais et centres"


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a sheet: its row (from 1), and for each column (from 1) what it is and how it is called there.

    `sites`: the columns of a flat sheet that tell its site. `unknown`: names that say nothing to us.
    """

    role: Role
    row: int
    columns: Mapping[int, Column]
    sites: Mapping[int, Column]
    names: Mapping[int, str]
    unknown: tuple[tuple[int, str], ...]
    twice: tuple[tuple[int, str], ...]

    def place(self, column: int) -> str:
        """A column as a message names it."""
        return f"colonne {letter(column)} « {self.names[column]} »"


def _known(columns: Iterable[Column]) -> dict[str, Column]:
    """Every name of a column; a header comes before another column's synonym."""
    columns = list(columns)
    names = {slug(column.header): column for column in columns}
    for column in columns:
        for name in column.also:
            names.setdefault(slug(name), column)
    return names


_TRIALS, _SITES, _COHORTS = _known(TRIALS), _known(SITES), _known(COHORTS)
_OWN_SITES = {name: column for name, column in _SITES.items() if name not in _TRIALS and column is not TRIAL_OF}
_TITLE, _TRIAL_ID = ("titre",), ("id",)


def head_of(sheet: Sheet) -> Head | None:
    """The header of a sheet, None when no row of its beginning names what a sheet of trials or sites needs."""
    for number, row in enumerate(sheet.rows[:HEADER_ROWS], start=1):
        names = {column: str(cell).strip() for column, cell in enumerate(row, start=1) if not is_empty(cell)}
        if (head := _head(number, names)) is not None:
            return head
    return None


def _head(row: int, names: Mapping[int, str]) -> Head | None:
    trial = _paths(names, _TRIALS)
    if _TITLE in trial and _TRIAL_ID in trial:
        flat = ("nom",) in _paths(names, _OWN_SITES)
        return _made(Role.FLAT if flat else Role.TRIALS, row, names, _TRIALS, _OWN_SITES if flat else {})
    cohort = _paths(names, _COHORTS)
    if {("essai",), ("id",), ("libelle",)} <= cohort:
        return _made(Role.COHORTS, row, names, _COHORTS, {})
    if {("essai",), ("nom",)} <= _paths(names, _SITES):
        return _made(Role.SITES, row, names, _SITES, {})
    return None


def _paths(names: Mapping[int, str], known: Mapping[str, Column]) -> set[tuple[str, ...]]:
    return {column.path for name in names.values() if (column := _find(name, known)) is not None}


def _find(name: str, known: Mapping[str, Column]) -> Column | None:
    """The column of that name, what stands between brackets left out where the whole name is not known."""
    return known.get(slug(name)) or known.get(slug(_ASIDE.sub(" ", name)))


def _made(
    role: Role, row: int, names: Mapping[int, str], known: Mapping[str, Column], of_sites: Mapping[str, Column]
) -> Head:
    columns: dict[int, Column] = {}
    sites: dict[int, Column] = {}
    twice: list[tuple[int, str]] = []
    unknown: list[tuple[int, str]] = []
    for number, name in names.items():
        own, site = _find(name, known), _find(name, of_sites)
        if role is Role.FLAT and own in columns.values():
            own, site = None, _find(name, _SITES)  # a second « Statut » is that of the site
        if own is not None and own not in columns.values():
            columns[number] = own
        elif site is not None and site is not TRIAL_OF and site not in sites.values():
            sites[number] = site
        elif own is not None or site is not None:
            twice.append((number, name))
        else:
            unknown.append((number, name))
    return Head(role, row, columns, sites, names, tuple(unknown), tuple(twice))


def missing(head: Head) -> list[str]:
    """The headers that a sheet cannot do without and does not have."""
    own = {Role.TRIALS: TRIALS, Role.FLAT: TRIALS, Role.SITES: SITES, Role.COHORTS: COHORTS}[head.role]
    absent = [column.header for column in own if column.required and column not in head.columns.values()]
    if head.role is Role.FLAT:
        of_sites = (column for column in SITES if column.required and column is not TRIAL_OF)
        absent += [column.header for column in of_sites if column not in head.sites.values()]
    return absent


def cell_at(row: Sequence[Cell], column: int) -> Cell:
    """The cell of a column (from 1), None where the row ends before."""
    return row[column - 1] if column <= len(row) else None
