"""Which outages a failure may be due to, by its time and its check's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghstatus import patterns
from ghstatus.model import CheckState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ghstatus.model import Check, Outage, Rule, Scope


class While(NamedTuple):
    """From when to when a check ran, as far as anybody knows."""

    start: datetime
    end: datetime


def run(check: Check, now: datetime, since: datetime | None = None) -> While:
    """When a check ran; `since` is when its commit was pushed, which stands in where the check has no times."""
    start = check.started or check.ended or since or now
    end = now if check.state is CheckState.PENDING else check.ended or start
    return While(min(start, end), end)


def hangs(check: Check, rule: Rule, now: datetime, since: datetime | None = None) -> bool:
    """Whether a check has been pending for longer than it should."""
    start = check.started or since
    return check.state is CheckState.PENDING and start is not None and now - start > rule.hangs_after


def delays(outage: Outage, rule: Rule, ran: While, now: datetime) -> bool:
    """Whether an outage may be why a check hangs.

    It began before the check should have ended, or has by now gone on for as long as a check may take.
    """
    return outage.start <= max(ran.start + rule.hangs_after + rule.margin, now - rule.hangs_after)


def is_open(outage: Outage, now: datetime) -> bool:
    """Whether it goes on."""
    return outage.end is None or outage.end > now


def lacks(outage: Outage, check: Check, rule: Rule, ran: While, now: datetime) -> str:
    """What keeps an outage from being why a check failed, its component aside; empty where nothing does."""
    if ran.end < outage.start - rule.margin:
        return "the failure was over before it began"
    if ran.start > (now if is_open(outage, now) else outage.end or now) + rule.grace:
        return "the check began after it was over"
    return "" if fits(outage.scope, check.name) else "it is about other checks"


def newest(outages: Iterable[Outage], now: datetime) -> tuple[Outage, ...]:
    """Those that go on first, then those that are over; of each the newest first."""
    return tuple(sorted(outages, key=lambda outage: (not is_open(outage, now), -outage.start.timestamp(), outage.ref)))


def newest_runs(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The newest run of each name, app and workflow, in the order of the first of each."""
    newest: dict[tuple[str, ...], Check] = {}
    for check in checks:
        key = check.kind.value, check.name, check.app.casefold(), check.workflow
        if key not in newest or _age(check) > _age(newest[key]):
            newest[key] = check
    return tuple(newest.values())


def _age(check: Check) -> tuple[float, int]:
    """What grows from run to run; one without any time has only just been made."""
    begun = check.started or check.ended
    return (begun.timestamp() if begun else float("inf")), check.id


def fits(scope: Scope, name: str) -> bool:
    """Whether an incident is about a check of that name."""
    named = not scope.checks or any(patterns.find(patterns.glob(one), name) for one in scope.checks)
    return named and (not scope.targets or any(_is_part(target, name) for target in scope.targets))


def _is_part(target: str, name: str) -> bool:
    """Whether a name holds a target as words of its own: `fedora-4` is no part of `fedora-41`."""
    name, target = name.casefold(), target.strip().casefold()
    place = name.find(target) if target else -1
    while place >= 0:
        around = name[max(0, place - 1) : place], name[place + len(target) :][:1]
        if not any(one.isalnum() for one in around):
            return True
        place = name.find(target, place + 1)
    return False
