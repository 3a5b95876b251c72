"""What to say on commits about their failed checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ghstatus import patterns
from ghstatus.actions import NeutraliseRun, PostReport, WriteComment
from ghstatus.grammar import notes
from ghstatus.model import CheckState, Mode
from ghstatus.plan.digest import digest
from ghstatus.plan.tally import Tally, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.actions import CheckAction
    from ghstatus.model import Report, Run, Watch

NAMES = {Mode.ANNOTATE: "ghstatus/known-failures", Mode.GATE: "ghstatus/gate"}
"""What ghstatus's own check is called."""
PASSES = frozenset({"success", "neutral"})
"""The conclusions with which GitHub lets a required check pass."""


class _Case(NamedTuple):
    """A report, with what is asked of it again and again."""

    report: Report
    verdicts: Tally
    posted: Run | None
    """The newest check run of ghstatus's own."""
    wanted: str
    """The conclusion; empty while a gate waits."""


def decide(
    reports: Iterable[Report], watch: Watch, now: datetime, *, can_update: bool = False, app: str = ""
) -> tuple[CheckAction, ...]:
    """Work out what to post: nothing where nothing changed, and what is most urgent first, since writes are bounded.

    `can_update` says whether a check run that was posted may be written anew, which only a GitHub App's may; `app` is
    that App's slug.
    """
    cases = [_case(held(report, watch, now), watch, app) for report in reports]
    ordered = sorted(cases, key=_urgency)
    return tuple(action for case in ordered for action in _actions(case, watch, now, can_update=can_update, app=app))


def held(report: Report, watch: Watch, now: datetime) -> Report:
    """The same report, with what keeps a gate from passing before every check is there.

    Checks appear one after the other, so those that passed may not be all. A gate that passed isn't taken back; one
    that somebody opened before goes on saying so.
    """
    if report.mode is not Mode.GATE or conclusion(report, watch) not in PASSES or _has_passed(report):
        return report
    if not watch.expects:
        return replace(report, is_early=now - report.head.since < watch.settle)
    names = [check.name.replace("\n", " ") for check in report.head.checks]
    globs = ((one, patterns.glob(one)) for one in watch.expects)
    missing = (one for one, glob in globs if not any(patterns.find(glob, name) for name in names))
    return replace(report, missing=tuple(missing))


def _has_passed(report: Report) -> bool:
    posted, said = _newest(report), report.ignored
    return posted is not None and posted.conclusion in PASSES and not (said and said.may_write)


def conclusion(report: Report, watch: Watch) -> str:
    """With what a report's check concludes; empty while a gate waits."""
    if report.mode is Mode.ANNOTATE:
        return "neutral"
    count = tally(report)
    if not count.failing and not count.waits:
        return "success"
    if report.ignored and report.ignored.may_write:
        return "neutral"
    if count.waits:
        return ""
    is_doubtful = bool(count.suspected) and not watch.accepts_suspected
    return "failure" if count.theirs or is_doubtful or count.is_ignored else "neutral"


def _case(report: Report, watch: Watch, app: str) -> _Case:
    wanted = conclusion(report, watch)
    if wanted == "success" and _was_neutralised(report, watch, app):
        wanted = "neutral"
    return _Case(report, tally(report), _newest(report), wanted)


def _newest(report: Report) -> Run | None:
    return next((run for run in report.head.posted if run.name == NAMES[report.mode]), None)


def _was_neutralised(report: Report, watch: Watch, app: str) -> bool:
    """Whether a run of the App's own may have failed before it was made neutral."""
    mine = (check for check in report.head.checks if app and check.app.casefold() == app.casefold())
    return watch.own_runs and any(check.conclusion == "neutral" for check in mine)


def _urgency(case: _Case) -> int:
    """A gate that passes and shouldn't, other gates, what is required for merging, and the rest."""
    if case.report.mode is Mode.GATE:
        return 0 if case.posted and case.posted.conclusion in PASSES and case.wanted not in PASSES else 1
    return 2 if any(verdict.check.is_required for verdict in case.verdicts.failing) else 3


def _actions(case: _Case, watch: Watch, now: datetime, *, can_update: bool, app: str) -> Iterator[CheckAction]:
    """The comment comes before the check: so a check that says the same shows that a missing comment was deleted."""
    if watch.own_runs and can_update and app:
        yield from _neutralised(case, app)
    is_note = case.report.mode is Mode.ANNOTATE
    if is_note and not case.report.watched and now - case.report.head.since < watch.settle:
        return  # the checks that depend on a component may not have appeared yet
    if _is_kept(case, watch, app):
        return
    if watch.comments and case.wanted:
        yield from _comments(case)
    told = _posted(case, can_update=can_update)
    if told:
        yield told


def _is_kept(case: _Case, watch: Watch, app: str) -> bool:
    """Whether what was posted says why a run was made neutral, which nothing else says any more."""
    is_same = case.posted is not None and case.posted.conclusion == case.wanted
    return is_same and not case.verdicts.failing and _was_neutralised(case.report, watch, app)


def _posted(case: _Case, *, can_update: bool) -> PostReport | None:
    report, posted = case.report, case.posted
    shown = case.wanted
    if not shown:
        if posted is None or not posted.conclusion or (not can_update and posted.conclusion not in PASSES):
            return None
        shown = "" if can_update else "failure"  # nothing may be merged meanwhile
    external_id = digest(report, shown)
    if (posted and posted.external_id == external_id) or not _is_due(case, is_told=posted is not None):
        return None
    return PostReport(
        report=report,
        name=NAMES[report.mode],
        conclusion=shown,
        external_id=external_id,
        run=posted.id if posted and can_update else None,
        why=_why(case),
    )


def _is_due(case: _Case, *, is_told: bool) -> bool:
    """Whether something is to be said beside the failed checks; a gate always says something."""
    if case.report.mode is Mode.GATE:
        return True
    return _is_news(case) if is_told else case.verdicts.is_worth_telling and not case.verdicts.is_ignored


def _comments(case: _Case) -> Iterator[WriteComment]:
    report, posted = case.report, case.posted
    mark = digest(report, case.wanted)
    is_new = (
        case.verdicts.is_worth_telling and not case.verdicts.is_ignored and not (posted and posted.external_id == mark)
    )
    for pull in report.head.pulls:
        said = (report, pull.number, mark, pull.comment)
        if pull.comment is None and is_new:
            yield _comment(*said, why=_why(case))
        elif pull.comment is not None and notes.digest_of(pull.comment_text) != mark and _is_news(case):
            yield _comment(*said, why="what it tells has changed")


def _is_news(case: _Case) -> bool:
    """What fails no more may be running again: then how it ends is worth a word, and not before."""
    return case.verdicts.is_worth_telling or case.verdicts.is_ignored or not case.verdicts.running


def _comment(report: Report, number: int, mark: str, comment: int | None, why: str) -> WriteComment:
    return WriteComment(report=report, number=number, digest=mark, comment=comment, why=why)


def _neutralised(case: _Case, app: str) -> Iterator[NeutraliseRun]:
    if case.verdicts.is_ignored:
        return
    for verdict in case.verdicts.explained:
        check = verdict.check
        if check.id and check.app.casefold() == app.casefold() and check.state is CheckState.FAILED:
            why = f"explained by {verdict.outage.ref}" if verdict.outage else "it is a known failure"
            yield NeutraliseRun(repository=case.report.head.repository, run=check.id, verdict=verdict, why=why)


def _why(case: _Case) -> str:
    count = case.verdicts
    if case.report.ignored and count.is_ignored:
        return f"{case.report.ignored.by} ignores it"
    if not case.wanted:
        return "not every watched check has its result" if count.running else "not every check may be there"
    if not count.failing:
        return "no watched check fails"
    if count.is_over:
        return "the outage is over"
    all_in_all = f"of {len(count.failing)} {'failure' if len(count.failing) == 1 else 'failures'}"
    parts = ((count.explained, "explained"), (count.suspected, "suspected"), (count.theirs, "not excused"))
    return f"{all_in_all}: {', '.join(f'{len(some)} {word}' for some, word in parts if some)}"
