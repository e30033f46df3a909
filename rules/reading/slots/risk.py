"""Risk groups told by alternatives, of which single ones hold only with something else.

« IPI ≥ 3, ou IPI 1-2 avec LDH élevée », « haut risque (Gleason 8-10 et/ou PSA ≥ 20 et/ou T3-T4) », « après chimio
néoadjuvante : ypT2-T4a ou ypN+ ; sans : pT3-T4a ou pN+ ». What an alternative holds with narrows that one alone; an
alternative that is not read leaves the whole open, so that it rules out nobody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, Test, TnmIs, Treated, Unread, leaves
from rules.hinted import hinted
from rules.junctions import either, together
from rules.reading import age, labs
from rules.reading.clause import Clause, Found
from rules.reading.disease.roles import NOT_METASTATIC, Term
from rules.reading.disease.stages import find_stage_terms
from rules.reading.joining import Read
from rules.reading.segments import words_left

_HINT = hinted(
    r"\bipi\b|flipi|mipi|imdc|gleason|isup|\bpsa\b|(?<![a-z])[cpy]{0,2}[tn]\s?(?:[≥>]=?\s?)?[0-4+]|\d\s?ans\b|"
    r"\bstades?\b|\bstages?\b"
)
_ALTERNATIVES = re.compile(r"\b(?:ou|or|et/ou|and/or)\b")
_GROUPS = re.compile(r"(?<![\w-])(?:IV|I{1,3})[A-Da-d]?\d?(?!\w)")
"""Stage groups, whose lists have a reader of their own."""
_TWICE = re.compile(
    r"\b(?:stades?|stages?)\s\S+,? (?:ou|or) (?:un |de )?(?:stades?|stages?)\s\S+\s(?:avec|with|si|if)\b"
)
_JOINT = re.compile(
    r"\s*(?:;|,)?\s*\b(?P<word>ou bien|ou|or|et/ou|and/or)\b\s*(?:un |une |a |an )?|\s*(?P<mark>[;,](?!\d))\s*"
)
_HEAD = re.compile(
    r"[^\w<>≥≤]*(?:(?:patients?|participants?|sujets?|maladies?|disease|tumeurs?|tumou?rs?|cancers?|carcinomes?|"
    r"lymphomes?|"
    r"prostate|de|la|le|du|d'|a|au|avec|with|un|une|the|of|tres|very|haut|high|bas|faible|low|intermediaire|"
    r"intermediate|"
    r"favorable|defavorable|unfavou?rable|eleve|localise|localized|risque|risk|recidive|rechute|score|stade|groupe|"
    r"groups?|"
    r"pathologique|pathological|clinique|pronosti\w+|defini\w*|defined|par|by|as|selon|d'amico|nccn|l'un|des|criteres?|"
    r"criteria|suivants?|following|au moins|at least|un des|one|any|ou plus)[\s:,(=-]*)*"
)
_WITH = re.compile(
    r"\s*[,(]?\s*(?:avec|with|associee?s?|si|if|et|and|plus|\+|en presence|dans un contexte|chez|in|grade|gr|"
    r"g)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class _Limb:
    """One alternative: its words, and how it is joined to the one before."""

    text: str
    joint: str


def risk(clause: Clause) -> Read | None:
    """Such alternatives as one criterion; None where there are none, or none that others do not read."""
    if clause.polarity is Polarity.EXCLUSION or not _HINT.search(clause.plain):
        return None
    if (told := _after_surgery(clause)) is not None:
        return Read(((Kind.STAGE, True, told),), True)
    if not _ALTERNATIVES.search(clause.plain) or (_GROUPS.search(clause.text) and not _TWICE.search(clause.plain)):
        return None
    head = _HEAD.match(clause.plain)
    start = head.end() if head else 0
    text = clause.text[start:].strip(" .;")
    if clause.plain[:start].rstrip().endswith("(") and text.endswith(")"):
        text = text[:-1]
    tests = _tests(list(_limbs(text)), clause)
    kind = next((leaf.kind for test in tests for leaf in leaves(test) if leaf.kind is not Kind.OTHER), Kind.STAGE)
    return Read(((kind, True, AnyOf(tuple(tests))),), whole=False) if tests else None


def _limbs(text: str) -> Iterator[_Limb]:
    plain = Clause(text, Polarity.INCLUSION).plain
    start, joint = 0, ""
    for match in _JOINT.finditer(plain):
        if plain.count("(", 0, match.start()) > plain.count(")", 0, match.start()) or match.start() < start:
            continue
        yield _Limb(text[start : match.start()].strip(), joint)
        start, joint = match.end(), match["word"] or match["mark"]
    yield _Limb(text[start:].strip(), joint)


def _tests(limbs: Sequence[_Limb], clause: Clause) -> list[Test]:
    """The alternatives, each with what it holds with; none where the first is no stage or nothing is narrowed."""
    tests: list[Test] = []
    narrowed = False
    before = ""
    for limb in limbs:
        stage = _stage_of(replace(clause, text=limb.text))
        more = _stage_of(replace(clause, text=f"{before} ou {limb.text}")) if stage is None and before else None
        before = limb.text if stage and not stage[1] else ""
        if stage is not None:
            if not tests and len(limbs) > 1 and limbs[1].joint == "," and _spreads_not(stage[0]):
                return []  # « cN0 M0, Gleason ≥ 8 et/ou T3 »: asked of all, and no alternative of a list
            tests.append(stage[0])
            narrowed = narrowed or stage[1]
        elif more is not None and more[0] != tests[-1] and not isinstance(more[0], AllOf | AnyOf):
            tests[-1] = more[0]  # « IMDC intermédiaire ou défavorable »
        elif limb.joint in ("et/ou", "and/or") and tests and isinstance(tests[-1], AllOf) and narrowed:
            continue  # « LDH > 1,3 N et/ou masse ≥ 7 cm »: both are of the alternative before
        elif not tests or _MORE_OR_LESS.match(limb.text) or (limb.joint == "," and not _OF_A_FIGURE.match(limb.text)):
            return []
        else:
            tests.append(_figure(replace(clause, text=limb.text)))
            narrowed = True
    return list(dict.fromkeys(tests)) if narrowed and len(tests) > 1 else []


def _spreads_not(test: Test) -> bool:
    """Whether a stage only says that there are no nodes or metastases."""
    return all((isinstance(leaf, TnmIs) and leaf.values <= {"N0"}) or leaf == NOT_METASTATIC for leaf in leaves(test))


_MORE_OR_LESS = re.compile(
    r"(?i)(?:plus|moins|sup[ée]rieur|au-del[àa]|more|less|higher|greater|above|non|pas|not|no)\b"
)
_OF_A_FIGURE = re.compile(r"(?i)(?:le |un )?(?:psa|ldh|ki-?67|ca ?19-9|masse|bulk|taille)\b[^,;]*\d")


def _stage_of(limb: Clause) -> tuple[Test, bool] | None:
    """The stage that an alternative begins with, and whether more is asked with it; None: it begins otherwise."""
    terms: Sequence[Term | Found] = find_stage_terms(limb) or age.recognise(limb)
    if not terms or limb.plain[: terms[0].start].strip(" (:") not in ("", "un", "une"):
        return None
    test, rest = terms[0].test, limb.plain[terms[0].end :]
    if len(terms) > 1:
        return AllOf((test, Unread(Kind.OTHER))), True
    if not rest.strip(" .,;)"):
        return test, False
    return (AllOf((test, Unread(Kind.OTHER))), True) if _WITH.match(rest) else None


def _figure(limb: Clause) -> Test:
    """An alternative that is a figure of the blood, else one that is not read."""
    found = labs.recognise(limb)
    if len(found) == 1 and not words_left(limb, 0, len(limb.plain), found, parentheses=True):
        return found[0].test
    return Unread(Kind.OTHER)


_PRE = r"(?:pre-?\s?|neo-?\s?|neo\()adjuvant\w*\)?"
_KIND = (
    r"chimio\w*|ct|chemo\w*|radio-?chimio\w*|traitements?|therap\w+|treatments?|immuno\w*|hormono\w*|systemic therapy"
)
_BY = (
    r"(?P<by>(?:,? (?:a base|based|par|d[eu]|with|by|prealable|anterieure?|systemique|contenant|"
    r"comportant)\s[^:;,()]{2,40}?)?)"
)
_ENDS = r"(?=\s*(?:[:;,().]|$|ou\b|or\b|chez\b|[ypc]{0,2}[tn]\s?[≥>0-4+]))"
_AFTER = hinted(
    r"\b(?:apres|avec|post|following|after|with|si|en cas d(?:e |'))\s?-?\s?(?:une? |la |any |of |prior )*"
    rf"(?:(?P<what>{_KIND})\s?)?{_PRE}(?:\s(?P<what2>{_KIND}))?{_BY}{_ENDS}"
)
_WITHOUT = hinted(
    r"\b(?:sans|en l'absence d(?:e |')|absence d(?:e |')|pas d(?:e |')|without|no|non precedee? d(?:e |'une? ))\s?"
    rf"(?:une? |la |any |of |prior |previous )*(?:(?P<what>{_KIND})\s?)?(?P<pre>{_PRE})?"
    rf"(?:\s(?P<what2>{_KIND}))?{_BY}{_ENDS}"
)
_NOTHING = re.compile(
    r"(?:\W|\b(?:haut|high|risque|risk|pathologique|pathological|de|recidive|recurrence|of|stade|stage|residu\w*|"
    r"maladie|"
    r"disease|tumou?r\w*|tumeur|carcinome|carcinoma|residuelle|la|le|une?|a|an|the|soit|either|ou|or|et|and|si|if|dans|"
    r"defini\w*|defined|par|by|as|piece|operatoire|sur|on|at|surgery|chirurgie|cystectomie|radicale?|au moment|"
    r"lors|"
    r"pcr|non|obtenue|absence|reponse|histologique|complete|persistante?|ganglionnaires?|nodal)\b)*"
)
_CLINICAL = re.compile(r"(?<![A-Za-z])c[TN]\s?[0-4+]")
_AND_MORE = re.compile(r"(?<![A-Za-z])([cp]?T[1-4][a-c]?)\+")
"""« T2+ », « T2 or more »."""
_Y = re.compile(r"(?<![A-Za-z])y(?=p?[TN])|(?<![A-Za-z])y(?=c?[TN])")


def _after_surgery(clause: Clause) -> Test | None:
    """« Après chimio néoadjuvante ypT2-T4 ou ypN+ ; sans chimio néoadjuvante pT3-T4 ou pN+ », either or both."""
    plain = clause.plain
    told = [(one, True) for one in _AFTER.finditer(plain)]
    denied = [(one, False) for one in _WITHOUT.finditer(plain) if told or one["pre"]]
    cues = sorted([*told, *denied], key=lambda pair: pair[0].start())
    if not cues and (bare := _BARE.match(plain)) and _OF_A_SPECIMEN.search(plain):
        label = plain.find(":") + 1
        return _limb(
            clause, bare, (label if _NOTHING.fullmatch(plain, 0, label) else 0, len(plain)), given=True
        )  # « ypT2 ou plus » by itself tells of treatment before
    if not cues or len(cues) > _BOTH or len({given for _, given in cues}) < len(cues) or "adjuvant" not in plain:
        return None
    spans = _spans(plain, [cue for cue, _ in cues])
    tests = [_limb(clause, cue, span, given=given) for (cue, given), span in zip(cues, spans, strict=True)]
    kept = [test for test in tests if test is not None]
    if len(kept) < len(tests):
        return None
    (cue, given), *others = cues
    if not others and isinstance(kept[0], AllOf) and _categories(plain[cue.end() :]):
        first, *rest = kept[0].parts  # « après chimiothérapie : ypT2 » may be one of two lines, each for its patients
        return AnyOf((Not(first) if given else first.part if isinstance(first, Not) else first, together(rest)))
    return either(kept)


_BOTH = 2
_BARE = re.compile(r"(?P<what>)(?P<what2>)(?P<by>)")
_OF_A_SPECIMEN = re.compile(r"(?<![a-z])yp[tn]\s?(?:[≥>]=?\s?)?[0-4+]")


def _spans(plain: str, cues: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """The stretch that each cue speaks of: before it where it stands last in its part, else behind it."""
    if len(cues) == 1:
        return [(0, len(plain))]
    start, end = cues[0].end(), cues[1].start()
    joints = [match.end() for match in re.finditer(r"[;,]\s*(?:ou\b|or\b)?|\b(?:ou|or)\b", plain[start:end])]
    if not joints:
        return [(0, end), (end, len(plain))]
    middle = start + (joints[0] if _categories(plain[: cues[0].start()]) else joints[-1])
    return [(0, middle), (middle, len(plain))]


def _categories(words: str) -> bool:
    return re.search(r"(?<![a-z])[ypc]{0,2}[tn]\s?(?:[≥>]=?\s?)?[0-4+]", words) is not None


def _limb(clause: Clause, cue: re.Match[str], span: tuple[int, int], *, given: bool) -> Test | None:
    """What is found at surgery, and what was given before it; None where it is not read."""
    start, end = span
    text = f"{clause.text[start : max(start, cue.start())]} {clause.text[max(start, cue.end()) : end]}"
    text = _AND_MORE.sub(r"≥ \1", _Y.sub("", text))
    if _CLINICAL.search(text):
        return None  # « cN+, ypN0 »: two times, each with its own
    part = replace(clause, text=re.sub(r"\s+", " ", text).strip(" ,;:."))
    terms = find_stage_terms(part)
    tests = [term.test for term in terms if _is_tnm(term.test)]
    if not terms or len(tests) != len(terms):
        return None
    between = [part.plain[one.end : two.start] for one, two in pairwise(terms)]
    if any(not _NOTHING.fullmatch(words) for words in (part.plain[: terms[0].start], *between)):
        return None
    found = either([_at_surgery(test) for test in tests])
    before: Test = Treated(treatments=frozenset({_what(cue)}), settings=frozenset({"neoadjuvant"}))
    asked = [before if given else Not(before), found]
    if not _NOTHING.fullmatch(part.plain[terms[-1].end :]):
        asked.append(Unread(Kind.OTHER))
    return together(asked)


def _what(cue: re.Match[str]) -> str:
    words = f"{cue['what'] or ''} {cue['what2'] or ''} {cue['by'] or ''}"
    named = next((drug for word, drug in (("cisplat", "cisplatin"), ("platin", "platinum")) if word in words), None)
    chemo = "chemotherapy" if re.search(r"chimio|chemo|\bct\b", words) else "anticancer_treatment"
    return named or chemo


def _is_tnm(test: Test) -> bool:
    match test:
        case AllOf(parts) | AnyOf(parts):
            return all(_is_tnm(part) for part in parts)
        case _:
            return isinstance(test, TnmIs)


def _at_surgery(test: Test) -> Test:
    """The categories of the specimen: « ypT2 » and « T2 » behind neoadjuvant treatment are what was found in it."""
    match test:
        case TnmIs(component, values, _):
            return TnmIs(component, values, "pathological")
        case AllOf(parts) | AnyOf(parts):
            return type(test)(tuple(_at_surgery(part) for part in parts))
        case _:
            return test
