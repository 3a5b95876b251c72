"""`ghstatus incident VERB`: what comments on an issue may say, as commands, made of the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ghstatus.cli import options, telling
from ghstatus.grammar import verbs
from ghstatus.grammar.verbs import Takes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ghstatus.grammar.verbs import Verb

PANELS: Mapping[str, Sequence[str]] = {
    "Look": ("list", "show"),
    "Declare, and call off": ("open", "false-alarm", "duplicate", "reopen"),
    "Tell users how far it is": ("investigating", "identified", "monitoring", "update", "resolve"),
    "Say what is so": (
        *("severity", "component", "affects", "alternatives", "eta", "upstream", "started", "detected", "ended"),
    ),
    "Maintenance": ("scheduled", "start", "verifying", "complete", "extend", "cancel"),
    "What the team does": ("lead", "comms", "ops", "call", "task", "done", "snooze"),
}
"""The commands about incidents under each heading."""
OWN = frozenset({"update", "resolve"})
"""Verbs whose commands take more than a comment can say, and are written by hand."""

_EXAMPLES = {
    "investigating": '42 "Builds stay pending."',
    "identified": '42 "A disk is full."',
    "monitoring": '42 "The disk was replaced."',
    "reopen": 'full "Builds stay pending again."',
    "false-alarm": '42 "The monitoring was down, and nothing else."',
    "duplicate": "42 full",
    "severity": "42 critical",
    "component": "42 +website=degraded_performance -copr",
    "affects": '42 "Everybody who builds for Rawhide."',
    "alternatives": '42 "Comment /packit rebuild-failed once it is over."',
    "eta": "42 2h",
    "upstream": "42 https://status.example.com/incidents/7",
    "started": "42 20m",
    "detected": "42 10m by users",
    "ended": "42 5m",
    "scheduled": 'upgrade "It is put off until next week."',
    "start": "upgrade",
    "verifying": 'upgrade "The website is up, and is looked at."',
    "complete": 'upgrade "All done."',
    "extend": "upgrade 30m",
    "cancel": 'upgrade "The new disks aren\'t here yet."',
    "lead": "42 @jane",
    "comms": "42 @joe",
    "ops": "42 -",
    "call": "42 https://meet.example.com/outage",
    "task": '42 "Ask the datacenter for a disk" @joe',
    "done": "42 1",
    "snooze": "42 2h",
}
_MEANING = {
    Takes.SEVERITY: "minor, major or critical.",
    Takes.COMPONENTS: "+ before what is hit, perhaps with its status; - before what isn't any more.",
    Takes.EXPECTED: "A time, how long it takes, or words; - takes it back.",
    Takes.TIME: "A time, such as 14:05, or how long ago: 20m.",
    Takes.UNTIL: "A time, or by how long: 30m.",
    Takes.DETECTED: "When, and by whom: users, team or monitoring; one of both will do.",
    Takes.PERSON: "Whose account; me without it, and - for nobody.",
    Takes.ADDRESS: "An address; - takes it back.",
    Takes.TASK: "What to do, perhaps with the account of whoever does it.",
    Takes.NUMBER: "The task's number.",
    Takes.INCIDENT: "The other incident, by its number, name, file or address.",
    Takes.SPAN: "How long; - for no longer.",
}
_SIGNED = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""What lets an argument begin with a hyphen: `-copr` is no option, nor is its `-h` if it has one."""
What: TypeAlias = telling.What
As: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="LOGIN",
        show_default=False,
        help="Who says it, where incidents are files; without it, GHSTATUS_LOGIN or GITHUB_ACTOR.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add a command for every verb that changes an incident."""
    for verb in verbs.ALL:
        if not (verb.is_request or verb.name in OWN):
            example = f"Example: ghstatus incident {verb.name} {_EXAMPLES[verb.name]}"
            how = _SIGNED if verb.takes is Takes.COMPONENTS else {}
            app.command(verb.name, context_settings=how, help=verb.meaning, epilog=example)(_command(verb))


def _command(verb: Verb) -> Callable[..., None]:
    """What runs a verb's command."""
    words_ = typer.Argument(
        ... if verb.is_needed else None, metavar=verb.shape.removesuffix(" …"), show_default=False, help=_help(verb)
    )

    def run(
        what: What,
        words: list[str] | None = words_,
        *,
        by: As = None,
        site: options.SiteOption = None,
        repo: options.Repo = None,
    ) -> None:
        from ghstatus.cli import ordering

        ordering.carry_out(ordering.Said(verb, what, words or (), by), site, repo, options.moment(None))

    return run


def _help(verb: Verb) -> str:
    if verb.takes is not Takes.TEXT:
        return _MEANING[verb.takes]
    return f"The words, in Markdown; - {'takes them back' if '-' in verb.shape.split('|') else 'reads stdin'}."
