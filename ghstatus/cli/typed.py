"""What people type for components, severities, phases, times and links → what it means, or why it means nothing."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.errors import UsageError
from ghstatus.grammar import clock, moment, words
from ghstatus.grammar.body import tidy
from ghstatus.grammar.names import Names, did_you_mean
from ghstatus.grammar.slug import slug
from ghstatus.model import PHASES, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from ghstatus.model import Affected, Incident, Kind, Phase, Severity, Site

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_DATE = re.compile(r"\A\d{4}-\d{2}-\d{2}-")
"""What the names of files begin with."""
_WHILE = re.compile(r"(?:(?P<d>\d{1,4})d)?\s*(?:(?P<h>\d{1,4})h)?\s*(?:(?P<m>\d{1,4})m(?:in)?)?")
_LINK = re.compile(r"(?:(?P<text>[^=]+)=)?(?P<url>(?:https?://|mailto:)[^\s<>\"]+)", re.IGNORECASE)


def components(typed: Iterable[str], site: Site, what: str = "--component") -> tuple[Affected, ...]:
    """`copr`, `Copr=major_outage`, `copr, koji`: the components, each with its status if one was said."""
    names, report = Names(site.components, site.groups), _refusing(what)
    found = (pair for text in typed for pair in words.named(text, names))
    return words.merged(one for name, status in found for one in words.affected(name, status, names, report))


def severity(typed: str | None) -> Severity | None:
    """One of the severities."""
    return None if typed is None else words.one_of(typed, words.SEVERITIES, _refusing("--severity"), "")


def phase(typed: str | None, kind: Kind) -> Phase | None:
    """One of the phases that such an incident may be in."""
    if typed is None:
        return None
    phases = {one.value: one for one in PHASES[kind]}
    if not phases:
        raise UsageError(f"--phase: an {kind} has no phases")
    return words.one_of(typed, phases, _refusing("--phase"), "")


def kind(typed: str | None) -> Kind | None:
    """One of the kinds."""
    return None if typed is None else words.one_of(typed, words.KINDS, _refusing("--kind"), "")


def choice(typed: str, accepted: Iterable[str], what: str) -> str:
    """One of some words."""
    return words.one_of(typed, {one: one for one in accepted}, _refusing(what), "") or ""


def past(typed: str | None, option: str, now: datetime) -> datetime:
    """A time, a time of day such as `14:05`, or how long ago: `20m`, `1h30m`; now when nothing was typed."""
    return now if typed is None else _time(typed, option, -1, now)


def later(typed: str, option: str, start: datetime) -> datetime:
    """A time, the next time of day after `start`, or how long after it."""
    return _time(typed, option, 1, start)


def expected(typed: str | None, now: datetime) -> str:
    """When a fix is expected, in words; a while or a time of day is made a time, or it would be read as of any day."""
    said = (typed or "").strip()
    after = _while(said)
    try:
        found = now + after if after else clock.expected(said, now)
    except ValueError as error:
        raise UsageError(f"--eta: {error}; accepted: {clock.ACCEPTED}, or words") from None
    return moment.minute(found) if found else said


def ref(title: str, start: datetime) -> str:
    """What an incident is called where it has no number."""
    return f"{start:%Y-%m-%d}-{slug(title)}"


def link(typed: str) -> Link:
    """An address, or `words=address`."""
    match = _LINK.fullmatch(typed.strip())
    if match is None:
        raise UsageError(f"--link: {words.shown(typed)} is no address; accepted: https://…, or words=https://…")
    return Link(text=(match["text"] or match["url"]).strip(), url=match["url"])


def line(typed: str, what: str) -> str:
    """Text for one line."""
    found = " ".join(typed.split())
    if not found:
        raise UsageError(f"{what} is empty")
    return found


def texts(typed: Mapping[str, str | None]) -> dict[str, str]:
    """Texts, tidied; one of them may be `-`, and is then read from standard input."""
    asked = [option for option, text in typed.items() if text == "-"]
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} can't both be read from standard input")
    return {option: tidy(sys.stdin.read() if text == "-" else text or "") for option, text in typed.items()}


def named(typed: str, incidents: Iterable[Incident]) -> Incident:
    """The incident that is meant: by its number, its name, also without the date where that is plain, its file or its address."""
    there = {incident.ref: incident for incident in incidents}
    meant = typed.strip().removeprefix("#").rstrip("/").rpartition("/")[2].removesuffix(".md")
    if meant in there:
        return there[meant]
    undated = [incident for ref, incident in there.items() if _DATE.sub("", ref) == meant]
    if len(undated) == 1:
        return undated[0]
    hint = did_you_mean(meant, there)
    newest = sorted(there.values(), key=lambda incident: incident.started, reverse=True)
    known = ", ".join(f"{incident.ref} ({incident.title[:60]})" for incident in newest[:3])
    accepted = words.hinted(f"such as {known}" if known else "none, for there are no incidents", hint)
    raise UsageError(f"there is no incident {words.shown(typed)}; accepted: {accepted}")


def _while(typed: str) -> timedelta:
    """How long `20m`, `1h30m` or `2d` is; nothing for anything else."""
    match = _WHILE.fullmatch(typed.strip().lower())
    return (
        timedelta(**{_UNITS[unit]: int(count) for unit, count in match.groupdict().items() if count})
        if match
        else timedelta()
    )


def _time(typed: str, option: str, sign: int, origin: datetime) -> datetime:
    after = _while(typed)
    try:
        read = clock.coming if sign > 0 else clock.past
        found = origin + sign * after if after else read(typed, origin)
    except (ValueError, OverflowError) as error:
        accepted = f"{moment.ACCEPTED}, a time of day such as 14:05, or a while such as 20m or 1h30m"
        raise UsageError(f"{option}: {error}; accepted: {accepted}") from None
    if not 1970 <= found.year < 9999:
        raise UsageError(f"{option}: {words.shown(typed)} is out of reach; accepted: a year from 1970 to 9998")
    return found


def _refusing(option: str) -> words.Report:
    def report(seen: str, accepted: str, _outcome: str) -> None:
        raise UsageError(f"{option}: {seen}; accepted: {accepted}")

    return report
