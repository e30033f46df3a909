"""The kind of a sentence by a linear model of its words and their parts, where patterns do not tell it.

Trained by `scripts/train_kinds.py` (multinomial logistic regression); only the numbers are packaged
(`vocabulary/kind_weights.csv`). It decides whether words that nobody read are a question for the board or are confirmed
at screening, and under which kind they are shown; never a verdict.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rules.errors import VocabularyError
from rules.kinds import KEY_KINDS, Kind
from rules.text import fold, singular

PART, WORD = "part", "word"
"""The two sorts of features: pieces of a word (two to five signs, a blank at its ends), and words or pairs of them."""

PIECES = range(2, 6)
SCALE = 100.0
"""Weights are packaged as whole hundredths."""

_SIGNS = re.compile(r"[a-z0-9]+|[<>]=?")
_BLANK = "_"


def model_words(text: str) -> list[str]:
    """The words that the model looks at: folded, without plural mark, signs of comparison kept, long figures alike."""
    found = _SIGNS.findall(text.lower() if text.isascii() else fold(text))
    return ["00" if len(word) > 1 and word.isdigit() else singular(word) for word in found]


@dataclass(frozen=True)
class _Weights:
    """A row of weights, one for each kind, behind each feature; `bias` is added to every sentence."""

    kinds: tuple[Kind, ...]
    bias: NDArray[np.float64]
    rows: NDArray[np.float64]
    index: dict[tuple[str, str], int]
    key: NDArray[np.bool_]


def kind_of(plain_words: str) -> tuple[Kind, float]:
    """The kind of a sentence or of words left over, and how sure (0.5 to 1) the model is of key against screening.

    Key or screening is decided first (by the sum over kinds), then the likeliest kind of that side.
    """
    weights = _weights()
    chances = chances_of(plain_words)
    key = float(chances[weights.key].sum())
    side = weights.key if key >= 0.5 else ~weights.key
    return weights.kinds[int(np.where(side, chances, -1.0).argmax())], max(key, 1.0 - key)


def chances_of(text: str) -> NDArray[np.float64]:
    """The probability of each kind, in the order of the packaged table; they sum to 1."""
    weights, words = _weights(), model_words(text)
    pieces = set().union(*map(_pieces, words))
    pairs = {" ".join(pair) for pair in pairwise(words)}
    whole = [row for name in {*words, *pairs} if (row := weights.index.get((WORD, name))) is not None]
    scores = weights.bias + _mean_direction(weights, [*pieces]) + _mean_direction(weights, whole)
    raised: NDArray[np.float64] = np.exp(scores - scores.max())
    chances: NDArray[np.float64] = raised / raised.sum()
    return chances


def _mean_direction(weights: _Weights, rows: Sequence[int]) -> NDArray[np.float64] | float:
    """The sum of the rows of a vector of ones, brought to length 1."""
    return np.ones(len(rows)) @ weights.rows.take(rows, axis=0) / np.sqrt(len(rows)) if rows else 0.0


@cache
def _pieces(word: str) -> frozenset[int]:
    """The rows of the pieces of a word. A word shorter than a piece is one piece, whole."""
    index, edged = _weights().index, f" {word} "
    cuts = {edged[at : at + size] for size in PIECES for at in range(max(len(edged) - size, 0) + 1)}
    return frozenset(row for cut in cuts if (row := index.get((PART, cut))) is not None)


@cache
def _weights() -> _Weights:
    text = files("rules.vocabulary").joinpath("kind_weights.csv").read_text(encoding="utf-8")
    head, *lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    sort, feature, *names = head.split(",")
    if (sort, feature) != ("sort", "feature"):
        raise VocabularyError(f"kind_weights.csv: columns {head}, expected sort, feature and the kinds")
    kinds = tuple(Kind(name) for name in names)
    cells = [line.split(",") for line in lines]
    if any(len(row) != len(names) + 2 for row in cells) or cells[0][0] != "bias":
        raise VocabularyError(f"kind_weights.csv: a bias first, then rows of {len(names)} weights")
    table = np.array([row[2:] for row in cells], dtype=np.float64) / SCALE
    index = {(row[0], row[1].replace(_BLANK, " ")): number for number, row in enumerate(cells[1:])}
    return _Weights(kinds, table[0], table[1:], index, np.array([kind in KEY_KINDS for kind in kinds]))
