"""What ghstatus's own check says below its title, and its comment on the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import moment, notes
from ghstatus.grammar.quoting import clipped, fenced, line, linked, plain
from ghstatus.model import Mode
from ghstatus.plan.tally import tally
from ghstatus.report import lead
from ghstatus.report.naming import commands, outages
from ghstatus.report.setting import PLAIN
from ghstatus.report.table import shown, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Report, Verdict
    from ghstatus.plan.tally import Tally
    from ghstatus.report.setting import Setting

_QUOTES = 5
_QUOTED = 300
_MEANWHILE = 300
_LISTED = 10


def summary(report: Report, setting: Setting = PLAIN) -> str:
    """Say everything, as Markdown: where the outage is told of first, because a check's own link may be lost."""
    count = tally(report)
    parts = (
        lead.sources(report, count, setting),
        lead.sentence(report, count, setting),
        table(report, count, setting),
        "\n\n".join(_meanwhile(report, count)),
        "\n\n".join(_quotes(count)),
        _effect(report, count),
        _orders(report, count),
        _foot(setting),
    )
    return "\n\n".join(part for part in parts if part)


def comment(report: Report, digest: str, setting: Setting = PLAIN) -> str:
    """Say it shorter on the pull request, with a hidden marker and the digest of what is told in front.

    No stranger's words begin a line: bots that take a line for an order might obey ghstatus.
    """
    count = tally(report)
    checks = [f"- {shown(verdict)}" for verdict in count.failing[:_LISTED]]
    more = [f"- and {len(count.failing) - _LISTED:,} more"] if len(count.failing) > _LISTED else []
    parts = (
        lead.sources(report, count, setting),
        lead.sentence(report, count, setting),
        "\n".join([*checks, *more]),
        _orders(report, count),
        f"<sub>About {report.head.sha[:10]}. {_why(setting)}</sub>",
    )
    return notes.report(digest, "\n\n".join(part for part in parts if part))


def _meanwhile(report: Report, count: Tally) -> Iterator[str]:
    for outage in outages(count.explained + count.suspected)[:_QUOTES]:
        words = clipped(line(outage.remedy), _MEANWHILE)
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
        yield f"{shown(verdict)} says:\n\n{fenced(words)}"


def _effect(report: Report, count: Tally) -> str:
    if not count.failing:
        return ""
    one = len(count.failing) == 1
    what = "the failed check: it stays as it is" if one else "the failed checks: they stay as they are"
    untested = "What failed has tested nothing, so merge nothing that wasn't tested otherwise."
    if report.mode is Mode.GATE:
        return f"This check changes nothing about {what}. {untested}"
    return f"This check is only a note. It changes nothing about {what}. {untested}"


def _orders(report: Report, count: Tally) -> str:
    """What can be said on the pull request."""
    lines = []
    if not count.is_ignored and (said := commands(count.explained + count.suspected)):
        what = " or ".join(f"`{one}`" for one in said)
        lines.append(
            f"- {what} in a comment runs again what failed{'' if count.is_over else '; best once it is over'}."
        )
    if count.is_worth_telling and not count.is_ignored:
        outcome = "takes this note back"
        if report.mode is Mode.GATE:
            outcome = "opens this gate where the commenter may write to the repository, and closes it for anybody else"
        lines.append(f"- Wrong? `/ghstatus ignore <reason>` in a comment {outcome}.")
    return "\n".join(lines)


def _foot(setting: Setting) -> str:
    as_of = f"as of {moment.write(setting.now.replace(second=0, microsecond=0))}" if setting.now else ""
    page = linked("Status page", setting.page) if setting.page else ""
    return f"<sub>{' · '.join(filter(None, (_why(setting), page, as_of)))}</sub>"


def _why(setting: Setting) -> str:
    return linked("Why is there a neutral check?", setting.docs)
