"""Errors of the connectors.

ConnectorError
├── SourceUnavailable   nothing could be learnt now: try again later (network, 429, 5xx, unreadable listing)
│   └── ListingShifted  the listing changed while its pages were read: reading it again may help
├── SourceRejected      trying again will not help: a person has to act (401, 403, 400, 404, another shape)
├── RecordMalformed     one record is set aside and counted, the others go on
└── FeedUnreadable      the feed file that the reference server serves is missing or is no feed

No message holds a token, a query or the body of an answer.
"""


class ConnectorError(Exception):
    """Base of every error raised by `connectors`."""


class SourceUnavailable(ConnectorError):
    """The source could not be read now; nothing was learnt, the last good catalogue holds.

    `retry_after_s` is how long the source asked to be left alone, None when it did not say.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ListingShifted(SourceUnavailable):
    """The listing changed while its pages were read: some trials may be missing from what was read."""


class SourceRejected(ConnectorError):
    """The source refused the request, or is not what it is taken for; `status` is the HTTP status, if there was one."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class RecordMalformed(ConnectorError):
    """One record that cannot be read; it is a value of a page as much as an error.

    `record_id` is None when the id itself cannot be read, `path` a JSON path in the page (`$.etudes[3].statut`),
    `reason` says what would be right and quotes no free text.
    """

    def __init__(self, *, record_id: str | None, path: str, reason: str) -> None:
        super().__init__(f"record {record_id or 'without id'}: {path}: {reason}")
        self.record_id = record_id
        self.path = path
        self.reason = reason


class FeedFileError(ConnectorError):
    """A feed file that is missing, is not UTF-8 JSON, or holds neither a list nor an object with `etudes`."""
