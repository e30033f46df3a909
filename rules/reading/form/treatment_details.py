"""Line, setting, dates, status and outcome of one treatment, from the words around its name."""

import re
from dataclasses import replace
from typing import NamedTuple

from rules.case import Treatment
from rules.hinted import mark_of, marks_of_any
from rules.reading.form.dates import DATE, MONTH
from rules.reading.form.hints import holds
from rules.reading.form.treatment_dates import CENTURIES, LOCAL, PROGRESSION_UNDER, RANGE, dated, first, first_date

_ORDINALS = {"premiere": 1, "deuxieme": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5}
LINE = (
    r"(?:(?<!pd-)(?<!pd\s)(?<!ligand-)\bl\s?(?P<l>[1-9])(?!\d)\b|(?<![\d/])(?P<n>[1-9])\s?(?:re|ere|e|eme|nde|nd|de)\s+ligne\b|\b(?P<w>premiere|"
    r"deuxieme|seconde|troisieme|quatrieme|cinquieme)"
    r"\s+ligne\b|\bligne\s+(?P<k>[1-9])\b)"
)
_LINE_BEFORE = re.compile(
    rf"{LINE}(?P<gap>(?:(?!\bpuis\b|->|\bapres\b|\bafter\b)[^;.,()]){{0,60}}(?:,\s*(?:a\s+base\s+de|par|avec)\s+(?:\w+\s+)?)?)$"
)
_LINE_BESIDE = re.compile(rf"^[^;.,]{{0,30}}?(?:\(\s*(?:\d[^();]{{0,15}},\s*)?(?:en\s+)?|\ben\s+){LINE}")
_LINE_AFTER = re.compile(rf"^[^;.,]{{0,40}}?{LINE}")
_NEXT = re.compile(r"\bpuis\b|,(?!\d)|->|\bsuivie?\b|\brelais\b|\bswitch")
_LINE_LETTER = re.compile(r"\bl\s?[1-9]")
_LINE_PASSED = re.compile(r"\b(?:apres|progression|echec)\b")

_SETTINGS = (
    (
        "neoadjuvant",
        re.compile(
            r"\b(?:neo-?\s?adjuvant\w*|cna|neo-?\s?adj|tnt|pre-?\s?op(?:eratoires?)?|d'induction\s+avant\s+chirurgie)\b"
        ),
    ),
    ("adjuvant", re.compile(r"(?<!neo)(?<!neo-)(?<!neo )\b(?:adjuvant\w*|post-?\s?op(?:eratoires?)?)\b")),
    ("maintenance", re.compile(r"\b(?:entretien|maintenance)\b")),
    ("curative", re.compile(r"\ba\s+visee\s+curative\b|\bcurati(?:f|ve)\b")),
    ("palliative", re.compile(r"\bpalliati(?:f|ve)\b|\bantalgique\b|\bdecompressive\b")),
    ("metastatic", re.compile(r"\b(?:ligne|l\d|situation|phase)\s+metastatique\b")),
)
_BEFORE_SURGERY = re.compile(
    r"^[^;.,]{0,40}\b(?:precede\w*\s+(?:de|d'|par)|apres)\s*(?:une?\s+)?(?:\d+\s+)?(?:(?:cures?|cycles?)\s+(?:de\s+|d'))?$"
)
_OF_A_PRIMARY = re.compile(
    r"\b(?:cyst|gastr|oesophag|mast|tumor|pancreat|duodenopancreat|prostat|col|hemicol|lob|laryng|proct)ectomie$|\bdpc$"
)
"""« Cystectomie précédée de 4 GemCis », « mastectomie après 4 EC »."""
_WITHOUT = re.compile(r"\b(?:sans|pas\s+d[e']|ni)\s*(?:\w+\s+)?(?:neo-?\s?)?adjuvant\w*")
_AFTER_ANOTHER = re.compile(r"\b(?:apres|after)\b|\s\+\s")
"""« Curage après chimiothérapie néoadjuvante »: the setting is of what came before."""
_EARLY = ("neoadjuvant", "adjuvant", "curative")
_MAY_BE_SET = mark_of(
    "tnt", "adjuvant", "neo", "cna", "operatoire", "induction", "entretien", "maintenance", "curati", "palliati",
    "antalgi", "decompress", "metasta",
)  # fmt: skip
_ONGOING_AFTER = re.compile(
    rf"^[^;.,]{{0,30}}?\b(?:en\s+cours|poursuivie?s?\b(?!\s+jusqu)|depuis\s+(?:le\s+)?(?:debut\s+|fin\s+)?{DATE})"
)
_UNDER = re.compile(
    rf"(?:^\W*sous|(?:\bactuellement\s+|\btoujours\s+|\b(?:depuis\s+(?:le\s+)?{DATE}\s*,?\s*))(?:sous|"
    rf"traitee?\s+par))\s+"
    rf"(?:\w+\s+)?$"
)
_ENDED = re.compile(
    r"\b(?:arret\w*|stopp\w*|interromp\w*|jusqu\w*|termine\w*|switch\w*|relais|remplac\w*|suspendu\w*)\b"
)
_PROGRESSED_AFTER = re.compile(
    r"^[^;.]{0,90}?(?:,|\bpuis\b|->|:)\s*(?:une\s+)?(?:progression|pd|re-?chute|recidive)\b[^;.,]{0,60}\bsous\s+(?:ce|"
    r"cette|traitement)\b"
)
_PROGRESSED_THEN = re.compile(
    rf"^\s*\(?(?:depuis\s+(?:le\s+)?|des\s+|debut\w*\s+(?:en\s+|le\s+)?|en\s+|le\s+)?{DATE}\)?\s*(?:,|->|:|puis)\s*(?:une?\s+)?"
    rf"(?:progression|pd|echappement|echec)\b(?:(?!\bsous\b|\bapres\b)[^;.,])*?(?P<date>{DATE})"
    r"(?![^;.]{0,20}\bsous\b)"
)
"""« Cabozantinib depuis 08/2025, progression 11/2026 »: nothing says that it was over before."""
_PROGRESSED_NEXT = re.compile(
    r"^(?:(?!\b(?:puis|termin|fin\b|fini|adjuv|cures?\s+et|remission|repons|stable|rp\b|rc\b|chirurg|oper|radioth|maint|entret|"
    r"surveill|autogreffe|pause))[^;.,:()]){0,45}?(?:\([^()]{0,40}\)\s*)?(?:,|->|=>|:)\s*(?:(?:mais|puis)\s+)?(?:une?\s+)?"
    r"(?:en\s+)?(?:progression|progresse\w*|pd|echec|echappement)\b(?!\s?-)(?![^;.,]{0,30}\b(?:\d+\s*(?:mois|ans?|semaines?)|"
    r"apres\s+(?:la\s+fin|l'arret)|a\s+distance|sous|biologique|biochimique|du\s+psa|clinique\s+seule|cerebrale?\s+seule)\b)"
)
"""« Sunitinib, progression », « L1 FOLFOX 7 mois, PD hépatique »: what is written next of it is how it ended; a delay
may run from its end, and says nothing."""
_NO_END = (
    r"(?:(?!\b(?:termin|fin\b|fini|adjuv|arret|stop|interromp|pause|fenetre|surveill|jusqu|chirurg|oper|radioth|irradi|autogreffe|"
    r"apres|sous|avant|pour|si\b|24\s+mois|2\s+ans|35\s))(?:[^;.()]|\([^()]{0,40}\))){0,70}?"
)
_FAILS = (
    r"(?:,|->|=>|:|\bpuis|\bmais|\bavec)\s*(?:puis\s+|mais\s+)?(?:une?\s+)?(?:nouvelle\s+)?(?:en\s+)?(?:progression|progresse\w*|pd|"
    r"echappement|perte\s+de\s+(?:la\s+)?reponse)\b(?!\s?-)(?![^;.,]{0,30}\b(?:apres|sous|a\s+distance|biologique|biochimique|du\s+psa|clinique\s+seule|cerebrale?\s+"
    r"seule|arret|fin)\b)"
)
_PROGRESSED_ON_IT = re.compile(
    rf"^(?![^;.]*\b(?:cures?|cycles?)\b[^;.]*\bprogress\w+\s+(?:a|de)\s+\d)\s*{_NO_END}{_FAILS}"
)
"""« Pembrolizumab : progression à 6 mois », « enzalutamide puis progression »: of what is given until it fails."""
_PROGRESSED_SINCE = re.compile(
    rf"^[^;.,(]{{0,25}}?\(?\b(?:depuis|debut\w*\s+(?:en|le)|a\s+partir\s+d[eu'])\s*(?:le\s+|debut\s+|fin\s+|mi-?)?{DATE}\)?"
    rf"{_NO_END}{_FAILS}"
)
"""« Débuté en 02/2026, 8 cures, réponse puis progression »: nothing says that it was over before."""
_COUNTS = (
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:(?:x\s?\d+|\d+\s*(?:cures?|cycles?|mois|ans?|injections?|inj\b\.?|perfusions?|semaines?)|"
    r"depuis\s+\d+\s+(?:mois|ans?)|(?:en\s+)?(?:l\d|hebdo\w*|\d\s?(?:re|ere|e|eme|nde?)\s+ligne)|"
    rf"(?:(?:depuis|debut\w*\s+(?:en|le))\s+(?:le\s+|debut\s+|fin\s+|mi-?)?|en\s+|de\s+)?(?:(?:{MONTH})\s?-\s?)?{DATE}(?:\s?-\s?{DATE})?)"
    r"\s*(?:,\s*(?=\d+\s*(?:cures?|cycles?|mois)))?){0,3}(?:\([^()]{0,40}\)\s*)?"
)
_PROGRESSED_BESIDE = re.compile(
    rf"^{_COUNTS}(?:pd|progression|refractaire|perte\s+de\s+(?:la\s+)?reponse|echappement)\b(?!\s?-)(?=\s*(?:$|[,.;)(]|\d+\)|en\s|au\s|hepatique|pulmonaire|osseuse|ganglionnaire|"
    r"peritoneale|tumorale|locale|a\s+\d+\s*(?:cures?|cycles?)))"
)
"""« Trabectédine PD », « L2 FOLFIRI 6 cures progression »."""
_PROGRESSED_INSIDE = re.compile(
    r"^[^;.,()]{0,25}\(\s*(?:[^()]{0,40}?(?:,|->|=>|:|\bpuis)\s*)?(?:pd|progression)\b(?!\s?-)[^()]{0,25}\)"
)
"""« FOLFIRI 2025 (8 cures, SD puis PD) »."""
_LASTING = frozenset({"immunotherapy", "targeted_therapy", "hormone_therapy"})
_STABLE = re.compile(
    rf"^{_COUNTS}(?:[,:=]|->)?\s*(?:en\s+|avec\s+)?(?:maladie\s+|lesions?\s+)?(?:stables?|stabilite|stabilisation|sd)\b"
    r"(?!\s*(?:[\d+/-]|puis|sur|dans|depuis|sous|cerebr|osseu|biolog|du\s))"
    r"(?![^;.]*\b(?:progress\w*|pd|re-?chut\w*|recidiv\w*|echec)\b)"
)
_TOXIC = re.compile(
    r"\b(?:arret\w*|stopp\w*|interromp\w*|interruption|suspen\w+)\s+(?:(?:[\w/-]+\s+){0,4}(?:pour|sur|devant|"
    r"en\s+raison\s+d\w*)\s*'?"
    r"(?:une?\s+)?(?:\w+\s+)?)?(?:toxicit|intoler|neuropath|effets?\s+indes|colite|hepatite|pneumopath|pneumonie|pid\b|"
    r"myocardite|"
    r"cytoly|diarrhee|nephrit|hypophys|thyroid|cytopeni|neutropeni|thrombopeni|mucite|rash|myosite|"
    r"insuffisance\s+(?:renale|cardiaque)|qt\b|fa\b|fibrillation|hemorrag|saignement|thrombos|embolie|avc\b|infarctus|perforation|"
    r"fistule|proteinurie|asthenie|keratit|uveite|syndrome\s+(?:main|nephro)|hypersensib|allergi|eruption|hta\b|vomissement)"
)
_NOT_TOLERATED = re.compile(
    rf"^{_COUNTS}[,:]?\s*(?:mauvaise\s+tolerance|non\s+(?:supporte|tolere)\w*|mal\s+(?:supporte|tolere)\w*[^;.]{{0,40}}?\barret|intoleran\w*|toxicites?\b[^;.]{{0,40}}?\b(?:arret|stopp|interromp))"
)
"""« Cabozantinib intolérance (diarrhée) », « docétaxel 3 cures, toxicité, arrêt »."""
_FOR_PROGRESSION = re.compile(
    r"\b(?:arret\w*|stopp\w*|interromp\w*|interruption)\s+(?:[\w/-]+\s+){0,4}(?:pour|sur|devant|"
    r"suite\s+a)\s*(?:une?\s+)?(?:progression|pd\b|echec)"
)
_RESPONDED = re.compile(
    r"^[^;.]{0,60}?(?<!pas de )(?<!sans )(?<!absence de )(?<!evaluation de la )(?<!apres )(?<!apres une )\b"
    r"(?:repons[ei]\w*\s+(?:partielle|complete|majeure|metabolique|dissociee)|(?:bonne|tres\s+bonne|"
    r"excellente)\s+reponse|"
    r"avec\s+reponse)\b(?![^.;]*\bprogress)"
)
_RESPONDED_SHORT = re.compile(
    r"^(?:(?!\bpuis\b)[^;.,:]){0,45}(?:\([^()]{0,40}\)\s*)?[,:]\s*(?:en\s+)?r[cp]\b(?!\s*[\d+-]|\s*(?:et|puis)\b)(?![^.;]*\b(?:progress|"
    r"re-?chut|recidiv|pd\b))"
)
_RESPONDED_BESIDE = re.compile(
    rf"^{_COUNTS}(?:[,:=]|->)?\s*(?:en\s+|avec\s+)?(?:bonne\s+)?reponse\s*(?=$|[,;.)])(?![^;.]*\b(?:progress|re-?chut|recidiv|pd\b|echec))"
)
_SHORT = (" rp", " rc")
_IN_RESPONSE = re.compile(
    rf"^{_COUNTS}(?:rp|rc)\b(?!\s?[\d+-])(?=\s*(?:$|[,;.)]))(?![^;.]*\b(?:progress|re-?chut|recidiv|pd\b|echec))"
)
_REFRACTORY_TO = re.compile(
    r"\b(?:refractaires?|resistan(?:t|te|ts|tes|ce))\s+(?:primaires?\s+)?(?:a|au|aux)\s*(?:la\s+|l'|le\s+|les\s+)?$"
)
_GOES_ON_WITH = re.compile(
    r"^[^;.,()]{0,45},\s*(?:arret\w*|stopp\w*|interromp\w*|termin\w*|dernie\w*|en\s+cours|fin\s|(?:bonne\s+|"
    r"tres\s+bonne\s+)?reponse|"
    r"avec\s|\d+\s+(?:cures?|cycles?))[^;.,]*"
)
_OPENS = re.compile(r"^\s*\([^()]{0,60}\)")
_NOT_SO = r"(?<!jamais )(?<!pas )(?<!non )(?<!sans )(?<!pas ete )(?<!jamais ete )(?<!encore )(?<!never )(?<!not )"
_STOPPED = re.compile(rf"^[^;.]{{0,45}}?{_NOT_SO}\b(?:arretee?s?|stoppee?s?|interrompue?s?|arret)\b")
_COMPLETED = re.compile(
    rf"^[^;.]{{0,45}}?(?<!reponse )(?<!remission )(?<!ique )(?<!aire ){_NOT_SO}"
    r"\b(?:terminee?s?|completee?s?|achevee?s?|fin)\b"
)


class Surroundings(NamedTuple):
    """The words before and after a treatment, to the neighbouring treatments, in a sentence and its marks; `previous`:
    the name of the treatment before it."""

    before: str
    after: str
    whole: str
    marks: int
    previous: str = ""


_NOT_OF_AN_OPERATION = ("adjuvant", "maintenance")
"""« Après chirurgie et radiothérapie adjuvante »."""
_INSIDE_AFTER = re.compile(r"\(\s*(?:post|apres|after)\b[^()]*$")
"""« EV (post carboplatine) arrêté »: what stands behind the bracket is of what stands before it."""


def described(item: Treatment, around: Surroundings) -> Treatment:
    """The entry with what its surroundings say."""
    before, after, whole, marks = around.before, around.after, around.whole, around.marks
    own_after = after.split(")")[0] if _INSIDE_AFTER.search(before) else _own(after)
    setting = _setting(before, own_after) if marks & _MAY_BE_SET else None
    if setting is None and around.previous and _BEFORE_SURGERY.match(before) and _OF_A_PRIMARY.search(around.previous):
        setting = "neoadjuvant"
    if item.type in LOCAL:
        kept = None if item.type == "surgery" and setting in _NOT_OF_AN_OPERATION else setting
        return dated(replace(item, setting=kept) if kept else item, before, _beside(after))
    line = _line(before, own_after) if "ligne" in whole or _LINE_LETTER.search(whole) else None
    outcome = _outcome(before, after, marks) if marks & _MAY_HAVE_AN_OUTCOME else None
    status = _status(before, own_after, around)
    if outcome == "toxicity" and marks & _MAY_BE_RESUMED and _RESUMED.search(whole):
        outcome = None
    may_fail = outcome is None and marks & _MAY_HAVE_PROGRESSED
    failed = _PROGRESSED_THEN.match(after) if may_fail else None
    if may_fail and not (failed or setting in _EARLY) and _went_on_to_fail(item, after):
        outcome, status = "progression", None if status == "ongoing" else status
    if failed:
        began = first_date(after[: failed.start("date")])
        outcome, status = "progression", None
        item = replace(item, started_on=began, progressed_on=first(failed))
    if setting or line or outcome or status:
        item = replace(item, setting=setting, line=line, outcome=outcome, status=status)
    return dated(item, before, own_after)


_NOT_SURELY = re.compile(
    r"[^;.,]{0,40}\b(?:suspect|soupconn|possible|probable|douteu|incertain|limite|a\s+(?:confirmer|controler|verifier|preciser)|non\s+confirm)|"
    r"[^;.]{0,50},\s*(?:a\s+(?:confirmer|controler|verifier)|non\s+confirm)|[^;.,]{0,30}\?|"
    r"\s+(?:\w+\s+)?(?:du|de\s+la|de\s+l'|de\s+son|d'une?|des)(?!\s*(?:maladie|tumeur|lesion|metasta|primitif|nodule|masse|ganglion|"
    r"adenopath|carcinose|cible|localisation|atteinte|foie|poumon|cerveau|os\b|peritoine))"
)
"""« Progression suspectée », « progression du Ki-67 »."""


def _went_on_to_fail(item: Treatment, after: str) -> bool:
    """Whether what is written of it goes on to the progression that it did not keep off."""
    told = _PROGRESSED_NEXT.match(after) or _PROGRESSED_BESIDE.match(after) or _PROGRESSED_SINCE.match(after)
    if told is None and "(" in after:
        told = _PROGRESSED_INSIDE.match(after)
    if told is None and item.type in _LASTING:
        told = _PROGRESSED_ON_IT.match(after)
    return told is not None and not _NOT_SURELY.match(after, told.end())


def _line(before: str, own_after: str) -> int | None:
    line = line_in(_LINE_BESIDE.match(own_after))
    line = line or (line_in(_LINE_BEFORE.search(before)) if not _passed(before) else None)
    return line or line_in(_LINE_AFTER.match(own_after))


def _own(after: str) -> str:
    """The words after a name that are still of it: to the next comma or « puis », a parenthesis beside it whole, and
    what a comma only goes on with (« , arrêt pour … », « , dernière le … »)."""
    beside = _OPENS.match(after)
    edge = beside.end() if beside else 0
    going_on = _GOES_ON_WITH.match(after, edge) if not edge and "," in after else None
    if going_on and not re.search(r"\bpuis\b|->", going_on[0]):
        return going_on[0]
    return after[:edge] + _NEXT.split(after[edge:], maxsplit=1)[0]


def _beside(after: str) -> str:
    """The words of an operation or an irradiation: cycles that a comma goes on with are of something else."""
    beside = _OPENS.match(after)
    edge = beside.end() if beside else 0
    return after[:edge] + _NEXT.split(after[edge:], maxsplit=1)[0]


def line_in(match: re.Match[str] | None) -> int | None:
    """The number of a line as matched by `LINE`."""
    if match is None:
        return None
    number = match["l"] or match["n"] or match["k"]
    return int(number) if number else _ORDINALS[match["w"]]


def _passed(before: str) -> bool:
    """« après L1, FOLFIRI » says nothing of FOLFIRI; « progression en L1 sous FOLFOX » does."""
    match = _LINE_BEFORE.search(before)
    if match is None:
        return False
    gone_by = _LINE_PASSED.search(before[: match.start()])
    return bool(gone_by) and not re.search(r"\b(?:par|de|d'|sous|:)\s*$|^\s*$", match["gap"])


def _setting(before: str, after: str) -> str | None:
    near = before[max(before.rfind(","), before.rfind("puis")) + 1 :]
    after = _AFTER_ANOTHER.split(_WITHOUT.sub(" ", after), maxsplit=1)[0]
    found = {name for name, pattern in _SETTINGS if pattern.search(near) or pattern.search(after)}
    return found.pop() if len(found) == 1 else None


_MAY_HAVE_PROGRESSED = marks_of_any(
    PROGRESSION_UNDER, _PROGRESSED_AFTER, _REFRACTORY_TO, _FOR_PROGRESSION, _PROGRESSED_THEN, _PROGRESSED_NEXT,
    _PROGRESSED_BESIDE,
)  # fmt: skip
_MAY_BE_TOXIC = marks_of_any(_TOXIC) | mark_of("intoleran", "toxicite", "tolerance")
_MAY_BE_STABLE = mark_of("stab", "sd")
_MAY_HAVE_AN_OUTCOME = _MAY_HAVE_PROGRESSED | _MAY_BE_TOXIC | _MAY_BE_STABLE | mark_of("repons", "rc", "rp")


def _outcome(before: str, after: str, marks: int) -> str | None:
    if marks & _MAY_HAVE_PROGRESSED and (
        PROGRESSION_UNDER.search(before)
        or _PROGRESSED_AFTER.match(after)
        or _REFRACTORY_TO.search(before)
        or _FOR_PROGRESSION.search(after[:70])
    ):
        return "progression"
    if marks & _MAY_BE_TOXIC and (_TOXIC.search(after[:90]) or _NOT_TOLERATED.match(after)):
        return "toxicity"
    told = "repons" in after and (_RESPONDED.match(after) or _RESPONDED_BESIDE.match(after))
    told = told or _RESPONDED_SHORT.match(after) or (holds(after, _SHORT) and _IN_RESPONSE.match(after))
    if told:
        return "response"
    return "stable" if marks & _MAY_BE_STABLE and _STABLE.match(after) else None


_STOP_BEFORE = re.compile(
    r"(?<!desire )(?<!souhaite )(?<!demande )(?<!veut )(?<!discuter )(?<!envisager )"
    r"\b(?:arret|interruption|stop)\b[^;.,]{0,25}$"
)
_RESUMED = re.compile(
    r"\b(?:repris\w*(?!\s+evolutive)|reintrod\w*|resumed|terminee?s?\b|achevee?s?\b|c\d+\s+(?:faite?|le|du)\b)"
)
_MAY_BE_RESUMED = mark_of("repris", "reintrod", "resumed", "termin", "achev", "c1", "c2", "c3", "c4", "c5", "c6")
_ONE_STOPPED = re.compile(r"\barret\s+(?:du\s+|de\s+(?:la\s+|l')|des\s+|d')(?!traitement|therapie|chimio)")
"""« Arrêt du pembrolizumab »: of one drug of a regimen."""
_THEN_PROGRESSED = re.compile(r"\bpuis\s+(?:une?\s+)?(?:\w+\s+)?(?:progress|re-?chut|recidiv|echec|echapp)")
_STOPPED_LATER = re.compile(rf"{_NOT_SO}(?<!d')\b(?:arretee?s?|stoppee?s?|interrompue?s?|arret|interruption)\b")
_MAY_BE_STOPPED, _MAY_BE_COMPLETED = marks_of_any(_STOPPED, _STOP_BEFORE), marks_of_any(_COMPLETED)
_MAY_BE_ENDED, _MAY_GO_ON = marks_of_any(_ENDED), marks_of_any(_ONGOING_AFTER, _UNDER)


def _status(before: str, after: str, around: Surroundings) -> str | None:
    marks = around.marks
    if marks & _MAY_BE_STOPPED and _ONE_STOPPED.search(around.after):
        return None
    if marks & _MAY_BE_STOPPED and (_STOPPED.match(after) or _STOP_BEFORE.search(before)):
        return None if marks & _MAY_BE_RESUMED and _RESUMED.search(around.whole) else "stopped"
    if (marks & _MAY_BE_COMPLETED and _COMPLETED.match(after)) or (holds(after, CENTURIES) and RANGE.search(after)):
        return "completed"
    if not marks & _MAY_GO_ON:
        return None
    near = before[max(before.rfind(","), before.rfind("puis")) + 1 :]
    ended = marks & _MAY_BE_ENDED
    if (ended and _ENDED.search(near + " | " + after)) or PROGRESSION_UNDER.search(before):
        return None
    goes_on = _ONGOING_AFTER.match(after)
    if (marks & _MAY_BE_STOPPED and _STOPPED_LATER.search(around.after)) or _THEN_PROGRESSED.search(around.after):
        return None
    if ended and not goes_on and _ENDED.search(around.whole):
        return None
    return "ongoing" if goes_on or _UNDER.search(before) else None
