"""Commits and what is said of them: pull requests, check suites, check runs and statuses."""

from dataclasses import dataclass, field

from tests.github.issues import Issue
from tests.github.people import App, User, node_id

FAILING = {"failure", "timed_out", "cancelled", "action_required", "startup_failure", "stale"}


@dataclass(eq=False, kw_only=True, repr=False)
class Commit:
    repository: object
    id: int
    oid: str
    message: str
    author: User
    committed_date: object
    statuses: list = field(default_factory=list)
    suites: list = field(default_factory=list)

    @property
    def node_id(self):
        return node_id("C", self.repository.id, self.id)

    @property
    def runs(self):
        return [run for suite in self.suites for run in suite.runs]

    def contexts(self):
        """The newest status of each context; contexts are the same in any case."""
        newest = {status.context.casefold(): status for status in self.statuses}
        return list(newest.values())

    def suite(self, app, workflow="CI", event="pull_request"):
        """The suite of an app, of GitHub Actions that of a workflow; made when it is first needed."""
        for suite in self.suites:
            if (suite.app, suite.workflow, suite.event) == (app, workflow, event):
                return suite
        world = self.repository.world
        suite = CheckSuite(
            commit=self, id=world.new_id(), app=app, workflow=workflow, event=event, created_at=world.clock.now()
        )
        self.suites.append(suite)
        return suite

    def check(self, name, conclusion=None, *, app="packit-as-a-service", **about):
        """A check run that an app reports; without a conclusion it hangs."""
        world = self.repository.world
        app = app if isinstance(app, App) else world.app(app)
        status = about.pop("status", "completed" if conclusion else "in_progress")
        now = world.clock.now()
        about = {"started_at": now, "completed_at": now if conclusion else None} | about
        started = {name: about.pop(name) for name in ("workflow", "event") if name in about}
        run = CheckRun(
            suite=self.suite(app, **started),
            id=world.new_id(),
            name=name,
            status=status,
            conclusion=conclusion,
            **about,
        )
        run.suite.runs.append(world.known(run))
        return run

    def status(self, context, state, *, by=None, description=None, target_url=None):
        """A commit status, in one of the four states that those have."""
        world = self.repository.world
        status = Status(
            commit=self, id=world.new_id(), context=context, state=state, description=description, target_url=target_url,
            creator=world.actor(by or self.repository.owner), created_at=world.clock.now(),
        )  # fmt: skip
        self.statuses.append(world.known(status))
        return status


@dataclass(eq=False, kw_only=True, repr=False)
class CheckSuite:
    commit: Commit
    id: int
    app: App
    workflow: str
    event: str
    created_at: object
    runs: list = field(default_factory=list)

    @property
    def node_id(self):
        return node_id("CS", self.commit.repository.id, self.id)

    @property
    def status(self):
        return "completed" if self.runs and all(run.conclusion for run in self.runs) else "queued"

    @property
    def conclusion(self):
        if self.status != "completed":
            return None
        said = [run.conclusion for run in self.latest()]
        return next((one for one in said if one in FAILING), "success" if "success" in said else said[0])

    def latest(self):
        """The newest run of each name, which is what `filter=latest` and a rollup show."""
        return list({run.name: run for run in self.runs}.values())


@dataclass(eq=False, kw_only=True, repr=False)
class CheckRun:
    """A check run; `job` marks one that GitHub Actions made for a job of its own."""

    suite: CheckSuite
    id: int
    name: str
    status: str
    conclusion: str | None
    started_at: object
    completed_at: object
    details_url: str | None = None
    external_id: str = ""
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list = field(default_factory=list)
    actions: list = field(default_factory=list)
    job: bool = False

    @property
    def node_id(self):
        return node_id("CR", self.commit.repository.id, self.id)

    @property
    def commit(self):
        return self.suite.commit

    @property
    def repository(self):
        return self.commit.repository

    @property
    def html_url(self):
        return f"https://github.com/{self.commit.repository.full_name}/runs/{self.id}"

    @property
    def state(self):
        return self.conclusion or self.status


@dataclass(eq=False, kw_only=True, repr=False)
class Status:
    commit: Commit
    id: int
    context: str
    state: str
    description: str | None
    target_url: str | None
    creator: User
    created_at: object

    @property
    def node_id(self):
        return node_id("SC", self.commit.repository.id, self.id)

    @property
    def repository(self):
        return self.commit.repository


@dataclass(eq=False, kw_only=True, repr=False)
class Pull(Issue):
    """A pull request: an issue with a head, which may stand in a fork; `closes` are the issues that it is to close."""

    prefix = "PR"
    head: Commit
    head_ref: str
    head_repository: object
    base_ref: str = "main"
    draft: bool = False
    merged_at: object = None
    closes: list = field(default_factory=list)

    @property
    def from_fork(self):
        return self.head_repository is not self.repository

    def push(self, message="More"):
        """A new head commit, without checks yet."""
        self.head = self.repository.commit(message, by=self.author)
        self.touch()
        return self.head

    def merge(self, *, by=None):
        self.merged_at = self.world.clock.now()
        return self.close(None, by=by)
