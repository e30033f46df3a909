"""Another cancer than the one discussed: active, past or treated, how long ago, and which ones do not count.

A clause about it is read to its end. What is added and not understood (« pouvant interférer ») and an exception that is
not a list of names (« tout cancer considéré comme guéri ») leave the criterion open: it then rules nobody out.
"""

import re

from rules.criteria import AllOf, AnyOf, Kind, Not, OtherCancer, Polarity, Test, Unread
from rules.hinted import hinted
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.conditions.excepted_cancers import Excepted, excepted_cancers

_CANCER = (
    r"(?:cancers?|neoplasies?|neoplasmes?|malignites?|malignan(?:cy|cies|t (?:diseases?|tumou?rs?|neoplasms?))|"
    r"tumeurs? malignes?|"
    r"tumeurs?(?! solides?)|affections? malignes?|maladies? malignes?|pathologies? malignes?|"
    r"pathologies? (?:neoplasiques?|cancereuses?|tumorales?)|primary (?:malignan\w+|cancers?|tumou?rs?)|"
    r"neoplasms?|cancer primary)(?![ -](?:therap|treat|drug|agent|cell|relat|direct|immuno|vaccin))"
)
_QUALITY = (
    r"(?:\s(?:active?|actifs?|actives?|invasi\w+|primiti\w+|primary|primaire|malignant|malignes?|evoluti\w+|"
    r"concomitant\w*|concurrent|prior|previous|"
    r"progress\w+|known|connu|type de|types? of|diagnostique|invasive|tumeur))*"
)
_OTHER = (
    r"(?:(?:tout |toute |any |une? |an? |d'une? |d')?(?:autres?|second\w*|deuxieme|2e|2eme|2nd|other|another|"
    r"additional|synchronous|concurrent|"
    r"concomitant\w*|different))"
)
_HISTORY = (
    r"(?:(?:presence ou )?antecedents?(?: personnels?| recents?| connus?| d'une? autre)*(?: d(?:e|'une?|'|es?|"
    r"e tout))?|"
    r"(?:has |have )?(?:known |prior |previous |personal |medical )*history of|prior|previous|diagnosis of)"
)
_NOT_THIS = (
    r"\s?\(?(?:(?:autres? )?que|different de|other than|outside of|besides) (?:cel(?:ui|le)|le cancer|la (?:maladie|"
    r"tumeur)|"
    r"the (?:one|disease|tumou?r|cancer|malignancy|primary)|inclusion diagnosis|(?:disease|cancer) under)"
    r"(?:,? (?:traitee?|treated|being|is|actuelle?|a l'etude|etudiee?|concernee?|under|study|treatment|dans|in|de|du|"
    r"d'|cette|this|the|l'etude|l'essai|trial|protocole|primary|indication|discutee?|inclusion))*\)?"
)
_NAMED = hinted(
    rf"(?:{_HISTORY}\s?)?(?:{_OTHER}|(?P<history>{_HISTORY}))\s?{_QUALITY}\s?{_CANCER}\b(?P<else>{_NOT_THIS})?|"
    rf"\b(?:second (?:cancer |tumeur )?primar(?:y|ies)|(?:deuxieme|second) (?:cancer )?primitif)\b|"
    rf"\b(?:cancers?|tumeurs?|malignancy|neoplasie) (?:concomitante?s?|synchrones?|associee?s?|concurrente?s?)\b|"
    rf"^\W*(?P<bare>(?:tout |any |une? |active |invasive )*{_CANCER}(?: (?:invasi\w+|acti\w+|evoluti\w+))*)"
    rf"(?:(?P<else2>{_NOT_THIS})|(?=\s?(?:dans|au cours|within|in the|[<≤])))"
)
_DENIED = re.compile(
    r"\b(?:pas d[e']|absence d[e']|aucune?|sans|no|without|absence of|free of|(?:not|never) (?:have|"
    r"had))(?: ?[a-z']+){0,3}\s?$"
)
_NEGATED = re.compile(r"\b(?:no|not|never|without|sans|pas|aucune?|absence|free|indemne)\b[^,;]{0,25}$")
_MUST_NOT = re.compile(r"\b(?:must|should|may) not\b|\bne doi(?:t|vent) pas\b")
_ARTICLE = re.compile(r"^(?:d')?(?:(?:tout|toute|un|une|any|an?)\s)?")
_EXCEPT = re.compile(
    r"\b(?:sauf|hors|hormis|excepte\w*|a l'exception|a l'exclusion|en dehors|except\w*|other than|excluding|a part\b|"
    r"with the exception|"
    r"autres? qu[e']|unless|exclusion of)"
)
_PERMITS = (
    r"(?:(?<!not )(?<!not be )(?:eligible|allowed|permitted|acceptable)\b|(?<!non )(?<!pas )(?:admis|accepte|autorise|"
    r"permis|tolere)\w*|possibles?\b(?! interf)|\bok\b)"
)
_PERMISSION = re.compile(_PERMITS)
_PERMISSION_APART = re.compile(rf"\((?=[^()]*{_PERMITS})|\.\s(?=[^.]*{_PERMITS})")
_PAST = re.compile(
    r"\b(?:dans les|au cours des|within|in the|during the|depuis moins de|datant de moins de|il y a moins de|"
    r"(?:de )?moins de|less than|"
    r"les|des|ces|the)\s?(?:the )?(?:past|last|previous|derniere?s?|precedente?s?|preceding)?\s?[<≤]?=?\s?$|[<≤]=?\s?$"
)
_SINCE = re.compile(
    r"\b(?:depuis|for|since|pendant|datant de|il y a|suivi|recul)\s?(?:au moins|plus de|at least|more than|"
    r"greater than|>=?|≥|"
    r"minimum|over)?\s?(?:de\s)?$|[>≥]=?\s?$|"
    r"\b(?:plus de|au moins|at least|more than|over)\s?$"
)
_REMISSION = re.compile(
    r"remission|gueri|indemne|disease[- ]free|free of|cured|sans (?:recidive|rechute|evidence|signe|maladie)|"
    r"no evidence|complete response|curati|(?:absence|pas) de (?:maladie|recidive|rechute)|termine"
)
_NOT_IN_REMISSION = re.compile(
    r"(?:\b(?:non|pas|not|n'est pas|has not been|have not been)\s(?:en |in |been in )+(?:complete )?remission\b|"
    r"\bless than\b[^,;]*\bremission|\bremission\w*\s(?:complete\s)?depuis\s?(?:moins de|[<≤]))"
)
_LAST = hinted(
    r"(?i)(?:(?<=\d )|(?<=\bdeux )|(?<=\btrois )|(?<=\bcinq )|(?<=\bdix )|(?<=\btwo )|(?<=\bthree )|(?<=\bfive ))"
    r"(?:derniers?|derni[èe]res?|last|past|previous)(?= )"
)
_OF_AGE = re.compile(r"\s?(?:old\b|of age|d'age)")
_THIS_YEAR = re.compile(r"\b(?:dans|au cours de|within)\s(?:l'annee|the (?:past|last) year)\b")
_ACTIVE = re.compile(
    r"\b(?:active?s?|actifs?|evoluti\w+|en cours|concurrent|concomitant\w*|synchron\w*|progress\w+|ongoing|"
    r"currently|second\w*|requiring|requires|necessitant|a traiter)\b"
)
_AT_WORK = re.compile(
    r"\b(?:active?s?|actifs?|activement|actively|evoluti\w+|progress\w+|en cours|ongoing|currently|traitee?s?|treated|"
    r"traiter|traitements?|treatments?|therap\w+|requi[sr]\w*|need\w*|necessit\w*)\b"
)
_DIAGNOSED = re.compile(r"\bdiagnos\w+")
"""« Évolutif ou traité »: one that is only watched is neither; « diagnostiqué ou traité »: it was diagnosed."""
_EVER = re.compile(r"\b(?:antecedents?|anterieure?s?|passee?s?|history|prior|previous|ancien\w*)\b")
_WHATEVER = re.compile(r"\bquel(?:le)?s? qu[e' ]\w*|\bde (?:tout type|toute nature)\b|\bof any (?:kind|type)\b")
_SPOILED = re.compile(
    r"\bfamil|\bapparente|relatives?\b|\bmetastases? d|\bmetastas[ei]s of\b|traitements? anti-?cancer|"
    r"anti-?cancer\w* (?:treat|therap|"
    r"agent)|sous-groupe|\b(?:traitement|treatment|therapy)\b[^,;]{0,40}\b(?:pour|for|of|d[e'u])\s(?:une? |an? |any )?$"
)
_ORGAN_NAMED = re.compile(r"\s(?:du|de la|de l'|des|of the|of)\s?(?!tout|type|any)[a-z]")
_UNDERSTOOD = re.compile(
    r"\b(?:active?s?|actifs?|activement|actively|evoluti\w+|en cours|concurrent\w*|concomitant\w*|synchron\w*|"
    r"metachron\w*|progress\w+|ongoing|currently|necessite\w*|necessitant|requi[sr]\w*|need\w*|traitee?s?|treated|"
    r"traitements?|treatments?|therap\w+|traiter|diagnosti\w*|diagnosed|diagnosis|connue?s?|known|ayant|"
    r"pouvant necessiter|has|have|been|had|is|are|was|that|which|qui|dont|or|and|ou|et|anterieure?s?|passee?s?|"
    r"ancien\w*|prior|previous\w*|primiti\w+|primar\w+|invasi\w+|infiltrant\w*|malign\w*|remission|complete|"
    r"non|not|pas|en|in|a|an|au|aux|l|la|le|les|un|une|de|d|des|du|the|of|to|for|since|depuis|than|patients?|"
    r"subjects?|participants?|any|tout\w*|avant|before|inclusion|randomi\w+|enrol\w+|entree|entry|registration|"
    r"screening|signature|consent\w*|first|premiere|dose|study|etude|start|debut|precedant|preceding|precedent\w*|"
    r"dernier\w*|last|past|years?|ans?|annees?|mois|months?|within|dans|cours|il|y|drug|moins|less|deux|trois|quatre|"
    r"cinq|six|dix|two|three|four|five|ten|not eligible|selection|survenue?s?|survenant|apparue?s?|datant|remontant|"
    r"occurr\w+|personnels?|personal|medical|quel(?:le)?s?|qu|soi(?:t|ent)|whatever|nature|type|kind|of any|"
    r"recents?|recente|actuel\w*|presente?|existing|coexistant\w*|eligible)\b"
)
_MORE = Unread(Kind.OTHER_CANCER)


def recognise(clause: Clause) -> list[Found]:
    """The other cancer that the clause speaks of, to the end of the clause; none where it is not surely that."""
    plain = clause.plain
    named = _NAMED.search(plain)
    if named is None or _SPOILED.search(plain[: named.end()]) or _is_of_an_organ(named, plain):
        return []
    cut = _cut(plain, named.end())
    rule = plain[named.end() : cut]
    if _PERMISSION.search(rule) or _is_allowed_remission(clause, named.end(), cut):
        return []
    if clause.polarity is Polarity.EXCLUSION and _asserts_none(plain[: named.start()]):
        return []
    if not _is_sure(clause, named, rule, exception=cut < len(plain), within=_within(clause, named.end(), cut)):
        return []
    test = _test(clause, named, cut)
    start, end = _start(named), len(plain.rstrip(" .;"))
    denied = _DENIED.search(plain[:start])
    if clause.polarity is Polarity.INCLUSION and denied:
        return [Found(denied.start(), end, Not(test), Kind.OTHER_CANCER)]
    return [Found(start, end, test, Kind.OTHER_CANCER)]


def _asserts_none(before: str) -> bool:
    """« Pas d'autre cancer » among the exclusions may be meant either way; « must not have » is plain."""
    return _NEGATED.search(before) is not None and _MUST_NOT.search(before) is None


def _is_of_an_organ(named: re.Match[str], plain: str) -> bool:
    """« Antécédent de cancer du sein »: perhaps the cancer under discussion."""
    loose = named["history"] or named["bare"]
    return (
        bool(loose) and not named["else"] and not named["else2"] and _ORGAN_NAMED.match(plain, named.end()) is not None
    )


def _cut(plain: str, start: int) -> int:
    """Where the exceptions begin, in words or as a permission that stands apart."""
    found = [match.start() for pattern in (_EXCEPT, _PERMISSION_APART) if (match := pattern.search(plain, start))]
    return min([*found, len(plain)])


def _is_allowed_remission(clause: Clause, start: int, cut: int) -> bool:
    """« autre cancer en rémission depuis plus de 5 ans » is what is allowed."""
    if cut < len(clause.plain) or _NOT_IN_REMISSION.search(clause.plain, start):
        return False
    return _remission_days(clause, start) is not None


def _test(clause: Clause, named: re.Match[str], cut: int) -> Test:
    plain = clause.plain
    rule = plain[named.end() : cut]
    within = _within(clause, named.end(), cut)
    excepted = excepted_cancers(clause.text[cut:]) if cut < len(plain) else Excepted(frozenset(), open=False)
    remission = _remission_days(clause, cut) if cut < len(plain) else None
    if _NOT_IN_REMISSION.search(rule):
        within = within or _remission_days(clause, named.end())
    open_ = (
        excepted.open
        or (excepted.remission and remission is None)
        or not (excepted.names or remission or cut == len(plain))
    )
    days = within or remission
    ever = days is None and not _NOT_IN_REMISSION.search(rule) and _EVER.search(named[0] + rule) is not None
    told = named[0].removesuffix(named["else"] or named["else2"] or "") + rule
    watched = _DIAGNOSED.search(told) is not None or _AT_WORK.search(told) is None
    test: Test = OtherCancer(within_days=days, excepted=excepted.names, ever=ever, watched=watched)
    if within and remission and remission < within:
        sure = OtherCancer(within_days=remission, excepted=excepted.names, watched=watched)
        test = AnyOf((sure, AllOf((test, _MORE))))
    least = _shortest_remission(clause, cut)
    if remission and within is None and least < remission:
        sure = OtherCancer(within_days=least, excepted=excepted.names, ever=ever, watched=watched)
        test = AnyOf((sure, AllOf((test, _MORE))))
    return AllOf((test, _MORE)) if open_ or _has_more(rule) else test


def _shortest_remission(clause: Clause, start: int) -> int:
    """« Sans récidive ≥ 3 ans (stade I : ≥ 1 an) »: for some less is enough, and nobody knows for whom."""
    return min(_durations(clause, start, len(clause.plain), _SHORTEST), default=0)


_SHORTEST = re.compile(rf"(?:{_SINCE.pattern})|:\s?$")


def _has_more(rule: str) -> bool:
    """Whether the rule says more than when and how active: words that narrow it."""
    return re.search(r"[a-z]{2,}", _UNDERSTOOD.sub(" ", re.sub(r"\([^()]*\)", _inside, rule))) is not None


def _inside(parenthesis: re.Match[str]) -> str:
    """A parenthesis that only lists kinds (« synchrone ou métachrone ») elaborates; any other one counts."""
    return parenthesis[0].strip("()")


def _start(named: re.Match[str]) -> int:
    """Where the name begins, its article left to the negation before it: « absence d'|autre cancer »."""
    return named.start() + len(named[0]) - len(_ARTICLE.sub("", named[0], count=1))


def _is_sure(clause: Clause, named: re.Match[str], rule: str, *, exception: bool, within: int | None) -> bool:
    """Another cancer, and not one more entry of a list of tumours that the trial takes."""
    if named["else"] or named["else2"]:
        return clause.polarity is Polarity.EXCLUSION or _is_denied(clause.plain, _start(named))
    if within is not None or exception or _ACTIVE.search(named[0] + rule) or _NOT_IN_REMISSION.search(rule):
        return clause.polarity is Polarity.EXCLUSION or _is_denied(clause.plain, _start(named))
    if named["history"] and _WHATEVER.search(rule):
        return clause.polarity is Polarity.EXCLUSION
    if named["history"] or named["bare"]:
        return False  # « antécédent de cancer » alone may be the cancer discussed
    return clause.polarity is Polarity.EXCLUSION and (
        _EVER.search(named[0] + rule) is not None or len(rule.split()) <= 2
    )


def _is_denied(plain: str, start: int) -> bool:
    return _DENIED.search(plain[:start]) is not None


def _durations(clause: Clause, start: int, end: int, cue: re.Pattern[str]) -> list[int]:
    """Days of the durations in a stretch whose words before match a cue."""
    found = []
    for one in find_durations(_LAST.sub(lambda match: " " * len(match[0]), clause.text)):
        of_age = _OF_AGE.match(clause.plain, one.span[1])
        if start <= one.span[0] < end and one.days and not of_age and cue.search(clause.plain[start : one.span[0]]):
            found.append(one.days[1])
    return found


def _within(clause: Clause, start: int, end: int) -> int | None:
    days = _durations(clause, start, end, _PAST)
    if not days and _THIS_YEAR.search(clause.plain, start, end):
        return 365
    if days and _durations(clause, start, end, _SINCE):
        return None
    return days[0] if len(days) == 1 else None


def _remission_days(clause: Clause, start: int) -> int | None:
    if not _REMISSION.search(clause.plain, start):
        return None
    days = _durations(clause, start, len(clause.plain), _SINCE)
    return max(days) if days else None
