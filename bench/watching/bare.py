"""The peer: a server that hands each event on to all who are connected, and does nothing else.

`python -m bench.watching.bare PORT [FOLDER]`: FastAPI's own WebSockets, without an exchange, rights, journal or
database; and the files of a folder, whose page is React and Mantine with one line.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from svarhus.app.console.build import ConsoleSources, packages

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "/page"
"""Where the files of the folder are."""
COMES_UP = 60.0

_PAGE = """<!doctype html><title>Bare</title><main></main><script>
const main = document.querySelector('main');
new WebSocket(`ws://${location.host}/live`).onmessage = ({ data }) => {
  const { number } = JSON.parse(data);
  if (!number) return;
  const line = document.createElement('p');
  line.textContent = number;
  main.prepend(line);
  if (main.childElementCount > 10) main.lastElementChild.remove();
};
</script>"""

app = FastAPI()
_sockets: set[WebSocket] = set()


@app.get("/")
async def page() -> HTMLResponse:
    return HTMLResponse(_PAGE)


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"type": "snapshot"})
    _sockets.add(socket)
    try:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                await socket.receive_text()
    finally:
        _sockets.discard(socket)


@app.post("/events")
async def event(told: dict[str, str]) -> dict[str, float]:
    at = time.time()
    for socket in list(_sockets):
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await socket.send_json(told)
    return {"at": at}


class Bare:
    """The process, for whoever wants it to run."""

    def __init__(self, port: int, folder: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            (sys.executable, "-m", "bench.watching.bare", str(port), str(folder)),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(30)

    async def comes_up(self, session: aiohttp.ClientSession) -> None:
        limit = time.monotonic() + COMES_UP
        while True:
            try:
                async with session.get(f"{self.url}/"):
                    return
            except aiohttp.ClientError:
                assert time.monotonic() < limit, "the bare server did not come up"
                await asyncio.sleep(0.1)


def build_page(folder: Path, cache: Path) -> None:
    """The page of React and Mantine, as Vite builds it."""
    sources = ConsoleSources(ROOT, cache)
    node = packages(sources, lambda words: None)
    words = (
        "build",
        "--config",
        "bench/vite.config.ts",
        "--base",
        f"{FOLDER}/",
        "--outDir",
        str(folder),
        "--logLevel",
        "error",
    )
    subprocess.run(
        node.command(sources.folder / "node_modules/vite/bin/vite.js", *words),
        cwd=sources.folder,
        env=node.environment(cache),
        stdout=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.mount(FOLDER, StaticFiles(directory=sys.argv[2], html=True))
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="warning",
    )
