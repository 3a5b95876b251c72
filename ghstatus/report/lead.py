"""The first lines of a report: where the outage is told of, and what it means for the pull request's author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import moment
from ghstatus.grammar.quoting import clipped, line, linked, plain
from ghstatus.model import Mode
from ghstatus.report.naming import blamed, counted, outages, owners, ref, several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghstatus.model import Outage, Report, Said, Verdict
    from ghstatus.plan.tally import Tally
    from ghstatus.report.setting import Setting

_MOST = 5
_TITLE = 120
_WORDS = 200


def sources(report: Report, count: Tally, setting: Setting) -> str:
    """Where each outage is told of; without one, where outages are told of at all."""
    named = outages(count.explained + count.suspected)
    if not named:
        page = linked("Status page", setting.page)
        return (f"{page}: no incident is open" if count.suspected else page) if setting.page else ""
    told = [_source(outage, report, count, setting) for outage in named[:_MOST]]
    more = [f"and {len(named) - _MOST:,} more"] if len(named) > _MOST else []
    return "\\\n".join([*told, *more])


def _source(outage: Outage, report: Report, count: Tally, setting: Setting) -> str:
    title = clipped(line(outage.title), _TITLE)
    hit = blamed((one for one in count.failing if one.outage == outage), setting)
    since = f"since {moment.write(outage.start)}"
    if outage.end and outage in report.over:
        since = f"**over** since {moment.write(outage.end)}"
    eta = (
        f"; fix expected: {plain(clipped(line(outage.eta), _WORDS))}"
        if outage.eta and outage not in report.over
        else ""
    )
    return f"**{linked(plain(f'{ref(outage)} {title}'), outage.url)}** \N{EN DASH} {plain(several(hit))}, {since}{eta}"


def sentence(report: Report, count: Tally, setting: Setting) -> str:
    """What it means for the author, in plain words."""
    if count.is_ignored and report.ignored:
        return _ignored(report.ignored, report)
    if count.waits:
        return f"**Not yet.** {_waiting(count)} Until then nothing should be merged; this check is written anew then."
    if not count.failing:
        return _well(report)
    return " ".join(_sentences(count, setting))


def _ignored(said: Said, report: Report) -> str:
    who = f"**{plain(said.by)} ignores what is told here**"
    reason = f": {plain(clipped(line(said.reason), _WORDS))}" if said.reason.strip() else "."
    if report.mode is Mode.ANNOTATE:
        return f"{who}{reason}"
    if said.may_write:
        return f"{who}, so this check passes{reason}"
    return f"{who}, so nothing excuses the failed checks{reason}"


def _waiting(count: Tally) -> str:
    if not count.running:
        return "This commit has more checks than can be read."
    return f"{counted(count.running, 'watched check')} {'has' if count.running == 1 else 'have'} no result yet."


def _well(report: Report) -> str:
    if not report.watched:
        return "None of the checks here depends on a service that is watched."
    if report.mode is Mode.ANNOTATE:
        return "**Over.** No watched check fails any more."
    return "Every check passed that depends on a watched service."


def _sentences(count: Tally, setting: Setting) -> Iterator[str]:
    """Whose the failures are, and what follows."""
    whole = len(count.failing)
    if count.explained:
        yield from _explained(count, setting)
    if count.suspected:
        yield from _suspected(count, setting)
    if count.own:
        these = (
            "This failure is"
            if whole == len(count.own) == 1
            else f"{counted(len(count.own), 'failure')} {_are(count.own)}"
        )
        yield (
            f"**{these} yours:** no outage makes checks fail like that."
            if whole == len(count.own)
            else f"**{len(count.own):,} of {whole:,} {_are(count.own)} yours.**"
        )
    if count.unexplained:
        of = f"{len(count.unexplained):,} of {whole:,} {_are(count.unexplained)}" if whole > 1 else "This is"
        yield f"**{of} not explained** by anything that is known: look at {'its log' if len(count.unexplained) == 1 else 'their logs'}."


def _explained(count: Tally, setting: Setting) -> Iterator[str]:
    some, rest = count.explained, count.theirs + count.suspected
    whose = plain(owners(some, setting))
    if all(one.is_hanging for one in some) and not count.is_over:
        yield f"**Not your fault, and nothing to do.** {plain(several(blamed(some, setting)))} {'is' if len(blamed(some, setting)) == 1 else 'are'} slow; {'the check goes' if len(some) == 1 else 'the checks go'} on by {'itself' if len(some) == 1 else 'themselves'}."
        return
    yield (
        f"**Not all of it is your fault.** {len(some):,} of {len(count.failing):,} {_are(some)} {whose}."
        if rest
        else f"**Not your fault.** {'This failure is' if len(some) == 1 else f'These {len(some):,} failures are'} {whose}."
    )
    if count.is_over:
        yield f"{'The outage is' if len(outages(some)) == 1 else 'The outages are'} over, so it is time to try again."


def _suspected(count: Tally, setting: Setting) -> Iterator[str]:
    names = plain(several(blamed(count.suspected, setting)))
    known = [one for one in count.suspected if one.outage]
    begin = "" if count.explained else "**Perhaps not your fault.** "
    if known:
        yield f"{begin}{names} {'has' if len(blamed(known, setting)) == 1 else 'have'} an outage, but nothing read so far proves that {'this failure comes' if len(count.suspected) == 1 else f'{len(count.suspected):,} of these failures come'} from it: look at the log before you wait."
    else:
        yield f"{begin}{'This' if len(count.failing) == 1 else f'{len(count.suspected):,} of {len(count.failing):,}'} {'looks' if len(count.suspected) == 1 else 'look'} like trouble at {names}, but no incident is open: you may be the first to see it."


def _are(some: tuple[Verdict, ...]) -> str:
    return "is" if len(some) == 1 else "are"
