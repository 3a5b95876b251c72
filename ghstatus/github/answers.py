"""What an answer of GitHub's means: done, refused, wait, or nobody knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


Json: TypeAlias = Any
"""What came as JSON."""


class Request(NamedTuple):
    """What to send."""

    verb: str
    path: str = ""
    """Below the API's address; empty for GraphQL."""
    parameters: dict[str, Any] | None = None
    body: Any = None


class Answer(NamedTuple):
    """An answer as it came."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    text: str = ""


AT_HAND = Answer(204, {})
"""An answer for which GitHub needn't be asked."""


class Lost(NamedTuple):
    """No answer, or half of one."""

    why: str
    is_sent: bool = True
    """Whether GitHub may have got the request."""
    is_slow: bool = False
    """Whether it took too long."""


class Done(NamedTuple):
    """GitHub did it; `data` is its JSON."""

    data: Any
    errors: tuple[Any, ...] = ()
    """What of it was refused, as GraphQL tells it."""


class Refused(NamedTuple):
    """GitHub won't do it."""

    status: int
    message: str
    codes: frozenset[str] = frozenset()
    """What is wrong with the fields, in GitHub's words: `already_exists`."""
    permissions: str = ""
    """Which ones would do, as GitHub says it: `issues=write; pull_requests=write`."""
    location: str = ""
    """Where to ask instead."""


class Limited(NamedTuple):
    """GitHub did nothing, and wants to be left alone for a while."""

    why: str
    seconds: float | None = None
    """None when it doesn't say for how long."""


class Unsure(NamedTuple):
    """Nobody knows whether GitHub did it; nothing was done where `is_sent` is false."""

    why: str
    is_sent: bool = True
    is_slow: bool = False


Verdict: TypeAlias = Done | Refused | Limited | Unsure
Send: TypeAlias = Callable[[], Answer | Lost]
Judging: TypeAlias = Callable[[Answer | Lost, float], Verdict]
"""Takes the seconds since the epoch as well."""

MOVED = frozenset({301, 302, 307, 308})
"""The statuses of redirects."""
_SLOW = frozenset({502, 504})
_LIMITS = ("rate limit", "abuse detection", "please wait a few minutes before you try again")
_FAILED = ("something went wrong", "timedout", "timeout")
_BROKEN = frozenset({"INTERNAL", "SERVICE_UNAVAILABLE", "TIMEOUT", "RESOURCE_LIMITS_EXCEEDED"})
_STATUSES = {"NOT_FOUND": 404, "FORBIDDEN": 403, "INSUFFICIENT_SCOPES": 403, "UNAUTHORIZED": 401}


def judge(answer: Answer | Lost, now: float) -> Verdict:
    """What an answer of the REST API means, `now` being the seconds since the epoch."""
    if isinstance(answer, Lost):
        return Unsure(*answer)
    try:
        data = json.loads(answer.text) if answer.text else None
    except (ValueError, RecursionError):
        data = None
        if answer.status < HTTPStatus.MULTIPLE_CHOICES:
            return Unsure("half an answer, or one that isn't GitHub's")
    if answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Done(data)
    return _refused(answer, data if isinstance(data, dict) else {}, now)


def _refused(answer: Answer, data: Mapping[str, Any], now: float) -> Verdict:
    status, headers = answer.status, answer.headers
    message = str(data.get("message") or _named(status))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Unsure(_named(status), is_slow=status in _SLOW)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.FORBIDDEN and _is_limit(message, headers)):
        return Limited(message, _seconds(headers, now))
    errors = [error for error in data.get("errors") or () if isinstance(error, dict)]
    told = [str(error.get("message") or f"{error.get('field')}: {error.get('code')}") for error in errors]
    return Refused(
        status,
        f"{message}: {'; '.join(told)}" if told else message,
        frozenset(str(error["code"]) for error in errors if error.get("code")),
        headers.get("x-accepted-github-permissions", ""),
        headers.get("location", "") if status in MOVED else "",
    )


def judge_graphql(answer: Answer | Lost, now: float, tolerated: Collection[str] = ()) -> Verdict:
    """What an answer of the GraphQL API means, which tells of errors with status 200.

    Data with errors whose types are all `tolerated` is taken as done.
    """
    verdict = judge(answer, now)
    if not isinstance(verdict, Done) or isinstance(answer, Lost):
        return verdict
    if not isinstance(verdict.data, dict):
        return Unsure("half an answer, or one that isn't GitHub's")
    errors = [error for error in verdict.data.get("errors") or () if isinstance(error, dict)]
    data = verdict.data.get("data")
    if data is not None and all(error.get("type") in tolerated for error in errors):
        return Done(data, tuple(errors))
    return _graphql_refused(errors, answer.headers, now)


def _graphql_refused(errors: list[dict[str, Any]], headers: Mapping[str, str], now: float) -> Verdict:
    messages = [str(error.get("message") or error.get("type") or "") for error in errors]
    types = [str(error.get("type") or "") for error in errors]
    told = "; ".join(dict.fromkeys(filter(None, messages)))
    if "RATE_LIMITED" in types or any(_is_limit(message, {}) for message in messages):
        return Limited(told, _seconds(headers, now))
    if not told or not _BROKEN.isdisjoint(types) or any(one.lower().startswith(_FAILED) for one in messages):
        return Unsure(told or "an answer without data", is_slow=True)
    statuses = [_STATUSES.get(kind, 422) for kind in types]
    return Refused(max(statuses, key=lambda status: (status != HTTPStatus.NOT_FOUND, -status)), told)


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _is_limit(message: str, headers: Mapping[str, str]) -> bool:
    return "retry-after" in headers or any(words in message.lower() for words in _LIMITS)


def _seconds(headers: Mapping[str, str], now: float) -> float | None:
    """How long GitHub wants to be left alone; None when it doesn't say."""
    if (after := headers.get("retry-after", "")).isdigit():
        return float(after)
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdigit():
        return float(reset) - now
    return None
