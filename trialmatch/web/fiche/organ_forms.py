"""The organ-specific parts of the demonstration's form: what each asks for, and where that goes in a case."""

import re
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from rules.vocabulary.tables import rows, several

_STAGE_TABLES = ("stage_groups_thorax_head", "stage_groups_digestive", "stage_groups_uro_gynae", "stage_groups_other")
_STAGE_COLUMNS = ("scheme", "edition", "t", "n", "m", "group", "source")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Coded(_Part):
    """A code of a classification, with its words."""

    system: Literal["cim-10", "cim-o-3"]
    code: str
    text: str


class SuggestedItem(_Part):
    """What the fields of the site and of the histology suggest first: code (CIM-10, CIM-O-3) and words."""

    kind: Literal["site", "histology"]
    options: tuple[tuple[str, str], ...]


class MarkerItem(_Part):
    """One biomarker. `words`: of a positive and of a negative result."""

    kind: Literal["marker"]
    name: str
    label: str | None = None
    words: tuple[str, str]
    variants: tuple[str, ...] = ()
    value: bool = False
    unit: str | None = None
    assay: str | None = None
    specimen: str | None = None


class ScaleItem(_Part):
    """A biomarker whose result is one of a few words, each with the fields that it stands for."""

    kind: Literal["scale"]
    name: str
    label: str
    options: tuple[tuple[str, dict[str, str]], ...]


class StageItem(_Part):
    """A stage of a system other than TNM; without `values` it is typed."""

    kind: Literal["stage"]
    system: str
    label: str
    values: tuple[str, ...] = ()


class ConditionItem(_Part):
    """A condition of the patient: present, absent or not told."""

    kind: Literal["condition"]
    name: str
    label: str


class ConditionChoiceItem(_Part):
    """Conditions of which one holds: name and words."""

    kind: Literal["condition_choice"]
    label: str
    options: tuple[tuple[str, str], ...]


class LabItem(_Part):
    """A laboratory value in one unit."""

    kind: Literal["lab"]
    name: str
    unit: str
    label: str


class SuitabilityItem(_Part):
    """Whether something can be given."""

    kind: Literal["suitability"]
    for_: str = Field(alias="for", serialization_alias="for")
    label: str


class FieldItem(_Part):
    """A field of the case: one of some values, or a whole number."""

    kind: Literal["field"]
    path: str
    label: str
    options: tuple[tuple[Any, str], ...] = ()
    number: bool = False


Item = Annotated[
    SuggestedItem
    | MarkerItem
    | ScaleItem
    | StageItem
    | ConditionItem
    | ConditionChoiceItem
    | LabItem
    | SuitabilityItem
    | FieldItem,
    Field(discriminator="kind"),
]


class Categories(_Part):
    """The T, N and M of an organ, as suggestions."""

    t: tuple[str, ...] = ()
    n: tuple[str, ...] = ()
    m: tuple[str, ...] = ()


class OrganForm(_Part):
    """The part of one organ. `organ`: the site that choosing it states; `source`: where its items come from."""

    id: str
    label: str
    tnm: str | None = None
    organ: Coded | None
    speciality: str
    sex: Literal["female", "male"] | None = None
    source: str
    items: tuple[Item, ...]
    categories: Categories = Categories()


class OrganForms(_Part):
    """All of them, in the order of the list that one chooses from."""

    forms: tuple[OrganForm, ...]


@cache
def organ_forms() -> OrganForms:
    """The forms of organ_forms.yaml. Raises ValidationError on what is no form: the file comes with the program."""
    text = files("trialmatch.web.fiche").joinpath("organ_forms.yaml").read_text(encoding="utf-8")
    read = OrganForms.model_validate(yaml.safe_load(text))
    return OrganForms(forms=tuple(_with_categories(form) for form in read.forms))


def _with_categories(form: OrganForm) -> OrganForm:
    return form.model_copy(update={"categories": categories_of(form.tnm)}) if form.tnm else form


def categories_of(scheme: str) -> Categories:
    """Every T, N and M that a table of stage groups names."""
    own = [row for table in _STAGE_TABLES for row in rows(table, columns=_STAGE_COLUMNS) if row["scheme"] == scheme]
    named = {axis: {code for row in own for code in several(row[axis])} - {"*"} for axis in ("t", "n", "m")}
    return Categories(**{axis: tuple(sorted(codes, key=_in_order)) for axis, codes in named.items()})


def _in_order(code: str) -> tuple[str, ...]:
    """Tis and TX last, then by figure and letter."""
    short = code[1:]
    return ("9" if re.match(r"is|X", short) else "0", short)
