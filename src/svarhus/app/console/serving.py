"""Serves the built console: its files, and its one page for every address that is a page of it.

Files below `assets/` carry a hash of their content in their name and are kept by browsers for ever; all others
are asked for anew, and answered with 304 when they are the same. What was compressed when it was built is sent so.
"""

import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from svarhus.app.console.build import STAMP, STATIC
from svarhus.app.console.policy import page_headers

FOR_EVER = "public, max-age=31536000, immutable"
ASKED_ANEW = "no-cache"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""Content codings, the best first, and how the file's name ends."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_NOT_OURS = ("api", "ws")
"""What begins so is never a page: a wrong address there must be answered as wrong."""


@dataclass(frozen=True)
class _Found:
    file: Path
    is_page: bool


class _ConsoleRoute(Route):
    """Everything that is not the API's."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        first, _, _ = str(scope.get("path", "")).removeprefix("/").partition("/")
        return (Match.NONE, {}) if first in _NOT_OURS else super().matches(scope)


class ConsolePages:
    """The routes of the console."""

    def __init__(self, static: Path = STATIC) -> None:
        self._static = static

    def routes(self) -> list[Route]:
        return [_ConsoleRoute("/{path:path}", self._answer, methods=["GET", "HEAD"], include_in_schema=False)]

    async def _answer(self, request: Request) -> Response:
        found = self._find(request.path_params["path"])
        if found is None:
            return PlainTextResponse("There is no such page.\n", status_code=404)
        if not found.file.is_file():
            return PlainTextResponse(_NOT_BUILT, status_code=503)
        # Workers are bound by the policy that comes with their own script.
        headers = page_headers(request) if found.is_page or found.file.suffix == ".js" else {}
        kept = found.file.parent.name == "assets"
        headers |= {"Cache-Control": FOR_EVER if kept else ASKED_ANEW, "Vary": "Accept-Encoding"}
        headers["ETag"] = _mark(found.file, by_content=not kept)
        return _sent(request, found.file, headers)

    def _find(self, path: str) -> _Found | None:
        """The file that is asked for, or the page, when it can be the address of one."""
        first, _, _ = path.partition("/")
        try:
            named = (self._static / path).resolve()
            is_file = named.is_file()
        except (OSError, ValueError):
            # No file can have this name.
            return None
        own = named.is_relative_to(self._static.resolve())
        if own and is_file and named.name not in ("index.html", STAMP):
            return _Found(named, is_page=named.suffix == ".html")
        if first == "assets" or not own or "." in path.rpartition("/")[2].removesuffix("index.html"):
            return None
        # A page of its own, such as `/call-us`; every other address is one of the console's.
        page = self._static / f"{first}.html"
        return _Found(page if path == first and page.is_file() else self._static / "index.html", is_page=True)


def _mark(file: Path, *, by_content: bool) -> str:
    """Times tell nothing: all files of a wheel have the same."""
    found = sha256(file.read_bytes()).hexdigest()[:20] if by_content else file.name
    return f'W/"{found}"'


def _sent(request: Request, file: Path, headers: dict[str, str]) -> Response:
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    accepted = {word.split(";")[0].strip() for word in request.headers.get("accept-encoding", "").split(",")}
    sent = file
    for name, ending in ENCODINGS:
        compressed = file.with_name(file.name + ending)
        if name in accepted and compressed.exists():
            sent, headers["Content-Encoding"] = compressed, name
            break
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if request.method == "HEAD":
        return Response(headers={**headers, "Content-Length": str(sent.stat().st_size)}, media_type=kind)
    return Response(sent.read_bytes(), headers={**headers, "Content-Type": kind})


_NOT_BUILT = (
    "The console has not been built. `./svarhus up` builds it; in a checkout of your own see docs/guide/console.md.\n"
)
