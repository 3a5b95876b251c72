"""What fails, or is of another shape, leaves unknown what it hides; nothing of it makes a page green."""

import json

import pytest

from ghstatus import index
from ghstatus.actions import CreateLabel, PinIncident
from ghstatus.errors import Overloaded, StoreError, Unavailable, UsageError
from ghstatus.grammar import notes
from ghstatus.model import ComponentStatus, Label, Pins
from tests.builders import component, site
from tests.test_github_store import EVERYTHING, PERMISSION, github, refs, runs

__all__ = ["github", "runs"]

# Permissions


def test_a_permission_that_cannot_be_read_leaves_what_it_hides_unknown(runs):
    runs.issue()
    runs.github.fail(PERMISSION, with_=500, times=None)
    judged = runs.board()

    assert judged.status is ComponentStatus.UNKNOWN
    assert judged.unobserved == {"copr"}
    assert "whether @jane may publish could not be read" in str(judged.problems[0])
    assert runs.observe().partial[0].startswith("whether @jane may publish (")

    runs.github.faults.rules.clear()
    assert runs.board().status is ComponentStatus.PARTIAL_OUTAGE
    assert runs.observe().partial == ()


def test_an_incident_that_names_nothing_may_hit_everything(runs):
    runs.status.issue("Down", by="jane", labels=["incident"])
    runs.github.fail(PERMISSION, with_=500, times=None)

    assert runs.observe().unobserved == EVERYTHING


def test_what_was_closed_by_nobody_knows_whom_is_neither_down_nor_up(runs):
    issue = runs.issue(by="jane")
    issue.unlabel("incident", by="joe").label("incident", by="joe")
    runs.github.clock.advance(minutes=5)
    issue.close(by="jane")
    runs.github.fail(PERMISSION, with_=500, times=None)

    assert runs.board().status is ComponentStatus.UNKNOWN
    runs.github.faults.rules.clear()
    assert runs.board().status is ComponentStatus.OPERATIONAL


def test_where_there_are_no_components_the_page_itself_is_unknown(runs):
    runs.site = site(components=())
    runs.status.issue("Down", by="jane", labels=["incident"])
    runs.github.fail(PERMISSION, with_=500, times=None)

    assert runs.board().status is ComponentStatus.UNKNOWN


def test_what_the_doubtful_say_beside_others_counts_for_nothing_yet(runs):
    runs.status.grant("joe", "write")
    issue = runs.issue()
    runs.observe()
    issue.comment("Resolved: fine", by="joe")
    runs.github.fail(lambda request: "joe" in request.path, with_=500, times=None)
    judged = runs.board()

    assert judged.status is ComponentStatus.PARTIAL_OUTAGE
    assert judged.unobserved == {"copr"}


def test_a_doubtful_person_who_changes_nothing_hides_nothing(runs):
    runs.status.grant("joe", "write")
    issue = runs.issue()
    issue.comment("/packit build", by="joe")
    runs.github.fail(lambda request: "joe" in request.path, with_=500, times=None)
    snapshot = runs.observe()

    assert snapshot.partial
    assert (refs(snapshot), snapshot.digests["1"], snapshot.unobserved) == (["1"], "", frozenset())


def test_what_may_say_more_of_an_incident_that_names_nothing_may_hit_everything(runs):
    issue = runs.status.issue("Down", by="jane", labels=["incident"])
    issue.comment("Components: copr", by="joe")
    runs.github.fail(lambda request: "joe" in request.path, with_=500, times=None)

    assert runs.observe().unobserved == EVERYTHING


def test_what_is_over_is_read_where_it_is_doubtful_who_wrote(runs):
    issue = over(runs)
    issue.comment("Severity: critical", by="joe")
    runs.github.clock.advance(hours=2)
    runs.build()
    assert runs.observe(fresh=True).settled
    runs.github.fail(lambda request: "joe" in request.path, with_=500, times=None)
    snapshot = runs.observe(fresh=True)

    assert (snapshot.settled, refs(snapshot), snapshot.unobserved) == ((), ["1"], {"copr"})


def test_a_stranger_is_asked_about_again_when_they_write(runs):
    issue = runs.issue(by="joe")
    assert refs(runs.observe()) == []
    assert runs.github.counts[PERMISSION] == 1
    runs.observe()
    assert runs.github.counts[PERMISSION] == 0
    runs.status.grant("joe", "triage")
    assert refs(runs.observe()) == [], "nothing says that they may publish now"
    issue.comment("Hello?", by="joe")
    assert refs(runs.observe()) == ["1"]


def test_a_stranger_whose_issue_is_open_is_asked_about_again_every_day(runs):
    runs.issue(by="joe")
    runs.issue(by="bob").close(by="bob")
    assert refs(runs.observe()) == []
    runs.status.grant("joe", "triage")
    runs.github.clock.advance(hours=25)

    assert refs(runs.observe()) == ["1"]
    assert runs.github.counts[PERMISSION] == 1


def test_a_crowd_of_strangers_costs_little_and_hides_nothing(runs):
    issue = runs.issue()
    for number in range(120):
        issue.comment("Me too!", by=f"stranger{number}")
    runs.status.grant("joe", "write")
    issue.comment("Severity: critical", by="joe")
    costs, told = [], []
    for _ in range(4):
        judged = runs.board()
        costs.append(runs.github.counts[PERMISSION])
        told.append([str(problem) for problem in judged.problems])
        assert (judged.unobserved, runs.path.exists()) == (frozenset(), True)
        issue.comment("Me too!", by="stranger0")

    assert costs == [51, 50, 21, 0]
    assert told[0] == [
        "packit/status: 71 more people commented than a run asks about → what they wrote counts once a later run has asked"
    ]
    assert told[2:] == [[], []]
    assert judged.status is ComponentStatus.MAJOR_OUTAGE
    assert runs.observe().partial == ()


def test_a_crowd_of_maintainers_is_still_believed_after_a_day(runs):
    issue = runs.issue()
    for number in range(60):
        runs.status.grant(f"joe{number}", "write")
        issue.comment("Me too!", by=f"joe{number}")
    runs.observe()
    before = runs.observe().incidents
    runs.github.clock.advance(hours=25)

    assert len(before[0].updates) == 60
    assert runs.observe().incidents == before


def test_many_whose_permission_cannot_be_read_are_one_message(runs):
    for name in ("ann", "bob", "joe", "kim", "zoe"):
        runs.issue(by=name)
    runs.github.fail(PERMISSION, with_=500, times=None)

    (partial,) = runs.observe().partial
    assert partial.startswith("whether @ann, @bob, @joe and 2 others may publish (can't read what ann may do in")


def test_whoever_may_publish_now_may_have_done_so_before(runs):
    over = runs.issue()
    over.comment("Severity: critical", by="joe")
    runs.github.clock.advance(minutes=10)
    over.close(by="jane")
    runs.github.clock.advance(hours=2)
    runs.build()
    assert [record.ref for record in runs.observe().settled] == ["1"]
    runs.status.grant("joe", "triage")
    runs.issue(by="joe")
    snapshot = runs.observe()

    assert refs(snapshot) == ["1", "2"]
    assert snapshot.settled == ()
    assert snapshot == runs.cold()


def test_whoever_may_publish_no_more_is_found_out_within_a_day(runs):
    runs.issue(by="jane")
    runs.build()
    runs.status.grant("jane", "read")
    assert refs(runs.observe()) == ["1"]
    runs.github.clock.advance(hours=25)
    runs.observe()
    runs.github.clock.advance(hours=1)
    runs.issue(by="jane")

    assert refs(runs.observe()) == ["1"]


def test_bots_of_the_configuration_and_ghstatus_itself_are_not_asked_about(runs):
    runs.site = site(component("copr"), bots=("probe[bot]",))
    runs.issue(by=runs.github.app("probe"))
    runs.issue(by=runs.github.app("github-actions"))
    runs.issue(by=runs.github.app("other"))

    assert refs(runs.observe()) == ["1", "2"]
    assert runs.github.counts[PERMISSION] == 0


def test_another_viewer_reads_everything_anew(runs):
    runs.issues(12)
    runs.build()
    settled = runs.observe().settled
    assert settled
    runs.status.grant("bob", "admin")
    runs.token = runs.github.pat("bob")
    snapshot = runs.observe()

    assert snapshot.tracker.viewer == "bob"
    assert snapshot.settled == ()


def test_whoever_lends_the_token_may_close_by_hand(runs):
    runs.token = runs.github.pat("jane")
    runs.issue().close(by="jane")

    assert runs.board().status is ComponentStatus.OPERATIONAL
    assert runs.observe().problems == ()


@pytest.mark.parametrize(
    ("login", "labels", "found"),
    [("jane", [], []), ("jane", ["GHStatus"], []), ("joe", ["ghstatus"], []), ("joe", [], ["1"])],
)
def test_the_issue_that_shows_the_board_is_no_incident_whoever_lent_the_token(runs, login, labels, found):
    runs.site = site(component("copr"), dialect="alephdata")
    runs.token = runs.github.pat("jane")
    runs.status.grant("joe", "write")
    runs.status.issue("Current status", notes.mirror("All is well."), by=login, labels=labels)

    assert refs(runs.observe()) == found


# What the listing may come to


@pytest.mark.parametrize("status", [502, 504, "delay"])
def test_a_page_that_is_too_big_is_asked_for_in_halves(runs, status):
    runs.issues(60)
    runs.github.fail(
        lambda request: (request.body or {}).get("variables", {}).get("size", 0) > 12,
        with_=status,
        times=None,
        seconds=0,
    )
    runs.github.requests.clear()

    assert len(runs.cold().incidents) == 60
    sizes = [request.body["variables"].get("size") for request in runs.github.requests if request.body]
    assert sizes == [50, 50, 25, 25, 12, 12, 12, 12, 12]


def test_lost_issues_are_asked_for_in_halves_too(runs):
    runs.issues(11)
    runs.observe()
    for number in (1, 11):
        runs.status.issues[number].unlabel("incident", by="jane")
    runs.github.fail(
        lambda request: bool(request.body) and "issue1:" in request.body["query"] and "issue11:" in request.body["query"],
        with_=502, times=None,
    )  # fmt: skip

    assert refs(runs.observe()) == [str(number) for number in range(2, 11)]


def test_what_cannot_be_read_at_all_leaves_the_last_page(runs):
    runs.issues(2)
    runs.observe()
    kept = runs.path.read_bytes()
    runs.github.fail("graphql:*", with_=502, times=None)

    with pytest.raises(Unavailable):
        runs.observe()
    assert runs.path.read_bytes() == kept


def test_a_page_of_one_issue_that_is_too_big_is_the_end(runs):
    runs.issue()

    class Slow:
        def query(self, *_, **about):
            asked.append(about.get("tries"))
            raise Overloaded("too slow")

    asked = []
    with pytest.raises(Overloaded):
        runs.store(Slow()).observe(runs.github.clock.now())
    assert asked == [2, 2, 2, 2, 2, None]


def test_a_repository_that_is_not_there_is_one_message(runs):
    runs.repository = "packit/nothing"

    with pytest.raises(StoreError, match="packit/nothing"):
        runs.observe()


def test_a_repository_without_issues_is_one_message(runs):
    runs.status.has_issues = False

    with pytest.raises(StoreError, match="issues are switched off in packit/status, so nothing is known"):
        runs.observe()


def test_an_archived_repository_is_read(runs):
    runs.issue()
    runs.status.archived = True
    snapshot = runs.observe()

    assert refs(snapshot) == ["1"]
    assert "it is archived" in str(snapshot.problems[0])
    assert snapshot.unobserved == frozenset()


def altered(runs, change):
    """A client whose answers are changed on their way."""
    client = runs.client()
    fair = client.query

    def query(*args, **about):
        return change(json.loads(json.dumps(fair(*args, **about))))

    client.query = query
    return client


def test_a_renamed_repository_is_read_under_its_new_name(runs):
    runs.issue()

    def moved(data):
        data["repository"]["nameWithOwner"] = "packit/statuses"
        return data

    runs.github.repository("packit/statuses").grant("jane", "write")
    with altered(runs, moved) as client:
        snapshot = runs.store(client).observe(runs.github.clock.now())

    assert (refs(snapshot), snapshot.tracker.repository) == (["1"], "packit/statuses")
    assert "it is called packit/statuses now; accepted: `repository: packit/statuses`" in str(snapshot.problems[0])


def test_case_is_no_other_name(runs):
    runs.repository = "Packit/Status"

    assert runs.observe().problems == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["repository"], None),
        (["viewer"], None),
        (["repository", "total0"], None),
        (["repository", "all0"], None),
        (["repository", "all0", "nodes"], [{"number": 1}]),
        (["repository", "labels", "nodes"], 1),
        (["repository", "board"], None),
    ],
)
def test_an_answer_of_another_shape_is_one_message(runs, path, value):
    runs.issue()

    def change(data):
        target = data
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value
        return data

    with (
        altered(runs, change) as client,
        pytest.raises(StoreError, match="has another shape than its interface promises"),
    ):
        runs.store(client).observe(runs.github.clock.now())


@pytest.mark.parametrize("name", ["all0", "labels"])
def test_a_list_without_an_end_is_one_message(runs, name):
    runs.issue()

    cursors = []

    def endless(data):
        turn = data["repository"][name]["pageInfo"]
        cursors.append(turn["endCursor"])
        data["repository"][name]["pageInfo"] = {"hasNextPage": True, "endCursor": cursors[0]}
        return data

    with altered(runs, endless) as client, pytest.raises(StoreError, match="the same page of a list again and again"):
        runs.store(client).observe(runs.github.clock.now())


def test_comments_without_an_end_are_one_message(runs):
    issue = runs.issue()
    for _ in range(101):
        issue.comment("Word", by="jane")

    def endless(data):
        nodes = [data["node"]] if "node" in data else data["repository"]["all0"]["nodes"]
        for node in nodes:
            node["comments"]["pageInfo"] = {"hasNextPage": True, "endCursor": "Y3Vyc29yOnYyOjE="}
        return data

    with altered(runs, endless) as client, pytest.raises(StoreError, match="the same page of a list again and again"):
        runs.store(client).observe(runs.github.clock.now())


def test_a_filter_that_github_ignores_lets_nothing_through(runs):
    """A label that isn't there might as well be no filter at all."""
    runs.issue()
    runs.issue(labels=["bug"])

    def everything(data):
        pages = [data["repository"][name] for name in ("all0", "all1", "all2") if name in data["repository"]]
        for page in pages[1:]:
            page["nodes"] = pages[0]["nodes"]
            page["pageInfo"] = {"hasNextPage": True, "endCursor": "Y3Vyc29yOnYyOjE="}
        return data

    runs.github.requests.clear()
    with altered(runs, everything) as client:
        assert refs(runs.store(client).observe(runs.github.clock.now())) == ["1"]
    assert runs.queries == 1


# Labels by which an issue is for the page


def test_a_repository_without_any_such_label_is_unknown_unless_ghstatus_makes_them(runs):
    assert runs.observe().unobserved == frozenset()
    runs.site = site(component("copr"), component("koji"), dialect="conda-forge")
    snapshot = runs.observe()

    assert snapshot.unobserved == EVERYTHING
    assert "it has none of the labels by which an issue is for the page" in str(snapshot.problems[0])


def test_every_issue_may_be_for_the_page(runs):
    runs.site = site(component("copr"), component("koji"), dialect="alephdata")
    runs.status.issue("Copr is down", by="jane", labels=["type:major", "copr"])
    runs.status.issue("A question", by="jane")
    text = "<!-- ghstatus:board -->\nAll well."
    runs.status.issue("Current status", text, by=runs.github.app("github-actions"), labels=["type:major"])
    runs.status.issue("Current status", text, by="jane", labels=["type:major"])

    assert refs(runs.observe()) == ["1", "2", "4"]
    assert refs(runs.observe()) == ["1", "2", "4"]
    assert runs.queries == 1


# The file between runs


def test_a_cache_with_a_wrong_line_is_read_anew(runs):
    runs.issues(3)
    runs.observe()
    _, head, *lines = runs.path.read_bytes().split(b"\n")
    text = b"\n".join([head, *(line[: line.index(b"[")] + b"[]" for line in lines)])
    runs.path.write_bytes(index.seal(text) + b"\n" + text)

    assert refs(runs.observe()) == ["1", "2", "3"]
    assert runs.queries == 2
    assert refs(runs.observe()) == ["1", "2", "3"]
    assert runs.queries == 1


def test_a_cache_that_cannot_be_written_is_one_message(runs):
    runs.path.parent.parent.joinpath("cache").write_text("a file")

    with pytest.raises(UsageError, match="choose another --cache"):
        runs.observe()


@pytest.mark.parametrize("text", [b"", b"{}", b'"seal"\n{}', b"\0" * 100])
def test_any_other_file_is_no_cache(runs, text):
    runs.issues(2)
    runs.path.parent.mkdir(parents=True)
    runs.path.write_bytes(text)

    assert refs(runs.observe()) == ["1", "2"]


# What a build may rely on later


def over(runs, **said):
    issue = runs.issue(**said)
    runs.github.clock.advance(minutes=10)
    return issue.close(by="jane")


def test_only_what_is_over_and_without_a_problem_is_kept(runs):
    over(runs)
    runs.issue()
    over(runs, labels=["incident", "severity/mjaor"])
    over(runs, body="<!-- ghstatus\nended: 2027-01-01T00:00Z\n-->")
    over(runs, labels=["bug"])
    runs.issue().comment("Resolved: fine", by="jane")
    runs.github.clock.advance(hours=2)
    over(runs)
    runs.github.clock.advance(minutes=1)
    runs.build()

    assert list(runs.known.entries) == ["1"]
    assert runs.known.entries["1"][:3] == (0, 0, 0)


def test_nothing_is_kept_before_anything_was_observed(runs):
    assert runs.store(runs.client()).entries(runs.board()) == {}


def test_what_an_index_says_of_an_open_issue_does_not_count(runs):
    issue = over(runs)
    runs.github.clock.advance(hours=2)
    runs.build()
    issue.reopen(by="jane")

    assert refs(runs.observe()) == ["1"]


def test_a_damaged_row_is_read_anew(runs):
    over(runs)
    runs.github.clock.advance(hours=2)
    runs.build()
    row = runs.known.entries["1"].row
    row[9] = ""
    runs.github.fail(PERMISSION, with_=500, times=None)
    assert runs.observe(fresh=True).settled == (), "no digest is no proof"
    row.clear()

    runs.github.faults.rules.clear()
    assert refs(runs.observe()) == ["1"]


def test_a_text_without_times_moves_with_every_build(runs):
    runs.issue(body="All of it.\n\n## Resolved\n\nFine.")
    snapshot = runs.observe()

    assert snapshot.digests["1"] == ""


# Doing something about it


def test_what_was_observed_helps_in_changing_it(runs):
    runs.issue()
    with runs.client() as client:
        store = runs.store(client)
        store.observe(runs.github.clock.now())
        runs.github.requests.clear()
        store.apply(PinIncident(ref="1"))
        assert runs.github.counts["issues/get"] == 0
        store.apply(CreateLabel(label=Label("phase/identified", "c0ffee", "Found")))

    assert runs.status.issues[1].pinned_by.login == "github-actions[bot]"
    assert runs.status.find_label("phase/identified").color == "c0ffee"


def test_mirrors_are_observed_beside(runs):
    runs.github.repository("packit/packit")
    runs.site = site(component("copr"), pins=Pins(also=("packit/packit", "Packit/Status", "packit/gone")))
    runs.issue()
    snapshot = runs.observe()

    assert [mirror.repository for mirror in snapshot.tracker.mirrors] == ["", "packit/packit"]
    assert [problem.where for problem in snapshot.problems] == ["packit/gone"]
    assert (snapshot.partial, snapshot.unobserved) == ((), frozenset())
    assert runs.queries == 2
