"""One study of ClinicalTrials.gov (API v2) → one étude. What the registry does not say stays absent.

Conditions and keywords make no axis: they are search words (a trial of brain metastases of a lung cancer is filed
under both, a basket trial under none), and an axis that names an organ too many or too few rules patients out. The
criteria text says it, and is read.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from connectors.archimaid.records import Record
from connectors.archimaid.schema import Statut
from connectors.archimaid.tolerance import as_instant
from connectors.base import RawRecord
from connectors.clinicaltrials.sections import split_criteria
from connectors.clinicaltrials.statuses import GONE, SITE_STATUS, SITES_OF, STATUS
from connectors.errors import RecordMalformed
from connectors.identifiers import identifiers_in
from connectors.pivot import checked
from connectors.told import ShownOnly, Told, Unreadable

NAME = "ClinicalTrials.gov"
STUDY_PAGE = "https://clinicaltrials.gov/study/"
FRANCE = frozenset(
    ("France", "Guadeloupe", "Martinique", "French Guiana", "Réunion", "Reunion", "Mayotte", "New Caledonia",
     "French Polynesia", "Saint Martin")
)  # fmt: skip
Fields = dict[str, object]


def read_study(raw: object, *, path: str) -> Record | RecordMalformed:
    """One study as an étude, or why it cannot be read; fields that are only shown and unreadable are in `left_out`."""
    study = Told(raw, path)
    shown = ShownOnly()
    record_id: str | None = None
    try:
        record_id = study_id(study)
        fields = {name: value for name, value in _etude(study, shown).items() if value not in (None, [], {})}
    except Unreadable as error:
        return RecordMalformed(record_id=record_id, path=error.path, reason=error.reason)
    return checked(fields, raw, path=path, left_out=tuple(shown.left_out))


def study_id(study: Told) -> str:
    """The NCT number; raises Unreadable where there is none."""
    return study["protocolSection"]["identificationModule"]["nctId"].required()[:200]


def has_french_site(raw: object) -> bool:
    """Whether a study lists a site in France; one that cannot be read this far may, and is told as malformed."""
    study = Told(raw, "$")
    try:
        study_id(study)
        return any(True for _ in _french(study["protocolSection"]["contactsLocationsModule"]["locations"]))
    except Unreadable:
        return True


def left_etude(raw: object, *, path: str) -> Record | None:
    """A study that is no longer listed, as the word that it has left; None when it cannot be named or dated."""
    study = Told(raw, path)
    try:
        head, status = study["protocolSection"]["identificationModule"], study["protocolSection"]["statusModule"]
        fields = {
            "id": study_id(study),
            "titre": ShownOnly().text(head, "briefTitle") or study_id(study),
            "statut": Statut.RETIREE.value,
            "maj_le": _updated_at(status).isoformat(),
        }
    except Unreadable:
        return None
    read = checked(fields, raw, path=path, left_out=())
    return read if isinstance(read, RawRecord) else None


def _etude(study: Told, shown: ShownOnly) -> Fields:
    protocol = study["protocolSection"]
    head, status = protocol["identificationModule"], protocol["statusModule"]
    statut = _statut(status["overallStatus"])
    return {
        "id": study_id(study),
        "titre": head["officialTitle"].text() or head["briefTitle"].required(),
        "acronyme": shown.text(head, "acronym"),
        "resume": shown.text(protocol, "descriptionModule", "briefSummary"),
        "identifiants": shown(lambda: _identifiers(head)),
        "promoteur": shown.text(protocol, "sponsorCollaboratorsModule", "leadSponsor", "name"),
        "phase": shown(lambda: _phase(protocol["designModule"]["phases"])),
        "type": shown(lambda: _type(protocol["designModule"]["studyType"])),
        "statut": statut.value,
        "traitements": shown(lambda: _treatments(protocol["armsInterventionsModule"])),
        "comparaison": shown(lambda: _comparison(protocol)),
        "url": STUDY_PAGE + study_id(study),
        "ouverte_le": shown(lambda: _started_on(status["startDateStruct"])),
        "fin_prevue_le": shown(lambda: _iso(status["completionDateStruct"]["date"].day())),
        "maj_le": _updated_at(status).isoformat(),
        "centres": _sites(protocol, statut, shown),
        **_criteria(protocol["eligibilityModule"]),  # names-the-word: the registry's name of the field
    }


def _statut(told: Told) -> Statut:
    code = told.required()
    if code in GONE:
        return Statut.RETIREE
    if code in STATUS:
        return STATUS[code]
    raise Unreadable(told.path, "a status of ClinicalTrials.gov is expected, as RECRUITING")


def _identifiers(head: Told) -> Fields:
    others = [one["id"].code() for one in head["secondaryIdInfos"].each()]
    told = [head["nctId"].code(), *others, head["orgStudyIdInfo"]["id"].code()]
    return dict(identifiers_in(text for text in told if text))


_PHASES = {"EARLY_PHASE1": "I", "PHASE1": "I", "PHASE2": "II", "PHASE3": "III", "PHASE4": "IV", "NA": "NA"}


def _phase(phases: Told) -> str | None:
    named = []
    for phase in phases.each():
        code = phase.code()
        if code not in _PHASES:
            raise Unreadable(phase.path, "a phase is expected, as PHASE2")
        named.append(_PHASES[code])
    return "/".join(dict.fromkeys(named)) or None


def _type(told: Told) -> str | None:
    types = {"INTERVENTIONAL": "interventionnelle", "OBSERVATIONAL": "observationnelle"}
    return types.get(told.code() or "")


def _treatments(arms: Told) -> list[str]:
    names = (one["name"].text() for one in arms["interventions"].each())
    return list(dict.fromkeys(name for name in names if name))


_ARMS = {
    "EXPERIMENTAL": "expérimental",
    "ACTIVE_COMPARATOR": "comparateur actif",
    "PLACEBO_COMPARATOR": "placebo",
    "SHAM_COMPARATOR": "simulation",
    "NO_INTERVENTION": "sans intervention",
}


def _comparison(protocol: Told) -> str | None:
    """How patients are shared out, and the arms with their kinds; nothing for a single arm."""
    arms = [one for one in protocol["armsInterventionsModule"]["armGroups"].each() if one["label"].text()]
    allocation = protocol["designModule"]["designInfo"]["allocation"].code()
    if len(arms) < 2:
        return "randomisé" if allocation == "RANDOMIZED" else None
    drawn = {"RANDOMIZED": "randomisé : ", "NON_RANDOMIZED": "non randomisé : "}.get(allocation or "", "")
    return drawn + " ; ".join(_arm(arm) for arm in arms)


def _arm(arm: Told) -> str:
    kind = _ARMS.get(arm["type"].code() or "")
    return f"{arm['label'].text()} ({kind})" if kind else f"{arm['label'].text()}"


def _started_on(start: Told) -> str | None:
    """The day it began, where the registry says that it did: an estimated start is not an opening."""
    return None if start["type"].code() == "ESTIMATED" else _iso(start["date"].day())


def _updated_at(status: Told) -> datetime:
    """When the registry posted the last update, else when it was sent; the first instant of that day (UTC)."""
    for told in (status["lastUpdatePostDateStruct"]["date"], status["lastUpdateSubmitDate"]):
        if (updated := told.instant()) is not None:
            return updated
    raise Unreadable(f"{status.path}.lastUpdatePostDateStruct.date", "is missing")


_AGE = re.compile(r"(\d{1,4})\s*(year|month|week|day|hour|minute)s?", re.IGNORECASE)
_IN_A_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365, "hour": 8_760, "minute": 525_600}


def age_years(told: Told) -> int | None:
    """An age with its unit as whole years, rounded down on both ends: nobody of that age is left out."""
    written = told.code()
    if written is None or written.upper() in {"N/A", "NA"}:
        return None
    if match := _AGE.fullmatch(written):
        return int(match[1]) // _IN_A_YEAR[match[2].lower()]
    raise Unreadable(told.path, "an age with its unit is expected, as 18 Years")


def _criteria(module: Told) -> Fields:
    sexes = {"ALL": "tous", "FEMALE": "femme", "MALE": "homme"}
    sex = module["sex"].code()
    if sex is not None and sex not in sexes:
        raise Unreadable(f"{module.path}.sex", "ALL, FEMALE or MALE is expected")
    inclusion, exclusion = split_criteria(module["eligibilityCriteria"].text() or "")  # names-the-word: their name
    return {
        "age_min": age_years(module["minimumAge"]),
        "age_max": age_years(module["maximumAge"]),
        "sexe": sexes.get(sex or ""),
        "criteres_inclusion": inclusion,
        "criteres_non_inclusion": exclusion,
    }


def _french(locations: Told) -> Iterator[Told]:
    return (one for one in locations.each() if one["country"].code() in FRANCE)


def _sites(protocol: Told, statut: Statut, shown: ShownOnly) -> list[Fields]:
    """The French sites; their status is that of the day on which the sponsor last verified the record."""
    verified = shown(lambda: _verified_on(protocol["statusModule"]))
    sites = (_site(one, statut, verified, shown) for one in _french(protocol["contactsLocationsModule"]["locations"]))
    return [site for site in sites if site is not None]


def _site(place: Told, statut: Statut, verified: str | None, shown: ShownOnly) -> Fields | None:
    name = shown(place["facility"].required)
    own = place["status"].code()
    if own is not None and own not in SITE_STATUS:
        raise Unreadable(f"{place.path}.status", "the status of a site is expected, as RECRUITING")
    if name is None or (own is None and statut is Statut.RETIREE):
        return None
    people = shown(lambda: list(place["contacts"].each())) or []
    fields: Fields = {
        "nom": name,
        "ville": shown.text(place, "city"),
        "statut": (SITE_STATUS[own] if own else SITES_OF[statut]).value,
        "verifie_le": verified,
        "verifie_par": NAME if verified else None,
        "investigateur": shown(lambda: _investigator(people)),
        "contact": shown(lambda: _contact(people)),
    }
    return {name: value for name, value in fields.items() if value not in (None, {})}


def _verified_on(status: Told) -> str | None:
    """The day of the last verification; where the registry says but a month, its first day: older, never newer."""
    told = status["statusVerifiedDate"]
    written = told.code() or ""
    if re.fullmatch(r"\d{4}-\d{2}", written):
        return _iso(Told(f"{written}-01", told.path).day())
    return _iso(told.day() or status["lastUpdateSubmitDate"].day())


def _investigator(people: list[Told]) -> str | None:
    investigators = (one for one in people if one["role"].code() == "PRINCIPAL_INVESTIGATOR")
    return next((name for one in investigators if (name := one["name"].text())), None)


def _contact(people: list[Told]) -> Fields | None:
    """The first person named as a contact of the site, by profession; nobody of the sponsor stands in."""
    for one in people:
        if one["role"].code() in {"CONTACT", None}:
            phone, extension = one["phone"].text(), one["phoneExt"].text()
            tel = f"{phone} poste {extension}" if phone and extension else phone
            fields = {"nom": one["name"].text(), "tel": tel, "courriel": one["email"].text()}
            return {name: value for name, value in fields.items() if value}
    return None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def data_instant(payload: object) -> datetime | None:
    """When the registry last published its data (`/version`), None when it does not say in a way that is read."""
    stamp = payload.get("dataTimestamp") if isinstance(payload, Mapping) else None
    try:
        read = as_instant(stamp) if isinstance(stamp, str) else None
    except ValueError:
        return None
    return read if isinstance(read, datetime) else None
