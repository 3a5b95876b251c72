"""How a look at many repositories bears GitHub's limits and failures, and goes on later."""

from datetime import timedelta

import pytest

from ghstatus.errors import OutOfBudget, Overloaded, StoreError, Unavailable
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.heads import batches
from ghstatus.heads.batches import Size
from ghstatus.heads.github import GitHubHeads
from ghstatus.heads.observed import Bounds
from tests.github.direct import direct

PAGES = "graphql:viewer+rateLimit+repository*"


@pytest.fixture
def github():
    with direct() as made:
        made.clock.step = timedelta(0)
        yield made


def furnish(github, count, *, owner="packit", pulls=1):
    """Repositories in which every pull request fails."""
    names = [f"{owner}/r{number:02}" for number in range(count)]
    for name in names:
        for _ in range(pulls):
            github.repository(name).pull("Mend", by="ann", fork=True).head.check(
                "rpm-build:f41", "failure", summary="No"
            )
    return names


@pytest.fixture
def heads(github):
    def make(*, wait=60, app=None, **bounds):
        right = {"app_id": str(app.id), "app_private_key": app.private_key} if app else {}
        token = {} if app else {"token": github.token("packit/status", checks="write")}
        client = Client(
            Access(api_url=github.url, wait=wait, **right, **token),
            sleep=lambda seconds: github.clock.advance(seconds=seconds),
            clock=lambda: github.clock.now().timestamp(),
            tell=print,
        )
        github.open.callback(client.close)
        return GitHubHeads(client, bounds=Bounds(**bounds))

    return make


def names_of(seen):
    return [head.repository for head in seen.heads]


def app_of(github, *owners):
    app = github.app("ghstatus", checks="write", pull_requests="read")
    for owner in owners:
        app.install(*furnish(github, 2, owner=owner))
    return app


def test_many_repositories_take_few_requests(github, heads):
    names = furnish(github, 63)
    made = heads()
    seen = made.observe(names, github.clock.now())

    assert names_of(seen) == names
    assert all(head.checks[0].summary == "No" for head in seen.heads)
    assert (len(github.requests), seen.cursor, seen.trouble) == (13, None, ())
    assert made.points == 27


def test_every_page_of_many_repositories_is_read(github, heads):
    names = furnish(github, 3, pulls=65)
    seen = heads().observe(names, github.clock.now())

    assert {name: names_of(seen).count(name) for name in names} == dict.fromkeys(names, 65)
    assert len(github.requests) == 9


def test_less_is_asked_for_where_it_takes_too_long(github, heads):
    names = furnish(github, 6, pulls=12)
    github.fail(
        lambda request: sum(
            value for name, value in request.body["variables"].items() if name.startswith("s") and name[1:].isdigit()
        ) > 7,
        with_=502,
        times=None,
    )  # fmt: skip
    seen = heads(wait=6000).observe(names, github.clock.now())

    assert sorted(names_of(seen)) == sorted(names * 12)
    assert seen.trouble == ()
    assert sum(request.fault is not None for request in github.requests) == 14


def test_a_repository_that_never_answers_stops_no_other(github, heads):
    names = furnish(github, 9)
    github.fail(lambda request: "r04" in str(request.body["variables"]), with_=504, times=None)
    seen = heads(wait=6000).observe(names, github.clock.now())

    assert sorted(names_of(seen)) == [name for name in names if name != "packit/r04"]
    assert [problem.where for problem in seen.trouble] == ["packit/r04"]
    assert "504 Gateway Timeout" in str(seen.trouble[0])


def test_a_head_that_never_answers_stops_no_other(github, heads):
    names = furnish(github, 9)
    bad = github.repository("packit/r04").issues[1].node_id
    github.fail(lambda request: bad in str(request.body["variables"]), with_=504, times=None)
    seen = heads(wait=6000).observe(names, github.clock.now())

    assert sorted(names_of(seen)) == [name for name in names if name != "packit/r04"]
    assert [problem.where for problem in seen.trouble] == ["packit/r04"]


def test_checks_that_never_come_leave_a_head_partial(github, heads):
    (name,) = furnish(github, 1)
    for number in range(150):
        github.repository(name).issues[1].head.check(f"tests-{number}", "success")
    github.fail("graphql:viewer+rateLimit+node", with_=504, times=None)
    (head,) = heads(wait=6000).observe([name], github.clock.now()).heads

    assert (len(head.checks), head.is_partial) == (100, True)


def test_a_look_that_ends_early_says_so_and_goes_on(github, heads):
    names = furnish(github, 10)
    first = heads(requests=4).observe(names, github.clock.now())
    second = heads().observe(names, github.clock.now(), first.cursor)

    assert (list(first.repositories), first.cursor) == (names[:3], {"left": names[3:]})
    assert [str(problem) for problem in first.trouble] == [
        "packit/r03: this look may send 4 requests, and has → the next look goes on here"
    ]
    assert (list(second.repositories), second.cursor) == (names[3:] + names[:3], None)


def test_what_takes_more_than_a_look_may_comes_last(github, heads):
    """Otherwise no look would ever come to the others."""
    names = furnish(github, 3, pulls=12)
    found = set()
    cursor = {"left": names}
    for _ in range(3):
        seen = heads(requests=2).observe(names, github.clock.now(), cursor)
        found.add(cursor["left"][0])
        cursor = seen.cursor

    assert found == set(names)


def test_a_look_ends_in_time(github, heads):
    names = furnish(github, 3)
    until = github.clock.now() + timedelta(seconds=2)
    github.clock.step = timedelta(seconds=1)
    seen = heads(until=until).observe(names, github.clock.now())

    assert (list(seen.repositories), seen.cursor) == (names[:1], {"left": names[1:]})
    assert "the time for this look is over" in str(seen.trouble[0])


def test_some_points_are_left_to_others(github, heads):
    names = furnish(github, 3)
    github.limits.caps["graphql"] = 21
    seen = heads().observe(names, github.clock.now())

    assert (list(seen.repositories), seen.cursor) == (names[:1], {"left": names[1:]})
    assert "GitHub's hourly budget for packit is all but spent" in str(seen.trouble[0])


def test_a_limit_ends_a_look(github, heads):
    names = furnish(github, 3)
    github.fail(PAGES, with_="rate_limited", skip=1, times=None)
    seen = heads().observe(names, github.clock.now())

    assert (list(seen.repositories), seen.cursor) == (names[:1], {"left": names[1:]})
    assert "GitHub wants a pause" in str(seen.trouble[0])


def test_a_limit_at_once_keeps_the_order(github, heads):
    names = furnish(github, 2)
    seen = heads(requests=0).observe(names, github.clock.now())

    assert (seen.repositories, seen.cursor) == ((), {"left": names})


def test_whoever_cannot_ask_at_all_is_told(github, heads):
    names = furnish(github, 2)
    made = heads()
    github.tokens.issued.clear()

    with pytest.raises(Unavailable, match="doesn't accept the token"):
        made.observe(names, github.clock.now())


def test_without_a_token_nothing_is_read(github):
    access = Access(api_url=github.url)
    names = furnish(github, 1)
    with Client(access, sleep=print, clock=github.clock.now().timestamp, tell=print) as client:
        made = GitHubHeads(client)
        with pytest.raises(Unavailable, match="without a token"):
            made.observe(names, github.clock.now())


def test_each_account_of_an_app_has_a_budget_of_its_own(github, heads):
    app = app_of(github, "one", "two", "three")
    names = [f"{owner}/r{number:02}" for number in range(2) for owner in ("one", "two", "three")]
    github.fail(
        lambda request: request.kind.startswith("graphql") and "one" in request.body["variables"].values(),
        with_="rate_limited",
        times=None,
    )
    seen = heads(app=app).observe(names, github.clock.now())

    assert sorted(names_of(seen)) == ["three/r00", "three/r01", "two/r00", "two/r01"]
    assert seen.cursor == {"left": ["one/r01", "one/r00"]}
    assert len(seen.trouble) == 1


def test_an_account_that_answers_gives_hope(github, heads):
    owners = [f"owner-{number}" for number in range(8)]
    app = app_of(github, *owners)
    github.fail(
        lambda request: any(str(value) in owners[::2] for value in (request.body or {}).get("variables", {}).values()),
        with_="rate_limited",
        times=None,
    )
    seen = heads(app=app).observe([f"{owner}/r00" for owner in owners], github.clock.now())

    assert [name.partition("/")[0] for name in names_of(seen)] == owners[1::2]


def test_after_three_accounts_in_a_row_no_other_is_tried(github, heads):
    app = app_of(github, "one", "two", "three", "four")
    names = [f"{owner}/r00" for owner in ("one", "two", "three", "four")]
    github.fail(PAGES, with_="rate_limited", times=None)
    seen = heads(app=app).observe(names, github.clock.now())

    assert sorted(seen.cursor["left"]) == sorted(names)
    assert github.counts["graphql:viewer+rateLimit+repository"] == 3


def test_an_app_is_asked_for_what_it_is_installed_on(github, heads):
    app = app_of(github, "one", "two")
    github.repository("one/other")
    github.repository("one/r01", archived=True)
    seen = heads(app=app).observe(["ONE/*", "nobody/*", "packit/x"], github.clock.now())

    assert names_of(seen) == ["one/r00"]
    assert [problem.where for problem in seen.trouble] == ["nobody/*", "packit/x"]
    assert "isn't installed on the account of nobody" in str(seen.trouble[0])


def test_very_many_installations_are_found(github, heads):
    app = github.app("ghstatus", checks="write")
    for number in range(101):
        app.install(f"owner-{number:03}/r00")
    for number in range(101):
        app.installations[list(app.installations)[-1]].repositories.append(github.repository(f"owner-100/x{number:03}"))
    seen = heads(app=app).observe(["owner-100/*"], github.clock.now())

    assert len(seen.repositories) == 102
    assert github.counts["apps/list-installations"] == 2
    assert github.counts["apps/list-repos-accessible-to-installation"] == 2


def test_a_size_shrinks_at_once_and_recovers_slowly():
    size = Size(100)
    size.shrink()
    assert size.value == 50
    for _ in range(7):
        size.bear()
    assert size.value == 50
    size.bear()
    assert size.value == 100
    for _ in range(8):
        size.bear()
    assert size.value == 100
    for _ in range(9):
        size.shrink()
    assert size.value == 1


@pytest.mark.parametrize("error", [StoreError("no"), Overloaded("slow")])
def test_each_thing_is_asked_about_once_and_the_bad_one_alone(error):
    asked = []

    def ask(items):
        asked.append(items)
        if 5 in items:
            raise error
        return f"about {items}"

    answers = list(batches.each(range(10), Size(4), lambda _: 1, ask))

    assert [item for answer in answers for item in answer.items] == list(range(10))
    assert [(answer.items, answer.error) for answer in answers if answer.answer is None] == [((5,), error)]
    assert all(len(items) <= 4 for items in asked)


def test_things_have_weights():
    answers = batches.each([9, 1, 2, 3], Size(4), lambda item: item, lambda items: items)

    assert [answer.items for answer in answers] == [(9,), (1, 2), (3,)]


def test_what_else_goes_wrong_ends_it():
    def ask(items):
        raise OutOfBudget("spent")

    with pytest.raises(OutOfBudget):
        list(batches.each([1, 2], Size(1), lambda _: 1, ask))


@pytest.mark.parametrize("times", [4, 99])
def test_a_line_that_breaks_is_tried_longer(github, heads, times):
    names = furnish(github, 2)
    made = heads(wait=6000)
    github.fail(PAGES, with_="drop", times=times)

    if times == 99:
        with pytest.raises(Unavailable, match="asked 5 times"):
            made.observe(names, github.clock.now())
        with pytest.raises(Unavailable, match="asked 5 times"):
            made.pull(names[0], 1, github.clock.now())
    else:
        assert names_of(made.observe(names, github.clock.now())) == names
