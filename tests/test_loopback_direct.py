"""The loopback GitHub answers within the process as it does over a line, and goes back to how it was."""

import pytest
import requests
from github import GithubException

from tests.github.direct import Killed, direct


@pytest.fixture
def github():
    with direct() as made:
        yield made


@pytest.fixture
def issue(github):
    return github.repository("packit/status").issue("Copr is down")


@pytest.fixture
def theirs(github, issue):
    return github.client(github.token("packit/status", issues="write")).get_repo("packit/status").get_issue(1)


def bodies(github):
    return [comment.body for comment in github.repository("packit/status").issues[1].comments]


def test_a_request_is_answered_without_a_server(github, theirs):
    theirs.create_comment("Hi")

    assert ([comment.body for comment in theirs.get_comments()], bodies(github)) == (["Hi"], ["Hi"])
    assert github.counts["issues/create-comment"] == 1


def test_there_is_nobody_else(github):
    with pytest.raises(requests.ConnectionError, match="nothing but"):
        requests.get("https://api.github.com/rate_limit", timeout=1)


@pytest.mark.parametrize(("when", "expected"), [("before", []), ("after", ["Hi"])])
@pytest.mark.parametrize(("with_", "error"), [("drop", requests.ConnectionError), ("kill", Killed)])
def test_a_line_breaks_before_or_after(github, theirs, with_, error, when, expected):
    github.fail("issues/create-comment", with_=with_, when=when)

    with pytest.raises(error):
        theirs.create_comment("Hi")
    assert bodies(github) == expected


@pytest.mark.parametrize(
    ("with_", "error"), [("truncate", requests.exceptions.ChunkedEncodingError), ("delay", requests.ReadTimeout)]
)
def test_an_answer_gets_lost(github, theirs, with_, error):
    github.fail("issues/create-comment", with_=with_, seconds=0)

    with pytest.raises(error):
        theirs.create_comment("Hi")
    assert bodies(github) == ["Hi"]


def test_half_an_answer_looks_whole(github, theirs):
    github.fail("issues/create-comment", with_="half")

    with pytest.raises(requests.JSONDecodeError):
        requests.post(
            f"{github.url}/repos/packit/status/issues/1/comments", json={"body": "Hi"}, timeout=1,
            headers={"Authorization": f"token {github.pat('jane')}"},
        ).json()  # fmt: skip
    assert bodies(github) == ["Hi"]


def test_a_token_turns_out_to_hold_nothing(github, theirs):
    github.fail("*", with_="forbidden", times=None)

    with pytest.raises(GithubException, match="Resource not accessible by integration"):
        theirs.create_comment("Hi")
    assert (bodies(github), theirs.title) == ([], "Copr is down")  # what is public may be read


def test_everything_can_be_put_back_again_and_again(github, theirs):
    kept = github.kept()
    for _ in range(2):
        theirs.create_comment("Hi")
        assert (bodies(github), github.requests[-1].verb) == (["Hi"], "POST")
        github.put_back(kept)
        assert (bodies(github), github.requests) == ([], [])
