"""Laboratory values: what a typed name measures, in which unit, and between which limits it is normal."""

import re
from dataclasses import dataclass

from rules.errors import VocabularyError
from rules.lexicon import Lexicon, Mention
from rules.quantities import Interval, unit_key
from rules.remembered import remembered
from rules.text import fold, key
from rules.vocabulary.tables import Row, rows, several

TYPED_ONLY = "typed field only"

_COLUMNS = (
    "id", "label_fr", "label_en", "canonical_unit", "from_age_years",
    "lower_female", "lower_male", "upper_female", "upper_male", "least", "most", "source",
)  # fmt: skip

_ANOTHER_QUANTITY = re.compile(
    r"\b(?:libre|free|ratio|rapport|doublement|doubling|densite|density|velocite|velocity|urinaire|urinary|urine|lcr|csf)\b"
)


@dataclass(frozen=True, slots=True)
class Analyte:
    """One laboratory value or measure.

    `limits`: what a laboratory may print as its limit of normal from `from_age_years` on, by ("lower"/"upper", sex).
    `plausible`: outside, the unit was mistyped.
    """

    id: str
    label_fr: str
    label_en: str
    canonical_unit: str
    from_age_years: int
    limits: dict[tuple[str, str], Interval]
    plausible: Interval

    def label(self, lang: str) -> str:
        """The label in `fr` or `en`."""
        return self.label_en if lang == "en" else self.label_fr


def _interval(cell: str, where: str) -> Interval:
    ends = [float(part) for part in several(cell)]
    if len(ends) != 2 or ends[0] > ends[1]:
        raise VocabularyError(f"labs.csv, {where}: {cell!r}, expected least|most")
    return Interval(ends[0], ends[1])


def _analyte(row: Row) -> Analyte:
    limits = {
        (which, sex): _interval(row[f"{which}_{sex}"], row["id"])
        for which in ("lower", "upper")
        for sex in ("female", "male")
        if row[f"{which}_{sex}"]
    }
    return Analyte(
        id=row["id"],
        label_fr=row["label_fr"],
        label_en=row["label_en"],
        canonical_unit=row["canonical_unit"],
        from_age_years=int(row["from_age_years"]),
        limits=limits,
        plausible=_interval(f"{row['least']}|{row['most']}", row["id"]),
    )


LABS = {row["id"]: _analyte(row) for row in rows("labs", columns=_COLUMNS)}


def _names(*, running_text: bool) -> Lexicon:
    phrases = {key(label): frozenset({lab.id}) for lab in LABS.values() for label in (lab.label_fr, lab.label_en)}
    for row in rows("lab_names", columns=("text", "id", "lang", "source")):
        if row["id"] not in LABS:
            raise VocabularyError(f"lab_names.csv: {row['text']!r}: unknown lab {row['id']!r}")
        if not (running_text and row["source"].startswith(TYPED_ONLY)):
            phrases[key(row["text"])] = frozenset({row["id"]})
    return Lexicon("lab_names", phrases)


LAB_NAMES = _names(running_text=False)
"""Every name, for the typed field `labs[].name`."""

LAB_TEXT_NAMES = _names(running_text=True)


def _factors() -> dict[tuple[str, str], float]:
    factors: dict[tuple[str, str], float] = {}
    for row in rows("lab_units", columns=("lab", "unit", "factor_to_canonical", "source")):
        factor = float(row["factor_to_canonical"])
        if row["lab"] not in LABS or factors.setdefault((row["lab"], unit_key(row["unit"])), factor) != factor:
            raise VocabularyError(f"lab_units.csv: {row['lab']!r}, {row['unit']!r}: unknown lab, or two factors")
    return factors


_FACTORS = _factors()


@remembered(1024)
def read_lab(name: str) -> frozenset[str]:
    """The lab that a typed name means, as a set of one; empty when it names none, several, or another quantity of it
    (free PSA, urinary creatinine, doubling time)."""
    exact = LAB_NAMES.exact(name)
    if exact:
        return exact
    named = {mention.ids for mention in LAB_NAMES.find(name)}
    if len(named) != 1 or _ANOTHER_QUANTITY.search(fold(name)):
        return frozenset()
    return named.pop()


def find_labs(text: str) -> list[Mention]:
    """The labs that a sentence names, left to right, spans in the original."""
    return LAB_TEXT_NAMES.find(text)


def in_canonical_unit(lab: str, value: float, unit: str) -> float | None:
    """A value in the lab's canonical unit; None when the unit is not known for it, or the value is then impossible."""
    factor = _FACTORS.get((lab, unit_key(unit)))
    if factor is None:
        return None
    converted = float(f"{value * factor:.9g}")  # 70 g/L is 7 g/dL, not 7.000000000000001
    return converted if LABS[lab].plausible.contains(converted) else None


def limit_of_normal(lab: str, which: str, *, sex: str | None, age: int | None) -> tuple[float, float] | None:
    """The least and the most that the laboratory's own `upper` or `lower` limit of normal may be, in canonical units.

    Laboratories and methods differ and a case does not say, so a value between « 1,5 N » of the least and of the most
    is unknown. Sex None: of both. None: no limit is known, or not for that age (or age unknown).
    """
    analyte = LABS[lab]
    sexes = (sex,) if sex else ("female", "male")
    found = [limit for each in sexes if (limit := analyte.limits.get((which, each)))]
    if age is None or age < analyte.from_age_years or len(found) < len(sexes):
        return None
    return min(limit.low for limit in found), max(limit.high for limit in found)
