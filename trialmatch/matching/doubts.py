"""What the sources of a trial say differently, in words: shown with the proposition, for a person to settle."""

from rules.trial import OPENNESS, Disagreement, Disputed, Said, Trial
from trialmatch.matching.answer import DisagreementAnswer, SaidAnswer

SOURCES = {"archimaid": "ARCHIMAID", "eclaire": "ECLAIRE", "clinicaltrials": "ClinicalTrials.gov"}

_ABOUT = {
    Disputed.RECRUITMENT: ("Ouverture contredite", "Recruitment contradicted"),
    Disputed.SITE: ("Ouverture du centre contredite", "Site status contradicted"),
    Disputed.IDENTIFIER: ("Numéros différents", "Different numbers"),
    Disputed.PHASE: ("Phases différentes", "Different phases"),
    Disputed.SPONSOR: ("Promoteurs différents", "Different sponsors"),
    Disputed.AGE: ("Limites d'âge différentes", "Different age limits"),
    Disputed.SEX: ("Sexes demandés différents", "Different sexes asked for"),
    Disputed.SHARED: ("Même numéro pour deux essais du catalogue", "One number, two trials of the catalogue"),
}
_VALUES = {
    "ouverte": ("ouvert", "open"),
    "ouvert": ("ouvert", "open"),
    "a_venir": ("pas encore ouvert", "not open yet"),
    "suspendue": ("inclusions suspendues", "suspended"),
    "suspendu": ("inclusions suspendues", "suspended"),
    "close": ("inclusions closes", "closed"),
    "ferme": ("fermé", "closed"),
    "terminee": ("terminé", "completed"),
    "retiree": ("retiré", "withdrawn"),
    "tous": ("tous", "all"),
    "femme": ("femmes", "women"),
    "homme": ("hommes", "men"),
}
_BOUNDS = {"age_min": ("au moins {} ans", "{} years or more"), "age_max": ("au plus {} ans", "{} years or less")}


def disagreement_answers(trial: Trial, lang: str) -> list[DisagreementAnswer]:
    """Those of a trial, what concerns its openness first."""
    told = sorted(trial.disagreements, key=lambda one: one.about not in OPENNESS)
    return [
        DisagreementAnswer(
            about=one.about.value,
            field=one.field,
            site=one.site,
            text=words(one, lang),
            said=[SaidAnswer(source=said.source, record_id=said.record_id, value=said.value, on=said.on)
                  for said in one.said],
        )
        for one in told
    ]  # fmt: skip


def words(one: Disagreement, lang: str) -> str:
    """One line: « Ouverture contredite : ARCHIMAID « ouvert » (10/11/2026), ECLAIRE « terminé » (03/11/2026) »."""
    english = lang == "en"
    about = _ABOUT[one.about][english] + (f" ({one.site})" if one.site else "")
    said = ", ".join(_said(one, said, english=english) for said in one.said)
    return f"{about}: {said}" if english else f"{about} : {said}"


def _said(one: Disagreement, said: Said, *, english: bool) -> str:
    source = SOURCES.get(said.source, said.source)
    named = f"{source} {said.record_id}" if one.about is Disputed.SHARED else source
    value = _VALUES.get(said.value, (said.value, said.value))[english]
    if one.field in _BOUNDS:
        value = _BOUNDS[one.field][english].format(said.value)
    quoted = f'"{value}"' if english else f"« {value} »"
    return f"{named} {quoted}" + (f" ({_day(said.on, english=english)})" if said.on else "")


def _day(iso: str, *, english: bool) -> str:
    year, month, day = iso.split("-")
    return iso if english else f"{day}/{month}/{year}"


def is_openness_disputed(trial: Trial) -> bool:
    """Whether a source says that the trial, or one of its sites, takes nobody any more."""
    return any(one.about in OPENNESS for one in trial.disagreements)
