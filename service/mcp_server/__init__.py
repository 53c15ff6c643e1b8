"""haihe for assistants: search, read and similar as tools of the Model Context Protocol, with sources to cite."""

from service.mcp_server.server import build_server, serve_stdio

__all__ = ["build_server", "serve_stdio"]
