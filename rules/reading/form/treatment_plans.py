"""Whether a treatment that a form's sentence names is only planned, discussed, refused or impossible."""

import re

from rules.case import Treatment
from rules.dates import PartialDate
from rules.hinted import mark_of, marks_of_any
from rules.reading.form.hints import holds
from rules.reading.form.sentences import Sentence

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
_ONLY_LATER = re.compile(
    r"\b(?:potentiel\w*|reevalu\w*|revoir|rediscut\w*|(?<!non )(?<!non-)(?<!ir)(?<!pas )resecab\w*)\b[^;.]*$"
)
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
    r"valider|confirmer|suivre|ajouter|associer|rajouter|"
    r"proposer)|(?:valide|acte|accepte)\w*(?![^.;]{0,40}\b(?:debut|recu|fait|realis|depuis|en\s+cours))|(?:la\s+semaine|le\s+mois)\s+prochaine?|prochainement|prevue?s?|envisage\w*|propose\w*|discute\w*|programme\w*|"
    r"(?:im)?possibles?|ir?realisables?|(?:in|non\s+|pas\s+)(?:faisable|accessible|envisageable|realisable)s?|"
    r"recuse\w*|refuse\w*|contre-?\s?indique\w*|necessaires?|requise?s?|(?:non|pas)\s+(?:encore\s+|ete\s+)*(?:necessaire|indique|"
    r"retenu|realis|fait|envisag|souhait|debut|commenc|recu|administr|delivr)\w*|en\s+attente|demandee?s?|annulee?s?|reportee?s?|differee?s?|ajournee?s?|cancelled|postponed|souhait\w*|indique\w*|retenu\w*|"
    r"recommand\w*|sans\s+urgence|declined|refused|planned|considered|proposed|discussed|suggested|scheduled|never\s+(?:started|given)|not\s+(?:yet\s+)?(?:started|given|done|performed)|d'emblee\s+\?)|\?)"
)
_IF_EVER = re.compile(
    r"(?:^\W*|[,;:(]\s*)(?:(?:et|ou|puis|then)\s+)*(?:si|en\s+cas\s+(?:de|d')|if|in\s+case\s+of)\b\s*(?!.*\b(?:avait|ete)\b)[^,;:()]{2,50}[,:]\s*"
    r"(?:(?:on|nous|une?|le|la|l'|du|passage|relais|vers|par|sous|a|au|passer|then)\s*)*(?:\w+\s+)?$|"
    r"\b(?:si|if|en\s+cas\s+(?:de|d'))\s*(?:nouvelle\s+|bonne\s+|maladie\s+)?(?:progress\w*|pd|evoluti\w*|recidiv\w*|rechut\w*|echec|"
    r"(?:non-?\s?)?reponse|rc|rp|stab\w*|intoleran\w*|toxicite|p?n\+|r1|residu\w*|(?:ir|non\s+)?resecable|operable|refus|besoin|"
    r"possible|relapse)\s+(?:\w+\s+){0,2}$"
)
"""« Si progression, lurbinectédine »."""
_ALL_TO_COME = re.compile(
    r",\s*(?:le\s+tout\s+)?(?:reste\s+)?(?:(?:non|pas|jamais)\s+(?:encore\s+)?(?:debut|commenc|realis|fait|initi|recu)\w*|not\s+(?:yet\s+)?started|a\s+(?:valider|discuter|confirmer|debuter|prevoir|programmer|organiser|definir)|"
    r"to\s+be\s+(?:discussed|confirmed|decided|started))(?:\s+(?:en|par|avec|selon|ce|cette|in|at)\b[^,;.]{0,30})?\W*$"
)
"""« Cisplatine-vinorelbine, puis atézolizumab, à valider »: of all of a sentence that tells nothing of the past."""
_OR_THEN = re.compile(r"\s*(?:ou|vs|et/ou)\s+(?:une?\s+|la\s+|le\s+|l'|du\s+)?")
_AT_ONCE = r"(?:d'emblee|premiere?|primaire|initiale?|immediate?|upfront|avant|maintenant|tout\s+de\s+suite)"
_OR_ELSE = r"\s*[,;]?\s*(?:\b(?:ou|soit|vs|versus)\b(?:\s+bien)?|/|,\s*soit\b)\s+"
_ONCE_DONE = r"(?:apres|au\s+decours|a\s+l'issue|a\s+la\s+suite|en\s+post|post)\b"
_AT_ONCE_OR_AFTER = re.compile(
    rf"\b{_AT_ONCE}{_OR_ELSE}(?:(?!apres\b)[\w'-]+\s+){{0,3}}{_ONCE_DONE}[^;.]{{0,60}}$|"
    rf"(?<!metastatique\s)(?<!progression\s)\bd'emblee{_OR_ELSE}(?:[\w'-]+\s+){{0,2}}$|"
    rf"\bd'emblee\s+(?:vs|versus)\s+[^;.]{{0,60}}$|\bsi\s+(?:[\w'-]+\s+){{1,3}}{_ONCE_DONE}[^;.,]{{0,40}}$"
)
"""« Lobectomie possible d'emblée ou après chimio-immunothérapie »: a choice, of which nothing is done."""
_AT_ONCE_AFTER = re.compile(
    rf"^[^,;.]{{0,50}}(?<!metastatique\s)\bd'emblee\s*(?:[,;]?\s*\b(?:ou|soit|vs|versus)\b|/)|"
    rf"^[^,;.]{{0,50}}\b{_AT_ONCE}{_OR_ELSE}(?:[\w'-]+\s+){{0,2}}(?:{_ONCE_DONE}|differee?|secondaire|d'intervalle)|"
    r"^[^,;.]{0,60}?\b(?:pourra|pourrait|peut|sera|serait|devra|devrait|doit)\s+(?:alors\s+|ensuite\s+)?etre\b|"
    r"^[^,;.]{0,40}\bsous\s+(?:reserve|condition)\b"
)
_EITHER_WAY = re.compile(r"[^;.]*\bou\s+(?:l'inverse|inversement|vice\s?-?\s?versa)\b")
_WILL_BE = re.compile(
    r"\b(?:va|vont|sera|seront|serait|seraient|peut|peuvent|pourra|pourront|pourrait|pourraient|doit|doivent|devra|"
    r"devrait)\s+(?:(?:alors|ensuite|donc|secondairement|etre)\s+){0,2}(?:(?:traitee?s?|prise?\s+en\s+charge)\s+"
    r"(?:par|avec)\s+(?:une?\s+|la\s+|du\s+)?)?$"
)
_POSSIBLE_AFTER = re.compile(
    r"\b(?:possibles?|envisageables?|realisables?|faisables?|discutables?|praticables?|peut|peuvent|pourra|pourrait|sera|"
    r"serait|prefere\w*|d'accord\s+pour|candidat\w*|sous\s+reserve|envisag\w+|accessibles?|planifi\w+)\b[^;.,]{0,60}"
    rf"\b{_ONCE_DONE}[^;.,]{{0,90}}$"
)
_PAST = r"recue?s?|termine\w*|fini\w*|effectue\w*|progress\w*|arret\w*|depuis|(?:19|20)\d\d|\d{1,2}/\d{1,2}"
_GONE_BY = re.compile(rf"\b(?:{_PAST})\b")
_DONE = re.compile(
    rf"\b(?:{_PAST}|realisee?s?|faite?s?|complete\w*|bien\s+tolere\w*|repons\w*|rp|rc|stab\w+|toxicit\w*|debut\w*)\b"
)
_MAY_BE_PLANNED = marks_of_any(
    _ONLY_LATER,
    _PLANNED_BEFORE,
    _BEFORE_WHAT_COMES,
    _PLANNED_AFTER,
    _AT_ONCE_OR_AFTER,
    _AT_ONCE_AFTER,
    _EITHER_WAY,
    _WILL_BE,
)
_MAY_BE_POSSIBLE = marks_of_any(_POSSIBLE_AFTER)


def is_planned(sentence: Sentence, span: tuple[int, int], before: str, after: str) -> bool:
    """Whether the words around the treatment of this span leave it to the future, or to nobody."""
    if not sentence.marks & _MAY_BE_PLANNED:
        return False
    planned = _PLANNED_BEFORE.search(before)
    if holds(before, _LATER_HINT) and _ONLY_LATER.search(before):
        return True
    if (planned and not _PLAN_CLOSED.search(planned[0])) or _BEFORE_WHAT_COMES.search(before):
        return True
    start, end = span
    if _IF_EVER.search(before) or _SO_MANY_DONE.search(after):
        return not _SO_MANY_DONE.search(after)
    if (
        _is_all_to_come(sentence, before)
        or _AT_ONCE_OR_AFTER.search(_just_before(sentence, start))
        or _WILL_BE.search(before)
    ):
        return True
    if _PLANNED_AFTER.match(after) or _AT_ONCE_AFTER.match(sentence.low[start : start + 120]):
        return True
    if _EITHER_WAY.match(sentence.low, end):
        return True
    beyond = sentence.low[end : end + 90] if _OR_THEN.fullmatch(after) else None
    return beyond is not None and _PLANNED_AFTER.match(beyond) is not None


_OR = r"(?:et\s?/\s?ou|ou|vs\.?|versus|or)\b(?:\s+bien\b)?(?!\s+(?:un\s+|le\s+|du\s+)?placebo)"
_ARTICLE = r"(?:une?\s+|des\s+|du\s+|de\s+(?:la\s+)?|les?\s+|la\s+|l'|d'|par\s+|\d+\s+)*"
_ONE_OF_TWO_BEFORE = re.compile(rf"(?:\b(?:{_OR}|soit)\s+|\+\s?/\s?-\s*){_ARTICLE}$")
_ONE_OF_TWO_AFTER = re.compile(
    rf"^\s*(?:\([^()]{{0,30}}\)\s*|en\s+(?:l\d|\w{{4,}})\s*|seule?s?\s*|\w*hebdo\w*\s*|"
    rf"x?\s?\d+\s*(?:mois|cures?|cycles?|semaines?|gy|fractions?)?\s*)?,?\s*\b{_OR}\s+(?!plus\b|moins\b|equivalent|apres\b|arret|progress|rechut)"
)
_THEN_STILL = re.compile(r"\s*(?:\([^()]{0,30}\)\s*)?(?:,?\s*(?:puis|suivie?s?\s+(?:de|d'|par))|\+|et)\s+" + _ARTICLE)
_BESIDE_A_LOCAL_ONE = re.compile(rf"\b{_OR}\s+(?:rct|rt|rtct|ct|chir|chirurgie)\s+(?:seule\s+)?(?:\+|puis)\s*$")
_WHICH = re.compile(rf"\b(?:{_OR}|soit)\s+{_ARTICLE}")
_MAY_BE_A_CHOICE = mark_of("ou", "vs", "versus", "soit", "or", "+")


def _is_one_of_two(sentence: Sentence, start: int, before: str, after: str) -> bool:
    """« CAR-T ou R-DHAP puis autogreffe »: a choice, or what nobody remembers; neither is told to be given."""
    if not sentence.marks & _MAY_BE_A_CHOICE:
        return False
    low = sentence.low
    if _ONE_OF_TWO_BEFORE.search(low[max(0, start - 40) : start]) or _ONE_OF_TWO_AFTER.match(after):
        return True
    if _BESIDE_A_LOCAL_ONE.search(before):
        return True
    if not _THEN_STILL.fullmatch(before):
        return False
    clause = max(low.rfind(mark, 0, start) for mark in ".;") + 1
    ends = {match.end() for match in _WHICH.finditer(low, clause, start)}
    return any(mention.start in ends for mention in sentence.treatments)


_UNTIL_SEEN_AGAIN = re.compile(
    r"^\s*(?:\([^()]{0,30}\)\s*)?avant\s+(?:la\s+|une?\s+)?(?:re-?evaluation|bilan\s+de\s+reevaluation)\b"
)
_BEFORE_A_PLAN = re.compile(
    r"[^,;.]{0,80}\bavant\s+(?:la\s+|l'|une?\s+|le\s+)?[\w-]+(?:\s+[\w-]+)?\s+(?:prevue?|programmee?|planifiee?|envisagee?)\b"
)
_SO_MANY_DONE = re.compile(
    r"\bprevue?s?\b[^.;]{0,30}\b\d+\s+(?:\w+\s+)?(?:realis|recu|effectu|fait|administr|delivr)\w*"
)


def _is_all_to_come(sentence: Sentence, before: str) -> bool:
    end = _ALL_TO_COME.search(sentence.low)
    return end is not None and not _DONE.search(sentence.low[: end.start()]) and "apres" not in before


_A_DAY_TO_COME = re.compile(
    r"^[^;,.()]{0,30}?\b(?:(?:le|du)\s+\d{1,2}/\d{1,2}(?![/\d])|(?:le|en|debut|fin|mi)[\s-]+(?:\d{1,2}\s+)?(?:janvier|fevrier|mars|avril|"
    r"mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b(?!\s+\d))"
)
"""A day without a year, which is left as it is typed where it may be one to come (`years`)."""


_BEGUN = re.compile(r"\b(?:arret|termin|fini|debut|realis|fait|recu|stopp|effectu|oper)")


def has_begun(after: str) -> bool:
    """Whether the words behind a treatment say that it began, was given or ended."""
    return bool(_BEGUN.search(after))


def _is_on_a_day_to_come(after: str) -> bool:
    day = _A_DAY_TO_COME.match(after)
    return day is not None and not (_DONE.search(after, day.end()) or _BEGUN.search(day[0]))


def is_open(sentence: Sentence, start: int, before: str, after: str) -> bool:
    """« Résection envisageable après 4 cycles de FLOT »: whether they are done is not told."""
    if _is_one_of_two(sentence, start, before, after) or _is_on_a_day_to_come(after):
        return True
    if (_UNTIL_SEEN_AGAIN.match(after) or _BEFORE_A_PLAN.match(sentence.low, start)) and not _DONE.search(after):
        return True
    if not sentence.marks & _MAY_BE_POSSIBLE:
        return False
    told = _POSSIBLE_AFTER.search(_just_before(sentence, start))
    return told is not None and not _GONE_BY.search(told[0]) and not _DONE.search(after)


def _just_before(sentence: Sentence, start: int) -> str:
    return sentence.low[max(0, start - 140) : start]


def is_to_come(item: Treatment, today: PartialDate | None) -> bool:
    """« Chirurgie le 12/12/2026 », of a board in November."""
    if today is None:
        return False
    days = [PartialDate.parse(day) for day in (item.started_on, item.ended_on) if day]
    return any(day.earliest > today.latest for day in days) and item.status != "ongoing"


_BEFORE_THIS = re.compile(
    r"\b(?:secondaires?\s+a|faisant\s+suite\s+a|compliquant|transformation\s+d'|evolution\s+d'|post)\s*-?\s*(?:une?\s+|l[ae]\s+|son\s+)?"
    r"(?:smd|myelodysplas\w+|lmmc|syndrome\w*\s+(?:myelo\w+|myelodys\w+)|nmp|llc|lymphome\s+\w+)\b(?:[^;.]{0,40}\btraitee?s?\s+(?:par|avec|sous)\s+|\s*\(\s*)"
    r"(?:\w+\s+){0,2}$"
)

_AFTER_A_CANCER = re.compile(
    r"\b(?:lam|lal|smd|leucemie|myelodysplasie)\b[^;.,()]{0,25}\b(?:apres|post|secondaire\s+a)\s*-?\s*(?:une?\s+|son\s+|le\s+)?"
    r"(?:cancer|carcinome|adenocarcinome|lymphome|hodgkin|sarcome)\b[^;.]{0,60}$"
)


def is_of_before(before: str) -> bool:
    """« LAM secondaire à un SMD traité par azacitidine »: no line of the leukaemia."""
    return bool(_BEFORE_THIS.search(before) or _AFTER_A_CANCER.search(before))


_OF_THE_PAST = re.compile(
    r"\b(?:recue?s?|recoit|termine\w*|fini\w*|effectue\w*|progress\w*|pd|arret\w*|stopp\w*|interromp\w*|depuis|(?:19|20)\d\d|"
    r"\d{1,2}/\d{1,2}|realise\w*|faite?s?|complete\w*|tolere\w*|toleran\w*|intoleran\w*|repons\w*|repond\w*|rp|rc[1-3ipr]?|t?[gv]?gpr|stab\w+|toxicit\w*|"
    r"debut\w*|sous|apres\s+(?:(?:la|une?)\s+|l')?(?:progress|echec|re-?chut|recidiv|toxicit)\w*|echec\w*|re-?chut\w*|recidiv\w*|suite\s+a|oper(?:e|ee|es|ees)|traite\w*|irradie\w*|reseque\w*|"
    r"en\s+cours|poursui\w*|remission|resist\w*|refract\w*|relais|switch\w*|mise?\s+(?:sous|en\s+place)|"
    r"jusqu\w*|dernie\w*|expose\w*|antecedents?|atcds?|anterieure?s?|prealables?|precedente?s?|initial\w*|malgre|eu|beneficie\w*|"
    r"y?p[tn]\d\w*|yp[tn]\w*|r[01]|tep\d?|mrd|il\s+y\s+a|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|"
    r"novembre|decembre|respon\w+|pr|cr|sd|received|given|completed|progressed|relapsed?|after|since|prior|previous\w*|treated|underwent|s/p|"
    r"ongoing|stopped)\b|->"
)
_BESIDE_A_TREATMENT = (
    "cecos", "efr", "ecg", "ett", "echo", "bilan", "audiogramme", "consultation", "biopsie", "extraction", "pac",
    "picc", "chambre", "serologie",
)  # fmt: skip
_NOT_OF_A_TREATMENT = re.compile(
    r",?[^,;.]*\b(?:cecos|efr|ecg|ett|echo\w*|bilan|audiogramme|consultation|biopsies?|extractions?|pac|picc|chambre|serologies?)\b[^,;.]*"
)


def tells_the_past(low: str) -> bool:
    """Whether a word tells that something is over or has begun: « FOLFIRI 6 cures » alone is as often proposed."""
    return bool(_OF_THE_PAST.search(_NOT_OF_A_TREATMENT.sub(" ", low) if holds(low, _BESIDE_A_TREATMENT) else low))


_COURSE = re.compile(
    r"\b(?:progress\w*|pd|re-?chut\w*|recidiv\w*|repons\w*|rp|rc[1-3]?|stab\w+|toler\w*|toxic\w*|arret\w*|echapp\w*|echec\w*|evolution|"
    r"normalis\w*|negativ(?:e|ee|es|ees|ation)|masses?\s+residuelles?|intoleran\w*|"
    r"progressed|relapse\w*|response)\b"
)


def tells_a_course(low: str) -> bool:
    """Whether a sentence tells what became of a treatment named before it."""
    return bool(_COURSE.search(low))
