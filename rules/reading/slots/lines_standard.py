"""Standard treatment as a statement: received and failed, used up, none left, or refused; and what joins these."""

import re
from dataclasses import dataclass

from rules.criteria import AnyOf, Kind, Polarity, StandardExhausted, Test, Treated, Unread
from rules.junctions import either, together
from rules.reading.slots.lines_parts import Part, is_generic
from rules.reading.slots.lines_statements import ADVANCED, SYSTEMIC
from rules.reading.treatments.standard import SOME_STANDARD

_BACK = frozenset({"progression", "relapse"})


@dataclass(frozen=True, slots=True)
class Standard:
    """What a statement says of standard treatment.

    `ended`: it was given and did not help; `received`: it was given; `used_up`: all of it; `none`: there is none;
    `unfit`: the patient cannot or will not have it; `refused`: will not; `outcomes`: how it ended.
    """

    ended: bool = False
    received: bool = False
    used_up: bool = False
    none: bool = False
    unfit: bool = False
    refused: bool = False
    outcomes: frozenset[str] = frozenset()


def standard_of(part: Part, *, behind: bool) -> Standard | None:
    """What a statement says of standard treatment; `behind`: another one stands before, to which « ceux-ci » refers."""
    if part.polarity is Polarity.EXCLUSION or not (part.named is None or is_generic(part.named)):
        return None
    return _referring(part) if behind and part.only("efVr~ny") else _unfit(part) or _none_left(part) or _given(part)


def _referring(part: Part) -> Standard | None:
    """« ou intolérance à ceux-ci », « ou refus »."""
    if sorted(part.letters) == ["n", "y"]:
        return Standard(none=True)
    if not part.has("efV") or part.has("n"):
        return None
    return Standard(ended=part.has("fV"), unfit=part.has("eV"), refused=_refused(part), outcomes=part.outcomes)


def _unfit(part: Part) -> Standard | None:
    if not (part.only("eHsryL") and part.has("e") and part.has("s")):
        return None
    return Standard(unfit=True, refused=_refused(part))


def _refused(part: Part) -> bool:
    """Whether the patient will not have it, whatever there is; who cannot has no standard option left."""
    return any(slot.letter in "eV" and re.search("refus|declin", slot.words) for slot in part.slots)


def _none_left(part: Part) -> Standard | None:
    """« Sans option standard », « plus d'alternative »."""
    if not part.only("nqsHyLTU") or not part.has("n") or not part.has("sq"):
        return None
    # « Sans option curative établie » speaks of a cure; « sans standard ni option curative » of both.
    if part.letters.count("n") != (2 if part.has("U") else 1) or not (part.has("s") or not part.has("U")):
        return None
    return Standard(none=True) if part.has("qHLy") or part.letters == "ns" else None


def _given(part: Part) -> Standard | None:
    """« Échec des traitements standards », « après épuisement des options », « a reçu le traitement de référence »."""
    if (
        not part.only("fxrgasHqyLTSVpN")
        or (part.has("N") and not _is_one_at_least(part))
        or not (part.has("s") or part.has("xq"))
    ):
        return None
    if part.has("x") or (part.letters.startswith("r") and not part.has("fV")):
        return Standard(ended=True, used_up=True)
    if part.has("fV"):
        return Standard(
            ended=True, used_up=part.has("a"), unfit=part.has("V"), refused=_refused(part), outcomes=part.outcomes
        )
    if part.has("g") and part.has("HLqT"):
        return Standard(received=True, ended=part.has("ay"), used_up=part.has("ay"))
    return None


def _is_one_at_least(part: Part) -> bool:
    """« ≥ 1 traitement standard »; lines are counted elsewhere."""
    return part.count is not None and part.count.low == 1 and part.count.high is None and not part.has("L")


def both(first: Standard, second: Standard) -> Standard:
    """Two statements of standard treatment as one, whatever joins them."""
    return Standard(
        first.ended or second.ended,
        first.received or second.received,
        first.used_up or second.used_up,
        first.none or second.none,
        first.unfit or second.unfit,
        first.refused or second.refused,
        first.outcomes | second.outcomes,
    )


def standard_test(said: Standard) -> Test | None:
    """Met by a statement that nothing is left, or, where no more is asked, by a line for advanced disease that failed.

    Broken where nothing systemic was ever given, unless the patient may have been unfit for it or there is none.
    """
    failed = Treated(treatments=SYSTEMIC, settings=ADVANCED, outcomes=(said.outcomes or _BACK) | _BACK)
    if said.received and said.outcomes and not (said.none or said.unfit or said.used_up):
        return Treated(treatments=SYSTEMIC, outcomes=said.outcomes | _BACK)
    if said.received and not (said.ended or said.none or said.unfit):
        return together([Treated(treatments=SYSTEMIC), Unread(Kind.PRIOR_TREATMENT)])
    if not (said.ended or said.none):
        return None
    ways: list[Test] = [StandardExhausted()]
    if said.ended and not said.used_up:
        ways.append(failed)
    if said.refused:
        ways.append(Unread(Kind.PRIOR_TREATMENT))
    if said.ended and not (said.none or said.unfit):
        return together([SOME_STANDARD, either(ways)])
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))
