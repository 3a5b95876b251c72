"""A look at one's own site while working on it."""

from __future__ import annotations

import itertools
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ghstatus import assets
from ghstatus.errors import UsageError
from ghstatus.stores import settings

if TYPE_CHECKING:
    from collections.abc import Iterator


_SOURCES = (settings.NAME, "incidents", "templates", "static")


def changes(folder: Path) -> Iterator[set[Any]]:
    """Whenever something changes that a site is built from; from now on, whenever the caller gets to asking.

    What a build writes may lie in the same folder, so only the site's own files count.
    """
    import watchfiles

    sources = [(folder / name).resolve() for name in _SOURCES]
    own = [path.resolve() for path in (assets.templates(), assets.static()) if isinstance(path, Path)]

    def is_source(_: watchfiles.Change, path: str) -> bool:
        return any(Path(path).is_relative_to(source) for source in (*sources, *own))

    found = watchfiles.watch(folder.resolve(), *own, watch_filter=is_source, rust_timeout=100, yield_on_timeout=True)
    first = next(found)  # it watches from its first answer on, which is empty after a tenth of a second at the latest
    return filter(None, itertools.chain([first], found))


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
        raise UsageError(f"can't listen on {host}:{port}: {error.strerror}; choose another --port or --host") from None
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{host}:{server.server_address[1]}/"
        finally:
            server.shutdown()
