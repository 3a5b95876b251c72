"""What is said on an issue, and who is to see to it → requests."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, assert_never

from ghstatus.actions import Assign, OpenPostmortem, PostComment, React, RemoveNote, WriteNote
from ghstatus.errors import StoreError
from ghstatus.grammar import learnt, notes
from ghstatus.model import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from ghstatus.actions import CommentAction
    from ghstatus.github.answers import Json
    from ghstatus.github.client import Client
    from ghstatus.model import Comment
    from ghstatus.stores.github.issues import Issues

    Talk: TypeAlias = CommentAction | Assign | OpenPostmortem

_PAGE = 100
_FULL: list[Json] = [None] * _PAGE
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_EVER = datetime.min.replace(tzinfo=UTC)


class Replies:
    """Answers people on the issues of one repository. `viewer` is whoever does, `label` that of post-mortems."""

    def __init__(self, client: Client, repository: str, issues: Issues, *, viewer: str, label: str) -> None:
        self._client = client
        self._repository = repository
        self._issues = issues
        self._viewer = viewer
        self._label = label

    def apply(self, action: Talk, number: int) -> None:
        """Make one change on an issue; raises StoreError when it is refused, and Unavailable."""
        match action:
            case WriteNote() | RemoveNote() | PostComment():
                self._say(action, number)
            case React(is_on=True):
                self._react(action)
            case React():
                self._unreact(action)
            case Assign(people=people):
                self._assign(number, people)
            case OpenPostmortem():
                self._open(action, number)
            case _:
                assert_never(action)

    def _say(self, action: WriteNote | RemoveNote | PostComment, number: int) -> None:
        match action:
            case RemoveNote(comment=comment):
                self._issues.remove_comment(comment)
            case WriteNote(topic=topic, text=text, comment=comment, key=key):
                written = notes.write(topic, text, key)
                if comment is None or not self._issues.edit_comment(comment, written):
                    self._write(number, notes.Name(topic, key), written)
            case PostComment(text=text):
                self._issues.say(number, text)
            case _:
                assert_never(action)

    def _write(self, number: int, name: notes.Name, written: str) -> None:
        def look() -> Comment | None:
            return notes.named(_issue(number, self._issues.comments(number)), self._viewer).get(name)

        found = look()
        if found is None:
            self._issues.comment(number, written, look)
        elif not notes.is_same(found.text, written):
            self._issues.edit_comment(found.id, written)

    def _react(self, action: React) -> None:
        """React, unless the comment is gone; GitHub itself takes care that nobody reacts twice."""
        task = f"react to the comment {action.comment}"

        def look() -> Json:
            return next(self._reactions(action), None)

        try:
            self._client.post(self._repository, _path(action), {"content": action.content}, look=look, task=task)
        except StoreError as error:
            if error.status not in _GONE:
                raise

    def _unreact(self, action: React) -> None:
        """Take it back, unless the reaction is gone, or the comment."""
        task = f"take back the reaction to the comment {action.comment}"
        try:
            for found in list(self._reactions(action)):
                self._client.delete(self._repository, f"{_path(action)}/{found['id']}", task=task)
        except StoreError as error:
            if error.status not in _GONE:
                raise

    def _reactions(self, action: React) -> Iterator[Json]:
        """Our own reactions of that kind to a comment."""
        page, found = 0, _FULL
        while len(found) == _PAGE:
            page += 1
            asked = {"content": action.content, "per_page": _PAGE, "page": page}
            task = f"read the reactions to the comment {action.comment}"
            found = self._client.get(self._repository, _path(action), asked, task=task) or []
            yield from (one for one in found if (one["user"] or {}).get("login") == self._viewer)

    def _assign(self, number: int, people: tuple[str, ...]) -> None:
        """Assign an issue; GitHub leaves people out without a word who can't be assigned."""
        path, task = f"issues/{number}/assignees", f"assign #{number}"
        wanted = {person.casefold() for person in people}

        def look() -> Json:
            found = self._issues.get(number)
            return found if wanted <= _assigned(found) else None

        made = self._client.post(self._repository, path, {"assignees": list(people)}, look=look, task=task)
        if missing := sorted(wanted - _assigned(made)):
            raise StoreError(
                f"#{number} in {self._repository} isn't assigned to {', '.join(missing)}: GitHub leaves out without a "
                "word who has no access to the repository, and everybody where whose token it is may not assign"
            )

    def _open(self, action: OpenPostmortem, number: int) -> None:
        """Open it, unless there is one about that incident, be it closed."""
        written = learnt.write(action.incident, action.text)
        there = self._issues.matching(labels=self._label)
        if all(learnt.incident(one["body"] or "") != action.incident for one in there):
            made = self._issues.open(action.title, written, (self._label,))
            with suppress(StoreError):  # its text leads to the incident all the same
                self._put_below(number, made)

    def _put_below(self, number: int, made: Json) -> None:
        """Make an issue part of another; GitHub of old, or of a company, may not know that."""

        def look() -> Json:
            found = self._issues.get(made["number"])
            return found if found.get("parent_issue_url") else None

        path, task = f"issues/{number}/sub_issues", f"make #{made['number']} part of #{number}"
        self._client.post(self._repository, path, {"sub_issue_id": made["id"]}, look=look, task=task)


def _path(action: React) -> str:
    return f"issues/comments/{action.comment}/reactions"


def _assigned(issue: Json) -> set[str]:
    return {one["login"].casefold() for one in issue.get("assignees") or ()}


def _issue(number: int, comments: tuple[Comment, ...]) -> Issue:
    """An issue of which only the comments are known."""
    return Issue(
        number=number, node_id="", title="", text="", author="", created_at=_EVER, updated_at=_EVER, comments=comments
    )
