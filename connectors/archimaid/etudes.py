"""An étude → a Trial: axes and texts become one set of criteria. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from connectors.archimaid.axes import axis_criteria, family_criterion, organs_of
from connectors.archimaid.schema import (
    Axes,
    Centre,
    Cohorte,
    Etude,
    Phase,
    Statut,
    StatutCentre,
    StatutCohorte,
    TypeEtude,
)
from rules.criteria import Criterion, Kind, LaterLine, Unread, criterion, leaves
from rules.reading.criteria_text import ReadText, read_criteria
from rules.reading.lines.after_lines import after_lines, asks_for_lines
from rules.reading.objects import objects_of, with_objects
from rules.reading.reconcile import reconciled
from rules.reading.several_tumours import each_of_its_own
from rules.reading.unread_ways import with_unread_ways
from rules.reading.ways_in import ways_in
from rules.trial import Cohort, Contact, Identifiers, Site, SiteStatus, Trial, TrialStatus

_STATUS = {
    Statut.A_VENIR: TrialStatus.PLANNED,
    Statut.OUVERTE: TrialStatus.OPEN,
    Statut.SUSPENDUE: TrialStatus.SUSPENDED,
    Statut.CLOSE: TrialStatus.CLOSED,
    Statut.TERMINEE: TrialStatus.COMPLETED,
    Statut.RETIREE: TrialStatus.WITHDRAWN,
}
_COHORT_STATUS = {
    StatutCohorte.A_VENIR: TrialStatus.PLANNED,
    StatutCohorte.OUVERTE: TrialStatus.OPEN,
    StatutCohorte.SUSPENDUE: TrialStatus.SUSPENDED,
    StatutCohorte.CLOSE: TrialStatus.CLOSED,
}
_SITE_STATUS = {
    StatutCentre.A_VENIR: SiteStatus.PLANNED,
    StatutCentre.OUVERT: SiteStatus.OPEN,
    StatutCentre.SUSPENDU: SiteStatus.SUSPENDED,
    StatutCentre.FERME: SiteStatus.CLOSED,
}
EARLY_PHASES = frozenset({Phase.I, Phase.I_II})
LINE_KINDS = frozenset({Kind.LINE, Kind.PRIOR_TREATMENT})


def trial_of_etude(etude: Etude) -> Trial:
    """The trial of one étude already read."""
    organs, _ = organs_of(etude.localisations)
    text = _texts(etude, "", organs, [(cohort.id, cohort.libelle) for cohort in etude.cohortes])
    own = [_texts(cohort, f"{cohort.id}:", organs_of(cohort.localisations)[0] or organs) for cohort in etude.cohortes]
    objects = objects_of(etude.titre)
    cohorts = tuple(
        _cohort(
            cohort,
            etude,
            with_objects(_own(text, cohort, read), objects | objects_of(cohort.libelle)),
        )
        for cohort, read in zip(etude.cohortes, own, strict=True)
    )
    told = tuple(words for _, contradictions in cohorts for words in contradictions)
    axes, of_cohorts = axis_criteria(etude), [axis_criteria(cohort) for cohort in etude.cohortes]
    every = with_objects(each_of_its_own(ways_in(text.criteria), of_cohorts, axes), objects)
    whole = reconciled((*axes, *_family(etude)), every)
    cohorts, criteria = _after_lines(cohorts, with_unread_ways(whole.criteria))
    return Trial(
        id=etude.id,
        title=etude.titre,
        acronym=etude.acronyme,
        summary=etude.resume,
        identifiers=_identifiers(etude),
        sponsor=etude.promoteur,
        phase=etude.phase.value if etude.phase else None,
        interventional=None if etude.type is None else etude.type is TypeEtude.INTERVENTIONNELLE,
        status=_STATUS[etude.statut],
        updated_at=etude.maj_le.isoformat(),
        specialities=etude.specialites,
        treatments=etude.traitements,
        comparison=etude.comparaison,
        url=etude.url,
        opened_on=etude.ouverte_le.isoformat() if etude.ouverte_le else None,
        planned_end_on=etude.fin_prevue_le.isoformat() if etude.fin_prevue_le else None,
        criteria=(*criteria, *_later_line(etude, criteria, [cohort for cohort, _ in cohorts])),
        cohorts=tuple(cohort for cohort, _ in cohorts),
        sites=tuple(_site(centre) for centre in etude.centres),
        has_inclusion_text=bool(etude.criteres_inclusion),
        has_exclusion_text=bool(etude.criteres_non_inclusion),
        sentences=text.sentences + sum(read.sentences for read in own),
        sentences_read=text.read + sum(read.read for read in own),
        contradictions=(*whole.contradictions, *told),
    )


def _own(text: ReadText, cohort: Cohorte, read: ReadText) -> tuple[Criterion, ...]:
    """What the trial's text and the cohort's own text ask of a cohort."""
    return ways_in((*text.by_cohort.get(cohort.id, ()), *read.criteria))


_Cohorts = tuple[tuple[Cohort, tuple[str, ...]], ...]


def _after_lines(cohorts: _Cohorts, criteria: tuple[Criterion, ...]) -> tuple[_Cohorts, tuple[Criterion, ...]]:
    """What stands beside a demand for earlier lines, of the trial or of the cohort, read with it."""
    everywhere = asks_for_lines(criteria)
    of = [everywhere or asks_for_lines(cohort.criteria) for cohort, _ in cohorts]
    told = tuple(
        (replace(cohort, criteria=after_lines(cohort.criteria)) if asks else cohort, words)
        for asks, (cohort, words) in zip(of, cohorts, strict=True)
    )
    return told, after_lines(criteria) if everywhere or (of and all(of)) else criteria


def _identifiers(etude: Etude) -> Identifiers:
    ids = etude.identifiants
    return Identifiers(nct=ids.nct, eu_ct=ids.eu_ct, eudract=ids.eudract, id_rcb=ids.id_rcb)


def _texts(axes: Axes, prefix: str, organs: frozenset[str], cohorts: Sequence[tuple[str, str]] = ()) -> ReadText:
    return read_criteria(
        axes.criteres_inclusion, axes.criteres_non_inclusion, cohorts=cohorts, organs=organs, prefix=prefix
    )


def _cohort(cohort: Cohorte, etude: Etude, read: tuple[Criterion, ...]) -> tuple[Cohort, tuple[str, ...]]:
    """The cohort, and the contradictions between its own axes and what the text says of it."""
    prefix = f"{cohort.id}:"
    family = () if etude.histologies else tuple(_family_of_cohort(cohort, etude, prefix))
    own = reconciled((*axis_criteria(cohort, prefix=prefix), *family), read)
    made = Cohort(
        id=cohort.id,
        label=cohort.libelle,
        status=_COHORT_STATUS[cohort.statut],
        criteria=with_unread_ways(own.criteria),
    )
    return made, own.contradictions


def _family(etude: Etude) -> Iterable[Criterion]:
    """An empty histology axis stands for the organ's own families; with cohorts each cohort says it for itself."""
    if etude.histologies or etude.cohortes or etude.toutes_tumeurs_solides:
        return ()
    organs, unread = organs_of(etude.localisations)
    return (family_criterion(organs),) if organs and not unread else ()


def _family_of_cohort(cohort: Cohorte, etude: Etude, prefix: str) -> Iterable[Criterion]:
    if cohort.histologies or cohort.toutes_tumeurs_solides:
        return
    places = cohort.localisations or (() if etude.toutes_tumeurs_solides else etude.localisations)
    organs, unread = organs_of(places)
    if organs and not unread:
        yield family_criterion(organs, prefix=prefix)


def _later_line(etude: Etude, criteria: Iterable[Criterion], cohorts: Iterable[Cohort]) -> Iterable[Criterion]:
    """A phase I or I/II that writes nothing of lines anywhere (contract: a first line is then a question)."""
    everything = [*criteria, *(one for cohort in cohorts for one in cohort.criteria)]
    asks = any(
        leaf.kind in LINE_KINDS and not isinstance(leaf, Unread) for one in everything for leaf in leaves(one.test)
    )
    if etude.phase in EARLY_PHASES and not asks:
        text = "Phase précoce : l'essai n'écrit rien des lignes antérieures"
        yield criterion("ligne-non-precisee", LaterLine(), text=text)


def _site(centre: Centre) -> Site:
    contact = centre.contact
    return Site(
        name=centre.nom,
        status=_SITE_STATUS[centre.statut],
        finess=centre.finess,
        city=centre.ville,
        territory=centre.territoire,
        verified_on=centre.verifie_le.isoformat() if centre.verifie_le else None,
        verified_by=centre.verifie_par,
        investigator=centre.investigateur,
        contact=Contact(name=contact.nom, phone=contact.tel, email=contact.courriel) if contact else None,
        cohorts=frozenset(centre.cohortes),
        places=centre.places.value if centre.places else None,
    )
