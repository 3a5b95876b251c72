"""A repository's issues, changed: each change happens once, however often its answer gets lost."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from ghstatus.errors import StoreError
from ghstatus.grammar import notes
from ghstatus.model import Comment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ghstatus.github.answers import Json
    from ghstatus.github.client import Client
    from ghstatus.model import Label

_PAGE = 100
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_PINS = (
    "query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) "
    "{ issue(number: $number) { isPinned } pinnedIssues(first: 3) { totalCount } } }"
)
_PLACES = 3


class Issues:
    """The issues of one repository. Every method raises StoreError when it is refused, and Unavailable."""

    def __init__(self, client: Client, repository: str) -> None:
        self._client = client
        self._repository = repository

    def get(self, number: int) -> Json:
        """An issue as GitHub tells of it."""
        return self._client.get(self._repository, f"issues/{number}", task=f"read #{number}")

    def open(self, title: str, text: str, labels: Iterable[str]) -> Json:
        """Open an issue, and give it.

        Raises StoreError when GitHub leaves out a label, which it does without a word.
        """

        def look() -> Json:
            newest = self._page({"state": "all", "sort": "created", "direction": "desc", "per_page": _PAGE})
            return next(
                (one for one in newest if notes.is_same(one["title"], title) and notes.is_same(one["body"], text)), None
            )

        wanted = list(labels)
        body = {"title": title, "body": text, "labels": wanted}
        made = self._client.post(self._repository, "issues", body, look=look, task="open an issue")
        self._check(made["number"], wanted, made["labels"])
        return made

    def matching(self, **wanted: str) -> Iterator[Json]:
        """The issues with a label, or by a creator, open or not, the oldest first; pull requests are none."""
        found = self._pages("issues", {"state": "all", "sort": "created", "direction": "asc"} | wanted, "list issues")
        return (one for one in found if "pull_request" not in one)

    def change(self, number: int, **said: object) -> None:
        """Make title, body or state of an issue say this."""
        self._client.patch(self._repository, f"issues/{number}", said, task=f"change #{number}")

    def comments(self, number: int) -> tuple[Comment, ...]:
        """All comments on an issue, in the order of their times."""
        found = self._pages(f"issues/{number}/comments", {}, f"read the comments on #{number}")
        return tuple(
            Comment(
                id=one["id"],
                at=datetime.fromisoformat(one["created_at"]),
                author=(one["user"] or {}).get("login", ""),
                text=one["body"] or "",
            )
            for one in found
        )

    def comment(self, number: int, text: str, look: Callable[[], Json] | None = None) -> None:
        """Comment on an issue; `look` finds the comment where its text alone doesn't tell it."""

        def same() -> Json:
            return next((one for one in self.comments(number) if notes.is_same(one.text, text)), None)

        path, task = f"issues/{number}/comments", f"comment on #{number}"
        self._client.post(self._repository, path, {"body": text}, look=look or same, task=task)

    def say(self, number: int, text: str) -> None:
        """Comment what may have been said before: only the newest comment tells that it was said just now."""

        def newest() -> Json:
            return next((one for one in self.comments(number)[-1:] if notes.is_same(one.text, text)), None)

        self.comment(number, text, newest)

    def edit_comment(self, comment: int, text: str) -> bool:
        """Replace a comment's text; False when there is no such comment any more."""
        task = f"change the comment {comment}"
        return self._unless_gone(
            lambda: self._client.patch(self._repository, f"issues/comments/{comment}", {"body": text}, task=task)
        )

    def remove_comment(self, comment: int) -> None:
        """Remove a comment, unless it is gone."""
        task = f"remove the comment {comment}"
        self._unless_gone(lambda: self._client.delete(self._repository, f"issues/comments/{comment}", task=task))

    def create_label(self, label: Label) -> None:
        """Create a label, unless there is one of that name."""
        body = {"name": label.name, "color": label.color, "description": label.description}
        task = f"create the label {label.name!r}"
        try:
            self._client.post(self._repository, "labels", body, look=lambda: self._label(label.name), task=task)
        except StoreError as error:
            if "already_exists" not in error.codes:
                raise

    def add_labels(self, number: int, names: Iterable[str]) -> None:
        """Put labels on an issue."""
        wanted, path = list(names), f"issues/{number}/labels"

        def look() -> Json:
            found = self._labels(number)
            return found if not _missing(wanted, found) else None

        task = f"put labels on #{number}"
        found = self._client.post(self._repository, path, {"labels": wanted}, look=look, task=task)
        self._check(number, wanted, found)

    def remove_label(self, number: int, name: str) -> None:
        """Take a label off an issue, unless it isn't on it."""
        task = f"take the label {name!r} off #{number}"
        try:
            self._client.delete(self._repository, f"issues/{number}/labels/{quote(name)}", task=task)
        except StoreError as error:
            # The same status says that there is no such issue, or that we may not see it.
            if error.status not in _GONE or not _missing([name], self._labels(number)):
                raise

    def pin(self, number: int, node_id: str) -> None:
        """Pin an issue, unless it is pinned; a StoreError where there is no place for it."""
        try:
            self._client.mutate(
                self._repository, "pinIssue", {"issueId": node_id}, "issue { id }", task=f"pin #{number}"
            )
        except StoreError:
            is_pinned, pinned = self._pins(number)
            if is_pinned:
                return
            if pinned >= _PLACES:
                raise StoreError(
                    f"can't pin #{number} in {self._repository}: {pinned} issues are pinned, and GitHub allows no "
                    "more; unpin one"
                ) from None
            raise

    def unpin(self, number: int, node_id: str) -> None:
        """Unpin an issue, unless it isn't pinned."""
        try:
            task = f"unpin #{number}"
            self._client.mutate(self._repository, "unpinIssue", {"issueId": node_id}, "issue { id }", task=task)
        except StoreError:
            if self._pins(number)[0]:
                raise

    def _pins(self, number: int) -> tuple[bool, int]:
        """Whether an issue is pinned, and how many are."""
        owner, _, name = self._repository.partition("/")
        found = self._client.query(self._repository, _PINS, {"owner": owner, "name": name, "number": number})
        repository = found["repository"]
        return bool(repository["issue"]["isPinned"]), int(repository["pinnedIssues"]["totalCount"])

    def _label(self, name: str) -> Json:
        try:
            return self._client.get(self._repository, f"labels/{quote(name)}", task=f"read the label {name!r}")
        except StoreError as error:
            if error.status not in _GONE:
                raise
            return None

    def _labels(self, number: int) -> list[Json]:
        return list(self._pages(f"issues/{number}/labels", {}, f"read the labels of #{number}"))

    def _check(self, number: int, wanted: Iterable[str], found: Iterable[Json]) -> None:
        if missing := _missing(wanted, found):
            raise StoreError(
                f"#{number} in {self._repository} lacks {', '.join(map(repr, missing))}: GitHub leaves labels out "
                "without a word when whose token it is may not set them; it takes the triage role, or write"
            )

    def _unless_gone(self, change: Callable[[], Json]) -> bool:
        try:
            change()
        except StoreError as error:
            if error.status not in _GONE:
                raise
            return False
        return True

    def _page(self, parameters: dict[str, object], path: str = "issues", task: str = "list issues") -> list[Json]:
        return [one for one in self._client.get(self._repository, path, parameters, task=task) or () if one]

    def _pages(self, path: str, parameters: Mapping[str, object], task: str) -> Iterator[Json]:
        page, found = 0, [None] * _PAGE
        while len(found) == _PAGE:
            page += 1
            found = self._page({**parameters, "per_page": _PAGE, "page": page}, path, task)
            yield from found


def _missing(wanted: Iterable[str], found: Iterable[Json]) -> list[str]:
    present = {label["name"].casefold() for label in found}
    return [name for name in wanted if name.casefold() not in present]
