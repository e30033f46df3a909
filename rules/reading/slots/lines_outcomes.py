"""What one statement asks of the course: after what the disease came back, where it was held, so many cycles."""

import re
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, PriorLines, State, StateIs, Test, Treated, Unread
from rules.junctions import together
from rules.reading.amounts import FOR_SCREENING
from rules.reading.joining import Row
from rules.reading.slots.lines_parts import CURATIVE, Part, is_early, is_generic, is_local
from rules.reading.slots.lines_slots import Span
from rules.reading.slots.lines_statements import BACK, NOTHING, SYSTEMIC, prior_row, row
from rules.reading.treatments.named_treatments import received


def came_back(part: Part) -> list[Row] | None:
    """« Progression sous X », « après la dernière ligne », « dans les 6 mois suivant la fin de l'adjuvant »."""
    if part.has("V"):
        return _or_unfit(part)
    if (long := _lasting_so_long(part)) is not None:
        return long
    if not part.only("fDrzlpgHLSXAUETaNOwb&Is") or _told_of_coming_back(part) != 1:
        return None
    if (part.has("D") and part.span is None) or is_local(part.named):
        return None
    if part.has("N") and (part.has("L") or part.count is None or part.count.low != 1):
        return None
    named = part.named is not None and not is_generic(part.named)
    if not _is_linked(part) or (part.has("s") and not named and not (part.has("l") and part.has("D"))):
        return None
    for reader in (_after_named, _after_early, _after_the_last, _after_rank, _after_any):
        rows = reader(part)
        if rows is not None:
            return rows
    return None


def _lasting_so_long(part: Part) -> list[Row] | None:
    """« Récidive ≥ 12 mois après la fin d'une hormonothérapie d'au moins 2 ans »: which was given for so long."""
    at = [index for index, slot in enumerate(part.slots) if slot.letter == "D"]
    if part.polarity is Polarity.EXCLUSION or len(at) != 2 or part.named is None or is_generic(part.named):
        return None
    last = part.slots[at[1]]
    beside = part.letters[at[1] - 1] in "TAEg" if at[1] + 1 == len(part.slots) else part.letters[at[1] + 1] == "T"
    if not beside or last.span is None or not last.span.low or last.span.high is not None:
        return None
    rows = came_back(replace(part, slots=(*part.slots[: at[1]], *part.slots[at[1] + 1 :])))
    settings = part.settings(forbids=False)
    if rows is None or len(rows) != 1 or settings is None:
        return None
    like = Treated(treatments=frozenset(), settings=settings, lasting_days=last.span.low)
    had = received(part.named, like, forbids=False, negated=False)
    return None if had is None else [prior_row(together([rows[0][2], had]))]


def _told_of_coming_back(part: Part) -> int:
    """How often it is said; « intervalle libre ≥ 12 mois après … » says it too."""
    said = part.letters.count("f")
    return said or sum(slot.letter == "w" and _FREE.search(slot.words) is not None for slot in part.slots)


_FREE = re.compile(r"\blibre|\bsans (?:de )?(?:maladie|rechute|recidive|progression)|disease[- ]free")


def _or_unfit(part: Part) -> list[Row] | None:
    """« Réfractaire, intolérant ou inéligible à X »: failed, or something that is left to ask."""
    if part.polarity is Polarity.EXCLUSION:
        return None
    slots = tuple(replace(slot, letter="f") if slot.letter == "V" else slot for slot in part.slots)
    rows = came_back(replace(part, slots=slots))
    return None if rows is None else [prior_row(AnyOf((together([test for _, _, test in rows]), _ASKED)))]


_ASKED = Unread(Kind.PRIOR_TREATMENT)


def _is_linked(part: Part) -> bool:
    """Whether the outcome is of what stands behind it, or an interval joins the two: « reçu en rechute » is neither."""
    letters, slot = part.letters, part.first("f")
    if part.has("D"):  # « après 12 mois de traitement » is how long it was given
        return part.has("rzbw") and f"{letters}$"[letters.index("D") + 1] in "rzbwl$"
    targets = [letters.index(letter) for letter in "TAOlLHS" if letter in letters]
    if slot is None or not targets or min(targets) < letters.index("f"):
        return False
    return (
        part.has("r")
        or re.search(r"refract|resist|echec|echou|fail|echapp|intoler|toler|repond|respon", slot.words) is not None
    )


_CAME_BACK = AnyOf((StateIs(State.RELAPSE), StateIs(State.PROGRESSION)))


def timed(like: Treated, span: Span | None, *, forbids: bool = False) -> Test | None:
    """`like`, with relapse so soon after it or so long: « dans les 6 mois », « entre 3 et 6 mois ».

    Where a late relapse is forbidden, whoever had none or no such treatment is not meant.
    """
    if span is None:
        return like
    if span.bare:
        return None
    like = replace(like, outcomes=frozenset())
    soon = replace(like, relapse_within_days=span.high) if span.high is not None else None
    late: Test | None = Not(replace(like, relapse_within_days=max(span.low - 1, 0))) if span.low else None
    late = AllOf((_CAME_BACK, like, late)) if late is not None and forbids else late
    return together([one for one in (soon, late) if one is not None]) if soon or late else None


def _outcomes(part: Part) -> frozenset[str]:
    """After a treatment the disease may also have come back; « réfractaire à » is of the treatment itself."""
    after = any(
        slot.letter == "r" and slot.words.startswith(("apres", "after", "following", "post")) for slot in part.slots
    )
    return part.outcomes | (BACK if after and "progression" in part.outcomes else frozenset())


def _after_named(part: Part) -> list[Row] | None:
    named = part.named
    if named is None or is_generic(named) or part.has("A"):
        return None
    forbids = part.polarity is Polarity.EXCLUSION
    settings = part.settings(forbids=forbids)
    rank = part.first("O")
    lines = (
        frozenset({rank.count.low}) if rank and rank.count and rank.count.high == rank.count.low else frozenset[int]()
    )
    if settings is None or (rank and not lines):
        return None
    last = part.span is not None and not is_early(named)
    like = Treated(treatments=frozenset(), settings=settings, outcomes=_outcomes(part), lines=lines, last=last)
    if is_early(named) and part.span is None:
        return None
    tests = _said_of(part, like, forbids=forbids)
    return None if tests is None else [prior_row(tests)]


def _said_of(part: Part, like: Treated, *, forbids: bool) -> Test | None:
    """`like` of the named list; of « A et B » that both failed to hold, one of them may have ended well."""
    named = part.named
    if named is None:
        return None
    if part.span is not None:
        base = received(named, replace(like, outcomes=frozenset()), forbids=forbids, negated=False)
        return _soon_or_under(base, part, like) if isinstance(base, Treated) else None
    test = received(named, like, forbids=forbids, negated=False)
    if not isinstance(test, AllOf) or forbids:
        return test
    each = [one for one in test.parts if isinstance(one, Treated)]
    if len(each) < len(test.parts):
        return None
    return AllOf((*(replace(one, outcomes=frozenset()) for one in each), AnyOf(tuple(each))))


def _soon_or_under(base: Treated, part: Part, like: Treated) -> Test | None:
    """« Pendant X ou dans les 12 semaines suivantes »: who progressed under it needs no date."""
    test = timed(base, part.span, forbids=part.polarity is Polarity.EXCLUSION)
    if not like.last or not isinstance(test, Treated) or part.span is None or part.span.low:
        return test
    return AnyOf((replace(base, outcomes=frozenset({"progression"})), test))


def _after_early(part: Part) -> list[Row] | None:
    """« Rechute dans les 12 mois suivant la fin de l'adjuvant »."""
    if not (part.has("AU") and (part.named is None or is_generic(part.named))) or part.has("LO"):
        return None
    settings = part.settings(forbids=True)
    if not settings or not settings <= CURATIVE or part.span is None:
        return None
    like = Treated(treatments=frozenset({"anticancer_treatment"}), settings=settings)
    test = timed(like, part.span, forbids=part.polarity is Polarity.EXCLUSION)
    return None if test is None else [prior_row(test)]


def _after_the_last(part: Part) -> list[Row] | None:
    """« Progression pendant ou après la dernière ligne »: whichever it was."""
    if not part.has("l") or part.has("AO") or not (part.named is None or is_generic(part.named)):
        return None
    if part.polarity is Polarity.EXCLUSION:
        return None
    outcomes = part.outcomes | BACK
    if part.span is None:
        return [prior_row(Treated(treatments=SYSTEMIC, outcomes=outcomes))]
    if part.span.high is None or part.span.low:
        return None
    under = Treated(treatments=SYSTEMIC, outcomes=frozenset({"progression"}), last=True)
    soon = Treated(treatments=SYSTEMIC, relapse_within_days=part.span.high, last=True)
    return [prior_row(AnyOf((under, soon)))]


def _after_rank(part: Part) -> list[Row] | None:
    """« Progression après une 1re ligne »: one line at least."""
    rank = part.first("O")
    if rank is None or rank.count is None or part.has("ADLl") or not (part.named is None or is_generic(part.named)):
        return None
    if part.polarity is Polarity.EXCLUSION:
        return None
    failed = Treated(treatments=SYSTEMIC, outcomes=part.outcomes | BACK)
    return [row(Kind.LINE, PriorLines(rank.count.low, None)), prior_row(failed)]


def _after_any(part: Part) -> list[Row] | None:
    """« Rechute après un traitement systémique pour la maladie avancée »."""
    generic = is_generic(part.named) or (part.named is None and part.has("H") and part.has("SX"))
    if not generic or part.has("AOLlD") or part.polarity is Polarity.EXCLUSION:
        return None
    settings = part.settings(forbids=False) or frozenset[str]()
    return [prior_row(Treated(treatments=SYSTEMIC, settings=settings, outcomes=part.outcomes | BACK))]


def steady(part: Part) -> list[Row] | None:
    """« Sans progression après 4 à 6 cycles de X », « réponse ou stabilité après l'induction »."""
    held = (part.has("R") and not part.has("nf")) or (
        part.letters.count("n") == 1 and part.has("f") and not part.has("R")
    )
    if not held or part.polarity is Polarity.EXCLUSION or not part.only("RnfrNCTHOIDlLSzgpE"):
        return None
    if not part.has("r") or not part.has("THOIL") or (part.has("L") and part.has("N") and not part.has("C")):
        return None
    rows = _held(part)
    if part.has("T") and not is_generic(part.named):
        had_it = None if part.named is None else received(part.named, NOTHING, forbids=False, negated=False)
        if had_it is None:
            return None
        rows.append(prior_row(had_it))
    return [*rows, FOR_SCREENING] if part.has("CD") else rows


def _held(part: Part) -> list[Row]:
    """The state that is asked: no progression; of a response alone, one that stands."""
    slot = part.first("R")
    words = slot.words if slot else "stable"
    if re.search(r"stab|control|sd\b|autre|other|benefi", words):
        return [row(Kind.EXTENT, Not(StateIs(State.PROGRESSION)))]
    if re.search(r"complet|\b(?:rc|cr)\b", words) and not re.search(r"parti|\b(?:rp|pr)\b|objecti", words):
        return [row(Kind.EXTENT, StateIs(State.REMISSION))]
    return [row(Kind.EXTENT, AllOf((Not(StateIs(State.PROGRESSION)), Unread(Kind.EXTENT))))]


_SHORTEST_CYCLE = 14


def cycles(part: Part) -> list[Row] | None:
    """« Au plus 2 cures de X avant randomisation », « 2 à 4 cycles de X reçus »: how many is for screening."""
    count, named = part.count, part.named
    if count is None or named is None or not part.only("gpNCTSXbjEutOIr") or part.letters.count("C") != 1:
        return None
    excluded = part.polarity is Polarity.EXCLUSION
    settings = part.settings(forbids=excluded)
    tail = part.first("t")
    limit = part.has("u") or (tail is not None and re.search("max|plus$|most", tail.words) is not None)
    most = count.high if count.most else count.low if count.bare and limit else None
    if settings is None or (part.has("r") and not part.has("g")):
        return None
    if excluded:
        long = _lasting(part, count.low - 1, settings) if count.over else None
        return None if long is None else [prior_row(AllOf((long, Unread(Kind.PRIOR_TREATMENT))))]
    if most is not None:
        long = _lasting(part, most, settings)
        return None if long is None else [prior_row(AnyOf((Not(long), Unread(Kind.PRIOR_TREATMENT))))]
    test = received(named, replace(NOTHING, settings=settings), forbids=False, negated=False)
    return None if test is None or part.has("u") else [prior_row(test), FOR_SCREENING]


def _lasting(part: Part, number: int, settings: frozenset[str]) -> Test | None:
    """So long a treatment that it may be more than so many cycles."""
    like = replace(NOTHING, settings=settings, lasting_days=_SHORTEST_CYCLE * number)
    return received(part.named, like, forbids=False, negated=False) if part.named and number else None
