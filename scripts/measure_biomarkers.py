"""Biomarkers read from English criteria against people's annotations: precision and recall with 95 % intervals.

    python -m scripts.measure_biomarkers biomarker_logic.jsonl.gz [--misses]

Each line of the file: `document` (with "Inclusion Criteria:" and "Exclusion Criteria:"), `inclusion_biomarker` and
`exclusion_biomarker` (a disjunction of conjunctions of short texts). The unit is a gene or marker with its class of
alteration, once a document; umbrellas (BRCA, NTRK) count as their members. Nothing of the file is kept.

What counts: the criteria alone (what follows the summary, set off by a line of semicolons), under any heading of
inclusion or exclusion; criteria without a heading are inclusions. The summary is never read, so what is annotated from
it is missed. A bare or generic class is taken for the usual one of the gene on both sides: « ALK mutation » and "ALK
alteration" are its rearrangement, as everywhere in this program.
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

from rules.alterations import AlterationKind
from rules.criteria import AllOf, AnyOf, AtLeast, MarkerIs, Not, Test
from rules.kinds import Polarity
from rules.marker_results import MarkerDemand
from rules.markers import find_markers, marker_facts, needed_to_exclude, read_marker
from rules.reading.clause import Clause
from rules.reading.compose import read_clause
from rules.reading.markers.recogniser import recognise
from rules.reading.sentences import clauses_of

Unit = tuple[str, str]

_SECTION = re.compile(r"(inclusion|exclusion) criteria\b[^\n:]*:?|^\W*(inclusion|exclusion)\s*:", re.I | re.M)
_SUMMARY_END = re.compile(r"^\s*;[^;\n]*;?\s*$", re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)]|\(?[a-z][.)])\s+")
_CLASSES = {
    AlterationKind.MUTATION: "mutation",
    AlterationKind.FUSION: "fusion",
    AlterationKind.AMPLIFICATION: "amplification",
    AlterationKind.LOSS: "loss",
    AlterationKind.WILD_TYPE: "absent",
}
_ANNOTATED = (
    (r"negativ|wild-?\s?type|\bwt\b|\bmss\b|pmmr", "absent"),
    (r"fusion|rearrang|transloc|eml4", "fusion"),
    (r"amplif", "amplification"),
    (r"exon", "mutation"),
    (r"\bloss\b|deletion$|deficien|dmmr|msi|microsatellite|mismatch", "loss"),
    (r"mutation|exon|\d+[a-z]\b|\b[a-z]\d{2,}\b|\bitd\b|\bdel\b", "mutation"),
)


@dataclass
class Tally:
    """Units found and annotated alike, found only, annotated only."""

    right: int = 0
    extra: list[tuple[str, Unit]] = field(default_factory=list)
    missed: list[tuple[str, Unit]] = field(default_factory=list)

    def add(self, where: str, found: set[Unit], annotated: set[Unit]) -> None:
        """Counts one document."""
        self.right += len(found & annotated)
        self.extra += [(where, unit) for unit in sorted(found - annotated)]
        self.missed += [(where, unit) for unit in sorted(annotated - found)]

    def line(self, name: str) -> str:
        """Precision and recall in one line."""
        precision = _wilson(self.right, self.right + len(self.extra))
        recall = _wilson(self.right, self.right + len(self.missed))
        return f"{name:10} precision {precision}   recall {recall}"


def _wilson(right: int, total: int) -> str:
    if total == 0:
        return "none"
    share, z = right / total, 1.96
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{share:.3f} [{centre - half:.3f}; {centre + half:.3f}] ({right}/{total})"


def _items(document: str, section: str) -> Iterator[str]:
    """The criteria of a section, lines that were wrapped joined again."""
    for name, text in _sections(document):
        item = ""
        for line in text.splitlines() if name == section else ():
            if _ITEM.match(line) or not line.strip():
                yield item
                item = _ITEM.sub("", line).strip()
            else:
                item = f"{item} {line.strip()}"
        yield item


def _sections(document: str) -> Iterator[tuple[str, str]]:
    """The criteria by the heading they stand under; what has no heading before it is an inclusion."""
    criteria = _SUMMARY_END.split(document)[-1]
    marks = list(_SECTION.finditer(criteria))
    names = [str(mark[1] or mark[2]).lower() for mark in marks]
    if "inclusion" not in names:
        yield "inclusion", criteria[: marks[0].start() if marks else len(criteria)]
    ends = [*(mark.start() for mark in marks[1:]), len(criteria)]
    yield from ((name, criteria[mark.end() : end]) for name, mark, end in zip(names, marks, ends, strict=False))


def _read(document: str, polarity: Polarity) -> set[Unit]:
    found: set[Unit] = set()
    for item in _items(document, polarity.value):
        for text in clauses_of(item):
            for _, _, test in read_clause(Clause(text, polarity), (recognise,)).tests:
                found |= set(_units(test, denied=False))
    return found


def _units(test: Test, *, denied: bool) -> Iterator[Unit]:
    match test:
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _units(part, denied=denied)
        case Not(part):
            yield from _units(part, denied=not denied)
        case MarkerIs(demand) if demand.presence != "known":
            yield from _of_demand(demand, denied=denied)
        case _:
            return


def _of_demand(demand: MarkerDemand, *, denied: bool) -> Iterator[Unit]:
    absent = (demand.presence == "absent") is not denied
    if demand.threshold is not None and demand.threshold.op in ("<", "<="):
        absent = not denied
    classes = {"absent"} if absent else {_CLASSES.get(one.kind, "present") for one in demand.alterations} or {"present"}
    for marker in demand.markers:
        for member in _members(marker):
            yield from ((member, _usual(member, one)) for one in classes)


def _usual(marker: str, kind: str) -> str:
    """« altération EGFR », "ALK positive", "ALK mutation": the class that the name speaks of, where there is one."""
    default = marker_facts(marker).default()
    if kind == "mutation" and default == {"fusion"}:
        return "fusion"
    one = next(iter(default)) if len(default) == 1 else ""
    return one if kind == "present" and one in _CLASSES.values() else kind


def _members(marker: str) -> frozenset[str]:
    members = frozenset() if marker == "MSI" else needed_to_exclude(marker)
    return frozenset(one for member in members for one in _members(member)) or frozenset({marker})


def _annotated(rows: list[list[str]]) -> set[Unit]:
    return {unit for row in rows for text in row for unit in _unit_of(text)}


def _unit_of(text: str) -> Iterator[Unit]:
    text = re.sub(r"^[gst](?=BRCA)", "", text)  # gBRCA1, as the reader takes it
    folded = text.lower()
    markers = read_marker(text) or frozenset().union(*(one.ids for one in find_markers(text)))
    first = text.split(maxsplit=1)[0]
    markers = markers or read_marker(first) or read_marker(first.upper())
    kind = next((name for pattern, name in _ANNOTATED if re.search(pattern, _without_name(folded, first))), "present")
    if not markers:
        yield (text.upper(), kind)
    for marker in markers:
        yield from ((member, _usual(member, kind)) for member in _members(marker))


def _without_name(text: str, first: str) -> str:
    return text if re.match(r"(?i)msi|micro|mismatch|dmmr|pmmr|mss", text) else text.removeprefix(first.lower())


def main(path: Path, *, misses: bool) -> None:
    """Prints precision and recall of inclusion and exclusion, and (`misses`) the units that differ."""
    tallies = {polarity: Tally() for polarity in Polarity}
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            for polarity, tally in tallies.items():
                annotated = _annotated(row[f"{polarity.value}_biomarker"])
                tally.add(row["nct_id"], _read(row["document"], polarity), annotated)
    for polarity, tally in tallies.items():
        sys.stdout.write(tally.line(polarity.value) + "\n")
        if misses:
            for name, units in (("extra", tally.extra), ("missed", tally.missed)):
                sys.stdout.writelines(f"  {name} {where} {unit[0]} {unit[1]}\n" for where, unit in units)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("measure_biomarkers.py: give the path of biomarker_logic.jsonl.gz")
    main(Path(sys.argv[1]), misses="--misses" in sys.argv)
