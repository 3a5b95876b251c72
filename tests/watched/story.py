"""Whole stories about outages: pull requests as Packit reports on them, runs of the commands, and time that goes by."""

from datetime import timedelta
from typing import NamedTuple

from tests.watched.world import CONFIG, GUEST, MUTE, World

PACKIT = "packit-as-a-service"
CHROOT = "fedora-rawhide-x86_64"
NOTE, GATE = "ghstatus/known-failures", "ghstatus/gate"

# What Copr's logs tell: its own failure, and two of the author's.
HOSTS = (
    "[2026-03-02 10:34:20,957][ ERROR][PID:34] Backend process error: Three host tried without success: {'2620:52::1'}"
)
REJECTED = "[2026-03-02 10:34:20,957][ ERROR][PID:34] Backend process error: No success file => build failure"
COMPILER = (
    "src/main.c:12:5: error: expected ';' before '}' token\n"
    "make: *** [Makefile:10: main.o] Error 1\n"
    "error: Bad exit status from /var/tmp/rpm-tmp.3OLb0m (%build)\n"
)
OTHERWISE = "Finish: build phase for python-ogr-0.50.0-1.fc43.src.rpm\nERROR: the builder went away\n"


class Run(NamedTuple):
    """What a run of a command came to."""

    code: int
    out: str
    err: str
    wrote: int
    """How many requests changed something on GitHub."""
    asked: int
    """How many pages of services were fetched."""

    @property
    def last(self):
        return self.out.splitlines()[-1]


class Story(World):
    """Two repositories that depend on Copr and Testing Farm, in one of which jane writes; ann opens pull requests."""

    def __init__(self, github, upstream, site, monkeypatch, run):
        super().__init__(github, upstream, site, monkeypatch)
        github.looks_at_answers = False
        self.command = run

    def configure(self, **checks):
        """The site's configuration, with these keys under `checks:`."""
        repositories = checks.pop("repositories", "[packit/status, packit/ogr]")
        keys = "".join(f"  {key}: {value}\n" for key, value in {"repositories": repositories, **checks}.items())
        head, _, _ = CONFIG.partition("checks:\n  ")
        (self.site / "ghstatus.yml").write_text(f"{head}checks:\n{keys}")

    # What people and services do

    def after(self, **duration):
        """Time goes by."""
        self.github.clock.advance(**duration)

    def copr(self, pull, conclusion="failure", *, backend=None, live=OTHERWISE, title=MUTE, **about):
        """Packit's check of a build; its title never says why it failed, and Copr's logs may."""
        self.jobs += 1
        url = self.upstream.copr(self.jobs, number=10158000 + self.jobs, live=live, backend=backend)
        title = "RPMs were built successfully." if conclusion == "success" else title
        return self._check(pull, f"rpm-build:{about.pop('target', CHROOT)}", conclusion, title, url, about)

    def farm(self, pull, conclusion="failure", *, title=GUEST, **about):
        """Packit's check of tests; its title is what Testing Farm says in summary."""
        self.jobs += 1
        url = self.upstream.tests(self.jobs, summary=title)
        title = {"success": "Tests passed ...", None: "Tests are running ..."}.get(conclusion, title)
        return self._check(pull, f"testing-farm:{about.pop('target', CHROOT)}", conclusion, title, url, about)

    def _check(self, pull, name, conclusion, title, url, about):
        """It began ten minutes ago, unless it has only just begun."""
        commit = getattr(pull, "head", pull)
        began = self.github.clock.now() - timedelta(minutes=10 if conclusion else 0)
        links = f"| Name/Job | URL |\n| --- | --- |\n| Dashboard | {url} |\n\n*Try `packit --help`.*"
        told = {"app": PACKIT, "title": title, "summary": links, "details_url": url, "started_at": began}
        return commit.check(about.pop("name", name), conclusion, **(told | about))

    # What ghstatus does

    def run(self, *said):
        """Run a command as of GitHub's time."""
        before, asked = len(self.writes), len(self.upstream.asked)
        code, out, err = self.command(*said, "--now", self.now)
        return Run(code, out, err, len(self.writes) - before, len(self.upstream.asked) - asked)

    def look(self, *said, after=5):
        """Some minutes later the clock has `checks apply` run, and all is well with it."""
        self.after(minutes=after)
        done = self.run("checks", "apply", *said)
        assert (done.code, done.err) == (0, ""), done.out + done.err
        return done

    @property
    def writes(self):
        """The requests that change something; an App's sign-in doesn't."""
        return [one for one in self.github.requests if one.writes and "access_tokens" not in one.path]

    def rests(self):
        """A second run changes nothing."""
        again = self.run("checks", "apply")
        assert (again.code, again.wrote) == (0, 0), again.out + again.err
        assert "nothing to change; " in again.last, again.out


def said(pull, name=NOTE):
    """Each thing that ghstatus said in a check, in order."""
    commit = getattr(pull, "head", pull)
    return [(run.conclusion, run.title) for run in commit.runs if run.name == name]


def text(pull, name=NOTE):
    """What ghstatus says in a check now, below its title."""
    commit = getattr(pull, "head", pull)
    return next((run.summary for run in reversed(commit.runs) if run.name == name), "")
