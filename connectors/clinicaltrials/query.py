"""What is asked of ClinicalTrials.gov: which conditions, where, in which state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

CONDITIONS = (
    "cancer OR neoplasms OR tumor OR carcinoma OR lymphoma OR leukemia OR myeloma OR sarcoma OR melanoma OR glioma "
    "OR mesothelioma OR myelodysplastic OR myeloproliferative"
)
STATUSES = (
    "NOT_YET_RECRUITING",
    "RECRUITING",
    "ENROLLING_BY_INVITATION",
    "ACTIVE_NOT_RECRUITING",
    "SUSPENDED",
    "COMPLETED",
    "TERMINATED",
)
"""Closed and over too: that the registry closed a trial is worth telling to a site that calls it open."""

RECENT = "AREA[LastUpdatePostDate]RANGE[2024-01-01,MAX]"
"""Records of the last years: one that recruits is due for an update every year, an older one is of no site's list."""

FIELDS = "|".join(
    f"protocolSection.{name}"
    for name in (
        "identificationModule", "statusModule", "sponsorCollaboratorsModule", "descriptionModule.briefSummary",
        "conditionsModule", "designModule.studyType", "designModule.phases", "designModule.designInfo",
        "armsInterventionsModule", "contactsLocationsModule",
        "eligibilityModule",  # names-the-word: the registry's name of the field
    )
)  # fmt: skip
"""What an étude is made of: without the results, a record is a tenth of its size."""

FIELDS_OF_LEFT = "|".join(
    f"protocolSection.{name}"
    for name in (
        "identificationModule.nctId", "identificationModule.briefTitle", "statusModule.overallStatus",
        "statusModule.lastUpdatePostDateStruct", "statusModule.lastUpdateSubmitDate",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClinicalTrialsQuery:
    """The studies that are wanted; each part as the registry's own parameter takes it, None for no limit.

    `conditions` is `query.cond`, `place` `query.locn`, `statuses` `filter.overallStatus`, `terms` `query.term`,
    `advanced` `filter.advanced` (https://clinicaltrials.gov/data-api/api, https://clinicaltrials.gov/find-studies).
    """

    conditions: str | None = CONDITIONS
    place: str | None = "France"
    statuses: tuple[str, ...] = STATUSES
    terms: str | None = None
    advanced: str | None = RECENT

    def parameters(self, since: date | None) -> Mapping[str, str]:
        """The query of a listing, of the studies updated since a day where one is given."""
        updated = f"AREA[LastUpdatePostDate]RANGE[{since.isoformat()},MAX]" if since else None
        asked = {
            "query.cond": self.conditions,
            "query.locn": self.place,
            "query.term": self.terms,
            "filter.overallStatus": "|".join(self.statuses),
            "filter.advanced": f"({self.advanced}) AND {updated}" if self.advanced and updated else
            self.advanced or updated,
        }  # fmt: skip
        return {name: value for name, value in asked.items() if value}

    def wider(self) -> Iterator["ClinicalTrialsQuery"]:
        """Queries that also hold what may have left this one: by its state and its sites, by its state and its terms.

        A study that changed both its conditions and its sites between two listings is left to the next whole one.
        """
        if self.conditions or self.terms:
            yield replace(self, place=None, advanced=None, statuses=())
        if self.place:
            yield replace(self, conditions=None, terms=None, advanced=None, statuses=())
