"""GitHub's JSON → the words of an issue tracker; an answer of another shape than GitHub promises is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from ghstatus.errors import StoreError
from ghstatus.model import Label, Pin

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = Any
"""What json.loads makes of a text."""

_Read = TypeVar("_Read")
_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Page(NamedTuple):
    """A page of a list."""

    nodes: list[Json]
    cursor: str
    """What the next page comes after; empty when there is none."""


class About(NamedTuple):
    """A repository, without its issues."""

    id: str
    name: str
    """`owner/name` as it is now."""
    url: str
    viewer: str
    """Who asks."""
    is_archived: bool
    has_issues: bool
    labels: dict[str, Label]
    """By their ids, which stay when a label is renamed."""
    more_labels: str
    """The cursor of the labels that didn't fit; empty when all did."""
    pins: tuple[Pin, ...]

    @property
    def program(self) -> str:
        """Who asks, where that is a program; empty where it is a person, who may do the same by hand."""
        return self.viewer if self.viewer.endswith("[bot]") else ""


def about(data: Json) -> About:
    """What the answer to `queries.listing(about=True)` says of the repository."""
    return tried(_about, data, "a repository")


def labels(data: Json) -> tuple[dict[str, Label], str]:
    """The labels of a page, by their ids, and where the next page begins."""
    return tried(_labels, data["repository"]["labels"], "labels")


def pins(repository: Json) -> tuple[Pin, ...]:
    """What is pinned in a repository."""
    return tried(_pins, repository, "pinned issues")


def item(data: Json, name: str) -> Json:
    """One field of an answer; None where there is nothing."""
    return tried(lambda found: found[name], data, name)


def page(connection: Json) -> Page:
    """A page of any list."""
    return tried(_page, connection, "a list")


def count(connection: Json) -> int:
    """How long a list is."""
    return tried(lambda found: as_number(found["totalCount"]), connection, "a list")


def write(moment: datetime) -> str:
    """A time as GitHub writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """A time as GitHub writes it.

    Raises ValueError.
    """
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def tried(read: Callable[[Json], _Read], data: Json, what: str) -> _Read:
    """Read an answer; raises StoreError, which names `what` the answer is about."""
    try:
        return read(data)
    except _BROKEN as error:
        raise StoreError(
            f"GitHub's answer about {what} has another shape than its interface promises: {error!r:.200}"
        ) from None


def _about(data: Json) -> About:
    found = data["repository"]
    named, more = _labels(found["labels"])
    return About(
        id=as_text(found["id"]),
        name=as_text(found["nameWithOwner"]),
        url=as_text(found["url"]).rstrip("/"),
        viewer=as_text(data["viewer"]["login"]),
        is_archived=bool(found["isArchived"]),
        has_issues=bool(found["hasIssuesEnabled"]),
        labels=named,
        more_labels=more,
        pins=_pins(found),
    )


def _labels(connection: Json) -> tuple[dict[str, Label], str]:
    nodes, cursor = _page(connection)
    return {as_text(node["id"]): Label(*as_label(node)) for node in nodes}, cursor


def _pins(repository: Json) -> tuple[Pin, ...]:
    nodes = _page(repository["pinnedIssues"]).nodes
    return tuple(Pin(as_number(node["issue"]["number"]), as_login(node["pinnedBy"])) for node in nodes)


def _page(connection: Json) -> Page:
    """A node that GitHub failed to find, or hides, is null."""
    turn = connection.get("pageInfo") or {}
    cursor = as_text(turn["endCursor"]) if turn.get("hasNextPage") else ""
    return Page([node for node in connection["nodes"] if node is not None], cursor)


def as_label(node: Json) -> list[str]:
    """A label's name, colour and description."""
    return [as_text(node["name"]), as_text(node["color"]).lower(), as_text(node["description"] or "")]


def as_login(actor: Json) -> str:
    """A bot's login ends in `[bot]`, which GraphQL leaves out; nobody is left of a deleted account."""
    if actor is None:
        return ""
    login = as_text(actor["login"])
    return f"{login}[bot]" if actor["__typename"] == "Bot" and not login.endswith("[bot]") else login


def as_text(value: Json) -> str:
    """A text; half of a surrogate pair, which no file could hold, becomes a replacement character.

    Raises TypeError.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.50} is no text")
    return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_number(value: Json) -> int:
    """A whole number.

    Raises TypeError.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r:.50} is no whole number")
    return value


def as_time(value: Json) -> str:
    """A time, still as text.

    Raises TypeError, ValueError.
    """
    found = as_text(value)
    moment(found)
    return found
