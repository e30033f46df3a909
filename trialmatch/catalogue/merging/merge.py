"""The records of one group → one trial of the catalogue; all current records → the catalogue."""

from collections.abc import Iterator, Mapping, Sequence

from trialmatch.catalogue.content import Record, content_hash
from trialmatch.catalogue.merging.contradictions import Voice, disagreements_of
from trialmatch.catalogue.merging.fields import Chosen, as_part, chosen_fields
from trialmatch.catalogue.merging.identity import identity_of
from trialmatch.catalogue.merging.joining import Apart, Group, groups_of
from trialmatch.catalogue.merging.model import (
    CatalogueRecord,
    Link,
    ListedSite,
    Member,
    Origin,
    Ref,
    Source,
    SourceRule,
    Told,
)
from trialmatch.catalogue.merging.sites import Placed, merged_sites, same_site, site_key, sites_of


def merged_catalogue(
    told: Mapping[Ref, Told], rules: Sequence[SourceRule], *, link: Link
) -> tuple[CatalogueRecord, ...]:
    """The catalogue that all current records make, by trial id. Records of a source without rule are left out."""
    by_name = {rule.name: rule for rule in rules}
    members = [
        Member(by_name[source], record_id, identity_of(one.record))
        for (source, record_id), one in told.items()
        if source in by_name
    ]
    made = [merged(group, trial_id, told, link=link) for trial_id, group in named(groups_of(members))]
    return tuple(sorted(made, key=lambda one: one.trial_id))


def named(groups: Sequence[Group]) -> Iterator[tuple[str, Group]]:
    """Each trial under the id that its first source gives; where another trial has it, under `source:id`."""
    taken: set[str] = set()
    for group in sorted(groups, key=lambda one: one.first.place):
        source, record_id = group.first.ref
        trial_id = record_id if record_id not in taken else f"{source}:{record_id}"
        while trial_id in taken:
            trial_id += "+"
        taken.add(trial_id)
        yield trial_id, group


def merged(group: Group, trial_id: str, told: Mapping[Ref, Told], *, link: Link) -> CatalogueRecord:
    """One trial. A record that is alone is the trial, as it is."""
    members = (*group.members, *group.shared)
    voices = [Voice(one, told[one.ref].record) for one in members]
    first = told[group.first.ref]
    if len(voices) == 1:
        record, same = first.record, trial_id == group.first.record_id
        record = record if same else {**record, "id": trial_id}
        return CatalogueRecord(
            trial_id=trial_id,
            record=record,
            content_hash=first.content_hash if same else content_hash(record),
            origin=Origin(sources=_sources(members, told), fields=dict.fromkeys(_paths(record), 0)),
            disagreements=disagreements_of(voices, (), group, link),
        )
    return _of_several(group, trial_id, voices, told, link)


def _of_several(
    group: Group, trial_id: str, voices: Sequence[Voice], told: Mapping[Ref, Told], link: Link
) -> CatalogueRecord:
    deciding = [one.record for one in voices if one.member.rule.decides]
    doubtful = any(one.why is Apart.SAME_SOURCE for one in group.rivals)
    chosen = chosen_fields(
        [as_part(one.record, decides=one.member.rule.decides, decided=deciding, doubtful=doubtful) for one in voices],
        trial_id,
    )
    placed = merged_sites(deciding, link)
    _put_sites(chosen, placed)
    registries = [(number, one.record) for number, one in enumerate(voices) if not one.member.rule.decides]
    return CatalogueRecord(
        trial_id=trial_id,
        record=chosen.record,
        content_hash=content_hash(chosen.record),
        origin=Origin(
            sources=_sources([one.member for one in voices], told),
            fields=chosen.fields,
            registry_sites=tuple(_listed(registries, placed, link)),
        ),
        disagreements=disagreements_of(voices, placed, group, link),
    )


def _put_sites(chosen: Chosen, placed: Sequence[Placed]) -> None:
    """The sites into the étude. A cohort that the trial does not have opens nothing: what names none of its cohorts
    says nothing of them."""
    cohorts = chosen.record.get("cohortes")
    known = {one.get("id") for one in cohorts if isinstance(one, Mapping)} if isinstance(cohorts, list) else set()
    for number, one in enumerate(placed):
        chosen.fields[f"centres[{number}]"] = one.by
        chosen.fields.update({f"centres[{number}].{part}": by for part, by in one.filled.items()})
        named = one.site.get("cohortes")
        if isinstance(named, list) and one.by != chosen.fields.get("cohortes", one.by):
            one.site["cohortes"] = [cohort for cohort in named if cohort in known]
    if placed:
        chosen.record["centres"] = [one.site for one in placed]


def _listed(registries: Sequence[tuple[int, Record]], placed: Sequence[Placed], link: Link) -> Iterator[ListedSite]:
    """Sites that registries name and nobody who decides does, each once."""
    seen: list[Placed] = list(placed)
    for number, record in registries:
        for site in sites_of(record):
            key = site_key(site, link)
            if same_site(key, seen) is None:
                seen.append(Placed(dict(site), key, number))
                yield ListedSite(
                    source=number,
                    name=str(site.get("nom") or ""),
                    status=str(site.get("statut") or ""),
                    city=_text(site.get("ville")),
                    checked_on=_text(site.get("verifie_le")),
                )


def _sources(members: Sequence[Member], told: Mapping[Ref, Told]) -> tuple[Source, ...]:
    return tuple(
        Source(
            source=one.rule.name,
            record_id=one.record_id,
            role=one.rule.role,
            updated_at=str(told[one.ref].record.get("maj_le") or ""),
            valid_from=told[one.ref].valid_from,
        )
        for one in members
    )


def _paths(record: Record) -> Iterator[str]:
    """The paths of the fields of an étude: each identifier and each site for itself."""
    for name, value in record.items():
        if name == "identifiants" and isinstance(value, Mapping):
            yield from (f"{name}.{kind}" for kind in value)
        elif name == "centres" and isinstance(value, list):
            yield from (f"{name}[{number}]" for number in range(len(value)))
        else:
            yield name


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
