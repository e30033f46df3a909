"""Toxicity of an immunotherapy and how bad it was: what trials exclude by grade, and what forms tell of it.

Grades are those of CTCAE 5.0, of which 3 is « sévère ». The words are folded text (`rules.text.fold`): small letters
without accents.
"""

import re

from rules.hinted import hinted

SEVERE = "severe_immune_related_toxicity"
"""The condition of grade 3 or more, of whatever organ."""

OF_IMMUNITY = (
    r"(?:immuno-?\s?(?:induit|medie|relie|mediat|relat)\w*|immune?[- ](?:related|mediated|induced|relie\w*|medie\w*|"
    r"induit\w*)|iraes?|d'origine (?:immune|immunologique)|dysimmunitaires?|immunologiques?)"
)
_FIGURE = r"(?:[1-5]|i{1,3}|iv|v)(?![a-z\d])"
_SIGN = r"(?:[≥>]=?|superieure?s? ou egale?s? a|superieure?s? a|au moins|d'au moins|at least|greater than or equal to)"
_UP_TO = r"(?:\s?(?:-|/|a|ou|et|or|to|and)\s?(?:(?:de )?(?:grade|gr|g)\.?\s?)?(?:[2-5]|iii|iv|v)(?![a-z\d]))+"
_OR_MORE = (
    r"(?:\s?\+|\s?(?:et|ou|or|and) (?:plus|superieure?s?|higher|greater|more|above|worse|au[- ]dela)(?: eleves?)?)"
)
GRADE = (
    rf"(?:(?:de |d'un |d'une? |of (?:a )?)?(?:(?:{_SIGN}\s?)?(?:grades?|gr|g)\.?\s?(?:{_SIGN}\s?)?{_FIGURE}"
    rf"(?:{_UP_TO}|{_OR_MORE})?|severes?|graves?)(?: (?:selon|according to|per|nci|ctcae)[^,;.()]{{0,20}})?)"
)
_GRADE = re.compile(GRADE)
_LOWEST = re.compile(
    rf"(?P<more>>(?!=)|superieure?s? a)?\s?(?:grades?|gr|g)?\.?\s?(?P<sign>[≥>]=?)?\s?(?P<n>{_FIGURE})"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def lowest_grade(words: str) -> int:
    """The least grade that such words mean: « > grade 2 » is 3, « sévère » is 3.

    Raises ValueError where no grade is told.
    """
    told = _GRADE.search(words)
    if told is None:
        raise ValueError(f"no grade in: {words}")
    match = _LOWEST.search(told[0])
    if match is None or not re.search(r"\bg", told[0]):
        return 3
    figure = _ROMAN.get(match["n"]) or int(match["n"])
    strictly = re.search(r">(?!=)|superieure?s? a\b", told[0][: match.end()])
    return figure + 1 if strictly and "ou egal" not in told[0] else figure


_BAD = (
    r"(?<!<= )(?<!<=)(?<!< )(?<!<)(?<!≤ )(?<!≤)(?:\b(?:grades?|gr|g)\.?\s?(?:[≥>]=?\s?)?(?:[345]|iii|iv|v)(?![a-z\d])|"
    r"\bseveres?\b|\bgraves?\b)"
)
_ANY_GRADE = r"(?:grades?|gr|g)\.?\s?[<>≤≥=\s]*[1-5]"
_SEVERE = hinted(
    rf"\b{OF_IMMUNITY}\b(?:(?!\b{_ANY_GRADE}|\bsever|\bnon\b|\bpas\b|\bsans\b)[^;.]){{0,40}}?{_BAD}|"
    rf"{_BAD}(?:(?!\b{_ANY_GRADE})[^;.,]){{0,30}}?\b{OF_IMMUNITY}\b"
)


def severe_in(words: str) -> re.Match[str] | None:
    """Where a toxicity of immunity of grade 3 or more is told: « hépatite immuno-induite de grade 3 »."""
    return _SEVERE.search(words)


_GRADED_BEHIND = re.compile(rf"[\s,(]*{GRADE}")


def is_graded(words: str) -> bool:
    """Whether the words behind the name of a toxicity begin with its grade: « (grade ≥ 3) »."""
    return _GRADED_BEHIND.match(words) is not None
