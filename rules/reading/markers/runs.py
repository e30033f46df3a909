"""A clause cut into runs of biomarker words: the stretches without a foreign word."""

import re
from collections.abc import Sequence

from rules.histologies import HISTOLOGY_NAMES
from rules.organs import ORGAN_NAMES
from rules.reading.clause import Clause
from rules.reading.markers.tokens import words_of
from rules.reading.markers.words import (
    BREAK,
    CLASS,
    CLOSE,
    ETC,
    EXAMPLE,
    EXCEPT,
    FILLER,
    KNOWN,
    MARKER,
    NEGATION,
    OPEN,
    SEPARATOR,
    STATUS,
    UNKNOWN,
    Word,
)


def runs_of(clause: Clause) -> list[list[Word]]:
    """The stretches without a foreign word that name a marker, trimmed to what bears on it."""
    words = _with_long_names(words_of(clause), clause.plain)
    runs: list[list[Word]] = [[]]
    for index, word in enumerate(words):
        if word.part != BREAK:
            runs[-1].append(word)
        elif _is_unknown_gene(words, index, clause):
            runs[-1].append(word._replace(part=UNKNOWN))
        else:
            runs.append([])
    runs = [part for run in runs for part in _unclosed(_with_examples(run))]
    return [trimmed for run in runs if (trimmed := _trimmed(run)) and any(names_marker(word) for word in trimmed)]


_LONG_NAME = re.compile(
    r"\b(?:receptors?|kinases?|oncogenes?|growth factor|homologu?e?|transition|transfection|recepteurs?|"
    r"facteur de croissance)\b"
)
_LONG = 9


def _with_long_names(words: list[Word], plain: str) -> list[Word]:
    """ "Mesenchymal-epithelial transition (MET), …": the words that a symbol in brackets only abbreviates."""
    result = list(words)
    for index in range(1, len(words) - 1):
        if [one.part for one in words[index - 1 : index + 2]] != [OPEN, MARKER, CLOSE]:
            continue
        start = index - 1
        while start and index - start <= _LONG and words[start - 1].part in (BREAK, FILLER, MARKER):
            start -= 1
        if _LONG_NAME.search(plain, words[start].start, words[index - 1].start):
            for at in range(start, index - 1):
                if words[at].part == BREAK and words[at].text.replace("'", "").isalpha():
                    result[at] = words[at]._replace(part=FILLER)
    return result


def _unclosed(run: list[Word]) -> list[list[Word]]:
    """« A, B (les mutations C ne sont pas exclues) »: a bracket that goes on in other words speaks for itself."""
    opened: list[int] = []
    for index, word in enumerate(run):
        if word.part == OPEN:
            opened.append(index)
        elif word.part == CLOSE and opened:
            opened.pop()
    if not opened:
        return [run]
    before, inside = run[: opened[0]], run[opened[0] + 1 :]
    named = {marker for word in before for marker in word.markers}
    apart = any(word.part == MARKER and not word.markers & named for word in inside)
    return [before, inside] if apart and named else [run]


def _with_examples(run: list[Word]) -> list[Word]:
    """« (exon 19, L858R, etc.) »: a parenthesis that ends so only gives examples."""
    for index, word in enumerate(run):
        opening = next((at for at in range(index, -1, -1) if run[at].part in (OPEN, CLOSE)), None)
        if word.part != ETC or opening is None or run[opening].part == CLOSE or index < opening + 2:
            continue
        inside = [one for one in run[opening + 1 : index] if one.part != SEPARATOR or one is not run[index - 1]]
        rest = run[index + 1 :]
        if rest and rest[0].part == CLOSE and inside:
            inside[-1] = inside[-1]._replace(end=rest[0].end)
            return [*run[:opening], run[opening]._replace(part=EXAMPLE), *inside, *_with_examples(rest[1:])]
    return run


_GENE_LIKE = re.compile(r"[A-Z][A-Z0-9]{2,8}")


def _is_unknown_gene(words: Sequence[Word], index: int, clause: Clause) -> bool:
    """A symbol of no vocabulary inside a list of three genes or more: an alternative that stays unread."""
    word = words[index]
    written = clause.text[word.start : word.end]
    if not _GENE_LIKE.fullmatch(written) or ORGAN_NAMES.exact(written) or HISTOLOGY_NAMES.exact(written):
        return False
    before, after = words[:index], words[index + 1 :]
    listed = bool(before and after) and before[-1].part == SEPARATOR and after[0].part in (SEPARATOR, CLASS, CLOSE)
    near = [*before[-8:], *after[:8]]
    return listed and sum(one.part == MARKER for one in near) >= 3 and before[-2].part in (MARKER, UNKNOWN, BREAK)


def names_marker(word: Word) -> bool:
    """Whether a word names a marker: by its own name, or by a scale that only PD-L1 has."""
    return bool(word.markers) or (word.part == FILLER and re.fullmatch(r"\(?(?:tps|cps)\)?", word.text) is not None)


def _trimmed(run: list[Word]) -> list[Word]:
    edge = (SEPARATOR, FILLER, OPEN, CLOSE, *(() if any(word.part == STATUS for word in run) else (KNOWN,)))
    while run and run[0].part in edge and not names_marker(run[0]):
        run = run[1:]
    depth = sum(word.part == OPEN for word in run) - sum(word.part == CLOSE for word in run)
    ends = (SEPARATOR, FILLER, OPEN, NEGATION, EXCEPT, EXAMPLE)
    while run and (run[-1].part in ends or (run[-1].part == CLOSE and depth < 0)):
        depth += 1 if run[-1].part == CLOSE else -1 if run[-1].part == OPEN else 0
        if run[-1].part == FILLER and names_marker(run[-1]):
            break
        run = run[:-1]
    return _before_other_things(run)


def _before_other_things(run: list[Word]) -> list[Word]:
    """« EGFR muté et tissu disponible »: what is available is the tissue."""
    last = max((at for at, word in enumerate(run) if word.part not in (FILLER, SEPARATOR, KNOWN)), default=-1)
    joints = [at for at in range(last + 1, len(run)) if run[at].part == SEPARATOR]
    if joints and [word.part for word in run[joints[0] + 1 :]] == [FILLER, KNOWN]:
        return run[: joints[0]]
    return run
