"""A status page whose incidents are issues of a loopback GitHub, run as the commands run it."""

from ghstatus import board, flow
from ghstatus.github.access import Access
from ghstatus.github.client import Client
from ghstatus.stores.github.store import GitHubStore


class Page:
    """One site folder and one repository; each run begins with nothing but what earlier ones left in the folder.

    Time is GitHub's, and whoever waits makes it pass.
    """

    def __init__(self, github, site, folder, *, repository="packit/status", **access):
        self.github, self.site, self.folder = github, site, folder
        self.repository = github.repository(repository)
        self.access = access or {"token": github.token(repository, issues="write")}
        self.told = []

    @property
    def now(self):
        return self.github.clock.now()

    def time(self):
        return self.now.timestamp()

    def client(self):
        return Client(
            Access(api_url=self.github.url, wait=self.site.limits.wait, **self.access),
            sleep=lambda seconds: self.github.clock.advance(seconds=seconds),
            clock=self.time,
            tell=self.told.append,
        )

    def store(self, known=None, *, client=None, fresh=False):
        return GitHubStore(
            client or self.client(), self.site, repository=self.repository.full_name,
            cache=self.folder / "issues", known=known, fresh=fresh,
        )  # fmt: skip

    def observe(self, now=None):
        with self.client() as client:
            return self.store(client=client).observe(now or self.now)

    def board(self, now=None):
        now = now or self.now
        return board.judge(self.observe(now), now)

    def statuses(self, now=None):
        """Each component's status, by its id."""
        return {state.component.id: str(state.status) for state in self.board(now).components}

    def write(self, *actions):
        """Do something by command."""
        with self.client() as client:
            store = self.store(client=client)
            store.observe(self.now)
            return flow.apply(actions, store)

    def apply(self, now=None):
        """`ghstatus apply`: what was planned, and what became of it (None where the plan refused itself)."""
        now = now or self.now
        notes = flow.Notes(self.folder / "plan.json", "")
        with self.client() as client:
            store = self.store(flow.recall(notes, now), client=client)
            planned = flow.plan(store, self.site, now, notes)
            return planned, None if planned.refusal else flow.apply(planned.plan, store)

    def build(self, now=None):
        """`ghstatus build`."""
        with self.client() as client:
            building = flow.Building(
                folder=self.folder / "site", site=self.site, digest="",
                store=lambda known: self.store(known, client=client),
                out=self.folder / "_site", index=self.folder / "index.json",
            )  # fmt: skip
            return flow.build(building, now or self.now)

    def pages(self):
        """Everything that the last build wrote, as one text."""
        return "\n".join(
            path.read_text("utf-8", "replace") for path in (self.folder / "_site").rglob("*") if path.is_file()
        )
