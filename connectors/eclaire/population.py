"""Who may take part, from the Group that a study of ECLAIRE refers to: ages, sex, criteria.

Criteria (`grp-other`) are marked by `exclude`. The base also files what the trial measures there, unmarked, after the
criteria: what is not marked and stands after the last exclusion cannot be told from an outcome and is not read as a
criterion.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from connectors.eclaire.fhir import codes, words
from connectors.told import Told, Unreadable

Fields = dict[str, object]
_SEXES = {frozenset(("female",)): "femme", frozenset(("male",)): "homme", frozenset(("female", "male")): "tous"}
_IN_A_YEAR = {"year": 1, "an": 1, "annee": 1, "a": 1, "month": 12, "moi": 12, "mo": 12, "week": 52, "semaine": 52,
              "wk": 52, "day": 365, "jour": 365, "d": 365}  # fmt: skip
"""Units in words and in UCUM, without their plural."""


def population(group: Told) -> Fields:
    """The fields of an étude that a Group tells; nothing for an absent one. Raises Unreadable."""
    traits = list(group["characteristic"].each())
    low, high = _ages(traits)
    inclusion, exclusion = _criteria(traits)
    return {
        "sexe": _sex(traits),
        "age_min": low,
        "age_max": high,
        "criteres_inclusion": "\n".join(inclusion) or None,
        "criteres_non_inclusion": "\n".join(exclusion) or None,
    }


def _of_kind(traits: Iterable[Told], kind: str) -> Iterator[Told]:
    return (trait for trait in traits if kind in codes(trait["code"]) and not _excludes(trait))


def _sex(traits: Sequence[Told]) -> str | None:
    named = {code for trait in _of_kind(traits, "grp-gender") for code in codes(trait["valueCodeableConcept"])}
    return _SEXES.get(frozenset(named))


def _ages(traits: Sequence[Told]) -> tuple[int | None, int | None]:
    """The widest range that the ticked ranges make: two of them without the one between leave nobody out."""
    ranges = [trait["valueRange"] for trait in _of_kind(traits, "grp-age") if trait["valueRange"].value is not None]
    lows = [_years(one["low"]) for one in ranges]
    highs = [_years(one["high"]) for one in ranges]
    low = min((age for age in lows if age is not None), default=None) if None not in lows else None
    high = max((age for age in highs if age is not None), default=None) if None not in highs else None
    return low or None, high


def _years(quantity: Told) -> int | None:
    """An age as whole years, rounded down; None where the range has no such end."""
    value = quantity["value"].value
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 100_000:
        raise Unreadable(quantity["value"].path, "a number of years is expected, as 18")
    unit = (quantity["unit"].code() or quantity["code"].code() or "years").lower().replace("é", "e")
    for name in (unit, unit.removesuffix("s")):
        if name in _IN_A_YEAR:
            return int(value // _IN_A_YEAR[name])
    raise Unreadable(quantity["unit"].path, "years, months, weeks or days are expected")


def _criteria(traits: Sequence[Told]) -> tuple[list[str], list[str]]:
    told = [(trait, _excludes(trait)) for trait in traits if _is_criterion(trait)]
    last = max((index for index, (_, excludes) in enumerate(told) if excludes), default=-1)
    asked = [text for trait, excludes in told[: last + 1] if excludes is False for text in _words(trait)]
    kept_out = [text for trait, excludes in told if excludes for text in _words(trait)]
    return asked, kept_out


def _excludes(trait: Told) -> bool | None:
    """Whether a trait keeps out; None where that is not told, and the trait then says nothing."""
    told = trait["exclude"]
    if told.value is None or isinstance(told.value, bool):
        return told.value
    raise Unreadable(told.path, "true or false is expected")


def _is_criterion(trait: Told) -> bool:
    kinds = set(codes(trait["code"]))
    return "grp-other" in kinds or (not kinds and trait["valueCodeableConcept"].value is not None)


_NUMBER = re.compile(r"^\s*(?:[-•*–]|\(?\d{1,2}[.)])\s*")


def _words(trait: Told) -> Iterator[str]:
    """The words of one criterion; a criterion that is a list of its own keeps its lines."""
    for text in words(trait["valueCodeableConcept"]):
        yield text if "\n" in text else "- " + _NUMBER.sub("", text)
