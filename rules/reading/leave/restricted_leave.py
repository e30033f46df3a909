"""What a denial gives leave to on a condition: « aucun traitement en M+ (adjuvant autorisé si fini depuis 6 mois) ».

Who had none of it is not concerned; whether the condition holds for who had it stays open.
"""

import re
from collections.abc import Callable

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, Test, Treated, Unread, leaves
from rules.hinted import hinted
from rules.junctions import either
from rules.reading.clause import plain
from rules.reading.joining import Read

_OK = (
    r"(?:ok|autorise\w*|permis\w*|accepte\w*|admis\w*|tolere\w*|possibles?|eligibles?|allowed|permitted|accepted|"
    r"acceptable|eligible)"
)
_IF = r"(?:si|if|a condition|provided|sous reserve|uniquement si|only if|seulement si|des lors|pourvu)\b"
_LEAVE = hinted(
    rf"\s?\(\s?(?:(?:si|if|en cas de?|pour|for)\s)?(?P<what>(?:[^();:]|\([^()]{{1,8}}\)){{3,70}}?)\s?(?::|,|\s)\s?"
    rf"(?:(?:est|sont|reste|is|are)\s)?{_OK}\s?,?\s?{_IF}(?:[^()]|\([^()]*\))*\)"
)
_DENIES = re.compile(r"^\W*(?:aucune?s?|pas|jamais|sans|ni|no|never|without|naif\w*|naive|vierges?|absence)\b")
_NAMES_ONE = re.compile(r"\b(?:traitements?|therap\w+|treatment|\w+therap\w+|rt|ct|rt-ct|rct|chirurgie|surgery)\b")
_OR = re.compile(r"\s?(?:,|\b(?:et/ou|ou|et|or|and)\b)\s")

_ELIGIBLE_TOO = hinted(
    r"\s?\(\s?(?:(?:les|des|the)\s)?(?:patiente?s?|sujets?|participants?|ceux|celles|those|subjects?)\s"
    r"(?:(?:l'|les |en )?ayant|qui|having|who|previously|deja)\b(?P<who>[^()]{5,160}?)\b"
    r"(?:sont|seront|peuvent|restent|are|may|can|could|remain)\s"
    r"(?:aussi |egalement |also |etre |be )*(?:eligibles?|inclu\w*|admis\w*|autorise\w*|accepte\w*|allowed|included|"
    r"accepted|enrolled|participer|participate)[^()]*\)"
)
_EARLY = re.compile(r"(?:\(?neo-?\)?-?)?adjuvant\w*|peri-?operat\w+|curati\w+|preoperat\w+|postoperat\w+")

Reader = Callable[[str, Polarity], Read]


def with_leave(text: str, polarity: Polarity, read: Reader) -> Read | None:
    """The sentence without its bracket, and what that one asks; None where there is no such bracket."""
    if polarity is not Polarity.INCLUSION or "(" not in text:
        return None
    if not _DENIES.search(plain(text)):
        return _widened(text, read)
    told = _LEAVE.search(plain(text))
    if told is None:
        return None
    demand = read(f"{text[: told.start()]}{text[told.end() :]}", polarity)
    had = _had(text[slice(*told.span("what"))], read)
    if had is None or not demand.tests or _forbids_it_too(demand):
        return None
    leave = (Kind.PRIOR_TREATMENT, True, AnyOf((Not(had), Unread(Kind.PRIOR_TREATMENT))))
    return Read((*demand.tests, leave), demand.whole)


def _forbids_it_too(demand: Read) -> bool:
    """« Naïf de traitement (adjuvant permis si …) »: forbidden in every setting, the bracket is an exception."""
    every = [leaf for _, _, test in demand.tests for leaf in leaves(test)]
    return any(isinstance(leaf, Treated) and not leaf.settings for leaf in every)


def _widened(text: str, read: Reader) -> Read | None:
    """« Au moins une ligne de platine (ceux qui l'ont reçu en adjuvant sont éligibles si …) »: they may enter too."""
    told = _ELIGIBLE_TOO.search(plain(text))
    demand = read(f"{text[: told.start()]}{text[told.end() :]}", Polarity.INCLUSION) if told else None
    if told is None or demand is None or not demand.tests:
        return None
    early = " ou ".join(dict.fromkeys(_EARLY.findall(told["who"])))
    had = _had(early, read) if early else None
    unsure = Unread(Kind.PRIOR_TREATMENT)
    too = AllOf((had, unsure)) if had else unsure
    tests = tuple(
        (kind, key, AnyOf((test, too)) if kind in (Kind.PRIOR_TREATMENT, Kind.LINE) else test)
        for kind, key, test in demand.tests
    )
    return Read(tests, demand.whole)


def _had(what: str, read: Reader) -> Test | None:
    """That one of the treatments which are given leave to was had; None where one of them names none."""
    tests = [_had_one(part.strip(), read) for part in _OR.split(what)]
    return None if any(test is None for test in tests) else either([test for test in tests if test])


def _had_one(what: str, read: Reader) -> Test | None:
    named = what if _NAMES_ONE.search(plain(what)) else f"Traitement {what}"
    had = [test for _, _, test in read(f"{named} antérieur", Polarity.EXCLUSION).tests]
    found = [leaf for test in had for leaf in leaves(test)]
    told = all(isinstance(leaf, Treated | Unread) for leaf in found) and any(
        isinstance(leaf, Treated) for leaf in found
    )
    return either(had) if told else None
