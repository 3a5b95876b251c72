"""A report in sixty characters, for the list of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar.quoting import clipped, line
from ghstatus.grammar.sentences import counted
from ghstatus.model import Mode
from ghstatus.plan.tally import tally
from ghstatus.report.naming import blamed, owners, passed_over, ref, refs
from ghstatus.report.remedy import commands
from ghstatus.report.setting import PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghstatus.model import Report, Verdict
    from ghstatus.plan.tally import Tally
    from ghstatus.report.setting import Setting

LONGEST = 60
_GAP = "\u200b"


def title(report: Report, setting: Setting = PLAIN) -> str:
    """Say it all in sixty characters: the fullest wording that fits."""
    wordings = [line(one) for one in _wordings(report, tally(report), setting)]
    fitting = next((one for one in wordings if len(one) <= LONGEST), wordings[-1])
    return clipped(fitting.replace("@", f"@{_GAP}"), LONGEST)


def _wordings(report: Report, count: Tally, setting: Setting) -> Sequence[str]:
    """The fullest first; the last is short, but for names."""
    if count.is_ignored and report.ignored:
        return (": ".join(filter(None, (f"Ignored by {report.ignored.by}", report.ignored.reason.strip()))),)
    if count.waits:
        return (_waiting(report, count),)
    if not count.failing:
        return (_well(report),)
    if count.is_over:
        return _over(count)
    if count.explained:
        return _explained(count, setting)
    return _suspected(count, setting) if count.suspected else (_theirs(count),)


def _waiting(report: Report, count: Tally) -> str:
    if not count.running:
        return _lacking(report)
    if report.watched == 1:
        return "Not yet: the watched check is running"
    are = "is" if count.running == 1 else "are"
    return f"Not yet: {count.running:,} of {report.watched:,} watched checks {are} running"


def _lacking(report: Report) -> str:
    """Why a gate waits though every check that was read has its result."""
    if len(report.missing) > 1:
        return f"Not yet: {len(report.missing):,} checks that are expected aren't there"
    if report.missing:
        return f"Not yet: no check {report.missing[0]} is there"
    return f"Not yet: {'more checks may appear' if report.is_early else 'there are more checks than can be read'}"


def _well(report: Report) -> str:
    if not report.watched:
        return "No check here depends on a watched service"
    if report.mode is Mode.ANNOTATE:
        return "No watched check fails any more"
    return "The watched check passes" if report.watched == 1 else f"All {report.watched:,} watched checks pass"


def _over(count: Tally) -> Sequence[str]:
    how = " or ".join(commands(count.explained))
    told = refs(count.explained)
    if count.theirs or count.suspected:
        part = f"Over: {_part(count.explained, count, were=True)} an outage's"
        return f"{part} ({told})", part
    return *([f"Over: retry with {how}"] if how else []), f"Over: retry what failed ({told})", "Over: retry what failed"


def _explained(count: Tally, setting: Setting) -> Sequence[str]:
    told = refs(count.explained)
    whose = owners(count.explained, setting)
    if count.theirs or count.suspected:
        part = _part(count.explained, count)
        return *_referring(f"{part} {whose}", told), *_referring(f"{part} known", told), f"{part} known"
    short = f"Not your fault: {_things(count.explained)}"
    names = blamed(count.explained, setting)
    if all(verdict.is_hanging for verdict in count.explained):
        slow = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} slow: nothing to do"
        return *_parenthesised(slow, told), *_parenthesised("Waiting for an outage: nothing to do", told)
    if len(count.explained) == 1:
        return *_parenthesised(f"Not your fault: it is {whose}", told), *_parenthesised(short, told)
    return *_parenthesised(f"{short} are {whose}", told), *_parenthesised(f"{short} are known", told)


def _suspected(count: Tally, setting: Setting) -> Sequence[str]:
    told = refs(count.suspected)
    names = " and ".join(blamed(count.suspected, setting))
    if told:
        if len(count.failing) == 1:
            return f"Perhaps {owners(count.suspected, setting)} fault, perhaps yours: {told}", f"Perhaps known: {told}"
        may = f"{len(count.suspected):,} of {_things(count.failing)} may be"
        return f"{may} {owners(count.suspected, setting)}: {told}", f"{may} known: {told}", f"{may} known"
    why = _why_not(count)
    return (
        *(
            [f"{len(count.suspected):,} of {len(count.failing):,} looks like {names} trouble; {why}"]
            * bool(count.theirs)
        ),
        f"Looks like {names} trouble; {why}",
        f"Looks external; {why}",
        "Looks external",
    )


def _why_not(count: Tally) -> str:
    """What stands between a suspicion and an explanation."""
    passed = passed_over(count.suspected)
    if len(passed) == 1:
        return f"{ref(passed[0])} isn't why"
    return "no incident explains it" if passed else "no incident is open"


def _theirs(count: Tally) -> str:
    number = len(count.theirs)
    the = "The failure is" if number == 1 else f"All {number:,} failures are"
    if not count.unexplained:
        return f"{the} yours, not an outage's"
    return f"No known outage explains {'this failure' if number == 1 else f'these {number:,} failures'}"


def _part(some: Sequence[Verdict], count: Tally, *, were: bool = False) -> str:
    """`2 of 3 failures are`."""
    be = ("was" if were else "is") if len(some) == 1 else ("were" if were else "are")
    return f"{len(some):,} of {_things(count.failing)} {be}"


def _things(verdicts: Sequence[Verdict]) -> str:
    """`3 failures`; or `3 checks` where some of them never came to an end."""
    noun = "check" if any(verdict.is_hanging for verdict in verdicts) else "failure"
    return counted(len(verdicts), noun)


def _referring(words: str, told: str) -> Sequence[str]:
    return (f"{words}: {told}", words) if told else (words,)


def _parenthesised(words: str, told: str) -> Sequence[str]:
    return (f"{words} ({told})", words) if told else (words,)
