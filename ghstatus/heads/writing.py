"""Writes what is known about failed checks to GitHub: each thing once, however often its answer gets lost."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, assert_never

from ghstatus import report as voice
from ghstatus.actions import NeutraliseRun, PostReport, WriteComment
from ghstatus.errors import StoreError
from ghstatus.grammar import notes
from ghstatus.heads.reading import address
from ghstatus.model import Head, Mode, Report
from ghstatus.report import PLAIN, Setting
from ghstatus.stores.github.issues import Issues
from ghstatus.stores.github.reading import write

if TYPE_CHECKING:
    from ghstatus.actions import CheckAction
    from ghstatus.github.answers import Json
    from ghstatus.github.client import Client

_SUMMARY = 65_535
_DESCRIPTION = 140
_PAGE = 100
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_NOT_OURS = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY})
_ADVICE = (
    "checks are written by a GitHub App, or in a workflow with `permissions: checks: write`; a workflow that a pull "
    "request from a fork starts may not: run it on a schedule"
)


class Writer:
    """Writes by the client's right: only an App may write its own check run anew, and lead elsewhere with it."""

    def __init__(self, client: Client, setting: Setting = PLAIN, *, falls_back: bool = False) -> None:
        self._client = client
        self._setting = setting
        self._falls_back = falls_back
        self._refused: dict[str, StoreError] = {}
        """Where check runs can't be written."""

    def apply(self, action: CheckAction) -> None:
        """Make one change."""
        match action:
            case PostReport():
                self._post(action)
            case WriteComment():
                self._comment(action)
            case NeutraliseRun():
                self._neutralise(action)
            case _:
                assert_never(action)

    def _post(self, action: PostReport) -> None:
        repository = action.report.head.repository
        if not action.conclusion and not self._client.access.is_app:
            return  # a workflow's token can't conclude later what it has begun
        if repository not in self._refused:
            try:
                self._write(repository, action)
            except StoreError as error:
                if error.status != HTTPStatus.FORBIDDEN:
                    raise
                self._refused[repository] = StoreError(f"{error}; {_ADVICE}", status=error.status)
            else:
                return
        if not self._falls_back:
            raise self._refused[repository]
        self._stand_in(repository, action)

    def _write(self, repository: str, action: PostReport) -> None:
        """Post a check run that is already over; an App's may be written anew."""
        body, sha = self._body(action), action.report.head.sha
        task = f"post {action.name} on {sha[:7]}"
        # What is over may not begin again: a run that waits is a new one.
        if action.run and action.conclusion and self._client.access.is_app:
            try:
                self._client.patch(repository, f"check-runs/{action.run}", body, task=task)
            except StoreError as error:
                if error.status not in _NOT_OURS:
                    raise
            else:
                return

        def look() -> Json:
            query = {"check_name": action.name, "per_page": _PAGE}
            found = self._client.get(repository, f"commits/{sha}/check-runs", query, task=task)["check_runs"]
            return next((one for one in found if one["external_id"] == action.external_id), None)

        self._client.post(repository, "check-runs", {**body, "head_sha": sha}, look=look, task=task)

    def _body(self, action: PostReport) -> dict[str, Any]:
        output = {
            "title": voice.title(action.report, self._setting),
            "summary": _cut(voice.summary(action.report, self._setting)),
        }
        body: dict[str, Any] = {"name": action.name, "external_id": action.external_id, "output": output}
        if action.conclusion:
            ended = write(self._client.now())
            body |= {"status": "completed", "conclusion": action.conclusion, "completed_at": ended}
        else:
            body["status"] = "in_progress"
        if self._client.access.is_app and (link := self._link(action.report)):
            body["details_url"] = link
        return body

    def _link(self, report: Report) -> str:
        outages = (verdict.outage for verdict in report.verdicts if verdict.outage)
        return next((outage.url for outage in outages if outage.url), self._setting.page)

    def _stand_in(self, repository: str, action: PostReport) -> None:
        """A commit status that neither passes nor fails, but where all is well: there is no neutral one."""
        sha = action.report.head.sha
        is_well = action.conclusion == "success" or not action.report.verdicts
        body = {
            "state": "success" if is_well else "pending",
            "context": action.name,
            "description": voice.title(action.report, self._setting)[:_DESCRIPTION],
            "target_url": address(self._link(action.report) or self._setting.docs, action.external_id),
        }
        task = f"set the status {action.name} on {sha[:7]}"

        def look() -> Json:
            found = self._client.get(repository, f"commits/{sha}/status", {"per_page": _PAGE}, task=task)["statuses"]
            same = {key: body[key] for key in ("state", "target_url")}
            return next((one for one in found if same.items() <= one.items()), None)

        self._client.post(repository, f"statuses/{sha}", body, look=look, task=task)

    def _comment(self, action: WriteComment) -> None:
        issues = Issues(self._client, action.report.head.repository)
        text = voice.comment(action.report, action.digest, self._setting)
        if action.comment is not None and issues.edit_comment(action.comment, text):
            return

        def look() -> Json:
            found = (one for one in issues.comments(action.number) if notes.digest_of(one.text) == action.digest)
            return next((one for one in found if notes.is_same(one.text, text)), None)

        if look() is None:
            issues.comment(action.number, text, look)

    def _neutralise(self, action: NeutraliseRun) -> None:
        """Say why in front of what the run says itself."""
        check = action.verdict.check
        head = Head(repository=action.repository, sha="", since=check.ended or self._client.now(), checks=(check,))
        report = Report(head=head, mode=Mode.ANNOTATE, verdicts=(action.verdict,), watched=1)
        said = "\n\n".join(filter(None, (f"**{check.title}**" if check.title else "", check.summary)))
        summary = f"{voice.excuse(action.verdict, report, self._setting)}\n\n---\n\n{said}"
        body = {
            "status": "completed",
            "conclusion": "neutral",
            "output": {"title": voice.title(report, self._setting), "summary": _cut(summary)},
        }
        self._client.patch(action.repository, f"check-runs/{action.run}", body, task=f"make {check.name!r} neutral")


def _cut(text: str) -> str:
    """As much as GitHub takes, counted in bytes, which are never fewer than characters."""
    return text.encode()[:_SUMMARY].decode(errors="ignore")
