"""Trains the classifier of criterion sentences and writes its weights: `python -m scripts.train_kinds`.

Data: `scripts/kinds/sentences.csv`. First every sentence is held out once (five folds; the paraphrases of one group
stay together) and the figures are printed; then the model is fitted on all of it and written to
`rules/vocabulary/kind_weights.csv`. The same data give the same file. `--measure` prints the figures only.
"""

import argparse
import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import FeatureUnion, Pipeline

from rules.kinds import KEY_KINDS
from rules.reading.kind_model import PART, PIECES, SCALE, WORD, model_words

DATA = Path(__file__).parent / "kinds" / "sentences.csv"
WEIGHTS = Path(__file__).parents[1] / "rules" / "vocabulary" / "kind_weights.csv"
KEPT = {PART: 12000, WORD: 3500}
"""Features kept of each sort, those with the greatest weights; the model is fitted again on them."""
FOLDS = 5
MEASURED, WRITTEN = 1e-5, 1e-9
"""Tolerances of the fit: the weights written are so near the optimum that every machine rounds them alike."""
KEY = frozenset(kind.value for kind in KEY_KINDS)


def training_rows() -> list[dict[str, str]]:
    """The rows of the training data: text, kind, lang, polarity, group."""
    lines = [line for line in DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def pipeline(vocabulary: dict[str, list[str]] | None = None, *, tol: float = MEASURED) -> Pipeline:
    """Pieces and words, each a vector of length 1, then logistic regression. `vocabulary`: only these features."""
    only = vocabulary or {}
    common = {"binary": True, "use_idf": False, "preprocessor": _prepared, "token_pattern": r"\S+"}
    least = {} if vocabulary else {"min_df": 2}
    sizes = (PIECES.start, PIECES.stop - 1)
    pieces = TfidfVectorizer(
        analyzer="char_wb", ngram_range=sizes, vocabulary=only.get(PART), **(common | {"token_pattern": None}), **least
    )
    words = TfidfVectorizer(ngram_range=(1, 2), vocabulary=only.get(WORD), **common, **least)
    features = FeatureUnion([(PART, pieces), (WORD, words)])
    return Pipeline([("features", features), ("regression", LogisticRegression(C=5.0, max_iter=10_000, tol=tol))])


def _prepared(text: str) -> str:
    return " ".join(model_words(text))


def fitted(texts: Sequence[str], kinds: Sequence[str], *, tol: float = MEASURED) -> Pipeline:
    """Fitted once on every feature, then again on those that weigh most."""
    first = pipeline(tol=tol).fit(texts, kinds)
    weight = np.abs(first["regression"].coef_).max(axis=0)
    kept: dict[str, list[str]] = {}
    start = 0
    for sort, vectoriser in first["features"].transformer_list:
        names = vectoriser.get_feature_names_out()
        best = sorted(range(len(names)), key=lambda at, start=start: (-weight[start + at], at))[: KEPT[sort]]
        kept[sort] = sorted(str(names[at]) for at in best)
        start += len(names)
    return pipeline(kept, tol=tol).fit(texts, kinds)


def decided(model: Pipeline, texts: Sequence[str]) -> list[str]:
    """The kinds as `kind_of` decides them: key or screening first, then the likeliest of that side."""
    chances, names = model.predict_proba(texts), model.classes_
    key = np.array([name in KEY for name in names])
    sides = np.where((chances[:, key].sum(axis=1) >= 0.5)[:, None], key, ~key)
    return [str(names[at]) for at in np.where(sides, chances, -1.0).argmax(axis=1)]


def held_out(rows: Sequence[dict[str, str]]) -> list[str]:
    """The kind told for each sentence by a model that saw neither it nor its paraphrases."""
    texts, kinds = np.array([row["text"] for row in rows]), np.array([row["kind"] for row in rows])
    told = np.empty(len(rows), dtype=object)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for seen, hidden in folds.split(texts, kinds, [row["group"] for row in rows]):
        told[hidden] = decided(fitted(texts[seen], kinds[seen]), texts[hidden])
    return [str(kind) for kind in told]


def show(kinds: Sequence[str], told: Sequence[str], console: Console) -> None:
    """Accuracy, macro-F1, key against screening, and each kind."""
    key, said = [kind in KEY for kind in kinds], [kind in KEY for kind in told]
    precision, recall, _, _ = precision_recall_fscore_support(key, said, average="binary")
    console.print(
        f"{len(kinds):,} sentences held out: accuracy {accuracy_score(kinds, told):.3f}, "
        f"macro-F1 {f1_score(kinds, told, average='macro'):.3f}; "
        f"key precision {precision:.3f}, key recall {recall:.3f}"
    )
    table = Table("kind", "sentences", "precision", "recall", box=None)
    names = sorted(set(kinds))
    for name, *figures, count in zip(
        names, *precision_recall_fscore_support(kinds, told, labels=names, zero_division=0.0), strict=True
    ):
        table.add_row(name, str(count), *(f"{figure:.2f}" for figure in figures[:2]))
    console.print(table)


def written(model: Pipeline, sentences: int, on: date) -> str:
    """The weights as whole hundredths, a feature a line."""
    regression = model["regression"]
    lines = [
        "# Weights of the classifier of criterion sentences, in hundredths. Version 1.",
        f"# Source: scripts/train_kinds.py on the {sentences} sentences of scripts/kinds/sentences.csv, {on}.",
        "# sort: part (piece of a word, _ a blank at its ends), word (a word, or two with _ between); then the kinds.",
        ",".join(("sort", "feature", *regression.classes_)),
        _line("bias", "", regression.intercept_),
    ]
    columns = iter(regression.coef_.T)
    for sort, vectoriser in model["features"].transformer_list:
        lines += [_line(sort, str(name), next(columns)) for name in vectoriser.get_feature_names_out()]
    return "\n".join(lines) + "\n"


def _line(sort: str, feature: str, weights: Sequence[float]) -> str:
    return ",".join((sort, feature.replace(" ", "_"), *(str(round(float(weight) * SCALE)) for weight in weights)))


def dated() -> date:
    """The date of the data, as their header tells it: a run without new data changes nothing."""
    head = DATA.read_text(encoding="utf-8").splitlines()[0]
    return date.fromisoformat(head.rstrip(".").rsplit(" ", 1)[-1])


def main(argv: Sequence[str] | None = None, *, console: Callable[[], Console] = Console) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--measure", action="store_true", help="print the held-out figures only")
    options = parser.parse_args(argv)
    rows = training_rows()
    kinds = [row["kind"] for row in rows]
    show(kinds, held_out(rows), console())
    if not options.measure:
        model = fitted([row["text"] for row in rows], kinds, tol=WRITTEN)
        WEIGHTS.write_text(written(model, len(rows), dated()), encoding="utf-8")
        console().print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
