"""Where establishments and postal codes are, and how far from each other."""

import math
from dataclasses import dataclass
from functools import cache

from trialmatch.places.register import table

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Point:
    """Latitude and longitude in degrees (WGS 84)."""

    lat: float
    lon: float


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance in kilometres (haversine): « à vol d'oiseau »."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - one.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


@cache
def _postal_codes() -> dict[str, Point]:
    return {row["postal_code"]: Point(float(row["lat"]), float(row["lon"])) for row in table("postal_codes.csv")}


@cache
def _establishments() -> dict[str, Point]:
    found: dict[str, Point] = {}
    for row in table("establishments.csv"):
        point = Point(float(row["lat"]), float(row["lon"])) if row["lat"] else point_of_postal_code(row["postal_code"])
        if point:
            found[row["finess"]] = point
    return found


def point_of_postal_code(code: str) -> Point | None:
    """The centre of a postal code, None when it is not known."""
    return _postal_codes().get(code)


def point_of_finess(finess: str) -> Point | None:
    """Where an establishment (FINESS ET) is, None when it is not known."""
    return _establishments().get(finess)


@cache
def _names() -> dict[str, str]:
    return {row["finess"]: f"{row['name']} ({row['town']})" for row in table("establishments.csv")}


def name_of_finess(finess: str) -> str | None:
    """What an establishment (FINESS ET) is called, with its town; None when it is not known."""
    return _names().get(finess)
