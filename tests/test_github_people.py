"""Who may publish is asked of GitHub once, and nobody is believed whom it doesn't vouch for."""

import pytest

from ghstatus.errors import OutOfBudget, StoreError
from ghstatus.stores.github.access import Access
from ghstatus.stores.github.client import Client
from ghstatus.stores.github.people import People, may_publish
from tests.github.direct import direct

KIND = "repos/get-collaborator-permission-level"


@pytest.fixture
def github():
    with direct() as made:
        status = made.repository("packit/status")
        for role in ("read", "triage", "write", "maintain", "admin"):
            status.grant(f"{role}er", role, hidden=True)
        made.world.user("stranger")
        yield made


@pytest.fixture
def client(github):
    access = Access(api_url=github.url, token=github.token("packit/status"), wait=100)
    with Client(access, sleep=lambda _: None, clock=lambda: 0.0, tell=lambda _: None) as made:
        yield made


def people(client, *, trusted=(), untrusted=()):
    return People(client, "packit/status", trusted=trusted, untrusted=untrusted)


def test_whoever_may_triage_may_publish(client):
    asked = people(client)
    asked.ask(["reader", "triageer", "writeer", "maintainer", "adminer", "stranger", "nobody"])

    assert asked.trusted == {"triageer", "writeer", "maintainer", "adminer"}
    assert asked.untrusted == {"reader", "stranger", "nobody"}
    assert asked.unread == {}


def test_everybody_is_asked_about_once(github, client):
    asked = people(client, trusted=["jane"], untrusted=["joe"])
    asked.ask(["jane", "joe", "writeer", "nobody"])
    asked.ask(["jane", "joe", "writeer", "nobody"])

    assert github.counts[KIND] + github.counts["?"] == 2


def test_whoever_might_not_publish_is_asked_about_again_when_they_write(github, client):
    asked = people(client, trusted=["triageer"], untrusted=["writeer", "stranger", "joe"])
    asked.ask(["triageer", "joe"], again=["triageer", "writeer", "stranger"])
    asked.ask([], again=["triageer", "writeer", "stranger"])

    assert (asked.trusted, asked.untrusted) == ({"triageer", "writeer"}, {"stranger", "joe"})
    assert github.counts[KIND] == 2


def test_a_name_is_never_an_address(client):
    asked = people(client)
    asked.ask(["../../issues", ".."])

    assert asked.trusted == set()
    assert asked.untrusted | set(asked.unread) == {"../../issues", ".."}


def test_a_server_that_fails_proves_nothing(github, client):
    github.fail(KIND, with_=500, times=None)
    asked = people(client)
    asked.ask(["writeer", "adminer"])

    assert (asked.trusted, asked.untrusted, set(asked.unread)) == (set(), set(), {"writeer", "adminer"})
    assert github.counts[KIND] <= 5, "the second isn't asked about any more"


class Refusing:
    def __init__(self, error):
        self.error, self.asked = error, []

    def get(self, repository, path, *, task):
        self.asked.append((repository, path, task))
        raise self.error


@pytest.mark.parametrize(
    ("error", "times"),
    [(StoreError("no", status=422), 2), (StoreError("no", status=403), 1), (OutOfBudget("no"), 1)],
)
def test_whatever_fails_for_everybody_is_asked_once(error, times):
    client = Refusing(error)
    asked = people(client)
    asked.ask(["jane", "joe"])

    assert asked.unread == {"jane": "no", "joe": "no"}
    assert len(client.asked) == times
    assert client.asked[0] == ("packit/status", "/collaborators/jane/permission", "read what jane may do")


def test_a_name_is_one_part_of_a_path():
    client = Refusing(StoreError("no", status=404))
    people(client).ask(["a/b?c"])

    assert client.asked[0][1] == "/collaborators/a%2Fb%3Fc/permission"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"role_name": "triage", "permission": "read"}, True),
        ({"role_name": "maintain", "permission": "write"}, True),
        ({"role_name": "read", "permission": "read"}, False),
        ({"role_name": "none", "permission": "none", "user": None}, False),
        ({"role_name": "issue-gardener", "permission": "read", "user": {"permissions": {"triage": True}}}, True),
        ({"role_name": "issue-gardener", "permission": "read", "user": {"permissions": {"pull": True}}}, False),
        ({"role_name": "issue-gardener", "permission": "write"}, True),
        ({"permission": "admin"}, True),
        ({"role_name": ["admin"]}, False),
        ({"role_name": "read", "user": {"permissions": {"push": "no"}}}, False),
        ({"user": {"permissions": ["push"]}}, False),
        ({}, False),
        (None, False),
        ([], False),
        ("admin", False),
    ],
)
def test_only_what_github_says_plainly_counts(answer, expected):
    assert may_publish(answer) is expected
