"""Another cancer than the one discussed: active or past, how long ago, and which ones do not count.

A clause about it is read whole or not at all. An exception that is not a list of names (« tout cancer considéré comme
guéri ») leaves the criterion open: it then rules nobody out.
"""

import re

from rules.conditions import find_conditions, is_other_cancer
from rules.criteria import AllOf, Kind, Not, OtherCancer, Polarity, Test, Unread
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found

_CANCER = (
    r"(?:cancers?|neoplasies?|neoplasmes?|malignites?|malignan(?:cy|cies|t (?:diseases?|tumou?rs?|neoplasms?))|"
    r"tumeurs? malignes?|"
    r"tumeurs?(?! solides?)|affections? malignes?|maladies? malignes?|pathologies? malignes?|"
    r"pathologies? (?:neoplasiques?|cancereuses?|tumorales?)|primary (?:malignan\w+|cancers?|tumou?rs?)|"
    r"neoplasms?|cancer primary)"
)
_QUALITY = (
    r"(?:\s(?:active?|actifs?|actives?|invasi\w+|primiti\w+|primary|primaire|malignant|malignes?|evoluti\w+|"
    r"systemique|concomitant\w*|concurrent|prior|previous|"
    r"progress\w+|known|connu|type de|types? of|solide|solid|hematologique|diagnostique|invasive|tumeur))*"
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
_NAMED = re.compile(
    rf"(?:{_HISTORY}\s?)?(?:{_OTHER}|(?P<history>{_HISTORY}))\s?{_QUALITY}\s?{_CANCER}\b|"
    rf"\b(?:second (?:cancer |tumeur )?primar(?:y|ies)|(?:deuxieme|second) (?:cancer )?primitif)\b|"
    rf"\b(?:cancers?|tumeurs?|malignancy|neoplasie) (?:concomitante?s?|synchrones?|associee?s?|concurrente?s?)\b"
)
_DENIED = re.compile(
    r"\b(?:pas d[e']|absence d[e']|aucune?|sans|no|without|absence of|free of|(?:not|never) (?:have|"
    r"had))(?: ?[a-z']+){0,3}\s?$"
)
_ARTICLE = re.compile(r"^(?:d')?(?:(?:tout|toute|un|une|any|an?)\s)?")
_EXCEPT = re.compile(
    r"\b(?:sauf|hors|hormis|excepte\w*|a l'exception|a l'exclusion|en dehors|except\w*|other than|excluding|"
    r"with the exception|"
    r"autres? qu[e']|unless|exclusion of)"
)
_PAST = re.compile(
    r"\b(?:dans les|au cours des|within|in the|during the|depuis moins de|datant de moins de|il y a moins de|"
    r"(?:de )?moins de|"
    r"les|the)\s?(?:past|last|previous|derniere?s?|precedente?s?|preceding)?\s?$|[<≤]=?\s?$"
)
_SINCE = re.compile(
    r"\b(?:depuis|for|since|pendant|datant de|il y a|suivi|recul)\s?(?:au moins|plus de|at least|more than|>=?|≥|"
    r"minimum|over)?\s?(?:de\s)?$|[>≥]=?\s?$|"
    r"\b(?:plus de|au moins|at least|more than|over)\s?$"
)
_REMISSION = re.compile(
    r"remission|gueri|indemne|disease[- ]free|free of|cured|sans (?:recidive|rechute|evidence|signe)|no evidence|"
    r"complete response|curati"
)
_LAST = re.compile(r"(?i)(?<=\d )(?:derniers?|derni[èe]res?|last|past|previous)(?= )")
_OF_AGE = re.compile(r"\s?(?:old\b|of age|d'age)")
_ACTIVE = re.compile(
    r"\b(?:active?s?|actifs?|evoluti\w+|en cours|concurrent|concomitant\w*|synchron\w*|progress\w+|ongoing|"
    r"currently|second\w*|requiring|necessitant)\b"
)
_SPOILED = re.compile(
    r"\bfamil|\bapparente|relatives?\b|\bmetastases? d|traitements? anti-?cancer|anti-?cancer\w* (?:treat|therap|"
    r"agent)|sous-groupe"
)
_FILLER = re.compile(
    r"\b(?:non|melanom\w*|in situ|cancers?|carcinomes?|carcinomas?|tumeurs?|tumou?rs?|malignan\w*|neoplas\w*)\b"
)


def recognise(clause: Clause) -> list[Found]:
    """The other cancer that the clause speaks of, to the end of the clause; none where it is not surely that."""
    plain = clause.plain
    named = _NAMED.search(plain)
    if named is None or _SPOILED.search(plain):
        return []
    cut = _EXCEPT.search(plain, named.end())
    rule, exception = plain[named.end() : cut.start() if cut else len(plain)], plain[cut.start() :] if cut else ""
    within = _within(clause, named.end(), cut.start() if cut else len(plain))
    open_exception, excepted = False, frozenset[str]()
    if cut:
        remission = _remission_days(clause, cut.start())
        excepted = _excepted(clause, cut.start())
        open_exception = _is_open(
            clause, cut.start(), excepted, known_remission=remission is not None and within is None
        )
        within = within or remission
    elif _remission_days(clause, named.end()) is not None:
        return []  # « autre cancer en rémission depuis plus de 5 ans » is what is allowed
    if not _is_sure(clause, named, rule, within, bool(exception)):
        return []
    test: Test = OtherCancer(within_days=within, excepted=excepted)
    if open_exception:
        test = AllOf((test, Unread(Kind.OTHER_CANCER)))
    start, end = _start(named), len(plain.rstrip(" .;"))
    denied = _DENIED.search(plain[:start])
    if clause.polarity is Polarity.INCLUSION and denied:
        return [Found(denied.start(), end, Not(test), Kind.OTHER_CANCER)]
    return [Found(start, end, test, Kind.OTHER_CANCER)]


def _start(named: re.Match[str]) -> int:
    """Where the name begins, its article left to the negation before it: « absence d'|autre cancer »."""
    return named.start() + len(named[0]) - len(_ARTICLE.sub("", named[0], count=1))


def _is_sure(clause: Clause, named: re.Match[str], rule: str, within: int | None, exception: bool) -> bool:
    """Another cancer, and not one more entry of a list of tumours that the trial takes."""
    if within is not None or exception or _ACTIVE.search(named[0] + rule):
        return clause.polarity is Polarity.EXCLUSION or _is_denied(clause.plain, _start(named))
    told = re.search(r"antecedent|history|prior|previous", named[0]) is not None
    if named["history"]:
        return False  # « antécédent de cancer » alone may be the cancer discussed
    return clause.polarity is Polarity.EXCLUSION and (told or len(rule.split()) <= 2)


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
    if days and _durations(clause, start, end, _SINCE):
        return None
    return days[0] if len(days) == 1 else None


def _remission_days(clause: Clause, start: int) -> int | None:
    if not _REMISSION.search(clause.plain, start):
        return None
    days = _durations(clause, start, len(clause.plain), _SINCE)
    return days[0] if len(days) == 1 else None


def _excepted(clause: Clause, start: int) -> frozenset[str]:
    mentions = [one for one in find_conditions(clause.text) if one.start >= start]
    return frozenset(id_ for one in mentions for id_ in one.ids if is_other_cancer(id_) and id_ != "other_cancer")


def _is_open(clause: Clause, start: int, excepted: frozenset[str], *, known_remission: bool) -> bool:
    """Whether the exception holds more than the names: a cancer of no name, a remission, somebody's opinion."""
    rest = list(clause.plain[start:])
    for one in find_conditions(clause.text):
        if one.start >= start and all(is_other_cancer(id_) and id_ != "other_cancer" for id_ in one.ids):
            for position in range(one.start - start, one.end - start):
                rest[position] = " "
    text = "".join(rest)
    opinion = re.search(
        r"investigat|risque|risk|similaire|autre|other(?! than)|localise\w* (?:gueri|traite)|similar|e\.g|"
        r"tel(?:le)?s? que|such as",
        text,
    )
    if opinion or (not excepted and not known_remission):
        return True
    unnamed = _FILLER.search(re.sub(r"^\W*(?:other than|autres? qu[e'])", "", text))
    return bool(unnamed) or (bool(re.search(r"remission|years?|\bans\b", text)) and not known_remission)
