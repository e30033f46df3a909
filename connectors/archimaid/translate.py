"""What a source served → a Trial. What understands it is imported when the first one is read: its patterns take seconds
to compile, and most processes only serve what another has read."""

from collections.abc import Mapping

from connectors.archimaid.records import read_etude
from connectors.archimaid.schema import Etude
from connectors.errors import RecordMalformed
from rules.trial import Trial


def trial_of(record: Mapping[str, object]) -> Trial:
    """The trial of one record as the source served it. Raises RecordMalformed when it does not keep the contract."""
    read = read_etude(record, path="$")
    if isinstance(read, RecordMalformed):
        raise read
    return trial_of_etude(read.shape)


def trial_of_etude(etude: Etude) -> Trial:
    """The trial of one étude already read."""
    from connectors.archimaid import etudes

    return etudes.trial_of_etude(etude)
