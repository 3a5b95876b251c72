"""Runs come to rest: what one has written, the next finds, whatever happened in between."""

from datetime import timedelta

import pytest

from ghstatus.errors import StoreError, Unavailable
from ghstatus.flow.checks import Watching, look
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.grammar import notes
from ghstatus.heads.github import GitHubHeads
from ghstatus.heads.observed import Bounds
from ghstatus.known import Known, shipped
from ghstatus.model import Mode, Outage, Watch
from tests.github import furnish
from tests.github.direct import direct

NAMES = ["packit/ogr", "packit/packit", "packit/specfile"]
WRITES = ("post", "patch", "mutate", "put", "delete")


class Watcher:
    """An installation that looks at three repositories, in one of which nothing fails."""

    def __init__(self, github, right, **watch):
        self.github = github
        github.clock.step = timedelta(0)
        self.start = github.clock.now()
        github.clock.advance(hours=1)
        for place, name in enumerate(NAMES):
            for number in range(3):
                pull = github.repository(name).pull(f"Change {number}", by="ann", fork=True)
                furnish.checks(pull.head, 3, fails=place < 2 and number < 2)
        github.clock.advance(hours=1)
        app = github.app("ghstatus", checks="write", pull_requests="write", statuses="write", metadata="read")
        app.install(*NAMES)
        self.right = {"app_id": str(app.id), "app_private_key": app.private_key}
        if right == "token":
            token = github.token(NAMES[0], checks="write", pull_requests="write", statuses="write")
            self.right = {"token": token}
            github.tokens.issued[token].repositories += map(github.repository, NAMES[1:])
        self.watch = Watch(comments=True, **watch)
        self.end = None

    def run(self):
        """One run: the requests that wrote, and what was refused."""
        github, found, refused = self.github, shipped(), []
        outage = Outage(
            ref="42",
            title="Copr is down",
            components=frozenset({"copr"}),
            start=self.start,
            end=self.end,
            url="https://x/",
        )
        known = Known(found.rules, found.signatures, (outage,), now=github.clock.now())
        watching = Watching(known=known, watch=self.watch, evidence=lambda _: {})
        access = Access(api_url=github.url, wait=600, **self.right)
        with Client(access, sleep=print, clock=lambda: github.clock.now().timestamp(), tell=print) as client:
            heads = GitHubHeads(client, bounds=Bounds(watched=known.rule, wants=known.rule))
            for one in look(heads, watching, NAMES):
                assert one.trouble == ()
                for action in one.plan:
                    try:
                        heads.apply(action)
                    except (StoreError, Unavailable) as error:
                        refused.append(str(error))
            return sum(client.requests[kind] for kind in WRITES), refused

    @property
    def pulls(self):
        return [pull for name in NAMES for pull in self.github.repository(name).pulls]

    def said(self):
        """What stands on each pull request: conclusions of own checks, and digests of comments."""
        return [
            (
                [run.conclusion for run in pull.head.runs if run.name.startswith("ghstatus/")],
                len([one for one in pull.comments if notes.digest_of(one.body)]),
            )
            for pull in self.pulls
        ]


@pytest.fixture(params=["token", "app"])
def watcher(request):
    with direct() as github:
        yield lambda **watch: Watcher(github, request.param, **watch)


@pytest.mark.parametrize("mode", Mode)
def test_a_second_run_writes_nothing(watcher, mode):
    made = watcher(mode=mode)

    first, refused = made.run()
    before = made.said()
    assert (first, refused) == (8 if mode is Mode.ANNOTATE else 13, [])
    assert made.run() == (0, [])
    assert made.said() == before


def test_what_is_over_is_told_once(watcher):
    made = watcher()
    made.run()
    made.end = made.github.clock.now()
    first, second = made.run(), made.run()

    assert first[0] > 0
    assert second == (0, [])
    assert {count for _, count in made.said()} == {0, 1}


@pytest.mark.parametrize("kind", ["checks/create", "issues/create-comment", "checks/update", "graphql:*"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_lost_answers_leave_nothing_twice(watcher, kind, when):
    made = watcher(mode=Mode.GATE)
    for with_ in (502, "drop", "truncate"):
        made.github.fail(kind, with_=with_, when=when, skip=1)
    for _ in range(3):
        made.run()

    assert made.run() == (0, [])
    assert all(len(runs) <= 1 and count <= 1 for runs, count in made.said())


def test_a_run_that_breaks_off_is_finished_by_the_next(watcher):
    made = watcher()
    made.github.fail("checks/create", with_=500, times=5, skip=2)
    made.run()
    made.github.faults.rules.clear()
    made.run()

    assert made.run() == (0, [])
    assert [len(runs) for runs, _ in made.said()] == [1, 1, 0, 1, 1, 0, 0, 0, 0]


def test_what_a_person_reruns_is_told_anew(watcher):
    made = watcher()
    made.run()
    for pull in made.pulls:
        for run in pull.head.runs:
            if run.conclusion == "failure":
                pull.head.check(run.name, "success", details_url=run.details_url)
    written, refused = made.run()

    assert (written > 0, refused) == (True, [])
    assert made.run() == (0, [])
