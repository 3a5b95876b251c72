"""What a text alone would be called, for whoever has one at hand: a command's output, or a line out of a log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ghstatus.known import watching
from ghstatus.model import (
    Check,
    CheckKind,
    CheckState,
    Evidence,
    Near,
    Outage,
    Rule,
    Surface,
    Text,
    Verdict,
    VerdictKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ghstatus.known.knowledge import Known

_A_WHILE = timedelta(hours=1)


def explain(
    known: Known, text: str, surface: Surface, *, app: str = "", name: str = "", component: str = ""
) -> Verdict:
    """What a check that failed just now with this text would be called.

    By `app` or `name` its rule is looked for as ever; without them it counts as watched, for `component` if that is
    given. A log is taken to be all that there was to read.
    """
    check = _check(text, surface, app, name, known.now)
    evidence = Evidence(texts=(Text(surface, text),), is_complete=True) if surface.is_log else Evidence()
    if not app and not name:
        return known.by_rule(_rule(component), check, evidence) or _unwatched(known, check)
    return known.judge(check, evidence) or _unwatched(known, check)


def assumed(components: Iterable[str], now: datetime) -> tuple[Outage, ...]:
    """An outage of each of these components, as if one was going on."""
    return tuple(
        Outage(
            ref=f"assumed-{component}",
            title=f"An outage of {component}, assumed",
            components=frozenset({component}),
            start=now - _A_WHILE,
            end=None,
        )
        for component in dict.fromkeys(components)
    )


def _rule(component: str) -> Rule:
    return Rule(id="", component=component)


def _check(text: str, surface: Surface, app: str, name: str, now: datetime) -> Check:
    is_status = surface is Surface.DESCRIPTION
    return Check(
        name=name,
        app=app,
        kind=CheckKind.STATUS if is_status else CheckKind.CHECK_RUN,
        state=CheckState.FAILED,
        title=text if is_status or surface is Surface.TITLE else "",
        summary=text if surface is Surface.SUMMARY else "",
        started=now,
        ended=now,
    )


def _fits_by_name(rule: Rule, check: Check) -> bool:
    return bool(rule.name) and not watching.lacks(rule, replace(check, app=rule.app, kind=rule.kind or check.kind))


def _unwatched(known: Known, check: Check) -> Verdict:
    """No rule fits: what kept those of the same name, and then those of the same app."""
    named = [rule for rule in known.rules if _fits_by_name(rule, check)]
    same = [rule for rule in known.rules if rule.app and rule.app.casefold() == check.app.casefold()]
    near = dict.fromkeys(Near(rule.id, watching.lacks(rule, check)) for rule in (*named, *same))
    return Verdict(
        check=check,
        kind=VerdictKind.UNEXPLAINED,
        component="",
        rule="",
        reason="No rule says on which component such a check depends.",
        nearly=tuple(near)[:8],
    )
