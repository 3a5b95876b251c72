"""Asks GitHub, and asks again where that is safe: every request of ghstatus's goes through here."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import unquote

from ghstatus.errors import StoreError, Unavailable
from ghstatus.github import wording
from ghstatus.github.access import Access, checked, named
from ghstatus.github.answers import Answer, Done, Lost, Request, judge_graphql
from ghstatus.github.asking import TRIES, Asking
from ghstatus.github.lines import Lines
from ghstatus.github.patience import Patience
from ghstatus.github.wording import Call

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ghstatus.github.answers import Json, Verdict

__all__ = ["Access", "Client", "Partly"]

_UNPACED = 10
"""The creations after which there is a second between two of them: GitHub frowns on bursts."""
_PACE = 1.0
_PAGE = 100
_PACED = re.compile(r"/?(?:issues(?:/\d+/comments)?|check-runs|statuses/\w+)/?")
"""What creates something that people see."""
_MISSING = ("NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES")
_NEEDS = {"check-runs": "checks", "statuses": "statuses", "commits": "checks"}
"""The permission for what is below a repository's address; `issues` for everything else."""


class Partly(NamedTuple):
    """An answer of which parts may be missing."""

    data: dict[str, Any]
    errors: tuple[Json, ...]
    """What was refused, each with its `path`, its `type` and a `message`."""


class Client:
    """GitHub, asked by one right. `repository` is `owner/name` everywhere, and chooses the App's installation.

    `sleep` takes seconds, `clock` tells those since the epoch, `tell` gets a line before each wait. Every method
    raises StoreError when GitHub refuses that one request, and Unavailable when it can't be asked any more.
    """

    def __init__(
        self,
        access: Access,
        *,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        tell: Callable[[str], None],
        timeout: int = 30,
    ) -> None:
        self.access = access = checked(access)
        self.requests: Counter[str] = Counter()
        """How many were sent, by method: query, mutate, get, post …, and auth for an App's."""
        self._asking = Asking(access, Patience(access.wait, sleep, tell), clock, self.requests)
        self._lines = Lines(access, self._asking, timeout)
        self._sleep = sleep
        self._clock = clock
        self._created = 0
        self._last_created = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the next request calls again."""
        self._lines.close()

    def now(self) -> datetime:
        """What time it is."""
        return datetime.fromtimestamp(self._clock(), UTC)

    def query(
        self,
        repository: str,
        text: str,
        variables: dict[str, Any],
        *,
        tolerate: Collection[str] = (),
        tries: int = TRIES,
    ) -> dict[str, Any]:
        """Ask by GraphQL, and give the answer's `data`.

        Data beside errors whose types (`NOT_FOUND`, `FORBIDDEN`) are all in `tolerate` is given too, with None where
        something failed. Raises Overloaded when the last of `tries` took too long: ask for less then.
        """
        self._refuse_anonymous("read issues", repository)
        call = Call("query", "read issues", repository, "issues: read")
        data = self._graphql(call, {"query": text, "variables": variables}, tolerate, tries)
        return data if isinstance(data, dict) else {}

    def partly(
        self, repository: str, text: str, variables: dict[str, Any], *, task: str = "read checks", tries: int = TRIES
    ) -> Partly:
        """Ask by GraphQL for things of which some may be missing or forbidden: what is there, and what is not.

        `repository` only chooses the App's installation. Raises Overloaded as `query` does.
        """
        self._refuse_anonymous(task, repository)
        errors: tuple[Json, ...] = ()

        def judging(answer: Answer | Lost, now: float) -> Verdict:
            nonlocal errors
            verdict = judge_graphql(answer, now, _MISSING)
            errors = verdict.errors if isinstance(verdict, Done) else ()
            return verdict

        wire = self._lines.to(repository)
        call = Call("query", task, repository, "pull-requests: read")
        send = partial(wire.send, Request("POST", body={"query": text, "variables": variables}))
        data = self._asking.repeated(call, send, judging, tries)
        return Partly(data if isinstance(data, dict) else {}, errors)

    def installed(self, owner: str) -> Iterator[Json]:
        """The repositories of an owner on which the App is installed."""
        call = Call("get", "list the repositories with the GitHub App", owner)
        wire, page, found = self._lines.of(owner), 0, [None] * _PAGE
        while len(found) == _PAGE:
            page += 1
            request = Request("GET", "/installation/repositories", {"per_page": _PAGE, "page": page})
            found = self._asking.repeated(call, partial(wire.send, request))["repositories"]
            yield from found

    def mutate(
        self, repository: str, name: str, values: dict[str, Any], fields: str, *, task: str = ""
    ) -> dict[str, Any]:
        """Carry out a mutation that changes nothing more by being repeated, and give what it answers."""
        kind = f"{name[:1].upper()}{name[1:]}Input"
        text = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ {fields} }} }}"
        call = self._writing("mutate", repository, task or name)
        data = self._graphql(call, {"query": text, "variables": {"input": values}}, (), TRIES)
        return data.get(name) or {}

    def get(self, repository: str, path: str, parameters: dict[str, Any] | None = None, *, task: str = "") -> Json:
        """Read what is at `path` below the repository's address, with `parameters` behind a question mark."""
        call = Call("get", task or f"read {path or 'it'}", repository, f"{_permission(path)}: read")
        return self._rest(call, Request("GET", _path(repository, path), parameters))

    def patch(self, repository: str, path: str, body: Json = None, *, task: str = "") -> Json:
        """Change something so that it is as `body` says, however often that is said."""
        call = self._writing("patch", repository, task or f"change {path}", path)
        return self._rest(call, Request("PATCH", _path(repository, path), None, body))

    def put(self, repository: str, path: str, body: Json = None, *, task: str = "") -> Json:
        """Make something so, however often that is said."""
        call = self._writing("put", repository, task or f"change {path}")
        return self._rest(call, Request("PUT", _path(repository, path), None, body))

    def delete(self, repository: str, path: str, body: Json = None, *, task: str = "") -> Json:
        """Remove something; where an answer got lost, the next one may be a StoreError of status 404."""
        call = self._writing("delete", repository, task or f"remove {path}")
        return self._rest(call, Request("DELETE", _path(repository, path), None, body))

    def post(
        self, repository: str, path: str, body: Json, *, look: Callable[[], Json] | None = None, task: str = ""
    ) -> Json:
        """Create something once.

        When an answer leaves it open whether that happened, `look` finds what was created, or gives None; only then
        it is sent again, two times at most. Without `look` that is a StoreError.
        """
        call = self._writing("post", repository, task or f"create something at {path}", path)
        request = Request("POST", _path(repository, path), None, body)
        wire = self._lines.to(repository)
        if _PACED.fullmatch(path):
            self._pace()
        return self._asking.once(call, partial(wire.send, request), look)

    def _rest(self, call: Call, request: Request) -> Json:
        wire = self._lines.to(call.repository)
        return self._asking.repeated(call, partial(wire.send, request))

    def _graphql(self, call: Call, body: dict[str, Any], tolerated: Collection[str], tries: int) -> Json:
        wire = self._lines.to(call.repository)
        judging = partial(judge_graphql, tolerated=tolerated)
        return self._asking.repeated(call, partial(wire.send, Request("POST", body=body)), judging, tries)

    def _writing(self, kind: str, repository: str, task: str, path: str = "") -> Call:
        self._refuse_anonymous(task, repository)
        return Call(kind, task, repository, f"{_permission(path)}: write")

    def _refuse_anonymous(self, task: str, repository: str) -> None:
        if self.access.is_anonymous:
            raise Unavailable(f"can't {task} in {repository}: {wording.ANONYMOUS}")

    def _pace(self) -> None:
        rest = _PACE - (self._clock() - self._last_created)
        if self._created >= _UNPACED and rest > 0:
            self._sleep(min(rest, _PACE))
        self._created += 1
        self._last_created = self._clock()


def _permission(path: str) -> str:
    return _NEEDS.get(path.strip("/").partition("/")[0], "issues")


def _path(repository: str, path: str) -> str:
    """The address below the API's; a name of dots would climb up to something else."""
    if any(unquote(part) in {".", ".."} for part in path.split("/")):
        raise StoreError(f"can't ask for {path!r} in {repository}: no name may be only dots")
    return f"/repos/{named(repository)}/{path.strip('/')}".rstrip("/")
