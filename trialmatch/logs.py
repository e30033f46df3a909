"""Logs as JSON lines, through an allow-list of keys: a mistake in a log call loses words instead of leaking them."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ALLOWED = frozenset(
    """event level timestamp logger request_id method route status duration_ms error
    run run_id source page pages fetched records created updated removed unchanged malformed trials outcome started_at
    finished_at duration_s catalogue_version engine_version synchronised_at age_s stale interval_minutes next_run_at
    attempt retry_after_s host port database replica count job version setting term mode kind role""".split()  # noqa: SIM905 -- a list to be read
)
"""Names, counts, instants and versions. No key that could hold a body, a value, a query or a path as typed."""

_OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({})))
OWN = ("trialmatch", "connectors", "rules")
SPOKEN = "uvicorn.error"
"""The one library whose messages are kept: it tells that the address is taken. Its tracebacks are not kept."""


def configure_logs(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Everything that is logged from here on, by us or by a library, as JSON lines on `stream` (standard error)."""
    output = stream or sys.stderr
    handler = logging.StreamHandler(output)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, _told_by_libraries],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_ends()],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.access", SPOKEN):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    for name in (*OWN, SPOKEN):
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            name_error,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def name_error(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """An exception is told by its class: its message and traceback may quote what was sent."""
    raised = event.pop("exc_info", None)
    error = sys.exc_info()[1] if raised is True else raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
    return event


def _ends() -> list[Processor]:
    return [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        keep_allowed,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def keep_allowed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Only keys of the list, only plain values, and no long text in any of them."""
    return {key: _plain(value) for key, value in event.items() if key in ALLOWED and value is not None}


def _plain(value: object) -> object:
    if isinstance(value, bool | int | float):
        return value
    words = str(value)
    return words if len(words) <= 200 else "(too long)"


def _told_by_libraries(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A record of the standard library: ours keeps its event and extras, another's keeps its name and error class."""
    record: logging.LogRecord = event["_record"]
    error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
    event.pop("exc_info", None)
    if record.name.split(".")[0] in OWN:
        extras = {key: value for key, value in vars(record).items() if key in ALLOWED - _OF_EVERY_RECORD}
        event.update(extras, event=record.msg)
    elif record.name != SPOKEN or error:
        event["event"] = "library"
    event["error"] = error
    return event
