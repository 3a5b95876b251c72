"""What GitHub's answers mean, and how a refusal is told."""

import json
from collections import Counter

import pytest

from ghstatus.errors import StoreError, Unavailable
from ghstatus.github import wording
from ghstatus.github.access import Access
from ghstatus.github.answers import (
    Answer,
    Done,
    Limited,
    Lost,
    Refused,
    Unsure,
    judge,
    judge_graphql,
)
from ghstatus.github.asking import Asking
from ghstatus.github.patience import Patience

NOW = 1_000_000.0
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


def answer(status, data=None, **headers):
    text = "" if data is None else data if isinstance(data, str) else json.dumps(data)
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, text)


def graphql(*errors, data=None, **headers):
    return answer(200, {"errors": list(errors)} | ({} if data is None else {"data": data}), **headers)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer(200, {"number": 1}), Done({"number": 1})),
        (answer(204), Done(None)),
        (answer(200, '{"number": '), Unsure("half an answer, or one that isn't GitHub's")),
        (
            answer(200, "<html>Sign in to the hotel's network</html>"),
            Unsure("half an answer, or one that isn't GitHub's"),
        ),
        (answer(200, "[" * 100_000), Unsure("half an answer, or one that isn't GitHub's")),
        (Lost("the line broke"), Unsure("the line broke")),
        (Lost("nobody there", is_sent=False), Unsure("nobody there", is_sent=False)),
        (answer(500, "<html>"), Unsure("500 Internal Server Error")),
        (answer(503), Unsure("503 Service Unavailable")),
        (answer(502, "<html>"), Unsure("502 Bad Gateway", is_slow=True)),
        (answer(504), Unsure("504 Gateway Timeout", is_slow=True)),
        (answer(408), Unsure("408 Request Timeout")),
        (answer(599), Unsure("599")),
        (answer(404, {"message": "Not Found"}), Refused(404, "Not Found")),
        (answer(410, [1]), Refused(410, "410 Gone")),
        (
            answer(422, {"message": "Validation Failed", "errors": [{"field": "name", "code": "already_exists"}]}),
            Refused(422, "Validation Failed: name: already_exists", frozenset({"already_exists"})),
        ),
        (
            answer(422, {"message": "Validation Failed", "errors": [{"message": "body is too long"}, "and odd"]}),
            Refused(422, "Validation Failed: body is too long"),
        ),
        (
            answer(403, {"message": "Forbidden"}, x_accepted_github_permissions="issues=write"),
            Refused(403, "Forbidden", permissions="issues=write"),
        ),
        (
            answer(301, location="https://elsewhere"),
            Refused(301, "301 Moved Permanently", location="https://elsewhere"),
        ),
        (answer(404, location="https://elsewhere"), Refused(404, "404 Not Found")),
    ],
)
def test_an_answer_means(given, expected):
    assert judge(given, NOW) == expected


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (answer(429), None),
        (answer(429, retry_after="30"), 30),
        (answer(403, {"message": SECONDARY}), None),
        (answer(403, {"message": SECONDARY}, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), None),
        (answer(403, {"message": "Slow down"}, retry_after="7"), 7),
        (answer(403, {"message": "You have triggered an abuse detection mechanism."}), None),
        (
            answer(
                403,
                {"message": "API rate limit exceeded for user ID 1."},
                x_ratelimit_remaining="0",
                x_ratelimit_reset="1000090",
            ),
            90,
        ),
        (answer(429, retry_after="5", x_ratelimit_remaining="0", x_ratelimit_reset="1000090"), 5),
        (answer(429, x_ratelimit_remaining="12", x_ratelimit_reset="1000090"), None),
        (answer(429, x_ratelimit_remaining="0", x_ratelimit_reset="soon"), None),
    ],
)
def test_a_limit_says_for_how_long_it_holds(given, seconds):
    verdict = judge(given, NOW)

    assert isinstance(verdict, Limited)
    assert verdict.seconds == seconds


def test_a_refusal_with_the_last_request_of_the_hour_is_no_limit():
    given = answer(
        403,
        {"message": "Resource not accessible by integration"},
        x_ratelimit_remaining="0",
        x_ratelimit_reset="1000090",
    )

    assert judge(given, NOW) == Refused(403, "Resource not accessible by integration")


NOT_FOUND = {"type": "NOT_FOUND", "message": "Could not resolve"}
FORBIDDEN = {"type": "FORBIDDEN", "message": "Resource not accessible by integration"}


@pytest.mark.parametrize(
    ("given", "tolerated", "expected"),
    [
        (answer(200, {"data": {"viewer": None}}), (), Done({"viewer": None})),
        (answer(502), (), Unsure("502 Bad Gateway", is_slow=True)),
        (Lost("the line broke"), (), Unsure("the line broke")),
        (answer(200, []), (), Unsure("half an answer, or one that isn't GitHub's")),
        (answer(200, {}), (), Unsure("an answer without data", is_slow=True)),
        (answer(200, {"data": None, "errors": [None]}), (), Unsure("an answer without data", is_slow=True)),
        (graphql(NOT_FOUND, data={"a": 1}), (), Refused(404, "Could not resolve")),
        (graphql(NOT_FOUND, data={"a": 1}), ("NOT_FOUND",), Done({"a": 1}, (NOT_FOUND,))),
        (graphql(NOT_FOUND), ("NOT_FOUND",), Refused(404, "Could not resolve")),
        (graphql(NOT_FOUND, FORBIDDEN, data={"a": 1}), ("NOT_FOUND",), Refused(403, "Could not resolve; Resource not accessible by integration")),
        (graphql(NOT_FOUND, FORBIDDEN, data={}), ("NOT_FOUND", "FORBIDDEN"), Done({}, (NOT_FOUND, FORBIDDEN))),
        (graphql({"type": "INSUFFICIENT_SCOPES", "message": "scopes"}), (), Refused(403, "scopes")),
        (graphql({"message": "Maximum 3 pinned issues"}, data={"pinIssue": None}), (), Refused(422, "Maximum 3 pinned issues")),
        (graphql({"type": "MAX_NODE_LIMIT_EXCEEDED"}), (), Refused(422, "MAX_NODE_LIMIT_EXCEEDED")),
        (graphql({"message": "Something went wrong while executing your query."}), (), Unsure("Something went wrong while executing your query.", is_slow=True)),
        (graphql({"type": "RESOURCE_LIMITS_EXCEEDED", "message": "too much"}, data={}), (), Unsure("too much", is_slow=True)),
        (graphql({"type": "RATE_LIMITED", "message": "spent"}), (), Limited("spent")),
        (graphql({"type": "RATE_LIMITED", "message": "spent"}, x_ratelimit_remaining="0", x_ratelimit_reset="1000009"), (), Limited("spent", 9)),
        (graphql({"message": SECONDARY}, retry_after="3"), (), Limited(SECONDARY, 3)),
    ],
)  # fmt: skip
def test_an_answer_by_graphql_means(given, tolerated, expected):
    assert judge_graphql(given, NOW, tolerated) == expected


CALL = wording.Call("post", "comment on #5", "packit/status", "issues: write")
TOKEN = Access(token="ghs_" + "a" * 36)
APP = Access(app_id="12", app_private_key="secret")
LACKING = "Resource not accessible by integration"


@pytest.mark.parametrize(
    ("refused", "access", "kind", "expected"),
    [
        (Refused(403, LACKING), TOKEN, StoreError, f"'{LACKING}' (403); the token needs `issues: write`"),
        (Refused(403, LACKING), APP, StoreError, f"'{LACKING}' (403); the GitHub App 12 needs `issues: write`"),
        (
            Refused(403, LACKING, permissions="contents=write; issues=write"),
            TOKEN,
            StoreError,
            f"'{LACKING}' (403); the token needs `contents: write`",
        ),
        (Refused(422, "You must have a title"), TOKEN, StoreError, "'You must have a title' (422)"),
        (Refused(403, "The conversation is locked"), TOKEN, StoreError, "'The conversation is locked' (403)"),
        (
            Refused(404, "Not Found"),
            TOKEN,
            StoreError,
            "'Not Found' (404); it isn't there, or the token may not see it",
        ),
        (Refused(404, "Not Found"), Access(), StoreError, f"'Not Found' (404); {wording.ANONYMOUS}"),
        (Refused(401, "Bad credentials"), TOKEN, Unavailable, "'Bad credentials' (401); it doesn't accept the token"),
        (Refused(401, "No"), APP, Unavailable, "'No' (401); it doesn't accept the GitHub App 12"),
        (Refused(401, "Requires it"), Access(), StoreError, f"'Requires it' (401); {wording.ANONYMOUS}"),
        (
            Refused(301, "Moved", location="a/b"),
            TOKEN,
            StoreError,
            "'Moved' (301); it has moved to a/b: use the new name",
        ),
        (Refused(422, "a\n  b" + "x" * 400), TOKEN, StoreError, f"'a b{'x' * 297}…' (422)"),
    ],
)
def test_a_refusal_says_what_was_tried_and_what_to_do(refused, access, kind, expected):
    error = wording.refusal(CALL, refused, access)

    assert str(error) == f"can't comment on #5 in packit/status: GitHub says {expected}"
    assert type(error) is kind


def test_a_refusal_keeps_what_a_program_can_tell_it_by():
    error = wording.refusal(CALL, Refused(422, "Validation Failed", frozenset({"already_exists"})), TOKEN)

    assert (error.status, error.codes) == (422, {"already_exists"})


def test_nobody_is_told_of_a_permission_that_nobody_knows():
    error = wording.refusal(CALL._replace(needs=""), Refused(403, LACKING), TOKEN)

    assert str(error).endswith("(403)")


def test_what_may_have_been_made_is_looked_for_until_it_is_found():
    answers = iter([Lost("the line broke"), Lost("nobody there", is_sent=False)])
    looks = iter([None, "found late"])
    patience = Patience(100, lambda _: None, lambda _: None)
    asking = Asking(TOKEN, patience, lambda: NOW, Counter())

    assert asking.once(CALL, lambda: next(answers), lambda: next(looks)) == "found late"
