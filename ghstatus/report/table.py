"""Check by check: whose failure it is, which incident, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar.quoting import clipped, code, line, linked, plain
from ghstatus.model import VerdictKind
from ghstatus.report.naming import issue, reason, ref
from ghstatus.report.naming import whose as of
from ghstatus.report.remedy import again

if TYPE_CHECKING:
    from ghstatus.model import Report, Verdict
    from ghstatus.plan.tally import Tally
    from ghstatus.report.setting import Setting

_HEAD = "| Check | Whose failure | Incident | What to do |\n|---|---|---|---|"
_MOST = 200
_NAME = 100
_WORDS = 240


def table(report: Report, count: Tally, setting: Setting, room: int) -> str:
    """As many rows as fit in `room` bytes, those first that the author has to look at; empty without failures."""
    rows: list[str] = []
    for verdict in count.failing[:_MOST]:
        row = _row(verdict, report, setting)
        room -= len(row.encode()) + 1
        if room < 0:
            break
        rows.append(row)
    left = len(count.failing) - len(rows)
    more = [f"| and {left:,} more | | | |"] if left else []
    return "\n".join([_HEAD, *rows, *more]) if count.failing else ""


def shown(verdict: Verdict) -> str:
    """A check's name, linked to its details."""
    name = clipped(line(verdict.check.name), _NAME)
    return linked(code(name) if name else "a check without a name", verdict.check.url)


def _row(verdict: Verdict, report: Report, setting: Setting) -> str:
    cells = (shown(verdict), _verdict(verdict, setting), _incident(verdict, report, setting), _remedy(verdict, report))
    return f"| {' | '.join(cells)} |"


def _verdict(verdict: Verdict, setting: Setting) -> str:
    why = plain(clipped(line(reason(verdict, setting)), _WORDS))
    return f"**{whose(verdict, setting)}**{f'<br>{why}' if why else ''}"


def whose(verdict: Verdict, setting: Setting) -> str:
    """Whose failure it is, in a few words."""
    name = setting.name(verdict.component)
    match verdict.kind:
        case VerdictKind.EXPLAINED:
            return f"{plain(name)} is slow" if verdict.is_hanging else plain(of(name))
        case VerdictKind.SUSPECTED:
            return f"Perhaps {plain(of(name))}"
        case VerdictKind.OWN:
            return "Yours"
        case _:
            return "Not explained"


def _incident(verdict: Verdict, report: Report, setting: Setting) -> str:
    outage, number, passed = verdict.outage, issue(verdict), verdict.passed
    if number:
        return linked(plain(f"#{number}"), setting.issue(number))
    if passed:
        return f"{linked(plain(ref(passed)), passed.url)}<br>isn't why"
    if outage is None:
        return "none open" if verdict.kind is VerdictKind.SUSPECTED else ""
    over = "<br>over" if outage in report.over else ""
    return f"{linked(plain(ref(outage)), outage.url)}{over}"


def _remedy(verdict: Verdict, report: Report) -> str:
    match verdict.kind:
        case VerdictKind.OWN:
            return "Mend it"
        case VerdictKind.UNEXPLAINED:
            return "Look at its log"
        case VerdictKind.SUSPECTED if verdict.outage is None:
            return again(verdict, "Later")
    if verdict.outage in report.over:
        return again(verdict, "Now")
    if verdict.is_hanging:
        return "Nothing"
    return again(verdict, "Once it is over")
