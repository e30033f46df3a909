"""How a course of treatment went: stopped for toxicity, the last before the trial, given in one line with another.

Each is read as one stretch of the clause.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, StandardExhausted, Test, Treated, Unread
from rules.hinted import hinted
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.treatments.named_treatments import MARK, Joint, Marked, received
from rules.reading.treatments.patterns import (
    AFTER,
    ANYTIME,
    CAME_BACK,
    FILLER,
    INNER,
    OF_THIS_CANCER,
    PAST,
    SUCH_AS,
    TIME,
    WHILE,
    S,
    T,
)
from rules.reading.treatments.settings import settings_in
from rules.reading.treatments.states import in_this_disease

_TOXICITY = (
    r"(?:une? |des? |d'une? |d'|de |l'|la )?(?:(?:cause|raison) d(?:e |'|'une? )?)?(?:toxicites?|intolerances?|"
    r"effets? (?:indesirables?|secondaires?)|eig?s?|evenements? indesirables?|adverse (?:events?|reactions?)|aes?|"
    r"toxicity|toxicities|intolerance)(?![a-z])"
)
_DUE = (
    r"(?:pour|en raison d(?:e |'|'une? )?|a cause d(?:e |')|suite a|liee? a|due? a|due to|for|because of|owing to)\s?"
)
_HOW = r"(?:\s(?:definitif|definitive(?:ment)?|prealable|anterieure?|permanente?|permanently|premature|precoce))*"
_STOPPED_FIRST = re.compile(
    rf"(?:arrets?|interruptions?|discontinuation){_HOW}\s(?:d(?:e |'|u |es )|of )\s*{INNER}(?P<t>{T})(?:\s{PAST})?"
    rf"\s{_DUE}{_TOXICITY}(?P<tail>[^,;.()]*)"
)
_STOPPED_LAST = hinted(
    rf"(?P<t>{T})(?:\s{PAST})?\s(?:arretee?s?|interrompue?s?|stoppee?s?|discontinued|stopped){_HOW}\s{_DUE}{_TOXICITY}"
    r"(?P<tail>[^,;.()]*)"
)
_NOT_BORNE = re.compile(
    rf"(?:intolerances?|toxicites?)(?:\s(?:severe|grave|majeure|documentee?|{PAST}))*\s(?:a|aux?|to|sous|avec)\s*"
    rf"{INNER}(?P<t>{T})(?P<tail>\s(?:ayant|with|avec|qui)\s[^,;.()]*)?(?=\s*(?:$|[,;.]))"
)
_PLAIN_TAIL = re.compile(
    r"\s*(?:ayant (?:conduit|mene|entraine) a [^,;.()]*|immuno-?(?:mediee?s?|induite?s?)|immune-mediated)?\s*$"
)
_NTH = (
    r"(?:(?:en|in|as)\s)?(?:(?P<n>[1-4])\s?(?:re|ere|e|eme|nde|de|st|nd|rd|th)|(?P<w>premiere|deuxieme|seconde|"
    r"troisieme|first|second|third))[ -](?:lignes?|lines?)"
)
_RANKS = {"premiere": 1, "first": 1, "deuxieme": 2, "seconde": 2, "second": 2, "troisieme": 3, "third": 3}
_NUMBERS = r"(?:\s*\([^()]*\b(?:cycles?|cures?|min|max)\b[^()]*\))?"
_WITH = r"\s*(?:,\s*)?(?:avec|et|\+|associee?s? a|en association avec|combinee?s? a|with|and|plus)\s"
_GIVEN_IN_LINE = hinted(
    rf"(?:(?:a|ont|ayant|avoir|has|have|having|deja)\s)*(?:recu|received)\s(?:en |in |as )?{_NTH}{S}\s{INNER}(?P<t>{T})"
    rf"{_NUMBERS}(?:{_WITH}{INNER}(?:traitements? )?(?:a base d(?:e |'))?(?P<u>{T}){_NUMBERS})?"
    r"(?:,?\s(?:q+|quel\w*)\s?(?:que )?soi(?:t|en)t? [^,;.()]*)?(?=\s*(?:$|[,;.]))"
)
_WAS_LAST = hinted(
    rf"(?P<one>une? seule |only one )?{CAME_BACK}{FILLER}\s+(?:{WHILE}|{AFTER})\s*{INNER}(?P<t>{T})\s*,?\s*(?:qui |"
    r"which )?(?:doi(?:t|vent) (?:etre|avoir ete)|est|etant|a ete|must be|must have been|is|was|being)\s(?:le |la |"
    r"the )?(?:derniere?s? (?:traitements?|lignes?)|last (?:treatment|therapy|line)|(?:traitement|ligne) (?:le |la )?"
    r"plus recente?)(?:\s(?:recue?s?|received|administree?|systemique|de traitement))*"
)
_ONLY_ONE = re.compile(
    rf"(?:un seul|une seule|only one|a single)\s(?:prior |previous )?(?P<t>{T})(?:\s(?:deja recue?|{PAST}|recue?|"
    rf"received))+(?P<every>\s*,?\s*en situation adjuvante?,? (?:(?:ou|et) )?(?:localement )?avancee?,? "
    rf"(?:ou|et) metastatique)?(?P<s>{S})"
    r"(?:\s*,?\s*seule?s? ou (?:associee?s?|en (?:association|combinaison)))?"
)
_EARLY_AND_RECENT = hinted(
    rf"^[^\w{MARK}]*(?:tout |toute |any )?(?P<t>{T})(?:\s{PAST})?(?P<s>{S})(?:\s(?:recue?s?|terminee?s?|administree?s?|"
    rf"received|completed|{PAST}))?\s"
    rf"(?:dans (?:les|un delai de)|au cours des|within|(?:depuis )?moins d(?:e|')|<|≤|in the last)\s?(?:the |last |"
    rf"derniers? |"
    rf"past )*(?P<time>{TIME})(?:\s(?:precedant|avant|before|prior to|preceding|of)\s[^,;.()]*)?\W*$"
)
_STANDARD_HAD = hinted(
    r"(?:(?:a|ont|ayant|avoir|has|have|having|deja)\s)*(?:recu|received)\s(?:le |les |the )?"
    r"(?:(?:traitements?|therap\w+|treatments?) (?:standards?|de reference)(?: (?:disponibles?|approuves?|available))?|"
    r"standard (?:therap\w+|treatments?))"
    r"(?=\s*(?:$|[,;.]|ou (?:sans|pas|aucun|n'ayant|non)))"
)
_STANDARD_IS = hinted(
    r"(?:(?:a|ont|ayant|avoir|has|have|having|deja)\s)*(?:recu|received)\s(?:le |les |the )?"
    r"(?:traitements?|treatments?) (?:standards?|de reference)\s*\((?P<list>[^();]{3,200})\)"
    r"(?=\s*(?:$|[,;.]))"
)
_LOOSE = re.compile(r"\b(?:ou|or|si|if|sauf|except\w*|avec ou sans|with or without|non|pas|no|not|eventuel\w*)\b|±")
_NONE_BUT = re.compile(
    rf"^[^\w{MARK}]*(?:aucun |aucune |pas d(?:e |')|absence d(?:e |')|jamais d(?:e |')|no )(?:prior |"
    rf"previous )?(?P<t>{T})"
    rf"(?P<s>{S})(?:\s{PAST})?(?P<s2>{S})(?:{OF_THIS_CANCER})?(?P<s3>{S})\s*,?\s*\(?\s*(?:sauf|hormis|hors|except\w*|"
    r"a l'exception|unless|other than)(?![a-z]).*$"
)
_PERMITTED_SOME = hinted(
    rf"^[^\w{MARK}]*(?:tout |toute |any )?(?P<t>{T})(?P<s>{S})\s{PAST}(?P<s2>{S})[^,;.()]*\([^()]*(?:accepte\w*|"
    rf"autorise\w*|"
    r"permis\w*|tolere\w*|admis\w*|\bok\b|allowed|permitted|accepted)[^()]*\)\W*$"
)
_SHIFTS = re.compile(r"\b(?:pas|sans|no|not|jamais|never|non|sauf|hors|except\w*|aucune?|without|si|if|ni)\b[^,;:.]*$")
_END_OF_SUCH = r"(?=\s*(?:$|[,;.)]))"
_EARLY_ALONE = re.compile(
    rf"^[^\w{MARK}]*(?:toute? |any |une? )?(?P<t>{T})(?P<s>{S})(?P<own>{OF_THIS_CANCER})?"
    rf"(?:\s*\((?P<detail>{T})\))?(?P<such>{SUCH_AS.replace(_END_OF_SUCH, '')})?(?P<any>{ANYTIME})?[^\w{MARK}]*$"
)
_EARLY = frozenset({"neoadjuvant", "adjuvant", "curative"})
_RELAPSED, _TOXIC = frozenset({"progression", "relapse"}), frozenset({"toxicity"})
_MAY_HOLD = hinted(
    r"arret|interr|discontinu|stopp|intoleran|toxicit|recu|received|derniere?|last|recent|seule?|single|only|dans |"
    r"within|moins|cours|[<≤]|sauf|hormis|hors|except|unless|other than|accept|autoris|permis|toler|"
    r"admis|\bok\b|allow"
)


def courses(clause: Clause, text: Marked) -> Iterator[Found]:
    """What a clause says of how a treatment went."""
    if clause.polarity is Polarity.EXCLUSION:
        yield from _early_alone(text)
    if not _MAY_HOLD.search(clause.plain):
        return
    yield from _stopped(clause, text)
    if clause.polarity is Polarity.EXCLUSION:
        yield from _early_and_recent(text)
        return
    yield from _in_a_line(text)
    yield from _was_last(text)
    yield from _only_one(text)
    yield from _standard_is(text)
    for match in _STANDARD_HAD.finditer(clause.plain):
        if not _SHIFTS.search(clause.plain[: match.start()]):
            any_ = Treated(treatments=frozenset({"anticancer_treatment"}))
            yield Found(*match.span(), AllOf((any_, StandardExhausted())), Kind.PRIOR_TREATMENT)


def left_open(clause: Clause, text: Marked) -> Iterator[Found]:
    """What is known of a clause whose exception or permission is not: only where nothing better was read."""
    if _MAY_HOLD.search(clause.plain):
        yield from _permitted_some(text) if clause.polarity is Polarity.EXCLUSION else _none_but(text)


def _stopped(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Arrêt antérieur de X pour toxicité »: a grade or a sort of toxicity is left open."""
    if clause.polarity is Polarity.INCLUSION:
        return
    for pattern in (_STOPPED_FIRST, _STOPPED_LAST, _NOT_BORNE):
        for match in pattern.finditer(text.text):
            test = _test(text, match, "t", Treated(treatments=frozenset(), outcomes=_TOXIC), forbids=True)
            if test is None or _SHIFTS.search(text.text[: match.start()]):
                continue
            plainly = _PLAIN_TAIL.match(match["tail"] or "")
            whole = test if plainly else AllOf((test, Unread(Kind.PRIOR_TREATMENT)))
            yield Found(*match.span(), whole, Kind.PRIOR_TREATMENT)


def _early_and_recent(text: Marked) -> Iterator[Found]:
    """« Traitement systémique adjuvant dans les 12 mois précédant … »."""
    match = _EARLY_AND_RECENT.match(text.text)
    settings = settings_in(match["s"], forbids=True) if match else None
    durations = find_durations(match["time"]) if match else []
    if match and settings is not None and durations and durations[0].days:
        like = Treated(treatments=frozenset(), settings=settings, within_days=durations[0].days[0])
        test = _test(text, match, "t", like, forbids=True)
        if isinstance(test, Treated) and test.settings:
            yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def _early_alone(text: Marked) -> Iterator[Found]:
    """« Chimiothérapie néoadjuvante » among the exclusions: it needs no other cue."""
    match = _EARLY_ALONE.match(text.text) if 0 < len(text.lists) < 3 else None
    named = text.first(*match.span("t")) if match else None
    settings = settings_in(match["s"], forbids=True) if match else None
    if match is None or named is None or settings is None or text.count(*match.span("t")) != 1:
        return
    if re.search(r"adj\S* (?:ou|et|or|and|comme|/)", match["any"] or ""):
        return
    if match["detail"]:
        own = [settings_in(item.words, forbids=True) for item in named.items]
        if len(own) != 1 or own[0] is None or text.count(*match.span("detail")) != 1:
            return
        settings, named = settings | own[0], text.first(*match.span("detail")) or named
    test = received(named, Treated(treatments=frozenset(), settings=settings), forbids=True, negated=False)
    if isinstance(test, Treated) and not test.settings and _said_of_any(match, test):
        yield Found(*match.span(), in_this_disease(test) if match["own"] else test, Kind.PRIOR_TREATMENT)
    if isinstance(test, Treated) and test.settings and test.settings <= _EARLY:
        yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def _said_of_any(match: re.Match[str], test: Treated) -> bool:
    """« Traitement systémique pour ce cancer », « immunothérapie, même en adjuvant », « RT pelvienne »: received."""
    of_a_site = test.treatments <= _SITES
    wide = test.treatments & {"anticancer_treatment", "surgery"}
    return of_a_site or (not wide and bool(match["own"] or match["any"] or match["such"]))


_SITES = frozenset(
    {
        "pelvic_radiotherapy",
        "thoracic_radiotherapy",
        "abdominal_radiotherapy",
        "liver_radiotherapy",
        "breast_radiotherapy",
        "head_neck_radiotherapy",
        "allogeneic_transplant",
    }
)


def _permitted_some(text: Marked) -> Iterator[Found]:
    """« Traitement systémique antérieur du CCR métastatique (2 cures acceptées) »: who had none is not reached."""
    match = _PERMITTED_SOME.match(text.text)
    test = _test(text, match, "t", Treated(treatments=frozenset()), forbids=True) if match else None
    if match and test is not None:
        yield Found(*match.span(), AllOf((test, Unread(Kind.PRIOR_TREATMENT))), Kind.PRIOR_TREATMENT)


def _in_a_line(text: Marked) -> Iterator[Found]:
    """« A reçu en 1re ligne une chimio à base de platine (2 cycles au moins) avec un anti-PD-1 »."""
    for match in _GIVEN_IN_LINE.finditer(text.text):
        rank = int(match["n"]) if match["n"] else _RANKS[match["w"]]
        like = Treated(treatments=frozenset(), lines=frozenset({rank}))
        names = ["t", *(["u"] if match["u"] else [])]
        tests = [_test(text, match, name, like, forbids=False) for name in names]
        parts = tuple(test for test in tests if test is not None)
        if len(parts) == len(tests) and not _SHIFTS.search(text.text[: match.start()]):
            cycles = (Unread(Kind.OTHER),) if "(" in match[0] else ()
            whole = AllOf((*parts, *cycles)) if len(parts) + len(cycles) > 1 else parts[0]
            yield Found(*match.span(), whole, Kind.PRIOR_TREATMENT)


def _was_last(text: Marked) -> Iterator[Found]:
    """« Une seule progression sous X, qui doit être le dernier traitement reçu »: how often is for screening."""
    for match in _WAS_LAST.finditer(text.text):
        like = Treated(treatments=frozenset(), outcomes=_RELAPSED, last=True)
        test = _test(text, match, "t", like, forbids=False)
        if test is not None and not _SHIFTS.search(text.text[: match.start()]):
            whole = AllOf((test, Unread(Kind.OTHER))) if match["one"] else test
            yield Found(*match.span(), whole, Kind.PRIOR_TREATMENT)


def _only_one(text: Marked) -> Iterator[Found]:
    """« Un seul TKI de l'EGFR déjà reçu »: one was received, that it was the only one is for screening."""
    for match in _ONLY_ONE.finditer(text.text):
        settings = frozenset[str]() if match["every"] else settings_in(match["s"], forbids=False)
        if settings is None or _SHIFTS.search(text.text[: match.start()]):
            continue
        test = _test(text, match, "t", Treated(treatments=frozenset(), settings=settings), forbids=False)
        if test is not None:
            yield Found(*match.span(), AllOf((test, Unread(Kind.OTHER))), Kind.PRIOR_TREATMENT)


def _standard_is(text: Marked) -> Iterator[Found]:
    """« Ayant reçu le traitement standard (exérèse puis radiochimiothérapie) »: each part of it; doses come later."""
    for match in _STANDARD_IS.finditer(text.text):
        if _SHIFTS.search(text.text[: match.start()]) or _LOOSE.search(match["list"]):
            continue
        named = [one for at, one in text.lists.items() if match.start("list") <= at < match.end("list")]
        if any(len(one.items) > 1 and one.joint is not Joint.ALL for one in named):
            continue
        tests = [received(one, Treated(treatments=frozenset()), forbids=False, negated=False) for one in named]
        parts = [one for test in tests for one in (test.parts if isinstance(test, AllOf) else (test,)) if one]
        if parts and None not in tests:
            yield Found(*match.span(), AllOf((*parts, Unread(Kind.OTHER))), Kind.PRIOR_TREATMENT)


def _none_but(text: Marked) -> Iterator[Found]:
    """« Aucun traitement systémique antérieur, sauf … »: who had none answers, of who had some nobody knows."""
    match = _NONE_BUT.match(text.text)
    settings = settings_in(" ".join(match[name] or "" for name in ("s", "s2", "s3")), forbids=True) if match else None
    if match is None or settings is None:
        return
    test = _test(text, match, "t", Treated(treatments=frozenset(), settings=settings), forbids=True)
    if test is not None:
        yield Found(*match.span(), AnyOf((Not(test), Unread(Kind.PRIOR_TREATMENT))), Kind.PRIOR_TREATMENT)


def _test(text: Marked, match: re.Match[str], group: str, said: Treated, *, forbids: bool) -> Test | None:
    named = text.first(*match.span(group))
    if named is None or text.count(*match.span(group)) != 1:
        return None
    return received(replace(named), said, forbids=forbids, negated=False)
