"""What a checkup looks at: pages on the web, the folder for notes, the kind of a token, GitHub's clock."""

import socket
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests

from ghstatus import __version__
from ghstatus.examine import everything, line, web
from ghstatus.github.access import Access
from ghstatus.grammar import config
from ghstatus.model.checkup import Reply, Token

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Pages(BaseHTTPRequestHandler):
    """Answers each path with the status that it names, HEAD with the first of two; `/moved` leads to what isn't there."""

    def respond(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        head, _, get = self.path.strip("/").partition("-")
        status = int(get or head) if self.command == "GET" else int(head)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    do_HEAD = do_GET = respond  # noqa: N815

    def log_message(self, form, *args):
        """Say nothing."""


@pytest.fixture
def pages():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}", asked=server.asked)
    server.shutdown()
    thread.join()
    server.server_close()


def ask(*urls):
    return web.ask(urls, is_public=lambda _: True)


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("path", "status", "verbs"),
    [
        ("200", 200, ["HEAD"]),
        ("302", 302, ["HEAD"]),
        ("500", 500, ["HEAD"]),
        ("404", 404, ["HEAD", "GET"]),
        ("404-200", 200, ["HEAD", "GET"]),
        ("403-200", 200, ["HEAD", "GET"]),
        ("405-200", 200, ["HEAD", "GET"]),
        ("501-410", 410, ["HEAD", "GET"]),
    ],
)
def test_a_page_is_asked_by_head_and_by_get_where_that_is_not_known(pages, path, status, verbs):
    url = f"{pages.url}/{path}"

    assert ask(url) == {url: Reply(url, status)}
    assert [verb for verb, *_ in pages.asked] == verbs
    assert {agent for *_, agent in pages.asked} == {f"ghstatus/{__version__} (doctor)"}


@pytest.mark.loopback
def test_many_pages_are_asked_once_each(pages):
    urls = [f"{pages.url}/{200 + number % 20}" for number in range(40)]

    assert [reply.status for reply in ask(*urls).values()] == list(range(200, 220))
    assert len(pages.asked) == 20


@pytest.mark.loopback
@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://a..b/"])
def test_a_page_that_is_not_there_is_told_in_words(url):
    assert ask(url) == {url: Reply(url, trouble="it can't be reached from here")}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (requests.exceptions.SSLError("x"), "its certificate isn't good"),
        (requests.ReadTimeout("x"), "no answer within 5 s"),
        (requests.ConnectTimeout("x"), "no answer within 5 s"),
        (requests.TooManyRedirects("x"), "it can't be reached from here"),
    ],
)
def test_what_broke_is_told_in_words(monkeypatch, error, words):
    given = {}

    def broken(verb, url, **options):
        given.update(options)
        raise error

    monkeypatch.setattr(requests, "request", broken)

    assert ask("https://a") == {"https://a": Reply("https://a", trouble=words)}
    assert given["timeout"] == 5


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("fe80::1", False),
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("a" * 70, True),
    ],
)
def test_only_the_public_web_is_asked(monkeypatch, host, expected):
    def look_up(host, port, **options):
        if len(host) > 60:
            raise socket.gaierror
        return [(0, 0, 0, "", ("8.8.8.8", 0)), (0, 0, 0, "", (f"{host}%eth0" if host == "fe80::1" else host, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    assert web.on_public_web(host) is expected


def test_a_name_for_this_machine_is_not_asked():
    url = "http://localhost:8000/"

    assert web.ask([url]) == {url: Reply(url, is_private=True)}


def test_no_more_upstream_pages_are_asked_than_a_checkup_bears(monkeypatch, tmp_path):
    components = ", ".join(f"{{id: c{one}, name: C{one}, upstream: 'https://c{one}.example'}}" for one in range(61))
    site = config.parse(f"title: A\ncomponents: [{components}, {{id: own, name: Own}}]\n", where="ghstatus.yml")
    monkeypatch.setattr(web, "ask", lambda urls: {url: Reply(url, 200) for url in urls})

    facts = everything.observe(site, NOW, cache=tmp_path, offline=False)

    assert (len(facts.upstreams), facts.unasked) == (60, 1)
    assert facts.upstreams["c59"] == Reply("https://c59.example", 200)
    assert (facts.page, facts.version, facts.now) == (None, __version__, NOW)


def test_a_folder_for_notes_may_be_made_or_there(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")

    assert everything.unwritable(tmp_path) == ""
    assert everything.unwritable(tmp_path / "new" / "newer") == ""
    assert everything.unwritable(tmp_path / "file") == f"{tmp_path / 'file'} is no folder"
    assert everything.unwritable(tmp_path / "file" / "new") == f"{tmp_path / 'file'} is no folder"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.access", lambda path, _: path != tmp_path)
    assert everything.unwritable(Path("new")) == f"{tmp_path} may not be written"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("", Token.APP),
        ("ghs_1", Token.WORKFLOW),
        ("github_pat_1", Token.FINE_GRAINED),
        ("ghp_1", Token.CLASSIC),
        ("gho_1", Token.CLASSIC),
        ("0123", Token.OTHER),
    ],
)
def test_a_token_is_known_by_its_looks(token, expected):
    assert line.kind(Access(token=token, app_id="1", app_private_key="key")) is expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 02 Mar 2026 12:00:00 GMT", timedelta()),
        ("Mon, 02 Mar 2026 11:59:00 GMT", timedelta(minutes=1)),
        ("Mon, 02 Mar 2026 12:01:00 +0000", timedelta(minutes=-1)),
        ("Mon, 02 Mar 2026 12:00:00 -0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_clock_is_compared_with_the_date_of_an_answer(date, expected):
    assert line.ahead(date, NOW) == expected
