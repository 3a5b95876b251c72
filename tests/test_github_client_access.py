"""By which right GitHub is asked: tokens, Apps with several owners; and that no secret is ever told."""

import subprocess
import sys

import pytest
import requests
import urllib3

from ghstatus.errors import GhstatusError, StoreError, Unavailable, UsageError
from ghstatus.github.answers import Answer, Lost
from ghstatus.github.client import Access, Client

pytestmark = pytest.mark.loopback

STATUS = "packit/status"
SIGN_IN = "apps/create-installation-access-token"


class Line:
    """A client, and all that it said while it waited."""

    def __init__(self, github, **access):
        self.told = []
        self.client = Client(
            Access(**{"api_url": github.url, "wait": 100} | access),
            sleep=lambda seconds: github.clock.advance(seconds=seconds),
            clock=lambda: github.clock.now().timestamp(),
            tell=self.told.append,
        )


@pytest.fixture
def lines(github):
    made = []

    def make(**access):
        made.append(Line(github, **access))
        return made[-1]

    yield make
    for line in made:
        line.client.close()


@pytest.fixture
def app(github):
    """An App that is installed with two owners."""
    for name in (STATUS, "packit/dashboard", "fedora/status", "alone/status"):
        github.repository(name).issue("Copr is down")
    app = github.app("status-bot", issues="write")
    app.install(STATUS, "packit/dashboard")
    app.install("fedora/status")
    return app


def of(app):
    return {"app_id": str(app.id), "app_private_key": app.private_key}


def greet(client, repository=STATUS):
    return client.post(repository, "issues/1/comments", {"body": "Hello"})["user"]["login"]


def test_an_app_is_asked_by_one_installation_for_each_owner(github, lines, app):
    client = lines(**of(app)).client

    for repository in (STATUS, "packit/dashboard", "Packit/status", "fedora/status"):
        assert greet(client, repository) == "status-bot[bot]"
    assert github.counts["apps/get-repo-installation"] == 2
    assert github.counts[SIGN_IN] == 2
    assert client.requests == {"auth": 4, "post": 4}


def test_an_app_is_known_by_its_client_id_too(lines, app):
    assert greet(lines(app_id=app.client_id, app_private_key=app.private_key).client) == "status-bot[bot]"


def test_a_key_may_stand_on_one_line(lines, app):
    key = app.private_key.replace("\n", "\\n")

    assert greet(lines(app_id=str(app.id), app_private_key=key).client) == "status-bot[bot]"


def test_a_token_wins_over_an_app(github, lines, app):
    client = lines(token=github.token(STATUS, issues="write"), **of(app)).client

    assert greet(client) == "github-actions[bot]"
    assert SIGN_IN not in github.counts


def test_a_repository_without_the_app_is_told(lines, app):
    with pytest.raises(
        StoreError, match=rf"in alone/status: GitHub says 'Not Found' \(404\).* the GitHub App {app.id} "
    ):
        greet(lines(**of(app)).client, "alone/status")


def test_an_app_that_github_does_not_know_ends_everything(lines, app):
    with pytest.raises(Unavailable, match=r"it doesn't accept the GitHub App 7"):
        greet(lines(app_id="7", app_private_key=app.private_key).client)


def test_an_app_without_the_permission_hears_which(github, lines):
    github.repository(STATUS).issue("Copr is down")
    app = github.app("status-bot", checks="write")
    app.install(STATUS)

    with pytest.raises(StoreError, match=rf"the GitHub App {app.id} needs `issues: write`"):
        greet(lines(**of(app)).client)


@pytest.mark.parametrize("kind", ["apps/get-repo-installation", SIGN_IN])
@pytest.mark.parametrize("fault", [500, 502, 503, 504, "drop", "truncate", "secondary", 429, "rate_limited"])
def test_an_app_signs_in_again_when_that_fails(github, lines, app, kind, fault):
    github.fail(kind, with_=fault, retry_after=3)
    line = lines(**of(app))

    assert greet(line.client) == "status-bot[bot]"
    assert github.counts[kind] == 2
    assert github.counts["issues/create-comment"] == len(line.told) == 1
    assert line.client.requests == {"auth": 3, "post": 1}


def test_an_app_that_gets_no_token_gives_up(github, lines, app):
    github.fail(SIGN_IN, with_=502, times=None)

    with pytest.raises(Unavailable, match="can't sign in as the GitHub App in packit/status: asked 5 times"):
        greet(lines(**of(app)).client)


def test_half_an_answer_to_an_app_is_no_token(github, lines, app, monkeypatch):
    from github.Requester import RequestsResponse

    client = lines(**of(app)).client
    read = RequestsResponse.read
    monkeypatch.setattr(RequestsResponse, "read", lambda response: half(read(response)))

    assert greet(client) == "status-bot[bot]"
    assert github.counts[SIGN_IN] == 2


def half(text, seen=[]):  # noqa: B006  # remembers, on purpose, that it struck
    if '"expires_at"' in text and not seen:
        seen.append(text)
        return text[:20]
    return text


@pytest.mark.parametrize("key", ["none", "-----BEGIN RSA PRIVATE KEY-----\nYQ==\n-----END RSA PRIVATE KEY-----\n"])
def test_a_key_that_is_none_is_told(github, lines, key):
    with pytest.raises(UsageError, match="the private key of the GitHub App 12 is no private key in PEM form"):
        greet(lines(app_id="12", app_private_key=key).client)

    assert github.requests == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"api_url": "ftp://api.github.com"},
            "'ftp://api.github.com' is no address of GitHub's API; accepted: https://",
        ),
        ({"api_url": "api.github.com"}, "'api.github.com' is no address"),
        ({"api_url": "https:///x"}, "'https:///x' is no address"),
        ({"api_url": "https://jane:hidden@ghe.example"}, "'ghe.example' is no address"),
        ({"api_url": "https://[ghe"}, "is no address"),
        ({"api_url": "https://ghe.example:port"}, "is no address"),
        ({"app_id": "12"}, "a GitHub App needs both its id and its private key"),
        ({"app_private_key": "hidden"}, "a GitHub App needs both"),
        ({"token": "hid den"}, "the token holds characters that no token has"),
        ({"token": "'hidden'\nhidden"}, "the token holds"),
        ({"token": "hiddén"}, "the token holds"),
    ],
)
def test_what_can_not_be_used_is_told_before_anything_is_asked(said, expected):
    with pytest.raises(UsageError, match=expected) as caught:
        Client(Access(**said), sleep=None, clock=None, tell=None)

    assert "hid" not in f"{caught.value!r} {Access(**said)!r}".replace(said.get("api_url", "none"), "")


FAILURES = {
    "a refusal": lambda github: github.tokens.issued.clear(),
    "a missing permission": lambda _: None,
    "a broken line": lambda github: github.fail("*", with_="drop", times=None),
    "a bad gateway": lambda github: github.fail("*", with_=502, times=None),
    "a limit": lambda github: github.fail("*", with_="secondary", times=None),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_no_secret_is_ever_told(github, lines, app, failure):
    token = github.token(STATUS)
    FAILURES[failure](github)

    for access in ({"token": token}, of(app)):
        line = lines(**access)
        with pytest.raises(GhstatusError) as caught:
            line.client.patch(STATUS, "issues/2", {"state": "closed"})
        said = "\n".join([*map(repr, chain(caught.value)), str(caught.value), *line.told, repr(line.client.access)])
        secrets = [token, app.private_key[100:140], *github.tokens.issued]
        assert [secret for secret in secrets if secret in said] == []


def chain(error):
    """An exception with all those that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def max_retry(reason):
    return requests.ConnectionError(urllib3.exceptions.MaxRetryError(None, "/x", reason))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (requests.ReadTimeout("slow"), Lost("{} took too long", is_slow=True)),
        (requests.ConnectTimeout("slow"), Lost("{} can't be reached", is_sent=False)),
        (max_retry(urllib3.exceptions.NewConnectionError(None, "no")), Lost("{} can't be reached", is_sent=False)),
        (
            max_retry(urllib3.exceptions.NameResolutionError("h", None, OSError("no"))),
            Lost("{} can't be reached", is_sent=False),
        ),
        (max_retry(urllib3.exceptions.ProtocolError("reset")), Lost("the connection to {} broke")),
        (requests.ConnectionError(), Lost("the connection to {} broke")),
        (
            requests.exceptions.ProxyError("https://jane:hidden@proxy"),
            Lost("the proxy to {} doesn't work", is_sent=False),
        ),
        (
            requests.exceptions.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"),
            Lost("no secure connection to {}", is_sent=False),
        ),
        (requests.exceptions.SSLError("unexpected end"), Lost("no secure connection to {}")),
        (requests.exceptions.ChunkedEncodingError("hidden"), Lost("the connection to {} broke")),
    ],
)
def test_what_breaks_is_told_in_words_of_our_own(monkeypatch, error, expected):
    from github.Auth import Token

    from ghstatus.github.answers import Request
    from ghstatus.github.wire import Wire

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(requests.Session, "request", fail)
    wire = Wire("https://ghe.example/api/v3", Token("hidden"), 30)

    assert wire.send(Request("GET", "/repos/a/b")) == expected._replace(why=expected.why.format("ghe.example"))


@pytest.mark.parametrize("error", [AssertionError("github.com"), RuntimeError("redirected"), ValueError("half")])
def test_an_app_that_is_sent_elsewhere_gets_no_token(error):
    from ghstatus.github.wire import Wire

    class Sent:
        def authentication(self, _):
            raise error

    wire = Wire("https://ghe.example/api/v3", Sent(), 30)

    assert wire.sign_in() == Lost("ghe.example gave the App no token that makes sense")


def test_whoever_needs_no_token_is_signed_in():
    from ghstatus.github.wire import Wire

    assert Wire("https://ghe.example/api/v3", None, 30).sign_in() == Answer(204, {})


def test_a_slow_github_is_not_waited_for_without_end(github):
    from ghstatus.github.answers import Request
    from ghstatus.github.wire import Wire

    github.fail("*", with_="delay", seconds=0.2)
    wire = Wire(github.url, None, 0.05)

    assert wire.send(Request("GET", "/rate_limit")).is_slow
    wire.close()


def test_blanks_around_secrets_are_nobodys_fault(github, lines, app):
    token = github.token(STATUS, issues="write")

    assert greet(lines(token=f" {token}\n").client) == "github-actions[bot]"
    assert greet(lines(app_id=f"{app.id}\n", app_private_key=f"\n{app.private_key}\n").client) == "status-bot[bot]"


def test_asking_nothing_imports_nothing_of_pygithub():
    code = (
        "import sys; from ghstatus.github.client import Access, Client; import ghstatus.stores.github.writing\n"
        "Client(Access(token='x'), sleep=None, clock=None, tell=None)\n"
        "print(sorted({'github', 'requests', 'jwt'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
