"""The corpus counted: for each kind, how much of it is read, how rightly, and how often what rules out is right."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.reading.criteria.corpus import TABLES
from tests.reading.criteria.rows import Judged, Worth, judged


@dataclass(frozen=True, slots=True)
class Count:
    """The rows of one kind by what their reading is worth; a share of nothing is None."""

    rows: tuple[Judged, ...]

    def of(self, worth: Worth) -> int:
        return sum(row.worth is worth for row in self.rows)

    @property
    def precision(self) -> float | None:
        """Of the readings that say something: right, or partly and nothing wrong."""
        said = [row for row in self.rows if row.asserts]
        return _share(sum(row.worth is not Worth.WRONG for row in said), len(said))

    @property
    def recall(self) -> float | None:
        """Of the sentences that ask something that can be read: read whole and rightly."""
        asked = [row for row in self.rows if row.demands]
        return _share(sum(row.worth is Worth.RIGHT for row in asked), len(asked))

    @property
    def breaking(self) -> int:
        """Read criteria that can rule a patient out."""
        return sum(row.rules_out for row in self.rows)

    @property
    def wrongly(self) -> int:
        """Those of them that would rule out where the sentence does not."""
        return sum(row.wrongly for row in self.rows)

    @property
    def precision_of_ruling_out(self) -> float | None:
        return _share(self.breaking - self.wrongly, self.breaking)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def measured() -> dict[str, Count]:
    """Every kind of the corpus, read anew."""
    return {kind: Count(tuple(judged(row) for row in rows)) for kind, rows in TABLES.items()}


def together(counts: Iterable[Count]) -> Count:
    """All kinds as one."""
    return Count(tuple(row for count in counts for row in count.rows))
