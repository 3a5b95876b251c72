"""How heads are read from GitHub: what counts, what is left out, and what that is told with."""

from datetime import timedelta

import pytest

from ghstatus.errors import StoreError
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.grammar import notes
from ghstatus.heads.github import GitHubHeads
from ghstatus.heads.observed import Bounds
from ghstatus.model import CheckKind, CheckState, Run
from tests.github.direct import direct

REPOSITORY = "packit/ogr"


@pytest.fixture
def github():
    with direct() as made:
        made.clock.step = timedelta(0)
        yield made


@pytest.fixture
def ogr(github):
    return github.repository(REPOSITORY)


@pytest.fixture
def heads(github, ogr):
    """Makes heads by a workflow's token, or by another right."""

    def make(token=None, *, wait=600, **bounds):
        token = token or github.token(REPOSITORY, checks="write", pull_requests="write", statuses="read")
        access = Access(api_url=github.url, token=token, wait=wait)
        client = Client(access, sleep=lambda _: None, clock=lambda: github.clock.now().timestamp(), tell=print)
        github.open.callback(client.close)
        return GitHubHeads(client, bounds=Bounds(**bounds))

    return make


@pytest.fixture
def look(github, heads):
    """The one head of the repository."""

    def looked(*args, **bounds):
        (head,) = heads(*args, **bounds).observe([REPOSITORY], github.clock.now()).heads
        return head

    return looked


def failing(repository, name="rpm-build:f41", **said):
    pull = repository.pull("Mend", by="ann", fork=True)
    pull.head.check(name, "failure", **said)
    return pull


@pytest.mark.parametrize(
    ("status", "conclusion", "state", "word"),
    [
        ("completed", "success", "passed", "success"),
        ("completed", "neutral", "skipped", "neutral"),
        ("completed", "skipped", "skipped", "skipped"),
        ("completed", "failure", "failed", "failure"),
        ("completed", "timed_out", "failed", "timed_out"),
        ("completed", "startup_failure", "failed", "startup_failure"),
        ("completed", "cancelled", "stopped", "cancelled"),
        ("completed", "stale", "stopped", "stale"),
        ("completed", "action_required", "stopped", "action_required"),
        ("queued", None, "pending", "queued"),
        ("waiting", None, "pending", "waiting"),
        ("in_progress", None, "pending", "in_progress"),
    ],
)
def test_a_check_run_is_in_one_of_five_states(ogr, look, status, conclusion, state, word):
    ogr.pull("Mend").head.check("tests", conclusion, status=status, details_url="https://ci.example.org/1")

    (check,) = look().checks
    assert (check.kind, check.app, check.url) == (
        CheckKind.CHECK_RUN,
        "packit-as-a-service",
        "https://ci.example.org/1",
    )
    assert (check.state, check.conclusion, bool(check.ended)) == (CheckState(state), word, conclusion is not None)


@pytest.mark.parametrize(
    ("word", "state"), [("success", "passed"), ("pending", "pending"), ("failure", "failed"), ("error", "failed")]
)
def test_a_status_is_in_one_of_three(github, ogr, look, word, state):
    ogr.pull("Mend").head.status(
        "ci/zuul", word, by="zuul", description="It broke", target_url="https://zuul.example.org/"
    )

    (check,) = look().checks
    assert (check.kind, check.app, check.title, check.url) == (
        CheckKind.STATUS, "zuul", "It broke", "https://zuul.example.org/",
    )  # fmt: skip
    assert (check.state, check.conclusion) == (CheckState(state), word)
    assert (check.started is None) != (check.ended is None)
    assert check.ended in {None, github.clock.now()}


def test_the_newest_run_of_a_name_and_app_counts(ogr, look):
    head = ogr.pull("Mend").head
    head.check("tests", "failure")
    head.check("tests", "success", app="other")
    head.check("tests", "success")

    assert [(check.app, check.state) for check in look().checks] == [
        ("packit-as-a-service", CheckState.PASSED), ("other", CheckState.PASSED),
    ]  # fmt: skip


def test_an_older_run_of_another_suite_does_not_count(ogr, look):
    head = ogr.pull("Mend").head
    old = head.check("tests", "failure")
    new = head.check("tests", "success", app="other")
    new.suite.app = old.suite.app
    head.suites.reverse()

    assert [check.id for check in look().checks] == [new.id]


ACTIONS = {"app": "github-actions"}


def test_a_job_that_failed_is_not_hidden_by_one_of_its_name_in_another_workflow(ogr, look):
    head = ogr.pull("Mend").head
    head.check("build", "failure", **ACTIONS)
    head.check("build", "failure", workflow="Docs", **ACTIONS)
    head.check("build", "success", workflow="Docs", **ACTIONS)
    head.check("build", "success", event="push", **ACTIONS)

    assert [(check.workflow, check.state) for check in look().checks] == [
        ("CI (pull_request)", CheckState.FAILED),
        ("Docs (pull_request)", CheckState.PASSED),
        ("CI (push)", CheckState.PASSED),
    ]


@pytest.mark.parametrize("may_read", [False, True])
def test_where_no_workflow_may_be_read_each_suite_stands_for_itself(github, ogr, look, may_read):
    ogr.private = True
    rights = {"checks": "write", "pull_requests": "write", "statuses": "read"}
    head = ogr.pull("Mend").head
    failed = head.check("build", "failure", **ACTIONS)
    head.check("build", "success", workflow="Docs", **ACTIONS)
    head.check("build", "failure", app="other")
    head.check("build", "success", app="other")
    checks = look(github.token(REPOSITORY, **rights, **({"actions": "read"} if may_read else {}))).checks

    told = {check.state: check.workflow for check in checks if check.app == "github-actions"}
    assert told[CheckState.FAILED] == ("CI (pull_request)" if may_read else f"suite {failed.suite.id}")
    assert len(told) == 2
    assert [(check.workflow, check.state) for check in checks[2:]] == [("", CheckState.PASSED)]


def test_a_workflow_that_may_not_be_read_is_no_trouble(github, ogr, heads):
    ogr.private = True
    ogr.pull("Mend")
    ogr.pull("Mend more").head.check("build", "failure", **ACTIONS)
    made = heads(github.token(REPOSITORY, checks="write", pull_requests="write", statuses="read"))
    seen = made.observe([REPOSITORY], github.clock.now())

    assert (len(seen.heads), seen.trouble) == (2, ())


def test_text_and_summary_are_read_of_what_failed(ogr, look):
    ogr.required_checks.update({"rpm-build:f41", "ci/zuul"})
    pull = failing(ogr, title="Failed", summary="Short", text="Long")
    pull.head.check("tests", "success", summary="Well")
    pull.head.status("ci/zuul", "failure", by="zuul")

    assert [(check.title, check.summary, check.is_required) for check in look().checks] == [
        ("Failed", "Short\n\nLong", True), ("", "", False), ("", "", True),
    ]  # fmt: skip


def test_only_what_is_wanted_is_read_at_length(github, ogr, look):
    ogr.required_checks.add("other")
    pull = failing(ogr, summary="Short")
    pull.head.check("other", "failure", summary="Short")

    head = look(wants=lambda check: check.name != "other")
    assert [(check.summary, check.is_required) for check in head.checks] == [("Short", False), ("", True)]


def test_nothing_is_asked_about_what_nobody_watches(github, ogr, look):
    failing(ogr, summary="Short").head.check("slow")
    github.clock.advance(hours=3)

    assert [check.summary for check in look(watched=lambda _: False).checks] == ["", ""]
    assert len(github.requests) == 1


@pytest.mark.parametrize(("minutes", "requests"), [(29, 1), (30, 2)])
def test_what_hangs_is_asked_about(github, ogr, look, minutes, requests):
    ogr.pull("Mend", "Fixes #3").head.check("tests")
    github.clock.advance(minutes=minutes)

    assert look().pulls[0].closes == ({"packit/ogr#3"} if requests == 2 else set())
    assert len(github.requests) == requests


def test_a_pull_request_tells_who_and_what(github, ogr, look):
    known = github.repository("packit/status").issue("Copr is down")
    pull = failing(ogr)
    pull.body = "Fixes Packit/ogr#9"
    pull.closes.append(known)

    (told,) = look().pulls
    assert (told.number, told.title, told.author, told.url) == (
        pull.number, "Mend", "ann", f"https://github.com/packit/ogr/pull/{pull.number}",
    )  # fmt: skip
    assert told.closes == {"packit/status#1", "Packit/ogr#9"}
    assert (told.ignored, told.comment, told.comment_text) == (None, None, "")


def test_a_head_begins_when_it_is_pushed(github, ogr, look):
    pull = ogr.pull("Mend")
    github.clock.advance(hours=2)
    pull.push()
    pushed = github.clock.now()
    pull.head.committed_date = pushed - timedelta(days=9)  # made long before
    github.clock.advance(hours=1)
    assert look().since == pushed

    pull.head.status("ci/zuul", "success")
    pull.comment("Hello")
    assert look().since == github.clock.now()
    pull.head.check("tests", "success").suite.created_at = pushed
    assert look().since == pushed
    pull.head.suites[0].created_at = pushed + timedelta(days=9)
    pull.head.statuses.clear()
    assert look().since == github.clock.now()


def test_a_head_begins_when_its_first_pull_request_is_opened(github, ogr, look):
    first = ogr.commit("Begin", branch="feature")
    first.check("tests", "success")
    github.clock.advance(hours=2)
    opened = github.clock.now()
    for _ in range(2):
        ogr.pull("Mend").head = first
        github.clock.advance(hours=1)

    head = look()
    assert (head.since, [pull.number for pull in head.pulls]) == (opened, [2, 1])


def test_a_merge_queue_has_heads_without_pull_requests(github, ogr, heads):
    ogr.commit("Merge", branch="gh-readonly-queue/main/pr-1-abc").check("tests", "failure", summary="Broken")
    ogr.commit("Other", branch="feature").check("tests", "failure")

    (head,) = heads().observe([REPOSITORY], github.clock.now()).heads
    assert (head.pulls, [check.summary for check in head.checks]) == ((), ["Broken"])


def test_of_a_long_merge_queue_the_first_are_read(github, ogr, heads, monkeypatch):
    def change(data):
        data["r0"]["queue"]["nodes"][0]["target"] = None

    spoil(monkeypatch, change)
    for number in range(11):
        ogr.commit("Merge", branch=f"gh-readonly-queue/main/pr-{number:02}-abc")

    seen = heads().observe([REPOSITORY], github.clock.now())
    assert [head.since for head in seen.heads] == [github.clock.now()] * 9
    assert [str(problem) for problem in seen.trouble] == [
        "packit/ogr: its merge queue is longer than is looked at → the rest is left alone"
    ]


def test_own_checks_are_no_others(github, ogr, look):
    head = ogr.pull("Mend").head
    head.check("ghstatus/gate", "failure", app="github-actions", external_id="a1", title="Not yet")
    newest = head.check("ghstatus/gate", "success", app="github-actions", external_id="b2", title="Well")
    head.check("ghstatus/gate", "success", app="stranger", external_id="c3")
    head.status("ghstatus/known-failures", "pending", by="stranger")
    head.status("ghstatus/gate", "success", target_url="https://x.example.org/#ghstatus=d4")

    assert look().posted == (Run("ghstatus/gate", newest.id, "b2", "success", "Well"),)
    assert look().checks == ()


@pytest.mark.parametrize(("state", "conclusion"), [("pending", "neutral"), ("success", "success")])
def test_a_status_may_stand_in(ogr, look, state, conclusion):
    head = ogr.pull("Mend").head
    head.status("ghstatus/gate", state, description="Well", target_url="https://x.example.org/#ghstatus=a1")

    assert look().posted == (Run("ghstatus/gate", 0, "a1", conclusion, "Well"),)


def test_a_person_sees_what_the_workflow_posted(github, ogr, look):
    ogr.grant("jane", "write")
    ogr.pull("Mend").head.check("ghstatus/gate", "success", app="github-actions", external_id="a1")

    assert [run.external_id for run in look(github.pat("jane")).posted] == ["a1"]


def test_its_own_comment_is_found_by_its_marker(github, ogr, look):
    pull = failing(ogr)
    pull.comment(notes.report("aa", "Faked"), by="stranger")
    pull.comment("Hello", by=github.world.app("github-actions"))
    mine = pull.comment(notes.report("bb", "Known"), by=github.world.app("github-actions"))
    for _ in range(40):
        pull.comment("Is it?", by="ann")

    (told,) = look().pulls
    assert (told.comment, notes.digest_of(told.comment_text)) == (mine.id, "bb")


def said(pull, *what):
    for by, text in what:
        pull.world.clock.advance(minutes=1)
        pull.comment(text, by=by)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ([("ann", "/ghstatus ignore mine")], ("ann", "mine", False)),
        ([("jane", "/ghstatus ignore known")], ("jane", "known", True)),
        ([("stranger", "/ghstatus ignore haha")], None),
        ([("ann", "/ghstatus ignore mine"), ("stranger", "/ghstatus unignore")], ("ann", "mine", False)),
        ([("jane", "/ghstatus ignore a"), ("ann", "/ghstatus ignore b")], ("ann", "b", False)),
        ([("jane", "/ghstatus ignore a"), ("ann", "/ghstatus unignore")], None),
        ([("ann", "> /ghstatus ignore mine")], None),
        ([("deploy[bot]", "/ghstatus ignore all")], None),
    ],
)
def test_the_newest_command_counts_of_those_who_may(github, ogr, look, what, expected):
    ogr.grant("jane", "write")
    ogr.grant("stranger", "triage")
    pull = failing(ogr)
    github.world.user("deploy[bot]", "Bot")
    said(pull, *what)

    ignored = look().pulls[0].ignored
    assert (ignored and (ignored.by, ignored.reason, ignored.may_write)) == expected


def test_a_command_that_may_have_been_taken_back_out_of_sight_opens_no_gate(github, ogr, look):
    ogr.grant("jane", "write")
    pull = failing(ogr)
    said(pull, ("jane", "/ghstatus ignore known"), *((("bob", "Hm."),) * 4), ("jane", "/ghstatus unignore"))
    assert look().pulls[0].ignored is None

    said(pull, *((("bob", "Hm."),) * 30))
    ignored = look().pulls[0].ignored
    assert (ignored.by, ignored.may_write) == ("jane", False)


def test_a_hidden_command_does_not_count(github, ogr, look):
    pull = failing(ogr)
    pull.comment("/ghstatus ignore mine", by="ann").minimize("OFF_TOPIC")

    assert look().pulls[0].ignored is None


def test_about_each_person_is_asked_once(github, ogr, heads):
    for _ in range(3):
        said(failing(ogr), ("ann", "/ghstatus ignore mine"), ("ann", "/ghstatus ignore twice"))

    seen = heads().observe([REPOSITORY], github.clock.now())
    assert [pull.ignored.reason for head in seen.heads for pull in head.pulls] == ["twice"] * 3
    assert github.counts["repos/get-collaborator-permission-level"] == 1


def test_about_a_crowd_is_not_asked(github, ogr, heads):
    ogr.grant("last", "admin")
    said(failing(ogr), *((f"person-{number}", "/ghstatus ignore it") for number in range(22)), ("last", "Hello"))

    seen = heads().observe([REPOSITORY], github.clock.now())
    assert seen.heads[0].pulls[0].ignored is None
    assert [str(problem) for problem in seen.trouble] == [
        "packit/ogr: who may write there isn't known: a look asks about 20 people at most → as if those might not"
    ]
    assert github.counts["repos/get-collaborator-permission-level"] == 20


def test_who_may_write_may_stay_unknown(github, ogr, heads):
    ogr.grant("reader", "read")
    pull = failing(ogr)
    said(pull, ("jane", "/ghstatus ignore it"), ("ann", "/ghstatus ignore mine"), ("bob", "/ghstatus ignore his"))

    seen = heads(github.fine_grained("reader", REPOSITORY, checks="read", pull_requests="read")).observe(
        [REPOSITORY], github.clock.now()
    )
    (problem,) = seen.trouble
    assert "who may write there isn't known: can't read what bob may do" in str(problem)
    assert seen.heads[0].pulls[0].ignored.by == "ann"
    assert github.counts["repos/get-collaborator-permission-level"] == 1


def test_an_account_that_is_gone_says_nothing(github, ogr, look, monkeypatch):
    said(failing(ogr), ("ghost", "/ghstatus ignore it"))

    def change(data):
        for node in data.get("p0") or ():
            node["late"]["nodes"][0]["author"] = node["early"]["nodes"][0]["author"] = None

    spoil(monkeypatch, change)
    assert look().pulls[0].ignored is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"permission": "write", "user": {}}, True),
        ({"permission": "read", "user": {"permissions": {"push": True}}}, True),
        (
            {"permission": "read", "role_name": "triage", "user": {"permissions": {"push": False, "triage": True}}},
            False,
        ),
        ({"permission": "admin", "user": None}, False),
        ([], False),
    ],
)
def test_an_answer_about_a_person(ogr, look, monkeypatch, answer, expected):
    said(failing(ogr), ("ann", "/ghstatus ignore mine"))
    monkeypatch.setattr(Client, "get", lambda *_, **__: answer)

    assert look().pulls[0].ignored.may_write is expected


def test_checks_that_do_not_fit_a_page_are_read(github, ogr, look):
    head = ogr.pull("Mend").head
    for number in range(250):
        head.check(f"tests-{number}", "success")

    found = look()
    assert (len(found.checks), found.is_partial) == (250, False)
    assert len(github.requests) == 3


def test_of_very_many_checks_some_are_left(github, ogr, look):
    head = ogr.pull("Mend").head
    for number in range(1001):
        head.check(f"tests-{number}", "success")

    found = look()
    assert (len(found.checks), found.is_partial) == (1000, True)


def test_what_github_does_not_give_of_checks_is_noticed(github, ogr, look):
    head = ogr.pull("Mend").head
    for number in range(101):
        head.check(f"tests-{number}", "success")
    github.fail("graphql:viewer+rateLimit+node", with_="forbidden", times=None)
    ogr.private = True
    found = look()

    assert (len(found.checks), found.is_partial) == (100, True)


def test_hidden_statuses_are_noticed(github, ogr, look):
    ogr.private = True
    head = ogr.pull("Mend").head
    head.check("tests", "success")
    head.status("ci/zuul", "failure")

    found = look(github.token(REPOSITORY, checks="read", pull_requests="read"))
    assert ([check.name for check in found.checks], found.is_partial) == (["tests"], True)


def test_a_head_whose_checks_are_hidden_is_left_out(github, ogr, heads):
    """Without its checks it would look well, and a gate would open."""
    ogr.private = True
    failing(ogr)
    failing(ogr)
    made = heads(github.token(REPOSITORY, pull_requests="read"))

    seen = made.observe([REPOSITORY], github.clock.now())
    assert seen.heads == ()
    assert [str(problem) for problem in seen.trouble] == [
        (
            "packit/ogr: the checks of some commits can't be read: GitHub says 'Resource not accessible by integration' "
            "→ those commits are left alone"
        )
    ]
    with pytest.raises(StoreError, match="can't read checks in packit/ogr: GitHub says 'Resource not accessible"):
        made.pull(REPOSITORY, 1, github.clock.now())


def test_pull_requests_that_may_not_be_read_are_told(github, ogr, heads):
    ogr.private = True
    failing(ogr)
    failing(github.repository("packit/open"))

    seen = heads(github.token(REPOSITORY)).observe([REPOSITORY, "packit/open"], github.clock.now())
    assert [head.repository for head in seen.heads] == ["packit/open"]
    assert [str(problem) for problem in seen.trouble] == [
        "packit/ogr: GitHub says 'Resource not accessible by integration' → its pull requests are not looked at"
    ]


def test_an_archived_repository_is_told(github, ogr, heads):
    failing(ogr)
    ogr.archived = True

    seen = heads().observe([REPOSITORY], github.clock.now())
    assert (seen.heads, len(seen.trouble)) == ((), 1)
    assert "archived" in str(seen.trouble[0])


def test_what_has_been_left_alone_for_long_is(github, ogr, heads):
    for _ in range(12):
        failing(ogr)
    github.clock.advance(days=31)
    failing(ogr)

    seen = heads().observe([REPOSITORY], github.clock.now())
    assert [head.pulls[0].number for head in seen.heads] == [13]
    assert len(github.requests) == 2


def test_of_very_many_pull_requests_the_newest_are_read(github, ogr, heads):
    for _ in range(70):
        ogr.pull("Mend")
        github.clock.advance(seconds=1)

    seen = heads(pulls=60).observe([REPOSITORY], github.clock.now())
    assert [head.pulls[0].number for head in seen.heads] == list(range(70, 10, -1))
    assert [str(problem) for problem in seen.trouble] == [
        "packit/ogr: it has more open pull requests than are looked at → only the 60 that changed last are"
    ]
    assert len(heads().observe([REPOSITORY], github.clock.now()).heads) == 70


def test_names_are_checked(github, heads):
    seen = heads().observe(["packit", "pack it/*", "nobody/*"], github.clock.now())

    assert [problem.where for problem in seen.trouble] == ["packit", "pack it/*", "nobody/*"]
    assert seen.heads == ()


def test_archived_repositories_are_not_an_owners(github, ogr, heads):
    github.repository("packit/old", archived=True)
    for number in range(101):
        github.repository(f"packit/r{number:03}")

    seen = heads().observe(["packit/*"], github.clock.now())
    assert (len(seen.repositories), "packit/old" in seen.repositories) == (102, False)


def test_a_commit_outside_of_pull_requests(github, ogr, heads):
    commit = ogr.commit("Begin", branch="feature")
    commit.check("tests", "failure", summary="Broken")

    head = heads().commit(REPOSITORY, commit.oid, github.clock.now())
    assert (head.pulls, head.checks[0].summary) == ((), "Broken")


def test_a_pull_request_that_vanishes_meanwhile_is_left_alone(github, ogr, heads):
    pull = failing(ogr)
    made = heads()

    def vanish(request):
        if request.kind.startswith("graphql:viewer+rateLimit+nodes"):
            ogr.issues.pop(pull.number, None)
        return False

    github.fail(vanish)
    seen = made.observe([REPOSITORY], github.clock.now())
    assert (seen.heads, len(seen.trouble)) == ((), 1)
    assert "what is said about" in str(seen.trouble[0])

    again = failing(ogr)

    def vanish_again(request):
        if request.kind.startswith("graphql:viewer+rateLimit+nodes"):
            ogr.issues.pop(again.number, None)
        return False

    github.fail(vanish_again)
    with pytest.raises(StoreError, match="what is said about"):
        made.pull(REPOSITORY, again.number, github.clock.now())


def spoil(monkeypatch, change):
    """Have GitHub answer with something else than its schema promises."""
    right = Client.partly

    def wrong(self, *args, **named):
        answer = right(self, *args, **named)
        change(answer.data)
        return answer

    monkeypatch.setattr(Client, "partly", wrong)


def test_a_list_that_makes_no_sense_is_one_repositorys_trouble(github, ogr, heads, monkeypatch):
    failing(ogr)
    failing(github.repository("packit/packit"))
    failing(github.repository("packit/specfile"))

    def change(data):
        for name in ("r0", "r1"):
            if (data.get(name) or {}).get("nameWithOwner") == "packit/packit":
                data[name]["pulls"]["nodes"][0]["number"] = "one"

    spoil(monkeypatch, change)
    seen = heads().observe([REPOSITORY, "packit/packit", "packit/specfile"], github.clock.now())
    assert [head.repository for head in seen.heads] == [REPOSITORY, "packit/specfile"]
    assert [problem.where for problem in seen.trouble] == ["packit/packit"]
    assert "another shape than its interface promises" in str(seen.trouble[0])


def test_words_that_make_no_sense_are_one_heads_trouble(github, ogr, heads, monkeypatch):
    failing(ogr)
    failing(ogr)

    def change(data):
        if "p0" in data:
            data["p0"][0]["body"] = 7

    spoil(monkeypatch, change)
    seen = heads().observe([REPOSITORY], github.clock.now())
    assert ([head.pulls[0].number for head in seen.heads], len(seen.trouble)) == ([1], 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda node: node.pop("contexts"),
        lambda node: node["contexts"]["nodes"][0].update(name=None),
        lambda node: node["contexts"]["pageInfo"].update(endCursor="again"),
    ],
    ids=["nothing", "no name", "the same page"],
)
def test_pages_of_checks_that_make_no_sense_end(github, ogr, look, monkeypatch, change):
    head = ogr.pull("Mend").head
    for number in range(350):
        head.check(f"tests-{number}", "success")

    def again(data):
        if "r0" in data:
            data["r0"]["pulls"]["nodes"][0]["commits"]["nodes"][0]["commit"]["statusCheckRollup"]["contexts"][
                "pageInfo"
            ]["endCursor"] = "again"
        else:
            change(data["c0"]["statusCheckRollup"])

    right = Client.partly

    def first(self, repository, text, variables, **named):
        if variables.get("a0") == "again":
            variables = {**variables, "a0": None}
        return right(self, repository, text.replace("$a0: String!", "$a0: String"), variables, **named)

    monkeypatch.setattr(Client, "partly", first)
    spoil(monkeypatch, again)
    found = look()
    assert (found.is_partial, len(github.requests)) == (True, 2)


def test_a_pull_request_that_moves_between_two_pages_is_one(github, ogr, look, monkeypatch):
    failing(ogr)

    def twice(data):
        if "r0" in data:
            data["r0"]["pulls"]["nodes"] *= 2

    spoil(monkeypatch, twice)
    assert [pull.number for pull in look().pulls] == [1]


def test_of_very_many_failures_a_hundred_are_read_at_length(ogr, look):
    pull = failing(ogr, summary="No")
    for number in range(99):
        pull.head.check(f"tests-{number}", "failure", summary="No")
    assert not look().is_partial
    for number in range(99, 140):
        pull.head.check(f"tests-{number}", "failure", summary="No")

    found = look()
    assert not look(watched=lambda check: check.name < "tests-5").is_partial
    assert not look(wants=lambda check: check.name < "tests-5").is_partial
    assert [bool(check.summary) for check in found.checks] == [True] * 100 + [False] * 41
    assert found.is_partial


def test_what_was_said_is_read_until_all_is_well(github, ogr, look):
    pull = ogr.pull("Mend", by="ann")
    pull.head.check("tests", "success")
    pull.comment(notes.report("aa", "Known"), by=github.world.app("github-actions"))
    assert look().pulls[0].comment is None

    pull.head.check("ghstatus/known-failures", "neutral", app="github-actions")
    assert look().pulls[0].comment == pull.comments[0].id
    pull.head.check("ghstatus/known-failures", "success", app="github-actions")
    assert look().pulls[0].comment is None
