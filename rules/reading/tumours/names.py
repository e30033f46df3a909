"""The names of organs and histologies in a clause, each with what it may mean, before they are put together (`tumour`).

A name may say more than an organ and a histology: « TVNIM » is a depth, « cancer du sein HER2+ » a marker. Words of the
extent that the vocabulary has inside a name (« mélanome métastatique ») are left to who reads the extent.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rules.criteria import AllOf, AnyOf, Kind, State, StateIs, Test, TnmIs, Unread
from rules.hinted import hinted
from rules.histologies import HISTOLOGIES, HISTOLOGY_NAMES, MOLECULAR_SUBTYPES, morphology_of, organs_implied
from rules.organs import ORGAN_NAMES, ORGANS
from rules.reading.clause import Clause, plain
from rules.reading.disease import recogniser as disease
from rules.short_names import short_names
from rules.subtypes import asked_by_subtype

TOO_GENERAL = frozenset({"malignant_neoplasm", "solid", "haematologic_neoplasm", "neoplasm"})
_BETWEEN = frozenset({"intermediate_mesenchymal_tumour"})
"""Tumours that seldom spread and are treated as such: a trial may be of them (desmoid, tenosynovial giant cell)."""
_NOT_INVASIVE = ("in_situ", "benign_neoplasm", "borderline_neoplasm")
_UNSURE_ABBREVIATIONS = frozenset({"ccr", "crc", "mcrc", "ccrm", "mccr"})
_OF_THE_KIDNEY = hinted(r"\b(?:cellules renales|renale?s?|renaux|reins?|kidney|imdc|chromophobes?|nephrectomi\w+)\b")
_COMPONENT_NAME = hinted(r"(?:composante|contingent|differenciation|component|differentiation)s?\s(?:a\s)?")
_GENERIC = re.compile(
    r"\b(?:cancers?|tumeurs?|tumou?rs?|neoplasies?|neoplasms?|malignancy|k|du|de|des|la|le|l|d|of|the)\b"
)
_CANCER = re.compile(r"\b(?:cancers?|tumeurs?|tumou?rs?|neoplasies?|neoplasms?|malignancy|k)\b")
_BLOOD = re.compile(
    r"lymphom|leucem|leuk|hodgkin|myelo|hemato|haemato|vaquez|follicul|binet|flipi|iwcll|gelf|\br/r\b|\bl?nhl?\b|"
    r"\b(?:lcm|mcl|lzm|mzl|ldgcb|lbdgc|dlbcl|llc|cll|waldenstrom)\b|k\b|vads"
)
_STATE = (
    r"(?:(?:locally |localement )?(?:metastati(?:ques?|c)|avancee?s?|advanced)|relapsed|refractory|recurrent|"
    r"(?:en )?rechute|refractaires?|recidivante?s?|de novo|en phase (?:chronique|acceleree|blastique)|"
    r"newly[- ]diagnosed|nouvellement diagnostique\w*|(?:extensive|limited)[- ]stage|etendu|limite)"
)
_STATE_FIRST = re.compile(rf"{_STATE}(?:(?:\s(?:or|and|ou|et)\s|[\s/]){_STATE})*\s(?=\w)")
_STATE_LAST = hinted(rf"(?:\s(?:(?:or|and|ou|et)\s)?{_STATE})+$")
ONLY_STATE = re.compile(_STATE)
"""« carcinome urothélial localement avancé ou métastatique »: an extent, though the vocabulary has it in a name."""
_STATE_PREFIX = re.compile(r"(?:es|ls)-(?=sclc)")
_MARKER_LAST = re.compile(r"\sph$")
"""« LAL Ph- »: the chromosome is a marker, read with its sign."""
_OF_THE_PROSTATE = re.compile(r"m?n?m?(?:crpc|cprc|hspc|cspc|cphs|cpmhs)(?:n?m)?")
_LIGHT_CHAINS = re.compile(r"seri\w*|kappa|lambda|chaines? legeres?|ratio|mg/l")
_SUPERFICIAL = re.compile(r"n'infiltrant pas|non[- ]infiltrant|non[- ]?muscle|nonmuscle|tvnim|nmibc|superficiel")
_MUSCLE_INVASIVE = re.compile(r"infiltrant le muscle|tvim\b|\bmibc|muscle[- ](?:invasive|invasif)")
_MYELOMA, _MULTIPLE_MYELOMA = frozenset({"myeloma"}), frozenset({"multiple_myeloma"})
_MM = re.compile(r"(?<!\d )(?<![\w.-])MM\b(?!\s?(?:Hg|3|2))")
_OF_MYELOMA = re.compile(
    r"\br/r\b|rechute|refract|relaps|imwg|smoulder|smolder|nouvellement diag|newly diag|autogreffe|cd38"
)
_GRADE_GOES_ON = re.compile(r"\s?(?:-|a|/|ou|or|to|et|,)\s?(?:g|grade\s)?(?:[1-4]|i{2,3}|iv)(?![\d,.]\d)")
_GRADE = r"(?:[1-4]|i{1,3}|iv)[ab]?"
_GRADE_LAST = re.compile(
    rf"[\s,(]*(?:de )?(?:(?:bas )?grade\s|g){_GRADE}(?:\s?(?:,|/|-|ou|a|to|or|et)\s?(?:g|grade )?{_GRADE})*$"
)
_ENDS_WITH_SITE = re.compile(r"^(?!cancer|tum|k ).*\w\s(?:de la |de l'|du |of the )\w+$")
_BARE = re.compile(r"(?:histologies? )?non[- ]?(?:epidermoides?|squamous)")
"""A word of the lung, for what is not squamous; in a trial of another organ it is not understood."""
_CITED = re.compile(r"\s?(?:viral oncogene|working group|society|network|folliculaires\b)")


class Name(NamedTuple):
    """A name of the clause: where, what it may mean of organ and histology, and what else it says (`more`)."""

    start: int
    end: int
    organs: frozenset[str]
    histologies: frozenset[str]
    joint: str = ""
    hyphened: bool = False
    more: Test | None = None
    bare_morphology: bool = False
    sited: bool = False
    """Its own words end with a site (« adénocarcinome du col »)."""
    alternative: bool = False
    """An adjective that shares the noun of the name before it, beside which it stands."""


def names(clause: Clause) -> list[Name]:
    """Every name that may be of a primary, left to right; organ and histology of one stretch are one name."""
    return list(_names(clause))


@lru_cache(maxsize=64)
def _names(clause: Clause) -> tuple[Name, ...]:
    """Kept for a while: whoever cuts a list of tumours asks for them again."""
    raw = [(one.start, one.end, one.ids, frozenset[str]()) for one in ORGAN_NAMES.find_tokens(clause.words)]
    raw += list(_types(clause))
    raw += [(start, start + 2, _MYELOMA, _MULTIPLE_MYELOMA) for start in _myelomas(clause)]
    raw += list(_short_names(clause))
    found: list[Name] = []
    for start, end, organs, histologies in sorted(raw, key=lambda one: (one[0], -one[1])):
        if found and start < found[-1].end:
            hyphened = clause.plain[max(0, start - 1)] == "-"
            found[-1] = _overlapping(found[-1], Name(start, end, organs, histologies, hyphened=hyphened), clause)
        else:
            found.append(Name(start, end, organs, histologies))
    found = _with_adjectives(clause, [_of_every_siewert(clause, one) for one in found])
    return tuple(kept for name in found if not _is_other_word(clause, name) and (kept := _meant(clause, name)))


def _types(clause: Clause) -> Iterator[tuple[int, int, frozenset[str], frozenset[str]]]:
    """Names of histologies; « adénocarcinome, adénosquameux », known without its comma as one, is two."""
    for one in HISTOLOGY_NAMES.find_tokens(clause.words):
        comma = clause.text.find(",", one.start, one.end)
        left, right = clause.text[one.start : comma], clause.text[comma + 1 : one.end]
        two = comma > 0 and HISTOLOGY_NAMES.exact(left), comma > 0 and HISTOLOGY_NAMES.exact(right)
        if two[0] and two[1] and not _covered(one.ids, two[0]):
            yield one.start, comma, frozenset(), two[0]
            yield one.end - len(right.lstrip()), one.end, frozenset(), two[1]
        else:
            yield one.start, one.end, frozenset(), one.ids


def _covered(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return all(any(HISTOLOGIES.covers(one, id_) for one in wide) for id_ in narrow)


_SIEWERT = re.compile(r"\bsiewert (?:types? )?(?P<first>i{1,3}|[123])$")
_MORE_SIEWERT = re.compile(
    r"(?P<joint>\s?(?:,|/|-|a|to|ou|or|et|and)\s?)(?:siewert )?(?:types? )?(?P<next>i{1,3}|[123])(?![\w.])"
)
_RANKS = {"i": 1, "ii": 2, "iii": 3, "1": 1, "2": 2, "3": 3}


def _of_every_siewert(clause: Clause, name: Name) -> Name:
    """« JOG Siewert I à III »: every type of the range, of which the vocabulary has the first."""
    first = _SIEWERT.search(clause.plain, name.start, name.end)
    if first is None:
        return name
    ranks, end = {_RANKS[first["first"]]}, name.end
    while match := _MORE_SIEWERT.match(clause.plain, end):
        rank = _RANKS[match["next"]]
        through = match["joint"].strip() in ("-", "a", "to")
        ranks |= set(range(max(ranks), rank + 1)) if through else {rank}
        end = match.end()
    if end == name.end:
        return name
    others = frozenset(one for one in name.organs if not one.startswith("siewert"))
    organs = others | {f"siewert_{rank}" for rank in ranks}
    organs |= {"oesophagogastric_junction"} if ranks == {1, 2, 3} else set()
    histologies = frozenset({"gej_adenocarcinoma"}) if name.histologies else frozenset[str]()
    return name._replace(end=end, organs=organs, histologies=histologies)


_NOUN = re.compile(
    r"(?:melanomes?|lymphomes?|carcinomes?|adenocarcinomes?|sarcomes?|liposarcomes?|thymomes?|leucemies?|gliomes?|"
    r"rhabdomyosarcomes?|mesotheliomes?|astrocytomes?)(?=\s)"
)
_NEXT_ADJECTIVE = re.compile(
    r"(?:\s?,\s|\s?/\s?|,?\s(?:et/ou|ou|et)\s)(?P<words>(?:de |du |de la |a |d')?[a-z][a-z0-9' -]*?)"
    r"(?=\s?(?:$|[,;:()/.]|\bou\b|\bet\b|\bet/ou\b))"
)


_SITE_OF = re.compile(r"^(?:de la |de l'|du |des |de |d')")


def _with_adjectives(clause: Clause, found: list[Name]) -> list[Name]:
    """« mélanome cutané, muqueux ou de primitif inconnu »: each adjective with the noun, where that is a name."""
    added: list[Name] = []
    for name in found:
        noun = _NOUN.match(clause.plain, name.start, name.end) if name.histologies else None
        position = name.end
        while noun and (match := _NEXT_ADJECTIVE.match(clause.plain, position)):
            ids = _with_noun(clause.plain[name.start : name.end], len(noun[0]), match["words"])
            if (
                not ids
                or ONLY_STATE.fullmatch(match["words"])
                or (
                    ORGAN_NAMES.exact(_SITE_OF.sub("", match["words"])) - _NOWHERE and not noun[0].startswith("melanom")
                )
                or (match[0].lstrip()[0] == "," and _is_whole(ids, name.histologies))
            ):
                break
            added.append(Name(match.start("words"), match.end("words"), organs_implied(ids), ids, alternative=True))
            position = match.end("words")
    kept = [one for one in found if not any(one.start < other.end and other.start < one.end for other in added)]
    return sorted([*kept, *added], key=lambda one: one.start)


def _is_whole(ids: frozenset[str], histologies: frozenset[str]) -> bool:
    """« Gliome de grade 2, IDH muté »: a word that leaves the name as wide as its noun is no further type."""
    return all(any(one != id_ and HISTOLOGIES.covers(one, id_) for one in ids) for id_ in histologies)


def _with_noun(name: str, noun: int, adjective: str) -> frozenset[str]:
    """« papillaire » behind « carcinome rénal à cellules claires »: with as much of that name as makes a name."""
    heads = [name[: match.start()] for match in re.finditer(r"\s", name)][::-1]
    for head in heads:
        ids = HISTOLOGY_NAMES.exact(f"{head} {adjective}") if len(head) >= noun else frozenset[str]()
        if ids and not ids <= TOO_GENERAL:
            return ids
    return frozenset()


def _is_other_word(clause: Clause, name: Name) -> bool:
    """Two letters (LH, PV, LF) away from haematology, a unit (mcL), light chains (CLL), the head of another
    abbreviation (CLL-IPI, APL-2), one whose words stand before it (« épidural … compression (ESCC) »)."""
    written = clause.text[name.start : name.end]
    if re.fullmatch(r"[A-Z]{2,5}", written) and re.match(r"-[A-Z0-9]", clause.text[name.end :]):
        return True
    if re.fullmatch(r"[a-z]{2,3}[A-Z]", written) or _CITED.match(clause.plain, name.end):
        return True
    if written == "CLL" and _LIGHT_CHAINS.search(clause.plain):
        return True
    if _is_initials(clause, name) or _is_manner(clause, name):
        return True
    if written == "MM":
        return False
    blood = bool(clause.organs) and all(ORGANS.covers("haematologic", organ) for organ in clause.organs)
    return re.fullmatch(r"[A-Za-z]{2}", written) is not None and not blood and not _BLOOD.search(clause.plain)


def _is_manner(clause: Clause, name: Name) -> bool:
    """« de type gastrique », « type intestinal » of a tumour of another organ: how it looks, not where it sits."""
    shaped = re.match(r"gastri|intestin|pancrea|endometri|colori", clause.plain[name.start : name.end])
    return shaped is not None and not name.histologies and clause.plain.endswith("de type ", 0, name.start)


def _is_initials(clause: Clause, name: Name) -> bool:
    """Whether an abbreviation in parentheses is that of the words before it, none of which names a tumour."""
    written = clause.plain[name.start : name.end]
    if not re.fullmatch(r"[a-z]{3,6}", written) or clause.plain[name.start - 1 : name.start] != "(":
        return False
    before = re.findall(r"[a-z]+", clause.plain[: name.start])[-len(written) :]
    if "".join(word[0] for word in before) != written:
        return False
    told = clause.plain[max(0, name.start - 60) : name.start]
    return not HISTOLOGY_NAMES.find(told) and not re.search(r"cancer|carcin|tum|lymph|leuk|leuc|melan|sarc", told)


def _overlapping(first: Name, second: Name, clause: Clause) -> Name:
    """An entity and a site in one stretch; a site inside the entity's own name says nothing more than it."""
    organs, histologies = first.organs or second.organs, first.histologies or second.histologies
    inside = first.histologies and second.organs and second.end <= first.end and second.start > first.start
    inside = inside or (second.start == first.start and second.end < first.end and _is_wider(second, histologies))
    inside = inside and (second.hyphened or bool(organs_implied(histologies)) or second.organs == _NOWHERE)
    prefix = first.organs and second.histologies and first.start == second.start and first.end < second.end
    named_apart = second.start > first.start and not HISTOLOGY_NAMES.exact(clause.text[second.start : second.end])
    precise = named_apart and _is_a_part(second.organs, organs_implied(histologies))
    if prefix or (inside and not precise):
        organs = organs_implied(histologies)
    if first.organs and second.histologies and _is_lesser(first, second, clause):
        histologies = frozenset()
    return Name(first.start, max(first.end, second.end), organs, as_far_up(histologies, organs))


_NOWHERE = frozenset({"unknown_primary"})


def _is_a_part(site: frozenset[str], implied: frozenset[str]) -> bool:
    """« cancer du rectum », known as an entity of the colon and rectum: the site named is the more precise."""
    if not site or any(ORGANS.covers("haematologic", organ) for organ in site):
        return False
    return bool(implied) and all(any(ORGANS.covers(one, organ) for one in implied) for organ in site)


def _is_wider(site: Name, histologies: frozenset[str]) -> bool:
    """« lymphome » of « lymphome à cellules du manteau »: a site less precise than the one that the entity implies, or
    another than that of a disease of the blood (« LAL-T/LBL-T », « leucémie à plasmocytes »)."""
    implied = organs_implied(histologies)
    if site.organs and implied and all(ORGANS.covers("haematologic", one) for one in site.organs | implied):
        return True
    return bool(site.organs and implied) and all(
        any(ORGANS.covers(organ, one) for organ in site.organs) for one in implied
    )


def _is_lesser(site: Name, part: Name, clause: Clause) -> bool:
    """« leucémie chronique » known as a site, of which only « leucémie » is known as a type: less than it says."""
    if part.end > site.end or not ORGANS.covers("haematologic", min(site.organs)):
        return False
    rest = _GENERIC.sub(" ", plain(clause.text[site.start : part.start] + " " + clause.text[part.end : site.end]))
    return bool(rest.strip()) and not ORGAN_NAMES.exact(rest) and part.histologies <= {"leukaemia", "lymphoma"}


def as_far_up(histologies: frozenset[str], organs: frozenset[str]) -> frozenset[str]:
    """« adénocarcinome gastrique ou de la JOG »: the entity of one organ, as far up as it may be in the others too."""
    implied = organs_implied(histologies)
    if not implied or all(any(_of_one_line(one, organ) for one in implied) for organ in organs):
        return histologies
    parents = frozenset(parent for id_ in histologies for parent in HISTOLOGIES[id_].parents)
    return as_far_up(parents, organs) if parents else histologies


def _of_one_line(one: str, other: str) -> bool:
    return ORGANS.covers(one, other) or ORGANS.covers(other, one)


def _meant(clause: Clause, name: Name) -> Name | None:
    """The name with what it asks; None where it says nothing that can be asked."""
    name = _without_grade(clause, _without_state(clause, name))
    text = plain(clause.text[name.start : name.end])
    named = name.histologies
    if named and named <= TOO_GENERAL and (component := _COMPONENT_NAME.match(text)):
        named = HISTOLOGY_NAMES.exact(text[component.end() :])  # asked for itself: « pas de composante neuroendocrine »
    histologies = frozenset(id_ for id_ in named if id_ not in TOO_GENERAL)
    not_invasive = all(_is_not_invasive(HISTOLOGIES.above(id_)) for id_ in histologies)
    if histologies and not_invasive and "urothelial" not in text:
        return None
    more = _prostate_state(clause, name) if _OF_THE_PROSTATE.fullmatch(text) else _more(text, histologies)
    if histologies & MOLECULAR_SUBTYPES.keys():
        of_breast = bool(name.organs & {"breast"}) or not name.organs
        histologies = frozenset() if of_breast else morphology_of(histologies)
    bare_site = _CANCER.search(text) and ORGAN_NAMES.exact(_GENERIC.sub(" ", text))
    if text in _UNSURE_ABBREVIATIONS and name.organs and _OF_THE_KIDNEY.search(clause.plain):
        name = name._replace(organs=name.organs | {"kidney"})
    if name.organs and (text in _UNSURE_ABBREVIATIONS or bare_site):
        histologies = frozenset()  # « cancer du sein » names the site: the usual type is not asked by it
    if name.organs & {"solid_site", "haematologic"} and not histologies:
        return None
    if not name.organs and not histologies:
        return None
    bare = _BARE.fullmatch(text) is not None and histologies == {"nsclc_nonsquamous"}
    if bare and clause.organs and not any(ORGANS.covers("lung", organ) for organ in clause.organs):
        return None
    sited = _ENDS_WITH_SITE.search(text) is not None
    return Name(
        name.start,
        name.end,
        name.organs,
        histologies,
        more=more,
        bare_morphology=bare,
        sited=sited,
        alternative=name.alternative,
    )


def _is_not_invasive(above: frozenset[str]) -> bool:
    return bool(above & frozenset(_NOT_INVASIVE)) and not above & _BETWEEN


def _without_state(clause: Clause, name: Name) -> Name:
    text = clause.plain[name.start : name.end]
    if prefixed := _STATE_PREFIX.match(text):
        return name._replace(start=name.start + prefixed.end())
    first, last = _STATE_FIRST.match(text), _STATE_LAST.search(text) or _MARKER_LAST.search(text)
    start, end = (first.end() if first else 0), (last.start() if last else len(text))
    if start >= end or (start, end) == (0, len(text)):
        return name
    rest = clause.text[name.start + start : name.start + end]
    known = HISTOLOGY_NAMES.exact(rest) >= name.histologies if name.histologies else bool(ORGAN_NAMES.exact(rest))
    return name._replace(start=name.start + start, end=name.start + end) if known else name


def _without_grade(clause: Clause, name: Name) -> Name:
    """« oligodendrogliome grade 2-3 » is known as grade 2: the grade is left aside where it goes on."""
    if not name.histologies or not _GRADE_GOES_ON.match(clause.plain, name.end):
        return name
    grade = _GRADE_LAST.search(clause.plain[name.start : name.end])
    if grade is None or not grade.start():
        return name
    end = name.start + grade.start()
    known = HISTOLOGY_NAMES.exact(clause.text[name.start : end])
    parents = frozenset(parent for id_ in name.histologies for parent in HISTOLOGIES[id_].parents)
    return name._replace(end=end, histologies=known or parents)


def _myelomas(clause: Clause) -> list[int]:
    """« MM » of the myeloma, by what else the clause or the trial says: elsewhere it is millimetres."""
    if "MM" not in clause.text:
        return []
    told = clause.organs & _MYELOMA or _OF_MYELOMA.search(clause.plain)
    return [match.start() for match in _MM.finditer(clause.text)] if told else []


def _short_names(clause: Clause) -> Iterator[tuple[int, int, frozenset[str], frozenset[str]]]:
    """« LP » in a trial of myeloma: what an abbreviation means beside the organs of the trial."""
    for name, ids in short_names(clause.organs).items() if clause.organs else ():
        if name in clause.text:
            for match in re.finditer(rf"(?<![\w-]){name}(?![\w-])", clause.text):
                yield match.start(), match.end(), organs_implied(ids), ids


def _prostate_state(clause: Clause, name: Name) -> Test | None:
    """« CPHSm » names a state too, where it speaks of the disease now and not of an earlier treatment."""
    here = [one for one in disease.recognise(clause) if one.start < name.end and name.start < one.end]
    return here[0].test if here and here[0].kind is Kind.EXTENT else None


def _more(text: str, histologies: frozenset[str]) -> Test | None:
    """What a name says beside organ and histology: markers of a molecular subtype, depth of a bladder tumour."""
    subtypes = sorted(histologies & MOLECULAR_SUBTYPES.keys())
    if subtypes:
        tests = tuple(asked_by_subtype(id_) or Unread(Kind.BIOMARKER) for id_ in subtypes)
        return tests[0] if len(tests) == 1 else AnyOf(tests)
    if text == "rrmm":
        return AnyOf((StateIs(State.RELAPSE), StateIs(State.REFRACTORY)))
    if any("urothelial" in id_ for id_ in histologies):
        if _SUPERFICIAL.search(text):
            return TnmIs("t", frozenset({"Ta", "Tis", "T1"}))
        if _MUSCLE_INVASIVE.search(text):
            return TnmIs("t", frozenset({"T2", "T3", "T4"}))
    return None


def with_more(test: Test, name: Name) -> Test:
    """A test of the name with what else it says."""
    return AllOf((test, name.more)) if name.more else test
