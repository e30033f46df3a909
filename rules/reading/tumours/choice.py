"""One of several tumours, told in a list: « l'un des types suivants : A ; B ; C », « (1) A ; (2) B », « A, B ou C ».

Each member is cut out, to be read by itself: what is not understood of one narrows that one alone. What its head says
is said of all of them (« tumeur solide métastatique de l'un des types suivants »).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rules.criteria import (
    KEY_KINDS,
    AnyOf,
    ExtentIn,
    HistologyIs,
    Kind,
    NoDemand,
    OrganIs,
    State,
    StateIs,
    Test,
    Unread,
    leaves,
)
from rules.hinted import hinted
from rules.histologies import HISTOLOGIES
from rules.junctions import either, together
from rules.kinds import Polarity
from rules.organs import ORGANS
from rules.reading.clause import Clause, plain
from rules.reading.disease.tumour_context import TUMOUR, is_apart
from rules.reading.disease.words import find_terms
from rules.reading.joining import Read, Row
from rules.reading.neutral import NEUTRAL, neutral_spans
from rules.reading.tumours.names import Name, names


@dataclass(frozen=True, slots=True)
class Choice:
    """A list of tumours: the words said of all of them, its members, and whether its head or numbers tell it."""

    head: str
    members: tuple[str, ...]
    told: bool
    closed: bool = False
    """Whether « ou » joins the last two: words behind them may then be said of all (« A ou B > 10 % »)."""
    tail: str = ""
    """Words behind a closed list, set off by a comma: « A, B ou C, métastatique »."""
    doubtful: tuple[str, ...] = ()
    """Stretches between commas that name no tumour that is known: said of the member before, or a member unknown."""
    organs: frozenset[str] = frozenset()
    """Organs of the blood that the list names, which tell what two letters mean in it (« LF »)."""
    loose: bool = False
    """Whether its head is an entity that the members are of, which is asked as far as it is read."""
    opened: bool = False
    """Whether a member is told by what it is not (« mélanome ; hors mélanome (…) »): any other tumour may be meant."""


_NOUN = (
    r"(?:(?:sous-)?types?|sous-groupes?|(?:sub)?types?|histologies?|tumeurs?|tumou?rs?|cancers?|carcinomes?|"
    r"carcinomas?|neoplasies?|localisations?|primitifs?|pathologies?|maladies?|diseases?|hemopathies?|indications?|"
    r"cohortes?|cohorts?|groupes?|groups?|diagnosti\w+|diagnos[ie]s|entites?|sarcomes?|lymphomes?|leucemies?|"
    r"malignanc\w+|situations?|categories|sites?)"
)
_CUE = re.compile(
    r"\bsuivante?s?\b|\bci-?\s?(?:dessous|apres)\b|\bparmi\b|\b(?:l')?une? (?:seule? )?(?:des?|de ces|d'entre)\b|"
    r"\b1 des\b|\bl'un de\b|\bone (?:or more )?of\b|\bany of\b|\bfollowing\b|\beither\b|\bcohort(?:e)?s\b|\bsoit\b"
)
_TYPES = hinted(
    rf"\W*(?:les |the )?{_NOUN}(?: (?:tumora\w+|histologi\w+|solides?|malign\w+|hematologi\w+|anatomi\w+|primiti\w+|"
    r"d\w* ?(?:cancers?|tumeurs?)))*(?: (?:eligibles?|autorise\w*|admis\w*|concerne\w*|inclus\w*|inclue?s?|permis\w*|"
    r"etudie\w*|requis\w*|possibles?|allowed|included|tumorales?))?\s*"
)
_TOLD_WORDS = re.compile(
    r",?\s?\b(?:(?:relevant|appartenant|correspondant|repondant|entrant|faisant partie)\s)?(?:(?:et|and)\s)?"
    r"(?:(?:de|d'|of|a|au|parmi|dans|from|avec|with|has|having)\s?)?(?:au moins |at least )?"
    r"(?:l'une?|une?|1|one|any|either)(?: seule?| ou plusieurs| or more)? (?:des?|de ces|d'entre|parmi|of)\b"
    r"(?: les?| ces| the| these)?(?: \d+| deux| trois| quatre| cinq| six)?|"
    r"\bparmi(?: les?| ces)?\b|\b(?:sous-)?types?\b(?: de| d')?|\bsubtypes?\b(?: of)?|"
    r"\b(?:suivante?s?|following|ci-?\s?dessous|ci-?\s?apres|eligibles?|autorise\w*|either|soit|cohort(?:e)?s?|"
    r"group(?:e)?s?|categories|situations?|pathologies?|indications?|entites?|localisations?|histologies?)\b"
)
_LEFT_OUT = re.compile(r"(?i)\s(?:exclu(?:e?s?)|interdite?s?|non (?:admis|autoris\w*|permis)\w*|excluded)\s*$")
"""« Sites exclus : … » among the exclusions."""
_ANY_BUT = re.compile(r"[\s,;]*(?:hors|hormis|sauf|excepte|en dehors|autres? (?:que|qu')|other than)\b")
_ELSEWHERE = re.compile(
    r"\W*(?:(?:le |la |une? |toute? )?(?:primitif|tumeur|cancer|localisation|site)s?[^():,;]{0,40}\bailleurs\b"
    r"[^():,;]{0,20}|(?:toute?s? )?autres? (?:localisations?|sites?|primitifs?|organes?|topographies?)"
    r"(?: (?:tumora\w+|primiti\w+))?)\s?(?:\(|:\s?)(?P<list>[^()]+)\)?\W*$"
)
"""« Le primitif siège ailleurs (A, B, C) »: A, B and C are among what is left out."""
_EXCEPTED = hinted(r"\b(?:sauf|hors|hormis|excepte\w*|except|excluding|a l'exception|a l'exclusion|autres? qu)\b")
_WIDER = re.compile(r"(?i)\s?[,(]?\s?\b(?:y compris|incluant|including|notamment)\s[^,;()]*\)?")
"""« …, y compris lymphome lymphoblastique »: what it names is taken too, and narrows nothing."""
_NUMBER = re.compile(r"(?:(?<=^)|(?<=[\s,;:]))\(?(?P<mark>[1-9]|[a-h]|i{1,3}|iv|v)\s?[).]\s?(?=[^\W\d])")
_FIRST_MARKS = frozenset({"1", "a", "i"})
_CUT = re.compile(
    r"\s?,\s?(?:(?:et/ou|ou bien|ou|et|or|and|soit)\s)?|\s(?:et/ou|and/or|ou bien|ou|et|or|and|soit)\s|\s?•\s?"
)
_OR = re.compile(r"\b(?:ou|or|et/ou|and/or)\b")
_EDGE = re.compile(r"^[\s,;.:]*(?:(?:et/ou|ou bien|ou|et|or|and|soit)\s)?|[\s,;.]*(?:\s(?:ou|et|or|and))?[\s,;.]*$")
_ARTICLE = re.compile(
    r"(?:(?:l'|d'|(?:un|une|le|la|les|du|de|des|de la|de l'|the|an?)\s)|"
    r"(?:patients? |participants? )(?:atteinte?s? |porteurs? |ayant |avec |presentant |with |having )"
    r"(?:d'|de |du |une? |an? )?)*"
)
_OF = re.compile(r"(?:d'|de |du |des )")
_OTHER = re.compile(r"(?i)^(?:tou(?:te|t)s? |any )?(?:autres?|other)\s(?:types? (?:de |d')|type of )?(?=\w)")
_STANDS_ALONE = r"(?=\s*(?:$|[,;()/]|\s(?:ou|et|or|and)\s))"
_SHORT_NAMES = (
    (hinted(rf"(?i)(?<![\w'] )(?<![\w'])col{_STANDS_ALONE}"), "col utérin"),
    (hinted(rf"(?i)(?<![\w'])gl(?:andes?|\.)?\s?sal(?:ivaires?|\.)?{_STANDS_ALONE}"), "glandes salivaires"),
    (hinted(rf"(?i)(?<![\w'])sinus{_STANDS_ALONE}"), "sinus de la face"),
)
"""Names that are a site of tumour only where they stand alone in a list of tumours."""
_TUMOUR_WORD = re.compile(rf"\b{TUMOUR}\b")


def tells_types(clause: Clause) -> bool:
    """« Types tumoraux éligibles : A, B ou C » says which are asked for, and is no permission, nor a label."""
    colon = _colon(clause.plain)
    if colon is None:
        return False
    head = clause.plain[:colon]
    if clause.polarity is Polarity.EXCLUSION:
        head = _LEFT_OUT.sub("", head)
    return _TYPES.fullmatch(head) is not None and tells_a_list(clause)


def tells_a_list(clause: Clause) -> bool:
    """Whether its own words say that it is a list."""
    return _told(clause) is not None


def choice_of(clause: Clause) -> Choice | None:
    """The list that a clause is, or None."""
    told = _told(clause)
    if told:
        return told
    clause = replace(clause, text=short_sites_written(clause.text))
    known = names(clause)
    if _colon(clause.plain) is not None:
        return None  # « Ovaire : séreux ou endométrioïde »: a label, and what is asked of it
    if any(is_apart(clause, one.start, one.end) for one in known):
        return None
    pieces = list(_cut_at_names(clause.text, known))
    if len(pieces) < 2 or (len(pieces) == 2 and clause.polarity is Polarity.INCLUSION and not _OR.search(clause.plain)):
        return None
    first = known[0].start
    head = clause.text[:first]
    if not _is_neutral(head) or (len(pieces) == 2 and _is_told_closer(clause, known)):
        return None
    members = (pieces[0][first:] if _only_words(head) else pieces[0], *pieces[1:])
    return _with_tail(clause, "", members, told=False)


def _is_told_closer(clause: Clause, known: Sequence[Name]) -> bool:
    """« Carcinome urothélial de la vessie, TVIM »: behind a comma the same tumour again, told closer."""
    one, other = known[0], known[-1]
    if not re.fullmatch(r",\s", clause.plain[one.end : other.start]) or not other.more:
        return False
    types = all(any(HISTOLOGIES.covers(id_, own) for id_ in one.histologies) for own in other.histologies)
    return types and all(any(ORGANS.covers(organ, own) for organ in one.organs) for own in other.organs)


def _told(clause: Clause) -> Choice | None:
    """« … l'un des types suivants : … », « Types éligibles : … », « (1) … (2) … »."""
    if clause.polarity is Polarity.EXCLUSION and (elsewhere := _ELSEWHERE.match(clause.plain)):
        return _told(replace(clause, text=f"Sites : {clause.text[slice(*elsewhere.span('list'))]}"))
    colon = _colon(clause.plain)
    if colon is None:
        return None
    head, rest = clause.text[:colon], short_sites_written(clause.text[colon + 1 :])
    if clause.polarity is Polarity.EXCLUSION:
        head = _LEFT_OUT.sub("", head)
    if not (_CUE.search(plain(head)) or _TYPES.fullmatch(plain(head))):
        return _of_an_entity(clause, head, rest)
    part = Clause(rest.strip(), clause.polarity, clause.organs)
    only_types = _TYPES.fullmatch(plain(head)) is not None
    said = "" if only_types else _without_cue(head)
    apart = _numbered(part.text) or _at_semicolons(part.text)
    if len(apart) > 1:
        kept = [one for one in apart if one.strip(" ,;.") and not _ANY_BUT.match(plain(one))]
        opened = any(_ANY_BUT.match(plain(one)) for one in apart)
        return Choice(said, tuple(map(_member, kept)), True, organs=_of_the_blood(part), opened=opened)
    pieces = tuple(_cut_at_names(part.text, names(part)))
    return _with_tail(part, said, pieces, told=True) if len(pieces) > 1 else None


def _of_an_entity(clause: Clause, head: str, rest: str) -> Choice | None:
    """« LBGC CD20+ : LBDGC NOS, LBDGC EBV+, LBPM »: members of the entity that the head names, one of them asked."""
    bare = re.sub(r"\([^()]*\)", "", plain(rest))
    if clause.polarity is Polarity.EXCLUSION or _OR.search(bare) or "," not in bare:
        return None
    wide = frozenset[str]().union(*(one.histologies for one in names(Clause(head, clause.polarity))))
    part = Clause(rest.strip(), clause.polarity, clause.organs)
    known = names(part)
    inside = [one for one in known if any(HISTOLOGIES.covers(id_, own) for id_ in wide for own in one.histologies)]
    pieces = tuple(_cut_at_names(part.text, known))
    if len(inside) < _MANY or len(pieces) < _MANY:
        return None
    return replace(_with_tail(part, head, pieces, told=True), loose=True)


_MANY = 2


def _with_tail(clause: Clause, head: str, pieces: Sequence[str], *, told: bool) -> Choice:
    """The list, what a comma sets off behind its last member told apart where the list was closed by « ou »."""
    last, tail = pieces[-1], ""
    folded = plain(last)
    cut = next((match for match in re.finditer(",", folded) if _depth(folded, match.start()) == 0), None)
    closed = _CLOSES.search(plain(clause.text[: len(clause.text) - len(last)])) is not None
    if cut and closed:
        last, tail = last[: cut.start()], last[cut.end() :]
    kept = (*pieces[:-1], last)
    members = tuple(_member(one) for one in kept)
    tail = _WIDER.sub("", tail).strip()
    return Choice(head, members, told, closed, tail, tuple(_unnamed(clause, kept)), _of_the_blood(clause))


def _unnamed(clause: Clause, pieces: Sequence[str]) -> Iterator[str]:
    for piece in pieces:
        part = Clause(_WIDER.sub("", piece), clause.polarity, clause.organs)
        known = names(part)
        apart = _EXCEPTED.search(part.plain)
        ends = [*(match.span() for match in _CUT.finditer(part.plain) if not _depth(part.plain, match.start()))]
        for (_, start), (end, _) in pairwise([*ends, (len(part.text), 0)]):
            named = any(one.start < end and start < one.end for one in known)
            if not named and not (apart and apart.start() < end):
                yield part.text[start:end]


_CLOSES = re.compile(r"\s(?:et/ou|and/or|ou bien|ou|et|or|and)\s(?:d'|de |du |des |la |le |l'|les |the |of )*$")


def _of_the_blood(clause: Clause) -> frozenset[str]:
    organs = frozenset[str]().union(*(one.organs for one in names(clause)))
    return frozenset(organ for organ in organs if ORGANS.covers("haematologic", organ))


_COLON = re.compile(":")


def _colon(text: str) -> int | None:
    return next((match.start() for match in _COLON.finditer(text) if _depth(text, match.start()) == 0), None)


def _without_cue(head: str) -> str:
    """What the head says of all: « La tumeur est métastatique, et de l'un des types suivants » → it is metastatic."""
    folded = plain(head)
    kept = list(head)
    for match in _TOLD_WORDS.finditer(folded):
        kept[match.start() : match.end()] = " " * (match.end() - match.start())
    words = re.sub(r"\s+", " ", "".join(kept)).strip(" ,")
    return re.sub(r"(?i)^(?:de|d'|des|du)\s", "", words)


def _numbered(text: str) -> list[str]:
    """The pieces behind « (1) », « b) »; none where they do not begin with the first."""
    marks = list(_NUMBER.finditer(plain(text)))
    if len(marks) < 2 or marks[0]["mark"] not in _FIRST_MARKS or plain(text)[: marks[0].start()].strip(" ("):
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _at_semicolons(text: str) -> list[str]:
    cuts = [match.start() for match in re.finditer(";", text) if _depth(text, match.start()) == 0]
    if not cuts:
        return []
    return [text[start + 1 : end] for start, end in zip([-1, *cuts], [*cuts, len(text)], strict=True)]


def _cut_at_names(text: str, known: Sequence[Name]) -> Iterator[str]:
    """The stretches that each begin with a tumour of their own; what is said behind one stays with it."""
    folded = plain(text)
    start = 0
    apart = _EXCEPTED.search(folded)
    for match in _CUT.finditer(folded, 0, apart.start() if apart else len(folded)):
        if _depth(folded, match.start()) or any(one.start < match.end() and match.start() < one.end for one in known):
            continue
        before = [one for one in known if start <= one.start and one.end <= match.start()]
        if before and _begins(folded, match.end(), known, before):
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _begins(folded: str, position: int, known: Sequence[Name], before: Sequence[Name]) -> bool:
    """Whether a tumour of its own begins there: no further site of a histology, no further adjective of a noun."""
    article = _ARTICLE.match(folded, position)
    at = article.end() if article else position
    name = next((one for one in known if one.start in (at, position)), None)
    if name is None or name.alternative:
        return False
    typed = any(one.histologies for one in before)
    return not (typed and not name.histologies and _OF.match(folded, position))


def _member(piece: str) -> str:
    """A member as it can be read by itself: « oesophage » as the cancer of that site."""
    text = _EDGE.sub("", _EDGE.sub("", _WIDER.sub("", piece.strip()))).strip()
    if (other := _OTHER.match(text)) and _TUMOUR_WORD.search(plain(text)[other.end() :]):
        text = text[other.end() :]
    article = _ARTICLE.match(plain(text))
    found = names(Clause(text, Polarity.INCLUSION))
    bare = bool(found) and not found[0].histologies and article is not None and found[0].start == article.end()
    if bare and not _TUMOUR_WORD.search(plain(text)):
        return f"cancer {text[found[0].start :]}"
    return text


def short_sites_written(text: str) -> str:
    """« sinus », « col », « gl. sal. » that stand alone in a list of tumours, in full."""
    for pattern, words in _SHORT_NAMES:
        text = pattern.sub(words, text)
    return text


def _is_neutral(head: str) -> bool:
    """Whether words before a list change nothing, or only say of what extent the tumours are."""
    part = Clause(head, Polarity.INCLUSION)
    passed = [*neutral_spans(part.plain), *((one.start, one.end) for one in find_terms(part))]
    return all(
        token.word in NEUTRAL
        or _TUMOUR_WORD.fullmatch(token.word)
        or any(start <= token.start < end for start, end in passed)
        for token in part.words
    )


def _only_words(head: str) -> bool:
    return not find_terms(Clause(head, Polarity.INCLUSION))


def _depth(text: str, end: int) -> int:
    return text.count("(", 0, end) - text.count(")", 0, end)


def is_of_all(tail: Read) -> bool:
    """Whether words behind a list are said of all of it: only where they are read whole and of the extent."""
    every = [leaf for _, _, test in tail.tests for leaf in leaves(test)]
    return tail.whole and bool(every) and all(isinstance(leaf, ExtentIn | StateIs) for leaf in every)


def mixes_states(read: Read) -> bool:
    """Whether a state that only the prostate has is asked beside other organs: of which member it is was lost."""
    every = [leaf for _, _, test in read.tests for leaf in leaves(test)]
    state = any(leaf == StateIs(State.CASTRATION_RESISTANT) for leaf in every)
    return state and any(isinstance(leaf, OrganIs) and leaf.organs - {"prostate"} for leaf in every)


def says_more(listed: Read, before: Read, polarity: Polarity) -> bool:
    """Whether a list read member by member says more than read together: it leaves less unread, or excludes more."""
    if polarity is Polarity.EXCLUSION:
        return _sure_rows(listed) > _sure_rows(before)
    return _unread(listed) < _unread(before)


def _sure_rows(read: Read) -> int:
    return sum(not any(isinstance(leaf, Unread) for leaf in leaves(test)) for _, _, test in read.tests)


def _unread(read: Read) -> int:
    return sum(isinstance(leaf, Unread) for _, _, test in read.tests for leaf in leaves(test))


def chosen(
    polarity: Polarity, head: Read, members: Sequence[Read], choice: Choice, *, unknown: bool = False
) -> Read | None:
    """The list as criteria; None where too few of its members are tumours for it to be a list of them.

    An inclusion asks what the head says and one of the members; an exclusion leaves out who is any of them, so that
    each is a criterion of its own. `unknown`: a stretch of it is not understood, and may be one more member.
    """
    tests = [_asked(read, polarity) for read in members]
    sure = sum(any(isinstance(leaf, OrganIs | HistologyIs) for leaf in leaves(test)) for test in tests)
    if sure < (1 if choice.opened else 2) or (not choice.told and sure < len(tests)) or 2 * sure < len(tests):
        return None
    if polarity is Polarity.EXCLUSION and choice.closed and not members[-1].whole:
        return None
    whole = head.whole and all(read.whole for read in members) and not any(_opens(test) for test in tests)
    if polarity is Polarity.INCLUSION:
        tests += [Unread(Kind.HISTOLOGY)] if unknown else []
        return Read((*head.tests, _row(either(list(dict.fromkeys(tests))))), whole and not unknown)
    said = [either([test for _, _, test in head.tests])] if head.tests else []
    return Read(tuple(_row(together([test, *said])) for test in tests), whole)


_SOLID_OR_BLOOD = hinted(
    r"(?P<solid>[^:]*\b(?:tumeurs? solides?|solid tumou?rs?)\b[^:]*?)\s?[;,]?\s(?:ou|or)\s(?P<blood>(?:une? |"
    r"an? )?(?:lymphomes?|"
    r"lnh|hemopathies?|leucemies?|myelomes?|lymphomas?|nhl|leuk[ae]mias?|myelomas?|b-cell|non-hodgkin)\b[^:]*)$"
)
_COURSE = re.compile(
    r"\b(?:avance|advanced|metasta|rechute|refract|relaps|recidiv|ligne|line|progress|localement|locally)"
)


def solid_or_blood(clause: Clause) -> list[Clause]:
    """« Tumeur solide avancée, ou lymphome en rechute »: each with what is asked of it alone; empty: no such choice."""
    match = _SOLID_OR_BLOOD.match(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    if match is None or not (_COURSE.search(match["solid"]) and _COURSE.search(match["blood"])):
        return []
    return [replace(clause, text=clause.text[slice(*match.span(name))].strip(" ,;")) for name in ("solid", "blood")]


_THE_REST = hinted(r";\s*(?:hors|hormis|en dehors d[eu]s?|autres? (?:que|qu')|other than) ?[^;:()]{3,40}[(:]")


def with_the_rest(clause: Clause, read: Read) -> Read:
    """« Mélanome (…) ; hors mélanome (…) »: the second is any other tumour, and excepts nothing from the first."""
    if clause.polarity is Polarity.EXCLUSION or _THE_REST.search(clause.plain) is None:
        return read
    rows = tuple(
        (kind, key, either([test, Unread(kind)]))
        if any(isinstance(leaf, OrganIs | HistologyIs) for leaf in leaves(test)) and not _is_open(test)
        else (kind, key, test)
        for kind, key, test in read.tests
    )
    return Read(rows, whole=False, permits=read.permits)


def _is_open(test: Test) -> bool:
    return isinstance(test, AnyOf) and any(isinstance(part, Unread) for part in test.parts)


def _asked(read: Read, polarity: Polarity) -> Test:
    """All that a member asks; a permission among them says nothing of whom the list takes."""
    tests = [test for _, _, test in read.tests if not all(isinstance(leaf, NoDemand) for leaf in leaves(test))]
    if not tests:
        return Unread(Kind.HISTOLOGY)
    test = together(tests) if polarity is Polarity.INCLUSION else either(tests)
    of_the_prostate = any(leaf == StateIs(State.CASTRATION_RESISTANT) for leaf in leaves(test))
    if of_the_prostate and not any(isinstance(leaf, OrganIs) for leaf in leaves(test)):
        return together([OrganIs(frozenset({"prostate"})), test])  # « CPRC métastatique » names no other organ's state
    return test


def _opens(test: Test) -> bool:
    return test == Unread(Kind.HISTOLOGY)


def _row(test: Test) -> Row:
    named = [leaf.kind for leaf in leaves(test) if isinstance(leaf, OrganIs | HistologyIs)]
    kind = named[0] if named else next(leaves(test)).kind
    return kind, kind in KEY_KINDS, test
