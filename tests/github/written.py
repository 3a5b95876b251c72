"""What people write: comments, and the labels, events, edits and reactions that go with an issue."""

from dataclasses import dataclass, field

from tests.github.people import App, Refused, User, node_id

BODY_LIMIT = 65536
NODES = {
    "labeled": "LE", "unlabeled": "UNLE", "closed": "CE", "reopened": "RE", "renamed": "RTE", "pinned": "PE",
    "unpinned": "UPE", "locked": "LOE", "unlocked": "UNLOE", "transferred": "TRE",
    "comment_deleted": "CDE", "assigned": "ASE", "unassigned": "USE",
}  # fmt: skip


def fits(text):
    """A body that GitHub takes, or its refusal."""
    text = text or ""
    if len(text) > BODY_LIMIT:
        message = f"body is too long (maximum is {BODY_LIMIT} characters)"
        raise Refused(422, "Validation Failed", errors=[
            {"resource": "Issue", "code": "custom", "field": "body", "message": message},
        ])  # fmt: skip
    return text


@dataclass(eq=False, kw_only=True, repr=False)
class Label:
    repository: object
    id: int
    name: str
    color: str = "ededed"
    description: str | None = None
    created_at: object = None
    is_default = False

    @property
    def node_id(self):
        return node_id("LA", self.repository.id, self.id)


@dataclass(eq=False, kw_only=True, repr=False)
class Event:
    """One line of an issue's timeline; `about` holds what is special to its kind."""

    issue: object
    id: int
    kind: str
    actor: User
    created_at: object
    about: dict = field(default_factory=dict)
    app: App | None = None

    @property
    def node_id(self):
        return node_id(NODES[self.kind], self.issue.repository.id, self.id)


@dataclass(eq=False, kw_only=True, repr=False)
class Edit:
    id: int
    editor: User
    edited_at: object
    diff: str

    @property
    def node_id(self):
        return node_id("UCE", self.id)

    @property
    def created_at(self):
        return self.edited_at


@dataclass(eq=False, kw_only=True, repr=False)
class Reaction:
    id: int
    content: str
    user: User
    created_at: object

    @property
    def node_id(self):
        return node_id("REA", self.id)


class Written:
    """What an issue and a comment share: a text with an author, edits and reactions."""

    @property
    def world(self):
        return self.repository.world

    @property
    def last_edited_at(self):
        return self.edits[-1].edited_at if self.edits else None

    @property
    def editor(self):
        return self.edits[-1].editor if self.edits else None

    def edit(self, body, *, by=None):
        """Change the text, as its author unless told otherwise."""
        body, now = fits(body), self.world.clock.now()
        if body != self.body:
            self.edits.append(
                Edit(id=self.world.new_id(), editor=self.world.actor(by or self.author), edited_at=now, diff=body)
            )
            self.body = body
        self.touch()
        return self

    def react(self, content, *, by):
        """React once: a second reaction of the same person and kind is the first."""
        user = self.world.actor(by)
        for found in self.reactions:
            if (found.user, found.content) == (user, content):
                return found
        self.reactions.append(
            Reaction(id=self.world.new_id(), content=content, user=user, created_at=self.world.clock.now())
        )
        return self.reactions[-1]

    def unreact(self, content, *, by):
        """Take a reaction back, if there is one."""
        user = self.world.actor(by)
        self.reactions[:] = [one for one in self.reactions if (one.user, one.content) != (user, content)]
        return self


@dataclass(eq=False, kw_only=True, repr=False)
class Comment(Written):
    issue: object
    id: int
    body: str
    author: User
    created_at: object
    updated_at: object
    app: App | None = None
    minimized: str | None = None
    edits: list = field(default_factory=list)
    reactions: list = field(default_factory=list)

    @property
    def node_id(self):
        return node_id("IC", self.repository.id, self.id)

    @property
    def repository(self):
        return self.issue.repository

    def touch(self):
        self.updated_at = self.world.clock.now()
        self.issue.touch()

    def minimize(self, reason="OUTDATED"):
        """Hide it; neither its time nor the issue's changes."""
        self.minimized = reason.lower().replace("_", "-")
        return self

    def unminimize(self):
        self.minimized = None
        return self

    def delete(self, *, by=None):
        self.issue.comments.remove(self)
        self.issue.happened("comment_deleted", by, author=self.author)
        self.issue.touch()
