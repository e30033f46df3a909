"""For every test: the network is closed outside loopback, and Hypothesis is deterministic unless told otherwise."""

import gc
import ipaddress
import os
import sys

from hypothesis import HealthCheck, settings

from trialmatch import COLLECTED_EVERY


class NetworkClosedError(RuntimeError):
    """A test tried to leave the machine. Not an OSError: code that copes with a lost network must not hide it."""


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _close_network(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook, so that no part is patched; it also sees what a library does."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):  # AF_UNIX: a string
        host = arguments[1][0]
    else:
        return
    if not _is_loopback(host):
        raise NetworkClosedError(f"{event} to {host!r}: tests talk to loopback only")


sys.addaudithook(_close_network)


def pytest_collection_finish() -> None:
    """Ten thousand tests stay until the end: the collector need not look at them again and again."""
    gc.set_threshold(COLLECTED_EVERY)
    gc.collect()
    gc.freeze()


settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True, max_examples=100)
settings.register_profile(
    "soak", deadline=None, print_blob=True, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
