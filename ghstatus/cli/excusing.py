"""Whether a command's failure is excused; if it is, that is told wherever somebody may look."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ghstatus.cli import access, notices, outputs, terminal, watching, workflow
from ghstatus.errors import GhstatusError
from ghstatus.grammar import closes
from ghstatus.model import Check, CheckState, Evidence, Head, Mode, Pull, Report, Surface, Text, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from ghstatus.cli.access import Place
    from ghstatus.cli.child import Ran
    from ghstatus.known import Known
    from ghstatus.model import Verdict
    from ghstatus.report import Setting
    from ghstatus.stores.settings import Settings

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Failure(NamedTuple):
    """A command that failed."""

    name: str
    components: tuple[str, ...]
    ran: Ran
    now: datetime
    lasted: timedelta

    @property
    def check(self) -> Check:
        """It, as if it was a check."""
        where = os.environ
        run = "/".join(where.get(key, "") for key in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY"))
        return Check(
            name=self.name,
            app="github-actions",
            state=CheckState.FAILED,
            conclusion="failure",
            url=f"{run}/actions/runs/{where['GITHUB_RUN_ID']}" if where.get("GITHUB_RUN_ID") else "",
            started=self.now - self.lasted,
            ended=self.now,
        )


def excuse(
    failure: Failure, settings: Settings | None, repo: str | None, *, cache: Path | None, wait: int | None
) -> bool:
    """Judge a failure, and tell what is known; whether it is excused."""
    from ghstatus.known import Known, shipped

    if settings is None:
        catalogue = shipped()
        known = Known(catalogue.rules, catalogue.signatures, now=failure.now)
        _deny(failure, judge(failure, known), "No incident is known, because no --site is named.")
        return False
    with access.reached(settings, repo, cache=cache, wait=wait) as place:
        found = watching.incidents(place, failure.now)
        for one in found.partial:
            terminal.remark(f"ghstatus: not every incident could be read: {one}")
        verdict = judge(failure, found.known)
        if verdict.kind is not VerdictKind.EXPLAINED:
            _deny(failure, verdict, _incident(verdict))
            return False
        _tell(failure, verdict, place)
        return True


def judge(failure: Failure, known: Known) -> Verdict:
    """What is known about it."""
    from ghstatus.known import command

    text = Text(Surface.LOG, failure.ran.output.decode("utf-8", "replace"))
    evidence = Evidence(texts=(text,), is_complete=failure.ran.is_whole)
    closes, is_late = _mended(failure), failure.ran.is_late
    return command.judge(known, failure.components, failure.check, evidence, closes=closes, is_late=is_late)


def _mended(failure: Failure) -> frozenset[str]:
    """The issues that the pull request of this workflow is to close: its failures aren't excused by them."""
    body = _dict(_event(os.environ).get("pull_request")).get("body")
    return closes.find(body, head(failure).repository) if isinstance(body, str) else frozenset()


def _deny(failure: Failure, verdict: Verdict, more: str) -> None:
    """Say why it isn't excused."""
    _put_out(failure, verdict)
    failed = f"{failure.name} failed with {failure.ran.code}, and that isn't excused"
    terminal.remark(_line(f"ghstatus: {failed}. {verdict.reason} {more}"))


def _tell(failure: Failure, verdict: Verdict, place: Place) -> None:
    """Say what excuses it, wherever somebody may look."""
    _put_out(failure, verdict)
    _warn(_line(f"{failure.name} failed with {failure.ran.code}, which doesn't count: {_because(verdict)}"))
    # GitHub hides a workflow's secrets in its log, and not in a check: what the command printed stays out of that.
    shown = replace(verdict, quote="")
    report = Report(head=head(failure), mode=Mode.ANNOTATE, verdicts=(shown,), watched=1)
    try:
        _publish(report, place, watching.setting(place, failure.now))
    except GhstatusError as error:
        terminal.remark(_line(f"ghstatus: that could not be posted: {error}"))


def _put_out(failure: Failure, verdict: Verdict) -> None:
    outputs.write(os.environ, {"verdict": str(verdict.kind), "exit-code": str(failure.ran.code)})


def _because(verdict: Verdict) -> str:
    quote = _quoted(verdict)
    remedy = f" {verdict.remedy}" if verdict.remedy else ""
    return f"{verdict.reason} {_incident(verdict)}{quote}{remedy}"


def _quoted(verdict: Verdict) -> str:
    """What it was known by; in a workflow the line isn't repeated, for GitHub hides no secret that is cut or escaped."""
    if "GITHUB_ACTIONS" in os.environ:
        return f" It is known as {verdict.signature}." if verdict.signature else ""
    return f" It says {verdict.quote!r}." if verdict.quote else ""


def _incident(verdict: Verdict) -> str:
    outage = verdict.outage
    return f"{outage.title} ({outage.url or outage.ref})." if outage else ""


def _warn(text: str) -> None:
    if "GITHUB_ACTIONS" in os.environ:
        print(notices.notice("warning", terminal.plain(text), title="ghstatus"), file=sys.stderr)
    else:
        terminal.remark(f"ghstatus: {text}")


def head(failure: Failure) -> Head:
    """The commit that a workflow checks; of a pull request its head, not what GitHub merged for the try."""
    event = _event(os.environ)
    pull, group = _dict(event.get("pull_request")), _dict(event.get("merge_group"))
    sha = str(_dict(pull.get("head")).get("sha") or group.get("head_sha") or os.environ.get("GITHUB_SHA", ""))
    number = pull.get("number")
    return Head(
        repository=os.environ.get("GITHUB_REPOSITORY", ""),
        sha=sha if _SHA.fullmatch(sha) else "",
        since=failure.now - failure.lasted,
        pulls=(Pull(number=number),) if isinstance(number, int) else (),
    )


def _event(environment: Mapping[str, str]) -> dict[str, Any]:
    try:
        found = json.loads(Path(environment.get("GITHUB_EVENT_PATH", "")).read_bytes())
    except (OSError, RecursionError, ValueError):
        return {}
    return _dict(found)


def _dict(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _publish(report: Report, place: Place, setting: Setting) -> None:
    """Say it in the run's summary, and as a check beside the commit's others."""
    from ghstatus import report as voice
    from ghstatus.actions import PostReport
    from ghstatus.heads.github import GitHubHeads
    from ghstatus.plan.digest import digest

    workflow.summarize(os.environ, f"{voice.summary(report, setting)}\n\n")
    head, (verdict,) = report.head, report.verdicts
    if not (head.repository and head.sha):
        return
    name, conclusion = f"ghstatus/guard: {verdict.check.name}"[:100], "neutral"
    action = PostReport(report=report, name=name, conclusion=conclusion, external_id=digest(report, conclusion))
    with access.checks_of(place, head.repository) as client:
        GitHubHeads(client, setting).apply(action)


def _line(text: str) -> str:
    return " ".join(text.split())
