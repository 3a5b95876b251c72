"""What people may tell ghstatus about an incident: each verb with what it takes and what it does.

Comments and the command line take the same ones, and `/help` and `--help` say the same of them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ghstatus.model import PHASES as PHASES_OF
from ghstatus.model import Kind, Phase


class Takes(StrEnum):
    """What stands behind a verb."""

    NOTHING = "nothing"
    TEXT = "text"
    """Words for the public, or for the team."""
    SEVERITY = "severity"
    COMPONENTS = "components"
    """Names with signs in front, each perhaps with a status."""
    EXPECTED = "expected"
    """A time, a span of time or words; `-` takes it back."""
    TIME = "time"
    """A time: of day, of some day, or so long ago or from now."""
    UNTIL = "until"
    """A time, or a span of time by which it becomes later."""
    DETECTED = "detected"
    """A time and who noticed, or one of both."""
    PERSON = "person"
    """`@login`, `me` or `-` for nobody."""
    ADDRESS = "address"
    """Where something is on the web."""
    TASK = "task"
    """Words and perhaps `@login`."""
    NUMBER = "number"
    """The number of a task."""
    CHANNEL = "channel"
    INCIDENT = "incident"
    """Another incident: `#41`, or its name."""
    SPAN = "span"
    """A span of time; `-` for none."""


class Verb(NamedTuple):
    """One thing that people may tell ghstatus about an incident."""

    name: str
    aliases: tuple[str, ...]
    takes: Takes
    shape: str
    """What stands behind it, as a help shows it; empty for nothing."""
    is_needed: bool
    """Whether it means nothing without that."""
    meaning: str
    """What it does, in one sentence."""
    kinds: tuple[Kind, ...]
    """What it may be said of."""
    is_public: bool = False
    """Whether it makes an update, of which its comment's other words are the text."""
    is_request: bool = False
    """Whether it asks for something and changes nothing about the incident."""

    @property
    def is_prose(self) -> bool:
        """Whether what stands behind it is told to users as it stands."""
        return self.is_public and self.takes is Takes.TEXT


_INCIDENT = (Kind.INCIDENT,)
_MAINTENANCE = (Kind.MAINTENANCE,)
_WORK = (Kind.INCIDENT, Kind.MAINTENANCE)
_ANY = tuple(Kind)


def _phase(name: str, aliases: tuple[str, ...], meaning: str, kinds: tuple[Kind, ...]) -> Verb:
    return Verb(name, aliases, Takes.TEXT, "[TEXT]", False, meaning, kinds, is_public=True)


def _fact(name: str, takes: Takes, shape: str, meaning: str, kinds: tuple[Kind, ...]) -> Verb:
    return Verb(name, (), takes, shape, True, meaning, kinds)


def _role(name: str, aliases: tuple[str, ...], meaning: str) -> Verb:
    return Verb(name, aliases, Takes.PERSON, "[@LOGIN|me|-]", False, meaning, _WORK)


ALL = (
    _phase("investigating", (), "Something is wrong, and nobody knows why yet.", _INCIDENT),
    _phase("identified", (), "The cause is known.", _INCIDENT),
    _phase("monitoring", (), "It is mended, and watched.", _INCIDENT),
    _phase("resolve", ("resolved",), "It is over.", _INCIDENT),
    _phase("update", (), "Tell users something, and leave the phase as it is.", _ANY),
    _phase("scheduled", (), "The maintenance is still to come.", _MAINTENANCE),
    _phase("start", ("in-progress",), "The maintenance begins.", _MAINTENANCE),
    _phase("verifying", (), "The work is done, and is looked at.", _MAINTENANCE),
    _phase("complete", ("completed",), "The maintenance is over.", _MAINTENANCE),
    _phase("cancel", ("cancelled", "canceled"), "The maintenance won't be.", _MAINTENANCE),
    Verb("severity", (), Takes.SEVERITY, "SEVERITY", True, "Say how bad it is.", _INCIDENT, is_public=True),
    Verb(
        "component",
        ("components",),
        Takes.COMPONENTS,
        "+NAME[=STATUS]|-NAME …",
        True,
        "Say what is hit, and what is not hit any more.",
        _WORK,
        is_public=True,
    ),
    _fact("eta", Takes.EXPECTED, "TIME|TEXT|-", "Say when a fix is expected.", _INCIDENT),
    _fact("started", Takes.TIME, "TIME", "Say when it began.", _WORK),
    _fact("ended", Takes.TIME, "TIME", "Say when it ended.", _ANY),
    _fact(
        "detected",
        Takes.DETECTED,
        "[TIME] [by users|team|monitoring]",
        "Say when and by whom it was noticed.",
        _INCIDENT,
    ),
    _fact("extend", Takes.UNTIL, "TIME|SPAN", "Say when the maintenance will end instead.", _MAINTENANCE),
    _fact("affects", Takes.TEXT, "TEXT|-", "Say who is affected.", _WORK),
    Verb("alternatives", ("workaround",), Takes.TEXT, "TEXT|-", True, "Say what to do meanwhile.", _WORK),
    _fact("upstream", Takes.ADDRESS, "URL", "Link another service's page about it.", _WORK),
    _role("lead", (), "Take the lead of the incident, or give it to somebody."),
    _role("comms", (), "Take over or hand over what is said to users."),
    _role("ops", (), "Take over or hand over what is done to mend it."),
    _fact("call", Takes.ADDRESS, "URL|-", "Say where the team meets; no page tells it.", _WORK),
    _fact("task", Takes.TASK, "TEXT [@LOGIN]", "Note something to do; no page tells it.", _WORK),
    _fact("done", Takes.NUMBER, "NUMBER", "Tick a task off.", _WORK),
    _fact("announce", Takes.CHANNEL, "CHANNEL", "Ask for a text to post in a channel.", _ANY)._replace(is_request=True),
    _fact("false-alarm", Takes.TEXT, "REASON", "Call it off: it was none.", _INCIDENT),
    _fact("duplicate", Takes.INCIDENT, "#NUMBER", "Call it off: another incident is about it.", _INCIDENT),
    Verb("reopen", (), Takes.TEXT, "[TEXT]", False, "It goes on.", _WORK, is_public=True),
    _fact("snooze", Takes.SPAN, "SPAN|-", "Send no reminders for so long.", _WORK),
    Verb(
        "postmortem",
        ("post-mortem",),
        Takes.NOTHING,
        "",
        False,
        "Ask for the draft of a post-mortem.",
        _WORK,
        is_request=True,
    ),
    Verb("help", (), Takes.NOTHING, "", False, "Ask for what may be said here.", _ANY, is_request=True),
)
"""In the order in which a help shows them."""

VERBS = {word: verb for verb in ALL for word in (verb.name, *verb.aliases)}
"""Each word by which a verb goes."""

PHASES = {
    "investigating": Phase.INVESTIGATING,
    "identified": Phase.IDENTIFIED,
    "monitoring": Phase.MONITORING,
    "resolve": Phase.RESOLVED,
    "scheduled": Phase.SCHEDULED,
    "start": Phase.IN_PROGRESS,
    "verifying": Phase.VERIFYING,
    "complete": Phase.COMPLETED,
    "cancel": Phase.CANCELLED,
}
"""What the verbs that tell a phase tell."""


def folded(word: str) -> str:
    """`word` as the verbs are spelled: neither capital letters nor its hyphens matter."""
    return word.lower().replace("_", "-")


def find(word: str) -> Verb | None:
    """The verb that `word` means."""
    return VERBS.get(folded(word))


def phase(verb: Verb, kind: Kind) -> Phase | None:
    """The phase that `verb` tells of such an incident; people say of one kind what belongs to another."""
    told = PHASES.get(verb.name)
    return told if told in PHASES_OF[kind] else MEANT.get((kind, told))


def instead(verb: Verb, kind: Kind) -> Verb | None:
    """The verb for such an incident that comes nearest to one that is for others; None where none does."""
    name = _INSTEAD.get((kind, verb.name))
    return VERBS[name] if name else None


def is_meant(verb: Verb, kind: Kind) -> bool:
    """Whether a verb for others plainly means the one that `instead` finds."""
    return (kind, PHASES.get(verb.name)) in MEANT


_INSTEAD = {
    (Kind.INCIDENT, "start"): "investigating",
    (Kind.INCIDENT, "verifying"): "monitoring",
    (Kind.INCIDENT, "complete"): "resolve",
    (Kind.INCIDENT, "cancel"): "false-alarm",
    (Kind.INCIDENT, "extend"): "eta",
    (Kind.MAINTENANCE, "monitoring"): "verifying",
    (Kind.MAINTENANCE, "resolve"): "complete",
    (Kind.MAINTENANCE, "eta"): "extend",
    (Kind.MAINTENANCE, "false-alarm"): "cancel",
    (Kind.MAINTENANCE, "duplicate"): "cancel",
}

MEANT: dict[tuple[Kind, Phase | None], Phase] = {
    (Kind.INCIDENT, Phase.COMPLETED): Phase.RESOLVED,
    (Kind.MAINTENANCE, Phase.RESOLVED): Phase.COMPLETED,
}
"""What people say of one kind in the words of another."""
