"""Reports for whoever runs a command: lines to read, and facts for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghstatus.grammar import moment
from ghstatus.grammar.quoting import line
from ghstatus.plan.tally import tally
from ghstatus.report.headline import title
from ghstatus.report.naming import ref
from ghstatus.report.remedy import command
from ghstatus.report.setting import PLAIN

if TYPE_CHECKING:
    from ghstatus.model import Outage, Report, Verdict
    from ghstatus.report.setting import Setting


def lines(report: Report, setting: Setting = PLAIN) -> list[str]:
    """A report for a terminal: the title, then a line for each failure."""
    count = tally(report)
    pulls = "".join(f" #{pull.number}" for pull in report.head.pulls)
    head = f"{line(report.head.repository)}{pulls} {report.head.sha[:10]}: {title(report, setting)}"
    return [head, *(f"  {_told(verdict, setting)}" for verdict in count.failing)]


def _told(verdict: Verdict, setting: Setting) -> str:
    found = [str(verdict.kind), setting.name(verdict.component)]
    if verdict.outage:
        found.append(ref(verdict.outage))
    why = " ".join(filter(None, (verdict.reason, *(f"{one}." for one in verdict.unread))))
    reason = f" \N{EN DASH} {line(why)}" if why else ""
    return f"{line(verdict.check.name)}: {', '.join(found)}{reason}"


def facts(report: Report, setting: Setting = PLAIN) -> dict[str, Any]:
    """A report as JSON has it; strangers' words stand in it as they are."""
    count = tally(report)
    said = report.ignored
    return {
        "repository": report.head.repository,
        "sha": report.head.sha,
        "pulls": [pull.number for pull in report.head.pulls],
        "mode": str(report.mode),
        "title": title(report, setting),
        "watched": report.watched,
        "pending": report.pending,
        "waits": count.waits,
        "ignored": {"by": said.by, "at": moment.write(said.at), "reason": said.reason} if said else None,
        "verdicts": [verdict_facts(verdict, report, setting) for verdict in report.verdicts],
    }


def verdict_facts(verdict: Verdict, report: Report, setting: Setting = PLAIN) -> dict[str, Any]:
    """What is known about one check."""
    return {
        "check": verdict.check.name,
        "app": verdict.check.app,
        "url": verdict.check.url,
        "verdict": str(verdict.kind),
        "component": verdict.component,
        "component_name": setting.name(verdict.component),
        "rule": verdict.rule,
        "signature": verdict.signature,
        "reason": verdict.reason,
        "quote": verdict.quote,
        "unread": list(verdict.unread),
        "remedy": verdict.remedy,
        "retry": command(verdict),
        "hanging": verdict.is_hanging,
        "incident": _outage(verdict.outage, report) if verdict.outage else None,
        "nearly": [{"id": near.id, "missing": near.missing} for near in verdict.nearly],
    }


def _outage(outage: Outage, report: Report) -> dict[str, Any]:
    return {
        "ref": outage.ref,
        "title": outage.title,
        "url": outage.url,
        "issue": outage.issue,
        "started": moment.write(outage.start),
        "ended": moment.write(outage.end) if outage.end else None,
        "over": outage in report.over,
    }
