"""`python -m tests.github [PORT]` runs the loopback GitHub with a small example, to try things by hand."""

import sys
import threading

from tests.github.server import Loopback

EXAMPLE = "packit/status"


def furnish(github):
    """A status repository with two issues and a pull request whose check failed; the token of its workflow."""
    repository = github.repository(EXAMPLE)
    repository.grant("jane", "write")
    for name, color in {"incident": "d73a4a", "severity/major": "e99695", "component/copr": "c5def5"}.items():
        repository.label(name, color)
    down = repository.issue(
        "Copr is down", "Builds fail since 08:40.", by="jane", labels=["incident", "severity/major", "component/copr"]
    )
    github.clock.advance(minutes=20)
    down.comment("**Identified:** a full disk.", by="jane")
    down.pin(by="jane")
    repository.issue("Is it only me?", by="stranger", labels=["incident"])
    repository.pull("Fix a typo", by="ann", fork=True).head.check(
        "rpm-build:fedora-rawhide", "failure", summary="RPMs failed to be built."
    )
    return github.token(EXAMPLE, issues="write", checks="write", statuses="write", contents="write")


def greeting(github):
    """What to try."""
    token, jane = furnish(github), github.pat("jane")
    sign = f'-H "Authorization: Bearer {token}"'
    query = '{ repository(owner: \\"packit\\", name: \\"status\\") { pinnedIssues(first: 3) { nodes { issue { title } } } } }'
    return f"""\
A GitHub on this machine, with {EXAMPLE}. Ctrl-C ends it.

GITHUB_API_URL={github.url}
GITHUB_REPOSITORY={EXAMPLE}
GITHUB_TOKEN={token}    (a workflow's)
GITHUB_TOKEN={jane}    (jane, who may write)

curl {github.url}/repos/{EXAMPLE}/issues
curl {sign} -d '{{"body": "Better"}}' {github.url}/repos/{EXAMPLE}/issues/1/comments
curl {sign} -d '{{"query": "{query}"}}' {github.url}/graphql
"""


def watch(github):
    """Print each request once it is answered, and what GitHub would not have accepted."""
    said = 0
    while not threading.Event().wait(0.2):
        for request in github.requests[said:]:
            say(request.verb, request.path, request.status)
            said += 1
        while github.violations:
            say("GitHub would not accept this:", github.violations.pop(0))


def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(port="0"):
    github = Loopback(port=int(port))
    try:
        say(greeting(github))
        watch(github)
    except KeyboardInterrupt:
        github.stop()


if __name__ == "__main__":
    main(*sys.argv[1:2])
