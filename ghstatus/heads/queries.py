"""What is asked about pull requests by GraphQL; every value goes beside a query's text, as a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

QUEUE = "refs/heads/gh-readonly-queue/"
"""Where GitHub keeps the heads of a merge queue."""

_PAGE = "pageInfo { hasNextPage endCursor }"
_WHO = "{ __typename login }"
_BESIDE = f"viewer {_WHO} rateLimit {{ cost remaining }}"
_CONTEXTS = (
    "nodes { __typename ... on CheckRun { id databaseId name status conclusion title detailsUrl externalId startedAt "
    "completedAt checkSuite { databaseId createdAt app { slug } workflowRun { event workflow { name } } } } "
    f"... on StatusContext {{ id context state description targetUrl createdAt creator {_WHO} }} }}"
)
_CONTENT = f"{_PAGE} {_CONTEXTS}"
_COMMIT = (
    "fragment commit on Commit { id oid committedDate "
    f"statusCheckRollup {{ contexts(first: 100) {{ {_CONTENT} }} }} }}"
)
_BRIEF = f"id number title url createdAt updatedAt headRefOid author {_WHO}"
_PULL = (
    f"fragment pull on PullRequest {{ {_BRIEF} commits(last: 1) {{ nodes {{ commit {{ ...commit }} }} }} }} {_COMMIT}"
)
_NEWEST = "states: OPEN, orderBy: {field: UPDATED_AT, direction: DESC}"
_COMMENT = f"fullDatabaseId body createdAt isMinimized author {_WHO}"
_SAID = (
    "fragment said on PullRequest { body "
    "closingIssuesReferences(first: 20) { nodes { number repository { nameWithOwner } } } "
    f"early: comments(first: 5) {{ nodes {{ {_COMMENT} }} }} late: comments(last: 30) {{ nodes {{ {_COMMENT} }} }} }}"
)


class Query(NamedTuple):
    """A text, and the values that go with it."""

    text: str
    variables: dict[str, Any]


class Ask(NamedTuple):
    """One page of a repository's open pull requests, those that changed last first."""

    repository: str
    size: int
    after: str | None = None

    @property
    def owner_and_name(self) -> tuple[str, str]:
        """The two halves of its name."""
        owner, _, name = self.repository.partition("/")
        return owner, name


class Details(NamedTuple):
    """What is asked about one head: what was said on its pull requests, and what some of its checks say."""

    pulls: Sequence[str]
    """Their node ids."""
    checks: Sequence[str]
    """The node ids of check runs that are read at length."""
    others: Sequence[str]
    """The node ids of check runs and statuses of which only matters whether they are required."""
    number: int | None
    """The pull request for which a check may be required."""


def pages(asks: Sequence[Ask]) -> Query:
    """Ask for a page of each repository, as `r<place>`; a first page also has the heads of a merge queue."""
    declared, parts = [], []
    values: dict[str, Any] = {}
    for place, ask in enumerate(asks):
        owner, name = ask.owner_and_name
        given = {"o": owner, "n": name, "s": ask.size, "a": ask.after, "f": ask.after is None}
        values |= {f"{key}{place}": value for key, value in given.items()}
        declared.append(
            f"$o{place}: String!, $n{place}: String!, $s{place}: Int!, $a{place}: String, $f{place}: Boolean!"
        )
        parts.append(
            f"r{place}: repository(owner: $o{place}, name: $n{place}) {{ nameWithOwner isArchived "
            f"pulls: pullRequests({_NEWEST}, first: $s{place}, after: $a{place}) {{ {_PAGE} nodes {{ ...pull }} }} "
            f'queue: refs(refPrefix: "{QUEUE}", first: 10) @include(if: $f{place}) '
            "{ pageInfo { hasNextPage } nodes { target { ...commit } } } }"
        )
    return Query(f"query({', '.join(declared)}) {{ {_BESIDE} {' '.join(parts)} }} {_PULL}", values)


def pull(repository: str, number: int) -> Query:
    """Ask for one pull request."""
    owner, _, name = repository.partition("/")
    return Query(
        "query($o: String!, $n: String!, $number: Int!) "
        f"{{ {_BESIDE} repository(owner: $o, name: $n) {{ nameWithOwner pullRequest(number: $number) {{ ...pull }} }} }} "
        f"{_PULL}",
        {"o": owner, "n": name, "number": number},
    )


def commit(repository: str, sha: str) -> Query:
    """Ask for one commit, and for the open pull requests whose head it may be."""
    owner, _, name = repository.partition("/")
    return Query(
        "query($o: String!, $n: String!, $oid: GitObjectID!) "
        f"{{ {_BESIDE} repository(owner: $o, name: $n) {{ nameWithOwner object(oid: $oid) {{ ...commit }} "
        f"pulls: pullRequests({_NEWEST}, first: 100) {{ nodes {{ {_BRIEF} }} }} }} }} {_COMMIT}",
        {"o": owner, "n": name, "oid": sha},
    )


def contexts(places: Sequence[tuple[str, str]]) -> Query:
    """Ask for more checks of commits, as `c<place>`, each by its node id and a cursor."""
    declared, parts = [], []
    values: dict[str, Any] = {}
    for place, (node, cursor) in enumerate(places):
        values |= {f"c{place}": node, f"a{place}": cursor}
        declared.append(f"$c{place}: ID!, $a{place}: String!")
        parts.append(
            f"c{place}: node(id: $c{place}) {{ ... on Commit {{ statusCheckRollup "
            f"{{ contexts(first: 100, after: $a{place}) {{ {_CONTENT} }} }} }} }}"
        )
    return Query(f"query({', '.join(declared)}) {{ {_BESIDE} {' '.join(parts)} }}", values)


def details(wanted: Sequence[Details]) -> Query:
    """Ask about heads: pull requests as `p<place>`, checks as `c<place>` and `q<place>`."""
    declared, parts, used = [], [], ""
    values: dict[str, Any] = {}
    for place, (pulls, checks, others, number) in enumerate(wanted):
        required = "" if number is None else f"isRequired(pullRequestNumber: {number:d})"
        asked = {
            "p": (pulls, "...said"),
            "c": (checks, f"... on CheckRun {{ summary text {required} }}"),
            "q": (others, f"... on CheckRun {{ {required} }} ... on StatusContext {{ {required} }}"),
        }
        for key, (ids, fields) in asked.items():
            if ids:
                declared.append(f"${key}{place}: [ID!]!")
                values[f"{key}{place}"] = list(ids)
                parts.append(f"{key}{place}: nodes(ids: ${key}{place}) {{ id {fields} }}")
        used = used or (_SAID if pulls else "")
    return Query(f"query({', '.join(declared)}) {{ {_BESIDE} {' '.join(parts)} }} {used}".rstrip(), values)


def owned(owner: str, after: str | None) -> Query:
    """Ask for a page of an owner's repositories."""
    return Query(
        "query($owner: String!, $after: String) { repositoryOwner(login: $owner) "
        f"{{ repositories(first: 100, after: $after, isArchived: false, ownerAffiliations: [OWNER]) "
        f"{{ {_PAGE} nodes {{ nameWithOwner isArchived }} }} }} }}",
        {"owner": owner, "after": after},
    )
