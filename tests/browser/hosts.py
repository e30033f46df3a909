"""The application of somebody else, on another port: its pages, their policies, and what its server does for them."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.servers import running_server
from trialmatch.web.element import ElementFile

LISTEN = """
window.heard = [];
for (const name of ["judged", "failed", "question-answered", "proposition-selected", "decision-recorded", "resized"]) {
  document.addEventListener(name, (event) => window.heard.push([name, JSON.parse(JSON.stringify(event.detail))]));
}
"""
FRAME = """
window.openFrame = (service, token, fiche, messagingHandle = "h-1") => {
  const frame = document.getElementById("essais");
  window.say = (messageType, payload) => frame.contentWindow.postMessage(
    { messagingHandle, messageId: String(Math.random()), messageType, payload }, service);
  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== service) return;
    document.getElementById("said").append(`${data.messageType ?? data.payload.status ?? "ready"} `);
    if (data.payload?.ready) window.say("scratchpad.create", { resource: { case: fiche }, token });
    if (data.messageType === "ui.resize") frame.height = data.payload.height;
  });
  frame.addEventListener("load", () => window.say("status.handshake", {}));
  frame.src = service + "/embed";
};
"""
FORM = '<label>Note <input id="note"></label>'
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Fiche de l’hôte</title>
<link rel="stylesheet" href="/host.css"><script src="/listen.js"></script>{scripts}</head>
<body><main><h1>Fiche de l’hôte</h1>{form}{body}</main></body></html>"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'
STYLE = "body { margin: 0; font-family: serif } h2, h3, p, button { color: red } iframe { width: 100%; border: 0 }"
ELEMENT = "<trialmatch-propositions id={id}{more}></trialmatch-propositions>"


PATIENCE_S = 30.0


@dataclass
class Host:
    """What a test tells it, and what it needs to know of it."""

    address: str = ""
    service: str = ""
    secret: str | None = None
    let_go: threading.Event = field(default_factory=threading.Event)
    """Until then the slow relay keeps the cases whose id holds LENT."""
    relayed: list[str] = field(default_factory=list)

    def page(self, path: str) -> str:
        """The address of one of its pages."""
        return f"{self.address}{path}"


@contextmanager
def running_host() -> Iterator[Host]:
    """The host, on a free port; `service` is set by who knows it."""
    host = Host()
    with running_server(_application(host)) as address:
        host.address = address
        yield host


def _application(host: Host) -> Starlette:
    async def relay(request: Request) -> Response:
        return await _relayed(host, request)

    return Starlette(
        routes=[
            Route("/loaded", lambda _: _loaded(host)),
            Route("/served/{how}", _served),
            Route("/framed", lambda _: _framed(host)),
            Route("/relay/{path:path}", relay, methods=["POST"]),
            Route("/slow/{path:path}", relay, methods=["POST"]),
            Route("/listen.js", lambda _: _script(LISTEN)),
            Route("/frame.js", lambda _: _script(FRAME)),
            Route("/favicon.ico", lambda _: Response(ICON, media_type="image/svg+xml")),
            Route("/host.css", lambda _: Response(STYLE, media_type="text/css")),
            Route("/js/trialmatch-propositions.js", lambda _: _script(ElementFile.read().content.decode())),
        ]
    )


def _loaded(host: Host) -> Response:
    """The file of the service, under a policy that names it."""
    script = f'<script src="{host.service}/element/trialmatch-propositions.js" defer></script>'
    more = f' service="{host.service}"'
    body = ELEMENT.format(id="essais", more=more) + ELEMENT.format(id="seconds", more=more)
    policy = f"default-src 'self'; script-src 'self' {host.service}; connect-src 'self' {host.service}"
    return _page(script, body, policy)


def _served(request: Request) -> Response:
    """The file served by the host, with its hash, and nothing from elsewhere."""
    script = f'<script src="/js/trialmatch-propositions.js" integrity="{ElementFile.read().integrity}" defer></script>'
    more = {"relay": ' service="/relay"', "slow": ' service="/slow"'}.get(request.path_params["how"], "")
    return _page(script, ELEMENT.format(id="essais", more=more), "default-src 'self'")


def _framed(host: Host) -> Response:
    frame = '<iframe id="essais" title="Essais cliniques"'
    frame += ' sandbox="allow-scripts allow-forms allow-same-origin allow-popups"></iframe><output id="said"></output>'
    return _page('<script src="/frame.js"></script>', frame, f"default-src 'self'; frame-src {host.service}")


async def _relayed(host: Host, request: Request) -> Response:
    body, path = await request.body(), request.path_params["path"]
    if request.url.path.startswith("/slow") and b"LENT" in body:
        await asyncio.to_thread(host.let_go.wait, PATIENCE_S)
    host.relayed.append(path)
    headers = {"Content-Type": "application/json"}
    if host.secret:
        headers["Authorization"] = f"Bearer {host.secret}"
    try:
        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
            answer = await client.post(f"{host.service}/{path}", content=body, headers=headers)
    except httpx.TransportError:
        return Response("the service is not there", 502)
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))


def _script(text: str) -> Response:
    return Response(text, media_type="text/javascript")


def _page(scripts: str, body: str, policy: str) -> Response:
    html = PAGE.format(scripts=scripts, form=FORM, body=body)
    return Response(html, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})
