"""The allow-list: what is not on it is not written, whoever logs it."""

import io
import json
import logging

import structlog

from trialmatch.logs import configure_logs


def _logged(output: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_a_key_that_is_not_on_the_list_is_dropped() -> None:
    output = io.StringIO()
    configure_logs(output)
    structlog.get_logger("trialmatch.test").info("test.event", case="K bronchique", body={"nir": 1}, trials=3)
    [line] = _logged(output)
    assert {key: line[key] for key in ("event", "trials", "level", "logger")} == {
        "event": "test.event",
        "trials": 3,
        "level": "info",
        "logger": "trialmatch.test",
    }
    assert set(line) == {"event", "trials", "level", "logger", "timestamp"}


def test_a_library_is_told_by_name_and_error_class_alone() -> None:
    output = io.StringIO()
    configure_logs(output)
    try:
        raise ValueError("patient né le 03/05/1962")
    except ValueError:
        logging.getLogger("some.library").exception("with %s", "K bronchique")
    logging.getLogger("uvicorn.error").error("[Errno 98] address already in use")
    logging.getLogger("connectors.archimaid").warning("feed.unreadable", extra={"page": 3, "body": "K bronchique"})
    assert [
        {key: value for key, value in line.items() if key not in {"timestamp", "level"}} for line in _logged(output)
    ] == [
        {"event": "library", "logger": "some.library", "error": "ValueError"},
        {"event": "[Errno 98] address already in use", "logger": "uvicorn.error"},
        {"event": "feed.unreadable", "logger": "connectors.archimaid", "page": 3},
    ]
