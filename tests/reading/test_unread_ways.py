"""What was read in part of a sentence of alternatives rules nobody out."""

import pytest

from rules.criteria import AllOf, AnyOf, Criterion, ExtentIn, Kind, OrganIs, Origin, Polarity, Unread
from rules.kinds import Extent
from rules.reading.unread_ways import with_unread_ways

METASTATIC = ExtentIn(frozenset({Extent.METASTATIC}))
PART = AllOf((METASTATIC, Unread(Kind.EXTENT)))


def _criterion(text: str, **changed: object) -> Criterion:
    asked = {"kind": Kind.EXTENT, "key": True, "polarity": Polarity.INCLUSION, "origin": Origin.READ, "test": PART}
    return Criterion(id="inc-01", text=text, **(asked | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["Métastatique, ou flabiste de haut risque", "Metastatic or flabist", "M+ / flabiste", "M+ ; flabiste"]
)
def test_an_unread_alternative_leaves_nobody_out(text: str) -> None:
    (found,) = with_unread_ways([_criterion(text)])
    assert found.test == AnyOf((PART, Unread(Kind.EXTENT)))


@pytest.mark.parametrize(
    "one",
    [
        _criterion("Métastatique et flabiste"),
        _criterion("Métastatique ou localement avancé", test=METASTATIC),
        _criterion("Métastatique ou flabiste", polarity=Polarity.EXCLUSION),
        _criterion("Métastatique ou flabiste", origin=Origin.DECLARED),
        _criterion("Sein, ou flabiste", test=AllOf((OrganIs(frozenset({"breast"})), Unread(Kind.ORGAN)))),
        _criterion("Flabiste ou non", test=Unread(Kind.EXTENT)),
    ],
)
def test_what_is_surely_asked_stays(one: Criterion) -> None:
    assert with_unread_ways([one]) == (one,)
