"""The real way to services, to a server on this machine that is as bad as servers can be."""

import gzip
import socket

import pytest
import requests
from urllib3.exceptions import HTTPError

from ghstatus import __version__
from ghstatus.evidence import Answer, Bounds, Fate, Reader, Want, Web
from ghstatus.evidence.services import COPR_LOGS, PACKIT
from ghstatus.model import Check, CheckState, Evidence, Logs, Rule
from tests.upstream.world import bomb

API = "https://prod.packit.dev/api/copr-builds/1"
STAGING = "https://stg.packit.dev/api/copr-builds/1"
LOG = "https://download.copr.fedorainfracloud.org/results/a.log"
SHORT = Bounds(read=0.05)
KEEP = 128 << 10
RULE = Rule(id="packit-copr", component="copr", logs=Logs.PACKIT_COPR)


class Ticking:
    """A clock that goes on by a second with every look."""

    now = 0.0

    def __call__(self):
        self.now += 1
        return self.now


@pytest.fixture
def ask(upstream):
    def made(url=API, bounds=None, clock=lambda: 0):
        return upstream.web(clock, bounds)(Want(url, COPR_LOGS if url == LOG else PACKIT, url == LOG))

    return made


@pytest.mark.loopback
def test_a_page_is_asked_for_openly_and_as_nobody(upstream, ask, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("default login jane password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    upstream.page(API, {"a": "é"}, headers={"Set-Cookie": "a=b; Path=/"})
    web = upstream.web(lambda: 0)

    assert web(Want(API, PACKIT)) == Answer(Fate.GOT, '{"a": "\\u00e9"}')
    assert web(Want(API, PACKIT)).fate is Fate.GOT
    assert upstream.headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert upstream.headers["User-Agent"] == f"ghstatus/{__version__} (+https://github.com/ghstatus/ghstatus)"
    assert upstream.headers["Accept-Encoding"] == "gzip"


@pytest.mark.loopback
def test_what_stands_behind_the_question_mark_is_asked_too(upstream, ask):
    upstream.page(f"{API}?a=%2B&b=", "1")

    assert ask(f"{API}?a=%2B&b=").text == "1"


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (404, Answer(Fate.MISSING, "answered 404")),
        (410, Answer(Fate.MISSING, "answered 410")),
        (403, Answer(Fate.REFUSED, "answered 403")),
        (204, Answer(Fate.REFUSED, "answered 204")),
        (206, Answer(Fate.REFUSED, "answered 206")),
        (304, Answer(Fate.REFUSED, "answered 304")),
        (429, Answer(Fate.DOWN, "wants to be left alone")),
        (500, Answer(Fate.BROKEN, "answered 500")),
        (503, Answer(Fate.BROKEN, "answered 503")),
    ],
)
def test_any_other_status_is_told(upstream, ask, status, answer):
    upstream.page(API, "", status)

    assert ask() == answer


@pytest.mark.loopback
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", [STAGING, "//stg.packit.dev/api/copr-builds/1", f"{STAGING}#a"])
def test_a_redirect_is_followed_among_the_service_s_hosts(upstream, ask, status, to):
    upstream.moved(API, to, status)
    upstream.page(STAGING, "1")

    assert ask() == Answer(Fate.GOT, "1", ("stg.packit.dev",))


@pytest.mark.loopback
@pytest.mark.parametrize("to", ["/api/copr-builds/2", "2", "?a=1"])
def test_a_redirect_may_name_a_part_of_the_address(upstream, ask, to):
    upstream.moved(API, to)
    for place in (f"{API[:-1]}2", f"{API}?a=1"):
        upstream.page(place, "1")

    assert ask() == Answer(Fate.GOT, "1", ("prod.packit.dev",))


@pytest.mark.loopback
@pytest.mark.parametrize(
    "to",
    [
        "http://prod.packit.dev/",
        "https://evil.example/",
        "https://prod.packit.dev.evil.example/",
        "https://prod.packit.dev@evil.example/",
        "https://user@prod.packit.dev/",
        "https://prod.packit.dev:8443/",
        "https://download.copr.fedorainfracloud.org/",
        "https://evil.example\\@prod.packit.dev/",
        "https://[::1/",
        "//evil.example/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
    ],
)
def test_no_redirect_leads_anywhere_else(upstream, ask, to):
    upstream.moved(API, to)

    assert ask() == Answer(Fate.REFUSED, "leads to a place that isn't its own")
    assert upstream.asked == [API]


@pytest.mark.loopback
@pytest.mark.parametrize("headers", [{"Location": ""}, {"Location": "https://"}, {}])
def test_a_redirect_to_nowhere_is_one_to_itself(upstream, ask, headers):
    upstream.page(API, status=302, headers=headers)

    assert ask() == Answer(Fate.REFUSED, "redirects too often", ("prod.packit.dev",) * 3)


@pytest.mark.loopback
def test_the_body_of_a_redirect_is_not_read(upstream, ask):
    upstream.page(API, b"half", 302, {"Location": STAGING, "Content-Length": "100"})
    upstream.page(STAGING, "1")

    assert ask(bounds=SHORT).text == "1"


@pytest.mark.loopback
def test_three_redirects_are_enough(upstream, ask):
    for number in range(1, 5):
        upstream.moved(f"{API[:-1]}{number}", f"{API[:-1]}{number + 1}")
    upstream.page(f"{API[:-1]}5", "5")

    assert ask(f"{API[:-1]}2").text == "5"
    assert ask(f"{API[:-1]}1").text == "redirects too often"


@pytest.mark.parametrize(
    "url", ["http://prod.packit.dev/", "https://evil.example/", "https://PROD.packit.dev/", "https://[", ""]
)
def test_nobody_else_is_asked_whoever_says_so(url):
    assert Web(lambda: 0)(Want(url, PACKIT)) == Answer(Fate.REFUSED, "leads to a place that isn't its own")


@pytest.mark.loopback
@pytest.mark.parametrize("encoding", ["", "identity", "gzip", " GZIP "])
def test_a_log_is_unpacked_however_it_comes(upstream, ask, encoding):
    for body in (b"text", gzip.compress(b"text"), gzip.compress(gzip.compress(b"text"))):
        upstream.page(LOG, body, headers={"Content-Encoding": encoding})

        assert ask(LOG) == Answer(Fate.GOT, "text")


@pytest.mark.loopback
@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "gzip, br"])
def test_no_other_encoding_is_read(upstream, ask, encoding):
    upstream.page(LOG, b"text", headers={"Content-Encoding": encoding})

    assert ask(LOG) == Answer(Fate.REFUSED, "answered in an encoding that it wasn't asked for")


@pytest.mark.loopback
def test_the_end_of_a_long_log_is_kept_from_the_beginning_of_a_line_on(upstream, ask):
    lines = "".join(f"line {number}\n" for number in range(50_000))
    upstream.page(LOG, gzip.compress(lines.encode()))

    found = ask(LOG).text

    assert KEEP - 20 < len(found) < KEEP
    assert found.startswith("line ")
    assert lines.endswith(found)


@pytest.mark.loopback
def test_a_long_log_without_lines_is_kept_as_it_is(upstream, ask):
    upstream.page(LOG, b"\xff" * (KEEP + 1))

    assert ask(LOG).text == "\N{REPLACEMENT CHARACTER}" * KEEP


@pytest.mark.loopback
def test_a_short_log_keeps_its_first_line(upstream, ask):
    upstream.page(LOG, "a\nb")

    assert ask(LOG).text == "a\nb"


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (bytes(5 << 10), "sent more than 4 KiB"),
        (bomb(2), "sent more than 1 MiB"),
        (gzip.compress(bomb(2)), "sent more than 1 MiB"),
        (gzip.compress(b"text")[:-3], "sent a part only"),
        (b"\x1f\x8bwhat", "sent what can't be unpacked"),
    ],
    ids=["huge", "bomb", "bomb within", "half", "broken"],
)
def test_a_log_that_can_t_be_read_is_none(upstream, ask, body, words):
    upstream.page(LOG, body)

    assert ask(LOG, Bounds(packed=4 << 10, unpacked=1 << 20)) == Answer(Fate.REFUSED, words)


@pytest.mark.loopback
@pytest.mark.parametrize("body", [b" " * ((256 << 10) + 1), bomb(1)])
def test_an_api_s_answer_is_short(upstream, ask, body):
    upstream.page(API, body)

    assert ask() == Answer(Fate.REFUSED, "sent more than 256 KiB")


@pytest.mark.loopback
def test_an_api_s_answer_is_whole(upstream, ask):
    upstream.page(API, "\n" + " " * ((256 << 10) - 1))

    assert len(ask().text) == 256 << 10


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ("drop", Answer(Fate.BROKEN, "can't be reached")),
        ("truncate", Answer(Fate.BROKEN, "broke off its answer")),
        ("silent", Answer(Fate.DOWN, "did not answer within 0.05 s")),
    ],
)
def test_a_line_that_breaks_is_told_in_words(upstream, ask, fault, answer):
    upstream.page(LOG, "some text")
    upstream.fail(LOG, fault)

    assert ask(LOG, SHORT) == answer


@pytest.mark.loopback
def test_a_page_that_comes_by_bytes_is_not_waited_for(upstream, ask):
    upstream.page(LOG, "a" * 5000)
    upstream.fail(LOG, "drip")

    assert ask(LOG, clock=Ticking()) == Answer(Fate.DOWN, "took longer than 30 s")


@pytest.mark.loopback
def test_a_page_that_stops_in_the_middle_is_not_waited_for(upstream, ask):
    upstream.page(LOG, "a", headers={"Content-Length": "100"})

    assert ask(LOG, SHORT) == Answer(Fate.DOWN, "did not answer within 0.05 s")


@pytest.mark.loopback
def test_where_nobody_listens_nobody_can_be_reached():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    found = Web(lambda: 0, {"https://prod.packit.dev": f"http://127.0.0.1:{port}"})(Want(API, PACKIT))

    assert found == Answer(Fate.BROKEN, "can't be reached")


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (requests.ConnectTimeout("x"), Answer(Fate.DOWN, "did not answer within 5 s")),
        (requests.ReadTimeout("x"), Answer(Fate.DOWN, "did not answer within 10 s")),
        (requests.exceptions.SSLError("x"), Answer(Fate.DOWN, "has no good certificate")),
        (requests.exceptions.ProxyError("secret"), Answer(Fate.BROKEN, "can't be reached")),
        (HTTPError("x"), Answer(Fate.BROKEN, "broke off its answer")),
        (ValueError("x"), Answer(Fate.BROKEN, "can't be reached")),
    ],
)
def test_what_broke_is_told_in_words(monkeypatch, error, answer):
    given = {}

    def broken(self, url, **options):
        given.update(options, url=url)
        raise error

    monkeypatch.setattr(requests.Session, "get", broken)

    assert Web(lambda: 0)(Want(API, PACKIT)) == answer
    assert (given["url"], given["timeout"], given["allow_redirects"]) == (API, (5, 10), False)


@pytest.mark.loopback
def test_the_real_way_and_the_quick_one_tell_the_same(upstream):
    moved = upstream.copr(3, 10158588, live="moved")
    folder = upstream.build(10158587, live="there")
    log = folder.replace("58587", "58588") + "/builder-live.log.gz"
    upstream.moved(log, f"{folder}/builder-live.log.gz")
    urls = [
        upstream.copr(1, 10158501, live="a\n" * 200_000, backend="b"),
        upstream.copr(2, 10158502, imported="c"),
        moved,
        upstream.srpm(4, 10158504, live="d", is_packed=False),
        upstream.copr(5),
        "https://dashboard.packit.dev/jobs/copr/404",
    ]
    upstream.page("https://prod.packit.dev/api/copr-builds/5", "<html>")
    checks = [Check(name="rpm-build:x", state=CheckState.FAILED, url=url) for url in urls]
    ways = [Reader(fetch, lambda: 0) for fetch in (upstream.web(lambda: 0), upstream.fetch)]

    real, quick = (way.read_all((check, RULE) for check in checks) for way in ways)

    assert real == quick
    assert ways[0].requests == ways[1].requests
    assert [evidence.is_complete for evidence in real.values()] == [True, False, True, True, False, False]


@pytest.mark.loopback
def test_a_run_in_which_everything_is_down_says_so(upstream):
    url = upstream.copr(1, live="a")
    upstream.fail("https://prod.packit.dev/", "drop")

    found = Reader(upstream.web(lambda: 0), lambda: 0).read(
        Check(name="rpm-build:x", state=CheckState.FAILED, url=url), RULE
    )

    assert found == Evidence(unread=("Packit's API can't be reached",))
    assert upstream.asked == [API, API]
