"""Age limits of a clause. A duration, an age of others (menopause, relatives, donors) or of a sample is none.

Completed years. A strict lower limit is read in favour of the patient: asked, « > 18 ans » is 18 and more (one is over
18 from the day after the birthday); excluded, « > 75 ans » is 76 and more (contract: ≤ 75 years includes 75).
"""

import re
from dataclasses import dataclass

from rules.criteria import AgeIn, AllOf, AnyOf, Kind, Polarity, Test, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.phrases import ABOVE, BELOW, LEAST, MOST

_WORDS = {"dix-huit": 18, "eighteen": 18, "soixante-cinq": 65, "soixante-dix": 70, "soixante-quinze": 75, "sixty": 60}
_N = rf"(?:(?<![\d.,/])\d{{1,3}}(?![\d/]|[.,]\d)|{'|'.join(_WORDS)})"
_UNIT = (
    r"(?:\s?-?(?:ans?|annees?|years?|yrs?|y\.?o\b\.?|y\b|a\b(?=\s*(?:$|[,;.)])))"
    r"(?:[ -](?:old|of age|d'age|revolus?)\b)*(?![a-z]))"
)
_AGE_WORD = (
    r"(?:\b(?:ages?|agee?s?|aged)\b(?:\s?\([a-z]{1,8}\)){0,2}(?:\s?(?:est|is|are|must be|doit etre|de|legal|"
    r"minimum|minimal|"
    r"maximum|maximal|limite|compris\w*|strictement|range|between|from|entre|[:=,]|of|(?:au|lors du|"
    r"at) (?:initial )?(?:diagnos\w+)(?: "
    r"initial)?)(?![a-z]))*"
    r"\s*)"
)
_THE_AGE = r"(?:(?:the |l')?age\s(?:of |de )?)?"
_RANGE = (
    rf"(?:de |from |d'age )?(?P<low{{0}}>{_N}){_UNIT}?(?: inclus)?\s?(?:-|a|to|through|jusqu'a)\s?"
    rf"(?P<high{{0}}>{_N})(?P<unit{{0}}>{_UNIT})?"
)
_FROM_ON = r"entre (?P<low{0}>\d{1,2})(?P<unit{0}> ans) et (?:plus|au-dela|\+)"
_BETWEEN = rf"(?:entre|between)\s(?P<low{{0}}>{_N}){_UNIT}?\s(?:et|and)\s(?P<high{{0}}>{_N})(?P<unit{{0}}>{_UNIT})?"
_BOTH = (
    rf"(?:{LEAST}|(?P<above{{0}}>{ABOVE}))\s?(?P<low{{0}}>{_N}){_UNIT}?\s?(?:(?:et|and|mais|but|a|-|,)\s?)?"
    rf"(?:{MOST}|(?P<below{{0}}>{BELOW}))\s?(?:age\s)?(?P<high{{0}}>{_N})(?P<unit{{0}}>{_UNIT})?"
)
_LOWER = (
    rf"(?:{LEAST}|(?P<above{{0}}>{ABOVE}))\s?{_THE_AGE}(?P<low{{0}}>{_N})(?P<unit{{0}}>{_UNIT})?"
    r"(?:,? or (?:older|over|above|more)\b(?! (?:the )?(?:age|than|\d))(?: of age\b)?)?"
)
_UPPER = rf"(?:{MOST}|(?P<below{{0}}>{BELOW}))\s?{_THE_AGE}(?P<high{{0}}>{_N})(?P<unit{{0}}>{_UNIT})?"
_OR_MORE = (
    rf"(?P<low{{0}}>{_N})(?P<unit{{0}}>{_UNIT})?(?:\s(?:ou|et) plus\b|,? (?:or|and|and/or) (?:older|over|above|"
    rf"more|greater)\b|"
    r"\s?\+| et \+| (?:min(?:imum)?|au moins|au minimum)\b\.?)(?! (?:the age|than|\d))(?: of age\b)?"
)
_OR_LESS = (
    rf"(?P<high{{0}}>{_N})(?P<unit{{0}}>{_UNIT})?(?:\s(?:ou|et) moins\b|,? (?:or|and) (?:younger|under|below|less)\b|"
    r" (?:maximum|au plus|au maximum)\b)(?: of age\b)?"
)
_FORMS = (_FROM_ON, _BOTH, _BETWEEN, _RANGE, _OR_MORE, _OR_LESS, _LOWER, _UPPER)
_EXPRESSION = re.compile(
    rf"(?P<word>{_AGE_WORD})?(?:"
    + "|".join(form.replace("{0}", str(number)) for number, form in enumerate(_FORMS))
    + r")(?P<tail>(?:,? ?\(?(?:limites? )?(?:inclus\w*|inclusive|revolus?)\)?)?)"
)
_FLANKED = hinted(
    rf"(?P<low>{_N}){_UNIT}?\s?(?P<above>(?:<|≤)=?)\s?age\s?(?P<below>(?:<|≤)=?)\s?(?P<high>{_N})(?:{_UNIT})?"
)
_SUBJECT = (
    r"(?:patients?|patientes?|sujets?|hommes?|femmes?|adultes?|participants?|personnes?|enfants?|adolescents?|men|"
    r"women|minors?|mineurs?|majeure?s?|"
    r"adults?|subjects?|males?|females?|individuals?|filles?|garcons?)(?:\s?\((?:e|s|e\)\(s|es)\)s?)?"
)
_ONLY_SUBJECT = re.compile(
    rf"^\W*(?:(?:{_SUBJECT}|les?|des?|tous?|tout|all|et|ou|and|or|de sexe|male|female|masculin|feminin|either sex|the|"
    r"must be|are|is|were|be|avoir|ayant|doi(?:ven)?t|etre|jeunes?|ages?|adultes?|sexes?|with|an?|of)\b[\s,/:]*)*$"
)
_SEXED = re.compile(r"homme|femme|\b(?:wo)?men\b|\b(?:fe)?males?\b|masculin|feminin|fille|garcon|patiente")
_AFTER_SUBJECT = re.compile(rf"\b{_SUBJECT}\s?(?:,|de|of|is|are|must be|were)?\s?$")
_PLAINLY_AGE = re.compile(r"old\b|of age|d'age|revolus?|younger")

_OF_OTHERS = re.compile(
    r"menopaus|amenorr|contracep|procre|childbearing|fertil|steril|hysterec|oophorec|ovariec|donneur|donor|"
    r"apparent|\bparent|"
    r"famil|relative|sibling|first[- ]degree|tabac|smok|paquet|pack|pere\b|mere\b|father|mother|frere|soeur"
)
_OF_THINGS = hinted(
    r"donneur|\bdonors?\b|apparente|\bparents?\b|sibling|first[- ]degree|premier degre|tissu|echantillon|"
    r"\bblocs?\b|sample|archiv|specimen|biops|gestation|mammogra|bone age|age osseux|vaccin|calcul|"
    r"clairance|clearance|creatinin|\bcohortes?\b|\bcohorts?\b|\bbras [a-z0-9]\b|\barm [a-z0-9]\b|\bparti?e? [a-z0-9]\b"
)
_DURATION = re.compile(
    r"\b(?:depuis|dans les|within|il y a|last|past|previous|precedent\w*|dernier\w*|pendant|during|duree|for|"
    r"survie|esperance|"
    r"expectancy|remission|sans|free|apres|after|before|avant|stable|suivi|follow|datant|every|tous les|since|in the)\b"
    r"[^,;()]{0,30}$"
)
_CONDITION = re.compile(
    r"\b(?:si|if|pour les?|for|in|among|parmi|chez|en cas|lorsque|when|sauf|unless|except|ou|or)\b[^,;()]{0,24}$"
)
_THEN = re.compile(
    r"\s?(?:\([^()]{0,20}\)\s?)?d(?:e |')(?:hormono|traitement|suivi|tamox|chimio|maintenance|therap|letroz|anastro|"
    r"blocage|castration|endocrine|inhibit|imatinib)|"
    r"\s*(?::|[,;]?\s*\(?\s*(?:ou|or|et/ou|si|if|pour|for|unless|sauf|except|chez)\b)|"
    r"\s(?:since|depuis|from|after|apres|before|avant|prior|post)\b|"
    r"[^,;.()]{0,40}\s(?:must|should|doi(?:t|vent)|need|requi\w*|are also|considere\w*)\b|"
    r",?\s?\(?\s?(?:et |and )?(?:avec|with|ayant|having|presentant)\s(?:une? |des |at least one |au moins une? |any )?"
    r"(?:autres? |severe )?(?:co-?morbidit|insuffisance|dysfonction|contre-?indic|facteurs? de risque|antecedent|ps |"
    r"oms |ecog |g-?8|icc\b|fragil|unfit|inapt|ineligib)|"
    r"\s(?:and|et)\s(?:are )?(?:unfit|inapt|ineligib|non eligib|not eligib)"
)
"""What makes the limit one alternative, a condition, a delay or a group of patients."""

_NOT_WITHIN = re.compile(r"\b(?:outside|hors|en dehors|not between)\b[^,;]{0,25}$")
_RELAXED = re.compile(
    rf"\s?\((?=[^()]*\b(?:si|if|pour|for|sauf|accept\w*|autoris\w*|possible\w*|permis\w*|en cas|selon|allowed)\b)"
    rf"[^()\d]{{0,30}}?(?P<other>{_N})(?:{_UNIT})?[^()]*\)|"
    r"\s?\((?=[^()]*\b(?:cohortes?|cohorts?|bras|arms?|parties?|parts?|groupes?|groups?|volets?|phases?)\b)"
    rf"(?:[^()]{{0,25}}?(?::|,|\b(?:de|a|at))\s?)?[^()\d]{{0,12}}?(?P<one>\d\d)(?:{_UNIT})[^()]*\)"
)
"""« (75 ans si bon état général) »: another limit for some."""

_OUTSIDE = hinted(
    rf"(?:{_AGE_WORD})?(?:{MOST}|(?P<below>{BELOW}))\s?{_THE_AGE}(?P<high>{_N})(?P<unit>{_UNIT})?\s?(?:,|ou|or|et|"
    rf"and|et/ou)"
    rf"\s?(?:age\s)?(?:{LEAST}|(?P<above>{ABOVE}))\s?{_THE_AGE}(?P<low>{_N})(?P<unit2>{_UNIT})?"
)
"""« < 18 ans ou > 75 ans » among the exclusions."""


_ELSEWHERE = re.compile(
    r"\s?\((?:ou |or )?[^()]*(?:japan|japon|korea|coree|taiwan|thai|singap|country|pays|local|jurisdiction|"
    r"majorit|legal)[^()]*\)|,?\s(?:ou|or) (?:l'age de la )?majorite(?: legale)?(?: dans le pays)?"
)
_AT_DIAGNOSIS = re.compile(
    r"(?:au|lors du|au moment du|at(?: the)?(?: time of)?)\s(?:premier |initial |first )?diagnos"
)
_WHEN = re.compile(
    r",?\s(?:a la date|au moment|lors|a l'inclusion|a la signature|a l'entree|a la randomisation|le jour|au jour|"
    r"at (?:the )?(?:time|day|date|screening|enrol\w+|inclusion|consent|study entry|diagnosis|initial diagnosis)|"
    r"on (?:the )?day|when|au (?:premier )?diagnostic)[^,;.():]{0,70}"
)
_PERFORMANCE = re.compile(r"karnofsky|lansky|\bg-?8\b|ecog|\boms\b|\bps\b|\bkps\b|\bwho\b")
_ADULT = hinted(
    r"^\W*(?:(?:patients?|sujets?|personnes?|participants?)(?:\(e\)s?|\(s\))?,? (?:majeure?s?|adultes?)\b"
    r"(?! prote| sous| incap| faisant| hors| vuln| prive)|adult (?:patients?|participants?|subjects?|men|women)\b|"
    r"(?:patients? (?:de )?)?18 ans (?:revolus\b|(?:ou|/) ?(?:age de la )?majorite(?: legale)?)|adultes?\b"
    r"(?=\W*$| avec\b| ayant\b| atteint| present)|majeure?s?(?=\W*$))"
)
_MINOR = hinted(r"^\W*(?:patients? |sujets? |personnes? )?mineure?s?(?:\(e\)s?)?(?=\W*$)")


_LIKELY = re.compile(
    r"\bage|\d[\s+-]{0,2}(?:ans?\b|a\b|annees|ye|yr|y\.?o)|\badult|\bmajeur|\bmineur|older|dix-huit|eighteen|sixty|soixante"
)


@dataclass(frozen=True, slots=True)
class _Limits:
    start: int
    end: int
    low: int | None
    high: int | None
    at_diagnosis: bool = False


def recognise(clause: Clause) -> list[Found]:
    """The age limits of the clause, as one test; nothing where two limits compete or depend on a condition."""
    plain = _plain(clause)
    if not _LIKELY.search(plain):
        return []
    if clause.polarity is Polarity.EXCLUSION and (outside := _outside(plain)):
        return [outside]
    candidates = [one for match in _matches(plain) if (one := _limits(match, clause))]
    if not candidates:
        return _by_words(plain)
    wider = _RELAXED.match(plain, candidates[0].end)
    alone = len(candidates) == 1 or (wider is not None and candidates[-1].end <= wider.end())
    limits = candidates[0] if alone else _merged(plain, candidates)
    if limits is None:
        return []
    return [_found(plain, limits)]


def _plain(clause: Clause) -> str:
    """« >/= » as « >= », of the same length."""
    return re.sub(r">\s?/\s?=|\\>\s?/=", lambda match: ">=".ljust(len(match[0])), clause.plain)


def _outside(plain: str) -> Found | None:
    match = _OUTSIDE.search(plain)
    if match is None or _OF_THINGS.search(plain) or not _ONLY_SUBJECT.match(plain[: match.start()]):
        return None
    low, high = int(_WORDS.get(match["low"], match["low"])), int(_WORDS.get(match["high"], match["high"]))
    if low <= high or not (match["unit"] or match["unit2"] or "age" in match[0]):
        return None
    test = AnyOf((AgeIn(None, high - bool(match["below"])), AgeIn(low + bool(match["above"]), None)))
    return Found(match.start(), match.end(), test, Kind.AGE)


def _found(plain: str, limits: _Limits) -> Found:
    """The limits; where a parenthesis widens them for some, what lies beyond is left unknown."""
    low, high = limits.low, limits.high
    start = _with_subject(plain, limits.start)
    own: Test = AgeIn(low, high, limits.at_diagnosis)
    wider = _RELAXED.match(plain, limits.end)
    if wider is None:
        return Found(start, limits.end, own, Kind.AGE)
    told = wider["other"] or wider["one"]
    other = int(_WORDS.get(told, told))
    if high is not None and other > high:
        high = other
    elif low is not None and other < low:
        low = other
    test = AnyOf((own, AllOf((AgeIn(low, high, limits.at_diagnosis), Unread(Kind.AGE)))))
    return Found(start, wider.end(), test, Kind.AGE)


def _with_subject(plain: str, start: int) -> int:
    """The clause's beginning where only « individuals », « mineurs (» and the like stand before, and no sex."""
    before = plain[:start].rstrip("( ")
    return 0 if before and _ONLY_SUBJECT.match(before) and not _SEXED.search(before) else start


def _matches(plain: str) -> list[re.Match[str]]:
    flanked = list(_FLANKED.finditer(plain))
    return flanked or [match for match in _EXPRESSION.finditer(plain) if match[0].strip()]


def _limits(match: re.Match[str], clause: Clause) -> _Limits | None:
    groups = match.groupdict()
    low, high = _first(groups, "low"), _first(groups, "high")
    if not _is_age(match, groups, clause.plain) or (low and high and int(low) >= int(high)):
        return None
    if _OF_OTHERS.search(clause.plain) and (low is None or int(low) > 21 or not groups.get("word", "x")):
        return None
    end = match.end()
    for pattern in (_ELSEWHERE, _WHEN, _ELSEWHERE):
        tail = pattern.match(clause.plain, end)
        end = tail.end() if tail else end
    if _THEN.match(clause.plain, end):
        return None
    diagnosis = _AT_DIAGNOSIS.search(clause.plain, match.start(), end) is not None
    return _Limits(match.start(), end, _lowest(low, groups, clause.polarity), _highest(high, groups), diagnosis)


def _first(groups: dict[str, str | None], name: str) -> str | None:
    value = next((text for key, text in groups.items() if key.rstrip("0123456789") == name and text), None)
    return str(_WORDS.get(value, value)) if value and name in {"low", "high"} else value


def _lowest(low: str | None, groups: dict[str, str | None], polarity: Polarity) -> int | None:
    strict = "=" not in (sign := _first(groups, "above") or "=") and sign != "≤"
    return None if low is None else int(low) + (strict and polarity is Polarity.EXCLUSION)


def _highest(high: str | None, groups: dict[str, str | None]) -> int | None:
    strict = "=" not in (sign := _first(groups, "below") or "=") and sign != "≤"
    return None if high is None else int(high) - strict


def _is_age(match: re.Match[str], groups: dict[str, str | None], plain: str) -> bool:
    of_things = _OF_THINGS.search(_RELAXED.sub("", plain)) is not None
    if "word" not in groups:
        return not of_things
    before, unit = plain[: match.start()].rstrip("( "), _first(groups, "unit")
    opened = plain[: match.start()].rstrip(" ").endswith("(")
    before = before if opened else plain[: match.start()]
    if _NOT_WITHIN.search(before):
        return False
    if of_things or (_CONDITION.search(before) and not _ONLY_SUBJECT.match(before)):
        return False
    if (opened or before.count("(") > before.count(")")) and not _ONLY_SUBJECT.match(before):
        return False
    if groups["word"]:
        return not re.search(r"(?:plus |moins )$", before)
    plainly = _PLAINLY_AGE.search(match[0]) is not None or " older" in match[0] or "age" in match[0]
    if not (unit or plainly) or _DURATION.search(before) or (_PERFORMANCE.search(before)):
        return False
    if _ONLY_SUBJECT.match(before) or _AFTER_SUBJECT.search(before):
        return True
    return plainly


def _merged(plain: str, candidates: list[_Limits]) -> _Limits | None:
    """A lower and an upper limit that stand side by side are one range; anything else is not sure."""
    if len(candidates) != 2 or not re.fullmatch(
        r"\s*(?:,|et|and|mais|but)?\s*", plain[candidates[0].end : candidates[1].start]
    ):
        return None
    first, second = candidates
    lows = [one.low for one in candidates if one.low is not None]
    highs = [one.high for one in candidates if one.high is not None]
    if len(lows) != 1 or len(highs) != 1 or lows[0] >= highs[0]:
        return None
    return _Limits(first.start, second.end, lows[0], highs[0], first.at_diagnosis or second.at_diagnosis)


def _by_words(plain: str) -> list[Found]:
    """« Patient adulte », « patients majeurs », and « mineurs » as a criterion of its own."""
    if _EXPRESSION.search(plain) and re.search(r"\d\s?(?:ans|years)", plain):
        return []
    if match := _ADULT.match(plain):
        return [Found(match.start(), match.end(), AgeIn(18, None), Kind.AGE)]
    if match := _MINOR.match(plain):
        return [Found(match.start(), match.end(), AgeIn(None, 17), Kind.AGE)]
    return []
