"""Everything that people could have written about an incident, for Hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from ghstatus.grammar import body, phrases, scope
from ghstatus.grammar.names import Names
from ghstatus.model import (
    Affected,
    Assignment,
    ComponentStatus,
    Detector,
    Incident,
    Kind,
    Link,
    Phase,
    Phrase,
    Response,
    Role,
    Scope,
    Severity,
    Task,
    Update,
)
from tests.builders import component, group

NAMES = Names(
    [
        component("copr", name="Copr", group="services"),
        component("testing-farm", name="Testing Farm", group="services"),
    ],
    [group("services", name="Services")],
)

# Lines that look like what the grammar takes, so that escaping is put to the test in every run.
_TRICKY = st.sampled_from(
    [
        "## Identified \N{EN DASH} 2026-03-02 20:10 UTC",
        "\\### 2026-03-02 20:10 | in_progress ##",
        "## Update: 2026-02-31",
        "\\\\## resolved at 10:30",
        "## Identified",
        "\\## Resolved \N{WHITE HEAVY CHECK MARK}",
        "Severity: major",
        "\\components : copr = major_outage",
        "\\\\Severity:",
        "---",
        "    code",
        "- a: b",
        "# Title",
        "### Who is affected?",
        "\\#### severity",
        "### Updates",
        "<!-- ghstatus",
        "\\<!-- ghstatus update",
        "started: 2026-01-01 --> --!>",
        "-->",
        "```",
        "\\",
        "",
        " \t",
        "\r",
    ]
)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
markdown = st.lists(_TRICKY | st.text(max_size=30), max_size=6).map("\n".join)
"""Text with every kind of line ending, blank lines around it, and lines that look like something else."""
tidy_markdown = markdown.map(body.tidy)
texts = markdown.map(str.strip)
"""Text for a field of the front matter."""
lines = st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=40).map(str.strip)
components = st.dictionaries(
    st.sampled_from(["copr", "testing-farm"]), st.none() | st.sampled_from(ComponentStatus), max_size=2
).map(lambda found: tuple(Affected(component=one, status=status) for one, status in found.items()))
links = st.builds(
    lambda text, url: Link(text=text or url, url=url),
    text=lines,
    url=st.sampled_from(["https://example.org/a?b=c#d", "http://[::1]/", "mailto:us@example.org"]),
)
updates = st.builds(
    Update,
    at=moments,
    text=tidy_markdown,
    phase=st.none() | st.sampled_from(Phase),
    severity=st.none() | st.sampled_from(Severity),
    components=components,
)
sorted_updates = st.lists(updates, max_size=3).map(lambda found: tuple(sorted(found, key=lambda one: one.at)))
_phrases = lines.filter(lambda text: len(text) >= scope.SHORTEST).map(Phrase).filter(
    lambda one: not phrases.fault(one)
) | st.sampled_from(
    [
        Phrase("no space left", is_pattern=True),
        Phrase("/srv/spool/"),
        Phrase("\\/srv/cache/"),
        Phrase("/a/ [b]+/", is_pattern=True),
    ]
)
_names = st.sampled_from(["rpm-build:*", "CI / build (3.11, x)", "*", "'", "- a: b"])
_scopes = st.builds(
    Scope,
    match=st.lists(_phrases, max_size=3).map(tuple),
    checks=st.lists(_names, max_size=2).map(tuple),
    targets=st.lists(st.sampled_from(["fedora-rawhide-x86_64", "el 9"]), max_size=2).map(tuple),
    all_fail=st.booleans(),
)
scopes = st.just(Scope()) | _scopes
_logins = st.sampled_from(["jane", "joe-x", "kim_corp", "7up"])
_somebody = st.just("") | _logins
_tasks = st.builds(Task, st.just(0), lines.filter(bool), moments, _somebody, _somebody, done_at=st.none() | moments)
_responses = st.builds(
    Response,
    declared=st.none() | moments,
    detected=st.none() | moments,
    detector=st.none() | st.sampled_from(Detector),
    roles=st.lists(st.builds(Assignment, moments, st.sampled_from(Role), _somebody, _somebody), max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda one: one.at))
    ),
    call=st.sampled_from(["", "https://meet.example.org/a?b=c#d"]),
    called=st.none() | moments,
    tasks=st.lists(_tasks, max_size=3).map(
        lambda found: tuple(task._replace(number=number) for number, task in enumerate(found, 1))
    ),
    snoozed_until=st.none() | moments,
)
responses = st.just(Response()) | _responses
"""What a text can say of a team's doings: everything but what stands in comments."""


duplicates = st.none() | st.sampled_from(["", "41", "copr-down", "no", "Yes", "#1", "a b", "https://x/y/z/issues/3"])
"""What another incident may be called, also where its name looks like something else."""


def ends_after_its_start(incident: Incident) -> bool:
    """Whether no update ends it before its start."""
    told = [update.at for update in incident.updates if update.phase and update.phase.is_over]
    return not told or bool(incident.ended) or incident.kind is not Kind.INCIDENT or told[0] >= incident.started


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    """An incident whose file holds no problem."""
    kind = draw(st.sampled_from(Kind))
    started, ended = sorted([draw(moments), draw(moments)])
    window = sorted([draw(moments), draw(moments)])
    planned = draw(st.sampled_from([window, [started, None], [None, None]]))
    severities = st.sampled_from(Severity)
    return Incident(
        ref=draw(st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True)),
        title=draw(lines.filter(bool)),
        started=started,
        number=draw(st.none() | st.integers(1, 10**9)),
        kind=kind,
        severity=draw(severities if kind is Kind.INCIDENT else st.none() | severities),
        components=draw(components),
        ended=draw(st.sampled_from([None, ended])),
        scheduled_for=planned[0],
        scheduled_until=planned[1],
        text=draw(tidy_markdown),
        affects=draw(texts),
        workaround=draw(texts),
        eta=draw(texts),
        links=tuple(draw(st.lists(links, max_size=2))),
        false_alarm=draw(texts.filter(lambda text: text.lower() not in _YES_OR_NO)),
        duplicate_of=draw(duplicates),
        updates=draw(sorted_updates),
        source=draw(texts),
        scope=draw(scopes),
        response=draw(responses),
    )


_YES_OR_NO = {"true", "yes", "on", "false", "no", "off"}
