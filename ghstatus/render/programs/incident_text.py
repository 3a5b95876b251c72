"""An incident as Markdown: what its page says, for people with a terminal and programs that read prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghstatus.grammar import moment, quoting
from ghstatus.model import Kind, Phase
from ghstatus.render.page import address
from ghstatus.render.postmortem import lessons
from ghstatus.render.postmortem.lessons import State
from ghstatus.render.programs.incident_json import issue, now_record
from ghstatus.render.text import language, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghstatus.model import Board, Incident, Record, Site, Story, Update
    from ghstatus.render.postmortem.lessons import Lesson, Todo
    from ghstatus.render.text.language import Language


def tell(story: Story, board: Board, site: Site, names: Mapping[str, str]) -> bytes:
    """The whole incident; `names` are the components', by id."""
    record, incident, spoken = now_record(story), story.incident, language.of(site)
    alarm = spoken.gettext("A false alarm: %(reason)s", reason=incident.false_alarm)
    parts = [
        f"# {quoting.plain(record.title)}",
        "\n".join(f"- {name}: {fact}" for name, fact in _facts(story, board, site, names).items() if fact),
        alarm if record.false_alarm and record.duplicate_of is None else "",
        incident.text,
        *_sections(incident, spoken, goes_on=record.ended is None),
        *_timeline(story, names, spoken),
        *_lesson(lessons.about(record.ref, board, site), spoken),
    ]
    return ("\n\n".join(part.strip() for part in parts if part.strip()) + "\n").encode(errors="replace")


def _facts(story: Story, board: Board, site: Site, names: Mapping[str, str]) -> dict[str, str]:
    record, incident, spoken = now_record(story), story.incident, language.of(site)
    outcome, phase = words.outcome(record, spoken), record.phase
    if record.duplicate_of:
        there = address(site, f"incidents/{record.duplicate_of}.md", "../")
        outcome = words.capital(spoken).duplicate(f"[{quoting.reference(record.duplicate_of)}]({there})")
    status = f"{outcome} · {words.capital(spoken).phases[phase]}" if phase and phase is not Phase.CANCELLED else outcome
    _ = spoken.gettext
    return {
        _("Status"): status,
        _("When"): _when(record, incident, spoken),
        _("Components"): spoken.comma.join(quoting.plain(names.get(one, one)) for one in record.components),
        _("Page"): address(site, f"incidents/{record.ref}/", "../"),
        _("Issue"): issue(incident, board) or "",
    }


def _when(record: Record, incident: Incident, spoken: Language) -> str:
    _ = spoken.gettext
    start, until = moment.write(record.started), incident.scheduled_until
    if record.ended and record.ended < record.started:
        return _("was planned for %(moment)s", moment=start)
    end = record.ended or until
    if end is None:
        return _("since %(moment)s", moment=start)
    if record.ended or record.phase is Phase.SCHEDULED:
        length = spoken.duration(end - record.started)
        return _("%(moment)s until %(until)s (%(duration)s)", moment=start, until=moment.write(end), duration=length)
    return _("since %(moment)s, planned until %(until)s", moment=start, until=moment.write(end))


def _sections(incident: Incident, spoken: Language, *, goes_on: bool) -> Iterator[str]:
    _ = spoken.gettext
    told = {
        _("Who is affected"): incident.affects,
        _("What to do meanwhile"): incident.workaround,
        _("When a fix is expected"): incident.eta if goes_on else "",
        _("More about it"): "\n".join(f"- {_linked(link.text, link.url)}" for link in incident.links),
    }
    for name, text in told.items():
        if text:
            yield f"## {name}\n\n{text}"


def _linked(text: str, url: str) -> str:
    return quoting.linked(quoting.plain(text), url)


def _timeline(story: Story, names: Mapping[str, str], spoken: Language) -> Iterator[str]:
    if not story.telling:
        return
    yield "## " + spoken.gettext("Timeline")
    for _, update in reversed(story.telling):
        changes = "".join(f"\n\n- {line}" for line in _changes(update, names, spoken))
        yield f"### {words.update(update, spoken)}: {moment.write(update.at)}{changes}\n\n{update.text}"
    yield f"### {_beginning(story.record, spoken)}: {moment.write(story.record.started)}"


def _lesson(lesson: Lesson | None, spoken: Language) -> Iterator[str]:
    if lesson is None:
        return
    name = spoken.gettext("Post-mortem")
    yield f"## {name}: {moment.write(lesson.published)}"
    yield lesson.text
    if lesson.todos:
        yield "### " + spoken.gettext("Follow-ups")
        yield "\n".join(_todo(one, spoken) for one in lesson.todos)


def _todo(one: Todo, spoken: Language) -> str:
    due = spoken.comma + spoken.gettext("until %(day)s", day=one.due.isoformat()) if one.due else ""
    overdue = spoken.comma + spoken.gettext("overdue") if one.state is State.OVERDUE else ""
    where = f" ({one.url})" if one.url else ""
    return f"- [{'x' if one.state is State.DONE else ' '}] {one.text}{where}{due}{overdue}"


def _beginning(record: Record, spoken: Language) -> str:
    if record.kind is Kind.ANNOUNCEMENT:
        return spoken.gettext("Announced")
    is_plan = record.phase in {Phase.SCHEDULED, Phase.CANCELLED}
    return spoken.gettext("Planned for") if is_plan else spoken.gettext("Began")


def _changes(update: Update, names: Mapping[str, str], spoken: Language) -> Iterator[str]:
    if update.severity:
        yield spoken.gettext("Now %(severity)s", severity=words.severities(spoken)[update.severity])
    for one in update.components:
        name = quoting.plain(names.get(one.component, one.component))
        yield f"{name}: {words.within(spoken).statuses[one.status]}" if one.status else name
