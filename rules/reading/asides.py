"""What a sentence says aside and asks of nobody: examples, notes, a component of a tumour, the arm given."""

import re

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.reading.clause import plain
from rules.reading.leave.widening import without_permission
from rules.reading.segments import EXCEPTION

_EXAMPLES = re.compile(
    r"(?i)\s?\((?:(?:p(?:ar)?\.? ?ex(?:emple)?s?|ex(?:emples?)?|e\.g|tel(?:le)?s? que|such as)\b[\s.:,][^()]*|"
    r"(?:y compris|incluant|comprenant|including|includes?|notamment),? (?:mais |but )?"
    r"(?:sans s'y limiter|non limitativement|not limited to)\b[^()]*)\)"
)
_OPEN_LIST = re.compile(r"\s?\([^():]*[^():.\s]\s?(?:\.{3}|…|,?\s?\b[Ee]tc\b\.{0,3}|,? and so on)\s?\)")
OTHERS = hinted(r"(?i)\b(?:autres?|others?)\b[^(]{0,60}\b(?:alt[ée]rations?|oncog[èe]nes?|drivers?|mutations?)\b")
NOTE = re.compile(r"(?i)\((?:remarque|nota bene|nota|note|nb|n\.b\.)\s?:\s?")
"""« (Remarque : …) » is an aside as any other: its colon opens no list."""
_PART = hinted(r"(?i)contingent|composante|diff[ée]renciation|component|differentiation")
_PART_ALLOWED = re.compile(
    r"(?i)(?:\s?\(|,\s)(?:avec |with |une? |an? |le |la |les )*(?:contingents?|composantes?|diff[ée]renciations?|"
    r"components?|differentiation)\b[^(),;:]{0,60}\b(?:autoris|accept|tol[ée]r|admis|permis|possible|allowed|"
    r"permitted)\w*"
    r"(?:\s?\)|\s*$)"
)
"""« (contingent sarcomatoïde autorisé) »: what a tumour may hold besides is asked of nobody, and no other tumour."""
_ARROW = re.compile(r"->|=>|→|⇒")
_ARM = re.compile(r"(?i)\s(?:->|=>|→|⇒)\s(?P<arm>.+)$")
_GIVEN = re.compile(
    r"(?i)\b(?:bras|cohorte|groupe|arm|group|cohort|RT|radio\w*|chimio\w*|chirurgie|surveillance|curieth[ée]rapie|"
    r"versus|vs|"
    r"pas d'adjuvant|d[ée]sescalade)\b"
)


def _arm_left_out(text: str, polarity: Polarity) -> str:
    """« p53abn, stade I à III → radiochimiothérapie ± olaparib »: what a cohort is given is no criterion."""
    if len(_ARROW.findall(text)) != 1:
        return text
    match = _ARM.search(text)
    given = match and polarity is Polarity.INCLUSION and _GIVEN.search(match["arm"])
    return text[: match.start()] if match and given and not re.match(r"(?i)\W*(?:si|if|en cas)\b", text) else text


def without_open_lists(text: str) -> str:
    """« (chimiothérapie, chirurgie…) », « (A, B, etc.) »: a list that is left open gives examples."""
    if "..." not in text and "…" not in text and "etc" not in text.lower():
        return text
    return _OPEN_LIST.sub(lambda match: match[0] if _is_no_example(match) else "", text)


_OF_THESE = re.compile(
    r"\b(?:parmi|liste|among|listed|suivante?s?|following|(?:un|l'un|une|l'une|one) (?:des|de ces|of))\b[^()]{0,25}$|"
    r"\b(?:ou|or)\s*$"
)
"""« Un gène parmi (A, B…) »: what the bracket lists is what is asked."""


def _is_no_example(match: re.Match[str]) -> bool:
    before = plain(match.string[: match.start()])
    return bool(EXCEPTION.search(plain(match[0])) or _OF_THESE.search(before))


_QUOTA = hinted(
    r"(?i)\s?\((?=[^()]*(?:\d+\s?%[^()]{0,30}(?:cohorte|patients|participants|inclusions|cohort|enrol)|"
    r"(?:au moins|au plus|environ|at least|at most|up to|about|maximum|minimum)\s\d+\s(?:patients?|participants?|"
    r"sujets?|subjects)|(?:repr[ée]senter|constituer|compris|inclus|recrut|enr[ôo]l|accru)\w*[^()]{0,40}\d+\s"
    r"(?:patients?|participants?|sujets?)|quota))"
    r"[^()]*\)"
)
"""« (le rein représentera environ 30 % de la cohorte) »: how many are taken in, asked of nobody."""


_WITH_OR_WITHOUT = hinted(
    r"(?i),?\s(?:avec ou sans|with or without|\+/-|±)\s[^,;()]{2,50}?\s(?:si|if|en cas d[e'])[^,;()]*(?=$|[,;])"
)
"""« , avec ou sans inhibiteur de PARP si BRCA muté »: asked of nobody."""


def without_asides(text: str, polarity: Polarity) -> tuple[str, str]:
    """The sentence without what it permits, and that without its examples too."""
    if polarity is Polarity.INCLUSION:
        text = _WITH_OR_WITHOUT.sub("", _QUOTA.sub("", text))
    without = _arm_left_out(text, polarity)
    if polarity is Polarity.INCLUSION and _PART.search(without):
        text = without = _PART_ALLOWED.sub("", without)
    if polarity is Polarity.INCLUSION and "(" in text:
        text = without = without_permission(without)
    if "(" in text and not EXCEPTION.search(plain(text)):  # an example of an exception is excepted
        without = _EXAMPLES.sub("", without)
    return text, without
