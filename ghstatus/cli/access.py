"""Where a site's incidents live, and by which right they are reached: the only reader of tokens and keys."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ghstatus.cli import options, terminal, workflow
from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.actions import FolderAction
    from ghstatus.flow import Sink, Store
    from ghstatus.github.access import Access
    from ghstatus.github.client import Client
    from ghstatus.index import Index
    from ghstatus.model import Site
    from ghstatus.stores.github.store import GitHubStore
    from ghstatus.stores.settings import Settings

    class Incidents(Store, Sink[FolderAction], Protocol):
        """What every store can do."""


CACHE = Path(".ghstatus")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A site, and the store of its incidents."""

    settings: Settings
    repository: str = ""
    """`owner/name`; empty where incidents are files."""
    client: Client | None = None
    """None where incidents are files."""
    cache: Path = CACHE
    fresh: bool = False
    """Whether to rely on nothing that was read before."""

    @property
    def site(self) -> Site:
        """The configuration."""
        return self.settings.site

    @property
    def name(self) -> str:
        """Where incidents live, for people."""
        return self.repository or str(self.settings.folder)

    @property
    def digest(self) -> str:
        """Of the configuration, and of where incidents live."""
        return f"{self.settings.digest} {self.repository}"

    @property
    def requests(self) -> int:
        """How many were sent to GitHub so far."""
        return self.client.requests.total() if self.client else 0

    def store(self, known: Index | None = None) -> Incidents:
        """The store; it may rely on what an earlier run left behind."""
        from ghstatus.stores.folder import FolderStore

        return self.tracker(known) if self.client else FolderStore(self.settings.folder, self.site, known)

    def tracker(self, known: Index | None = None) -> GitHubStore:
        """The store of a repository's issues.

        Raises UsageError where incidents are files.
        """
        from ghstatus.stores.github.store import GitHubStore

        if self.client is None:
            raise UsageError(
                f"the incidents of {self.settings.folder} are files, on which there is nothing to pin or to label; "
                "name a repository by --repo owner/name, or by `store: github` and `repository:` in ghstatus.yml"
            )
        cache = self.cache / f"{self.repository.replace('/', '+')}.issues"
        return GitHubStore(
            self.client, self.site, repository=self.repository, cache=cache, known=known, fresh=self.fresh
        )


@contextmanager
def opened(
    site: Path | None,
    repo: str | None,
    *,
    cache: Path | None = None,
    wait: int | None = None,
    fresh: bool = False,
) -> Iterator[Place]:
    """The site in a folder, and the store that it or the command line names."""
    with reached(options.settings(site), repo, cache=cache, wait=wait, fresh=fresh) as place:
        yield place


@contextmanager
def reached(
    settings: Settings, repo: str | None, *, cache: Path | None = None, wait: int | None = None, fresh: bool = False
) -> Iterator[Place]:
    """The store that a configuration or the command line names."""
    repository = _repository(settings.site, repo)
    if not repository:
        yield Place(settings=settings)
        return
    access = _access(repository, settings.site.limits.wait if wait is None else wait, "issues")
    fresh = fresh or workflow.is_out_of_sight(os.environ)
    with _client(access) as client:
        yield Place(settings=settings, repository=repository, client=client, cache=cache or CACHE, fresh=fresh)


@contextmanager
def checks_of(place: Place, repository: str, wait: int | None = None) -> Iterator[Client]:
    """Who asks for checks: whoever asks for incidents, or where those are files, by the same right."""
    if place.client:
        yield place.client
        return
    with _client(_access(repository, place.site.limits.wait if wait is None else wait, "checks")) as client:
        yield client


def _client(access: Access) -> Client:
    from ghstatus.github.client import Client

    return Client(access, sleep=time.sleep, clock=time.time, tell=terminal.remark)


def _repository(site: Site, repo: str | None) -> str:
    """Whose issues are the incidents; empty where they are files."""
    from ghstatus.grammar import configvalues
    from ghstatus.model import StoreKind

    if repo is None and site.store is StoreKind.FOLDER:
        return ""
    named = (site.repository or os.environ.get("GITHUB_REPOSITORY")) if repo is None else repo
    if named is None:
        raise UsageError(
            "ghstatus.yml says `store: github`, but not whose: add `repository: owner/name`, or say --repo"
        )
    try:
        return configvalues.repository(named)
    except ValueError:
        raise UsageError(
            f"{'GITHUB_REPOSITORY' if repo is None else '--repo'}: {named!r} is no repository; accepted: {configvalues.REPOSITORY}"
        ) from None


def _access(repository: str, wait: int, what: str) -> Access:
    """By which right GitHub is asked.

    Raises UsageError when there is none.
    """
    from ghstatus.github.access import API_URL, Access

    said = os.environ
    access = Access(
        api_url=said.get("GITHUB_API_URL") or API_URL,
        token=said.get("GITHUB_TOKEN") or said.get("GH_TOKEN") or "",
        app_id=said.get("GHSTATUS_APP_ID") or "",
        app_private_key=said.get("GHSTATUS_APP_PRIVATE_KEY") or _key_in(said.get("GHSTATUS_APP_PRIVATE_KEY_FILE")),
        wait=wait,
    )
    if not (access.token or access.app_id or access.app_private_key):
        raise UsageError(
            f"nothing says by which right to ask for the {what} of {repository}; set GITHUB_TOKEN or GH_TOKEN, "
            "as by `export GITHUB_TOKEN=$(gh auth token)`, or GHSTATUS_APP_ID with "
            "GHSTATUS_APP_PRIVATE_KEY or GHSTATUS_APP_PRIVATE_KEY_FILE"
        )
    return access


def _key_in(file: str | None) -> str:
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it isn't text"
        raise UsageError(f"GHSTATUS_APP_PRIVATE_KEY_FILE: {file} can't be read: {reason}") from None
