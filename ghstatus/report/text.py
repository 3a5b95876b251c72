"""What ghstatus's own check says below its title, and its comment on the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import moment, notes
from ghstatus.grammar.quoting import clipped, fenced, line, linked, plain
from ghstatus.model import Mode
from ghstatus.plan.tally import tally
from ghstatus.report import lead, orders
from ghstatus.report.naming import outages, reason
from ghstatus.report.remedy import bare
from ghstatus.report.setting import PLAIN
from ghstatus.report.table import shown, table, whose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Report, Verdict
    from ghstatus.plan.tally import Tally
    from ghstatus.report.setting import Setting

_FITTING = 65_000
"""Bytes, of the 65,535 characters that GitHub takes."""
_QUOTES = 3
_QUOTED = 300
_MEANWHILE = 300
_LISTED = 10


def summary(report: Report, setting: Setting = PLAIN) -> str:
    """Say everything, as Markdown: where the outage is told of first, because a check's own link may be lost."""
    count = tally(report)
    is_told = _is_told(report, count)
    above = (lead.sources(report, count, setting), lead.sentence(report, count, setting))
    below = (
        *(_details(report, count) if is_told else ()),
        orders.listed(report, count, setting),
        _foot(setting),
    )
    room = _FITTING - len("".join((*above, *below)).encode())
    parts = (*above, table(report, count, setting, room) if is_told else "", *below)
    return "\n\n".join(part for part in parts if part)


def excuse(verdict: Verdict, report: Report, setting: Setting = PLAIN) -> str:
    """Say in a failed check run of the App's own why it was made neutral; `report` holds that verdict alone."""
    count = tally(report)
    parts = (
        lead.sources(report, count, setting),
        lead.sentence(report, count, setting),
        f"Why: {plain(clipped(line(reason(verdict, setting)), _QUOTED))}" if verdict.reason else "",
        *_quotes(count),
        "This check failed and was made neutral because of that. What it was to test is untested: see to that before you merge.",
        orders.retried(count),
        _foot(setting),
    )
    return "\n\n".join(part for part in parts if part)


def comment(report: Report, digest: str, setting: Setting = PLAIN) -> str:
    """Say it shorter on the pull request, with a hidden marker and the digest of what is told in front.

    No stranger's words begin a line here: bots that take one for an order might obey ghstatus.
    """
    count = tally(report)
    told = count.failing if _is_told(report, count) else ()
    checks = [f"- **{whose(verdict, setting)}**: {shown(verdict)}" for verdict in told[:_LISTED]]
    more = [f"- and {len(told) - _LISTED:,} more"] if len(told) > _LISTED else []
    parts = (
        lead.sources(report, count, setting),
        lead.sentence(report, count, setting),
        "\n".join([*checks, *more]),
        orders.retried(count),
        f"<sub>About {report.head.sha[:10]}. {_why(setting)}</sub>",
    )
    return notes.report(digest, "\n\n".join(part for part in parts if part))


def _is_told(report: Report, count: Tally) -> bool:
    """Whether the verdicts are shown: not where somebody took them back."""
    said = report.ignored
    return not count.is_ignored or (report.mode is Mode.GATE and said is not None and said.may_write)


def _details(report: Report, count: Tally) -> Iterator[str]:
    yield from _meanwhile(report, count)
    yield from _quotes(count)
    yield _effect(report, count)


def _meanwhile(report: Report, count: Tally) -> Iterator[str]:
    for outage in outages(count.explained + count.suspected)[:_QUOTES]:
        words = clipped(line(bare(outage.remedy)), _MEANWHILE)
        if words and outage not in report.over:
            yield f"Meanwhile, says {linked('the incident', outage.url)}: {plain(words)}"


def _quotes(count: Tally) -> Iterator[str]:
    """What the services themselves say, each once."""
    said: dict[str, Verdict] = {}
    for verdict in count.failing:
        words = clipped(line(verdict.quote), _QUOTED)
        if words:
            said.setdefault(words, verdict)
    for words, verdict in list(said.items())[:_QUOTES]:
        yield f"Said by {shown(verdict)}:\n\n{fenced(words)}"


def _effect(report: Report, count: Tally) -> str:
    if not count.failing:
        return ""
    one = len(count.failing) == 1
    never = "didn't succeed" if any(verdict.is_hanging for verdict in count.failing) else "failed"
    what = f"changes nothing about the {'check' if one else 'checks'} that {never}"
    if report.mode is Mode.GATE and not count.is_worth_telling and not count.is_ignored:
        return f"This check passes once {'that one does' if one else 'those do'}."
    untested = f"What {'it was' if one else 'they were'} to test is untested"
    if report.mode is Mode.GATE:
        return f"This check {what}. {untested}: see to that before you merge."
    return f"This check is a note and {what}. {untested}: don't merge because of this note."


def _foot(setting: Setting) -> str:
    as_of = f"as of {moment.write(setting.now.replace(second=0, microsecond=0))}" if setting.now else ""
    page = linked("Status page", setting.page) if setting.page else ""
    return f"<sub>{' · '.join(filter(None, (_why(setting), page, as_of)))}</sub>"


def _why(setting: Setting) -> str:
    return linked("Why is there a neutral check?", setting.docs)
