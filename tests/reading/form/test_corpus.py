"""Every row of the corpus: what is read of the sentence is what the row states, and nothing else."""

import pytest

from tests.reading.form.corpus import CORPUS
from tests.reading.form.flat import flat, read
from tests.reading.form.rows import Row


@pytest.mark.parametrize("row", CORPUS, ids=lambda row: f"{row.site}: {row.text}")
def test_a_sentence_says_this_and_nothing_else(row: Row) -> None:
    assert flat(read(row.text, row.site)) == set(row.facts)


def test_the_corpus_is_large_and_a_third_of_it_traps() -> None:
    texts = {(row.site, row.text) for row in CORPUS}
    assert len(texts) == len(CORPUS) >= 300
    assert sum(row.trap for row in CORPUS) >= len(CORPUS) / 3
