"""An issue → an incident, by its labels and their history, its text, its comments, and its closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghstatus.errors import Problem, few
from ghstatus.grammar import body, course, deeds, facts, labelled, moment, recurring, trust, words
from ghstatus.grammar.front import Front, one_line
from ghstatus.grammar.sentences import several
from ghstatus.grammar.talk import HIDDEN, Talk, Told
from ghstatus.grammar.trust import Context, people
from ghstatus.model import Affected, EventKind, Incident, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghstatus.grammar.dialect import Meaning
    from ghstatus.grammar.labelled import Labelled, Statement
    from ghstatus.grammar.trust import Standing
    from ghstatus.model import Issue, Severity

__all__ = ["Context", "Reading", "parse", "people"]

GRACE = timedelta(minutes=10)
"""How long after an issue was opened nobody is told that its severity is missing."""


class Reading(NamedTuple):
    """What an issue says."""

    incident: Incident | None
    """None when it isn't for the page, or may not be published."""
    problems: tuple[Problem, ...]
    """Those in the text in the order of their places, then the others."""
    ignored: tuple[Problem, ...]
    """What was written by people who may not publish."""
    is_planned: bool = False
    """Whether a program opened it, and it counts because the configuration plans it."""


def once(readings: Iterable[Reading], known: Iterable[str] = ()) -> Iterator[Reading]:
    """The readings, the oldest first, of which no copy of a planned maintenance counts; `known` are others' sources.

    A copy could tell of it as if nobody had called it off.
    """
    told = set(known)
    for one in readings:
        incident = one.incident
        if incident and one.is_planned and incident.source in told:
            seen = "another issue announces the same maintenance"
            yield Reading(None, (), (Problem(where=f"#{incident.number}", seen=seen, outcome=HIDDEN),))
            continue
        told |= {incident.source} if incident else set()
        yield one


def parse(issue: Issue, context: Context) -> Reading:
    """Read an issue; what can't be read is a problem, and everything else counts."""
    viewed = context.dialect.view(issue)
    meanings = tuple(map(context.dialect.label, viewed.labels))
    kind = context.dialect.kind(viewed, meanings)
    if kind is None:
        return Reading(None, (), ())
    why, is_planned = trust.standing(issue, context), False
    if why is None and kind is Kind.MAINTENANCE and (explained := recurring.explained(viewed, context)):
        (viewed, why), is_planned = explained, True
        meanings = tuple(map(context.dialect.label, viewed.labels))
    if why is None:
        accepted = "a label that makes it an incident, put on it by somebody who may triage"
        seen = f"opened by {trust.who(issue.author)}, who may not publish"
        return Reading(None, (), (Problem(where=f"#{issue.number}", seen=seen, accepted=accepted, outcome=HIDDEN),))
    reader = _Reader(viewed, context, why)
    incident = reader.incident(kind, meanings)
    return Reading(incident, reader.sorted_problems(), tuple(reader.ignored), is_planned)


_A = {Kind.INCIDENT: "an incident", Kind.MAINTENANCE: "a maintenance", Kind.ANNOUNCEMENT: "an announcement"}
_KEPT = ", kept in the file"  # an issue is no file


class _Reader:
    def __init__(self, issue: Issue, context: Context, why: Standing) -> None:
        self.issue = issue
        self.context = context
        self.why = why
        self.where = f"#{issue.number}"
        self.problems: list[Problem] = []
        self.ignored: list[Problem] = []

    def report(self, seen: str, accepted: str, outcome: str, *, key: str = "") -> None:
        self.problems.append(Problem(where=self.where, key=key, seen=seen, accepted=accepted, outcome=outcome))

    def sorted_problems(self) -> tuple[Problem, ...]:
        known = dict.fromkeys(self.problems)
        return few(sorted(known, key=lambda one: (one.line is None, one.line or 0, one.column or 0)))

    def incident(self, kind: Kind, meanings: tuple[Meaning, ...]) -> Incident:
        text = self._text()
        found = self.context.dialect.text(text)
        front = Front(found.values, found.place, where=self.where, names=self.context.names)
        for path, fault in found.faults:
            front.reporter(*path)(*fault)
        content = body.parse(
            found.content,
            where=self.where,
            first_line=found.first_line,
            names=self.context.names,
            now=self.context.now,
        )
        kind = self._kind(front, kind, meanings)
        talk = Talk(self.issue, kind, self.context)
        told = [*map(Told, content.updates), *talk.told()]
        told.sort(key=lambda one: one.update.at)
        self._report_labels(meanings)
        start, later = self._start(front, kind, content, told)
        turns = trust.turns(self.issue, self.why, self.context)
        outcome = course.follow(start, self.issue, self.context.viewer, told, later, turns)
        if outcome.fault:
            self.report(*outcome.fault)
        self.ignored += talk.ignored
        self.problems += talk.problems
        for at, misfit in outcome.misfits:
            self.report(*misfit, key=f"the comment of {moment.write(at)}")
        front.extra()
        self.problems += content.problems
        incident = facts.dated(front, talk.ticked(outcome.incident))
        self.problems += (replace(one, outcome=one.outcome.removesuffix(_KEPT)) for one in front.problems)
        return replace(incident, revised=talk.revised(incident.response.orders))

    def _text(self) -> str:
        if trust.is_text_vouched(self.issue, self.why, self.context):
            return self.issue.text
        seen = f"the text was edited by {trust.who(self.issue.editor)} after somebody vouched for it"
        self.report(seen, "an edit by somebody who may triage, or the label put on it anew", "the text isn't shown")
        return ""

    def _title(self, front: Front) -> str:
        if title := front.line("title"):
            return title
        title, renamer = trust.title(self.issue, self.why, self.context)
        if renamer is not None:
            seen = f"renamed by {trust.who(renamer)}, who may not"
            self.report(seen, "a title given by somebody who may triage", "shown under its title before that")
        return one_line(self.context.dialect.title(title)) or self.where

    def _resolve(self, name: str) -> tuple[str, ...]:
        return self.context.names.resolve(name) or self.context.names.resolve(words.bare(name))

    def _report_labels(self, meanings: tuple[Meaning, ...]) -> None:
        put = {event.detail: event.actor for event in self.issue.events if event.kind is EventKind.LABELED}
        report, suggest = partial(self.report, key="a label"), self.context.names.sparing()
        for label, meaning in zip(self.issue.labels, meanings, strict=True):
            if meaning.fault:
                self.report(*meaning.fault)
            # What ghstatus itself put there goes as soon as it is wrong, and is nobody's mistake.
            if meaning.component and (not self.context.viewer or put.get(label.name) != self.context.viewer):
                list(words.affected(meaning.component, "", self.context.names, report, suggest))

    def _start(
        self, front: Front, kind: Kind, content: body.Body, told: list[Told]
    ) -> tuple[Incident, list[Statement]]:
        """The incident as it was at its start, and what its labels said later."""
        named, said = self._named(front.components(), told)
        severity, later = self._severity(front, kind, said, told)
        begun = facts.start(front, kind, self.issue.created_at, is_needed=self.context.dialect.is_kept)
        label = said.false_alarm
        if said.start.phase:
            later.insert(0, labelled.Statement(None, phase=said.start.phase))
        incident = Incident(
            ref=str(self.issue.number),
            title=self._title(front),
            started=begun.started,
            number=self.issue.number,
            kind=kind,
            severity=severity,
            components=self._components(named, said),
            ended=facts.end(front, facts.said_end(front), begun.started, kind, content.updates),
            scheduled_for=begun.planned,
            scheduled_until=facts.until(front, begun.planned or begun.started),
            is_undated=begun.is_unknown,
            text=content.text,
            false_alarm=front.false_alarm() or (f"labelled {label}" if label else ""),
            duplicate_of=front.duplicate_of(),
        )
        told_of = facts.told(front, incident)
        if told_of.response.declared or told_of.source:  # an import says nothing of when people wrote it down
            return told_of, later
        return replace(told_of, response=replace(told_of.response, declared=self.issue.created_at)), later

    def _named(self, typed: tuple[Affected, ...], told: list[Told]) -> tuple[tuple[Affected, ...], Labelled]:
        """What it hits by its text, and by its labels; where they say nothing, whatever named it first does.

        An update in the text tells exactly when it was so, and nothing of what was before that.
        """
        said = labelled.read(self.issue, self.context, self._resolve)
        if typed or said.start.hit:
            return typed, said
        first = next((one for one in told if deeds.hits(one.update)), None)
        labelled_at = next((one.at for one in said.later if one.hit and one.at), None)
        if first is None or (labelled_at and labelled_at < first.update.at):
            return typed, labelled.from_the_start(said)
        is_known = not first.comment or self.context.dialect.components(self.issue)
        return () if is_known else deeds.hits(first.update), said

    def _kind(self, front: Front, kind: Kind, meanings: tuple[Meaning, ...]) -> Kind:
        text = front.text("kind")
        said = {one.kind: label.name for label, one in zip(self.issue.labels, meanings, strict=True) if one.kind}
        if len(said) > 1 and self.context.dialect.is_kept and not text:
            seen = f"it is labelled {several([words.shown(one) for one in said.values()])}"
            self.report(seen, "one of them", f"counted as {_A[kind]}", key="a label")
        typed = words.one_of(text, words.KINDS, front.reporter("kind"), f"counted as {kind}") if text else None
        return typed or kind

    def _severity(
        self, front: Front, kind: Kind, said: Labelled, told: list[Told]
    ) -> tuple[Severity | None, list[Statement]]:
        """The first severity that was said counts from the start, whoever said it."""
        later = list(said.later)
        by_label, at = said.start.severity, None
        if by_label is None:
            at, by_label = next(((one.at, one.severity) for one in later if one.severity), (None, None))
        worded = told if kind is Kind.INCIDENT else ()  # whose severity has to be said
        first = next((one.update for one in worded if one.update.severity), None)
        if first and at and first.at < at:
            by_label, at = first.severity, None
        elif by_label is None and first:
            by_label = first.severity
        guess = by_label or self.context.dialect.severity(self.issue)
        text = front.text("severity")
        outcome = f"counted as {guess or 'major'}" if kind is Kind.INCIDENT or guess else "ignored"
        typed = words.one_of(text, words.SEVERITIES, front.reporter("severity"), outcome) if text else None
        if typed is None and at:
            later = [one._replace(severity=None) if one.at == at else one for one in later]
        is_young = self.context.now - self.issue.created_at < GRACE
        has_status = said.start.status or any(one.status for one in later)
        if not (typed or guess or text or is_young or has_status) and kind is Kind.INCIDENT:
            self.report("no severity is given", words.choice("", words.SEVERITIES), "counted as major", key="severity")
        return typed or guess, later

    def _components(self, typed: tuple[Affected, ...], said: Labelled) -> tuple[Affected, ...]:
        named = [*typed, *(Affected(component=one) for one in said.start.hit)]
        if not named and not any(one.hit for one in said.later):
            names = self.context.dialect.components(self.issue)
            named += (Affected(component=one) for name in names for one in self._resolve(name))
        status = said.start.status
        return words.merged(one if one.status or not status else replace(one, status=status) for one in named)
