"""GitHub is asked again where that is safe, waited for as long as allowed, and never changed twice."""

from datetime import timedelta

import pytest

from ghstatus.errors import OutOfBudget, Overloaded, StoreError, Unavailable, UsageError
from ghstatus.github.client import Access, Client

pytestmark = pytest.mark.loopback

STATUS = "packit/status"
QUERY = (
    "query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { issue(number: 1) { title } } }"
)
VARIABLES = {"owner": "packit", "name": "status"}
BROKEN = [500, 502, 503, 504, "drop", "truncate"]
LIMITS = ["secondary", 429, "rate_limited"]


class Line:
    """A client for the loopback GitHub; what it waits for passes on GitHub's clock."""

    def __init__(self, github, pause=None, **access):
        self.github = github
        self.waits = []
        self.told = []
        self.client = Client(
            Access(**{"api_url": github.url, "wait": 600} | access),
            sleep=pause or self.sleep,
            clock=lambda: github.clock.now().timestamp(),
            tell=self.told.append,
        )

    def sleep(self, seconds):
        assert len(self.told) == len(self.waits) + 1, "a wait is told before"
        self.waits.append(seconds)
        self.github.clock.advance(seconds=seconds)


@pytest.fixture
def issue(github):
    github.repository(STATUS).grant("jane", "write")
    return github.repository(STATUS).issue("Copr is down", by="jane", labels=["incident"])


@pytest.fixture
def lines(github):
    """Makes lines, and hangs them up."""
    made = []

    def make(**about):
        about = about if {"token", "app_id"} & set(about) else about | {"token": github.token(STATUS, issues="write")}
        made.append(Line(github, **about))
        return made[-1]

    yield make
    for line in made:
        line.client.close()


def comment(client, text="Hello", **said):
    def look():
        return next((one for one in client.get(STATUS, "issues/1/comments") if one["body"] == text), None)

    return client.post(STATUS, "issues/1/comments", {"body": text}, **{"look": look} | said)


ASK = {
    "graphql:repository": lambda client, _: client.query(STATUS, QUERY, VARIABLES)["repository"]["issue"],
    "issues/get": lambda client, _: client.get(STATUS, "issues/1"),
}
CHANGE = {
    "graphql:pinIssue": lambda client, issue: client.mutate(
        STATUS, "pinIssue", {"issueId": issue.node_id}, "issue { id }"
    ),
    "issues/update": lambda client, _: client.patch(STATUS, "issues/1", {"state": "closed"}),
    "issues/lock": lambda client, _: client.put(STATUS, "issues/1/lock"),
}
REPEATED = ASK | CHANGE
WRITTEN = CHANGE | {"issues/create-comment": lambda client, _: comment(client)}


def each(kinds, faults):
    """Every fault with every kind of request; an answer without a body can't be cut short."""
    return [(kind, fault) for kind in kinds for fault in faults if (kind, fault) != ("issues/lock", "truncate")]


@pytest.mark.parametrize(("kind", "fault"), each(REPEATED, BROKEN + LIMITS))
def test_what_does_nothing_more_by_being_repeated_is_asked_again(github, issue, lines, kind, fault):
    line = lines()
    expected = REPEATED[kind](line.client, issue)
    github.fail(kind, with_=fault, retry_after=3 if fault in LIMITS else None)

    assert without_times(REPEATED[kind](line.client, issue)) == without_times(expected)
    assert github.counts[kind] == 3
    assert len(line.waits) == len(line.told) == 1
    assert line.waits[0] == (1 if fault in BROKEN else pytest.approx(3, abs=1))


def without_times(found):
    return {key: value for key, value in found.items() if not key.endswith("_at")} if found else found


@pytest.mark.parametrize(("kind", "fault"), each(CHANGE, BROKEN))
def test_a_change_whose_answer_was_lost_is_made_once(github, issue, lines, kind, fault):
    github.fail(kind, with_=fault, when="after")

    CHANGE[kind](lines().client, issue)

    assert github.counts[kind] == 2
    assert [event.kind for event in issue.events if event.kind != "labeled"] in [["pinned"], ["closed"], ["locked"]]


def test_a_label_whose_removal_was_lost_is_refused_as_gone(github, issue, lines):
    github.fail("issues/remove-label", with_="drop", when="after")

    with pytest.raises(StoreError, match="Label does not exist") as caught:
        lines().client.delete(STATUS, "issues/1/labels/incident")

    assert caught.value.status == 404
    assert issue.labels == []


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_comment_is_made_once(github, issue, lines, fault, when, times):
    github.fail("issues/create-comment", with_=fault, when=when, times=times)
    line = lines()

    assert comment(line.client)["body"] == "Hello"
    assert [one.body for one in issue.comments] == ["Hello"]
    is_made_at_once = when == "after" or fault == "truncate"
    assert line.waits == [2, 4][: 1 if is_made_at_once else times]


@pytest.mark.parametrize("fault", LIMITS)
def test_a_comment_that_hit_a_limit_is_made_once_and_not_looked_for(github, issue, lines, fault):
    github.fail("issues/create-comment", with_=fault, retry_after=3)

    comment(lines().client)

    assert len(issue.comments) == 1
    assert github.counts == {"issues/create-comment": 2}


def test_a_third_lost_answer_is_the_last_and_looked_into_too(github, issue, lines):
    github.fail("issues/create-comment", with_="drop", times=2)
    github.fail("issues/create-comment", with_="drop", when="after")

    assert comment(lines().client)["body"] == "Hello"
    assert len(issue.comments) == 1


def test_what_gets_lost_three_times_is_given_up(github, issue, lines):
    github.fail("issues/create-comment", with_="drop", times=None)

    with pytest.raises(Unavailable, match=r"can't greet in packit/status: asked 3 times, and the last time the connec"):
        comment(lines().client, task="greet")

    assert github.counts["issues/create-comment"] == 3
    assert issue.comments == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_without_a_look_nothing_is_sent_twice(github, issue, lines, when):
    github.fail("issues/create-comment", with_=502, when=when)

    with pytest.raises(StoreError, match=r"nobody knows whether .*502 Bad Gateway.*look first"):
        comment(lines().client, look=None)

    assert github.counts == {"issues/create-comment": 1}


def test_what_a_look_can_not_see_stops_the_creation(github, issue, lines):
    github.fail("issues/create-comment", with_="drop", when="after")
    github.fail("issues/list-comments", with_="drop", times=None)

    with pytest.raises(Unavailable):
        comment(lines().client)

    assert len(issue.comments) == 1


def test_what_never_left_this_machine_is_sent_again_without_a_look(lines):
    line = lines(api_url="http://127.0.0.1:9")

    with pytest.raises(Unavailable, match=r"asked 3 times, and the last time 127\.0\.0\.1:9 can't be reached"):
        comment(line.client, look=None)

    assert line.waits == [2, 4, 8]


@pytest.mark.parametrize("fault", BROKEN)
def test_after_five_tries_nothing_is_asked_any_more(github, issue, lines, fault):
    github.fail("issues/get", with_=fault, times=None)
    line = lines()

    with pytest.raises(Unavailable, match=r"can't read issues/1 in packit/status: asked 5 times, and the last time"):
        line.client.get(STATUS, "issues/1")

    assert line.waits == [1, 2, 4, 8]


@pytest.mark.parametrize(("fault", "kind"), [(502, Overloaded), (504, Overloaded), (500, Unavailable)])
def test_a_query_that_asks_too_much_is_told_from_a_github_that_is_down(github, issue, lines, fault, kind):
    github.fail("graphql:*", with_=fault, times=None)
    line = lines()

    with pytest.raises(kind) as caught:
        line.client.query(STATUS, QUERY, VARIABLES, tries=2)

    assert type(caught.value) is kind
    assert line.waits == [1]


def test_one_try_is_one_try(github, issue, lines):
    github.fail("graphql:*", with_=502)

    with pytest.raises(Overloaded, match="asked once, and the last time 502 Bad Gateway"):
        lines().client.query(STATUS, QUERY, VARIABLES, tries=1)


@pytest.mark.parametrize("fault", [*BROKEN, *LIMITS])
def test_without_a_budget_nothing_is_waited_for(github, issue, lines, fault):
    github.fail("*", with_=fault, times=None)
    line = lines(token=github.token(STATUS), wait=0)

    with pytest.raises(OutOfBudget, match=r"that takes \d+ s, and this run may wait 0 s more"):
        line.client.get(STATUS, "issues/1")

    assert (line.waits, line.told) == ([], [])


def test_the_budget_is_one_for_all_requests(github, issue, lines):
    github.fail("issues/get", with_="secondary", times=2, retry_after=40)
    line = lines(token=github.token(STATUS), wait=60)

    with pytest.raises(
        OutOfBudget, match=r"\(You have exceeded .*\): that takes 40 s, and this run may wait 20 s more"
    ):
        line.client.get(STATUS, "issues/1")

    assert line.waits == [40]
    assert line.told == [f"GitHub wants a pause ({SECONDARY}); waiting 40 s"]


SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


def test_a_limit_that_says_no_time_is_waited_for_longer_each_time(github, issue, lines):
    github.fail("issues/get", with_=429, times=3)
    line = lines()

    line.client.get(STATUS, "issues/1")

    assert line.waits == [60, 120, 240]


def test_a_limit_that_should_be_over_is_waited_for_longer_each_time_too(github, issue, lines):
    github.fail("issues/get", with_="secondary", times=3, retry_after=0)
    line = lines()

    line.client.get(STATUS, "issues/1")

    assert line.waits == [1, 2, 4]


def test_a_spent_hour_is_more_than_a_run_waits(github, issue, lines):
    github.limits.caps["core"] = 1
    line = lines()
    line.client.get(STATUS, "issues/1")

    with pytest.raises(
        OutOfBudget, match=r"API rate limit exceeded for installation ID \d+.*takes 3599 s.*may wait 600"
    ):
        line.client.get(STATUS, "issues/1")


def test_the_first_ten_creations_are_fast_and_the_others_a_second_apart(github, issue, lines):
    github.clock.step = timedelta(0)
    paces = []
    client = lines(pause=paces.append).client

    for number in range(12):
        comment(client, f"Comment {number}")

    assert paces == [1, 1]


def test_labels_are_not_paced_for_nobody_is_told_of_them(github, issue, lines):
    github.clock.step = timedelta(0)
    paces = []
    client = lines(pause=paces.append).client

    for number in range(12):
        client.post(STATUS, "labels", {"name": f"label {number}"})

    assert paces == []


def test_creations_that_are_far_apart_are_not_paced(github, issue, lines):
    paces = []
    client = lines(pause=paces.append).client

    for number in range(12):
        comment(client, f"Comment {number}")
        github.clock.advance(seconds=1)

    assert paces == []


def test_requests_are_counted_by_what_they_are(github, issue, lines):
    client = lines().client
    github.fail("issues/get", with_=502)
    for ask in REPEATED.values():
        ask(client, issue)
    comment(client)
    client.delete(STATUS, "issues/1/labels/incident")

    assert client.requests == {"query": 1, "get": 2, "mutate": 1, "patch": 1, "put": 1, "post": 1, "delete": 1}
    assert client.requests.total() == len(github.requests)


def test_parameters_stand_behind_the_question_mark(github, issue, lines):
    lines().client.get(STATUS, "issues", {"state": "all", "per_page": 100, "labels": "a b"})

    assert github.requests[-1].query == {"state": "all", "per_page": "100", "labels": "a b"}


def test_the_repository_itself_can_be_read(github, issue, lines):
    assert lines().client.get(STATUS, "")["full_name"] == STATUS


def test_github_hears_who_asks_and_which_version_of_it(github, issue, lines):
    lines().client.get(STATUS, "issues/1")

    headers = github.requests[-1].headers
    assert headers["user-agent"].startswith("ghstatus/")
    assert headers["x-github-api-version"] == "2022-11-28"


def test_whoever_has_no_token_may_read_what_is_public_one_by_one(github, issue, lines):
    assert lines(token="").client.get(STATUS, "issues/1")["title"] == "Copr is down"


@pytest.mark.parametrize("kind", ["graphql:repository", *WRITTEN])
def test_whoever_has_no_token_may_do_nothing_else(github, issue, lines, kind):
    with pytest.raises(Unavailable, match="without a token GitHub only lets public things be read"):
        (REPEATED | WRITTEN)[kind](lines(token="").client, issue)

    assert github.requests == []


def test_a_token_that_github_does_not_know_ends_everything(github, issue, lines):
    token = f"{github.token(STATUS)}old"

    with pytest.raises(Unavailable, match=r"'Bad credentials' \(401\); it doesn't accept the token"):
        lines(token=token).client.get(STATUS, "issues/1")


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_token_without_the_permission_hears_which(github, issue, lines, kind):
    with pytest.raises(StoreError, match=r"\(403\); the token needs `issues: write`") as caught:
        WRITTEN[kind](lines(token=github.token(STATUS)).client, issue)

    assert caught.value.status == 403


def test_what_was_deleted_is_refused_in_githubs_words(github, issue, lines):
    issue.delete()

    with pytest.raises(StoreError, match=r"'This issue was deleted' \(410\)"):
        lines().client.get(STATUS, "issues/1")


@pytest.mark.parametrize(("path", "place"), [("issues/1", "packit/outages#1"), ("issues", "packit/outages")])
def test_a_renamed_repository_is_told_by_its_new_name(github, issue, lines, path, place):
    github.repository(STATUS).rename("outages")

    with pytest.raises(StoreError, match=rf"it has moved to {place}: use the new name"):
        lines().client.get(STATUS, path, {"page": 2} if path == "issues" else None)


def test_a_transferred_issue_is_told_by_its_new_place(github, issue, lines):
    issue.transfer(github.repository("packit/old"))

    with pytest.raises(StoreError, match=r"it has moved to packit/old#1"):
        lines().client.get(STATUS, "issues/1")


def test_a_new_name_that_can_not_be_found_out_is_told_as_an_address(github, issue, lines):
    github.repository(STATUS).rename("outages")
    github.fail("repos/get", with_=502)

    with pytest.raises(StoreError, match=r"it has moved to http://127\.0\.0\.1:\d+/repositories/\d+/issues/1"):
        lines().client.get(STATUS, "issues/1")


def test_a_redirect_to_another_host_is_told_and_not_followed(github, issue, lines, monkeypatch):
    from github.Requester import RequestsResponse

    monkeypatch.setattr(RequestsResponse, "__init__", elsewhere)

    with pytest.raises(StoreError, match=r"it has moved to https://ghe\.example/api/v3/repositories/5"):
        lines().client.get(STATUS, "issues/1")

    assert github.counts == {"issues/get": 1}


def elsewhere(response, _):
    response.status, response.headers = 301, {"location": "https://ghe.example/api/v3/repositories/5"}


def test_an_enterprise_server_is_asked_below_its_prefix():
    from tests.github.clients import running

    with running(prefix="/api/v3") as github:
        repository = github.repository(STATUS)
        issue = repository.issue("Copr is down")
        with Line(github, token=github.token(STATUS, issues="write")).client as client:
            assert client.get(STATUS, "issues/1")["title"] == "Copr is down"
            assert ASK["graphql:repository"](client, issue) == {"title": "Copr is down"}


def test_tolerated_errors_leave_the_rest(github, issue, lines):
    there = 'there: repository(owner: "packit", name: "none") { name }'
    text = f'query {{ here: repository(owner: "packit", name: "status") {{ name }} {there} }}'
    client = lines().client

    assert client.query(STATUS, text, {}, tolerate=("NOT_FOUND",)) == {"here": {"name": "status"}, "there": None}
    with pytest.raises(StoreError) as caught:
        client.query(STATUS, text, {})
    assert caught.value.status == 404


@pytest.mark.parametrize("path", ["issues/1/labels/..", "issues/1/labels/%2e", "../../user"])
def test_a_name_of_dots_never_climbs_to_something_else(github, issue, lines, path):
    with pytest.raises(StoreError, match="no name may be only dots"):
        lines().client.delete(STATUS, path)

    assert github.requests == []


@pytest.mark.parametrize("name", ["status", "packit/status/issues", "packit/..", "packit/st atus", "../x", "", "a/b\n"])
def test_what_is_no_repository_is_not_asked_for(github, lines, name):
    with pytest.raises(UsageError, match="is no repository; accepted: owner/name"):
        lines().client.get(name, "issues")

    assert github.requests == []


def test_after_hanging_up_the_next_request_calls_again(github, issue, lines):
    client = lines().client
    client.get(STATUS, "issues/1")
    client.close()

    assert client.get(STATUS, "issues/1")["number"] == 1
