"""HTTP on the loopback address: bytes in, bytes out, and lines that break when they are told to."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ADDRESS = "127.0.0.1"


class Handler(BaseHTTPRequestHandler):
    """One connection; answers go out in a single write, since a second one would wait for an acknowledgement."""

    protocol_version = "HTTP/1.1"
    server_version = "github.com"
    sys_version = ""

    def setup(self):
        super().setup()
        self.server.lines.add(self.connection)

    def finish(self):
        self.server.lines.discard(self.connection)
        super().finish()

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, form, *args):
        """Say nothing: the server keeps a log of its own."""

    def respond(self):
        answer, trouble = self.server.take(self.command, self.path, self.headers, self.read())
        if trouble == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        body = answer.body
        if trouble == "truncate":
            self.close_connection = True
            body = body[: len(body) // 2]
        self._headers_buffer.append(b"\r\n" + body)
        self.flush_headers()

    def read(self):
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(length)


for verb in ("GET", "POST", "PATCH", "PUT", "DELETE"):
    setattr(Handler, f"do_{verb}", Handler.respond)


class Written:
    """An answer as bytes; `half` of it is what a proxy may pass on as the whole."""

    def __init__(self, answer, *, half=False):
        self.status, self.body, self.headers = answer.status, b"", {"Content-Length": "0"}
        if answer.body is not None:
            is_text = isinstance(answer.body, str)
            self.body = (answer.body if is_text else json.dumps(answer.body)).encode()
            self.body = self.body[: len(self.body) // 2] if half else self.body
            self.headers = {
                "Content-Type": "text/html" if is_text else "application/json; charset=utf-8",
                "Content-Length": str(len(self.body)),
            }
        self.headers |= answer.headers


class Server(ThreadingHTTPServer):
    """Knows its open lines, so that stopping leaves none behind."""

    daemon_threads = True

    def __init__(self, take, port):
        self.take = take
        self.lines = set()
        super().__init__((ADDRESS, port), Handler)

    def server_bind(self):
        """As the parent does, without looking up the name of the machine."""
        socket_address = self.server_address
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(socket_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]


class Wire:
    """The server in a thread of its own."""

    def __init__(self, loopback, port):
        self.loopback = loopback
        self.server = Server(self.take, port)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def take(self, verb, target, headers, raw):
        """Hand a request to GitHub; what isn't JSON is told apart from what has no body."""
        return self.loopback.take(verb, target, {name.lower(): value for name, value in headers.items()}, raw)

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        for line in list(self.server.lines):
            hang_up(line)


def hang_up(line):
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        line.close()
