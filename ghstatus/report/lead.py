"""The first lines of a report: where the outage is told of, and what it means for the pull request's author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import moment
from ghstatus.grammar.quoting import clipped, code, line, linked, plain
from ghstatus.grammar.sentences import counted, several
from ghstatus.model import Mode
from ghstatus.report.naming import blamed, issue, outages, owners, passed_over, ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ghstatus.model import Outage, Report, Said, Verdict
    from ghstatus.plan.tally import Tally
    from ghstatus.report.setting import Setting

_MOST = 5
_TITLE = 120
_WORDS = 200
_ETA = 80
_NAME = 100
_MANY = "this commit has more checks than can be read in full"
_PARTLY = f"But {_MANY}: more of them may fail, or for other reasons."


def sources(report: Report, count: Tally, setting: Setting) -> str:
    """Where each outage is told of; without one, where outages are told of at all."""
    named = outages(count.explained + count.suspected)
    issues = list(dict.fromkeys(filter(None, map(issue, count.explained))))
    if not named and not issues and (passed := passed_over(count.suspected)):
        return "\\\n".join(f"{_linked(outage)} isn't why" for outage in passed[:_MOST])
    if not named and not issues:
        page = linked("Status page", setting.page)
        return (f"{page}: no incident is open" if count.suspected else page) if setting.page else ""
    told = [_source(outage, report, count, setting) for outage in named]
    told += [f"**{linked(plain(f'#{number} A known failure'), setting.issue(number))}**" for number in issues]
    more = [f"and {len(told) - _MOST:,} more"] if len(told) > _MOST else []
    return "\\\n".join([*told[:_MOST], *more])


def _source(outage: Outage, report: Report, count: Tally, setting: Setting) -> str:
    hit = blamed((one for one in count.failing if one.outage == outage), setting)
    since = f"since {_minute(outage.start)}"
    if outage.end and outage in report.over:
        since = f"**over** since {_minute(outage.end)}"
    eta = (
        f"; fix expected: {plain(clipped(line(outage.eta), _ETA))}" if outage.eta and outage not in report.over else ""
    )
    return f"{_linked(outage)} \N{EN DASH} {plain(several(hit))}, {since}{eta}"


def _linked(outage: Outage) -> str:
    title = clipped(line(outage.title), _TITLE)
    return f"**{linked(plain(f'{ref(outage)} {title}'), outage.url)}**"


def _minute(at: datetime) -> str:
    """A time as fine as people need it."""
    return moment.write(at.replace(second=0, microsecond=0))


def sentence(report: Report, count: Tally, setting: Setting) -> str:
    """What it means for the author, in plain words."""
    if count.is_ignored and report.ignored:
        return _ignored(report.ignored, report)
    if count.waits:
        return _waiting(report, count)
    told = _sentences(count, setting) if count.failing else (_well(report),)
    return " ".join((*told, *([_PARTLY] if report.head.is_partial else [])))


def _ignored(said: Said, report: Report) -> str:
    reason = f": “{plain(clipped(line(said.reason), _WORDS))}”" if said.reason.strip() else ""
    told = f"**Ignored by {plain(said.by)}**{reason}."
    if report.mode is Mode.ANNOTATE:
        return told
    passes = "That is why this check passes, whatever failed."
    return f"{told} {passes if said.may_write else 'That takes back what was explained, so what failed counts.'}"


def _waiting(report: Report, count: Tally) -> str:
    until = "This check is written anew then, and nothing should be merged before."
    if count.running:
        has = _either(count.running, "has", "have")
        return f"**Not yet:** {counted(count.running, 'watched check')} {has} no result. {until}"
    if report.missing:
        names = several([code(clipped(line(one), _NAME)) for one in report.missing], _MOST)
        return f"**Not yet:** of the checks that are expected, none is here that is called {names}. {until}"
    if report.is_early:
        return f"**Not yet:** this commit is so new that more checks may appear. {until}"
    return f"**Not yet:** {_MANY}. Nothing should be merged because of this check."


def _well(report: Report) -> str:
    if not report.watched:
        return "None of the checks here depends on a service that is watched."
    if report.mode is Mode.ANNOTATE:
        return "**Nothing to do.** No watched check fails any more."
    return "Every check passed that depends on a watched service."


def _sentences(count: Tally, setting: Setting) -> Iterator[str]:
    """Whose the failures are, and what follows."""
    if count.explained:
        yield from _explained(count, setting)
    if count.suspected:
        yield _suspected(count, setting)
    if count.own:
        yield _own(count)
    if count.unexplained:
        yield _unexplained(count)


def _explained(count: Tally, setting: Setting) -> Iterator[str]:
    some, number = count.explained, len(count.explained)
    names = blamed(some, setting)
    if number < len(count.failing):
        yield f"**Not all of it is your fault.** {_part(some, count)} {plain(owners(some, setting))}."
    elif all(one.is_hanging for one in some) and not count.is_over:
        goes = _either(number, "the check goes on by itself", "the checks go on by themselves")
        are = _either(len(names), "is", "are")
        yield f"**Not your fault, and nothing to do.** {plain(several(names))} {are} slow; {goes}."
    else:
        these = _either(number, "This failure is", f"These {number:,} failures are")
        yield f"**Not your fault.** {these} {plain(owners(some, setting))}."
    if count.is_over:
        yield f"The {_either(len(outages(some)), 'outage is', 'outages are')} over, so it is time to try again."


def _suspected(count: Tally, setting: Setting) -> str:
    some, number = count.suspected, len(count.suspected)
    names = plain(several(blamed(some, setting)))
    begin = "" if count.explained else "**Perhaps not your fault.** "
    known = [one for one in some if one.outage]
    if known:
        have = _either(len(blamed(known, setting)), "has", "have")
        why = _either(number, "that is why the check fails", f"that is why {number:,} checks fail")
        return f"{begin}{names} {have} an outage, but nothing that could be read proves that {why}: look at the log."
    looks = _either(number, "looks", "look")
    these = f"{number:,} of {len(count.failing):,}" if number < len(count.failing) else _either(number, "This", "These")
    if passed_over(some):
        return f"{begin}{these} {looks} like trouble at {names}, but no incident explains it: look at the log."
    return f"{begin}{these} {looks} like trouble at {names}, but no incident is open: you may be the first to see it."


def _own(count: Tally) -> str:
    number = len(count.own)
    if number < len(count.failing):
        return f"**{_part(count.own, count)} yours.**"
    return f"**{_either(number, 'This failure is', f'These {number:,} failures are')} yours**, not an outage's."


def _unexplained(count: Tally) -> str:
    number = len(count.unexplained)
    look = f"by anything that is known: look at {_either(number, 'its log', 'their logs')}."
    if number < len(count.failing):
        return f"**{_part(count.unexplained, count)} not explained** {look}"
    return f"**Not explained** {look}"


def _part(some: Sequence[Verdict], count: Tally) -> str:
    """`2 of 3 are`."""
    return f"{len(some):,} of {len(count.failing):,} {_either(len(some), 'is', 'are')}"


def _either(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
