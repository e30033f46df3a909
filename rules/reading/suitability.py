"""What the patient can or cannot have: cisplatin, intensive chemotherapy, transplant, surgery, radiotherapy.

« inéligible à une chimiothérapie intensive : ≥ 75 ans, ou OMS 2–3, ou … » is met by any of its parts: the items that
are read (age, performance) count each, the others stay unknown. A resection of curative intent is resectability.
"""

import re

from rules.criteria import AnyOf, Kind, Not, Polarity, SuitableFor, Test, Unread
from rules.hinted import hinted
from rules.reading import age, performance
from rules.reading.clause import Clause, Found

_CANNOT = (
    r"(?:(?:non|in|pas|not|ne (?:peuvent|peut|pouvant|doivent|doit|sont|soient|soit) (?:pas )?(?:etre |beneficier|"
    r"recevoir)?)[ -]?"
    r"(?:considere\w* comme |considered (?:as )?|felt to be |deemed )?(?:une? |a )?(?:good |bons? )?(?:eligibles?|"
    r"candidats?|candidates?|aptes?|"
    r"fit|suitable|amenable|appropriate|able to (?:receive|undergo)|accessibles?)|ineligibles?|inaptes?|"
    r"unsuitable|unfit|"
    r"unable to (?:receive|undergo|tolerate)|ne pouvant (?:pas )?(?:recevoir|beneficier)|ne peu(?:t|vent) (?:pas )"
    r"?recevoir|"
    r"contre[- ]?indi(?:cation|que)s?(?: (?:absolue|formelle|medicale))?|contra-?indications?|cannot (?:receive|"
    r"undergo|tolerate))"
)
_CAN = (
    r"(?:eligibles?|candidats?|candidates?|aptes?|fit|suitable|able to (?:receive|undergo)|pouvant (?:recevoir|"
    r"beneficier)|"
    r"peu(?:t|vent) recevoir)"
)
_TO = (
    r"(?:\s(?:medicale(?:ment)?|medically|a|au|aux|a la|a l'|d'|de|du|de la|pour|pour une?|pour la|for|to|of|"
    r"recevoir|receive|undergo|"
    r"un traitement par|traitement par|le|la|l'|une?|an?|the|any|toute|treatment with)(?:(?<=')|(?![a-z])))*\s?"
)
_PURPOSES = {
    "cisplatin": (
        r"(?:chimiotherapies? (?:a base |par |de |comportant |avec )*(?:de |du |d')?)?(?:cis-?platine?|cddp)"
        r"(?:[- ]based)?(?: (?:chimio\w*|chemotherapy|therapy))?(?! (?:et|ou|ni|or|and|and/or|et/ou) (?:au |du |"
        r"to |a )?(?:carbo|oxali|gemci))(?!/)"
    ),
    "intensive_chemotherapy": (
        r"(?:(?:chimiotherapies?|chimio|traitements?|inductions?)(?: d'induction| conventionnelle| standard| "
        r"d'induction standard)? "
        r"intensi(?:ve|f|fs|ves)(?: d'induction)?|(?:standard )?intensive (?:induction )?(?:chemotherap\w+|"
        r"therapy|treatment|induction)(?: therapy| "
        r"chemotherapy)?)"
    ),
    "transplant": (
        r"(?:(?:auto|allo)-?greffes?|greffes?|transplantations?|(?:autologous |allogeneic )?(?:hematopoietic |"
        r"haematopoietic )?(?:stem[- ]cell )?"
        r"transplant(?:ation)?s?|asct|hsct|hdt|intensification therapeutique)"
        r"(?: (?:de |of )?(?:cellules souches|csh|moelle|hepatique|autologue|allogenique|hematopoietiques?|stem "
        r"cells?|asct|hsct))*(?:\s?\((?:asct|"
        r"hsct|csh|acsh|gcsh)\))?"
    ),
    "surgery": (
        r"(?:traitement chirurgical|chirurgies?|surgery|surgical treatment|intervention chirurgicale)(?! "
        r"(?:curati|a visee|radical|d'exerese|de resection|"
        r"ou|et/ou|or|and/or|hepatique|with|conservatrice|de cytoreduction|prevue|bariatri|majeure))(?!/)"
    ),
    "radiotherapy": (
        r"(?:radiotherapies?|irradiations?|radiation therapy|radiotherapy)(?! (?:curati|a visee|ou|et/ou|or|"
        r"and/or|with|interne|metabol|concomit))(?!/)"
    ),
}
_OBJECT = "|".join(f"(?P<{purpose}>{words})" for purpose, words in _PURPOSES.items())
_AFTER_WORD = hinted(rf"\b(?P<no>{_CANNOT}){_TO}(?:{_OBJECT})(?![a-z])")
_AFTER_CAN = hinted(rf"\b(?P<can>{_CAN}){_TO}(?:{_OBJECT})(?![a-z])")
_BEFORE_WORD = hinted(
    r"\b(?P<purpose>cisplatin|transplant(?:ation)?|asct|hsct|intensive chemotherapy|surgery|radiotherapy)[- ]"
    r"(?:(?P<no>ineligible|unfit|unsuitable)|(?P<can>eligible|fit))\b"
)
_MEDICALLY = re.compile(
    r"\b(?:medicalement inoperables?|medically inoperable|inoperables? (?:medicalement|pour raisons? medicales?))\b"
)
_PREFIXES = {
    "cisplatin": "cisplatin",
    "transplant": "transplant",
    "transplantation": "transplant",
    "asct": "transplant",
    "hsct": "transplant",
    "intensive chemotherapy": "intensive_chemotherapy",
    "surgery": "surgery",
    "radiotherapy": "radiotherapy",
}
_NO_CONTRAINDICATION = re.compile(r"\b(?:sans|absence de|pas de|aucune|no|without|absence of)\s(?:any |toute )?$")
_UNSURE = re.compile(
    r"\b(?:si|if|except\w*|sauf|previously|ayant ete|initialement|in (?:patients|participants)|pour les patients|"
    r"chez les|etude|study|essai|protocol\w*)\b[^,;]{0,25}$|\b(?:consider\w*|juge\w*)\s(?:to be )?$"
)
_NEXT_REFUSAL = re.compile(
    r"\s(?:ou|or|et/ou)\s(?:la |le |l'|l.ayant |qui )?(?:refus\w*|declin\w*|unwilling|intoleran\w*)[^,;()]{0,40}"
)
_REFUSAL_BEFORE = re.compile(r"\b(?:refus\w*|declin\w*)\s(?:ou|or|et/ou)\s(?:est |sont )?$")
_DEFINED = re.compile(
    r"\s?(?::|\(|,)?\s?(?:(?:defini\w*|defined) (?:par|as|by)|(?:en raison|du fait|because|due|car|based|selon|"
    r"par)\b(?: de\b| d'| of\b| to\b| on\b)?|"
    r"c'est-a-dire|i\.e\.|:|\()\s?:?\s?"
)
_LIKELY = hinted(r"platin|cddp|intensi|greffe|transplant|asct|hsct|chirurg|surg|radiother|radiation|inoperab|hdt")


def recognise(clause: Clause) -> list[Found]:
    """What the clause says the patient can or cannot have, with the definition that follows where there is one."""
    plain = clause.plain
    if not _LIKELY.search(plain):
        return []
    for match in _MEDICALLY.finditer(plain):
        return [Found(match.start(), match.end(), Not(SuitableFor("surgery")), Kind.COMORBIDITY)]
    hits = list(_AFTER_WORD.finditer(plain)) + list(_BEFORE_WORD.finditer(plain))
    hits += [match for match in _AFTER_CAN.finditer(plain) if not any(_overlap(match, hit) for hit in hits)]
    found = [one for match in hits if (one := _found(match, clause))]
    if len(hits) > 1 and len(found) != len(hits):
        return []
    return sorted(found, key=lambda one: one.start)


def _overlap(first: re.Match[str], second: re.Match[str]) -> bool:
    return first.start() < second.end() and second.start() < first.end()


def _found(match: re.Match[str], clause: Clause) -> Found | None:
    plain, groups = clause.plain, match.groupdict()
    purpose = next((name for name in _PURPOSES if groups.get(name)), None) or _PREFIXES[groups["purpose"] or ""]
    cannot = groups.get("no") is not None
    start, end = match.start(), match.end()
    if _UNSURE.search(plain[:start]):
        return None
    free = _NO_CONTRAINDICATION.search(plain[:start])
    if free and cannot and "indi" in (groups["no"] or ""):
        return Found(free.start(), end, SuitableFor(purpose), Kind.COMORBIDITY)
    if re.search(r"\b(?:pas|sans|non|no|not|without|aucun\w*|absence de|ne)\s\S{0,12}\s?$", plain[:start]):
        return None
    able = SuitableFor(purpose)
    test: Test = Not(able) if cannot else able
    if cannot:
        start, end, test = _with_alternatives(clause, start, end, test)
    return Found(start, end, test, Kind.COMORBIDITY)


def _with_alternatives(clause: Clause, start: int, end: int, test: Test) -> tuple[int, int, Test]:
    """The refusal beside it, and the definition after it, as further ways to be it."""
    plain = clause.plain
    others: list[Test] = []
    if before := _REFUSAL_BEFORE.search(plain[:start]):
        start = before.start()
        others.append(Unread(Kind.COMORBIDITY))
    if after := _NEXT_REFUSAL.match(plain, end):
        end = after.end()
        others.append(Unread(Kind.COMORBIDITY))
    if (defined := _DEFINED.match(plain, end)) and plain[defined.end() :].strip():
        close = plain.find(")", defined.end()) if "(" in defined[0] else -1
        stop = close if close >= 0 else len(plain)
        others += _definition(clause, defined.end(), stop)
        end = stop + (close >= 0)
    return start, end, AnyOf((test, *others)) if others else test


def _definition(clause: Clause, start: int, stop: int) -> list[Test]:
    """The items of a definition by « ou »; joined by « et », or where nothing is read, it stays unread."""
    pieces = re.split(r",\s?(?:ou|or)?\s?|\s(?:ou|or|et/ou)\s|;\s", clause.plain[start:stop])
    if re.search(r"(?<!/)\b(?:et|and)\b", clause.plain[start:stop]):
        return [Unread(Kind.COMORBIDITY)]
    tests: list[Test] = []
    for piece in pieces:
        own = Clause(piece, Polarity.INCLUSION)
        upper = Clause(piece.upper(), Polarity.INCLUSION)
        read = [*age.recognise(own), *performance.recognise(upper)]
        tests += [one.test for one in read] if len(read) == 1 else [Unread(Kind.COMORBIDITY)]
    return list(dict.fromkeys(tests))
