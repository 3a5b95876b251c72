"""A repository's issues are observed with few requests, and the page is never green for what nobody could see."""

from datetime import timedelta

import pytest

from ghstatus import board, index
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.model import ComponentStatus, Labels, Phase, Pin, Severity
from ghstatus.stores.github.store import GitHubStore
from tests.builders import component, site
from tests.github.direct import direct
from tests.github.fields import RESOLVERS

STATUS = "packit/status"
SITE = site(component("copr"), component("koji"))
PERMISSION = "repos/get-collaborator-permission-level"
EVERYTHING = frozenset({"copr", "koji"})
VIEWER = "github-actions[bot]"


class Runs:
    """Runs of ghstatus on packit/status, each a process of its own; time is the loopback GitHub's."""

    def __init__(self, github, path):
        self.github, self.path, self.site, self.repository = github, path, SITE, STATUS
        self.status = github.repository(STATUS)
        self.status.grant("jane", "write")
        self.token = github.token(STATUS, issues="write")
        self.known = None
        github.clock.step = timedelta(0)

    def client(self, wait=60):
        return Client(
            Access(api_url=self.github.url, token=self.token, wait=wait),
            sleep=lambda seconds: self.github.clock.advance(seconds=seconds),
            clock=lambda: self.github.clock.now().timestamp(),
            tell=lambda _: None,
        )

    def store(self, client, **options):
        defaults = {"cache": self.path, "known": self.known, "repository": self.repository}
        return GitHubStore(client, self.site, **defaults | options)

    def observe(self, **options):
        self.github.requests.clear()
        with self.client() as client:
            return self.store(client, **options).observe(self.github.clock.now())

    def cold(self):
        return self.observe(cache=None, known=None)

    def board(self, **options):
        snapshot = self.observe(**options)
        return board.judge(snapshot, snapshot.taken)

    def build(self):
        """Observe, and remember what is over."""
        self.github.requests.clear()
        with self.client() as client:
            store = self.store(client)
            now = self.github.clock.now()
            judged = board.judge(store.observe(now), now)
            entries = store.entries(judged)
        self.known = index.Index(context="", site="", taken=now, entries=entries)
        return judged

    @property
    def requests(self):
        return len(self.github.requests)

    @property
    def queries(self):
        return sum(times for kind, times in self.github.counts.items() if kind.startswith("graphql:"))

    def issues(self, count, **said):
        """Issues of ten minutes each, every tenth of which goes on."""
        for number in range(count):
            issue = self.issue(f"Outage {number}", **said)
            self.github.clock.advance(minutes=10)
            if number % 10:
                issue.close(by="jane")
        self.github.clock.advance(hours=2)

    def issue(self, title="Copr is down", body="All of it.", by="jane", labels=("incident", "severity/major")):
        return self.status.issue(title, body, by=by, labels=[*labels, "component/copr"])


@pytest.fixture
def github():
    with direct() as made:
        yield made


@pytest.fixture
def runs(github, tmp_path):
    return Runs(github, tmp_path / "cache" / "issues")


def refs(snapshot):
    return [one.ref for one in snapshot.incidents]


# What an observation costs


@pytest.mark.parametrize(("count", "queries"), [(0, 1), (10, 1), (50, 1), (51, 2), (120, 3)])
def test_everything_is_read_fifty_issues_at_a_time(runs, count, queries):
    runs.issues(count)

    assert len(runs.observe().incidents) == count
    assert runs.queries == queries
    assert runs.github.counts[PERMISSION] == (1 if count else 0)


@pytest.mark.parametrize("count", [0, 10, 120])
def test_later_one_request_is_enough(runs, count):
    runs.issues(count)
    runs.build()
    first = runs.build()

    assert (runs.requests, runs.queries) == (1, 1)
    assert runs.build() == first
    assert runs.requests == 1


def test_one_change_is_one_request(runs):
    runs.issues(20)
    runs.build()
    runs.status.issues[2].comment("Identified: a disk.", by="jane")

    changed = next(one for one in runs.observe().incidents if one.ref == "2")
    assert [update.phase for update in changed.updates] == [Phase.IDENTIFIED, Phase.RESOLVED][::-1]
    assert runs.requests == 1


def test_what_changed_is_read_once(runs):
    runs.issues(60)
    runs.observe()
    for issue in runs.status.issues.values():
        if issue.state == "closed":
            issue.comment("Identified: a disk.", by="jane")
    runs.github.clock.advance(hours=1)
    runs.status.issues[2].comment("Identified: another.", by="jane")
    runs.observe()
    assert runs.queries == 2
    for _ in range(2):
        runs.observe()
        assert runs.queries == 1


def test_a_store_that_looks_again_asks_once_too(runs):
    runs.issues(3)
    with runs.client() as client:
        store = runs.store(client, cache=None)
        first = store.observe(runs.github.clock.now())
        runs.github.requests.clear()
        again = store.observe(first.taken)

    assert (again, runs.requests) == (first, 1)


def test_what_is_over_is_not_read_again(runs):
    runs.issues(20)
    first = runs.build()
    snapshot = runs.observe()

    assert len(snapshot.settled) == 18
    assert refs(snapshot) == ["1", "11"]
    assert set(snapshot.tracker.issues) == {"1", "11"}
    assert board.judge(snapshot, first.now).past == first.past


def test_a_file_is_written_only_where_something_is_new(runs):
    runs.issues(3)
    runs.build()
    runs.build()
    before = runs.path.stat().st_mtime_ns
    runs.build()
    assert runs.path.stat().st_mtime_ns == before

    runs.status.issues[1].rename("Copr is slow", by="jane")
    runs.build()
    assert runs.path.stat().st_mtime_ns != before


# What is there


def test_an_issue_is_observed_with_all_that_was_done(runs):
    issue = runs.issue()
    runs.github.clock.advance(minutes=20)
    issue.label("severity/critical", by="jane").comment("Identified: a disk.", by="jane")
    issue.pin(by=runs.github.app("github-actions"))
    runs.status.label("other", "C0FFEE", "Not ours")
    runs.github.clock.advance(minutes=1)
    snapshot = runs.observe()

    (incident,) = snapshot.incidents
    assert (incident.number, incident.title, incident.severity) == (1, "Copr is down", Severity.MAJOR)
    assert {update.severity for update in incident.updates} == {Severity.CRITICAL, None}
    tracker = snapshot.tracker
    assert (tracker.repository, tracker.url, tracker.viewer) == (STATUS, f"https://github.com/{STATUS}", VIEWER)
    assert tracker.pins == (Pin(1, VIEWER),)
    assert tracker.issues["1"].node_id == issue.node_id
    assert ("other", "c0ffee", "Not ours") in tracker.labels
    assert (snapshot.problems, snapshot.ignored, snapshot.partial, snapshot.unobserved) == ((), (), (), frozenset())
    assert snapshot.digests["1"]


def test_incidents_come_in_the_order_of_their_numbers(runs):
    runs.issues(11)

    assert refs(runs.observe()) == [str(number) for number in range(1, 12)]


def test_an_empty_repository_is_fine(runs):
    judged = runs.board()

    assert judged.status is ComponentStatus.OPERATIONAL
    assert runs.requests == 1


def test_pull_requests_are_no_issues(runs):
    runs.status.pull("Mend it", by="jane").label("incident", by="jane")

    assert runs.observe().incidents == ()


def test_an_issue_may_bear_two_of_the_labels(runs):
    runs.issue(labels=["incident", "maintenance"])
    runs.build()

    assert refs(runs.observe()) == ["1"]
    assert runs.requests == 1


def test_labels_are_the_same_in_capitals(runs):
    runs.issue(labels=["Incident"])
    runs.observe()

    assert (refs(runs.observe()), runs.requests) == (["1"], 1)


def test_more_labels_than_fit_a_page_are_turned(runs):
    for number in range(230):
        runs.status.label(f"label {number}")
    runs.issue()

    assert len(runs.observe().tracker.labels) == 233
    assert (refs(runs.observe()), runs.queries) == (["1"], 3)


def test_more_comments_and_events_than_fit_a_page_are_turned(runs):
    issue = runs.issue()
    for number in range(250):
        issue.comment(f"Word {number}", by="jane")
    for _ in range(60):
        issue.label("x", by="jane").unlabel("x", by="jane")
    snapshot = runs.observe()

    assert [comment.text for comment in snapshot.tracker.issues["1"].comments] == [f"Word {n}" for n in range(250)]
    assert len(snapshot.tracker.issues["1"].events) == 123
    assert runs.queries == 3
    assert (runs.observe().tracker, runs.requests) == (snapshot.tracker, 1)

    issue.comments[3].minimize()
    assert runs.observe().tracker.issues["1"].comments[3].is_minimized
    issue.comment("One more", by="jane")
    assert runs.observe().tracker.issues["1"].comments[-1].text == "One more"


def test_a_pin_behind_a_hundred_events_is_seen(runs):
    issue = runs.issue()
    for _ in range(60):
        issue.label("x", by="jane").unlabel("x", by="jane")
    runs.observe()
    issue.pin(by="jane").unpin(by="jane")

    assert runs.observe() == runs.cold()


def test_a_minimized_comment_counts_for_nothing(runs):
    issue = runs.issue()
    comment = issue.comment("Resolved: done.", by="jane")
    assert runs.observe().incidents[0].updates
    comment.minimize()

    assert runs.observe().incidents[0].updates == ()


# Sync


def test_whatever_changes_is_seen(runs):
    runs.issues(20)
    runs.build()
    runs.status.issues[2].delete()
    assert "2" not in refs(runs.observe(known=None))
    runs.status.issues[3].transfer(runs.github.repository("packit/other"), by="jane")
    assert "3" not in refs(runs.observe(known=None))
    runs.status.issues[4].unlabel("incident", by="jane")
    assert "4" not in refs(runs.observe(known=None))
    runs.status.issues[5].delete()
    new = runs.issue("New")
    assert {"5", str(new.number)} & set(refs(runs.observe(known=None))) == {str(new.number)}
    runs.status.issues[6].reopen(by="jane")
    runs.status.issues[1].close(by="jane")

    assert runs.observe(known=None) == runs.cold()


@pytest.mark.parametrize("vanish", ["delete", "transfer", "unlabel"])
def test_an_open_issue_may_vanish_by_somebodys_decision(runs, vanish):
    runs.issues(11)
    runs.build()
    if vanish == "delete":
        runs.status.issues[1].delete()
    elif vanish == "transfer":
        runs.status.issues[1].transfer(runs.github.repository("packit/other"), by="jane")
    else:
        runs.status.issues[1].unlabel("incident", by="jane")
    snapshot = runs.observe()

    assert refs(snapshot) == ["11"]
    assert (snapshot.problems, snapshot.unobserved) == ((), frozenset())
    assert runs.observe() == snapshot or runs.requests == 1


def test_a_label_that_gets_another_name_is_noticed(runs):
    runs.issue()
    assert runs.observe().incidents[0].severity is Severity.MAJOR
    runs.status.find_label("severity/major").name = "severity/critical"

    assert runs.observe().incidents[0].severity is Severity.CRITICAL


@pytest.mark.parametrize("late", [0, 30])
def test_a_change_that_shows_only_later_is_seen(runs, late):
    """GitHub writes a time before others can see the change; and a second is long."""
    issue, last = runs.issue(), runs.issue()
    issue.close(by="jane")
    last.close(by="jane")
    runs.observe()
    issue.comment("Identified: a disk.", by="jane")
    issue.updated_at -= timedelta(seconds=late)

    assert runs.observe().tracker.issues["1"].comments
    assert runs.requests == 1


@pytest.mark.parametrize("change", [{"name": "severity/critical"}, {"color": "c0ffee"}])
def test_a_label_that_changes_is_noticed_on_what_is_over(runs, change):
    runs.issues(3)
    runs.observe()
    vars(runs.status.find_label("severity/major")).update(change)

    assert runs.observe() == runs.cold()


def test_a_new_repository_is_told_from_the_old_one_by_more_than_its_name(runs):
    runs.site = site(component("copr"), dialect="alephdata")
    runs.status.issue("Old", by="jane").close(by="jane")
    runs.observe()
    del runs.github.world.repositories[STATUS]
    runs.github.clock.advance(hours=-3)
    runs.status = runs.github.repository(STATUS)
    runs.token = runs.github.token(STATUS, issues="write")
    runs.status.grant("jane", "write")
    runs.status.issue("New", by="jane").close(by="jane")
    runs.github.clock.advance(hours=4)

    assert [one.title for one in runs.observe().incidents] == ["New"]


def test_everything_is_read_again_once_a_day(runs):
    runs.issues(60)
    runs.build()
    runs.github.clock.advance(hours=23)
    runs.observe()
    assert (runs.queries, runs.github.counts[PERMISSION]) == (1, 0)
    runs.github.clock.advance(hours=2)
    runs.observe()
    assert (runs.queries, runs.github.counts[PERMISSION]) == (2, 1)
    runs.observe()
    assert runs.requests == 1


def test_everything_is_read_again_where_the_clock_went_back(runs):
    runs.issues(60)
    runs.build()
    runs.github.clock.advance(hours=-5)
    runs.observe()

    assert runs.queries == 2


def test_a_fresh_look_knows_nothing(runs):
    runs.issues(60)
    runs.observe()
    runs.observe(fresh=True)
    assert runs.queries == 2
    runs.observe()
    assert runs.queries == 1


def test_a_new_repository_of_the_same_name_is_another(runs):
    runs.issues(3)
    runs.observe()
    del runs.github.world.repositories[STATUS]
    runs.status = runs.github.repository(STATUS)
    runs.token = runs.github.token(STATUS, issues="write")
    runs.status.grant("joe", "write")
    runs.status.issue("Not about an outage", by="joe")
    runs.issue("Another", by="joe")
    snapshot = runs.observe()

    assert [one.title for one in snapshot.incidents] == ["Another"]
    assert (snapshot.unobserved, snapshot.problems) == (frozenset(), ())


@pytest.mark.parametrize("about", [{"dialect": "conda-forge"}, {"repository": "packit/other"}, {"labels": None}])
def test_what_was_read_otherwise_is_not_used(runs, about):
    runs.issues(3)
    runs.observe()
    if "repository" in about:
        runs.repository = "packit/other"
        runs.status = runs.github.repository("packit/other")
    elif "dialect" in about:
        runs.site = site(component("copr"), component("koji"), dialect="conda-forge")
    else:
        runs.site = site(component("copr"), labels=Labels(incident="outage"))
    whole = runs.cold()

    assert runs.observe() == whole
    assert runs.queries == 1, "nothing is compared that can't be the same"


def test_what_changes_while_pages_are_turned_is_seen(runs, monkeypatch):
    runs.issues(120)
    fair, steps = (
        runs.github.fair,
        iter([None, lambda: runs.status.issues[1].close(by="jane"), lambda: runs.issue("New")]),
    )

    def meanwhile(request):
        if request.kind.startswith("graphql:") and (step := next(steps, None)):
            step()
        return fair(request)

    monkeypatch.setattr(runs.github, "fair", meanwhile)
    snapshot = runs.observe()

    assert snapshot.incidents == runs.cold().incidents
    assert (snapshot.problems, snapshot.partial) == ((), ())
    monkeypatch.undo()
    assert (runs.observe().incidents, runs.requests) == (snapshot.incidents, 1)


# Never falsely green


def test_a_gate_label_that_is_deleted_hides_nothing(runs):
    first, second = runs.issue(), runs.issue()
    second.close(by="jane")
    runs.observe()
    runs.status.remove_label(runs.status.find_label("incident"))
    judged = runs.board()

    assert judged.status is ComponentStatus.UNKNOWN
    assert judged.unobserved == EVERYTHING
    (problem,) = judged.problems
    assert str(problem).startswith("#1: the label that made it an incident is gone, though nobody took it off")

    runs.status.label("incident")
    assert [runs.board().status, runs.board().status] == [ComponentStatus.UNKNOWN] * 2
    assert runs.queries == 2, "one for all, one for what is lost"
    first.label("incident", by="jane")
    assert runs.board().status is ComponentStatus.PARTIAL_OUTAGE
    assert runs.board().problems == ()


@pytest.mark.parametrize("mend", ["close", "take off", "delete"])
def test_what_is_lost_is_settled_by_a_person(runs, mend):
    issue = runs.issue()
    runs.observe()
    runs.status.find_label("incident").name = "outage"
    assert runs.observe().unobserved == EVERYTHING
    runs.status.label("incident")
    if mend == "close":
        issue.close(by="jane")
    elif mend == "delete":
        issue.delete()
    else:
        issue.label("incident", by="jane")
        issue.unlabel("incident", by="jane")

    assert (runs.observe().unobserved, runs.observe().problems) == (frozenset(), ())
    assert runs.requests == 1


def test_open_issues_that_are_hidden_are_counted(runs):
    runs.issues(2)
    hidden = runs.status.issues[1]
    hide(runs, hidden)
    snapshot = runs.observe()

    assert snapshot.unobserved == EVERYTHING
    assert snapshot.partial == ("1 of the open issues labelled 'incident'",)
    assert "doesn't show them" in str(snapshot.problems[0])
    assert runs.observe() == snapshot
    assert runs.requests == 1, "a resync wouldn't help"


def test_closed_issues_that_are_hidden_are_no_outage(runs):
    runs.issues(3)
    hide(runs, runs.status.issues[2])
    snapshot = runs.observe()

    assert (refs(snapshot), snapshot.partial, snapshot.problems) == (["1", "3"], (), ())
    assert (runs.observe(), runs.requests) == (snapshot, 1)


def hide(runs, hidden):
    """GitHub counts what it doesn't show to everybody: issues of accounts that it takes for spam."""
    fair = RESOLVERS["Repository.issues"]

    def shown(source, info, **args):
        found = fair(source, info, **args)
        return found | {"nodes": [None if one is hidden else one for one in found["nodes"]]}

    RESOLVERS["Repository.issues"] = shown
    runs.github.open.callback(RESOLVERS.__setitem__, "Repository.issues", fair)
