"""The status of a study of ECLAIRE → that of the étude record."""

from collections.abc import Iterable

from connectors.archimaid.schema import Statut, StatutCentre

STUDY = {
    "in-review": Statut.A_VENIR,
    "approved": Statut.A_VENIR,
    "active": Statut.OUVERTE,
    "temporarily-closed-to-accrual": Statut.SUSPENDUE,
    "temporarily-closed-to-accrual-and-intervention": Statut.SUSPENDUE,
    "closed-to-accrual": Statut.CLOSE,
    "closed-to-accrual-and-intervention": Statut.CLOSE,
    "administratively-completed": Statut.TERMINEE,
    "completed": Statut.TERMINEE,
    "disapproved": Statut.RETIREE,
    "withdrawn": Statut.RETIREE,
}
"""http://hl7.org/fhir/R4/valueset-research-study-status.html."""

OWN = {
    "a-demarrer": Statut.A_VENIR,
    "prorogee": Statut.A_VENIR,
    "en-cours": Statut.OUVERTE,
    "suspendue": Statut.SUSPENDUE,
    "expiree": Statut.CLOSE,
    "terminee": Statut.TERMINEE,
    "terminee-fin-anticipee": Statut.TERMINEE,
    "archivee": Statut.TERMINEE,
    "abandonnee": Statut.TERMINEE,
}
"""The base's own codes (`eclaire-study-status-code-system`), where it serves them as they are."""

RECRUITMENT = {
    "upcoming": Statut.A_VENIR,
    "recruiting": Statut.OUVERTE,
    "completed-recruiting": Statut.CLOSE,
}
"""The extension `eclaire-recruitment-status` (since 2024)."""

_NOT_STARTED_OR_OPEN = frozenset((Statut.A_VENIR, Statut.OUVERTE))

SITES_OF = {
    Statut.A_VENIR: StatutCentre.A_VENIR,
    Statut.OUVERTE: StatutCentre.OUVERT,
    Statut.SUSPENDUE: StatutCentre.SUSPENDU,
    Statut.CLOSE: StatutCentre.FERME,
    Statut.TERMINEE: StatutCentre.FERME,
}
"""The base has no status of its own for a site: a site has that of the trial."""


def statut_of(status: str | None, recruitment: Iterable[str]) -> Statut | None:
    """The status that both tell; None when neither is known.

    A study that is suspended, closed or over stays so whatever its recruitment says. One that is authorised or
    running recruits, will, or has, as its recruitment says.
    """
    recruits = next((RECRUITMENT[code] for code in recruitment if code in RECRUITMENT), None)
    study = (STUDY | OWN).get(status or "")
    if study is None or (study in _NOT_STARTED_OR_OPEN and recruits is not None):
        return recruits
    return study
