"""What GitHub refuses, in words for the person who can mend it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import GhstatusError, StoreError, Unavailable

if TYPE_CHECKING:
    from ghstatus.github.access import Access
    from ghstatus.github.answers import Refused

ANONYMOUS = (
    "without a token GitHub only lets public things be read, one by one; set GITHUB_TOKEN, or GHSTATUS_APP_ID "
    "and GHSTATUS_APP_PRIVATE_KEY"
)
_LONGEST = 300
_LACKS = ("not accessible by", "must have", "push access", "correct permissions")


class Call(NamedTuple):
    """What is tried."""

    kind: str
    """By which it is counted."""
    task: str
    """In words that follow "can't": "comment on #5"."""
    repository: str
    needs: str = ""
    """The permission for it: `issues: write`."""


def refusal(call: Call, refused: Refused, access: Access) -> GhstatusError:
    """The error for what GitHub refused: Unavailable when it doesn't know us at all."""
    text = f"can't {call.task} in {call.repository}: GitHub says {clipped(refused.message)!r} ({refused.status})"
    if refused.status == HTTPStatus.UNAUTHORIZED and not access.is_anonymous:
        return Unavailable(f"{text}; it doesn't accept {_who(access)}")
    advice = _advice(call, refused, access)
    return StoreError(f"{text}; {advice}" if advice else text, status=refused.status, codes=refused.codes)


def clipped(text: str) -> str:
    """`text` on one line, and not longer than a message bears."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _advice(call: Call, refused: Refused, access: Access) -> str:
    if refused.location:
        return f"it has moved to {clipped(refused.location)}: use the new name"
    if access.is_anonymous:
        return ANONYMOUS
    if refused.status == HTTPStatus.NOT_FOUND:
        return f"it isn't there, or {_who(access)} may not see it"
    said = refused.message.lower()
    is_lacking = refused.status == HTTPStatus.FORBIDDEN and any(words in said for words in _LACKS)
    needed = _permissions(refused.permissions) or call.needs
    return f"{_who(access)} needs `{needed}`" if is_lacking and needed else ""


def _who(access: Access) -> str:
    return f"the GitHub App {access.app_id}" if access.is_app else "the token"


def _permissions(header: str) -> str:
    """`issues=write; pull_requests=write` as `issues: write`: the first of the alternatives."""
    return clipped(header.partition(";")[0].strip().replace("=", ": "))
