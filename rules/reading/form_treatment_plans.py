"""Whether a treatment that a form's sentence names is only planned, discussed, refused or impossible."""

import re

from rules.hinted import marks_of_any
from rules.reading.form_hints import holds
from rules.reading.form_sentences import Sentence

_PLANNED_BEFORE = re.compile(
    r"\b(?:projet|propos\w+|envisag\w+|discut\w+|prev(?:u|ue|us|ues|oir|oit)|place|options?|possibil\w+|"
    r"indications?|debuter|instaurer|introduire|reprendre|demarrer|commencer|initier|entreprendre|candidat\w*|"
    r"(?:in)?eligib\w*|refus\w*|contre-?\s?indic\w*|en\s+vue|avant|si|alternative|discussion|inclusion|plutot|"
    r"demande|attente|proposer|organiser|programm\w*|faisabilite|"
    r"allergi\w*|envisageables?|souhait\w*|preparation|bilan\s+pre|consultation|avis|medecin|reserve|a\s+discuter|"
    r"faut|pourrait|recommand\w*|retenue?|choix|eventuel\w*|"
    r"a\s+la\s+place|hors|essai|relever\w*|justifi\w*|proposition|suspens|perspective|objectif|decid\w+|traitements?\s+(?:\w+\s+){0,2}(?:possibles?|restante?s?|disponibles?|theoriques?)|opt(?:e|"
    r"ons|er)|valid\w+|prescri\w+|cible\w*\s+par)\b[^;.]*$"
)
_ONLY_LATER = re.compile(r"\b(?:potentiel\w*|reevalu\w*|revoir|rediscut\w*|resecab\w*)\b[^;.]*$")
_LATER_HINT = ("potentiel", "reevalu", "revoir", "rediscut", "resecab")
_BEFORE_WHAT_COMES = re.compile(
    r"\b(?:a\s+(?:debuter|demarrer|commencer|discuter|reprendre)|prevue?s?|programmee?s?)\s+(?:\w+\s+){0,3}apres\s+(?:la\s+|"
    r"le\s+|l')?(?:\w+\s+)?$"
)
"""« Hormonothérapie à débuter après la radiothérapie »: neither is told to be over."""
_PLAN_CLOSED = re.compile(r"\b(?:progression|echec|rechute|recu|traitee?|apres|depuis|debutee?)\b")
_PLANNED_AFTER = re.compile(
    r"^\s*(?:ensuite|apres|plus\s+tard|secondairement)\s*(?=$|[,.;)])|^[^,;.]{0,40}(?:\b(?:en\s+(?:cours\s+de\s+)?(?:discussion|validation|evaluation\s+pour)|si\b|en\s+cas\s+d|"
    r"a\s+(?:re)?(?:discuter|evaluer|voir|debuter|venir|introduire|organiser|reprendre|envisager|prevoir|demarrer|"
    r"commencer|initier|lancer|entreprendre|faire|realiser|programmer|planifier|mettre\s+en\s+(?:place|route)|"
    r"proposer)|(?:la\s+semaine|le\s+mois)\s+prochaine?|prochainement|prevue?s?|envisage\w*|propose\w*|discute\w*|programme\w*|"
    r"(?:im)?possibles?|ir?realisables?|(?:in|non\s+|pas\s+)(?:faisable|accessible|envisageable|realisable)s?|"
    r"recuse\w*|refuse\w*|contre-?\s?indique\w*|(?:non|pas)\s+(?:encore\s+|ete\s+)*(?:necessaire|indique|"
    r"retenu|realis|fait|envisag|souhait|debut|commenc|recu|administr|delivr)\w*|en\s+attente|souhait\w*|indique\w*|retenu\w*|"
    r"recommand\w*|sans\s+urgence|d'emblee\s+\?)|\?)"
)
_OR_THEN = re.compile(r"\s*(?:ou|vs|et/ou)\s+(?:une?\s+|la\s+|le\s+|l'|du\s+)?")
_MAY_BE_PLANNED = marks_of_any(_ONLY_LATER, _PLANNED_BEFORE, _BEFORE_WHAT_COMES, _PLANNED_AFTER)


def is_planned(sentence: Sentence, end: int, before: str, after: str) -> bool:
    """Whether the words around a treatment that ends at `end` leave it to the future, or to nobody."""
    if not sentence.marks & _MAY_BE_PLANNED:
        return False
    planned = _PLANNED_BEFORE.search(before)
    if holds(before, _LATER_HINT) and _ONLY_LATER.search(before):
        return True
    if (planned and not _PLAN_CLOSED.search(planned[0])) or _BEFORE_WHAT_COMES.search(before):
        return True
    if _PLANNED_AFTER.match(after):
        return True
    beyond = sentence.low[end : end + 90] if _OR_THEN.fullmatch(after) else None
    return beyond is not None and _PLANNED_AFTER.match(beyond) is not None
