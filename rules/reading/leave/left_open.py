"""Readings that words of their sentence may narrow or widen in a way that no recogniser took in: left open.

« CPS ≥ 1 pour les récidives » asks nothing of the others, « n'est pas exigée » asks nothing at all, « 0-1 si …, 0-2
si … » asks each group its own. Such a reading may still let a patient in; it rules nobody out by itself.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rules.criteria import (
    AllOf,
    AnyOf,
    BrainMetastasesIn,
    ExtentIn,
    HasCondition,
    HistologyIs,
    Kind,
    LabIn,
    Leaf,
    MetastasisIn,
    NoDemand,
    Not,
    OrganIs,
    Polarity,
    PriorLines,
    StageIn,
    State,
    StateIs,
    Test,
    TnmIs,
    Treated,
    Unread,
    Washout,
    Window,
    leaves,
)
from rules.hinted import Expression
from rules.reading.blood_sites import AT_A_SITE, may_be_anywhere
from rules.reading.clause import plain
from rules.reading.joining import Read

_WAIVED = re.compile(
    r"\b(?:n'est|ne sont|n'etai\w+|ne sera|ne seront|is|are)\s(?:pas|not|plus)\s(?:\w+ )?(?:exig\w+|requi\w+|necess\w+|"
    r"obligatoires?|demandee?s?|imposee?s?|required|mandatory|needed|necessary)"
)
_DENIED_AGAIN = re.compile(r"\b(?:ne l'est|ne le sont|is|are) (?:pas|not)\W*$")
_ALLOWED = re.compile(
    r"(?<!non )(?<!not )(?<!pas )\b(?:allowed|permitted|eligible|autorisee?s?|acceptee?s?|admise?s?)\b"
)
_NOT_ALLOWED = re.compile(
    r"\b(?:not|non|pas) (?:allowed|permitted|eligible|autorisee?s?|acceptee?s?|admise?s?)\b|\bexclu(?:e?s?|ded)\b"
)
_IF = re.compile(r"(?<!ou )(?<!et )(?<!or )(?<!and )(?<!sauf )(?<!meme )(?<!even )\b(?:si|s'ils?|if|when|lorsqu\w+)\b")
_LAST_LIMB = re.compile(r"(?:[;,]\s*(?:et/)?(?:ou|or)\s)(?=[^;]*\b(?:si|s'ils?|if|when|lorsqu\w+|en cas d\w*)\b)")
_OF_SOME = re.compile(
    r"\b(?:pour|chez|dans|for|in)\s(?:les |des |the |ceux |toutes? les )?(?:\w+ ){0,2}?"
    r"(?:recidives|rechutes|formes|tumeurs|carcinomes|cancers|histologies|sous-types|recurrences|relapses|"
    r"(?:recurrent|relapsed|resected|squamous|non-?squamous) (?:tumou?rs|cancers|forms)|"
    r"subtypes|g(?:rades?)?\s?\d|pt\d\w?|p?n\d\w?)(?:\b[^,;:.]{0,40})?$"
)
_SETTING_LABEL = re.compile(
    r"^\W*(?:en |in the |in )?(?:situation |phase |setting )?(?:\(?neo\)?-?)?adjuvan\w+(?: setting)?\s*:\s"
)
_OR_IN_BRACKET = re.compile(r"\([^()]*[<>≤≥][^()]*\b(?:ou|or)\b[^()]*[<>≤≥][^()]*\)")
_CIS = re.compile(r"\b(?:cis|carcinomes? in situ|carcinoma in situ)\b[^,;]{0,4}(?:±|\+/-|avec ou sans|with or without)")
_SIZE = re.compile(
    r"\b(?:sauf|hormis|excepte\w*|exception|except|unless|hors)\b[^;]*(?:\d\s?(?:mm|cm)\b|\blesions?\b[^;]*[<>≤≥]\s?\d)"
)
_OPENS_LEAVE = (
    r"\([^()]*\b(?:acceptee?s?|autorisee?s?|toleree?s?|admise?s?|possibles?|allowed|permitted|accepted)\b[^()]*"
)
_GIVEN_LEAVE = re.compile(rf"{_OPENS_LEAVE}\)")
_NONE_TO = re.compile(r"\b(?:0|zero|aucun)\s?(?:-|a|ou|or|to)\s?(?:1|2|3|un|une|one|deux|two)\b")
"""« 0 à 1 ITK antérieur »: one that had none is asked no more."""
_SHORTER = re.compile(
    r"\b(?:le|la|selon le|whichever is)\s(?:delai )?(?:(?:le |la )?plus courte?|shorter|shortest|the shorter)\b"
)
_OR = re.compile(r"\(\s?(?:ou|or|voire)\s|\by?p?[tn]\d?[a-d]?\+?\s(?:ou|or)\s(?!y?p?[tnm]\d?|grade|g\d|sarcom)")
_LEAVE_UNDER = re.compile(
    rf"{_OPENS_LEAVE}"
    r"(?:\b(?:si|if|when|pour|for|en|dans|in)\b|[<>≥≤])[^()]*\)"
)
"""« Adénocarcinome (adénosquameux autorisé si < 10 %) »."""
_OTHER_VALUE = re.compile(r"\(\s?[<>≤≥]?=?\s?\d[^()]*\b(?:si|if|pour|en cas|for|chez|when|lorsqu\w*)\b[^()]*\)")
"""« ≤ 12 semaines (≤ 24 semaines si métastasectomie) »."""
_LEPTO = re.compile(r"\bleptomening\w* (?:actives? (?:et |ou )?)?symptomati|\bsymptomatic leptomening")
_AGES = re.compile(r"\bans (?:en|a la|au|aux|pour|dans|chez)\b[^;]*[,/]\s?(?:[<>≥≤]\s?)?\d+\b")
_OF_A_PART = re.compile(
    r"\((?:(?:pour|dans|en|for|in) )?(?:les? |la |the )?(?:cohortes?|bras|groupes?|parties?|cohorts?|"
    r"arms?|parts?|sub-?stud\w+|sous-etudes?)\s(?!inclu)[^()]{1,40}\)\W*$"
)
"""« IPI ≥ 2 (cohorte LBDGC) », where the catalogue holds no such cohort."""
_BRACKET = re.compile(r"\([^()]*\)")
_OF_OTHERS = re.compile(
    r"^\W*(?:les |the )?(?:patients?|participants?|sujets?|subjects?|ceux|those)\b.*\b(?:accept|autoris|admis|eligible|"
    r"allow|permit|inclu)\w*|"
    r"^\W*(?:pour|chez|dans|en cas d|for|in)\s.*\b(?:accept|autoris|suffi|possible|toler|admis|allow|permit|exig|"
    r"requi)\w*|\baucune? (?:\w+ )?(?:exig|requi|necess|demand)\w*|\b(?:none|not) (?:required|needed)\b"
)
_LEAVE_IN_A_PART = re.compile(
    r"\([^()]*\b(?:acceptee?s?|autorisee?s?|toleree?s?|admise?s?|allowed|permitted|accepted)\b[^()]*\b(?:en|dans|in) "
    r"(?:la |le |the )?(?:cohortes?|parties?|bras|groupes?|cohorts?|parts?|arms?)\b[^()]*\)"
)
_OR_BESIDE = re.compile(
    r"\bmetastati\w*\s?\([^()]*\),?\s?(?:ou |or )?(?:persist|recidiv|recurren|rechut|localement|locally|non resec|"
    r"unresec)\w*"
)
"""« Métastatique (IVB), persistant ou récidivant »."""
_LABEL = re.compile(r"^\W*[^:;()]{3,40}\s?:\s")
_IN_A_PART = re.compile(
    r"^\W*(?:les |des |the )?[^:]{2,60}\b(?:inclu\w*|accept\w*|autoris\w*|admis\w*|eligibles?|allowed|permitted)\b"
    r"[^:]{0,20}\b(?:dans|en|in|pour|for)\s(?:la |les |le |the )?(?:cohortes?|parties?|bras|groupes?|cohorts?|parts?|"
    r"arms?)\b"
)
"""« HRD positif ; les HRP sont inclus dans la cohorte 2 »."""
_VALUE_FIRST = re.compile(
    r"^\W*(?:(?:child(?:[- ]pugh)?|bclc|stade|stage|grade|figo|score)\s)?(?:[abc]\s?\d?|i{1,3}[abc]?\d?|iv[abc]?|"
    r"\d)\b.*\b(?:accept|autoris|possible|toler|admis|allow|permit)\w*"
)
_PLATINUM_STATE = re.compile(
    r"^(?!.*\blignes?\s(?:\w+\s){0,3}(?:de|par)\s(?:sels? de )?platines?(?=\s*(?:$|[,;.)])))"
    r".*\bplatin\w*[\s-](?:resistan|refract|sensib|sensitiv|ineligib)",
    re.DOTALL,
)
"""« Une ligne en situation platine-résistante »: no line of platinum, unless one is named beside it."""
_ONE_SECRETION = re.compile(r"\b(?:insulin|gastrin|glucagon|somatostatin|vip)om[ea]s?\b")
"""« Insulinome »: held as the tumour of its organ, of which it is one that few have."""
_LARGE_CELLS = re.compile(r"\bneuroendocrin\w*[^;]*\b(?:ou|or|et|and) (?:a )?(?:grandes cellules|large[- ]cells?)\b")

_AT_ONCE = re.compile(
    r"\b(?:refractaires?|resistan\w+|refractory|echecs?)\s(?:primaires?|primitif|primitive|precoces?)\b|"
    r"\b(?:primary|primarily|primitivement|early)[- ](?:refractor|resistan|refractaire)"
)
"""« Réfractaire primaire à l'anti-PD-1 »: not whoever progressed under it."""
_TYPE_THEN_STATES = re.compile(
    r"\b(?:secondaires?|inflammatoires?|transformee?s?|therapy-related|bilatera\w+)\s?,\s[^,;()]*\b(?:rechute|refractaire|"
    r"recidiv\w+|metastati\w+|relapsed|refractory)\s(?:ou|or)\s"
)
"""« LAM secondaire, en rechute ou réfractaire »: three kinds of patients, or two states of the one."""
_UNCOUNTED = re.compile(
    r",\s(?!(?:neo-?)?adjuvan|entretien|maintenance)[^,;()]+\s(?:non compt\w+|ne compt\w+ pas|not counted)\W*$"
)

_SEEN_AT = re.compile(
    r"\b(?:ou|or)\s(?:sur|a la|a une?|lors d\S+|en|at)\s?(?:la |l'|the |une )?"
    r"(?:rechute|recidive|relapse|recurrence)\W*$"
)
"""« HER2+ au diagnostic ou sur la rechute »: when it was seen."""
_EXCEPT_NOT_GIVEN = re.compile(r"^(?!.*\b(?:permi|autoris|accept|allow)).*\b(?:sauf|hors|hormis|except\w*|unless)\b")

_NOT_SECRETING = re.compile(r"\bmyelom\w*\b[^,;]{0,20}\b(?:non|oligo|peu|hypo)[- ]?(?:secret|excret)")
"""« Myélome non sécrétant »: a few of the myelomas, which the vocabulary has under their name."""
_ORGAN_SPREAD = re.compile(
    r"^\W*(?:cancers? d[eu] )?(?:reins?|poumons?|foie|os|prostate|vessie|sein|ovaires?|pancreas|colon|estomac|"
    r"cerveau|peau)\s(?:m\+|m1)(?![a-z\d])"
)
"""« Rein M+ »: a cancer of the kidney that has spread."""
_FROM_A_TO_B = re.compile(r"\bthymom\w*\s\(?(?:types? )?(?:a|ab|b1|b2)\s?(?:-|a|to|,|/|et|ou)\s?(?:a?b)?[123]")
_DENIED_OR = re.compile(r"\b(?:sans|pas d\S+|absence d\S+|without)\b[^;:]*,\s(?:ou|or)\s")
_GROUPS_THEN_N = re.compile(r"(?<![a-z])(?:iii|ii|i)[abc]?\s?(?:-|a|/|,|ou|to|or)\s?(?:iv|iii|ii)[abc]?\s\(?c?n[123]")
_BRAIN_EITHER = re.compile(
    r"\b(?:stables?|traitees?|treated)\s?(?:ou|or|et/ou|/)\s?(?:actives?|evolutives?|non (?:stable|traite)|untreated|"
    r"unstable)|\b(?:actives?|evolutives?|non traitees?|untreated)\s?(?:ou|or|et/ou|/)\s?"
    r"(?:stables?|traitees?|treated)\b"
)
"""« Métastases cérébrales stables ou actives »: whatever their state."""

_Rule = Callable[[Test], bool]


def left_open(text: str, polarity: Polarity, read: Read) -> Read:
    """The reading of a sentence, its rows left open that other words of it may bear on."""
    words = plain(text)
    rules = _ASKED if polarity is Polarity.INCLUSION else _EXCLUDED
    of_any = [rule for hint, rule in rules if hint.search(words)]
    if polarity is Polarity.INCLUSION and (_cases(words) or _allows_one(words)):
        of_any.append(_any)
    if not of_any:
        return read
    open_ = _either if polarity is Polarity.INCLUSION else _also
    rows = tuple(
        (kind, key, open_(kind, test) if any(rule(test) for rule in of_any) else test) for kind, key, test in read.tests
    )
    return read if rows == read.tests else replace(read, tests=rows, whole=False)


def opened_by_the_next(sentences: Sequence[str], reads: Sequence[Read]) -> list[Read]:
    """The clauses of one line of an inclusion: open where the next one gives some leave to be otherwise.

    « Krenning ≥ 3 ; pour les paragangliomes, TEP FDG acceptée », « Child-Pugh A ; B7 autorisé en partie 2 ».
    """
    found = list(reads)
    for at, text in enumerate(sentences[1:]):
        words = plain(text)
        leave = _is_unsure(reads[at + 1]) and (_OF_OTHERS.search(words) or _VALUE_FIRST.match(words))
        if leave or _IN_A_PART.match(words):
            rows = tuple((kind, key, _either(kind, test)) for kind, key, test in found[at].tests)
            found[at] = replace(found[at], tests=rows, whole=False)
        if _OF_SOME_ONES.match(words):
            found[at + 1] = _labels_open(reads[at + 1], _any_leaf)
        if _LABEL.match(words) and _LABEL.match(plain(sentences[at])) and _is_unsure(reads[at + 1]):
            found[at + 1] = _labels_open(reads[at + 1])
    return found


_OF_SOME_ONES = re.compile(r"^\W*(?:pour|chez|en cas d|dans|parmi|for|among|in case)\b")
"""« …; pour l'amplification, GCN ≥ 6 »: asked of some, where it was not read as asked of them."""


def _any_leaf(test: Test) -> bool:
    return not isinstance(test, AnyOf)


def _labels_open(read: Read, rule: _Rule = lambda test: isinstance(test, HistologyIs | OrganIs)) -> Read:
    """« A : … ; liposarcome : NY-ESO-1 »: the tumour that a label names is not asked of the others."""
    rows = tuple((kind, key, _either(kind, test) if rule(test) else test) for kind, key, test in read.tests)
    return replace(read, tests=rows)


def _is_unsure(read: Read) -> bool:
    return any(isinstance(leaf, Unread) for _, _, test in read.tests for leaf in leaves(test))


def _cases(words: str) -> bool:
    """« 0-1 si A, 0-2 si B »: more than one case, each with its own demand."""
    return len(_IF.findall(_BRACKET.sub("", words))) > 1


def _allows_one(words: str) -> bool:
    """« Squamous allowed, neuroendocrine not allowed »: a permission beside its contrary."""
    return _ALLOWED.search(words) is not None and (
        _NOT_ALLOWED.search(words) is not None or _DENIED_AGAIN.search(words) is not None
    )


def _either(kind: Kind, test: Test) -> Test:
    if isinstance(test, NoDemand | Unread) or (isinstance(test, AnyOf) and _has_open(test.parts)):
        return test
    return AnyOf((test, Unread(kind)))


def _also(kind: Kind, test: Test) -> Test:
    if isinstance(test, NoDemand | Unread) or (isinstance(test, AllOf) and _has_open(test.parts)):
        return test
    return AllOf((test, Unread(kind)))


def _has_open(parts: tuple[Test, ...]) -> bool:
    return any(isinstance(part, Unread) for part in parts)


def _any(_test: Test) -> bool:
    return True


def _holds(*types: type[Leaf]) -> _Rule:
    """Whether a test asks something of one of these types."""
    return lambda test: any(isinstance(leaf, types) for leaf in leaves(test))


def _is_a_lab(test: Test) -> bool:
    return isinstance(test, LabIn)


def _is_of_platinum_lines(test: Test) -> bool:
    return any(isinstance(leaf, PriorLines) and leaf.of == {"platinum"} for leaf in leaves(test))


def _is_of_any_progression(test: Test) -> bool:
    told = [leaf for leaf in leaves(test) if isinstance(leaf, Treated)]
    return any(leaf.outcomes and not leaf.relapse_within_days and not leaf.lines for leaf in told)


def _is_relapse(test: Test) -> bool:
    return test == StateIs(State.RELAPSE)


def _is_a_denied_list(test: Test) -> bool:
    return isinstance(test, Not) and isinstance(test.part, HasCondition) and len(test.part.conditions) > 1


def _is_nodes_alone(test: Test) -> bool:
    return isinstance(test, TnmIs) and test.component == "n"


def _is_any_lines(test: Test) -> bool:
    return any(isinstance(leaf, PriorLines) and not leaf.of for leaf in leaves(test))


def _is_told_twice(test: Test) -> bool:
    """A treatment with the same one under a condition beside it: the exception took nothing away."""
    parts = test.parts if isinstance(test, AnyOf) else ()
    return any(isinstance(part, AllOf) and any(one in part.parts for one in parts) for part in parts)


def _is_one_limit(test: Test) -> bool:
    """A limit of time or of lines by itself, without the other one beside it."""
    return isinstance(test, Window | PriorLines) or (isinstance(test, Not) and isinstance(test.part, Washout))


def _is_of_the_brain_or_about(test: Test) -> bool:
    about = {one for leaf in leaves(test) if isinstance(leaf, HasCondition) for one in leaf.conditions}
    return "leptomeningeal_disease" in about or _holds(BrainMetastasesIn)(test)


def _is_a_partial_stage(test: Test) -> bool:
    """« ypN+ ou RCB II-III », « II à IIIA (ou IIIB N2 si …) »: what was not read may be the alternative."""
    return _holds(TnmIs, StageIn)(test) and _holds(Unread)(test)


def _is_asked_of_all(test: Test) -> bool:
    """Not what was read as asked of some already: « not A, or B »."""
    return not (isinstance(test, AnyOf) and isinstance(test.parts[0], Not))


_EXTENT = _holds(ExtentIn, MetastasisIn, StageIn, TnmIs)
_ASKED: tuple[tuple[re.Pattern[str], _Rule], ...] = (
    (_WAIVED, _any),
    (_DENIED_AGAIN, _any),
    (_LAST_LIMB, _any),
    (_OF_SOME, _is_asked_of_all),
    (_OF_A_PART, _any),
    (_SETTING_LABEL, _any),
    (_OR_IN_BRACKET, _is_a_lab),
    (_OR, _is_a_partial_stage),
    (_OR_BESIDE, _EXTENT),
    (_LEAVE_UNDER, _holds(HistologyIs)),
    (_OTHER_VALUE, _is_one_limit),
    (_NONE_TO, _holds(Treated)),
    (_AGES, _any),
    (_CIS, _holds(TnmIs)),
    (_PLATINUM_STATE, _is_of_platinum_lines),
    (_TYPE_THEN_STATES, _holds(HistologyIs, TnmIs, StateIs, ExtentIn)),
    (_UNCOUNTED, _is_any_lines),
    (_BRAIN_EITHER, _holds(BrainMetastasesIn)),
    (_ORGAN_SPREAD, _holds(MetastasisIn)),
    (_FROM_A_TO_B, _holds(HistologyIs)),
    (_DENIED_OR, _is_a_denied_list),
    (_GROUPS_THEN_N, _is_nodes_alone),
)
_EXCLUDED: tuple[tuple[Expression, _Rule], ...] = (
    (_SIZE, _holds(BrainMetastasesIn)),
    (_GIVEN_LEAVE, _EXTENT),
    (_GIVEN_LEAVE, _is_told_twice),
    (_LEAVE_IN_A_PART, _any),
    (_LEPTO, _is_of_the_brain_or_about),
    (_SHORTER, _holds(Washout)),
    (_OF_A_PART, _any),
    (_ONE_SECRETION, _holds(HistologyIs)),
    (_LARGE_CELLS, _holds(HistologyIs)),
    (_AT_ONCE, _is_of_any_progression),
    (AT_A_SITE, may_be_anywhere),
    (_SEEN_AT, _is_relapse),
    (_NOT_SECRETING, _holds(HistologyIs)),
    (_EXCEPT_NOT_GIVEN, _is_told_twice),
    (_PLATINUM_STATE, _is_of_platinum_lines),
)
