"""`make run`: the reference server and the service on loopback, with the sample catalogue, until Ctrl-C."""

import secrets
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from signal import SIGINT, SIGTERM, signal
from types import FrameType

import httpx
import uvicorn
from pydantic import SecretStr
from rich.console import Console
from starlette.types import ASGIApp

from connectors.archimaid_server import create_reference_app
from connectors.errors import FeedFileError
from trialmatch.app import create_app
from trialmatch.clock import SystemClock
from trialmatch.errors import TrialmatchError
from trialmatch.logs import configure_logs
from trialmatch.settings import Settings

HOST = "127.0.0.1"
START_S = 15.0
SYNC_S = 120.0
STOP_S = 5


class DemoFailed(TrialmatchError):
    """The demonstration cannot go on; the message says why."""


def run_demo(port: int, examples: Path) -> None:
    """Runs until Ctrl-C or SIGTERM. Exits with status 1, and says why, when it cannot start."""
    console = Console()
    stop = threading.Event()

    def asked_to_stop(_: int, __: FrameType | None) -> None:
        stop.set()

    previous = {number: signal(number, asked_to_stop) for number in (SIGINT, SIGTERM)}
    try:
        _run(port, examples, console, stop)
    except DemoFailed as error:
        Console(stderr=True).print(f"trialmatch demo: {error}", markup=False)
        raise SystemExit(1) from None
    finally:
        for number, handler in previous.items():
            signal(number, handler)


def _run(port: int, examples: Path, console: Console, stop: threading.Event) -> None:
    configure_logs(level=30)
    with ExitStack() as stack:
        listener = stack.enter_context(closing(_listener(port)))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="trialmatch-demo-"))
        source = stack.enter_context(_served(_reference_app(examples / "feed.json"), _listener(0)))
        settings = _settings(Path(folder), source=source, port=port)
        address = stack.enter_context(_served(create_app(settings, clock=SystemClock(), examples=examples), listener))
        with console.status("Synchronisation du catalogue…"):
            trials = _synchronised(address, stop)
        if not stop.is_set():
            console.print(f"Catalogue : {trials} essais, par le serveur de référence {source}")
            console.print(f"Fiche RCP : [bold]{address}/demo[/bold] ; les autres pages y mènent  (Ctrl-C pour arrêter)")
        stop.wait()
        console.print("Arrêt.")


def _reference_app(feed: Path) -> ASGIApp:
    try:
        return create_reference_app(feed)
    except FeedFileError as error:
        raise DemoFailed(f"{feed}: {error}. Run it from the project's folder, or name --examples.") from None


def _settings(folder: Path, *, source: str, port: int) -> Settings:
    """Nothing of the environment: the demonstration talks to its own source and its own database."""
    return Settings(
        database_url=SecretStr(f"sqlite:///{folder / 'demo.db'}"),
        archimaid_url=source,
        archimaid_token=None,
        shared_secret=None,
        session_key=SecretStr(secrets.token_urlsafe(32)),
        host=HOST,
        port=port,
    )


def _listener(port: int) -> socket.socket:
    """The port is taken before anything else is started; 0 is any free one."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise DemoFailed(
            f"port {port} cannot be listened on ({error}): choose another, as `make run PORT=8010`"
        ) from None
    return listener


@contextmanager
def _served(app: ASGIApp, listener: socket.socket) -> Iterator[str]:
    """The address of `app`, served from a thread; stopped within seconds on the way out."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=STOP_S, server_header=False
    )
    server = uvicorn.Server(config)
    with closing(listener):
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait_until_started(server, thread)
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(2 * STOP_S)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise DemoFailed("the service did not start: the log above tells why")
        time.sleep(0.02)


def _synchronised(address: str, stop: threading.Event) -> int:
    """Asks the service to synchronise, and waits until it can answer; the number of trials."""
    with httpx.Client(base_url=address, timeout=10, trust_env=False) as client:
        asked = client.post("/v1/sync")
        if asked.status_code not in {202, 409}:
            raise DemoFailed(f"the synchronisation was refused: {asked.json().get('detail')}")
        deadline = time.monotonic() + SYNC_S
        while time.monotonic() < deadline and not stop.is_set():
            ready = client.get("/readyz")
            if ready.status_code == 200:
                return int(ready.json()["trials"])
            stop.wait(0.1)
    if stop.is_set():
        return 0
    raise DemoFailed(f"the catalogue was not synchronised within {SYNC_S:g} s: the log above tells why")
