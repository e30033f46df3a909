"""Participles behind a name (« cabozantinib accordé », « grossesse autorisée »): those that leave the thing a fact are
known, and any other may tell that it is none.

Only where the form is typed with its accents: without them a participle ends as many an adjective does.
"""

import re

from rules.reading.form.sentences import Sentence

_BETWEEN = (
    r"(?:l\d|d|g|droite?|gauche|totale?|partielle?|seule?s?|hebdo\w*|bien|mal|été|déjà|finalement|"
    r"adj\w*|néo\w*|de\s+\w+)"
)
_PARTICIPLE = re.compile(rf"(?:\s+{_BETWEEN})*\s+(?P<word>[a-zéèêëàâîïôûç-]+é)e?s?(?![\wé-])", re.IGNORECASE)
_REACH = 40
_NO_PARTICIPLE = re.compile(
    r"(?:.*(?<!év)(?<!ollic)ité|capé|(?:.*-)?(?:cutané|simultané|spontané|instantané)|durée?|année?|journée?|entré|montée?|portée?|"
    r"emblé|fusé|santé|côté|comité|insuliné)$"
)

_GIVEN = frozenset(
    re.split(
        r"\s+",
        "débuté redébuté terminé réalisé effectué arrêté stoppé toléré administré complété remplacé relayé "
        "associé combiné ajouté adapté majoré diminué allégé allongé espacé donné commencé achevé opéré "
        "irradié traité retraité fractionné hypofractionné hyperfractionné bifractionné normofractionné "
        "intensifié modifié pégylé accéléré robot-assisté assisté guidé modulé focalisé localisé ciblé "
        "prolongé injecté perfusé délivré instillé réséqué répété renouvelé réitéré initié instauré essayé "
        "utilisé démarré lancé relancé entraîné compliqué émaillé marqué écourté abrégé progressé échappé "
        "récidivé rechuté présenté cessé dosé boosté liposomé conservé conditionné apparenté pratiqué mené "
        "passé alterné rapproché entamé étalé prescrit employé élargi avancé morcelé radicalisé vidéo-assisté "
        "coelio-assisté précédé suivi accompagné encadré potentialisé séparé",
    )
)
_PRESENT = frozenset(
    re.split(
        r"\s+",
        "connu diagnostiqué découvert traité équilibré déséquilibré contrôlé compensé décompensé substitué "
        "appareillé modéré stenté ponté opéré ponctionné drainé transfusé associé compliqué anticoagulé "
        "généralisé localisé avancé évolué prolongé majoré aggravé documenté prouvé confirmé révélé marqué "
        "accentué intriqué infecté surinfecté stabilisé biopsié gradé coté évalué estimé mesuré chiffré sevré "
        "greffé dialysé dilaté calcifié surveillé lié cloisonné ulcéré nécrosé étagé enkysté",
    )
)


def is_told_otherwise(sentence: Sentence, end: int) -> bool:
    """Whether a participle behind a treatment that ends here is none that says that it was given."""
    return _is_another(sentence, end, _GIVEN)


def is_present_otherwise(sentence: Sentence, end: int) -> bool:
    """Whether a participle behind a condition that ends here is none that leaves it present."""
    return _is_another(sentence, end, _PRESENT)


def _is_another(sentence: Sentence, end: int, known: frozenset[str]) -> bool:
    match = _PARTICIPLE.match(sentence.written(end, min(len(sentence.text), end + _REACH)))
    word = match["word"].lower() if match else ""
    return bool(word) and word not in known and not _NO_PARTICIPLE.match(word)
