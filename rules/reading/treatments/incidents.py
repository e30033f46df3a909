"""What names treatments and is for screening: a stop for toxicity, a treatment going on now, a delay before inclusion.

None is a question for the board: it speaks of how a treatment was borne, of what is given beside the trial, or of a
calendar. A stop for toxicity that is stated rules out all the same.
"""

import re
from collections.abc import Iterator

from rules.criteria import AllOf, Kind, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.immune_toxicity import told_in
from rules.reading.segments import in_parenthesis
from rules.reading.treatments.minus import ids_of
from rules.reading.treatments.named_treatments import MARK, Marked
from rules.treatments import TREATMENTS

_EVENT = (
    r"(?:effets?(?: (?:indesirables?|secondaires?))?|evenements? indesirables?|eig?s?|toxicites?|iraes?|reactions?|"
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
    r"\bgrade|\bg ?[1-4≥>]|sever|grave|serious|immuno-?(?:indu|medi|rel|log)|immune|irae|irrevers|non resol|life|"
    r"pronostic|"
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
_OF_A_CANCER = re.compile(
    r"\banti-?\s?(?:cancer|tumo|neoplas)\w*|\boncolog\w*|\bchimio\w*|\bchemo\w*|\bimmunotherap\w*|\bhormono\w*|"
    r"\bsystemi(?:que|c)s? (?:anti|trait|therap|treat)|\btraitements? systemiques?|\bessais?\b|\betudes?\b|\btrials?\b|"
    r"\bstud(?:y|ies)\b|\bprotocoles?\b|\bexperimenta\w*|\binvestigational"
)
_OF_ANOTHER_MATTER = re.compile(
    r"cortico|steroid|antibio|anticoag|antivir|antifong|malignan|tumeurs? |cancers? (?:conc|en|act|sim)|maladie|"
    r"disease|"
    r"infect|cyp3a|inhibit\w+ (?:de )?cyp|medicament|substance"
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
        stopped = list(_stops(clause, text))
        if stopped:
            yield from stopped
        elif _GOING_ON.match(clause.plain) and _is_of_this_matter(clause.plain):
            yield Found(*whole, Unread(Kind.OTHER), Kind.OTHER)
    elif _BEFORE_ENTRY.search(text.text) and not _OF_THE_COURSE.search(clause.plain):
        yield Found(*whole, Unread(Kind.WASHOUT), Kind.WASHOUT)


def _is_of_this_matter(plain: str) -> bool:
    """Whether it is a treatment of cancer, or a trial, that goes on, and no medicine nor disease."""
    if _PAST.search(plain) or _OF_ANOTHER_MATTER.search(plain):
        return False
    return _OF_A_CANCER.search(plain) is not None


_OR = re.compile(r",?\s(?:ou|or|et/ou|and/or)\s")


def _stops(clause: Clause, text: Marked) -> Iterator[Found]:
    """The alternatives of an exclusion that are a stop for toxicity."""
    cuts = [match for match in _OR.finditer(text.text) if not in_parenthesis(text.text, match.start())]
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(text.text)]
    for start, end in zip(starts, ends, strict=True):
        words = text.text[start:end]
        told = _STOPPED_BY.search(words) or _STOPPED_FOR.search(words)
        if told and not _DENIED.search(clause.plain, start, end):
            yield Found(start, end, _stopped(clause.plain[start:end], text, (start, end)), Kind.OTHER)


def _stopped(words: str, text: Marked, span: tuple[int, int]) -> Test:
    """One of the treatments named was stopped for toxicity; how bad it was, or of what sort, is not told."""
    named = [ids_of(one) for start, one in text.lists.items() if span[0] <= start < span[1]]
    ids = frozenset(id_ for each in named if each for id_ in each if not TREATMENTS.covers("supportive_care", id_))
    if not ids:
        return Unread(Kind.OTHER)
    stopped = Treated(treatments=ids, outcomes=frozenset({"toxicity"}))
    if (told := told_in(words)) and not _NARROWED.search(told[1]):
        return AllOf((stopped, told[0]))
    return AllOf((stopped, Unread(Kind.OTHER))) if _NARROWED.search(words) else stopped
