"""Changes → requests. Each can be made again after a crash: it looks before it creates, and takes done for done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, assert_never

from ghstatus.actions import (
    Assign,
    CloseIncident,
    CreateLabel,
    EditIncident,
    OpenIncident,
    OpenPostmortem,
    PinIncident,
    PinMirror,
    PostComment,
    PostUpdate,
    React,
    Relabel,
    RemoveNote,
    ReopenIncident,
    UnpinIncident,
    UnpinMirror,
    WriteMirror,
    WriteNote,
)
from ghstatus.errors import StoreError
from ghstatus.grammar import draft, labels, notes, responses
from ghstatus.model import Label, Phase
from ghstatus.stores.github import boards
from ghstatus.stores.github.issues import Issues
from ghstatus.stores.github.replies import Replies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.actions import Action, IncidentAction, MirrorAction
    from ghstatus.github.client import Client
    from ghstatus.model import Incident, Labels, Tracker, Update

_REASONS = {Phase.CANCELLED: "not_planned"}
_EVER = datetime.min.replace(tzinfo=UTC)


class Writer:
    """Makes changes in a repository whose incidents are issues, and in those that mirror it.

    `seen` tells it what was observed, which spares requests and lets it know its own comments.
    """

    def __init__(self, client: Client, repository: str, called: Labels, dialect_name: str) -> None:
        self._client = client
        self._repository = repository
        self._labels = called
        self._dialect_name = dialect_name
        self._issues = Issues(client, repository)
        self._tracker: Tracker | None = None
        self._mirrors: dict[str, int] = {}
        self._uncreated: set[str] = set()  # labels, in lower case
        self.opened: dict[str, int] = {}
        """The numbers of the issues that were opened, by the refs of their incidents."""

    def seen(self, tracker: Tracker) -> None:
        """Take note of an observation."""
        self._tracker = tracker

    def apply(self, action: Action) -> None:
        """Make one change.

        Raises StoreError when it is refused, Unavailable when no other would be taken either.
        """
        match action:
            case OpenIncident() | EditIncident() | PostUpdate():
                self._write(action)
            case CreateLabel() | Relabel() | CloseIncident() | ReopenIncident():
                self._keep(action)
            case WriteNote() | RemoveNote() | PostComment() | React() | Assign():
                self._replies.apply(action, self._number(action.ref))
            case OpenPostmortem():
                self._replies.apply(action, self._number(action.incident))
            case PinIncident() | UnpinIncident():
                self._pin(action)
            case WriteMirror() | PinMirror() | UnpinMirror():
                self._mirror(action)
            case _:
                assert_never(action)

    def _write(self, action: IncidentAction) -> None:
        if self._dialect_name != "ghstatus":
            raise StoreError(
                f"ghstatus reads how incidents are written in {self._repository} ({self._dialect_name}), and doesn't "
                "write that way; open, edit and comment on the issue on GitHub"
            )
        match action:
            case OpenIncident(incident=incident):
                self._open(incident)
            case EditIncident(incident=incident):
                self._edit(incident)
            case PostUpdate(ref=ref, update=update):
                self._post(self._number(ref), update)
            case _:
                assert_never(action)

    def _open(self, incident: Incident) -> None:
        written = draft.write(incident, self._labels, now=self._client.now())
        made = self._issues.open(written.title, written.text, written.labels)
        self.opened[incident.ref] = made["number"]
        if not written.is_open:
            self._turn(made["number"], _reason(incident), is_open=False)

    def _edit(self, incident: Incident) -> None:
        number, now = self._number(incident.ref), self._client.now()
        written = draft.write(self._without_comments(incident, number), self._labels, now=now)
        self._issues.change(number, title=written.title, body=written.text)
        self._sort(number, written.labels)
        self._turn(number, _reason(incident), is_open=draft.write(incident, self._labels, now=now).is_open)

    def _sort(self, number: int, wanted: Iterable[str]) -> None:
        """Put on the labels that say what it is, and take off those that say otherwise; upkeep sees to the rest."""
        present = {label["name"].casefold(): label["name"] for label in self._issues.get(number)["labels"]}
        named = {name.casefold(): name for name in wanted}
        add = [name for key, name in named.items() if key not in present and self._says_what(name)]
        remove = [name for key, name in present.items() if key not in named and self._says_what(name)]
        self._keep(Relabel(ref=str(number), add=tuple(add), remove=tuple(remove), why="it was edited"))

    def _says_what(self, name: str) -> bool:
        said = labels.meaning(Label(name), self._labels)
        return said.kind is not None or said.false_alarm

    def _without_comments(self, incident: Incident, number: int) -> Incident:
        """The incident without what stands in comments, which would otherwise be there twice."""
        comments = self._issues.comments(number)
        times = {comment.at for comment in comments}
        kept = [
            update
            for update in incident.updates
            if update.at not in times
            and not any(notes.is_same(one.text, draft.write_update(update)) for one in comments)
        ]
        return replace(incident, updates=tuple(kept), response=responses.apart(incident.response, times))

    def _post(self, number: int, update: Update) -> None:
        self._issues.comment(number, draft.write_update(update))
        if update.phase:
            self._turn(number, _REASONS.get(update.phase, "completed"), is_open=not update.phase.is_over)

    def _turn(self, number: int, reason: str, *, is_open: bool) -> None:
        """Close or reopen an issue, unless it is so already: then its reason is a person's."""
        if is_open == (self._issues.get(number)["state"] == "open"):
            return
        if is_open:
            self._issues.change(number, state="open")
        else:
            self._issues.change(number, state="closed", state_reason=reason)

    def _keep(self, action: CreateLabel | Relabel | CloseIncident | ReopenIncident) -> None:
        match action:
            case CreateLabel(label=label):
                self._create_label(label)
            case CloseIncident(ref=ref, reason=reason):
                self._turn(self._number(ref), reason, is_open=False)
            case ReopenIncident(ref=ref):
                self._turn(self._number(ref), "", is_open=True)
            case Relabel():
                self._relabel(action)
            case _:
                assert_never(action)

    def _create_label(self, label: Label) -> None:
        self._uncreated.add(label.name.casefold())
        self._issues.create_label(label)
        self._uncreated.discard(label.name.casefold())

    def _relabel(self, action: Relabel) -> None:
        """Put labels on and take others off, but for those that GitHub would make up: they would stay grey."""
        number = self._number(action.ref)
        left_out = [name for name in action.add if name.casefold() in self._uncreated]
        if add := [name for name in action.add if name not in left_out]:
            self._issues.add_labels(number, add)
        for name in action.remove:
            self._issues.remove_label(number, name)
        if left_out:
            raise StoreError(
                f"#{number} in {self._repository} goes without {', '.join(map(repr, left_out))}: GitHub would make up "
                "a label that could not be created"
            )

    def _pin(self, action: PinIncident | UnpinIncident) -> None:
        match action:
            case PinIncident(ref=ref):
                self._issues.pin(self._number(ref), self._node_id(self._number(ref)))
            case UnpinIncident(number=number):
                self._issues.unpin(number, self._node_id(number))
            case _:
                assert_never(action)

    def _mirror(self, action: MirrorAction) -> None:
        issues = Issues(self._client, action.repository or self._repository)
        match action:
            case WriteMirror():
                self._mirrors[action.repository] = boards.write(issues, action, self._viewer)
            case PinMirror(repository=repository, number=number):
                number = number or self._mirrors.get(repository)
                if number is None:
                    raise StoreError(f"can't pin the board in {repository or self._repository}: it could not be opened")
                issues.pin(number, issues.get(number)["node_id"])
            case UnpinMirror(number=number):
                issues.unpin(number, issues.get(number)["node_id"])
            case _:
                assert_never(action)

    @property
    def _replies(self) -> Replies:
        return Replies(self._client, self._repository, self._issues, viewer=self._viewer, label=self._labels.postmortem)

    @property
    def _viewer(self) -> str:
        return self._tracker.viewer if self._tracker else ""

    def _node_id(self, number: int) -> str:
        known = self._tracker.issues.get(str(number)) if self._tracker else None
        return known.node_id if known else str(self._issues.get(number)["node_id"])

    def _number(self, ref: str) -> int:
        if ref in self.opened:
            return self.opened[ref]
        if not ref.isascii() or not ref.isdigit():
            raise StoreError(f"there is no incident {ref!r} in {self._repository}; accepted: an issue's number")
        return int(ref)


def _reason(incident: Incident) -> str:
    """Why the issue of an incident that is over is closed, as the grammar reads it back."""
    if incident.is_void:
        return "not_planned" if incident.duplicate_of is None else "duplicate"
    phases = [update.phase for update in incident.updates if update.phase]
    return _REASONS.get(phases[-1], "completed") if phases else "completed"
