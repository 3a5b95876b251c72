"""GitHub Pages: whether it is on, from where, and at which address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ghstatus.checkup.repository import unseen
from ghstatus.model.checkup import Finding, Level, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Site
    from ghstatus.model.checkup import OnGitHub, Pages, Repository

_OWN = ".github.io"


def judge(here: OnGitHub, repository: Repository, site: Site) -> Iterator[Finding]:
    """What is wrong with how the page is published; nothing is asked of a site that lives elsewhere."""
    place = f"{repository.url}/settings/pages"
    pages = here.pages
    if isinstance(pages, Unseen):
        yield unseen("how Pages is set up", pages)
        pages = None
    elif pages is None and _is_meant(here, site):
        yield Finding(
            about="pages-off",
            level=Level.ERROR,
            seen=f"GitHub Pages is off in {repository.name}",
            why="the workflow builds a page that nobody can see",
            remedy=f"switch it on: {place}, Source: GitHub Actions; then run the workflow",
        )
    if pages:
        yield from _settings(pages, place)
        yield from _openness(pages, repository, place)
    yield from _address(pages, site, is_asked=_publishes(here))


def _is_meant(here: OnGitHub, site: Site) -> bool:
    """Whether the page is meant to be on Pages."""
    host = urlsplit(site.base_url).hostname or ""
    return _publishes(here) or host.endswith(_OWN)


def _publishes(here: OnGitHub) -> bool:
    """Whether a workflow brings the page to Pages, of which it then asks the address."""
    workflows = () if isinstance(here.workflows, Unseen) else here.workflows
    return any("pages: write" in one.text for one in workflows)


def _settings(pages: Pages, place: str) -> Iterator[Finding]:
    if not pages.is_by_workflow:
        yield Finding(
            about="pages-source",
            level=Level.ERROR,
            seen="Pages takes its files from a branch",
            why="what the workflow builds isn't published",
            remedy=f"choose another source: {place}, Source: GitHub Actions; then run the workflow",
        )
    if pages.has_failed:
        yield Finding(
            about="pages-failed",
            level=Level.ERROR,
            seen="the last build of Pages failed",
            why="visitors see an older page",
            remedy=f"see what went wrong at {place}, and run the workflow again",
        )
    if not pages.is_https_enforced:
        yield Finding(
            about="pages-https",
            level=Level.WARNING,
            seen="Pages doesn't insist on https",
            why="whoever stands between may change what the page says",
            remedy=f"tick Enforce HTTPS: {place}",
        )


def _openness(pages: Pages, repository: Repository, place: str) -> Iterator[Finding]:
    if repository.is_private and pages.is_public:
        yield Finding(
            about="pages-public",
            level=Level.WARNING,
            seen=f"{repository.name} is private, and its page is public",
            why="everybody can read what maintainers write in incidents",
            remedy=f"if that isn't meant: {place}, visibility; else all is well",
        )


def _address(pages: Pages | None, site: Site, *, is_asked: bool) -> Iterator[Finding]:
    if not site.base_url:
        known = f"`base_url: {pages.url}`" if pages else "`base_url:` with the page's address"
        yield Finding(
            about="base-url",
            level=Level.HINT if is_asked else Level.WARNING,
            seen="ghstatus.yml doesn't say where the page is" + (", so the workflow asks Pages" if is_asked else ""),
            why="comments that are written outside the workflow can't link to it",
            remedy=f"add {known} to ghstatus.yml",
        )
    elif pages and _place(pages.url) != _place(site.base_url):
        yield Finding(
            about="base-url",
            level=Level.WARNING,
            seen=f"base_url is {site.base_url}, but Pages publishes at {pages.url}",
            why="links in comments lead elsewhere",
            remedy=f"write `base_url: {pages.url}` into ghstatus.yml, or set the custom domain in Pages' settings",
        )


def _place(url: str) -> tuple[str, str]:
    """What tells one page's address from another's; http or https is Pages' own matter."""
    parts = urlsplit(url)
    return parts.netloc.casefold(), parts.path.strip("/").casefold()
