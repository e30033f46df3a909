"""The outside shape of an ARCHIMAID page and of an étude (docs/contracts/archimaid-feed.schema.json).

Names are those of the feed. None, and an empty tuple, always mean « not filled in »: never no. Unknown fields are
passed over. A field that is only shown and cannot be read costs itself; a field that is judged costs the étude, which
is set aside: read wrongly, it could rule out, or propose, a trial that it should not.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from connectors.archimaid import tolerance as read


class Statut(StrEnum):
    """Whether a study is open; `RETIREE` only in a listing of changes: it has left the catalogue."""

    A_VENIR = "a_venir"
    OUVERTE = "ouverte"
    SUSPENDUE = "suspendue"
    CLOSE = "close"
    TERMINEE = "terminee"
    RETIREE = "retiree"


class StatutCohorte(StrEnum):
    """Whether a cohort is open."""

    A_VENIR = "a_venir"
    OUVERTE = "ouverte"
    SUSPENDUE = "suspendue"
    CLOSE = "close"


class StatutCentre(StrEnum):
    """Whether a site is open."""

    A_VENIR = "a_venir"
    OUVERT = "ouvert"
    SUSPENDU = "suspendu"
    FERME = "ferme"


class Situation(StrEnum):
    """Extent, course and setting of the disease; any one of a study's list fits."""

    LOCALISE = "localise"
    LOCALEMENT_AVANCE = "localement_avance"
    METASTATIQUE = "metastatique"
    ADJUVANT = "adjuvant"
    NEOADJUVANT = "neoadjuvant"
    RECHUTE = "rechute"
    REFRACTAIRE = "refractaire"
    MAINTENANCE = "maintenance"
    REMISSION = "remission"


class Phase(StrEnum):
    """The phase of a trial; `NA` for a study that has none."""

    I = "I"  # noqa: E741 - the numeral is the name of the phase
    I_II = "I/II"
    II = "II"
    II_III = "II/III"
    III = "III"
    IV = "IV"
    NA = "NA"


class TypeEtude(StrEnum):
    """Whether the study decides what is done to the patient."""

    INTERVENTIONNELLE = "interventionnelle"
    OBSERVATIONNELLE = "observationnelle"


class Sexe(StrEnum):
    """Who may take part."""

    TOUS = "tous"
    FEMME = "femme"
    HOMME = "homme"


class Exigence(StrEnum):
    """What is asked of a biomarker: altered or positive, wild type or negative, or merely known."""

    PRESENT = "present"
    ABSENT = "absent"
    CONNU = "connu"


class Places(StrEnum):
    """Whether a site still has room."""

    DISPONIBLES = "disponibles"
    LISTE_ATTENTE = "liste_attente"
    AUCUNE = "aucune"


Text = Annotated[str, BeforeValidator(read.as_text)]
RequiredText = Annotated[str, BeforeValidator(read.as_required_text)]
Finess = Annotated[str, BeforeValidator(read.as_finess)]
WebAddress = Annotated[str, BeforeValidator(read.as_web_address)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(read.as_list)]
Day = Annotated[date, BeforeValidator(read.as_date)]
Instant = Annotated[datetime, BeforeValidator(read.as_instant)]
Flag = Annotated[bool, BeforeValidator(read.as_flag)]
AgeYears = Annotated[int, BeforeValidator(read.as_whole_number), Field(ge=0, le=130)]
Oms = Annotated[int, BeforeValidator(read.as_whole_number), Field(ge=0, le=5)]
Situations = Annotated[
    tuple[Annotated[Situation, BeforeValidator(read.one_of(Situation))], ...], BeforeValidator(read.as_list)
]
PhaseRead = Annotated[Phase, BeforeValidator(read.one_of(Phase)), BeforeValidator(read.as_phase)]


class Shape(BaseModel):
    """Base of every object of the feed: null and blank fields are absent, unknown ones are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def drop_blanks(cls, value: object) -> object:
        """Null and blank fields are absent fields."""
        return read.without_blanks(value)


class Identifiants(Shape):
    """The numbers under which registries know the study."""

    nct: Text | None = None
    eu_ct: Text | None = None
    eudract: Text | None = None
    id_rcb: Text | None = None


class Localisation(Shape):
    """A tumour site as it was typed, with its ICD-10 codes (CIM-10) where they were given."""

    libelle: RequiredText
    cim10: Texts = ()


class Biomarqueur(Shape):
    """A required biomarker; entries that share a `groupe` are alternatives, no `variants` means any alteration."""

    nom: RequiredText
    exigence: Annotated[Exigence, BeforeValidator(read.one_of(Exigence))]
    variants: Texts = ()
    seuil: Text | None = None
    groupe: Text | None = None


Localisations = Annotated[
    tuple[Annotated[Localisation, BeforeValidator(read.as_localisation)], ...], BeforeValidator(read.as_list)
]
Biomarqueurs = Annotated[tuple[Biomarqueur, ...], BeforeValidator(read.as_list)]


class Axes(Shape):
    """What a study and a cohort both may ask; ages in years and OMS (ECOG) bounds are inclusive."""

    localisations: Localisations = ()
    toutes_tumeurs_solides: Flag | None = None
    histologies: Texts = ()
    situations: Situations = ()
    stades: Texts = ()
    lignes: Texts = ()
    biomarqueurs: Biomarqueurs = ()
    age_min: AgeYears | None = None
    age_max: AgeYears | None = None
    sexe: Annotated[Sexe, BeforeValidator(read.one_of(Sexe))] | None = None
    oms_min: Oms | None = None
    oms_max: Oms | None = None
    criteres_inclusion: Text | None = None
    criteres_non_inclusion: Text | None = None

    @model_validator(mode="after")
    def bounds_leave_somebody(self) -> Self:
        """Bounds the wrong way round would rule everybody out."""
        for name, low, high in (("age", self.age_min, self.age_max), ("oms", self.oms_min, self.oms_max)):
            if low is not None and high is not None and low > high:
                raise read.problem(
                    f"{name}_min is {low} and {name}_max {high}: the minimum must not exceed the maximum"
                )
        return self


class Cohorte(Axes):
    """A part of a study with its own status; its axes and texts add to the study's."""

    id: RequiredText
    libelle: RequiredText
    statut: Annotated[StatutCohorte, BeforeValidator(read.one_of(StatutCohorte))]


class Contact(Shape):
    """Whom to call at a site."""

    nom: Text | None = None
    tel: Text | None = None
    courriel: Text | None = None


class Centre(Shape):
    """A site, its status and who checked it when; no `cohortes` means all of them are open there."""

    finess: Finess | None = None
    nom: RequiredText
    ville: Text | None = None
    territoire: Text | None = None
    statut: Annotated[StatutCentre, BeforeValidator(read.one_of(StatutCentre))]
    verifie_le: Day | None = None
    verifie_par: Text | None = None
    investigateur: Text | None = None
    contact: Contact | None = None
    cohortes: Texts = ()
    places: Annotated[Places, BeforeValidator(read.one_of(Places))] | None = None


class Etude(Axes):
    """A study of the feed; no `centres` means that nobody knows where it is open."""

    id: RequiredText
    acronyme: Text | None = None
    titre: RequiredText
    resume: Text | None = None
    identifiants: Identifiants = Identifiants()
    promoteur: Text | None = None
    phase: PhaseRead | None = None
    type: Annotated[TypeEtude, BeforeValidator(read.one_of(TypeEtude))] | None = None
    statut: Annotated[Statut, BeforeValidator(read.one_of(Statut))]
    specialites: Texts = ()
    traitements: Texts = ()
    cohortes: Annotated[tuple[Cohorte, ...], BeforeValidator(read.as_list)] = ()
    centres: Annotated[tuple[Centre, ...], BeforeValidator(read.as_list)] = ()
    url: WebAddress | None = None
    ouverte_le: Day | None = None
    fin_prevue_le: Day | None = None
    comparaison: Text | None = None
    maj_le: Instant

    @model_validator(mode="after")
    def cohort_ids_differ(self) -> Self:
        """Two cohorts of one id cannot be told apart by the sites that open only one of them."""
        ids = [cohort.id for cohort in self.cohortes]
        if len(set(ids)) < len(ids):
            raise read.problem("cohortes: two cohorts have the same id, each needs its own")
        return self


class Envelope(Shape):
    """A page before its études are looked at: each of them stands or falls alone."""

    total: Annotated[int, BeforeValidator(read.as_whole_number), Field(ge=0)]
    page: Annotated[int, BeforeValidator(read.as_whole_number), Field(ge=0)]
    pages: Annotated[int, BeforeValidator(read.as_whole_number), Field(ge=0)]
    genere_le: Instant | None = None
    etudes: list[object]
