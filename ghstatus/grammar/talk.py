"""What people say in an issue's comments: updates, and commands that stand beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.actions import Topic
from ghstatus.errors import Problem
from ghstatus.grammar import body, moment, notes, orders, ticks, trust, verbs, words
from ghstatus.grammar.asking import Asking
from ghstatus.grammar.comment import is_written
from ghstatus.grammar.dialect import Remark
from ghstatus.model import PHASES, EventKind, Kind, Task, Update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ghstatus.grammar.orders import Command, Said
    from ghstatus.grammar.trust import Context
    from ghstatus.model import Affected, Comment, Incident, Issue, Order, Phase


class Told(NamedTuple):
    """What was said at one moment."""

    update: Update
    """What users are told; nothing where there are only commands that no user sees."""
    by: str = ""
    """Whose comment it is; empty for an update in the issue's text."""
    comment: int = 0
    """The comment's id."""
    commands: tuple[Command, ...] = ()
    is_mistaken: bool = False
    """Whether a command of the comment can't be carried out as it stands."""

    @property
    def is_public(self) -> bool:
        """Whether there is anything that users are told."""
        is_only_command = bool(self.commands) or self.is_mistaken
        return not is_only_command or self.update != Update(at=self.update.at)


HIDDEN = "not shown"
_REVISING = frozenset({EventKind.RENAMED, EventKind.COMMENT_DELETED})
_TIMES = frozenset({"extend", "started", "ended"})
"""The commands that move a maintenance without an update."""


def called(comment: Comment) -> str:
    """A comment, for a message."""
    return f"the comment of {moment.write(comment.at)}"


class Talk:
    """The comments of an issue that is an incident of `kind`."""

    def __init__(self, issue: Issue, kind: Kind, context: Context) -> None:
        self.issue = issue
        self.kind = kind
        self.context = context
        self.problems: list[Problem] = []
        self.ignored: list[Problem] = []
        """What people said who may not publish."""
        self._numbers = ticks.numbers("\n".join(one.text for one in self._lists()))

    def told(self) -> Iterator[Told]:
        """What counts, in the order of the comments."""
        for comment in self.issue.comments:
            if comment.is_minimized or self._is_note(comment):
                continue
            if trust.may_say(comment, self.context):
                yield from self._told(comment)
            else:
                self._ignore(comment)

    def ticked(self, incident: Incident) -> Incident:
        """The incident with the tasks done that somebody ticked in ghstatus's own comment."""
        tasks = incident.response.tasks
        for comment in self._lists():
            tasks = ticks.counted(tasks, comment.text, comment.edited_at or comment.at)
        return replace(incident, response=replace(incident.response, tasks=tasks))

    def revised(self, orders: Iterable[Order]) -> datetime | None:
        """When anybody last changed what is no update: its text, its title, its times, or what they had said."""
        issue = self.issue
        times = [event.at for event in issue.events if event.kind in _REVISING]
        times += [order.at for order in orders if order.verb in _TIMES]
        for comment in issue.comments:
            if comment.edited_at and not self._is_note(comment) and trust.may_say(comment, self.context):
                times.append(comment.edited_at)
        return max([*times, *([issue.edited_at] if issue.edited_at else [])], default=None)

    def _lists(self) -> Iterator[Comment]:
        """The comments in which ghstatus lists the tasks."""
        about = (one for one in self.issue.comments if notes.topic_of(one.text) is Topic.WELCOME)
        return (one for one in about if self._is_note(one))

    def _ignore(self, comment: Comment) -> None:
        seen = f"a comment of {moment.write(comment.at)} by {trust.who(comment.author)}, who may not publish"
        accepted = "comments by people who may triage, and by `bots:` of the configuration"
        self.ignored.append(Problem(where=f"#{self.issue.number}", seen=seen, accepted=accepted, outcome=HIDDEN))

    def _is_note(self, comment: Comment) -> bool:
        """Whether ghstatus wrote a comment about an incident, and no update of one."""
        author, context = comment.author, self.context
        if comment.text.startswith("<!-- ghstatus:"):
            return trust.is_bot(author) or trust.may(author, context)
        is_program = trust.is_bot(author) and author == context.viewer and author not in context.bots
        return is_program and not is_written(comment.text)

    def _told(self, comment: Comment) -> Iterator[Told]:
        report = partial(self._report, key=called(comment))
        said = self._said(comment)
        for fault in said.faults:
            report(*fault)
        remark = self.context.dialect.comment(said.prose, self.context.names, report)
        if not (remark or said.commands or said.faults):
            return
        update = self._update(comment, said, remark or Remark(""), report)
        if said.commands and update.at != comment.at:  # it says when, and the commands don't
            yield Told(update, comment.author, comment.id)
            update = Update(at=comment.at)
        yield Told(update, comment.author, comment.id, said.commands, bool(said.faults))

    def _said(self, comment: Comment) -> Said:
        asking = Asking(self.context.names, comment.at, comment.author)
        said = orders.read(body.newlines(comment.text), self.kind, asking)
        is_own = bool(said.commands or said.faults) and is_written(comment.text)
        if is_own:
            return orders.Said((), "", comment.text, ())
        return said._replace(commands=tuple(self._numbered(command, comment) for command in said.commands))

    def _numbered(self, command: Command, comment: Comment) -> Command:
        """A command that notes a task, with the number by which people know that by now."""
        if command.verb.takes is not verbs.Takes.TASK:
            return command
        value = command.value
        known = self._numbers.get(ticks.words(Task(0, value.text, comment.at, owner=value.person, by="")), [])
        return command._replace(value=value._replace(number=known.pop(0))) if known else command

    def _report(self, seen: str, accepted: str, outcome: str, *, key: str) -> None:
        where = f"#{self.issue.number}"
        self.problems.append(Problem(where=where, key=key, seen=seen, accepted=accepted, outcome=outcome))

    def _update(self, comment: Comment, said: Said, remark: Remark, report: words.Report) -> Update:
        text, phase, at = body.below(said.above, said.prose, remark.text), remark.phase, remark.at
        for command in said.commands:
            phase = verbs.phase(command.verb, self.kind) or phase
            at = (command.value.time if command.verb.is_prose else None) or at
        if phase and remark.at is None and phase not in PHASES[self.kind]:
            phase, text = self._meant(phase, text, said.prose, report)
        severities = [command.value.severity for command in said.commands if command.value.severity]
        return Update(
            at=at or comment.at,
            text=text,
            phase=phase,
            severity=severities[-1] if severities else remark.severity,
            components=_components(said, remark),
        )

    def _meant(self, said: Phase, text: str, prose: str, report: words.Report) -> tuple[Phase | None, str]:
        """The phase of this kind that is meant; none, and the whole text, where none is."""
        phase = verbs.MEANT.get((self.kind, said))
        if phase:
            return phase, text
        phases = PHASES[self.kind]
        accepted = words.choice("", phases) if phases else "text; closing the issue ends it"
        report(f"{words.shown(said)} is no phase of this {self.kind}", accepted, "counted as text")
        return None, body.tidy(prose)


def _components(said: Said, remark: Remark) -> tuple[Affected, ...]:
    """Each component once; what stands last counts."""
    commanded = [one for command in said.commands for one in command.value.components]
    return tuple({one.component: one for one in (*remark.components, *commanded)}.values())
