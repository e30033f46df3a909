"""A case as it is known: what the form states and what its free text was read to say, each with its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from rules.case import Case, Treatment
from rules.criteria import State

T = TypeVar("T")


class Source(NamedTuple):
    """Where a fact stands: path in the case, the words, and whether it was read from free text or follows by a rule."""

    field: str
    text: str
    read: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class StateStatement:
    """A state of the disease that only a text can tell."""

    state: State
    holds: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Dossier:
    """`stated`: the case as sent. `read`: what its free text says, as a partial case; `quotes`: path → words read;
    `details`: what the text tells of stated treatments, by their place in the list."""

    stated: Case
    read: Case
    quotes: Mapping[str, str] = field(default_factory=dict)
    states: tuple[StateStatement, ...] = ()
    details: Mapping[int, Treatment] = field(default_factory=dict)

    @staticmethod
    def of(case: Case) -> "Dossier":
        """The dossier of a case whose free text is not read."""
        return Dossier(case, Case(case_id=case.case_id))

    def said(self, get: Callable[[Case], T | None], path: str) -> Sequence[tuple[T, Source]]:
        """Every statement of one single-valued fact, the form's first."""
        stated, read = get(self.stated), get(self.read)
        if stated is None and read is None:  # most facts of most cases
            return ()
        found = [] if stated is None else [(stated, Source(path, _words(stated, path)))]
        return found if read is None else [*found, (read, self._quoted(path, read))]

    def listed(self, get: Callable[[Case], tuple[T, ...]], path: str) -> Sequence[tuple[T, Source]]:
        """Every entry of one list, the form's first."""
        stated, read = get(self.stated), get(self.read)
        if not stated and not read:
            return ()
        found = [(item, Source(f"{path}[{index}]", "")) for index, item in enumerate(stated)]
        return [*found, *((item, self._quoted(f"{path}[{index}]", "")) for index, item in enumerate(read))]

    def _quoted(self, path: str, value: object) -> Source:
        return Source("summary_text", self.quotes.get(path, _words(value, path)), read=True)


_SAID: Mapping[str, Mapping[object, str]] = {
    "patient.sex": {"female": "femme", "male": "homme"},
    "disease.phase": {"initial": "phase initiale", "relapse": "rechute"},
    "disease.extent": {
        "localised": "maladie localisée",
        "locally_advanced": "maladie localement avancée",
        "metastatic": "maladie métastatique",
        "remission": "rémission",
    },
    "disease.brain_metastases": {
        "none": "pas de métastase cérébrale",
        "treated_stable": "métastases cérébrales traitées, stables",
        "active": "métastases cérébrales actives",
        "untreated": "métastases cérébrales non traitées",
    },
    "disease.response": {
        "complete_remission": "rémission complète",
        "mrd_positive": "maladie résiduelle positive",
        "mrd_negative": "maladie résiduelle négative",
        "refractory": "maladie réfractaire",
        "stable": "maladie stable",
        "partial_response": "réponse partielle",
    },
    "disease.resectable": {True: "résécable", False: "non résécable"},
    "disease.castration_resistant": {True: "résistance à la castration", False: "pas de résistance à la castration"},
    "disease.measurable": {True: "maladie mesurable", False: "maladie non mesurable"},
    "planned_setting": {
        "neoadjuvant": "néoadjuvant",
        "adjuvant": "adjuvant",
        "local_curative": "traitement local à visée curative",
        "advanced": "maladie avancée",
        "maintenance": "maintenance",
        "consolidation": "consolidation",
        "surveillance": "surveillance",
        "supportive_only": "soins de support exclusifs",
    },
}
"""What a code of the contract is called on screen."""


def _words(value: object, path: str) -> str:
    said = _SAID.get(path, {}).get(value)
    if said is not None:
        return said
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)
