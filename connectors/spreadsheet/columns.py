"""The columns of the sheets, in French: what they are called, what goes into them, what they become in an étude."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from connectors.archimaid import schema
from rules.text import fold

_NOT_WORD = re.compile(r"[^a-z0-9]+")


class Kind(Enum):
    """The sort of a column."""

    TEXT = "texte"
    LIST = "valeurs séparées par des points-virgules"
    CHOICE = "une valeur de la liste"
    CHOICES = "valeurs de la liste, séparées par des points-virgules"
    WHOLE = "nombre entier"
    FLAG = "oui ou non"
    DAY = "date, jj/mm/aaaa"
    INSTANT = "date, jj/mm/aaaa, avec l'heure si elle est connue"
    PLACES = "localisations séparées par des points-virgules, codes CIM-10 entre crochets : Poumon [C34]"
    MARKERS = "biomarqueurs séparés par des points-virgules : KRAS (G12C) : présent ; PD-L1 : connu : >= 50 %"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path`: the field of the étude, site or cohort. `labels`: value of the étude → word in the sheet."""

    path: tuple[str, ...]
    header: str
    kind: Kind = Kind.TEXT
    also: tuple[str, ...] = ()
    required: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    most: int | None = None
    hint: str = ""
    example: str = ""
    width: int = 18


def slug(text: str) -> str:
    """What two spellings of a header or value have in common: case, accents, signs and spaces do not count."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def _labels(choices: type[StrEnum], *words: str) -> dict[str, str]:
    return dict(zip((choice.value for choice in choices), words, strict=True))


def _words(**told: str) -> dict[str, str]:
    """Other words for a value, separated by commas: slug → value."""
    return {slug(word): value for value, words in told.items() for word in words.split(",")}


TRIAL_STATUS = _labels(schema.Statut, "à venir", "ouverte", "suspendue", "close", "terminée", "retirée")
COHORT_STATUS = _labels(schema.StatutCohorte, "à venir", "ouverte", "suspendue", "close")
SITE_STATUS = _labels(schema.StatutCentre, "à venir", "ouvert", "suspendu", "fermé")
SITUATIONS = _labels(
    schema.Situation, "localisé", "localement avancé", "métastatique", "adjuvant", "néoadjuvant", "rechute",
    "réfractaire", "maintenance", "rémission",
)  # fmt: skip
PHASES = {phase.value: phase.value for phase in schema.Phase}
TYPES = {one.value: one.value for one in schema.TypeEtude}
SEXES = {one.value: one.value for one in schema.Sexe}
DEMANDS = _labels(schema.Exigence, "présent", "absent", "connu")
ROOM = _labels(schema.Places, "disponibles", "liste d'attente", "aucune")
DEMAND_WORDS = {
    word: demand
    for demand, words in {
        "present": "présent,present,présente,muté,mutée,positif,positive,altéré,altérée",
        "absent": "absent,absente,sauvage,négatif,negatif,négative,non muté,non mutée",
        "connu": "connu,connue,statut connu",
    }.items()
    for word in words.split(",")
}

_OPEN = "ouvert,ouverte,ouvert aux inclusions,ouverte aux inclusions,inclusions ouvertes,ouvert au recrutement,\
recrutement ouvert,en recrutement,en cours de recrutement,recrutement en cours"
_SHUT = "clos,close,fermé,fermée,clôturé,clôturée,inclusions closes,inclusions fermées,clos aux inclusions,\
fermé aux inclusions,recrutement clos,recrutement terminé"
_HELD = "suspendu,suspendue,inclusions suspendues,recrutement suspendu,en pause"
_COMING = "à venir,à ouvrir,en attente d'ouverture,ouverture prochaine,prochainement,pas encore ouvert,\
pas encore ouverte"
TRIAL_WORDS = _words(
    a_venir=_COMING, ouverte=_OPEN, suspendue=_HELD, close=_SHUT, terminee="terminé,terminée", retiree="retiré,retirée"
)
COHORT_WORDS = _words(a_venir=_COMING, ouverte=_OPEN, suspendue=_HELD, close=_SHUT)
SITE_WORDS = _words(a_venir=_COMING, ouvert=_OPEN, suspendu=_HELD, ferme=_SHUT)
SEX_WORDS = _words(
    tous="tous,toutes,les deux,mixte,h f,f h,hommes et femmes,femmes et hommes,indifférent",
    femme="femme,femmes,f,féminin", homme="homme,hommes,h,m,masculin",
)  # fmt: skip
TYPE_WORDS = _words(
    interventionnelle="interventionnel,interventionnelle,essai interventionnel",
    observationnelle="observationnel,observationnelle,non interventionnel,non interventionnelle,observation",
)
SITUATION_WORDS = _words(
    localise="localisé,localisée,loc", localement_avance="localement avancé,localement avancée",
    metastatique="métastatique,métastatiques", adjuvant="adjuvant,adjuvante",
    neoadjuvant="néoadjuvant,néoadjuvante,néo adjuvant", rechute="rechute,récidive",
    refractaire="réfractaire,réfractaires", maintenance="maintenance,entretien", remission="rémission",
)  # fmt: skip
ROOM_WORDS = _words(
    disponibles="disponible,disponibles,oui", liste_attente="liste d'attente,sur liste d'attente",
    aucune="aucune,non,complet",
)  # fmt: skip

_TRIAL_ID = ("identifiant", "id", "id essai", "code", "code essai", "code étude", "n°", "numéro", "n° essai",
             "n° étude", "numéro de l'essai", "numéro de l'étude", "référence", "identifiant essai",
             "identifiant étude", "identifiant de l'étude")  # fmt: skip


def _axes() -> tuple[Column, ...]:
    """What a trial and a cohort both may ask."""
    return (
        Column(("localisations",), "Localisations", Kind.PLACES, ("localisation", "organe", "organes", "siège"),
               example="Bronches, poumon [C34]", width=30),
        Column(("toutes_tumeurs_solides",), "Toutes tumeurs solides", Kind.FLAG,
               ("tts", "tumeurs solides", "basket", "panier"), hint="oui : n'importe quelle tumeur solide convient",
               example="non"),
        Column(("histologies",), "Histologies", Kind.LIST, ("histologie", "type histologique"),
               example="Adénocarcinome ; Carcinome épidermoïde", width=30),
        Column(("situations",), "Situations", Kind.CHOICES, ("situation", "situation clinique", "stade clinique"),
               labels=SITUATIONS, words=SITUATION_WORDS, hint="il suffit d'une", example="métastatique", width=26),
        Column(("stades",), "Stades", Kind.LIST, ("stade",), example="IIIB ; IV"),
        Column(("lignes",), "Lignes", Kind.LIST, ("ligne", "ligne de traitement", "lignes de traitement"),
               hint="la ligne que le patient recevrait dans l'essai : 1, 2+, 1-2", example="2+"),
        Column(("age_min",), "Âge min", Kind.WHOLE, ("âge minimum", "âge mini", "âge minimal", "age min ans"),
               most=130, hint="en années, compris", example="18", width=10),
        Column(("age_max",), "Âge max", Kind.WHOLE, ("âge maximum", "âge maxi", "âge maximal", "age max ans"),
               most=130, hint="en années, compris", width=10),
        Column(("sexe",), "Sexe", Kind.CHOICE, ("genre",), labels=SEXES, words=SEX_WORDS, example="tous", width=10),
        Column(("oms_min",), "OMS min", Kind.WHOLE, ("ecog min", "oms minimum", "ps min"), most=5, width=10),
        Column(("oms_max",), "OMS max", Kind.WHOLE, ("oms", "ecog", "ecog max", "oms maximum", "ps max", "ps"), most=5,
               hint="compris", example="1", width=10),
        Column(("biomarqueurs",), "Biomarqueurs", Kind.MARKERS, ("biomarqueur", "marqueurs", "anomalies moléculaires"),
               hint="tous sont demandés ; [1] derrière plusieurs : l'un d'eux suffit",
               example="KRAS (G12C) : présent ; PD-L1 : connu", width=34),
        Column(("criteres_inclusion",), "Critères d'inclusion", also=("inclusion", "critères inclusion"),
               hint="un critère par ligne", example="CBNPC avancé\nMutation KRAS G12C", width=50),
        Column(("criteres_non_inclusion",), "Critères de non-inclusion",
               also=("non inclusion", "critères d'exclusion", "exclusion", "critères non inclusion",
                     "critères exclusion"),
               hint="un critère par ligne", example="Métastases cérébrales actives", width=50),
    )  # fmt: skip


TRIALS: tuple[Column, ...] = (
    Column(("id",), "Identifiant de l'essai", also=_TRIAL_ID, required=True, hint="ne change jamais", width=22),
    Column(("acronyme",), "Acronyme", also=("sigle", "nom court", "titre court"), example="EXEMPLE-1"),
    Column(("titre",), "Titre", also=("intitulé", "titre de l'essai", "titre de l'étude", "titre complet",
           "titre officiel", "intitulé de l'essai", "intitulé de l'étude", "nom de l'étude", "nom de l'essai"),
           required=True, example="Phase II, 2e ligne et plus, CBNPC KRAS G12C", width=44),
    Column(("promoteur",), "Promoteur", also=("sponsor",), example="CHU d'exemple"),
    Column(("phase",), "Phase", Kind.CHOICE, labels=PHASES, example="II", width=10),
    Column(("statut",), "Statut", Kind.CHOICE,
           ("statut de l'essai", "statut de l'étude", "statut essai", "statut étude", "état", "état de l'essai",
            "état de l'étude"), required=True, labels=TRIAL_STATUS, words=TRIAL_WORDS, example="ouverte", width=14),
    Column(("maj_le",), "Mise à jour le", Kind.INSTANT,
           ("mis à jour le", "maj le", "maj", "date de mise à jour", "modifié le", "dernière mise à jour"),
           hint="le jour où cette ligne a été vérifiée ou changée", example="12/11/2026"),
    Column(("type",), "Type", Kind.CHOICE, ("type d'étude", "type d'essai"), labels=TYPES, words=TYPE_WORDS,
           example="interventionnelle"),
    Column(("specialites",), "Spécialités", Kind.LIST, ("spécialité",), example="thorax"),
    *_axes(),
    Column(("traitements",), "Traitements", Kind.LIST, ("traitement", "traitements étudiés"), width=26),
    Column(("comparaison",), "Comparaison", also=("comparateur", "bras"), example="bras unique"),
    Column(("resume",), "Résumé", width=40),
    Column(("identifiants", "nct"), "NCT", also=("n° nct", "numéro nct", "nct id"), example="NCT00000000"),
    Column(("identifiants", "eu_ct"), "EU CT", also=("n° eu ct", "numéro eu ct", "ctis", "euct")),
    Column(("identifiants", "eudract"), "EudraCT", also=("n° eudract", "numéro eudract")),
    Column(("identifiants", "id_rcb"), "ID-RCB", also=("n° id rcb", "rcb", "n° rcb", "idrcb")),
    Column(("url",), "Lien", also=("url", "lien web", "site web", "fiche"), hint="commence par https://"),
    Column(("ouverte_le",), "Ouverte le", Kind.DAY, ("date d'ouverture", "ouverture")),
    Column(("fin_prevue_le",), "Fin prévue le", Kind.DAY, ("date de fin prévue", "fin prévue", "fin des inclusions")),
)  # fmt: skip

TRIAL_OF = Column(("essai",), "Identifiant de l'essai", also=("essai", "étude", *_TRIAL_ID), required=True,
                  hint="celui de la feuille Essais", width=22)  # fmt: skip

SITES: tuple[Column, ...] = (
    TRIAL_OF,
    Column(("nom",), "Centre", also=("établissement", "nom du centre", "nom de l'établissement", "hôpital", "site",
           "centre investigateur"), required=True, example="Centre Oscar Lambret", width=34),
    Column(("statut",), "Statut du centre", Kind.CHOICE,
           ("statut", "statut centre", "état du centre", "état", "centre ouvert", "ouverture du centre"),
           required=True, labels=SITE_STATUS, words=SITE_WORDS, example="ouvert", width=16),
    Column(("verifie_le",), "Vérifié le", Kind.DAY, ("date de vérification", "vérification", "statut vérifié le"),
           hint="sans date, un statut est tenu pour ancien", example="12/11/2026"),
    Column(("verifie_par",), "Vérifié par", also=("vérificateur",), example="ARC"),
    Column(("finess",), "FINESS", also=("n° finess", "numéro finess", "finess et", "finess géographique"),
           hint="neuf chiffres", example="590000188"),
    Column(("ville",), "Ville", also=("commune",), example="Lille"),
    Column(("territoire",), "Territoire", also=("département", "ght")),
    Column(("investigateur",), "Investigateur", also=("investigateur principal", "pi", "médecin investigateur")),
    Column(("contact", "nom"), "Contact", also=("nom du contact", "arc", "tec")),
    Column(("contact", "tel"), "Téléphone", also=("tél", "tel", "tel contact", "téléphone du contact")),
    Column(("contact", "courriel"), "Courriel", also=("e mail", "email", "mail", "mél", "adresse électronique",
           "mail contact"), width=26),
    Column(("cohortes",), "Cohortes ouvertes", Kind.LIST, ("cohortes", "cohorte"),
           hint="identifiants des cohortes ouvertes dans ce centre ; vide : toutes"),
    Column(("places",), "Places", Kind.CHOICE, ("places disponibles",), labels=ROOM, words=ROOM_WORDS,
           example="disponibles"),
)  # fmt: skip

COHORTS: tuple[Column, ...] = (
    TRIAL_OF,
    Column(("id",), "Cohorte", also=("identifiant de la cohorte", "code cohorte", "n° cohorte"), required=True,
           example="A"),
    Column(("libelle",), "Libellé", also=("libellé de la cohorte", "nom de la cohorte", "intitulé"), required=True,
           example="Cohorte A, KRAS G12C", width=34),
    Column(("statut",), "Statut de la cohorte", Kind.CHOICE, ("statut", "statut cohorte", "état"), required=True,
           labels=COHORT_STATUS, words=COHORT_WORDS, example="ouverte", width=16),
    *_axes(),
)  # fmt: skip

EXAMPLE_ID = "EXEMPLE (ligne à effacer)"
"""The trial's id in the example row of the template: such rows are never read."""
