"""Words around a treatment or a line that change what is asked of it: leave, groups of patients, definitions, delays.

They stand outside the words that name the treatment, so every reader of earlier treatments asks here before it reads.
"""

import re
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, NoDemand, Polarity, Test, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found

_GROUP = (
    r"(?:(?:arms?|bras|part(?:ie)?s?|phases?|modules?|groupes?|groups?|strates?|stratum|"
    r"etapes?)\s+(?:[ivx]{1,3}[ab]?|"
    r"[a-z]?\d{1,2}[a-z]?|[a-d])(?![a-z\d])|(?:phases?|parties?|parts?) d(?:e |')(?:escalade|expansion|extension)|"
    r"cohort(?:e)?s?|escalade|expansions?|escalation|sous-groupes?|subgroups?|sous-etudes?|sub-?stud(?:y|ies)|"
    r"(?:phase|part) (?:dose )?(?:escalation|expansion))"
)
_ONE_GROUP = hinted(
    rf"^\W*(?:for|pour|dans|in|chez)\s+(?:the |la |le |les |l')?(?:[\w/+-]+ ){{0,3}}{_GROUP}(?![a-z])|"
    rf"\b(?:patients?|subjects?|participants?|individuals?|patientes?|sujets?|those)\s+(?:\w+ )?(?:in|of|for|"
    rf"enrolled (?:in|to|on)|entering|de|dans|du|des)\s+(?:the |la |le |les |l')?(?:[\w/-]+ "
    rf"){{0,2}}{_GROUP}(?![a-z])|"
    rf"\([^()]*\b{_GROUP}\b[^()]*\)|"
    rf"\b(?:uniquement|seulement|only)\s+(?:for|in|pour|en|dans)\s+(?:the |la |le |l')?{_GROUP}(?![a-z])|"
    rf"\b{_GROUP}(?: \w+){{0,3}} (?:only|uniquement|seulement)\b"
)
_PREFIX = re.compile(r"^\W*([^:]{1,60}?)\s*:\s*\S")
_OF_ALL = re.compile(
    r"lign|\bline|traite|treat|therap|anterieur|prior|previous|maladie|disease|critere|inclusion|exclu|chimio|chemo|"
    r"platin|"
    r"antecedent|history|\btou(?:s|tes?)\b|patients?$|wash-?out|union europeenne|\beu$|\bfrance$|\beurope|interdit|"
    r"progress|recu|received|\bsi \d|immuno|standard"
)
"""Words before a colon that leave what follows said of every patient; « LLC : … », « BRAF muté : … » do not."""
_MAY_GROUP = hinted(r"cohort|arm|bras|part|phase|modul|strat|escal|expans|group|sous-|sub|etape")
_COHORT_AHEAD = re.compile(r"^[^:]{0,60}\b(?:cohort(?:e)?s?|arms?|bras|part(?:ie)?s?|modules?)\b[^:]{0,30}:")

_MAY_BEFORE = re.compile(
    r"\b(?:may|can|could|might|peut|peuvent|pouvai\w+|pourr\w+|preference|prefer\w*|(?:are|is|be|were) allowed|"
    r"(?:sont|est) autorise\w*|not requir\w*|non requis\w*|do not require|pas necessaire\w*|counts?|note|nb|for the "
    r"purposes?|"
    r"quel que soit|quelle que soit|quels que soient|regardless|irrespective|independam\w*|women aged|men aged)\b"
)
_INCLUDED = (
    r"(?:(?:are|is|will be|may be|can be|remain|be) (?:also |still |not )?(?:eligible|included|allowed|enrolled|"
    r"permitted|required)|(?:sont|est|seront|restent|peuvent etre|peut etre) (?:egalement |aussi )?(?:eligibles?|"
    r"inclu\w*|accepte\w*|autorise\w*|admis\w*))"
)
_ELIGIBLE = re.compile(rf"\b{_INCLUDED}\b")
_MEANS = re.compile(
    r"[\"'\s]*(?:use |treatment |therapy )?(?:only )?(?:applies|refers|means|designe|s'entend|correspond|(?:is|are|"
    r"will be|sera|est) "
    r"(?:also )?(?:considered|defined|counted|definie?|consideree?|comptee?)|counts?|comptent?)\b"
)
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
_SENTENCE = re.compile(r"[;.](?=\s|$)")
_PART = re.compile(r"[,;:]|\.(?=\s|$)|\)")

_UNIT = r"(?:weeks?|wks?|days?|months?|years?|semaines?|sem|jours?|j|mois|ans?|annees?)"
_LATER_TIME = re.compile(
    rf"(?:\b(?:within|dans|depuis|au cours d|au moins|at least|less than|moins d|in the (?:last|past)|during the|"
    rf"over "
    rf"the (?:last|past)|datant)\b|[<≤>≥])[^;.]{{0,25}}?\d[^;.]{{0,12}}?{_UNIT}(?![a-z])|"
    r"\b(?:time ?frames?|specified time|wash-?out|delai (?:de|du|fixe|defini|requis|minimal))\b"
)
_AGE = re.compile(r"\b(?:aged?|agee?s?)\b[^,;]*")
_OTHER_THAN = re.compile(r"(?:\bautres? qu(?:e |')|\bother than )(?:(?:l'|les? |la |une? |d'|des? |an? |the )\s?)*$")
_HEADED = re.compile(r"\s*(?:\([^()]*\))?\s*:")
"""« Une seule ligne de platine : progression dans les 6 mois »: what stands before a colon is a case."""
_HEADING = re.compile(r"\s*(?:criteria|requirements?|history|criteres?)?\s*:\s*$")
_DEFINES = re.compile(
    r"\b(?:defined as|defini\w* (?:par|comme)|includes? (?:patients|subjects|participants)|because)\b"
)


def speaks_of_a_group(clause: Clause) -> bool:
    """Whether the clause holds for one cohort, arm or part only, which its scope has not taken off."""
    return _MAY_GROUP.search(clause.plain) is not None and _ONE_GROUP.search(clause.plain) is not None


def speaks_of_some(clause: Clause) -> bool:
    """Whether it holds for some patients only: one group, or those that the words before its colon name."""
    prefix = _PREFIX.match(clause.plain) if ":" in clause.plain else None
    if prefix and (
        not _OF_ALL.search(prefix[1])
        or re.match(r"(?:metasta\w*|lesions?|si|if|pour|for|chez)\b(?! \d| traite)", prefix[1])
    ):
        return True
    return speaks_of_a_group(clause)


_FOR_A_PART = re.compile(
    r"^\W*(?:pour|for|en|dans|in)\s(?:l'|la |le |the )?(?:expansion|escalade|escalation|optimisation|phase|partie|"
    r"part|etape|"
    r"dose)\b[^:]{0,50}:"
)


def is_of_a_group(clause: Clause) -> bool:
    """Whether it holds for a part of the trial that is named in words only."""
    return speaks_of_a_group(clause) or (":" in clause.plain and _FOR_A_PART.match(clause.plain) is not None)


def for_a_group(found: list[Found], polarity: Polarity) -> list[Found]:
    """What a part of the trial asks: who answers to it is asked nothing more, of who does not nobody knows."""
    return [replace(one, test=_of_some(one, polarity)) for one in found if not isinstance(one.test, NoDemand)]


def _of_some(one: Found, polarity: Polarity) -> Test:
    parts = (one.test, Unread(one.kind))
    return AllOf(parts) if polarity is Polarity.EXCLUSION else AnyOf(parts)


def opens_with_a_cohort(clause: Clause) -> bool:
    """Whether it begins with the name of a cohort: a line in that name is the cohort's."""
    return _COHORT_AHEAD.search(clause.plain) is not None


def is_left_open(plain: str, start: int, end: int) -> bool:
    """Whether the words around a span only allow it (« peut avoir reçu », "are eligible"), define or head something."""
    sentence = _SENTENCE.split(plain[:start])[-1]
    after = _SENTENCE.split(plain[end:])[0]
    part = _PART.split(plain[:start])[-1]
    if _MAY_BEFORE.search(part) or _DEFINES.search(part) or _ELIGIBLE.search(sentence):
        return True
    if _MEANS.match(after) or _HEADING.match(after):
        return True
    return _ELIGIBLE.search(_PARENTHESIS.sub(" ", after)) is not None


def heads_a_case(rest: str) -> bool:
    """Whether what was read stands before a colon, and so only names the patients whom the rest speaks of."""
    return _HEADED.match(rest) is not None


def is_excepted(before: str) -> bool:
    """Whether the treatment that follows is what is left out: « autre qu'un anti-PD-1 »."""
    return _OTHER_THAN.search(before) is not None


def is_timed_later(rest: str) -> bool:
    """Whether a delay further on may hold for what was named before it: « A ou B dans les 4 semaines »."""
    return _LATER_TIME.search(_AGE.sub("", _SENTENCE.split(rest)[0])) is not None
