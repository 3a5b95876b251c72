"""A look at the checks that somebody asked for, and what comes of it."""

from __future__ import annotations

import os
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.cli import aiming, noting, terminal, verdicts, workflow
from ghstatus.errors import StoreError, UsageError
from ghstatus.grammar import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ghstatus.cli.aiming import Aim, Shard
    from ghstatus.cli.verdicts import Outcome
    from ghstatus.cli.watching import World
    from ghstatus.flow.checks import Found
    from ghstatus.stores.settings import Settings


class Wish(NamedTuple):
    """What somebody asked to look at."""

    repositories: Sequence[str]
    pull: str | None = None
    sha: str | None = None
    everything: bool = False
    shard: Shard | None = None
    follows_event: bool = False


def aimless(wish: Wish, settings: Settings) -> str:
    """Why the workflow's event needs no look; empty when it may."""
    if wish.pull or wish.sha:
        raise UsageError("--event names a commit by itself; leave out --pr and --sha")
    found = aiming.event(os.environ)
    if found.check and not found.is_watched(settings.site.rules):
        return f"no component depends on the check {found.check.name[:100]!r} that the event tells of"
    return ""


def go(world: World, wish: Wish, outcome: Outcome, *, force: bool, is_quiet: bool) -> None:
    """Look, and do what is to be done, some repositories after the others."""
    from ghstatus import flow
    from ghstatus.flow import cursors

    if world.incidents.partial and not force:
        outcome.refusal = f"not every incident could be read: {'; '.join(world.incidents.partial)}"
    for found, note in _looks(world, wish):
        outcome.add(found)
        if not is_quiet:
            verdicts.tell(found, world, every=bool(wish.pull or wish.sha))
        if outcome.applies and not outcome.refusal:
            applied = flow.apply(found.plan, world.heads, told=verdicts.refused)
            outcome.take(applied)
            if applied.stopped:
                return
            if note:
                cursors.note(note, found.cursor)
    world.kept.sweep()
    _note(world, outcome, is_quiet=is_quiet)


def _note(world: World, outcome: Outcome, *, is_quiet: bool) -> None:
    """Say on the issues about known failures what became of them, where the workflow's token may write there."""
    from ghstatus import flow

    if workflow.obstacle(os.environ, world.place.repository):
        return
    notes = noting.decide(world, outcome.reports)
    outcome.plan += notes
    if not is_quiet:
        verdicts.changes(notes)
    if outcome.applies and not outcome.refusal and world.incidents.reported:
        outcome.take(flow.apply(notes, world.incidents.reported.store, told=verdicts.refused))


def _looks(world: World, wish: Wish) -> Iterator[tuple[Found, Path | None]]:
    """What is found, and where to note down how far the look got."""
    from ghstatus.flow import checks, cursors

    aim = _aim(world, wish)
    if aim:
        yield from ((found, None) for found in _single(world, aim, is_asked=not wish.follows_event))
        return
    names = repositories(world, wish)
    if wish.shard:
        every, trouble = world.named(names)
        names = wish.shard.of(every)
        yield checks.Found(trouble=trouble), None
    note = None if wish.repositories else world.note(wish.shard)
    before = cursors.recall(note) if note else None
    for found in checks.look(world.heads, world.watching, names, before):
        yield found._replace(cursor=cursors.left(found.cursor, world.known, before)), note


def _aim(world: World, wish: Wish) -> Aim | None:
    if wish.pull and wish.sha:
        raise UsageError("--pr and --sha name two things; say one of them")
    if wish.pull:
        return aiming.pull(wish.pull)
    if wish.sha:
        return aiming.commit(wish.sha, wish.repositories, world.watching.own)
    return aiming.event(os.environ).aim if wish.follows_event else None


def _single(world: World, aim: Aim, *, is_asked: bool) -> Iterator[Found]:
    """One commit; what a workflow's event is about may be gone, or nobody's business."""
    from ghstatus.flow import checks
    from ghstatus.heads.observed import Observed

    now = world.known.now
    try:
        if aim.number:
            head = world.heads.pull(aim.repository, aim.number, now)
        else:
            head = world.heads.commit(aim.repository, aim.sha, now)
    except StoreError as error:
        if is_asked or error.status != HTTPStatus.NOT_FOUND:
            raise
        terminal.remark(str(error))
        return
    if head.pulls or not aim.needs_pull:
        observed = Observed(heads=(head,), repositories=(head.repository,))
        yield checks.found(observed, world.heads, world.watching)


def repositories(world: World, wish: Wish) -> tuple[str, ...]:
    """Which ones to look at, by name or as `owner/*`.

    Raises UsageError where none is known.
    """
    from ghstatus.flow import checks, cursors

    watch, own = world.watching.watch, world.watching.own
    named = tuple(map(_repository, wish.repositories)) or (*(watch.repositories or filter(None, [own])), *watch.gates)
    if not named:
        raise UsageError(
            "nothing says whose pull requests are meant; say --repo owner/name, or in ghstatus.yml "
            "`checks: {repositories: [owner/name]}`"
        )
    everything = wish.everything or bool(wish.repositories) or cursors.owes(cursors.recall(world.note(wish.shard)))
    found = checks.relevant(world.watching, named, everything=everything)
    if not found:
        terminal.remark("no incident could explain a failure now, so nothing is looked at; --all does nevertheless")
    return found


def _repository(typed: str) -> str:
    from ghstatus.grammar import configvalues

    owner, _, name = typed.strip().partition("/")
    try:
        return (
            typed.strip() if name == "*" and configvalues.repository(f"{owner}/_") else configvalues.repository(typed)
        )
    except ValueError:
        raise UsageError(
            f"--repo: {words.shown(typed)} is no repository; accepted: owner/name, or owner/* for all of an owner's"
        ) from None
