"""Slot reader of lines and courses of treatment: counted lines, none before, progression, standards, platinum.

The clause is cut into statements (`lines_parts`), each read by what is named in it and how it is meant
(`lines_statements`, `lines_standard`, `lines_platinum`); here they are joined. Any statement that is not understood
leaves the clause not whole: in an inclusion what is surely asked is kept beside it, in an exclusion nothing is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rules.criteria import (
    KEY_KINDS,
    AllOf,
    AnyOf,
    Extent,
    ExtentIn,
    Kind,
    Not,
    Polarity,
    PriorLines,
    Test,
    Treated,
    Unread,
    leaves,
)
from rules.junctions import together
from rules.reading.amounts import FOR_SCREENING
from rules.reading.clause import Clause
from rules.reading.disease.recogniser import recognise as disease
from rules.reading.joining import Read, Row
from rules.reading.kinds import guess_kind
from rules.reading.slots.lines_outcomes import came_back, cycles, steady
from rules.reading.slots.lines_parts import CURATIVE, Part, is_early, is_generic, is_local, parts_of
from rules.reading.slots.lines_platinum import is_platinum, nested, platinum_test
from rules.reading.slots.lines_slots import Slot, slots_of
from rules.reading.slots.lines_standard import Standard, both, standard_of, standard_test
from rules.reading.slots.lines_statements import (
    BACK,
    EARLY,
    SYSTEMIC,
    counted,
    had,
    prior_row,
    ranked,
    row,
    treatments_counted,
    untreated,
)
from rules.reading.treatments.named_treatments import Joint, concepts_of, received
from rules.reading.treatments.platinum import of_ovary

_MAY_HOLD = re.compile(
    r"lign|\blines?\b|\bl\d|\d ?l\b|trait|treat|therap|progress|rechut|recidiv|relaps|recurr|refract|resist|echec|fail|"
    r"standard|option|alternative|platin|reponse|respon|stable|stabil|epuis|exhaust|cycle|cure|adjuvant|regimen|schema|"
    r"recu|received|anterieur|prior|previous"
)
_OTHER = re.compile(
    r"\b(?:autres?|second\w*|deuxieme|other|another|prior|previous|concomitant\w*|synchrone?)\s(?:active |invasive )?"
    r"(?:cancers?|tumeurs?|neoplas\w*|malign\w*|primitifs?|hemopath\w*)|"
    r"\b(?:cancers?|tumeurs?|neoplasies?)\s(?:anterieur|prealable|precedent|concomitant|associe)"
)
"""Of another cancer."""
_STATEMENTS = (counted, treatments_counted, ranked, steady, cycles, came_back, untreated, had)


@dataclass(slots=True)
class _Said:
    """What the statements read so far ask, in their order: rows with their joints, and what was left unread."""

    rows: list[tuple[str, list[Row]]] = field(default_factory=list)
    unread: list[Part] = field(default_factory=list)
    standards: list[tuple[str, Standard]] = field(default_factory=list)
    led: bool = False


def lines(clause: Clause) -> Read | None:
    """The reading of a clause that speaks of lines or courses of treatment, or None where it does not."""
    if not _MAY_HOLD.search(clause.plain) or _OTHER.search(clause.plain):
        return None
    parts = _shared(_labelled(parts_of(slots_of(clause), clause.polarity)))
    if not parts or all(part.has("?") for part in parts):
        return None
    if of_ovary(clause) and any(is_platinum(slot.named) for part in parts for slot in part.slots):
        test = nested([part for part in parts if not _names_status(part)])
        if test is not None:
            return Read((prior_row(test),), True)
    return _joined(clause, parts)


def _names_status(part: Part) -> bool:
    """« Platine-résistant : » before its own definition."""
    return part.only("TfP") and is_platinum(part.named)


def _labelled(parts: list[Part]) -> list[Part]:
    """« Traitement en situation avancée : au plus 2 lignes »: the label belongs to what follows."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if last is not None and part.joint == ":" and last.only("HLpgSTAM") and not last.has("N") and _is_label(last):
            slots = [slot for slot in last.slots if not (slot.letter in "HL" and part.has("HLTC"))]
            found[-1] = replace(part, slots=(*part.slots, *slots), joint=last.joint)
        else:
            found.append(part)
    return found


def _shared(parts: list[Part]) -> list[Part]:
    """« Au moins 1 ARPI et au plus 2 taxanes reçus »: both were received."""
    return [
        replace(part, slots=(*part.slots, *(slot for slot in following.slots if slot.letter in "pg")))
        if following is not None and part.only("NT") and part.has("N") and following.joint in "&o,"
        else part
        for part, following in zip(parts, [*parts[1:], None][: len(parts)], strict=True)
    ]


def _is_label(part: Part) -> bool:
    return part.named is None or is_generic(part.named)


def _joined(clause: Clause, parts: Sequence[Part]) -> Read | None:
    said = _Said()
    parts = _without_elaboration(parts)
    for index, part in enumerate(parts):
        following = parts[index + 1].joint if index + 1 < len(parts) else ""
        if part.only("HLpg") and part.has("pL") and following == "i":
            continue  # « lignes ayant comporté … »
        _take(clause, replace(part, behind_lines=_behind_lines(parts[:index])), said, parts)
    for joint, standard in said.standards:
        test = standard_test(standard)
        if test is None:
            return None
        said.rows.append((joint, [prior_row(test)]))
    if not said.rows or _limits_narrowed(clause, parts, said):
        return None
    return _read(clause, said)


_HOLDING = re.compile(r"\b(?:comport\w*|conten\w*|compren\w*|contain\w*|compris\w*|avec|with|a base d\w*|by|using)\b")


def _limits_narrowed(clause: Clause, parts: Sequence[Part], said: _Said) -> bool:
    """« Au plus une ligne comportant un ITK », "no prior therapy with …": what stands behind narrows what is limited,
    and is not asked for besides."""
    limited = any(
        isinstance(test, Not) or (isinstance(test, PriorLines) and test.low == 0 and not test.of)
        for _, rows in said.rows
        for _, _, test in rows
    )
    return limited and any(
        _HOLDING.search(clause.plain, before.slots[-1].end, part.slots[0].start) is not None
        for before, part in pairwise(parts)
        if before.slots and part.slots
    )


def _without_elaboration(parts: Sequence[Part]) -> list[Part]:
    """Without parentheses that only name more (« (abi, enza, apa) »); a parenthesis that is not understood is so
    in all of its parts (« (LPSNC : ≥ 1 ligne) »)."""
    found: list[Part] = []
    for part in parts:
        whole = [each for each in parts if each.group == part.group]
        if not part.depth or not (any(each.has("?") for each in whole) or all(each.only("T") for each in whole)):
            found.append(part)
        elif not all(each.only("?T") for each in whole) or not (found and found[-1].has("T")):
            found.append(replace(part, slots=(*part.slots, _UNKNOWN)))
    return found


_UNKNOWN = Slot("?", 0, 0, "")


def _behind_lines(before: Sequence[Part]) -> bool:
    """Whether a list goes on what counted or named lines and treatments before it."""
    return bool(before) and all(part.has("LHT") or part.joint in ("i", "+", "(") for part in before[-1:])


def _take(clause: Clause, part: Part, said: _Said, parts: Sequence[Part]) -> None:
    """One more statement: of standard treatment, of how the one before ended, or of its own."""
    standard = standard_of(part, behind=bool(said.standards) and part.joint == "o") if not part.has("?") else None
    if standard is not None and said.standards and part.joint == "o":
        said.standards[-1] = (said.standards[-1][0], both(said.standards[-1][1], standard))
    elif standard is not None:
        said.standards.append((part.joint, standard))
    elif part.depth and part.only("NC") and part.has("C"):
        said.rows.append((part.joint, [FOR_SCREENING]))
    elif _changes_nothing(part) or _amends(clause, part, said):
        return
    else:
        rows = None if part.has("?c") else _rows(clause, part, parts)
        if rows is None:
            said.led = said.led or (not said.unread and bool(said.rows or said.standards))
            said.unread.append(part)
        else:
            said.rows.append((part.joint, rows))
            if part.joint == "i" and part.named is not None and _is_limit(said):
                said.unread.append(part)


def _is_limit(said: _Said) -> bool:
    """Whether a list follows a mere limit: « au plus 2 lignes, dont X » asks for no X."""
    tests = [test for _, rows in said.rows[:-1] for _, _, test in rows[:1]]
    return bool(tests) and isinstance(tests[-1], PriorLines) and not tests[-1].low


def _rows(clause: Clause, part: Part, parts: Sequence[Part]) -> list[Row] | None:
    if of_ovary(clause):
        known = any(is_platinum(slot.named) for each in parts for slot in each.slots)
        test = platinum_test(part, known=known)
        if test is not None:
            return [prior_row(test)]
    if part.letters == "nm" and part.polarity is Polarity.INCLUSION:
        return [row(Kind.EXTENT, Not(ExtentIn(frozenset({Extent.METASTATIC}))))]
    if part.only("X") or (part.only("XS") and part.has("X")):
        return _extent(clause, part)
    return next((rows for reader in _STATEMENTS if (rows := reader(part)) is not None), None)


def _extent(clause: Clause, part: Part) -> list[Row] | None:
    text = clause.text[part.slots[0].start : part.slots[-1].end]
    found = disease(Clause(text, clause.polarity, clause.organs))
    if len(found) != 1 or found[0].end - found[0].start < len(text) - 12:
        return None
    return [row(found[0].kind, found[0].test)]


def _changes_nothing(part: Part) -> bool:
    """« (adjuvant non compté) », « (thérapie ciblée comprise) »: what is no line anyway, and mere elaboration."""
    if part.has("K") and part.only("KAMTHpLgS"):
        return part.has("AM") or is_early(part.named) or is_local(part.named)
    if part.only("U"):
        return True
    return part.depth > 0 and part.only("Tk") and part.has("k") and part.has("T")


def _amends(clause: Clause, part: Part, said: _Said) -> bool:
    """A statement that changes the one before: how it ended, what counts as a line, what is allowed beside it."""
    return (
        _ended_so(part, said)
        or _counts_early(clause, part, said)
        or _allows_early(part, said)
        or _narrows(part, said)
        or _none_since(part, said)
    )


def _none_since(part: Part, said: _Said) -> bool:
    """« Platine adjuvant …, sans autre platine depuis »: none for advanced disease."""
    if not part.only("nyThgp") or not (part.has("n") and part.has("h")) or part.named is None or not said.rows:
        return False
    joint, rows = said.rows[-1]
    kind, key, test = rows[-1]
    early = any(isinstance(leaf, Treated) and leaf.settings and leaf.settings <= CURATIVE for leaf in leaves(test))
    later = Treated(treatments=frozenset(), settings=frozenset({"advanced"}))
    had = received(part.named, later, forbids=part.polarity is Polarity.INCLUSION, negated=True)
    if not early or had is None:
        return False
    said.rows[-1] = (joint, [*rows[:-1], (kind, key, together([test, Not(had)]))])
    return True


def _narrows(part: Part, said: _Said) -> bool:
    """« Au plus 2 lignes à base de platine »: only such lines are counted."""
    if not (part.restricts and part.only("TS") and part.named is not None and said.rows):
        return False
    joint, rows = said.rows[-1]
    kind, key, test = rows[0]
    if not isinstance(test, PriorLines) or test.of or len(rows) > 1:
        return False
    of = concepts_of(part.named, forbids=test.high is not None)
    if of is None or part.named.joint is Joint.ALL:
        return False
    said.rows[-1] = (joint, [(kind, key, replace(test, of=of))])
    return True


def _ended_so(part: Part, said: _Said) -> bool:
    """« …, avec progression ou intolérance »: of the treatment that stands before."""
    if not part.only("fr~") or not part.has("f") or part.polarity is Polarity.EXCLUSION or part.joint == "o":
        return False
    if said.standards:
        joint, standard = said.standards[-1]
        said.standards[-1] = (joint, replace(standard, outcomes=standard.outcomes | part.outcomes))
        return True
    if not said.rows:
        return False
    joint, rows = said.rows[-1]
    kind, key, test = rows[-1]
    outcomes = part.outcomes | BACK
    if isinstance(test, Treated) and not test.outcomes:
        said.rows[-1] = (joint, [*rows[:-1], (kind, key, replace(test, outcomes=outcomes))])
        return True
    if isinstance(test, PriorLines) and test.low:
        said.rows[-1] = (joint, [*rows, prior_row(Treated(treatments=SYSTEMIC, outcomes=outcomes))])
        return True
    return False


def _counts_early(clause: Clause, part: Part, said: _Said) -> bool:
    """« … (adjuvante comprise) »: a (neo)adjuvant treatment is then one line more."""
    one = part.depth > 0 and part.only("NLA") and part.has("L") and part.count is not None and part.count.low == 1
    told = part.has("k") or (part.widens and part.only("A")) or one
    if not told or not part.only("kATHLpN") or not (part.has("A") or is_early(part.named)) or not said.rows:
        return False
    joint, rows = said.rows[-1]
    kind, key, test = rows[0]
    if not isinstance(test, PriorLines) or test.of or part.polarity is Polarity.EXCLUSION:
        return False
    if of_ovary(clause) and (clause.organs or test.high is not None):
        return bool(clause.organs)  # platinum around the first surgery is a line there whatever is said
    early = Treated(treatments=SYSTEMIC, settings=EARLY)
    low, high = max(test.low - 1, 0), None if test.high is None else test.high - 1
    ways: list[Test] = [AllOf((test, Not(early)))] if test.high is not None else [test]
    if not low and high is None:
        ways.append(early)
    elif high is None or high >= 0:
        ways.append(AllOf((PriorLines(low, high), early)))
    said.rows[-1] = (joint, [(kind, key, AnyOf(tuple(ways))), *rows[1:]])
    return True


def _allows_early(part: Part, said: _Said) -> bool:
    """« …, sauf adjuvant terminé > 6 mois avant la rechute »: one that ended later is not allowed."""
    if not part.only("cuATHEDbfdhSXpgjrzF") or not part.has("cu") or not (part.has("A") or is_early(part.named)):
        return False
    if not said.rows or part.polarity is Polarity.EXCLUSION:
        return False
    joint, rows = said.rows[-1]
    kind, key, test = rows[-1]
    if not (isinstance(test, Not) and isinstance(test.part, Treated)):
        return False
    extra = _not_so_soon(part)
    if extra is None:
        return False
    advanced = test.part.settings or frozenset({"advanced"})
    rule = Not(replace(test.part, settings=advanced))
    said.rows[-1] = (joint, [*rows[:-1], (kind, key, rule), *extra])
    return True


def _not_so_soon(part: Part) -> list[Row] | None:
    """What the condition of an allowed (neo)adjuvant treatment asks; None where it is not understood."""
    if not part.has("D"):
        return [] if not part.has("dbhfj") else None
    span = part.span
    if span is None or span.high is not None or not span.low:
        return None
    settings = part.settings(forbids=True) if part.has("A") else frozenset()
    like = Treated(treatments=frozenset({"anticancer_treatment"}), settings=(settings or EARLY) & EARLY or EARLY)
    if part.has("j") or (part.has("h") and not part.has("bf")):
        return [prior_row(Not(replace(like, within_days=span.low - 1)))]
    return [prior_row(Not(replace(like, relapse_within_days=span.low - 1)))] if part.has("fSX") else None


def _read(clause: Clause, said: _Said) -> Read | None:
    """The rows joined: all asked, or (« ou » throughout) any of them; mixed they are not understood."""
    joints = [joint for joint, _ in said.rows[1:]] + [part.joint for part in said.unread]
    some, every = "o" in joints, any(joint != "o" for joint in joints)
    if clause.polarity is Polarity.EXCLUSION:
        return _excluded(said, some=some, every=every)
    if some and (every or said.unread):
        return None
    if some:
        tests = [together([test for _, _, test in rows]) for _, rows in said.rows]
        kind = said.rows[0][1][0][0]
        return Read(((kind, kind in KEY_KINDS, AnyOf(tuple(tests))),), True)
    rows = [one for _, each in said.rows for one in each]
    if said.unread and not _stands_alone(said):
        return None
    for part in said.unread:
        kind = guess_kind(clause.plain[part.slots[0].start : part.slots[-1].end])
        rows.append((kind, kind in KEY_KINDS, Unread(kind)))
    return Read(tuple(rows), not said.unread)


def _stands_alone(said: _Said) -> bool:
    """Whether the clause opens with what was read, so that the unread words behind it only ask more."""
    unread = [part for part in said.unread if not (part.depth and part.has("k") and _is_most(said))]
    return said.led and not any(part.has("cduAMkK") or part.joint in (":", "o") or part.widens for part in unread)


def _is_most(said: _Said) -> bool:
    """« Au plus 5 lignes (l'adjuvant compte si …) »: whatever else counts, more of them are too many."""
    tests = [test for _, rows in said.rows for _, _, test in rows]
    return all(isinstance(test, PriorLines) and not test.low for test in tests)


def _excluded(said: _Said, *, some: bool, every: bool) -> Read | None:
    if said.unread or (some and every):
        return None
    rows = [one for _, each in said.rows for one in each]
    if some:
        return Read(tuple(rows), True) if all(len(each) == 1 for _, each in said.rows) else None
    kind = rows[0][0]
    return Read(((kind, kind in KEY_KINDS, together([test for _, _, test in rows])),), True)
