"""`python -m tests.github.remote` runs a loopback GitHub that is told what to do on stdin, a line of JSON each time.

It is a process of its own for whoever measures what a client costs: the server's work doesn't count then.
"""

import json
import sys

from benchmarks import content
from ghstatus.grammar import config, document
from ghstatus.grammar.names import Names
from tests.github import furnish
from tests.github.server import Loopback

PLENTY = 10**9  # a workflow's budget of 1,000 requests an hour is no part of what is measured


class Remote:
    """What can be asked of it."""

    def __init__(self):
        self.github = Loopback()
        self.github.looks_at_answers = False
        self.github.limits.caps |= {"core": PLENTY, "graphql": PLENTY}
        self.seen = 0

    def furnish(self, count):
        """A repository with so many incidents, and the token of its workflow."""
        repository = self.github.repository(f"example/status-{count}")
        repository.grant("jane", "write")
        site = config.parse(content.configuration(), where="ghstatus.yml")
        for component in site.components:
            repository.label(f"component/{component.id}", "c5def5")
        for file in content.incidents(count):
            incident = document.parse(
                file.text, where=file.name, ref=file.name, names=Names(site.components, site.groups)
            ).incident
            furnish.report(repository, incident, by="jane")
        self.github.clock.set(content.NOW)
        return {
            "url": self.github.url,
            "repository": repository.full_name,
            "token": self.github.token(repository.full_name, issues="write"),
        }

    def watch(self, owners, repositories, pulls, checks):
        """An App on so many accounts, each with repositories whose pull requests have checks: three in ten of Packit's fail."""
        self.github.clock.set(content.NOW)
        app = self.github.app("ghstatus", checks="write", pull_requests="write", statuses="read")
        names = []
        for owner in range(owners):
            owned = [f"account-{owner}/project-{number}" for number in range(repositories)]
            app.install(*owned)
            for name in owned:
                for number in range(pulls):
                    pull = self.github.repository(name).pull(f"Change {number}", by="ann", fork=True)
                    furnish.checks(pull.head, checks, fails=number % 10 < 3)
            names += owned
        return {"url": self.github.url, "app": str(app.id), "key": app.private_key, "repositories": names}

    def counts(self):
        """The requests since the last time, by kind."""
        found = self.github.requests[self.seen :]
        self.seen += len(found)
        kinds = {}
        for request in found:
            kinds[request.kind] = kinds.get(request.kind, 0) + 1
        return kinds

    def change(self, repository):
        """A maintainer comments on an incident that goes on."""
        issues = self.github.repository(repository).issues.values()
        current = [issue for issue in issues if issue.state == "open" and issue.labels[0].name == "incident"]
        current[-1].comment(f"Still looking, at {self.github.clock.advance(seconds=5)}.", by="jane")
        return {}

    def violations(self):
        """What GitHub would not have accepted."""
        return {"all": self.github.violations}


def main():
    remote = Remote()
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(getattr(remote, name)(*arguments)) + "\n")
        sys.stdout.flush()
    remote.github.stop()


if __name__ == "__main__":
    main()
