"""How the disease stands now, from one sentence: no relapse, no progression, stable, in response; not to be operated.

Only what speaks of today: dated in the last months, or not dated and with no course after it. Two sentences that differ
(« progression » and « pas de progression ») are a conflict, so that leaving one of them out rules nothing out.
"""

import re

from rules.case import Suitability
from rules.hinted import mark_of
from rules.kinds import State
from rules.reading.form.context import Standing, part_around, standing
from rules.reading.form.dates import DATE, is_recent
from rules.reading.form.facts import Facts
from rules.reading.form.organs import may_be_of, only_of
from rules.reading.form.sentences import Role, Sentence

_SIGN = (
    r"(?:(?:signes?|arguments?|elements?|evidence|images?|lesions?)\s+(?:\w+\s+){0,2}?(?:de\s+|d'|d'une\s+|pour\s+une\s+|"
    r"en\s+faveur\s+d'une\s+|evocat\w+\s+d(?:e|'une)\s+))?"
)
_DENIED = r"\b(?:pas\s+de\s+|pas\s+d'|sans\s+|absence\s+de\s+|absence\s+d'|aucune?\s+)"
_NO_RELAPSE = re.compile(rf"{_DENIED}{_SIGN}(?:recidive|rechute|recurrence|reprise\s+evolutive)s?\b")
_NO_PROGRESSION = re.compile(rf"{_DENIED}{_SIGN}(?:progression|evolution\s+tumorale)\b")
_STABLE = re.compile(
    r"\b(?:maladie|scanner|tdm|tap|tep\w*|bilan|imagerie|reevaluation|evaluation|recist)\b[^.;,]{0,45}\bstables?\b|"
    r"\bstabilite\s+(?:tumorale|morphologique|radiologique|scanographique|de\s+la\s+maladie|recist)\b|"
    r"(?:^|[,;:]\s)stabilite\b"
)
_RESPONSE = re.compile(
    r"\b(?:reponse\s+(?:partielle|tumorale|morphologique|metabolique|radiologique|majeure)|reponse\s+au\s+(?:scanner|tdm)|"
    r"rp(?=\s+(?:au|sur|a\s+la|scanno|tdm|recist)))\b"
)
_COMPLETE = re.compile(
    r"\b(?:(?:reponse|remission)\s+(?:\w+\s+){0,2}complete|rc[cr]?(?=\s+(?:clinique|metabolique|irm|a\s+l'irm|tep|au\s+tep|"
    r"endoscopique|apres\s)))\b"
)
_WATCHED = re.compile(r"\bwatch\s*(?:and|&)\s*wait\b|\bpreservation\s+d'organe\b")
_OF_A_PART = re.compile(
    r"^\s*(?:cerebr\w*|encephal\w*|hepatique|pulmonaire|osseuse|ganglionnaire|locale?|loco-?regionale|biologique|clinique|"
    r"biochimique|du\s+psa|des\s+(?:lesions|metastases)\s+\w+|de\s+(?:la|l')\s*\w+|significative|histologique|pathologique)\b"
)
_ON_SOME = re.compile(
    r"\s*(?:sur|de)\s+(?:\d+|une?)\b|\s*[,(]?\s*(?:sauf|hormis|excepte|en\s+dehors|a\s+l'exception|mis\s+a\s+part)\b"
)
"""« Réponse complète sur 1 », « stable sauf une lésion »."""
_LOCAL_PART = re.compile(
    r"\b(?:cerebr\w*|encephal\w*|hepatiques?|osseuses?|ganglionnaires?|creatinin\w*|angor|dyspnee|poids|vol\w*|"
    r"nodules?\s+(?:pulmonaires?|thyroid\w*))\b"
)
_NOT_NOW = re.compile(
    r"\b(?:survie|risque|intervalle|delai|duree|temps|si|cas|avant|jusqu\w*|pendant|initial\w*|meilleure|objectif|but|"
    r"surveillance|prevenir|eviter|obten\w+|apres)\b[^,;:.]{0,30}$"
)
_SINCE_OVER = re.compile(
    r"^[^;.]{0,40}?\b(?:jusqu\w*|pendant|durant|a\s+\d+\s*(?:ans?|mois)|puis|avant|mais)\b|"
    r"^[^;]{0,120}?(?<!pas\sde\s)(?<!sans\s)\b(?:progress\w+|rechut\w+|recidiv\w+|echec)\b"
)
_OF_ONE_LESION = re.compile(
    r"\b(?:cerebr\w*|encephal\w*|stereotax\w*|radiochirurg\w*|lit\s+(?:operatoire|irradie|tumoral)|radiofrequence|"
    r"thermo-?ablation|metastasectomie|(?:dans|sur|en)\s+(?:le|la|les)\s+zones?)\b"
)
_SEEN_BY_MRI = ("cns", "prostate", "rectum", "female_genital", "head_and_neck", "breast", "soft_tissue", "anus")
_DAYS_LATELY = 125

_INOPERABLE = re.compile(
    r"(?:^|[,;:(]\s?|\b(?:tumeur|lesion|masse|maladie|jugee?|dossier|rcp|chirurgien|est|mais|mesotheliome|cancer|"
    r"carcinome|adenocarcinome|adk|sarcome|cholangiocarcinome|chc|glioblastome)\s+)"
    r"(?:non[ -](?:operables?|chirurgicale?s?)|inoperables?|pas\s+operable)\b(?:\s+d'emblee)?"
    r"(?=\s*(?:$|[,;.)]|apres\s+avis|(?:pour|en)\s+raison|du\s+fait))"
)
_MEDICALLY = re.compile(
    r"\b(?:cardi\w*|respir\w*|efr|comorbid\w*|age|bpco|refus\w*|anesthes\w*|etat\s+general|aeg|medical\w*|fonction\w*|"
    r"insuffisance|oms|ps|fragil\w*|denutri\w*|terrain|vems|dlco|demence)\b"
)
_FOR_A_REASON = re.compile(r"\s*(?:pour|en\s+raison|du\s+fait|medicalement)")
_NOT_CURABLE = re.compile(
    r"\b(?:pas\s+de|aucun|hors\s+de\s+tout|sans)\s+(?:projet|traitement(?:\s+local)?|perspective|possibilite\s+de\s+traitement)"
    r"\s+(?:a\s+visee\s+)?curati(?:f|ve)\b|\bnon\s+accessible\s+a\s+un\s+traitement\s+(?:local\s+)?(?:a\s+visee\s+)?"
    r"curati(?:f|ve)?\b|\bsituation\s+palliative\b|"
    r"\b(?:non|in)[ -]?accessible\s+a\s+(?:un\s+|une\s+|la\s+|l')?(?:rattrapage|(?:traitement\s+)?(?:local|curatif|"
    r"loco-?\s?regional)|(?:la\s+)?(?:transplantation|chirurgie|resection|ablation|greffe|exerese|radiotherapie|re-?irradiation|"
    r"hepatectomie)\s*(?:,|ni|ou)\s*(?:a\s+)?(?:une\s+|la\s+|l')?(?:\w+\s+)?(?:transplantation|chirurgie|resection|ablation|greffe|"
    r"exerese|radiotherapie|re-?irradiation|rattrapage))|"
    r"\b(?:ni|pas\s+de|sans)\s+(?:possibilite\s+de\s+)?(?:chirurgie|exerese|resection)\s+ni\s+(?:de\s+)?(?:re-?irradiation|"
    r"(?:radiotherapie|irradiation)\s+(?:possibles?|realisables?|envisageables?|faisables?))\b"
)
_OPERATION_PLANNED = re.compile(
    r"\b(?:tumorectomie|mastectomie|zonectomie|lobectomie|bilobectomie|segmentectomie|pneumonectomie|colectomie|"
    r"hemicolectomie|sigmoidectomie|gastrectomie|oesophagectomie|duodeno-?pancreatectomie|dpc|spleno-?pancreatectomie|"
    r"cystectomie|prostatectomie|hysterectomie|laryngectomie|thyroidectomie)\b[^.;?]{0,45}\b(?:prevue?s?|programmee?s?|"
    r"planifiee?s?)\b(?!\s+(?:si|en\s+cas))"
)
_SUPERFICIAL = re.compile(
    r"\btvnim\b|\btumeur\s+(?:vesicale|de\s+(?:la\s+)?vessie)\s+n(?:on|'infiltrant\s+pas)\s+(?:infiltrante?\s+)?(?:le\s+)?"
    r"muscle\b|\bp(?:ta|t1|tis)\b"
)
_DEEPER = re.compile(
    r"\btvim\b|\b[cpyu]*t[234]\b|\binfiltr\w+\s+(?:le\s+|du\s+)?muscle\b|\bmuscle\s+(?:infiltre|envahi)|\bmetasta\w*|\bn[+123]"
)


_DISCOVERED = re.compile(
    rf"\b(?:diagnosti\w+|decouvert\w*|diag|dg|revele\w*)\b[^;.,:]{{0,40}}?\b(?P<date>{DATE})(?![\w/-])|"
    rf"^[^;.,:]{{0,15}}\bdecouverte\s+(?:en\s+)?(?P<when>{DATE})(?![\w/-])"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:metasta\w*|meta|recidive|rechute|progression|lesions?|nodules?|diabete|hta|embolie|ep|tvp|autre|second|fortuite)\b"
)
_NEW_DAYS = 123
"""A cancer found in the last four months is at its first presentation, unless a relapse is told."""


def _discovered(sentence: Sentence, facts: Facts) -> None:
    match = _DISCOVERED.search(sentence.low)
    if match is None or _OF_SOMETHING_ELSE.search(sentence.low[: match.end()]) or not _is_stated(sentence, match):
        return
    if is_recent(sentence, match["date"] or match["when"], days=_NEW_DAYS):
        facts.add("disease.phase", "initial", sentence.quote(*match.span()))


_MAY_DENY_A_COURSE = mark_of("recid", "rechut", "recurr", "progress", "evolut")
_MAY_BE_UNDER_CONTROL = mark_of("stab", "repons", "remission", "rp", "rc")
_MAY_BE_BEYOND_SURGERY = mark_of(
    "operab",
    "chirurgical",
    "curati",
    "palliative",
    "prevu",
    "programm",
    "planif",
    "accessib",
    "irradiation",
    "radiother",
)
_MAY_BE_DISCOVERED = mark_of("diag", "decouver", "dg", "revel")


def read_course(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """What the sentence says of the disease as it is today."""
    if sentence.role in (Role.FAMILY, Role.HISTORY) or sentence.asks:
        return
    marks = sentence.marks
    if marks & _MAY_DENY_A_COURSE:
        _denied(sentence, facts, organs)
    if marks & _MAY_BE_UNDER_CONTROL and not may_be_of("haematologic", organs):
        _under_control(sentence, facts)
    if marks & _MAY_BE_BEYOND_SURGERY:
        _beyond_surgery(sentence, facts)
    if marks & _MAY_BE_DISCOVERED:
        _discovered(sentence, facts)
    if only_of("bladder", organs):
        _superficial(sentence, facts)


def _denied(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    if "irm" in sentence.low and not any(only_of(organ, organs) for organ in _SEEN_BY_MRI):
        return  # of the brain, as often as not
    for pattern, states in (
        (_NO_RELAPSE, (State.RELAPSE, State.PROGRESSION)),
        (_NO_PROGRESSION, (State.PROGRESSION,)),
    ):
        for match in pattern.finditer(sentence.low):
            if _is_of_now(sentence, match):
                for state in states:
                    facts.add_state(state, sentence.quote(*match.span()), holds=False)


def _is_of_now(sentence: Sentence, match: re.Match[str]) -> bool:
    low = sentence.low
    before, after = low[: match.start()], low[match.end() :]
    if _NOT_NOW.search(before) or _OF_A_PART.match(after) or _SINCE_OVER.match(after) or _OF_ONE_LESION.search(low):
        return False
    return is_recent(sentence, low, days=_DAYS_LATELY) is not False


def _under_control(sentence: Sentence, facts: Facts) -> None:
    """Stable or in response by a recent imaging: not in progression; in complete response: in remission."""
    low = sentence.low
    recent = is_recent(sentence, low, days=_DAYS_LATELY)
    for pattern in (_STABLE, _RESPONSE, _COMPLETE):
        for match in pattern.finditer(low):
            complete = pattern is _COMPLETE
            now = recent or (complete and bool(_WATCHED.search(low)))
            if not now or _NOT_NOW.search(low[: match.start()]) or _SINCE_OVER.match(low[match.end() :]):
                continue
            if (
                _ON_SOME.match(low, match.end())
                or _LOCAL_PART.search(low[match.start() : match.end()])
                or not _is_stated(sentence, match)
            ):
                continue
            quote = sentence.quote(*part_around(low, *match.span()))
            facts.add_state(State.PROGRESSION, quote, holds=False)
            if complete:
                facts.add_state(State.REMISSION, quote)


def _is_stated(sentence: Sentence, match: re.Match[str]) -> bool:
    return standing(sentence, *match.span()) is Standing.STATED


def _beyond_surgery(sentence: Sentence, facts: Facts) -> None:
    low = sentence.low
    match = _INOPERABLE.search(low)
    if match and not _MEDICALLY.search(low):
        facts.add("disease.resectable", False, sentence.quote(*match.span()))
    elif match and "refus" not in low and _FOR_A_REASON.match(low, match.end()):
        facts.add("suitability", Suitability("surgery", suitable=False), sentence.quote(*match.span()))
    planned = _OPERATION_PLANNED.search(low)
    if planned and not _NOT_NOW.search(low[: planned.start()]) and _is_stated(sentence, planned):
        facts.add("disease.resectable", True, sentence.quote(*planned.span()))
    hopeless = _NOT_CURABLE.search(low)
    if hopeless:
        facts.add_state(State.CURABLE, sentence.quote(*hopeless.span()), holds=False)


def _superficial(sentence: Sentence, facts: Facts) -> None:
    """A tumour of the bladder that today does not reach the muscle is neither locally advanced nor metastatic (EAU
    guidelines on non-muscle-invasive bladder cancer 2025)."""
    match = _SUPERFICIAL.search(sentence.low)
    if match is None or _DEEPER.search(sentence.low) or not _is_stated(sentence, match):
        return
    recent = is_recent(sentence, sentence.low, days=183)
    if recent or (recent is None and match[0] == "tvnim"):
        facts.add("disease.extent", "localised", sentence.quote(*match.span()))
