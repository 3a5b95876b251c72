"""What can be said on a pull request, and to whom an outage can be reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar.quoting import linked, plain
from ghstatus.model import Mode
from ghstatus.report import reporting
from ghstatus.report.remedy import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Report
    from ghstatus.plan.tally import Tally
    from ghstatus.report.setting import Setting

_MOST = 3


def listed(report: Report, count: Tally, setting: Setting) -> str:
    """Everything that can be done now, as a list; empty where there is nothing to do."""
    if count.is_ignored:
        return "- Comment `/ghstatus unignore` to have it told again."
    if not count.is_worth_telling:
        return ""
    lines = [retried(count), *_reported(report, count, setting), _ignored(report)]
    return "\n".join(f"- {one}" for one in lines if one)


def retried(count: Tally) -> str:
    """How to run again what failed; empty where nobody knows, or where it goes on by itself."""
    failed = [one for one in count.explained + count.suspected if count.is_over or not one.is_hanging]
    said = " or ".join(f"`{one}`" for one in commands(failed))
    if not said or count.is_ignored:
        return ""
    return f"Comment {said} to run again what failed{'' if count.is_over else ', best once the service is well again'}."


def _reported(report: Report, count: Tally, setting: Setting) -> Iterator[str]:
    """The forms for outages that nobody has reported, one for each service."""
    unknown = {one.component: one for one in reversed(count.suspected) if not (one.outage or one.passed)}
    for component, verdict in list(unknown.items())[:_MOST]:
        form = linked("report it", reporting.form(verdict, report, setting))
        if form != "report it":
            yield f"Is {plain(setting.name(component))} down for others, too? Then {form}: the form is filled in."


def _ignored(report: Report) -> str:
    said = "Wrong? Comment `/ghstatus ignore <reason>`"
    if report.mode is Mode.ANNOTATE:
        return f"{said} to take this note back."
    return (
        f"{said}: from whoever may write to the repository it makes this check pass, whatever failed; "
        "from the author it takes back what was explained."
    )
