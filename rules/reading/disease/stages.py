"""Stage groups, values of other systems and TNM categories of a clause, as terms that join those of extent.

Grades (SBR, Gleason, ISUP, FNCLCC, WHO) are read by the same tables but are histology (contract); Child-Pugh is liver
function. Post-treatment (y) and recurrence (r) categories, and what is said « au diagnostic », are left unread.
"""

import re
from itertools import pairwise

from rules.criteria import AllOf, AnyOf, Kind, Not, StageIn, State, StateIs, Test, TnmIs, Unread
from rules.hinted import hinted
from rules.junctions import together
from rules.kinds import Polarity
from rules.reading.clause import Clause, plain
from rules.reading.disease.roles import METASTATIC, NOT_METASTATIC, Role, Term
from rules.reading.disease.tnm_ranges import ranged
from rules.reading.phrases import masked, negated, shifted
from rules.reading.stage_limbs import limbs_of
from rules.reading.value_limbs import value_limbs
from rules.staging import StageMention, StageValue, Tnm, TnmMention, find_groups, find_stages, find_tnm, read_stage

_GRADES = frozenset({"isup", "gleason", "sbr", "who_cns", "who_net", "fnclcc", "fuhrman", "isup_renal"})
_AT_DIAGNOSIS = re.compile(
    r"[\s,(]*(?:au moment du |au |at |lors du |a la |initial )(?:initial |premier )?(?:diagnos|presentation)|"
    r"[\s,(]*initial\w*"
)
_PAST = re.compile(r"\b(?:initial\w*|antecedents?|history|previously|ancien\w*)\s(?:\w+\s){0,3}$")
_OF_ANOTHER_DISEASE = re.compile(
    r"\s\(?(?:or higher |ou plus )?(?:encephalop|renal|kidney|hypertens|ulcer|heart|chronic|ckd|fibros|cirrh|copd|"
    r"bpco|insuffisance|hepatiti|neuropath|acute|graft|gvhd|"
    r"retinopath|lymphedema|pressure|cardiac|escarre)"
)
_TREATED_FOR = re.compile(
    r"\b(?:traitee?s?|traitements?|treat\w*|chimio\w*|chemo\w*|\w*therap\w*|recue?s?|received|lignes?|lines?)"
    r"\b[^,;:(]{0,60}\b(?:pour|for|en|in|d'un|du|des?|of|au)\s[^,;:(]{0,30}$"
)
_ANY = re.compile(r"(?:\b(?:tout|tous|any|all|quel que soit le)\s(?:les\s)?(?:c|p)?[tnm]\b,?\s?)$")
_ANY_AFTER = re.compile(r",?\s(?:tout|any|all)\s(?:c|p)?[tnm]\b")
_CLASSED = re.compile(
    r"(?:\b(?:tumeurs?|maladies?|atteintes? ganglionnaires?|envahissement ganglionnaire|nodal (?:disease|"
    r"involvement))\s)?"
    r"(?:\b(?:classee?s?|cotee?s?|classified as|staged)\s)$|"
    r"\b(?:atteintes? ganglionnaires?|envahissement ganglionnaire|nodal (?:disease|involvement))\s$"
)
_JOIN = re.compile(
    r"\s*(?P<join>,?\s?(?:et/ou|and/or|ou bien|ou|or|et|and|/|,|\(|avec|with)?)\s*(?:(?:un|stade|stage|les|des|"
    r"soit|either|(?:tout|tous|any|all|quel que soit)(?: les?)? [cp]?[tnm],?)\s)*"
)
_NO_SUCH = re.compile(r"\b(?:no|not|without|pas d[e']|sans|absence d[e']|aucune?)\s(?:\w+\s){0,2}$")
_OF_SMALL_CELL = hinted(r"petites cellules|small[- ]cell|sclc|cb?pc\b")
_TWO_STAGES = re.compile(
    r"\b(?:de |a un |en |au )?(?:stade |forme |maladie )?(?:etendue?s?|disseminee?s?|extensi(?:ve|f)|diffuse?|"
    r"es(?=-sclc)|(?P<narrow>limitee?s?|limited|ls(?=-sclc)))(?:[- ](?:stage|disease))?\b"
)
_EXTENSIVE: Test = AnyOf((StageIn(frozenset(), frozenset({StageValue("valg", "extensive")})), METASTATIC))
_LIMITED: Test = AllOf((StageIn(frozenset(), frozenset({StageValue("valg", "limited")})), NOT_METASTATIC))
NAME_HINT = hinted(
    r"stade|stage|staging|figo|uicc|ajcc|tnm|ann.?arbor|lugano|cotswolds|salmon|masaoka|murphy|jude|ipnhlss|"
    r"enneking|msts|\brai\b|binet|r2?-?iss|\biss\b|international staging|bclc|"
    r"barcel|child|isup|grade|gleason|amico|nccn|\beln|european leuk|ipss|ipi\b|\bips|prognostic|pronosti|sokal|"
    r"elts|eutos|igccc|imdc|heng|mskcc|motzer|memorial|sbr|scarff|elston|ellis|"
    r"nottingham|who|oms|fnclcc|fuhrman|siewert|valg|veterans|inss|inrg|chang|pretext|siop|\birsg?\b|clark|breslow|"
    r"ipiaa|hasenclever|\bnhg\b|enets|\bcpc\b|wilms|valsg"
)
"""A name of every staging system: no other clause is searched for one (a test holds it to the table)."""
_TNM_HINT = re.compile(r"(?<![a-z])[cpyru]{0,3}[tnm]\s?(?:[<>≥≤=]{1,2}\s?)?(?:[0-4x+-]|is)")
_SHORT_OF = re.compile(
    r"/\s?m[01x]\b|,?\s?(?:[a-d]\b(?!\s[cpy]{0,2}[tnm]\s?\d)|exclue?s?\b|excluded|non\b(?! res)|not\b|"
    r"\(?(?:uniquement |seulement |only )?"
    r"(?:a la|au|en|sur|on|by|par) (?:la )?(?:tep|pet|psma))|\)?\s?(?:a la|on|by) (?:tep|pet|psma)"
)
"""What follows a category that was not read to its end (« N1 (mi, a, b) »), is left out, or holds on PET alone."""
_EQUALS = re.compile(r"=\s?$|\bnegative?s? (?:pour|for) (?:une? )?(?:maladie |disease )?$")
_NAMED_BEFORE = re.compile(r"\b(?:figo|uicc|ajcc|tnm)(?:\s(?:19|20)\d\d)?\s$")
_NOT_TNM = re.compile(
    r"\blam\b|\baml\b|leucem|leukem|\birm\b(?! ?:)|\bmri\b(?! ?:)|\bt[12][- ]?weighted|flair|diabet|"
    r"lymphocyte|\bcar-?t\b|\bt-?cell"
)


def find_stage_terms(clause: Clause) -> list[Term]:
    """The stages of the clause: groups first, then other systems, then TNM; spans do not overlap."""
    found: list[Term] = []
    named = _small_cell(clause)
    named += [*_groups(clause), *_values(clause)] if NAME_HINT.search(clause.plain) else _unnamed(clause)
    for term in (*named, *_tnm(clause)):
        if all(term.end <= other.start or other.end <= term.start for other in found) and _counts(clause.plain, term):
            found.append(term)
    return sorted(found, key=lambda term: term.start)


def _small_cell(clause: Clause) -> list[Term]:
    """« CBPC étendu », "limited-stage SCLC": the two stages of the small-cell carcinoma of the lung."""
    text = masked(clause.plain)
    if not _OF_SMALL_CELL.search(text):
        return []
    return [
        Term(match.start(), match.end(), Role.STAGE, _LIMITED if match["narrow"] else _EXTENSIVE, Kind.STAGE)
        for match in _TWO_STAGES.finditer(text)
    ]


def _counts(words: str, term: Term) -> bool:
    text = masked(words)
    opened = text[: term.start].rfind("(")
    if opened > text[: term.start].rfind(")") and _NO_SUCH.search(text[:opened]):
        return False
    if shifted(text, term.start) or negated(text, term.start) is not None or _PAST.search(text[: term.start]):
        return False
    if _OF_ANOTHER_DISEASE.match(text, term.end) or re.search(
        r"(?:renale?|cardiaque|kidney disease|ckd)\s\(?$", text[: term.start]
    ):
        return False
    return not _AT_DIAGNOSIS.match(text, term.end) and not _TREATED_FOR.search(text[: term.start])


def _groups(clause: Clause) -> list[Term]:
    terms = []
    values = find_stages(clause.text)
    for mention in find_groups(clause.text):
        if clause.text[: mention.end].rstrip(" ,(").endswith(" is"):
            continue  # "stage is assessed at …"
        end = len(clause.text[: mention.end].rstrip(" ,("))
        figo = frozenset(
            value
            for other in values
            if other.start < mention.end and mention.start < other.end
            for value in other.values
            if value.system == "figo"
        )
        same = frozenset(StageValue("figo", code) for code in mention.groups) if figo else frozenset()
        named = _NAMED_BEFORE.search(clause.plain[: mention.start])
        start = named.start() if named else mention.start
        if least := _LEAST_BEFORE.search(clause.plain[:start]):
            upward = find_groups(f"stade ≥ {_WORD_OF_STAGE.sub('', clause.text[mention.start : end])}")
            if len(upward) != 1:
                continue
            same = frozenset(StageValue("figo", code) for code in upward[0].groups) if figo else frozenset()
            terms.append(Term(least.start(), end, Role.STAGE, StageIn(upward[0].groups, same), Kind.STAGE))
            continue
        test: Test = StageIn(mention.groups, same)
        limbs = limbs_of(
            clause.text, mention.groups, end, figo=bool(figo), polarity=clause.polarity, tnm=_categories_of
        )
        end, test = (limbs.end, limbs.test) if limbs else (end, test)
        if seen := _FIRST_SEEN.match(clause.plain, end):
            end, test = seen.end(), AllOf((test, _NEVER_BACK))
        terms.append(Term(start, end, Role.STAGE, test, Kind.STAGE))
    return terms


_FIRST_SEEN = re.compile(
    r",?\s\(?(?:d'emblee|de novo|inaugura(?:l|ux|les?)|synchrones?|at (?:initial )?presentation)\)?(?![a-z])"
)
_NEVER_BACK: Test = AnyOf((Not(StateIs(State.RELAPSE)), Unread(Kind.EXTENT)))
"""« Stade IV d'emblée »: of a disease that never came back."""
_LEAST_BEFORE = re.compile(
    r"\b(?:au moins|at least|au minimum|minimum|min\.?)\s?:?\s(?:(?:un|une|de|d'un|en|le|of|a|classee?s?|"
    r"tumeurs?|maladies?)\s)*"
    r"(?:stades?\s)?$"
)
_WORD_OF_STAGE = re.compile(r"^\W*(?:(?:stades?|stages?|figo|uicc|ajcc|tnm|de|la)\W+)+", re.IGNORECASE)
"""« Au moins stade IIB », « au moins T2 »: and all above."""


def _categories_of(text: str) -> list[tuple[int, int, Test]]:
    return [(one.start, one.end, one.test) for one in _tnm(Clause(text, Polarity.INCLUSION))]


_BEHIND_A_NAME = hinted(
    r"\b(?:CBNPC|NSCLC|[Mm][ée]lanomes?|[Cc]ancers?(?: \w+){1,3}?|[Cc]arcinomes?(?: \w+){1,3}?)\s"
    r"(?P<groups>(?:IV|I{1,3})(?:[A-D]|(?=\s?[-–à/]\s?I))(?:\s?(?:-|–|à|/|ou)\s?(?:IV|I{1,3})[A-D]?)*)(?![\w/-])"
)


_ALONE = re.compile(
    r"^\W*(?P<groups>(?:IV|I{1,3})[A-D]?\d?(?:\s?(?:-|–|à|/|,|ou|et)\s?(?:(?:IV|I{1,3})[A-D]?\d?|[A-D]\d?))*)"
    r"(?=[\s.;]*$|\s(?:non r[ée]s[ée]cable|inop[ée]rable|r[ée]s[ée]qu[ée]))"
)
"""« IIIC ou IV » alone in its clause."""


def _unnamed(clause: Clause) -> list[Term]:
    """« CBNPC II-IIIA réséqué »: groups in capitals right behind a tumour, without the word « stade »; or alone."""
    terms = []
    for match in [*_ALONE.finditer(clause.text), *_BEHIND_A_NAME.finditer(clause.text)]:
        groups = frozenset[str]().union(*(one.groups for one in find_groups(f"stade {match['groups']}")))
        if groups:
            terms.append(Term(match.start("groups"), match.end(), Role.STAGE, StageIn(groups), Kind.STAGE))
    return terms


def _values(clause: Clause) -> list[Term]:
    terms = []
    for mention in find_stages(clause.text):
        systems = {value.system for value in mention.values}
        if systems & {"uicc"}:
            continue
        kind = Kind.HISTOLOGY if systems & _GRADES else Kind.STAGE
        kind = Kind.COMORBIDITY if "child_pugh" in systems else kind
        end = _told_at(clause.text, mention)
        entity = _SMALL_CELL.match(clause.plain, mention.start) if "valg" in systems else None
        start = entity.end() if entity else mention.start
        if named := _SCALE_BEFORE.search(clause.plain[:start]):
            start = named.start()
        if scale := _SCALE_BEHIND.match(clause.plain, end):
            end = scale.end()
        test: Test = StageIn(frozenset(), mention.values)
        if limbs := value_limbs(clause.text, mention, end, kind):
            end, test = limbs.end, limbs.test
        terms.append(Term(start, end, Role.STAGE, test, kind))
    return terms


_SCALE_BEFORE = re.compile(
    r"\b(?:(?:stades?|stages?|groupes?|scores?|classes?|classifications?|risques?|risk|groups?|pronostiques?|"
    r"prognostic|"
    r"index|de la|de|d'|un)\s)+$"
)
_SCALE_BEHIND = re.compile(
    r"\s?(?:mm|(?:pronostic|prognosis|risque|risk(?: group)?|group|facteurs?(?: de risque| pronostiques?)?|(?:risk |"
    r"prognostic )?factor)s?)"
    r"(?![a-z])"
)
_SMALL_CELL = re.compile(r"c[bp]?pc\s(?=\w)")
"""« CPC étendu » names a disease and its stage: the stage begins behind the name."""


def _told_at(text: str, mention: StageMention) -> int:
    """Where the value is told in full: the span of a mention goes on to the end of its clause."""
    ends = [mention.start + match.end() for match in re.finditer(r"[\w+≥≤]+", text[mention.start : mention.end])]
    for end in ends:
        if read_stage("", text[mention.start : end]) == mention.values:
            return end
    return len(text[: mention.end].rstrip(" ,(.;:"))


def _tnm(clause: Clause) -> list[Term]:
    if not _TNM_HINT.search(clause.plain) or _NOT_TNM.search(clause.plain):
        return []
    besides = _ON_CONDITION.search(clause.text)
    text = _ALL_PARTS.sub(_blank, _ON_CONDITION.sub(_blank, clause.text))
    text = _SIGN_INSIDE.sub(_sign_first, text)
    mentions = find_tnm(text)
    terms: list[Term] = []
    for run in _runs(plain(text), mentions):
        tests = [_alternatives(category_of(mention.tnm), text[mention.start : mention.end]) for mention in run]
        if any(test is None for test in tests) or _loses_some(plain(text), run):
            continue
        if _SHORT_OF.match(clause.plain, run[-1].end) or _EQUALS.search(clause.plain[: run[0].start]):
            continue
        before = _ANY.search(clause.plain[: run[0].start])
        after = _ANY_AFTER.match(clause.plain, run[-1].end)
        before = before or _CLASSED.search(clause.plain[: run[0].start])
        start, end = before.start() if before else run[0].start, after.end() if after else run[-1].end
        signed = (one.end() for one in _SIGN_INSIDE.finditer(clause.text) if one.start() < end <= one.end())
        end = next(signed, end)
        joined = _joined(plain(text), run, [test for test in tests if test])
        joined = _as_listed(clause.plain, start, end, joined)
        if upward := _UPWARD.match(clause.plain, end):
            joined, end = _and_above(joined), upward.end()
        elif least := _LEAST_BEFORE.search(clause.plain[:start]):
            joined, start = _first_and_above(joined), least.start()
        if besides and run[0].start < besides.start() < run[-1].end:
            joined = AllOf((joined, _condition(besides)))
        only_m = joined in (METASTATIC, NOT_METASTATIC)
        terms.append(
            Term(start, end, Role.EXTENT if only_m else Role.STAGE, joined, Kind.EXTENT if only_m else Kind.STAGE)
        )
    return ranged(clause.plain, terms)


_ALL_PARTS = re.compile(r"\s?\((?:[cp]?N1)?(?:mi, ?)?a, ?b, ?c\)")
"""« N1 (mi, a, b, c) »: all of it."""
_ON_CONDITION = re.compile(
    r"\s?\(si [cp]?(?P<n>N\d)\s?:\s?(?:au moins|>=|"
    r"≥)?\s?[cp]?T(?P<t>[1-4])(?P<part>[a-d]?)(?: (?:ou plus|au moins|minimum|et plus))?\)"
)
"""« pT1 à pT3 (si pN0 : au moins pT1c) »."""


_SIGN_INSIDE = re.compile(
    r"(?<![A-Za-z])(?P<name>[cp]{0,2}[TN])(?P<sign>\s?(?:≥|>=|>)\s?)(?P<rank>[0-4][a-d]?)(?![\w.,])(?!\s?[cm]m\b)"
)


def _sign_first(match: re.Match[str]) -> str:
    """« T ≥ 3 » as « ≥ T3 », in as many characters."""
    return f"{match['sign'].strip()} {match['name']}{match['rank']}".ljust(len(match[0]))[: max(len(match[0]), 0)]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _condition(match: re.Match[str]) -> Test:
    """Not that N, or at least that T."""
    least = int(match["t"])
    parts = [
        f"T{least}{part}" for part in ("abcd" if least == 4 else "abc") if match["part"] and part >= match["part"]
    ] or [f"T{least}"]
    larger = [f"T{number}" for number in range(least + 1, 5)]
    return AnyOf((Not(TnmIs("n", frozenset({match["n"]}))), TnmIs("t", frozenset([*parts, *larger]))))


_UPWARD = re.compile(
    r"\s(?:(?:ou|et|or|and) (?:plus|au-dela|superieure?s?|higher|greater|more|above)|(?:au )?minimum|au moins|"
    r"at least)\b"
    r"(?! d[e'u]| \d)"
)
_LADDERS = {"t": ("T1a", "T1b", "T1c", "T1", "T2", "T3", "T4"), "n": ("N0", "N1", "N2", "N3")}
"""The categories of a component upwards."""


def _and_above(test: Test) -> Test:
    """« T2 ou plus »: the greatest named and all above it."""
    if not isinstance(test, TnmIs) or test.component not in _LADDERS:
        return test
    ladder = _LADDERS[test.component]
    last = max((ladder.index(code) for code in test.values if code in ladder), default=len(ladder))
    above = [code for code in ladder[last + 1 :] if code != "T1"]
    return TnmIs(test.component, test.values | frozenset(above), test.basis)


def _first_and_above(test: Test) -> Test:
    """« Au moins T3 ou N+ »: of the first alternative."""
    return AnyOf((_and_above(test.parts[0]), *test.parts[1:])) if isinstance(test, AnyOf) else _and_above(test)


def _loses_some(plain: str, run: list[TnmMention]) -> bool:
    """Whether a category of the run is not in what was read: « Ta » beside T1, or an M0 glued to a grade."""
    words = plain[max(run[0].start - 8, 0) : run[-1].end]
    superficial = re.search(r"\b[cp]?(?:ta|tis|cis)\b", words) and not any(
        {"Ta", "Tis"} & mention.tnm.t for mention in run
    )
    superficial = superficial or (re.search(r"\b[cp]?nx\b", plain[run[0].start : run[-1].end + 8]) is not None)
    glued = run[0].start > 0 and plain[run[0].start - 1].isalnum()
    listed = re.search(r"\([a-z]{1,2},", plain[run[0].start : run[-1].end])  # « N1 (mi, a, b) »
    return bool(superficial or listed) or glued


def _runs(plain: str, mentions: list[TnmMention]) -> list[list[TnmMention]]:
    runs: list[list[TnmMention]] = []
    for mention in mentions:
        if runs and _JOIN.fullmatch(plain, runs[-1][-1].end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


_GOES_ON_WITH_OR = re.compile(r"\s*(?:,\s?[^,;:.()]{2,30})*,?\s(?:ou|or|et/ou|and/or)\s")


def _as_listed(plain: str, start: int, end: int, joined: Test) -> Test:
    """« T4, N2, EMVI+ ou fascia menacé »: alternatives that the « ou » of the list closes."""
    if not isinstance(joined, AllOf) or "," not in plain[start:end] or not _GOES_ON_WITH_OR.match(plain, end):
        return joined
    parts = [one for one in joined.parts if isinstance(one, TnmIs) and not one.values & {"N0", "M0"}]
    return AnyOf(joined.parts) if len(parts) == len(joined.parts) else joined


_OR = re.compile(r"\bou\b|\bor\b|/")
_WHATEVER = re.compile(r"\b(?:tout|tous|any|all|quel que soit)\b")


def _joined(plain: str, run: list[TnmMention], tests: list[Test]) -> Test:
    """« T3-4 et/ou N+ » is any-of; « T2, N1 » all-of; categories of one component are alternatives."""
    if len(tests) == 1:
        return tests[0]
    joins = [plain[one.end : other.start] for one, other in pairwise(run)]
    components = [{name for name in "tnm" if getattr(mention.tnm, name)} for mention in run]
    if groups := _alternative_groups(joins, components):
        return AnyOf(tuple(together(tests[start:end]) for start, end in groups))
    repeated = any(first & second for first, second in pairwise(components))
    return AnyOf(tuple(tests)) if repeated or any(_OR.search(join) for join in joins) else AllOf(tuple(tests))


def _alternative_groups(joins: list[str], components: list[set[str]]) -> list[tuple[int, int]]:
    """« T3-T4 N0, ou tout T N+ », « T4, N0 ou T1, N1 »: each alternative asks several categories together."""
    cuts = [0, *(index + 1 for index, join in enumerate(joins) if _OR.search(join)), len(components)]
    groups = [*pairwise(cuts)]
    if len(groups) == 1 or any(_has_twice(components[start:end]) for start, end in groups):
        return []
    whatever = any(_WHATEVER.search(join) for join in joins)
    whole = any(len(one) > 1 for one in components) or all(end - start > 1 for start, end in groups)
    return groups if whatever or whole else []


def _has_twice(components: list[set[str]]) -> bool:
    return sum(len(one) for one in components) > len(set[str]().union(*components))


def category_of(tnm: Tnm) -> Test | None:
    """The categories of one TNM as a test; None where they are of a time that is not asked."""
    if tnm.after_treatment or tnm.recurrent:
        return None
    basis = {"c": "clinical", "p": "pathological"}.get(tnm.prefix)
    tests: list[Test] = [TnmIs(name, codes, basis) for name, codes in (("t", tnm.t), ("n", tnm.n)) if codes]
    if tnm.m:
        tests += [] if {"M0", "M1"} <= tnm.m else [_of_m(tnm.m, basis)]
    if not tests:
        return None
    return together(tests)


_T_OR_N = re.compile(r"(?i)\bc?p?t(?:[0-4x]|is|a)\S*\s(?:ou|or|et/ou|and/or)\s[cp]{0,2}n\S+$")


_T_AND_N0_OR_N = re.compile(
    r"(?i)(?P<first>[cp]{0,2}t[0-4x].*?\bn0|[cp]{0,2}t[0-4]\S*?n0),?\s(?:ou|or|et/ou|and/or)\s(?P<second>[cp]{0,2}n[1-3+].*)$"
)
_ANY_NODE = re.compile(r"(?i)[cp]{0,2}n(?:\+|1\s?(?:-|–|à|to|/)\s?n?[23]\b)")


def _alternatives(test: Test | None, words: str) -> Test | None:
    """« cT4 ou cN3 », « T3-T4 N0 ou N+ », which one mention holds."""
    if both := _T_AND_N0_OR_N.search(words):
        first, second = (
            category_of(found[0].tnm) if len(found := find_tnm(both[part])) == 1 else None
            for part in ("first", "second")
        )
        if test is None or first is None or second is None:
            return None
        sure = _ANY_NODE.match(both["second"]) and "," not in both["first"] and "," not in both["second"]
        return AnyOf((first, second)) if sure else test
    return AnyOf(test.parts) if isinstance(test, AllOf) and _T_OR_N.search(words) else test


def _of_m(codes: frozenset[str], basis: str | None) -> Test:
    if codes == {"M0"}:
        return NOT_METASTATIC
    return METASTATIC if codes == {"M1"} else TnmIs("m", codes, basis)
