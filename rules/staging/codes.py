"""Codes of a prefix tree (stage groups, TNM categories): what covers what, ranges, subtraction, judgement.

A code is a head (`III`, `T2`) and a tail (`B`, `a1`): `III` covers `IIIB`, `T2` covers `T2a1`, `I` never covers `II`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rules.verdict import Verdict

Codes = frozenset[str]


@dataclass(frozen=True)
class CodeTree:
    """Heads in order, each with its tails of the last level in order; `uncommon` tails exist in one organ only."""

    leaves: tuple[tuple[str, tuple[str, ...]], ...]
    uncommon: Codes = frozenset()

    @cached_property
    def _head(self) -> re.Pattern[str]:
        heads = sorted((head for head, _ in self.leaves), key=len, reverse=True)
        return re.compile("|".join(re.escape(head) for head in heads))

    @cached_property
    def _ranges(self) -> dict[tuple[str, str], Codes]:
        return {}

    @cached_property
    def _order(self) -> list[str]:
        return [head + tail for head, tails in self.leaves for tail in tails]

    def head(self, code: str) -> str:
        """The head of a code; the whole code where it has none of ours."""
        match = self._head.match(code)
        return match[0] if match else code

    def covers(self, general: str, precise: str) -> bool:
        """Whether `precise` is `general` or one of its subdivisions."""
        return precise.startswith(general) and self.head(general) == self.head(precise)

    def overlap(self, first: str, second: str) -> bool:
        """Whether one covers the other."""
        return self.covers(first, second) or self.covers(second, first)

    def meet(self, first: Iterable[str], second: Iterable[str]) -> Codes:
        """What two sets of possible codes leave possible: of each pair that overlaps, the more precise."""
        others = list(second)
        pairs = [(one, other) for one in first for other in others if self.overlap(one, other)]
        return frozenset(max(pair, key=len) for pair in pairs)

    def simplest(self, codes: Codes) -> Codes:
        """The codes without those that another of them covers."""
        return frozenset(
            code for code in codes if not any(code != other and self.covers(other, code) for other in codes)
        )

    def between(self, low: str, high: str) -> Codes:
        """Every code from `low` to `high`, both with all their subdivisions; what is complete is named by its head."""
        known = self._ranges.get((low, high))
        if known is None:
            known = self._ranges[low, high] = self._between(low, high)
        return known

    def _between(self, low: str, high: str) -> Codes:
        start = [index for index, leaf in enumerate(self._order) if self.covers(low, leaf)]
        end = [index for index, leaf in enumerate(self._order) if self.covers(high, leaf)]
        if not start or not end or start[0] > end[-1]:
            return frozenset({low, high})
        return self._joined(self._order[start[0] : end[-1] + 1])

    def minus(self, codes: Iterable[str], removed: Iterable[str]) -> Codes:
        """The codes without what `removed` covers; a code that is only partly removed is cut into its subdivisions."""
        taken = list(removed)
        kept: set[str] = set()
        for code in codes:
            if not any(self.overlap(code, gone) for gone in taken):
                kept.add(code)
                continue
            left = [leaf for leaf in self._order if self.covers(code, leaf)]
            kept |= self._joined([leaf for leaf in left if not any(self.overlap(gone, leaf) for gone in taken)])
        return frozenset(kept)

    def _joined(self, leaves: list[str]) -> Codes:
        present, joined = set(leaves), set(leaves)
        parents = {leaf[:size] for leaf in leaves for size in range(len(self.head(leaf)), len(leaf))}
        for parent in sorted(parents, key=len, reverse=True):
            below = {leaf for leaf in self._order if self.covers(parent, leaf)}
            if below <= present:
                joined = {code for code in joined if not self.covers(parent, code)} | {parent}
        return frozenset(joined)

    def judge(self, observed: Codes, asked: Codes, *, within: Codes | None = None) -> Verdict:
        """MET: every possible code is asked; NOT_MET: none is; else (or nothing observed, nothing asked) UNKNOWN.

        A code is also asked when all its subdivisions are: those of `within` (the groups of the organ), or all ours.
        """
        if not observed or not asked:
            return Verdict.UNKNOWN
        verdicts = {self._judge_one(code, asked, within) for code in observed}
        return verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN

    def _judge_one(self, code: str, asked: Codes, within: Codes | None) -> Verdict:
        if any(self.covers(wanted, code) for wanted in asked):
            return Verdict.MET
        if not any(self.covers(code, wanted) for wanted in asked):
            return Verdict.NOT_MET
        parts = self._parts(code, within)
        whole = bool(parts) and all(any(self.covers(wanted, part) for wanted in asked) for part in parts)
        return Verdict.MET if whole else Verdict.UNKNOWN

    def _parts(self, code: str, within: Codes | None) -> list[str]:
        if within is not None:
            below = [part for part in within if self.covers(code, part)]
            return [part for part in below if not any(part != other and self.covers(part, other) for other in below)]
        head = self.head(code)
        return [leaf for leaf in self._order if self.covers(code, leaf) and leaf[len(head) :] not in self.uncommon]
