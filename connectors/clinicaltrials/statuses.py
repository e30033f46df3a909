"""The statuses of ClinicalTrials.gov, of a study (`overallStatus`) and of its sites → those of the étude record."""

from connectors.archimaid.schema import Statut, StatutCentre

STATUS = {
    "NOT_YET_RECRUITING": Statut.A_VENIR,
    "RECRUITING": Statut.OUVERTE,
    "ENROLLING_BY_INVITATION": Statut.CLOSE,
    "SUSPENDED": Statut.SUSPENDUE,
    "ACTIVE_NOT_RECRUITING": Statut.CLOSE,
    "UNKNOWN": Statut.CLOSE,
    "COMPLETED": Statut.TERMINEE,
    "TERMINATED": Statut.TERMINEE,
}
"""By invitation: the participants were chosen in advance, nobody can be referred. Unknown: the completion date has
passed and nobody confirmed the status for two years (the registry's definition), so it is not told as open."""

GONE = frozenset(
    (
        "WITHDRAWN", "WITHHELD", "AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE",
        "APPROVED_FOR_MARKETING",
    )
)  # fmt: skip
"""Stopped before anybody took part, hidden by the registry, or expanded access, which is no trial."""

SITE_STATUS = {
    "NOT_YET_RECRUITING": StatutCentre.A_VENIR,
    "RECRUITING": StatutCentre.OUVERT,
    "SUSPENDED": StatutCentre.SUSPENDU,
    "ENROLLING_BY_INVITATION": StatutCentre.FERME,
    "ACTIVE_NOT_RECRUITING": StatutCentre.FERME,
    "COMPLETED": StatutCentre.FERME,
    "TERMINATED": StatutCentre.FERME,
    "WITHDRAWN": StatutCentre.FERME,
}
SITES_OF = {
    Statut.A_VENIR: StatutCentre.A_VENIR,
    Statut.OUVERTE: StatutCentre.OUVERT,
    Statut.SUSPENDUE: StatutCentre.SUSPENDU,
    Statut.CLOSE: StatutCentre.FERME,
    Statut.TERMINEE: StatutCentre.FERME,
}
"""A site whose own status is not told (the registry tells it while a trial recruits) has that of the trial."""
