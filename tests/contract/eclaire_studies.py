"""One invented study in the profile of 2025, with all that it refers to; its shapes are those of the guide's examples
(ansforge/IG-fhir-essais-cliniques) and of the base's own tests (DNUM-SocialGouv/eclaire)."""

from typing import Any

from tests.contract.registries import IG, Study

KINDS = "https://interop.esante.gouv.fr/ig/fhir/eclaire/CodeSystem/eclaire-group-characteristic-kind-code-system"
R5 = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ResearchStudy"
NUMBER = "2025-500001-02-00"


def coded(*codes: str, text: str | None = None) -> dict[str, Any]:
    concept: dict[str, Any] = {"coding": [{"code": code} for code in codes]}
    return concept if text is None else {**concept, "text": text}


def trait(kind: str, *, exclude: bool = False, **value: Any) -> dict[str, Any]:
    return {"code": {"coding": [{"system": KINDS, "code": kind}]}, "exclude": exclude, **value}


def criterion(text: str, *, exclude: bool = False) -> dict[str, Any]:
    return trait("grp-other", exclude=exclude, valueCodeableConcept={"coding": [{"display": text}]})


def group(*traits: dict[str, Any]) -> Study:
    return {"resourceType": "Group", "id": f"{NUMBER}-enrollment-group", "type": "person", "characteristic": [*traits]}


def years(low: int | None, high: int | None) -> dict[str, Any]:
    ends = {"low": low, "high": high}
    told = {end: {"value": age, "unit": "years"} for end, age in ends.items() if age is not None}
    return trait("grp-age", valueRange=told)


GROUP = group(
    trait("grp-gender", valueCodeableConcept=coded("female")),
    years(18, 64),
    years(65, None),
    trait("grp-category", valueCodeableConcept={"coding": [{"display": "Patients"}]}),
    criterion("1. Cancer du sein métastatique HER2 positif"),
    criterion("OMS 0 ou 1"),
    criterion("Métastases cérébrales actives", exclude=True),
    criterion("Survie sans progression"),
    criterion("Survie globale"),
)

SITES = [
    {
        "resourceType": "Location",
        "id": f"{NUMBER}-0-site",
        "name": "Centre inventé",
        "address": {"city": "Lille", "line": ["1 rue Inventée", "Oncologie"], "use": "work"},
        "telecom": [
            {
                "extension": [
                    {
                        "url": f"{IG}/eclaire-site-contact-name",
                        "valueHumanName": {"family": "Inventée", "given": ["Ada"], "prefix": ["Dr"]},
                    }
                ],
                "use": "work",
            },
            {"system": "phone", "value": "0300000000"},
            {"system": "email", "value": "INDISPONIBLE"},
        ],
    },
    {
        "resourceType": "Location",
        "id": f"{NUMBER}-1-site",
        "name": "Donnée non disponible",
        "address": {"city": "Rouen", "line": ["2 rue Inventée", "Service de sénologie"]},
    },
    {"resourceType": "Location", "id": f"{NUMBER}-2-site", "name": "Ziekenhuis", "address": {"country": "BE"}},
    {"resourceType": "Location", "id": f"{NUMBER}-3-site", "name": "INDISPONIBLE", "address": {"city": "Amiens"}},
]

ORGANISATION = {"resourceType": "Organization", "id": f"{NUMBER}-primary-sponsor", "name": "Promoteur inventé"}
OTHERS = [GROUP, *SITES, ORGANISATION]
INCLUDED = {f"{one['resourceType']}/{one['id']}": one for one in OTHERS}

STUDY: Study = {
    "resourceType": "ResearchStudy",
    "id": NUMBER,
    "meta": {"lastUpdated": "2026-11-05T00:00:00.000Z", "profile": [f"{IG}/eclaire-researchstudy"]},
    "extension": [
        {"url": f"{IG}/eclaire-therapeutic-area", "valueString": "Maladies [C] - Tumeurs [C04]"},
        {"url": f"{IG}/eclaire-recruitment-status", "valueCodeableConcept": coded("recruiting")},
        {"url": f"{IG}/eclaire-recruitment-period", "valuePeriod": {"start": "2026-01-15T00:00:00.000Z"}},
        {"url": f"{IG}/eclaire-review-date", "valueInstant": "2026-11-04T00:00:00.000Z"},
        {"url": f"{R5}.descriptionSummary", "valueMarkdown": "Une étude inventée."},
        {
            "url": f"{R5}.label",
            "extension": [
                {"url": "value", "valueString": "INVENTA"},
                {"url": "type", "valueCodeableConcept": coded("acronym")},
            ],
        },
        {
            "url": f"{R5}.associatedParty",
            "extension": [
                {"url": "name", "valueString": "Promoteur inventé"},
                {"url": "role", "valueCodeableConcept": coded("lead-sponsor")},
            ],
        },
        {
            "url": f"{IG}/eclaire-arm-intervention",
            "extension": [{"url": "name", "valueString": "Inventimab"}, {"url": "description", "valueString": "x"}],
        },
    ],
    "identifier": [
        {"use": "official", "value": NUMBER},
        {"use": "secondary", "value": "NCT00000042"},
        {"use": "secondary", "value": "INDISPONIBLE"},
    ],
    "title": "Étude de phase III de l'inventimab",
    "status": "active",
    "phase": coded("phase-3"),
    "category": [{"coding": [{"code": "REG536", "display": "REG536 (CTIS)"}]}],
    "condition": [
        {"id": f"disease-condition-{NUMBER}", "text": "Cancer du sein localement avancé ou métastatique"},
        {"coding": [{"system": "https://www.meddra.org", "code": "10065430"}]},
    ],
    "location": [{"coding": [{"system": "urn:iso:std:iso:3166", "code": "FR"}]}],
    "enrollment": [{"reference": f"Group/{NUMBER}-enrollment-group"}],
    "site": [{"reference": f"Location/{NUMBER}-{index}-site"} for index in range(5)],
    "period": {"end": "2029-06-30"},
    "arm": [{"name": "Bras A"}, {"name": "Bras B"}],
}
