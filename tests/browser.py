"""A real Chromium, a web server on this machine, and the HTML and accessibility checkers, as fixtures.

Whatever is not installed skips the test and says what is missing, unless GHSTATUS_BROWSER=required: then it fails.
The Node tools are looked for in tests/web/node_modules; `make web-tools` puts them there.

While the Chromium of a worker runs, Playwright keeps an event loop in that worker's main thread: a test that calls
`asyncio.run` has to do so in a thread of its own.
"""

import json
import os
import shutil
import subprocess
import threading
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

WEB = Path(__file__).parent / "web"
NODE_MODULES = WEB / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
VNU = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
READERS = NODE_MODULES / "rss-parser"
HTML_VALIDATE = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def pytest_configure(config):
    wish = os.environ.get("GHSTATUS_BROWSER", "")
    if wish not in {"", "required"}:
        message = f"GHSTATUS_BROWSER is {wish!r}: leave it out, or set it to 'required'."
        raise pytest.UsageError(message)


def missing(what, remedy):
    """Skip the test, or fail it where the browser tests are required."""
    if os.environ.get("GHSTATUS_BROWSER") == "required":
        pytest.fail(f"{what}, and GHSTATUS_BROWSER=required. {remedy}", pytrace=False)
    pytest.skip(f"{what}. {remedy}")


def find_chromium():
    """The Chromium named by GHSTATUS_CHROMIUM, else the first on the PATH."""
    if named := os.environ.get("GHSTATUS_CHROMIUM"):
        return shutil.which(named) or pytest.fail(f"GHSTATUS_CHROMIUM is {named!r}: no such program.", pytrace=False)
    found = filter(None, map(shutil.which, CHROMIUM_NAMES))
    return next(found, None)


@pytest.fixture(scope="session")
def chromium():
    """One browser for each worker of pytest-xdist."""
    path = find_chromium() or missing("No Chromium on the PATH", "Install it, or name it in GHSTATUS_CHROMIUM.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


def is_foreign(url):
    """Whether a request for the URL would leave this machine."""
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1"


@pytest.fixture
def open_page(chromium):
    """`open_page(java_script_enabled=False, color_scheme="dark", …)`: a fresh page in a fresh context.

    A request to another machine is refused and fails the test, and so does an error that the page's scripts don't catch.
    """
    troubles = []
    with ExitStack() as contexts:

        def open_one(**options):
            context = chromium.new_context(**({"locale": "en-US", "timezone_id": "UTC"} | options))
            contexts.callback(context.close)
            context.route(is_foreign, partial(_refuse, troubles))
            context.route_web_socket(is_foreign, lambda socket: troubles.append(f"asked for {socket.url}"))
            context.on("weberror", lambda error: troubles.append(f"script error: {error.error}"))
            return context.new_page()

        yield open_one
    if troubles:
        pytest.fail("The page did what no page of ours may:\n" + "\n".join(troubles), pytrace=False)


def _refuse(troubles, route):
    troubles.append(f"asked for {route.request.url}")
    route.abort()


@pytest.fixture
def page(open_page):
    """A page with scripts, in light mode, at desktop size."""
    return open_page()


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, the way Pages does: a missing page is 404.html, if there is one."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".atom": "application/atom+xml",
        ".ics": "text/calendar",
        ".rss": "application/rss+xml",
    }

    def __init__(self, *args, below, **kwargs):
        self.below = below
        super().__init__(*args, **kwargs)

    def translate_path(self, path):
        inside = path.startswith(f"{self.below}/")
        return super().translate_path(path.removeprefix(self.below)) if inside else ""

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if self.command == "GET" else b"")

    def log_message(self, *args):
        """Stay quiet."""


@pytest.fixture
def serve():
    """`serve(folder)` → `http://127.0.0.1:PORT/`; `serve(folder, below="/status")` → `http://127.0.0.1:PORT/status/`."""
    with ExitStack() as servers:

        def start(folder, *, below=""):
            handler = partial(Handler, directory=str(folder), below=below.rstrip("/"))
            server = servers.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
            thread.start()
            servers.callback(thread.join)
            servers.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}{below.rstrip('/')}/"

        yield start


@pytest.fixture
def axe():
    """`axe(page)` lists what axe-core finds wrong with the page; `axe(page, ignore=["rule"])` leaves rules out."""
    if not AXE.is_file():
        missing("axe-core is not installed", "Run `make web-tools`.")

    def problems(page, *, ignore=()):
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        rules = {rule: {"enabled": False} for rule in ignore}
        found = page.evaluate("rules => axe.run(document, {rules, resultTypes: ['violations']})", rules)
        return [
            f"{violation['impact']} {violation['id']}: {violation['help']}: {node['target']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return problems


@pytest.fixture
def node_reads(tmp_path):
    """`node_reads("feed", data)` is what a program of Node's makes of a feed, a calendar or a badge."""
    node = shutil.which("node")
    if not node or not READERS.is_dir():
        missing("The readers of feeds are not installed", "They need Node; then run `make web-tools`.")

    def read(kind, data):
        (tmp_path / "read").write_bytes(data)
        return _report([node, str(WEB / "read.mjs"), kind, str(tmp_path / "read")], "stdout")

    return read


@pytest.fixture
def validate_html():
    """`validate_html(paths)` fails the test with whatever the Nu checker and html-validate find wrong."""
    java, node = shutil.which("java"), shutil.which("node")
    checkers = []
    if java and VNU.is_file():
        checkers.append(partial(vnu_problems, java))
    if node and HTML_VALIDATE.is_file():
        checkers.append(partial(html_validate_problems, node))
    if len(checkers) < 2 and (not checkers or os.environ.get("GHSTATUS_BROWSER") == "required"):
        missing("The HTML checkers are not installed", "They need Java and Node; then run `make web-tools`.")

    def check(paths):
        __tracebackhide__ = True
        pages = sorted(str(path) for path in paths)
        assert pages, "no page to check"
        problems = [problem for checker in checkers for problem in checker(pages)]
        if problems:
            pytest.fail("\n".join(problems), pytrace=False)

    return check


def vnu_problems(java, pages):
    """What the Nu HTML checker, the one behind the W3C's validator, says."""
    command = [java, "-jar", str(VNU), "--format", "json", "--exit-zero-always", *pages]
    report = _report(command, "stderr")
    return [
        f"vnu: {m['url'].removeprefix('file:')}:{m.get('lastLine')}: {m['message']}"
        for m in report["messages"]
        if not m["message"].endswith("blocked by “script-src” directive.")  # a file has no origin of its own
    ]


def html_validate_problems(node, pages):
    """What html-validate says, with the rules in tests/web/htmlvalidate.json."""
    command = [node, str(HTML_VALIDATE), "--config", str(WEB / "htmlvalidate.json"), "--formatter", "json", *pages]
    report = _report(command, "stdout")
    return [
        f"html-validate: {file['filePath']}:{m['line']}: {m['message']} [{m['ruleId']}]"
        for file in report
        for m in file["messages"]
    ]


def _report(command, stream):
    run = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", timeout=300)
    try:
        return json.loads(getattr(run, stream))
    except ValueError:
        pytest.fail(f"{command[0]} did not run:\n{run.stdout}{run.stderr}", pytrace=False)
