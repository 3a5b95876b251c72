"""What this GitHub holds: repositories, people, apps; the same objects that tests build and the API serves."""

import hashlib
from dataclasses import dataclass, field
from itertools import count

from tests.github.actions import Workflow
from tests.github.clock import Clock
from tests.github.code import Commit, Pull
from tests.github.issues import WRITTEN, Issue
from tests.github.people import App, Installation, Refused, User, at_least, node_id
from tests.github.written import Comment, Label

ACTIONS = "github-actions"
ACTIONS_ID = 15368


class World:
    """Everything there is on this GitHub."""

    def __init__(self, clock=None):
        self.clock = clock or Clock()
        self.users = {}
        self.repositories = {}
        self.renamed = {}
        self.apps = {}
        self.epoch = self.clock.now()
        self.nodes = {}
        self._ids = count(1001)

    def new_id(self, more=0):
        return next(self._ids) + more

    def known(self, thing):
        """Remember what has a node id, to be found by it."""
        self.nodes[thing.node_id] = thing
        return thing

    def user(self, login, kind="User"):
        """The user of that name, who is made when first named."""
        key = login.casefold()
        if key not in self.users:
            self.users[key] = self.known(User(id=self.new_id(), login=login, kind=kind))
        return self.users[key]

    def app(self, slug, **permissions):
        """The app of that name, made when first named, with `checks="write"` and so on."""
        if slug not in self.apps:
            number = ACTIONS_ID if slug == ACTIONS else self.new_id()
            owner = self.user("github" if slug == ACTIONS else f"{slug}-owner")
            bot = self.user(f"{slug}[bot]", "Bot")
            self.apps[slug] = App(
                id=number, slug=slug, owner=owner, bot=bot, created_at=self.clock.now(), permissions={}, world=self
            )
        self.apps[slug].permissions |= permissions
        return self.apps[slug]

    def install(self, app, names, permissions):
        """An app's installation on repositories that belong to one owner."""
        repositories = [self.repository(name) for name in names]
        (owner,) = {repository.owner for repository in repositories}
        installation = Installation(
            id=self.new_id(), app=app, account=owner, repositories=repositories, created_at=self.clock.now(),
            permissions={"metadata": "read", **permissions},
        )  # fmt: skip
        app.installations[installation.id] = installation
        return installation

    def repository(self, full_name, **about):
        """The repository of that name, made when first named; `private=True` and the like hold from then on."""
        key = full_name.casefold()
        if key not in self.repositories:
            owner, name = full_name.split("/")
            self.repositories[key] = self.known(Repository(
                world=self, id=self.new_id(), owner=self.user(owner, about.pop("owner", "Organization")), name=name,
                created_at=self.clock.now(),
            ))  # fmt: skip
            self.repositories[key].commit("Begin", branch="main")
        for name, value in about.items():
            setattr(self.repositories[key], name, value)
        return self.repositories[key]

    def actor(self, by):
        return self.actor_and_app(by)[0]

    def actor_and_app(self, by):
        """Who `by` is, and through which app it is done."""
        if isinstance(by, App):
            return by.bot, by
        return (by if isinstance(by, User) else self.user(by)), None


@dataclass(eq=False, kw_only=True, repr=False)
class Repository:
    """A repository with its people, labels, issues, pull requests and commits."""

    world: World
    id: int
    owner: User
    name: str
    created_at: object
    private: bool = False
    archived: bool = False
    fork: bool = False
    description: str | None = None
    has_issues: bool = True
    default_branch: str = "main"
    roles: dict = field(default_factory=dict)
    associations: dict = field(default_factory=dict)
    required_checks: set = field(default_factory=set)
    labels: list = field(default_factory=list)
    issues: dict = field(default_factory=dict)
    gone: dict = field(default_factory=dict)
    pinned: list = field(default_factory=list)
    commits: dict = field(default_factory=dict)
    branches: dict = field(default_factory=dict)
    dispatches: list = field(default_factory=list)
    files: dict = field(default_factory=dict)
    workflows: list = field(default_factory=list)
    pages: object = None
    pushed_at: object = None
    numbered: int = 0

    @property
    def full_name(self):
        return f"{self.owner.login}/{self.name}"

    @property
    def node_id(self):
        return node_id("R", self.id)

    @property
    def name_with_owner(self):
        return self.full_name

    def rename(self, name):
        """Give it another name; asking for the old one is a 301."""
        self.world.renamed[self.full_name.casefold()] = self.world.repositories.pop(self.full_name.casefold())
        self.name = name
        self.world.repositories[self.full_name.casefold()] = self
        return self

    def grant(self, login, role, *, association=None, hidden=False):
        """Give somebody a role. A `hidden` member is one whose membership is private: their association says NONE."""
        user = self.world.user(login)
        self.roles[user] = role
        self.associations[user] = "NONE" if hidden else association or "MEMBER"
        return user

    def role(self, user):
        """What somebody may do; everybody may read what is public."""
        if user is self.owner:
            return "admin"
        return self.roles.get(user, "none" if self.private else "read")

    def offers(self, prefix):
        """Refuse issues where they are switched off; pull requests are always there."""
        if prefix == "I" and not self.has_issues:
            raise Refused(410, "Issues are disabled for this repo", kind="GONE")

    def allows(self, user, wanted):
        return at_least(self.role(user), wanted)

    def association(self, user):
        """The word that GitHub puts beside a name, which is no proof of anything."""
        return "OWNER" if user is self.owner else self.associations.get(user, "NONE")

    def label(self, name, color="ededed", description=None):
        """A label, made or, where there is one of that name, changed."""
        label = self.find_label(name)
        if label is None:
            label = Label(repository=self, id=self.world.new_id(), name=name, created_at=self.world.clock.now())
            self.labels.append(self.world.known(label))
        label.color, label.description = color, description
        return label

    def find_label(self, name):
        wanted = name.casefold()
        return next((label for label in self.labels if label.name.casefold() == wanted), None)

    def remove_label(self, label):
        """Delete a label, which takes it off every issue without a line in any timeline."""
        self.labels.remove(label)
        for issue in self.issues.values():
            if label in issue.labels:
                issue.labels.remove(label)

    def issue(self, title, body="", *, by=None, labels=()):
        """An issue opened on the web, where a form puts its labels on it whoever fills it in."""
        author, app = self.world.actor_and_app(by or self.owner)
        return self.add(Issue, title, body, author, app).label(*labels, by=by)

    def add(self, kind, title, body, author, app=None, **about):
        now, number = self.world.clock.now(), self.numbered + 1
        made = kind(
            repository=self, id=self.world.new_id(WRITTEN), number=number, title=title, body=body, author=author, app=app,
            created_at=now, updated_at=now, **about,
        )  # fmt: skip
        self.issues[number], self.numbered = self.world.known(made), number
        return made

    def pull(self, title, body="", *, by=None, fork=False, branch=None, draft=False):
        """A pull request; with `fork` its head stands in its author's repository."""
        author = self.world.actor(by or self.owner)
        branch = branch or f"patch-{self.numbered + 1}"
        head = self.commit(title, by=author, branch=None if fork else branch)
        source = self.world.repository(f"{author.login}/{self.name}", owner="User", fork=True) if fork else self
        return self.add(Pull, title, body, author, head=head, head_ref=branch, head_repository=source, draft=draft)

    @property
    def pulls(self):
        return [issue for issue in self.issues.values() if isinstance(issue, Pull)]

    def commit(self, message, *, by=None, branch=None):
        number = self.world.new_id()
        oid = hashlib.sha1(f"{self.full_name} {number}".encode(), usedforsecurity=False).hexdigest()
        commit = Commit(
            repository=self, id=number, oid=oid, message=message, author=self.world.actor(by or self.owner),
            committed_date=self.world.clock.now(),
        )  # fmt: skip
        self.commits[oid] = self.world.known(commit)
        if branch is not None:
            self.branches[branch] = commit
        return commit

    def workflow(self, text, name="status.yml", **about):
        """A workflow's file on the default branch."""
        path = f".github/workflows/{name}"
        self.files[path] = text
        made = Workflow(repository=self, id=self.world.new_id(), path=path, created_at=self.world.clock.now(), **about)
        self.workflows.append(made)
        return made

    def find_commit(self, ref):
        """A commit by its hash, its beginning, a branch or `heads/branch`; None where there is none."""
        branch = self.branches.get(ref.removeprefix("refs/").removeprefix("heads/"))
        if branch is not None:
            return branch
        return next((commit for oid, commit in self.commits.items() if len(ref) >= 7 and oid.startswith(ref)), None)

    def remove(self, issue, moved):
        """Take an issue out of everything that lists it, and remember where it went."""
        if issue in self.pinned:
            self.pinned.remove(issue)
        del self.issues[issue.number]
        self.gone[issue.number] = moved

    def adopt(self, issue):
        """An issue of another repository as a new one here: the comments come along, labels where they exist here."""
        moved = self.add(Issue, issue.title, issue.body, issue.author, issue.app)
        moved.created_at, moved.state, moved.state_reason = issue.created_at, issue.state, issue.state_reason
        moved.closed_at, moved.closed_by = issue.closed_at, issue.closed_by
        moved.labels = [found for found in (self.find_label(label.name) for label in issue.labels) if found]
        moved.comments = [
            self.world.known(Comment(
                issue=moved, id=one.id, body=one.body, author=one.author, app=one.app, created_at=one.created_at, updated_at=one.updated_at,
            ))
            for one in issue.comments
        ]  # fmt: skip
        return moved
