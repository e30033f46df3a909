"""Treatments in the order of time: the last line, a drug's own line, how long it was given, what it was followed by.

« progression sous osimertinib comme ligne la plus récente », « osimertinib donné en 1re ligne », « ARPI pris au moins
12 semaines », « résection après chimio-immunothérapie néoadjuvante », « biopsie faite après progression sous … ».
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.junctions import either
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.treatments.named_treatments import Marked, Named, concepts_of, received
from rules.reading.treatments.patterns import AFTER, CAME_BACK, FILLER, INNER, PAST, WHILE, S, T
from rules.reading.treatments.settings import settings_in

_ALONE = r"(?:\s*\(?(?:en monotherapie|seule?s?|alone|as monotherapy)\)?)?"
_LATEST = (
    r"\s*,?\s*(?:(?:donnee?s?|recue?s?|administree?s?|given) )?(?:comme|en tant que|etant|en|as)\s(?:la |the |leur |"
    r"l')?(?:(?:ligne|traitement|line|therapy|regimen)s?(?: de traitement| systemique)? (?:le |la )?(?:plus recente?|"
    r"precedente?|immediatement anterieure?)|derniere? (?:ligne|traitement)(?: de traitement| systemique| recue?)*|"
    r"(?:most recent|last|immediately preceding) (?:prior )?(?:line|treatment|therapy|regimen)(?: of therapy)?)"
)
_NTH = (
    r"(?:(?P<{0}>[1-4])\s?(?:re|ere|e|eme|nde|de|st|nd|rd|th)|(?P<{0}w>premiere|deuxieme|seconde|troisieme|first|"
    r"second|"
    r"third))[ -](?:lignes?|lines?)(?: de traitement| metastatique)?"
)
_GIVEN = r"(?:donnee?s?|recue?s?|administree?s?|prescrite?s?|prise?s?|given|received|administered)"
_RANKED = (
    rf"(?P<t>{T}){_ALONE}\s*,?\s*{_GIVEN} (?:en |in |as )" + _NTH.format("n") + rf"{S}"
    r"(?:\s*,?\s*(?:ou|or) (?:en |in |as )?"
    + _NTH.format("m")
    + rf"(?:\s(?:apres|after|following) {INNER}(?P<after>{T})"
    rf"(?: de [12]\s?(?:re|e|ere|eme)(?: (?:ou|et|/) (?:de )?[12]\s?(?:re|e|ere|eme))? generation)?{_ALONE})?)?"
)
_FAILED_LAST = hinted(
    rf"(?:en )?{CAME_BACK}{FILLER}\s+(?:{WHILE}|{AFTER})\s*{INNER}(?P<t>{T}){_ALONE}{_LATEST}"
    r"(?:\s*,?\s*(?:donnee?s?|recue?s?|given)? ?(?:en |in |as )" + _NTH.format("n") + r")?"
)
_SHORT_RANKS = hinted(
    rf"(?P<failed>(?:en )?{CAME_BACK}{FILLER}\s+(?:{WHILE}|{AFTER})\s*)?{INNER}(?P<t>{T}){_ALONE}\s*,?\s*{_GIVEN} "
    rf"(?:en |in )l(?P<a>[1-4])(?:\s?(?:ou|or|/|-|a)\s?(?:en )?l(?P<b>[1-4]))?(?![\d+a-z])"
)
_IS_LAST = hinted(
    rf"(?P<t>{T}){_ALONE}\s?(?:=|etant|est|being|is|comme)\s?(?:le |la |l'|the )?(?:derniere? (?:traitement|ligne|"
    rf"therapie|{T})|"
    r"(?:traitement|ligne) (?:le |la )?plus recente?|last (?:treatment|line|therapy))(?: (?:anti-?cancereu\w+|"
    r"systemique|"
    r"recue?|received|administree?|avant l'inclusion))*"
)
_AT_MOST_CYCLES = re.compile(
    rf"(?:au (?:maximum|plus)|maximum|max\.?|≤|< ?=|pas plus d(?:e |')|no more than|up to|"
    rf"jusqu'a)\s?(?P<n>\d{{1,2}}) "
    rf"(?:cycles?|cures?)(?:\s{PAST})? (?:d(?:e |')|of ){INNER}(?P<t>{T})(?:\s{PAST})?"
)
_SHORTEST_CYCLE = 14
_RANKED_RE = hinted(_RANKED)
_SPAN = (
    r"(?:(?P<low>\d{1,2}|une?|deux|trois|quatre|six|huit|douze|three|four|six|eight|twelve)(?: ?(?:a|-|to) "
    r"?(?P<high>\d{1,2}))?"
    r"\s?(?P<unit>semaines?|sem|mois|ans?|jours?|weeks?|months?|years?|days?)(?![a-z]))"
)
_LEAST = (
    r"(?:≥ ?|> ?=? ?|au moins |at least |(?:un |a )?total (?:de |d'|of )|(?:(?:au|un) )?minimum (?:de |d')?|"
    r"pendant (?:au moins |≥ ?|plus de )?|for (?:at least )?|"
    r"depuis (?:au moins )?)"
)
_RECEIVED_FOR = (
    r"(?:(?:les |the )?(?:patiente?s?|sujets?|participante?s?|subjects?) )?(?:(?:qui|who|a|ont|ayant|avoir|doit|"
    r"doivent|"
    r"must|should|have|has|had|having|been|ete|deja|already) )*(?:(?:recu|beneficie d(?:e |')|traite(?:e|s|es)? (?:par|"
    r"pendant|avec)|received|treated (?:with|for)) ?)?"
)
_LONG_FIRST = hinted(
    rf"(?:^|(?<=[:;,.] )|(?<=ou )|(?<=et )|(?<=puis ))[\s(•*-]*{_RECEIVED_FOR}(?P<least>{_LEAST})?{_SPAN} (?:d(?:e "
    rf"|')|of )"
    rf"{INNER}(?P<t>{T})(?P<line> de " + _NTH.format("n") + rf")?{S}(?:\s(?:deja |prealable\w* )?(?:recue?s?|{PAST}))?"
)
_LONG_LAST = hinted(
    rf"(?P<t>{T}){_ALONE}\s*,?\s*(?:deja )?(?:prise?s?|recue?s?|received|taken) (?P<least>{_LEAST}){_SPAN}"
)
_IF_RECEIVED = re.compile(
    rf"^\W*(?:si|en cas d(?:e |')|if)\s?(?:traitements? (?:{PAST} )?par |prior "
    rf")?(?P<t>{T})(?:\s{PAST})?\s*[:,]\s*(?:(?:il |"
    rf"elle )?(?:doit |must )?(?:avoir ete |etre |have been )?)?(?:prise?s?|recue?s?|received|taken) "
    rf"(?P<least>{_LEAST}){_SPAN}"
    r"(?P<unless>\s*,?\s*\(?(?:sauf|except\w*|unless)\s[^();.]{3,60}\)?)?(?=\s*(?:$|[;.]))"
)
_COUNT = r"(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|huit|two|three|four|five|six|eight)(?![a-z])"
_GIVEN_THEN = (
    r"(?:recue?s?|administree?s?|delivree?s?|realisee?s?|effectuee?s?|donnee?s?|termine?e?s?|received|given|completed|"
    r"administered)"
)
_REGIMEN = (
    r"(?:(?:doublets?|triplets?|bitherapies?|tritherapies?|regimes?|protocoles?|schemas?|regimens?) "
    r"(?:(?:a base|comportant|contenant|containing|based on|with|of|avec) ?)?(?:un |une |du |de |d'|le )?)?"
)
_CYCLES = hinted(
    rf"(?:^|(?<=[:;,.] )|(?<=ou )|(?<=et )|(?<=puis )|(?<=patients )|(?<=patientes )|(?<=patient )|"
    rf"(?<=participants ))\W*(?:avoir recu |ayant recu |(?:a|ont) recu |received "
    rf")?(?P<least>{_LEAST})?{_COUNT}"
    rf"(?: ?(?:a|-|to) ?{_COUNT})? (?:cycles?|cures?|cycles? complets?) (?:d(?:e |')|of ){_REGIMEN}{INNER}(?P<t>{T})"
    rf"(?P<s>{S})(?:\s*,?\s*(?:en |in |as )" + _NTH.format("n") + r")?"
    rf"(?P<had>\s(?:(?:deja|ont ete|a ete|have been|doivent avoir ete) )?(?:{_GIVEN_THEN}|{PAST})(?![a-z]))?"
)
_OPERATED_AFTER = hinted(
    rf"(?:operee?s?|resected|(?P<surgery>{T}))(?: (?:r0|complete|curative|carcinologique|tumorale))*"
    rf"\s+(?:apres|after|following)\s+{INNER}(?P<t>{T})(?P<s>{S})(?: standard| (?:est|was) (?:complete|terminee?))?"
    r"(?P<cycles>\s*,?\s*\(?(?:au minimum|au moins|minimum|at least|≥|> ?=)\s?(?:\d{1,2}|un|deux|trois|quatre|two|"
    r"three|"
    r"four) (?:cycles?|cures?)(?: (?:complets?|completes?|recus?|recues?|de traitement))*\)?)?"
)
_SAMPLED_AFTER = hinted(
    r"(?:sur |dans |on |in )?(?:un |une |le |la |a )?(?:prelevement|biopsie|echantillon|rebiopsie|tissu|biopsy|"
    r"sample|"
    r"specimen|tissue)s?(?: (?:tumora\w+|liquide|tissulaire|tumou?r))*(?: (?:faite?s?|realisee?s?|preleve\w*|"
    r"obtenue?s?|"
    r"collected|taken|obtained|performed))?\s+(?:apres|after|following)\s+(?:la |the |une )?"
    rf"{CAME_BACK}{FILLER}\s+(?:{WHILE}|{AFTER}|d(?:e |'))\s*{INNER}(?P<t>{T})"
)
_SURGERY = frozenset({"surgery"})
_OPTIONAL = re.compile(
    r"^[^.;]{0,80}\b(?:si|if|lorsque|when|recommand\w*|facultati\w*|optionn\w*|optional|encourag\w*|souhait\w*|"
    r"prefer\w*|autoris\w*|accept\w*|allowed|permis\w*|possible\w*)\b"
)
_RELAPSED = frozenset({"progression", "relapse"})
_WORDS = {
    "un": 1, "une": 1, "premiere": 1, "first": 1, "deux": 2, "deuxieme": 2, "seconde": 2, "second": 2, "trois": 3,
    "troisieme": 3, "third": 3, "three": 3, "quatre": 4, "four": 4, "six": 6, "huit": 8, "eight": 8, "douze": 12,
    "twelve": 12,
}  # fmt: skip
_MAY_HOLD = re.compile(
    r"recent|derniere? |last |ligne|line|semaine|sem\b|mois|\bans?\b|years?\b|week|month|"
    r"resec|exerese|chirurg|opere|surgery|prelev|biops|"
    r"echantillon|tissu|sample|specimen|preceding|cycle|cure|\bl[1-4]\b"
)
_SHIFTS = re.compile(
    r"\b(?:pas|sans|no|not|jamais|never|non|sauf|hors|except\w*|aucune?|without|delai|depuis|eligib\w*|candidat\w*|"
    r"prevue?s?|planifi\w*|planned|possibles?|contre-indi\w*|derniere?s? (?:dose|cure|prise|administration|"
    r"injection)s?|"
    r"last dose|fin|arret)\b[^,;:.]*$"
)


def sequences(clause: Clause, text: Marked) -> Iterator[Found]:
    """What a clause demands of the order or the length of treatments. Exclusions are left to the other readers."""
    if clause.polarity is Polarity.EXCLUSION or not _MAY_HOLD.search(clause.plain):
        return
    for reader in (
        _failed_last,
        _ranked,
        _short_ranks,
        _is_last,
        _few_cycles,
        _long,
        _cycles,
        _operated_after,
        _sampled_after,
    ):
        yield from reader(text)


def _failed_last(text: Marked) -> Iterator[Found]:
    for match in _FAILED_LAST.finditer(text.text):
        said = Treated(treatments=frozenset(), outcomes=_RELAPSED, last=True, lines=_lines(match, "n"))
        yield from _found(text, match, said)


def _ranked(text: Marked) -> Iterator[Found]:
    """« Osimertinib donné en 1re ligne, ou en 2e ligne après TKI de 1re génération »."""
    for match in _RANKED_RE.finditer(text.text):
        first = _test(text, match, "t", Treated(treatments=frozenset(), lines=_lines(match, "n")))
        if first is None or _SHIFTS.search(text.text[: match.start()]):
            continue
        later = _lines(match, "m")
        second = _test(text, match, "t", Treated(treatments=frozenset(), lines=later)) if later else None
        before = _test(text, match, "after", Treated(treatments=frozenset())) if match["after"] else None
        if later and (second is None or (match["after"] and before is None)):
            continue
        parts = [first, *([] if second is None else [second if before is None else AllOf((second, before))])]
        yield Found(*match.span(), either(parts), Kind.LINE)


def _short_ranks(text: Marked) -> Iterator[Found]:
    """« Osimertinib donné en L1 ou L2 »."""
    for match in _SHORT_RANKS.finditer(text.text):
        ranks = frozenset(range(int(match["a"]), int(match["b"] or match["a"]) + 1))
        if ranks:
            outcomes = _RELAPSED if match["failed"] else frozenset[str]()
            yield from _found(text, match, Treated(treatments=frozenset(), lines=ranks, outcomes=outcomes))


def _is_last(text: Marked) -> Iterator[Found]:
    """« Osimertinib = dernier traitement reçu »."""
    for match in _IS_LAST.finditer(text.text):
        yield from _found(text, match, Treated(treatments=frozenset(), last=True))


def _few_cycles(text: Marked) -> Iterator[Found]:
    """« Au maximum 3 cycles de X »: held by who was treated for too short a time for more; else it is asked."""
    for match in _AT_MOST_CYCLES.finditer(text.text):
        days = _SHORTEST_CYCLE * int(match["n"])
        long = _test(text, match, "t", Treated(treatments=frozenset(), lasting_days=days))
        if long is not None and not _SHIFTS.search(text.text[: match.start()]):
            yield Found(*match.span(), AnyOf((Not(long), Unread(Kind.PRIOR_TREATMENT))), Kind.PRIOR_TREATMENT)


def _long(text: Marked) -> Iterator[Found]:
    """« ARPI pris au moins 12 semaines », « 3 à 6 mois de chimiothérapie de 1re ligne »."""
    for pattern in (_LONG_FIRST, _LONG_LAST):
        for match in pattern.finditer(text.text):
            days, most = _days(match)
            if days is None or not (match["least"] or match["high"]) or _SHIFTS.search(text.text[: match.start()]):
                continue
            lines = _lines(match, "n") if "n" in match.re.groupindex else frozenset[int]()
            least = _least(text, match, Treated(treatments=frozenset(), lasting_days=days, lines=lines))
            longer = Treated(treatments=frozenset(), lasting_days=most, lines=lines) if most else None
            more = _test(text, match, "t", longer) if longer else None
            if least is not None and (longer is None or more is not None):
                test = least if more is None else AllOf((least, Not(more)))
                yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def _cycles(text: Marked) -> Iterator[Found]:
    """« Au moins 2 cycles de chimiothérapie reçus »: it was received, how many times is for screening."""
    for match in _CYCLES.finditer(text.text):
        settings = settings_in(match["s"], forbids=False)
        told = match["least"] or match["had"] or "recu" in match[0] or "received" in match[0]
        if settings is not None and told:
            said = Treated(treatments=frozenset(), settings=settings, lines=_lines(match, "n"))
            yield from _found(text, match, said, cycles=True)


def _least(text: Marked, match: re.Match[str], said: Treated) -> Test | None:
    """Of « A associé à B », both were given and one of them so long: the other may have been stopped."""
    test = _test(text, match, "t", said)
    had = _test(text, match, "t", replace(said, lasting_days=None))
    return AllOf((had, AnyOf(test.parts))) if isinstance(test, AllOf) and had is not None else test


def if_received(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Si iBTK antérieur : reçu ≥ 8 semaines »: not received, or so long."""
    match = _IF_RECEIVED.match(text.text) if clause.polarity is Polarity.INCLUSION else None
    days = _days(match)[0] if match else None
    if match is None or days is None:
        return
    had = _test(text, match, "t", Treated(treatments=frozenset()))
    long = _test(text, match, "t", Treated(treatments=frozenset(), lasting_days=days))
    if had is not None and long is not None:
        open_ = (Unread(Kind.PRIOR_TREATMENT),) if match["unless"] else ()
        yield Found(*match.span(), AnyOf((Not(had), long, *open_)), Kind.PRIOR_TREATMENT)


def _operated_after(text: Marked) -> Iterator[Found]:
    """« Résection après chimio néoadjuvante, au moins trois cycles »: the number of cycles is for screening."""
    for match in _OPERATED_AFTER.finditer(text.text):
        settings = settings_in(match["s"], forbids=False)
        surgery = text.first(*match.span("surgery")) if match["surgery"] else None
        if settings is None or (
            match["surgery"] and (surgery is None or concepts_of(surgery, forbids=False) != _SURGERY)
        ):
            continue
        yield from _found(text, match, Treated(treatments=frozenset(), settings=settings), cycles=bool(match["cycles"]))


def _sampled_after(text: Marked) -> Iterator[Found]:
    """« Prélèvement fait après progression sous X »: X had failed; when it was taken is for screening."""
    for match in _SAMPLED_AFTER.finditer(text.text):
        if _OPTIONAL.search(text.text[match.end() :]):
            continue
        yield from _found(text, match, Treated(treatments=frozenset(), outcomes=_RELAPSED), cycles=True)


def _found(text: Marked, match: re.Match[str], said: Treated, *, cycles: bool = False) -> Iterator[Found]:
    test = _test(text, match, "t", said)
    if test is not None and not _SHIFTS.search(text.text[: match.start()]):
        whole = AllOf((test, Unread(Kind.OTHER))) if cycles else test
        yield Found(*match.span(), whole, Kind.PRIOR_TREATMENT)


def _test(text: Marked, match: re.Match[str], group: str, said: Treated) -> Test | None:
    named: Named | None = text.first(*match.span(group))
    if named is None or text.count(*match.span(group)) != 1:
        return None
    return received(named, said, forbids=False, negated=False)


def _lines(match: re.Match[str], group: str) -> frozenset[int]:
    number, word = match[group], match[f"{group}w"]
    if number or word:
        return frozenset({int(number) if number else _WORDS[word]})
    return frozenset()


def _days(match: re.Match[str]) -> tuple[int | None, int | None]:
    """The least and the most days of the match's span; one day more than the most is too long."""
    low = str(_WORDS.get(match["low"], match["low"]))
    least = find_durations(f"{low} {match['unit']}")
    groups = match.groupdict()
    most = find_durations(f"{groups['high']} {match['unit']}") if groups.get("high") else []
    return (
        least[0].days[0] if least and least[0].days else None,
        most[0].days[1] + 7 if most and most[0].days else None,
    )
