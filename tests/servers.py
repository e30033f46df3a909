"""Real servers for tests: an ASGI application behind uvicorn, on a free loopback port, in a thread."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import uvicorn
from starlette.types import ASGIApp

DEADLINE_S = 10.0


@contextmanager
def running_server(app: ASGIApp) -> Iterator[str]:
    """The address of a server of `app`, as http://127.0.0.1:54321, ready to answer; stopped on the way out."""
    config = uvicorn.Config(app, log_level="error", lifespan="auto", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with closing(_listener()) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait_until_ready(server, thread)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(DEADLINE_S)
            if thread.is_alive():
                raise TimeoutError(f"the server did not stop within {DEADLINE_S:g} s")


def _listener() -> socket.socket:
    """A free port; asyncio sends without delay (TCP_NODELAY) only on sockets that name their protocol."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    return listener


def _wait_until_ready(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise TimeoutError(f"the server did not start within {DEADLINE_S:g} s")
        time.sleep(0.005)


def closed_port() -> int:
    """A loopback port on which nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])
