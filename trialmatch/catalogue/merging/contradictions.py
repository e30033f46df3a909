"""Where the sources of one trial contradict each other, told with who says what and when; nothing is decided here.

A registry that has not opened a trial yet, or does not list a site, lags behind: that contradicts nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.trial import Disagreement, Disputed, Said
from trialmatch.catalogue.content import Record
from trialmatch.catalogue.merging.fields import is_blank
from trialmatch.catalogue.merging.identity import KINDS, identity_of, sponsors_differ
from trialmatch.catalogue.merging.joining import NAME, Apart, Group
from trialmatch.catalogue.merging.model import Link, Member
from trialmatch.catalogue.merging.sites import Placed, same_site, site_key, sites_of

CLOSED = frozenset({"suspendue", "close", "terminee", "retiree"})
SITE_CLOSED = frozenset({"suspendu", "ferme"})
SITE_WAITING = "a_venir"
RIVALS_TOLD = 3
"""Of the other trials that bear the number of one: a number typed in a hundred records is told once and for all."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A record with whose it is."""

    member: Member
    record: Record


def disagreements_of(
    voices: Sequence[Voice], placed: Sequence[Placed], group: Group, link: Link
) -> tuple[Disagreement, ...]:
    """All of a group, in a fixed order. `voices`: its records, those that decide first; `placed`: its merged sites."""
    first, others = voices[0], voices[1:]
    found = [*_recruitment(first, others), *_rivals(group)]
    for other in others:
        found += _identifiers(voices, other)
        found += _plain(voices, other)
        found += _ages(first, other)
    if not any(one.about is Disputed.RECRUITMENT for one in found):
        found += [one for number, other in enumerate(voices) for one in _sites(voices, number, other, placed, link)]
    return tuple(dict.fromkeys(found))


def said(voice: Voice, value: object, *, on: str | None = None) -> Said:
    """What a record says, on its own day unless told."""
    day = str(voice.record.get("maj_le") or "")[:10] or None
    return Said(source=voice.member.rule.name, record_id=voice.member.record_id, value=str(value), on=on or day)


def _recruitment(first: Voice, others: Sequence[Voice]) -> Iterator[Disagreement]:
    """The trial is open and another source says that it is not any more; or the other way round."""
    own = first.record.get("statut")
    for other in others:
        theirs = other.record.get("statut")
        if (own == "ouverte" and theirs in CLOSED) or (own in CLOSED and theirs == "ouverte"):
            yield _between(Disputed.RECRUITMENT, "statut", said(first, own), said(other, theirs))


def _sites(
    voices: Sequence[Voice], number: int, voice: Voice, placed: Sequence[Placed], link: Link
) -> Iterator[Disagreement]:
    """A site is open by the source that decides, and not any more by another; between two that decide, also not yet."""
    shut = SITE_CLOSED | {SITE_WAITING} if voice.member.rule.decides else SITE_CLOSED
    for site in sites_of(voice.record):
        known = same_site(site_key(site, link), placed) if site.get("statut") in shut else None
        if known is None or known.by == number or known.site.get("statut") != "ouvert":
            continue
        decided = said(voices[known.by], "ouvert", on=_day(known.site))
        theirs = said(voice, site["statut"], on=_day(site))
        yield _between(Disputed.SITE, "centres", decided, theirs, site=str(known.site["nom"]))


def _identifiers(voices: Sequence[Voice], other: Voice) -> Iterator[Disagreement]:
    theirs = identity_of(other.record).numbers
    for kind in KINDS:
        known = next((one for one in voices if kind in identity_of(one.record).numbers), None)
        if known is None or kind not in theirs:
            continue
        own = identity_of(known.record).numbers[kind]
        if own != theirs[kind]:
            yield _between(Disputed.IDENTIFIER, f"identifiants.{kind}", said(known, own), said(other, theirs[kind]))


def _plain(voices: Sequence[Voice], other: Voice) -> Iterator[Disagreement]:
    """Phase, sponsor and sex: against the first record that has one."""
    for about, name in ((Disputed.PHASE, "phase"), (Disputed.SPONSOR, "promoteur"), (Disputed.SEX, "sexe")):
        known = next((one for one in voices if not is_blank(one.record.get(name))), None)
        if known is None or is_blank(other.record.get(name)):
            continue
        own, theirs = known.record[name], other.record[name]
        if _differ(about, known.record, other.record, own, theirs):
            yield _between(about, name, said(known, own), said(other, theirs))


def _differ(about: Disputed, known: Record, other: Record, own: object, theirs: object) -> bool:
    match about:
        case Disputed.SPONSOR:
            return sponsors_differ(identity_of(known).sponsor, identity_of(other).sponsor)
        case Disputed.PHASE:
            return own != theirs and "NA" not in (own, theirs)
        case _:
            return own != theirs


def _ages(first: Voice, other: Voice) -> Iterator[Disagreement]:
    """Bounds of age of the whole trial; where cohorts have their own, those of the trial say little."""
    cohorts = first.record.get("cohortes")
    if isinstance(cohorts, list) and cohorts:
        return
    for name in ("age_min", "age_max"):
        own, theirs = first.record.get(name), other.record.get(name)
        if own is not None and theirs is not None and own != theirs:
            yield _between(Disputed.AGE, name, said(first, own), said(other, theirs))


def _rivals(group: Group) -> Iterator[Disagreement]:
    """Records that share something with this trial and cannot be it: another NCT, another entry of one source."""
    for rival in [one for one in group.rivals if one.why is Apart.OTHER_NCT]:
        own, other = _nct_of(group, rival.own), rival.other
        theirs = Said(source=other.rule.name, record_id=other.record_id, value=other.identity.nct or "")
        mine = Said(source=own.rule.name, record_id=own.record_id, value=own.identity.nct or "")
        yield _between(Disputed.IDENTIFIER, "identifiants.nct", mine, theirs)
    same = {one.other.ref: one for one in group.rivals if one.why is Apart.SAME_SOURCE}
    for rival in list(same.values())[:RIVALS_TOLD]:
        field = "acronyme" if rival.by == NAME else f"identifiants.{rival.by}"
        value = rival.own.identity.acronym if rival.by == NAME else rival.own.identity.number(rival.by)
        yield _between(Disputed.SHARED, field, _bears(group.first, value), _bears(rival.other, value))


def _nct_of(group: Group, own: Member) -> Member:
    """The record that gives a group its NCT number."""
    return next((one for one in (own, *group.members) if one.identity.nct), own)


def _bears(member: Member, value: str | None) -> Said:
    return Said(source=member.rule.name, record_id=member.record_id, value=value or "")


def _between(about: Disputed, field: str, own: Said, theirs: Said, *, site: str | None = None) -> Disagreement:
    return Disagreement(about=about, field=field, said=(own, theirs), site=site)


def _day(site: Record) -> str | None:
    told = site.get("verifie_le")
    return told if isinstance(told, str) else None
