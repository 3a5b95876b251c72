"""A web server for one person to look at a built site."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def listening(folder: Path, host: str, port: int) -> Iterator[str]:
    """Serve a folder in the background; gives the address.

    Raises UsageError when the port is taken.
    """

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep quiet: the terminal is for what was built."""

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            missing = folder / "404.html"
            if code != 404 or not missing.is_file():
                super().send_error(code, message, explain)
                return
            page = missing.read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    try:
        server = ThreadingHTTPServer((host, port), partial(Handler, directory=str(folder)))
    except OSError as error:
        raise UsageError(f"can't listen on {host}:{port}: {error.strerror}; choose another --port") from None
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{host}:{server.server_address[1]}/"
        finally:
            server.shutdown()
