"""The open issues about known failures are read with few requests, and a stranger's isn't used."""

from datetime import timedelta

import pytest

from ghstatus.actions import RemoveNote, Topic, WriteNote
from ghstatus.errors import StoreError
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.grammar import notes
from ghstatus.model import Labels, Phrase
from ghstatus.stores.github.known import KnownFailures
from tests.builders import component, site
from tests.github.direct import direct

STATUS = "packit/status"
VIEWER = "github-actions[bot]"
BLOCK = "<!-- ghstatus\ncomponent: copr\ntext: No space left on device\n-->"
LABEL = "known-failure"


class World:
    """Packit/status, in which jane may write, and a workflow's token."""

    def __init__(self, github):
        self.github, self.site = github, site(component("copr", name="Copr"))
        self.status = github.repository(STATUS)
        self.status.grant("jane", "write")
        self.status.label(LABEL)
        self.token = github.token(STATUS, issues="write")
        github.clock.step = timedelta(0)

    def issue(self, by="jane", text=BLOCK, labels=(LABEL,)):
        return self.status.issue("No space", text, by=by, labels=labels)

    def client(self):
        return Client(
            Access(api_url=self.github.url, token=self.token, wait=1),
            sleep=lambda seconds: self.github.clock.advance(seconds=seconds),
            clock=lambda: self.github.clock.now().timestamp(),
            tell=lambda _: None,
        )

    def observe(self):
        self.github.requests.clear()
        with self.client() as client:
            return KnownFailures(client, self.site, repository=STATUS).observe(self.github.clock.now())

    def apply(self, *actions):
        with self.client() as client:
            store = KnownFailures(client, self.site, repository=STATUS)
            store.observe(self.github.clock.now())
            for action in actions:
                store.apply(action)


@pytest.fixture
def world():
    with direct() as github:
        yield World(github)


def test_an_issue_is_a_signature(world):
    made = world.issue()
    found = world.observe()
    (reading,) = found.readings

    assert (found.repository, found.viewer) == (STATUS, VIEWER)
    assert (reading.issue.number, reading.problems, reading.is_sure) == (made.number, (), True)
    assert (reading.signature.id, reading.signature.origin) == ("issue-1", "1")
    assert (reading.signature.service, reading.signature.phrase) == ("copr", Phrase("No space left on device"))
    assert len(world.github.requests) == 2


def test_only_open_issues_with_the_label_are_read(world):
    world.issue().close(by="jane")
    world.issue(labels=("bug",))
    kept = world.issue()

    assert [one.issue.number for one in world.observe().readings] == [kept.number]


def test_many_fill_pages_and_each_author_is_asked_about_once(world):
    made = [world.issue().number for _ in range(120)]

    assert [one.issue.number for one in world.observe().readings] == made
    assert len(world.github.requests) == 4


def test_where_no_issue_has_the_label_one_request_is_enough(world):
    world.site = site(labels=Labels(known_failure="flake"))

    assert world.observe().readings == ()
    assert len(world.github.requests) == 1


def test_a_stranger_s_issue_is_not_used_before_somebody_labels_it(world):
    mine = world.issue(by="mallory")
    other = world.issue(by="mallory", labels=())
    world.github.clock.advance(minutes=5)
    other.label(LABEL, by="jane")

    first, second = world.observe().readings
    assert (first.issue.number, first.signature, first.is_sure) == (mine.number, None, True)
    assert "opened by @mallory, who may not publish" in first.problems[0].seen
    assert second.signature is not None


def test_who_only_comments_is_not_asked_about(world):
    issue = world.issue()
    issue.comment("Me, too.", by="mallory")
    issue.comment("And me.", by="eve")
    (reading,) = world.observe().readings

    assert len(reading.issue.comments) == 2
    assert len(world.github.requests) == 2


def test_whether_it_may_be_used_is_not_guessed_at(world):
    world.issue()
    world.github.fail("repos/get-collaborator-permission-level", with_=500, times=None)
    (reading,) = world.observe().readings
    (problem,) = reading.problems

    assert (reading.signature, reading.is_sure) == (None, False)
    assert problem.seen.startswith("whether @jane may publish could not be read")
    assert problem.outcome == "not used in this run"


def test_ghstatus_writes_its_comment_once_and_anew(world):
    issue = world.issue()
    world.apply(WriteNote(ref="1", topic=Topic.SIGNATURE, text="Taken."))
    world.apply(WriteNote(ref="1", topic=Topic.SIGNATURE, text="Taken."))
    (written,) = issue.comments
    (reading,) = world.observe().readings
    note = notes.find(reading.issue, VIEWER)[Topic.SIGNATURE]
    assert note.text == notes.write(Topic.SIGNATURE, "Taken.") == written.body

    world.apply(WriteNote(ref="1", topic=Topic.SIGNATURE, text="Refused.", comment=note.id))
    assert [one.body for one in issue.comments] == [notes.write(Topic.SIGNATURE, "Refused.")]

    world.apply(RemoveNote(ref="1", topic=Topic.SIGNATURE, comment=note.id))
    assert issue.comments == []


def test_what_cannot_be_read_is_said(world):
    world.github.repository("packit/gone")
    with world.client() as client, pytest.raises(StoreError):
        KnownFailures(client, world.site, repository="packit/nowhere").observe(world.github.clock.now())
