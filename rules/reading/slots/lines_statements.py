"""What one statement asks of lines and treatments: how many before, which one now, what was received, nothing yet."""

import re
from dataclasses import replace

from rules.criteria import KEY_KINDS, AnyOf, Kind, LineIn, Not, Polarity, PriorLines, Test, Treated, Unread
from rules.reading.amounts import FOR_SCREENING
from rules.reading.joining import Row
from rules.reading.slots.lines_parts import GENERIC, Part, is_generic, is_local
from rules.reading.slots.lines_slots import Count
from rules.reading.treatments.named_treatments import Joint, concepts_of, received

SYSTEMIC = frozenset({"systemic_treatment"})
ADVANCED = frozenset({"advanced"})
EARLY = frozenset({"adjuvant", "neoadjuvant"})
NOTHING = Treated(treatments=frozenset())
BACK = frozenset({"progression", "relapse"})


def row(kind: Kind, test: Test) -> Row:
    """A criterion of a kind, key as its kind says."""
    return kind, kind in KEY_KINDS, test


def prior_row(test: Test) -> Row:
    """A criterion of earlier treatment."""
    return row(Kind.PRIOR_TREATMENT, test)


def counted(part: Part) -> list[Row] | None:
    """« Au moins 2 lignes de … », « échec de ≥ 1 ligne », « pas plus de deux lignes »."""
    count = part.count
    if part.letters.count("L") != 1 or part.has("A") or not part.only("NLHTspgrfSXaEnVtu"):
        return _no_line(part)
    if count is None or part.has("M"):
        return _no_line(part)
    bounds = _bounds(part, count)
    if bounds is None:
        return None
    of, more = _of(part, bounds)
    if of is None:
        return None
    test: Test = PriorLines(*bounds, of)
    if part.has("V"):
        test = AnyOf((test, Unread(Kind.PRIOR_TREATMENT)))
    rows = [row(Kind.LINE, test), *more]
    if part.has("f") and part.polarity is Polarity.INCLUSION:
        rows.append(prior_row(Treated(treatments=SYSTEMIC, outcomes=part.outcomes | BACK)))
    return rows


def _no_line(part: Part) -> list[Row] | None:
    """« N'ayant reçu aucune ligne »."""
    plain = part.only("nLgpSHT") and part.letters.count("L") == 1 and part.has("n") and not part.has("N")
    if not plain or part.polarity is Polarity.EXCLUSION or not (part.named is None or is_generic(part.named)):
        return None
    return [row(Kind.LINE, PriorLines(0, 0))]


def _bounds(part: Part, count: Count) -> tuple[int, int | None] | None:
    """The least and the most lines that are meant; None where the words do not settle it."""
    letters = part.letters
    limits = _limits(part, count)
    if limits is None:
        return None
    low, high = limits
    if part.has("n"):
        if not (count.over and letters.index("n") < letters.index("N") and not part.has("f")):
            return None
        low, high = 0, count.low - 1
    if part.polarity is Polarity.EXCLUSION and low == 0 and not (high is not None and "moins" in words_of(part)):
        return None
    if part.has("fV") and low == 0:
        low = 1
        if letters.index("f" if "f" in letters else "V") > letters.index("N"):
            return None
    return low, high


_UP = re.compile("moins|min|least|ou plus|more")


def _limits(part: Part, count: Count) -> tuple[int, int | None] | None:
    """The bounds that the number tells with what stands around it; a bare one needs a word of the past."""
    tail = part.first("t")
    if tail is not None:
        if not count.bare:
            return None
        return (count.low, None) if _UP.search(tail.words) else (0, count.low)
    if count.bare and part.has("u"):
        return 0, count.low
    if not count.bare:
        return count.low, count.high
    past = part.has("pg") if part.polarity is Polarity.EXCLUSION else part.has("pgfE")
    return (count.low, None) if past else None


def words_of(part: Part) -> str:
    """All its words."""
    return " ".join(slot.words for slot in part.slots)


def _of(part: Part, bounds: tuple[int, int | None]) -> tuple[frozenset[str] | None, list[Row]]:
    """What the counted lines hold (empty: any; None: not understood), and what was received beside."""
    named = part.named
    if named is None:
        return (None, []) if part.letters.count("T") else (frozenset(), [])
    if is_generic(named):
        return frozenset(), []
    limits = bounds[1] is not None or part.polarity is Polarity.EXCLUSION
    if named.joint is Joint.ALL or any(len(item.components) > 1 for item in named.items):
        had = None if limits else received(named, NOTHING, forbids=False, negated=False)
        return (None, []) if had is None else (frozenset(), [prior_row(had)])
    concepts = concepts_of(named, forbids=limits)
    return (None, []) if concepts is None else (frozenset() if concepts <= GENERIC else concepts, [])


def treatments_counted(part: Part) -> list[Row] | None:
    """« Au moins deux traitements systémiques antérieurs », « au plus 2 taxanes reçus »: as many lines."""
    count = part.count
    if count is None or part.has("L") or not part.only("NHTspgSXran") or not part.has("HT"):
        return None
    generic = part.has("H") or is_generic(part.named)
    bounds = _bounds(part, count)
    if bounds is None or not part.has("pgS"):
        return None
    if bounds == (1, None):
        return had(replace(part, slots=tuple(slot for slot in part.slots if slot.letter != "N")))
    if generic:
        return [row(Kind.LINE, PriorLines(*bounds))] if not part.has("T") or is_generic(part.named) else None
    of, more = _of(part, bounds)
    names = _BY_NAME if not bounds[0] else _BY_NAME - {"arpi"}  # one of the hormone-sensitive phase is no line
    return None if not of or more or len(of) != 1 or not of <= names else [row(Kind.LINE, PriorLines(*bounds, of))]


_BY_NAME = frozenset({"chemotherapy", "taxane", "arpi", "platinum"})


def had(part: Part) -> list[Row] | None:
    """« Traitement systémique reçu en situation avancée », or a list behind « dont », « comportant », « avec »."""
    listed = part.joint in ("i", "+", "(") and part.behind_lines
    forbids = part.polarity is Polarity.EXCLUSION
    if forbids and (listed or not (part.has("p") and part.has("S"))):
        return None
    if not part.only("NHTpgSaEDU") or not part.has("HT") or not (listed or part.has("pgE")) or is_local(part.named):
        return None
    if part.has("g") and not part.has("p") and "trait" in words_of(part):
        return None
    if part.has("N") and (part.count is None or part.count.low != 1 or part.count.high is not None):
        return None
    settings = part.settings(forbids=forbids)
    if settings is None:
        return None
    if part.has("D"):
        return _for_so_long(part, settings)
    rows = _received(part, settings, forbids=forbids)
    return [*rows, FOR_SCREENING] if rows and part.has("U") else rows


def _received(part: Part, settings: frozenset[str], *, forbids: bool) -> list[Row] | None:
    if part.named is None:
        general = bool(settings) and part.has("pg") and not part.has("T")
        return [prior_row(Treated(treatments=SYSTEMIC, settings=settings))] if general else None
    test = received(part.named, replace(NOTHING, settings=settings), forbids=forbids, negated=False)
    return None if test is None else [prior_row(test)]


def _for_so_long(part: Part, settings: frozenset[str]) -> list[Row] | None:
    """« A reçu environ 4 mois de chimiothérapie »: how long is for screening."""
    if part.span is None or not part.span.bare or part.named is None or part.polarity is Polarity.EXCLUSION:
        return None
    test = received(part.named, replace(NOTHING, settings=settings), forbids=False, negated=False)
    return None if test is None else [prior_row(test), FOR_SCREENING]


def untreated(part: Part) -> list[Row] | None:
    """« Aucun traitement antérieur du stade métastatique », « naïf de traitement », in general or named."""
    if part.polarity is Polarity.EXCLUSION or not part.only("nvHTLpgSX") or not part.has("nv") or part.has("L"):
        return None
    if not part.has("HTS") or is_local(part.named):
        return None
    settings = part.settings(forbids=True)
    if settings is None:
        return _none_in_resistance(part)
    if part.letters.count("n") > 1 or part.letters.count("T") > 1:
        return None
    if part.named is None or is_generic(part.named):
        if part.has("X") or not (part.has("vpgS")):
            return None
        return [prior_row(Not(Treated(treatments=SYSTEMIC, settings=settings)))]
    test = received(part.named, replace(NOTHING, settings=settings), forbids=True, negated=True)
    return None if test is None or not part.has("pgv") else [prior_row(Not(test))]


def _none_in_resistance(part: Part) -> list[Row] | None:
    """« Sans taxane antérieur pour le CPRCm »: lines of the prostate are counted within castration resistance."""
    named = part.named
    setting = part.first("S")
    if named is None or setting is None or not re.search("castration|cprc|crpc", setting.words):
        return None
    of = concepts_of(named, forbids=True)
    return None if of is None or not of <= _BY_NAME else [row(Kind.LINE, PriorLines(0, 0, of))]


def ranked(part: Part) -> list[Row] | None:
    """« L2+ », « candidat à une 2e ligne »: the line that the patient would receive."""
    rank = part.first("O")
    if rank is None or rank.count is None or part.letters.count("O") != 1 or not part.only("OSHTJt"):
        return None
    if (part.has("T") and not is_generic(part.named)) or (part.polarity is Polarity.EXCLUSION) != rank.count.over:
        return None
    tail = part.first("t")
    if tail is not None and tail.words not in ("ou plus", "or more"):
        return None
    return [row(Kind.LINE, LineIn(rank.count.low, None if tail else rank.count.high))]
