"""What the configuration of a page is: the one that is there, or a new one by options, by another page, by questions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ghstatus.cli import origin
from ghstatus.cli.asking import asked
from ghstatus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ghstatus.model import Component, Site, StoreKind

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What the command line says about a page; None and nothing where it doesn't."""

    repo: str | None
    title: str | None
    components: tuple[str, ...]
    external: tuple[str, ...]
    base_url: str | None
    store: str | None
    dialect: str | None
    source: tuple[str, Path] | None
    """The kind of the page that came before it, and its folder."""
    may_ask: bool
    today: date
    """The first day on which a new component is watched."""
    origin: str = ""
    """The repository that the folder is a clone of; empty where that isn't known."""


class Founded(NamedTuple):
    """A site, and the file that says so."""

    folder: str
    """Within the repository, with slashes."""
    site: Site
    configuration: str
    """The text to write; empty where there is a configuration already."""


def found(target: Path, folder: str | None, said: Said) -> Founded:
    """The page of the repository in `target`: the one that is there, or a new one.

    Raises UsageError when something is missing that nobody can be asked for, or contradicts what is there.
    """
    from ghstatus.starter import founding
    from ghstatus.stores import settings

    at = where(target, folder)
    if (target / at / settings.NAME).is_file():
        known = settings.read(target / at).site
        _refuse_contradictions(target / at / settings.NAME, known, said)
        return Founded(at, known, "")
    site = _site(said)
    return Founded(at, site, founding.write(site))


def where(target: Path, folder: str | None) -> str:
    """The folder of the configuration within the repository: the one that was named, or where one is found, or the top."""
    from ghstatus.stores import settings

    if folder is None:
        return next((name for name in settings.LIKELY if (target / name / settings.NAME).is_file()), ".")
    at = Path(folder).as_posix()
    if not re.fullmatch(r"[A-Za-z0-9._/-]+", at) or at.startswith("/") or ".." in at.split("/"):
        raise UsageError(
            f"--site: {folder!r} is no folder within the repository; accepted: one such as site or docs/status"
        )
    return at


def _refuse_contradictions(path: Path, known: Site, said: Said) -> None:
    """What is there stands: a second `init` changes no configuration, and doesn't pass over what it was asked for."""
    from ghstatus.grammar.names import Names
    from ghstatus.grammar.words import shown

    names = Names(known.components, known.groups)
    wishes = (
        ("--title", said.title, known.title),
        ("--repo", said.repo and _repository(said.repo), known.repository or said.repo),
        ("--base-url", said.base_url, known.base_url),
        ("--store", said.store, known.store),
        ("--dialect", said.dialect, known.dialect),
    )
    differ = [f"{option} {shown(wish)}" for option, wish, is_so in wishes if wish is not None and wish != is_so]
    new = [ident or name for ident, name in map(_named, _each(said.components))]
    new += [one.id for one in _services(said.external)]
    differ += [f"a component {shown(name)}" for name in new if not names.resolve(name)]
    if differ:
        raise UsageError(
            f"{path} is there already and stays as it is, but doesn't say {', '.join(differ)}; "
            "write it there, then run `ghstatus upgrade`"
        )


def _site(said: Said) -> Site:
    from ghstatus.grammar.dialect import NAMES
    from ghstatus.model import StoreKind
    from ghstatus.starter import founding

    store = _one_of("--store", said.store or "github", {one.value: one for one in StoreKind})
    dialect = _one_of("--dialect", said.dialect or "ghstatus", {name: name for name in NAMES})
    services = _services(said.external)
    before = _before(said)
    _refuse_gaps(said, before, store)
    repository = _whose(said, store)
    title = said.title or before.title or _ask_title(repository)
    components = before.components + _components(said.components, before.components)
    if said.may_ask and not components:
        components = _ask_components()
        services = services or _ask_services()
    # Another tool's issues, or another page's incidents, tell of days before today.
    old = {one.id for one in (before.components if dialect == "ghstatus" else (*components, *services))}
    site = replace(
        before,
        title=title,
        components=founding.watched(founding.joined(components, services), since=said.today, but=old),
        base_url=said.base_url or before.base_url,
        store=store,
        repository=repository,
        dialect=dialect,
    )
    return founding.with_checks(site)


def _whose(said: Said, store: StoreKind) -> str:
    """The repository: the one that was named, or that the folder is a clone of, or the answer to a question."""
    from ghstatus.model import StoreKind

    if said.repo or store is StoreKind.FOLDER or (said.origin and not said.may_ask):
        return _repository(said.repo or said.origin)
    return asked("The repository, as owner/name", _repository, default=said.origin or None)


def _before(said: Said) -> Site:
    """The page that came before, or an empty one."""
    from ghstatus import importers
    from ghstatus.starter import founding

    if said.source is None:
        return founding.EMPTY
    kind, source = said.source
    return importers.read(_one_of("--from", kind, {one: one for one in importers.KINDS}), source).site


def _refuse_gaps(said: Said, before: Site, store: StoreKind) -> None:
    """Without anybody to ask, what is missing is said all at once."""
    from ghstatus.model import StoreKind

    gaps = [
        ("--repo owner/name", not (said.repo or said.origin) and store is StoreKind.GITHUB),
        ("--title", not (said.title or before.title)),
        ("--component NAME (-c, for each)", not (said.components or said.external or before.components)),
    ]
    missing = [option for option, is_missing in gaps if is_missing]
    if missing and not said.may_ask:
        raise UsageError(f"say {', '.join(missing)}: there is nobody to ask")


def _one_of(option: str, typed: str, known: dict[str, Answer]) -> Answer:
    from ghstatus.grammar import words

    if typed not in known:
        raise UsageError(f"{option}: {words.shown(typed)} is unknown; accepted: {words.choice(typed, known)}")
    return known[typed]


def _repository(typed: str) -> str:
    from ghstatus.grammar import configvalues

    try:
        return typed and configvalues.repository(origin.named(typed) or typed.strip())
    except ValueError:
        raise UsageError(f"--repo: {typed!r} is no repository; accepted: {configvalues.REPOSITORY}") from None


_WITH_ID = re.compile(r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)=(?P<name>.*)", re.DOTALL)


def _named(typed: str) -> tuple[str, str]:
    """The id, if one was typed, and the name of `Name` or `id=Name`."""
    found = _WITH_ID.fullmatch(typed.strip())
    return (found["id"], found["name"].strip()) if found else ("", typed.strip())


def _components(typed: Iterable[str], present: Iterable[Component] = ()) -> tuple[Component, ...]:
    """The components that were typed, each with an id of its own.

    Raises UsageError when one is there already.
    """
    from ghstatus.grammar import slug
    from ghstatus.grammar.names import Names
    from ghstatus.model import Component

    known = list(present)
    before = len(known)
    for text in _each(typed):
        ident, name = _named(text)
        if not name or any(map(Names(known).resolve, (ident, name))):
            raise UsageError(f"--component: {text!r} {'is there already' if name else 'has no name'}")
        ids = {one.id for one in known}
        known.append(Component(id=ident or slug.numbered(name, taken=ids), name=name))
    return tuple(known[before:])


def _each(typed: Iterable[str]) -> list[str]:
    """Components as they were typed, one by one: a comma parts them, and nothing at all is a name that is missing."""
    return [part for text in typed for part in _listed([text]) or [""]]


def _services(typed: Iterable[str]) -> tuple[Component, ...]:
    """The services of others that were typed, by commas too."""
    return tuple(dict.fromkeys(map(_service, _listed(typed))))


def _service(name: str) -> Component:
    from ghstatus.grammar import words
    from ghstatus.starter import catalogue

    found = catalogue.find(name)
    if found is None:
        accepted = words.hinted(", ".join(one.id for one in catalogue.services()), catalogue.suggest(name))
        raise UsageError(
            f"--external: {words.shown(name)} is unknown; accepted: {accepted}; name others by --component"
        )
    return found


def _listed(typed: Iterable[str]) -> list[str]:
    return [part.strip() for text in typed for part in text.split(",") if part.strip()]


def _ask_title(repository: str) -> str:
    owner = repository.partition("/")[0].capitalize()
    return asked("The page's title", str.strip, default=f"{owner} Status".strip())


def _ask_components() -> tuple[Component, ...]:
    return asked("What people rely on, by commas", lambda typed: _components([typed]))


def _ask_services() -> tuple[Component, ...]:
    from ghstatus.starter import catalogue

    known = ", ".join(one.id for one in catalogue.services())
    return asked(
        f"Which of these it relies on, by commas, if any ({known})", lambda typed: _services([typed]), default=""
    )
