"""What a clause gives leave to besides: « ; HER2-low accepté », « , stade III toléré en partie 2 ».

It asks nothing of anybody; it widens what other sentences of the inclusions ask of the same matter, and narrows what
an exclusion before it leaves out. Under a condition it does so unsurely.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rules.criteria import (
    KEY_KINDS,
    AgeIn,
    AllOf,
    AnyOf,
    BrainMetastasesIn,
    ExtentIn,
    HistologyIs,
    Kind,
    LineIn,
    MarkerIs,
    MetastasisIn,
    NoDemand,
    Not,
    OrganIs,
    Polarity,
    PriorLines,
    SexIs,
    StageIn,
    Test,
    TnmIs,
    Treated,
    Unread,
    leaves,
)
from rules.hinted import hinted
from rules.junctions import together
from rules.reading.clause import Clause
from rules.reading.joining import NARROWED, Read, Row
from rules.reading.kinds import guess_kind
from rules.reading.segments import in_parenthesis
from rules.reading.subordinate import permission_of
from rules.treatments import TREATMENTS
from rules.verdict import Verdict

_VERDICT = (
    r"(?:acceptee?|autorisee?|permise?|admise?|toleree?|acceptable|allowed|accepted|permitted|tolerated)(?P<many>s?)"
)
_SAID = (
    r"(?:,?\s(?:est|sont|sera|seront|is|are|reste|restent|peu(?:t|vent)|pourr(?:a|ont)|may|can))?"
    r"(?:\s(?:etre|be|egalement|aussi|also|toutefois|cependant|neanmoins))*\s"
)
_GRANT = hinted(
    rf"{_SAID}(?:{_VERDICT}|(?<=sont )eligibles|(?<=are )eligible|(?<=egalement )eligibles?|(?<=aussi )eligibles?|"
    r"(?<=etre )inclu(?:s|ses?)|(?<=sont )inclus(?:es)?|(?<=be )(?:included|enrolled)|possibles?)"
    r"(?=\W*$|\s?[,:(]|\s(?:egalement|aussi|also|si|s'|if|en|dans|in|a partir|des|apres|after|pour|for|chez|with|avec|"
    r"jusqu|sous|a condition|provided|uniquement|seulement|only|lorsqu|when|selon|sans|without|meme|quel|avant|"
    r"before)\b)"
)
_FORBIDS = re.compile(
    r"\b(?:aucune?s?|no|seule?s?|seulement|uniquement|only|inelig\w*|exclu\w*|ne)\b|\bn'|"
    r"\b(?:non|not|pas|jamais|never)\b(?:\s(?:etre|be|encore))?\s*$"
)
_LIMITED = re.compile(
    r"\b(?:jusqu|max|au plus|up to|at most|pas plus|minim|au moins|at least|moins de|plus de \d+ (?!ans))|[≤<]|"
    r"[≥>](?!\s?\d\d\s?ans)|\b(?:si|if|s'ils?|lorsque|when|obligatoire\w*|requis\w*|required|doi(?:t|vent)|must|"
    r"antecedents?|history|composantes?|contingents?|differenciations?|components?|differentiation|autres? cancers?|"
    r"other cancers?|second)\b"
)
_SURE = re.compile(
    r"\W*(?:(?:egalement|aussi|also)\b\W*)?(?:dans (?:l'etude|l'essai|cet essai|cette etude)|in (?:the|this) "
    r"(?:study|trial))?\W*$"
)
_OPENS = re.compile(r"^\W*(?:si|s'il|en cas|chez|pour|lorsque|if|in case|for|when|dans|sauf|except)\b")
_SEVERAL = re.compile(r"^\W*(?:les|des|the|toutes?|tous)\b|^\W*\w*[a-z][sx]\b")

_SAME: tuple[tuple[type, ...], ...] = (
    (StageIn, TnmIs, ExtentIn),
    (LineIn, PriorLines),
    (SexIs,),
    (AgeIn,),
    (BrainMetastasesIn,),
)
"""Leaves of one matter: another value of it is let in."""
_UNSURE = frozenset({Kind.LINE, Kind.PRIOR_TREATMENT})
_TUMOURS = (OrganIs, HistologyIs)


@dataclass(frozen=True, slots=True)
class Grant:
    """What is asked all the same (None: nothing), what is let in, and whether that is all that is said of it."""

    main: Clause | None
    what: Clause
    sure: bool


def grant_of(clause: Clause) -> Grant | None:
    """The leave that a clause gives; None where it gives none, denies it or limits it."""
    told = next((one for one in _GRANT.finditer(clause.plain) if not in_parenthesis(clause.plain, one.start())), None)
    if told is None:
        return None
    start = _last_comma(clause.plain, told.start())
    many = told["many"] == "s"
    if start and (_OPENS.match(clause.plain) or (many and not _SEVERAL.match(clause.plain[start + 1 :]))):
        start = 0
    what = clause.text[start : told.start()].strip(" ,:")
    words = clause.plain[start : told.start()]
    if not what or _FORBIDS.search(words) or _LIMITED.search(words):
        return None
    main = replace(clause, text=clause.text[:start].strip(" ,")) if start else None
    sure = _SURE.fullmatch(clause.plain, told.end()) is not None and _OPENS.match(clause.plain) is None
    return Grant(main, Clause(what, Polarity.INCLUSION, clause.organs), sure)


def _last_comma(plain: str, end: int) -> int:
    """Where the last comma outside brackets stands before a place; 0 where there is none."""
    return next((at for at in range(end - 1, 0, -1) if plain[at] == "," and not in_parenthesis(plain, at)), 0)


Reader = Callable[[Clause], Read]


def granted(clause: Clause, read: Reader) -> Read | None:
    """The reading of a clause that gives leave to something the board can see; None where it does not."""
    grant = grant_of(clause)
    if grant is None or _leaves_out_active_ones(grant, read):
        return None
    permit = _let_in(grant, grant.what.text, read)
    if permit is None and grant.main is not None:
        permit = _by_name(grant, read)
    if permit is None:
        return _beside_unknown(clause, grant, read)
    return _with_permit(clause, grant, permit, read)


def granted_by_name(clause: Clause, read: Reader) -> Read | None:
    """As `granted`, where what is let in is told by an adjective (« mucineux accepté ») or is not known."""
    grant = grant_of(clause)
    if grant is None or _leaves_out_active_ones(grant, read):
        return None
    if (permit := _by_name(grant, read)) is not None:
        return _with_permit(clause, grant, permit, read)
    if grant.sure or permission_of(clause) is not None:
        return None
    return Read(((Kind.OTHER, False, Unread(Kind.OTHER)),), False)


def _leaves_out_active_ones(grant: Grant, read: Reader) -> bool:
    """« Métastases cérébrales traitées et stables autorisées » by itself: the others are left out."""
    if grant.main is not None:
        return False
    told = (leaf for _, _, test in read(grant.what).tests for leaf in leaves(test))
    return any(isinstance(leaf, BrainMetastasesIn) for leaf in told)


def _by_name(grant: Grant, read: Reader) -> Test | None:
    name = _ARTICLE.sub("", grant.what.plain)
    forms = _FORMS if len(name.split()) < _LONG else ()
    return next((told for form in forms if (told := _let_in(grant, form.format(name), read)) is not None), None)


_ARTICLE = re.compile(r"^\W*(?:les? |la |l'|des? |du |the )?")
_FORMS = ("Cancer {}", "Carcinome {}", "{} antérieure")
_LONG = 4


def _with_permit(clause: Clause, grant: Grant, permit: Test, read: Reader) -> Read:
    if grant.main is not None:
        main = read(grant.main)
        rows = narrowed(main.tests, (permit,)) if clause.polarity is Polarity.EXCLUSION else main.tests
        return replace(main, tests=rows, permits=(*main.permits, permit))
    nothing: Test = NoDemand() if clause.polarity is Polarity.INCLUSION else Not(NoDemand())
    return Read(((Kind.OTHER, False, nothing if grant.sure else Unread(Kind.OTHER)),), grant.sure, (permit,))


def _let_in(grant: Grant, name: str, read: Reader) -> Test | None:
    """What is let in, as it would be called; beside something unread where more is said of it."""
    told = [test for _, _, test in read(replace(grant.what, text=name)).tests if not isinstance(test, NoDemand)]
    every = [leaf for test in told for leaf in leaves(test)]
    known = [leaf for leaf in every if not isinstance(leaf, Unread)]
    own = name == grant.what.text
    if not any(isinstance(leaf, _EVERY) for leaf in known) or not (own or len(known) == len(every)):
        return None
    unsure = not (own and grant.sure) or any(leaf.kind in _UNSURE for leaf in known)
    return together([*told, Unread(known[0].kind)] if unsure else told)


def _beside_unknown(clause: Clause, grant: Grant, read: Reader) -> Read | None:
    """What is asked before leave is given to something unknown of a kind of it (« …, mutations rares acceptées »)."""
    if grant.main is None:
        return None
    kind, main = guess_kind(grant.what.plain), read(grant.main)
    if clause.polarity is Polarity.EXCLUSION:
        return replace(main, tests=_opened(main.tests), whole=False)
    rows = tuple((own, key, AnyOf((test, Unread(kind))) if own is kind else test) for own, key, test in main.tests)
    if kind in NARROWED:
        return replace(main, tests=rows, whole=False) if rows != main.tests else None
    asks_tumours = any(own in NARROWED for own, _, _ in main.tests)
    return replace(main, whole=main.whole and grant.sure) if asks_tumours else None


def _opened(rows: Iterable[Row], kinds: frozenset[Kind] = frozenset(Kind)) -> tuple[Row, ...]:
    """Exclusions, those of some kinds so that they leave out nobody by themselves."""
    return tuple((kind, key, AllOf((test, Unread(kind))) if kind in kinds else test) for kind, key, test in rows)


_SEEN = KEY_KINDS | {Kind.BRAIN_METASTASES}
_EVERY = (*_TUMOURS, MarkerIs, MetastasisIn, Treated, *(one for group in _SAME for one in group))


def with_leave_in_brackets(clause: Clause, told: Read, read: Reader) -> Read:
    """« Stade IV (stade III non résécable accepté) »: the reading with what its brackets let in."""
    if "(" not in clause.text or _GRANT.search(clause.plain) is None:
        return told
    inner = [replace(clause, text=clause.text[slice(*match.span(1))]) for match in _BRACKET.finditer(clause.plain)]
    given = [granted(one, read) for one in inner if grant_of(one)]
    permits = tuple(permit for one in given if one for permit in one.permits)
    if clause.polarity is Polarity.INCLUSION:
        return replace(told, permits=tuple(dict.fromkeys((*told.permits, *permits)))) if permits else told
    known = all(one and one.permits for one in given)
    return replace(told, tests=narrowed(told.tests, permits) if known else _opened(told.tests, NARROWED))


_BRACKET = re.compile(r"\(([^()]*)\)")


def widened(test: Test, permits: Iterable[Test]) -> Test:
    """What is asked, or one of what other sentences let in of the same matter."""
    for permit in permits:
        test = _with(test, permit)
    return test


def narrowed(rows: Iterable[Row], permits: Sequence[Test]) -> tuple[Row, ...]:
    """Exclusions beside which something of the same matter is let in: they leave out nobody by themselves."""
    return tuple(
        (kind, key, AllOf((test, Unread(kind))) if any(_leaves_in(test, one) for one in permits) else test)
        for kind, key, test in rows
    )


def narrowed_by_the_next(texts: Sequence[str], reads: Sequence[Read]) -> list[Read]:
    """The clauses of one line of exclusions: open where a later one lets in something of their matter, or unknown."""
    permits = [permit for read in reads for permit in read.permits]
    found = [replace(read, tests=narrowed(read.tests, permits)) if permits else read for read in reads]
    for at, text in enumerate(texts[1:]):
        grant = None if reads[at + 1].permits else grant_of(Clause(text, Polarity.EXCLUSION))
        if grant is not None and guess_kind(grant.what.plain) in _SEEN:
            found[at] = replace(found[at], tests=_opened(found[at].tests, _SEEN))
    return found


def _leaves_in(test: Test, permit: Test) -> bool:
    tumours = [any(isinstance(leaf, _TUMOURS) for leaf in leaves(one)) for one in (test, permit)]
    of_the_brain = any(isinstance(leaf, BrainMetastasesIn) for leaf in leaves(test))
    spread = any(isinstance(leaf, ExtentIn | MetastasisIn) for leaf in leaves(permit))
    return all(tumours) or (of_the_brain and spread) or _is_of(test, permit)


def _with(test: Test, permit: Test) -> Test:
    if isinstance(test, AllOf):
        return AllOf(tuple(_with(part, permit) for part in test.parts))
    if not _is_of(test, permit) or isinstance(test, Treated):
        return test
    return AnyOf((*test.parts, permit)) if isinstance(test, AnyOf) else AnyOf((test, permit))


def _is_of(test: Test, permit: Test) -> bool:
    """Whether a test and a permission are of one matter, so that the one bears on the other."""
    own, others = [*leaves(test)], [*leaves(permit)]
    if any(isinstance(one, group) for group in _SAME for one in own if any(isinstance(two, group) for two in others)):
        return True
    return bool(_markers(own) & _markers(others) or _sites(own) & _sites(others)) or _treats_alike(own, others)


def _treats_alike(own: Iterable[Test], others: Iterable[Test]) -> bool:
    """Whether one of the treatments may be one of the others."""
    first, second = _treatments(own), _treatments(others)
    return bool(first and second) and Verdict.NOT_MET not in (
        TREATMENTS.compare_all(first, second),
        TREATMENTS.compare_all(second, first),
    )


def _treatments(of: Iterable[Test]) -> frozenset[str]:
    return frozenset[str]().union(*(one.treatments for one in of if isinstance(one, Treated)))


def _markers(of: Iterable[Test]) -> frozenset[str]:
    return frozenset[str]().union(*(one.demand.markers for one in of if isinstance(one, MarkerIs)))


def _sites(of: Iterable[Test]) -> frozenset[str]:
    return frozenset[str]().union(*(one.sites for one in of if isinstance(one, MetastasisIn)))
