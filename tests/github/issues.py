"""Issues. Every verb here is a builder for tests, and what the API does once it is allowed."""

from dataclasses import dataclass, field

from tests.github.people import App, Refused, User, node_id
from tests.github.written import Comment, Event, Written, fits

MAX_PINS = 3
WRITTEN = 3_000_000_000  # GitHub's ids of issues and comments have outgrown 31 bits


@dataclass(eq=False, kw_only=True, repr=False)
class Issue(Written):
    """An issue; `by` is whoever does it: a login, a user or an app, the owner of the repository if nobody is named."""

    prefix = "I"
    repository: object
    id: int
    number: int
    title: str
    body: str
    author: User
    created_at: object
    updated_at: object
    app: App | None = None
    state: str = "open"
    state_reason: str | None = None
    closed_at: object = None
    closed_by: User | None = None
    locked: bool = False
    lock_reason: str | None = None
    pinned_by: User | None = None
    labels: list = field(default_factory=list)
    comments: list = field(default_factory=list)
    events: list = field(default_factory=list)
    edits: list = field(default_factory=list)
    reactions: list = field(default_factory=list)
    assignees: list = field(default_factory=list)
    parent: object = None

    @property
    def node_id(self):
        return node_id(self.prefix, self.repository.id, self.id)

    def touch(self):
        self.updated_at = self.world.clock.now()

    def happened(self, kind, by, **about):
        """Write a line into the timeline."""
        actor, app = self.world.actor_and_app(by or self.repository.owner)
        event = Event(
            issue=self,
            id=self.world.new_id(),
            kind=kind,
            actor=actor,
            app=app,
            about=about,
            created_at=self.world.clock.now(),
        )
        self.events.append(event)
        return event

    def label(self, *names, by=None):
        """Put labels on it; a label that isn't there yet is made, in grey."""
        for name in names:
            label = self.repository.find_label(name) or self.repository.label(name)
            if label not in self.labels:
                self.labels.append(label)
                self.happened("labeled", by, label=label.name, color=label.color, of=label)
                self.touch()
        return self

    def unlabel(self, *names, by=None):
        for name in names:
            label = self.repository.find_label(name)
            if label not in self.labels:
                raise Refused(404, "Label does not exist", kind="NOT_FOUND")
            self.labels.remove(label)
            self.happened("unlabeled", by, label=label.name, color=label.color, of=label)
            self.touch()
        return self

    def set_labels(self, names, *, by=None):
        wanted = {name.casefold() for name in names}
        self.unlabel(*(label.name for label in list(self.labels) if label.name.casefold() not in wanted), by=by)
        return self.label(*names, by=by)

    def assign(self, *logins, by=None):
        """Assign it to people; whoever has no access to the repository is left out without a word."""
        for user in (self.world.actor(login) for login in logins):
            if user not in self.assignees and self.repository.allows(user, "triage"):
                self.assignees.append(user)
                self.happened("assigned", by, assignee=user)
                self.touch()
        return self

    def unassign(self, *logins, by=None):
        for user in (self.world.actor(login) for login in logins):
            if user in self.assignees:
                self.assignees.remove(user)
                self.happened("unassigned", by, assignee=user)
                self.touch()
        return self

    def rename(self, title, *, by=None):
        if title != self.title:
            self.happened("renamed", by, previous=self.title, current=title)
            self.title = title
            self.touch()
        return self

    def comment(self, body, *, by=None):
        actor, app = self.world.actor_and_app(by or self.repository.owner)
        now = self.world.clock.now()
        comment = Comment(
            issue=self,
            id=self.world.new_id(WRITTEN),
            body=fits(body),
            author=actor,
            app=app,
            created_at=now,
            updated_at=now,
        )
        self.comments.append(self.world.known(comment))
        self.touch()
        return comment

    def close(self, reason="completed", *, by=None):
        """Close it; closing what is closed changes the reason at most."""
        if self.state == "open":
            event = self.happened("closed", by, reason=reason)
            self.closed_at, self.closed_by = event.created_at, event.actor
            self.touch()
        self.state, self.state_reason = "closed", reason
        return self

    def reopen(self, *, by=None):
        if self.state == "closed":
            self.happened("reopened", by, reason="reopened")
            self.state, self.state_reason, self.closed_at, self.closed_by = "open", "reopened", None, None
            self.touch()
        return self

    def lock(self, reason=None, *, by=None):
        if not self.locked:
            self.happened("locked", by, reason=reason)
        self.locked, self.lock_reason = True, reason
        return self

    def unlock(self, *, by=None):
        if self.locked:
            self.happened("unlocked", by)
        self.locked, self.lock_reason = False, None
        return self

    def pin(self, *, by=None):
        """Pin it; a repository has room for three."""
        if self.pinned_by is None:
            if len(self.repository.pinned) == MAX_PINS:
                raise Refused(422, "Maximum 3 pinned issues per repository")
            self.pinned_by = self.happened("pinned", by).actor
            self.repository.pinned.append(self)
        return self

    def unpin(self, *, by=None):
        if self.pinned_by is not None:
            self.happened("unpinned", by)
            self.pinned_by = None
            self.repository.pinned.remove(self)
        return self

    def delete(self):
        """It is gone without a trace in any list; asking for it is answered 410."""
        self.repository.remove(self, None)

    def transfer(self, repository, *, by=None):
        """It vanishes here and is a new issue there, with the labels that exist there; asking for it here is a 301."""
        moved = repository.adopt(self)
        moved.happened("transferred", by, origin=self.repository)
        self.repository.remove(self, moved)
        return moved
