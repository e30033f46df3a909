"""Earlier treatments that a clause demands or forbids: by drug, class, setting and outcome.

A treatment counts only with a cue of the past beside it (antérieur, reçu, prétraité, naïf, progression sous …): a drug
that is merely named may be the trial's own. What is not surely understood is left unread.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.criteria import AnyOf, Kind, Not, Polarity, Test, Treated
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.named_treatments import MARK, SETTING, Marked, Named, marked, received, settings_in
from rules.reading.phrases import without_overlap
from rules.reading.platinum import platinum_status, standard_exhausted
from rules.reading.treatment_context import is_left_open, is_timed_later, speaks_of_a_group

T = f"{MARK}+"
S = rf"(?:\s*,?\s*\(?\s*{SETTING}\s*\)?)*"
"""Any settings, to stand after a treatment."""

ART = (
    rf"(?:(?:1(?= {MARK})|d'|l'|de|des|du|la|le|les|une?|aux?|a|an|the|any|au moins une?|at least one|(?:≥|"
    rf"> ?=) ?1|tout|toute|tous|toutes|"
    r"traitements? (?:anterieurs? )?(?:par|avec|a base de|comportant)|(?:treatment|therapy) with|prior|previous|"
    r"autres?)"
    r"(?:\s+|(?<=')))*"
)
_PAST = r"(?:anterieur\w*|prealables?|precedent\w*)"
_NOW_TOO = r"(?:\s+(?:ou|et/ou|or|and/or|/)\s+(?:concomitant\w*|en cours|actuel\w*|concurrent|current|ongoing))?"
_EXPOSURE = r"(?:treatments?|therap(?:y|ies)|exposure|use|receipt|administration|history)"
_OR = r"(?:,|/|ou|or|et/ou|and/or)"
_WHILE = (
    r"(?:(?:sous|pendant|durant|on|during|while (?:on|receiving)|au cours d(?:e|')|lors d(?:e|')|malgre|despite)"
    r"(?:\s+(?:ou|et|or|and|et/ou|and/or)\s+(?:apres|after|following))?|on/after|during/after|sous/apres)"
)
_AFTER = r"(?:apres(?:\s+(?:ou|et)\s+(?:sous|pendant))?|after|following|suite a|au decours d(?:e|')|upon)"
_LAST = (
    r"(?:(?:la |le |l'|une? |the )?(?:fin|derniere (?:dose|cure|administration)|dernier traitement|last dose|end|"
    r"completion|arret)\s+(?:d(?:e|')|of)\s*)?"
)
_FILLER = (
    r"(?:\s+(?:tumorale|documente\w*|documented|radiologi\w*|radiographic\w*|confirme\w*|confirmed|objective|clini\w*|"
    r"de la maladie|of disease|of the disease|disease|maladie|therapeutique|primaire|primary|secondaire|acquise|"
    r"acquired))*"
)
_CAME_BACK = r"(?:progress(?:ion|e|es|ee|ees|ant|ed|ive disease|ing)|rechute\w*|recidiv\w*|relapse[ds]?|recurrence)"
_WITHSTOOD = (
    r"(?:(?:are |is |etre |become |became )?(?:echec|echappement|failure|failed|refractaires?|refractory|"
    r"resistan(?:te?s?|ces?)|intoleran(?:te?s?|ces?)))"
)
_FAILED = rf"(?:{_CAME_BACK}|{_WITHSTOOD})"

_CORES: tuple[tuple[str, str], ...] = (
    (
        "verb",
        rf"(?:recue?s?|beneficie d(?:e|')|eu(?= une? {MARK})|received|"
        rf"undergone)\s*{{inner}}{T}{{s}}(?:\s+{_PAST})?{{s}}",
    ),
    (
        "verb",
        r"(?:(?:deja|prealablement|anterieurement|precedemment|ete|jamais) )+(?:traite|expose|irradie)(?:e|s|es)? "
        rf"(?:(?:anterieurement|prealablement|auparavant) )?(?:par|avec|aux?|a)\s+{{inner}}{T}{{s}}",
    ),
    (
        "verb",
        rf"traite(?:e|s|es)? (?:anterieurement|prealablement|auparavant|precedemment) (?:par|"
        rf"avec)\s+{{inner}}{T}{{s}}",
    ),
    ("verb", rf"pre-?traite(?:e|s|es)? (?:par|avec)\s+{{inner}}{T}{{s}}"),
    ("verb", rf"(?:previously (?:been )?|been |pre-?)(?:treated|exposed) (?:with|by|to)\s+{{inner}}{T}{{s}}"),
    ("noun", rf"(?:exposition|exposure)s? {_PAST}{_NOW_TOO} (?:a|aux?)\s+{{inner}}{T}{{s}}"),
    (
        "noun",
        rf"(?:traitement|therapie)s? (?:systemiques? )?{_PAST}{_NOW_TOO} (?:par|avec|d(?:e|"
        rf"'))\s*{{inner}}{T}{{s}}",
    ),
    (
        "noun",
        rf"{T}{{s}}\s+(?:{_PAST}{_NOW_TOO}|deja recue?s?|recue?s? (?:anterieurement|auparavant|"
        rf"prealablement)){{s}}",
    ),
    (
        "noun",
        r"(?:prior|previous) (?:(?:or|and/or) (?:concurrent|current|ongoing) )?(?:systemic |anti-?cancer )?"
        rf"{_EXPOSURE} (?:with|of|to|by)\s+{{inner}}{T}{{s}}",
    ),
    ("noun", rf"(?:prior|previous)(?: (?:or|and/or) (?:concurrent|current|ongoing))? (?:(?:an?|any) )?{T}{{s}}"),
    ("noun", rf"(?:atcd|antecedents?|history)\s+(?:d(?:e|')|of)\s*{{inner}}{T}{{s}}"),
)
"""What tells that a treatment was received: (part of speech, pattern); `{inner}`: words before it, `{s}`: settings."""

_OUTCOMES_OF: tuple[str, ...] = (
    rf"(?:en )?{_FAILED}{_FILLER}(?:\s*{_OR}\s*{_FAILED}{_FILLER})*\s+(?:{_WHILE}|{_AFTER})\s*{_LAST}{{inner}}{T}{{s}}",
    rf"(?:en )?(?:{_FAILED}{_FILLER}\s*(?:(?:{_WHILE}|{_AFTER}|a|aux?|to)\s*)?{_OR}\s*)*{_WITHSTOOD}{_FILLER}"
    rf"\s+(?:a|aux?|to|of|with|d(?:e|'|u|es))\s*{{inner}}{T}{{s}}",
    rf"failed\s+{{inner}}{T}{{s}}",
)
_OUTCOMES = (
    (r"progress|echec|echapp|fail|refract|resistan", frozenset({"progression"})),
    (r"rechut|recidiv|relaps|recurrence", frozenset({"progression", "relapse"})),
    (r"intoleran", frozenset({"toxicity"})),
)
_TIME = (
    r"(?:\d{1,3}|une?|deux|trois|quatre|six|douze|three|six|twelve)[ -]?(?:ans?|annees?|years?|mois|months?|"
    r"semaines?|sem\.?|weeks?|jours?|j|days?)(?![a-z])"
)
_SINCE = r"(?:depuis |il y a |datant de |de )?(?:>|≥|> ?=|plus d(?:e |')|au moins |more than |at least |over )\s?"
_SOON = (
    rf"{_CAME_BACK}{_FILLER}\s+(?:(?:pendant|sous|during|on)\s+(?:le traitement\s+|treatment\s+)?(?:ou|or)\s+)?"
    rf"(?:(?:dans|within|au cours d|dans un delai d)(?:es?| the| les)?\s+(?:≤|<|first |premiers? )?|≤\s?|<\s?|"
    rf"moins de\s)"
    rf"(?P<time>{_TIME})\s+(?:suivant|apres|qui suivent|of|after|following|from)\s+{_LAST}{{inner}}{T}{{s}}"
)
_NAIVE_OF = (
    rf"(?:naifs?|naives?)\s+(?:d(?:e|'|u|es)|vis-a-vis d(?:e|'|u|es)|to|of|for|a|"
    rf"aux?)\s*{{inner}}{T}(?:\s+{_PAST})?{{s}}",
    rf"{T}[\s-]+(?:naifs?|naives?)(?![a-z])",
)
_NONE_FOR_ADVANCED = (
    rf"(?:aucune?s?|pas d(?:e|')|absence d(?:e|')|sans|no)\s*(?:autres? )?{T}(?=[^§]*(?:avance|"
    rf"advanced|metasta)){{s}}"
)
_COMPOUND = rf"(?:comportant|incluant|comprenant|contenant|dont|including|that included|containing)\s+{{inner}}{T}{{s}}"

_ENDED = (
    rf"(?:(?:est |is |was |si |if )?(?:terminee?s?|achevee?s?|arretee?s?|finie?s?|fin|completed|ended|"
    rf"stopped)\s+)?{_SINCE}(?P<time>{_TIME})(?:\s+(?:avant|before|prior to|earlier)(?:\s+(?:l'inclusion|"
    rf"la randomisation|inclusion|randomi[sz]ation|enrol\w+|study entry|la rechute))?)?"
)
_EXCEPTION = re.compile(
    r"\s*,?\s*\(?\s*(?:sauf|hors|hormis|excepte\w*|except|unless|a l'exception)\s+(?:(?:si|if|en|in|dans|pour|le|"
    r"la|un|une|du|de|d'|"
    rf"traitement|chimiotherapie|treatment|therapy|given|administre\w*)\s*)*(?P<setting>(?:{SETTING})\s*)?"
    rf"(?:(?P<ended>{_ENDED}))?\s*\)?\s*(?=$|[,;.])"
)
_MAY_ALLOW = re.compile(r"autoris|permis|accept|possible|allowed|permitted")
_ALLOWED = re.compile(
    rf"{T}{S}(?: (?:en|au stade|in|for) (?:m?hspc|m?cspc|phase hormono-?sensible))?\s+(?:est |sont |is |are )?"
    r"(?:autorise\w*|permis\w*|accepte\w*|possibles?|allowed|permitted),?\s+(?:(?:si|if|a condition d\w*|"
    r"provided(?: it| they)?(?: was| were)?)\s+"
    rf"(?P<ended>{_ENDED})|(?:sauf|except|unless)\s+(?:en cas de |si |"
    rf"in case of )?{_CAME_BACK}{_FILLER}\s+(?:pendant|during)\s+(?:ou|or)\s+"
    rf"(?:dans les|within)\s+(?P<soon>{_TIME})\s+(?:suivant|apres|after|following|of)\s+(?:la fin|the end|"
    rf"completion|la derniere dose|the last dose))"
    r"\s*(?=$|[,;.)])"
)

_INNER = rf"(?:{ART}(?:aucune?s?\s+|no\s+|pas d(?:e|')\s*|jamais d(?:e|')\s*)?{ART})"
_LEAD = re.compile(
    r"(?:(?<![a-z'-])(?:n'ayant|n'avoir|n'ont|n'a|n'ait|ne|pas|jamais|sans|absence|aucune?s?|ni|no|not|never|"
    r"without|ayant|"
    r"avoir|ont|a|ait|aient|avait|has|have|had|having|must|should|may|doit|doivent|ete|been|deja|already|encore|"
    r"prealablement|"
    r"anterieurement|auparavant|previously|obligatoirement|necessairement|d'|de|des|du|une?|la|le|l'|les|the|any|"
    r"tout|toute|"
    r"tous|toutes|an|atcd d(?:e|')|antecedents? d(?:e|')|history of|au moins une?|at least one|(?:≥|> ?=) ?1|"
    r"traitements? (?:par|avec)|"
    r"(?:treatment|therapy) with|who|qui|recu|received)(?:\s+|(?<=')))*$"
)
_NEGATIVE = re.compile(r"\b(?:pas|jamais|sans|absence|aucune?s?|ni|no|not|never|without)\b")
_STARTS = re.compile(
    r"(?:^|[,;:(./>*\"-]|\b(?:et|ou|and|or|mais|but|avec|with|patients?|participants?|sujets?|subjects?))\s*$"
)
_SEGMENT = re.compile(r"[,;:.(]|\bet\b|\band\b")
_DENIED = re.compile(r"\b(?:pas|not|jamais|never|aucune?s?|ne|sauf|hors|hormis|except\w*|excepte\w*|unless|plus d)\b")
_SHIFTED = re.compile(
    r"\b(?:toxicit\w*|effets? (?:indesirables?|secondaires?)|adverse|sequelles?|recuper\w*|recover\w*|resol\w*|"
    r"biops\w*|tissus?|"
    r"prelev\w*|samples?|archiv\w*|specimen|metastases? cerebrales?|brain|snc|cns|autres? (?:cancer|tumeur|"
    r"neopl)\w*|malignan\w*|"
    r"donneurs?|donors?|evenements?|events?|survie|survival|risques?|risk|delais?|duree|duration|date|infect\w*|"
    r"candidats?|"
    r"candidates?|eligib\w*|contre-indi\w*|contraindi\w*|allerg\w*|hypersens\w*|pneumo\w*|colit\w*|until|since|"
    r"depuis|jusqu\w*)\b"
)
_CONDITIONAL = re.compile(
    r"\b(?:si|if|en cas|in case|lorsque|when|pour (?:les|ceux)|chez (?:les|ceux)|for (?:patients|those|subjects|"
    r"participants)|"
    r"quel que soit|regardless|avec ou sans|with or without)\b"
)
_BOUNDARY = re.compile(
    r"\s*(?:$|[,;:.)\]]|(?:ou|et|or|and|sauf|hors|hormis|except\w*|excepte\w*|unless|avant|before|prior to|"
    r"a l'inclusion)\b)"
)
_PERMITTED = re.compile(
    r"^[^,;.]{0,60}\b(?:autorise\w*|permis\w*|accepte\w*|possibles?|allowed|permitted|acceptables?|eligib\w*|"
    r"interdit\w*|exclu\w*|"
    r"prohibited|non requise?s?|not required|facultati\w*|ou non|or not|recommand\w*|obligatoire)\b"
)
_PREDICATE = re.compile(
    r"\s*(?:must|should|may|will|doi(?:t|vent)|peu(?:t|vent)|counts?|is|are|est|sont|n'est|ne|specific|compte)(?![a-z])"
)
_TIMED = re.compile(
    r"\s*\(?\s*(?:[<≤]|(?:dans|within|depuis|in the|au cours|pendant|il y a|datant|moins d|during|recent\w*)(?![a-z]))"
)
_CONSEQUENCE = re.compile(
    r"\s*[,(]\s*(?:[<≤>≥]|dans|within|depuis|moins d|au cours|datant|during|arret|interromp|stopp|discontinu|"
    r"termin|complet|due to|"
    r"pour lequel|for which|during which|dose|avec|ayant|entrain\w*|responsable|causant|compliqu\w*|qui|with|"
    r"resulting|that|which|who|if|si)"
)
_HISTORY = re.compile(
    r"\b(?:anterieur\w*|prior|previous\w*|recue?s?|received|pre-?trait\w*|apres|after|echec|progress\w*|lignes?|"
    r"lines?)\b"
)
_NO_DEMAND = re.compile(
    r"\b(?:pas|aucune?s?|sans|no|not|jamais|never|without|maximum|max|plus d|au plus|up to|autorise\w*)\b|≤|<"
)


_MAY_HOLD = re.compile(
    r"anterieur|prealable|precede|recu|beneficie|\beu |deja|traite|expos|prior|previous|receiv|undergone|treated|"
    r"atcd|antecedent|"
    r"history|nai[fv]|progress|rechut|recidiv|relaps|recurr|echec|echapp|fail|refract|resist|intoler|autoris|"
    r"permis|accept|"
    r"allowed|permitted|possible|comport|inclu|compren|conten|contain|dont|aucun|pas d|absence|sans|no "
)


@dataclass(frozen=True, slots=True)
class _Cue:
    """Where a treatment is said to be received: its span with the words that lead in, and whether they deny it."""

    start: int
    end: int
    negated: bool
    named: Named
    words: str


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z{MARK}-])" + pattern.replace("{inner}", _INNER).replace("{s}", S))


_CORE_RES = tuple((part, _compiled(pattern)) for part, pattern in _CORES)
_OUTCOME_RES = tuple(_compiled(pattern) for pattern in _OUTCOMES_OF)
_SOON_RE = _compiled(_SOON)
_NAIVE_RES = tuple(_compiled(pattern) for pattern in _NAIVE_OF)
_NONE_RE = _compiled(_NONE_FOR_ADVANCED)
_COMPOUND_RE = _compiled(_COMPOUND)


def recognise(clause: Clause) -> list[Found]:
    """The earlier treatments that a clause asserts or denies, each with the words it covers."""
    text = marked(clause)
    if speaks_of_a_group(clause):
        return []
    found = [*platinum_status(clause), *standard_exhausted(clause)]
    if not text.lists or not _MAY_HOLD.search(text.text):
        return found
    for reader in (_allowed, _naive, _relapsed_soon, _outcomes, _received, _none_for_advanced, _compound):
        found += reader(clause, text)
    return without_overlap(found)


def _received(clause: Clause, text: Marked) -> Iterator[Found]:
    for part, pattern in _CORE_RES:
        for match in pattern.finditer(text.text):
            cue = _cue(text, match, free=part == "verb")
            if cue:
                yield from _found(clause, text, cue)


def _outcomes(clause: Clause, text: Marked) -> Iterator[Found]:
    for pattern in _OUTCOME_RES:
        for match in pattern.finditer(text.text):
            cue = _cue(text, match, free=True)
            words = match[0].split(MARK)[0]
            withstood = re.search(r"resistan|refract", words)
            of_platinum = "platin" in clause.plain[match.start() : match.end()]
            if (withstood and of_platinum) or re.search(r"allerg|hypersens|excipient", clause.plain):
                continue
            if cue and not _absent(text, cue) and (not cue.negated or _STARTS.search(text.text[: cue.start])):
                named = [ids for cause, ids in _OUTCOMES if re.search(cause, words)]
                outcomes: frozenset[str] = frozenset().union(*named)
                if re.search(rf"\s{_AFTER}\s", words) and "progression" in outcomes:
                    outcomes |= {"relapse"}
                yield from _found(clause, text, cue, Treated(treatments=frozenset(), outcomes=outcomes))


def _absent(text: Marked, cue: _Cue) -> bool:
    """« Sans signe de progression sous X »: a negation that is not next to what it denies."""
    return re.search(r"\b(?:no|sans|absence|without|non)\b", _SEGMENT.split(text.text[: cue.start])[-1]) is not None


def _relapsed_soon(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Rechute dans les 12 mois suivant la fin de la chimiothérapie adjuvante »."""
    for match in _SOON_RE.finditer(text.text):
        cue = _cue(text, match, free=True)
        days = _days(match["time"])
        if cue and days and not cue.negated and not _absent(text, cue):
            yield from _found(clause, text, cue, Treated(treatments=frozenset(), relapse_within_days=days))


def _naive(clause: Clause, text: Marked) -> Iterator[Found]:
    for pattern in _NAIVE_RES:
        for match in pattern.finditer(text.text):
            cue = _cue(text, match, free=True)
            if cue and not cue.negated and not re.search(r"\bnon[\s-]*$", text.text[: match.start()]):
                each = replace(cue.named, each=True) if match[0].startswith("nai") else cue.named
                yield from _found(clause, text, replace(cue, start=match.start(), negated=True, named=each))


def _none_for_advanced(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Aucun traitement systémique pour la maladie avancée » needs no other cue."""
    for match in _NONE_RE.finditer(text.text):
        cue = _cue(text, match, free=False)
        if cue and cue.negated and settings_in(cue.words, forbids=True):
            yield from _found(clause, text, cue)


def _compound(clause: Clause, text: Marked) -> Iterator[Found]:
    """« … 2 lignes antérieures comportant A, B et C »: what earlier lines must have held."""
    for match in _COMPOUND_RE.finditer(text.text):
        before = text.text[: match.start()]
        named = text.first(*match.span())
        demand = _HISTORY.search(before) and not _NO_DEMAND.search(before)
        if named and demand and clause.polarity is Polarity.INCLUSION and not _shifted(before):
            yield from _found(clause, text, _Cue(*match.span(), False, named, match[0]))


def _allowed(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Chimiothérapie adjuvante autorisée si terminée depuis plus de 6 mois »: what it forbids, in either section."""
    for match in _ALLOWED.finditer(text.text) if _MAY_ALLOW.search(text.text) else ():
        named = text.first(*match.span())
        days = _days(match["time"] if match["ended"] else match["soon"])
        if named is None or not days or not _STARTS.search(text.text[: match.start()]):
            continue
        settings = settings_in(match[0][named.end - match.start() :], forbids=True)
        limit = Treated(treatments=frozenset(), settings=settings or frozenset())
        late = replace(limit, within_days=days) if match["ended"] else replace(limit, relapse_within_days=days)
        test = received(named, late, forbids=True, negated=False)
        if test is not None and settings is not None:
            inclusion = clause.polarity is Polarity.INCLUSION
            yield Found(*match.span(), Not(test) if inclusion else test, Kind.PRIOR_TREATMENT)


def _cue(text: Marked, match: re.Match[str], *, free: bool) -> _Cue | None:
    """The cue of a match, unless what stands before may change its meaning; `free`: any other words may stand there."""
    named = text.first(*match.span())
    lead = _LEAD.search(text.text, 0, match.start())
    if named is None or lead is None or text.count(*match.span()) != 1:
        return None
    negatives = _NEGATIVE.findall(lead[0] + text.text[match.start() : named.start])
    before = text.text[: lead.start()]
    if re.search(r"\bmay\b", lead[0]) or len(negatives) > 1 or _shifted(before) or not (free or _STARTS.search(before)):
        return None
    start = lead.start() if negatives or free else match.start()
    return _Cue(start, match.end(), bool(negatives), named, text.text[match.start() : match.end()])


def _shifted(before: str) -> bool:
    segment = _SEGMENT.split(before)[-1]
    return any(
        pattern.search(where) for pattern, where in ((_CONDITIONAL, before), (_SHIFTED, segment), (_DENIED, segment))
    )


def _found(clause: Clause, text: Marked, cue: _Cue, like: Treated | None = None) -> Iterator[Found]:
    """What is said of the treatments of a cue; nothing when the words after it may change it."""
    forbids = cue.negated != (clause.polarity is Polarity.EXCLUSION)
    rest = text.text[cue.end :]
    settings = settings_in(cue.words, forbids=forbids)
    if settings is None:
        return
    said = replace(like or Treated(treatments=frozenset()), settings=settings)
    exception = _EXCEPTION.match(rest) if forbids and not like else None
    if exception and (exception["setting"] or exception["ended"]):
        test = _with_exception(cue, said, exception)
        end = cue.end + exception.end()
    else:
        changed = _PERMITTED.search(rest) or _PREDICATE.match(rest) or (cue.negated and not _BOUNDARY.match(rest))
        if changed or (forbids and (_CONSEQUENCE.match(rest) or _TIMED.match(rest) or is_timed_later(rest))):
            return
        if is_left_open(text.text, cue.start, cue.end):
            return
        test, end = received(cue.named, said, forbids=forbids, negated=cue.negated), cue.end
    if test is not None:
        yield Found(cue.start, end, Not(test) if cue.negated else test, Kind.PRIOR_TREATMENT)


def _with_exception(cue: _Cue, said: Treated, exception: re.Match[str]) -> Test | None:
    """What an exception leaves forbidden: « sauf adjuvant », « sauf si terminé depuis > 6 mois », or both."""
    days = _days(exception["time"]) if exception["ended"] else None
    early = settings_in(exception["setting"] or "", forbids=False)
    if said.settings or early is None or (exception["ended"] and not days):
        return None
    left = [replace(said, settings=frozenset({"advanced"}))] if early else []
    left += [replace(said, settings=early, within_days=days)] if days else []
    tests = [received(cue.named, one, forbids=True, negated=cue.negated) for one in left]
    known = tuple(test for test in tests if test is not None)
    if len(known) < len(tests) or "advanced" in early:
        return None
    return known[0] if len(known) == 1 else AnyOf(known)


def _days(words: str | None) -> int | None:
    durations = find_durations(words or "")
    return durations[0].days[0] if durations and durations[0].days else None
