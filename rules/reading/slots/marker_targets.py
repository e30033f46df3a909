"""« Altération actionnable », « driver disposant d'un traitement approuvé »: what has a target in the trial's organ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, MarkerIs, Polarity, Test, leaves
from rules.hinted import hinted
from rules.junctions import either
from rules.marker_results import MarkerDemand
from rules.markers import MARKERS
from rules.reading.clause import Clause, Found
from rules.reading.marker_rest import others_of, others_open, targets_of
from rules.reading.marker_tokens import words_of
from rules.reading.marker_words import CLASS, FILLER, MARKER, SEPARATOR, VARIANT
from rules.reading.markers import recognise
from rules.reading.segments import words_left

_CHANGE = (
    r"(?:alterations?|anomalies?|aberrations?|mutations?|addictions?|drivers?|oncogenes?|cibles?|biomarqueurs?|"
    r"biomarkers?|abnormalit\w+)"
)
_ADJECTIVE = (
    r"(?:genomi\w+|genetiques?|genetic|moleculaires?|molecular|oncogeni\w+|tumora\w+|driver|motrices?|conductrices?|"
    r"activatrices?|activating|connue?s?|known|majeure?s?|identifiee?s?|somatiques?|somatic)"
)
_TARGET = (
    r"(?:actionn?ables?|ciblables?|targetables?|druggables?|"
    r"accessibles? a (?:une? )?(?:therapie|traitement|tt|ttt)s? (?:ciblee?s?|approuvee?s?)|"
    r"(?:amenable|sensitive) to (?:approved )?targeted (?:therap\w+|treatments?)|with approved targeted therap\w+|"
    r"(?:avec|ayant|disposant d'|pour l(?:aquelle|esquelles|equel)s? (?:il existe|existe)|justifiant d'|"
    r"relevant d'|with|"
    r"having|for which)\s?(?:une? |an? )?(?:autorisee? |approved |available |validee? )?"
    r"(?:therapie|traitement|tt|ttt|targeted|therapy|treatment)s?\s?(?:ciblee?s?|cible|targeted|therap\w+|treatments?)?"
    r"\s?(?:approuvee?s?|validee?s?|autorisee?s?|disponibles?|approved|available|rembourse\w*)?)"
)
_ABLE = r"(?:actionn?able|targetable|druggable)"
_WHEN = (
    r"(?:\s(?:en|dans|pour|in|for|as)\s(?:la |the )?(?:l ?1|1ere ligne|premiere ligne|1re ligne|first[- ]line|"
    r"cette indication|this (?:indication|setting)))?(?:\s\((?:aga|aod)\))?"
)
_TARGETS = hinted(
    rf"(?<![a-z])(?:(?:toute?s?|une?|any|all|autres?|other|another|d'autres?)\s){{0,3}}(?:{_ADJECTIVE}\s){{0,2}}"
    rf"{_CHANGE}(?:\s{_ADJECTIVE}){{0,3}}(?:\s{_TARGET}){{1,2}}{_WHEN}(?![a-z])|"
    rf"(?<![a-z])(?:(?:toute?s?|autres?|any|other)\s){{0,2}}(?:aga|actionable genomic alterations?)(?![a-z])"
    rf"(?:\s{_ADJECTIVE}){{0,1}}|"
    rf"(?<![a-z])(?:(?:any|all|other|another|an?)\s){{0,2}}(?:{_ADJECTIVE}\s){{0,2}}{_ABLE}\s(?:{_ADJECTIVE}\s){{0,2}}"
    rf"{_CHANGE}(?![a-z])|"
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
    rf"(?:\s{_ADJECTIVE}){{0,3}}(?=\s?(?:\(|,\s?)(?:p|ex|e\.g|telle?s? que|such as|notamment|dont|including))"
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
_DENIED = re.compile(r"(?:(?<![a-z])(?:sans|ni|without|no|aucune?)\s|(?:pas|absence) d(?:e |'))(?:any |known )*$")
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
        listed = _LISTED.match(clause.plain, match.end())
        asked = _listed(clause, listed) if listed else []
        if listed and not asked:
            continue
        if _ANOTHER.search(match[0]):
            if len(asked) < _ENOUGH and (rest := _of_the_others(clause, asked, usual)) is not None:
                yield Found(match.start(), (listed or match).end(), rest, Kind.BIOMARKER)
                continue
            if len(asked) < _ENOUGH:
                continue
        elif not usual:
            continue
        elif listed is None or listed[1]:
            named = frozenset(one for demand in asked for one in demand.markers)
            asked += [one for one in usual if not any(MARKERS.covers(two, min(one.markers)) for two in named)]
        denied = _DENIED.search(clause.plain, 0, match.start())
        start, end = (denied or match).start(), (listed or match).end()
        yield Found(start, end, _test(asked, denied=denied is not None), Kind.BIOMARKER)


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
    if clause.polarity is not Polarity.EXCLUSION or not usual:
        return None
    if _DENIED.search(clause.plain):
        return None
    named = frozenset(one for word in words_of(clause) if word.part == MARKER for one in word.markers)
    rest = others_open(clause.plain, named, clause.organs)
    listed: list[Test] = [MarkerIs(one) for one in asked]
    return either([*listed, *([rest] if rest else [])]) if listed or rest else None


def _test(asked: Sequence[MarkerDemand], *, denied: bool) -> Test:
    if denied:
        return AllOf(tuple(MarkerIs(replace(one, presence="absent")) for one in asked))
    return AnyOf(tuple(map(MarkerIs, asked)))


def _listed(clause: Clause, listed: re.Match[str]) -> list[MarkerDemand]:
    """What the parenthesis names, read as alternatives; none where some of it is not read."""
    inner = Clause(f"alteration : {clause.text[listed.start(2) : listed.end(2)]}", Polarity.INCLUSION, clause.organs)
    found = recognise(inner)
    tests = [leaf for one in found for leaf in leaves(one.test)]
    if words_left(inner, 0, len(inner.plain), found, parentheses=True) not in ("", "alteration"):
        return []
    asked = [one.demand for one in tests if isinstance(one, MarkerIs) and one.demand.presence == "present"]
    return asked if len(asked) == len(tests) else []
