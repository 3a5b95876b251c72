"""The issue forms: what is asked of whoever tells of something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from ghstatus.grammar import form, knownfailure
from ghstatus.starter.choices import choices
from ghstatus.starter.home import address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghstatus.model import Site

Field: TypeAlias = dict[str, Any]

_TIME = "2026-03-02 20:10 UTC"
_HIT = "What does it hit?"
_ALL_FAIL = "Everything fails that depends on it"
_SEVERITIES = (
    "minor \N{EN DASH} it works, but badly",
    "major \N{EN DASH} it fails for some, or in part",
    "critical \N{EN DASH} it doesn't work",
)


def forms(site: Site) -> dict[str, str]:
    """The name of each form's file, with its text.

    What a phone needs is little: only the title has to be typed, but for a maintenance's window. Comments say what a form
    doesn't ask. Choices and times come first: GitHub writes a form's answers one below another, and a heading that somebody types
    into a text could otherwise pass for a later field's.
    """
    return {
        "incident.yml": _incident(site),
        "maintenance.yml": _maintenance(site),
        "announcement.yml": _announcement(site),
        "report.yml": _report(site),
        "known-failure.yml": _known_failure(site),
    }


def chooser(site: Site) -> str:
    """What stands beside the forms where people choose one."""
    links = [{"name": "Status page", "url": address(site), "about": "See first whether it is known."}]
    keys = {"blank_issues_enabled": True} | ({"contact_links": links} if address(site) else {})
    return f"# A blank issue is fine, too: whoever may triage makes it an incident by a label.\n{_yaml(keys)}"


def _incident(site: Site) -> str:
    return _form(
        "Incident",
        "Something is broken. For maintainers; it shows on the status page.",
        site.labels.incident,
        [
            _note(
                "Only a title is needed: declare it now, and say the rest in comments, which are its updates: "
                "`/component +koji`, `/severity major`, `/eta 2h`, `/upstream https://…`; `/help` lists all. "
                "`/false-alarm` calls it off, and closing this issue resolves it. "
                "If you may not triage here, nothing of it is published until somebody who may labels it."
            ),
            *_components(site, _HIT),
            _dropdown("severity", form.SEVERITY, "How bad is it for those it hits?", _SEVERITIES, required=False),
            _input("started", form.STARTED, "If it began before now. Without a zone it is UTC.", _TIME),
            _box("all_fail", form.ALL_FAIL, "Then checks that fail meanwhile need no further sign.", _ALL_FAIL),
            _area("broken", form.BROKEN, "What users see, in a sentence or two."),
            _area("affects", form.AFFECTS, "So that everybody else may stop reading here."),
            _area("workaround", form.WORKAROUND, "Another way, or how to try again once it is over."),
            _verbatim(
                "match",
                form.MATCH,
                "What checks say that fail because of it. Each line counts by itself; leave out what differs each time.",
            ),
        ],
    )


def _maintenance(site: Site) -> str:
    return _form(
        "Maintenance",
        "Something will be worked on. For maintainers; it shows on the status page.",
        site.labels.maintenance,
        [
            _note("It begins, ends and is closed by the clock. Times without a zone are UTC."),
            *_components(site, _HIT),
            _input("scheduled_for", form.SCHEDULED_FOR, "", _TIME, required=True),
            _input("scheduled_until", form.SCHEDULED_UNTIL, "", "2026-03-02 22:00 UTC", required=True),
            _area("planned", form.PLANNED, "What is done, and what won't work meanwhile."),
            _area("affects", form.AFFECTS, "So that everybody else may stop reading here."),
            _area("workaround", form.WORKAROUND, "Another way, or how to try again once it is over."),
            _area("links", form.LINKS, "One address a line."),
        ],
    )


def _announcement(site: Site) -> str:
    return _form(
        "Announcement",
        "News for users; nothing is broken. For maintainers; it shows on the status page.",
        site.labels.announcement,
        [
            _note(
                f"It stays up for {site.policy.announcement_days} days, or until this issue is closed if that is sooner."
            ),
            *_components(site, "What is it about?"),
            _area("news", form.NEWS, "Nothing, where the title says it all."),
            _area("affects", form.AFFECTS, "So that everybody else may stop reading here."),
            _area("links", form.LINKS, "One address a line."),
        ],
    )


def _report(site: Site) -> str:
    page = f"Is it on [the status page](<{address(site)}>) already? " if address(site) else ""
    return _form(
        "Report a problem",
        "Something doesn't work, and the status page doesn't say so.",
        site.labels.reported,
        [
            _note(f"{page}Maintainers look at what you write here before any of it is published."),
            *_components(site, _HIT),
            _input("started", form.STARTED, "When you first saw it. Without a zone it is UTC.", _TIME),
            _area("broken", form.BROKEN, "What did you do, and what happened?", required=True),
            _area("links", form.LINKS, "One address a line: a failed build, a log."),
        ],
    )


_EVERYWHERE = (
    "title \N{EN DASH} of a check",
    "summary \N{EN DASH} of a check, with its details",
    "description \N{EN DASH} of a commit status",
    "log \N{EN DASH} what a build or a test printed",
)


def _known_failure(site: Site) -> str:
    return _form(
        "Known failure",
        "A failure of checks that isn't the author's, with how to tell it. For maintainers.",
        site.labels.known_failure,
        [
            _note(
                "While this issue is open, checks that fail with this text count as explained by it. "
                "ghstatus answers here whether the text will do, and counts where it is met. "
                "If you may not triage here, it counts once somebody who may labels it."
            ),
            *_component(site),
            _box("is_pattern", knownfailure.IS_PATTERN, "", "It is a regular expression, as RE2 takes it"),
            _box("where", knownfailure.WHERE, "Everywhere, if you choose nothing.", *_EVERYWHERE),
            _verbatim(
                "words",
                knownfailure.WORDS,
                "A part of a line that every such failure shows, and no other. Leave out times, numbers and ids.",
                required=True,
            ),
            _area("remedy", knownfailure.REMEDY, "How to try again, or what to wait for."),
            _input("link", knownfailure.LINK, "The address of a pull request or a check.", _SEEN),
            _verbatim("sample", knownfailure.SAMPLE, "What such a check says in full, or the last lines of its log."),
        ],
    )


_SEEN = "https://github.com/packit/ogr/pull/42"


def _component(site: Site) -> Iterable[Field]:
    """The dropdown of which one is chosen."""
    if options := choices(site):
        question = "Whose failure is it?"
        yield _dropdown("component", knownfailure.COMPONENT, question, options, required=True)


def _form(name: str, description: str, label: str, fields: Iterable[Field]) -> str:
    head = _yaml({"name": name, "description": description, "labels": [label]})
    return f"{head}body:\n" + "\n".join(_yaml([field]) for field in fields)


def _note(text: str) -> Field:
    return {"type": "markdown", "attributes": {"value": text}}


def _components(site: Site, question: str) -> Iterable[Field]:
    """The dropdown of components; none where there is nothing to choose from, which GitHub refuses."""
    if options := choices(site):
        yield _dropdown("components", form.COMPONENTS, question, options, required=False, multiple=True)


def _dropdown(
    ident: str, label: str, description: str, options: Iterable[str], *, required: bool, multiple: bool = False
) -> Field:
    more = ({"multiple": True} if multiple else {}) | {"options": list(options)}
    return _field("dropdown", ident, {"label": label, "description": description, **more}, required=required)


def _input(ident: str, label: str, description: str, placeholder: str, *, required: bool = False) -> Field:
    attributes = {"label": label, "description": description, "placeholder": placeholder}
    return _field("input", ident, attributes, required=required)


def _area(ident: str, label: str, description: str, *, required: bool = False) -> Field:
    return _field("textarea", ident, {"label": label, "description": description}, required=required)


def _verbatim(ident: str, label: str, description: str, *, required: bool = False) -> Field:
    """Text in which no sign means anything to GitHub."""
    return _field("textarea", ident, {"label": label, "description": description, "render": "text"}, required=required)


def _box(ident: str, label: str, description: str, *options: str) -> Field:
    boxes = [{"label": option} for option in options]
    return _field("checkboxes", ident, {"label": label, "description": description, "options": boxes}, required=False)


def _field(kind: str, ident: str, attributes: dict[str, Any], *, required: bool) -> Field:
    said = {key: value for key, value in attributes.items() if value}
    return {"type": kind, "id": ident, "attributes": said} | ({"validations": {"required": True}} if required else {})


def _yaml(value: object) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000))
