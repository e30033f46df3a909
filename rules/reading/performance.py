"""Performance scales of a clause: ECOG (OMS, WHO, PS), Karnofsky, Lansky, G8. Kind `ecog`.

« 0-1 (2 si lié à la maladie) » takes 2 only under a condition that is not read: 2 is then unknown. Two scales side by
side are alternatives, for the adult and the child or as the same demand in another scale. Strict limits become the next
value of the scale (ECOG by 1, G8 by 0.5, Karnofsky and Lansky by 10).
"""

import re
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, PerformanceIn, Scale, Test, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.phrases import ABOVE, BELOW, LEAST, MOST, SIGN

_ECOG = (
    r"(?:eastern cooperative oncology group|world health organi[sz]ation|organisation mondiale de la sante|"
    r"performance[- ]status|(?:indice|index|statut|score|etat|niveau) de performance|statut fonctionnel|etat general|"
    r"indice d'activite|zubrod|ecog|\boms\b|\bwho\b|\bps\b)"
)
_FILLER = (
    r"(?:eastern cooperative oncology group|world health organi[sz]ation|performance[- ]status|performance|status|"
    r"ecog|oms|who|"
    r"ps|zubrod|scale|echelle|scores?|grade|index|indice|statut|niveau|patients?|valeur|egal a|compris\w*|entre|"
    r"between|must be|"
    r"doit etre|of|is|est|de|d'|a|l'|la|le|un|an|selon|according to|par|with|avec|sur|on|the|ou|or|either|should be|"
    r"defini par|are|have|that|either|soit|cotee?|evaluee?|estimee?|classee?|notee?|mesuree?|rated|assessed|du|le|"
    r"doi(?:t|vent)|patient|avoir|presenter)(?![a-z])"
)
_LINK = rf"(?:[\s:=,()/\[\]-]|{_FILLER})*?"
_DIGIT = (
    r"(?<![\d.,])[0-4](?![\d%/]|[.,]\d|\s?(?:mg|g/|jours|mois|semaines|weeks|months|days|fois|lignes?|x\b|ans|years))"
)
_LIST = (
    rf"{_DIGIT}(?:\s*(?:,\s?(?:ou|or|et|and)?|/|-|a\b|to\b|through\b|ou\b|or\b|et\b|and\b|et/ou\b|(?<=[0-4] )(?=[0-4]))"
    rf"\s?(?:(?:de|a|egal a)\s)?{_DIGIT})*"
)
_SUFFIX = (
    r"(?P<more>\s?(?:(?:ou|or|et) (?:plus|more|greater|higher|superieur\w*|above)|(?:au )?min(?:imum|i)?|au moins|"
    r"at least)\b(?! \d))|"
    r"(?P<less>\s?(?:(?:ou|or|et) (?:moins|less|better|lower|inferieur\w*|below|mieux)|(?:au )?max(?:imum|i|imal)?|"
    r"au plus|"
    r"at most)\b(?! \d))"
)
_SIGNS = rf"(?:(?P<least>{LEAST})|(?P<above>{ABOVE})|(?P<most>{MOST})|(?P<below>{BELOW}))"
_ECOG_VALUE = (
    rf"(?:{_SIGNS}\s*(?:a\s|to\s|ps\s|\(\s?[<>≥≤]=?\s?\)\s?)?(?P<one>{_DIGIT})|(?P<list>{_LIST})(?:{_SUFFIX})?)"
)
_SCORE = re.compile(rf"(?P<name>{_ECOG})(?P<link>{_LINK}){_ECOG_VALUE}")
_TRAILER = re.compile(
    r"\s?(?:\(\s?)?(?:selon |sur |de |par |on the |per |according to )?(?:l'|la |le |the )?(?:echelle |indice |"
    r"score |scale )?(?:de |d')?"
    r"(?:l')?(?:ecog|oms|who|ps)(?:[ /-](?:ecog|oms|who|ps|performance status|performance|scale|status))*(?:\s?\))"
    r"?(?![a-z0-9])(?!\s?[<>≥≤0-9:])"
)
_WHEN = re.compile(
    r",?\s(?:a l'inclusion|a l'entree|au screening|a la selection|a la randomisation|at (?:screening|baseline|"
    r"enrol\w+|inclusion|"
    r"study entry|randomi\w+|registration)|\(?(?:dans les|within|in the|[<≤]=?)\s?\d+ ?(?:jours|days|j|d|sem\w*|"
    r"weeks)\b"
    r"[^,;.()]{0,60}\)?)"
)
_STEADY = re.compile(
    r",?\s(?:et |and )?(?:sans|with no|without|no)\s(?:deterioration|degradation|aggravation|worsening|"
    r"decline)\b[^,;()]*"
)
"""« sans dégradation dans les 2 semaines »: for screening."""


_UNDER_CONDITION = re.compile(
    r"\s?(?:,|;|\(|\[)?\s?(?:ou|or|et|and|voire|un|an)?\s?(?:(?:ps|ecog|oms|score|of|de|a|performance status|"
    r"patients? avec|patients? with)\s)*"
    rf"(?:{SIGN}\s?|0 ?(?:-|a|to) ?)?(?P<extra>{_DIGIT})\s?(?P<word>(?:est|is|are|etant|sont|will be|"
    rf"may be|can be|peut etre)"
    rf"?\s?(?:autorise\w*|accepte\w*|"
    r"tolere\w*|possible\w*|permis\w*|admis\w*|allowed|permitted|acceptable|eligible)|discut\w*|a discuter|"
    r"envisage\w*|ok\b|based|dus?\b|secondaires?|secondary|attribu\w*|considered|si\b|if\b|in case|en cas|"
    r"uniquement|seulement|"
    r"only|lorsque|when|pour\b|for\b|due to|lie\w*|en raison|related)[^()]*?(?:\)|$)"
)
_CONDITION_AFTER = re.compile(
    r"\s?(?:[,(]\s?)?(?:(?:ou|or|et|and)\s[^,;]{0,20})?(?:uniquement |seulement |only |sauf |except )?\b(?:si|if|"
    r"sauf|unless|except|lorsque|when|"
    r"ok|possible\w*|accepte\w*|autorise\w*|tolere\w*|admis\w*|permis\w*|allowed|permitted|pour les?|"
    r"for (?:patients|those|"
    r"participants|subjects)|en cas|chez|for age\w*|for \W?\d|in case)\b"
)
_OF_A_PART = re.compile(
    r"\s?[,(]?\s?(?:pour|en|dans|chez|in|for|during)\s(?:la |le |les |l'|the )?(?:phase|partie|"
    r"parties|cohorte|cohortes|bras|part|"
    r"parts|cohort|cohorts|arm|groupe|group|escalade|expansion)\b"
)
"""« OMS ≤ 1 en phase I, ≤ 2 en phase II »: of one part only."""
_OTHERWISE = re.compile(r"\b(?:sinon|autrement|otherwise|dans les autres cas)\b")
_CONDITION_BEFORE = re.compile(
    r"(?:\b(?:si|if|pour les?|chez les?|for (?:patients|those|participants)|en cas)\b[^;]*$)"
)
_CLASSIFICATION = re.compile(
    r"(?:classifi\w*|gliom\w*|astrocyt\w*|mening\w*|ependym\w*|neuroendocr\w*|\bt?nets?\b|\btne\b|leucem\w*|"
    r"leukemi\w*|lymphom\w*|"
    r"grade|sarcom\w*|selon|defini\w*|according to|per|par)\s?\(?(?:de )?(?:l'|la |le |the )?$"
)
_EXCEPTED_BEFORE = re.compile(r"\b(?:sauf|hors|hormis|excepte|except|unless)(?: (?:si|if|en cas d\w*))?(?: un| a)?\s$")
_RELIEF = re.compile(r"\s?[,(]?\s?(?:sauf|hormis|except|unless)(?: (?:si|if|en cas))?\s[^;]*?\b(?:ps|ecog|oms)\b")
"""« PS 0-2, sauf si PS > 2 lié à la maladie »: what is worse is then unknown."""
_GRADED = re.compile(r"\bgrade\b")
_AT_THE_HEAD = re.compile(r"^\W*ps(?:[\s:]+(?:ecog|oms|who))?[\s:]*[0-4≤<]")
"""« ps ecog 0 ou 1 », typed without capitals."""

_HUNDREDS = r"(?<![\d.,])(?:100|[1-9]0)(?![\d]|[.,]\d)\s?%?"
_TENS_NAME = r"(?:karnofsky|lansky|\bkps\b|\blps\b|\bik\b)"
_TENS_LINK = (
    rf"(?:[\s:=,()/\[\]-]|(?:{_TENS_NAME}|performance|status|ps|index|indice|score|scale|echelle|statut|of|de|is|"
    rf"est|doit etre|must be|a|"
)
_TENS_LINK += r"et|and|ou|or|play)(?![a-z]))*?"
_QUALIFIER = (
    r"(?:,?\s?\(?\s?(?:pour |for |si |if |chez )?(?:les |the |patients? |participants? |sujets? |enfants? |"
    r"adultes? |children |"
    r"age[sd]?\s|agee?s? |de |of |who are |ayant |(?:plus|moins) de )*"
    rf"(?:{SIGN}\s?(?:or equal to\s)?)?(?:\d+ (?:a|to|et|and) )?(?:\d+\s?(?:ans|years)(?: of age| old| d'age)?|"
    rf"\badultes?\b|\benfants?\b)(?: et plus| or older)?\s?\)?)?"
)
_TENS = re.compile(
    rf"(?P<name>{_TENS_NAME})(?P<link>{_TENS_LINK}{_QUALIFIER}{_TENS_LINK}{_QUALIFIER}{_TENS_LINK})"
    rf"(?:{_SIGNS}\s?(?:a\s)?(?P<one>{_HUNDREDS})|(?P<first>{_HUNDREDS})\s?(?:-|a|to)\s?(?P<second>{_HUNDREDS})|"
    rf"(?P<single>{_HUNDREDS})(?:{_SUFFIX}))(?P<qualifier>{_QUALIFIER})"
)
_G8 = re.compile(
    r"(?P<name>\bg-?8\b)(?:[\s:=,()-]|(?:score|de|geriatri\w*|est|is|of|a)(?![a-z]))*?"
    rf"{_SIGNS}\s?(?P<one>(?<![\d.,])1?\d(?:[.,]5)?(?!\d))(?:\s?/\s?17)?"
)
_BETWEEN = re.compile(
    r"\s?(?:,|/|\(|\[)?\s?(?:ou|or|et|and|et/ou|and/or|i\.?e\.?|soit|an?|un)?\s?(?:un |an? )?(?:score |indice )"
    r"?(?:de |d')?\s?"
)
_GOOD_STATE = re.compile(
    r"^\W*(?:l'|un |le |the )?(?:bon )?(?:etat general|good performance status|(?:indice|index|score|"
    r"statut)(?: d[eu])?)"
    r"(?: conserve| du patient)?(?: (?:est|soit|sera|doit etre|is|must be))?(?: (?:cote|evalue|classe|note|mesure|"
    r"estime|"
    r"defini)e?)?(?: (?:a|par|selon|de|d'|un))?\s?[(:,]?\s?$"
)
_NAMES_SCALE = re.compile(rf"{_ECOG}|{_TENS_NAME}")
_HINT = re.compile(rf"{_ECOG}|{_TENS_NAME}|\bg-?8\b")
_LIKELY = hinted(r"ecog|oms|who|ps|performance|organi|fonctionnel|general|activite|zubrod|karnofsky|lansky|ik|g8|g-8")


def recognise(clause: Clause) -> list[Found]:
    """The scales of the clause with their limits; two that stand side by side are one finding of alternatives."""
    plain = clause.plain
    first = _HINT.search(plain) if _LIKELY.search(plain) else None
    if not first or _CONDITION_BEFORE.search(plain[: first.start()]):
        return []
    clause = replace(clause, text=_listed(clause.text))
    plain = clause.plain
    found = [one for match in _SCORE.finditer(plain) if (one := _ecog(match, clause))]
    found += [one for match in _TENS.finditer(plain) if (one := _tens(match, plain))]
    found += [one for match in _G8.finditer(plain) if (one := _g8(match, plain))]
    joined = _side_by_side(plain, _for_some(plain, sorted(found, key=lambda one: one.start)))
    return [part for one in joined for part in (_with_state(plain, one), *_steady(plain, one))]


_ALLOWED = re.compile(
    r"^\W*(?:(?:ps|oms|ecog|who|score|"
    r"indice de performance)\W{0,3}){1,3}(?P<extra>[2-4])\W{1,2}(?:\w+ )?(?:ok|accept\w*|autoris\w*|"
    r"possibles?|admis\w*|toler\w*|permis\w*|allowed|permitted)\b(?P<limit>.*)$"
)


def allowed(clause: Clause) -> Test | None:
    """« PS 2 accepté », « PS 3 OK si lié à la maladie »: what a sentence gives leave to, unsure if limited."""
    match = _ALLOWED.match(clause.plain)
    if match is None:
        return None
    own = _in(Scale.ECOG, int(match["extra"]), int(match["extra"]))
    return AllOf((own, Unread(Kind.ECOG))) if re.search(r"[a-z]", match["limit"]) else own


def _with_state(plain: str, one: Found) -> Found:
    """« Bon état général (PS 0-1) »."""
    return replace(one, start=0) if _GOOD_STATE.match(plain[: one.start]) else one


_TO_SIGN = re.compile(r"(?<![\d.])([0-3])\s?[-–]\s?(?:≤|<=|=<)\s?([0-4])(?![\d.])")


def _listed(text: str) -> str:
    """« 0,1 » and « 0/1-2 » as « 0-1-2 », « 0 - ≤ 2 » as « 0-2 », of the same length: a scale has no decimals."""
    text = _TO_SIGN.sub(lambda match: f"{match[1]}{'-'.rjust(len(match[0]) - 2)}{match[2]}", text)
    return re.sub(
        r"(?<![\d.])([0-3])[,/](?=([0-4])(?![\d%.]|[,/]\d\d))",
        lambda match: f"{match[1]}-" if int(match[2]) == int(match[1]) + 1 else match[0],
        text,
    )


def _steady(plain: str, one: Found) -> list[Found]:
    tail = _STEADY.match(plain, one.end)
    return [Found(tail.start(), tail.end(), Unread(Kind.OTHER), Kind.OTHER)] if tail else []


def _for_some(plain: str, found: list[Found]) -> list[Found]:
    """« ECOG 0-1 (glioblastome : ECOG 0-1 ou Karnofsky ≥ 70) »: what a parenthesis allows some only is left unknown."""
    if len(found) < 2:
        return found
    first, rest = found[0], found[1:]
    opening = re.match(r"\s?\((?P<who>[^()\d:]{3,40}):\s?", plain[first.end :])
    close = plain.find(")", first.end)
    if not opening or close < 0 or any(one.end > close for one in rest) or _NAMES_SCALE.search(opening["who"]):
        return found
    allowed = tuple(part for one in rest for part in _parts(one.test))
    some: Test = allowed[0] if len(allowed) == 1 else AnyOf(allowed)
    return [Found(first.start, close + 1, AnyOf((*_parts(first.test), AllOf((some, Unread(Kind.ECOG))))), Kind.ECOG)]


def _ecog(match: re.Match[str], clause: Clause) -> Found | None:
    plain, name = clause.plain, match["name"]
    if name == "ps" and clause.text[match.start("name") : match.end("name")] != "PS" and not _AT_THE_HEAD.match(plain):
        return None
    if name in {"oms", "who"} and "performance" not in match["link"] and "ps" not in match["link"].split():
        if _CLASSIFICATION.search(plain[: match.start()]) or _GRADED.search(match["link"]):
            return None
        if name == "who" and clause.text[match.start("name") : match.end("name")] != "WHO":
            return None
    base = _ecog_range(match)
    if base is None or _is_aside(plain, match.start()) or _EXCEPTED_BEFORE.search(plain[: match.start()]):
        return None
    return _with_condition(plain, match, base)


def _is_aside(plain: str, start: int) -> bool:
    """One of several examples in a parenthesis: « comorbidité (insuffisance cardiaque, ECOG 2) »."""
    opening = plain.rfind("(", 0, start)
    if opening < 0 or plain.find(")", opening, start) >= 0:
        return False
    return re.search(r",|\b(?:ou|or)\b", plain[opening:start]) is not None and _scale_before(plain[:start]) is None


def _scale_before(plain: str) -> re.Match[str] | None:
    return _NAMES_SCALE.search(plain)


def _with_condition(plain: str, match: re.Match[str], base: tuple[int, int | None]) -> Found | None:
    """« 0-1 (2 si …) » and « 0, 1 ou 2 si … »: the value under a condition is left unknown."""
    end = _past_trailers(plain, match.end())
    extra = _UNDER_CONDITION.match(plain, end)
    if extra:
        return Found(match.start(), extra.end(), _either(base, int(extra["extra"])), Kind.ECOG)
    if _RELIEF.match(plain, end) and base[1] is not None:
        worse = AllOf((_in(Scale.ECOG, base[1] + 1, None), Unread(Kind.ECOG)))
        return Found(match.start(), len(plain), AnyOf((_in(Scale.ECOG, *base), worse)), Kind.ECOG)
    if _OF_A_PART.match(plain, end) or _OTHERWISE.search(plain, end):
        return None
    if not _CONDITION_AFTER.match(plain, end):
        return Found(match.start(), end, _in(Scale.ECOG, *base), Kind.ECOG)
    tail = re.search(rf"(?:ou|or|,)\s?({_DIGIT})$", match["list"] or "")
    if tail is None:
        return None
    head = _digits((match["list"] or "")[: tail.start()])
    if not head or int(tail[1]) != max(head) + 1:
        return None
    return Found(match.start(), len(plain), _either((min(head), max(head)), int(tail[1])), Kind.ECOG)


def _past_trailers(plain: str, end: int) -> int:
    for pattern in (_TRAILER, _WHEN, _TRAILER):
        tail = pattern.match(plain, end)
        end = tail.end() if tail else end
    return end


def _either(base: tuple[int, int | None], extra: int) -> Test:
    low, high = base
    if high is None or extra <= high:
        return _in(Scale.ECOG, low, high)
    conditional = AllOf((_in(Scale.ECOG, high + 1, extra), Unread(Kind.ECOG)))
    return AnyOf((_in(Scale.ECOG, low, high), conditional))


def _ecog_range(match: re.Match[str]) -> tuple[int, int | None] | None:
    if match["one"]:
        value = int(match["one"])
        if match["least"] or match["above"]:
            return value + bool(match["above"]), None
        return (0, value - bool(match["below"])) if value or match["most"] else None
    digits = _digits(match["list"])
    ranged = re.search(r"-|/|\ba\b|\bto\b|through", match["list"]) or re.search(r"\b(?:entre|between)\b", match["link"])
    if match["more"] or match["less"]:
        return _to_its_end(digits, more=match["more"] is not None)
    if digits != sorted(set(digits)) or (not ranged and digits != list(range(digits[0], digits[-1] + 1))):
        return None
    return digits[0], digits[-1]


def _to_its_end(digits: list[int], *, more: bool) -> tuple[int, int | None] | None:
    """« 2 ou moins », « 2 maximum »; « 0 à 2 maximum » is what it is without the word."""
    if len(digits) == 1:
        return (digits[0], None) if more else (0, digits[0])
    return None if more or digits != sorted(set(digits)) else (digits[0], digits[-1])


def _digits(text: str) -> list[int]:
    return [int(digit) for digit in re.findall(r"[0-4]", text)]


def _in(scale: Scale, low: float | None, high: float | None) -> PerformanceIn:
    return PerformanceIn(scale, None if low is None else float(low), None if high is None else float(high))


def _tens(match: re.Match[str], plain: str) -> Found | None:
    low, high = _tens_range(match)
    if not match["qualifier"] and not re.search(r"\d", match["link"]) and _CONDITION_AFTER.match(plain, match.end()):
        return None
    names = {match["name"], *re.findall(_TENS_NAME, match["link"])}
    scales = [Scale.KARNOFSKY] if names & {"karnofsky", "kps", "ik"} else []
    scales += [Scale.LANSKY] if names & {"lansky", "lps"} else []
    tests: tuple[Test, ...] = tuple(_in(scale, low, high) for scale in scales)
    return Found(match.start(), match.end(), tests[0] if len(tests) == 1 else AnyOf(tests), Kind.ECOG)


def _tens_range(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["one"]:
        return _signed(match, int(match["one"].strip(" %")), 10)
    if match["single"]:
        value = int(match["single"].strip(" %"))
        return (value, None) if match["more"] else (None, value)
    values = sorted(int(match[name].strip(" %")) for name in ("first", "second"))
    return values[0], None if values[1] == 100 else values[1]


def _signed(match: re.Match[str], value: int, step: int) -> tuple[int | None, int | None]:
    if match["least"] or match["above"]:
        return value + step * bool(match["above"]), None
    return None, value - step * bool(match["below"])


def _g8(match: re.Match[str], plain: str) -> Found | None:
    if _CONDITION_AFTER.match(plain, match.end()):
        return None
    value = float(match["one"].replace(",", "."))
    low = value + 0.5 * bool(match["above"]) if match["least"] or match["above"] else None
    high = None if low is not None else value - 0.5 * bool(match["below"])
    return Found(match.start(), match.end(), PerformanceIn(Scale.G8, low, high), Kind.ECOG)


def _side_by_side(plain: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and one.start < last.end:
            continue
        if last and _scales(last.test) != _scales(one.test) and _BETWEEN.fullmatch(plain, last.end, one.start):
            end = one.end + (plain[one.end : one.end + 1] in {")", "]"} and "(" in plain[last.end : one.start])
            joined[-1] = Found(last.start, end, AnyOf((*_parts(last.test), *_parts(one.test))), Kind.ECOG)
            continue
        if last and _scales(last.test) & _scales(one.test):
            return []
        joined.append(one)
    return joined


def _parts(test: Test) -> tuple[Test, ...]:
    return test.parts if isinstance(test, AnyOf) else (test,)


def _scales(test: Test) -> frozenset[Scale]:
    return frozenset(part.scale for part in _parts(test) if isinstance(part, PerformanceIn))
