"""`trialmatch serve`: the service, until it is told to stop."""

import logging
from contextlib import ExitStack

import uvicorn
from fastapi import FastAPI
from rich.console import Console
from uvicorn.supervisors import Multiprocess

from trialmatch.clock import SystemClock
from trialmatch.http.guard import listening_host
from trialmatch.logs import configure_logs
from trialmatch.monitoring.requests import shared_between_workers
from trialmatch.settings import Settings, load_settings
from trialmatch.sync.sources import configured_sources, open_sources

STOP_S = 10


def worker() -> FastAPI:
    """The application of one worker process, from the environment."""
    settings = load_settings()
    configure_logs(level=logging.getLevelNamesMapping()[settings.log_level])
    return _application(settings)


def serve_forever(host: str | None, port: int | None, workers: int | None = None) -> int:
    """Runs the service; 0 when it stopped as asked. Several workers are processes that share the port."""
    settings = load_settings()
    with ExitStack() as closing:
        open_sources(configured_sources(settings), closing)  # what is wrong is told here, once, not by each worker
    asked, port = host or settings.host, settings.port if port is None else port
    host = listening_host(asked, settings.shared_secret)
    configure_logs(level=logging.getLevelNamesMapping()[settings.log_level])
    if settings.shared_secret is None:
        instead = "" if host == asked else f" instead of {asked}"
        Console(stderr=True).print(
            f"No TRIALMATCH_SECRET: listening on {host}{instead}; anybody on this machine may write.", markup=False
        )
    count = workers or settings.workers
    config = uvicorn.Config(
        "trialmatch.commands.serve:worker" if count > 1 else _application(settings),
        factory=count > 1,
        workers=count,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        ws="none",
        timeout_graceful_shutdown=STOP_S,
    )
    server = uvicorn.Server(config)
    if count > 1:
        with shared_between_workers():
            Multiprocess(config, sockets=[config.bind_socket()]).run()
        return 0
    server.run()
    return 0 if server.started else 1


def _application(settings: Settings) -> FastAPI:
    """Imported where it runs: the process that only watches over workers does without it."""
    from trialmatch.app import create_app

    return create_app(settings, clock=SystemClock())
