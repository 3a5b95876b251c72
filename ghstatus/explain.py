"""Plans in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ghstatus.actions import (
    Action,
    Assign,
    CheckAction,
    CloseIncident,
    CommentAction,
    CreateLabel,
    EditIncident,
    IncidentAction,
    MirrorAction,
    NeutraliseRun,
    OpenIncident,
    OpenPostmortem,
    PinIncident,
    PinMirror,
    PostComment,
    PostReport,
    PostUpdate,
    React,
    Relabel,
    RemoveNote,
    ReopenIncident,
    UnpinIncident,
    UnpinMirror,
    WriteComment,
    WriteMirror,
    WriteNote,
)
from ghstatus.grammar import moment
from ghstatus.grammar.quoting import line

if TYPE_CHECKING:
    from ghstatus.model import Report


def explain(action: Action | CheckAction) -> str:
    """Say in one line what an action would change."""
    match action:
        case PostReport() | WriteComment() | NeutraliseRun():
            return _check(action)
        case OpenIncident() | EditIncident() | PostUpdate():
            return _incident(action)
        case WriteMirror() | PinMirror() | UnpinMirror():
            return _mirror(action)
        case WriteNote() | RemoveNote() | PostComment() | React():
            return _note(action)
        case Assign() | ReopenIncident() | OpenPostmortem():
            return _course(action)
        case _:
            return _issue(action)


def why(action: Action | CheckAction) -> str:
    """Say for what reason it would be made; empty when nobody gave one."""
    return "" if isinstance(action, IncidentAction) else action.why


def reasoned(action: Action | CheckAction) -> str:
    """Say both in one line."""
    reason = why(action)
    return f"{explain(action)} ({reason})" if reason else explain(action)


def _incident(action: IncidentAction) -> str:
    match action:
        case OpenIncident(incident=incident):
            until = f" until {moment.write(incident.scheduled_until)}" if incident.scheduled_until else ""
            return f"open {incident.kind} {incident.ref}: {incident.title} ({moment.write(incident.started)}{until})"
        case EditIncident(incident=incident):
            return f"edit {incident.kind} {incident.ref}: {incident.title}"
        case PostUpdate(ref=ref, update=update):
            return f"post {update.phase or 'an update'} on {ref} ({moment.write(update.at)})"
        case _:
            assert_never(action)


def _issue(action: CreateLabel | Relabel | CloseIncident | PinIncident | UnpinIncident) -> str:
    match action:
        case CreateLabel(label=label):
            return f"create label {label.name}"
        case Relabel(ref=ref, add=add, remove=remove):
            return f"label {_named(ref)}: {' '.join([*(f'+{name}' for name in add), *(f'-{name}' for name in remove)])}"
        case CloseIncident(ref=ref):
            return f"close {_named(ref)}"
        case PinIncident(ref=ref):
            return f"pin {_named(ref)}"
        case UnpinIncident(number=number):
            return f"unpin #{number}"
        case _:
            assert_never(action)


def _course(action: Assign | ReopenIncident | OpenPostmortem) -> str:
    match action:
        case Assign(ref=ref, people=people):
            return f"assign {_named(ref)} to {line(' '.join(people))}"
        case ReopenIncident(ref=ref):
            return f"reopen {_named(ref)}"
        case OpenPostmortem(incident=ref, title=title):
            return f"open the post-mortem of {_named(ref)}: {line(title)}"
        case _:
            assert_never(action)


def _note(action: CommentAction) -> str:
    match action:
        case WriteNote(ref=ref, comment=None):
            return f"comment on {_named(ref)}: {_topic(action)}"
        case WriteNote(ref=ref):
            return f"edit comment on {_named(ref)}: {_topic(action)}"
        case RemoveNote(ref=ref):
            return f"remove comment on {_named(ref)}: {_topic(action)}"
        case React(ref=ref, comment=comment, content=content, is_on=True):
            return f"react to the comment {comment} on {_named(ref)}: {content}"
        case React(ref=ref, comment=comment, content=content):
            return f"take back from the comment {comment} on {_named(ref)}: {content}"
        case PostComment(ref=ref, text=text):
            return f"say on {_named(ref)}: {line(text)}"
        case _:
            assert_never(action)


def _topic(action: WriteNote | RemoveNote) -> str:
    return f"{action.topic} {action.key}" if action.key else str(action.topic)


def _check(action: CheckAction) -> str:
    match action:
        case PostReport(report=report, name=name, run=run):
            how = "post" if run is None else "rewrite"
            return f"{how} {name} on {_commit(report)}: {action.conclusion or 'waiting'}"
        case WriteComment(report=report, number=number, comment=comment):
            how = "comment" if comment is None else "edit comment"
            return f"{how} on {report.head.repository}#{number}: known failures"
        case NeutraliseRun(repository=repository, run=run, verdict=verdict):
            return f"make check run {run} in {repository} neutral: {line(verdict.check.name)}"
        case _:
            assert_never(action)


def _commit(report: Report) -> str:
    """The pull requests of a commit, or the commit where there are none."""
    pulls = ", ".join(f"#{pull.number}" for pull in report.head.pulls)
    return f"{report.head.repository}{f' {pulls}' if pulls else ''} {report.head.sha[:10]}"


def _mirror(action: MirrorAction) -> str:
    place = _place(action.repository, action.number)
    match action:
        case WriteMirror(number=None):
            return f"open {place}: {action.title}"
        case WriteMirror(is_open=True):
            return f"write {place}: {action.title}"
        case WriteMirror():
            return f"close {place}: {action.title}"
        case PinMirror():
            return f"pin {place}"
        case UnpinMirror():
            return f"unpin {place}"
        case _:
            assert_never(action)


def _named(ref: str) -> str:
    return f"#{ref}" if ref.isdecimal() else ref


def _place(repository: str, number: int | None) -> str:
    if number is None:
        return f"an issue in {repository}" if repository else "the status issue"
    return f"{repository}#{number}" if repository else f"the status issue #{number}"
