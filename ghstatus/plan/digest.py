"""What a report tells, in a few letters: two of the same tell the same, whenever they were made."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from ghstatus.plan.tally import tally

if TYPE_CHECKING:
    from ghstatus.model import Outage, Report, Verdict

_LENGTH = 16
Fact = str | bool | int | list["Fact"] | None


def digest(report: Report, conclusion: str) -> str:
    """Sum up every fact that the text tells of a report, but the time at which it was made."""
    return hashlib.sha256(json.dumps(_told(report, conclusion)).encode()).hexdigest()[:_LENGTH]


def _told(report: Report, conclusion: str) -> list[Fact]:
    count = tally(report)
    said = report.ignored if count.is_ignored else None
    ignored: list[Fact] = [said.by, said.reason, said.may_write] if said else []
    told = [_verdict(verdict, report) for verdict in count.failing]
    watched = 0 if told else report.watched  # beside failures the text tells of no others
    lacks: list[Fact] = [] if said else [*report.missing, report.is_early, report.head.is_partial]
    return [report.head.sha, report.mode, conclusion, ignored, told, watched, bool(count.running), lacks]


def _verdict(verdict: Verdict, report: Report) -> Fact:
    check = verdict.check
    return [
        *(check.name, check.app, check.url),
        *(verdict.kind, verdict.component, verdict.reason, verdict.quote, verdict.remedy, verdict.is_hanging),
        verdict.outage in report.over,
        _outage(verdict.outage) if verdict.outage else verdict.signature,
    ]


def _outage(outage: Outage) -> Fact:
    end = outage.end.isoformat() if outage.end else None
    return [outage.ref, outage.title, outage.url, outage.start.isoformat(), end, outage.remedy, outage.eta]
