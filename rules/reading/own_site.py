"""The site of a trial's own tumours, where it stands in its criteria: never left out whole, often whom a line is for.

« Pancoast » among the exclusions of a trial of the lung does not leave out the lung; « côlon : RAS sauvage » in a trial
of several organs asks it of cancers of the colon alone.
"""

import re
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, OrganIs, Polarity, Test, Unread
from rules.kinds import Kind
from rules.organs import ORGAN_NAMES, ORGANS
from rules.reading.clause import Clause, plain
from rules.reading.joining import Read
from rules.reading.markers.tokens import names_something

_SITE_FIRST = re.compile(
    r"^\W*(?P<lead>(?:dans|pour|si|en cas de|chez|in|for|if)\s)?(?:le |la |l'|les |the )?(?P<sites>[^,:;()]{3,50}?)\s?"
    r"(?P<mark>:|,)\s+(?=\S)"
)
_JOINT = re.compile(r"\s?(?:/|\bet/ou\b|\bou\b|\bor\b|\bet\b|\band\b)\s?(?:le |la |l'|les )?")


def for_its_site(text: str, polarity: Polarity) -> str:
    """« Dans le sein, HER2 négatif », « Estomac : HER2 négatif » as what is asked in case of a cancer of that site."""
    match = _SITE_FIRST.match(plain(text)) if polarity is Polarity.INCLUSION else None
    if match is None or (match["mark"] == "," and not match["lead"]):
        return text
    sites = _JOINT.split(text[slice(*match.span("sites"))])
    rest = text[match.end() :]
    if not all(ORGAN_NAMES.exact(site) and not re.search(r"(?i)cancer|tumeur|carcin", site) for site in sites):
        return text
    if not names_something(Clause(rest, polarity)):
        return text
    return f"En cas de {' ou '.join(f'cancer {site.strip()}' for site in sites)}, {rest}"


def sparing_own(read: Read, polarity: Polarity, organs: frozenset[str]) -> Read:
    """An exclusion by a site that all tumours of the trial have: something else was meant, which stays unread."""
    if polarity is not Polarity.EXCLUSION or not organs:
        return read
    rows = tuple((kind, key, _spared(test, organs)) for kind, key, test in read.tests)
    return read if rows == read.tests else replace(read, tests=rows, whole=False)


def _spared(test: Test, organs: frozenset[str]) -> Test:
    match test:
        case OrganIs(named) if named and all(any(ORGANS.covers(one, organ) for one in named) for organ in organs):
            return AllOf((test, Unread(Kind.ORGAN)))
        case AnyOf(parts):
            return AnyOf(tuple(_spared(part, organs) for part in parts))
        case _:
            return test
