"""The headers by which every answer tells a browser what it may load, who may frame it, and not to guess."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from service.origins import frame_ancestors

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; "
)
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_PUBLIC = ("/widget.js", "/assets/")
_ALIVE = "/healthz"


class SecurityHeaders:
    """Adds to every answer what a browser is to be strict about.

    Pages may load files of this host and nothing else; anything that isn't a page may load nothing. Only `/embed` may
    be framed, by the portals. Only the built files may be loaded by other sites, since there is nothing secret in them;
    and any site may notice that the service lives, so that the widget can tell a refusal from a failure.
    """

    def __init__(self, app: ASGIApp, portals: tuple[str, ...]) -> None:
        self.app = app
        self.portals = portals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(path, message)
            await send(message)

        await self.app(scope, receive, send_strictly)

    def _add(self, path: str, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        strict = self._headers(path)
        if message["status"] != HTTPStatus.NOT_MODIFIED:  # the policy of what the browser has stays
            strict["Content-Security-Policy"] = self._policy(path, headers.get("content-type", ""))
        for name, value in strict.items():
            headers.setdefault(name, value)
        if "origin" not in headers.get("vary", "").lower():  # older versions of Starlette say so to portals only
            headers.add_vary_header("Origin")

    def _headers(self, path: str) -> dict[str, str]:
        """The headers of an answer that doesn't set them itself."""
        headers = dict(_EVERYWHERE)
        if path != "/embed":
            headers["X-Frame-Options"] = "DENY"  # for what doesn't know frame-ancestors
        if path.startswith(_PUBLIC):
            return {**headers, "Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
        return {**headers, "Cross-Origin-Resource-Policy": "cross-origin" if path == _ALIVE else "same-origin"}

    def _policy(self, path: str, content_type: str) -> str:
        if not content_type.startswith("text/html"):
            return _CLOSED
        return _PAGE + frame_ancestors(self.portals if path == "/embed" else ())
