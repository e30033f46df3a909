"""Records of several sources, and the catalogue that they make."""

from collections.abc import Mapping
from typing import Any

from connectors.archimaid.translate import trial_of
from rules.trial import Disputed, Trial
from trialmatch.catalogue.content import content_hash
from trialmatch.catalogue.merging.merge import merged_catalogue
from trialmatch.catalogue.merging.model import CatalogueRecord, Role, SourceRule, Told

ARCHIMAID = SourceRule("archimaid", Role.DECIDES, 0)
SHEET = SourceRule("feuille", Role.DECIDES, 1)
ECLAIRE = SourceRule("eclaire", Role.ENRICHES, 0)
CTGOV = SourceRule("clinicaltrials", Role.ENRICHES, 1)
RULES = (ARCHIMAID, SHEET, ECLAIRE, CTGOV)
NCT = "NCT04613596"
INCLUSION = "- Cancer du poumon non à petites cellules métastatique\n- Mutation KRAS G12C"
EXCLUSION = "- Traitement antérieur par inhibiteur de KRAS G12C"
ENGLISH = {
    "criteres_inclusion": "- Metastatic non-small cell lung cancer\n- KRAS G12C mutation\n- Age 18 years or older",
    "criteres_non_inclusion": "- Prior treatment with a KRAS G12C inhibitor",
}


def etude(record_id: str, **fields: Any) -> dict[str, Any]:
    """A record with what the contract requires, and nothing else stated; `nct` and the like are its numbers."""
    numbers = {kind: fields.pop(kind) for kind in ("nct", "eu_ct", "eudract", "id_rcb") if kind in fields}
    required = {"titre": f"Étude {record_id}", "statut": "ouverte", "maj_le": "2026-11-01T08:00:00Z"}
    return {"id": record_id, **required, **({"identifiants": numbers} if numbers else {}), **fields}


def site(name: str, city: str | None = None, status: str = "ouvert", **fields: Any) -> dict[str, Any]:
    """A site of a record."""
    return {"nom": name, "statut": status, **({"ville": city} if city else {}), **fields}


def linked(name: str, city: str | None) -> str | None:
    """The establishments of these tests: one hospital of Lille under two names."""
    known = {("chu lille", "lille"): "590000188", ("lille university hospital", "lille"): "590000188"}
    return known.get((name.lower(), (city or "").lower()))


def told(sources: Mapping[SourceRule, list[dict[str, Any]]]) -> dict[tuple[str, str], Told]:
    """Current records by source and id."""
    return {
        (rule.name, record["id"]): Told(record, content_hash(record))
        for rule, records in sources.items()
        for record in records
    }


def catalogue(
    sources: Mapping[SourceRule, list[dict[str, Any]]], rules: tuple[SourceRule, ...] = RULES
) -> dict[str, CatalogueRecord]:
    """The catalogue by trial id."""
    return {one.trial_id: one for one in merged_catalogue(told(sources), rules, link=linked)}


def only(sources: Mapping[SourceRule, list[dict[str, Any]]]) -> CatalogueRecord:
    """The one trial of a catalogue."""
    (one,) = catalogue(sources).values()
    return one


def given_by(one: CatalogueRecord) -> dict[str, str]:
    """The source of each field."""
    return {path: one.origin.sources[number].source for path, number in one.origin.fields.items()}


def disputed(one: CatalogueRecord) -> list[Disputed]:
    """What the sources disagree on."""
    return [each.about for each in one.disagreements]


def understood(one: CatalogueRecord) -> Trial:
    """The merged record as a trial: it keeps the contract of the feed."""
    return trial_of(one.record)
