"""The way most status pages read their issues, as the baseline of api.py: lists of a hundred, then each one's comments.

Run by api.py as `python benchmarks/naive.py OWNER/NAME`; what it finds is thrown away.
"""

from __future__ import annotations

import os
import sys

from github import Auth, Github


def main() -> None:
    """Read everything, with PyGithub's pauses switched off."""
    client = Github(
        auth=Auth.Token(os.environ["GITHUB_TOKEN"]),
        base_url=os.environ["GITHUB_API_URL"],
        per_page=100,
        lazy=True,
        seconds_between_requests=None,
        seconds_between_writes=None,
    )
    issues = client.get_repo(sys.argv[1]).get_issues(state="all")
    print(sum(1 + len(list(issue.get_comments())) for issue in issues))


if __name__ == "__main__":
    main()
