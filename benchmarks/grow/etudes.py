"""A larger feed grown from a real one, as its source would tell it: études whose axes and texts differ.

For what has to come the whole way, from the feed to the catalogue. Each grown étude takes one real étude and changes
what protocols of one family change between each other: limits of age and state, line, thresholds, variants, the delays
and limits in its sentences, and which sentences it keeps. In place of those that it loses come some of others of its
speciality, and sentences of its own about conditions and treatments: in life every protocol has its own words.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from rules.conditions import CONDITIONS
from rules.treatments import TREATMENTS
from rules.vocabulary.hierarchy import Hierarchy

Etude = dict[str, Any]

EXCLUSION = "criteres_non_inclusion"
TEXTS = ("criteres_inclusion", EXCLUSION)
_ASKED = ("age_min", "age_max", "oms_max", "lignes", "biomarqueurs", *TEXTS)
_VARIANTS = {"G12C": ("G12D", "G12V", "G12C"), "V600E": ("V600E", "V600K"), "L858R": ("L858R", "exon 19", "exon 20")}
_LINES = ("1", "2", "2+", "3+")
_KEPT = 0.7
_CHANGED = 0.6
_OWN = 0.75
_LIMITS = {
    "ans": (2, 3, 5, 7, 10),
    "mois": (1, 2, 3, 4, 6, 9, 12, 18, 24),
    "semaines": (1, 2, 3, 4, 5, 6, 8, 10, 12),
    "sem": (1, 2, 3, 4, 5, 6, 8, 12),
    "jours": (5, 7, 10, 14, 21, 28, 30, 42),
    "j": (5, 7, 10, 14, 21, 28, 30, 42),
    "demi-vies": (3, 4, 5, 6),
    "mg/j": (5, 7, 10, 15, 20),
}
_LIMIT = re.compile(r"(?<![\d.,/\-–])(?<![-–à] )\b\d{1,2} (" + "|".join(map(re.escape, _LIMITS)) + r")\b")
_CONDITIONS = tuple(sorted(id_ for id_ in CONDITIONS.concepts if not CONDITIONS.below(id_) - {id_}))
_TREATMENTS = tuple(sorted(id_ for id_ in TREATMENTS.concepts if not TREATMENTS.below(id_) - {id_}))
_PATIENT_AGE = re.compile(r"[âa]g[ée]|ans (?:et|ou) plus|≥ ?\d+ ans", re.IGNORECASE)


def grown_etudes(etudes: Sequence[Etude], size: int, *, seed: int = 2026) -> Iterator[Etude]:
    """`size` études: the real ones first, then varied ones. Raises ValueError without a real one."""
    if not etudes:
        raise ValueError("a feed grows from at least one étude")
    chance = Random(seed)  # noqa: S311 -- a seeded generator is the point
    for index in range(size):
        if index < len(etudes):
            yield etudes[index]
        else:
            yield _another(etudes, index, chance)


def _another(etudes: Sequence[Etude], index: int, chance: Random) -> Etude:
    source = chance.choice(etudes)
    near = [one for one in etudes if one is not source and set(one["specialites"]) & set(source["specialites"])]
    other = _varied(source, near, chance)
    while all(other.get(part) == source.get(part) for part in _ASKED):
        other = _varied(source, near, chance)
    acronym = f"{source.get('acronyme') or 'ESSAI'}-{index:06d}"
    return {**other, "id": f"GEN-{index:06d}", "acronyme": acronym, "identifiants": {"nct": f"NCT9{index:07d}"}}


def _varied(source: Etude, near: Sequence[Etude], chance: Random) -> Etude:
    other = copy.deepcopy(source)
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
    for field in TEXTS:
        other[field] = _text(field, source, near, chance)
    return other


def _vary_marker(marker: dict[str, Any], chance: Random) -> None:
    marker["variants"] = [chance.choice(_VARIANTS.get(one, (one,))) for one in marker.get("variants") or []]
    if marker.get("seuil") and ">=" in str(marker["seuil"]) and "%" in str(marker["seuil"]):
        marker["seuil"] = f">= {chance.choice((1, 5, 10, 25, 50))} %"


def _text(field: str, source: Etude, near: Sequence[Etude], chance: Random) -> str | None:
    """Most lines, and as many others as were lost, each with other delays and limits."""
    text = source.get(field)
    if not text:
        return None
    lines = text.splitlines()
    kept = [line for line in lines if chance.random() < _KEPT] or lines[:1]
    loans = [line for other in near for line in (other.get(field) or "").splitlines() if line not in lines]
    for _ in range(len(lines) - len(kept)):
        if field == EXCLUSION and chance.random() < _OWN:
            kept.append(_own_sentence(chance))
        elif loans:
            kept.append(chance.choice(loans))
    return "\n".join(_other_limits(line, chance) for line in kept)


def _own_sentence(chance: Random) -> str:
    """What this protocol alone leaves out: some conditions, or treatments, of late or ever."""
    number, unit = chance.choice(_LIMITS["semaines"]), chance.choice(("semaines", "mois"))
    if chance.random() < 0.5:
        named = _named(CONDITIONS, _CONDITIONS, chance)
        return f"{named[0].upper()}{named[1:]}" + (f" dans les {number} {unit}" if chance.random() < 0.4 else "")
    named = _named(TREATMENTS, _TREATMENTS, chance)
    return f"Traitement antérieur par {named}" + (f" dans les {number} {unit}" if chance.random() < 0.5 else "")


def _named(hierarchy: Hierarchy, ids: Sequence[str], chance: Random) -> str:
    """One to three concepts by their names: « a, b ou c »."""
    *first, last = (_in_a_sentence(hierarchy[id_].label_fr) for id_ in chance.sample(ids, chance.choice((1, 2, 2, 3))))
    return f"{', '.join(first)} ou {last}" if first else last


def _in_a_sentence(label: str) -> str:
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def _other_limits(line: str, chance: Random) -> str:
    if _PATIENT_AGE.search(line):  # the field says the age: a sentence that says another would contradict it
        return line

    def limit(found: re.Match[str]) -> str:
        other = chance.choice(_LIMITS[found[1]]) if chance.random() < _CHANGED else found[0].split(" ")[0]
        return f"{other} {found[1]}"

    return _LIMIT.sub(limit, line)
