"""The loopback GitHub executes GraphQL on GitHub's own schema, with GitHub's limits and errors."""

import pytest
from github import GithubException, UnknownObjectException

pytestmark = pytest.mark.loopback

ISSUES = """
query($owner: String!, $name: String!, $size: Int!, $after: String, $since: DateTime, $labels: [String!]) {
  repository(owner: $owner, name: $name) {
    issues(first: $size, after: $after, filterBy: {since: $since}, labels: $labels, orderBy: {field: UPDATED_AT, direction: ASC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id number title state stateReason(enableDuplicate: true) isPinned updatedAt
        author { __typename login }
        authorAssociation
        labels(first: 20) { nodes { name } }
        comments(first: 50) { nodes { body isMinimized minimizedReason author { login } } }
        timelineItems(first: 100, itemTypes: [LABELED_EVENT, CLOSED_EVENT, PINNED_EVENT, RENAMED_TITLE_EVENT]) {
          nodes {
            __typename
            ... on LabeledEvent { actor { login } createdAt label { name } }
            ... on ClosedEvent { stateReason actor { login } }
            ... on RenamedTitleEvent { previousTitle currentTitle }
          }
        }
      }
    }
  }
  rateLimit { cost nodeCount }
}
"""
ROLLUP = """
query($number: Int!) { repository(owner: "packit", name: "packit") { pullRequest(number: $number) {
  headRefOid isCrossRepository
  statusCheckRollup { state contexts(first: 100) { totalCount checkRunCountsByState { state count } nodes {
    __typename
    ... on CheckRun { name status conclusion isRequired(pullRequestNumber: $number) checkSuite { app { slug databaseId } workflowRun { event } } }
    ... on StatusContext { context state isRequired(pullRequestNumber: $number) }
  } } }
} } }
"""


@pytest.fixture
def status(github):
    repository = github.repository("packit/status")
    repository.grant("jane", "write")
    return repository


@pytest.fixture
def requester(github, status):
    return github.client(github.token("packit/status", issues="write")).requester


def ask(requester, query, **variables):
    return requester.graphql_query(query, variables)[1]["data"]


def issues(requester, size=50, **variables):
    return ask(requester, ISSUES, owner="packit", name="status", size=size, **variables)["repository"]["issues"]


def refused(requester, query, **variables):
    with pytest.raises(GithubException) as error:
        requester.graphql_query(query, variables)
    return error.value.data["errors"][0]


def pin(requester, issue, verb="pin"):
    return requester.graphql_named_mutation(f"{verb}Issue", {"issueId": issue.node_id}, "issue { isPinned }")[1][
        "issue"
    ]["isPinned"]


def test_one_query_tells_all_of_an_issue(github, status, requester):
    issue = status.issue("Copr is down", by="jane", labels=["incident"])
    issue.rename("Copr is slow", by="jane").comment("Better", by="jane").minimize("OFF_TOPIC")
    issue.pin(by="jane").close("duplicate", by=github.app("packit"))
    status.pull("No issue")

    (told,) = issues(requester)["nodes"]

    assert told["stateReason"] == "DUPLICATE"
    assert told["isPinned"] is True
    assert told["author"] == {"__typename": "User", "login": "jane"}
    assert told["comments"]["nodes"] == [
        {"body": "Better", "isMinimized": True, "minimizedReason": "off-topic", "author": {"login": "jane"}}
    ]
    assert told["timelineItems"]["nodes"] == [
        {
            "__typename": "LabeledEvent",
            "actor": {"login": "jane"},
            "createdAt": "2026-03-02T09:00:00Z",
            "label": {"name": "incident"},
        },
        {"__typename": "RenamedTitleEvent", "previousTitle": "Copr is down", "currentTitle": "Copr is slow"},
        {"__typename": "PinnedEvent"},
        {"__typename": "ClosedEvent", "stateReason": "DUPLICATE", "actor": {"login": "packit"}},
    ]


def test_cost_and_nodes_are_counted_as_github_does(requester):
    told = ask(requester, ISSUES, owner="packit", name="status", size=50)

    assert told["rateLimit"] == {"cost": 2, "nodeCount": 50 + 50 * 20 + 50 * 50 + 50 * 100}


def test_pages_follow_cursors(status, requester):
    for number in range(5):
        status.issue(f"Issue {number}")
    found, after = [], None
    while True:
        page = issues(requester, size=2, after=after)
        found += [issue["number"] for issue in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert (found, page["totalCount"]) == ([1, 2, 3, 4, 5], 5)


@pytest.mark.parametrize(("direction", "expected"), [("ASC", [1, 2, 3, 4, 1, 4]), ("DESC", [4, 3, 2])])
def test_only_from_the_oldest_change_on_nothing_is_lost_between_two_pages(
    github, status, requester, direction, expected
):
    query = """query($after: String) { repository(owner: "packit", name: "status") {
        issues(first: 2, after: $after, orderBy: {field: UPDATED_AT, direction: %s}) { pageInfo { endCursor } nodes { number } } } }"""
    for number in range(4):
        status.issue(f"Issue {number}")
        github.clock.advance(minutes=1)
    found, after = [], None
    for number in (1, 4, 4):
        page = ask(requester, query % direction, after=after)["repository"]["issues"]
        found += [issue["number"] for issue in page["nodes"]]
        after = page["pageInfo"]["endCursor"] or after
        status.issues[number].comment("Moves to the end")

    assert found == expected


def test_several_nodes_at_once(status, requester):
    issue = status.issue("One")

    error = refused(
        requester, "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { number } } }", ids=[issue.node_id, "I_nope"]
    )

    assert (error["type"], error["path"]) == ("NOT_FOUND", ["nodes", 1])


def test_the_end_of_a_list(status, requester):
    for number in range(3):
        status.issue(f"Issue {number}")
    query = """{ repository(owner: "packit", name: "status") { issues(last: 2) {
        pageInfo { hasNextPage hasPreviousPage } edges { cursor node { number } } } } }"""

    page = ask(requester, query)["repository"]["issues"]

    assert [edge["node"]["number"] for edge in page["edges"]] == [2, 3]
    assert page["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True}


def test_since_is_about_the_last_change(github, status, requester):
    status.issue("One")
    between = github.clock.advance(hours=1)
    status.issue("Two")

    assert [issue["number"] for issue in issues(requester, since=between.isoformat())["nodes"]] == [2]


def test_one_label_of_a_filter_is_enough(status, requester):
    status.issue("One", labels=["incident"])
    status.issue("Two", labels=["maintenance"])
    status.issue("Three")

    assert [issue["number"] for issue in issues(requester, labels=["Incident", "maintenance"])["nodes"]] == [1, 2]


def test_bots_have_another_login_than_in_rest(github, status, requester):
    github.client(github.token("packit/status", issues="write")).get_repo("packit/status").create_issue("One")

    assert issues(requester)["nodes"][0]["author"] == {"__typename": "Bot", "login": "github-actions"}


def test_three_issues_are_pinned_and_a_fourth_is_not(status, requester):
    four = [status.issue(f"Issue {number}") for number in range(4)]

    assert [pin(requester, issue) for issue in four[:3]] == [True, True, True]
    error = refused(
        requester, "mutation($id: ID!) { pinIssue(input: {issueId: $id}) { issue { id } } }", id=four[3].node_id
    )
    assert (error["type"], error["path"]) == ("UNPROCESSABLE", ["pinIssue"])
    assert pin(requester, four[0], "unpin") is False
    assert pin(requester, four[3]) is True
    pinned = ask(
        requester,
        '{ repository(owner: "packit", name: "status") { pinnedIssues(first: 3) { nodes { issue { number } pinnedBy { login } } } } }',
    )
    assert [pin["issue"]["number"] for pin in pinned["repository"]["pinnedIssues"]["nodes"]] == [2, 3, 4]
    assert {pin["pinnedBy"]["login"] for pin in pinned["repository"]["pinnedIssues"]["nodes"]} == {"github-actions"}


def test_pinning_again_changes_nothing(status, requester):
    issue = status.issue("One").pin(by="jane")

    assert pin(requester, issue) is True
    assert [event.kind for event in issue.events] == ["pinned"]


def test_a_closed_issue_stays_pinned(status):
    assert status.issue("One").pin().close().pinned_by is not None


def test_pinning_needs_the_permission(github, status):
    issue = status.issue("One")
    mutation = "mutation($id: ID!) { pinIssue(input: {issueId: $id}) { issue { id } } }"

    reader = refused(github.client(github.token("packit/status", issues="read")).requester, mutation, id=issue.node_id)
    stranger = refused(github.client(github.pat("stranger")).requester, mutation, id=issue.node_id)

    assert (reader["type"], reader["message"]) == ("FORBIDDEN", "Resource not accessible by integration")
    assert (stranger["type"], stranger["message"]) == (
        "FORBIDDEN",
        "stranger does not have the correct permissions to execute `PinIssue`",
    )


def test_comments_by_mutation(github, status, requester):
    issue = status.issue("One")
    _, told = requester.graphql_named_mutation(
        "addComment", {"subjectId": issue.node_id, "body": "Hi"}, "commentEdge { node { id body } }"
    )
    comment = told["commentEdge"]["node"]
    requester.graphql_named_mutation(
        "minimizeComment", {"subjectId": comment["id"], "classifier": "RESOLVED"}, "minimizedComment { isMinimized }"
    )
    _, told = requester.graphql_named_mutation(
        "unminimizeComment", {"subjectId": comment["id"]}, "unminimizedComment { isMinimized }"
    )

    assert (comment["body"], told) == ("Hi", {"unminimizedComment": {"isMinimized": False}})


def test_a_rollup_mixes_checks_and_statuses(github):
    repository = github.repository("packit/packit", required_checks={"rpm-build:f40"})
    pull = repository.pull("Fix", by="ann", fork=True)
    pull.head.check("rpm-build:f40", "failure")
    pull.head.check("rpm-build:f40", "success")
    pull.head.check("docs", "neutral", app="github-actions")
    pull.head.status("zuul", "pending")
    requester = github.client(github.token("packit/packit")).requester

    told = ask(requester, ROLLUP, number=1)["repository"]["pullRequest"]

    assert told["isCrossRepository"] is True
    assert told["statusCheckRollup"]["state"] == "PENDING"
    copr, docs, zuul = told["statusCheckRollup"]["contexts"]["nodes"]
    assert (copr["conclusion"], copr["isRequired"], copr["checkSuite"]["workflowRun"]) == ("SUCCESS", True, None)
    assert docs["checkSuite"] == {
        "app": {"slug": "github-actions", "databaseId": 15368},
        "workflowRun": {"event": "pull_request"},
    }
    assert (zuul["context"], zuul["state"], zuul["isRequired"]) == ("zuul", "PENDING", False)


def test_a_head_without_checks_has_no_rollup(github):
    github.repository("packit/packit").pull("Fix")
    requester = github.client(github.token("packit/packit")).requester

    assert ask(requester, ROLLUP, number=1)["repository"]["pullRequest"]["statusCheckRollup"] is None


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            '{ repository(owner: "packit", name: "nope") { id } }',
            "Could not resolve to a Repository with the name 'packit/nope'.",
        ),
        (
            '{ repository(owner: "packit", name: "status") { issue(number: 9) { id } } }',
            "Could not resolve to an Issue with the number of 9.",
        ),
        ('{ node(id: "I_nope") { id } }', "Could not resolve to a node with the global id of 'I_nope'"),
    ],
)
def test_what_is_not_there(requester, query, message):
    with pytest.raises(UnknownObjectException) as error:
        requester.graphql_query(query, {})

    assert error.value.data["errors"][0]["message"] == message
    assert error.value.data["errors"][0]["type"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("page", "kind", "message"),
    [
        (
            "",
            "MISSING_PAGINATION_BOUNDARIES",
            "You must provide a `first` or `last` value to properly paginate the `issues` connection.",
        ),
        (
            "(first: 101)",
            "EXCESSIVE_PAGINATION",
            "Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records.",
        ),
    ],
)
def test_a_list_is_asked_for_in_pages(requester, page, kind, message):
    error = refused(
        requester, f'{{ repository(owner: "packit", name: "status") {{ issues{page} {{ nodes {{ id }} }} }} }}'
    )

    assert (error["type"], error["message"], error["path"]) == (kind, message, ["repository", "issues"])


def test_counting_needs_no_page(status, requester):
    status.issue("One")

    assert ask(requester, '{ repository(owner: "packit", name: "status") { issues { totalCount } } }')["repository"][
        "issues"
    ] == {"totalCount": 1}


def test_a_query_asks_for_half_a_million_nodes_at_most(requester):
    error = refused(
        requester,
        """{ repository(owner: "packit", name: "status") { issues(first: 100) { nodes {
        comments(first: 100) { nodes { reactions(first: 100) { nodes { id } } } } } } } }""",
    )

    assert error["type"] == "MAX_NODE_LIMIT_EXCEEDED"
    assert (
        error["message"]
        == "This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000."
    )


def test_unknown_fields_are_refused_and_recorded(github, requester):
    error = refused(requester, '{ repository(owner: "packit", name: "status") { pinned } }')

    assert (error["message"], error["extensions"]["code"]) == (
        "Field 'pinned' doesn't exist on type 'Repository'",
        "undefinedField",
    )
    assert [violation.split(":")[0] for violation in github.violations] == ["graphql"]
    github.violations.clear()


def test_nobody_asks_without_a_token(github):
    with pytest.raises(GithubException, match="requires you to be authenticated") as error:
        github.client().requester.graphql_query("{ rateLimit { cost } }", {})

    assert error.value.status == 401


def test_deleted_issues_are_not_there(status, requester):
    status.issue("One").delete()

    assert issues(requester)["totalCount"] == 0
    assert (
        refused(requester, '{ repository(owner: "packit", name: "status") { issue(number: 1) { id } } }')["type"]
        == "NOT_FOUND"
    )


def test_edits_and_reactions(github, status, requester):
    issue = status.issue("One", "Dwon", by="jane")
    issue.edit("Down", by="joe").react("+1", by="ann")
    query = """{ repository(owner: "packit", name: "status") { issue(number: 1) {
        includesCreatedEdit lastEditedAt editor { login } userContentEdits(first: 9) { nodes { diff editor { login } } }
        reactions(content: THUMBS_UP) { totalCount } reactionGroups { content reactors { totalCount } } } } }"""

    told = ask(requester, query)["repository"]["issue"]

    assert told["userContentEdits"]["nodes"] == [{"diff": "Down", "editor": {"login": "joe"}}]
    assert (told["includesCreatedEdit"], told["lastEditedAt"], told["editor"]) == (
        True,
        "2026-03-02T09:00:00Z",
        {"login": "joe"},
    )
    assert told["reactions"] == {"totalCount": 1}
    assert told["reactionGroups"][0] == {"content": "THUMBS_UP", "reactors": {"totalCount": 1}}


def test_all_that_a_pull_request_tells(github):
    repository = github.repository("packit/packit")
    repository.pull("Done", by="jane", branch="done").merge()
    pull = repository.pull("Fix", by="jane", branch="fix").label("bug")
    pull.head.check("docs", "success", app="github-actions")
    pull.head.status("zuul", "success", by="jane")
    requester = github.client(github.pat("jane")).requester
    query = """{ repository(owner: "packit", name: "packit") {
        pullRequests(first: 9, states: [OPEN], headRefName: "fix", labels: ["bug"]) { nodes {
            number state closed merged isDraft url headRepository { nameWithOwner } labels(first: 9) { nodes { name color } }
            commits(last: 1) { nodes { commit {
                oid status { state contexts { context creator { login } } }
                checkSuites(first: 9, filterBy: {appId: 15368}) { nodes { conclusion checkRuns(first: 9) { nodes { name permalink } } } }
            } } } } }
        merged: pullRequests(states: MERGED) { totalCount } } }"""

    told = ask(requester, query)["repository"]
    (open_,) = told["pullRequests"]["nodes"]
    commit = open_["commits"]["nodes"][0]["commit"]

    assert told["merged"]["totalCount"] == 1
    assert (open_["number"], open_["state"], open_["merged"], open_["headRepository"]) == (
        2,
        "OPEN",
        False,
        {"nameWithOwner": "packit/packit"},
    )
    assert open_["labels"]["nodes"] == [{"name": "bug", "color": "ededed"}]
    assert commit["oid"] == pull.head.oid
    assert commit["status"] == {"state": "SUCCESS", "contexts": [{"context": "zuul", "creator": {"login": "jane"}}]}
    (suite,) = commit["checkSuites"]["nodes"]
    assert (suite["conclusion"], [run["name"] for run in suite["checkRuns"]["nodes"]]) == ("SUCCESS", ["docs"])


def test_a_repository_and_its_labels(github, status):
    status.label("incident", "ff0000", "Something is down")
    status.label("severity/major")
    query = """{ viewer { login } repository(owner: "Packit", name: "STATUS") {
        id nameWithOwner isPrivate isArchived hasIssuesEnabled viewerPermission url owner { __typename login url }
        label(name: "Incident") { name description color } labels(first: 9, query: "sever", orderBy: {field: NAME, direction: DESC}) { nodes { name url } }
        object(expression: "main") { oid } issueOrPullRequest(number: 1) { __typename } } }"""
    status.pull("Fix")

    told = ask(github.client(github.pat("jane")).requester, query)

    assert told["viewer"] == {"login": "jane"}
    assert told["repository"] == {
        "id": status.node_id, "nameWithOwner": "packit/status", "isPrivate": False, "isArchived": False, "hasIssuesEnabled": True,
        "viewerPermission": "WRITE", "url": "https://github.com/packit/status",
        "owner": {"__typename": "Organization", "login": "packit", "url": "https://github.com/packit"},
        "label": {"name": "incident", "description": "Something is down", "color": "ff0000"},
        "labels": {"nodes": [{"name": "severity/major", "url": "https://github.com/packit/status/labels/severity/major"}]},
        "object": {"oid": status.branches["main"].oid}, "issueOrPullRequest": {"__typename": "PullRequest"},
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "expected"), [("workflow", "github-actions[bot]"), ("app", "ghstatus[bot]")])
def test_whoever_acts_for_an_app_is_its_bot(github, status, kind, expected):
    token = github.token("packit/status")
    if kind == "app":
        app = github.app("ghstatus", issues="write")
        app.install("packit/status")
        token = github.tokens.installation(next(iter(app.installations.values())), [status], {}).value

    told = ask(github.client(token).requester, "{ viewer { __typename login databaseId } }")["viewer"]

    assert told == {"__typename": "User", "login": expected, "databaseId": github.world.user(expected).id}


def test_an_author_who_is_a_bot_has_its_bare_name(github, status, requester):
    issue = status.issue("One", by=github.world.app("github-actions")).pin(by=github.world.app("github-actions"))
    issue.edit("More", by="jane")

    query = """{ repository(owner: "packit", name: "status") { pinnedIssues(first: 3) { nodes { pinnedBy { __typename login } } }
        issue(number: 1) { author { __typename login } editor { __typename login } lastEditedAt } } }"""
    told = ask(requester, query)["repository"]

    bot = {"__typename": "Bot", "login": "github-actions"}
    assert told["pinnedIssues"]["nodes"] == [{"pinnedBy": bot}]
    assert told["issue"] == {
        "author": bot, "editor": {"__typename": "User", "login": "jane"}, "lastEditedAt": "2026-03-02T09:00:00Z",
    }  # fmt: skip


def test_one_request_may_ask_for_several_lists(github, status, requester):
    for number, label in enumerate(("incident", "maintenance", "incident"), start=1):
        github.clock.advance(minutes=1)
        status.issue(f"Issue {number}", labels=[label])
    status.issues[1].close("duplicate")

    query = """query($since: DateTime) { repository(owner: "packit", name: "status") {
        changed: issues(first: 50, labels: ["incident"], filterBy: {since: $since}, orderBy: {field: UPDATED_AT, direction: ASC}) {
            nodes { number stateReason(enableDuplicate: true) old: stateReason } }
        open: issues(first: 50, labels: ["incident"], states: [OPEN]) { nodes { number } }
        others: issues(labels: ["maintenance"]) { totalCount } nothing: issues(labels: ["no such label"]) { totalCount }
        labels(first: 100) { nodes { name } } }
      rateLimit { cost limit remaining resetAt used } }"""
    told = ask(requester, query, since="2026-03-02T09:02:30Z")

    assert told["repository"] == {
        "changed": {"nodes": [
            {"number": 1, "stateReason": "DUPLICATE", "old": "NOT_PLANNED"}, {"number": 3, "stateReason": None, "old": None},
        ]},
        "open": {"nodes": [{"number": 3}]}, "others": {"totalCount": 1}, "nothing": {"totalCount": 0},
        "labels": {"nodes": [{"name": "incident"}, {"name": "maintenance"}]},
    }  # fmt: skip
    assert told["rateLimit"] == {
        "cost": 1, "limit": 1000, "remaining": 999, "resetAt": "2026-03-02T10:03:01Z", "used": 1,
    }  # fmt: skip


def test_a_switched_off_tracker_lists_nothing(github, status, requester):
    status.issue("One")
    status.has_issues = False

    query = '{ repository(owner: "packit", name: "status") { hasIssuesEnabled isArchived issues { totalCount } } }'
    assert ask(requester, query)["repository"] == {
        "hasIssuesEnabled": False, "isArchived": False, "issues": {"totalCount": 0},
    }  # fmt: skip


def test_what_was_deleted_is_no_node(github, status, requester):
    issue = status.issue("One", labels=["incident"])
    comment, label = issue.comment("Hi"), status.find_label("incident")
    comment.delete()
    status.remove_label(label)

    for thing in (comment, label):
        assert refused(requester, "query($id: ID!) { node(id: $id) { id } }", id=thing.node_id)["type"] == "NOT_FOUND"
    assert ask(requester, "query($id: ID!) { node(id: $id) { id } }", id=issue.node_id)["node"]
    issue.delete()
    assert refused(requester, "query($id: ID!) { node(id: $id) { id } }", id=issue.node_id)["type"] == "NOT_FOUND"


def test_an_issue_is_paged_by_its_id(github, status, requester):
    issue = status.issue("One")
    for number in range(5):
        issue.comment(str(number)).issue.label(f"label {number}")

    query = """query($id: ID!, $comments: String, $events: String) { node(id: $id) { ... on Issue {
        comments(first: 3, after: $comments) { nodes { body isMinimized editor { login } } pageInfo { hasNextPage endCursor } }
        timelineItems(first: 3, after: $events, itemTypes: [LABELED_EVENT]) { pageInfo { hasNextPage endCursor }
            nodes { ... on LabeledEvent { label { name } } } } } } }"""
    first = ask(requester, query, id=issue.node_id)["node"]
    cursors = {
        name: first[key]["pageInfo"]["endCursor"]
        for name, key in (("comments", "comments"), ("events", "timelineItems"))
    }
    second = ask(requester, query, id=issue.node_id, **cursors)["node"]

    assert [one["body"] for one in first["comments"]["nodes"] + second["comments"]["nodes"]] == list("01234")
    lines = first["timelineItems"]["nodes"] + second["timelineItems"]["nodes"]
    assert [line["label"]["name"] for line in lines] == [f"label {number}" for number in range(5)]
    assert (first["comments"]["pageInfo"]["hasNextPage"], second["comments"]["pageInfo"]["hasNextPage"]) == (
        True,
        False,
    )


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("moved", [False, True])
def test_pages_may_be_turned_both_ways(github, status, requester, direction, moved):
    for number in range(6):
        github.clock.advance(minutes=1)
        status.issue(f"Issue {number}")
    query = f"""query($after: String, $before: String, $first: Int, $last: Int) {{ repository(owner: "packit", name: "status") {{
        issues(first: $first, last: $last, after: $after, before: $before, orderBy: {{field: UPDATED_AT, direction: {direction}}}) {{
            edges {{ cursor node {{ number }} }} pageInfo {{ hasNextPage hasPreviousPage }} }} }} }}"""
    numbers = [1, 2, 3, 4, 5, 6] if direction == "ASC" else [6, 5, 4, 3, 2, 1]
    middle = ask(requester, query, first=3)["repository"]["issues"]["edges"][2]
    assert middle["node"]["number"] == numbers[2]
    if moved:
        status.issues[numbers[2]].touch()  # it goes to the newest end
        numbers = [number for number in numbers if number != middle["node"]["number"]]
        numbers = [*numbers, middle["node"]["number"]] if direction == "ASC" else [middle["node"]["number"], *numbers]

    def seen(**page):
        return [edge["node"]["number"] for edge in ask(requester, query, **page)["repository"]["issues"]["edges"]]

    place = {("ASC", False): (2, 3), ("DESC", False): (2, 3), ("ASC", True): (2, 2), ("DESC", True): (3, 3)}[
        direction, moved
    ]
    assert seen(first=10, after=middle["cursor"]) == numbers[place[1] :]
    assert seen(last=10, before=middle["cursor"]) == numbers[: place[0]]
    assert seen(last=1, before=middle["cursor"]) == numbers[place[0] - 1 : place[0]]


def test_private_repositories_are_hidden(github, status, requester):
    issue = status.issue("One")
    status.private = True
    stranger = github.client(github.pat("stranger")).requester

    assert refused(stranger, '{ repository(owner: "packit", name: "status") { id } }')["type"] == "NOT_FOUND"
    assert refused(stranger, "query($id: ID!) { node(id: $id) { id } }", id=issue.node_id)["type"] == "NOT_FOUND"
    assert issues(requester)["totalCount"] == 1


def test_a_deleted_comment_leaves_who_deleted_whose(github, status, requester):
    status.issue("One").comment("Hello.", by="joe").delete(by="jane")
    query = """{ repository(owner: "packit", name: "status") { issue(number: 1) {
        timelineItems(last: 1, itemTypes: [COMMENT_DELETED_EVENT]) { nodes {
        ... on CommentDeletedEvent { actor { login } deletedCommentAuthor { login } } } } } } }"""

    told = ask(requester, query)["repository"]["issue"]

    assert told["timelineItems"]["nodes"] == [{"actor": {"login": "jane"}, "deletedCommentAuthor": {"login": "joe"}}]


def test_a_transferred_issue_tells_where_it_was(github, status):
    other = github.repository("packit/other")
    status.issue("One").transfer(other, by="jane")
    query = """{ repository(owner: "packit", name: "other") { issue(number: 1) { timelineItems(last: 1) { nodes {
        ... on TransferredEvent { actor { login } fromRepository { nameWithOwner } } } } } } }"""

    told = ask(github.client(github.pat("jane")).requester, query)["repository"]["issue"]

    assert told["timelineItems"]["nodes"] == [
        {"actor": {"login": "jane"}, "fromRepository": {"nameWithOwner": "packit/status"}}
    ]


@pytest.mark.parametrize(
    ("page", "kind"),
    [("first: -1", "INVALID_PAGINATION"), ('first: 1, after: "nonsense"', "INVALID_CURSOR_ARGUMENTS")],
)
def test_pages_that_are_not_there(requester, page, kind):
    error = refused(
        requester, f'{{ repository(owner: "packit", name: "status") {{ issues({page}) {{ nodes {{ id }} }} }} }}'
    )

    assert error["type"] == kind


def test_fragments_count_too(requester):
    error = refused(requester, """
        query($most: Int = 100) { repository(owner: "packit", name: "status") { ...Deep } }
        fragment Deep on Repository { issues(first: $most) { nodes { comments(first: $most) { nodes { reactions(first: $most) { nodes { id } } } } } } }
    """)  # fmt: skip

    assert error["type"] == "MAX_NODE_LIMIT_EXCEEDED"


def test_an_issue_is_pinned_and_nothing_else(status, requester):
    comment = status.issue("One").comment("Hi")

    error = refused(
        requester, "mutation($id: ID!) { pinIssue(input: {issueId: $id}) { issue { id } } }", id=comment.node_id
    )

    assert (error["type"], error["message"]) == (
        "NOT_FOUND",
        f"Could not resolve to Issue node with the global id of '{comment.node_id}'.",
    )


def test_a_locked_issue_takes_no_comments_of_strangers(github, status):
    issue = status.issue("One").lock("off-topic")
    mutation = 'mutation($id: ID!) { addComment(input: {subjectId: $id, body: "Hi"}) { clientMutationId } }'

    assert refused(github.client(github.pat("stranger")).requester, mutation, id=issue.node_id)["type"] == "FORBIDDEN"
    assert issue.comments == []


def test_a_query_goes_so_deep_and_no_deeper(requester):
    query = "labels(first: 1) { nodes { id } }"
    for _ in range(12):
        query = f"issues(first: 1) {{ nodes {{ repository {{ {query} }} }} }}"

    error = refused(requester, f'{{ repository(owner: "packit", name: "status") {{ {query} }} }}')

    assert error["type"] == "MAX_DEPTH_EXCEEDED"
