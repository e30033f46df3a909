"""All treatment there is, named one by one: « en échec de tous les traitements disponibles (A, B, C si marqueur) ».

A list that closes behind « tous les » is each of them; one that is asked only with a marker is asked of who has it.
"""

import re
from collections.abc import Callable, Iterator

from rules.criteria import AnyOf, Kind, MarkerIs, Not, Polarity, StandardExhausted, Test, Treated, Unread, leaves
from rules.hinted import hinted
from rules.junctions import together
from rules.reading.clause import plain
from rules.reading.joining import Read

_ALL = r"(?:tou(?:s|tes) les|l'ensemble des|chacun des|all(?: of)?(?: the)?)"
_THERAPY = (
    r"(?:traitements?|therapies|therapeutiques|options(?: therapeutiques)?|lignes|standards?|drogues|molecules|"
    r"medicaments|treatments?|agents?|drugs|therapy)"
)
_SORT = (
    r"(?:standards?|disponibles?|available|approuve\w*|approved|valide\w*|recommande\w*|usuels|usuelles|de reference|"
    r"existants?|efficaces?|actifs|active|remboursees?|conventionnel\w*|connus?|systemiques|systemic|anterieurs|prior|"
    r"suivants?|following|(?:de|of)|therapies|treatments?|care)"
)
_VERB = (
    r"(?:(?:le |la |les |the )?(?:patiente?s?|sujets?|participants?|subjects?)|doi(?:t|vent)|must|should|avoir|ayant|"
    r"a|ont|has|have|having|had|deja|already|et|ou|and|or|est|sont|etre|be|been|is|are|recu|received|given|prior|prealable\w*|"
    r"en|echecs?|failed|failure|progress\w*|progression|rechut\w*|refractaires?|refractory|resistan\w+|pretraitee?s?|"
    r"traitee?s?|treated|epuise\w*|epuisement|exhausted|apres|after|sous|malgre|par|with|on|to|a|aux?|de|des|d'|of|"
    r"documente\w*|maladie|tumeurs?|disease|who|qui)"
)
_SAID = hinted(
    rf"^\W*(?:{_VERB}[\s,/]+)+{_ALL}\s(?:{_SORT}\s)*{_THERAPY}(?:\s{_SORT})*\s?"
    r"(?:\((?P<round>(?:[^()]|\([^()]*\))+)\)|:\s(?P<open>[^;:()]+?))"
    r"(?:,?\s(?:de (?:telle )?sorte que|si bien que|such that|so that|ne laissant|leaving)\b[^;]*)?\W*$"
)
_GIVEN = hinted(rf"^\W*(?P<said>(?:{_VERB}[\s,/]+)+)(?P<list>[^;:()]+?[\s,](?:si|if)\s[^;:()]+?)\W*$")
_RECEIVED = re.compile(r"\b(?:recu|received|prior|pretraitee?s?|traitee?s? (?:par|avec)|treated with)\b")
_BEFORE = re.compile(r"\b(?P<and>et|and),?\s(?:si|if)\s(?P<marker>[^,;]{2,40}),\s(?P<what>[^,;]+)$")
"""« Un platine et, si HER2+, du trastuzumab »: the condition before what is asked on it."""
_EXAMPLES = re.compile(
    r"\b(?:p\.? ?ex|par exemple|ex\b|e\.?g\b|telle?s? que|comme|such as|selon|ou equivalent)|…|\.\.\.|\betc"
)
_AMONG = re.compile(
    r"^\W*(?:dont|notamment|y compris|incluant|comprenant|including|incl\.?)\s(?:(?:un|une|le|la|les|des|au moins)\s)*"
)
_ITEM = re.compile(r"\s?(?:[,;]\s?(?:(?:et|and)\s)?|\s(?:et|and)\s|\s\+\s)(?![^(]*\))")
_WITH = re.compile(r"^(?P<what>.+?),?\s(?:si|if|en cas d[e']|in case of|pour les?|for|when)\s?(?P<marker>.+)$")
_FAILED = re.compile(r"\b(?:echec|fail\w*|progress\w*|rechut\w*|refract\w+|resistan\w+)\b")

Reader = Callable[[str, Polarity], Read]


def all_listed(text: str, polarity: Polarity, read: Reader) -> Read | None:
    """Each treatment of the list, and that they failed where it says so; None where this is not said, or not read."""
    folded = plain(text)
    if polarity is not Polarity.INCLUSION or len(folded) != len(text) or _EXAMPLES.search(folded):
        return None
    told = _SAID.match(folded)
    if told is None:
        return _on_conditions(text, read)
    named = text[slice(*told.span("round" if told["round"] else "open"))]
    among = _AMONG.match(plain(named))
    tests = [*_each(named[among.end() :] if among else named, read)]
    if len(tests) < 2 or None in tests:
        return None
    asked = [test for test in tests if test is not None]
    if among:
        asked.append(StandardExhausted())
    if _FAILED.search(folded[: told.start("round" if told["round"] else "open")]):
        asked.append(Treated(treatments=frozenset({"systemic_treatment"}), outcomes=_BACK))
    return Read(((Kind.PRIOR_TREATMENT, True, together(asked)),), True)


def _on_conditions(text: str, read: Reader) -> Read | None:
    """« A reçu A, B et, si marqueur, C »: each of them, the last of who has the marker."""
    text = _BEFORE.sub(r"\g<and> \g<what> si \g<marker>", text.rstrip(" .;"))
    told = _GIVEN.match(plain(text))
    if told is None or not _RECEIVED.search(told["said"]) or _FAILED.search(told["said"]):
        return None
    tests = [*_each(text[slice(*told.span("list"))], read)]
    asked = [test for test in tests if test is not None]
    marked = [leaf for test in asked for leaf in leaves(test) if isinstance(leaf, MarkerIs)]
    if len(asked) < len(tests) or len(asked) < 2 or not marked:
        return None
    return Read(((Kind.PRIOR_TREATMENT, True, together(asked)),), True)


_BACK = frozenset({"progression", "relapse"})


def _each(named: str, read: Reader) -> Iterator[Test | None]:
    for item in _ITEM.split(named):
        on_condition = _WITH.match(item)
        had = _had(on_condition["what"] if on_condition else item, read)
        if had is None or on_condition is None:
            yield had
        else:
            yield AnyOf((had, Not(_marker(on_condition["marker"], read))))


def _had(what: str, read: Reader) -> Test | None:
    if re.search(r"\b(?:non|pas|no|not|sauf|hors|ou|or|intoler\w+)\b", plain(what)):
        return None
    tests = [test for _, _, test in read(f"Prétraité par {what.strip()}", Polarity.INCLUSION).tests]
    sure = len(tests) == 1 and isinstance(tests[0], Treated) and not tests[0].outcomes
    return tests[0] if sure else None


def _marker(words: str, read: Reader) -> Test:
    """The marker with which one is asked; what else stands there leaves open whether it is."""
    first = " ".join(words.split()[:2])
    for said, rest in ((words, ""), (first, words)):
        found = read(said.strip(), Polarity.INCLUSION)
        tests = [test for _, _, test in found.tests]
        if found.whole and len(tests) == 1 and all(isinstance(leaf, MarkerIs) for leaf in leaves(tests[0])):
            return together([tests[0], Unread(Kind.BIOMARKER)]) if rest else tests[0]
    return Unread(Kind.BIOMARKER)
