"""Biomarkers of a clause: names, with what the words around them ask of each, joined as the words join them.

A run of biomarker words (`marker_tokens`) is read whole or not at all: a name without a class, a state or a limit, a
sign that contradicts another, or a limit that cannot be compared leaves the run unread, since dropping one of several
alternatives would rule out patients who have it.
"""

import re
from dataclasses import replace
from itertools import combinations, pairwise, zip_longest

from rules.alterations import is_precise
from rules.criteria import AllOf, AnyOf, Kind, MarkerIs, NoDemand, Polarity, Test, Unread, leaves
from rules.errors import CriterionError
from rules.hinted import hinted
from rules.junctions import together
from rules.marker_results import MarkerDemand
from rules.markers import marker_facts
from rules.reading.clause import Clause, Found
from rules.reading.markers.demands import ALTERNATIVE, Item, NotReadError, demand_of, known_demand, same
from rules.reading.markers.insensitive import insensitive
from rules.reading.markers.joins import lists_joined, of_their_organ, told_again
from rules.reading.markers.lists import (
    as_altered,
    bare_genes,
    headed,
    is_any_of,
    is_one_of_several,
    members_named,
    one_factor,
)
from rules.reading.markers.reader import Reader, check_denial, spread
from rules.reading.markers.rest import named_in, others_open
from rules.reading.markers.runs import runs_of
from rules.reading.markers.samples import gives_a_sample
from rules.reading.markers.silence import indifferent, unasked
from rules.reading.markers.spans import lead, open_end, tail
from rules.reading.markers.tokens import DRUG_AFTER, names_something
from rules.reading.markers.unknown import to_be_known, unknown_results
from rules.reading.markers.words import Word
from rules.reading.phrases import masked
from rules.reading.subgroups import is_reversed, of_a_subgroup
from rules.reading.treatments.context import opens_with_a_cohort

_EITHER_WAY = re.compile(r"\s*\(?(?:ou (?:non|pas)|or not)\b|\s*(?:ou|or|et|and|/)\s?-(?!\w)")
_NOT_A_RESULT = hinted(
    r"\bvus\b|signification (?:clinique )?(?:incertaine|inconnue|indeterminee)|(?:uncertain|unknown) significance|"
    r"\bunlikely\b|\blikely\b(?!\)? (?:pathogenic|deleterious|oncogenic|to be (?:pathogenic|deleterious)))|"
    r"\bfamil|\bapparente|\brelatives?\b|\bparents?\b|first[- ]degree"
)
_TRIPLE_NEGATIVE = hinted(r"\btriple[ -]neg\w*|\b(?:tnbc|cstn)\b")
_DRIVERS = frozenset((
    "EGFR", "ALK", "ROS1", "RET", "BRAF", "NTRK", "NTRK1", "NTRK2", "NTRK3", "MET", "HER2", "KRAS", "NRAS", "NRG1",
    "FGFR",
))  # fmt: skip
"""Drivers of one tumour that trials list as alternatives, whatever the conjunction: together they are not seen."""
_RECEPTORS = frozenset({"ER", "PR", "HR"})
_SORTS = frozenset({"PD-L1", "TMB", "MSI", "HRD", "KI67", "HER2", "CLDN18.2", "FOLR1", "1p/19q"})
"""What is asked beside a gene, not instead of it."""
_OF_A_TEST = re.compile(
    r"[\s-]*(?:results?|resultats?|test(?:ing|s)?|analys[ei]s|assay|(?:is|are) defined|"
    r"est defini\w*|carriers? status)\b"
)
_OF_RESISTANCE = re.compile(r"\s(?:de |d'|of |conferring |conferant (?:une |la )?)?resistan")
"""« fusion NTRK hors mutation de résistance »: which alteration that is, no word of ours tells."""
_FOR_A_TEST = re.compile(
    r"\b(?:pour|for|to|afin d(?:e |'))\s?(?:(?:l[ea] |l'|the |une? |re)?(?:confirm\w*|determin\w*|evalu\w*|test\w*|"
    r"document\w*|analys\w*|analyz\w*|mesure\w*|measur\w*|recherche\w*|dosage|etude|quantifi\w*|lecture|assess\w*))"
    r" (?:(?:central\w*|local\w*|prospecti\w*) )?(?:d(?:e |u |es |')|of |for )?(?:l[ea] |l'|the |the )?"
    r"(?:statuts? |status |expression |niveau )?(?:d(?:e |u |')|of )?$|"
    r"\b(?:assessed|tested|analy[sz]ed|evaluated|screened|assessment|evaluation|(?:for|pour la) detection) "
    r"(?:for|of|d[eu]s?) [^,;.]{0,40}$|\b(?:envoy(?:e\w*|er)|envoi|sent|shipped|adresse\w*)\b[^.;]{0,100}$"
)
_NOT_EXCLUDED = re.compile(
    r"[^.;,(]{0,40}\b(?:ne (?:sont|seront|constitue\w*) pas|(?:are|is) not (?:excluded|exclusionary|an exclusion)|"
    r"non exclu\w*)"
)
_DOUBLE_DENIAL = re.compile(r"(?:not|n[e']) ?(?:harb|hav|carr|expr|ayant|present|port)")
"""Among the exclusions, « ne présentant pas » may be meant either way."""
_SHOWN = (
    r"(?! (?:be|have|etre|avoir) (?:documented|confirmed|determined|known|proven|histolog|documente|confirme|prouve|"
    r"connu))"
)
_WHO_OWE = re.compile(
    r"[\s)]*(?:[a-z/-]+ ){0,3}(?:patients?|participants?|subjects?)\s(?:who [a-z ]{0,40})?"
    rf"(?:must|should|may|will|need|(?:are|were) (?:also |not )?(?:eligible|allowed|permitted|required)){_SHOWN}"
)
_WITH_IT = re.compile(r"\w{4,}\s(?:avec|with|harbou?ring|porteur d\S*|presentant)\s(?:l'|une? |an? )?(?:mutations? )?$")
_IF_IN_BRACKETS = re.compile(r"\(\s?(?:si|if|sauf|unless)\b[^()]*$")
_AS_ARE = re.compile(r"\b(?:as (?:are|is)|de meme que) (?:les )?(?:patients|participants|subjects) (?:with|avec) $")
_PATIENTS_WITH = re.compile(r"^(?:the |les )?(?:patients|participants|subjects|sujets) (?:with|avec|porteurs d\W?)\b")
_WELCOME = re.compile(
    r"[\s)]*(?:(?:tumou?rs?|disease|cancers?) )?(?:are|sont) (?:also |aussi |egalement )?eligibles?\W*(?:$|, as are\b)"
)
_PEOPLE_BEFORE = re.compile(
    r"(?:^|\()(?:note ?:? ?)?(?:the |les |all |tous les )?(?:patients?|participants?|subjects?|sujets?)\s"
    r"(?:[a-z'-]+ ){0,3}$"
)
_OWED = re.compile(
    r"[^.;]{0,160}(?<!who )(?<!qui )\b(?:must|should|doivent|devront|peuvent|(?:are|is|will be) (?:also |not )?"
    rf"(?:required|eligible|allowed|permitted)|may){_SHOWN}\b"
)
_OF_A_DRUG = re.compile(r"\binhib\w+ (?:of|d[eu]s?|against) [^;.()]{0,60}$")
_DENIED_BEFORE = re.compile(
    r"\b(?:non[- ](?:codel|port|presen|identif|documen|confirm)\w*|not (?:harbo\w+|hav\w+|carry\w*|"
    r"express\w*)(?: [a-z'-]+){1,3}|"
    r"(?:sans|absence|aucune?|no|without|pas|negative|exclu\w+)(?: [a-z'-]+){1,6})[\s(]*$"
)
_DENIED_AT_START = re.compile(r"^\W*(?:absence|sans|pas|no),")
"""A negation that does not stand right before the run: what it denies is not sure."""


__all__ = ["indifferent", "recognise"]

_IN_A_PART = re.compile(
    r"\b(?:suivie?s?|incluse?s?|inclue?s?|randomisee?s?|traitee?s?|enrolled|followed|randomi[sz]ed|treated)\s"
    r"(?:uniquement |seulement |only )?(?:dans|en|in|into|to)\s(?:la |le |l'|the |une? |a )?"
    r"(?:cohortes?|cohorts?|bras|arms?|parties?|parts?|groupes?|groups?|strates?)\b"
)


def recognise(clause: Clause) -> list[Found]:
    """What the clause asserts of biomarkers: one finding a run of words, with its joints."""
    found = _recognised(clause)
    if found and clause.polarity is Polarity.INCLUSION and _is_of_a_part(clause):
        return [
            one if isinstance(one.test, NoDemand) else replace(one, test=AnyOf((one.test, Unread(Kind.BIOMARKER))))
            for one in found
        ]
    return found


def _is_of_a_part(clause: Clause) -> bool:
    """« Cohorte principale : CPS ≥ 1 », « … suivis dans la cohorte B »: of a part that no scope has taken off."""
    return opens_with_a_cohort(clause) or _IN_A_PART.search(clause.plain) is not None


def _recognised(clause: Clause) -> list[Found]:
    if _NOT_A_RESULT.search(clause.plain) or is_reversed(clause) or gives_a_sample(clause.plain):
        return []
    if not names_something(clause):
        return insensitive(clause)
    silent = indifferent(clause)
    found: list[Found] = []
    unread: list[tuple[int, int]] = []
    runs = runs_of(clause)
    for run, following in zip_longest(runs, runs[1:]):
        start, end = run[0].start, run[-1].end
        if any(first < end and start < last for first, last in silent):
            continue
        if (not _is_welcome(clause, start, end) and _is_elsewhere(clause, start, end)) or _is_denied_from_afar(
            clause.plain, start
        ):
            unread.append((start, end))
            continue
        limit = following[0].start if following else len(clause.plain)
        if (known := to_be_known(run, clause.plain)) is not None:
            found.append(known)
            continue
        try:
            found += [_with_open_end(one, clause, limit) for one in _read(run, clause)]
        except (NotReadError, CriterionError):
            unread.append((start, end))
    found += [Found(start, end, NoDemand(), Kind.BIOMARKER) for start, end in unasked(clause)] if silent else []
    found += [one for one in insensitive(clause) if not any(other.start < one.end for other in found)]
    found += unknown_results(clause, found)
    found = lists_joined(clause.plain, told_again(clause.plain, found))
    found = sorted(of_their_organ(clause, found + _triple_negative(clause, found, unread)), key=lambda one: one.start)
    ends = [0, *(one.end for one in found)]
    starts = [*(one.start for one in found[1:]), len(clause.plain)]
    return [_widened(*each, clause) for each in zip(found, ends, starts, strict=False)]


def _widened(one: Found, after: int, before: int, clause: Clause) -> Found:
    """With the words around it that only say who has it and how it was seen."""
    start = max(after, lead(clause.plain, one.start))
    end = one.end
    opened = clause.plain.count("(", start, end) > clause.plain.count(")", start, end)
    if opened and (closing := re.match(r"\s*\)", clause.plain[end:before])):
        end += closing.end()
    end = max(end, tail(clause.plain, end, before))
    test = one.test
    if is_one_of_several(clause.plain, start, end):
        test = AnyOf((test, Unread(Kind.OTHER)))
    else:
        start = max(after, one_factor(clause.plain, start, end))
    return Found(start, end, test, one.kind)


def _with_open_end(one: Found, clause: Clause, limit: int) -> Found:
    """« … ou toute autre altération ciblable », « … are also eligible »: others may be meant too, unread."""
    end, test, plain = one.end, one.test, clause.plain
    opened = open_end(plain, tail(plain, end, limit))
    if opened or _is_welcome(clause, one.start, end):
        rest: Test = Unread(Kind.OTHER)
        if opened and clause.polarity is Polarity.EXCLUSION and not _denies(test):
            rest = others_open(plain[end : min(opened, limit)], named_in(test), clause.organs) or rest
        test = AllOf((test, rest)) if _denies(test) else AnyOf((test, rest))
        end = min(opened or end, limit)
    return Found(one.start, end, test, one.kind)


def _is_welcome(clause: Clause, start: int, end: int) -> bool:
    """« Patients with X are also eligible »: X is enough, and is not asked of the others."""
    if clause.polarity is not Polarity.INCLUSION or not _PATIENTS_WITH.search(clause.plain[:start]):
        return False
    return _WELCOME.match(clause.plain, end) is not None


def _denies(test: Test) -> bool:
    """Whether it asks that something is absent; raises NotReadError where some of it is and some is not."""
    signs = {leaf.demand.presence == "absent" for leaf in leaves(test) if isinstance(leaf, MarkerIs)}
    if len(signs) > 1:
        raise NotReadError
    return True in signs


def _is_elsewhere(clause: Clause, start: int, end: int) -> bool:
    """Whether the words around a run make it no result that is asked: a drug, a test, a subgroup, half of a list."""
    plain, before = clause.plain, clause.plain[:start]
    if _EITHER_WAY.match(plain, end) or _OF_A_TEST.match(plain, end) or _OF_RESISTANCE.match(plain, end):
        return True
    named = _WITH_IT.search(before) is not None  # « cancer … avec mutation X (test local) : sous-types admis »
    if DRUG_AFTER.match(plain, end) or _OF_A_DRUG.search(before) or of_a_subgroup(clause, start, end, labels=not named):
        return True
    if _IF_IN_BRACKETS.search(before) and before.count("(") > before.count(")"):
        return True
    if _FOR_A_TEST.search(before) or _NOT_EXCLUDED.match(plain, end):
        return True
    if clause.polarity is Polarity.INCLUSION and _is_of_some(plain, start, end):
        return True
    if clause.polarity is Polarity.EXCLUSION and _DOUBLE_DENIAL.match(plain[start:]):
        return True
    inside = plain.count("(", 0, end) > plain.count(")", 0, end)
    return inside and re.match(r"\s*(?:,|/|\b(?:ou|or|et|and)\b)", plain[end:]) is not None


def _is_of_some(plain: str, start: int, end: int) -> bool:
    """« HER2+ patients must have received … », « patients with X … are not required to »: what some owe."""
    if re.search(r"\bpatients?\s$", plain[:start]) and re.match(r"\s?eligibles?\b", plain[end:]):
        return True
    if _WHO_OWE.match(plain, end) or _AS_ARE.search(plain[:start]):
        return True
    return _PEOPLE_BEFORE.search(plain[:start]) is not None and _OWED.match(plain, end) is not None


def _is_denied_from_afar(plain: str, start: int) -> bool:
    covered = masked(plain)[:start]
    before = re.split(r"[,;:]|\b(?:avec|with|et|and)\b", covered)[-1]
    return _DENIED_BEFORE.search(before) is not None or _DENIED_AT_START.match(covered) is not None


def _read(run: list[Word], clause: Clause) -> list[Found]:
    reader = Reader(run, clause)
    reader.read()
    items = reader.items
    if not items:
        return []
    if members := members_named(items, clause):
        items, reader.open_list = members, True
    if reader.asks_knowledge():
        asked = tuple(dict.fromkeys(known_demand(item) for item in items))
        test = together(asked) if not _same_virus(items) else AnyOf(asked)
    else:
        if bare_genes(items, clause):
            items[:] = as_altered(items)
        check_denial(items)
        spread(items)
        headed(items, clause)
        test = _joined([demand_of(item) for item in items], items, clause)
    if reader.open_list:  # « un gène de réparation tel que BRCA1, PALB2 »
        rest = Unread(Kind.BIOMARKER)
        test = AllOf((test, rest)) if _denies(test) else AnyOf((test, rest))
    return [Found(run[0].start, run[-1].end, test, Kind.BIOMARKER)]


def _same_virus(items: list[Item]) -> bool:
    """« Statut HPV obligatoire (p16 ou PCR) »: either test tells."""
    return frozenset().union(*(item.markers for item in items)) == {"HPV", "P16"}


def _joined(tests: list[Test], items: list[Item], clause: Clause) -> Test:
    """The demands as their joints join them; names of opposite sign beside each other are asked together."""
    if len(tests) == 1:
        return tests[0]
    if any(_contradict(*pair) for pair in combinations(tests, 2)):
        if len(tests) == 2 and _meaning(items[1].joint) in ("or", "slash"):
            return NoDemand()  # « dMMR / pMMR », « MSI-H ou MSS »: either will do
        raise NotReadError
    if (alleles := _alleles_as_one(tests, items)) is not None:
        return _joined(*alleles, clause)
    listed = {_meaning(item.joint) for item in items[1:]} <= {"or", "comma"} and not any(item.denied for item in items)
    if listed and is_any_of(items, clause):
        return AnyOf(tuple(dict.fromkeys(tests)))  # whatever the sign of each
    groups: list[list[int]] = [[0]]
    for index in range(1, len(items)):
        if _sign(tests[index]) == _sign(tests[index - 1]):
            groups[-1].append(index)
        elif items[index].joint in ALTERNATIVE:
            apart = len(items) == 2 and not items[0].markers & items[1].markers
            if apart and not items[0].shared and not items[0].denied and not items[1].denied:
                return AnyOf(tuple(tests))  # « HER2+ ou RE négatif »: each with a sign of its own
            raise NotReadError
        else:
            groups.append([index])
    parts = [_group([tests[index] for index in group], [items[index] for index in group], clause) for group in groups]
    return together(parts)


def _alleles_as_one(tests: list[Test], items: list[Item]) -> tuple[list[Test], list[Item]] | None:
    """« HLA-A*02:01, 02:05 ou 02:06 et … »: alleles beside one another are one alternative. None: no such list."""
    at = [index for index, item in enumerate(items) if item.markers and item.marker.startswith("HLA-")]
    if len(at) < 2:
        return None
    first, last = at[0], at[-1]
    joints = {_meaning(item.joint) for item in items[first + 1 : last + 1]}
    if last - first + 1 != len(at) or not joints <= {"or", "comma", "slash"} or "or" not in joints | {"slash"}:
        raise NotReadError
    if any(items[index].denied or _sign(tests[index]) for index in at):
        raise NotReadError
    whole = AnyOf(tuple(dict.fromkeys(tests[first : last + 1])))
    return [*tests[:first], whole, *tests[last + 1 :]], [*items[: first + 1], *items[last + 1 :]]


def _contradict(one: Test, other: Test) -> bool:
    if not (isinstance(one, MarkerIs) and isinstance(other, MarkerIs)) or one.demand.markers != other.demand.markers:
        return False
    precise = [any(map(is_precise, test.demand.alterations)) or test.demand.threshold for test in (one, other)]
    return _sign(one) != _sign(other) and not any(precise)


def _sign(test: Test) -> bool:
    """Whether a demand asks that something is not there."""
    return isinstance(test, MarkerIs) and test.demand.presence == "absent"


def _group(tests: list[Test], items: list[Item], clause: Clause) -> Test:
    if all(same(test, tests[0]) for test in tests):
        return tests[0]
    joints = {_meaning(item.joint) for item in items[1:]}
    if _sign(tests[0]):
        if "or" in joints and not items[0].denied:
            raise NotReadError  # « RE ou RP négatif »: either, or both?
        return AllOf(tuple(tests))
    joints = {_slash(before, after) for before, after in pairwise(items)}
    if is_any_of(items, clause) or (joints <= {"or", "comma"} and "or" in joints):
        return AnyOf(tuple(tests))
    return _asked_together(tests, items, joints, clause)


def _slash(before: Item, after: Item) -> str:
    """A slash joins alternatives, but « RH+/HER2 faible » are two questions."""
    joint = _meaning(after.joint)
    if joint != "slash":
        return joint
    return "and" if (before.markers <= _RECEPTORS) != (after.markers <= _RECEPTORS) else "or"


def _asked_together(tests: list[Test], items: list[Item], joints: set[str], clause: Clause) -> Test:
    drivers = all(item.markers <= _DRIVERS for item in items)
    listed = all(item.shared for item in items[1:]) and joints & {"comma", "and"}
    if "or" in joints and not drivers:
        return _receptors_apart(tests, items)
    if drivers and len({item.marker for item in items}) == len(items):
        return AnyOf(tuple(tests))
    if listed and len(items) > 2:
        return AnyOf(tuple(tests)) if clause.polarity is Polarity.INCLUSION else AllOf(tuple(tests))
    if joints == {"comma"} and not _are_apposed(items, clause):
        raise NotReadError
    if "comma" in joints and all(item.markers and marker_facts(item.marker).kind == "cytogenetic" for item in items):
        raise NotReadError  # « CBF : t(8;21), inv(16) »: one of them, or all?
    return AllOf(tuple(tests))


def _are_apposed(items: list[Item], clause: Clause) -> bool:
    """« KRAS G12C, PD-L1 ≥ 1 % »: results of different sorts, side by side, are each asked."""
    if all(item.markers <= _RECEPTORS | {"HER2", "PD-L1"} for item in items):
        return True
    sorts = ["receptor" if item.markers <= _RECEPTORS else next(iter(item.markers & _SORTS), "gene") for item in items]
    return clause.polarity is Polarity.INCLUSION and len(set(sorts)) == len(sorts)


def _meaning(joint: str) -> str:
    if joint in ALTERNATIVE:
        return "or"
    return {",": "comma", "/": "slash"}.get(joint, "and")


def _receptors_apart(tests: list[Test], items: list[Item]) -> Test:
    """« RE+ et/ou RP+, HER2+ »: the receptors are one alternative, what stands beside them is asked too."""
    inside = [test for test, item in zip(tests, items, strict=True) if item.markers <= _RECEPTORS]
    beside = [test for test, item in zip(tests, items, strict=True) if not item.markers <= _RECEPTORS]
    if len(inside) != 2 or not beside or not all(item.markers <= _RECEPTORS for item in items[:2]):
        raise NotReadError
    if _meaning(items[1].joint) != "or" or any(_meaning(item.joint) == "or" for item in items[2:]):
        raise NotReadError
    return AllOf((AnyOf(tuple(inside)), *beside))


def _triple_negative(clause: Clause, found: list[Found], unread: list[tuple[int, int]]) -> list[Found]:
    """« Triple négatif », with the limits that the parenthesis behind it names; not beside an unread alternative."""
    result: list[Found] = []
    for match in _TRIPLE_NEGATIVE.finditer(clause.plain):
        if any(one.start < match.end() and match.start() < one.end for one in found):
            continue
        if of_a_subgroup(clause, *match.span()) or _is_beside(clause.plain, match.span(), unread):
            continue
        told = next((one for one in found if re.fullmatch(r"\s*[(:,]\s*", clause.plain[match.end() : one.start])), None)
        own = told.test if told and _receptor_demands(told.test) else None
        end = match.end()
        if own is not None and told is not None:
            found.remove(told)
            end = told.end + (clause.plain[told.end : told.end + 1] == ")")
        result.append(Found(match.start(), end, _completed(own), Kind.BIOMARKER))
    return result


def _is_beside(plain: str, span: tuple[int, int], unread: list[tuple[int, int]]) -> bool:
    gaps = [plain[span[1] : start] for start, _ in unread if start >= span[1]]
    gaps += [plain[end : span[0]] for _, end in unread if end <= span[0]]
    return any(re.fullmatch(r"[\s)]*(?:,|/|\bou\b|\bor\b|\bet\b|\band\b)+[\s(]*", gap) for gap in gaps)


def _receptor_demands(test: Test) -> tuple[MarkerIs, ...]:
    parts = test.parts if isinstance(test, AllOf) else (test,)
    flat = [one for part in parts for one in (part.parts if isinstance(part, AllOf) else (part,))]
    asked = tuple(one for one in flat if isinstance(one, MarkerIs))
    return (
        asked if len(asked) == len(flat) and all(one.demand.markers <= _RECEPTORS | {"HER2"} for one in asked) else ()
    )


def _completed(told: Test | None) -> Test:
    """Receptors and HER2 all negative (ASCO/CAP), by the limits told where there are some."""
    named = _receptor_demands(told) if told is not None else ()
    seen = frozenset().union(*(one.demand.markers for one in named))
    silent = [] if "HR" in seen else [marker for marker in ("ER", "PR") if marker not in seen]
    silent += [] if "HER2" in seen else ["HER2"]
    return AllOf((*named, *(MarkerIs(MarkerDemand.of(marker, "absent")) for marker in silent)))
