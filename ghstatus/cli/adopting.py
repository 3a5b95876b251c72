"""`ghstatus init` makes a repository a status page's, `ghstatus upgrade` brings it to the installed version."""

from __future__ import annotations

import shlex
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, TypeAlias
from urllib.parse import urlsplit

import typer

from ghstatus.cli import asking, founding, importing, options, origin, terminal
from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghstatus.cli.founding import Founded
    from ghstatus.model import Site
    from ghstatus.starter import Change

Target: TypeAlias = Annotated[
    Path, typer.Argument(metavar="[DIR]", show_default=False, help="The repository's folder; without it, this one.")
]
In: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--site",
        metavar="SITE",
        show_default=False,
        help="The folder within DIR that holds ghstatus.yml; without it, . or site/.",
    ),
]
Check: TypeAlias = Annotated[
    bool, typer.Option("--check", help="Write nothing; exit with 1, and a diff, when a file lags behind.")
]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Print what would be written, and write nothing.")]
Force: TypeAlias = Annotated[
    bool, typer.Option("--force", help="Overwrite also what was edited by hand, or isn't by ghstatus.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog='Example: ghstatus init --repo packit/status --title "Packit Status" -c Website --external copr'
    )(init)
    app.command(epilog="Example: ghstatus upgrade --check")(upgrade)


def init(
    target: Target = Path(),
    *,
    repo: Annotated[
        str | None,
        typer.Option(
            metavar="OWNER/NAME", show_default=False, help="The repository that DIR is; without it, DIR's origin."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(show_default=False, help="The page's name.")] = None,
    component: Annotated[
        list[str] | None,
        typer.Option(
            "--component", "-c", metavar="NAME", show_default=False, help="Components, as Name or id=Name, by commas."
        ),
    ] = None,
    external: Annotated[
        list[str] | None,
        typer.Option(metavar="NAMES", show_default=False, help="Services of others: copr, testing-farm, koji, …"),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", show_default=False, help="The page's address, if it isn't GitHub's own."),
    ] = None,
    site: In = None,
    store: Annotated[
        str | None, typer.Option(show_default=False, help="Where incidents live: github, or folder for files.")
    ] = None,
    dialect: Annotated[
        str | None,
        typer.Option(show_default=False, help="Whose way of writing issues is read; ghstatus's own if not said."),
    ] = None,
    source: Annotated[
        tuple[str, Path] | None,
        typer.Option(
            "--from", metavar="KIND SRC", show_default=False, help="Take over a page: cstate, statusfy or fedora."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing, and overwrite what ghstatus wrote.")] = False,
    check: Check = False,
    dry_run: DryRun = False,
    force: Force = False,
) -> None:
    """Write what makes a repository a status page's: ghstatus.yml, workflows, issue forms, a link in the README.

    It may be repeated: what is there already stays, and what somebody edited is never overwritten unasked.
    """
    is_reading = check or dry_run
    may_ask = not (yes or is_reading) and asking.is_there_anybody()
    said = founding.Said(
        repo=repo,
        title=title,
        components=tuple(component or ()),
        external=tuple(external or ()),
        base_url=options.base_url(base_url),
        store=store,
        dialect=dialect,
        source=source,
        may_ask=may_ask,
        today=options.moment(None).date(),
        origin=origin.of(target),
    )
    founded = founding.found(target, site, said)
    consent = asking.confirm if may_ask else (lambda _: yes or force)
    is_settled = _settle(target, founded, consent, force=force, is_reading=is_reading)
    if check and not is_settled:
        raise typer.Exit(1)
    if source and not is_reading:
        _take_over(target / founded.folder, founded.site, *source)
    if founded.configuration and not is_reading:
        _say_what_is_next(founded.site, target / founded.folder)


def upgrade(
    target: Target = Path(),
    *,
    site: In = None,
    check: Check = False,
    dry_run: DryRun = False,
    force: Force = False,
) -> None:
    """Bring what `ghstatus init` wrote to the installed version, and to what ghstatus.yml says now.

    What somebody edited is left alone; the diff that would bring it up to date is printed.
    """
    from ghstatus.stores import settings

    folder = founding.where(target, site)
    founded = founding.Founded(folder, settings.read(target / folder).site, "")
    is_settled = _settle(target, founded, lambda _: True, force=force, is_reading=check or dry_run)
    if check and not is_settled:
        raise typer.Exit(1)


def _settle(target: Path, founded: Founded, consent: Callable[[str], bool], *, force: bool, is_reading: bool) -> bool:
    """Print what is to be written, and write it; the answer is whether everything was in step before.

    Nothing is written without consent to what would be overwritten; the exit code is then 1.
    """
    from ghstatus import starter

    present = {path: text for path in starter.PATHS if (text := _read(target / path)) is not None}
    changes = (*_configuration(founded), *starter.changes(founded.site, founded.folder, present, force=force))
    due = [change for change in changes if change.is_due(force=force)]
    _show(changes, due, is_reading=is_reading)
    for path in starter.leftovers(founded.site, founded.folder, present):
        terminal.remark(f"{path} was written by ghstatus and isn't needed any more; delete it")
    if is_reading:
        terminal.say(f"{terminal.counted(len(due), 'file')} to write" if due else _nothing(changes))
        return not any(change.is_drift for change in changes)
    old = [change.path for change in due if not change.is_new]
    if old and not consent(f"Overwrite {', '.join(old)}?"):
        terminal.remark("nothing is written; say --yes if the diff is as it should be")
        raise typer.Exit(1)
    _write(target, due)
    if not due:
        terminal.say(_nothing(changes))
    return True


def _nothing(changes: Iterable[Change]) -> str:
    """What is said when nothing is due, which is no praise for a file that lags behind and is left alone."""
    lags = any(change.is_drift for change in changes)
    return "nothing to write" if lags else "nothing to write: every file is up to date"


def _configuration(founded: Founded) -> Iterable[Change]:
    from ghstatus.starter import Change, Standing
    from ghstatus.stores import settings

    if founded.configuration:
        path = (PurePosixPath(founded.folder) / settings.NAME).as_posix()
        yield Change(path, "", founded.configuration, Standing.MISSING)


def _show(changes: Iterable[Change], due: Iterable[Change], *, is_reading: bool) -> None:
    """Print what would be different, and which files stay as they are."""
    from ghstatus.starter import Standing

    for change in changes:
        is_kept = change not in due
        if change.standing is Standing.EDITED or not (is_kept or (change.is_new and not is_reading)):
            terminal.say(change.diff())
        if is_kept and change.standing is Standing.EDITED:
            terminal.remark(f"{change.path} was edited by hand and is left alone; apply the diff to it, or say --force")
        if is_kept and change.standing is Standing.FOREIGN:
            terminal.remark(f"{change.path} isn't by ghstatus and is left alone; --force overwrites it")


def _write(target: Path, due: Iterable[Change]) -> None:
    from ghstatus.stores import files

    for change in due:
        files.replace(target / change.path, change.after.encode())
        terminal.say(f"{'written' if change.is_new else 'updated'}: {target / change.path}")


def _read(path: Path) -> str | None:
    """A file's text; None when it isn't there."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} can't be read: it isn't UTF-8") from None


def _take_over(folder: Path, site: Site, kind: str, source: Path) -> None:
    """Bring in the incidents of the page that came before; those that become issues are for another command."""
    from ghstatus.model import StoreKind

    if site.store is StoreKind.FOLDER:
        {"cstate": importing.cstate, "statusfy": importing.statusfy, "fedora": importing.fedora}[kind](source, folder)
        return
    command = shlex.join(["ghstatus", "import", kind, str(source), str(folder), "--repo", site.repository])
    terminal.say(f"\nThe incidents of {source} become issues by\n  {command}\nand --dry-run shows which.")


def _say_what_is_next(site: Site, folder: Path) -> None:
    """What ghstatus can't do itself."""
    from ghstatus.model import StoreKind
    from ghstatus.starter import home

    where = f"https://github.com/{site.repository}" if site.repository else "the repository on GitHub"
    domain = urlsplit(site.base_url).hostname or ""
    own = f", and set {domain} as the domain" if domain and not domain.endswith(".github.io") else ""
    token = "GITHUB_TOKEN=$(gh auth token) " if site.store is StoreKind.GITHUB else ""
    terminal.say(
        "\nNext:\n"
        f"1. In {where}, Settings → Pages, choose GitHub Actions as the source{own}.\n"
        "2. Commit what was written, and push it to the default branch.\n"
        f"3. See the page before that, if you like: {token}{shlex.join(['ghstatus', 'serve', str(folder)])}"
    )
    if site.rules:
        terminal.say(f"4. Failed checks of pull requests here are explained; of others by {home.CHECKS_ELSEWHERE}")
