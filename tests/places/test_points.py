"""Where establishments and postal codes are."""

import pytest

from trialmatch.places import distance_km, point_of_finess, point_of_postal_code
from trialmatch.places.register import table


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("59000", 50.63, 3.06),
        ("59037", 50.61, 3.04),  # CEDEX of the university hospital
        ("75013", 48.83, 2.36),  # an arrondissement
        ("75116", 48.86, 2.28),
        ("31280", 43.58, 1.61),  # by Toulouse, not by a homonym
        ("69008", 45.73, 4.87),
        ("13009", 43.25, 5.43),
        ("20000", 41.92, 8.74),  # Ajaccio
        ("20200", 42.70, 9.45),  # Bastia
        ("97110", 16.24, -61.53),
        ("97200", 14.60, -61.07),
        ("97300", 4.93, -52.33),
        ("97410", -21.34, 55.48),
        ("97419", -20.93, 55.34),
        ("97430", -21.28, 55.51),
        ("97600", -12.78, 45.23),
        ("97500", 46.78, -56.18),
    ],
)
def test_where_a_postal_code_is(code: str, lat: float, lon: float) -> None:
    point = point_of_postal_code(code)
    assert point is not None
    assert abs(point.lat - lat) < 0.1
    assert abs(point.lon - lon) < 0.1


@pytest.mark.parametrize("code", ["", "00000", "99999", "5900", "59 000", "2A004"])
def test_what_is_no_code_is_nowhere(code: str) -> None:
    assert point_of_postal_code(code) is None


def test_no_establishment_is_far_from_its_postal_code() -> None:
    """The source once placed the hospital of Mulhouse in Brittany; a large rural code reaches some 25 km."""
    far = []
    for row in table("establishments.csv"):
        there, code = point_of_finess(row["finess"]), point_of_postal_code(row["postal_code"])
        if there and code and distance_km(there, code) > 26:
            far.append((row["finess"], row["name"], row["town"], round(distance_km(there, code))))
    assert far == []


def test_every_establishment_that_treats_cancer_is_somewhere() -> None:
    lost = [
        row["finess"]
        for row in table("establishments.csv")
        if row["cancer"] == "1" and not point_of_finess(row["finess"])
    ]
    assert lost == []
