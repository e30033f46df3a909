"""`python -m connectors.archimaid_server FEED --port 8001`: the reference server on this machine."""

import argparse
import os
import sys
from pathlib import Path

import uvicorn

from connectors.archimaid_server.app import create_reference_app
from connectors.errors import FeedFileError

TOKEN_VARIABLE = "ARCHIMAID_SERVER_TOKEN"  # noqa: S105 - the name of the variable, not its value


def main(arguments: list[str] | None = None) -> int:
    """Serve a feed until interrupted; exit status 2 when the feed cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m connectors.archimaid_server", description=__doc__)
    parser.add_argument("feed", type=Path, help="a feed file, or a folder of them")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument(
        "--token", default=os.environ.get(TOKEN_VARIABLE), help=f"bearer token asked for (default: ${TOKEN_VARIABLE})"
    )
    parser.add_argument("--page-size-max", type=int, default=500, help="largest `taille` served")
    given = parser.parse_args(arguments)
    try:
        app = create_reference_app(given.feed, token=given.token or None, page_size_max=given.page_size_max)
    except FeedFileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    uvicorn.run(app, host=given.host, port=given.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
