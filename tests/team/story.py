"""Whole incidents: what people do on an issue, what the clock's runs do then, and what everybody sees of it."""

import html
import json
import re
from typing import NamedTuple

from ghstatus.grammar import notes
from tests.watched.story import Story

PEOPLE = ("jane", "joe", "rita")
"""Those who may publish; nobody else may know that it is they."""
CONFIG = """\
title: Example Status
base_url: https://status.example.org/
store: github
repository: packit/status
components:
- {id: website, name: Website, objective: 99}
- {id: copr, name: Copr, checks: [packit-copr]}
- {id: testing-farm, name: Testing Farm, checks: [packit-testing-farm]}
checks:
  repositories: [packit/status, packit/ogr]
"""
ROTA = "rota: {people: [joe, jane], start: 2026-03-02 00:00, every: day}\n"
REVIEWS = "postmortem: {reviewers: [rita], due_days: 14}\n"


class Page(NamedTuple):
    """What users see of one address."""

    source: str

    @property
    def text(self):
        """Its words, as they are read, without those of its head."""
        words = re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]*>", " ", self.source, flags=re.DOTALL)
        return " ".join(html.unescape(words).split())

    def __contains__(self, words):
        return words in self.text


class Team(Story):
    """A repository with a page, those who keep it, and those who look at it."""

    def __init__(self, github, upstream, site, monkeypatch, run):
        super().__init__(github, upstream, site, monkeypatch, run)
        for login in PEOPLE:
            self.status.grant(login, "write")
        self.token = github.token("packit/status", issues="write", checks="write", pull_requests="write")
        self.out = site.parent / "_site"
        self.prepare()

    def prepare(self, more=""):
        """The site's configuration, with more keys."""
        (self.site / "ghstatus.yml").write_text(f"{CONFIG}{more}")

    # What people do

    def declare(self, title, text="", *, by="jane", labels=("severity/major",), on=("copr",)):
        """Somebody opens an issue, as a form on the phone does."""
        wanted = ["incident", *labels, *(f"component/{one}" for one in on)]
        return self.status.issue(title, text, by=by, labels=wanted)

    def say(self, issue, *lines, by="jane", minutes=1):
        """Somebody comments, so many minutes later."""
        self.after(minutes=minutes)
        return issue.comment("\n".join(lines), by=by)

    def terminal(self, *said, by="jane", minutes=1):
        """Somebody gives a command at their terminal, where they are signed in; what it prints."""
        self.after(minutes=minutes)
        self.env.setenv("GITHUB_TOKEN", self.github.pat(by, "repo"))
        code, out, err = self.command(*said)
        self.env.setenv("GITHUB_TOKEN", self.token)
        assert code == 0, out + err
        return out

    def tick(self, issue, number, *, by="jane", minutes=1):
        """Somebody ticks a task in the state document."""
        self.after(minutes=minutes)
        comment = self.comment(issue, "welcome")
        before = comment.body
        comment.edit(before.replace(f"- [ ] {number}.", f"- [x] {number}."), by=by)
        assert comment.body != before

    # What ghstatus does

    def works(self, minutes=1):
        """The workflow runs, so many minutes later, and all is well with it."""
        self.after(minutes=minutes)
        self.env.setenv("GITHUB_TOKEN", self.token)
        done = self.run("apply", "--out", self.out)
        assert done.code == 0, done.out + done.err
        return done

    def rests(self):
        """Another run finds nothing to do, and writes nothing."""
        again = self.run("apply")
        assert (again.code, again.wrote) == (0, 0), again.out + again.err
        assert "nothing to change in packit/status" in again.out

    # What the team sees

    def comments(self, issue, topic):
        return [one for one in issue.comments if str(notes.topic_of(one.body) or "") == topic]

    def comment(self, issue, topic):
        (found,) = self.comments(issue, topic)
        return found

    def document(self, issue):
        """The state document's text, which is one comment."""
        return self.comment(issue, "welcome").body

    def facts(self, issue):
        """What the state document says first."""
        head = self.document(issue).partition("\n###")[0]
        return dict(re.findall(r"^\| (.+?) \| (.*) \|$", head, re.MULTILINE))

    def happened(self, issue):
        """The state document's timeline: times of that day, and what happened then."""
        below = self.document(issue).partition("### What happened")[2]
        return re.findall(r"^\| \d{4}-\d\d-\d\d (\d\d:\d\d) UTC \| (.*) \|$", below, re.MULTILINE)

    def tasks(self, issue):
        """Whether each task is done, by its text."""
        found = re.findall(r"^- \[([ x])\] \d+\. (.*)$", self.document(issue), re.MULTILINE)
        return {text.partition(", done ")[0]: sign == "x" for sign, text in found}

    def reminders(self, issue):
        return [one.body.partition("\n")[2] for one in self.comments(issue, "reminder")]

    # What users see

    def page(self, path=""):
        return Page((self.out / path / "index.html").read_text(encoding="utf-8"))

    def about(self, issue):
        return self.page(f"incidents/{issue.number}")

    def data(self, path):
        return json.loads((self.out / path).read_text(encoding="utf-8"))

    def published(self):
        """Everything that anybody can read, in one text."""
        texts = (path.read_bytes().decode("utf-8", "replace") for path in self.out.rglob("*") if path.is_file())
        return "\n".join(texts)


def reactions(comment):
    return sorted(one.content for one in comment.reactions)


def labels(issue):
    return {label.name for label in issue.labels}


def postmortem(team):
    """The one issue in which a post-mortem is written."""
    (found,) = [one for one in team.status.issues.values() if "postmortem" in labels(one)]
    return found


def inside(login):
    """A login in the state document that calls nobody."""
    return f"@&#8203;{login}"
