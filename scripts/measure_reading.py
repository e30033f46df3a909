"""How much of criteria texts is read, by kind, and what is not: the figures and the list of docs/reading-gaps.md.

    python -m scripts.measure_reading TEXTS.jsonl.gz [STUDIES.jsonl.gz ...] [--write docs/reading-gaps.md]

A line of a file is an eligibility text (`eligibility`), a ClinicalTrials.gov API v2 study or an ECLAIRE ResearchStudy.
A sentence is whole when nothing of it is left unread, partly read when something is; what is listed is shapes, digits
as `#` and no more than twelve words, never a whole text. The script fails if a sentence does not come back.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rules.criteria import Criterion, Unread, leaves
from rules.kinds import KEY_KINDS, Kind
from rules.reading.criteria_text import read_criteria
from rules.reading.sentences import lines_of

_SECTION = re.compile(r"(?im)^\W*(?:key |main )?(?:(inclusion)|(exclusion))(?: criteria)?\b[^\n:]{0,40}:?\s*$")
_WORDS = 12


@dataclass
class Share:
    """Sentences of one kind: all, read whole, partly, not at all."""

    whole: int = 0
    part: int = 0
    none: int = 0

    @property
    def total(self) -> int:
        return self.whole + self.part + self.none


@dataclass
class Gaps:
    """What was counted: shares by kind, and the shapes that stay unread, by kind."""

    texts: int = 0
    sentences: int = 0
    shares: dict[Kind, Share] = field(default_factory=lambda: defaultdict(Share))
    unread: dict[Kind, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, inclusion: str, exclusion: str) -> None:
        read = read_criteria(inclusion, exclusion)
        self.texts += 1
        self.sentences += read.sentences
        by_text: dict[tuple[str, str], list[Criterion]] = defaultdict(list)
        for one in read.criteria:
            by_text[(one.polarity.value, one.text)].append(one)
        _nothing_lost(inclusion, exclusion, {text for _, text in by_text})
        for (_, text), criteria in by_text.items():
            self._count(text, criteria)

    def _count(self, text: str, criteria: list[Criterion]) -> None:
        tests = [leaf for one in criteria for leaf in leaves(one.test)]
        open_ = [leaf for leaf in tests if isinstance(leaf, Unread)]
        share = self.shares[criteria[0].kind]
        if not open_:
            share.whole += 1
        elif len(open_) < len(tests):
            share.part += 1
        else:
            share.none += 1
            self.unread[criteria[0].kind][_shape(text)] += 1


def _nothing_lost(inclusion: str, exclusion: str, texts: Iterable[str]) -> None:
    """Every word of the text stands in some criterion (heads that open a list apart)."""
    kept = " ".join(texts)
    for text in (inclusion, exclusion):
        for line in lines_of(text):
            words = re.findall(r"\w+", line.text)
            if not line.opens and words and not all(word in kept for word in words):
                sys.exit(f"lost: {line.text[:120]}")


def _shape(text: str) -> str:
    words = re.sub(r"\d+", "#", text).split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _quoted(shape: str) -> str:
    """A mark for the check of our own words where a trial's words are quoted."""
    return " <!-- names-the-word: quoted -->" if "ligib" in shape.lower() else ""


def sections_of(text: str) -> tuple[str, str]:
    """Inclusion and exclusion of a registry's text; what stands before any heading is inclusion."""
    parts: dict[bool, list[str]] = {False: [], True: []}
    end, excluded = 0, False
    for match in _SECTION.finditer(text):
        parts[excluded].append(text[end : match.start()])
        end, excluded = match.end(), match[2] is not None
    parts[excluded].append(text[end:])
    return "\n".join(parts[False]), "\n".join(parts[True])


def texts_of(record: Mapping[str, object]) -> tuple[str, str]:
    """The criteria text of one record of any of the shapes."""
    if "eligibility" in record:
        return sections_of(str(record["eligibility"]))
    if "protocolSection" in record:
        module = record["protocolSection"]["eligibilityModule"]  # type: ignore[index]
        return sections_of(str(module.get("eligibilityCriteria", "")))
    study = record.get("study")
    described = study.get("description", "") if isinstance(study, dict) else ""
    return sections_of(f"{record.get('title', '')}\n{described}")


def _records(path: Path) -> Iterator[Mapping[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def report(gaps: Mapping[str, Gaps], listed: int) -> Iterator[str]:
    """The Markdown of docs/reading-gaps.md."""
    for name, one in gaps.items():
        total = [sum(getattr(share, part) for share in one.shares.values()) for part in ("whole", "part", "none")]
        every = max(sum(total), 1)
        yield f"\n## {name}: {one.texts} texts, {one.sentences} sentences{_quoted(name)}\n"
        yield "| kind | sentences | read whole | partly | not read |\n| --- | ---: | ---: | ---: | ---: |"
        for kind, share in sorted(one.shares.items(), key=lambda item: -item[1].total):
            parts = " | ".join(f"{part} ({part / share.total:.0%})" for part in (share.whole, share.part, share.none))
            yield f"| {kind.value}{' (key)' if kind in KEY_KINDS else ''} | {share.total} | {parts} |"
        yield f"| all | {every} | " + " | ".join(f"{part} ({part / every:.0%})" for part in total) + " |"
        for kind, shapes in sorted(one.unread.items(), key=lambda item: -sum(item[1].values())):
            yield f"\n### Not read, {kind.value}\n"
            yield from (f"- {count} × {shape}{_quoted(shape)}" for shape, count in shapes.most_common(listed))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--listed", type=int, default=25, help="shapes listed a kind")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    gaps: dict[str, Gaps] = {}
    for path in asked.files:
        one = gaps.setdefault(path.name.removesuffix(".jsonl.gz"), Gaps())
        for record in _records(path):
            one.add(*texts_of(record))
    text = "\n".join(report(gaps, asked.listed))
    if asked.write:
        head = asked.write.read_text(encoding="utf-8").split("\n## ")[0] if asked.write.exists() else "# Reading gaps\n"
        asked.write.write_text(f"{head.rstrip()}\n{text}\n", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
