"""« Altération actionnable », « driver disposant d'un traitement approuvé »: what has a target in the trial's organ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, MarkerIs, Not, Polarity, Test, Unread, leaves
from rules.hinted import hinted
from rules.junctions import either
from rules.marker_results import MarkerDemand
from rules.markers import MARKERS
from rules.reading.clause import Clause, Found
from rules.reading.markers.recogniser import recognise
from rules.reading.markers.rest import as_target, others_of, others_open, targets_of
from rules.reading.markers.tokens import words_of
from rules.reading.markers.words import CLASS, FILLER, MARKER, SEPARATOR, VARIANT
from rules.reading.segments import words_left

_CHANGE = (
    r"(?:alterations?|anomalies?|aberrations?|mutations?|addictions?|drivers?|oncogenes?|cibles?|biomarqueurs?|"
    r"biomarkers?|abnormalit\w+)"
)
_ADJECTIVE = (
    r"(?:genomi\w+|genetiques?|genetic|moleculaires?|molecular|oncogeni\w+|tumora\w+|driver|mot(?:rice|eur)s?|conduct(?:rice|eur)s?|"
    r"activatrices?|activating|connue?s?|known|majeure?s?|identifiee?s?|somatiques?|somatic|documentee?s?|documented)"
)
_TOLD = (
    r"(?:une?|des|an?|le|la|les|de|en|in|as|pour|deja|currently|est|sont|is|are|exist\w*|localement|locally|approved|"
    r"nationalement|approuvee?s?|autorisee?s?|validee?s?|available|disponibles?|rembourse\w*|reimbursed|recommande\w*|"
    r"ciblee?s?|cible|targeted|specifiques?|tyrosine|kinases?|l ?1|1(?:ere|re|st)?|premiere|first|first-line|"
    r"front-line|ligne|line)"
)
_DRUGS = (
    r"(?=[^,;()]*\b(?:cibl|target|appro|autoris|valid|dispon|avail|tki|itk|inhib|exist|recomm|rembours))"
    rf"(?:{_TOLD}\s|l')*(?:therap(?:ies?|y)|traitements?|tt|ttt|tki|itk|treatments?|inhibit(?:eur|or)s?)(?![a-z])"
    rf"(?:\s{_TOLD}(?![a-z]))*"
)
_TARGET = (
    r"(?:actionn?ables?|ciblables?|targetables?|druggables?|"
    r"accessibles? a (?:une? )?(?:therapie|traitement|tt|ttt)s? (?:ciblee?s?|approuvee?s?)|"
    r"(?:amenable|sensitive) to (?:approved )?targeted (?:therap\w+|treatments?)|"
    r"(?:avec|ayant|disposant d'|pour (?:laquelle|lesquell?e?s|lequel) (?:il existe |il y a )?|justifiant d'|"
    rf"relevant d'|with|having|for which(?: there (?:is|are))?)\s?{_DRUGS})"
)
_ABLE = r"(?:actionn?able|targetable|druggable)"
_WHEN = (
    r"(?:\s(?:en|dans|pour|in|for|as)\s(?:la |the )?(?:l ?1|1ere ligne|premiere ligne|1re ligne|first[- ]line|"
    r"cette indication|this (?:indication|setting)))?(?:\s\((?:aga|aod)\))?"
)
_OF_ONE = (
    rf"(?:(?:{_ADJECTIVE}\s){{0,2}}{_CHANGE}(?:\s{_ADJECTIVE}){{0,2}}\s(?:d'|de |dans |of |in )"
    r"(?=(?:une? |tout |an? |any )?(?:autre|other)))?"
)
"""« altération de tout autre oncogène »: what is altered is the change."""
_TARGETS = hinted(
    rf"(?<![a-z]){_OF_ONE}(?:(?:tou(?:te?)?s?|une?|any|all|autres?|other|another)\s){{0,3}}"
    rf"(?:{_ADJECTIVE}\s){{0,2}}{_CHANGE}(?:\s{_ADJECTIVE}){{0,3}}(?:\s{_TARGET}){{1,2}}{_WHEN}(?![a-z])|"
    rf"(?<![a-z])(?:(?:toute?s?|autres?|any|other)\s){{0,2}}(?:aga|actionable genomic alterations?)(?![a-z])"
    rf"(?:\s{_ADJECTIVE}){{0,1}}|"
    rf"(?<![a-z])(?:(?:any|all|other|another|an?)\s){{0,2}}(?:{_ADJECTIVE}\s){{0,2}}{_ABLE}\s(?:{_ADJECTIVE}\s){{0,2}}"
    rf"{_CHANGE}(?![a-z])(?:\s{_TARGET})?|"
    r"(?<![a-z])(?:(?:toute?s?|une?|any)\s){0,2}(?:addictions? oncogeni\w+|oncogenic addictions?)"
    rf"(?:\s(?:{_ADJECTIVE}|{_TARGET})){{0,3}}{_WHEN}(?![a-z])(?!\s(?:au|a l'|aux|d'|de|du)\b)"
)
HINT = hinted(
    r"(?<![a-z])aga(?![a-z])|driver|oncogen|addiction|motrice|conductrice|(?:autre|other)s? (?:alteration|anomalie)|"
    r"actionn?abl|"
    r"ciblabl|targetab|druggab|therapie|traitement|\btt|treatment|therapy"
)


_OTHER_DRIVERS = re.compile(
    rf"(?<![a-z])(?:autres?|other|another)\s(?:{_ADJECTIVE}\s){{0,2}}(?:drivers?|oncogenes?|addictions?|alterations?|"
    rf"anomalies?)"
    rf"(?:\s{_ADJECTIVE}){{0,3}}(?=\s?(?:\((?:[a-z0-9][^(),]{{1,30}},|p|ex|e\.g)|(?:\(|,\s?)(?:p|ex|e\.g|telle?s? que|"
    r"such as|notamment|dont|including)))"
)
"""« Autre driver connu (p. ex. KRAS, EGFR, ALK) »: of those that are listed."""
_THAN = r"(?:que|qu'|than|en dehors d(?:e |u |es |'|e l')|hors|hormis)\s?(?:l'|la |le |les |une? |d'|the )?"
_NAMED = r"(?P<{name}>[a-z][\w.+/ ,&-]{{1,40}}?)(?=\s*(?:$|[;.()]))"
_OTHER_THAN = hinted(
    rf"(?<![a-z])(?:autres?|other|another)\s(?:{_ADJECTIVE}\s){{0,2}}{_CHANGE}(?:\s(?:{_ADJECTIVE}|{_TARGET})){{0,3}}"
    rf"\s{_THAN}{_NAMED.format(name='own')}|"
    rf"(?<![a-z])(?:(?:{_ADJECTIVE}|{_ABLE})\s){{0,3}}{_CHANGE}(?:\s(?:{_ADJECTIVE}|{_TARGET})){{0,3}},?\s"
    rf"(?:autres? (?:que|qu'|a)|other than|different(?:e|es|s)? d[eu']|en dehors d[eu']|hors)\s?(?:l'|la |le |les |"
    rf"une? |d'|"
    rf"the )?{_NAMED.format(name='own2')}"
)
"""« Autre altération motrice que ALK », "driver alteration other than MET exon 14": all others of the organ."""
_ANOTHER = re.compile(r"\b(?:autres?|other|another)\b")
_LISTED = re.compile(
    r"\s?(?:\(|,\s?)(p(?:ar|\.)? ?ex(?:emple|\.)|ex\.?|e\.g\.,?|telle?s? que|such as|notamment|dont|"
    r"including)?[ :,]*([^();]*)(?:\)|$)"
)
_RESULT = (
    r"(?:(?:test )?result(?:at)?s?(?: de tests?)?(?: documente\w*)?(?:,[^,;]{3,90},)?\s(?:d'|de |pour |for |of |"
    r"montrant |showing )(?:une? )?)?"
)
_DENIED = re.compile(
    rf"(?:(?<![a-z])(?:sans|ni|without|no|aucune?)\s|(?:pas|absence) d(?:e |'))(?:any |known |documented )*{_RESULT}$"
)
_DENIED_ANYWHERE = re.compile(_DENIED.pattern[:-1])
_BY_APPROVAL = re.compile(r"appro|autoris|valid|dispon|avail|exist|recomm|rembours|ligne|line|\bl ?1\b")
_NEGATIVE = re.compile(r"\s(?:est |sont |is |are |was |were )?negati(?:fs?|ves?)(?![a-z])")
_SOUGHT = re.compile(
    r"(?:la |une? |the )?(?:recherches?|tests?|screening|testing)(?: (?:genetique|moleculaire)s?)? "
    r"(?:d(?:e |'|es )|for )$"
)
"""« Recherche d'altération actionnable négative (EGFR, ALK) »."""
_SOUGHT_IN_VAIN = re.compile(r"^\W*(?:la |une? |the )?(?:recherches?|tests?|screening|testing)\b.*\bnegati(?:f|ve)")
_TOLD_BEHIND = re.compile(rf"\s{_TARGET}")
_AT_TARGETS = re.compile(rf"(?:{_TARGET}|{_ABLE})(?![a-z])")
_OPEN_END = re.compile(r"[\s,]*(?:\.\.\.|…|\betc\b\.?)\s*$")
_ENOUGH = 3
"""So many named ones tell which targets « une autre » means: those that are not named are the trial's own."""


def targets(clause: Clause) -> Iterator[Found]:
    """The alterations that have a target in an organ of the trial, any of them; none where its organs are not told.

    « Une autre altération ciblable » is of those that it lists, since the trial's own is none of them.
    """
    if not HINT.search(clause.plain):
        return
    usual = targets_of(clause.organs)
    if other := _other_than(clause, usual):
        yield other
        return
    for match in (*_TARGETS.finditer(clause.plain), *_OTHER_DRIVERS.finditer(clause.plain)):
        negative = _NEGATIVE.match(clause.plain, match.end())
        listed = _LISTED.match(clause.plain, (negative or match).end())
        sought = _SOUGHT.search(clause.plain, 0, match.start()) if negative else None
        denied = sought or negative or _DENIED.search(clause.plain, 0, match.start())
        start, end = min((denied or match).start(), match.start()), _end_of((listed or match).end(), clause.plain)
        end = max(end, negative.end() if negative else 0)
        asked = _listed(clause, listed) if listed else []
        if listed and not asked:
            continue
        if _ANOTHER.search(match[0]):
            if len(asked) < _ENOUGH:
                if (rest := _of_the_others(clause, asked, usual)) is not None:
                    yield Found(start, end, rest, Kind.BIOMARKER)
                continue
        elif not usual:
            continue
        elif listed is None or listed[1]:
            named = frozenset(one for demand in asked for one in demand.markers)
            asked += [one for one in usual if not any(MARKERS.covers(two, min(one.markers)) for two in named)]
        open_ = listed is None and _BY_APPROVAL.search(match[0]) is not None
        test = (_open_test if open_ else _test)(asked, denied=denied is not None)
        yield Found(start, end, test, Kind.BIOMARKER)


def _other_than(clause: Clause, usual: Sequence[MarkerDemand]) -> Found | None:
    """A driver of the organ that is none of the named ones, which an exclusion leaves out and an inclusion denies."""
    match = _OTHER_THAN.search(clause.plain) if usual else None
    if match is None:
        return None
    part = Clause(clause.text[slice(*match.span("own" if match["own"] else "own2"))], clause.polarity, clause.organs)
    named = frozenset(one for word in words_of(part) if word.part == MARKER for one in word.markers)
    told = all(word.part in (MARKER, VARIANT, SEPARATOR, FILLER, CLASS) for word in words_of(part))
    rest = others_of(usual, named) if named and told else []
    denied = _DENIED.search(clause.plain, 0, match.start())
    if not rest or (denied is None) is not (clause.polarity is Polarity.EXCLUSION):
        return None
    start = (denied or match).start()
    return Found(start, match.end(), _test(rest, denied=denied is not None), Kind.BIOMARKER)


def _of_the_others(clause: Clause, asked: Sequence[MarkerDemand], usual: Sequence[MarkerDemand]) -> Test | None:
    """« …, ou une autre altération ciblable » of an exclusion: a target of the organ that the clause does not name may
    be meant, unless it is the trial's own; who has none of them is not left out."""
    denied = _DENIED_ANYWHERE.search(clause.plain) is not None or _SOUGHT_IN_VAIN.search(clause.plain) is not None
    if not usual or denied is not (clause.polarity is Polarity.INCLUSION):
        return None
    named = frozenset(one for word in words_of(clause) if word.part == MARKER for one in word.markers)
    rest = others_open(clause.plain, named, clause.organs)
    listed: list[Test] = [MarkerIs(one) for one in asked]
    told = either([*listed, *([rest] if rest else [])]) if listed or rest else None
    return Not(told) if told and denied else told


def _end_of(end: int, words: str) -> int:
    """Behind the words of a target that follow the list: « (ROS1, RET) pour lesquelles un traitement est approuvé »."""
    told = _TOLD_BEHIND.match(words, end)
    return told.end() if told else end


def _open_test(asked: Sequence[MarkerDemand], *, denied: bool) -> Test:
    """For which of them a treatment is approved depends on the line and the day; who has none is none of them."""
    any_ = AllOf((_test(asked, denied=False), Unread(Kind.BIOMARKER)))
    return Not(any_) if denied else any_


def _test(asked: Sequence[MarkerDemand], *, denied: bool) -> Test:
    if denied:
        return AllOf(tuple(MarkerIs(replace(one, presence="absent")) for one in asked))
    return AnyOf(tuple(map(MarkerIs, asked)))


def _listed(clause: Clause, listed: re.Match[str]) -> list[MarkerDemand]:
    """What the parenthesis names, read as alternatives; none where some of it is not read."""
    words = _OPEN_END.sub("", clause.text[listed.start(2) : listed.end(2)])
    inner = Clause(f"alteration : {words}", Polarity.INCLUSION, clause.organs)
    found = recognise(inner)
    tests = [leaf for one in found for leaf in leaves(one.test)]
    if words_left(inner, 0, len(inner.plain), found, parentheses=True) not in ("", "alteration"):
        return []
    asked = [one.demand for one in tests if isinstance(one, MarkerIs) and one.demand.presence == "present"]
    asked = [as_target(one) if _AT_TARGETS.search(clause.plain) else one for one in asked]
    return asked if len(asked) == len(tests) else []
