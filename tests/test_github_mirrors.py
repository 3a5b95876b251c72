"""The issues that show the board are found again, and nobody else's is taken for one."""

import pytest

from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.model import EventKind, Mirror, Pin
from ghstatus.stores.github import mirrors
from ghstatus.stores.github.rows import Candidate
from tests.github.direct import direct

VIEWER = "ghstatus[bot]"
TEXT = "<!-- ghstatus:board -->\nCopr is down."


@pytest.fixture
def github():
    with direct() as made:
        app = made.app("ghstatus", issues="write")
        app.install("packit/packit", "packit/ogr")
        app.install("fedora/copr")
        made.repository("packit/hidden", private=True)
        yield made


@pytest.fixture
def client(github):
    app = github.app("ghstatus")
    access = Access(api_url=github.url, app_id=str(app.id), app_private_key=app.private_key, wait=1)
    with Client(access, sleep=lambda _: None, clock=lambda: 0.0, tell=lambda _: None) as made:
        yield made


def one(number=7, text=TEXT, author=VIEWER, *, is_open=True):
    return Candidate(number, "Status", text, author, is_open, ())


PINS = (Pin(7, VIEWER),)


@pytest.mark.parametrize(
    "candidates", [[], [one(author="jane")], [one(author="")], [one(text="Hi")], [one(text=f"Look: {TEXT}")]]
)
def test_what_ghstatus_did_not_write_shows_no_board(candidates):
    assert mirrors.choose("packit/packit", candidates, VIEWER, PINS) == Mirror(repository="packit/packit", pins=PINS)


def test_the_oldest_shows_the_board_be_it_closed():
    found = mirrors.choose("", [one(9), one(8, is_open=False), one(3, author="jane")], VIEWER, PINS)

    assert found == Mirror(repository="", number=8, title="Status", text=TEXT, is_open=False, pins=PINS)


def test_all_of_one_owner_are_looked_at_with_one_request(github, client):
    app = github.app("ghstatus")
    issue = github.repository("packit/packit").issue("Copr is down", TEXT, by=app, labels=["ghstatus"])
    issue.pin(by=app).rename("Koji is down", by=app)
    issue.close(by="jane")
    github.repository("packit/packit").issue("Other", TEXT, by="jane", labels=["ghstatus"])
    github.repository("packit/packit").issue("Unlabelled", TEXT, by=app)
    github.repository("packit/ogr").issue("Pinned").pin(by="jane")

    found = mirrors.observe(client, ["packit/packit", "fedora/copr", "Packit/ogr"], VIEWER)

    assert [one.problem for one in found] == [None, None, None]
    packit, ogr, copr = (one.mirror for one in found)
    assert (packit.repository, packit.number, packit.title, packit.text) == ("packit/packit", 1, "Koji is down", TEXT)
    assert (packit.is_open, packit.pins) == (False, (Pin(1, VIEWER),))
    assert [(event.kind, event.actor) for event in packit.events] == [
        (EventKind.PINNED, VIEWER),
        (EventKind.CLOSED, "jane"),
    ]
    assert (ogr.repository, ogr.number, ogr.pins) == ("Packit/ogr", None, (Pin(1, "jane"),))
    assert copr == Mirror(repository="fedora/copr")
    assert client.requests["query"] == 2


def test_one_that_is_not_there_spares_the_others(client):
    there, gone, hidden = mirrors.observe(client, ["packit/packit", "packit/gone", "packit/hidden"], VIEWER)

    assert (there.mirror, there.problem) == (Mirror(repository="packit/packit"), None)
    for unknown in (gone, hidden):
        assert unknown.mirror is None
        assert "pins.also: GitHub knows no such repository, or ghstatus may not see it" in str(unknown.problem)
        assert "the board isn't shown there for now" in str(unknown.problem)


def test_owners_that_do_not_know_ghstatus_spare_the_others(client):
    unknown, there = mirrors.observe(client, ["stranger/tool", "packit/packit"], VIEWER)

    assert (unknown.mirror, unknown.problem.where) == (None, "stranger/tool")
    assert there.mirror == Mirror(repository="packit/packit")


def test_a_github_that_fails_leaves_nothing_known(github, client):
    github.fail("graphql:*", with_=502, times=None)
    found = mirrors.observe(client, ["packit/packit", "packit/ogr"], VIEWER)

    assert [one.mirror for one in found] == [None, None]
    assert [one.problem.where for one in found] == ["packit/packit", "packit/ogr"]


def test_an_answer_of_another_shape_leaves_nothing_known():
    class Odd:
        def query(self, *_, **__):
            return {"mirror0": {"board": {"nodes": []}, "pinnedIssues": {"nodes": []}}, "mirror1": {"board": 7}}

    found = mirrors.observe(Odd(), ["packit/packit", "packit/ogr"], VIEWER)

    assert [one.mirror for one in found] == [None, None]


def test_nothing_is_asked_where_there_is_nothing_to_mirror():
    assert mirrors.observe(None, [], VIEWER) == ()
