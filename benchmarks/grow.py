"""A larger catalogue grown from a real one by realistic variation, seeded: no trial is copied unchanged.

Each grown étude takes one real étude and changes what protocols of one family change between each other: age limits,
performance limit, line, stage, thresholds of biomarkers, alternatives of a variant, and which criteria lines it keeps.
Organs and texts stay real, so that predicates are shared as they are in life.
"""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Etude = dict[str, Any]

_VARIANTS = {"G12C": ("G12D", "G12V", "G12C"), "V600E": ("V600E", "V600K"), "L858R": ("L858R", "exon 19", "exon 20")}
_LINES = ("1", "2", "2+", "3+")


def load_etudes(path: Path) -> list[Etude]:
    """The études of a feed file."""
    payload = json.loads(path.read_text(encoding="utf-8"))
    etudes: list[Etude] = payload["etudes"]
    return etudes


def grown(etudes: list[Etude], size: int, *, seed: int = 2026) -> Iterator[Etude]:
    """`size` études: the real ones first, then varied ones."""
    chance = random.Random(seed)  # noqa: S311 -- a seeded generator is the point
    for index in range(size):
        if index < len(etudes):
            yield etudes[index]
        else:
            yield varied(chance.choice(etudes), f"GEN-{index:06d}", chance)


def varied(etude: Etude, id_: str, chance: random.Random) -> Etude:
    """One étude of the same family, never the same."""
    other = copy.deepcopy(etude)
    other["id"] = id_
    other["acronyme"] = f"{etude.get('acronyme') or 'ESSAI'}-{id_[-4:]}"
    other["identifiants"] = {"nct": f"NCT9{int(id_[-6:]):07d}"}
    other["age_min"] = chance.choice((18, 18, 18, 16, 12, 65, 70))
    if chance.random() < 0.4:
        other["age_max"] = chance.choice((75, 80, 85, 99))
    if (other.get("age_max") or 130) < other["age_min"]:
        other["age_max"] = None
    other["oms_max"] = None if other.get("oms_min") else chance.choice((1, 1, 2, None))
    if other.get("lignes") and chance.random() < 0.6:
        other["lignes"] = [chance.choice(_LINES)]
    for marker in other.get("biomarqueurs") or []:
        _vary_marker(marker, chance)
    for field in ("criteres_inclusion", "criteres_non_inclusion"):
        other[field] = _fewer_lines(other.get(field), chance)
    return other


def _vary_marker(marker: dict[str, Any], chance: random.Random) -> None:
    marker["variants"] = [chance.choice(_VARIANTS.get(one, (one,))) for one in marker.get("variants") or []]
    if marker.get("seuil") and ">=" in str(marker["seuil"]) and "%" in str(marker["seuil"]):
        marker["seuil"] = f">= {chance.choice((1, 5, 10, 25, 50))} %"


def _fewer_lines(text: str | None, chance: random.Random) -> str | None:
    if not text:
        return text
    lines = text.splitlines()
    kept = [line for line in lines if chance.random() < 0.85]
    return "\n".join(kept or lines[:1])
