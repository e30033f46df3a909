"""What names treatments and is for screening: a stop for toxicity, a treatment going on now, a delay before inclusion.

None is a question for the board: it speaks of how a treatment was borne, of what is given beside the trial, or of a
calendar. A stop for toxicity that is stated rules out all the same.
"""

import re
from collections.abc import Iterator

from rules.criteria import AllOf, Kind, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.named_treatments import MARK, Marked
from rules.reading.treatment_minus import ids_of

_EVENT = (
    r"(?:effets? (?:indesirables?|secondaires?)|evenements? indesirables?|eig?s?|toxicites?|iraes?|reactions?|"
    r"complications?|adverse (?:events?|reactions?|effects?)|side effects?|toxicit(?:y|ies)|aes?)"
)
_TO_STOP = (
    r"(?:(?:ayant|qui (?:a|ont)|a|ont) )?(?:conduit|entrain\w+|necessit\w+|motiv\w+|impos\w+|justifi\w+|fait|"
    r"amene|mene|"
    r"aboutissant|conduisant|abouti) (?:a |au )?(?:l'|la |son |sa |leur |un |une )?"
    r"(?:arret\w*|interr\w+|discontinu\w+|suspen\w+)|"
    r"(?:that |which )?(?:leading|led|requir\w+|result\w+)(?: to| in)? (?:permanent |treatment |the |its )*"
    r"(?:discontinu\w+|withdrawal|cessation)"
)
_STOPPED_BY = hinted(
    rf"^\W*(?:(?:tout|toute|une?|any|antecedents? d(?:e|')|history of|prior|previous|an?) ?)*(?:[\w≥>=-]+ "
    rf"){{0,4}}?{_EVENT}"
    rf"(?![a-z])[^;.]*{MARK}[^;.]*(?<![a-z])(?:{_TO_STOP})|"
    rf"^\W*(?:(?:tout|toute|une?|any|antecedents? d(?:e|')|history of|prior|previous|an?) ?)*(?:[\w≥>=-]+ "
    rf"){{0,4}}?{_EVENT}"
    rf"(?![a-z])[^;.]*(?<![a-z])(?:{_TO_STOP})[^;.]*{MARK}"
)
_WHY = r"(?:pour|en raison d\w+|suite a|a cause d\w+|du fait d\w+|sur|due to|because of|for|owing to)"
_STOPPED_FOR = hinted(
    rf"(?=[^;]*{MARK})^[^;.]*\b(?:arret\w*|interr\w+|stopp\w*|suspen\w+|discontinu\w+|withdrawn)\b[^;.]*\b{_WHY}"
    r" (?:une? |des |l'|la |le |an? |any )?(?:[\w≥-]+ ){0,3}?(?:toxicit\w+|intoleran\w+|(?:mauvaise )?tolerance|"
    r"effets? (?:indes|second)\w*|eig?s?|evenements? indes\w*|iraes?|adverse|side effects?|aes?)(?![a-z])"
)
_DENIED = re.compile(r"\b(?:pas d|sans|absence|aucune?|jamais|no|not|never|without|n'a)\b")
_NARROWED = re.compile(
    r"\bgrade|\bg ?[1-4≥>]|sever|grave|serious|immuno-?(?:indu|medi|rel)|immune|irae|irrevers|non resol|life|pronostic|"
    r"\bnon\b|sauf|except|hors|specifi"
)
_NOW = (
    r"(?:en cours|concomitante?s?|actuel(?:le)?s?|simultane(?:e|s|es)?|concurrent(?:ly)?|ongoing|current(?:ly)?|"
    r"associee?s? pendant (?:l'etude|l'essai))"
)
_GOING_ON = re.compile(
    rf"^\W*(?:(?:patients? )?(?:recevant|receiving) )?(?:tout|toute|any|autres?|other|participation|"
    rf"concurrent)(?![a-z])"
    rf"(?:[^;:.()]*(?<![a-z]){_NOW}(?![a-z])[^;:.,()]{{0,40}}|(?<=concurrent)[^;:.()]*)$"
)
_PAST = re.compile(
    r"\b(?:anterieur\w*|prealables?|deja|recue?s?|atcd|antecedents?|prior|previous\w*|received|expose\w*|depuis|"
    r"jours?|semaines?|mois|weeks?|days?|months?|progress\w*|echec|refract\w*)\b"
)
_DONE = r"(?:termine|arrete|acheve|interrompu|stoppe|fini|complete|complet|discontinued|stopped|completed|finished)\w*"
_SPAN = r"(?:au moins|minimum|≥|>|plus de|at least|more than)\s?=?\s?(?:\d{1,2}|deux|trois|quatre|six|two|three|four)"
_BEFORE_ENTRY = re.compile(
    rf"{MARK}[^;.]*(?<![a-z]){_DONE}(?![a-z])[^;.]{{0,20}}{_SPAN}\s?(?:semaines?|sem|jours?|j|mois|weeks?|days?|months?)"
    r"(?![a-z])\s(?:avant|before|prior to|precedant) (?:l'|la |le |the |son |study )?(?:entree|inclusion|randomi\w+|"
    r"debut|enrol\w+|registration|enregistrement|c1|premiere|first|administration|traitement|study|treatment|"
    r"intervention|selection|signature)"
)
_OF_THE_COURSE = re.compile(r"progress|rechut|recidiv|relaps|repon|respon|refract|resist|lignes?\b|lines?\b")
_MAY_HOLD = hinted(
    r"arret|interr|discontinu|suspen|withdraw|cessation|cours|concomit|actuel|simultan|concurrent|ongoing|current|"
    r"termin|acheve|stopp|complet|finish|fini"
)


def for_screening(clause: Clause, text: Marked) -> Iterator[Found]:
    """Such sentences, each as a whole."""
    if not _MAY_HOLD.search(clause.plain):
        return
    whole = (0, len(clause.plain))
    if clause.polarity is Polarity.EXCLUSION:
        stopped = _STOPPED_BY.search(text.text) or _STOPPED_FOR.search(text.text)
        if stopped and not _DENIED.search(clause.plain):
            yield Found(*whole, _stopped(clause, text), Kind.OTHER)
        elif _GOING_ON.match(clause.plain) and not _PAST.search(clause.plain):
            yield Found(*whole, Unread(Kind.OTHER), Kind.OTHER)
    elif _BEFORE_ENTRY.search(text.text) and not _OF_THE_COURSE.search(clause.plain):
        yield Found(*whole, Unread(Kind.WASHOUT), Kind.WASHOUT)


def _stopped(clause: Clause, text: Marked) -> Test:
    """One of the treatments named was stopped for toxicity; how bad it was, or of what sort, is not told."""
    named = [ids_of(one) for one in text.lists.values()]
    ids = frozenset(id_ for each in named if each for id_ in each)
    if not ids:
        return Unread(Kind.OTHER)
    stopped = Treated(treatments=ids, outcomes=frozenset({"toxicity"}))
    return AllOf((stopped, Unread(Kind.OTHER))) if _NARROWED.search(clause.plain) else stopped
