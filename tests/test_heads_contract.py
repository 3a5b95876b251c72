"""What every home of heads promises: what was written is read again, and written once."""

import json
from dataclasses import replace

import pytest

from ghstatus.actions import NeutraliseRun, PostReport, WriteComment
from ghstatus.errors import StoreError
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.grammar import notes
from ghstatus.heads.github import GitHubHeads
from ghstatus.heads.memory import MemoryHeads
from ghstatus.heads.observed import Bounds
from ghstatus.model import CheckState, Mode, Report, Verdict, VerdictKind
from ghstatus.report import PLAIN, title
from tests.github.direct import direct

NAME = "ghstatus/known-failures"
REPOSITORIES = ("packit/ogr", "packit/packit", "packit/specfile")


class World:
    """Three repositories: a failed check, a check of the App's own, and all well."""

    def __init__(self, github, right):
        self.github = github
        ogr, packit, specfile = map(github.repository, REPOSITORIES)
        self.failed = ogr.pull("Mend", by="ann", fork=True)
        self.failed.head.check("rpm-build:f41", "failure", title="Copr broke", summary="Copr broke")
        self.failed.head.check("lint", "success", app="lint")
        self.app = github.app("ghstatus", checks="write", pull_requests="write", metadata="read")
        self.app.install(*REPOSITORIES)
        self.own = packit.pull("Build", by="bob")
        self.own.head.check("lint", "failure", app="lint")
        self.own.head.check("tests", "failure", app=self.app, title="Tests failed", summary="2 of 3")
        specfile.pull("Well", by="eve").head.check("rpm-build:f41", "success")
        token = github.token("packit/ogr", checks="write", pull_requests="write")
        app = {"app_id": str(self.app.id), "app_private_key": self.app.private_key}
        self.access = Access(api_url=github.url, **({"token": token} if right == "token" else app))

    @property
    def now(self):
        return self.github.clock.now()

    def time(self):
        return self.now.timestamp()

    def on_github(self, most=None):
        client = Client(self.access, sleep=lambda _: None, clock=self.time, tell=print)
        self.github.open.callback(client.close)
        return GitHubHeads(client, bounds=Bounds(requests=most))

    def in_memory(self, most=None):
        heads = self.on_github().observe(REPOSITORIES, self.now).heads
        return MemoryHeads(heads, app="ghstatus" if self.access.is_app else "", most=most)


@pytest.fixture(params=["memory", "github"])
def kind(request):
    return request.param


@pytest.fixture(params=["token", "app"])
def right(request):
    return request.param


@pytest.fixture
def world(right):
    with direct() as github:
        yield World(github, right)


@pytest.fixture
def made(world, kind):
    """Makes the heads, anew on GitHub, which a later run asks again."""
    return world.on_github if kind == "github" else world.in_memory


@pytest.fixture
def heads(made):
    return made()


def ogr(heads, world):
    (head,) = heads.observe(["packit/ogr"], world.now).heads
    return head


def explained(head, mode="annotate"):
    failed = next(check for check in head.checks if check.state is CheckState.FAILED)
    verdict = Verdict(check=failed, kind=VerdictKind.EXPLAINED, component="copr", rule="packit-copr")
    return Report(head=head, mode=Mode(mode), verdicts=(verdict,), watched=1)


def post(head, external_id="a1", conclusion="neutral", **said):
    return PostReport(report=explained(head), name=NAME, conclusion=conclusion, external_id=external_id, **said)


def test_a_head_has_its_checks(heads, world):
    head = ogr(heads, world)

    assert (head.repository, head.sha, [pull.number for pull in head.pulls]) == (
        "packit/ogr", world.failed.head.oid, [1],
    )  # fmt: skip
    assert [(check.name, check.state, check.summary) for check in head.checks] == [
        ("rpm-build:f41", CheckState.FAILED, "Copr broke"),
        ("lint", CheckState.PASSED, ""),
    ]
    assert (head.posted, head.is_partial) == ((), False)


def test_what_was_posted_is_observed(heads, world):
    head = ogr(heads, world)
    heads.apply(post(head))

    (run,) = ogr(heads, world).posted
    assert (run.name, run.external_id, run.conclusion, run.title) == (
        NAME,
        "a1",
        "neutral",
        title(explained(head), PLAIN),
    )
    assert [check.name for check in ogr(heads, world).checks] == ["rpm-build:f41", "lint"]


def test_the_newest_counts(heads, world):
    head = ogr(heads, world)
    heads.apply(post(head))
    (before,) = ogr(heads, world).posted
    world.github.clock.advance(minutes=1)
    heads.apply(post(head, "b2", "success", run=before.id if heads.can_update else None))

    (after,) = ogr(heads, world).posted
    assert (after.external_id, after.conclusion) == ("b2", "success")
    assert (after.id == before.id) == heads.can_update


def test_only_an_app_waits_in_public(heads, world):
    heads.apply(post(ogr(heads, world), conclusion=""))

    assert [run.conclusion for run in ogr(heads, world).posted] == ([""] if heads.can_update else [])


def test_what_waited_is_concluded(heads, world):
    head = ogr(heads, world)
    heads.apply(post(head, conclusion=""))
    heads.apply(post(head, "b2", run=next((run.id for run in ogr(heads, world).posted), None)))

    assert [(run.external_id, run.conclusion) for run in ogr(heads, world).posted] == [("b2", "neutral")]


def test_what_is_over_begins_as_another_run(heads, world):
    head = ogr(heads, world)
    heads.apply(post(head))
    (before,) = ogr(heads, world).posted
    heads.apply(post(head, "b2", "", run=before.id))

    (after,) = ogr(heads, world).posted
    assert (after.id != before.id, after.conclusion) == (heads.can_update, "" if heads.can_update else "neutral")


def test_who_may_write_anew_is_known(heads, world, right):
    ogr(heads, world)

    assert (heads.can_update, heads.app) == ((True, "ghstatus") if right == "app" else (False, ""))


def test_a_comment_is_about_one_pull_request(made, world):
    world.github.repository("packit/ogr").pull("Backport", by="ann").head = world.failed.head
    heads = made()
    heads.apply(WriteComment(report=explained(ogr(heads, world)), number=2, digest="aa"))

    assert {pull.number: bool(pull.comment) for pull in ogr(heads, world).pulls} == {1: False, 2: True}


def test_a_comment_is_observed_and_written_anew(heads, world):
    head = ogr(heads, world)
    for digest in ("aa", "bb"):
        (pull,) = ogr(heads, world).pulls
        heads.apply(WriteComment(report=explained(head), number=1, digest=digest, comment=pull.comment))

    (pull,) = ogr(heads, world).pulls
    assert notes.digest_of(pull.comment_text) == "bb"
    assert len(world.failed.comments) <= 1


@pytest.mark.parametrize("right", ["app"], indirect=True)
def test_a_run_of_the_apps_own_is_made_neutral(heads, world):
    (head,) = heads.observe(["packit/packit"], world.now).heads
    other, check = head.checks
    heads.apply(NeutraliseRun(repository="packit/packit", run=check.id, verdict=explained(head).verdicts[0]))

    same, after = heads.observe(["packit/packit"], world.now).heads[0].checks
    assert (after.id, after.state, after.conclusion) == (check.id, CheckState.SKIPPED, "neutral")
    assert same == other


def test_one_head_is_like_one_of_many(heads, world):
    head = ogr(heads, world)

    assert heads.pull("packit/ogr", 1, world.now) == head
    assert heads.commit("packit/ogr", head.sha, world.now) == head


def test_what_is_not_there_is_said(heads, world):
    for attempt in (
        lambda: heads.pull("packit/ogr", 99, world.now),
        lambda: heads.commit("packit/ogr", "0" * 40, world.now),
        lambda: heads.commit("packit/nowhere", "0" * 40, world.now),
    ):
        with pytest.raises(StoreError) as error:
            attempt()
        assert error.value.status == 404


def test_nothing_is_written_where_nothing_is(heads, world):
    head = replace(ogr(heads, world), sha="0" * 40)

    with pytest.raises(StoreError, match=r"commit|SHA"):
        heads.apply(post(head))


def test_a_repository_that_is_not_there_stops_no_other(heads, world):
    seen = heads.observe(["packit/nowhere", "packit/ogr"], world.now)

    assert [head.repository for head in seen.heads] == ["packit/ogr"]
    assert [problem.where for problem in seen.trouble] == ["packit/nowhere"]
    assert (seen.repositories, seen.cursor) == (("packit/nowhere", "packit/ogr"), None)


def test_an_owner_stands_for_all_it_has(heads, world):
    seen = heads.observe(["packit/*", "packit/OGR"], world.now)

    assert sorted(head.repository for head in seen.heads) == sorted(REPOSITORIES)


def test_names_can_be_asked_for_alone(heads):
    assert heads.named(["packit/*", "other/one"]) == ((*REPOSITORIES, "other/one"), ())


def test_a_look_goes_on_where_the_last_one_ended(made, world):
    names = [f"packit/well-{number}" for number in range(4)]
    for name in names:
        world.github.repository(name).pull("Well", by="eve")
        world.app.installations[next(iter(world.app.installations))].repositories.append(world.github.repository(name))
    found, cursor = [], None
    for _ in names:
        seen = made(1).observe(names, world.now, cursor)
        found += seen.repositories
        cursor = json.loads(json.dumps(seen.cursor))

    assert (found, cursor) == (names, {"left": names[:3]})
    assert made().observe(names, world.now, cursor).cursor is None


def test_what_is_far_from_its_turn_waits(made, world):
    """A repository that the last look didn't come to is read before those that it read."""
    seen = made(1).observe(REPOSITORIES[::-1], world.now, {"left": ["packit/SPECFILE", "packit/gone"]})

    assert seen.repositories == ("packit/specfile",)
    assert seen.cursor == {"left": ["packit/packit", "packit/ogr"]}


def test_what_comes_in_parts_is_the_same(heads, world):
    seen = list(heads.batches(REPOSITORIES, world.now))
    whole = heads.observe(REPOSITORIES, world.now)

    assert tuple(head for one in seen for head in one.heads) == whole.heads
    assert seen[-1].cursor is None
