"""A repository whose pull requests depend on Copr and Testing Farm, and a status page whose incidents tell of them."""

CONFIG = """\
title: Example
base_url: https://status.example.org/
store: github
repository: packit/status
components:
- {id: copr, name: Copr, checks: [packit-copr]}
- {id: testing-farm, name: Testing Farm, checks: [packit-testing-farm]}
checks:
  repositories: [packit/status, packit/ogr]
"""
GUEST = "Guest couldn't be provisioned: Artemis resource ended in 'error' state"
UNREACHABLE = "error: Cannot prepare internal mirrorlist: Curl error (6): Couldn't resolve host name"
MINE = "error: Bad exit status from /var/tmp/rpm-tmp.1 (%build)"
MUTE = "RPMs failed to be built."
COPR, FARM = "rpm-build:fedora-rawhide-x86_64", "testing-farm:fedora-rawhide-x86_64"


class World:
    """The repositories, the services, and the command line's environment."""

    def __init__(self, github, upstream, site, monkeypatch):
        self.github, self.upstream, self.site, self.env = github, upstream, site, monkeypatch
        self.status, self.ogr = github.repository("packit/status"), github.repository("packit/ogr")
        self.status.grant("jane", "write")
        self.jobs = 0
        self.act_as("packit/status")

    @property
    def now(self):
        return f"{self.github.clock.now():%Y-%m-%dT%H:%M:%SZ}"

    def act_as(self, repository, **permissions):
        """Run by a workflow's token in a repository."""
        permissions = permissions or {
            "issues": "write",
            "checks": "write",
            "pull_requests": "write",
            "statuses": "read",
        }
        self.env.setenv("GITHUB_TOKEN", self.github.token(repository, **permissions))

    def act_as_app(self):
        app = self.github.app(
            "ghstatus", issues="write", checks="write", pull_requests="write", metadata="read", statuses="read"
        )
        app.install("packit/status", "packit/ogr")
        self.env.delenv("GITHUB_TOKEN", raising=False)
        self.env.setenv("GHSTATUS_APP_ID", str(app.id))
        self.env.setenv("GHSTATUS_APP_PRIVATE_KEY", app.private_key)
        return app

    def incident(self, *components, title="Copr is down", by="jane", body="It is."):
        labels = ["incident", "severity/major", *(f"component/{one}" for one in components)]
        return self.status.issue(title, body, by=by, labels=labels)

    def pull(self, repository=None, title="Mend"):
        return (repository or self.ogr).pull(title, by="ann", fork=True)

    def build(self, pull, conclusion="failure", *, live=None, backend=None, title=MUTE):
        """A check of a build in Copr, with the logs that Copr has of it."""
        self.jobs += 1
        url = self.upstream.copr(self.jobs, live=live, backend=backend)
        return pull.head.check(COPR, conclusion, title=title, summary="", details_url=f"{url}/")

    def tests(self, pull, conclusion="failure", *, title=GUEST):
        """A check of tests in Testing Farm, which tells itself why it failed."""
        self.jobs += 1
        url = self.upstream.tests(self.jobs, summary=title)
        return pull.head.check(FARM, conclusion, title=title, summary="", details_url=f"{url}/")


def ours(pull, name="ghstatus/known-failures"):
    """ghstatus's own check runs on a pull request."""
    return [run for run in pull.head.runs if run.name == name]
