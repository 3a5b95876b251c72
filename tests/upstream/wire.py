"""The world of services as a server on this machine: `/HOST/PATH` is `https://HOST/PATH`."""

import socket
import threading
from http.server import BaseHTTPRequestHandler

from tests.github.wire import Server, hang_up


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.lines.add(self.connection)

    def finish(self):
        self.server.lines.discard(self.connection)
        super().finish()

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def do_GET(self):
        page, fault = self.server.take(f"https:/{self.path}", self.headers)
        if fault == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if fault == "silent":
            self.close_connection = self.server.over.wait()
            return
        self.send_response_only(page.status)
        for name, value in ({"Content-Length": str(len(page.body))} | page.headers).items():
            self.send_header(name, value)
        half = page.body[: len(page.body) // 2]
        self._headers_buffer.append(b"\r\n" + {"truncate": half, "drip": b""}.get(fault, page.body))
        self.flush_headers()
        if fault:
            self.close_connection = True
        if fault == "drip":
            for byte in page.body:
                self.connection.sendall(bytes([byte]))
                if self.server.over.wait(0.001):
                    return

    def log_message(self, form, *args):
        """Say nothing: the world keeps a log of its own."""


class Wire:
    """The server in a thread of its own."""

    def __init__(self, world):
        self.world = world
        self.server = Server(self.take, 0)
        self.server.RequestHandlerClass = Handler
        self.server.over = threading.Event()
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def take(self, url, headers):
        self.world.agents.add(headers["User-Agent"])
        self.world.headers = dict(headers)
        return self.world.take(url)

    def stop(self):
        self.server.over.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        for line in list(self.server.lines):
            hang_up(line)
