"""`ghstatus checks explain`: what is known about a text, a log, or the checks of one pull request."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, NamedTuple, TypeAlias

import typer

from ghstatus.cli import aiming, knowing, options, terminal, watching
from ghstatus.errors import UsageError
from ghstatus.grammar import words
from ghstatus.model import Mode, Surface, VerdictKind

if TYPE_CHECKING:
    from ghstatus.cli.aiming import Aim
    from ghstatus.cli.watching import World
    from ghstatus.known import Known
    from ghstatus.model import Verdict

_MOST = 1 << 30
_KEEP = 128 << 10
_STEP = 64 << 10
_SURFACES = {one.value: one for one in Surface}
_LOGS = {
    "builder-live.log": Surface.COPR_BUILD_LOG,
    "backend.log": Surface.COPR_BACKEND_LOG,
    "import.log": Surface.COPR_IMPORT_LOG,
}
"""What Copr calls its logs."""

Source: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE",
        show_default=False,
        help="The file that holds the text, such as a log, be it packed by gzip; - or nothing is standard input.",
    ),
]
PullRequest: TypeAlias = Annotated[
    str | None,
    typer.Option("--pr", metavar="URL", show_default=False, help="Explain the checks of this pull request instead."),
]
Context: TypeAlias = Annotated[
    str,
    typer.Option(
        "--context", metavar="NAME", show_default=False, help="The check's name; of a pull request, only that check."
    ),
]
Slug: TypeAlias = Annotated[
    str, typer.Option("--app", metavar="SLUG", show_default=False, help="Whose check it is: an app, or who set it.")
]
Where: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--surface",
        metavar="WHERE",
        show_default=False,
        help=f"Where the text stood: {', '.join(_SURFACES)}. Without it a log, of Copr if the file's name says so.",
    ),
]
Assumed: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--incident",
        metavar="COMPONENT",
        show_default=False,
        help="Assume that an incident of this component goes on; may be repeated.",
    ),
]
Site: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--site",
        metavar="SITE",
        show_default=False,
        help="The folder that holds ghstatus.yml; without it no site's words count for a FILE, and --pr takes . or site/.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: ghstatus checks explain builder-live.log --incident copr")(explain)


def explain(
    source: Source = None,
    *,
    pr: PullRequest = None,
    context: Context = "",
    slug: Slug = "",
    surface: Where = None,
    incident: Assumed = None,
    site: Site = None,
    now: options.Now = None,
    cache: options.Cache = None,
    wait: options.Wait = None,
    as_json: options.Json = False,
) -> None:
    """Say what is known about a failure: whose it is, by which rule and signature, and what was nearly one.

    Without --site a text is compared with the shipped catalogue alone, and nobody is asked for anything.
    """
    if pr and source:
        raise UsageError("FILE and --pr are two things to explain; name one of them")
    if pr:
        aim, settings = aiming.pull(pr), options.settings(site)
        assumed = knowing.components(incident or [], settings.site, "--incident")
        with watching.opened(settings, now=now, cache=cache, wait=wait, assumed=assumed) as world:
            _tell_pull(world, aim, context, as_json=as_json)
        return
    where, text = _surface(surface, source), _read(source)
    with knowing.opened(site, incident or [], now=now, cache=cache, wait=wait) as (known, assumed):
        failure = Failure(text, where, slug, context, next(iter(assumed), ""))
        verdict = _tell_text(known, failure, as_json=as_json)
    _advise(failure, verdict, site)


class Failure(NamedTuple):
    """A text, and what is said about where it was read."""

    text: str
    surface: Surface
    app: str = ""
    name: str = ""
    component: str = ""


def _tell_text(known: Known, failure: Failure, *, as_json: bool) -> Verdict:
    from ghstatus.known import explain as judged

    text, surface, app, name, component = failure
    verdict = judged(known, text, surface, app=app, name=name, component=component)
    if as_json:
        terminal.data(facts(verdict))
    else:
        say(verdict)
    return verdict


def _advise(failure: Failure, verdict: Verdict, site: Path | None) -> None:
    """Say what else to try, where more may come of it."""
    if not failure.text.strip():
        terminal.remark("there is nothing to explain: the text is empty")
        return
    if site is None and (here := _unread_site()):
        terminal.remark(f"{here} isn't read: with --site {here.parent} its known failures and incidents count, too")
    if failure.component or verdict.outage:
        return
    if verdict.nearly or verdict.kind is VerdictKind.SUSPECTED:
        whose = "" if failure.app and failure.name else "; --app and --context, together, say which check it was"
        terminal.remark(f"to go on: --incident COMPONENT says what it would be during an outage{whose}")


def _unread_site() -> Path | None:
    """The configuration that stands where other commands would take it."""
    from ghstatus.stores import settings

    try:
        return settings.find(Path()) / settings.NAME
    except UsageError:
        return None


def _tell_pull(world: World, aim: Aim, context: str, *, as_json: bool) -> None:
    from ghstatus import report as voice

    head = world.heads.pull(aim.repository, aim.number, world.known.now)
    report = world.known.report(head, world.watching.evidence(world.known.wanted(head).items()), Mode.ANNOTATE)
    told = [verdict for verdict in report.verdicts if context in {"", verdict.check.name}]
    if as_json:
        shown = [facts(verdict) | {"check": verdict.check.name, "app": verdict.check.app} for verdict in told]
        terminal.data({"repository": head.repository, "pull": aim.number, "sha": head.sha, "verdicts": shown})
        return
    terminal.say(voice.lines(report, world.setting)[0])
    for verdict in told:
        terminal.say(f"\n{verdict.check.name}")
        say(verdict)
    if not told:
        every = terminal.counted(report.watched, "watched check")
        terminal.say(f"nothing to explain about {f'the check {context!r}' if context else every}")


def say(verdict: Verdict) -> None:
    """Print a verdict with its reasons."""
    incident = f", incident {verdict.outage.ref}" if verdict.outage else ""
    whose = f" ({verdict.component}{incident})" if verdict.component else ""
    terminal.say(f"{verdict.kind}{whose}")
    rows = (
        ("why", verdict.reason),
        ("signature", verdict.signature),
        ("line", verdict.quote),
        ("rule", verdict.rule),
        ("do", verdict.remedy),
    )
    for name, text in rows:
        if text:
            terminal.say(f"  {name}: {' '.join(text.split())}")
    for near in verdict.nearly:
        terminal.say(f"  nearly: {near.id}: {near.missing}")


def facts(verdict: Verdict) -> dict[str, Any]:
    """A verdict for programs."""
    return {
        "verdict": str(verdict.kind),
        "component": verdict.component,
        "rule": verdict.rule,
        "signature": verdict.signature,
        "incident": verdict.outage.ref if verdict.outage else None,
        "reason": verdict.reason,
        "remedy": verdict.remedy,
        "quote": verdict.quote,
        "hanging": verdict.is_hanging,
        "nearly": [{"id": near.id, "missing": near.missing} for near in verdict.nearly],
    }


def _surface(said: str | None, source: str | None) -> Surface:
    if said is None:
        name = Path(source or "").name
        return next((surface for start, surface in _LOGS.items() if name.startswith(start)), Surface.LOG)
    if said in _SURFACES:
        return _SURFACES[said]
    raise UsageError(f"--surface: {words.shown(said)} is none; accepted: {words.choice(said, _SURFACES)}")


def _read(source: str | None) -> str:
    """The end of a text, unpacked.

    Raises UsageError when it can't be read.
    """
    from ghstatus.evidence import unpacking

    try:
        if source in {None, "-"}:
            end = _end(sys.stdin.buffer)
        else:
            with Path(str(source)).open("rb") as file:
                end = _end(file)
    except OSError as error:
        raise UsageError(f"{source} can't be read: {error.strerror}") from None
    except unpacking.UnpackError as error:
        raise UsageError(f"{source or '-'} {error}") from None
    return end.decode("utf-8", "replace")


def _end(file: BinaryIO) -> bytes:
    from ghstatus.evidence import unpacking

    return unpacking.end(iter(partial(file.read, _STEP), b""), most=_MOST, keep=_KEEP).data
