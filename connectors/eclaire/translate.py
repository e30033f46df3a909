"""One ResearchStudy of ECLAIRE, with the resources that came with it → one étude.

Conditions (MedDRA codes, free text) make no axis: see `connectors/clinicaltrials/translate.py`. The base says neither
which sites recruit nor when it was last verified: a site has the status of the trial on the day of its last update.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from connectors.archimaid.records import Record
from connectors.archimaid.schema import Statut
from connectors.base import RawRecord
from connectors.eclaire.fhir import code_of, codes, extensions, reference, text_of, told_text, words
from connectors.eclaire.population import population
from connectors.eclaire.statuses import SITES_OF, statut_of
from connectors.errors import RecordMalformed
from connectors.identifiers import identifiers_in
from connectors.pivot import checked
from connectors.told import ShownOnly, Told, Unreadable
from rules.text import fold

NAME = "ECLAIRE"
Fields = dict[str, object]
Included = Mapping[str, object]


def read_study(raw: object, included: Included, *, path: str) -> Record | RecordMalformed:
    """One study as an étude, or why it cannot be read; `included` are other resources, by `Type/id`."""
    study, shown = Told(raw, path), ShownOnly()
    record_id: str | None = None
    try:
        record_id = study_id(study)
        near = {**_contained(study), **included}
        served = [near[name] for name in sorted(set(_referred(study))) if name in near]
        fields = {name: value for name, value in _etude(study, near, shown).items() if value not in (None, [], {})}
    except Unreadable as error:
        return RecordMalformed(record_id=record_id, path=error.path, reason=error.reason)
    return checked(fields, raw, *served, path=path, left_out=tuple(shown.left_out))


def study_id(study: Told) -> str:
    """The id of the resource, which is the number of the trial; raises Unreadable where there is none."""
    return study["id"].required()[:200]


def left_etude(raw: object, *, path: str) -> Record | None:
    """A study that is no longer listed, as the word that it has left; None when it cannot be named or dated."""
    study = Told(raw, path)
    try:
        fields = {
            "id": study_id(study),
            "titre": ShownOnly().text(study, "title") or study_id(study),
            "statut": Statut.RETIREE.value,
            "maj_le": _updated_at(study).isoformat(),
        }
    except Unreadable:
        return None
    read = checked(fields, raw, path=path, left_out=())
    return read if isinstance(read, RawRecord) else None


def _contained(study: Told) -> dict[str, object]:
    return {f"#{one['id'].code()}": one.value for one in study["contained"].each() if one["id"].code()}


def _referred(study: Told) -> Iterator[str]:
    """What a study refers to, as `Type/id`."""
    for field in ("enrollment", "site", "sponsor"):
        yield from (name for one in study[field].each() if (name := reference(one)))
    for party in extensions(study, "ResearchStudy.associatedParty", "eclaire-associated-party"):
        yield from (name for one in extensions(party, "party") if (name := reference(one["valueReference"])))


def _resources(study: Told, field: str, near: Included) -> Iterator[Told]:
    """The resources that a field refers to, as far as they came along."""
    for one in study[field].each():
        name = reference(one) or ""
        if name in near:
            yield Told(near[name], f"{one.path}→{name}")


def _etude(study: Told, near: Included, shown: ShownOnly) -> Fields:
    statut = _statut(study)
    updated_at = _updated_at(study)
    group = next(_resources(study, "enrollment", near), Told(None, f"{study.path}.enrollment"))
    return {
        "id": study_id(study),
        "titre": _title(study),
        "acronyme": shown(lambda: _label(study, "acronym")),
        "resume": shown(lambda: text_of(study, "ResearchStudy.descriptionSummary") or told_text(study["description"])),
        "identifiants": shown(lambda: _identifiers(study)),
        "promoteur": shown(lambda: _sponsor(study, near)),
        "phase": shown(lambda: _phase(study["phase"])),
        "type": shown(lambda: _type(study["category"])),
        "statut": statut.value,
        "traitements": shown(lambda: list(dict.fromkeys(_treatments(study)))),
        "comparaison": shown(lambda: _comparison(study)),
        "ouverte_le": shown(lambda: _opened_on(study, statut)),
        "fin_prevue_le": shown(lambda: _day(study["period"]["end"])),
        "maj_le": updated_at.isoformat(),
        "centres": _sites(study, near, statut, updated_at, shown),
        **population(group),
    }


def _statut(study: Told) -> Statut:
    recruitment = [
        code for one in extensions(study, "eclaire-recruitment-status") for code in codes(one["valueCodeableConcept"])
    ]
    if (statut := statut_of(code_of(study["status"]), recruitment)) is not None:
        return statut
    raise Unreadable(f"{study.path}.status", "a status of a study is expected, as active")


def _updated_at(study: Told) -> datetime:
    """When the study was last changed: as the resource says, else by its last substantial change."""
    dates = [study["meta"]["lastUpdated"], *(one["valueInstant"] for one in extensions(study, "eclaire-review-date"))]
    for told in dates:
        if code_of(told) and (updated := told.instant()) is not None:
            return updated
    raise Unreadable(f"{study.path}.meta.lastUpdated", "is missing")


def _title(study: Told) -> str:
    if title := told_text(study["title"]):
        return title
    for kind in ("primary", "official", "plain-language", "short-title", "human-use"):
        if title := _label(study, kind):
            return title
    if title := text_of(study, "eclaire-label"):
        return title
    raise Unreadable(f"{study.path}.title", "is missing")


def _label(study: Told, kind: str) -> str | None:
    """Another title of the study, of one kind; the extension changed its name and its parts' in 2024."""
    for label in extensions(study, "ResearchStudy.label", "eclaire-label"):
        kinds = (code for one in extensions(label, "type", "labelType") for code in codes(one["valueCodeableConcept"]))
        if kind in kinds and (written := text_of(label, "value", "labelValue")):
            return written
    return None


def _identifiers(study: Told) -> Fields:
    told = [one["value"].code() for one in study["identifier"].each()]
    return dict(identifiers_in(text for text in (study["id"].code(), *told) if text))


def _sponsor(study: Told, near: Included) -> str | None:
    for party in extensions(study, "ResearchStudy.associatedParty", "eclaire-associated-party"):
        roles = {code for one in extensions(party, "role") for code in codes(one["valueCodeableConcept"])}
        if (not roles or "lead-sponsor" in roles) and (name := text_of(party, "name")):
            return name
    names = (told_text(one["name"]) for one in _resources(study, "sponsor", near))
    return next((name for name in names if name), None)


_NUMERAL = r"(iv|i{1,3}|[1-4])(?![a-z0-9])"
_PHASE = re.compile(rf"phase[\s-]*{_NUMERAL}(?:[\s/-]+{_NUMERAL})?")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_KNOWN = frozenset(("I", "I/II", "II", "II/III", "III", "IV"))


def _phase(phase: Told) -> str | None:
    """The phase by its code, else by its words. « n-a » is what the base writes for want of one: absent."""
    for said in (*codes(phase), *words(phase)):
        found = [one for pair in _PHASE.findall(fold(said)) for one in pair if one]
        named = [_ROMAN.get(one, one.upper()) for one in found]
        if (whole := "/".join(dict.fromkeys(named))) in _KNOWN:
            return whole
    return None


def _type(category: Told) -> str | None:
    """REG536 is the regulation of drug trials, REG745 and REG746 those of devices; French law has three categories, of
    which the third does not intervene."""
    said = fold(" ".join((*codes(category), *words(category))))
    if re.search(r"\bcat(?:egorie)?[- ]?3\b|non[- ]interventionnel", said):
        return "observationnelle"
    interventional = r"reg ?536|reg ?74[56]|ctis|\bcat(?:egorie)?[- ]?[12]\b|\bic-cas|interventionnel|essai clinique"
    return "interventionnelle" if re.search(interventional, said) else None


def _treatments(study: Told) -> Iterator[str]:
    for owner in (study, *study["arm"].each()):
        for one in extensions(owner, "eclaire-arm-intervention"):
            if name := text_of(one, "name"):
                yield name


def _comparison(study: Told) -> str | None:
    """The arms by name, where there are several."""
    names = [name for arm in study["arm"].each() if (name := told_text(arm["name"]))]
    return " ; ".join(dict.fromkeys(names)) if len(names) > 1 else None


def _day(told: Told) -> str | None:
    day = told.day() if code_of(told) else None
    return day.isoformat() if day else None


def _opened_on(study: Told, statut: Statut) -> str | None:
    """The start of recruitment, which the base gives as planned: told only of a trial that has begun."""
    if statut is Statut.A_VENIR:
        return None
    starts = (_day(one["valuePeriod"]["start"]) for one in extensions(study, "eclaire-recruitment-period"))
    return next((start for start in starts if start), None)


def _sites(study: Told, near: Included, statut: Statut, updated_at: datetime, shown: ShownOnly) -> list[Fields]:
    if statut not in SITES_OF:
        return []
    common = {
        "statut": SITES_OF[statut].value,
        "verifie_le": updated_at.date().isoformat(),
        "verifie_par": NAME,
    }
    places = shown(lambda: list(_resources(study, "site", near))) or []
    sites = [shown(partial(_site, place)) for place in places]
    return [{**site, **common} for site in sites if site]


_FRANCE = re.compile(r"fra?|france|gp|guadeloupe|mq|martinique|gf|guyane.*|re|(?:la )?reunion|yt|mayotte|nc|pf")


def _site(place: Told) -> Fields | None:
    """A site in France by its name, else by its address; None for one that has neither, or is abroad."""
    address = place["address"]
    country = told_text(address["country"])
    lines = [line for one in address["line"].each() if (line := told_text(one))]
    name = told_text(place["name"]) or ", ".join(lines)
    if not name or (country is not None and not _FRANCE.fullmatch(fold(country))):
        return None
    people = [person for one in place["telecom"].each() if (person := _person(one))]
    fields: Fields = {
        "nom": name,
        "ville": told_text(address["city"]),
        "investigateur": people[0] if people else None,
        "contact": _contact(place),
    }
    return {name: value for name, value in fields.items() if value}


def _person(telecom: Told) -> str | None:
    """The professional who answers for a site, as the extension names them."""
    for one in extensions(telecom, "eclaire-site-contact-name"):
        human = one["valueHumanName"]
        parts = [human["prefix"], human["given"], human["family"]]
        named = " ".join(word for part in parts for entry in part.each() if (word := told_text(entry)))
        if named:
            return named
        if written := told_text(one["valueString"]):
            return written
    return None


def _contact(place: Told) -> Fields:
    found: Fields = {}
    for one in place["telecom"].each():
        field = {"phone": "tel", "email": "courriel"}.get(one["system"].code() or "")
        if field and field not in found and (value := told_text(one["value"])):
            found[field] = value
    return found
