"""What GitHub knows of an installation; what it refuses to tell is missing, and the rest is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from ghstatus import starter
from ghstatus.errors import GhstatusError, StoreError, Unavailable
from ghstatus.examine import workflows
from ghstatus.examine.line import kind
from ghstatus.model.checkup import Bot, Elsewhere, Form, OnGitHub, Pages, Repository, Right, Token, Unseen, Watched
from ghstatus.starter import Standing
from ghstatus.stores.github import reading
from ghstatus.stores.github.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghstatus.examine.line import Line, Said
    from ghstatus.github.client import Client
    from ghstatus.model import Site
    from ghstatus.starter import Change
    from ghstatus.stores.github.reading import About, Json

_Seen = TypeVar("_Seen")
_ACTIONS = "github-actions[bot]"
_MOST = 50
"""How many repositories with checks are looked at."""


def observe(client: Client, line: Line, repository: str, site: Site) -> OnGitHub | Unseen:
    """Look at everything that GitHub may tell; nothing is changed."""
    token = kind(client.access)
    try:
        said = line.get(repository, f"/repos/{repository}", task="read the repository", needs="metadata: read")
        found = reading.tried(_repository, said.data, "a repository")
    except StoreError as error:
        return OnGitHub(right=Right(token), repository=Unseen(str(error)))
    except GhstatusError as error:  # the token, the App's key or the line is no good for anything
        return Unseen(str(error))
    about = tried(lambda: _about(client, repository))
    login = "" if isinstance(about, Unseen) else about.viewer
    if token is Token.WORKFLOW and login not in {"", _ACTIONS}:  # that of an App, which a workflow asked for
        token = Token.APP
    return OnGitHub(
        right=Right(token, login, _scopes(said, token), _granted(client, line, repository)),
        repository=found,
        skew=line.skew(said),
        labels=about if isinstance(about, Unseen) else tuple(about.labels.values()),
        pins=() if isinstance(about, Unseen) else about.pins,
        pages=tried(lambda: _pages(line, repository)) if found.has_pages else None,
        workflows=tried(lambda: workflows.find(line, repository, found.branch)),
        forms=tried(lambda: _forms(line, repository, site)),
        elsewhere=tuple(_elsewhere(line, other, token) for other in site.pins.also),
        watched=_watched(client, line, repository, site),
        bots=tuple(Bot(login, tried(partial(_is_there, line, repository, login))) for login in site.bots),
    )


def tried(look: Callable[[], _Seen]) -> _Seen | Unseen:
    """What was seen, or why nothing was: one refusal stops nothing else."""
    try:
        return look()
    except (StoreError, Unavailable) as error:
        return Unseen(str(error))


def _about(client: Client, repository: str) -> About:
    return Listing(client, repository, lambda _: None).everything(()).about


def _repository(data: Json) -> Repository:
    pushed = data.get("pushed_at")
    return Repository(
        name=reading.as_text(data["full_name"]),
        url=reading.as_text(data["html_url"]),
        branch=reading.as_text(data["default_branch"]),
        is_private=bool(data["private"]),
        is_archived=bool(data["archived"]),
        has_issues=bool(data["has_issues"]),
        has_pages=bool(data["has_pages"]),
        pushed=reading.moment(pushed) if pushed else None,
        may=frozenset(name for name, may in (data.get("permissions") or {}).items() if may),
    )


def _scopes(said: Said, token: Token) -> tuple[str, ...] | None:
    """GitHub tells those of classic tokens only, and of one without any as well."""
    header = said.headers.get("x-oauth-scopes")
    if header is None or token is not Token.CLASSIC:
        return None
    return tuple(scope.strip() for scope in header.split(",") if scope.strip())


def _granted(client: Client, line: Line, repository: str) -> dict[str, str] | None:
    """What an App's installation may do, which only the App's own key can tell."""
    if not client.access.is_app:
        return None
    found = tried(lambda: reading.item(line.installation(repository), "permissions"))
    return None if isinstance(found, Unseen) else dict(found)


def _watched(client: Client, line: Line, repository: str, site: Site) -> tuple[Watched, ...]:
    """What an App may do where checks are looked at; of an owner's repositories, `owner/*`, none in particular."""
    if not client.access.is_app:
        return ()
    names = {name.casefold(): name for name in (*site.watch.repositories, *site.watch.gates) if not name.endswith("/*")}
    names.pop(repository.casefold(), None)

    def granted(name: str) -> dict[str, str]:
        return dict(reading.item(line.installation(name), "permissions"))

    return tuple(Watched(name, tried(partial(granted, name))) for name in list(names.values())[:_MOST])


def _pages(line: Line, repository: str) -> Pages:
    said = line.get(repository, f"/repos/{repository}/pages", task="read how Pages is set up", needs="pages: read")
    return reading.tried(
        lambda data: Pages(
            url=reading.as_text(data["html_url"]),
            is_by_workflow=data.get("build_type") == "workflow",
            is_https_enforced=data.get("https_enforced") is not False,
            is_public=bool(data["public"]),
            has_failed=data["status"] == "errored",
        ),
        said.data,
        "Pages",
    )


def _forms(line: Line, repository: str, site: Site) -> tuple[Form, ...]:
    """How each form stands beside the one that would be written; none where none would be."""
    if not starter.has_forms(site):
        return ()
    paths = [path for path in starter.PATHS if path.startswith(f"{starter.FORMS}/")]
    read = {path: workflows.file(line, repository, path) for path in paths}
    present = {path: text for path, text in read.items() if text is not None}
    return tuple(_form(change) for change in starter.changes(site, ".", present) if change.path in read)


def _form(change: Change) -> Form:
    return Form(
        change.path,
        is_there=change.standing is not Standing.MISSING,
        is_edited=change.standing in {Standing.EDITED, Standing.OWN, Standing.FOREIGN},
        is_old=change.standing in {Standing.OLD, Standing.EDITED},
    )


def _elsewhere(line: Line, name: str, token: Token) -> Elsewhere:
    if token is Token.WORKFLOW:
        return Elsewhere(name, Unseen("it reaches no other repository"))

    def look() -> Repository:
        said = line.get(name, f"/repos/{name}", task="read the repository", needs="metadata: read")
        return reading.tried(_repository, said.data, "a repository")

    return Elsewhere(name, tried(look))


def _is_there(line: Line, repository: str, login: str) -> bool:
    path = f"/users/{quote(login, safe='')}"
    return line.find(repository, path, task=f"look for {login}", needs="metadata: read") is not None
