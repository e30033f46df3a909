"""`trialmatch serve`: the service, until it is told to stop."""

import ipaddress
import logging

import uvicorn
from rich.console import Console

from trialmatch.app import create_app
from trialmatch.clock import SystemClock
from trialmatch.errors import SettingsError
from trialmatch.logs import configure_logs
from trialmatch.settings import Settings, load_settings

STOP_S = 10


def serve_forever(host: str | None, port: int | None) -> int:
    """Runs the service; 0 when it stopped as asked. Raises SettingsError when it may not listen there."""
    settings = load_settings()
    host, port = host or settings.host, settings.port if port is None else port
    refuse_open_door(settings, host)
    configure_logs(level=logging.getLevelNamesMapping()[settings.log_level])
    app = create_app(settings, clock=SystemClock())
    if settings.shared_secret is None:
        Console(stderr=True).print(
            "No TRIALMATCH_SHARED_SECRET: listening on loopback only, and anybody on this machine may write.",
            markup=False,
        )
    server = uvicorn.Server(
        uvicorn.Config(app, host=host, port=port, access_log=False, log_config=None, timeout_graceful_shutdown=STOP_S)
    )
    server.run()
    return 0 if server.started else 1


def refuse_open_door(settings: Settings, host: str) -> None:
    """Without a shared secret only this machine may reach the service."""
    if settings.shared_secret is None and not is_loopback(host):
        raise SettingsError(
            f"host {host} can be reached by others: set TRIALMATCH_SHARED_SECRET, or listen on 127.0.0.1"
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
