"""Slot reader of sentences about metastases: where they are, where else, how many, since when.

A sentence is a row of slots: metastases, sites, « seulement », « ailleurs que », numbers, when found, joints. How many
and what they are like is left open beside what is asked. A word of no class leaves the sentence to the others.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rules.criteria import AllOf, AnyOf, Kind, Measurable, MetastasisIn, Not, Polarity, State, StateIs, Test, Unread
from rules.hinted import hinted
from rules.junctions import either, together
from rules.organs import METASTATIC_SITE_NAMES
from rules.reading.clause import Clause
from rules.reading.disease.roles import FIRST_SEEN, HIGH_VOLUME, LATER_SEEN, METASTATIC, NOT_METASTATIC
from rules.reading.joining import Read, Row

_OPEN: Test = Unread(Kind.EXTENT)
_COUNT: Test = Unread(Kind.OTHER)
"""How many there are is counted on the images of the screening."""
_HINT = hinted(r"metasta|\bm1|\bm\+|secondaires?\b|secondary|dissemin")
_NUMBER = r"(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|dix|one|two|three|four|five)"
_LIMIT = (
    r"(?:[<>≥≤]\s?=?|=|au moins|au plus|au maximum|maximum(?: de)?|max\.?|jusqu'a|plus d(?:e|')|moins d(?:e|')|"
    r"pas plus d(?:e|')|at least|at most|up to|more than|fewer than|less than|no more than|entre|between|nombre "
    r"d(?:e|'))"
)
_COUNTED = (
    r"(?:(?:lesions?|localisations?|sites?|foyers?)(?! (?:\w+ )?(?:metasta|second|extra))|organes?|organs?|cibles?)"
)
_CLASSES: tuple[tuple[str, str], ...] = (
    (
        "x",
        r"(?:(?:toute )?(?:autres?|localisations?|sites?) (?:autres? )?(?:que|qu')|autres? (?:que|qu')|hors(?: de)?|"
        r"en dehors d(?:e|'|u|es)|a l'exclusion d(?:e|'|u|es)|other than|outside(?: of)?|excluding|beyond|"
        r"au-?\s?dela d(?:e|'|u|es))(?: (?:la|le|l'|les|the))?",
    ),
    ("E", r"extra-?\s?(?:crani\w+|cerebra\w+)"),
    ("e", r"extra-?\s?(?=[a-z]{4})"),
    ("a", r"(?:toutes? )?autres?|(?:any )?other"),
    ("u", r"que(?: (?:la|le|l'|les))?|qu'(?:aux? )?|than"),
    (
        "t",
        r"(?:synchrones?|synchronous|d'emblee|de novo|initiales?|au diagnostic(?: initial)?|at diagnosis)\s?"
        r"(?:ou|et|or|and|/|et/ou)\s?(?:metachrones?|metachronous|secondairement)|metachrones?\s?(?:ou|et|"
        r"/)\s?synchrones?",
    ),
    (
        "s",
        r"synchrones?|synchronous|d'emblee|de novo|presentes? (?:d'emblee|au diagnostic)|(?:presentes? )?au diagnostic"
        r"(?: initial)?|at (?:initial )?diagnosis",
    ),
    ("m", r"metachrones?|metachronous"),
    (
        "N",
        r"(?:maladies?|atteintes?|localisations?|lesions?|sites?|foyers?|extensions?|diffusion|dissemination|processus|"
        r"stade|phase|situation|cancers?|tumeurs?|en (?:phase|situation)|au stade)\s(?:tumorales? )?(?:oligo-?)?"
        r"(?:metastati(?:ques?|c)|secondaires?(?! (?:a|au|aux) (?!distance)))(?: a distance)?|"
        r"(?:oligo-?)?metasta(?:ses?|sis|tic (?:disease|lesions?|sites?|spread|involvement|deposits?|foci))"
        r"(?: a distance)?|secondary (?:lesions?|deposits?)|distant (?:metasta(?:ses|sis|tic disease)|spread)|"
        r"(?:oligo-?)?metastati(?:ques?|c)|m1[a-d]?|m\+|dissemination a distance|maladie a distance",
    ),
    ("P", r"(?:poly|multi)-?metastati(?:ques?|c)"),
    ("D", r"a distance|distante?s?"),
    (
        "O",
        r"(?:limitee?s?|confinee?s?|restreintes?|cantonnee?s?|confined|limited|restricted)(?: (?:au|aux|a|to|dans)"
        r"(?: (?:la|l'|le|un seul|the))?| uniquement)*|(?:exclusivement|uniquement|seulement|only|exclusively|solely)"
        r"(?: (?:au|aux|a|dans)(?: (?:la|l'|le))?)?|exclusi(?:fs?|ves?)|isolee?s?|seule?s?|alone",
    ),
    (
        "c",
        rf"(?:{_LIMIT}\s?)?{_NUMBER}(?:\s?(?:a|-|et|to|and)\s?{_NUMBER})?(?: (?:ou (?:plus|moins)|or (?:more|"
        rf"less|fewer)))?"
        rf"(?: {_COUNTED})?(?: (?:au (?:maximum|plus|moins|total)|maximum|ou (?:plus|moins)))?(?![a-z0-9%.,/]|"
        rf"\s?(?:cm|mm|ans|mois|sem|jours|%|g[yl]))|"
        r"multiples?|plusieurs|uniques?|several|single|solitaires?|nombreuses",
    ),
    ("n", r"(?:pas|absence|sans|aucune?s?|no|not|without|ni|nor|non|free of|indemnes?)(?: (?:de|d'|of|any))?"),
    (
        "q",
        r"(?:actives?|symptomatiques?|asymptomatiques?|evolutives?|progressi\w+|instables?|stables?|traitee?s?|"
        r"non traitee?s?|"
        r"untreated|treated|symptomatic|simultanee?s?|concomitantes?|resecables?|non resecables?|unresectable|"
        r"resectable|mesurables?|measurable|recist(?: ?v?\d[.,]\d)?|evaluables?|douloureu\w+|menacantes?|"
        r"volumineu\w+|bilobaires?|diffuses?|"
        r"evocat\w+ d(?:e|'une?)|(?:de )?(?:plus de|moins de|[<>≥≤]\s?=?|d'au moins|au moins|jusqu'a)?\s?"
        r"\d+(?:[.,]\d+)?\s?(?:cm|mm)|massives?|psma ?\+|psma[- ]positi\w+|lytiques?|blastiques?|condensantes?|"
        r"irradiees?|osteolytiques?|"
        r"a haut risque|de (?:haut|faible|bas) (?:volume|risque)|(?:high|low)[- ](?:volume|risk))",
    ),
    ("&", r"(?:et|and|avec|with|&|\+)(?![a-z])"),
    ("o", r"(?:et/ou|and/or|ou|or)(?![a-z])|/"),
    (",", r"[,;]"),
    ("(", r"[(\[]"),
    (")", r"[)\]]"),
    (
        "_",
        r"(?:suspectee?s? ou (?:confirmee?s?|prouvee?s?|averee?s?)|(?:prouvee?s?|confirmee?s?|averee?s?) ou "
        r"suspectee?s?|(?:suspected or (?:confirmed|proven)|(?:confirmed|proven|known) or suspected)|presence|"
        r"existence|evidence|preuve|signes?|apparition|decouverte|diagnostic|antecedents? actuel|connue?s?|"
        r"known|documentee?s?|documented|prouvee?s?|proven|proved|confirmee?s?|confirmed|averee?s?|visibles?|visible|"
        r"detectables?|decelables?|identifiee?s?|radiologiques?|radiologically|histologiques?|histologiquement|"
        r"histologically|cliniques?|clinical|biopsie|biopsy|imagerie(?: conventionnelle)?|imaging|scanner|tdm|"
        r"irm|ct|mri|"
        r"tep(?:[- ](?:tdm|scan|psma|fdg))*|pet(?:[- ](?:ct|scan|psma|fdg))*|scintigraphie(?: osseuse)?|bone "
        r"scan|recist|"
        r"a l'(?:inclusion|imagerie)|patients?|patientes?|participante?s?|sujets?|subjects?|ayant|presentant|with|"
        r"avec|having|toutes?|all|any|une?|"
        r"des?|du|d'|"
        r"de la|de l'|la|le|les|l'|the|a|an|au|aux|en|sur|par|by|on|in|of|dans|avoir|maladie|disease|tumeur|cancer|"
        r"du patient|initiaux?|lesions?|sites?|localisations?|foyers?|nodules?|type|siege|niveau|"
        r"atteintes?|envahissements?|localisee?s?)(?:(?<=')|(?![a-z]))",
    ),
)
_LEXER = re.compile("|".join(f"({pattern})(?:(?<=['/,;()\\[\\] +=-])|(?![a-z]))" for _, pattern in _CLASSES))


@dataclass(frozen=True, slots=True)
class _Slot:
    letter: str
    words: str
    sites: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Said:
    """One statement of metastases: sites here, sites that do not count, and what else is said of them."""

    metastases: bool = False
    noun: bool = False
    here: frozenset[str] = frozenset()
    every: bool = False
    only: bool = False
    outside: frozenset[str] = frozenset()
    found: str = ""
    more: bool = False
    states: tuple[Test, ...] = ()
    counted: bool = False
    denied: bool = False
    examples: bool = False
    besides: frozenset[str] = frozenset()
    measured: bool = False
    harms: bool = False
    other: bool = False
    aside: bool = False
    deep: int = 0
    joint: str = ""


_OF_A_PRIMARY = re.compile(
    r"\b(?:cancers?|(?:adeno)?carcinomes?|k|tumeurs?)\s(?:primiti\w+ )?(?:du|de|des|d)\b[^,;:]*"
    r"\bmetasta(?:tiques?|ses? a distance)\b|"
    r"\bmetastatic (?:\w+ ){1,2}(?:cancer|carcinoma)|^\W*\w+\sm(?:\+|1)(?![\w])"
)
"""« Cancer du pancréas métastatique »: where it began, not where it went."""


def metastases(clause: Clause) -> Read | None:
    """The reading of a clause that speaks of metastases alone; None where it says anything else."""
    if not _HINT.search(clause.plain) or _OF_A_PRIMARY.search(clause.plain):
        return None
    slots = _slots(clause)
    if slots is None or not any(slot.letter in "NP" for slot in slots):
        return None
    parts = [_said(part) for part in _statements(slots)]
    if len(parts) > 1 and parts[0] is not None and parts[-1] is not None:
        parts[0].noun |= parts[-1].denied
    tests = [test for said in parts if said is not None and (test := _test(said)) is not None]
    if not tests or len(tests) != len(parts):
        return None
    denied = [said is not None and said.denied for said in parts]
    if any(denied[:-1]) or (len(tests) > 1 and denied[-1] and _JOINED_BEFORE.search(clause.plain)):
        return None
    test = either(tests[:-1] if denied[-1] and len(tests) > 1 else tests)
    if denied[-1] and len(tests) > 1:
        test = AllOf((test, tests[-1]))  # « métastases osseuses sans métastase viscérale »
    kept = [said for said in parts if said is not None]
    if clause.polarity is Polarity.EXCLUSION and all(said.harms for said in kept):
        return Read(((Kind.COMORBIDITY, False, test),), True)
    rows: list[Row] = [(Kind.EXTENT, True, test)]
    if clause.polarity is Polarity.INCLUSION and any(said.measured for said in kept):
        rows.append((Kind.MEASURABLE, False, Measurable()))
    return Read(tuple(rows), True)


_JOINED_BEFORE = re.compile(r"\b(?:ou|or)\b,? (?:pas|absence|sans|aucune?s?|no|not|without|non)\b")


def _slots(clause: Clause) -> list[_Slot] | None:
    """The clause as slots; None where a word is of no class or a site is not sure or has a module of its own."""
    named = {one.start: one for one in METASTATIC_SITE_NAMES.find(clause.text) if not one.ids <= _NO_SITE}
    found: list[_Slot] = []
    at, plain = 0, clause.plain
    while at < len(plain):
        if plain[at] in " .:":
            at += 1
            continue
        match = _LEXER.match(plain, at)
        site = named.get(at)
        if site is not None and (match is None or site.end >= match.end() or match.lastindex == len(_CLASSES)):
            if len(site.ids) != 1 or site.ids & _OWN_MODULE:
                return None
            found.append(_Slot("S", plain[at : site.end], site.ids))
            at = site.end
        elif match is None or match.end() == at or match.lastindex is None:
            return None
        else:
            found.append(_Slot(_CLASSES[match.lastindex - 1][0], match[0]))
            at = match.end()
    return [slot for slot in found if slot.letter != "_"]


_OWN_MODULE = frozenset({"brain", "cns", "meninges", "spinal_cord", "epidural"})
_NO_SITE = frozenset({"other", "distant_site"})


_BRAIN = frozenset({"cns"})


def _statements(slots: Sequence[_Slot]) -> Iterator[list[_Slot]]:
    """« Métastases osseuses ou maladie métastatique hépatique »: each « métastases » behind a joint begins one."""
    part: list[_Slot] = []
    deep = 0
    for index, slot in enumerate(slots):
        deep += (slot.letter == "(") - (slot.letter == ")")
        if slot.letter == "n" and not deep and _has_metastases(part):
            yield part
            part = [slot, _Slot("N", "metastases")]
        elif slot.letter in "o," and not deep and _has_metastases(part) and _has_metastases(_chunk(slots[index + 1 :])):
            yield part
            part = []
        else:
            part.append(slot)
    yield part


def _has_metastases(slots: Sequence[_Slot]) -> bool:
    return any(slot.letter in "NP" for slot in slots)


def _chunk(slots: Sequence[_Slot]) -> list[_Slot]:
    """The slots up to the next joint."""
    return list(takewhile(lambda slot: slot.letter not in "o,", slots))


def _said(slots: Sequence[_Slot]) -> _Said | None:
    """What one statement says; None where its slots do not fit together."""
    said = _Said()
    for slot in slots:
        if slot.letter in "nuN" and not _fits(said, slot):
            return None
        if slot.letter == "S":
            _at_a_site(said, slot)
        else:
            _TELLS.get(slot.letter, _joins)(said, slot)
    return said


def _fits(said: _Said, slot: _Slot) -> bool:
    """Whether a denial stands first, « que » behind « autre », and metastases are named in general but once."""
    if slot.letter == "n":
        return not (said.metastases or said.denied or said.here)
    return slot.letter == "N" or said.other


def _at_a_site(said: _Said, slot: _Slot) -> None:
    if said.deep and said.metastases and not said.aside and not said.here and not said.only:
        said.examples = True
    elif said.aside:
        said.outside |= slot.sites
    elif said.joint in ("o", ",") and said.metastases and not said.here and not said.only:
        said.besides |= slot.sites
    else:
        said.every |= said.joint == "&" and bool(said.here)
        said.here |= slot.sites
    said.joint = ""


def _named(said: _Said, slot: _Slot) -> None:
    said.metastases = True
    said.noun |= _ADJECTIVE.fullmatch(slot.words) is None
    if slot.letter == "P" or "oligo" in slot.words:
        few = StateIs(State.OLIGOMETASTATIC)
        said.states += (Not(few) if slot.letter == "P" else few,)


_ADJECTIVE = re.compile(
    r"(?:(?:maladies?|stade|phase|situation|cancers?|tumeurs?|en (?:phase|situation)|au stade)\s)?(?:oligo-?)?"
    r"metastati(?:ques?|c)(?: disease| a distance)?"
)


def _elsewhere(said: _Said, slot: _Slot) -> None:
    said.other |= slot.letter == "a"
    said.aside |= slot.letter != "a"
    said.outside |= _BRAIN if slot.letter == "E" else frozenset()


def _how_many(said: _Said, slot: _Slot) -> None:
    said.counted |= _ONE_AT_LEAST.match(slot.words) is None


_ONE_AT_LEAST = re.compile(r"(?:au moins|at least|≥|>=|>\s?=)?\s?(?:une?|1|one)\b(?! (?:a|-|seul))")


def _what_like(said: _Said, slot: _Slot) -> None:
    said.measured |= _MEASURED.match(slot.words) is not None
    said.harms |= _HARMS.match(slot.words) is not None
    volume = "volume" in slot.words
    if volume:
        said.states += (HIGH_VOLUME if _HIGH.search(slot.words) else Not(HIGH_VOLUME),)
    said.more |= _MEASURED.match(slot.words) is None and not volume
    said.every |= slot.words.startswith(("simultan", "concomit"))


_HIGH = re.compile(r"haut|high")
_MEASURED = re.compile(r"mesurable|measurable|evaluable|cibles?|recist")
_HARMS = re.compile(r"(?:a)?symptomati|instable|douloureu|menacante|volumineu|massive")
"""What is judged at the screening: whether a lesion can be measured, whether it hurts or threatens."""


def _first_told(said: _Said, slot: _Slot) -> None:
    said.found = slot.letter


def _alone(said: _Said, _: _Slot) -> None:
    said.only = True


def _deny(said: _Said, _: _Slot) -> None:
    said.denied = True


def _joins(said: _Said, slot: _Slot) -> None:
    said.deep += (slot.letter == "(") - (slot.letter == ")")
    said.aside &= slot.letter != ")" or said.deep > 0
    said.joint = slot.letter if slot.letter in "&o," else said.joint


_TELLS: Mapping[str, Callable[[_Said, _Slot], None]] = {
    **dict.fromkeys("NP", _named),
    **dict.fromkeys("xeauE", _elsewhere),
    **dict.fromkeys("sm", _first_told),
    "c": _how_many,
    "q": _what_like,
    "O": _alone,
    "n": _deny,
}


def _test(said: _Said) -> Test | None:
    """The condition that a statement puts; None where it may be meant in two ways."""
    if not said.metastases or (said.outside and said.here) or not _says_more_than_the_word(said):
        return None
    if any(Not(state) in said.states for state in said.states):
        return None  # « de haut ou de bas volume »
    if said.denied:
        return _absent(said)
    parts: list[Test] = [METASTATIC]
    if said.outside:
        parts.append(Not(MetastasisIn(said.outside, only=True)))
    elif said.here and not said.only and said.every and len(said.here) > 1:
        if not (said.more or said.counted or said.states):
            return None  # « hépatiques et osseuses »: both, or either
        return AllOf(tuple(MetastasisIn(frozenset({site})) for site in sorted(said.here)))
    elif said.here:
        parts = [MetastasisIn(said.here, said.only)]
    elif said.only:
        return None
    test = together([*parts, *_beside(said)])
    return AnyOf((test, MetastasisIn(said.besides))) if said.besides else test


def _beside(said: _Said) -> Iterator[Test]:
    """What is said of the metastases beside where they are."""
    if said.found:
        yield FIRST_SEEN if said.found == "s" else LATER_SEEN
    yield from dict.fromkeys(said.states)
    if said.more or (said.outside and said.only):
        yield _OPEN
    elif said.counted:
        yield _COUNT


def _says_more_than_the_word(said: _Said) -> bool:
    """« En situation métastatique » may be the setting of a treatment that stands beside it."""
    return said.noun or bool(said.here or said.outside or _qualified(said))


def _absent(said: _Said) -> Test | None:
    """« Sans métastase osseuse ni hépatique »: none of them."""
    if _qualified(said) or said.only or said.outside:
        return None
    nowhere: Test = Not(MetastasisIn(said.here)) if said.here else NOT_METASTATIC
    return AllOf((nowhere, Not(MetastasisIn(said.besides)))) if said.besides else nowhere


def _qualified(said: _Said) -> bool:
    """Whether more is told of the metastases than where they are."""
    return bool(said.more or said.counted or said.found or said.states)
