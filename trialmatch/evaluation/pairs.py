"""Gold pairs and the program's answers in one comparable form."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rules.markers import read_marker
from rules.text import key
from trialmatch.errors import InputFileError
from trialmatch.matching.answer import Answer

AS_OTHER = frozenset({"washout", "consent", "contraception"})
"""Kinds that count as `other` in the evaluation (contract)."""

VERDICTS = ("compatible", "to_check", "ruled_out")
Split = Literal["development", "held-out", "all"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict with its reasons and missing items; `decided`: the criterion or question behind it, in words."""

    verdict: str
    reasons: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    decided: str = ""


Pair = tuple[str, str]


def split_of(trial_id: str) -> Split:
    """`development` or `held-out`, by the first byte of the SHA-256 of the trial id (examples/split.json)."""
    return "development" if hashlib.sha256(trial_id.encode()).digest()[0] % 2 == 0 else "held-out"


def in_split(trial_id: str, split: Split) -> bool:
    """Whether a trial belongs to the asked part."""
    return split == "all" or split_of(trial_id) == split


def read_gold(path: Path, *, split: Split = "all") -> dict[Pair, Judgement]:
    """The gold pairs of one part. Raises InputFileError that names the line."""
    gold: dict[Pair, Judgement] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            pair, judgement = _gold_line(path, number, line)
            if in_split(pair[1], split):
                gold[pair] = judgement
    return gold


def _gold_line(path: Path, number: int, line: str) -> tuple[Pair, Judgement]:
    try:
        row = json.loads(line)
        verdict = row["verdict"]
        if verdict not in VERDICTS:
            raise ValueError(f"verdict must be one of {', '.join(VERDICTS)}")
        judgement = Judgement(
            verdict,
            frozenset(as_kind(kind) for kind in row.get("reasons", ())),
            frozenset(_item(item) for item in row.get("missing", ())),
        )
        return (row["case_id"], row["trial_id"]), judgement
    except (ValueError, KeyError, TypeError) as error:
        raise InputFileError(f"{path}, line {number}: {error}") from None


def as_kind(kind: str) -> str:
    """The kind as the evaluation counts it."""
    return "other" if kind in AS_OTHER else kind


def _item(item: str) -> str:
    kind, _, name = item.partition(":")
    return marker_item(name) if kind == "biomarker" and name else as_kind(kind)


def marker_item(name: str) -> str:
    """A missing biomarker by the concept its name means, so that HER2 and ERBB2 are one."""
    concepts = read_marker(name)
    return "biomarker:" + ("|".join(sorted(concepts)) if concepts else key(name))


def judgements_of(answer: Answer) -> Iterator[tuple[Pair, Judgement]]:
    """Every pair of one answer (nothing cut) in comparable form."""
    for proposition in answer.propositions:
        items = {
            marker_item(item.name) if item.kind == "biomarker" and item.name else as_kind(item.kind)
            for item in proposition.missing
        }
        words = " ; ".join(item.question for item in proposition.missing)
        yield (
            (answer.case_id, proposition.trial_id),
            Judgement(proposition.verdict, missing=frozenset(items), decided=words),
        )
    for out in answer.ruled_out:
        kinds = frozenset(as_kind(reason["kind"]) for reason in out.reasons)
        words = " ; ".join(
            f"[{reason['kind']}] {reason['text'][:90]} → {reason['explanation']}" for reason in out.reasons[:3]
        )
        yield (answer.case_id, out.trial_id), Judgement("ruled_out", reasons=kinds, decided=words)


def order_of(answer: Answer) -> list[str]:
    """The trials proposed for a case, in order."""
    return [proposition.trial_id for proposition in answer.propositions]


def cases_of(pairs: Iterable[Pair]) -> list[str]:
    """The cases that have judged pairs, in order."""
    return list(dict.fromkeys(case_id for case_id, _ in pairs))
