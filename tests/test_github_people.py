"""Who may publish is asked of GitHub once, and nobody is believed whom it doesn't vouch for."""

import pytest

from ghstatus.errors import OutOfBudget, StoreError
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.stores.github.people import People, may_publish, permission
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


NOW = 10_000.0


def people(client, *, trusted=(), untrusted=(), since=NOW - 60, **said):
    no = dict.fromkeys(untrusted, since)
    return People(permission(client, "packit/status"), now=NOW, trusted=trusted, untrusted=no, **said)


class Doorman:
    """Says at once what anybody may do, and remembers whom it was asked about."""

    def __init__(self, *trusted):
        self.trusted, self.asked = trusted, []

    def __call__(self, login):
        self.asked.append(login)
        return {"role_name": "write" if login in self.trusted else "read"}

    def people(self, *, untrusted=None, **said):
        self.asked.clear()
        return People(self, now=NOW, untrusted=untrusted or {}, **said)


CROWD = [f"stranger{number}" for number in range(200)]


def test_whoever_may_triage_may_publish(client):
    asked = people(client)
    asked.ask(["reader", "triageer", "writeer", "maintainer", "adminer", "stranger", "nobody"])

    assert asked.trusted == {"triageer", "writeer", "maintainer", "adminer"}
    assert asked.untrusted == dict.fromkeys(["nobody", "reader", "stranger"], NOW)
    assert asked.unread == {}


def test_everybody_is_asked_about_once(github, client):
    asked = people(client, trusted=["jane"], untrusted=["joe"])
    asked.ask(["jane", "joe", "writeer", "nobody"])
    asked.ask(["jane", "joe", "writeer", "nobody"])

    assert github.counts[KIND] + github.counts["?"] == 2


def test_whoever_might_not_publish_is_asked_about_again_when_they_write(github, client):
    asked = people(client, trusted=["triageer"], untrusted=["writeer", "stranger", "joe"])
    wrote = ["triageer", "writeer", "stranger"]
    asked.ask([*wrote, "joe"], again=wrote)
    asked.ask(wrote, again=wrote)

    assert (asked.trusted, asked.untrusted.keys()) == ({"triageer", "writeer"}, {"stranger", "joe"})
    assert github.counts[KIND] == 2


def test_a_name_is_never_an_address(client):
    asked = people(client)
    asked.ask(["../../issues", ".."])

    assert asked.trusted == set()
    assert asked.untrusted.keys() | set(asked.unread) == {"../../issues", ".."}


def test_a_server_that_fails_proves_nothing(github, client):
    github.fail(KIND, with_=500, times=None)
    asked = people(client)
    asked.ask(["writeer", "adminer"])

    assert (asked.trusted, asked.untrusted, set(asked.unread)) == (set(), {}, {"writeer", "adminer"})
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


def test_a_crowd_is_asked_about_little_by_little_and_remembered():
    doorman, untrusted, costs = Doorman(), {}, []
    for _ in range(5):
        asked = doorman.people(untrusted=untrusted)
        asked.ask(["jane"], CROWD, again=CROWD)
        costs.append((len(doorman.asked), len(asked.unasked)))
        untrusted = asked.untrusted

    assert costs == [(51, 150), (50, 100), (50, 50), (50, 0), (0, 0)]
    assert asked.unread == {}


def test_a_run_that_asks_twice_asks_about_no_more_of_a_crowd():
    doorman = Doorman()
    asked = doorman.people()
    asked.ask([], CROWD[:40])
    asked.ask(["jane"], CROWD)

    assert len(doorman.asked) == 51
    assert asked.unasked == set(CROWD[50:])


def test_whoever_comes_first_in_a_crowd_is_asked_about_and_the_new_before_the_known():
    doorman = Doorman("zoe")
    asked = doorman.people(untrusted=dict.fromkeys(CROWD, 0.0))
    asked.ask([], [*CROWD[:60], "zoe"], again=CROWD)

    assert doorman.asked == ["zoe", *CROWD[:49]]
    assert (asked.trusted, asked.unasked) == ({"zoe"}, set())


@pytest.mark.parametrize(("since", "count"), [(NOW - 3599, 0), (NOW, 0), (NOW - 3600, 1), (NOW + 1, 1)])
def test_a_no_about_one_of_a_crowd_is_believed_for_an_hour(since, count):
    doorman = Doorman("joe")
    asked = doorman.people(untrusted={"joe": since})
    asked.ask([], ["joe"], again=["joe"])

    assert len(doorman.asked) == count
    assert ("joe" in asked.trusted, "joe" in asked.untrusted) == (count == 1, count == 0)


def test_whoever_might_publish_before_is_no_crowd():
    doorman = Doorman(*CROWD[:100])
    asked = doorman.people(formerly=dict.fromkeys(CROWD[:101], 0.0))
    asked.ask([], CROWD)

    assert asked.trusted == set(CROWD[:100])
    assert CROWD[100] in asked.untrusted
    assert asked.former == {CROWD[100]: 0.0}
    assert len(doorman.asked) == 101 + 50


def test_authors_are_asked_about_before_everybody_else_as_far_as_that_goes():
    doorman = Doorman()
    authors = [f"author{number:03}" for number in range(203)]
    asked = doorman.people(untrusted={authors[0]: 0.0, authors[1]: 0.0})
    asked.ask(authors, [*CROWD, *authors], again=authors[:1])

    assert doorman.asked == [*authors[2:202], *CROWD[:50]]
    assert asked.unread.keys() == {authors[202], authors[0]}, "nobody knows whether they may by now"
    assert "200 people" in asked.unread[authors[202]]
    assert authors[1] in asked.untrusted


def test_one_of_a_crowd_who_might_not_before_may_not_while_nobody_knows_better():
    client = Refusing(StoreError("no", status=403))
    asked = people(client, untrusted=["joe"], since=0.0)
    asked.ask([], ["joe", "new"], again=["joe"])

    assert (asked.untrusted, asked.unread) == ({"joe": 0.0}, {"new": "no"})


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
