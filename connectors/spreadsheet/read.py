"""Sheets → études: rows that belong together joined, each bad cell named with its sheet, row and column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from connectors.archimaid.records import is_shown_only, read_etude
from connectors.base import FieldProblem, RawRecord
from connectors.errors import RecordMalformed, SourceRejected
from connectors.listing import Listed, undated
from connectors.spreadsheet.cells import CellProblem, is_empty, read_cell, text_of
from connectors.spreadsheet.columns import EXAMPLE_ID, TRIALS, Column, slug
from connectors.spreadsheet.headers import Head, Role, cell_at, head_of, missing
from connectors.spreadsheet.workbook import Cell, Sheet

EXPLANATIONS = "Mode d'emploi"
_OUR_NAMES = frozenset(slug(role.value) for role in Role)
_PROBLEMS_NAMED = 3
_BOUNDS = (("age_min", "age_max", "l'âge"), ("oms_min", "oms_max", "l'OMS"))
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be read: where, why and what would be right, in French.

    `sets_aside`: the trial is set aside; else only the field is left out. `record_id`: the trial, where it is known.
    """

    place: str
    reason: str
    record_id: str | None
    sets_aside: bool = True

    def __str__(self) -> str:
        return f"{self.place} : {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a spreadsheet says: a record a trial, what could not be read, and what was passed over on purpose."""

    records: tuple[Listed, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One sheet that is read, with the words that name it in a message."""

    sheet: Sheet
    head: Head
    named: str

    def place(self, row: int, column: int | None = None) -> str:
        """Where a row, or a cell of it, stands."""
        cell = f", {self.head.place(column)}" if column is not None else ""
        return f"{self.named}ligne {row}{cell}"


@dataclass(slots=True)
class _Draft:
    """An étude while its rows are put together."""

    trial_id: str
    place: str
    etude: dict[str, object] = field(default_factory=dict)
    places: dict[Path, str] = field(default_factory=dict)
    problems: list[tuple[Path, Problem]] = field(default_factory=list)
    earlier: "_Draft | None" = None

    @property
    def repeats(self) -> bool:
        """Whether this row says of its trial what an earlier row says already."""
        return self.earlier is not None and len(self.problems) == 1 and self._own() == self.earlier._own()

    def _own(self) -> dict[str, object]:
        return {name: value for name, value in self.etude.items() if name not in {"centres", "cohortes"}}

    def objects(self, name: str) -> list[dict[str, object]]:
        """The list of sites, or of cohorts."""
        found = self.etude.setdefault(name, [])
        return found if isinstance(found, list) else []

    def refuse(self, path: Path, place: str, reason: str) -> None:
        """Note a field that cannot be read."""
        self.problems.append((path, Problem(place, reason, self.trial_id, not is_shown_only(path))))


def read_spreadsheet(files: Iterable[tuple[str, Sequence[Sheet]]], *, changed_at: datetime) -> Reading:
    """The études of the sheets of all files together.

    An étude without « Mise à jour le » carries the latest day at which a site of it was checked, else `changed_at`.
    Raises SourceRejected when no sheet is one of trials, or one of ours lacks a column that it cannot do without.
    """
    notes: list[str] = []
    parts = list(_parts(list(files), notes))
    if not any(part.head.role in {Role.TRIALS, Role.FLAT} for part in parts):
        raise SourceRejected(
            "aucune feuille d'essais : une ligne d'en-têtes avec « Identifiant de l'essai », « Titre » et « Statut » "
            f"est attendue{''.join(f' ; {note}' for note in notes[:5])}"
        )
    drafts, strays = _drafts(parts, notes)
    drafts = [draft for draft in drafts if not draft.repeats]
    listed = [(draft, _record(draft, changed_at)) for draft in drafts]
    problems = [problem for draft in drafts for _, problem in draft.problems]
    records = (*(record for _, record in listed), *(_stray(problem) for problem in strays))
    return Reading(records, (*problems, *strays), tuple(notes))


def _parts(files: Sequence[tuple[str, Sequence[Sheet]]], notes: list[str]) -> Iterator[_Part]:
    for name, sheets in files:
        for sheet in sheets:
            file = f"{name}, " if len(files) > 1 else ""
            named = f"{file}feuille {sheet.name}, " if sheet.name is not None else file
            if (part := _part(sheet, named, notes)) is not None:
                yield part


def _part(sheet: Sheet, named: str, notes: list[str]) -> _Part | None:
    said = named.removesuffix(", ") or "le fichier"
    if sheet.hidden:
        notes.append(f"{said} : feuille masquée, non lue")
        return None
    head = head_of(sheet)
    if head is None:
        if slug(sheet.name or "") in _OUR_NAMES and any(not is_empty(cell) for row in sheet.rows for cell in row):
            raise SourceRejected(f"{said} : aucune ligne d'en-têtes n'est reconnue ; partez du modèle à télécharger")
        if slug(sheet.name or "") != slug(EXPLANATIONS):
            notes.append(f"{said} : ni des essais ni des centres, feuille non lue")
        return None
    if absent := missing(head):
        columns = ", ".join(f"« {name} »" for name in absent)
        raise SourceRejected(f"{said}, ligne {head.row} : il manque la colonne {columns}")
    notes += [f"{said}, {head.place(number)} : colonne inconnue, non lue" for number, _ in head.unknown]
    notes += [f"{said}, {head.place(number)} : déjà donnée par une autre colonne, non lue" for number, _ in head.twice]
    return _Part(sheet, head, named)


def _drafts(parts: Sequence[_Part], notes: list[str]) -> tuple[list[_Draft], list[Problem]]:
    drafts: list[_Draft] = []
    by_id: dict[str, _Draft] = {}
    strays: list[Problem] = []
    order = {Role.TRIALS: 0, Role.FLAT: 0, Role.COHORTS: 1, Role.SITES: 2}
    for part in sorted(parts, key=lambda one: order[one.head.role]):
        for number, row in _filled_rows(part, notes):
            column = next(number for number, told in part.head.columns.items() if told.path in {("id",), ("essai",)}
                          and (told.path == ("essai",) or part.head.role in {Role.TRIALS, Role.FLAT}))  # fmt: skip
            trial_id = _trial_id(cell_at(row, column), part.place(number, column), strays)
            if trial_id is None:
                continue
            if part.head.role in {Role.TRIALS, Role.FLAT}:
                _add_trial(part, number, row, _draft_of(trial_id, part, number, column, (drafts, by_id)))
            elif trial_id in by_id:
                _add_object(part, number, row, by_id[trial_id])
            else:
                reason = f"« {trial_id[:40]} » n'est dans aucune feuille d'essais"
                strays.append(Problem(part.place(number, column), reason, None))
    return drafts, strays


def _filled_rows(part: _Part, notes: list[str]) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows below the header that say something in a column that is read; the example of the template is not."""
    read = [*part.head.columns, *part.head.sites]
    for number, row in enumerate(part.sheet.rows[part.head.row :], start=part.head.row + 1):
        if all(is_empty(cell_at(row, column)) for column in read):
            continue
        if any(isinstance(cell, str) and slug(cell) == slug(EXAMPLE_ID) for cell in row):
            notes.append(f"{part.place(number)} : ligne d'exemple, non lue")
            continue
        yield number, row


def _trial_id(cell: Cell, place: str, strays: list[Problem]) -> str | None:
    try:
        trial_id = text_of(cell)
    except CellProblem as problem:
        strays.append(Problem(place, str(problem), None))
        return None
    if not trial_id:
        strays.append(Problem(place, "la cellule est vide ; l'identifiant de l'essai est attendu", None))
    return trial_id or None


def _draft_of(
    trial_id: str, part: _Part, number: int, column: int, known: tuple[list[_Draft], dict[str, _Draft]]
) -> _Draft:
    """The draft of a trial: in a flat sheet its rows are one, elsewhere a second row of one id is a clash."""
    drafts, by_id = known
    earlier = by_id.get(trial_id)
    if earlier is not None and part.head.role is Role.FLAT:
        return earlier
    draft = _Draft(trial_id, part.place(number), earlier=earlier)
    drafts.append(draft)
    if earlier is not None:
        reason = f"l'identifiant « {trial_id[:40]} » est déjà celui de : {earlier.place} ; chaque essai a le sien"
        draft.refuse(("id",), part.place(number, column), reason)
    return by_id.setdefault(trial_id, draft) if earlier is None else draft


def _add_trial(part: _Part, number: int, row: Sequence[Cell], draft: _Draft) -> None:
    for path, value, place in _values(part, number, row, part.head.columns, draft, ()):
        if draft.places.get(path) is not None and _at(draft.etude, path) != value:
            draft.refuse(path, place, f"les lignes d'un même essai diffèrent ; voir aussi : {draft.places[path]}")
            continue
        draft.places.setdefault(path, place)
        _put(draft.etude, path, value)
    if any(not is_empty(cell_at(row, column)) for column in part.head.sites):
        _add(part, number, row, part.head.sites, draft, "centres")


def _add_object(part: _Part, number: int, row: Sequence[Cell], draft: _Draft) -> None:
    _add(part, number, row, part.head.columns, draft, "cohortes" if part.head.role is Role.COHORTS else "centres")


def _add(
    part: _Part, number: int, row: Sequence[Cell], columns: Mapping[int, Column], draft: _Draft, name: str
) -> None:
    """One site, or one cohort, of a trial."""
    objects = draft.objects(name)
    made: dict[str, object] = {}
    at: Path = (name, len(objects))
    for path, value, place in _values(part, number, row, columns, draft, at):
        draft.places[(*at, *path)] = place
        _put(made, path, value)
    _check_required(columns, made, draft, at, part.place(number))
    _check_bounds(made, draft, at)
    if name == "cohortes" and "id" in made and any(one.get("id") == made["id"] for one in objects):
        draft.refuse((*at, "id"), draft.places[(*at, "id")], "deux cohortes de l'essai ont le même identifiant")
    objects.append(made)


def _values(
    part: _Part, number: int, row: Sequence[Cell], columns: Mapping[int, Column], draft: _Draft, at: Path
) -> Iterator[tuple[tuple[str, ...], object, str]]:
    """Path, value and place of every cell of a row that says something and can be read."""
    for index, column in columns.items():
        cell = cell_at(row, index)
        if is_empty(cell) or column.path == ("essai",):
            continue
        place = part.place(number, index)
        try:
            value = read_cell(cell, column)
        except CellProblem as problem:
            draft.refuse((*at, *column.path), place, str(problem))
        else:
            if value not in ("", []):
                yield column.path, value, place


def _check_required(
    columns: Mapping[int, Column], made: Mapping[str, object], draft: _Draft, at: Path, place: str
) -> None:
    refused = {path for path, _ in draft.problems}
    for column in columns.values():
        path = (*at, *column.path)
        if column.required and column.path[0] not in made and column.path != ("essai",) and path not in refused:
            wanted = f" ; attendu : {', '.join(column.labels.values())}" if column.labels else ""
            draft.refuse(path, f"{place}, colonne « {column.header} »", f"la cellule est vide{wanted}")


def _check_bounds(made: Mapping[str, object], draft: _Draft, at: Path) -> None:
    for low, high, what in _BOUNDS:
        least, most = made.get(low), made.get(high)
        if isinstance(least, int) and isinstance(most, int) and least > most:
            place = draft.places[(*at, high)]
            draft.refuse((*at, high), place, f"{what} min ({least}) dépasse {what} max ({most}) ; les inverser ?")


def _record(draft: _Draft, changed_at: datetime) -> Listed:
    _check_required(dict(enumerate(TRIALS)), draft.etude, draft, (), draft.place)
    _check_bounds(draft.etude, draft, ())
    costly = [problem for _, problem in draft.problems if problem.sets_aside]
    if costly:
        return _malformed(draft.trial_id, costly)
    dated = "maj_le" in draft.etude
    etude = draft.etude if dated else {**draft.etude, "maj_le": _latest_check(draft) or changed_at.isoformat()}
    read = read_etude(etude, path=draft.place)
    if isinstance(read, RecordMalformed):
        draft.problems.append((("id",), Problem(read.path, read.reason, draft.trial_id)))
        return read
    left_out = (*read.left_out, *(FieldProblem(one.place, one.reason) for _, one in draft.problems))
    return replace(read if dated else undated(read), left_out=left_out)


def _latest_check(draft: _Draft) -> str | None:
    """The latest day at which a site was checked: it stays the same when the file is only saved again."""
    return max((str(site["verifie_le"]) for site in draft.objects("centres") if "verifie_le" in site), default=None)


def _malformed(trial_id: str, problems: Sequence[Problem]) -> RecordMalformed:
    named = [problems[0].reason, *(str(problem) for problem in problems[1:_PROBLEMS_NAMED])]
    if (more := len(problems) - len(named)) > 0:
        named.append(f"et {more} de plus")
    return RecordMalformed(record_id=trial_id[:80], path=problems[0].place, reason=" ; ".join(named))


def _stray(problem: Problem) -> RecordMalformed:
    return RecordMalformed(record_id=problem.record_id, path=problem.place, reason=problem.reason)


def _put(into: dict[str, object], path: Sequence[str], value: object) -> None:
    first, *rest = path
    if not rest:
        into[first] = value
        return
    inner = into.setdefault(first, {})
    if isinstance(inner, dict):
        _put(inner, rest, value)


def _at(told: Mapping[str, object], path: Sequence[str]) -> object:
    value: object = told
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def is_good(record: Listed) -> bool:
    """Whether a trial was read."""
    return isinstance(record, RawRecord)
