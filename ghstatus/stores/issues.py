"""An issue tracker that lasts as long as the program, and behaves as GitHub does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, assert_never

from ghstatus.actions import (
    Action,
    Assign,
    CloseIncident,
    CommentAction,
    CreateLabel,
    EditIncident,
    IncidentAction,
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
from ghstatus.errors import UsageError
from ghstatus.grammar import dialects, draft, issue, learnt, postmortem, responses
from ghstatus.grammar.names import Names
from ghstatus.model import Event, EventKind, Issue, Label, Snapshot
from ghstatus.stores import thread
from ghstatus.stores.pinboard import Pinboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghstatus.model import Incident, Site, Tracker, Update


class Issues:
    """Issues, labels, pins and mirrors; all that is done counts as done by the tracker's viewer, at the last look."""

    def __init__(self, site: Site, issues: Iterable[Issue], tracker: Tracker, trusted: frozenset[str]) -> None:
        self._site, self._tracker, self._trusted = site, tracker, trusted
        self._issues = {one.number: one for one in issues}
        self._labels = {label.name.casefold(): label for label in tracker.labels}
        comments = [comment.id for one in self._issues.values() for comment in one.comments]
        self._numbers = count(max([0, *self._issues, *(one.number or 0 for one in tracker.mirrors)]) + 1)
        self._board = Pinboard(tracker, self._numbers)
        self._comments = count(max([0, *comments]) + 1)
        self._now = datetime(1970, 1, 1, tzinfo=UTC)

    def observe(self, now: datetime) -> Snapshot:
        """Take everything that is for the page."""
        self._now = now
        numbers = sorted(self._issues)
        each = issue.once(issue.parse(self._issues[number], self._context()) for number in numbers)
        readings = dict(zip(numbers, each, strict=True))
        shown = {number: reading.incident for number, reading in readings.items() if reading.incident}
        learnt = self._learnt({str(number): incident for number, incident in shown.items()}.get)
        return Snapshot(
            taken=now,
            components=self._site.components,
            groups=self._site.groups,
            policy=self._site.policy,
            incidents=tuple(shown.values()),
            problems=(
                *self._site.left_out,
                *(problem for reading in readings.values() for problem in reading.problems),
                *learnt.problems,
            ),
            ignored=(*(problem for reading in readings.values() for problem in reading.ignored), *learnt.ignored),
            tracker=replace(
                self._board.observe(self._tracker),
                labels=tuple(self._labels.values()),
                issues={str(number): self._issues[number] for number in shown},
                reviews=learnt.reviews,
            ),
            postmortems=learnt.postmortems,
        )

    def _learnt(self, incidents: Callable[[str], Incident | None]) -> postmortem.Learnt:
        context, house = self._context(), postmortem.House(self._site.reviews.reviewers, self._tracker.url)
        found = [one for _, one in sorted(self._issues.items()) if postmortem.is_one(one, self._site, context.dialect)]
        context = replace(context, dialect=postmortem.dialect(self._site))
        return postmortem.learn(postmortem.parse(one, context, house, incidents) for one in found)

    def apply(self, action: Action) -> None:
        """Make one change; raises UsageError where GitHub would refuse it."""
        match action:
            case OpenIncident() | EditIncident() | PostUpdate():
                self._write(action)
            case CreateLabel() | Relabel():
                self._label(action)
            case WriteNote() | RemoveNote() | PostComment() | React() | Assign():
                self._talk(action)
            case CloseIncident() | ReopenIncident() | OpenPostmortem():
                self._turn(action)
            case WriteMirror() | PinMirror() | UnpinMirror():
                self._board.apply(action, self._now)
            case PinIncident() | UnpinIncident():
                self._pin(action)
            case _:
                assert_never(action)

    def _turn(self, action: CloseIncident | ReopenIncident | OpenPostmortem) -> None:
        match action:
            case CloseIncident(ref=ref, reason=reason):
                self._close(self._issue(ref), reason)
            case ReopenIncident(ref=ref):
                self._reopen(self._issue(ref))
            case OpenPostmortem():
                self._open_postmortem(action)
            case _:
                assert_never(action)

    def _context(self) -> issue.Context:
        return issue.Context(
            names=Names(self._site.components, self._site.groups).beside({str(number) for number in self._issues}),
            dialect=dialects.find(self._site.dialect, self._site),
            viewer=self._tracker.program,
            bots=self._site.bots,
            trusted=self._trusted,
            recurring=self._site.recurring,
            now=self._now,
        )

    def _issue(self, ref: str) -> Issue:
        found = self._issues.get(int(ref)) if ref.isdecimal() else None
        if found is None:
            raise UsageError(f"there is no incident {ref!r}")
        return found

    def _event(self, kind: EventKind, detail: str = "") -> Event:
        return Event(kind, self._now, self._tracker.viewer, detail)

    def _keep(self, one: Issue) -> None:
        self._issues[one.number] = replace(one, updated_at=max(one.updated_at, self._now))

    def _write(self, action: IncidentAction) -> None:
        match action:
            case OpenIncident(incident=incident):
                self._open(incident)
            case EditIncident(incident=incident):
                self._edit(self._issue(incident.ref), incident)
            case PostUpdate(ref=ref, update=update):
                self._comment(self._issue(ref), draft.write_update(update))
            case _:
                assert_never(action)

    def _open(self, incident: Incident) -> None:
        written = draft.write(incident, self._site.labels)
        one = self._new(written.title, written.text)
        self._relabel(one, written.labels, ())
        if not written.is_open:
            self._close(self._issues[one.number])

    def _edit(self, one: Issue, incident: Incident) -> None:
        """Comments stay as they are, so the text leaves out what they say."""
        told = [update for update in self._told(one) if update not in self._told(replace(one, comments=()))]
        response = responses.apart(incident.response, {comment.at for comment in one.comments})
        kept = tuple(update for update in incident.updates if update not in told)
        written = draft.write(replace(incident, updates=kept, response=response), self._site.labels)
        edited = replace(one, title=written.title, text=written.text, edited_at=self._now, editor=self._tracker.viewer)
        present = {label.name for label in one.labels}
        self._relabel(edited, tuple(name for name in written.labels if name not in present), ())
        if not written.is_open:
            self._close(self._issues[one.number])

    def _told(self, one: Issue) -> tuple[Update, ...]:
        found = issue.parse(one, self._context()).incident
        return found.updates if found else ()

    def _close(self, one: Issue, reason: str = "completed") -> None:
        if one.closed_at is None:
            closed = self._event(EventKind.CLOSED, reason)
            self._keep(replace(one, closed_at=self._now, reason=reason, events=(*one.events, closed)))

    def _label(self, action: CreateLabel | Relabel) -> None:
        match action:
            case CreateLabel(label=label):
                if label.name.casefold() in self._labels:
                    raise UsageError(f"there is a label {label.name!r} already")
                self._labels[label.name.casefold()] = label
            case Relabel(ref=ref, add=add, remove=remove):
                self._relabel(self._issue(ref), add, remove)
            case _:
                assert_never(action)

    def _relabel(self, one: Issue, add: Iterable[str], remove: Iterable[str]) -> None:
        """Labels that the repository doesn't have are created, without a colour that says anything."""
        on = {label.name.casefold(): label for label in one.labels}
        events = list(one.events)
        for name in remove:
            if on.pop(name.casefold(), None) is None:
                raise UsageError(f"#{one.number} has no label {name!r}")
            events.append(self._event(EventKind.UNLABELED, name))
        for name in add:
            if name.casefold() not in on:
                on[name.casefold()] = self._labels.setdefault(name.casefold(), Label(name, "ededed"))
                events.append(self._event(EventKind.LABELED, name))
        self._keep(replace(one, labels=tuple(on.values()), events=tuple(events)))

    def _talk(self, action: CommentAction | Assign) -> None:
        """Reactions leave the time of an issue's last change alone."""
        one = self._issue(action.ref)
        changed = thread.changed(one, action, thread.Hand(self._tracker.viewer, self._now, self._comments))
        if isinstance(action, React):
            self._issues[one.number] = changed
        else:
            self._keep(changed)

    def _comment(self, one: Issue, text: str) -> None:
        self._talk(PostComment(ref=str(one.number), text=text))

    def _reopen(self, one: Issue) -> None:
        if one.closed_at is not None:
            opened = self._event(EventKind.REOPENED)
            self._keep(replace(one, closed_at=None, reason="", events=(*one.events, opened)))

    def _open_postmortem(self, action: OpenPostmortem) -> None:
        label = self._site.labels.postmortem
        there = (one for one in self._issues.values() if label in {borne.name for borne in one.labels})
        if all(learnt.incident(one.text) != action.incident for one in there):
            self._relabel(self._new(action.title, learnt.write(action.incident, action.text)), (label,), ())

    def _new(self, title: str, text: str) -> Issue:
        number = next(self._numbers)
        return Issue(
            number=number,
            node_id=f"I_{number}",
            title=title,
            text=text,
            author=self._tracker.viewer,
            created_at=self._now,
            updated_at=self._now,
        )

    def _pin(self, action: PinIncident | UnpinIncident) -> None:
        """Pins leave the time of an issue's last change alone."""
        match action:
            case PinIncident(ref=ref):
                number, kind = self._issue(ref).number, EventKind.PINNED
                has_changed = self._board.pin("", number)
            case UnpinIncident(number=number):
                kind = EventKind.UNPINNED
                has_changed = self._board.unpin("", number)
            case _:
                assert_never(action)
        if has_changed and number in self._issues:
            one = self._issues[number]
            self._issues[number] = replace(one, events=(*one.events, self._event(kind)))
