"""The other sites that may show haihe: one setting, for CORS and for frames. None may unless it is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_FORM = "Write scheme, host and, where it isn't the usual one, port: https://news.example or http://10.0.0.5:8080."


def read_portals(value: str | Iterable[str]) -> tuple[str, ...]:
    """The origins in a setting, each once and as browsers write them.

    Args:
        value: origins, separated by commas or blanks, or already separated.

    Raises:
        ValueError: one isn't the origin of a site.
    """
    entries = re.split(r"[\s,]+", value) if isinstance(value, str) else value
    return tuple(dict.fromkeys(read_origin(entry) for entry in entries if entry))


def read_origin(text: str) -> str:
    """An origin as browsers write it: in lower case, in punycode, without the scheme's own port.

    Raises:
        ValueError: it isn't the origin of a site.
    """
    if "*" in text:
        raise ValueError(f"{text}: name every portal by itself. A pattern would let sites in that nobody looked at.")
    if text.lower() == "null":
        raise ValueError("null: that is the origin of every sandboxed page of any site. Name the portal instead.")
    parts = urlsplit(text)
    if parts.scheme not in _DEFAULT_PORTS:
        raise ValueError(f"{text}: it begins with neither http:// nor https://. {_FORM}")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"{text}: an origin has no path and no user. {_FORM}")
    return f"{parts.scheme}://{_host(parts.hostname or '', text)}{_port(text)}"


def frame_ancestors(portals: tuple[str, ...]) -> str:
    """The directive of a Content-Security-Policy that says who may frame."""
    return "frame-ancestors " + (" ".join(portals) or "'none'")


def allow_portals(app: ASGIApp, portals: tuple[str, ...]) -> ASGIApp:
    """The app with CORS for the portals: their scripts may search and read, with a token of their own but no cookie."""
    return CORSMiddleware(
        app,
        allow_origins=portals,
        allow_methods=("GET", "POST"),
        allow_headers=("Authorization", "Content-Type"),
        allow_credentials=False,
        expose_headers=("Retry-After",),
        max_age=3600,
    )


def _host(name: str, text: str) -> str:
    try:
        host = f"[{name}]" if ":" in name else name.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise ValueError(f"{text}: {f'{name} is no host' if name else 'it names no host'}. {_FORM}")
    return host


def _port(text: str) -> str:
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError:
        raise ValueError(f"{text}: a port is a number up to 65535. {_FORM}") from None
    return "" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}"
